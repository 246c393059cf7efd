"""An action list as a workbook: dates that can be sorted, text that is never a formula, a header on every page."""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from math import ceil
from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import for_files
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.domain.minutes.paper_parts import action_words, as_line, line_overdue
from csp_desktop.domain.minutes.record import ActionLine

SHEET, TABLE = "Actions", "Actions"
MOST_LETTERS = 32_767  # of a cell
_MOST_IN_EDGE = 60  # letters of one part of a page's edge; Excel takes 255 for the whole
_DAY = "d mmmm yyyy"
_DAYS = ("By", "Agreed on")
_HEAD_FILL, _LINE = "#EEF1F6", "#7E899C"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Arial", "font_size": 11},
}
_WIDTHS = {
    "No.": 12,
    "Action": 48,
    "Officer": 20,
    "Agency": 31,
    "With": 31,
    "By": 18,
    "Agreed on": 18,
    "Carried forward": 10,
}
_OTHER_WIDTH = 16  # characters
_LINE_HEIGHT, _TALLEST_ROW = 15, 408  # points; Excel has none above 409


def action_list_workbook(listed: ActionList) -> bytes:
    """The list as XLSX; the same list, the same bytes. Refused, with the action named, where its words are longer than
    a cell holds."""
    import xlsxwriter  # a library that a meeting does not need

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    made = listed.created or datetime.combine(listed.on, time(), UTC)
    book.set_properties(
        {
            "title": for_files(listed.title),
            "author": for_files(listed.partnership),
            "subject": for_files(listed.marking),
            "created": made.astimezone(UTC).replace(tzinfo=None),
        }
    )
    sheet = book.add_worksheet(SHEET)
    _Writing(book, sheet, listed).write()
    book.close()
    return file.getvalue()


class _Writing:
    """Writes the only sheet: title, marking and whose it is, then the table."""

    def __init__(self, book: Any, sheet: Any, listed: ActionList) -> None:
        self._sheet = sheet
        self._listed = listed
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._bold = book.add_format({"bold": True})
        cell = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": _LINE}
        self._head = book.add_format({**cell, "bold": True, "bg_color": _HEAD_FILL})
        self._cell = book.add_format(cell)
        self._day = book.add_format({**cell, "num_format": _DAY, "align": "left"})
        self._number = book.add_format({**cell, "align": "left"})

    def write(self) -> None:
        """Everything, and how it is shown and printed."""
        listed = self._listed
        lines = [(listed.title, self._title), (listed.marking, self._bold)]
        lines += [(as_line(words), None) for words in listed.opening]
        for row, (words, look) in enumerate(lines):
            self._sheet.write_string(row, 0, for_files(words), look)
        self._table(len(lines) + 1)
        self._page()

    def _table(self, top: int) -> None:
        """`top` is the row of its header."""
        listed = self._listed
        columns = _columns(listed)
        rows = [_row(line, listed) for line in listed.actions]
        self._sheet.set_row(top, _height(columns, {head: head for head in columns}))
        for at, line in enumerate(rows, top + 1):
            self._sheet.set_row(at, _height(columns, line))
            for column, head in enumerate(columns):
                self._write(at, column, line[head], line["No."])
        if not rows:
            self._sheet.write_string(top + 1, 0, "No actions were agreed.", self._cell)
        bottom = top + max(len(rows), 1)
        heads = [{"header": head, "header_format": self._head} for head in columns]
        self._sheet.add_table(top, 0, bottom, len(columns) - 1, {"columns": heads, "name": TABLE, "style": None})
        for column, head in enumerate(columns):
            self._sheet.set_column(column, column, _width(head))
        self._sheet.freeze_panes(top + 1, 0)
        self._sheet.repeat_rows(top)
        self._sheet.print_area(0, 0, bottom, len(columns) - 1)

    def _write(self, row: int, column: int, value: object, label: object) -> None:
        if isinstance(value, datetime):
            self._sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int):
            self._sheet.write_number(row, column, value, self._number)
        elif not value:
            self._sheet.write_blank(row, column, None, self._cell)
        else:
            words = for_files(str(value))
            if len(words) > MOST_LETTERS:
                action = f"Action {label}" if label else "One of the actions"
                raise Refused(
                    f"{action}: its text is longer than the {MOST_LETTERS:,} characters a spreadsheet cell can "
                    "hold. Shorten it, or send the list as PDF."
                )
            self._sheet.write_string(row, column, words, self._cell)

    def _page(self) -> None:
        """A4 on its side, as wide as the table, marked at top and bottom."""
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        marking, copy = _edge(self._listed.marking), _edge(self._listed.copy)
        self._sheet.set_header(f'&C&"Arial,Bold"{marking}')
        self._sheet.set_footer(f'&L{copy}&C&"Arial,Bold"{marking}&RPage &P of &N')


def _width(head: str) -> int:
    return _WIDTHS.get(head, _OTHER_WIDTH)


def _height(columns: Iterable[str], line: Mapping[str, object]) -> float:
    """So high that the wrapped words are seen; not every program finds that out by itself when it opens a file."""
    lines = max(ceil(len(for_files(str(line[head]))) * 1.15 / _width(head)) for head in columns if head not in _DAYS)
    return min(_TALLEST_ROW, _LINE_HEIGHT * max(lines, 1))


def _edge(words: str) -> str:
    """An ampersand begins a command there, unless it is written twice; a digit right after a command belongs to it."""
    clean = for_files(words)
    short = clean if len(clean) <= _MOST_IN_EDGE else f"{clean[: _MOST_IN_EDGE - 1]}…"
    return " " * short[:1].isdigit() + short.replace("&", "&&")


def _columns(listed: ActionList) -> tuple[str, ...]:
    """A reader who may not hear of everyone has no numbers; who is with the officer where anybody is."""
    numbered = ("No.",) if any(line.label for line in listed.actions) else ()
    beside = ("With",) if any(line.beside for line in listed.actions) else ()
    return (
        *numbered,
        "Action",
        listed.about,
        "Officer",
        "Agency",
        *beside,
        "By",
        "Agreed on",
        "Carried forward",
        "Overdue",
    )


def _row(line: ActionLine, listed: ActionList) -> dict[str, object]:
    agreed = line.earlier or listed.on
    return {
        "No.": line.label,
        "Action": action_words(line),
        listed.about: line.about,
        "Officer": line.officer,
        "Agency": line.agency,
        "With": "; ".join(", ".join(filter(None, (one.name, one.agency))) for one in line.beside),
        "By": datetime.combine(line.due, time()) if line.due else "no date set",
        "Agreed on": datetime.combine(agreed, time()),
        "Carried forward": line.carried,
        "Overdue": line_overdue(line, listed.on),
    }
