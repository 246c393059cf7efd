"""In the room things change: by key, on the page that serves them while the meeting runs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.meeting.confidentiality import Attendance, ClauseKind, Remote
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting
from csp_desktop.domain.meeting.offices import OfficeTaken
from csp_desktop.gui.meeting.room_changes import RoomChangesPage
from csp_desktop.services.meeting import running_meeting, sign_in
from tests.support.fakes import FakeWork, FixedClock, fake_session
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, unnamed_controls
from tests.support.walk_meeting import fill

M = "november"
LAPTOP = QSize(1366, 768)
KEY = Qt.Key


class Row(NamedTuple):
    kind: str
    record_id: str
    snippet: str = ""


class Found:
    """Finds the closed case and one that is not on the walk, whatever is typed."""

    def page_of_cases(self, query: Any, offset: int, limit: int) -> tuple[Sequence[Any], int]:
        return (), 0

    def search(self, text: str, limit: int) -> Sequence[Any]:
        return [Row("Case", "old"), Row("Case", "open")] if text.startswith("oa") else []


class Room:
    """The page with its meeting, and hands for it."""

    def __init__(self, qtbot: QtBot, what: str = "people", size: QSize = LAPTOP) -> None:
        self.clock = FixedClock()
        session = fake_session(FakeWork(self.clock), now=self.clock, queries=Found(), member_id="ewa")
        fill(session.work)
        with session.work.step("cases", undoable=False) as records:
            oak = records.get(Case, "oak")
            records.save(replace(oak, id="old", reference="SN-2025-000009", status=CaseStatus.CLOSED))
            records.save(replace(oak, id="open", reference="SN-2026-000010", summary="Oak Mews: fire"))
        sign_in.seed_clauses(session, {ClauseKind.MEMBER: "Keep it here."})
        running_meeting.start(session, M)
        self.session, self.bot = session, qtbot
        self.page = RoomChangesPage(desk_of(session))
        self.shown = Shown(qtbot, self.page, desk_of(session), what, size)
        self.ui = self.page._ui

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)
        QApplication.processEvents()

    def of(self, kind: type[Any], record_id: str) -> Any:
        with self.session.work.reading() as records:
            return records.get(kind, record_id)

    def every(self, kind: type[Any]) -> list[Any]:
        with self.session.work.reading() as records:
            return records.find(kind)

    def choose(self, name: str) -> None:
        row = next(row for row in self.ui.people_view.entries() if row.title == name)
        self.ui.people_view.set_current(row.key)

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.page, words)

    def captions(self) -> dict[str, str]:
        return {row.title: row.caption for row in self.ui.people_view.entries()}

    def walk(self) -> list[str]:
        with self.session.work.reading() as records:
            return [turn.case_id for turn in records.find(CaseTurn, meeting_id=M)]


@pytest.fixture
def room(qtbot: QtBot) -> Room:
    return Room(qtbot)


def test_leaving_and_coming_back_on_teams_by_key_and_who_is_here_now_is_right(room: Room) -> None:
    room.choose("Ravi Nair")
    assert room.ui.count_label.text() == "Who is here now: 4"
    room.key(KEY.Key_L)
    assert room.ui.count_label.text() == "Who is here now: 3"
    assert room.captions()["Ravi Nair"].startswith("left; 13:50 to ")
    room.clock.advance(minutes=10)
    room.choose("Ravi Nair")
    room.key(KEY.Key_T)
    row = room.of(Attendance, "a-ravi")
    assert (row.remote, row.present, len(row.away)) == (Remote.TEAMS, True, 1)
    assert room.ui.count_label.text() == "Who is here now: 4, 1 of them on Teams or telephone"
    assert room.captions()["Ravi Nair"].startswith("ask if alone")
    room.choose("Ravi Nair")
    room.key(KEY.Key_A)
    assert room.of(Attendance, "a-ravi").alone is True and room.captions()["Ravi Nair"].startswith("alone, ")
    room.key(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert room.of(Attendance, "a-ravi").alone is None


def test_the_chair_is_handed_over_by_key_and_said_where_the_chair_left(room: Room) -> None:
    room.choose("Ștefan Ionescu")
    room.key(KEY.Key_L)
    assert "Chair: Ștefan Ionescu, who is not here: hand it over." in room.ui.offices_label.text()
    room.choose("PS Dan Holt")
    room.key(KEY.Key_C)
    assert room.of(Meeting, M).chair_id == "dan" and "Chair: PS Dan Holt." in room.ui.offices_label.text()
    room.key(KEY.Key_C)
    assert "chairs this meeting already" in room.ui.people_error.text()
    room.choose("Ravi Nair")
    room.key(KEY.Key_M)  # nobody may be let in here: the minutes alone are handed over
    assert room.of(Meeting, M).minute_taker_id == "ravi" and len(room.every(OfficeTaken)) == 2


def test_a_case_joins_the_walk_by_key_where_one_says(qtbot: QtBot) -> None:
    room = Room(qtbot, "case")
    room.type("oak")
    qtbot.waitUntil(lambda: len(room.ui.cases_view.entries()) == 3)
    assert [row.title.split(":")[0] for row in room.ui.cases_view.entries()][-1] == "New case"
    room.key(KEY.Key_Down)
    room.key(KEY.Key_Return)
    assert QApplication.focusWidget() is room.ui.now_button
    room.key(KEY.Key_Tab)
    room.key(KEY.Key_Space)
    assert room.walk() == ["open", "oak", "elm", "ash", "yew"]
    assert room.shown.went == [] and "taken next" in room.ui.done_bar.text()


def test_a_closed_case_asks_why_and_is_gone_to_at_once(qtbot: QtBot) -> None:
    room = Room(qtbot, "case")
    room.type("oak")
    qtbot.waitUntil(lambda: len(room.ui.cases_view.entries()) == 3)
    room.key(KEY.Key_Return)
    assert QApplication.focusWidget() is room.ui.reason_edit
    QTest.keyClick(room.ui.now_button, KEY.Key_Space)
    assert "reason for reopening" in room.ui.case_error.text() and QApplication.focusWidget() is room.ui.reason_edit
    room.type("three reports this week")
    room.key(KEY.Key_Return)
    room.key(KEY.Key_Space)
    assert room.of(Case, "old").status is CaseStatus.OPEN
    assert room.shown.went == [("live", M)]


def test_a_new_case_asks_for_its_area_and_stands_at_the_end(qtbot: QtBot) -> None:
    room = Room(qtbot, "case")
    room.type("Fir Lane: threats")
    qtbot.waitUntil(lambda: [row.key for row in room.ui.cases_view.entries()] == ["new"])
    room.key(KEY.Key_Return)
    assert QApplication.focusWidget() is room.ui.area_box
    QTest.keyClick(room.ui.end_button, KEY.Key_Space)
    assert "Choose the area" in room.ui.case_error.text() and QApplication.focusWidget() is room.ui.area_box
    room.key(KEY.Key_Down)
    QTest.keyClick(room.ui.end_button, KEY.Key_Space)
    assert len(room.walk()) == 5 and room.of(Case, room.walk()[-1]).summary == "Fir Lane: threats"


def test_an_item_is_added_and_another_renamed(qtbot: QtBot) -> None:
    room = Room(qtbot, "item")
    room.type("Bonfire night")
    room.key(KEY.Key_Return)
    titles = [row.title for row in room.ui.item_page.items_view.entries()]
    assert titles.index("Bonfire night") == 2  # under the one in hand
    other = next(item for item in room.every(AgendaItem) if item.kind is ItemKind.OTHER)
    room.ui.item_page.items_view.set_current(other.id)
    room.ui.item_page.rename_edit.setFocus()
    room.ui.item_page.rename_edit.selectAll()
    room.type("Last words")
    room.key(KEY.Key_Return)
    assert room.of(AgendaItem, other.id).title_before == "Other business"
    assert room.ui.done_bar.text().startswith("Renamed")


@pytest.mark.parametrize("size", [QSize(1280, 720), QSize(1600, 900), QSize(640, 360)])
@pytest.mark.parametrize("what", ["people", "case", "item"])
def test_everything_has_a_name_and_nothing_is_cut(qtbot: QtBot, size: QSize, what: str) -> None:
    room = Room(qtbot, what, size)
    assert unnamed_controls(room.page) == [] and clipped_texts(room.page) == []
