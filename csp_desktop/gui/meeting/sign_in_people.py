"""Who else is dealt with at the desk: late arrivals and leavers, somebody on no list, a passphrase for copies,
apologies, mistakes put right.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, time

from PySide6.QtCore import QEvent, QObject, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop.domain.common.days import clock, dated_day, instant, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.minutes.circulation import CopyPassphrase, ToldHow
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import AskedOnce, FieldErrors
from csp_desktop.gui.widgets.person_picker import PersonPicker
from csp_desktop.gui.window.actions import BACK, OPEN
from csp_desktop.gui.window.keys import is_enter
from csp_desktop.services.meeting import sign_in
from csp_desktop.services.meeting.sign_in import NewPerson
from csp_desktop.services.meeting.sign_in_rows import ApologyRow, PersonRow, SignInDesk
from csp_desktop.services.minutes import copy_passphrases
from csp_desktop.services.people import people
from csp_desktop.services.session import Session

CAPACITIES = (
    (Capacity.MEMBER, "Member"),
    (Capacity.OCCASIONAL, "Occasional attendee"),
    (Capacity.OBSERVER, "Observer"),
    (Capacity.MINUTE_TAKER, "Minute-taker"),
)


class LeaverPicker(PersonPicker):
    """Shift+F6: who leaves before the end. Their time is recorded at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Who leaves?", parent)

    def people(self) -> Sequence[PersonRow]:
        """Everyone in the room."""
        return sign_in.present_people(self._session, self.meeting_id)

    def act(self, person: PersonRow) -> None:
        """They leave now."""
        sign_in.leave(self._session, person.attendance_id)


class ArrivalPicker(PersonPicker):
    """Who has come in late, when the desk cannot be turned to them at once: present and unsigned from now on, so the
    room screen is blank until they sign at the desk (F6)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Who has arrived?", parent)

    def people(self) -> Sequence[PersonRow]:
        """Everyone on this meeting's list who is not in the room."""
        desk = sign_in.desk_rows(self._session, self.meeting_id)
        return [person for person in (*desk.expected, *desk.signed) if not person.present]

    def act(self, person: PersonRow) -> None:
        """They are here now."""
        sign_in.arrive(self._session, self.meeting_id, person.member_id)


class Newcomer(QObject):
    """`added` gives the new person's key; `back` when they thought better of it."""

    added = Signal(str)
    back = Signal()

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._meeting_id = ""
        self._sure = AskedOnce(MemberField.NAME, "Press “Add and continue” again to add them.")
        self.errors = FieldErrors(
            {
                MemberField.NAME: (ui.newcomer_error, ui.new_name_edit),
                MemberField.AGENCY: (ui.newcomer_error, ui.new_agency_box),
                MemberField.JOB_TITLE: (ui.newcomer_error, ui.new_post_edit),
            },
            (ui.newcomer_error, None),
        )
        for capacity, words in CAPACITIES:
            if capacity in (Capacity.OCCASIONAL, Capacity.OBSERVER):
                ui.new_capacity_box.addItem(words, capacity)
        ui.add_button.set_height(44)
        ui.newcomer_back_button.set_height(44)
        ui.add_button.clicked.connect(self._add)
        ui.newcomer_back_button.clicked.connect(self.back)
        ui.new_name_edit.returnPressed.connect(ui.new_agency_box.setFocus)
        ui.new_post_edit.returnPressed.connect(self._add)

    def show(self, meeting_id: str, typed: str) -> None:
        """Start with what was typed in the find field, when it looks like a name."""
        ui = self._ui
        self._meeting_id = meeting_id
        ui.new_name_edit.setText(typed.title() if " " in typed.strip() and typed.islower() else typed)
        ui.new_post_edit.clear()
        ui.new_agency_box.clear()
        ui.new_agency_box.addItems(sign_in.agency_names(self._session))
        ui.new_agency_box.setCurrentText("")
        ui.new_capacity_box.setCurrentIndex(0)
        self.errors.clear()
        ui.new_name_edit.setFocus()

    def _add(self) -> None:
        ui = self._ui
        person = NewPerson(
            ui.new_name_edit.text(),
            ui.new_agency_box.currentText(),
            ui.new_post_edit.text(),
            Capacity(ui.new_capacity_box.currentData()),
        )
        try:
            if person.agency.strip() and len(person.name.split()) > 1:
                self._sure.require(people.doubt_about(self._session, person.name), person.name)
            member_id = sign_in.add_person(self._session, self._meeting_id, person)
        except Refused as refused:
            self.errors.show(refused)
            return
        self.errors.clear()
        self.added.emit(member_id)


