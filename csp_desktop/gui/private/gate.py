"""The gate before a person: apart from the session, so that not a letter of the person stands here.

Who must step out, who should be called in.
"""

import json

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.private.admission import Bar
from csp_desktop.gui.meeting.meeting_keys import ARRIVAL, FORWARD
from csp_desktop.gui.private.session_rows import call_in_entries, grounds_words, must_leave_entries
from csp_desktop.gui.style import icons
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.containers import Flow, Scroll
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import OPEN, Action, which
from csp_desktop.gui.window.keys import is_enter, is_escape, letter, type_into
from csp_desktop.services.private.session_rows import GateRow

STEP_OUT = Action("has left", ("S",), strip="has left")
NUMBERS = tuple(Action("has left: one of several", (str(number),), given=number) for number in range(1, 10))
COME_IN = Action("has come in", ("C",), strip="has come in")
ADMIT = Action("on Teams or telephone: is alone, admit to this meeting", ("A",), strip="admit")
HEAR = Action("allow to stay, with a reason that is minuted", ("W",), strip="allow to stay")
SHOW = OPEN.called("show the person", "show")


class GateView(QWidget):
    """`stepped_out` and `admitted` give a row of the room, `came_in` a member of the register."""

    opened = Signal()
    stepped_out = Signal(str)
    came_in = Signal(str)
    admitted = Signal(str, str)  # row, reason
    remote_admitted = Signal(str)
    passed_on = Signal()
    sign_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gate: GateRow | None = None
        self._numbers: dict[str, int] = {}  # of those who must step out; nobody moves up when one has gone
        self.title, self.state = TitleLabel(self), Pill(self)
        self._icon, self.heading, self._sentence = QLabel(self), QLabel(self), QLabel(self)
        self.leaving, self.calling = EntryList(self), EntryList(self)
        self._call_title = QLabel("Should be &called in", self)
        self.open_button = PrimaryButton(self, text="Show this person", key=SHOW.shown, height=52)
        self.out_button = PrimaryButton(self, text="Has left the room", key=STEP_OUT.shown, height=52)
        self.sign_button = SecondaryButton(self, text="Sign the clause", key=ARRIVAL.shown, height=52)
        self.next_button = SecondaryButton(self, text="Skip to another person", key=FORWARD.shown, height=52)
        self.why_button = SecondaryButton(self, text="Allow to stay (give reason)", key=HEAR.shown, height=52)
        self.admit_button = SecondaryButton(self, text="Is alone: admit", key=ADMIT.shown, height=52)
        self._why, self.why_edit, self.error = QFrame(self), ProseLine(self), FieldError(self)
        self.heading.setProperty("level", 2)  # within the page of the person
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.open_button.clicked.connect(self.opened)
        self.out_button.clicked.connect(lambda: self._step_out(self._chosen()))
        self.next_button.clicked.connect(self.passed_on)
        self.sign_button.clicked.connect(self.sign_asked)
        self.why_button.clicked.connect(self.ask_why)
        self.admit_button.clicked.connect(self._admit_remote)
        self.leaving.chosen.connect(self._step_out)
        self.leaving.current_moved.connect(lambda _: self._name_buttons())
        self.calling.chosen.connect(self.came_in)
        self.why_edit.installEventFilter(self)
        self.leaving.setAccessibleName("Must leave")
        self.calling.setAccessibleName("Should be called in")

    def _lay_out(self) -> None:
        px = current().px
        for label, role in ((self.heading, "title-small"), (self._sentence, "second"), (self._call_title, "label")):
            set_role(label, role)
            label.setWordWrap(True)
        for label in (self._icon, self.heading, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._call_title.setBuddy(self.calling)
        for view in (self.leaving, self.calling):
            view.set_flush(True)
        card = Scroll(self, margins=(28, 22, 28, 22))
        set_role(card, "card")
        card.body.addStretch(1)
        card.body.addLayout(self._in_the_middle(card))
        card.body.addStretch(2)
        word = QLabel("Access check", self)
        set_role(word, "accent")
        head = QHBoxLayout()
        head.addWidget(word)
        head.addWidget(self.state)
        head.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(10))
        whole.addLayout(head)
        whole.addWidget(self.title)
        whole.addWidget(card, 1)

    def _in_the_middle(self, card: QWidget) -> QHBoxLayout:
        px = current().px
        inside = QWidget(card)
        inside.setMaximumWidth(px(820))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        for widget in (self._icon, self.heading, self._sentence, self.leaving):
            column.addWidget(widget)
        buttons = Flow(fill=True, spacing=10)
        first = (self.open_button, self.out_button, self.admit_button, self.sign_button)
        for button in (*first, self.next_button, self.why_button):
            buttons.addWidget(button)
        column.addLayout(buttons)
        column.addWidget(self._make_why())
        column.addWidget(self.error)
        column.addWidget(self._call_title)
        column.addWidget(self.calling)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(inside, 50)
        across.addStretch(1)
        return across

    def _make_why(self) -> QFrame:
        label = QLabel("W&hy they may stay; the reason is minuted", self._why)
        set_role(label, "label")
        label.setBuddy(self.why_edit)
        self.why_edit.setAccessibleName("Why they may stay")
        column = QVBoxLayout(self._why)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label)
        column.addWidget(self.why_edit)
        self._why.hide()
        return self._why

    def show_gate(self, gate: GateRow, others: bool) -> None:
        """How the room stands now; `others` says that somebody else could be taken first."""
        another = self._gate is None or self._gate.turn_id != gate.turn_id
        answered = self._chosen() not in {one.who.id for one in gate.clearance.must_leave}
        self._gate = gate
        clear = gate.clearance
        if another:
            self._numbers = {}
        for one in clear.must_leave:
            self._numbers.setdefault(one.who.id, len(self._numbers) + 1)
        self.title.setText(gate.title)
        self.state.set_text("Hidden", Tone.LOW if clear.cleared else Tone.HIGH)
        self.leaving.set_entries(must_leave_entries(gate, self._numbers))
        self.calling.set_entries(call_in_entries(gate))
        self.leaving.setVisible(bool(clear.must_leave))
        for view in (self.leaving, self.calling):
            view.setFixedHeight(view.content_height() + 4)
        for widget in (self.calling, self._call_title):
            widget.setVisible(bool(gate.call_in))
        self.open_button.setVisible(clear.cleared)
        for button in (self.out_button, self.why_button):
            button.setVisible(bool(clear.must_leave))
        self.sign_button.setVisible(any(not one.who.signed for one in clear.must_leave))
        self.next_button.setVisible(others)
        if another or answered:  # a reason is one person's: it never stands ready for the next
            self._why.hide()
            self.why_edit.clear()
        self.error.clear(self.why_edit)
        if clear.must_leave and not self.leaving.current_key():
            self.leaving.set_current(clear.must_leave[0].who.id)
        self._name_buttons()
        self._say(gate)

    def _say(self, gate: GateRow) -> None:
        clear, theme = gate.clearance, current()
        icon, heading = "eye", "Everyone here may stay"
        sentence = f"{len(clear.may_hear)} may stay: {grounds_words(clear)}."
        if clear.must_leave:
            icon = "eye-off"
            who = clear.must_leave[0].who.name
            count = len(clear.must_leave)
            leaves = "is admitted, or leaves" if clear.must_leave[0].bar is Bar.REMOTE else "leaves"
            heading = f"Hidden until {who} {leaves}" if count == 1 else f"Hidden until {count} people leave"
            sentence = "Only police, council, New Hope and workers involved with this person may be present."
        elif not clear.led:
            icon, heading, sentence = "eye-off", "Hidden until New Hope's lead is here", gate.refused
        self._icon.setPixmap(icons.pixmap(icon, theme.px(42), theme.tokens.accent, self.devicePixelRatioF()))
        self.heading.setText(heading)
        self._sentence.setText(sentence)
        self.setAccessibleDescription(f"{heading}. {sentence}")

    def _is_remote(self) -> bool:
        """Whether only the lead's leave keeps the chosen one, who is on Teams or telephone, out."""
        barred = self._gate.clearance.must_leave if self._gate else ()
        return any(one.who.id == self._chosen() and one.bar is Bar.REMOTE for one in barred)

    def _admit_remote(self) -> None:
        if self._is_remote():
            self.remote_admitted.emit(self._chosen())

    def _name_buttons(self) -> None:
        self.admit_button.setVisible(self._is_remote())
        name = next((e.title for e in self.leaving.entries() if e.key == self._chosen()), "")
        self.out_button.setText(f"{name.split()[0] if name else ''} has left".strip())
        if name.split()[:1] and len(name.split()[0]) < 4:  # a rank says nothing
            self.out_button.setText(f"{name} has left")

    def take_focus(self) -> None:
        """Where the next key belongs."""
        clear = self._gate.clearance if self._gate else None
        if clear is None:
            return
        target: QWidget = self.open_button if clear.cleared else self.leaving if clear.must_leave else self.calling
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_why(self) -> None:
        """New Hope's lead lets someone hear."""
        if self._chosen():
            self._why.show()
            self.why_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def half(self) -> str:
        """Whose reason is being given, for after a lock."""
        return json.dumps([self._chosen(), self.why_edit.text()]) if self._why.isVisible() else ""

    def resume(self, half: str) -> None:
        """The same again, while they still bar the person."""
        row_id, words = json.loads(half)
        if any(entry.key == row_id for entry in self.leaving.entries()):
            self.leaving.set_current(row_id)
            self.ask_why()
            self.why_edit.setText(words)

    def refuse(self, sentence: str) -> None:
        """What could not be done, and why, beside where it was asked."""
        self.error.set_error(sentence, self.why_edit if self._why.isVisible() else None)

    def press(self, event: QKeyEvent) -> bool:
        """Whether it acts: single keys do, unless a reason is being given, whose words letters are then."""
        gate, action = self._gate, which(event, (*NUMBERS, STEP_OUT, COME_IN, ADMIT, HEAR, SHOW))
        if self._why.isVisible() and letter(event):
            type_into(self.why_edit, letter(event))
            return True
        if gate is None or action is None or event.isAutoRepeat():
            return False
        barred = gate.clearance.must_leave
        numbered = next((one.who.id for one in barred if self._numbers[one.who.id] == action.given), "")
        if numbered:
            self._step_out(numbered)
        elif action is STEP_OUT and barred:
            self._step_out(self._chosen())
        elif action is ADMIT and self._is_remote():
            self._admit_remote()
        elif action is HEAR and barred:
            self.ask_why()
        elif action is COME_IN and gate.call_in:
            self.came_in.emit(self.calling.current_key() or gate.call_in[0].member_id)
        elif action is SHOW and gate.clearance.cleared:
            self.opened.emit()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits act wherever no text has the focus."""
        if not self.press(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the reason lets them hear, and does not open the gate as well; Escape leaves it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if is_enter(event):
                self._admit()
                return True
            if is_escape(event):
                self._why.hide()
                self.take_focus()
                return True
        return super().eventFilter(watched, event)

    def _chosen(self) -> str:
        barred = self._gate.clearance.must_leave if self._gate else ()
        return self.leaving.current_key() or (barred[0].who.id if barred else "")

    def _step_out(self, row_id: str) -> None:
        if row_id:
            self.stepped_out.emit(row_id)

    def _admit(self) -> None:
        self.admitted.emit(self._chosen(), self.why_edit.text())
