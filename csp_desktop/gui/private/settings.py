"""The private meeting's settings, section by section; each field saved as it is left, each refusal at its field."""

from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from csp_desktop._built.ui_private_settings import Ui_PrivateSettings
from csp_desktop.domain.cases.risk_matrix import RiskMatrixFile, read_matrix
from csp_desktop.domain.common.days import clock_seconds, long_day, short_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.gui.settings.settings import LookPart
from csp_desktop.gui.settings.settings_clauses import ClauseTexts
from csp_desktop.gui.settings.settings_saving import SavedLine, SavedNumber, SavedRows, Saver
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.fields import NumberField
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.window.actions import Act, bind
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.file_dialogs import Ask
from csp_desktop.gui.window.own_undo import OwnUndo
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import connect_rail, fill_rail
from csp_desktop.gui.window.undo import take_back
from csp_desktop.services.private.scoring import load_matrix
from csp_desktop.services.private.settings import (
    change_private_settings,
    matrices,
    private_settings,
    recipients,
    send_to,
)

KINDS = ["Risk matrices (*.json)"]
MOST_BYTES = 1_000_000


class MatrixPart(QObject):
    """`saved` when another matrix was taken in."""

    saved = Signal()

    def __init__(self, ui: Ui_PrivateSettings, desk: Desk, ask: Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._desk, self._ask = ui, desk, ask
        ui.matrix_button.set_icon("upload")
        ui.matrices_view.set_flush(True)
        ui.matrices_view.set_wrapping(True)
        ui.matrix_button.clicked.connect(self._load)

    def show(self) -> None:
        """What is in force, in words, and every file ever loaded."""
        ui, rows = self._ui, matrices(self._desk.session)
        force = next((row.file for row in rows if row.in_force), None)
        ui.force_title.setText(_titled(force) if force else "No matrix is in force")
        ui.force_words.setText(_described(force) if force else "Nobody can be scored until one is loaded.")
        tone = Tone.MEDIUM if force is None or force.illustrative else Tone.LOW
        words = "None" if force is None else "Illustrative" if force.illustrative else "In force"
        ui.force_pill.set_text(words, tone)
        ui.matrices_view.set_entries(
            [
                Entry(
                    row.file.id,
                    _titled(row.file),
                    f"{row.file.issuer}, loaded {_day(row.file.loaded_on)} by {row.file.loaded_by or 'the program'}",
                    pill="In force" if row.in_force else _waits(row.file, self._desk),
                    pill_tone=Tone.LOW if row.in_force else Tone.NEUTRAL,
                )
                for row in rows
            ]
        )

    def _load(self) -> None:
        ui, session = self._ui, self._desk.session
        path = self._ask.open_file(ui.matrix_button, "Load a risk matrix", KINDS)
        if path is None:
            return
        try:
            kept = load_matrix(session, _text(path))
        except Refused as refusal:
            ui.matrix_error.set_error(refusal.sentence)
            return
        ui.matrix_error.clear()
        self.saved.emit()
        force = next(row.file for row in matrices(session) if row.in_force)
        later = "" if force.id == kept.id else f"From {_day(kept.valid_from)} on; until then {_titled(force)}."
        ui.done_bar.say(f"Loaded: {_titled(kept)}", later)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused("This file is far too large for a risk matrix. Choose another.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("This is no text file. A risk matrix is a JSON file.") from None
    except OSError as error:
        raise Refused(f"The file could not be read: {error.strerror}. Choose it again.") from None


def _titled(file: RiskMatrixFile) -> str:
    return f"{file.name}, version {file.version}"


def _described(file: RiskMatrixFile) -> str:
    matrix = read_matrix(file.text)
    bands = ", ".join(f"{rule.band.value} from {rule.from_points} ({rule.review_days} days)" for rule in matrix.bands)
    words = f"{file.issuer}. {len(matrix.factors)} factors, at most {matrix.most} points. Scored again: {bands}."
    return words + (" No force publishes its own; New Hope may load one that is agreed." if file.illustrative else "")


def _waits(file: RiskMatrixFile, desk: Desk) -> str:
    return f"From {short_day(file.valid_from)}" if file.valid_from > desk.session.today else "Earlier"


def _day(day: date) -> str:
    return f"{short_day(day)} {day.year}"


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
        self._ui.recipients_view.set_entries(
            [
                Entry(
                    one.row.member.id,
                    one.row.member.name,
                    f"{one.row.agency.name}, {one.row.agency.kind.value}",
                    mark=EntryMark.DONE if one.receives else EntryMark.AHEAD,
                    person=one.row.member.name,
                    group=one.row.agency.id,
                    pill="Receives them" if one.receives else "",
                    pill_tone=Tone.LOW,
                )
                for one in rows
            ]
        )
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


SECTIONS = (
    ("people", "People", "users"),
    ("session", "Session", "list-checks"),
    ("minutes", "Minutes", "send"),
    ("clauses", "Text to sign", "scroll-text"),
    ("matrix", "Risk matrix", "trending-up"),
    ("disclosure", "Disclosure", "file-check"),
    ("locking", "Locking", "lock"),
    ("appearance", "Appearance", "monitor"),
)


class PrivateSettingsPage(Page):
    """Entered with a section's name ("clauses"), or without one for the section shown last."""

    def __init__(self, desk: Desk, ask: Ask | None = None) -> None:
        super().__init__(desk)
        self._section = SECTIONS[0][0]
        self._ui = Ui_PrivateSettings()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.rail, ui.work_frame)
        ui.columns.set_names(rail="pages", work="settings")
        ui.panel_scroll.body.setContentsMargins(0, 0, 0, 0)
        ui.panel_scroll.body.addWidget(ui.section_holder)
        self._own = Saver(desk, self, PrivateSettings, private_settings, change_private_settings)
        self._file = Saver(desk, self)  # look and disclosure wording: what every file has
        self._look = LookPart(ui, self._file, self)
        self._clauses = ClauseTexts(ui, desk, self, (ClauseKind.PRIVATE,), "New Hope's lead confirms")
        self._recipients = RecipientsPart(ui, desk, self)
        self._matrix = MatrixPart(ui, desk, ask or Ask(), self)
        ui.needs_rows.set_columns(("Support need",), "Add a support need")
        for field in self.findChildren(NumberField):
            field.setFixedWidth(current().px(176))
        ui.size_field.setFixedWidth(current().px(136))
        ui.sections_view.set_entries([Entry(key, title, icon=icon) for key, title, icon in SECTIONS])
        self._parts = self._bind_own()
        self._wordings = [
            SavedLine(self._file, ui.purpose_edit, ui.purpose_error, "disclosure_purpose"),
            SavedLine(self._file, ui.basis_edit, ui.basis_error, "disclosure_basis"),
        ]
        self._lines = [part.line for part in (*self._parts, *self._wordings) if isinstance(part, SavedLine)]
        self._connect()

    def _bind_own(self) -> list[SavedNumber | SavedLine | SavedRows]:
        ui, saver = self._ui, self._own
        return [
            SavedNumber(saver, ui.new_field, ui.new_error, "new_within_days"),
            SavedNumber(saver, ui.returning_field, ui.returning_error, "returning_after_days"),
            SavedNumber(saver, ui.longterm_field, ui.longterm_error, "long_term_months"),
            SavedRows(saver, ui.needs_rows, ui.needs_error, "needs"),
            SavedNumber(saver, ui.minutes_field, ui.minutes_error, "person_minutes"),
            SavedNumber(saver, ui.picked_field, ui.picked_error, "people_on_list"),
            SavedNumber(saver, ui.small_field, ui.small_error, "small_count"),
            SavedNumber(saver, ui.circulate_field, ui.circulate_error, "circulate_days"),
            SavedLine(saver, ui.marking_edit, ui.marking_error, "marking"),
            SavedNumber(saver, ui.idle_field, ui.idle_error, "lock_after_preparing"),
            SavedNumber(saver, ui.idle_session_field, ui.idle_session_error, "lock_after_in_session"),
        ]

    def _connect(self) -> None:
        ui = self._ui
        connect_rail(ui.rail, self, "private_settings")
        ui.sections_view.current_moved.connect(self._show_section)
        ui.sections_view.chosen.connect(self._go_into)
        for part in (self._own, self._file, self._clauses, self._recipients, self._matrix):
            part.saved.connect(self._saved)
        self._look.changed.connect(lambda: self.navigate.emit("private_settings", self._section))
        ui.done_bar.undo_asked.connect(self._undo)
        bind(self, (Act("Undo", ("Ctrl+Z",), self._undo),))
        self._own_undo = OwnUndo(self)
        self._own_undo.watch(*self.findChildren(QLineEdit), ui.clause_edit)
        self.follow("settings", "people")

    def entered(self, argument: object = None) -> None:
        """The section asked for, the focus on the list of sections."""
        ui = self._ui
        ui.done_bar.dismiss()
        if argument in [key for key, _, _ in SECTIONS]:
            self._section = str(argument)
            ui.saved_label.clear()
        self.refresh()
        ui.sections_view.set_current(self._section)
        self._show_section(self._section)
        ui.sections_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """What is typed is saved, or kept as a draft."""
        for line in self._lines:
            line.end()
        self._clauses.keep()

    def refresh(self) -> None:
        """Every field as the file has it, but for what waits to be put right."""
        own: PrivateSettings = self._own.now()
        shared: Any = self._file.now()
        fill_rail(self._ui.rail, self._desk, "private_settings")
        for part in self._parts:
            part.show(own)
        for line in self._wordings:
            line.show(shared)
        self._look.show(shared)
        self._clauses.show()
        self._recipients.show()
        self._matrix.show()
        self.bar_changed.emit()

    def _show_section(self, key: str) -> None:
        if not key:
            return
        self._section = key
        for other, _, _ in SECTIONS:
            getattr(self._ui, f"{other}_panel").setVisible(other == key)
        self._ui.panel_scroll.verticalScrollBar().setValue(0)

    def _go_into(self, key: str) -> None:
        """Enter on a section: its first field."""
        self._show_section(key)
        panel: QWidget = getattr(self._ui, f"{self._section}_panel")
        fields = [child for child in panel.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus]
        first = next((field for field in fields if field.isVisibleTo(panel) and field.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _saved(self) -> None:
        self._ui.saved_label.set_saved(clock_seconds(self._desk.session.now()))
        self._desk.changes.tell("settings")

    def _undo(self) -> None:
        before = current()
        if take_back(self._desk, self._ui.done_bar, "settings"):
            self._look.put_on(before)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: from a field to the sections, from there back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._ui.section_holder.isAncestorOf(self.focusWidget()):
            self._ui.sections_view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.navigate.emit("back", None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower list of sections where the window is narrow."""
        super().resizeEvent(event)
        self._ui.page_title.setVisible(self.height() >= current().px(400))
        self._ui.sections_frame.setFixedWidth(current().px(178 if self._ui.columns.is_single() else 224))

    def bar_state(self) -> BarState:
        """Where we are."""
        day = long_day(self._desk.session.today)
        return BarState(title="Rough sleeping, private", subtitle=day, icon="lock", headline="Settings")

    def keys(self) -> list[Key]:
        """What acts here."""
        return [
            ("Ctrl Z", "undo"),
            ("Tab", "next field"),
            ("Enter", "into the section"),
            ("↑ ↓", "section"),
            ("Esc", "back"),
            ("F1", "all keys"),
        ]

    def strip_text(self) -> str:
        """What happens to a change."""
        return "Kept in the private file. A change is saved when you leave its field."
