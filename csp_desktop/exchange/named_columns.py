"""Lists of people as spreadsheets: columns found by their names whatever their order, cells refused with the reason."""

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.names import composed, fault_of
from csp_desktop.exchange.spreadsheets import Cell, Sheet, day_of, text_of

LONGEST_CELL = 1000  # letters of any cell
E = TypeVar("E", bound=Enum)
T = TypeVar("T")


class Mistake(Exception):
    """One cell that is not in order."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(column)
        self.column, self.value, self.reason = column, value, reason


class Mistakes(Exception):
    """Every cell of one row that is not in order."""

    def __init__(self, each: Sequence[Mistake]) -> None:
        super().__init__(", ".join(mistake.column for mistake in each))
        self.each = tuple(each)


class Gathering:
    """Reads a row to its end, whatever is wrong on the way: whoever mends the list sees all of it at once."""

    def __init__(self) -> None:
        self._mistakes: list[Mistake] = []

    def take(self, read: Callable[[], T]) -> T | None:
        """What a cell says; None where it is not in order."""
        try:
            return read()
        except Mistake as mistake:
            self._mistakes.append(mistake)
            return None

    def note(self, column: str, value: str, reason: str) -> None:
        """Something wrong that no cell says by itself."""
        self._mistakes.append(Mistake(column, value, reason))

    def finish(self) -> None:
        """Raises Mistakes when there were any."""
        if self._mistakes:
            raise Mistakes(self._mistakes)


def template(columns: Sequence[str], guide: Iterable[tuple[str, str]]) -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    people = book.worksheets[0]
    people.title = "People"
    people.append(tuple(columns))
    notes = book.create_sheet("Guidance")
    for row in (("Column", "Allowed values"), *guide):
        notes.append(row)
    for sheet in (people, notes):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
    for number, column in enumerate(columns):
        people.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]].width = max(14, len(column) + 4)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 26, 90
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def places_of(
    sheet: Sheet, columns: Sequence[str], also_called: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> dict[str, int]:
    """Where each known column stands; order, case and signs do not matter, and others are passed over. Raises Refused
    where a needed one is missing."""
    plain = {_plain(title): place for place, title in enumerate(sheet.header)}
    places: dict[str, int] = {}
    for column in columns:
        known = (plain.get(_plain(word)) for word in (column, *also_called.get(column, ())))
        place = next((p for p in known if p is not None), None)
        if place is not None:
            places[column] = place
    if any(c not in places for c in needed):
        raise Refused(
            f"{sheet.name} is not a list of people: its first line must name columns, at least "
            f"{' and '.join(needed)}. Save the empty template and fill it in."
        )
    return places


def _plain(title: str) -> str:
    return re.sub(r"[^a-z]", "", title.casefold())


def cells_of(
    cells: tuple[Cell, ...], places: Mapping[str, int], columns: Sequence[str], needed: Sequence[str]
) -> tuple[dict[str, Cell], dict[str, str]]:
    """The cells of a row by column, and their texts; raises Mistake for one that is needed and empty."""
    values = {column: cells[place] if place < len(cells) else "" for column, place in places.items()}
    text = {column: text_of(values.get(column, "")) for column in columns}
    for column, words in text.items():
        fault = fault_of(words, LONGEST_CELL)
        if fault:
            raise Mistake(column, words, f"{column} {fault}")
        text[column] = composed(words)
    for column in needed:
        if not text[column]:
            raise Mistake(column, "", f"{column} is missing.")
    return values, text


def day_in(values: Mapping[str, Cell], text: Mapping[str, str], column: str) -> date | None:
    """The day in a cell, day first. Raises Mistake for what is no day."""
    if not text[column]:
        return None
    day = day_of(values[column])
    if day is None:
        raise Mistake(
            column,
            text[column],
            "This is not a British date (day first, for example 03/03/2026). Check whether the file "
            "has American dates.",
        )
    return day


def choice_in(kind: type[E], text: Mapping[str, str], column: str) -> E | None:
    """The one of a closed set a cell names. Raises Mistake for any other word."""
    if not text[column]:
        return None
    for choice in kind:
        if str(choice.value).casefold() == text[column].casefold():
            return choice
    raise Mistake(column, text[column], f"{column} must be one of: {words_of(kind)}.")


def words_of(kind: type[Enum]) -> str:
    """Every value of a closed set, for a sentence."""
    return ", ".join(str(choice.value) for choice in kind)
