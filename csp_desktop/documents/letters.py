"""What people typed, as letters that can be printed: to which script each belongs, and which no font here can print."""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from csp_desktop.documents.fonts import OWN, Script, covered, script_of

NO_PICTURE = "\ufffd"  # the sign for a letter that cannot be printed
JOINERS = "\u200c\u200d\ufe0e\ufe0f"  # part or join letters of some scripts, and choose between two forms of an emoji
_BREAKS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\u2028\u2029"), " ")
_LEFT_OUT = dict.fromkeys(
    [
        *range(32),
        *range(0x7F, 0xA0),
        *range(0xD800, 0xE000),  # halves of a surrogate pair
        *map(ord, "\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"),
        *range(0x202A, 0x202F),  # turn the reading order round
        *range(0x2066, 0x206A),
    ]
)
_SKIN_TONES = (0x1F3FB, 0x1F3FF)
_DANDA = "\u0964\u0965"  # ends a sentence in all scripts of India


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
    if text.isascii() and text.isprintable():
        return text
    kept = unicodedata.normalize("NFC", text).translate(_BREAKS).translate(_LEFT_OUT)
    if all(script_of(letter) is OWN for letter in set(kept)) and not any(joiner in kept for joiner in JOINERS):
        return kept
    return "".join(words for _, words in runs(kept))


def missing_letters(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters that cannot be printed, each once, in the order of their code."""
    found = {letter for text in texts for letter in unicodedata.normalize("NFC", text)}
    return tuple(sorted(c for c in found if c not in JOINERS and _is_letter(c) and script_of(c) is None))


def _is_letter(letter: str) -> bool:
    return ord(letter) not in _LEFT_OUT and ord(letter) not in _BREAKS


def runs(text: str) -> list[tuple[Script, str]]:
    """The text in stretches of one font each. Marks stay with the letters before them; a joiner outside a script that
    knows it is left out, a letter without a picture becomes the sign for it."""
    found: list[tuple[Script, str]] = []
    for letter in text:
        before = found[-1][0] if found else OWN
        if letter in JOINERS:
            script: Script | None = before
            letter = letter if before is not OWN else ""
        elif _goes_with(letter, before):
            script = before
        else:
            script = script_of(letter)
        if script is None:
            script, letter = OWN, NO_PICTURE
        if found and before is script:
            found[-1] = (script, found[-1][1] + letter)
        elif letter:
            found.append((script, letter))
    return found


def _goes_with(letter: str, script: Script) -> bool:
    """Whether it stays with letters of a script that is not its own."""
    if script is OWN or not (letter in _DANDA or is_mark(letter)):
        return False
    return ord(letter) in covered(script)


def is_mark(letter: str) -> bool:
    """Drawn upon or around the letter before it."""
    low, high = _SKIN_TONES
    return unicodedata.category(letter)[0] == "M" or low <= ord(letter) <= high
