"""Tables written as text: which encoding, which separator, and each record with the line it begins on."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import sqrt

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.table import LONGEST_CELL, MOST_LINES, MOST_ROWS, Read, Row, Sheet, SheetEnd

SEPARATORS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\r?(?:\n|\r|\Z)", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),  # before UTF-16: its first bytes are the same
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 65_536  # bytes at the beginning that show where the zeros stand
_RECORDS = 200  # that show which separator it is
_SCANNED = 1_000_000  # letters of a record in which its open quotation mark is sought


def decoded(content: bytes, page: str = "") -> tuple[str, str]:
    """The text and its encoding: by its mark; UTF-16 without a mark by where the zeros stand; UTF-8, also with a few
    broken bytes; else the code page a person says, or the old Windows one. A guess by letters would change names. A
    byte that is no character becomes U+FFFD, which whoever reads the cell tells."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding.removesuffix("-sig")
    head = content[:_LOOKED_AT]
    half = len(head) // 2
    if half > 3:
        even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
        if max(even, odd) > 0.4 and min(even, odd) < 0.05:
            return content.decode("utf-16-le" if odd > even else "utf-16-be", "replace"), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken * 20 < sum(1 for letter in text if letter > "\x7f") - broken:
        return text, "utf-8"
    page = page or "cp1252"
    return content.decode(page, "replace"), page


def text_table(text: str, name: str) -> Read:
    """The one table of a text; raises Refused as `text_rows`."""
    yield Sheet("", ragged=True)
    yield from text_rows(text, name)
    yield SheetEnd()


def text_rows(text: str, name: str) -> Iterator[Row]:
    """Each record that holds something. Raises Refused for what is no table, and for a quotation mark that does not
    close, with its line."""
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Refused(f"{name} is not a spreadsheet: line {line} holds a zero byte. Choose a CSV or XLSX file.")
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        raise Refused(f"{name} has more than {MOST_LINES:,} lines. Export fewer rows.")
    told = _SEP_LINE.match(text)
    skipped = told.end() if told else 0
    body = text[skipped:].lstrip("\ufeff")
    separator = told[1] if told else separator_of(body)
    return _records(body, separator, 1 if told else 0, name)


def separator_of(text: str) -> str:
    """The one with which most records have the same, large number of cells."""
    best, most = ",", 0.0
    head = "".join(islice(io.StringIO(text, newline=""), 4 * _RECORDS))
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for cells in islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), _RECORDS):
                widths[len(cells)] += any(cell.strip() for cell in cells)
        except csv.Error:
            continue
        told = widths.total()
        points = max((count / told * sqrt(width - 1) for width, count in widths.items() if width and told), default=0)
        if points > most:
            best, most = separator, points
    return best


def _records(text: str, separator: str, before: int, name: str) -> Iterator[Row]:
    """The records; `before` are the lines above the text."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line, found, width = before, 0, 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            raise Refused(_broken(text, separator, before, line + 1, name)) from None
        if cells is None:
            return
        first, line = line + 1, before + reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        width = max(width, len(cells)) if line - first == 0 else width
        if line > first and any(_swallows(cell, separator, width) for cell in cells):
            raise Refused(_open_mark(name, first))
        found += 1
        if found > MOST_ROWS:
            raise Refused(f"{name} has more than {MOST_ROWS:,} rows. Export fewer.")
        yield first, tuple(cell.strip() for cell in cells)


def _swallows(cell: str, separator: str, width: int) -> bool:
    """Whether a cell of several lines holds whole records."""
    inner = cell.splitlines()
    return len(inner) > 1 and any(part.count(separator) >= max(2, width - 1) for part in inner[1:])


def _broken(text: str, separator: str, before: int, line: int, name: str) -> str:
    """What is wrong in the record that begins on this line, where the strict reader ends: the line on which the open
    quotation mark stands."""
    lines = io.StringIO(text, newline="")
    for _ in range(line - before - 1):
        next(lines)
    record = lines.read(_SCANNED)
    opened, plain, now, quoted = line, True, line, False
    for number, letter in enumerate(record):
        following = record[number + 1 : number + 2]
        if quoted:
            if letter == '"' and following == '"' and plain:
                plain = False
            elif letter == '"' and plain:
                quoted = False
                if following not in ("", separator, "\r", "\n"):
                    return _open_mark(name, opened)
            else:
                plain = True
        elif letter == '"' and (not number or record[number - 1] in (separator, "\r", "\n")):
            quoted, opened = True, now
        if letter == "\n" or (letter == "\r" and following != "\n"):
            now += 1
    if quoted:
        return _open_mark(name, opened)
    return (
        f"{name}, line {line}: a cell is longer than {LONGEST_CELL:,} characters. Shorten it and save the file again."
    )


def _open_mark(name: str, line: int) -> str:
    return (
        f"{name}, line {line}: a quotation mark opens there and does not close, so the lines after it cannot be told "
        "apart. Delete or close the quotation mark."
    )
