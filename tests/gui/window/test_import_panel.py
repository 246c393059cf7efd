"""Every import: shown first, one step, cancelled without a trace, refused at its place, put away when left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from csp_desktop.documents.earlier_minutes import print_earlier_minutes
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.exchange.members import members_template, read_members
from csp_desktop.exchange.open_actions import actions_template, read_actions
from csp_desktop.exchange.private.rough_sleepers import people_template, read_people
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.registry import GROUP
from csp_desktop.services.common.sender_columns import senders
from csp_desktop.services.meeting.earlier_minutes import earlier_kept
from csp_desktop.services.people.settings import change_settings
from tests.exchange.test_word_tables import document
from tests.support.fakes import NO_PAPERS, fake_session
from tests.support.held_meeting import partnership
from tests.support.pages import ScriptedAsk, desk_of
from tests.support.prepared_meeting import people_session
from tests.support.private_session import private_session

DATA = Path(__file__).parents[2] / "data"
PAPERS = replace(
    NO_PAPERS,
    read_book=read_book,
    read_cases=read_cases,
    read_members=read_members,
    members_template=members_template,
    read_actions=read_actions,
    actions_template=actions_template,
    read_people=read_people,
    people_template=people_template,
    print_earlier_minutes=print_earlier_minutes,
)
MEMBERS = "Name,Agency,Agency kind,Job title\nLeo Park,Foodbank,other,Driver\nMoira Vance,Foodbank,other,Lead\n"
CTRL = Qt.KeyboardModifier.ControlModifier


class Kind:
    """One kind of list: its page, what it is read into, and a file of it."""

    def __init__(self, window: Any, stem: str, session: Callable[[], Any], record: type[Any], text: str) -> None:
        self.window, self.stem, self.session, self.record, self.text = window, stem, session, record, text


CASES = (DATA / "safety-net/cases-2026-10.csv").read_text("utf-8")
SLEEPING_ROUGH = (DATA / "rough-sleeping/people.csv").read_text("utf-8")
OPEN_ACTIONS = (
    "Officer,Action,By,Agreed on\n"
    "Dan Holt,Mend the gate,12/11/2026,29/10/2026\nEwa Łukasik,Write to the landlord,,29/10/2026\n"
)
KINDS = {
    "cases": Kind(GROUP, "import_cases", fake_session, Case, CASES),
    "members": Kind(GROUP, "people", partnership, Member, MEMBERS),
    "actions": Kind(GROUP, "import_actions", partnership, Action, OPEN_ACTIONS),
    "register": Kind(PRIVATE, "private_register", private_session, Member, MEMBERS),
    "people": Kind(PRIVATE, "import_rough_sleepers", private_session, RoughSleeper, SLEEPING_ROUGH),
}
LISTS = [name for name in KINDS if name != "cases"]


class Shown:
    """An import's page in its window, with its reader held back while `reading` is not set."""

    def __init__(self, qtbot: Any, kind: Kind, folder: Path) -> None:
        self._bot, self._kind, self._folder = qtbot, kind, folder
        self.reading = Event()
        self.reading.set()
        self.session = replace(kind.session(), papers=replace(PAPERS, read_book=self._held(read_book)))
        self.desk: PageContext = desk_of(self.session)
        self.told: list[set[str]] = []
        self.desk.changes.changed.connect(self.told.append)
        self.ask = ScriptedAsk(folder / "empty.xlsx")
        self.page = kind.window.page(kind.stem).load()(self.desk, self.ask)
        self.ui = self.page._ui
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page(kind.stem, self.page)
        self.went: list[str] = []
        self.page.navigate.disconnect()
        self.page.navigate.connect(lambda stem, _: self.went.append(stem))
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.show_page(kind.stem)
        panel = self.page.findChild(ProgressPanel)
        assert panel is not None
        self.panel: ProgressPanel = panel
        self.before = self.count()

    def _held(self, read: Callable[..., Any]) -> Callable[..., Any]:
        def reads(*given: Any) -> Any:
            self.reading.wait()
            return read(*given)

        return reads

    def file(self, text: str = "", name: str = "list.csv") -> Path:
        path = self._folder / name
        path.write_text(text or self._kind.text, encoding="utf-8")
        return path

    def read(self, path: Path) -> None:
        (self.page.read if self._kind.stem == "import_cases" else self.ui.import_panel.read)(path)

    def shown(self, path: Path | None = None) -> None:
        self.read(path or self.file())
        self.rest()

    def rest(self) -> None:
        self._bot.waitUntil(lambda: not self.desk.tasks.busy())
        QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, held)

    def count(self) -> int:
        with self.session.work.reading() as records:
            return len(records.find(self._kind.record))

    def in_hand(self) -> bool:
        """Whether a file is being read, compared or shown."""
        cases = self._kind.stem == "import_cases"
        return self.page._preview is not None if cases else self.ui.import_panel.is_open()

    def listed(self) -> int:
        """How many rows of a file stand on the page, seen or not."""
        if self._kind.stem == "import_cases":
            shown = self.ui.preview_frame.isVisibleTo(self.page)
            return self.ui.preview_frame.rows_view.rows.rowCount() if shown else 0
        tables = self.ui.import_panel.tables
        return tables.rows_view.rows.rowCount() if tables.shown() else 0

    def errors(self) -> list[str]:
        return [error.text() for error in self.page.findChildren(FieldError) if error.text() and error.isVisible()]


