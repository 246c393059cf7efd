"""The private minutes leave: approved by New Hope's lead, then a numbered copy for each of their own circulation list,
holding only the people its recipient may hear of. Who received what, and when, stays in the private file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.deadlines import working_days_after
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.action_list import actions_of
from csp_desktop.domain.minutes.versions import Approval, MinutesState, MinutesVersion
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.private.circulation import PrivateCirculation, copy_numbers
from csp_desktop.domain.private.minutes import PrivateMinutes
from csp_desktop.domain.private.minutes_layout import section_of
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.versions import standing, standing_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.minutes import draft_in, readable_by
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class CopyRow:
    """One recipient: which copy, how much of the minutes is in it, and when it was given."""

    member_id: str
    name: str
    agency: str
    copy_number: int
    whole: bool
    people: int  # of those talked about at the session
    given_at: datetime | None
    given_version: int


@dataclass(frozen=True)
class Circulation:
    """How the minutes of one session stand. `changed`: the records are others than those that were approved."""

    state: MinutesState
    version: int
    approval: Approval | None
    changed: bool
    rows: tuple[CopyRow, ...]
    due: date

    @property
    def given(self) -> int:
        """How many have the version that counts."""
        return sum(row.given_at is not None and row.given_version == self.version for row in self.rows)

    @property
    def circulated_at(self) -> datetime | None:
        """When the last of them got theirs."""
        if self.state is not MinutesState.CIRCULATED:
            return None
        return max((row.given_at for row in self.rows if row.given_at is not None), default=None)


def circulation_of(session: Session, meeting_id: str) -> Circulation:
    """How the minutes of a session stand, and who gets which copy."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return _standing(session, records, meeting_id)


def _standing(session: Session, records: Records, meeting_id: str) -> Circulation:
    meeting, settings = records.get(Meeting, meeting_id), private_settings_in(records)
    now = standing_in(session, records, meeting_id)
    rows = _rows(session, records, draft_in(session, records, meeting_id), settings.circulation)
    has_all = bool(rows) and all(row.given_at is not None and row.given_version == now.version for row in rows)
    state = MinutesState.CIRCULATED if now.is_approved and has_all else now.state
    due = working_days_after(meeting.on, settings.circulate_days, session.holidays)
    return Circulation(state, now.version, now.approval, now.approval is not None and not now.is_approved, rows, due)


def _rows(session: Session, records: Records, record: PrivateMinutes, members: Sequence[str]) -> tuple[CopyRow, ...]:
    given: dict[str, PrivateCirculation] = {}
    for one in sorted(records.find(PrivateCirculation, meeting_id=record.meeting_id), key=lambda g: g.at):
        if not one.actions_only:
            given[one.member_id] = one
    register = {m.id: m for m in records.find(Member, active=True)}
    listed = [member_id for member_id in members if member_id in register]
    numbers = copy_numbers(listed, given.values())
    agencies = {agency.id: agency.name for agency in records.find(Agency)}
    rows = []
    for member_id in listed:
        member, had = register[member_id], given.get(member_id)
        readable = readable_by(records, member_id, session.today)
        people = sum(readable is None or one.person_id in readable for one in record.people)
        at, version = (had.at, had.version) if had else (None, 0)
        agency = agencies[member.agency_id]
        rows.append(CopyRow(member_id, member.name, agency, numbers[member_id], readable is None, people, at, version))
    return tuple(rows)


def approve(session: Session, meeting_id: str, progress: Progress = unheard) -> MinutesVersion:
    """New Hope's lead, who checks what they approve, approves the minutes as they stand now: from now on copies may go
    out."""
    session.require(Role.NEW_HOPE_LEAD)
    if standing(session, meeting_id).state is MinutesState.DRAFT:
        versions.check(session, meeting_id)
    return versions.approve(session, meeting_id, progress)


def copy_for(session: Session, meeting_id: str, member_id: str = "") -> PrivateMinutes:
    """The minutes as one recipient gets them, numbered and named; without one the record."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return _copy(session, records, meeting_id, member_id)


def _copy(session: Session, records: Records, meeting_id: str, member_id: str) -> PrivateMinutes:
    minutes = draft_in(session, records, meeting_id, member_id)
    if not member_id:
        return minutes
    row = _row(_standing(session, records, meeting_id), member_id)
    return replace(minutes, copy_number=row.copy_number, recipient=f"{row.name}, {row.agency}")


def _row(now: Circulation, member_id: str) -> CopyRow:
    for row in now.rows:
        if row.member_id == member_id:
            return row
    raise Refused("This person is not on the circulation list any more. Choose another copy.")


def own_actions(minutes: PrivateMinutes, name: str) -> PrivateMinutes:
    """The copy of an action list: only what this officer is to do."""
    return replace(minutes, actions=actions_of(minutes.actions, name))


def may_leave(session: Session, meeting_id: str, member_id: str) -> None:
    """Raise Refused while nobody has approved what a recipient would get. The record may be saved as a draft."""
    if member_id and not standing(session, meeting_id).is_approved:
        raise Refused("Only approved minutes go to a recipient. New Hope's lead approves them first.")


def note_given(
    session: Session, minutes: PrivateMinutes, member_id: str, *, actions_only: bool = False
) -> PrivateCirculation:
    """A recipient's copy was saved to hand it over: who received what, and when. It cannot be taken back."""
    session.require(Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)
    with session.work.step("circulation of the private minutes", undoable=False) as records:
        row = _row(_standing(session, records, minutes.meeting_id), member_id)
        given = PrivateCirculation(
            new_id(),
            minutes.meeting_id,
            member_id,
            row.name,
            minutes.copy_number,
            minutes.version,
            session.now(),
            session.user_name,
            tuple(sorted(one.person_id for one in minutes.people)),
            actions_only,
        )
        records.save(given)
    return given


def given_copies(session: Session, meeting_id: str) -> tuple[PrivateCirculation, ...]:
    """Every copy ever given of a session's minutes, the newest first."""
    with session.work.reading() as records:
        require_preparing(session, records)
        found = records.find(PrivateCirculation, meeting_id=meeting_id)
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def cut_off(session: Session, minutes: PrivateMinutes) -> tuple[tuple[str, str], ...]:
    """Officers with an action about someone they may not hear of, and the section it stands in: their copy would leave
    it out.
    """
    with session.work.reading() as records:
        require_preparing(session, records)
        members = {member.name: member.id for member in records.find(Member, active=True)}
        found: dict[tuple[str, str], None] = {}
        for person in minutes.people:
            for line in person.actions:
                readable = (
                    readable_by(records, members[line.officer], session.today) if line.officer in members else None
                )
                if readable is not None and person.person_id not in readable:
                    found[line.officer, section_of(person)] = None
    return tuple(found)
