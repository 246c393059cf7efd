"""“Check this file” on the journal's page: looked through off the window's thread, with progress and Cancel."""

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop._built.ui_journal import Ui_Journal
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.style import set_role
from csp_desktop.gui.tasks import Progress, Task
from csp_desktop.services.checking_file import CheckReport, check_file


class FileCheck(QObject):
    """`done` when a check has ended with an answer."""

    done = Signal()

    def __init__(self, ui: Ui_Journal, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self._task: Task | None = None
        for part in (ui.busy_frame, ui.report_frame):
            part.hide()
        ui.check_button.clicked.connect(self.start)
        ui.cancel_button.clicked.connect(self.cancel)
        ui.report_button.clicked.connect(self._close_report)

    def start(self) -> None:
        """Look the file through, unless that is under way."""
        if self._task is not None:
            return
        ui, session = self._ui, self._desk.session
        ui.report_frame.hide()
        ui.busy_frame.show()
        ui.check_button.setEnabled(False)
        ui.busy_progress.setRange(0, 0)
        ui.busy_label.setText("Checking this file")

        def work(progress: Progress) -> CheckReport:
            return check_file(session, progress.step)

        self._task = self._desk.tasks.run(work, self._show, self._failed, self._progressed)
        ui.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Stop; the file is not touched by a check."""
        if self._task is not None:
            self._task.cancel()
            self._end()

    def _progressed(self, done: int, total: int, words: str) -> None:
        if self._task is not None:
            self._ui.busy_progress.setRange(0, total)
            self._ui.busy_progress.setValue(done)
            self._ui.busy_label.setText(words)

    def _show(self, report: CheckReport) -> None:
        self._end()
        if report.ok:
            told = " ".join(report.sentences[:-1])
            self._say("low", "The file is whole, and as the program wrote it", told)
        else:
            advice = "Stop working in it, keep a copy of the folder as it is, and put back the newest backup."
            self._say("high", "The file is not as the program wrote it", "\n".join((*report.findings[:8], advice)))
        self.done.emit()

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, Refused):
            raise error
        self._say("high", "The file could not be checked", error.sentence)

    def _end(self) -> None:
        self._task = None
        self._ui.busy_frame.hide()
        self._ui.check_button.setEnabled(True)

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
        self._ui.journal_view.setFocus(Qt.FocusReason.OtherFocusReason)
