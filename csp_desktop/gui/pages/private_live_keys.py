"""The keys of the private session, and the same things as commands for Ctrl+K."""

from collections.abc import Callable

from csp_desktop.domain.private_meeting import PersonOutcome
from csp_desktop.gui.pages.live_keys import Act
from csp_desktop.gui.pages.private_live_words import OUTCOMES
from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.services.private.sitting_rows import GateRow

WITH_PERSON: list[Key] = [
    ("Shift F6", "steps out"),
    ("Ctrl O", "offers"),
    ("Ctrl H", "cover"),
    ("F6", "comes in"),
    ("F4", "people"),
    ("F2", "note"),
    ("F3", "action"),
    ("Ctrl 1–6", "outcome"),
    ("Ctrl Enter", "read back"),
    ("Ctrl Z", "undo"),
    ("F12", "hide"),
    ("F1", "all keys"),
]
READING_BACK: list[Key] = [("Esc", "back"), ("Ctrl Enter", "accept, next gate"), ("F12", "hide"), ("F1", "all keys")]
ARRIVING: list[Key] = [("Esc", "back to the gate"), ("Ctrl Enter", "sign"), ("F12", "hide"), ("F1", "all keys")]
CLOSING_KEYS: list[Key] = [("Esc", "back"), ("Ctrl Enter", "close"), ("F12", "hide"), ("F1", "all keys")]


def gate_keys(gate: GateRow | None) -> list[Key]:
    """Only what can be done at this gate, or round an item."""
    if gate is None:
        return [("Alt ←→", "next, previous"), ("F6", "someone comes in"), ("F3", "action"), ("F2", "note"),
                ("Ctrl Enter", "done"), ("F12", "hide"), ("F1", "all keys")]  # fmt: skip
    keys: list[Key] = [("Alt ←→", "next, previous"), ("F6", "someone comes in"), ("I", "interest")]
    keys += [("C", "has come in")] if gate.call_in else []
    if gate.clearance.must_leave:
        keys += [("W", "may hear, say why"), ("S", "has stepped out")]
    keys += [("Enter", "show")] if gate.clearance.cleared else []
    return [*keys, ("F12", "hide"), ("F1", "all keys")]


def outcome_acts(choose: Callable[[PersonOutcome], object]) -> list[Act]:
    """Ctrl+1 to Ctrl+6."""

    def act(outcome: PersonOutcome, number: int) -> Act:
        return Act(f"Outcome: {OUTCOMES[outcome]}", (f"Ctrl+{number}",), lambda: choose(outcome))

    return [act(outcome, number) for number, outcome in enumerate(PersonOutcome, 1)]
