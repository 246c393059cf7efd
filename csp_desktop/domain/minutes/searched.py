"""Short pieces of what is withheld, by which a finished file can be searched for it. None stands in what its reader may
have.
"""

import re
import unicodedata
from collections.abc import Iterable

_UNSEEN = re.compile(r"[\s\u200b-\u200f\u00ad\u2060\ufeff]+")
LEAST, MOST_WORDS, PIECES = 16, 6, 4  # letters of a piece that chance does not bring together; words of one; of a text
SHORTEST = 4  # letters of a text that can be searched for at all


def searched(text: str) -> str:
    """A text as it is searched for: no spaces, one case, one form of each letter."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def pieces_of(withheld: Iterable[str], allowed: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """For each withheld text up to four pieces of it, from its beginning to its end; none for a text that says nothing
    of its own, since others say the same."""
    known = searched("\n".join(allowed))
    found = (tuple(_pieces(text, known)) for text in withheld)
    return tuple(pieces for pieces in found if pieces)


def _pieces(text: str, known: str) -> list[str]:
    words = text.split()
    starts = sorted({round(part * (len(words) - 1) / (PIECES - 1)) for part in range(PIECES)}) if words else []
    pieces = dict.fromkeys(_piece(words, start) for start in starts)
    return [piece for piece in pieces if len(searched(piece)) >= SHORTEST and searched(piece) not in known]


def _piece(words: list[str], start: int) -> str:
    """From this word on as many as it takes; from the end backwards where there are too few."""
    end = start + 1
    while len(searched("".join(words[start:end]))) < LEAST and end - start < MOST_WORDS:
        if end < len(words):
            end += 1
        elif start > 0:
            start -= 1
        else:
            break
    return " ".join(words[start:end])
