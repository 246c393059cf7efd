"""The list of people at the table, as a spreadsheet: one column for every field, in plain English."""

from collections.abc import Iterable
from pathlib import Path

from csp_desktop.domain.people.agencies import AgencyKind, Standing
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
from csp_desktop.services.people.people import MAIL

COLUMNS = (
    "Name",
    "Agency",
    "Agency short name",
    "Agency kind",
    "Job title",
    "Standing or occasional",
    "ISP version",
    "ISP signed on",
    "Mail",
    "Active",
)
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


def members_template() -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    return template(COLUMNS, _guide())


def _guide() -> Iterable[tuple[str, str]]:
    """A sentence for each column."""
    yield "Name", "First and last name, with a rank if one is used. Needed."
    yield "Agency", "The agency's full name. Needed. The same agency is written the same way on every row."
    yield "Agency short name", "What people call the agency; a short form is made when this is empty."
    yield "Agency kind", f"For a new agency. One of: {words_of(AgencyKind)}."
    yield "Job title", "What the person does there."
    yield "Standing or occasional", f"One of: {words_of(Standing)}. Standing when this is empty."
    yield "ISP version", "The version of the information sharing protocol the person signed."
    yield "ISP signed on", "The day it was signed, day first, as 03/03/2026."
    yield "Mail", "The mail address, as name@agency.org.uk."
    yield "Active", "Yes or no; no for someone who has left. Yes when this is empty."


def read_members(source: Path | bytes, name: str = "") -> MemberFile:
    """Read a list of people. A row that is not in order is refused with its line, and column, value and reason of each
    of its mistakes; Refused is raised only when the file as a whole is no such list."""
    sheet = read_sheet(source, name)
    places = places_of(sheet, COLUMNS, ALSO_CALLED, NEEDED)
    rows: list[MemberLine] = []
    refused: list[Refusal] = []
    seen: dict[tuple[str, str], int] = {}
    for line, cells in sheet.rows:
        try:
            row = _row(line, cells, places)
            who = (row.name.casefold(), row.agency.casefold())
            if who in seen:
                raise Mistakes([Mistake("Name", row.name, f"This person stands on line {seen[who]} already.")])
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
    for column in NEEDED:
        if not text[column]:
            row.note(column, "", f"{column} is missing.")
    kind = row.take(lambda: choice_in(AgencyKind, text, "Agency kind"))
    standing = row.take(lambda: choice_in(Standing, text, "Standing or occasional"))
    signed_on = row.take(lambda: day_in(values, text, "ISP signed on"))
    if bool(text["ISP version"]) != bool(text["ISP signed on"]):
        column = "ISP signed on" if text["ISP version"] else "ISP version"
        row.note(column, "", "Give both the version of the protocol and the day it was signed, or neither.")
    if text["Mail"] and not MAIL.fullmatch(text["Mail"]):
        row.note("Mail", text["Mail"], "This is no mail address. It looks like name@agency.org.uk.")
    active = row.take(lambda: _yes_no(text, "Active"))
    row.finish()
    return MemberLine(
        line,
        text["Name"],
        text["Agency"],
        text["Agency short name"],
        kind,
        text["Job title"],
        standing,
        text["ISP version"],
        signed_on,
        text["Mail"],
        active,
    )


def _yes_no(text: dict[str, str], column: str) -> bool | None:
    if not text[column]:
        return None
    known = YES_NO.get(text[column].casefold())
    if known is None:
        raise Mistake(column, text[column], "This must be yes or no.")
    return known
