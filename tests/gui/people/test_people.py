"""People and agencies: edited in place, the protocol set for many, a member list taken over after it was looked at."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, PaperForm, Standing
from csp_desktop.domain.people.member_fields import PERSON, MemberField, section
from csp_desktop.exchange.members import members_template, read_members
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.gui.people.people import PeoplePage
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.people import people
from tests.support.fakes import NO_PAPERS, fake_session
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls

LIST = "\n".join(
    (
        "Name,Agency,Agency kind,Job title,Mail",
        "Dan Holt,Police,,Sergeant,",
        "Leo Park,Foodbank,other,Driver,",
        "Anna Moss,Foodbank,other,,anna@x",
        "",
    )
)
PAPERS = replace(NO_PAPERS, read_book=read_book, read_members=read_members, members_template=members_template)


class Answers(Ask):
    """Answers every question with one path."""

    def __init__(self, path):
        self.path = path

    def open_file(self, parent, title, kinds, start=None):
        return self.path

    def save_file(self, parent, title, kinds, suggested):
        return self.path


def register():
    session = fake_session(papers=PAPERS)
    with session.work.step("the register", undoable=False, of_held=True) as records:
        records.save(Agency("police", "Police", "Police", AgencyKind.POLICE))
        records.save(Agency("council", "Watford Borough Council", "Council", AgencyKind.COUNCIL))
        signed: dict[str, Any] = {"isp_version": "1", "isp_signed_on": date(2026, 3, 3)}
        more: dict[str, Any]
        for member_id, name, agency, more in (
            ("dan", "Dan Holt", "police", {}),
            ("sara", "Sara Lyle", "police", signed),
            ("amira", "Amira Shah", "council", signed | {"user_name": "Amira Shah", "roles": ("chair",)}),
            ("priya", "Priya Raman", "council", {}),
        ):
            standing = Standing.OCCASIONAL if member_id == "priya" else Standing.STANDING
            records.save(Member(member_id, name, agency, "Officer", standing, **more))
    return session


class Shown:
    """The page in its window, and where it asked to go."""

    def __init__(self, qtbot, session, path=None, size="1366x768"):
        self.session, self.changes, self.tasks = session, Changes(), Tasks()
        self.went: list[tuple[str, object]] = []
        self.page = PeoplePage(PageContext(session, self.changes, self.tasks), Answers(path))
        self.ui = self.page._ui
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page("people", self.page)
        self.page.navigate.disconnect()
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.resize(SIZES[size])
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.show_page("people")

    def names(self):
        return [entry.title for entry in self.ui.people_view.entries() if entry.key]

    def edit(self, field):
        return self.page.findChild(LineEdit, f"{field}_edit")

    def error(self, field):
        return self.page.findChild(FieldError, f"{field}_error")

    def member(self, member_id):
        return people.member(self.session, member_id).member

    def choose(self, member_id):
        self.ui.people_view.set_current(member_id)
        self.page._open(member_id)


@pytest.fixture
def shown(qtbot):
    return Shown(qtbot, register())


def write(qtbot, edit, text):
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_people_stand_under_their_agencies_with_their_protocol_in_words(shown):
    entries = shown.ui.people_view.entries()
    assert [entry.title for entry in entries if entry.heading] == ["Police", "Watford Borough Council"]
    spoken = {entry.key: entry.spoken() for entry in entries if entry.key}
    assert spoken["sara"] == "Sara Lyle, Officer, Standing, Signed, Tue 3 Mar 2026, version 1"
    assert "Not signed" in spoken["dan"]


def test_search_by_initials_and_standing_members_without_a_current_protocol(qtbot, shown):
    qtbot.keyClicks(shown.ui.search_edit, "sl")
    assert shown.names() == ["Sara Lyle"]
    shown.window.show_page("people", "isp")
    assert shown.names() == ["Dan Holt"]


def test_a_person_found_elsewhere_is_opened_whatever_the_list_showed(qtbot, shown):
    shown.page._choose_view(agencies=True)
    shown.window.show_page("people", "isp")
    shown.window.show_page("people", "sara")
    assert shown.names() == ["Dan Holt", "Sara Lyle", "Amira Shah", "Priya Raman"]
    assert shown.ui.people_view.current_key() == shown.page._person.member_id() == "sara"
    assert shown.ui.people_view.hasFocus() and shown.ui.side_stack.currentWidget() is shown.ui.person_page


def test_a_field_is_saved_on_enter_and_undone_by_one_key(qtbot, shown):
    shown.choose("dan")
    write(qtbot, shown.edit("job_title"), "Sergeant")
    assert shown.member("dan").job_title == "Sergeant"
    assert shown.ui.saved_label.text() == "Saved 14:00:00"
    qtbot.keyClick(shown.ui.people_view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert shown.member("dan").job_title == "Officer"
    assert shown.edit("job_title").text() == "Officer"


def test_tab_goes_through_the_fields_as_they_stand(qtbot, shown):
    shown.choose("dan")
    shown.edit("name").setFocus()
    own: dict[str, str] = {MemberField.AGENCY: "agency_combo", MemberField.STANDING: "standing_combo"}
    wanted, came = [own.get(row.name, f"{row.name}_edit") for row in section(PERSON)], []
    for _ in wanted:
        came.append(shown.window.focusWidget().objectName())
        qtbot.keyClick(shown.window.focusWidget(), Qt.Key.Key_Tab)
    assert came == wanted
    assert shown.ui.copies_combo.hasFocus()
    qtbot.keyClick(shown.ui.copies_combo, Qt.Key.Key_Tab)
    assert shown.ui.person_version_edit.hasFocus()


def test_a_refused_mail_address_says_why_and_is_not_lost(qtbot, shown):
    shown.choose("dan")
    write(qtbot, shown.edit("mail"), "dan at herts")
    assert "not an email address" in shown.error("mail").text()
    shown.choose("sara")
    assert (shown.edit("mail").text(), shown.error("mail").text()) == ("", "")
    shown.choose("dan")
    assert shown.edit("mail").text() == "dan at herts"
    assert "not an email address" in shown.error("mail").text()
    write(qtbot, shown.edit("mail"), "dan@example.org")
    assert shown.member("dan").mail == "dan@example.org"
    assert shown.session.work.drafts() == []


def test_the_protocol_of_one_person_needs_both_fields(qtbot, shown):
    shown.choose("dan")
    write(qtbot, shown.ui.person_version_edit, "1")
    shown.ui.person_day_edit.setFocus()
    write(qtbot, shown.ui.person_day_edit, "3 mar 2027")
    assert "in the future" in shown.ui.isp_error.text()
    write(qtbot, shown.ui.person_day_edit, "3 mar")
    assert shown.member("dan").isp_signed_on == date(2026, 3, 3)
    assert shown.ui.isp_error.text() == ""


def test_rows_are_marked_by_space_and_ctrl_click_and_the_protocol_is_set_for_all(qtbot, shown):
    view = shown.ui.people_view
    view.set_current("dan")
    qtbot.keyClick(view, Qt.Key.Key_Space)
    at = view.visualRect(view.model().index(2)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at)
    assert shown.ui.protocol_title.text() == "Record protocol for 2 people"
    write(qtbot, shown.ui.version_edit, "2")
    assert "the date it was signed" in shown.ui.protocol_error.text()
    write(qtbot, shown.ui.day_edit, "24 nov")
    for member_id in ("dan", "sara"):
        assert (shown.member(member_id).isp_version, shown.member(member_id).isp_signed_on) == ("2", date(2026, 11, 24))
    assert shown.member("amira").isp_version == "1"
    assert shown.ui.protocol_frame.isHidden()


def test_a_click_on_the_box_marks_and_does_not_choose(qtbot, shown):
    view = shown.ui.people_view
    box = view.visualRect(view.model().index(1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, box.y()))
    assert shown.page._marked == ["dan"]
    assert shown.ui.side_stack.currentWidget() is shown.ui.nobody_page


def test_someone_new_is_added_by_the_keyboard_alone_with_a_new_agency(qtbot, shown):
    ui = shown.ui
    qtbot.keyClick(ui.people_view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(shown.edit("name"), "Leo Park")
    ui.agency_combo.setFocus()
    ui.agency_combo.lineEdit().selectAll()
    qtbot.keyClicks(ui.agency_combo.lineEdit(), "Foodbank")
    shown.edit("job_title").setFocus()
    assert not ui.new_agency_frame.isHidden()
    ui.new_agency_combo.setCurrentIndex(ui.new_agency_combo.findData("other"))
    qtbot.keyClick(ui.new_agency_button, Qt.Key.Key_Space)
    qtbot.keyClick(ui.add_person_button, Qt.Key.Key_Space)
    (row,) = people.people(shown.session, "leo")
    assert (row.agency.name, row.agency.kind) == ("Foodbank", AgencyKind.OTHER)
    assert ui.people_view.current_key() == row.member.id


def test_before_a_second_person_of_one_name_is_created_it_is_asked_whether_they_are_another(qtbot, shown):
    ui = shown.ui
    before = people.people(shown.session)
    named = before[0].member.name
    other = next(row.agency.id for row in before if row.agency.id != before[0].agency.id)
    shown.page._add()
    shown.edit("name").setText(named)
    ui.agency_combo.setCurrentIndex(ui.agency_combo.findData(other))
    qtbot.keyClick(ui.add_person_button, Qt.Key.Key_Space)
    error = shown.page._person.rows.places["name"][0].text()
    assert "Is this someone else? Press “Add this person” again to add them." in error
    assert len(people.people(shown.session)) == len(before)
    qtbot.keyClick(ui.add_person_button, Qt.Key.Key_Space)
    assert [row.member.name for row in people.people(shown.session)].count(named) == 2


def test_the_form_of_their_copies_is_chosen_and_the_page_says_what_really_goes(qtbot, shown):
    ui = shown.ui
    row = next(row for row in people.people(shown.session) if not row.agency.secure_mail)
    ui.people_view.set_current(row.member.id)
    shown.page._person.show_person(row.member.id)
    ui.copies_combo.setFocus()
    qtbot.keyClick(ui.copies_combo, Qt.Key.Key_Down)
    ui.copies_combo.activated.emit(ui.copies_combo.currentIndex())
    assert people.member(shown.session, row.member.id).member.needs is PaperForm.LARGE_PRINT
    assert ui.copies_caption.text().startswith("Locked with their passphrase")
    qtbot.keyClick(ui.copies_combo, Qt.Key.Key_Down)
    ui.copies_combo.activated.emit(ui.copies_combo.currentIndex())
    assert people.member(shown.session, row.member.id).member.needs is PaperForm.WORD
    assert ui.copies_caption.text().startswith("A Word file cannot be locked, and they have no email address")


def test_a_new_agency_does_not_widen_the_form_past_its_column(qtbot, shown):
    ui = shown.ui
    shown.page._add()
    settle(shown.window, shown.window.size())
    before = ui.side_frame.width(), ui.person_page.minimumSizeHint().width()
    long = "Hertfordshire Partnership University National Health Service Foundation Trust, Watford"
    ui.agency_combo.setFocus()
    ui.agency_combo.lineEdit().selectAll()
    qtbot.keyClicks(ui.agency_combo.lineEdit(), long)
    assert not ui.new_agency_frame.isHidden(), "its kind is asked for while it is typed"
    qtbot.keyClick(ui.new_agency_button, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert ui.agency_combo.currentText() == long
    assert ui.side_frame.width() == before[0] and ui.person_page.minimumSizeHint().width() <= before[0]
    ui.agencies_button.click()
    QApplication.processEvents()
    assert ui.agency_page.minimumSizeHint().width() <= ui.side_frame.width() == before[0]


def test_add_this_person_always_says_what_it_did(qtbot, shown):
    ui = shown.ui
    shown.page._add()
    qtbot.keyClicks(shown.edit("name"), "Leo Park")
    ui.agency_combo.setFocus()
    ui.agency_combo.lineEdit().selectAll()
    qtbot.keyClicks(ui.agency_combo.lineEdit(), "Foodbank")
    qtbot.mouseClick(ui.add_person_button, Qt.MouseButton.LeftButton)  # straight from the field, with the mouse
    assert "This agency is new" in ui.agency_error.text() and people.people(shown.session, "leo") == []
    ui.agency_combo.lineEdit().selectAll()
    qtbot.keyClicks(ui.agency_combo.lineEdit(), "police")
    qtbot.mouseClick(ui.add_person_button, Qt.MouseButton.LeftButton)
    assert [row.member.name for row in people.people(shown.session, "leo")] == ["Leo Park"]
    assert "Added" in ui.done_bar.text() and ui.agency_error.text() == ""


def test_who_is_half_typed_comes_back_with_their_agency(qtbot, shown):
    ui = shown.ui
    qtbot.keyClick(ui.people_view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    name = shown.page._person.rows.edits[0]
    qtbot.keyClicks(name, "Nadia Quill")
    ui.agency_combo.setEditText("Watford Borough Council")
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    ui.people_view.set_current("dan")
    qtbot.keyClick(ui.people_view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert (shown.page._person.rows.edits[0].text(), ui.agency_combo.currentText()) == (
        "Nadia Quill",
        "Watford Borough Council",
    )
    ui.drop_person_button.click()
    qtbot.keyClick(ui.people_view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert shown.page._person.rows.edits[0].text() == "" and ui.agency_combo.currentText() != "Watford Borough Council"


def test_a_new_person_without_a_name_is_refused_at_the_name(qtbot, shown):
    shown.page._add()
    qtbot.keyClick(shown.ui.add_person_button, Qt.Key.Key_Space)
    assert "first and last name" in shown.error("name").text()
    assert len(people.people(shown.session)) == 4


def test_who_left_is_no_longer_listed_and_comes_back_on_request(qtbot, shown):
    shown.choose("dan")
    shown.ui.gone_check.click()
    assert "Dan Holt" not in shown.names()
    shown.ui.former_check.setChecked(True)
    assert "Dan Holt" in shown.names()


def test_an_agency_is_changed_and_added_in_place(qtbot, shown):
    ui = shown.ui
    ui.agencies_button.click()
    shown.page._open("council")
    write(qtbot, ui.short_edit, "WBC")
    shown.page._add()
    qtbot.keyClicks(ui.full_edit, "police")
    qtbot.keyClick(ui.full_edit, Qt.Key.Key_Return)
    assert "already on the list" in ui.full_error.text()
    write(qtbot, ui.full_edit, "Probation Service")
    assert [a.short_name for a in people.agencies(shown.session)] == ["Police", "Probation Service", "WBC"]


def test_whether_an_agency_has_secure_mail_is_a_mark_of_its_own_saved_and_undone(qtbot, shown):
    ui = shown.ui
    ui.agencies_button.click()
    shown.page._open("council")
    assert not ui.secure_check.isChecked() and "no passphrase" in ui.secure_check.accessibleDescription()
    qtbot.keyClick(ui.secure_check, Qt.Key.Key_Space)
    assert {a.id for a in people.agencies(shown.session) if a.secure_mail} == {"council"}
    shown.page.undo()
    assert not any(a.secure_mail for a in people.agencies(shown.session)) and not ui.secure_check.isChecked()
    shown.page._add()
    assert ui.secure_check.isHidden()


def test_a_member_list_is_shown_before_it_is_taken_over(qtbot, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    shown = Shown(qtbot, register(), path)
    shown.ui.import_button.click()
    qtbot.waitUntil(lambda: not shown.tasks.busy())
    assert shown.ui.import_panel.words.text().startswith(
        "1 new, 1 changed, 0 unchanged, 1 refused. New agencies: Foodbank."
    )
    rows = shown.ui.import_panel.tables.rows_view.rows
    line, column, value, why = (rows.index(0, column).data() for column in range(4))
    assert (line, column, value, "name@agency.org.uk" in why) == ("4", "Email", "anna@x", True)
    assert len(people.people(shown.session)) == 4
    qtbot.keyClick(shown.ui.import_panel.take_button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown.tasks.busy() and shown.ui.import_panel.take_button.words() == "Accept 2 people"
    qtbot.waitUntil(lambda: not shown.tasks.busy())
    assert shown.member("dan").job_title == "Sergeant"
    assert "Leo Park" in shown.names() and shown.ui.done_bar.isVisible()
    shown.ui.done_bar.undo_asked.emit()
    assert "Leo Park" not in shown.names()
    shown.ui.import_button.click()
    assert not shown.ui.done_bar.isVisible()  # what it says is of the list before
    qtbot.waitUntil(lambda: not shown.tasks.busy())


def test_escape_leaves_a_preview_without_changes(qtbot, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    shown = Shown(qtbot, register(), path)
    shown.ui.import_button.click()
    qtbot.waitUntil(lambda: not shown.tasks.busy())
    qtbot.keyClick(shown.ui.import_panel.take_button, Qt.Key.Key_Escape)
    assert len(shown.names()) == 4
    assert shown.went == []
    qtbot.keyClick(shown.ui.people_view, Qt.Key.Key_Escape)
    assert shown.went == [("back", None)]


def test_a_file_that_is_no_member_list_says_so(qtbot, tmp_path):
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    shown = Shown(qtbot, register(), path)
    shown.ui.import_button.click()
    qtbot.waitUntil(lambda: not shown.tasks.busy())
    assert "is not a list of people" in shown.ui.import_panel.error.text()
    assert not shown.ui.import_panel.take_button.isEnabled()


def test_the_empty_template_is_written_where_one_says(qtbot, tmp_path):
    shown = Shown(qtbot, register(), tmp_path / "members.xlsx")
    shown.ui.template_button.click()
    assert read_members(tmp_path / "members.xlsx").rows == ()


def test_an_empty_register_says_what_to_do_first(qtbot):
    shown = Shown(qtbot, fake_session())
    assert shown.ui.people_empty.accessibleName() == "Who attends the meeting?"
    assert not shown.ui.alone_label.isHidden()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_nothing_is_cut_and_all_is_named_at_every_size(qtbot, qapp, size, tokens):
    style.apply(qapp, Theme(tokens))
    shown = Shown(qtbot, register(), size=size)
    shown.choose("amira")
    shown.page._mark("dan")
    settle(shown.window, SIZES[size])
    assert (clipped_texts(shown.window), unnamed_controls(shown.window)) == ([], [])
    style.apply(qapp, Theme())
