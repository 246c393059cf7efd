"""Dates of the year: proposed from how often the group meets, set in one go, changed and removed by keyboard."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_year_dates import Ui_YearDates
from csp_desktop.domain.common.days import clock, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.day_field import HOW, DayField
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.meeting_figures import until_figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import ADD, BACK, CHOOSE, DELETE, GO_ON, HELP, OPEN, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.services.meeting.year_dates import (
    DateRow,
    YearDates,
    add_date,
    move_date,
    remove_date,
    set_year,
    year_dates,
)

MOVE = OPEN.called("change the date", "change date")
REMOVE = DELETE.called("remove the date", "remove", "_remove")._replace(on="dates_view")
SET = Action("set all proposed dates", GO_ON.keys, "_set", when="_has_proposed", strip="set the dates")
RULE = "Each keeps the weekday. A date on a bank holiday moves a week, one at a weekend to the Monday."


class YearDatesPage(Page):
    """Reached from Prepare, Settings and Ctrl+K."""

    ACTIONS = (
        *called(CHOOSE, "choose a date", "date"),
        MOVE,
        REMOVE,
        ADD.called("add a date", "add a date", "_to_add"),
        SET,
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._year = YearDates((), 4)
        self._ui = Ui_YearDates()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(None, ui.work_frame, ui.side_frame)
        ui.columns.set_names(work="the dates", side="one date")
        ui.columns.set_widths(Column.SIDE, 360, 330)
        ui.dates_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.dates_view.setMinimumHeight(current().px(110))
        ui.set_button.set_height(52)
        ui.set_button.set_icon("calendar-days")
        ui.set_button.set_key(SET.shown)
        ui.remove_button.set_key(REMOVE.shown)
        for field, error, button, give in (
            (ui.day_field, ui.day_error, ui.move_button, self._move),
            (ui.add_field, ui.add_error, ui.add_button, self._add),
        ):
            button.set_height(34)
            field.set_today(lambda: context.session.today)
            field.textEdited.connect(lambda _, error=error, field=field: error.clear(field))
            field.returnPressed.connect(give)
            button.clicked.connect(give)
        ui.remove_button.set_height(34)
        ui.remove_button.clicked.connect(self._remove)
        ui.dates_view.current_moved.connect(lambda _: self._show_one())
        ui.dates_view.chosen.connect(lambda _: self._to_day())
        ui.set_button.clicked.connect(self._set)
        ui.done_bar.undo_asked.connect(self.undo)
        self.follow("meeting", "settings")

    def entered(self, argument: object = None) -> None:
        """The dates in hand."""
        ui = self._ui
        ui.done_bar.dismiss()
        self.refresh()
        ui.dates_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read them anew."""
        ui = self._ui
        year = self._year = year_dates(self._context.session)
        proposed = len(year.proposed)
        ui.dates_view.set_entries([_entry(row, self._context.session.today) for row in year.rows])
        if not ui.dates_view.current_key() and year.rows:
            ui.dates_view.set_current(year.rows[0].id)
        every = "every week" if year.every_weeks == 1 else f"every {year.every_weeks} weeks"
        ui.count_label.setText(f"The group meets {every}")
        ui.words_label.setText(f"Proposed {every}. {RULE}" if proposed else "All dates up to a year from now are set.")
        ui.set_button.setText(f"&Set {count_of(proposed, 'date', 'dates')}")
        ui.set_button.setVisible(bool(proposed))
        self._show_one()
        self.bar_changed.emit()

    def _row(self) -> DateRow | None:
        key = self._ui.dates_view.current_key()
        return next((row for row in self._year.rows if row.id == key), None)

    def _show_one(self) -> None:
        """The date in hand: what follows from it, and its day to be changed."""
        ui, row = self._ui, self._row()
        planned = row is not None and row.meeting is not None
        for part in (ui.day_field_label, ui.day_field, ui.day_error, ui.move_button, ui.remove_button):
            part.setVisible(planned)
        ui.day_label.setText(screen_day(row.on, self._context.session.today) if row else "No date chosen")
        ui.facts_label.setText(_facts(row, self._context.session.today) if row else "")
        ui.day_error.clear(ui.day_field)
        if row is not None and planned:
            ui.day_field.set_day(row.on)
            ui.remove_button.setEnabled(bool(row.meeting and row.meeting.state is MeetingState.PLANNED))

    def _to_day(self) -> None:
        row = self._row()
        if row is not None and row.meeting is not None:
            self._ui.columns.bring(Column.SIDE)
            self._ui.day_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._ui.day_field.selectAll()

    def _to_add(self) -> None:
        self._ui.columns.bring(Column.SIDE)
        self._ui.add_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _move(self) -> None:
        ui, row = self._ui, self._row()
        day = _day_of(ui.day_field, ui.day_error)
        if row is None or row.meeting is None or day is None or day == row.on:
            return
        meeting_id = row.meeting.id
        moved = self._try(lambda: move_date(self._context.session, meeting_id, day), ui.day_error, ui.day_field)
        if moved:
            self._done(f"Moved to {screen_day(day, self._context.session.today)}", meeting_id)

    def _add(self) -> None:
        ui = self._ui
        day = _day_of(ui.add_field, ui.add_error)
        if day is None:
            return
        if self._try(lambda: add_date(self._context.session, day), ui.add_error, ui.add_field):
            ui.add_field.clear()
            made = next((row.id for row in year_dates(self._context.session).rows if row.on == day), "")
            self._done(f"Added: {screen_day(day, self._context.session.today)}", made)

    def _remove(self) -> None:
        ui, row = self._ui, self._row()
        if row is None or row.meeting is None:
            return
        at, meeting_id = self._year.rows.index(row), row.meeting.id
        following = next((r.id for r in (*self._year.rows[at + 1 :], *self._year.rows[:at])), "")
        if self._try(lambda: remove_date(self._context.session, meeting_id), None, ui.day_field):
            self._done(f"{screen_day(row.on, self._context.session.today)} was removed", following)

    def _set(self) -> None:
        counts: list[int] = []
        if self._try(lambda: counts.append(set_year(self._context.session)), None, self._ui.dates_view):
            words = f"{count_of(counts[0], 'date', 'dates')} set"
            self._done(words, "", "Each gets its agenda when it is the next meeting.")

    def _try(self, work: Callable[[], object], error: FieldError | None, field: object) -> bool:
        """Do it, or say why not: at the field, else in the bar."""
        try:
            work()
        except Refused as refusal:
            if error is not None and isinstance(field, DayField):
                error.set_error(refusal.sentence, field)
            else:
                self._ui.done_bar.say(refusal.sentence, tone=Tone.MEDIUM, undo="")
            return False
        return True

    def _done(self, words: str, stand_on: str, more: str = "") -> None:
        ui = self._ui
        self._context.changes.tell("meeting", "actions")
        if stand_on:
            ui.dates_view.set_current(stand_on)
            self._show_one()
        ui.done_bar.say(words, more)
        ui.columns.go(Column.WORK)
        ui.dates_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_proposed(self) -> bool:
        return bool(self._year.proposed)

    def bar_state(self) -> BarState:
        """How many are set, and how long until the next."""
        rows, today = self._year.rows, self._context.session.today
        proposed = len(self._year.proposed)
        planned = len(rows) - proposed
        last = max((row.on for row in rows if row.meeting), default=None)
        following = next((row.on for row in rows if row.meeting), None)
        return BarState(
            "Meeting dates",
            f"Set up to {screen_day(last, today)}" if last else "No meeting is planned",
            icon="calendar-days",
            headline=f"{count_of(planned, 'date', 'dates')} set" + (f", {proposed} proposed" if proposed else ""),
            figures=(until_figure(following, today, "the next meeting"),) if following else (),
        )

    def strip_text(self) -> str:
        """What a date does."""
        return "The deadlines for the minutes move with the dates."


