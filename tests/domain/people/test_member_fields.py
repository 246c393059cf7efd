"""Every field of a person stands in the table the forms, the lists and the journal read, or is not asked on purpose."""

import dataclasses

import pytest

from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.fields import Day, Field, Line, OneOf, Switch
from csp_desktop.domain.people import member_fields
from csp_desktop.domain.people.agencies import Member, Standing
from csp_desktop.domain.people.member_fields import LEAVING, NOT_ASKED, PERSON, PROTOCOL, ROWS, MemberField

SOMEBODY = Member("m1", "Dan Holt", "police", "Sergeant", Standing.STANDING)


def test_every_field_of_a_person_is_a_row_or_is_not_asked() -> None:
    fields = [field.name for field in dataclasses.fields(Member)]
    assert sorted([*(row.name for row in ROWS), *NOT_ASKED]) == sorted(fields)


def test_every_row_is_on_the_form_and_of_a_kind_a_list_of_people_can_say() -> None:
    assert {row.field.section for row in ROWS} == {PERSON, PROTOCOL, LEAVING}
    kinds = {row.name: row.field for row in ROWS if not isinstance(row.field, Line | Day | OneOf | Switch)}
    assert list(kinds) == [MemberField.AGENCY] and type(kinds[MemberField.AGENCY]) is Field


def test_no_heading_of_a_list_means_two_fields() -> None:
    said = [name.casefold() for row in ROWS for name in (row.column.heading, *row.column.also_called)]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        (MemberField.NAME, "full name, person, member"),
        (MemberField.AGENCY, "organisation, organization, agency name"),
        (MemberField.JOB_TITLE, "role, title, job, position"),
        (MemberField.STANDING, "standing, standing/occasional, membership"),
        (MemberField.ISP_VERSION, "protocol version, isp"),
        (MemberField.ISP_SIGNED_ON, "isp date, isp signed, protocol signed on, date isp signed"),
        (MemberField.MAIL, "mail, e-mail, mail address, email address"),
        (MemberField.ACTIVE, "still active, current"),
    ],
)
def test_what_other_lists_of_people_call_a_column_is_known(name: MemberField, headings: str) -> None:
    assert set(headings.split(", ")) <= set(member_fields.BY_NAME[name].column.also_called)


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row.field, Line)], ids=lambda row: row.name)
def test_a_line_is_kept_in_one_line_and_refused_at_its_own_name(row: member_fields.MemberRow) -> None:
    assert isinstance(row.field, Line)
    typed = "  dan@example.org " if row.name == MemberField.MAIL else "  Zoe\u0308   Ash "
    changed = member_fields.kept(member_fields.with_values(SOMEBODY, {row.name: typed}), [row])
    assert getattr(changed, row.name) == ("dan@example.org" if row.name == MemberField.MAIL else "Zoë Ash")
    with pytest.raises(FieldRefused) as refused:
        member_fields.kept(member_fields.with_values(SOMEBODY, {row.name: "x\u200by"}), [row])
    assert refused.value.field == row.name and refused.value.sentence.startswith(row.field.subject)
