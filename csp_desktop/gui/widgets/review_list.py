"""One officer's actions in their groups, the one in hand opened. Answered rows stay, so nothing jumps."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui import icons
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import Tone, current
from csp_desktop.gui.widgets.answer_panel import AnswerPanel
from csp_desktop.gui.widgets.review_line import LineWords, ReviewLine
from csp_desktop.gui.widgets.scroll import Scroll


@dataclass(frozen=True)
class LineGroup:
    """A heading with its rows."""

    title: str
    caption: str
    icon: str
    tone: Tone
    lines: tuple[LineWords, ...]


class ReviewList(Scroll):
    """`opened` when another row is in hand; `lettered` gives each character typed on a row."""

    opened = Signal(str)
    lettered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, margins=(6, 0, 6, 6))
        self.body.setSpacing(0)
        self.panel = AnswerPanel()
        self._rows: dict[str, tuple[QFrame, ReviewLine]] = {}
        self._groups: tuple[LineGroup, ...] = ()
        self._open, self._making = "", False
        self.panel.left.connect(self.focus_row)

    def current_key(self) -> str:
        """The row in hand."""
        return self._open

    def keys(self) -> list[str]:
        """All rows in order."""
        return list(self._rows)

    def set_groups(self, groups: Sequence[LineGroup], current_key: str) -> None:
        """These rows; the same rows only take new words, others are made anew."""
        shape = [(group.title, [line.key for line in group.lines]) for group in groups]
        same = shape == [(group.title, [line.key for line in group.lines]) for group in self._groups]
        self._groups = tuple(groups)
        if not same:
            self._making = True  # rows that go pass the focus among them: nobody asked for that
            self._make_rows()
            self._making = False
        self.open_row(current_key)

    def open_row(self, key: str) -> None:
        """Open this row and close the one before."""
        self._open = key if key in self._rows else ""
        for group in self._groups:
            for words in group.lines:
                frame, line = self._rows[words.key]
                line.set_words(words, words.key == self._open)
                set_role(frame, "chosen" if words.key == self._open else "row")
        if self._open:
            frame, line = self._rows[self._open]
            layout = frame.layout()
            if isinstance(layout, QVBoxLayout) and self.panel.parentWidget() is not frame:
                layout.addWidget(self.panel)
            self.panel.show()
            QTimer.singleShot(0, self, self._bring_into_view)
        else:
            self.panel.setParent(None)

    def focus_row(self) -> None:
        """Put the focus on the row in hand: letters act again."""
        if self._open:
            self._rows[self._open][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """The next or the previous row."""
        keys = self.keys()
        if self._open in keys:
            at = keys.index(self._open) + by
            if 0 <= at < len(keys):
                self._rows[keys[at]][1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_into_view(self) -> None:
        if self._open:
            self.ensureWidgetVisible(self._rows[self._open][0], 0, current().px(8))
            held = self.focusWidget()
            if held is not None and self.panel.isAncestorOf(held):
                self.ensureWidgetVisible(held, 0, current().px(8))

    def _make_rows(self) -> None:
        self.panel.setParent(None)
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._rows = {}
        for group in self._groups:
            self.body.addWidget(_heading(group, self))
            for words in group.lines:
                self.body.addWidget(self._make_row(words))
        self.body.addStretch(1)

    def _make_row(self, words: LineWords) -> QFrame:
        frame = QFrame(self)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        line = ReviewLine(frame)
        layout.addWidget(line)
        line.entered.connect(self._entered)
        line.lettered.connect(self.lettered)
        line.stepped.connect(self.step)
        self._rows[words.key] = (frame, line)
        return frame

    def _entered(self, key: str) -> None:
        if key != self._open and not self._making:
            self.opened.emit(key)


def _heading(group: LineGroup, parent: QWidget) -> QFrame:
    theme = current()
    frame = QFrame(parent)
    set_role(frame, "sunken")
    row = QHBoxLayout(frame)
    row.setContentsMargins(theme.px(14), theme.px(5), theme.px(14), theme.px(5))
    mark, title, caption = QLabel(frame), QLabel(group.title, frame), QLabel(group.caption, frame)
    mark.setPixmap(icons.pixmap(group.icon, theme.px(15), theme.tokens.tone(group.tone)[0], parent.devicePixelRatioF()))
    set_role(title, "high" if group.tone is Tone.HIGH else "strong")
    set_role(caption, "caption")
    row.addWidget(mark)
    row.addWidget(title)
    row.addStretch(1)
    row.addWidget(caption)
    return frame
