"""A spreadsheet taken over: read and compared off the window's thread, shown, then taken in as one step."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.actions import GO_ON, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.common.import_rows import rows_refused
from csp_desktop.services.people.member_import import AskedRow, MembersPreview

TAKE_OVER = Action("import the list", GO_ON.keys, "_take_over", strip="accept")
KINDS = (".csv", ".xlsx")
ASKED = "asked-"


@dataclass(frozen=True)
class Importing:
    """What differs between one kind of file and another. `compare` says what the file would do, `take` does it and
    says what it did; both are called off the window's thread, `take` inside one step called by `step` and the file.
    """

    read: Callable[[Path], Any]
    compare: Callable[[Any], Any]
    take: Callable[[Any, Any], Any]
    step: str
    among: str  # what it is compared with: "the people on file"


class FileImport(QObject):
    """One file: `compared` with what it would do, at first and whenever that may have changed, `taken` with what it
    did, `refused` with why not. Nothing is changed before it is taken; cancelled, nothing has been.
    """

    compared = Signal(object)
    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, panel: ProgressPanel, how: Importing, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._panel, self._how = context, panel, how
        self.file: Any = None
        self.preview: Any = None

    def forget(self) -> None:
        """No file is in hand any more."""
        self._panel.cancel()
        self.file = self.preview = None

    def read(self, path: Path) -> bool:
        """Read the file and say what it would do; False while something is under way."""
        how = self._how

        def work(progress: Progress) -> tuple[Any, Any]:
            progress(0, 2, f"Reading {path.name}")
            parsed = how.read(path)
            progress(1, 2, f"Comparing with {how.among}")
            return parsed, how.compare(parsed)

        if self._panel.is_running():
            return False
        self.file = self.preview = None
        return self._run(work, self._read, f"Reading {path.name}", only_reads=True)

    def compare(self) -> None:
        """Say anew what the file in hand would do."""
        how, parsed = self._how, self.file
        if parsed is not None:
            words = f"Comparing with {how.among}"
            self._run(lambda _: how.compare(parsed), self._compared, words, only_reads=True)

    def take(self) -> None:
        """All rows in order go in together."""
        how, parsed, preview = self._how, self.file, self.preview
        if preview is None:
            return

        def work(progress: Progress) -> Any:
            progress(0, 1, f"Importing {parsed.name}")
            with self._context.session.work.step(f"{how.step} {parsed.name}"):
                made = how.take(parsed, preview)
                progress(1, 1, "Saving")  # cancelled here, the step is not kept
            return made

        self._run(work, self._taken, f"Importing {parsed.name}")

    def _run(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], words: str, *, only_reads: bool = False
    ) -> bool:
        return self._panel.run(self._context.tasks, work, done, self._refused, words=words, only_reads=only_reads)

    def _read(self, result: tuple[Any, Any]) -> None:
        self.file, preview = result
        self._compared(preview)

    def _compared(self, preview: Any) -> None:
        self.preview = preview
        self.compared.emit(preview)

    def _taken(self, made: Any) -> None:
        self.file = self.preview = None
        self.taken.emit(made)

    def _refused(self, refusal: Refused) -> None:
        self.preview = None
        self.refused.emit(refusal)


class ImportPanel(QFrame):
    """A list of people taken over. `opened` when a file is read, `closed` when it is put away, `taken` with what went
    in, in words.
    """

    opened = Signal()
    closed = Signal()
    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._import: FileImport | None = None
        self._is_open = self._has_answered = False
        self._title, self.words, self.error = ElidedLabel(self), QLabel(self), FieldError(self)
        self.close_button = SecondaryButton(self, text="&Back without changes")
        self.take_button = PrimaryButton(self, text="Acce&pt")
        self.take_button.set_key(TAKE_OVER.shown)
        self.progress, self.list = ProgressPanel(self), EntryList(self)
        self.list.setAccessibleName("Changes in the list")
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.setMinimumHeight(current().px(110))
        set_role(self._title, "heading")
        set_role(self.words, "second")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        head = hbox((self._title, 1), self.close_button, self.take_button, spacing=10)
        parts = (head, self.words, self.progress, self.error, (self.list, 1))
        self.setLayout(vbox(*parts, spacing=10, margins=(18, 14, 18, 10)))
        self.close_button.clicked.connect(self.put_away)
        self.take_button.clicked.connect(self.take)
        self.list.chosen.connect(self._answer)

    def set_up(self, context: PageContext, how: Importing, page: QWidget) -> None:
        """What is imported; one spreadsheet can be dropped anywhere on the page."""
        self._import = FileImport(context, self.progress, how, self)
        self._import.compared.connect(self._show)
        self._import.taken.connect(self._taken)
        self._import.refused.connect(self._refused)
        self.progress.busy.connect(lambda busy: self.take_button.setEnabled(False))  # its words stay
        self.progress.cancelled.connect(self._cancelled)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def is_open(self) -> bool:
        """Whether a file is being read, compared or shown."""
        return self._is_open

    def read(self, path: Path) -> None:
        """Read the file and show what it would change."""
        assert self._import is not None
        if not self._import.read(path):
            return
        self._title.setText(path.name)
        self._say("")
        self.error.clear()
        self.list.set_entries([])
        self.take_button.setText("Acce&pt")
        self._is_open = True
        self.opened.emit()
        self.progress.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def compare(self) -> None:
        """What it would change may be something else now."""
        if self._import is not None and self._is_open:
            self._import.compare()

    def take(self) -> None:
        """All rows in order go in together."""
        if self._import is not None and self.take_button.isEnabled():
            self._import.take()

    def put_away(self) -> None:
        """Back to where one was: nothing is changed, and no row stays behind."""
        if not self._is_open:
            return
        assert self._import is not None
        self._is_open = False
        self._import.forget()
        self.list.set_entries([])
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One spreadsheet may be dropped on the page while no other is in hand: the same as choosing it."""
        if not isinstance(event, QDropEvent) or self._is_open:  # which a QDragEnterEvent is too
            return False
        path = _spreadsheet(event)
        if path is None or event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        event.acceptProposedAction()
        if not isinstance(event, QDragEnterEvent):
            self.read(path)
        return True

    def _cancelled(self) -> None:
        """Back to what the list would change, or, before that is known, to where one was."""
        preview = self._import.preview if self._import is not None else None
        if preview is None:
            self.put_away()
        else:
            self._show(preview)

    def _show(self, preview: MembersPreview) -> None:
        count = preview.new + preview.changed
        self._say(preview_words(preview))
        answered = self.list.current_key() if self.list.hasFocus() or self._has_answered else ""
        self._has_answered = False
        self.list.set_entries(preview_entries(preview))
        words = f"Acce&pt {count_of(count, 'person', 'people')}" if count else "Nothing to import"
        self.take_button.setText(words)
        self.take_button.setEnabled(count > 0)
        if answered.startswith(ASKED):
            self.list.set_current(answered)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        (self.take_button if count else self.close_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _answer(self, key: str) -> None:
        """Enter on a row that is asked about: it goes in as someone else, or stays out again."""
        how = self._import
        if how is None or how.file is None or not key.startswith(ASKED):
            return
        self._has_answered = True
        how.file = replace(how.file, others=how.file.others ^ {int(key.removeprefix(ASKED))})
        how.compare()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _refused(self, refusal: Refused) -> None:
        self._say("Nothing was changed.")
        self.take_button.setText("Acce&pt")
        self.error.set_error(refusal.sentence)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, made: MembersPreview) -> None:
        self.put_away()
        refused = f", {rows_refused(made.refused)} refused" if made.refused else ""
        self.taken.emit(f"{made.new} new, {made.changed} changed{refused}")


