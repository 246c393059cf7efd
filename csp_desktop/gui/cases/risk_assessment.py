"""The risk of one case, factor by factor: every answer is kept as it is given, and an incomplete total never pretends.

Meant to be done before the meeting; at the table only what changed. The total of the case stays Safety Net's: this is
a worksheet until it is entered there.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from csp_desktop._built.ui_risk_assessment import Ui_RiskAssessment
from csp_desktop.domain.cases.case_assessment import Entered, Standing
from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.cases.risk_matrix import Moved
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.meeting.action_line import ParsedAction
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.factor_rows import factor_rows
from csp_desktop.gui.widgets.factor_table import ANSWERS, AS_BEFORE, NO_ANSWER, moved_words
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.actions import BACK, CHOOSE, GO_ON, HELP, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.cases import assessing, factor_tasks
from csp_desktop.services.cases.assessing import Sheet
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.meeting.actions import ActionRow

NEXT_OPEN = Action("next factor without an answer", ("U",), "_next_open", strip="unanswered")
TASK = Action("agree a task for the factor", ("T",), "_open_task", strip="task")
OVERRIDE = Action("a different level, with a reason", ("O",), "_open_override", strip="different level")
FINISH = GO_ON.called("back to the case", "back to the case", "_finish")
MOST_MOVED = 5  # of the changes named beside the factors


def task_words(tasks: Sequence[ActionRow]) -> str:
    """'DH Tue 1 Dec', or 'DH Tue 1 Dec +1' for two."""
    if not tasks:
        return ""
    more = f" +{len(tasks) - 1}" if len(tasks) > 1 else ""
    return f"{tasks[0].officer.initials} {tasks[0].due_words}{more}"


def band_words(sheet: Sheet) -> str:
    """The level that counts and why, in whole sentences; both levels while factors are unanswered."""
    came, today = sheet.score, sheet.today
    found = came.band.value if came.band is came.worst else f"{came.band.value} to {came.worst.value}"
    forced = f", because of “{came.escalated_by}”" if came.escalated_by else ""
    if today is not None and today.override_band is not None:
        return (
            f"{today.override_band.value}, decided by {today.override_by}: {today.override_reason}. "
            f"The matrix gives {found}{forced}."
        )
    return f"{found}{forced}."


def moved_lines(moved: Sequence[Moved]) -> str:
    """'+2 Threat or weapon', the largest first."""
    lines = [f"{moved_words(one.points) or '?'}  {one.label}" for one in moved[:MOST_MOVED]]
    more = len(moved) - MOST_MOVED
    return "\n".join([*lines, f"and {more} more"] if more > 0 else lines)


def standing_words(standing: Standing, today: date) -> str:
    """Where the worksheet stands with Safety Net."""
    if standing.state is Entered.UNFINISHED:
        return "This assessment is not complete: answer every factor before entering it in Safety Net."
    if standing.state is Entered.TO_ENTER or standing.point is None:
        return "To be entered in Safety Net."
    there = standing.point
    on = screen_day(there.assessed_on or there.dated, today)
    if standing.state is Entered.CONFIRMED:
        return f"Safety Net has the same total ({on})."
    return f"Safety Net has {there.total} ({on}): check which is right."


class RiskAssessmentPage(Page):
    """Entered with a case's id. Leads back to where one came from."""

    NEEDS_ROOM = True

    ACTIONS = (
        *(answer.short("") for answer in ANSWERS[4:]),
        *ANSWERS[:4],
        AS_BEFORE,
        NO_ANSWER,
        *called(CHOOSE, "choose a factor", "factor"),
        TASK,
        NEXT_OPEN,
        OVERRIDE,
        FINISH,
        SPELLING,
        UNDO,
        BACK.called("back to the case", "", "go_back"),
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._case_id = ""
        self._sheet: Sheet | None = None
        self._overriding = False
        self._ui = Ui_RiskAssessment()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the factors", side="total")
        chips = Flow(ui.chips_row)
        for part in (ui.reference_label, ui.repeat_pill, ui.matrix_pill, ui.before_label):
            chips.addWidget(part)
        ui.factors_view.setMinimumHeight(current().px(160))
        ui.total_number.set_size(56)
        ui.finish_button.set_key(FINISH.shown)
        ui.next_button.set_key(NEXT_OPEN.shown)
        ui.different_button.set_key(OVERRIDE.shown)
        ui.override_frame.hide()
        ui.band_combo.addItem("As the matrix gives", None)
        for band in Band:
            ui.band_combo.addItem(band.value, band)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.factors_view.answered.connect(self._answer)
        ui.finish_button.clicked.connect(self._finish)
        ui.next_button.clicked.connect(self._next_open)
        ui.different_button.clicked.connect(self._open_override)
        ui.override_button.clicked.connect(self._override)
        ui.why_edit.returnPressed.connect(self._override)
        ui.factors_view.task_asked.connect(self._open_task)
        ui.task_frame.agreed.connect(self._agree_task)
        ui.task_frame.typed.connect(self._keep_task)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("actions", "settings")

    def entered(self, argument: object = None) -> None:
        """The case to assess, the first factor without an answer in hand, or a task half typed; a pair of the case's
        id and a factor's key opens a task for that."""
        factor = ""
        if isinstance(argument, tuple):
            argument, factor = argument
        if isinstance(argument, str) and argument:
            self._case_id = argument
        self._ui.done_bar.dismiss()
        self._close_override()
        self._ui.task_frame.close_up()
        self.refresh()
        if self._sheet is None:
            return
        self._ui.factors_view.next_open(from_first=True)
        self._ui.factors_view.setFocus(Qt.FocusReason.OtherFocusReason)
        factor = factor or factor_tasks.kept_line(self._context.session, self._case_id)[0]
        if factor:
            self._ui.factors_view.focus_factor(factor)
            self._open_task(factor)

    def left(self) -> None:
        """Nothing of a case stays behind another page."""
        ui = self._ui
        self._sheet = None
        ui.factors_view.set_rows(())
        ui.why_edit.clear()
        ui.task_frame.close_up()
        for label in (ui.title_label, ui.reference_label, ui.before_label, ui.band_label, ui.known_label):
            label.clear()
        for label in (ui.asks_label, ui.moved_label, ui.open_label):
            label.clear()
        ui.total_number.set_number("")

    def refresh(self) -> None:
        """The sheet as the file has it; a case that is gone leads back, a file without a matrix says so."""
        if not self._case_id:
            return
        ui = self._ui
        try:
            self._sheet = assessing.sheet(self._context.session, self._case_id)
        except NotFound:
            self.navigate.emit("cases", None)
            return
        except Refused as refusal:
            self._sheet = None
            ui.none_empty.set_content("No risk matrix", refusal.sentence, icon="layers")
            ui.work_stack.setCurrentWidget(ui.none_page)
            ui.side_frame.hide()
            return
        ui.side_frame.show()
        ui.work_stack.setCurrentWidget(ui.factors_page)
        self._show(self._sheet)

    def _show(self, sheet: Sheet) -> None:
        ui, case, matrix = self._ui, sheet.case, sheet.matrix
        ui.reference_label.setText(case.reference or reference_of(case).capitalize())
        ui.repeat_pill.set_text("Repeat victim" if case.repeat_victim else "")
        made = "Example matrix, not issued by any agency" if matrix.illustrative else matrix.name
        ui.matrix_pill.set_text(
            f"{made}, version {matrix.version}", Tone.MEDIUM if matrix.illustrative else Tone.NEUTRAL
        )
        ui.title_label.setText(case.title)
        ui.before_label.setText(self._before_words(sheet))
        tasks = factor_tasks.tasks_by_factor(self._context.session, case.id)
        theirs = {factor: task_words(rows) for factor, rows in tasks.items()}
        ui.factors_view.set_rows(factor_rows(matrix, sheet.answers, sheet.then, theirs))
        self._show_total(sheet)
        self._show_side(sheet)
        self.bar_changed.emit()

    def _before_words(self, sheet: Sheet) -> str:
        before, today = sheet.before, self._context.session.today
        if before is None:
            return "Not assessed here before"
        changed = "" if sheet.then else ", with another version of the matrix"
        return f"Last assessed {screen_day(before.on, today)}: {before.total_words}{changed}"

    def _show_total(self, sheet: Sheet) -> None:
        ui, came = self._ui, sheet.score
        certain = came.band is came.worst or (sheet.today is not None and sheet.today.override_band is not None)
        begun = len(came.unanswered) < len(sheet.matrix.factors)
        ui.total_number.set_number(
            came.words if begun else "–", tone=BAND_TONES[sheet.shown_band] if certain else Tone.NEUTRAL
        )
        answered = len(sheet.matrix.factors) - len(came.unanswered)
        ui.answered_label.setText(f"{answered} of {len(sheet.matrix.factors)} answered")
        words = (
            f"{band_words(sheet)} Highest possible total: {sheet.matrix.most}." if begun else "Nothing answered today."
        )
        ui.band_label.setText(words)
        threshold = sheet.matrix.threshold
        above = begun and threshold is not None and came.ceiling > threshold.above
        ui.threshold_label.setVisible(above)
        if threshold is not None:
            may = "Above" if came.total > threshold.above else "May be above"
            ui.threshold_label.setText(f"{may} {threshold.above}. {threshold.words}.")

    def _show_side(self, sheet: Sheet) -> None:
        ui, came = self._ui, sheet.score
        ui.known_label.setText(self._known_words(sheet))
        _show(
            ui.asks_label, "\n".join(f"Ask: {one.rstrip('.?')}{'?' if one.endswith('?') else '.'}" for one in came.asks)
        )
        since = f"Changed since {screen_day(sheet.before.on, self._context.session.today)}" if sheet.before else ""
        room = ui.task_frame.isHidden()  # a task half typed needs it
        _show(ui.moved_title, since if sheet.moved and room else "")
        _show(ui.moved_label, moved_lines(sheet.moved) if room else "")
        left = came.unanswered
        some = f"{len(left)} not answered" if room and 0 < len(left) < len(sheet.matrix.factors) else ""
        _show(ui.open_title, some)
        _show(ui.open_label, "\n".join(left[:MOST_MOVED]) if some else "")
        ui.next_button.setVisible(bool(left))
        words = f"Back to the &case, {len(left)} not answered" if left else "Back to the &case"
        ui.finish_button.setText(words)

    def _known_words(self, sheet: Sheet) -> str:
        """What Safety Net says, beside it."""
        case, today = sheet.case, self._context.session.today
        known = "Safety Net has no total."
        if case.total is not None and case.band is not None:
            on = f", assessed {screen_day(case.assessed_on, today)}" if case.assessed_on else ""
            known = f"Safety Net: {case.total}, {case.band.value}{on}."
        made = assessing.worksheet_of(self._context.session, self._case_id)
        return f"{known} {standing_words(made.standing, today)}" if made is not None else known

    def _answer(self, factor: str, option: str) -> None:
        try:
            self._sheet = assessing.answer(self._context.session, self._case_id, factor, option)
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._show(self._sheet)
        came = self._sheet.score
        announce(self._ui.factors_view, f"Total {came.words}, {came.band.value}")
        self._context.changes.tell("cases")

    def _next_open(self) -> None:
        view = self._ui.factors_view
        if view.next_open():
            view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_task(self, factor: str = "") -> None:
        """Of this factor, else of the one in hand."""
        session, line = self._context.session, self._ui.factors_view.line_in_hand()
        key = factor or (line.factor.key if line is not None else "")
        if self._sheet is None or not key:
            return
        try:
            session.require_case_worker()
            then = factor_tasks.factor_then(self._sheet, key)
            basis = factor_tasks.who_and_when(session)
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        half, text = factor_tasks.kept_line(session, self._case_id)
        self._close_override()
        self._ui.task_frame.open_for(then, basis, text if half == key else "")
        self._show_side(self._sheet)

    def _keep_task(self, factor: str, text: str) -> None:
        factor_tasks.keep_line(self._context.session, self._case_id, factor, text)

    def _agree_task(self, factor: str, said: ParsedAction) -> None:
        assert self._sheet is not None
        session = self._context.session
        try:
            made = factor_tasks.agree_for_factor(session, self._sheet, factor, said)
        except Refused as refusal:
            self._ui.task_frame.refuse(refusal.sentence)
            return
        factor_tasks.keep_line(session, self._case_id, factor, "")
        if not self._ui.task_frame.go_on():
            self._close_task()
        self.refresh()
        self._context.changes.tell("actions", "cases")
        self._ui.done_bar.say(f"Task agreed for “{made.factor_label}”", made.what)

    def _close_task(self) -> None:
        self._ui.task_frame.close_up()
        if self._sheet is not None:
            self._show_side(self._sheet)
        self._ui.factors_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_override(self) -> None:
        ui = self._ui
        self._overriding = True
        ui.task_frame.close_up()
        today = self._sheet.today if self._sheet is not None else None
        ui.band_combo.setCurrentIndex(max(0, ui.band_combo.findData(today.override_band if today else None)))
        ui.why_edit.setText(today.override_reason if today else "")
        ui.override_frame.show()
        ui.different_button.hide()
        ui.band_combo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_override(self) -> None:
        self._overriding = False
        self._ui.override_frame.hide()
        self._ui.different_button.show()
        self._ui.override_error.clear(self._ui.why_edit)

    def _override(self) -> None:
        ui = self._ui
        band = ui.band_combo.currentData()
        try:
            assessing.override_band(self._context.session, self._case_id, band, ui.why_edit.text())
        except Refused as refusal:
            ui.override_error.set_error(refusal.sentence, ui.why_edit)
            return
        self._close_override()
        self.refresh()
        self._context.changes.tell("cases")
        ui.done_bar.say(f"{band.value} counts, with your reason" if band else "The level of the matrix counts again")
        ui.factors_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self) -> None:
        self.navigate.emit("back", None)

    def go_back(self) -> None:
        """Escape: out of the task or the override first, then back to where one came from."""
        if self._ui.task_frame.isVisible():
            self._close_task()
        elif self._overriding:
            self._close_override()
            self._ui.factors_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """Which case."""
        sheet = self._sheet
        if sheet is None:
            return BarState("Risk assessment", icon="layers")
        return BarState("Risk assessment", sheet.case.reference, icon="layers", headline=sheet.case.title.split(",")[0])

    def strip_text(self) -> str:
        """No button saves."""
        return "Every answer is saved straight away."


def _show(label: QLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
