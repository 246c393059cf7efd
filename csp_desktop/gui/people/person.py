"""The forms of one person and of one agency: apart from the list they stand beside, which is long enough.

Saved as they are left; a new one goes in by its button.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from csp_desktop._built.ui_people import Ui_People
from csp_desktop.domain.common.days import clock_seconds
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.people.agencies import Agency, AgencyField, AgencyKind, Member, PaperForm, Standing
from csp_desktop.domain.people.member_fields import PERSON, MemberField, section, with_values
from csp_desktop.gui.people.people_model import full_day
from csp_desktop.gui.widgets.field_errors import AskedOnce, FieldErrors, Place
from csp_desktop.gui.widgets.member_rows import MemberRows, call
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.services.people import handing_on, people

NEW = "new"


class AgencyForm(QObject):
    """`saved` with what changed, in words, after each change; `closed` when adding was given up."""

    saved = Signal(str, str)
    closed = Signal()

    def __init__(self, ui: Ui_People, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        self._agency_id = ""
        work = context.session.work
        self._name = SavedField(ui.full_edit, ui.full_error, work, Agency, "name", lambda t: self._change(name=t))
        self._short = SavedField(
            ui.short_edit, ui.short_error, work, Agency, "short_name", lambda t: self._change(short_name=t)
        )
        self.errors = FieldErrors(
            {
                AgencyField.NAME: (ui.full_error, ui.full_edit),
                AgencyField.SHORT_NAME: (ui.short_error, ui.short_edit),
            },
            ui.done_bar,
        )
        for kind in AgencyKind:
            ui.kind_combo.addItem(kind.value.capitalize(), kind.value)
        for line in (self._name, self._short):
            line.saved.connect(lambda: self._tell("Saved"))
            line.edit.returnPressed.connect(lambda: self.add() if self.is_new() else None)
        ui.kind_combo.activated.connect(lambda _: self._take_kind())
        ui.secure_check.setAccessibleDescription(ui.secure_caption.text())
        ui.secure_check.clicked.connect(self._take_secure)
        ui.add_agency_button.clicked.connect(self.add)
        ui.drop_agency_button.clicked.connect(self._give_up)

    def is_new(self) -> bool:
        """Whether an agency is being added."""
        return self._agency_id == NEW

    def agency_id(self) -> str:
        """Which is shown; empty for none or a new one."""
        return "" if self.is_new() else self._agency_id

    def end(self) -> None:
        """End the edits."""
        self._name.end()
        self._short.end()

    def show_new(self) -> None:
        """An empty form; what was begun before comes back."""
        self._agency_id = NEW
        self._ui.agency_title.setText("New agency")
        self._ui.agency_caption.setText("If left empty, a short name is made from the name.")
        self._ui.agency_saved_label.clear()
        self._fill(Agency(NEW, "", "", AgencyKind.COUNCIL))

    def show_agency(self, agency_id: str) -> None:
        """The fields of this agency."""
        if agency_id != self._agency_id:
            self._ui.agency_saved_label.clear()
        self._agency_id = agency_id
        agency = self._agency()
        self._ui.agency_title.setText(agency.name)
        self._ui.agency_caption.setText("Each field is saved when you leave it.")
        self._fill(agency)

    def _fill(self, agency: Agency) -> None:
        ui, new = self._ui, self.is_new()
        for part in (ui.add_agency_button, ui.drop_agency_button):
            part.setVisible(new)
        self._name.show(agency.id, agency.name, saves=not new)
        self._short.show(agency.id, agency.short_name, saves=not new)
        ui.kind_combo.setCurrentIndex(ui.kind_combo.findData(agency.kind.value))
        ui.secure_check.setChecked(agency.secure_mail)
        ui.secure_check.setVisible(not new)
        ui.secure_caption.setVisible(not new)

    def _agency(self) -> Agency:
        with self._context.session.work.reading() as records:
            return records.get(Agency, self._agency_id)

    def _change(self, **fields: object) -> None:
        after = replace(self._agency(), **fields)  # type: ignore[arg-type]
        people.save_agency(self._context.session, after.id, after.name, after.short_name, after.kind)

    def _take_kind(self) -> None:
        if not self.is_new():
            self._change(kind=AgencyKind(self._ui.kind_combo.currentData()))
            self._tell("Saved")

    def _take_secure(self, checked: bool) -> None:
        people.set_secure_mail(self._context.session, self._agency_id, is_secure=checked)
        self._tell("Saved")

    def _tell(self, words: str) -> None:
        self._ui.agency_saved_label.set_saved(clock_seconds(self._context.session.now()))
        self.saved.emit(words, self._agency().name)

    def add(self) -> None:
        """The new agency goes on the list, or its name says why not."""
        ui = self._ui
        kind = AgencyKind(ui.kind_combo.currentData())
        try:
            agency = people.save_agency(self._context.session, "", ui.full_edit.text(), ui.short_edit.text(), kind)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self._forget()
        self._agency_id = agency.id
        self._tell("Added")

    def _give_up(self) -> None:
        self._forget()
        self._agency_id = ""
        self.closed.emit()

    def _forget(self) -> None:
        for field, line in (("name", self._name), ("short_name", self._short)):
            self._context.session.work.drop_draft(Agency, NEW, field)
            line.show("", "")


class PersonForm(QObject):
    """`saved` with what changed, in words, after each change; `closed` when adding was given up; `hand_on_asked` with
    whose things are to be handed on."""

    saved = Signal(str, str)
    closed = Signal()
    hand_on_asked = Signal(str)

    def __init__(self, ui: Ui_People, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        self._member_id = ""
        self._begun_agency = ""  # of somebody new who is half typed; their words are drafts
        self._sure = AskedOnce(MemberField.NAME, "Press “Add this person” again to add them.")
        others: dict[str, QWidget] = {MemberField.AGENCY: ui.agency_row, MemberField.STANDING: ui.standing_row}
        self.rows = MemberRows(section(PERSON), others, ui.fields_layout, context.session.work, self._change)
        self.rows.saved.connect(lambda: self._tell("Saved"))
        self.rows.entered.connect(self._entered)
        protocol: dict[str, Place] = {
            MemberField.ISP_VERSION: (ui.isp_error, ui.person_version_edit),
            MemberField.ISP_SIGNED_ON: (ui.isp_error, ui.person_day_edit),
        }
        self.protocol_errors = FieldErrors(protocol, ui.done_bar)
        self.errors = FieldErrors(
            {**self.rows.places, MemberField.AGENCY: (ui.agency_error, ui.agency_combo), **protocol},
            ui.done_bar,
        )
        call(ui.agency_label, ui.agency_combo, MemberField.AGENCY)
        call(ui.standing_label, ui.standing_combo, MemberField.STANDING)
        call(ui.person_version_label, ui.person_version_edit, MemberField.ISP_VERSION)
        call(ui.person_day_label, ui.person_day_edit, MemberField.ISP_SIGNED_ON)
        call(ui.gone_check, ui.gone_check, MemberField.ACTIVE)
        for kind in AgencyKind:
            ui.new_agency_combo.addItem(kind.value.capitalize(), kind.value)
        for standing in Standing:
            ui.standing_combo.addItem(standing.value.capitalize(), standing.value)
        for form in PaperForm:
            ui.copies_combo.addItem(f"{form.value[:1].upper()}{form.value[1:]}", form.value)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.agency_combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        typed = ui.agency_combo.lineEdit()
        assert typed is not None  # the combo is editable
        typed.setAccessibleName(ui.agency_combo.accessibleName())
        typed.textEdited.connect(self._show_new_agency)
        typed.editingFinished.connect(self._take_agency)
        ui.agency_combo.activated.connect(lambda _: self._take_agency())
        ui.new_agency_button.clicked.connect(self._add_agency)
        ui.standing_combo.activated.connect(lambda _: self._take_standing())
        ui.copies_combo.activated.connect(lambda _: self._take_copies())
        ui.gone_check.clicked.connect(self._take_gone)
        ui.owned_button.clicked.connect(lambda: self.hand_on_asked.emit(self._member_id))
        for edit in (ui.person_version_edit, ui.person_day_edit):
            edit.editingFinished.connect(self._take_protocol)
        ui.add_person_button.pressed.connect(self.add)  # leaving a field may move it away from under the mouse
        ui.drop_person_button.clicked.connect(self._give_up)

    def is_new(self) -> bool:
        """Whether a person is being added."""
        return self._member_id == NEW

    def member_id(self) -> str:
        """Who is shown; empty for nobody or someone new."""
        return "" if self.is_new() else self._member_id

    def end(self) -> None:
        """End the edits: what is typed is saved, or on disk as a draft with its reason."""
        self.rows.end()
        if self.is_new():
            begun = any(self.rows.texts().values())
            self._begun_agency = self._ui.agency_combo.currentText() if begun else ""
        if self.member_id():
            self._take_protocol()

    def show_new(self, agency_id: str = "") -> None:
        """An empty form; what was begun before comes back."""
        self._member_id = NEW
        self._ui.person_title.setText("New person")
        self._ui.person_caption.setText("Added with “Add this person”.")
        self._ui.saved_label.clear()
        self._fill(Member(NEW, "", agency_id, "", Standing.STANDING))
        if self._begun_agency:
            self._ui.agency_combo.setEditText(self._begun_agency)
            self._take_agency()

    def show_person(self, member_id: str) -> None:
        """The fields of this person, as the file has them."""
        if member_id != self._member_id:
            self._ui.saved_label.clear()
        self._member_id = member_id
        row = people.member(self._context.session, member_id)
        self._ui.person_title.setText(row.member.name)
        self._ui.person_caption.setText(f"Initials {row.initials}. Each field is saved when you leave it.")
        self._fill(row.member)
        self._ui.isp_words.setText(row.isp_words)
        roles = ", ".join(row.member.roles) or "none"
        opens = f" Opens this file as {row.member.user_name}." if row.member.user_name else ""
        self._ui.roles_label.setText(f"Roles: {roles}.{opens}")

    def _fill(self, member: Member) -> None:
        ui, new = self._ui, self.is_new()
        for part in (ui.add_person_button, ui.drop_person_button):
            part.setVisible(new)
        copies = (ui.copies_label, ui.copies_combo, ui.copies_caption)
        for told in (ui.isp_words, ui.roles_label, ui.gone_check, *copies):
            told.setVisible(not new)
        self._fill_agencies(member.agency_id)
        self.rows.show(member, saves=not new)
        ui.standing_combo.setCurrentIndex(ui.standing_combo.findData(member.standing.value))
        ui.copies_combo.setCurrentIndex(ui.copies_combo.findData(member.needs.value))
        if not new:
            ui.copies_caption.setText(people.copies_words(self._context.session, member))
        ui.gone_check.setChecked(not member.active)
        owned = 0 if new else len(handing_on.owned(self._context.session, member.id).things)
        ui.owned_button.setVisible(bool(owned))
        ui.owned_button.setText(f"&Hand on {count_of(owned, 'open thing', 'open things')}")
        if not (ui.person_version_edit.hasFocus() or ui.person_day_edit.hasFocus()) or not ui.isp_error.text():
            ui.person_version_edit.setText(member.isp_version)
            ui.person_day_edit.setText(full_day(member.isp_signed_on) if member.isp_signed_on else "")
            self.protocol_errors.clear()

    def _fill_agencies(self, chosen: str) -> None:
        combo = self._ui.agency_combo
        combo.blockSignals(True)
        combo.clear()
        for agency in people.agencies(self._context.session):
            combo.addItem(agency.name, agency.id)
        combo.setCurrentIndex(combo.findData(chosen) if chosen else -1)
        combo.blockSignals(False)
        self._ui.agency_error.clear(combo)
        self._ui.new_agency_frame.hide()

    def _entered(self) -> None:
        """Enter in a new person's field adds; an incomplete one says what is missing."""
        if self.is_new():
            self.add()

    def _change(self, **fields: object) -> None:
        session = self._context.session
        member = people.member(session, self._member_id).member
        people.save_member(session, with_values(member, fields))

    def _tell(self, words: str) -> None:
        self._ui.saved_label.set_saved(clock_seconds(self._context.session.now()))
        self.saved.emit(words, people.member(self._context.session, self._member_id).member.name)

    def _show_new_agency(self, typed: str) -> None:
        """As soon as no agency begins like this one, its kind can be said: nothing moves when the field is left."""
        begins = self._ui.agency_combo.findText(" ".join(typed.split()), Qt.MatchFlag.MatchStartsWith)
        self._ui.new_agency_frame.setVisible(bool(typed.strip()) and begins < 0)

    def _take_agency(self) -> None:
        """The agency typed or chosen; an unknown one asks for its kind first."""
        ui, combo = self._ui, self._ui.agency_combo
        typed = " ".join(combo.currentText().split())
        index = combo.findText(typed, Qt.MatchFlag.MatchFixedString) if typed else -1
        ui.new_agency_frame.setVisible(bool(typed) and index < 0)
        if index < 0:
            return
        ui.agency_error.clear(combo)
        combo.setCurrentIndex(index)
        if self.is_new() or not self._member_id:
            return
        if people.member(self._context.session, self._member_id).agency.id == combo.itemData(index):
            return
        try:
            self._change(agency_id=combo.itemData(index))
        except Refused as refusal:
            ui.agency_error.set_error(refusal.sentence, combo)
            return
        self._tell("Agency saved")

    def _add_agency(self) -> None:
        ui = self._ui
        try:
            agency = people.save_agency(
                self._context.session,
                "",
                ui.agency_combo.currentText(),
                "",
                AgencyKind(ui.new_agency_combo.currentData()),
            )
        except Refused as refusal:
            ui.agency_error.set_error(refusal.sentence, ui.agency_combo)
            return
        if self.is_new():
            self._fill_agencies(agency.id)
            self.rows.edits[1].setFocus(Qt.FocusReason.OtherFocusReason)
            self.saved.emit("Agency added", agency.name)
            return
        self._change(agency_id=agency.id)
        self._tell("Agency added")

    def _take_standing(self) -> None:
        if not self.is_new():
            standing = Standing(self._ui.standing_combo.currentData())
            people.set_standing(self._context.session, [self._member_id], standing)
            self._tell("Saved")

    def _take_copies(self) -> None:
        """In what form they can read what is sent to them."""
        member = people.set_copy_form(
            self._context.session, self._member_id, PaperForm(self._ui.copies_combo.currentData())
        )
        self._ui.copies_caption.setText(people.copies_words(self._context.session, member))
        self._tell("Saved")

    def _take_gone(self, gone: bool) -> None:
        people.retire(self._context.session, self._member_id, active=not gone)
        owned = len(handing_on.owned(self._context.session, self._member_id).things)
        left = f"Has left, with {count_of(owned, 'thing', 'things')} to hand on" if owned else "Has left"
        self._tell(left if gone else "Returned")

    def _take_protocol(self) -> None:
        """Both fields or neither; a half-filled pair says so once the pair is left."""
        ui, session = self._ui, self._context.session
        version, day = ui.person_version_edit, ui.person_day_edit
        between = version.hasFocus() or day.hasFocus()
        half = bool(version.text().strip()) != bool(day.text().strip())
        if self.is_new() or not self._member_id or (between and half):
            return
        member = people.member(session, self._member_id).member
        try:
            read = people.read_protocol(session, version.text(), day.text())
            if read != (member.isp_version, member.isp_signed_on):
                people.set_isp(session, [self._member_id], *read)
                self._tell("Protocol saved")
        except Refused as refusal:
            self.protocol_errors.show(refusal, focus=False)
            return
        self.protocol_errors.clear()

    def add(self) -> None:
        """The new person goes on the list, or the field that is not in order says why."""
        ui, session, combo = self._ui, self._context.session, self._ui.agency_combo
        self._take_agency()
        if ui.new_agency_frame.isVisibleTo(ui.person_page):
            ui.agency_error.set_error("This agency is new: choose its kind, then add it.", combo)
            ui.new_agency_combo.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            texts = self.rows.texts()
            version, signed_on = people.read_protocol(session, ui.person_version_edit.text(), ui.person_day_edit.text())
            standing = Standing(ui.standing_combo.currentData())
            typed = with_values(Member("", "", combo.currentData() or "", "", standing, "", version, signed_on), texts)
            if typed.agency_id:
                self._sure.require(people.doubt_about(session, typed.name), typed.name)
            member = people.save_member(session, typed)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self._forget()
        self._member_id = member.id
        self._tell("Added")

    def _give_up(self) -> None:
        self._forget()
        self._member_id = ""
        self.closed.emit()

    def _forget(self) -> None:
        """Someone new is no longer being typed."""
        self._begun_agency = ""
        self.rows.forget(NEW)
