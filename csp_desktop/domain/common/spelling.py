"""British spelling: which words of a text are in no list, and what may have been meant. Names are not judged."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NO_WORDS = re.compile(r"\S*[\d@/_]\S*|https?:\S+|www\.\S+|\[[^\]]*\]")  # references, addresses, marks of a paragraph
_SENTENCE = re.compile(r"(?:^|[.!?:;]\s+|[\n•–-]\s*|\d[.)]\s+)$")
LONGEST_SHORT = 6  # letters of what is written in capitals: CMHT, MARAC
MOST = 5  # offered
TRADE = frozenset(  # what this trade says and the list lacks
    [
        "asb",
        "cuckooing",
        "cuckooed",
        "cuckoo",
        "hmo",
        "isp",
        "cpg",
        "csp",
        "cmht",
        "cgl",
        "marac",
        "mappa",
        "halo",
        "swep",
        "icb",
        "pspo",
        "cpn",
        "cpw",
        "dvpo",
        "naloxone",
        "methadone",
        "nitrous",
        "moped",
        "mopeds",
        "rehoused",
        "rehousing",
        "referrer",
        "referrers",
        "minuted",
        "minuting",
        "okay",
        "online",
        "email",
        "emails",
        "inbox",
        "voicemail",
        "cctv",
        "doorbell",
        "wellbeing",
        "multi",
        "offline",
        "signpost",
        "signposted",
        "signposting",
    ]
)
LETTERS = "abcdefghijklmnopqrstuvwxyz'"


@dataclass(frozen=True)
class GlossaryWord:
    """A word of the partnership's own, kept in its file and nowhere else."""

    id: str
    word: str
    by: str
    on: date


class Span(NamedTuple):
    """A word of a text that is in no list, from its first character to before its last."""

    start: int
    end: int
    word: str


class Dictionary:
    """A list of words, one a line; those that end in `!` are right and never offered."""

    def __init__(self, lines: str) -> None:
        every = frozenset(lines.split("\n")) - {""}
        hidden = {word for word in every if word.endswith("!")}
        self.offered = every - hidden
        self.words = self.offered | {word[:-1] for word in hidden}

    def near(self, word: str) -> list[str]:
        """Words that look like it, of the same first letter."""
        like = [w for w in self.offered if w[:1] == word[:1] and abs(len(w) - len(word)) <= 2]
        return get_close_matches(word, like, n=MOST, cutoff=0.75)


class Speller(NamedTuple):
    """A dictionary with the words of a partnership: its glossary, its people, its places. Holds no word beyond them."""

    dictionary: Dictionary
    own: frozenset[str] = frozenset()

    def knows(self, word: str) -> bool:
        """Whether a word, or each of its parts, is in a list."""
        plain = word.replace("’", "'")
        if self._is_listed(plain):
            return True
        stem = re.sub(r"'(?:s|S)?$", "", plain)
        if stem != plain and self.knows(stem):
            return True
        parts = plain.split("-")
        return len(parts) > 1 and all(len(part) <= 2 or self.knows(part) for part in parts)

    def _is_listed(self, word: str) -> bool:
        folded = word.casefold()
        forms = (word, folded, folded.capitalize())
        return folded in self.own or folded in TRADE or any(form in self.dictionary.words for form in forms)

    def wrong(self, text: str) -> list[Span]:
        """The words in no list. What begins with a capital inside a sentence is a name, what is written in capitals an
        abbreviation, what has a digit a reference: none of them is judged."""
        skipped = [(found.start(), found.end()) for found in _NO_WORDS.finditer(text)]
        return [span for span in _words(text, skipped) if self._is_judged(text, span) and not self.knows(span.word)]

    def _is_judged(self, text: str, span: Span) -> bool:
        word = span.word
        if len(word) < 2 or (word.isupper() and len(word) <= LONGEST_SHORT):
            return False
        if text[span.end : span.end + 1] == "." and len(word) <= 2:
            return False
        if not word[0].isupper():
            return word.islower() or word[1:].islower()
        begins = bool(_SENTENCE.search(text[max(0, span.start - 8) : span.start])) or span.start == 0
        follows = text[span.end :].lstrip(" ")[:1]
        return begins and not follows.isupper()  # 'Hagden Lane' begins a sentence as a name

    def offers(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first, written as the word is."""
        plain = word.replace("’", "'").casefold()
        near = [made for made in _one_away(plain) if made in self.dictionary.offered or made in self.own]
        near.sort(key=lambda made: (sorted(made) != sorted(plain), made[:1] != plain[:1], abs(len(made) - len(plain))))
        apart = [
            f"{plain[:n]} {plain[n:]}"
            for n in range(1, len(plain) - 1)
            if (n > 1 or plain[0] in "ai") and self._both(plain[:n], plain[n:])
        ]
        found = list(dict.fromkeys([*near[:1], *apart[:1], *near[1:]]))
        if len(found) < 2:
            found = list(dict.fromkeys([*found, *self.dictionary.near(plain)]))
        return tuple(_as_written(made, word) for made in found[:MOST])

    def _both(self, first: str, second: str) -> bool:
        words = self.dictionary.offered
        return (first in ("a", "i") or (len(first) > 1 and first in words)) and second in words


def _words(text: str, skipped: Iterable[tuple[int, int]]) -> Iterator[Span]:
    passed = list(skipped)
    for found in _WORD.finditer(text):
        while passed and passed[0][1] <= found.start():
            passed.pop(0)
        if not (passed and passed[0][0] < found.end()):
            yield Span(found.start(), found.end(), found.group())


def _one_away(word: str) -> Iterator[str]:
    """Everything one typing error makes of a word."""
    for n in range(len(word) + 1):
        begun, rest = word[:n], word[n:]
        if len(rest) > 1:
            yield begun + rest[1] + rest[0] + rest[2:]
        if rest:
            yield begun + rest[1:]
        for letter in LETTERS:
            yield begun + letter + rest
            if rest:
                yield begun + letter + rest[1:]


def _as_written(made: str, word: str) -> str:
    return made[:1].upper() + made[1:] if word[:1].isupper() else made


def glossary_word(text: str) -> str:
    """A word as it is kept: alone, without what stands around it; empty where it is none."""
    found = _WORD.fullmatch(text.strip().replace("’", "'"))
    return found.group().casefold() if found else ""


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """Every word of names and places the file knows."""
    return frozenset(found.group().replace("’", "'").casefold() for text in texts for found in _WORD.finditer(text))
