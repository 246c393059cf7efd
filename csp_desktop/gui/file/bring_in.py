"""Where nothing is open: a backup or a hand-over brought in, and taking back a file that was handed over."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_bring_in import Ui_BringIn
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.user_fields import UnlockField
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import once_painted
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.lock_panel import LockPanelState
from csp_desktop.gui.widgets.passphrase_field import SHOW
from csp_desktop.gui.window.actions import BACK, OPEN, strip_of
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.file import handover
from csp_desktop.services.ports.handover import Brought, BundleImport

NARROW = 1000
CODE_OFFERED = (
    "For a file from another laptop: show a receiving code here and type it on the other "
    "laptop before the handover. Then the file opens on this laptop only. Without a code a "
    "second laptop could also open a copy. People would then work on two files, which can "
    "never be merged."
)
CODE_SHOWN = (
    "Type this code on the laptop that hands the file over. The file then opens on this laptop "
    "only, in this folder. The code stays here until the file has arrived."
)
FILES = "Backups and handovers (*.cspbackup *.csphandover)"


class BringInPage(QWidget):
    """`arrived` gives the folder that can now be unlocked; `left` says the person thought better of it."""

    arrived = Signal(object)
    left_asked = Signal()

    def __init__(self, bundle_import: BundleImport, tasks: Tasks, ask: Ask, folder: Path, name: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._bundle_import, self._tasks, self._ask = bundle_import, tasks, ask
        self._folder, self._file = folder, Path()
        self._ui = Ui_BringIn()
        self._ui.setupUi(self)
        ui = self._ui
        self.bring_errors = FieldErrors(
            {
                UnlockField.NAME: (ui.bring_error, ui.name_edit),
                UnlockField.SECRET: (ui.bring_error, ui.secret_edit),
            },
            (ui.bring_error, None),
        )
        self.take_errors = FieldErrors(
            {
                UnlockField.NAME: (ui.take_error, ui.keeper_edit),
                UnlockField.SECRET: (ui.take_error, ui.own_edit),
                UnlockField.REASON: (ui.take_error, ui.reason_edit),
            },
            (ui.take_error, None),
        )
        self._style(name)
        self._connect()
        self._show_taking(False)

    def _style(self, name: str) -> None:
        ui = self._ui
        ui.inside.setProperty("role", "scrolled")
        ui.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        once_painted(self, self._narrow)
        ui.bring_button.set_height(44)
        ui.take_button.set_height(44)
        ui.folder_label.setText(str(self._folder))
        ui.name_edit.setText(name)
        ui.keeper_edit.setText(name)
        ui.left_frame.hide()
        self._show_code()
        ui.strip.set_text("Encrypted on this laptop. Nothing is sent anywhere.")
        ui.strip.set_keys(strip_of((OPEN.called("continue", "continue"), SHOW, BACK)))
        ui.panel.set_state(
            LockPanelState(
                heading="Restore or receive a file",
                below="A backup, or a file handed over by another laptop.",
                foot="The files already in the folder are never overwritten.",
            )
        )

    def _narrow(self) -> None:
        from csp_desktop.gui.widgets.narrow import Narrow

        Narrow(self._ui.scroll)

    def _connect(self) -> None:
        ui = self._ui
        ui.folder_button.clicked.connect(self._choose_folder)
        ui.file_button.clicked.connect(self._choose_file)
        ui.code_button.clicked.connect(self._make_code)
        ui.left_button.clicked.connect(lambda: self.arrived.emit(self._folder))
        ui.name_edit.returnPressed.connect(ui.secret_edit.setFocus)
        ui.secret_edit.returnPressed.connect(self._bring)
        ui.bring_button.clicked.connect(self._bring)
        ui.progress_panel.busy.connect(self._set_busy)
        ui.back_button.clicked.connect(self._leave)
        ui.lost_button.clicked.connect(lambda: self._show_taking(True))
        ui.stay_button.clicked.connect(lambda: self._show_taking(False))
        ui.reason_edit.returnPressed.connect(self._take_back)
        ui.take_button.clicked.connect(self._take_back)

    def _show_taking(self, shown: bool) -> None:
        ui = self._ui
        ui.take_card.setVisible(shown)
        ui.bring_card.setVisible(not shown)
        ui.secret_edit.clear()
        ui.own_edit.clear()
        (ui.own_edit if shown else ui.file_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_folder(self) -> None:
        chosen = self._ask.open_folder(self, "Folder of the partnership", self._folder.parent)
        if chosen is not None:
            self._folder = chosen
            self._ui.folder_label.setText(str(chosen))
            self._show_code()
        self._ui.folder_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_file(self) -> None:
        chosen = self._ask.open_file(self, "Choose the backup or handover file", [FILES])
        if chosen is not None:
            self.choose(chosen)
        self.focus_first()

    def _show_code(self, *, wanted: bool = False) -> None:
        """The receiving code kept for this folder; what it is for, as long as there is none."""
        ui = self._ui
        code = handover.receiving_code(self._bundle_import, self._folder, wanted=wanted)
        ui.code_text.setText(CODE_SHOWN if code else CODE_OFFERED)
        ui.code_label.setText(code)
        ui.code_label.setAccessibleName(f"Receiving code {code}")
        ui.code_label.setVisible(bool(code))
        ui.code_button.setVisible(not code)
        ui.code_error.clear(ui.code_button)

    def _make_code(self) -> None:
        ui = self._ui
        try:
            self._show_code(wanted=True)
        except Refused as refusal:
            ui.code_error.set_error(refusal.sentence, ui.code_button)
            return
        ui.code_label.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, file: Path) -> None:
        """This file is to be brought in."""
        self._file = file
        self._ui.file_label.setText(file.name)
        self._ui.bring_error.clear()

    def _bring(self) -> None:
        ui = self._ui
        if not self._file.name:
            ui.bring_error.set_error("Choose the file first: its name ends in .cspbackup or .csphandover.")
            ui.file_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        bundle_import, folder, file = self._bundle_import, self._folder, self._file
        name, secret = ui.name_edit.text(), ui.secret_edit.text()

        def work(progress: Progress) -> Brought:
            return handover.bring_in(bundle_import, folder, file, name, secret, progress)

        self._run(work, self.bring_errors)

    def _take_back(self) -> None:
        ui, bundle_import, folder = self._ui, self._bundle_import, self._folder
        name, passphrase, reason = ui.keeper_edit.text(), ui.own_edit.text(), ui.reason_edit.text()
        self._run(lambda _: handover.take_back(bundle_import, folder, name, passphrase, reason), self.take_errors)

    def _run(self, work: Callable[[Progress], Any], errors: FieldErrors) -> None:
        if not self._ui.progress_panel.is_running():
            errors.clear()
            self._ui.progress_panel.run(self._tasks, work, self._done, errors.show)

    def _set_busy(self, busy: bool) -> None:
        ui = self._ui
        for button in (ui.bring_button, ui.take_button, ui.back_button, ui.lost_button, ui.stay_button):
            button.setEnabled(not busy)

    def _done(self, brought: object) -> None:
        ui = self._ui
        ui.secret_edit.clear()
        ui.own_edit.clear()
        if isinstance(brought, Brought) and brought.left_behind:
            self._show_left(brought.left_behind)
        else:
            self.arrived.emit(self._folder)

    def _show_left(self, sentence: str) -> None:
        """The file is here, and still lies where it came from: read before anything else."""
        ui = self._ui
        ui.left_label.setText(sentence)
        ui.left_frame.setAccessibleName(sentence)
        ui.left_frame.show()
        for part in ui.bring_card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.setVisible(part in (ui.bring_title, ui.left_frame))
        ui.bring_title.setText("The file has arrived")
        ui.left_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        self._ui.progress_panel.cancel()
        self.left_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: from taking back to bringing in, from there back."""
        if not is_escape(event):
            super().keyPressEvent(event)
        elif self._ui.progress_panel.is_running():
            return
        elif self._ui.take_card.isVisible():
            self._show_taking(False)
        else:
            self._leave()

    def showEvent(self, event: QShowEvent) -> None:
        """The focus where one begins."""
        super().showEvent(event)
        self.focus_first()

    def focus_first(self) -> None:
        """On the file to choose; once it is chosen, where one types."""
        ui = self._ui
        typing = ui.secret_edit if ui.name_edit.text() else ui.name_edit
        first = typing if self._file.name else ui.file_button
        (ui.own_edit if ui.take_card.isVisible() else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A small window shows the fields only."""
        super().resizeEvent(event)
        self._ui.panel.setVisible(self.width() >= current().px(NARROW))
