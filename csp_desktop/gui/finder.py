"""Ctrl+K on every page with a rail: find a case, a note or an action by any of its words, or go anywhere by name."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from csp_desktop.gui.main_window import MainWindow
from csp_desktop.gui.pages.base import Page
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.palette import Command, Palette
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.services.finding import Hit, find
from csp_desktop.services.session import Session

COMMANDS = (
    Command("home", "Home", icon="house"),
    Command("prepare", "Prepare the next meeting", icon="calendar-days"),
    Command("cases", "Cases", icon="layers"),
    Command("import_cases", "Import Safety Net cases", icon="upload"),
    Command("actions", "Actions", icon="list-checks"),
    Command("minutes", "Minutes", icon="file-text"),
    Command("people", "People and agencies", icon="users"),
    Command("settings", "Settings", icon="settings"),
    Command("help", "Help and all keys", "F1", icon="circle-help"),
    Command("lock", "Lock", "Ctrl L", icon="lock"),
)
ICONS = {"case": "layers", "note": "message-square", "item": "scroll-text", "action": "list-checks"}


def attach_finder(page: Page, window: MainWindow, session: Session) -> Palette | None:
    """Give a page's find box its list; None when the page has no rail, or brings its own list."""
    rail = page.findChild(Rail)
    if rail is None or page.findChild(Palette) is not None:
        return None
    palette = Palette(rail.search, page, lambda text: _entries(find(session, text)))
    palette.set_commands(COMMANDS)
    palette.ran.connect(lambda stem: window.show_page(stem))
    palette.found.connect(lambda key: window.show_page(*_where(key)))
    shortcut = QShortcut(QKeySequence("Ctrl+K"), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(palette.open)
    return palette


def _entries(hits: Sequence[Hit]) -> list[Entry]:
    return [Entry(_key(hit), hit.title, f"{hit.where}  {hit.snippet}".strip(), icon=ICONS.get(hit.kind, "search")) for hit in hits]


def _key(hit: Hit) -> str:
    if hit.case_id:
        return f"case:{hit.case_id}"
    return f"minutes:{hit.meeting_id}" if hit.kind in ("note", "item") else "actions:"


def _where(key: str) -> tuple[str, str | None]:
    stem, _, argument = key.partition(":")
    return stem, argument or None
