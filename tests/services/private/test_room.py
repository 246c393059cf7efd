"""The crossing: who comes over, who stays, who leaves and when, who signs, and how many heads are counted."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance, Remote
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.private_handover import Departed, Departures, Handed
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.domain.private.meeting import Crossing, RoomEntry
from csp_desktop.services.private import agenda, people, room
from csp_desktop.services.private.room import Place
from csp_desktop.services.session import Session
from tests.support.fakes import FakeWork, FixedClock
from tests.support.private_session import DAY, LEAD, NOW, begun, crossed_over, member_named, private_session, row_of

SARA, AMIRA, JOY, EWA, HANA = "PC Sara Lyle", "Amira Shah", "Joy Okafor", "Ewa Lukasik", "Hana Lowe"
POLICE, CMHT = "Hertfordshire Constabulary", "Community Mental Health Team"


@pytest.fixture
def session() -> Session:
    return private_session()


@pytest.fixture
def planned(session: Session) -> str:
    return agenda.plan(session, DAY, time(15, 45), time(16, 30)).id


def entry(session: Session, row_id: str) -> RoomEntry:
    with session.work.reading() as records:
        return records.get(RoomEntry, row_id)


def meeting(session: Session, meeting_id: str) -> Meeting:
    with session.work.reading() as records:
        return records.get(Meeting, meeting_id)


def at(session: Session, now: datetime) -> Session:
    return replace(session, now=lambda: now)


def handed(name: str, agency: str = POLICE) -> Handed:
    return Handed(f"token of {name}", name, agency, AgencyKind.POLICE)


def places(session: Session, meeting_id: str) -> dict[str, Place]:
    check = room.check(session, meeting_id)
    return {row.name: row.place for row in (*check.staying, *check.leaving)}


def test_who_crosses_over_stands_in_the_room_as_the_register_knows_them(session: Session, planned: str) -> None:
    opened = room.receive(session, planned, [handed(SARA), handed("A Stranger")])
    assert (opened.state, opened.opened_at) == (MeetingState.SIGN_IN, NOW)
    sara, stranger = row_of(session, planned, SARA), row_of(session, planned, "A Stranger")
    assert (sara.member_id, sara.kind, sara.agency) == (
        member_named(session, SARA).id,
        AgencyKind.POLICE,
        POLICE,
    )
    assert (stranger.member_id, stranger.kind, stranger.place) == ("", None, Place.NOT_KNOWN)
    assert entry(session, sara.id) == RoomEntry(sara.id, planned, f"token of {SARA}")
    assert sara.present and not sara.hears_clause and session.work.last_step() is None
    with session.work.reading() as records:
        assert records.get(Attendance, sara.id).arrived_at == NOW
        assert [crossing.began_at for crossing in records.find(Crossing)] == [NOW]


def test_a_deputy_is_taken_over_for_whom_the_register_knows_and_for_nobody_else(session: Session, planned: str) -> None:
    def deputy(name: str, absent: str, agency: str) -> Handed:
        return replace(handed(name), here_for=absent, here_for_agency=agency)

    room.receive(
        session,
        planned,
        [
            deputy(SARA, JOY, CMHT),
            deputy("A Stranger", EWA, "CGL"),
            deputy("Kim Lee", "Somebody of the Group", POLICE),
            deputy(HANA, AMIRA, "Watford Borough Council"),
            handed(AMIRA, "Watford Borough Council"),
        ],
    )
    rows = {name: row_of(session, planned, name).here_for for name in (SARA, "A Stranger", "Kim Lee", HANA)}
    assert rows == {SARA: JOY, "A Stranger": EWA, "Kim Lee": "", HANA: ""}, "Amira is here herself"
    with session.work.reading() as records:
        assert {row.here_for_id for row in records.find(Attendance)} == {
            "",
            member_named(session, JOY).id,
            member_named(session, EWA).id,
        }


def test_who_left_before_the_file_was_unlocked_left_at_the_crossing(session: Session, planned: str) -> None:
    gone = NOW - timedelta(minutes=4)
    room.receive(session, planned, [handed(SARA), handed(AMIRA)], [Departed(f"token of {AMIRA}", gone)])
    amira = row_of(session, planned, AMIRA)
    assert (amira.present, amira.place, amira.left_at) == (False, Place.LEFT, gone)
    assert room.departures(session, planned) == Departures((Departed(f"token of {AMIRA}", gone),))


def test_crossing_over_twice_changes_nothing_and_brings_in_who_came_since(session: Session, planned: str) -> None:
    room.receive(session, planned, [handed(SARA)])
    first = row_of(session, planned, SARA)
    later = at(session, NOW + timedelta(minutes=3))
    again = room.receive(later, planned, [handed(SARA), handed(AMIRA, "Watford Borough Council")])
    assert again.opened_at == NOW and row_of(session, planned, SARA) == first
    assert set(places(session, planned)) == {SARA, AMIRA}
    with session.work.reading() as records:
        assert len(records.find(Crossing)) == 1


def test_nobody_crosses_over_to_a_closed_meeting_or_for_somebody_who_does_not_lead(
    session: Session, planned: str
) -> None:
    with pytest.raises(NotAllowed):
        room.receive(replace(session, roles=frozenset({Role.CHAIR})), planned, [handed(SARA)])
    with session.work.step("closed") as records:
        records.save(replace(records.get(Meeting, planned), state=MeetingState.CLOSED))
    with pytest.raises(Refused, match="closed"):
        room.receive(session, planned, [handed(SARA)])
    assert places(session, planned) == {}


def test_where_somebody_stands_at_the_crossing_is_said_in_words() -> None:
    assert [place.value for place in Place] == [
        "may stay",
        "leads this meeting",
        "involved with someone on today's list",
        "not confirmed in the private register",
        "must leave",
        "stays, New Hope decided",
        "left",
    ]


def test_who_is_involved_with_somebody_on_the_list_may_stay_and_hears_those(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA, EWA, JOY, HANA)
    found = {name: row_of(session, meeting_id, name) for name in (LEAD, SARA, EWA, JOY, HANA)}
    assert {name: (row.place, row.hears, row.of) for name, row in found.items()} == {
        LEAD: (Place.LEADS, 3, 3),
        SARA: (Place.MAY_STAY, 3, 3),
        EWA: (Place.INVOLVED, 2, 3),
        JOY: (Place.INVOLVED, 1, 3),
        HANA: (Place.MUST_LEAVE, 0, 3),
    }
    check = room.check(session, meeting_id)
    assert [row.name for row in check.leaving] == [HANA] == [row.name for row in check.still_to_leave]
    assert [row.name for row in check.staying] == [EWA, JOY, SARA, LEAD] and check.led and check.people == 3


def test_the_lead_decides_who_stays_but_not_that_the_lead_goes(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA, HANA, "Tom Ellis")
    ids = {name: row_of(session, meeting_id, name).id for name in (LEAD, SARA, HANA, "Tom Ellis")}
    room.decide(session, ids[HANA], stays=True)
    room.decide(session, ids["Tom Ellis"], stays=True)
    room.decide(session, ids[SARA], stays=False)
    assert places(session, meeting_id) == {
        LEAD: Place.LEADS,
        SARA: Place.MUST_LEAVE,
        HANA: Place.STAYS_BY_DECISION,
        "Tom Ellis": Place.STAYS_BY_DECISION,
    }
    with pytest.raises(Refused, match="leads this meeting"):
        room.decide(session, ids[LEAD], stays=False)
    room.decide(session, ids[LEAD], stays=True)
    with pytest.raises(NotAllowed):
        room.decide(replace(session, roles=frozenset({Role.CHAIR})), ids[HANA], stays=False)


def test_who_leaves_while_the_room_is_cleared_left_at_the_crossing_and_may_come_back(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA)
    sara = row_of(session, meeting_id, SARA).id
    gone = NOW + timedelta(minutes=2)
    assert room.leave(at(session, gone), sara).left_at == gone
    assert entry(session, sara).left_at_crossing == gone
    assert places(session, meeting_id)[SARA] is Place.LEFT
    back = room.come_back(at(session, gone), sara)
    assert back.present and entry(session, sara) == RoomEntry(sara, meeting_id, f"row {SARA}")
    assert room.departures(session, meeting_id).people == ()


def test_who_leaves_during_the_session_did_not_leave_at_the_crossing_and_hears_the_clause_again(
    session: Session,
) -> None:
    meeting_id = begun(session, LEAD, SARA).meeting_id
    sara = row_of(session, meeting_id, SARA).id
    room.leave(session, sara)
    assert entry(session, sara).left_at_crossing is None and places(session, meeting_id)[SARA] is Place.LEFT
    room.come_back(session, sara)
    assert entry(session, sara).clause_repeated == (NOW,)
    with pytest.raises(Refused, match="is already here"):
        room.come_back(session, sara)


def test_departures_go_back_in_the_order_people_left_and_only_of_who_came_over(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA, AMIRA, JOY)
    joined = room.join(session, meeting_id, EWA, "CGL")
    for minutes, name in ((5, SARA), (3, JOY), (5, AMIRA)):
        room.leave(at(session, NOW + timedelta(minutes=minutes)), row_of(session, meeting_id, name).id)
    room.leave(session, joined.id)
    left = room.departures(session, meeting_id).people
    assert [one.origin for one in left] == [f"row {JOY}", f"row {AMIRA}", f"row {SARA}"]
    assert left[0].left_at == NOW + timedelta(minutes=3)


def test_what_holds_up_the_first_person_is_said_one_thing_at_a_time(session: Session) -> None:
    meeting_id = agenda.plan(session, DAY, time(15, 45), time(16, 30)).id
    room.receive(session, meeting_id, [handed(SARA), handed(HANA, "New Hope"), handed("Tom Ellis", "Elsewhere")])

    def waits() -> str:
        return room.check(session, meeting_id).waits_for

    assert waits() == "1 still to leave."
    room.leave(session, row_of(session, meeting_id, HANA).id)
    assert waits() == "Tom Ellis is not confirmed in the private register."
    room.leave(session, row_of(session, meeting_id, "Tom Ellis").id)
    assert waits() == "1 still to sign the private session's clause."
    room.sign(session, row_of(session, meeting_id, SARA).id, typed_name=SARA)
    assert waits() == "New Hope's lead or deputy is not here."
    room.receive(session, meeting_id, [handed(LEAD, "New Hope")])
    room.sign(session, row_of(session, meeting_id, LEAD).id, typed_name=LEAD)
    assert waits() == "Count the people in the room: H."
    room.count_heads(session, meeting_id, 3)
    assert waits() == "The number counted does not match the list. Count again: H."
    room.count_heads(session, meeting_id, 2)
    assert waits() == ""


def test_without_anybody_on_the_list_there_is_nothing_to_begin() -> None:
    session = private_session()
    for line in people.people(session):
        people.save(session, replace(line.person, on_list=False))
    meeting_id = crossed_over(session, LEAD)
    assert room.check(session, meeting_id).waits_for == "Nobody is on the sub-agenda yet."


def test_before_anybody_crossed_over_the_check_stands_empty(session: Session, planned: str) -> None:
    check = room.check(session, planned)
    assert (check.staying, check.leaving, check.crossing.heads, check.led) == ((), (), None, False)


@pytest.mark.parametrize("heads", [0, 201, -3])
def test_a_count_of_heads_that_cannot_be_is_refused(session: Session, heads: int) -> None:
    meeting_id = crossed_over(session, LEAD)
    with pytest.raises(Refused, match="number of people"):
        room.count_heads(session, meeting_id, heads)
    for allowed in (1, 200):
        counted = room.count_heads(session, meeting_id, allowed)
        assert (counted.heads, counted.counted_by, counted.counted_at) == (allowed, LEAD, NOW)


def test_who_joins_later_stands_as_the_register_knows_them_and_hears_the_clause(session: Session) -> None:
    meeting_id = begun(session, LEAD, SARA).meeting_id
    joined = room.join(session, meeting_id, "  joy   OKAFOR ", CMHT.lower(), person_id="kit")
    row = row_of(session, meeting_id, joined.name)
    assert (row.member_id, row.place, row.hears_clause) == (member_named(session, JOY).id, Place.INVOLVED, True)
    assert joined.arrived_at == NOW and not joined.expected
    assert entry(session, joined.id) == RoomEntry(joined.id, meeting_id, joined_for="kit")


def test_who_joins_while_the_room_is_cleared_is_expected_and_hears_no_clause_of_their_own(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD)
    joined = room.join(session, meeting_id, "Nina Frost", "Elsewhere")
    assert joined.expected and joined.member_id == "" and not row_of(session, meeting_id, "Nina Frost").hears_clause


def test_who_joins_and_was_there_before_comes_back_and_nobody_is_there_twice(session: Session) -> None:
    meeting_id = begun(session, LEAD, SARA).meeting_id
    sara = row_of(session, meeting_id, SARA).id
    with pytest.raises(FieldRefused, match="is already here") as refused:
        room.join(session, meeting_id, SARA, POLICE)
    assert refused.value.field == MemberField.NAME
    room.leave(session, sara)
    assert room.join(session, meeting_id, SARA, POLICE).id == sara
    assert entry(session, sara).clause_repeated == (NOW,)


@pytest.mark.parametrize(
    ("name", "agency", "at_field"), [("Joy", CMHT, MemberField.NAME), (JOY, " ", MemberField.AGENCY)]
)
def test_who_joins_gives_both_names_and_the_agency(
    session: Session, name: str, agency: str, at_field: MemberField
) -> None:
    meeting_id = crossed_over(session, LEAD)
    with pytest.raises(FieldRefused) as refused:
        room.join(session, meeting_id, name, agency)
    assert refused.value.field == at_field and list(places(session, meeting_id)) == [LEAD]


def test_the_clause_read_out_is_kept_with_reader_and_time_and_then_it_can_be_signed(session: Session) -> None:
    meeting_id = begun(session, LEAD, SARA).meeting_id
    joined = room.join(session, meeting_id, JOY, CMHT)
    with pytest.raises(Refused, match="read out"):
        room.sign(session, joined.id, typed_name=JOY)
    room.read_out(session, [joined.id], LEAD)
    assert entry(session, joined.id).clause_repeated == (NOW,)
    signed = room.sign(session, joined.id, typed_name=JOY)
    assert (signed.read_by, signed.read_at, signed.signed_at, signed.clause_version) == (LEAD, NOW, NOW, 1)


def test_an_interest_is_declared_once_and_can_be_taken_back(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA)
    sara = row_of(session, meeting_id, SARA).id
    room.declare_interest(session, sara, "kit")
    room.declare_interest(session, sara, "dana")
    assert room.declare_interest(session, sara, "kit").interests == ("dana", "kit")
    assert room.declare_interest(session, sara, "kit", declared=False).interests == ("dana",)


def test_the_rule_of_admission_sees_who_is_present_signed_and_of_what_kind(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD, SARA, AMIRA, "Tom Ellis")
    room.leave(session, row_of(session, meeting_id, AMIRA).id)
    room.declare_interest(session, row_of(session, meeting_id, SARA).id, "kit")
    late = room.join(session, meeting_id, JOY, CMHT)
    with session.work.reading() as records:
        seen = {who.name: who for who in room.in_room(records, meeting_id)}
    assert list(seen) == [JOY, SARA, LEAD, "Tom Ellis"]
    assert (seen[SARA].kind, seen[SARA].signed, seen[SARA].interests) == (AgencyKind.POLICE, True, frozenset({"kit"}))
    assert (seen["Tom Ellis"].kind, seen["Tom Ellis"].member_id) == (None, "")
    assert (seen[JOY].id, seen[JOY].signed, seen[JOY].agency) == (late.id, False, CMHT)


def test_somebody_involved_only_until_yesterday_may_not_stay() -> None:
    clock = FixedClock(datetime(2026, 11, 20, 12, tzinfo=UTC))
    session = replace(private_session(FakeWork(clock, LEAD)), now=clock)
    joy = member_named(session, JOY).id
    kit = next(line.person for line in people.people(session) if line.person.name == "Kit Barlow")
    (involvement,) = [worker.involvement for worker in people.page(session, kit.id).workers]
    with session.work.step("since October") as records:
        records.save(replace(involvement, since=date(2026, 10, 1), until=DAY - timedelta(days=1)))
    clock.at = NOW
    meeting_id = crossed_over(session, LEAD, JOY)
    row = row_of(session, meeting_id, JOY)
    assert (row.member_id, row.place, row.hears) == (joy, Place.MUST_LEAVE, 0)


def test_somebody_on_teams_must_leave_whoever_they_are_until_the_lead_admits_them(session: Session) -> None:
    meeting_id = crossed_over(session, LEAD)
    room.receive(session, meeting_id, [replace(handed(SARA), remote=Remote.TEAMS)])
    assert places(session, meeting_id)[SARA] is Place.MUST_LEAVE
    room.count_heads(session, meeting_id, 1)
    check = room.check(session, meeting_id)
    assert check.heads_agree and check.heads_here == 1  # nobody on Teams has a head in the room
    sara = row_of(session, meeting_id, SARA)
    room.decide(session, sara.id, stays=True)
    assert places(session, meeting_id)[SARA] is Place.MAY_STAY
    room.read_out(session, [sara.id], LEAD)
    with pytest.raises(Refused, match="alone in the room"):
        room.sign(session, sara.id, typed_name=SARA)
    room.note_alone(session, sara.id, True)
    room.sign(session, sara.id, typed_name=SARA)
    with session.work.reading() as records:
        here = {who.name: who.outside for who in room.in_room(records, meeting_id)}
    assert here == {LEAD: False, SARA: False}
    room.decide(session, sara.id, stays=False)
    with session.work.reading() as records:
        assert next(who for who in room.in_room(records, meeting_id) if who.name == SARA).outside
