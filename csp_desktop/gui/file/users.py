"""Users: who can open this file, with what and since when; let in, mend, take out; the recovery key."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import EVERY_ROLE, Duty, role_title
from csp_desktop.domain.file.user_fields import UserField
from csp_desktop.gui.file import recovery_sheet
from csp_desktop.gui.file.user_panels import (
    OLD_PAPER,
    PAPERS,
    AddingSide,
    OwnPassphrase,
    PersonSide,
    computer_words,
    intro_words,
)
from csp_desktop.gui.lock.computer_key import ComputerKeyPart, fields_of
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, CHOOSE, HELP, OPEN, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import bar_title
from csp_desktop.saving import NotSaved
from csp_desktop.services.file import users
from csp_desktop.services.file.left_copies import earlier_copies
from csp_desktop.services.file.users import UserRow
from csp_desktop.services.ports.users import NewPaper, Paper, UserSlots, WayIn

SIDE_WIDE, SIDE_NARROW = 420, 372

LET_IN = ADD.called("add a user", "add user")
FIRST_SHEET = (
    "Print it, or save it and print it elsewhere. Then type two of its groups: after that the "
    "sheet opens the file, and the file gets a new key."
)
NEW_SHEET = (
    "Print it, or save it and print it elsewhere. The old sheet works until you have typed two "
    "groups of the new one. After that only the new sheet opens the file."
)


class UsersPage(Page):
    """Entered with "own" it stands on one's own passphrase."""

    ACTIONS = (
        LET_IN,
        OPEN.called("change roles", "change"),
        *called(CHOOSE, "choose a person", "person"),
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        assert context.session.users is not None
        self._slots = context.session.users
        self._rows: list[UserRow] = []
        self._ui = Ui_Users()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="users", side="details")
        ui.columns.set_widths(Column.SIDE, SIDE_WIDE, SIDE_NARROW)
        self._person = PersonSide(ui, context, self._slots, self)
        self._adding = AddingSide(ui, context, self._slots, self)
        self._own = OwnPassphrase(ui, context, lambda: self._done("Your passphrase is changed", ""), self)
        self._paper = PaperSide(ui, context, self._slots, ask or Ask(), self)
        at_passphrase = (ui.name_error, ui.name_passphrase_edit)
        self.name_errors = FieldErrors({UserField.NAME: (ui.name_error, ui.unlock_name_edit)}, at_passphrase)
        self._computer = ComputerKeyPart(fields_of(ui, "tie"), context, self)
        self._style()
        self._connect()

    def _style(self) -> None:
        ui, theme = self._ui, current()
        ui.add_button.set_icon("user-plus")
        ui.add_button.set_key(LET_IN.shown)
        ui.computer_icon.setPixmap(icons.pixmap("monitor", theme.px(20), theme.tokens.ink2))
        ui.nobody_empty.set_content(
            "Nobody chosen", "Choose a person to see and change their access.", icon="key-round"
        )
        ui.users_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.users_view.setMinimumHeight(theme.px(150))

    def _connect(self) -> None:
        ui = self._ui
        ui.users_view.current_moved.connect(self._open)
        ui.users_view.chosen.connect(self._go_into)
        ui.add_button.clicked.connect(self._add)
        register = "private_register" if self._context.session.private else "people"
        ui.people_button.clicked.connect(lambda: self.navigate.emit(register, None))
        ui.computer_button.clicked.connect(self._show_computer)
        self._computer.changed.connect(self._computer_changed)
        ui.prove_button.clicked.connect(self._show_prove)
        ui.paper_button.clicked.connect(self._show_new_paper)
        ui.progress_panel.busy.connect(self._set_busy)
        ui.name_button.clicked.connect(self._take_name)
        ui.name_passphrase_edit.returnPressed.connect(self._take_name)
        self._person.done.connect(self._done)
        self._person.remove_asked.connect(self._remove)
        self._adding.added.connect(self._added)
        self._adding.dropped.connect(self._back_to_list)
        self._paper.proved.connect(self._proved)
        self._paper.force_asked.connect(self._put_in_force)
        self._paper.dropped.connect(self._drop_paper)
        self.follow("people", "settings", "users")

    def entered(self, argument: object = None) -> None:
        """Everybody, standing on oneself."""
        ui = self._ui
        ui.done_bar.dismiss()
        if ui.columns.is_single() and ui.columns.shown() is Column.SIDE:
            ui.columns.go(Column.WORK)
        self.refresh()
        ui.users_view.set_current(self._slots.me)
        self._open(self._slots.me)
        (ui.old_edit if argument == "own" else ui.users_view).setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """No passphrase and no key stays behind."""
        self._own.clear()
        self._paper.forget()
        self._ui.name_passphrase_edit.clear()
        self._ui.tie_edit.clear()

    def refresh(self) -> None:
        """Everybody as the file has them now."""
        ui = self._ui
        self._rows = users.users(self._context.session)
        ui.users_view.set_entries([_entry(row, self._context.session.today) for row in self._rows])
        ui.add_button.setVisible(users.may_manage(self._context.session))
        ui.intro_label.setText(intro_words(self._slots.old_ways()))
        self._paper.show_state()
        key = self._context.session.computer
        ui.computer_text.setText(
            computer_words(key is not None and key.may_tie(), key is not None and key.is_tied(), key is not None)
        )
        ui.computer_button.setVisible(key is not None and (key.is_tied() or key.may_tie()))
        row = self._row(ui.users_view.current_key())
        if row is not None and not ui.user_frame.isHidden():
            self._show_person(row)
        self.bar_changed.emit()

    def _row(self, user_id: str) -> UserRow | None:
        return next((row for row in self._rows if row.user.id == user_id), None)

    def _show_side(self, *shown: QFrame) -> None:
        ui = self._ui
        for part in (
            ui.nobody_frame,
            ui.user_frame,
            ui.own_frame,
            ui.add_frame,
            ui.tie_frame,
            ui.prove_frame,
            ui.sheet_frame,
        ):
            part.setVisible(part in shown)
        if ui.sheet_frame not in shown:
            self._paper.forget()

    def _open(self, user_id: str) -> None:
        """Show the person one stands on."""
        row, ui = self._row(user_id), self._ui
        if row is None:
            self._show_side(ui.nobody_frame)
            return
        if not row.is_me:
            self._own.clear()
        self._show_person(row)
        self._show_side(ui.user_frame, *((ui.own_frame,) if row.is_me else ()))

    def _show_person(self, row: UserRow) -> None:
        self._person.show(row, alone=len(self._rows) == 1)
        if row.is_me and not self._ui.unlock_name_edit.hasFocus():
            self._ui.unlock_name_edit.setText(row.name)

    def _go_into(self, user_id: str) -> None:
        """Enter on a person: their side."""
        self._open(user_id)
        row, ui = self._row(user_id), self._ui
        if row is None:
            return
        if ui.columns.is_single() and ui.columns.shown() is not Column.SIDE:
            ui.columns.go(Column.SIDE)
        field = ui.old_edit if row.is_me else ui.role_1_check if ui.role_1_check.isEnabled() else ui.users_view
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _into_side(self, frame: QFrame, focus: Any) -> None:
        self._show_side(frame)
        if self._ui.columns.is_single() and self._ui.columns.shown() is not Column.SIDE:
            self._ui.columns.go(Column.SIDE)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        ui = self._ui
        if not ui.progress_panel.is_running() and ui.add_button.isVisibleTo(self):
            self._adding.show()
            self._into_side(ui.add_frame, ui.person_combo)

    def _back_to_list(self) -> None:
        ui = self._ui
        self._open(ui.users_view.current_key())
        if ui.columns.is_single() and ui.columns.shown() is Column.SIDE:
            ui.columns.go(Column.WORK)
        ui.users_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_computer(self) -> None:
        self._computer.show()
        self._into_side(self._ui.tie_frame, self._ui.tie_edit)

    def _computer_changed(self, words: str) -> None:
        self._done(words, "applies from the next unlock")
        self._back_to_list()

    def _show_prove(self) -> None:
        self._paper.show_prove()
        self._into_side(self._ui.prove_frame, self._ui.prove_edit)

    def _show_new_paper(self) -> None:
        if not self._ui.progress_panel.is_running() and self._paper.make():
            ui = self._ui
            self._into_side(ui.sheet_frame, ui.print_button if ui.print_button.isVisibleTo(self) else ui.save_button)

    def _drop_paper(self) -> None:
        self._paper.forget()
        self._back_to_list()

    def _added(self, user_id: str, name: str) -> None:
        self._done(f"{name} can open this file", "tell them the temporary passphrase in person")
        self._ui.users_view.set_current(user_id)
        self._back_to_list()

    def _proved(self) -> None:
        self._done("Recovery key checked", "keep the sheet locked away")
        self._back_to_list()

    def _done(self, words: str, more: str) -> None:
        self._ui.done_bar.say(words, more, undo="")
        self._context.changes.tell("people", "users")

    def _take_name(self) -> None:
        ui = self._ui
        if not ui.name_button.isEnabled():
            return
        name, typed = ui.unlock_name_edit.text(), ui.name_passphrase_edit.text()
        self.name_errors.clear()
        ui.name_button.setEnabled(False)
        self._context.tasks.run(
            lambda _: users.change_own_name(self._context.session, typed, name), self._named, self._not_named
        )

    def _named(self, _: object) -> None:
        self._ui.name_button.setEnabled(True)
        self._ui.name_passphrase_edit.clear()
        self._done("Your name is changed", "applies from your next unlock")

    def _not_named(self, error: Exception) -> None:
        ui = self._ui
        ui.name_button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self.name_errors.show(error)

    def _remove(self, user_id: str) -> None:
        row, session = self._row(user_id), self._context.session
        if row is None:
            return

        def removed(_: object) -> None:
            self._ui.users_view.set_current(self._slots.me)
            more = "older copies still open with the old passphrase"
            if earlier_copies(session):
                more = "earlier copies still open: see Backups"
            self._done(f"{row.name} can no longer open this file", more)
            self._back_to_list()

        self._begin(lambda progress: users.remove_user(session, user_id, progress), removed, self._not_removed)

    def _put_in_force(self, work: Callable[[Progress], None]) -> None:
        def done(_: object) -> None:
            self._done("The new recovery key is in use", "destroy the old sheet")
            self._back_to_list()

        self._begin(work, done, self._paper.refused)

    def _begin(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], refused: Callable[[Refused], None]
    ) -> None:
        self._ui.working_error.clear()
        self._ui.progress_panel.run(self._context.tasks, work, done, refused, words="Changing the file's key")

    def _set_busy(self, busy: bool) -> None:
        ui = self._ui
        self._person.set_busy(busy)
        for button in (ui.add_button, ui.paper_button, ui.prove_button, ui.own_button, ui.sheet_take_button):
            button.setEnabled(not busy)

    def _not_removed(self, refusal: Refused) -> None:
        self._ui.remove_error.set_error(refusal.sentence)

    def go_back(self) -> None:
        """From the side to the list, from there back."""
        if self._ui.side_frame.isAncestorOf(self.focusWidget()):
            self._back_to_list()
        else:
            self.navigate.emit("back", None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The explaining sentence goes where there is no room for it."""
        super().resizeEvent(event)
        self._ui.intro_label.setVisible(self.height() >= current().px(400))

    def bar_state(self) -> BarState:
        """How many there are, and what is wanting."""
        session = self._context.session
        first = sum(row.user.must_renew for row in self._rows)
        figures = [Figure("users", str(len(self._rows)), "can open this file")]
        if first:
            figures.append(Figure("key-round", str(first), "with a temporary passphrase", amber=True))
        old = len(self._slots.old_ways().users)
        if old:
            figures.append(Figure("lock-open", str(old), "not unlocked yet", amber=True))
        if self._slots.paper() is not Paper.PROVED:
            figures.append(
                Figure(
                    "file-text", "no" if self._slots.paper() is Paper.NONE else "unproved", "recovery key", amber=True
                )
            )
        return BarState(
            title=bar_title(session),
            subtitle=screen_day(session.today, session.today),
            headline="Users",
            figures=tuple(figures),
        )

    def strip_text(self) -> str:
        """What is true of the file."""
        return "Encrypted on this laptop. Each person has their own passphrase, which cannot be looked up."


def _entry(row: UserRow, today: date) -> Entry:
    roles = "All roles" if set(row.roles) >= set(EVERY_ROLE) else ", ".join(role_title(role) for role in row.roles)
    pill, tone = "", Tone.NEUTRAL
    if row.user.must_renew:
        pill, tone = "Temporary passphrase", Tone.MEDIUM
    elif row.is_me:
        pill, tone = "You", Tone.ACCENT
    elif row.is_old:
        pill, tone = "Not unlocked yet", Tone.MEDIUM
    way = "One computer" if row.way_in is WayIn.TIED else "Passphrase"
    since = f"{way}, since {screen_day(row.user.since, today)}"
    if row.until is not None:
        since = f"{way}, until the meeting of {screen_day(row.until, today)} is closed"
    return Entry(
        row.user.id,
        row.name,
        f"{roles} · {row.agency}" if row.agency else roles,
        person=row.name,
        caption=since,
        pill=pill,
        pill_tone=tone,
    )


class PaperSide(QObject):
    """The recovery key: proved from its sheet, or made anew, printed, typed back and put in force.

    `proved` once a sheet was shown to be at hand; `force_asked` with work that takes its time; `dropped`.
    """

    proved = Signal()
    force_asked = Signal(object)
    dropped = Signal()

    def __init__(self, ui: Ui_Users, context: PageContext, slots: UserSlots, ask: Ask, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._context, self._slots, self._ask = ui, context, slots, ask
        self._page = parent
        self._paper: NewPaper | None = None
        at_whole, at_groups = (ui.prove_error, ui.prove_edit), (ui.sheet_error, ui.group_a_edit)
        self.prove_errors = FieldErrors({UserField.PAPER: at_whole}, at_whole)
        self.sheet_errors = FieldErrors({UserField.GROUPS: at_groups}, at_groups)
        ui.print_button.set_icon("printer")
        ui.save_button.set_icon("save")
        ui.prove_take_button.clicked.connect(self._prove)
        ui.prove_edit.returnPressed.connect(self._prove)
        ui.prove_drop_button.clicked.connect(self.dropped)
        ui.print_button.clicked.connect(self._print)
        ui.save_button.clicked.connect(self._save)
        ui.group_a_edit.returnPressed.connect(ui.group_b_edit.setFocus)
        ui.group_b_edit.returnPressed.connect(self._put_in_force)
        ui.sheet_take_button.clicked.connect(self._put_in_force)
        ui.sheet_drop_button.clicked.connect(self.dropped)

    def show_state(self) -> None:
        """The card in the middle: how it stands."""
        ui, state = self._ui, self._slots.paper()
        icon, tone, words = PAPERS[state]
        theme = current()
        ui.paper_icon.setPixmap(icons.pixmap(icon, theme.px(20), getattr(theme.tokens, tone)))
        old = self._slots.old_ways().paper
        ui.paper_text.setText(f"{words} {OLD_PAPER}" if old else words)
        ui.prove_button.setVisible(state is Paper.UNPROVED or old)
        ui.paper_button.setVisible(self._context.session.may(Duty.KEEP_FILE))
        ui.paper_button.setText("&Make one" if state is Paper.NONE else "&Make a new one")
        ui.sheet_text.setText(FIRST_SHEET if state is Paper.NONE else NEW_SHEET)

    def show_prove(self) -> None:
        """The field for the whole key."""
        ui = self._ui
        ui.prove_edit.clear()
        self.prove_errors.clear()

    def make(self) -> bool:
        """A fresh key on the screen; whether this person may."""
        ui = self._ui
        try:
            self._paper = users.new_paper(self._context.session)
        except Refused as refused:
            ui.working_error.set_error(refused.sentence)
            return False
        groups = [f"{number}.\u00a0{group}" for number, group in enumerate(self._paper.groups, 1)]
        ui.key_label.setText("\n".join("\t".join(groups[at : at + 2]) for at in range(0, len(groups), 2)))
        first, second = self._paper.groups_to_prove
        fields = ((ui.group_a_label, ui.group_a_edit, first), (ui.group_b_label, ui.group_b_edit, second))
        for label, edit, number in fields:
            label.setText(f"Group {number}")
            edit.setAccessibleName(f"Group {number} of the new recovery key")
            edit.clear()
        printer = recovery_sheet.can_print()
        ui.print_button.setVisible(printer)
        ui.sheet_note.setText(
            "" if printer else "No printer is set up here: save the sheet and print it on another computer."
        )
        self.sheet_errors.clear()
        return True

    def forget(self) -> None:
        """Nothing of a key stays on the screen or in memory."""
        ui = self._ui
        if self._paper is not None:
            self._paper.forget()
            self._paper = None
        ui.key_label.clear()
        for edit in (ui.group_a_edit, ui.group_b_edit, ui.prove_edit):
            edit.clear()

    def refused(self, refusal: Refused) -> None:
        """What was refused, at its field."""
        self.sheet_errors.show(refusal)
        self._ui.group_a_edit.selectAll()

    def _prove(self) -> None:
        ui = self._ui
        try:
            users.prove_paper(self._context.session, ui.prove_edit.text())
        except Refused as refused:
            self.prove_errors.show(refused)
            return
        self.forget()
        self.proved.emit()

    def _put_in_force(self) -> None:
        paper, ui = self._paper, self._ui
        if paper is None or not ui.sheet_take_button.isEnabled():
            return
        first, second = paper.groups_to_prove
        typed = {first: ui.group_a_edit.text(), second: ui.group_b_edit.text()}
        self.sheet_errors.clear()

        def work(progress: Progress) -> None:
            users.put_paper_in_force(self._context.session, paper, typed, progress)

        ready: Callable[[Progress], None] = work
        self.force_asked.emit(ready)

    def _sheet(self) -> bytes:
        assert self._paper is not None
        return self._paper.sheet(self._context.session.user_name, self._slots.folder)

    def _print(self) -> None:
        if recovery_sheet.print_on_paper(self._page, self._sheet()):
            self._ui.sheet_note.setText("Sent to the printer.")

    def _save(self) -> None:
        ui = self._ui
        path = self._ask.save_file(self._page, "Save the recovery sheet", [PDF], Path.home() / "recovery-key.pdf")
        if path is None:
            return
        try:
            recovery_sheet.save_as_pdf(self._sheet(), path)
        except NotSaved as refusal:
            ui.sheet_error.set_error(refusal.sentence)
            return
        ui.sheet_note.setText(
            f"Saved as {path}, not encrypted: anyone with this sheet and the folder can read "
            "everything. Print it, then delete the file."
        )
