"""Long work on every page that has some: how far it is, Cancel, what it refuses, and the page usable afterwards."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.cases.import_cases import ImportCasesPage
from csp_desktop.gui.cases.retention import RetentionPage
from csp_desktop.gui.file.backups import SafekeepingPage
from csp_desktop.gui.file.bring_in import BringInPage
from csp_desktop.gui.file.journal import JournalPage
from csp_desktop.gui.file.users import UsersPage
from csp_desktop.gui.widgets.progress_panel import ProgressPanel
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.page import BUSY
from tests.gui.test_refusals import HERE, Slots
from tests.support.fakes import fake_session
from tests.support.pages import desk_of

PAGES: dict[str, tuple[Callable[[PageContext], QWidget], str]] = {  # with a button that waits meanwhile
    "users": (UsersPage, "paper_button"),
    "backups": (SafekeepingPage, "try_button"),
    "bring in": (lambda desk: BringInPage(Slots(), desk.tasks, Ask(), HERE, ""), "bring_button"),  # type: ignore[arg-type]
    "import of cases": (ImportCasesPage, "choose_button"),
    "check of the file": (JournalPage, "check_button"),
    "erasing": (RetentionPage, "erase_button"),
}


class Work:
    """Goes as far as it is let."""

    def __init__(self) -> None:
        self.go_on, self.told = Event(), list[object]()

    def __call__(self, progress: Progress) -> str:
        progress(1, 3, "One of three")
        self.go_on.wait()
        progress(2, 3, "Two of three")
        return "done"

    def done(self, result: object) -> None:
        self.told.append(result)


class Shown:
    """A page with its panel."""

    def __init__(self, qtbot: Any, make: Callable[[PageContext], QWidget], button: str) -> None:
        self.desk = desk_of(replace(fake_session(), users=Slots()))  # type: ignore[arg-type]
        self.page = make(self.desk)
        qtbot.addWidget(self.page)
        self.page.resize(1366, 768)
        with qtbot.waitActive(self.page):
            self.page.show()
            self.page.activateWindow()
        waiting = self.page.findChild(QPushButton, button)
        assert waiting is not None
        panel = next(p for h in reversed(_holders(waiting, self.page)) if (p := h.findChild(ProgressPanel)) is not None)
        self.panel, self.button, self.work, self._bot = panel, waiting, Work(), qtbot
        for holder in _holders(waiting, self.page):
            holder.show()
        waiting.setEnabled(True)
        waiting.setFocus()

    def run(self, **how: Any) -> None:
        assert self.panel.run(self.desk.tasks, self.work, self.work.done, self.work.done, **how)
        self._bot.waitUntil(lambda: self.panel.text() == "One of three")

    def rest(self) -> None:
        self._bot.waitUntil(lambda: not self.desk.tasks.busy())


def _holders(widget: QWidget, page: QWidget) -> list[QWidget]:
    """What a widget stands in, from the outside: some of it is shown for one case or person only."""
    parent = widget.parentWidget()
    return [] if parent is None or parent is page else [*_holders(parent, page), parent]


@pytest.fixture(params=list(PAGES))
def shown(request, qtbot):
    made = Shown(qtbot, *PAGES[request.param])
    yield made
    made.work.go_on.set()
    made.rest()


def test_it_is_shown_how_far_the_work_is_and_the_page_waits(shown):
    assert shown.panel.isHidden()
    shown.run()
    bar = shown.panel.findChild(QProgressBar)
    assert (bar.value(), bar.maximum()) == (1, 3)
    assert not shown.panel.isHidden() and not shown.button.isEnabled()
    assert QApplication.focusWidget() is shown.panel.cancel_button
    assert not shown.panel.run(shown.desk.tasks, shown.work, shown.work.done, shown.work.done)
    shown.work.go_on.set()
    shown.rest()
    assert shown.work.told == ["done"]
    assert shown.panel.isHidden() and shown.button.isEnabled()


def test_cancel_ends_the_work_and_the_page_is_usable_again(shown):
    shown.run()
    QTest.keyClick(shown.panel.cancel_button, Qt.Key.Key_Space)
    assert shown.panel.text() == "Stopping"
    shown.work.go_on.set()
    shown.rest()
    assert shown.work.told == []
    assert shown.panel.isHidden() and shown.button.isEnabled()
    assert shown.panel.run(shown.desk.tasks, shown.work, shown.work.done, shown.work.done)
    shown.rest()
    assert shown.work.told == ["done"]


def test_what_the_work_refuses_is_told_once_the_page_is_usable(shown):
    def refuse(progress: Progress) -> None:
        raise Refused("The disk is full.")

    told: list[object] = []

    def tell(why: Refused) -> None:
        told.append((why.sentence, shown.button.isEnabled()))

    shown.panel.run(shown.desk.tasks, refuse, told.append, tell)
    shown.rest()
    assert told == [("The disk is full.", True)]
    assert shown.panel.isHidden()


@pytest.fixture
def one(qtbot):
    made = Shown(qtbot, *PAGES["import of cases"])
    yield made
    made.work.go_on.set()
    made.rest()


def test_cancelled_too_late_it_is_done_and_told(one):
    def late(progress: Progress) -> str:
        one.work(lambda *_: progress(*_) if _[0] == 1 else None)
        return "kept"

    one.panel.run(one.desk.tasks, late, one.work.done, one.work.done)
    one._bot.waitUntil(lambda: one.panel.text() == "One of three")
    one.panel.cancel()
    one.work.go_on.set()
    one.rest()
    assert one.work.told == ["kept"]


def test_what_cannot_be_given_up_any_more_offers_no_cancel(one):
    one.run(until=1)
    assert not one.panel.cancel_button.isEnabled()
    one.panel.cancel()
    one.work.go_on.set()
    one.rest()
    assert one.work.told == ["done"]


def test_what_is_no_refusal_is_raised(one, qtbot):
    def break_down(progress: Progress) -> None:
        raise ValueError("a bug")

    with qtbot.captureExceptions() as raised:
        one.panel.run(one.desk.tasks, break_down, one.work.done, one.work.done)
        one.rest()
    assert [str(error) for _, error, _ in raised] == ["a bug"]
    assert one.work.told == [] and one.panel.isHidden()


def test_the_focus_goes_back_to_where_it_was(one):
    one.run()
    one.work.go_on.set()
    one.rest()
    assert QApplication.focusWidget() is one.button


def test_nothing_is_undone_while_something_is_under_way(one):
    bar = one.page._ui.done_bar
    one.run()
    one.page.undo()
    assert (bar.text(), bar.property("role")) == (BUSY, "bar-high")