class CopySecret(QObject):
    """The lasting passphrase of somebody's copies, typed by themselves: nobody has to, and it waits for nobody. `kept`
    with words for the message bar, `back` when they thought better of it."""

    kept = Signal(str)
    back = Signal()

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._member_id = self._name = ""
        self.errors = FieldErrors(
            {
                copy_passphrases.PASSPHRASE: (ui.secret_error, ui.secret_edit),
                copy_passphrases.AGAIN: (ui.secret_error, ui.secret_again_edit),
            },
            (ui.secret_error, None),
        )
        for button in (ui.set_secret_button, ui.secret_back_button):
            button.set_height(44)
        ui.set_secret_button.set_key(OPEN.shown)
        ui.secret_back_button.set_key(BACK.shown)
        ui.set_secret_button.clicked.connect(self.keep)
        ui.secret_back_button.clicked.connect(self.back)
        ui.secret_edit.returnPressed.connect(ui.secret_again_edit.setFocus)
        ui.secret_again_edit.returnPressed.connect(self.keep)

    def show(self, member_id: str, name: str) -> None:
        """How it stands, and two empty fields."""
        ui = self._ui
        self.forget()
        self._member_id, self._name = member_id, name
        ui.secret_title.setText(f"Passphrase for the copies of {name}")
        ui.secret_state.setText(_secret_words(copy_passphrases.chosen_passphrase(self._session, member_id)))
        ui.secret_edit.setFocus()

    def forget(self) -> None:
        """Nothing that was typed stays."""
        for edit in (self._ui.secret_edit, self._ui.secret_again_edit):
            edit.clear()
        self.errors.clear()
        self._member_id = ""

    def keep(self) -> None:
        """Set it, or say in place why it cannot be."""
        ui = self._ui
        if not self._member_id:
            return
        try:
            copy_passphrases.set_passphrase(
                self._session, self._member_id, ui.secret_edit.text(), ui.secret_again_edit.text()
            )
        except Refused as refused:
            self.errors.show(refused)
            return
        self.forget()
        self.kept.emit(f"The passphrase of {self._name} is set")


def _secret_words(kept: CopyPassphrase | None) -> str:
    """Whether there is one, and that what is typed takes its place."""
    if kept is None:
        return "You have none yet."
    if kept.told_at is None or kept.told_how is None:
        return "One has been made for you but not given to you. What you type here replaces it."
    how = "You set yours" if kept.told_how is ToldHow.SIGN_IN else f"You were given yours {_TOLD[kept.told_how]}"
    after = "What you type here replaces it; copies you already have keep the old one."
    return f"{how} on {dated_day(local(kept.told_at).date())}. {after}"


_TOLD = {ToldHow.IN_PERSON: "in person", ToldHow.SLIP: "on a slip", ToldHow.PHONE: "by phone"}


