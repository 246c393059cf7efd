"""The clause texts: every version can be read, the newest changed into the next, and the chair confirms a wording."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox

from csp_desktop._built.ui_private_settings import Ui_PrivateSettings
from csp_desktop._built.ui_settings import Ui_Settings
from csp_desktop.domain.common.days import local, short_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.saved_field import DRAFT_AFTER
from csp_desktop.services.people.settings import clauses, confirm_clause, new_clause_version

ALWAYS = (ClauseKind.MEMBER, ClauseKind.OCCASIONAL, ClauseKind.OBSERVER)


class ClauseTexts(QObject):
    """What is typed stays a draft until it is saved as a new version or discarded. `saved` after a change."""

    saved = Signal()

    def __init__(
        self,
        ui: Ui_Settings | Ui_PrivateSettings,
        desk: Desk,
        parent: QObject,
        always: Sequence[ClauseKind] = ALWAYS,
        confirms: str = "the chair confirms",
    ) -> None:
        super().__init__(parent)
        self._ui, self._desk = ui, desk
        self._always, self._confirms = always, confirms
        self._versions: dict[ClauseKind, tuple[Clause, ...]] = {}
        self._filling = False
        self._open: tuple[ClauseKind, str] | None = None  # what stands in the editor to be changed
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER)
        self._timer.timeout.connect(self._keep)
        for combo in (ui.clause_combo, ui.clause_version_combo):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        ui.clause_combo.currentIndexChanged.connect(lambda _: self._choose_kind())
        ui.clause_version_combo.currentIndexChanged.connect(lambda _: self._show_version())
        ui.clause_edit.textChanged.connect(self._typed)
        ui.clause_save_button.clicked.connect(self._save)
        ui.clause_discard_button.clicked.connect(self._discard)
        ui.clause_confirm_button.clicked.connect(self._confirm)

    def show(self) -> None:
        """The texts as the file has them."""
        rows = clauses(self._desk.session)
        versions = {row.kind: row.versions for row in rows}
        kinds = [kind for kind in ClauseKind if kind in self._always or kind in versions]
        combo, chosen = self._ui.clause_combo, self._ui.clause_combo.currentData()
        if versions == self._versions and combo.count():
            return
        self._versions = versions
        combo.blockSignals(True)
        combo.clear()
        for kind in kinds:
            combo.addItem(kind.value.capitalize(), kind.name)
        waiting = [kind.name for kind in kinds if versions.get(kind) and versions[kind][0].illustrative]
        combo.setCurrentIndex(max(0, combo.findData(chosen or next(iter(waiting), ""))))
        combo.blockSignals(False)
        self._choose_kind()

    def _kind(self) -> ClauseKind:
        return ClauseKind[str(self._ui.clause_combo.currentData())]

    def _of_kind(self) -> tuple[Clause, ...]:
        return self._versions.get(self._kind(), ())

    def _choose_kind(self) -> None:
        self.keep()
        combo = self._ui.clause_version_combo
        combo.blockSignals(True)
        combo.clear()
        for clause in self._of_kind():
            since = f"{short_day(clause.valid_from)} {clause.valid_from.year}"
            combo.addItem(f"{clause.version}, since {since}", clause.id)
        combo.blockSignals(False)
        combo.setEnabled(combo.count() > 1)
        self._show_version()

    def _shown(self) -> Clause | None:
        index = self._ui.clause_version_combo.currentIndex()
        return self._of_kind()[index] if index >= 0 else None

    def _newest(self) -> bool:
        return self._ui.clause_version_combo.currentIndex() <= 0

    def _show_version(self) -> None:
        ui, clause = self._ui, self._shown()
        draft = self._desk.session.work.draft(Clause, self._kind().name, "text") if self._newest() else None
        self._filling = True
        ui.clause_edit.setPlainText(draft.text if draft is not None else clause.text if clause else "")
        ui.clause_edit.setReadOnly(not self._newest())
        self._filling = False
        self._open = (self._kind(), clause.text if clause else "") if self._newest() else None
        ui.clause_error.clear(ui.clause_edit)
        self._show_state()

    def _changed(self) -> bool:
        return self._open is not None and self._ui.clause_edit.toPlainText().strip() != self._open[1].strip()

    def _show_state(self) -> None:
        ui, clause, changed = self._ui, self._shown(), self._changed()
        ui.clause_save_button.setEnabled(changed)
        ui.clause_discard_button.setEnabled(changed)
        ui.clause_confirm_button.setVisible(clause is not None and clause.illustrative and self._newest())
        ui.clause_confirm_button.setEnabled(not changed)
        if clause is None:
            ui.clause_pill.set_text("")
            ui.clause_caption.setText("There is no wording yet: type it, then save it.")
        elif not self._newest():
            ui.clause_pill.set_text("Older version", Tone.NEUTRAL)
            ui.clause_caption.setText("This version can be read only. The newest can be changed.")
        elif clause.confirmed_at is None:
            ui.clause_pill.set_text("Illustrative", Tone.MEDIUM)
            ui.clause_caption.setText(f"Illustrative until {self._confirms} it.")
        else:
            day = local(clause.confirmed_at).date()
            ui.clause_pill.set_text("Confirmed", Tone.LOW)
            ui.clause_caption.setText(f"Confirmed by {clause.confirmed_by} on {short_day(day)} {day.year}.")

    def _typed(self) -> None:
        if not self._filling:
            self._timer.start()
            self._show_state()

    def keep(self) -> None:
        """What is typed is on disk."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _keep(self) -> None:
        if self._open is None:
            return
        work, kind = self._desk.session.work, self._open[0]
        if self._changed():
            work.keep_draft(Clause, kind.name, "text", self._ui.clause_edit.toPlainText())
        else:
            work.drop_draft(Clause, kind.name, "text")

    def _save(self) -> None:
        ui, kind = self._ui, self._kind()
        try:
            new_clause_version(self._desk.session, kind, ui.clause_edit.toPlainText())
        except Refused as refusal:
            ui.clause_error.set_error(refusal.sentence, ui.clause_edit)
            return
        self._end(kind)

    def _end(self, kind: ClauseKind) -> None:
        self._timer.stop()
        self._desk.session.work.drop_draft(Clause, kind.name, "text")
        self.saved.emit()
        self.show()

    def _discard(self) -> None:
        self._timer.stop()
        self._desk.session.work.drop_draft(Clause, self._kind().name, "text")
        self._show_version()

    def _confirm(self) -> None:
        clause = self._shown()
        if clause is None:
            return
        try:
            confirm_clause(self._desk.session, clause.id)
        except Refused as refusal:
            self._ui.clause_error.set_error(refusal.sentence)
            return
        self.saved.emit()
        self.show()
        self._ui.clause_combo.setFocus(Qt.FocusReason.OtherFocusReason)  # to the next text: the button is gone
