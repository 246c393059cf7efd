"""Signing the private session's clause: one person at a time, on a screen that shows nothing else of the room check."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from csp_desktop._built.ui_private_room import Ui_PrivateRoom
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.window.actions import GO_ON
from csp_desktop.services.meeting.sign_in import current_clause
from csp_desktop.services.private import room
from csp_desktop.services.private.room import RoomCheck, RoomRow
from csp_desktop.services.session import Session


class SignPart(QObject):
    """`done` after every signature, and when the desk is left."""

    done = Signal()

    def __init__(self, ui: Ui_PrivateRoom, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._ui, self._session = ui, session
        self._waiting: tuple[RoomRow, ...] = ()
        self._heard: set[str] = set()
        self._row_id = ""
        self.is_open = False
        ui.signers_view.set_flush(False)
        ui.clause_scroll.body.addStretch(1)
        self._clause = QLabel()
        self._clause.setWordWrap(True)
        self._clause.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._clause, "clause")
        ui.clause_scroll.body.insertWidget(0, self._clause)
        ui.signature_pad.setMinimumHeight(current().px(120))
        ui.signature_pad.setMaximumHeight(current().px(170))  # the text to be signed has the rest
        ui.sign_button.set_height(48)
        ui.sign_button.set_key(GO_ON.shown)
        ui.signers_view.current_moved.connect(self._turn_to)
        ui.sign_button.clicked.connect(self.sign)
        ui.typed_edit.returnPressed.connect(self.sign)
        ui.clear_button.clicked.connect(self._empty)
        ui.read_button.clicked.connect(self._read)
        ui.check_button.clicked.connect(self.stop)

    def show(self, check: RoomCheck) -> None:
        """Who has still to sign."""
        self._waiting = check.unsigned
        self._ui.signers_view.set_entries(
            [Entry(row.id, row.name, row.agency, person=row.name) for row in self._waiting]
        )

    def begin(self, row_id: str) -> bool:
        """Turn the screen to the people; whether anyone has to sign."""
        if not self._waiting:
            return False
        self.is_open = True
        with self._session.work.reading() as records:
            self._clause.setText(current_clause(records, ClauseKind.PRIVATE).text)
        self._turn_to(row_id or self._waiting[0].id)
        self._ui.signers_view.set_current(self._row_id)
        self._ui.typed_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def stop(self) -> None:
        """Back to the lead's screen."""
        if self.is_open:
            self.is_open = False
            self._empty()
            self.done.emit()

    def _turn_to(self, row_id: str) -> None:
        row = next((one for one in self._waiting if one.id == row_id), None)
        if row is None:
            return
        self._row_id = row.id
        self._empty()
        self._ui.signer_title.setText(f"{row.name}, please sign")
        self._ui.read_button.setVisible(row.hears_clause)

    def _empty(self) -> None:
        self._ui.signature_pad.clear()
        self._ui.typed_edit.clear()
        self._ui.sign_error.clear()

    def _read(self) -> None:
        """One reading covers everybody waiting who has to hear it."""
        hearing = [row.id for row in self._waiting if row.hears_clause]
        try:
            room.read_out(self._session, hearing, self._session.user_name)
        except Refused as refusal:
            self._ui.sign_error.set_error(refusal.sentence)
            return
        self._ui.read_button.setEnabled(False)
        self._ui.typed_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def sign(self) -> None:
        """What was drawn or typed is the signature of whoever is at the desk."""
        ui = self._ui
        if not self.is_open or not self._row_id:
            return
        strokes = tuple(tuple((x, y) for x, y, _ in stroke) for stroke in ui.signature_pad.strokes())
        try:
            room.sign(self._session, self._row_id, strokes=strokes, typed_name=ui.typed_edit.text())
        except Refused as refusal:
            ui.sign_error.set_error(refusal.sentence, ui.typed_edit)
            return
        self._empty()
        ui.read_button.setEnabled(True)
        self.done.emit()
        if self._waiting:
            self._turn_to(self._waiting[0].id)
            ui.signers_view.set_current(self._row_id)
            ui.typed_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.stop()
