"""Next case to its paint: the real page of a running meeting, the key pressed, until nothing is left to be painted."""

import atexit
import time
from itertools import chain
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.store.unit_of_work import SqlWork
from tests.benchmarks.apart import measured_apart, work_of
from tests.benchmarks.floor import session_on
from tests.benchmarks.pairs import Figures, Once
from tests.benchmarks.years import WALKED, fill
from tests.support.fakes import FixedClock


class Walk:
    """A window on a meeting in session, walked to the last case and back again."""

    def __init__(self, work: SqlWork, meeting_id: str, clock: FixedClock) -> None:
        self.window = MainWindow()
        self.window.add_page("live", LivePage(PageContext(session_on(work, clock), Changes(), Tasks())))
        self.window.resize(1366, 768)
        self.window.show_page("live", meeting_id)
        self.window.show()
        self._number, self._forth = 1, True
        _settle()

    def once(self) -> float:
        """One case on; the seconds from the key to the end of the paint."""
        self.window.activateWindow()
        _settle()
        if self._number in (1, WALKED):
            self._forth = self._number == 1
        self._number += 1 if self._forth else -1
        key = Qt.Key.Key_Right if self._forth else Qt.Key.Key_Left
        target = QApplication.focusWidget() or self.window
        began = time.perf_counter()
        QTest.keyClick(target, key, Qt.KeyboardModifier.AltModifier)
        _settle()
        taken = time.perf_counter() - began
        page = self.window.page()
        assert page is not None and page.bar_state().headline == f"Case {self._number} of {WALKED}"
        return taken


def measure(folder: Path, pairs: int, months: tuple[int, ...]) -> list[Figures]:
    """A row for each number of months in the file, and each floor."""
    rows = (
        measured_apart(f"next case → painted, {_held(number)} in the file", "walking", folder, number, pairs, goal=1.2)
        for number in months
    )
    return [*chain.from_iterable(rows)]


def side(folder: Path, which: str, months: int) -> Once:
    """One case on, in a file of so many months."""
    make_application(["benchmarks"])
    clock = FixedClock()
    work = work_of(folder, which, clock)
    walk = Walk(work, fill(work, months), clock)
    atexit.register(walk.window.close)  # what is still open at the very end hides while nothing can answer any more
    return walk.once


def _held(months: int) -> str:
    years = months // 12
    return f"{years} year{'s' if years > 1 else ''}" if years else f"{months} months"


def _settle() -> None:
    QApplication.processEvents()
    QApplication.processEvents()
