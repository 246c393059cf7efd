"""What is asked about one copy, in the page and never in a window: why somebody gets none, why one is recalled, how a
passphrase is told; and the passphrase itself, shown once.
"""

from collections.abc import Callable
from enum import Enum, auto

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.circulation import ToldHow
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import BACK, OPEN


class Asked(Enum):
    """What the panel is at."""

    NOTHING = auto()
    LEAVE_OUT = auto()
    RECALL = auto()
    TELL = auto()
    TOLD = auto()  # the passphrase stands there


TELLING = ((ToldHow.IN_PERSON, "In person"), (ToldHow.PHONE, "By phone"), (ToldHow.SLIP, "On a slip"))
RENEW = 4
_ONCE = "Tell them now, never by email: it is shown only once. It stays valid for all their copies until it is changed."


class CopyAsk(QFrame):
    """`answered` with the reason once Enter is pressed in its field; `told` with how somebody is told. What cannot be
    taken is said at the field by whoever is asked (`answer` raises Refused)."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = Asked.NOTHING
        self._answer: Callable[[str], None] = lambda _reason: None
        self._tell: Callable[[ToldHow], None] = lambda _how: None
        self._renew: Callable[[], None] = lambda: None
        set_role(self, "card")
        self.title, self.words = text_label("", "subheading"), text_label("", "second")
        self.secret = QLabel()
        self.secret.setTextFormat(Qt.TextFormat.PlainText)
        self.secret.setWordWrap(True)
        set_role(self.secret, "title-small")
        self.secret.setAccessibleName("Passphrase")
        self.secret.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reason_edit, self.error = ProseLine(), FieldError()
        self.reason_edit.setObjectName("reason_edit")
        self.reason_edit.setAccessibleName("Reason")
        self.error.setObjectName("reason_error")
        self.take_button = SecondaryButton(key=OPEN.shown, height=36)
        self.close_button = SecondaryButton(text="Close", key=BACK.shown, height=32)
        self.take_button.setObjectName("reason_button")
        self.close_button.setObjectName("close_ask_button")
        self.tell_buttons = [
            SecondaryButton(text=words, key=str(number), height=36) for number, (_, words) in enumerate(TELLING, 1)
        ]
        self.renew_button = SecondaryButton(text="Make a new one", key="4", height=36)
        self.renew_button.setObjectName("renew_button")
        self._lay_out()
        self.renew_button.clicked.connect(lambda: self.tell(RENEW))
        self.take_button.clicked.connect(self._take)
        self.reason_edit.returnPressed.connect(self._take)
        self.reason_edit.textChanged.connect(lambda _: self.error.clear(self.reason_edit))
        self.close_button.clicked.connect(self.close_ask)
        for number, button in enumerate(self.tell_buttons):
            button.setObjectName(f"tell_{number + 1}_button")
            button.clicked.connect(lambda _=False, number=number: self.tell(number + 1))
        self.hide()

    def _lay_out(self) -> None:
        self._ways = QFrame(self)
        ways = Flow(self._ways, spacing=8)
        for button in (*self.tell_buttons, self.renew_button):
            ways.addWidget(button)
        field = hbox((self.reason_edit, 1), self.take_button)
        parts = (self.words, self.secret, self._ways, field, self.error)
        head = hbox((self.title, 1), self.close_button)
        self.setLayout(vbox(head, *parts, spacing=6, margins=(14, 10, 14, 12)))

    def ask_reason(self, asked: Asked, title: str, words: str, button: str, answer: Callable[[str], None]) -> None:
        """Why; `answer` gets it and may raise Refused."""
        self._answer = answer
        self._show(asked, title, words)
        self.take_button.setText(button)
        self.reason_edit.clear()
        self.reason_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_how(
        self, title: str, words: str, tell: Callable[[ToldHow], None], renew: Callable[[], None] | None = None
    ) -> None:
        """How somebody is told their passphrase; `renew` makes another one, where they have one."""
        self._tell, self._renew = tell, renew or (lambda: None)
        self.renew_button.setVisible(renew is not None)
        self._show(Asked.TELL, title, words)
        self.tell_buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_secret(self, title: str, passphrase: str) -> None:
        """The passphrase, to be told now."""
        self._show(Asked.TOLD, title, _ONCE)
        self.secret.setText(passphrase)
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, asked: Asked, title: str, words: str) -> None:
        self.asked = asked
        self.error.clear(self.reason_edit)
        self.title.setText(title)
        self.words.setText(words)
        self.secret.clear()
        self.secret.setVisible(asked is Asked.TOLD)
        self._ways.setVisible(asked is Asked.TELL)
        for part in (self.reason_edit, self.take_button):
            part.setVisible(asked in (Asked.LEAVE_OUT, Asked.RECALL))
        self.show()

    def tell(self, number: int) -> None:
        """By its key."""
        if self.asked is Asked.TELL:
            try:
                if number != RENEW:
                    self._tell(TELLING[number - 1][0])
                elif self.renew_button.isVisibleTo(self):
                    self._renew()
            except Refused as refusal:
                self.error.set_error(refusal.sentence)

    def _take(self) -> None:
        try:
            self._answer(self.reason_edit.text())
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.reason_edit)
            return
        self.close_ask()

    def forget(self) -> None:
        """Nothing is asked, and no passphrase stays on the screen."""
        self.asked = Asked.NOTHING
        self.secret.clear()
        self.reason_edit.clear()
        self.hide()

    def close_ask(self) -> None:
        """Back to the rows."""
        self.forget()
        self.closed.emit()
