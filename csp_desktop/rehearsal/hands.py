"""A pair of hands on the real windows: key and mouse events, and eyes that find things by the name a person reads."""

import math
from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QBuffer,
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QIODevice,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from csp_desktop.gui.widgets.meeting_bar import MeetingBar
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.saving import save

PATIENCE_MS = 300_000  # only what never comes takes all of it
FIRST_PAGE = "Page 1 of "
SHORTEST_MS, LONGEST_MS, LONGER = 15.0, 250.0, 1.25  # between two looks at what has not come yet
MOST_TRIES = 400  # at one file dialog


class Stuck(Exception):
    """What the hands waited for or looked for did not come; the words name it."""


class Hands:
    """Plays on one window of one application. `out` is the folder pictures go to."""

    def __init__(
        self,
        window: QWidget,
        out: Path,
        pass_time: Callable[[float], None] = lambda seconds: None,
        wait_until: Callable[[time], None] = lambda at: None,
        go_to_day: Callable[[date, time], None] = lambda on, at: None,
    ) -> None:
        self.window = window
        self.out = out
        self.pass_time = pass_time  # seconds a person would have needed
        self.wait_until = wait_until  # a time on the clock at the table, unless it is later already
        self.go_to_day = go_to_day  # nothing happens before a later day
        self.pictures: list[Path] = []
        self.log: list[str] = []

    def say(self, words: str) -> None:
        """Note what was done, for the account at the end."""
        self.log.append(words)

    def settle(self) -> None:
        """Let everything that is due happen; what was to be deleted goes too, as it would in the program's own loop."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def wait(self, condition: Callable[[], bool], words: str, patience_ms: int = PATIENCE_MS) -> None:
        """Wait until something shows; raises Stuck with the words."""
        deadline, moment = QDeadlineTimer(patience_ms), SHORTEST_MS
        while not condition():
            if deadline.hasExpired():
                self.picture("stuck")
                raise Stuck(f"waited in vain: {words}")
            self._look_away(moment)
            moment = min(moment * LONGER, LONGEST_MS)

    def _look_away(self, moment_ms: float = SHORTEST_MS) -> None:
        """The program's other threads, and a program beside it, get on with their work; eyes that never rest would
        hold them up."""
        moment = QEventLoop()
        QTimer.singleShot(round(moment_ms), moment.quit)
        moment.exec()

    def key(self, *chords: str) -> None:
        """Press keys one after another, as 'Ctrl+Return' or 'F3'."""
        for chord in chords:
            self.pass_time(1.5)
            QTest.keySequence(self._target(), QKeySequence(chord))
            self.settle()

    def write(self, text: str) -> None:
        """Type text, character by character, into whatever has the focus."""
        for character in text:
            self.pass_time(0.4)
            target = self._target()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QApplication.sendEvent(target, event)
        self.settle()

    def _target(self) -> QWidget:
        """Where keys go: a list that dropped comes first. One that closed may leave no window active where there is no
        desktop: ours is."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup.focusWidget() or popup
        if QApplication.activeWindow() is None:
            self.window.activateWindow()
            self.settle()
        return QApplication.focusWidget() or self.window.focusWidget() or QApplication.activeWindow() or self.window

    def visible(self, kind: type[QWidget] = QWidget, within: QWidget | None = None) -> Iterator[QWidget]:
        """Widgets of a kind that can be seen now."""
        tops = [within] if within else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        for top in tops:
            yield from (w for w in top.findChildren(kind) if w.isVisible())

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """The visible widget of this accessible name or text; raises Stuck."""
        found = self.look(name, kind)
        if found is None:
            self.picture("stuck")
            raise Stuck(f"not on the screen: {name}")
        return found

    def look(self, name: str, kind: type[QWidget] = QWidget) -> QWidget | None:
        """The same, or None. An enabled control is preferred to a label of the same words."""
        matches = [w for w in self.visible(kind) if name in names_of(w)]
        matches.sort(key=lambda w: (isinstance(w, QLabel), not w.isEnabled()))
        return matches[0] if matches else None

    def click(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        """Click the middle of the widget of this name. Raises Stuck where there is none, or it is not enabled."""
        self.pass_time(2.0)
        widget = self.find(name, kind)
        if not widget.isEnabled():
            raise Stuck(f"cannot be pressed: {name}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, widget.rect().center())
        self.settle()
        return widget

    def texts(self) -> list[str]:
        """Every text a person can read now."""
        found: set[str] = set()
        for widget in self.visible():
            found |= names_of(widget)
        return sorted(found)

    def turn_all_pages(self) -> int:
        """Ctrl+Page Down to the last page of the paper shown, as whoever approves it must; how many there
        are. Raises Stuck where no page is shown."""
        first = next((text for text in self.texts() if text.startswith(FIRST_PAGE)), None)
        if first is None:
            raise Stuck("no first page is shown")
        last = first.removeprefix(FIRST_PAGE)
        for _ in range(int(last) - 1):
            self.key("Ctrl+PgDown")
        self.wait(lambda: self.look(f"Page {last} of {last}") is not None, "the last page")
        return int(last)

    def answer_file_dialog(self, path: Path) -> None:
        """When the program next asks for a file, paste this path and press Enter; again if it was not taken. A dialog
        that will not have the path is sent away, so that nobody waits for ever."""
        watch, tries = QTimer(self.window), 0

        def type_it() -> None:
            nonlocal tries
            asked = (w for w in QApplication.topLevelWidgets() if w.objectName() == "ask_file" and w.isVisible())
            dialog = next(asked, None)
            if dialog is None:
                return
            tries += 1
            if tries > MOST_TRIES:
                watch.stop()
                QTest.keyClick(dialog, Qt.Key.Key_Escape)
                return
            line = dialog.findChild(QLineEdit, "fileNameEdit")
            assert line is not None
            line.setFocus()
            QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QApplication.clipboard().setText(str(path))  # letter by letter it would choose the folders on the way
            QTest.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClick(line, Qt.Key.Key_Return)
            if not dialog.isVisible():
                watch.stop()
                watch.deleteLater()

        watch.timeout.connect(type_it)
        watch.start(50)

    def click_row(self, view_name: str, text: str) -> None:
        """Click the row of a list or table whose first matching cell holds the text. Raises Stuck where none does."""
        view = self.find(view_name, QAbstractItemView)
        assert isinstance(view, QAbstractItemView)
        model = view.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount() if isinstance(model, QAbstractTableModel) else 1):
                index = model.index(row, column)
                if text in str(index.data() or ""):
                    view.scrollTo(index)
                    self.settle()
                    middle = view.visualRect(index).center()
                    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
                    self.settle()
                    return
        raise Stuck(f"no such row in {view_name}: {text}")

    def rows_of(self, view_name: str) -> list[str]:
        """The rows of a list as a screen reader tells them."""
        view = self.find(view_name, QAbstractItemView)
        model = view.model() if isinstance(view, QAbstractItemView) else None
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())] if model is not None else []

    def row_count(self, view_name: str) -> int:
        """How many rows a list or table of this name has."""
        view = self.find(view_name, QAbstractItemView)
        return view.model().rowCount() if isinstance(view, QAbstractItemView) else 0

    def choose_entry(self, text: str) -> bool:
        """Click the first row of the rail that holds the text; False when none does."""
        try:
            self.click_row("Pages", text)
        except Stuck:
            return False
        return True

    def window_headline(self) -> str:
        """What the bar says in large letters."""
        bar = self.window.findChild(MeetingBar)
        return bar.state().headline if isinstance(bar, MeetingBar) else ""

    def on_page(self, stem: str) -> bool:
        """Whether the page of this name is shown, and nothing covers it."""
        shown = self.window
        return isinstance(shown, MainWindow) and not shown.is_covered() and shown.page_name() == stem

    def text_of(self, widget: QWidget) -> str:
        """What stands in a field."""
        return widget.text() if isinstance(widget, QLineEdit) else ""

    def typed_text(self) -> str:
        """What stands in the field that has the focus."""
        target = QApplication.focusWidget()
        if isinstance(target, QPlainTextEdit):
            return target.toPlainText()
        return target.text() if isinstance(target, QLineEdit) else ""

    def fill(self, name: str, text: str) -> None:
        """Click a field, clear it with the keyboard, and type."""
        self.click(name)
        self.key("Ctrl+A", "Del")
        self.write(text)

    def sign(self, pad_name: str) -> None:
        """Draw a signature of three strokes with the mouse on the pad of this name."""
        pad = self.find(pad_name)
        area = QRect(pad.rect()).adjusted(20, 20, -20, -20)
        for stroke in range(3):
            points = [_on_wave(area, stroke, t / 24) for t in range(25)]
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
            for point in points[1:]:
                QTest.mouseMove(pad, point)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])
        self.settle()

    def picture(self, name: str, window: QWidget | None = None) -> Path:
        """Keep a picture of the window."""
        self.settle()
        path = self.out / f"{len(self.pictures) + 1:02d}-{name}.png"
        save(path, png_of(window or self.window))
        self.pictures.append(path)
        return path


def png_of(widget: QWidget) -> bytes:
    """The widget as it looks now."""
    picture = QBuffer()
    picture.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(picture, "PNG")
    return bytes(picture.data().data())


def names_of(widget: QWidget) -> set[str]:
    """What a person would call a widget: its accessible name, its text without the mnemonic's mark."""
    names = {widget.accessibleName()}
    if isinstance(widget, QAbstractButton | QLabel):
        names.add(widget.text().replace("&", ""))
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        names.add(widget.placeholderText())
    return names - {""}


def _on_wave(area: QRect, stroke: int, t: float) -> QPoint:
    """A point of a stroke: three loops from left to right, each its own third of the pad."""
    left = area.left() + area.width() * stroke / 3
    x = left + area.width() / 3 * t
    y = area.center().y() + math.sin(t * 6 + stroke) * area.height() * 0.35
    return QPointF(x, y).toPoint()
