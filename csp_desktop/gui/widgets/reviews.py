"""One officer's actions in their groups, the one in hand opened. Answered rows stay, so nothing jumps."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.gui.style import icons
from csp_desktop.gui.style.painting import RIGHT, Ink, Painted, box, key_cap, pill, pill_width, width_of
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import MEDIUM, SEMIBOLD, Tone, current
from csp_desktop.gui.widgets.answer_panel import ANSWERS, AnswerPanel
from csp_desktop.gui.widgets.containers import Scroll
from csp_desktop.gui.window.keys import letter, step_of

TIGHT = 500  # px: in a narrower line the text stands below the rest
LETTERS = tuple(action.shown for action in ANSWERS)


@dataclass(frozen=True)
class LineWords:
    """What the line shows; `answer` is empty until one was given."""

    key: str
    reference: str
    what: str
    about: str
    late: str
    late_tone: Tone
    due: str
    answer: str = ""
    answer_tone: Tone = Tone.NEUTRAL

    def spoken(self) -> str:
        """The whole line for a screen reader."""
        parts = (self.reference, self.what, self.about, self.late, f"due {self.due}" if self.due else "", self.answer)
        return ", ".join(part for part in parts if part)


class ReviewLine(Painted):
    """While it has the focus `lettered` gives each character typed; up and down are the list's."""

    pressed = Signal(str, str)
    stepped = Signal(int)
    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = LineWords("", "", "", "", "", Tone.NEUTRAL, "")
        self._open, self._tight = False, False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, words: LineWords, open_row: bool) -> None:
        """What it shows; the open row has its choices below and leaves its letters out."""
        self.words, self._open = words, open_row
        self.setObjectName(f"action_{words.key}")
        self.describe(
            words.spoken(), "" if words.answer else "D done, N not done, C carry forward, X no longer possible"
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of text, or three."""
        return QSize(self.theme.px(420), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """What must never be cut: its reference, how late it is and its day."""
        return QSize(self.theme.px(250), self.theme.px(74 if self._tight else 46))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for the text beside the rest it stands below, and its letters go: they act anyway."""
        super().resizeEvent(event)
        tight = self.width() < self.theme.px(TIGHT)
        if tight != self._tight:
            self._tight = tight
            self.updateGeometry()

    def _columns(self) -> tuple[float, float]:
        """Where the letters begin and where the date begins."""
        px = self.theme.px
        room = 0 if self._tight or (self._open and not self.words.answer) else px(124)
        letters = self.width() - px(14) - room
        return letters, letters - px(8) - self._day_wide()

    def _day_wide(self) -> float:
        """A day is never cut."""
        return max(self.theme.px(56), width_of(self.theme, self.words.due, Ink(13, "", MEDIUM, True)) + 1)

    def draw(self, painter: QPainter) -> None:
        """From the right what stays whole, then the words in the rest."""
        px, tokens, words = self.theme.px, self.theme.tokens, self.words
        letters, due = self._columns()
        if self.hasFocus() and not self._open:
            box(painter, QRectF(self.rect()).adjusted(px(4), 1, -px(4), -1), px(6), "", tokens.accent, 2.0)
        first = QRectF(0, px(4), self.width(), px(26)) if self._tight else QRectF(self.rect())
        if words.answer:
            due = min(due, self._draw_answer(painter, first) - px(8) - self._day_wide())
        elif not (self._open or self._tight):
            top = first.center().y() - px(13)
            for n, letter in enumerate(LETTERS):
                key_cap(painter, self.theme, QRectF(letters + n * px(32), top, px(28), px(26)), letter)
        day = QRectF(due, first.top(), self._day_wide(), first.height())
        self.write(painter, day, words.due, Ink(13, tokens.ink2, MEDIUM, True), RIGHT)
        right = self._draw_late(painter, due - px(4), first.center().y())
        left = self._draw_reference(painter, first)
        if self._tight:
            self._draw_words(painter, px(16), self.width() - px(16), px(30))
        else:
            self._draw_words(painter, left, right, self.height() / 2 - px(20 if words.about else 11))

    def _draw_words(self, painter: QPainter, left: float, right: float, top: float) -> None:
        px, tokens, words = self.theme.px, self.theme.tokens, self.words
        title = Ink(14, tokens.ink2 if words.answer else tokens.ink, SEMIBOLD if self._open else MEDIUM)
        self.write(painter, QRectF(left, top, right - left, px(21)), words.what, title)
        self.write(painter, QRectF(left, top + px(21), right - left, px(17)), words.about, Ink(12, tokens.ink3))

    def _draw_answer(self, painter: QPainter, line: QRectF) -> float:
        """Where it begins."""
        px, words = self.theme.px, self.words
        wide = min(pill_width(self.theme, words.answer), px(124))
        at = QRectF(self.width() - px(14) - wide, line.center().y() - px(12), wide, px(24))
        pill(painter, self.theme, at, words.answer, words.answer_tone)
        return at.left()

    def _draw_late(self, painter: QPainter, right: float, middle: float) -> float:
        """Where it begins."""
        px, words = self.theme.px, self.words
        if not words.late:
            return right
        wide = pill_width(self.theme, words.late)
        at = QRectF(right - wide, middle - px(11), wide, px(22))
        pill(painter, self.theme, at, words.late, words.late_tone)
        return at.left() - px(10)

    def _draw_reference(self, painter: QPainter, line: QRectF) -> float:
        px, tokens = self.theme.px, self.theme.tokens
        ink = Ink(12, tokens.ink3 if self.words.answer else tokens.accent, SEMIBOLD, True)
        wide = max(px(98), width_of(self.theme, self.words.reference, ink))
        self.write(painter, QRectF(px(16), line.top(), wide, line.height()), self.words.reference, ink)
        return px(16) + wide + px(12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go on; letters are the list's."""
        if step_of(event):
            self.stepped.emit(step_of(event))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on a letter is that letter."""
        letters, _ = self._columns()
        at = int((event.position().x() - letters) // self.theme.px(32))
        if (
            not (self.words.answer or self._open or self._tight)
            and event.position().x() >= letters
            and at < len(LETTERS)
        ):
            self.pressed.emit(self.words.key, LETTERS[at])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the focus is, the row opens."""
        super().focusInEvent(event)
        self.entered.emit(self.words.key)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Its ring goes."""
        super().focusOutEvent(event)
        self.update()


@dataclass(frozen=True)
class LineGroup:
    """A heading with its rows."""

    title: str
    caption: str
    icon: str
    tone: Tone
    lines: tuple[LineWords, ...]


class ReviewList(Scroll):
    """`opened` when another row is in hand, `pressed` when one of its letters is. While an answer is being given the
    letters typed belong to it, else they are the page's."""

    opened = Signal(str)
    pressed = Signal(str, str)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter of the answer being given, wherever on the row the focus is."""
        if self._open and self.panel.is_asking() and letter(event):
            self.panel.take_key(letter(event))
        else:
            super().keyPressEvent(event)

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
        line.pressed.connect(self.pressed)
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
