"""Cases come to the walk, items to the agenda and the chair to somebody else while the meeting runs."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import pytest

from csp_desktop.domain.cases.cases import Case, CaseStatus, StatusChange, SubjectType
from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import ClauseKind, Remote
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Joined, Meeting, Place, TurnState
from csp_desktop.domain.meeting.offices import Office
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.services.cases.case_entry import NewCase
from csp_desktop.services.meeting import agenda_items, case_walk, joining, offices, running_meeting, sign_in
from csp_desktop.services.meeting.agenda import propose_plan
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.session import Session
from tests.support.fakes import QUICK_PAPERS, FakeWork, FixedClock, fake_session
from tests.support.walk_meeting import fill

M = "november"
NEW = NewCase(
    "Fir Lane: threats", "", "Adults with complex needs", SubjectType.VICTIM, "QT", created_on=date(2026, 11, 26)
)


class Row(NamedTuple):
    kind: str
    record_id: str
    snippet: str = ""


class FoundCases:
    """Finds every case there is, whatever is typed."""

    def __init__(self, *ids: str) -> None:
        self.ids = ids

    def page_of_cases(self, query: Any, offset: int, limit: int) -> tuple[Sequence[Any], int]:
        return (), 0

    def search(self, text: str, limit: int) -> Sequence[Any]:
        return [Row("Case", case_id) for case_id in self.ids]


@pytest.fixture
def session() -> Session:
    clock = FixedClock()
    made = fake_session(
        FakeWork(clock), now=clock, queries=FoundCases("oak", "elm", "old"), papers=QUICK_PAPERS, member_id="ewa"
    )
    fill(made.work)
    with made.work.step("a closed case", undoable=False) as records:
        oak = records.get(Case, "oak")
        records.save(replace(oak, id="old", reference="SN-2025-000009", status=CaseStatus.CLOSED))
        records.save(replace(oak, id="open", reference="SN-2026-000010"))
    sign_in.seed_clauses(made, {ClauseKind.MEMBER: "Keep it here."})
    running_meeting.start(made, M)
    return made


def walk(session: Session) -> list[str]:
    with session.work.reading() as records:
        return [turn.case_id for turn in records.find(CaseTurn, meeting_id=M)]


def of(session: Session, kind: type[Any], record_id: str) -> Any:
    with session.work.reading() as records:
        return records.get(kind, record_id)


def decide(session: Session, turn_id: str) -> None:
    case_walk.open_turn(session, turn_id)
    case_walk.choose_outcome(session, turn_id, Outcome.CONTINUE)
    case_walk.say(session, turn_id, refer_to="CMHT", intervention_planned=False, reason="it was agreed")
    case_walk.accept(session, turn_id)


def close(session: Session) -> str:
    close_meeting(session, M, next_on=date(2026, 12, 17), reason="the hall closed")
    return as_text(draft_minutes(session, M))


def test_what_is_typed_finds_cases_of_the_walk_beside_it_and_closed_ones(session: Session) -> None:
    found = joining.offered_cases(session, M, "oak")
    assert [(one.case.id, one.joined, one.standing) for one in found] == [
        ("oak", None, "case 1 of the meeting"),
        ("elm", None, "case 2 of the meeting"),
        ("old", Joined.REOPENED, "closed"),
    ]
    assert joining.offered_cases(session, M, "o") == ()
    decide(session, "t-elm")
    assert joining.offered_cases(session, M, "oak")[1].is_done


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (Place.NOW, ["oak", "open", "elm", "ash", "yew"]),
        (Place.NEXT, ["oak", "elm", "open", "ash", "yew"]),
        (Place.END, ["oak", "elm", "ash", "yew", "open"]),
    ],
)
def test_a_case_asked_for_joins_the_walk_where_one_says(session: Session, place: Place, order: list[str]) -> None:
    case_walk.open_turn(session, "t-elm")
    turn = joining.join_case(session, M, "open", place)
    assert walk(session) == order
    assert (turn.joined, turn.joined_at) == (Joined.ASKED_FOR, session.now())
    in_hand = of(session, Meeting, M).current_turn_id
    assert in_hand == (turn.id if place is Place.NOW else "t-elm")
    session.work.undo()
    assert walk(session) == ["oak", "elm", "ash", "yew"] and of(session, Meeting, M).current_turn_id == "t-elm"


def test_the_case_that_was_in_hand_comes_back_after_one_taken_now(session: Session) -> None:
    case_walk.open_turn(session, "t-elm")
    turn = joining.join_case(session, M, "open", Place.NOW)
    decide(session, turn.id)
    assert of(session, Meeting, M).current_turn_id == "t-elm"


def test_a_case_of_the_walk_that_is_asked_for_changes_its_place(session: Session) -> None:
    case_walk.open_turn(session, "t-oak")
    joining.join_case(session, M, "yew", Place.NEXT)
    assert walk(session) == ["oak", "yew", "elm", "ash"]
    assert of(session, CaseTurn, "t-yew").joined is None
    joining.join_case(session, M, "ash", Place.NOW)
    assert of(session, Meeting, M).current_turn_id == "t-ash"
    decide(session, "t-ash")
    with pytest.raises(Refused, match="already discussed"):
        joining.join_case(session, M, "ash", Place.END)


def test_a_closed_case_is_reopened_with_its_reason_and_stays_open_when_taken_up_again(session: Session) -> None:
    with pytest.raises(FieldRefused, match="reason for reopening") as refused:
        joining.join_case(session, M, "old", Place.NOW, " ")
    assert refused.value.field == joining.JoinField.REASON
    assert walk(session) == ["oak", "elm", "ash", "yew"] and of(session, Case, "old").status is CaseStatus.CLOSED
    turn = joining.join_case(session, M, "old", Place.NOW, "three reports  this week")
    assert of(session, Case, "old").status is CaseStatus.OPEN
    with session.work.reading() as records:
        (change,) = records.find(StatusChange, case_id="old")
    assert (change.before, change.after, change.reason, change.meeting_id) == (
        CaseStatus.CLOSED,
        CaseStatus.OPEN,
        "three reports this week",
        M,
    )
    case_walk.choose_outcome(session, turn.id, Outcome.DE_ESCALATE)
    case_walk.accept(session, turn.id)
    case_walk.take_up_again(session, turn.id)
    assert of(session, Case, "old").status is CaseStatus.OPEN
    decide(session, turn.id)
    assert "the case was reopened" in close(session)


def test_a_new_case_is_entered_and_joins_the_walk_in_one_step(session: Session) -> None:
    case_walk.open_turn(session, "t-oak")
    turn = joining.join_new(session, M, NEW, Place.NEXT)
    assert walk(session) == ["oak", turn.case_id, "elm", "ash", "yew"]
    assert of(session, Case, turn.case_id).entered_by_hand
    decide(session, turn.id)
    words = close(session)
    assert "Awaiting Safety Net reference, QT" in words
    assert f"Added during the meeting at {session.now():%H:%M}: a new case." in words
    with pytest.raises(Refused, match="not in progress"):
        joining.join_new(session, M, NEW, Place.NEXT)


def test_a_new_case_taken_back_leaves_nothing(session: Session) -> None:
    turn = joining.join_new(session, M, NEW, Place.NOW)
    session.work.undo()
    with session.work.reading() as records:
        assert not records.find(Case, id=turn.case_id) and not records.find(CaseTurn, id=turn.id)


def test_a_case_that_comes_when_all_were_discussed_opens_the_item_again(session: Session) -> None:
    for key in ("oak", "elm", "ash", "yew"):
        decide(session, f"t-{key}")
    with session.work.reading() as records:
        (item,) = [i for i in records.find(AgendaItem, meeting_id=M) if i.kind is ItemKind.CASES]
    assert item.state is TurnState.DONE
    joining.join_case(session, M, "open", Place.END)
    assert of(session, AgendaItem, item.id).state is TurnState.IN_HAND


def test_taken_first_stands_in_the_minutes_when_the_order_differs_from_the_agendas(session: Session) -> None:
    assert of(session, Meeting, M).agenda_order == ("t-oak", "t-elm", "t-ash", "t-yew")
    for key in ("yew", "oak", "elm", "ash"):
        session.now.advance(minutes=5)  # type: ignore[attr-defined]
        decide(session, f"t-{key}")
    words = close(session)
    assert "Taken first: SN-2026-000004, MT." in words and "Taken later" not in words


def test_taken_up_again_a_case_keeps_when_it_was_taken(session: Session) -> None:
    for key in ("oak", "elm", "ash", "yew"):
        session.now.advance(minutes=5)  # type: ignore[attr-defined]
        decide(session, f"t-{key}")
    case_walk.open_turn(session, "t-oak")
    case_walk.take_up_again(session, "t-oak")
    session.now.advance(minutes=5)  # type: ignore[attr-defined]
    case_walk.accept(session, "t-oak")
    words = close(session)
    assert "Taken first" not in words and "Taken later" not in words


def test_agenda_items_are_added_and_renamed_while_the_meeting_runs(session: Session) -> None:
    with session.work.reading() as records:
        other = next(i for i in records.find(AgendaItem, meeting_id=M) if i.kind is ItemKind.OTHER)
    in_hand = of(session, Meeting, M).current_item_id
    added = agenda_items.add_item(session, M, OwnItem("Bonfire night"), in_hand)
    agenda_items.rename_item(session, added.id, "Fireworks")
    agenda_items.rename_item(session, other.id, "Any other business")
    agenda_items.rename_item(session, other.id, "Last words")
    running_meeting.go_to_item(session, added.id)
    running_meeting.keep_item_note(session, added.id, "Dispersal order agreed.")
    words, at = close(session), f"{session.now():%H:%M}"
    assert "Fireworks" in words and f"Added to the agenda at {at}." in words and "Bonfire" not in words
    assert f"Renamed at {at}; on the agenda as “Other business”." in words
    with pytest.raises(Refused, match="cannot be changed"):
        agenda_items.rename_item(session, other.id, "Otherwise")


def test_an_item_renamed_before_the_meeting_is_the_agendas_own(session: Session) -> None:
    with session.work.reading() as records:
        item = next(i for i in records.find(AgendaItem, meeting_id=M) if i.kind is ItemKind.OTHER)
    agenda_items.rename_item(session, item.id, "Last words")
    assert agenda_items.rename_item(session, item.id, item.title).renamed_at is None


def test_the_chair_handed_over_stands_in_the_minutes_with_its_times(session: Session) -> None:
    with pytest.raises(Refused, match="chairs this meeting already"):
        offices.take(session, M, Office.CHAIR, "stefan")
    session.now.advance(minutes=30)  # type: ignore[attr-defined]
    offices.take(session, M, Office.CHAIR, "dan")
    at = f"{session.now():%H:%M}"
    assert [(row.office, row.name, row.is_here) for row in offices.offices(session, M)] == [
        (Office.CHAIR, "PS Dan Holt", True),
        (Office.MINUTES, "Ewa Łukasik", True),
    ]
    assert sign_in.desk_rows(session, M).readers[0] == "PS Dan Holt, chair"
    words = close(session)
    assert f"Chair: Ștefan Ionescu to {at}; PS Dan Holt from {at}" in words
    assert f"At {at} PS Dan Holt took the chair from Ștefan Ionescu." in words
    roles = {line.name: line.chairs for line in draft_minutes(session, M).attendees}
    assert [name for name, chairs in roles.items() if chairs] == ["PS Dan Holt", "Ștefan Ionescu"]
    assert propose_plan(session).chair_id == "stefan"


def test_a_hand_over_is_taken_back_like_everything_else(session: Session) -> None:
    offices.take(session, M, Office.CHAIR, "dan")
    session.work.undo()
    assert offices.offices(session, M)[0].member_id == "stefan"
    assert "took the chair" not in close(session)


def test_the_chair_who_leaves_is_not_here(session: Session) -> None:
    sign_in.leave(session, "a-stefan")
    assert not offices.offices(session, M)[0].is_here


def test_whoever_took_the_chair_may_approve_and_nobody_else_without_the_role(session: Session) -> None:
    offices.take(session, M, Office.CHAIR, "dan")
    close(session)
    versions.check(session, M)
    taker = replace(session, roles=frozenset({Role.MINUTE_TAKER}))
    with pytest.raises(NotAllowed):
        versions.approve(taker, M)
    dan = replace(taker, member_id="dan", user_name="PS Dan Holt")
    assert versions.may_approve(dan, M) and not versions.may_approve(taker, M)
    assert versions.approve(dan, M).number == 1


def test_somebody_of_the_minutes_taken_over_is_their_taker_on_paper(session: Session) -> None:
    offices.take(session, M, Office.MINUTES, "ravi")
    words = close(session)
    assert "Minutes taken by: Ewa Łukasik to" in words and "took the minutes from Ewa Łukasik" in words


def test_a_deputy_is_said_in_the_minutes_and_the_absent_send_apologies(session: Session) -> None:
    sign_in.take_back_signature(session, "a-ravi")
    sign_in.take_back_signature(session, "a-ewa")
    sign_in.stand_for(session, M, "ewa", "ravi")
    sign_in.sign(session, M, "ewa", typed_name="Ewa Łukasik")
    minutes = draft_after(session)
    assert [line.here_for for line in minutes.attendees if line.name == "Ewa Łukasik"] == ["Ravi Nair"]
    assert [line.name for line in minutes.apologies] == ["Ravi Nair"]
    assert "for Ravi Nair" in as_text(minutes)


def draft_after(session: Session) -> Any:
    close(session)
    return draft_minutes(session, M)


def test_people_on_teams_are_told_apart_and_several_times_of_presence_stand_on_paper(session: Session) -> None:
    sign_in.leave(session, "a-ravi")
    session.now.advance(minutes=10)  # type: ignore[attr-defined]
    sign_in.come_back(session, "a-ravi", Remote.TEAMS)
    sign_in.note_alone(session, M, "ravi", True)
    live = running_meeting.meeting_state(session, M)
    assert (live.present, live.remote) == (4, 1)
    session.now.advance(minutes=10)  # type: ignore[attr-defined]
    sign_in.leave(session, "a-ravi")
    session.now.advance(minutes=10)  # type: ignore[attr-defined]
    sign_in.come_back(session, "a-ravi", Remote.TELEPHONE)
    (row,) = [one for one in sign_in.people_of_meeting(session, M) if one.member_id == "ravi"]
    assert row.present and len(row.away) == 2 and row.times.count(" to ") == 2 and "from " in row.times
    minutes = draft_after(session)
    (line,) = [one for one in minutes.attendees if one.name == "Ravi Nair"]
    assert line.remote is Remote.TELEPHONE and len(line.away) == 2
    words = as_text(minutes)
    assert "member, remote (telephone)" in words
    assert "Not in the room: Ravi Nair (telephone, not asked whether they were alone)." in words


def test_the_desk_offers_first_whom_a_colleague_may_be_here_for(session: Session) -> None:
    for one in ("a-ravi", "a-dan"):
        sign_in.take_back_signature(session, one)
    sign_in.record_apology(session, M, "dan", False, None)
    names = [(one.name, one.apology) for one in sign_in.signer(session, M, "ewa").absent]
    assert names == [("PS Dan Holt", True), ("Ravi Nair", False)]
