"""Closing the meeting: what is missing with its fix in the row, the cases not called, the next date, then the end.

The backup that follows a meeting runs by itself, while its minutes are read.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_closing import Ui_Closing
from csp_desktop.domain.common.day_phrases import day_problem, read_day
from csp_desktop.domain.common.days import long_day, short_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.gui.meeting.live_bar import keep_time, meeting_bar
from csp_desktop.gui.meeting.paper_time import PaperTime
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.fix_row import FixRow, PassedBlock
from csp_desktop.gui.widgets.meeting_bar import BarState, progress
from csp_desktop.gui.window.actions import GO_ON, HELP, NEXT, OPEN, UNDO, Action
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.file.backups import back_up, is_due_after_meeting
from csp_desktop.services.file.users import end_access, ended_users
from csp_desktop.services.meeting.actions import change_action
from csp_desktop.services.meeting.closing import (
    Check,
    Closing,
    ClosingField,
    FailedRow,
    close_meeting,
    closing,
    return_to,
)
from csp_desktop.services.meeting.sign_in import record_apology


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


HOW = "Write the day as 17 dec, fri or next fri."
_TONES = {Check.SIGNED: Tone.HIGH, Check.OUTCOMES: Tone.HIGH}
_BUTTONS = {
    Check.SIGNED: "Sign in",
    Check.OUTCOMES: "Go to the case",
    Check.ITEMS: "Go to the item",
    Check.APOLOGIES: "Record apologies",
}


CLOSE = Action("close the meeting", GO_ON.keys, "_close", strip="close the meeting")


class ClosingPage(Page):
    """Entered with the meeting's id. Leads to the minutes once the meeting is closed."""

    ACTIONS = (NEXT.short("next fix"), OPEN.called("fix it here", "fix here"), CLOSE, UNDO, HELP)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._meeting_id, self._at = "", ""  # the row that had the focus when they were made anew
        self._state: Closing | None = None
        self._ui = Ui_Closing()
        self._ui.setupUi(self)
        ui = self._ui
        self.errors = FieldErrors(
            {
                ClosingField.NEXT_ON: (ui.next_error, ui.next_edit),
                ClosingField.REASON: (ui.close_error, ui.reason_edit),
            },
            (ui.close_error, ui.close_button),
        )
        self.paper_time = PaperTime(context.session, self)
        self.paper_time.changed.connect(lambda: context.changes.tell("meeting"))
        ui.columns.set_columns(None, ui.checks_frame, ui.end_frame)
        ui.columns.set_names(work="checks", side="the end")
        ui.uncalled_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.uncalled_view.setMinimumHeight(current().px(92))
        ui.checks_view.body.setContentsMargins(0, 0, current().px(8), 0)
        ui.checks_view.verticalScrollBar().rangeChanged.connect(self._keep_in_view)
        ui.close_button.set_height(52)
        ui.close_button.set_key(CLOSE.shown)
        ui.close_button.clicked.connect(self._close)
        ui.back_button.clicked.connect(lambda: self.navigate.emit("live", self._meeting_id))
        ui.private_button.clicked.connect(lambda: self.navigate.emit("private_part", None))
        ui.agree_button.clicked.connect(self._agree)
        ui.next_edit.textChanged.connect(lambda _: self._show_next())
        ui.done_bar.undo_asked.connect(self.undo)
        keep_time(self)
        self.follow("actions", "meeting", "attendance", "cases")

    def entered(self, argument: object = None) -> None:
        """The meeting to close. What was typed for it is there again after going to an item, or undoing the closing."""
        ui = self._ui
        if isinstance(argument, str) and argument != self._meeting_id:
            self._meeting_id = argument
            ui.confirm_check.setChecked(False)
            ui.next_edit.clear()
            ui.reason_edit.clear()
        self.errors.clear()
        ui.done_bar.dismiss()
        self.refresh()
        (self._first_fix() or ui.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_gone(self) -> None:
        """To the row it was in, made anew, else to the first thing to fix, or to the end."""
        row = next((row for row in self._rows() if row.key == self._at), self._first_fix())
        if row is not None:
            row.show()  # it was only just made, and what is not shown takes no focus
        (row or self._ui.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_fix(self) -> FixRow | None:
        rows = self._rows()
        return rows[0] if rows else None

    def _rows(self) -> list[FixRow]:
        body = self._ui.checks_view.body
        found = [item.widget() for n in range(body.count()) if (item := body.itemAt(n)) is not None]
        return [widget for widget in found if isinstance(widget, FixRow)]

    def refresh(self) -> None:
        """Check again."""
        if not self._meeting_id:
            return
        self.paper_time.show_for(self._meeting_id)
        state = self._state = closing(self._context.session, self._meeting_id)
        self._show_checks(state)
        self._show_uncalled(state)
        self._show_next()
        failed = bool(state.failed)
        for part in (self._ui.reason_label, self._ui.reason_edit):
            part.setVisible(failed)
        self.bar_changed.emit()

    def _show_checks(self, state: Closing) -> None:
        count = len(state.failed)
        words = {0: "Nothing is missing.", 1: "One thing is missing."}.get(count, f"{count} things are missing.")
        more = " Fix each one, or close with a reason, which is minuted." if count else ""
        self._ui.checks_caption.setText(words + more)
        body, at = self._ui.checks_view.body, self.focusWidget()
        self._at = next((row.key for row in self._rows() if row.isAncestorOf(at)), "")
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in state.failed:
            body.addWidget(self._make_row(row, state))
        if state.passed:
            body.addWidget(PassedBlock(self, [check.value for check in state.passed]))
        body.addStretch(1)

    def _make_row(self, row: FailedRow, state: Closing) -> FixRow:
        made = FixRow(self, row.record_id, row.words, row.detail, _TONES.get(row.check, Tone.MEDIUM))
        if row.check is Check.OFFICERS:
            people = [(p.id, f"{p.name}, {p.agency}") for p in state.people]
            made.offer_people(people, "Set officer")
        elif row.check is Check.DATES:
            which = "next CPG" if state.meeting.next_on else "proposed"
            made.offer_day(f"{short_day(state.next_on)}, {which}", "Set date")
        else:
            button = made.offer_button(_BUTTONS[row.check])
            made.setFocusProxy(button)
        made.fixed.connect(lambda _, chosen, row=row, made=made: self._fix(row, made, chosen))
        return made

    def _show_uncalled(self, state: Closing) -> None:
        ui = self._ui
        ui.uncalled_count.setText(f"{len(state.uncalled)} of {state.called + len(state.uncalled)}")
        ui.uncalled_view.set_entries(
            [Entry(r.turn_id, r.title, f"{r.name}, {r.why}", dim=r.deferred) for r in state.uncalled]
        )
        left = state.not_reached
        ui.confirm_check.setVisible(left > 0)
        ui.confirm_caption.setVisible(left > 0)
        why = "not decided" if state.opened else "not reached"
        ui.confirm_check.setText(f"&Defer the {left} {why}" if left > 1 else f"&Defer the one {why}")
        ui.confirm_caption.setText("For the reason shown. Without the tick they are only listed.")

    def _show_next(self) -> None:
        """The day as typed, else as agreed at the table; a proposal waits until somebody agrees it."""
        if self._state is None:
            return
        ui, meeting, typed = self._ui, self._state.meeting, self._ui.next_edit.text().strip()
        ui.next_edit.setPlaceholderText(short_day(meeting.next_on) if meeting.next_on else "")
        day = read_day(typed, meeting.on) if typed else meeting.next_on
        if typed and day is None:
            words = day_problem(typed, meeting.on, HOW).rstrip(".")
        else:
            words = f"Agreed: {long_day(day)}" if day else "No day is agreed yet"
        ui.next_caption.setText(words)
        ui.agree_button.setText(f"&Agree {short_day(self._state.next_on)}")
        ui.agree_button.setVisible(not typed and meeting.next_on is None)
        ui.next_error.clear(ui.next_edit)

    def _agree(self) -> None:
        if self._state is not None:
            self._ui.next_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self._ui.next_edit.selectAll()
            self._ui.next_edit.insert(f"{short_day(self._state.next_on)} {self._state.next_on.year}")  # as if typed

    def _fix(self, row: FailedRow, made: FixRow, chosen: str) -> None:
        try:
            self._mend(row, chosen, self._rows().index(made))
        except Refused as refusal:
            made.refuse(refusal.sentence)

    def _mend(self, row: FailedRow, chosen: str, place: int) -> None:
        session, state = self._context.session, self._state
        if state is None:
            return
        if row.check is Check.SIGNED:
            self.navigate.emit("sign_in", self._meeting_id)
        elif row.check in (Check.OUTCOMES, Check.ITEMS):
            return_to(session, self._meeting_id, row)
            self._context.changes.tell("meeting")
            self.navigate.emit("live", self._meeting_id)
        elif row.check is Check.APOLOGIES:
            record_apology(session, self._meeting_id, row.record_id, information_sent=False, received_on=None)
            self._mended("Apologies recorded", row.words, "attendance", place)
        elif row.check is Check.OFFICERS:
            if not chosen:
                raise Refused("Choose the officer first.")
            change_action(session, row.record_id, officer_id=chosen)
            self._mended("Officer set", row.detail, "actions", place)
        else:
            day = read_day(chosen, state.meeting.on) if chosen.strip() else state.next_on
            if day is None:
                raise Refused(day_problem(chosen, state.meeting.on, HOW))
            change_action(session, row.record_id, due=day if chosen.strip() else None, no_day=not chosen.strip())
            self._mended(f"Due {short_day(day)}", row.detail, "actions", place)

    def _mended(self, words: str, more: str, what: Kind, place: int) -> None:
        """On to the row that followed the mended one, in view."""
        self._ui.done_bar.say(words, more)
        self._context.changes.tell(what)
        rows = self._rows()
        if not rows:
            self._ui.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        following = rows[min(place, len(rows) - 1)]
        following.show()  # it was only just made, and what is not shown takes no focus
        following.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_in_view(self) -> None:
        """The rows were laid out anew: the one with the focus stays in sight."""
        focus = self.focusWidget()
        if focus is not None and self._ui.checks_view.isAncestorOf(focus):
            self._ui.checks_view.ensureWidgetVisible(focus)

    def _close(self) -> None:
        ui, state = self._ui, self._state
        if state is None:
            return
        typed = ui.next_edit.text().strip()
        next_on = read_day(typed, state.meeting.on) if typed else None
        if typed and next_on is None:
            self.errors.show(FieldRefused(ClosingField.NEXT_ON, day_problem(typed, state.meeting.on, HOW)))
            return
        try:
            close_meeting(
                self._context.session,
                self._meeting_id,
                next_on=next_on,
                not_reached_confirmed=ui.confirm_check.isChecked(),
                reason=ui.reason_edit.text(),
            )
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.errors.clear()
        self._context.changes.tell("meeting", "cases")
        end_stand_ins(self._context)
        self.navigate.emit("minutes", self._meeting_id)

    def bar_state(self) -> BarState:
        """The last part of the meeting."""
        if not self._meeting_id or self._state is None:
            return BarState(title="Close the meeting")
        count = len(self._state.failed)
        headline = "Close the meeting" + (f": {count} to fix" if count else ": ready")
        passed = len(self._state.passed)
        return meeting_bar(self._context.session, self._meeting_id, headline, progress(passed, len(Check)))

    def strip_text(self) -> str:
        """What closing does."""
        return "Closing draws up the minutes at once."
