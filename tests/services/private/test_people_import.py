"""People sleeping rough from a spreadsheet: shown first, all or none, nobody merged silently."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.private.people import Accommodation, Consent, RoughSleeper
from csp_desktop.exchange.private.rough_sleepers import COLUMNS, people_template, read_people
from csp_desktop.exchange.reading.reader import read_book
from csp_desktop.services.private import people
from csp_desktop.services.private.people_import import import_people, preview_people
from tests.support.private_session import DAY, LEAD, begun, private_session

DATA = Path(__file__).parents[2] / "data" / "rough-sleeping"


def test_a_list_is_taken_over_with_names_needs_agreement_and_the_last_night():
    session = private_session()
    parsed = read_people(DATA / "people.csv")
    before = preview_people(session, parsed)
    assert (before.new, before.changed, before.unchanged, before.refused) == (2, 0, 0, ())
    import_people(session, parsed)
    lines = {line.person.name: line for line in people.people(session)}
    mo, ines = lines["Mo Tarrant"], lines["Ines Vale"].person
    assert (mo.person.aliases, mo.person.initials) == (("Big Mo", "Moses"), "M.T.")
    assert mo.person.needs == ("Alcohol", "A dog")
    assert mo.seen is not None and mo.seen.where == "Cassio bridge"
    assert (ines.accommodation, ines.consent) == (Accommodation.EMERGENCY, Consent.LIMITED)
    assert ines.safety_net == "SN-2026-0141"


def test_the_same_list_twice_changes_nothing():
    session = private_session()
    parsed = read_people(DATA / "people.csv")
    import_people(session, parsed)
    head = session.work.last_step()
    again = import_people(session, parsed)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)
    assert session.work.last_step() == head


def test_what_a_list_changes_of_a_person_is_said_in_words():
    session = private_session()
    content = (
        b"Name,Aliases,Initials,About,Contact,Support needs,Accommodation,Accommodation since,Consent to share,"
        b"Asked on,Limits,Begging,Safety Net reference\n"
        b"Kit Barlow,Birdie,KB,ill,07700 900123,A dog,hostel or supported housing,01/11/2026,agreed with limits,"
        b"02/11/2026,no mail,in the high street,SN-2026-0141\n"
    )
    (told,) = import_people(session, read_people(content, "list.csv")).details
    assert told.words == (
        "aliases, initials, what it is about, contact, needs, accommodation, there since, agreement, asked on, limits, "
        "begging, Safety Net reference"
    )


def test_each_refused_row_says_line_column_value_and_reason_and_the_others_go_in():
    session = private_session()
    told = preview_people(session, read_people(DATA / "people-with-mistakes.csv"))
    assert [(r.line, r.column) for r in told.refused] == [
        (2, "Limits"),
        (3, "Consent to share"),
        (4, "Asked on"),
        (5, "Last seen where"),
        (6, "Safety Net reference"),
    ]
    assert [(one.line, one.known) for one in told.looks_like] == [(9, "RS-001")]
    assert "RS-001 has a name like" in told.waiting[0].reason
    assert told.new == 1


def test_a_name_two_people_have_is_refused_and_an_alias_leads_to_the_one_who_has_it():
    session = private_session()
    kit = people.people(session)[0].person
    with session.work.step("aliases") as records:
        for person in records.find(RoughSleeper):
            if person.number == 2:
                records.save(replace(person, aliases=("Smithy",)))
    parsed = read_people(b"Name,Summary\nSmithy,ill\n", "list.csv")
    assert preview_people(session, parsed).details[0].agency == "RS-002"
    with session.work.step("the same alias") as records:
        records.save(replace(kit, aliases=("Smithy",)))
    assert "RS-001 and RS-002" in preview_people(session, parsed).refused[0].reason


def test_who_is_not_in_a_list_is_asked_about_and_nobody_comes_off_by_it():
    session = private_session()
    parsed = read_people(b"Name,Summary\nKit Barlow,ill\nDana Wells,\n", "list.csv")
    (asked,) = preview_people(session, parsed).questions
    assert asked.title == "1 person is not in this list"
    assert [one.label for one in asked.choices] == ["Stays", "Part list"]
    assert [(line.title, line.detail, line.answer) for line in asked.lines] == [("RS-003", "Sol Marsh", "")]
    done = import_people(session, parsed, {asked.key: "stays"})
    assert (done.decided, done.vanished) == (1, ("RS-003",))
    assert people.people(session, "Sol")[0].person.on_list
    again = import_people(session, parsed)
    assert again.decided == 0 and [line.answer for line in again.questions[0].lines] == ["stays"]
    import_people(session, read_people(b"Name,Summary\nSol Marsh,ill\n", "list.csv"))
    assert "" in [line.answer for line in preview_people(session, parsed).questions[0].lines]


def test_somebody_whose_line_is_refused_is_in_the_list():
    parsed = read_people(b"Name,Last seen on,Last seen where\nSol Marsh,18/11/2026,\nKit Barlow,,\n", "list.csv")
    seen = preview_people(private_session(), parsed)
    assert seen.refused and seen.vanished == ("RS-002",)


def test_two_who_share_no_more_than_an_alias_are_never_made_one_silently():
    session = private_session()
    kit = people.people(session, "Kit")[0].person
    people.save(session, replace(kit, aliases=("Ginger",)))
    two = read_people(b"Name,Aliases\nOwen Price,Ginger\nRhys Toll,Kit Barlow\n", "two.csv")
    told = import_people(session, two)
    assert [(r.line, r.value) for r in told.waiting] == [(2, "Owen Price"), (3, "Rhys Toll")]
    assert (told.new, told.changed) == (0, 0)
    assert people.people(session, "Kit")[0].person.aliases == ("Ginger",)
    asked, _gone = told.questions
    said = {asked.lines[0].key: "new", asked.lines[1].key: "same"}
    done = import_people(
        session, read_people(b"Name,Aliases\nOwen Price,Ginger\nRhys Toll,Kit Barlow\n", "two.csv"), said
    )
    assert (done.new, done.changed, done.waiting) == (1, 1, ())
    assert "Rhys Toll" in people.people(session, "Kit")[0].person.aliases


def test_a_reference_that_was_erased_is_never_given_again():
    session = private_session()
    with session.work.step("an erasing") as records:
        records.save(Disposal("one", "RS-009", DAY, DAY, 3, session.now(), LEAD, "due", (), 1))
    import_people(session, read_people(DATA / "people.csv"))
    assert [line.person.number for line in people.people(session)][-2:] == [10, 11]


def test_a_day_to_come_is_refused_in_its_own_column():
    session = private_session()
    content = b"Name,Last seen on,Last seen where,Asked on\nAbe Moss,27/11/2026,Bridge,\nBea Moss,,,01/01/2027\n"
    told = preview_people(session, read_people(content, "late.csv"))
    assert [(r.line, r.column, r.value) for r in told.refused] == [
        (2, "Last seen on", "27/11/2026"),
        (3, "Asked on", "01/01/2027"),
    ]


def test_while_a_session_runs_no_list_is_compared():
    session = private_session()
    begun(session, LEAD, "PC Sara Lyle")
    with pytest.raises(Refused, match="one at a time"):
        preview_people(session, read_people(DATA / "people.csv"))


def test_the_empty_list_has_every_column_and_is_read_back():
    assert read_book(people_template(), "empty.xlsx").sheets[0].rows[0][1][: len(COLUMNS)] == COLUMNS


@given(st.lists(st.sampled_from(["Al Reed", "Bo Marsh", "Cy Stone", "Di Wren"]), unique=True, min_size=1))
def test_whatever_the_list_a_second_import_changes_nothing(names):
    session = private_session()
    parsed = read_people(("Name,Summary\n" + "".join(f"{n},out again\n" for n in names)).encode(), "list.csv")
    import_people(session, parsed)
    again = import_people(session, parsed)
    assert (again.new, again.changed) == (0, 0)
