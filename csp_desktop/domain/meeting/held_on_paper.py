"""A meeting that was held on paper and is entered afterwards: its times are those that stand on the sheets, never the
clock's, and whoever signed did so on paper.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import ClassVar

from csp_desktop.domain.common.days import clock, dated_day, local, paper_day
from csp_desktop.domain.common.errors import FieldRefused, Refused

TIME, READER, KEPT = "at", "reader", "kept"  # what is asked, each the attribute it ends in
SIGNED = "on paper"  # how such a signature was given


@dataclass(frozen=True)
class HeldOnPaper:
    """That a meeting is entered from paper. `at`: the time on the sheets that what is entered next happened at;
    `reader`: who read back; `readers`: (item's or turn's id, name) of each that was; `kept`: where the signed sheets
    are."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    at: datetime
    reader: str
    kept: str
    entered_at: datetime
    by: str
    readers: tuple[tuple[str, str], ...] = ()

    def reader_of(self, stop_id: str) -> str:
        """Who read it back."""
        return dict(self.readers).get(stop_id, "")

    def read_back(self, stop_id: str) -> "HeldOnPaper":
        """It was read back, by whoever is named now."""
        rows = {**dict(self.readers), stop_id: self.reader}
        return replace(self, readers=tuple(rows.items()))


def time_on_paper(at: datetime, now: datetime) -> datetime:
    """A time of the sheets as it is kept. Raises FieldRefused for one that is still to come."""
    if at > now:
        raise FieldRefused(
            TIME,
            f"{clock(at)} on {dated_day(local(at).date())} is in the future. Give a time from the sheets.",
        )
    return at


def refuse_before(on: date, today: date) -> None:
    """Raise Refused for a meeting whose day has not come."""
    if today < on:
        raise Refused(f"The meeting is on {dated_day(on)}. It can be entered from paper from that date.")


def entered_words(on: date, by: str) -> str:
    """What the minutes say of it."""
    return f"This meeting was held on paper; it was entered on {paper_day(on)} by {by}."


def kept_words(kept: str) -> str:
    """Where the signatures are."""
    return f"The signatures are on the paper sign-in sheets, kept here: {kept}."
