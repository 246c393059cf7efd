"""The watch over where the open file lies ends with its window."""

from dataclasses import replace
from typing import Any, cast

import shiboken6
from PySide6.QtCore import QObject

from csp_desktop.gui.window.file_watch import FileWatch
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from tests.support.fakes import fake_session


class Gone:
    """The file is no longer where it was."""

    reading_only = clock_doubt = ""
    when_lost = staticmethod(lambda: None)

    def look(self):
        return "Not saved: the file is no longer where it was. Put it back."


def test_a_file_lost_after_the_window_is_gone_is_nobodys_to_tell(qtbot):
    keeper, window = QObject(), MainWindow()
    watch = FileWatch(window, Tasks(keeper), keeper)
    watch.stand_by(replace(fake_session(), standing=cast(Any, Gone())))
    assert window.lost_notice.text().startswith("Not saved")
    shiboken6.delete(window)
    watch.look()
    assert not watch._timer.isActive()
