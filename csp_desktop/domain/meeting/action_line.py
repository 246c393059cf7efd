"""The one line in which an action is agreed: 'rn detox place, visit with CGL fri'.

The minute-taker types while the officer is still speaking, so the line is read at every key: officer first, day phrase
last, everything between is what will be done. Nothing is ever refused here; what is not yet clear is shown and waits.
Only officer, day and legal power leave the words, and `taken` tells where each of them stood.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from csp_desktop.domain.common.day_grammar import Days, Question
from csp_desktop.domain.common.day_phrases import ending
from csp_desktop.domain.common.days import day_from
from csp_desktop.domain.meeting.actions import ActionKind
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import TITLES, initials


@dataclass(frozen=True)
class Person:
    """Someone who can be given an action."""

    id: str
    name: str
    agency: str = ""

    @cached_property
    def initials(self) -> str:
        """'RN'"""
        return initials(self.name)

    @cached_property
    def typed_initials(self) -> str:
        """As they are compared with what is typed."""
        return folded(self.initials)

    @cached_property
    def typed_names(self) -> tuple[str, ...]:
        """The words of the name as they are compared with what is typed."""
        return tuple(folded(part) for part in self.name.split())


class ChipKind(Enum):
    """What a chip under the line stands for."""

    OFFICER = "officer"
    CANDIDATE = "one of several people"
    DUE = "due"
    KIND = "kind"
    POWER = "power"


@dataclass(frozen=True)
class Chip:
    """One thing the line was understood to say. `person_id` for people; a candidate can be chosen."""

    kind: ChipKind
    words: str
    person_id: str = ""


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
    """What the line says so far. One officer: known. Several: they share the initials, or are offered instead."""

    what: str
    officers: tuple[Person, ...]
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
        """The one officer meant, when it is clear."""
        return self.officers[0] if len(self.officers) == 1 and not self.wait_for_officer else None

    @property
    def wait_for_officer(self) -> bool:
        """True while a person has still to be chosen."""
        return self.wait in (SHARED, UNKNOWN)

    @property
    def ready(self) -> bool:
        """True when Enter agrees the action."""
        return not self.wait


@dataclass(frozen=True)
class ActionChange:
    """What a changed line changes of its action; None stays as it is. `no_day`: due at the next meeting again."""

    what: str | None = None
    officer_id: str | None = None
    due: date | None = None
    no_day: bool = False
    kind: ActionKind | None = None
    power: str | None = None


SHARED = "Two people share these initials: choose one"
UNKNOWN = "Nobody here has these initials: choose the officer"
NOTHING = "Say what will be done"
NO_POWER = "Say which legal power after “power:”"
PASSED = "That day has passed"

_POWER = "power:"
_SMALL_WORDS = frozenset(
    [
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "go",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "us",
        "we",
        "the",
        "and",
        "for",
        "her",
        "him",
        "his",
        "its",
        "she",
        "they",
    ]
)
_INTERVENTION = frozenset(
    [
        "serve",
        "warn",
        "warning",
        "injunction",
        "closure",
        "notice",
        "warrant",
        "arrest",
        "evict",
        "eviction",
        "cpn",
        "cpw",
        "cbo",
        "pspo",
        "abc",
        "summons",
        "enforce",
        "enforcement",
        "seize",
        "fine",
        "dispersal",
        "contract",
    ]
)
_INFORMATION = frozenset(
    [
        "tell",
        "report",
        "check",
        "ask",
        "find",
        "confirm",
        "share",
        "send",
        "inform",
        "update",
        "circulate",
        "minute",
        "note",
    ]
)


@dataclass(frozen=True)
class _Word:
    """A word and where it stands in the line."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Owner:
    """Whom the beginning of the line names: the people it may be, why it waits, and how many words named them."""

    people: tuple[Person, ...]
    wait: str
    words: int


def parse(
    text: str,
    people: Sequence[Person],
    meeting_day: date,
    next_meeting: date,
    chosen: str = "",
    kind: ActionKind | None = None,
    *,
    answer: DayAnswer | None = None,
    holidays: AbstractSet[date] = frozenset(),
) -> ParsedAction:
    """Read the line. `chosen` (a person's id) and `kind` were picked by hand, `answer` was given to a question about
    the day; each wins over the words. `holidays` are no working days."""
    words = [_Word(found[0], found.start(), found.end()) for found in re.finditer(r"\S+", text)]
    owner = _owner([word.text for word in words], people, chosen)
    rest = words[owner.words :]
    rest, due, question, day_taken = _split_day(rest, Days(meeting_day, next_meeting, holidays), answer)
    rest, power, power_taken = _split_power(rest)
    taken = (*_spans(ChipKind.OFFICER, words[: owner.words]), *power_taken, *day_taken)
    what = without(text, taken)
    wait = owner.wait or _waits(what, rest, question, due, meeting_day)
    proposed = ActionKind.INTERVENTION if power else kind or propose_kind(what)
    chips = _chips(owner, due or next_meeting, due is not None, meeting_day) if words else ()
    if question is not None:
        chips = tuple(chip for chip in chips if chip.kind is not ChipKind.DUE)
    if words:
        chips = (*chips, Chip(ChipKind.KIND, proposed.value.capitalize()))
    if power:
        chips = (*chips, Chip(ChipKind.POWER, f"Power: {power}"))
    return ParsedAction(
        what, owner.people, due or next_meeting, due is not None, proposed, wait, chips, power, taken, question
    )


