"""The rows of a person's form, from the table of fields: shared by the group's list and the private register."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QLabel, QWidget

from csp_desktop.domain.common.fields import Line
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.people.member_fields import BY_NAME, MemberRow
from csp_desktop.gui.style.layouts import vbox
from csp_desktop.gui.widgets.field_errors import Place
from csp_desktop.gui.widgets.labels import text_label
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.services.ports.work import Work


class MemberRows(QObject):
    """A line of text for each field that is one, each saved by `change` as it is left; what has a widget of its own is
    among `others` by its field's name. `saved` after each change that went in; `entered` on Enter in a line.
    """

    saved = Signal()
    entered = Signal()

    def __init__(
        self,
        rows: Iterable[MemberRow],
        others: Mapping[str, QWidget],
        place: QBoxLayout,
        work: Work,
        change: Callable[..., object],
    ) -> None:
        super().__init__(place)
        self._work, self._change = work, change
        self._lines: dict[str, SavedField] = {}
        before = _stop_before(next(_controls(next(iter(others.values())))))
        for row in rows:
            widget = self._line(row.field) if isinstance(row.field, Line) else others[row.name]
            place.addWidget(widget)
            for control in _controls(widget):
                QWidget.setTabOrder(before, control)
                before = control

    def _line(self, field: Line) -> QWidget:
        holder, edit = QWidget(), LineEdit()
        error = FieldError()
        edit.setObjectName(f"{field.name}_edit")
        error.setObjectName(f"{field.name}_error")
        edit.setAccessibleName(field.spoken or field.plain_label)
        help_ = [text_label(field.help, "caption")] if field.help else []
        holder.setLayout(vbox(text_label(field.label, "label", buddy=edit), *help_, edit, error, spacing=4))
        line = SavedField(edit, error, self._work, Member, field.name, lambda text: self._change(**{field.name: text}))
        line.saved.connect(self.saved)
        edit.returnPressed.connect(self.entered)
        self._lines[field.name] = line
        return holder

    @property
    def edits(self) -> list[LineEdit]:
        """What one types into, from top to bottom."""
        return [line.edit for line in self._lines.values() if isinstance(line.edit, LineEdit)]

    @property
    def places(self) -> dict[str, Place]:
        """Where each line says why it cannot be taken."""
        return {name: (line.error, line.edit) for name, line in self._lines.items()}

    def texts(self) -> dict[str, str]:
        """What stands in the lines, by their fields."""
        return {name: line.edit.text() for name, line in self._lines.items()}

    def show(self, member: Member, *, saves: bool) -> None:
        """The lines of this person, or their drafts; without `saves` of somebody not yet added."""
        for name, line in self._lines.items():
            line.show(member.id, getattr(member, name), saves=saves)

    def end(self) -> None:
        """Saved, or kept as drafts with their reasons."""
        for line in self._lines.values():
            line.end()

    def forget(self, member_id: str) -> None:
        """Nobody is shown, and nothing is typed of this one any more."""
        for name, line in self._lines.items():
            self._work.drop_draft(Member, member_id, name)
            line.show("", "")


def call(label: QLabel | QCheckBox, control: QWidget, name: str) -> None:
    """What has a widget of its own is called as the table has it, too."""
    field = BY_NAME[name].field
    label.setText(field.label)
    control.setAccessibleName(field.spoken or field.plain_label)


def _stop_before(control: QWidget) -> QWidget:
    """Where Shift+Tab leads from it as the form has it."""
    before = control.previousInFocusChain()
    while before is not None and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    return before or control


def _controls(widget: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in a row; a choice is one, with its line and its list."""
    for child in [widget, *widget.findChildren(QWidget)]:
        inside = isinstance(child.parent(), QComboBox) or child.window() is not widget.window()
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and not inside:
            yield child
