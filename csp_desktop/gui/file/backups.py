"""Safekeeping: backups, whether they open, going back to one, and working on another laptop."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QWidget

from csp_desktop._built.ui_safekeeping import Ui_Safekeeping
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.user_fields import UnlockField
from csp_desktop.gui.file.backup_rows import (
    LeftCopiesPart,
    back_words,
    file_words,
    history_entries,
    over_words,
    standing,
    trial_words,
    tried_words,
)
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.window.actions import BACK, FIND, HELP, LOCK, NEXT, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import bar_title
from csp_desktop.services.file import backups as file_backups
from csp_desktop.services.file import handover, left_copies
from csp_desktop.services.file.handover import HandOverField
from csp_desktop.services.ports.backups import BackupFile, TriedBackup

BACKUPS = "Backups (*.cspbackup)"


BACK_UP = Action("back up now", ("Ctrl+B",), "_back_up", strip="back up now")


class SafekeepingPage(Page):
    """Entered with "try" for the fields of a trial. Long work runs off the window's thread and can be cancelled."""

    ACTIONS = (NEXT, BACK_UP, FIND, LOCK, BACK, HELP)

    def __init__(self, context: PageContext, ask: Ask | None = None) -> None:
        super().__init__(context)
        self._session, self._ask = context.session, ask or Ask()
        self._may_go_on = False
        self._files: list[BackupFile] = []
        self._place: Path | None = None
        self._ui = Ui_Safekeeping()
        self._ui.setupUi(self)
        self._left = LeftCopiesPart(self._ui, self._session, self._told, self._bring_into_view, self)
        ui = self._ui
        self.folder_errors = FieldErrors({}, (ui.folder_error, None))
        self.try_errors = FieldErrors(
            {
                UnlockField.NAME: (ui.try_error, ui.name_edit),
                UnlockField.SECRET: (ui.try_error, ui.secret_edit),
            },
            (ui.try_error, None),
        )
        self.pass_errors = FieldErrors({HandOverField.TO: (ui.pass_error, ui.to_edit)}, (ui.pass_error, None))
        self._style()
        self._connect()

    def _style(self) -> None:
        ui, px = self._ui, current().px
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="backups", side="history")
        ui.backup_button.set_icon("save")
        ui.backup_button.set_key(BACK_UP.shown)
        ui.backup_button.set_height(44)
        ui.try_button.set_icon("shield-check")
        ui.pass_button.set_icon("send")
        for field, unit in ((ui.kept_field, " backups"), (ui.quiet_field, " days"), (ui.trial_field, " days")):
            field.setSuffix(unit)
            field.setFixedWidth(px(136))
            field.setKeyboardTracking(False)
        for label, name in ((ui.try_icon, "shield-check"), (ui.pass_icon, "send")):
            label.setPixmap(icons.pixmap(name, px(20), current().tokens.ink2, self.devicePixelRatioF()))
        for frame in (ui.restore_frame, ui.passing_frame):
            frame.hide()

    def _connect(self) -> None:
        ui = self._ui
        ui.backup_button.clicked.connect(self._back_up)
        ui.progress_panel.busy.connect(self._busy_changed)
        ui.folder_button.clicked.connect(self._choose_folder)
        ui.other_button.clicked.connect(self._choose_file)
        ui.try_button.clicked.connect(self._try)
        ui.secret_edit.returnPressed.connect(self._try)
        ui.restore_button.clicked.connect(self._ask_back)
        ui.restore_yes_button.clicked.connect(self._go_back)
        ui.restore_no_button.clicked.connect(lambda: self._fold(ui.restore_frame, ui.restore_button))
        ui.place_button.clicked.connect(self._choose_place)
        ui.pass_button.clicked.connect(self._ask_over)
        ui.to_edit.returnPressed.connect(ui.code_edit.setFocus)
        ui.code_edit.returnPressed.connect(self._ask_over)
        ui.pass_yes_button.clicked.connect(self._hand_over)
        ui.pass_no_button.clicked.connect(lambda: self._fold(ui.passing_frame, ui.pass_button))
        ui.after_check.clicked.connect(lambda on: self._rule(ui.kept_error, ui.after_check, after_meetings=on))
        for field, error, name in (
            (ui.kept_field, ui.kept_error, "kept"),
            (ui.quiet_field, ui.remind_error, "quiet_days"),
            (ui.trial_field, ui.remind_error, "trial_days"),
        ):
            field.valueChanged.connect(
                lambda value, field=field, error=error, name=name: self._rule(error, field, **{name: value})
            )
        self.follow()

    def entered(self, argument: object = None) -> None:
        """Up to date; the focus on the next step, or on the trial."""
        ui = self._ui
        ui.done_bar.dismiss()
        ui.name_edit.setText(self._session.user_name)
        self.refresh()
        self._read_folder()
        first = ui.secret_edit if argument == "try" and self._files else ui.backup_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """A backup or a trial goes on by itself, nothing else does; no passphrase stays in a field."""
        if not self._may_go_on:
            self._ui.progress_panel.cancel()
        self._ui.secret_edit.clear()

    def refresh(self) -> None:
        """Everything as the records have it."""
        ui, state, today = self._ui, file_backups.safety(self._session), self._session.today
        icon, tone, title, more = standing(state, today)
        size, ratio = current().px(24), self.devicePixelRatioF()
        ui.backups_icon.setPixmap(icons.pixmap(icon, size, getattr(current().tokens, tone), ratio))
        ui.backups_title.setText(title)
        ui.backups_text.setText(more)
        ui.folder_label.setText(state.rules.folder or "Not set (a USB stick is best)")
        ui.try_text.setText(trial_words(state, today))
        fields = ((ui.kept_field, "kept"), (ui.quiet_field, "quiet_days"), (ui.trial_field, "trial_days"))
        for field, name in fields:
            field.blockSignals(True)
            field.setValue(getattr(state.rules, name))
            field.blockSignals(False)
        ui.after_check.setChecked(state.rules.after_meetings)
        ui.history_view.set_entries(history_entries(state, today))
        ui.history_view.setVisible(bool(state.history))
        ui.history_empty.setVisible(not state.history)
        place = self._place or (Path(state.rules.folder) if state.rules.folder else None)
        self._place = place
        ui.place_label.setText(str(place) if place is not None else "No backup chosen")
        self._left.refresh()
        self._set_busy()
        self.bar_changed.emit()

    def _told(self, words: str) -> None:
        self._ui.done_bar.say(words, undo="")
        self._context.changes.tell("safekeeping")
        self.refresh()

    def _set_busy(self) -> None:
        ui, busy = self._ui, self._ui.progress_panel.is_running()
        for button in (
            ui.backup_button,
            ui.try_button,
            ui.restore_button,
            ui.restore_yes_button,
            ui.pass_button,
            ui.pass_yes_button,
            ui.folder_button,
        ):
            button.setEnabled(not busy)

    def _read_folder(self) -> None:
        """The stick is asked off the window's thread: it may be slow, or gone."""
        folder, backups = file_backups.safety(self._session).rules.folder, self._session.backups
        if not folder or backups is None:
            self._show_files([], "")
            return

        def look(_: Progress) -> tuple[list[BackupFile], str]:
            there = Path(folder)
            if not there.is_dir():
                return [], "The folder was not found. Connect the USB stick, or choose another folder."
            return list(backups.listed(there)), backups.warning(there)

        self._context.tasks.run(look, lambda found: self._show_files(*found), _raised, asker=self)

    def _show_files(self, files: list[BackupFile], note: str) -> None:
        """The folder's, then the copies kept beside the file: those can be tried and gone back to as well."""
        ui, today = self._ui, self._session.today
        files = [*files, *left_copies.to_go_back_to(self._session)]
        self._files = files
        ui.file_combo.clear()
        ui.file_combo.addItems([file_words(file, today) for file in files] or ["No backup in the folder"])
        ui.folder_note.setText(note)
        ui.folder_note.setVisible(bool(note))
        ui.file_combo.setEnabled(bool(files))

    def _rule(self, error: FieldError, field: QWidget, **changes: Any) -> bool:
        try:
            file_backups.change_rules(self._session, **changes)
        except Refused as refusal:
            error.set_error(refusal.sentence, field)
            return False
        error.clear(field)
        self._context.changes.tell("safekeeping")
        return True

    def _choose_folder(self) -> None:
        chosen = self._ask.open_folder(self, "Folder for backups", None)
        if chosen is not None and self._rule(self._ui.folder_error, self._ui.folder_button, folder=str(chosen)):
            self._read_folder()
        self._ui.folder_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_file(self) -> None:
        folder = file_backups.safety(self._session).rules.folder
        chosen = self._ask.open_file(self, "Choose a backup", [BACKUPS], Path(folder) if folder else None)
        if chosen is not None:
            made = datetime.fromtimestamp(chosen.stat().st_mtime, self._session.now().tzinfo)
            others = [file for file in self._files if file.path != chosen and not file.why]
            self._show_files([BackupFile(chosen, made, chosen.stat().st_size), *others], self._ui.folder_note.text())
            self._ui.file_combo.setItemText(0, chosen.name)
        self._ui.secret_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_place(self) -> None:
        chosen = self._ask.open_folder(self, "USB stick or folder for the other laptop", self._place)
        if chosen is not None:
            self._place = chosen
            self._ui.place_label.setText(str(chosen))
        self._ui.place_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> BackupFile | None:
        at = self._ui.file_combo.currentIndex()
        return self._files[at] if 0 <= at < len(self._files) else None

    def _run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        errors: FieldErrors,
        *,
        goes_on: bool = False,
    ) -> None:
        """One thing at a time; a refusal stands in its own card. With `goes_on` it does when the page is left."""
        panel = self._ui.progress_panel
        if panel.is_running():
            return
        self._may_go_on = goes_on
        errors.clear()
        self._ui.done_bar.dismiss()
        panel.run(self._context.tasks, work, done, lambda refusal: errors.show(refusal, focus=False))

    def _busy_changed(self, busy: bool) -> None:
        """However it ended: what was done counts, not what was meant."""
        self._set_busy()
        if not busy:
            self.refresh()
            self._read_folder()
            self._ui.backup_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back_up(self) -> None:
        ui, session = self._ui, self._session
        if not ui.backup_button.isEnabled():
            return
        folder: Path | None = None
        if not session.is_writable():  # no folder can be remembered: this one is for once
            folder = self._ask.open_folder(self, "USB stick or folder for this backup", None)
            if folder is None:
                return
        elif not file_backups.safety(session).rules.folder:
            ui.folder_error.set_error(file_backups.NO_FOLDER, ui.folder_button)
            ui.folder_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def made(_: object) -> None:
            ui.done_bar.say("Backed up and checked: no errors", undo="")

        work = lambda progress: file_backups.back_up(session, progress, folder)  # noqa: E731
        self._run(work, made, self.folder_errors, goes_on=True)

    def _try(self) -> None:
        ui, session, file = self._ui, self._session, self._chosen()
        if file is None:
            ui.try_error.set_error("Choose a backup first.", ui.file_combo)
            return
        name, secret = ui.name_edit.text(), ui.secret_edit.text()
        ui.secret_edit.clear()

        def tried(found: TriedBackup) -> None:
            ui.done_bar.say(*tried_words(found, session.today), undo="", stay=True)

        work = lambda progress: file_backups.try_backup(session, file.path, name, secret, progress)  # noqa: E731
        self._run(work, tried, self.try_errors, goes_on=True)

    def _ask_back(self) -> None:
        ui, file = self._ui, self._chosen()
        missing = file is None or not ui.secret_edit.text()
        if missing:
            ui.try_error.set_error("Choose a backup and type the passphrase from its day first.", ui.secret_edit)
            ui.secret_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        assert file is not None
        ui.try_error.clear(ui.secret_edit)
        self._unfold(ui.restore_frame, ui.restore_label, back_words(file.made_at, self._session.today))
        ui.restore_no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_back(self) -> None:
        ui, session, file = self._ui, self._session, self._chosen()
        self._show_question(ui.restore_frame, False)
        if file is None:
            return
        name, secret = ui.name_edit.text(), ui.secret_edit.text()
        ui.secret_edit.clear()

        def work(progress: Progress) -> None:
            file_backups.prepare_restore(session, file.path, name, secret, progress)

        self._run(work, self._lock, self.try_errors)

    def _ask_over(self) -> None:
        ui, to = self._ui, " ".join(self._ui.to_edit.text().split())
        if not to or self._place is None:
            field = ui.place_button if to else ui.to_edit
            words = "Choose the USB stick or folder." if to else "Name the other laptop, for example “Jo's laptop”."
            ui.pass_error.set_error(words, field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            handover.check_code(self._session, ui.code_edit.text())
        except Refused as refusal:
            ui.pass_error.set_error(refusal.sentence, ui.code_edit)
            ui.code_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        ui.pass_error.clear(ui.to_edit)
        words = over_words(to, has_code=bool(ui.code_edit.text().strip()))
        self._unfold(ui.passing_frame, ui.passing_label, words)
        ui.pass_no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hand_over(self) -> None:
        ui, session, place, to = self._ui, self._session, self._place, self._ui.to_edit.text()
        code = ui.code_edit.text()
        self._show_question(ui.passing_frame, False)
        if place is None:
            return

        def work(progress: Progress) -> None:
            handover.hand_over(session, place, to, progress, code)

        self._run(work, self._lock, self.pass_errors)

    def _lock(self, _: object) -> None:
        """The file was given away, or another waits to take its place."""
        self.navigate.emit("lock", None)

    def _unfold(self, frame: QFrame, label: QLabel, words: str) -> None:
        """The question takes the place of the buttons that led to it."""
        label.setText(words)
        frame.setAccessibleName(words)
        self._show_question(frame, True)

    def _fold(self, frame: QFrame, before: QWidget) -> None:
        self._show_question(frame, False)
        before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_question(self, frame: QFrame, shown: bool) -> None:
        ui = self._ui
        frame.setVisible(shown)
        for button in (ui.try_button, ui.restore_button) if frame is ui.restore_frame else (ui.pass_button,):
            button.setVisible(not shown)
        if shown:
            QTimer.singleShot(0, frame, lambda: self._bring_into_view(frame))

    def _bring_into_view(self, frame: QFrame) -> None:
        around = self._ui.work_frame.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Under one another where the window is narrow."""
        super().resizeEvent(event)
        narrow = self._ui.columns.is_single()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for row in (self._ui.cards_layout, self._ui.rules_layout):
            row.setDirection(direction)

    def bar_state(self) -> BarState:
        """Where we are."""
        session = self._session
        return BarState(bar_title(session), screen_day(session.today, session.today), headline="Backups")


def _raised(error: Exception) -> None:
    raise error
