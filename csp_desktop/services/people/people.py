"""The people and agencies at the table: who they are, how they stand, whether they signed the sharing protocol."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.common.day_phrases import day_problem, read_past_day
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import composed, entered
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people import likely_names, member_fields
from csp_desktop.domain.people.agencies import (
    Agency,
    AgencyField,
    AgencyKind,
    IspStatus,
    Member,
    PaperForm,
    Standing,
    initials,
    isp_status,
)
from csp_desktop.domain.people.likely_names import Known
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class PersonRow:
    """One person as the list shows them."""

    member: Member
    agency: Agency
    initials: str
    isp: IspStatus
    isp_words: str


@dataclass(frozen=True)
class AgencyRow:
    """One agency and how many of its people are on the list."""

    agency: Agency
    people: int


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
    return sorted(rows, key=lambda r: (folded(r.agency.name), folded(r.member.name)))


def _matches(row: PersonRow, text: str) -> bool:
    words = f"{row.member.name} {row.agency.name} {row.agency.short_name} {row.member.job_title}".casefold()
    return not text or text in words or text == row.initials.casefold()


def isp_words(member: Member, status: IspStatus) -> str:
    """Where a person stands with the protocol, in words: 'Signed Tue 3 Mar 2026, version 1'."""
    if member.isp_signed_on is None:
        return "Not signed up"
    signed = dated_day(member.isp_signed_on)
    version = f", version {member.isp_version}" if member.isp_version else ""
    others = {IspStatus.EXPIRED: "Expired, signed", IspStatus.OLD_VERSION: "Older version, signed"}
    prefix = others.get(status, "Signed")
    return f"{prefix} {signed}{version}"


def agencies(session: Session, *, with_former: bool = False) -> list[Agency]:
    """All agencies by name."""
    with session.work.reading() as records:
        found = [a for a in records.find(Agency) if a.active or with_former]
    return sorted(found, key=lambda a: folded(a.name))


def agency_rows(session: Session, text: str = "") -> list[AgencyRow]:
    """The agencies whose name or short name holds the text, each with the number of its people."""
    with session.work.reading() as records:
        homes = [m.agency_id for m in records.find(Member, active=True)]
    wanted = text.casefold().strip()
    found = [a for a in agencies(session) if wanted in f"{a.name} {a.short_name}".casefold()]
    return [AgencyRow(a, homes.count(a.id)) for a in found]


def save_agency(session: Session, agency_id: str, name: str, short_name: str, kind: AgencyKind) -> Agency:
    """Add (empty id) or change an agency. Raises FieldRefused without a name, and for the name of another."""
    session.require_keeper()
    name = entered(name, "The name", AgencyField.NAME)
    short_name = entered(short_name, "The short name", AgencyField.SHORT_NAME)
    if not name:
        raise FieldRefused(AgencyField.NAME, "Give the agency a name.")
    with session.work.step(f"agency {name}") as records:
        for other in records.find(Agency):
            if composed(other.name).casefold() == name.casefold() and other.id != agency_id:
                raise FieldRefused(
                    AgencyField.NAME,
                    f"{other.name} is already on the list. Change that entry, or use another name.",
                )
        before = records.get(Agency, agency_id) if agency_id else Agency(new_id(), name, "", kind)
        agency = replace(before, name=name, short_name=short_name or short_form(name), kind=kind)
        records.save(agency)
    return agency


def set_secure_mail(session: Session, agency_id: str, *, is_secure: bool) -> Agency:
    """Whether mail to an agency is safe on its way, so that its people's copies need no passphrase."""
    session.require_keeper()
    with session.work.step("secure email of an agency") as records:
        agency = replace(records.get(Agency, agency_id), secure_mail=is_secure)
        records.save(agency)
    return agency


def set_copy_form(session: Session, member_id: str, form: PaperForm) -> Member:
    """In what form somebody needs their copies, from now on."""
    session.require_keeper()
    with session.work.step("the format of someone’s copies") as records:
        person = replace(records.get(Member, member_id), needs=form)
        records.save(person)
    return person


def copies_words(session: Session, member: Member) -> str:
    """What really goes to somebody, and why, where that is not what they need."""
    if not member.needs.is_word:
        return "Locked with their passphrase, unless their agency has secure email."
    with session.work.reading() as records:
        home = records.get(Agency, member.agency_id)
    if member.mail and home.secure_mail:
        return "A Word file cannot be locked. It goes by their agency’s secure email."
    why = "their agency has no secure email" if member.mail else "they have no email address"
    return f"A Word file cannot be locked, and {why}: the {member.needs.as_pdf.value} is sent."


def short_form(name: str) -> str:
    """A short name to offer: 'Watford Borough Council' → 'Watford BC'; up to two words stay as they are."""
    words = name.split()
    if len(words) <= 2:
        return name
    return words[0] + " " + "".join(w[0] for w in words[1:] if w[0].isupper())


