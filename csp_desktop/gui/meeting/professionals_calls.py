"""Professionals' meetings: one is called for a case, opened, and reported back; all of them in a list."""

import json
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from csp_desktop._built.ui_professionals_calls import Ui_ProfessionalsCalls
from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.common.days import clock, screen_day
from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.meeting.professionals import CallField, CallPlan, Ground, ProfessionalsMeeting
from csp_desktop.domain.meeting.signatures import closeness
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.day_field import HOW
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.slot_time import read_time
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, FIND_HERE, GO_ON, HELP, OPEN, PRESS, UNDO, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.meeting import professionals as service
from csp_desktop.services.meeting.professionals import CalledRow, Proposal

ASK = PRESS.called("ask this person to come, or not", "ask to come", "_toggle")._replace(on="people_view")
CALL = GO_ON.called("call the meeting, open it, or record the report", "call", "_go_on")
FIND_PERSON = FIND_HERE.called("find a person to ask", "find", "_find_person")
WHY, REPORT = "professionals", "report"  # the drafts of what is half typed
OPENS = {
    MeetingState.PLANNED: ("&Open sign-in", "sign_in"),
    MeetingState.SIGN_IN: ("&Continue the sign-in", "sign_in"),
    MeetingState.IN_SESSION: ("&Back to the meeting", "live"),
    MeetingState.CLOSED: ("&Minutes", "minutes"),
}


def entries(rows: Sequence[CalledRow]) -> list[Entry]:
    """A row each: of which case, when and by whom led, and how it stands."""
    return [
        Entry(
            row.called.id,
            f"{reference_of(row.case)}: {row.case.title}",
            f"{row.when}, led by {row.lead}",
            icon="users",
            pill=row.standing,
            pill_tone=Tone.HIGH if row.late else Tone.NEUTRAL if row.called.is_reported else Tone.MEDIUM,
            dim=row.called.is_reported,
        )
        for row in rows
    ]


