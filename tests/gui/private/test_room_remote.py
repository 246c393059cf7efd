"""On Teams or by telephone at the crossing: nobody stays whom the lead has not admitted, by key on the room check."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from csp_desktop.domain.meeting.confidentiality import Remote
from csp_desktop.domain.meeting.private_handover import Handed
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.private.room import PrivateRoomPage
from csp_desktop.gui.private.signing import ArrivalView
from csp_desktop.gui.window.application import make_application
from csp_desktop.services.private import room
from csp_desktop.services.private.room import Place
from tests.support.pages import Shown, private_desk_of
from tests.support.private_session import LEAD, crossed_over, private_session, row_of
from tests.support.screens import scrolls_twice

SARA = "PC Sara Lyle"


def test_the_lead_admits_somebody_on_teams_by_key_and_they_sign_by_their_name(qtbot: QtBot) -> None:
    session = private_session()
    meeting_id = crossed_over(session, LEAD)
    agency = "Hertfordshire Constabulary"
    room.receive(session, meeting_id, [Handed("row sara", SARA, agency, AgencyKind.POLICE, Remote.TEAMS)])
    desk = private_desk_of(session)
    page = PrivateRoomPage(desk)
    Shown(qtbot, page, desk, meeting_id, QSize(1366, 768))
    ui = page._ui
    (row,) = ui.leaving_view.entries()
    assert (row.title, row.pill) == (SARA, "Still on Teams")
    ui.leaving_view.setFocus()
    QTest.keyClick(ui.leaving_view, Qt.Key.Key_M)
    QApplication.processEvents()
    sara = row_of(session, meeting_id, SARA)
    assert sara.place is not Place.MUST_LEAVE and not ui.leaving_view.entries()
    ui.staying_view.set_current(sara.id)
    ui.staying_view.setFocus()
    told = next(entry.subtitle for entry in ui.staying_view.entries() if entry.key == sara.id)
    assert "remote (Teams), ask if alone: A, not signed" in told
    QTest.keyClick(ui.staying_view, Qt.Key.Key_A)
    assert row_of(session, meeting_id, SARA).alone is True
    QTest.keyClick(ui.staying_view, Qt.Key.Key_S)
    signing = page._sign.signing
    signing.read_out()
    assert ui.signature.is_typed
    QTest.keyClicks(ui.signature.ui.typed_edit, SARA)
    signing.sign()
    assert row_of(session, meeting_id, SARA).signed_at is not None
    assert room.check(session, meeting_id).heads_here == 1


def test_a_newcomer_with_almost_the_name_of_somebody_known_is_asked_about_once(qtbot: QtBot) -> None:
    session = private_session()
    meeting_id = crossed_over(session, LEAD)
    desk = private_desk_of(session)
    page = PrivateRoomPage(desk)
    Shown(qtbot, page, desk, meeting_id, QSize(1366, 768))
    ui = page._ui
    ui.join_edit.setText("Sara Lylle")
    ui.join_agency_edit.setText("Hertfordshire Constabulary")
    ui.join_button.click()
    assert ui.join_error.text() == (
        "PC Sara Lyle of Hertfordshire Constabulary is on the list, with almost the same name. Is this someone else? "
        "Press the button again to add them."
    )
    assert ui.join_edit.text() == "Sara Lylle" and room.check(session, meeting_id).heads_here == 1
    ui.join_button.click()
    assert room.check(session, meeting_id).heads_here == 2 and ui.join_error.text() == ""


def test_at_the_door_of_the_session_a_newcomer_with_a_known_name_is_asked_about_too(qtbot: QtBot) -> None:
    session = private_session()
    meeting_id = crossed_over(session, LEAD)
    make_application(["test"])
    view = ArrivalView()
    qtbot.addWidget(view)
    view.open_for(session, meeting_id, ())
    view.name_edit.setText("Sara Lylle")
    view.agency_edit.setText("Hertfordshire Constabulary")
    view.in_button.click()
    assert "Is this someone else?" in view.join_error.text() and room.check(session, meeting_id).heads_here == 1
    view.in_button.click()
    assert room.check(session, meeting_id).heads_here == 2


def test_in_a_low_window_the_clause_stands_whole_and_only_the_desk_scrolls(qtbot: QtBot) -> None:
    session = private_session()
    meeting_id = crossed_over(session, LEAD)
    desk = private_desk_of(session)
    page = PrivateRoomPage(desk)
    Shown(qtbot, page, desk, meeting_id, QSize(1366, 500))
    room.join(session, meeting_id, SARA, "Hertfordshire Constabulary")
    page.refresh()
    page._ui.staying_view.setFocus()
    QTest.keyClick(page._ui.staying_view, Qt.Key.Key_S)
    for _ in range(4):
        QApplication.processEvents()
    clause = page._ui.clause
    around = [area for area in page.findChildren(QScrollArea) if area.isAncestorOf(clause)]
    assert clause.isVisible() and sum(area.verticalScrollBar().maximum() > 0 for area in around) == 1
    assert scrolls_twice(page) == []
    assert page._ui.clause.text_scroll.verticalScrollBar().maximum() == 0
