"""The export of Safety Net, the county's shared case system: sixteen fields, under whatever headings they come."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from csp_desktop.domain.cases.cases import Band, CaseStatus, SubjectType
from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.folding import key_of, reference_in, whole_number
from csp_desktop.domain.common.names import LONGEST, composed, fault_of
from csp_desktop.domain.common.written_days import EARLIEST
from csp_desktop.exchange.mapping.columns import text_of
from csp_desktop.exchange.mapping.fields import (
    TableKind,
    TargetField,
    is_day,
    is_initials,
    is_person,
    is_reference,
    is_score,
    is_yes_no,
    one_of,
)
from csp_desktop.exchange.mapping.tables import fault_in, mapped
from csp_desktop.exchange.named_columns import Mistake
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.reading.table import Book, Cell
from csp_desktop.services.common.import_columns import ChosenColumns
from csp_desktop.services.common.import_rows import CaseFile, CaseLine, ImportWarning, Refusal

E = TypeVar("E", bound=Enum)
LETTERS = {
    "V": SubjectType.VICTIM,
    "P": SubjectType.PERPETRATOR,
    "L": SubjectType.LOCATION,
    "H": Band.HIGH,
    "M": Band.MEDIUM,
    "S": Band.STANDARD,
}
STATUSES = (CaseStatus.OPEN, CaseStatus.MONITORING, CaseStatus.CLOSED)
_NO_DAYS = ("next", "due", "previous", "closed", "birth", "age", "dob", "action", "target", "end")
_OTHERS = ("cad", "crime", "urn", "incident", "action", "nhs", "previous")
FIELDS = (
    TargetField(
        "SN Reference",
        (
            "SN Ref",
            "SN Ref No",
            "SN No",
            "Safety Net Reference",
            "Reference",
            "Ref",
            "Case Reference",
            "Case Ref",
            "Case Number",
            "Case No",
            "Case ID",
        ),
        _OTHERS,
        is_reference,
        strict=True,
        needed=True,
    ),
    TargetField(
        "Date Created",
        (
            "Dt Created",
            "Created",
            "Created On",
            "Creation Date",
            "Date Opened",
            "Opened",
            "Opened On",
            "Open Date",
            "Start Date",
            "Date Raised",
            "Date of Referral",
        ),
        (*_NO_DAYS, "last", "review", "assessment", "assessed"),
        is_day,
        strict=True,
        needed=True,
        is_day=True,
    ),
    TargetField(
        "Theme",
        ("Category", "Area of Work", "Work Area", "Case Type", "Type of Case", "Primary Theme", "Priority Area"),
        ("subject", "outcome", "sub"),
        needed=True,
    ),
    TargetField(
        "Subject Type",
        ("V/P/L", "VPL", "Case Subject", "Subject", "Victim/Perpetrator/Location", "Subject Kind"),
        ("initials", "name"),
        one_of([*(kind.value for kind in SubjectType), "V", "P", "L"]),
        strict=True,
        needed=True,
    ),
    TargetField(
        "Subject Initials",
        ("Initials", "Inits", "Client Initials", "Person Initials", "Subject Inits"),
        ("officer", "worker", "staff", "user"),
        is_initials,
        strict=True,
    ),
    TargetField("Location", ("Loc", "Address", "Place", "Street", "Location Address"), ("ward", "type", "email")),
    TargetField("Ward", ("Ward Name", "Electoral Ward"), ("area",)),
    TargetField(
        "Lead Agency",
        ("Agency", "Lead Organisation", "Owning Agency", "Organisation", "Responsible Agency"),
        ("referring", "reporting", "partner", "other"),
    ),
    TargetField(
        "Lead Officer",
        (
            "OIC",
            "Officer",
            "Case Officer",
            "Lead Worker",
            "Lead Professional",
            "Officer in Case",
            "Case Owner",
            "Owner",
        ),
        ("reporting", "referring", "email", "mail", "phone", "action"),
        is_person,
    ),
    TargetField(
        "Risk Score",
        (
            "RA",
            "Score",
            "Total",
            "Risk Total",
            "Risk Assessment Score",
            "RA Score",
            "Current Risk Score",
            "Matrix Score",
        ),
        ("age", "days", "previous", "initial", "count"),
        is_score,
        strict=True,
        needed=True,
    ),
    TargetField(
        "Risk Level",
        ("Band", "Level", "Risk Band", "Risk Rating", "Rating", "RA Level"),
        ("previous", "initial"),
        one_of([*(band.value for band in Band), "H", "M", "S"]),
        strict=True,
    ),
    TargetField(
        "Last Risk Assessment",
        (
            "Last RA",
            "Last Assessment",
            "RA Date",
            "Date of RA",
            "Risk Assessment Date",
            "Last Assessed",
            "Date Last Assessed",
            "Date of Last Risk Assessment",
            "Last Risk Review",
        ),
        (*_NO_DAYS, "created", "opened"),
        is_day,
        strict=True,
        needed=True,
        is_day=True,
    ),
    TargetField("Mental Health", ("MH", "Mental Health Flag", "Mental Health Issues"), (), is_yes_no, strict=True),
    TargetField(
        "Repeat Victim", ("Rpt", "Repeat", "Repeat Vic", "RV", "Repeat Victim Flag"), (), is_yes_no, strict=True
    ),
    TargetField(
        "Status",
        ("Stat", "Case Status", "State", "Current Status"),
        ("action", "previous", "housing"),
        one_of([*(status.value for status in STATUSES), "Monitoring"]),
        strict=True,
        needed=True,
    ),
    TargetField(
        "Summary",
        (
            "Headline",
            "Title",
            "Case Title",
            "Case Summary",
            "Brief Summary",
            "Description",
            "Synopsis",
            "Circumstances",
        ),
        ("internal", "action", "update", "notes", "risk"),
    ),
)
EXPORT = TableKind("a Safety Net export", FIELDS, "SN Reference")
COLUMNS = tuple(field.heading for field in FIELDS)
ATTRIBUTES = {
    "Subject Initials": "initials",
    "Location": "location",
    "Ward": "ward",
    "Lead Agency": "lead_agency",
    "Lead Officer": "lead_officer",
    "Risk Level": "band",
    "Mental Health": "mental_health",
    "Repeat Victim": "repeat_victim",
    "Summary": "summary",
}  # what an export may lack
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


def read_cases(
    source: Path | bytes | Book, name: str = "", chosen: ChosenColumns | None = None, progress: Progress = unheard
) -> CaseFile:
    """Read an export. A row that is not in order is refused with its line, column, value and reason; Refused is raised
    only when the file as a whole is no Safety Net export, ColumnsUnclear when a person has to say what a column is."""
    letters = chosen.letters if chosen else None
    book = source if isinstance(source, Book) else read_book(source, name, progress, letters)
    table = mapped(book, EXPORT, chosen)
    rows: list[CaseLine] = []
    refused: list[Refusal] = list(table.refused)
    warnings: list[ImportWarning] = list(table.warnings)
    seen: dict[str, int] = {}
    for number, (line, cells) in enumerate(table.rows):
        if number % 1000 == 0:
            progress(number, len(table.rows), f"Checking {book.name}: row {number:,} of {len(table.rows):,}")
        try:
            row = _row(line, cells, warnings)
            if row.reference in seen:
                why = f"This reference is already on line {seen[row.reference]}. A case can have one row only."
                raise Mistake("SN Reference", row.reference, why)
        except Mistake as mistake:
            refused.append(Refusal(line, mistake.column, mistake.value, mistake.reason))
            continue
        seen[row.reference] = line
        rows.append(row)
    found = set(table.named.values())
    lacking = [column for column in ATTRIBUTES if column not in found]
    return CaseFile(
        book.name,
        tuple(rows),
        tuple(sorted(refused, key=lambda one: one.line)),
        (*warnings, *_lacking(lacking), *_lost_letters(rows)),
        *_named(book.name),
        table.mapping,
        table.left_out,
        frozenset(map(reference_in, (*(text_of(row["SN Reference"]) for _, row in table.rows), *table.refused_keys))),
        frozenset(one.line for one in warnings if one.line and one.column == "Subject Initials"),
        frozenset(ATTRIBUTES[column] for column in lacking),
    )


def _lacking(columns: list[str]) -> list[ImportWarning]:
    if not columns:
        return []
    why = f"The file has no column for {', '.join(columns)}. Values already recorded are kept."
    return [ImportWarning(None, "", "", why)]


def _named(name: str) -> tuple[date | None, date | None]:
    """The day, or the month, a file's name gives: 'cases-2026-11-20.csv', 'cases-2026-11.csv'."""
    if found := NAMED_DAY.search(name):
        return _real_day(*map(int, found.groups())), None
    if found := NAMED_MONTH.search(name):
        return None, date(int(found[1]), int(found[2]), 1)
    return None, None


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _row(line: int, cells: Mapping[str, Cell], warnings: list[ImportWarning]) -> CaseLine:
    text = {column: _text(column, cells[column]) if column in cells else "" for column in COLUMNS}
    created = _day(cells, text, "Date Created", needed=True)
    assert created is not None
    return CaseLine(
        line,
        _reference(text["SN Reference"]),
        created,
        _needed(text, "Theme"),
        _choice(SubjectType, text, "Subject Type"),
        _initials(line, text["Subject Initials"], warnings),
        text["Location"],
        text["Ward"],
        text["Lead Agency"],
        text["Lead Officer"],
        _score(text["Risk Score"]),
        _choice(Band, text, "Risk Level") if text["Risk Level"] else None,
        _day(cells, text, "Last Risk Assessment"),
        _yes_no(text, "Mental Health"),
        _yes_no(text, "Repeat Victim"),
        _choice(CaseStatus, text, "Status", STATUSES),
        text["Summary"],
        tuple(c for c in (*NAMES, "Summary") if LOST_LETTER.search(text[c]) or (c in NAMES and "?" in text[c])),
    )


