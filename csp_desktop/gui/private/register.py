"""The private register: who may be in the room, from which kind of agency, and who leads."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop._built.ui_private_register import Ui_PrivateRegister
from csp_desktop.domain.common.days import clock_seconds, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import AgencyKind, Member, Standing
from csp_desktop.domain.people.member_fields import PERSON, MemberField, section
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.column_table import COLUMN_KEYS
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import AskedOnce, FieldErrors
from csp_desktop.gui.widgets.import_questions import QUESTION_KEYS
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.member_rows import MemberRows, call
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, FIND_HERE, HELP, IMPORT, OPEN, UNDO, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.file_import import NEXT_QUESTION, PASTE, Importing
from csp_desktop.gui.window.import_panel import TAKE_OVER, save_template
from csp_desktop.gui.window.list_page import ListPage
from csp_desktop.services.private import register
from csp_desktop.services.private.register import RegisterRow
from csp_desktop.services.private.register_import import import_register, preview_register

IN_IMPORT = (*COLUMN_KEYS, *QUESTION_KEYS, NEXT_QUESTION)  # while a list is compared
IMPORT_LIST = IMPORT.called("import the list of members", "import", "_ask_for_list")

TEMPLATE = "member list.xlsx"
HEARS = {
    AgencyKind.POLICE: "may attend for everyone",
    AgencyKind.COUNCIL: "may attend for everyone",
}
ONLY_OWN = "only for people they work with"
NEW = "new"


class MemberForm(QObject):
    """The side column of one member: each field saved as it is left; somebody new by "Add this person".

    `saved` with what changed, in words; `closed` when adding was given up, or somebody was taken off.
    """

    saved = Signal(str, str)
    closed = Signal()

    def __init__(self, ui: Ui_PrivateRegister, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        self.member_id = ""  # empty for nobody, NEW for somebody not yet added
        asked = section(PERSON, in_register=True)
        others: dict[str, QWidget] = {MemberField.AGENCY: ui.agency_row}
        self.rows = MemberRows(asked, others, ui.fields_layout, context.session.work, self._save)
        self.rows.saved.connect(lambda: self._tell("Saved"))
        self.rows.entered.connect(lambda: self.add() if self.member_id == NEW else None)
        self.errors = FieldErrors(
            {**self.rows.places, MemberField.AGENCY: (ui.agency_error, ui.agency_combo)}, ui.done_bar
        )
        self._sure = AskedOnce(MemberField.NAME, "Press “Add this person” again to add them.")
        call(ui.agency_label, ui.agency_combo, MemberField.AGENCY)
        for kind in AgencyKind:
            ui.kind_combo.addItem(kind.value.capitalize(), kind)
        typed = ui.agency_combo.lineEdit()
        assert typed is not None  # the combo is editable
        typed.setAccessibleName(ui.agency_combo.accessibleName())
        typed.editingFinished.connect(self._take_agency)
        ui.agency_combo.setInsertPolicy(ui.agency_combo.InsertPolicy.NoInsert)
        ui.agency_combo.activated.connect(lambda _: self._take_agency())
        ui.kind_combo.activated.connect(lambda _: self._take_kind())
        ui.deputy_check.clicked.connect(self._take_deputy)
        ui.retire_button.clicked.connect(self._retire)
        ui.add_member_button.clicked.connect(self.add)
        ui.drop_member_button.clicked.connect(self.give_up)

    def row(self) -> RegisterRow | None:
        """Who is shown; none for nobody, or somebody new."""
        return next((row for row in register.rows(self._context.session) if row.member.id == self.member_id), None)

    def show(self, member_id: str) -> None:
        """The fields of this member, or empty ones for somebody new."""
        ui, new = self._ui, member_id == NEW
        if member_id != self.member_id:
            ui.saved_label.clear()
            ui.role_error.clear()
        self.member_id = member_id
        row = self.row()
        if row is None and not new:
            self.member_id = ""
            return
        for part in (ui.add_member_button, ui.drop_member_button):
            part.setVisible(new)
        kept = (ui.deputy_check, ui.role_words, ui.users_button, ui.retire_button, ui.role_line, ui.role_label)
        for known in kept:
            known.setVisible(not new)
        ui.member_title.setText(row.member.name if row else "New person")
        words = "Each field is saved when you leave it." if row else "Added to the register with “Add this person”."
        ui.member_caption.setText(words)
        self.rows.show(row.member if row else Member(NEW, "", "", "", Standing.STANDING), saves=not new)
        self._fill_agencies(row)
        if row is not None:
            self._show_role(row)

    def _show_role(self, row: RegisterRow) -> None:
        ui, lead = self._ui, Role.NEW_HOPE_LEAD.value in row.member.roles
        ui.deputy_check.setChecked(Role.NEW_HOPE_DEPUTY.value in row.member.roles)
        ui.deputy_check.setVisible(not lead)
        ui.deputy_check.setEnabled(Role.NEW_HOPE_LEAD in self._context.session.roles)
        ui.users_button.setVisible(row.leads)
        ui.role_words.setText(role_words(row))

    def _fill_agencies(self, row: RegisterRow | None) -> None:
        combo = self._ui.agency_combo
        line = combo.lineEdit()
        if line is not None and line.hasFocus() and self._ui.agency_error.text():
            return
        combo.blockSignals(True)
        combo.clear()
        for agency in register.agencies(self._context.session):
            combo.addItem(agency.name, agency.id)
        combo.setCurrentIndex(combo.findData(row.agency.id) if row else -1)
        combo.blockSignals(False)
        self._ui.agency_error.clear(combo)
        self._show_kind(row.agency.kind if row else AgencyKind.OTHER)

    def _show_kind(self, kind: AgencyKind) -> None:
        ui, name = self._ui, self._typed_agency()
        ui.kind_combo.setCurrentIndex(list(AgencyKind).index(kind))
        rows = register.rows(self._context.session)
        others = sum(row.agency.name == name and row.member.id != self.member_id for row in rows)
        known = any(agency.name == name for agency in register.agencies(self._context.session))
        words = kind_words(kind, name, others)
        ui.kind_caption.setText(words if known or not name else f"A new agency: choose its kind. {words}")

    def _typed_agency(self) -> str:
        return " ".join(self._ui.agency_combo.currentText().split())

    def _kind(self) -> AgencyKind:
        return list(AgencyKind)[self._ui.kind_combo.currentIndex()]

    def _take_agency(self) -> None:
        """A known agency brings its kind; a new one is "other", which hears least, until the lead says."""
        name = self._typed_agency()
        row = self.row()
        if row is not None and row.agency.name == name:
            return
        known = {agency.name.casefold(): agency for agency in register.agencies(self._context.session)}
        agency = known.get(name.casefold())
        self._show_kind(agency.kind if agency else AgencyKind.OTHER)
        if self.member_id != NEW and self._save_at(self._ui.agency_error, self._ui.agency_combo):
            self._tell("Agency saved")

    def _take_kind(self) -> None:
        self._show_kind(self._kind())
        row = self.row()
        changed = row is not None and row.agency.kind is not self._kind()
        if changed and self._save_at(self._ui.kind_error, self._ui.kind_combo):
            self._tell("Kind of agency saved")

    def _save_at(self, error: FieldError, field: QWidget) -> bool:
        try:
            self._save()
        except Refused as refusal:
            error.set_error(refusal.sentence, field)
            return False
        error.clear(field)
        return True

    def _save(self, **changes: str) -> None:
        row = self.row()
        assert row is not None
        fields = {"name": row.member.name, **changes}
        agency, kind = self._typed_agency(), self._kind()
        register.save_member(self._context.session, row.member.id, agency=agency, kind=kind, **fields)

    def add(self) -> None:
        """The new member goes in, or the field that is not in order says why."""
        try:
            session, texts = self._context.session, self.rows.texts()
            agency, kind, name = self._typed_agency(), self._kind(), texts[MemberField.NAME]
            self._sure.require(register.doubt_about(session, name, agency), name)
            member = register.save_member(session, "", agency=agency, kind=kind, **texts)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self._forget()
        self.member_id = member.id
        self._tell("Added")

    def _take_deputy(self, deputy: bool) -> None:
        try:
            register.name_deputy(self._context.session, self.member_id, deputy=deputy)
        except Refused as refusal:
            self._ui.role_error.set_error(refusal.sentence)
            self._ui.deputy_check.setChecked(not deputy)
            return
        self._ui.role_error.clear()
        self._tell("Named deputy" if deputy else "No longer deputy")

    def _retire(self) -> None:
        row = self.row()
        if row is None:
            return
        try:
            register.retire(self._context.session, [row.member.id])
        except Refused as refusal:
            self._ui.role_error.set_error(refusal.sentence)
            return
        self.member_id = ""
        self.saved.emit("Removed from the register", row.member.name)
        self.closed.emit()

    def end(self) -> None:
        """End the edits: what is typed is saved, or on disk as a draft with its reason."""
        self.rows.end()

    def give_up(self) -> None:
        """Nobody is added."""
        self._forget()
        self.member_id = ""
        self.closed.emit()

    def _forget(self) -> None:
        self.rows.forget(NEW)

    def _tell(self, words: str) -> None:
        self._ui.saved_label.set_saved(clock_seconds(self._context.session.now()))
        row = self.row()
        self.saved.emit(words, row.member.name if row else "")


def register_entries(rows: Sequence[RegisterRow]) -> list[Entry]:
    """Everyone under the kind of their agency."""
    entries: list[Entry] = []
    for kind in AgencyKind:
        mine = [row for row in rows if row.agency.kind is kind]
        if mine:
            heading = f"{kind.value.capitalize()}: {HEARS.get(kind, ONLY_OWN)}"
            entries.append(Entry("", heading, caption=str(len(mine)), heading=True))
        entries += [_entry(row) for row in mine]
    return entries


def _entry(row: RegisterRow) -> Entry:
    pill, tone = "", Tone.NEUTRAL
    if row.leads:
        deputy = Role.NEW_HOPE_DEPUTY.value in row.member.roles
        pill, tone = ("Deputy", Tone.LOW) if deputy and not _is_lead(row) else ("Leads", Tone.LOW)
        if not row.has_slot:
            pill, tone = f"{pill}, no passphrase", Tone.MEDIUM
    where = ", ".join(part for part in (row.agency.name, row.member.job_title) if part)
    return Entry(
        row.member.id, row.member.name, where, person=row.member.name, group=row.agency.id, pill=pill, pill_tone=tone
    )


def _is_lead(row: RegisterRow) -> bool:
    return Role.NEW_HOPE_LEAD.value in row.member.roles


def role_words(row: RegisterRow) -> str:
    """Who this is in the room, in a sentence."""
    opens = " They open this file with their own passphrase." if row.has_slot else ""
    if _is_lead(row):
        return f"Leads the private meeting.{opens}"
    if row.leads:
        missing = " A deputy needs their own passphrase: add them under Users."
        return f"Leads when the lead is absent.{opens or missing}"
    if row.agency.kind in HEARS:
        return f"May attend for every person, once signed.{opens}"
    return f"May attend only for the people they are recorded as working with.{opens}"


def kind_words(kind: AgencyKind, agency: str, others: int) -> str:
    """What the kind means, and for whom else it counts."""
    words = (
        "Police and council may attend for every person."
        if kind in HEARS
        else "May attend only for people they work with."
    )
    if others:
        people = "1 more person" if others == 1 else f"{others} more people"
        words += f" The kind also applies to {people} of {agency}."
    return words


def members_of(context: PageContext) -> Importing:
    """A list of members, taken over into the register."""
    session = context.session
    return Importing(
        session.papers.read_members,
        lambda parsed, answers: preview_register(session, parsed, answers),
        lambda parsed, _, answers: import_register(session, parsed, answers),
        step="people of",
        among="the current people",
        kind="members",
    )


class PrivateRegisterPage(ListPage):
    """Entered with a member's id it shows them."""

    LIST = "Import the list of members"
    ACTIONS = (
        *IN_IMPORT,
        OPEN.called("change the details", "change"),
        ADD,
        FIND_HERE,
        IMPORT_LIST,
        PASTE,
        TAKE_OVER,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ui = Ui_PrivateRegister()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the register", side="details")
        self._member = MemberForm(ui, context, self)
        self.takes(ui.import_panel, ask)
        ui.import_panel.set_up(context, members_of(context), self)
        ui.side_stack.addWidget(ui.import_panel.side)
        ui.add_button.set_icon("plus")
        ui.add_button.set_key(ADD.shown)
        ui.import_button.set_icon("upload")
        ui.paste_button.set_icon("layers")
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
        ui.search_edit.textChanged.connect(lambda _: self._show_list())
        ui.register_view.current_moved.connect(self._open)
        ui.register_view.chosen.connect(self._go_into)
        ui.register_empty.pressed.connect(self._add)
        ui.add_button.clicked.connect(self._add)
        ui.import_button.clicked.connect(self._ask_for_list)
        ui.paste_button.clicked.connect(self._paste)
        ui.template_button.clicked.connect(self._save_template)
        ui.users_button.clicked.connect(lambda: self.navigate.emit("users", None))
        self._member.saved.connect(self._saved)
        self._member.closed.connect(self._back_to_list)
        ui.import_panel.opened.connect(self._show_view)
        ui.import_panel.closed.connect(self._leave_import)
        ui.import_panel.taken.connect(lambda words: self._saved("List imported", words))
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
        self._show_list()
        if self._member.member_id:
            self._member.show(self._member.member_id)
        self._show_side()
        self.bar_changed.emit()

    def _rows(self) -> list[RegisterRow]:
        wanted = folded(self._ui.search_edit.text().strip())
        rows = register.rows(self._context.session)
        return [row for row in rows if wanted in folded(f"{row.member.name} {row.agency.name} {row.agency.short_name}")]

    def _show_list(self) -> None:
        ui, rows = self._ui, self._rows()
        ui.register_view.set_entries(register_entries(rows))
        ui.register_view.set_current(self._member.member_id)
        ui.register_card.setVisible(bool(rows))
        ui.register_empty.setVisible(not rows)
        if ui.search_edit.text():
            ui.register_empty.set_content("Nobody found", "Try another name or agency.", icon="search")
        else:
            words = "Add the people from police, council and the agencies that work with people sleeping rough."
            ui.register_empty.set_content("Who may be in the room?", words, "Add a person", icon="user-check")

    def _show_view(self) -> None:
        ui = self._ui
        ui.view_stack.setCurrentWidget(ui.import_panel)
        ui.done_bar.dismiss()  # of the list before
        self._show_side()
        for part in (ui.tools_frame, ui.register_caption):
            part.hide()
        self.bar_changed.emit()

    def _leave_import(self) -> None:
        ui = self._ui
        ui.view_stack.setCurrentWidget(ui.register_page)
        for part in (ui.tools_frame, ui.register_caption):
            part.show()
        self._show_side()
        ui.register_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar_changed.emit()

    def _show_side(self) -> None:
        ui = self._ui
        if ui.import_panel.is_open():
            ui.side_stack.setCurrentWidget(ui.import_panel.side)
        else:
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
        self._context.changes.tell("people")

    def _save_template(self) -> None:
        makes, bar = self._context.session.papers.members_template, self._ui.done_bar
        save_template(self, self._ask, "Save an empty member list", TEMPLATE, makes, bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where one column is shown at a time, the details scroll as a whole."""
        super().resizeEvent(event)
        self._ui.side_stack.set_growing(self._ui.columns.is_single())

    def _find(self) -> None:
        self._ui.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

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
        session = self._context.session
        rows = register.rows(session)
        return BarState(
            title="Private rough-sleeping meeting",
            subtitle=screen_day(session.today, session.today),
            icon="lock",
            headline="The private register",
            figures=(
                Figure("users", str(len(rows)), "in the register"),
                Figure("user-check", str(sum(row.leads for row in rows)), "lead or deputy"),
            ),
        )

    def strip_actions(self) -> Iterable[Action]:
        """While a list is compared, that; else what acts here."""
        compared = (*IN_IMPORT, BACK, TAKE_OVER, HELP)
        if self._ui.import_panel.is_open():
            return compared
        return (each for each in self.ACTIONS if each is not TAKE_OVER and each not in IN_IMPORT)

    def strip_text(self) -> str:
        """Whose register it is."""
        return "This register belongs to the private meeting. None of it is in the group's file."
