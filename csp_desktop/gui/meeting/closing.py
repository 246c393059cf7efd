"""Before you stand up: what is still open at the end of a meeting, each with one press that settles it, then the end.

The backup that follows a meeting runs by itself, while its minutes are read.
"""

import json
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from csp_desktop._built.ui_closing import Ui_Closing
from csp_desktop.domain.common.day_phrases import day_problem, read_day
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.meeting.closing_rows import OTHERS, SETTLE, Gap, GapWords, gaps, in_order, what_happens_after
from csp_desktop.gui.meeting.live_bar import keep_time, meeting_bar
from csp_desktop.gui.meeting.paper_time import PaperTime
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.fix_row import FixRow
from csp_desktop.gui.widgets.gap_row import GapRow, InPlace
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState, progress
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.actions import BACK, GO_ON, HELP, OPEN, UNDO, Action
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import step_of
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.private_handover import PrivateState
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.file.backups import back_up, is_due_after_meeting
from csp_desktop.services.file.users import end_access, ended_users
from csp_desktop.services.meeting import closing as service
from csp_desktop.services.meeting.actions import change_action
from csp_desktop.services.meeting.closing import Check, Closing, ClosingField, FailedRow, closing
from csp_desktop.services.meeting.running_meeting import fix_next_date
from csp_desktop.services.meeting.sign_in import override, record_apology
from csp_desktop.services.minutes.minutes import circulation


