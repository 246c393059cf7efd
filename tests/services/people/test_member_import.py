"""A list of people goes in whole: agencies by either name, an empty cell changes nothing, a mistake has its line."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed
from csp_desktop.domain.common.likeness import Of, why_alike
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.list_decisions import ListAnswer, MemberDecision
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.exchange.likeness import likeness
from csp_desktop.exchange.members import read_members
from csp_desktop.services.common.import_rows import MemberFile, MemberLine, Refusal
from csp_desktop.services.people.member_import import (
    ALL_ALIKE,
    HAS_LEFT,
    MemberChange,
    import_members,
    kind_key,
    preview_members,
)
from csp_desktop.services.session import Session
from tests.support.fakes import fake_session

TODAY, SIGNED = date(2026, 11, 26), date(2026, 3, 3)
EWA = MemberLine(
    2,
    "Ewa Łukasik",
    "Change Grow Live",
    "CGL",
    AgencyKind.SUPPORT,
    {
        MemberField.JOB_TITLE: "Manager",
        MemberField.STANDING: Standing.STANDING,
        MemberField.ISP_VERSION: "2.1",
        MemberField.ISP_SIGNED_ON: SIGNED,
        MemberField.MAIL: "ewa@cgl.example",
        MemberField.ACTIVE: True,
    },
)
TOM = MemberLine(3, "Tom Ellis", "Hertfordshire Fire and Rescue", "", AgencyKind.FIRE, {})


def listed(*rows: MemberLine, refused: tuple[Refusal, ...] = ()) -> MemberFile:
    return MemberFile("people.csv", rows, refused)


def saying(row: MemberLine, /, **changes: Any) -> MemberLine:
    """The row with other cells: its own, or those of the person's fields."""
    own = {name: changes.pop(name) for name in list(changes) if hasattr(row, name)}
    return replace(row, **own, said={**row.said, **changes})


def bare(line: int, name: str, agency: str, **said: Any) -> MemberLine:
    return saying(TOM, line=line, name=name, agency=agency, **{"agency_kind": None, **said})


def people(session: Session) -> dict[str, Member]:
    with session.work.reading() as records:
        return {member.name: member for member in records.find(Member)}


def agencies(session: Session) -> dict[str, Agency]:
    with session.work.reading() as records:
        return {agency.name: agency for agency in records.find(Agency)}


@pytest.fixture
def session() -> Session:
    """With Ewa and Tom taken over."""
    made = fake_session()
    import_members(made, listed(EWA, TOM))
    return made


def test_a_new_person_goes_in_with_all_the_line_says_and_a_new_agency() -> None:
    session = fake_session()
    done = import_members(session, listed(EWA, TOM))
    assert (done.new, done.changed, done.unchanged, done.refused) == (2, 0, 0, ())
    assert done.new_agencies == ("Change Grow Live", "Hertfordshire Fire and Rescue")
    assert done.details == (
        MemberChange("Ewa Łukasik", "Change Grow Live", "new, standing"),
        MemberChange("Tom Ellis", "Hertfordshire Fire and Rescue", "new, standing"),
    )
    home = agencies(session)["Change Grow Live"]
    assert (home.short_name, home.kind, home.active) == ("CGL", AgencyKind.SUPPORT, True)
    ewa = people(session)["Ewa Łukasik"]
    assert ewa == Member(ewa.id, "Ewa Łukasik", home.id, "Manager", Standing.STANDING, "ewa@cgl.example", "2.1", SIGNED)
    assert agencies(session)["Hertfordshire Fire and Rescue"].short_name == "Hertfordshire FR"


def test_a_preview_says_the_same_and_stores_nothing() -> None:
    session = fake_session()
    seen = preview_members(session, listed(EWA, TOM))
    assert people(session) == {} == agencies(session)
    assert seen == import_members(session, listed(EWA, TOM))


def test_only_who_keeps_the_registers_takes_a_list_over() -> None:
    session = replace(fake_session(), roles=frozenset({Role.NEW_HOPE_LEAD}))
    with pytest.raises(NotAllowed):
        import_members(session, listed(EWA))


def test_the_same_list_again_changes_nothing_and_writes_no_step(session: Session) -> None:
    head = session.work.head()
    again = import_members(session, listed(EWA, TOM))
    assert (again.new, again.changed, again.unchanged, again.details) == (0, 0, 2, ())
    assert session.work.head() == head


