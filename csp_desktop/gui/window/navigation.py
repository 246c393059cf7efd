"""The way one came, page by page: Escape leads back along it, and an unlock to the place where one was."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.window import unsent_text
from csp_desktop.gui.window.focus import Held

if TYPE_CHECKING:
    from csp_desktop.services.session import Session


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


@dataclass(frozen=True)
class Place:
    """Where someone was when the program locked: page, its argument, the field with the caret, and where in it.
    `unsaved` is what stood in the fields, in memory only if the disk would not take it.
    """

    stem: str
    argument: object
    field: str = ""
    caret: int = 0
    unsaved: dict[str, str] | None = None


def place_in(
    session: "Session", stem: str, argument: object, held: QWidget | None, texts: dict[str, str]
) -> Place | None:
    """The place in a page that was just covered, where `held` had the caret; what was half-typed goes into the file.
    None where no page was shown.
    """
    from csp_desktop.services.file.unsent_text import keep

    if not stem:
        return None
    caret = 0
    if isinstance(held, QPlainTextEdit):
        caret = held.textCursor().position()
    elif isinstance(held, QLineEdit):
        caret = held.cursorPosition()
    unsaved: dict[str, str] | None = None
    try:
        keep(session, stem, texts)
    except Refused:
        unsaved = texts
    name = unsent_text.called(held) if held is not None else ""
    return Place(stem, argument, name, caret, unsaved)


def return_to(place: Place, page: QWidget, session: "Session") -> None:
    """What was half-typed, and the caret where it was, if the field is still there."""
    from csp_desktop.services.file.unsent_text import take_back

    try:
        unsent_text.type_again(page, place.unsaved or take_back(session, place.stem))
    except Refused:
        unsent_text.type_again(page, place.unsaved or {})
    shown = (w for w in page.findChildren(QWidget) if w.isVisibleTo(page))
    held = next((w for w in shown if place.field and unsent_text.called(w) == place.field), None)
    if held is None:
        return
    held.setFocus()
    if isinstance(held, QPlainTextEdit):
        cursor = held.textCursor()
        cursor.setPosition(min(place.caret, len(held.toPlainText())))
        held.setTextCursor(cursor)
    elif isinstance(held, QLineEdit):
        held.setCursorPosition(place.caret)
