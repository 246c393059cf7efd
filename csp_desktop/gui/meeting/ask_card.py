"""What the chair asks now, as a card; apart from the case, for a person in hand shows the same."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from csp_desktop.domain.meeting.asking import Ask
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.panels import Card

ASKS = 170  # wide, a question takes three lines


class AskCard(Card):
    """For the chair: whom to ask now, and what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, title="Ask now")
        self._who, self._question = QLabel(self), QLabel(self)
        set_role(self._who, "heading")
        set_role(self._question, "body")
        for label in (self._who, self._question):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._question.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._question.setMinimumWidth(current().px(ASKS))
        self.add(self._who)
        self.add(self._question, 1)
        self.body.setSpacing(current().px(1))
        self.set_edges(12, 6, 12, 6)

    def show_ask(self, ask: Ask | None) -> None:
        """One thing; hidden when nothing is open."""
        self.setVisible(ask is not None)
        if ask is None:
            return
        more = f", {ask.more} more" if ask.more > 0 else ""
        self.set_title("Ask now", f"{ask.why}{more}".removeprefix(", "), Tone.HIGH if ask.late else None)
        self._who.setText(ask.who)
        self._question.setText(f"{ask.question[:1].upper()}{ask.question[1:]}")
        self.setAccessibleName(f"Ask now: {ask.who}, {ask.question}")
