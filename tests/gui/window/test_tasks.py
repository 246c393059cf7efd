"""Long work off the window's thread: how its end is told, and that nothing is told to what is gone."""

from threading import Event

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.gui.window.tasks import Tasks


def test_long_work_ends_on_the_windows_thread_with_its_result(qtbot: QtBot) -> None:
    tasks = Tasks()
    seen: list[object] = []
    steps: list[tuple[int, int]] = []

    def work(progress: Progress) -> int:
        for number in range(3):
            progress(number, 3, "")
        return 42

    task = tasks.run(work, seen.append, seen.append, lambda done, total, words: steps.append((done, total)))
    qtbot.waitUntil(lambda: not tasks.busy())
    assert seen == [42]
    assert steps == [(0, 3), (1, 3), (2, 3)]
    assert not task._thread.is_alive()


def test_work_that_fails_says_so_and_cancelled_work_says_nothing(qtbot: QtBot) -> None:
    tasks = Tasks()
    seen: list[object] = []

    def fail(progress: Progress) -> None:
        raise ValueError("line 3")

    tasks.run(fail, seen.append, lambda error: seen.append(str(error)))
    qtbot.waitUntil(lambda: not tasks.busy())
    assert seen == ["line 3"]

    def forever(progress: Progress) -> None:
        while True:
            progress(0, 1, "")

    tasks.run(forever, seen.append, seen.append).cancel()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert seen == ["line 3"]


def test_work_that_fails_after_it_was_given_up_is_told_to_nobody(qtbot: QtBot) -> None:
    tasks, go_on, told = Tasks(), Event(), list[object]()

    def fail(progress: Progress) -> None:
        go_on.wait()
        raise ValueError("the page that would say so is gone")

    tasks.run(fail, told.append, told.append)
    go_on.set()
    tasks.close()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert told == []


def test_work_goes_on_when_the_page_that_asked_is_gone_and_its_end_is_told_to_nobody(qtbot: QtBot) -> None:
    tasks, go_on, worked, told = Tasks(), Event(), list[str](), list[object]()

    def work(progress: Progress) -> None:
        go_on.wait()
        progress(1, 1, "")
        worked.append("to the end")

    label, asker = QLabel(), QLabel()
    tasks.run(work, label.setEnabled, told.append)
    tasks.run(work, told.append, told.append, asker=asker)
    for page in (label, asker):
        page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.busy())
    assert (worked, told) == (["to the end"] * 2, [])


def test_nothing_begins_once_the_program_has_ended(qtbot: QtBot) -> None:
    tasks, told = Tasks(), list[object]()
    tasks.end()
    task = tasks.run(told.append, told.append, told.append)
    assert (tasks.busy(), task._thread.ident, told) == (False, None, [])


def test_tasks_that_nobody_keeps_end_with_their_last_one(qtbot: QtBot) -> None:
    tasks, told, gone = Tasks(), list[object](), list[str]()
    tasks.destroyed.connect(lambda: gone.append("tasks"))
    tasks.run(lambda _: "done", told.append, told.append)
    while not told:
        QCoreApplication.sendPostedEvents()
    del tasks
    assert gone == []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert (told, gone) == (["done"], ["tasks"])