def preview_entries(preview: MembersPreview) -> list[Entry]:
    """What a list would change: the refused rows first, each with its reason, then who is new or changes."""
    entries: list[Entry] = []
    if preview.refused:
        rows = str(rows_refused(preview.refused))
        entries.append(Entry("", "Refused; the rest can be imported", caption=rows, heading=True))
    for number, refusal in enumerate(preview.refused):
        value = f": “{refusal.value}”" if refusal.value else ""
        title = f"Line {refusal.line}, {refusal.column}{value}"
        entries.append(Entry(f"refused-{number}", title, refusal.reason, mark=EntryMark.WARN))
    if preview.asked:
        heading = "Is this someone else? Left out until you press Enter on the row"
        entries.append(Entry("", heading, caption=str(len(preview.asked)), heading=True))
    entries += [_asked_entry(row) for row in preview.asked]
    if preview.details:
        entries.append(Entry("", "New or changed", caption=str(len(preview.details)), heading=True))
    for number, change in enumerate(preview.details):
        entries.append(Entry(f"change-{number}", change.name, f"{change.agency}: {change.words}", person=change.name))
    return entries


def _asked_entry(row: AskedRow) -> Entry:
    pill, tone = ("Added", Tone.LOW) if row.goes_in else ("Left out", Tone.MEDIUM)
    mark = EntryMark.DONE if row.goes_in else EntryMark.WARN
    title = f"Line {row.line}, {row.name}, {row.agency}"
    return Entry(f"{ASKED}{row.line}", title, row.question, mark=mark, pill=pill, pill_tone=tone)


def preview_words(preview: MembersPreview) -> str:
    """'3 new, 2 changed, 20 unchanged, 1 refused.'"""
    words = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged"
    words += f", {rows_refused(preview.refused)} refused." if preview.refused else ", none refused."
    left_out = sum(not row.goes_in for row in preview.asked)
    if left_out:
        words += f" {count_of(left_out, 'name needs', 'names need')} your answer."
    if preview.new_agencies:
        words += f" New agencies: {', '.join(preview.new_agencies)}."
    return words + " Empty cells leave the record unchanged; nobody is removed."


def save_template(page: QWidget, ask: Ask, title: str, name: str, makes: Callable[[], bytes], bar: InlineBar) -> None:
    """An empty list to fill in, saved where the person says."""
    path = ask.save_file(page, title, ["Spreadsheets (*.xlsx)"], Path.home() / name)
    if path is None:
        return
    try:
        save(path, makes())
    except NotSaved as refusal:
        bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
        return
    bar.say("Saved", str(path), undo="")


def _spreadsheet(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.casefold() in KINDS else None
