"""The list of people sleeping rough as a spreadsheet: one column for every field, in plain English."""

from collections.abc import Iterable
from pathlib import Path

from csp_desktop.domain.cases.cases import REFERENCE
from csp_desktop.domain.private.people import Accommodation, Consent
from csp_desktop.exchange.named_columns import Mistake, cells_of, choice_in, day_in, places_of, template, words_of
from csp_desktop.exchange.spreadsheets import Cell, read_sheet
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
NEEDED = ("Name",)
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


def people_template() -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    return template(COLUMNS, _guide())


def _guide() -> Iterable[tuple[str, str]]:
    yield "Name", "The name the person is known by. Required. 'Unknown man, bridge' is acceptable."
    yield "Aliases", "Other names, separated by semicolons or commas."
    yield "Initials", "Initials shown in the meeting and the minutes; made from the name when this is empty."
    yield "Summary", "A short summary."
    yield "Support needs", "Separated by semicolons or commas."
    yield "Accommodation", f"One of: {words_of(Accommodation)}. On the street when this is empty."
    yield "Consent to share", f"One of: {words_of(Consent)}."
    yield "Limits", "Required where consent has limits."
    yield "Begging", "Where and when seen begging. Recorded separately from rough sleeping."
    yield "Last seen on", "A night the person was seen bedded down, day first, for example 18/11/2026, and where."
    yield "Safety Net reference", "For example SN-2026-0123; kept in the private file only."


def read_people(source: Path | bytes, name: str = "") -> RoughSleeperFile:
    """Read a list of people. A row that is not in order is refused with its line, column, value and reason; Refused is
    raised only when the file as a whole is no such list."""
    sheet = read_sheet(source, name)
    places = places_of(sheet, COLUMNS, ALSO_CALLED, NEEDED)
    rows: list[RoughSleeperLine] = []
    refused: list[Refusal] = []
    seen: dict[str, int] = {}
    for line, cells in sheet.rows:
        try:
            row = _row(line, cells, places)
            if row.name.casefold() in seen:
                reason = f"This person is already on line {seen[row.name.casefold()]}."
                raise Mistake("Name", row.name, reason)
        except Mistake as mistake:
            refused.append(Refusal(line, mistake.column, mistake.value, mistake.reason))
            continue
        seen[row.name.casefold()] = line
        rows.append(row)
    return RoughSleeperFile(sheet.name, tuple(rows), tuple(refused))


def _row(line: int, cells: tuple[Cell, ...], places: dict[str, int]) -> RoughSleeperLine:
    values, text = cells_of(cells, places, COLUMNS, NEEDED)
    consent = choice_in(Consent, text, "Consent to share")
    if consent is Consent.LIMITED and not text["Limits"]:
        raise Mistake("Limits", "", "Give the limits of the agreement.")
    reference = text["Safety Net reference"].upper()
    if reference and not REFERENCE.fullmatch(reference):
        raise Mistake("Safety Net reference", reference, "A Safety Net reference looks like SN-2026-0123.")
    seen_on = day_in(values, text, "Last seen on")
    if seen_on is not None and not text["Last seen where"]:
        raise Mistake("Last seen where", "", "Say where the person was seen.")
    return RoughSleeperLine(
        line,
        text["Name"],
        _several(text["Aliases"]),
        text["Initials"],
        text["Summary"],
        text["Contact"],
        _several(text["Support needs"]),
        choice_in(Accommodation, text, "Accommodation"),
        day_in(values, text, "Accommodation since"),
        consent,
        day_in(values, text, "Asked on"),
        text["Limits"],
        text["Begging"],
        seen_on,
        text["Last seen where"],
        text["Seen by"],
        reference,
    )


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in (word.strip() for word in text.replace(";", ",").split(",")) if part)