class ProfessionalsCallsPage(Page):
    """Entered with a case's id: its meeting, or the form that calls one. Entered with nothing: all there are."""

    NEEDS_ROOM = True

    ACTIONS = (
        *called(CHOOSE, "choose a meeting, or a person", "choose"),
        OPEN.short("open"),
        ASK,
        CALL,
        FIND_PERSON,
        SPELLING,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._session = context.session
        self._case: Case | None = None
        self._rows: tuple[CalledRow, ...] = ()
        self._proposal: Proposal | None = None
        self._asked: set[str] = set()
        self._wants_another = False
        self._ui = ui = Ui_ProfessionalsCalls()
        ui.setupUi(self)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the meeting", side="who is asked")
        ui.columns.set_widths(Column.SIDE, 400, 360)
        for view in (ui.calls_view, ui.people_view):
            view.set_flush(True)
        ui.find_edit.set_hint("Find a person to ask", FIND_PERSON.shown)
        ui.report_edit.setMinimumHeight(current().px(90))
        ui.call_button.set_key(CALL.shown)
        ui.empty_state.hide()
        _fill(ui.ground_combo, [("Choose", None), *((_capital(one.value), one) for one in Ground)])
        self.errors = FieldErrors(
            {
                CallField.GROUND: (ui.ground_error, ui.ground_combo),
                CallField.LEAD: (ui.lead_error, ui.lead_combo),
                CallField.DAY: (ui.day_error, ui.day_field),
                CallField.STARTS: (ui.starts_error, ui.starts_edit),
                CallField.PEOPLE: (ui.people_error, ui.find_edit),
                CallField.REPORT_BY: (ui.report_by_error, ui.report_field),
                CallField.REPORT: (ui.report_error, ui.report_edit),
            },
            ui.done_bar,
        )
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.calls_view.chosen.connect(self._open_row)
        ui.case_button.clicked.connect(self._to_case)
        ui.all_button.clicked.connect(lambda: self.navigate.emit("professionals_calls", None))
        for edit in (ui.why_edit, ui.starts_edit, ui.venue_edit):
            edit.returnPressed.connect(self._call)
        ui.why_edit.textEdited.connect(self._keep_why)
        for field in (ui.day_field, ui.report_field):
            field.set_today(lambda: self._session.today)
        ui.call_button.clicked.connect(self._call)
        ui.open_button.clicked.connect(self._open_meeting)
        ui.off_button.clicked.connect(self._call_off)
        ui.report_button.clicked.connect(self._report)
        ui.report_edit.textChanged.connect(self._keep_report)
        ui.another_button.clicked.connect(self._call_another)
        ui.find_edit.textChanged.connect(lambda _: self._show_people())
        ui.find_edit.returnPressed.connect(self._ask_found)
        ui.people_view.chosen.connect(self._toggle)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("cases", "meeting", "people")

    def entered(self, argument: object = None) -> None:
        """All of them, or the one of the case; what was half typed comes back."""
        case_id = argument if isinstance(argument, str) else ""
        self._ui.done_bar.dismiss()
        self.errors.clear()
        self._case, self._proposal, self._wants_another = None, None, False
        if case_id:
            try:
                with self._session.work.reading() as records:
                    self._case = records.get(Case, case_id)
            except NotFound:
                self.navigate.emit("professionals_calls", None)
                return
        self.refresh()
        self._focus_first()

    def _focus_first(self) -> None:
        ui = self._ui
        shown = ui.work_stack.currentWidget()
        first = (
            ui.ground_combo if shown is ui.form_page else ui.open_button if shown is ui.meeting_page else ui.calls_view
        )
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Nothing of a case stays behind another page."""
        ui = self._ui
        self._rows, self._proposal, self._asked = (), None, set()
        for view in (ui.calls_view, ui.people_view):
            view.set_entries([])
        for line in (ui.why_edit, ui.venue_edit, ui.find_edit):
            line.clear()
        for part in (ui.title_label, ui.standing_label, ui.facts_label, ui.form_hint, ui.earlier_label):
            part.clear()
        self._case = None
        ui.report_edit.set_text("")

    def refresh(self) -> None:
        """Read it all anew; what is typed in the form stays."""
        if self._case is not None:
            self._rows = service.called_for(self._session, self._case.id)
        else:
            self._rows = service.called_meetings(self._session)
        ui, waiting = self._ui, sum(not row.called.is_reported for row in self._rows)
        ui.title_label.setText("Professionals’ meetings" if self._case is None else "Professionals’ meeting")
        ui.count_label.setText(_awaited(waiting) or ("" if self._rows else "Between two CPGs"))
        ui.case_button.setVisible(self._case is not None)
        ui.case_button.setText(reference_of(self._case) if self._case is not None else "")
        ui.all_button.setVisible(self._case is not None)
        if self._case is None:
            self._show_list()
        elif self._current() is not None and not self._wants_another:
            self._show_meeting()
        else:
            self._show_form(self._case)
        ui.call_button.setVisible(ui.work_stack.currentWidget() is ui.form_page)
        ui.open_button.setVisible(ui.work_stack.currentWidget() is ui.meeting_page)
        self._show_people()
        self.bar_changed.emit()

    def _current(self) -> CalledRow | None:
        """The latest of the case."""
        return self._rows[0] if self._rows and self._case is not None else None

    # the list

    def _show_list(self) -> None:
        ui = self._ui
        ui.work_stack.setCurrentWidget(ui.list_page)
        ui.calls_view.set_entries(entries(self._rows))
        ui.calls_view.setVisible(bool(self._rows))
        ui.empty_state.setVisible(not self._rows)
        ui.empty_state.set_content("None called", "Call one from the page of a case: P.", icon="users")

    def _open_row(self, key: str) -> None:
        row = next((row for row in self._rows if row.called.id == key), None)
        if row is not None:
            self.navigate.emit("professionals_calls", row.case.id)

    # a call

    def _show_form(self, case: Case) -> None:
        ui = self._ui
        ui.work_stack.setCurrentWidget(ui.form_page)
        closed = case.status is CaseStatus.CLOSED
        ui.form_hint.setText(
            "This case is closed. Reopen it first." if closed else f"For {reference_of(case)}: {case.title}. One hour."
        )
        ui.call_button.setEnabled(not closed)
        before = [f"{row.lead}: {row.line}" for row in self._rows]
        ui.earlier_label.setText("\n".join(["Before:", *before]) if before else "")
        ui.earlier_label.setVisible(bool(before))
        if self._proposal is None:
            self._begin_form(service.proposal(self._session, case.id))

    def _begin_form(self, proposal: Proposal) -> None:
        ui, plan = self._ui, proposal.plan
        self._proposal, self._asked = proposal, set(plan.people)
        people = sorted(proposal.people, key=lambda one: (not one.proposed, one.member.name.casefold()))
        _fill(ui.lead_combo, [("Choose", ""), *((f"{p.member.name}, {p.agency}", p.member.id) for p in people)])
        ui.lead_combo.setCurrentIndex(max(0, ui.lead_combo.findData(plan.lead_id)))
        ui.ground_combo.setCurrentIndex(0)
        draft = self._session.work.draft(Case, proposal.case.id, WHY)
        ui.why_edit.setText(draft.text if draft is not None else "")
        ui.day_field.set_day(plan.on or self._session.today)
        ui.starts_edit.setText(clock(plan.starts) if plan.starts else "")
        ui.venue_edit.setText(plan.venue)
        if plan.report_by is not None:
            ui.report_field.set_day(plan.report_by)

    def _keep_why(self, text: str) -> None:
        if self._case is not None:
            self._session.work.keep_draft(Case, self._case.id, WHY, text)

    def _go_on(self) -> None:
        """Ctrl+Enter: what the page is for now."""
        shown, ui = self._ui.work_stack.currentWidget(), self._ui
        if shown is ui.form_page:
            self._call()
        elif shown is ui.meeting_page and ui.report_edit.hasFocus():
            self._report()
        elif shown is ui.meeting_page:
            self._open_meeting()

    def _call(self) -> None:
        case = self._case
        if case is None:
            return
        try:
            service.call(self._session, case.id, self._plan())
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self._drop(Case, case.id, WHY)
        self._wants_another, self._proposal = False, None
        self._done("Meeting called", "Open the sign-in when people are here.")

    def _plan(self) -> CallPlan:
        """As the form stands. Raises FieldRefused for a day or time that cannot be read."""
        ui = self._ui
        for field, edit in ((CallField.DAY, ui.day_field), (CallField.REPORT_BY, ui.report_field)):
            if edit.text().strip() and edit.day() is None:
                raise FieldRefused(field, HOW)
        typed = ui.starts_edit.text().strip()
        return CallPlan(
            ui.ground_combo.currentData(),
            ui.why_edit.text(),
            ui.lead_combo.currentData() or "",
            ui.day_field.day(),
            read_time(typed, CallField.STARTS) if typed else None,
            ui.venue_edit.text(),
            tuple(sorted(self._asked)),
            ui.report_field.day(),
        )

    # who is asked

    def _find_person(self) -> None:
        if self._ui.columns.is_single():
            self._ui.columns.bring(Column.SIDE)
        self._ui.find_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_people(self) -> None:
        ui, row = self._ui, self._current()
        calls = ui.work_stack.currentWidget() is ui.form_page
        ui.find_edit.setVisible(calls)
        rows = self._people_entries() if calls else _came(row) if row is not None else []
        ui.people_view.set_entries(rows)
        ui.people_view.setVisible(bool(rows))
        ui.people_label.setText("Present" if row is not None and row.is_over and not calls else "Asked to come")
        ui.people_caption.setText(str(len(self._asked) if calls else len(rows)) if rows else "")
        ui.people_empty.setVisible(not rows)
        ui.people_empty.set_content("Nobody shown", "Choose a meeting, or type another name.", icon="users")

    def _people_entries(self) -> list[Entry]:
        """Those asked and proposed first; with something typed, whom it may mean."""
        people = self._proposal.people if self._proposal is not None else ()
        typed = self._ui.find_edit.text().strip()
        if typed:
            people = tuple(one for one in people if closeness(typed, one.member.name) or _in(typed, one.agency))
        return [
            Entry(
                one.member.id,
                one.member.name,
                one.agency,
                mark=EntryMark.DONE if one.member.id in self._asked else EntryMark.AHEAD,
                person=one.member.name,
                group=one.member.agency_id,
                dim=one.member.id not in self._asked,
            )
            for one in people
        ]

    def _toggle(self, key: str = "") -> None:
        """The person one stands on is asked, or is not."""
        key = key or self._ui.people_view.current_key()
        if self._ui.work_stack.currentWidget() is self._ui.form_page and key:
            self._asked ^= {key}
            self._show_people()
            self._ui.people_view.set_current(key)

    def _ask_found(self) -> None:
        """Enter in the field: the first one found is asked, and the field is free for the next."""
        found = self._ui.people_view.entries()
        if found and self._ui.find_edit.text().strip():
            self._asked |= {found[0].key}
            self._ui.find_edit.clear()
            self._show_people()

    # the one that was called

    def _show_meeting(self) -> None:
        ui, row = self._ui, self._current()
        if row is None:
            return
        ui.work_stack.setCurrentWidget(ui.meeting_page)
        ui.standing_label.setText(row.standing)
        ui.facts_label.setText("\n".join(filter(None, _facts(row))))
        ui.open_button.setText(OPENS[row.meeting.state][0])
        ui.off_button.setVisible(row.meeting.state is MeetingState.PLANNED)
        to_report = row.is_over and not row.called.is_reported
        ui.report_frame.setVisible(to_report)
        ui.another_button.setVisible(row.is_over and row.case.status is not CaseStatus.CLOSED)
        if to_report and not ui.report_edit.hasFocus():
            draft = self._session.work.draft(ProfessionalsMeeting, row.called.id, REPORT)
            ui.report_edit.set_text(draft.text if draft is not None else "")

    def _open_meeting(self) -> None:
        row = self._current()
        if row is not None:
            self.navigate.emit(OPENS[row.meeting.state][1], row.meeting.id)

    def _call_off(self) -> None:
        row = self._current()
        if row is None:
            return
        try:
            service.call_off(self._session, row.called.id)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self._proposal = None
        self._done("Meeting called off", "")

    def _call_another(self) -> None:
        self._wants_another, self._proposal = True, None
        self.refresh()
        self._focus_first()

    def _keep_report(self) -> None:
        row = self._current()
        edit = self._ui.report_edit
        if row is not None and edit.hasFocus():
            self._session.work.keep_draft(ProfessionalsMeeting, row.called.id, REPORT, edit.toPlainText())

    def _report(self) -> None:
        row = self._current()
        if row is None:
            return
        try:
            service.report_back(self._session, row.called.id, self._ui.report_edit.toPlainText())
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self._drop(ProfessionalsMeeting, row.called.id, REPORT)
        self._done("Report recorded", "It is shown to the next CPG.")

    def _drop(self, kind: type[Case] | type[ProfessionalsMeeting], record_id: str, field: str) -> None:
        if self._session.work.draft(kind, record_id, field) is not None:
            self._session.work.drop_draft(kind, record_id, field)

    def _done(self, words: str, more: str) -> None:
        self.errors.clear()
        self.refresh()
        self._context.changes.tell("cases", "meeting")
        self._ui.done_bar.say(words, more)
        self._focus_first()

    def _to_case(self) -> None:
        if self._case is not None:
            self.navigate.emit("case", self._case.id)

    def go_back(self) -> None:
        """Escape: from another call to the meeting there is, from the people to the form, then back."""
        ui = self._ui
        if ui.side_frame.isAncestorOf(self.focusWidget()) and self._case is not None:
            self._focus_first()
        elif self._wants_another:
            self._wants_another = False
            self.refresh()
            self._focus_first()
        else:
            super().go_back()

    def half(self) -> str:
        """What is chosen in the form, for after a lock; the words are drafts."""
        ui = self._ui
        if self._proposal is None or ui.work_stack.currentWidget() is not ui.form_page:
            return ""
        day, by = ui.day_field.day(), ui.report_field.day()
        return json.dumps(
            {
                "ground": ui.ground_combo.currentIndex(),
                "lead": ui.lead_combo.currentData(),
                "starts": ui.starts_edit.text(),
                "venue": ui.venue_edit.text(),
                "day": day.isoformat() if day else "",
                "by": by.isoformat() if by else "",
                "asked": sorted(self._asked),
                "another": self._wants_another,
            }
        )

    def resume(self, half: str) -> None:
        """The same again."""
        ui, kept = self._ui, json.loads(half)
        if kept["another"] and not self._wants_another:
            self._call_another()
        if self._proposal is None:
            return
        ui.ground_combo.setCurrentIndex(kept["ground"])
        ui.lead_combo.setCurrentIndex(max(0, ui.lead_combo.findData(kept["lead"])))
        ui.starts_edit.setText(kept["starts"])
        ui.venue_edit.setText(kept["venue"])
        for field, words in ((ui.day_field, kept["day"]), (ui.report_field, kept["by"])):
            if words:
                field.set_day(date.fromisoformat(words))
        self._asked = set(kept["asked"])
        self._show_people()

    def bar_state(self) -> BarState:
        """How many reports are awaited."""
        waiting = sum(not row.called.is_reported for row in self._rows)
        return BarState("Professionals’ meetings", icon="users", headline=_awaited(waiting))

    def strip_text(self) -> str:
        """What becomes of one."""
        return "The report is put on the agenda of the next CPG automatically."


def _came(row: CalledRow) -> list[Entry]:
    return [Entry(name, name, person=name) for name in row.people]


def _facts(row: CalledRow) -> tuple[str, ...]:
    """What is known of it, a line each."""
    one, today = row.called, row.today
    venue = f", {row.meeting.venue}" if row.meeting.venue else ""
    return (
        f"{row.when} to {clock(row.meeting.ends)}{venue}.",
        f"{_capital(one.ground.value)}.",
        f"{one.why.rstrip('.')}." if one.why else "",
        f"Led by {row.lead}, who reports back by {screen_day(one.report_by, today)}.",
        f"Agencies: {', '.join(row.agencies)}.",
        f"Report: {one.report}" if one.report else "",
    )


def _awaited(count: int) -> str:
    return count_of(count, "report awaited", "reports awaited") if count else ""


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _in(typed: str, words: str) -> bool:
    return typed.casefold() in words.casefold()


def _fill(combo: QComboBox, rows: Sequence[tuple[str, object]]) -> None:
    combo.clear()
    for words, data in rows:
        combo.addItem(words, data)
