"""The gate before every person: apart from what is said of them, so that the rule can be read by itself.

Who is shown is kept in memory only, and the rule is asked anew every time. Each person shown in a session leaves a
disclosure line and who heard, written before anything shows. What belongs to the person in hand beside their own page
stands here too: who stepped out, which workers are here, last time's note.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from csp_desktop.domain.cases.disclosures import Disclosure, also_heard_by
from csp_desktop.domain.cases.risk_matrix import Assessment, Matrix, RiskMatrixFile, read_matrix
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting import walk
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.private.admission import AdmissionOverride, Clearance, InRoom, Sitting, clearance, override
from csp_desktop.domain.private.hearings import Hearing, also_heard
from csp_desktop.domain.private.meeting import PersonTurn, RoomEntry
from csp_desktop.domain.private.people import Involvement, involved_with
from csp_desktop.services.meeting.agreed_by_mail import decisions_since
from csp_desktop.services.meeting.running_meeting import end_typing
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records, StepKind
from csp_desktop.services.private import room, session_items
from csp_desktop.services.private.agenda import turns_of
from csp_desktop.services.private.register import LEADING, leading_ids
from csp_desktop.services.private.session_rows import GateRow, SteppedOut, WorkerHere
from csp_desktop.services.session import Session


def note_hearing(session: Session, records: Records, meeting_id: str, sitting: Sitting) -> None:
    """The person in hand is shown to everyone in the room: agencies and people are noted, those of before kept."""
    person_id, clear = sitting.person_id, sitting.clearance()
    agencies = {one.who.agency for one in clear.may_hear}
    line = next(iter(records.find(Disclosure, meeting_id=meeting_id, case_id=person_id)), None)
    if line is None:
        now = settings_in(records)
        purpose, basis = now.disclosure_purpose, now.disclosure_basis
        line = Disclosure(new_id(), person_id, meeting_id, session.now(), purpose, basis, ())
    records.save(also_heard_by(line, agencies))
    known = next(iter(records.find(Hearing, meeting_id=meeting_id, person_id=person_id)), None)
    hearing = known or Hearing(new_id(), meeting_id, person_id, session.now(), (), ())
    records.save(also_heard(hearing, clear, _outside(records, meeting_id, sitting)))


def _outside(records: Records, meeting_id: str, sitting: Sitting) -> Clearance:
    """How those who signed for this session and are out of the room now stand towards the person in hand."""
    at_crossing = {p.id for p in records.find(RoomEntry, meeting_id=meeting_id) if p.left_at_crossing is not None}
    kinds = {agency.id: agency.kind for agency in records.find(Agency)}
    out = [
        InRoom(
            row.id,
            row.name,
            row.agency_name,
            row.member_id,
            kinds.get(row.agency_id) if row.member_id else None,
            row.signed,
            frozenset(row.interests),
        )
        for row in records.find(Attendance, meeting_id=meeting_id)
        if row.signed and not row.present and row.id not in at_crossing
    ]
    involved = sitting.involved.get(sitting.person_id, frozenset())
    return clearance(sitting.person_id, out, involved, sitting.leads, sitting.overrides)


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
        )
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


def decided_since_last_time(records: Records, turn: PersonTurn) -> tuple[AgreedByMail, ...]:
    """What was decided by email since the session at which something was said of the person."""
    held = {m.id: m for m in records.find(Meeting, state=MeetingState.CLOSED)}
    turns = [t for t in records.find(PersonTurn, person_id=turn.person_id) if t.note or t.outcome]
    closings = [held[t.meeting_id].closed_at for t in turns if t.meeting_id in held]
    return decisions_since(records, turn.person_id, max((at for at in closings if at), default=None))


def matrix_of(session: Session, marks: Sequence[Assessment]) -> Matrix | None:
    """The matrix the newest scoring was made with."""
    if not marks:
        return None
    with session.work.reading() as records:
        kept = records.find(RiskMatrixFile, id=marks[-1].matrix_id)
    return read_matrix(kept[0].text) if kept else None


NOTE = "private note"


class AtGate:
    """The part of a sitting that decides whether a person may be on the screen."""

    def __init__(self, session: Session, meeting_id: str) -> None:
        self._session = session
        self.meeting_id = meeting_id
        self._now = Sitting()
        self._noted: tuple[InRoom, ...] = ()  # the room as it was when who hears was last written down
        self.refresh()

    @property
    def visible(self) -> bool:
        """Whether anything of the person in hand may be on the screen now: the file is asked every time."""
        self.refresh()
        return self._now.visible

    def refresh(self) -> None:
        """Read the room, the histories and the lead's decisions again: after every change, whoever made it."""
        with self._session.work.reading() as records:
            self._refresh_in(records)

    def _refresh_in(self, records: Records) -> None:
        meeting = records.get(Meeting, self.meeting_id)
        turn = self._turn(records, meeting)
        person_id = turn.person_id if turn else ""
        if person_id != self._now.person_id:  # undo, or another window's step: the gate first
            self._now = self._now.turned_to(person_id)
        involvements = records.find(Involvement)
        people = {turn.person_id for turn in turns_of(records, self.meeting_id)}
        involved = {person: involved_with(involvements, person, meeting.on) for person in people}
        decided = records.find(AdmissionOverride, meeting_id=self.meeting_id)
        seen = self._now.with_room(room.in_room(records, self.meeting_id))
        self._now = seen.with_rules(involved, decided, leading_ids(records))

    def _turn(self, records: Records, meeting: Meeting) -> PersonTurn | None:
        return records.get(PersonTurn, meeting.current_turn_id) if meeting.current_turn_id else None

    def go_to(self, turn_id: str) -> None:
        """Turn to a person: the gate first, always. What was typed about the one before is kept. Raises Refused where
        the session is not open."""
        self._lay_down()
        with self._session.work.step("going to another person", kind=StepKind.GOING) as records:
            meeting = records.get(Meeting, self.meeting_id)
            if meeting.state is not MeetingState.IN_SESSION:
                raise Refused("The private session is not open.")
            turn = records.get(PersonTurn, turn_id)
            records.save(replace(meeting, current_turn_id=turn.id, current_item_id=""))
        self._now = self._now.turned_to(turn.person_id)
        self.refresh()

    def gate(self) -> GateRow:
        """What the gate shows."""
        self.refresh()
        with self._session.work.reading() as records:
            turn = self._current(records)
            turns = turns_of(records, self.meeting_id)
            here = self._workers(records, turn.person_id)
        clear = self._now.clearance()
        number = next(n for n, one in enumerate(turns, 1) if one.id == turn.id)
        refused = ""
        try:
            self._now.opened()
        except Refused as why:
            refused = why.sentence
        away = tuple(worker for worker in here if not worker.here)
        return GateRow(turn.id, f"Person {number} of {len(turns)}", clear, away, refused)

    def open_gate(self) -> None:
        """Show the person: refused while someone is in the room who may not hear."""
        self.refresh()
        self._now = self._now.opened()
        with self._session.work.step("moving to a person", undoable=False) as records:
            turn = self._current(records)
            shown = turn.first_shown_at or self._session.now()
            records.save(walk.take_in_hand(replace(turn, first_shown_at=shown), self._session.now()))
            note_hearing(self._session, records, self.meeting_id, self._now)
            self._noted = self._now.room

    def cover(self) -> None:
        """Back to the gate, by hand; covered first, then what was typed is kept."""
        self._now = self._now.turned_to(self._now.person_id)
        self._lay_down()

    def lock(self) -> None:
        """Locked or hidden: on return the gate asks again, whatever the disk says."""
        self._now = self._now.locked_now()
        self._lay_down()

    def unlock(self) -> None:
        """Back, at the gate."""
        self._now = self._now.unlocked()
        self.refresh()

    def admit(self, entry_ids: Sequence[str], reason: str) -> AdmissionOverride:
        """New Hope's lead lets someone hear this person, and says why: minuted."""
        self.refresh()
        leads = bool(self._session.roles & set(LEADING))
        with self._session.work.step("the lead's decision on who may stay", undoable=False) as records:
            made = override(
                self._now.clearance(),
                self.meeting_id,
                entry_ids,
                self._session.user_name,
                leads,
                reason,
                self._session.now(),
            )
            records.save(made)
        self.refresh()
        return made

    def admit_remote(self, attendance_id: str) -> None:
        """New Hope's lead admits somebody on Teams or telephone who is alone where they are."""
        room.admit_remote(self._session, attendance_id)
        self.refresh()

    def declare_interest(self, attendance_id: str) -> None:
        """Someone declares an interest in the person in hand, and steps out for them. Raises Refused where nobody is in
        hand."""
        if not self._now.person_id:
            raise Refused("An interest is declared in a person. Move to a person first.")
        room.declare_interest(self._session, attendance_id, self._now.person_id)
        self.refresh()

    def turn_away(self) -> None:
        """To no person at all: an item of the agenda, or the end."""
        self._lay_down()
        with self._session.work.step("hiding a person", kind=StepKind.GOING) as records:
            meeting = records.get(Meeting, self.meeting_id)
            records.save(replace(meeting, current_turn_id="", current_item_id=""))
        self._now = self._now.turned_to("")

    def _require_visible(self) -> None:
        if not self.visible:
            raise Refused("This person is hidden. Complete the access check first.")

    def _current(self, records: Records) -> PersonTurn:
        turn = self._turn(records, records.get(Meeting, self.meeting_id))
        if turn is None:
            raise Refused("Everyone on the sub-agenda has been discussed.")
        return turn

    def _workers(self, records: Records, person_id: str) -> tuple[WorkerHere, ...]:
        return workers_here(records, self._now, person_id)

    def _lay_down(self) -> None:
        """Whatever was typed becomes part of the record, and the clock of the person or item stops."""
        with self._session.work.reading() as records:
            meeting = records.get(Meeting, self.meeting_id)
            turn = self._turn(records, meeting)
        session_items.lay_down(self._session, meeting)
        if turn is None:
            return
        end_typing(self._session, PersonTurn, turn.id, NOTE)
        with self._session.work.step("leaving a person", kind=StepKind.GOING) as records:
            records.save(walk.lay_down(records.get(PersonTurn, turn.id), self._session.now()))
