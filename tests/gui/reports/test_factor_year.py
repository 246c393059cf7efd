"""A year's page shows which kinds of action were followed by a fall, in counts the data can carry."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from csp_desktop.domain.cases.cases import Case, CaseStatus, SubjectType
from csp_desktop.domain.meeting.action_line import parse
from csp_desktop.domain.meeting.action_owners import Person
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.people.agencies import Member, Standing
from csp_desktop.gui.reports.factor_year import FactorYearPage
from csp_desktop.gui.widgets.rows_table import RowsTable
from csp_desktop.resources import shipped_case_matrix
from csp_desktop.services.cases import assessing, factor_tasks
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.session import Session
from tests.support.case_files import NOVEMBER, make_file, opened
from tests.support.pages import Shown, desk_of
from tests.support.screens import clipped_texts, settle, sideways, unnamed_controls

DAN = Person("dan", "PS Dan Holt")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(make_file(tmp_path / "made.db", NOVEMBER), tmp_path / "records.db") as made:
        yield replace(made, papers=replace(made.papers, shipped_matrix=shipped_case_matrix))


def test_a_years_page_shows_which_kinds_of_action_were_followed_by_a_fall(qtbot: QtBot, session: Session) -> None:
    with session.work.step("an officer") as records:
        records.save(Member("dan", "PS Dan Holt", "", "Sergeant", Standing.STANDING))
        open_ones = [one for one in records.find(Case) if one.status is not CaseStatus.CLOSED]
    case = next(one for one in open_ones if one.subject_type is SubjectType.VICTIM)
    month_ago = replace(session, now=lambda: session.now() - timedelta(days=28))
    assessing.assess(month_ago, case.id, {"often": "3", "kind": "2", "long": "2", "aim": "2"})
    sheet = assessing.sheet(month_ago, case.id)
    for factor, words, answer in (
        ("often", "dh visit the landlord", Answer.DONE),
        ("often", "dh call each week", None),
        ("kind", "dh serve a notice", Answer.DONE),
    ):
        said = parse(words, (DAN,), session.today, session.today)
        task = factor_tasks.agree_for_factor(month_ago, sheet, factor, said)
        if answer is not None:
            answer_action(month_ago, task.id, answer)
    assessing.assess(session, case.id, {"often": "1", "kind": "2", "long": "1", "aim": "2"})
    desk = desk_of(session)
    page = Shown(qtbot, FactorYearPage(desk), desk, None, QSize(1366, 768))
    table = page.page.findChild(RowsTable)
    assert table is not None
    rows = [[table.model().index(row, column).data() for column in range(8)] for row in range(table.model().rowCount())]
    assert rows == [
        ["How often it happens: support", "2", "1", "1", "0", "0", "0", "1"],
        ["Most serious incident: intervention", "1", "1", "0", "1", "0", "0", "0"],
    ]
    told = {label.objectName(): label.text() for label in page.page.findChildren(QLabel)}
    assert told["alone_title"] == "Fell without a task: 1" and told["alone_label"] == "1  How long it has gone on"
    assert "1 done, and the factor did not fall." in told["fell_label"]
    assert "These are counts." in told["limits_label"]
    years = page.page.findChild(QComboBox, "year_combo")
    assert years is not None and [years.itemText(n) for n in range(years.count())] == [str(session.today.year)]
    for size in (QSize(1366, 768), QSize(1280, 720)):
        page.window.resize(size)
        settle(page.window, size)
        assert not clipped_texts(page.page) + sideways(page.page) + unnamed_controls(page.page)
