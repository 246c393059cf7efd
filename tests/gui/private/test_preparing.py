"""The lead's preparing by key: home, sub-agenda, register, settings and help of the private window."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QWidget

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.exchange.members import members_template, read_members
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.gui.help.help import key_groups
from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, private
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.private import agenda, people, register
from csp_desktop.services.private.preparing import WHILE_RUNNING
from csp_desktop.services.private.settings import private_settings
from tests.support.fakes import NO_PAPERS
from tests.support.private_session import DAY, LEAD, PEOPLE, begun, member_named, private_session
from tests.support.screens import SIZES, clipped_texts, settle, shared_mnemonics, unnamed_controls

SLOT = (time(15, 45), time(16, 30))
STEMS = ("private_home", "private_agenda", "private_register", "private_settings", "private_help")


class Answers(Ask):
    """Answers every question with one path."""

    def __init__(self, path=None):
        self.path = path

    def open_file(self, parent, title, kinds, start=None):
        return self.path

    def save_file(self, parent, title, kinds, suggested):
        return self.path


def line(shown, field, kind=LineEdit, part="edit"):
    """A field of a form laid out from a table, or what it says is wrong."""
    return shown.page.findChild(kind, f"{field}_{part}")


class Shown:
    """A page in its window, and where it asked to go."""

    def __init__(self, qtbot, stem, session, argument=None, size="1366x768", path=None):
        self.session, self.changes, self.tasks = session, Changes(), Tasks()
        self.went: list[tuple[str, object]] = []
        kind = PRIVATE.page(stem).load()
        desk = PrivatePageContext(session, self.changes, self.tasks, table=PrivateTable())
        asks = stem in ("private_register", "private_settings")
        self.page = kind(desk, Answers(path)) if asks else kind(desk)
        self.ui = self.page._ui
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page(stem, self.page)
        self.page.navigate.disconnect()
        self.page.navigate.connect(lambda stem, value: self.went.append((stem, value)))
        self.window.resize(SIZES[size])
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.window.show_page(stem, argument)


@pytest.fixture
def session():
    papers = replace(NO_PAPERS, read_book=read_book, read_members=read_members, members_template=members_template)
    return replace(private_session(), papers=papers)


def planned(session, days=0):
    return agenda.plan(session, DAY + timedelta(days=days), *SLOT)


def said(page: QWidget) -> str:
    """Everything anyone could read or hear of a page."""
    words = []
    for child in [page, *page.findChildren(QWidget)]:
        words += [child.toolTip(), child.accessibleName(), str(child.property("text") or "")]
        spoken = QAccessible.queryAccessibleInterface(child)
        words += [spoken.text(QAccessible.Text.Name)] if spoken is not None else []
        if isinstance(child, QAbstractItemView) and child.model() is not None:
            model = child.model()
            for row in range(model.rowCount()):
                words += [str(model.index(row, 0).data(role)) for role in (0, 3, 11, 256)]
    return "\n".join(words)


def next_one(session):
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    return meeting


def open_room(session):
    meeting = planned(session)
    agenda.begin_alone(session, meeting.id)
    return meeting


# home


def test_enter_begins_the_room_check_on_the_day(qtbot, session):
    meeting = planned(session)
    shown = Shown(qtbot, "private_home", session)
    assert shown.ui.work.ui.next_title.text() == "Begin: who is in the room?"
    qtbot.keyClick(shown.ui.work.ui.next_button, Qt.Key.Key_Return)
    assert shown.went == [("private_room", meeting.id)]
    assert next_one(session).state is MeetingState.SIGN_IN


def test_what_needs_the_lead_leads_to_the_person(qtbot, session):
    people_kept = people.people(session)
    with session.work.step("two go") as records:
        for line in people_kept[1:]:
            records.save(replace(line.person, on_list=False))
    shown = Shown(qtbot, "private_home", session)
    qtbot.keyClick(shown.ui.work.ui.next_button, Qt.Key.Key_Down)
    qtbot.keyClick(shown.ui.work.ui.needs_view, Qt.Key.Key_Return)
    assert shown.went == [("private_risk", people_kept[0].person.id)]


def test_the_severe_weather_flag_shows_large_with_its_note_and_can_be_undone(qtbot, session):
    shown = Shown(qtbot, "private_home", session)
    assert not shown.ui.winter_banner.isVisible()
    shown.ui.winter_note_edit.setFocus()
    qtbot.keyClicks(shown.ui.winter_note_edit, "Beds from 19:00")
    qtbot.mouseClick(shown.ui.winter_button, Qt.MouseButton.LeftButton)
    assert shown.ui.winter_banner.isVisible()
    assert shared_mnemonics(shown.page) == [], "on as well as off"
    assert shown.ui.winter_note.text() == "Beds from 19:00"
    qtbot.keyClick(shown.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not private_settings(session).winter_protocol
    assert not shown.ui.winter_banner.isVisible()


def test_a_figure_is_copied_as_a_sentence_with_small_counts_hidden(qtbot, session):
    shown = Shown(qtbot, "private_home", session)
    shown.ui.counted_combo.setCurrentIndex(1)
    qtbot.mouseClick(shown.ui.release_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "fewer than 5 people were on the list" in copied
    assert str(len(PEOPLE)) not in copied.replace("2026", "").replace("Thu 26 Nov", "")
    QGuiApplication.clipboard().clear()
    shown.ui.released_view.setFocus()
    qtbot.keyClick(shown.ui.released_view, Qt.Key.Key_Down)
    qtbot.keyClick(shown.ui.released_view, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == copied


@pytest.mark.parametrize("stem", STEMS)
def test_no_page_names_anyone_and_none_shows_anything_of_them_while_a_session_runs(qtbot, session, stem):
    for line in people.people(session):
        people.save(session, replace(line.person, aliases=("Canary Alias",), headline="canary headline"))
    initials = [line.person.initials for line in people.people(session)]
    planned(session)
    before = said(Shown(qtbot, stem, session).page)
    full = [name for name, _ in PEOPLE]
    assert not [word for word in (*full, "Canary Alias") if word in before]
    begun(session, LEAD)
    while_running = said(Shown(qtbot, stem, session).page)
    secret = [*full, *initials, "canary", "RS-00"]
    assert not [word for word in secret if word in while_running]


def test_while_a_session_runs_the_sub_agenda_says_so(qtbot, session):
    begun(session, LEAD)
    shown = Shown(qtbot, "private_agenda", session)
    assert WHILE_RUNNING in said(shown.page)
    assert not shown.ui.agenda_card.isVisible() and not shown.ui.ranked_view.isVisible()


def test_the_sub_agenda_empties_when_the_session_begins_under_it(qtbot, session):
    meeting = open_room(session)
    shown = Shown(qtbot, "private_agenda", session)
    assert "K.B." in said(shown.page)
    with session.work.step("it begins") as records:
        records.save(replace(records.get(type(meeting), meeting.id), state=MeetingState.IN_SESSION))
    shown.changes.tell("meeting")
    assert "K.B." not in said(shown.page)


# sub-agenda


def order(shown):
    return [row.title.split()[0] for row in shown.ui.agenda_view.rows() if row.kind.value == "person"]


def test_a_session_is_planned_from_the_page_and_the_proposal_picked(qtbot, session):
    shown = Shown(qtbot, "private_agenda", session)
    shown.ui.date_field.setText("30 nov")
    qtbot.keyClick(shown.ui.date_field, Qt.Key.Key_Return)
    qtbot.mouseClick(shown.ui.next_button, Qt.MouseButton.LeftButton)
    assert next_one(session).on == DAY + timedelta(days=4)
    assert order(shown) == ["K.B.", "D.W.", "S.M."]


def test_a_day_gone_by_is_refused_at_its_field(qtbot, session):
    shown = Shown(qtbot, "private_agenda", session)
    shown.ui.date_field.setText("20 nov 2026")
    qtbot.keyClick(shown.ui.date_field, Qt.Key.Key_Return)
    qtbot.mouseClick(shown.ui.next_button, Qt.MouseButton.LeftButton)
    assert "is in the past" in shown.ui.date_error.text()
    assert agenda.next_meeting(session) is None


def test_people_are_moved_timed_and_taken_off_by_key(qtbot, session):
    planned(session)
    shown = Shown(qtbot, "private_agenda", session)
    view = shown.ui.agenda_view
    assert view.hasFocus() and view.row().title.startswith("K.B.")
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order(shown) == ["D.W.", "K.B.", "S.M."]
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.row().minutes == 8
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert order(shown) == ["D.W.", "S.M."]
    qtbot.keyClick(shown.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert order(shown) == ["D.W.", "K.B.", "S.M."]


def test_space_on_the_proposal_picks_last_in_order(qtbot, session):
    meeting = planned(session)
    first = agenda.sub_agenda_of(session, meeting.id).picked[0][1]
    agenda.toggle(session, meeting.id, first.id)
    shown = Shown(qtbot, "private_agenda", session)
    shown.ui.ranked_view.setFocus()
    shown.ui.ranked_view.set_current(first.id)
    qtbot.keyClick(shown.ui.ranked_view, Qt.Key.Key_Space)
    assert order(shown) == ["D.W.", "S.M.", "K.B."]
    assert "last in order" in shown.ui.said_bar.text()


def test_the_whole_reason_of_the_one_in_hand_stands_under_the_proposal(qtbot, session):
    planned(session)
    shown = Shown(qtbot, "private_agenda", session)
    shown.ui.ranked_view.setFocus()
    qtbot.keyClick(shown.ui.ranked_view, Qt.Key.Key_Down)
    assert shown.ui.ranked_why.text() == "D.W.: no risk score yet; never seen by a worker."


def test_times_are_kept_as_they_are_left_and_refused_in_place(qtbot, session):
    planned(session)
    shown = Shown(qtbot, "private_agenda", session)
    shown.ui.ends_field.setFocus()
    shown.ui.ends_field.selectAll()
    qtbot.keyClicks(shown.ui.ends_field, "15:00")
    qtbot.keyClick(shown.ui.ends_field, Qt.Key.Key_Return)
    assert "end after it starts" in shown.ui.ends_error.text()
    shown.ui.ends_field.selectAll()
    qtbot.keyClicks(shown.ui.ends_field, "17.00")
    qtbot.keyClick(shown.ui.ends_field, Qt.Key.Key_Return)
    assert next_one(session).ends == time(17, 0)
    assert "to spare" in shown.ui.spare_label.text()


# register


def test_somebody_is_added_by_key_and_the_kind_of_a_known_agency_comes_with_it(qtbot, session):
    shown = Shown(qtbot, "private_register", session)
    ui = shown.ui
    qtbot.keyClick(shown.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line(shown, "name"), "Omar Reyes")
    ui.agency_combo.setCurrentText("Watford Borough Council")
    ui.agency_combo.lineEdit().editingFinished.emit()
    assert ui.kind_combo.currentData() is AgencyKind.COUNCIL
    qtbot.mouseClick(ui.add_member_button, Qt.MouseButton.LeftButton)
    row = next(row for row in register.rows(session) if row.member.name == "Omar Reyes")
    assert row.agency.kind is AgencyKind.COUNCIL
    assert ui.register_view.current_key() == row.member.id


def test_before_a_second_person_of_one_name_is_in_the_register_it_is_asked_whether_they_are_another(qtbot, session):
    shown = Shown(qtbot, "private_register", session)
    qtbot.keyClick(shown.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line(shown, "name"), "PC Sarah Lyle")
    shown.ui.agency_combo.setCurrentText("Watford Borough Council")
    qtbot.mouseClick(shown.ui.add_member_button, Qt.MouseButton.LeftButton)
    error = shown.page._member.rows.places["name"][0].text()
    assert "Is this someone else? Press “Add this person” again to add them." in error
    names = [row.member.name for row in register.rows(session)]
    assert "PC Sarah Lyle" not in names
    qtbot.mouseClick(shown.ui.add_member_button, Qt.MouseButton.LeftButton)
    assert [row.member.name for row in register.rows(session)].count("PC Sarah Lyle") == 1


def test_a_new_agency_hears_least_until_the_lead_says_what_it_is(qtbot, session):
    shown = Shown(qtbot, "private_register", session)
    qtbot.keyClick(shown.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line(shown, "name"), "Omar Reyes")
    shown.ui.agency_combo.setCurrentText("Nightstop")
    shown.ui.agency_combo.lineEdit().editingFinished.emit()
    assert "choose its kind" in shown.ui.kind_caption.text()
    qtbot.mouseClick(shown.ui.add_member_button, Qt.MouseButton.LeftButton)
    row = next(row for row in register.rows(session) if row.member.name == "Omar Reyes")
    assert row.agency.kind is AgencyKind.OTHER


def test_one_name_alone_is_refused_at_its_field(qtbot, session):
    shown = Shown(qtbot, "private_register", session)
    qtbot.keyClick(shown.page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(line(shown, "name"), "Omar")
    qtbot.keyClick(line(shown, "name"), Qt.Key.Key_Return)
    assert line(shown, "name", FieldError, "error").text() == "Give first and last name."


def test_the_deputy_is_named_here_and_led_to_users_for_a_passphrase(qtbot, session):
    hana = member_named(session, "Hana Lowe")
    shown = Shown(qtbot, "private_register", session, hana.id)
    qtbot.mouseClick(shown.ui.deputy_check, Qt.MouseButton.LeftButton)
    assert Role.NEW_HOPE_DEPUTY.value in member_named(session, "Hana Lowe").roles
    qtbot.mouseClick(shown.ui.users_button, Qt.MouseButton.LeftButton)
    assert shown.went == [("users", None)]


def test_the_deputy_comes_from_the_leads_own_agency(qtbot, session):
    shown = Shown(qtbot, "private_register", session, member_named(session, "PC Sara Lyle").id)
    qtbot.mouseClick(shown.ui.deputy_check, Qt.MouseButton.LeftButton)
    assert "the lead's own agency" in shown.ui.role_error.text()
    assert not shown.ui.deputy_check.isChecked()
    assert not register.leads(member_named(session, "PC Sara Lyle"))


def test_who_opens_the_file_cannot_be_taken_off(qtbot, session):
    shown = Shown(qtbot, "private_register", session, member_named(session, LEAD).id)
    qtbot.mouseClick(shown.ui.retire_button, Qt.MouseButton.LeftButton)
    assert "can open this file" in shown.ui.role_error.text()
    shown.page._open(member_named(session, "Ewa Lukasik").id)
    qtbot.mouseClick(shown.ui.retire_button, Qt.MouseButton.LeftButton)
    assert "Ewa Lukasik" not in [row.member.name for row in register.rows(session)]


def test_a_list_of_members_never_moves_an_agency_to_a_kind_that_hears_more(qtbot, session, tmp_path):
    path = tmp_path / "members.csv"
    path.write_text(
        "Name,Agency,Agency kind,Job title,Active\nLeo Park,CGL,police,Driver,\nMoira Vance,Foodbank,other,Lead,\n"
        f"{LEAD},New Hope,,Lead,no\n",
        encoding="utf-8",
    )
    shown = Shown(qtbot, "private_register", session, path=path)
    qtbot.keyClick(shown.page, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown.ui.import_panel.take_button.isEnabled())
    refused = shown.ui.import_panel.tables.rows_view.rows
    why = [refused.index(row, 3).data() for row in range(refused.rowCount())]
    assert "The kind decides who may be present" in why[0] and "can open this file" in why[1]
    qtbot.mouseClick(shown.ui.import_panel.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.ui.view_stack.currentWidget() is shown.ui.register_page)
    rows = {row.member.name: row for row in register.rows(session)}
    assert rows["Moira Vance"].agency.kind is AgencyKind.OTHER
    assert rows["Ewa Lukasik"].agency.kind is AgencyKind.SUPPORT
    assert LEAD in rows and "Leo Park" not in rows


# help, and all of them


def test_the_help_has_its_own_text_and_keys(qtbot, session):
    shown = Shown(qtbot, "private_help", session)
    titles = [entry.title for entry in shown.ui.contents_view.entries()]
    assert "Who may be present for whom" in titles and "Quick guide" not in titles
    groups = {group.title for group in key_groups(PRIVATE, shown.page.window_keys)}
    assert "The session" in groups and "Next meeting" not in groups
    qtbot.waitUntil(lambda: groups <= set(said(shown.page).splitlines()))


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_page_is_whole_named_and_reachable(qtbot, qapp, session, stem, size, tokens):
    style.apply(qapp, Theme(private(tokens)))
    planned(session, 4)
    shown = Shown(qtbot, stem, session, size=size)
    settle(shown.window, SIZES[size])
    assert clipped_texts(shown.window) == []
    assert unnamed_controls(shown.page) == []
    assert shared_mnemonics(shown.page) == []
