"""What is looked at before private minutes leave: the group's checks where they fit, and who may hear whom."""

from collections.abc import Iterable

from csp_desktop.domain.days import month_day
from csp_desktop.domain.minutes_checks import LONGEST_INITIALS, MinutesCheck
from csp_desktop.domain.private_minutes import PrivateMinutes
from csp_desktop.domain.private_minutes_layout import NEXT_DATE, section_of


def check_private_minutes(minutes: PrivateMinutes, cut_off: Iterable[tuple[str, str]] = ()) -> tuple[MinutesCheck, ...]:
    """All checks, each thing that fails on its own. `cut_off`: officers with an action about someone they may not hear
    of, and the section it stands in.
    """
    return (
        *_each("Everyone present has signed", _unsigned(minutes)),
        *_each("Every person has an outcome", _undecided(minutes)),
        *_each("Every decision was read back", _unread(minutes)),
        *_each("An officer for each action", _unowned(minutes)),
        *_each("A date for each action", _undated(minutes)),
        *_each("Initials, not names", _named(minutes)),
        *_each("Officers may hear what they do", [_cut_off(*one) for one in cut_off]),
        *_each("The next date is fixed", _unfixed(minutes)),
    )


def _each(words: str, failed: list[MinutesCheck]) -> list[MinutesCheck]:
    return failed or [MinutesCheck(True, words)]


def _unsigned(minutes: PrivateMinutes) -> list[MinutesCheck]:
    unsigned = [one.line.name for one in minutes.present if one.line.signed_at is None]
    return [MinutesCheck(False, f"{name} did not sign", "They heard nobody", "confidentiality") for name in unsigned]


def _undecided(minutes: PrivateMinutes) -> list[MinutesCheck]:
    return [
        MinutesCheck(False, f"{one.name} has no outcome", "The paper says: none recorded", section_of(one))
        for one in minutes.people
        if one.outcome is None
    ]


def _unread(minutes: PrivateMinutes) -> list[MinutesCheck]:
    return [
        MinutesCheck(False, f"{one.name} was not read back", "No time of acceptance", section_of(one))
        for one in minutes.people
        if one.outcome is not None and one.read_back_at is None
    ]


def _unowned(minutes: PrivateMinutes) -> list[MinutesCheck]:
    lines = [a for a in minutes.actions if not a.officer]
    return [MinutesCheck(False, f"Action {a.label} has no officer", a.what, "actions") for a in lines]


def _undated(minutes: PrivateMinutes) -> list[MinutesCheck]:
    lines = [a for a in minutes.actions if a.due is None]
    return [MinutesCheck(False, f"Action {a.label} has no date", f"{a.officer}: {a.what}", "actions") for a in lines]


def _named(minutes: PrivateMinutes) -> list[MinutesCheck]:
    """Initials as long as a name are a name."""
    return [
        MinutesCheck(False, f"{one.reference} may show a name", "Its initials are too long", section_of(one))
        for one in minutes.people
        if len(one.initials.replace(".", "").replace(" ", "")) > LONGEST_INITIALS
    ]


def _cut_off(officer: str, section_id: str) -> MinutesCheck:
    words = f"{officer}’s copy leaves out an action"
    return MinutesCheck(False, words, "They may not hear of the person. Record how they are involved.", section_id)


def _unfixed(minutes: PrivateMinutes) -> list[MinutesCheck]:
    if minutes.next_on is not None and not minutes.next_proposed:
        return []
    proposed = f"Proposed: {month_day(minutes.next_on)}" if minutes.next_on else ""
    return [MinutesCheck(False, "The next date is not fixed", proposed, NEXT_DATE)]
