"""The words of the backups' page, and its part for copies that lie about: apart, for the page is long without them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame

from csp_desktop._built.ui_safekeeping import Ui_Safekeeping
from csp_desktop.domain.common.days import clock, dated_day, local, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import ago_words
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.services.file import left_copies
from csp_desktop.services.file.backups import Safety
from csp_desktop.services.ports.backups import BackupFile, EarlierCopy, TriedBackup
from csp_desktop.services.session import Session

_ICONS = {
    SafeCopyKind.BACKUP: ("circle-check", "Backup"),
    SafeCopyKind.FAILED: ("triangle-alert", "Backup failed"),
    SafeCopyKind.TRIED: ("shield-check", "Backup checked: it opens"),
    SafeCopyKind.RESTORED: ("history", "Backup restored"),
    SafeCopyKind.HANDED_OVER: ("send", "Handed over"),
    SafeCopyKind.TAKEN_OVER: ("download", "Received"),
    SafeCopyKind.RECLAIMED: ("undo-2", "Taken back"),
    SafeCopyKind.UPDATED: ("save", "Copied, then updated to this version"),
    SafeCopyKind.CLOCK: ("clock", "Clock confirmed"),
    SafeCopyKind.DELETED: ("eraser", "Earlier copy deleted"),
}


EARLIER = (
    "Complete earlier copies of the file, moved aside and kept. Each opens with the "
    "passphrases used at that time, including those of removed users, and contains what was deleted "
    "since. With a copy from version 0.1.0 anyone can also test who the users were. Delete "
    "them once they are not needed."
)


def moment(at: datetime, today: date) -> str:
    """'today at 16:12', 'Thu 26 Nov at 16:12', with the year when it is another."""
    day = local(at).date()
    named = "today" if day == today else screen_day(day, today)
    return f"{named} at {clock(at)}"


def size_words(size: int) -> str:
    """'384 KB', '12.4 MB'"""
    return f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def standing(state: Safety, today: date) -> tuple[str, str, str, str]:
    """Icon, tone's token, headline and second line of the first card."""
    last, failed = state.backup, state.failure
    if failed is not None:
        since = (
            f"The last good backup is from {moment(last.at, today)}." if last is not None else "There is no backup yet."
        )
        return "triangle-alert", "high", f"The backup {moment(failed.at, today)} failed", f"{failed.note} {since}"
    if last is None:
        more = "Choose a folder, then back up. The first backup takes a moment."
        return "circle-alert", "medium", "There is no backup yet", more
    old = (today - local(last.at).date()).days
    age = f", {ago_words(local(last.at).date(), today)}" if old else ""
    second = f"{last.file}, {size_words(last.size)}, checked after saving: no errors."
    late = old > state.rules.quiet_days
    icon, tone = ("circle-alert", "medium") if late else ("circle-check", "low")
    return icon, tone, f"Last backup {moment(last.at, today)}{age}", second


def trial_words(state: Safety, today: date) -> str:
    """What is above the fields of a trial."""
    tried = (
        f"Last checked {moment(state.trial.at, today)}."
        if state.trial is not None
        else "No backup has been checked yet."
    )
    return f"Checks that a backup opens. Nothing is changed. {tried}"


def tried_words(tried: TriedBackup, today: date) -> tuple[str, str]:
    """What a trial found."""
    counts = ", ".join(f"{count} {words}" for words, count in tried.counts)
    return (
        f"The backup of {moment(tried.made_at, today)} opens and is complete",
        f"{counts}, {tried.entries} journal entries",
    )


def back_words(made_at: datetime, today: date) -> str:
    """Before going back."""
    return (
        f"The records go back to {moment(made_at, today)}. Anything written since is no longer in "
        "the file; the current file is kept in the folder under another name. Current users keep "
        "their access. The program locks."
    )


def over_words(to: str, *, has_code: bool) -> str:
    """Before handing over, and what a copy of the file would do."""
    stays = f"After this the file does not open here until “{to}” hands it back. The program locks."
    if has_code:
        return f"{stays} It is locked to “{to}” by the receiving code and opens nowhere else."
    return (
        f"{stays} Without a receiving code a second laptop could also open a copy. People would "
        "then work on two files, which can never be merged. “Restore or receive a file” on the "
        "other laptop shows a code."
    )


