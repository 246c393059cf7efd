"""Long work off the window's thread: the only place with threads, and the only one that catches whatever comes.

The work is a plain function that gets a `Progress`; it may report how far it is and must look now and then whether
it was cancelled. Its end is told on the window's thread, once. Of questions asked at every letter the newest one wins.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO

from PySide6.QtCore import QObject, Qt, Signal, Slot

from csp_desktop.domain.common.aliases import Progress


class Cancelled(Exception):
    """The person cancelled; nothing went wrong."""


class CancellableProgress:
    """The `Progress` a task hands to its work: it tells how far that is, and ends it if the person cancelled."""

    def __init__(self, heard: Progress) -> None:
        self._heard, self._cancelled = heard, threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    def __call__(self, done: int, total: int, words: str) -> None:
        """So many of so many; raises `Cancelled` to end the work where it stands."""
        if self.cancelled:
            raise Cancelled
        self._heard(done, total, words)


class Task(QObject):
    """One piece of work under way. `progressed` gives done, total, words; `finished` comes last, however it ended."""

    progressed = Signal(int, int, str)
    finished = Signal()
    _ended = Signal(object, object)

    def __init__(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        idle: bool = False,
    ) -> None:
        super().__init__()
        self._work, self._done, self._failed = work, done, failed
        self._progress, self._is_silent = CancellableProgress(self.progressed.emit), False
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="task", daemon=idle)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop at its next step; then nothing is told but `finished`. Too late, it is done and told."""
        self._progress.cancel()

    @Slot()
    def silence(self) -> None:
        """Let it go on and tell nobody how it ended: the page that asked is gone, or soon will be."""
        self._is_silent = True

    def wait(self) -> None:
        """Until its thread has ended."""
        self._thread.join()

    def _run(self) -> None:
        try:
            self._ended.emit(self._work(self._progress), None)
        except Exception as error:  # noqa: BLE001 - told to the caller, on the window's thread
            self._ended.emit(None, error)

    @Slot(object, object)
    def _end(self, result: object, error: Exception | None) -> None:
        self._thread.join()
        try:
            if self._is_silent or isinstance(error, Cancelled):
                return
            if error is not None:
                self._failed(error)
            else:
                self._done(result)
        finally:
            self.finished.emit()


class Tasks(QObject):
    """Runs tasks and keeps them until they have ended; `close` at a lock, `end` before the program does.

    A task under way keeps its `Tasks`, which therefore is not its parent: where the last task is all that kept them,
    Qt would end the parent inside the end of its child, and the child a second time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: list[Task] = []
        self._has_ended = False

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Progress | None = None,
        asker: QObject | None = None,
        idle: bool = False,
    ) -> Task:
        """Start `work`; `done` gets what it returned, `failed` what it raised, `progress` how far it is: all three
        on the window's thread. The answer's `cancel` stops it. Once the asker is gone nothing is told, as with a
        signal; where `done` is a method its object asked, else the `asker` named. After `end` nothing begins. What is
        `idle` touches no file: the program need not wait for it to end."""
        task = Task(work, done, failed, idle)
        if self._has_ended:
            return task
        who = asker or getattr(done, "__self__", None)
        if isinstance(who, QObject):
            who.destroyed.connect(task.silence)
        if progress is not None:
            task.progressed.connect(progress, Qt.ConnectionType.QueuedConnection)
        task.finished.connect(lambda: self._forget(task))
        self._running.append(task)
        task.start()
        return task

    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._running)

    def close(self) -> None:
        """Cancel what runs, tell nobody, and wait for it."""
        for task in self._running:
            task.silence()
            task.cancel()
        for task in self._running:
            task.wait()

    def end(self) -> None:
        """As `close`, and for good: a timer or a late paint of a window that is gone starts no thread any more."""
        self._has_ended = True
        self.close()

    def _forget(self, task: Task) -> None:
        if task in self._running:
            self._running.remove(task)
            task.deleteLater()


class LineReader(QObject):
    """Reads lines from a pipe as they come and tells them, as bytes, on the window's thread. Its thread ends with the
    pipe, or with the program: nothing else can wake it. However it ends, `ended` is told.
    """

    line = Signal(object)
    ended = Signal()

    def __init__(self, pipe: BinaryIO, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pipe = pipe
        self._thread = threading.Thread(target=self._run, name="pipe", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def _run(self) -> None:
        try:
            with suppress(RuntimeError, ValueError, OSError):  # the window went first, or the pipe broke
                for line in self._pipe:
                    self.line.emit(line)
        finally:
            with suppress(RuntimeError):  # the window went first
                self.ended.emit()


Ask = Callable[[], Any]
Answered = Callable[[Any], None]


class LatestAnswer(QObject):
    """One question is under way at a time. What is asked meanwhile waits, only the last of it is asked, and an answer
    that came too late for its letters is told to nobody. Gone with its owner."""

    def __init__(self, tasks: Tasks, owner: QObject, idle: bool = False) -> None:
        super().__init__(owner)
        self._tasks, self._idle = tasks, idle
        self._under_way: Task | None = None
        self._next: tuple[Ask, Answered, Answered] | None = None
        self._gone = False
        owner.destroyed.connect(self._forget)

    def ask(self, ask: Ask, answered: Answered, failed: Callable[[Exception], None]) -> None:
        """`ask` runs in a thread of its own; `answered` or `failed` come on the window's, unless asked again before."""
        self._next = ask, answered, failed
        if self._under_way is None:
            self._go_on()

    def _go_on(self) -> None:
        if self._next is not None:
            (ask, answered, failed), self._next = self._next, None
            done, broken = partial(self._end, answered), partial(self._end, failed)
            self._under_way = self._tasks.run(lambda _: ask(), done, broken, idle=self._idle)

    def _end(self, told: Answered, what: Any) -> None:
        if self._gone:
            return
        self._under_way = None
        if self._next is None:
            told(what)
        else:
            self._go_on()

    def _forget(self) -> None:
        self._gone = True
