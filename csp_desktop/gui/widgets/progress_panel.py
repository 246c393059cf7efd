"""Work under way off the window's thread: what it is at, how far it is, and the way to stop it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QProgressBar, QWidget
from shiboken6 import isValid

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.window.tasks import Task, Tasks


class ProgressPanel(QFrame):
    """Shown while one piece of work runs; `busy` says that it began and that it has ended, `cancelled` that nothing
    came of it. The focus goes to Cancel and in the end back to where it was.
    """

    busy = Signal(bool)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._focus: QWidget | None = None
        self._until: int | None = None
        self._only_reads = False
        self._words, self._bar = QLabel(self), QProgressBar(self)
        self.cancel_button = SecondaryButton(self, text="Ca&ncel")
        self.cancel_button.clicked.connect(self.cancel)
        set_role(self, "sunken")
        set_role(self._words, "strong")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        row = hbox((self._bar, 1), self.cancel_button, spacing=10)
        self.setLayout(vbox(self._words, row, spacing=6, margins=(14, 10, 12, 12)))
        self.hide()

    def is_running(self) -> bool:
        """Whether something is under way."""
        return self._task is not None

    def text(self) -> str:
        """What it is at."""
        return self._words.text()

    def run(
        self,
        tasks: Tasks,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        refused: Callable[[Refused], None],
        *,
        words: str = "Starting",
        until: int | None = None,
        only_reads: bool = False,
    ) -> bool:
        """Begin; False while something else is under way.

        `done` gets what the work returned, `refused` what it refused, both when the panel has gone; any other error is
        raised. Cancelled in time neither is called; too late, it is done. With `until` it can be cancelled until so
        much is done. Work that `only_reads` is not waited for once it is cancelled.
        """
        if self._task is not None:
            return False
        self._focus, self._until, self._only_reads = QApplication.focusWidget(), until, only_reads
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self.show()
        self._task = tasks.run(work, partial(self._tell, done), partial(self._fail, refused), self._show, asker=self)
        self._task.finished.connect(self._finished)
        self.busy.emit(True)
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def cancel(self) -> None:
        """Ask the work to stop at its next step, while it may."""
        if self._task is None or not self.cancel_button.isEnabled():
            return
        self._task.cancel()
        if self._only_reads:
            self._task.silence()
            self._end()
            self.cancelled.emit()
        else:
            self._words.setText("Stopping")

    def _show(self, done: int, total: int, words: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._words.setText(words)
        self.cancel_button.setEnabled(self._until is None or done < self._until)

    def _tell(self, done: Callable[[Any], None], result: Any) -> None:
        self._end()
        done(result)

    def _fail(self, refused: Callable[[Refused], None], error: Exception) -> None:
        self._end()
        if not isinstance(error, Refused):
            raise error
        refused(error)

    @Slot()
    def _finished(self) -> None:
        if self.sender() is self._task:  # nothing else was told
            self._end()
            self.cancelled.emit()

    def _end(self) -> None:
        back = self._focus
        self._task = self._focus = None
        self.busy.emit(False)
        if self.cancel_button.hasFocus() and back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
