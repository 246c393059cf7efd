"""Signing the private session's clause: at the room check, and when somebody comes in later. One person at a time, and
nothing of the lead's beside it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.gui.widgets.clause_panel import ClausePanel
from csp_desktop.gui.widgets.signature_panel import SignaturePanel
from csp_desktop.services.meeting.sign_in import current_clause
from csp_desktop.services.private import room
from csp_desktop.services.private.room import RoomRow
from csp_desktop.services.session import Session


class SigningWidgets(NamedTuple):
    """What one signs on."""

    title: QLabel
    clause: ClausePanel
    read_button: QPushButton
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
        for part in (*widgets.signature.fields, widgets.sign_button):
            QWidget.setTabOrder(follows, part)
            follows = part
        widgets.clause.read_to_end.connect(self._show_steps)
        widgets.signature.changed.connect(self._show_steps)
        widgets.signature.entered.connect(self.sign)
        widgets.sign_button.clicked.connect(self.sign)
        widgets.read_button.clicked.connect(self.read_out)

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
        """To what comes next: the reading, or the signature."""
        waits = self._row is not None and not self._row.may_sign
        if waits:
            self._widgets.read_button.setFocus()
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
        widgets.clause.show_clause(clause, title, large=row.hears_clause if self._large is None else self._large)
        widgets.read_button.setVisible(waits)
        heard = row.read_at is not None and row.hears_clause and row.may_sign
        widgets.read_label.setText(
            f"Read out at {clock(row.read_at)} by {row.read_by}" if heard and row.read_at else ""
        )
        widgets.read_label.setVisible(heard)
        widgets.signature.allow(row.may_sign)
        self._show_steps()

    def _show_steps(self) -> None:
        """The text is ticked once it was heard, read to its end, or is being signed."""
        row, clause, signature = self._row, self._widgets.clause, self._widgets.signature
        done = row is not None and row.may_sign and (row.hears_clause or clause.was_read or signature.is_begun)
        clause.set_read(done)
        signature.set_read(done)

    def read_out(self) -> None:
        """One reading covers everybody waiting who has to hear it."""
        if self._session is None:
            return
        hearing = [row.id for row in self._waiting if row.hears_clause and not row.may_sign]
        try:
            room.read_out(self._session, hearing, self._session.user_name)
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
