"""How hard a passphrase is to guess, and one made of words for people who would otherwise invent a short one."""

import importlib.resources
import math
import re
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache

WORDS = 5
_WORD_BITS = 11.0
_COMMON_BITS = 3.0
_YEAR_BITS = 7.0
_COMMON = re.compile(
    r"passwo?rd|passw0rd|p@ssw0rd|passphrase|welcome|letmein|qwerty|football|liverpool|arsenal|chelsea|watford|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|spring|summer|autumn|winter|council|police"
    r"|secret|admin|dragon|monkey|iloveyou|sunshine"
)
_YEAR = re.compile(r"(19|20)\d\d")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


@cache
def shipped_words() -> tuple[str, ...]:
    """The words a passphrase is made of (EFF large list, see resources/words)."""
    text = (
        importlib.resources.files("csp_desktop._built")
        .joinpath("data", "words", "eff_large.txt")
        .read_text(encoding="ascii")
    )
    return plain_words(text)


def plain_words(text: str) -> tuple[str, ...]:
    """One word a line; words with a hyphen are left out, for the hyphen may part words."""
    return tuple(word for word in text.split() if word.isalpha())


def made_of_words(words: Sequence[str], count: int = WORDS) -> str:
    """`count` words drawn evenly by the operating system's random source."""
    return " ".join(secrets.choice(words) for _ in range(count))


def bits_of(passphrase: str, words: Collection[str]) -> float:
    """An estimate, on the low side, of the guesses needed as a power of two. `words` should be a set."""
    text = unicodedata.normalize("NFKC", passphrase).strip()
    parts = [part for part in re.split(r"[\s\-_.,]+", text.casefold()) if part]
    if len(parts) > 1 and all(part in words for part in parts):
        return len(set(parts)) * math.log2(len(words))
    return _bits_of_characters(text, words)


def _bits_of_characters(text: str, words: Collection[str]) -> float:
    rest = text.casefold()
    bits = 0.0
    for pattern, worth in ((_COMMON, _COMMON_BITS), (_YEAR, _YEAR_BITS)):
        rest, found = pattern.subn("\0", rest)
        bits += worth * min(found, 2)
    for run in re.findall(r"[a-z]{4,}", rest):
        for length in range(len(run), 3, -1):
            known = next(
                (run[at : at + length] for at in range(len(run) - length + 1) if run[at : at + length] in words), None
            )
            if known:
                bits += _WORD_BITS
                rest = rest.replace(known, "\0", 1)
                break
    fresh = [
        mark for before, mark in zip(f"\0{rest}", rest, strict=False) if mark != "\0" and not _follows(before, mark)
    ]
    effective = min(len(fresh), 2 * len(set(fresh)))
    return bits + effective * math.log2(max(_pool(text), 2))


def _follows(before: str, mark: str) -> bool:
    """Whether a mark is what anybody would type next: the same again, or its neighbour in the alphabet or on the
    keyboard.
    """
    return before == mark or any(before + mark in run or mark + before in run for run in _RUNS)


def _pool(text: str) -> int:
    sizes = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10))
    size = sum(worth for is_kind, worth in sizes if any(is_kind(mark) for mark in text))
    return size + (20 if any(not mark.isalnum() for mark in text) else 0)
