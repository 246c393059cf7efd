"""Signing in: everyone at the desk one after another, late arrivals, leavers, apologies, and the override."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.meeting import signing
from csp_desktop.domain.meeting.confidentiality import (
    Attendance,
    Capacity,
    Clause,
    ClauseKind,
    Override,
    Remote,
    Stroke,
)
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.signatures import closeness, folded
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.bodies import body_of
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.services.cases.disclosures import heard_from_now_on
from csp_desktop.services.meeting.agenda import lay_out
from csp_desktop.services.meeting.sign_in_rows import (
    Absent,
    ApologyRow,
    CandidateRow,
    PersonRow,
    SignerRow,
    SignInDesk,
    candidate_row,
    person_row,
    same_text,
    signer_row,
)
from csp_desktop.services.meeting.table_time import at_table, day_at_table, paper_of
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MOST_CANDIDATES = 6


@dataclass(frozen=True)
class NewPerson:
    """Someone on no list: 'Add my name'."""

    name: str
    agency: str
    job_title: str = ""
    capacity: Capacity = Capacity.OCCASIONAL


class ApologyField(StrEnum):
    """What is typed where apologies are recorded."""

    RECEIVED_ON = "received_on"


def seed_clauses(session: Session, texts: Mapping[ClauseKind, str]) -> None:
    """Give a new partnership the illustrative texts as version 1; kinds that have a text keep theirs."""
    with session.work.step("clauses", undoable=False) as records:
        for kind, text in texts.items():
            if not _versions(records, kind):
                records.save(Clause(new_id(), kind, 1, text.strip(), session.today))


def current_clause(records: Records, kind: ClauseKind) -> Clause:
    """The newest version of a text. Raises Refused where there is none yet."""
    found = _versions(records, kind)
    if not found:
        raise Refused(f"There is no {kind.value} clause yet. Write one in Settings, then come back.")
    return max(found, key=lambda clause: clause.version)


def _versions(records: Records, kind: ClauseKind) -> list[Clause]:
    return [clause for clause in records.find(Clause) if clause.kind is kind]


def open_sign_in(session: Session, meeting_id: str) -> Meeting:
    """Open the desk; with nobody listed yet, the standing members are expected. Opening it again changes nothing.
    Raises Refused for a closed meeting."""
    session.require_recorder()
    with session.work.step("opening of the sign-in") as records:
        meeting = records.get(Meeting, meeting_id)
        if meeting.state is MeetingState.CLOSED:
            raise Refused("This meeting is closed. Attendance is in the minutes.")
        if meeting.state is not MeetingState.PLANNED:
            return meeting
        lay_out(session, meeting_id)
        opened = replace(meeting, state=MeetingState.SIGN_IN, opened_at=session.now())
        records.save(opened)
        listed = {row.member_id: row for row in records.find(Attendance, meeting_id=meeting_id)}
        for member in records.find(Member, active=True):
            if member.id in listed:
                records.save(_brought_up_to_date(session, records, meeting, member, listed[member.id]))
            elif not listed and member.standing is Standing.STANDING:
                records.save(_fresh(session, records, meeting, member))
    return opened


def _fresh(session: Session, records: Records, meeting: Meeting, member: Member) -> Attendance:
    agency = records.get(Agency, member.agency_id)
    return signing.attend(meeting, member, agency, settings_in(records), day_at_table(session, meeting))


def _brought_up_to_date(
    session: Session, records: Records, meeting: Meeting, member: Member, row: Attendance
) -> Attendance:
    """Someone may have signed up, or changed agency, since the meeting was prepared."""
    fresh = _fresh(session, records, meeting, member)
    return replace(
        row,
        name=fresh.name,
        agency_id=fresh.agency_id,
        agency_name=fresh.agency_name,
        job_title=fresh.job_title,
        isp=fresh.isp,
        isp_version=fresh.isp_version,
    )


def desk_rows(session: Session, meeting_id: str) -> SignInDesk:
    """How the sign-in stands."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        rows = records.find(Attendance, meeting_id=meeting_id)
        agencies = {agency.id: agency for agency in records.find(Agency)}
        overrides = records.find(Override, meeting_id=meeting_id)
        body, paper = _body(records, meeting), paper_of(session, records, meeting_id)
    waiting = [row for row in rows if not row.signed and not row.apology and (row.expected or row.present)]
    waiting.sort(key=lambda row: (not row.present, folded(row.name)))
    signed = sorted(
        (row for row in rows if row.signed_at), key=lambda row: (row.signed_at, folded(row.name)), reverse=True
    )
    return SignInDesk(
        meeting_id=meeting_id,
        body=body,
        on=meeting.on,
        starts=meeting.starts,
        ends=meeting.ends,
        state=meeting.state,
        expected=tuple(person_row(row, agencies.get(row.agency_id), meeting) for row in waiting),
        signed=tuple(person_row(row, agencies.get(row.agency_id), meeting) for row in signed),
        apologies=_apologies(rows),
        gate=signing.gate(rows, overrides),
        readers=_readers(rows, meeting),
        paper_at=paper.at if paper else None,
    )


