"""How a turn at a meeting ends: the choices by key, the fields a choice asks for in place, and the read-back.

What differs between the meetings is handed in: the choices, the fields, and what else stands beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import ChoiceButton, NextButton
from csp_desktop.gui.widgets.containers import Flow, reveal
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import GO_ON, cap
from csp_desktop.gui.window.keys import is_escape


@dataclass(frozen=True)
class Leads:
    """What a choice leads to now, or why it cannot be made."""

    to: str
    refused: str = ""
    brief: str = ""  # the same where there is little room


class AskedField(QFrame):
    """A label and the line beside it; shown when it is asked for."""

    def __init__(self, parent: QWidget, words: str, least_width: int) -> None:
        super().__init__(parent)
        self._label, self.line = QLabel(self), ProseLine(self)
        set_role(self._label, "label")
        self._label.setBuddy(self.line)
        self.line.setMinimumWidth(current().px(least_width))
        self.set_words(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.addWidget(self._label)
        row.addWidget(self.line, 1)

    def set_words(self, words: str) -> None:
        """What it asks for, to a screen reader too."""
        self._label.setText(words)
        self.line.setAccessibleName(words)


def choice_key(number: int) -> str:
    """What a choice is made with: its number."""
    return f"Ctrl+{number}"


class OutcomeBar(QFrame):
    """`chosen` a choice; `typed` and `left` a field's name and its words; `read_back_asked`, `again_asked`.

    `choices` are each with its label, in the order of their keys. A subclass lays out what stands below the choices
    with `lay_out`, once it is made; that row is there only while something is asked.
    """

    chosen = Signal(object)
    typed = Signal(str, str)
    left = Signal(str, str)
    read_back_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None, choices: Iterable[tuple[Enum, str]]) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._again = False
        self.buttons: dict[Enum, ChoiceButton] = {}
        for number, (choice, label) in enumerate(choices, start=1):
            self.buttons[choice] = self._button(choice, label, number)
        self.asked: dict[str, AskedField] = {}
        self.fields: dict[str, LineEdit] = {}
        self.next_button, self.error = NextButton(self, text="Read back", key=GO_ON.shown), FieldError(self)
        self.next_button.clicked.connect(self._go_on)

    def _button(self, choice: Enum, label: str, number: int) -> ChoiceButton:
        button = ChoiceButton(self, text=label, key=str(number))
        button.clicked.connect(lambda: self.chosen.emit(choice))
        return button

    def add_field(self, name: str, words: str, least_width: int = 170) -> AskedField:
        """One more field, to be laid out below the choices."""
        asked = AskedField(self, words, least_width)
        line = asked.line
        line.textEdited.connect(lambda text: self.typed.emit(name, text))
        line.editingFinished.connect(lambda: self.leave(name))
        line.installEventFilter(self)
        self.asked[name], self.fields[name] = asked, line
        return asked

    def lay_out(self, below: QLayout) -> None:
        """The choices with the read-back beside them, and `below` what they ask for."""
        choices, top, self._whole = Flow(fill=True, spacing=6), QHBoxLayout(), QVBoxLayout(self)
        for button in self.buttons.values():
            choices.addWidget(button)
        top.setSpacing(current().px(10))
        top.addLayout(choices, 1)
        top.addWidget(self.next_button, 0, Qt.AlignmentFlag.AlignTop)
        self._whole.addLayout(top)
        self._whole.addLayout(below)
        self._whole.addWidget(self.error)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """In a low window the choices are titles alone, so that they and the read-back stay in sight."""
        for button in self.buttons.values():
            button.set_compact(compact)
        self.next_button.set_compact(compact)
        px = current().px
        self._whole.setContentsMargins(*((px(6), px(5), px(6), px(5)) if compact else (px(10), px(8), px(10), px(8))))
        self._whole.setSpacing(px(4 if compact else 6))

    def show_choices(self, leads: Sequence[Leads], chosen: Enum | None, done: bool) -> None:
        """What each leads to, in their order, and which was made; once `done` none is, and it can be taken up again."""
        for number, ((choice, button), lead) in enumerate(zip(self.buttons.items(), leads, strict=True), start=1):
            to, refused = lead.to, lead.refused
            button.setChecked(chosen is choice)
            button.setEnabled(not done and (not refused or chosen is choice))
            button.set_subtitle(to)
            button.set_brief(lead.brief)
            button.setAccessibleDescription(f"{to}, Key {cap(choice_key(number))}")
            button.setToolTip(refused or to)
        self._again = done
        self.next_button.setText("Reopen" if done else "Read back")
        self.next_button.set_key("" if done else GO_ON.shown)
        self.next_button.setAccessibleDescription("" if done else f"Key {GO_ON.shown}")
        self._forget_error()

    def show_text(self, name: str, text: str) -> None:
        """What a field holds, unless somebody types in it."""
        line = self.fields[name]
        if line.text() != text and not line.isModified():
            line.setText(text)

    def forget_edits(self) -> None:
        """Another turn comes: what is in the fields belongs to the one before, and is on disk."""
        for line in self.fields.values():
            line.setModified(False)

    def open_field(self, name: str) -> None:
        """Show a field and put the caret in it."""
        self.asked[name].show()
        self.fields[name].setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self, lambda: reveal(self.fields[name]))

    def ask_for(self, name: str, sentence: str) -> None:
        """Something is missing: say so, and go to where it is said. Without a field a choice is missing."""
        if name in self.fields:
            self.open_field(name)
            self.error.set_error(sentence, self.fields[name])
        else:
            self.error.set_error(f"{sentence.removesuffix('.')}: {choice_key(1)} to {choice_key(len(self.buttons))}.")
        QTimer.singleShot(0, self, lambda: reveal(self.error))

    def leave(self, name: str) -> None:
        """The caret leaves a field: what was typed there is said, and its beginning is seen."""
        line = self.fields[name]
        if line.isModified():
            line.setModified(False)
            line.setCursorPosition(0)
            self.left.emit(name, line.text())

    def _forget_error(self) -> None:
        """Nothing is missing: neither the sentence nor a red field of the turn before stays."""
        for line in self.fields.values():
            self.error.clear(line)

    def _go_on(self) -> None:
        (self.again_asked if self._again else self.read_back_asked).emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in a field leads back to the outcomes."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_escape(event):
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)
