"""The private register: who may be in the room. It is the only source of what kind of agency somebody comes from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import composed, entered
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.signatures import closeness, folded
from csp_desktop.domain.people import likely_names, member_fields
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.likely_names import Known
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.services.people.people import short_form
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

LEADING = (Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)

MOST_FOUND = 6


@dataclass(frozen=True)
class RegisterRow:
    """One member of the private register."""

    member: Member
    agency: Agency
    leads: bool
    has_slot: bool


def rows(session: Session) -> tuple[RegisterRow, ...]:
    """The register, by agency kind and name."""
    with session.work.reading() as records:
        return rows_in(records)


def rows_in(records: Records) -> tuple[RegisterRow, ...]:
    """The same inside a transaction."""
    agencies = {a.id: a for a in records.find(Agency)}
    found = [
        RegisterRow(m, agencies[m.agency_id], leads(m), bool(m.user_name))
        for m in records.find(Member, active=True)
        if m.agency_id in agencies
    ]
    order = list(AgencyKind)
    return tuple(sorted(found, key=lambda r: (order.index(r.agency.kind), r.agency.name, folded(r.member.name))))


def agencies(session: Session) -> tuple[Agency, ...]:
    """The agencies the register knows, by name."""
    with session.work.reading() as records:
        return tuple(sorted(records.find(Agency, active=True), key=lambda one: folded(one.name)))


def leads(member: Member) -> bool:
    """Whether this member leads for New Hope, or is the named deputy."""
    return any(role.value in member.roles for role in LEADING)


def leading_ids(records: Records) -> frozenset[str]:
    """The register's members who lead."""
    return frozenset(m.id for m in records.find(Member, active=True) if leads(m))


def matched(records: Records, name: str, agency: str) -> Member | None:
    """The one member of the register with this name and agency; none when there is no such, or more than one."""
    agencies = {a.id: a for a in records.find(Agency)}
    found = [
        m
        for m in records.find(Member, active=True)
        if folded(m.name) == folded(name) and _is_named(agencies.get(m.agency_id), agency)
    ]
    return found[0] if len(found) == 1 else None


def _is_named(agency: Agency | None, name: str) -> bool:
    return agency is not None and folded(name) in (folded(agency.name), folded(agency.short_name))


def member_row(session: Session, member_id: str) -> RegisterRow:
    """One member of the register. Raises NotFound."""
    with session.work.reading() as records:
        member = records.get(Member, member_id)
        return next(row for row in rows_in(records) if row.member.id == member.id)


def find_people(session: Session, text: str) -> tuple[RegisterRow, ...]:
    """Whom a few letters may mean, as at the group's desk: by the beginnings of their names or their initials, the
    best fit first."""
    fits = [(closeness(text, row.member.name), row) for row in rows(session)] if len(text.strip()) > 1 else []
    found = sorted((fit, folded(row.member.name), number) for number, (fit, row) in enumerate(fits) if fit is not None)
    return tuple(fits[number][1] for *_, number in found[:MOST_FOUND])


def candidates(session: Session, name: str, in_room: Collection[str] = ()) -> tuple[RegisterRow, ...]:
    """Members of the register someone in the room may be: for the lead to choose from. Nobody is two people: `in_room`
    are the members who are known to be there."""
    fits = [(closeness(name.split()[-1] if name.split() else "", row.member.name), row) for row in rows(session)]
    return tuple(row for fit, row in fits if fit is not None and row.member.id not in in_room)


def save_member(session: Session, member_id: str, name: str, agency: str, kind: AgencyKind, **fields: str) -> Member:
    """Add someone to the register, or put an entry right: `fields` are those of the person's the register asks for, by
    their names; one left out stays. New Hope's lead or deputy only. Raises FieldRefused.
    """
    session.require(*LEADING)
    known = Member("", "", "", "", Standing.STANDING)
    if member_id:
        with session.work.reading() as records:
            known = records.get(Member, member_id)
    asked = member_fields.section(member_fields.PERSON, in_register=True)
    member = member_fields.kept(member_fields.with_values(known, {**fields, MemberField.NAME: name}), asked)
    name, agency = member.name, entered(agency, "The agency’s name", MemberField.AGENCY)
    if len(name.split()) < 2:
        raise FieldRefused(MemberField.NAME, "Give first and last name.")
    if not agency:
        raise FieldRefused(MemberField.AGENCY, f"Say which agency {name} comes from.")
    with session.work.step(f"register: {name}") as records:
        same = matched(records, name, agency)
        if same is not None and same.id != member_id:
            raise FieldRefused(MemberField.NAME, f"{name} of {agency} is already in the register.")
        home = agency_named(records, agency, kind)
        member = replace(member, id=member_id or new_id(), agency_id=home.id)
        records.save(member)
    return member


