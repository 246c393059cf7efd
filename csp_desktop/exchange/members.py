"""The list of people at the table, as a spreadsheet: one column for every field, in plain English."""

from functools import partial
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.fields import Day, OneOf, Switch
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.people.member_fields import BY_NAME, ROWS, Column, MemberField, MemberRow
from csp_desktop.exchange.named_columns import (
    Gathering,
    Mistake,
    Mistakes,
    cells_of,
    choice_in,
    day_in,
    places_of,
    template,
    words_of,
)
from csp_desktop.exchange.spreadsheets import Cell, read_sheet
from csp_desktop.services.common.import_rows import MemberFile, MemberLine, Refusal

SHORT_NAME = Column(
    "Agency short name", "Short name of the agency; made from the name when this is empty.", ("short name",)
)
KIND = Column(
    "Agency kind",
    f"For a new agency. One of: {words_of(AgencyKind)}.",
    ("kind", "kind of agency", "agency type", "type of agency"),
)
NAME, AGENCY = BY_NAME[MemberField.NAME].column, BY_NAME[MemberField.AGENCY].column
LISTED = (NAME, AGENCY, SHORT_NAME, KIND, *(row.column for row in ROWS if row.column not in (NAME, AGENCY)))
COLUMNS = tuple(column.heading for column in LISTED)
NEEDED = (NAME.heading, AGENCY.heading)
YES_NO = {"y": True, "yes": True, "true": True, "1": True, "n": False, "no": False, "false": False, "0": False}


def members_template() -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    return template(COLUMNS, [(column.heading, column.guide) for column in LISTED])


def read_members(source: Path | bytes, name: str = "") -> MemberFile:
    """Read a list of people. A row that is not in order is refused with its line, and column, value and reason of each
    of its mistakes; Refused is raised only when the file as a whole is no such list."""
    sheet = read_sheet(source, name)
    places = places_of(sheet, COLUMNS, {column.heading: column.also_called for column in LISTED}, NEEDED)
    rows: list[MemberLine] = []
    refused: list[Refusal] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in sheet.rows:
        try:
            row = _row(line, cells, places)
            who = (row.name.casefold(), row.agency.casefold())
            if who in seen:
                raise Mistakes([Mistake(NAME.heading, row.name, f"This person is already on line {seen[who]}.")])
        except Mistakes as wrong:
            refused += [Refusal(line, mistake.column, mistake.value, mistake.reason) for mistake in wrong.each]
            continue
        seen[who] = line
        rows.append(row)
    return MemberFile(sheet.name, tuple(rows), tuple(refused))


def _row(line: int, cells: tuple[Cell, ...], places: dict[str, int]) -> MemberLine:
    try:
        values, text = cells_of(cells, places, COLUMNS, ())
    except Mistake as mistake:
        raise Mistakes([mistake]) from None
    row = Gathering()
    for heading in NEEDED:
        if not text[heading]:
            row.note(heading, "", f"{heading} is missing.")
    kind = row.take(lambda: choice_in(AgencyKind, text, KIND.heading))
    said = {one.name: row.take(partial(_said, one, values, text)) for one in ROWS if one.column not in (NAME, AGENCY)}
    version, day = (BY_NAME[name].column.heading for name in (MemberField.ISP_VERSION, MemberField.ISP_SIGNED_ON))
    if bool(text[version]) != bool(text[day]):
        wanting = day if text[version] else version
        row.note(wanting, "", "Give both the version of the protocol and the day it was signed, or neither.")
    row.finish()
    given = {name: value for name, value in said.items() if value is not None}
    return MemberLine(line, text[NAME.heading], text[AGENCY.heading], text[SHORT_NAME.heading], kind, given)


def _said(row: MemberRow, values: dict[str, Cell], text: dict[str, str]) -> Any:
    """What a cell says of a field; None where it is empty."""
    heading = row.column.heading
    if not text[heading]:
        return None
    match row.field:
        case OneOf(kind=kind):
            return choice_in(kind, text, heading)
        case Day():
            return day_in(values, text, heading)
        case Switch():
            return _yes_no(text, heading)
    try:
        return row.field.kept(text[heading])
    except FieldRefused as refusal:
        raise Mistake(heading, text[heading], refusal.sentence) from None


def _yes_no(text: dict[str, str], heading: str) -> bool:
    known = YES_NO.get(text[heading].casefold())
    if known is None:
        raise Mistake(heading, text[heading], "This must be yes or no.")
    return known
