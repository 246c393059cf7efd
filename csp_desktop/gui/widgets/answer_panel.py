"""How an action is answered, below its line: four choices, then why, or until when. Only what is whole is kept.

Its kind and the legal power of an intervention are put right here too.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLayout, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import OutcomeButton, SecondaryButton
from csp_desktop.gui.widgets.chips import Chip, Chips
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.reason_field import REASONS, ReasonField
from csp_desktop.gui.window.actions import OPEN, Action, caps
from csp_desktop.gui.window.keys import is_escape, type_into

ANSWERS = (
    Action("done", ("D",), given=Answer.DONE, strip="done"),
    Action("not done, with a reason", ("N",), given=Answer.NOT_DONE, strip="not done"),
    Action("carry forward, with a new date", ("C",), given=Answer.CARRY_ON, strip="carry forward"),
    Action("no longer possible, and why", ("X",), given=Answer.NO_LONGER_POSSIBLE, strip="no longer possible"),
)
DONE, NOT_DONE, CARRY_ON, NO_LONGER_POSSIBLE = (action.shown for action in ANSWERS)
_TONES = {DONE: Tone.LOW, NOT_DONE: Tone.HIGH, CARRY_ON: Tone.MEDIUM, NO_LONGER_POSSIBLE: Tone.NEUTRAL}
_CHOICES = tuple((action.shown, action.strip.capitalize(), _TONES[action.shown]) for action in ANSWERS)
TAKE = f"Type it, or choose one with ↓ or {caps(REASONS, ' to ')}"
KINDS = ("Support", "Intervention", "Information")
WITH_POWER = KINDS[1]


@dataclass(frozen=True)
class Given:
    """An answer: the letter, the words typed, the day typed."""

    letter: str
    words: str
    day: str


class AnswerPanel(QWidget):
    """`given` when an answer is whole (D at once; the others with Enter); `kind_chosen` at once; `left` with Escape.
    An answer half typed comes back with its action, after a lock too: `resumed` gives the action it was typed for.
    What is typed in `power_edit` is the page's to keep."""

    given = Signal(object)
    kind_chosen = Signal(str)
    left = Signal()
    resumed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter, self._key = "", ""
        self._halves: dict[str, Given] = {}  # by action
        self._reasons: dict[str, Sequence[str]] = {}
        self._buttons = {
            letter: OutcomeButton(self, text=words, key=letter, height=44) for letter, words, _ in _CHOICES
        }
        self._history, self._why, self._chips = ElidedLabel(self), QLabel(self), Chips(self)
        self._words, self._day = ReasonField(self), LineEdit(self)
        self._save, self._error = SecondaryButton(self, text="Save", key=OPEN.shown, height=36), FieldError(self)
        self.power_edit, self.power_error = LineEdit(self), FieldError(self)
        self._kinds = {kind: SecondaryButton(self, text=kind, height=28) for kind in KINDS}
        self._kind_label, self._power_label = QLabel("Kind", self), QLabel("Legal power", self)
        self._name_parts()
        self._lay_out()
        for letter, _, tone in _CHOICES:
            self._buttons[letter].set_tone(tone)
            self._buttons[letter].clicked.connect(lambda _=False, letter=letter: self.choose(letter))
        group = QButtonGroup(self)
        for kind, choice in self._kinds.items():
            choice.setCheckable(True)
            group.addButton(choice)
            choice.clicked.connect(lambda _=False, kind=kind: self.kind_chosen.emit(kind))
        self._chips.pressed.connect(lambda key: self._words.take(int(key)))
        self._words.marked.connect(self._chips.mark)
        self._words.textChanged.connect(lambda _: self._show_chips())
        for field in (self._words, self._day):
            field.returnPressed.connect(self._give)
        self._save.clicked.connect(self._give)

    def _name_parts(self) -> None:
        for letter, button in self._buttons.items():
            button.setObjectName(f"answer_{letter}")
        self._words.setObjectName("answer_words")
        self._day.setObjectName("answer_day")
        self._save.setObjectName("answer_save")
        self._words.setAccessibleName("Reason in words")
        self._day.setAccessibleName("New date")
        for kind, choice in self._kinds.items():
            choice.setObjectName(f"kind_{kind.lower()}")
            choice.setAccessibleName(f"Kind: {kind}")
        self.power_edit.setObjectName("action_power")
        self.power_edit.setAccessibleName("Legal power")
        self.power_edit.setPlaceholderText("closure order, injunction, warning")
        self._power_label.setBuddy(self.power_edit)
        set_role(self._kind_label, "label")
        set_role(self._power_label, "label")
        set_role(self._history, "caption")
        set_role(self._why, "second")

    def _lay_out(self) -> None:
        px = current().px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(14), 0, px(14), px(12))
        whole.setSpacing(px(8))
        choices, fields = Flow(fill=True, spacing=px(8)), QHBoxLayout()
        fields.setSpacing(px(8))
        marks, power = Flow(spacing=8), QHBoxLayout()
        power.setSpacing(px(8))
        power.addWidget(self._power_label)
        power.addWidget(self.power_edit, 1)
        self._power_frame = QWidget(self)
        self._power_frame.setLayout(power)
        power.setContentsMargins(px(6), 0, 0, 0)
        self.power_edit.setMinimumWidth(px(150))
        for part in (self._kind_label, *self._kinds.values(), self._power_frame):
            marks.addWidget(part)
        for letter, _, _ in _CHOICES:
            choices.addWidget(self._buttons[letter])
            choices.grow_last()
        fields.addWidget(self._words, 1)
        fields.addWidget(self._day)
        fields.addWidget(self._save)
        self._day.setMaximumWidth(px(230))
        self._day.setMinimumWidth(px(190))
        for item in (self._history, choices, self._why, self._chips, fields, self._error, marks, self.power_error):
            whole.addLayout(item) if isinstance(item, QLayout) else whole.addWidget(item)

    def open_for(
        self, key: str, history: str, why_not: Sequence[str], what_changed: Sequence[str], next_day: str
    ) -> None:
        """Ready for one action: its history, the usual reasons, and the day no day means. What is half typed for it
        stays, or comes back."""
        self._history.setText(history)
        self._reasons = {NOT_DONE: why_not, NO_LONGER_POSSIBLE: what_changed}
        self._day.setPlaceholderText(f"{next_day}, next CPG")
        self._day.setAccessibleDescription(f"Empty means {next_day}. Type 17 dec, 17/12 or fri.")
        if key != self._key:
            self.put_by()
            self._key = key
            self._fill(self._halves.pop(key, Given("", "", "")))

    def show_kind(self, kind: str) -> None:
        """The kind in force; only an intervention has a legal power."""
        self._kinds[kind].setChecked(True)
        self._power_frame.setVisible(kind == WITH_POWER)

    def next_kind(self) -> None:
        """The kind after the one in force."""
        at = next(n for n, kind in enumerate(KINDS) if self._kinds[kind].isChecked())
        self.kind_chosen.emit(KINDS[(at + 1) % len(KINDS)])

    def put_by(self) -> None:
        """Another action comes: what is half typed waits for this one to come back."""
        if self.is_asking():
            self._halves[self._key] = self._now()
        self._key = ""
        self.clear()

    def half(self) -> str:
        """Every answer half given, by its action, the one in hand last."""
        halves = self._halves | ({self._key: self._now()} if self.is_asking() else {})
        return json.dumps({key: asdict(half) for key, half in halves.items()}) if halves else ""

    def resume(self, half: str) -> None:
        """The same after a lock."""
        self._halves |= {key: Given(**one) for key, one in json.loads(half).items()}
        last = next(reversed(self._halves))
        if last == self._key:
            self._fill(self._halves.pop(last))
        self.resumed.emit(last)

    def _now(self) -> Given:
        return Given(self._letter, self._words.text(), self._day.text())

    def clear(self) -> None:
        """Back to the four choices: the answer was given, or given up."""
        self._fill(Given("", "", ""))

    def _fill(self, half: Given) -> None:
        self._show(half.letter)
        self._words.setText(half.words)
        self._day.setText(half.day)
        self._error.clear()

    def fields(self) -> tuple[QLineEdit, ...]:
        """Where one types."""
        return self._words, self._day, self.power_edit

    def is_asking(self) -> bool:
        """Whether an answer is being given: letters are its words, whatever has the focus."""
        return self._letter not in ("", DONE)

    def take_key(self, text: str) -> None:
        """A key pressed on the row while an answer is being given."""
        type_into(self._day if self._letter == CARRY_ON else self._words, text)

    def choose(self, letter: str) -> None:
        """D is whole at once; N and X ask why; C asks until when. The caret is in its field before the next key."""
        self._error.clear()
        self._show(letter)
        if letter == DONE:
            self._give()
        else:
            (self._day if letter == CARRY_ON else self._words).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, letter: str) -> None:
        self._letter = letter
        for key, button in self._buttons.items():
            button.setChecked(key == letter)
        asks = letter in self._reasons
        self._words.set_usual(self._reasons.get(letter, ()))
        self._why.setText(f"{'Why not' if letter == NOT_DONE else 'What changed'}? {TAKE}")
        self._why.setVisible(asks)
        self._chips.setVisible(asks)
        self._show_chips()
        self._words.setVisible(asks or letter == CARRY_ON)
        self._words.set_hint("In words" if asks else "Comment (optional)")
        self._day.setVisible(letter == CARRY_ON)
        self._save.setVisible(asks or letter == CARRY_ON)

    def _show_chips(self) -> None:
        reasons, chosen = self._reasons.get(self._letter, ()), self._words.chosen()
        self._chips.set_chips(
            tuple(
                Chip(words if at == chosen else f"{at + 1}  {words}", key=str(at), icon="check" if at == chosen else "")
                for at, words in enumerate(reasons)
            )
        )

    def refuse(self, sentence: str) -> None:
        """Why it could not be taken, under the field it concerns; the caret goes there."""
        field = self._day if self._letter == CARRY_ON else self._words
        self._error.set_error(sentence, field)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        if self._letter:
            self.given.emit(Given(self._letter, self._words.words(), self._day.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the row."""
        if is_escape(event):
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)
