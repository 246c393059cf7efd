"""The private register: who may be in the room, from which kind of agency, and who leads."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_private_register import Ui_PrivateRegister
from csp_desktop.domain.common.days import long_day
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.gui.private.register_member import NEW, MemberForm, register_entries
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, FIND_HERE, HELP, IMPORT, OPEN, UNDO, Action
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.file_dialogs import SPREADSHEETS, Ask
from csp_desktop.gui.window.import_panel import TAKE_OVER, Importing, save_template
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import connect_rail, fill_rail
from csp_desktop.services.ports.work import Step
from csp_desktop.services.private import register
from csp_desktop.services.private.register import RegisterRow
from csp_desktop.services.private.register_import import import_register, preview_register

IMPORT_LIST = IMPORT.called("import the list of members", "import", "_ask_for_list")


TEMPLATE = "member list.xlsx"


def members_of(desk: Desk) -> Importing:
    """A list of members, taken over into the register."""
    session = desk.session
    return Importing(
        session.papers.read_members,
        lambda parsed: preview_register(session, parsed),
        lambda parsed, _: import_register(session, parsed),
        step="people of",
        among="the people on file",
    )


class PrivateRegisterPage(Page):
    """Entered with a member's id it shows them."""

    ACTIONS = (OPEN.called("change the details", "change"), ADD, FIND_HERE, IMPORT_LIST, TAKE_OVER, UNDO, BACK, HELP)

    def __init__(self, desk: Desk, ask: Ask | None = None) -> None:
        super().__init__(desk)
        self._ask = ask or Ask()
        self._ui = Ui_PrivateRegister()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.rail, ui.work_frame, ui.side_frame)
        ui.columns.set_names(rail="pages", work="the register", side="details")
        self._member = MemberForm(ui, desk, self)
        ui.import_panel.set_up(desk, members_of(desk), self)
        ui.add_button.set_icon("plus")
        ui.add_button.set_key(ADD.shown)
        ui.import_button.set_icon("upload")
        ui.template_button.set_icon("download")
        ui.users_button.set_icon("key-round")
        ui.search_edit.set_hint("Name or agency", FIND_HERE.shown)
        ui.nobody_empty.set_content("Nobody chosen", "Choose a row to see and change it.", icon="user-check")
        ui.register_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.register_view.setMinimumHeight(current().px(110))
        ui.view_stack.setCurrentWidget(ui.register_page)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        connect_rail(ui.rail, self, "private_register")
        ui.search_edit.textChanged.connect(lambda _: self._show_list())
        ui.register_view.current_moved.connect(self._open)
        ui.register_view.chosen.connect(self._go_into)
        ui.register_empty.pressed.connect(self._add)
        ui.add_button.clicked.connect(self._add)
        ui.import_button.clicked.connect(self._ask_for_list)
        ui.template_button.clicked.connect(self._save_template)
        ui.users_button.clicked.connect(lambda: self.navigate.emit("users", None))
        self._member.saved.connect(self._saved)
        self._member.closed.connect(self._back_to_list)
        ui.import_panel.opened.connect(self._show_view)
        ui.import_panel.closed.connect(self._leave_import)
        ui.import_panel.taken.connect(lambda words: self._saved("List taken over", words))
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("people", "settings", "users")

    def entered(self, argument: object = None) -> None:
        """Everyone who may be in the room."""
        ui = self._ui
        ui.done_bar.dismiss()
        if isinstance(argument, str) and argument:
            self._member.show(argument)
        self.refresh()
        (ui.register_view if ui.register_card.isVisibleTo(self) else ui.add_button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def left(self) -> None:
        """What is typed is saved, or kept as a draft; a list that was only looked at is put away."""
        self._ui.import_panel.put_away()
        self._member.end()

    def refresh(self) -> None:
        """The list and the open form as the file has them now."""
        fill_rail(self._ui.rail, self._desk, "private_register")
        self._show_list()
        if self._member.member_id:
            self._member.show(self._member.member_id)
        self._show_side()
        self.bar_changed.emit()

    def _rows(self) -> list[RegisterRow]:
        wanted = folded(self._ui.search_edit.text().strip())
        rows = register.rows(self._desk.session)
        return [row for row in rows if wanted in folded(f"{row.member.name} {row.agency.name} {row.agency.short_name}")]

    def _show_list(self) -> None:
        ui, rows = self._ui, self._rows()
        ui.register_view.set_entries(register_entries(rows))
        ui.register_view.set_current(self._member.member_id)
        ui.register_card.setVisible(bool(rows))
        ui.register_empty.setVisible(not rows)
        if ui.search_edit.text():
            ui.register_empty.set_content("Nobody found", "Look for another name or agency.", icon="search")
        else:
            words = "Add the people of police, council and the agencies that work with people sleeping rough."
            ui.register_empty.set_content("Who may be in the room?", words, "Add a person", icon="user-check")

    def _show_view(self) -> None:
        ui = self._ui
        ui.view_stack.setCurrentWidget(ui.import_panel)
        ui.done_bar.dismiss()  # of the list before
        for part in (ui.tools_frame, ui.register_caption):
            part.hide()
        self.bar_changed.emit()

    def _leave_import(self) -> None:
        ui = self._ui
        ui.view_stack.setCurrentWidget(ui.register_page)
        for part in (ui.tools_frame, ui.register_caption):
            part.show()
        ui.register_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar_changed.emit()

    def _show_side(self) -> None:
        ui = self._ui
        ui.side_stack.setCurrentWidget(ui.member_page if self._member.member_id else ui.nobody_page)

    def _open(self, member_id: str) -> None:
        """Show the row one stands on; the edits before are ended first."""
        if member_id:
            self._member.end()
            self._member.show(member_id)
            self._show_side()

    def _go_into(self, member_id: str) -> None:
        """Enter on a row: its first field."""
        self._open(member_id)
        self._into_side()

    def _into_side(self) -> None:
        ui = self._ui
        if ui.columns.is_single() and ui.columns.shown() is not Column.SIDE:
            ui.columns.go(Column.SIDE)
        name = self._member.rows.edits[0]
        name.setFocus(Qt.FocusReason.OtherFocusReason)
        name.selectAll()

    def _add(self) -> None:
        if not self._ui.import_panel.is_open():
            self._member.end()
            self._member.show(NEW)
            self._show_side()
            self._into_side()

    def _back_to_list(self) -> None:
        self._show_side()
        self._ui.register_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, words: str, more: str) -> None:
        self._ui.done_bar.say(words, more)
        self._desk.changes.tell("people")

    def _ask_for_list(self) -> None:
        if not self._ui.import_panel.is_open():
            path = self._ask.open_file(self, "Import the list of members", [SPREADSHEETS])
            if path is not None:
                self._ui.import_panel.read(path)

    def _save_template(self) -> None:
        makes, bar = self._desk.session.papers.members_template, self._ui.done_bar
        save_template(self, self._ask, "Save an empty member list", TEMPLATE, makes, bar)

    def after_undo(self, step: Step) -> None:
        """What a list would change is another now."""
        self._ui.import_panel.compare()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where one column is shown at a time, the details scroll as a whole."""
        super().resizeEvent(event)
        self._ui.side_stack.set_growing(self._ui.columns.is_single())

    def _find(self) -> None:
        self._ui.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_over(self) -> None:
        self._ui.import_panel.take()

    def go_back(self) -> None:
        """Out of the preview, from the details to the row, and from there back."""
        if self._ui.import_panel.is_open():
            self._ui.import_panel.put_away()
        elif self._ui.side_frame.isAncestorOf(self.focusWidget()):
            if self._member.member_id == NEW:
                self._member.give_up()
            self._back_to_list()
        else:
            self.navigate.emit("back", None)

    def bar_state(self) -> BarState:
        """How many may be in the room, and who leads."""
        session = self._desk.session
        rows = register.rows(session)
        return BarState(
            title="Rough sleeping, private",
            subtitle=long_day(session.today),
            icon="lock",
            headline="The private register",
            figures=(
                Figure("users", str(len(rows)), "in the register"),
                Figure("user-check", str(sum(row.leads for row in rows)), "lead or deputy"),
            ),
        )

    def strip_actions(self) -> Iterable[Action]:
        """While a list is compared, that; else what acts here."""
        compared = (BACK, TAKE_OVER, HELP)
        return compared if self._ui.import_panel.is_open() else (each for each in self.ACTIONS if each is not TAKE_OVER)

    def strip_text(self) -> str:
        """Whose register it is."""
        return "This register is the private meeting's own. Nothing of it stands in the group's file."
