"""Where an answer is given in words: what is typed is text, the usual reasons beside it are taken by key."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.actions import OPEN, Action, which
from csp_desktop.gui.window.keys import alt_digit, is_enter, is_escape, step_of

_BETWEEN = ": "


REASONS = tuple(Action("a standard reason", (f"Alt+{number}",), strip="reason") for number in range(1, 5))


class ReasonField(ProseLine):
    """Down and up go through the usual reasons, Enter takes the one marked, Alt with a number takes it at once. What
    was typed before stays behind it: 'Could not reach: 2 visits failed'. `marked` gives its place, -1 for none."""

    marked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual: tuple[str, ...] = ()
        self._hint = ""
        self._marked = -1
        self.textEdited.connect(lambda _: self._mark(-1))

    def set_usual(self, reasons: Sequence[str]) -> None:
        """Those that can be taken; none where something else than a reason is asked."""
        self._usual = tuple(reasons)
        self._mark(-1)

    def set_hint(self, hint: str) -> None:
        """What to write, while it is empty and no reason is marked."""
        self._hint = hint
        self.setPlaceholderText(hint)

    def words(self) -> str:
        """The reason in words, without the colon nothing follows."""
        return " ".join(self.text().split()).removesuffix(_BETWEEN.strip())

    def chosen(self) -> int:
        """Which of the usual reasons it begins with, -1 for none."""
        text = self.text()
        return next((at for at, reason in enumerate(self._usual) if text.startswith(reason)), -1)

    def take(self, at: int) -> None:
        """Put that reason before what was typed; the caret stands where more can be said. Taken as typed."""
        before = self._usual[self.chosen()] if self.chosen() >= 0 else ""
        own = self.text().removeprefix(before).removeprefix(_BETWEEN.strip()).strip()
        self._mark(-1)
        self.selectAll()
        self.insert(f"{self._usual[at]}{_BETWEEN}{own}")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, at: int) -> None:
        if at != self._marked:
            self._marked = at
            self.setAccessibleDescription(f"{self._usual[at]}: {OPEN.shown} chooses it" if at >= 0 else "")
            self.setPlaceholderText(self._usual[at] if at >= 0 else self._hint)
            if at >= 0:
                announce(self, self._usual[at])
            self.marked.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows mark, Enter takes what is marked, Alt and a number take."""
        number, step = alt_digit(event), step_of(event)
        asked = REASONS.index(action) if (action := which(event, REASONS)) is not None else len(REASONS)
        if asked < len(self._usual):
            self.take(asked)
        elif step and self._usual:
            self._mark(min(max(self._marked + step, -1), len(self._usual) - 1))
        elif is_enter(event) and self._marked >= 0:
            self.take(self._marked)
        elif is_escape(event) and self._marked >= 0:
            self._mark(-1)
        elif not number:  # with Alt a number is no text, whether there is such a reason or not
            super().keyPressEvent(event)
