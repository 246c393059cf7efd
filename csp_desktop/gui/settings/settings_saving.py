"""Fields of the settings that are saved as they are left, and say at the field why they cannot be."""

from collections.abc import Callable, Sequence
from datetime import time
from typing import Any

from PySide6.QtCore import QObject, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.people.bodies import keyed
from csp_desktop.domain.people.settings import Settings
from csp_desktop.gui.widgets.fields import NumberField, TimeField
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.text_rows import TextRows
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.saved_field import KeptLine
from csp_desktop.services.people.settings import change_settings, settings
from csp_desktop.services.session import Session


class Saver(QObject):
    """Saves changes of the settings; `saved` after each that went in. A refused value stays where it was typed. The
    private meeting has settings of its own, `kind`, with their own ways to read and change them."""

    saved = Signal()

    def __init__(
        self,
        desk: Desk,
        parent: QObject,
        kind: type[Any] = Settings,
        read: Callable[[Session], Any] = settings,
        change: Callable[..., object] = change_settings,
    ) -> None:
        super().__init__(parent)
        self.desk, self.kind = desk, kind
        self._read, self._change = read, change

    def now(self) -> Any:
        """What is in force."""
        return self._read(self.desk.session)

    def change(self, **changes: Any) -> None:
        """Change some of them; Refused when it cannot be."""
        self._change(self.desk.session, **changes)

    def save(self, error: FieldError, field: QWidget | None, **changes: Any) -> bool:
        """Save, or show the sentence at the field; whether it went in."""
        before = self.now()
        if all(getattr(before, name) == value for name, value in changes.items()):
            error.clear(field)
            return True
        try:
            self.change(**changes)
        except Refused as refusal:
            error.set_error(refusal.sentence, field)
            return False
        error.clear(field)
        self.saved.emit()
        return True


class SavedNumber(QObject):
    """A number of the settings."""

    def __init__(self, saver: Saver, field: NumberField, error: FieldError, name: str) -> None:
        super().__init__(field)
        self._saver, self._field, self._error, self._name = saver, field, error, name
        field.setKeyboardTracking(False)
        self._suffix = field.suffix()
        field.valueChanged.connect(self._take)

    def show(self, now: Any) -> None:
        """The number in force, unless a refused one waits to be put right."""
        if not self._error.text():
            self._field.blockSignals(True)
            self._field.setValue(getattr(now, self._name))
            self._field.blockSignals(False)
        self._say_unit()

    def _say_unit(self) -> None:
        """'1 month', '2 months'"""
        one = self._field.value() == 1 and self._suffix.endswith("s")
        self._field.setSuffix(self._suffix[:-1] if one else self._suffix)

    def _take(self, value: int) -> None:
        self._say_unit()
        self._saver.save(self._error, self._field, **{self._name: value})


class SavedSwitch(QObject):
    """Something of the settings that is on or off."""

    def __init__(self, saver: Saver, box: QCheckBox, error: FieldError, name: str) -> None:
        super().__init__(box)
        self._box, self._name = box, name
        box.clicked.connect(lambda on: saver.save(error, box, **{name: on}))

    def show(self, now: Any) -> None:
        """As it is in force."""
        self._box.setChecked(getattr(now, self._name))


class SavedLine(QObject):
    """A name of the settings."""

    def __init__(self, saver: Saver, edit: QLineEdit, error: FieldError, name: str) -> None:
        super().__init__(edit)
        self._name = name
        work = saver.desk.session.work
        self.line = KeptLine(edit, error, work, saver.kind, name, lambda text: saver.change(**{name: text}))
        self.line.saved.connect(saver.saved)

    def show(self, now: Any) -> None:
        """The text in force, or the draft of another."""
        self.line.show(now.id, getattr(now, self._name))


class SavedSlot(QObject):
    """From and to of the meeting's slot, saved together."""

    def __init__(self, saver: Saver, starts: TimeField, ends: TimeField, error: FieldError) -> None:
        super().__init__(starts)
        self._saver, self._starts, self._ends, self._error = saver, starts, ends, error
        for field in (starts, ends):
            field.setKeyboardTracking(False)
            field.timeChanged.connect(lambda _: self._take())

    def show(self, now: Any) -> None:
        """The slot in force."""
        if self._error.text():
            return
        for field, at in ((self._starts, now.slot_starts), (self._ends, now.slot_ends)):
            field.blockSignals(True)
            field.setTime(QTime(at.hour, at.minute))
            field.blockSignals(False)

    def _take(self) -> None:
        self._saver.save(self._error, self._ends, slot_starts=_time(self._starts), slot_ends=_time(self._ends))


def _time(field: TimeField) -> time:
    return time(field.time().hour(), field.time().minute())


class SavedRows(QObject):
    """A list of the settings: bodies, areas, other names."""

    def __init__(self, saver: Saver, rows: TextRows, error: FieldError, name: str) -> None:
        super().__init__(rows)
        self._saver, self._rows, self._error, self._name = saver, rows, error, name
        rows.edited.connect(self._take)

    def show(self, now: Any) -> None:
        """The list in force."""
        if not self._error.text():
            self._rows.set_rows(self._as_rows(now))

    def _as_rows(self, now: Any) -> tuple[tuple[str, ...], ...]:
        """A body's key goes along unseen, so that it is the same one under another name."""
        value = getattr(now, self._name)
        return keyed(value) if self._name == "bodies" else _as_rows(value)

    def _take(self) -> None:
        rows = self._rows.rows()
        changes: dict[str, Any] = {self._name: rows}
        if self._name == "areas":
            areas = tuple(row[0] for row in rows)
            changes = {"areas": areas, "area_aliases": _following(self._saver.now(), areas)}
        if self._saver.save(self._error, None, **changes):
            self._rows.set_rows(self._as_rows(self._saver.now()))


def _as_rows(value: Sequence[str | tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple((item,) if isinstance(item, str) else item for item in value)


def _following(now: Settings, areas: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The other names go along when an area is called something else."""
    if len(areas) != len(now.areas):
        return now.area_aliases
    renamed = dict(zip(now.areas, areas, strict=True))
    return tuple((other, renamed.get(area, area)) for other, area in now.area_aliases)
