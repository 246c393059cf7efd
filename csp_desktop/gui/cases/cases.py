"""All Safety Net cases: found, filtered and sorted by the file, opened with Enter; a new one by hand beside them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QLineEdit, QWidget

from csp_desktop._built.ui_cases import Ui_Cases
from csp_desktop.domain.cases.cases import Band, CaseStatus, SubjectType
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.cases.cases_model import COLUMNS, CasesModel
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, wrapping
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.field_errors import FieldErrors, Place
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.widgets.three_columns import ONE_AT_A_TIME, WIDE
from csp_desktop.gui.window.actions import ADD, BACK, CHOOSE, FIND_HERE, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import is_enter, step_of
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.saved_field import DRAFT_AFTER
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.cases.case_entry import CaseField, NewCase, enter_case, forget_half, half_entered, keep_half
from csp_desktop.services.cases.cases import (
    CaseCounts,
    CaseQuery,
    CaseRow,
    CaseSort,
    OpenCases,
    open_cases,
    page_of_cases,
)
from csp_desktop.services.cases.like_cases import LikeCase, like_cases
from csp_desktop.services.people.people import agencies, people
from csp_desktop.services.people.settings import settings
from csp_desktop.services.session import Session


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
FIND_CASE = Action("find", ("/",), "_find", on="cases_view", strip="find")
MOVES = (*called(CHOOSE, "choose a case", "case"), OPEN.called("open the case", "open"))
ON_ROWS, ANYWHERE = (NEW, IMPORT_CASES, FIND_CASE, *MOVES), (NEW_ANYWHERE, FIND_HERE)


class CasesPage(Page):
    """Entered with a filter's word ("broken", "due", "awaiting") or nothing. Leads to "case" and "import_cases"."""

    ACTIONS = (NEW, NEW_ANYWHERE, IMPORT_CASES, FIND_CASE, FIND_HERE, *MOVES, SPELLING, UNDO, BACK, HELP)

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


