"""Stands apart from Prepare, below its agenda: how the place of a case was worked out, and why it should wait again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.walk import place_sums
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.prose_line import ProseLine
from csp_desktop.gui.widgets.spoken import announce
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.services.meeting.agenda import TurnRow
from csp_desktop.services.meeting.walk_order import propose_to_defer
from csp_desktop.services.session import Session


class CasePlacePanel(QFrame):
    """Shows one of both, or is hidden. `given` when a reason went in, `left` when the person goes back to the list."""

    given = Signal()
    grown = Signal()  # what stands above has another height
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self.turn_id = session, ""
        set_role(self, "chosen")
        self.title_label, self.sums_label = QLabel(self), QLabel(self)
        self.reason_edit, self.reason_error = ProseLine(self), FieldError(self)
        set_role(self.title_label, "strong")
        for label in (self.title_label, self.sums_label):
            label.setWordWrap(True)
        self.reason_edit.setAccessibleName("Reason for deferring again")
        self.reason_edit.setPlaceholderText("Officer back from leave on 3 December")
        self.reason_edit.returnPressed.connect(self._give)
        parts = (self.title_label, self.sums_label, self.reason_edit, self.reason_error)
        self.setLayout(vbox(*parts, spacing=4, margins=(12, 8, 12, 8)))
        self.hide()

    def explain(self, row: TurnRow, place: int, whole: int) -> None:
        """How this place was worked out, as the clocks stand today."""
        sums = place_sums(row.candidate) if row.candidate else ("Closed in the meantime.",)
        by_hand = ("Put at this place by hand.",) if row.turn.placed_by_hand else ()
        self._show(row, f"Place {place} of {whole}: {row.case.title}", asks=False)
        self.sums_label.setText("\n".join((*by_hand, *sums)))
        self._fit()
        announce(self, " ".join((self.title_label.text(), *by_hand, *sums)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Every line whole: the list gives way."""
        super().resizeEvent(event)
        self._fit()
        self.grown.emit()

    def _fit(self) -> None:
        for label in (self.title_label, self.sums_label):
            label.setMinimumHeight(max(0, label.heightForWidth(label.width())))

    def ask(self, row: TurnRow) -> None:
        """Why a case that has waited often should wait again."""
        waited = row.candidate.deferrals.words if row.candidate else ""
        self._show(row, f"Defer it again? This case was {waited}.", asks=True)
        self.sums_label.setText(
            "Say why it should be deferred again. The reason is minuted if the meeting defers the case."
        )
        self._fit()
        self.reason_edit.clear()
        self.reason_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_for(self, turn_id: str) -> None:
        """Another line is in hand: what was shown of this one goes."""
        if turn_id != self.turn_id:
            self.close_panel()

    def close_panel(self) -> None:
        """Away; a reason half typed is not given."""
        self.turn_id = ""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list, without deferring anything."""
        if is_escape(event):
            self.close_panel()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _show(self, row: TurnRow, title: str, *, asks: bool) -> None:
        self.turn_id = row.turn.id
        self.title_label.setText(title)
        self.reason_error.clear(self.reason_edit)
        for part in (self.reason_edit, self.reason_error):
            part.setVisible(asks)
        self.show()

    def _give(self) -> None:
        try:
            propose_to_defer(self._session, self.turn_id, True, self.reason_edit.text())
        except Refused as refusal:
            self.reason_error.set_error(refusal.sentence, self.reason_edit)
            return
        self.close_panel()
        self.given.emit()
