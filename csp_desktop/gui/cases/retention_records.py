"""The records of one kind of one meeting on the retention page, their rows, and the list of every kind: apart from the
page, for cases and people are decided beside them in another way.
"""

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop._built.ui_retention import Ui_Retention
from csp_desktop.domain.cases.record_periods import RecordDecision
from csp_desktop.domain.cases.retention import RetentionField
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.cases.retention_cases import BEGUN, show_all
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.window.context import PageContext
from csp_desktop.services.cases.record_periods import (
    Deleted,
    DueRecord,
    RecordsDue,
    delete_records,
    keep_records,
)

EVERY_KIND = "every kind"  # the key of its row
DELETE = "delete"  # is typed so that nothing goes by mistake


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
        ui.keep_until_edit.set_today(lambda: context.session.today)
        ui.keep_until_edit.tell_at(ui.record_reason_error)
        ui.keep_button.clicked.connect(self._keep)
        ui.delete_button.clicked.connect(self._delete)
        ui.delete_progress.busy.connect(lambda busy: ui.delete_button.setEnabled(not busy))
        for edit in (ui.record_reason_edit, ui.delete_edit):
            edit.textChanged.connect(lambda _: self._clear())

    def show_records(self, one: DueRecord) -> None:
        """Take them up; what was typed for others goes."""
        ui, today = self._ui, self._context.session.today
        if self._one is None or self._one.key != one.key:
            ui.record_reason_edit.clear()
            ui.delete_edit.clear()
            ui.keep_until_edit.set_day(add_months(today, 12))
        self._one = one
        ui.record_label.setText(_records_title(one))
        ui.record_facts.setText(_record_facts(one))
        stays = one.period.stays
        ui.stays_label.setText(stays)
        ui.stays_label.setVisible(bool(stays))
        deleting = (ui.delete_title, ui.delete_hint, ui.delete_label, ui.delete_edit, ui.delete_button)
        show_all(not stays and one.kept is None, deleting)
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
        try:
            until = ui.keep_until_edit.required_day(RetentionField.UNTIL)
            keep_records(self._context.session, one.period.kind, one.meeting_id, ui.record_reason_edit.text(), until)
        except Refused as refusal:
            self.keep_errors.show(refusal)
            return
        self.changed.emit(
            "Kept longer", f"{_records_title(one)}, until {screen_day(until, self._context.session.today)}"
        )

    def _delete(self) -> None:
        """Only with the word typed and a reason; then off the window's thread."""
        ui, one, session = self._ui, self._one, self._context.session
        if one is None or ui.delete_progress.is_running():
            return
        if ui.delete_edit.text().strip().casefold() != DELETE:
            ui.delete_error.set_error(f"Type {DELETE}, so that nothing is deleted by mistake.", ui.delete_edit)
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
    return f"{one.period.name}, {dated_day(one.on)}"


def _record_facts(one: DueRecord) -> str:
    words = f"{one.period.what} {one.period.left} Meeting of {dated_day(one.on)}, number of records: {one.count}. "
    words += f"Due since {dated_day(one.due_on)}."
    if one.kept is not None and one.kept.until is not None:
        words += f" Kept until {dated_day(one.kept.until)} by {one.kept.by}: {one.kept.reason}."
    return words


def record_entries(past: RecordsDue) -> list[Entry]:
    """Those due, kept longer and deleted."""
    groups: tuple[tuple[str, list[Entry]], ...] = (
        ("Records due for a decision", [_due_entry(one) for one in past.due]),
        ("Records kept longer", [_due_entry(one) for one in past.kept]),
        ("Records deleted", [_deleted_entry(one) for one in past.deleted]),
    )
    entries: list[Entry] = []
    for heading, rows in groups:
        entries += [Entry("", heading, caption=str(len(rows)), heading=True), *rows] if rows else []
    return entries


def schedule_entries() -> list[Entry]:
    """The list of every kind, under a heading of its own."""
    words = "By a period, with its case or person, or the reason for no period"
    return [Entry("", "How long", heading=True), Entry(EVERY_KIND, "Every kind of record", words, icon="file-text")]


def _due_entry(one: DueRecord) -> Entry:
    years = one.due_on.year - one.on.year
    period = f"Kept {count_of(years, 'year', 'years')} after the meeting, due since {dated_day(one.due_on)}"
    words, pill, tone = f"{period}. Nobody has decided yet.", "Due", Tone.MEDIUM
    if one.kept is not None and one.kept.until is not None:
        words, pill, tone = f"{period}. Kept until {dated_day(one.kept.until)}, {one.kept.by}.", "Kept", Tone.NEUTRAL
    return Entry(one.key, _records_title(one), words, icon="file-text", pill=pill, pill_tone=tone)


def deleted_words(one: Deleted) -> tuple[str, str]:
    """Title and words of a deletion."""
    made = one.decision
    words = f"{made.count} deleted {dated_day(made.on)} by {made.by}: {made.reason}"
    return _records_title(one), words


def _deleted_entry(one: Deleted) -> Entry:
    title, words = deleted_words(one)
    return Entry(one.decision.id, title, words, icon="eraser", dim=True)
