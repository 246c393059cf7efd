"""How long a closed case is kept, or in the private file a person off its list; what holds it longer, and the
certificate its erasing leaves.

The years are a setting; nothing is ever erased by itself: the program lists what is due and a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from csp_desktop.domain.common.days import clock, dated_day, local, paper_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id

STILL_IN = "still in "  # begins the entry of a copy beside the file from which it was not erased
LEAST_REASON = 4  # letters: a reason is at least a word


class RetentionField(StrEnum):
    """What is typed where something is held or erased."""

    REASON = "reason"
    UNTIL = "until"


@dataclass(frozen=True)
class Wording:
    """How the same rules are told of a case and of a person."""

    this: str  # 'this case'
    keeps: str  # is, are
    ended_one: str  # 'a closed case'
    erased: str  # 'Case {0} was erased'
    ended: str  # 'It was closed'
    left: str = ""  # what is left of it, in a sentence


CASE = Wording("this case", "is", "a closed case", "Case {0} was deleted", "It was closed")
PERSON = Wording(
    "this person's records",
    "are",
    "a person removed from the list",
    "All records of the person {0} were deleted",
    "The person was removed from the list",
)


@dataclass(frozen=True)
class LegalHold:
    """A case, or a person of the private file, not to be erased: why, by whom, until when (None: until lifted)."""

    id: str
    case_id: str  # in the private file the person's
    reason: str
    by: str
    since: date
    until: date | None = None
    lifted_on: date | None = None
    lifted_by: str = ""

    def holds(self, today: date) -> bool:
        """Whether it stands on that day; its last day still counts."""
        return self.lifted_on is None and (self.until is None or today <= self.until)


@dataclass(frozen=True)
class Disposal:
    """The certificate of an erasing: all that is left, and nothing of its content."""

    id: str
    reference: str
    closed_on: date
    due_on: date
    years: int  # kept after closure, as the setting was
    at: datetime
    by: str
    reason: str
    erased: tuple[tuple[str, int], ...]  # what, in words, and how many; and the copies it still lies in (STILL_IN)
    journal_number: int  # the journal's last entry before it

    @property
    def gone(self) -> tuple[tuple[str, int], ...]:
        """What was erased, in words, and how many."""
        return tuple((what, count) for what, count in self.erased if not what.startswith(STILL_IN))

    @property
    def still_in(self) -> tuple[str, ...]:
        """The folders of earlier copies of the file that lay beside it."""
        return tuple(what.removeprefix(STILL_IN) for what, _ in self.erased if what.startswith(STILL_IN))


def due_on(closed_on: date, years: int) -> date:
    """The first day on which a case closed that day may go."""
    return add_months(closed_on, 12 * years)


def standing_hold(holds: Iterable[LegalHold], today: date) -> LegalHold | None:
    """The hold that keeps a case longest, or None."""
    standing = [hold for hold in holds if hold.holds(today)]
    return max(standing, key=lambda hold: hold.until or date.max, default=None)


def hold(subject_id: str, reason: str, until: date | None, by: str, today: date, words: Wording = CASE) -> LegalHold:
    """A new hold. Raises FieldRefused without a reason, or until a day that has passed."""
    if until is not None and until <= today:
        raise FieldRefused(
            RetentionField.UNTIL,
            "Give a date in the future, or leave it empty to keep it until someone lifts the hold.",
        )
    why = given(reason, f"Say why {words.this} must be kept.")
    return LegalHold(new_id(), subject_id, why, by, today, until)


def lift(standing: LegalHold, by: str, today: date) -> LegalHold:
    """The hold, lifted."""
    return replace(standing, lifted_on=today, lifted_by=by)


def refuse_too_early(due: date, holds: Iterable[LegalHold], today: date, words: Wording = CASE) -> None:
    """What is not yet due stays, and a legal hold wins over any date. Raises Refused for either."""
    standing = standing_hold(holds, today)
    if standing is not None:
        until = f"until {dated_day(standing.until)}" if standing.until else "until it is lifted"
        raise Refused(f"A legal hold keeps {words.this} {until}. Lift it first, if that is right.")
    if due > today:
        this = words.this[:1].upper() + words.this[1:]
        raise Refused(f"{this} {words.keeps} kept until {dated_day(due)}. Confirm a different period if that is wrong.")


def certificate_words(made: Disposal, words: Wording = CASE) -> tuple[str, ...]:
    """The certificate, line by line."""
    at, years = local(made.at), "1 year" if made.years == 1 else f"{made.years} years"
    copies = ", ".join(made.still_in)
    beside = f"Earlier copies of the file in the same folder still contain it until they are deleted: {copies}."
    return (
        f"{words.erased.format(made.reference)} on {paper_day(at.date())} at {clock(made.at)} by {made.by}.",
        f"{words.ended} on {paper_day(made.closed_on)} and, kept for {years}, due on {paper_day(made.due_on)}.",
        f"Reason: {made.reason}",
        "Deleted: " + ", ".join(f"{what} {count}" for what, count in made.gone) + ".",
        *((words.left,) if words.left else ()),
        (
            f"The journal was at entry {made.journal_number} before the deletion. Its entries about it "
            "remain as keyed hashes; the values are gone."
        ),
        (
            "Older backups contain it until they are replaced. Mentions in other records, and papers "
            "already circulated, are not affected."
        ),
        *((beside,) if copies else ()),
    )


def given(reason: str, otherwise: str) -> str:
    """A reason in one line. Raises FieldRefused with the sentence `otherwise` when it is shorter than a word."""
    words = " ".join(reason.split())
    if len(words) < LEAST_REASON:
        raise FieldRefused(RetentionField.REASON, otherwise)
    return words
