"""Who chairs a meeting and who takes its minutes, where that changes while it runs."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import ClassVar

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState


class Office(Enum):
    """What is handed over."""

    CHAIR = "chair"
    MINUTES = "minute-taker"


@dataclass(frozen=True)
class OfficeTaken:
    """From when somebody chairs a meeting, or takes its minutes, in another's place."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    meeting_id: str
    office: Office
    at: datetime
    from_id: str  # empty where nobody held it
    from_name: str
    to_id: str
    to_name: str


def holder(meeting: Meeting, office: Office) -> str:
    """The member who holds it now; empty for nobody."""
    return meeting.chair_id if office is Office.CHAIR else meeting.minute_taker_id


def chairs_now(member_id: str, meetings: Iterable[Meeting], approved: Collection[str]) -> bool:
    """Whether somebody acts for the chair: they chair the newest meeting of the series that has begun, from its sign-in
    until its minutes are approved. `approved` are the ids of meetings whose minutes are."""
    begun = [one for one in meetings if one.is_regular and one.state is not MeetingState.PLANNED]
    newest = max(begun, key=lambda one: (one.on, one.starts), default=None)
    if newest is None or not member_id or newest.chair_id != member_id:
        return False
    return newest.state is not MeetingState.CLOSED or newest.id not in approved


def hand_over(meeting: Meeting, office: Office, to: Attendance, from_name: str, at: datetime) -> OfficeTaken:
    """Somebody in the room takes it over. Raises Refused for one who is not here, has not signed or holds it."""
    if not to.present:
        raise Refused(f"{to.name} is not here. Record their arrival first.")
    if not to.signed:
        raise Refused(f"{to.name} has not signed yet. Everyone signs first.")
    if holder(meeting, office) == to.member_id:
        raise Refused(f"{to.name} {'chairs this meeting' if office is Office.CHAIR else 'takes the minutes'} already.")
    return OfficeTaken(new_id(), meeting.id, office, at, holder(meeting, office), from_name, to.member_id, to.name)


def after_hand_over(meeting: Meeting, taken: OfficeTaken) -> Meeting:
    """The meeting with who holds it now."""
    if taken.office is Office.CHAIR:
        return replace(meeting, chair_id=taken.to_id)
    return replace(meeting, minute_taker_id=taken.to_id)


def of_office(every: Iterable[OfficeTaken], office: Office) -> tuple[OfficeTaken, ...]:
    """The hand-overs of one office, in their order."""
    return tuple(sorted((one for one in every if one.office is office), key=lambda one: one.at))


def held_by(meeting: Meeting, office: Office, every: Iterable[OfficeTaken]) -> frozenset[str]:
    """Every member who held it at any time of the meeting."""
    ids = {holder(meeting, office)}
    for one in of_office(every, office):
        ids |= {one.from_id, one.to_id}
    return frozenset(ids - {""})


def first_holder(meeting: Meeting, office: Office, every: Iterable[OfficeTaken]) -> str:
    """The member who held it as planned, before anything was handed over."""
    taken = of_office(every, office)
    return taken[0].from_id if taken else holder(meeting, office)


def spans_words(name: str, taken: Sequence[OfficeTaken]) -> str:
    """'Dan Holt to 15:10; Joy Okafor from 15:10 to 15:30; Dan Holt from 15:30'; only the `name` where nothing was
    handed over."""
    if not taken:
        return name
    words = [f"{taken[0].from_name} to {clock(taken[0].at)}"] if taken[0].from_name else []
    for one, following in zip(taken, (*taken[1:], None), strict=True):
        until = f" to {clock(following.at)}" if following is not None else ""
        words.append(f"{one.to_name} from {clock(one.at)}{until}")
    return "; ".join(words)


def taken_words(one: OfficeTaken, chair: str = "the chair") -> str:
    """'At 15:10 Joy Okafor took the chair from Dan Holt'; `chair` is what the meeting calls it."""
    what = chair if one.office is Office.CHAIR else "the minutes"
    return f"At {clock(one.at)} {one.to_name} took {what}{f' from {one.from_name}' if one.from_name else ''}"
