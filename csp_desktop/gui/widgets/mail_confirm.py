"""What was agreed by email and waits for the passphrase of whoever is signed in: a line each, confirmed together."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file.users import prove_own
from csp_desktop.services.meeting import agreed_by_mail as service
from csp_desktop.services.session import Session

MOST_SHOWN = 4


class MailConfirm(QFrame):
    """`done` with what is now true, in words. Hidden while nothing waits for this person."""

    done = Signal(str)

    def __init__(self, session: Session, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks = session, tasks
        self._waiting: tuple[AgreedByMail, ...] = ()
        set_role(self, "card")
        self.setObjectName("mail_confirm")
        self.title, self.words = text_label("", "strong"), text_label("", "caption")
        self.passphrase_edit, self.error, self.progress = PassphraseField(), FieldError(), ProgressPanel()
        self.passphrase_edit.setObjectName("mail_passphrase_edit")
        self.passphrase_edit.setAccessibleName("Your passphrase, to confirm what was agreed by email")
        self.passphrase_edit.setPlaceholderText("Your passphrase")
        self.button = SecondaryButton(text="Confirm", height=34)
        self.button.setObjectName("mail_confirm_button")
        row = hbox((self.passphrase_edit, 1), self.button, spacing=8)
        self.setLayout(
            vbox(self.title, self.words, row, self.error, self.progress, spacing=5, margins=(14, 10, 14, 10))
        )
        self.passphrase_edit.returnPressed.connect(self.press)
        self.passphrase_edit.textChanged.connect(lambda _: self.error.clear(self.passphrase_edit))
        self.button.clicked.connect(self.press)
        self.hide()

    def show_waiting(self) -> None:
        """Read anew what waits."""
        self._waiting = service.to_confirm(self._session)
        self.setVisible(bool(self._waiting))
        self.title.setText(f"{count_of(len(self._waiting), 'thing', 'things')} agreed by email, to confirm")
        self.words.setText("\n".join(_lines(self._waiting, self._session.today)))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.words.text())

    def forget(self) -> None:
        """What was typed does not stay."""
        self.passphrase_edit.clear()
        self.error.clear(self.passphrase_edit)

    def put_away(self) -> None:
        """Nothing of what waits is left in it."""
        self.forget()
        self._waiting = ()
        self.words.clear()
        self.setAccessibleDescription("")
        self.hide()

    def press(self) -> None:
        """Confirm everything shown, with one's own passphrase."""
        session, passphrase, ids = self._session, self.passphrase_edit.text(), [one.id for one in self._waiting]
        if not ids or self.progress.is_running():
            return

        def work(progress: Progress) -> int:
            progress(0, 1, "Checking your passphrase")
            prove_own(session, passphrase)
            return service.confirm(session, ids)

        self.progress.run(self._tasks, work, self._finish, self._refuse, words="Checking your passphrase", until=1)

    def _refuse(self, refusal: Refused) -> None:
        self.error.set_error(refusal.sentence, self.passphrase_edit)
        self.passphrase_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase_edit.selectAll()

    def _finish(self, count: int) -> None:
        self.forget()
        self.done.emit(f"{count_of(count, 'thing', 'things')} agreed by email, now confirmed with your passphrase")


def _lines(waiting: Sequence[AgreedByMail], today: date) -> list[str]:
    lines = [
        f"{one.words} ({one.by}, email of {screen_day(one.mailed_on, today)}, noted by {one.noted_by})"
        for one in waiting[:MOST_SHOWN]
    ]
    others = len(waiting) - MOST_SHOWN
    return [*lines, f"and {others} more"] if others > 0 else lines
