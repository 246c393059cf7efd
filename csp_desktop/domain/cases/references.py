"""References that may be one: what spreadsheets and typing do to a number on its way."""

from collections import defaultdict
from collections.abc import Iterable

from csp_desktop.domain.common.likeness import LEAST_FIGURES, Of, why_alike


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
                if why := why_alike(Of.REFERENCES, reference, known):
                    return known, why
        return None


def _keys(reference: str) -> list[tuple[str, str]]:
    year, _, number = reference.removeprefix("SN-").partition("-")
    if not number.isdecimal():
        return []
    shorter = {number[:length] for length in range(LEAST_FIGURES, len(number) + 1)}
    return [
        (year, f"number {int(number)}"),
        (year, f"figures {sorted(number)}"),
        *((year, part) for part in sorted(shorter)),
    ]
