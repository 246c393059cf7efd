"""Which column of a sender's lists is which field: said once, remembered under the sender's name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

NEAR = 0.8  # so much of all headings in common, a list may come from the same sender


@dataclass(frozen=True)
class SenderColumns:
    """`kind` is the kind of list, `columns` their headings with our fields, empty where a column is left out."""

    id: str
    kind: str
    sender: str
    columns: tuple[tuple[str, str], ...]
    sheet: str
    order: str
    letters: str
    on: date
    by: str


def in_common(one: Iterable[str], other: Iterable[str]) -> float:
    """From 0 to 1: how much of all headings of two lists both have, whatever their order; 1 for the same."""
    a, b = ({" ".join(heading.split()).casefold() for heading in each} for each in (one, other))
    return len(a & b) / len(a | b) if a | b else 0.0


def nearest(known: Sequence[SenderColumns], headings: Sequence[str]) -> SenderColumns | None:
    """The sender whose headings these most likely are; None where none is near. Of two alike the latest."""
    told = [(in_common((theirs for theirs, _ in one.columns), headings), one.on, n) for n, one in enumerate(known)]
    best = max(told, default=None)
    return known[best[2]] if best is not None and best[0] >= NEAR else None
