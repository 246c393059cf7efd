"""From the start of the process to an open session: the first window is painted before anything heavy is loaded."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from PySide6 import QtCore
from PySide6.QtCore import QObject, QSettings, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.lock.known_user import KnownUser
from csp_desktop.gui.lock.unlock import UnlockCalls, UnlockPage, UnlockState
from csp_desktop.gui.style.style import tokens_of
from csp_desktop.gui.style.theme import LIGHT, Theme
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.program import Program
from csp_desktop.gui.window.registry import GROUP, WindowKind
from csp_desktop.saving import tighten

if TYPE_CHECKING:
    from csp_desktop.gui.window.environment import Environment

NAME = "Community Safety Partnership"  # of the folder proposed at the first start
GONE = (
    "The folder {folder} was not found. If it is on a USB stick or another disk, connect it, "
    "close this window and start again. If it was moved or renamed, open it below. Continue "
    "only to create a new file."
)
LEFT = (
    "The file opened here last is no longer in the folder {folder}. If it was moved or "
    "renamed, open it below. Continue only to create a new file."
)
AFTER_PAINT = 30  # ms: whatever is loaded in the background waits until the first window stands
INTERRUPTED = 130  # how a shell counts a program that Ctrl+C ended


class LocalMemory:
    """What this computer remembers between starts, outside every vault: a folder, who was last here, the look. The
    private window keeps nobody's name (`keeps_user`), and forgets one that an earlier version kept.
    """

    def __init__(self, store: QSettings, keeps_user: bool = True) -> None:
        self.store, self.keeps_user = store, keeps_user
        if not keeps_user:
            self.store.remove("user")

    def folder(self) -> Path | None:
        """The partnership folder used last."""
        kept = str(self.store.value("folder", ""))
        return Path(kept) if kept else None

    def user(self) -> str:
        """Who unlocked last."""
        return str(self.store.value("user", ""))

    def remember(self, folder: Path, user: str) -> None:
        """After an unlock."""
        self.store.setValue("folder", str(folder))
        if self.keeps_user:
            self.store.setValue("user", user)

    def theme(self) -> Theme:
        """The look chosen last: it is needed before anything is unlocked."""
        scale = min(2.0, max(1.0, float(str(self.store.value("scale", 1.0)))))
        return Theme(tokens_of(str(self.store.value("theme", LIGHT.name))), scale)

    def begin_tour(self) -> bool:
        """Whether the tour was never shown on this computer; from now on it was."""
        first = self.store.value("tour") is None
        self.store.setValue("tour", "shown")
        return first

    def keep_theme(self, look: str, scale: float) -> None:
        """As set in Settings."""
        self.store.setValue("theme", look)
        self.store.setValue("scale", scale)


def local_memory(program: str) -> LocalMemory:
    """What this user's `program` remembers, in a file for this user alone, whoever could read it before."""
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "csp-desktop", program)
    file = Path(store.fileName())
    for place in (file, file.parent):
        tighten(place)
    return LocalMemory(store)


