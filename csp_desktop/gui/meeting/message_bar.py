"""What was just done, at the foot of the rail: it comes and goes without moving or covering what is being read or
typed. A refusal stands over the top of the work, as does all of it where the rail is not seen."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLayout, QWidget

from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.rail import Rail

NEEDED = 400  # wide enough for what was done and its Undo


class Floating(QObject):
    """Keeps a widget over the top of another while it is shown, without moving anything."""

    def __init__(self, widget: QWidget, over: QWidget) -> None:
        super().__init__(widget)
        self._widget, self._over = widget, over
        widget.setParent(over)
        for watched in (widget, over):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Placed when it comes, when it wants another height and when the place changes."""
        kinds = (QEvent.Type.Show, QEvent.Type.LayoutRequest) if watched is self._widget else (QEvent.Type.Resize,)
        if event.type() in kinds and not self._widget.isHidden():
            px = current().px
            wide = self._over.width() - px(28)
            self._widget.setGeometry(px(14), px(10), wide, min(self._widget.sizeHint().height(), self._over.height()))
            self._widget.raise_()
        return False


class MessageBar(QObject):
    """Takes an `InlineBar` out of its layout and keeps it at its place."""

    def __init__(self, bar: InlineBar, over: QWidget, layout: QLayout, rail: Rail) -> None:
        super().__init__(over)
        self._bar, self._over, self._rail = bar, over, rail
        self._whole = True  # a refusal takes the width it needs to be read
        layout.removeWidget(bar)
        bar.setParent(over)
        bar.hide()
        for watched in (over, rail):
            watched.installEventFilter(self)

    def show_done(self, words: str, undo: bool = True) -> None:
        """A step was done."""
        self.say(words, Tone.LOW, undo="Undo" if undo else "")

    def refuse(self, sentence: str) -> None:
        """Something could not be done, and why."""
        self.say(sentence, Tone.MEDIUM)

    def say(self, words: str, tone: Tone, *, undo: str = "") -> None:
        """A sentence in this colour; `undo` is the button's word."""
        self._bar.say(words, tone=tone, undo=undo)
        self._whole = tone in (Tone.MEDIUM, Tone.HIGH)
        self._place()

    def text(self) -> str:
        """What it says now."""
        return self._bar.text() if not self._bar.isHidden() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Kept at its place."""
        moves = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if event.type() in moves and not self._bar.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        at_foot = self._rail.isVisible() and not self._whole
        over = self._rail if at_foot else self._over
        if self._bar.parentWidget() is not over:
            self._bar.setParent(over)
            self._bar.show()
        self._bar.set_narrow(at_foot)
        (self._at_foot if at_foot else self._at_top)()
        self._bar.raise_()

    def _at_foot(self) -> None:
        px = current().px
        wide = self._rail.width() - px(16)
        high = max(px(44), self._bar.heightForWidth(wide))
        self._bar.setGeometry(px(8), self._rail.height() - high - px(8), wide, high)
        rows = self._rail.entries
        under = rows.viewport().mapTo(self._rail, rows.visualRect(rows.currentIndex()).bottomLeft()).y()
        if rows.currentIndex().isValid() and under > self._bar.y():
            rows.scrollTo(rows.currentIndex(), rows.ScrollHint.PositionAtCenter)

    def _at_top(self) -> None:
        """At the right, so that reference and title at the left stay to be read."""
        px = current().px
        room = self._over.width() - px(28)
        wide = room if self._whole else min(room, max(px(NEEDED), self._bar.sizeHint().width()))
        high = max(px(44), self._bar.sizeHint().height())
        self._bar.setGeometry(px(14) + room - wide, px(2), wide, high)
