"""Above the pages of a meeting held on paper: the time on its sheets, who read back, where the sheets are kept.

What is entered below happened at this time; the clock's is not used.
"""

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import QTime, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from csp_desktop.domain.common.days import local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.fields import TimeField
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.services.meeting import held_on_paper
from csp_desktop.services.session import Session


class PaperTime(QFrame):
    """`changed` after each change that went in. Hidden for a meeting that has the clock's times."""

    changed = Signal()

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._meeting_id = session, ""
        self._paper: HeldOnPaper | None = None
        set_role(self, "sunken")
        self.time_field, self.reader_edit, self.kept_edit = TimeField(self), LineEdit(self), LineEdit(self)
        self.error = FieldError(self)
        self.time_field.setKeyboardTracking(False)
        self.time_field.setAccessibleName("Time on the sheets")
        self.reader_edit.setAccessibleName("Read back by")
        self.kept_edit.setAccessibleName("Where the signed sheets are kept")
        self.time_field.setFixedWidth(current().px(92))
        title = QLabel("Held on paper", self)
        set_role(title, "strong")
        words = (("Time on t&he sheets", self.time_field), ("Read back b&y", self.reader_edit))
        first = hbox(title, *(part for pair in words for part in self._pair(*pair)), spacing=8)
        self._rows = hbox(first, spacing=8)
        self._rows.addLayout(hbox(self._label("&Kept at", self.kept_edit), (self.kept_edit, 1), spacing=8), 1)
        self.setLayout(vbox(self._rows, self.error, spacing=4, margins=(16, 8, 16, 8)))
        self.time_field.editingFinished.connect(self._say_time)
        self.reader_edit.editingFinished.connect(self._say_reader)
        self.kept_edit.editingFinished.connect(self._say_kept)
        layout = page.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(0, self)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In two rows where one is too narrow."""
        super().resizeEvent(event)
        narrow, direction = self.width() < current().px(900), QBoxLayout.Direction
        self._rows.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def _pair(self, words: str, field: QWidget) -> tuple[QWidget, QWidget]:
        return self._label(words, field), field

    def _label(self, words: str, field: QWidget) -> QLabel:
        label = QLabel(words, self)
        label.setBuddy(field)
        set_role(label, "label")
        return label

    def show_for(self, meeting_id: str) -> None:
        """How this meeting stands; a field being typed in stays as it is."""
        self._meeting_id = meeting_id
        self._paper = paper = held_on_paper.held_on_paper(self._session, meeting_id) if meeting_id else None
        self.setVisible(paper is not None)
        if paper is None:
            return
        at = local(paper.at).time()
        if not self.time_field.hasFocus():
            self.time_field.setTime(QTime(at.hour, at.minute))
        for edit, words in ((self.reader_edit, paper.reader), (self.kept_edit, paper.kept)):
            if not edit.hasFocus() and edit.text() != words:
                edit.setText(words)
                edit.setCursorPosition(0)

    def _say_time(self) -> None:
        chosen = self.time_field.time()
        at = time(chosen.hour(), chosen.minute())
        if self._paper is not None and at != local(self._paper.at).time().replace(second=0, microsecond=0):
            self._do(lambda: held_on_paper.say_time(self._session, self._meeting_id, at), self.time_field)

    def _say_reader(self) -> None:
        name = self.reader_edit.text()
        if self._paper is not None and name.strip() != self._paper.reader:
            self._do(lambda: held_on_paper.say_reader(self._session, self._meeting_id, name), self.reader_edit)

    def _say_kept(self) -> None:
        where = self.kept_edit.text()
        if self._paper is not None and where.strip() != self._paper.kept:
            self._do(lambda: held_on_paper.say_kept(self._session, self._meeting_id, where), self.kept_edit)

    def _do(self, work: Callable[[], HeldOnPaper], field: QWidget) -> None:
        self.error.clear(field)
        try:
            self._paper = work()
        except Refused as refusal:
            self.error.set_error(refusal.sentence, field)
            return
        self.changed.emit()
