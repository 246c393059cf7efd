"""How the open file stands on its disk: asked at every commit and, by the window, every few seconds."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from csp_desktop.domain.common.errors import NotWritable, Refused
from csp_desktop.store.engine import is_in_place, open_every_connection
from csp_desktop.vault.container import OpenVault

LOST = (
    "Not saved: the file is no longer where it was (folder {folder}). It was moved, renamed, deleted or replaced by "
    "another copy, as programs that copy folders do. What you typed is still on the screen. Write a rescue copy now."
)
CLOCK_FIRST = "Nothing is written until somebody says that the clock is right, at the top of the window."


class OpenFileStanding:
    """services.file.file_standing.FileStanding and store.unit_of_work.WriteGuard on an open vault. Once the file was
    not where it was, nothing is called saved any more, also if it comes back: another program has had its hands on it.
    """

    def __init__(
        self, vault: OpenVault, engine: Engine, folder: Path, *, reading_only: str = "", clock_doubt: str = ""
    ) -> None:
        self._vault, self._engine = vault, engine
        self.folder, self.reading_only, self.clock_doubt = folder, reading_only, clock_doubt
        self.postponed: list[Callable[[], object]] = []  # done once the clock was said to be right
        self._is_lost, self._finding = False, threading.Lock()
        self._rescues = False
        self.when_lost: Callable[[], None] = lambda: None
        open_every_connection(engine)

    def look(self) -> str:
        """The database, its log and its header, by what they are and not by what they are called."""
        if self.reading_only:
            return ""
        if not self._is_lost and not (is_in_place(self._engine) and self._vault.is_header_in_place()):
            with self._finding:
                first, self._is_lost = not self._is_lost, True
            if first:
                self.when_lost()
        return LOST.format(folder=self.folder) if self._is_lost else ""

    @contextmanager
    def keeping_what_was_typed(self) -> Iterator[None]:
        """What is written goes into the open file, and so into the copy made of it."""
        self._rescues = True
        try:
            yield
        finally:
            self._rescues = False

    def before(self, *, typing: bool) -> None:
        """What is being typed still goes into the open file, so that a rescue copy has it; it is not called saved."""
        if self.reading_only:
            raise NotWritable(self.reading_only)
        if self.clock_doubt:
            raise NotWritable(f"{self.clock_doubt} {CLOCK_FIRST}")
        lost = self.look()
        if lost and not typing and not self._rescues:
            raise NotWritable(lost)

    def after(self) -> None:
        """After a commit: is what was written in the file that lies there?"""
        lost = self.look()
        if lost and not self._rescues:
            raise NotWritable(lost)

    def accept_clock(self, note: Callable[[], None]) -> None:
        """Somebody says that the clock is right: `note` writes it down, and what waited for it is done."""
        doubt, self.clock_doubt = self.clock_doubt, ""
        try:
            note()
        except Refused:
            self.clock_doubt = doubt
            raise
        self.do_postponed()

    def do_postponed(self) -> None:
        """What is written at every opening that needs it."""
        while self.postponed:
            self.postponed.pop(0)()

    def refuse_change(self) -> None:
        """Before anything else in the folder is written."""
        self.before(typing=False)