def _text(column: str, cell: Cell) -> str:
    text = text_of(cell)
    if fault := fault_in(cell):
        raise Mistake(column, text, f"{column} {fault}")
    if column in NAMES or column == "Summary" or column == "Theme":
        fault = fault_of(text, LONGEST if column in NAMES else LONGEST_SUMMARY)
        if fault:
            raise Mistake(column, text, f"{column} {fault}")
        return text if text.isascii() else composed(text)
    if len(text) > LONGEST_SUMMARY:
        raise Mistake(column, text, f"{column} is longer than {LONGEST_SUMMARY} characters. Shorten it.")
    return text


def _reference(text: str) -> str:
    if not text:
        raise Mistake(
            "SN Reference", "", "The reference is missing. Safety Net identifies every case by its reference."
        )
    reference = reference_in(text)
    if not reference:
        raise Mistake("SN Reference", text, "This is not a Safety Net reference. References look like SN-2026-047400.")
    return reference


def _initials(line: int, text: str, warnings: list[ImportWarning]) -> str:
    """The initials; of a full name only they go in, and a person is told."""
    if not is_person(text) or is_initials(text):
        return text
    short = "".join(word[0].upper() for word in text.split())
    why = f"This is a full name, not initials. Only {short} is imported."
    warnings.append(ImportWarning(line, "Subject Initials", text, why))
    return short


