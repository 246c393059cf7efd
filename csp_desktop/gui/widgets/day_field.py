"""A day as people write it: 26 nov, 26/11/2026, fri; the arrows move it by days, the page keys by weeks."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from csp_desktop.domain.common.day_phrases import day_problem, read_day, read_past_day
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.window.actions import Action, caps, which

HOW = "Type the date as 26 nov, 26/11/2026 or fri."
HOW_PAST = "Type the date as 26 nov, 26/11/2026 or yesterday."
SETTLED = 250  # ms after an arrow, at most, the day it led to is taken
_DAY, _WEEK = "a day later, a day earlier, in a date field", "a week later, a week earlier, in a date field"
DAYS = (Action(_DAY, ("Up",)), Action(_DAY, ("Down",)))
WEEKS = (Action(_WEEK, ("PgUp",)), Action(_WEEK, ("PgDown",)))
CALENDAR = Action("the calendar, in a date field", ("Alt+Down",))
_STEPS = dict(zip((*DAYS, *WEEKS), (1, -1, 7, -7), strict=True))


class DayField(LineEdit):
    """`given` with another day, when the field is left, on Enter, or after an arrow; `unread` with the sentence that
    says how a day is written. A bare day or weekday is the next one from `today` on, in a field for what has been the
    last one there was."""

    given = Signal(object)
    unread = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._today: Callable[[], date] | None = None
        self._past = False
        self.setToolTip(f"{caps(DAYS)} a day, {caps(WEEKS)} a week, {CALENDAR.shown} the calendar")
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED)
        self._settle.timeout.connect(self._take)
        self.editingFinished.connect(self._take)
        mark = icons.icon("calendar-days", current().tokens.ink2)
        open_calendar = self.addAction(mark, QLineEdit.ActionPosition.TrailingPosition)
        for button in self.findChildren(QToolButton):
            button.setAccessibleName("Calendar")
            button.setToolTip("Calendar")
        open_calendar.triggered.connect(self.show_calendar)

    def set_today(self, today: Callable[[], date], *, past: bool = False) -> None:
        """From which day on a bare day or weekday is read; with `past` back from it."""
        self._today, self._past = today, past

    def tell_at(self, error: FieldError) -> None:
        """What is no day is said there, and no longer once a day is given."""
        self.unread.connect(lambda sentence: error.set_error(sentence, self))
        self.given.connect(lambda _: error.clear(self))

    def set_day(self, day: date) -> None:
        """Show a day; nothing is given."""
        self._day = day
        self._settle.stop()
        words = dated_day(day)
        if self.text() != words:
            self.setText(words)
        self.setModified(False)

    def day(self) -> date | None:
        """What stands there, if it is a day."""
        typed = self.text().strip()
        if self._day is not None and typed == dated_day(self._day):
            return self._day
        return self._read(typed)

    def required_day(self, name: str) -> date:
        """The day that stands there, for the field called so. Raises FieldRefused with what is no day."""
        day = self.day()
        if day is None:
            raise FieldRefused(name, self._problem())
        return day

    def _read(self, text: str) -> date | None:
        if self._today is None:
            return None
        return (read_past_day if self._past else read_day)(text, self._today())

    def _problem(self) -> str:
        how = HOW_PAST if self._past else HOW
        return day_problem(self.text(), self._today(), how) if self._today is not None else how

    def show_calendar(self) -> None:
        """Choose it with the mouse, or in the calendar with the arrows."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        calendar.setAccessibleName("Calendar")
        calendar.setMinimumSize(current().px(340), current().px(270))
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self.day() or self._day
        if shown is not None:
            calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(calendar)

        def choose(chosen: QDate) -> None:
            popup.close()
            self._move_to(date(chosen.year(), chosen.month(), chosen.day()))

        calendar.activated.connect(choose)
        calendar.clicked.connect(choose)
        popup.move(self.mapToGlobal(QPoint(0, self.height())))
        popup.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _move_to(self, day: date) -> None:
        self.setText(dated_day(day))
        self.setModified(True)
        self._settle.start()

    def _take(self) -> None:
        """The editing ended: another day is given; what is no day stays with the sentence."""
        self._settle.stop()
        if not self.isModified():
            return
        found = self._read(self.text())
        if found is None:
            self.unread.emit(self._problem())
            return
        self.setModified(False)
        self.set_day(found)
        self.given.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by days, page keys by weeks, Alt+Down the calendar."""
        step, day = which(event, _STEPS), self.day() or self._day
        if CALENDAR.pressed(event):
            self.show_calendar()
        elif step is not None:
            if day is not None:
                self._move_to(day + timedelta(days=_STEPS[step]))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ready to be typed over."""
        super().focusInEvent(event)
        if event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
            Qt.FocusReason.OtherFocusReason,
        ):
            self.selectAll()