class Apologies(QObject):
    """`changed` after one was recorded or taken back, `back` to the desk."""

    changed = Signal()
    back = Signal()

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._meeting_id = ""
        self.errors = FieldErrors(
            {sign_in.ApologyField.RECEIVED_ON: (ui.apology_error, ui.sent_edit)}, (ui.apology_error, ui.apology_box)
        )
        ui.record_button.set_height(44)
        ui.record_button.clicked.connect(self._record)
        ui.withdraw_button.clicked.connect(self._withdraw)
        ui.apologies_back_button.clicked.connect(self.back)
        ui.sent_edit.set_today(lambda: session.today, past=True)
        ui.sent_edit.tell_at(ui.apology_error)
        ui.sent_box.toggled.connect(ui.sent_edit.setEnabled)
        ui.apologies_view.current_moved.connect(lambda: ui.withdraw_button.setEnabled(True))
        for field in (ui.apology_box, ui.sent_box, ui.sent_edit):
            field.installEventFilter(self)

    def show(self, desk: SignInDesk, member_id: str = "") -> None:
        """The apologies so far, and a line for the next; `member_id` is whose is to be recorded."""
        ui = self._ui
        self._meeting_id = desk.meeting_id
        ui.apology_box.clear()
        for person in desk.expected:
            if not person.present:
                ui.apology_box.addItem(f"{person.name}, {person.remark}", person.member_id)
        ui.apology_box.setCurrentIndex(max(0, ui.apology_box.findData(member_id)))
        ui.sent_box.setChecked(False)
        ui.sent_edit.setEnabled(False)
        ui.sent_edit.set_day(self._session.today)
        ui.record_button.setEnabled(ui.apology_box.count() > 0)
        ui.apologies_view.set_entries([_entry(row) for row in desk.apologies])
        ui.withdraw_button.setEnabled(bool(ui.apologies_view.current_key()))
        self.errors.clear()
        ui.apology_box.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field of the line records it."""
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and is_enter(event)
        if pressed and self._ui.record_button.isEnabled():
            self._record()
            return True
        return super().eventFilter(watched, event)

    def _record(self) -> None:
        ui = self._ui
        sent = ui.sent_box.isChecked()
        try:
            day = ui.sent_edit.required_day(sign_in.ApologyField.RECEIVED_ON) if sent else None
            sign_in.record_apology(self._session, self._meeting_id, ui.apology_box.currentData(), sent, day)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.changed.emit()

    def _withdraw(self) -> None:
        key = self._ui.apologies_view.current_key()
        if key:
            sign_in.withdraw_apology(self._session, key)
            self.changed.emit()


def _entry(row: ApologyRow) -> Entry:
    sent = f"information received {dated_day(row.received_on)}" if row.received_on else "no information sent"
    return Entry(row.attendance_id, row.name, row.agency, person=row.name, group=row.agency, caption=sent)


class Attendee(QObject):
    """`changed` after anything was written, `back` to the desk."""

    changed = Signal()
    back = Signal()

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._meeting_id = ""
        self._row: PersonRow | None = None
        ui.attendee_avatar.set_size(52)
        ui.leave_button.set_icon("log-out")
        ui.arrived_edit.editingFinished.connect(self._correct)
        ui.left_edit.editingFinished.connect(self._correct)
        ui.leave_button.clicked.connect(lambda: self._write(lambda row: sign_in.leave(session, row.attendance_id)))
        ui.return_button.clicked.connect(
            lambda: self._write(lambda row: sign_in.arrive(session, self._meeting_id, row.member_id))
        )
        ui.void_button.clicked.connect(
            lambda: self._write(lambda row: sign_in.take_back_signature(session, row.attendance_id))
        )
        ui.attendee_back_button.clicked.connect(self.back)

    def member_id(self) -> str:
        """Whose row it is."""
        return self._row.member_id if self._row else ""

    def show(self, meeting_id: str, row: PersonRow) -> None:
        """The facts of one person at this meeting."""
        ui = self._ui
        self._meeting_id, self._row = meeting_id, row
        ui.attendee_avatar.set_person(row.name, row.agency)
        ui.attendee_name.setText(row.name)
        ui.attendee_facts.setText(_facts(row))
        ui.arrived_edit.setTime(_shown(row.arrived_at))
        ui.left_edit.setTime(_shown(row.left_at))
        for widget in (ui.left_edit, ui.left_label, ui.return_button):
            widget.setVisible(row.left_at is not None)
        ui.leave_button.setVisible(row.present)
        ui.attendee_error.clear()

    def _correct(self) -> None:
        row, ui = self._row, self._ui
        if row is None or row.arrived_at is None:
            return
        arrived = _instant(row.arrived_at, ui.arrived_edit.time())
        left = _instant(row.left_at, ui.left_edit.time()) if row.left_at else None
        if (arrived, left) != (row.arrived_at, row.left_at):
            self._write(lambda row: sign_in.correct_times(self._session, row.attendance_id, arrived, left))

    def _write(self, verb: Callable[[PersonRow], object]) -> None:
        if self._row is None:
            return
        try:
            verb(self._row)
        except Refused as refused:
            self._ui.attendee_error.set_error(refused.sentence)
            return
        self.changed.emit()


def _facts(row: PersonRow) -> str:
    signed = f"signed at {clock(row.signed_at)}, clause version {row.clause_version}" if row.signed_at else ""
    times = f"here {row.times}" if row.away else ""
    alone = {True: "said to be alone", False: "not alone", None: ""}[row.alone]
    parts = [row.remark, signed, times, alone, f"read out by {row.read_by}" if row.read_by else ""]
    facts = ", ".join(part for part in parts if part) + "."
    return f"{facts} Interests declared: {', '.join(row.interests)}." if row.interests else facts


def _shown(at: datetime | None) -> QTime:
    return QTime(local(at).hour, local(at).minute) if at else QTime(0, 0)


def _instant(before: datetime, shown: QTime) -> datetime:
    """The same moment while the minute shown is the same, so that a look never changes seconds."""
    if shown == _shown(before):
        return before
    return instant(local(before).date(), time(shown.hour(), shown.minute()))


def names(people: list[str], most: int = 4) -> str:
    """'Owen Pryce, Ann Lee and 3 more'"""
    if len(people) > most:
        return f"{', '.join(people[:most])} and {len(people) - most} more"
    return people[0] if len(people) == 1 else f"{', '.join(people[:-1])} and {people[-1]}" if people else ""


def standing_words(desk: SignInDesk) -> tuple[str, bool]:
    """What the bar says above its ticks, and whether it asks for attention."""
    unsigned = len(desk.gate.unsigned)
    if unsigned:
        return f"{unsigned} present and not signed", True
    if desk.gate.awaited and not desk.in_session:
        return f"{len(desk.gate.awaited)} more expected", True
    if not desk.signed:
        return desk.gate.reason, True
    return ("Continuing with an override" if desk.gate.overridden else "Everyone present has signed"), False
