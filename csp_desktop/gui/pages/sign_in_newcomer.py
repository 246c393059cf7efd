"""Not listed: a person adds their own name, and goes on to sign."""

from PySide6.QtCore import QObject, Signal

from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop.domain.confidentiality import Capacity
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.pages.sign_in_words import CAPACITIES
from csp_desktop.services import signing_in
from csp_desktop.services.session import Session
from csp_desktop.services.signing_in import NewPerson


class Newcomer(QObject):
    """`added` gives the new person's key; `back` when they thought better of it."""

    added = Signal(str)
    back = Signal()

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._meeting_id = ""
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
        ui.new_agency_box.addItems(signing_in.agency_names(self._session))
        ui.new_agency_box.setCurrentText("")
        ui.new_capacity_box.setCurrentIndex(0)
        ui.newcomer_error.clear()
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
            member_id = signing_in.add_person(self._session, self._meeting_id, person)
        except Refused as refused:
            ui.newcomer_error.set_error(refused.sentence)
            return
        ui.newcomer_error.clear()
        self.added.emit(member_id)
