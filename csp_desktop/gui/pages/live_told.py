"""What was just done, over the top of the work: it comes and goes without moving what is being read or typed."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLayout, QWidget

from csp_desktop.gui.theme import Tone, current
from csp_desktop.gui.widgets.inline_bar import InlineBar

NEEDED = 400  # wide enough for what was done and its Undo


class Told(QObject):
    """Takes an `InlineBar` out of its layout and keeps it at the top of `over`."""

    def __init__(self, bar: InlineBar, over: QWidget, layout: QLayout) -> None:
        super().__init__(over)
        self._bar, self._over = bar, over
        self._whole = True  # a refusal takes the width it needs to be read
        layout.removeWidget(bar)
        bar.setParent(over)
        bar.hide()
        over.installEventFilter(self)

    def did(self, words: str, undo: bool) -> None:
        """A step was done, or taken back."""
        self._bar.say(words, undo="Undo" if undo else "")
        self._whole = False
        self._place()

    def refused(self, sentence: str) -> None:
        """Something could not be done, and why."""
        self._bar.say(sentence, tone=Tone.MEDIUM, undo="")
        self._whole = True
        self._place()

    def text(self) -> str:
        """What it says now."""
        return self._bar.text() if not self._bar.isHidden() else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Kept at its place."""
        if event.type() == QEvent.Type.Resize and not self._bar.isHidden():
            self._place()
        return False

    def _place(self) -> None:
        """What was done stands at the right, so that reference and title at the left stay to be read."""
        px = current().px
        room = self._over.width() - px(28)
        wide = room if self._whole else min(room, max(px(NEEDED), self._bar.sizeHint().width()))
        high = max(px(44), self._bar.sizeHint().height())
        self._bar.setGeometry(px(14) + room - wide, px(2), wide, high)
        self._bar.raise_()