def _body(records: Records, meeting: Meeting) -> str:
    return body_of(settings_in(records), meeting.kind)


def _apologies(rows: Sequence[Attendance]) -> tuple[ApologyRow, ...]:
    found = sorted((row for row in rows if row.apology), key=lambda row: folded(row.name))
    return tuple(
        ApologyRow(row.id, row.member_id, row.name, row.agency_name, row.information_sent, row.information_received_on)
        for row in found
    )


def _readers(rows: Sequence[Attendance], meeting: Meeting) -> tuple[str, ...]:
    """Those in the room who have signed, the chair first; before that the chair, unless there is an apology."""
    here = sorted((row for row in rows if row.present and row.signed), key=lambda row: folded(row.name))
    chair = [row for row in rows if row.member_id == meeting.chair_id and not row.apology]
    first = tuple(f"{row.name}, chair" for row in chair[:1])
    return first + tuple(row.name for row in here if row.member_id != meeting.chair_id)


def find_people(session: Session, meeting_id: str, text: str) -> list[CandidateRow]:
    """Whom a few letters may mean: those expected first, then others of the register, those who have signed last."""
    if len(text.strip()) < 2:
        return []
    with session.work.reading() as records:
        listed = {row.member_id: row for row in records.find(Attendance, meeting_id=meeting_id)}
        agencies = {agency.id: agency for agency in records.find(Agency)}
        members = records.find(Member, active=True)
    fits = [(closeness(text, member.name), member) for member in members]
    found = [
        (_turn(listed.get(member.id)), fit, member.name, candidate_row(member, agencies.get(member.agency_id), row))
        for fit, member in fits
        if fit is not None
        for row in [listed.get(member.id)]
    ]
    return [candidate for *_, candidate in sorted(found, key=lambda entry: entry[:3])][:MOST_CANDIDATES]


def _turn(row: Attendance | None) -> int:
    if row is None:
        return 1
    return 2 if row.signed else 0 if row.expected else 1


def signer(session: Session, meeting_id: str, member_id: str) -> SignerRow:
    """The person who has come to the desk, with the text they sign."""
    with session.work.reading() as records:
        row, known = _row(session, records, meeting_id, member_id)
        member = records.get(Member, member_id)
        clause = current_clause(records, signing.clause_kind(row))
        found = signer_row(row, member, records.get(Agency, member.agency_id), settings_in(records), clause, known)
        return replace(found, absent=_absent(records, row))


def _absent(records: Records, row: Attendance) -> tuple[Absent, ...]:
    """For whom somebody can be here: of their own agency first, those who sent apologies before those only awaited."""
    others = [one for one in records.find(Attendance, meeting_id=row.meeting_id) if one.member_id != row.member_id]
    away = [one for one in others if not (one.present or one.signed) and (one.apology or one.expected)]
    away.sort(key=lambda one: (one.agency_id != row.agency_id, not one.apology, folded(one.name)))
    return tuple(Absent(one.member_id, one.name, one.agency_name, one.apology) for one in away)


