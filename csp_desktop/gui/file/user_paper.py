"""The recovery key: proved from its sheet, or made anew, printed, typed back and put in force."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_users import Ui_Users
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.user_fields import UserField
from csp_desktop.gui.file import recovery_sheet
from csp_desktop.gui.file.recovery_sheet import RecoverySheet
from csp_desktop.gui.file.user_panels import OLD_PAPER, PAPERS
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.saving import NotSaved
from csp_desktop.services.file import users
from csp_desktop.services.ports.users import NewPaper, Paper, UserSlots

FIRST_SHEET = (
    "Print it, or save it and print it elsewhere, then type two of its groups back: from that moment the sheet opens "
    "the file, and the file gets a new key."
)
NEW_SHEET = (
    "Print it, or save it and print it elsewhere. Until you have typed two of its groups back the old sheet stays "
    "good; after that the file gets a new key, and the old sheet opens it no more."
)


class PaperSide(QObject):
    """`proved` once a sheet was shown to be at hand; `force_asked` with work that takes its time; `dropped`."""

    proved = Signal()
    force_asked = Signal(object)
    dropped = Signal()

    def __init__(self, ui: Ui_Users, desk: Desk, slots: UserSlots, ask: Ask, parent: QWidget) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._slots, self._ask = ui, desk, slots, ask
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
        ui, state, may = self._ui, self._slots.paper(), users.may_manage(self._desk.session)
        icon, tone, words = PAPERS[state]
        theme = current()
        ui.paper_icon.setPixmap(icons.pixmap(icon, theme.px(20), getattr(theme.tokens, tone)))
        old = self._slots.old_ways().paper
        ui.paper_text.setText(f"{words} {OLD_PAPER}" if old else words)
        ui.prove_button.setVisible(state is Paper.UNPROVED or old)
        ui.paper_button.setVisible(may)
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
            self._paper = users.new_paper(self._desk.session)
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
        ui.sheet_note.setText("" if printer else "No printer is set up here: save the sheet and print it elsewhere.")
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
            users.prove_paper(self._desk.session, ui.prove_edit.text())
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
            users.put_paper_in_force(self._desk.session, paper, typed, progress)

        ready: Callable[[Progress], None] = work
        self.force_asked.emit(ready)

    def _sheet(self) -> RecoverySheet:
        groups = tuple(self._paper.groups) if self._paper is not None else ()
        return RecoverySheet(self._desk.session.user_name, self._slots.folder, groups)

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
            f"Saved as {path}, not encrypted: anyone who opens it and has the folder can read everything. Print it,"
            " then delete the file."
        )