def without(text: str, taken: Sequence[Taken]) -> str:
    """The sentence that is left: the line less what was taken, single spaces, a capital first."""
    kept, at = [], 0
    for span in sorted(taken, key=lambda t: t.start):
        kept.append(text[at : span.start])
        at = span.end
    return _sentence(" ".join((*kept, text[at:])))


def line_of(what: str, officer: str, due: date | None, power: str = "") -> str:
    """An agreed action as a line that can be changed; `officer` by initials, no day is the next meeting."""
    day = f"{due.day}/{due.month}/{due.year}" if due is not None else "next meeting"
    named = f" {_POWER} {power}" if power else ""
    return f"{officer.lower()} {what}{named} by {day}"


def changes(before: ParsedAction, after: ParsedAction) -> ActionChange:
    """What a person changed in the line: the same line twice changes nothing, whatever it was read as."""
    due_changed = (before.due, before.due_typed) != (after.due, after.due_typed)
    return ActionChange(
        what=after.what if after.what != before.what else None,
        officer_id=after.officer.id if after.officer is not None and after.officer != before.officer else None,
        due=after.due if due_changed and after.due_typed else None,
        no_day=due_changed and not after.due_typed,
        kind=after.kind if after.kind is not before.kind else None,
        power=after.power if after.power != before.power else None,
    )


def propose_kind(what: str) -> ActionKind:
    """Support, unless the words speak of an intervention or of information; shown on a chip, changed by a person."""
    said = {folded(word.strip(".,;:()")) for word in what.split()}
    if said & _INTERVENTION:
        return ActionKind.INTERVENTION
    return ActionKind.INFORMATION if said & _INFORMATION else ActionKind.SUPPORT


def offered(typed: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """The people whose name begins with what was typed, or, if nobody's does, everybody."""
    return tuple(p for p in people if _begins_name(typed, p)) or tuple(people)


def _owner(words: Sequence[str], people: Sequence[Person], chosen: str) -> _Owner:
    """Who will do it. Initials of people who are known win over a person chosen by hand for other words."""
    typed = words[0].rstrip(",:") if words else ""
    named = folded(typed)
    matching = tuple([p for p in people if p.typed_initials == named]) if typed else ()
    picked = tuple([p for p in people if p.id == chosen])
    if picked and (picked[0] in matching or not matching):
        return _Owner(picked, "", 1 if matching else _named(words, picked[0]))
    if matching:
        return _Owner(matching, SHARED if len(matching) > 1 else "", 1)
    return _Owner(offered(typed, people), UNKNOWN, 0)


def _named(words: Sequence[str], person: Person) -> int:
    """How many words at the beginning of the line are the person's name: 'ravi', 'pc smith'. A rank alone is none."""
    parts = list(person.typed_names)
    ranks = {folded(title) for title in TITLES}
    count, is_named = 0, False
    for word in words:
        typed = folded(word.rstrip(",:."))
        whole = typed in parts
        begins = not is_named and len(typed) > 1 and typed not in _SMALL_WORDS and _begins_name(typed, person)
        if not (whole or begins):
            break
        count, is_named = count + 1, is_named or typed not in ranks
        parts = [part for part in parts if part != typed]
    return count if is_named else 0


def _begins_name(typed: str, person: Person) -> bool:
    begins = folded(typed)
    return bool(typed) and any(part.startswith(begins) for part in person.typed_names)


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


def _before(end: int, words: list[_Word]) -> list[_Word]:
    """The words less the comma or dash that went with the day: nothing of the line is taken twice."""
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


def _chips(owner: _Owner, due: date, typed: bool, meeting_day: date) -> tuple[Chip, ...]:
    people = tuple(
        Chip(ChipKind.CANDIDATE if owner.wait else ChipKind.OFFICER, _told_apart(p) if owner.wait else p.name, p.id)
        for p in owner.people
    )
    day = day_from(due, meeting_day)
    return (*people, Chip(ChipKind.DUE, day if typed else f"{day}, next meeting"))


def _told_apart(person: Person) -> str:
    return f"{person.name}, {person.agency}" if person.agency else person.name
