"""Small workbooks that unpack to far more than a list, each for another part of the reader."""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import get_native_id

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.reader import read_book
from tests.support.damage import parts_of
from tests.support.damage import workbook as small_workbook

_SHEET, _STYLES, _STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = (("Name", "Agency"), ("Jo Ash", "CGL"))


def styles_without_end() -> bytes:
    """Two million cell formats."""
    formats = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 2_000_000
    return _packed({_STYLES: lambda styles: styles.replace(b"</cellXfs>", formats + b"</cellXfs>")})


def strings_without_end() -> bytes:
    """Ten million shared strings of one letter."""
    strings = b'<sst xmlns="' + _MAIN + b'">' + b"<si><t>x</t></si>" * 10_000_000 + b"</sst>"
    part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    part += b'spreadsheetml.sharedStrings+xml"/></Types>'
    return _packed({"[Content_Types].xml": lambda types: types.replace(b"</Types>", part)}, {_STRINGS: strings})


def merges_without_end() -> bytes:
    """Three million merged ranges, each the whole sheet."""
    merges = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 3_000_000 + b"</mergeCells>"
    return _packed({_SHEET: lambda sheet: sheet.replace(b"</sheetData>", merges)})


def cells_without_end() -> bytes:
    """Twenty million cells in one row."""
    row = b"<row>" + b"<c/>" * 20_000_000 + b"</row></sheetData>"
    return _packed({_SHEET: lambda sheet: sheet.replace(b"</sheetData>", row)})


def tags_without_end() -> bytes:
    """Five million elements, each inside the last."""
    return _packed({_SHEET: lambda sheet: sheet.replace(b"<sheetData>", b"<a>" * 5_000_000 + b"<sheetData>")})


WORST: dict[str, Callable[[], bytes]] = {
    made.__name__: made
    for made in (styles_without_end, strings_without_end, merges_without_end, cells_without_end, tags_without_end)
}


def reading_of(content: bytes) -> tuple[int, str]:
    """The most bytes the reading child had in memory, looked at ten times a second, and what was said; Linux."""
    most = 0

    def look(done: int, total: int, words: str) -> None:
        nonlocal most
        most = max([most, *_in_children()])

    try:
        read_book(content, "list.xlsx", look)
    except Refused as refused:
        return most, refused.sentence
    return most, ""


def _in_children() -> Iterator[int]:
    for child in Path(f"/proc/self/task/{get_native_id()}/children").read_text("ascii").split():
        with suppress(OSError):
            for line in Path(f"/proc/{child}/status").read_text("ascii", "replace").splitlines():
                if line.startswith("VmHWM:"):
                    yield int(line.split()[1]) * 1024


def _packed(changes: dict[str, Callable[[bytes], bytes]], more: dict[str, bytes] | None = None) -> bytes:
    parts = {**parts_of(small_workbook(ROWS)), **(more or {})}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, changes[name](part) if name in changes else part)
    return content.getvalue()
