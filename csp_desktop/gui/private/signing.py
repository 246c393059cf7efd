"""Signing the private session's clause: at the room check, and when somebody comes in later. One person at a time, and
nothing of the lead's beside it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import ClauseKind, Remote
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.candidate_strip import Candidate, CandidateStrip
from csp_desktop.gui.widgets.clause_panel import ClausePanel
from csp_desktop.gui.widgets.containers import reveal_top
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.field_errors import AskedOnce, FieldErrors
from csp_desktop.gui.widgets.how_here import HowHereFields, comes_words, fill_alone, here_words, show_in
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.name_finder import NameFinder
from csp_desktop.gui.widgets.signature_panel import SignaturePanel
from csp_desktop.gui.window.actions import BACK, GO_ON
from csp_desktop.gui.window.keys import is_enter, is_escape
from csp_desktop.services.meeting.sign_in import current_clause
from csp_desktop.services.private import register, room
from csp_desktop.services.private.room import RoomRow
from csp_desktop.services.private.session_rows import WorkerHere
from csp_desktop.services.session import Session


class SigningWidgets(NamedTuple):
    """What one signs on."""

    title: QLabel
    clause: ClausePanel
    read_button: QPushButton
    shown_button: QPushButton
    alone_box: QComboBox
    read_label: QLabel
    signature: SignaturePanel
    sign_button: QPushButton


class Signing(QObject):
    """Whoever waits signs in turn. `read` after the clause was read out, `signed` with the name: the view then hands in
    anew who waits.
    """

    read = Signal()
    signed = Signal(str)

    def __init__(self, widgets: SigningWidgets, parent: QWidget) -> None:
        super().__init__(parent)
        self._widgets = widgets
        self._session: Session | None = None
        self._waiting: tuple[RoomRow, ...] = ()
        self._row: RoomRow | None = None
        self._large: bool | None = None
        widgets.clause.set_number(1)
        widgets.signature.set_number(2)
        widgets.signature.set_button(widgets.sign_button)
        follows: QWidget = widgets.read_button
        for part in (widgets.shown_button, widgets.alone_box, *widgets.signature.fields, widgets.sign_button):
            QWidget.setTabOrder(follows, part)
            follows = part
        widgets.clause.read_to_end.connect(self._show_steps)
        widgets.signature.changed.connect(self._show_steps)
        widgets.signature.entered.connect(self.sign)
        widgets.sign_button.clicked.connect(self.sign)
        widgets.read_button.clicked.connect(lambda: self.read_out())
        widgets.shown_button.clicked.connect(lambda: self.read_out(shown=True))
        fill_alone(widgets.alone_box)
        widgets.alone_box.activated.connect(lambda _: self._note_alone())

    @property
    def row_id(self) -> str:
        """Who stands here; empty for nobody."""
        return self._row.id if self._row is not None else ""

    def set_waiting(self, session: Session, waiting: Sequence[RoomRow]) -> None:
        """Who is in the room and has not signed, as it stands now."""
        self._session, self._waiting = session, tuple(waiting)
        self._row = next((row for row in waiting if row.id == self.row_id), None)
        if self._row is not None:
            self._show(self._row)

    def turn_to(self, row_id: str) -> None:
        """To somebody who waits; a signature begun by another is gone."""
        row = next((one for one in self._waiting if one.id == row_id), None)
        if row is None:
            return
        if row.id != self.row_id:
            self.clear()
        self._row = row
        self._show(row)
        self.set_focus()

    def clear(self) -> None:
        """Nothing of the last person stays."""
        self._row, self._large = None, None
        self._widgets.clause.start()
        self._widgets.signature.clear()

    def set_focus(self) -> None:
        """To what comes next: the reading, whether they are alone, or the signature."""
        row = self._row
        if row is not None and not row.may_sign:
            self._widgets.read_button.setFocus()
        elif row is not None and row.remote is not None and not row.alone:
            self._widgets.alone_box.setFocus()
        else:
            self._widgets.signature.set_focus()

    def set_large(self, large: bool) -> None:
        """The text in larger letters, or in smaller ones."""
        self._large = large
        if self._row is not None:
            self._show(self._row)

    def _show(self, row: RoomRow) -> None:
        assert self._session is not None
        with self._session.work.reading() as records:
            clause = current_clause(records, ClauseKind.PRIVATE)
        widgets, waits = self._widgets, row.hears_clause and not row.may_sign
        title = "New Hope reads this out" if row.hears_clause else "Read the confidentiality clause"
        widgets.title.setText(f"{row.name}, please sign")
        widgets.alone_box.setVisible(row.remote is not None)
        show_in(widgets.alone_box, row.alone)
        widgets.shown_button.setVisible(waits and row.remote is Remote.TEAMS)
        widgets.clause.show_clause(clause, title, large=row.hears_clause if self._large is None else self._large)
        widgets.read_button.setVisible(waits)
        heard = row.read_at is not None and row.hears_clause and row.may_sign
        widgets.read_label.setText(
            f"{'Shown on their screen' if row.shown else 'Read out'} at {clock(row.read_at)} by {row.read_by}"
            if heard and row.read_at
            else ""
        )
        widgets.read_label.setVisible(heard)
        widgets.signature.set_typed_only(row.remote is not None)
        widgets.signature.allow(row.may_sign)
        self._show_steps()

    def _show_steps(self) -> None:
        """The text is ticked once it was heard, read to its end, or is being signed."""
        row, clause, signature = self._row, self._widgets.clause, self._widgets.signature
        done = row is not None and row.may_sign and (row.hears_clause or clause.was_read or signature.is_begun)
        clause.set_read(done)
        signature.set_read(done)

    def read_out(self, *, shown: bool = False) -> None:
        """One reading covers everybody waiting who has to hear it; `shown`: on the screens of those on Teams."""
        if self._session is None:
            return
        waiting = [row for row in self._waiting if not shown or row.remote is Remote.TEAMS]
        hearing = [row.id for row in waiting if row.hears_clause and not row.may_sign]
        try:
            room.read_out(self._session, hearing, self._session.user_name, shown=shown)
        except Refused as refusal:
            self._widgets.signature.refuse(refusal.sentence)
            return
        self.read.emit()
        self.set_focus()

    def _note_alone(self) -> None:
        """What they said when asked; taken back, it was not asked."""
        if self._session is None or self._row is None:
            return
        try:
            room.note_alone(self._session, self._row.id, self._widgets.alone_box.currentData())
        except Refused as refusal:
            self._widgets.signature.refuse(refusal.sentence)
            return
        self.read.emit()
        self.set_focus()

    def sign(self) -> None:
        """What was drawn or typed is the signature of whoever stands here."""
        signature = self._widgets.signature
        if self._session is None or self._row is None or not self._widgets.sign_button.isEnabled():
            return
        try:
            row = room.sign(self._session, self._row.id, strokes=signature.strokes, typed_name=signature.typed_name)
        except Refused as refusal:
            signature.refuse(refusal.sentence)
            return
        self.clear()
        self.signed.emit(row.name)


def candidates_of(session: Session, text: str) -> list[Candidate]:
    """Whom of the register some letters mean."""
    found = register.find_people(session, text)
    return [Candidate(row.member.id, row.member.name, row.agency.name, row.agency.id) for row in found]


def absent_of(session: Session, meeting_id: str) -> list[tuple[str, str]]:
    """For whom a deputy may come, by id and name."""
    return [(one.id, one.name) for one in room.absent(session, meeting_id)]


JOIN_AGAIN = "Press the button again to add them."


class ArrivalView(QWidget):
    """Someone comes in: who it is, the clause read out, their signature. Nothing of a person shows beside it, so the
    screen can be turned to whoever signs.

    `arrived` after each change of the room with words for it; `closed` when everyone who came has signed, or Esc.
    """

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
        self.found = CandidateStrip(self)
        self.in_button = SecondaryButton(self, text=comes_words(None, "o"), height=36)
        self.join_error = FieldError(self)
        self.join_errors = FieldErrors(
            {
                MemberField.NAME: (self.join_error, self.name_edit),
                MemberField.AGENCY: (self.join_error, self.agency_edit),
            },
            (self.join_error, None),
        )
        self._sure = AskedOnce(MemberField.NAME, JOIN_AGAIN)
        self.how = HowHereFields(self)
        self.read_button = SecondaryButton(self, text="The clause was rea&d out", height=36)
        self.shown_button = SecondaryButton(self, text="Sho&wn on their screen", height=36)
        self.alone_box = QComboBox(self)
        self.alone_box.setAccessibleName("Alone in the room?")
        self.clause, self.read_label, self.signature = ClausePanel(self), QLabel(self), SignaturePanel(self)
        self.sign_button = PrimaryButton(self, text="Sign", key=GO_ON.shown, height=48)
        self.back_button = SecondaryButton(self, text="Back to the access check", key=BACK.shown, height=48)
        self._who, self._sign = QFrame(self), QFrame(self)
        self._lay_out()
        self.signing = Signing(
            SigningWidgets(
                self.title,
                self.clause,
                self.read_button,
                self.shown_button,
                self.alone_box,
                self.read_label,
                self.signature,
                self.sign_button,
            ),
            self,
        )
        self._connect()

    def _connect(self) -> None:
        self.known.chosen.connect(self._known_came)
        self.in_button.clicked.connect(self._new_came)
        self.how.changed.connect(lambda: self.in_button.setText(comes_words(self.how.remote, "o")))
        self._names = NameFinder(self.name_edit, self.found, self._find, hides=True)
        self._names.taken.connect(self._found)
        self.agency_edit.returnPressed.connect(self._new_came)
        self.signing.read.connect(self.refresh)
        self.signing.signed.connect(self._signed)
        self.back_button.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        px = current().px
        self.known.setAccessibleName("Who has arrived")
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
        label, other = QLabel("Not here now", self._who), QLabel("Someone &else", self._who)
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
        column.addWidget(self.how)
        column.addWidget(self.found)
        column.addWidget(self.join_error)
        return self._who

    def _make_sign(self) -> QFrame:
        set_role(self._sign, "card")
        buttons = QHBoxLayout()
        buttons.addWidget(self.sign_button)
        for widget in (self.read_button, self.shown_button, self.alone_box):
            buttons.addWidget(widget)
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
        self.how.start(absent_of(session, meeting_id))
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
            self.title.setText("Who has arrived?")
            QTimer.singleShot(0, self, lambda: reveal_top(self))
            (self.known if self._waiting else self.name_edit).setFocus(Qt.FocusReason.OtherFocusReason)

    def came(self, name: str, agency: str) -> None:
        """Someone is in the room from now on; who has signed before is only told the clause again."""
        assert self._session is not None
        try:
            row = room.join(
                self._session,
                self._meeting_id,
                name,
                agency,
                remote=self.how.remote,
                here_for_id=self.how.here_for_id,
            )
        except Refused as refusal:
            self.join_errors.show(refusal)
            return
        back = f"{row.name} is back; the clause was read out again"
        self.arrived.emit(back if row.signed else f"{row.name} {here_words(row.remote)}")
        self.how.start(absent_of(self._session, self._meeting_id))
        if row.signed:
            self.closed.emit()
        else:
            self.refresh()

    def _known_came(self, key: str) -> None:
        if key in self._waiting:
            self.came(*self._waiting[key])

    def _find(self, text: str) -> list[Candidate]:
        return candidates_of(self._session, text) if self._session is not None else []

    def _found(self, member_id: str) -> None:
        """Somebody of the register comes in; somebody else says where they come from."""
        if not member_id or self._session is None:
            self.agency_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        row = register.member_row(self._session, member_id)
        self.came(row.member.name, row.agency.name)

    def _new_came(self) -> None:
        if self._session is None:
            return
        name, agency = self.name_edit.text(), self.agency_edit.text()
        try:
            self._sure.require(register.doubt_about(self._session, name, agency, self._meeting_id), name)
        except Refused as refusal:
            self.join_errors.show(refusal)
            return
        self.came(name, agency)

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
