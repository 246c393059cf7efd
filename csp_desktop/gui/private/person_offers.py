"""What was offered and what the person said, answered and added to in place; beside it what was agreed last time."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.private.people import Offer, OfferAnswer
from csp_desktop.gui.meeting.action_answers import AnswerList, BetweenMeetings, Past
from csp_desktop.gui.private.session_rows import offer_entry
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import LinkButton, SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_delegate import EntryDelegate
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.fields import SeveralLines
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.window.actions import NEXT, Action, which
from csp_desktop.gui.window.keys import is_escape, letter, type_into
from csp_desktop.services.private.session_rows import LivePerson

OFFERS = (
    Action("an offer: taken up", ("T",), given=OfferAnswer.TAKEN_UP, strip="taken up"),
    Action("an offer: thinking", ("I",), given=OfferAnswer.THINKING, strip="thinking"),
    Action("an offer: declined, and why", ("D",), given=OfferAnswer.DECLINED, strip="declined"),
    Action("an offer: no answer", ("N",), given=OfferAnswer.NO_ANSWER, strip="no answer"),
)
NEW, WHY = "New offer", "Reason, in their own words"


LEAST = 38  # of an offer with the line below it


class OfferDelegate(EntryDelegate):
    """Two lines an offer, close together where there is no room for more: at least two offers are seen."""

    def height(self, entry: Entry, roomy: bool, width: int) -> int:
        """38 px an offer, or as roomy as elsewhere."""
        high = super().height(entry, roomy, width)
        return high if roomy else min(high, current().px(LEAST))


class OfferRows(EntryList):
    """An `EntryList` in that dress."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = OfferDelegate(self)
        self.setItemDelegate(self._delegate)


