"""The tour of the program: a bar between the page and the keys that leads from page to page and says what each is for.

It covers nothing and holds nobody up: the page keeps the focus and its keys. Chords of the tour's own lead on and back,
Escape leaves, from anywhere.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.actions import BACK, FIND, HELP, HIDE, OPEN, PRESS, Action, which
from csp_desktop.gui.window.keys import held, letter

NARROW = 900  # px
_TURN = "next or previous step of the tour"
ONWARD = Action(_TURN, ("Alt+Right",))
BACKWARD = Action(_TURN, ("Alt+Left",))
TURNS = (ONWARD, BACKWARD)
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_BUTTONS = (OPEN, PRESS)  # what the bar's own buttons take


class TourStep(NamedTuple):
    """One page and what it is for."""

    stem: str
    title: str
    words: str


STEPS = (
    TourStep(
        "home",
        "Home shows what to do next",
        "The next step is at the top, then what is to do. In the sample all people are invented: try anything.",
    ),
    TourStep(
        "prepare",
        "Prepare sets up the meeting",
        "The agenda beside the time booked. Cases come in the order of their dates and their risk, with the reason.",
    ),
    TourStep(
        "cases",
        "Cases are imported from Safety Net",
        "Choose a case to see its rating, its dates, its minutes and its actions. N adds one by hand.",
    ),
    TourStep(
        "people",
        "People and agencies",
        "Everyone who may come, and who has signed the information sharing protocol. Add or import them here.",
    ),
    TourStep(
        "actions",
        "Actions by officer",
        "What was agreed, overdue first. Officers report with D, N, C or X, here or under Actions by officer.",
    ),
    TourStep(
        "minutes",
        "Minutes are ready when the meeting closes",
        "Check them, have them approved, and give each person the copy they may have.",
    ),
    TourStep(
        "home",
        "Home is where to begin",
        f"The button at the top always opens the next step. At any time {HELP.shown} lists every key, {FIND.shown} "
        f"finds anything and {HIDE.shown} hides the screen. Help starts this tour again.",
    ),
)


class TourBar(QFrame):
    """Says one step; `went` one on or back, `left` when it was closed."""

    went = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar-accent")
        self._count, self._title, self._words = QLabel(self), QLabel(self), QLabel(self)
        self.back_button = SecondaryButton(self, text="Previous", key=BACKWARD.shown, height=36)
        self.next_button = PrimaryButton(self, text="Next", key=ONWARD.shown, height=36)
        self.leave_button = SecondaryButton(self, text="Leave the tour", key=BACK.shown, height=36)
        for label, role in ((self._count, "caption"), (self._title, "strong"), (self._words, "second")):
            set_role(label, role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self.back_button.clicked.connect(lambda: self.went.emit(-1))
        self.next_button.clicked.connect(lambda: self.went.emit(1))
        self.leave_button.clicked.connect(self.left)
        self._lay_out()

    def _lay_out(self) -> None:
        px = current().px
        head, words, buttons = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self._count)
        head.addWidget(self._title, 1)
        words.setSpacing(px(2))
        words.addLayout(head)
        words.addWidget(self._words)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(px(16), px(8), px(16), px(8))
        self._row.setSpacing(px(8))
        self._row.addLayout(words, 1)
        buttons.addStretch(1)
        for button in (self.back_button, self.next_button, self.leave_button):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the buttons stand below the words."""
        super().resizeEvent(event)
        narrow = self.width() < current().px(NARROW)
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def show_step(self, at: int) -> None:
        """Fill it; a screen reader says it."""
        step, last = STEPS[at], at == len(STEPS) - 1
        self._count.setText(f"Tour {at + 1} of {len(STEPS)}")
        self._title.setText(step.title)
        self._words.setText(step.words)
        self.back_button.setVisible(at > 0)
        self.next_button.setText("Finish" if last else "Next")
        said = f"{self._count.text()}. {step.title}. {step.words}"
        self.setAccessibleName(said)
        self.next_button.setAccessibleDescription(said)
        announce(self, said)


class Tour(QObject):
    """Leads through the steps in a window; `show_page` turns to a page, `put` gives the bar its place,
    `to_page` the page the focus."""

    ended = Signal()

    def __init__(
        self,
        show_page: Callable[[str], object],
        put: Callable[[QWidget], object],
        to_page: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._show_page, self._to_page, self._at = show_page, to_page, 0
        self.bar = TourBar()
        put(self.bar)
        self.bar.went.connect(self._go)
        self.bar.left.connect(self.leave)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def begin(self) -> None:
        """The first step."""
        self._show(0)

    def _go(self, by: int) -> None:
        if self._at + by >= len(STEPS):
            self.leave()
        else:
            self._show(max(0, self._at + by))

    def _show(self, at: int) -> None:
        self._at = at
        self.bar.show_step(at)
        self.bar.show()
        self._show_page(STEPS[at].stem)

    def leave(self) -> None:
        """The bar goes; the page stays as it is."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.bar.hide()
        self.bar.deleteLater()
        self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves the tour first, whatever else it would do on the page. In the bar every key its buttons do not
        take is the page's."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self.bar.window():
            return False
        if not BACK.pressed(event) and (turn := which(event, TURNS)) is None:
            return self._hand_on(watched, event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            if BACK.pressed(event):
                self.leave()
            elif turn is ONWARD or self._at:
                self._go(1 if turn is ONWARD else -1)
        return True

    def _hand_on(self, watched: QWidget, event: QKeyEvent) -> bool:
        """To the page, before its shortcuts are looked for."""
        asked = bool(letter(event)) or bool(held(event) & _CHORD)
        if not asked or not self.bar.isAncestorOf(watched) or which(event, _BUTTONS) is not None:
            return False
        self._to_page()
        focus = QApplication.focusWidget()
        if event.type() == QEvent.Type.KeyPress and focus is not None and focus is not watched:
            QApplication.sendEvent(focus, event)
            return True
        return False
