"""Settings: section by section, each field saved as it is left, each refusal at its field."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from csp_desktop._built.ui_private_settings import Ui_PrivateSettings
from csp_desktop._built.ui_settings import Ui_Settings
from csp_desktop.domain.common.days import clock_seconds, long_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.agenda import DEFAULT_ITEMS
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.people.settings import Settings
from csp_desktop.gui.lock import screen_capture
from csp_desktop.gui.settings.settings_clauses import ClauseTexts
from csp_desktop.gui.settings.settings_saving import SavedLine, SavedNumber, SavedRows, SavedSlot, SavedSwitch, Saver
from csp_desktop.gui.style.style import apply_look
from csp_desktop.gui.style.theme import Theme, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.fields import NumberField
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.window.actions import Act, bind
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.own_undo import OwnUndo
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.rail_entries import connect_rail, fill_rail
from csp_desktop.gui.window.undo import take_back

SIZES = (100, 150, 200)


class LookPart(QObject):
    """`changed` once another look is in force: the window makes its pages anew at the new size."""

    changed = Signal()

    def __init__(self, ui: Ui_Settings | Ui_PrivateSettings, saver: Saver, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._saver = ui, saver
        ui.size_field.setSingleStep(5)
        ui.size_field.setKeyboardTracking(False)
        ui.size_field.valueChanged.connect(lambda size: self._take(text_size=size))
        for size in SIZES:
            button = getattr(ui, f"size_{size}_button")
            button.setCheckable(True)
            button.clicked.connect(lambda _, size=size: self._take(text_size=size))
        ui.light_radio.clicked.connect(lambda: self._take(theme="light"))
        ui.dark_radio.clicked.connect(lambda: self._take(theme="dark"))

    def show(self, now: Any) -> None:
        """As the file has it, but for a size that was refused."""
        ui = self._ui
        if not ui.size_error.text():
            ui.size_field.blockSignals(True)
            ui.size_field.setValue(now.text_size)
            ui.size_field.blockSignals(False)
        for size in SIZES:
            getattr(ui, f"size_{size}_button").setChecked(size == now.text_size)
        ui.light_radio.setChecked(now.theme == "light")
        ui.dark_radio.setChecked(now.theme == "dark")

    def _take(self, **changes: object) -> None:
        ui, before = self._ui, current()
        field = ui.size_field if "text_size" in changes else None
        if self._saver.save(ui.size_error, field, **changes):
            self.put_on(before)

    def put_on(self, before: Theme) -> None:
        """Everywhere at once, where it is another than `before`."""
        now = self._saver.now()
        self.show(now)
        apply_look(now)
        if current() != before:
            self.changed.emit()


_NONE = "This partnership never uses the key store of a computer: passphrases alone open it."
_TIED = (
    "Your passphrase opens the file on this computer only: half of your key lies in its key store. Untie it before you "
    "move to a new computer. If this one is lost or its key store was emptied, the recovery key or another person lets "
    "you in again."
)
_WAITS = (
    "Your passphrase opens a copy of the file on any computer. It can be tied to this one as soon as there is a way "
    "back: prove the recovery key under Users, or let a second person in."
)
_FREE = (
    "Your passphrase opens a copy of the file on any computer. Tied to this one, a stolen copy needs this computer "
    "too. The recovery key stays the way back: keep its sheet safe."
)


@dataclass(frozen=True)
class ComputerFields:
    """The widgets of one form that the part fills."""

    text: QLabel
    label: QLabel
    edit: PassphraseField
    error: FieldError
    button: QPushButton


def fields_of(ui: Any, prefix: str) -> ComputerFields:
    """The ones of a form whose names begin so."""
    return ComputerFields(*(getattr(ui, f"{prefix}_{name}") for name in ("text", "label", "edit", "error", "button")))


class ComputerKeyPart(QObject):
    """Fills them and ties or unties the passphrase, off the window's thread: a key store may ask its own questions.
    `changed` tells in words what is true from now on."""

    changed = Signal(str)

    def __init__(self, fields: ComputerFields, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._fields, self._desk = fields, desk
        fields.button.clicked.connect(self._tie)
        fields.edit.returnPressed.connect(self._tie)

    def show(self) -> None:
        """How it stands."""
        key, fields = self._desk.session.computer, self._fields
        free = key is not None and not key.is_tied() and key.may_tie()
        text = _NONE if key is None else _TIED if key.is_tied() else _FREE if free else _WAITS
        fields.text.setText(text)
        tied = key is not None and key.is_tied()
        fields.button.setText("&Untie it from this computer" if tied else "&Tie my passphrase to this computer")
        for part in (fields.label, fields.edit, fields.button):
            part.setVisible(free or tied)

    def _tie(self) -> None:
        key, fields = self._desk.session.computer, self._fields
        typed = fields.edit.text()
        if key is None or not fields.button.isEnabled():
            return
        if not typed:
            fields.error.set_error("Type your passphrase, so that nobody else can do this.", fields.edit)
            return
        fields.button.setEnabled(False)
        fields.error.clear(fields.edit)
        change = key.untie if key.is_tied() else key.tie
        self._desk.tasks.run(lambda _: change(typed), self._tied, self._failed)

    def _tied(self, _: object) -> None:
        self._fields.button.setEnabled(True)
        self._fields.edit.clear()
        self.show()
        key = self._desk.session.computer
        tied = key is not None and key.is_tied()
        self.changed.emit(
            "Your passphrase is tied to this computer" if tied else "Your passphrase opens the file on any computer"
        )

    def _failed(self, error: Exception) -> None:
        self._fields.button.setEnabled(True)
        if not isinstance(error, Refused):
            raise error
        self._fields.error.set_error(error.sentence, self._fields.edit)


SECTIONS = (
    ("partnership", "Partnership", "landmark"),
    ("meeting", "Meeting", "calendar-days"),
    ("clocks", "Clocks", "hourglass"),
    ("areas", "Areas of work", "layers"),
    ("protocol", "Sharing protocol", "file-check"),
    ("clauses", "Clause texts", "scroll-text"),
    ("computer", "This computer", "key-round"),
    ("locking", "Locking", "lock"),
    ("appearance", "Appearance", "monitor"),
)


class SettingsPage(Page):
    """Entered with a section's name ("clauses"), or without one for the section shown last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._section = SECTIONS[0][0]
        self._ui = Ui_Settings()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.rail, ui.work_frame)
        ui.columns.set_names(rail="pages", work="settings")
        ui.panel_scroll.body.setContentsMargins(0, 0, 0, 0)
        ui.panel_scroll.body.addWidget(ui.section_holder)
        self._saver = Saver(desk, self)
        self._look = LookPart(ui, self._saver, self)
        self._clauses = ClauseTexts(ui, desk, self)
        self._computer = ComputerKeyPart(fields_of(ui, "computer"), desk, self)
        self._prepare_parts()
        self._parts = self._bind_parts()
        self._lines = [part.line for part in self._parts if isinstance(part, SavedLine)]
        self._connect()

    def _prepare_parts(self) -> None:
        ui = self._ui
        ui.bodies_rows.set_columns(("Body", "When"), "Add a body")
        ui.areas_rows.set_columns(("Area of work",), "Add an area")
        ui.aliases_rows.set_columns(("Name in the export", "Counted under"), "Add another name")
        ui.capture_check.setEnabled(screen_capture.IS_POSSIBLE)
        ui.capture_hint.setText(screen_capture.SENTENCE)
        for field in self.findChildren(NumberField):
            field.setFixedWidth(current().px(136))
        ui.sections_view.set_entries([Entry(key, title, icon=icon) for key, title, icon in SECTIONS])

    def _bind_parts(self) -> list[SavedNumber | SavedLine | SavedSlot | SavedRows | SavedSwitch]:
        ui, saver = self._ui, self._saver
        return [
            SavedLine(saver, ui.partnership_edit, ui.partnership_error, "partnership"),
            SavedLine(saver, ui.town_edit, ui.town_error, "town"),
            SavedRows(saver, ui.bodies_rows, ui.bodies_error, "bodies"),
            SavedSlot(saver, ui.starts_field, ui.ends_field, ui.slot_error),
            SavedNumber(saver, ui.every_field, ui.every_error, "meeting_every_weeks"),
            SavedNumber(saver, ui.circulate_field, ui.circulate_error, "circulate_days_before"),
            SavedNumber(saver, ui.most_field, ui.most_error, "case_minutes_most"),
            SavedLine(saver, ui.venue_edit, ui.venue_error, "default_venue"),
            SavedNumber(saver, ui.review_field, ui.review_error, "first_review_days"),
            SavedNumber(saver, ui.drop_field, ui.drop_error, "risk_drop_months"),
            SavedNumber(saver, ui.monitoring_field, ui.monitoring_error, "monitoring_months"),
            SavedNumber(saver, ui.holds_high_field, ui.holds_high_error, "high_review_days"),
            SavedNumber(saver, ui.holds_medium_field, ui.holds_medium_error, "medium_review_days"),
            SavedNumber(saver, ui.holds_standard_field, ui.holds_standard_error, "standard_review_days"),
            SavedRows(saver, ui.areas_rows, ui.areas_error, "areas"),
            SavedRows(saver, ui.aliases_rows, ui.aliases_error, "area_aliases"),
            SavedLine(saver, ui.isp_edit, ui.isp_error, "isp_version"),
            SavedNumber(saver, ui.years_field, ui.years_error, "isp_valid_years"),
            SavedLine(saver, ui.purpose_edit, ui.purpose_error, "disclosure_purpose"),
            SavedLine(saver, ui.basis_edit, ui.basis_error, "disclosure_basis"),
            SavedNumber(saver, ui.idle_field, ui.idle_error, "lock_after_minutes"),
            SavedNumber(saver, ui.idle_meeting_field, ui.idle_meeting_error, "lock_after_minutes_in_meeting"),
            SavedSwitch(saver, ui.capture_check, ui.capture_error, "hide_from_capture"),
        ]

    def _connect(self) -> None:
        ui = self._ui
        connect_rail(ui.rail, self, "settings")
        ui.sections_view.current_moved.connect(self._show_section)
        ui.sections_view.chosen.connect(self._go_into)
        self._saver.saved.connect(self._saved)
        self._clauses.saved.connect(self._saved)
        for field in self._items().values():
            field.setKeyboardTracking(False)
            field.valueChanged.connect(lambda _: self._take_items())
        self._look.changed.connect(lambda: self.navigate.emit("settings", self._section))
        ui.done_bar.undo_asked.connect(self._undo)
        bind(self, (Act("Undo", ("Ctrl+Z",), self._undo),))
        self._own_undo = OwnUndo(self)
        self._own_undo.watch(*self.findChildren(QLineEdit), ui.clause_edit)
        self.follow("settings")

    def _items(self) -> dict[ItemKind, NumberField]:
        ui = self._ui
        return {
            ItemKind.CONFIDENTIALITY: ui.item_confidentiality_field,
            ItemKind.APOLOGIES: ui.item_apologies_field,
            ItemKind.MATTERS_ARISING: ui.item_arising_field,
            ItemKind.CASES: ui.item_cases_field,
            ItemKind.EMERGING: ui.item_emerging_field,
            ItemKind.CASE_REVIEWS: ui.item_reviews_field,
            ItemKind.OTHER: ui.item_other_field,
            ItemKind.NEXT_DATE: ui.item_next_field,
        }

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
        ui, now = self._ui, self._saver.now()
        fill_rail(ui.rail, self._desk, "settings")
        for part in self._parts:
            part.show(now)
        self._show_items(now)
        self._look.show(now)
        self._clauses.show()
        self._computer.show()
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

    def _show_items(self, now: Settings) -> None:
        ui, own = self._ui, dict(now.agenda_minutes)
        if not ui.items_error.text():
            for kind, _, usual in DEFAULT_ITEMS:
                field = self._items()[kind]
                field.blockSignals(True)
                field.setValue(own.get(kind.value, usual))
                field.blockSignals(False)
        total = sum(field.value() for field in self._items().values())
        slot = _minutes_between(now)
        fits = "fits the slot" if total <= slot else f"{total - slot} more than the slot has"
        ui.items_sum.setText(f"{total} of {slot} minutes: {fits}.")

    def _take_items(self) -> None:
        minutes = tuple((kind.value, field.value()) for kind, field in self._items().items())
        self._saver.save(self._ui.items_error, None, agenda_minutes=minutes)

    def _saved(self) -> None:
        self._ui.saved_label.set_saved(clock_seconds(self._desk.session.now()))
        self._desk.changes.tell("settings")

    def _undo(self) -> None:
        before = current()
        if take_back(self._desk, self._ui.done_bar, "settings", "people"):
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
        session = self._desk.session
        return BarState(title=self._saver.now().partnership, subtitle=long_day(session.today), headline="Settings")

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
        return "Encrypted on this laptop. A change is saved when you leave its field."


def _minutes_between(now: Settings) -> int:
    starts, ends = now.slot_starts, now.slot_ends
    return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
