"""The minutes of the last meeting at the table: seen as they were sent, agreed by a key, corrections by another."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from csp_desktop.documents.earlier_minutes import print_earlier_minutes
from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.meeting.meeting import ItemKind, MeetingState
from csp_desktop.domain.minutes.agreeing import AgreedMinutes, Brought
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.gui.meeting.agreeing import AgreeingMinutes, heading_words
from csp_desktop.gui.meeting.item_view import ItemView
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.services.meeting.agenda import plan_meeting, propose_plan
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.meeting.earlier_minutes import keep_earlier
from csp_desktop.services.meeting.running_meeting import go_to_item, meeting_state
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.agreeing import ToAgree
from tests.support.fakes import NO_PAPERS
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.pages import Shown, desk_of
from tests.support.prepared_meeting import people_session
from tests.support.screens import clipped_texts, unnamed_controls

PAPERS = replace(NO_PAPERS, print_minutes=print_minutes)
CTRL = Qt.KeyboardModifier.ControlModifier


def december(session: Any, *, approved: bool = True) -> str:
    """November closed and, unless told, approved; December running at the minutes of the last meeting."""
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    if approved:
        versions.check(session, NOVEMBER)
        versions.approve(session, NOVEMBER)
    planned = plan_meeting(session, propose_plan(session))
    with session.work.step("in session", undoable=False) as records:
        records.save(replace(planned, state=MeetingState.IN_SESSION, started_at=session.now()))
    item = next(i for i in meeting_state(session, planned.id).items if i.kind is ItemKind.LAST_MINUTES)
    go_to_item(session, item.id)
    return planned.id


@pytest.fixture
def live(qtbot: Any) -> Any:
    session = partnership(8, papers=PAPERS)
    meeting_id = december(session)
    desk = desk_of(session)
    return Shown(qtbot, LivePage(desk), desk, meeting_id, QSize(1366, 768))


def test_minutes_from_before_this_program_are_shown_page_by_page_where_they_are_agreed(qtbot: Any) -> None:
    papers = replace(PAPERS, print_earlier_minutes=print_earlier_minutes)
    session = replace(people_session(), papers=papers)
    text = "Minutes of the CPG\n" + "The flat: visit agreed.\n" * 90
    keep_earlier(session, text, date(2026, 10, 29), "october.docx")
    planned = plan_meeting(session, propose_plan(session))
    with session.work.step("in session", undoable=False) as records:
        records.save(replace(planned, state=MeetingState.IN_SESSION, started_at=session.now()))
    item = next(i for i in meeting_state(session, planned.id).items if i.kind is ItemKind.LAST_MINUTES)
    go_to_item(session, item.id)
    desk = desk_of(session)
    live = Shown(qtbot, LivePage(desk), desk, planned.id, QSize(1366, 768))
    assert brought(live).preview.isVisible()
    assert brought(live).page_label.text() == "As they were kept: page 1 of 4"
    press(live, Qt.Key.Key_PageDown)
    assert brought(live).page_label.text() == "As they were kept: page 2 of 4"
    assert clipped_texts(live.page) == []


def brought(live: Any) -> AgreeingMinutes:
    view: ItemView = live.page._ui.item_view
    return view.brought


def press(live: Any, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(live.window.focusWidget(), key, modifier)


def state(live: Any) -> MinutesState:
    return versions.standing(live.desk.session, NOVEMBER).state


def asked(live: Any) -> list[str]:
    with live.desk.session.work.reading() as records:
        return [one.words for one in records.find(Remark)]


def test_the_item_opens_at_the_minutes_and_shows_the_version_that_was_approved(live: Any) -> None:
    assert live.window.focusWidget() is brought(live).rows
    assert brought(live).preview.isVisible()
    assert brought(live).page_label.text().startswith("Version 1, as approved: page 1 of ")
    assert brought(live).standing_label.text() == "Approved by Hana Price, not circulated."
    assert unnamed_controls(live.page) == [] and clipped_texts(live.page) == []


def test_a_agrees_and_a_again_does_not(live: Any) -> None:
    press(live, Qt.Key.Key_A)
    assert state(live) is MinutesState.AGREED
    press(live, Qt.Key.Key_A)
    assert state(live) is MinutesState.APPROVED


def test_c_takes_corrections_one_after_another_and_delete_takes_one_away(live: Any) -> None:
    for words in ("Ewa was there", "the patrol is weekly"):
        press(live, Qt.Key.Key_C)
        assert live.window.focusWidget() is brought(live).words_edit
        QTest.keyClicks(brought(live).words_edit, words)
        press(live, Qt.Key.Key_Return)
        assert live.window.focusWidget() is brought(live).rows
    assert asked(live) == ["Ewa was there", "the patrol is weekly"]
    press(live, Qt.Key.Key_Down)
    press(live, Qt.Key.Key_Delete)
    assert asked(live) == ["the patrol is weekly"]


def test_a_correction_without_words_is_refused_there_and_escape_leaves_it(live: Any) -> None:
    press(live, Qt.Key.Key_C)
    press(live, Qt.Key.Key_Return)
    assert "in a few words" in brought(live).error.text()
    press(live, Qt.Key.Key_Escape)
    assert live.window.focusWidget() is brought(live).rows and asked(live) == []


def test_f2_leads_to_the_note_and_ctrl_t_back_to_the_minutes(live: Any) -> None:
    press(live, Qt.Key.Key_F2)
    assert live.window.focusWidget() is live.page._ui.item_view.note
    QTest.keyClicks(live.page._ui.item_view.note, "ac")
    assert state(live) is MinutesState.APPROVED and asked(live) == []  # letters are letters in the note
    press(live, Qt.Key.Key_T, CTRL)
    assert live.window.focusWidget() is brought(live).rows


def test_it_is_read_back_before_it_is_done(live: Any) -> None:
    press(live, Qt.Key.Key_A)
    press(live, Qt.Key.Key_Return, CTRL)
    assert live.page._reading_back()
    press(live, Qt.Key.Key_Return, CTRL)
    item = next(i for i in live.page._controller.live.items if i.kind is ItemKind.LAST_MINUTES)
    assert item.read_back_at is not None


def test_no_page_stays_in_memory_once_it_is_left(live: Any) -> None:
    live.page.hide()
    assert brought(live)._pages is None
    live.page.show()
    assert brought(live)._pages is not None


def test_what_nobody_approved_is_not_agreed_and_says_why(qtbot: Any) -> None:
    session = partnership(8, papers=PAPERS)
    meeting_id = december(session, approved=False)
    desk = desk_of(session)
    live: Any = Shown(qtbot, LivePage(desk), desk, meeting_id, QSize(1366, 768))
    (row,) = brought(live).rows.entries()
    assert (row.pill, row.subtitle) == ("Not approved", "Draft")
    assert brought(live).standing_label.text() == "A draft, not approved."
    brought(live).rows.setFocus()
    press(live, Qt.Key.Key_A)
    assert state(live) is MinutesState.DRAFT
    assert not brought(live).preview.isVisible()


def test_the_heading_matches_the_state_and_names_the_version_that_was_sent() -> None:
    held = date(2026, 11, 26)
    sent = Brought(held, 2, MinutesState.CIRCULATED, date(2026, 12, 8))
    row = ToAgree("november", sent, "Hana Price", None, ())
    assert heading_words(row) == "To agree: version 2, circulated Tue 8 Dec 2026"
    assert heading_words(replace(row, brought=replace(sent, circulated_on=None))) == (
        "To agree: version 2, not circulated yet"
    )
    draft = replace(row, brought=Brought(held, 0, MinutesState.CHECKED))
    assert heading_words(draft) == "Not approved yet: there is no version to agree"
    agreed = AgreedMinutes("a", "december", "november", 2, datetime(2026, 12, 17, 14, 5, tzinfo=UTC), "Dan Holt")
    assert heading_words(replace(row, agreed=agreed)) == "Agreed as a correct record: version 2"
