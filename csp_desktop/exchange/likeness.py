"""How alike two texts are, as a number; what follows from it is said in `domain.common.likeness`."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

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


def near_words(forms: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """Those of the words that are one typing error from a form of what was typed, a letter wrong, lost, doubled or two
    changed about, or that begin so; whole words first."""
    if not forms:
        return ()
    typed = max(forms, key=len)
    found = [words[at] for form in forms for at in _one_error_from(form, words)]
    for length in (len(typed), len(typed) + 1):
        longer = [word for word in words if len(word) > length]
        found += [longer[at] for at in _one_error_from(typed, [word[:length] for word in longer])]
    return tuple(dict.fromkeys(found))


def _one_error_from(form: str, words: Sequence[str]) -> list[int]:
    near = process.extract(form, words, scorer=OSA.distance, score_cutoff=1, limit=None)
    return [at for _, _, at in near]
