"""Preparing the next meeting: its plan, who is expected, the agenda, and the walk that fits the slot."""

from dataclasses import replace
from datetime import date, time

import pytest

from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.agenda import DEFAULT_ITEMS
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.meeting import CaseTurn, ItemKind, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.meeting import agenda, walk_order
from csp_desktop.services.meeting.agenda import Check, CheckKind, preparation, refresh_walk
from csp_desktop.services.meeting.walk_order import OrderBy
from tests.support.prepared_meeting import NOVEMBER, PEOPLE, PLAN, people_session, prepared_session, put_off_twice


@pytest.fixture
def session():
    return prepared_session()


@pytest.fixture
def meeting(session):
    found = agenda.next_meeting(session)
    assert found is not None
    return found


def turns(session, meeting):
    return preparation(session, meeting.id).turns


def check(session, meeting, kind):
    return next(c for c in preparation(session, meeting.id).checks if c.kind is kind)


def test_a_plan_lays_out_the_whole_agenda_with_planned_minutes(session, meeting):
    shown = preparation(session, meeting.id)
    assert [row.item.kind for row in shown.items] == [kind for kind, _, _ in DEFAULT_ITEMS]
    assert shown.items[0].begins == time(14, 0)
    assert shown.slot_minutes == 120
    assert shown.planned_minutes == sum(row.minutes for row in shown.items)


def test_standing_members_are_expected_occasional_ones_can_be_added(session, meeting):
    rows = {row.member.id: row for row in preparation(session, meeting.id).expected}
    assert rows["dan"].expected
    assert not rows["priya"].expected
    agenda.expect(session, meeting.id, "priya", True)
    assert next(r for r in preparation(session, meeting.id).expected if r.member.id == "priya").expected
    agenda.expect(session, meeting.id, "priya", False)
    assert not next(r for r in preparation(session, meeting.id).expected if r.member.id == "priya").expected


def test_who_was_in_the_room_stays_on_the_record(session, meeting):
    with session.work.step("arrival") as records:
        row = records.find(Attendance, meeting_id=meeting.id, member_id="dan")[0]
        records.save(replace(row, arrived_at=session.now()))
    with pytest.raises(Refused, match="PS Dan Holt was here"):
        agenda.expect(session, meeting.id, "dan", False)


def test_cases_stand_by_broken_promise_then_band_then_the_oldest(session, meeting):
    shown = preparation(session, meeting.id)
    promises = [row.candidate.promise for row in shown.turns if row.candidate]
    states = [promise.state for promise in promises]
    count = states.count(PromiseState.BROKEN)
    late = [promise.days_late for promise in promises[:count]]
    assert len(promises) == len(shown.turns)
    assert count and states[:count] == [PromiseState.BROKEN] * count
    assert late == sorted(late, reverse=True)
    assert shown.ordered_by is OrderBy.PROMISE
    assert all(row.turn.why for row in shown.turns)


def test_a_second_meeting_is_not_planned_beside_the_first(session):
    with pytest.raises(Refused, match="already planned"):
        agenda.plan_meeting(session, replace(PLAN, on=date(2026, 12, 17)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"on": date(2026, 11, 23)}, "is in the past"), ({"ends": time(13)}, "end after it starts")],
)
def test_a_plan_that_cannot_be_is_refused_with_a_sentence(change, sentence):
    session = people_session()
    with pytest.raises(Refused, match=sentence):
        agenda.plan_meeting(session, replace(PLAN, **change))
    assert agenda.next_meeting(session) is None


def test_the_date_fixed_at_the_last_meeting_is_proposed_with_its_people_and_place():
    session = prepared_session(planned=False)
    proposed = agenda.propose_plan(session)
    assert proposed == replace(PLAN, on=NOVEMBER)


def test_a_closed_meeting_stays_as_it_was_held(session):
    with pytest.raises(Refused, match="closed"):
        agenda.change_meeting(session, "october", PLAN)


def test_another_minute_taker_comes_as_the_minute_taker(session, meeting):
    agenda.change_meeting(session, meeting.id, replace(PLAN, minute_taker_id="dan"))
    with session.work.reading() as records:
        capacity = {a.member_id: a.capacity for a in records.find(Attendance, meeting_id=meeting.id)}
    assert capacity["dan"] is Capacity.MINUTE_TAKER
    assert capacity["marcus"] is Capacity.MEMBER


