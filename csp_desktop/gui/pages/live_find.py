"""Ctrl+K on the live page: commands, and whatever the file holds; what is found is gone to."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from csp_desktop.gui.desk import Desk
from csp_desktop.gui.finder import not_found
from csp_desktop.gui.latest_answer import LatestAnswer
from csp_desktop.gui.pages.live_doing import Doing
from csp_desktop.gui.pages.live_keys import Act, commands
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.palette import Palette, Tell
from csp_desktop.services.finding import Hit, find

_ICONS = {"case": "layers", "note": "file-text", "item": "list-checks", "action": "check"}


class Finder(QObject):
    """`stop_found` gives the key of a case or item of this meeting, `case_found` a case outside its walk."""

    stop_found = Signal(str)
    case_found = Signal(str)

    def __init__(self, desk: Desk, doing: Doing, line: QLineEdit, page: QWidget, acts: Sequence[Act]) -> None:
        super().__init__(page)
        self._session, self._doing, self._acts = desk.session, doing, acts
        self._latest = LatestAnswer(desk.tasks, self)
        self._hits: dict[str, Hit] = {}
        self.palette = Palette(line, page, self._find)
        self.palette.set_commands(commands(acts))
        self.palette.ran.connect(lambda number: self._acts[int(number)].do())
        self.palette.found.connect(self._go)

    def _find(self, text: str, tell: Tell) -> None:
        session = self._session
        found = partial(self._found, tell)
        self._latest.ask(lambda: find(session, text), found, lambda error: tell(not_found(error)))

    def _found(self, tell: Tell, hits: Sequence[Hit]) -> None:
        self._hits = {f"hit:{n}": hit for n, hit in enumerate(hits)}
        tell(
            [
                Entry(key, hit.title, hit.snippet or hit.where, icon=_ICONS.get(hit.kind, ""))
                for key, hit in self._hits.items()
            ]
        )

    def _go(self, key: str) -> None:
        hit, live = self._hits[key], self._doing.live
        turns = [r.turn.id for r in live.walk if r.case.id == hit.case_id] if live else []
        if turns:
            self.stop_found.emit(f"turn:{turns[0]}")
        elif hit.kind == "item" and live and any(i.id == hit.record_id for i in live.items):
            self.stop_found.emit(f"item:{hit.record_id}")
        elif hit.case_id:
            self.case_found.emit(hit.case_id)
