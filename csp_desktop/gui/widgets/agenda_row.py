"""One line of an agenda as a value: an item, a heading, a case, or a person of the private sub-agenda."""

from dataclasses import dataclass
from enum import Enum

from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import Trend, say_rating


class RowKind(Enum):
    """What a line is."""

    ITEM = "item"
    GROUP = "group"
    CASE = "case"
    PERSON = "person"


@dataclass(frozen=True)
class AgendaRow:
    """`key` is the record's id; a group has none. `movable` draws the grip; `adjustable` lets − and + change the
    minutes, `renamable` an item's title be written in its line. `reference` is what the room reads while its title is
    empty or not confirmed."""

    kind: RowKind
    key: str
    title: str
    minutes: int
    begins: str = ""
    number: str = ""
    detail: str = ""
    reason: str = ""
    reason_tone: Tone = Tone.NEUTRAL
    more: str = ""  # what else is said of it in the tooltip
    rating: str = ""
    rating_word: str = ""
    rating_tone: Tone = Tone.NEUTRAL
    trend: Trend = Trend.NONE
    reference: str = ""
    room_title: str = ""
    confirmed: bool = False
    deferred: bool = False
    movable: bool = False
    adjustable: bool = False
    renamable: bool = False
    badge: str = ""  # 'Own item'

    def room_words(self) -> str:
        """What the room will read."""
        if not self.confirmed:
            return f"Room screen title to confirm: {self.room_title or self.reference}"
        return f"Room screen: {self.room_title or self.reference}"

    def spoken(self) -> str:
        """The whole line, for a screen reader and the tooltip."""
        if self.kind is RowKind.CASE:
            rating = say_rating(f"rating {self.rating}", self.rating_word, self.trend)
            time = f"{self.minutes} minutes" + (", suggested for deferral" if self.deferred else "")
            case = (self.title, self.reason, self.more, rating, time, self.room_words())
            return ", ".join(part for part in case if part)
        if self.kind is RowKind.PERSON:
            rating = say_rating(f"rating {self.rating}", self.rating_word, self.trend) if self.rating else "not scored"
            said = (f"{self.number}. {self.title}", self.detail, self.begins, rating, f"{self.minutes} minutes")
            return ", ".join(part for part in said if part)
        parts = (self.begins, self.title, self.badge, self.detail, f"{self.minutes} minutes")
        return ", ".join(part for part in parts if part)
