"""Questions asked at every letter, answered off the window's thread: typing never waits, and the newest one wins."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from csp_desktop.gui.tasks import Task, Tasks

Ask = Callable[[], Any]
Tell = Callable[[Any], None]


class LatestAnswer(QObject):
    """One question is under way at a time. What is asked meanwhile waits, only the last of it is asked, and an answer
    that came too late for its letters is told to nobody. Gone with its owner."""

    def __init__(self, tasks: Tasks, owner: QObject) -> None:
        super().__init__(owner)
        self._tasks = tasks
        self._under_way: Task | None = None
        self._next: tuple[Ask, Tell, Tell] | None = None
        self._gone = False
        owner.destroyed.connect(self._forget)

    def ask(self, ask: Ask, tell: Tell, failed: Callable[[Exception], None]) -> None:
        """`ask` runs in a thread of its own; `tell` or `failed` come on the window's, unless asked again before."""
        self._next = ask, tell, failed
        if self._under_way is None:
            self._go_on()

    def _go_on(self) -> None:
        if self._next is not None:
            (ask, tell, failed), self._next = self._next, None
            answered, broken = partial(self._end, tell), partial(self._end, failed)
            self._under_way = self._tasks.run(lambda _: ask(), answered, broken)

    def _end(self, tell: Tell, what: Any) -> None:
        if self._gone:
            return
        self._under_way = None
        if self._next is None:
            tell(what)
        else:
            self._go_on()

    def _forget(self) -> None:
        self._gone = True
