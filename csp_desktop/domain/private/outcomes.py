"""The ways a person's turn can end: a row each, and whatever differs between them stands in the row."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from csp_desktop.domain.common.days import paper_day, screen_day
from csp_desktop.domain.private.people import Accommodation, RoughSleeper

PersonAfter = Callable[[RoughSleeper, date, str], RoughSleeper]  # person, day of the session, reason


def _unchanged(person: RoughSleeper, on: date, why: str) -> RoughSleeper:
    return person


@dataclass(frozen=True)
class PersonRule:
    """One way for a turn to end.

    `word` is stored and minuted, `label` stands on the button, `leads_to` below it, with '{day}' for the day to look
    again. That day is the next session's, or one `after` this session; none where `looks_again` is empty, whose words
    go before it wherever it is said (`day_label` over its field, where that needs others). `why_label` stands over the
    reason and `why` asks for it; both empty where none is asked for.
    """

    word: str
    label: str
    leads_to: str
    looks_again: str = ""
    day_label: str = ""
    after: timedelta | None = None
    why_label: str = ""
    why: str = ""
    puts_off: bool = False  # nothing is decided, and the person comes back
    person_after: PersonAfter = _unchanged

    @property
    def moves_with_session(self) -> bool:
        """Whether the day to look again is the next session's, and moves with it."""
        return bool(self.looks_again) and self.after is None


def _off_list(person: RoughSleeper, on: date, why: str) -> RoughSleeper:
    return replace(person, on_list=False, off_list_on=on, off_list_why=why)


def _moved_in(person: RoughSleeper, on: date, why: str) -> RoughSleeper:
    housed = (Accommodation.HOSTEL, Accommodation.TENANCY, Accommodation.RECONNECTED)
    if person.accommodation in housed:
        return person
    return replace(person, accommodation=Accommodation.HOSTEL, accommodation_since=on)


class PersonOutcome(Enum):
    """The ways a person's turn can end, in the order of their keys. The value is the word that is stored. Where the
    group's meeting has the same outcome (continue, intensify, defer) the key is the same, and the others stand where
    what they are most like stands there: coming down, leaving the list, going to somebody else."""

    MOVED_IN = PersonRule(
        "moved in",
        "Moved in",
        "check on {day}",
        looks_again="Check on",
        after=timedelta(weeks=4),
        person_after=_moved_in,
    )
    CONTINUE = PersonRule("continue", "Continue", "see again {day}", looks_again="See again on")
    INTENSIFY = PersonRule(
        "intensify",
        "Intensify",
        "professionals' meeting",
        looks_again="See again on",
        why_label="Next step",
        why="Say what happens next: a professionals' meeting, or who takes it on.",
    )
    OFF_LIST = PersonRule(
        "off the list",
        "Remove from list",
        "no longer discussed",
        why_label="Reason for removing from the list",
        why="Say why this person is removed from the list.",
        person_after=_off_list,
    )
    OFFER_OPEN = PersonRule(
        "offer open", "Offer open", "answer by {day}", looks_again="Answer by", after=timedelta(weeks=1)
    )
    DEFER = PersonRule(
        "defer",
        "Defer",
        "to {day}",
        looks_again="Until",
        day_label="Deferred to",
        why_label="Reason for deferring",
        why="Say why this person is deferred; the reason is minuted.",
        puts_off=True,
    )

    rule: PersonRule
    _value_: str

    def __new__(cls, rule: PersonRule) -> "PersonOutcome":
        """The word identifies it, in the file too."""
        made = object.__new__(cls)
        made._value_, made.rule = rule.word, rule
        return made

    @property
    def number(self) -> int:
        """Its place among the keys, from 1."""
        return list(type(self)).index(self) + 1

    @property
    def day_label(self) -> str:
        """What stands over the field of the day to look again; empty where there is none."""
        return self.rule.day_label or self.rule.looks_again

    def look_again_on(self, session_on: date, next_on: date) -> date | None:
        """The day proposed to look again."""
        if not self.rule.looks_again:
            return None
        return next_on if self.rule.after is None else session_on + self.rule.after

    def leads_to(self, again: date | None, today: date) -> str:
        """'see again Thu 17 Dec'"""
        return self.rule.leads_to.format(day=screen_day(again, today) if again else "")

    def brief(self, again: date | None, today: date) -> str:
        """'Thu 17 Dec': the same where there is little room."""
        return screen_day(again, today) if again and "{day}" in self.rule.leads_to else ""

    def again_words(self, again: date | None) -> str:
        """'See again on Thursday 17 December 2026', as it is read back and minuted; empty where there is no day."""
        return f"{self.rule.looks_again} {paper_day(again)}" if again and self.rule.looks_again else ""


MOVING = tuple(outcome for outcome in PersonOutcome if outcome.rule.moves_with_session)
