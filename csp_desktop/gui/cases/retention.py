"""Retention: closed cases, in the private window people off the list, that are due, held or soon due; the
records of meetings past their period; and the certificates of what was erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop._built.ui_retention import Ui_Retention
from csp_desktop.domain.cases.record_periods import RecordDecision
from csp_desktop.domain.cases.retention import Disposal, RetentionField, certificate_words
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import local, long_day, tiny_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, FIND, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import PDF, Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import bar_title
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.cases.record_periods import (
    Deleted,
    DueRecord,
    RecordsDue,
    delete_records,
    due_records,
    keep_records,
)
from csp_desktop.services.cases.retention import (
    Kept,
    Retention,
    certificate,
    confirm_years,
    erase,
    keep_longer,
    lift_hold,
    named_elsewhere,
    retention,
    wording,
)
from csp_desktop.services.session import Session

NOTHING = Retention(0, False, (), (), (), ())
DELETE = "delete"  # is typed so that nothing goes by mistake


MOVES = called(CHOOSE, "choose a case", "case")


@dataclass(frozen=True)
class RetentionWords:
    """One kind of file. `page` is where the subject itself is read."""

    one: str
    many: str
    page: str
    open_it: str
    icon: str
    subtitle: str
    choose: str
    list_name: str
    years_name: str
    none_due: str
    none_due_words: str
    asked: str
    decided: str
    after: str
    ended: str
    ended_short: str
    keep_title: str
    hold: str
    erase_title: str
    erase_hint: str
    who_decides: str

    def counted(self, due: int) -> str:
        """'3 cases are due'"""
        return f"1 {self.one} is due" if due == 1 else f"{due} {self.many} are due"


CASES = RetentionWords(
    one="case",
    many="cases",
    page="case",
    open_it="&Open the case",
    icon="layers",
    subtitle="Closed cases that may go",
    choose="Choose a case to hold or erase it, or a certificate to read it.",
    list_name="Closed cases: due, held and coming; certificates",
    years_name="Years a closed case is kept",
    none_due="No case is due",
    none_due_words="Closed cases stand here from half a year before they are due, and those a legal hold keeps.",
    asked="Illustrative until confirmed: for how many years does the partnership keep a closed case?",
    decided="A closed case is kept for this many years, as the partnership has decided.",
    after="after closure",
    ended="Closed on",
    ended_short="Closed",
    keep_title="Keep it longer",
    hold="&Hold it",
    erase_title="Erase it for good",
    erase_hint="Its records and every word ever kept of them go, and cannot come back. A certificate stays. "
    "Backups made before still hold it until they are replaced.",
    who_decides="Nothing is erased by itself: the chair or the administrator decides.",
)
PEOPLE = RetentionWords(
    one="person",
    many="people",
    page="private_person",
    open_it="&Open the person",
    icon="users",
    subtitle="People off the list whose records may go",
    choose="Choose a person to hold or erase their records, or a certificate to read it.",
    list_name="People off the list: due, held and coming; certificates",
    years_name="Years a person off the list is kept",
    none_due="Nobody is due",
    none_due_words="People off the list stand here from half a year before they are due, and those a legal hold keeps.",
    asked="Illustrative until confirmed: for how many years are the records of a person off the list kept?",
    decided="The records of a person off the list are kept for this many years, as New Hope has decided.",
    after="after coming off the list",
    ended="Off the list since",
    ended_short="Off the list",
    keep_title="Keep the records longer",
    hold="&Hold the records",
    erase_title="Erase the records for good",
    erase_hint="Everything kept of the person, and every word that ever was, goes and cannot come back. A certificate "
    "with the reference alone stays. Backups made before still hold it until they are replaced.",
    who_decides="Nothing is erased by itself: New Hope's lead decides.",
)


BEGUN = 1  # from this step of the erasing on there is no way back


class RetentionCase(QObject):
    """One case or person: hold it, lift the hold, or erase it for good, each with a reason.

    `changed` with what was done, in words; `erased` with the certificate's id.
    """

    changed = Signal(str, str)
    erased = Signal(str)

    def __init__(self, ui: Ui_Retention, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context, self._words = ui, context, words_for(context.session)
        at_reason = (ui.reason_error, ui.reason_edit)
        self.hold_errors = FieldErrors(
            {RetentionField.REASON: at_reason, RetentionField.UNTIL: (ui.reason_error, ui.until_edit)}, at_reason
        )
        self.erase_errors = FieldErrors({RetentionField.REASON: at_reason}, (ui.erase_error, ui.confirm_edit))
        self._one: Kept | None = None
        ui.until_check.toggled.connect(ui.until_edit.setEnabled)
        ui.hold_button.clicked.connect(self._hold)
        ui.lift_button.clicked.connect(self._lift)
        ui.erase_button.clicked.connect(self._erase)
        ui.progress_panel.busy.connect(lambda busy: ui.erase_button.setEnabled(not busy))
        for edit in (ui.reason_edit, ui.confirm_edit):
            edit.textChanged.connect(lambda _: self._clear())

    def case_id(self) -> str:
        """The case shown; empty for none."""
        return self._one.id if self._one else ""

    def show_case(self, one: Kept) -> None:
        """Take up a case; what was typed for another goes."""
        ui, today = self._ui, self._context.session.today
        if self.case_id() != one.id:
            for edit in (ui.reason_edit, ui.confirm_edit):
                edit.clear()
            ui.until_check.setChecked(False)
            soon = add_months(today, 12)
            ui.until_edit.setDate(QDate(soon.year, soon.month, soon.day))
        self._one = one
        ui.until_edit.setEnabled(ui.until_check.isChecked())
        ui.case_label.setText(one.subject.full_title)
        ui.facts_label.setText(_facts(one, today, self._words))
        count = named_elsewhere(self._context.session, one.id)
        ui.mentions_label.setVisible(bool(count))
        ui.mentions_label.setText(
            f"{count} other {'record names' if count == 1 else 'records name'} it by its reference and will stay: "
            f"find it with {FIND.shown} and look at that first."
        )
        held, may_go = one.hold is not None, one.hold is None and one.due_on <= today
        holding = (ui.hold_title, ui.until_check, ui.until_edit, ui.hold_button, ui.reason_label, ui.reason_edit)
        erasing = (
            ui.line_2,
            ui.erase_title,
            ui.erase_hint,
            ui.confirm_label,
            ui.confirm_edit,
            ui.erase_button,
        )
        _show(not held, holding)
        _show(may_go, erasing)
        ui.lift_button.setVisible(held)
        ui.confirm_label.setText(f"&Type {one.name} to erase it")
        ui.confirm_edit.setAccessibleName(f"Type {one.name} to erase it")
        self._clear()

    def forget(self) -> None:
        """Nobody is in hand: nothing of the one before stays, hidden or not."""
        ui = self._ui
        self._one = None
        for part in (ui.case_label, ui.facts_label, ui.mentions_label, ui.reason_edit, ui.confirm_edit):
            part.clear()
        ui.confirm_label.setText("&Type its reference to erase it")
        ui.confirm_edit.setAccessibleName("Type its reference to erase it")
        self._clear()

    def _clear(self) -> None:
        self.hold_errors.clear()
        self.erase_errors.clear()

    def _hold(self) -> None:
        if self._one is None:
            return
        ui, day = self._ui, self._ui.until_edit.date()
        until = date(day.year(), day.month(), day.day()) if ui.until_check.isChecked() else None
        try:
            keep_longer(self._context.session, self._one.id, ui.reason_edit.text(), until)
        except Refused as refusal:
            self.hold_errors.show(refusal)
            return
        self.changed.emit("Held", self._one.name)

    def _lift(self) -> None:
        if self._one is None or self._one.hold is None:
            return
        try:
            lift_hold(self._context.session, self._one.hold.id)
        except Refused as refusal:
            self._ui.reason_error.set_error(refusal.sentence)
            return
        self.changed.emit("Hold lifted", self._one.name)

    def _erase(self) -> None:
        """Only with the reference typed and a reason; then off the window's thread."""
        ui, one, session = self._ui, self._one, self._context.session
        if one is None or ui.progress_panel.is_running():
            return
        if "".join(ui.confirm_edit.text().split()).casefold() != "".join(one.name.split()).casefold():
            asked = f"Type {one.name}, so that no other {self._words.one} goes by mistake."
            ui.erase_error.set_error(asked, ui.confirm_edit)
            ui.confirm_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        reason = ui.reason_edit.text()

        def work(progress: Progress) -> Disposal:
            return erase(session, one.id, reason, progress)

        ui.progress_panel.run(
            self._context.tasks, work, self._done, self.erase_errors.show, words="Erasing", until=BEGUN
        )

    def cancel(self) -> None:
        """Given up while nothing has gone."""
        self._ui.progress_panel.cancel()

    def _done(self, made: Disposal) -> None:
        self._one = None
        self.erased.emit(made.id)


