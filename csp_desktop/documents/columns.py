"""How wide the columns of a table are, whatever it is printed as."""

from collections.abc import Callable
from dataclasses import dataclass

from csp_desktop.domain.minutes.paper_parts import Grid


@dataclass(frozen=True)
class Measures:
    """What a kind of file measures by: its letters as it prints them, and points of width with the cell's margins."""

    clean: Callable[[str], str]
    head: Callable[[str], float]
    cell: Callable[[str], float]


def column_widths(grid: Grid, width: float, measures: Measures) -> list[float]:
    """Each column's share of the width; one whose longest word needs more gets it from those that have room to give.
    Where even that is not enough, a name in two parts is wrapped at its hyphen."""
    shares = [width * share / sum(grid.shares) for share in grid.shares]
    for pieces in (str.split, at_hyphens):
        needs = [_widest(grid, column, width, measures, pieces) for column in range(len(shares))]
        lacking = sum(max(0, need - share) for need, share in zip(needs, shares, strict=True))
        room = sum(max(0, share - need) for need, share in zip(needs, shares, strict=True))
        if lacking <= room:
            given = lacking / room if room else 0
            return [max(share - max(0, share - need) * given, need) for need, share in zip(needs, shares, strict=True)]
    return shares


def at_hyphens(words: str) -> list[str]:
    """'Ryan-Hope' goes on below after 'Ryan-'."""
    return words.replace("-", "- ").split()


def _widest(grid: Grid, column: int, width: float, measures: Measures, pieces: Callable[[str], list[str]]) -> float:
    """So wide is the column's longest word; a word as long as half the page is broken anyhow."""
    words = {word for row in grid.rows for word in pieces(measures.clean(row[column]))}
    heads = map(measures.head, pieces(measures.clean(grid.headers[column])))
    return max([*heads, *(wide for wide in map(measures.cell, words) if wide < width / 2)], default=0)
