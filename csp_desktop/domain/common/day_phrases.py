"""The day somebody means: alone in a field, or at the end of a sentence: 'visit with CGL by fri'.

In a sentence only a phrase at its end is a day, bare or introduced by 'by', 'on' or 'before'; what the word before
makes a part of the sentence ('last friday', 'every fri') is none.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csp_desktop.domain.common.day_grammar import CHOOSE, SOON, Days, Reading, asked, read_phrase
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.meeting.signatures import folded

LONGEST = 7  # words in a phrase: 'by the end of the next week'
FAR = 92  # days from the meeting; bare numbers that would be a day further away are asked about


@dataclass(frozen=True)
class Ending:
    """The day phrase at the end of a sentence: its first word's place, and what it means."""

    start: int
    reading: Reading


def read_day(text: str, today: date) -> date | None:
    """The day a field holds: 'fri', 'fri next week', 'fri 4 dec 2026', '4/12/2026', 'in 2 weeks'. Without a year
    it is the nearest such day, which may have passed. None for what is no day or may mean several: see `day_problem`.
    """
    reading = _whole(text, today)
    return reading.day if reading is not None else None


def read_past_day(text: str, today: date) -> date | None:
    """A day that has come: 'yesterday', 'mon' is the last one, '3 mar' the last there was. A day in full that is still
    to come ('tomorrow', 'fri week') is given back as it is; None for what is no day."""
    if text.strip().casefold() == "yesterday":
        return today - timedelta(days=1)
    for back in (0, 7, 190):
        then = today - timedelta(days=back)
        reading = _whole(text, then)
        found = reading.day if reading is not None else None
        if reading is None or found is None or found > today:
            continue
        if back == 0 or reading.weekday or read_day(text, then - timedelta(days=7)) == found:
            return found
    return read_day(text, today)


def day_problem(text: str, today: date, otherwise: str) -> str:
    """The sentence for a field whose text is no day: what is wrong with it, or `otherwise`, how a day is written."""
    reading = _whole(text, today)
    question = reading.question if reading is not None and not reading.kept else None
    if question is None or question.words in SOON:  # no day at all
        return otherwise
    said = question.sentence.removesuffix(f": {CHOOSE}")
    days = " or ".join(dated_day(day) for day in question.options)
    said = f"{said}: type {days}" if days and said != question.sentence else question.sentence
    return f"{said[0].upper()}{said[1:]}."


def ending(words: list[str], days: Days) -> Ending | None:
    """The longest day phrase at the end of the words, with what introduces it ('by', 'on', 'before')."""
    told = [_bare(word) for word in words]
    for start in range(max(0, len(told) - LONGEST), len(told)):
        reading = read_phrase(told[start:], days)
        if reading is not None:
            return _introduced(told, start, reading, days)
    return None


def _whole(text: str, today: date) -> Reading | None:
    words = text.split()
    found = ending(words, Days(today)) if words else None
    return found.reading if found is not None and found.start == 0 and not found.reading.next_meeting else None


def _bare(word: str) -> str:
    return folded(word).strip("“”\"'(),;:!?").rstrip(".")


# What stands before the phrase


_INTRODUCE = frozenset(["by", "on", "due"])
_KEEP = frozenset(["for", "until", "till", "til", "around", "about", "at"])
_BLOCK = frozenset(
    ["last", "past", "previous", "every", "each", "since", "from", "after", "of", "to", "alternate", "than", "all"]
)
_SUBJECTS = frozenset(["he", "she", "they", "who", "it", "i", "we", "you", "the"])  # 'where he sat', 'in the sun'
_JOIN = frozenset(["and", "or", "&", "to", "-", "–"])
_GO_ON = frozenset(["keep", "turn", "switch", "leave", "carry", "put", "pass", "move", "hold", "follow", "get"])
_PLACES = frozenset(
    ["flat", "no", "number", "unit", "room", "house", "floor", "block", "apartment", "bay", "item", "section", "plot"]
)


def _introduced(told: list[str], start: int, reading: Reading, days: Days) -> Ending | None:
    """The phrase with its 'by' or 'on'; None where the word before makes it a part of the sentence."""
    before = told[start - 1] if start else ""
    if before in _BLOCK and not (before == "to" and _joined(told, start, days)):
        return Ending(start, replace(reading, kept=True)) if reading.next_meeting else None
    if reading.weekday and before in _SUBJECTS:
        return None
    if _joined(told, start, days):
        first = read_phrase(told[start - 2 : start - 1], days)
        options = tuple(sorted({r.day for r in (first, reading) if r is not None and r.day is not None}))
        return Ending(start - 2, asked(" ".join(told[start - 2 :]), "can mean several dates", options))
    if before == "before" and reading.day is not None:
        return Ending(start - 1, replace(reading, day=reading.day - timedelta(days=1)))
    if before in _KEEP or (before == "before" and reading.next_meeting):
        kept = before != "for" or not reading.next_meeting
        return Ending(start if kept else start - 1, replace(reading, kept=kept))
    if reading.numbers:
        reading = _doubted(told[start], before, reading, days)
    while start and told[start - 1] in _INTRODUCE and not _goes_on(told, start - 1):
        start -= 1
    return Ending(start, reading)


def _joined(told: list[str], start: int, days: Days) -> bool:
    """'mon and fri': several days, of which none is the one meant."""
    if start < 2 or told[start - 1] not in _JOIN:
        return False
    first = read_phrase(told[start - 2 : start - 1], days)
    return first is not None and (first.day is not None or first.question is not None)


def _goes_on(told: list[str], at: int) -> bool:
    """'keep heating on': the word belongs to what is done, not to the day."""
    return told[at] == "on" and not _GO_ON.isdisjoint(told[:at])


_OFTEN_NO_DAY = frozenset(["24/7", "1/2", "1/3", "2/3", "1/4", "3/4"])


def _doubted(word: str, before: str, reading: Reading, days: Days) -> Reading:
    """Figures in a sentence may be no day at all: a fraction, '24/7', '4-12', 'flat 5/12', or one far away that no 'by'
    introduces. A field that holds nothing else holds a day."""
    if not before or reading.day is None:
        return reading
    far = abs((reading.day - days.today).days) > FAR and before not in _INTRODUCE
    if not (word in _OFTEN_NO_DAY or re.fullmatch(r"[0-9]+-[0-9]+", word) or before in _PLACES or far):
        return reading
    ahead = reading.day if reading.day >= days.today else add_months(reading.day, 12)
    return asked(word, "may or may not be a date", (ahead,))
