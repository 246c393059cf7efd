"""Tables of a Word document, and its text. Only ever in the child."""

import io
import re
from collections.abc import Iterator
from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.table import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Sheet

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TABLE, _ROW, _CELL, _PARAGRAPH = (f"{_W}{name}" for name in ("tbl", "tr", "tc", "p"))
_TEXT, _TAB, _BREAKS = f"{_W}t", f"{_W}tab", (f"{_W}br", f"{_W}cr")
# what stands there twice for older programs, and what somebody struck out or moved elsewhere
_UNSEEN = frozenset(
    [
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}tabs",
    ]
)


def word_tables(content: bytes, name: str) -> tuple[list[Sheet], list[str]]:
    """Each table with its lines, counted within it, and all the text in the order it is read, a row of a table in one
    line. What was inserted under tracking is in it, what was deleted is not. A cell that spans several rows stands in
    each of them. Raises Refused for what is far too
    long, and whatever the library raises."""
    from docx import Document

    body = Document(io.BytesIO(content)).element.body
    sheets: list[Sheet] = []
    lines: list[str] = []
    for block in _blocks(body, (_TABLE, _PARAGRAPH)):
        if block.tag == _PARAGRAPH:
            lines.append(_text_of(block, name))
        else:
            rows = _rows(block, name)
            sheets.append(Sheet(f"table {len(sheets) + 1}", tuple(rows)))
            lines += [" | ".join(filter(None, map(str, cells))) for _, cells in rows]
        if len(lines) > MOST_ROWS:
            raise Refused(f"{name} has more than {MOST_ROWS:,} lines. Save what is needed as a document of its own.")
    return [sheet for sheet in sheets if sheet.rows], [line for line in lines if line]


def _blocks(element: Any, tags: tuple[str, ...]) -> Iterator[Any]:
    """The outermost elements of these kinds, in order, whatever stands round them: content controls, tracked moves."""
    for child in element.iterchildren(tag="*"):
        if child.tag in _UNSEEN:
            continue
        if child.tag in tags:
            yield child
        else:
            yield from _blocks(child, tags)


def _rows(table: Any, name: str) -> list[Row]:
    found: list[Row] = []
    above: dict[int, str] = {}  # by its place, what a cell says that goes on downwards
    for line, row in enumerate(_blocks(table, (_ROW,)), 1):
        cells = [""] * _number(row, "trPr/gridBefore")
        for cell in _blocks(row, (_CELL,)):
            place, merged = len(cells), cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merged is not None and merged.get(f"{_W}val") != "restart"
            text = above.get(place, "") if goes_on else _text_of(cell, name)
            above.pop(place, None)
            if merged is not None:
                above[place] = text
            cells += [text, *[""] * (max(_number(cell, "tcPr/gridSpan"), 1) - 1)]
            if len(cells) > MOST_COLUMNS:
                raise Refused(f"{name} has a table of more than {MOST_COLUMNS} columns. Save the list as .xlsx.")
        if line > MOST_ROWS:
            raise Refused(f"{name} has a table of more than {MOST_ROWS:,} rows. Save fewer.")
        if any(cells):
            found.append((line, tuple(cells)))
    return found


def _number(element: Any, path: str) -> int:
    """A count of columns that a row or cell says of itself; 0 where it says none."""
    found = element.find("/".join(f"{_W}{part}" for part in path.split("/")))
    said = found.get(f"{_W}val", "") if found is not None else ""
    return int(said) if re.fullmatch(r"\d{1,3}", said) else 0


def _text_of(element: Any, name: str) -> str:
    """Its words, a space between paragraphs and where a line ends."""
    text = " ".join("".join(_pieces(element)).split())
    if len(text) > LONGEST_CELL:
        raise Refused(f"{name} has a paragraph or cell of more than {LONGEST_CELL:,} characters. Shorten it.")
    return text


def _pieces(element: Any) -> Iterator[str]:
    for child in element.iterchildren(tag="*"):
        if child.tag in _UNSEEN:
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in (_TAB, *_BREAKS):
            yield " "
        else:
            yield from _pieces(child)
            if child.tag == _PARAGRAPH:
                yield " "
