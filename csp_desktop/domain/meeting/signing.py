"""The rules of signing in: everyone signs at the start of every meeting, and nothing confidential starts before that.

The terms of reference: "For those occasionally attending CPG in a specialist capacity, a confidentiality clause is read
out. All attendees, whether signed-up to the ISP or not, sign this document at the beginning of every meeting."
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.confidentiality import (
    Attendance,
    Capacity,
    Clause,
    ClauseKind,
    Override,
    Remote,
    Stroke,
    where_words,
)
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.meeting.signatures import names_agree, signature_is_drawn
from csp_desktop.domain.people.agencies import Agency, IspStatus, Member, Standing, isp_status
from csp_desktop.domain.people.settings import Settings

_TEXTS = {
    ClauseKind.MEMBER: "members'",
    ClauseKind.OCCASIONAL: "visitors'",
    ClauseKind.OBSERVER: "observers'",
    ClauseKind.PRIVATE: "private session's",
}


def texts_words(waiting: Collection[ClauseKind]) -> str:
    """Which texts have still to be confirmed: "The visitors' text is not confirmed"."""
    if not waiting:
        return "Confidentiality clauses confirmed"
    if len(waiting) > 2:
        return "Confidentiality clauses not confirmed"
    names = " and ".join(words for kind, words in _TEXTS.items() if kind in waiting)
    return f"The {names} {'clause is' if len(waiting) == 1 else 'clauses are'} not confirmed"


@dataclass(frozen=True)
class Gate:
    """Whether confidential business may begin or go on, and in words why not."""

    may_start: bool
    unsigned: tuple[Attendance, ...]  # present, not signed, not covered by an override
    overridden: tuple[Attendance, ...]  # present, not signed, covered by one
    awaited: tuple[Attendance, ...]  # expected, not here, no apology: they do not hold up the meeting
    reason: str


def attend(meeting: Meeting, member: Member, agency: Agency, settings: Settings, today: date) -> Attendance:
    """The row of a person at one meeting, with where they stand with the information sharing protocol that day."""
    capacity = Capacity.OCCASIONAL if member.standing is Standing.OCCASIONAL else Capacity.MEMBER
    if member.id == meeting.minute_taker_id:
        capacity = Capacity.MINUTE_TAKER
    return Attendance(
        id=new_id(),
        meeting_id=meeting.id,
        member_id=member.id,
        name=member.name,
        agency_id=agency.id,
        agency_name=agency.name,
        job_title=member.job_title,
        capacity=capacity,
        isp=isp_status(member, today, settings.isp_version, settings.isp_valid_years),
        isp_version=member.isp_version,
    )


def hears_the_clause(row: Attendance) -> bool:
    """An occasional attendee hears the clause read out, and so does anyone without a current protocol, or on Teams or
    telephone."""
    if row.capacity is Capacity.PRIVATE and not row.expected:
        return True  # whoever joins the private session later hears its clause
    return row.remote is not None or _is_visitor(row)


def _is_visitor(row: Attendance) -> bool:
    if row.capacity is Capacity.PRIVATE:
        return False
    return row.capacity is Capacity.OCCASIONAL or row.isp is not IspStatus.CURRENT


def clause_kind(row: Attendance) -> ClauseKind:
    """Which text the person signs; a member without a current protocol is treated like an occasional attendee."""
    if row.capacity is Capacity.PRIVATE:
        return ClauseKind.PRIVATE
    if row.capacity is Capacity.OBSERVER:
        return ClauseKind.OBSERVER
    return ClauseKind.OCCASIONAL if _is_visitor(row) else ClauseKind.MEMBER


def may_sign(row: Attendance, clause: Clause) -> bool:
    """Whether signing is open: the text needs no reading out, or this very text was read to the person."""
    return not hears_the_clause(row) or (row.read_at is not None and row.clause_id == clause.id)


def read_out(row: Attendance, clause: Clause, reader: str, at: datetime, *, shown: bool = False) -> Attendance:
    """The clause was read to a person, who so is in the room; `shown`: to one on Teams on their screen. Who read and
    when is on the row of everyone it covers. Raises Refused without a reader, for another clause than theirs, for one
    who has signed, and where it was shown to somebody who has no screen of the meeting."""
    if not reader.strip():
        raise Refused("Say who read the clause out.")
    if row.signed:
        raise Refused(f"{row.name} has already signed.")
    if clause.kind is not clause_kind(row):
        raise Refused(
            f"{row.name} signs the {_TEXTS[clause_kind(row)]} clause, which is not the one that was read out."
        )
    if shown and row.remote is not Remote.TEAMS:
        raise Refused(f"The clause must be read out to {row.name}: it can only be shown on Teams.")
    return replace(_back(_named(row, clause), at), read_by=reader.strip(), read_at=at, shown=shown)


def take_back_reading(row: Attendance) -> Attendance:
    """The reading did not happen after all. Raises Refused for one who has signed."""
    if row.signed:
        raise Refused(f"{row.name} has already signed.")
    return replace(row, read_by="", read_at=None, shown=False, clause_id="", clause_version=0, clause_sha256="")


def remotely(row: Attendance, remote: Remote | None) -> Attendance:
    """The person takes part on Teams or by telephone, or (None) in the room after all; settled before signing. Raises
    Refused for a change after it."""
    if row.remote is remote:
        return row
    if row.signed:
        raise Refused(
            f"{row.name} has signed {where_words(row.remote)}. Record that they leave, then how they come back."
        )
    return replace(row, remote=remote, alone=None, shown=False)


def answered_alone(row: Attendance, alone: bool | None) -> Attendance:
    """What somebody remote said when asked whether they are alone in their room; None: not asked after all. Raises
    Refused for one in the room."""
    if row.remote is None:
        raise Refused(f"{row.name} is in the room with everyone else, so this does not apply.")
    return replace(row, alone=alone)


def stand_for(row: Attendance, absent: Attendance) -> Attendance:
    """The person is here for somebody who sent apologies. Raises Refused for oneself, and for somebody who is here."""
    if absent.member_id == row.member_id:
        raise Refused(f"{row.name} cannot stand in for themselves. Choose who sent apologies.")
    if absent.present or absent.signed:
        raise Refused(f"{absent.name} is here, so nobody stands in for them.")
    return replace(row, here_for_id=absent.member_id, here_for=absent.name)


def stand_for_nobody(row: Attendance) -> Attendance:
    """The person is here for themselves."""
    return replace(row, here_for_id="", here_for="")


def sign(
    row: Attendance,
    clause: Clause,
    at: datetime,
    strokes: Sequence[Stroke] = (),
    typed_name: str = "",
    interests: Iterable[str] = (),
    *,
    on_paper: bool = False,
) -> Attendance:
    """The signed row, keeping the exact text's version and fingerprint; `on_paper`: the signature is on a sheet of a
    meeting held on paper, and nothing of it here. Raises Refused without a proper signature, for
    another clause than theirs or one not read out, and for one who has signed."""
    if row.signed_at is not None:
        raise Refused(f"{row.name} already signed at {clock(row.signed_at)}.")
    if clause.kind is not clause_kind(row):
        raise Refused(f"{row.name} signs the {_TEXTS[clause_kind(row)]} clause.")
    if not may_sign(row, clause):
        raise Refused(f"The clause must be read out to {row.name} before signing.")
    if row.remote is not None and not row.alone:
        _refuse_company(row)
    if not on_paper:
        _require_signature(row, strokes, typed_name)
    return replace(
        _back(_named(row, clause), at),
        signed_at=at,
        strokes=() if typed_name.strip() else tuple(strokes),
        typed_name=" ".join(typed_name.split()),
        interests=tuple(words for words in (" ".join(i.split()) for i in interests) if words),
    )


def _refuse_company(row: Attendance) -> None:
    if row.alone is None:
        raise Refused(f"Ask {row.name} whether they are alone in the room, and record the answer.")
    raise Refused(
        f"{row.name} is not alone. They must go where nobody else can hear, or the meeting "
        "continues with an override and its reason."
    )


def _require_signature(row: Attendance, strokes: Sequence[Stroke], typed_name: str) -> None:
    if typed_name.strip():
        if not names_agree(typed_name, row.name):
            raise Refused(f"Type the full name as shown here: {row.name}.")
    elif row.remote is not None:
        raise Refused(f"{row.name} is not at the desk: type their full name as they give it.")
    elif not signature_is_drawn(strokes):
        raise Refused("The signature is too small. Please sign again, a little larger.")


def take_back_signature(row: Attendance) -> Attendance:
    """Someone signed under the wrong name: the row goes back to how it was before anyone signed it. Raises Refused for
    one who has not signed."""
    if not row.signed:
        raise Refused(f"{row.name} has not signed.")
    return replace(
        row,
        signed_at=None,
        arrived_at=None,
        left_at=None,
        away=(),
        strokes=(),
        typed_name="",
        interests=(),
        clause_id="",
        clause_version=0,
        clause_sha256="",
        read_by="",
        read_at=None,
        shown=False,
        alone=None,
    )


def in_capacity(row: Attendance, capacity: Capacity) -> Attendance:
    """The person is here in another capacity than expected; settled before signing. Raises Refused for a change after
    it."""
    if row.signed and capacity is not row.capacity:
        raise Refused(f"{row.name} has signed as {row.capacity.value}.")
    return replace(row, capacity=capacity)


def arrive(row: Attendance, at: datetime) -> Attendance:
    """Someone comes in, perhaps late, perhaps again. Until they sign they are present and unsigned. Raises Refused for
    one who is here."""
    if row.present:
        raise Refused(f"{row.name} is already here.")
    return _back(row, at)


def come_back(row: Attendance, at: datetime, remote: Remote | None) -> Attendance:
    """The same of somebody who comes back, in the room or otherwise than before: who is on Teams or telephone is asked
    anew whether they are alone."""
    back = arrive(row, at)
    return back if remote is None and row.remote is None else replace(back, remote=remote, alone=None)


def leave(row: Attendance, at: datetime) -> Attendance:
    """Someone leaves before the end. Raises Refused for one who is not here."""
    if not row.present:
        raise Refused(f"{row.name} is not here.")
    return replace(row, left_at=at)


def correct_times(row: Attendance, arrived_at: datetime, left_at: datetime | None) -> Attendance:
    """Put right when a person came or went. Raises Refused for a leaving before the arrival."""
    if left_at is not None and left_at < arrived_at:
        raise Refused(f"{row.name} cannot leave before arriving.")
    if row.away and arrived_at > row.away[0][0]:
        raise Refused(f"{row.name} left the room at {clock(row.away[0][0])}, so they came before that.")
    if row.away and left_at is not None and left_at < row.away[-1][1]:
        raise Refused(f"{row.name} came back at {clock(row.away[-1][1])}, so they left after that.")
    return replace(row, arrived_at=arrived_at, left_at=left_at)


def apologise(row: Attendance, information_sent: bool, received_on: date | None) -> Attendance:
    """Someone sent apologies, with or without their information on the cases, and the day it came. Raises Refused for
    one who is here or has signed, and for information without its day."""
    if row.present or row.signed:
        raise Refused(f"{row.name} is present, so apologies cannot be recorded.")
    if information_sent and received_on is None:
        raise Refused("Give the date the information was received.")
    received = received_on if information_sent else None
    return replace(row, apology=True, information_sent=information_sent, information_received_on=received)


def withdraw_apology(row: Attendance) -> Attendance:
    """The apology was recorded for the wrong person."""
    return replace(row, apology=False, information_sent=False, information_received_on=None)


def gate(attendances: Iterable[Attendance], overrides: Iterable[Override]) -> Gate:
    """The walk starts when everyone present has signed, or an override with its reason is minuted."""
    rows = tuple(attendances)
    covered = {attendance_id for override in overrides for attendance_id in override.attendance_ids}
    without = tuple(row for row in rows if row.present_unsigned)
    unsigned = tuple(row for row in without if row.id not in covered)
    overridden = tuple(row for row in without if row.id in covered)
    awaited = tuple(row for row in rows if row.expected and row.arrived_at is None and not row.apology)
    reason = _why_not(unsigned, any(row.signed for row in rows) or bool(overridden))
    return Gate(not reason, unsigned, overridden, awaited, reason)


def override(
    meeting_id: str,
    attendances: Iterable[Attendance],
    overrides: Iterable[Override],
    by: str,
    reason: str,
    at: datetime,
) -> Override:
    """Go on although someone present has not signed. It names them, and someone who comes in later is not covered.
    Raises Refused where everyone has signed, and without a reason."""
    unsigned = gate(attendances, overrides).unsigned
    if not unsigned:
        raise Refused("Everyone present has signed: no override is needed.")
    if not reason.strip():
        raise Refused("Say why the meeting continues. The reason is recorded in the minutes.")
    return Override(
        id=new_id(),
        meeting_id=meeting_id,
        at=at,
        by=by,
        reason=" ".join(reason.split()),
        attendance_ids=tuple(row.id for row in unsigned),
        names=tuple(row.name for row in unsigned),
    )


def _why_not(unsigned: Sequence[Attendance], anyone: bool) -> str:
    if unsigned:
        names = [row.name for row in unsigned]
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        is_here = "is present and has" if len(names) == 1 else "are present and have"
        return f"{listed} {is_here} not signed."
    return "" if anyone else "Nobody has signed yet."


def _named(row: Attendance, clause: Clause) -> Attendance:
    return replace(row, clause_id=clause.id, clause_version=clause.version, clause_sha256=clause.sha256)


def _back(row: Attendance, at: datetime) -> Attendance:
    """In the room from now on; a time away between is kept."""
    away = row.away
    if row.arrived_at is not None and row.left_at is not None:
        away = (*away, (row.left_at, at))
    return replace(row, arrived_at=row.arrived_at or at, left_at=None, away=away, apology=False)
