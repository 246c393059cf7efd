"""The table of rights: who may have what of the minutes, in words; ready sets taken by key; approved by the chair."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import local, short_day, tiny_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.minutes.rights import READY, Rights, RightsTable
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.actions import GO_ON
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file.users import prove_own
from csp_desktop.services.minutes import rights as service
from csp_desktop.services.minutes.rights import RightsNow
from csp_desktop.services.session import Session

_TONES = {
    Rights.WHOLE: Tone.LOW,
    Rights.OWN_AGENCY: Tone.ACCENT,
    Rights.ACTIONS_ONLY: Tone.MEDIUM,
    Rights.NOTHING: Tone.NEUTRAL,
}


def rows_in_words(table: RightsTable, agencies: dict[str, str]) -> list[Entry]:
    """Its rows in order; the first that fits somebody decides."""
    found = []
    for number, row in enumerate(table.rights, 1):
        who = row.who(agencies.get(row.agency_id, ""))
        found.append(
            Entry(
                str(number),
                f"{who[:1].upper()}{who[1:]}",
                f"{row.rights.value[:1].upper()}{row.rights.value[1:]}",
                number=str(number),
                tone=_TONES[row.rights],
            )
        )
    return found


class RightsPanel(QFrame):
    """`changed` when one was proposed or approved, with words for the message bar, and whether undo takes it back."""

    changed = Signal(str, str, bool)

    def __init__(self, session: Session, tasks: Tasks, agencies: Callable[[], dict[str, str]]) -> None:
        super().__init__()
        self._session, self._tasks, self._agencies = session, tasks, agencies
        self._now: RightsNow | None = None
        self.title, self.words = text_label("", "strong"), text_label("", "caption")
        self.rows = EntryList()
        self.rows.setObjectName("rights_view")
        self.rows.setAccessibleName("Table of rights, the first row that fits decides")
        self.rows.set_flush(True)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it scrolls by itself
        self.rows.setMinimumHeight(current().px(150))
        self.sets_label = text_label("Propose a ready set", "label")
        self.set_buttons = [
            SecondaryButton(text=ready.name, key=f"Alt {number}", height=30) for number, ready in enumerate(READY, 1)
        ]
        self.day_edit, self.passphrase_edit = DayField(), PassphraseField()
        self.day_edit.setObjectName("from_edit")
        self.day_edit.setAccessibleName("In force from")
        self.day_edit.set_today(lambda: session.today)
        self.day_label = text_label("In &force from", "label", buddy=self.day_edit)
        self.passphrase_edit.setObjectName("rights_passphrase_edit")
        self.passphrase_edit.setAccessibleName("Your passphrase")
        self.secret_label = text_label("&Your passphrase", "label", buddy=self.passphrase_edit)
        self.error, self.progress = FieldError(), ProgressPanel()
        self.error.setObjectName("rights_error")
        self.approve_button = PrimaryButton(key=GO_ON.shown, height=44)
        self.approve_button.setObjectName("approve_rights_button")
        self._lay_out()
        for number, button in enumerate(self.set_buttons):
            button.setObjectName(f"ready_{number + 1}_button")
            button.clicked.connect(lambda _=False, number=number: self.propose(number + 1))
        self.day_edit.given.connect(self._move)
        self.day_edit.unread.connect(lambda sentence: self.error.set_error(sentence, self.day_edit))
        self.approve_button.clicked.connect(self.press)
        self.passphrase_edit.returnPressed.connect(self.press)
        self.passphrase_edit.textChanged.connect(lambda _: self.error.clear(self.passphrase_edit))
        self.setFocusProxy(self.rows)
        self.hide()

    def _lay_out(self) -> None:
        chosen = (self.sets_label, *self.set_buttons)
        day = vbox(self.day_label, self.day_edit, spacing=2)
        secret = vbox(self.secret_label, self.passphrase_edit, spacing=2)
        rest = (hbox((day, 1), (secret, 1)), self.error, self.progress, self.approve_button)
        self.setLayout(vbox(self.title, self.words, (self.rows, 1), *chosen, *rest, spacing=5))

    def show_now(self) -> None:
        """The table that waits for the chair, else the one in force."""
        now = self._now = service.rights_table(self._session)
        table = now.proposed or now.current
        self.rows.set_entries(rows_in_words(table, self._agencies()) if table else [])
        if table and not self.rows.current_key():
            self.rows.set_current("1")
        self.title.setText(_title(now))
        self.words.setText(_words(now))
        may = self._may_approve()
        for part in (self.secret_label, self.passphrase_edit, self.approve_button):
            part.setVisible(may)
        for field in (self.day_label, self.day_edit):
            field.setVisible(now.proposed is not None)
        if now.proposed is not None:
            self.day_edit.setText(short_day(now.proposed.valid_from))
            self.approve_button.setText(f"&Approve from {tiny_day(now.proposed.valid_from)}")

    def _may_approve(self) -> bool:
        return self._now is not None and self._now.proposed is not None and Role.CHAIR in self._session.roles

    def has_next(self) -> bool:
        """Whether Ctrl+Enter approves."""
        return self._may_approve() and not self.progress.is_running()

    def propose(self, number: int) -> None:
        """Begin with a ready set; it waits for the chair."""
        try:
            made = service.propose_ready_set(self._session, READY[number - 1].name)
        except Refused as refusal:
            self.error.set_error(refusal.sentence)
            return
        self.error.clear()
        self.changed.emit("Table of rights proposed", made.name, True)

    def _move(self, _day: object) -> None:
        proposed, day = self._now.proposed if self._now else None, self.day_edit.day()
        if proposed is None or day is None or day == proposed.valid_from:
            return
        try:
            service.propose_rights(self._session, proposed.rights, day, proposed.name)
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.day_edit)
            return
        self.error.clear(self.day_edit)
        self.changed.emit("Table of rights proposed", f"From {short_day(day)}", True)

    def press(self) -> None:
        """The chair approves with their own passphrase."""
        proposed = self._now.proposed if self._now else None
        if not self.has_next() or proposed is None:
            return
        session, passphrase, table_id = self._session, self.passphrase_edit.text(), proposed.id

        def work(progress: Progress) -> RightsTable:
            progress(0, 1, "Checking your passphrase")
            prove_own(session, passphrase)
            progress(1, 1, "Approving")
            return service.approve_rights(session, table_id)

        self.error.clear(self.passphrase_edit)
        self.progress.run(self._tasks, work, self._approved, self._refuse, words="Checking your passphrase", until=1)

    def _approved(self, table: RightsTable) -> None:
        self.forget()
        self.changed.emit("Table of rights approved", f"In force from {short_day(table.valid_from)}.", False)

    def _refuse(self, refusal: Refused) -> None:
        self.error.set_error(refusal.sentence, self.passphrase_edit)
        self.passphrase_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.passphrase_edit.selectAll()

    def forget(self) -> None:
        """What was typed does not stay."""
        self.passphrase_edit.clear()
        self.error.clear(self.passphrase_edit)

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in order."""
        return self.rows, *self.set_buttons, self.day_edit, self.passphrase_edit, self.approve_button


def _title(now: RightsNow) -> str:
    if now.proposed is not None:
        return "Proposed, waits for the chair"
    return "In force" if now.current is not None else "No table of rights is approved"


def _words(now: RightsNow) -> str:
    if now.proposed is not None:
        return f"By {now.proposed.proposed_by}. The first row that fits somebody decides."
    if now.current is None:
        return "Without one nobody gets a copy. Choose a ready set; the chair approves it."
    one = now.current
    at = f", approved by {one.approved_by}, {short_day(local(one.approved_at).date())}" if one.approved_at else ""
    return f"Since {short_day(one.valid_from)}{at}. The first row that fits somebody decides."
