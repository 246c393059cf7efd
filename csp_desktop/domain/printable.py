"""Which characters of a paper cannot be printed, and where: the letters of the papers' fonts are Latin, Greek and
Cyrillic. A script whose letters change their shape or their place among others prints wrong even where a font has them.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from csp_desktop.domain.personal_text import Text

Missing = Callable[[Iterable[str]], tuple[str, ...]]  # the characters of some texts that no font here has
SET_LETTER_BY_LETTER = frozenset({
    "LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER", "FEMININE", "MASCULINE", "MICRO", "DOUBLE-STRUCK", "SCRIPT",
    "KELVIN", "ANGSTROM", "OHM",
})  # fmt: skip
_CALLED = {
    "CJK": "Chinese, Japanese or Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "NKO": "N’Ko",
}
MOST_SHOWN = 12  # characters named for one place


@dataclass(frozen=True)
class Unprintable:
    """The characters of one text that would print as boxes, or wrongly shaped."""

    text: Text
    characters: tuple[str, ...]

    @property
    def words(self) -> str:
        """'王 小 (Chinese, Japanese or Korean)'"""
        shown = " ".join(self.characters[:MOST_SHOWN])
        more = len(self.characters) - MOST_SHOWN
        scripts = dict.fromkeys(map(script_of, self.characters))
        return f"{shown}{f' and {more} more' if more > 0 else ''} ({', '.join(scripts)})"

    @property
    def place(self) -> str:
        """Where it stands, without a word of a case but its reference: 'section 4.3, SN-2026-0401, Discussion'."""
        number = f"section {self.text.number}" if self.text.number else "head of the paper"
        reference = self.text.section.split(",")[0] if self.text.case_id else ""
        return ", ".join(part for part in (number, reference, self.text.field) if part)


def unprintable(texts: Iterable[Text], missing: Missing) -> tuple[Unprintable, ...]:
    """Each text with characters that cannot be printed, in the order of the paper."""
    found = []
    for text in texts:
        words = unicodedata.normalize("NFC", text.words)
        lacking = set(missing((words,)))
        wrong = tuple(dict.fromkeys(c for c in words if c in lacking or needs_shaping(c)))
        if wrong:
            found.append(Unprintable(text, wrong))
    return tuple(found)


def needs_shaping(character: str) -> bool:
    """Whether its script is not set letter by letter from the left."""
    if unicodedata.category(character)[0] not in "LM":
        return False
    return _first_word(character) not in SET_LETTER_BY_LETTER


def script_of(character: str) -> str:
    """'Devanagari', 'Arabic', 'emoji or symbol'"""
    if unicodedata.category(character)[0] not in "LMN":
        return "emoji or symbol"
    word = _first_word(character)
    return _CALLED.get(word, word.capitalize() or "unknown script")


def _first_word(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]
