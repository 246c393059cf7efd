"""One line of text that is saved when it is left or on Enter, and never lost: a refused one stays as a draft."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLineEdit

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.services.ports.work import Work

DRAFT_AFTER = 250


class SavedField(QObject):
    """Belongs to one field of one record. `save` gets the text and may refuse it with a sentence, which then stands
    under the field; what was typed is on disk as a draft until it is saved. `saved` after each change that went in."""

    saved = Signal()

    def __init__(
        self, edit: QLineEdit, error: FieldError, work: Work, kind: type, name: str, save: Callable[[str], object]
    ) -> None:
        super().__init__(edit)
        self.edit, self.error = edit, error
        self._work, self._kind, self._name, self._save = work, kind, name, save
        self._record_id, self._known, self._saves = "", "", True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER)
        self._timer.timeout.connect(self._keep)
        edit.textEdited.connect(lambda _: self._timer.start())
        edit.editingFinished.connect(self.end)

    def show(self, record_id: str, text: str, *, saves: bool = True) -> None:
        """Take up the field of this record; an unended draft of it comes back, with what is wrong with it. Without
        `saves` what is typed stays a draft: the record is not there yet."""
        same = record_id == self._record_id
        if same and self.edit.hasFocus() and self.edit.text() != self._known:
            return
        self._record_id, self._known, self._saves = record_id, text, saves
        draft = self._work.draft(self._kind, record_id, self._name) if record_id else None
        typed = draft.text if draft is not None else text
        if self.edit.text() != typed:
            self.edit.setText(typed)
            if not self.edit.hasFocus():
                self.edit.setCursorPosition(0)
        self.error.clear(self.edit)
        if draft is not None and saves:
            self.end()

    def end(self) -> bool:
        """The edit ends: save it if it changed; whether all is well."""
        self._timer.stop()
        typed = self.edit.text().strip()
        if not self._record_id:
            return True
        if typed != self._known.strip():
            if not self._saves:
                self._keep()
                return True
            try:
                self._save(typed)
            except Refused as refusal:
                self.error.set_error(refusal.sentence, self.edit)
                self._keep()
                return False
            self._known = typed
            self._drop()
            self.error.clear(self.edit)
            self.saved.emit()
            return True
        self._drop()
        self.error.clear(self.edit)
        return True

    def _keep(self) -> None:
        if self._record_id:
            self._work.keep_draft(self._kind, self._record_id, self._name, self.edit.text())

    def _drop(self) -> None:
        if self._work.draft(self._kind, self._record_id, self._name) is not None:
            self._work.drop_draft(self._kind, self._record_id, self._name)
