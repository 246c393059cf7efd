"""What is looked at before minutes leave: each check passes in quiet words or fails with its place."""

from dataclasses import dataclass

from csp_desktop.domain.days import clock
from csp_desktop.domain.minutes import CasePart, Minutes

LONGEST_INITIALS = 5


@dataclass(frozen=True)
class MinutesCheck:
    """One check. `section_id` is the part of the paper a failed one concerns."""

    passed: bool
    words: str
    detail: str = ""
    section_id: str = ""


def check_minutes(minutes: Minutes) -> tuple[MinutesCheck, ...]:
    """All checks, each thing that fails on its own."""
    return (
        *_each("Everyone who was in the room has signed", _unsigned(minutes)),
        *_each("Every case called has an outcome", _undecided(minutes)),
        *_each("Every decision was read back", _unread(minutes)),
        *_each("An officer for each action", _unowned(minutes)),
        *_each("A date for each action", _undated(minutes)),
        *_each("Initials, not names", _named(minutes)),
        *_each("The next date is agreed", _unfixed(minutes)),
    )


def _each(words: str, failed: list[MinutesCheck]) -> list[MinutesCheck]:
    return failed or [MinutesCheck(True, words)]


def _part(case: CasePart) -> str:
    return f"case-{case.reference or case.case_id}"


def _failed(words: str, detail: str, section_id: str) -> MinutesCheck:
    return MinutesCheck(False, words, detail, section_id)


def _unsigned(minutes: Minutes) -> list[MinutesCheck]:
    """Each person who was in the room at any time and did not sign; an override tells why, it signs for nobody."""
    why = {name: f"Override at {clock(o.at)}: {o.reason}" for o in minutes.overrides for name in o.names}
    return [
        _failed(f"{a.name} did not sign", why.get(a.name, "No override covers this"), "confidentiality")
        for a in minutes.attendees
        if a.signed_at is None
    ]


def _undecided(minutes: Minutes) -> list[MinutesCheck]:
    return [
        _failed(f"{c.name} has no outcome", "The paper says: none recorded", _part(c))
        for c in minutes.cases
        if c.outcome is None
    ]


def _unread(minutes: Minutes) -> list[MinutesCheck]:
    return [
        _failed(f"{c.name} was not read back", "No time of acceptance", _part(c))
        for c in minutes.cases
        if c.outcome is not None and c.read_back_at is None
    ]


def _unowned(minutes: Minutes) -> list[MinutesCheck]:
    return [_failed(f"Action {a.label} has no officer", a.what, "actions") for a in minutes.actions if not a.officer]


def _undated(minutes: Minutes) -> list[MinutesCheck]:
    return [
        _failed(f"Action {a.label} has no date", f"{a.officer}: {a.what}", "actions")
        for a in minutes.actions
        if a.due is None
    ]


def _named(minutes: Minutes) -> list[MinutesCheck]:
    """Initials as long as a name are a name: the paper names no subject."""
    return [
        _failed(f"{c.reference or 'A case'} may show a name", "Its initials are too long", _part(c))
        for c in minutes.cases
        if len(c.initials.replace(".", "").replace(" ", "")) > LONGEST_INITIALS
    ]


def _unfixed(minutes: Minutes) -> list[MinutesCheck]:
    if minutes.next_on is not None:
        return []
    return [_failed("The next date is not agreed", "The paper says: no day was agreed", "next-date")]
