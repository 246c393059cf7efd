"""A decision about a case between two meetings, noted from an email."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.people.agencies import Member
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.widgets.approval_panel import may_record
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.services.meeting.agreed_by_mail import WHO, note_decision
from csp_desktop.services.session import Session


class MailDecision(QFrame):
    """A button; pressed, the fields under it. `noted` once a decision is kept."""

    noted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._case_id = session, ""
        self.open_button = SecondaryButton(text="Decision by email", height=32)
        self.open_button.setObjectName("decision_button")
        self.open_button.setAccessibleName("Note a decision between meetings, agreed by email")
        self.words_edit, self.who_combo, self.day_edit = LineEdit(), QComboBox(), DayField()
        self.words_edit.setObjectName("decision_edit")
        self.words_edit.setAccessibleName("What was decided")
        self.words_edit.setPlaceholderText("What was decided")
        self.who_combo.setObjectName("decider_combo")
        self.who_combo.setAccessibleName("Who agreed to it by email")
        self.who_combo.setPlaceholderText("Agreed by")
        self.day_edit.setObjectName("decision_day")
        self.day_edit.setAccessibleName("Date of the email with the decision")
        self.day_edit.setPlaceholderText("Date of the email")
        self.day_edit.set_today(lambda: self._session.today, past=True)
        self.note_button, self.error = SecondaryButton(text="Note it", height=32), FieldError()
        self.note_button.setObjectName("note_decision_button")
        self._fields = (self.words_edit, self.who_combo, self.day_edit, self.note_button)
        place = hbox((self.day_edit, 1), self.note_button, spacing=8)
        self.setLayout(vbox(self.open_button, self.words_edit, self.who_combo, place, self.error, spacing=6))
        self.open_button.clicked.connect(self._turn)
        self.note_button.clicked.connect(self._note)
        self.words_edit.returnPressed.connect(self._note)
        self.who_combo.activated.connect(lambda _: self.error.clear(self.who_combo))
        self.day_edit.unread.connect(lambda sentence: self.error.set_error(sentence, self.day_edit))
        self.day_edit.given.connect(lambda _: self.error.clear(self.day_edit))
        self._open(shown=False)

    def show_case(self, case_id: str) -> None:
        """Of this case, in private of this person; another one closes it."""
        if case_id != self._case_id:
            self._case_id = case_id
            self._open(shown=False)
        self.setVisible(may_record(self._session))

    def _turn(self) -> None:
        self._open(shown=self.words_edit.isHidden())

    def _open(self, *, shown: bool) -> None:
        self.words_edit.clear()
        self.day_edit.setText("")  # cleared it would ask for a day as it loses the focus
        self.error.clear(self.words_edit)
        for field in self._fields:
            field.setVisible(shown)
        if shown:
            with self._session.work.reading() as records:
                members = sorted(records.find(Member, active=True), key=lambda one: one.name)
            self.who_combo.clear()
            for member in members:
                if member.id != self._session.member_id:
                    self.who_combo.addItem(member.name, member.id)
            self.who_combo.setCurrentIndex(-1)  # never the first name unasked
            self.words_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        day = self.day_edit.day()
        if day is None:
            self.error.set_error("Give the date of the email, for example 27 Nov.", self.day_edit)
            self.day_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            note_decision(self._session, self._case_id, self.who_combo.currentData() or "", self.words_edit.text(), day)
        except Refused as refusal:
            asked = isinstance(refusal, FieldRefused) and refusal.field == WHO
            field: QWidget = self.who_combo if asked else self.words_edit
            self.error.set_error(refusal.sentence, field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._open(shown=False)
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.noted.emit()