def test_what_a_line_leaves_empty_stays_as_it_is_known(session: Session) -> None:
    import_members(session, listed(bare(2, "Ewa Łukasik", "CGL", job_title="Service manager")))
    before = people(session)["Ewa Łukasik"]
    assert (before.job_title, before.mail, before.isp_version) == ("Service manager", "ewa@cgl.example", "2.1")
    assert (before.isp_signed_on, before.active, before.standing) == (SIGNED, True, Standing.STANDING)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"job_title": "Director"}, "job title"),
        ({"standing": Standing.OCCASIONAL, "mail": "e@cgl.example"}, "standing, mail"),
        ({"isp_version": "2.2", "isp_signed_on": TODAY}, "protocol version, protocol signed on"),
        ({"active": False}, "active"),
        ({"name": "EWA ŁUKASIK"}, "spelling of the name"),
        ({"agency_short_name": "Change GL"}, "details of the agency"),
        ({"agency_kind": AgencyKind.HEALTH}, "details of the agency"),
    ],
)
def test_each_change_is_said_in_words(session: Session, said: dict[str, Any], words: str) -> None:
    line = saying(bare(2, "Ewa Łukasik", "Change Grow Live"), **said)
    done = import_members(session, listed(line))
    assert (done.new, done.changed, done.unchanged) == (0, 1, 0)
    assert [detail.words for detail in done.details] == [words]


def test_a_name_is_taken_as_the_list_spells_it_and_a_day_of_today_is_in_order(session: Session) -> None:
    import_members(session, listed(saying(EWA, name="EWA ŁUKASIK", isp_signed_on=TODAY)))
    assert people(session)["EWA ŁUKASIK"].isp_signed_on == TODAY and len(people(session)) == 2


def test_an_agency_is_known_by_its_short_name_but_first_by_its_full_one(session: Session) -> None:
    with session.work.step("another") as records:
        records.save(Agency("other", "CGL", "Council GL", AgencyKind.COUNCIL))
    import_members(session, listed(bare(4, "Ines Moor", "cgl")))
    assert people(session)["Ines Moor"].agency_id == "other"
    import_members(session, listed(bare(4, "Jo Park", "hertfordshire fr")))
    assert people(session)["Jo Park"].agency_id == people(session)["Tom Ellis"].agency_id


def test_a_changed_agency_is_saved_once_with_all_its_lines_say(session: Session) -> None:
    new = bare(4, "Ines Moor", "Change Grow Live", agency_short_name="Change GL")
    kind = bare(5, "Jo Park", "Change Grow Live", agency_kind=AgencyKind.HEALTH)
    import_members(session, listed(new, kind))
    after = agencies(session)["Change Grow Live"]
    assert (after.short_name, after.kind) == ("Change GL", AgencyKind.HEALTH)
    assert {people(session)[name].agency_id for name in ("Ines Moor", "Jo Park", "Ewa Łukasik")} == {after.id}


def test_one_line_may_give_the_kind_of_an_agency_for_all_and_the_first_that_does_counts() -> None:
    session = fake_session()
    first = bare(2, "Ines Moor", "Probation Service")
    told = bare(3, "Jo Park", "PROBATION SERVICE", agency_kind=AgencyKind.PROBATION)
    done = import_members(session, listed(first, told, replace(told, line=4, name="Al", agency_kind=AgencyKind.FIRE)))
    assert (done.new, done.refused, done.new_agencies) == (3, (), ("Probation Service",))
    assert len(agencies(session)) == 1


def test_every_mistake_of_a_line_is_told_in_the_order_of_lines_and_the_rest_goes_in() -> None:
    session = fake_session()
    wrong = bare(9, "Ines Moor", "Probation Service", isp_signed_on=date(2026, 11, 27))
    unread = Refusal(4, "Name", "", "A name is needed.")
    done = import_members(session, listed(EWA, wrong, refused=(unread,)))
    assert [(refusal.line, refusal.column, refusal.value) for refusal in done.refused] == [
        (4, "Name", ""),
        (9, "ISP signed on", "27/11/2026"),
    ]
    assert "in the future" in done.refused[1].reason
    assert list(people(session)) == ["Ewa Łukasik"] and list(agencies(session)) == ["Change Grow Live"]


def test_the_kind_of_a_new_agency_is_guessed_and_asked_once_for_all_its_people() -> None:
    session = fake_session()
    rows = [bare(n, name, "Riverside Homes") for n, name in ((2, "Ines Moor"), (3, "Jo Park"))]
    preview = preview_members(session, listed(EWA, *rows))
    (asked,) = preview.questions
    assert (asked.title, asked.lines[0].guess) == ("What is Riverside Homes?", "housing")
    (waiting,) = preview.waiting
    assert (waiting.line, waiting.column, preview.new, preview.refused) == (2, "Agency kind", 1, ())
    assert waiting.reason.startswith("Riverside Homes is a new agency")
    assert all(kind.value in waiting.reason for kind in AgencyKind)
    done = import_members(session, listed(EWA, *rows), {asked.key: "housing"})
    assert (done.new, done.waiting) == (3, ()) and agencies(session)["Riverside Homes"].kind is AgencyKind.HOUSING


