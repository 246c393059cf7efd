"""Home of the private window: the next step as the one primary button, two countdowns, what needs the lead."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csp_desktop._built.ui_private_home import Ui_PrivateHome
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.keys import is_enter
from csp_desktop.gui.pages.base import Page
from csp_desktop.gui.pages.home_rows import big_number, need_entries
from csp_desktop.gui.pages.live_keys import Act, OwnUndo, bind
from csp_desktop.gui.pages.private_home_side import FigurePart, WinterPart
from csp_desktop.gui.pages.private_home_words import minutes_steps, private_bar, session_steps
from csp_desktop.gui.pages.rail_entries import connect_rail, fill_rail
from csp_desktop.gui.take_back import take_back
from csp_desktop.gui.theme import Tone, current
from csp_desktop.gui.widgets.flow import Flow
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.services.looking_ahead import Countdown
from csp_desktop.services.private.agenda import begin_alone
from csp_desktop.services.private.home import BEGIN, PrivateAhead, look_ahead

_ICONS = {"private_people": "users", "private_agenda": "list-checks", "private_minutes": "file-text", BEGIN: "users"}
CLOCK_EVERY = 20_000
_LOW = 720  # logical px: the countdowns give way to what needs someone


class PrivateHomePage(Page):
    """Reads everything at once when it is entered or told of a change."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ahead: PrivateAhead | None = None
        self._ui = Ui_PrivateHome()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.rail, ui.work_frame, ui.side_frame)
        ui.columns.set_names(rail="pages", work="next step", side="weather, figures")
        line = Flow(ui.next_line, spacing=10)
        for part in (ui.next_label, ui.chip_one, ui.chip_two):
            line.addWidget(part)
        ui.next_button.set_height(52)
        ui.next_button.set_key("Enter")
        ui.needs_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.needs_view.setMinimumHeight(current().px(110))
        self._winter = WinterPart(ui, desk, self)
        self._figures = FigurePart(ui, desk, self)
        connect_rail(ui.rail, self, "private_home")
        ui.next_button.clicked.connect(self._take_next_step)
        ui.next_button.installEventFilter(self)
        ui.needs_view.chosen.connect(self._follow_need)
        ui.done_bar.undo_asked.connect(self._undo)
        bind(self, (Act("Undo", ("Ctrl+Z",), self._undo),))
        self._own_undo = OwnUndo(self)
        self._own_undo.watch(ui.winter_note_edit)
        self._clock = QTimer(self)
        self._clock.setInterval(CLOCK_EVERY)
        self._clock.timeout.connect(self.bar_changed)
        desk.changes.changed.connect(self._hear)

    def entered(self, argument: object = None) -> None:
        """Up to date, the focus on the next step."""
        self._ui.done_bar.dismiss()
        self.refresh()
        self._clock.start()
        self._ui.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """The clock need not go on; the note is on disk."""
        self._clock.stop()
        self._winter.end()

    def refresh(self) -> None:
        """Read everything anew and show it."""
        ui, session = self._ui, self._desk.session
        ahead = self._ahead = look_ahead(session)
        fill_rail(ui.rail, session, "private_home")
        self._show_next_step(ahead)
        self._show_countdowns(ahead)
        self._show_needs(ahead)
        self._winter.show(ahead.settings, may_change=ahead.people is not None)
        self._figures.show(may_release=ahead.people is not None)
        self.bar_changed.emit()

    def _hear(self, _what: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _show_next_step(self, ahead: PrivateAhead) -> None:
        ui, step = self._ui, ahead.next_step
        ui.next_title.setText(step.title)
        ui.next_button.setText(f"&{step.button}")
        ui.next_button.set_icon(_ICONS.get(step.stem, "chevron-right"))
        for chip, words in zip((ui.chip_one, ui.chip_two), (*step.chips, "", ""), strict=False):
            chip.set_text(words)

    def _show_countdowns(self, ahead: PrivateAhead) -> None:
        ui = self._ui
        for countdown, title, by, number, pill, note in (
            (ahead.session, ui.meeting_title, ui.meeting_by, ui.meeting_number, ui.meeting_pill, ui.meeting_note),
            (ahead.minutes, ui.circulate_title, ui.circulate_by, ui.circulate_number, ui.circulate_pill,
             ui.circulate_note),
        ):  # fmt: skip
            title.setText(countdown.title)
            by.setText(countdown.by)
            number.set_number(*big_number(countdown))
            number.set_size(self._number_size(countdown))
            pill.set_text(countdown.status, Tone(countdown.tone))
            note.setText(countdown.note)
        ui.meeting_steps.set_steps(session_steps(ahead))
        ui.circulate_steps.set_steps(minutes_steps(ahead))

    def _show_needs(self, ahead: PrivateAhead) -> None:
        ui, count = self._ui, len(ahead.needs)
        ui.needs_view.set_entries(need_entries(ahead.needs))
        ui.needs_view.setVisible(bool(count))
        ui.needs_empty.setVisible(not count)
        if ahead.people is None:
            words = "While a session runs, and for anyone but New Hope's lead, nothing of the people shows here."
            ui.needs_empty.set_content("Kept back", words, icon="eye-off")
        else:
            words = "Scores out of date, people not seen, open offers and late actions will stand here."
            ui.needs_empty.set_content("Nothing needs you", words, icon="circle-check")
        ui.needs_caption.setText("1 thing" if count == 1 else f"{count} things, most urgent first" if count else "")

    def _take_next_step(self) -> None:
        """The room check without a meeting of the group opens here; everything else is a page."""
        ahead = self._ahead
        if ahead is None:
            return
        step = ahead.next_step
        if step.stem != BEGIN:
            self.navigate.emit(step.stem, step.argument or None)
            return
        try:
            begin_alone(self._desk.session, step.argument)
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._desk.changes.tell("meeting")
        self.navigate.emit("private_room", step.argument)

    def _follow_need(self, key: str) -> None:
        if self._ahead is not None:
            need = self._ahead.needs[int(key)]
            self.navigate.emit(need.stem, need.argument or None)

    def _undo(self) -> None:
        take_back(self._desk, self._ui.done_bar, "settings")

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
        typing = self._ui.winter_note_edit.hasFocus()
        if is_enter(event) and not typing:
            self._take_next_step()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low window the notes of the countdowns give way to what needs someone; on a narrow one the next step's
        words and its button share a line."""
        super().resizeEvent(event)
        low, ui = self.height() < current().px(_LOW), self._ui
        ui.next_button.set_height(40 if ui.columns.is_single() else 52)
        ui.circulate_note.setHidden(low)
        ui.meeting_note.setHidden(low)
        if self._ahead is not None:
            ui.meeting_number.set_size(self._number_size(self._ahead.session))
            ui.circulate_number.set_size(self._number_size(self._ahead.minutes))

    def _number_size(self, countdown: Countdown) -> int:
        if countdown.days is None:
            return 34
        return 68 if self.height() < current().px(_LOW) else 84

    def bar_state(self) -> BarState:
        """Where New Hope is between two sessions."""
        return private_bar(self._ahead, self._desk.session.now()) if self._ahead is not None else BarState()

    def keys(self) -> list[Key]:
        """What acts here."""
        return [("Enter", "next step"), ("↑ ↓", "choose"), ("F3", "weather, figures"), ("Ctrl K", "any command"),
                ("Ctrl Z", "undo"), ("Ctrl L", "lock"), ("F1", "all keys")]  # fmt: skip

    def strip_text(self) -> str:
        """Where it is kept."""
        return "Kept in the private file only, encrypted on this laptop."
