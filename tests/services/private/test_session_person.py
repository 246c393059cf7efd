"""The person in hand: what the table sees of them, what is decided and read back, and what is offered."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionKind, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.private_handover import Handed
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.private.meeting import Crossing, PersonTurn
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import Accommodation, Offer, OfferAnswer, RoughSleeper
from csp_desktop.services.private import agenda, people, register, room, scoring
from csp_desktop.services.private.session import OFFER, PrivateSitting, answer, make
from csp_desktop.services.private.session_rows import RailRow
from csp_desktop.services.session import Session
from tests.support.fakes import FakeWork, FixedClock
from tests.support.private_session import DAY, LEAD, NOW, begun, crossed_over, member_named, private_session, row_of

SARA, EWA, JOY = "PC Sara Lyle", "Ewa Lukasik", "Joy Okafor"
NEXT = date(2026, 12, 17)
FIRST = {"health": "3"}  # forces the highest band, which comes first


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def session(clock: FixedClock) -> Session:
    return replace(private_session(FakeWork(clock, LEAD)), now=clock)


@pytest.fixture
def sitting(session: Session) -> PrivateSitting:
    return begun(session, LEAD, SARA)


def turn(session: Session, number: int = 1) -> PersonTurn:
    with session.work.reading() as records:
        return sorted(records.find(PersonTurn), key=lambda one: one.position)[number - 1]


def meeting(session: Session, sitting: PrivateSitting) -> Meeting:
    with session.work.reading() as records:
        return records.get(Meeting, sitting.meeting_id)


def kit(session: Session) -> RoughSleeper:
    with session.work.reading() as records:
        return records.get(RoughSleeper, turn(session).person_id)


def save(session: Session, *changed: Any) -> None:
    with session.work.step("changed") as records:
        for record in changed:
            records.save(record)


def decide(sitting: PrivateSitting, outcome: PersonOutcome = PersonOutcome.CONTINUE, reason: str = "why") -> None:
    sitting.open_person()
    sitting.choose(outcome, reason=reason)
    sitting.accept()


def test_the_session_opens_led_by_whoever_unlocked_and_turns_to_the_first_person(
    session: Session, clock: FixedClock
) -> None:
    meeting_id = crossed_over(session, LEAD, SARA)
    room.count_heads(session, meeting_id, 2)
    sitting = PrivateSitting(session, meeting_id)
    with pytest.raises(NotAllowed):
        PrivateSitting(replace(session, roles=frozenset({Role.CHAIR})), meeting_id).begin()
    clock.advance(minutes=3)
    sitting.begin()
    opened = meeting(session, sitting)
    assert (opened.state, opened.started_at, opened.current_turn_id) == (
        MeetingState.IN_SESSION,
        clock(),
        turn(session).id,
    )
    with session.work.reading() as records:
        (crossing,) = records.find(Crossing)
    assert (crossing.opened_at, crossing.led_by) == (clock(), member_named(session, LEAD).id)
    with pytest.raises(Refused, match="already open"):
        sitting.begin()


def test_turning_to_the_first_person_is_undone_but_not_the_opening(session: Session, sitting: PrivateSitting) -> None:
    while session.work.undo():
        pass
    left = meeting(session, sitting)
    assert (left.state, left.current_turn_id) == (MeetingState.IN_SESSION, "")


def test_bar_and_rail_show_how_far_the_session_is(session: Session, sitting: PrivateSitting, clock: FixedClock) -> None:
    state = sitting.state()
    assert (state.number, state.of, state.done, state.present, state.hearing) == (1, 3, 0, 2, 2)
    assert not state.visible and len(state.turns) == 3
    left = state.left
    clock.advance(minutes=10)
    assert sitting.state().left == left - timedelta(minutes=10)
    decide(sitting)
    state = sitting.state()
    assert (state.number, state.done) == (2, 1)
    sitting.open_person()
    assert sitting.state().visible
    sitting.turn_away()
    assert sitting.state().number == 0


def test_the_pace_of_a_session_is_that_of_its_people_and_items(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    clock.advance(minutes=12)
    pace = sitting.state().pace(clock())
    planned = sitting.state().turns[0].planned_minutes
    assert pace.behind == timedelta(minutes=12 - planned) > timedelta()
    assert pace.over_budget and timedelta() < pace.budget <= timedelta(minutes=planned)
    sitting.turn_away()
    between = sitting.state().pace(clock())
    assert (between.budget, between.over_budget, between.behind) == (timedelta(), False, timedelta())


def test_the_gate_names_the_workers_who_are_not_in_the_room(session: Session) -> None:
    sitting = begun(session, LEAD, SARA, JOY)
    assert sitting.gate().call_in == ()
    room.leave(session, row_of(session, sitting.meeting_id, JOY).id)
    assert [worker.name for worker in sitting.gate().call_in] == [JOY]


def test_the_rail_shows_score_and_reference_of_whom_the_room_may_hear(session: Session) -> None:
    person = people.people(session)[0].person
    made = scoring.assess(session, person.id, {"cold": "1"})
    scoring.override_band(session, made.id, Band.HIGH, "seen in hospital")
    sitting = begun(session, LEAD, SARA)
    first, second, _ = sitting.state().rail
    assert first == RailRow(
        turn(session).id, "K.B.", "RS-001", TurnState.TO_DO, True, True, made.total_words, Band.HIGH.value
    )
    assert (second.title, second.current, second.total_words, second.risk_band) == ("D.W.", False, "", "")
    sitting.lock()
    assert [row.title for row in sitting.state().rail] == ["Person 1", "Person 2", "Person 3"]
    assert sitting.state().rail[0].reference == ""


def test_a_note_typed_is_saved_shown_and_kept_when_it_is_left(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    assert sitting.person().saved_at is None
    clock.advance(seconds=2)
    assert sitting.keep_typing("Left A&E early") == clock()
    shown = sitting.person()
    assert (shown.note, shown.saved_at, shown.turn.note) == ("Left A&E early", clock(), "Left A&E early")
    assert turn(session).note == ""
    sitting.end_note()
    assert turn(session).note == "Left A&E early" and sitting.person().saved_at is None


def test_what_is_typed_for_another_person_stands_under_that_one(session: Session, sitting: PrivateSitting) -> None:
    sitting.open_person()
    sitting.keep_typing("for Dana", turn_id=turn(session, 2).id)
    assert sitting.person().note == ""
    sitting.go_to(turn(session, 2).id)
    assert sitting.open_person().note == "for Dana"


def test_lines_typed_for_a_person_are_kept_apart_until_they_are_dropped(sitting: PrivateSitting) -> None:
    with pytest.raises(Refused, match="hidden"):
        sitting.kept_line()
    sitting.open_person()
    assert (sitting.kept_line(), sitting.kept_line(OFFER)) == ("", "")
    sitting.keep_typing("sl tell the shifts", "line")
    sitting.keep_typing("a bed", OFFER)
    assert (sitting.kept_line(), sitting.kept_line(OFFER)) == ("sl tell the shifts", "a bed")
    sitting.drop_line()
    sitting.drop_line()
    assert (sitting.kept_line(), sitting.kept_line(OFFER)) == ("", "a bed")


def test_a_person_who_is_covered_is_neither_decided_nor_given_an_action(
    session: Session, sitting: PrivateSitting
) -> None:
    for act in (
        lambda: sitting.choose(PersonOutcome.CONTINUE),
        lambda: sitting.say(reason="why"),
        lambda: sitting.agree("sl tell the shifts thu"),
        lambda: sitting.answer("x", Answer.DONE),
        sitting.accept,
        sitting.take_up_again,
        sitting.person,
        lambda: make(session, sitting, "a bed"),
    ):
        with pytest.raises(Refused, match="hidden"):
            act()
    assert turn(session).outcome is None


def test_each_outcome_proposes_the_day_to_look_again(session: Session, sitting: PrivateSitting) -> None:
    save(session, replace(meeting(session, sitting), next_on=NEXT))
    sitting.open_person()
    for outcome, day in (
        (PersonOutcome.CONTINUE, NEXT),
        (PersonOutcome.OFFER_OPEN, DAY + timedelta(days=7)),
        (PersonOutcome.MOVED_IN, DAY + timedelta(days=28)),
        (PersonOutcome.OFF_LIST, None),
    ):
        chosen = sitting.choose(outcome)
        assert (chosen.outcome, chosen.see_again_on, chosen.state) == (outcome, day, TurnState.OUTCOME_CHOSEN)
    shown = sitting.person()
    assert shown.leads_to[PersonOutcome.CONTINUE] == ("see again Thu 17 Dec", "Thu 17 Dec")
    assert shown.leads_to[PersonOutcome.OFFER_OPEN] == ("answer by Thu 3 Dec", "Thu 3 Dec")
    assert sitting.choose(PersonOutcome.CONTINUE, see_again=DAY + timedelta(days=3)).see_again_on == DAY + timedelta(3)


def test_a_reason_said_stays_with_another_outcome_until_another_is_said(
    session: Session, sitting: PrivateSitting
) -> None:
    sitting.open_person()
    assert sitting.choose(PersonOutcome.DEFER, reason=" in   hospital ").reason == "in hospital"
    assert sitting.choose(PersonOutcome.OFF_LIST).reason == "in hospital"
    assert sitting.say(reason="").reason == ""
    assert sitting.person().missing.startswith("Say why this person is removed")
    assert sitting.say(reason=" moved  away ").reason == "moved away" and sitting.person().missing == ""
    assert sitting.say(see_again=NEXT).see_again_on == NEXT
    with pytest.raises(Refused, match="after this meeting"):
        sitting.say(see_again=DAY)
    assert turn(session).see_again_on == NEXT


def test_what_was_typed_is_part_of_the_record_before_an_outcome_is_chosen_or_said(
    session: Session, sitting: PrivateSitting
) -> None:
    sitting.open_person()
    sitting.keep_typing("first")
    sitting.choose(PersonOutcome.CONTINUE)
    assert turn(session).note == "first"
    sitting.keep_typing("first and more")
    sitting.say(reason="why")
    assert turn(session).note == "first and more"


def test_a_person_done_is_read_back_with_score_and_time_and_can_be_taken_up_again(
    session: Session, clock: FixedClock
) -> None:
    made = scoring.assess(session, people.people(session)[0].person.id, FIRST)
    sitting = begun(session, LEAD, SARA)
    sitting.open_person()
    clock.advance(minutes=5)
    decide(sitting)
    done = turn(session)
    assert (done.state, done.read_back_at, done.risk_total, done.seconds) == (
        TurnState.DONE,
        clock(),
        made.total,
        300,
    )
    sitting.go_to(done.id)
    sitting.open_person()
    with pytest.raises(Refused, match="Reopen them"):
        sitting.choose(PersonOutcome.OFFER_OPEN)
    sitting.take_up_again()
    assert (turn(session).state, turn(session).read_back_at) == (TurnState.OUTCOME_CHOSEN, None)
    assert sitting.choose(PersonOutcome.OFFER_OPEN).outcome is PersonOutcome.OFFER_OPEN


def test_a_person_covered_because_somebody_came_in_keeps_the_time_they_had(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    clock.advance(minutes=5)
    joined = room.join(session, sitting.meeting_id, JOY, "Community Mental Health Team")
    assert not sitting.visible
    room.read_out(session, [joined.id], LEAD)
    room.sign(session, joined.id, typed_name=JOY)
    sitting.open_person()
    clock.advance(minutes=2)
    sitting.cover()
    assert turn(session).seconds == 420


def test_what_is_said_after_the_read_back_is_marked_as_changed(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    decide(sitting)
    sitting.go_to(turn(session).id)
    sitting.open_person()
    clock.advance(minutes=2)
    sitting.say(reason="why")
    assert turn(session).changed_at is None
    sitting.say(reason="why not")
    assert turn(session).changed_at == clock()


def test_an_action_taken_away_after_the_read_back_marks_it_as_changed(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    early, late = sitting.agree("sl tell the shifts thu"), sitting.agree("sl call joy fri", kind=ActionKind.INFORMATION)
    assert late.kind is ActionKind.INFORMATION and late.case_id == turn(session).person_id
    assert [row.action.number for row in sitting.person().agreed] == [1, 2]
    sitting.remove_action(early.id)
    assert turn(session).changed_at is None
    decide(sitting)
    clock.advance(minutes=1)
    sitting.remove_action(late.id)
    assert turn(session).changed_at == clock()
    with session.work.reading() as records:
        assert records.find(Action) == []


@pytest.mark.parametrize(
    ("outcome", "on_list", "housed"),
    [
        (PersonOutcome.OFF_LIST, False, Accommodation.STREET),
        (PersonOutcome.MOVED_IN, True, Accommodation.HOSTEL),
        (PersonOutcome.CONTINUE, True, Accommodation.STREET),
    ],
)
def test_a_decision_leaves_the_person_as_it_says(
    session: Session, sitting: PrivateSitting, outcome: PersonOutcome, on_list: bool, housed: Accommodation
) -> None:
    decide(sitting, outcome)
    after = kit(session)
    assert (after.on_list, after.accommodation) == (on_list, housed)
    assert (after.off_list_on, after.off_list_why) == ((None, "") if on_list else (DAY, "why"))


def test_after_the_last_person_the_first_item_is_in_hand(session: Session, sitting: PrivateSitting) -> None:
    for _ in range(3):
        decide(sitting)
    now = meeting(session, sitting)
    with session.work.reading() as records:
        first = records.get(AgendaItem, now.current_item_id)
    assert now.current_turn_id == "" and first.state is TurnState.IN_HAND and first.kind is not ItemKind.PEOPLE
    with pytest.raises(Refused, match="has been discussed"):
        sitting.keep_typing("more")


def test_last_times_actions_and_note_come_up_again_until_they_are_answered(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    sitting.keep_typing("Left A&E early")
    done, open_one = sitting.agree("sl tell the shifts thu"), sitting.agree("sl call joy fri")
    decide(sitting)
    sitting.close(next_on=NEXT)
    save(session, replace(action(session, done.id), officer_id=""))
    clock.advance(days=21)
    meeting_id = crossed_over_on(session, NEXT)
    again = PrivateSitting(session, meeting_id)
    again.begin()
    shown = again.open_person()
    assert shown.note_before == (DAY, "Left A&E early") and shown.agreed == ()
    assert {row.action.id for row in shown.last_time} == {done.id, open_one.id}
    again.answer(done.id, Answer.DONE, reason="on Monday")
    assert {row.action.id for row in again.person().last_time} == {done.id, open_one.id}
    assert action(session, done.id).reason == "on Monday"


def action(session: Session, action_id: str) -> Action:
    with session.work.reading() as records:
        return records.get(Action, action_id)


def crossed_over_on(session: Session, day: date) -> str:
    """As `crossed_over`, on another day."""
    planned = agenda.plan(session, day, time(15, 45), time(16, 30))
    names = ((LEAD, "New Hope"), (SARA, "Hertfordshire Constabulary"))
    handed = [Handed(f"row {name}", name, agency, row_kind(session, name)) for name, agency in names]
    room.receive(session, planned.id, handed)
    for name, _ in names:
        room.sign(session, row_of(session, planned.id, name).id, typed_name=name)
    room.count_heads(session, planned.id, 2)
    return planned.id


def row_kind(session: Session, name: str) -> AgencyKind:
    return next(row.agency.kind for row in register.rows(session) if row.member.name == name)


def test_closing_ends_the_session_for_everybody_and_keeps_what_was_typed(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    sitting.keep_typing("half a sentence")
    clock.advance(minutes=40)
    with pytest.raises(NotAllowed):
        PrivateSitting(replace(session, roles=frozenset({Role.CHAIR})), sitting.meeting_id).close()
    with pytest.raises(Refused, match="must be after this one"):
        sitting.close(next_on=DAY)
    closed = sitting.close(next_on=NEXT, note="  thanks   to all ")
    assert (closed.state, closed.closed_at, closed.next_on) == (MeetingState.CLOSED, clock(), NEXT)
    assert (closed.current_turn_id, closed.current_item_id, closed.closing_note) == ("", "", "thanks to all")
    assert turn(session).note == "half a sentence" and not sitting.visible
    with session.work.reading() as records:
        assert {row.left_at for row in records.find(Attendance)} == {clock()}
    with pytest.raises(Refused, match="not in progress"):
        sitting.close()


def test_who_left_earlier_keeps_the_time_they_left(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sara = row_of(session, sitting.meeting_id, SARA).id
    room.leave(session, sara)
    clock.advance(minutes=40)
    sitting.close()
    assert row_of(session, sitting.meeting_id, SARA).left_at == NOW


def test_a_move_is_told_from_the_scoring_known_at_the_last_session(session: Session, clock: FixedClock) -> None:
    person = people.people(session)[0].person.id
    first = begun(session, LEAD, SARA)
    assert first.open_person().moved_since is None
    scoring.assess(session, person, {**FIRST, "cold": "1"})
    first.close(next_on=NEXT)
    clock.advance(days=14)
    scoring.assess(session, person, {**FIRST, "cold": "2"})
    clock.advance(days=7)
    scoring.assess(session, person, {**FIRST, "cold": "0"})
    again = PrivateSitting(session, crossed_over_on(session, NEXT))
    again.begin()
    with session.work.reading() as records:
        (mine,) = records.find(PersonTurn, meeting_id=again.meeting_id, person_id=person)
    again.go_to(mine.id)
    shown = again.open_person()
    assert [move.points for move in shown.moved] == [-2] and shown.moved_since == DAY
    assert shown.matrix is not None and shown.matrix.version == "1"


def test_the_worker_who_leads_on_a_person_and_those_in_the_room_are_told(session: Session) -> None:
    person = people.people(session)[0].person
    joy, sara = member_named(session, JOY), member_named(session, SARA)
    people.involve(session, person.id, sara.id, DAY, "beat officer")
    people.save(session, replace(person, lead_id=joy.id))
    shown = begun(session, LEAD, SARA).open_person()
    assert [(worker.name, worker.here, worker.what) for worker in shown.workers] == [
        (SARA, True, "beat officer"),
        (JOY, False, "key worker"),
    ]
    assert shown.lead is not None and shown.lead.member == joy


def test_an_offer_is_made_to_whom_is_shown_and_answered_there(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    with pytest.raises(Refused, match="Say what was offered"):
        make(session, sitting, "  ")
    sitting.keep_typing("a bed", OFFER)
    made = make(session, sitting, " a   bed ")
    assert (made.what, made.person_id, made.on, made.by) == ("a bed", turn(session).person_id, DAY, LEAD)
    assert sitting.kept_line(OFFER) == ""
    said = answer(session, sitting, made.id, OfferAnswer.DECLINED, " no   dogs ")
    assert (said.answer, said.answered_on, said.why) == (OfferAnswer.DECLINED, DAY, "no dogs")
    again = answer(session, sitting, made.id, OfferAnswer.THINKING)
    assert (again.answered_on, again.why) == (DAY, "no dogs")
    assert answer(session, sitting, made.id, OfferAnswer.NO_ANSWER).answered_on is None


def test_another_persons_offer_is_not_answered_here(session: Session) -> None:
    dana = people.people(session)[1].person
    made = people.offer(session, Offer("", dana.id, DAY, "a bed", LEAD))
    sitting = begun(session, LEAD, SARA)
    sitting.open_person()
    with pytest.raises(Refused, match="not made to the current person"):
        answer(session, sitting, made.id, OfferAnswer.DECLINED)


def test_who_left_the_room_because_of_a_person_is_told_by_time_and_name(session: Session, clock: FixedClock) -> None:
    sitting = begun(session, LEAD, SARA, EWA, JOY)
    clock.advance(minutes=1)
    room.leave(session, row_of(session, sitting.meeting_id, EWA).id)
    clock.advance(minutes=1)
    room.leave(session, row_of(session, sitting.meeting_id, JOY).id)
    shown = sitting.open_person()
    assert [(one.name, one.agency, one.at) for one in shown.stepped_out] == [(EWA, "CGL", NOW + timedelta(minutes=1))]


def test_going_to_a_person_keeps_what_was_typed_and_only_while_the_session_is_open(
    session: Session, sitting: PrivateSitting
) -> None:
    sitting.open_person()
    sitting.keep_typing("half a sentence")
    sitting.go_to(turn(session, 3).id)
    assert turn(session).note == "half a sentence" and not sitting.visible
    assert meeting(session, sitting).current_turn_id == turn(session, 3).id
    sitting.close()
    with pytest.raises(Refused, match="not open"):
        sitting.go_to(turn(session).id)


def test_an_interest_is_declared_only_in_a_person_in_hand(session: Session, sitting: PrivateSitting) -> None:
    sara = row_of(session, sitting.meeting_id, SARA).id
    sitting.turn_away()
    with pytest.raises(Refused, match="Move to a person first"):
        sitting.declare_interest(sara)
    sitting.go_to(turn(session).id)
    sitting.open_person()
    sitting.declare_interest(sara)
    assert not sitting.visible and SARA in sitting.gate().refused


def test_the_gate_says_how_many_there_are_and_whom_to_call_in(session: Session, sitting: PrivateSitting) -> None:
    gate = sitting.gate()
    assert (gate.title, gate.turn_id, gate.refused) == ("Person 1 of 3", turn(session).id, "")
    assert [worker.name for worker in gate.call_in] == [JOY]
    sitting.go_to(turn(session, 2).id)
    assert (sitting.gate().title, [worker.name for worker in sitting.gate().call_in]) == ("Person 2 of 3", [EWA])
    room.leave(session, row_of(session, sitting.meeting_id, LEAD).id)
    assert "lead or deputy is not here" in sitting.gate().refused


def test_covering_and_locking_keep_what_was_typed_and_stop_the_clock(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    sitting.open_person()
    for number, stop in ((1, sitting.cover), (2, sitting.lock)):
        sitting.open_person()
        sitting.keep_typing(f"note {number}")
        clock.advance(minutes=1)
        stop()
        assert not sitting.visible
        assert (turn(session).note, turn(session).seconds) == (f"note {number}", 60 * number)
        clock.advance(minutes=5)
    with pytest.raises(Refused, match="Unlock first"):
        sitting.open_person()
    sitting.unlock()
    assert sitting.open_person().turn.first_shown_at == NOW
