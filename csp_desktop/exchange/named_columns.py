"""Lists of people as spreadsheets: empty ones to fill in, and the cells of a row, refused with the reason."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import TypeVar

from csp_desktop.domain.common.folding import key_of
from csp_desktop.domain.common.names import composed, fault_of
from csp_desktop.domain.common.written_days import EARLIEST
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.exchange.mapping.columns import text_of
from csp_desktop.exchange.mapping.tables import MappedTable, fault_in
from csp_desktop.exchange.reading.table import Cell

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

    def has(self, column: str) -> bool:
        """Whether something is wrong with this column already."""
        return any(mistake.column == column for mistake in self._mistakes)

    def finish(self) -> None:
        """Raises Mistakes when there were any."""
        if self._mistakes:
            raise Mistakes(self._mistakes)


def template(columns: Sequence[str], guide: Iterable[tuple[str, str]], sheet: str = "People") -> bytes:
    """An empty workbook with every column, to be filled in and imported; its second sheet says what goes where."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    rows = book.worksheets[0]
    rows.title = sheet
    rows.append(tuple(columns))
    notes = book.create_sheet("Guidance")
    for row in (("Column", "Allowed values"), *guide):
        notes.append(row)
    for one in (rows, notes):
        for cell in one[1]:
            cell.font = Font(bold=True)
        one.freeze_panes = "A2"
    for number, column in enumerate(columns):
        rows.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]].width = max(14, len(column) + 4)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 26, 90
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def texts_of(cells: Mapping[str, Cell], columns: Sequence[str], row: Gathering) -> dict[str, str]:
    """The cells of a row as texts, empty where the list has no such column; what cannot be kept is noted and empty."""
    text = {}
    for column in columns:
        cell = cells.get(column, "")
        words = text_of(cell)
        fault = fault_in(cell) or fault_of(words, LONGEST_CELL)
        if fault:
            row.note(column, words, f"{column} {fault}")
        text[column] = "" if fault else composed(words)
    return text


def names_in(table: MappedTable, *parts: str) -> frozenset[str]:
    """Every name in a list, folded, also of rows that are refused; `parts` are the columns that make one."""
    read = (" ".join(filter(None, (text_of(cells.get(part, "")) for part in parts))) for _, cells in table.rows)
    return frozenset(map(folded, (*read, *table.refused_keys)))


def day_in(cells: Mapping[str, Cell], text: Mapping[str, str], column: str) -> date | None:
    """The day in a cell. Raises Mistake for what is no day."""
    if not text[column]:
        return None
    day = cells[column]
    if not isinstance(day, date):
        raise Mistake(column, text[column], "This is not a date. Write the day first, for example 03/03/2026.")
    if day < EARLIEST:
        raise Mistake(column, text[column], f"The year is {day.year}. Check it.")
    return day


def choice_in(kind: type[E], text: Mapping[str, str], column: str) -> E | None:
    """The one of a closed set a cell names. Raises Mistake for any other word."""
    if not text[column]:
        return None
    for choice in kind:
        if key_of(str(choice.value)) == key_of(text[column]):
            return choice
    raise Mistake(column, text[column], f"{column} must be one of: {words_of(kind)}.")


def words_of(kind: type[Enum]) -> str:
    """Every value of a closed set, for a sentence."""
    return ", ".join(str(choice.value) for choice in kind)