def test_prepare_says_how_many_cases_fit_and_proposes_which_to_defer(session, meeting):
    shown = preparation(session, meeting.id)
    assert shown.spare_minutes < 0
    assert shown.plan.words == f"{len(shown.plan.minutes)} of 46 cases fit the 80 minutes for cases."
    count = walk_order.apply_plan(session, meeting.id)
    after = preparation(session, meeting.id)
    assert count == sum(row.turn.propose_defer for row in after.turns) == len(shown.plan.deferred)
    assert after.spare_minutes == 0
    kept = [row for row in after.turns if row.candidate and row.candidate.promise.days_late]
    assert kept and not any(row.turn.propose_defer for row in kept)


def test_only_a_person_marks_a_case_to_defer_and_undo_takes_it_back(session, meeting):
    first = turns(session, meeting)[0].turn
    walk_order.propose_to_defer(session, first.id, True)
    assert turns(session, meeting)[0].turn.propose_defer
    session.work.undo()
    assert not turns(session, meeting)[0].turn.propose_defer


def test_minutes_of_a_case_stay_within_the_most_of_the_settings(session, meeting):
    first = turns(session, meeting)[0].turn
    walk_order.set_turn_minutes(session, first.id, 15)
    for minutes in (0, 16):
        with pytest.raises(Refused, match="between 1 and 15"):
            walk_order.set_turn_minutes(session, first.id, minutes)


def test_the_minutes_of_the_cases_item_are_those_of_its_cases(session, meeting):
    item = next(row for row in preparation(session, meeting.id).items if row.item.kind is ItemKind.CASES)
    assert item.minutes == sum(row.turn.planned_minutes for row in turns(session, meeting))
    with pytest.raises(Refused, match="time of its cases"):
        walk_order.set_item_minutes(session, item.item.id, 60)


def test_an_item_takes_up_to_three_hours_or_no_time_at_all(session, meeting):
    item = preparation(session, meeting.id).items[1].item
    for minutes in (0, 180):
        walk_order.set_item_minutes(session, item.id, minutes)
        assert preparation(session, meeting.id).items[1].minutes == minutes
    for minutes in (-1, 181):
        with pytest.raises(Refused, match=r"^Give from 0 to 180 minutes for an item\.$"):
            walk_order.set_item_minutes(session, item.id, minutes)


def test_confidentiality_stays_first(session, meeting):
    items = preparation(session, meeting.id).items
    with pytest.raises(Refused, match="Confidentiality stays first"):
        walk_order.move_item(session, items[2].item.id, 1)
    walk_order.move_item(session, items[2].item.id, 2)
    assert preparation(session, meeting.id).items[1].item.id == items[2].item.id


def test_the_chair_can_reorder_and_an_import_leaves_what_was_placed_by_hand(session, meeting):
    last = turns(session, meeting)[-1].turn
    walk_order.move_turn(session, last.id, 2)
    assert turns(session, meeting)[1].turn.id == last.id
    assert preparation(session, meeting.id).ordered_by is None
    refresh_walk(session, meeting.id)
    assert turns(session, meeting)[1].turn.id == last.id


@pytest.mark.parametrize("by", [OrderBy.RATING, OrderBy.REFERENCE])
def test_cases_can_be_ordered_by_rating_or_reference_and_back(session, meeting, by):
    walk_order.order_cases(session, meeting.id, by)
    assert session.work.last_step().words == f"order of cases: {by.name.lower()}"
    shown = preparation(session, meeting.id)
    assert shown.ordered_by is by
    values = [(-(r.case.total or 0)) if by is OrderBy.RATING else r.case.reference for r in shown.turns]
    assert values == sorted(values)
    walk_order.order_cases(session, meeting.id, OrderBy.PROMISE)
    assert preparation(session, meeting.id).ordered_by is OrderBy.PROMISE


