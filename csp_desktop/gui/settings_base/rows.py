"""The rows of a settings page, one class for each kind of field: saved as it is left, refused where it stands.

What was refused stays as it was typed and is tried again whenever something else was saved: two numbers that go
together can be changed one after the other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from PySide6.QtCore import QObject, QTime, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLayout, QRadioButton, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.fields import Choice, Field, Line, Number, Switch, Texts, Time
from csp_desktop.domain.people.settings import Settings
from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.fields import NumberField, TimeField
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.text_rows import TextRows
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.services.session import Session

SIZES = (100, 150, 200)


@dataclass(frozen=True)
class Record:
    """A record of settings: the table of its fields, and the ways to read and to change it."""

    kind: type
    fields: tuple[Field, ...]
    read: Callable[[Session], Any]
    change: Callable[..., object]


class Saver(QObject):
    """Saves changes to one record; `saved` after each that went in."""

    saved = Signal()

    def __init__(self, session: Session, record: Record, parent: QObject) -> None:
        super().__init__(parent)
        self.session, self.record = session, record

    def now(self) -> Any:
        """What is in force."""
        return self.record.read(self.session)

    def change(self, **changes: Any) -> None:
        """Change some fields. Raises Refused."""
        self.record.change(self.session, **changes)


class Row(QWidget):
    """One field: its label, what it is changed with, its help, and why it was refused. `control` is what the refusal
    is said of.
    """

    control: QWidget

    def __init__(self, field: Field, saver: Saver) -> None:
        super().__init__()
        self.field, self.saver = field, saver
        self.error = FieldError(self)
        self.error.setObjectName(f"{field.name}_error")

    def _hold(self, control: QWidget, layout: QLayout) -> None:
        """`layout` has everything but the refusal."""
        self.control = control
        control.setObjectName(self.field.name)
        control.setAccessibleName(self.field.spoken or self.field.plain_label)
        self._column = vbox(layout, self.error, spacing=2)
        self.setLayout(self._column)

    def _words(self, buddy: QWidget | None = None) -> list[QWidget]:
        """The label, and the help if there is any."""
        return [text_label(self.field.label, "label", buddy=buddy), *self._help()]

    def _help(self) -> list[QWidget]:
        return [text_label(self.field.help, "caption")] if self.field.help else []

    def fill(self, now: Any) -> None:
        """What is in force, unless a refused value waits to be put right."""
        if not self.error.text():
            self._put(getattr(now, self.field.name))

    def end(self) -> None:
        """The page is left: what is typed must be on disk."""

    def try_again(self) -> None:
        """What was refused may be right by now."""
        if self.error.text():
            self._take()

    def _put(self, value: Any) -> None:
        """Into the control, which does not take it as typed."""

    def _value(self) -> Any:
        """What stands in the control."""

    def _take(self) -> bool:
        """Save what stands here, or say why not; whether it went in."""
        value = self._value()
        changed = value != getattr(self.saver.now(), self.field.name)
        if changed:
            try:
                self.saver.change(**{self.field.name: value})
            except Refused as refusal:
                self.error.set_error(refusal.sentence, self.control)
                return False
        self.error.clear(self.control)
        if changed:
            self.saver.saved.emit()
        return True


class LineRow(Row):
    """A line is saved when it is left; a refused one stays as a draft."""

    def __init__(self, field: Line, saver: Saver) -> None:
        super().__init__(field, saver)
        edit = LineEdit()
        self._hold(edit, vbox(*self._words(edit), edit, spacing=4))
        work, kind = saver.session.work, saver.record.kind
        self._line = SavedField(
            edit, self.error, work, kind, field.name, lambda text: saver.change(**{field.name: text})
        )
        self._line.saved.connect(saver.saved)

    def fill(self, now: Any) -> None:
        """The text in force, or the draft of another."""
        self._line.show(now.id, getattr(now, self.field.name))

    def try_again(self) -> None:
        """A draft is tried as it is shown."""

    def end(self) -> None:
        """Saved, or kept as a draft."""
        self._line.end()


class NumberRow(Row):
    """A number at the right, with what it counts."""

    def __init__(self, field: Number, saver: Saver) -> None:
        super().__init__(field, saver)
        self._unit, number = field.unit, NumberField()
        self._number = number
        number.setRange(0, 999)  # what is out of its limits can be typed, and is refused with words
        number.setKeyboardTracking(False)
        number.setFixedWidth(current().px(176 if len(self._unit.several) > len("minutes") else 136))
        number.valueChanged.connect(lambda _: self._changed())
        self._hold(number, hbox((vbox(*self._words(number), spacing=1), 1), number, spacing=12))

    def _put(self, value: int) -> None:
        if self._number.hasFocus() and self._number.cleanText() != str(self._number.value()):
            return  # half typed
        self._number.blockSignals(True)
        self._number.setValue(value)
        self._number.blockSignals(False)
        self._say_unit()

    def _value(self) -> int:
        return self._number.value()

    def _changed(self) -> None:
        self._say_unit()
        self._take()

    def _say_unit(self) -> None:
        unit = self._unit.one if self._number.value() == 1 else self._unit.several
        self._number.setSuffix(f" {unit}" if unit else "")


class TimeRow(Row):
    """A time of day."""

    def __init__(self, field: Time, saver: Saver) -> None:
        super().__init__(field, saver)
        self._time = TimeField()
        self._time.setKeyboardTracking(False)
        self._time.timeChanged.connect(lambda _: self._take())
        self._hold(self._time, vbox(*self._words(self._time), self._time, spacing=4))

    def _put(self, value: time) -> None:
        self._time.blockSignals(True)
        self._time.setTime(QTime(value.hour, value.minute))
        self._time.blockSignals(False)

    def _value(self) -> time:
        return time(self._time.time().hour(), self._time.time().minute())


class SwitchRow(Row):
    """Something that is on or off."""

    def __init__(self, field: Switch, saver: Saver) -> None:
        super().__init__(field, saver)
        self._check = QCheckBox(field.label)
        self._check.clicked.connect(lambda _: self._take())
        self._hold(self._check, vbox(self._check, *self._help(), spacing=2))

    def _put(self, value: bool) -> None:
        self._check.setChecked(value)

    def _value(self) -> bool:
        return self._check.isChecked()


class ChoiceRow(Row):
    """One of a few, all to be seen."""

    def __init__(self, field: Choice, saver: Saver) -> None:
        super().__init__(field, saver)
        choices, group = QWidget(), QButtonGroup(self)
        flow = Flow(choices, spacing=current().px(18))
        self._buttons = {kept: QRadioButton(shown) for kept, shown in field.choices}
        for button in self._buttons.values():
            group.addButton(button)
            flow.addWidget(button)
            button.clicked.connect(lambda _: self._take())
        self._hold(choices, vbox(*self._words(), choices, spacing=4))

    def _put(self, value: str) -> None:
        self._buttons[value].setChecked(True)

    def _value(self) -> str:
        return next(kept for kept, button in self._buttons.items() if button.isChecked())


class TextsRow(Row):
    """A list one writes oneself."""

    def __init__(self, field: Texts, saver: Saver) -> None:
        super().__init__(field, saver)
        self._texts, self._several = TextRows(), len(field.columns) > 1
        self._texts.set_columns(field.columns, field.add)
        self._texts.edited.connect(self._edited)
        self._hold(self._texts, vbox(*self._words(), self._texts, spacing=4))

    def _put(self, value: Iterable[str | tuple[str, ...]]) -> None:
        self._texts.set_rows(tuple((item,) if isinstance(item, str) else item for item in value))

    def _value(self) -> tuple[Any, ...]:
        rows = self._texts.rows()
        return rows if self._several else tuple(row[0] for row in rows)

    def _edited(self) -> None:
        if self._take():
            self.fill(self.saver.now())


def row_for(field: Field, saver: Saver, own: Mapping[str, Callable[[Any, Saver], Row]]) -> Row:
    """The row of a field: by its name where it has one of its `own`, else by its kind. Raises TypeError for a kind that
    needs a row of its own."""
    if field.name in own:
        return own[field.name](field, saver)
    match field:
        case Line():
            return LineRow(field, saver)
        case Number():
            return NumberRow(field, saver)
        case Time():
            return TimeRow(field, saver)
        case Switch():
            return SwitchRow(field, saver)
        case Choice():
            return ChoiceRow(field, saver)
        case Texts():
            return TextsRow(field, saver)
        case _:
            raise TypeError(f"{field.name} needs its own row")


class TextSizeRow(NumberRow):
    """The number, and the sizes most people want."""

    def __init__(self, field: Number, saver: Saver) -> None:
        super().__init__(field, saver)
        self._number.setSingleStep(5)
        self._buttons = {size: SecondaryButton(text=f"{size} %") for size in SIZES}
        for size, button in self._buttons.items():
            button.setAccessibleName(f"{field.plain_label} {size} per cent")
            button.setCheckable(True)
            button.clicked.connect(lambda _, size=size: self._choose(size))
        self._column.addSpacing(current().px(10))
        self._column.addLayout(hbox(*self._buttons.values(), None))

    def fill(self, now: Settings) -> None:
        """The button of the size in force is marked, whatever stands in the number."""
        super().fill(now)
        for size, button in self._buttons.items():
            button.setChecked(size == now.text_size)

    def _choose(self, size: int) -> None:
        self._number.setValue(size)
        self.fill(self.saver.now())
