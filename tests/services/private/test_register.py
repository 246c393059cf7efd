"""The private register: the only word on what kind of agency somebody is of, so nobody changes it silently."""

from dataclasses import replace
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.services.common.import_rows import MemberFile, MemberLine
from csp_desktop.services.private import register, room
from csp_desktop.services.private.register_import import import_register, preview_register
from csp_desktop.services.session import Session
from tests.support.private_session import LEAD, crossed_over, member_named, private_session, row_of

SARA, HANA, EWA, AMIRA = "PC Sara Lyle", "Hana Lowe", "Ewa Lukasik", "Amira Shah"
DEPUTY = Role.NEW_HOPE_DEPUTY.value


@pytest.fixture
def session() -> Session:
    return private_session()


def changed(session: Session, name: str, **changes: Any) -> Member:
    member = replace(member_named(session, name), **changes)
    with session.work.step("changed") as records:
        records.save(member)
    return member


def agencies(session: Session) -> dict[str, AgencyKind]:
    with session.work.reading() as records:
        return {agency.name: agency.kind for agency in records.find(Agency)}


def stranger(session: Session) -> Session:
    return replace(session, roles=frozenset({Role.CHAIR}))


def test_the_register_stands_by_kind_of_agency_agency_and_name(session: Session) -> None:
    rows = register.rows(session)
    kinds = list(AgencyKind)
    assert [kinds.index(row.agency.kind) for row in rows] == sorted(kinds.index(row.agency.kind) for row in rows)
    support = [(row.agency.name, row.member.name) for row in rows if row.agency.kind is AgencyKind.SUPPORT]
    assert support == [("CGL", EWA), ("New Hope", HANA), ("New Hope", LEAD)]
    lead = next(row for row in rows if row.member.name == LEAD)
    assert (lead.leads, lead.has_slot) == (True, True)
    assert [row.leads or row.has_slot for row in rows].count(True) == 1


def test_who_has_left_or_whose_agency_is_gone_is_not_in_it(session: Session) -> None:
    changed(session, HANA, active=False)
    changed(session, EWA, agency_id="gone")
    assert not {HANA, EWA} & {row.member.name for row in register.rows(session)}


def test_agencies_stand_by_name_without_those_retired(session: Session) -> None:
    names = [agency.name for agency in register.agencies(session)]
    assert names[0] == "CGL" and names == sorted(names) and len(names) == 5
    with session.work.step("retired") as records:
        records.save(replace(register.agencies(session)[0], active=False))
    assert [agency.name for agency in register.agencies(session)] == names[1:]


def test_lead_and_named_deputy_lead(session: Session) -> None:
    deputy = changed(session, HANA, roles=(DEPUTY,))
    chair = changed(session, AMIRA, roles=(Role.CHAIR.value,))
    assert register.leads(deputy) and not register.leads(chair)
    with session.work.reading() as records:
        assert register.leading_ids(records) == {deputy.id, member_named(session, LEAD).id}


@pytest.mark.parametrize(
    ("name", "agency", "found"),
    [
        (SARA, "Hertfordshire Constabulary", True),
        ("pc sara lyle", "HERTFORDSHIRE constabulary", True),
        (SARA, "Hertfordshire C", False),
        ("Sara Lyle", "Hertfordshire Constabulary", False),
        (AMIRA, "Watford BC", True),
        (AMIRA, "Hertfordshire Constabulary", False),
    ],
)
def test_somebody_is_known_by_name_and_agency_together(session: Session, name: str, agency: str, found: bool) -> None:
    with session.work.reading() as records:
        assert (register.matched(records, name, agency) is not None) is found


def test_of_two_alike_nobody_is_taken_for_one_of_them(session: Session) -> None:
    twin = replace(member_named(session, SARA), id="twin")
    with session.work.step("a namesake") as records:
        records.save(twin)
    with session.work.reading() as records:
        assert register.matched(records, SARA, "Hertfordshire Constabulary") is None
    with session.work.step("left") as records:
        records.save(replace(twin, active=False))
    with session.work.reading() as records:
        assert register.matched(records, SARA, "Hertfordshire Constabulary") is not None


def test_the_lead_chooses_among_those_whose_last_name_fits(session: Session) -> None:
    assert [row.member.name for row in register.candidates(session, "Sergeant Lyle")] == [SARA]
    assert register.candidates(session, "Nobody") == () == register.candidates(session, " ")


def test_nobody_who_is_in_the_room_is_offered_as_somebody_else(session: Session) -> None:
    sara = register.candidates(session, "Sergeant Lyle")[0].member.id
    assert register.candidates(session, "Beata Lyle", {sara}) == ()


