"""The export of Safety Net, the county's shared case system: CSV or XLSX, sixteen columns, day-first dates."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

from csp_desktop.domain.cases.cases import REFERENCE, Band, CaseStatus, SubjectType
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.names import LONGEST, composed, fault_of
from csp_desktop.exchange.spreadsheets import Cell, Sheet, day_of, read_sheet, text_of
from csp_desktop.services.common.import_rows import CaseFile, CaseLine, Refusal

E = TypeVar("E", bound=Enum)
COLUMNS = (
    "SN Reference",
    "Date Created",
    "Theme",
    "Subject Type",
    "Subject Initials",
    "Location",
    "Ward",
    "Lead Agency",
    "Lead Officer",
    "Risk Score",
    "Risk Level",
    "Last Risk Assessment",
    "Mental Health",
    "Repeat Victim",
    "Status",
    "Summary",
)
NAMED_DAY = re.compile(r"(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
NAMED_MONTH = re.compile(r"(20\d{2})[-_.](0[1-9]|1[0-2])(?!\d)")
LOST_LETTER = re.compile(r"\?\w|\ufffd")  # in a sentence a question mark may end a word
NAMES = ("Lead Officer", "Lead Agency", "Subject Initials", "Location", "Ward")  # in a name it never does
LONGEST_SUMMARY = 1000  # letters
MOST_SCORE = 999
YES_NO = {
    "y": True,
    "yes": True,
    "true": True,
    "1": True,
    "n": False,
    "no": False,
    "false": False,
    "0": False,
    "": False,
}


class _Mistake(Exception):
    """One cell that is not in order."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(column)
        self.column, self.value, self.reason = column, value, reason


def read_cases(source: Path | bytes, name: str = "") -> CaseFile:
    """Read an export. A row that is not in order is refused with its line, column, value and reason; Refused is raised
    only when the file as a whole is no Safety Net export."""
    sheet = read_sheet(source, name)
    places = _places(sheet)
    rows: list[CaseLine] = []
    refused: list[Refusal] = []
    seen: dict[str, int] = {}
    for line, cells in sheet.rows:
        try:
            row = _row(line, cells, places, len(sheet.header))
            if row.reference in seen:
                why = f"This reference is already on line {seen[row.reference]}. A case can have one row only."
                raise _Mistake("SN Reference", row.reference, why)
        except _Mistake as mistake:
            refused.append(Refusal(line, mistake.column, mistake.value, mistake.reason))
            continue
        seen[row.reference] = line
        rows.append(row)
    return CaseFile(sheet.name, tuple(rows), tuple(refused), _warnings(rows), *_named(sheet.name))


def _places(sheet: Sheet) -> dict[str, int]:
    """Where each column stands; order does not matter, case and spaces neither."""
    plain = {_plain(title): place for place, title in enumerate(sheet.header)}
    missing = [c for c in COLUMNS if _plain(c) not in plain]
    if len(missing) > len(COLUMNS) // 2:
        raise Refused(
            f"{sheet.name} is not a Safety Net export: its first line must name the columns, from SN "
            "Reference to Summary."
        )
    if missing:
        raise Refused(
            f"{sheet.name} lacks {'the column' if len(missing) == 1 else 'the columns'} {', '.join(missing)}. "
            "Export it again with all columns."
        )
    return {c: plain[_plain(c)] for c in COLUMNS}


def _plain(title: str) -> str:
    return re.sub(r"[^a-z]", "", title.casefold())


def _named(name: str) -> tuple[date | None, date | None]:
    """The day, or the month, a file's name gives: 'cases-2026-11-20.csv', 'cases-2026-11.csv'."""
    if found := NAMED_DAY.search(name):
        return day_of("-".join(found.groups())), None
    if found := NAMED_MONTH.search(name):
        return None, date(int(found[1]), int(found[2]), 1)
    return None, None


