"""Text as it comes in, from keys, the clipboard, a command line or a file: whole characters, in one line where one line
is asked for, one thing a line where several are given.
"""

import dataclasses
import re
from typing import Any, TypeVar

T = TypeVar("T")

_BREAKS = re.compile("[ \t]*[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029][ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]*")
_LINES = re.compile("[\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s*(?:[-–—•*·]|\d{1,2}[.)])\s+")


def whole(text: str) -> str:
    """Without lone surrogates: half of a character, which can be neither shown nor kept."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def in_one_line(text: str) -> str:
    """For a field of one line: each line break and tab a space, so that no two words become one; none at the ends."""
    return _BREAKS.sub("\n", whole(text)).strip("\n").replace("\n", " ")


def one_a_line(text: str) -> list[str]:
    """The lines that say something, without a bullet or number before them, each in one line."""
    lines = (in_one_line(_BULLET.sub("", line, count=1)).strip() for line in _LINES.split(whole(text)))
    return [line for line in lines if line]


def whole_record(record: T) -> T:
    """The same record with every text in it whole; itself where there is nothing to mend."""
    if not dataclasses.is_dataclass(record) or isinstance(record, type):
        return record
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        mended = _whole(value)
        if mended is not value:
            changed[field.name] = mended
    return dataclasses.replace(record, **changed) if changed else record


def _whole(value: Any) -> Any:
    """The value itself unless a text within it had to be mended."""
    if isinstance(value, str) and type(value) is str:
        mended: Any = whole(value)
        return value if mended == value else mended
    if isinstance(value, tuple) and type(value) is tuple:
        parts = tuple(_whole(part) for part in value)
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
    if isinstance(value, dict):
        pairs = {_whole(key): _whole(part) for key, part in value.items()}
        return value if all(pairs.get(key) is part for key, part in value.items()) else pairs
    return whole_record(value)