@pytest.fixture(params=KINDS)
def shown(request, qtbot, tmp_path):
    made = Shown(qtbot, KINDS[request.param], tmp_path)
    yield made
    made.reading.set()
    made.rest()


@pytest.fixture(params=LISTS)
def with_list(request, qtbot, tmp_path):
    made = Shown(qtbot, KINDS[request.param], tmp_path)
    yield made
    made.reading.set()
    made.rest()


def test_it_is_shown_before_it_goes_in_as_one_step_that_can_be_undone(shown):
    shown.shown()
    assert shown.in_hand() and shown.listed() and shown.count() == shown.before
    shown.told.clear()
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    assert shown.count() > shown.before and not shown.in_hand()
    assert set().union(*shown.told) & {"people", "cases", "actions"}
    assert shown.ui.done_bar.isVisible()
    assert shown.session.work.last_step().words.endswith(" of list.csv")
    shown.press(Qt.Key.Key_Z, CTRL)
    assert shown.count() == shown.before


def test_while_a_file_is_read_cancel_has_the_focus_and_leaves_nothing(shown):
    shown.reading.clear()
    shown.read(shown.file())
    assert QApplication.focusWidget() is shown.panel.cancel_button
    assert shown.panel.isVisible() and shown.panel.text() == "Reading list.csv"
    shown.press(Qt.Key.Key_Space)
    assert not shown.panel.isVisible() and not shown.in_hand()
    shown.reading.set()
    shown.rest()
    assert not shown.in_hand() and shown.listed() == 0 and shown.count() == shown.before
    shown.shown()
    assert shown.in_hand(), "the page can be used at once"


def test_another_file_waits_until_this_one_is_read(shown):
    shown.reading.clear()
    first, other = shown.file(), shown.file("nothing", "other.csv")
    shown.read(first)
    shown.read(other)
    shown.reading.set()
    shown.rest()
    assert shown.listed() and shown.errors() == []


def test_what_is_no_such_list_is_refused_at_its_place_and_the_next_one_is_read(shown):
    shown.shown(shown.file("a,b\n1,2\n", "other.csv"))
    (sentence,) = shown.errors()
    assert sentence and shown.count() == shown.before
    shown.press(Qt.Key.Key_Return, CTRL)
    assert shown.count() == shown.before
    shown.press(Qt.Key.Key_Escape)
    shown.shown()
    assert shown.in_hand() and shown.errors() == []


def test_a_file_that_has_gone_is_refused_in_the_same_words(shown):
    path = shown.file()
    path.unlink()
    shown.shown(path)
    (sentence,) = shown.errors()
    assert sentence.startswith("list.csv could not be read: ")


def test_leaving_the_page_puts_the_list_away(shown):
    shown.shown()
    shown.page.left()
    shown.page.entered()
    assert not shown.in_hand() and shown.listed() == 0 and shown.count() == shown.before


def test_leaving_the_page_while_a_file_is_read_gives_it_up(shown):
    shown.reading.clear()
    shown.read(shown.file())
    shown.page.left()
    shown.reading.set()
    shown.rest()
    assert not shown.in_hand() and shown.listed() == 0


