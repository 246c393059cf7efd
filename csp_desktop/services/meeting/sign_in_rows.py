"""What the sign-in desk shows: names, agencies and how far each person is. Never a case."""

from dataclasses import dataclass
from datetime import date, datetime, time

from csp_desktop.domain.common.days import clock, dated_day, month_year
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Clause, Remote
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.signing import Gate, clause_kind, hears_the_clause, may_sign
from csp_desktop.domain.people.agencies import Agency, IspStatus, Member
from csp_desktop.domain.people.settings import Settings


@dataclass(frozen=True)
class PersonRow:
    """One line of the lists at the left, and of the pickers."""

    attendance_id: str
    member_id: str
    name: str
    agency: str
    remark: str  # 'chair, County council': where it is cut, the role stays
    arrived_at: datetime | None
    signed_at: datetime | None
    left_at: datetime | None
    present: bool
    clause_version: int
    read_by: str
    interests: tuple[str, ...]
    remote: Remote | None = None
    alone: bool | None = None
    here_for: str = ""
    away: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def times(self) -> str:
        """'13:41 to 14:20, 14:45 to 15:10', 'from 13:41'; each span the person was here."""
        if self.arrived_at is None:
            return ""
        begins = [self.arrived_at, *(back for _, back in self.away)]
        ends: list[datetime | None] = [*(gone for gone, _ in self.away), self.left_at]
        spans = zip(begins, ends, strict=True)
        return ", ".join(f"{clock(a)} to {clock(b)}" if b else f"from {clock(a)}" for a, b in spans)


@dataclass(frozen=True)
class ApologyRow:
    """One apology: 'sent information on 24 Nov' or 'no information'."""

    attendance_id: str
    member_id: str
    name: str
    agency: str
    information_sent: bool
    received_on: date | None


@dataclass(frozen=True)
class SignInDesk:
    """How the sign-in of one meeting stands."""

    meeting_id: str
    body: str
    on: date
    starts: time
    ends: time
    state: MeetingState
    expected: tuple[PersonRow, ...]  # not signed and no apology, those in the room first
    signed: tuple[PersonRow, ...]  # the latest first
    apologies: tuple[ApologyRow, ...]
    gate: Gate
    readers: tuple[str, ...]  # who may read the clause out, the chair first
    paper_at: datetime | None = None  # of a meeting held on paper: the time on its sheets

    @property
    def signed_count(self) -> int:
        """How many have signed."""
        return len(self.signed)

    @property
    def total(self) -> int:
        """Everyone signed, present or still awaited."""
        return len(self.signed) + len(self.expected)

    @property
    def in_session(self) -> bool:
        """Whether the meeting is running, so that whoever signs now comes late."""
        return self.state is MeetingState.IN_SESSION


@dataclass(frozen=True)
class CandidateRow:
    """Someone whose name fits the letters typed."""

    member_id: str
    name: str
    agency: str
    remark: str  # 'Hertfordshire CC', 'Housing, not expected', 'Watford BC, signed 13:41'
    signed: bool


@dataclass(frozen=True)
class Absent:
    """Somebody who is not here, for whom another may be."""

    member_id: str
    name: str
    agency: str
    apology: bool


@dataclass(frozen=True)
class SignerRow:
    """The person at the desk, and what they need to sign."""

    attendance_id: str  # empty while they are on no list of this meeting
    member_id: str
    name: str
    agency: str
    agency_short: str
    capacity: Capacity
    isp_current: bool
    isp_words: str
    isp_short: str
    clause: Clause
    hears: bool
    may_sign: bool
    read_by: str
    read_at: datetime | None
    signed_at: datetime | None
    away: bool  # signed earlier in this meeting, left, and is back at the door
    remote: Remote | None = None
    alone: bool | None = None
    shown: bool = False
    here_for_id: str = ""
    absent: tuple[Absent, ...] = ()  # for whom they may be here


def person_row(row: Attendance, agency: Agency | None, meeting: Meeting) -> PersonRow:
    """The line of one attendance."""
    remark = agency.short_name if agency else row.agency_name
    if row.member_id == meeting.chair_id:
        remark = f"chair, {remark}"
    elif row.capacity is not Capacity.MEMBER:
        remark = f"{row.capacity.value}, {remark}"
    if row.here_for:
        remark = f"for {row.here_for}, {remark}"
    if row.remote is not None:
        remark = f"{row.remote.value}, {remark}"
    return PersonRow(
        attendance_id=row.id,
        member_id=row.member_id,
        name=row.name,
        agency=row.agency_name,
        remark=remark,
        arrived_at=row.arrived_at,
        signed_at=row.signed_at,
        left_at=row.left_at,
        present=row.present,
        clause_version=row.clause_version,
        read_by=row.read_by,
        interests=row.interests,
        remote=row.remote,
        alone=row.alone,
        here_for=row.here_for,
        away=row.away,
    )


def candidate_row(member: Member, agency: Agency | None, row: Attendance | None) -> CandidateRow:
    """One card under the find field."""
    home, remark = (agency.name, agency.short_name) if agency else ("", "")
    if row is not None and row.signed_at is not None:
        return CandidateRow(member.id, member.name, home, f"{remark}, signed {clock(row.signed_at)}", True)
    if row is not None and row.apology:
        remark = f"{remark}, sent apologies"
    elif row is None or not row.expected:
        remark = f"{remark}, not expected"
    return CandidateRow(member.id, member.name, home, remark.removeprefix(", "), False)


def signer_row(
    row: Attendance, member: Member, agency: Agency, settings: Settings, clause: Clause, known: bool
) -> SignerRow:
    """The person at the desk."""
    words = isp_words(member, row.isp, settings)
    return SignerRow(
        attendance_id=row.id if known else "",
        member_id=member.id,
        name=row.name,
        agency=agency.name,
        agency_short=agency.short_name,
        capacity=row.capacity,
        isp_current=row.isp is IspStatus.CURRENT,
        isp_words=words,
        isp_short=f"Signed, {words.rpartition(', ')[2]}" if row.isp is IspStatus.CURRENT else words,
        clause=clause,
        hears=hears_the_clause(row),
        may_sign=may_sign(row, clause),
        read_by=row.read_by if row.clause_id == clause.id else "",
        read_at=row.read_at if row.clause_id == clause.id else None,
        signed_at=row.signed_at,
        away=row.signed and not row.present,
        remote=row.remote,
        alone=row.alone,
        shown=row.shown,
        here_for_id=row.here_for_id,
    )


def isp_words(member: Member, status: IspStatus, settings: Settings) -> str:
    """Where someone stands with the protocol: 'Signed 3 March 2026, valid to March 2028'."""
    signed = member.isp_signed_on
    if signed is None:
        return "Not signed up"
    end = add_months(signed, 12 * settings.isp_valid_years)
    until = month_year(end)
    if status is IspStatus.EXPIRED:
        return f"Ran out in {until}"
    if status is IspStatus.OLD_VERSION:
        return f"Signed version {member.isp_version}, now version {settings.isp_version}"
    return f"Signed {dated_day(signed)}, valid to {until}"


def same_text(row: Attendance, other: Attendance) -> bool:
    """Whether one reading can cover both."""
    return clause_kind(row) is clause_kind(other)