def test_an_import_leaves_an_order_the_chair_chose_and_puts_new_cases_at_its_end(session, meeting):
    walk_order.order_cases(session, meeting.id, OrderBy.RATING)
    before = [row.case.id for row in turns(session, meeting)]
    with session.work.step("import") as records:
        records.save(replace(turns(session, meeting)[0].case, id="fresh", reference="SN-2026-999999"))
    refresh_walk(session, meeting.id)
    assert [row.case.id for row in turns(session, meeting)] == [*before, "fresh"]


def test_after_an_import_closed_cases_leave_the_walk_and_new_ones_enter(session, meeting):
    gone, other = turns(session, meeting)[0].case, turns(session, meeting)[1].case
    with session.work.step("import") as records:
        records.save(replace(gone, status=CaseStatus.CLOSED))
        records.save(replace(other, id="fresh", reference="SN-2026-999999"))
    assert refresh_walk(session, meeting.id) == 2
    ids = [row.case.id for row in turns(session, meeting)]
    assert gone.id not in ids and "fresh" in ids
    assert [row.turn.position for row in turns(session, meeting)] == list(range(1, len(ids) + 1))


def test_a_walk_under_way_is_not_put_in_another_order_by_an_import(session, meeting):
    with session.work.step("start") as records:
        records.save(replace(meeting, state=MeetingState.IN_SESSION))
        records.save(replace(turns(session, meeting)[0].case, id="fresh", reference="SN-2026-999999"))
    assert agenda.bring_walk_up_to_date(session) == 0
    assert "fresh" not in [row.case.id for row in turns(session, meeting)]


def test_an_import_that_changes_nothing_leaves_the_walk_and_nothing_to_undo(session, meeting):
    before, step = turns(session, meeting), session.work.last_step()
    assert refresh_walk(session, meeting.id) == 0
    assert turns(session, meeting) == before
    assert session.work.last_step() == step


def test_bringing_the_walk_up_to_date_asks_the_same_few_questions_however_many_cases(session, meeting):
    asked = []
    with session.work.step("count") as records:

        class Counting:
            def __getattr__(self, name):
                asked.append(name)
                return getattr(records, name)

        walk_order.fill_walk(session, Counting(), meeting)
    assert sum(name in ("find", "get") for name in asked) < 15


def test_room_titles_are_confirmed_by_a_person(session, meeting):
    assert not check(session, meeting, CheckKind.TITLES).passed
    first = turns(session, meeting)[0].turn
    walk_order.confirm_room_title(session, first.id, "  A quiet   street ")
    shown = turns(session, meeting)[0].turn
    assert (shown.room_title, shown.room_title_confirmed) == ("A quiet street", True)
    assert walk_order.confirm_all_room_titles(session, meeting.id) == 45
    assert check(session, meeting, CheckKind.TITLES).words == "All room screen titles confirmed"


def test_an_empty_room_title_is_confirmed_too_and_leaves_the_reference(session, meeting):
    first = turns(session, meeting)[0].turn
    walk_order.confirm_room_title(session, first.id, " ")
    shown = turns(session, meeting)[0].turn
    assert (shown.room_title, shown.room_title_confirmed) == ("", True)


def test_before_the_meeting_each_missing_thing_is_said(session, meeting):
    assert check(session, meeting, CheckKind.CASES).words == "Cases imported, as of Mon 23 Nov"
    assert check(session, meeting, CheckKind.ROLES).passed
    assert not check(session, meeting, CheckKind.CLAUSES).passed
    agenda.change_meeting(session, meeting.id, replace(PLAN, chair_id=""))
    assert check(session, meeting, CheckKind.ROLES).words == "No chair chosen"


def test_who_is_expected_is_counted_and_one_alone_is_no_meeting(session, meeting):
    assert check(session, meeting, CheckKind.EXPECTED) == Check(CheckKind.EXPECTED, True, "8 people expected")
    with session.work.step("nobody else can come") as records:
        for row in records.find(Attendance, meeting_id=meeting.id)[1:]:
            records.save(replace(row, apology=True))
    assert check(session, meeting, CheckKind.EXPECTED) == Check(CheckKind.EXPECTED, False, "1 person expected")
    with session.work.step("nor the last") as records:
        for row in records.find(Attendance, meeting_id=meeting.id):
            records.remove(row)
    assert check(session, meeting, CheckKind.EXPECTED) == Check(CheckKind.EXPECTED, False, "Nobody is expected yet")


