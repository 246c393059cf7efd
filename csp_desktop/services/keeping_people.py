"""The people and agencies at the table: who they are, how they stand, whether they signed the information sharing protocol."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.agencies import Agency, AgencyKind, IspStatus, Member, Standing, initials, isp_status
from csp_desktop.domain.days import short_day
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.ids import new_id
from csp_desktop.services.keeping_settings import settings_in
from csp_desktop.services.ports import Records
from csp_desktop.services.session import Session

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True)
class PersonRow:
    """One person as the list shows them."""

    member: Member
    agency: Agency
    initials: str
    isp: IspStatus
    isp_words: str


def people(session: Session, text: str = "", *, with_former: bool = False) -> list[PersonRow]:
    """Everyone whose name, agency or initials hold the text, by agency and name."""
    with session.work.reading() as records:
        return people_in(records, session.today, text, with_former=with_former)


def people_in(records: Records, today: date, text: str = "", *, with_former: bool = False) -> list[PersonRow]:
    """The same inside a transaction."""
    settings = settings_in(records)
    homes = {a.id: a for a in records.find(Agency)}
    rows = []
    for member in records.find(Member):
        if not (member.active or with_former):
            continue
        agency = homes[member.agency_id]
        status = isp_status(member, today, settings.isp_version, settings.isp_valid_years)
        row = PersonRow(member, agency, initials(member.name), status, isp_words(member, status))
        if _matches(row, text.casefold().strip()):
            rows.append(row)
    return sorted(rows, key=lambda r: (r.agency.name.casefold(), r.member.name.casefold()))


def _matches(row: PersonRow, text: str) -> bool:
    words = f"{row.member.name} {row.agency.name} {row.agency.short_name} {row.member.job_title}".casefold()
    return not text or text in words or text == row.initials.casefold()


def isp_words(member: Member, status: IspStatus) -> str:
    """Where a person stands with the protocol, in words: 'Signed Tue 3 Mar 2026, version 1'."""
    if member.isp_signed_on is None:
        return "Not signed up"
    signed = f"{short_day(member.isp_signed_on)} {member.isp_signed_on.year}"
    version = f", version {member.isp_version}" if member.isp_version else ""
    prefix = {IspStatus.EXPIRED: "Expired, signed", IspStatus.OLD_VERSION: "Older version, signed"}.get(status, "Signed")
    return f"{prefix} {signed}{version}"


def agencies(session: Session, *, with_former: bool = False) -> list[Agency]:
    """All agencies by name."""
    with session.work.reading() as records:
        found = [a for a in records.find(Agency) if a.active or with_former]
    return sorted(found, key=lambda a: a.name.casefold())


def save_agency(session: Session, agency_id: str, name: str, short_name: str, kind: AgencyKind) -> Agency:
    """Add (empty id) or change an agency. Two agencies of one name are refused."""
    name = " ".join(name.split())
    if not name:
        raise Refused("An agency needs a name. Type the name people use for it.")
    with session.work.step(f"agency {name}") as records:
        for other in records.find(Agency):
            if other.name.casefold() == name.casefold() and other.id != agency_id:
                raise Refused(f"{other.name} is already on the list. Change that entry, or give this one another name.")
        agency = Agency(agency_id or new_id(), name, short_name.strip() or short_form(name), kind)
        records.save(agency)
    return agency


def short_form(name: str) -> str:
    """A short name to offer: 'Watford Borough Council' → 'Watford BC'; up to two words stay as they are."""
    words = name.split()
    if len(words) <= 2:
        return name
    return words[0] + " " + "".join(w[0] for w in words[1:] if w[0].isupper())


def save_member(session: Session, member: Member) -> Member:
    """Add (empty id) or change a person. Needs a name and an agency; a mail address must look like one."""
    name = " ".join(member.name.split())
    if not name:
        raise Refused("A person needs a name. Type first and last name.")
    if not member.agency_id:
        raise Refused(f"Choose the agency {name} comes from.")
    mail = member.mail.strip()
    if mail and not MAIL.fullmatch(mail):
        raise Refused(f"“{mail}” is no mail address. It needs a name, an @ and a place, like name@agency.org.uk.")
    with session.work.step(f"details of {name}") as records:
        records.get(Agency, member.agency_id)
        for other in records.find(Member, agency_id=member.agency_id):
            if other.active and other.name.casefold() == name.casefold() and other.id != member.id:
                raise Refused(f"{other.name} of this agency is already on the list.")
        saved = replace(member, id=member.id or new_id(), name=name, mail=mail)
        records.save(saved)
    return saved


def set_isp(session: Session, member_ids: Sequence[str], version: str, signed_on: date) -> int:
    """Record for many at once that they signed a version of the protocol on a day; returns how many changed."""
    if not member_ids:
        raise Refused("Choose the people first: mark their rows, then set the protocol.")
    if signed_on > session.today:
        raise Refused(f"{short_day(signed_on)} {signed_on.year} is still to come. Give the day they signed.")
    changed = 0
    with session.work.step(f"protocol of {len(member_ids)} people") as records:
        for member_id in member_ids:
            member = records.get(Member, member_id)
            after = replace(member, isp_version=version.strip(), isp_signed_on=signed_on)
            changed += after != member
            records.save(after)
    return changed


def set_standing(session: Session, member_ids: Iterable[str], standing: Standing) -> None:
    """Put people on the group's list, or make them occasional."""
    with session.work.step("standing on the group's list") as records:
        for member_id in member_ids:
            records.save(replace(records.get(Member, member_id), standing=standing))


def retire(session: Session, member_id: str, *, active: bool = False) -> None:
    """Someone left (or came back): no longer offered anywhere; what they did stays."""
    with session.work.step("leaving of a person" if not active else "return of a person") as records:
        records.save(replace(records.get(Member, member_id), active=active))


def unsigned_standing_members(session: Session) -> list[PersonRow]:
    """Standing members without a current protocol: listed on the home screen until signed."""
    return [r for r in people(session) if r.member.standing is Standing.STANDING and r.isp is not IspStatus.CURRENT]
