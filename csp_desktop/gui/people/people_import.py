"""Taking over a list of people from a spreadsheet: read and compared off the window's thread, shown, then taken in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from csp_desktop._built.ui_import_rough_sleepers import Ui_ImportRoughSleepers
from csp_desktop._built.ui_people import Ui_People
from csp_desktop._built.ui_private_register import Ui_PrivateRegister
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.people.people_model import count_of, preview_entries, preview_words
from csp_desktop.gui.window.actions import GO_ON, Action
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.tasks import Task
from csp_desktop.services.common.import_rows import rows_refused
from csp_desktop.services.people.member_import import MembersPreview, import_members, preview_members
from csp_desktop.services.session import Session

_Into = Callable[[Session, Any], MembersPreview]


TAKE_OVER = Action("take the list over", GO_ON.keys, "_take_over", strip="take over")


class MemberImport(QObject):
    """`opened` when the preview takes the place of the list, `closed` when it gives it back; `taken` with what went
    in, in words."""

    opened = Signal()
    closed = Signal()
    taken = Signal(str)

    def __init__(
        self,
        ui: Ui_People | Ui_PrivateRegister | Ui_ImportRoughSleepers,
        desk: Desk,
        parent: QObject,
        preview: _Into = preview_members,
        take_in: _Into = import_members,
        reads: Callable[..., Any] | None = None,
    ) -> None:
        super().__init__(parent)
        self._reads = reads or desk.session.papers.read_members
        self._ui, self._desk = ui, desk
        self._preview, self._take_in = preview, take_in
        self._task: Task | None = None
        self._parsed: Any = None
        ui.import_cancel_button.clicked.connect(self.cancel)
        ui.import_close_button.clicked.connect(self.close)
        ui.import_take_button.clicked.connect(self.take)
        ui.import_take_button.set_key(TAKE_OVER.shown)

    def is_open(self) -> bool:
        """Whether a file is being read, compared or shown."""
        return self._ui.view_stack.currentWidget() is self._ui.import_view_page

    def read(self, path: Path) -> None:
        """Read the file and show what it would change; nothing is changed yet."""
        ui = self._ui
        ui.import_title.setText(path.name)
        ui.import_words.setText("Reading the list and comparing it with the people on file.")
        ui.import_error.clear()
        ui.done_bar.dismiss()  # of the list before
        ui.import_view.set_entries([])
        self._parsed = None
        ui.import_take_button.setText("Take &over")
        self._start(_reading(self._desk.session, path, self._reads, self._preview), self._show)
        self.opened.emit()
        ui.import_cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start(self, work: Any, done: Any) -> None:
        self._show_working(True)
        self._task = self._desk.tasks.run(work, done, self._failed, self._progressed)

    def _progressed(self, done: int, total: int, words: str) -> None:
        self._ui.import_progress.setRange(0, total)
        self._ui.import_progress.setValue(done)
        self._ui.import_words.setText(words)

    def _show_working(self, working: bool) -> None:
        ui = self._ui
        ui.import_progress.setRange(0, 0 if working else 1)
        for part in (ui.import_progress, ui.import_cancel_button):
            part.setVisible(working)
        ui.import_take_button.setEnabled(False)  # its words stay: how many are being taken over

    def _show(self, result: tuple[Any, MembersPreview]) -> None:
        ui = self._ui
        self._task = None
        self._parsed, preview = result
        self._show_working(False)
        count = preview.new + preview.changed
        ui.import_words.setText(preview_words(preview))
        ui.import_view.set_entries(preview_entries(preview))
        words = f"Take &over {count_of(count, 'person', 'people')}" if count else "Nothing to take over"
        ui.import_take_button.setText(words)
        ui.import_take_button.setEnabled(count > 0)
        (ui.import_take_button if count else ui.import_close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._show_working(False)
        self._ui.import_take_button.setText("Take &over")
        if isinstance(error, Refused):
            sentence = error.sentence
        elif isinstance(error, OSError):
            sentence = f"The file could not be read: {error.strerror}. Choose it again."
        else:
            raise error
        self._ui.import_words.setText("Nothing was changed.")
        self._ui.import_error.set_error(sentence)
        self._ui.import_close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """All rows in order go in together."""
        if self._parsed is None or not self._ui.import_take_button.isEnabled():
            return
        self._start(_taking(self._desk.session, self._parsed, self._take_in), self._took)

    def _took(self, preview: MembersPreview) -> None:
        self._task = None
        self._show_working(False)
        self.close()
        refused = f", {rows_refused(preview.refused)} refused" if preview.refused else ""
        self.taken.emit(f"{preview.new} new, {preview.changed} changed{refused}")

    def cancel(self) -> None:
        """Stop; nothing is changed."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self.close()

    def close(self) -> None:
        """Back to the list."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._parsed = None
        self.closed.emit()


def _reading(session: Session, path: Path, reads: Callable[..., Any], compare: _Into) -> Any:
    def work(progress: Progress) -> tuple[Any, MembersPreview]:
        progress(0, 3, f"Reading {path.name}.")
        content = path.read_bytes()
        progress(1, 3, "Looking at every row.")
        parsed = reads(content, path.name)
        progress(2, 3, "Comparing with the people on file.")
        preview = compare(session, parsed)
        progress(3, 3, "Compared.")
        return parsed, preview

    return work


def _taking(session: Session, parsed: Any, take_in: _Into) -> Any:
    def work(progress: Progress) -> MembersPreview:
        progress(0, 1, "Taking the people over.")
        with session.work.step(f"people of {parsed.name}"):
            preview = take_in(session, parsed)
            progress(1, 1, "Taken over.")  # cancelled here, the step is not kept
        return preview

    return work
