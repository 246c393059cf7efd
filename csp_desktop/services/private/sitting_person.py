"""What belongs to the person in hand beside their own page: who stepped out, which workers are here, last time's note.

Asked by `sitting` alone, after the rule of admission.
"""

from collections.abc import Sequence
from datetime import date

from csp_desktop.domain.admission import InRoom, Sitting, clearance
from csp_desktop.domain.agencies import Agency, Member
from csp_desktop.domain.confidentiality import Attendance
from csp_desktop.domain.days import tiny_day
from csp_desktop.domain.meeting import Meeting
from csp_desktop.domain.private_meeting import PersonOutcome, PersonTurn, RoomEntry
from csp_desktop.domain.risk_matrix import Assessment, Matrix, RiskMatrixFile, read_matrix
from csp_desktop.domain.rough_sleeping import Involvement
from csp_desktop.domain.signatures import folded
from csp_desktop.services.ports import Records
from csp_desktop.services.private.sitting_rows import SteppedOut, WorkerHere
from csp_desktop.services.session import Session

_LEADS_TO = {
    PersonOutcome.CONTINUE: "see again",
    PersonOutcome.OFFER_OPEN: "answer by",
    PersonOutcome.INTENSIFY: "professionals' meeting",
    PersonOutcome.MOVED_IN: "check on",
    PersonOutcome.OFF_LIST: "no longer talked about",
    PersonOutcome.DEFER: "to",
}


def leads_to_words(outcome: PersonOutcome, on: date | None) -> str:
    """'see again 17 Dec'"""
    words = _LEADS_TO[outcome]
    dated = outcome not in (PersonOutcome.INTENSIFY, PersonOutcome.OFF_LIST)
    return f"{words} {tiny_day(on)}" if dated and on else words


def workers_here(records: Records, now: Sitting, person_id: str) -> tuple[WorkerHere, ...]:
    """The workers involved with a person, those in the room first."""
    agencies = {a.id: a for a in records.find(Agency)}
    here = {who.member_id for who in now.room}
    found = []
    for one in records.find(Involvement, person_id=person_id):
        if one.until is None:
            member = records.get(Member, one.member_id)
            agency = agencies[member.agency_id].short_name
            found.append(WorkerHere(member.name, agency, one.what, member.id in here, member.id))
    return tuple(sorted(found, key=lambda worker: (not worker.here, folded(worker.name))))


def stepped_out(records: Records, now: Sitting, meeting_id: str) -> tuple[SteppedOut, ...]:
    """Who left during the session and could not have heard the person in hand."""
    started = records.get(Meeting, meeting_id).started_at
    at_crossing = {p.id for p in records.find(RoomEntry, meeting_id=meeting_id) if p.left_at_crossing is not None}
    agencies = {a.id: a.kind for a in records.find(Agency)}
    gone = {
        row.id: row
        for row in records.find(Attendance, meeting_id=meeting_id)
        if not row.present and row.left_at is not None and started is not None and row.left_at >= started
        if row.id not in at_crossing
    }
    absent = [
        InRoom(
            row.id,
            row.name,
            row.agency_name,
            row.member_id,
            agencies.get(row.agency_id) if row.member_id else None,
            row.signed,
            frozenset(row.interests),
        )  # fmt: skip
        for row in gone.values()
    ]
    involved = now.involved.get(now.person_id, frozenset())
    barred = clearance(now.person_id, absent, involved, now.leads, now.overrides).must_leave
    found = [(one.who, gone[one.who.id].left_at) for one in barred]
    left = [SteppedOut(who.name, who.agency, at) for who, at in found if at is not None]
    return tuple(sorted(left, key=lambda one: (one.at, folded(one.name))))


def note_of_last_time(records: Records, turn: PersonTurn) -> tuple[date, str] | None:
    """The day and the note of the last session at which the person was talked about."""
    held = {m.id: m for m in records.find(Meeting)}
    turns = [t for t in records.find(PersonTurn, person_id=turn.person_id) if t.id != turn.id and t.note]
    before = [(held[t.meeting_id].on, t.note) for t in turns if t.meeting_id in held]
    return max(before, default=None)


def matrix_of(session: Session, marks: Sequence[Assessment]) -> Matrix | None:
    """The matrix the newest scoring was made with."""
    if not marks:
        return None
    with session.work.reading() as records:
        kept = records.find(RiskMatrixFile, id=marks[-1].matrix_id)
    return read_matrix(kept[0].text) if kept else None
