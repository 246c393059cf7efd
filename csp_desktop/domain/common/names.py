"""Names as people enter or import them: the one place that says what a name may hold and how it is kept.

A name is kept composed, so that "José" typed on any computer is one José, in one line with single spaces. What nobody
can see or what turns the reading order round is refused with words: it would make two people of one, or show one name
as another.
"""

import unicodedata

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.text import whole

LONGEST = 200  # letters of a name; what is longer is no name, and no heading holds it
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_CALLED = {
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width mark",
    "\u200d": "a zero-width mark",
    "\u2060": "a zero-width mark",
    "\ufeff": "a zero-width mark",
    "\u00ad": "an invisible hyphen",
}
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def composed(text: str) -> str:
    """As it is kept: composed, in one line, one space between words."""
    return " ".join(unicodedata.normalize("NFC", whole(text)).split())


def fault_of(text: str, most: int = LONGEST) -> str:
    """Why this cannot be kept as a name, as the end of a sentence; empty where it can."""
    plain = composed(text)
    if len(plain) > most:
        return f"is longer than {most} characters. Shorten it."
    if plain.isascii() and plain.isprintable():
        return ""
    for place, character in enumerate(plain):
        if is_unseen(character):
            near = f" after “{plain[max(0, place - 12) : place].lstrip()}”" if place else " at its beginning"
            return f"contains {_word(character)}{near}. Type it again there."
    return ""


def entered(text: str, what: str, field: str = "") -> str:
    """The name as it is kept. Raises Refused with `what` as the subject of the sentence, 'The name'; FieldRefused about
    `field`, where that is given.
    """
    fault = fault_of(text)
    if fault and field:
        raise FieldRefused(field, f"{what} {fault}")
    if fault:
        raise Refused(f"{what} {fault}")
    return composed(text)


def is_unseen(character: str) -> bool:
    """Whether nobody can see it, or it changes how the others are read."""
    if character in _INVISIBLE or "\ufe00" <= character <= "\ufe0f" or "\U000e0000" <= character <= "\U000e0fff":
        return True
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co")


def _word(character: str) -> str:
    if character in _TURNING:
        return "a mark that reverses the reading order"
    if unicodedata.category(character) == "Cc":
        return "a control character"
    return _CALLED.get(character, "an invisible character")
