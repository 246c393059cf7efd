"""Shown before anything else when the file is behind what this computer last saw: go on for a reason, or close."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_older_copy import Ui_OlderCopy
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.file.rollback_guard import OlderCopy
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import Scroll
from csp_desktop.gui.widgets.narrow import Narrow
from csp_desktop.gui.window.actions import BACK
from csp_desktop.gui.window.keys import is_escape
from csp_desktop.services.session import Session

ADVICE = (
    "If a backup was restored on purpose, continue and give the reason; it is recorded in the "
    "journal, and missing work must be entered again. If not, close and ask IT: later work may "
    "be in another folder, on a USB stick or on another laptop."
)


class OlderCopyPage(QWidget):
    """`went_on` with the session to work in, `closed` when the person would rather not."""

    went_on = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, older: OlderCopy, go_on: Callable[[Session, str], Session]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session, self._go_on = session, go_on
        self._ui = Ui_OlderCopy()
        self._ui.setupUi(self)
        ui = self._ui
        ui.card_frame.setMaximumWidth(current().px(760))
        ui.title_label.setText(older.sentence)
        ui.words_label.setText(missing_words(older))
        ui.advice_label.setText(ADVICE)
        for button in (ui.close_button, ui.go_on_button):
            button.set_height(44)
        ui.close_button.set_key(BACK.shown)
        ui.close_button.clicked.connect(self.closed)
        ui.go_on_button.clicked.connect(self._accept)
        ui.reason_edit.returnPressed.connect(self._accept)
        self.setFocusProxy(ui.reason_edit)
        self._scroll_where_low()

    def _scroll_where_low(self) -> None:
        """On a small screen the card scrolls, and nothing of it is cut."""
        column, card = self._ui.layout_3, self._ui.card_frame
        place = column.indexOf(card)
        column.removeWidget(card)
        scroll = Scroll(self, margins=(0, 0, 0, 0))
        scroll.body.addStretch(1)
        scroll.body.addWidget(card)
        scroll.body.addStretch(1)
        column.insertWidget(place, scroll, 1)
        Narrow(scroll)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window is the card's alone."""
        super().resizeEvent(event)
        beside = 1 if self.width() >= current().px(900) else 0
        for place in (0, 2):
            self._ui.layout_1.setStretch(place, beside)

    def _accept(self) -> None:
        ui = self._ui
        try:
            session = self._go_on(self._session, ui.reason_edit.text())
        except Refused as refusal:
            ui.reason_error.set_error(refusal.sentence, ui.reason_edit)
            ui.reason_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.went_on.emit(session)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if is_escape(event):
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def missing_words(older: OlderCopy) -> str:
    """What is known to be missing."""
    if older.another_way:
        return "It has a different journal: work done in the other copy is not in this one."
    if older.missing:
        count = f"{older.missing:,} entries of the journal are" if older.missing > 1 else "1 entry of the journal is"
        return f"At least {count} missing: work done then is not in this copy."
    return "The users were changed since; this copy does not include the change."
