"""The way one came, page by page: Escape leads back along it."""

from collections.abc import Collection
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


@dataclass
class Step:
    """A page that was left: its name, what it was entered with, and what had the focus in it."""

    name: str
    argument: object
    focus: QWidget | None = None

    def restore_focus(self, page: QWidget) -> None:
        """Back to what had it, if that is still there to be worked in."""
        held = self.focus
        if held is not None and shiboken6.isValid(held) and page.isAncestorOf(held) and held.isVisible():
            held.setFocus(Qt.FocusReason.OtherFocusReason)


class WayBack:
    """`roots` are where every way begins: one arrives there and the way is short again. `gates` are never led to."""

    def __init__(self, roots: Collection[str] = (), gates: Collection[str] = ()) -> None:
        self._roots, self._gates = frozenset(roots), frozenset(gates)
        self._steps: list[Step] = []

    def leave(self, name: str, argument: object, page: QWidget, towards: str) -> None:
        """One page is left for another. Where the other lies on the way already, the way is cut short there."""
        if towards in self._roots:
            self._steps.clear()
            return
        if name not in self._gates:
            held = QApplication.focusWidget()
            self._steps.append(Step(name, argument, held if held is not None and page.isAncestorOf(held) else None))
        again = next((at for at, step in enumerate(self._steps) if step.name == towards), None)
        if again is not None:
            del self._steps[again:]

    def back(self) -> Step | None:
        """The step to go back, taken off the way; None where it begins."""
        return self._steps.pop() if self._steps else None
