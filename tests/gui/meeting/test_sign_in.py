"""The sign-in desk by key and mouse, as the people in the queue use it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.days import instant
from csp_desktop.domain.meeting.confidentiality import Attendance, Override, Remote
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.circulation import CopyPassphrase
from csp_desktop.gui.meeting.sign_in import SignInPage
from csp_desktop.gui.meeting.sign_in_people import ArrivalPicker, LeaverPicker
from csp_desktop.gui.widgets.day_field import HOW_PAST
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.steps import StepState
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.meeting import running_meeting, sign_in
from csp_desktop.services.minutes.copy_passphrases import set_passphrase, words_of
from csp_desktop.services.session import Session
from tests.support.copies import maker
from tests.support.pages import type_day
from tests.support.screens import settle, unnamed_controls
from tests.support.sign_in_meeting import MEETING, PEOPLE, key, sign_in_session


@pytest.fixture
def session() -> Session:
    return sign_in_session()


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Iterator[SignInPage]:
    make_application(["test"])
    tasks = Tasks()
    made = SignInPage(PageContext(session, Changes(), tasks))
    qtbot.addWidget(made)
    made.resize(QSize(1366, 660))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.entered(MEETING)
    yield made
    made.left()
    tasks.close()


def find(page: SignInPage, text: str, enter: bool = True) -> None:
    edit = page._ui.find_edit
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, text)
    if enter:
        QTest.keyClick(edit, Qt.Key.Key_Return)


def draw(pad: QWidget) -> None:
    for line in (((40, 40), (80, 90), (120, 40), (160, 90)), ((60, 60), (120, 80), (200, 60))):
        points = [QPoint(x, y) for x, y in line]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])


def attendance(session: Session, name: str) -> Attendance:
    with session.work.reading() as records:
        return records.find(Attendance, meeting_id=MEETING, member_id=key(name))[0]


def test_two_letters_and_enter_bring_a_person_to_the_desk(page: SignInPage) -> None:
    find(page, "ru")
    assert page._ui.name_label.text() == "Ruth Coyle"
    assert "valid to March 2028" in page._ui.isp_label.text()


def test_the_number_pads_enter_signs_somebody_in(page: SignInPage, session: Session) -> None:
    pad = Qt.KeyboardModifier.KeypadModifier
    find(page, "ru", enter=False)
    QTest.keyClick(page._ui.find_edit, Qt.Key.Key_Enter, pad)
    assert page._ui.name_label.text() == "Ruth Coyle"
    draw(page._ui.signature.ui.signature_pad)
    QTest.keyClick(page._ui.signature.ui.signature_pad, Qt.Key.Key_Enter, pad | Qt.KeyboardModifier.ControlModifier)
    assert attendance(session, "Ruth Coyle").signed_at is not None


def test_the_whole_clause_stands_on_a_small_screen_under_a_title_bar(page: SignInPage) -> None:
    find(page, "ru")
    settle(page, QSize(1366, 636))
    assert page._ui.clause.text_scroll.verticalScrollBar().maximum() == 0


def test_arrows_choose_among_the_people_found(page: SignInPage) -> None:
    find(page, "ru", enter=False)
    QTest.keyClick(page._ui.find_edit, Qt.Key.Key_Down)
    QTest.keyClick(page._ui.find_edit, Qt.Key.Key_Return)
    assert page._ui.name_label.text() == "Rupa Desai"


def test_a_drawn_signature_and_ctrl_enter_sign_in_and_clear_the_screen(page: SignInPage, session: Session) -> None:
    find(page, "ru")
    assert not page._ui.next_button.isEnabled()
    draw(page._ui.signature.ui.signature_pad)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    row = attendance(session, "Ruth Coyle")
    assert row.signed and len(row.strokes) == 2
    assert page._ui.find_edit.text() == "" and page._ui.find_edit.hasFocus()
    assert page._ui.signature.ui.signature_pad.strokes() == []
    assert page._ui.desk_stack.currentWidget() is page._ui.idle_page


def test_a_dot_is_asked_for_again_in_place(page: SignInPage, session: Session) -> None:
    find(page, "ru")
    QTest.mouseClick(page._ui.signature.ui.signature_pad, Qt.MouseButton.LeftButton, pos=QPoint(80, 80))
    QTest.mouseClick(page._ui.next_button, Qt.MouseButton.LeftButton)
    assert "sign again" in page._ui.signature.ui.sign_error.text()
    assert not attendance(session, "Ruth Coyle").signed


def test_a_name_is_typed_when_drawing_is_impossible(page: SignInPage, session: Session) -> None:
    find(page, "ru")
    QTest.mouseClick(page._ui.signature.ui.typed_button, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page._ui.signature.ui.typed_edit, "Ruth")
    QTest.keyClick(page._ui.signature.ui.typed_edit, Qt.Key.Key_Return)
    assert "full name" in page._ui.signature.ui.sign_error.text()
    QTest.keyClicks(page._ui.signature.ui.typed_edit, " Coyle")
    QTest.keyClick(page._ui.signature.ui.typed_edit, Qt.Key.Key_Return)
    assert attendance(session, "Ruth Coyle").typed_name == "Ruth Coyle"


def test_interests_are_declared_with_the_signature(page: SignInPage, session: Session) -> None:
    find(page, "ru")
    page._ui.interest_box.setChecked(True)
    QTest.keyClicks(page._ui.interest_edit, "SN-2026-0412, my cousin")
    draw(page._ui.signature.ui.signature_pad)
    QTest.mouseClick(page._ui.next_button, Qt.MouseButton.LeftButton)
    assert attendance(session, "Ruth Coyle").interests == ("SN-2026-0412", "my cousin")


def test_the_clause_is_read_out_before_an_occasional_attendee_signs(page: SignInPage, session: Session) -> None:
    find(page, "priya")
    ui = page._ui
    assert not ui.signature.ui.signature_pad.isEnabled()
    assert ui.clause.title.text() == "The chair reads this out"
    box = next(b for b in ui.listeners_frame.findChildren(QCheckBox) if "Owen Pryce" in b.text())
    box.setChecked(True)
    QTest.mouseClick(ui.read_button, Qt.MouseButton.LeftButton)
    assert ui.read_label.text() == "Read out at 13:56 by Hannah Price, chair"
    assert attendance(session, "Owen Pryce").read_by == "Hannah Price, chair"
    draw(ui.signature.ui.signature_pad)
    QTest.mouseClick(ui.next_button, Qt.MouseButton.LeftButton)
    assert attendance(session, "Dr Priya Raman").signed


def test_a_reading_is_taken_back_by_its_undo(page: SignInPage, session: Session) -> None:
    find(page, "priya")
    QTest.mouseClick(page._ui.read_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page._ui.read_undo_button, Qt.MouseButton.LeftButton)
    assert attendance(session, "Dr Priya Raman").read_at is None
    assert not page._ui.signature.ui.signature_pad.isEnabled()


def test_the_bar_counts_and_says_how_long_to_the_start(page: SignInPage) -> None:
    bar = page.bar_state()
    assert bar.headline == "18 of 20 signed"
    assert [(f.big, f.small) for f in bar.figures] == [("4 min", "to the start"), ("13:56", "ends 16:00")]
    assert bar.notes[0].text == "2 more expected"


def test_escape_starts_again_and_leaves_nothing_of_a_person(page: SignInPage) -> None:
    find(page, "ru")
    draw(page._ui.signature.ui.signature_pad)
    QTest.keyClick(page._ui.signature.ui.signature_pad, Qt.Key.Key_Escape)
    assert page._ui.desk_stack.currentWidget() is page._ui.idle_page
    assert page._ui.signature.ui.signature_pad.strokes() == []


def test_someone_not_listed_adds_their_name_and_goes_on_to_sign(page: SignInPage) -> None:
    find(page, "Sam Ode")
    ui = page._ui
    assert ui.desk_stack.currentWidget() is ui.newcomer_page
    ui.new_agency_box.setCurrentText("New Hope")
    QTest.mouseClick(ui.add_button, Qt.MouseButton.LeftButton)
    assert ui.name_label.text() == "Sam Ode"
    assert ui.read_button.isVisible()


def test_at_the_desk_a_name_that_stands_for_nobody_is_asked_about_once(page: SignInPage, session: Session) -> None:
    find(page, "Duty Officer")
    ui = page._ui
    ui.new_agency_box.setCurrentText("New Hope")
    QTest.mouseClick(ui.add_button, Qt.MouseButton.LeftButton)
    assert "does not look like a person’s name. Press “Add and continue” again" in ui.newcomer_error.text()
    assert ui.desk_stack.currentWidget() is ui.newcomer_page
    QTest.mouseClick(ui.add_button, Qt.MouseButton.LeftButton)
    assert ui.name_label.text() == "Duty Officer"


def test_an_apology_is_recorded_from_the_desk(page: SignInPage, session: Session) -> None:
    find(page, "ru")
    QTest.mouseClick(page._ui.apology_button, Qt.MouseButton.LeftButton)
    page._ui.sent_box.setChecked(True)
    for wrong, why in (("soon", HOW_PAST), ("31/12/2099", "Thu 31 Dec 2099 is in the future")):
        type_day(page._ui.sent_edit, wrong, Qt.Key.Key_Tab)
        QTest.mouseClick(page._ui.record_button, Qt.MouseButton.LeftButton)
        assert page._ui.apology_error.text().startswith(why) and not attendance(session, "Ruth Coyle").apology
    type_day(page._ui.sent_edit, "yesterday", Qt.Key.Key_Tab)
    QTest.mouseClick(page._ui.record_button, Qt.MouseButton.LeftButton)
    row = attendance(session, "Ruth Coyle")
    assert row.apology and row.information_received_on == session.today - timedelta(days=1)


def test_an_apology_is_recorded_by_enter_in_any_of_its_fields(page: SignInPage, session: Session) -> None:
    QTest.mouseClick(page._ui.apology_button, Qt.MouseButton.LeftButton)
    absent = page._ui.apology_box.currentData()
    QTest.keyClick(page._ui.apology_box, Qt.Key.Key_Tab)
    QTest.keyClick(page._ui.sent_box, Qt.Key.Key_Space)
    QTest.keyClick(page._ui.sent_edit, Qt.Key.Key_Return)
    with session.work.reading() as records:
        rows = records.find(Attendance, member_id=absent)
    assert [(row.apology, row.information_received_on) for row in rows] == [(True, session.today)]


def test_someone_here_who_does_not_sign_holds_up_the_start_until_an_override_with_reason(
    page: SignInPage, session: Session
) -> None:
    ui = page._ui
    find(page, "ru")
    QTest.mouseClick(ui.here_button, Qt.MouseButton.LeftButton)
    assert not ui.start_button.isEnabled()
    QTest.mouseClick(ui.override_button, Qt.MouseButton.LeftButton)
    assert "Say why" in ui.override_error.text()
    QTest.keyClicks(ui.reason_edit, "Hand in plaster")
    QTest.keyClick(ui.reason_edit, Qt.Key.Key_Return)
    with session.work.reading() as records:
        assert records.find(Override, meeting_id=MEETING)[0].names == ("Ruth Coyle",)
    assert ui.start_button.isEnabled() and ui.start_button.hasFocus()


def test_the_text_is_ticked_once_it_is_being_signed_and_not_before(page: SignInPage) -> None:
    ui = page._ui
    find(page, "ru")
    assert (ui.clause.mark.state(), ui.signature.ui.sign_mark.state()) == (StepState.CURRENT, StepState.AHEAD)
    draw(ui.signature.ui.signature_pad)
    assert (ui.clause.mark.state(), ui.signature.ui.sign_mark.state()) == (StepState.DONE, StepState.CURRENT)
    QTest.mouseClick(ui.signature.ui.clear_button, Qt.MouseButton.LeftButton)
    assert ui.clause.mark.state() is StepState.CURRENT


def test_a_text_scrolled_to_its_end_is_read(page: SignInPage) -> None:
    find(page, "ru")
    bar = page._ui.clause.text_scroll.verticalScrollBar()
    bar.setRange(0, 200)
    bar.setValue(100)
    assert page._ui.clause.mark.state() is StepState.CURRENT
    bar.setValue(200)
    assert page._ui.clause.mark.state() is StepState.DONE
    find(page, "anita")
    assert page._ui.name_label.text() == "Anita Rowe"
    assert page._ui.clause.mark.state() is StepState.CURRENT


@pytest.mark.parametrize("typed", [False, True])
def test_on_a_small_screen_the_text_stands_whole_and_signing_brings_the_button_to_view(
    page: SignInPage, typed: bool
) -> None:
    ui = page._ui
    page.resize(QSize(900, 390))
    find(page, "ru")
    settle(page, page.size())
    assert ui.clause.text_scroll.verticalScrollBar().maximum() == 0
    assert "PgDn" in dict(page.keys())
    if typed:
        QTest.mouseClick(ui.signature.ui.typed_button, Qt.MouseButton.LeftButton)
        QTest.keyClicks(ui.signature.ui.typed_edit, "R")
    else:
        draw(ui.signature.ui.signature_pad)
    settle(page, page.size())
    for part in (ui.next_button, ui.signature.ui.typed_edit if typed else ui.signature.ui.signature_pad):
        assert part.visibleRegion().boundingRect().size() == part.size()


def test_a_part_of_a_minute_to_the_start_counts_as_one(page: SignInPage) -> None:
    rows = page._rows
    assert rows is not None
    start = instant(rows.on, rows.starts)
    for now, words in (
        (start - timedelta(minutes=14, seconds=10), "15 min"),
        (start + timedelta(minutes=2, seconds=10), "2 min"),
    ):
        page._session = replace(page._session, now=partial(datetime.fromtimestamp, now.timestamp(), UTC))
        (figure,) = page._to_start(rows)
        assert figure.big == words


def test_a_signature_is_taken_back_by_undo(page: SignInPage, session: Session) -> None:
    find(page, "ru")
    draw(page._ui.signature.ui.signature_pad)
    QTest.mouseClick(page._ui.next_button, Qt.MouseButton.LeftButton)
    assert page._ui.done_bar.text() == "Ruth Coyle signed at 13:56"
    QTest.keyClick(page._ui.find_edit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not attendance(session, "Ruth Coyle").signed


def test_a_cover_does_not_take_the_person_from_the_desk(page: SignInPage) -> None:
    find(page, "ru")
    draw(page._ui.signature.ui.signature_pad)
    page.left()
    page.hide()
    page.show()
    assert page._ui.next_button.isEnabled() and page._ui.name_label.text() == "Ruth Coyle"


def test_a_late_arrival_signs_and_the_meeting_goes_on(qtbot: QtBot, page: SignInPage, session: Session) -> None:
    with session.work.step("meeting in session") as records:
        records.save(replace(records.get(Meeting, MEETING), state=MeetingState.IN_SESSION))
    page.entered(MEETING)
    find(page, "ru")
    draw(page._ui.signature.ui.signature_pad)
    with qtbot.waitSignal(page.navigate) as went:
        QTest.mouseClick(page._ui.next_button, Qt.MouseButton.LeftButton)
    assert went.args == ["live", MEETING]


def test_someone_signed_leaves_and_comes_back_at_the_desk(page: SignInPage, session: Session) -> None:
    page._ui.attendees_view.chosen.emit(key("Hannah Price"))
    QTest.mouseClick(page._ui.leave_button, Qt.MouseButton.LeftButton)
    assert attendance(session, "Hannah Price").left_at is not None
    QTest.mouseClick(page._ui.return_button, Qt.MouseButton.LeftButton)
    assert attendance(session, "Hannah Price").present


def test_a_leaver_is_picked_by_a_few_letters(qtbot: QtBot, session: Session) -> None:
    make_application(["test"])
    picker = LeaverPicker(session)
    qtbot.addWidget(picker)
    picker.open_picker(MEETING)
    QTest.keyClicks(picker.find_edit, "tom")
    with qtbot.waitSignal(picker.picked) as picked:
        QTest.keyClick(picker.find_edit, Qt.Key.Key_Return)
    assert picked.args == ["Tom Ellis"]
    assert not attendance(session, "Tom Ellis").present
    assert picker.isHidden()


def test_an_arrival_is_picked_and_is_present_unsigned(qtbot: QtBot, session: Session) -> None:
    make_application(["test"])
    picker = ArrivalPicker(session)
    qtbot.addWidget(picker)
    picker.open_picker(MEETING)
    QTest.keyClicks(picker.find_edit, "ru")
    QTest.keyClick(picker.find_edit, Qt.Key.Key_Return)
    assert attendance(session, "Ruth Coyle").present_unsigned


def test_the_next_person_is_the_next_step_until_nobody_is_waited_for(page: SignInPage, session: Session) -> None:
    ui = page._ui
    assert ui.next_person_button.text() == "&Next person" and ui.next_person_button.isVisible()
    assert ui.start_button.isEnabled() and not ui.start_button.is_next()
    ui.start_button.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ui.find_edit.hasFocus()
    find(page, "ru")
    QTest.mouseClick(ui.here_button, Qt.MouseButton.LeftButton)
    assert ui.next_person_button.text() == "&Next: Ruth Coyle"
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ui.name_label.text() == "Ruth Coyle" and ui.desk_stack.currentWidget() is ui.signer_page


def test_once_everyone_has_signed_starting_is_the_next_step(qtbot: QtBot, page: SignInPage, session: Session) -> None:
    for person in sign_in.desk_rows(session, MEETING).expected:
        if sign_in.signer(session, MEETING, person.member_id).hears:
            sign_in.read_out(session, MEETING, [person.member_id], "Hannah Price, chair")
        sign_in.sign(session, MEETING, person.member_id, typed_name=person.name)
    page.start_again()
    ui = page._ui
    assert ui.start_button.is_next() and ui.start_button.isEnabled() and not ui.next_person_button.isVisible()
    assert dict(page.keys())["Ctrl Enter"] == "start the meeting"
    with qtbot.waitSignal(page.navigate) as went:
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert went.args == ["live", MEETING]


def test_on_a_laptop_a_whole_table_of_names_is_seen(page: SignInPage) -> None:
    view = page._ui.attendees_view
    view.set_entries([Entry("", "Expected", heading=True), *(Entry(f"{n}", f"Name {n}") for n in range(24))])
    page.resize(QSize(1366, 660))
    settle(page, page.size())
    rows = [view.visualRect(view.model().index(number, 0)) for number in range(25)]
    seen = [row for row in rows[1:] if view.viewport().rect().contains(row)]
    assert len(seen) >= 22 and min(row.height() for row in seen) >= 24


@pytest.mark.parametrize(
    ("height", "read"), [(660, False), (660, True), (622, True)], ids=["1366x768", "read out", "under a title bar"]
)
def test_the_text_read_out_stands_whole_on_a_laptop(page: SignInPage, height: int, read: bool) -> None:
    page.resize(QSize(1366, height))
    find(page, "priya")
    if read:
        QTest.mouseClick(page._ui.read_button, Qt.MouseButton.LeftButton)
    settle(page, page.size())
    assert page._ui.read_frame.isVisible() is read
    assert page._ui.clause.text_scroll.verticalScrollBar().maximum() == 0
    assert page._ui.clause._paragraphs[0].property("role") == "clause-large"


def test_the_meeting_starts_from_the_desk(qtbot: QtBot, page: SignInPage, session: Session) -> None:
    with qtbot.waitSignal(page.navigate) as went:
        QTest.mouseClick(page._ui.start_button, Qt.MouseButton.LeftButton)
    assert went.args == ["live", MEETING]
    assert running_meeting.running(session) is not None


def test_every_control_has_a_name_for_a_screen_reader(page: SignInPage) -> None:
    assert unnamed_controls(page) == []
    find(page, "priya")
    assert unnamed_controls(page) == []


def test_only_names_are_on_the_desk() -> None:
    rows = sign_in.desk_rows(sign_in_session(), MEETING)
    assert {person.name for person in rows.signed} == {name for name, _ in PEOPLE[:18]}


WORDS = "seven quiet otters swim at dawn"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[SignInPage]:
    """The desk of a file that can make copies."""
    make_application(["test"])
    tasks = Tasks()
    session = sign_in_session()
    session = replace(session, papers=replace(session.papers, copies=maker()))
    made = SignInPage(PageContext(session, Changes(), tasks))
    qtbot.addWidget(made)
    made.resize(QSize(1366, 660))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.entered(MEETING)
    yield made
    made.left()
    tasks.close()


def ask_secret(page: SignInPage) -> None:
    """By key, once the focus is where somebody at the desk finds it."""
    QApplication.processEvents()
    QTest.keyClick(page, Qt.Key.Key_F2)


def type_secret(page: SignInPage, words: str, again: str) -> None:
    for edit, typed in ((page._ui.secret_edit, words), (page._ui.secret_again_edit, again)):
        assert edit.hasFocus()
        edit.clear()
        QTest.keyClicks(edit, typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)


def kept(page: SignInPage, name: str) -> str:
    with page._session.work.reading() as records:
        found = records.find(CopyPassphrase, member_id=key(name))
        return words_of(records, found[0]) if found else ""


def test_by_key_somebody_sets_the_passphrase_of_their_copies_and_goes_on_with_their_signature(desk: SignInPage) -> None:
    ui = desk._ui
    assert not ui.secret_button.isVisible()  # nobody is at the desk
    find(desk, "ru")
    draw(ui.signature.ui.signature_pad)
    ask_secret(desk)
    assert ui.desk_stack.currentWidget() is ui.secret_page and ui.secret_state.text() == "You have none yet."
    type_secret(desk, WORDS, WORDS)
    assert kept(desk, "Ruth Coyle") == WORDS
    assert "The passphrase of Ruth Coyle is set" in ui.done_bar.text()
    assert ui.secret_edit.text() == ui.secret_again_edit.text() == ""
    assert len(ui.signature.ui.signature_pad.strokes()) == 2  # what was drawn before is still there
    QTest.keyClick(desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert attendance(desk._session, "Ruth Coyle").signed


def test_nobody_has_to_set_one(desk: SignInPage) -> None:
    find(desk, "ru")
    draw(desk._ui.signature.ui.signature_pad)
    QTest.keyClick(desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert attendance(desk._session, "Ruth Coyle").signed and kept(desk, "Ruth Coyle") == ""


def test_a_weak_passphrase_or_one_typed_differently_is_refused_at_its_field(desk: SignInPage) -> None:
    ui = desk._ui
    find(desk, "ru")
    ask_secret(desk)
    type_secret(desk, "ruth coyle ruth", "ruth coyle ruth")
    assert "too easy to guess" in ui.secret_error.text() and ui.secret_edit.hasFocus()
    type_secret(desk, WORDS, "seven quiet otters")
    assert "differ" in ui.secret_error.text() and ui.secret_again_edit.hasFocus() and kept(desk, "Ruth Coyle") == ""
    QTest.keyClick(ui.secret_again_edit, Qt.Key.Key_Escape)
    assert ui.desk_stack.currentWidget() is ui.signer_page and desk._signer.member_id() == key("Ruth Coyle")
    assert ui.secret_edit.text() == ui.secret_again_edit.text() == ""


def test_whoever_has_signed_can_change_theirs_and_is_told_of_the_one_there_is(desk: SignInPage) -> None:
    ui = desk._ui
    set_passphrase(desk._session, key("Ruth Coyle"), WORDS, WORDS)
    find(desk, "ru")
    draw(ui.signature.ui.signature_pad)
    QTest.keyClick(desk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    find(desk, "ruth")
    assert ui.desk_stack.currentWidget() is ui.attendee_page
    ask_secret(desk)
    assert ui.secret_state.text().startswith("You set yours on") and WORDS not in ui.secret_state.text()
    type_secret(desk, f"retry {WORDS}", f"retry {WORDS}")
    assert kept(desk, "Ruth Coyle") == f"retry {WORDS}" and ui.desk_stack.currentWidget() is ui.attendee_page


def test_a_cover_leaves_nothing_of_a_passphrase_on_the_desk(desk: SignInPage) -> None:
    find(desk, "ru")
    ask_secret(desk)
    QTest.keyClicks(desk._ui.secret_edit, WORDS)
    desk.left()
    assert desk._ui.secret_edit.text() == "" and desk._ui.desk_stack.currentWidget() is desk._ui.signer_page


def choose(box: QComboBox, words: str) -> None:
    """As the arrows choose in a box."""
    box.setFocus()
    while not box.currentText().startswith(words):
        QTest.keyClick(box, Qt.Key.Key_Down)
    box.activated.emit(box.currentIndex())
    QApplication.processEvents()


def test_somebody_on_teams_is_shown_the_clause_asked_whether_alone_and_signs_by_the_name_they_give(
    page: SignInPage, session: Session
) -> None:
    ui = page._ui
    find(page, "ru")
    assert ui.how_frame.isHidden()
    QTest.mouseClick(ui.how_button, Qt.MouseButton.LeftButton)
    assert ui.remote_box.hasFocus()
    choose(ui.remote_box, "On Teams")
    assert ui.signature.is_typed and ui.signature.ui.typed_button.isHidden()
    QTest.mouseClick(ui.shown_button, Qt.MouseButton.LeftButton)
    assert ui.read_label.text().startswith("Shown on their screen at ")
    QTest.keyClicks(ui.signature.ui.typed_edit, "Ruth Coyle")
    QTest.keyClick(ui.signature.ui.typed_edit, Qt.Key.Key_Return)
    assert "alone in the room" in ui.signature.ui.sign_error.text()
    choose(ui.alone_box, "Alone in the room")
    choose(ui.alone_box, "Not alone")
    QTest.keyClick(ui.signature.ui.typed_edit, Qt.Key.Key_Return)
    assert "not alone" in ui.signature.ui.sign_error.text()
    ui.alone_box.setCurrentIndex(1)
    ui.alone_box.activated.emit(1)
    QTest.keyClick(ui.signature.ui.typed_edit, Qt.Key.Key_Return)
    row = attendance(session, "Ruth Coyle")
    assert (row.signed, row.remote, row.alone, row.shown) == (True, Remote.TEAMS, True, True)
    page._choose(key("Ruth Coyle"))
    assert "said to be alone" in ui.attendee_facts.text()


def test_a_deputy_says_at_the_desk_for_whom_they_are_here(page: SignInPage, session: Session) -> None:
    find(page, "ru")
    QTest.mouseClick(page._ui.how_button, Qt.MouseButton.LeftButton)
    choose(page._ui.here_for_box, "Owen Pryce")
    assert attendance(session, "Ruth Coyle").here_for == "Owen Pryce" and attendance(session, "Owen Pryce").apology
    choose(page._ui.here_for_box, "Owen Pryce, sent apologies")
    page._ui.here_for_box.setCurrentIndex(0)
    page._ui.here_for_box.activated.emit(0)
    assert attendance(session, "Ruth Coyle").here_for == ""
