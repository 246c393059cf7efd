"""What a person typed as a question to the full-text index: other forms of a word, one typing error, and words that are
written as one or as two."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from string import ascii_lowercase

from sqlalchemy import Connection, text

from csp_desktop.domain.common.likeness import Near

SHORTEST = 4  # letters of a word in which one may be mistyped
LEAST_PART = 3  # letters of either half of a word that may be two
MOST = 8  # other words for one typed
# what stands behind a stem, and how it begins: 'cuckooin' is on its way to 'cuckooing'
_ENDINGS = ["ings", "ed", "es", "ers", "y", "ments", "ations", "ness", "ally", "ity", "ible"]
_ENDINGS += ["able", "ful", "ive", "ous", "ance", "ence", "ism", "ist", "ise"]
TAILS = frozenset(ending[:end] for ending in _ENDINGS for end in range(1, len(ending) + 1))

_BEGINS = text("SELECT term FROM search_words_terms WHERE term >= :first AND term < :after LIMIT 1")
_TERMS = text("SELECT term FROM search_words_terms WHERE term >= :first AND term < :after")
_BEGUN = text(
    "SELECT value FROM json_each(:begun) AS begun WHERE EXISTS (SELECT 1 FROM search_words_terms"
    " WHERE term >= begun.value AND term < begun.value || :last)"
)
_LAST = "\U0010ffff"


def as_question(typed: str) -> str:
    """Every word must begin some word; nothing typed is an operator. Empty where no word is typed."""
    return _all_of(_words(typed))


def wide_question(connection: Connection, typed: str, near: Near) -> tuple[str, tuple[str, ...]]:
    """The same, each word also as what it may have been meant for, and how what is found may begin. A word that
    begins some word of the index is taken as it is; `near` says which words are one typing error away."""
    words, starts = _words(typed), [folded(word) for word in re.findall(r"\w+", typed)]
    if not words:
        return "", ()
    others = [_others(connection, word, near) for word in words]
    asked = " AND ".join(_any_of(word, also) for word, also in zip(words, others, strict=True))
    joined = [
        _all_of([*words[:at], pair, *words[at + 2 :]])
        for at in range(len(words) - 1)
        if (pair := _joined(words[at], words[at + 1])) and (_begins(connection, pair) or _stem(connection, pair))
    ]
    starts += [part for also in others for one in also for part in one.split()]
    starts += [_joined(*pair) for pair in zip(words, words[1:], strict=False)] if joined else []
    whole = " OR ".join(f"({one})" for one in (asked, *joined)) if joined else asked
    return whole, tuple(filter(None, starts))


def folded(words: str) -> str:
    """Small letters without accents, as the index holds them; as long as the text given."""
    if words.isascii():
        return words.lower()
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[0] for letter in words)


def _words(typed: str) -> list[str]:
    return [word for word in typed.replace("\0", " ").split() if re.search(r"\w", word)]


def _all_of(words: Sequence[str]) -> str:
    return " ".join(_begun(word) for word in words)


def _any_of(word: str, also: Sequence[str]) -> str:
    return f"({' OR '.join(map(_begun, (word, *also)))})" if also else _begun(word)


def _begun(word: str) -> str:
    doubled = word.replace('"', '""')
    return f'"{doubled}"*'


def _joined(first: str, second: str) -> str:
    pair = folded(first + second)
    return pair if pair.isalpha() else ""


def _others(connection: Connection, typed: str, near: Near) -> tuple[str, ...]:
    """What else a word may be: two words, a stem with another ending, or what is one error away."""
    word = folded(typed)
    if not word.isalpha() or len(word) < SHORTEST:
        return ()
    found = list(_in_two(connection, word))
    if not _begins(connection, word):
        stem = _stem(connection, word)
        found += [stem] if stem else _mistyped(connection, word, near)
    return tuple(dict.fromkeys(found))[:MOST]


def _stem(connection: Connection, word: str) -> str:
    """What the index holds of a word that stands there with another ending; empty where it does not."""
    return next((head for head in _heads(word) if _is_term(connection, head)), "")


def _heads(word: str) -> Iterator[str]:
    """The longest first, without a usual ending or the beginning of one."""
    return (word[:end] for end in range(len(word) - 1, LEAST_PART - 1, -1) if word[end:] in TAILS)


def _in_two(connection: Connection, word: str) -> Iterator[str]:
    for at in range(LEAST_PART, len(word) - LEAST_PART + 1):
        if _is_term(connection, word[:at]) and (_begins(connection, word[at:]) or _stem(connection, word[at:])):
            yield f"{word[:at]} {word[at:]}"


def _mistyped(connection: Connection, word: str, near: Near) -> Sequence[str]:
    """One error away among the words of the same first letter; else what begins as it does after another first letter.
    To look through all words would take too long for a letter typed."""
    terms = connection.execute(_TERMS, {"first": word[0], "after": word[0] + _LAST}).scalars().all()
    forms = (word, *_heads(word))
    if found := near(forms, terms):
        return found
    begun = {one for form in forms for one in _with_another_first(form)}
    asked = {"begun": json.dumps(sorted(begun)), "last": _LAST}
    return connection.execute(_BEGUN, asked).scalars().all()


def _with_another_first(word: str) -> Iterator[str]:
    """Its first letter wrong, lost, put before, or changed about with the second."""
    yield from (first + rest for rest in (word, word[1:]) for first in ascii_lowercase)
    yield word[1:]
    yield word[1] + word[0] + word[2:]


def _begins(connection: Connection, word: str) -> bool:
    return _first(connection, word) is not None


def _is_term(connection: Connection, word: str) -> bool:
    return _first(connection, word) == word


def _first(connection: Connection, word: str) -> str | None:
    found: str | None = connection.execute(_BEGINS, {"first": word, "after": word + _LAST}).scalar()
    return found
