"""The action line while it is typed: read at every key, shown as chips, agreed by Enter."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from csp_desktop.domain.action_line import ParsedAction, Person, parse
from csp_desktop.domain.actions import ActionKind
from csp_desktop.gui.pages.live_words import chips_of
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.services.agreeing_actions import ActionRow

_KINDS = tuple(ActionKind)


class ActionLine(QObject):
    """Understands an `ActionEntry`. `agreed` gives what was understood and the action being changed, or an empty id."""

    agreed = Signal(object, str)

    def __init__(self, entry: ActionEntry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._people: tuple[Person, ...] = ()
        self._days: tuple[date, date] | None = None
        self._chosen, self._changing = "", ""
        self._kind: ActionKind | None = None
        self.kept: Callable[[str], None] = lambda text: None
        entry.typed.connect(self._typed)
        entry.submitted.connect(self._submit)
        entry.chip_pressed.connect(self._press)

    def set_people(self, people: tuple[Person, ...], meeting_day: date, next_meeting: date) -> None:
        """Who can be meant, and from which day dates count."""
        self._people, self._days = people, (meeting_day, next_meeting)

    def read(self) -> ParsedAction | None:
        """What the line says now."""
        if self._days is None:
            return None
        return parse(self._entry.text(), self._people, *self._days, self._chosen, self._kind)

    def change(self, row: ActionRow) -> None:
        """Put an agreed action back into the line; Enter then changes it."""
        action = row.action
        self._changing, self._chosen, self._kind = action.id, action.officer_id, action.kind
        due = f" {action.due.day}/{action.due.month}/{action.due.year}" if action.due else ""
        self._entry.set_text(f"{row.officer.initials.lower()} {action.what}{due}")
        self._show()
        self._entry.line.setFocus()

    def restore(self, text: str) -> None:
        """After a crash: the line as it stood."""
        self._entry.set_text(text)
        self._show()

    def clear(self) -> None:
        """Ready for the next."""
        self._chosen, self._changing, self._kind = "", "", None
        self._entry.clear()

    def _typed(self, text: str) -> None:
        if not text.strip():
            self._chosen, self._changing, self._kind = "", "", None
        self.kept(text)
        self._show()

    def _show(self) -> None:
        said = self.read()
        self._entry.set_chips(chips_of(said) if said and self._entry.text().strip() else ())

    def _press(self, key: str) -> None:
        said = self.read()
        if key == "kind" and said is not None:
            self._kind = _KINDS[(_KINDS.index(said.kind) + 1) % len(_KINDS)]
        elif key.startswith("person:"):
            self._chosen = key.removeprefix("person:")
        self._show()
        self._entry.line.setFocus()

    def _submit(self, _text: str) -> None:
        said = self.read()
        if said is None or not self._entry.text().strip():
            return
        if said.wait:
            self._entry.set_error(f"{said.wait}.")
            return
        self.agreed.emit(said, self._changing)


def half_said(answer: QLineEdit, line: QLineEdit) -> tuple[QLineEdit | None, str]:
    """The field in which something is typed and not entered, and what to do about it."""
    if answer.isVisible():
        return answer, "The answer is not given yet. Enter gives it, Esc gives it up."
    if line.text().strip():
        return line, "An action is typed and not agreed. Enter agrees it; with an empty line one goes on."
    return None, ""
