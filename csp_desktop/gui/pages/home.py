"""Home: the next step as the one primary button, two countdowns, what needs someone, how the cases stand."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_home import Ui_Home
from csp_desktop.domain.days import tiny_day
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.keys import is_enter
from csp_desktop.gui.pages.base import Page
from csp_desktop.gui.pages.home_rows import (
    big_number,
    circulate_steps,
    home_bar,
    meeting_steps,
    need_entries,
    side_entries,
)
from csp_desktop.gui.pages.rail_entries import connect_rail, fill_rail
from csp_desktop.gui.theme import Tone, current
from csp_desktop.gui.widgets.flow import Flow
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.services.keeping_settings import settings
from csp_desktop.services.looking_ahead import Ahead, Countdown, look_ahead
from csp_desktop.services.session import Role

_ICONS = {
    "people": "users",
    "import_cases": "upload",
    "prepare": "calendar-days",
    "sign_in": "pencil",
    "minutes": "save",
}
CLOCK_EVERY = 20_000
_LOW = 720  # logical px: the countdowns give way to what needs someone


class HomePage(Page):
    """Reads everything at once when it is entered or told of a change; the clock in the bar goes on by itself."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ahead: Ahead | None = None
        self._partnership = ""
        self._ui = Ui_Home()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.rail, ui.work_frame, ui.side_frame)
        ui.columns.set_names(rail="pages", work="next step", side="cases, late actions")
        line = Flow(ui.next_line, spacing=10)
        for part in (ui.next_label, ui.chip_one, ui.chip_two):
            line.addWidget(part)
        ui.next_button.set_height(52)
        ui.next_button.set_key("Enter")
        ui.all_button.set_key("Ctrl O")
        ui.all_button.setShortcut("Ctrl+O")
        connect_rail(ui.rail, self, "home")
        ui.next_button.clicked.connect(self._take_next_step)
        ui.all_button.clicked.connect(lambda: self.navigate.emit("cases", None))
        ui.needs_view.chosen.connect(self._follow_need)
        ui.cases_view.chosen.connect(self._open_row)
        ui.cases_empty.pressed.connect(lambda: self.navigate.emit("import_cases", None))
        ui.next_button.installEventFilter(self)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_EVERY)
        self._clock.timeout.connect(self.bar_changed)
        desk.changes.changed.connect(self._hear)

    def entered(self, argument: object = None) -> None:
        """Up to date, the focus on the next step."""
        self.refresh()
        self._clock.start()
        self._ui.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """The clock need not go on."""
        self._clock.stop()

    def refresh(self) -> None:
        """Read everything anew and show it."""
        session = self._desk.session
        ahead = self._ahead = look_ahead(session)
        self._partnership = settings(session).partnership
        fill_rail(self._ui.rail, session, "home")
        self._show_next_step(ahead)
        self._show_countdowns(ahead)
        self._show_needs(ahead)
        self._show_side(ahead)
        self.bar_changed.emit()

    def _hear(self, _what: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _show_next_step(self, ahead: Ahead) -> None:
        ui, step = self._ui, ahead.next_step
        ui.next_title.setText(step.title)
        ui.next_button.setText(f"&{step.button}")
        ui.next_button.set_icon(_ICONS.get(step.stem, "chevron-right"))
        for chip, words in zip((ui.chip_one, ui.chip_two), (*step.chips, "", ""), strict=False):
            chip.set_text(words)
        alone = self._desk.session.roles == frozenset(Role) and ahead.people < 2
        ui.alone_label.setText("While you are alone here you hold every role: chair, minute-taker and administrator.")
        ui.alone_label.setVisible(alone)

    def _show_countdowns(self, ahead: Ahead) -> None:
        ui = self._ui
        for countdown, title, by, number, pill, note in (
            (ahead.circulate, ui.circulate_title, ui.circulate_by, ui.circulate_number, ui.circulate_pill,
             ui.circulate_note),
            (ahead.meeting, ui.meeting_title, ui.meeting_by, ui.meeting_number, ui.meeting_pill, ui.meeting_note),
        ):  # fmt: skip
            title.setText(countdown.title)
            by.setText(countdown.by)
            number.set_number(*big_number(countdown))
            number.set_size(self._number_size(countdown))
            pill.set_text(countdown.status, Tone(countdown.tone))
            note.setText(countdown.note)
        ui.circulate_steps.set_steps(circulate_steps(ahead))
        ui.meeting_steps.set_steps(meeting_steps(ahead))

    def _show_needs(self, ahead: Ahead) -> None:
        ui, count = self._ui, len(ahead.needs)
        ui.needs_view.set_entries(need_entries(ahead.needs))
        ui.needs_view.setVisible(bool(count))
        ui.needs_empty.setVisible(not count)
        words = "Late actions, broken promises and papers to confirm will stand here."
        ui.needs_empty.set_content("Nothing needs you", words, icon="circle-check")
        things = "1 thing" if count == 1 else f"{count} things, most urgent first"
        ui.needs_caption.setText(things if count else "")

    def _show_side(self, ahead: Ahead) -> None:
        ui = self._ui
        any_case = bool(ahead.open_cases)
        ui.cases_count.setText(str(ahead.open_cases) if any_case else "")
        due = f"due by {tiny_day(ahead.next_on)}" if ahead.next_on else "due today"
        ui.ticks.set_counts(len(ahead.broken), len(ahead.due), ahead.kept, due)
        ui.cases_view.set_entries(side_entries(ahead))
        for part in (ui.ticks, ui.side_line, ui.foot_line, ui.kept_label, ui.all_button):
            part.setVisible(any_case)
        ui.cases_view.setVisible(bool(ui.cases_view.entries()))
        ui.cases_empty.setVisible(not any_case and not ui.cases_view.entries())
        words = "The Safety Net export brings them in, with their ratings and dates."
        ui.cases_empty.set_content("No cases yet", words, icon="layers")
        ui.kept_label.setText(f"{ahead.kept} on track")

    def _take_next_step(self) -> None:
        if self._ahead is not None:
            step = self._ahead.next_step
            self.navigate.emit(step.stem, step.argument or None)

    def _follow_need(self, key: str) -> None:
        if self._ahead is not None:
            need = self._ahead.needs[int(key)]
            self.navigate.emit(need.stem, need.argument or None)

    def _open_row(self, key: str) -> None:
        kind, _, rest = key.partition(":")
        if kind == "case":
            self.navigate.emit("case", rest)
        elif kind == "officer":
            self.navigate.emit("actions", None)
        else:
            self.navigate.emit("cases", kind)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """From the next step, ↓ goes on to what needs someone."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            view = self._ui.needs_view
            if view.entries():
                view.setFocus(Qt.FocusReason.TabFocusReason)
                view.set_current(view.entries()[0].key)
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the next step, wherever nothing else wants it."""
        if is_enter(event):
            self._take_next_step()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low window the notes of the countdowns give way to what needs someone; on a narrow one the next step's
        words and its button share a line."""
        super().resizeEvent(event)
        self._ui.next_button.set_height(40 if self._ui.columns.is_single() else 52)
        low = self.height() < current().px(_LOW)
        self._ui.circulate_note.setHidden(low)
        self._ui.meeting_note.setHidden(low)
        if self._ahead is not None:
            self._ui.circulate_number.set_size(self._number_size(self._ahead.circulate))
            self._ui.meeting_number.set_size(self._number_size(self._ahead.meeting))

    def _number_size(self, countdown: Countdown) -> int:
        if countdown.days is None:
            return 34
        return 68 if self.height() < current().px(_LOW) else 84

    def bar_state(self) -> BarState:
        """Where the partnership is between two meetings."""
        if self._ahead is None:
            return BarState()
        return home_bar(self._ahead, self._partnership, self._desk.session.now())

    def keys(self) -> list[Key]:
        """What acts here."""
        keys = [("Enter", "next step"), ("↑ ↓", "choose"), ("Ctrl O", "cases"), ("Ctrl K", "find anything")]
        return [*keys, ("Ctrl L", "lock"), ("F1", "all keys")]
