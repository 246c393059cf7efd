"""The kind of a step as its journal entry has it; entries of version 0.1.0 have none and are known by their words."""

from csp_desktop.services.ports.work import StepKind

BY_WORDS = {
    "start of the meeting": StepKind.START,
    "going to another item": StepKind.GOING,
    "going to another case": StepKind.GOING,
    "going to an item": StepKind.GOING,
    "leaving an item": StepKind.GOING,
    "going to another person": StepKind.GOING,
    "turning away from a person": StepKind.GOING,
    "leaving a person": StepKind.GOING,
    "minute of a case": StepKind.NOTE,
    "note of an item": StepKind.NOTE,
    "private note": StepKind.NOTE,
    "closing of the meeting": StepKind.CLOSING,
    "approval of the private minutes": StepKind.APPROVAL,
}


def kind_of(kept: str | None, words: str) -> StepKind:
    """Of an entry: `kept` is None in one written before kinds were kept."""
    return BY_WORDS.get(words, StepKind.OTHER) if kept is None else StepKind(kept)
