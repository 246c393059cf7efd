"""The side for letting somebody in: who, with which roles, and the first passphrase to be passed on."""

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.pages.users_roles import RoleBoxes
from csp_desktop.services import keeping_users
from csp_desktop.services.keeping_users import UserSlots


class AddingSide(QObject):
    """`added` with the id and the name; `dropped` when thought better of."""

    added = Signal(str, str)
    dropped = Signal()

    def __init__(self, ui: Ui_Users, desk: Desk, slots: UserSlots, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._slots = ui, desk, slots
        boxes = [(getattr(ui, f"add_role_{n}_check"), getattr(ui, f"add_role_{n}_note")) for n in range(1, 5)]
        self._roles = RoleBoxes(boxes, slots.roles, ui.add_roles_error.clear, self)
        ui.first_another_button.clicked.connect(self._offer)
        ui.first_another_button.set_icon("refresh-cw")
        ui.add_take_button.clicked.connect(self._take)
        ui.first_edit.returnPressed.connect(self._take)
        ui.add_drop_button.clicked.connect(self.dropped)
        ui.person_combo.setInsertPolicy(ui.person_combo.InsertPolicy.NoInsert)
        ui.person_combo.activated.connect(lambda _: ui.person_error.clear(ui.person_combo))

    def show(self) -> None:
        """An empty form, with everybody who cannot open the file yet."""
        ui = self._ui
        ui.person_combo.clear()
        for member in keeping_users.people_to_add(self._desk.session):
            ui.person_combo.addItem(
                f"{member.name}, {member.job_title}" if member.job_title else member.name, member.id
            )
        ui.person_combo.setCurrentIndex(-1)
        ui.person_combo.setEditText("")
        edit = ui.person_combo.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("Type a name")
            edit.setAccessibleName("Person to let in")
        self._roles.show(())
        for error, field in ((ui.person_error, ui.person_combo), (ui.first_error, ui.first_edit)):
            error.clear(field)
        ui.add_roles_error.clear()
        self._offer()

    def _offer(self) -> None:
        self._ui.first_edit.setText(self._slots.made_of_words())

    def _chosen(self) -> str:
        combo = self._ui.person_combo
        typed = combo.currentText().strip().casefold()
        found = [at for at in range(combo.count()) if combo.itemText(at).casefold() == typed]
        starts = [at for at in range(combo.count()) if typed and combo.itemText(at).casefold().startswith(typed)]
        at = found or (starts if len(starts) == 1 else [])
        return str(combo.itemData(at[0])) if at else ""

    def _take(self) -> None:
        ui = self._ui
        if not ui.add_take_button.isEnabled():
            return
        member_id, roles, typed = self._chosen(), self._roles.chosen(), ui.first_edit.text()
        name = ui.person_combo.currentText().partition(",")[0].strip()
        ui.add_take_button.setEnabled(False)
        self._desk.tasks.run(
            lambda _: keeping_users.add_user(self._desk.session, member_id, roles, typed, typed).id,
            lambda user_id: self._taken(str(user_id), name),
            self._not_taken,
            asker=self,
        )

    def _taken(self, user_id: str, name: str) -> None:
        self._ui.add_take_button.setEnabled(True)
        self._ui.first_edit.clear()
        self.added.emit(user_id, name)

    def _not_taken(self, error: Exception) -> None:
        ui = self._ui
        ui.add_take_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        places = {
            "person": (ui.person_error, ui.person_combo),
            "name": (ui.person_error, ui.person_combo),
            "new": (ui.first_error, ui.first_edit),
        }
        at = places.get(getattr(error, "field", ""))
        if at is None:
            ui.add_roles_error.set_error(error.sentence)
            ui.add_role_1_check.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        at[0].set_error(error.sentence, at[1])
        at[1].setFocus(Qt.FocusReason.OtherFocusReason)
