"""The list of people at the table, as a spreadsheet: one column for every field, in plain English."""

import io
import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.styles import Font

from csp_desktop.domain.agencies import AgencyKind, Standing
from csp_desktop.domain.errors import Refused
from csp_desktop.exchange.spreadsheets import Cell, Sheet, day_of, read_sheet, text_of
from csp_desktop.services.keeping_people import MAIL
from csp_desktop.services.papers_in import MemberFile, MemberLine, Refusal

E = TypeVar("E", bound=Enum)
COLUMNS = (
    "Name", "Agency", "Agency short name", "Agency kind", "Job title", "Standing or occasional", "ISP version",
    "ISP signed on", "Mail", "Active",
)  # fmt: skip
NEEDED = ("Name", "Agency")
ALSO_CALLED = {
    "Name": ("full name", "person", "member"),
    "Agency": ("organisation", "organization", "agency name"),
    "Agency short name": ("short name",),
    "Agency kind": ("kind", "kind of agency", "agency type", "type of agency"),
    "Job title": ("role", "title", "job", "position"),
    "Standing or occasional": ("standing", "standing/occasional", "membership"),
    "ISP version": ("protocol version", "isp"),
    "ISP signed on": ("isp date", "isp signed", "protocol signed on", "date isp signed"),
    "Mail": ("email", "e-mail", "mail address", "email address"),
    "Active": ("still active", "current"),
}
YES_NO = {"y": True, "yes": True, "true": True, "1": True, "n": False, "no": False, "false": False, "0": False}


class _Mistake(Exception):
    """One cell that is not in order."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(column)
        self.column, self.value, self.reason = column, value, reason


def members_template() -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    book = Workbook()
    people = book.worksheets[0]
    people.title = "People"
    people.append(COLUMNS)
    notes = book.create_sheet("What goes where")
    for row in (("Column", "What goes in"), *_guide()):
        notes.append(row)
    for sheet in (people, notes):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS):
        people.column_dimensions["ABCDEFGHIJ"[number]].width = max(14, len(column) + 4)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 26, 90
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _guide() -> Iterable[tuple[str, str]]:
    """A sentence for each column."""
    yield "Name", "First and last name, with a rank if one is used. Needed."
    yield "Agency", "The agency's full name. Needed. The same agency is written the same way on every row."
    yield "Agency short name", "What people call the agency; a short form is made when this is empty."
    yield "Agency kind", f"For a new agency. One of: {_words(AgencyKind)}."
    yield "Job title", "What the person does there."
    yield "Standing or occasional", f"One of: {_words(Standing)}. Standing when this is empty."
    yield "ISP version", "The version of the information sharing protocol the person signed."
    yield "ISP signed on", "The day it was signed, day first, as 03/03/2026."
    yield "Mail", "The mail address, as name@agency.org.uk."
    yield "Active", "Yes or no; no for someone who has left. Yes when this is empty."


def read_members(source: Path | bytes, name: str = "") -> MemberFile:
    """Read a list of people. A row that is not in order is refused with its line, column, value and reason; Refused is
    raised only when the file as a whole is no such list."""
    sheet = read_sheet(source, name)
    places = _places(sheet)
    rows: list[MemberLine] = []
    refused: list[Refusal] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in sheet.rows:
        try:
            row = _row(line, cells, places)
            who = (row.name.casefold(), row.agency.casefold())
            if who in seen:
                raise _Mistake("Name", row.name, f"This person stands on line {seen[who]} already.")
        except _Mistake as mistake:
            refused.append(Refusal(line, mistake.column, mistake.value, mistake.reason))
            continue
        seen[who] = line
        rows.append(row)
    return MemberFile(sheet.name, tuple(rows), tuple(refused))


def _places(sheet: Sheet) -> dict[str, int]:
    """Where each known column stands; order, case and signs do not matter, and others are passed over."""
    plain = {_plain(title): place for place, title in enumerate(sheet.header)}
    places: dict[str, int] = {}
    for column in COLUMNS:
        known = (plain.get(_plain(word)) for word in (column, *ALSO_CALLED[column]))
        place = next((p for p in known if p is not None), None)
        if place is not None:
            places[column] = place
    missing = [c for c in NEEDED if c not in places]
    if missing:
        raise Refused(
            f"{sheet.name} is no list of people: its first line must name columns, at least {' and '.join(NEEDED)}. "
            "Save the empty template and fill it in."
        )
    return places


def _plain(title: str) -> str:
    return re.sub(r"[^a-z]", "", title.casefold())


def _row(line: int, cells: tuple[Cell, ...], places: dict[str, int]) -> MemberLine:
    values = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
    text = {column: text_of(values.get(column, "")) for column in COLUMNS}
    for column in NEEDED:
        if not text[column]:
            raise _Mistake(column, "", f"{column} is missing.")
    if text["Mail"] and not MAIL.fullmatch(text["Mail"]):
        raise _Mistake("Mail", text["Mail"], "This is no mail address. It looks like name@agency.org.uk.")
    signed_on = _day(values, text, "ISP signed on")
    if bool(text["ISP version"]) != bool(signed_on):
        column = "ISP signed on" if text["ISP version"] else "ISP version"
        raise _Mistake(column, "", "Give both the version of the protocol and the day it was signed, or neither.")
    return MemberLine(
        line,
        text["Name"],
        text["Agency"],
        text["Agency short name"],
        _choice(AgencyKind, text, "Agency kind"),
        text["Job title"],
        _choice(Standing, text, "Standing or occasional"),
        text["ISP version"],
        signed_on,
        text["Mail"],
        _yes_no(text, "Active"),
    )


def _day(values: dict[str, Cell], text: dict[str, str], column: str) -> date | None:
    if not text[column]:
        return None
    day = day_of(values[column])
    if day is None:
        raise _Mistake(column, text[column], "There is no such day. Dates are written day first, as 03/03/2026.")
    return day


def _yes_no(text: dict[str, str], column: str) -> bool | None:
    if not text[column]:
        return None
    known = YES_NO.get(text[column].casefold())
    if known is None:
        raise _Mistake(column, text[column], "This must be yes or no.")
    return known


def _choice(kind: type[E], text: dict[str, str], column: str) -> E | None:
    if not text[column]:
        return None
    for choice in kind:
        if str(choice.value).casefold() == text[column].casefold():
            return choice
    raise _Mistake(column, text[column], f"{column} must be one of: {_words(kind)}.")


def _words(kind: type[Enum]) -> str:
    return ", ".join(str(choice.value) for choice in kind)
