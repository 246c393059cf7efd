"""The management plan of a case: aim, lead agency, steps by month, and when the case would close; by the keyboard."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt

from csp_desktop._built.ui_management_plan import Ui_ManagementPlan
from csp_desktop.domain.cases.case_plan import MONTHS_AHEAD, PlanField, PlanStepKind, PlanStepState, last_day, month_of
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.days import month_year, screen_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.fields import choose_in, fill_combo
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, CHOOSE, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.cases import case_plans as service
from csp_desktop.services.cases.case_plans import PlanOfCase, PlanRow
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.meeting.actions import Officer

NEW = ADD.called("add a step to the plan", "add a step", "_new")._replace(when="_has_plan")
DONE = Action("the step is done", ("D",), "_finish", on="steps_view", when="_is_planned", strip="done")
FAILED = Action("the step was not done, and why", ("N",), "_ask_why", on="steps_view", when="_is_planned")
AGREE = Action("agree the step as an action", ("A",), "_agree", on="steps_view", when="_is_planned", strip="agree")
HALF = "step of a plan"  # the draft of a step half typed
PDF = "PDF (*.pdf)"
KINDS = tuple((one.value.capitalize(), one.name) for one in PlanStepKind)
NOBODY = "Nobody yet"


def entries(rows: Sequence[PlanRow]) -> list[Entry]:
    """The months, and under each its steps with how they stand."""
    found: list[Entry] = []
    months: list[date] = []
    for row in rows:
        step = row.step
        if step.month not in months:
            months.append(step.month)
            found.append(Entry("", month_year(step.month), heading=True))
        found.append(
            Entry(
                step.id,
                step.what,
                " · ".join(filter(None, (step.kind.value.capitalize(), step.power, row.who))),
                icon="shield-check" if step.kind is PlanStepKind.LEGAL else "list-checks",
                pill=row.standing,
                pill_tone=Tone.HIGH if row.late else Tone.LOW if row.stands.is_done else Tone.NEUTRAL,
                dim=not row.stands.is_open,
            )
        )
    return found


class ManagementPlanPage(Page):
    """Entered with a case's id."""

    NEEDS_ROOM = True

    ACTIONS = (
        *called(CHOOSE, "choose a step", "step"),
        OPEN.called("change the step", "change"),
        *(DONE, FAILED, AGREE),
        *(NEW, SPELLING, UNDO, BACK, HELP),
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._session, self._ask = context.session, ask or Ask()
        self._case_id = ""
        self._plan: PlanOfCase | None = None
        self._shown_id = ""
        self._is_new = False
        self._owners: tuple[Officer, ...] = ()
        self._ui = ui = Ui_ManagementPlan()
        ui.setupUi(self)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the plan", side="the step")
        ui.columns.set_widths(Column.SIDE, 430, 400)
        ui.steps_view.set_flush(True)
        ui.steps_view.setMinimumHeight(current().px(120))
        ui.new_button.set_key(NEW.shown)
        ui.finish_button.set_key(DONE.shown)
        ui.action_button.set_key(AGREE.shown)
        ui.empty_state.set_content("No steps yet", "Say who does what in which month.", icon="list-checks")
        ui.nobody_empty.set_content("No step chosen", "Choose one in the list, or add one.", icon="list-checks")
        fill_combo(ui.kind_combo, KINDS)
        self._make_fields()
        self._connect()

    def _make_fields(self) -> None:
        ui, work = self._ui, self._session.work
        self._aim = SavedField(ui.aim_edit, ui.aim_error, work, Case, "plan aim", partial(self._save_plan, "aim"))
        said = partial(self._save_plan, "close_when")
        self._close = SavedField(ui.close_edit, ui.close_error, work, Case, "plan close_when", said)
        self._plan_errors = FieldErrors(
            {
                PlanField.AIM: (ui.aim_error, ui.aim_edit),
                PlanField.CLOSE_WHEN: (ui.close_error, ui.close_edit),
                PlanField.REVIEW_ON: (ui.review_error, ui.review_field),
            },
            ui.done_bar,
        )
        self._new_errors = FieldErrors(
            {
                PlanField.WHAT: (ui.new_error, ui.new_edit),
                PlanField.POWER: (ui.power_error, ui.power_edit),
                PlanField.WHY_FIRST: (ui.why_error, ui.why_edit),
            },
            ui.done_bar,
        )
        self._errors = FieldErrors(
            {PlanField.WHAT: (ui.what_error, ui.what_edit), PlanField.REASON: (ui.reason_error, ui.reason_edit)},
            ui.done_bar,
        )

    def _connect(self) -> None:
        ui = self._ui
        for field in (self._aim, self._close):
            field.saved.connect(self._refreshed)
        ui.agency_combo.activated.connect(lambda _: self._choose_lead())
        ui.review_field.set_today(lambda: self._session.today)
        ui.review_field.tell_at(ui.review_error)
        ui.review_field.given.connect(lambda _: self._choose_lead())
        ui.steps_view.current_moved.connect(self._open)
        ui.steps_view.chosen.connect(self._go_into)
        ui.case_button.clicked.connect(lambda: self.navigate.emit("case", self._case_id))
        ui.print_button.clicked.connect(self._print)
        ui.new_button.clicked.connect(self._new)
        ui.kind_combo.activated.connect(lambda _: self._show_power())
        ui.new_edit.textEdited.connect(self._keep_half)
        for line in (ui.new_edit, ui.power_edit, ui.why_edit):
            line.returnPressed.connect(self._add)
        ui.add_button.clicked.connect(self._add)
        ui.cancel_button.clicked.connect(self._leave_new)
        ui.what_edit.editingFinished.connect(self._change)
        for combo in (ui.month_combo, ui.owner_combo):
            combo.activated.connect(lambda _: self._change())
        ui.finish_button.clicked.connect(self._finish)
        ui.fail_button.clicked.connect(self._fail)
        ui.reason_edit.returnPressed.connect(self._fail)
        ui.action_button.clicked.connect(self._agree)
        ui.again_button.clicked.connect(self._plan_again)
        ui.actions_button.clicked.connect(lambda: self.navigate.emit("actions", None))
        ui.remove_button.clicked.connect(self._remove)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("cases", "actions", "meeting", "people")

    def entered(self, argument: object = None) -> None:
        """The case whose plan it is; a step half typed comes back."""
        ui = self._ui
        ui.done_bar.dismiss()
        if isinstance(argument, str) and argument:
            self._case_id = argument
        self._shown_id, self._is_new = "", False
        if not self._read():
            self.navigate.emit("cases", None)
            return
        self.refresh()
        if self._has_plan() and self._session.work.draft(Case, self._case_id, HALF) is not None:
            self._new()
            return
        field = ui.steps_view if self._rows() else ui.new_button if self._has_plan() else ui.aim_edit
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """What is half typed is taken as it stands; nothing of a case stays behind another page."""
        self._change()
        for saved in (self._aim, self._close):
            saved.end()
            saved.show("", "")
        ui = self._ui
        self._plan, self._shown_id, self._is_new = None, "", False
        ui.steps_view.set_entries([])
        for part in (ui.title_label, ui.tried_label, ui.step_label, ui.facts_label, ui.power_hint):
            part.clear()
        for line in (ui.aim_edit, ui.close_edit, ui.new_edit, ui.power_edit, ui.why_edit, ui.what_edit, ui.reason_edit):
            line.clear()
        ui.side_stack.setCurrentWidget(ui.nobody_page)

    def _read(self) -> bool:
        try:
            self._plan = service.plan_of(self._session, self._case_id) if self._case_id else None
        except NotFound:
            self._plan = None
        return self._plan is not None

    def refresh(self) -> None:
        """Read it all anew; the step in hand stays. A case that is gone leads back to the list."""
        if not self._case_id or not self._read():
            return
        ui, plan = self._ui, self._plan
        assert plan is not None
        self._owners = service.step_owners(self._session)
        still = sum(row.stands.is_open for row in plan.rows)
        late = f", {len(plan.late)} overdue" if plan.late else ""
        ui.count_label.setText(f"{count_of(still, 'step', 'steps')} to come{late}" if plan.rows else "Management plan")
        ui.case_button.setText(reference_of(plan.case))
        ui.title_label.setText(f"Plan: {plan.case.title.split(',')[0]}")
        self._show_plan(plan)
        ui.tried_label.setText(f"Support tried so far: {plan.tried}." if plan.tried else "No support tried so far.")
        has = plan.plan is not None
        for part in (ui.tried_label, ui.steps_label, ui.new_button, ui.print_button):
            part.setVisible(has)
        ui.steps_view.set_entries(entries(plan.rows))
        ui.list_frame.setVisible(bool(plan.rows))
        ui.empty_state.setVisible(not plan.rows)
        if self._row() is None:
            first = plan.next or (plan.rows[0] if plan.rows else None)
            self._shown_id = first.step.id if first is not None else ""
        ui.steps_view.set_current(self._shown_id)
        self._show()
        self.bar_changed.emit()

    def _show_plan(self, plan: PlanOfCase) -> None:
        ui, kept = self._ui, plan.plan
        agencies = service.lead_agencies(self._session)
        fill_combo(ui.agency_combo, [("Not named yet", ""), *((name, key) for key, name in agencies)])
        lead = plan.case.lead_agency.casefold()
        proposed = next((key for key, name in agencies if name.casefold() == lead), "")
        choose_in(ui.agency_combo, kept.agency_id if kept is not None else proposed)
        self._aim.show(self._case_id, kept.aim if kept is not None else "")
        self._close.show(self._case_id, kept.close_when if kept is not None else "", saves=kept is not None)
        if not ui.review_field.hasFocus():
            if kept is not None and kept.review_on is not None:
                ui.review_field.set_day(kept.review_on)
            else:
                ui.review_field.clear()

    def _rows(self) -> tuple[PlanRow, ...]:
        return self._plan.rows if self._plan is not None else ()

    def _row(self) -> PlanRow | None:
        return next((row for row in self._rows() if row.step.id == self._shown_id), None)

    def _has_plan(self) -> bool:
        return self._plan is not None and self._plan.plan is not None

    def _is_planned(self) -> bool:
        row = self._row()
        return row is not None and row.stands.action is None and row.step.state is PlanStepState.PLANNED

    # the plan itself

    def _save_plan(self, field: str = "", words: str = "") -> None:
        ui, kept = self._ui, self._plan.plan if self._plan is not None else None
        said = {"aim": kept.aim if kept else "", "close_when": kept.close_when if kept else ui.close_edit.text()}
        if field:
            said[field] = words
        service.save_plan(
            self._session,
            self._case_id,
            agency_id=ui.agency_combo.currentData() or "",
            review_on=ui.review_field.day(),
            **said,
        )

    def _choose_lead(self) -> None:
        """Another lead or review; before there is an aim it waits for it."""
        if not self._has_plan():
            return
        try:
            self._save_plan()
        except Refused as refusal:
            self._plan_errors.show(refusal)
            return
        self._plan_errors.clear()
        self._refreshed()

    # a new step

    def _new(self) -> None:
        """Ctrl+N: add a step."""
        ui = self._ui
        self._change()
        self._is_new = True
        fill_combo(ui.new_month_combo, self._months())
        fill_combo(ui.new_owner_combo, self._people())
        draft = self._session.work.draft(Case, self._case_id, HALF)
        ui.new_edit.setText(draft.text if draft is not None else "")
        for line in (ui.power_edit, ui.why_edit):
            line.clear()
        ui.kind_combo.setCurrentIndex(0)
        self._show_power()
        self._show()
        if ui.columns.is_single():
            ui.columns.bring(Column.SIDE)
        (ui.new_edit if draft is not None else ui.kind_combo).setFocus(Qt.FocusReason.OtherFocusReason)

    def _months(self, at_least: date | None = None) -> list[tuple[str, str]]:
        first = month_of(self._session.today)
        months = [add_months(first, ahead) for ahead in range(MONTHS_AHEAD + 1)]
        if at_least is not None and at_least not in months:
            months.insert(0 if at_least < first else len(months), at_least)
        return [(month_year(one), one.isoformat()) for one in months]

    def _people(self) -> list[tuple[str, str]]:
        named = ((", ".join(filter(None, (one.name, one.agency))), one.id) for one in self._owners)
        return [(NOBODY, ""), *named]

    def _show_power(self) -> None:
        """A legal power is named, with what was tried before or why it comes first."""
        ui, tried = self._ui, self._plan.tried if self._plan is not None else ""
        is_legal = ui.kind_combo.currentData() == PlanStepKind.LEGAL.name
        ui.power_frame.setVisible(is_legal)
        ui.why_frame.setVisible(is_legal and not tried)
        ui.power_hint.setText(f"Tried before: {tried}." if tried else "No support has been tried yet.")

    def _keep_half(self, text: str) -> None:
        if text.strip():
            self._session.work.keep_draft(Case, self._case_id, HALF, text)
        else:
            self._drop_half()

    def _drop_half(self) -> None:
        if self._session.work.draft(Case, self._case_id, HALF) is not None:
            self._session.work.drop_draft(Case, self._case_id, HALF)

    def _leave_new(self) -> None:
        self._drop_half()
        self._is_new = False
        self._new_errors.clear()
        self._show()

    def _add(self) -> None:
        ui = self._ui
        try:
            made = service.add_step(
                self._session,
                self._case_id,
                what=ui.new_edit.text(),
                kind=PlanStepKind[ui.kind_combo.currentData()],
                month=date.fromisoformat(ui.new_month_combo.currentData()),
                owner_id=ui.new_owner_combo.currentData() or "",
                power=ui.power_edit.text(),
                why_first=ui.why_edit.text(),
            )
        except Refused as refusal:
            self._new_errors.show(refusal)
            return
        self._shown_id = made.id
        self._leave_new()
        self._done("Step added", f"Due by {screen_day(last_day(made.month), self._session.today)}.")

    # the step in hand

    def _open(self, key: str) -> None:
        """The row one stands on."""
        if key and key != self._shown_id:
            self._change()
            self._errors.clear()
            self._ui.reason_edit.clear()
            self._shown_id = key
            self._show()

    def _go_into(self, key: str) -> None:
        """Enter on a row: its words."""
        self._open(key)
        ui = self._ui
        if ui.columns.is_single():
            ui.columns.bring(Column.SIDE)
        row = self._row()
        if row is not None:
            action = row.stands.action is not None
            field = ui.what_edit if self._is_planned() else ui.actions_button if action else ui.again_button
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        ui, row = self._ui, self._row()
        if self._is_new:
            ui.side_stack.setCurrentWidget(ui.new_page)
            return
        ui.side_stack.setCurrentWidget(ui.step_page if row is not None else ui.nobody_page)
        if row is None:
            return
        step, planned = row.step, self._is_planned()
        ui.step_label.setText(step.what)
        ui.facts_label.setText("\n".join(filter(None, facts(row))))
        ui.change_frame.setVisible(planned)
        ui.again_button.setVisible(row.stands.action is None and not planned)
        ui.actions_button.setVisible(row.stands.action is not None)
        ui.remove_button.setVisible(row.stands.action is None)
        fill_combo(ui.month_combo, self._months(step.month))
        choose_in(ui.month_combo, step.month.isoformat())
        fill_combo(ui.owner_combo, self._people())
        choose_in(ui.owner_combo, step.owner_id)
        if not ui.what_edit.hasFocus():
            ui.what_edit.setText(step.what)
            ui.what_edit.setCursorPosition(0)

    def _change(self) -> None:
        """Other words, another month or somebody else: taken as it stands."""
        row, ui = self._row(), self._ui
        if row is None or not self._is_planned() or self._is_new:
            return
        try:
            after = service.change_step(
                self._session,
                row.step.id,
                what=ui.what_edit.text(),
                month=date.fromisoformat(ui.month_combo.currentData()),
                owner_id=ui.owner_combo.currentData() or "",
            )
        except Refused as refusal:
            self._errors.show(refusal, focus=False)
            return
        self._errors.clear()
        if after != row.step:
            self._refreshed()
            self._ui.done_bar.say("Step changed")

    def _finish(self) -> None:
        self._end(PlanStepState.DONE, "", "Step done")

    def _ask_why(self) -> None:
        if self._ui.columns.is_single():
            self._ui.columns.bring(Column.SIDE)
        self._ui.reason_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fail(self) -> None:
        self._end(PlanStepState.NOT_DONE, self._ui.reason_edit.text(), "Step not done")

    def _plan_again(self) -> None:
        self._end(PlanStepState.PLANNED, "", "Planned again")

    def _end(self, state: PlanStepState, reason: str, words: str) -> None:
        self._change()
        self._do(partial(service.end_step, self._session, self._shown_id, state, reason), words)

    def _agree(self) -> None:
        self._change()
        self._do(partial(service.agree_step, self._session, self._shown_id), "Agreed as an action")

    def _remove(self) -> None:
        self._do(partial(service.drop_step, self._session, self._shown_id), "Taken out of the plan")

    def _do(self, act: Callable[[], object], words: str) -> None:
        """One thing with the step in hand."""
        if self._row() is None:
            return
        try:
            act()
        except Refused as refusal:
            self._errors.show(refusal)
            return
        self._errors.clear()
        self._ui.reason_edit.clear()
        self._done(words, "")

    def _done(self, words: str, more: str) -> None:
        self._refreshed()
        self._ui.done_bar.say(words, more)
        (self._ui.steps_view if self._rows() else self._ui.new_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refreshed(self) -> None:
        self.refresh()
        self._context.changes.tell("cases")
        self._context.changes.tell("actions")

    def _print(self) -> None:
        """The plan as a PDF, where the person says."""
        self._change()
        content = service.plan_paper(self._session, self._case_id)
        assert self._plan is not None
        name = f"Plan {reference_of(self._plan.case)}.pdf"
        path = self._ask.save_file(self, "Save the plan as a PDF", [PDF], Path.home() / name)
        if path is None:
            return
        try:
            save(path, content)
        except NotSaved as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._ui.done_bar.say("Saved", str(path), undo="")

    def go_back(self) -> None:
        """Escape: out of the new step first, then from the side to the list, then back."""
        ui = self._ui
        if self._is_new:
            self._leave_new()
            (ui.steps_view if self._rows() else ui.new_button).setFocus(Qt.FocusReason.OtherFocusReason)
        elif ui.side_frame.isAncestorOf(self.focusWidget()) and self._rows():
            ui.steps_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """Whose plan, and what is overdue."""
        plan = self._plan
        late = f"{count_of(len(plan.late), 'step', 'steps')} overdue" if plan is not None and plan.late else ""
        return BarState("Management plan", reference_of(plan.case) if plan else "", icon="list-checks", headline=late)

    def strip_text(self) -> str:
        """No button saves."""
        return "Changes are saved straight away."


def facts(row: PlanRow) -> tuple[str, ...]:
    """What is known of a step, a line each."""
    step, today = row.step, row.today
    action = row.stands.action
    due = (action.due if action is not None else None) or last_day(step.month)
    day = f", {screen_day(step.ended_on, today)}" if step.ended_on is not None and action is None else ""
    return (
        f"{step.kind.value.capitalize()}, due by {screen_day(due, today)}.",
        f"{row.standing[:1].upper()}{row.standing[1:]}{day}.",
        f"Because: {step.reason}." if step.reason and action is None else "",
        f"Legal power: {step.power}." if step.power else "",
        f"Support tried before: {step.tried}." if step.tried else "",
        f"A legal power comes first because: {step.why_first}." if step.why_first else "",
        f"With {row.who}." if row.who else "",
    )
