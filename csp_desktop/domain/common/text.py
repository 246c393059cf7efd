"""Text as it comes in, from keys, the clipboard, a command line or a file, and as it is kept.

Whole characters, in one line where one line is asked for, one thing a line where several are given.
"""

import os
import re
import unicodedata
from pathlib import Path

# Plain strings: `re` compiles each when it is first needed, which is not before the first window is painted.
_BREAKS = "[ \t]*[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029][ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]*"
_LINES = "[\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+"
_BULLET = r"\s*(?:[-–—•*·]|\d{1,2}[.)])\s+"

_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_TURNING = frozenset(map(chr, (*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_NO_LETTERS = frozenset("\ufeff\ufffe\uffff")


def whole(text: str) -> str:
    """Without lone surrogates: half of a character, which can be neither shown nor kept."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return text


def in_one_line(text: str) -> str:
    """For a field of one line: each line break and tab a space, so that no two words become one; none at the ends."""
    if text.isprintable():  # no break, no tab, no half of a character
        return text
    return re.sub(_BREAKS, "\n", whole(text)).strip("\n").replace("\n", " ")


def for_files(text: str) -> str:
    """As any file may hold it, in one line: composed, each break a space; without control characters, without those
    that turn a line round, without what is no letter."""
    kept = whole(text).translate(_SPACES)
    if not kept.isprintable():
        gone = _TURNING | _NO_LETTERS
        kept = "".join(c for c in kept if c not in gone and unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", kept)


def one_a_line(text: str) -> list[str]:
    """The lines that say something, without a bullet or number before them, each in one line."""
    lines = (in_one_line(re.sub(_BULLET, "", line, count=1)).strip() for line in re.split(_LINES, whole(text)))
    return [line for line in lines if line]


def written(path: Path | str) -> str:
    """The name as text. On Linux a name is bytes; what of it is no text becomes a mark that says so."""
    return os.fsencode(path).decode("utf-8", "replace")


def count_of(number: int, one: str, many: str) -> str:
    """'1 person', '5 people'"""
    return f"{number} {one if number == 1 else many}"
