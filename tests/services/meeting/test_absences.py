"""Prepare says who is missing where it matters, and asks who comes instead."""

from dataclasses import replace

import pytest

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.absences import Gap, Need, StandIn, gaps
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.services.meeting import agenda
from csp_desktop.services.meeting.absences import absences, candidates, choose_stand_in, note_apology
from tests.support.prepared_meeting import prepared_session

NAMES = {"cmht": "CMHT", "fire": "Fire"}
CMHT = Agency("cmht", "Community Mental Health Team", "CMHT", AgencyKind.HEALTH)


@pytest.fixture
def session():
    """Nobody of the mental health team is in the register; everyone else is expected."""
    made = prepared_session()
    with made.work.step("CMHT", undoable=False) as records:
        records.save(CMHT)
    return made


@pytest.fixture
def meeting(session):
    return agenda.next_meeting(session)


def missing(session, meeting):
    return {gap.agency_id: gap.words for gap in absences(session, meeting.id).gaps}


def in_walk(session, meeting, **wanted):
    with session.work.reading() as records:
        ids = [turn.case_id for turn in records.find(CaseTurn, meeting_id=meeting.id)]
        return [c for c in records.find(Case, id=ids) if all(getattr(c, k) == v for k, v in wanted.items())]


@pytest.mark.parametrize(
    ("need", "words"),
    [
        (Need("cmht", 7, 0, health=True), "CMHT not coming: 7 cases with mental health"),
        (Need("cmht", 1, 2, health=True), "CMHT not coming: 1 case with mental health and 2 open actions"),
        (Need("fire", 2, 0), "Fire not coming: 2 cases for them"),
        (Need("fire", 0, 1), "Fire not coming: 1 open action"),
    ],
)
def test_a_gap_says_who_is_missing_and_why_it_matters(need, words):
    assert [gap.words for gap in gaps([need], NAMES, [])] == [words]


def test_an_agency_that_comes_or_is_not_needed_is_no_gap():
    needs = [Need("cmht", 7, 0, health=True), Need("fire", 0, 0), Need("gone", 3, 0)]
    assert gaps(needs, NAMES, ["cmht"]) == ()


def test_the_agency_with_the_most_cases_stands_first():
    found = gaps([Need("fire", 2, 9), Need("cmht", 7, 0, health=True)], NAMES, [])
    assert [gap.agency_id for gap in found] == ["cmht", "fire"]


def test_the_mental_health_team_is_missed_for_the_cases_with_that_factor(session, meeting):
    count = len(in_walk(session, meeting, mental_health=True))
    assert count and missing(session, meeting) == {"cmht": f"CMHT not coming: {count} cases with mental health"}


def test_apologies_of_the_only_one_make_an_agency_missing_until_they_are_taken_back(session, meeting):
    assert note_apology(session, meeting.id, "ewa") is True
    count = len(in_walk(session, meeting, lead_agency="Change Grow Live"))
    assert missing(session, meeting)["cgl"] == f"CGL not coming: {count} cases for them and 1 open action"
    assert note_apology(session, meeting.id, "ewa") is False
    assert "cgl" not in missing(session, meeting)


def test_while_somebody_else_of_the_agency_comes_nobody_is_missed(session, meeting):
    note_apology(session, meeting.id, "dan")
    assert "police" not in missing(session, meeting)


def test_cases_proposed_to_defer_and_actions_answered_are_no_reason(session, meeting):
    note_apology(session, meeting.id, "ewa")
    with session.work.step("less", undoable=False) as records:
        for turn in records.find(CaseTurn, meeting_id=meeting.id):
            records.save(replace(turn, propose_defer=True))
        for action in records.find(Action):
            records.save(replace(action, state=ActionState.DONE))
    assert missing(session, meeting) == {}


def test_a_colleague_who_comes_instead_closes_the_gap(session, meeting):
    note_apology(session, meeting.id, "ewa")
    choose_stand_in(session, meeting.id, "cgl", "priya")
    assert "cgl" not in missing(session, meeting)
    with session.work.reading() as records:
        assert records.find(Attendance, meeting_id=meeting.id, member_id="priya") and not records.find(StandIn)


def test_somebody_of_another_agency_speaks_for_it_while_they_come(session, meeting):
    choose_stand_in(session, meeting.id, "cmht", "priya")
    assert missing(session, meeting) == {}
    assert absences(session, meeting.id).stand_ins == (("cmht", "Dr Priya Raman comes for CMHT"),)
    choose_stand_in(session, meeting.id, "cmht", "dan")
    assert absences(session, meeting.id).stand_ins == (("cmht", "PS Dan Holt comes for CMHT"),)
    note_apology(session, meeting.id, "dan")
    assert "cmht" in missing(session, meeting) and absences(session, meeting.id).stand_ins == ()


def test_who_sent_apologies_is_neither_proposed_nor_taken(session, meeting):
    note_apology(session, meeting.id, "ewa")
    assert "ewa" not in [one.member.id for one in candidates(session, meeting.id, "cgl")]
    with pytest.raises(Refused, match="Ewa Łukasik sent apologies"):
        choose_stand_in(session, meeting.id, "cmht", "ewa")


def test_the_agency_s_own_people_are_proposed_first_then_those_who_come(session, meeting):
    note_apology(session, meeting.id, "ewa")
    proposed = candidates(session, meeting.id, "cgl")
    assert (proposed[0].member.id, proposed[0].remark) == ("priya", "Change Grow Live")
    assert proposed[1].remark == "is coming"


def test_nobody_comes_instead_to_a_meeting_held_and_only_recorders_choose(session, meeting):
    reader = replace(session, roles=frozenset({Role.ADMINISTRATOR}))
    for work in (
        lambda: choose_stand_in(reader, meeting.id, "cmht", "dan"),
        lambda: note_apology(reader, meeting.id, "dan"),
    ):
        with pytest.raises(NotAllowed):
            work()
    with session.work.step("closed", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    with pytest.raises(Refused, match="This meeting is closed"):
        choose_stand_in(session, meeting.id, "cmht", "dan")


def test_a_gap_is_a_value():
    assert gaps([Need("fire", 1, 0)], NAMES, []) == (Gap("fire", "Fire", "Fire not coming: 1 case for them", 1),)