def test_a_new_member_is_entered_in_plain_words_with_a_new_agency(session: Session) -> None:
    made = register.save_member(
        session, "", " Ines   Moor ", " Probation  Service ", AgencyKind.PROBATION, job_title=" officer "
    )
    assert (made.name, made.job_title, made.standing) == ("Ines Moor", "officer", Standing.STANDING)
    assert agencies(session)["Probation Service"] is AgencyKind.PROBATION
    assert register.kind_of(session, "probation service") is AgencyKind.PROBATION
    assert register.kind_of(session, "Nowhere") is AgencyKind.OTHER


@pytest.mark.parametrize(
    ("name", "agency", "title", "at"),
    [
        ("Ines", "Probation", "", MemberField.NAME),
        ("Ines Moor", " ", "", MemberField.AGENCY),
        ("Ines\u200b Moor", "Probation", "", MemberField.NAME),
        ("Ines Moor", "Proba\u200btion", "", MemberField.AGENCY),
        ("Ines Moor", "Probation", "off\u200bicer", MemberField.JOB_TITLE),
        (SARA, "Hertfordshire Constabulary", "", MemberField.NAME),
    ],
)
def test_what_cannot_be_entered_is_refused_at_its_field(
    session: Session, name: str, agency: str, title: str, at: MemberField
) -> None:
    before = register.rows(session)
    with pytest.raises(FieldRefused) as refused:
        register.save_member(session, "", name, agency, AgencyKind.POLICE, job_title=title)
    assert refused.value.field == at and register.rows(session) == before


def test_an_entry_is_put_right_and_keeps_what_else_is_known(session: Session) -> None:
    hana = changed(session, HANA, roles=(DEPUTY,), user_name=HANA)
    after = register.save_member(
        session, hana.id, "Hana Lowe-Reid", "New Hope", AgencyKind.SUPPORT, job_title="Manager"
    )
    assert after == replace(hana, name="Hana Lowe-Reid", job_title="Manager")
    same = register.save_member(session, hana.id, "Hana Lowe-Reid", "New Hope", AgencyKind.SUPPORT)
    assert same == after


def test_putting_a_kind_right_changes_the_agency_for_everybody_of_it(session: Session) -> None:
    register.save_member(session, "", "Ines Moor", "cgl", AgencyKind.HEALTH)
    assert agencies(session)["CGL"] is AgencyKind.HEALTH and len(agencies(session)) == 5
    assert next(row.agency.kind for row in register.rows(session) if row.member.name == EWA) is AgencyKind.HEALTH


def test_the_lead_says_who_somebody_is_and_nobody_is_there_twice(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA, "S Lyle")
    unknown = row_of(session, meeting_id, "S Lyle").id
    with pytest.raises(Refused, match="already here"):
        register.confirm(session, unknown, member_named(session, SARA).id)
    amira = member_named(session, AMIRA)
    row = register.confirm(session, unknown, amira.id)
    assert (row.member_id, row.name, row.agency_id, row.agency_name) == (
        amira.id,
        AMIRA,
        amira.agency_id,
        "Watford Borough Council",
    )
    assert register.confirm(session, unknown, amira.id) == row
    step = session.work.last_step()
    assert step is not None and step.words == "confirming who is in the room"


def test_somebody_who_left_may_be_confirmed_under_another_row(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA, "S Lyle")
    with session.work.step("left") as records:
        row = records.get(Attendance, row_of(session, meeting_id, SARA).id)
        records.save(replace(row, left_at=session.now()))
    unknown = row_of(session, meeting_id, "S Lyle").id
    assert register.confirm(session, unknown, member_named(session, SARA).id).name == SARA


def test_somebody_the_register_does_not_know_is_entered_as_they_signed_in(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, "Tom Ellis")
    row = register.confirm_as_new(session, row_of(session, meeting_id, "Tom Ellis").id, AgencyKind.FIRE)
    made = member_named(session, "Tom Ellis")
    assert (row.member_id, row.agency_name, agencies(session)["Elsewhere"]) == (made.id, "Elsewhere", AgencyKind.FIRE)


def test_the_deputy_is_named_by_the_lead_from_the_leads_own_agency(session: Session) -> None:
    hana = changed(session, HANA, roles=(Role.CHAIR.value,))
    assert register.name_deputy(session, hana.id, deputy=True).roles == (Role.CHAIR.value, DEPUTY)
    assert register.name_deputy(session, hana.id, deputy=True).roles == (Role.CHAIR.value, DEPUTY)
    assert register.name_deputy(session, hana.id, deputy=False).roles == (Role.CHAIR.value,)
    with pytest.raises(Refused, match="lead's own agency"):
        register.name_deputy(session, member_named(session, EWA).id, deputy=True)
    assert register.name_deputy(session, member_named(session, EWA).id, deputy=False).roles == ()
    with pytest.raises(NotAllowed):
        register.name_deputy(replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY})), hana.id, deputy=True)


