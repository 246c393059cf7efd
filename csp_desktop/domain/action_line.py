"""The one line in which an action is agreed: 'rn detox place, visit with CGL fri'.

The minute-taker types while the officer is still speaking, so the line is read at every key: officer by initials
first, date word last, everything between is what will be done. Nothing is ever refused here; what is not yet clear
is shown and waits.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from csp_desktop.domain.actions import ActionKind
from csp_desktop.domain.agencies import initials
from csp_desktop.domain.days import MONTHS, MONTHS_LONG, WEEKDAYS, WEEKDAYS_LONG, short_day


@dataclass(frozen=True)
class Person:
    """Someone who can be given an action."""

    id: str
    name: str
    agency: str = ""

    @property
    def initials(self) -> str:
        """'RN'"""
        return initials(self.name)


class ChipKind(Enum):
    """What a chip under the line stands for."""

    OFFICER = "officer"
    CANDIDATE = "one of several people"
    DUE = "due"
    KIND = "kind"


@dataclass(frozen=True)
class Chip:
    """One thing the line was understood to say. `person_id` for people; a candidate can be chosen."""

    kind: ChipKind
    words: str
    person_id: str = ""


@dataclass(frozen=True)
class ParsedAction:
    """What the line says so far. One officer: known. Several: they share the initials, or are offered instead."""

    what: str
    officers: tuple[Person, ...]
    due: date
    due_typed: bool
    kind: ActionKind
    wait: str  # empty, or why Enter waits, in words
    chips: tuple[Chip, ...]
    power: str = ""  # the legal power of an intervention: 'serve notice power: closure order fri'

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


SHARED = "Two people share these initials: choose one"
UNKNOWN = "Nobody here has these initials: choose the officer"
NOTHING = "Say what will be done"
PASSED = "That day has passed"

_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i"})
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


def parse(
    text: str,
    people: Sequence[Person],
    meeting_day: date,
    next_meeting: date,
    chosen: str = "",
    kind: ActionKind | None = None,
) -> ParsedAction:
    """Read the line. `chosen` (a person's id) and `kind` were picked by hand; both win over the words."""
    words = text.split()
    typed = words[0].rstrip(",:") if words else ""
    picked = [p for p in people if p.id == chosen]
    matching = [p for p in people if plain(p.initials) == plain(typed)] if typed else []
    if picked:
        officers, wait = tuple(picked), ""
        takes_word = bool(matching) or _looks_like_initials(typed) or _begins_name(typed, picked[0])
    elif matching:
        officers, wait = tuple(matching), SHARED if len(matching) > 1 else ""
        takes_word = True
    else:
        officers, wait = offered(typed, people), UNKNOWN
        takes_word = _looks_like_initials(typed)
    rest, due = _split_date(words[1:] if takes_word else words, meeting_day)
    rest, power = _split_power(rest)
    what = _sentence(rest)
    wait = wait or (NOTHING if not what else "") or (PASSED if due is not None and due < meeting_day else "")
    proposed = ActionKind.INTERVENTION if power else kind or propose_kind(what)
    day = due or next_meeting
    chips = _chips(officers, wait, day, due is not None, proposed, meeting_day) if words else ()
    if power:
        chips = (*chips, Chip(ChipKind.KIND, f"Power: {power}"))
    return ParsedAction(what, officers, day, due is not None, proposed, wait, chips, power)


def _split_power(words: Sequence[str]) -> tuple[list[str], str]:
    """What will be done, and the legal power named after 'power:'."""
    for at, word in enumerate(words):
        if word.casefold() == "power:":
            return list(words[:at]), _sentence(list(words[at + 1 :]))
    return list(words), ""


def plain(text: str) -> str:
    """The text as typed on any keyboard: 'EŁ' and 'el' are the same initials."""
    folded = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


def offered(typed: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """The people whose name begins with what was typed, or, if nobody's does, everybody."""
    return tuple(p for p in people if _begins_name(typed, p)) or tuple(people)


def propose_kind(what: str) -> ActionKind:
    """Support, unless the words speak of an intervention or of information; shown on a chip, changed by a person."""
    said = {plain(word.strip(".,;:()")) for word in what.split()}
    if said & _INTERVENTION:
        return ActionKind.INTERVENTION
    return ActionKind.INFORMATION if said & _INFORMATION else ActionKind.SUPPORT


def read_day(text: str, meeting_day: date) -> date | None:
    """A date word alone: 'fri', 'next fri', '4 dec', 'fri 4 dec 2026', '4/12/2026', 'tomorrow'; None when it is not
    one."""
    rest, due = _split_date(text.split(), meeting_day)
    return due if not rest else None


def _begins_name(typed: str, person: Person) -> bool:
    return bool(typed) and any(plain(part).startswith(plain(typed)) for part in person.name.split())


def _looks_like_initials(typed: str) -> bool:
    return len(typed) == 2 and typed.isalpha() and plain(typed) not in _SMALL_WORDS


def _sentence(words: list[str]) -> str:
    what = " ".join(words).rstrip(" ,;")
    return what[:1].upper() + what[1:]


def _split_date(words: list[str], meeting_day: date) -> tuple[list[str], date | None]:
    """Take the date off the end, the longest reading first, with a 'by' or 'on' before it."""
    for length in (4, 3, 2, 1):
        if len(words) < length:
            continue
        tail = [plain(w.rstrip(".,;")) for w in words[-length:]]
        day = _day(tail, meeting_day)
        if day is not None:
            rest = words[:-length]
            return (rest[:-1] if rest and plain(rest[-1]) in ("by", "on") else rest), day
    return words, None


def _day(tail: list[str], meeting_day: date) -> date | None:
    match tail:
        case ["today"]:
            return meeting_day
        case ["tomorrow"]:
            return meeting_day + timedelta(days=1)
        case [word] if (weekday := _weekday(word)) is not None:
            return _next_weekday(meeting_day, weekday)
        case ["next", word] if (weekday := _weekday(word)) is not None:
            return _next_weekday(meeting_day, weekday) + timedelta(days=7)
        case [word] if "/" in word:
            return _from_numbers(word.split("/"), meeting_day)
        case [word, *day] if len(day) > 1 and (weekday := _weekday(word)) is not None:
            found = _day(day, meeting_day)  # the weekday is said for the ear; one that does not fit is no part of it
            return found if found is not None and found.weekday() == weekday else None
        case [day, month] if (number := _month(month)) is not None:
            return _from_numbers([_bare_number(day), str(number)], meeting_day)
        case [day, month, year] if (number := _month(month)) is not None:
            return _from_numbers([_bare_number(day), str(number), year], meeting_day)
    return None


def _weekday(word: str) -> int | None:
    for number, (short, long) in enumerate(zip(WEEKDAYS, WEEKDAYS_LONG, strict=True)):
        if word == long.casefold() or (len(word) >= 3 and word in _short_forms(short)):
            return number
    return None


def _short_forms(short: str) -> tuple[str, ...]:
    return {"Tue": ("tue", "tues"), "Thu": ("thu", "thur", "thurs")}.get(short, (short.casefold(),))


def _month(word: str) -> int | None:
    for number, (short, long) in enumerate(zip(MONTHS, MONTHS_LONG, strict=True), start=1):
        if word in (short.casefold(), long.casefold()) or (word == "sept" and number == 9):
            return number
    return None


def _next_weekday(after: date, weekday: int) -> date:
    """Always after the day: on a Thursday, 'thu' is in a week."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def _bare_number(word: str) -> str:
    return word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else word


def _from_numbers(parts: list[str], meeting_day: date) -> date | None:
    """Day first, as it is written here. Without a year: the next such day from the meeting on."""
    if len(parts) not in (2, 3) or not all(p.isascii() and p.isdigit() and len(p) in (1, 2, 4) for p in parts):
        return None
    day, month = int(parts[0]), int(parts[1])
    if len(parts) == 3:
        year = int(parts[2])
        return _made(year + 2000 if year < 100 else year, month, day)
    for year in range(meeting_day.year, meeting_day.year + 9):
        made = _made(year, month, day)
        if made is not None and made >= meeting_day:
            return made
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _chips(
    officers: tuple[Person, ...], wait: str, due: date, typed: bool, kind: ActionKind, meeting_day: date
) -> tuple[Chip, ...]:
    known = wait not in (SHARED, UNKNOWN)
    people = tuple(
        Chip(ChipKind.OFFICER if known else ChipKind.CANDIDATE, p.name if known else _told_apart(p), p.id)
        for p in officers
    )
    day = short_day(due) if due.year == meeting_day.year else f"{short_day(due)} {due.year}"
    words = day if typed else f"{day}, next meeting"
    return (*people, Chip(ChipKind.DUE, words), Chip(ChipKind.KIND, kind.value.capitalize()))


def _told_apart(person: Person) -> str:
    return f"{person.name}, {person.agency}" if person.agency else person.name