def _needed(text: dict[str, str], column: str) -> str:
    if not text[column]:
        raise Mistake(column, "", f"{column} is missing.")
    return text[column]


def _day(cells: Mapping[str, Cell], text: dict[str, str], column: str, *, needed: bool = False) -> date | None:
    if not text[column]:
        if needed:
            raise Mistake(column, "", f"{column} is missing.")
        return None
    day = cells[column]
    if not isinstance(day, date):
        raise Mistake(column, text[column], "This is not a date. Write the day first, for example 23/11/2026.")
    if day < EARLIEST:
        raise Mistake(column, text[column], f"The year is {day.year}. Check it: no case is older than {EARLIEST.year}.")
    return day


def _score(text: str) -> int | None:
    if not text:
        return None
    score = whole_number(text)
    if score is None or score > MOST_SCORE:
        raise Mistake("Risk Score", text, "The score must be a whole number, for example 40.")
    return score


def _yes_no(text: dict[str, str], column: str) -> bool:
    known = YES_NO.get(key_of(text[column]))
    if known is None:
        raise Mistake(column, text[column], "This must be Y or N.")
    return known


def _choice(kind: type[E], text: dict[str, str], column: str, allowed: Iterable[E] = ()) -> E:
    """The word meant, whatever its dash, spaces or case, or its first letter."""
    choices = tuple(allowed) or tuple(kind)
    given = key_of(text[column])
    known: dict[str, E] = _by_key(choices)
    if given in known:
        return known[given]
    letter = LETTERS.get(given.upper())
    if isinstance(letter, kind):
        return letter
    words = ", ".join(str(c.value) for c in choices)
    raise Mistake(column, text[column], f"{column} must be one of: {words}.")


@lru_cache
def _by_key(choices: tuple[E, ...]) -> dict[str, E]:
    """Each choice by its words, and without the 'Open - ' before them."""
    found: dict[str, E] = {}
    for choice in choices:
        for words in (str(choice.value), str(choice.value).removeprefix("Open - ")):
            found.setdefault(key_of(words), choice)
    return found


def _lost_letters(rows: list[CaseLine]) -> tuple[ImportWarning, ...]:
    """One for each field in which letters were lost on the way, with the lines."""
    found: dict[str, list[int]] = {}
    for row in rows:
        for column in row.doubtful:
            found.setdefault(column, []).append(row.line)
    return tuple(_lost(column, lines) for column, lines in found.items())


def _lost(column: str, lines: list[int]) -> ImportWarning:
    shown = ", ".join(str(n) for n in lines[:5]) + (f" and {len(lines) - 5} more" if len(lines) > 5 else "")
    return ImportWarning(
        None,
        "",
        "",
        f"{column} contains a “?” where a character was lost (line {shown}). Names already recorded "
        "are kept; export the file as UTF-8 or XLSX to correct them.",
    )
