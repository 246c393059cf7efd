"""What was offered and what the person said, answered and added to in place; beside it what was agreed last time."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.days import month_day
from csp_desktop.domain.rough_sleeping import Offer, OfferAnswer
from csp_desktop.gui.pages.live_answers import AnswerList, Past
from csp_desktop.gui.pages.private_live_words import offer_entry
from csp_desktop.gui.style import set_role
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.card import Card
from csp_desktop.gui.widgets.elided_label import ElidedLabel
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_error import FieldError
from csp_desktop.services.private.sitting_rows import LivePerson

KEYS = {
    Qt.Key.Key_T: OfferAnswer.TAKEN_UP,
    Qt.Key.Key_I: OfferAnswer.THINKING,
    Qt.Key.Key_D: OfferAnswer.DECLINED,
    Qt.Key.Key_N: OfferAnswer.NO_ANSWER,
}
NEW, WHY = "New offer", "Why not, in their own words"


class OfferList(QWidget):
    """`offered` a new one, `answered` an offer, its answer and the person's own words. The letters act on a row."""

    offered = Signal(str)
    answered = Signal(str, object, str)
    typed = Signal(str)  # of a new offer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.line, self.error = EntryList(self), QLineEdit(self), FieldError(self)
        self._label, self._said, self._keys = QLabel(self), ElidedLabel(self), QLabel(self)
        self._declined = ""
        self.rows.setAccessibleName("Offers and answers")
        self.rows.set_flush(True)
        self.rows.setMinimumHeight(44)
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._label.setBuddy(self.line)
        for label, role in ((self._label, "label"), (self._said, "second"), (self._keys, "caption")):
            set_role(label, role)
        self._keys.setText("T taken up   I thinking   D declined   N no answer")
        self._keys.hide()
        line = QHBoxLayout()
        line.addWidget(self._label)
        line.addWidget(self.line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.rows, 1)
        column.addWidget(self._keys)
        column.addWidget(self._said)
        column.addLayout(line)
        column.addWidget(self.error)
        self._turn_line("")
        self.line.returnPressed.connect(self._give)
        self.line.textEdited.connect(self._tell)
        self.rows.key_pressed.connect(self._pressed)
        for watched in (self.line, self.rows):
            watched.installEventFilter(self)

    def show_offers(self, offers: Sequence[Offer], why: str) -> None:
        """Fill it; `why` is the person's own words on why not."""
        self.rows.set_entries([offer_entry(offer) for offer in offers])
        self._said.setText(f"On why not: “{why}”" if why else "")
        self._said.setVisible(bool(why) and self._keys.isHidden())

    def refuse(self, sentence: str) -> None:
        """It was not taken, and why."""
        self.error.set_error(sentence, self.line)

    def _turn_line(self, offer_id: str) -> None:
        self._declined = offer_id
        words = WHY if offer_id else NEW
        self._label.setText(words)
        self.line.setAccessibleName(words)
        self.line.clear()
        self.error.clear(self.line)

    def _tell(self, text: str) -> None:
        if not self._declined:
            self.typed.emit(text)

    def _pressed(self, key: str, pressed: int) -> None:
        answer = KEYS.get(Qt.Key(pressed))
        if not key or answer is None:
            return
        if answer is OfferAnswer.DECLINED:
            self._turn_line(key)
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.answered.emit(key, answer, "")

    def _give(self) -> None:
        words, offer_id = self.line.text().strip(), self._declined
        if offer_id:
            self._turn_line("")
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            self.answered.emit(offer_id, OfferAnswer.DECLINED, words)
        elif words:
            self.error.clear(self.line)
            self.offered.emit(words)
            if not self.error.text():
                self.line.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leads from the line back to the rows; the letters are told while a row has the focus."""
        kind = event.type()
        if watched is self.line and kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._turn_line("")
                self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        elif watched is self.rows and kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._keys.setVisible(kind == QEvent.Type.FocusIn and bool(self.rows.entries()))
            self._said.setVisible(self._keys.isHidden() and bool(self._said.text()))
            if kind == QEvent.Type.FocusIn and not self.rows.current_key() and self.rows.entries():
                self.rows.set_current(self.rows.entries()[0].key)
        return super().eventFilter(watched, event)


class BesideNote(Card):
    """One card for both: the last session's actions while any is to be answered, else the offers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers, self.offers = AnswerList(self), OfferList(self)
        self.last_button = SecondaryButton(self, text="Last time", height=28)
        self.offers_button = SecondaryButton(self, text="Offers", height=28)
        self._note_title, self._note = QLabel(self), QLabel(self)
        set_role(self._note_title, "label")
        set_role(self._note, "second")
        self._note.setWordWrap(True)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        last = Past(self.answers, self._note_title, self._note, parent=self)
        self._last = last
        for page in (last, self.offers):
            page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            self.add(page, 1)
        for button, page in ((self.last_button, last), (self.offers_button, self.offers)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, page=page: self.turn_to(page))
            self.head.addWidget(button)
        self.head.addStretch(1)

    def show_person(self, row: LivePerson, first: bool) -> None:
        """Fill both; `first` time the one that is waiting shows."""
        waiting = sum(one.answer is None for one in row.last_time)
        taken = sum(offer.answer is OfferAnswer.TAKEN_UP for offer in row.page.offers)
        self.last_button.setText(f"Last time, {waiting} to answer" if waiting else "Last time")
        self.offers_button.setText(f"Offers, {taken} of {len(row.page.offers)} taken up")
        self.answers.show_actions(row.last_time, row.on, None)
        self.offers.show_offers(row.page.offers, row.page.person.why_not)
        before = row.note_before
        self._note_title.setText(f"Note, {month_day(before[0])}" if before else "No note from an earlier session")
        self._note.setText(before[1] if before else "")
        if first:
            self.turn_to(self._last if waiting else self.offers)

    def turn_to(self, page: QWidget) -> None:
        """Show that one."""
        for each in (self._last, self.offers):
            each.setVisible(each is page)
        self.last_button.setChecked(page is self._last)
        self.offers_button.setChecked(page is self.offers)

    def to_last(self) -> None:
        """Ctrl+T."""
        self.turn_to(self._last)
        self.answers.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def to_offers(self) -> None:
        """Ctrl+O."""
        self.turn_to(self.offers)
        has = self.offers.rows.entries()
        (self.offers.rows if has else self.offers.line).setFocus(Qt.FocusReason.ShortcutFocusReason)
