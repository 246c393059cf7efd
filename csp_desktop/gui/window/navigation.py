"""The way one came, page by page: Escape leads back along it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.gui.window.focus import Held

if TYPE_CHECKING:
    pass


@dataclass
class Step:
    """A page that was left: its name, what it was entered with, and what had the focus in it."""

    name: str
    argument: object
    held: Held | None = None


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
            within = held is not None and page.isAncestorOf(held)
            self._steps.append(Step(name, argument, Held(held) if held is not None and within else None))
        again = next((at for at, step in enumerate(self._steps) if step.name == towards), None)
        if again is not None:
            del self._steps[again:]

    def back(self) -> Step | None:
        """The step to go back, taken off the way; None where it begins."""
        return self._steps.pop() if self._steps else None
