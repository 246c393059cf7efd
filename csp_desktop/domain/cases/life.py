"""The life of a case: every move it can make, and what each one needs. No status changes anywhere else.

Open → monitoring → closed; or → intensive support → monitoring → closed. What went down may come up again, and a closed
case is reopened by hand. Safety Net is the master of the list: what it shows is followed, whichever move that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.cases.cases import Case, CaseStatus, StatusChange
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id

REASON = "reason"  # the field of a form that asks for one
SEEN, CHANGED = "Seen in Safety Net", "Changed in Safety Net"  # the reasons an import gives
BY_HAND = "Entered by hand"
MOVES = {
    CaseStatus.OPEN: (CaseStatus.MONITORING, CaseStatus.INTENSIVE),
    CaseStatus.INTENSIVE: (CaseStatus.MONITORING, CaseStatus.OPEN),
    CaseStatus.MONITORING: (CaseStatus.CLOSED, CaseStatus.INTENSIVE, CaseStatus.OPEN),
    CaseStatus.CLOSED: (CaseStatus.OPEN,),
}
IS_CLOSED = "This case is already closed. Reopen it first, with the reason."
_CLOSING = {
    CaseStatus.OPEN: "A case is closed only after a month of monitoring. De-escalate it first.",
    CaseStatus.INTENSIVE: "A case in intensive support must be monitored before it is closed. De-escalate it first.",
}
_WHY_REOPENED = "This case is closed. Give the reason for reopening it; it is kept with the case."


@dataclass(frozen=True)
class Step:
    """What every move carries: the day, the person, the reason and, where one made it, the meeting."""

    on: date
    by: str
    reason: str
    meeting_id: str = ""


@dataclass(frozen=True)
class Moved:
    """The case after a move, and the entry in its history; none where it stays as it is."""

    case: Case
    change: StatusChange | None


def refuse_impossible(before: CaseStatus, after: CaseStatus) -> None:
    """Raise Refused, in words, for a move no person can make."""
    if before is after or after in MOVES[before]:
        return
    if before is CaseStatus.CLOSED:
        raise Refused(IS_CLOSED)
    if after is CaseStatus.CLOSED:
        raise Refused(_CLOSING[before])
    raise Refused(f"A case cannot go from “{before.value}” to “{after.value}”.")


def begun(case: Case, step: Step) -> StatusChange:
    """The first entry in the history of a case. Raises Refused where it begins in intensive support: a meeting decides
    that."""
    if case.status is CaseStatus.INTENSIVE:
        raise Refused("A case begins open. A meeting decides on intensive support.")
    return _entry(case.id, None, case.status, step)


def moved(case: Case, after: CaseStatus, step: Step) -> Moved:
    """A move people make. Monitoring counts from the day it began. Raises Refused for one that cannot be, and for
    one without a person or a reason."""
    refuse_impossible(case.status, after)
    return _gone(case, after, step)


def reopened(case: Case, step: Step) -> Moved:
    """A closed case is open again, at a meeting or between two. Raises FieldRefused without a reason, Refused for one
    that is not closed."""
    if case.status is not CaseStatus.CLOSED:
        raise Refused("This case is open already.")
    if not step.reason.strip():
        raise FieldRefused(REASON, _WHY_REOPENED)
    return moved(case, CaseStatus.OPEN, step)


def followed(case: Case, after: CaseStatus, step: Step) -> Moved:
    """What Safety Net shows, whichever move that is. Raises Refused for a status it does not know."""
    if after is CaseStatus.INTENSIVE and case.status is not CaseStatus.INTENSIVE:
        raise Refused("Safety Net knows no intensive support. A meeting decides on it.")
    return _gone(case, after, step)


def taken_back(case: Case, changes: Sequence[StatusChange]) -> tuple[Case, tuple[StatusChange, ...]]:
    """The case before what one meeting decided, and the entries that go: `changes` are that meeting's. That it was
    reopened to be talked about stays."""
    gone = tuple(change for change in changes if change.before is not CaseStatus.CLOSED)
    first = gone[0].before if gone else None
    return replace(case, status=first or case.status), gone


def is_decided_here(change: StatusChange) -> bool:
    """Whether people of this group made the move, at a meeting or by hand; an import only followed Safety Net."""
    return bool(change.meeting_id) or (change.before is not None and change.reason != CHANGED)


def _gone(case: Case, after: CaseStatus, step: Step) -> Moved:
    if after is case.status:
        return Moved(case, None)
    since = case.monitoring_since if after is CaseStatus.CLOSED else None
    if after is CaseStatus.MONITORING:
        since = step.on
    return Moved(replace(case, status=after, monitoring_since=since), _entry(case.id, case.status, after, step))


def _entry(case_id: str, before: CaseStatus | None, after: CaseStatus, step: Step) -> StatusChange:
    """Raises Refused without a person or a reason."""
    reason = " ".join(step.reason.split())
    if not reason:
        raise Refused("Give the reason for this change; it is kept with the case.")
    if not step.by.strip():
        raise Refused("Nobody is named who makes this change.")
    return StatusChange(new_id(), case_id, before, after, step.on, step.by, reason, step.meeting_id)
