"""One fact of the record as a field of the kind it is typed in, apart: a kind more touches no panel; `left` with what
was typed when the field is left.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextCursor
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit, QWidget

from csp_desktop.domain.common.days import clock, dated_day, instant
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Capacity, Remote
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.correctable import Place, ValueKind
from csp_desktop.domain.minutes.record import OwnerLine
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.containers import focus_in_view
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.prose_edit import ProseEdit
from csp_desktop.gui.widgets.prose_line import ProseLine

NO_TIME = "Type the time as 14:05, or leave it empty if not known."
IN_ROOM = "in the room"
NO_DAY = "Type the date as 4 Dec or 4/12/2026, or leave it empty."
Officer = tuple[str, str, str]  # name, agency, id


@dataclass(frozen=True)
class Around:
    """What a field needs to know besides its fact: the day of the meeting, today, and who can be an officer."""

    held: date
    today: Callable[[], date]
    officers: Sequence[Officer]


class FactField(QWidget):
    """`left` when the person leaves it or chooses; it says itself whether anything was changed."""

    left = Signal()

    def __init__(self, place: Place, around: Around) -> None:
        super().__init__()
        self.place, self._around = place, around
        self.error = FieldError()
        self.control = self._made()
        self.control.setObjectName(f"fact_{place.fact.field.split('+')[0]}")
        name = place.fact.label[:1].upper() + place.fact.label[1:]
        self.control.setAccessibleName(f"{name}: {place.called}" if place.called else name)
        label = text_label(name, "label", buddy=self.control)
        reason = self._made_reason(name)
        named = () if isinstance(self.control, QCheckBox) else (label,)
        self.setLayout(vbox(*named, self.control, self.error, *reason, spacing=3))
        self.show_place(place)

    def _made_reason(self, name: str) -> tuple[QWidget, ...]:
        """Where a decision that was read back is changed: why it was recorded wrongly, asked for at the field."""
        self.reason_edit, self.reason_error = ProseLine(), FieldError()
        self.reason_edit.setObjectName(f"{self.control.objectName()}_reason")
        self.reason_edit.setAccessibleName(f"{name}: reason for the correction")
        self._reason_label = text_label("Reason for the correction", "label", buddy=self.reason_edit)
        self.reason_edit.editingFinished.connect(self._reason_given)
        parts = (self._reason_label, self.reason_edit, self.reason_error)
        for part in parts:
            part.hide()
        return parts

    def _reason_given(self) -> None:
        if self.reason_edit.text().strip():
            self.left.emit()

    def take_focus(self) -> None:
        """The caret behind the last word, in view."""
        control = self.control
        if isinstance(control, QPlainTextEdit):
            control.moveCursor(QTextCursor.MoveOperation.End)
        elif isinstance(control, LineEdit):
            control.setCursorPosition(len(control.text()))
        focus_in_view(control)

    def take_missing(self) -> None:
        """The caret where it was refused: at the reason where that is asked for."""
        if self.reason_edit.isHidden():
            self.take_focus()
        else:
            focus_in_view(self.reason_edit)

    def ask_reason(self, sentence: str) -> None:
        """Nothing is saved until the reason is given."""
        self.error.set_error("Not saved yet: give the reason.", self.control)
        first = self.reason_edit.isHidden()
        self._reason_label.show()
        self.reason_edit.show()
        self.reason_error.set_error(sentence, self.reason_edit)
        if first:
            focus_in_view(self.reason_edit)

    def reason(self) -> str:
        """Why it was recorded wrongly, as far as it is typed."""
        return self.reason_edit.text() if not self.reason_edit.isHidden() else ""

    def refuse(self, sentence: str) -> None:
        """Why it was not saved; what was typed stays."""
        self.error.set_error(sentence, self.control)

    def settle(self) -> None:
        """It is saved, or as it was."""
        self.error.clear(self.control)
        self.reason_error.clear(self.reason_edit)
        self.reason_edit.clear()
        self.reason_edit.hide()
        self._reason_label.hide()

    def unsaved(self) -> tuple[str, str]:
        """What was typed and refused, and why; two empty words where all is well."""
        return (self._typed(), self.error.text()) if self.error.text() else ("", "")

    def type_again(self, typed: str, sentence: str) -> None:
        """What was refused before stands here again."""
        control = self.control
        if isinstance(control, QPlainTextEdit):
            control.setPlainText(typed)
        elif isinstance(control, QComboBox):
            control.setCurrentIndex(control.findText(typed))
        elif isinstance(control, LineEdit):
            control.setText(typed)
        self.refuse(sentence)

    def show_place(self, place: Place) -> None:
        """What stands now, unless a person is at it or it was refused."""
        self.place = place
        if not (self.error.text() or (self.control.hasFocus() and self.is_changed())):
            self._put(place.value)

    def is_changed(self) -> bool:
        """Whether something else stands here than in the record."""
        return self._typed() != self._shown(self.place.value)

    def value(self) -> Any:
        """What is typed, as the record keeps it. Raises Refused for what is no time or day."""
        text = self._typed()
        match self.place.fact.kind:
            case ValueKind.DAY:
                return _day(text, self.control)
            case ValueKind.INSTANT:
                return _instant(text, self._around.held)
            case ValueKind.OUTCOME | ValueKind.CAPACITY | ValueKind.OFFICER | ValueKind.REMOTE:
                assert isinstance(self.control, QComboBox)
                return self._chosen(self.control.currentIndex())
            case ValueKind.OWNERS:
                return _owners(text, self._around.officers)
            case ValueKind.YES_NO:
                return text == "yes"
            case ValueKind.TEXT | ValueKind.LINE:
                return text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Several lines end as the field is left; a list of its own, as of spelling, is no leaving."""
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
        return super().eventFilter(watched, event)

    def _made(self) -> QWidget:
        match self.place.fact.kind:
            case ValueKind.TEXT:
                text = ProseEdit()
                text.setFixedHeight(current().px(132))
                text.setTabChangesFocus(True)
                text.installEventFilter(self)
                return text
            case ValueKind.DAY:
                day = DayField()
                day.set_today(self._around.today)
                day.editingFinished.connect(self.left)
                day.given.connect(lambda _: self.left.emit())
                return day
            case ValueKind.YES_NO:
                box = QCheckBox(self.place.fact.label[:1].upper() + self.place.fact.label[1:])
                box.clicked.connect(lambda _: self.left.emit())
                return box
            case ValueKind.OUTCOME | ValueKind.CAPACITY | ValueKind.OFFICER | ValueKind.REMOTE:
                combo = QComboBox()
                combo.addItems([words for words, _ in self._choices()])
                combo.activated.connect(lambda _: self.left.emit())
                return combo
            case ValueKind.LINE | ValueKind.INSTANT | ValueKind.OWNERS:
                line = ProseLine() if self.place.fact.kind is ValueKind.LINE else LineEdit()
                if self.place.fact.kind is ValueKind.OWNERS:
                    line.setPlaceholderText("Names, with commas between them")
                line.editingFinished.connect(self.left)
                return line

    def _choices(self) -> list[tuple[str, Any]]:
        """Words as they are shown, and what they stand for."""
        match self.place.fact.kind:
            case ValueKind.OUTCOME:
                return [("none recorded", None), *((one.value, one) for one in self.place.fact.choices or ())]
            case ValueKind.CAPACITY:
                return [(one.value, one) for one in Capacity]
            case ValueKind.REMOTE:
                return [(IN_ROOM, None), *((one.value, one) for one in Remote)]
            case _:
                known = [(name, (name, agency, member)) for name, agency, member in self._around.officers]
                names = [words for words, _ in known]
                now = str(self.place.value or "")
                return known if now in names else [(now or "nobody", None), *known]

    def _chosen(self, at: int) -> Any:
        return self._choices()[at][1] if at >= 0 else None

    def _shown(self, value: Any) -> str:
        """A value of the record as it is typed."""
        match self.place.fact.kind:
            case ValueKind.DAY:
                day = date.fromisoformat(value) if value else None
                return dated_day(day) if day else ""
            case ValueKind.INSTANT:
                return clock(datetime.fromisoformat(value)) if value else ""
            case ValueKind.YES_NO:
                return "yes" if value else "no"
            case ValueKind.OUTCOME:
                return str(value or "none recorded")
            case ValueKind.OFFICER:
                return str(value or "nobody")
            case ValueKind.REMOTE:
                return str(value or IN_ROOM)
            case ValueKind.OWNERS:
                return ", ".join(str(one["name"]) for one in value or ())
            case _:
                return str(value or "")

    def _typed(self) -> str:
        control = self.control
        if isinstance(control, QPlainTextEdit):
            return control.toPlainText().strip()
        if isinstance(control, QComboBox):
            return control.currentText()
        if isinstance(control, QCheckBox):
            return "yes" if control.isChecked() else "no"
        assert isinstance(control, LineEdit)
        return control.text().strip()

    def _put(self, value: Any) -> None:
        control, shown = self.control, self._shown(value)
        if isinstance(control, QPlainTextEdit):
            if control.toPlainText() != shown:
                control.setPlainText(shown)
        elif isinstance(control, QComboBox):
            control.setCurrentIndex(control.findText(shown))
        elif isinstance(control, QCheckBox):
            control.setChecked(bool(value))
        elif isinstance(control, DayField) and value:
            control.set_day(date.fromisoformat(value))
        elif isinstance(control, LineEdit):
            control.setText(shown)
            control.setCursorPosition(0)


