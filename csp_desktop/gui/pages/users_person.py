"""The side of somebody chosen: roles, a fresh passphrase when theirs is lost, and taking their way in away."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea

from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.pages.users_roles import RoleBoxes
from csp_desktop.gui.pages.users_words import way_in_words
from csp_desktop.gui.widgets.buttons import DrawnButton
from csp_desktop.services import keeping_users
from csp_desktop.services.keeping_users import UserRow, UserSlots
from csp_desktop.services.left_copies import earlier_copies, still_open


class PersonSide(QObject):
    """`done` with words after each change; `remove_asked` with the id once taking away was confirmed."""

    done = Signal(str, str)
    remove_asked = Signal(str)

    def __init__(self, ui: Ui_Users, desk: Desk, slots: UserSlots, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._slots = ui, desk, slots
        self._row: UserRow | None = None
        boxes = [(getattr(ui, f"role_{n}_check"), getattr(ui, f"role_{n}_note")) for n in range(1, 5)]
        self._roles = RoleBoxes(boxes, slots.roles, self._take_roles, self)
        ui.fresh_button.clicked.connect(lambda: self._open(ui.fresh_frame, ui.fresh_edit))
        ui.fresh_another_button.clicked.connect(lambda: ui.fresh_edit.setText(slots.made_of_words()))
        ui.fresh_drop_button.clicked.connect(lambda: self._close(ui.fresh_button))
        ui.fresh_take_button.clicked.connect(self._give)
        ui.fresh_edit.returnPressed.connect(self._give)
        ui.remove_button.clicked.connect(lambda: self._open(ui.remove_frame, ui.remove_no_button))
        ui.remove_no_button.clicked.connect(lambda: self._close(ui.remove_button))
        ui.remove_yes_button.clicked.connect(self._remove)
        ui.remove_button.set_icon("user-minus")
        ui.fresh_button.set_icon("key-round")

    def show(self, row: UserRow, *, alone: bool) -> None:
        """Everything of this person as the file has it."""
        ui, may = self._ui, keeping_users.may_manage(self._desk.session)
        if self._row is None or row.user.id != self._row.user.id:
            self._fold()
        self._row = row
        ui.user_title.setText(f"{row.name} (you)" if row.is_me else row.name)
        where = ", ".join(part for part in (row.member.job_title, row.agency) if part)
        ui.user_caption.setText(f"{where}. {way_in_words(row, self._desk.session.today)}".lstrip(". "))
        self._roles.show(row.roles, editable=may and not alone)
        ui.roles_error.clear()
        title = "What they may do" if not row.is_me else "What you may do"
        if alone:
            title = "Alone, you hold every role"
        elif not may:
            title += "; the chair or an administrator can change it"
        ui.roles_title.setText(title)
        ui.other_frame.setVisible(may and not row.is_me)
        first = row.name.split()[0] if row.name else ""
        copies = still_open(earlier_copies(self._desk.session), row.name or first)
        ui.remove_question.setText(f"Give the file a new key without {row.name or first}? {copies}".strip())

    def set_busy(self, busy: bool) -> None:
        """While the file gets a new key nothing else begins."""
        ui = self._ui
        for button in (ui.remove_button, ui.remove_yes_button, ui.fresh_button, ui.fresh_take_button):
            button.setEnabled(not busy)

    def _fold(self) -> None:
        ui = self._ui
        for frame, button in ((ui.fresh_frame, ui.fresh_button), (ui.remove_frame, ui.remove_button)):
            frame.hide()
            button.show()
        ui.fresh_edit.clear()
        ui.fresh_error.clear(ui.fresh_edit)
        ui.remove_error.clear()

    def _open(self, frame: QFrame, focus: QLineEdit | DrawnButton) -> None:
        ui = self._ui
        self._fold()
        frame.show()
        (ui.fresh_button if frame is ui.fresh_frame else ui.remove_button).hide()
        if frame is ui.fresh_frame:
            ui.fresh_edit.setText(self._slots.made_of_words())
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, frame, lambda: _bring_into_view(frame))

    def _close(self, button: DrawnButton) -> None:
        self._fold()
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_roles(self) -> None:
        row, ui = self._row, self._ui
        if row is None:
            return
        ui.roles_error.clear()
        try:
            keeping_users.change_roles(self._desk.session, row.user.id, self._roles.chosen())
        except Refused as refused:
            self._roles.show(row.roles)
            ui.roles_error.set_error(refused.sentence)
            return
        self.done.emit("Roles changed", f"they count from the next unlock of {'yours' if row.is_me else row.name}")

    def _give(self) -> None:
        row, ui = self._row, self._ui
        if row is None or not ui.fresh_take_button.isEnabled():
            return
        typed = ui.fresh_edit.text()
        ui.fresh_error.clear(ui.fresh_edit)
        ui.fresh_take_button.setEnabled(False)
        session, user_id = self._desk.session, row.user.id
        self._desk.tasks.run(
            lambda _: keeping_users.readmit(session, user_id, typed, typed),
            lambda _: self._given(row),
            self._not_given,
            asker=self,
        )

    def _given(self, row: UserRow) -> None:
        self._ui.fresh_take_button.setEnabled(True)
        self._close(self._ui.fresh_button)
        self.done.emit("Fresh passphrase given", f"tell it to {row.name} in person")

    def _not_given(self, error: Exception) -> None:
        self._ui.fresh_take_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self._ui.fresh_error.set_error(error.sentence, self._ui.fresh_edit)

    def _remove(self) -> None:
        if self._row is not None:
            self._fold()
            self.remove_asked.emit(self._row.user.id)


def _bring_into_view(frame: QFrame) -> None:
    """Once it is laid out, all of it can be seen where the side scrolls."""
    above = frame.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(frame, 0, 12)
