"""Someone who has signed: their times put right, leaving and coming back, and a signature under the wrong name."""

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QObject, QTime, Signal

from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop.domain.days import clock, instant, local
from csp_desktop.domain.errors import Refused
from csp_desktop.services import signing_in
from csp_desktop.services.session import Session
from csp_desktop.services.sign_in_rows import PersonRow


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
        ui.leave_button.clicked.connect(lambda: self._write(lambda row: signing_in.leave(session, row.attendance_id)))
        ui.return_button.clicked.connect(
            lambda: self._write(lambda row: signing_in.arrive(session, self._meeting_id, row.member_id))
        )
        ui.void_button.clicked.connect(
            lambda: self._write(lambda row: signing_in.take_back_signature(session, row.attendance_id))
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
            self._write(lambda row: signing_in.correct_times(self._session, row.attendance_id, arrived, left))

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
    signed = f"signed at {clock(row.signed_at)}, text version {row.clause_version}" if row.signed_at else ""
    parts = [row.remark, signed, f"read out by {row.read_by}" if row.read_by else ""]
    facts = ", ".join(part for part in parts if part) + "."
    return f"{facts} Interests declared: {', '.join(row.interests)}." if row.interests else facts


def _shown(at: datetime | None) -> QTime:
    return QTime(local(at).hour, local(at).minute) if at else QTime(0, 0)


def _instant(before: datetime, shown: QTime) -> datetime:
    """The same moment while the minute shown is the same, so that a look never changes seconds."""
    if shown == _shown(before):
        return before
    return instant(local(before).date(), time(shown.hour(), shown.minute()))
