"""What a few words mean as a day: 'fri', '4 dec', 'in 2 weeks', 'end of month'; plain small words, without commas.

What may mean two days, or none, is never chosen: it comes back as a question with the days it may mean.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csp_desktop.domain.common.days import MONTHS, MONTHS_LONG, WEEKDAYS, WEEKDAYS_LONG
from csp_desktop.domain.common.deadlines import add_months, is_working_day, working_days_after

CHOOSE = "choose one of the dates, or type it"


@dataclass(frozen=True)
class Days:
    """From which day a phrase counts, and what it may refer to."""

    today: date
    next_meeting: date | None = None
    holidays: AbstractSet[date] = frozenset()


@dataclass(frozen=True)
class Question:
    """A phrase that may mean several days, or none: what to say, and the days to choose from."""

    words: str
    sentence: str  # without its full stop
    options: tuple[date, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a phrase means: a day, the next meeting, or a question. `kept`: it says more than the day, such as the
    time, and stays in the sentence."""

    day: date | None = None
    question: Question | None = None
    next_meeting: bool = False
    kept: bool = False
    weekday: bool = False  # nothing but a day of the week
    numbers: bool = False  # nothing but a day and a month in figures


def asked(words: str, why: str, options: tuple[date, ...] = ()) -> Reading:
    """A question with the days to choose from."""
    return Reading(question=Question(words, f"“{words}” {why}: {CHOOSE}", options))


def _refused(words: str, sentence: str, options: tuple[date, ...] = ()) -> Reading:
    return Reading(question=Question(words, sentence, options))


def read_phrase(told: list[str], days: Days) -> Reading | None:
    """What exactly these words mean, or None when they are no day phrase."""
    core = [word for word in told if word != "the"]
    if not core or told[0] == "of" or (told[0] == "the" and _weekday(core[0]) is not None):
        return None
    for read in (_near, _counted, _weekdays, _calendar, _ends, _feasts, _vague, _stretches, _periods):
        reading = read(core, days)
        if reading is not None:
            return reading
    return _with_time(core, days)


