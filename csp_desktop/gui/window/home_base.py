"""What Home does in both windows; each hands in what it reads, and keeps its side column and its bar."""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.home_work import HomeContent, HomeWork, NeedLook, StepLook
from csp_desktop.gui.widgets.three_columns import ThreeColumns
from csp_desktop.gui.window.actions import OPEN, Action
from csp_desktop.gui.window.page import Page
from csp_desktop.services.home.home_needs import Need
from csp_desktop.services.home.next_step import NextStep

CLOCK_EVERY = 20_000
_LOW = 720  # px at the usual text size: the countdowns give way to what needs someone

NEXT_STEP = Action("the next step", OPEN.keys, "_press_next_step", when="_is_not_typing", strip="next step")


class HomeBase(Page):
    """Reads everything at once when it is entered or told of a change; the clock in the bar goes on by itself.

    A page sets up its form and calls `_build` with it; its `refresh` reads, and calls `_show_home`.
    """

    STEM: ClassVar[str]
    STEPS: ClassVar[Mapping[Enum, StepLook]]
    NEEDS: ClassVar[Mapping[Enum, NeedLook]]

    def _build(self, columns: ThreeColumns, work: HomeWork, side: QWidget, side_name: str) -> None:
        """Put the columns together; `side_name` names the side column in the strip of keys."""
        self._work, self._columns = work, columns
        self._content: HomeContent | None = None
        columns.set_columns(None, work, side)
        columns.set_names(work="next step", side=side_name)
        work.look_up(self.STEPS, self.NEEDS)
        work.set_key(NEXT_STEP.shown)
        work.next_pressed.connect(self._press_next_step)
        work.need_chosen.connect(self._follow_need)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_EVERY)
        self._clock.timeout.connect(self.bar_changed)
        self.follow()

    def take(self, step: NextStep) -> None:
        """Do the next step: it leads to a page."""
        look = self.STEPS[step.kind]
        self.navigate.emit(look.stem, look.part or step.meeting_id or None)

    def entered(self, argument: object = None) -> None:
        """Up to date, the focus on the next step."""
        self.refresh()
        self._clock.start()
        self._work.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """The clock need not go on."""
        self._clock.stop()

    def _show_home(self, content: HomeContent) -> None:
        """Show the middle, and what is the same on every page."""
        self._content = content
        self._work.show_content(content)
        self.bar_changed.emit()

    def _press_next_step(self) -> None:
        if self._content is not None:
            self.take(self._content.next_step)

    def _is_not_typing(self) -> bool:
        return not isinstance(self.focusWidget(), QLineEdit)

    def _follow_need(self, need: Need) -> None:
        self.navigate.emit(*self.NEEDS[need.kind].leads(need))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The middle goes by the room there is."""
        super().resizeEvent(event)
        self._work.set_room(low=self.height() < current().px(_LOW), narrow=self._columns.is_single())
