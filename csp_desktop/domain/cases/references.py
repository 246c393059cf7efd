"""References that may be one: what spreadsheets and typing do to a number on its way."""

from collections import defaultdict
from collections.abc import Iterable

_LEAST = 3  # figures that a shortened number must still have


def why_one_reference(one: str, other: str) -> str:
    """Why two references may be one that was mangled on the way, in words; empty where they are simply two. Of two
    numbers of one length a single other figure says nothing: they are given one after the other."""
    a, b = (text.removeprefix("SN-").split("-") for text in (one, other))
    if len(a) != 2 or len(b) != 2 or a[0] != b[0] or a[1] == b[1]:
        return ""
    number, other_number = a[1], b[1]
    if int(number) == int(other_number):
        return "a leading zero is missing"
    if len(number) != len(other_number):
        short, long = sorted((number, other_number), key=len)
        return "figures are missing at the end" if len(short) >= _LEAST and long.startswith(short) else ""
    differ = [place for place, pair in enumerate(zip(number, other_number, strict=True)) if pair[0] != pair[1]]
    if len(differ) == 2 and differ[1] == differ[0] + 1 and sorted(number) == sorted(other_number):
        return "two figures are exchanged"
    return ""


class KnownReferences:
    """References that are known, by all that may become of them: a look-up does not go through all of them."""

    def __init__(self, references: Iterable[str]) -> None:
        self._by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
        for reference in references:
            for key in _keys(reference):
                self._by_key[key].append(reference)

    def alike(self, reference: str) -> tuple[str, str] | None:
        """The first known one that this may be, and why; None where there is none."""
        for key in _keys(reference):
            for known in self._by_key.get(key, ()):
                if why := why_one_reference(reference, known):
                    return known, why
        return None


def _keys(reference: str) -> list[tuple[str, str]]:
    year, _, number = reference.removeprefix("SN-").partition("-")
    if not number.isdecimal():
        return []
    shorter = {number[:length] for length in range(_LEAST, len(number) + 1)}
    return [
        (year, f"number {int(number)}"),
        (year, f"figures {sorted(number)}"),
        *((year, part) for part in sorted(shorter)),
    ]
