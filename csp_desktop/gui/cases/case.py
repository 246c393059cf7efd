"""One case: its rating through time, its clock, what meetings said, its actions, and the marks this group sets."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csp_desktop._built.ui_case import Ui_Case
from csp_desktop.domain.cases.cases import CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.by_mail import mail_words
from csp_desktop.domain.common.days import clock, screen_day
from csp_desktop.domain.common.errors import NotFound, Refused
from csp_desktop.domain.common.users import Duty
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.case_clock import PROMISE_TONES
from csp_desktop.gui.widgets.containers import Flow, Scroll
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.glance_cards import PromiseCard, RatingCard, mark_told_twice
from csp_desktop.gui.widgets.mail_decision import MailDecision
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.window.actions import BACK, HELP, NEXT, PRESS, UNDO, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.cases.assessing import worksheet_of
from csp_desktop.services.cases.case_entry import mark_cmht_told, mark_repeat_victim, set_reference
from csp_desktop.services.cases.cases import CaseRecord, NoteRow, case_page
from csp_desktop.services.cases.cases import CaseRecord as CaseRow
from csp_desktop.services.cases.disclosures import DisclosureRow, disclosures_of
from csp_desktop.services.cases.factor_asks import children_asked, cmht_not_told
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.meeting.actions import ActionRow, officers

_TONES = {"high": Tone.HIGH, "medium": Tone.MEDIUM, "low": Tone.LOW}


class RiskCard(RatingCard):
    """The rating with every total known, and those that changed silently."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = QLabel(self)
        self._silent.setWordWrap(True)
        set_role(self._silent, "caption")
        self.add(self._silent)

    def show_case(self, page: CaseRecord) -> None:
        """Another case, in place."""
        points = page.points
        change = points[-1].total - points[-2].total if len(points) > 1 else None
        self.show_rating(page.case, change, page.clocks.today)
        self._silent.setText(silent_words(points, page.clocks.today))
        self._silent.setVisible(bool(self._silent.text()))
        self.show_signs(page.stale)


def silent_words(points: Sequence[RiskPoint], today: date) -> str:
    """Totals that changed in Safety Net under an unchanged assessment date are marked so."""
    days = [f"{p.total} of {screen_day(p.dated, today)}" for p in points if p.without_assessment]
    return f"Total changed without a new assessment, date taken from the import: {', '.join(days)}." if days else ""


class ClockCard(PromiseCard):
    """What was promised by when, and whether it was kept."""

    def show_case(self, page: CaseRecord) -> None:
        """Another case, in place; a closed one has no clock that runs."""
        clocks, case = page.clocks, page.case
        closed = case.status is CaseStatus.CLOSED
        self._clock.setVisible(not closed)
        if closed:
            self.set_title("Deadlines", "closed")
            self._words.setText(f"Opened {screen_day(clocks.opened, clocks.today)}. Its deadlines no longer apply.")
            return
        self.set_title("Deadlines", clocks.promise.state.value.capitalize(), PROMISE_TONES[clocks.promise.state])
        monitored = case.status is CaseStatus.MONITORING and clocks.monitoring_until is not None
        self.show_marks(clocks, monitored, not monitored and bool(clocks.fallen))
        self._words.setText(". ".join(p.words for p in clocks.promises) + ".")


def note_entries(notes: Sequence[NoteRow], today: date) -> list[str]:
    """Heads of notes: 'Thursday 29 October 2026 · continue'."""
    return [f"{screen_day(n.on, today)}{f' · {n.outcome.rule.word}' if n.outcome else ''}" for n in notes]


def note_text(note: NoteRow) -> str:
    """All that was said and decided."""
    parts = [note.note]
    if note.outcome is not None and note.outcome.rule.puts_off and note.reason:
        parts.append(f"Deferred: {note.reason}")
    elif note.reason:
        parts.append(note.reason)
    if note.refer_to:
        parts.append(f"Referred to {note.refer_to}.")
    if note.dissent:
        parts.append(f"Dissent: {note.dissent}")
    return "\n".join(part for part in parts if part) or "No discussion was recorded."


