"""Emerging issues at the table: each gets its note, by keyboard; what is typed is on disk and minuted."""

from datetime import date

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from csp_desktop.domain.meeting.issues import EmergingIssue, IssueNote, IssueState
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.services.meeting import issues
from csp_desktop.services.meeting.running_meeting import go_to_item, meeting_state, start
from tests.support.fakes import fake_session
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, unnamed_controls
from tests.support.walk_meeting import fill

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def live(qtbot):
    session = fake_session()
    fill(session.work)
    start(session, "november")
    for title, seen in (("Mopeds in the park", date(2026, 9, 24)), ("Knives sold in a shop", date(2026, 10, 1))):
        made = issues.new_issue(session, title)
        issues.change_issue(session, made.id, first_seen=seen)
    item = next(i for i in meeting_state(session, "november").items if i.kind is ItemKind.EMERGING)
    go_to_item(session, item.id)
    desk = desk_of(session)
    return Shown(qtbot, LivePage(desk), desk, "november", QSize(1366, 768))


def talks(live):
    return live.page._ui.item_view.issues


def notes(live):
    with live.desk.session.work.reading() as records:
        titles = {issue.id: issue.title for issue in records.find(EmergingIssue)}
        return {titles[note.issue_id]: note.note for note in records.find(IssueNote, meeting_id="november")}


def press(live, key, modifier=Qt.KeyboardModifier.NoModifier, field=None):
    QTest.keyClick(field or live.window.focusWidget(), key, modifier)


def test_control_t_leads_to_the_issues_and_enter_to_the_note_of_one(live):
    press(live, Qt.Key.Key_T, CTRL)
    assert live.window.focusWidget() is talks(live).rows
    press(live, Qt.Key.Key_Return)
    assert live.window.focusWidget() is talks(live).note


def test_what_is_said_of_an_issue_is_kept_and_becomes_its_note_when_the_field_is_left(live):
    press(live, Qt.Key.Key_T, CTRL)
    press(live, Qt.Key.Key_Return)
    QTest.keyClicks(talks(live).note, "Gate at the north path.")
    live.page._autosave.flush()
    assert [draft.text for draft in live.desk.session.work.drafts()] == ["Gate at the north path."]
    press(live, Qt.Key.Key_Escape)
    assert notes(live) == {"Mopeds in the park": "Gate at the north path."}
    assert live.window.focusWidget() is talks(live).rows and live.desk.session.work.drafts() == []
    press(live, Qt.Key.Key_Down)
    assert talks(live).note.text() == ""


def test_d_says_it_was_discussed_and_d_again_that_it_was_not(live):
    press(live, Qt.Key.Key_T, CTRL)
    press(live, Qt.Key.Key_D)
    assert notes(live) == {"Mopeds in the park": ""}
    press(live, Qt.Key.Key_D)
    assert notes(live) == {}


def test_x_closes_it_with_a_reason_and_it_stays_in_the_list_of_this_meeting(live):
    press(live, Qt.Key.Key_T, CTRL)
    press(live, Qt.Key.Key_X)
    assert live.window.focusWidget() is talks(live).reason
    press(live, Qt.Key.Key_Return)
    assert "Say why it is closed" in talks(live).error.text()
    QTest.keyClicks(talks(live).reason, "The gate is built")
    press(live, Qt.Key.Key_Return, field=talks(live).reason)
    with live.desk.session.work.reading() as records:
        closed = next(i for i in records.find(EmergingIssue) if i.title == "Mopeds in the park")
    assert (closed.state, closed.closed_reason) == (IssueState.CLOSED, "The gate is built")
    assert talks(live).rows.entries()[0].pill == "Closed" and "Mopeds in the park" in notes(live)


def test_what_was_said_is_read_back_with_the_item(live):
    press(live, Qt.Key.Key_T, CTRL)
    press(live, Qt.Key.Key_Return)
    QTest.keyClicks(talks(live).note, "Letters to 40 homes.")
    press(live, Qt.Key.Key_Escape)
    press(live, Qt.Key.Key_Return, CTRL)
    read = live.page._controller.read_back()
    assert read is not None and read.details[0] == "Mopeds in the park: Letters to 40 homes."


def test_going_on_takes_a_half_written_note_along(live):
    press(live, Qt.Key.Key_T, CTRL)
    press(live, Qt.Key.Key_Return)
    QTest.keyClicks(talks(live).note, "Patrols at school end.")
    live.page._step(1)
    assert notes(live) == {"Mopeds in the park": "Patrols at school end."}


def test_undo_takes_back_what_was_said_after_it_was_shown(live):
    press(live, Qt.Key.Key_T, CTRL)
    press(live, Qt.Key.Key_D)
    for _ in range(2):
        press(live, Qt.Key.Key_Z, CTRL)
    assert notes(live) == {}


def test_nothing_is_cut_and_everything_has_a_name(live):
    assert clipped_texts(live.window) == [] and unnamed_controls(live.page) == []
