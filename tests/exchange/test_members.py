"""The member list: a column for every field in plain English, row errors as for cases, nothing twice."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from csp_desktop.cli.verbs import lists
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.fields import Line
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.member_fields import ROWS, MemberField
from csp_desktop.exchange.members import COLUMNS, members_template, read_members
from csp_desktop.services.cases.import_questions import Alike
from csp_desktop.services.common.import_rows import rows_refused
from csp_desktop.services.people.member_import import import_members, preview_members
from tests.support.fakes import NO_PAPERS, FakeWork, fake_session

TEN = (
    "Name",
    "Agency",
    "Agency short name",
    "Agency kind",
    "Job title",
    "Standing or occasional",
    "ISP version",
    "ISP signed on",
    "Mail",
    "Active",
)
HEADER = ",".join(TEN)
EWA = "Ewa Łukasik,Change Grow Live,CGL,support provider,Team leader,standing,1,03/03/2026,ewa@cgl.example.org,yes"
TOM = "Tom Ellis,Hertfordshire Fire and Rescue,,fire,Watch manager,occasional,,,,"


def listed(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *rows)).encode()


def book(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def held(session, kind):
    with session.work.reading() as records:
        return records.find(kind)


def test_the_template_has_a_column_for_every_field_and_is_itself_a_list_without_people() -> None:
    template = members_template()
    sheet = load_workbook(io.BytesIO(template)).worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    parsed = read_members(template, "people.xlsx")
    assert (parsed.rows, parsed.refused) == ((), ())


def test_every_field_of_a_row_is_read() -> None:
    (row,) = read_members(listed(EWA), "people.csv").rows
    assert (row.line, row.name, row.agency, row.agency_short_name) == (2, "Ewa Łukasik", "Change Grow Live", "CGL")
    assert row.agency_kind is AgencyKind.SUPPORT
    assert row.said == {
        MemberField.JOB_TITLE: "Team leader",
        MemberField.STANDING: Standing.STANDING,
        MemberField.ISP_VERSION: "1",
        MemberField.ISP_SIGNED_ON: date(2026, 3, 3),
        MemberField.MAIL: "ewa@cgl.example.org",
        MemberField.ACTIVE: True,
    }


def test_columns_may_stand_in_any_order_under_the_names_people_use_for_them() -> None:
    parsed = read_members(
        listed("CGL,x,Ewa Łukasik,ewa@cgl.example.org", header="ORGANISATION,Shoe size,full name,E-Mail")
    )
    (row,) = parsed.rows
    assert (row.name, row.agency, row.agency_kind) == ("Ewa Łukasik", "CGL", None)
    assert row.said == {MemberField.MAIL: "ewa@cgl.example.org"}


def test_a_workbook_with_real_dates_and_numbers_says_the_same_as_its_csv() -> None:
    row = (
        "Ewa Łukasik",
        "Change Grow Live",
        "CGL",
        "Support provider",
        "Team leader",
        "Standing",
        1.0,
        date(2026, 3, 3),
        "ewa@cgl.example.org",
        True,
    )
    assert read_members(book(TEN, row)).rows == read_members(listed(EWA)).rows


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (",CGL,,,,,,,,", "Name", "", "missing"),
        ("Tom Ellis,,,,,,,,,", "Agency", "", "missing"),
        ("Tom Ellis,Fire,,brigade,,,,,,", "Agency kind", "brigade", "one of: police, council"),
        ("Tom Ellis,Fire,,fire,,sometimes,,,,", "Standing or occasional", "sometimes", "standing, occasional"),
        ("Tom Ellis,Fire,,fire,,,1,31/02/2026,,", "ISP signed on", "31/02/2026", "not a date"),
        ("Tom Ellis,Fire,,fire,,,1,,,", "ISP signed on", "", "or neither"),
        ("Tom Ellis,Fire,,fire,,,,03/03/2026,,", "ISP version", "", "or neither"),
        ("Tom Ellis,Fire,,fire,,,,,tom at fire,", "Email", "tom at fire", "not an email address"),
        ("Tom Ellis,Fire,,fire,,,,,,perhaps", "Active", "perhaps", "yes or no"),
    ],
)
def test_a_row_not_in_order_is_refused_with_its_line_column_value_and_reason(row, column, value, reason) -> None:
    parsed = read_members(listed(EWA, row))
    (refusal,) = parsed.refused
    assert (refusal.line, refusal.column, refusal.value) == (3, column, value)
    assert reason in refusal.reason
    assert [r.name for r in parsed.rows] == ["Ewa Łukasik"]


def test_a_person_can_stand_on_the_list_once() -> None:
    parsed = read_members(listed(EWA, TOM, EWA.upper().replace("ŁUKASIK", "łukasik")))
    assert len(parsed.rows) == 2
    assert (parsed.refused[0].line, parsed.refused[0].column) == (4, "Name")
    assert "line 2" in parsed.refused[0].reason


def test_every_mistake_of_a_line_is_told_at_once() -> None:
    parsed = read_members(listed("Lewis Hart,CGL,,charity shop,,sometimes,2.1,31/02/2026,,perhaps"))
    assert parsed.rows == () and rows_refused(parsed.refused) == 1
    assert [(refusal.line, refusal.column, refusal.value) for refusal in parsed.refused] == [
        (2, "Agency kind", "charity shop"),
        (2, "Standing or occasional", "sometimes"),
        (2, "ISP signed on", "31/02/2026"),
        (2, "Active", "perhaps"),
    ]


def test_a_file_that_is_no_list_of_people_is_refused_as_a_whole() -> None:
    with pytest.raises(Refused, match="columns such as Name, Agency"):
        read_members(listed("1,2", header="SN Reference,Date Created"), "cases.csv")


def test_a_preview_counts_and_stores_nothing() -> None:
    session = fake_session()
    preview = preview_members(session, read_members(listed(EWA, TOM, ",CGL,,,,,,,,")))
    assert (preview.new, preview.changed, preview.unchanged, len(preview.refused)) == (2, 0, 0, 1)
    assert preview.new_agencies == ("Change Grow Live", "Hertfordshire Fire and Rescue")
    assert held(session, Member) == [] == held(session, Agency)


def test_an_import_is_one_step_that_can_be_undone() -> None:
    session = fake_session()
    import_members(session, read_members(listed(EWA, TOM), "people.csv"))
    people = {m.name: m for m in held(session, Member)}
    agencies = {a.id: a for a in held(session, Agency)}
    tom = people["Tom Ellis"]
    assert (agencies[tom.agency_id].kind, agencies[tom.agency_id].short_name) == (AgencyKind.FIRE, "Hertfordshire FR")
    assert (tom.standing, tom.active, tom.isp_signed_on) == (Standing.OCCASIONAL, True, None)
    step = session.work.undo()
    assert step is not None
    assert step.words == "people of people.csv"
    assert held(session, Member) == [] == held(session, Agency)


def test_the_same_list_twice_changes_nothing() -> None:
    work = FakeWork()
    session = fake_session(work)
    parsed = read_members(listed(EWA, TOM))
    import_members(session, parsed)
    before = work.everything()
    again = import_members(session, parsed)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert work.everything() == before


def test_what_a_cell_leaves_empty_stays_as_it_is_known() -> None:
    session = fake_session()
    import_members(session, read_members(listed(EWA)))
    change = import_members(session, read_members(listed("Ewa Łukasik,CGL,,,Service manager,,,,,no")))
    (ewa,) = held(session, Member)
    assert (ewa.job_title, ewa.active) == ("Service manager", False)
    assert (ewa.mail, ewa.isp_signed_on, ewa.standing) == ("ewa@cgl.example.org", date(2026, 3, 3), Standing.STANDING)
    assert (change.changed, change.details[0].words) == (1, "job title, active")


def test_an_agency_not_known_yet_needs_its_kind_once() -> None:
    session = fake_session()
    preview = preview_members(
        session,
        read_members(
            listed("A One,New Hope,,,,,,,,", "B Two,New Hope,,support provider,,,,,,", "C Three,Shop,,,,,,,,")
        ),
    )
    assert preview.new == 2
    (refusal,) = preview.waiting
    assert (refusal.line, refusal.column) == (4, "Agency kind")
    assert "Shop is a new agency" in refusal.reason


def test_a_protocol_cannot_be_signed_on_a_day_to_come() -> None:
    session = fake_session()
    preview = preview_members(session, read_members(listed("Tom Ellis,Fire,,fire,,,1,27/11/2026,,")))
    assert (preview.new, preview.refused[0].column) == (0, "ISP signed on")


@pytest.mark.parametrize("row", [row for row in ROWS if isinstance(row.field, Line)], ids=lambda row: row.name)
def test_no_line_of_the_table_is_lost_where_a_list_is_taken_over(row) -> None:
    typed = {MemberField.MAIL: "dan@example.org"}.get(row.name, "Some Words")
    cells = {"Name": "Dan Holt", "Agency": "CGL", "Agency kind": "support provider", row.column.heading: typed}
    if row.name == MemberField.ISP_VERSION:
        cells["ISP signed on"] = "03/03/2026"
    session = fake_session(FakeWork())
    import_members(session, read_members(listed(",".join(cells.values()), header=",".join(cells))))
    (member,) = held(session, Member)
    assert getattr(member, row.name) == typed


def test_the_command_line_tells_who_is_gone_who_is_alike_and_what_was_read(tmp_path: Path) -> None:
    session = fake_session(papers=replace(NO_PAPERS, read_members=read_members))
    import_members(session, read_members(listed(EWA, TOM.replace("occasional", "standing")), "people.csv"))
    file = tmp_path / "list.csv"
    file.write_text("Name,Agency,Shoe size\nEwa Łukasic,CGL,38\nJo Park,Riverside Homes,40\n", encoding="utf-8")
    told = lists.import_members(session, file, dry_run=True)
    assert told["vanished"] == ["Tom Ellis"] and told["mapping"] == {"Name": "Name", "Agency": "Agency"}
    (alike,) = told["looks_like"]
    assert (alike["line"], alike["reference"], alike["known"]) == (2, "Ewa Łukasic", "Ewa Łukasik")
    assert [(one["line"], one["column"]) for one in told["refused"]] == [(3, "Agency kind")]
    assert "“Shoe size”" in told["left_out"][0]["why"] and told["warnings"][0]["value"] == "Job title"
    kinds = {"riverside homes": AgencyKind.HOUSING}
    done = lists.import_members(session, file, dry_run=False, alike=Alike.SAME, kinds=kinds)
    assert (done["new"], done["refused"]) == (1, [])
