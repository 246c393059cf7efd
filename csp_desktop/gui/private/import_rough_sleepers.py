"""Taking over a list of people sleeping rough: read and compared off the window's thread, shown, then taken in."""

from PySide6.QtCore import Qt

from csp_desktop._built.ui_import_rough_sleepers import Ui_ImportRoughSleepers
from csp_desktop.gui.widgets.column_table import COLUMN_KEYS
from csp_desktop.gui.widgets.import_questions import QUESTION_KEYS
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, HELP, IMPORT, LOCK, UNDO
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.file_import import NEXT_QUESTION, PASTE, Importing
from csp_desktop.gui.window.import_panel import TAKE_OVER, save_template
from csp_desktop.gui.window.list_page import ListImportPage
from csp_desktop.services.private.people_import import import_people, preview_people

TEMPLATE = "empty list.xlsx"  # a name says nothing of what is to stand in it


def people_of(context: PageContext) -> Importing:
    """A list of people sleeping rough."""
    session = context.session
    read = session.papers.read_people
    assert read is not None  # the private file's papers
    return Importing(
        read,
        lambda parsed, answers: preview_people(session, parsed, answers),
        lambda parsed, _, answers: import_people(session, parsed, answers),
        step="people of",
        among="the current people",
        kind="people",
    )


class ImportRoughSleepersPage(ListImportPage):
    """Choose or drop a file; the preview says new, changed, unchanged, refused."""

    LIST = "List of people"
    ACTIONS = (
        *COLUMN_KEYS,
        *QUESTION_KEYS,
        NEXT_QUESTION,
        IMPORT.called("choose a file", "choose a file", "_ask_for_list"),
        PASTE,
        TAKE_OVER,
        UNDO,
        LOCK,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ui = Ui_ImportRoughSleepers()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.import_panel.side)
        ui.columns.set_widths(Column.SIDE, 420, 380)
        ui.columns.set_names(work="the list", side="this import")
        ui.paste_button.set_icon("layers")
        ui.choose_button.set_icon("upload")
        ui.template_button.set_icon("download")
        self.takes(ui.import_panel, ask)
        self.stands_in(ui.view_stack, ui.choose_page, ui.choose_button, ui.done_bar)
        ui.import_panel.set_up(context, people_of(context), self, "List of people")
        ui.paste_button.clicked.connect(ui.import_panel.paste)
        ui.template_button.clicked.connect(self._save_template)
        ui.import_panel.taken.connect(self._taken)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow()

    def entered(self, argument: object = None) -> None:
        """Ready for a file."""
        self._ui.done_bar.dismiss()
        self.refresh()
        self._ui.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """The rail."""

    def _save_template(self) -> None:
        makes, bar = self._context.session.papers.people_template, self._ui.done_bar
        assert makes is not None  # the private file's papers
        save_template(self, self._ask, "Save an empty list", TEMPLATE, makes, bar)

    def _taken(self, words: str) -> None:
        self._ui.done_bar.say("List imported", words)
        self._context.changes.tell("people")

    def bar_state(self) -> BarState:
        """Where one is."""
        return BarState(
            title="Private rough-sleeping meeting",
            subtitle="Preparation, New Hope only",
            icon="lock",
            headline="Import people",
        )

    def strip_text(self) -> str:
        """What happens with the file."""
        return "The file stays where it is: delete it yourself once it is imported."
