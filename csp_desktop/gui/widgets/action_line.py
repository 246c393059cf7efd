"""The action line while it is typed: read at every key, shown as chips, agreed by Enter."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.day_grammar import Days
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.meeting.action_line import Chip as Said
from csp_desktop.domain.meeting.action_line import (
    ChipKind,
    DayAnswer,
    ParsedAction,
    changes,
    line_end,
    line_of,
    parse,
)
from csp_desktop.domain.meeting.action_owners import Person
from csp_desktop.domain.meeting.actions import ActionKind
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.gui.widgets.chips import Chip
from csp_desktop.gui.window.actions import BACK, OPEN
from csp_desktop.services.meeting.actions import ActionRow

NO_DAY = "day:none"  # the chip that says a phrase is no day
MOST_OFFERED = 6
_KINDS = tuple(ActionKind)
_CHANGED_AT = "\x1f"  # parts the id of an action being changed from its lines, in what is kept while typing


class ActionLine(QObject):
    """Understands an `ActionEntry`. `agreed` gives what a new line says; `changed` the id of the action that was put
    back into the line and what of it was changed; `changing` which one is in the line now, empty for none."""

    agreed = Signal(object)
    changed = Signal(str, object)
    changing = Signal(str)

    def __init__(self, entry: ActionEntry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._people: tuple[Person, ...] = ()
        self._days: Days | None = None
        self._forget()
        self.kept: Callable[[str], None] = lambda text: None
        entry.typed.connect(self._typed)
        entry.submitted.connect(self._submit)
        entry.chip_pressed.connect(self._press)
        entry.gives_up = self._give_up

    def _forget(self) -> None:
        """Nothing is picked by hand, no question answered, no action being changed."""
        self._chosen: tuple[str, ...] = ()  # the latest first
        self._changing, self._before = "", ""
        self._kind: ActionKind | None = None
        self._first_kind: ActionKind | None = None
        self._answer: DayAnswer | None = None

    def set_people(self, people: tuple[Person, ...], days: Days) -> None:
        """Who can be meant, and from which day dates count."""
        self._people, self._days = people, days

    def read(self) -> ParsedAction | None:
        """What the line says now."""
        return self._parse(self._entry.text(), self._kind, self._answer)

    def _parse(self, text: str, kind: ActionKind | None, answer: DayAnswer | None) -> ParsedAction | None:
        days = self._days
        if days is None or days.next_meeting is None:
            return None
        return parse(
            text,
            self._people,
            days.today,
            days.next_meeting,
            self._chosen,
            kind,
            answer=answer,
            holidays=days.holidays,
        )

    def change(self, row: ActionRow) -> None:
        """Put an agreed action back into the line; Enter then changes it."""
        action = row.action
        if not self._changing:
            self._entry.put_by()
        self._forget()
        people = [Person(one.id, one.name, one.agency, here=False) for one in row.owners]
        known = {one.id for one in self._people}
        self._people = (*self._people, *(one for one in people if one.id not in known))
        due = None if action.next_of_id else action.due
        self._before = line_of(action.what, " & ".join(one.initials for one in people), due, action.power)
        self._changing, self._kind, self._first_kind = action.id, action.kind, action.kind
        self._chosen = action.owner_ids
        self.changing.emit(action.id)
        self._entry.set_text(self._before)
        self._show()
        self._entry.line.setFocus()
        words_end = len(self._before) - len(line_end(due, action.power))
        self._entry.line.setCursorPosition(words_end)  # what is added belongs to the words, not behind the day

    def restore(self, kept: str, agreed: Sequence[ActionRow]) -> None:
        """After a crash: the line as it stood, and which of the `agreed` actions it was changing."""
        changing, _, text = kept.rpartition(_CHANGED_AT)
        for row in agreed:
            if row.action.id == changing:
                self.change(row)
        self._entry.set_text(text)
        self._show()

    def clear(self) -> None:
        """Ready for the next."""
        self._forget()
        self.changing.emit("")
        self._entry.clear()

    def _typed(self, text: str) -> None:
        if not text.strip():
            self._forget()
            self.changing.emit("")
        self.kept(f"{self._changing}{_CHANGED_AT}{text}" if self._changing else text)
        self._show()

    def _show(self) -> None:
        said = self.read() if self._entry.text().strip() else None
        self._entry.set_chips(chips_of(said, self._days.today if self._days else None) if said else ())
        self._entry.set_taken([(span.start, span.end) for span in said.taken] if said else [])

    def _press(self, key: str) -> None:
        said = self.read()
        kind, _, value = key.partition(":")
        if key == "kind" and said is not None:
            self._kind = _KINDS[(_KINDS.index(said.kind) + 1) % len(_KINDS)]
        elif kind == "person":
            self._chosen = (value, *self._chosen)
        elif kind == "day" and said is not None and said.question is not None:
            day = None if key == NO_DAY else date.fromisoformat(value)
            self._answer = DayAnswer(said.question.words, day)
        self._entry.set_error("")
        self._show()
        self._entry.line.setFocus()

    def _submit(self, _text: str) -> None:
        said = self.read()
        if said is None or not self._entry.text().strip():
            return
        if self._changing and self._entry.text() == self._before and said.kind is self._first_kind:
            self._leave()
        elif len(said.offered) == 1:
            self._press(f"person:{said.offered[0].id}")
        elif said.wait:
            self._entry.set_error(f"{said.wait}.")
            self._entry.to_choices()
        elif self._changing:
            before = self._parse(self._before, self._first_kind, None)
            assert before is not None
            self.changed.emit(self._changing, changes(before, said))
        else:
            self.agreed.emit(said)

    def _give_up(self) -> bool:
        """Esc: an action that was being changed stays as it was agreed."""
        if not self._changing:
            return False
        self._leave()
        return True

    def _leave(self) -> None:
        """The line is empty again, or what waited is in it, and the action stays as it is."""
        self.kept("")
        self.clear()


def half_said(answer: QWidget | None, entry: ActionEntry) -> tuple[QWidget | None, str]:
    """The field in which something is typed and not entered, and what to do about it."""
    if answer is not None and answer.isVisible():
        return answer, f"The outcome is not complete. {OPEN.shown} saves it, {BACK.shown} cancels it."
    if not entry.is_empty():
        return entry.line, (
            f"An action was typed but not agreed. {OPEN.shown} agrees it; clear the line to continue without it."
        )
    return None, ""


def chips_of(said: ParsedAction, today: date | None = None) -> list[Chip]:
    """What the line was understood as; people to choose from can be pressed, and so can the kind."""
    candidates = [c for c in said.chips if c.kind is ChipKind.CANDIDATE]
    more = len(candidates) - MOST_OFFERED
    offered = [replace(_chip(c), number=n) for n, c in enumerate(candidates[:MOST_OFFERED], 1)]
    officers = [_chip(c) for c in said.chips if c.kind is ChipKind.OFFICER]
    rest = [c for c in said.chips if c.kind not in (ChipKind.CANDIDATE, ChipKind.OFFICER)]
    asks = [Chip("Choose the officer", icon="user-check", tone=Tone.MEDIUM)] if said.wait_for_officer else []
    others = [Chip(f"{more} more: type the name")] if more > 0 else []
    return [*officers, *asks, *offered, *others, *_days_to_choose(said, len(offered), today), *map(_chip, rest)]


def _days_to_choose(said: ParsedAction, before: int, today: date | None) -> list[Chip]:
    """What an unclear day may mean, numbered on from the choices `before`."""
    if said.question is None:
        return []
    asks = Chip(f"{said.question.words}: when?", icon="calendar", tone=Tone.MEDIUM)
    near = {said.due: ", next meeting", today: ", today"}
    days = [Chip(f"{screen_day(day, said.due)}{near.get(day, '')}", key=f"day:{day}") for day in said.question.options]
    choices = [*days, Chip("Not a date", key=NO_DAY)]
    return [asks, *(replace(chip, number=before + n) for n, chip in enumerate(choices, 1))]


def _chip(said: Said) -> Chip:
    if said.kind is ChipKind.OFFICER:
        return Chip(said.words, person=said.name)
    if said.kind is ChipKind.CANDIDATE:
        return Chip(said.words, key=f"person:{said.person_id}", person=said.name)
    if said.kind is ChipKind.DUE:
        return Chip(said.words, icon="calendar")
    if said.kind is ChipKind.POWER:
        return Chip(said.words, icon="landmark")
    return Chip(said.words, key="kind", icon="layers")
