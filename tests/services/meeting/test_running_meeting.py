"""A meeting is started, walked and found again where it was."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.services.meeting import case_walk, running_meeting, sign_in
from csp_desktop.services.meeting.running_meeting import finish_item, go_to_item, meeting_state, start
from tests.support.fakes import FixedClock, fake_session
from tests.support.walk_meeting import fill


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def session(clock):
    made = fake_session(now=clock)
    fill(made.work)
    return made


def item_of(session, kind):
    return next(i for i in meeting_state(session, "november").items if i.kind is kind)


def in_cases(session):
    start(session, "november")
    return go_to_item(session, item_of(session, ItemKind.CASES).id)


def test_everyone_present_signs_before_the_meeting_starts(session):
    with session.work.step("late") as records:
        records.save(replace(records.get(Attendance, "a-ravi"), signed_at=None))
    with pytest.raises(Refused, match="Ravi Nair is present and has not signed"):
        start(session, "november")
    assert meeting_state(session, "november").meeting.state is MeetingState.SIGN_IN


def test_an_override_with_its_reason_lets_the_meeting_start(session):
    with session.work.step("late") as records:
        records.save(replace(records.get(Attendance, "a-ravi"), signed_at=None))
    sign_in.override(session, "november", "His hand is in plaster, he agreed aloud")
    assert start(session, "november").state is MeetingState.IN_SESSION


def test_starting_ticks_confidentiality_and_turns_to_the_next_item(session):
    start(session, "november")
    live = meeting_state(session, "november")
    assert live.items[0].state is TurnState.DONE
    assert live.item is not None
    assert live.item.kind is ItemKind.APOLOGIES
    assert (live.item.state, live.present, live.signed) == (TurnState.IN_HAND, 4, 4)


def test_a_late_start_is_time_behind(session, clock):
    clock.advance(minutes=9)
    start(session, "november")
    assert meeting_state(session, "november").pace(clock()).words == "4 min behind"


@pytest.mark.parametrize(("hours", "spent"), [(3, 3), (4, 4), (30, 4)])
def test_a_meeting_started_on_another_day_is_late_by_four_hours_at_most(session, clock, hours, spent):
    clock.advance(minutes=60 * hours)
    start(session, "november")
    assert item_of(session, ItemKind.CONFIDENTIALITY).seconds == spent * 3600


def test_killed_and_started_again_it_is_at_the_same_case(session, clock):
    in_cases(session)
    case_walk.open_turn(session, "t-elm")
    case_walk.keep_typing(session, "t-elm", "Half a sen")
    again = fake_session(session.work, now=clock)
    meeting = running_meeting.running(again)
    assert meeting is not None
    live = meeting_state(again, meeting.id)
    assert live.item is not None
    assert live.row is not None
    assert (live.item.kind, live.row.turn.id, live.number) == (ItemKind.CASES, "t-elm", 2)
    assert case_walk.live_case(again, "t-elm").turn.note == "Half a sen"


def test_going_to_the_cases_comes_back_to_the_one_last_looked_at(session, clock):
    in_cases(session)
    case_walk.open_turn(session, "t-ash")
    clock.advance(minutes=1)
    go_to_item(session, item_of(session, ItemKind.APOLOGIES).id)
    assert go_to_item(session, item_of(session, ItemKind.CASES).id).current_turn_id == "t-ash"


def test_leaving_an_item_keeps_what_was_typed_and_adds_up_its_time(session, clock):
    start(session, "november")
    apologies = item_of(session, ItemKind.APOLOGIES)
    running_meeting.keep_item_note(session, apologies.id, "Fire sends apologies")
    clock.advance(seconds=90)
    go_to_item(session, item_of(session, ItemKind.OTHER).id)
    with session.work.reading() as records:
        stored = records.get(AgendaItem, apologies.id)
    assert (stored.note, stored.seconds, stored.state) == ("Fire sends apologies", 90, TurnState.IN_HAND)
    assert session.work.drafts() == []


def test_finishing_an_item_minutes_the_time_and_goes_on(session, clock):
    start(session, "november")
    apologies = item_of(session, ItemKind.APOLOGIES)
    finish_item(session, apologies.id)
    live = meeting_state(session, "november")
    assert live.item is not None
    assert live.item.kind is ItemKind.INTERESTS
    assert item_of(session, ItemKind.APOLOGIES).read_back_at == clock()


def test_the_last_item_stays_in_view_when_everything_is_done(session):
    start(session, "november")
    for item in meeting_state(session, "november").items[1:]:
        finish_item(session, item.id)
    live = meeting_state(session, "november")
    assert all(i.state is TurnState.DONE for i in live.items)
    assert live.item is not None
    assert live.item.kind is ItemKind.NEXT_DATE


def test_a_meeting_not_in_session_cannot_be_walked(session):
    with pytest.raises(Refused):
        go_to_item(session, item_of(session, ItemKind.OTHER).id)


def test_the_next_date_comes_after_this_meeting(session):
    running_meeting.fix_next_date(session, "november", date(2026, 12, 17))
    with pytest.raises(Refused, match=r"^The next meeting must be after this one\. Give a later date\.$"):
        running_meeting.fix_next_date(session, "november", date(2026, 11, 26))
    assert meeting_state(session, "november").meeting.next_on == date(2026, 12, 17)


def test_every_step_can_be_undone(session):
    before = session.work.everything()
    in_cases(session)
    case_walk.open_turn(session, "t-elm")
    finish_item(session, item_of(session, ItemKind.OTHER).id)
    while session.work.undo():
        pass
    left = session.work.everything()
    left.pop(Disclosure, None)  # what was heard cannot be unheard
    assert left == before


def test_a_note_left_without_a_change_is_no_step(session):
    start(session, "november")
    last = session.work.last_step()
    running_meeting.end_item_note(session, item_of(session, ItemKind.APOLOGIES).id)
    assert session.work.last_step() == last


def test_the_rail_knows_how_each_rating_moved(session):
    rows = meeting_state(session, "november").walk
    assert [(r.case.id, r.change) for r in rows] == [("oak", -3), ("elm", 5), ("ash", -6), ("yew", None)]


def test_a_closed_meeting_does_not_start_again(session):
    with session.work.step("close") as records:
        records.save(replace(records.get(Meeting, "november"), state=MeetingState.CLOSED))
    with pytest.raises(Refused):
        start(session, "november")


def test_a_case_s_time_counts_only_while_it_is_in_hand(session, clock):
    in_cases(session)
    clock.advance(minutes=3)
    case_walk.open_turn(session, "t-elm")
    clock.advance(minutes=5)
    with session.work.reading() as records:
        assert records.get(CaseTurn, "t-oak").seconds == 180
