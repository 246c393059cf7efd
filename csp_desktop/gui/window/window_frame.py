"""What stands round every page: bar, notices, and the keys below. Apart, for the first page loads it."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csp_desktop.gui.widgets.key_strip import KeyStrip
from csp_desktop.gui.widgets.meeting_bar import BarState, MeetingBar
from csp_desktop.gui.widgets.message_bar import NoticeBar


class WindowFrame(QWidget):
    """One under another."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.bar, self.pages, self.strip = MeetingBar(self), QStackedWidget(self), KeyStrip(self)
        self.lost_notice, self.standing_notice = NoticeBar(self), NoticeBar(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.lost_notice)
        column.addWidget(self.standing_notice)
        column.addWidget(self.pages, 1)
        column.addWidget(self.strip)

    def say_nothing(self) -> None:
        """There is no page any more."""
        self.bar.set_state(BarState())
        self.strip.set_keys([])
