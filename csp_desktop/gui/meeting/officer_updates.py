"""Updates before the meeting: each officer is asked, and their answers are pasted or entered, officer by officer."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout

from csp_desktop._built.ui_officer_updates import Ui_OfficerUpdates
from csp_desktop.domain.common.days import local, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.answer_panel import ANSWERS
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.mail_confirm import MailConfirm
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.meeting_figures import until_figure
from csp_desktop.gui.widgets.reason_field import REASONS
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, GO_ON, HELP, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import WRITING
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.meeting import update_requests as service
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.meeting.update_requests import OfficerUpdates, Updates

COPY = Action("copy the request", ("Ctrl+Shift+C",), "_copy", when="_may_ask", strip="copy")
DRAFT = Action("save the request as an email draft", ("Ctrl+M",), "_save_mail", when="_may_ask", strip="email draft")
ASKED = Action("mark this officer as asked", ("U",), "_mark", when="_may_ask", strip="asked")
NEXT_OFFICER = Action("next officer", GO_ON.keys, "_next", strip="next officer")
PASTE = Action("go to the pasted reply", ("F2",), "_to_reply", strip="paste a reply")
MAIL_KINDS = ("Email drafts (*.eml)",)
TO_CONFIRM = "confirm"  # what Home enters the page with
LETTERS = tuple(action._replace(do="", on="answers", strip="") for action in ANSWERS)


class OfficerUpdatesPage(Page):
    """Reached from Home, Prepare and Ctrl+K."""

    no_mail = "No email address: copy the text, or add the address under People."
    meeting_word = "meeting"
    ACTIONS = (
        *called(CHOOSE, "choose an action, or an officer", "choose"),
        *LETTERS,
        *REASONS,
        *WRITING,
        PASTE,
        COPY,
        DRAFT,
        ASKED,
        NEXT_OFFICER,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ask = ask or Ask()
        self._updates: Updates | None = None
        self._officer_id = ""
        self._ui = Ui_OfficerUpdates()
        self._ui.setupUi(self)
        self._confirm = MailConfirm(context.session, context.tasks)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_columns(ui.rail_frame, ui.work_frame, ui.side_frame)
        ui.columns.set_names(rail="officers", work="their actions", side="the request")
        ui.columns.set_widths(Column.RAIL, 340, 316)
        ui.columns.set_widths(Column.SIDE, 380, 350)
        ui.officers_view.set_flush(True)
        ui.answers.rows.setAccessibleName("Actions of this officer")
        ui.answers_card.setMinimumHeight(px(130))
        ui.mailed_edit.set_today(lambda: self._context.session.today, past=True)
        ui.mailed_edit.setMaximumWidth(px(150))
        work = ui.work_frame.layout()
        assert isinstance(work, QVBoxLayout)
        work.insertWidget(work.indexOf(ui.answers_card), self._confirm)
        ui.reply_edit.setMinimumHeight(px(56))
        ui.request_view.setReadOnly(True)
        ui.request_view.setMinimumHeight(px(90))
        ui.next_button.set_height(48)
        for button, action in (
            (ui.copy_button, COPY),
            (ui.mail_button, DRAFT),
            (ui.asked_button, ASKED),
            (ui.next_button, NEXT_OFFICER),
        ):
            button.set_key(action.shown)
        for button in (ui.copy_button, ui.mail_button, ui.asked_button, ui.all_asked_button, ui.take_button):
            button.set_height(30)

    def _connect(self) -> None:
        ui = self._ui
        ui.officers_view.current_moved.connect(self._turn_to)
        ui.officers_view.chosen.connect(self._take)
        ui.answers.answered.connect(self._answer)
        ui.reply_edit.textChanged.connect(self._read)
        ui.take_button.clicked.connect(self._take_over)
        ui.copy_button.clicked.connect(self._copy)
        ui.mail_button.clicked.connect(self._save_mail)
        ui.asked_button.clicked.connect(self._mark)
        ui.all_asked_button.clicked.connect(self._mark_all)
        ui.next_button.clicked.connect(self._next)
        ui.mailed_edit.unread.connect(lambda sentence: ui.reply_error.set_error(sentence, ui.mailed_edit))
        ui.mailed_edit.given.connect(lambda _: ui.reply_error.clear(ui.mailed_edit))
        self._confirm.done.connect(self._confirmed)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("actions", "meeting", "people", "cases")

    def entered(self, argument: object = None) -> None:
        """The first officer who has something to answer."""
        self._ui.done_bar.dismiss()
        self._ui.mailed_edit.setText("")
        self.refresh()
        self._focus_rows()
        if argument == TO_CONFIRM and not self._confirm.isHidden():
            self._confirm.passphrase_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """No passphrase stays."""
        self._confirm.forget()

    def _confirmed(self, words: str) -> None:
        self._context.changes.tell("actions", "cases")
        self._ui.done_bar.say(words, undo="")
        self._focus_rows()

    def _focus_rows(self) -> None:
        ui = self._ui
        (ui.answers.rows if self._row() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read it all anew; the officer in hand stays."""
        ui = self._ui
        try:
            found = service.updates(self._context.session)
        except Refused as refusal:
            self._keep_back(refusal.sentence)
            return
        self._updates = found
        ids = [row.officer.id for row in found.officers]
        if self._officer_id not in ids:
            first = next((row.officer.id for row in found.officers if row.to_answer), "")
            self._officer_id = first or (ids[0] if ids else "")
        ui.officers_view.set_entries(_officer_entries(found, self._context.session.today))
        self._confirm.show_waiting()
        ui.officers_view.set_current(self._officer_id)
        self._show_officer()
        self.bar_changed.emit()

    def _keep_back(self, sentence: str) -> None:
        """Nothing of it may be shown now."""
        self._updates = None
        self._ui.officers_view.set_entries([])
        self._show_officer()
        self._ui.empty_state.set_content("Not shown now", sentence, icon="eye-off")
        self.bar_changed.emit()

    def _row(self) -> OfficerUpdates | None:
        rows = self._updates.officers if self._updates else ()
        return next((row for row in rows if row.officer.id == self._officer_id), None)

    def _show_officer(self) -> None:
        ui, row, found = self._ui, self._row(), self._updates
        for part in (ui.answers_card, ui.reply_card, ui.side_frame, ui.count_label):
            part.setVisible(row is not None)
        ui.empty_state.setVisible(row is None)
        if row is None or found is None:
            ui.title_label.setText("Updates")
            ui.empty_state.set_content("No open actions", "There is nobody to ask.", icon="list-checks")
            return
        ui.count_label.setText(f"{row.agency}: {row.answered} of {len(row.rows)} received")
        ui.title_label.setText(row.officer.name)
        ui.answers.show_actions(row.rows, self._context.session.today, found.following)
        if not ui.answers.rows.current_key():
            waiting = next((r.action.id for r in row.rows if r.answer is None), row.rows[0].action.id)
            ui.answers.rows.set_current(waiting)
        self._read()
        self._show_request(row)
        following = self._following()
        ui.next_button.setVisible(following is not None)

    def _show_request(self, row: OfficerUpdates) -> None:
        ui, found = self._ui, self._updates
        ui.request_error.clear()
        try:
            words = service.request(self._context.session, row.officer.id)
        except Refused as refusal:
            words = refusal.sentence
        if ui.request_view.toPlainText() != words:
            ui.request_view.setPlainText(words)
        asked = (
            f"asked {screen_day(local(row.asked_at).date(), self._context.session.today)}"
            if row.asked_at
            else "not asked yet"
        )
        ui.asked_label.setText(f"{asked}, {row.times_asked} times" if row.times_asked > 1 else asked)
        may = self._may_ask()
        for button in (ui.copy_button, ui.asked_button):
            button.setEnabled(may)
        ui.mail_button.setEnabled(may and bool(row.mail))
        ui.asked_button.setText("Mark as asked again" if row.asked_at else "Mark as asked")
        left = len(found.not_asked) if found else 0
        ui.all_asked_button.setText(f"Mark all {left} as asked")
        ui.all_asked_button.setVisible(left > 1 and found is not None and found.meeting is not None)
        ui.mail_sign.set_words("" if row.mail else self.no_mail)

    def _may_ask(self) -> bool:
        row, found = self._row(), self._updates
        return row is not None and row.to_answer > 0 and found is not None and found.meeting is not None

    def _following(self) -> OfficerUpdates | None:
        rows = list(self._updates.officers) if self._updates else []
        at = next((n for n, row in enumerate(rows) if row.officer.id == self._officer_id), -1)
        return next((row for row in (*rows[at + 1 :], *rows[: max(at, 0)]) if row.to_answer), None)

    def _turn_to(self, officer_id: str) -> None:
        if officer_id and officer_id != self._officer_id:
            self._officer_id = officer_id
            self._ui.reply_edit.clear()
            self._ui.mailed_edit.setText("")
            self._show_officer()
            self.bar_changed.emit()

    def _take(self, officer_id: str) -> None:
        self._turn_to(officer_id)
        if self._ui.columns.is_single():
            self._ui.columns.show_work()
        self._focus_rows()

    def _next(self) -> None:
        following = self._following()
        if following is not None:
            self._ui.officers_view.set_current(following.officer.id)
            self._take(following.officer.id)

    # answers

    def _answer(self, action_id: str, answer: object, reason: str, due: date | None) -> None:
        try:
            given = Answer(answer)
            day = self._ui.mailed_edit.day()
            answer_action(self._context.session, action_id, given, reason=reason, due=due, mailed_on=day)
        except Refused as refusal:
            self._ui.answers.refuse(refusal.sentence)
            return
        row = self._row()
        what = next((r.action.what for r in row.rows if r.action.id == action_id), "") if row else ""
        until = f" to {screen_day(due, self._context.session.today)}" if due else ""
        self._context.changes.tell("actions")
        self._ui.done_bar.say(f"{given.value.capitalize()}{until}", what)
        self._to_waiting()

    def _to_waiting(self) -> None:
        row = self._row()
        waiting = next((r.action.id for r in row.rows if r.answer is None), "") if row else ""
        if waiting:
            self._ui.answers.rows.set_current(waiting)

    def focus_gone(self) -> None:
        """The rows are made anew."""
        self._focus_rows()

    def _to_reply(self) -> None:
        self._ui.columns.show_work()
        self._ui.reply_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _read(self) -> None:
        """What is understood of the reply as it stands."""
        ui, text = self._ui, self._ui.reply_edit.toPlainText()
        ui.reply_error.clear(ui.reply_edit)
        read = (
            service.read_answers(self._context.session, self._officer_id, text) if text.strip() and self._row() else ()
        )
        taken = [one for one in read if one.answer is not None and not one.problem]
        lines = []
        for one in read:
            said = one.answer.value if one.answer else ""
            if one.due:
                said += f" to {screen_day(one.due, self._context.session.today)}"
            lines.append(f"{one.label}: {one.problem or said}{f' ({one.reason})' if one.reason else ''}")
        if text.strip() and not read:
            lines = ["No action number was found in the text. Enter the updates by hand."]
        ui.read_label.setText("\n".join(lines))
        ui.read_label.setVisible(bool(lines))
        ui.take_button.setText(f"Accept {count_of(len(taken), 'answer', 'answers')}" if taken else "Accept")
        ui.take_button.setEnabled(bool(taken))

    def _take_over(self) -> None:
        ui = self._ui
        counts: list[int] = []
        try:
            day, text = ui.mailed_edit.day(), ui.reply_edit.toPlainText()
            counts.append(service.take_over(self._context.session, self._officer_id, text, day))
        except Refused as refusal:
            ui.reply_error.set_error(refusal.sentence, ui.reply_edit)
            return
        ui.reply_edit.clear()
        self._context.changes.tell("actions")
        ui.done_bar.say(f"{count_of(counts[0], 'answer', 'answers')} entered")
        self._focus_rows()

    # asking

    def _copy(self) -> None:
        if self._may_ask():
            QApplication.clipboard().setText(service.request(self._context.session, self._officer_id))
            self._ui.done_bar.say("The request is copied", f"{ASKED.shown} marks the officer as asked.", undo="")

    def _save_mail(self) -> None:
        ui, row = self._ui, self._row()
        if row is None:
            return
        try:
            name, content = service.request_mail(self._context.session, row.officer.id)
        except Refused as refusal:
            ui.request_error.set_error(refusal.sentence)
            return
        path = self._ask.save_file(self, "Save the email draft", MAIL_KINDS, Path.home() / name)
        if path is None:
            return
        try:
            save(path, content)
        except NotSaved as wrong:
            ui.request_error.set_error(str(wrong))
            return
        self._mark()

    def _mark(self) -> None:
        self._note([self._officer_id])

    def _mark_all(self) -> None:
        self._note([row.officer.id for row in self._updates.not_asked] if self._updates else [])

    def _note(self, officer_ids: list[str]) -> None:
        try:
            count = service.note_asked(self._context.session, officer_ids)
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.MEDIUM, undo="")
            return
        self._context.changes.tell("meeting")
        self._ui.done_bar.say(f"{count_of(count, 'officer', 'officers')} marked as asked")

    # what the window asks

    def bar_state(self) -> BarState:
        """How many updates are in, and how long until the meeting."""
        found = self._updates
        if found is None or not found.officers:
            return BarState("Updates", "Before the meeting", icon="send", headline="No open actions")
        ticks = [
            Segment(SegmentState.AHEAD if row.to_answer else SegmentState.DONE, len(row.rows)) for row in found.officers
        ]
        figures = [Figure("users", str(len(found.not_asked)), "not asked")]
        if found.meeting is not None:
            today = self._context.session.today
            figures.append(until_figure(found.meeting.on, today, f"the {self.meeting_word}"))
        on = f"No {self.meeting_word} is planned"
        if found.meeting is not None:
            on = f"Before the {self.meeting_word} of {screen_day(found.meeting.on, self._context.session.today)}"
        return BarState(
            "Updates",
            on,
            icon="send",
            headline=f"{found.answered} of {found.all} updates received",
            segments=tuple(ticks),
            figures=tuple(figures),
        )

    def strip_text(self) -> str:
        """What an update is."""
        return "Updates between meetings do not change the minutes."


def _officer_entries(found: Updates, today: date) -> list[Entry]:
    """By agency, overdue first, each with what is in and whether they were asked."""
    entries: list[Entry] = []
    agency = None
    for row in found.officers:
        if row.agency != agency:
            agency = row.agency
            entries.append(Entry("", agency or "No agency", heading=True))
        done = row.to_answer == 0
        asked = (
            "" if done else f"asked {screen_day(local(row.asked_at).date(), today)}" if row.asked_at else "not asked"
        )
        answered = "" if done else f"{row.answered} of {len(row.rows)}"  # beside the pill it would leave no room
        late = f"oldest {overdue_words(row.oldest_days)}" if row.late else ""
        entries.append(
            Entry(
                row.officer.id,
                row.officer.name,
                ", ".join(filter(None, (answered, asked, late))),
                person=row.officer.name,
                group=row.officer.agency_id,
                caption="done" if done else "",
                tone=Tone.LOW if done else Tone.NEUTRAL,
                pill=f"{row.late} overdue" if row.late else "",
                pill_tone=Tone.HIGH,
                dim=done,
            )
        )
    return entries
