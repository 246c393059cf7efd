"""The journal: who did what and when, what each thing was before, and whether the file is as the program wrote it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QFrame, QHeaderView, QLabel, QWidget

from csp_desktop._built.ui_journal import Ui_Journal
from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.common.days import clock, clock_seconds, dated_day, local, screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.file.file_check import CHECK, FileCheck
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, Scroll
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, FIND_HERE, HELP, OPEN, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import bar_title
from csp_desktop.services.file.journal import (
    DISCLOSURES,
    ChangeRow,
    FieldRow,
    JournalRow,
    details,
    journal_of,
    on_day,
    page_of_journal,
)
from csp_desktop.services.file.record_labels import NOTHING, subject_id, subject_reference
from csp_desktop.services.ports.journal import JournalQuery

_Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("When", "By whom", "What")
PAGE, KEPT = 50, 12
Fetch = Callable[[JournalQuery, int, int], list[JournalRow]]
Count = Callable[[JournalQuery], int]


class JournalModel(QAbstractTableModel):
    """The journal for a table: lines are fetched a page at a time, found by the file itself.

    The user role holds the `JournalRow`; every cell has its words for a screen reader and the tooltip.
    """

    def __init__(self, fetch: Fetch, count: Count, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch, self._count = fetch, count
        self._query = JournalQuery()
        self._total = 0
        self._pages: dict[int, list[JournalRow]] = {}

    def show_query(self, query: JournalQuery) -> None:
        """Ask anew: other steps, or the same ones after more was done."""
        total, rows = self._count(query), self._fetch(query, 0, PAGE)
        self.beginResetModel()
        self._query, self._total, self._pages = query, total, {0: rows}
        self.endResetModel()

    def show_nothing(self) -> None:
        """No line, and none kept."""
        self.beginResetModel()
        self._total, self._pages = 0, {}
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many steps match in all, fetched or not."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """When, by whom, what."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section] if 0 <= section < len(COLUMNS) else None
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of the cell, or the row itself."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return cell_words(row)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()]}: {cell_words(row)[index.column()] or 'none'}"
        return row if role == Qt.ItemDataRole.UserRole else None

    def row(self, number: int) -> JournalRow | None:
        """One row, fetched with its page when it is first looked at; None beyond the end."""
        if not 0 <= number < self._total:
            return None
        page = number // PAGE
        if page not in self._pages:
            if len(self._pages) >= KEPT:
                self._pages.pop(next(iter(self._pages)))
            self._pages[page] = self._fetch(self._query, page * PAGE, PAGE)
        rows = self._pages[page]
        return rows[number % PAGE] if number % PAGE < len(rows) else None


def cell_words(row: JournalRow) -> tuple[str, str, str]:
    """What the cells of a line say; a case's reference stands before what was done to it."""
    day = local(row.at).date()
    when = f"{dated_day(day)}, {clock(row.at)}"
    what = f"{row.case} · {row.what}" if row.case else row.what
    what = f"{what}: {row.more}" if row.more else what
    return when, row.who, f"{what} (undone since)" if row.undone else what


ONE_LINE = 40  # letters of both values
MOST_LETTERS = 600  # of one value; notes can be long


def show_changes(scroll: Scroll, changes: Sequence[ChangeRow], total: int) -> None:
    """Put these records in place of those shown before."""
    body = scroll.body
    body.setContentsMargins(0, 0, current().px(10), 0)
    body.setSpacing(current().px(3))
    while body.count():
        item = body.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for number, change in enumerate(changes):
        if number:
            line = QFrame()
            set_role(line, "line")
            body.addSpacing(current().px(7))
            body.addWidget(line)
            body.addSpacing(current().px(7))
        for part in _parts(change):
            body.addWidget(part)
    if total > len(changes):
        body.addWidget(_label(f"And {total - len(changes)} more records.", "second"))
    body.addStretch(1)
    scroll.verticalScrollBar().setValue(0)


def _parts(change: ChangeRow) -> list[QWidget]:
    parts: list[QWidget] = [_label(f"{change.title}, {change.verb}", "strong")]
    if change.erased:
        parts.append(_label("The details were deleted. The date and type of the change are kept.", "second"))
    for row in change.fields:
        parts += _field(row, change.verb)
    return parts


def _field(row: FieldRow, verb: str) -> list[QWidget]:
    name = _label(row.name[:1].upper() + row.name[1:], "caption")
    if verb != "changed":
        return [name, _label(_short(row.after if verb == "added" else row.before), "body")]
    before, after = _short(row.before), _short(row.after)
    if len(before) + len(after) <= ONE_LINE:
        return [name, _label(f"{before}  →  {after}", "body")]
    return [name, _label(f"was  {before}", "second"), _label(f"now  {after}", "body")]


def _short(words: str) -> str:
    words = words or NOTHING
    return words if len(words) <= MOST_LETTERS else words[:MOST_LETTERS].rstrip() + " …"


