"""The private program from its start to an open session: alone, or told by the group's program who is in the room."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.private.context import give_table
from csp_desktop.gui.private.door import PrivateDoorPage
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.style.theme import Theme, private
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.environment import Environment
from csp_desktop.gui.window.pipe import Pipe, own_pipe
from csp_desktop.gui.window.starting import (
    AFTER_PAINT,
    LocalMemory,
    Starting,
    after_paint,
    hear_ctrl_c,
    local_memory,
    open_on,
    watch_for_bugs,
)


class PrivateStarting(Starting):
    """As the group's window starts, with the private file, its own memory and no way to the other one but the pipe."""

    def __init__(self, environment: Environment, memory: LocalMemory, folder: Path, pipe: Pipe | None) -> None:
        self.table = PrivateTable(pipe)
        self._has_crossed = False
        self._untold = ""
        super().__init__(environment, LocalMemory(memory.store, keeps_user=False), folder, PRIVATE)
        give_table(self.program, self.table)
        self.table.changed.connect(self._follow)
        self.table.changed.connect(self._show_door)
        self.table.untold.connect(self._note_untold)
        if pipe is not None:
            pipe.hide_asked.connect(self.program.lock)
            self.program.hidden.connect(pipe.hide)

    def _cover_page(self) -> QWidget:
        """The list of the room until New Hope's lead has unlocked; after that the passphrase alone."""
        if not self.table.follows_meeting or self._has_crossed or not self._environment.holds_partnership(self.folder):
            return super()._cover_page()
        page = PrivateDoorPage(self.table, self.now)
        page.unlock_asked.connect(lambda: self.program.window.cover(self._unlock_page()))
        QTimer.singleShot(AFTER_PAINT, page, lambda: self._warm_door(page))
        return page

    def _warm_door(self, page: PrivateDoorPage) -> None:
        """Whoever leaves at the door does so by the folder's own clock, which the sample has."""

        def show(clock: Clock) -> None:
            self._clock = self._clock or clock
            page.refresh()

        self.program.tasks.run(lambda _: self._environment.clock(self.folder), show, lambda error: None, asker=page)

    def now(self) -> datetime:
        """The clock of the folder as soon as it is known, also before the vault is loaded."""
        return super().now() if self._clock is None else self._clock()

    def _follow(self) -> None:
        if self.table.room is not None and not self._has_crossed:
            self._environment.follow(self.table.room.at)

    def _show_door(self) -> None:
        """The list has come over."""
        shown = self.program.window.findChild(PrivateDoorPage)
        if shown is None and self.program.is_locked() and not self._has_crossed:
            self.program.cover_with(self._cover_page)

    def _note_untold(self, words: str) -> None:
        """Said on the page that comes next: at the opening of the session that is the first gate."""
        self._untold = words
        QTimer.singleShot(0, self, self._say_untold)

    def _say_untold(self) -> None:
        if self._untold and not self.program.is_locked():
            self.program.tell_of_refusal(self._untold)
            self._untold = ""

    def _begin(self, session: Any) -> None:
        super()._begin(session)
        self._say_untold()

    def _unlock(self, name: str, typed: str) -> Any:
        return self._crossed(super()._unlock(name, typed))

    def _unlock_with_recovery(self, key: str, name: str, new: str, again: str) -> Any:
        return self._crossed(super()._unlock_with_recovery(key, name, new, again))

    def _crossed(self, session: Any) -> Any:
        """Whoever came over is taken into the file; only New Hope's lead or deputy can do that."""
        if self.table.follows_meeting and session.older is None:
            try:
                self.table.cross_over(session)
            except Refused:
                self._close_vault()
                raise
            self._has_crossed = True
        return session


def run_private(folder: Path, environment: Environment, follows_meeting: bool) -> int:
    """Open the private window and stay until it closes; at its end the group's program is told that it has ended."""
    memory = local_memory("private")
    theme = memory.theme()
    app: QApplication = make_application(sys.argv[:1], Theme(private(theme.tokens), theme.scale))
    pipe = own_pipe() if follows_meeting else None
    starting = PrivateStarting(environment, memory, folder, pipe)
    after_paint(starting.program.window, lambda: watch_for_bugs(starting.program, private=True))
    hear_ctrl_c(starting.program.window)
    open_on(starting.program.window, app.primaryScreen().availableGeometry().size())
    if pipe is not None:
        pipe.start()
    code = app.exec()
    if pipe is not None:
        pipe.end()
    return code
