"""What is looked at before minutes leave: each check passes in quiet words or fails with its place. The words of a
passed check say what was looked at and no more.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.kept_text import digest_of
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.layout import sections
from csp_desktop.domain.minutes.paper_parts import Section, Words
from csp_desktop.domain.minutes.personal_text import Hit, Names, Text, find
from csp_desktop.domain.minutes.printable import Missing, names_in, texts_of, unprintable
from csp_desktop.domain.minutes.protection import Protection
from csp_desktop.domain.minutes.record import ActionLine, CasePart, Minutes

LONGEST_INITIALS = 5
LATER = "The minutes say so"
ALL_PRINTED = "All characters can be printed"
NOTHING_PERSONAL = "Initials only, no personal details found"


@dataclass(frozen=True)
class MinutesCheck:
    """One check. `section_id` is the part of the paper a failed one concerns; `kept_as` tells a text that may be kept
    as it is, `stands_as` something that happened so and may stand as the paper says it, and `case_id` whom it is
    about. `may_stand` is false of what no person can let pass: a paper that cannot be printed."""

    passed: bool
    words: str
    detail: str = ""
    section_id: str = ""
    kept_as: str = ""
    case_id: str = ""
    stands_as: str = ""
    may_stand: bool = True


def nothing_missing(texts: Iterable[str]) -> tuple[str, ...]:
    """For a paper that is not printed: any letter will do."""
    return ()


def check_minutes(
    minutes: Minutes, names: Names | None = None, kept: Collection[str] = (), missing: Missing = nothing_missing
) -> tuple[MinutesCheck, ...]:
    """All checks, each thing that fails on its own. `names` are those the file knows; `kept` tells the texts somebody
    looked at and kept; `missing` the characters that the papers' fonts lack."""
    texts = texts_of(minutes)
    hits = find(texts, names or names_in(minutes))
    return (
        *_each("Everyone who came has signed", _unsigned(minutes)),
        *_each("Every case called has an outcome", _undecided(minutes)),
        *_each("Every decision was read back", _unread(minutes)),
        *_each("An officer for each action", _unowned(minutes)),
        *_each("A date for each action", _undated(minutes)),
        *_each(NOTHING_PERSONAL, [*_named(minutes), *personal_places(minutes.meeting_id, hits, kept)]),
        *_each("The next date is agreed", _unfixed(minutes)),
        *_each(ALL_PRINTED, unprintable_places(texts, missing)),
        *lone_marks(sections(minutes)),
        *_only_noted(minutes),
    )


def _each(words: str, failed: list[MinutesCheck]) -> list[MinutesCheck]:
    return failed or [MinutesCheck(True, words)]


def part_of(case: CasePart) -> str:
    """The section of a case."""
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
        _failed(f"{c.name} has no outcome", "The minutes say: none recorded", part_of(c))
        for c in minutes.cases
        if c.outcome is None
    ]


def _unread(minutes: Minutes) -> list[MinutesCheck]:
    """Decisions on cases, and items under which actions were agreed."""
    found = [
        _failed(f"{c.name} was not read back", "No acceptance time recorded", part_of(c))
        for c in minutes.cases
        if c.outcome is not None and c.read_back_at is None
    ]
    for c in minutes.cases:
        found += [
            _failed(words, LATER, part_of(c))
            for words in changed_later(c.name, c.read_back_at, c.changed_at, c.actions)
        ]
    headed = {section.heading: section.id for section in sections(minutes) if section.level == 1}
    for item in minutes.items:
        place = headed.get(item.title, "")
        if item.actions and item.read_back_at is None:
            found.append(_failed(f"{item.title} was not read back", "Actions were agreed under it", place))
        for words in changed_later(item.title, item.read_back_at, item.changed_at, item.actions):
            found.append(_failed(words, LATER, place))
    return found


def changed_later(
    name: str, read_back_at: datetime | None, changed_at: datetime | None, actions: Iterable[ActionLine]
) -> list[str]:
    """What was said or agreed once the read-back was accepted, in words."""
    if read_back_at is None:
        return []
    words = [f"{name}: changed after the read-back, {clock(changed_at)}"] if changed_at else []
    return words + [f"{name}: action {line.label} {line.late}" for line in actions if line.late]


