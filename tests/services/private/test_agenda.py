"""The sub-agenda: proposed, picked, ordered and timed by the lead; the figure that is let out."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.private.figures import Counted
from csp_desktop.domain.private.people import Sighting
from csp_desktop.services.private import agenda, figures, people
from csp_desktop.services.private.preparing import WHILE_RUNNING
from csp_desktop.services.private.settings import change_private_settings
from tests.support.private_session import DAY, LEAD, begun, private_session

SLOT = (time(15, 45), time(16, 30))


@pytest.fixture
def session():
    return private_session()


def order(session, meeting_id):
    return [person.initials for _, person in agenda.sub_agenda_of(session, meeting_id).picked]


def test_planning_picks_the_proposal_up_to_the_number_of_the_settings(session):
    change_private_settings(session, people_on_list=2)
    meeting = agenda.plan(session, DAY, *SLOT)
    stands = agenda.sub_agenda_of(session, meeting.id)
    assert len(stands.picked) == 2
    assert [one.person.initials for one in stands.ranked] == ["K.B.", "D.W.", "S.M."]
    assert (stands.people_minutes, stands.slot) == (14, 45)


def test_a_person_is_taken_off_and_put_on_again_last(session):
    meeting = agenda.plan(session, DAY, *SLOT)
    first = agenda.sub_agenda_of(session, meeting.id).picked[0][1]
    assert not agenda.toggle(session, meeting.id, first.id)
    assert order(session, meeting.id) == ["D.W.", "S.M."]
    assert agenda.toggle(session, meeting.id, first.id)
    assert order(session, meeting.id) == ["D.W.", "S.M.", "K.B."]


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-3, 9)), max_size=6))
def test_moving_people_about_keeps_everyone_once(moves):
    session = private_session()
    meeting = agenda.plan(session, DAY, *SLOT)
    for who, to in moves:
        agenda.move(session, agenda.sub_agenda_of(session, meeting.id).picked[who][0].id, to)
    stands = agenda.sub_agenda_of(session, meeting.id)
    assert sorted(order(session, meeting.id)) == ["D.W.", "K.B.", "S.M."]
    assert [turn.position for turn, _ in stands.picked] == [0, 1, 2]


def test_minutes_have_their_limits(session):
    meeting = agenda.plan(session, DAY, *SLOT)
    turn = agenda.sub_agenda_of(session, meeting.id).picked[0][0]
    agenda.set_minutes(session, turn.id, 12)
    assert agenda.sub_agenda_of(session, meeting.id).people_minutes == 12 + 7 + 7
    with pytest.raises(Refused, match="between 1 and 120"):
        agenda.set_minutes(session, turn.id, 0)


def test_the_next_day_is_proposed_from_the_last_session(session):
    held = Meeting("m", MeetingKind.ROUGH_SLEEPING, DAY - timedelta(weeks=3), time(16, 0), time(16, 40), "", "", "")
    with session.work.step("held") as records:
        records.save(replace(held, state=MeetingState.CLOSED))
    assert agenda.proposed_plan(session) == (DAY + timedelta(weeks=1), time(16, 0), time(16, 40))


def test_while_a_session_runs_nothing_of_the_sub_agenda_is_shown(session):
    sitting = begun(session, LEAD)
    for look in (
        lambda: agenda.sub_agenda_of(session, sitting.meeting_id),
        lambda: agenda.pick_as_proposed(session, sitting.meeting_id),
        lambda: agenda.toggle(session, sitting.meeting_id, "anyone"),
        lambda: figures.would_be(session, Counted.ON_LIST),
    ):
        with pytest.raises(Refused, match=WHILE_RUNNING):
            look()


def test_a_small_count_is_hidden_and_its_number_not_kept(session):
    figure = figures.release(session, Counted.ON_LIST)
    assert figure.count == "fewer than 5"
    words = "On Thursday 26 November 2026, fewer than 5 people were on the list of the private rough-sleeping meeting."
    assert figure.sentence == f"{words} Small counts are hidden."
    assert figures.released(session) == (figure,)
    assert figures.release(session, Counted.ON_LIST) == figure


def test_two_figures_of_one_day_that_differ_are_refused(session):
    change_private_settings(session, small_count=2)
    assert figures.release(session, Counted.ON_LIST).count == "3"
    people.add(session, "Nell Frost")
    with pytest.raises(Refused, match="already released today"):
        figures.release(session, Counted.ON_LIST)


def test_seen_counts_nights_out_and_new_counts_those_never_seen_before(session):
    change_private_settings(session, small_count=2)
    kit, dana, sol = (line.person for line in people.people(session))
    for who, days, bedded in ((kit, 2, True), (kit, 60, True), (dana, 3, True), (sol, 1, False)):
        people.note_sighting(session, Sighting("", who.id, DAY - timedelta(days=days), "porch", "Hana Lowe", bedded))
    assert figures.would_be(session, Counted.SEEN).count == "2"
    assert figures.would_be(session, Counted.NEW).count == "fewer than 2"
    for days in (1, 2, 27):
        nell = people.add(session, f"Nell {days}", although_alike=True)
        people.note_sighting(session, Sighting("", nell.id, DAY - timedelta(days=days), "porch", "Hana Lowe", True))
    assert (figures.would_be(session, Counted.SEEN).count, figures.would_be(session, Counted.NEW).count) == ("5", "4")


def test_only_the_lead_releases_a_figure(session):
    deputy = replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY}))
    with pytest.raises(NotAllowed):
        figures.release(deputy, Counted.SEEN)
