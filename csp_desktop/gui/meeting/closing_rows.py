"""What is still open at the end of a meeting, in words: apart from the page, which shows the rows and acts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from csp_desktop.domain.common.days import clock, screen_day
from csp_desktop.domain.common.deadlines import Deadline
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.window.actions import Action
from csp_desktop.services.meeting.closing import NOT_DISCUSSED, Check, Closing


class Gap(Enum):
    """One kind of thing that can be open, the worst first: its icon and the keys of its two answers."""

    UNSIGNED = ("user-check", "S", "R")
    CASES = ("layers", "U", "L")
    COMPLETE = ("pencil", "T", "")
    ITEMS = ("list-checks", "I", "")
    OWNERS = ("users", "W", "")
    DATES = ("calendar", "D", "O")
    NEXT = ("calendar-days", "N", "E")
    ABSENT = ("user-minus", "A", "")
    PRIVATE = ("lock", "P", "X")

    @property
    def icon(self) -> str:
        """In its tile."""
        return self.value[0]

    @property
    def key(self) -> str:
        """Settles it."""
        return self.value[1]

    @property
    def other_key(self) -> str:
        """The other answer; empty where there is none."""
        return self.value[2]


SETTLE = tuple(
    Action(words, (gap.key,), "_settle", gap)
    for gap, words in (
        (Gap.UNSIGNED, "sign now"),
        (Gap.CASES, "record the cases not discussed as deferred"),
        (Gap.COMPLETE, "go to a case to complete"),
        (Gap.ITEMS, "go to an item not discussed"),
        (Gap.OWNERS, "choose the officers of actions"),
        (Gap.DATES, "the next meeting as the date of actions without one"),
        (Gap.NEXT, "agree the proposed date"),
        (Gap.ABSENT, "record apologies"),
        (Gap.PRIVATE, "begin the private meeting"),
    )
)
OTHERS = tuple(
    Action(words, (gap.other_key,), "_other", gap)
    for gap, words in (
        (Gap.UNSIGNED, "give the reason for not signing"),
        (Gap.CASES, "list the cases as not discussed"),
        (Gap.DATES, "dates one by one"),
        (Gap.NEXT, "another date"),
        (Gap.PRIVATE, "no private meeting today"),
    )
)


FIRST = "Go to the first"


@dataclass(frozen=True)
class GapWords:
    """How a gap stands in its row."""

    gap: Gap
    words: str
    detail: str
    tone: Tone
    button: str
    next: str  # what the press does, after 'Next:'
    other: str = ""


def gaps(state: Closing, answered: Iterable[Gap], private: bool) -> tuple[GapWords, ...]:
    """What is open, the worst first; `answered` are those somebody has said are right as they are."""
    settled = set(answered)
    found = (*_of_people_and_cases(state), *_of_the_rest(state, private))
    return tuple(sorted((one for one in found if one.gap not in settled), key=lambda one: list(Gap).index(one.gap)))


def _of_people_and_cases(state: Closing) -> Iterator[GapWords]:
    unsigned, waiting = state.of(Check.SIGNED), [row for row in state.uncalled if not row.deferred]
    if unsigned:
        names = [row.words.removesuffix(" has not signed") for row in unsigned]
        who = ", ".join(f"{name}, {row.detail}" for name, row in zip(names, unsigned, strict=True))
        then = f"sign {names[0]}" if len(names) == 1 else f"sign {len(names)} people"
        words, other = f"{len(unsigned)} not signed", "reason for not signing"
        yield GapWords(Gap.UNSIGNED, words, who, Tone.HIGH, "Sign now", then, other)
    if waiting:
        whole, free = state.called + len(state.uncalled), len(state.deferrable)
        twice, words = len(waiting) - free, f"{len(waiting)} of {whole} cases not discussed"
        detail = f"{state.called} discussed"
        if twice:
            detail += f". {twice} deferred twice before: a reason each, at the case"
        listing = "list as not discussed"
        if free:
            yield GapWords(
                Gap.CASES, words, detail, Tone.HIGH, f"Record {free} as deferred", f"defer {free} cases", listing
            )
        else:
            yield GapWords(Gap.CASES, words, detail, Tone.HIGH, listing.capitalize(), listing)
    left = state.of(Check.OUTCOMES, Check.COMPLETE)
    if left:
        detail = "; ".join(row.words for row in left)
        yield GapWords(Gap.COMPLETE, f"{len(left)} to complete", detail, Tone.MEDIUM, FIRST, f"complete {len(left)}")


def _of_the_rest(state: Closing, private: bool) -> Iterator[GapWords]:
    items, nobody, undated = state.of(Check.ITEMS), state.of(Check.OFFICERS), state.of(Check.DATES)
    absent, day, tone = state.of(Check.APOLOGIES), screen_day(state.next_on, state.meeting.on), Tone.MEDIUM
    if items:
        names = "; ".join(row.words.removesuffix(NOT_DISCUSSED) for row in items)
        words = _count(len(items), "item not discussed", "items not discussed")
        yield GapWords(Gap.ITEMS, words, names, tone, FIRST, f"discuss {_count(len(items), 'item', 'items')}")
    if nobody:
        words = _count(len(nobody), "action without an officer", "actions without an officer")
        yield GapWords(
            Gap.OWNERS, words, "; ".join(row.detail for row in nobody), tone, "Choose", "choose the officers"
        )
    if undated:
        words = _count(len(undated), "action without a date", "actions without a date")
        button = day + {1: "", 2: " for both"}.get(len(undated), " for all")
        names = "; ".join(row.detail for row in undated)
        yield GapWords(Gap.DATES, words, names, tone, button, "date the actions", "one by one")
    if state.meeting.is_regular and state.meeting.next_on is None:
        why = "Proposed from how often the group meets"
        yield GapWords(Gap.NEXT, "No next date", why, tone, day, "agree the next date", "another date")
    if absent:
        names = ", ".join(row.words.partition(" did not come")[0] for row in absent)
        words = f"{len(absent)} absent without apologies"
        yield GapWords(Gap.ABSENT, words, names, tone, "Record apologies", "record apologies")
    if private:
        words, why = "Private meeting not held yet", "New Hope’s lead needs the private file back before people leave"
        yield GapWords(
            Gap.PRIVATE, words, why, tone, "Begin it", "begin the private meeting", "no private meeting today"
        )


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def in_order(state: Closing) -> tuple[str, ...]:
    """What is fine, in one quiet line."""
    counted = state.figures
    return (
        f"{counted.present} present, {_count(counted.apologies, 'apology', 'apologies')}",
        _count(counted.owned, "action with an officer", "actions with an officer"),
        _count(counted.read_back, "case read back", "cases read back"),
        *((f"Next meeting {screen_day(state.meeting.next_on, state.meeting.on)}",) if state.meeting.next_on else ()),
    )


@dataclass(frozen=True)
class After:
    """One step after the meeting: what, by when, and what it is."""

    icon: str
    title: str
    when: str
    detail: str


def what_happens_after(state: Closing, now: datetime, circulate: Deadline, minutes: int = 10) -> tuple[After, ...]:
    """From the closing to the next meeting, with the dates."""
    checked = now + timedelta(minutes=minutes)
    return (
        After("circle-check", "Close", clock(now), "The meeting ends at this time. Nothing is sent."),
        After(
            "file-check",
            "Draft checked",
            f"by {clock(checked)}",
            f"Go through what the draft still needs: about {minutes} minutes.",
        ),
        After(
            "list-checks",
            "Action lists",
            f"by {screen_day(now.date() + timedelta(days=1), now.date())}",
            "Within 24 hours, each officer their own.",
        ),
        After("key-round", "Chair approves", "", "With their own passphrase."),
        After(
            "send",
            "Circulate",
            f"by {screen_day(circulate.on, now.date())}",
            "A copy for each person who may have one.",
        ),
        _following(state, now.date()),
    )


def _following(state: Closing, today: date) -> After:
    """The group's next meeting; after one called for a case what is reported there."""
    day = state.meeting.next_on
    if not state.meeting.is_regular:
        return After("calendar-days", "Next CPG", screen_day(state.next_on, today), "The lead reports back there.")
    when, how = (screen_day(day, today), "As agreed here.") if day else ("no date yet", "")
    return After("calendar-days", "Next meeting", when, how)
