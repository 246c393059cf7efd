"""Ctrl+K: find anything or any command, in a list under the find box. The keyboard never leaves the box."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.window.actions import Command
from csp_desktop.gui.window.focus import Held, in_the_work
from csp_desktop.gui.window.keys import is_enter, is_escape, step_of

Show = Callable[[Sequence[Entry]], None]
Find = Callable[[str, Show], None]  # looks for the text and shows what it found, now or later
COMMAND, PLACE = "command:", "place:"
LOOKED_FOR = 2  # letters from which on more than commands is looked for


class Palette(QFrame):
    """Belongs to a line edit and lies below it. `ran` gives a command's key, `led` a place's, `found` a hit's. Until
    what is typed has been looked for, what was found before stays; Enter then waits for the answer and takes the first
    of it. Left without a choice, the focus goes back to where it was."""

    ran = Signal(str)
    led = Signal(str)
    found = Signal(str)
    closed = Signal()

    def __init__(self, line: QLineEdit, over: QWidget, find: Find) -> None:
        super().__init__(over)
        self._line, self._find, self._over = line, find, over
        self._commands: tuple[Command, ...] = ()
        self._places: tuple[Command, ...] = ()
        self._before: Held | None = None
        self._hits: tuple[Entry, ...] = ()
        self._looking, self._take_first = False, False
        set_role(self, "card")
        self.entries = EntryList(self)
        self.entries.setAccessibleName("Found")
        self.entries.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 6, 4, 6)
        layout.addWidget(self.entries)
        self.entries.chosen.connect(self._choose)
        line.textChanged.connect(self._look)
        line.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.hide()

    def set_commands(self, commands: Sequence[Command]) -> None:
        """What can be done on this page."""
        self._commands = tuple(commands)

    def set_places(self, places: Sequence[Command]) -> None:
        """Where one can go from it; they stand after the commands."""
        self._places = tuple(places)

    def open(self) -> None:
        """Show every command and wait for letters."""
        self._line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()
        self._look(self._line.text())

    def close_list(self) -> None:
        """Take the list away and empty the box."""
        if self.isHidden():
            return
        self.hide()
        blocked = self._line.blockSignals(True)
        self._line.clear()
        self._line.blockSignals(blocked)
        self._go_back()
        self.closed.emit()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Where one came from, by whatever way one came into the box."""
        if now is self._line and before is not None and before is not self._line:
            self._before = Held(in_the_work(before))

    def _go_back(self) -> bool:
        before, self._before = self._before, None
        return self._line.hasFocus() and before is not None and before.restore()

    def _look(self, typed: str) -> None:
        if not self._line.hasFocus():
            return
        text = typed.strip()
        self._looking, self._take_first = len(text) >= LOOKED_FOR, False
        if not self._looking:
            self._hits = ()
        self._list(text)
        self.entries.set_current(next((entry.key for entry in self.entries.entries() if _is_command(entry)), ""))
        if self._looking:
            self._find(text, lambda hits: self._answered(text, hits))

    def _list(self, text: str) -> None:
        """The commands that fit, then what was found."""
        entries = [_entry(COMMAND, c) for c in self._commands if _fits(c.words, text)]
        entries += [_entry(PLACE, place) for place in self._places if _fits(place.words, text)]
        entries += self._hits
        self.entries.set_entries(
            entries or [Entry("", "Looking …" if self._looking else "Nothing found", heading=True)]
        )
        self._place()
        self.show()
        self.raise_()

    def _answered(self, text: str, hits: Sequence[Entry]) -> None:
        """What was found, unless other letters stand there by now or the list was left."""
        if self.isHidden() or text != self._line.text().strip():
            return
        self._hits, self._looking = tuple(hits), False
        self._list(text)
        if not self.entries.current_key():
            self.entries.set_current(next((entry.key for entry in self.entries.entries() if entry.key), ""))
        if self._take_first:
            self._choose(self.entries.current_key())

    def _place(self) -> None:
        px, over = current().px, self._over
        below = self._line.mapTo(over, QPoint(0, self._line.height() + px(6)))
        wide = min(px(560), over.width() - below.x() - px(14))
        high = min(self.entries.content_height() + px(16), over.height() - below.y() - px(20))
        self.setGeometry(below.x(), below.y(), wide, high)

    def _choose(self, key: str) -> None:
        self.close_list()
        if key.startswith(COMMAND):
            self.ran.emit(key.removeprefix(COMMAND))
        elif key.startswith(PLACE):
            self.led.emit(key.removeprefix(PLACE))
        elif key:
            self.found.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list, Enter takes, Escape and leaving close."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if not isinstance(event, QKeyEvent):
            return False
        escape = is_escape(event)
        if event.type() == QEvent.Type.ShortcutOverride and escape and self.isVisible():
            event.accept()  # the list's, not a column's
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if self.isHidden():
            return escape and not self._line.text() and self._go_back()
        return self._key(event)

    def _key(self, event: QKeyEvent) -> bool:
        if step_of(event):
            self.entries.keyPressEvent(event)
            return True
        if is_enter(event):
            self._take_first = self._looking and not self.entries.current_key()
            if not self._take_first:
                self._choose(self.entries.current_key())
            return True
        if is_escape(event):
            self.close_list()
            return True
        return False


def _is_command(entry: Entry) -> bool:
    return entry.key.startswith((COMMAND, PLACE))


def _fits(words: str, text: str) -> bool:
    parts = words.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in text.casefold().split())


def _entry(kind: str, command: Command) -> Entry:
    return Entry(kind + command.key, command.words, icon=command.icon, caption=command.shortcut)