def _day(text: str, control: QWidget) -> date | None:
    assert isinstance(control, DayField)
    if not text:
        return None
    day = control.day()
    if day is None:
        raise Refused(NO_DAY)
    return day


def _owners(text: str, officers: Sequence[Officer]) -> tuple[OwnerLine, ...]:
    """Those of the register who are named, with commas between them. Raises Refused for a name nobody has."""
    known = {folded(name): OwnerLine(name, agency, member_id) for name, agency, member_id in officers}
    names = [name for name in map(str.strip, text.split(",")) if name]
    unknown = next((name for name in names if folded(name) not in known), None)
    if unknown is not None:
        raise Refused(f"Nobody on the People page is called {unknown}. Type the whole name, with commas between names.")
    return tuple(dict.fromkeys(known[folded(name)] for name in names))


def _instant(text: str, held: date) -> datetime | None:
    if not text:
        return None
    try:
        hours, minutes = text.replace(".", ":").split(":")
        return instant(held, time(int(hours), int(minutes)))
    except ValueError:
        raise Refused(NO_TIME) from None


def focus_first(fields: Sequence[FactField], otherwise: QWidget) -> None:
    """The caret in the first field there is, behind its words."""
    if fields:
        fields[0].take_focus()
    else:
        focus_in_view(otherwise)
