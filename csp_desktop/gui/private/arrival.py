"""Someone comes in: who it is, the clause read out, their signature. Apart, for the form of the session names it.

Nothing of a person shows beside it, so the screen can be turned to whoever signs.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.gui.private.signing import Signing, SigningWidgets
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.clause_panel import ClausePanel
from csp_desktop.gui.widgets.containers import reveal_top
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.signature_panel import SignaturePanel
from csp_desktop.gui.window.actions import BACK, GO_ON
from csp_desktop.gui.window.keys import is_enter, is_escape
from csp_desktop.services.private import room
from csp_desktop.services.private.room import RoomRow
from csp_desktop.services.private.session_rows import WorkerHere
from csp_desktop.services.session import Session


class ArrivalView(QWidget):
    """`arrived` after each change of the room with words for it; `closed` when everyone who came has signed, or Esc."""

    arrived = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._meeting_id = ""
        self._unsigned: tuple[RoomRow, ...] = ()
        self._waiting: dict[str, tuple[str, str]] = {}
        self.title = TitleLabel(self)
        self.known, self.name_edit, self.agency_edit = EntryList(self), LineEdit(self), LineEdit(self)
        self.in_button = SecondaryButton(self, text="Is in the &room", height=36)
        self.join_error = FieldError(self)
        self.join_errors = FieldErrors(
            {
                MemberField.NAME: (self.join_error, self.name_edit),
                MemberField.AGENCY: (self.join_error, self.agency_edit),
            },
            (self.join_error, None),
        )
        self.read_button = SecondaryButton(self, text="The clause was rea&d out", height=36)
        self.clause, self.read_label, self.signature = ClausePanel(self), QLabel(self), SignaturePanel(self)
        self.sign_button = PrimaryButton(self, text="Sign", key=GO_ON.shown, height=48)
        self.back_button = SecondaryButton(self, text="Back to the gate", key=BACK.shown, height=48)
        self._who, self._sign = QFrame(self), QFrame(self)
        self._lay_out()
        self.signing = Signing(
            SigningWidgets(
                self.title, self.clause, self.read_button, self.read_label, self.signature, self.sign_button
            ),
            self,
        )
        self._connect()

    def _connect(self) -> None:
        self.known.chosen.connect(self._known_came)
        self.in_button.clicked.connect(self._new_came)
        self.name_edit.returnPressed.connect(self.agency_edit.setFocus)
        self.agency_edit.returnPressed.connect(self._new_came)
        self.signing.read.connect(self.refresh)
        self.signing.signed.connect(self._signed)
        self.back_button.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        px = current().px
        self.known.setAccessibleName("Who has come in")
        self.known.set_flush(True)
        for edit, words in (
            (self.name_edit, "First and last name"),
            (self.agency_edit, "Agency"),
        ):
            edit.setPlaceholderText(words)
            edit.setAccessibleName(words)
        set_role(self.read_label, "low")
        self.read_label.setTextFormat(Qt.TextFormat.PlainText)
        self.read_label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        word = QLabel("Someone comes in", self)
        set_role(word, "accent")
        whole.addWidget(word)
        whole.addWidget(self.title)
        whole.addWidget(self._make_who(), 1)
        whole.addWidget(self._make_sign(), 1)
        whole.addLayout(buttons)

    def _make_who(self) -> QFrame:
        set_role(self._who, "card")
        label, other = QLabel("Not in the room now", self._who), QLabel("Somebody &else", self._who)
        for each in (label, other):
            set_role(each, "label")
        other.setBuddy(self.name_edit)
        fields = QHBoxLayout()
        for widget in (self.name_edit, self.agency_edit):
            fields.addWidget(widget, 1)
        fields.addWidget(self.in_button)
        column = QVBoxLayout(self._who)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(label)
        column.addWidget(self.known, 1)
        column.addWidget(other)
        column.addLayout(fields)
        column.addWidget(self.join_error)
        return self._who

    def _make_sign(self) -> QFrame:
        set_role(self._sign, "card")
        buttons = QHBoxLayout()
        buttons.addWidget(self.sign_button)
        buttons.addWidget(self.read_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self._sign)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(self.clause, 1)
        column.addWidget(self.read_label)
        column.addWidget(self.signature, 1)
        column.addLayout(buttons)
        return self._sign

    def open_for(self, session: Session, meeting_id: str, called: tuple[WorkerHere, ...]) -> None:
        """Who is not here, by name: whoever comes in must not see who was called in for the person."""
        self._session, self._meeting_id = session, meeting_id
        self._waiting = {f"call:{worker.member_id}": (worker.name, worker.agency) for worker in called}
        names = {worker.name for worker in called}
        check = room.check(session, meeting_id)
        rows = [row for row in (*check.staying, *check.leaving) if not row.present and row.name not in names]
        self._waiting |= {row.id: (row.name, row.agency) for row in rows}
        by_name = sorted(self._waiting.items(), key=lambda one: one[1])
        self.known.set_entries([Entry(key, name, agency, person=name) for key, (name, agency) in by_name])
        for edit in (self.name_edit, self.agency_edit):
            edit.clear()
        self.join_errors.clear()
        self.refresh()

    def refresh(self) -> None:
        """Signing comes first while anyone in the room has not signed."""
        assert self._session is not None
        check = room.check(self._session, self._meeting_id)
        here = (*check.staying, *check.leaving)
        self._unsigned = tuple(row for row in here if row.present and row.signed_at is None)
        self._who.setVisible(not self._unsigned)
        self._sign.setVisible(bool(self._unsigned))
        self.signing.set_waiting(self._session, self._unsigned)
        if self._unsigned:
            self.signing.turn_to(self._unsigned[0].id)
        else:
            self.signing.clear()
            self.title.setText("Who has come in?")
            QTimer.singleShot(0, self, lambda: reveal_top(self))
            (self.known if self._waiting else self.name_edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def came(self, name: str, agency: str) -> None:
        """Someone is in the room from now on; who has signed before is only told the clause again."""
        assert self._session is not None
        try:
            row = room.join(self._session, self._meeting_id, name, agency)
        except Refused as refusal:
            self.join_errors.show(refusal)
            return
        self.arrived.emit(
            f"{row.name} is back; the clause was repeated" if row.signed else f"{row.name} is in the room"
        )
        if row.signed:
            self.closed.emit()
        else:
            self.refresh()

    def _known_came(self, key: str) -> None:
        if key in self._waiting:
            self.came(*self._waiting[key])

    def _new_came(self) -> None:
        self.came(self.name_edit.text(), self.agency_edit.text())

    def sign(self) -> None:
        """What was drawn or typed is the signature."""
        self.signing.sign()

    def _signed(self, name: str) -> None:
        self.arrived.emit(f"{name} has signed")
        self.refresh()
        if not self._unsigned:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the gate; whoever has not signed bars it there. An Enter that signed ends here:
        else it would open the gate as well."""
        if is_escape(event):
            self.closed.emit()
        elif not is_enter(event):
            super().keyPressEvent(event)