class Starting(QObject):
    """Shows the first screen, opens sessions (`begun`), and shows the unlock screen again at every lock."""

    begun = Signal()

    def __init__(
        self, environment: "Environment", memory: LocalMemory, folder: Path | None, kind: WindowKind = GROUP
    ) -> None:
        super().__init__()
        self._environment, self._memory, self._kind = environment, memory, kind
        self.folder = folder or memory.folder() or default_folder()
        self._vaults: Any = None
        self._loading = Lock()
        self._clock: Clock | None = None
        self._is_guarded = False
        self._not_done = ""
        self.program = Program(self.now, self._close_vault, memory.keep_theme, kind)
        self.program.cover_with(self._cover_page)

    def _cover_page(self) -> QWidget:
        """What stands over everything while nobody is unlocked."""
        known = self.program.file_trouble or self._environment.holds_partnership(self.folder)
        return self._unlock_page() if known else self._first_start_page()

    def now(self) -> datetime:
        """The clock of the folder chosen; before the vaults are loaded, the computer's."""
        if self._vaults is None:
            return self._environment.computer_clock()
        if self._clock is None:
            self._clock = self._environment.clock(self.folder)
        return self._clock()

    def _loaded(self) -> Any:
        """The vaults, loaded once: a quick typist asks while the background still loads them, and what is opened by
        one and closed by another would stay open at a lock."""
        with self._loading:
            if self._vaults is None:
                self._vaults = self._environment.vaults(self.now)
            return self._vaults

    def _close_vault(self) -> None:
        """What waited for that, a restore, may be refused: the unlock screen says why."""
        if self._vaults is not None:
            try:
                self._vaults.close()
            except Refused as refusal:
                self._not_done = refusal.sentence

    def _unlock_page(self) -> QWidget:
        last = self.program.last_user or self._memory.user()
        state = UnlockState(
            user=KnownUser(last) if last else None,
            meeting=self.program.locked_meeting,
            partnership=self._kind.title,
            private=self._kind.private,
            file_trouble=self.program.file_trouble,
            not_done=self._not_done,
        )
        calls = UnlockCalls(
            self._unlock,
            lambda: self.now().astimezone(),
            self._wait_after,
            self._unlock_with_recovery,
            self._open_elsewhere,
        )
        page = UnlockPage(state, calls, self.program.tasks, self.program.window)
        page.unlocked.connect(self._begin)
        page.bring_in_asked.connect(lambda name: self._bring_in(self.folder, name))
        page.painted.connect(lambda: QTimer.singleShot(AFTER_PAINT, page, lambda: self._warm_up(page)))
        return page

    def _wait_after(self, tries: int) -> Any:
        """Asked after a wrong passphrase, when everything is loaded anyway."""
        return self._loaded().wait_after(self.folder, tries)

    def _open_elsewhere(self) -> str:
        """Nobody is asked before the vaults are loaded."""
        return "" if self._vaults is None else str(self._vaults.open_elsewhere(self.folder))

    def _unlock(self, name: str, typed: str) -> Any:
        from csp_desktop.services.file.unlock import unlock

        return unlock(self._loaded(), self.folder, name, typed)

    def _unlock_with_recovery(self, key: str, name: str, new: str, again: str) -> Any:
        from csp_desktop.services.file.unlock import unlock_with_recovery

        return unlock_with_recovery(self._loaded(), self.folder, key, name, new, again)

    def _warm_up(self, page: UnlockPage) -> None:
        """Load what unlocking needs while a name is typed; the sample then shows who can open it."""

        def load(_: object) -> Sequence[dict[str, str]]:
            self._loaded()
            return self._environment.sample_users(self.folder)

        def show(users: object) -> None:
            known = tuple(KnownUser(u["name"], u["role"], "", u["passphrase"]) for u in users)  # type: ignore[attr-defined]
            if known and self.program.is_locked():
                page.offer_sample(known)

        self.program.tasks.run(load, show, lambda error: None, asker=page)

    def _first_start_page(self) -> QWidget:
        from csp_desktop.gui.file.first_start import GROUP_WORDS, PRIVATE_WORDS, FirstStartPage
        from csp_desktop.gui.window.file_dialogs import Ask

        words = PRIVATE_WORDS if self._kind.private else GROUP_WORDS
        page = FirstStartPage(self._loaded(), self.program.tasks, Ask(), self._proposed(), words, self._gone())
        page.started.connect(self._begin)
        page.existing_chosen.connect(self._use_existing)
        page.bring_in_asked.connect(self._bring_in)
        self.program.window.closing.connect(page.abandon)
        return page

    def _gone(self) -> str:
        """Why the file is not opened that lay here, or was said to: nobody is to begin a new one by mistake."""
        was_here = self.folder == self._memory.folder()
        if os.path.isdir(self.folder):
            return LEFT.format(folder=self.folder) if was_here else ""
        return GONE.format(folder=self.folder) if was_here or self.folder != default_folder() else ""

    def _proposed(self) -> Path:
        """Where nobody chose a folder: one that is not refused. Many a council's OneDrive copies all of Documents."""
        if self.folder != default_folder():
            return self.folder
        for place in (self.folder, Path.home() / NAME):
            with suppress(Refused):
                self._loaded().refuse_unsuitable(place)
                return place
        return self.folder

    def _bring_in(self, folder: object, typed: str = "") -> None:
        """A backup or a hand-over into this folder; what can be unlocked after is unlocked as always."""
        from csp_desktop.gui.file.bring_in import BringInPage
        from csp_desktop.gui.window.file_dialogs import Ask

        name = typed or self.program.last_user or self._memory.user()
        page = BringInPage(self._loaded().bundle_import, self.program.tasks, Ask(), Path(str(folder)), name)
        page.arrived.connect(self._use_existing)
        page.left_asked.connect(self._begin_again)
        self.program.window.cover(page)

    def _begin_again(self) -> None:
        known = self._environment.holds_partnership(self.folder)
        self.program.cover_with(self._unlock_page if known else self._first_start_page)

    def _use_existing(self, folder: object) -> None:
        self.folder = Path(str(folder))
        self._clock = None
        self.program.cover_with(self._unlock_page)

    def _older_copy_page(self, session: Any) -> QWidget:
        """The file is behind what this computer saw: nothing of it is shown before a person has said why."""
        from csp_desktop.gui.file.older_copy import OlderCopyPage
        from csp_desktop.services.file.file_checks import go_on_with_older_copy

        page = OlderCopyPage(session, session.older, go_on_with_older_copy)
        page.went_on.connect(self._begin)
        page.closed.connect(self._close_older_copy)
        return page

    def _close_older_copy(self) -> None:
        self._close_vault()
        self.program.cover_with(self._unlock_page)

    def _begin(self, session: Any) -> None:
        if session.older is not None:
            self.program.cover_with(lambda: self._older_copy_page(session))
            return
        self._not_done = ""
        if self._vaults is not None and self._vaults.opened is not None:
            self.folder = self._vaults.opened.folder
        self._memory.remember(self.folder, session.user_name)
        self._guard()
        if not self._kind.private:
            self.program.lead_to_private(
                self._environment.private_command(), self._environment.private_first(self.folder)
            )
        self.program.cover_factory(self._cover_page)
        self.program.begin(session)
        self.begun.emit()

    def is_sample(self) -> bool:
        """Whether everybody in the file is invented."""
        return bool(self._environment.sample_users(self.folder))

    def _guard(self) -> None:
        """Once, at the first unlock."""
        if not self._is_guarded:
            from csp_desktop.gui.lock.idle_lock import Clocks

            self._is_guarded = True
            self.program.lock_unattended(Clocks(self._environment.computer_clock, self._environment.steady_clock))


