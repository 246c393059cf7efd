"""The risk of a case at the table: one key an answer, last time's beside, an incomplete total that never pretends."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.people.agencies import Member, Standing
from csp_desktop.gui.cases.case_table import CaseTable
from csp_desktop.gui.cases.cases import CasesPage
from csp_desktop.gui.cases.risk_assessment import RiskAssessmentPage
from csp_desktop.gui.widgets.badges import BigNumber
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.factor_table import Column, FactorHead, FactorLine, FactorTable
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.task_entry import TaskEntry
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases import assessing
from csp_desktop.services.cases.cases import open_cases
from csp_desktop.services.session import Session
from tests.support.case_files import NOVEMBER, OCTOBER, make_file, opened
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, sideways, unnamed_controls


@pytest.fixture(scope="module")
def both_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("assessed") / "records.db", OCTOBER, NOVEMBER)


@pytest.fixture
def session(both_exports: Path, tmp_path: Path) -> Iterator[Session]:
    with opened(both_exports, tmp_path / "records.db") as made:
        yield replace(made, papers=replace(made.papers, shipped_matrix=shipped_case_matrix))


def case_of(session: Session, subject: SubjectType) -> Case:
    with session.work.reading() as records:
        open_ones = [one for one in records.find(Case) if one.status is not CaseStatus.CLOSED]
    return next(one for one in open_ones if one.subject_type is subject)


def shown(qtbot: QtBot, session: Session, case: Case, size: tuple[int, int] = (1366, 768)) -> Shown:
    desk = desk_of(session)
    return Shown(qtbot, RiskAssessmentPage(desk), desk, case.id, QSize(*size))


def table(page: Shown) -> FactorTable:
    found = page.page.findChild(FactorTable)
    assert found is not None
    return found


def words(page: Shown, name: str) -> str:
    label = page.page.findChild(QLabel, name)
    assert label is not None
    return label.text() if not label.isHidden() else ""


def total(page: Shown) -> str:
    number = page.page.findChild(BigNumber)
    assert number is not None
    return number.accessibleName()


def lines(view: FactorTable) -> list[FactorLine]:
    return [row for row in view._model.rows if isinstance(row, FactorLine)]


def key(page: Shown, which: Any) -> None:
    if isinstance(which, str):
        QTest.keyClicks(table(page), which)
    else:
        QTest.keyClick(table(page), which)


BESIDE_THE_RAIL = (1306, 768)  # what the list of pages leaves of 1366 by 768


def test_all_18_factors_of_a_person_stand_on_one_screen_grouped_by_nature(qtbot: QtBot, session: Session) -> None:
    with session.work.step("a long title") as records:
        case = replace(
            case_of(session, SubjectType.VICTIM), summary="Cassiobury Drive: county lines, new phone and trainers"
        )
        records.save(case)
    page = shown(qtbot, session, case, BESIDE_THE_RAIL)
    view = table(page)
    assert len(lines(view)) == 18 and max(len(one.factor.options) for one in lines(view)) == 4
    assert [row.title for row in view._model.rows if isinstance(row, FactorHead)] == ["Motivating", "Aggravating"]
    for line in lines(view):
        view.focus_factor(line.factor.key)
        assert view.content_height() <= view.height() and not view.verticalScrollBar().isVisible()
    assert not clipped_texts(page.page) + sideways(page.page)
    assert not unnamed_controls(page.page)


def test_factors_that_do_not_apply_to_a_place_are_left_out(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, case_of(session, SubjectType.LOCATION))
    asked = [one.factor.key for one in lines(table(page))]
    assert 0 < len(asked) < 18 and "aim" in asked
    assert all(one.factor.applies_to in ((), one.factor.applies_to) for one in lines(table(page)))


def test_one_key_answers_and_goes_to_the_next(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    page = shown(qtbot, session, case)
    first, second = lines(table(page))[:2]
    key(page, "1")
    assert dict(assessing.sheet(session, case.id).answers) == {first.factor.key: first.factor.options[1].key}
    hand = table(page).line_in_hand()
    assert hand is not None and hand.factor.key == second.factor.key
    key(page, Qt.Key.Key_Up)
    key(page, Qt.Key.Key_Delete)
    assert not assessing.sheet(session, case.id).answers


def test_unanswered_factors_are_named_and_never_zero(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    page = shown(qtbot, session, case)
    assert total(page) == "–" and words(page, "band_label") == "Nothing answered today."
    key(page, "0" * 17)
    left = lines(table(page))[-1].factor
    assert total(page) == f"0 to {left.most}"
    assert words(page, "open_title") == "1 not answered" and words(page, "open_label") == left.label
    assert words(page, "answered_label") == "17 of 18 answered"
    key(page, "0")
    assert total(page) == "0" and words(page, "open_label") == ""
    assert "To be entered in Safety Net." in words(page, "known_label")


def test_last_times_answers_stand_beside_and_space_takes_one(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    earlier = replace(session, now=lambda: session.now() - timedelta(days=30))
    matrix = assessing.sheet(session, case.id).matrix
    assessing.assess(earlier, case.id, {one.key: one.options[1].key for one in matrix.factors})
    page = shown(qtbot, session, case)
    assert all(one.answer == "" and one.then is not None for one in lines(table(page)))
    key(page, Qt.Key.Key_Space)
    key(page, "0")
    first, second = lines(table(page))[:2]
    assert first.answer == first.before and first.moved == 0
    assert second.moved is not None and second.moved < 0
    assert words(page, "moved_title").startswith("Changed since ")
    assert words(page, "moved_label").endswith(second.factor.label)


def test_an_override_needs_a_reason_and_the_original_stays_beside_it(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    page = shown(qtbot, session, case)
    key(page, "0" * 18)
    key(page, "o")
    frame = page.page.findChild(QFrame, "override_frame")
    combo = page.page.findChild(QComboBox, "band_combo")
    why = page.page.findChild(QLineEdit, "why_edit")
    assert frame is not None and combo is not None and why is not None and frame.isVisible()
    combo.setCurrentIndex(combo.findData(Band.HIGH))
    QTest.keyClick(why, Qt.Key.Key_Return)
    assert frame.isVisible()
    QTest.keyClicks(why, "The threat is new")
    QTest.keyClick(why, Qt.Key.Key_Return)
    assert not frame.isVisible()
    said = words(page, "band_label")
    assert said.startswith("High, decided by ") and "The threat is new" in said and "The matrix gives Standard" in said
    made = assessing.assessments(session, case.id)[-1]
    assert (made.band, made.override_band) == (Band.STANDARD, Band.HIGH)


def test_an_answer_forces_a_level_and_says_so(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    page = shown(qtbot, session, case)
    key(page, "0" * 18)
    table(page).focus_factor("kind")
    key(page, "3")
    assert words(page, "band_label").startswith("High, because of “Most serious incident: violence")


def test_a_click_on_the_words_of_an_answer_gives_it_and_ctrl_z_takes_it_back(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    page = shown(qtbot, session, case)
    view, line = table(page), lines(table(page))[0]
    place = next(place for row, option, place in reversed(view._places()) if row is line and option == "1")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert assessing.sheet(session, case.id).answers == {line.factor.key: "1"}
    page.page.undo()
    assert assessing.sheet(session, case.id).answers == {} and total(page) == "–"


def test_a_closed_case_is_refused_in_words(qtbot: QtBot, session: Session) -> None:
    with session.work.reading() as records:
        closed = next(one for one in records.find(Case) if one.status is CaseStatus.CLOSED)
    page = shown(qtbot, session, closed)
    key(page, "1")
    bar = page.page.findChild(InlineBar)
    assert bar is not None and "Reopen it" in bar.accessibleName()
    assert not assessing.assessments(session, closed.id)


def test_what_is_assessed_here_stands_on_a_list_until_it_is_entered_in_safety_net(
    qtbot: QtBot, session: Session
) -> None:
    case = case_of(session, SubjectType.VICTIM)
    matrix = assessing.sheet(session, case.id).matrix
    assessing.assess(session, case.id, {one.key: one.options[0].key for one in matrix.factors})
    desk = desk_of(session)
    page = Shown(qtbot, CasesPage(desk), desk, None, QSize(1366, 768))
    chip = page.page.findChild(SecondaryButton, "worksheets_chip")
    assert chip is not None and chip.text() == "To enter in Safety Net  1"
    chip.click()
    view = page.page.findChild(CaseTable)
    assert view is not None and view.model().rowCount() == 1
    row = view.model().index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert (row.case.id, row.worksheet) == (case.id, "to enter in Safety Net: 0")
    with session.work.step("Safety Net has it") as records:
        records.save(RiskPoint("p", case.id, session.today, 0, Band.STANDARD, session.today, session.today))
    assert not open_cases(session).worksheets


@pytest.mark.parametrize("size", [(640, 360), (1280, 720), (1600, 900)])
def test_the_answers_of_the_row_in_hand_stand_whole_at_every_size(
    qtbot: QtBot, session: Session, size: tuple[int, int]
) -> None:
    page = shown(qtbot, session, case_of(session, SubjectType.VICTIM), size)
    view = table(page)
    for line in lines(view):
        view.focus_factor(line.factor.key)
        at = QRect(view.visualRect(view.model().index(view.currentIndex().row(), Column.FACTOR)))
        assert view.viewport().rect().contains(at.topLeft())
        assert all(place.width() > 60 for place in view._word_boxes(line))
    assert not sideways(page.page)


def test_what_is_half_done_goes_on_where_it_stopped_and_the_row_is_seen(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    matrix = assessing.sheet(session, case.id).matrix
    assessing.assess(session, case.id, {one.key: one.options[0].key for one in matrix.factors[:-2]})
    page = shown(qtbot, session, case, (640, 360))
    view = table(page)
    hand = view.line_in_hand()
    assert hand is not None and hand.number == 17

    def is_seen() -> bool:
        row = view.visualRect(view.currentIndex())
        return not row.isEmpty() and view.viewport().visibleRegion().contains(row.center())

    qtbot.waitUntil(is_seen)


def test_from_a_factor_to_an_officers_action_in_at_most_five_keys(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    with session.work.step("an officer") as records:
        records.save(Member("dan", "Dan Holt", "", "Sergeant", Standing.STANDING))
    page = shown(qtbot, session, case)
    key(page, "2")
    key(page, Qt.Key.Key_Up)
    key(page, "t")
    entry = page.page.findChild(TaskEntry)
    assert entry is not None and entry.entry.line.hasFocus()
    QTest.keyClicks(entry.entry.line, "dh visit the landlord fri")
    QTest.keyClick(entry.entry.line, Qt.Key.Key_Return)
    first = lines(table(page))[0]
    with session.work.reading() as records:
        (made,) = [one for one in records.find(Action) if one.factor]
    assert (made.factor, made.factor_points, made.case_id) == (
        first.factor.key,
        first.factor.options[2].points,
        case.id,
    )
    assert made.what == "Visit the landlord" and (first.task or "").startswith("DH ")
    assert entry.isHidden() and table(page).hasFocus()
    page.page.undo()
    assert not lines(table(page))[0].task


def test_a_task_half_typed_is_not_lost(qtbot: QtBot, session: Session) -> None:
    case = case_of(session, SubjectType.VICTIM)
    page = shown(qtbot, session, case)
    key(page, "t")
    bar = page.page.findChild(InlineBar, "done_bar")
    assert bar is not None and "Answer this factor first" in bar.text()
    key(page, "2")
    key(page, Qt.Key.Key_Up)
    key(page, "t")
    entry = page.page.findChild(TaskEntry)
    assert entry is not None
    QTest.keyClicks(entry.entry.line, "dh vis")
    page.page.go_back()
    assert entry.isHidden()
    page.page.left()
    page.page.entered(case.id)
    assert entry.isVisible() and entry.entry.text() == "dh vis"
