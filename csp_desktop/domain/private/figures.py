"""A number of people that New Hope's lead deliberately lets out of the private file, and what it counts."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from csp_desktop.domain.common.days import paper_day


class Counted(Enum):
    """What a figure counts; the words complete 'were'."""

    SEEN = "seen sleeping rough in the last 28 days"
    ON_LIST = "on the list of the private rough-sleeping meeting"
    NEW = "seen sleeping rough for the first time in the last 28 days"


@dataclass(frozen=True)
class ReleasedFigure:
    """One release. `count` is the text that went out ('12', 'fewer than 5'); the exact number is not kept with it."""

    id: str
    on: date
    counted: Counted
    count: str
    by: str

    @property
    def sentence(self) -> str:
        """What is copied into a report: nothing in it leads to a person."""
        people = "person was" if self.count == "1" else "people were"
        number = "no" if self.count == "0" else self.count
        words = f"On {paper_day(self.on)}, {number} {people} {self.counted.value}."
        return words + (" Small counts are hidden." if self.count.startswith("fewer") else "")
