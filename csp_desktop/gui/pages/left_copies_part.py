"""The part of Backups that names the copies of the file that lie about, and deletes them: apart, for it has its own
questions."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame

from csp_desktop._built.ui_safekeeping import Ui_Safekeeping
from csp_desktop.domain.errors import Refused
from csp_desktop.gui.pages.safekeeping_words import EARLIER, delete_words, earlier_words
from csp_desktop.services import left_copies
from csp_desktop.services.left_copies import EarlierCopy
from csp_desktop.services.session import Session


class LeftCopiesPart(QObject):
    """`said` is called with what was done, in words; `bring_into_view` with a question just asked."""

    def __init__(
        self,
        ui: Ui_Safekeeping,
        session: Session,
        said: Callable[[str], None],
        bring_into_view: Callable[[QFrame], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._ui, self._session, self._said, self._bring_into_view = ui, session, said, bring_into_view
        self._copies: Sequence[EarlierCopy] = ()
        ui.earlier_text.setText(EARLIER)
        ui.delete_frame.hide()
        ui.earlier_button.set_icon("eraser")
        ui.earlier_button.clicked.connect(self._ask)
        ui.delete_yes_button.clicked.connect(self._delete)
        ui.delete_no_button.clicked.connect(self._keep)
        ui.left_button.clicked.connect(self._is_gone)
        ui.earlier_combo.currentIndexChanged.connect(lambda _: self._show_question(False))

    def refresh(self) -> None:
        """As the folder has them."""
        ui = self._ui
        copies = left_copies.earlier_copies(self._session)
        if copies != self._copies:
            self._copies = copies
            ui.earlier_combo.clear()
            ui.earlier_combo.addItems([earlier_words(copy) for copy in copies])
        ui.earlier_frame.setVisible(bool(copies))
        sentence = left_copies.hand_over_left(self._session)
        ui.left_label.setText(sentence)
        ui.left_frame.setAccessibleName(sentence)
        ui.left_frame.setVisible(bool(sentence))

    def _chosen(self) -> EarlierCopy | None:
        at = self._ui.earlier_combo.currentIndex()
        return self._copies[at] if 0 <= at < len(self._copies) else None

    def _show_question(self, shown: bool) -> None:
        self._ui.delete_frame.setVisible(shown)
        self._ui.earlier_button.setVisible(not shown)

    def _ask(self) -> None:
        ui, copy = self._ui, self._chosen()
        if copy is None:
            return
        ui.earlier_error.clear(ui.earlier_combo)
        words = delete_words(copy)
        ui.delete_label.setText(words)
        ui.delete_frame.setAccessibleName(words)
        self._show_question(True)
        QTimer.singleShot(0, ui.delete_frame, lambda: self._bring_into_view(ui.delete_frame))
        ui.delete_no_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        self._show_question(False)
        self._ui.earlier_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _delete(self) -> None:
        ui, copy = self._ui, self._chosen()
        self._show_question(False)
        if copy is None:
            return
        try:
            left_copies.delete_earlier(self._session, copy)
        except Refused as refusal:
            ui.earlier_error.set_error(refusal.sentence, ui.earlier_combo)
            ui.earlier_combo.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._said("Earlier copy deleted")
        (ui.earlier_button if ui.earlier_frame.isVisible() else ui.backup_button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _is_gone(self) -> None:
        try:
            left_copies.hand_over_is_gone(self._session)
        except Refused as refusal:
            self._ui.pass_error.set_error(refusal.sentence, self._ui.left_button)
            return
        self._said("The hand-over is not mentioned again")
        self._ui.to_edit.setFocus(Qt.FocusReason.OtherFocusReason)
