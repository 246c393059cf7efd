"""The matrix's factors, one row each: a digit answers the row that has the focus, Delete takes the answer back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.risk_matrix import Factor
from csp_desktop.gui.keys import is_plain
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.elided_label import ElidedLabel
from csp_desktop.gui.widgets.flow import Flow


class FactorRow(QFrame):
    """`answered` gives the factor's key and the option's, or an empty one; `moved` asks for the row above or below."""

    answered = Signal(str, str)
    moved = Signal(int)

    def __init__(self, factor: Factor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.factor = factor
        self.setObjectName(f"factor_{factor.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(factor.label)
        set_role(self, "sunken")
        self._label, self._said = QLabel(factor.label, self), ElidedLabel(self)
        set_role(self._label, "strong")
        set_role(self._said, "caption")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addWidget(self._said, 1)
        self.buttons: dict[str, SecondaryButton] = {}
        holder = QWidget(self)
        flow = Flow(holder, spacing=6)
        for number, option in enumerate(factor.options):
            words = f"{option.label}, {option.points}"
            button = SecondaryButton(holder, text=words, key=str(number), height=32)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(f"{factor.label}: {option.label}, {option.points} points")
            button.clicked.connect(lambda _=False, key=option.key: self._choose(key))
            flow.addWidget(button)
            self.buttons[option.key] = button
        px = current().px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(10))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addWidget(holder)

    def show_answer(self, key: str, before: str) -> None:
        """What is answered, and what it was last time."""
        for option in self.factor.options:
            button, chosen_now = self.buttons[option.key], option.key == key
            button.setChecked(chosen_now)
            button.setText(f"{'✓ ' if chosen_now else ''}{option.label}, {option.points}")
        then = self.factor.option(before)
        last = f"last time: {then.label}" if then else "not answered last time"
        self._said.setText(last if key else f"not answered; {last}")
        chosen = self.factor.option(key)
        self.setAccessibleDescription(chosen.label if chosen else "not answered")

    def _choose(self, key: str) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.answered.emit(self.factor.key, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer and go on to the next row; arrows move, Delete takes the answer back."""
        number = event.key() - Qt.Key.Key_0
        if 0 <= number < len(self.factor.options) and is_plain(event):
            self.answered.emit(self.factor.key, self.factor.options[number].key)
            self.moved.emit(1)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answered.emit(self.factor.key, "")
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row that answers is framed."""
        super().focusInEvent(event)
        set_role(self, "chosen")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No longer."""
        super().focusOutEvent(event)
        set_role(self, "sunken")
