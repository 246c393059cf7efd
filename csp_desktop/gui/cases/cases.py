"""All Safety Net cases: found, filtered and sorted by the file, opened with Enter; a new one by hand beside them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from csp_desktop._built.ui_cases import Ui_Cases
from csp_desktop.domain.cases.cases import Band, CaseStatus
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.gui.cases.cases_model import COLUMNS, CasesModel
from csp_desktop.gui.cases.new_case import NewCasePanel
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, wrapping
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import ONE_AT_A_TIME, WIDE
from csp_desktop.gui.window.actions import ADD, BACK, CHOOSE, FIND_HERE, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import is_enter, step_of
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.cases.case_entry import half_entered
from csp_desktop.services.cases.cases import (
    CaseCounts,
    CaseQuery,
    CaseRow,
    CaseSort,
    OpenCases,
    open_cases,
    page_of_cases,
)
from csp_desktop.services.people.settings import settings


@dataclass(frozen=True)
class Chip:
    """One filter over the list; `word` is what other pages call it."""

    word: str
    text: str
    query: CaseQuery
    count: Callable[[CaseCounts], int]


CHIPS = (
    Chip("open", "Open", CaseQuery(), lambda c: c.open),
    Chip("broken", "Overdue", CaseQuery(promise=PromiseState.BROKEN), lambda c: c.broken),
    Chip("due", "Due before the meeting", CaseQuery(promise=PromiseState.DUE), lambda c: c.due),
    Chip("waited", "Not discussed", CaseQuery(waited=True), lambda c: c.waited),
    Chip("monitoring", "Monitoring", CaseQuery(status=(CaseStatus.MONITORING,)), lambda c: c.monitoring),
    Chip("repeat", "Repeat victims", CaseQuery(repeat_victim=True), lambda c: c.repeat),
    Chip("awaiting", "Awaiting a reference", CaseQuery(awaiting=True), lambda c: c.awaiting),
    Chip("worksheets", "To enter in Safety Net", CaseQuery(worksheet=True), lambda c: c.worksheets),
    Chip("closed", "Closed", CaseQuery(status=(CaseStatus.CLOSED,)), lambda c: c.closed),
    Chip("all", "All", CaseQuery(status=()), lambda c: c.open + c.closed),
)


NEW = Action("new case", ("N",), "_new_case", on="cases_view", strip="new case")
NEW_ANYWHERE = ADD.called("new case", "new case", "_new_case")
IMPORT_CASES = Action("import", ("I",), "_import", on="cases_view", strip="import")
REPEAT_VICTIMS = Action("repeat victims", ("V",), "_to_repeat_victims", on="cases_view", strip="repeat victims")
FIND_CASE = Action("find", ("/",), "_find", on="cases_view", strip="find")
MOVES = (*called(CHOOSE, "choose a case", "case"), OPEN.called("open the case", "open"))
ON_ROWS, ANYWHERE = (NEW, IMPORT_CASES, REPEAT_VICTIMS, FIND_CASE, *MOVES), (NEW_ANYWHERE, FIND_HERE)


class CasesPage(Page):
    """Entered with a filter's word ("broken", "due", "awaiting") or nothing. Leads to "case", "repeat_victims" and
    "import_cases"."""

    ACTIONS = (
        *(NEW, NEW_ANYWHERE, IMPORT_CASES, REPEAT_VICTIMS, FIND_CASE, FIND_HERE),
        *(*MOVES, SPELLING, UNDO, BACK, HELP),
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._session = context.session
        self._chip = CHIPS[0]
        self._resumed = False  # a case half entered is brought back once, when the page is first shown
        self._open_cases = OpenCases((), 0)
        self._counts = self._open_cases.counts()
        self._ui = Ui_Cases()
        self._ui.setupUi(self)
        self._model = CasesModel(self._fetch, self)
        self._new = NewCasePanel(self._ui, self._session, self)
        self._buttons: dict[str, SecondaryButton] = {}
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame)
        ui.cases_view.setMinimumHeight(current().px(160))
        ui.new_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ui.new_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ui.new_scroll.hide()
        for row in (ui.head_layout, ui.filter_layout):
            wrapping(row)
        flow = self._chips_layout = Flow(ui.filters_row, spacing=6)
        group = QButtonGroup(self)
        for chip in CHIPS:
            button = SecondaryButton(ui.filters_row, text=chip.text, height=30)
            button.setObjectName(f"{chip.word}_chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, chip=chip: self._choose(chip))
            group.addButton(button)
            flow.addWidget(button)
            self._buttons[chip.word] = button
        ui.search_edit.set_hint("Search by reference, place, initials or officer", FIND_CASE.shown)
        ui.new_button.set_icon("plus")
        ui.import_button.set_icon("download")
        ui.victims_button.set_key(REPEAT_VICTIMS.shown)
        ui.band_filter.addItem("All levels", None)
        for band in reversed(Band):
            ui.band_filter.addItem(band.value, band)
        ui.cases_view.setModel(self._model)
        ui.cases_view.arrange()
        ui.cases_view.horizontalHeader().setSortIndicator(COLUMNS.index(CaseSort.PROMISE), Qt.SortOrder.AscendingOrder)

    def _connect(self) -> None:
        ui = self._ui
        ui.search_edit.textChanged.connect(lambda _: self._ask())
        ui.search_edit.installEventFilter(self)
        ui.area_filter.currentIndexChanged.connect(lambda _: self._ask())
        ui.band_filter.currentIndexChanged.connect(lambda _: self._ask())
        ui.cases_view.chosen.connect(lambda case_id: self.navigate.emit("case", case_id))
        ui.new_button.clicked.connect(self._new_case)
        ui.import_button.clicked.connect(self._import)
        ui.victims_button.clicked.connect(self._to_repeat_victims)
        ui.empty_state.pressed.connect(self._import)
        ui.done_bar.undo_asked.connect(self.undo)
        self._new.added.connect(self._added)
        self._new.opened.connect(lambda case_id: self.navigate.emit("case", case_id))
        self._new.closed.connect(lambda: self._show_panel(False))
        self.follow("cases", "meeting", "settings")

    def entered(self, argument: object = None) -> None:
        """With a filter's word that filter; else the list as it was left."""
        chip = next((c for c in CHIPS if c.word == argument), None)
        if chip is not None:
            self._chip = chip
            self._ui.search_edit.clear()
            self._ui.area_filter.setCurrentIndex(0)
            self._ui.band_filter.setCurrentIndex(0)
        self.refresh()
        self._to_rows()
        if not self._resumed and half_entered(self._session):
            self._show_panel(True)
            self._ui.done_bar.say(
                "Your unfinished case was restored", "Cancel discards it.", tone=Tone.NEUTRAL, undo=""
            )
        self._resumed = True

    def returned(self, argument: object = None) -> None:
        """From a case: the list as it was left, whatever filter it was once entered with."""
        self.entered()

    def left(self) -> None:
        """What was said is said; what was typed in the panel is on disk."""
        self._new.keep()
        self._ui.done_bar.dismiss()

    def _fetch(self, query: CaseQuery, offset: int, limit: int) -> tuple[list[CaseRow], int]:
        return page_of_cases(self._session, query, offset, limit, self._open_cases)

    def refresh(self) -> None:
        """Counts, areas and rows as they are now; the row in hand stays."""
        self._open_cases = open_cases(self._session)
        self._counts = self._open_cases.counts()
        for chip in CHIPS:
            count = chip.count(self._counts)
            self._buttons[chip.word].setText(f"{chip.text}  {count}")
            self._buttons[chip.word].setAccessibleName(f"{chip.text}, {count}")
        area = self._ui.area_filter.currentText()
        self._ui.area_filter.blockSignals(True)
        self._ui.area_filter.clear()
        self._ui.area_filter.addItem("All areas")
        self._ui.area_filter.addItems(list(settings(self._session).areas))
        self._ui.area_filter.setCurrentText(area or "All areas")
        self._ui.area_filter.blockSignals(False)
        self._ask()

    def _choose(self, chip: Chip) -> None:
        self._chip = chip
        self._ask()
        if self._model.rowCount():
            self._to_rows()

    def _ask(self) -> None:
        """Put together what is chosen and show it; the case in hand stays in hand when it is still there."""
        ui = self._ui
        row = ui.cases_view.row_in_hand()
        before = self._model.query()
        query = replace(
            self._chip.query,
            text=ui.search_edit.text(),
            area=ui.area_filter.currentText() if ui.area_filter.currentIndex() > 0 else None,
            band=next((b for b in Band if b.value == ui.band_filter.currentText()), None),
            sort=before.sort,
            descending=before.descending,
        )
        self._model.show_query(query)
        self._buttons[self._chip.word].setChecked(True)
        self._stand_on(row.case.id if row else "")
        self._show_counts()

    def _stand_on(self, case_id: str) -> None:
        """On that case when it is among the first rows, else on the first."""
        view, count = self._ui.cases_view, self._model.rowCount()
        rows = ((n, self._model.row(n)) for n in range(min(count, 200)))
        at = next((n for n, row in rows if row is not None and row.case.id == case_id), 0)
        if count:
            view.selectRow(at)
            view.scrollTo(self._model.index(at, 0))

    def _show_counts(self) -> None:
        ui, shown = self._ui, self._model.rowCount()
        self._fit()
        every = self._counts.open + self._counts.closed
        ui.count_label.setText(f"{shown} of {every}" if shown != every else f"{every} in all")
        ui.cases_view.setVisible(bool(shown))
        ui.empty_state.setVisible(not shown)
        ui.victims_button.setVisible(self._chip.query.repeat_victim is True)
        ui.import_button.setVisible(bool(every))  # the empty list offers it in its middle
        if every:
            words = "Use fewer search words, or choose another filter."
            ui.empty_state.set_content("No matching cases", words, icon="search")
        else:
            words = "Export the cases from Safety Net as CSV or XLSX and import the file here, or enter a case by hand."
            ui.empty_state.set_content("No cases yet", words, "Import from Safety Net", icon="layers")
        self.bar_changed.emit()

    def _show_panel(self, shown: bool) -> None:
        if shown and self._ui.new_scroll.isHidden():
            self._new.open()
        self._ui.new_scroll.setVisible(shown)
        self._fit()
        self._ui.new_button.setEnabled(not shown)
        if shown:
            self._ui.summary_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._to_rows()

    def _to_rows(self) -> None:
        """Where single keys act; where there is no row, what brings some, else the search."""
        if self._model.rowCount():
            self._ui.cases_view.focus_first()
        elif not self._ui.empty_state.focus_button():
            self._find()

    def _fit(self) -> None:
        """List and panel side by side; one of them where there is room for one."""
        px, alone = current().px, self.width() < current().px(ONE_AT_A_TIME)
        self._ui.columns.setVisible(not alone or self._ui.new_scroll.isHidden())
        wide = self.width() if alone else px(360 if self.width() >= px(WIDE) else 322)
        self._ui.new_scroll.setFixedWidth(wide)
        room = self.width() - (0 if alone or self._ui.new_scroll.isHidden() else wide) - px(60)
        self._ui.filters_row.setMinimumHeight(self._chips_layout.heightForWidth(room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another arrangement."""
        super().resizeEvent(event)
        self._fit()

    def _added(self, case_id: str) -> None:
        self._show_panel(False)
        self._chip = CHIPS[0]
        self.refresh()
        self._stand_on(case_id)
        self._context.changes.tell("cases", "meeting")
        self._ui.done_bar.say("Case added", "It is awaiting its Safety Net reference.")

    def _new_case(self) -> None:
        self._show_panel(True)

    def _import(self) -> None:
        self.navigate.emit("import_cases", None)

    def _to_repeat_victims(self) -> None:
        self.navigate.emit("repeat_victims", None)

    def _find(self) -> None:
        self._ui.search_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ui.search_edit.selectAll()

    def go_back(self) -> None:
        """Out of the panel, which keeps what was typed; out of the field, which it empties first; out of the page."""
        if not self._ui.new_scroll.isHidden():
            self._new.keep()
            self._show_panel(False)
        elif self._ui.search_edit.hasFocus():
            if not self._ui.search_edit.text():
                self._leave_search()
            self._ui.search_edit.clear()
        else:
            self.navigate.emit("back", None)

    def _leave_search(self) -> None:
        if self._model.rowCount():
            self._to_rows()
        else:
            self.navigate.emit("back", None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down or Enter leads from the search into the rows."""
        pressed = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        down = pressed is not None and (step_of(pressed) > 0 or is_enter(pressed))
        if down and watched is self._ui.search_edit and self._model.rowCount():
            self._ui.cases_view.focus_first()
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self.bar_changed.emit)  # single keys are letters in a field
        return super().eventFilter(watched, event)

    def bar_state(self) -> BarState:
        """How many there are and how many stand against a promise."""
        counts = self._counts
        return BarState(
            "Safety Net cases",
            f"{counts.open} open, {counts.closed} closed",
            icon="layers",
            headline=_promises(counts.broken) if counts.open + counts.closed else "No cases yet",
            figures=(
                Figure("trending-up", str(counts.broken), "overdue"),
                Figure("calendar-clock", str(counts.due), "due"),
                Figure("layers", str(counts.open), "open"),
            ),
        )

    def strip_actions(self) -> Iterable[Action]:
        """What acts on a row; in the search, and where there is no row, what acts anywhere."""
        in_search = self._ui.search_edit.hasFocus() or not self._model.rowCount()
        return (action for action in self.ACTIONS if action not in (ON_ROWS if in_search else ANYWHERE))

    def strip_text(self) -> str:
        """Where it is kept."""
        return "Encrypted on this laptop."


def _promises(broken: int) -> str:
    return f"{broken} overdue" if broken else "None overdue"