def member(session: Session, member_id: str) -> PersonRow:
    """One person as the file has them now."""
    with session.work.reading() as records:
        found = records.get(Member, member_id)
        settings = settings_in(records)
        home = records.get(Agency, found.agency_id)
    status = isp_status(found, session.today, settings.isp_version, settings.isp_valid_years)
    return PersonRow(found, home, initials(found.name), status, isp_words(found, status))


def save_member(session: Session, member: Member) -> Member:
    """Add (empty id) or change a person. Needs a name and an agency; a mail address must look like one. Raises
    FieldRefused where something is missing or wrong, and for a name its agency has already."""
    session.require_keeper()
    member = member_fields.kept(member)
    name = member.name
    if not member.agency_id:
        raise FieldRefused(MemberField.AGENCY, f"Choose the agency {name} comes from.")
    with session.work.step(f"details of {name}") as records:
        records.get(Agency, member.agency_id)
        for other in records.find(Member, agency_id=member.agency_id):
            if other.active and composed(other.name).casefold() == name.casefold() and other.id != member.id:
                raise FieldRefused(MemberField.NAME, f"{other.name} of this agency is already on the list.")
        saved = replace(member, id=member.id or new_id())
        records.save(saved)
    return saved


def doubt_about(session: Session, name: str) -> str:
    """What to ask before somebody of this name is added: it looks like nobody's, or somebody has it already, in any
    agency. Empty where nothing is odd, and where no name was typed."""
    said = composed(name)
    with session.work.reading() as records:
        homes = {one.id: one.name for one in records.find(Agency)}
        known = [Known(one.name, homes[one.agency_id]) for one in records.find(Member, active=True)]
    return likely_names.doubt_about(said, known) if said else ""


def read_protocol(session: Session, version: str, day: str) -> tuple[str, date | None]:
    """Version and day of a protocol as typed: both, or neither. '3 mar' and 'tue' are the last ones there were. Raises
    FieldRefused for one without the other, and for what is no day or a day to come."""
    version, day = version.strip(), day.strip()
    if not version and not day:
        return "", None
    if not version:
        raise FieldRefused(
            MemberField.ISP_VERSION, "Give the version of the protocol that was signed, or leave both empty."
        )
    if not day:
        raise FieldRefused(
            MemberField.ISP_SIGNED_ON, "Give the date it was signed, for example 3 mar 2026, or leave both empty."
        )
    signed_on = read_past_day(day, session.today)
    if signed_on is None:
        how = f"“{day}” is not a date. Type it as 3 mar 2026 or 3/3/2026."
        raise FieldRefused(MemberField.ISP_SIGNED_ON, day_problem(day, session.today, how))
    _refuse_future(signed_on, session.today)
    return version, signed_on


def _refuse_future(signed_on: date, today: date) -> None:
    if signed_on > today:
        day = dated_day(signed_on)
        raise FieldRefused(MemberField.ISP_SIGNED_ON, f"{day} is in the future. Give the date they signed.")


def set_isp(session: Session, member_ids: Sequence[str], version: str, signed_on: date | None) -> int:
    """Record for many at once that they signed a version of the protocol on a day (None: that they did not); returns
    how many changed. Raises Refused without people, FieldRefused for a day without a version or a day to come."""
    session.require_keeper()
    if not member_ids:
        raise Refused("Choose the people first: select their rows, then record the protocol.")
    if signed_on is not None and not version.strip():
        raise FieldRefused(MemberField.ISP_VERSION, "Give the version of the protocol they signed.")
    if signed_on is not None:
        _refuse_future(signed_on, session.today)
    changed = 0
    who = "one person" if len(member_ids) == 1 else f"{len(member_ids)} people"
    with session.work.step(f"protocol of {who}") as records:
        for member_id in member_ids:
            before = records.get(Member, member_id)
            after = replace(before, isp_version=version.strip() if signed_on else "", isp_signed_on=signed_on)
            changed += after != before
            records.save(after)
    return changed


def set_standing(session: Session, member_ids: Iterable[str], standing: Standing) -> None:
    """Put people on the group's list, or make them occasional."""
    session.require_keeper()
    with session.work.step("standing on the group's list") as records:
        for member_id in member_ids:
            records.save(replace(records.get(Member, member_id), standing=standing))


def retire(session: Session, member_id: str, *, active: bool = False) -> None:
    """Someone left (or came back): no longer offered anywhere; what they did stays."""
    session.require_keeper()
    with session.work.step("person left" if not active else "person returned") as records:
        records.save(replace(records.get(Member, member_id), active=active))


def is_alone(session: Session) -> bool:
    """Whether one person only opens this file, and so holds every role."""
    with session.work.reading() as records:
        return sum(bool(m.user_name) for m in records.find(Member)) <= 1


def unsigned_standing_members(session: Session) -> list[PersonRow]:
    """Standing members without a current protocol: listed on the home screen until signed."""
    return [r for r in people(session) if r.member.standing is Standing.STANDING and r.isp is not IspStatus.CURRENT]
