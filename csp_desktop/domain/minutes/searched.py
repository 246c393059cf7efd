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
    """For each withheld text up to four pieces of it, from its beginning to its end; where those stand in what is
    allowed too, the shortest runs of its words that do not; none for a text that says nothing of its own."""
    known = searched("\n".join(allowed))
    return tuple(tuple(_pieces(text, known)) for text in withheld)


def is_short(piece: str) -> bool:
    """Whether a piece has so few letters that a file may hold them by chance, or as a word of its own making."""
    return len(searched(piece)) < LEAST


def _pieces(text: str, known: str) -> list[str]:
    words = text.rstrip(" .").split()  # the full stop of a reason gives way to the sentence's own
    starts = sorted({round(part * (len(words) - 1) / (PIECES - 1)) for part in range(PIECES)}) if words else []
    return _telling((_piece(words, start) for start in starts), known) or _shortest_runs(words, known)


def _telling(pieces: Iterable[str], known: str) -> list[str]:
    """Those that can be searched for, and that nobody else says."""
    return [one for one in dict.fromkeys(pieces) if len(searched(one)) >= SHORTEST and searched(one) not in known]


def _shortest_runs(words: list[str], known: str) -> list[str]:
    """Of the runs of words that nobody else says, some of the shortest."""
    for length in range(1, len(words) + 1):
        runs = (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
        found = [one for one in _telling(runs, known) if length == len(words) or not is_short(one)]
        if found:
            return found[:: max(1, len(found) // PIECES)][:PIECES]
    return []


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
