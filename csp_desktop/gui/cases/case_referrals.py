"""Referrals of all cases or of one: made, chased, answered; the note for a panel that keeps its details to itself."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from csp_desktop._built.ui_case_referrals import Ui_CaseReferrals
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.referrals import ANSWER_DAYS, CmhtPart, ReferralAnswer, ReferralField
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.day_field import HOW
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.fields import fill_combo
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, CHOOSE, HELP, OPEN, UNDO, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.cases import factor_asks
from csp_desktop.services.cases import referrals as service
from csp_desktop.services.cases.referrals import ReferralRow
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.ports.work import Records

NEW = ADD.called("refer this case", "refer", "_new")._replace(when="_has_case")
WHY = "referral"  # the draft of a reason half typed
PDF = "PDF (*.pdf)"
RESTRICTED = (
    "Write the details for the panel in a note and hand it over. Here only to whom, when, by whom and why is kept."
)
UNTIL_HANDED = "Kept until you hand it over. Then it is deleted here for good; this cannot be undone."


def entries(rows: tuple[ReferralRow, ...]) -> list[Entry]:
    """A row each: to whom, of which case, and how it stands."""
    return [
        Entry(
            row.referral.id,
            row.to,
            f"{reference_of(row.case)}: {row.case.title}",
            icon="send",
            pill=row.standing,
            pill_tone=Tone.HIGH if row.late else Tone.MEDIUM if row.referral.is_open else Tone.NEUTRAL,
            dim=not row.referral.is_open,
        )
        for row in rows
    ]


class CaseReferralsPage(Page):
    """Entered with a case's id for that case alone, or with nothing for all of them."""

    NEEDS_ROOM = True

    ACTIONS = (*called(CHOOSE, "choose a referral", "referral"), OPEN.short("answer"), NEW, SPELLING, UNDO, BACK, HELP)

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._session, self._ask = context.session, ask or Ask()
        self._case: Case | None = None
        self._rows: tuple[ReferralRow, ...] = ()
        self._shown_id = ""
        self._is_new = False
        self._ui = ui = Ui_CaseReferrals()
        ui.setupUi(self)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="referrals", side="the referral")
        ui.columns.set_widths(Column.SIDE, 430, 400)
        ui.referrals_view.set_flush(True)
        ui.referrals_view.setMinimumHeight(current().px(120))
        ui.note_edit.setMinimumHeight(current().px(90))
        ui.new_button.set_key(NEW.shown)
        ui.empty_state.hide()
        fill_combo(ui.answer_combo, [("Choose", None), *((one.value.capitalize(), one) for one in ReferralAnswer)])
        fill_combo(ui.part_combo, [("Not asked yet", None), *((one.value.capitalize(), one) for one in CmhtPart)])
        self._new_errors = FieldErrors(
            {
                ReferralField.TO: (ui.to_error, ui.to_combo),
                ReferralField.WHY: (ui.why_error, ui.why_edit),
                ReferralField.ANSWER_BY: (ui.by_error, ui.by_field),
            },
            ui.done_bar,
        )
        self._errors = FieldErrors(
            {
                ReferralField.ANSWER: (ui.answer_error, ui.answer_combo),
                ReferralField.ANSWERED_ON: (ui.answered_error, ui.answered_field),
                ReferralField.REASON: (ui.reason_error, ui.reason_edit),
                ReferralField.NOTE: (ui.note_error, ui.note_edit),
            },
            ui.done_bar,
        )
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.referrals_view.current_moved.connect(self._open)
        ui.referrals_view.chosen.connect(self._go_into)
        ui.new_button.clicked.connect(self._new)
        ui.all_button.clicked.connect(lambda: self.navigate.emit("case_referrals", None))
        ui.refer_button.clicked.connect(self._refer)
        ui.why_edit.returnPressed.connect(self._refer)
        ui.why_edit.textEdited.connect(self._keep_why)
        ui.cancel_button.clicked.connect(self._leave_new)
        ui.needless_button.clicked.connect(self._not_needed)
        ui.to_combo.currentIndexChanged.connect(lambda _: self._show_hint())
        ui.by_field.set_today(lambda: self._session.today)
        ui.answered_field.set_today(lambda: self._session.today, past=True)
        ui.case_button.clicked.connect(self._to_case)
        ui.part_combo.activated.connect(lambda _: self._set_part())
        ui.note_edit.edit_ended.connect(lambda _: self._end_note())
        ui.save_note_button.clicked.connect(self._save_note)
        ui.hand_button.clicked.connect(self._hand_over)
        ui.answer_button.clicked.connect(self._answer)
        ui.next_edit.returnPressed.connect(self._answer)
        ui.withdraw_button.clicked.connect(self._withdraw)
        ui.reason_edit.returnPressed.connect(self._withdraw)
        ui.reopen_button.clicked.connect(self._reopen)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("cases", "meeting", "people")

    def entered(self, argument: object = None) -> None:
        """All referrals, or those of the case; a reason half typed comes back."""
        ui, case_id = self._ui, argument if isinstance(argument, str) else ""
        ui.done_bar.dismiss()
        self._leave_new()
        self._case = None
        if case_id:
            try:
                with self._session.work.reading() as records:
                    self._case = records.get(Case, case_id)
            except NotFound:
                self.navigate.emit("case_referrals", None)
                return
        self._shown_id = ""
        self.refresh()
        if self._case is not None and self._session.work.draft(Case, case_id, WHY) is not None:
            self._new()
        else:
            (ui.referrals_view if self._rows else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """The note is saved; nothing of a case stays behind another page."""
        self._end_note()
        ui = self._ui
        self._rows, self._shown_id, self._is_new = (), "", False
        ui.referrals_view.set_entries([])
        ui.note_edit.set_text("")
        for part in (ui.to_label, ui.facts_label, ui.title_label, ui.asked_label, ui.new_case_label):
            part.clear()
        for line in (ui.why_edit, ui.came_edit, ui.next_edit, ui.reason_edit):
            line.clear()
        ui.case_button.setText("")
        ui.side_stack.setCurrentWidget(ui.nobody_page)

    def refresh(self) -> None:
        """Read it all anew; the referral in hand stays."""
        ui, session = self._ui, self._session
        self._rows = service.referrals(session, self._case.id if self._case is not None else "")
        waiting = [row for row in self._rows if row.referral.is_open]
        late = sum(row.late > 0 for row in waiting)
        words = f"{count_of(len(waiting), 'referral', 'referrals')} without an answer" if waiting else "None open"
        ui.count_label.setText(f"{words}, {late} overdue" if late else words)
        ui.title_label.setText(f"Referrals of {reference_of(self._case)}" if self._case is not None else "Referrals")
        with session.work.reading() as records:
            asked = _asked(records, self._case, session.today)
        ui.asked_label.setText("\n".join(asked))
        ui.asked_label.setVisible(bool(asked))
        ui.all_button.setVisible(self._case is not None)
        ui.new_button.setVisible(self._case is not None)
        ui.referrals_view.set_entries(entries(self._rows))
        ui.list_frame.setVisible(bool(self._rows))
        ui.empty_state.setVisible(not self._rows)
        how = "Refer it with the button above." if self._case else "Refer a case on its page, or by its outcome."
        ui.empty_state.set_content("No referrals", how, icon="send")
        if self._shown_id not in {row.referral.id for row in self._rows}:
            self._shown_id = self._rows[0].referral.id if self._rows else ""
        ui.referrals_view.set_current(self._shown_id)
        self._show()
        self.bar_changed.emit()

    def _row(self) -> ReferralRow | None:
        return next((row for row in self._rows if row.referral.id == self._shown_id), None)

    def _open(self, key: str) -> None:
        """The row one stands on."""
        if key and key != self._shown_id:
            self._end_note()
            self._errors.clear()
            for line in (self._ui.came_edit, self._ui.next_edit, self._ui.reason_edit):
                line.clear()
            self._ui.answer_combo.setCurrentIndex(0)
            self._shown_id = key
            self._show()

    def _go_into(self, key: str) -> None:
        """Enter on a row: its answer."""
        self._open(key)
        if self._ui.columns.is_single():
            self._ui.columns.bring(Column.SIDE)
        row = self._row()
        if row is not None:
            field = self._ui.answer_combo if row.referral.is_open else self._ui.reopen_button
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        ui, row = self._ui, self._row()
        if self._is_new:
            ui.side_stack.setCurrentWidget(ui.new_page)
            return
        ui.side_stack.setCurrentWidget(ui.referral_page if row is not None else ui.nobody_page)
        if row is None:
            ui.nobody_empty.set_content("No referral chosen", "Choose one in the list.", icon="send")
            return
        one = row.referral
        ui.to_label.setText(row.to)
        ui.case_button.setText(f"{reference_of(row.case)}, {row.case.initials or row.case.title.split(':')[0]}")
        ui.facts_label.setText("\n".join(filter(None, _facts(row))))
        ui.part_frame.setVisible(one.body.rule.takes_part)
        ui.part_combo.setCurrentIndex(max(0, ui.part_combo.findData(one.part)))
        may_note = one.is_restricted and one.handed_over_on is None
        ui.note_frame.setVisible(may_note)
        ui.note_hint.setText(UNTIL_HANDED)
        if may_note and not ui.note_edit.hasFocus():
            ui.note_edit.set_text(one.note)
        ui.answer_frame.setVisible(one.is_open)
        ui.words_frame.setVisible(not one.is_restricted)
        if not ui.answered_field.isModified():
            ui.answered_field.set_day(self._session.today)
        ui.reopen_button.setVisible(one.answer is not None)

    # a new one

    def _has_case(self) -> bool:
        return self._case is not None

    def _new(self) -> None:
        """Ctrl+N: refer the case."""
        ui, case = self._ui, self._case
        if case is None:
            return
        self._end_note()
        self._is_new = True
        fill_combo(ui.to_combo, [("Choose", ""), *((name, key) for key, name in service.recipients(self._session))])
        ui.new_case_label.setText(f"{reference_of(case)}: {case.title}")
        draft = self._session.work.draft(Case, case.id, WHY)
        ui.why_edit.setText(draft.text if draft is not None else "")
        ui.by_field.clear()
        ui.by_field.setPlaceholderText(f"in {ANSWER_DAYS} days")
        self._show()
        self._show_hint()
        if ui.columns.is_single():
            ui.columns.bring(Column.SIDE)
        ui.to_combo.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_hint(self) -> None:
        key = self._ui.to_combo.currentData() or ""
        self._ui.to_hint.setText(RESTRICTED if service.is_restricted(key) else "")
        self._ui.to_hint.setVisible(bool(self._ui.to_hint.text()))

    def _keep_why(self, text: str) -> None:
        if self._case is not None:
            self._session.work.keep_draft(Case, self._case.id, WHY, text)

    def _leave_new(self) -> None:
        if self._is_new and self._case is not None:
            self._drop_why(self._case.id)
        self._is_new = False
        self._new_errors.clear()
        self._ui.why_edit.clear()
        self._show()

    def _drop_why(self, case_id: str) -> None:
        if self._session.work.draft(Case, case_id, WHY) is not None:
            self._session.work.drop_draft(Case, case_id, WHY)

    def _refer(self) -> None:
        ui, case = self._ui, self._case
        if case is None:
            return
        try:
            if ui.by_field.text().strip() and ui.by_field.day() is None:
                raise FieldRefused(ReferralField.ANSWER_BY, HOW)
            made = service.refer(
                self._session, case.id, ui.to_combo.currentData() or "", ui.why_edit.text(), ui.by_field.day()
            )
        except Refused as refusal:
            self._new_errors.show(refusal)
            return
        self._shown_id = made.id
        self._leave_new()
        self._done("Referred", "An answer is asked for until it is entered.")

    def _not_needed(self) -> None:
        """It was thought of, and the reason why not is kept."""
        ui, case = self._ui, self._case
        if case is None:
            return
        try:
            noted = service.note_not_needed(self._session, case.id, ui.to_combo.currentData() or "", ui.why_edit.text())
        except Refused as refusal:
            self._new_errors.show(refusal)
            return
        self._shown_id = noted.id
        self._leave_new()
        self._done("Noted as not needed", "It is not asked about again.")

    # what becomes of it

    def _set_part(self) -> None:
        row = self._row()
        if row is not None:
            service.set_part(self._session, row.referral.id, self._ui.part_combo.currentData())
            self._done("Saved", "")

    def _end_note(self) -> None:
        """The note as far as it is written."""
        row, text = self._row(), self._ui.note_edit.toPlainText().strip()
        if row is None or not row.referral.is_restricted or row.referral.handed_over_on is not None:
            return
        if text != row.referral.note:
            service.write_note(self._session, row.referral.id, text)
            self._rows = service.referrals(self._session, self._case.id if self._case is not None else "")

    def _save_note(self) -> None:
        """The note as a PDF for the panel, where the person says."""
        self._end_note()
        row = self._row()
        if row is None:
            return
        try:
            content = service.hand_over_paper(self._session, row.referral.id)
        except Refused as refusal:
            self._errors.show(refusal)
            return
        path = self._ask.save_file(self, "Save the note for the panel", [PDF], Path.home() / "Note.pdf")
        if path is None:
            return
        try:
            save(path, content)
        except NotSaved as refusal:
            self._ui.note_error.set_error(refusal.sentence)
            return
        self._ui.done_bar.say("Saved", str(path), undo="")

    def _hand_over(self) -> None:
        self._end_note()
        row = self._row()
        if row is None:
            return
        try:
            service.hand_over(self._session, row.referral.id)
        except Refused as refusal:
            self._errors.show(refusal)
            return
        self._ui.note_edit.set_text("")
        self._refreshed()
        self._ui.done_bar.say("Handed over; the note is deleted here", undo="")

    def _answer(self) -> None:
        ui, row = self._ui, self._row()
        if row is None:
            return
        try:
            if ui.answered_field.day() is None:
                raise FieldRefused(ReferralField.ANSWERED_ON, HOW)
            service.answer(
                self._session,
                row.referral.id,
                ui.answer_combo.currentData(),
                ui.answered_field.day(),
                ui.came_edit.text(),
                ui.next_edit.text(),
            )
        except Refused as refusal:
            self._errors.show(refusal)
            return
        self._errors.clear()
        self._done("Answer recorded", "")

    def _withdraw(self) -> None:
        row = self._row()
        if row is None:
            return
        try:
            service.withdraw(self._session, row.referral.id, self._ui.reason_edit.text())
        except Refused as refusal:
            self._errors.show(refusal)
            return
        self._errors.clear()
        self._done("Referral withdrawn", "")

    def _reopen(self) -> None:
        row = self._row()
        if row is not None:
            service.remove_answer(self._session, row.referral.id)
            self._done("Answer removed", "An answer is asked for again.")

    def _done(self, words: str, more: str) -> None:
        self._refreshed()
        self._ui.done_bar.say(words, more)
        self._ui.referrals_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refreshed(self) -> None:
        self.refresh()
        self._context.changes.tell("cases")

    def _to_case(self) -> None:
        row = self._row()
        if row is not None:
            self.navigate.emit("case", row.case.id)

    def go_back(self) -> None:
        """Escape: out of the new referral first, then from the side to the list, then back."""
        ui = self._ui
        if self._is_new:
            self._leave_new()
            ui.referrals_view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif ui.side_frame.isAncestorOf(self.focusWidget()) and self._rows:
            ui.referrals_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """How many wait."""
        waiting = sum(row.referral.is_open for row in self._rows)
        return BarState("Referrals", icon="send", headline=f"{waiting} without an answer" if waiting else "")

    def strip_text(self) -> str:
        """What happens with one that is not answered."""
        return "Each referral is asked about until it is answered or withdrawn."


def _asked(records: Records, case: Case | None, today: date) -> list[str]:
    """What the factors of the case ask for; of all cases only of which the CMHT was not informed."""
    if case is None:
        return [f"{reference_of(one.case)}: {one.words}." for one in factor_asks.cmht_not_told(records, today)[:3]]
    untold = [f"{one.words}." for one in factor_asks.cmht_not_told(records, today, case.id)]
    children = factor_asks.children_asked(records, case)
    return [*untold, f"{children} Refer it, or note why it is not needed."] if children else untold


def _facts(row: ReferralRow) -> tuple[str, ...]:
    """What is known of it; of a restricted one to whom, when, by whom and why."""
    one, today = row.referral, row.today
    handed = f"Note handed over {screen_day(one.handed_over_on, today)}." if one.handed_over_on else ""
    return (
        f"{row.referred_words}.",
        f"{row.standing}.",
        f"What came back: {one.came_back}." if one.came_back else "",
        f"Next step: {one.next_step}." if one.next_step else "",
        f"Why: {one.withdrawn_why}." if one.withdrawn_why else "",
        handed,
    )
