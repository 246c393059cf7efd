"""How a case or a person in hand is laid out: on top what the chair reads, the note wide, the outcomes in sight."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from csp_desktop.gui.meeting.action_answers import Past
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.badges import RatingBox
from csp_desktop.gui.widgets.containers import SCROLLS, Flow, Scroll
from csp_desktop.gui.widgets.labels import LOW_WINDOW, ChairTitle, SavedLabel, SignLine
from csp_desktop.gui.widgets.meeting_bar import LOW_WINDOW as LOW
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.outcome_bar import OutcomeBar
from csp_desktop.gui.widgets.panels import Card
from csp_desktop.gui.widgets.scrolled import OneScroll

LINES = 492  # wide, a note's card holds fifty letters in a line
BESIDE = (212, 348)  # what stands beside the note: no narrower, no wider
THREE_LINES = 78


class Above(Scroll):
    """What stands over the outcomes. It asks for no more than its least: in a low window it scrolls, and where the
    letters are large too it is whole, and the column around it scrolls."""

    LEAST = 40

    def sizeHint(self) -> QSize:
        """Its least."""
        return self.minimumSizeHint()


class TurnView(QWidget):
    """A subclass fills `chips`, `title`, `under`, `sign` and `rating`, adds its cards, and lays it all out once."""

    SHARES = (5, 4)  # of the line under the title: whose it is, and the sign
    NARROW = 600  # less wide than this the outcomes take one line only where they are short

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(SCROLLS, True)
        self.title, self.rating, self.under, self.sign = ChairTitle(self), RatingBox(self), QLabel(self), SignLine(self)
        self.note, self.saved = NoteEditor(self), SavedLabel(self)
        self.reference, self.chips = QLabel(self), Flow(spacing=6)
        set_role(self.reference, "accent")
        set_role(self.under, "second")
        self.under.setWordWrap(True)
        self.under.setTextFormat(Qt.TextFormat.PlainText)
        self.under.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.chips.addWidget(self.reference)
        self.note.setMinimumHeight(current().px(THREE_LINES))
        self.note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.minute = Card(self)
        self.minute.head.addWidget(self.saved)
        self.minute.add(self.note, 1)
        self.minute.set_edges(14, 8, 10, 6)
        self.note.cursorPositionChanged.connect(self._follow_caret)

    def lay_out(
        self, cards: Sequence[QWidget], beside: QWidget, outcomes: OutcomeBar, below_head: QWidget | None = None
    ) -> None:
        """Once everything is made."""
        self._beside, self._bar, self._compact = beside, outcomes, False
        head = hbox((vbox(self.chips, self.title, spacing=2), 1), spacing=12)
        head.addWidget(self.rating, 0, Qt.AlignmentFlag.AlignTop)
        self._facts, row = QWidget(self), Flow(fill=True, spacing=8)
        for card in cards:
            row.addWidget(card)
        self._facts.setLayout(
            vbox(hbox((self.under, self.SHARES[0]), (self.sign, self.SHARES[1]), spacing=12), row, spacing=6)
        )
        self._above = Above(self, margins=(0, 0, 0, 0))
        OneScroll(self._above)
        self._body = self._above.body
        self._body.setSpacing(current().px(8))
        self._body.addLayout(head)
        if below_head is not None:
            self._body.addWidget(below_head)
        self._at = self._body.count()
        self._body.addWidget(self._facts)
        self._body.addLayout(hbox((self.minute, 1), beside, spacing=8), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(current().px(8))
        layout.addWidget(self._above, 1)
        layout.addWidget(outcomes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The note has its lines first; in a low window the facts stand below it, and the outcomes are one line."""
        super().resizeEvent(event)
        px = current().px
        least, most = (px(edge) for edge in BESIDE)
        room = self.width() - px(8)
        self._beside.setFixedWidth(max(least, min(room - px(LINES), most)))
        low = self.window().height() < px(LOW)
        if low == self.property(SCROLLS):
            self.setProperty(SCROLLS, not low)
            self._above.set_whole(low)
            self.updateGeometry()
        self._set_compact(self.window().height() < px(LOW_WINDOW) or self.width() < px(self.NARROW))

    def _set_compact(self, compact: bool) -> None:
        if compact == self._compact:
            return
        self._compact = compact
        self._bar.set_compact(compact)
        for past in self.findChildren(Past):
            past.set_whole(compact)  # one thing scrolls
        self._body.removeWidget(self._facts)
        self._body.insertWidget(self._at + compact, self._facts)

    def _follow_caret(self) -> None:
        if self.note.hasFocus():
            self._above.ensureWidgetVisible(self.note, 0, current().px(8))
