"""Taking over open actions kept in Word or Excel: read and compared off the window's thread, shown, then taken in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from csp_desktop._built.ui_import_actions import Ui_ImportActions
from csp_desktop.domain.common.day_phrases import day_problem, read_past_day
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.earlier_minutes import DAY, LONGEST, TEXT
from csp_desktop.gui.widgets.column_table import COLUMN_KEYS
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.import_questions import QUESTION_KEYS
from csp_desktop.gui.widgets.import_tables import PreviewList, left_list, refused_list
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, HELP, IMPORT, UNDO
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.file_import import NEXT_QUESTION, PASTE, Importing
from csp_desktop.gui.window.import_panel import TAKE_OVER, ListWords, save_file, save_template
from csp_desktop.gui.window.list_page import ListImportPage
from csp_desktop.services.common.import_columns import ColumnMapping, LeftOut
from csp_desktop.services.common.import_rows import OnlyText
from csp_desktop.services.meeting.action_import import (
    ActionsPreview,
    held_back,
    import_actions,
    preview_actions,
    preview_words,
)
from csp_desktop.services.meeting.earlier_minutes import earlier_kept, keep_earlier, may_keep, printed_earlier
from csp_desktop.services.ports.work import Step

TEMPLATE = "open actions.xlsx"


def preview_lists(preview: ActionsPreview, mapping: ColumnMapping, left_out: Sequence[LeftOut]) -> list[PreviewList]:
    """What a list of actions would bring: what is to be fixed first, then the new ones, then what is left out of it."""
    wrong = replace(refused_list(held_back(preview), mapping), name="To fix")
    rows = tuple((one.who, one.what, one.due, one.about) for one in preview.details)
    heads = ("Officer", "Action", "By", "Case")
    return [wrong, PreviewList("new", "New", len(rows), heads, rows, (170, 330, 130)), left_list(left_out)]


def taken_words(made: ActionsPreview) -> str:
    """'9 new, 2 left out'"""
    lines = len({one.line for one in held_back(made)})
    added = f", {', '.join(made.added)} added to the list" if made.added else ""
    return f"{made.new} new{f', {lines} left out' if lines else ''}{added}"


WORDS = ListWords(preview_lists, preview_words, taken_words, "action", "actions")


class ImportActionsPage(ListImportPage):
    """Choose or drop a file, or paste; the preview says which actions are new, refused or left out. Leads to
    "actions"."""

    NEEDS_ROOM = True
    LIST = "Open actions"
    ACTIONS = (
        *COLUMN_KEYS,
        *QUESTION_KEYS,
        NEXT_QUESTION,
        IMPORT.called("choose a file", "choose a file", "_ask_for_list"),
        PASTE,
        TAKE_OVER,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._held_on: date | None = None
        self._keeps = True  # the text of a document as minutes
        self._ui = Ui_ImportActions()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.import_panel.side)
        ui.columns.set_widths(Column.SIDE, 420, 380)
        ui.columns.set_names(work="the list", side="this import")
        ui.paste_button.set_icon("layers")
        ui.choose_button.set_icon("upload")
        ui.template_button.set_icon("download")
        ui.minutes_edit.limit = LONGEST
        at_text = (ui.minutes_error, ui.minutes_edit)
        self.errors = FieldErrors({DAY: (ui.held_error, ui.held_edit), TEXT: at_text}, at_text)
        self.takes(ui.import_panel, ask)
        self.stands_in(ui.view_stack, ui.choose_page, ui.choose_button, ui.done_bar)
        ui.import_panel.set_up(context, self._actions(), self, "Action list", WORDS)
        self._connect()
        self.follow()

    def _connect(self) -> None:
        ui = self._ui
        ui.held_edit.editingFinished.connect(self._say_day)
        ui.keep_check.toggled.connect(self._say_keeps)
        ui.keep_button.clicked.connect(self._keep)
        ui.show_button.clicked.connect(self._show_kept)
        ui.print_button.clicked.connect(self._print)
        ui.paste_button.clicked.connect(ui.import_panel.paste)
        ui.template_button.clicked.connect(self._save_template)
        ui.import_panel.compared.connect(self._compared)
        ui.import_panel.refused.connect(self._refused)
        ui.import_panel.taken.connect(self._taken)
        ui.done_bar.undo_asked.connect(self.undo)

    def _actions(self) -> Importing:
        session = self._context.session
        read = session.papers.read_actions
        assert read is not None  # the group's papers
        return Importing(
            read,
            lambda parsed, answers: preview_actions(session, parsed, self._held_on, answers),
            lambda parsed, _, answers: import_actions(
                session, parsed, self._held_on, answers, keeps_minutes=self._keeps and may_keep(session)
            ),
            step="open actions of",
            among="the current actions",
            kind="actions",
        )

    def entered(self, argument: object = None) -> None:
        """Ready for a file; a path given is read at once."""
        self._ui.done_bar.dismiss()
        self._forget_day()
        self.refresh()
        self._ui.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(argument, Path):
            self._ui.import_panel.read(argument)

    def refresh(self) -> None:
        """What is kept already."""
        kept = earlier_kept(self._context.session)
        self._ui.kept_label.setText(f"Kept: {kept[0].words}." if kept else "")
        self._ui.show_button.setVisible(bool(kept))
        self._ui.print_button.setVisible(bool(kept))
        self._ui.keep_check.hide()

    def _forget_day(self) -> None:
        self._held_on = None
        self._ui.held_edit.clear()
        self._ui.held_error.clear(self._ui.held_edit)

    def _say_keeps(self, keeps: bool) -> None:
        self._keeps = keeps

    def _keep(self) -> None:
        """The text that was pasted, as the minutes of the day in its field; what is wanting is told at its field."""
        ui, session = self._ui, self._context.session
        self._say_day()
        if ui.held_error.text():
            ui.held_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            kept = keep_earlier(session, ui.minutes_edit.toPlainText(), self._held_on)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.errors.clear()
        ui.minutes_edit.clear()
        ui.done_bar.say("Minutes kept", kept.words)
        self._context.changes.tell("meeting")
        self.refresh()

    def _show_kept(self) -> None:
        """What is kept stands in the fields again, to be read or put right."""
        ui, kept = self._ui, earlier_kept(self._context.session)[0]
        ui.held_edit.setText(dated_day(kept.on))
        ui.minutes_edit.setPlainText(kept.text)
        ui.minutes_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_day()

    def _print(self) -> None:
        """What is kept, as pages to be read before they are agreed."""
        session, kept = self._context.session, earlier_kept(self._context.session)[0]
        usual = Path.home() / f"minutes {kept.on.isoformat()}.pdf"
        makes = partial(printed_earlier, session, kept.id)
        save_file(self, self._ask, "Save the kept minutes", usual, "PDF files (*.pdf)", makes, self._ui.done_bar)

    def _say_day(self) -> None:
        """Another day of the last meeting: compare again. What is no day of the past is told at the field."""
        ui, today = self._ui, self._context.session.today
        text = ui.held_edit.text().strip()
        day = read_past_day(text, today) if text else None
        ui.held_error.clear(ui.held_edit)
        if text and (day is None or day > today):
            words = day_problem(text, today, "Write the date of a meeting that was held, for example 29 October 2026.")
            ui.held_error.set_error(words, ui.held_edit)
            return
        if day != self._held_on:
            self._held_on = day
            ui.import_panel.compare()

    def _compared(self, preview: ActionsPreview) -> None:
        """The day that is taken stands in its field, where nobody said another."""
        edit = self._ui.held_edit
        if preview.held_on is not None and not edit.text() and not edit.hasFocus():
            self._held_on = preview.held_on
            edit.setText(dated_day(preview.held_on))
        file = self._ui.import_panel.file()
        has_text = file is not None and bool(file.prose)
        self._ui.keep_check.setVisible(has_text and may_keep(self._context.session))

    def _refused(self, refusal: Refused) -> None:
        """A document without a table is the minutes themselves: its text stands in their field, with its day."""
        if not isinstance(refusal, OnlyText) or not may_keep(self._context.session):
            return
        ui = self._ui
        ui.import_panel.put_away()
        ui.minutes_edit.setPlainText("\n".join(refusal.prose))
        if refusal.named_day is not None:
            ui.held_edit.setText(dated_day(refusal.named_day))
            self._say_day()
        ui.done_bar.say(f"{refusal.name} has no table", "Its text is below: check the date and keep it.", undo="")
        ui.minutes_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _closed(self) -> None:
        self._forget_day()
        self.refresh()
        super()._closed()

    def after_undo(self, step: Step) -> None:
        """What a list would bring, and what is kept, is another now."""
        self.refresh()
        super().after_undo(step)

    def _save_template(self) -> None:
        makes, bar = self._context.session.papers.actions_template, self._ui.done_bar
        assert makes is not None  # the group's papers
        save_template(self, self._ask, "Save an empty list of actions", TEMPLATE, makes, bar)

    def _taken(self, words: str) -> None:
        self._ui.done_bar.say("Actions imported", words)
        self._context.changes.tell("actions", "people", "meeting")

    def bar_state(self) -> BarState:
        """Where one is."""
        return BarState(
            title="Actions",
            subtitle="before the first meeting",
            icon="list-checks",
            headline="Open actions and last minutes",
        )

    def strip_text(self) -> str:
        """What happens with the file."""
        return "The file stays where it is."
