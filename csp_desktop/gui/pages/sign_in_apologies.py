"""Apologies: who cannot come, whether their information on the cases was sent, and when it came."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent

from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop.domain.days import short_day
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.keys import is_enter
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services import signing_in
from csp_desktop.services.session import Session
from csp_desktop.services.sign_in_rows import ApologyRow, SignInDesk


class Apologies(QObject):
    """`changed` after one was recorded or taken back, `back` to the desk."""

    changed = Signal()
    back = Signal()

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._meeting_id = ""
        ui.record_button.set_height(44)
        ui.record_button.clicked.connect(self._record)
        ui.withdraw_button.clicked.connect(self._withdraw)
        ui.apologies_back_button.clicked.connect(self.back)
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
        today = self._session.today
        ui.sent_box.setChecked(False)
        ui.sent_edit.setEnabled(False)
        ui.sent_edit.setMaximumDate(QDate(today.year, today.month, today.day))
        ui.sent_edit.setDate(QDate(today.year, today.month, today.day))
        ui.record_button.setEnabled(ui.apology_box.count() > 0)
        ui.apologies_view.set_entries([_entry(row) for row in desk.apologies])
        ui.withdraw_button.setEnabled(bool(ui.apologies_view.current_key()))
        ui.apology_error.clear()
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
        sent, shown = ui.sent_box.isChecked(), ui.sent_edit.date()
        day = date(shown.year(), shown.month(), shown.day())
        try:
            signing_in.record_apology(
                self._session, self._meeting_id, ui.apology_box.currentData(), sent, day if sent else None
            )
        except Refused as refused:
            ui.apology_error.set_error(refused.sentence)
            return
        self.changed.emit()

    def _withdraw(self) -> None:
        key = self._ui.apologies_view.current_key()
        if key:
            signing_in.withdraw_apology(self._session, key)
            self.changed.emit()


def _entry(row: ApologyRow) -> Entry:
    sent = f"information received {short_day(row.received_on)}" if row.received_on else "no information sent"
    return Entry(row.attendance_id, row.name, row.agency, person=row.name, group=row.agency, caption=sent)
