"""The line an action is typed in: `dh serve notice fri`, understood below it before Enter.

Several lines pasted are several actions: they come into the line one after another, each to be agreed by Enter.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import KeyCap
from csp_desktop.gui.widgets.buttons import LinkButton
from csp_desktop.gui.widgets.chips import Chip, Chips
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.prose_edit import WrappedLine
from csp_desktop.gui.window.actions import CHOOSE, OPEN
from csp_desktop.gui.window.keys import is_enter, is_escape

TO_CHOICES = CHOOSE[1]
SHOWN = 4  # of the lines that follow


class ActionEntry(QFrame):
    """Says what is typed (with the lines that follow, so that they can be kept), shows the chips it is given, and says
    when Enter was pressed. Understanding is not its."""

    typed = Signal(str)
    submitted = Signal(str)
    chip_pressed = Signal(str)
    below_asked = Signal()  # Down where nothing is to be chosen and no further line follows

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "entry")
        self.gives_up: Callable[[], bool] = lambda: False  # Esc: whether something was given up
        self._taken: tuple[tuple[int, int], ...] = ()
        self.line, self.chips, self.error = WrappedLine(self), Chips(self), FieldError(self)
        self._then, self._leave_out = QLabel(self), LinkButton(self, text="Discard these", height=28)
        set_role(self.line, "bare")
        self.line.setAccessibleName("New action")
        self.line.setPlaceholderText("Who, what, when")
        self._key = KeyCap(self, key=OPEN.shown)
        self._key.hide()
        px = current().px
        below = QVBoxLayout()  # the chips have the whole width: choices stand beside each other
        below.setSpacing(px(4))
        below.addWidget(self.chips)
        below.addWidget(self._key, 0, Qt.AlignmentFlag.AlignRight)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(12), px(10), px(12), px(10))
        whole.setSpacing(px(8))
        whole.addWidget(self.line)
        whole.addLayout(below)
        whole.addWidget(self.error)
        whole.addWidget(self._then)
        whole.addWidget(self._leave_out, 0, Qt.AlignmentFlag.AlignLeft)
        set_role(self._then, "second")
        self._then.setWordWrap(True)
        self._then.setTextFormat(Qt.TextFormat.PlainText)
        self.line.waits.connect(self._show_waiting)
        self._leave_out.clicked.connect(self._drop_waiting)
        self._show_waiting()
        self.chips.hide()
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(lambda _: self._tell())
        self.chips.pressed.connect(self.chip_pressed)
        self.chips.left.connect(self._back_to_line)

    def text(self) -> str:
        """What is typed in the line; not the lines that follow."""
        return self.line.text()

    def is_empty(self) -> bool:
        """Whether nothing is typed, and nothing pasted follows."""
        return self.line.is_empty()

    def set_text(self, text: str) -> None:
        """Put a line in (after undo, or to change it), without `typed`; of several the others follow it."""
        self.line.put(text)

    def put_by(self) -> None:
        """An agreed action comes back into the line: what is half typed waits behind it."""
        self.line.put_by()

    def set_hint(self, hint: str) -> None:
        """What to type, shown while empty."""
        self.line.setPlaceholderText(hint)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """What the line was understood as: officer, date; or people to choose from (with a key)."""
        self.chips.set_chips(tuple(chips))
        self.chips.setVisible(bool(chips))
        asks = any(chip.tone is Tone.MEDIUM for chip in chips)
        choices = [chip for chip in chips if chip.number]
        only = len(choices) == 1 and bool(choices[0].person)  # Enter takes the only person
        self._key.set_key(TO_CHOICES.shown if asks and not only else OPEN.shown)
        self._key.setVisible(bool(chips))

    def set_taken(self, spans: Sequence[tuple[int, int]]) -> None:
        """Which characters were understood as officer, day or power, from the first to before the last: they are
        struck through in the line, since they are no part of what will be done."""
        self.line.strike(spans)
        self._taken = tuple(spans)

    def taken(self) -> tuple[str, ...]:
        """What is struck through."""
        return tuple(self.text()[start:end] for start, end in self._taken)

    def set_error(self, sentence: str) -> None:
        """Why Enter did not take it; an empty sentence clears."""
        self.error.set_error(sentence, self.line)

    def clear(self) -> None:
        """Ready for the next, which is the next line pasted if any follows."""
        self.set_taken(())
        self.set_chips(())
        self.set_error("")
        if self.line.next_line():
            self.typed.emit(self.line.all_text())

    def _show_waiting(self) -> None:
        count, shown = len(self.line.waiting), self.line.waiting[:SHOWN]
        more = [f"and {count - SHOWN} more"] if count > SHOWN else []
        heading = (
            f"After {OPEN.shown} 1 more action:"
            if count == 1
            else f"After {OPEN.shown} {count} more actions, one by one:"
        )
        self._then.setText("\n".join([heading, *(f"• {line}" for line in shown), *more]))
        self._then.setVisible(bool(count))
        self._leave_out.setVisible(bool(count))

    def _drop_waiting(self) -> None:
        self.line.leave_out()
        self.typed.emit(self.line.all_text())
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame shows the focus of its line; Enter submits."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_role(self, "entry-focused" if event.type() == QEvent.Type.FocusIn else "entry")
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_enter(event):
            if self.line.waiting and not self.line.text().strip():
                self.clear()  # this one was taken out by hand: on to the next
            else:
                self.submitted.emit(self.line.text())
            return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_escape(event):
            return self.gives_up()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and TO_CHOICES.pressed(event):
            return (self.chips.isVisible() and self.to_choices()) or self._leave_below()
        return super().eventFilter(watched, event)

    def _leave_below(self) -> bool:
        if self.line.textCursor().movePosition(QTextCursor.MoveOperation.Down):
            return False
        self.below_asked.emit()
        return True

    def to_choices(self) -> bool:
        """To the people or days to choose from; False where there are none."""
        return any(chip.number for chip in self.chips.chips()) and self.chips.choose_first()

    def _back_to_line(self, text: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        if text:
            self.line.insert(text)
            self._tell()

    def _tell(self) -> None:
        self.set_error("")
        self.typed.emit(self.line.all_text())
