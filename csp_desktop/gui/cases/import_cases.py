"""Taking over an export of Safety Net: a file dropped or chosen, what it would do, then one step that can be undone."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_import_cases import Ui_ImportCases
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.column_table import COLUMN_KEYS
from csp_desktop.gui.widgets.containers import wrapping
from csp_desktop.gui.widgets.import_questions import QUESTION_KEYS
from csp_desktop.gui.widgets.import_tables import COLUMNS, PreviewList, left_list, refused_list
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, GO_ON, HELP, NEXT, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import SPREADSHEETS, Ask
from csp_desktop.gui.window.file_import import NEXT_QUESTION, PASTE, FileImport, Importing, pasted_cells
from csp_desktop.gui.window.page import Page
from csp_desktop.services.cases.case_import import ImportPreview, Kind, import_cases, preview_cases
from csp_desktop.services.cases.import_questions import OLDER
from csp_desktop.services.common.import_answers import Answers, all_questions
from csp_desktop.services.common.import_columns import ColumnMapping, ColumnsUnclear
from csp_desktop.services.common.import_rows import CaseFile
from csp_desktop.services.common.sender_columns import senders
from csp_desktop.services.meeting.agenda import bring_walk_up_to_date
from csp_desktop.services.ports.work import Step

HEADS, WIDTHS = ("Reference", "Case", "What changes"), (150, 300)


KINDS = (("new", "New", Kind.NEW), ("changed", "Changed", Kind.CHANGED), ("unchanged", "Unchanged", Kind.UNCHANGED))


def lists_of(preview: ImportPreview) -> list[PreviewList]:
    """The lists of a preview: what changes, what is refused, what is left out."""
    found = []
    for key, name, kind in KINDS:
        rows = tuple((r.reference, r.title, r.words) for r in preview.rows if r.kind is kind)
        found.append(PreviewList(key, name, len(rows), HEADS, rows, WIDTHS))
    return [*found, refused_list(preview.refused, preview.mapping), left_list(preview.left_out)]


def counts_words(preview: ImportPreview) -> str:
    """'20 new, 25 changed, 3 unchanged. 2 rows refused; they do not go in.'"""
    said = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged."
    refused = len(preview.refused)
    if refused:
        said += f" {refused} {'row is' if refused == 1 else 'rows are'} refused and will not be imported."
    return f"{said} {preview.nothing_new}".strip()


def day_words(parsed: CaseFile, own: date | None) -> str:
    """Where the as-of day comes from."""
    if own is not None:
        return f"Set by hand to {dated_day(own)}."
    if parsed.named_day:
        return "From the file name."
    if parsed.named_month:
        return "The latest date in the file within the month of its name. Change it if the export was made later."
    return "The latest date in the file. Change it if the export was made later."


CHOOSE_FILE = Action("choose a file", ("Ctrl+O",), "_choose", strip="choose a file")
SAFETY_NET = "Safety Net"
IMPORT = Action("import", GO_ON.keys, "_take_over", strip="import")


class ImportCasesPage(Page):
    """Leads back to "cases". Reading, comparing and importing run off the window's thread and can be cancelled."""

    NEEDS_ROOM = True

    ACTIONS = (
        NEXT,
        *called(CHOOSE, "choose a row", "row"),
        *COLUMN_KEYS,
        *QUESTION_KEYS,
        NEXT_QUESTION,
        CHOOSE_FILE,
        PASTE,
        UNDO,
        IMPORT,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._session, self._ask = context.session, ask or Ask()
        self._own_day: date | None = None
        self._is_new = False  # a file that was only just read
        self._ui = Ui_ImportCases()
        self._ui.setupUi(self)
        self._import = FileImport(context, self._ui.progress_panel, self._cases(), self)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui, px = self._ui, current().px
        wrapping(ui.layout_5)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_widths(Column.SIDE, 420, 380)
        ui.columns.set_names(work="the file", side="this import")
        ui.choose_button.set_icon("upload")
        ui.import_button.set_height(48)
        ui.import_button.set_key(IMPORT.shown)
        ui.drop_icon.setPixmap(icons.pixmap("file-text", px(28), current().tokens.accent, self.devicePixelRatioF()))
        ui.paste_button.set_icon("layers")
        ui.next_button.set_key(NEXT_QUESTION.shown)

    def _connect(self) -> None:
        ui = self._ui
        ui.choose_button.clicked.connect(self._choose)
        ui.drop_area.dropped.connect(self.read)
        ui.progress_panel.busy.connect(lambda _: self.refresh())
        ui.import_button.clicked.connect(self._take_over)
        self._import.compared.connect(self._compared)
        self._import.unclear.connect(self._unclear)
        self._import.refused.connect(self._refused)
        self._import.taken.connect(self._taken)
        ui.as_of_edit.set_today(lambda: self._session.today, past=True)
        ui.as_of_edit.tell_at(ui.as_of_error)
        ui.as_of_edit.given.connect(self._move_day)
        ui.done_bar.undo_asked.connect(self.undo)
        ui.empty_state.pressed.connect(self._all_cases)
        ui.paste_button.clicked.connect(self._paste)
        ui.next_button.clicked.connect(self._next_question)
        ui.questions_panel.answered.connect(self._import.answer)
        ui.preview_frame.columns_said.connect(self._import.say_columns)
        ui.preview_frame.corrected.connect(self._import.correct)
        ui.preview_frame.dropped.connect(self._import.drop)
        ui.sender_field.used.connect(self._import.say_sender)

    def entered(self, argument: object = None) -> None:
        """Ready for a file; a path given is read at once."""
        self._forget()
        self._take_day(self._session.today)
        self._ui.done_bar.dismiss()
        self.refresh()
        self._ui.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(argument, Path):
            self.read(argument)

    def left(self) -> None:
        """Work under way stops; nothing half done is kept."""
        self._import.forget()

    @property
    def _file(self) -> CaseFile | None:
        file: CaseFile | None = self._import.file
        return file

    @property
    def _preview(self) -> ImportPreview | None:
        preview: ImportPreview | None = self._import.preview
        return preview

    def _cases(self) -> Importing:
        session = self._session

        def take(parsed: CaseFile, preview: ImportPreview, answers: Answers) -> ImportPreview:
            done = import_cases(session, parsed, preview.as_of, answers=answers)
            bring_walk_up_to_date(session)
            return done

        return Importing(
            session.papers.read_cases,
            lambda parsed, answers: preview_cases(session, parsed, self._own_day, answers=answers),
            take,
            step="import of",
            among="the current cases",
            kind="cases",
        )

    def _forget(self) -> None:
        self._import.forget()
        self._own_day = None
        self._ui.sender_field.forget()
        self._ui.file_error.clear()
        self._ui.as_of_error.clear(self._ui.as_of_edit)

    def refresh(self) -> None:
        """Show the file in hand, what it would do, and what can be done."""
        ui, preview, busy = self._ui, self._preview, self._ui.progress_panel.is_running()
        mapping, has_columns = self._import.mapping, self._import.mapping is not None
        for button in (ui.choose_button, ui.paste_button):
            button.setEnabled(not busy)
        ui.preview_frame.setVisible(has_columns)
        ui.preview_frame.setEnabled(not busy)
        ui.empty_state.setVisible(not has_columns)
        ui.as_of_edit.setEnabled(self._file is not None and not busy)
        does = preview is not None and (preview.records_day or bool(preview.decisions))
        ui.import_button.setEnabled(does and not busy)
        ui.file_hint.setVisible(not has_columns)
        ui.file_label.setText(self._import.name or "Drop the export here, or choose the file")
        ui.empty_state.set_content(*_first_words(busy), icon="layers")
        ui.snapshot_caption.setText("")
        ui.as_of_hint.setText(day_words(self._file, self._own_day) if self._file else "Proposed when a file is chosen.")
        ui.counts_label.setText(counts_words(preview) if preview else "")
        warnings = _warnings(preview) if preview else ()
        ui.warnings_title.setVisible(bool(warnings))
        ui.warnings_label.setVisible(bool(warnings))
        ui.warnings_label.setText("\n\n".join(warnings))
        ui.import_button.setText(_button(preview))
        self._show_questions(mapping, preview)
        self.bar_changed.emit()

    def _show_questions(self, mapping: ColumnMapping | None, preview: ImportPreview | None) -> None:
        ui, importing = self._ui, self._import
        asked = all_questions(mapping, preview.questions if preview else ())
        ui.questions_panel.show_questions(asked)
        ui.next_button.setVisible(ui.questions_panel.open_question() is not None)
        if mapping is not None:
            first = self._first_list(preview) if self._is_new else ""
            lists = lists_of(preview) if preview else []
            ui.preview_frame.show_lists(mapping, importing.chosen.fields, lists, first)
            usual = next(iter(senders(self._session, "cases")), SAFETY_NET)
            ui.sender_field.show_sender(importing.known, importing.proposed, usual, said=importing.columns_said)

    def _first_list(self, preview: ImportPreview | None) -> str:
        if preview is None:
            return COLUMNS
        counts = {"refused": len(preview.refused), "new": preview.new, "changed": preview.changed}
        return next((key for key, count in counts.items() if count), "unchanged")

    def read(self, path: Path | bytes) -> None:
        """Read this file, or what was pasted, and say what it would do."""
        if self._ui.progress_panel.is_running():
            return
        self._ui.done_bar.dismiss()
        self._forget()
        self._is_new = self._import.read(path)

    def _compared(self, preview: ImportPreview) -> None:
        self._ui.as_of_error.clear(self._ui.as_of_edit)
        self._ui.file_error.clear()
        self._take_day(preview.as_of)
        self._show_read()

    def _unclear(self, unclear: ColumnsUnclear) -> None:
        """A person has to say what some columns are; until then no row is read."""
        self._ui.file_error.set_error(unclear.sentence)
        self._show_read()

    def _show_read(self) -> None:
        self.refresh()
        if self._is_new:
            self._ui.preview_frame.take_focus()
        self._is_new = False

    def _refused(self, refusal: Refused) -> None:
        """At the file that cannot be read, else at the day."""
        self._is_new = False
        if self._file is None:
            self._ui.file_error.set_error(refusal.sentence)
        else:
            self._ui.as_of_error.set_error(refusal.sentence, self._ui.as_of_edit)
        self.refresh()

    def _move_day(self, day: date) -> None:
        """Another as-of day: compare again."""
        known = self._preview is not None and self._preview.as_of == day
        if self._file is not None and not known and not self._ui.progress_panel.is_running():
            self._own_day = day
            self._import.compare()

    def _take_over(self) -> None:
        """All rows in order, or none; never as of another day than the one that stands there."""
        ui, preview = self._ui, self._preview
        if preview is None or not ui.import_button.isEnabled():
            return
        try:
            day = ui.as_of_edit.required_day("as_of")
        except FieldRefused as refusal:
            ui.as_of_error.set_error(refusal.sentence, ui.as_of_edit)
            ui.as_of_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if day != preview.as_of:
            self._move_day(day)
        else:
            self._import.take(self._ui.sender_field.name())

    def _taken(self, imported: ImportPreview) -> None:
        self._context.changes.tell("cases", "meeting")
        words = f"Imported: {imported.new} new, {imported.changed} changed"
        words = "Recorded: no changes" if imported.nothing_new else words
        self._forget()
        self._ui.done_bar.say(words, f"as of {screen_day(imported.as_of, self._context.session.today)}", stay=True)
        self.refresh()
        self._ui.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        path = self._ask.open_file(self, "Choose the Safety Net export", [SPREADSHEETS])
        if path is not None:
            self.read(path)
        else:
            self._ui.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paste(self) -> None:
        """Cells copied in a spreadsheet, as if they were a file."""
        try:
            cells = pasted_cells()
        except Refused as refusal:
            self._ui.file_error.set_error(refusal.sentence)
            return
        self.read(cells)

    def _next_question(self) -> None:
        self._ui.questions_panel.go_next()

    def after_undo(self, step: Step) -> None:
        """What the file would do is another now."""
        self._import.compare()

    def _take_day(self, day: date) -> None:
        self._ui.as_of_edit.set_day(day)

    def _all_cases(self) -> None:
        self.navigate.emit("cases", None)

    def bar_state(self) -> BarState:
        """What is being done."""
        headline = "Choose the file exported from Safety Net"
        if self._import.mapping is not None:
            headline = counts_words(self._preview).split(".")[0] if self._preview else "Match the columns"
        refused = len(self._preview.refused) if self._preview else 0
        notes = (BarNote(f"{refused} refused", amber=True),) if refused else ()
        named = self._import.name or "from Safety Net"
        return BarState("Import cases", named, icon="download", headline=headline, notes=notes)

    def strip_text(self) -> str:
        """Nothing leaves the laptop."""
        return "The file is read on this laptop and not kept."


def _first_words(busy: bool) -> tuple[str, str]:
    if busy:
        return "Please wait", "Reading the file."
    return "No file chosen yet", "You see what is new, changed or refused before anything is imported."


def _warnings(preview: ImportPreview) -> tuple[str, ...]:
    return (*((OLDER,) if preview.older else ()), *(warning.sentence for warning in preview.warnings))


def _button(preview: ImportPreview | None) -> str:
    if preview is None:
        return "&Import"
    count = preview.new + preview.changed
    if count:
        return f"&Import {count} {'case' if count == 1 else 'cases'}"
    return f"&Record as of {dated_day(preview.as_of)}" if preview.records_day else "Nothing to import"