class OfferList(QWidget):
    """`offered` a new one, `answered` an offer, its answer and the person's own words. The letters act on a row, and
    stand in the line's place while a row has the focus."""

    offered = Signal(str)
    answered = Signal(str, object, str)
    typed = Signal(str)  # of a new offer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows, self.line, self.error = OfferRows(self), SeveralLines(self), FieldError(self)
        self._label, self._said, self._declined, self._half = QLabel(self), ElidedLabel(self), "", ""
        self.rows.setAccessibleName("Offers and answers")
        self.rows.set_flush(True)
        self.rows.setMinimumHeight(current().px(LEAST))
        self.rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._label.setBuddy(self.line)
        set_role(self._label, "label")
        set_role(self._said, "second")
        self._new = self._make_line()
        self._keys = self._make_keys()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.rows, 1)
        for part in (self._said, self._keys, self._new, self.error):
            column.addWidget(part)
        self._turn_line("")
        self.line.returnPressed.connect(self._give)
        self.line.textEdited.connect(lambda _: self._tell())
        self.line.waits.connect(self._name_line)
        for watched in (self.line, self.rows):
            watched.installEventFilter(self)

    def _make_line(self) -> QWidget:
        frame = QWidget(self)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self.line, 1)
        return frame

    def _make_keys(self) -> QWidget:
        """As high as the line it stands for, so that no row moves."""
        frame, keys = QWidget(self), ElidedLabel(self)
        frame.setMinimumHeight(self._new.sizeHint().height())
        set_role(keys, "small")
        keys.setText("   ".join(f"{action.shown} {action.strip}" for action in OFFERS))
        new = LinkButton(frame, text="New", height=28)
        new.setAccessibleName(NEW)
        new.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        new.clicked.connect(self._to_line)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(keys, 1)
        row.addWidget(new)
        frame.hide()
        return frame

    def _to_line(self) -> None:
        self._show_keys(False)
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_keys(self, shown: bool) -> None:
        self._keys.setVisible(shown)
        self._new.setHidden(shown)

    def show_offers(self, offers: Sequence[Offer], why: str) -> None:
        """Fill it; `why` is the person's own words on why not."""
        self.rows.set_entries([offer_entry(offer) for offer in offers])
        self._said.setText(f"Reason declined: “{why}”" if why else "")
        self.rows.setAccessibleDescription(self._said.text())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two offers come before what was said on why not, which stands in the line again when one is declined."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.height() - self._new.sizeHint().height() - self._said.sizeHint().height()
        self._said.setVisible(bool(self._said.text()) and room >= 2 * current().px(LEAST) + 8)

    def half(self) -> str:
        """The person's own words on an offer declined, for after a lock."""
        return json.dumps([self._declined, self.line.text()]) if self._declined else ""

    def resume(self, half: str) -> None:
        """The same again, where the offer is still there."""
        offer_id, words = json.loads(half)
        if any(entry.key == offer_id for entry in self.rows.entries()):
            self.rows.set_current(offer_id)
            self._turn_line(offer_id)
            self._show_keys(False)
            self.line.setText(words)

    def refuse(self, sentence: str) -> None:
        """It was not taken, and why."""
        self.error.set_error(sentence, self.line)

    def _turn_line(self, offer_id: str) -> None:
        """To an offer declined, or back to a new one, where what was half typed still stands."""
        if not self._declined:
            self._half = self.line.text()
        self._declined = offer_id
        self.line.is_several = not offer_id
        self._name_line()
        self.line.setPlaceholderText(self._said.text() if offer_id else "")
        self.line.setText("" if offer_id else self._half)
        self.error.clear(self.line)

    def _name_line(self) -> None:
        """What it asks for, and how many lines pasted follow."""
        count = len(self.line.waiting)
        more = "" if self._declined or not count else f", then {count} more"
        self._label.setText(f"New{more}" if more else WHY if self._declined else NEW)
        self.line.setAccessibleName(WHY if self._declined else f"{NEW}{more}")

    def _tell(self) -> None:
        if not self._declined:
            self.typed.emit(self.line.all_text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The letters answer the offer one stands on."""
        action, key = which(event, OFFERS), self.rows.current_key()
        if action is None or not key:
            super().keyPressEvent(event)
        elif action.given is OfferAnswer.DECLINED:
            self._turn_line(key)
            self._to_line()
        else:
            self.answered.emit(key, action.given, "")

    def _give(self) -> None:
        words, offer_id = self.line.text().strip(), self._declined
        if offer_id:
            self._turn_line("")
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            self.answered.emit(offer_id, OfferAnswer.DECLINED, words)
        elif words:
            self.error.clear(self.line)
            self.offered.emit(words)
            if not self.error.text() and self.line.next_line():
                self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc leads from the line back to the rows, Tab from a row to the line; the letters are told while a row has
        the focus, and belong to the answer while one is being given."""
        kind = event.type()
        pressed = event if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        if watched is self.line and pressed is not None and is_escape(pressed):
            self._turn_line("")
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if watched is self.rows and self._declined and pressed is not None and letter(pressed):
            self._to_line()
            type_into(self.line, letter(pressed))
            return True
        if watched is self.rows and pressed is not None and NEXT.pressed(pressed):
            self._to_line()
            return True
        if watched is self.rows and kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            came = kind == QEvent.Type.FocusIn
            self._show_keys(came and bool(self.rows.entries()))
            if came and not self.rows.current_key() and self.rows.entries():
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
        self._between = BetweenMeetings(self)
        last = Past(self.answers, self._note_title, self._note, parent=self)
        last.body.insertWidget(0, self._between)
        self._last = last
        for page in (last, self.offers):
            self.add(page, 1)
        last.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.set_edges(12, 8, 6, 6)
        for button, page in ((self.last_button, last), (self.offers_button, self.offers)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, page=page: self.turn_to(page))
            self.head.addWidget(button)
        self.head.addStretch(1)

    def show_person(self, row: LivePerson, first: bool) -> None:
        """Fill both; `first` time the one that is waiting shows."""
        waiting = sum(one.answer is None for one in row.last_time)
        taken = sum(offer.answer is OfferAnswer.TAKEN_UP for offer in row.page.offers)
        self.last_button.setText(f"Last time {waiting}" if waiting else "Last time")
        self.last_button.setAccessibleName(f"Last time, {waiting} to answer" if waiting else "Last time")
        self.offers_button.setText(f"Offers {taken}/{len(row.page.offers)}")
        self.offers_button.setAccessibleName(f"Offers, {taken} of {len(row.page.offers)} taken up")
        for button in (self.last_button, self.offers_button):
            button.setToolTip(button.accessibleName())
        self.answers.show_actions(row.last_time, row.on, None)
        self.offers.show_offers(row.page.offers, row.page.person.why_not)
        before = row.note_before
        self._note_title.setText(
            f"Note, {screen_day(before[0], row.on)}" if before else "No note from an earlier session"
        )
        self._note.setText(before[1] if before else "")
        self._between.show_decisions(row.between)
        if first:
            self.turn_to(self._last if waiting or row.between else self.offers)

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
