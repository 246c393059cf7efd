"""The partnership's bodies. A body has a key that stays when it is renamed, and the meetings refer to the key."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import chain, count

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.meeting.meeting import MeetingKind
from csp_desktop.domain.meeting.professionals import NAME as PROFESSIONALS
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.settings import Settings

GROUP = MeetingKind.CPG.value  # the key of the body whose meetings are held here
GROUP_NAME = "Community Protection Group"
Row = tuple[str, ...]


@dataclass(frozen=True)
class Body:
    """One of the bodies: its name as it stands on papers, and how often it meets."""

    key: str
    name: str
    rhythm: str


def bodies_of(settings: Settings) -> tuple[Body, ...]:
    """All of them in the partnership's order."""
    return tuple(Body(key, name, rhythm) for name, rhythm, key in keyed(settings.bodies))


def body_name(settings: Settings, key: str = GROUP) -> str:
    """What the body of a meeting is called now."""
    return next((body.name for body in bodies_of(settings) if body.key == key), GROUP_NAME)


def body_of(settings: Settings, kind: MeetingKind) -> str:
    """What a meeting is called on screens and papers: by its body; one called for a case by its kind."""
    return PROFESSIONALS if kind is MeetingKind.PROFESSIONALS else body_name(settings)


def keyed(rows: Sequence[Row]) -> tuple[tuple[str, str, str], ...]:
    """Every row with its key. In a file of 0.1.0, where none has one, the group is the first that was taken for it."""
    group = None if any(len(row) > 2 for row in rows) else _taken_for_group(rows)
    taken = {row[2] for row in rows if len(row) > 2} | {GROUP}
    found = []
    for number, row in enumerate(rows):
        key = row[2] if len(row) > 2 else GROUP if number == group else _new_key(row[0], taken)
        taken.add(key)
        found.append((row[0], row[1], key))
    return tuple(found)


def _taken_for_group(rows: Sequence[Row]) -> int | None:
    return next((number for number, row in enumerate(rows) if "Protection" in row[0]), None)


def _new_key(name: str, taken: Container[str]) -> str:
    plain = "-".join(folded(name).split())
    return next(key for key in chain((plain,), (f"{plain}-{n}" for n in count(2))) if key not in taken)


def changed_bodies(before: Settings, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows as they were changed, each with its key: a row without one that bears a known name is that body. Raises
    FieldRefused without the group, by which its meetings are called, and where a name stands twice."""
    known = {folded(body.name): body.key for body in bodies_of(before)}
    used = {row[2] for row in rows if len(row) > 2}
    named: list[Row] = []
    for row in (tuple(" ".join(words.split()) for words in row) for row in rows):
        key = known.get(folded(row[0]), "") if len(row) < 3 else ""
        if key and key not in used:
            used.add(key)
            row = (*row, key)
        named.append(row)
    if GROUP not in used:
        raise FieldRefused(
            "bodies",
            f"The meetings held here are those of the {body_name(before)}, so its row cannot be "
            "removed. Rename it instead.",
        )
    names = [folded(row[0]) for row in named]
    twice = next((row[0] for row in named if row[0].strip() and names.count(folded(row[0])) > 1), None)
    if twice:
        raise FieldRefused("bodies", f"{twice} is listed twice. Rename or remove one of them.")
    return keyed(named)
