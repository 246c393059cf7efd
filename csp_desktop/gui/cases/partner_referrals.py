"""Referrals that partners send in: a short form, acknowledged, decided, and the referrer informed, all by keyboard."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from csp_desktop._built.ui_partner_referrals import Ui_PartnerReferrals
from csp_desktop.domain.cases.cases import SubjectType
from csp_desktop.domain.cases.incoming_referrals import (
    About,
    CameBy,
    ChildrenAtHome,
    DeclineReason,
    IncomingField,
    IncomingReferral,
    IncomingState,
    PersonTold,
    Triage,
)
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.issues import IssueField
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.day_field import HOW_PAST, DayField
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.fields import choose_in, fill_combo
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, CHOOSE, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.cases import incoming_referrals as service
from csp_desktop.services.cases.case_entry import CaseField
from csp_desktop.services.cases.incoming_referrals import IncomingRow
from csp_desktop.services.meeting import triage
from csp_desktop.services.meeting.triage import Becomes
from csp_desktop.services.session import Session

NEW = ADD.called("add a referral from a partner", "add", "_new")
DRAFT = Action("save an email draft to the referrer", ("Ctrl+M",), "_save_mail", when="_has_row", strip="email draft")
MAIL_KINDS = ("Email drafts (*.eml)",)
REASON, SOURCE = "reason", "source"  # drafts: of a reason half typed, of from whom
CHILDREN = "Children at home: has children’s safeguarding been informed?"
OLD = "It became no case, and the years it is kept are over. Deleting it cannot be undone."
NAMES = {
    Becomes.NEW_CASE: "A new case",
    Becomes.CASE: "Part of a case on the list",
    Becomes.NEW_ISSUE: "A new emerging issue",
    Becomes.ISSUE: "Part of an emerging issue",
    Becomes.DECLINED: "Declined",
}


def entries(rows: tuple[IncomingRow, ...]) -> list[Entry]:
    """A row each: from whom, about whom, and how it stands."""
    return [
        Entry(
            row.referral.id,
            row.source,
            f"{row.about}: {row.referral.asked}",
            icon="download",
            pill=row.standing,
            pill_tone=Tone.HIGH if row.late else Tone.MEDIUM if row.referral.is_open else Tone.NEUTRAL,
            dim=not row.referral.is_open,
        )
        for row in rows
    ]


class ReferralForm(QObject):
    """`added` with the id of the new one."""

    added = Signal(str)

    def __init__(self, ui: Ui_PartnerReferrals, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        fill_combo(ui.by_combo, [(one.value.capitalize(), one) for one in CameBy])
        fill_combo(ui.children_combo, [(one.value.capitalize(), one) for one in reversed(ChildrenAtHome)])
        fill_combo(ui.person_combo, [(one.value.capitalize(), one) for one in reversed(PersonTold)])
        self.errors = FieldErrors(
            {
                IncomingField.BODY: (ui.body_error, ui.body_edit),
                IncomingField.NAME: (ui.name_error, ui.name_edit),
                IncomingField.MAIL: (ui.address_error, ui.mail_edit),
                IncomingField.RECEIVED_ON: (ui.received_error, ui.received_field),
                IncomingField.INITIALS: (ui.initials_error, ui.initials_edit),
                IncomingField.PLACE: (ui.place_error, ui.place_edit),
                IncomingField.ASKED: (ui.asked_error, ui.asked_edit),
            },
            ui.done_bar,
        )
        ui.received_field.set_today(lambda: session.today, past=True)
        for name, line in self._lines().items():
            line.textEdited.connect(lambda text, name=name: service.keep_half(session, name, text))
            line.returnPressed.connect(self.add)
        ui.source_combo.activated.connect(lambda _: self._source_chosen())
        ui.add_button.clicked.connect(self.add)

    def _lines(self) -> dict[str, QLineEdit]:
        """What is typed, by field."""
        ui = self._ui
        return {
            "body": ui.body_edit,
            "name": ui.name_edit,
            "mail": ui.mail_edit,
            "initials": ui.initials_edit,
            "place": ui.place_edit,
            "asked": ui.asked_edit,
            "risk": ui.risk_edit,
        }

    def begin(self) -> None:
        """With what was half entered; the caret at from whom."""
        ui, half = self._ui, service.half_entered(self._session)
        sources = [(name, key) for key, name in service.referrers(self._session)]
        fill_combo(ui.source_combo, [("Another organisation", ""), *sources])
        choose_in(ui.source_combo, half.get(SOURCE, ""))
        for name, line in self._lines().items():
            line.setText(half.get(name, ""))
        ui.received_field.set_day(self._session.today)
        self._show_contact()
        ui.source_combo.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Nothing of it stays on the screen; what is half entered stays in the file."""
        self.errors.clear()
        for line in self._lines().values():
            line.clear()
        for combo in (self._ui.source_combo, self._ui.by_combo, self._ui.children_combo, self._ui.person_combo):
            combo.setCurrentIndex(0)

    def _source_chosen(self) -> None:
        service.keep_half(self._session, SOURCE, self._ui.source_combo.currentData() or "")
        self._show_contact()

    def _show_contact(self) -> None:
        """A member is known by the register; of an agency it is asked who, of another organisation its name too."""
        ui, key = self._ui, self._ui.source_combo.currentData() or ""
        ui.body_frame.setVisible(not key)
        ui.contact_frame.setVisible(not key.startswith(service.MEMBER))

    def add(self) -> None:
        """The referral as it is entered."""
        ui = self._ui
        try:
            about = About(
                day_of(ui.received_field, IncomingField.RECEIVED_ON),
                ui.by_combo.currentData(),
                ui.asked_edit.text(),
                ui.initials_edit.text(),
                ui.place_edit.text(),
                ui.risk_edit.text(),
                ui.children_combo.currentData(),
                ui.person_combo.currentData(),
            )
            who = (line.text() for line in (ui.body_edit, ui.name_edit, ui.mail_edit))
            made = service.enter(self._session, service.referrer_of(ui.source_combo.currentData() or "", *who), about)
        except Refused as refusal:
            self.errors.show(refusal)
            return
        self.clear()
        self.added.emit(made.id)


