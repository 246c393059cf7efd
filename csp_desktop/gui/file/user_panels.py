"""The sides of the users' page: somebody chosen, somebody let in with their roles, a passphrase of one's own."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QLineEdit

from csp_desktop._built.ui_new_passphrase import Ui_NewPassphrase
from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Duty, Role, role_title
from csp_desktop.domain.file.user_fields import NewPassphraseField, UserField
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import DrawnButton
from csp_desktop.gui.widgets.containers import bring_into_view
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.window.context import PageContext
from csp_desktop.services.file import users
from csp_desktop.services.file import users as file_users
from csp_desktop.services.file.left_copies import earlier_copies, still_open
from csp_desktop.services.file.passphrases import Strength, strength_of
from csp_desktop.services.file.users import UserRow
from csp_desktop.services.ports.users import OldWays, Paper, UserSlots, WayIn

ROLE_NOTES = {
    Role.CHAIR: "Runs the meeting, confirms clause wordings, manages users.",
    Role.MINUTE_TAKER: "Prepares and records the meeting, writes the minutes.",
    Role.DEPUTY_CHAIR: "Works on cases. At a meeting they chair: the chair’s rights until its minutes are approved.",
    Role.COMMUNITY_SAFETY_MANAGER: "Works on cases, people and settings between meetings. Does not record the meeting.",
    Role.ASB_COORDINATOR: "Works on cases and people between meetings. Does not record the meeting.",
    Role.ADMINISTRATOR: "Manages users, people, settings and backups. Does not record the meeting.",
    Role.IT_ADMINISTRATOR: "Makes backups and manages users. Opens no case, and has no other role.",
    Role.NEW_HOPE_LEAD: "Can read only. The private meeting has its own file and users.",
}
PRIVATE_NOTES = {
    Role.NEW_HOPE_LEAD: "Prepares and leads the private meeting, and manages its users.",
    Role.NEW_HOPE_DEPUTY: "Leads the private meeting when the lead is absent.",
}
INTRO = (
    "These people can open this file, each with their own passphrase. Roles limit what the "
    "program lets them do; anyone who can open the file could read all of it."
)
PAPERS = {
    Paper.PROVED: (
        "circle-check",
        "low",
        (
            "There is a checked recovery sheet. Anyone with the sheet and this folder can open the "
            "file: keep it locked away."
        ),
    ),
    Paper.UNPROVED: (
        "circle-alert",
        "medium",
        "There is a recovery sheet, but nobody has checked it. Check it, or make a new one.",
    ),
    Paper.NONE: (
        "circle-alert",
        "medium",
        (
            "There is no recovery key. If everyone forgets their passphrase, this file can never be "
            "opened again: make one."
        ),
    ),
}
OLD_PAPER = "The sheet still opens the file as version 0.1.0 made it. Type it once to update it."


Box = tuple[QCheckBox, QLabel]


class RoleBoxes(QObject):
    """The first boxes get the file's roles, the others are hidden. `changed` after each click of a person."""

    def __init__(
        self, boxes: Sequence[Box], roles: tuple[Role, ...], changed: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._boxes = dict(zip(roles, boxes, strict=False))
        for box, note in boxes[len(roles) :]:
            box.hide()
            note.hide()
        for role, (box, note) in self._boxes.items():
            words = notes_for(role, roles)
            box.setText(role_title(role))
            box.setAccessibleDescription(words)
            note.setText(words)
            note.setContentsMargins(current().px(26), 0, 0, 0)
            box.clicked.connect(lambda _=False: changed())

    def show(self, held: Sequence[Role], *, editable: bool = True) -> None:
        """Tick these."""
        for role, (box, _) in self._boxes.items():
            box.setChecked(role in held)
            box.setEnabled(editable)

    def chosen(self) -> tuple[Role, ...]:
        """What is ticked."""
        return tuple(role for role, (box, _) in self._boxes.items() if box.isChecked())


class AddingSide(QObject):
    """`added` with the id and the name; `dropped` when thought better of."""

    added = Signal(str, str)
    dropped = Signal()

    def __init__(self, ui: Ui_Users, context: PageContext, slots: UserSlots, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context, self._slots = ui, context, slots
        boxes = [(getattr(ui, f"add_role_{n}_check"), getattr(ui, f"add_role_{n}_note")) for n in range(1, 9)]
        self._roles = RoleBoxes(boxes, slots.roles, ui.add_roles_error.clear, self)
        at_roles = (ui.add_roles_error, ui.add_role_1_check)
        self.errors = FieldErrors(
            {
                UserField.PERSON: (ui.person_error, ui.person_combo),
                UserField.NAME: (ui.person_error, ui.person_combo),
                UserField.ROLES: at_roles,
                NewPassphraseField.NEW: (ui.first_error, ui.first_edit),
                NewPassphraseField.AGAIN: (ui.first_error, ui.first_edit),
            },
            at_roles,
        )
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
        for member in users.people_to_add(self._context.session):
            ui.person_combo.addItem(
                f"{member.name}, {member.job_title}" if member.job_title else member.name, member.id
            )
        ui.person_combo.setCurrentIndex(-1)
        ui.person_combo.setEditText("")
        edit = ui.person_combo.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("Type a name")
            edit.setAccessibleName("Person to add")
        self._roles.show(())
        ui.people_button.setVisible(self._context.session.may(Duty.KEEP_PEOPLE))
        self.errors.clear()
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
        self._context.tasks.run(
            lambda _: users.add_user(self._context.session, member_id, roles, typed, typed).id,
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
        self.errors.show(error)


LOOKS = {Strength.TOO_WEAK: (1, "high"), Strength.FAIR: (2, "medium"), Strength.STRONG: (3, "low")}


class OwnPassphrase(QObject):
    """Fills the block both forms share. `changed` is called once the new one counts."""

    def __init__(
        self, ui: Ui_Users | Ui_NewPassphrase, context: PageContext, changed: Callable[[], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ui, self._context, self._changed = ui, context, changed
        self._known: tuple[str, ...] | None = None  # what would be tried first, read with the first letter typed
        at_old = (ui.old_error, ui.old_edit)
        self.errors = FieldErrors(
            {
                UserField.OLD: at_old,
                NewPassphraseField.NEW: (ui.own_error, ui.new_edit),
                NewPassphraseField.AGAIN: (ui.own_error, ui.again_edit),
            },
            at_old,
        )
        ui.caps_label.hide()
        ui.new_edit.textChanged.connect(self._show_strength)
        for edit in self._fields():
            edit.caps_lock_changed.connect(ui.caps_label.setVisible)
            edit.returnPressed.connect(self._take)
        ui.another_button.clicked.connect(self.offer)
        ui.another_button.set_icon("refresh-cw")
        ui.take_button.clicked.connect(self._take_offer)
        ui.own_button.clicked.connect(self._take)
        self.offer()
        self._show_strength("")

    def _fields(self) -> tuple[PassphraseField, PassphraseField, PassphraseField]:
        ui = self._ui
        return ui.old_edit, ui.new_edit, ui.again_edit

    def clear(self) -> None:
        """Nothing typed stays."""
        self._known = None
        for edit in self._fields():
            edit.clear()
        self.errors.clear()

    def offer(self) -> None:
        """One made of words."""
        users = self._context.session.users
        self._ui.offer_label.setText(users.made_of_words() if users is not None else "")

    def _take_offer(self) -> None:
        ui = self._ui
        for edit in (ui.new_edit, ui.again_edit):
            edit.setText(ui.offer_label.text())
        ui.own_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_strength(self, text: str) -> None:
        ui, users = self._ui, self._context.session.users
        if users is None:
            return
        if text and self._known is None:
            self._known = file_users.tried_first_here(self._context.session)
        strength = strength_of(users, text, self._known or ())
        filled, role = LOOKS[strength]
        ui.strength_bar.setValue(filled if text else 0)
        ui.strength_label.setText(strength.value if text else "")
        set_role(ui.strength_label, role)
        ui.own_error.clear(ui.new_edit)
        ui.own_error.clear(ui.again_edit)

    def _take(self) -> None:
        ui = self._ui
        if not ui.own_button.isEnabled():
            return
        old, new, again = (edit.text() for edit in self._fields())
        self.errors.clear()
        ui.own_button.setEnabled(False)
        self._context.tasks.run(
            lambda _: file_users.change_own_passphrase(self._context.session, old, new, again), self._done, self._failed
        )

    def _done(self, _: object) -> None:
        self._ui.own_button.setEnabled(True)
        self.clear()
        self.offer()
        self._changed()

    def _failed(self, error: Exception) -> None:
        ui = self._ui
        ui.own_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self.errors.show(error)
        if ui.old_error.text():
            ui.old_edit.selectAll()


class PersonSide(QObject):
    """`done` with words after each change; `remove_asked` with the id once taking away was confirmed."""

    done = Signal(str, str)
    remove_asked = Signal(str)

    def __init__(self, ui: Ui_Users, context: PageContext, slots: UserSlots, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context, self._slots = ui, context, slots
        self._row: UserRow | None = None
        self.fresh_errors = FieldErrors(
            {
                NewPassphraseField.NEW: (ui.fresh_error, ui.fresh_edit),
                NewPassphraseField.AGAIN: (ui.fresh_error, ui.fresh_edit),
            },
            (ui.fresh_error, ui.fresh_edit),
        )
        at_roles = (ui.roles_error, None)
        self.roles_errors = FieldErrors({UserField.ROLES: at_roles}, at_roles)
        boxes = [(getattr(ui, f"role_{n}_check"), getattr(ui, f"role_{n}_note")) for n in range(1, 9)]
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
        ui, may = self._ui, users.may_manage(self._context.session)
        if self._row is None or row.user.id != self._row.user.id:
            self._fold()
        self._row = row
        ui.user_title.setText(f"{row.name} (you)" if row.is_me else row.name)
        where = ", ".join(part for part in (row.member.job_title, row.agency) if part)
        ui.user_caption.setText(f"{where}. {way_in_words(row, self._context.session.today)}".lstrip(". "))
        self._roles.show(row.roles, editable=may and not alone)
        ui.roles_error.clear()
        title = "Their roles" if not row.is_me else "Your roles"
        if alone:
            title = "You have every role until you add other users"
        elif not may:
            title += "; the chair or an administrator can change it"
        ui.roles_title.setText(title)
        ui.other_frame.setVisible(may and not row.is_me)
        first = row.name.split()[0] if row.name else ""
        copies = still_open(earlier_copies(self._context.session), row.name or first)
        ui.remove_question.setText(f"Remove access for {row.name or first}? The file gets a new key. {copies}".strip())

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
        QTimer.singleShot(0, frame, lambda: bring_into_view(frame))

    def _close(self, button: DrawnButton) -> None:
        self._fold()
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_roles(self) -> None:
        row, ui = self._row, self._ui
        if row is None:
            return
        ui.roles_error.clear()
        try:
            users.change_roles(self._context.session, row.user.id, self._roles.chosen())
        except Refused as refused:
            self._roles.show(row.roles)
            self.roles_errors.show(refused)
            return
        self.done.emit("Roles changed", f"apply from the next unlock by {'yours' if row.is_me else row.name}")

    def _give(self) -> None:
        row, ui = self._row, self._ui
        if row is None or not ui.fresh_take_button.isEnabled():
            return
        typed = ui.fresh_edit.text()
        ui.fresh_error.clear(ui.fresh_edit)
        ui.fresh_take_button.setEnabled(False)
        session, user_id = self._context.session, row.user.id
        self._context.tasks.run(
            lambda _: users.readmit(session, user_id, typed, typed),
            lambda _: self._given(row),
            self._not_given,
            asker=self,
        )

    def _given(self, row: UserRow) -> None:
        self._ui.fresh_take_button.setEnabled(True)
        self._close(self._ui.fresh_button)
        self.done.emit("Passphrase reset", f"tell {row.name} the temporary passphrase in person")

    def _not_given(self, error: Exception) -> None:
        self._ui.fresh_take_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self.fresh_errors.show(error)

    def _remove(self) -> None:
        if self._row is not None:
            self._fold()
            self.remove_asked.emit(self._row.user.id)


def intro_words(old: OldWays) -> str:
    """What the page begins with; while something of version 0.1.0 is left, how much, and how it goes."""
    if not old.users:
        return INTRO
    many = len(old.users)
    who = "1 person has" if many == 1 else f"{many} people have"
    return (
        f"{who} not unlocked since the update. Until each has done so once, anyone can test names on "
        "a stolen copy of this file."
    )


def notes_for(role: Role, offered: tuple[Role, ...]) -> str:
    """What a role allows in a file that offers these."""
    return (PRIVATE_NOTES if Role.NEW_HOPE_DEPUTY in offered else ROLE_NOTES)[role]


def day_words(day: date, today: date) -> str:
    """'today', '12 October 2026'."""
    return "today" if day == today else screen_day(day, today)


def way_in_words(row: UserRow, today: date) -> str:
    """What a person opens the file with, since when, and whether the passphrase is their own yet."""
    way = "a passphrase" if row.way_in is WayIn.PASSPHRASE else "a passphrase on one computer only"
    since = day_words(row.user.since, today)
    renewed = row.user.renewed_on
    if row.user.must_renew:
        passphrase = "Temporary passphrase not replaced yet."
    elif renewed != row.user.since:
        passphrase = f"Passphrase changed {'' if renewed == today else 'on '}{day_words(renewed, today)}."
    else:
        passphrase = ""
    return f"Opens this file with {way} since {since}. {passphrase}".strip()


def computer_words(may_tie: bool, is_tied: bool, has_store: bool) -> str:
    """Whether this computer is a second key of the person at it."""
    if not has_store:
        return "This partnership uses passphrases only, not the computer's key store."
    if is_tied:
        return "Your passphrase opens the file on this computer only. Untie it before you change computers."
    if may_tie:
        return "You can tie your passphrase to this computer, so that a stolen copy of the file opens nowhere else."
    return "First make sure there is another way to open the file: check the recovery key or add a second user."
