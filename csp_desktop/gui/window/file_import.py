"""One list on its way in: read and compared off the window's thread, asked about, then taken in as one step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.sender_columns import SenderColumns
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.services.common.import_answers import OF_THE_FILE, Question, said_of_each, with_file_answer
from csp_desktop.services.common.import_columns import ChosenColumns, ColumnMapping, ColumnsUnclear
from csp_desktop.services.common.sender_columns import remember, remembered, said_by

PASTED = "pasted cells"
PASTE = Action("paste cells copied from a spreadsheet", ("Ctrl+Shift+V",), "_paste", strip="paste")
NEXT_QUESTION = Action("next question", ("F8",), "_next_question", strip="next question")
_HOW = "Select the cells in the spreadsheet with their headings, and copy them."
NOTHING_SAID = ChosenColumns({})


@dataclass(frozen=True)
class Importing:
    """What differs between one kind of list and another. `read` makes rows of a file's tables and what was said of
    them, `compare` says what they would do by the answers, `take` does it and says what it did; all are called off the
    window's thread, `take` inside one step called by `step` and the file. `kind` names the lists of one sender.
    """

    read: Callable[..., Any]
    compare: Callable[[Any, Mapping[str, str]], Any]
    take: Callable[[Any, Any, Mapping[str, str]], Any]
    step: str
    among: str  # what it is compared with: "the people on file"
    kind: str


@dataclass(frozen=True)
class _Read:
    """What came of reading: the tables, what is said of them and by whom, and the rows, or what has to be said."""

    book: Any
    chosen: ChosenColumns
    sender: SenderColumns | None
    proposed: SenderColumns | None
    parsed: Any = None
    preview: Any = None
    unclear: ColumnsUnclear | None = None


class FileImport(QObject):
    """One file: `compared` with what it would do, at first and whenever that may have changed, `unclear` when a person
    has to say what its columns are, `taken` with what it did, `refused` with why not. Nothing is changed before it is
    taken; cancelled, nothing has been.
    """

    compared = Signal(object)
    unclear = Signal(object)
    taken = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, panel: ProgressPanel, how: Importing, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._panel, self._how = context, panel, how
        self._source: Path | bytes = b""
        self._reset()

    def _reset(self) -> None:
        self.name = ""
        self.file: Any = None
        self.preview: Any = None
        self.mapping: ColumnMapping | None = None
        self.chosen = NOTHING_SAID
        self.answers: dict[str, str] = {}
        self.known: SenderColumns | None = None  # whose columns these are, as remembered
        self.proposed: SenderColumns | None = None  # whose they may be
        self._book: Any = None

    def forget(self) -> None:
        """No file is in hand any more."""
        self._panel.cancel()
        self._source = b""
        self._reset()

    def read(self, source: Path | bytes, name: str = "") -> bool:
        """Read the file, or what was pasted, and say what it would do; False while something is under way."""
        if self._panel.is_running():
            return False
        self._reset()
        self._source, self.name = source, name or (source.name if isinstance(source, Path) else PASTED)
        return self._read_by(NOTHING_SAID, is_new=True)

    def say_columns(self, fields: Mapping[str, str]) -> None:
        """What a person says of the columns: their headings to our fields."""
        self._read_by(replace(self.chosen, fields=dict(fields)))

    def say_sender(self, sender: SenderColumns) -> None:
        """The list is this sender's: their columns as they were last time."""
        self.known, self.proposed = sender, None
        self._read_by(replace(said_by(sender), fixes=self.chosen.fixes, dropped=self.chosen.dropped))

    def correct(self, line: int, field: str, text: str) -> None:
        """A value of the list is another; the file itself stays as it is."""
        self._read_by(replace(self.chosen, fixes={**self.chosen.fixes, (line, field): text}))

    def drop(self, line: int) -> None:
        """A line of the list stays out."""
        self._read_by(replace(self.chosen, dropped=self.chosen.dropped | {line}))

    def answer(self, question: Question, key: str, value: str) -> None:
        """An answer to a question, or to one line of it."""
        if question.key in OF_THE_FILE:
            self._read_by(with_file_answer(self.chosen, question.key, value))
            return
        self.answers = {**self.answers, key: value} if key else said_of_each(self.answers, question, value)
        self.compare()

    def _read_by(self, chosen: ChosenColumns, *, is_new: bool = False) -> bool:
        """Make rows of the file by what is said of it."""
        if self._panel.is_running():
            return False
        how, source, name, answers = self._how, self._source, self.name, dict(self.answers)
        book = self._book if chosen.letters is self.chosen.letters else None

        def work(progress: Progress) -> _Read:
            read = self._reading(book, source, name, chosen, progress, is_new=is_new)
            if read.unclear is None:
                progress(1, 2, f"Comparing with {how.among}")
                read = replace(read, preview=how.compare(read.parsed, answers))
            return read

        self.chosen = chosen
        return self._run(work, self._read, f"Reading {name}", only_reads=True)

    def _reading(
        self, book: Any, source: Path | bytes, name: str, chosen: ChosenColumns, progress: Progress, *, is_new: bool
    ) -> _Read:
        """Off the window's thread. Of a new file what is remembered of its sender is said of it, where it is theirs."""
        how, session = self._how, self._context.session
        progress(0, 2, f"Reading {name}")
        if book is None:
            book = session.papers.read_book(source, name, progress, chosen.letters)
        parsed, unclear = _rows(how, book, chosen, progress)
        mapping = parsed.mapping if unclear is None else unclear.mapping
        sender, proposed = self.known, self.proposed
        found = remembered(session, how.kind, [one.heading for one in mapping.columns]) if is_new and mapping else None
        if found is not None and found[1]:
            sender, chosen = found[0], said_by(found[0])
            if chosen.letters is not None:
                book = session.papers.read_book(source, name, progress, chosen.letters)
            parsed, unclear = _rows(how, book, chosen, progress)
        elif found is not None:
            proposed = found[0]
        return _Read(book, chosen, sender, proposed, parsed, unclear=unclear)

    def compare(self) -> None:
        """Say anew what the file in hand would do."""
        how, parsed, answers = self._how, self.file, dict(self.answers)
        if parsed is not None:
            words = f"Comparing with {how.among}"
            self._run(lambda _: how.compare(parsed, answers), self._compared, words, only_reads=True)

    def take(self, sender: str = "") -> None:
        """All rows in order go in together; what was said of the columns is remembered under the sender's name."""
        how, parsed, preview, answers = self._how, self.file, self.preview, dict(self.answers)
        session, mapping = self._context.session, self.mapping
        if preview is None:
            return

        def work(progress: Progress) -> Any:
            progress(0, 1, f"Importing {parsed.name}")
            with session.work.step(f"{how.step} {parsed.name}") as records:
                made = how.take(parsed, preview, answers)
                if sender and mapping is not None:
                    remember(session, records, how.kind, sender, mapping)
                progress(1, 1, "Saving")  # cancelled here, the step is not kept
            return made

        self._run(work, self._taken, f"Importing {parsed.name}")

    @property
    def columns_said(self) -> bool:
        """Whether a person said something that the next list of the sender can be read by."""
        said = self.chosen
        return bool(said.fields or said.sheet or said.order or said.letters)

    def _run(
        self, work: Callable[[Progress], Any], done: Callable[[Any], None], words: str, *, only_reads: bool = False
    ) -> bool:
        return self._panel.run(self._context.tasks, work, done, self._refused, words=words, only_reads=only_reads)

    def _read(self, read: _Read) -> None:
        self._book, self.chosen = read.book, read.chosen
        self.known, self.proposed = read.sender, read.proposed
        if read.unclear is not None:
            self.file = self.preview = None
            self.mapping = read.unclear.mapping
            self.unclear.emit(read.unclear)
            return
        self.file, self.mapping = read.parsed, read.parsed.mapping
        self._compared(read.preview)

    def _compared(self, preview: Any) -> None:
        self.preview = preview
        self.compared.emit(preview)

    def _taken(self, made: Any) -> None:
        self._reset()
        self.taken.emit(made)

    def _refused(self, refusal: Refused) -> None:
        self.preview = None
        self.refused.emit(refusal)


def _rows(how: Importing, book: Any, chosen: ChosenColumns, progress: Progress) -> tuple[Any, ColumnsUnclear | None]:
    try:
        return how.read(book, chosen=chosen, progress=progress), None
    except ColumnsUnclear as unclear:
        return None, unclear


def pasted_cells() -> bytes:
    """What lies on the clipboard, as a spreadsheet copies it: text with tabs. Raises Refused where it is no table."""
    text = QGuiApplication.clipboard().text()
    if not text.strip():
        raise Refused(f"Nothing was copied. {_HOW}")
    if "\t" not in text:
        raise Refused(f"What was copied is not a table. {_HOW}")
    return text.encode("utf-8-sig")
