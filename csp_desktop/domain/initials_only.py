"""Private papers name nobody: names typed into a note become initials, and a person a reader may not hear of becomes
"someone else". The words are changed before anything is printed, so nothing stands beneath what can be read.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from csp_desktop.domain.signatures import folded

SOMEONE = "someone else"
LEAST_LETTERS = 3  # of a part of a name that is taken for the name
NO_NAMES = frozenset({"unknown", "man", "woman", "person", "young", "old", "the", "and", "von", "van"})


@dataclass(frozen=True)
class Known:
    """One person of the private file by everything they may be called."""

    person_id: str
    names: tuple[str, ...]  # the known name first, then the aliases
    initials: str
    reference: str


class InitialsOnly:
    """Changes texts for one reader. `readable` are the ids of the people they may hear of, None for all; `spared` are
    words that are also names of people at the table: a colleague's first name is left alone.
    """

    def __init__(
        self, people: Sequence[Known], readable: Collection[str] | None = None, spared: Iterable[str] = ()
    ) -> None:
        self._readable = readable
        left_alone = {folded(word) for words in spared for word in _words(words)} | NO_NAMES
        self._whole = _changer([(name, self._stands_for(one)) for one in people for name in _wholes(one)])
        parts = [(part, self._stands_for(one)) for one in people for part in _parts(one) if part not in left_alone]
        self._part = _changer(parts, lambda said: said[:1].isupper())
        hidden = [one for one in people if readable is not None and one.person_id not in readable]
        shown = {one.initials for one in people if one not in hidden}
        marks = [one.reference for one in hidden] + [one.initials for one in hidden if one.initials not in shown]
        marks += [mark.replace(".", "") for mark in marks]  # KB is K.B.
        self._mark = _changer([(mark, SOMEONE) for mark in marks if len(mark) > 1], str.isupper)

    def _stands_for(self, one: Known) -> str:
        return one.initials if self._readable is None or one.person_id in self._readable else SOMEONE

    def __call__(self, text: str) -> str:
        """The text without a name."""
        return self._mark(self._part(self._whole(unicodedata.normalize("NFC", text)))) if text else text


def _changer(
    pairs: Sequence[tuple[str, str]], meant: Callable[[str], bool] = lambda said: True
) -> Callable[[str], str]:
    """Replaces each of the words as a whole, the longest first, where it is `meant`; accents make no difference."""
    by_word: dict[str, str] = {}
    for word, stands_for in pairs:
        by_word.setdefault(folded(word), stands_for)
    if not by_word:
        return lambda text: text
    longest = sorted(by_word, key=len, reverse=True)
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest) + r")(?!\w)", re.IGNORECASE
    )

    def change(text: str) -> str:
        plain = same_length(text)

        def put(found: re.Match[str]) -> str:
            said = text[found.start() : found.end()]
            if not meant(said):
                return said
            return by_word[folded(" ".join(found.group().split()))]

        changed, at = [], 0
        for found in pattern.finditer(plain):
            words = put(found)
            changed += [text[at : found.start()], words]
            at = found.end() + (words.endswith(".") and text[found.end() : found.end() + 1] == ".")
        return "".join([*changed, text[at:]])

    return change


def same_length(text: str) -> str:
    """Each letter without its accents; a letter that becomes two stays as it is, so that places do not move."""
    return "".join(plain if len(plain := folded(c)) == 1 and not c.isupper() else _upper(c) for c in text)


def _upper(letter: str) -> str:
    plain = folded(letter).upper()
    return plain if len(plain) == 1 else letter


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"[\s\-,.]+", name) if word]


def _wholes(one: Known) -> list[str]:
    """Names as they were entered; one of several words counts in any writing, a single one only as a part does."""
    return [" ".join(name.split()) for name in one.names if len(_words(name)) > 1]


def _parts(one: Known) -> list[str]:
    """The words of names, of a description ('unknown man, bridge') those with a capital."""
    found = [(word, len(_words(name)) == 1) for name in one.names for word in _words(name)]
    return [folded(word) for word, alone in found if len(word) >= LEAST_LETTERS and (alone or word[0].isupper())]
