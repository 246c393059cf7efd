"""The items beside the people: one after the other, nothing typed lost, and nobody of the list named under them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.private.people import Sighting
from csp_desktop.services.meeting import actions
from csp_desktop.services.meeting.walk import Line
from csp_desktop.services.private import people, session_items
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.private.settings import change_private_settings, set_winter_protocol
from csp_desktop.services.session import Session
from tests.support.fakes import FakeWork, FixedClock
from tests.support.private_session import DAY, LEAD, NOW, begun, private_session

SARA = "PC Sara Lyle"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def session(clock: FixedClock) -> Session:
    return replace(private_session(FakeWork(clock, LEAD)), now=clock)


@pytest.fixture
def sitting(session: Session) -> PrivateSitting:
    return begun(session, LEAD, SARA)


def items(session: Session, sitting: PrivateSitting) -> list[AgendaItem]:
    with session.work.reading() as records:
        return session_items.others(records, sitting.meeting_id)


def item(session: Session, sitting: PrivateSitting, kind: ItemKind) -> AgendaItem:
    return next(one for one in items(session, sitting) if one.kind is kind)


def meeting(session: Session, sitting: PrivateSitting) -> Meeting:
    with session.work.reading() as records:
        return records.get(Meeting, sitting.meeting_id)


def save(session: Session, *changed: Any) -> None:
    with session.work.step("changed") as records:
        for record in changed:
            records.save(record)


def test_the_items_are_all_but_the_people_in_their_order(session: Session, sitting: PrivateSitting) -> None:
    found = items(session, sitting)
    assert ItemKind.PEOPLE not in [one.kind for one in found]
    assert {ItemKind.WINTER, ItemKind.COUNT, ItemKind.OTHER} <= {one.kind for one in found}
    assert [one.position for one in found] == sorted(one.position for one in found)


def test_after_the_last_person_the_session_goes_on_at_the_first_item_not_done(
    session: Session, sitting: PrivateSitting
) -> None:
    first, second, *_ = items(session, sitting)

    def following() -> AgendaItem | None:
        with session.work.reading() as records:
            return session_items.first_to_do(records, sitting.meeting_id)

    assert following() == first
    save(session, replace(first, state=TurnState.DONE))
    assert following() == second
    save(session, *(replace(one, state=TurnState.DONE) for one in items(session, sitting)))
    assert following() is None


def test_an_item_taken_in_hand_leaves_the_person_and_its_time_runs(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    winter = item(session, sitting, ItemKind.WINTER)
    session_items.turn_to(session, sitting.meeting_id, winter.id)
    now = meeting(session, sitting)
    assert (now.current_item_id, now.current_turn_id) == (winter.id, "")
    taken = item(session, sitting, ItemKind.WINTER)
    assert (taken.state, taken.started_at) == (TurnState.IN_HAND, clock())


def test_no_item_is_taken_in_hand_unless_the_session_is_open_and_by_who_records(
    session: Session, sitting: PrivateSitting
) -> None:
    winter = item(session, sitting, ItemKind.WINTER)
    taker = replace(session, roles=frozenset({Role.MINUTE_TAKER}))
    for act in (
        lambda: session_items.turn_to(taker, sitting.meeting_id, winter.id),
        lambda: session_items.finish(taker, sitting.meeting_id),
    ):
        with pytest.raises(NotAllowed):
            act()
    save(session, replace(meeting(session, sitting), state=MeetingState.CLOSED))
    with pytest.raises(Refused, match="not open"):
        session_items.turn_to(session, sitting.meeting_id, winter.id)


def test_an_item_that_is_done_is_read_back_and_the_next_one_is_in_hand(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    first, second, *_ = items(session, sitting)
    session_items.turn_to(session, sitting.meeting_id, first.id)
    session.work.keep_draft(AgendaItem, first.id, "note", "Eleven beds")
    clock.advance(minutes=4)
    following = session_items.finish(session, sitting.meeting_id)
    done, taken, *_ = items(session, sitting)
    assert following is not None and following.id == second.id == meeting(session, sitting).current_item_id
    assert (done.state, done.note, done.read_back_at, done.seconds) == (TurnState.DONE, "Eleven beds", clock(), 240)
    assert (taken.state, taken.started_at) == (TurnState.IN_HAND, clock())


def test_after_the_last_item_none_is_in_hand_and_none_can_be_ended(session: Session, sitting: PrivateSitting) -> None:
    sitting.turn_away()
    with pytest.raises(Refused, match="No item is open"):
        session_items.finish(session, sitting.meeting_id)
    last = items(session, sitting)[-1]
    save(session, *(replace(one, state=TurnState.DONE) for one in items(session, sitting)[:-1]))
    session_items.turn_to(session, sitting.meeting_id, last.id)
    assert session_items.finish(session, sitting.meeting_id) is None
    assert meeting(session, sitting).current_item_id == ""


def test_what_was_typed_under_an_item_is_kept_when_it_is_left(
    session: Session, sitting: PrivateSitting, clock: FixedClock
) -> None:
    first = items(session, sitting)[0]
    session_items.turn_to(session, sitting.meeting_id, first.id)
    session.work.keep_draft(AgendaItem, first.id, "note", "Eleven beds")
    clock.advance(minutes=2)
    session_items.lay_down(session, meeting(session, sitting))
    left = items(session, sitting)[0]
    assert (left.note, left.seconds, left.state) == ("Eleven beds", 120, TurnState.IN_HAND)
    assert session.work.draft(AgendaItem, first.id, "note") is None
    head = session.work.head()
    session_items.lay_down(session, replace(meeting(session, sitting), current_item_id=""))
    assert session.work.head() == head


def test_a_line_typed_under_an_item_is_kept_until_it_is_agreed(session: Session, sitting: PrivateSitting) -> None:
    first, second, *_ = items(session, sitting)
    assert session_items.kept_line(session, first.id) == ""
    assert session_items.keep_line(session, first.id, "sl find beds") == session.now()
    assert session_items.kept_line(session, first.id) == "sl find beds"
    assert session_items.kept_line(session, second.id) == ""
    session_items.drop_line(session, first.id)
    session_items.drop_line(session, first.id)
    assert session_items.kept_line(session, first.id) == ""


def lines(session: Session, sitting: PrivateSitting, kind: ItemKind) -> tuple[str, str, tuple[Line, ...], str]:
    row = session_items.item_row(session, item(session, sitting, kind).id)
    return row.heading, row.caption, row.lines, row.nothing


def test_winter_beds_say_whether_the_protocol_is_on(session: Session, sitting: PrivateSitting) -> None:
    change_private_settings(session, winter_protocol_note="Below zero")
    off = (Line("Severe weather protocol", "Below zero", "off", ""),)
    assert lines(session, sitting, ItemKind.WINTER) == ("Winter beds", "", off, "")
    set_winter_protocol(session, on=True)
    on = (Line("Severe weather protocol", "Below zero", "on", "medium"),)
    assert lines(session, sitting, ItemKind.WINTER) == ("Winter beds", "", on, "")


def test_the_count_tells_how_many_are_new_and_names_nobody(session: Session) -> None:
    kit, dana, sol = (line.person for line in people.people(session))
    for one, days in ((kit, (1,)), (dana, (1, 40, 70, 100, 130, 160, 190))):
        for ago in days:
            seen = Sighting("", one.id, DAY - timedelta(days=ago), "the bridge", "Joy", True)
            people.note_sighting(session, seen)
    save(session, replace(sol, on_list=False))
    sitting = begun(session, LEAD, SARA)
    heading, caption, counted, nothing = lines(session, sitting, ItemKind.COUNT)
    assert (heading, caption, nothing) == ("People on the list", "2", "")
    assert [(line.title, line.status) for line in counted] == [
        ("New", "1"),
        ("Returning", "0"),
        ("Long-term", "1"),
        ("Known", "0"),
    ]


def test_under_other_business_everybody_in_the_room_stands_by_name(session: Session, sitting: PrivateSitting) -> None:
    heading, caption, here, nothing = lines(session, sitting, ItemKind.OTHER)
    assert (heading, caption, nothing) == ("Present", "2", "Nobody is here.")
    assert [(line.title, line.person) for line in here] == [(SARA, SARA), (LEAD, LEAD)]
    assert here[0].detail == here[0].group == "Hertfordshire Constabulary"


def test_an_item_shows_what_was_agreed_when_it_was_saved_and_the_next_meeting(
    session: Session, sitting: PrivateSitting
) -> None:
    other = item(session, sitting, ItemKind.OTHER)
    session_items.turn_to(session, sitting.meeting_id, other.id)
    said = actions.read_line(session, sitting.meeting_id, "sl book the hall fri")
    actions.agree_action(session, sitting.meeting_id, said, item_id=other.id)
    saved = session.work.keep_draft(AgendaItem, other.id, "note", "The hall is cold")
    row = session_items.item_row(session, other.id)
    assert [action.action.what for action in row.agreed] == ["Book the hall"]
    assert (row.item.note, row.saved_at, row.on, row.fixed) == ("The hall is cold", saved, DAY, None)
    assert row.following > DAY and row.answers == ()
    save(session, replace(meeting(session, sitting), next_on=date(2026, 12, 17)))
    again = session_items.item_row(session, items(session, sitting)[0].id)
    assert (again.fixed, again.following, again.saved_at) == (date(2026, 12, 17), date(2026, 12, 17), None)


def test_the_next_date_needs_nothing(session: Session, sitting: PrivateSitting) -> None:
    made = AgendaItem("next", sitting.meeting_id, 99, ItemKind.NEXT_DATE, "Next date", 5)
    save(session, made)
    assert lines(session, sitting, ItemKind.NEXT_DATE) == ("Next meeting", "", (), "")
    assert meeting(session, sitting).next_on is None
