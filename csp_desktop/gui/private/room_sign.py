"""Signing at the room check, on a screen that shows nothing else of it: who signs at the left, the text beside them."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_private_room import Ui_PrivateRoom
from csp_desktop.gui.private.signing import Signing, SigningWidgets
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.window.actions import GO_ON
from csp_desktop.services.private.room import RoomCheck, RoomRow
from csp_desktop.services.session import Session


class SignPart(QObject):
    """`done` after every signature and reading, and when the desk is left."""

    done = Signal()

    def __init__(self, ui: Ui_PrivateRoom, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._ui, self._session = ui, session
        self._waiting: tuple[RoomRow, ...] = ()
        self.is_open = False
        ui.signers_view.set_flush(False)
        ui.signing_scroll.body.setContentsMargins(0, 0, 0, 0)
        ui.signing_scroll.body.addWidget(ui.signing_inside)
        ui.sign_button.set_height(48)
        ui.sign_button.set_key(GO_ON.shown)
        widgets = SigningWidgets(
            ui.signer_title, ui.clause, ui.read_button, ui.read_label, ui.signature, ui.sign_button
        )
        self.signing = Signing(widgets, page)
        self.signing.read.connect(self.done)
        self.signing.signed.connect(self._signed)
        ui.signers_view.current_moved.connect(self.signing.turn_to)
        ui.check_button.clicked.connect(self.stop)

    def show(self, check: RoomCheck) -> None:
        """Who has still to sign."""
        self._waiting = check.unsigned
        self._ui.signers_view.set_entries(
            [Entry(row.id, row.name, row.agency, person=row.name) for row in self._waiting]
        )
        self.signing.set_waiting(self._session, self._waiting)
        self._ui.signers_view.set_current(self.signing.row_id)

    def begin(self, row_id: str) -> bool:
        """Turn the screen to the people; whether anyone has to sign."""
        if not self._waiting:
            return False
        self.is_open = True
        ui = self._ui
        bar = ui.signing_scroll.verticalScrollBar().sizeHint().width()
        ui.signing_scroll.setMinimumWidth(
            ui.signing_inside.minimumSizeHint().width() + bar
        )  # it scrolls up and down only
        self._turn_to(row_id or self._waiting[0].id)
        return True

    def stop(self) -> None:
        """Back to the lead's screen."""
        if self.is_open:
            self.is_open = False
            self.signing.clear()
            self.done.emit()

    def _turn_to(self, row_id: str) -> None:
        self.signing.turn_to(row_id)
        self._ui.signers_view.set_current(self.signing.row_id)

    def _signed(self, _: str) -> None:
        self.done.emit()
        if self._waiting:
            self._turn_to(self._waiting[0].id)
        else:
            self.stop()
