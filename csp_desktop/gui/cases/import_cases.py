"""Taking over an export of Safety Net: a file dropped or chosen, what it would do, then one step that can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QDate, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QHeaderView, QWidget

from csp_desktop._built.ui_import_cases import Ui_ImportCases
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState
from csp_desktop.gui.window.actions import BACK, CHOOSE, GO_ON, HELP, NEXT, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import SPREADSHEETS, Ask
from csp_desktop.gui.window.import_panel import FileImport, Importing
from csp_desktop.gui.window.page import Page
from csp_desktop.services.cases.case_import import ImportPreview, Kind, import_cases, preview_cases
from csp_desktop.services.cases.import_questions import OLDER, alike_words, vanished_words
from csp_desktop.services.common.import_rows import CaseFile
from csp_desktop.services.meeting.agenda import bring_walk_up_to_date
from csp_desktop.services.ports.work import Step

_Index = QModelIndex | QPersistentModelIndex


class PlainRowsModel(QAbstractTableModel):
    """Heads and rows; every cell has its whole words in the tooltip."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_rows(self, heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Other rows."""
        self.beginResetModel()
        self._heads, self._rows = tuple(heads), tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One for each head."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if 0 <= section < len(self._heads) else None
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        words = self._rows[index.row()][index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {words or 'empty'}"
        return None


HEADS = {False: ("Reference", "Case", "What changes"), True: ("Line", "Column", "Value", "Why refused")}


@dataclass(frozen=True)
class Chip:
    """One of the four lists of a preview."""

    text: str
    kind: Kind | None
    count: Callable[[ImportPreview], int]

    @property
    def refused(self) -> bool:
        """Whether it lists what is wrong."""
        return self.kind is None


CHIPS = (
    Chip("New", Kind.NEW, lambda p: p.new),
    Chip("Changed", Kind.CHANGED, lambda p: p.changed),
    Chip("Unchanged", Kind.UNCHANGED, lambda p: p.unchanged),
    Chip("Refused", None, lambda p: len(p.refused)),
)


def chip_text(chip: Chip, preview: ImportPreview) -> str:
    """'New  20'"""
    return f"{chip.text}  {chip.count(preview)}"


def rows_of(chip: Chip, preview: ImportPreview) -> list[tuple[str, ...]]:
    """The rows of one list."""
    if chip.kind is None:
        return [(str(r.line), r.column, r.value, r.reason) for r in preview.refused]
    return [(r.reference, r.title, r.words) for r in preview.rows if r.kind is chip.kind]


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


MEASURED = 500  # rows whose height follows their words; more would take long


CHOOSE_FILE = Action("choose a file", ("Ctrl+O",), "_choose", strip="choose a file")
IMPORT = Action("import", GO_ON.keys, "_take_over", strip="import")


class ImportCasesPage(Page):
    """Leads back to "cases". Reading, comparing and importing run off the window's thread and can be cancelled."""

    ACTIONS = (NEXT, *called(CHOOSE, "choose a row", "row"), CHOOSE_FILE, UNDO, IMPORT, BACK, HELP)

    def __init__(self, context: PageContext, ask: Ask | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._session, self._ask = context.session, ask or Ask()
        self._own_day: date | None = None
        self._chip, self._is_new = CHIPS[0], False  # a file that was only just read
        self._ui = Ui_ImportCases()
        self._ui.setupUi(self)
        self._model = PlainRowsModel(self)
        self._import = FileImport(context, self._ui.progress_panel, self._cases(), self)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the file", side="this import")
        ui.choose_button.set_icon("upload")
        ui.import_button.set_height(48)
        ui.import_button.set_key(IMPORT.shown)
        ui.drop_icon.setPixmap(icons.pixmap("file-text", px(28), current().tokens.accent, self.devicePixelRatioF()))
        group = QButtonGroup(self)
        self._chips = dict(zip(CHIPS, (ui.new_chip, ui.changed_chip, ui.unchanged_chip, ui.refused_chip), strict=True))
        for chip, button in self._chips.items():
            button.setCheckable(True)
            button.set_height(30)
            button.clicked.connect(lambda _=False, chip=chip: self._show_rows(chip))
            group.addButton(button)
        view = ui.rows_view
        view.setModel(self._model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.horizontalHeader().setStretchLastSection(True)
        view.verticalHeader().hide()
        view.verticalHeader().setAccessibleName("Rows")
        view.horizontalHeader().setAccessibleName("Columns")
        view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        ui = self._ui
        ui.choose_button.clicked.connect(self._choose)
        ui.drop_area.dropped.connect(self.read)
        ui.progress_panel.busy.connect(lambda _: self.refresh())
        ui.import_button.clicked.connect(self._take_over)
        self._import.compared.connect(self._compared)
        self._import.refused.connect(self._refused)
        self._import.taken.connect(self._taken)
        ui.as_of_edit.editingFinished.connect(self._move_day)
        ui.as_of_edit.dateChanged.connect(lambda _: None if ui.as_of_edit.hasFocus() else self._move_day())
        ui.done_bar.undo_asked.connect(self.undo)
        ui.empty_state.pressed.connect(self._all_cases)

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

        def take(parsed: CaseFile, preview: ImportPreview) -> ImportPreview:
            done = import_cases(session, parsed, preview.as_of)
            bring_walk_up_to_date(session)
            return done

        return Importing(
            session.papers.read_cases,
            lambda parsed: preview_cases(session, parsed, self._own_day),
            take,
            step="import of",
            among="the current cases",
        )

    def _forget(self) -> None:
        self._import.forget()
        self._own_day = None
        self._ui.file_error.clear()
        self._ui.as_of_error.clear(self._ui.as_of_edit)

    def refresh(self) -> None:
        """Show the file in hand, what it would do, and what can be done."""
        ui, preview, busy = self._ui, self._preview, self._ui.progress_panel.is_running()
        ui.choose_button.setEnabled(not busy)
        ui.preview_frame.setVisible(preview is not None)
        ui.empty_state.setVisible(preview is None)
        ui.as_of_edit.setEnabled(self._file is not None and not busy)
        ui.import_button.setEnabled(preview is not None and not busy and preview.records_day)
        ui.file_label.setText(self._file.name if self._file else "Drop the export here, or choose the file")
        ui.empty_state.set_content(*_first_words(busy), icon="layers")
        ui.snapshot_caption.setText("")
        ui.as_of_hint.setText(day_words(self._file, self._own_day) if self._file else "Date of the export.")
        ui.counts_label.setText(counts_words(preview) if preview else "")
        warnings = _warnings(preview) if preview else ()
        ui.warnings_title.setVisible(bool(warnings))
        ui.warnings_label.setVisible(bool(warnings))
        ui.warnings_label.setText("\n\n".join(warnings))
        ui.import_button.setText(_button(preview))
        if preview is not None:
            for chip, button in self._chips.items():
                button.setText(chip_text(chip, preview))
            self._show_rows(self._chip)
        self.bar_changed.emit()

    def read(self, path: Path) -> None:
        """Read this file and say what it would do."""
        if self._ui.progress_panel.is_running():
            return
        self._ui.done_bar.dismiss()
        self._forget()
        self._is_new = self._import.read(path)

    def _compared(self, preview: ImportPreview) -> None:
        self._ui.as_of_error.clear(self._ui.as_of_edit)
        self._take_day(preview.as_of)
        if self._is_new:
            self._chip = next((c for c in (CHIPS[3], *CHIPS[:3]) if c.count(preview)), CHIPS[0])
        self._is_new = False
        self.refresh()
        self._ui.rows_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, refusal: Refused) -> None:
        """At the file that cannot be read, else at the day."""
        if self._file is None:
            self._ui.file_error.set_error(refusal.sentence)
        else:
            self._ui.as_of_error.set_error(refusal.sentence, self._ui.as_of_edit)
        self.refresh()

    def _move_day(self) -> None:
        """Another as-of day: compare again."""
        shown = self._ui.as_of_edit.date()
        day = date(shown.year(), shown.month(), shown.day())
        known = self._preview is not None and self._preview.as_of == day
        if self._file is not None and not known and not self._ui.progress_panel.is_running():
            self._own_day = day
            self._import.compare()

    def _take_over(self) -> None:
        """All rows in order, or none."""
        if self._ui.import_button.isEnabled():
            self._import.take()

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

    def after_undo(self, step: Step) -> None:
        """What the file would do is another now."""
        self._import.compare()

    def _take_day(self, day: date) -> None:
        blocked = self._ui.as_of_edit.blockSignals(True)
        self._ui.as_of_edit.setDate(QDate(day.year, day.month, day.day))
        self._ui.as_of_edit.blockSignals(blocked)

    def _show_rows(self, chip: Chip) -> None:
        self._chip = chip
        self._chips[chip].setChecked(True)
        if self._preview is not None:
            self._model.show_rows(HEADS[chip.refused], rows_of(chip, self._preview))
        self._fit()

    def _fit(self) -> None:
        """Narrow columns as they need, the last takes the rest."""
        view, px = self._ui.rows_view, current().px
        title = max(px(240), min(px(460), view.viewport().width() * 2 // 5))
        widths = (px(60), px(170), px(150)) if self._chip.refused else (px(150), title)
        for number, wide in enumerate(widths):
            view.setColumnWidth(number, wide)
        if self._model.rowCount() <= MEASURED:
            view.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The last column takes what there is."""
        super().resizeEvent(event)
        self._fit()

    def _all_cases(self) -> None:
        self.navigate.emit("cases", None)

    def bar_state(self) -> BarState:
        """What is being done."""
        headline = (
            counts_words(self._preview).split(".")[0] if self._preview else "Choose the file exported from Safety Net"
        )
        refused = len(self._preview.refused) if self._preview else 0
        notes = (BarNote(f"{refused} refused", amber=True),) if refused else ()
        named = self._file.name if self._file else "from Safety Net"
        return BarState("Import cases", named, icon="download", headline=headline, notes=notes)

    def strip_text(self) -> str:
        """Nothing leaves the laptop."""
        return "The file is read on this laptop and not kept."


def _first_words(busy: bool) -> tuple[str, str]:
    if busy:
        return "Please wait", "Reading the file."
    return "No file chosen yet", "You see what is new, changed or refused before anything is imported."


def _warnings(preview: ImportPreview) -> tuple[str, ...]:
    asked = [*alike_words(preview.looks_like), *filter(None, [vanished_words(preview.vanished)])]
    return (*((OLDER,) if preview.older else ()), *asked, *(warning.sentence for warning in preview.warnings))


def _button(preview: ImportPreview | None) -> str:
    if preview is None:
        return "&Import"
    count = preview.new + preview.changed
    if count:
        return f"&Import {count} {'case' if count == 1 else 'cases'}"
    return f"&Record as of {dated_day(preview.as_of)}" if preview.records_day else "Nothing to import"
