"""A meeting held on paper is entered in the same windows as any other, with the time of the sheets above them."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from PySide6.QtCore import QSize, QTime
from PySide6.QtWidgets import QApplication, QCheckBox

from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.gui.meeting.closing import ClosingPage
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.meeting.prepare import PreparePage
from csp_desktop.gui.meeting.sign_in import SignInPage
from csp_desktop.gui.style.theme import current
from csp_desktop.services.meeting import agenda, held_on_paper, running_meeting, sign_in
from tests.support.fakes import FixedClock
from tests.support.pages import Shown, desk_of
from tests.support.prepared_meeting import prepared_session

ENTERED = datetime(2026, 11, 30, 10, 15, tzinfo=UTC)


@pytest.fixture
def session():
    return replace(prepared_session(), now=FixedClock(ENTERED))


@pytest.fixture
def meeting(session):
    return agenda.next_meeting(session)


def shown(qtbot, session, kind, argument=None):
    desk = desk_of(session)
    return Shown(qtbot, kind(desk), desk, argument, QSize(1366, 768))


def say_time(page, hour, minute):
    page.paper_time.time_field.setTime(QTime(hour, minute))
    page.paper_time.time_field.editingFinished.emit()
    QApplication.processEvents()


def rows(session, kind, **equals):
    with session.work.reading() as records:
        return records.find(kind, **equals)


def test_prepare_offers_it_from_the_meetings_day_on_and_leads_to_the_sign_in(qtbot, session, meeting):
    early = shown(qtbot, replace(session, now=FixedClock(datetime(2026, 11, 25, 9, tzinfo=UTC))), PreparePage)
    assert early.page._ui.on_paper_button.isHidden()
    there = shown(qtbot, session, PreparePage)
    assert not there.page._ui.on_paper_button.isHidden()
    there.page._ui.on_paper_button.click()
    assert there.went == [("sign_in", meeting.id)] and len(rows(session, HeldOnPaper)) == 1


def test_without_paper_no_page_shows_a_time_of_sheets(qtbot, session, meeting):
    assert shown(qtbot, session, SignInPage, meeting.id).page.paper_time.isHidden()


def test_somebody_is_noted_as_signed_on_paper_at_the_time_typed_without_drawing(qtbot, session, meeting):
    held_on_paper.begin(session, meeting.id)
    page = shown(qtbot, session, SignInPage, meeting.id).page
    say_time(page, 13, 52)
    page._choose("dan")
    assert page._ui.signature.ui.signature_pad.isHidden() and page._ui.next_button.isEnabled()
    assert page._ui.next_note.text() == "Records “signed on paper” at 13:52 and clears this screen"
    page._ui.next_button.click()
    (row,) = rows(session, Attendance, member_id="dan")
    assert row.signed_at == row.arrived_at == datetime(2026, 11, 26, 13, 52, tzinfo=UTC)
    assert not row.strokes and not row.typed_name
    assert "PS Dan Holt signed at 13:52" in page._ui.done_bar.text()


def test_everybody_on_the_sheets_is_recorded_with_one_button(qtbot, session, meeting):
    held_on_paper.begin(session, meeting.id)
    page = shown(qtbot, session, SignInPage, meeting.id).page
    say_time(page, 13, 50)
    sheets, expected = page.sheets, len(page._rows.expected)
    assert not sheets.isHidden() and sheets.record_button.words() == f"Record {expected} as signed on paper"
    cleared = next(box for box in sheets.findChildren(QCheckBox) if box.property("member_id") == "dan")
    cleared.setChecked(False)
    assert sheets.record_button.words() == f"Record {expected - 1} as signed on paper"
    say_time(page, 13, 52)  # what was cleared stays so
    sheets.reader_box.setCurrentText(" ")
    sheets.record_button.click()
    assert sheets.error.text() == "Say who read the clause out." and page._rows.signed == ()
    sheets.reader_box.setCurrentText("Hannah Price, chair")
    sheets.record_button.click()
    assert f"{expected - 1} people signed on paper at 13:52" in page._ui.done_bar.text()
    assert [one.member_id for one in page._rows.expected] == ["dan"]
    assert not sheets.record_button.isEnabled() and page._ui.start_button.isEnabled()
    assert page._ui.next_person_button.isHidden()
    page.undo()
    assert page._rows.signed == ()


def test_at_the_desk_of_a_meeting_held_here_no_sheet_signs(qtbot, session, meeting):
    assert shown(qtbot, session, SignInPage, meeting.id).page.sheets.isHidden()


def started(session, meeting):
    held_on_paper.begin(session, meeting.id)
    sign_in.sign(session, meeting.id, "dan")
    running_meeting.start(session, meeting.id)


def test_the_bar_of_the_walk_shows_the_time_of_the_sheets_and_it_can_be_moved_on(qtbot, session, meeting):
    started(session, meeting)
    page = shown(qtbot, session, LivePage, meeting.id).page
    assert not page.paper_time.isHidden() and page.bar_state().figures[-1].big == "14:00"
    say_time(page, 14, 31)
    assert page.bar_state().figures[-1].big == "14:31"
    (paper,) = rows(session, HeldOnPaper)
    assert paper.at == datetime(2026, 11, 26, 14, 31, tzinfo=UTC)


def test_who_read_back_is_named_above_and_nobody_is_refused_in_place(qtbot, session, meeting):
    started(session, meeting)
    page = shown(qtbot, session, LivePage, meeting.id).page
    edit = page.paper_time.reader_edit
    edit.setText("")
    edit.editingFinished.emit()
    assert page.paper_time.error.text() == "Name who read it back."
    edit.setText("PS Dan Holt")
    edit.editingFinished.emit()
    assert rows(session, HeldOnPaper)[0].reader == "PS Dan Holt" and page.paper_time.error.text() == ""


def test_a_time_still_to_come_is_refused_in_place(qtbot, session, meeting):
    now = replace(session, now=FixedClock(datetime(2026, 11, 26, 15, 0, tzinfo=UTC)))
    started(now, meeting)
    page = shown(qtbot, now, LivePage, meeting.id).page
    say_time(page, 15, 30)
    assert "15:30 on Thu 26 Nov 2026 is in the future" in page.paper_time.error.text()


def test_it_closes_at_the_time_typed_and_where_the_sheets_are_is_kept(qtbot, session, meeting):
    started(session, meeting)
    page = shown(qtbot, session, ClosingPage, meeting.id).page
    say_time(page, 15, 45)
    page.paper_time.kept_edit.setText("safe 2")
    page.paper_time.kept_edit.editingFinished.emit()
    page._ui.reason_edit.setText("Entered from the sheets")
    page._ui.close_button.click()
    (held,) = rows(session, Meeting, id=meeting.id)
    assert (held.state, held.closed_at) == (MeetingState.CLOSED, datetime(2026, 11, 26, 15, 45, tzinfo=UTC))
    assert rows(session, HeldOnPaper)[0].kept == "safe 2" and held.starts == time(14)


def test_the_field_of_a_name_holds_one_with_its_title(qtbot, session, meeting):
    desk = desk_of(session)
    page = SignInPage(desk)
    Shown(qtbot, page, desk, meeting.id, QSize(1280, 720))
    edit = page._ui.find_edit
    qtbot.keyClicks(edit, "Dr Priya Raman")
    edit.setCursorPosition(0)
    edit.end(False)
    assert edit.minimumWidth() == current().px(250) <= edit.width()
    assert edit.cursorRect().right() < edit.width() - current().px(12)  # the whole name lies before it
