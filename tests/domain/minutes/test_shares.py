"""To each what they may have: by role, agency, attendance and declared interest; what is withheld is in no copy."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.minutes import shares, withheld
from csp_desktop.domain.minutes.layout import as_text, sections
from csp_desktop.domain.minutes.protection import Protection
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.minutes.rights import (
    CHOICES,
    READY,
    Attended,
    Part,
    Recipient,
    Rights,
    RightsRow,
    RightsTable,
    decide,
    idle_rows,
    in_force,
)
from csp_desktop.domain.minutes.searched import pieces_of, searched
from csp_desktop.domain.people.agencies import AgencyKind
from tests.documents.minutes_models import minutes

EVERYONE, OWN, ACTIONS = READY


def person(
    name: str = "Ewa Łukasik",
    agency: str = "Change Grow Live",
    kind: AgencyKind = AgencyKind.SUPPORT,
    attended: Attended = Attended.PRESENT,
    part: Part = Part.MEMBER,
) -> Recipient:
    return Recipient("r", "meeting", 1, name, name, agency, agency, agency[:4], kind, "", attended, part, "")


CHAIR = person("Hana Price", "Watford Borough Council", AgencyKind.COUNCIL, part=Part.CHAIR)
POLICE = person("PC Aisha Rahman", "Hertfordshire Constabulary", AgencyKind.POLICE)
EWA = person()


def drawn(actions: int) -> Minutes:
    """As the program draws them: every action knows its case."""
    made = minutes(cases=6, attendees=4, actions=actions)
    ids = {case.reference: case.case_id for case in made.cases}

    def known(lines: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(line, case_id=ids.get(line.about, "")) for line in lines)

    cases = tuple(replace(case, actions=known(case.actions)) for case in made.cases)
    return replace(made, cases=cases, actions=known(made.actions), answers=known(made.answers))


def whole() -> Minutes:
    """Case n has an action of the n-th agency alone; one note has marked paragraphs."""
    made = drawn(actions=1)
    note = "All may read.\n[police only] The blue van stood there.\n[protect source] The neighbour at 9 told us."
    return replace(made, cases=(replace(made.cases[0], note=note), *made.cases[1:]))


def copy(of: Minutes, who: Recipient, rights: Rights) -> Minutes:
    return shares.copy_for(of, shares.share_of(of, who, rights, {who.member_id}))


def test_the_chair_has_the_whole() -> None:
    made = whole()
    assert copy(made, CHAIR, Rights.WHOLE) == made


def test_police_only_is_for_the_police_and_a_source_for_chair_and_minute_taker_alone() -> None:
    made = whole()
    texts = {who.name: as_text(copy(made, who, Rights.WHOLE)) for who in (CHAIR, POLICE, EWA)}
    assert ["blue van" in text for text in texts.values()] == [True, True, False]
    assert ["neighbour at 9" in text for text in texts.values()] == [True, False, False]
    assert all("All may read." in text for text in texts.values())
    assert "Police only: The blue van" in texts["Hana Price"] and "Police only" not in texts["Ewa Łukasik"]


def test_own_agencys_cases_are_those_with_an_action_of_theirs_or_that_they_lead() -> None:
    made = whole()
    made = replace(
        made,
        cases=(
            replace(made.cases[0], case_id="led", reference="SN-2026-0499", lead_agency="change grow live"),
            *made.cases,
        ),
    )
    got = copy(made, EWA, Rights.OWN_AGENCY)
    theirs = {c.reference for c in made.cases if any(a.officer == EWA.name for a in c.actions)}
    assert theirs and {c.reference for c in got.cases} == {*theirs, made.cases[0].reference}


def test_counts_are_worked_out_from_the_copy() -> None:
    made = whole()
    text = as_text(copy(made, EWA, Rights.OWN_AGENCY))
    assert "1 case is in this copy." in text and "of 8 cases" not in text
    assert "This copy holds the cases and actions of your agency." in text
    assert "carry over" not in text


def test_every_section_of_a_part_has_the_number_it_has_in_the_whole_record_and_that_is_said_once() -> None:
    made = whole()
    whole_titles = {section.title for section in sections(made)}
    part, actions = copy(made, EWA, Rights.OWN_AGENCY), copy(made, EWA, Rights.ACTIONS_ONLY)
    assert {section.title for section in sections(part)} < whole_titles
    (only,) = sections(actions)
    assert only.title in whole_titles and only.number != "1"
    for text in (as_text(part), as_text(actions)):
        assert text.count("Its section numbers are those of the whole record.") == 1
    assert "section numbers" not in as_text(made)
    own_case = next(section for section in sections(part) if section.case_id)
    assert own_case.number == next(one.number for one in sections(made) if one.case_id == own_case.case_id)


def test_actions_only_are_the_agencys_actions_and_nothing_else() -> None:
    got = copy(whole(), EWA, Rights.ACTIONS_ONLY)
    assert [s.id for s in sections(got)] == ["actions"]
    assert {a.agency for a in got.actions} == {"Change Grow Live"}
    assert not got.attendees and not got.cases and not got.items


def test_a_case_with_a_declared_interest_is_withheld_from_everybody_who_declared_one() -> None:
    made = whole()
    line = replace(made.attendees[0], name=CHAIR.name, agency=CHAIR.agency, interests=("SN-2026-0402, my neighbour",))
    made = replace(made, attendees=(line, *made.attendees[1:]))
    got = copy(made, CHAIR, Rights.WHOLE)
    assert "SN-2026-0402" not in as_text(got) and "SN-2026-0403" in as_text(got)
    share = shares.share_of(made, CHAIR, Rights.WHOLE, set())
    assert withheld.withheld_words(made, share) == ("5.2: declared interest",)
    assert "Some sections are not in this copy." in as_text(got)


def test_an_interest_in_words_that_name_no_case_is_told() -> None:
    made = whole()
    line = replace(made.attendees[0], name=CHAIR.name, agency=CHAIR.agency, interests=("my brother lives there",))
    made = replace(made, attendees=(line, *made.attendees[1:]))
    assert shares.unclear_interests(made, CHAIR) and not shares.unclear_interests(made, EWA)


def test_words_that_name_a_withheld_case_are_told_of() -> None:
    made = whole()
    share = shares.share_of(made, EWA, Rights.OWN_AGENCY, {EWA.member_id})
    assert not withheld.names_withheld(made, share)
    own = next(n for n, case in enumerate(made.cases) if share.may_read_case(case.case_id))
    other = next(case for case in made.cases if not share.may_read_case(case.case_id))
    cases = list(made.cases)
    cases[own] = replace(cases[own], note=f"As in {other.reference}.")
    assert withheld.names_withheld(replace(made, cases=tuple(cases)), share)


def test_why_something_is_withheld_does_not_tell_what() -> None:
    made = whole()
    words = " ".join(withheld.withheld_words(made, shares.share_of(made, EWA, Rights.OWN_AGENCY, set())))
    assert words.startswith("5 cases, none of their agency’s")
    assert not any(case.reference in words or case.initials in words for case in made.cases)


def test_nothing_is_said_in_place_of_a_note_that_is_wholly_marked() -> None:
    made = whole()
    items = tuple(replace(i, note="[police only] A van.") if i.title == "Other business" else i for i in made.items)
    made = replace(made, items=tuple(replace(i, actions=()) for i in items))
    assert "Nothing was raised" not in as_text(copy(made, EWA, Rights.WHOLE)).split("Other business")[1]


RIGHTS = st.sampled_from([Rights.WHOLE, Rights.OWN_AGENCY, Rights.ACTIONS_ONLY])
WHO = st.sampled_from([CHAIR, POLICE, EWA, person("Ravi Nair", "New Hope"), person("Nobody", "Nowhere")])


@given(RIGHTS, WHO, st.sets(st.integers(1, 6)))
def test_no_line_that_somebody_may_not_read_is_in_their_copy(rights: Rights, who: Recipient, marked: set[int]) -> None:
    made = drawn(actions=2)
    cases = tuple(
        replace(c, note=f"Open words of {c.case_id}.\n[police only] Secret words of {c.case_id}." * (n in marked))
        for n, c in enumerate(made.cases, 1)
    )
    made = replace(made, cases=cases)
    share = shares.share_of(made, who, rights, {who.member_id})
    text = searched(as_text(shares.copy_for(made, share)))
    found = withheld.pieces_withheld(made, share)
    assert not [piece for pieces in found for piece in pieces if searched(piece) in text]


def test_the_first_row_that_fits_decides_and_nobody_it_fits_gets_nothing() -> None:
    rows = (RightsRow(Rights.ACTIONS_ONLY, agency_kind=AgencyKind.POLICE), RightsRow(Rights.WHOLE, Attended.PRESENT))
    assert decide(rows, POLICE, has_declared=False) == (Rights.ACTIONS_ONLY, "police")
    assert decide(rows, EWA, has_declared=False) == (Rights.WHOLE, "present")
    assert decide(rows, replace(EWA, attended=Attended.ABSENT), has_declared=False)[0] is Rights.NOTHING


def test_a_row_can_be_about_those_who_declared_an_interest() -> None:
    rows = (RightsRow(Rights.NOTHING, declared=True), RightsRow(Rights.WHOLE))
    assert decide(rows, EWA, has_declared=True)[0] is Rights.NOTHING
    assert decide(rows, EWA, has_declared=False)[0] is Rights.WHOLE


@pytest.mark.parametrize("ready", READY, ids=lambda one: one.name)
def test_ready_sets_give_observers_nothing_and_the_chair_the_whole(ready) -> None:
    assert decide(ready.rows, replace(EWA, part=Part.OBSERVER), has_declared=False)[0] is Rights.NOTHING
    assert decide(ready.rows, CHAIR, has_declared=False)[0] is Rights.WHOLE


ROW = st.builds(
    RightsRow,
    st.sampled_from(Rights),
    st.sampled_from([None, Attended.PRESENT, Attended.ABSENT]),
    st.sampled_from([None, Part.MEMBER, Part.OBSERVER]),
    st.sampled_from([None, AgencyKind.POLICE, AgencyKind.HEALTH]),
    declared=st.booleans(),
)
ANYBODY = st.builds(
    lambda kind, attended, part: person(kind=kind, attended=attended, part=part),
    st.sampled_from(AgencyKind),
    st.sampled_from(Attended),
    st.sampled_from(Part),
)


@given(st.lists(ROW, max_size=5), ANYBODY, st.booleans())
def test_a_row_that_is_said_never_to_decide_decides_for_nobody(
    rows: list[RightsRow], who: Recipient, has_declared: bool
) -> None:
    without = [row for at, row in enumerate(rows) if at not in idle_rows(rows)]
    assert decide(rows, who, has_declared=has_declared) == decide(without, who, has_declared=has_declared)


@given(ROW, st.sampled_from(list(CHOICES)))
def test_turned_all_the_way_round_a_row_is_as_before(row: RightsRow, field: str) -> None:
    turned = row
    for _ in CHOICES[field]:
        turned = turned.turned(field)
    assert turned == row and row.turned(field).turned(field, -1) == row


def test_a_row_can_be_about_one_agency_in_the_place_of_a_kind_of_agency() -> None:
    agencies = [EWA.agency_id, "fire"]
    row = RightsRow(Rights.WHOLE, agency_kind=AgencyKind.POLICE).turned("agency_id", 1, agencies)
    assert (row.agency_id, row.agency_kind) == (EWA.agency_id, None)
    assert decide((row,), EWA, has_declared=False) == (Rights.WHOLE, EWA.agency)
    assert decide((row,), POLICE, has_declared=False)[0] is Rights.NOTHING
    assert row.turned("agency_kind").agency_id == ""
    assert row.turned("agency_id", 2, agencies) == RightsRow(Rights.WHOLE)


def test_a_row_is_kept_and_read_again() -> None:
    for row in (row for ready in READY for row in ready.rows):
        assert RightsRow.of(row.plain()) == row
    every = RightsRow(Rights.WHOLE, Attended.APOLOGIES, Part.OBSERVER, AgencyKind.FIRE, "agency", True)
    assert RightsRow.of(every.plain()) == every
    assert every.who("Fire") == "observer, Fire, fire, sent apologies, declared an interest"


def test_of_the_tables_approved_the_latest_begun_counts_and_earlier_ones_stay() -> None:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    first = RightsTable("1", 1, date(2026, 11, 1), (), "", at, "", at, "Hana Price")
    second = replace(first, id="2", number=2, valid_from=date(2026, 12, 1))
    waiting = replace(first, id="3", number=3, approved_at=None)
    assert in_force([first, second, waiting], date(2026, 11, 30)) == first
    assert in_force([first, second, waiting], date(2026, 12, 1)) == second
    assert in_force([waiting], date(2026, 12, 1)) is None


def test_a_marked_reason_of_a_correction_is_in_no_copy_of_whoever_may_not_read_it() -> None:
    changes = ("SN-1: discussion. Recorded wrongly: [police only] the informant said so.", "SN-2: decision.")
    made = replace(whole(), changes=changes)
    assert copy(made, EWA, Rights.WHOLE).changes == changes[1:]
    assert copy(made, POLICE, Rights.WHOLE).changes == changes


def test_marks_go_with_the_agency_not_with_the_rank() -> None:
    made = whole()
    assert Protection.POLICE in shares.share_of(made, POLICE, Rights.OWN_AGENCY, set()).marks
    assert not shares.share_of(made, replace(EWA, name="PC Łukasik"), Rights.WHOLE, set()).marks


def test_of_a_passage_that_others_share_what_tells_it_apart_is_searched_for() -> None:
    said = "He was seen at the station on Monday. The blue van was parked behind the bakery all night."
    ((piece, *_),) = pieces_of(["The blue van was parked behind the bakery all night. He was seen"], [said])
    assert searched(piece) not in searched(said)
    assert pieces_of(["The blue van was parked", "He was seen"], [said]) == ((), ())
    (pieces,) = pieces_of(["The blue van was parked", "He was seen at the station by Zed"][1:], [said])
    assert any("Zed" in piece for piece in pieces)
