"""How alike two texts are: the one place that says it, for headings, references, names and places."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from csp_desktop.domain.common.folding import reference_in

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """'DateCreated', 'date_created' and 'Date Created:' are one: small words with single spaces, without accents."""
    split = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text))
    return _NO_WORD.sub(" ", "".join(c for c in split if not unicodedata.combining(c))).strip().casefold()


def likeness(one: str, other: str) -> float:
    """From 0 to 1, whatever the order of the words; 1 for the same words. Much more than some words in common is
    needed to come near 1."""
    a, b = plain_words(one), plain_words(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    return max(fuzz.token_sort_ratio(a, b) * 0.95, fuzz.token_set_ratio(a, b) * 0.87) / 100


def closest(text: str, words: Iterable[str]) -> float:
    """How alike it is to the one of these that is most alike."""
    return max((likeness(text, word) for word in words), default=0.0)


def why_one_reference(one: str, other: str) -> str:
    """Why two references may be one that was mangled on the way, in words; empty where they are simply two. Of two
    numbers of the right length a single other figure says nothing: they are numbered one after the other."""
    a, b = (reference_in(text).removeprefix("SN-").split("-") for text in (one, other))
    if len(a) != 2 or len(b) != 2 or a == b:
        return ""
    (year, number), (other_year, other_number) = a, b
    if year != other_year:
        return ""
    if int(number) == int(other_number):
        return "a leading zero is missing"
    if len(number) != len(other_number):
        begins = number.startswith(other_number) or other_number.startswith(number)
        return "figures are missing at the end" if begins else ""
    exchanged = sorted(number) == sorted(other_number) and DamerauLevenshtein.distance(number, other_number) == 1
    return "two figures are exchanged" if exchanged else ""
