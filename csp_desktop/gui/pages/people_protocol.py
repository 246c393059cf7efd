"""Setting the protocol for everyone whose row is marked, in one step."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop._built.ui_people import Ui_People
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.models.people import count_of
from csp_desktop.services import keeping_people, keeping_settings
from csp_desktop.services.keeping_people import FieldRefused


class ProtocolPanel(QObject):
    """Shown while at least one row is marked. `done` with how many people it was set for."""

    done = Signal(int)

    def __init__(self, ui: Ui_People, desk: Desk, marked: Callable[[], Collection[str]], parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._marked = ui, desk, marked
        for edit in (ui.version_edit, ui.day_edit):
            edit.returnPressed.connect(self.set_protocol)
        ui.protocol_button.clicked.connect(self.set_protocol)

    def show_count(self) -> None:
        """As many as are marked; gone when none is."""
        ui, count = self._ui, len(self._marked())
        if count and ui.protocol_frame.isHidden():
            ui.version_edit.setText(keeping_settings.settings(self._desk.session).isp_version)
            ui.day_edit.clear()
            self._clear()
        ui.protocol_frame.setVisible(count > 0)
        words = count_of(count, "person", "people")
        ui.protocol_title.setText(f"Set protocol for {words}")
        ui.protocol_button.setAccessibleDescription(f"For {words}. Key Enter")

    def _clear(self) -> None:
        self._ui.protocol_error.clear(self._ui.version_edit)
        self._ui.protocol_error.clear(self._ui.day_edit)

    def set_protocol(self) -> None:
        """Set it, or say at the field what is not in order."""
        ui, session, marked = self._ui, self._desk.session, list(self._marked())
        self._clear()
        try:
            version, signed_on = keeping_people.read_protocol(session, ui.version_edit.text(), ui.day_edit.text())
            if signed_on is None:
                raise FieldRefused("version", "Give the version of the protocol and the day it was signed.")
            keeping_people.set_isp(session, marked, version, signed_on)
        except FieldRefused as refusal:
            field = ui.version_edit if refusal.field == "version" else ui.day_edit
            ui.protocol_error.set_error(refusal.sentence, field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        except Refused as refusal:
            ui.protocol_error.set_error(refusal.sentence)
            return
        self.done.emit(len(marked))
