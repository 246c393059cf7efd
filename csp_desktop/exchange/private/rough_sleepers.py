"""The list of people sleeping rough as a spreadsheet: one column for every field, in plain English."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from csp_desktop.domain.cases.cases import REFERENCE
from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.folding import reference_in
from csp_desktop.domain.private.people import Accommodation, Consent
from csp_desktop.exchange.mapping.fields import Fits, TableKind, TargetField, is_day, is_reference, one_of
from csp_desktop.exchange.mapping.tables import mapped
from csp_desktop.exchange.members import MEMBERS
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
from csp_desktop.services.common.import_rows import Refusal
from csp_desktop.services.private.import_rows import RoughSleeperFile, RoughSleeperLine

COLUMNS = (
    "Name",
    "Aliases",
    "Initials",
    "Summary",
    "Contact",
    "Support needs",
    "Accommodation",
    "Accommodation since",
    "Consent to share",
    "Asked on",
    "Limits",
    "Begging",
    "Last seen on",
    "Last seen where",
    "Seen by",
    "Safety Net reference",
)
DAYS = ("Accommodation since", "Asked on", "Last seen on")
ALSO_CALLED = {
    "Name": ("known as", "full name", "person"),
    "Aliases": ("alias", "also known as", "aka", "street name"),
    "Summary": ("headline", "about"),
    "Support needs": ("needs",),
    "Consent to share": ("consent", "agreement", "agreement to sharing"),
    "Asked on": ("consent date", "agreed on"),
    "Limits": ("limits of consent", "consent limits"),
    "Last seen on": ("last seen", "seen on"),
    "Last seen where": ("seen where", "where", "place"),
    "Safety Net reference": ("safety net", "sn reference", "sn"),
}

FITS: dict[str, Fits] = {
    "Accommodation": one_of(one.value for one in Accommodation),
    "Consent to share": one_of(one.value for one in Consent),
    "Safety Net reference": is_reference,
    **dict.fromkeys(DAYS, is_day),
}
PEOPLE = TableKind(
    "a list of people sleeping rough",
    tuple(
        TargetField(
            column,
            ALSO_CALLED.get(column, ()),
            ("birth", "dob", "agency", "next", "due"),
            FITS.get(column),
            strict=column in FITS,
            needed=column == "Name",
            is_day=column in DAYS,
        )
        for column in COLUMNS
    ),
    "Name",
    others=(MEMBERS,),
)


def people_template() -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    return template(COLUMNS, _guide())


def _guide() -> Iterable[tuple[str, str]]:
    yield "Name", "The name the person is known by. Required. 'Unknown man, bridge' is acceptable."
    yield "Aliases", "Other names, separated by semicolons or commas."
    yield "Initials", "Initials shown in the meeting and the minutes; if empty, made from the name."
    yield "Summary", "A short summary."
    yield "Support needs", "Separated by semicolons or commas."
    yield "Accommodation", f"One of: {words_of(Accommodation)}. If empty: on the street."
    yield "Consent to share", f"One of: {words_of(Consent)}."
    yield "Limits", "Required where consent has limits."
    yield "Begging", "Where and when seen begging. Recorded separately from rough sleeping."
    yield "Last seen on", "A night the person was seen bedded down, day first, for example 18/11/2026, and where."
    yield "Safety Net reference", "For example SN-2026-0123; kept in the private file only."


def read_people(
    source: Path | bytes | Book, name: str = "", chosen: ChosenColumns | None = None, progress: Progress = unheard
) -> RoughSleeperFile:
    """Read a list of people. A row that is not in order is refused with its line, and column, value and reason of each
    of its mistakes; Refused is raised only when the file as a whole is no such list, ColumnsUnclear when a person has
    to say what a column is."""
    letters = chosen.letters if chosen else None
    book = source if isinstance(source, Book) else read_book(source, name, progress, letters)
    table = mapped(book, PEOPLE, chosen)
    rows: list[RoughSleeperLine] = []
    refused: list[Refusal] = list(table.refused)
    seen: dict[str, int] = {}
    for line, cells in table.rows:
        try:
            row = _row(line, cells)
            if row.name.casefold() in seen:
                reason = f"This person is already on line {seen[row.name.casefold()]}."
                raise Mistakes([Mistake("Name", row.name, reason)])
        except Mistakes as wrong:
            refused += [Refusal(line, mistake.column, mistake.value, mistake.reason) for mistake in wrong.each]
            continue
        seen[row.name.casefold()] = line
        rows.append(row)
    refused.sort(key=lambda one: one.line)
    named = names_in(table, "Name")
    return RoughSleeperFile(
        book.name, tuple(rows), tuple(refused), table.warnings, table.mapping, table.left_out, named
    )


def _row(line: int, cells: Mapping[str, Cell]) -> RoughSleeperLine:
    row = Gathering()
    text = texts_of(cells, COLUMNS, row)
    if not text["Name"] and not row.has("Name"):
        row.note("Name", "", "Name is missing.")
    consent = row.take(lambda: choice_in(Consent, text, "Consent to share"))
    if consent is Consent.LIMITED and not text["Limits"]:
        row.note("Limits", "", "Give the limits of the agreement.")
    reference = reference_in(text["Safety Net reference"])
    if text["Safety Net reference"] and not REFERENCE.fullmatch(reference):
        wrong = text["Safety Net reference"]
        row.note("Safety Net reference", wrong, "A Safety Net reference looks like SN-2026-0123.")
    days = {column: row.take(partial(day_in, cells, text, column)) for column in DAYS}
    if text["Last seen on"] and not text["Last seen where"]:
        row.note("Last seen where", "", "Say where the person was seen.")
    accommodation = row.take(lambda: choice_in(Accommodation, text, "Accommodation"))
    row.finish()
    return RoughSleeperLine(
        line,
        text["Name"],
        _several(text["Aliases"]),
        text["Initials"],
        text["Summary"],
        text["Contact"],
        _several(text["Support needs"]),
        accommodation,
        days["Accommodation since"],
        consent,
        days["Asked on"],
        text["Limits"],
        text["Begging"],
        days["Last seen on"],
        text["Last seen where"],
        text["Seen by"],
        reference,
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in (word.strip() for word in text.replace(";", ",").split(",")) if part)
