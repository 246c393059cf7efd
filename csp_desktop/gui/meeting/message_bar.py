"""What was just done, at the foot of the rail, below its rows: it comes and goes without moving what is being read or
typed. A refusal stands below the work, as does all of it where the rail is not seen. It covers nothing."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.rail import Rail


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
    """Gives an `InlineBar` its place: below the rows of the rail, or where the form has it. It covers nothing."""

    def __init__(self, bar: InlineBar, layout: QBoxLayout, rail: Rail) -> None:
        super().__init__(bar)
        self._bar, self._layout, self._rail = bar, layout, rail
        self._at = layout.indexOf(bar)
        self._whole = True  # a refusal takes the width it needs to be read
        bar.hide()
        rail.installEventFilter(self)

    def show_done(self, words: str, undo: bool = True) -> None:
        """A step was done."""
        self.say(words, Tone.LOW, undo="Undo" if undo else "")

    def refuse(self, sentence: str) -> None:
        """Something could not be done, and why."""
        self.say(sentence, Tone.MEDIUM)

    def say(self, words: str, tone: Tone, *, undo: str = "") -> None:
        """A sentence in this colour; `undo` is the button's word."""
        self._whole = tone in (Tone.MEDIUM, Tone.HIGH)
        self._place()
        self._bar.say(words, tone=tone, undo=undo)

    def text(self) -> str:
        """What it says now."""
        return self._bar.text() if not self._bar.isHidden() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The rail comes or goes: so does the place below its rows."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide) and not self._bar.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        at_foot, below = self._rail.isVisible() and not self._whole, self._rail.layout()
        self._bar.set_narrow(at_foot)
        if at_foot and below is not None and below.indexOf(self._bar) < 0:
            self._layout.removeWidget(self._bar)
            below.addWidget(self._bar)
            QTimer.singleShot(0, self, self._keep_row)
        elif not at_foot and self._layout.indexOf(self._bar) < 0:
            if below is not None:
                below.removeWidget(self._bar)
            self._layout.insertWidget(self._at, self._bar)

    def _keep_row(self) -> None:
        """The list is lower now; where one is stays to be seen."""
        rows = self._rail.entries
        if rows.currentIndex().isValid():
            rows.scrollTo(rows.currentIndex())
