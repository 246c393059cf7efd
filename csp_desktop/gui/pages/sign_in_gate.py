"""Nobody at the desk: how many have signed, the start of the meeting, and the override with its reason."""

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.pages.sign_in_words import names
from csp_desktop.gui.theme import Tone
from csp_desktop.services import running_meeting, signing_in
from csp_desktop.services.session import Session
from csp_desktop.services.sign_in_rows import SignInDesk


class Gate(QObject):
    """`started` when the meeting runs (or ran already and is gone back to), `changed` after an override, `next_asked`
    with whoever is here and has not signed, or nobody. Until everyone has signed that is the next step."""

    started = Signal()
    changed = Signal()
    next_asked = Signal(str)

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._desk: SignInDesk | None = None
        ui.signed_number.set_size(56)
        for button, icon in ((ui.next_person_button, "pencil"), (ui.start_button, "arrow-right")):
            button.set_height(56)
            button.set_icon(icon)
        ui.next_person_button.set_key("Ctrl Enter")
        ui.next_person_button.clicked.connect(self.ask_next)
        ui.override_button.set_height(36)
        ui.start_button.clicked.connect(self.start)
        ui.override_button.clicked.connect(self._override)
        ui.reason_edit.returnPressed.connect(self._override)
        ui.reason_edit.textChanged.connect(lambda: ui.override_error.clear(ui.reason_edit))

    def show(self, desk: SignInDesk) -> None:
        """How the sign-in stands."""
        ui, gate = self._ui, desk.gate
        self._desk = desk
        tone = Tone.MEDIUM if gate.unsigned else None
        ui.signed_number.set_number(str(desk.signed_count), f"of {desk.total} signed", tone)
        ui.idle_title.setText(_title(desk))
        ui.idle_text.setText(_text(desk))
        ui.start_button.setText("&Back to the meeting" if desk.in_session else "&Start the meeting")
        ui.start_button.setEnabled(gate.may_start or desk.in_session)
        waits = bool(gate.unsigned or (gate.awaited and not desk.in_session))
        ui.next_person_button.setVisible(waits)
        ui.next_person_button.setText(f"&Next: {gate.unsigned[0].name}" if gate.unsigned else "&Next person")
        ui.start_button.set_next(not waits)
        ui.start_button.set_key(("Alt B" if desk.in_session else "Alt S") if waits else "Ctrl Enter")
        ui.override_frame.setVisible(bool(gate.unsigned))
        ui.override_title.setText(gate.reason)
        ui.start_error.clear()

    def ask_next(self) -> None:
        """Whoever is here and has not signed comes to the desk, else whoever types their name."""
        unsigned = self._desk.gate.unsigned if self._desk is not None else ()
        self.next_asked.emit(unsigned[0].member_id if unsigned else "")

    def start(self) -> None:
        """The meeting begins, or is gone back to."""
        if self._desk is None:
            return
        try:
            if not self._desk.in_session:
                running_meeting.start(self._session, self._desk.meeting_id)
        except Refused as refused:
            self._ui.start_error.set_error(refused.sentence)
            return
        self.started.emit()

    def _override(self) -> None:
        ui = self._ui
        if self._desk is None:
            return
        try:
            signing_in.override(self._session, self._desk.meeting_id, ui.reason_edit.text())
        except Refused as refused:
            ui.override_error.set_error(refused.sentence, ui.reason_edit)
            return
        ui.reason_edit.clear()
        self.changed.emit()
        ui.start_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _title(desk: SignInDesk) -> str:
    if desk.gate.unsigned:
        return "Someone here has not signed"
    if not desk.signed:
        return "Everyone signs before the meeting starts"
    return "Everyone here has signed" if not desk.gate.overridden else "The meeting goes on with an override"


def _text(desk: SignInDesk) -> str:
    awaited = [row.name for row in desk.gate.awaited]
    if desk.gate.unsigned:
        return "Confidential business waits, and the room screen is blank."
    if not awaited or desk.in_session:
        return "Type two letters of a name to sign someone in."
    return f"Not here yet: {names(awaited)}. Whoever comes later signs on arrival."