def _row(session: Session, records: Records, meeting_id: str, member_id: str) -> tuple[Attendance, bool]:
    """The person's row at this meeting, and whether it is in the file already."""
    found = records.find(Attendance, meeting_id=meeting_id, member_id=member_id)
    if found:
        return found[0], True
    meeting, member = records.get(Meeting, meeting_id), records.get(Member, member_id)
    return replace(_fresh(session, records, meeting, member), expected=False), False


def _require_open(records: Records, meeting_id: str) -> None:
    if records.get(Meeting, meeting_id).state is MeetingState.PLANNED:
        raise Refused("The sign-in is not open yet.")
    _require_not_closed(records, meeting_id)


def _require_not_closed(records: Records, meeting_id: str) -> None:
    if records.get(Meeting, meeting_id).state is MeetingState.CLOSED:
        raise Refused("This meeting is closed. Attendance is in the minutes.")


def choose_capacity(session: Session, meeting_id: str, member_id: str, capacity: Capacity) -> None:
    """The person is here as something else than expected."""
    session.require_recorder()
    with session.work.step("capacity of an attendee") as records:
        _require_open(records, meeting_id)
        row, _ = _row(session, records, meeting_id, member_id)
        records.save(signing.in_capacity(row, capacity))


def choose_remote(session: Session, meeting_id: str, member_id: str, remote: Remote | None) -> None:
    """The person takes part on Teams or by telephone, or in the room after all. Raises Refused for one who has
    signed."""
    session.require_recorder()
    with session.work.step("how an attendee takes part") as records:
        _require_open(records, meeting_id)
        row, _ = _row(session, records, meeting_id, member_id)
        records.save(signing.remotely(row, remote))


def note_alone(session: Session, meeting_id: str, member_id: str, alone: bool | None) -> None:
    """What somebody on Teams or telephone said when asked whether they are alone. Raises Refused for one in the
    room."""
    session.require_recorder()
    with session.work.step("whether an attendee is alone") as records:
        _require_open(records, meeting_id)
        row, _ = _row(session, records, meeting_id, member_id)
        records.save(signing.answered_alone(row, alone))


def stand_for(session: Session, meeting_id: str, member_id: str, absent_id: str) -> None:
    """The person is here for somebody who sent apologies; nobody named: for themselves. Who was only awaited sends
    apologies by it. Raises Refused for somebody who is here."""
    session.require_recorder()
    with session.work.step("whom an attendee stands in for") as records:
        _require_open(records, meeting_id)
        row, _ = _row(session, records, meeting_id, member_id)
        if not absent_id:
            records.save(signing.stand_for_nobody(row))
            return
        absent, _ = _row(session, records, meeting_id, absent_id)
        records.save(signing.stand_for(row, absent))
        if not absent.apology:
            records.save(signing.apologise(replace(absent, expected=True), information_sent=False, received_on=None))


def sign(
    session: Session,
    meeting_id: str,
    member_id: str,
    *,
    strokes: Sequence[Stroke] = (),
    typed_name: str = "",
    interests: Sequence[str] = (),
) -> Attendance:
    """A person signs the text as it stands now. Refused, with the reason, for a dot or an unread clause."""
    session.require_recorder()
    with session.work.reading() as records:
        name = records.get(Member, member_id).name
    with session.work.step(f"sign-in of {name}") as records:
        _require_open(records, meeting_id)
        row, _ = _row(session, records, meeting_id, member_id)
        clause = current_clause(records, signing.clause_kind(row))
        paper, at = paper_of(session, records, meeting_id), at_table(session, records, meeting_id)
        signed = signing.sign(row, clause, at, strokes, typed_name, interests, on_paper=paper is not None)
        records.save(signed)
        heard_from_now_on(records, meeting_id)
    return signed