def test_while_no_meeting_is_planned_the_register_is_listed_and_nobody_is_expected():
    rows = agenda.everyone(prepared_session(planned=False))
    assert {row.member.id for row in rows} == {key for key, *_ in PEOPLE}
    assert not [row for row in rows if row.expected or row.apology or row.came]


def test_a_case_of_the_walk_shows_its_total_before_and_one_rated_once_none(session, meeting):
    shown = {row.case.reference: row.total_before for row in turns(session, meeting)}
    assert shown["SN-2026-056705"] == 47
    with session.work.reading() as records:
        once = {p.case_id for p in records.find(RiskPoint)}
        for point in records.find(RiskPoint):
            if len(records.find(RiskPoint, case_id=point.case_id)) > 1:
                once.discard(point.case_id)
    rated_once = [row for row in turns(session, meeting) if row.case.id in once]
    assert rated_once and all(row.total_before is None for row in rated_once)


def test_without_an_export_since_the_last_meeting_prepare_says_so():
    session = people_session()
    with session.work.step("old", undoable=False, of_held=True) as records:
        at = (MeetingKind.CPG, date(2026, 10, 29), time(14), time(16))
        records.save(Meeting("old", *at, "", "", "", MeetingState.CLOSED))
    meeting = agenda.plan_meeting(session, PLAN)
    assert check(session, meeting, CheckKind.CASES).words == "No cases imported since Thu 29 Oct"


def test_only_open_cases_are_walked(session, meeting):
    with session.work.reading() as records:
        closed = {c.id for c in records.find(Case, status=CaseStatus.CLOSED)}
        walked = {t.case_id for t in records.find(CaseTurn, meeting_id=meeting.id)}
    assert closed and not closed & walked


def with_roles(**roles):
    """The register with these roles and nobody else's, before any meeting."""
    session = people_session()
    with session.work.step("roles") as records:
        for member in records.find(Member):
            records.save(replace(member, roles=tuple(roles.get(member.id, ()))))
    return session


@pytest.mark.parametrize(
    ("roles", "chair", "taker", "left"),
    [
        ({"hannah": ("chair",), "marcus": ("minute-taker",)}, "hannah", "marcus", ""),
        ({"hannah": ("chair", "minute-taker"), "marcus": ("chair",)}, "marcus", "hannah", ""),
        ({"hannah": ("chair", "minute-taker")}, "hannah", "", "Nobody else has the role of minute-taker"),
        ({"marcus": ("minute-taker",)}, "", "marcus", "Nobody else has the role of chair"),
        ({}, "", "", "Nobody has the role of chair or minute-taker"),
    ],
)
def test_the_chair_is_proposed_from_those_with_that_role_and_nobody_as_both(roles, chair, taker, left):
    plan = agenda.propose_plan(with_roles(**roles))
    assert (plan.chair_id, plan.minute_taker_id) == (chair, taker)
    assert agenda.roles_left(plan).startswith(left) and bool(agenda.roles_left(plan)) is bool(left)


def test_a_case_deferred_twice_cannot_be_proposed_for_a_third_without_a_reason(session, meeting):
    last = turns(session, meeting)[-1]
    put_off_twice(session, last.case.id)
    agenda.refresh_walk(session, meeting.id)
    now = next(row for row in turns(session, meeting) if row.case.id == last.case.id)
    assert "deferred twice" in now.turn.why.lower() and turns(session, meeting).index(now) < 45
    with pytest.raises(Refused, match="deferred twice. Say why"):
        walk_order.propose_to_defer(session, now.turn.id, True)
    walk_order.propose_to_defer(session, now.turn.id, True, "its officer is away until December")
    walk_order.apply_plan(session, meeting.id)
    kept = next(row.turn for row in turns(session, meeting) if row.case.id == last.case.id)
    assert (kept.propose_defer, kept.reason_to_defer) == (True, "its officer is away until December")
    walk_order.propose_to_defer(session, now.turn.id, False)
    walk_order.apply_plan(session, meeting.id)
    assert not next(row.turn for row in turns(session, meeting) if row.case.id == last.case.id).propose_defer
