"""The read-back: what was decided and agreed, large enough to read out across the table, and accepted by one key."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.meeting.actions import ActionKind
from csp_desktop.domain.meeting.walk import Field
from csp_desktop.domain.minutes.protection import lines_of, protection_of, told
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.avatar import Avatars
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, Scroll, areas_around, scroll_step
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.window.actions import BACK, GO_ON, PRESS, Action, which
from csp_desktop.gui.window.keys import is_escape, is_key
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.case_walk import ReadBack

SHOW_MARKED = Action("show or hide the marked lines of the read-back", ("F9",), "show_marked", when="_reading_back")
_SCROLL = "scroll the read-back"
SCROLL = (
    Action(_SCROLL, ("PgUp",), when="_reading_back", strip="scroll"),
    Action(_SCROLL, ("PgDown",), when="_reading_back", strip="scroll"),
    Action(_SCROLL, ("Up",), when="_reading_back"),
    Action(_SCROLL, ("Down",), when="_reading_back"),
)
_STEPS = dict(zip(SCROLL, (-1, 1, -1, 1), strict=True))


class ReadBackView(QFrame):
    """`accepted` moves on; `went_back` returns to the case or item. The table looks on: what is marked for some alone
    stands there only after a key."""

    accepted = Signal()
    went_back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._about, self._decision, self._details = QLabel(self), TitleLabel(self), QLabel(self)
        self._agreed = QLabel("Agreed", self)
        set_role(self._about, "accent")
        set_role(self._details, "heading")
        set_role(self._agreed, "subheading")
        self._details.setWordWrap(True)
        self._about.setWordWrap(True)
        self._questions = [Pill(self) for _ in Field]
        self.back_button = SecondaryButton(self, text="Back", key=BACK.shown, height=52)
        self.marked_button = SecondaryButton(self, text="Show marked lines", key=SHOW_MARKED.shown, height=52)
        self.marked_button.clicked.connect(self.toggle_marked)
        self.accept_button = PrimaryButton(self, text="Accept and continue", key=GO_ON.shown, height=52)
        for button in (self.accept_button, self.back_button, self.marked_button):
            button.installEventFilter(self)
        self.accept_button.clicked.connect(self.accepted)
        self.back_button.clicked.connect(self.went_back)
        self._actions: list[_LargeAction] = []
        self._read: ReadBack | None = None
        self._shows_marked = False
        self._scroll = Scroll(self, margins=(0, 0, 0, 0))
        self._scroll.body.addStretch(1)
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._scroll.setMinimumHeight(60)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 26, 32, 24)
        layout.setSpacing(14)
        layout.addWidget(self._about)
        layout.addWidget(self._decision)
        layout.addWidget(self._details)
        asks = Flow(spacing=8)
        for pill in self._questions:
            asks.addWidget(pill)
        layout.addLayout(asks)
        layout.addWidget(self._agreed)
        layout.addWidget(self._scroll, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.marked_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.accept_button)
        layout.addLayout(buttons)

    def show_read_back(self, read: ReadBack) -> None:
        """Decision, its details, what was not asked, and the actions; nothing that is marked."""
        self._read, self._shows_marked = read, False
        self._about.setText(read.title)
        self._decision.setText(read.decision)
        self._details.setVisible(bool(read.details))
        for pill, words in zip(self._questions, [*read.open_questions, *[""] * len(self._questions)], strict=False):
            pill.set_text(words, Tone.MEDIUM)
        count = len(read.actions)
        self._agreed.setText(f"{count} action{'' if count == 1 else 's'} agreed" if count else "No action agreed")
        self._show_words(read)
        self.accept_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._come_up)

    def toggle_marked(self) -> None:
        """Show what is marked, or hide it again."""
        if self._read is not None and self.marked_button.isVisibleTo(self):
            self._shows_marked = not self._shows_marked
            self._show_words(self._read)

    def _show_words(self, read: ReadBack) -> None:
        lines = [line for text in read.details for line in lines_of(text)]
        self._details.setText("\n".join(map(self._shown, lines)))
        marked = [*lines, *(f"{row.action.what} {row.action.power}" for row in read.actions)]
        self.marked_button.setVisible(any(map(protection_of, marked)))
        self.marked_button.setText("Hide marked lines" if self._shows_marked else "Show marked lines")
        self._show_actions(read.actions)

    def _shown(self, line: str) -> str:
        """A line in its words, or that there is one."""
        return self._instead(line) or told(line)

    def _instead(self, line: str) -> str:
        """What stands in the place of a marked line; empty for one that may be seen."""
        mark = protection_of(line)
        return "" if mark is None or self._shows_marked else f"A marked line, not shown here ({mark.value})"

    def _come_up(self) -> None:
        """Where the window is too small for all of it, what was decided is seen first."""
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and (inside := above.widget()) is not None:
            above.verticalScrollBar().setValue(self.mapTo(inside, QPoint(0, 0)).y())

    def _show_actions(self, rows: Sequence[ActionRow]) -> None:
        while len(self._actions) < len(rows):
            made = _LargeAction(self)
            self._actions.append(made)
            self._scroll.body.insertWidget(len(self._actions) - 1, made)
        for number, widget in enumerate(self._actions):
            widget.setVisible(number < len(rows))
            if number < len(rows):
                row = rows[number]
                widget.show_action(row, self._instead(f"{row.action.what} {row.action.power}"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter accepts; the space of somebody who types on does not. The arrows scroll and stay on the button."""
        keys = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() in keys and isinstance(event, QKeyEvent):
            if is_key(event, PRESS.keys[0]):
                return True
            if (scroll := which(event, SCROLL)) is not None:
                if event.type() is QEvent.Type.KeyPress:
                    scroll_step([self._scroll, *areas_around(self)], _STEPS[scroll], page=scroll in SCROLL[:2])
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if is_escape(event):
            self.went_back.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A screen reader hears the whole of it."""
        if event.type() == QEvent.Type.Show:
            words = [self._decision.text(), self._details.text(), self._agreed.text()]
            self.setAccessibleName(", ".join(w for w in words if w))
        return super().event(event)


class _LargeAction(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatars, self._what, self._who = Avatars(self, size=40), QLabel(self), QLabel(self)
        set_role(self._what, "heading")
        set_role(self._who, "body")
        self._what.setWordWrap(True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._who)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(14)
        row.addWidget(self._avatars, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_action(self, row: ActionRow, instead: str) -> None:
        """One action; of one that is not to be seen only what stands in its place and whose it is."""
        action = row.action
        self._avatars.set_people([one.name for one in row.owners])
        self._what.setText(instead or told(action.what))
        power = action.power if not instead else ""
        named = f"{action.kind.value}: {power}" if power else action.kind.value
        line = row.line if instead else row.whole_line
        self._who.setText(line if action.kind is ActionKind.SUPPORT else f"{line}, {named}")
