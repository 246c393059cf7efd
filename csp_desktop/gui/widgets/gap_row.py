"""One thing still open, as a full row: what and how many, who or which, the one press that settles it and below it the
other answer. Settled it stays in its place, dimmed, so that the list never jumps.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import LinkButton, SecondaryButton
from csp_desktop.gui.widgets.containers import destroy
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit

BUTTON, TILE = 206, 36
KEPT = "kept"  # a property of what is opened in a row and belongs to the page


class GapRow(QFrame):
    """`settled` from its button, `other` from the answer below it. `more` is a layout for what opens in place."""

    settled = Signal()
    other = Signal()

    def __init__(self, parent: QWidget | None, name: str, icon: str) -> None:
        super().__init__(parent)
        self.setObjectName(f"gap_{name}")
        self._icon, self._tone = icon, Tone.MEDIUM
        self._tile, self._words, self._detail = QLabel(self), QLabel(self), ElidedLabel(self)
        set_role(self._words, "heading")
        set_role(self._detail, "second")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.button, self.other_button = SecondaryButton(self, height=36), LinkButton(self, height=24)
        self.button.setObjectName(f"settle_{name}")
        self.other_button.setObjectName(f"other_{name}")
        self.button.clicked.connect(self.settled)
        self.other_button.clicked.connect(self.other)
        self.button.installEventFilter(self)
        px = current().px
        for button in (self.button, self.other_button):
            button.setMinimumWidth(px(BUTTON))
        self._inside = QFrame(self)
        self.more = QVBoxLayout(self._inside)
        self.more.setContentsMargins(px(TILE + 12), 0, 0, px(4))
        self._inside.hide()
        text = vbox(None, self._words, self._detail, None, spacing=2)
        ways = vbox(None, self.button, self.other_button, None, spacing=2)
        row = hbox(self._tile, (text, 1), ways, spacing=12)
        self.setLayout(vbox(row, self._inside, spacing=4, margins=(12, 6, 12, 6)))
        self._mark(False)

    def show_open(self, words: str, detail: str, tone: Tone) -> None:
        """What is open, and about whom."""
        self._words.setText(words)
        self._detail.setText(detail)
        self._tone = tone
        self.setAccessibleName(f"{words}: {detail}" if detail else words)
        self._draw(self._icon, tone)
        set_role(self._words, "heading")
        for button in (self.button, self.other_button):
            button.setVisible(bool(button.text()))
        self.setEnabled(True)
        self.show()

    def offer(self, words: str, key: str, other: str = "", other_key: str = "") -> None:
        """The press that settles it, and the other answer, each with its key."""
        self.button.setText(words)
        self.button.set_key(key)
        self.other_button.setText(other)
        self.other_button.set_key(other_key)

    def show_settled(self, words: str) -> None:
        """It is done with: dimmed, in its place."""
        self.close_more()
        self._words.setText(words)
        self._detail.setText("")
        self.setAccessibleName(words)
        self._draw("check", Tone.LOW)
        set_role(self._words, "second")
        for button in (self.button, self.other_button):
            button.hide()
        self._mark(False)
        self.show()

    def open_more(self, *widgets: QWidget) -> None:
        """Show these in place, instead of whatever stood there and was made for it."""
        self.close_more()
        for widget in widgets:
            self.more.addWidget(widget)
            widget.show()
        self._inside.show()

    def is_more_open(self) -> bool:
        """Whether something is open in place."""
        return not self._inside.isHidden()

    def close_more(self) -> None:
        """Put it away; fields the page keeps are hidden, rows made for it destroyed."""
        while (item := self.more.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget.property(KEPT):
                widget.hide()
            elif widget is not None:
                destroy(widget)
        self._inside.hide()

    def take_focus(self) -> None:
        """On the press that settles it."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The row one stands on is tinted."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._mark(event.type() == QEvent.Type.FocusIn)
        return False

    def _mark(self, here: bool) -> None:
        set_role(self, "chosen" if here else "gap")

    def _draw(self, icon: str, tone: Tone) -> None:
        px, (ink, ground) = current().px, current().tokens.tone(tone)
        self._tile.setFixedSize(px(TILE), px(TILE))
        self._tile.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tile.setStyleSheet(f"background: {ground}; border-radius: {px(8)}px;")
        self._tile.setPixmap(icons.pixmap(icon, px(20), ink, self.devicePixelRatioF()))


class InPlace(QFrame):
    """A field with its button, opened in a row; `kept` when the row is shown again."""

    def __init__(self, parent: QWidget, name: str, press: str, do: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setProperty(KEPT, True)
        label, self.edit, self.error = QLabel(name, self), LineEdit(self), FieldError(self)
        self.button = SecondaryButton(self, text=press, height=36)
        self.edit.setObjectName(f"{name.split()[0].lower()}_edit")
        self.edit.setAccessibleName(name)
        label.setBuddy(self.edit)
        set_role(label, "label")
        self.setLayout(vbox(hbox(label, (self.edit, 1), self.button), self.error, spacing=2))
        self.edit.returnPressed.connect(do)
        self.button.clicked.connect(do)
        self.edit.textEdited.connect(lambda _: self.error.clear(self.edit))
        self.hide()
