"""The minutes of a meeting held before this program was in use: their text is kept, so that the first meeting here has
minutes to agree.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import FieldRefused

DAY, TEXT = "on", "text"  # what is asked, each the attribute it ends in
LONGEST = 400_000  # letters
_PRESENT = re.compile(r"\s*(?:present|in attendance|attendees|attended)\b\s*[:|–—-]\s*(.+)", re.IGNORECASE)
_APOLOGIES = re.compile(r"\s*(?:apologies(?: for absence| received)?)\b\s*[:|–—-]\s*(.+)", re.IGNORECASE)


@dataclass(frozen=True)
class EarlierMinutes:
    """The minutes of the meeting of one day, as text. `source`: the name of the file they came in, or empty."""

    id: str
    on: date
    text: str
    present: str
    apologies: str
    source: str
    at: datetime
    by: str

    @property
    def lines(self) -> int:
        """How many lines hold something."""
        return sum(bool(line.strip()) for line in self.text.splitlines())

    @property
    def words(self) -> str:
        """'Minutes of Thu 29 Oct 2026, 45 lines; present: Dan Holt, Ewa Łukasik'"""
        told = f"Minutes of {dated_day(self.on)}, {self.lines} {'line' if self.lines == 1 else 'lines'}"
        found = [f"present: {self.present}"] if self.present else []
        found += [f"apologies: {self.apologies}"] if self.apologies else []
        return "; ".join([told, *found])


def named_in(lines: Iterable[str]) -> tuple[str, str]:
    """Who was present and who sent apologies, where a line of the text says so."""
    kept = list(lines)
    return tuple(  # type: ignore[return-value]
        next((found[1].strip() for line in kept if (found := asked.match(line))), "")
        for asked in (_PRESENT, _APOLOGIES)
    )


def checked(text: str, on: date | None, today: date) -> tuple[str, date]:
    """The text as it is kept, and its day. Raises FieldRefused for none, one still to come, and for no text."""
    if on is None:
        raise FieldRefused(DAY, "Give the date of the meeting these minutes are of.")
    if on > today:
        raise FieldRefused(DAY, f"{dated_day(on)} is in the future. Give the date of a meeting that was held.")
    kept = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not kept:
        raise FieldRefused(TEXT, "Paste the text of the minutes.")
    if len(kept) > LONGEST:
        raise FieldRefused(TEXT, f"The text is longer than {LONGEST:,} characters. Keep the minutes without annexes.")
    return kept, on