def _row(line: int, cells: tuple[Cell, ...], places: dict[str, int], width: int) -> CaseLine:
    if len(cells) < width:
        first = next((c for c in COLUMNS if places[c] >= len(cells)), COLUMNS[-1])
        raise _Mistake(
            first, "", f"The row is incomplete: {len(cells)} of {width} columns. Everything from {first} on is missing."
        )
    values = {column: cells[place] for column, place in places.items()}
    text = {column: _text(column, cell) for column, cell in values.items()}
    created = _day(values, text, "Date Created", needed=True)
    assert created is not None
    assessed = _day(values, text, "Last Risk Assessment")
    return CaseLine(
        line,
        _reference(text["SN Reference"]),
        created,
        _needed(text, "Theme"),
        _choice(SubjectType, text, "Subject Type"),
        text["Subject Initials"],
        text["Location"],
        text["Ward"],
        text["Lead Agency"],
        text["Lead Officer"],
        _score(text["Risk Score"]),
        _choice(Band, text, "Risk Level") if text["Risk Level"] else None,
        assessed,
        _yes_no(text, "Mental Health"),
        _yes_no(text, "Repeat Victim"),
        _choice(CaseStatus, text, "Status", (CaseStatus.OPEN, CaseStatus.MONITORING, CaseStatus.CLOSED)),
        text["Summary"],
        tuple(c for c in (*NAMES, "Summary") if LOST_LETTER.search(text[c]) or (c in NAMES and "?" in text[c])),
    )


def _text(column: str, cell: Cell) -> str:
    text = text_of(cell)
    fault = fault_of(text, LONGEST if column in NAMES else LONGEST_SUMMARY)
    if fault:
        raise _Mistake(column, text, f"{column} {fault}")
    return composed(text)


def _reference(text: str) -> str:
    if not text:
        raise _Mistake(
            "SN Reference", "", "The reference is missing. Safety Net identifies every case by its reference."
        )
    if not REFERENCE.fullmatch(text.upper()):
        raise _Mistake("SN Reference", text, "This is not a Safety Net reference. References look like SN-2026-047400.")
    return text.upper()


def _needed(text: dict[str, str], column: str) -> str:
    if not text[column]:
        raise _Mistake(column, "", f"{column} is missing.")
    return text[column]


def _day(values: dict[str, Cell], text: dict[str, str], column: str, *, needed: bool = False) -> date | None:
    if not text[column]:
        if needed:
            raise _Mistake(column, "", f"{column} is missing.")
        return None
    day = day_of(values[column])
    if day is None:
        raise _Mistake(
            column,
            text[column],
            "This is not a British date (day first, for example 23/11/2026). Check whether the file "
            "has American dates.",
        )
    return day


def _score(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > MOST_SCORE:
        raise _Mistake("Risk Score", text, "The score must be a whole number, for example 40.")
    return int(text)


def _yes_no(text: dict[str, str], column: str) -> bool:
    known = YES_NO.get(text[column].casefold())
    if known is None:
        raise _Mistake(column, text[column], "This must be Y or N.")
    return known


def _choice(kind: type[E], text: dict[str, str], column: str, allowed: Iterable[E] = ()) -> E:
    choices = list(allowed) or list(kind)
    for choice in choices:
        if str(choice.value).casefold() == text[column].casefold():
            return choice
    words = ", ".join(str(c.value) for c in choices)
    raise _Mistake(column, text[column], f"{column} must be one of: {words}.")


def _warnings(rows: list[CaseLine]) -> tuple[str, ...]:
    """One sentence for each field in which letters were lost on the way, with the lines."""
    found: dict[str, list[int]] = {}
    for row in rows:
        for column in row.doubtful:
            found.setdefault(column, []).append(row.line)
    return tuple(_lost(column, lines) for column, lines in found.items())


def _lost(column: str, lines: list[int]) -> str:
    shown = ", ".join(str(n) for n in lines[:5]) + (f" and {len(lines) - 5} more" if len(lines) > 5 else "")
    return (
        f"{column} contains a “?” where a character was lost (line {shown}). Names already recorded "
        "are kept; export the file as UTF-8 or XLSX to correct them."
    )