def file_words(backup: BackupFile, today: date) -> str:
    """One backup in the list to choose from, or a copy kept beside the file."""
    if backup.why:
        return f"As it was {backup.why}, {screen_day(backup.made_at.date(), today)}, {size_words(backup.size)}"
    words = moment(backup.made_at, today)
    return f"{words[:1].upper()}{words[1:]}, {size_words(backup.size)}"


def delete_words(copy: EarlierCopy) -> str:
    """Before deleting one."""
    return f"Delete this earlier copy of the file {copy.why} ({dated_day(copy.day)})? This cannot be undone."


def earlier_words(copy: EarlierCopy) -> str:
    """One copy in the list to choose from."""
    return f"{dated_day(copy.day)}, {copy.why}, {size_words(copy.size)}"


def history_entries(state: Safety, today: date) -> list[Entry]:
    """The newest first."""
    return [_entry(copy, today) for copy in state.history[:60]]


def _entry(copy: SafeCopy, today: date) -> Entry:
    icon, words = _ICONS[copy.kind]
    if copy.kind in (SafeCopyKind.HANDED_OVER, SafeCopyKind.RECLAIMED) and copy.place:
        words += f" {'to' if copy.kind is SafeCopyKind.HANDED_OVER else 'from'} {copy.place}"
    when = moment(copy.at, today)
    detail = f"{when[:1].upper()}{when[1:]}, {copy.by}"
    high = copy.kind is SafeCopyKind.FAILED
    return Entry(copy.id, words, detail, icon=icon, tone=Tone.HIGH if high else Tone.NEUTRAL)


class LeftCopiesPart(QObject):
    """`said` is called with what was done, in words; `bring_into_view` with a question just asked."""

    def __init__(
        self,
        ui: Ui_Safekeeping,
        session: Session,
        said: Callable[[str], None],
        bring_into_view: Callable[[QFrame], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ui, self._session, self._said, self._bring_into_view = ui, session, said, bring_into_view
        self._copies: Sequence[EarlierCopy] = ()
        ui.earlier_text.setText(EARLIER)
        ui.delete_frame.hide()
        ui.earlier_button.set_icon("eraser")
        ui.earlier_button.clicked.connect(self._ask)
        ui.delete_yes_button.clicked.connect(self._delete)
        ui.delete_no_button.clicked.connect(self._keep)
        ui.left_button.clicked.connect(self._is_gone)
        ui.earlier_combo.currentIndexChanged.connect(lambda _: self._show_question(False))

    def refresh(self) -> None:
        """As the folder has them."""
        ui = self._ui
        copies = left_copies.earlier_copies(self._session)
        if copies != self._copies:
            self._copies = copies
            ui.earlier_combo.clear()
            ui.earlier_combo.addItems([earlier_words(copy) for copy in copies])
        ui.earlier_frame.setVisible(bool(copies))
        sentence = left_copies.hand_over_left(self._session)
        ui.left_label.setText(sentence)
        ui.left_frame.setAccessibleName(sentence)
        ui.left_frame.setVisible(bool(sentence))

    def _chosen(self) -> EarlierCopy | None:
        at = self._ui.earlier_combo.currentIndex()
        return self._copies[at] if 0 <= at < len(self._copies) else None

    def _show_question(self, shown: bool) -> None:
        self._ui.delete_frame.setVisible(shown)
        self._ui.earlier_button.setVisible(not shown)

    def _ask(self) -> None:
        ui, copy = self._ui, self._chosen()
        if copy is None:
            return
        ui.earlier_error.clear(ui.earlier_combo)
        words = delete_words(copy)
        ui.delete_label.setText(words)
        ui.delete_frame.setAccessibleName(words)
        self._show_question(True)
        QTimer.singleShot(0, ui.delete_frame, lambda: self._bring_into_view(ui.delete_frame))
        ui.delete_no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self._show_question(False)
        self._ui.earlier_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        ui, copy = self._ui, self._chosen()
        self._show_question(False)
        if copy is None:
            return
        try:
            left_copies.delete_earlier(self._session, copy)
        except Refused as refusal:
            ui.earlier_error.set_error(refusal.sentence, ui.earlier_combo)
            ui.earlier_combo.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._said("Earlier copy deleted")
        (ui.earlier_button if ui.earlier_frame.isVisible() else ui.backup_button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _is_gone(self) -> None:
        try:
            left_copies.hand_over_is_gone(self._session)
        except Refused as refusal:
            self._ui.pass_error.set_error(refusal.sentence, self._ui.left_button)
            return
        self._said("You will not be reminded of this handover again")
        self._ui.to_edit.setFocus(Qt.FocusReason.OtherFocusReason)
