"""The list of people at the table, as a spreadsheet: one column for every field, in plain English."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.fields import Day, OneOf, Switch
from csp_desktop.domain.common.folding import key_of
from csp_desktop.domain.people.agencies import AgencyKind, Standing
from csp_desktop.domain.people.member_fields import BY_NAME, ROWS, Column, MemberField, MemberRow
from csp_desktop.exchange.mapping.fields import (
    Fits,
    TableKind,
    TargetField,
    is_day,
    is_mail,
    is_person,
    is_yes_no,
    one_of,
)
from csp_desktop.exchange.mapping.tables import mapped
from csp_desktop.exchange.named_columns import (
    Gathering,
    Mistake,
    Mistakes,
    choice_in,
    day_in,
    names_in,
    template,
    texts_of,
    words_of,
)
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.reading.table import Book, Cell
from csp_desktop.services.common.import_columns import ChosenColumns
from csp_desktop.services.common.import_rows import MemberFile, MemberLine, Refusal

SHORT_NAME = Column("Agency short name", "Short name of the agency; if empty, made from the name.", ("short name",))
KIND = Column(
    "Agency kind",
    f"For a new agency. One of: {words_of(AgencyKind)}.",
    ("kind", "kind of agency", "agency type", "type of agency"),
)
NAME, AGENCY = BY_NAME[MemberField.NAME].column, BY_NAME[MemberField.AGENCY].column
LISTED = (NAME, AGENCY, SHORT_NAME, KIND, *(row.column for row in ROWS if row.column not in (NAME, AGENCY)))
COLUMNS = tuple(column.heading for column in LISTED)
NEEDED = (NAME.heading, AGENCY.heading)
FIRST, LAST = "First name", "Last name"
YES_NO = {"y": True, "yes": True, "true": True, "1": True, "n": False, "no": False, "false": False, "0": False}

_FITS: dict[str, tuple[Fits, bool]] = {
    NAME.heading: (is_person, False),
    KIND.heading: (one_of(kind.value for kind in AgencyKind), True),
    BY_NAME[MemberField.STANDING].column.heading: (one_of(one.value for one in Standing), True),
    BY_NAME[MemberField.ISP_SIGNED_ON].column.heading: (is_day, True),
    BY_NAME[MemberField.MAIL].column.heading: (is_mail, True),
    BY_NAME[MemberField.ACTIVE].column.heading: (is_yes_no, True),
}
_FOREIGN = ("birth", "dob", "home", "emergency", "manager", "line", "previous")


def _target(column: Column) -> TargetField:
    fits, strict = _FITS.get(column.heading, (None, False))
    return TargetField(
        column.heading,
        column.also_called,
        _FOREIGN,
        fits,
        strict=strict,
        needed=column in (NAME, AGENCY),
        is_day=fits is is_day,
    )


MEMBERS = TableKind(
    "a list of people",
    (
        *(_target(column) for column in LISTED),
        TargetField(FIRST, ("forename", "first", "given name", "christian name"), (*_FOREIGN, "last")),
        TargetField(LAST, ("surname", "last", "family name"), (*_FOREIGN, "first")),
    ),
    NAME.heading,
    instead=((NAME.heading, (FIRST, LAST)),),
)


def members_template() -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    return template(COLUMNS, [(column.heading, column.guide) for column in LISTED])


def read_members(
    source: Path | bytes | Book, name: str = "", chosen: ChosenColumns | None = None, progress: Progress = unheard
) -> MemberFile:
    """Read a list of people. A row that is not in order is refused with its line, and column, value and reason of each
    of its mistakes; Refused is raised only when the file as a whole is no such list, ColumnsUnclear when a person has
    to say what a column is."""
    letters = chosen.letters if chosen else None
    book = source if isinstance(source, Book) else read_book(source, name, progress, letters)
    table = mapped(book, MEMBERS, chosen)
    rows: list[MemberLine] = []
    refused: list[Refusal] = list(table.refused)
    seen: dict[tuple[str, str], int] = {}
    for line, cells in table.rows:
        try:
            row = _row(line, cells)
            who = (row.name.casefold(), row.agency.casefold())
            if who in seen:
                raise Mistakes([Mistake(NAME.heading, row.name, f"This person is already on line {seen[who]}.")])
        except Mistakes as wrong:
            refused += [Refusal(line, mistake.column, mistake.value, mistake.reason) for mistake in wrong.each]
            continue
        seen[who] = line
        rows.append(row)
    refused.sort(key=lambda one: one.line)
    named = names_in(table, NAME.heading) | names_in(table, FIRST, LAST)
    return MemberFile(
        book.name, tuple(rows), tuple(refused), table.warnings, table.mapping, table.left_out, named=named
    )


def _row(line: int, cells: Mapping[str, Cell]) -> MemberLine:
    row = Gathering()
    text = texts_of(cells, (*COLUMNS, FIRST, LAST), row)
    if not text[NAME.heading]:
        text[NAME.heading] = f"{text[FIRST]} {text[LAST]}".strip()
    for heading in NEEDED:
        if not text[heading] and not row.has(heading):
            row.note(heading, "", f"{heading} is missing.")
    kind = row.take(lambda: choice_in(AgencyKind, text, KIND.heading))
    said = {one.name: row.take(partial(_said, one, cells, text)) for one in ROWS if one.column not in (NAME, AGENCY)}
    version, day = (BY_NAME[name].column.heading for name in (MemberField.ISP_VERSION, MemberField.ISP_SIGNED_ON))
    if version in cells and day in cells and bool(text[version]) != bool(text[day]):
        wanting = day if text[version] else version
        row.note(wanting, "", "Give both the version of the protocol and the date it was signed, or neither.")
    row.finish()
    given = {name: value for name, value in said.items() if value is not None}
    return MemberLine(line, text[NAME.heading], text[AGENCY.heading], text[SHORT_NAME.heading], kind, given)


def _said(row: MemberRow, cells: Mapping[str, Cell], text: dict[str, str]) -> Any:
    """What a cell says of a field; None where it is empty."""
    heading = row.column.heading
    if not text[heading]:
        return None
    match row.field:
        case OneOf(kind=kind):
            return choice_in(kind, text, heading)
        case Day():
            return day_in(cells, text, heading)
        case Switch():
            return _yes_no(text, heading)
    try:
        return row.field.kept(text[heading])
    except FieldRefused as refusal:
        raise Mistake(heading, text[heading], refusal.sentence) from None


def _yes_no(text: dict[str, str], heading: str) -> bool:
    known = YES_NO.get(key_of(text[heading]))
    if known is None:
        raise Mistake(heading, text[heading], "This must be yes or no.")
    return known
