"""Pages on which a list is taken over: their keys are the same, whatever stands in the list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.window.file_dialogs import SPREADSHEETS, Ask
from csp_desktop.gui.window.import_panel import ImportPanel
from csp_desktop.gui.window.page import Page
from csp_desktop.services.ports.work import Step


class ListPage(Page):
    """A page with a panel for a list. Its form is set up before `takes`."""

    LIST = ""  # what the file dialog is called
    _ask: Ask
    _panel: ImportPanel

    def takes(self, panel: ImportPanel, ask: Ask | None) -> None:
        """The panel of its form, and who asks for files."""
        self._panel, self._ask = panel, ask or Ask()

    def _ask_for_list(self) -> None:
        if self._panel.is_open():
            return
        path = self._ask.open_file(self, self.LIST, [SPREADSHEETS])
        if path is not None:
            self._panel.read(path)

    def _paste(self) -> None:
        self._panel.paste()

    def _next_question(self) -> None:
        self._panel.next_question()

    def _take_over(self) -> None:
        self._panel.take()

    def after_undo(self, step: Step) -> None:
        """What a list would change is another now."""
        self._panel.compare()


class ListImportPage(ListPage):
    """A page for nothing else: the list is chosen on one page of a stack, and looked at on the other."""

    _stack: QStackedWidget
    _first: QWidget
    _button: QPushButton
    _bar: InlineBar

    def stands_in(self, stack: QStackedWidget, first: QWidget, button: QPushButton, bar: InlineBar) -> None:
        """The stack, its page where a list is chosen, and there the button for it."""
        self._stack, self._first, self._button, self._bar = stack, first, button, bar
        stack.setCurrentWidget(first)
        button.clicked.connect(self._ask_for_list)
        self._panel.opened.connect(self._opened)
        self._panel.closed.connect(self._closed)

    def left(self) -> None:
        """A list that was only looked at is put away."""
        self._panel.put_away()

    def go_back(self) -> None:
        """Out of the preview, and from there back."""
        if self._panel.is_open():
            self._panel.put_away()
        else:
            super().go_back()

    def _show(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self.bar_changed.emit()

    def _opened(self) -> None:
        self._bar.dismiss()  # of the list before
        self._show(self._panel)

    def _closed(self) -> None:
        self._show(self._first)
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
