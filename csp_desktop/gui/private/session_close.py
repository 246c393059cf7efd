"""The end of the private session: what was not reached, when the next one is, close and lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.meeting import ItemKind, TurnState
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import BACK, GO_ON
from csp_desktop.services.private.session_rows import PrivateState


class CloseView(QWidget):
    """`closed` with the closing note; `back_asked` leads to the session again."""

    closed = Signal(str)
    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._words, self.left = TitleLabel(self), QLabel(self), EntryList(self)
        self.note_edit, self.error = ProseLine(self), FieldError(self)
        self.close_button = PrimaryButton(self, text="Close the session", key=GO_ON.shown, height=52)
        self.back_button = SecondaryButton(self, text="Back", key=BACK.shown, height=52)
        self._next = QLabel(self)
        self._title.setText("Close and lock")
        self.left.set_flush(True)
        self.left.setAccessibleName("Not discussed")
        set_role(self._words, "second")
        self._words.setWordWrap(True)
        set_role(self._next, "strong")
        label = QLabel("Closing &note, for the minutes", self)
        set_role(label, "label")
        label.setBuddy(self.note_edit)
        self.note_edit.setAccessibleName("Closing note")
        self._card = Card(self)
        self._card.add(self._words)
        self._card.add(self.left, 1)
        for widget in (self._next, label, self.note_edit, self.error):
            self._card.add(widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(12))
        word = QLabel("End of the private session", self)
        set_role(word, "accent")
        word.setMinimumHeight(current().px(24))
        column.addWidget(word)
        column.addWidget(self._title)
        column.addWidget(self._card, 1)
        column.addLayout(buttons)
        self.close_button.clicked.connect(self.press)
        self.back_button.clicked.connect(self.back_asked)

    def show_state(self, state: PrivateState) -> None:
        """What stands when it is closed now."""
        people = [row for row in state.rail if row.state is not TurnState.DONE]
        items = [i for i in state.items if i.kind is not ItemKind.PEOPLE and i.state is not TurnState.DONE]
        rows = [
            Entry(row.turn_id, row.title, row.reference, pill="Comes back", pill_tone=Tone.MEDIUM) for row in people
        ]
        rows += [Entry(item.id, item.title, mark=EntryMark.AHEAD, pill="Not discussed") for item in items]
        self.left.set_entries(rows)
        self.left.setVisible(bool(rows))
        count = len(people)
        self._card.set_title("Not discussed", str(len(rows)) if rows else "")
        come = "1 person was" if count == 1 else f"{count} people were"
        self._words.setText(
            f"{come} not discussed and return at the next session." if count else "Everyone was discussed."
        )
        day = state.meeting.next_on
        self._next.setText(
            f"Next session: {screen_day(day, state.meeting.on)}."
            if day
            else "No next date was agreed. Set it under the item Next date, or close without one."
        )
        self.error.clear()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self) -> None:
        """Close it."""
        self.closed.emit(self.note_edit.text())