def begin_backup(context: PageContext) -> None:
    """In the background, where the rules say so. That it failed stands on Home and in Safekeeping, where it can be put
    right; nobody is interrupted."""
    if not is_due_after_meeting(context.session):
        return

    def told(_: object) -> None:
        context.changes.tell("safekeeping")

    def failed(error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        context.changes.tell("safekeeping")

    context.tasks.run(lambda progress: back_up(context.session, progress), told, failed)


def end_stand_ins(context: PageContext) -> None:
    """Whose access was to end with the meeting is shut out by a new key, in the background; then the backup, which so
    has the new key. Where the disk refuses it, it is done at the next unlock."""

    def ended(count: object) -> None:
        if count:
            context.changes.tell("users", "safekeeping")
        begin_backup(context)

    def failed(error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        begin_backup(context)

    if not ended_users(context.session):
        begin_backup(context)
        return
    context.tasks.run(lambda progress: end_access(context.session, progress), ended, failed)


HOW = "Type the date as 17 dec, 17/12 or fri."
CLOSE = Action("close the meeting", GO_ON.keys, "_close", strip="close and draft")
LEADS = {Gap.COMPLETE: (Check.OUTCOMES, Check.COMPLETE), Gap.ITEMS: (Check.ITEMS,)}
ONE_BY_ONE = {Gap.OWNERS: Check.OFFICERS, Gap.DATES: Check.DATES, Gap.ABSENT: Check.APOLOGIES}
SETTLED = {
    Gap.UNSIGNED: "Everyone has signed, or the reason is minuted",
    Gap.CASES: "Cases not discussed: listed as such",
    Gap.COMPLETE: "Nothing left to complete",
    Gap.ITEMS: "Every item was discussed",
    Gap.OWNERS: "Every action has an officer",
    Gap.DATES: "Every action has a date",
    Gap.NEXT: "The next date is agreed",
    Gap.ABSENT: "Everyone expected came or sent apologies",
    Gap.PRIVATE: "No private meeting today",
}


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


class ClosingPage(Page):
    """Entered with the meeting's id. Leads to the minutes once the meeting is closed."""

    ACTIONS = (
        *SETTLE,
        *OTHERS,
        OPEN.called("the next thing", "next"),
        CLOSE,
        SPELLING,
        UNDO,
        BACK.called("back to the meeting"),
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._meeting_id, self._answered = "", set[Gap]()
        self._state: Closing | None = None
        self._open: tuple[GapWords, ...] = ()
        self._seen: list[Gap] = []
        self._deferred, self._asked_again = 0, False  # how many were deferred here; whether the next press does it
        self._ui = Ui_Closing()
        self._ui.setupUi(self)
        ui = self._ui
        self._make_fields()
        self._rows = {gap: self._make_row(gap) for gap in Gap}
        ui.checks_view.body.setContentsMargins(0, 0, 0, 0)
        ui.checks_view.body.setSpacing(4)
        ui.checks_view.body.addStretch(1)
        self.errors = FieldErrors(
            {
                ClosingField.NEXT_ON: (self.day.error, self.day.edit),
                ClosingField.REASON: (ui.close_error, ui.reason_edit),
            },
            (ui.close_error, ui.close_button),
        )
        self.paper_time = PaperTime(context.session, self)
        self.paper_time.changed.connect(lambda: context.changes.tell("meeting"))
        ui.columns.set_columns(None, ui.checks_frame, ui.end_frame)
        ui.columns.set_names(work="checks", side="the end")
        for button in (ui.next_button, ui.close_button):
            button.set_height(44)
        ui.close_button.set_key(CLOSE.shown)
        ui.next_button.set_key(OPEN.shown)
        ui.next_button.clicked.connect(self._go_next)
        ui.close_button.clicked.connect(self._close)
        ui.back_button.clicked.connect(lambda: self.navigate.emit("live", self._meeting_id))
        ui.done_bar.undo_asked.connect(self.undo)
        keep_time(self)
        self.follow("actions", "meeting", "attendance", "cases")

    def _make_fields(self) -> None:
        """What is typed in place; kept by the page, so that nothing typed is lost when the rows are shown again."""
        self.unsigned = InPlace(self, "Reason for not signing", "Record the reason", self._give_reason)
        self.day = InPlace(self, "Date of the next meeting", "Agree this date", self._agree_typed)

    def _make_row(self, gap: Gap) -> GapRow:
        row = GapRow(self, gap.name.lower(), gap.icon)
        row.settled.connect(lambda: self._press(gap))
        row.other.connect(lambda: self._other(gap))
        row.hide()
        self._ui.checks_view.body.addWidget(row)
        return row

    def entered(self, argument: object = None) -> None:
        """The meeting to close. What was answered and typed for it is there again after going to an item."""
        if isinstance(argument, str) and argument != self._meeting_id:
            self._meeting_id = argument
            self._answered, self._seen, self._deferred = set(), [], 0
            for edit in (self.unsigned.edit, self.day.edit, self._ui.reason_edit):
                edit.clear()
            for row in self._rows.values():
                row.close_more()
                row.hide()
        self.errors.clear()
        self._ui.done_bar.dismiss()
        self.refresh()
        self.focus_gone()

    def focus_gone(self) -> None:
        """To the first thing open, or to the end."""
        if self._open:
            self._rows[self._open[0].gap].take_focus()
        else:
            self._ui.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Look again."""
        if not self._meeting_id:
            return
        self._asked_again = False
        session = self._context.session
        self.paper_time.show_for(self._meeting_id)
        self._state = closing(session, self._meeting_id)
        self._open = gaps(self._state, self._answered, self._may_have_private())
        self._show_rows()
        self._show_end(self._state)
        self.bar_changed.emit()

    def _may_have_private(self) -> bool:
        """Whether a private part can follow here and none was held in this sitting."""
        crossing = self._context.crossing
        return crossing is not None and crossing.state in (PrivateState.NOT_BEGUN, PrivateState.BROKEN)

    def _show_rows(self) -> None:
        open_now = {one.gap: one for one in self._open}
        self._seen += [gap for gap in open_now if gap not in self._seen]
        for gap, row in self._rows.items():
            one = open_now.get(gap)
            if one is not None:
                other = one.other if gap.other_key else ""
                row.offer(one.button, gap.key, other, gap.other_key if other else "")
                row.show_open(one.words, one.detail, one.tone)
                if row.is_more_open() and gap in ONE_BY_ONE:
                    self._show_one_by_one(gap)
            elif gap in self._seen:
                row.show_settled(self._settled_words(gap))
        count = len(self._open)
        things = "1 item" if count == 1 else f"{count} things"
        self._ui.checks_title.setText(f"Before you stand up: {things}" if count else "Before you stand up")
        words = "Everyone is still here: settle these first." if count else "Nothing is open. Close the meeting."
        self._ui.checks_caption.setText(words)

    def _settled_words(self, gap: Gap) -> str:
        if gap is Gap.CASES and self._deferred and gap not in self._answered:
            return f"Recorded as deferred: {_cases(self._deferred)}"
        return SETTLED[gap]

    def _show_end(self, state: Closing) -> None:
        ui, session = self._ui, self._context.session
        ui.passed_view.show_passed(in_order(state))
        after = what_happens_after(state, session.now(), circulation(session, self._meeting_id))
        ui.after_view.set_steps([(one.icon, one.title, one.when, one.detail) for one in after])
        count = len(self._open)
        ui.open_caption.setText(f"{count} open. Closing records them as they are." if count else "Nothing is open")
        set_role(ui.open_caption, "medium" if count else "second")
        for part in (ui.reason_label, ui.reason_edit):
            part.setVisible(bool(count))
        ui.next_button.setVisible(bool(count))
        if count:
            ui.next_button.setText(f"Next: {self._open[0].next}")
        ui.close_button.set_next(not count)

    def _go_next(self) -> None:
        if self._open:
            self._press(self._open[0].gap)

    # the answers

    def _press(self, gap: Gap) -> None:
        """A button, or Enter on it: what would defer many cases says how many and waits for another press."""
        many = len(self._state.deferrable) if self._state is not None else 0
        if gap is not Gap.CASES or many < 2 or self._asked_again:
            self._settle(gap)
            return
        self._asked_again = True
        again = f"Press again: defer {many}"
        self._rows[gap].button.setText(again)
        self._ui.next_button.setText(again)
        announce(self, f"{again} cases")
        self._rows[gap].take_focus()

    def _settle(self, gap: Gap) -> None:
        """The press of a row."""
        state = self._state
        if state is None or gap not in {one.gap for one in self._open}:
            return
        session = self._context.session
        if gap in LEADS:
            self._lead_to(state.of(*LEADS[gap])[0])
        elif gap is Gap.UNSIGNED:
            self.navigate.emit("sign_in", self._meeting_id)
        elif gap is Gap.PRIVATE:
            self.navigate.emit("private_part", None)
        elif gap is Gap.CASES and not state.deferrable:
            self._answer(gap)
        elif gap is Gap.CASES:
            count = service.defer_uncalled(session, self._meeting_id)
            self._deferred = count
            self._settled(f"{_cases(count)} recorded as deferred", "meeting", gap)
        elif gap is Gap.DATES:
            service.date_actions(session, self._meeting_id)
            self._settled(f"Due {screen_day(state.next_on, session.today)}", "actions", gap)
        elif gap is Gap.NEXT:
            fix_next_date(session, self._meeting_id, state.next_on)
            self._settled(f"Next meeting {screen_day(state.next_on, session.today)}", "meeting", gap)
        else:
            self._show_one_by_one(gap, focus=True)

    def _other(self, gap: Gap) -> None:
        """The other answer of a row."""
        if gap not in {one.gap for one in self._open}:
            return
        if gap is Gap.UNSIGNED:
            self._open_field(gap, self.unsigned)
        elif gap is Gap.NEXT:
            self._open_field(gap, self.day)
        elif gap is Gap.DATES:
            self._show_one_by_one(gap, focus=True)
        else:
            self._answer(gap)

    def _answer(self, gap: Gap) -> None:
        """It is right as it is, somebody has said."""
        self._answered.add(gap)
        self.refresh()
        self.focus_gone()

    def _open_field(self, gap: Gap, field: InPlace) -> None:
        self._rows[gap].open_more(field)
        field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ui.checks_view.ensureWidgetVisible(field)

    def _give_reason(self) -> None:
        try:
            override(self._context.session, self._meeting_id, self.unsigned.edit.text())
        except Refused as refusal:
            self.unsigned.error.set_error(refusal.sentence, self.unsigned.edit)
            return
        self.unsigned.edit.clear()
        self._settled("The reason is minuted", "attendance", Gap.UNSIGNED)

    def _agree_typed(self) -> None:
        state, typed = self._state, self.day.edit.text().strip()
        if state is None:
            return
        day = read_day(typed, state.meeting.on)
        try:
            if day is None:
                raise Refused(day_problem(typed, state.meeting.on, HOW))
            fix_next_date(self._context.session, self._meeting_id, day)
        except Refused as refusal:
            self.day.error.set_error(refusal.sentence, self.day.edit)
            return
        self.day.edit.clear()
        self._settled(f"Next meeting {screen_day(day, self._context.session.today)}", "meeting", Gap.NEXT)

    def _lead_to(self, row: FailedRow) -> None:
        service.return_to(self._context.session, self._meeting_id, row)
        self._context.changes.tell("meeting")
        self.navigate.emit("live", (self._meeting_id, row.record_id))

    def _settled(self, words: str, what: Kind, gap: Gap) -> None:
        """One step was done; on to what is open next."""
        self._rows[gap].close_more()
        self._ui.done_bar.say(words)
        self._context.changes.tell(what)
        self.refresh()
        self.focus_gone()

    # one by one

    def _show_one_by_one(self, gap: Gap, focus: bool = False) -> None:
        state = self._state
        if state is None:
            return
        rows = [self._make_fix(row, state) for row in state.of(ONE_BY_ONE[gap])]
        self._rows[gap].open_more(*rows)
        if focus and rows:
            rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._ui.checks_view.ensureWidgetVisible(rows[0])

    def _make_fix(self, row: FailedRow, state: Closing) -> FixRow:
        made = FixRow(self, row.record_id, row.words, row.detail, Tone.NEUTRAL)
        if row.check is Check.OFFICERS:
            made.offer_people([(p.id, f"{p.name}, {p.agency}") for p in state.people], "Set officer")
        elif row.check is Check.DATES:
            which = "next CPG" if state.meeting.next_on else "proposed"
            made.offer_day(f"{screen_day(state.next_on, self._context.session.today)}, {which}", "Set date")
        else:
            made.setFocusProxy(made.offer_button("Record apologies"))
        made.fixed.connect(lambda _, chosen, row=row, made=made: self._fix(row, made, chosen))
        return made

    def _fix(self, row: FailedRow, made: FixRow, chosen: str) -> None:
        try:
            self._mend(row, chosen)
        except Refused as refusal:
            made.refuse(refusal.sentence)

    def _mend(self, row: FailedRow, chosen: str) -> None:
        session, state = self._context.session, self._state
        if state is None:
            return
        if row.check is Check.APOLOGIES:
            record_apology(session, self._meeting_id, row.record_id, information_sent=False, received_on=None)
            self._mended("Apologies recorded", row.words, "attendance", Gap.ABSENT)
        elif row.check is Check.OFFICERS:
            if not chosen:
                raise Refused("Choose the officer first.")
            change_action(session, row.record_id, officer_id=chosen)
            self._mended("Officer set", row.detail, "actions", Gap.OWNERS)
        else:
            day = read_day(chosen, state.meeting.on) if chosen.strip() else state.next_on
            if day is None:
                raise Refused(day_problem(chosen, state.meeting.on, HOW))
            change_action(session, row.record_id, due=day if chosen.strip() else None, no_day=not chosen.strip())
            self._mended(f"Due {screen_day(day, session.today)}", row.detail, "actions", Gap.DATES)

    def _mended(self, words: str, more: str, what: Kind, gap: Gap) -> None:
        """On to the one that follows, or to what is open next."""
        self._ui.done_bar.say(words, more)
        self._context.changes.tell(what)
        self.refresh()
        if gap in {one.gap for one in self._open}:
            self._show_one_by_one(gap, focus=True)
        else:
            self.focus_gone()

    # the end

    def _close(self) -> None:
        state, typed = self._state, self.day.edit.text().strip()
        if state is None:
            return
        next_on = read_day(typed, state.meeting.on) if typed else None
        try:
            if typed and next_on is None:
                raise FieldRefused(ClosingField.NEXT_ON, day_problem(typed, state.meeting.on, HOW))
            service.close_meeting(
                self._context.session, self._meeting_id, next_on=next_on, reason=self._ui.reason_edit.text()
            )
        except Refused as refusal:
            if isinstance(refusal, FieldRefused) and refusal.field == ClosingField.NEXT_ON:
                self._open_field(Gap.NEXT, self.day)
            self.errors.show(refusal)
            return
        self.errors.clear()
        self._context.changes.tell("meeting", "cases")
        end_stand_ins(self._context)
        self.navigate.emit("minutes", self._meeting_id)

    def half(self) -> str:
        """What is typed in place, for after a lock."""
        typed = {"unsigned": self.unsigned.edit.text(), "day": self.day.edit.text()}
        return json.dumps(typed) if any(typed.values()) else ""

    def resume(self, half: str) -> None:
        """The same again, open in its row."""
        typed = json.loads(half)
        for gap, field, words in ((Gap.UNSIGNED, self.unsigned, typed["unsigned"]), (Gap.NEXT, self.day, typed["day"])):
            if words:
                field.edit.setText(words)
                self._open_field(gap, field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down lead from row to row."""
        step, rows = step_of(event), [self._rows[one.gap] for one in self._open]
        here = next((n for n, row in enumerate(rows) if row.isAncestorOf(self.focusWidget())), -1)
        if step and here >= 0:
            rows[(here + step) % len(rows)].take_focus()
        else:
            super().keyPressEvent(event)

    def bar_state(self) -> BarState:
        """The last part of the meeting."""
        if not self._meeting_id or self._state is None:
            return BarState(title="Close the meeting")
        left = len(self._open)
        headline = f"Closing: {left} left" if left else "Closing: ready"
        done = len(self._seen) - left
        ticks = progress(done, max(1, len(self._seen)))
        whole, walked = self._state.called + len(self._state.uncalled), self._state.called
        discussed = BarNote(f"{walked} of {whole} cases discussed", amber=walked < whole)
        return replace(meeting_bar(self._context.session, self._meeting_id, headline, ticks), notes=(discussed,))

    def strip_text(self) -> str:
        """What closing does."""
        return "Closing sends nothing. The draft is created at once."