def _day_of(field: DayField, error: FieldError) -> date | None:
    day = field.day()
    if day is None:
        error.set_error(HOW, field)
    return day


def _entry(row: DateRow, today: date) -> Entry:
    """Day, when the minutes before it go out, and how it stands."""
    by = f"Circulate minutes by {screen_day(row.minutes_by.on, today)}" if row.minutes_by else "The first meeting"
    if row.moved_from:
        by = f"{by}. Moved from {screen_day(row.moved_from, today)} (not a working day)"
    state, tone = "Set", Tone.LOW
    if row.meeting is None:
        state, tone = "Proposed", Tone.NEUTRAL
    elif row.meeting.state is not MeetingState.PLANNED:
        state, tone = "Begun", Tone.ACCENT
    elif row.first:
        state, tone = "Next", Tone.ACCENT
    return Entry(
        row.id,
        screen_day(row.on, today),
        by,
        icon="calendar-days",
        pill=state,
        pill_tone=tone,
        dim=row.meeting is None,
    )


def _facts(row: DateRow, today: date) -> str:
    """The date in hand, in words."""
    meeting = row.meeting
    parts = [
        f"{clock(meeting.starts)} to {clock(meeting.ends)}" + (f", {meeting.venue}." if meeting.venue else ".")
        if meeting
        else "Proposed. Setting the dates plans a meeting on this date.",
        f"The minutes of the previous meeting must be circulated by {screen_day(row.minutes_by.on, today)}."
        if row.minutes_by
        else "",
        f"{screen_day(row.moved_from, today)} is not a working day." if row.moved_from else "",
        "Its agenda is under Prepare." if row.first and meeting else "",
    ]
    return " ".join(filter(None, parts))
