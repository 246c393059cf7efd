"""Which letters of a text run from the right: the levels of the Unicode bidirectional algorithm (UAX 9, rules W1 to W7,
N1, N2, I1, I2) in a paragraph from the left. Explicit controls never get here; pairs of brackets are no rule of ours.
"""

import unicodedata
from typing import TypeVar

T = TypeVar("T")
_NEUTRAL = ("ON", "WS", "S", "B")
_LEVEL = {"L": 0, "R": 1, "EN": 2, "AN": 2}


def levels_of(text: str) -> list[int]:
    """Of each character: 0 from the left, 1 from the right, 2 a number among letters from the right."""
    kinds = [unicodedata.bidirectional(letter) or "L" for letter in text]
    if not any(kind in ("R", "AL", "AN") for kind in kinds):
        return [0] * len(text)
    at = [n for n, kind in enumerate(kinds) if kind != "BN"]
    found = [kinds[n] for n in at]
    _resolve_weak(found)
    _resolve_neutral(found)
    levels = [0] * len(text)
    for n, kind in zip(at, found, strict=True):
        levels[n] = _LEVEL[kind]
    for n, kind in enumerate(kinds):  # a joiner goes with the letter before it
        if kind == "BN" and n:
            levels[n] = levels[n - 1]
    return levels


def _resolve_weak(kinds: list[str]) -> None:
    """Marks, numbers and what parts or ends them."""
    before = strong = "L"
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kind = kinds[n] = before
        before = kind
    for n, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[n] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for n in range(1, len(kinds) - 1):
        both = kinds[n - 1] if kinds[n - 1] == kinds[n + 1] else ""
        if (kinds[n] in ("ES", "CS") and both == "EN") or (kinds[n] == "CS" and both == "AN"):
            kinds[n] = both
    _resolve_terminators(kinds)
    strong = "L"
    for n, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"


def _resolve_terminators(kinds: list[str]) -> None:
    for start, end in _stretches(kinds, ("ET",)):
        if "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""):
            kinds[start:end] = ["EN"] * (end - start)
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]


def _resolve_neutral(kinds: list[str]) -> None:
    """What has no direction takes that of both its neighbours, or the paragraph's."""
    for start, end in _stretches(kinds, _NEUTRAL):
        before = "L" if not start or kinds[start - 1] == "L" else "R"
        after = "L" if end == len(kinds) or kinds[end] == "L" else "R"
        kinds[start:end] = [before if before == after else "L"] * (end - start)


def _stretches(kinds: list[str], wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """From where to where the wanted kinds stand next to one another."""
    found: list[tuple[int, int]] = []
    for n, kind in enumerate(kinds):
        if kind not in wanted:
            continue
        if found and found[-1][1] == n:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return found


def in_order_of_sight(items: list[T], levels: list[int]) -> list[T]:
    """The items as they stand from the left (rule L2)."""
    order = list(range(len(items)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return [items[n] for n in order]
