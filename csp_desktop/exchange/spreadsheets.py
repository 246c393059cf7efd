"""Tables as people save them: CSV in any of three encodings, or the first sheet of a workbook.

Cells arrive as text and dates.
"""

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import whole, written

Cell = str | date
MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000  # bytes; a workbook is a zip archive, and says of each part how large it will be
MOST_ROWS = 50_000
MOST_COLUMNS = 500
DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\Z")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?\Z")


@dataclass(frozen=True)
class Sheet:
    """A header and rows, each with the line people see in their spreadsheet (the header is line 1)."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    encoding: str  # utf-8, utf-16, cp1252, or xlsx


def read_sheet(source: Path | bytes, name: str = "") -> Sheet:
    """Read a CSV or XLSX file. Raises Refused when it is neither, empty or far too large."""
    name = name or (written(source.name) if isinstance(source, Path) else "the file")
    content = source if isinstance(source, bytes) else _bytes_of(source)
    if len(content) > MOST_BYTES:
        raise Refused(f"{name} is too large: more than {MOST_BYTES // 1_000_000} MB. Export fewer rows.")
    if content[:4] == b"PK\x03\x04":
        return _workbook(content, name)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise Refused(f"{name} is an old or protected Excel file. Save it as .xlsx without a password, or as CSV.")
    return _csv(content, name)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            f"{path.name} could not be read: {error.strerror}. Check that it is still there and not "
            "open in another program."
        ) from error


def _csv(content: bytes, name: str) -> Sheet:
    text, encoding = _decoded(content)
    if "\x00" in text:
        raise Refused(f"{name} is not a spreadsheet. Choose a CSV or XLSX file.")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    try:
        header = tuple(cell.strip() for cell in next(reader, []))
        line = reader.line_num
        for cells in reader:
            first, line = line + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                rows.append((first, tuple(_inert(cell) for cell in cells)))
    except csv.Error as error:
        raise Refused(f"{name} is damaged near line {reader.line_num}: {error}. Export it again.") from error
    return _checked(Sheet(name, header, tuple(rows), encoding))


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-8 with or without its mark, UTF-16 with its mark, else the old Windows code page."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"


def _inert(cell: str) -> str:
    """The text of a cell as it stands: a formula is text like any other, and control characters go."""
    return "".join(c for c in whole(cell) if c >= " " or c == "\n").strip()


def _workbook(content: bytes, name: str) -> Sheet:
    """The one guard around the reading library: whatever it meets in a damaged file is one sentence, which says
    nothing of the content; what it has to remark stays with it.
    """
    try:
        with warnings.catch_warnings(), redirect_stdout(io.StringIO()):  # it prints, and another process may listen
            warnings.simplefilter("ignore")
            found = _first_sheet(content, name)
    except Refused:
        raise
    except Exception:
        raise Refused(
            f"{name} is damaged, or is not a spreadsheet. Open it in Excel, save it again as .xlsx, and try again."
        ) from None
    if not found:
        raise Refused(f"{name} is empty.")
    header = tuple(c.strip() if isinstance(c, str) else str(c) for c in found[0][1])
    rows = tuple((line, _filled(cells, len(header))) for line, cells in found[1:] if any(cells))
    return _checked(Sheet(name, header, rows, "xlsx"))


def _filled(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """A workbook does not store the empty cells at the end of a row: they are empty, not missing."""
    return cells + ("",) * (width - len(cells))


def _first_sheet(content: bytes, name: str) -> list[tuple[int, tuple[Cell, ...]]]:
    """The rows that hold something and the first one, each with its line. The size that a sheet claims to have is not
    believed."""
    from openpyxl import load_workbook  # ten megabytes that a meeting without a workbook does not need

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
            raise Refused(f"{name} is too large once unpacked. Export fewer rows.")
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    found = list(_cells(sheet.iter_rows(values_only=True), name))
    book.close()
    return found


def _cells(rows: Iterator[tuple[object, ...]], name: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Stops with a sentence at what stands far below or far beside any table."""
    for line, values in enumerate(rows, 1):
        if line > MOST_ROWS + 1:
            raise Refused(
                f"{name} has more than {MOST_ROWS:,} rows, or something is far below the table. Export "
                "fewer rows, or delete what is below the table."
            )
        if any(value is not None for value in values[MOST_COLUMNS:]):
            raise Refused(
                f"{name}, line {line}: something is far to the right, beyond column {MOST_COLUMNS}. Delete "
                "it and save the file again."
            )
        if line == 1 or any(value is not None for value in values):
            yield line, tuple(_cell(value) for value in values)


def _cell(value: object) -> Cell:
    """Dates stay dates, whole numbers lose their '.0', all else is text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _inert(str(value))


def _checked(sheet: Sheet) -> Sheet:
    if not any(sheet.header):
        raise Refused(f"{sheet.name} is empty.")
    if len(sheet.rows) > MOST_ROWS:
        raise Refused(f"{sheet.name} has more than {MOST_ROWS:,} rows. Export fewer.")
    return sheet


def day_of(cell: Cell) -> date | None:
    """A day written the British way (day first), the ISO way, or as a real date; None when it is none."""
    if isinstance(cell, date):
        return cell
    if found := DAY.match(cell.strip()):
        day, month, year = (int(part) for part in found.groups())
    elif found := ISO.match(cell.strip()):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def text_of(cell: Cell) -> str:
    """A cell as text; a date the British way."""
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else " ".join(cell.split())
