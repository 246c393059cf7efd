"""The clause texts: every version can be read, the newest changed into the next, and the chair confirms a wording."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox

from csp_desktop.domain.common.days import local, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.gui.settings_base.shell import Panel
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import Pill
from csp_desktop.gui.widgets.buttons import PrimaryButton, SecondaryButton
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.prose_edit import ProseEdit
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.saved_field import DRAFT_AFTER
from csp_desktop.services.people.settings import clauses, confirm_clause, new_clause_version


@dataclass(frozen=True)
class ClauseWords:
    """What the panel is about, in one window."""

    heading: str
    words: str
    clause: str  # what one of the texts is called: '&Clause'
    confirms: str  # 'the chair confirms'
    always: tuple[ClauseKind, ...]  # the kinds that are needed, also before there is a wording


class ClausesPanel(Panel):
    """What is typed stays a draft until it is saved as a new version or discarded."""

    def __init__(self, context: PageContext, words: ClauseWords) -> None:
        super().__init__()
        self._context, self._words = context, words
        self._versions: dict[ClauseKind, tuple[Clause, ...]] = {}
        self._filling = False
        self._open: tuple[ClauseKind, str] | None = None  # what stands in the editor to be changed
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DRAFT_AFTER)
        self._timer.timeout.connect(self._keep)
        self.kind_combo, self.version_combo, self.edit = QComboBox(), QComboBox(), ProseEdit()
        self.pill, self.caption, self.error = Pill(), text_label("", "caption"), FieldError()
        self.confirm_button = SecondaryButton(text="Confirm this &wording")
        self.discard_button = SecondaryButton(text="&Discard changes")
        self.save_button = PrimaryButton(text="&Save as a new version")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        called = self._words.clause.replace("&", "").lower()
        self.kind_combo.setAccessibleName(f"Which {called}")
        self.version_combo.setAccessibleName("Which version")
        self.edit.setAccessibleName(f"Wording of the {called}")
        self.edit.setTabChangesFocus(True)
        for combo in (self.kind_combo, self.version_combo):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        kind = text_label(self._words.clause, "label", buddy=self.kind_combo, wraps=False)
        version = text_label("&Version", "label", buddy=self.version_combo, wraps=False)
        ends = Flow()  # one below the other where the window is narrow
        ends.addWidget(self.discard_button)
        ends.addWidget(self.save_button)
        self.setLayout(
            vbox(
                text_label(self._words.heading, "heading"),
                text_label(self._words.words, "second"),
                hbox(kind, self.kind_combo, None),
                hbox(version, self.version_combo, None, self.pill),
                (self.edit, 1),
                hbox((self.caption, 1), self.confirm_button),
                self.error,
                hbox(None, ends),
                spacing=10,
                margins=(16, 12, 16, 12),
            )
        )

    def _connect(self) -> None:
        self.kind_combo.currentIndexChanged.connect(lambda _: self._choose_kind())
        self.version_combo.currentIndexChanged.connect(lambda _: self._show_version())
        self.edit.textChanged.connect(self._typed)
        self.save_button.clicked.connect(self._save)
        self.discard_button.clicked.connect(self._discard)
        self.confirm_button.clicked.connect(self._confirm)

    def fill(self) -> None:
        """The texts as the file has them."""
        rows = clauses(self._context.session)
        versions = {row.kind: row.versions for row in rows}
        kinds = [kind for kind in ClauseKind if kind in self._words.always or kind in versions]
        combo, chosen = self.kind_combo, self.kind_combo.currentData()
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
        return ClauseKind[str(self.kind_combo.currentData())]

    def _of_kind(self) -> tuple[Clause, ...]:
        return self._versions.get(self._kind(), ())

    def _choose_kind(self) -> None:
        self.end()
        combo = self.version_combo
        combo.blockSignals(True)
        combo.clear()
        for clause in self._of_kind():
            since = f"{screen_day(clause.valid_from, self._context.session.today)}"
            combo.addItem(f"{clause.version}, since {since}", clause.id)
        combo.blockSignals(False)
        combo.setEnabled(combo.count() > 1)
        self._show_version()

    def _shown(self) -> Clause | None:
        index = self.version_combo.currentIndex()
        return self._of_kind()[index] if index >= 0 else None

    def _newest(self) -> bool:
        return self.version_combo.currentIndex() <= 0

    def _show_version(self) -> None:
        clause = self._shown()
        draft = self._context.session.work.draft(Clause, self._kind().name, "text") if self._newest() else None
        self._filling = True
        self.edit.setPlainText(draft.text if draft is not None else clause.text if clause else "")
        self.edit.setReadOnly(not self._newest())
        self._filling = False
        self._open = (self._kind(), clause.text if clause else "") if self._newest() else None
        self.error.clear(self.edit)
        self._show_state()

    def _changed(self) -> bool:
        return self._open is not None and self.edit.toPlainText().strip() != self._open[1].strip()

    def _show_state(self) -> None:
        clause, changed = self._shown(), self._changed()
        self.save_button.setEnabled(changed)
        self.discard_button.setEnabled(changed)
        self.confirm_button.setVisible(clause is not None and clause.illustrative and self._newest())
        self.confirm_button.setEnabled(not changed)
        if clause is None:
            self.pill.set_text("")
            self.caption.setText("There is no wording yet: type it, then save it.")
        elif not self._newest():
            self.pill.set_text("Older version", Tone.NEUTRAL)
            self.caption.setText("This version is read only. The newest can be changed.")
        elif clause.confirmed_at is None:
            self.pill.set_text("Example", Tone.MEDIUM)
            self.caption.setText(f"Example wording until {self._words.confirms} it.")
        else:
            day = local(clause.confirmed_at).date()
            self.pill.set_text("Confirmed", Tone.LOW)
            self.caption.setText(
                f"Confirmed by {clause.confirmed_by} on {screen_day(day, self._context.session.today)}."
            )

    def _typed(self) -> None:
        if not self._filling:
            self._timer.start()
            self._show_state()

    def end(self) -> None:
        """What is typed is on disk."""
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def _keep(self) -> None:
        if self._open is None:
            return
        work, kind = self._context.session.work, self._open[0]
        if self._changed():
            work.keep_draft(Clause, kind.name, "text", self.edit.toPlainText())
        else:
            work.drop_draft(Clause, kind.name, "text")

    def _save(self) -> None:
        kind = self._kind()
        try:
            new_clause_version(self._context.session, kind, self.edit.toPlainText())
        except Refused as refusal:
            self.error.set_error(refusal.sentence, self.edit)
            return
        self._end(kind)

    def _end(self, kind: ClauseKind) -> None:
        self._timer.stop()
        self._context.session.work.drop_draft(Clause, kind.name, "text")
        self.saved.emit()
        self.fill()

    def _discard(self) -> None:
        self._timer.stop()
        self._context.session.work.drop_draft(Clause, self._kind().name, "text")
        self._show_version()

    def _confirm(self) -> None:
        clause = self._shown()
        if clause is None:
            return
        try:
            confirm_clause(self._context.session, clause.id)
        except Refused as refusal:
            self.error.set_error(refusal.sentence)
            return
        self.saved.emit()
        self.fill()
        self.kind_combo.setFocus(Qt.FocusReason.OtherFocusReason)  # to the next text: the button is gone
