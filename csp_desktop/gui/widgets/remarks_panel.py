"""What those who were present remark about a section: each a row to accept or to decline with a reason; noted here, and
to whom the draft was sent for checking.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import dated_day, local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.minutes.review import Remark, SentForChecking
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.buttons import LinkButton, SecondaryButton
from csp_desktop.gui.widgets.containers import focus_in_view
from csp_desktop.gui.widgets.day_field import HOW, DayField
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.window.actions import Action
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.services.minutes import remarks
from csp_desktop.services.session import Session

ACCEPT = Action("accept the comment on this section", ("Ctrl+T",), "_accept_remark", when="_has_remark", strip="accept")


class RemarkRow(QFrame):
    """One remark with what became of it. `accepted`, and `declined` with the reason."""

    accepted = Signal(str)
    declined = Signal(str, str)

    def __init__(self, remark: Remark, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remark = remark
        self.reason_edit, self.error = ProseLine(), FieldError()
        who = text_label(remark.who, "strong")
        noted = text_label(f"recorded {dated_day(local(remark.at).date())}", "caption")
        words = text_label(f"“{remark.words}”", "second")
        parts: list[QWidget] = [words]
        head = hbox(Avatar(self, name=remark.who, size=24), (vbox(who, noted, spacing=0), 1), spacing=8)
        column = vbox(head, *parts, spacing=4, margins=(10, 8, 10, 8))
        if remark.waits:
            column.addLayout(self._buttons())
        else:
            told = "Accepted: corrected below" if remark.accepted else f"Declined: {remark.reason}"
            column.addWidget(text_label(told, "low" if remark.accepted else "caption"))
        self.setLayout(column)
        set_role(self, "bar-medium" if remark.waits else "sunken")
        self.setAccessibleName(f"{remark.who} commented: {remark.words}")

    def _buttons(self) -> QVBoxLayout:
        number = self.remark.number
        self.accept_button = SecondaryButton(text="Accept", height=32)
        self.accept_button.set_key(ACCEPT.shown)
        self.accept_button.setObjectName(f"accept_{number}")
        self.accept_button.setAccessibleName(f"Accept the comment of {self.remark.who}")
        self.decline_button = SecondaryButton(text="Decline", height=32)
        self.decline_button.setObjectName(f"decline_{number}")
        self.decline_button.setAccessibleName(f"Decline the comment of {self.remark.who}, with a reason")
        self.decline_button.setVisible(not self.remark.asked_at_id)  # what a meeting asked for is not declined
        self._label = text_label("Reason for not changing it", "label", buddy=self.reason_edit)
        self.reason_edit.setObjectName(f"decline_reason_{number}")
        self.reason_edit.setAccessibleName("Reason for not changing it")
        for part in (self._label, self.reason_edit):
            part.hide()
        self.accept_button.clicked.connect(lambda: self.accepted.emit(self.remark.id))
        self.decline_button.clicked.connect(self._ask)
        self.reason_edit.returnPressed.connect(lambda: self.declined.emit(self.remark.id, self.reason_edit.text()))
        self.reason_edit.installEventFilter(self)
        buttons = hbox(self.accept_button, self.decline_button, None, spacing=8)
        return vbox(buttons, self._label, self.reason_edit, self.error, spacing=4)

    def _ask(self) -> None:
        for part in (self._label, self.reason_edit):
            part.show()
        focus_in_view(self.reason_edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves it unanswered."""
        pressed = watched is self.reason_edit and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and is_escape(event):
            self._label.hide()
            self.reason_edit.hide()
            self.error.clear(self.reason_edit)
            self.decline_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)


class RemarkRows(QWidget):
    """The remarks on one section, and what later meetings asked to be put right. `changed` once one was answered,
    `accepted` where the record is now put right by hand."""

    changed = Signal()
    accepted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: list[RemarkRow] = []
        self._list = vbox(spacing=6)
        self.setLayout(self._list)
        self.hide()

    @property
    def rows(self) -> Sequence[RemarkRow]:
        """Those shown."""
        return tuple(self._rows)

    def show_remarks(self, found: Sequence[Remark]) -> None:
        """These; what is being written in one of them stays."""
        if [row.remark for row in self._rows] == list(found):
            return
        for row in self._rows:
            row.hide()
            self._list.removeWidget(row)
            row.deleteLater()
        self._rows = []
        for remark in sorted(found, key=lambda one: (not one.waits, one.number)):
            row = RemarkRow(remark, self)
            row.accepted.connect(self._accept)
            row.declined.connect(lambda remark_id, reason, row=row: self._decline(row, remark_id, reason))
            self._list.addWidget(row)
            self._rows.append(row)
        self.setVisible(bool(self._rows))

    def waits(self) -> bool:
        """Whether one of them waits for an answer."""
        return any(row.remark.waits for row in self._rows)

    def accept_first(self) -> None:
        """Ctrl+T: the first that waits."""
        waiting = next((row.remark for row in self._rows if row.remark.waits), None)
        if waiting is not None:
            self._accept(waiting.id)

    def _accept(self, remark_id: str) -> None:
        row = next(row for row in self._rows if row.remark.id == remark_id)
        try:
            remarks.accept(self._session, remark_id)
        except Refused as refusal:
            row.error.set_error(refusal.sentence)
            return
        self.changed.emit()
        self.accepted.emit()

    def _decline(self, row: RemarkRow, remark_id: str, reason: str) -> None:
        try:
            remarks.decline(self._session, remark_id, reason)
        except Refused as refusal:
            row.error.set_error(refusal.sentence, row.reason_edit)
            return
        self.changed.emit()


