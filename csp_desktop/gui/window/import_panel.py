"""A spreadsheet taken over: read and compared off the window's thread, shown, then taken in as one step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.import_questions import ImportQuestions
from csp_desktop.gui.widgets.import_tables import COLUMNS, ImportTables, PreviewList, left_list, refused_list
from csp_desktop.gui.widgets.labels import ElidedLabel, text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.widgets.sender_field import SenderField
from csp_desktop.gui.window.actions import GO_ON, Action
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import SHEET_ENDINGS, Ask
from csp_desktop.gui.window.file_import import NEXT_QUESTION, PASTED, FileImport, Importing, pasted_cells
from csp_desktop.saving import NotSaved, save
from csp_desktop.services.common.import_answers import all_questions
from csp_desktop.services.common.import_columns import ColumnMapping, ColumnsUnclear, LeftOut
from csp_desktop.services.common.import_rows import Refusal, rows_refused
from csp_desktop.services.common.sender_columns import senders
from csp_desktop.services.people.member_import import HAS_LEFT, MembersPreview

TAKE_OVER = Action("import the list", GO_ON.keys, "_take_over", strip="accept")


@dataclass(frozen=True)
class ListWords:
    """How a preview of one kind of list is told: its lists, what it would do in a sentence, what it did, and what one
    row of it and several are called."""

    lists: Callable[[Any, ColumnMapping, Sequence[LeftOut]], list[PreviewList]]
    words: Callable[[Any], str]
    taken: Callable[[Any], str]
    one: str
    several: str


class ImportPanel(QFrame):
    """A list taken over: its tables; beside it, in `side`, what is asked and what it would do. `opened` when
    a file is read, `compared` with what it would do, `refused` with why it is no list, `closed` when it is put away,
    `taken` with what went in, in words.
    """

    opened = Signal()
    compared = Signal(object)
    refused = Signal(object)
    closed = Signal()
    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._import: FileImport | None = None
        self._context: PageContext | None = None
        self._usual, self._kind = "", ""
        self._told = PEOPLE
        self._is_open = self._is_new = False
        self._title, self.error = ElidedLabel(self), FieldError(self)
        self.progress, self.tables = ProgressPanel(self), ImportTables(self)
        self.side = ImportSide()
        self.questions, self.words = self.side.questions, self.side.words
        self.close_button, self.take_button = self.side.close_button, self.side.take_button
        self.tables.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.tables.setMinimumHeight(current().px(150))
        set_role(self._title, "heading")
        self.setLayout(
            vbox(self._title, self.error, self.progress, (self.tables, 1), spacing=8, margins=(16, 14, 16, 14))
        )
        self.close_button.clicked.connect(self.put_away)
        self.take_button.clicked.connect(self.take)
        self.side.next_button.clicked.connect(self.next_question)

    def set_up(
        self,
        context: PageContext,
        how: Importing,
        page: QWidget,
        usual: str = "Member list",
        told: ListWords | None = None,
    ) -> None:
        """What is imported, how it is told (as people where nothing is said), and what its sender is called until a
        person says so; one spreadsheet can be dropped anywhere on the page."""
        self._context, self._usual, self._kind, self._told = context, usual, how.kind, told or PEOPLE
        self._import = FileImport(context, self.progress, how, self)
        self._import.compared.connect(self._show)
        self._import.unclear.connect(self._unclear)
        self._import.taken.connect(self._taken)
        self._import.refused.connect(self._refused)
        self.progress.busy.connect(self._set_busy)
        self.progress.cancelled.connect(self._cancelled)
        self.questions.answered.connect(self._import.answer)
        self.tables.columns_said.connect(self._import.say_columns)
        self.tables.corrected.connect(self._import.correct)
        self.tables.dropped.connect(self._import.drop)
        self.side.sender_field.used.connect(self._import.say_sender)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def is_open(self) -> bool:
        """Whether a file is being read, compared or shown."""
        return self._is_open

    def file(self) -> Any:
        """What was read; None before that, and while something has to be said of its columns."""
        return self._import.file if self._import is not None else None

    def read(self, source: Path | bytes) -> None:
        """Read the file, or what was pasted, and show what it would change."""
        assert self._import is not None
        if not self._import.read(source):
            return
        self._title.setText(self._import.name)
        self.side.forget()
        self.error.clear()
        self.tables.show_lists(None, {}, ())
        self._is_open = self._is_new = True
        self.opened.emit()
        self.progress.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def paste(self) -> None:
        """Cells copied in a spreadsheet, as if they were a file."""
        if self._is_open:
            return
        try:
            cells = pasted_cells()
        except Refused as refusal:
            self._is_open = True
            self._title.setText(PASTED.capitalize())
            self.side.forget()
            self.tables.show_lists(None, {}, ())
            self.opened.emit()
            self._refused(refusal)
            return
        self.read(cells)

    def compare(self) -> None:
        """What it would change may be something else now."""
        if self._import is not None and self._is_open:
            self._import.compare()

    def take(self) -> None:
        """All rows in order go in together."""
        if self._import is not None and self.take_button.isEnabled():
            self._import.take(self.side.sender_field.name())

    def next_question(self) -> None:
        """To what has to be said before all rows can go in."""
        self.questions.go_next()

    def put_away(self) -> None:
        """Back to where one was: nothing is changed, and no row stays behind."""
        if not self._is_open:
            return
        assert self._import is not None
        self._is_open = False
        self._import.forget()
        self.tables.show_lists(None, {}, ())
        self.side.forget()
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

    def _set_busy(self, busy: bool) -> None:
        self.tables.setEnabled(not busy)
        if busy:
            self.take_button.setEnabled(False)  # its words stay

    def _cancelled(self) -> None:
        """Back to what the list would change, or, before that is known, to where one was."""
        preview = self._import.preview if self._import is not None else None
        if preview is None:
            self.put_away()
        else:
            self._show(preview)

    def _show(self, preview: Any) -> None:
        self.error.clear()
        self._tell(preview)
        count = preview.new + preview.changed
        self.side.show_preview(preview, self._warnings(), self._told)
        if self._is_new:
            self._is_new = False
            (self.take_button if count and not self.questions.open_question() else self.tables).setFocus(
                Qt.FocusReason.OtherFocusReason
            )
            if not self.take_button.hasFocus():
                self.tables.take_focus()
        self.compared.emit(preview)

    def _unclear(self, unclear: ColumnsUnclear) -> None:
        """A person has to say what some columns are; until then no row is read."""
        self.error.set_error(unclear.sentence)
        self._tell(None)
        self.side.show_preview(None, (), self._told)
        if self._is_new:
            self._is_new = False
            self.tables.take_focus()

    def _warnings(self) -> tuple[str, ...]:
        file = self._import.file if self._import is not None else None
        return tuple(one.sentence for one in file.warnings) if file is not None else ()

    def _tell(self, preview: Any) -> None:
        """The columns and lists, what is asked, and whose list it is."""
        importing = self._import
        assert importing is not None and importing.mapping is not None
        assert self._context is not None
        mapping, file = importing.mapping, importing.file
        lists = self._told.lists(preview, mapping, file.left_out) if preview is not None and file is not None else []
        first = next((one.key for one in lists if one.count), COLUMNS) if self._is_new else ""
        self.tables.show_lists(mapping, importing.chosen.fields, lists, first)
        self.questions.show_questions(all_questions(mapping, preview.questions if preview else ()))
        usual = next(iter(senders(self._context.session, self._kind)), self._usual)
        self.side.sender_field.show_sender(importing.known, importing.proposed, usual, said=importing.columns_said)

    def _refused(self, refusal: Refused) -> None:
        self.side.forget()
        self.side.say("Nothing was changed.")
        self.error.set_error(refusal.sentence)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refused.emit(refusal)

    def _taken(self, made: Any) -> None:
        self.put_away()
        self.taken.emit(self._told.taken(made))


class ImportSide(QFrame):
    """What is asked of a list, what it would do, and the ways on and back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "surface")
        self.questions, self.sender_field = ImportQuestions(self), SenderField(self)
        self.words, self.warnings = text_label("", "second"), text_label("", "second")
        self.next_button = SecondaryButton(self, text="Ne&xt question", key=NEXT_QUESTION.shown)
        self.close_button = SecondaryButton(self, text="&Back without changes")
        self.take_button = PrimaryButton(self, text="Acce&pt")
        self.take_button.set_key(TAKE_OVER.shown)
        title = text_label("This import", "heading")
        buttons = vbox(self.next_button, self.take_button, self.close_button)
        self.setLayout(
            vbox(
                title,
                self.questions,
                self.words,
                self.warnings,
                self.sender_field,
                None,
                buttons,
                spacing=10,
                margins=(18, 14, 18, 14),
            )
        )
        self.forget()

    def forget(self) -> None:
        """Nothing is known of a list yet."""
        self.questions.show_questions(())
        self.sender_field.forget()
        self.say("")
        self.warnings.hide()
        self.next_button.hide()
        self.take_button.setText("Acce&pt")
        self.take_button.setEnabled(False)

    def say(self, words: str) -> None:
        """What the list would do, in a sentence."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def show_preview(self, preview: Any, warnings: Sequence[str], told: ListWords) -> None:
        """What the list would do; None while its columns are not clear."""
        count = preview.new + preview.changed if preview else 0
        self.say(told.words(preview) if preview else "")
        self.warnings.setText("\n\n".join(warnings))
        self.warnings.setVisible(bool(warnings))
        self.next_button.setVisible(self.questions.open_question() is not None)
        decided = preview.decided if preview else 0
        words = "Nothing to import" if preview else "Acce&pt"
        if decided:
            words = f"Acce&pt {count_of(decided, 'answer', 'answers')}"
        self.take_button.setText(f"Acce&pt {count_of(count, told.one, told.several)}" if count else words)
        self.take_button.setEnabled(count + decided > 0)


def preview_lists(preview: MembersPreview, mapping: ColumnMapping, left_out: Sequence[LeftOut]) -> list[PreviewList]:
    """What a list would change: what is to be fixed first, then who is new or changes, who is not in it, what is left
    out of it."""
    asked = [Refusal(one.line, "Name", one.name, one.question) for one in preview.asked if not one.goes_in]
    wrong = refused_list(sorted((*preview.refused, *preview.waiting, *asked), key=lambda one: one.line), mapping)
    changes = tuple((one.name, one.agency, one.words) for one in preview.details)
    left = {one.name for one in preview.details if one.words == HAS_LEFT}
    gone = tuple((name, HAS_LEFT if name in left else "stays as it is") for name in preview.vanished)
    return [
        replace(wrong, name="To fix"),
        PreviewList("changes", "New or changed", len(changes), ("Name", "Agency", "Change"), changes, (190, 210)),
        PreviewList("gone", "Not in the file", len(gone), ("Recorded here", "What happens"), gone, (220,)),
        left_list(left_out),
    ]


def preview_words(preview: MembersPreview) -> str:
    """'3 new, 2 changed, 20 unchanged, 1 refused.'"""
    words = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged"
    words += f", {rows_refused(preview.refused)} refused." if preview.refused else ", none refused."
    left_out = sum(not row.goes_in for row in preview.asked)
    if left_out:
        words += f" {count_of(left_out, 'name needs', 'names need')} your answer."
    if preview.waiting:
        words += f" {count_of(len(preview.waiting), 'row waits', 'rows wait')} for your answer."
    if preview.new_agencies:
        words += f" New agencies: {', '.join(preview.new_agencies)}."
    return words + " Empty cells leave the record unchanged."


def taken_words(made: MembersPreview) -> str:
    """What a list of people did: '3 new, 2 changed, 1 refused'"""
    refused = f", {rows_refused(made.refused)} refused" if made.refused else ""
    held_back = len(made.waiting) + sum(not row.goes_in for row in made.asked)
    waiting = f", {held_back} left out" if held_back else ""
    decided = f", {count_of(made.decided, 'answer', 'answers')} kept" if made.decided else ""
    return f"{made.new} new, {made.changed} changed{refused}{waiting}{decided}"


PEOPLE = ListWords(preview_lists, preview_words, taken_words, "person", "people")


def save_template(page: QWidget, ask: Ask, title: str, name: str, makes: Callable[[], bytes], bar: InlineBar) -> None:
    """An empty list to fill in, saved where the person says."""
    save_file(page, ask, title, Path.home() / name, "Spreadsheets (*.xlsx)", makes, bar)


def save_file(
    page: QWidget, ask: Ask, title: str, usual: Path, kind: str, makes: Callable[[], bytes], bar: InlineBar
) -> None:
    """A file saved where the person says; the bar tells where it lies, or why it does not."""
    path = ask.save_file(page, title, [kind], usual)
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
    return path if path is not None and path.suffix.casefold() in SHEET_ENDINGS else None