def test_what_a_file_would_do_is_compared_again_after_an_undo(shown):
    change_settings(shown.session, partnership="Another partnership")
    shown.shown()
    compared: list[object] = []
    (shown.page._import if hasattr(shown.page, "_import") else shown.ui.import_panel._import).compared.connect(
        compared.append
    )
    shown.press(Qt.Key.Key_Z, CTRL)
    shown.rest()
    assert len(compared) == 1 and shown.in_hand()


def test_escape_puts_a_list_away_and_only_then_leads_back(with_list):
    with_list.shown()
    with_list.press(Qt.Key.Key_Escape)
    assert not with_list.in_hand() and with_list.went == []
    with_list.press(Qt.Key.Key_Escape)
    assert with_list.went == ["back"]


def test_a_list_can_be_dropped_on_the_page_while_no_other_is_in_hand(with_list):
    assert _drop(with_list, with_list.file("no list", "notes.pdf")) is False
    assert _drop(with_list, with_list.file()) is True
    with_list.rest()
    assert with_list.in_hand()
    assert _drop(with_list, with_list.file()) is False


def _drop(shown: Shown, path: Path) -> bool:
    """Whether the page took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    came, dropped = QDragEnterEvent(QPointF(9, 9).toPoint(), *how), QDropEvent(QPointF(9, 9), *how)
    for event in (came, dropped):
        event.ignore()
        QApplication.sendEvent(shown.page, event)
    return came.isAccepted() and dropped.isAccepted()


def test_the_name_of_a_file_never_widens_the_page(with_list):
    wide = with_list.page.minimumSizeHint().width()
    with_list.shown(with_list.file(name=f"{'list of everybody ' * 8}.csv"))
    assert with_list.page.minimumSizeHint().width() == wide


def test_an_empty_list_is_saved_where_one_says(with_list):
    with_list.ui.template_button.click()
    path = with_list.ask.path
    assert path.exists() and with_list.ui.done_bar.accessibleName() == f"Saved, {path}"


@pytest.mark.parametrize("kind", ["members", "register"])
def test_a_name_like_one_known_stays_out_until_a_person_says_it_is_someone_else(qtbot, tmp_path, kind):
    shown = Shown(qtbot, KINDS[kind], tmp_path)
    text = "Name,Agency,Agency kind\nLeo Park,Foodbank,other\nLeo Parke,Foodbank,other\n"
    shown.shown(shown.file(text))
    panel = shown.ui.import_panel
    assert "1 name needs your answer" in panel.words.text()
    assert panel.take_button.text() == "Acce&pt 1 person"
    shown.press(Qt.Key.Key_F8)
    shown.press(Qt.Key.Key_1)
    shown.rest()
    assert panel.take_button.text() == "Acce&pt 2 people" and "answer" not in panel.words.text()
    shown.press(Qt.Key.Key_2)
    shown.rest()
    assert panel.take_button.text() == "Acce&pt 1 person", "and stays out again"
    shown.press(Qt.Key.Key_1)
    shown.rest()
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    assert shown.count() == shown.before + 2


def test_a_mistake_is_fixed_on_the_page_and_the_kind_of_a_new_agency_taken_as_suggested(qtbot, tmp_path):
    shown = Shown(qtbot, KINDS["members"], tmp_path)
    text = "Forename,Surname,Organisation,E-mail\nLeo,Park,Riverside Homes,leo@riverside\nMo,Vance,Riverside Homes,\n"
    shown.shown(shown.file(text))
    panel = shown.ui.import_panel
    rows = panel.tables.rows_view
    assert [rows.rows.index(n, 1).data() for n in range(rows.rows.rowCount())] == ["Email", "Agency kind"]
    assert rows.hasFocus() and panel.take_button.words() == "Nothing to import"
    shown.press(Qt.Key.Key_Return)
    field = rows.findChild(QLineEdit)
    field.setText("leo@riverside.example")
    shown.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    shown.rest()
    shown.press(Qt.Key.Key_F8)
    shown.press(Qt.Key.Key_Return)
    shown.rest()
    assert panel.take_button.words() == "Accept 2 people"
    assert "not in this list" in panel.questions.open_question().accessibleName()
    shown.press(Qt.Key.Key_F8)
    shown.press(Qt.Key.Key_3)
    shown.rest()
    assert panel.questions.open_question() is None
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    with shown.session.work.reading() as records:
        (agency,) = records.find(Agency, name="Riverside Homes")
        assert agency.kind is AgencyKind.HOUSING
    shown.press(Qt.Key.Key_Z, CTRL)
    assert shown.count() == shown.before


def test_what_is_said_of_the_columns_of_people_sleeping_rough_stays_in_the_private_file(qtbot, tmp_path):
    shown = Shown(qtbot, KINDS["people"], tmp_path)
    text = "Called,Area seen\nBig Dave,Town bridge\nSal,High Street\n"
    shown.shown(shown.file(text.replace("Called", "Name")))
    panel = shown.ui.import_panel
    panel.tables.columns_view.choose(1, "Contact")
    shown.rest()
    assert panel.side.sender_field.name() == "List of people"
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    assert shown.count() == shown.before + 2 and senders(shown.session, "people") == ("List of people",)
    shown.shown(shown.file(text.replace("Called", "Name")))
    assert panel.tables.columns_view.model().mapping.columns[1].field == "Contact"
    assert panel.take_button.words() == "Nothing to import"
    shown.press(Qt.Key.Key_F8)
    shown.press(Qt.Key.Key_1)
    shown.rest()
    assert panel.take_button.words() == "Accept 3 answers", "of those not in the list, and nothing else"
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    shown.shown(shown.file(text.replace("Called", "Name")))
    assert panel.questions.open_question() is None and panel.take_button.words() == "Nothing to import"


def test_cells_are_pasted_where_a_list_can_be_chosen(with_list):
    text = with_list._kind.text.replace(",", "\t")
    QGuiApplication.clipboard().setText(text)
    with_list.press(Qt.Key.Key_V, CTRL | Qt.KeyboardModifier.ShiftModifier)
    with_list.rest()
    QGuiApplication.clipboard().clear()
    assert with_list.in_hand() and with_list.listed()
    with_list.press(Qt.Key.Key_Return, CTRL)
    with_list.rest()
    assert with_list.count() > with_list.before


def test_a_button_pastes_cells_too(with_list):
    QGuiApplication.clipboard().setText(with_list._kind.text.replace(",", "\t"))
    with_list.ui.paste_button.click()
    with_list.rest()
    QGuiApplication.clipboard().clear()
    assert with_list.in_hand() and with_list.listed()


def test_actions_of_a_word_document_wait_for_who_is_meant_and_take_the_day_it_names(qtbot, tmp_path):
    shown = Shown(qtbot, KINDS["actions"], tmp_path)
    heads = ("Who", "Action", "By when", "Status")
    rows = (("Dan", "Visit the flat", "12/11/2026", "Open"), ("Leo Park", "Call", "", ""), ("Ewa", "Paint", "", "Done"))
    path = tmp_path / "minutes.docx"
    path.write_bytes(document((heads, *rows), before=("Minutes of the CPG, 29 October 2026",)))
    shown.shown(path)
    panel = shown.ui.import_panel
    assert shown.ui.held_edit.text() == "Thu 29 Oct 2026"
    assert not shown.ui.keep_check.isVisible(), "meetings were held here"
    assert panel.take_button.words() == "Accept 1 action"
    shown.press(Qt.Key.Key_F8)
    shown.press(Qt.Key.Key_2)
    shown.rest()
    assert panel.take_button.words() == "Accept 2 actions" and "New people: Leo Park." in panel.words.text()
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    assert shown.ui.done_bar.accessibleName() == "Actions imported, 2 new, Leo Park added to the list"
    with shown.session.work.reading() as records:
        made = [one for one in records.find(Action) if one.what in ("Visit the flat", "Call", "Paint")]
    assert {(one.what, one.agreed_on) for one in made} == {
        ("Visit the flat", date(2026, 10, 29)),
        ("Call", date(2026, 10, 29)),
    }


def test_a_day_that_is_none_is_told_at_its_field_and_another_is_compared_with(qtbot, tmp_path):
    shown = Shown(qtbot, KINDS["actions"], tmp_path)
    shown.shown(shown.file("Officer,Action\nDan Holt,Visit\n"))
    assert shown.ui.import_panel.take_button.words() == "Accept 1 action", "of the last meeting held here"
    for typed, refused in (("soon", True), ("31/12/2099", True), ("1 October 2026", False)):
        shown.ui.held_edit.setText(typed)
        shown.ui.held_edit.editingFinished.emit()
        shown.rest()
        assert bool(shown.errors()) is refused
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    with shown.session.work.reading() as records:
        assert [one.agreed_on for one in records.find(Action, what="Visit")] == [date(2026, 10, 1)]


def test_the_text_of_the_last_minutes_is_kept_with_its_day_and_what_is_wanting_is_told_at_its_field(qtbot, tmp_path):
    kind = KINDS["actions"]
    shown = Shown(qtbot, Kind(kind.window, kind.stem, fake_session, kind.record, kind.text), tmp_path)
    ui = shown.ui
    ui.keep_button.click()
    assert ui.held_edit.hasFocus() and "date of the meeting" in ui.held_error.text()
    ui.held_edit.setText("29 October 2026")
    ui.keep_button.click()
    assert ui.minutes_edit.hasFocus() and ui.minutes_error.text() == "Paste the text of the minutes."
    ui.minutes_edit.setPlainText("Present: Dan Holt\nThe flat: visit agreed.")
    ui.keep_button.click()
    words = "Minutes of Thu 29 Oct 2026, 2 lines; present: Dan Holt"
    assert ui.done_bar.accessibleName() == f"Minutes kept, {words}" and ui.kept_label.text() == f"Kept: {words}."
    assert ui.minutes_edit.toPlainText() == "" and shown.errors() == []
    ui.show_button.click()
    assert (ui.held_edit.text(), ui.minutes_edit.toPlainText().splitlines()[1]) == (
        "Thu 29 Oct 2026",
        "The flat: visit agreed.",
    )
    ui.minutes_edit.clear()
    ui.choose_button.setFocus()
    shown.press(Qt.Key.Key_Z, CTRL)
    assert ui.kept_label.text() == "" and not ui.show_button.isVisible()
    ui.held_edit.clear()
    path = tmp_path / "minutes.docx"
    path.write_bytes(document(before=("Minutes of 1 October 2026", "The flat: visit agreed.")))
    ui.import_panel.read(path)
    shown.rest()
    assert ui.minutes_edit.hasFocus() and "minutes.docx has no table" in ui.done_bar.accessibleName()
    assert ui.minutes_edit.toPlainText() == "Minutes of 1 October 2026\nThe flat: visit agreed."
    ui.keep_button.click()
    assert ui.kept_label.text() == "Kept: Minutes of Thu 1 Oct 2026, 2 lines."
    shown.ask.path = tmp_path / "kept.pdf"
    ui.print_button.click()
    assert shown.ask.path.read_bytes().startswith(b"%PDF") and shown.ask.suggested == ["minutes 2026-10-01.pdf"]


def test_the_text_of_a_word_document_is_kept_with_its_actions_unless_one_says_no(qtbot, tmp_path):
    kind = KINDS["actions"]
    shown = Shown(qtbot, Kind(kind.window, kind.stem, people_session, kind.record, kind.text), tmp_path)
    with shown.session.work.reading() as records:
        name = records.find(Member)[0].name
    path = tmp_path / "minutes.docx"
    path.write_bytes(document((("Officer", "Action"), (name, "Visit")), before=("Minutes of 29 October 2026",)))
    shown.shown(path)
    assert shown.ui.keep_check.isVisible() and shown.ui.keep_check.isChecked()
    shown.press(Qt.Key.Key_Return, CTRL)
    shown.rest()
    assert [one.on for one in earlier_kept(shown.session)] == [date(2026, 10, 29)]
    shown.press(Qt.Key.Key_Z, CTRL)
    shown.rest()
    assert earlier_kept(shown.session) == () and shown.count() == shown.before
    shown.shown(path)
    shown.ui.keep_check.setChecked(False)
    shown.ui.import_panel.take()
    shown.rest()
    assert earlier_kept(shown.session) == () and shown.count() == shown.before + 1
