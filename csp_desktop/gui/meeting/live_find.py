"""Ctrl+K on the live page: commands, and whatever the file holds; what is found is gone to."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from csp_desktop.gui.meeting.walk_controller import WalkController
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.palette import Palette, Show
from csp_desktop.gui.window.actions import commands
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.finder import not_found
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.tasks import LatestAnswer
from csp_desktop.services.cases.search import Hit, find

_ICONS = {"case": "layers", "note": "file-text", "item": "list-checks", "action": "check"}


class Finder(QObject):
    """`stop_found` gives the key of a case or item of this meeting, `case_found` a case outside its walk."""

    stop_found = Signal(str)
    case_found = Signal(str)

    def __init__(self, desk: Desk, controller: WalkController, line: QLineEdit, page: Page) -> None:
        super().__init__(page)
        self._session, self._controller = desk.session, controller
        self._latest = LatestAnswer(desk.tasks, self)
        self._hits: dict[str, Hit] = {}
        self.palette = Palette(line, page, self._find)
        self.palette.set_commands(commands(page.ACTIONS))
        self.palette.ran.connect(page.run)
        self.palette.found.connect(self._go)

    def _find(self, text: str, show: Show) -> None:
        session = self._session
        found = partial(self._found, show, text)
        self._latest.ask(lambda: find(session, text), found, lambda error: show(not_found(error)))

    def _items(self, text: str) -> list[Entry]:
        """Where the agenda itself can be gone to."""
        items = self._controller.live.items if self._controller.live else ()
        return [
            Entry(f"item:{i.id}", i.title, "on the agenda", icon="list-checks") for i in items if _has(i.title, text)
        ]

    def _found(self, show: Show, text: str, hits: Sequence[Hit]) -> None:
        self._hits = {f"hit:{n}": hit for n, hit in enumerate(hits)}
        show(
            self._items(text)
            + [
                Entry(key, hit.title, hit.snippet or hit.where, icon=_ICONS.get(hit.kind, ""))
                for key, hit in self._hits.items()
            ]
        )

    def _go(self, key: str) -> None:
        if key not in self._hits:
            self.stop_found.emit(key)
            return
        hit, live = self._hits[key], self._controller.live
        turns = [r.turn.id for r in live.walk if r.case.id == hit.case_id] if live else []
        if turns:
            self.stop_found.emit(f"turn:{turns[0]}")
        elif hit.kind == "item" and live and any(i.id == hit.record_id for i in live.items):
            self.stop_found.emit(f"item:{hit.record_id}")
        elif hit.case_id:
            self.case_found.emit(hit.case_id)


def _has(title: str, typed: str) -> bool:
    """Whether every word typed begins a word of a title."""
    words = title.lower().split()
    return bool(typed.split()) and all(any(w.startswith(t) for w in words) for t in typed.lower().split())
