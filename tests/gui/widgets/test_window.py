"""The window round the pages: what is hidden at once, and what comes back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QVBoxLayout

from csp_desktop.gui.lock.hide_keys import HideKeys
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.window.bug_report import where_it_broke
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.file_dialogs import CSV, Ask
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from tests.support.fakes import fake_session
from tests.support.pages import desk_of
from tests.support.patient_bot import once_shown


class NotePage(Page):
    """A page with one field, which remembers what it was told."""

    def __init__(self, title: str) -> None:
        super().__init__(desk_of(fake_session()))
        self.title = title
        self.told: list[tuple[str, object]] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def bar_state(self) -> BarState:
        return BarState(self.title)

    def entered(self, argument: object = None) -> None:
        self.told.append(("entered", argument))
        self.field.setFocus()

    def left(self) -> None:
        self.told.append(("left", None))


def note(window: MainWindow, name: str) -> NotePage:
    """One of the two pages, by its name."""
    page = window.page_named(name)
    assert isinstance(page, NotePage)
    return page


@pytest.fixture
def window(qtbot):
    made = MainWindow()
    qtbot.addWidget(made)
    made.add_page("home", NotePage("Home"))
    made.add_page("case", NotePage("Case"))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_page("home")
    return made


@pytest.fixture
def keys(qapp, window):
    made = HideKeys(qapp)
    made.hidden.connect(window.cover)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


def test_a_page_leads_to_another_and_the_bar_follows(window: MainWindow) -> None:
    window.page_named("home").navigate.emit("case", 8)
    assert window.page() is window.page_named("case")
    assert note(window, "home").told[-1] == ("left", None)
    assert note(window, "case").told == [("entered", 8)]
    assert window.bar.state().title == "Case"


def test_f12_hides_everything_and_it_comes_back_to_the_same_caret(qtbot, window: MainWindow, keys: HideKeys) -> None:
    field = note(window, "home").field
    qtbot.keyClicks(field, "locks changed")
    field.setCursorPosition(5)
    qtbot.keyClick(field, Qt.Key.Key_F12)
    assert window.is_covered()
    assert not field.isVisible()
    assert note(window, "home").told[-1] == ("left", None)
    window.uncover()
    assert QApplication.focusWidget() is field
    assert (field.text(), field.cursorPosition()) == ("locks changed", 5)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_f12_works_under_a_dialog_and_a_menu(qtbot, window: MainWindow, keys: HideKeys) -> None:
    dialog, menu = QDialog(window), QMenu(window)
    dialog.setModal(True)
    menu.addAction("One")
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_F12)
    assert window.is_covered()
    assert not dialog.isVisible()
    window.uncover()
    menu.popup(window.mapToGlobal(window.rect().center()))
    qtbot.keyClick(menu, Qt.Key.Key_F12)
    assert window.is_covered()
    assert not menu.isVisible()


def test_ctrl_l_asks_for_the_lock_even_in_a_text_field(qtbot, window: MainWindow, keys: HideKeys) -> None:
    field = note(window, "home").field
    with qtbot.waitSignal(keys.lock_asked):
        qtbot.keyClick(field, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, "l")
    assert field.text() == "l"


def test_another_page_can_stand_in_place_of_the_cover(window: MainWindow) -> None:
    unlock = NotePage("Unlock")
    window.cover(unlock)
    assert window.is_covered()
    assert unlock.isVisible()
    window.uncover()
    assert not unlock.isVisible()


def test_a_file_is_asked_for_in_a_dialog_that_can_be_typed_in(qtbot, window: MainWindow, tmp_path: Path) -> None:
    wanted = tmp_path / "cases.csv"
    wanted.write_text("Reference\n")

    def type_it(dialog: QFileDialog) -> None:
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText(str(wanted))
        qtbot.keyClick(field, Qt.Key.Key_Return)

    once_shown(QFileDialog, type_it)
    assert Ask().open_file(window, "Bring in cases", [CSV], tmp_path) == wanted


def test_what_changed_is_told_by_its_nouns(qtbot) -> None:
    changes = Changes()
    with qtbot.waitSignal(changes.changed) as told:
        changes.tell("cases", "actions")
    assert told.args == [{"cases", "actions"}]


def test_a_bug_report_holds_no_word_of_a_case() -> None:
    try:
        raise ValueError("Queens Road, M.T.")
    except ValueError as error:
        report = where_it_broke(error)
    assert "ValueError" in report
    assert "test_window.py" in report
    assert "Queens" not in report