def doubt_about(session: Session, name: str, agency: str, meeting_id: str = "") -> str:
    """What to ask before somebody of this name and agency is new to the register, or to the room of a meeting: the
    name is likely somebody's there, or nobody's. Empty where nothing is odd, and while something is missing."""
    name, agency = composed(name), composed(agency)
    if len(name.split()) < 2 or not agency:
        return ""
    with session.work.reading() as records:
        if matched(records, name, agency) is not None:
            return ""
        known = [Known(row.member.name, row.agency.name) for row in rows_in(records)]
        here = records.find(Attendance, meeting_id=meeting_id) if meeting_id else ()
    return likely_names.doubt_about(name, [*known, *(Known(row.name, row.agency_name) for row in here)])


def kind_of(session: Session, agency: str) -> AgencyKind:
    """The kind the register knows an agency as; of one it does not know, the kind that lets nobody hear."""
    with session.work.reading() as records:
        known = next((one for one in records.find(Agency) if _is_named(one, agency)), None)
    return known.kind if known is not None else AgencyKind.OTHER


def agency_named(records: Records, name: str, kind: AgencyKind) -> Agency:
    """The register's agency of that name, made or put right when its kind differs."""
    known = next((a for a in records.find(Agency) if _is_named(a, name)), None)
    if known is not None and known.kind is kind:
        return known
    agency = replace(known, kind=kind) if known else Agency(new_id(), name, short_form(name), kind)
    records.save(agency)
    return agency


def confirm(session: Session, attendance_id: str, member_id: str) -> Attendance:
    """The lead says who this is; from now on the same name and agency are recognised. Raises Refused for a member who
    is here under another row."""
    session.require(*LEADING)
    with session.work.step("confirming who is in the room") as records:
        row = records.get(Attendance, attendance_id)
        member = records.get(Member, member_id)
        taken = records.find(Attendance, meeting_id=row.meeting_id, member_id=member_id)
        if any(other.id != row.id and other.present for other in taken):
            raise Refused(f"{member.name} is already here, under another row.")
        agency = records.get(Agency, member.agency_id)
        after = replace(
            row,
            member_id=member.id,
            name=member.name,
            agency_id=agency.id,
            agency_name=agency.name,
            job_title=member.job_title,
        )
        records.save(after)
    return after


def confirm_as_new(session: Session, attendance_id: str, kind: AgencyKind) -> Attendance:
    """Someone the register does not know: the lead enters them under the name and agency they signed in with."""
    session.require(*LEADING)
    with session.work.reading() as records:
        row = records.get(Attendance, attendance_id)
    member = save_member(session, "", row.name, row.agency_name, kind, job_title=row.job_title)
    return confirm(session, attendance_id, member.id)


def name_deputy(session: Session, member_id: str, *, deputy: bool) -> Member:
    """Name, or no longer name, the deputy who leads when the lead is absent. They need a slot of their own as well.
    Raises Refused for somebody of another agency than the lead's."""
    session.require(Role.NEW_HOPE_LEAD)
    with session.work.step("naming of the deputy") as records:
        member = records.get(Member, member_id)
        lead = next(iter(records.find(Member, id=session.member_id)), None)
        if deputy and lead is not None and member.agency_id != lead.agency_id:
            raise Refused("The deputy must be from the lead's own agency. Name someone else.")
        others = tuple(role for role in member.roles if role != Role.NEW_HOPE_DEPUTY.value)
        after = replace(member, roles=(*others, Role.NEW_HOPE_DEPUTY.value) if deputy else others)
        records.save(after)
    return after


def retire(session: Session, member_ids: Sequence[str]) -> None:
    """Take members off the register; what they took part in keeps their names. Raises Refused for one who can open the
    file."""
    session.require(*LEADING)
    with session.work.step("removal from the register") as records:
        for member_id in member_ids:
            member = records.get(Member, member_id)
            if member.user_name:
                raise Refused(f"{member.name} can open this file. Remove their access first, under Users.")
            records.save(replace(member, active=False))
