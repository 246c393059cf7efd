"""The one line in which an action is agreed: 'rn detox place, visit with CGL fri'.

The minute-taker types while the officer is still speaking, so the line is read at every key: officers first, day phrase
last, everything between is what will be done. Nothing is ever refused here; what is not yet clear is shown and waits.
Only officers, day and legal power leave the words, and `taken` tells where each of them stood.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from csp_desktop.domain.common.day_grammar import Days, Question
from csp_desktop.domain.common.day_phrases import ending
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.action_owners import Owners, Person, owners
from csp_desktop.domain.meeting.actions import ActionKind
from csp_desktop.domain.meeting.line_words import INFORMATION, INTERVENTION
from csp_desktop.domain.meeting.signatures import folded


class ChipKind(Enum):
    """What a chip under the line stands for."""

    OFFICER = "officer"
    CANDIDATE = "one of several people"
    DUE = "due"
    KIND = "kind"
    POWER = "power"


@dataclass(frozen=True)
class Chip:
    """One thing the line was understood to say. `person_id` and `name` for people; a candidate can be chosen."""

    kind: ChipKind
    words: str
    person_id: str = ""
    name: str = ""


@dataclass(frozen=True)
class Taken:
    """A stretch of the line that is no part of what will be done: characters `start` to before `end`."""

    kind: ChipKind
    start: int
    end: int


@dataclass(frozen=True)
class DayAnswer:
    """What a person answered to a question about a day phrase: a day, or None for 'this is not a day'."""

    words: str
    day: date | None


@dataclass(frozen=True)
class ParsedAction:
    """What the line says so far: who does it (the first leads), and whom to choose from where that is not clear."""

    what: str
    owners: tuple[Person, ...]
    offered: tuple[Person, ...]
    due: date
    due_typed: bool  # False: no day was said, so it is due at the next meeting
    kind: ActionKind
    wait: str  # empty, or why Enter waits, in words
    chips: tuple[Chip, ...]
    power: str = ""  # the legal power of an intervention: 'serve notice power: closure order fri'
    taken: tuple[Taken, ...] = ()
    question: Question | None = None  # about the day, until it is answered

    @property
    def officer(self) -> Person | None:
        """Who leads, when it is clear who does it."""
        return self.owners[0] if self.owners and not self.offered else None

    @property
    def beside(self) -> tuple[Person, ...]:
        """Who does it with the officer who leads."""
        return self.owners[1:]

    @property
    def wait_for_officer(self) -> bool:
        """True while a person has still to be chosen."""
        return bool(self.offered)

    @property
    def ready(self) -> bool:
        """True when Enter agrees the action."""
        return not self.wait


@dataclass(frozen=True)
class ActionChange:
    """What a changed line changes of its action; None stays as it is. `no_day`: due at the next meeting again."""

    what: str | None = None
    officer_id: str | None = None
    with_ids: tuple[str, ...] | None = None
    due: date | None = None
    no_day: bool = False
    kind: ActionKind | None = None
    power: str | None = None


NOTHING = "Say what will be done"
NO_POWER = "Name the legal power after “power:”"
PASSED = "That date is in the past"
ABSENT = "not here today: will be told"

_POWER = "power:"


@dataclass(frozen=True)
class _Word:
    """A word and where it stands in the line."""

    text: str
    start: int
    end: int


def parse(
    text: str,
    people: Sequence[Person],
    meeting_day: date,
    next_meeting: date,
    chosen: Sequence[str] = (),
    kind: ActionKind | None = None,
    *,
    answer: DayAnswer | None = None,
    holidays: AbstractSet[date] = frozenset(),
) -> ParsedAction:
    """Read the line. `chosen` (ids of people) and `kind` were picked by hand, `answer` was given to a question about
    the day; each wins over the words. `holidays` are no working days."""
    named = owners(text, people, chosen)
    words = [_Word(found[0], found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    rest = _after(named.end, words)
    rest, due, question, day_taken = _split_day(rest, Days(meeting_day, next_meeting, holidays), answer)
    rest, power, power_taken = _split_power(rest)
    taken = (*_spans(ChipKind.OFFICER, _before(named.end, words)), *power_taken, *day_taken)
    what = without(text, taken)
    wait = named.wait or _waits(what, rest, question, due, meeting_day)
    proposed = ActionKind.INTERVENTION if power else kind or propose_kind(what)
    chips = _chips(named, due or next_meeting, due is not None, meeting_day) if words else ()
    if question is not None:
        chips = tuple(chip for chip in chips if chip.kind is not ChipKind.DUE)
    if words:
        chips = (*chips, Chip(ChipKind.KIND, proposed.value.capitalize()))
    if power:
        chips = (*chips, Chip(ChipKind.POWER, f"Power: {power}"))
    return ParsedAction(
        what,
        named.people,
        named.offered,
        due or next_meeting,
        due is not None,
        proposed,
        wait,
        chips,
        power,
        taken,
        question,
    )


def without(text: str, taken: Sequence[Taken]) -> str:
    """The sentence that is left: the line less what was taken, single spaces, a capital first."""
    kept, at = [], 0
    for span in sorted(taken, key=lambda t: t.start):
        kept.append(text[at : span.start])
        at = span.end
    return _sentence(" ".join((*kept, text[at:])))


def line_of(what: str, officers: str, due: date | None, power: str = "") -> str:
    """An agreed action as a line that can be changed; `officers` by initials, with "&" between them. After the colon
    nobody's initials are taken for one more officer's."""
    return f"{officers.lower()}: {what}{line_end(due, power)}"


def line_end(due: date | None, power: str = "") -> str:
    """What stands behind its words; no day is the next meeting."""
    day = f"{due.day}/{due.month}/{due.year}" if due is not None else "next meeting"
    return f" {_POWER} {power} by {day}" if power else f" by {day}"


def changes(before: ParsedAction, after: ParsedAction) -> ActionChange:
    """What a person changed in the line: the same line twice changes nothing, whatever it was read as."""
    due_changed = (before.due, before.due_typed) != (after.due, after.due_typed)
    others = after.officer is not None and after.owners != before.owners
    return ActionChange(
        what=after.what if after.what != before.what else None,
        officer_id=after.owners[0].id if others and after.officer != before.officer else None,
        with_ids=tuple(p.id for p in after.beside) if others and after.beside != before.beside else None,
        due=after.due if due_changed and after.due_typed else None,
        no_day=due_changed and not after.due_typed,
        kind=after.kind if after.kind is not before.kind else None,
        power=after.power if after.power != before.power else None,
    )


def propose_kind(what: str) -> ActionKind:
    """Support, unless the words speak of an intervention or of information; shown on a chip, changed by a person."""
    said = {folded(word.strip(".,;:()")) for word in what.split()}
    if said & INTERVENTION:
        return ActionKind.INTERVENTION
    return ActionKind.INFORMATION if said & INFORMATION else ActionKind.SUPPORT


def _split_day(
    words: list[_Word], days: Days, answer: DayAnswer | None
) -> tuple[list[_Word], date | None, Question | None, tuple[Taken, ...]]:
    """What is left, the day (None: the next meeting), the question about it, and what was taken."""
    found = ending([word.text for word in words], days)
    if found is None:
        return words, None, None, ()
    reading, day, kept = found.reading, found.reading.day, found.reading.kept
    if reading.question is not None:
        if answer is None or answer.words != reading.question.words:
            return words, None, reading.question, ()
        day, kept = answer.day, kept or answer.day is None
    if kept:
        return words, day, None, ()
    taken = _spans(ChipKind.DUE, words[found.start :], words[: found.start])
    return _before(taken[0].start, words[: found.start]), day, None, taken


def _after(end: int, words: list[_Word]) -> list[_Word]:
    """The words behind those that named the officers."""
    cut = [_Word(word.text[max(end - word.start, 0) :], max(word.start, end), word.end) for word in words]
    return [word for word in cut if word.text]


def _before(end: int, words: list[_Word]) -> list[_Word]:
    """The words up to there, less the comma or dash that went with the day: nothing of the line is taken twice."""
    cut = [_Word(word.text[: max(end - word.start, 0)], word.start, min(word.end, end)) for word in words]
    return [word for word in cut if word.text]


def _split_power(words: list[_Word]) -> tuple[list[_Word], str, tuple[Taken, ...]]:
    """What will be done, and the legal power named after 'power:'."""
    for at, word in enumerate(words):
        if word.text.casefold().startswith(_POWER):
            said = [word.text[len(_POWER) :], *(w.text for w in words[at + 1 :])]
            power = _sentence(" ".join(said).rstrip(" ,;"))
            return (words[:at], power, _spans(ChipKind.POWER, words[at:], words[:at])) if power else (words, "", ())
    return words, "", ()


def _spans(kind: ChipKind, words: Sequence[_Word], left: Sequence[_Word] = ()) -> tuple[Taken, ...]:
    """Where these words stand, with the comma or dash that parts them from what is left."""
    if not words:
        return ()
    start = words[0].start
    if left:
        start = left[-1].end - (len(left[-1].text) - len(left[-1].text.rstrip(",;–-")))
    return (Taken(kind, start, words[-1].end),)


def _waits(what: str, rest: Sequence[_Word], question: Question | None, due: date | None, meeting_day: date) -> str:
    """Why Enter waits although the officer is known."""
    if not what:
        return NOTHING
    if rest and rest[-1].text.casefold() == _POWER:
        return NO_POWER
    if question is not None:
        return question.sentence
    return PASSED if due is not None and due < meeting_day else ""


def _sentence(words: str) -> str:
    what = " ".join(words.split())
    first = what[:1].upper()
    return first + what[1:] if len(first) == 1 else what


def _chips(named: Owners, due: date, typed: bool, meeting_day: date) -> tuple[Chip, ...]:
    several = len(named.people) > 1
    people = [
        Chip(ChipKind.OFFICER, _owner_words(person, f"with {person.name}" if at else person.name, several and not at))
        for at, person in enumerate(named.people)
    ]
    people = [replace(chip, person_id=p.id, name=p.name) for chip, p in zip(people, named.people, strict=True)]
    people += [Chip(ChipKind.CANDIDATE, person.told_apart(), person.id, person.name) for person in named.offered]
    day = screen_day(due, meeting_day)
    return (*people, Chip(ChipKind.DUE, day if typed else f"{day}, next meeting"))


def _owner_words(person: Person, name: str, leads: bool) -> str:
    """'PS Dan Holt leads', 'with Joy Okafor, not here today: will be told'"""
    words = f"{name} leads" if leads else name
    return words if person.here else f"{words}, {ABSENT}"