class RecordsPart(QObject):
    """The records of one kind of one meeting: keep them until a day, or delete them for good, each with a reason.

    `changed` with what was done, in words; `deleted` with the decision's id.
    """

    changed = Signal(str, str)
    deleted = Signal(str)

    def __init__(self, ui: Ui_Retention, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        at_reason = (ui.record_reason_error, ui.record_reason_edit)
        self.keep_errors = FieldErrors(
            {RetentionField.REASON: at_reason, RetentionField.UNTIL: (ui.record_reason_error, ui.keep_until_edit)},
            at_reason,
        )
        self.delete_errors = FieldErrors({RetentionField.REASON: at_reason}, (ui.delete_error, ui.delete_edit))
        self._one: DueRecord | None = None
        ui.keep_button.clicked.connect(self._keep)
        ui.delete_button.clicked.connect(self._delete)
        ui.delete_button.set_icon("x")
        ui.delete_progress.busy.connect(lambda busy: ui.delete_button.setEnabled(not busy))
        for edit in (ui.record_reason_edit, ui.delete_edit):
            edit.textChanged.connect(lambda _: self._clear())

    def show_records(self, one: DueRecord) -> None:
        """Take them up; what was typed for others goes."""
        ui, today = self._ui, self._context.session.today
        if self._one is None or self._one.key != one.key:
            ui.record_reason_edit.clear()
            ui.delete_edit.clear()
            soon = add_months(today, 12)
            ui.keep_until_edit.setDate(QDate(soon.year, soon.month, soon.day))
        self._one = one
        ui.record_label.setText(_records_title(one))
        ui.record_facts.setText(_record_facts(one))
        stays = one.period.stays
        ui.stays_label.setText(stays)
        ui.stays_label.setVisible(bool(stays))
        deleting = (ui.delete_title, ui.delete_hint, ui.delete_label, ui.delete_edit, ui.delete_button)
        _show(not stays and one.kept is None, deleting)
        ui.line_4.setVisible(bool(stays) or one.kept is None)
        self._clear()

    def forget(self) -> None:
        """None are in hand."""
        ui = self._ui
        self._one = None
        for part in (ui.record_label, ui.record_facts, ui.record_reason_edit, ui.delete_edit):
            part.clear()
        self._clear()

    def _clear(self) -> None:
        self.keep_errors.clear()
        self.delete_errors.clear()

    def _keep(self) -> None:
        one, ui = self._one, self._ui
        if one is None:
            return
        day = ui.keep_until_edit.date()
        until = date(day.year(), day.month(), day.day())
        try:
            keep_records(self._context.session, one.period.kind, one.meeting_id, ui.record_reason_edit.text(), until)
        except Refused as refusal:
            self.keep_errors.show(refusal)
            return
        self.changed.emit("Kept longer", f"{_records_title(one)}, until {long_day(until)}")

    def _delete(self) -> None:
        """Only with the word typed and a reason; then off the window's thread."""
        ui, one, session = self._ui, self._one, self._context.session
        if one is None or ui.delete_progress.is_running():
            return
        if ui.delete_edit.text().strip().casefold() != DELETE:
            ui.delete_error.set_error(f"Type {DELETE}, so that nothing goes by mistake.", ui.delete_edit)
            ui.delete_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        reason = ui.record_reason_edit.text()

        def work(progress: Progress) -> RecordDecision:
            return delete_records(session, one.period.kind, one.meeting_id, reason, progress)

        ui.delete_progress.run(
            self._context.tasks, work, self._done, self.delete_errors.show, words="Deleting", until=BEGUN
        )

    def cancel(self) -> None:
        """Given up while nothing has gone."""
        self._ui.delete_progress.cancel()

    def _done(self, made: RecordDecision) -> None:
        self._one = None
        self.deleted.emit(made.id)


def _records_title(one: DueRecord | Deleted) -> str:
    """'Minutes, 29 October 2026'"""
    return f"{one.period.name}, {tiny_day(one.on)} {one.on.year}"


def _record_facts(one: DueRecord) -> str:
    words = f"{one.period.what} Meeting of {long_day(one.on)}, number of records: {one.count}. "
    words += f"Due since {long_day(one.due_on)}."
    if one.kept is not None and one.kept.until is not None:
        words += f" Kept until {long_day(one.kept.until)} by {one.kept.by}: {one.kept.reason}."
    return words


def _show(shown: bool, parts: Sequence[QWidget]) -> None:
    for part in parts:
        part.setVisible(shown)


def _facts(one: Kept, today: date, said: RetentionWords) -> str:
    words = f"{said.ended} {long_day(one.subject.on)}. "
    words += f"Due since {long_day(one.due_on)}." if one.due_on <= today else f"Due on {long_day(one.due_on)}."
    if one.hold is not None:
        until = f"until {long_day(one.hold.until)}" if one.hold.until else "until it is lifted"
        words += f" Held {until} by {one.hold.by} since {long_day(one.hold.since)}: {one.hold.reason}."
    return words


def words_for(session: Session) -> RetentionWords:
    """The ones of the file that is open."""
    return PEOPLE if session.private else CASES


class RetentionPage(Page):
    """Entered with the id of a case or person, or nothing."""

    ACTIONS = (*MOVES, OPEN.called("hold or erase it", "hold or erase"), UNDO.short("undo a hold"), BACK, HELP)

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._ask = ask or Ask()
        self._kept, self._records, self._words = NOTHING, RecordsDue(), words_for(context.session)
        self._ui = Ui_Retention()
        self._ui.setupUi(self)
        self._case = RetentionCase(self._ui, context, self)
        self._past = RecordsPart(self._ui, context, self)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the list", side="details")
        ui.columns.set_widths(Column.SIDE, 380, 330)
        ui.years_field.setRange(1, 30)
        ui.cases_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.cases_view.setMinimumHeight(px(110))
        words = self._words
        for part, told in (
            (ui.title_label, words.subtitle),
            (ui.hold_title, words.keep_title),
            (ui.hold_button, words.hold),
            (ui.erase_title, words.erase_title),
            (ui.erase_hint, words.erase_hint),
        ):
            part.setText(told)
        ui.open_button.setText(words.open_it)
        ui.cases_view.setAccessibleName(words.list_name)
        ui.years_field.setAccessibleName(words.years_name)
        ui.erase_button.set_icon("x")
        ui.save_button.set_icon("download")

    def _connect(self) -> None:
        ui = self._ui
        ui.cases_view.current_moved.connect(self._show)
        ui.cases_view.chosen.connect(self._go_into)
        ui.years_button.clicked.connect(self._confirm)
        ui.open_button.clicked.connect(lambda: self.navigate.emit(self._words.page, self._case.case_id()))
        ui.save_button.clicked.connect(self._save)
        ui.done_bar.undo_asked.connect(self.undo)
        self._case.changed.connect(self._told)
        self._case.erased.connect(self._erased)
        self._past.changed.connect(self._told)
        self._past.deleted.connect(self._deleted)
        self.follow()

    def entered(self, argument: object = None) -> None:
        """All of it; with an id, that case in hand."""
        self._ui.done_bar.dismiss()
        self.refresh()
        if isinstance(argument, str) and argument:
            self._ui.cases_view.set_current(argument)
        first = next((entry.key for entry in self._ui.cases_view.entries() if entry.key), "")
        if not self._ui.cases_view.current_key() and first:
            self._ui.cases_view.set_current(first)
        self._show(self._ui.cases_view.current_key())
        self._ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """An erasing or deleting that has not begun is given up."""
        self._case.cancel()
        self._past.cancel()

    def refresh(self) -> None:
        """Lists, years and the chosen one as they are now."""
        ui = self._ui
        title, words = self._words.none_due, self._words.none_due_words
        try:
            self._kept = retention(self._context.session)
            self._records = due_records(self._context.session)
        except Refused as refusal:  # people are shown at the table only
            self._kept, title, words = NOTHING, "Not now", refusal.sentence
            self._records = RecordsDue()
        ui.years_frame.setVisible(self._kept is not NOTHING)
        entries = _entries(self._kept, self._words, self._records)
        ui.cases_view.set_entries(entries)
        ui.list_frame.setVisible(bool(entries))
        ui.empty_state.setVisible(not entries)
        ui.empty_state.set_content(title, words, icon="calendar-clock")
        due = len(self._kept.due)
        ui.count_label.setText(self._words.counted(due))
        self._show_years()
        self._show(ui.cases_view.current_key())
        self.bar_changed.emit()

    def _show_years(self) -> None:
        ui, confirmed = self._ui, self._kept.confirmed
        set_role(ui.years_frame, "bar-neutral" if confirmed else "bar-medium")
        ui.years_field.setValue(self._kept.years)
        ui.years_label.setText(self._words.decided if confirmed else self._words.asked)
        ui.years_button.setText("Con&firm other years" if confirmed else "Con&firm the years")
        ui.years_error.clear(ui.years_field)

    def _show(self, key: str) -> None:
        """The case or certificate one stands on, beside the list."""
        ui = self._ui
        one = next((k for k in (*self._kept.due, *self._kept.held, *self._kept.coming) if k.id == key), None)
        made = next((c for c in self._kept.certificates if c.id == key), None)
        if one is not None:
            self._past.forget()
            self._case.show_case(one)
            ui.side_stack.setCurrentWidget(ui.case_page)
            return
        self._case.forget()
        past = next((r for r in (*self._records.due, *self._records.kept) if r.key == key), None)
        if past is not None:
            self._past.show_records(past)
            ui.side_stack.setCurrentWidget(ui.record_page)
            return
        self._past.forget()
        if made is not None:
            ui.certificate_label.setText("\n\n".join(certificate_words(made, wording(self._context.session))))
            ui.save_error.clear()
            ui.side_stack.setCurrentWidget(ui.certificate_page)
            return
        gone = next((g for g in self._records.deleted if g.decision.id == key), None)
        told = _deleted_words(gone) if gone is not None else ("Nothing chosen", self._words.choose)
        ui.nobody_empty.set_content(*told)
        ui.side_stack.setCurrentWidget(ui.nobody_page)

    def _go_into(self, key: str) -> None:
        """Enter on a row: its first field."""
        self._show(key)
        ui, on = self._ui, self._ui.side_stack.currentWidget()
        if on is None or on is ui.nobody_page:
            return
        if ui.columns.is_single():
            ui.columns.bring(Column.SIDE)
        first: dict[QWidget, QWidget] = {ui.case_page: ui.reason_edit, ui.record_page: ui.record_reason_edit}
        field = first.get(on, ui.save_button)
        (field if field.isVisibleTo(self) else ui.lift_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        try:
            confirm_years(self._context.session, self._ui.years_field.value())
        except Refused as refusal:
            self._ui.years_error.set_error(refusal.sentence, self._ui.years_field)
            return
        self._told("Years confirmed", f"{self._ui.years_field.value()} {self._words.after}")
        self._context.changes.tell("settings")

    def _told(self, words: str, more: str) -> None:
        self.refresh()
        self._ui.done_bar.say(words, more)

    def _erased(self, disposal_id: str) -> None:
        self.refresh()
        self._ui.cases_view.set_current(disposal_id)
        self._show(disposal_id)
        self._ui.done_bar.say("Erased for good", "Its certificate stays.", undo="")
        self._ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.changes.tell("cases", "actions", "meeting")

    def _deleted(self, decision_id: str) -> None:
        self.refresh()
        self._ui.cases_view.set_current(decision_id)
        self._show(decision_id)
        self._ui.done_bar.say("Deleted for good", "The decision and its reason stay.", undo="")
        self._ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.changes.tell("meeting")

    def _save(self) -> None:
        """The certificate as a PDF, where the person says."""
        key = self._ui.cases_view.current_key()
        made = next((c for c in self._kept.certificates if c.id == key), None)
        if made is None:
            return
        suggested = Path.home() / "Certificate.pdf"  # neither whose nor when
        path = self._ask.save_file(self, "Save the certificate", [PDF], suggested)
        if path is None:
            return
        try:
            save(path, certificate(self._context.session, made.id))
        except NotSaved as refusal:
            self._ui.save_error.set_error(refusal.sentence)
            return
        self._ui.done_bar.say("Saved", str(path), undo="")

    def go_back(self) -> None:
        """From the details to the list, and from there back."""
        ui = self._ui
        if ui.side_frame.isAncestorOf(self.focusWidget()):
            ui.cases_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.navigate.emit("back", None)

    def bar_state(self) -> BarState:
        """How many are due and held."""
        kept = self._kept
        return BarState(
            title=bar_title(self._context.session),
            subtitle=long_day(self._context.session.today),
            headline="Retention",
            icon="calendar-clock",
            figures=(
                Figure("calendar-clock", str(len(kept.due)), "due", amber=bool(kept.due)),
                Figure("lock", str(len(kept.held)), "held"),
            ),
        )

    def strip_word(self, action: Action) -> str:
        """A case of the group, a person of the private file."""
        return self._words.one if action in MOVES else action.strip

    def strip_text(self) -> str:
        """Who decides."""
        return self._words.who_decides


def _entries(kept: Retention, words: RetentionWords, past: RecordsDue) -> list[Entry]:
    """The groups; an empty one has no heading."""
    groups: tuple[tuple[str, Sequence[Kept]], ...] = (
        ("Due", kept.due),
        ("Held", kept.held),
        ("Due within six months", kept.coming),
    )
    entries: list[Entry] = []
    for heading, cases in groups:
        entries += [Entry("", heading, caption=str(len(cases)), heading=True)] if cases else []
        entries += [_case_entry(one, heading, words) for one in cases]
    entries += _record_entries(past)
    if kept.certificates:
        entries.append(Entry("", "Certificates", caption=str(len(kept.certificates)), heading=True))
    return entries + [_certificate_entry(made) for made in kept.certificates]


def _case_entry(one: Kept, group: str, words: RetentionWords) -> Entry:
    pill, tone = {"Due": ("Due", Tone.MEDIUM), "Held": ("Held", Tone.NEUTRAL)}.get(group, ("", Tone.NEUTRAL))
    ended = f"{words.ended_short} {tiny_day(one.subject.on)} {one.subject.on.year}"
    due = f"{tiny_day(one.due_on)} {one.due_on.year}"
    return Entry(one.id, one.subject.full_title, f"{ended}, due {due}", icon=words.icon, pill=pill, pill_tone=tone)


def _record_entries(past: RecordsDue) -> list[Entry]:
    groups: tuple[tuple[str, list[Entry]], ...] = (
        ("Records due for a decision", [_due_entry(one) for one in past.due]),
        ("Records kept longer", [_due_entry(one) for one in past.kept]),
        ("Records deleted", [_deleted_entry(one) for one in past.deleted]),
    )
    entries: list[Entry] = []
    for heading, rows in groups:
        entries += [Entry("", heading, caption=str(len(rows)), heading=True), *rows] if rows else []
    return entries


def _due_entry(one: DueRecord) -> Entry:
    words, pill, tone = f"Due since {tiny_day(one.due_on)} {one.due_on.year}", "Due", Tone.MEDIUM
    if one.kept is not None and one.kept.until is not None:
        words, pill, tone = f"Kept until {tiny_day(one.kept.until)} {one.kept.until.year}", "Kept", Tone.NEUTRAL
    return Entry(one.key, _records_title(one), words, icon="file-text", pill=pill, pill_tone=tone)


def _deleted_words(one: Deleted) -> tuple[str, str]:
    made = one.decision
    words = f"{made.count} deleted {tiny_day(made.on)} {made.on.year} by {made.by}: {made.reason}"
    return _records_title(one), words


def _deleted_entry(one: Deleted) -> Entry:
    title, words = _deleted_words(one)
    return Entry(one.decision.id, title, words, icon="eraser", dim=True)


def _certificate_entry(made: Disposal) -> Entry:
    day = local(made.at).date()
    words = f"Erased {tiny_day(day)} {day.year} by {made.by}: {made.reason}"
    return Entry(made.id, made.reference, words, icon="file-check", dim=True)
