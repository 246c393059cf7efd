"""Names that are likely none, or likely somebody who is on the list already: a person is asked before one is added, and
told before a copy goes out in it. Nothing here refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from csp_desktop.domain.common.likeness import Of, why_alike
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import TITLES

_OF_NOBODY = """
admin anon anonymous colleague deputy duty guest inbox mailbox member name new nobody none observer officer
person representative rep someone staff team temp tba tbc test unknown vacancy vacant visitor
"""
_PLACEHOLDERS = frozenset(_OF_NOBODY.split())
_MADE_UP = frozenset({"a n other", "an other", "joe bloggs", "john doe", "jane doe", "first last"})
_RANKS = frozenset(one.casefold() for one in TITLES)


@dataclass(frozen=True)
class Known:
    """Somebody on the list, with the name of their agency."""

    name: str
    agency: str


def is_placeholder(name: str) -> bool:
    """Whether a name stands for nobody in particular: 'Duty Officer', 'TBC', 'John John', 'A N Other'."""
    words = _words(name)
    if not words or " ".join(words) in _MADE_UP or any(word.isdigit() for word in words):
        return True
    doubled = len(words) > 1 and len(set(words)) == 1
    return doubled or all(word in _PLACEHOLDERS for word in words)


def same_person(name: str, known: Iterable[Known]) -> Known | None:
    """Somebody who has this name already, a rank or title, the order of the names and one mistyped letter
    left aside."""
    words = " ".join(_words(name))
    return next((one for one in known if words and why_alike(Of.PEOPLE, words, " ".join(_words(one.name)))), None)


def doubt_about(name: str, known: Iterable[Known]) -> str:
    """What to ask before somebody of this name is added, as a sentence; empty where nothing is odd."""
    if is_placeholder(name):
        return f"“{name}” does not look like a person’s name."
    found = same_person(name, known)
    if found is None:
        return ""
    is_same = folded(found.name) == folded(name)
    words = "is already on the list" if is_same else "is on the list, with almost the same name"
    return f"{found.name} of {found.agency} {words}. Is this someone else?"


def doubled(names: Iterable[str]) -> frozenset[str]:
    """Names, folded, that two people of a list have."""
    seen, twice = set[str](), set[str]()
    for name in map(folded, names):
        (twice if name in seen else seen).add(name)
    return frozenset(twice)


def _words(name: str) -> list[str]:
    """Its words, folded, without a rank or title."""
    words = folded(name).replace(".", " ").replace("-", " ").split()
    return [word for word in words if word not in _RANKS] or words