def action_entries(rows: Sequence[ActionRow]) -> list[Entry]:
    """Actions with what became of them."""
    return [
        Entry(
            row.action.id,
            row.action.what,
            row.whole_line,
            person=row.officer.name,
            group=row.officer.agency_id,
            pill=row.status,
            pill_tone=_TONES.get(row.tone, Tone.NEUTRAL),
        )
        for row in rows
    ]


def heard_words(rows: Sequence[DisclosureRow], today: date) -> str:
    """Each meeting at which a case was opened: the day, the agencies in the room, and why they may know."""
    if not rows:
        return "It has not been discussed at a meeting yet."
    lines = [f"{screen_day(row.on, today)}, {clock(row.at)}: {', '.join(row.agencies)}." for row in rows]
    return "\n".join([*lines, f"Purpose: {rows[0].purpose}.", f"Basis: {rows[0].basis}."])


def life_entries(changes: Sequence[StatusChange], today: date) -> list[Entry]:
    """Each step in the life of the case: what, when, who, why."""
    return [
        Entry(
            change.id,
            change.after.value,
            f"{change.reason}, {change.by}" if change.by else change.reason,
            mark=EntryMark.CURRENT if number == 0 else EntryMark.DONE,
            caption=screen_day(change.on, today),
        )
        for number, change in enumerate(changes)
    ]


ASSESS = Action("assess the risk of the case", ("A",), "_assess", when="_may_assess", strip="assess the risk")
REFER = Action("referrals of the case", ("R",), "_to_referrals", when="_may_assess", strip="refer")
TASK = Action("agree a task for a factor", ("T",), "_open_task", when="_may_assess", strip="task")
PLAN = Action("the management plan of the case", ("M",), "_to_plan", when="_may_plan", strip="plan")
CALL = Action("professionals’ meeting for the case", ("P",), "_to_professionals", when="_may_assess", strip="meeting")
LINK = Action("link a case that belongs with this one", ("L",), "_link", when="_may_link", strip="link")


