"""What a file is by its first bytes, never by its name, and what is said of one that is no table."""

import io
import re
import zipfile
from enum import Enum
from typing import IO

from csp_desktop.domain.common.errors import Refused
from csp_desktop.exchange.reading.table import MOST_UNPACKED

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|style)\b", re.IGNORECASE | re.DOTALL
)
_NAMED = (
    (b"%PDF", "a PDF. Export the list as CSV or XLSX"),
    (b"\x89PNG", "a picture. Choose a CSV or XLSX file"),
    (b"\xff\xd8\xff", "a picture. Choose a CSV or XLSX file"),
    (b"GIF8", "a picture. Choose a CSV or XLSX file"),
    (b"SQLite format 3", "a database. Export the list as CSV or XLSX"),
    (b"{\\rtf", "a text document. Save the table as .xlsx or CSV"),
    (b"7z\xbc\xaf", "a packed archive. Unpack it and choose the list inside"),
    (b"Rar!", "a packed archive. Unpack it and choose the list inside"),
    (b"\x1f\x8b", "a packed archive. Unpack it and choose the list inside"),
)
_PARTS = (
    ("ppt/", "a presentation. Save the table as .xlsx"),
    ("Index/", "an Apple Numbers file. Export it as Excel or CSV"),
)
_OLD_BOOK = re.compile(rb"(?:W\x00o\x00r\x00k\x00b|B)\x00o\x00o\x00k\x00\x00\x00")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DOCUMENT = b"word/document.xml"
_DAMAGED_DOCUMENT = "is damaged, or is not a Word document. Open it in Word, save it again as .docx, and try again."
_DAMAGED = "is damaged, or is not a spreadsheet. Open it in Excel, save it again as .xlsx, and try again."


class FileKind(Enum):
    """Which reader takes it."""

    TEXT = "text"
    WEB = "web page"
    XLSX = ".xlsx"
    XLSB = ".xlsb"
    XLS = ".xls"
    ODS = ".ods"
    STRICT = "strict .xlsx"
    WORD = ".docx"


_BLOCK, _MOST_BEFORE_ROOT = 4096, 1_000_000  # bytes
_ROOT = re.compile(rb"<[^!?\s]")
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)


def damaged(name: str, content: bytes = b"") -> Refused:
    """The one sentence for what cannot be read; a document says that it is none where its parts are still named."""
    return Refused(f"{name} {_DAMAGED_DOCUMENT if _DOCUMENT in content else _DAMAGED}")


def kind_of(content: bytes, name: str) -> FileKind:
    """Which kind it is. Raises Refused for what is no table, with what it is instead, and whatever a damaged archive
    raises."""
    for mark, words in _NAMED:
        if content.startswith(mark):
            raise Refused(f"{name} is {words}.")
    if content.startswith(_OLE):
        return _old_kind(content, name)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return _packed_kind(parts, name)
    head = content[:4096].removeprefix(b"\xef\xbb\xbf")
    plain = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:8] else head
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and b"<?xml" in plain[:64]:
        raise Refused(f"{name} is an XML spreadsheet of 2003. Open it in Excel and save it as .xlsx.")
    return FileKind.WEB if _HTML.match(plain.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")) else FileKind.TEXT


def _old_kind(content: bytes, name: str) -> FileKind:
    """By the names of its streams, which are UTF-16."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\x00\x00" in content

    if has("EncryptedPackage"):
        raise Refused(f"{name} is protected with a password. Save it as .xlsx without one.")
    if _OLD_BOOK.search(content):
        return FileKind.XLS
    if has("WordDocument"):
        raise Refused(f"{name} is an old Word document. Save it as .docx.")
    raise damaged(name)


def _packed_kind(parts: zipfile.ZipFile, name: str) -> FileKind:
    held = parts.infolist()
    names = {part.filename for part in held}
    if any(part.flag_bits & 1 for part in held):
        raise Refused(f"{name} is protected with a password. Save it without one.")
    if sum(part.file_size for part in held) > MOST_UNPACKED:
        raise Refused(f"{name} is too large once unpacked. Export fewer rows.")
    lower = {part.casefold() for part in names}
    if "xl/workbook.xml" in lower:
        _refuse_definitions(parts, held, name)
        book = next(part for part in held if part.filename.casefold() == "xl/workbook.xml")
        is_strict = b"http://purl.oclc.org/ooxml" in parts.open(book).read(65_536)
        return FileKind.STRICT if is_strict else FileKind.XLSX
    if "xl/workbook.bin" in lower:
        return FileKind.XLSB
    if "mimetype" in names and parts.open("mimetype").read(100).startswith(_ODS):
        _refuse_definitions(parts, held, name)
        return FileKind.ODS
    if _DOCUMENT.decode() in lower:
        _refuse_definitions(parts, held, name)
        return FileKind.WORD
    for start, words in _PARTS:
        if any(part.startswith(start) for part in names):
            raise Refused(f"{name} is {words}.")
    raise Refused(f"{name} is a zip archive, not a spreadsheet. Unpack it and choose the list inside.")


def _refuse_definitions(parts: zipfile.ZipFile, held: list[zipfile.ZipInfo], name: str) -> None:
    """No office program defines entities: whoever does wants them to grow, or to fetch something."""
    for part in held:
        if part.filename.endswith((".xml", ".rels")):
            with parts.open(part) as opened:
                head = _before_root(opened)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise Refused(
                    f"{name} defines its own XML entities, which no office program does and which can overload a "
                    "computer. It was not read. Ask the sender for a new export."
                )


def _before_root(opened: IO[bytes]) -> bytes:
    """What stands in a part before its first element, where alone something can be defined; of a longer one that is no
    such part the beginning."""
    head = b""
    while len(head) < _MOST_BEFORE_ROOT and (block := opened.read(max(_BLOCK, len(head)))):
        head += block.replace(b"\x00", b"")
        if root := _ROOT.search(_ASIDE.sub(lambda aside: b" " * len(aside[0]), head)):
            return head[: root.start()]
    return head
