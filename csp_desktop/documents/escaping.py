"""What people typed becomes text on paper and nothing else: the one way into a paragraph, whose language is markup."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from csp_desktop.documents.fonts import missing_letters

NO_PICTURE = "\ufffd"  # the sign for a letter the family has no picture of
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\ufe0e\ufe0f"))
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@contextmanager
def for_one_paper() -> Iterator[None]:
    """What a paper says is remembered while it is made, since it says much of it more than once, and not a moment
    longer."""
    try:
        yield
    finally:
        plain.cache_clear()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text composed and without control characters; breaks become spaces, what cannot be printed the sign for a missing
    letter."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(" " if c in "\t\n\r\x0b\x0c\u2028\u2029" else c for c in text)
    kept = "".join(c for c in kept if c == " " or not (ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000))
    kept = kept.translate(INVISIBLE)
    return kept.translate({ord(c): NO_PICTURE for c in missing_letters((kept,))})


def markup(text: str) -> str:
    """Plain text written so that a paragraph shows it letter for letter."""
    return plain(text).translate(MARKUP)
