"""What the main window expects of every page."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QWidget
from shiboken6 import isValid

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.protection import Protection
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.fields import TextEdit
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.widgets.prose_edit import ProseEdit
from csp_desktop.gui.widgets.prose_line import Prose
from csp_desktop.gui.widgets.three_columns import ThreeColumns
from csp_desktop.gui.window.actions import TO_RAIL, TO_SIDE, Action, strip_of
from csp_desktop.gui.window.changes import Kind
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import is_chord, shortcut
from csp_desktop.gui.window.writing import SPELLING, Writing
from csp_desktop.services.ports.work import Step

MARKS = (  # the line of the caret
    Action("mark the paragraph: police only", ("Ctrl+Shift+P",), "mark", Protection.POLICE),
    Action("mark the paragraph: protect source", ("Ctrl+Shift+S",), "mark", Protection.SOURCE),
)
NOTHING_TO_UNDO = "There is nothing to undo."
BUSY = "Something is in progress: wait for it or cancel it, then undo."


class Page(QWidget):
    """A screen between bar and key strip.

    `navigate` asks for another page by name, with something it needs to know (a case's number, or None).
    `bar_changed` says that `bar_state`, `keys` or `strip_text` would now answer differently.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = ()  # every key that acts here, the most needed last
    NEEDS_ROOM: ClassVar[bool] = False  # the rail folds to its icons, as beside a page with a left column of its own

    navigate = Signal(str, object)
    bar_changed = Signal()

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._followed: frozenset[Kind] = frozenset()
        self.missed = False  # something it shows has changed while it was not seen
        self.setObjectName("page")
        self._bind()
        OwnUndo(self)
        self.writing = Writing(context.session, context.tasks, self, self._tell_writer)
        if SPELLING in self.ACTIONS:
            WatchedProse(self, self.writing)

    def _bind(self) -> None:
        """Chords act wherever the focus is; single keys come through `keyPressEvent`."""
        taken = (*TO_RAIL.keys, *TO_SIDE.keys)  # the columns'
        for action in self.ACTIONS:
            for keys in action.keys:
                if action.do and is_chord(keys) and keys not in taken:
                    shortcut(self, keys, lambda action=action: self.act(action))  # type: ignore[misc]

    def act(self, action: Action) -> None:
        """Do it, if it acts now."""
        if self.acts(action):
            do: Callable[..., object] = getattr(self, action.do)
            do(*(() if action.given is None else (action.given,)))

    def run(self, key: str) -> None:
        """A command of Ctrl+K, by its place among the actions."""
        self.act(self.ACTIONS[int(key)])

    def acts(self, action: Action) -> bool:
        """Whether it would do anything now."""
        return not action.when or bool(getattr(self, action.when)())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A single key acts where nothing that has the focus wanted it."""
        asked = (action for action in self.ACTIONS if action.do and action.pressed(event) and self._is_on(action))
        action = next((action for action in asked if self.acts(action)), None)
        if action is None:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.act(action)

    def mark(self, kind: Protection) -> None:
        """The line of the caret is for those alone who may read such, or for everybody again."""
        field = self.focusWidget()
        if isinstance(field, TextEdit):
            field.mark_line(kind)

    def _prose(self) -> Prose | None:
        """Where prose is typed now."""
        field = self.focusWidget()
        return field if isinstance(field, Prose) and not field.isReadOnly() else None

    def _tell_writer(self, sentence: str) -> None:
        self.say_undone(sentence, Tone.LOW)

    def _spell(self) -> None:
        """Ctrl+."""
        field = self._prose()
        if field is not None:
            self.writing.spell(field)

    def _phrase(self) -> None:
        """Ctrl+;"""
        field = self._for_phrases()
        if field is not None:
            self.writing.phrase(field)

    def _for_phrases(self) -> ProseEdit | None:
        """Where a standard phrase goes now: never into one line."""
        field = self._prose()
        return field if isinstance(field, ProseEdit) else None

    def go_back(self) -> None:
        """Escape: to where one came from, unless the page has something nearer."""
        self.navigate.emit("back", None)

    def _is_on(self, action: Action) -> bool:
        focus, on = self.focusWidget(), self.findChild(QWidget, action.on) if action.on else self
        return on is not None and (on is focus or on is self or on.isAncestorOf(focus))

    def follow(self, *kinds: Kind) -> None:
        """Refresh when one of these kinds of things has changed, or, without any, whatever has: at once while the page
        is seen, else when it is seen again.
        """
        self._followed = frozenset(kinds)
        self._context.changes.changed.connect(self._on_changes)

    def _on_changes(self, what: set[Kind]) -> None:
        if self._followed and not what & self._followed:
            return
        if self.isVisible():
            self.refresh()
        else:
            self.missed = True

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again, with what changed meanwhile. The window that is about to enter the page says so in `missed`."""
        super().showEvent(event)
        if self.missed:
            self.missed = False
            self.refresh()

    def undo(self) -> None:
        """Ctrl+Z: take back the last step and say in the message bar what it was, or why it cannot be undone.

        Every page is told, for the step may have been another page's; the focus stays where it is.
        """
        focus = QApplication.focusWidget()
        if any(panel.is_running() for panel in self.findChildren(ProgressPanel)):
            self.say_undone(BUSY, Tone.HIGH)
            return
        try:
            step = self.take_back()
        except Refused as refusal:
            self.say_undone(refusal.sentence, Tone.HIGH)
            return
        if step is not None:
            self._context.changes.tell_all()
            self.after_undo(step)
        if self.isVisible():
            if focus is not None and isValid(focus) and focus.isVisible():
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.focus_gone()
        self.say_undone(self.undone_words(step) if step is not None else NOTHING_TO_UNDO, Tone.NEUTRAL)

    def take_back(self) -> Step | None:
        """Undo the last step and return it; None when there is none. Raises Refused when it cannot be undone."""
        return self._context.session.work.undo()

    def after_undo(self, step: Step) -> None:
        """The page is refreshed: whatever else it does now."""

    def focus_gone(self) -> None:
        """What had the focus went with what was undone."""

    def undone_words(self, step: Step) -> str:
        """'Undone: order of the walk.'"""
        return f"Undone: {step.words}." if step.words else "Undone."

    def say_undone(self, words: str, tone: Tone) -> None:
        """In the message bar of the page that is shown now: this one may have led on to another."""
        pages = self.parentWidget()
        shown = pages.currentWidget() if isinstance(pages, QStackedWidget) else self
        bar = shown.findChild(InlineBar) if shown is not None else None
        if bar is not None:
            bar.say(words, tone=tone, undo="")

    def bar_state(self) -> BarState:
        """What the bar says while this page is shown."""
        return BarState()

    def keys(self) -> list[Key]:
        """The keys that act here now, the most needed last."""
        return strip_of(self.strip_actions(), self.strip_word)

    def strip_actions(self) -> Iterable[Action]:
        """Those of `ACTIONS` that stand in the strip now."""
        return filter(self.acts, self.ACTIONS)

    def strip_word(self, action: Action) -> str:
        """What the strip calls it, empty where it does not stand there."""
        return action.strip

    def strip_keys(self) -> list[Key]:
        """`keys`, and where one column is shown at a time the ways to the others."""
        columns = self.folding()
        return columns.keys_with(self.keys()) if columns is not None else self.keys()

    def folding(self) -> ThreeColumns | None:
        """Its columns, by the name every form gives them."""
        columns = self.findChild(QWidget, "columns")
        return columns if isinstance(columns, ThreeColumns) else None

    def strip_text(self) -> str:
        """What is true of the file, at the left of the key strip."""
        return "Encrypted on this laptop."

    def entered(self, argument: object = None) -> None:
        """The page is now shown: bring it up to date and put the focus where work begins."""
        self.refresh()

    def returned(self, argument: object = None) -> None:
        """Escape led back here from a page one went on to; `argument` is what this one was last entered with."""
        self.entered(argument)

    def left(self) -> None:
        """Another page takes its place, or a cover: end edits, what is typed must be on disk."""

    def refresh(self) -> None:
        """Show what is true now; called when something it shows has changed."""


class OwnUndo(QObject):
    """Ctrl+Z in a field of the page takes back its text while there is any of its own; after that it is the page's. In
    a passphrase it is nobody's.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch)

    def _watch(self, _before: QWidget | None, field: QWidget | None) -> None:
        if field is None or not isinstance(field, QLineEdit | QPlainTextEdit | QAbstractSpinBox):
            return
        secret = field.inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData
        if not secret and self._page.isAncestorOf(field):
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the page have the key when the field has nothing to undo."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Undo) or _has_text_to_undo(watched):
            return False
        event.ignore()
        return True


class WatchedProse(QObject):
    """From when somebody first comes into a field for prose, its spelling is looked at as they type."""

    def __init__(self, page: QWidget, writing: Writing) -> None:
        super().__init__(page)
        self._page, self._writing = page, writing
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._watch)

    def _watch(self, _before: QWidget | None, field: QWidget | None) -> None:
        if isinstance(field, Prose) and not field.isReadOnly() and self._page.isAncestorOf(field):
            self._writing.watch(field)


def _has_text_to_undo(field: QObject) -> bool:
    if isinstance(field, QPlainTextEdit):
        return field.document().isUndoAvailable()
    line = field.lineEdit() if isinstance(field, QAbstractSpinBox) else field
    return isinstance(line, QLineEdit) and line.isUndoAvailable()
