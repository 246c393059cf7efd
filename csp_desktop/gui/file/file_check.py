"""The check of the whole file, on the pages of those who answer for it: started, given up, and told in a panel."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_file_home import Ui_FileHome
from csp_desktop._built.ui_journal import Ui_Journal
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.window.actions import GO_ON, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.services.file.file_checks import check_file
from csp_desktop.services.ports.file import CheckReport

CHECK = Action("check this file", GO_ON.keys, "_check_file", strip="check this file")


class FileCheck(QObject):
    """`done` when a check has ended with an answer; once it was read, the focus goes to `behind`."""

    done = Signal()

    def __init__(self, ui: Ui_Journal | Ui_FileHome, behind: QWidget, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._behind, self._context = ui, behind, context
        ui.report_frame.hide()
        ui.check_button.clicked.connect(self.start)
        ui.progress_panel.busy.connect(lambda busy: ui.check_button.setEnabled(not busy))
        ui.report_button.clicked.connect(self._close_report)

    def start(self) -> None:
        """Look the file through, unless that is under way."""
        ui, session = self._ui, self._context.session
        if ui.progress_panel.is_running():
            return
        ui.report_frame.hide()

        def work(progress: Progress) -> CheckReport:
            return check_file(session, progress)

        ui.progress_panel.run(self._context.tasks, work, self._show, self._failed, words="Checking this file")

    def cancel(self) -> None:
        """Stop; the file is not touched by a check."""
        self._ui.progress_panel.cancel()

    def _show(self, report: CheckReport) -> None:
        if report.ok:
            told = " ".join(report.sentences[:-1])
            self._say("low", "No errors: the file is complete and unchanged by other programs", told)
        else:
            advice = "Stop using it, keep a copy of the folder as it is, and restore the newest backup."
            self._say("high", "The file was changed outside the program", "\n".join((*report.findings[:8], advice)))
        self.done.emit()

    def _failed(self, refusal: Refused) -> None:
        self._say("high", "The file could not be checked", refusal.sentence)

    def _say(self, tone: str, title: str, words: str) -> None:
        ui = self._ui
        set_role(ui.report_frame, f"bar-{tone}")
        ui.report_title.setText(title)
        ui.report_label.setText(words)
        ui.report_frame.setAccessibleName(f"{title}. {words}")
        ui.report_frame.show()
        ui.report_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_report(self) -> None:
        self._ui.report_frame.hide()
        self._behind.setFocus(Qt.FocusReason.OtherFocusReason)
