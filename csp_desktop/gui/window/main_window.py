"""The one window: bar on top, the page, the keys below, and a cover over all three. It knows no page by name."""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6 import QtWidgets  # what is asked for below only after the first paint PySide takes long to make
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget
from shiboken6 import isValid

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.lock_panel import LockCover
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, OPEN, called, strip_of

if TYPE_CHECKING:
    from csp_desktop.gui.widgets.key_strip import KeyStrip
    from csp_desktop.gui.widgets.meeting_bar import MeetingBar
    from csp_desktop.gui.widgets.message_bar import NoticeBar
    from csp_desktop.gui.widgets.three_columns import ThreeColumns
    from csp_desktop.gui.window.navigation import WayBack
    from csp_desktop.gui.window.navigation_rail import NavigationRail
    from csp_desktop.gui.window.page import Page


ROOM_FOR_FOUR = 1860  # px from which on the rail need not fold beside three columns
RAIL_KEYS = strip_of((*called(CHOOSE, "", "choose"), OPEN.short("open"), BACK, HELP))


class MainWindow(QWidget):
    """Pages are added by name and shown by name; `show_page` is also what their `navigate` leads to. Bar and keys are
    made with the first page: the first thing painted is the cover with the unlock screen."""

    page_shown = Signal(str)
    closing = Signal()
    painted = Signal()  # for the first time

    def __init__(self, title: str = "Community Safety Partnership") -> None:
        super().__init__()
        self.setWindowTitle(title)
        self._names: dict[str, Page] = {}
        self._argument: object = None
        self.make_page: Callable[[str], Page] | None = None  # makes a page the first time it is shown
        self.commands: dict[str, Callable[[object], None]] = {}  # what a page may ask for that is no page
        self._focus: QWidget | None = None
        self._before_rail: QWidget | None = None
        self._held = ""  # the one page that may be shown, if any
        self.has_rail: Callable[[str], bool] = lambda _name: False  # whether the rail stands beside this page now
        self.faces_room: Callable[[], bool] = lambda: False  # whether those who queue see and use what is shown
        self.require_page: Callable[[str], None] = lambda _name: None  # refuses a page that is not this person's
        self._rail_asked = False  # it stands in the page's place, where there is no room for both
        self.way: WayBack | None = None
        self._inside: WindowFrame | None = None
        self._cover, self._is_covered, self._was_painted = LockCover(self), False, False
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        self._layers.addWidget(self._cover)
        self.setMinimumSize(640, 360)
        self.setProperty("painted", False)

    def _frame(self) -> "WindowFrame":
        if self._inside is None:
            self._inside = WindowFrame(self)
            self._layers.addWidget(self._inside)
            if not self._is_covered:
                self._layers.setCurrentWidget(self._inside)
        return self._inside

    @property
    def bar(self) -> "MeetingBar":
        """Where the meeting stands."""
        return self._frame().bar

    @property
    def pages(self) -> "QtWidgets.QStackedWidget":
        """The pages made so far."""
        return self._frame().pages

    @property
    def strip(self) -> "KeyStrip":
        """The keys that act on the page shown."""
        return self._frame().strip

    @property
    def lost_notice(self) -> "NoticeBar":
        """What every page says once the open file is no longer where it was."""
        return self._frame().lost_notice

    @property
    def standing_notice(self) -> "NoticeBar":
        """What every page says while the file may only be read, or the clock cannot be right."""
        return self._frame().standing_notice

    @property
    def rail(self) -> "NavigationRail":
        """The pages one can go to."""
        return self._frame().rail

    def put_above_keys(self, bar: QWidget) -> None:
        """Between the pages and the keys, where it covers nothing."""
        inside = self._frame().layout()
        assert isinstance(inside, QtWidgets.QVBoxLayout)
        inside.insertWidget(inside.count() - 1, bar)

    def add_page(self, name: str, page: "Page") -> None:
        """Make a page known; it is not shown yet."""
        self._names[name] = page
        self.pages.addWidget(page)
        page.navigate.connect(self.show_page)
        columns = page.folding()
        if columns is not None:
            columns.rearranged.connect(page.bar_changed)
            columns.pages_asked.connect(self.go_to_pages)
            columns.least_changed.connect(lambda: self.arrange() if page is self.page() else None)
        page.bar_changed.connect(lambda: self.show_frame() if page is self.page() else None)

    def page(self) -> "Page | None":
        """The page shown, or the one under the cover."""
        if self._inside is None:
            return None
        from csp_desktop.gui.window.page import Page

        shown = self.pages.currentWidget()
        return shown if isinstance(shown, Page) else None

    def page_named(self, name: str) -> "Page":
        """A page by its name."""
        return self._names[name]

    def show_page(self, name: str, argument: object = None) -> None:
        """Leave the page shown and enter this one; or carry out the command of that name."""
        if name in self.commands:
            self.commands[name](argument)
            return
        if self._held and name != self._held:
            return
        self.require_page(name)
        page = self.page()
        if page is not None and self.way is not None and name != self.page_name():
            self.way.leave(self.page_name(), self._argument, page, name)
        self._turn_to(name, argument)

    def go_back(self) -> bool:
        """To the page one came from, as it was left, the focus where it was; False where the way begins."""
        step = self.way.back() if self.way is not None and not self._held else None
        if step is None:
            return False
        self._turn_to(step.name, step.argument, returned=True)
        if step.held is not None:
            step.held.restore()
        return True

    def _turn_to(self, name: str, argument: object, *, returned: bool = False) -> None:
        made = name not in self._names
        if made and self.make_page is not None:
            self.add_page(name, self.make_page(name))
        before, after = self.page(), self._names[name]
        if before is not None and before is not after:
            before.left()
        self._argument = argument
        after.missed = False  # being entered brings it up to date
        self.pages.setCurrentWidget(after)
        self._rail_asked = False
        self.arrange()
        if returned and not made:
            after.returned(argument)
        else:
            if (columns := after.folding()) is not None:
                columns.show_work()  # of an earlier visit another column may stand where there is room for one
            after.entered(argument)
        self._hold_focus(after)
        self.show_frame()
        self.page_shown.emit(name)

    def _hold_focus(self, page: "Page") -> None:
        """A page on which nothing can be chosen now has the keys itself: its chords act, Ctrl+K among them."""
        held = self.focusWidget()
        if page.isVisible() and (held is None or not held.isVisible() or not held.isEnabled()):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def arrange(self) -> None:
        """The rail beside the page, folded, in its place, or away: by the page and the room there is."""
        page = self.page()
        if self._inside is None or page is None:
            return
        wanted = not self._held and self.has_rail(self.page_name())
        columns = page.folding()
        tight = columns is not None and (self._is_tight(columns, wanted) or columns.has_left())
        folds = page.NEEDS_ROOM or tight
        self._inside.arrange(wanted, self._rail_asked, folds=folds)
        if columns is not None:
            columns.set_pages_hidden(wanted and not self.rail.isVisibleTo(self._inside))

    def _is_tight(self, columns: "ThreeColumns", with_rail: bool) -> bool:
        """Whether the rail with its words would push the columns together; and what it takes without is told them."""
        from csp_desktop.gui.window.navigation_rail import FOLDED, OPEN_NARROW

        columns.set_beside(current().px(FOLDED) if with_rail else 0)
        return columns.least_width() > self.width() - current().px(OPEN_NARROW)

    def go_to_pages(self) -> None:
        """The caret into the rail, and again, or by Escape, back to the page; where there is no room for both it takes
        the page's place."""
        if not self.has_rail(self.page_name()) or self._held:
            return
        if self._rail_asked or self._in_rail():
            self.leave_pages()
            return
        self._before_rail = self.focusWidget()
        self._rail_asked = not self.rail.isVisible()
        self.arrange()
        self.rail.take_focus()
        self.show_frame()

    def leave_pages(self) -> None:
        """The caret back to where it was in the page."""
        self._rail_asked = False
        self.arrange()
        page = self.page()
        before = self._before_rail
        if before is not None and page is not None and isValid(before) and page.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_frame()

    def _in_rail(self) -> bool:
        held = self.focusWidget()
        return self._inside is not None and held is not None and self.rail.isAncestorOf(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The rail by the room there is now."""
        super().resizeEvent(event)
        self.arrange()

    def hold(self, name: str) -> None:
        """Show this page and no other until it is let go with an empty name: nothing else may be on a screen now."""
        self._held = ""
        if name and name != self.page_name() and not self.is_covered():
            self.show_page(name)
        self._held = name
        self.arrange()
        self.show_frame()

    def is_held(self) -> bool:
        """Whether one page only may be shown."""
        return bool(self._held)

    def is_covered(self) -> bool:
        """Whether nothing of the partnership can be seen."""
        return self._is_covered

    def cover(self, instead: QWidget | None = None) -> None:
        """Hide everything at once: popups and dialogs go, then `instead` (the unlock page) or a plain cover shows.
        The page below ends its edits first, and keeps its place."""
        page = self.page()
        if not self.is_covered():
            held = QApplication.focusWidget()
            self._focus = held if held is not None and self.isAncestorOf(held) else None
            self._is_covered = True
            if instead is None:
                self._layers.setCurrentWidget(self._cover)
                self.repaint()
            if page is not None:
                self._leave(page)
        _close_other_windows(self)
        if instead is not None and self._layers.indexOf(instead) < 0:
            self._layers.addWidget(instead)
        shown = instead or self._cover
        self._layers.setCurrentWidget(shown)
        held = self.focusWidget()
        if held is None or not shown.isAncestorOf(held):  # the unlock page has put the caret where one types
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self, page: "Page") -> None:
        """The page ends its edits. A disk that does not take them keeps nobody from covering the window."""
        with suppress(Refused):
            page.left()

    def uncover(self) -> None:
        """Back to the same page and the same caret; what covered it is done with."""
        self._is_covered = False
        inside = self._frame()
        self._layers.setCurrentWidget(inside)
        for layer in [self._layers.widget(number) for number in range(self._layers.count())]:
            if layer is not None and layer not in (inside, self._cover):
                self._layers.removeWidget(layer)
                layer.hide()
                layer.deleteLater()
        if self._focus is not None:
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None

    def page_name(self) -> str:
        """The name of the page shown, or the one under the cover."""
        page = self.page()
        return next((name for name, each in self._names.items() if each is page), "")

    def argument(self) -> object:
        """What the page shown was entered with."""
        return self._argument

    def focus_before_cover(self) -> QWidget | None:
        """The field that had the caret when everything was covered."""
        return self._focus

    def forget_pages(self) -> None:
        """Destroy every page: nothing they showed stays behind a lock."""
        self._focus = None
        for page in self._names.values():
            self.pages.removeWidget(page)
            page.deleteLater()
        self._names = {}
        if self._inside is not None:
            self._inside.say_nothing()

    def show_frame(self) -> None:
        """Bar and keys as the page says now."""
        page = self.page()
        if page is not None:
            self.bar.set_state(page.bar_state())
            self.strip.set_keys(RAIL_KEYS if self._rail_asked else page.strip_keys())
            self.strip.set_text(page.strip_text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Told once."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()
            self.setProperty("painted", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape nothing else wanted leads back to where the page was entered from."""
        if BACK.pressed(event) and (self._rail_asked or self._in_rail()):
            self.leave_pages()
            return
        if BACK.pressed(event) and not self.is_covered() and "back" in self.commands:
            self.commands["back"](None)
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is typed goes to disk before the window does."""
        page = self.page()
        if page is not None:
            self._leave(page)
        self.closing.emit()
        super().closeEvent(event)


class WindowFrame(QWidget):
    """What stands round every page, one under another: bar, notices, the pages, and the keys below. Made with the first
    page, which loads what it is made of.
    """

    def __init__(self, parent: QWidget) -> None:
        from csp_desktop.gui.style.layouts import hbox, vbox
        from csp_desktop.gui.widgets.key_strip import KeyStrip
        from csp_desktop.gui.widgets.meeting_bar import MeetingBar
        from csp_desktop.gui.widgets.message_bar import NoticeBar
        from csp_desktop.gui.window.navigation_rail import NavigationRail

        super().__init__(parent)
        self.bar, self.pages, self.strip = MeetingBar(self), QtWidgets.QStackedWidget(self), KeyStrip(self)
        self.lost_notice, self.standing_notice = NoticeBar(self), NoticeBar(self)
        self.rail = NavigationRail(self)
        self.rail.hide()
        middle = hbox(self.rail, (self.pages, 1), spacing=0)
        self.setLayout(vbox(self.bar, self.lost_notice, self.standing_notice, (middle, 1), self.strip, spacing=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window leaves more of its height to the page."""
        super().resizeEvent(event)
        self.bar.fit(self.height())

    def changeEvent(self, event: QEvent) -> None:
        """So does one with larger letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.bar.fit(self.height())

    def arrange(self, wanted: bool, asked: bool, *, folds: bool) -> None:
        """The rail beside the pages if it is `wanted`, with its icons alone for a page that `folds` it; in a small
        window in the pages' place, once it was `asked` for."""
        from csp_desktop.gui.widgets.three_columns import ONE_AT_A_TIME, WIDE

        px, wide = current().px, self.window().width()
        single = wide < px(ONE_AT_A_TIME)
        if single:
            self.rail.set_whole()
        else:
            self.rail.set_folded(folds and wide < px(ROOM_FOR_FOUR), wide=wide >= px(WIDE))
        self.rail.setVisible(wanted and (asked or not single))
        self.pages.setVisible(not (wanted and single and asked))

    def say_nothing(self) -> None:
        """There is no page any more."""
        from csp_desktop.gui.widgets.meeting_bar import BarState

        self.bar.set_state(BarState())
        self.strip.set_keys([])


def _close_other_windows(window: QWidget) -> None:
    """Menus, popups and dialogs, without asking and without answering them."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.hide()
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible() and isinstance(other, QtWidgets.QDialog):
            other.hide()
            QTimer.singleShot(0, other, other.reject)
