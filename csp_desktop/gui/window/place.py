"""Where someone was when the program locked, and the way back there: apart, for the first lock loads it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.window import unsent_text

if TYPE_CHECKING:
    from csp_desktop.gui.window.main_window import MainWindow
    from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Place:
    """Page, its argument, the field with the caret, and where in it. `unsaved` is what stood in the fields, in memory
    only if the disk would not take it."""

    stem: str
    argument: object
    field: str = ""
    caret: int = 0
    unsaved: dict[str, str] | None = None


def place_in(window: "MainWindow", session: "Session", texts: dict[str, str]) -> Place | None:
    """The place of a window that was just covered; what was half-typed goes into the file."""
    from csp_desktop.services.file.unsent_text import keep

    if window.page() is None:
        return None
    held, caret = window.focus_before_cover(), 0
    if isinstance(held, QPlainTextEdit):
        caret = held.textCursor().position()
    elif isinstance(held, QLineEdit):
        caret = held.cursorPosition()
    unsaved: dict[str, str] | None = None
    try:
        keep(session, window.page_name(), texts)
    except Refused:
        unsaved = texts
    name = unsent_text.called(held) if held is not None else ""
    return Place(window.page_name(), window.argument(), name, caret, unsaved)


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
