"""Before you stand up: what is still open at the end of the private session, the worst first, each mended in place or
one press away; then close and lock. Nothing here says a word of a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from csp_desktop.domain.common.day_phrases import day_problem, read_day
from csp_desktop.domain.common.days import screen_day
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.day_field import HOW
from csp_desktop.gui.widgets.gap_row import GapRow, InPlace
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.window.actions import BACK, GO_ON
from csp_desktop.gui.window.keys import step_of
from csp_desktop.services.private.closing import PrivateClosing


class Gap(Enum):
    """One kind of thing that can be open, the worst first: its icon, and how it stands once it is settled."""

    UNSIGNED = ("user-check", "Everyone present has signed")
    UNDECIDED = ("pencil", "Every decision was read back")
    WAITING = ("layers", "The people not discussed return at the next session")
    ITEMS = ("list-checks", "Every item was discussed")
    DATES = ("calendar", "Every action has a date")
    NEXT = ("calendar-days", "The next date is agreed")
    HAND_BACK = ("lock", "New Hope’s file goes back with New Hope")

    @property
    def icon(self) -> str:
        """In its tile."""
        return self.value[0]

    @property
    def settled(self) -> str:
        """When it is done with."""
        return self.value[1]


ANSWERED = (Gap.WAITING, Gap.HAND_BACK)  # right as they are, once somebody has said so


@dataclass(frozen=True)
class GapWords:
    """How a gap stands in its row."""

    gap: Gap
    words: str
    detail: str
    button: str
    tone: Tone = Tone.MEDIUM
    other: str = ""


def gaps(state: PrivateClosing, hands_back: bool) -> Iterator[GapWords]:
    """What is open, the worst first; `hands_back` where the file is here for the evening only."""
    on, first = state.meeting.on, "Go to the first"
    if state.unsigned:
        words = f"{len(state.unsigned)} not signed"
        yield GapWords(Gap.UNSIGNED, words, ", ".join(state.unsigned), "Sign now", Tone.HIGH)
    if state.undecided:
        words = _count(len(state.undecided), "person without a decision", "people without a decision")
        yield GapWords(Gap.UNDECIDED, words, "Started, but no decision was read back", first, Tone.HIGH)
    if state.waiting:
        words = "person was not discussed" if state.waiting == 1 else "people were not discussed"
        detail = f"{state.of - state.waiting} of {state.of} discussed; the others return at the next session"
        yield GapWords(Gap.WAITING, f"{state.waiting} {words}", detail, "List as not discussed")
    if state.items:
        words = _count(len(state.items), "item not discussed", "items not discussed")
        yield GapWords(Gap.ITEMS, words, "; ".join(item.title for item in state.items), first)
    day = screen_day(state.proposed, on)
    if state.undated:
        words = _count(len(state.undated), "action without a date", "actions without a date")
        button = day + {1: "", 2: " for both"}.get(len(state.undated), " for all")
        yield GapWords(Gap.DATES, words, "; ".join(state.undated), button)
    if state.meeting.next_on is None:
        yield GapWords(Gap.NEXT, "No next date", "Proposed from how often it meets", day, other="another date")
    if hands_back:
        yield GapWords(Gap.HAND_BACK, "Hand the file back", "Under Backups, before anyone leaves", "It goes back today")


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def in_order(state: PrivateClosing) -> str:
    """What is fine, in one quiet line."""
    discussed = state.of - state.waiting - len(state.undecided)
    everyone = "Everyone was discussed" if discussed == state.of else f"{discussed} of {state.of} people discussed"
    day = state.meeting.next_on
    dated = _count(state.dated, "action with a date", "actions with a date") if state.dated else ""
    following = f"next session {screen_day(day, state.meeting.on)}" if day else ""
    return ", ".join(filter(None, (everyone, f"{state.present} present", dated, following))) + "."


class CloseView(QWidget):
    """`closed` with the closing note; `back_asked` leads to the session again; `sign_asked`, `dates_asked` and
    `place_asked` (a key of the rail) and `day_agreed` settle what is open."""

    closed = Signal(str)
    back_asked = Signal()
    sign_asked = Signal()
    dates_asked = Signal()
    place_asked = Signal(str)
    day_agreed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: PrivateClosing | None = None
        self._hands_back = False
        self._answered, self._seen = set[Gap](), list[Gap]()
        self._open: tuple[GapWords, ...] = ()
        self._title, self._words, self._fine = TitleLabel(self), QLabel(self), QLabel(self)
        self._word = QLabel("End of the private session", self)
        for label, role in ((self._word, "accent"), (self._words, "second"), (self._fine, "second")):
            set_role(label, role)
            label.setWordWrap(True)
        self.note_edit, self.error = LineEdit(self), FieldError(self)
        self.close_button = PrimaryButton(self, text="Close the session", key=GO_ON.shown, height=52)
        self.back_button = SecondaryButton(self, text="Back", key=BACK.shown, height=52)
        self.day = InPlace(self, "Date of the next session", "Agree this date", self._agree_typed)
        self.rows = {gap: GapRow(self, gap.name.lower(), gap.icon) for gap in Gap}
        for gap, row in self.rows.items():
            row.settled.connect(lambda gap=gap: self._settle(gap))
            row.other.connect(lambda: self._other())
            row.hide()
        self.note_edit.setAccessibleName("Closing note")
        self.close_button.clicked.connect(self.press)
        self.back_button.clicked.connect(self.back_asked)
        self._lay_out()

    def _lay_out(self) -> None:
        label = QLabel("Closing &note, for the minutes", self)
        set_role(label, "label")
        label.setBuddy(self.note_edit)
        head = vbox(self._word, self._title, self._words, spacing=4)
        rows = vbox(*self.rows.values(), spacing=4)
        foot = hbox((vbox(label, self.note_edit, spacing=2), 1), self.back_button, self.close_button, spacing=12)
        self.setLayout(vbox(head, rows, self._fine, None, self.error, foot, spacing=8))

    def show_closing(self, state: PrivateClosing, hands_back: bool) -> None:
        """What stands when it is closed now. What was answered for this session stays answered."""
        if self._state is None or self._state.meeting.id != state.meeting.id:
            self._answered, self._seen = set(), []
            for row in self.rows.values():
                row.hide()
        self._state, self._hands_back = state, hands_back
        self._open = tuple(one for one in gaps(state, hands_back) if one.gap not in self._answered)
        self._show_rows()
        count = len(self._open)
        things = "1 item" if count == 1 else f"{count} things"
        self._title.setText(f"Before you stand up: {things}" if count else "Before you stand up")
        them = ("this", "it as it is") if count == 1 else ("these", "them as they are")
        words = f"Everyone is still here: settle {them[0]} first. Closing records {them[1]}."
        self._words.setText(words if count else "Nothing is open. Close the session.")
        self._fine.setText(in_order(state))
        self.error.clear()
        self.take_focus()

    def _show_rows(self) -> None:
        open_now = {one.gap: one for one in self._open}
        self._seen += [gap for gap in open_now if gap not in self._seen]
        for gap, row in self.rows.items():
            one = open_now.get(gap)
            if one is not None:
                row.offer(one.button, "", one.other)
                row.show_open(one.words, one.detail, one.tone)
            elif gap in self._seen:
                row.show_settled(gap.settled)

    def take_focus(self) -> None:
        """To the first thing open, or to the end."""
        if self._open:
            self.rows[self._open[0].gap].take_focus()
        else:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settle(self, gap: Gap) -> None:
        state = self._state
        if state is None:
            return
        if gap in ANSWERED:
            self._answered.add(gap)
            self.show_closing(state, self._hands_back)
        elif gap is Gap.UNSIGNED:
            self.sign_asked.emit()
        elif gap is Gap.UNDECIDED:
            self.place_asked.emit(f"turn:{state.undecided[0]}")
        elif gap is Gap.ITEMS:
            self.place_asked.emit(f"item:{state.items[0].id}")
        elif gap is Gap.DATES:
            self.dates_asked.emit()
        else:
            self.day_agreed.emit(state.proposed)

    def _other(self) -> None:
        """Another date than the one proposed."""
        self.rows[Gap.NEXT].open_more(self.day)
        self.day.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _agree_typed(self) -> None:
        typed, state = self.day.edit.text().strip(), self._state
        if state is None:
            return
        day = read_day(typed, state.meeting.on)
        if day is None:
            self.day.error.set_error(day_problem(typed, state.meeting.on, HOW), self.day.edit)
        elif day <= state.meeting.on:
            self.day.error.set_error("The next meeting must be after this one.", self.day.edit)
        else:
            self.day.edit.clear()
            self.day_agreed.emit(day)

    def press(self) -> None:
        """Close it."""
        self.closed.emit(self.note_edit.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down lead from row to row."""
        step, rows = step_of(event), [self.rows[one.gap] for one in self._open]
        here = next((n for n, row in enumerate(rows) if row.isAncestorOf(self.focusWidget())), -1)
        if step and here >= 0:
            rows[(here + step) % len(rows)].take_focus()
        else:
            super().keyPressEvent(event)