def listeners(session: Session, meeting_id: str, member_id: str) -> list[PersonRow]:
    """Others waiting who need the same text read out: one reading may cover them too."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        mine, _ = _row(session, records, meeting_id, member_id)
        rows = records.find(Attendance, meeting_id=meeting_id)
        clause = current_clause(records, signing.clause_kind(mine))
        agencies = {agency.id: agency for agency in records.find(Agency)}
    others = [r for r in rows if r.member_id != member_id and not r.signed and not r.apology and same_text(r, mine)]
    unheard = [r for r in others if signing.hears_the_clause(r) and not signing.may_sign(r, clause)]
    return [
        person_row(row, agencies.get(row.agency_id), meeting)
        for row in sorted(unheard, key=lambda row: folded(row.name))
    ]


def read_out(session: Session, meeting_id: str, member_ids: Sequence[str], reader: str, *, shown: bool = False) -> None:
    """One reading for everyone picked: reader and time go on each row; `shown`: on the screen of those on Teams."""
    session.require_recorder()
    with session.work.step("reading out of the clause") as records:
        _require_open(records, meeting_id)
        for member_id in member_ids:
            row, _ = _row(session, records, meeting_id, member_id)
            clause = current_clause(records, signing.clause_kind(row))
            at = at_table(session, records, meeting_id)
            records.save(signing.read_out(row, clause, reader, at, shown=shown))


def take_back_reading(session: Session, meeting_id: str, member_id: str) -> None:
    """The clause was not read to this person after all. Raises Refused once the meeting is closed."""
    session.require_recorder()
    with session.work.step("undoing a reading of the clause") as records:
        _require_not_closed(records, meeting_id)
        row, _ = _row(session, records, meeting_id, member_id)
        records.save(signing.take_back_reading(row))


def agency_names(session: Session) -> list[str]:
    """The agencies a newcomer can choose from."""
    with session.work.reading() as records:
        return sorted((agency.name for agency in records.find(Agency, active=True)), key=folded)


def add_person(session: Session, meeting_id: str, person: NewPerson) -> str:
    """Someone on no list joins the register as occasional, and this meeting; returns their member id. Raises
    FieldRefused without first and last name or an agency, and for one its agency has already."""
    session.require_recorder()
    name = entered(person.name, "The name", MemberField.NAME)
    agency_name = entered(person.agency, "The agency’s name", MemberField.AGENCY)
    job_title = entered(person.job_title, "The job title", MemberField.JOB_TITLE)
    if len(name.split()) < 2:
        raise FieldRefused(MemberField.NAME, "Give first and last name.")
    if not agency_name:
        raise FieldRefused(MemberField.AGENCY, f"Say which agency {name} comes from.")
    with session.work.step(f"adding of {name}") as records:
        _require_open(records, meeting_id)
        agency = _agency(records, agency_name)
        if any(folded(m.name) == folded(name) for m in records.find(Member, agency_id=agency.id, active=True)):
            raise FieldRefused(
                MemberField.NAME, f"{name} of {agency.name} is already on the list. Type two letters of the name."
            )
        member = Member(new_id(), name, agency.id, job_title, Standing.OCCASIONAL)
        records.save(member)
        row = _fresh(session, records, records.get(Meeting, meeting_id), member)
        records.save(replace(signing.in_capacity(row, person.capacity), expected=False))
    return member.id


def _agency(records: Records, name: str) -> Agency:
    for agency in records.find(Agency):
        if folded(name) in (folded(agency.name), folded(agency.short_name)):
            return agency
    agency = Agency(new_id(), name, name, AgencyKind.OTHER)
    records.save(agency)
    return agency


def record_apology(
    session: Session, meeting_id: str, member_id: str, information_sent: bool, received_on: date | None
) -> None:
    """Someone sent apologies; also possible while the meeting is prepared. Raises FieldRefused for a day to come."""
    session.require_recorder()
    if received_on is not None and received_on > session.today:
        raise FieldRefused(
            ApologyField.RECEIVED_ON, f"{dated_day(received_on)} is in the future. Enter the date it was received."
        )
    with session.work.step("apologies") as records:
        row, _ = _row(session, records, meeting_id, member_id)
        records.save(signing.apologise(replace(row, expected=True), information_sent, received_on))


def withdraw_apology(session: Session, attendance_id: str) -> None:
    """The apology was recorded for the wrong person. Raises Refused once the meeting is closed."""
    session.require_recorder()
    _change(session, attendance_id, "removal of apologies", signing.withdraw_apology)


def arrive(session: Session, meeting_id: str, member_id: str) -> Attendance:
    """Someone comes in, perhaps late; they are present and unsigned until they sign."""
    session.require_recorder()
    with session.work.step("an arrival") as records:
        _require_open(records, meeting_id)
        row, _ = _row(session, records, meeting_id, member_id)
        here = signing.arrive(row, at_table(session, records, meeting_id))
        records.save(here)
        heard_from_now_on(records, meeting_id)
    return here


def come_back(session: Session, attendance_id: str, remote: Remote | None = None) -> Attendance:
    """Someone who left is back, in the room or on Teams or telephone. Raises Refused for one who is here."""
    session.require_recorder()
    with session.work.step("person returned") as records:
        row = records.get(Attendance, attendance_id)
        _require_open(records, row.meeting_id)
        here = signing.come_back(row, at_table(session, records, row.meeting_id), remote)
        records.save(here)
        heard_from_now_on(records, row.meeting_id)
    return here


def leave(session: Session, attendance_id: str) -> Attendance:
    """Someone leaves before the end."""
    session.require_recorder()
    with session.work.step("a departure") as records:
        row = records.get(Attendance, attendance_id)
        gone = signing.leave(row, at_table(session, records, row.meeting_id))
        records.save(gone)
    return gone


def take_back_signature(session: Session, attendance_id: str) -> Attendance:
    """Someone signed under the wrong name."""
    session.require_recorder()
    return _change(session, attendance_id, "undoing a signature", signing.take_back_signature)


def correct_times(session: Session, attendance_id: str, arrived_at: datetime, left_at: datetime | None) -> Attendance:
    """Put right when a person came or went."""
    session.require_recorder()
    words = "correction of a time"
    return _change(session, attendance_id, words, lambda row: signing.correct_times(row, arrived_at, left_at))


def _change(session: Session, attendance_id: str, words: str, verb: Callable[[Attendance], Attendance]) -> Attendance:
    with session.work.step(words) as records:
        before = records.get(Attendance, attendance_id)
        _require_not_closed(records, before.meeting_id)
        changed = verb(before)
        records.save(changed)
    return changed


def present_people(session: Session, meeting_id: str) -> list[PersonRow]:
    """Who is in the room, by name: whom the picker of leavers offers."""
    return [row for row in people_of_meeting(session, meeting_id) if row.present]


def people_of_meeting(session: Session, meeting_id: str) -> list[PersonRow]:
    """Everybody who is here or was, by name, those who are here first."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        rows = records.find(Attendance, meeting_id=meeting_id)
        agencies = {agency.id: agency for agency in records.find(Agency)}
    came = sorted((row for row in rows if row.arrived_at), key=lambda row: (not row.present, folded(row.name)))
    return [person_row(row, agencies.get(row.agency_id), meeting) for row in came]


def override(session: Session, meeting_id: str, reason: str) -> Override:
    """Go on although someone present has not signed: minuted with the names, and the room screen shows again."""
    session.require_recorder()
    with session.work.step("continuing without a signature") as records:
        _require_open(records, meeting_id)
        rows = records.find(Attendance, meeting_id=meeting_id)
        overrides = records.find(Override, meeting_id=meeting_id)
        at = at_table(session, records, meeting_id)
        made = signing.override(meeting_id, rows, overrides, _who(session, records), reason, at)
        records.save(made)
        heard_from_now_on(records, meeting_id)
    return made


def _who(session: Session, records: Records) -> str:
    found = records.find(Member, id=session.member_id)
    return found[0].name if found else session.user_name
