"""People and agencies: who sits at the table, whether each signed the protocol, and lists taken over from outside."""

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop._built.ui_people import Ui_People
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.people.agencies import IspStatus, Standing
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.gui.people.people_model import agency_entries, people_entries
from csp_desktop.gui.people.person import AgencyForm, PersonForm
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.column_table import COLUMN_KEYS
from csp_desktop.gui.widgets.containers import wrapping
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.import_questions import QUESTION_KEYS
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.people_lists import MARK
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, FIND_HERE, HELP, IMPORT, OPEN, UNDO, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.file_import import NEXT_QUESTION, PASTE, Importing
from csp_desktop.gui.window.import_panel import TAKE_OVER, save_template
from csp_desktop.gui.window.list_page import ListPage
from csp_desktop.services.people import people
from csp_desktop.services.people import people as members
from csp_desktop.services.people import settings as partnership_settings
from csp_desktop.services.people.member_import import import_members, preview_members
from csp_desktop.services.people.people import PersonRow
from csp_desktop.services.people.settings import settings


class ProtocolPanel(QObject):
    """Shown while at least one row is marked. `done` with how many people it was set for."""

    done = Signal(int)

    def __init__(
        self, ui: Ui_People, context: PageContext, marked: Callable[[], Collection[str]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ui, self._context, self._marked = ui, context, marked
        self.errors = FieldErrors(
            {
                MemberField.ISP_VERSION: (ui.protocol_error, ui.version_edit),
                MemberField.ISP_SIGNED_ON: (ui.protocol_error, ui.day_edit),
            },
            (ui.protocol_error, None),
        )
        for edit in (ui.version_edit, ui.day_edit):
            edit.returnPressed.connect(self.set_protocol)
        ui.protocol_button.clicked.connect(self.set_protocol)

    def show_count(self) -> None:
        """As many as are marked; gone when none is."""
        ui, count = self._ui, len(self._marked())
        if count and ui.protocol_frame.isHidden():
            ui.version_edit.setText(partnership_settings.settings(self._context.session).isp_version)
            ui.day_edit.clear()
            self.errors.clear()
        ui.protocol_frame.setVisible(count > 0)
        words = count_of(count, "person", "people")
        ui.protocol_title.setText(f"Record protocol for {words}")
        ui.protocol_button.setAccessibleDescription(f"For {words}. Key {OPEN.shown}")

    def set_protocol(self) -> None:
        """Set it, or say at the field what is not in order."""
        ui, session, marked = self._ui, self._context.session, list(self._marked())
        self.errors.clear()
        try:
            version, signed_on = people.read_protocol(session, ui.version_edit.text(), ui.day_edit.text())
            if signed_on is None:
                raise FieldRefused(
                    MemberField.ISP_VERSION, "Give the version of the protocol and the date it was signed."
                )
            people.set_isp(session, marked, version, signed_on)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.done.emit(len(marked))


TEMPLATE = "member list.xlsx"
TITLE = 400, 42  # in one line: the buttons go to a line of their own first


IMPORT_LIST = IMPORT.called("import a member list", "import", "_ask_for_list")
IN_IMPORT = (*COLUMN_KEYS, *QUESTION_KEYS, NEXT_QUESTION)  # while a list is compared
ISP = "isp"  # entered with it: whose protocol is wanting
MARK_ALL = Action("select all shown", ("Ctrl+A",), "_mark_all", strip="select all")


def members_of(context: PageContext) -> Importing:
    """A list of members, taken over into the group's file."""
    session = context.session
    return Importing(
        session.papers.read_members,
        lambda parsed, answers: preview_members(session, parsed, answers),
        lambda parsed, _, answers: import_members(session, parsed, answers),
        step="people of",
        among="the current people",
        kind="members",
    )


class PeoplePage(ListPage):
    """Entered with "isp" it shows only standing members without a current protocol."""

    LIST = "Import member list"
    ACTIONS = (
        IMPORT_LIST,
        PASTE,
        *IN_IMPORT,
        MARK_ALL,
        UNDO,
        ADD,
        FIND_HERE,
        MARK.called("select, to record the protocol", "mark"),
        OPEN.called("change the details", "change"),
        TAKE_OVER,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._marked: list[str] = []
        self._ui = Ui_People()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the list", side="details")
        self._person, self._agency = PersonForm(ui, context, self), AgencyForm(ui, context, self)
        self.takes(ui.import_panel, ask)
        ui.import_panel.set_up(context, members_of(context), self)
        ui.side_stack.addWidget(ui.import_panel.side)
        self._protocol = ProtocolPanel(ui, context, lambda: self._marked, self)
        self._prepare_parts()
        self._connect()

    def _prepare_parts(self) -> None:
        ui = self._ui
        for row in (ui.head_layout, ui.filters_layout):
            wrapping(row, fill=False, heads=row is ui.head_layout)
        wrapping(ui.new_agency_row)
        ui.page_title.setMinimumSize(current().px(TITLE[0]), current().px(TITLE[1]))
        ui.add_button.set_icon("plus")
        ui.add_button.set_key(ADD.shown)
        ui.import_button.set_icon("upload")
        ui.paste_button.set_icon("layers")
        ui.template_button.set_icon("download")
        ui.search_edit.set_hint("Name, agency, initials", FIND_HERE.shown)
        ui.nobody_empty.set_content("Nobody chosen", "Choose a row to see and change its details.", icon="users")
        ui.protocol_frame.hide()
        for view in (ui.people_view, ui.agencies_view):
            view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            view.setMinimumHeight(current().px(110))
        self._choose_view(agencies=False)

    def _connect(self) -> None:
        ui = self._ui
        ui.people_button.clicked.connect(lambda: self._choose_view(agencies=False))
        ui.agencies_button.clicked.connect(lambda: self._choose_view(agencies=True))
        ui.search_edit.textChanged.connect(lambda _: self._show_lists())
        for box in (ui.unsigned_check, ui.former_check):
            box.toggled.connect(lambda _: self._show_lists())
        for view in (ui.people_view, ui.agencies_view):
            view.current_moved.connect(self._open)
            view.chosen.connect(self._go_into)
        ui.people_view.mark_asked.connect(self._mark)
        ui.unmark_button.clicked.connect(self._unmark)
        ui.people_empty.pressed.connect(self._add)
        ui.agencies_empty.pressed.connect(self._add)
        ui.add_button.clicked.connect(self._add)
        ui.import_button.clicked.connect(self._ask_for_list)
        ui.paste_button.clicked.connect(self._paste)
        ui.template_button.clicked.connect(self._save_template)
        for form in (self._person, self._agency):
            form.saved.connect(self._saved)
            form.closed.connect(self._after_adding)
        self._person.hand_on_asked.connect(lambda owner: self.navigate.emit("owned_things", owner))
        self._protocol.done.connect(self._protocol_set)
        ui.import_panel.opened.connect(self._show_view)
        ui.import_panel.closed.connect(self._leave_import)
        ui.import_panel.taken.connect(lambda words: self._saved("List imported", words))
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("people", "settings")

    def entered(self, argument: object = None) -> None:
        """All people, those whose protocol is wanting (`ISP`), or one person, found elsewhere, by the id."""
        ui = self._ui
        ui.done_bar.dismiss()
        if argument:
            self._choose_view(agencies=False)
            ui.search_edit.clear()
            ui.unsigned_check.setChecked(argument == ISP)
        self.refresh()
        if argument and argument != ISP:
            ui.people_view.set_current(str(argument))
            self._open(str(argument))
        view = ui.agencies_view if ui.agencies_button.isChecked() else ui.people_view
        (view if view.isVisibleTo(self) else ui.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """What is typed is saved, or kept as a draft; a list that was only looked at is put away."""
        self._ui.import_panel.put_away()
        self._person.end()
        self._agency.end()

    def refresh(self) -> None:
        """Lists and the open form as the file has them now."""
        self._ui.alone_label.setVisible(members.is_alone(self._context.session))
        self._show_lists()
        if self._person.member_id():
            self._person.show_person(self._person.member_id())
        if self._agency.agency_id():
            self._agency.show_agency(self._agency.agency_id())
        self._show_side()
        self.bar_changed.emit()

    def _rows(self) -> list[PersonRow]:
        ui = self._ui
        rows = members.people(self._context.session, ui.search_edit.text(), with_former=ui.former_check.isChecked())
        if not ui.unsigned_check.isChecked():
            return rows
        return [r for r in rows if r.member.standing is Standing.STANDING and r.isp is not IspStatus.CURRENT]

    def _show_lists(self) -> None:
        ui, rows = self._ui, self._rows()
        known = {row.member.id for row in rows}
        self._marked = [member_id for member_id in self._marked if member_id in known]
        ui.people_view.set_entries(people_entries(rows, self._marked))
        agencies = members.agency_rows(self._context.session, ui.search_edit.text())
        ui.agencies_view.set_entries(agency_entries(agencies))
        ui.list_frame.setVisible(bool(rows))
        ui.people_empty.setVisible(not rows)
        ui.agencies_frame.setVisible(bool(agencies))
        ui.agencies_empty.setVisible(not agencies)
        if not rows:
            ui.people_empty.set_content(*self._why_nobody(), icon="users")
        if not agencies:
            ui.agencies_empty.set_content("No agency found", "Try another name, or add the agency.", "&Add agency")
        self._protocol.show_count()

    def _why_nobody(self) -> tuple[str, str, str]:
        ui = self._ui
        if ui.unsigned_check.isChecked() and not ui.search_edit.text():
            return "Everyone has signed", "All standing members have a current protocol.", ""
        if ui.search_edit.text():
            return "Nobody found", "Try another name, agency or initials.", ""
        words = "Add people one by one, paste them from a spreadsheet, or fill in an empty template and drop it here."
        return "Who attends the meeting?", words, "&Add person"

    def _choose_view(self, *, agencies: bool) -> None:
        ui = self._ui
        ui.people_button.setChecked(not agencies)
        ui.agencies_button.setChecked(agencies)
        ui.add_button.setText("&Add agency" if agencies else "&Add person")
        for box in (ui.unsigned_check, ui.former_check):
            box.setVisible(not agencies)
        self._show_view(ui.agencies_view_page if agencies else ui.people_view_page)
        self._show_side()

    def _show_view(self, page: QWidget | None = None) -> None:
        ui = self._ui
        ui.view_stack.setCurrentWidget(page or ui.import_panel)
        importing = ui.import_panel.is_open()
        ui.tools_frame.setVisible(not importing)
        for button in (ui.add_button, ui.import_button, ui.paste_button, ui.template_button):
            button.setEnabled(not importing)
        if importing:
            ui.done_bar.dismiss()  # of the list before
            self._unmark()
            self._show_side()
        self.bar_changed.emit()

    def _leave_import(self) -> None:
        self._choose_view(agencies=self._ui.agencies_button.isChecked())
        self._ui.people_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_side(self) -> None:
        ui = self._ui
        if ui.import_panel.is_open():
            shown: QWidget = ui.import_panel.side
        elif ui.agencies_button.isChecked():
            shown = ui.agency_page if self._agency.agency_id() or self._agency.is_new() else ui.nobody_page
        else:
            shown = ui.person_page if self._person.member_id() or self._person.is_new() else ui.nobody_page
        ui.side_stack.setCurrentWidget(shown)

    def _open(self, key: str) -> None:
        """Show the row one stands on; the edits before are ended first."""
        if not key:
            return
        if self._ui.agencies_button.isChecked():
            self._agency.end()
            self._agency.show_agency(key)
        else:
            self._person.end()
            self._person.show_person(key)
        self._show_side()

    def _go_into(self, key: str) -> None:
        """Enter on a row: its first field."""
        self._open(key)
        self._into_side()

    def _into_side(self) -> None:
        ui = self._ui
        columns, field = ui.columns, ui.full_edit if ui.agencies_button.isChecked() else self._person.rows.edits[0]
        if columns.is_single():
            self._show_side_column()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _show_side_column(self) -> None:
        """Where only one column fits, the side takes the place of the list."""
        self._ui.columns.bring(Column.SIDE)

    def _add(self) -> None:
        if self._ui.import_panel.is_open():
            return
        if self._ui.agencies_button.isChecked():
            self._agency.end()
            self._agency.show_new()
        else:
            chosen = self._person.member_id()
            self._person.end()
            here = members.member(self._context.session, chosen).agency.id if chosen else ""
            self._person.show_new(here)
        self._show_side()
        self._into_side()

    def _after_adding(self) -> None:
        self._show_side()
        view = self._ui.agencies_view if self._ui.agencies_button.isChecked() else self._ui.people_view
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, words: str, more: str) -> None:
        self._ui.done_bar.say(words, more)
        self._context.changes.tell("people")
        self._ui.people_view.set_current(self._person.member_id())
        self._ui.agencies_view.set_current(self._agency.agency_id())

    def _mark(self, member_id: str) -> None:
        if member_id in self._marked:
            self._marked.remove(member_id)
        else:
            self._marked.append(member_id)
        self._show_lists()

    def _mark_all(self) -> None:
        """Everyone shown; when all are, nobody."""
        shown = [row.member.id for row in self._rows()]
        self._marked = [] if set(shown) == set(self._marked) else shown
        self._show_lists()

    def _unmark(self) -> None:
        self._marked = []
        self._show_lists()

    def _protocol_set(self, count: int) -> None:
        self._marked = []
        self._saved("Protocol recorded", f"for {count_of(count, 'person', 'people')}")
        self._ui.people_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_template(self) -> None:
        makes, bar = self._context.session.papers.members_template, self._ui.done_bar
        save_template(self, self._ask, "Save an empty member list", TEMPLATE, makes, bar)

    def _find(self) -> None:
        self._ui.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_back(self) -> None:
        """Out of the preview, off the marks, from the details to the row, and from there back."""
        ui = self._ui
        if ui.import_panel.is_open():
            ui.import_panel.put_away()
        elif ui.side_frame.isAncestorOf(self.focusWidget()):
            self._after_adding()
        elif self._marked:
            self._unmark()
            ui.people_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.navigate.emit("back", None)

    def bar_state(self) -> BarState:
        """How many there are, and whose protocol is wanting."""
        session = self._context.session
        people, wanting = members.people(session), members.unsigned_standing_members(session)
        agencies = members.agencies(session)
        protocol = Figure("file-check", str(len(wanting)), "without protocol", amber=bool(wanting))
        return BarState(
            title=settings(session).partnership,
            subtitle=screen_day(session.today, session.today),
            headline="People and agencies",
            figures=(
                Figure("users", str(len(people)), "people"),
                Figure("building-2", str(len(agencies)), "agencies"),
                protocol,
            ),
        )

    def strip_actions(self) -> Iterable[Action]:
        """While a list is compared, that; else what acts here."""
        compared = (*IN_IMPORT, BACK.short("without changes"), TAKE_OVER, HELP)
        if self._ui.import_panel.is_open():
            return compared
        return (a for a in self.ACTIONS if a is not TAKE_OVER and a not in IN_IMPORT)

    def strip_text(self) -> str:
        """What happens to a change."""
        return "Encrypted on this laptop. Changes are saved when you leave a field."
