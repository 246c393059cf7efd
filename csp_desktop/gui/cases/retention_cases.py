"""One case or person of the retention page, what both are called, and the rows of those due, held and soon due: apart
from the page, for the records of meetings are decided beside them in another way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_retention import Ui_Retention
from csp_desktop.domain.cases.retention import Disposal, RetentionField
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import dated_day, local, screen_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.window.actions import FIND
from csp_desktop.gui.window.context import PageContext
from csp_desktop.services.cases.retention import (
    Kept,
    Retention,
    erase,
    keep_longer,
    lift_hold,
    named_elsewhere,
)
from csp_desktop.services.session import Session

BEGUN = 1  # from this step of the erasing on there is no way back


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
    subtitle="Closed cases due for deletion",
    choose="Choose a case to keep longer or delete, or a certificate to read.",
    list_name="Closed cases: due, kept longer and upcoming; certificates",
    years_name="Years a closed case is kept",
    none_due="No case is due",
    none_due_words=("Closed cases are listed from six months before they are due, together with those on legal hold."),
    asked="Example until confirmed: how many years does the partnership keep a closed case?",
    decided="Closed cases are kept for this many years, as the partnership has decided.",
    after="after closure",
    ended="Closed on",
    ended_short="Closed",
    keep_title="Keep longer",
    hold="&Keep longer",
    erase_title="Delete the case permanently",
    erase_hint=(
        "The case and all saved text about it are deleted and cannot be restored. A certificate is "
        "kept. Older backups still contain the case until they are replaced."
    ),
    who_decides="Nothing is deleted automatically: the chair or the administrator decides.",
)
PEOPLE = RetentionWords(
    one="person",
    many="people",
    page="private_person",
    open_it="&Open the person",
    icon="users",
    subtitle="People off the list: records due for deletion",
    choose="Choose a person to keep or delete their records, or a certificate to read.",
    list_name="People off the list: due, kept longer and upcoming; certificates",
    years_name="Years a person off the list is kept",
    none_due="No records are due",
    none_due_words=(
        "People off the list are shown from six months before they are due, together with those on legal hold."
    ),
    asked="Example until confirmed: for how many years are the records of a person off the list kept?",
    decided="The records of a person off the list are kept for this many years, as New Hope has decided.",
    after="after coming off the list",
    ended="Off the list since",
    ended_short="Off the list",
    keep_title="Keep longer",
    hold="&Keep longer",
    erase_title="Delete the records permanently",
    erase_hint=(
        "All records of the person and all saved text about them are deleted and cannot be "
        "restored. A certificate with the reference only is kept. Older backups still contain the "
        "records until they are replaced."
    ),
    who_decides="Nothing is deleted automatically: New Hope's lead decides.",
)


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
        ui.until_edit.set_today(lambda: context.session.today)
        ui.until_edit.tell_at(ui.reason_error)
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
            ui.until_edit.set_day(add_months(today, 12))
        self._one = one
        ui.until_edit.setEnabled(ui.until_check.isChecked())
        ui.case_label.setText(one.subject.full_title)
        ui.facts_label.setText(_facts(one, today, self._words))
        count = named_elsewhere(self._context.session, one.id)
        ui.mentions_label.setVisible(bool(count))
        ui.mentions_label.setText(
            f"{count} other {'record names' if count == 1 else 'records name'} it by its reference and "
            f"will stay: use {FIND.shown} to find and check that first."
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
        show_all(not held, holding)
        show_all(may_go, erasing)
        ui.lift_button.setVisible(held)
        ui.confirm_label.setText(f"&Type {one.name} to delete it")
        ui.confirm_edit.setAccessibleName(f"Type {one.name} to delete it")
        self._clear()

    def forget(self) -> None:
        """Nobody is in hand: nothing of the one before stays, hidden or not."""
        ui = self._ui
        self._one = None
        for part in (ui.case_label, ui.facts_label, ui.mentions_label, ui.reason_edit, ui.confirm_edit):
            part.clear()
        ui.confirm_label.setText("&Type its reference to delete it")
        ui.confirm_edit.setAccessibleName("Type its reference to delete it")
        self._clear()

    def _clear(self) -> None:
        self.hold_errors.clear()
        self.erase_errors.clear()

    def _hold(self) -> None:
        if self._one is None:
            return
        ui = self._ui
        try:
            until = ui.until_edit.required_day(RetentionField.UNTIL) if ui.until_check.isChecked() else None
            keep_longer(self._context.session, self._one.id, ui.reason_edit.text(), until)
        except Refused as refusal:
            self.hold_errors.show(refusal)
            return
        self.changed.emit("On legal hold", self._one.name)

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
            asked = f"Type {one.name}, so that no other {self._words.one} is deleted by mistake."
            ui.erase_error.set_error(asked, ui.confirm_edit)
            ui.confirm_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        reason = ui.reason_edit.text()

        def work(progress: Progress) -> Disposal:
            return erase(session, one.id, reason, progress)

        ui.progress_panel.run(
            self._context.tasks, work, self._done, self.erase_errors.show, words="Deleting", until=BEGUN
        )

    def cancel(self) -> None:
        """Given up while nothing has gone."""
        self._ui.progress_panel.cancel()

    def _done(self, made: Disposal) -> None:
        self._one = None
        self.erased.emit(made.id)


def show_all(shown: bool, parts: Sequence[QWidget]) -> None:
    """Several parts at once."""
    for part in parts:
        part.setVisible(shown)


def _facts(one: Kept, today: date, said: RetentionWords) -> str:
    words = f"{said.ended} {screen_day(one.subject.on, today)}. "
    words += (
        f"Due since {screen_day(one.due_on, today)}."
        if one.due_on <= today
        else f"Due on {screen_day(one.due_on, today)}."
    )
    if one.hold is not None:
        until = f"until {screen_day(one.hold.until, today)}" if one.hold.until else "until it is lifted"
        words += (
            f" On legal hold {until} by {one.hold.by} since {screen_day(one.hold.since, today)}: {one.hold.reason}."
        )
    return words


def words_for(session: Session) -> RetentionWords:
    """The ones of the file that is open."""
    return PEOPLE if session.private else CASES


def case_entries(kept: Retention, words: RetentionWords, today: date) -> list[Entry]:
    """Those due, held and coming; a group without any has no heading."""
    groups: tuple[tuple[str, Sequence[Kept]], ...] = (
        ("Due", kept.due),
        ("On legal hold", kept.held),
        ("Due within six months", kept.coming),
    )
    entries: list[Entry] = []
    for heading, cases in groups:
        entries += [Entry("", heading, caption=str(len(cases)), heading=True)] if cases else []
        entries += [_case_entry(one, heading, words, today) for one in cases]
    return entries


def certificate_entries(kept: Retention) -> list[Entry]:
    """What was erased, under its heading."""
    found = kept.certificates
    heading = [Entry("", "Certificates", caption=str(len(found)), heading=True)] if found else []
    return heading + [_certificate_entry(made) for made in found]


def _case_entry(one: Kept, group: str, words: RetentionWords, today: date) -> Entry:
    pill, tone = {"Due": ("Due", Tone.MEDIUM), "On legal hold": ("On legal hold", Tone.NEUTRAL)}.get(
        group, ("", Tone.NEUTRAL)
    )
    ended = f"{words.ended_short} {screen_day(one.subject.on, today)}"
    due = f"{screen_day(one.due_on, today)}"
    return Entry(one.id, one.subject.full_title, f"{ended}, due {due}", icon=words.icon, pill=pill, pill_tone=tone)


def _certificate_entry(made: Disposal) -> Entry:
    day = local(made.at).date()
    words = f"Deleted {dated_day(day)} by {made.by}: {made.reason}"
    return Entry(made.id, made.reference, words, icon="file-check", dim=True)
