"""What counts as a signature, and how people are found by a few letters of their name."""

import math
import unicodedata
from collections.abc import Sequence
from itertools import filterfalse, pairwise

from csp_desktop.domain.meeting.confidentiality import Stroke
from csp_desktop.domain.people.agencies import TITLES, initials

DRAWN, TYPED = "drawn", "typed"  # how a signature was given
NO_LONGER_HELD = "drawn, since deleted"
LEAST_WIDTH = 0.08  # shares of the signing field
LEAST_HEIGHT = 0.06
LEAST_LENGTH = 0.25
LEAST_MOVEMENTS = 2  # strokes, or turns within one stroke: many people sign without lifting the pen
_TURN = 0.03
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"})


def signature_is_drawn(strokes: Sequence[Stroke]) -> bool:
    """A signature is at least a few strokes of some size; a dot or a bare line is asked for again."""
    points = [point for stroke in strokes for point in stroke]
    if not points:
        return False
    width = max(x for x, _ in points) - min(x for x, _ in points)
    height = max(y for _, y in points) - min(y for _, y in points)
    length = sum(math.dist(a, b) for stroke in strokes for a, b in pairwise(stroke))
    movements = sum(1 + _turns(stroke) for stroke in strokes if len(stroke) > 1)
    return width >= LEAST_WIDTH and height >= LEAST_HEIGHT and length >= LEAST_LENGTH and movements >= LEAST_MOVEMENTS


def _turns(stroke: Stroke) -> int:
    """How often a stroke changes between going up and going down, trembling left out."""
    turns, heading, extreme = 0, 0, stroke[0][1]
    for _, y in stroke[1:]:
        step = y - extreme
        if heading == 0 or step * heading > 0:
            if abs(step) >= _TURN or heading:
                heading, extreme = (1 if step > 0 else -1), y
        elif abs(step) >= _TURN:
            turns, heading, extreme = turns + 1, -heading, y
    return turns


def folded(text: str) -> str:
    """Text as it is compared: small letters, no accents, so that 'stefan' finds 'Ștefan' on any keyboard."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(filterfalse(unicodedata.combining, apart)).replace("’", "'")


def names_agree(typed: str, name: str) -> bool:
    """A typed full name is the person's, with or without rank or title."""
    return bool(_plain(typed)) and _plain(typed) == _plain(name)


def _plain(name: str) -> list[str]:
    return [folded(word) for word in name.replace("-", " ").split() if word.rstrip(".") not in TITLES]


def closeness(text: str, name: str) -> int | None:
    """How well a few letters fit a name: 0 best, None not at all. They begin its words or are its initials."""
    typed = folded(text).replace("-", " ").split()
    if not typed:
        return None
    words = folded(name).replace("-", " ").split()
    plain = _plain(name) or words
    if len(typed) == 1 and typed[0] == folded(initials(name)):
        return 0
    if plain and plain[0].startswith(typed[0]) and _follows(typed, plain):
        return 1
    return 2 if _follows(typed, words) else None


def _follows(typed: list[str], words: list[str]) -> bool:
    rest = iter(words)
    return all(any(word.startswith(part) for word in rest) for part in typed)
