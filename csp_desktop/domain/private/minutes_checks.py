"""What is looked at before private minutes leave: the group's checks where they fit, and who may hear whom."""

from collections.abc import Collection, Iterable

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.minutes.checks import (
    ALL_PRINTED,
    LATER,
    NOTHING_PERSONAL,
    MinutesCheck,
    changed_later,
    lone_marks,
    nothing_missing,
    personal_places,
    too_long,
    unprintable_places,
    whose,
)
from csp_desktop.domain.minutes.personal_text import Names, find
from csp_desktop.domain.minutes.printable import Missing
from csp_desktop.domain.private.minutes import PrivateMinutes
from csp_desktop.domain.private.minutes_layout import NEXT_DATE, section_of, sections
from csp_desktop.domain.private.printable import names_in, texts_of


def check_private_minutes(
    minutes: PrivateMinutes,
    cut_off: Iterable[tuple[str, str]] = (),
    names: Names | None = None,
    kept: Collection[str] = (),
    missing: Missing = nothing_missing,
) -> tuple[MinutesCheck, ...]:
    """All checks, each thing that fails on its own. `cut_off`: officers with an action about someone they may not hear
    of, and the section it stands in; `names` are those the file knows, `kept` tells the texts that were kept,
    `missing` the characters that the papers' fonts lack.
    """
    texts = texts_of(minutes)
    hits = find(texts, names or names_in(minutes, ()))
    return (
        *_each("Everyone present has signed", _unsigned(minutes)),
        *_each("Everyone discussed has an outcome", _undecided(minutes)),
        *_each("Every decision was read back", _unread(minutes)),
        *_each("An officer for each action", _unowned(minutes)),
        *_each("A date for each action", _undated(minutes)),
        *_each(NOTHING_PERSONAL, [*_named(minutes), *personal_places(minutes.meeting_id, hits, kept)]),
        *_each("Officers’ copies include all their own actions", [_cut_off(*one) for one in cut_off]),
        *_each("The next date is set", _unfixed(minutes)),
        *_each(ALL_PRINTED, unprintable_places(texts, missing)),
        *lone_marks(sections(minutes)),
    )


def _each(words: str, failed: list[MinutesCheck]) -> list[MinutesCheck]:
    return failed or [MinutesCheck(True, words)]


def _unsigned(minutes: PrivateMinutes) -> list[MinutesCheck]:
    unsigned = [one.line.name for one in minutes.present if one.line.signed_at is None]
    return [
        MinutesCheck(
            False, f"{name} did not sign", "No person was discussed while they were present", "confidentiality"
        )
        for name in unsigned
    ]


def _undecided(minutes: PrivateMinutes) -> list[MinutesCheck]:
    return [
        MinutesCheck(False, f"{one.name} has no outcome", "The minutes say: none recorded", section_of(one))
        for one in minutes.people
        if one.outcome is None
    ]


def _unread(minutes: PrivateMinutes) -> list[MinutesCheck]:
    """Decisions on people, and items under which actions were agreed."""
    headed = {section.heading: section.id for section in sections(minutes) if section.level == 1}
    items = [
        MinutesCheck(False, f"{item.title} was not read back", "Actions were agreed under it", headed[item.title])
        for item in minutes.items
        if item.actions and item.read_back_at is None
    ]
    for one in minutes.people:
        said = changed_later(one.name, one.read_back_at, one.changed_at, one.actions)
        items += [MinutesCheck(False, words, LATER, section_of(one)) for words in said]
    for item in minutes.items:
        said = changed_later(item.title, item.read_back_at, item.changed_at, item.actions)
        items += [MinutesCheck(False, words, LATER, headed[item.title]) for words in said]
    return items + [
        MinutesCheck(False, f"{one.name} was not read back", "No acceptance time recorded", section_of(one))
        for one in minutes.people
        if one.outcome is not None and one.read_back_at is None
    ]


def _unowned(minutes: PrivateMinutes) -> list[MinutesCheck]:
    lines = [a for a in minutes.actions if not a.officer]
    return [MinutesCheck(False, f"Action {a.label} has no officer", a.what, "actions") for a in lines]


def _undated(minutes: PrivateMinutes) -> list[MinutesCheck]:
    lines = [a for a in minutes.actions if a.due is None]
    return [MinutesCheck(False, f"Action {a.label} has no date", whose(a), "actions") for a in lines]


def _named(minutes: PrivateMinutes) -> list[MinutesCheck]:
    """Initials as long as a name are a name, of those not reached too."""
    lines = [(one.reference, one.initials, section_of(one)) for one in minutes.people]
    lines += [(one.reference, one.initials, "unreached") for one in minutes.unreached]
    return [
        MinutesCheck(False, f"{reference} may show a name", "Its initials are too long", section_id)
        for reference, initials, section_id in lines
        if too_long(initials)
    ]


def _cut_off(officer: str, section_id: str) -> MinutesCheck:
    words = f"{officer}’s copy leaves out an action"
    return MinutesCheck(
        False, words, "They may not be told about the person. Record how they are involved.", section_id
    )


def _unfixed(minutes: PrivateMinutes) -> list[MinutesCheck]:
    if minutes.next_on is not None and not minutes.next_proposed:
        return []
    proposed = f"Proposed: {dated_day(minutes.next_on)}" if minutes.next_on else ""
    return [MinutesCheck(False, "The next date is not set", proposed, NEXT_DATE)]
