"""Where a closed case is reopened by hand, with the reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Duty
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.services.cases.case_entry import reopen
from csp_desktop.services.session import Session


class ReopenPanel(QFrame):
    """Shown for a closed case alone. `reopened` once it is open again."""

    reopened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._case_id = ""
        self.reason_edit, self.error = LineEdit(), FieldError()
        self.reason_edit.setObjectName("reopen_edit")
        self.reason_edit.setAccessibleName("Reason for reopening the case")
        self.reason_edit.setPlaceholderText("Reason for reopening")
        self.button = SecondaryButton(text="Reopen the case", height=32)
        self.button.setObjectName("reopen_button")
        self.setLayout(vbox(self.reason_edit, self.button, self.error, spacing=6))
        self.button.clicked.connect(self._reopen)
        self.reason_edit.returnPressed.connect(self._reopen)
        self.setFocusProxy(self.reason_edit)
        QWidget.setTabOrder(self.reason_edit, self.button)

    def set_session(self, session: Session) -> None:
        """Whose file it is."""
        self._session = session

    def show_case(self, case: Case) -> None:
        """Of this case; another one empties the field."""
        if case.id != self._case_id:
            self._case_id = case.id
            self.reason_edit.clear()
            self.error.clear(self.reason_edit)
        closed = case.status is CaseStatus.CLOSED
        self.setVisible(closed and self._session is not None and self._session.may(Duty.WORK_CASES))

    def _reopen(self) -> None:
        assert self._session is not None
        try:
            reopen(self._session, self._case_id, self.reason_edit.text())
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.reason_edit)
            self.reason_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reason_edit.clear()
        self.reopened.emit()
