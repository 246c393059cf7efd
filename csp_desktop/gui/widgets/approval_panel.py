"""What comes next for the record of a meeting: mark it as checked, approve it with one's own passphrase, note or
confirm an approval by e-mail; and the versions that were approved, each to be saved again.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QVBoxLayout, QWidget

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import day_and_time, local, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.versions import MinutesState, MinutesVersion
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import GO_ON, Action
from csp_desktop.gui.window.tasks import Cancelled, Tasks
from csp_desktop.services.file.users import prove_own
from csp_desktop.services.minutes import review, versions
from csp_desktop.services.minutes.versions import Standing
from csp_desktop.services.session import Session

SEND_BACK = Action(
    "send the draft back, with a note", ("Ctrl+B",), "_send_back", when="_may_send_back", strip="send back"
)
SENT_BACK = "Sent back"
MOST_FALLEN = 3
CAPS = "Caps Lock may be on."
UNREAD = "Read every page first, or tick “I have read version {}”."


class Ahead(Enum):
    """What the person who is signed in can do next."""

    NOTHING = auto()
    CHECK = auto()
    APPROVE = auto()
    NOTE = auto()  # that somebody approved by e-mail
    CONFIRM = auto()


@dataclass(frozen=True)
class Ways:
    """How the two meetings differ. Without `check` whoever approves has checked by that; `approver` is what whoever
    may approve is called: 'the chair'. `in_one`: whoever approves checks what nobody checked yet."""

    check: Callable[[str], object] | None
    approve: Callable[[Session, str, Progress], object]
    approver: str
    in_one: bool = False


class ApprovalPanel(QFrame):
    """`done` with what is now true, in a few words and some more; `save_asked` with the number of a version."""

    done = Signal(str, str)
    save_asked = Signal(int)

    def __init__(self, session: Session, tasks: Tasks, ways: Ways, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._tasks, self._ways = session, tasks, ways
        self._meeting_id, self._ahead = "", Ahead.NOTHING
        self._now: Standing | None = None
        self._drawn = True
        self._fallen: tuple[str, ...] = ()  # the checks that fail although the draft was checked
        self.error, self.progress, self.next_button = FieldError(), ProgressPanel(), PrimaryButton()
        set_role(self, "card")
        self.setObjectName("approval_panel")
        self._make_fields()
        self._lay_out()
        self.progress.busy.connect(lambda _busy: self._show_enabled())
        self.next_button.clicked.connect(self.press)
        self.passphrase_edit.returnPressed.connect(self.press)
        self.passphrase_edit.textChanged.connect(lambda _: self.error.clear(self.passphrase_edit))
        self.passphrase_edit.caps_lock_changed.connect(self.caps_label.setVisible)
        self.hide()

    def _make_fields(self) -> None:
        self.title, self.words = text_label("", "strong"), text_label("", "caption")
        self.passphrase_edit = PassphraseField()
        self.passphrase_edit.setObjectName("passphrase_edit")
        self.passphrase_edit.setAccessibleName("Your passphrase")
        self.secret_label = text_label("&Your passphrase", "label", buddy=self.passphrase_edit)
        self.caps_label = text_label(CAPS, "caption")
        self.caps_label.hide()
        self.read_box = QCheckBox()
        self.read_box.setObjectName("read_box")
        self.read_box.toggled.connect(lambda _: self.error.clear(self.read_box))
        self.who_combo = QComboBox()
        self.who_combo.setObjectName("approver_combo")
        self.who_combo.setAccessibleName("Who approved by email")
        self.who_combo.setPlaceholderText("Who approved")
        self.who_combo.activated.connect(lambda _: self.error.clear(self.who_combo))
        self.who_label = text_label("Approved by email &on", "label", buddy=self.who_combo)
        self.day_edit = DayField()
        self.day_edit.setObjectName("mailed_edit")
        self.day_edit.setAccessibleName("Date of the email")
        self.day_edit.setPlaceholderText("Date sent")
        self.day_edit.set_today(lambda: self._session.today, past=True)
        self.day_edit.unread.connect(lambda sentence: self.error.set_error(sentence, self.day_edit))
        self.day_edit.given.connect(lambda _: self.error.clear(self.day_edit))
        self.error.setObjectName("approval_error")
        self.facts_label = text_label("", "caption")
        self.comments_label, self.fallen_label = text_label("", "caption"), text_label("", "medium")
        self.back_button = SecondaryButton(text="Send &back", height=36)
        self.back_button.setObjectName("send_back_button")
        self.back_button.set_key(SEND_BACK.shown)
        self.back_edit, self.back_error = ProseLine(), FieldError()
        self.back_edit.setObjectName("send_back_edit")
        self.back_edit.setAccessibleName("What the minute-taker needs to correct")
        self.back_edit.setPlaceholderText("Corrections needed")
        self.back_button.clicked.connect(self.ask_back)
        self.back_edit.returnPressed.connect(self._send_back)
        self._close_back()
        self.next_button.setObjectName("approval_button")
        self.next_button.set_height(44)
        self.next_button.set_key(GO_ON.shown)

    def _lay_out(self) -> None:
        self._versions = QVBoxLayout()
        self._versions.setSpacing(current().px(4))
        by_mail = hbox((self.who_combo, 3), (self.day_edit, 2), spacing=8)
        parts = (
            self.title,
            self.words,
            self.facts_label,
            self.comments_label,
            self.fallen_label,
            self.back_button,
            self.back_edit,
            self.back_error,
            self.read_box,
            self.secret_label,
            self.passphrase_edit,
            self.caps_label,
            self.who_label,
            by_mail,
            self.error,
            self.progress,
            self.next_button,
            self._versions,
        )
        self.setLayout(vbox(*parts, spacing=5, margins=(12, 10, 12, 10)))

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """What Tab comes to, in order; the versions' buttons follow."""
        buttons = self.findChildren(SecondaryButton)
        saves = [button for button in buttons if button.objectName().startswith("version_")]
        back, by_mail = (self.back_button, self.back_edit), (self.who_combo, self.day_edit)
        return *back, self.read_box, self.passphrase_edit, *by_mail, self.next_button, *saves

    def forget(self) -> None:
        """What was typed does not stay."""
        self.passphrase_edit.clear()
        self.error.clear(self.passphrase_edit)
        self.set_read(False)
        self._close_back()

    def set_read(self, read: bool) -> None:
        """Whether all of the draft was in sight. Until then whoever approves ticks that they have read it."""
        self.read_box.setChecked(read)

    def set_facts(self, words: str, fallen: Sequence[str] = ()) -> None:
        """What exactly is approved, in words, and which checks fail now although the draft was checked: until each is
        put right nothing is approved."""
        self.facts_label.setText(words)
        self.facts_label.setVisible(self._ahead is Ahead.APPROVE and bool(words))
        self._fallen = tuple(fallen)
        self._show_enabled()

    def set_comments(self, words: str) -> None:
        """What became of the comments on the draft, in words."""
        self.comments_label.setText(words)

    def ask_back(self) -> None:
        """Ctrl+B: the note with which the draft goes back; once more closes it."""
        if not self.may_send_back():
            return
        if self.back_edit.isHidden():
            self.back_edit.show()
            self.back_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._close_back()

    def waits(self) -> bool:
        """Whether the draft waits for the approval of this person, checked or not."""
        return self._ahead is Ahead.APPROVE

    def may_send_back(self) -> bool:
        """Whether the draft waits for the approval of this person."""
        return self._ahead is Ahead.APPROVE and self._is_checked()

    def _is_checked(self) -> bool:
        return self._now is not None and self._now.state is MinutesState.CHECKED

    def _close_back(self) -> None:
        self.back_edit.clear()
        self.back_edit.hide()
        self.back_error.clear(self.back_edit)

    def _send_back(self) -> None:
        self.back_error.clear(self.back_edit)
        try:
            review.send_back(self._session, self._meeting_id, self.back_edit.text())
        except Refused as refusal:
            self.back_error.set_error(refusal.sentence, self.back_edit)
            return
        self._close_back()
        self.done.emit(SENT_BACK, "The minute-taker sees your note on Home.")

    def show_record(self, meeting_id: str, now: Standing | None, kept: Sequence[MinutesVersion] = ()) -> None:
        """How the record of this meeting stands; None where there is none."""
        if meeting_id != self._meeting_id:
            self.forget()
        self._meeting_id, self._now = meeting_id, now
        self.setVisible(now is not None)
        if now is None:
            self._ahead = Ahead.NOTHING
            return
        self._ahead = self._next(now)
        self._say(now)
        self._show_versions(now, kept)
        self._show_enabled()

    def has_next(self) -> bool:
        """Whether this person can take the record one step on."""
        return self._ahead is not Ahead.NOTHING and not self.progress.is_running()

    def next_words(self) -> str:
        """What Ctrl+Enter does, for the strip."""
        words = {
            Ahead.CHECK: "mark as checked",
            Ahead.APPROVE: "approve",
            Ahead.NOTE: "record approval",
            Ahead.CONFIRM: "confirm approval",
        }
        return words.get(self._ahead, "")

    def _next(self, now: Standing) -> Ahead:
        session = self._session
        approves = versions.may_approve(session, self._meeting_id)
        if now.awaits_confirmation:
            mine = now.approval is not None and now.approval.by == session.user_name
            return Ahead.CONFIRM if mine else Ahead.NOTHING
        if now.is_approved:
            return Ahead.NOTHING
        in_one = approves and self._ways.in_one and now.sent_back is None
        if now.state is MinutesState.DRAFT and self._ways.check is not None and not in_one:
            return Ahead.CHECK if may_record(session) else Ahead.NOTHING
        if approves:
            return Ahead.APPROVE
        return Ahead.NOTE if may_record(session) and self._approvers() else Ahead.NOTHING

    def _approvers(self) -> list[str]:
        return versions.approvers(self._session, self._meeting_id) if self._session.users is not None else []

    def _say(self, now: Standing) -> None:
        ahead, version = self._ahead, now.version
        title, words = _words(now, ahead, self._ways.approver, self._session.today)
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        own: tuple[QWidget, ...] = (self.secret_label, self.passphrase_edit)
        mailed: tuple[QWidget, ...] = (self.who_label, self.who_combo, self.day_edit)
        for part in own:
            part.setVisible(ahead in (Ahead.APPROVE, Ahead.CONFIRM))
        self.read_box.setText(f"I &have read version {version}")
        self.read_box.setVisible(ahead is Ahead.APPROVE)
        for part in mailed:
            part.setVisible(ahead is Ahead.NOTE)
        if ahead is Ahead.NOTE:
            self._fill_approvers()
        button = {
            Ahead.CHECK: "Mark as &checked",
            Ahead.APPROVE: f"&Approve version {version}",
            Ahead.NOTE: "&Record the approval",
            Ahead.CONFIRM: f"&Confirm version {version}",
        }
        self.next_button.setText(button.get(ahead, ""))
        self.next_button.setVisible(ahead is not Ahead.NOTHING)
        self.back_button.setVisible(self.may_send_back())
        self.facts_label.setVisible(ahead is Ahead.APPROVE and bool(self.facts_label.text()))
        self.comments_label.setVisible(ahead is not Ahead.NOTHING and bool(self.comments_label.text()))
        if not self.may_send_back():
            self._close_back()
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)

    def _fill_approvers(self) -> None:
        chosen, names = self.who_combo.currentText(), self._approvers()
        self.who_combo.clear()
        self.who_combo.addItems(names)
        only = 0 if len(names) == 1 else -1  # never the first name unasked
        self.who_combo.setCurrentIndex(self.who_combo.findText(chosen) if chosen in names else only)

    def _show_versions(self, now: Standing, kept: Sequence[MinutesVersion]) -> None:
        while (item := self._versions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in reversed(kept):
            self._versions.addWidget(self._version_row(one))

    def _version_row(self, one: MinutesVersion) -> QFrame:
        row, button = QFrame(self), SecondaryButton(text="Save PDF", height=32)
        name = text_label(f"Version {one.number}", "strong", wraps=False)
        when = text_label(f"approved {day_and_time(one.at, self._session.today)}", "caption")
        button.setObjectName(f"version_{one.number}_button")
        button.setAccessibleName(f"Save version {one.number} as PDF, as it was approved")
        button.clicked.connect(lambda: self.save_asked.emit(one.number))
        column = vbox(hbox((vbox(name, when, spacing=0), 1), button, spacing=8), spacing=2)
        for change in one.changes:
            column.addWidget(text_label(f"Changed: {change}", "caption"))
        row.setLayout(column)
        return row

    def set_ready(self, ready: bool) -> None:
        """Whether the pages are there: nothing is checked or approved that was not drawn up."""
        self._drawn = ready
        self._show_enabled()

    def _show_enabled(self) -> None:
        idle = not self.progress.is_running()
        fallen = self._fallen if self._is_checked() and self._ahead in (Ahead.APPROVE, Ahead.NOTE) else ()
        count = "1 check fails" if len(fallen) == 1 else f"{len(fallen)} checks fail"
        self.fallen_label.setText(f"{count} since it was checked: {'; '.join(fallen[:MOST_FALLEN])}" if fallen else "")
        self.fallen_label.setVisible(bool(fallen))
        self.next_button.setEnabled(idle and self._drawn and not fallen)
        self.back_button.setEnabled(idle)
        for field in (self.read_box, self.passphrase_edit, self.who_combo, self.day_edit):
            field.setEnabled(idle)

    def press(self) -> None:
        """Take the record the next step on."""
        if not (self.has_next() and self.next_button.isEnabled()):
            return
        for field in (self.read_box, self.passphrase_edit, self.who_combo, self.day_edit):
            self.error.clear(field)
        match self._ahead:
            case Ahead.CHECK:
                self._check()
            case Ahead.APPROVE if not self.read_box.isChecked():
                self.error.set_error(UNREAD.format(self._now.version if self._now else 1), self.read_box)
                self.read_box.setFocus(Qt.FocusReason.OtherFocusReason)
            case Ahead.APPROVE:
                self._run(self._approving(), "Checking your passphrase", self.passphrase_edit)
            case Ahead.CONFIRM:
                self._run(self._confirming(), "Checking your passphrase", self.passphrase_edit)
            case Ahead.NOTE:
                self._note()
            case Ahead.NOTHING:
                return

    def _check(self) -> None:
        check = self._ways.check
        assert check is not None
        try:
            check(self._meeting_id)
        except Refused as refusal:
            self.error.set_error(refusal.sentence)
            return
        self.done.emit("Checked", f"The minutes can now go to {self._ways.approver}.")

    def _approving(self) -> Callable[[Progress], tuple[str, str]]:
        session, meeting_id, passphrase = self._session, self._meeting_id, self.passphrase_edit.text()
        approve, version = self._ways.approve, self._now.version if self._now else 1

        def work(progress: Progress) -> tuple[str, str]:
            progress(0, 1, "Checking your passphrase")
            prove_own(session, passphrase)
            progress(1, 1, "Approving")  # from here on it is not stopped: a version is kept whole
            approve(session, meeting_id, _only_told(progress))
            return f"Version {version} is approved", "It is kept as it is now."

        return work

    def _confirming(self) -> Callable[[Progress], tuple[str, str]]:
        session, meeting_id, passphrase = self._session, self._meeting_id, self.passphrase_edit.text()

        def work(progress: Progress) -> tuple[str, str]:
            progress(0, 1, "Checking your passphrase")
            prove_own(session, passphrase)
            versions.confirm_approval(session, meeting_id)
            return "Confirmed", "Your approval by email is now confirmed with your passphrase."

        return work

    def _note(self) -> None:
        day, by = self.day_edit.day(), self.who_combo.currentText()
        if not by:
            self.error.set_error("Choose who approved by email.", self.who_combo)
            self.who_combo.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if day is None:
            self.error.set_error("Give the date of the email, for example 27 Nov.", self.day_edit)
            self.day_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        session, meeting_id = self._session, self._meeting_id

        def work(progress: Progress) -> tuple[str, str]:
            progress(1, 1, "Recording the approval")
            versions.note_mail_approval(session, meeting_id, by, day, _only_told(progress))
            return "Approval by email recorded", f"{by} confirms it with their own passphrase on this laptop."

        self._run(work, "Recording the approval", self.day_edit)

    def _run(self, work: Callable[[Progress], Any], words: str, field: QWidget) -> None:
        def refused(refusal: Refused) -> None:
            self.error.set_error(refusal.sentence, field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            if field is self.passphrase_edit:
                self.passphrase_edit.selectAll()

        self.progress.run(self._tasks, work, self._finish, refused, words=words, until=1)

    def _finish(self, told: tuple[str, str]) -> None:
        self.forget()
        self.done.emit(*told)


def may_record(session: Session) -> bool:
    """Whether this person may check and correct."""
    try:
        session.require_recorder()
    except Refused:
        return False
    return True


def _only_told(progress: Progress) -> Progress:
    """How far it is, without ending it."""

    def told(done: int, total: int, words: str) -> None:
        with suppress(Cancelled):
            progress(done, total, words)

    return told


def _words(now: Standing, ahead: Ahead, approver: str, today: date) -> tuple[str, str]:
    """What is said above the button: how it stands, and what the press means."""
    version, approval = now.version, now.approval
    count = "1 correction" if len(now.since) == 1 else f"{len(now.since)} corrections"
    corrected = f"{count} since version {version - 1}. " if version > 1 and now.since else ""
    match ahead:
        case Ahead.CHECK if now.sent_back is not None:
            return f"Sent back by {now.sent_back.by}", f"“{now.sent_back.note}” Correct it, then check it again."
        case Ahead.CHECK:
            return f"Draft of version {version}", f"{corrected}Every check must pass, or be kept as it is."
        case Ahead.APPROVE:
            kept = f"This cannot be undone: a later correction creates version {version + 1}."
            return f"Version {version} is waiting for your approval", corrected + kept
        case Ahead.NOTE:
            kept = "They confirm it with their own passphrase. This cannot be undone."
            return f"Version {version} is waiting for {approver}", corrected + kept
        case Ahead.CONFIRM:
            assert approval is not None and approval.mailed_on is not None
            mail = f"Recorded by {approval.noted_by} from your email of {screen_day(approval.mailed_on, today)}."
            return "Confirm that you approved by email", mail
    if now.awaits_confirmation and approval is not None and approval.mailed_on is not None:
        by = f"{approval.by}, email of {screen_day(approval.mailed_on, today)}"
        return "Approved by email", f"{by}. {approval.by} has not confirmed it here yet."
    if now.is_approved and approval is not None:
        words = f"Approved by {approval.by}, {screen_day(local(approval.at).date(), today)}. Kept as approved."
        if now.state is MinutesState.AGREED and now.agreed is not None:
            words = f"As a correct record, {screen_day(local(now.agreed.at).date(), today)}. {words}"
        return now.state.value.capitalize(), words
    if now.sent_back is not None:
        return f"Sent back by {now.sent_back.by}", now.sent_back.note
    if now.state is MinutesState.DRAFT:
        return f"Draft of version {version}", f"{corrected}The minute-taker checks it, then {approver} approves it."
    return f"Version {version} is waiting for {approver}", corrected
