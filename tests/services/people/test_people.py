"""The people at the table, their agencies, and the information sharing protocol each has signed."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.fields import Line
from csp_desktop.domain.people.agencies import AgencyKind, IspStatus, Member, Standing
from csp_desktop.domain.people.member_fields import PERSON, MemberField, section, with_values
from csp_desktop.services.people import people
from csp_desktop.services.private import register
from tests.support.fakes import fake_session
from tests.support.private_session import private_session


@pytest.fixture
def session():
    return fake_session()


def add(session, name, agency, **more):
    return people.save_member(session, Member("", name, agency.id, "", Standing.STANDING, **more))


@pytest.fixture
def police(session):
    return people.save_agency(session, "", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE)


def test_people_are_found_by_name_agency_or_initials(session, police):
    add(session, "PS Dan Holt", police)
    add(session, "Aisha Rahman", police)
    found = {text: [r.member.name for r in people.people(session, text)] for text in ("dh", "consta", "aish")}
    assert found == {"dh": ["PS Dan Holt"], "consta": ["Aisha Rahman", "PS Dan Holt"], "aish": ["Aisha Rahman"]}


def test_people_stand_in_the_order_of_their_letters_whatever_signs_these_bear(session, police):
    for name in ("Tom Ellis", "Ștefan Ionescu", "Ewa Łukasik", "Élodie Marsh", "Simon Ede"):
        add(session, name, police)
    assert [row.member.name for row in people.people(session)] == [
        "Élodie Marsh",
        "Ewa Łukasik",
        "Simon Ede",
        "Ștefan Ionescu",
        "Tom Ellis",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, MemberField.NAME),
        ({"agency_id": ""}, MemberField.AGENCY),
        ({"mail": "dan at herts"}, MemberField.MAIL),
    ],
)
def test_a_person_is_refused_at_the_field_that_is_wrong(session, police, changes, field):
    with pytest.raises(FieldRefused) as refused:
        people.save_member(session, replace(Member("", "Dan Holt", police.id, "", Standing.STANDING), **changes))
    assert refused.value.field == field
    assert people.people(session) == []


def test_the_same_name_twice_in_an_agency_is_refused(session, police):
    add(session, "Dan Holt", police)
    with pytest.raises(FieldRefused, match="already on the list"):
        add(session, "dan  holt", police)


def test_an_agency_changed_stays_the_same_agency(session, police):
    after = people.save_agency(session, police.id, "Herts Police", "", AgencyKind.POLICE)
    assert (after.id, after.short_name) == (police.id, "Herts Police")
    with pytest.raises(FieldRefused, match="already on the list"):
        people.save_agency(session, "", "herts police", "", AgencyKind.OTHER)


@pytest.mark.parametrize(
    ("name", "short_name", "field", "subject"),
    [("Po\u200blice", "", "name", "The name"), ("Police", "Po\u200blice", "short_name", "The short name")],
)
def test_an_agency_is_refused_at_the_field_that_holds_what_nobody_can_see(session, name, short_name, field, subject):
    with pytest.raises(FieldRefused, match=f"^{subject} contains a zero-width space") as refused:
        people.save_agency(session, "", name, short_name, AgencyKind.POLICE)
    assert refused.value.field == field


def test_a_former_agency_is_listed_only_where_it_is_asked_for(session, police):
    fire = people.save_agency(session, "", "Fire and Rescue", "", AgencyKind.FIRE)
    with session.work.step("gone") as records:
        records.save(replace(fire, active=False))
    assert [one.name for one in people.agencies(session)] == [police.name]
    assert [one.name for one in people.agencies(session, with_former=True)] == ["Fire and Rescue", police.name]


def test_agencies_say_how_many_people_they_send(session, police):
    add(session, "Dan Holt", police)
    gone = add(session, "Sara Lyle", police)
    people.retire(session, gone.id)
    assert [(row.agency.name, row.people) for row in people.agency_rows(session)] == [(police.name, 1)]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3 mar 2026", date(2026, 3, 3)),
        ("3 mar", date(2026, 3, 3)),
        ("24/11", date(2026, 11, 24)),
        ("tue", date(2026, 11, 24)),
        ("thu", date(2026, 11, 26)),
        ("fri", date(2026, 11, 20)),
        ("today", date(2026, 11, 26)),
        ("27 nov", date(2025, 11, 27)),
    ],
)
def test_a_day_of_signing_without_a_year_is_the_last_such_day(session, typed, day):
    assert people.read_protocol(session, "1", typed) == ("1", day)


@pytest.mark.parametrize(
    ("version", "typed", "field"),
    [
        ("", "3 mar", MemberField.ISP_VERSION),
        ("1", "", MemberField.ISP_SIGNED_ON),
        ("1", "soon", MemberField.ISP_SIGNED_ON),
        ("1", "3 mar 2027", MemberField.ISP_SIGNED_ON),
    ],
)
def test_a_protocol_needs_version_and_a_past_day_or_neither(session, version, typed, field):
    with pytest.raises(FieldRefused) as refused:
        people.read_protocol(session, version, typed)
    assert refused.value.field == field
    assert people.read_protocol(session, " ", "") == ("", None)


def test_the_protocol_is_set_for_many_in_one_step(session, police):
    ids = [add(session, name, police).id for name in ("Dan Holt", "Sara Lyle")]
    assert len(people.unsigned_standing_members(session)) == 2
    assert people.set_isp(session, ids, "1", date(2026, 3, 3)) == 2
    assert people.unsigned_standing_members(session) == []
    assert people.member(session, ids[0]).isp_words == "Signed Tue 3 Mar 2026, version 1"
    session.work.undo()
    assert len(people.unsigned_standing_members(session)) == 2


def test_a_protocol_cannot_be_set_for_nobody_nor_for_a_day_to_come(session, police):
    dan = add(session, "Dan Holt", police)
    with pytest.raises(Refused, match="Choose the people first"):
        people.set_isp(session, [], "1", date(2026, 3, 3))
    with pytest.raises(FieldRefused, match="in the future"):
        people.set_isp(session, [dan.id], "1", date(2026, 11, 27))
    with pytest.raises(FieldRefused, match=r"^Give the version of the protocol they signed\.$") as refused:
        people.set_isp(session, [dan.id], " ", date(2026, 3, 3))
    assert refused.value.field == MemberField.ISP_VERSION


def test_an_old_signature_expires_and_an_older_version_is_named(session, police):
    dan = add(session, "Dan Holt", police, isp_version="1", isp_signed_on=date(2023, 3, 3))
    sara = add(session, "Sara Lyle", police, isp_version="0", isp_signed_on=date(2026, 3, 3))
    assert people.member(session, dan.id).isp is IspStatus.EXPIRED
    assert people.member(session, sara.id).isp is IspStatus.OLD_VERSION


def test_whoever_alone_opens_the_file_is_alone(session, police):
    add(session, "Dan Holt", police, user_name="Dan Holt")
    add(session, "Sara Lyle", police)
    assert people.is_alone(session)
    add(session, "Neil Grant", police, user_name="Neil Grant")
    assert not people.is_alone(session)


TYPED = {MemberField.MAIL: "dan@example.org"}
ASKED = [row for row in section(PERSON) if isinstance(row.field, Line)]


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row.name)
def test_no_line_of_the_table_is_lost_where_a_person_is_saved(session, police, row):
    typed = TYPED.get(row.name, "Some Words")
    member = with_values(Member("", "Dan Holt", police.id, "", Standing.STANDING), {row.name: typed})
    assert getattr(people.save_member(session, member), row.name) == typed


@pytest.mark.parametrize("row", [row for row in ASKED if row.in_register], ids=lambda row: row.name)
def test_no_line_of_the_table_is_lost_in_the_private_register(row):
    session = private_session()
    fields = {MemberField.NAME: "Omar Reyes", row.name: TYPED.get(row.name, "Some Words")}
    made = register.save_member(session, "", agency="CGL", kind=AgencyKind.SUPPORT, **fields)
    again = register.save_member(session, made.id, made.name, "CGL", AgencyKind.SUPPORT)
    assert getattr(again, row.name) == getattr(made, row.name) == fields[row.name]
