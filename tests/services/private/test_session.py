"""The private session through its use cases: nobody is shown while someone is in the room who may not hear."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.private_handover import Handed
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.private import people, register, room
from csp_desktop.services.private.agenda import refuse_second, turns_of
from csp_desktop.services.private.session import PrivateSitting
from tests.support.private_session import (
    LEAD,
    MEMBERS,
    begun,
    crossed_over,
    member_named,
    private_session,
    row_of,
)

SARA, AMIRA, JOY, EWA = "PC Sara Lyle", "Amira Shah", "Joy Okafor", "Ewa Lukasik"


def test_at_the_crossing_police_and_council_may_stay_new_hope_leads_and_the_lead_decides_about_all_others():
    session = private_session()
    meeting_id = crossed_over(session, LEAD, SARA, AMIRA, JOY, "Tom Ellis")
    places = {row.name: row.place for row in room.check(session, meeting_id).staying}
    assert places == {
        LEAD: room.Place.LEADS,
        SARA: room.Place.MAY_STAY,
        AMIRA: room.Place.MAY_STAY,
        JOY: room.Place.INVOLVED,
        "Tom Ellis": room.Place.NOT_KNOWN,
    }


def test_the_kind_of_agency_comes_from_the_private_register_and_not_from_the_list_handed_over():
    session = private_session()
    meeting_id = crossed_over(session, LEAD)
    room.receive(session, meeting_id, [Handed("row x", "A Stranger", "Police", AgencyKind.POLICE)])
    assert row_of(session, meeting_id, "A Stranger").place is room.Place.NOT_KNOWN


def test_the_session_opens_only_when_the_room_is_cleared_signed_and_counted():
    session = private_session()
    meeting_id = crossed_over(session, LEAD, SARA, "Tom Ellis")
    sitting = PrivateSitting(session, meeting_id)
    with pytest.raises(Refused, match="Tom Ellis is not confirmed"):
        sitting.begin()
    room.leave(session, row_of(session, meeting_id, "Tom Ellis").id)
    with pytest.raises(Refused, match="Count the people"):
        sitting.begin()
    room.count_heads(session, meeting_id, 3)
    with pytest.raises(Refused, match="Count again"):
        sitting.begin()
    room.count_heads(session, meeting_id, 2)
    sitting.begin()
    assert sitting.state().meeting.state is MeetingState.IN_SESSION


def test_only_departures_at_the_crossing_go_back():
    session = private_session()
    meeting_id = crossed_over(session, LEAD, SARA, EWA, "Tom Ellis")
    room.leave(session, row_of(session, meeting_id, "Tom Ellis").id)
    room.count_heads(session, meeting_id, 3)
    sitting = PrivateSitting(session, meeting_id)
    sitting.begin()
    room.leave(session, row_of(session, meeting_id, EWA).id)
    assert [one.origin for one in room.departures(session, meeting_id).people] == ["row Tom Ellis"]


def test_a_person_is_covered_until_whoever_is_not_in_their_history_steps_out():
    session = private_session()
    sitting = begun(session, LEAD, SARA, EWA)
    gate = sitting.gate()
    assert "Kit" not in gate.title and "K.B." not in gate.title
    assert [one.who.name for one in gate.clearance.must_leave] == [EWA]
    assert [worker.name for worker in gate.call_in] == [JOY]
    with pytest.raises(Refused, match="Ewa Lukasik is not recorded as working with this person"):
        sitting.open_person()
    with pytest.raises(Refused, match="hidden"):
        sitting.person()
    room.leave(session, row_of(session, sitting.meeting_id, EWA).id)
    assert sitting.open_person().page.person.name == "Kit Barlow"


def test_the_rail_names_nobody_whom_someone_in_the_room_may_not_hear():
    session = private_session()
    sitting = begun(session, LEAD, SARA, EWA)
    assert [row.title for row in sitting.state().rail] == ["Person 1", "D.W.", "S.M."]
    room.leave(session, row_of(session, sitting.meeting_id, EWA).id)
    assert [row.title for row in sitting.state().rail] == ["K.B.", "D.W.", "S.M."]


def test_someone_stepping_in_covers_the_person_at_once():
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    sitting.open_person()
    room.join(session, sitting.meeting_id, EWA, "CGL")
    with pytest.raises(Refused, match=r"^This person is hidden\. Complete the access check first\.$"):
        sitting.person()
    with pytest.raises(Refused, match="signed"):
        sitting.open_person()


def test_the_clause_is_repeated_to_someone_who_joins_for_one_person():
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    joined = room.join(session, sitting.meeting_id, JOY, "Community Mental Health Team")
    with pytest.raises(Refused, match="read out"):
        room.sign(session, joined.id, typed_name=JOY)
    room.read_out(session, [joined.id], LEAD)
    room.sign(session, joined.id, typed_name=JOY)
    assert sitting.open_person().page.person.name == "Kit Barlow"


def test_only_new_hopes_lead_overrides_with_a_reason():
    session = private_session()
    sitting = begun(session, LEAD, SARA, EWA)
    ewa = row_of(session, sitting.meeting_id, EWA).id
    taker = PrivateSitting(replace(session, roles=frozenset({Role.MINUTE_TAKER})), sitting.meeting_id)
    with pytest.raises(NotAllowed):
        taker.admit([ewa], "helps out")
    sitting.admit([ewa], "ran the shelter K.B. slept in")
    assert sitting.open_person().clearance.cleared


def test_an_attendee_who_declares_an_interest_steps_out():
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    person = sitting.open_person().page.person
    room.declare_interest(session, row_of(session, sitting.meeting_id, SARA).id, person.id)
    assert not sitting.visible
    with pytest.raises(Refused, match="declared an interest"):
        sitting.open_person()


def test_a_power_cut_resumes_at_the_gate_and_not_at_the_person():
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    sitting.open_person()
    sitting.keep_typing("Will come in if the dog can co")
    again = PrivateSitting(session, sitting.meeting_id)
    assert not again.visible
    assert again.open_person().note == "Will come in if the dog can co"


def test_a_person_is_decided_read_back_and_the_next_one_waits_at_the_gate():
    session = private_session()
    sitting = begun(session, LEAD, SARA, AMIRA)
    sitting.open_person()
    with pytest.raises(Refused, match="Choose an outcome"):
        sitting.accept()
    sitting.keep_typing("Left A&E early.")
    sitting.agree("sl tell the shifts thu")
    sitting.choose(PersonOutcome.CONTINUE)
    assert [row.action.what for row in sitting.person().agreed] == ["Tell the shifts"]
    sitting.accept()
    assert not sitting.visible
    state = sitting.state()
    assert (state.number, state.done) == (2, 1)
    with session.work.reading() as records:
        first = turns_of(records, sitting.meeting_id)[0]
    assert (first.state, first.note) == (TurnState.DONE, "Left A&E early.")


def test_private_actions_are_answered_in_the_next_private_session():
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    sitting.open_person()
    made = sitting.agree("sl tell the shifts thu")
    assert sitting.answer(made.id, Answer.DONE).closed_on is not None


def test_going_down_the_list_asks_for_the_reason():
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    sitting.open_person()
    sitting.choose(PersonOutcome.OFF_LIST)
    with pytest.raises(Refused, match="why"):
        sitting.accept()
    sitting.choose(PersonOutcome.OFF_LIST, reason="moved to family in Leeds")
    sitting.accept()
    with session.work.reading() as records:
        assert "Kit Barlow" not in [person.name for person in records.find(RoughSleeper, on_list=True)]


def test_preparing_stops_while_a_session_runs():
    session = private_session()
    person_id = people.people(session)[0].person.id
    begun(session, LEAD, SARA)
    for look in (lambda: people.people(session), lambda: people.page(session, person_id)):
        with pytest.raises(Refused, match="one at a time"):
            look()


def test_a_private_meeting_that_is_closed_is_not_begun_a_second_time_that_day():
    session = private_session()
    refuse_second(session, session.today)
    begun(session, LEAD, SARA).close()
    with pytest.raises(Refused, match="is closed"):
        refuse_second(session, session.today)


def test_nobody_is_entered_twice():
    session = private_session()
    for typed in ("Kit Barlow", "Barlow Kit", "Kit Barlowe", "kit  barlow"):
        with pytest.raises(Refused, match="RS-001"):
            people.add(session, typed)
    assert people.add(session, "Kit Barlowe", although_alike=True).number == 4


class TheRoom(RuleBasedStateMachine):
    """Random comings and goings, decisions, overrides, locks and crashes; the rule holds after each."""

    @initialize()
    def begin(self) -> None:
        self.session = private_session()
        self.sitting = begun(self.session, LEAD, SARA)

    def _rows(self) -> list[room.RoomRow]:
        check = room.check(self.session, self.sitting.meeting_id)
        return [*check.staying, *check.leaving]

    @rule(who=st.sampled_from([name for name, *_ in MEMBERS] + ["Tom Ellis"]))
    def step_in_or_out(self, who: str) -> None:
        row = next((r for r in self._rows() if r.name == who), None)
        if row is None:
            agency = next((a for n, a, _ in MEMBERS if n == who), "Elsewhere")
            room.join(self.session, self.sitting.meeting_id, who, agency)
        elif row.present:
            room.leave(self.session, row.id)
        else:
            room.come_back(self.session, row.id)

    @rule()
    def everyone_hears_and_signs(self) -> None:
        for row in self._rows():
            if row.present and row.signed_at is None:
                room.read_out(self.session, [row.id], LEAD)
                room.sign(self.session, row.id, typed_name=row.name)

    @rule()
    def open_gate(self) -> None:
        if self._running():
            self._try(self.sitting.open_person)

    @rule(number=st.integers(0, 2))
    def go_to(self, number: int) -> None:
        if self._running():
            with self.session.work.reading() as records:
                turn = turns_of(records, self.sitting.meeting_id)[number]
            self.sitting.go_to(turn.id)

    @rule()
    def admit_all(self) -> None:
        if self._running():
            barred = [one.who.id for one in self.sitting.gate().clearance.must_leave]
            self._try(lambda: self.sitting.admit(barred, "the lead knows why"))

    @rule(who=st.sampled_from([JOY, EWA]), number=st.integers(0, 2))
    def involve_or_end(self, who: str, number: int) -> None:
        with self.session.work.reading() as records:
            person = sorted(records.find(RoughSleeper), key=lambda one: one.number)[number]
            mine = [row for row in people.workers_in(records, person.id) if row.member.name == who]
        if mine:
            people.end_involvement(self.session, mine[0].involvement.id)
        else:
            people.involve(self.session, person.id, member_named(self.session, who).id, self.session.today, "why")

    @rule()
    def lock_and_unlock(self) -> None:
        self.sitting.lock()
        assert not self.sitting.visible
        self.sitting.unlock()
        assert not self.sitting.visible

    @rule()
    def power_cut(self) -> None:
        self.sitting = PrivateSitting(self.session, self.sitting.meeting_id)
        assert not self.sitting.visible

    @rule()
    def undo(self) -> None:
        self._try(self.session.work.undo)

    @precondition(lambda self: self.sitting.visible)
    @rule()
    def decide_and_accept(self) -> None:
        """Refused for someone gone back to who is done: they are taken up again first."""
        self._try(self._decide)

    def _decide(self) -> None:
        self.sitting.choose(PersonOutcome.CONTINUE)
        self.sitting.accept()

    def _running(self) -> bool:
        with self.session.work.reading() as records:
            return bool(records.get(Meeting, self.sitting.meeting_id).current_turn_id)

    def _try(self, do) -> None:
        try:
            do()
        except Refused:
            return

    @invariant()
    def nobody_hears_who_may_not(self) -> None:
        if not hasattr(self, "sitting"):
            return
        try:
            shown = self.sitting.person()
        except Refused:
            return
        person_id = shown.page.person.id
        with self.session.work.reading() as records:
            here = room.in_room(records, self.sitting.meeting_id)
            leading = register.leading_ids(records)
            involved = {row.member.id for row in people.workers_in(records, person_id)}
        admitted = {one.who.id for one in shown.clearance.may_hear}
        assert any(who.member_id in leading and who.signed for who in here)
        for who in here:
            assert who.signed and who.id in admitted
            by_rule = who.kind in (AgencyKind.POLICE, AgencyKind.COUNCIL) or who.member_id in (involved | leading)
            decided = any(who.id in one.entry_ids for one in self.sitting._now.overrides)
            assert by_rule or decided


TestTheRoom = TheRoom.TestCase
TestTheRoom.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
