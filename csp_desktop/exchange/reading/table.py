"""What a file of tables holds once it is read: every sheet, line and cell, or why it was left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from csp_desktop.services.common.import_columns import LeftOut

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000  # bytes; a workbook is a zip archive, and says of each part how large it will be
MOST_ROWS = 50_000  # of one sheet, with the headings
MOST_COLUMNS = 500
MOST_SHEETS = 250
MOST_LINES = 1_048_576  # of Excel; a sheet or a text that goes on is no list
LONGEST_CELL = 40_000  # letters; Excel itself ends at 32,767
BLOCK = 500  # rows that come over the pipe at once


@dataclass(frozen=True)
class CellFault:
    """A cell that holds no value: `reason` ends a sentence that begins with its column."""

    value: str
    reason: str


Cell = str | date | CellFault
Row = tuple[int, tuple[Cell, ...]]  # with the line people see in their spreadsheet, from 1


@dataclass(frozen=True)
class Sheet:
    """The lines of one sheet that hold something. `fault` says why the rest of it could not be read. In a `ragged` one
    each line was written with its own number of cells; a workbook does not store the empty ones at the end. `hidden`
    are the lines that the spreadsheet does not show, where the reader can tell."""

    name: str
    rows: tuple[Row, ...] = ()
    fault: str = ""
    ragged: bool = False
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True)
class SheetEnd:
    """What is known of a sheet only when its last line was read: see `Sheet`."""

    fault: str = ""
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True)
class Book:
    """A file as read: the sheets people can see in it, and what of it was left out. `notes` are sentences about what
    this kind of file cannot show; `prose` is the whole text of a document, its tables in it, line by line."""

    name: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""  # of text: 'utf-8', 'utf-16', 'cp1252'
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = field(default=())
    prose: tuple[str, ...] = ()


Read = Iterator[Sheet | Row | SheetEnd | LeftOut]  # each sheet, then its rows, then its end


def streamed(sheets: Iterable[Sheet]) -> Read:
    """Sheets that are known whole, as a reader gives them that goes line by line."""
    for sheet in sheets:
        yield Sheet(sheet.name, ragged=sheet.ragged)
        yield from sheet.rows
        yield SheetEnd(sheet.fault, sheet.hidden)