class RemarkForm(QWidget):
    """Where a remark is noted, and to whom the draft was sent for checking. Only people whose attendance is recorded
    can be chosen. `changed` once something was noted."""

    changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._meeting_id = self._section_id = self._case_id = ""
        self.who_combo, self.words_edit, self.error = QComboBox(), ProseLine(), FieldError()
        self.day_edit, self.day_error = DayField(), FieldError()
        self.boxes: list[QCheckBox] = []
        self.note_button = LinkButton(text="Add a comment on this section")
        self.send_button = LinkButton(text="Sent for checking to …")
        self._noting, self._sending, self._names = QWidget(self), QWidget(self), QVBoxLayout()
        self.sent_label = text_label("", "caption")
        self._lay_out()

    def _lay_out(self) -> None:
        named = (
            (self.who_combo, "remark_who_combo", "Who commented"),
            (self.words_edit, "remark_words_edit", "What they said"),
            (self.day_edit, "checking_day_edit", "Reply requested by"),
        )
        for field, name, words in named:
            field.setObjectName(name)
            field.setAccessibleName(words)
        add, send = SecondaryButton(text="Add", height=34), SecondaryButton(text="Record as sent", height=34)
        add.setObjectName("remark_button")
        send.setObjectName("checking_button")
        self.note_button.setObjectName("note_remark_button")
        self.send_button.setObjectName("send_checking_button")
        who, said, by = (text_label(words, "label", buddy=field) for field, _, words in named)
        self._noting.setLayout(vbox(who, self.who_combo, said, self.words_edit, self.error, add, spacing=4))
        self._names.setSpacing(current().px(2))
        self._sending.setLayout(vbox(self._names, by, self.day_edit, self.day_error, send, spacing=4))
        self._noting.hide()
        self._sending.hide()
        parts = (self.note_button, self._noting, self.sent_label, self.send_button, self._sending)
        self.setLayout(vbox(*parts, spacing=4))
        self.day_edit.set_today(lambda: self._session.today)
        self.note_button.clicked.connect(lambda: self._open(self._noting, self.who_combo))
        self.send_button.clicked.connect(lambda: self._open(self._sending, self.day_edit))
        self.words_edit.returnPressed.connect(self._note)
        add.clicked.connect(self._note)
        send.clicked.connect(self._send)

    def show_section(self, meeting_id: str, section_id: str, case_id: str, sent: Sequence[SentForChecking]) -> None:
        """What is noted from now on is about this section."""
        other = (meeting_id, section_id) != (self._meeting_id, self._section_id)
        self._meeting_id, self._section_id, self._case_id = meeting_id, section_id, case_id
        if other:
            self._noting.hide()
            self._sending.hide()
        self.sent_label.setText("\n".join(map(sent_words, sent)))
        self.sent_label.setVisible(bool(sent))

    def _open(self, form: QWidget, field: QWidget) -> None:
        """Filled as it opens: who was there may have been put right."""
        if not form.isHidden():
            form.hide()
            return
        names = remarks.present_names(self._session, self._meeting_id)
        self.who_combo.clear()
        self.who_combo.addItems(names)
        self.who_combo.setCurrentIndex(-1)  # never the first name unasked
        for box in self.boxes:
            self._names.removeWidget(box)
            box.deleteLater()
        self.boxes = [QCheckBox(name) for name in names]
        for box in self.boxes:
            box.setChecked(True)
            self._names.addWidget(box)
        form.show()
        focus_in_view(field)

    def _note(self) -> None:
        for field in (self.who_combo, self.words_edit):
            self.error.clear(field)
        who, said = self.who_combo.currentText(), self.words_edit.text()
        if not who:
            self.error.set_error("Choose who commented.", self.who_combo)
            focus_in_view(self.who_combo)
            return
        try:
            remarks.note_remark(self._session, self._meeting_id, self._section_id, who, said, case_id=self._case_id)
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.words_edit)
            focus_in_view(self.words_edit)
            return
        self.words_edit.clear()
        self._noting.hide()
        focus_in_view(self.note_button)
        self.changed.emit()

    def _send(self) -> None:
        self.day_error.clear(self.day_edit)
        day, names = self.day_edit.day(), [box.text() for box in self.boxes if box.isChecked()]
        if day is None:
            self.day_error.set_error(HOW, self.day_edit)
            focus_in_view(self.day_edit)
            return
        try:
            remarks.send_for_checking(self._session, self._meeting_id, names, day)
        except Refused as refusal:
            self.day_error.set_error(refusal.sentence, self.day_edit)
            return
        self._sending.hide()
        focus_in_view(self.send_button)
        self.changed.emit()


def sent_words(one: SentForChecking) -> str:
    """'Sent for checking to Amira Shah and 4 more on Mon 30 Nov, asked by Tue 1 Dec.'"""
    more = len(one.names) - 1
    to = f"{one.names[0]} and {more} more" if more > 1 else " and ".join(one.names)
    return (
        f"Sent for checking to {to} on {dated_day(local(one.at).date())}, reply requested by {dated_day(one.asked_by)}."
    )


def became_words(found: Sequence[Remark]) -> str:
    """What became of the comments on a draft: '3 comments: 2 accepted, 1 declined'; nothing where there is none."""
    if not found:
        return ""
    accepted, waiting = sum(one.accepted is True for one in found), sum(one.waits for one in found)
    parts = (
        f"{accepted} accepted" if accepted else "",
        f"{len(found) - accepted - waiting} declined" if len(found) > accepted + waiting else "",
        f"{waiting} not answered" if waiting else "",
    )
    return f"{count_of(len(found), 'comment', 'comments')}: {', '.join(filter(None, parts))}"