def test_an_agency_written_another_way_is_asked_about_and_neither_made_nor_changed_meanwhile() -> None:
    session = fake_session()
    import_members(session, listed(EWA, replace(TOM, agency="Hertfordshire Police", agency_kind=AgencyKind.POLICE)))
    other = bare(4, "Ines Moor", "Herts Police")
    preview = preview_members(session, listed(other))
    asked, _gone = preview.questions
    assert asked.lines[0].title == "Herts Police → Hertfordshire Police" and preview.new == 0
    assert [(one.line, one.name, one.known) for one in preview.looks_like] == [
        (4, "Herts Police", "Hertfordshire Police")
    ]
    same = import_members(session, listed(replace(other, agency_kind=AgencyKind.OTHER)), {asked.key: "same"})
    assert (same.new, same.new_agencies) == (1, ())
    assert agencies(session)["Hertfordshire Police"].kind is AgencyKind.POLICE
    new = import_members(
        session, listed(bare(4, "Al Moor", "Herts Police")), {ALL_ALIKE: "new", kind_key("Herts Police"): "police"}
    )
    assert new.new_agencies == ("Herts Police",)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Herts Police", "Hertfordshire Police", True),
        ("Watford BC", "Watford Borough Council", True),
        ("New Hope", "New Hope Trust", True),
        ("Riversid Homes", "Riverside Homes", True),
        ("Watford Borough Council", "Testford Borough Council", False),
        ("Hertfordshire County Council", "Hertfordshire Constabulary", False),
        ("CGL", "New Hope", False),
    ],
)
def test_two_names_may_be_one_agency_where_the_rest_is_missing_shortened_or_mistyped(one, other, may) -> None:
    for a, b in ((one, other), (other, one)):
        assert bool(why_alike(Of.AGENCIES, a, b, likeness)) is may


def test_somebody_with_a_name_much_like_a_known_one_is_asked_about(session: Session) -> None:
    line = bare(2, "Ewa Łukasic", "CGL", job_title="Director")
    preview = preview_members(session, listed(line))
    asked, _gone = preview.questions
    assert asked.lines[0].title == "Ewa Łukasic → Ewa Łukasik" and (preview.new, preview.changed) == (0, 0)
    assert import_members(session, listed(line), {asked.key: "same"}).changed == 1
    assert people(session)["Ewa Łukasik"].job_title == "Director"
    both = preview_members(session, listed(line, EWA, TOM)).questions
    assert [one.title for one in both] == ["Someone else?"], "both are in the list: they are not one"
    assert import_members(session, listed(line), {asked.key: "new"}).new == 1


def test_who_is_not_in_the_list_is_named_and_stays(session: Session) -> None:
    preview = import_members(session, listed(EWA))
    assert preview.vanished == ("Tom Ellis",) and "Tom Ellis" in people(session)


STAYS, PART_LIST = ListAnswer.STAYS.value, ListAnswer.PART_LIST.value


@pytest.mark.parametrize(("answer", "is_there"), [(HAS_LEFT, False), (STAYS, True), (PART_LIST, True)])
def test_who_is_not_in_the_list_is_asked_about_and_only_who_has_left_is_a_former_member(
    session: Session, answer: str, is_there: bool
) -> None:
    asked = next(one for one in preview_members(session, listed(EWA)).questions if "not in this list" in one.title)
    assert [(line.title, line.answer) for line in asked.lines] == [("Tom Ellis", "")]
    made = import_members(session, listed(EWA), {asked.key: answer})
    assert made.decided == 1
    assert ("has left" in [one.words for one in made.details]) is not is_there
    assert people(session)["Tom Ellis"].active is is_there
    assert made.vanished == ("Tom Ellis",)


def _read(text: str) -> MemberFile:
    return read_members(text.encode(), "people.csv")


def _said_of_tom(session: Session, parsed: MemberFile) -> list[str]:
    asked = [one for one in preview_members(session, parsed).questions if "not in this list" in one.title]
    return [line.answer for one in asked for line in one.lines]


def test_who_stays_is_not_asked_about_again_until_a_list_has_their_name(session: Session) -> None:
    without, with_him = _read("Name,Agency\nEwa Łukasik,CGL\n"), _read("Name,Agency\nTom Ellis,Hertfordshire FR\n")
    key = preview_members(session, without).questions[0].key
    import_members(session, without, {key: STAYS})
    other = _read("Name,Agency,Email\nEwa Łukasik,CGL,\n")
    assert _said_of_tom(session, without) == _said_of_tom(session, other) == [STAYS]
    again = import_members(session, without)
    assert again.decided == 0 and [one.is_answered for one in again.questions] == [True]
    import_members(session, with_him)
    assert _said_of_tom(session, without) == [""], "the list had them, and now has not: that is something new"


