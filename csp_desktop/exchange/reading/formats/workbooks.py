"""Workbooks, by the libraries that know them: openpyxl for .xlsx, calamine for the others. Only ever in the child."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import repeat
from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.formats.kinds import FileKind
from csp_desktop.exchange.reading.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    MOST_SHEETS,
    Cell,
    CellFault,
    Read,
    Sheet,
    SheetEnd,
)
from csp_desktop.services.common.import_columns import LeftOut

NO_ERRORS = "In this kind of file a cell that holds an error arrives empty. To be sure, save it as .xlsx."
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_ERRORS = frozenset(["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"])


def xlsx_tables(content: bytes, name: str) -> Read:
    """Each visible sheet, and each other named as left out. The size that a sheet claims to have is not believed.
    Formulas give their result. Raises Refused for far too many sheets, and whatever the library raises."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, rich_text=False)
    _require_few(len(book.sheetnames), name)
    formulas = None
    if _has_formulas(content):
        formulas = load_workbook(io.BytesIO(content), read_only=True, data_only=False, rich_text=False)
    for chart in book.chartsheets:
        yield LeftOut(chart.title, None, "a chart sheet")
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            yield LeftOut(sheet.title, None, "a hidden sheet")
            continue
        sheet.reset_dimensions()
        beside: Iterable[Any] = repeat(None)
        if formulas is not None:
            twin = formulas[sheet.title]
            twin.reset_dimensions()
            beside = twin.iter_rows()
        hidden = _hidden_rows(content, sheet._worksheet_path)
        yield from _sheet(sheet.title, _xlsx_lines(sheet.iter_rows(), beside), hidden)


def _has_formulas(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if "worksheets/" in name.casefold()]
        return any(_FORMULA.search(parts.read(name)) for name in names)


def _hidden_rows(content: bytes, part: str) -> frozenset[int]:
    """The lines of a sheet that are not shown: its reader says nothing of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        marked = _HIDDEN.findall(parts.read(part.lstrip("/")))
    return frozenset(int(found[1]) for tag in marked if (found := _NUMBER.search(tag)))


def _require_few(sheets: int, name: str) -> None:
    if sheets > MOST_SHEETS:
        raise Refused(f"{name} has {sheets:,} sheets. Save the list as a file of its own.")


def _xlsx_lines(rows: Iterable[Any], beside: Iterable[Any]) -> Iterator[list[Cell]]:
    for row, twin in zip(rows, beside, strict=False):
        cells = [_cell_of(cell) for cell in row]
        if twin is not None:
            for place, cell in enumerate(twin[: len(cells)]):
                if cells[place] == "" and cell.data_type == "f":
                    reason = "holds a formula without a result. Open the file in Excel and save it again."
                    cells[place] = CellFault(str(cell.value)[:100], reason)
        yield cells


def _cell_of(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "e" and value is not None:
        return CellFault(str(value)[:100], "holds an error instead of a value. Correct it in the file.")
    return plain(value)


def other_tables(content: bytes, kind: FileKind, name: str) -> Read:
    """The same for what calamine reads."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    _require_few(len(book.sheets_metadata), name)
    for told in book.sheets_metadata:
        if told.typ != SheetTypeEnum.WorkSheet:
            yield LeftOut(told.name, None, "not a table")
        elif told.visible != SheetVisibleEnum.Visible:
            yield LeftOut(told.name, None, "a hidden sheet")
        else:
            lines = book.get_sheet_by_name(told.name).to_python(skip_empty_area=False)
            yield from _sheet(told.name, ([plain(value) for value in line] for line in lines))


def plain(value: object) -> Cell:
    """Days stay days, whole numbers lose their '.0', all else is text."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.strip()
        if text in _ERRORS:
            return CellFault(text, "holds an error instead of a value. Correct it in the file.")
        return text
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return CellFault(str(value), "holds a time of day or a duration, not a value of the list.")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def _sheet(name: str, lines: Iterable[list[Cell]], hidden: frozenset[int] = frozenset()) -> Read:
    """The lines that hold something, up to what lies far outside any table."""
    yield Sheet(name)
    fault, unseen = "", []
    for line, cells in enumerate(lines, 1):
        while cells and cells[-1] == "":
            cells.pop()
        if not cells and line <= MOST_LINES:
            continue
        if fault := _outside(line, cells):
            break
        if line in hidden:
            unseen.append(line)
        yield line, tuple(cells)
    yield SheetEnd(fault, tuple(unseen))


def _outside(line: int, cells: Sequence[Cell]) -> str:
    """Why a line belongs to no list; empty where it does."""
    if line > MOST_ROWS or len(cells) > MOST_COLUMNS:
        return _far(line, len(cells))
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
        return f"has a cell of more than {LONGEST_CELL:,} characters, in line {line}. Shorten it."
    return ""


def _far(line: int, column: int) -> str:
    if line > MOST_ROWS:
        return (
            f"has more than {MOST_ROWS:,} rows, or something is far below the table, in line {line}. Export fewer "
            "rows, or delete what is below the table."
        )
    return f"has something far to the right, in line {line}, column {column}. Delete it and save the file again."
