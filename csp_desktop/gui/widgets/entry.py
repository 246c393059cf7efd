"""One row of a list as a value: what the rail, the side lists and "Needs you" are made of."""

from dataclasses import dataclass
from enum import Enum

from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import Trend, say_rating


class EntryMark(Enum):
    """What stands before a row: how far it is."""

    NONE = ""
    DONE = "done"
    STEP_DONE = "done "
    CURRENT = "now"
    AHEAD = "to do"
    SKIPPED = "put off"
    WARN = "needs attention"


@dataclass(frozen=True)
class Entry:
    """One row. `key` is what `chosen` gives back; a heading has none. `number` draws a numbered disc (filled when
    `mark` is CURRENT); `tile` puts the icon on a coloured square, as in "Needs you", where `people` (name, how
    many) and `totals` (rating, tone) stand before the pill."""

    key: str
    title: str
    subtitle: str = ""
    icon: str = ""
    number: str = ""
    mark: EntryMark = EntryMark.NONE
    person: str = ""
    group: str = ""
    caption: str = ""
    caption_icon: str = ""
    tone: Tone = Tone.NEUTRAL
    pill: str = ""
    pill_tone: Tone = Tone.NEUTRAL
    rating: str = ""
    rating_word: str = ""
    rating_tone: Tone = Tone.NEUTRAL
    trend: Trend = Trend.NONE
    tile: Tone | None = None
    people: tuple[tuple[str, int], ...] = ()
    totals: tuple[tuple[str, Tone], ...] = ()
    heading: bool = False
    dim: bool = False
    told: str = ""  # what a number or a sign in the row means, for whoever cannot see it

    def __hash__(self) -> int:
        """By what tells rows apart: lists ask for it very often while they are laid out."""
        return hash((self.key, self.title, self.caption))

    def spoken(self) -> str:
        """Everything in the row, for a screen reader and the tooltip."""
        rating = say_rating(f"rating {self.rating}", self.rating_word, self.trend) if self.rating else ""
        more = [f"{name} {count}" for name, count in self.people]
        more += [f"ratings {', '.join(total for total, _ in self.totals)}"] if self.totals else []
        parts = [
            self.title,
            self.subtitle,
            self.mark.value.strip(),
            rating,
            *more,
            self.told or self.pill,
            self.caption,
        ]
        return ", ".join(part for part in parts if part)
