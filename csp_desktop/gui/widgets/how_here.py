"""How somebody takes part who comes to a meeting, in the words of both meetings' desks: in the room, on Teams or by
telephone, alone or not, for themselves or for somebody who sent apologies.
"""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from csp_desktop.domain.meeting.confidentiality import Remote, where_words
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current

WAYS: tuple[tuple[str, Remote | None], ...] = (
    ("In the room", None),
    ("On Teams", Remote.TEAMS),
    ("By telephone", Remote.TELEPHONE),
)
ALONE: tuple[tuple[str, bool | None], ...] = (
    ("Alone in the room? Ask", None),
    ("Alone in the room", True),
    ("Not alone", False),
)
FOR_THEMSELVES = "themselves"


def fill_ways(box: QComboBox) -> None:
    """In the room, on Teams, by telephone."""
    for words, remote in WAYS:
        box.addItem(words, remote)


def fill_alone(box: QComboBox) -> None:
    """Not asked yet, alone, not alone."""
    for words, alone in ALONE:
        box.addItem(words, alone)


def show_in(box: QComboBox, value: object) -> None:
    """The row that stands for it."""
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemData(n) == value))


def here_words(remote: Remote | None) -> str:
    """'is on Teams'"""
    return f"is {where_words(remote)}"


def comes_words(remote: Remote | None, letter: str) -> str:
    """'Is on Teams', for the button that says so, with its access letter where the words have it."""
    words = where_words(remote)
    at = words.lower().find(letter)
    return "Is " + (words if at < 0 else f"{words[:at]}&{words[at:]}")


class HowHereFields(QWidget):
    """Asked where somebody comes in. Begins anew with `start`: in the room, for themselves. `changed` when they take
    part otherwise."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remote_box, self.here_for_box = QComboBox(self), QComboBox(self)
        self.remote_box.setAccessibleName("Takes part")
        self.here_for_box.setAccessibleName("Here for")
        fill_ways(self.remote_box)
        label = QLabel("for", self)
        set_role(label, "caption")
        for box in (self.remote_box, self.here_for_box):  # a long name must not widen the column
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(10)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().px(8))
        row.addWidget(self.remote_box, 1)
        row.addWidget(label)
        row.addWidget(self.here_for_box, 1)
        self.remote_box.currentIndexChanged.connect(self.changed)
        self.start(())

    @property
    def remote(self) -> Remote | None:
        """On Teams or by telephone; None in the room."""
        return WAYS[self.remote_box.currentIndex()][1]

    @property
    def here_for_id(self) -> str:
        """For whom they came; empty for themselves."""
        return str(self.here_for_box.currentData())

    def start(self, absent: Iterable[tuple[str, str]]) -> None:
        """For the next one; `absent` are id and name of those for whom they may come."""
        self.remote_box.setCurrentIndex(0)
        self.here_for_box.clear()
        self.here_for_box.addItem(FOR_THEMSELVES, "")
        for member_id, name in absent:
            self.here_for_box.addItem(name, member_id)
