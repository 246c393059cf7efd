"""The journal's page: lines, filters, what each thing was before, and checking the file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFrame, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.gui.file.journal import JournalPage
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.day_field import HOW_PAST, DayField
from csp_desktop.services.meeting import case_walk, running_meeting
from csp_desktop.services.ports.file import CheckReport
from csp_desktop.services.session import Session
from tests.support.fakes import FixedClock, fake_session
from tests.support.pages import Shown, desk_of, type_day
from tests.support.screens import clipped_texts, settle, unnamed_controls
from tests.support.vaults import new_engine, work_on
from tests.support.walk_meeting import OPENED, fill


class AnsweringChecks:
    """A check that finds what the test wants found."""

    def __init__(self, *findings: str) -> None:
        self.findings = findings

    def check(self, progress: Progress) -> CheckReport:
        progress(50, 100, "Checking every entry of the journal")
        return CheckReport(self.findings, 312, "7f3a90c2d1e4b586", 3, 1, None)

    def keep_seen(self) -> bool:
        return False


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine, clock = new_engine(tmp_path / "records.db"), FixedClock(OPENED)
    work = work_on(engine, clock)
    fill(work)
    made = replace(fake_session(work, now=clock), journal=work.journal, checks=AnsweringChecks())
    running_meeting.start(made, "november")
    clock.advance(days=1)
    case_walk.open_turn(made, "t-oak")
    case_walk.keep_typing(made, "t-oak", "He has been seen there again.")
    case_walk.end_note(made, "t-oak")
    yield made
    engine.dispose()


def shown(qtbot: QtBot, session: Session, argument: object = None, size: tuple[int, int] = (1366, 768)) -> Shown:
    desk = desk_of(session)
    return Shown(qtbot, JournalPage(desk), desk, argument, QSize(*size))


def part(page: Shown, kind: type[Any], name: str) -> Any:
    found = page.page.findChild(kind, name)
    assert found is not None, name
    return found


def lines(page: Shown) -> list[str]:
    model = part(page, QTableView, "journal_view").model()
    return [str(model.index(row, 2).data()) for row in range(model.rowCount())]


def texts(page: Shown) -> str:
    return "\n".join(label.text() for label in page.page.findChildren(QLabel) if label.isVisible())


def test_the_newest_step_stands_first_with_its_values_beside_it(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    assert lines(page)[0] == "SN-2026-000001 · Minute of a case"
    assert "He has been seen there again." in texts(page)
    assert "by Ruth Coyle" in texts(page)


def test_disclosures_say_who_heard_of_which_case(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, "disclosures")
    assert lines(page) == [
        "SN-2026-000001 · Disclosed to 4 agencies: Change Grow Live, Hertfordshire Constabulary, New Hope, "
        "Watford Borough Council"
    ]


def test_filters_by_case_person_and_day(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    every = lines(page)
    case = part(page, QLineEdit, "case_edit")
    QTest.keyClicks(case, "sn-2026-000001")
    QTest.keyClick(case, Qt.Key.Key_Return)
    assert 0 < len(lines(page)) < len(every)
    case.setText("SN-2026-999999")
    QTest.keyClick(case, Qt.Key.Key_Return)
    assert "No case has the reference SN-2026-999999" in texts(page)
    case.clear()
    QTest.keyClick(case, Qt.Key.Key_Return)
    people = part(page, QComboBox, "person_filter")
    assert [people.itemText(n) for n in range(people.count())] == ["Everyone", "Ruth Coyle"]
    day = part(page, DayField, "day_edit")
    part(page, QCheckBox, "day_check").setChecked(True)
    type_day(day, "26 nov 2026")
    assert "Start of the meeting" in lines(page) and "SN-2026-000001 · Minute of a case" not in lines(page)
    type_day(day, "1/1/2025")
    assert lines(page) == [] and "No entries match" in texts(page)
    type_day(day, "soon")
    assert lines(page) == [] and day.property("told_by") is not None and HOW_PAST in texts(page)


def test_the_file_is_checked_in_place_and_the_answer_says_what_was_seen(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    report = part(page, QFrame, "report_frame")
    QTest.mouseClick(part(page, SecondaryButton, "check_button"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not report.isHidden())
    assert "No errors: the file is complete and unchanged by other programs" in texts(page)
    assert "ending in 7f3a90c2d1e4b586" in texts(page)


def test_what_a_check_finds_is_said_with_what_to_do(qtbot: QtBot, session: Session) -> None:
    finding = "Entry 2 of the journal was changed or moved."
    page = shown(qtbot, replace(session, checks=AnsweringChecks(finding)))
    QTest.keyClick(page.page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    report = part(page, QFrame, "report_frame")
    qtbot.waitUntil(lambda: not report.isHidden())
    assert finding in texts(page) and "restore the newest backup" in texts(page)


def test_enter_opens_the_case_and_escape_leads_back(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    view = part(page, QTableView, "journal_view")
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert page.went == [("case", "oak"), ("back", None)]


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (640, 360)])
def test_nothing_is_cut_off_and_everything_has_a_name(qtbot: QtBot, session: Session, size: tuple[int, int]) -> None:
    page = shown(qtbot, session, "disclosures", size)
    settle(page.window, QSize(*size))
    assert clipped_texts(page.page) == []
    assert unnamed_controls(page.page) == []


def test_the_model_keeps_qts_rules(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    tester = QAbstractItemModelTester(
        part(page, QTableView, "journal_view").model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    QApplication.processEvents()
    assert tester.model() is not None
