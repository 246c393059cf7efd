"""The side column of one member of the register: each field saved as it is left; somebody new by "Add this person"."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_private_register import Ui_PrivateRegister
from csp_desktop.domain.common.days import clock_seconds
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import AgencyKind, Member, Standing
from csp_desktop.domain.people.member_fields import PERSON, MemberField, section
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.member_rows import MemberRows, call
from csp_desktop.gui.window.context import Desk
from csp_desktop.services.private import register
from csp_desktop.services.private.register import RegisterRow

HEARS = {
    AgencyKind.POLICE: "hears everyone",
    AgencyKind.COUNCIL: "hears everyone",
}
ONLY_OWN = "only people they work with"


NEW = "new"


class MemberForm(QObject):
    """`saved` with what changed, in words; `closed` when adding was given up, or somebody was taken off."""

    saved = Signal(str, str)
    closed = Signal()

    def __init__(self, ui: Ui_PrivateRegister, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self.member_id = ""  # empty for nobody, NEW for somebody not yet added
        asked = section(PERSON, in_register=True)
        others: dict[str, QWidget] = {MemberField.AGENCY: ui.agency_row}
        self.rows = MemberRows(asked, others, ui.fields_layout, desk.session.work, self._save)
        self.rows.saved.connect(lambda: self._tell("Saved"))
        self.rows.entered.connect(lambda: self.add() if self.member_id == NEW else None)
        self.errors = FieldErrors(
            {**self.rows.places, MemberField.AGENCY: (ui.agency_error, ui.agency_combo)}, ui.done_bar
        )
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
        return next((row for row in register.rows(self._desk.session) if row.member.id == self.member_id), None)

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
        words = "Every field is saved when you leave it." if row else "Goes into the register with “Add this person”."
        ui.member_caption.setText(words)
        self.rows.show(row.member if row else Member(NEW, "", "", "", Standing.STANDING), saves=not new)
        self._fill_agencies(row)
        if row is not None:
            self._show_role(row)

    def _show_role(self, row: RegisterRow) -> None:
        ui, lead = self._ui, Role.NEW_HOPE_LEAD.value in row.member.roles
        ui.deputy_check.setChecked(Role.NEW_HOPE_DEPUTY.value in row.member.roles)
        ui.deputy_check.setVisible(not lead)
        ui.deputy_check.setEnabled(Role.NEW_HOPE_LEAD in self._desk.session.roles)
        ui.users_button.setVisible(row.leads)
        ui.role_words.setText(role_words(row))

    def _fill_agencies(self, row: RegisterRow | None) -> None:
        combo = self._ui.agency_combo
        line = combo.lineEdit()
        if line is not None and line.hasFocus() and self._ui.agency_error.text():
            return
        combo.blockSignals(True)
        combo.clear()
        for agency in register.agencies(self._desk.session):
            combo.addItem(agency.name, agency.id)
        combo.setCurrentIndex(combo.findData(row.agency.id) if row else -1)
        combo.blockSignals(False)
        self._ui.agency_error.clear(combo)
        self._show_kind(row.agency.kind if row else AgencyKind.OTHER)

    def _show_kind(self, kind: AgencyKind) -> None:
        ui, name = self._ui, self._typed_agency()
        ui.kind_combo.setCurrentIndex(list(AgencyKind).index(kind))
        rows = register.rows(self._desk.session)
        others = sum(row.agency.name == name and row.member.id != self.member_id for row in rows)
        known = any(agency.name == name for agency in register.agencies(self._desk.session))
        words = kind_words(kind, name, others)
        ui.kind_caption.setText(words if known or not name else f"A new agency: say what kind it is. {words}")

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
        known = {agency.name.casefold(): agency for agency in register.agencies(self._desk.session)}
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
        register.save_member(self._desk.session, row.member.id, agency=agency, kind=kind, **fields)

    def add(self) -> None:
        """The new member goes in, or the field that is not in order says why."""
        try:
            agency, kind = self._typed_agency(), self._kind()
            member = register.save_member(self._desk.session, "", agency=agency, kind=kind, **self.rows.texts())
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self._forget()
        self.member_id = member.id
        self._tell("Added")

    def _take_deputy(self, deputy: bool) -> None:
        try:
            register.name_deputy(self._desk.session, self.member_id, deputy=deputy)
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
            register.retire(self._desk.session, [row.member.id])
        except Refused as refusal:
            self._ui.role_error.set_error(refusal.sentence)
            return
        self.member_id = ""
        self.saved.emit("Taken off the register", row.member.name)
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
        self._ui.saved_label.set_saved(clock_seconds(self._desk.session.now()))
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
    opens = " They open this file with a passphrase of their own." if row.has_slot else ""
    if _is_lead(row):
        return f"Leads the private meeting.{opens}"
    if row.leads:
        missing = " A deputy needs a passphrase of their own: let them in under Users."
        return f"Leads when the lead is absent.{opens or missing}"
    if row.agency.kind in HEARS:
        return f"Hears every person, once signed.{opens}"
    return f"Hears only the people they are recorded as working with.{opens}"


def kind_words(kind: AgencyKind, agency: str, others: int) -> str:
    """What the kind means, and for whom else it counts."""
    words = "Police and council hear every person." if kind in HEARS else "Hears only people they work with."
    if others:
        people = "1 more person" if others == 1 else f"{others} more people"
        words += f" The kind counts for {people} of {agency} too."
    return words