class CasePage(Page):
    """Entered with a case's id. Escape leads back to where one came from, the button to all cases."""

    NEEDS_ROOM = True

    ACTIONS = (NEXT.short("next field"), PRESS.short("mark"), ASSESS, REFER, PLAN, TASK, CALL, LINK, UNDO, BACK, HELP)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._session = context.session
        self._case_id = ""
        self._row: CaseRow | None = None
        self._ui = Ui_Case()
        self._ui.setupUi(self)
        self._decision = MailDecision(context.session)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the case", side="marks")
        ui.lead_avatar.set_size(24)
        ui.assess_button.set_key(ASSESS.shown)
        ui.refer_button.set_key(REFER.shown)
        ui.plan_button.set_key(PLAN.shown)
        ui.call_button.set_key(CALL.shown)
        ui.moved_card.button.set_key(TASK.shown)
        head = Flow(ui.chips_row)
        for part in (ui.reference_label, ui.area_pill, ui.subject_pill, ui.status_pill):
            head.addWidget(part)
        self._risk, self._clock = RiskCard(ui.cards_row), ClockCard(ui.cards_row)
        cards = Flow(ui.cards_row, fill=True, spacing=14)
        cards.addWidget(self._risk)
        cards.addWidget(self._clock)
        self._notes, self._actions = Scroll(ui.notes_card, margins=(0, 0, 8, 0)), EntryList(ui.actions_card)
        ui.notes_card.add(self._notes, 1)
        ui.actions_card.add(self._actions, 1)
        self._actions.setObjectName("actions_view")
        self._actions.setAccessibleName("Actions of this case")
        self._actions.set_flush(True)
        ui.life_view.set_flush(True)
        side = ui.side_frame.layout()
        assert isinstance(side, QVBoxLayout)
        side.insertWidget(side.indexOf(ui.line_1), self._decision)

    def _connect(self) -> None:
        ui = self._ui
        ui.reference_button.clicked.connect(self._give_reference)
        ui.reference_edit.returnPressed.connect(self._give_reference)
        ui.repeat_check.clicked.connect(self._mark_repeat)
        ui.cmht_check.clicked.connect(self._mark_cmht)
        ui.cmht_edit.set_today(lambda: self._session.today, past=True)
        ui.cmht_edit.tell_at(ui.cmht_error)
        ui.cmht_edit.given.connect(lambda _: self._move_cmht())
        self._decision.noted.connect(self._decided)
        for panel in (ui.reopen_panel, ui.links_panel, ui.review_right):
            panel.set_session(self._session)
        ui.links_panel.opened.connect(lambda case_id: self.navigate.emit("case", case_id))
        for changed in (ui.links_panel.changed, ui.review_right.changed):
            changed.connect(self._written)
        ui.reopen_panel.reopened.connect(self._reopened)
        ui.assess_button.clicked.connect(self._assess)
        ui.refer_button.clicked.connect(self._to_referrals)
        ui.plan_button.clicked.connect(self._to_plan)
        ui.call_button.clicked.connect(self._to_professionals)
        ui.moved_card.task_asked.connect(self._open_task)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("cases", "actions", "meeting", "settings")

    def entered(self, argument: object = None) -> None:
        """The case to show."""
        if isinstance(argument, str) and argument:
            self._case_id = argument
        self._ui.done_bar.dismiss()
        self._ui.reference_edit.clear()
        self._ui.cmht_edit.setModified(False)  # of the case before
        self.refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """A date half typed is taken as it stands."""
        if self._ui.cmht_edit.hasFocus():
            self._move_cmht()

    def refresh(self) -> None:
        """The case as it is now; one that is gone leads back to the list."""
        if not self._case_id:
            return
        try:
            self._row = case_page(self._session, self._case_id)
        except NotFound:
            self._row = None
            self.navigate.emit("cases", None)
            return
        self._show_head(self._row)
        self._show_marks(self._row)
        self._ui.assess_button.setVisible(self._may_assess())
        self._show_referrals(self._row)
        self._show_plan(self._row)
        self._show_called(self._row)
        self._ui.reopen_panel.show_case(self._row.case)
        self._ui.links_panel.show_case(self._case_id, self._row.linked)
        self._ui.review_right.show_case(self._row.case, self._session.today)
        self._show_worksheet()
        self._ui.moved_card.show_moved(self._row.moved, self._session.today, may_task=self._may_assess())
        self._risk.show_case(self._row)
        self._clock.show_case(self._row)
        self._ui.trend_card.show_case(self._row)
        self._show_notes(self._row)
        self._decision.show_case(self._case_id)
        self._ui.actions_card.set_title("Actions", _count(len(self._row.actions), "action"))
        self._actions.set_entries(action_entries(self._row.actions))
        self._ui.life_view.set_entries(life_entries(self._row.changes, self._context.session.today))
        self._ui.life_view.setFixedHeight(self._ui.life_view.content_height() + 2)
        self._ui.life_caption.setText(_count(len(self._row.changes), "step"))
        self._show_heard(disclosures_of(self._session, self._case_id))
        self.bar_changed.emit()

    def _show_head(self, row: CaseRow) -> None:
        ui, case = self._ui, row.case
        ui.reference_label.setText(reference_of(case) if case.reference else "Awaiting reference")
        ui.area_pill.set_text(case.area)
        ui.subject_pill.set_text(case.subject_type.value)
        ui.status_pill.set_text(case.status.value, Tone.NEUTRAL)
        ui.title_label.setText(case.title)
        place = [case.location if case.location != case.title else "", case.ward, case.initials]
        ui.place_label.setText(" · ".join(part for part in place if part))
        ui.place_label.setVisible(bool(ui.place_label.text()))
        ui.reference_frame.setVisible(not case.reference)
        ui.reference_error.clear(ui.reference_edit)
        named = bool(case.lead_officer)
        for part in (ui.lead_word, ui.lead_label, ui.lead_avatar):
            part.setVisible(named or (part is not ui.lead_avatar and bool(case.lead_agency)))
        ui.lead_label.setText(case.lead_officer or case.lead_agency)
        if named:
            with self._session.work.reading() as records:
                known = next((o for o in officers(records).values() if o.name == case.lead_officer), None)
            ui.lead_avatar.set_person(case.lead_officer, known.agency_id if known else case.lead_agency)

    def _show_marks(self, row: CaseRow) -> None:
        ui, case = self._ui, row.case
        ui.repeat_check.setChecked(case.repeat_victim)
        ui.repeat_sign.set_words(mark_told_twice(case, self._context.session.today))
        told = case.cmht_told_on
        for part in (ui.cmht_check, ui.cmht_hint):
            part.setVisible(case.mental_health)
        ui.cmht_label.setVisible(case.mental_health and told is not None)
        ui.cmht_edit.setVisible(case.mental_health and told is not None)
        ui.cmht_check.setChecked(told is not None)
        if not ui.cmht_edit.isModified():
            ui.cmht_edit.set_day(told or self._session.today)
            ui.cmht_error.clear(ui.cmht_edit)
        with self._session.work.reading() as records:
            asked = cmht_not_told(records, self._session.today, case.id)
        not_told = (
            f"Mental-health factor: {asked[0].words}." if asked else "Mental-health factor: CMHT not informed yet."
        )
        words = f"Informed {screen_day(told, self._session.today)}." if told else not_told
        ui.cmht_hint.setText(words)
        set_role(ui.cmht_hint, "caption" if told else "medium")
        ui.known_caption.setText(
            f"as of {screen_day(case.as_of, self._context.session.today)}" if case.as_of else "not in Safety Net yet"
        )
        assessed = (
            f"Last assessment {screen_day(case.assessed_on, self._context.session.today)}."
            if case.assessed_on
            else "No assessment."
        )
        agency = f" Lead agency {case.lead_agency}." if case.lead_agency else ""
        factor = " Mental-health factor." if case.mental_health else ""
        given = "Entered by hand. " if case.entered_by_hand else ""
        ui.known_label.setText(
            f"{given}Created {screen_day(case.created_on, self._context.session.today)}. {assessed}{agency}{factor}"
        )

    def _show_referrals(self, row: CaseRow) -> None:
        """To whom it was referred, and what came back."""
        ui = self._ui
        waiting = [one for one in row.referrals if one.referral.is_open]
        words = "\n".join(f"{one.to}: {one.standing[:1].lower()}{one.standing[1:]}." for one in row.referrals)
        came_in = "".join(f"{one.came_words}.\n" for one in row.came_in)
        with self._session.work.reading() as records:
            children = children_asked(records, row.case)
        asked = f"{children}\n" if children else ""
        ui.referrals_label.setText(f"{asked}{came_in}{words or 'Not referred.'}")
        late = any(one.late for one in waiting)
        ui.referrals_caption.setText(f"{len(waiting)} without an answer" if waiting else "")
        set_role(ui.referrals_caption, "high" if late else "caption")
        ui.refer_button.setVisible(self._may_assess())

    def _to_referrals(self) -> None:
        self.navigate.emit("case_referrals", self._case_id)

    def _show_plan(self, row: CaseRow) -> None:
        """Aim, next step and when it is looked at again."""
        ui, plan = self._ui, row.plan
        words = plan.words if plan is not None else ""
        ui.plan_label.setText(f"{words.removeprefix('Plan: ')}." if words else "No plan yet.")
        late = plan is not None and bool(plan.late or plan.review_late)
        set_role(ui.plan_label, "high" if late else "second")
        ui.plan_button.setVisible(self._may_plan())

    def _may_plan(self) -> bool:
        return self._row is not None and self._session.may(Duty.WORK_CASES)

    def _to_plan(self) -> None:
        self.navigate.emit("management_plan", self._case_id)

    def _show_called(self, row: CaseRow) -> None:
        """The professionals' meetings called for it, the latest first."""
        ui = self._ui
        ui.called_label.setText("\n".join(one.line for one in row.called) or "None called.")
        waiting = [one for one in row.called if not one.called.is_reported]
        ui.called_caption.setText("report awaited" if waiting else "")
        set_role(ui.called_caption, "high" if any(one.late for one in waiting) else "caption")
        ui.call_button.setVisible(self._may_assess())

    def _to_professionals(self) -> None:
        self.navigate.emit("professionals_calls", self._case_id)

    def _show_worksheet(self) -> None:
        """What was assessed here and Safety Net has not confirmed."""
        label = self._ui.worksheet_label
        made = worksheet_of(self._session, self._case_id) if self._may_assess() else None
        words = made.words if made is not None else ""
        label.setVisible(bool(words))
        if made is not None and words:
            on = screen_day(made.made.on, self._context.session.today)
            label.setText(f"{words[:1].upper()}{words[1:]} ({made.made.shown_band.value}), {on}.")

    def _show_heard(self, rows: tuple[DisclosureRow, ...]) -> None:
        """Who heard of it, meeting by meeting."""
        self._ui.heard_caption.setText(_count(len(rows), "meeting"))
        self._ui.heard_label.setText(heard_words(rows, self._context.session.today))

    def _show_notes(self, row: CaseRow) -> None:
        notes = row.notes
        self._ui.notes_card.set_title("Past meetings", _count(len(notes), "meeting"))
        body = self._notes.body
        while body.count():
            item = body.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for one in row.decisions:
            body.addWidget(_label(f"Decided between meetings, {mail_words(one)}", "strong"))
            body.addWidget(_label(f"{one.words.rstrip('.')}. {one.by}, noted by {one.noted_by}.", "body"))
        for number, (head, note) in enumerate(
            zip(note_entries(notes, self._context.session.today), notes, strict=True)
        ):
            if number or row.decisions:
                line = QFrame()
                set_role(line, "line")
                body.addWidget(line)
            body.addWidget(_label(head, "strong"))
            body.addWidget(_label(note_text(note), "body"))
        if not (notes or row.decisions):
            body.addWidget(_label("Not discussed at a meeting yet.", "second"))
        body.addStretch(1)

    def _give_reference(self) -> None:
        try:
            case = set_reference(self._session, self._case_id, self._ui.reference_edit.text())
        except Refused as refusal:
            self._ui.reference_error.set_error(refusal.sentence, self._ui.reference_edit)
            self._ui.reference_edit.setFocus()
            return
        joined = case.id != self._case_id
        self._case_id = case.id
        self._written(f"Reference {case.reference}", "Joined with the case Safety Net shows." if joined else "")

    def _assess(self) -> None:
        self.navigate.emit("risk_assessment", self._case_id)

    def _open_task(self, factor: str = "") -> None:
        """On the assessment, where the factors stand."""
        self.navigate.emit("risk_assessment", (self._case_id, factor or self._ui.moved_card.factor()))

    def _may_assess(self) -> bool:
        return self._row is not None and self._row.case.status is not CaseStatus.CLOSED

    def _mark_repeat(self, repeat: bool) -> None:
        try:
            mark_repeat_victim(self._session, self._case_id, repeat)
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._written("Flagged as a repeat victim" if repeat else "Repeat victim flag removed")

    def _mark_cmht(self, told: bool) -> None:
        self._set_cmht(self._session.today if told else None)

    def _move_cmht(self) -> None:
        day = self._ui.cmht_edit.day()
        if self._row is not None and day is not None and self._row.case.cmht_told_on not in (None, day):
            self._set_cmht(day)

    def _set_cmht(self, on: date | None) -> None:
        try:
            mark_cmht_told(self._session, self._case_id, on)
        except Refused as refusal:
            self._ui.cmht_error.set_error(refusal.sentence, self._ui.cmht_edit)
            return
        self._written(f"CMHT informed {screen_day(on, self._context.session.today)}" if on else "CMHT not informed yet")

    def _decided(self) -> None:
        self._written("Decision between meetings noted", "It is marked until it is confirmed.")

    def _link(self) -> None:
        self._ui.links_panel.open()

    def _may_link(self) -> bool:
        return self._row is not None and self._session.may(Duty.WORK_CASES)

    def _reopened(self) -> None:
        self._written("Case reopened", "It is in the case order of the next meeting.")

    def _written(self, words: str, more: str = "") -> None:
        self.refresh()
        self._context.changes.tell("cases")
        self._ui.done_bar.say(words, more)

    def bar_state(self) -> BarState:
        """Which case, and the promise that counts."""
        row = self._row
        if row is None:
            return BarState("Safety Net cases", icon="layers")
        promise = row.clocks.promise
        amber = promise.state in (PromiseState.BROKEN, PromiseState.DUE)
        return BarState(
            "Safety Net case",
            reference_of(row.case).capitalize() if not row.case.reference else row.case.reference,
            icon="layers",
            headline=row.case.title.split(",")[0],
            figures=(Figure("clock", f"Day {row.clocks.day}", promise.words, amber),),
        )

    def strip_text(self) -> str:
        """No button saves."""
        return "Changes are saved straight away."


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_role(label, role)
    return label


def _count(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count or 'no'} {word}s"