_TODAY = frozenset(["today"])
_TOMORROW = frozenset(["tomorrow", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow"])
_PART_OF_DAY = frozenset(
    ["am", "pm", "morning", "afternoon", "evening", "night", "noon", "midday", "lunchtime", "eod", "cop"]
)
_TIME = re.compile(r"([01]?\d|2[0-3])([:.][0-5]\d)?(am|pm)|([01]?\d|2[0-3]):[0-5]\d", re.ASCII)


def _near(core: list[str], days: Days) -> Reading | None:
    match core:
        case [word] if word in _TODAY:
            return Reading(days.today)
        case [word] if word in _TOMORROW:
            return Reading(days.today + timedelta(days=1))
        case ["tonight" | "eod" | "cop"] | ["end", "of", "day"] | ["close", "of", "play"]:
            return Reading(days.today, kept=True)
        case ["next", "meeting" | "cpg" | "session"]:
            return Reading(next_meeting=True) if days.next_meeting is not None else None
    return None


_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}


def _counted(core: list[str], days: Days) -> Reading | None:
    """'in 2 weeks', 'within 3 working days', 'in a fortnight', "in two weeks' time"."""
    if core[0] not in ("in", "within"):
        return None
    rest = core[1:-1] if core[-1] == "time" else core[1:]
    rest = rest[1:] if rest and rest[0] == "next" else rest
    match [word.rstrip("'’s") if word not in _NUMBERS else word for word in rest]:
        case [number, "working", "day"] if (count := _count(number)) is not None:
            return Reading(working_days_after(days.today, count, days.holidays))
        case [number, unit] if (count := _count(number)) is not None:
            return _later(days.today, count, unit)
    return None


def _count(word: str) -> int | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    return int(word) if re.fullmatch(r"[0-9]{1,3}", word) and int(word) else None


def _later(today: date, count: int, unit: str) -> Reading | None:
    match unit:
        case "day":
            return Reading(today + timedelta(days=count))
        case "week":
            return Reading(today + timedelta(weeks=count))
        case "fortnight":
            return Reading(today + timedelta(weeks=2 * count))
        case "month":
            return Reading(add_months(today, count))
    return None


def _weekdays(core: list[str], days: Days) -> Reading | None:
    """'fri', 'this fri', 'fri next week', 'monday week', 'a week on monday', 'tue/fri'; 'next fri' is this week's to
    some and next week's to others."""
    match core:
        case [word] | ["this" | "coming", word] if (number := _weekday(word)) is not None:
            return Reading(_following(days.today, number), weekday=True)
        case ["next", word] if (number := _weekday(word)) is not None:
            first = _following(days.today, number)
            return asked(" ".join(core), "can mean two dates", (first, first + timedelta(days=7)))
        case [word, "next", "week"] if (number := _weekday(word)) is not None:
            return Reading(_next_monday(days.today) + timedelta(days=number))
        case [word, "week"] | ["a" | "1" | "one", "week", "on", word] if (number := _weekday(word)) is not None:
            return Reading(_following(days.today, number) + timedelta(days=7))
        case [word, "fortnight"] if (number := _weekday(word)) is not None:
            return Reading(_following(days.today, number) + timedelta(days=14))
        case [word] if len(parts := re.split(r"[/&+–-]", word)) > 1:
            numbers = [_weekday(part) for part in parts]
            found = sorted({_following(days.today, n) for n in numbers if n is not None})
            return asked(word, "can mean several dates", tuple(found)) if None not in numbers else None
    return None


def _weekday(word: str) -> int | None:
    for number, (short, long) in enumerate(zip(WEEKDAYS, WEEKDAYS_LONG, strict=True)):
        if word == long.casefold() or word in _SHORT_FORMS.get(short, (short.casefold(),)):
            return number
    return None


_SHORT_FORMS = {"Tue": ("tue", "tues"), "Wed": ("wed", "weds"), "Thu": ("thu", "thur", "thurs")}


def _following(after: date, weekday: int) -> date:
    """Always after the day: on a Thursday, 'thu' is in a week."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def _next_monday(today: date) -> date:
    return _following(today, 0)


def _calendar(core: list[str], days: Days) -> Reading | None:
    """'4 dec', 'dec 4th', '4th of december 2026', 'fri 4 dec', '4/12', '2026-12-05', '12th'."""
    words = " ".join(core)
    if len(core) > 1:
        for weekday, rest in ((_weekday(core[0]), core[1:]), (_weekday(core[-1]), core[:-1])):
            found = _calendar(rest, days) if weekday is not None else None
            if found is not None:
                return _fitting(words, weekday or 0, found)
    match [word for word in core if word != "of"]:
        case [word]:
            return _figures(word, days) or _ordinal(word, days)
        case [first, second]:
            day, month = _day_and_month(first, second)
            return _nearest(words, day, month, days) if day and month else None
        case [first, second, year]:
            day, month = _day_and_month(first, second)
            return _dated(words, day, month, year) if day and month else None
    return None


def _day_and_month(first: str, second: str) -> tuple[int, int]:
    """'4th dec' or 'dec 4th' as figures; a 0 stands for what is missing."""
    if _month(first):
        first, second = second, first
    return _day_number(first), _month(second)


def _fitting(words: str, weekday: int, found: Reading) -> Reading:
    """The weekday is said for the ear; one that does not fit the date is asked about."""
    day = found.day
    if day is None or day.weekday() == weekday:
        return replace(found, numbers=False)
    near = min((day + timedelta(days=n) for n in range(-3, 4)), key=lambda d: (d.weekday() != weekday, d))
    said = f"{day.day} {MONTHS_LONG[day.month - 1]} {day.year} is a {WEEKDAYS_LONG[day.weekday()]}"
    return _refused(words, f"{said}, not a {WEEKDAYS_LONG[weekday]}: {CHOOSE}", tuple(sorted((near, day))))


def _month(word: str) -> int:
    """Its number; 0 for what is no month."""
    for number, (short, long) in enumerate(zip(MONTHS, MONTHS_LONG, strict=True), start=1):
        if word in (short.casefold(), long.casefold()) or (word == "sept" and number == 9):
            return number
    return 0


def _day_number(word: str) -> int:
    """'4', '4th'; 0 for what is no day of a month."""
    found = re.fullmatch(r"([0-9]{1,2})(st|nd|rd|th)?", word)
    return int(found[1]) if found else 0


def _ordinal(word: str, days: Days) -> Reading | None:
    """'by 12th': the next such day."""
    count = _day_number(word)
    if not count or word.isdigit():
        return None
    if count > 31:
        return _refused(word, f"There is no {count} in any month: type another date")
    first = days.today.replace(day=1)
    for month in range(3):
        made = _made(add_months(first, month).year, add_months(first, month).month, count)
        if made is not None and made >= days.today:
            return Reading(made)
    return None


_FIGURES = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def _figures(word: str, days: Days) -> Reading | None:
    """Day first, as it is written here; a year first as computers write it."""
    if iso := _ISO.fullmatch(word):
        return _dated(word, int(iso[3]), int(iso[2]), iso[1])
    found = _FIGURES.fullmatch(word)
    if found is None:
        return None
    day, month = int(found[1]), int(found[3])
    if found[4]:
        return _dated(word, day, month, found[4])
    if not (0 < day <= 31 and 0 < month <= 31):
        return None
    if month > 12:
        return _refused(word, f"“{word}” is not a British date (day before month): type another date")
    return replace(_nearest(word, day, month, days), numbers=True)


def _nearest(words: str, day: int, month: int, days: Days) -> Reading:
    """The nearest such day, before or after: a year later is never guessed for a day that has just passed."""
    year = days.today.year
    made = [d for y in (year - 1, year, year + 1) if (d := _made(y, month, day)) is not None]
    if not made:
        named = f"{day} {MONTHS_LONG[month - 1]}{_in_year(day, month, days)}"
        return _refused(words, f"{named} does not exist: type another date")
    return Reading(min(made, key=lambda d: abs((d - days.today).days)))


def _in_year(day: int, month: int, days: Days) -> str:
    """29 February exists, but in none of the years meant."""
    return f" {days.today.year}" if (day, month) == (29, 2) else ""


def _dated(words: str, day: int, month: int, year: str) -> Reading | None:
    if not re.fullmatch(r"[0-9]{4}|[0-9]{2}", year):
        return None
    number = int(year) + 2000 if len(year) == 2 else int(year)
    made = _made(number, month, day)
    if made is not None:
        return Reading(made)
    named = f"{day} {MONTHS_LONG[month - 1]} {number}" if 0 < month <= 12 else words
    return _refused(words, f"{named} does not exist: type another date")


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ends(core: list[str], days: Days) -> Reading | None:
    """'end of month', 'end of next week', 'month end', 'end of dec'."""
    today, end_of_week = days.today, days.today + timedelta(days=(4 - days.today.weekday()) % 7)
    match [word for word in core if word not in ("of", "this")]:
        case ["end", "month"] | ["month", "end"] | ["eom"] | ["month-end"]:
            return Reading(_month_end(today))
        case ["end", "next", "month"]:
            return Reading(_month_end(add_months(today, 1)))
        case ["end", "week"] | ["eow"]:
            return Reading(end_of_week)
        case ["end", "next", "week"]:
            return Reading(_following(today + timedelta(days=6 - today.weekday()), 4))
        case ["end", "year"] | ["year", "end"]:
            return Reading(date(today.year, 12, 31))
        case ["end", month] if number := _month(month):
            ahead = (_month_end(date(today.year + year, number, 1)) for year in (0, 1))
            return Reading(next(day for day in ahead if day >= today))
    return None


def _month_end(day: date) -> date:
    return add_months(day.replace(day=1), 1) - timedelta(days=1)


_FEASTS = {
    "xmas": (12, 25),
    "christmas": (12, 25),
    "xmas day": (12, 25),
    "christmas day": (12, 25),
    "xmas eve": (12, 24),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year": (1, 1),
    "new years": (1, 1),
    "new year's": (1, 1),
    "new years day": (1, 1),
    "new year's day": (1, 1),
    "new years eve": (12, 31),
    "new year's eve": (12, 31),
}


def _feasts(core: list[str], days: Days) -> Reading | None:
    found = _FEASTS.get(" ".join(core).replace("’", "'"))
    if found is None:
        return None
    ahead = (date(days.today.year + year, *found) for year in (0, 1))
    return Reading(next(day for day in ahead if day >= days.today))


SOON = frozenset(
    [
        "asap",
        "a.s.a.p",
        "as soon as possible",
        "as soon as",
        "soon",
        "soonest",
        "shortly",
        "immediately",
        "straight away",
        "straightaway",
        "right away",
        "urgently",
        "when possible",
        "in due course",
        "tbc",
        "tba",
    ]
)


def _vague(core: list[str], days: Days) -> Reading | None:
    """What names a stretch of days or none: always asked about."""
    words, today = " ".join(core), days.today
    if words in SOON:
        near = {today, _working_day_after(days), days.next_meeting or today}
        return asked(words, "is not a date", tuple(sorted(near)))
    monday = _next_monday(today)
    match core:
        case ["next", "week"]:
            return asked(words, "can mean several dates", (monday, monday + timedelta(days=4)))
        case ["this", "week"]:
            return asked(words, "can mean several dates", (today + timedelta(days=(4 - today.weekday()) % 7),))
        case ["week", "commencing" | "beginning" | "of", *rest] | ["w/c" | "wc", *rest] if rest:
            found = read_phrase(rest, days)
            on = found.day if found is not None else None
            return asked(words, "can mean several dates", (on, on + timedelta(days=4))) if on is not None else None
        case ["next", "month"]:
            first = add_months(today.replace(day=1), 1)
            return asked(words, "can mean many dates", (first, _month_end(first)))
        case ["weekend"] | ["this" | "next", "weekend"]:
            saturday = _following(today, 5) + timedelta(days=7 * (core[0] == "next"))
            return asked(words, "can mean two dates", (saturday, saturday + timedelta(days=1)))
        case ["in" | "by" | "next", month] if number := _month(month):
            first = _first_of(number, today)
            return asked(words, "can mean many dates", (first, _month_end(first)))
        case ["by", day] if day.isdigit() and 0 < _day_number(day) <= 31:
            found = _ordinal(f"{day}th", days)
            options = (found.day,) if found is not None and found.day is not None else ()
            return asked(words, "may be a date or a time", options)
        case ["easter"] | ["easter", _]:
            return _refused(words, f"“{words}” changes every year: type the date")
    return None


_WEEKS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3}
_PARTS = {"early": (1, 10), "start": (1, 10), "beginning": (1, 10), "mid": (11, 20), "middle": (11, 20)}


def _stretches(core: list[str], days: Days) -> Reading | None:
    """'mid december', 'first week of december', 'start of next week', 'in a few weeks', 'later this month'."""
    words, today = " ".join(core), days.today
    why = "can mean many dates"
    match [part for word in core if word != "of" for part in re.sub(r"^(mid|early|late)-", r"\1 ", word).split()]:
        case ["start" | "beginning", "next", "week"]:
            return Reading(_next_monday(today))
        case [part, month] if part in _PARTS and (number := _month(month)):
            first = _first_of(number, today)
            return asked(words, why, tuple(first.replace(day=day) for day in _PARTS[part]))
        case ["late", month] if number := _month(month):
            first = _first_of(number, today)
            return asked(words, why, (first.replace(day=21), _month_end(first)))
        case [count, "week", *into, month] if count in (*_WEEKS, "last") and into in ([], ["in"]) and _month(month):
            first = _first_of(_month(month), today)
            start = first + timedelta(weeks=_WEEKS.get(count, 0))
            if count == "last":
                start = _month_end(first) - timedelta(days=6)
            return asked(words, why, (start, start + timedelta(days=6)))
        case [*_, "few" | "couple" | "several", unit] if core[0] in ("in", "within", "over", "next") and _later(
            today, 1, unit.rstrip("s")
        ):
            ahead = (_later(today, count, unit.rstrip("s")) for count in (2, 3))
            return asked(words, why, tuple(one.day for one in ahead if one is not None and one.day is not None))
        case ["start" | "beginning" | "middle" | "early" | "later" | "late" | "mid", "this" | "next", "week" | "month"]:
            return asked(words, why)
        case ["this", "month"]:
            return asked(words, why, (_month_end(today),))
    return None


def _first_of(month: int, today: date) -> date:
    """Of that month, the first day; this month's has not passed yet for who speaks of it as a month to come."""
    return next(d for y in (0, 1) if (d := date(today.year + y, month, 1)) > today.replace(day=1) or y)


_PERIODS = re.compile(
    r"((after|before|by|in|at|over|during|until|end of|start of|next|this) )+(next |this )?(school )?"
    r"(half[- ]term|term|term time|holidays?|summer|spring|autumn|winter|new year|new tax year|financial year|ramadan"
    r"|eid|diwali|bank holiday|then|quarter)"
)


def _periods(core: list[str], days: Days) -> Reading | None:
    """'after half term', 'in the new year', 'after fri': when, but no date."""
    words = " ".join(core)
    if _PERIODS.fullmatch(words):
        return Reading(question=Question(words, f"“{words}” is not a date: type the date"), kept=True)
    if core[0] == "after" and len(core) > 1:
        found = read_phrase(core[1:], days)
        if found is not None and found.day is not None and not found.kept:
            return replace(asked(words, "is not a date", (found.day + timedelta(days=1),)), kept=True)
    return None


def _working_day_after(days: Days) -> date:
    day = days.today + timedelta(days=1)
    while not is_working_day(day, days.holidays):
        day += timedelta(days=1)
    return day


def _with_time(core: list[str], days: Days) -> Reading | None:
    """'fri pm', 'tomorrow morning', 'by 5pm': the day is understood, and the words stay, since they say the time."""
    rest = core[:-1]
    if core[-1] in ("am", "pm") and rest and rest[-1].isdigit():
        return _with_time([*rest[:-1], f"{rest[-1]}{core[-1]}"], days)
    if not (_TIME.fullmatch(core[-1]) or core[-1] in _PART_OF_DAY):
        return None
    match rest:
        case ["by" | "before"]:
            return Reading(days.today, kept=True)
        case ["at"] | ["this"] if _TIME.fullmatch(core[-1]):
            return asked(" ".join(core), "does not name a date", (days.today, days.today + timedelta(days=1)))
        case ["this"]:
            return Reading(days.today, kept=True)
    while rest and (rest[-1] in ("at", "by", "in", "before") or _TIME.fullmatch(rest[-1])):
        rest = rest[:-1]
    found = read_phrase(rest, days) if rest else None
    return replace(found, kept=True, weekday=False) if found is not None and not found.next_meeting else None
