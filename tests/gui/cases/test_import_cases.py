"""Importing an export: seen before it goes in, all or none, off the window's thread, and taken back in one step."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.domain.cases.cases import Case, Snapshot
from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.gui.cases.import_cases import ImportCasesPage
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.import_questions import ImportQuestions
from csp_desktop.gui.widgets.import_tables import ImportTables
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.panels import DropArea
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.widgets.rows_table import PlainRowsModel
from csp_desktop.gui.widgets.sender_field import SenderField
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.tasks import CancellableProgress, Task, Tasks
from csp_desktop.services.cases.case_import import import_cases
from csp_desktop.services.cases.import_questions import decisions
from csp_desktop.services.common.sender_columns import senders
from csp_desktop.services.session import Session
from tests.support.case_files import EXPORTS, NOVEMBER, OCTOBER, make_file, opened
from tests.support.pages import Shown, desk_of, type_day
from tests.support.screens import clipped_texts, settle, unnamed_controls

MISTAKES = EXPORTS / "cases-with-mistakes.csv"


class ChosenFile(Ask):
    """Answers with this file."""

    def __init__(self, path: Path | None) -> None:
        self.path = path

    def open_file(self, parent: QWidget, title: str, kinds: Any, start: Path | None = None) -> Path | None:
        """The file, or a change of mind."""
        return self.path


class CancelledAtTheEnd(Tasks):
    """Someone cancels at the very last moment of the work that would keep something."""

    def run(
        self, work: Any, done: Any, failed: Any, progress: Any = None, asker: Any = None, idle: bool = False
    ) -> Task:
        """With a progress that ends the work where it says it is complete."""

        def ended(held: Progress) -> Any:
            assert isinstance(held, CancellableProgress)
            return work(_Ends(held))

        return super().run(ended, done, failed, progress, asker)


class _Ends(CancellableProgress):
    def __init__(self, held: CancellableProgress) -> None:
        super().__init__(unheard)
        self._held = held

    def __call__(self, done: int, total: int, words: str) -> None:
        if done == total > 0:
            self._held.cancel()
        self._held(done, total, words)


@pytest.fixture(scope="module")
def october(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_file(tmp_path_factory.mktemp("cases") / "records.db", OCTOBER)


@pytest.fixture
def session(october: Path, tmp_path: Path) -> Iterator[Session]:
    with opened(october, tmp_path / "records.db") as made:
        yield made


def shown(qtbot: QtBot, session: Session, path: Path | None = None, size: tuple[int, int] = (1366, 768)) -> Shown:
    """The page, with a file chosen by the button when one is given."""
    desk = desk_of(session)
    page = Shown(qtbot, ImportCasesPage(desk, ChosenFile(path)), desk, None, QSize(*size))
    if path is not None:
        part(page, SecondaryButton, "choose_button").click()
        settled(qtbot, page)
    return page


def settled(qtbot: QtBot, page: Shown) -> None:
    qtbot.waitUntil(lambda: not page.desk.tasks.busy())
    QApplication.processEvents()


def part(page: Shown, kind: type[Any], name: str) -> Any:
    found = page.page.findChild(kind, name)
    assert found is not None
    return found


def counts(page: Shown) -> list[int]:
    names = ("new_chip", "changed_chip", "unchanged_chip", "refused_chip")
    return [int(part(page, SecondaryButton, name).text().split()[-1]) for name in names]


def listed(page: Shown) -> list[tuple[str, ...]]:
    model = part(page, QTableView, "rows_view").model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def held(session: Session, kind: type[Any]) -> int:
    with session.work.reading() as records:
        return len(records.find(kind))


def test_a_preview_says_new_changed_unchanged_and_refused_before_anything_goes_in(
    qtbot: QtBot, session: Session
) -> None:
    page = shown(qtbot, session, NOVEMBER)
    assert sum(counts(page)) == 48 and counts(page)[0] == 20
    assert len(listed(page)) == 20
    assert part(page, DayField, "as_of_edit").day() == date(2026, 11, 21)
    part(page, SecondaryButton, "changed_chip").click()
    assert any("total 12 → 9" in row[2] for row in listed(page))
    assert held(session, Case) == 28


def test_importing_is_one_step_told_to_the_others_and_taken_back_by_undo(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, NOVEMBER)
    told: list[set[str]] = []
    page.desk.changes.changed.connect(told.append)
    part(page, PrimaryButton, "import_button").click()
    settled(qtbot, page)
    assert (held(session, Case), held(session, Snapshot)) == (48, 2)
    assert told == [{"cases", "meeting"}]
    assert part(page, InlineBar, "done_bar").text().startswith("Imported: 20 new")
    assert held(session, CaseTurn) == 46
    part(page, InlineBar, "done_bar").undo_asked.emit()
    settled(qtbot, page)
    assert (held(session, Case), held(session, Snapshot), held(session, CaseTurn)) == (28, 1, 0)


def test_refused_rows_are_listed_with_line_column_value_and_reason(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, MISTAKES)
    rows = listed(page)
    assert part(page, SecondaryButton, "refused_chip").isChecked()
    assert len(rows) == counts(page)[3]
    assert ("6", "Risk Score", "forty", "The score must be a whole number, for example 40.") in rows
    assert "character was lost" in part(page, QLabel, "warnings_label").text()


def test_another_as_of_date_is_compared_again_and_one_to_come_is_refused_at_its_field(
    qtbot: QtBot, session: Session
) -> None:
    page = shown(qtbot, session, NOVEMBER)
    field = part(page, DayField, "as_of_edit")
    type_day(field, "23 nov")
    settled(qtbot, page)
    assert "Set by hand to Mon 23 Nov 2026" in part(page, QLabel, "as_of_hint").text()
    type_day(field, "1/12/2026")
    settled(qtbot, page)
    assert "in the future" in part(page, FieldError, "as_of_error").text()
    assert not part(page, PrimaryButton, "import_button").isEnabled()
    type_day(field, "22 nov")  # the caret stands where the refusal is
    settled(qtbot, page)
    part(page, PrimaryButton, "import_button").click()
    settled(qtbot, page)
    with session.work.reading() as records:
        assert {s.as_of for s in records.find(Snapshot)} >= {date(2026, 11, 22)}


def test_the_same_file_twice_has_nothing_to_import(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, OCTOBER)
    button = part(page, PrimaryButton, "import_button")
    assert counts(page) == [0, 0, 28, 0]
    assert (button.isEnabled(), button.text()) == (False, "Nothing to import")
    why = "There is nothing to import: all of this is already recorded, as of Tue 20 Oct 2026 or later."
    assert part(page, QLabel, "counts_label").text().endswith(why)


def test_a_later_export_with_nothing_new_records_its_day_and_says_so(qtbot: QtBot, session: Session) -> None:
    import_cases(session, read_cases(NOVEMBER))
    page = shown(qtbot, session, NOVEMBER)
    edit = part(page, DayField, "as_of_edit")
    type_day(edit, "23 nov")
    settled(qtbot, page)
    button = part(page, PrimaryButton, "import_button")
    assert button.words() == "Record as of Mon 23 Nov 2026"
    assert counts(page) == [0, 0, 48, 0]
    assert (
        part(page, QLabel, "counts_label")
        .text()
        .endswith("No case has changed. Only the date of the export (Mon 23 Nov 2026) is recorded.")
    )
    button.click()
    qtbot.waitUntil(lambda: part(page, InlineBar, "done_bar").text() == "Recorded: no changes")
    with session.work.reading() as records:
        assert max(s.as_of for s in records.find(Snapshot)) == date(2026, 11, 23)


def test_a_file_that_is_no_export_is_refused_in_words(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    wrong = tmp_path / "shopping.csv"
    wrong.write_text("Bread,Milk\n1,2\n", encoding="utf-8")
    page = shown(qtbot, session, wrong)
    assert "not a Safety Net export" in part(page, FieldError, "file_error").text()
    assert part(page, QFrame, "preview_frame").isHidden()
    page.page.read(NOVEMBER)  # type: ignore[attr-defined]
    settled(qtbot, page)
    assert part(page, FieldError, "file_error").text() == ""
    assert counts(page)[0] == 20


def test_a_file_can_be_dropped(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    what = QMimeData()
    what.setUrls([QUrl.fromLocalFile(str(NOVEMBER))])
    none = Qt.KeyboardModifier.NoModifier
    part(page, DropArea, "drop_area").dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, what, Qt.MouseButton.LeftButton, none)
    )
    settled(qtbot, page)
    assert counts(page)[0] == 20


def test_cancelling_keeps_nothing_half_done(qtbot: QtBot, session: Session) -> None:
    desk = desk_of(session)
    late = PageContext(session, desk.changes, CancelledAtTheEnd())
    page = Shown(qtbot, ImportCasesPage(late, ChosenFile(NOVEMBER)), late, NOVEMBER, QSize(1366, 768))
    settled(qtbot, page)
    part(page, PrimaryButton, "import_button").click()
    assert part(page, ProgressPanel, "progress_panel").cancel_button.isVisible()
    settled(qtbot, page)
    assert (held(session, Case), held(session, Snapshot)) == (28, 1)
    assert part(page, InlineBar, "done_bar").isHidden()
    assert counts(page)[0] == 20


def test_cancel_stops_the_work_under_way(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    page.page.read(NOVEMBER)  # type: ignore[attr-defined]
    part(page, ProgressPanel, "progress_panel").cancel_button.click()
    settled(qtbot, page)
    assert part(page, ProgressPanel, "progress_panel").isHidden()
    assert part(page, QFrame, "preview_frame").isHidden()


def test_a_change_of_mind_changes_nothing(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    part(page, SecondaryButton, "choose_button").click()
    assert not page.desk.tasks.busy()
    assert not part(page, PrimaryButton, "import_button").isEnabled()


def test_the_rows_model_keeps_qts_rules(qtbot: QtBot, session: Session) -> None:
    desk_of(session)
    model = PlainRowsModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_rows(("A", "B"), [("1", "2"), ("3", "")])
    model.show_rows(("A",), [])
    assert model.rowCount() == 0


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900), (640, 360)])
@pytest.mark.parametrize("path", [None, MISTAKES])
def test_nothing_is_cut_and_everything_has_its_name(
    qtbot: QtBot, session: Session, size: tuple[int, int], path: Path | None
) -> None:
    page = shown(qtbot, session, path, size)
    settle(page.window, QSize(*size))
    assert clipped_texts(page.window) == []
    assert unnamed_controls(page.window) == []


def theirs(path: Path, change: Any = None, heads: dict[str, str] | None = None, encoding: str = "utf-8") -> Path:
    """November as a sender of its own writes it: some headings of theirs, some lines changed."""
    rows = list(csv.reader(NOVEMBER.read_text(encoding="utf-8-sig").splitlines()))
    rows[0] = [(heads or {}).get(cell, cell) for cell in rows[0]]
    for row in rows[1:]:
        if change:
            change(row)
    told = io.StringIO()
    csv.writer(told).writerows(row for row in rows if row)
    path.write_bytes(told.getvalue().encode(encoding, "ignore"))
    return path


def tables(page: Shown) -> Any:
    return part(page, ImportTables, "preview_frame")


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


@pytest.mark.qt_log_ignore("This plugin does not support", "Keyboard event not accepted")
def test_a_column_that_is_not_sure_is_asked_beside_its_values_chosen_by_key_and_remembered(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    file = theirs(tmp_path / "cases-2026-11-21.csv", heads={"Risk Score": "Points"})
    page = shown(qtbot, session, file)
    view = tables(page).columns_view
    assert "“Points”, may be Risk Score" in part(page, FieldError, "file_error").text()
    assert view.hasFocus() and view.model().index(view.currentIndex().row(), 1).data() == "Points"
    assert "9   38" in view.model().index(view.currentIndex().row(), 2).data()
    assert not part(page, PrimaryButton, "import_button").isEnabled()
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    box = view.findChild(QComboBox)
    assert box is not None and box.currentText() == "Risk Score"
    box.view().setFocus()
    QTest.keyClick(box.view(), Qt.Key.Key_Return)
    settled(qtbot, page)
    assert sum(counts(page)) == 48 and part(page, FieldError, "file_error").text() == ""
    sender = part(page, SenderField, "sender_field")
    assert sender.edit.text() == "Safety Net" and sender.isVisible()
    sender.edit.setText("County export")
    part(page, PrimaryButton, "import_button").click()
    settled(qtbot, page)
    assert senders(session, "cases") == ("County export",)
    page.page.read(theirs(tmp_path / "cases-2026-11-22.csv", heads={"Risk Score": "Points"}))  # type: ignore[attr-defined]
    settled(qtbot, page)
    assert sum(counts(page)) == 48 and tables(page).columns_view.model().mapping.columns[9].field == "Risk Score"
    assert sender.edit.text() == "County export"


def test_a_list_nearly_like_a_senders_may_be_read_by_what_was_said_of_theirs(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    page = shown(qtbot, session, theirs(tmp_path / "cases-2026-11-21.csv", heads={"Risk Score": "Points"}))
    tables(page).columns_view.choose(9, "Risk Score")
    settled(qtbot, page)
    part(page, PrimaryButton, "import_button").click()
    settled(qtbot, page)
    page.page.read(theirs(tmp_path / "b.csv", heads={"Risk Score": "Points", "Ward": "Division"}))  # type: ignore[attr-defined]
    settled(qtbot, page)
    sender = part(page, SenderField, "sender_field")
    assert sender.use_button.words() == "Use the columns of Safety Net"
    sender.use_button.click()
    settled(qtbot, page)
    assert tables(page).columns_view.model().mapping.columns[9].field == "Risk Score" and sum(counts(page)) == 48


def test_a_column_is_left_out_by_delete_and_what_it_held_stays(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    page = shown(qtbot, session, theirs(tmp_path / "cases-2026-11-21.csv"))
    tables(page).show_list("columns")
    view = tables(page).columns_view
    view.selectRow(6)
    press(view, Qt.Key.Key_Delete)
    settled(qtbot, page)
    assert view.model().mapping.columns[6].field == "" and view.model().index(6, 3).data() == "Not imported"
    assert "The file has no column for Ward" in part(page, QLabel, "warnings_label").text()


def test_a_value_that_cannot_be_read_is_corrected_here_or_its_line_left_out(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session, MISTAKES)
    before = counts(page)
    view = part(page, QTableView, "rows_view")
    row = next(n for n, one in enumerate(listed(page)) if one[2] == "forty")
    view.selectRow(row)
    press(view, Qt.Key.Key_Return)
    field = view.findChild(QLineEdit)
    assert field is not None
    field.setText("40")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()  # the field closes at its next turn
    settled(qtbot, page)
    assert counts(page)[3] == before[3] - 1 and sum(counts(page)) == sum(before)
    view.selectRow(0)
    line = listed(page)[0][0]
    press(view, Qt.Key.Key_Delete)
    settled(qtbot, page)
    assert line not in [one[0] for one in listed(page)]
    tables(page).show_list("left")
    assert ("", line, "left out by you") in listed(page)


def test_cases_that_are_gone_and_references_like_known_ones_are_asked_and_answered_by_key(
    qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    import_cases(session, read_cases(NOVEMBER))

    def change(row: list[str]) -> None:
        row[0] = row[0].replace("SN-2026-069601", "SN/2026/69601")
        if row[0] in ("SN-2026-069502", "SN-2026-047003"):
            row.clear()

    page = shown(qtbot, session, theirs(tmp_path / "cases-2026-11-22.csv", change))
    asked = part(page, ImportQuestions, "questions_panel")
    gone, alike = asked.questions()
    assert gone.title == "2 cases are not in this file" and alike.hint == "a leading zero is missing"
    QTest.keyClick(page.page, Qt.Key.Key_F8)
    card = asked.card(gone.key)
    assert card.lines.hasFocus()
    press(card.lines, Qt.Key.Key_Space)
    settled(qtbot, page)
    assert card.lines.item(0).text().startswith("Closed there: SN-2026-047003")
    QTest.keyClicks(card.lines, "2")
    settled(qtbot, page)
    assert card.lines.item(0).text().startswith("Moved away: ") and asked.questions()[0].is_answered
    QTest.keyClick(page.page, Qt.Key.Key_F8)
    QTest.keyClicks(asked.card(alike.key).lines, "1")
    settled(qtbot, page)
    assert part(page, SecondaryButton, "next_button").isHidden() and asked.open_question() is None
    part(page, PrimaryButton, "import_button").click()
    settled(qtbot, page)
    kept = {(one.reference, one.answer.value) for one in decisions(session)}
    assert kept == {
        ("SN-2026-069502", "moved away"),
        ("SN-2026-047003", "moved away"),
        ("SN-2026-69601", "same case"),
    }
    part(page, InlineBar, "done_bar").undo_asked.emit()
    settled(qtbot, page)
    assert decisions(session) == () and held(session, Case) == 48


def test_letters_that_came_out_wrong_are_set_right_on_the_page(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    page = shown(qtbot, session, theirs(tmp_path / "cases-2026-11-21.csv", encoding="mac-roman"))
    asked = part(page, ImportQuestions, "questions_panel")
    (letters,) = [one for one in asked.questions() if one.key == "letters"]
    assert "Se‡n îBriain".replace("îB", "î B") in letters.lines[0].title
    asked.card("letters").buttons[1].click()
    settled(qtbot, page)
    (letters,) = [one for one in asked.questions() if one.key == "letters"]
    assert "Seán Ó Briain" in letters.lines[0].title and letters.lines[0].answer == "mac-roman"


def test_two_sheets_that_could_be_meant_are_asked_about(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    from openpyxl import Workbook

    made, file = Workbook(), tmp_path / "cases-2026-11-21.xlsx"
    rows = list(csv.reader(NOVEMBER.read_text(encoding="utf-8-sig").splitlines()))
    for row in rows:
        made.worksheets[0].append(row)
    other = made.create_sheet("Part")
    for row in rows[:5]:
        other.append(row)
    made.save(file)
    page = shown(qtbot, session, file)
    asked = part(page, ImportQuestions, "questions_panel")
    assert [choice.label for choice in asked.questions()[0].choices] == ["Sheet", "Part"]
    asked.card("sheet").take_focus()
    QTest.keyClicks(asked.card("sheet").lines, "2")
    settled(qtbot, page)
    assert sum(counts(page)) == 4


def test_cells_copied_in_a_spreadsheet_come_in_like_a_file(qtbot: QtBot, session: Session) -> None:
    page = shown(qtbot, session)
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("only words")
    part(page, SecondaryButton, "paste_button").click()
    assert "is not a table" in part(page, FieldError, "file_error").text()
    rows = csv.reader(NOVEMBER.read_text(encoding="utf-8-sig").splitlines())
    clipboard.setText("\n".join("\t".join(row) for row in rows))
    QTest.keyClick(page.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settled(qtbot, page)
    clipboard.clear()
    assert sum(counts(page)) == 48 and part(page, QLabel, "file_label").text() == "pasted cells"
    part(page, PrimaryButton, "import_button").click()
    settled(qtbot, page)
    assert held(session, Case) == 48
    assert session.work.undo() is not None and held(session, Case) == 28
