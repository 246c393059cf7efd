"""Which facts of a paper can be put right after the meeting, what each is called, and which need a reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.corrections import Facts, parts
from csp_desktop.domain.minutes.paper_parts import BETWEEN, Section
from csp_desktop.domain.minutes.record import case_name


class ValueKind(Enum):
    """How a fact is typed in."""

    TEXT = "text"  # several lines
    LINE = "line"
    DAY = "day"
    INSTANT = "instant"  # a time of day at the meeting
    OUTCOME = "outcome"
    CAPACITY = "capacity"
    OFFICER = "officer"  # with agency and id
    OWNERS = "owners"  # those who do it with the officer
    REMOTE = "remote"  # in the room, on Teams or by telephone
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Correctable:
    """One fact. `decision`: once read back and accepted it is only changed as recorded wrongly, with a reason.
    `choices` are those of an outcome."""

    field: str
    label: str
    kind: ValueKind
    decision: bool = False
    choices: type[Enum] | None = None


@dataclass(frozen=True)
class PartKind:
    """The parts of one list of the paper: how one is called, and what of it can be put right. `about` is the field that
    names whom it is about."""

    called: Callable[[Facts], str]
    fields: tuple[Correctable, ...]
    about: str = ""


@dataclass(frozen=True)
class Place:
    """One fact of one part, as it stands."""

    part_id: str
    called: str
    fact: Correctable
    value: Any
    is_accepted: bool  # read back and accepted at the meeting
    case_id: str

    @property
    def what(self) -> str:
        """'SN-2026-0371, J.K.: discussion'"""
        return f"{self.called}: {self.fact.label}" if self.called else self.fact.label


OFFICER, BESIDE = "officer+agency+officer_id", "beside"
NOTE = Correctable("note", "discussion", ValueKind.TEXT)
REASON = Correctable("reason", "reason for the decision", ValueKind.LINE, decision=True)
OF_ITEM = PartKind(lambda part: str(part["title"]), (NOTE,))
OF_ACTION = PartKind(
    lambda part: f"Action {part['label']}",
    (
        Correctable("what", "wording", ValueKind.LINE),
        Correctable(OFFICER, "officer", ValueKind.OFFICER),
        Correctable(BESIDE, "with", ValueKind.OWNERS),
        Correctable("due", "date", ValueKind.DAY),
    ),
    about="case_id",
)
OF_CASE = PartKind(
    lambda part: case_name(part["reference"], part["initials"]),
    (
        NOTE,
        Correctable("outcome", "decision", ValueKind.OUTCOME, decision=True, choices=Outcome),
        REASON,
        Correctable("refer_to", "referred to", ValueKind.LINE, decision=True),
        Correctable("monitor_until", "monitored until", ValueKind.DAY, decision=True),
        Correctable("dissent", "dissent", ValueKind.LINE, decision=True),
    ),
    about="case_id",
)
OF_ATTENDEE = PartKind(
    lambda part: str(part["name"]),
    (
        Correctable("name", "name", ValueKind.LINE),
        Correctable("agency", "agency", ValueKind.LINE),
        Correctable("capacity", "capacity", ValueKind.CAPACITY),
        Correctable("remote", "took part", ValueKind.REMOTE),
        Correctable("here_for", "here for", ValueKind.LINE),
        Correctable("arrived_at", "came", ValueKind.INSTANT),
        Correctable("left_at", "left", ValueKind.INSTANT),
    ),
)
OF_APOLOGY = PartKind(
    lambda part: f"Apologies of {part['name']}",
    (
        Correctable("information_sent", "information sent", ValueKind.YES_NO),
        Correctable("received_on", "received", ValueKind.DAY),
    ),
)
WORDS = Correctable("words", "wording", ValueKind.LINE)
OF_DECISION = PartKind(
    lambda part: f"Decision by email about {case_name(part['reference'], part['initials'])}", (WORDS,), about="case_id"
)
OF_MEETING = PartKind(
    lambda part: "",
    (
        Correctable("chair", "chair", ValueKind.LINE),
        Correctable("minute_taker", "minute-taker", ValueKind.LINE),
        Correctable("venue", "venue", ValueKind.LINE),
        Correctable("closing_note", "note on closing", ValueKind.TEXT),
        Correctable("next_on", "next meeting", ValueKind.DAY),
    ),
)
Parts = Mapping[str, PartKind]  # by the list of the paper; the empty name is the meeting itself
GROUP_PARTS: Parts = {
    "": OF_MEETING,
    "attendees": OF_ATTENDEE,
    "apologies": OF_APOLOGY,
    "items": OF_ITEM,
    "cases": OF_CASE,
    "between": OF_DECISION,
    "actions": OF_ACTION,
}


def places(facts: Facts, meeting_id: str, kinds: Parts) -> Iterator[Place]:
    """Everything that can be put right, in the order of the paper; an action that stands in several lists comes once,
    with what it was agreed under."""
    whole = next(parts(facts, meeting_id))
    yield from _of(whole, kinds[""], meeting_id)
    seen: set[str] = set()
    for name, kind in kinds.items():
        for part in whole.get(name, ()) if name else ():
            part = part.get("line", part)  # the private attendance wraps its line
            if part["id"] and part["id"] not in seen:
                seen.add(part["id"])
                yield from _of(part, kind, part["id"])


def _of(part: Facts, kind: PartKind, part_id: str) -> Iterator[Place]:
    for fact in kind.fields:
        names = fact.field.split("+")
        if names[0] in part:
            accepted = fact.decision and part.get("read_back_at") is not None
            yield Place(part_id, kind.called(part), fact, part[names[0]], accepted, str(part.get(kind.about, "")))


HEAD = ("chair", "minute_taker", "venue")  # what stands with the attendance


def section_places(section: Section, places: Sequence[Place], head: Sequence[str] = HEAD) -> list[Place]:
    """What of the record can be put right in one section of the paper: of a case or person its words and its actions,
    of the attendance who was there and who chaired (`head`), of the officers all actions."""
    if section.case_id:
        return [place for place in places if place.case_id == section.case_id]
    match section.id.split("-")[0]:
        case "present":
            return [one for one in places if _is_of_meeting(one, *head) or _is_person(one)]
        case "confidentiality":
            return [one for one in places if _is_person(one)]
        case words if words == BETWEEN:
            return [one for one in places if one.fact is WORDS]
        case "apologies":
            sent = ("information_sent", "received_on")
            return [one for one in places if one.fact.field in sent] + _note_of(section, places)
        case "next":
            return [one for one in places if _is_of_meeting(one, "next_on", "closing_note")]
        case "actions":
            theirs = {one.part_id for one in places if one.fact.field == OFFICER}
            return [one for one in places if one.part_id in theirs]
        case _:
            return _note_of(section, places)


def _is_of_meeting(place: Place, *fields: str) -> bool:
    return not place.called and place.fact.field in fields


def _is_person(place: Place) -> bool:
    return any(place.fact is fact for fact in OF_ATTENDEE.fields)


def _note_of(section: Section, places: Sequence[Place]) -> list[Place]:
    return [one for one in places if one.fact.field == "note" and not one.case_id and one.called == section.heading]
