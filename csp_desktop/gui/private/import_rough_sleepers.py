"""Taking over a list of people sleeping rough: read and compared off the window's thread, shown, then taken in."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_import_rough_sleepers import Ui_ImportRoughSleepers
from csp_desktop.gui.people.people import dropped_list
from csp_desktop.gui.people.people_import import TAKE_OVER, MemberImport
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.window.actions import HELP, IMPORT, LOCK, UNDO
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.file_dialogs import SPREADSHEETS, Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import connect_rail, fill_rail
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.private.people_import import import_people, preview_people

TEMPLATE = "empty list.xlsx"  # a name says nothing of what is to stand in it


class ImportRoughSleepersPage(Page):
    """Choose or drop a file; the preview says new, changed, unchanged, refused."""

    ACTIONS = (IMPORT.called("choose a file", "choose a file", "_choose"), TAKE_OVER, UNDO, LOCK, HELP)

    def __init__(self, desk: Desk, ask: Ask | None = None) -> None:
        super().__init__(desk)
        self._ask = ask or Ask()
        self._ui = Ui_ImportRoughSleepers()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.rail, ui.work_frame, None)
        ui.choose_button.set_icon("upload")
        ui.template_button.set_icon("download")
        ui.import_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.view_stack.setCurrentWidget(ui.choose_page)
        reads = desk.session.papers.read_people
        assert reads is not None  # the private file's papers
        self._import = MemberImport(ui, desk, self, preview_people, import_people, reads)
        connect_rail(ui.rail, self, "import_rough_sleepers")
        ui.choose_button.clicked.connect(self._choose)
        ui.template_button.clicked.connect(self._save_template)
        self._import.opened.connect(lambda: self._show(ui.import_view_page))
        self._import.closed.connect(lambda: self._show(ui.choose_page))
        self._import.taken.connect(self._taken)
        ui.done_bar.undo_asked.connect(self.undo)
        self.setAcceptDrops(True)
        self.follow()

    def entered(self, argument: object = None) -> None:
        """Ready for a file."""
        self._ui.done_bar.dismiss()
        self.refresh()
        self._ui.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """A list that was only looked at is put away."""
        self._import.close()
        self._ui.import_view.set_entries([])

    def refresh(self) -> None:
        """The rail."""
        fill_rail(self._ui.rail, self._desk, "import_rough_sleepers")

    def _show(self, page: object) -> None:
        ui = self._ui
        ui.view_stack.setCurrentWidget(ui.import_view_page if page is ui.import_view_page else ui.choose_page)
        self.bar_changed.emit()

    def _choose(self) -> None:
        path = self._ask.open_file(self, "List of people", [SPREADSHEETS])
        if path is not None:
            self._import.read(path)

    def _save_template(self) -> None:
        makes = self._desk.session.papers.people_template
        path = self._ask.save_file(self, "Save an empty list", ["Spreadsheets (*.xlsx)"], Path.home() / TEMPLATE)
        if path is None or makes is None:
            return
        try:
            save(path, makes())
        except NotSaved as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._ui.done_bar.say(f"Saved as {path.name}", undo="")

    def _taken(self, words: str) -> None:
        self._ui.done_bar.say("List taken over", words)
        self._desk.changes.tell("people")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One spreadsheet."""
        if dropped_list(event) is not None and not self._import.is_open():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The same as choosing it."""
        path = dropped_list(event)
        if path is not None:
            event.acceptProposedAction()
            self._import.read(path)

    def bar_state(self) -> BarState:
        """Where one is."""
        return BarState(
            title="Rough sleeping, private",
            subtitle="Preparing, New Hope alone",
            icon="lock",
            headline="Import people",
        )

    def _take_over(self) -> None:
        self._import.take()

    def strip_text(self) -> str:
        """What happens with the file."""
        return "The file stays where it is: delete it yourself once it is taken over."
