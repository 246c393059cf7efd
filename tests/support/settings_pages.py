"""A settings page in its window, asked by what a person sees of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from tests.support.screens import SIZES

ACTING = (QLineEdit, QAbstractSpinBox, QAbstractItemView, QAbstractButton)


class Shown:
    """The page in its window, where it asked to go, and what it told the other pages."""

    def __init__(self, qtbot, make, session, section=None, size="1366x768"):
        self.session, changes = session, Changes()
        self.went: list[tuple[str, object]] = []
        self.told: list[set[str]] = []
        changes.changed.connect(self.told.append)
        self.page = make(PageContext(session, changes, Tasks()))
        self.ui, self.stem = self.page._ui, self.page.STEM
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page(self.stem, self.page)
        self.page.navigate.disconnect()
        self.page.navigate.connect(lambda stem, value: self.went.append((stem, value)))
        self.window.resize(SIZES[size])
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.enter(section)

    def enter(self, section=None):
        """Show a section, with everything in its place."""
        self.window.show_page(self.stem, section)
        for _ in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def field(self, name):
        """What a field of the table is changed with."""
        return self.page.rows[name].control

    def refusal(self, name):
        """The sentence at a field of the table."""
        return self.page.rows[name].error.text()

    def named(self, name):
        """What answers to this name on the screen."""
        children = (child for child in self.page.findChildren(QWidget) if isinstance(child, ACTING))
        return next(child for child in children if child.accessibleName() == name and child.isVisible())

    def sentences(self):
        """The refusals that are to be read."""
        labels = self.page.findChildren(QLabel)
        return [label.text() for label in labels if label.property("role") == "error" and label.isVisible()]

    def says(self, words):
        """Whether these words stand somewhere on the page."""
        return words in [label.text() for label in self.page.findChildren(QLabel)]


def write(qtbot, edit, text):
    """Type it in place of what stands there, then Enter."""
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
