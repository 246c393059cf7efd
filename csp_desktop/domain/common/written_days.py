"""Days as files write them. In figures alone a day may mean two: which, only the whole column can say."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from csp_desktop.domain.common.folding import folded_value

_NAMES = (
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
    "|nov november|dec december"
)
_MONTHS = {name: number for number, names in enumerate(_NAMES.split("|"), 1) for name in names.split()}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_TIME = r"(?:,?[T ]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?"
_ISO = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_FIGURES = re.compile(rf"{_WEEKDAY}(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_DAY_WORD = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ]*([a-z]+)[-/.,' ]*(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE
)
_WORD_DAY = re.compile(rf"{_WEEKDAY}([a-z]+)\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_050  # 1 January 1990 and the end of 2099, as Excel counts days
_EPOCH = date(1899, 12, 30)
EARLIEST = date(1990, 1, 1)  # no case, no protocol and no sighting is older


@dataclass(frozen=True)
class WrittenDay:
    """What a text means with the day first and with the month first: the same, unless it is figures alone."""

    day_first: date | None = None
    month_first: date | None = None

    @property
    def is_a_day(self) -> bool:
        """In one order or the other."""
        return self.day_first is not None or self.month_first is not None

    @property
    def shows_day_first(self) -> bool:
        """Whether it can only be read with the day first."""
        return self.day_first is not None and self.month_first is None

    @property
    def shows_month_first(self) -> bool:
        """Whether it can only be read with the month first."""
        return self.month_first is not None and self.day_first is None


NONE = WrittenDay()


def written_day(text: str) -> WrittenDay:
    """What a cell of a column of days says; a time of day behind it is dropped. A year of two figures is of this
    century. A month without a day, a day without a year and a duration are no days."""
    plain = folded_value(text)
    if found := _ISO.fullmatch(plain):
        return _sure(found[1], found[3], found[4])
    if found := _FIGURES.fullmatch(plain):
        one, other, year = found[1], found[3], found[4]
        return WrittenDay(_day(year, other, one), _day(year, one, other))
    if found := _DAY_WORD.fullmatch(plain):
        return _sure(found[3], _MONTHS.get(found[2].casefold(), 0), found[1])
    if found := _WORD_DAY.fullmatch(plain):
        return _sure(found[3], _MONTHS.get(found[1].casefold(), 0), found[2])
    if found := _COMPACT.fullmatch(plain):
        return _sure(found[1], found[2], found[3])
    if (found := _SERIAL.fullmatch(plain)) and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        day = _EPOCH + timedelta(int(found[1]))
        return WrittenDay(day, day)
    return NONE


def _sure(year: str, month: str | int, day: str) -> WrittenDay:
    found = _day(year, month, day)
    return WrittenDay(found, found)


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), int(month), int(day))
    except ValueError:
        return None