def after_paint(window: MainWindow, do: Callable[[], object]) -> None:
    """Do it once the window has been painted and a moment has passed: until then nothing more is loaded."""
    window.painted.connect(lambda: QTimer.singleShot(AFTER_PAINT, window, do))


def watch_for_bugs(program: Program, *, private: bool = False) -> None:
    """Before the first window stands nothing of a case is open that a bug could tell."""
    from csp_desktop.gui.window.bug_report import install_excepthook

    def write_bug(report: str) -> None:
        """The log is loaded with the first bug; the private window has one of its own."""
        from csp_desktop.gui.window import bug_log

        bug_log.write(report, name=bug_log.PRIVATE_FILE if private else bug_log.FILE)

    install_excepthook(program.tell_of_bug, write_bug, program.tell_of_refusal)


def default_folder() -> Path:
    """Where a first partnership is proposed to lie."""
    from PySide6.QtCore import QStandardPaths

    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / NAME


def hear_ctrl_c(window: MainWindow) -> None:
    """Until the first window stands there is nothing to save, and Ctrl+C ends the program at once."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    after_paint(window, lambda: CtrlC(window))


class CtrlC(QObject):
    """Ctrl+C in the terminal a window was started from: it closes as by its own button, and what is typed is saved.

    Python hears a signal only when it is at work next, and an open window may be long at rest: Qt is woken through a
    socket. The window is its parent.
    """

    def __init__(self, window: QWidget) -> None:
        import socket  # the first window stands before it is loaded

        super().__init__(window)
        self._window = window
        self._reads, self._writes = socket.socketpair()
        for end in (self._reads, self._writes):
            end.setblocking(False)
        self._woken = QtCore.QSocketNotifier(self._reads.fileno(), QtCore.QSocketNotifier.Type.Read, self)
        self._woken.activated.connect(self._close)
        signal.set_wakeup_fd(self._writes.fileno())
        signal.signal(signal.SIGINT, lambda *_: None)

    def _close(self) -> None:
        if signal.SIGINT in self._reads.recv(64):
            self._window.close()
            QApplication.exit(INTERRUPTED)


def size_on(screen: QSize) -> QSize:
    """How large the window opens: as drawn where there is room, else all of the screen."""
    return QSize(1600, 900).boundedTo(screen)


def open_on(window: QWidget, screen: QSize) -> None:
    """Shows the window. On a screen no larger than it is drawn for it is maximised: its title bar takes some of the
    height, and the strip of keys would lie below the edge."""
    window.resize(size_on(screen))
    if size_on(screen) == screen:
        window.showMaximized()
    else:
        window.show()


def first_tour(starting: Starting, memory: LocalMemory) -> None:
    """Who opens the sample for the first time on this computer is led through it; Help starts it again."""
    if starting.is_sample() and memory.begin_tour():
        starting.program.start_tour()


def run(folder: Path | None, environment: "Environment") -> int:
    """Open the window and stay until it closes."""
    memory = local_memory("csp-desktop")
    app: QApplication = make_application(sys.argv[:1], memory.theme())
    starting = Starting(environment, memory, folder)
    starting.begun.connect(lambda: first_tour(starting, memory))
    after_paint(starting.program.window, lambda: watch_for_bugs(starting.program))
    hear_ctrl_c(starting.program.window)
    open_on(starting.program.window, app.primaryScreen().availableGeometry().size())
    return app.exec()
