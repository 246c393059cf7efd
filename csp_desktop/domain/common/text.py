"""Text as it comes in, from keys, the clipboard, a command line or a file, and as it is kept.

Whole characters, in one line where one line is asked for, one thing a line where several are given.
"""

import dataclasses
import operator
import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast

T = TypeVar("T")

_HALF = re.compile("[\ud800-\udfff]")
_BREAKS = re.compile("[ \t]*[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029][ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]*")
_LINES = re.compile("[\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-–—•*·]|\d{1,2}[.)])\s+")


def whole(text: str) -> str:
    """Without lone surrogates: half of a character, which can be neither shown nor kept."""
    if text.isascii() or not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def in_one_line(text: str) -> str:
    """For a field of one line: each line break and tab a space, so that no two words become one; none at the ends."""
    return _BREAKS.sub("\n", whole(text)).strip("\n").replace("\n", " ")


def one_a_line(text: str) -> list[str]:
    """The lines that say something, without a bullet or number before them, each in one line."""
    lines = (in_one_line(_BULLET.sub("", line, count=1)).strip() for line in _LINES.split(whole(text)))
    return [line for line in lines if line]


def mended(value: T) -> T:
    """The same record, list of values or text with every text in it whole; itself where there is nothing to mend."""
    return cast(T, _mended(value))


def _mended(value: Any) -> Any:
    if type(value) is str:
        return whole(value)
    if type(value) in (tuple, list):
        parts = [_mended(part) for part in value]
        return value if all(map(operator.is_, parts, value)) else type(value)(parts)
    if type(value) is dict:
        pairs = {_mended(key): _mended(part) for key, part in value.items()}
        return value if all(pairs.get(key) is part for key, part in value.items()) else pairs
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init}
        changed = {name: new for name, old in held.items() if (new := _mended(old)) is not old}
        return dataclasses.replace(value, **changed) if changed else value
    return value


@dataclass(frozen=True)
class KeptText:
    """Kept for the exact words and one meeting's paper. The words stand in their own record alone: here is only what
    tells them again. `case_id` is whom they are about, so that it goes when that is erased."""

    id: str
    meeting_id: str
    case_id: str
    text_sha256: str
    by: str
    at: datetime


def digest_of(meeting_id: str, words: str) -> str:
    """What tells the words again in the papers of one meeting, however they are composed."""
    same = unicodedata.normalize("NFC", words)
    import hashlib  # the first paint needs no hash

    return hashlib.sha256(f"{meeting_id}\n{same}".encode("utf-8", "surrogatepass")).hexdigest()


def written(path: Path | str) -> str:
    """The name as text. On Linux a name is bytes; what of it is no text becomes a mark that says so."""
    return os.fsencode(path).decode("utf-8", "replace")
