"""The text that people sign, in either meeting: its title and version, and its words in two sizes."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import month_year
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import Scroll
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.steps import NumberMark, StepState

KINDS = {ClauseKind.OCCASIONAL: "Visitor clause, v", ClauseKind.OBSERVER: "Observer clause, v"}


def version_words(clause: Clause) -> str:
    """'Version 2, May 2026, illustrative'"""
    month = month_year(clause.valid_from)
    words = f"{KINDS.get(clause.kind, 'V')}ersion {clause.version}, {month}"
    return f"{words}, example" if clause.illustrative else words


class ClausePanel(QWidget):
    """`read_to_end` once it was scrolled to its last line. Its number is ticked by `set_read`."""

    read_to_end = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark, self.title, self.version = NumberMark(self), QLabel(self), ElidedLabel(self)
        self.text_scroll = Scroll(self, margins=(0, 0, 0, 0))
        self.was_read = False  # scrolled to its end since `start`
        self._number, self._paragraphs = 1, list[QLabel]()
        self._shown: tuple[str, bool] = ("", False)
        set_role(self.title, "subheading")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.version, "caption")
        self.version.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for part, name in ((self.mark, "clause_mark"), (self.title, "clause_title"), (self.version, "clause_version")):
            part.setObjectName(name)
        self.text_scroll.body.setSpacing(current().px(4))  # the whole text stands on a small screen
        self.text_scroll.body.addStretch(1)
        self.text_scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # read by whoever goes by key, or hears
        set_role(self.text_scroll, "clause-text")
        self.text_scroll.installEventFilter(self)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.mark)
        head.addWidget(self.title)
        head.addWidget(self.version, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addWidget(self.text_scroll, 1)
        self.text_scroll.verticalScrollBar().valueChanged.connect(self._scrolled)

    def set_number(self, number: int) -> None:
        """Which step it is."""
        self._number = number

    def show_clause(self, clause: Clause, title: str, *, large: bool) -> None:
        """The text in force for whoever stands here; in letters to be read from across a table where `large`."""
        self.title.setText(title)
        self.version.setText(version_words(clause))
        self.text_scroll.setAccessibleName(f"{title}. {' '.join(clause.text.split())}")
        if (clause.text, large) == self._shown:
            return
        self._shown = (clause.text, large)
        for label in self._paragraphs:
            self.text_scroll.body.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._paragraphs = []
        for paragraph in clause.text.split("\n\n"):  # one label each: the space between does not grow with the letters
            label = QLabel(" ".join(paragraph.split()))
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            set_role(label, "clause-large" if large else "clause")
            self.text_scroll.body.insertWidget(len(self._paragraphs), label)
            self._paragraphs.append(label)

    def start(self) -> None:
        """For the next person: at its top, not read yet."""
        self.was_read = False
        self.text_scroll.verticalScrollBar().setValue(0)

    def set_read(self, read: bool) -> None:
        """Ticked once it was read or heard; before that it is the step one is in."""
        self.mark.set_step(self._number, StepState.DONE if read else StepState.CURRENT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come to by key, a text that stands whole is read."""
        bar = self.text_scroll.verticalScrollBar()
        if watched is self.text_scroll and event.type() == QEvent.Type.FocusIn and not bar.maximum():
            self._read()
        return super().eventFilter(watched, event)

    def _scrolled(self, value: int) -> None:
        if value and value == self.text_scroll.verticalScrollBar().maximum():
            self._read()

    def _read(self) -> None:
        self.was_read = True
        self.read_to_end.emit()