class NewCasePanel(QObject):
    """A case entered by hand: for what Safety Net does not show yet. Half entered it is a draft.

    `added` with the case's id, `opened` with that of one like it, `closed` when it was left.
    """

    added = Signal(str)
    opened = Signal(str)
    closed = Signal()

    def __init__(self, ui: Ui_Cases, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        for subject in SubjectType:
            ui.subject_combo.addItem(subject.value, subject)
        ui.band_combo.addItem("not known", None)
        for band in Band:
            ui.band_combo.addItem(band.value, band)
        self.errors = FieldErrors(self._places(), (ui.new_error, ui.add_button))
        for combo in (ui.agency_combo, ui.officer_combo):
            line = combo.lineEdit()
            if line is not None:
                line.setAccessibleName(combo.accessibleName())
        ui.total_edit.textChanged.connect(lambda text: ui.assessed_edit.setEnabled(bool(text.strip())))
        ui.created_edit.tell_at(ui.created_error)
        ui.assessed_edit.tell_at(ui.total_error)
        self._filling = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DRAFT_AFTER)
        self._typing.timeout.connect(self._write)
        for edit in self._lines().values():
            edit.textChanged.connect(self._touched)
            edit.returnPressed.connect(self._add)
        for choice in self._choices().values():
            typed = choice.lineEdit()
            if typed is not None:
                typed.returnPressed.connect(self._add)
        for day_edit in self._days().values():
            day_edit.set_today(lambda: session.today, past=True)
            day_edit.returnPressed.connect(self._add)
        for choice in self._choices().values():
            choice.currentTextChanged.connect(self._touched)
        for day_edit in self._days().values():
            day_edit.textChanged.connect(self._touched)
        for check in self._checks().values():
            check.toggled.connect(self._touched)
        self._like: list[LikeCase] = []
        for like in (ui.location_edit, ui.initials_edit, ui.created_edit):
            like.editingFinished.connect(self._look_for_like)
        ui.like_button.clicked.connect(self._open_like)
        ui.add_button.clicked.connect(self._add)
        ui.cancel_button.clicked.connect(self._give_up)

    def _lines(self) -> dict[str, QLineEdit]:
        ui = self._ui
        return {
            "summary": ui.summary_edit,
            "location": ui.location_edit,
            "initials": ui.initials_edit,
            "ward": ui.ward_edit,
            "total": ui.total_edit,
        }

    def _choices(self) -> dict[str, QComboBox]:
        ui = self._ui
        return {
            "area": ui.area_combo,
            "subject_type": ui.subject_combo,
            "band": ui.band_combo,
            "lead_agency": ui.agency_combo,
            "lead_officer": ui.officer_combo,
        }

    def _days(self) -> dict[str, DayField]:
        return {"created_on": self._ui.created_edit, "assessed_on": self._ui.assessed_edit}

    def _checks(self) -> dict[str, QCheckBox]:
        return {"mental_health": self._ui.mental_check, "repeat_victim": self._ui.repeat_check}

    def _touched(self) -> None:
        if not self._filling:
            self._typing.start()

    def keep(self) -> None:
        """What was just typed goes to disk at once."""
        if self._typing.isActive():
            self._typing.stop()
            self._write()

    def _write(self) -> None:
        """The fields as they stand; the days only beside something else."""
        typed = {name: edit.text() for name, edit in self._lines().items()}
        for name, choice in self._choices().items():
            said = choice.currentText() if choice.isEditable() or choice.currentIndex() > 0 else ""
            typed[name] = said
        typed |= {name: "yes" if check.isChecked() else "" for name, check in self._checks().items()}
        anything = any(typed.values())
        typed |= {name: _day_text(edit) if anything else "" for name, edit in self._days().items()}
        keep_half(self._session, typed)

    def open(self) -> bool:
        """Ready for a case: what was half entered, else nothing. Whether something came back."""
        self._filling = True
        self.clear()
        kept = half_entered(self._session)
        for name, edit in self._lines().items():
            edit.setText(kept.get(name, ""))
        for name, choice in self._choices().items():
            if name in kept:
                choice.setCurrentText(kept[name])
        for name, check in self._checks().items():
            check.setChecked(name in kept)
        for name, day_edit in self._days().items():
            if name in kept:
                _show_day(day_edit, kept[name])
        self._filling = False
        self._look_for_like()
        return bool(kept)

    def _look_for_like(self) -> None:
        """Before it is added twice: which known cases it looks like, and why."""
        ui = self._ui
        found = list(like_cases(self._session, ui.location_edit.text(), ui.initials_edit.text(), ui.created_edit.day()))
        if found == self._like:
            return
        self._like = found
        words = "; ".join(f"{one.words}: {one.why}" for one in found)
        ui.like_label.setText(f"Looks like {words}." if found else "")
        ui.like_button.setText(f"Open {found[0].words.partition(',')[0]}" if found else "")
        for part in (ui.like_label, ui.like_button):
            part.setVisible(bool(found))
        announce(ui.like_label, ui.like_label.text())

    def _open_like(self) -> None:
        """What is half entered stays."""
        self.keep()
        self.opened.emit(self._like[0].case_id)

    def _give_up(self) -> None:
        self._typing.stop()
        forget_half(self._session)
        self.closed.emit()

    def clear(self) -> None:
        """Empty fields, today's day, the areas, agencies and officers of now."""
        ui = self._ui
        for edit in (ui.summary_edit, ui.location_edit, ui.initials_edit, ui.ward_edit, ui.total_edit):
            edit.clear()
        today = self._session.today
        for day_edit in (ui.created_edit, ui.assessed_edit):
            day_edit.set_day(today)
        ui.assessed_edit.setEnabled(False)
        ui.area_combo.clear()
        ui.area_combo.addItems(["Choose", *settings(self._session).areas])
        _offer(ui.agency_combo, [agency.name for agency in agencies(self._session)])
        _offer(ui.officer_combo, [row.member.name for row in people(self._session)])
        ui.subject_combo.setCurrentIndex(0)
        ui.band_combo.setCurrentIndex(0)
        for part in (ui.like_label, ui.like_button):
            part.setVisible(bool(self._like))
        ui.mental_check.setChecked(False)
        ui.repeat_check.setChecked(False)
        self.errors.clear()

    def _places(self) -> dict[str, Place]:
        ui = self._ui
        return {
            CaseField.SUMMARY: (ui.summary_error, ui.summary_edit),
            CaseField.AREA: (ui.area_error, ui.area_combo),
            CaseField.CREATED_ON: (ui.created_error, ui.created_edit),
            CaseField.TOTAL: (ui.total_error, ui.total_edit),
            CaseField.ASSESSED_ON: (ui.total_error, ui.assessed_edit),
            CaseField.LOCATION: (ui.new_error, ui.location_edit),
            CaseField.INITIALS: (ui.new_error, ui.initials_edit),
            CaseField.WARD: (ui.new_error, ui.ward_edit),
            CaseField.LEAD_AGENCY: (ui.new_error, ui.agency_combo),
            CaseField.LEAD_OFFICER: (ui.new_error, ui.officer_combo),
        }

    def _add(self) -> None:
        try:
            case = enter_case(self._session, self._typed())
        except Refused as refusal:
            self.errors.show(refusal)
        else:
            self._typing.stop()
            self.added.emit(case.id)

    def _typed(self) -> NewCase:
        ui = self._ui
        text = ui.total_edit.text().strip()
        if text and not (text.isascii() and text.isdigit()):
            raise FieldRefused(CaseField.TOTAL, "The total must be a whole number, for example 21.")
        return NewCase(
            summary=ui.summary_edit.text(),
            location=ui.location_edit.text(),
            area=ui.area_combo.currentText() if ui.area_combo.currentIndex() else "",
            subject_type=SubjectType(ui.subject_combo.currentText()),
            initials=ui.initials_edit.text(),
            created_on=ui.created_edit.required_day(CaseField.CREATED_ON),
            ward=ui.ward_edit.text(),
            lead_agency=ui.agency_combo.currentText(),
            lead_officer=ui.officer_combo.currentText(),
            total=int(text) if text else None,
            band=next((b for b in Band if b.value == ui.band_combo.currentText()), None),
            assessed_on=ui.assessed_edit.required_day(CaseField.ASSESSED_ON) if text else None,
            mental_health=ui.mental_check.isChecked(),
            repeat_victim=ui.repeat_check.isChecked(),
        )


def _offer(combo: QComboBox, names: list[str]) -> None:
    combo.clear()
    combo.addItems(names)
    combo.setCurrentIndex(-1)
    combo.clearEditText()


def _day_text(edit: DayField) -> str:
    """The day for the draft; what is none as it was typed."""
    day = edit.day()
    return day.isoformat() if day is not None else edit.text()


def _show_day(edit: DayField, text: str) -> None:
    try:
        edit.set_day(date.fromisoformat(text))
    except ValueError:
        edit.setText(text)
