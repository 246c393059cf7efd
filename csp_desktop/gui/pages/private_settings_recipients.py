"""The circulation list of the private minutes, picked from the register."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from csp_desktop._built.ui_private_settings import Ui_PrivateSettings
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.desk import Desk
from csp_desktop.gui.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.services.private.settings import recipients, send_to


class RecipientsPart(QObject):
    """Space, Enter or a click puts somebody on the list or takes them off; `saved` after each."""

    saved = Signal()

    def __init__(self, ui: Ui_PrivateSettings, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        ui.recipients_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ui.recipients_view.setMinimumHeight(current().px(220))
        ui.recipients_view.chosen.connect(self._toggle)
        ui.recipients_view.key_pressed.connect(
            lambda key, code: self._toggle(key) if code == Qt.Key.Key_Space and key else None
        )

    def show(self) -> None:
        """Everyone of the register, a tick at those on the list."""
        rows = recipients(self._desk.session)
        self._ui.recipients_view.set_entries([
            Entry(
                one.row.member.id, one.row.member.name, f"{one.row.agency.name}, {one.row.agency.kind.value}",
                mark=EntryMark.DONE if one.receives else EntryMark.AHEAD, person=one.row.member.name,
                group=one.row.agency.id, pill="Receives them" if one.receives else "", pill_tone=Tone.LOW,
            )
            for one in rows
        ])  # fmt: skip
        count = sum(one.receives for one in rows)
        words = "Nobody receives them yet." if not count else f"{count} of {len(rows)} of the register receive them."
        self._ui.recipients_caption.setText(words)

    def _toggle(self, member_id: str) -> None:
        now = {one.row.member.id: one.receives for one in recipients(self._desk.session)}
        try:
            send_to(self._desk.session, member_id, receives=not now[member_id])
        except Refused as refusal:
            self._ui.recipients_caption.setText(refusal.sentence)
            return
        self.saved.emit()