def _only_noted(minutes: Minutes) -> list[MinutesCheck]:
    """Each person whose apologies stand in the note of their item alone: the list says that none were received."""
    headed = {section.heading: section.id for section in sections(minutes) if section.level == 1}
    return [
        _failed(
            f"{name} is named in the note on apologies, and listed as absent without apologies",
            "Correct the attendance, or the note",
            headed.get(item.title, ""),
        )
        for item in minutes.items
        if item.kind is ItemKind.APOLOGIES
        for name, _ in minutes.absent
        if folded(name) in folded(item.note)
    ]


def _unowned(minutes: Minutes) -> list[MinutesCheck]:
    return [_failed(f"Action {a.label} has no officer", a.what, "actions") for a in minutes.actions if not a.officer]


def _undated(minutes: Minutes) -> list[MinutesCheck]:
    return [_failed(f"Action {a.label} has no date", whose(a), "actions") for a in minutes.actions if a.due is None]


def whose(line: ActionLine) -> str:
    """'Ravi Nair: Find a bed'; of an action without an officer what is to be done alone."""
    return f"{line.who}: {line.what}" if line.officer else line.what


def _named(minutes: Minutes) -> list[MinutesCheck]:
    """Initials as long as a name are a name: the paper names no subject, called or not."""
    lines = [(c.reference, c.initials, part_of(c)) for c in minutes.cases]
    lines += [(u.reference, u.initials, "uncalled") for u in minutes.uncalled]
    return [
        _failed(f"{reference or 'A case'} may show a name", "Its initials are too long", section_id)
        for reference, initials, section_id in lines
        if too_long(initials)
    ]


def too_long(initials: str) -> bool:
    """Whether initials are as long as a name."""
    return len(initials.replace(".", "").replace(" ", "")) > LONGEST_INITIALS


def personal_places(meeting_id: str, hits: Iterable[Hit], kept: Collection[str] = ()) -> list[MinutesCheck]:
    """Each text that holds something personal, once, with all that was found in it and every place it is printed."""
    by_text: dict[str, list[Hit]] = {}
    for hit in hits:
        by_text.setdefault(digest_of(meeting_id, hit.text.words), []).append(hit)
    return [_personal(digest, found) for digest, found in by_text.items() if digest not in kept]


def unprintable_places(texts: Iterable[Text], missing: Missing) -> list[MinutesCheck]:
    """Each text with characters that would print as boxes or wrongly shaped."""
    return [
        MinutesCheck(False, f"Cannot be printed: {one.words}", _short(one.text), one.text.section_id, may_stand=False)
        for one in unprintable(texts, missing)
    ]


def lone_marks(parts: Iterable[Section]) -> list[MinutesCheck]:
    """Each mark that no words follow: whoever typed it meant to withhold something, and it withholds nothing."""
    return [
        MinutesCheck(
            False,
            f"A mark with no text: {kind.mark}",
            f"{part.title}: put it before the text it protects, or delete it",
            part.id,
            case_id=part.case_id,
            may_stand=False,
        )
        for part in parts
        for block in part.blocks
        for kind in Protection
        if isinstance(block, Words) and not block.text.strip() and block.label.endswith(kind.label)
    ]


def _personal(digest: str, hits: list[Hit]) -> MinutesCheck:
    first = hits[0].text
    said = dict.fromkeys(f"“{hit.words}”: {hit.mark.value}" for hit in hits)
    places = dict.fromkeys(f"{_short(hit.text)}" for hit in hits)
    case_id = next((hit.text.case_id for hit in hits if hit.text.case_id), "")
    return MinutesCheck(False, "; ".join(said), "; ".join(places), first.section_id, digest, case_id)


def _short(text: Text) -> str:
    """'SN-2026-0401, JK: Discussion'"""
    return f"{text.section}: {text.field}" if text.section else text.field


def _unfixed(minutes: Minutes) -> list[MinutesCheck]:
    if minutes.next_on is not None or not any(item.kind is ItemKind.NEXT_DATE for item in minutes.items):
        return []
    return [_failed("The next date is not agreed", "The minutes say: no date was set", "next-date")]
