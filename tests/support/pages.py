"""A page in its window as the program shows it, for tests of one page."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csp_desktop.gui.private.context import PrivatePageContext
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import Tasks


class ScriptedAsk(Ask):
    """Answers with the path it was given, or thinks better of it."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.suggested: list[str] = []

    def save_file(self, parent: Any, title: str, kinds: Any, suggested: Path) -> Path | None:
        """The path, remembering what was suggested."""
        self.suggested.append(suggested.name)
        return self.path

    def open_folder(self, parent: Any, title: str, start: Path | None = None) -> Path | None:
        """The same as a folder."""
        return self.path


class Shown:
    """A page shown in the main window, with where it asked to go."""

    def __init__(self, qtbot: QtBot, page: Page, desk: PageContext, argument: object, size: QSize) -> None:
        self.page, self.desk = page, desk
        self.window = MainWindow()
        self.window.setParent(None)
        qtbot.addWidget(self.window)
        self.went: list[tuple[str, object]] = []
        self.window.pages.addWidget(page)
        self.window.pages.setCurrentWidget(page)
        page.navigate.connect(lambda stem, value: self.went.append((stem, value)))
        self.window.resize(size)
        self.window.show()
        qtbot.waitUntil(self.window.isVisible)
        self.window.activateWindow()
        page.entered(argument)
        QApplication.processEvents()


def desk_of(session: Any) -> PageContext:
    """A desk for one test; the application is made when it is the first."""
    make_application(["test"])
    return PageContext(session, Changes(), Tasks())


def private_desk_of(session: Any) -> PrivatePageContext:
    """The same in the private window."""
    make_application(["test"])
    return PrivatePageContext(session, Changes(), Tasks(), table=PrivateTable())


def type_day(field: DayField, text: str, leave: Qt.Key = Qt.Key.Key_Return) -> None:
    """A day typed over the one that stands there, and the key that ends it."""
    field.setFocus(Qt.FocusReason.TabFocusReason)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, leave)