def _label(words: str, role: str) -> QLabel:
    label = QLabel(words)
    set_role(label, role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label


MOST_RECORDS = 40  # shown of one step: an import changes hundreds
WIDTHS = {0: 190, 1: 168}
LEAST_WHAT = 260


@dataclass(frozen=True)
class Chip:
    """One sort of step; `word` is what other pages call it."""

    word: str
    text: str
    query: JournalQuery


CHIPS = (
    Chip("all", "Everything", JournalQuery()),
    Chip("disclosures", "Disclosures", DISCLOSURES),
    Chip("erased", "Deleted cases", JournalQuery(kind=Disposal)),
)


FIND_CASE = FIND_HERE.called("entries for one case", "case")
OPEN_CASE = Action("open its case", OPEN.keys, "_open_case", on="journal_view", strip="open the case")


class JournalPage(Page):
    """Entered with a chip's word, a case's id, or nothing."""

    ACTIONS = (CHECK, FIND_CASE, *called(CHOOSE, "choose an entry", "step"), OPEN_CASE, BACK, HELP)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._session = context.session
        self._chip = CHIPS[0]
        self._case_id = ""
        self._ui = Ui_Journal()
        self._ui.setupUi(self)
        self._model = JournalModel(
            lambda query, offset, limit: page_of_journal(self._session, query, offset, limit),
            lambda query: journal_of(self._session).count(query),
            self,
        )
        self._check = FileCheck(self._ui, self._ui.journal_view, context, self)
        self._buttons: dict[str, SecondaryButton] = {}
        self._word = context.session.subject.word
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="journal", side="this entry")
        ui.columns.set_widths(Column.SIDE, 400, 340)
        ui.check_button.set_icon("shield-check")
        ui.details_scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ui.details_scroll.setAccessibleName("Records before and after this change")
        self._chips_layout = Flow(ui.filters_row, spacing=6)
        asks = Flow(ui.asks_row, fill=True, spacing=10)
        for part in (ui.who_ask, ui.case_ask, ui.day_ask):
            asks.addWidget(part)
        ui.case_edit.setMinimumWidth(px(136))  # a whole reference
        group = QButtonGroup(self)
        ui.case_label.setText(f"&{self._word.capitalize()}")
        ui.case_edit.setAccessibleName(f"{self._word.capitalize()}, by reference")
        if self._session.private:
            ui.case_edit.setPlaceholderText("RS-014")
        for chip in CHIPS[: 2 if self._session.private else None]:
            button = SecondaryButton(ui.filters_row, text=chip.text, height=30)
            button.setObjectName(f"{chip.word}_chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, chip=chip: self._choose(chip))
            group.addButton(button)
            self._chips_layout.addWidget(button)
            self._buttons[chip.word] = button
        ui.day_edit.set_today(lambda: self._session.today, past=True)
        ui.day_edit.unread.connect(lambda _: self._ask())
        ui.day_edit.set_day(self._session.today)
        self._set_up_table()

    def _set_up_table(self) -> None:
        view, px = self._ui.journal_view, current().px
        view.setModel(self._model)
        view.viewport().installEventFilter(self)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setTabKeyNavigation(False)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setMinimumHeight(px(150))
        view.verticalHeader().hide()
        view.verticalHeader().setAccessibleName("Rows")
        view.verticalHeader().setDefaultSectionSize(px(36))
        head = view.horizontalHeader()
        head.setAccessibleName("Columns")
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(False)

    def _connect(self) -> None:
        ui = self._ui
        ui.person_filter.currentIndexChanged.connect(lambda _: self._ask())
        ui.case_edit.editingFinished.connect(self._ask)
        ui.day_check.toggled.connect(self._day_chosen)
        ui.day_edit.given.connect(lambda _: self._ask())
        ui.journal_view.selectionModel().currentRowChanged.connect(lambda now, _: self._show_step(now))
        ui.journal_view.doubleClicked.connect(lambda _: self._open_case())
        ui.case_button.clicked.connect(self._open_case)
        self._check.done.connect(self.refresh)
        self.follow()

    def entered(self, argument: object = None) -> None:
        """With a chip's word or a case's id only that; else the journal as it was left."""
        ui = self._ui
        chip = next((c for c in CHIPS if c.word == argument), None)
        if chip is not None:
            self._chip = chip
        elif isinstance(argument, str) and argument:
            self._chip = CHIPS[0]
            ui.case_edit.setText(subject_reference(self._session, argument))
        self._fill_people()
        self.refresh()
        ui.journal_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """A check under way is given up: nothing depends on it."""
        self._check.cancel()

    def refresh(self) -> None:
        """Lines and counts as they are now; the line in hand stays when it is still first."""
        self._ask()

    def _fill_people(self) -> None:
        box = self._ui.person_filter
        kept = box.currentData()
        box.blockSignals(True)
        box.clear()
        box.addItem("Everyone", "")
        for key, name in journal_of(self._session).people():
            box.addItem(name, key)
        box.setCurrentIndex(max(0, box.findData(kept)))
        box.blockSignals(False)

    def _choose(self, chip: Chip) -> None:
        self._chip = chip
        self._ask()
        self._ui.journal_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _day_chosen(self, chosen: bool) -> None:
        self._ui.day_edit.setEnabled(chosen)
        self._ask()

    def _ask(self) -> None:
        """Put together what is chosen, and show it."""
        ui = self._ui
        ui.day_edit.setEnabled(ui.day_check.isChecked())
        self._buttons[self._chip.word].setChecked(True)
        try:
            self._look()
        except Refused as refusal:
            if isinstance(refusal, FieldRefused):
                ui.case_error.set_error(refusal.sentence, ui.day_edit)
            self._model.show_nothing()
            self._show_lines(0, "No entries match", refusal.sentence)

    def _look(self) -> None:
        ui = self._ui
        query = replace(self._chip.query, by=ui.person_filter.currentData() or "", case_id=self._wanted_case())
        if ui.day_check.isChecked():
            since, before = on_day(ui.day_edit.required_day("day"))
            query = replace(query, since=since, before=before)
        self._model.show_query(query)
        words = f"Choose another person, {self._word} or date, or show everything."
        self._show_lines(self._model.rowCount(), "No entries match", words)

    def _show_lines(self, shown: int, nothing: str, words: str) -> None:
        ui = self._ui
        ui.count_label.setText(f"{shown:,} step" if shown == 1 else f"{shown:,} steps")
        ui.journal_view.setVisible(bool(shown))
        ui.empty_state.setVisible(not shown)
        ui.empty_state.set_content(nothing, words, icon="search")
        if shown:
            ui.journal_view.selectRow(0)
        self._show_step(ui.journal_view.currentIndex())
        self._fit()
        self.bar_changed.emit()

    def _wanted_case(self) -> str:
        """The id of the case whose reference was typed; said at the field when there is none."""
        ui = self._ui
        typed = ui.case_edit.text().strip()
        ui.case_error.clear(ui.case_edit)
        ui.case_error.clear(ui.day_edit)
        found = subject_id(self._session, typed) if typed else ""
        if typed and not found:
            every = "people" if self._session.private else "cases"
            sentence = f"No {self._word} has the reference {typed.upper()}. All {every} are shown."
            ui.case_error.set_error(sentence, ui.case_edit)
        return found

    def _row(self, index: QModelIndex) -> JournalRow | None:
        row = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return row if isinstance(row, JournalRow) else None

    def _show_step(self, index: QModelIndex) -> None:
        ui, row = self._ui, self._row(index)
        for part in (ui.step_label, ui.step_hint, ui.side_line, ui.details_scroll):
            part.setVisible(row is not None)
        ui.case_button.setVisible(row is not None and bool(row.case))
        if row is None:
            return
        ui.step_label.setText(row.what)
        day = screen_day(local(row.at).date(), self._session.today)
        undone = " This was undone later." if row.undone else ""
        entry = "Entries" if "–" in row.entries else "Entry"
        ui.step_hint.setText(f"{day}, {clock_seconds(row.at)}, by {row.who}. {entry} {row.entries}.{undone}")
        ui.case_button.setText(f"&Open {row.case}")
        changes, total = details(self._session, row, MOST_RECORDS)
        show_changes(ui.details_scroll, changes, total)

    def _open_case(self) -> None:
        row = self._row(self._ui.journal_view.currentIndex())
        if row is None or not row.case:
            return
        found = subject_id(self._session, row.case)
        if found:
            self.navigate.emit("private_person" if self._session.private else "case", found)

    def _fit(self) -> None:
        """By whom goes where there is no room; the step beside the list has it all."""
        ui, px = self._ui, current().px
        view, room = ui.journal_view, ui.journal_view.viewport().width()
        shown = dict(WIDTHS)
        if room - sum(px(wide) for wide in shown.values()) < px(LEAST_WHAT):
            shown.pop(1)
        for column in range(self._model.columnCount()):
            view.setColumnHidden(column, column != 2 and column not in shown)
        for column, wide in shown.items():
            view.setColumnWidth(column, px(wide))
        view.setColumnWidth(2, max(px(80), room - sum(px(wide) for wide in shown.values())))
        ui.filters_row.setMinimumHeight(self._chips_layout.heightForWidth(max(px(200), ui.filters_row.width())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width of the table, other columns."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _find(self) -> None:
        self._ui.case_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _check_file(self) -> None:
        self._check.start()

    def strip_word(self, action: Action) -> str:
        """A case of the group, a person of the private file."""
        words = {FIND_CASE: self._word, OPEN_CASE: f"open the {self._word}"}
        return words.get(action, action.strip)

    def bar_state(self) -> BarState:
        """How long it is, and its head, as minutes print it."""
        number, head = self._session.work.head()
        return BarState(
            title=bar_title(self._session),
            subtitle=f"{screen_day(self._session.today, self._session.today)}, head {head[:8]}",
            headline="Journal",
            icon="history",
            figures=(Figure("history", f"{number:,}", "entries"),),
        )

    def strip_text(self) -> str:
        """What the journal is worth."""
        return "Any change to the journal from outside can be detected."
