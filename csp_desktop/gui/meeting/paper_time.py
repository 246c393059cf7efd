"""A meeting held on paper in the windows: above its pages the time on its sheets, who read back and where the sheets
are kept; at its sign-in everybody whose name is on them, recorded in one step.

What is entered below happened at this time; the clock's is not used.
"""

from collections.abc import Callable
from datetime import time

from PySide6.QtCore import QTime, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QFrame, QLabel, QWidget

from csp_desktop.domain.common.days import clock, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.fields import TimeField
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.services.meeting import held_on_paper
from csp_desktop.services.meeting.sign_in_rows import PersonRow, SignInDesk
from csp_desktop.services.session import Session

TITLE = "Who signed on the sheets?"
ASK = "Clear the names that are not on them. Everyone else is recorded as “signed on paper”."


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


class SheetSignatures(QFrame):
    """A box for each person expected, ticked until cleared, below the widget `after` of the page. `signed` with how
    many were recorded. Hidden for a meeting that has the clock's times, and once nobody is expected."""

    signed = Signal(int)

    def __init__(self, session: Session, page: QWidget, after: QWidget) -> None:
        super().__init__(page)
        self._session, self._meeting_id = session, ""
        self._hearers: frozenset[str] = frozenset()
        self._cleared: set[str] = set()
        set_role(self, "card")
        title, note, names = QLabel(TITLE, self), QLabel(ASK, self), QFrame(self)
        set_role(title, "strong")
        set_role(note, "second")
        note.setWordWrap(True)
        self._names = Flow(names, spacing=14)
        self.reader_label, self.reader_box = QLabel("Clause &read out by", self), QComboBox(self)
        set_role(self.reader_label, "label")
        self.reader_label.setBuddy(self.reader_box)
        self.reader_box.setEditable(True)
        line = self.reader_box.lineEdit()
        if line is not None:
            line.setAccessibleName("Clause read out by")
        self.reader_note = QLabel(self)
        set_role(self.reader_note, "caption")
        self.reader_note.setWordWrap(True)
        self.record_button = PrimaryButton(self)
        self.record_button.setObjectName("sheets_button")
        self.error = FieldError(self)
        self.record_button.clicked.connect(self.record)
        reading = hbox(self.reader_label, self.reader_box, (self.reader_note, 1))
        head = hbox((vbox(title, note, spacing=4), 1), self.record_button, spacing=12)
        self.setLayout(vbox(head, reading, self.error, names, spacing=10, margins=(18, 14, 18, 14)))
        column = page.layout()
        assert isinstance(column, QBoxLayout)
        column.insertWidget(column.indexOf(after) + 1, self)
        self.hide()

    def show_for(self, desk: SignInDesk) -> None:
        """Who is expected and stands on the sheets; what was cleared stays so."""
        if desk.paper_at is None or not desk.expected:
            self.hide()
            return
        self._meeting_id = desk.meeting_id
        self._hearers = held_on_paper.hearers(self._session, desk.meeting_id)
        self._show_readers(desk)
        self._show_names(desk.expected)
        self._tell()
        self.show()

    def _show_readers(self, desk: SignInDesk) -> None:
        box = self.reader_box
        typed, known = box.currentText(), [box.itemText(n) for n in range(box.count())]
        if known != list(desk.readers):
            box.clear()
            box.addItems(list(desk.readers))
        if typed:
            box.setCurrentText(typed)

    def _show_names(self, people: tuple[PersonRow, ...]) -> None:
        for box in self._boxes():
            self._names.removeWidget(box)
            box.setParent(None)
            box.deleteLater()
        for person in people:
            box = QCheckBox(f"{person.name}, {person.remark}", self)
            box.setProperty("member_id", person.member_id)
            box.setChecked(person.member_id not in self._cleared)
            box.toggled.connect(self._toggled)
            self._names.addWidget(box)

    def _boxes(self) -> list[QCheckBox]:
        return self.findChildren(QCheckBox)

    def chosen(self) -> list[str]:
        """Whose names are on the sheets."""
        return [str(box.property("member_id")) for box in self._boxes() if box.isChecked()]

    def _toggled(self) -> None:
        self._cleared = {str(box.property("member_id")) for box in self._boxes() if not box.isChecked()}
        self._tell()

    def _tell(self) -> None:
        chosen = self.chosen()
        hear = [key for key in chosen if key in self._hearers]
        for widget in (self.reader_label, self.reader_box, self.reader_note):
            widget.setVisible(bool(hear))
        self.reader_note.setText(f"to {count_of(len(hear), 'person', 'people')}, before they signed")
        self.record_button.setText(f"Rec&ord {len(chosen)} as signed on paper")
        self.record_button.setEnabled(bool(chosen))

    def record(self) -> None:
        """All of them signed on the sheets, at the time that stands above."""
        chosen = self.chosen()
        self.error.clear(self.reader_box)
        try:
            held_on_paper.sign_all(self._session, self._meeting_id, chosen, self.reader_box.currentText())
        except Refused as refused:
            self.error.set_error(refused.sentence, self.reader_box)
            return
        self.signed.emit(len(chosen))


def signed_words(count: int, desk: SignInDesk | None) -> str:
    """'18 people signed on paper at 13:55'"""
    at = f" at {clock(desk.paper_at)}" if desk is not None and desk.paper_at is not None else ""
    return f"{count_of(count, 'person', 'people')} signed on paper{at}"