def test_members_leave_together_but_nobody_who_can_open_the_file(session: Session) -> None:
    ewa, hana, lead = (member_named(session, name) for name in (EWA, HANA, LEAD))
    with pytest.raises(Refused, match="can open this file"):
        register.retire(session, [ewa.id, lead.id])
    assert EWA in {row.member.name for row in register.rows(session)}
    register.retire(session, [ewa.id, hana.id])
    assert not {EWA, HANA} & {row.member.name for row in register.rows(session)}


def test_only_lead_and_deputy_keep_the_register(session: Session) -> None:
    sara = member_named(session, SARA).id
    for act in (
        lambda: register.save_member(stranger(session), "", "Ines Moor", "Probation", AgencyKind.OTHER),
        lambda: register.confirm(stranger(session), "row", sara),
        lambda: register.confirm_as_new(stranger(session), "row", AgencyKind.OTHER),
        lambda: register.retire(stranger(session), [sara]),
        lambda: import_register(stranger(session), listed()),
    ):
        with pytest.raises(NotAllowed):
            act()


def listed(*rows: MemberLine) -> MemberFile:
    return MemberFile("people.csv", rows, ())


def line(number: int, name: str, agency: str, kind: AgencyKind | None = None, active: bool | None = None) -> MemberLine:
    return MemberLine(number, name, agency, "", kind, {} if active is None else {MemberField.ACTIVE: active})


def test_a_list_goes_into_the_register_but_never_changes_a_kind(session: Session) -> None:
    rows = (
        line(2, "Ines Moor", "CGL"),
        line(3, "Jo Park", "cgl", AgencyKind.POLICE),
        line(4, "Al Reed", "Probation Service", AgencyKind.PROBATION),
        line(5, "Max Hill", "CGL", AgencyKind.SUPPORT),
    )
    seen = preview_register(session, listed(*rows))
    assert (seen.new, [one.line for one in seen.refused]) == (3, [3])
    assert seen.refused[0].column == "Agency kind" and seen.refused[0].value == AgencyKind.POLICE.value
    assert f"cgl is “{AgencyKind.SUPPORT.value}” in this register" in seen.refused[0].reason
    assert import_register(session, listed(*rows)) == seen
    assert agencies(session)["CGL"] is AgencyKind.SUPPORT
    assert {"Ines Moor", "Al Reed", "Max Hill"} <= {row.member.name for row in register.rows(session)}


def test_a_list_takes_nobody_off_who_can_open_the_file(session: Session) -> None:
    rows = (line(2, LEAD.upper(), "New Hope", active=False), line(3, EWA, "CGL", active=False))
    done = import_register(session, listed(*rows))
    assert [(one.line, one.column, one.value) for one in done.refused] == [(2, "Active", "no")]
    names = {row.member.name for row in register.rows(session)}
    assert LEAD in names and EWA not in names
    kept = import_register(session, listed(line(2, LEAD, "New Hope", active=True)))
    assert kept.refused == ()


def test_who_can_open_the_file_is_not_asked_about_when_a_list_lacks_them(session: Session) -> None:
    preview = preview_register(session, listed(line(2, "PC Sara Lyle", "Hertfordshire Constabulary")))
    asked = [line.title for one in preview.questions for line in one.lines]
    assert LEAD in preview.vanished and LEAD not in asked and "Hana Lowe" in asked


def test_a_name_like_one_of_the_register_or_of_the_room_is_asked_about_before_it_is_new(session: Session) -> None:
    asked = f"{SARA} of Hertfordshire Constabulary is on the list, with almost the same name. Is this someone else?"
    assert register.doubt_about(session, "Sara Lynne", "Hertfordshire Constabulary") == ""
    assert register.doubt_about(session, "Sara Lylle", "Hertfordshire Constabulary") == asked
    assert register.doubt_about(session, SARA, "Hertfordshire Constabulary") == ""
    assert "does not look like" in register.doubt_about(session, "Duty Officer", "Nightstop")
    assert register.doubt_about(session, "Omar Reyes", "Nightstop") == "" == register.doubt_about(session, "", "")
    meeting_id = crossed_over(session, LEAD)
    room.join(session, meeting_id, "Omar Reyes", "Nightstop")
    assert register.doubt_about(session, "Omar Reyes", "CGL", meeting_id).startswith("Omar Reyes of Nightstop")


def test_a_list_for_the_register_leaves_out_a_name_like_one_of_it_until_it_is_said_to_be_another(
    session: Session,
) -> None:
    rows = listed(line(2, "Hana Lowes", "New Hope"))
    assert [one.question for one in import_register(session, rows).asked] == [
        "Hana Lowe of New Hope is on the list, with almost the same name. Is this someone else?"
    ]
    assert "Hana Lowes" not in {row.member.name for row in register.rows(session)}
    import_register(session, replace(rows, others=frozenset({2})))
    assert "Hana Lowes" in {row.member.name for row in register.rows(session)}
