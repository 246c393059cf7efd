"""What is asked before a list goes in: a card for each question, its lines, and a button for each answer."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from csp_desktop.domain.common.text import count_of
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.window.actions import PRESS, Action
from csp_desktop.gui.window.keys import is_enter, letter
from csp_desktop.services.common.import_answers import Question, QuestionLine

LINES = 4  # seen at once
DIGITS = "1234567890"
ANSWER = tuple(Action("answer the question", (digit,)) for digit in DIGITS)
ANSWER_ONE = PRESS.called("answer one line on its own", "one line")
TAKE_GUESS = Action("answer as guessed", ("Return",))
QUESTION_KEYS = (*ANSWER, TAKE_GUESS, ANSWER_ONE)


class QuestionCard(QFrame):
    """One question. A digit, or the button, answers all its lines; Space gives the line one stands on the next answer.
    `answered` gives the key of the line, or empty for all, and the answer."""

    answered = Signal(str, str)

    def __init__(self, number: int, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question = question
        self.setAccessibleName(f"Question {number}: {question.title}")
        set_role(self, "gap")
        title = text_label(f"{number}. {question.title}", "strong")
        hint = text_label(question.hint, "caption", wraps=False)
        self.state = text_label("", "medium")
        self.lines = _lines(question, self)
        self.lines.installEventFilter(self)
        self.buttons = [_button(n, choice.label, self) for n, choice in enumerate(question.choices, 1)]
        for button, choice in zip(self.buttons, question.choices, strict=True):
            button.clicked.connect(lambda _=False, value=choice.value: self.answered.emit("", value))
        row = Flow(spacing=4)
        for button in self.buttons:
            row.addWidget(button)
        self.setLayout(vbox(hbox((title, 1), hint), self.lines, row, self.state, spacing=4, margins=(9, 8, 9, 8)))
        self.show_question(question)

    def show_question(self, question: Question) -> None:
        """The same question with what was said since."""
        self._question = question
        for row, line in enumerate(question.lines):
            item = self.lines.item(row)
            item.setText(_line_words(line, self._labels()))
            item.setToolTip(item.text())
        self._bound()
        for button, choice in zip(self.buttons, question.choices, strict=True):
            button.setChecked(all(line.answer == choice.value for line in question.lines))
        left = sum(not line.answer for line in question.lines)
        self.state.setText(f"{left} of {count_of(len(question.lines), 'line', 'lines')} to answer")
        self.state.setVisible(0 < left < len(question.lines))

    def _bound(self) -> None:
        """No lower than its first lines, no higher than all of them."""
        lines, count = self.lines, len(self._question.lines)
        lines.setMinimumHeight(_height(min(LINES, count)))
        every = lines.sizeHintForRow(0) * count + 2 * lines.frameWidth()
        lines.setMaximumHeight(max(every, lines.minimumHeight()))

    def showEvent(self, event: QShowEvent) -> None:
        """Its lines have the letters of the style now."""
        super().showEvent(event)
        self._bound()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._bound()

    def _labels(self) -> dict[str, str]:
        return {choice.value: choice.label for choice in self._question.choices}

    def take_focus(self) -> None:
        """To its lines."""
        self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.lines.currentRow() < 0:
            self.lines.setCurrentRow(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space on a line answers that one; seen whether the question has the focus."""
        if watched is self.lines and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_role(self, "chosen" if event.type() == QEvent.Type.FocusIn else "gap")
        if watched is self.lines and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._by_digit(event):
                return True
            if PRESS.pressed(event):
                self._answer_one()
                return True
            if is_enter(event) and (guess := self._question.lines[0].guess):
                self.answered.emit("", guess)
                return True
        return super().eventFilter(watched, event)

    def _answer_one(self) -> None:
        row = self.lines.currentRow()
        if 0 <= row < len(self._question.lines):
            line, values = self._question.lines[row], [choice.value for choice in self._question.choices]
            at = values.index(line.answer) + 1 if line.answer in values else 0
            self.answered.emit(line.key, values[at % len(values)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers all lines."""
        if not self._by_digit(event):
            super().keyPressEvent(event)

    def _by_digit(self, event: QKeyEvent) -> bool:
        """Whether a digit was pressed that is an answer."""
        at = DIGITS.find(letter(event)) if letter(event) else -1
        if 0 <= at < len(self.buttons):
            self.buttons[at].click()
            return True
        return False


def _height(lines: int) -> int:
    return current().px(20) * max(1, lines) + current().px(4)


def _line_words(line: QuestionLine, labels: dict[str, str]) -> str:
    said = f"{labels.get(line.answer, line.answer)}: " if line.answer else ""
    guess = f" ({labels.get(line.guess, line.guess)}?)" if line.guess and not line.answer else ""
    detail = f"   {line.detail}" if line.detail else ""
    return f"{said}{line.title}{guess}{detail}"


def _lines(question: Question, parent: QWidget) -> QListWidget:
    made = QListWidget(parent)
    made.setAccessibleName(question.title)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)  # what its bar says is px, as of a column
    set_role(made, "plain")
    for _ in question.lines:
        made.addItem(QListWidgetItem(""))
    return made


def _button(number: int, words: str, parent: QWidget) -> SecondaryButton:
    told = words.replace("&", "&&")
    made = SecondaryButton(parent, text=f"{DIGITS[number - 1]} {told}" if number <= len(DIGITS) else told, height=28)
    made.setAccessibleName(words)
    made.setCheckable(True)
    return made


class ImportQuestions(QWidget):
    """All questions of a list, one under the other. `answered` gives the question, the key of the line, or empty for
    all its lines, and the answer."""

    answered = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, QuestionCard] = {}
        self._questions: tuple[Question, ...] = ()
        self._title = text_label("Before anything is imported", "strong")
        self._count = text_label("", "caption", wraps=False)
        self._inside = vbox(hbox((self._title, 1), self._count), spacing=8)
        self.setLayout(self._inside)
        self.hide()

    def questions(self) -> tuple[Question, ...]:
        """What is asked now."""
        return self._questions

    def card(self, key: str) -> QuestionCard:
        """The card of a question."""
        return self._cards[key]

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask these; a question that was asked before keeps its card, and the focus in it."""
        shapes = [(q.key, q.title, tuple(line.key for line in q.lines), q.choices) for q in questions]
        before = [(q.key, q.title, tuple(line.key for line in q.lines), q.choices) for q in self._questions]
        self._questions = tuple(questions)
        if shapes != before:
            self._build()
        for question in questions:
            self._cards[question.key].show_question(question)
        done = sum(question.is_answered for question in questions)
        self._count.setText(f"{done} of {len(questions)} answered")
        self.setVisible(bool(questions))

    def _build(self) -> None:
        for card in self._cards.values():
            self._inside.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        for number, question in enumerate(self._questions, 1):
            made = QuestionCard(number, question, self)
            made.answered.connect(lambda key, value, at=question.key: self._tell(at, key, value))
            self._cards[question.key] = made
            self._inside.addWidget(made)

    def _tell(self, at: str, key: str, value: str) -> None:
        question = next(one for one in self._questions if one.key == at)
        self.answered.emit(question, key, value)

    def open_question(self) -> QuestionCard | None:
        """The first that is not answered."""
        return next((self._cards[q.key] for q in self._questions if not q.is_answered), None)

    def go_next(self) -> bool:
        """To the first question that is not answered; False where there is none."""
        card = self.open_question()
        if card is not None and isValid(card):
            card.take_focus()
        return card is not None
