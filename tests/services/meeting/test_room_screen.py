"""What the room sees: title, rating, day and actions without a name, and nothing while somebody has not signed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Band, Case
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.meeting import actions, sign_in
from csp_desktop.services.meeting.case_walk import accept, choose_outcome, live_case
from csp_desktop.services.meeting.room_screen import RoomAction, RoomRow, room_row, room_title, without_subject
from csp_desktop.services.meeting.running_meeting import go_to_item, meeting_state, start
from csp_desktop.services.meeting.walk import live_item
from csp_desktop.services.session import Session
from tests.support.fakes import FixedClock, fake_session
from tests.support.walk_meeting import fill


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def session(clock: FixedClock) -> Session:
    made = fake_session(now=clock)
    fill(made.work)
    start(made, "november")
    go_to(made, ItemKind.CASES)
    return made


def go_to(session: Session, kind: ItemKind) -> str:
    item = next(item for item in meeting_state(session, "november").items if item.kind is kind)
    go_to_item(session, item.id)
    return item.id


def agree(session: Session, line: str, **about: Any) -> None:
    said = actions.read_line(session, "november", line)
    actions.agree_action(session, "november", said, **(about or {"case_id": "oak"}))


def row(session: Session, clock: FixedClock) -> RoomRow:
    return room_row(session, meeting_state(session, "november"), clock())


def change(session: Session, kind: type[Any], record_id: str, **changes: Any) -> None:
    with session.work.step("changed") as records:
        records.save(replace(records.get(kind, record_id), **changes))


def unsign(session: Session) -> None:
    change(session, Attendance, "a-ravi", signed_at=None)


def test_the_room_sees_title_rating_day_and_actions_without_names(session: Session, clock: FixedClock) -> None:
    agree(session, "rn detox place for MT fri")
    seen = row(session, clock)
    assert (seen.heading, seen.title, seen.total, seen.band) == ("Case 1 of 4", "Oak Way: cuckooing", 38, "High")
    assert (seen.change, seen.day) == ("down 3", "Day 20, reduction due Sun 6 Dec")
    assert seen.actions == (RoomAction("Detox place for the person", "New Hope", "Fri 27 Nov"),)
    assert "Ravi" not in repr(seen)


def test_until_a_person_confirmed_the_title_only_the_reference_shows(session: Session) -> None:
    live = meeting_state(session, "november")
    assert [room_title(r.turn, r.case) for r in live.walk[:2]] == ["Oak Way: cuckooing", "SN-2026-000002"]


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ("Assess M.T. and report", "Assess the person and report"),
        ("Visit MT", "Visit the person"),
        ("Tell M T.", "Tell the person"),
        ("Visit the MTA office", "Visit the MTA office"),
        ("Admit to detox", "Admit to detox"),
    ],
)
def test_the_subject_s_initials_are_taken_out_of_an_action(session: Session, words: str, seen: str) -> None:
    assert without_subject(words, meeting_state(session, "november").walk[0].case) == seen


def test_it_is_blank_while_anyone_present_is_unsigned_and_an_override_unblanks_it(
    session: Session, clock: FixedClock
) -> None:
    unsign(session)
    assert row(session, clock) == RoomRow(blank="someone present has not signed")
    sign_in.override(session, "november", "His hand is in plaster")
    assert row(session, clock).title == "Oak Way: cuckooing"


def test_another_item_shows_its_title_and_actions(session: Session, clock: FixedClock) -> None:
    go_to(session, ItemKind.OTHER)
    seen = row(session, clock)
    assert (seen.heading, seen.title, seen.is_case) == ("Item 12 of 13", "Other business", False)


def test_what_was_agreed_under_an_item_shows_with_the_agency_and_the_day(session: Session, clock: FixedClock) -> None:
    item = go_to(session, ItemKind.OTHER)
    agree(session, "rn book the other hall fri", item_id=item)
    seen = row(session, clock)
    assert seen.actions == (RoomAction("Book the other hall", "New Hope", "Fri 27 Nov"),)
    given = live_item(session, item)
    assert room_row(session, meeting_state(session, "november"), clock(), given) == seen


def test_a_case_that_was_read_already_is_not_read_again(session: Session, clock: FixedClock) -> None:
    read = live_case(session, "t-oak")
    change(session, Case, "oak", total=11)
    agree(session, "rn detox place fri")
    seen = room_row(session, meeting_state(session, "november"), clock(), read)
    assert seen.actions == () and seen.heading == "Case 1 of 4"


def test_an_action_without_a_day_or_an_agency_says_so(session: Session, clock: FixedClock) -> None:
    agree(session, "rn detox place fri")
    with session.work.reading() as records:
        (made,) = records.find(Action, meeting_id="november")
    change(session, Action, made.id, due=None)
    assert row(session, clock).actions == (RoomAction("Detox place", "New Hope", "no date"),)
    change(session, Member, "ravi", agency_id="gone")
    assert row(session, clock).actions == (RoomAction("Detox place", "Agency", "no date"),)


def test_the_walk_shows_what_is_done_what_is_in_hand_and_what_is_to_come(session: Session, clock: FixedClock) -> None:
    assert row(session, clock).segments == ("current", "to do", "to do", "to do")
    choose_outcome(session, "t-oak", live_case(session, "t-oak").turn.outcome or Outcome.CONTINUE)
    accept(session, "t-oak")
    seen = row(session, clock)
    assert (seen.segments, seen.heading) == (("done", "current", "to do", "to do"), "Case 2 of 4")
    assert (seen.change, seen.change_down, seen.band) == ("up 5", False, "Medium")


def test_a_falling_score_is_told_apart_from_a_rising_or_a_first_one(session: Session, clock: FixedClock) -> None:
    assert row(session, clock).change_down
    change(session, Meeting, "november", current_turn_id="t-yew")
    seen = row(session, clock)
    assert (seen.change_down, seen.total) == (False, 12)
    change(session, Case, "yew", band=None, total=None)
    assert (row(session, clock).band, row(session, clock).total) == ("", None)


def test_the_time_left_for_the_cases_is_said_and_what_is_over(session: Session, clock: FixedClock) -> None:
    live = meeting_state(session, "november")
    left = live.pace(clock()).left_for_cases
    assert row(session, clock).left == f"{left // timedelta(minutes=1)} min left" and not row(session, clock).amber
    clock.advance(seconds=left.total_seconds())
    assert row(session, clock).left == "0 min left"
    clock.advance(minutes=7)
    assert (row(session, clock).left, row(session, clock).amber) == ("7 min over", True)


def test_without_anything_in_hand_it_shows_the_meeting_and_its_day(session: Session, clock: FixedClock) -> None:
    change(session, Meeting, "november", current_item_id="", current_turn_id="")
    seen = row(session, clock)
    assert (seen.heading, seen.title) == (meeting_state(session, "november").body, "Thu 26 Nov")
    assert seen.segments == ("to do",) * 4 and seen.left.endswith("min left") and not seen.is_case


@pytest.mark.parametrize("state", [state for state in MeetingState if state is not MeetingState.IN_SESSION])
def test_it_is_blank_unless_the_meeting_is_in_session(session: Session, clock: FixedClock, state: MeetingState) -> None:
    change(session, Meeting, "november", state=state)
    assert row(session, clock) == RoomRow(blank="not in session")


def test_a_case_entered_by_hand_has_no_reference_to_show(session: Session) -> None:
    change(session, Case, "elm", reference="")
    change(session, CaseTurn, "t-ash", room_title="", room_title_confirmed=True)
    titles = [room_title(r.turn, r.case) for r in meeting_state(session, "november").walk]
    assert titles[1:3] == ["Case awaiting its reference", "SN-2026-000003"]


def test_a_single_initial_is_no_name_to_take_out(session: Session) -> None:
    change(session, Case, "oak", initials="M")
    case = meeting_state(session, "november").walk[0].case
    assert without_subject("Assess M and report", case) == "Assess M and report"


def test_the_day_a_case_falls_due_follows_the_settings(session: Session, clock: FixedClock) -> None:
    change(session, Case, "oak", created_on=date(2026, 11, 26))
    assert row(session, clock).day == "Day 0, reduction due Sat 26 Dec"
    assert meeting_state(session, "november").walk[0].case.band is Band.HIGH


def test_what_is_marked_for_some_alone_is_never_on_the_room_screen(session: Session, clock: FixedClock) -> None:
    item = go_to(session, ItemKind.OTHER)
    agree(session, "rn book the other hall fri", item_id=item)
    with session.work.step("marked") as records:
        (action,) = records.find(Action, item_id=item)
        records.save(replace(action, what=f"[Police only] {action.what}"))
    assert row(session, clock).actions == ()


def test_a_title_that_is_marked_for_some_alone_is_never_on_the_room_screen(session: Session, clock: FixedClock) -> None:
    change(session, CaseTurn, "t-oak", room_title="[police only] Operation Quill", room_title_confirmed=True)
    assert row(session, clock).title == "SN-2026-000001"
    change(session, AgendaItem, go_to(session, ItemKind.OTHER), title="[police only] Operation Quill")
    assert row(session, clock).title == "Further item"
