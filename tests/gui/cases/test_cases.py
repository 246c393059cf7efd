"""The list of cases by keys: found, filtered, sorted by the file, opened; a new one entered by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.cases.clocks import CaseClocks, PromiseState, case_clocks
from csp_desktop.gui.cases.case_table import CaseTable
from csp_desktop.gui.cases.cases import CasesPage
from csp_desktop.gui.cases.cases_model import PAGE, CasesModel, words
from csp_desktop.gui.widgets.buttons import LinkButton, PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.day_field import HOW_PAST, DayField
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.panels import EmptyState
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.services.cases import cases
from csp_desktop.services.cases.case_entry import half_entered
from csp_desktop.services.cases.cases import CaseQuery, CaseRow, CaseSort, open_cases, page_of_cases
from csp_desktop.services.session import Session
from tests.support.case_files import NOVEMBER, OCTOBER, make_file, opened
from tests.support.pages import Shown, desk_of, type_day
from tests.support.prepared_meeting import put_off_twice
from tests.support.screens import clipped_texts, settle, unnamed_controls

ROWS = 1_000  # more pages than the model keeps


@pytest.fixture(scope="module")
def both_exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("cases") / "records.db", OCTOBER, NOVEMBER)


@pytest.fixture(scope="module")
def no_export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("cases") / "empty.db")


@pytest.fixture
def session(both_exports: Path, tmp_path: Path) -> Iterator[Session]:
    with opened(both_exports, tmp_path / "records.db") as made:
        yield made


def shown(qtbot: QtBot, session: Session, argument: object = None, size: tuple[int, int] = (1366, 768)) -> Shown:
    desk = desk_of(session)
    return Shown(qtbot, CasesPage(desk), desk, argument, QSize(*size))


def part(page: Shown, kind: type[Any], name: str) -> Any:
    found = page.page.findChild(kind, name)
    assert found is not None
    return found


def table(page: Shown) -> CaseTable:
    found: CaseTable = part(page, CaseTable, "cases_view")
    return found


def rows(page: Shown) -> list[CaseRow]:
    model = table(page).model()
    assert isinstance(model, CasesModel)
    return [row for row in map(model.row, range(model.rowCount())) if row is not None]


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifier)
    QApplication.processEvents()


def test_the_list_opens_on_the_most_pressing_case_and_enter_leads_to_it(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    assert len(rows(page)) == 46
    assert QApplication.focusWidget() is table(page)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert page.went == [("case", rows(page)[1].case.id)]


@pytest.mark.parametrize(("word", "state"), [("broken", PromiseState.BROKEN), ("due", PromiseState.DUE)])
def test_home_leads_to_the_cases_it_counts(qtbot: QtBot, session: Session, word: str, state: PromiseState) -> None:
    page = shown(qtbot, session, word)
    assert {row.promise.state for row in rows(page) if row.promise} == {state}
    chip = part(page, SecondaryButton, f"{word}_chip")
    assert chip.isChecked() and chip.text().endswith(str(len(rows(page))))


def test_the_clocks_of_each_open_case_are_worked_out_once(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def noted(case: Case, *rest: Any) -> CaseClocks:
        seen.append(case.id)
        return case_clocks(case, *rest)

    monkeypatch.setattr(cases, "case_clocks", noted)
    page = shown(qtbot, session)
    assert len(rows(page)) == len(seen) == len(set(seen)) == 46


def test_typing_narrows_the_list_and_down_leads_into_it(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    press(Qt.Key.Key_Slash)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "tolpits")
    assert rows(page) and all("Tolpits" in row.case.title for row in rows(page))
    press(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is table(page)
    part(page, QLineEdit, "search_edit").setText("nowhere at all")
    assert part(page, QLabel, "count_label").text() == "0 of 48"
    assert table(page).isHidden()


def test_a_click_on_a_head_sorts_in_the_file(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    head = table(page).horizontalHeader()
    at = list(CaseSort).index(CaseSort.RATING)
    for expected in (False, True):
        place = QPoint(head.sectionViewportPosition(at) + 20, 10)
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
        totals = [row.case.total for row in rows(page) if row.case.total is not None]
        assert totals == sorted(totals, reverse=expected)


def test_a_case_is_entered_by_hand_and_undone(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    press(Qt.Key.Key_N)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.objectName() == "summary_edit"
    QTest.keyClicks(field, "Oak Way: noise at night")
    part(page, PrimaryButton, "add_button").click()
    area = part(page, QComboBox, "area_combo")
    assert area.accessibleDescription() == "Choose the area of work the case belongs to."
    area.setCurrentText("Community wellbeing")
    part(page, PrimaryButton, "add_button").click()
    row = table(page).row_in_hand()
    assert row is not None and row.case.title == "Oak Way: noise at night" and not row.case.reference
    assert part(page, SecondaryButton, "awaiting_chip").text().endswith("1")
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(rows(page)) == 46


def half_enter(page: Shown) -> None:
    press(Qt.Key.Key_N)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Oak Way: noi")
    part(page, QComboBox, "area_combo").setCurrentText("Community wellbeing")
    part(page, QLineEdit, "total_edit").setText("21")
    type_day(part(page, DayField, "created_edit"), "4 nov", Qt.Key.Key_Tab)
    part(page, QCheckBox, "repeat_check").setChecked(True)


def is_back(page: Shown) -> bool:
    typed = (
        part(page, QLineEdit, "summary_edit").text(),
        part(page, QComboBox, "area_combo").currentText(),
        part(page, QLineEdit, "total_edit").text(),
        part(page, DayField, "created_edit").day(),
        part(page, QCheckBox, "repeat_check").isChecked(),
        part(page, QCheckBox, "mental_check").isChecked(),
    )
    return typed == ("Oak Way: noi", "Community wellbeing", "21", date(2026, 11, 4), True, False)


def test_a_case_half_entered_is_on_disk_a_moment_after_the_last_letter(qtbot: QtBot, session: Session) -> None:
    half_enter(shown(qtbot, session))
    qtbot.waitUntil(lambda: half_entered(session).get("summary") == "Oak Way: noi")
    again = shown(qtbot, session)  # after a crash: nothing of the page before was asked to save
    assert is_back(again) and part(again, QScrollArea, "new_scroll").isVisible()
    assert part(again, InlineBar, "done_bar").text() == "Your unfinished case was restored"


def test_a_case_half_entered_survives_a_lock(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    half_enter(page)
    page.page.left()  # as a lock does, at once
    assert is_back(shown(qtbot, session))


def test_enter_adds_a_case_from_any_of_its_fields(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    half_enter(page)
    total = part(page, QLineEdit, "total_edit")
    total.setFocus()
    total.clear()
    before = open_cases(session).counts().open
    press(Qt.Key.Key_Return)
    assert open_cases(session).counts().open == before + 1 and half_entered(session) == {}


def test_enter_on_an_incomplete_case_says_what_is_missing(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    press(Qt.Key.Key_N)
    press(Qt.Key.Key_Return)
    assert part(page, FieldError, "summary_error").text() != ""


def test_what_is_no_date_is_refused_at_its_field_and_kept(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    half_enter(page)
    day, error = part(page, DayField, "created_edit"), part(page, FieldError, "created_error")
    type_day(day, "the day after", Qt.Key.Key_Tab)
    assert (error.text(), day.text()) == (HOW_PAST, "the day after")
    before = open_cases(session).counts().open
    part(page, PrimaryButton, "add_button").click()
    assert open_cases(session).counts().open == before and error.text() == HOW_PAST
    page.page.left()
    again = shown(qtbot, session)
    day, error = part(again, DayField, "created_edit"), part(again, FieldError, "created_error")
    assert day.text() == "the day after"
    type_day(day, "fri", Qt.Key.Key_Tab)
    assert (error.text(), day.day()) == ("", date(2026, 11, 20))  # the last one there was


def test_escape_keeps_what_was_typed_and_cancel_gives_it_up(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    half_enter(page)
    press(Qt.Key.Key_Escape)
    assert part(page, QScrollArea, "new_scroll").isHidden()
    press(Qt.Key.Key_N)
    assert is_back(page)
    part(page, SecondaryButton, "cancel_button").click()
    assert half_entered(session) == {}
    press(Qt.Key.Key_N)
    assert part(page, QLineEdit, "summary_edit").text() == ""


def test_before_a_case_is_entered_by_hand_what_looks_like_it_is_shown_and_leads_to_it(
    qtbot: QtBot, session: Session
) -> None:
    page = shown(qtbot, session)
    press(Qt.Key.Key_N)
    label, lead = part(page, QLabel, "like_label"), part(page, LinkButton, "like_button")
    assert not label.isVisible() and not lead.isVisible()
    place = part(page, ProseLine, "summary_edit")
    qtbot.keyClicks(place, "Mopeds again")
    where = part(page, LineEdit, "location_edit")
    where.setFocus()
    qtbot.keyClicks(where, "198 vicarage rd")
    part(page, LineEdit, "initials_edit").setFocus()
    assert "Vicarage Road: moped nuisance in park (open): the same place" in label.text()
    assert label.text().startswith("Looks like SN-2026-047513") and label.isVisible()
    lead.click()
    assert page.went[-1][0] == "case" and half_entered(session).get("location") == "198 vicarage rd"
    where.setText("9 Nowhere Lane")
    where.editingFinished.emit()
    assert not label.isVisible() and not lead.isVisible()


def test_a_case_that_was_added_is_no_longer_half_entered(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    half_enter(page)
    qtbot.waitUntil(lambda: bool(half_entered(session)))
    part(page, QComboBox, "band_combo").setCurrentText("Medium")
    part(page, PrimaryButton, "add_button").click()
    assert part(page, InlineBar, "done_bar").text() == "Case added"
    page.page.left()
    assert half_entered(session) == {}


def test_nothing_typed_is_nothing_kept(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    press(Qt.Key.Key_N)
    type_day(part(page, DayField, "created_edit"), "4 nov", Qt.Key.Key_Tab)
    page.page.left()
    assert half_entered(session) == {}


def test_without_any_case_the_page_says_what_to_do_first(qtbot: QtBot, no_export: Path, tmp_path: Path) -> None:
    with opened(no_export, tmp_path / "records.db") as session:
        page = shown(qtbot, session)
        empty = part(page, EmptyState, "empty_state")
        assert empty.isVisible() and empty.accessibleName() == "No cases yet"
        acting = dict(page.page.keys())
        assert not {"N", "I", "/"} & acting.keys() and "Ctrl N" in acting
        press(Qt.Key.Key_Return)
        assert page.went == [("import_cases", None)]


def test_letters_act_on_a_row_only(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    assert "N" in dict(page.page.keys())
    part(page, QLineEdit, "search_edit").setFocus()
    assert "N" not in dict(page.page.keys())
    press(Qt.Key.Key_I)
    assert page.went == []
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_I)
    press(Qt.Key.Key_Escape)
    assert page.went == [("import_cases", None), ("back", None)]


def test_the_model_keeps_qts_rules_and_fetches_a_page_at_a_time(qtbot: QtBot, session: Session) -> None:
    desk_of(session)
    asked: list[int] = []
    with session.work.reading() as records:
        case = records.find(Case)[0]

    def fetch(query: CaseQuery, offset: int, limit: int) -> tuple[list[CaseRow], int]:
        asked.append(offset)
        return [CaseRow(case, None, None)] * min(limit, ROWS - offset), ROWS

    model = CasesModel(fetch)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_query(CaseQuery())
    model.sort(1, Qt.SortOrder.DescendingOrder)
    asked.clear()
    assert model.row(ROWS - 1) is not None and model.row(ROWS) is None
    assert set(asked) == {ROWS - PAGE}
    assert tester.model() is model


def test_the_model_on_the_real_file_keeps_qts_rules(qtbot: QtBot, session: Session) -> None:
    desk_of(session)
    model = CasesModel(lambda query, offset, limit: page_of_cases(session, query, offset, limit, open_cases(session)))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    for text in ("", "road", "nothing of the kind", ""):
        model.show_query(CaseQuery(text))


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (1280, 720), (640, 360)])
@pytest.mark.parametrize("panel", [False, True])
def test_nothing_is_cut_and_everything_has_its_name(
    qtbot: QtBot, session: Session, size: tuple[int, int], panel: bool
) -> None:
    page = shown(qtbot, session, size=size)
    if panel:
        press(Qt.Key.Key_N)
    settle(page.window, QSize(*size))
    assert clipped_texts(page.window) == []
    assert unnamed_controls(page.window) == []
    alone = panel and size == (640, 360)
    assert table(page).isVisible() is not alone
    shown_columns = table(page).shown_columns()
    assert alone or {CaseSort.TITLE, CaseSort.RATING, CaseSort.PROMISE} <= set(shown_columns)


def test_the_cases_no_meeting_discussed_are_listed_with_the_day_since(qtbot: QtBot, session: Session) -> None:
    with session.work.reading() as records:
        case = next(case for case in records.find(Case) if case.status is CaseStatus.OPEN)
    put_off_twice(session, case.id)
    page = shown(qtbot, session, "waited")
    (row,) = rows(page)
    assert row.case.id == case.id and words(row, CaseSort.PROMISE).endswith("never discussed")
    assert part(page, SecondaryButton, "waited_chip").text() == "Not discussed  1"