def test_a_part_list_is_one_the_next_time_too_and_a_list_of_another_sender_is_asked_about(session: Session) -> None:
    part, whole = _read("Name,Agency\nEwa Łukasik,CGL\n"), _read("Name,Agency,Job title\nEwa Łukasik,CGL,\n")
    key = preview_members(session, part).questions[0].key
    import_members(session, part, {key: PART_LIST})
    assert (_said_of_tom(session, part), _said_of_tom(session, whole)) == ([PART_LIST], [""])
    import_members(session, _read("Name,Agency,Job title\nTom Ellis,Hertfordshire FR,\n"))
    assert _said_of_tom(session, part) == [PART_LIST], "another sender's list says nothing of this one"
    import_members(session, part, {key: STAYS})
    assert _said_of_tom(session, whole) == [STAYS]
    with session.work.reading() as records:
        assert [one.answer for one in records.find(MemberDecision)] == [ListAnswer.STAYS]


def test_an_answer_is_taken_back_with_its_list(session: Session) -> None:
    parsed = _read("Name,Agency\nEwa Łukasik,CGL\n")
    import_members(session, parsed, {preview_members(session, parsed).questions[0].key: STAYS})
    session.work.undo()
    assert _said_of_tom(session, parsed) == [""]


def test_somebody_whose_row_is_refused_or_held_back_is_in_the_list(session: Session) -> None:
    refused = _read("Name,Agency,Email\nEwa Łukasik,CGL,\nTom Ellis,Hertfordshire FR,no mail\n")
    held = _read("Name,Agency\nEwa Łukasik,CGL\nTom Ellis,Hertfordshire Fire & Rescue Service\n")
    for parsed, waiting in ((refused, 0), (held, 1)):
        seen = preview_members(session, parsed)
        assert (seen.vanished, len(seen.waiting)) == ((), waiting) and (seen.refused or seen.waiting)


def test_of_two_of_one_name_the_one_still_there_is_meant(session: Session) -> None:
    ewa = people(session)["Ewa Łukasik"]
    with session.work.step("a namesake who left") as records:
        records.save(replace(ewa, id="a-former", active=False, job_title="Once here"))
        records.save(replace(ewa, id="z-former", active=False, job_title="Once here"))
    import_members(session, listed(saying(EWA, job_title="Director")))
    with session.work.reading() as records:
        assert records.get(Member, ewa.id).job_title == "Director"


def test_the_same_name_at_another_agency_is_another_person(session: Session) -> None:
    rows = listed(replace(TOM, agency="Change Grow Live", agency_kind=None))
    assert import_members(session, rows).new == 0, "it may be the same person: that is asked first"
    assert import_members(session, replace(rows, others=frozenset({TOM.line}))).new == 1
    with session.work.reading() as records:
        assert len(records.find(Member, name="Tom Ellis")) == 2


def test_it_is_one_step_that_can_be_taken_back(session: Session) -> None:
    import_members(session, listed(saying(EWA, job_title="Director")))
    step = session.work.undo()
    assert step is not None and step.words == "people of people.csv"
    assert people(session)["Ewa Łukasik"].job_title == "Manager"


def test_a_new_name_like_somebodys_is_left_out_until_a_person_says_it_is_someone_else(session: Session) -> None:
    near, nobody = bare(4, "Ewa Lukasik", "Hertfordshire FR"), bare(5, "Duty Officer", "CGL")
    seen = import_members(session, listed(near, nobody, bare(6, "Ines Moor", "CGL")))
    asked = "Ewa Łukasik of Change Grow Live is already on the list. Is this someone else?"
    odd = "“Duty Officer” does not look like a person’s name."
    assert [(one.line, one.question, one.goes_in) for one in seen.asked] == [(4, asked, False), (5, odd, False)]
    assert (seen.new, seen.taken) == (1, 1) and set(people(session)) == {"Ewa Łukasik", "Tom Ellis", "Ines Moor"}
    answered = import_members(session, replace(listed(near, nobody), others=frozenset({4})))
    assert [one.goes_in for one in answered.asked] == [True, False] and answered.new == 1
    assert "Ewa Lukasik" in people(session) and "Duty Officer" not in people(session)


def test_of_two_like_names_in_one_list_the_second_is_asked_about() -> None:
    seen = preview_members(fake_session(), listed(EWA, replace(TOM, name="Ewa Łukasic")))
    assert [(one.line, one.name) for one in seen.asked] == [(3, "Ewa Łukasic")] and seen.new == 1