class PartnerReferralsPage(Page):
    """Entered with the id of one, or with nothing."""

    NEEDS_ROOM = True

    ACTIONS = (
        *called(CHOOSE, "choose a referral", "referral"),
        OPEN.short("next step"),
        NEW,
        DRAFT,
        SPELLING,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._session, self._ask = context.session, ask or Ask()
        self._rows: tuple[IncomingRow, ...] = ()
        self._shown_id, self._is_new = "", False
        self._ui = ui = Ui_PartnerReferrals()
        ui.setupUi(self)
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="referrals", side="the referral")
        ui.columns.set_widths(Column.SIDE, 470, 430)
        ui.incoming_view.set_flush(True)
        ui.incoming_view.setMinimumHeight(current().px(120))
        ui.new_button.set_key(NEW.shown)
        ui.mail_button.set_key(DRAFT.shown)
        ui.empty_state.hide()
        fill_combo(ui.how_combo, [("Choose", None), *((one.value.capitalize(), one) for one in CameBy)])
        fill_combo(ui.triage_combo, [("Choose", None), *((words, one) for one, words in NAMES.items())])
        fill_combo(ui.subject_combo, [(one.value, one) for one in SubjectType])
        fill_combo(ui.why_combo, [("Choose", None), *((_sentence(one.value), one) for one in DeclineReason)])
        self._form, self._errors = ReferralForm(ui, self._session, self), self._step_errors()
        self._connect()

    def _step_errors(self) -> FieldErrors:
        ui = self._ui
        title = (ui.title_error, ui.title_edit)  # what else a case or issue refuses is made of this too
        return FieldErrors(
            {
                **dict.fromkeys((*CaseField, *IssueField), title),
                CaseField.AREA: (ui.area_error, ui.area_combo),
                IncomingField.ACKNOWLEDGED_ON: (ui.ack_error, ui.ack_field),
                IncomingField.TRIAGE: (ui.triage_error, ui.triage_combo),
                IncomingField.TARGET: (ui.target_error, ui.target_combo),
                IncomingField.REASON: (ui.reason_error, ui.reason_edit),
                IncomingField.TOLD_ON: (ui.told_error, ui.told_field),
                IncomingField.TOLD_BY: (ui.how_error, ui.how_combo),
            },
            ui.done_bar,
        )

    def _connect(self) -> None:
        ui = self._ui
        ui.incoming_view.current_moved.connect(self._open)
        ui.incoming_view.chosen.connect(self._go_into)
        for button, do in (
            (ui.new_button, self._new),
            (ui.cancel_button, self._leave_new),
            (ui.became_button, self._to_target),
            (ui.ack_button, self._acknowledge),
            (ui.decide_button, self._decide),
            (ui.tell_button, self._tell),
            (ui.mail_button, self._save_mail),
            (ui.back_button, self._take_back),
            (ui.delete_button, self._delete),
        ):
            button.clicked.connect(do)
        for field in (ui.ack_field, ui.told_field):
            field.set_today(lambda: self._session.today, past=True)
        self._form.added.connect(self._added)
        ui.triage_combo.activated.connect(lambda _: self._show_choice())
        for line in (ui.title_edit, ui.reason_edit):
            line.returnPressed.connect(self._decide)
        ui.reason_edit.textEdited.connect(self._keep_reason)
        ui.ack_field.returnPressed.connect(self._acknowledge)
        ui.told_field.returnPressed.connect(self._tell)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("cases", "meeting", "people", "settings")

    def entered(self, argument: object = None) -> None:
        """All of them, or that one; what was half entered comes back."""
        self._ui.done_bar.dismiss()
        self._is_new = False
        self._shown_id = argument if isinstance(argument, str) else ""
        self.refresh()
        if service.half_entered(self._session):
            self._new()
        else:
            (self._ui.incoming_view if self._rows else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """Nothing of a person stays behind another page."""
        ui = self._ui
        self._rows, self._shown_id, self._is_new = (), "", False
        self._form.clear()
        ui.incoming_view.set_entries([])
        for label in (ui.source_label, ui.facts_label, ui.children_label, ui.old_label):
            label.clear()
        for line in (ui.title_edit, ui.reason_edit):
            line.clear()
        ui.target_combo.clear()
        ui.became_button.setText("")
        ui.side_stack.setCurrentWidget(ui.nobody_page)

    def refresh(self) -> None:
        """Read it all anew; the one in hand stays."""
        ui = self._ui
        self._rows = service.incoming(self._session)
        waiting = [row for row in self._rows if row.referral.is_open]
        late = sum(row.late > 0 for row in waiting)
        words = f"{count_of(len(waiting), 'referral', 'referrals')} to deal with" if waiting else "Nothing to deal with"
        ui.count_label.setText(f"{words}, {late} overdue" if late else words)
        ui.incoming_view.set_entries(entries(self._rows))
        ui.list_frame.setVisible(bool(self._rows))
        ui.empty_state.setVisible(not self._rows)
        ui.empty_state.set_content("No referrals", "Add one with the button above when it comes.", icon="download")
        if self._shown_id not in {row.referral.id for row in self._rows}:
            self._shown_id = self._rows[0].referral.id if self._rows else ""
        ui.incoming_view.set_current(self._shown_id)
        self._show()
        self.bar_changed.emit()

    def _row(self) -> IncomingRow | None:
        return next((row for row in self._rows if row.referral.id == self._shown_id), None)

    def _has_row(self) -> bool:
        return self._row() is not None and not self._is_new

    def _open(self, key: str) -> None:
        """The row one stands on."""
        if key and key != self._shown_id:
            self._clear_step()
            self._shown_id = key
            self._show()

    def _clear_step(self) -> None:
        ui = self._ui
        self._errors.clear()
        ui.mail_error.clear(ui.mail_button)
        for combo in (ui.triage_combo, ui.how_combo, ui.why_combo):
            combo.setCurrentIndex(0)
        for line in (ui.title_edit, ui.reason_edit):
            line.clear()
        for field in (ui.ack_field, ui.told_field):
            field.setModified(False)

    def _go_into(self, key: str) -> None:
        """Enter on a row: its next step."""
        self._open(key)
        ui, row = self._ui, self._row()
        if ui.columns.is_single():
            ui.columns.bring(Column.SIDE)
        if row is not None:
            steps = {
                IncomingState.RECEIVED: ui.ack_button,
                IncomingState.ACKNOWLEDGED: ui.triage_combo,
                IncomingState.TRIAGED: ui.how_combo,
                IncomingState.TOLD: ui.became_button,
            }
            steps[row.referral.state].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        ui, row = self._ui, self._row()
        if self._is_new:
            ui.side_stack.setCurrentWidget(ui.new_page)
            return
        ui.side_stack.setCurrentWidget(ui.referral_page if row is not None else ui.nobody_page)
        if row is None:
            ui.nobody_empty.set_content("No referral chosen", "Choose one in the list.", icon="download")
            return
        one, today = row.referral, self._session.today
        ui.source_label.setText(row.source)
        ui.facts_label.setText("\n".join(row.facts))
        ui.children_label.setText(CHILDREN)
        ui.children_label.setVisible(one.children is ChildrenAtHome.YES and one.is_open)
        ui.became_button.setVisible(bool(one.case_id or one.issue_id))
        ui.became_button.setText(row.became)
        ui.ack_frame.setVisible(one.state is IncomingState.RECEIVED)
        ui.triage_frame.setVisible(one.state is IncomingState.ACKNOWLEDGED)
        ui.tell_frame.setVisible(one.state is IncomingState.TRIAGED)
        ui.mail_button.setVisible(one.is_open)
        ui.back_button.setVisible(one.state is IncomingState.TRIAGED)
        for field in (ui.ack_field, ui.told_field):
            if not field.isModified():
                field.set_day(today)
        ui.old_label.setText(OLD)
        for part in (ui.old_label, ui.delete_button):
            part.setVisible(row.may_delete)
        if one.state is IncomingState.ACKNOWLEDGED:
            self._show_choice()

    def _show_choice(self) -> None:
        """What the chosen end asks for."""
        ui, row, end = self._ui, self._row(), self._ui.triage_combo.currentData()
        if row is None:
            return
        new, known = end in (Becomes.NEW_CASE, Becomes.NEW_ISSUE), end in (Becomes.CASE, Becomes.ISSUE)
        ui.title_frame.setVisible(new)
        ui.area_frame.setVisible(new)
        ui.subject_frame.setVisible(end is Becomes.NEW_CASE)
        ui.target_frame.setVisible(known)
        ui.decline_frame.setVisible(end is Becomes.DECLINED)
        if new or known:
            found = triage.targets(self._session, row.referral.id)
            _offer(ui.area_combo, ((area, area) for area in found.areas))
            offered = found.cases if end is Becomes.CASE else found.issues
            _offer(ui.target_combo, ((words, key) for key, words in offered))
        if new and not ui.title_edit.text():
            ui.title_edit.setText(row.proposed_title)
        if end is Becomes.DECLINED and not ui.reason_edit.text():
            draft = self._session.work.draft(IncomingReferral, row.referral.id, REASON)
            ui.reason_edit.setText(draft.text if draft is not None else "")

    # a new one

    def _new(self) -> None:
        """Ctrl+N: the form, with what was half entered."""
        self._is_new = True
        self._show()
        if self._ui.columns.is_single():
            self._ui.columns.bring(Column.SIDE)
        self._form.begin()

    def _leave_new(self) -> None:
        """Given up: what was half entered is forgotten."""
        service.forget_half(self._session)
        self._is_new = False
        self._form.clear()
        self._show()
        self._ui.incoming_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, referral_id: str) -> None:
        self._is_new, self._shown_id = False, referral_id
        self._done("Added", "Acknowledge it, so that the referrer knows it came.")

    # its steps

    def _step(self, do: Callable[[IncomingReferral], object], words: str, more: str = "") -> None:
        row = self._row()
        if row is None:
            return
        try:
            do(row.referral)
        except Refused as refusal:
            self._errors.show(refusal)
            return
        self._clear_step()
        self._done(words, more)

    def _acknowledge(self) -> None:
        field = self._ui.ack_field
        self._step(
            lambda one: service.acknowledge(self._session, one.id, day_of(field, IncomingField.ACKNOWLEDGED_ON)),
            "Acknowledged",
        )

    def _decide(self) -> None:
        end = self._ui.triage_combo.currentData()
        self._step(lambda one: self._become(end, one), "Decided", "Inform the referrer now.")

    def _become(self, end: Becomes | None, one: IncomingReferral) -> None:
        ui, session = self._ui, self._session
        title, area, target = ui.title_edit.text(), ui.area_combo.currentData() or "", ui.target_combo.currentData()
        match end:
            case None:
                raise FieldRefused(IncomingField.TRIAGE, "Choose what becomes of the referral.")
            case Becomes.NEW_CASE:
                triage.make_new_case(session, one.id, title, area, ui.subject_combo.currentData())
            case Becomes.CASE:
                triage.join_case(session, one.id, target or "")
            case Becomes.NEW_ISSUE:
                triage.make_new_issue(session, one.id, title, area)
            case Becomes.ISSUE:
                triage.join_issue(session, one.id, target or "")
            case Becomes.DECLINED:
                triage.decline(session, one.id, ui.why_combo.currentData(), ui.reason_edit.text())
                if session.work.draft(IncomingReferral, one.id, REASON) is not None:
                    session.work.drop_draft(IncomingReferral, one.id, REASON)

    def _keep_reason(self, text: str) -> None:
        if self._row() is not None:
            self._session.work.keep_draft(IncomingReferral, self._shown_id, REASON, text)

    def _tell(self) -> None:
        ui = self._ui
        self._step(
            lambda one: service.tell_referrer(
                self._session, one.id, ui.how_combo.currentData(), day_of(ui.told_field, IncomingField.TOLD_ON)
            ),
            "Referrer informed",
        )

    def _take_back(self) -> None:
        row = self._row()
        stays = "The case or issue made from it stays." if row and row.referral.triage is not Triage.DECLINED else ""
        self._step(lambda one: triage.take_back(self._session, one.id), "Decision removed", stays)

    def _delete(self) -> None:
        row = self._row()
        if row is not None and row.may_delete:
            service.delete_old(self._session, row.referral.id)
            self._refreshed()
            self._ui.done_bar.say("Deleted for good", undo="")

    def _save_mail(self) -> None:
        """What the referrer is written at this step, as an email draft where the person says."""
        ui, row = self._ui, self._row()
        if row is None or not row.referral.is_open:
            return
        ui.mail_error.clear(ui.mail_button)
        try:
            name, content = service.referrer_mail(self._session, row.referral.id)
            path = self._ask.save_file(self, "Save the email draft", MAIL_KINDS, Path.home() / name)
            if path is not None:
                save(path, content)
        except (Refused, NotSaved) as refusal:
            ui.mail_error.set_error(refusal.sentence, ui.mail_button)
            return
        if path is not None:
            ui.done_bar.say("Saved", str(path), undo="")

    def _to_target(self) -> None:
        row = self._row()
        if row is not None and row.referral.case_id:
            self.navigate.emit("case", row.referral.case_id)
        elif row is not None and row.referral.issue_id:
            self.navigate.emit("issues", row.referral.issue_id)

    def _done(self, words: str, more: str) -> None:
        self._refreshed()
        self._ui.done_bar.say(words, more)
        self._ui.incoming_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refreshed(self) -> None:
        self.refresh()
        self._context.changes.tell("cases")

    def go_back(self) -> None:
        """Escape: out of the form first, then from the side to the list, then back."""
        if self._is_new:
            self._leave_new()
        elif self._ui.side_frame.isAncestorOf(self.focusWidget()) and self._rows:
            self._ui.incoming_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().go_back()

    def bar_state(self) -> BarState:
        """How many wait."""
        waiting = sum(row.referral.is_open for row in self._rows)
        return BarState(
            "Referrals from partners", icon="download", headline=f"{waiting} to deal with" if waiting else ""
        )

    def strip_text(self) -> str:
        """What is sent to whom."""
        return "The email draft says what becomes of the referral, and nothing about anyone."


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def day_of(field: DayField, name: IncomingField) -> date:
    """The day in a field. Raises FieldRefused for what is none."""
    day = field.day()
    if day is None:
        raise FieldRefused(name, HOW_PAST)
    return day


def _offer(combo: QComboBox, rows: Iterable[tuple[str, object]]) -> None:
    """What can be chosen now; what is chosen stays chosen."""
    chosen = combo.currentData()
    fill_combo(combo, [("Choose", ""), *rows])
    choose_in(combo, chosen)
