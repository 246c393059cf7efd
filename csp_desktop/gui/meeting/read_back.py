"""The read-back: what was decided and agreed, large enough to read out across the table, and accepted by one key."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.meeting.actions import ActionKind
from csp_desktop.domain.meeting.walk import Field
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.avatar import Avatars
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, Scroll
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.window.actions import BACK, GO_ON, PRESS
from csp_desktop.gui.window.keys import is_escape, is_key
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.case_walk import ReadBack


class ReadBackView(QFrame):
    """`accepted` moves on; `went_back` returns to the case or item."""

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
        self.accept_button = PrimaryButton(self, text="Accept and continue", key=GO_ON.shown, height=52)
        for button in (self.accept_button, self.back_button):
            button.installEventFilter(self)
        self.accept_button.clicked.connect(self.accepted)
        self.back_button.clicked.connect(self.went_back)
        self._actions: list[_LargeAction] = []
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
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.accept_button)
        layout.addLayout(buttons)

    def show_read_back(self, read: ReadBack) -> None:
        """Decision, its details, what was not asked, and the actions."""
        self._about.setText(read.title)
        self._decision.setText(read.decision)
        self._details.setText("\n".join(read.details))
        self._details.setVisible(bool(read.details))
        for pill, words in zip(self._questions, [*read.open_questions, *[""] * len(self._questions)], strict=False):
            pill.set_text(words, Tone.MEDIUM)
        count = len(read.actions)
        self._agreed.setText(f"{count} action{'' if count == 1 else 's'} agreed" if count else "No action agreed")
        self._show_actions(read.actions)
        self.accept_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._come_up)

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
                widget.show_action(rows[number])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter accepts; the space of somebody who types on does not."""
        keys = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
        if event.type() in keys and isinstance(event, QKeyEvent) and is_key(event, PRESS.keys[0]):
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

    def show_action(self, row: ActionRow) -> None:
        """One action."""
        self._avatars.set_people([one.name for one in row.owners])
        self._what.setText(row.action.what)
        named = f"{row.action.kind.value}: {row.action.power}" if row.action.power else row.action.kind.value
        self._who.setText(row.line if row.action.kind is ActionKind.SUPPORT else f"{row.line}, {named}")
