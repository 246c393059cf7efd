"""Professionals' meetings: called for a case between two CPGs, held through the same core, reported back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.actions import Action, action_label
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.professionals import CallField, Ground
from csp_desktop.services.cases.cases import case_page
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting import agenda, case_walk, closing, running_meeting, sign_in
from csp_desktop.services.meeting.actions import agree_action, read_line
from csp_desktop.services.meeting.due_next import last_held
from csp_desktop.services.meeting.professionals import (
    call,
    call_off,
    called_for,
    called_of,
    proposal,
    report_back,
)
from csp_desktop.services.meeting.walk import live_item
from csp_desktop.services.minutes.circulation import circulation_list
from csp_desktop.services.minutes.minutes import circulation, draft_minutes
from tests.support.prepared_meeting import NOVEMBER, PLAN, prepared_session

CALLED = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


@pytest.fixture
def session():
    return prepared_session(CALLED)


def a_case(session):
    with session.work.reading() as records:
        return min(records.find(Case), key=lambda case: case.reference)


def a_plan(session, case, **changes):
    plan = replace(proposal(session, case.id).plan, ground=Ground.VICTIM, lead_id="dan", people=("stefan", "ewa"))
    return replace(plan, **changes)


def called(session, **changes):
    case = a_case(session)
    return call(session, case.id, a_plan(session, case, **changes))


def in_hand(session, one) -> AgendaItem:
    """The item the meeting is at."""
    item = running_meeting.meeting_state(session, one.meeting_id).item
    assert item is not None
    return item


def held(session, one, *, note="Locks changed today.", action="Dan: visit the flat"):
    """Everybody signs, the case is decided and read back, and the meeting is closed."""
    sign_in.open_sign_in(session, one.meeting_id)
    for row in sign_in.desk_rows(session, one.meeting_id).expected:
        sign_in.sign(session, one.meeting_id, row.member_id, typed_name=row.name)
    running_meeting.start(session, one.meeting_id)
    while (item := in_hand(session, one)).kind is not ItemKind.CASES:
        running_meeting.finish_item(session, item.id)
    with session.work.reading() as records:
        (turn,) = records.find(CaseTurn, meeting_id=one.meeting_id)
    case_walk.keep_typing(session, turn.id, note)
    agree_action(session, one.meeting_id, read_line(session, one.meeting_id, action), case_id=one.case_id)
    case_walk.choose_outcome(session, turn.id, Outcome.CONTINUE)
    case_walk.accept(session, turn.id)
    running_meeting.finish_item(session, in_hand(session, one).id)
    return closing.close_meeting(session, one.meeting_id, reason="")


def coming_of(session) -> Meeting:
    """The group's next meeting."""
    found = agenda.next_meeting(session)
    assert found is not None
    return found


def series(session):
    """What the group's own meetings are, and what follows from them."""
    ahead = look_ahead(session)
    with session.work.reading() as records:
        last = last_held(records)
    return agenda.meetings(session), agenda.next_meeting(session), ahead.last_meeting, ahead.coming_meeting, last


def test_called_between_cpgs_with_agencies_and_a_lead_who_must_report_back_by_a_date(session):
    case = a_case(session)
    begun = proposal(session, case.id)
    assert (begun.plan.on, begun.plan.starts) == (date(2026, 11, 23), time(9, 15))
    assert begun.plan.report_by == NOVEMBER
    one = call(session, case.id, a_plan(session, case, why="New threats at the weekend"))
    (row,) = called_for(session, case.id)
    assert (row.meeting.kind, row.meeting.chair_id, row.meeting.ends) == (
        MeetingKind.PROFESSIONALS,
        "dan",
        time(10, 15),
    )
    assert set(row.agencies) == {"Hertfordshire Constabulary", "Watford Borough Council", "Change Grow Live"}
    assert (row.lead, row.standing, row.called.why) == (
        "PS Dan Holt",
        "Called for Mon 23 Nov, 09:15",
        "New threats at the weekend",
    )
    with session.work.reading() as records:
        kinds = [item.kind for item in records.find(AgendaItem, meeting_id=one.meeting_id)]
        (turn,) = records.find(CaseTurn, meeting_id=one.meeting_id)
    assert kinds[0] is ItemKind.CONFIDENTIALITY and ItemKind.CASES in kinds and turn.case_id == case.id


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"ground": None}, CallField.GROUND, "Choose why the meeting is called."),
        ({"lead_id": ""}, CallField.LEAD, "Choose who leads the meeting and reports back."),
        ({"on": None}, CallField.DAY, "Give the date, for example today, or 4 Dec."),
        ({"on": date(2026, 11, 20)}, CallField.DAY, "Fri 20 Nov is in the past. Choose a date from today on."),
        ({"starts": None}, CallField.STARTS, "Give the time it starts, for example 14:30."),
        ({"people": ("dan", "hannah")}, CallField.PEOPLE, "Choose at least one more person to come."),
        ({"report_by": None}, CallField.REPORT_BY, "Give the date by which the lead reports back."),
        (
            {"report_by": date(2026, 11, 22)},
            CallField.REPORT_BY,
            "The report comes after the meeting. Give a later date.",
        ),
    ],
)
def test_what_is_missing_is_asked_at_its_field_and_nothing_is_called(session, change, field, words):
    with pytest.raises(FieldRefused) as refused:
        called(session, **change)
    assert (refused.value.field, refused.value.sentence) == (field, words)
    assert called_for(session, a_case(session).id) == ()


def test_a_case_has_one_called_at_a_time_and_a_closed_one_none(session):
    case = a_case(session)
    called(session)
    with pytest.raises(Refused, match="already called for Mon 23 Nov"):
        call(session, case.id, a_plan(session, case))


def test_called_off_nothing_of_it_is_left_and_undo_brings_it_back(session):
    one = called(session)
    call_off(session, one.id)
    assert called_of(session, one.meeting_id) is None
    with session.work.reading() as records:
        assert not records.find(Meeting, id=one.meeting_id) and not records.find(AgendaItem, meeting_id=one.meeting_id)
    session.work.undo()
    assert called_of(session, one.meeting_id) is not None


def test_once_its_sign_in_was_opened_it_is_not_called_off(session):
    one = called(session)
    sign_in.open_sign_in(session, one.meeting_id)
    with pytest.raises(Refused, match="Close it instead"):
        call_off(session, one.id)


def test_the_months_meetings_go_on_as_if_there_were_none(session):
    before = series(session)
    one = called(session)
    assert series(session) == before
    held(session, one)
    assert series(session) == before


def test_sign_in_with_the_clause_notes_actions_read_back_and_minutes_through_the_same_core(session):
    one = called(session, ground=Ground.DANGER)
    assert sign_in.desk_rows(session, one.meeting_id).body == "Professionals’ meeting"
    assert held(session, one).state is MeetingState.CLOSED
    minutes = draft_minutes(session, one.meeting_id)
    assert {line.name for line in minutes.attendees} == {"PS Dan Holt", "Hannah Price", "Ștefan Ionescu", "Ewa Łukasik"}
    assert all(line.signed_at for line in minutes.attendees)
    (case,) = minutes.cases
    assert (case.note, case.outcome) == ("Locks changed today.", Outcome.CONTINUE)
    assert [line.what for line in minutes.actions] == ["Visit the flat"]
    assert (
        minutes.called_for
        == "A criminal danger to others. The chair reports back to the CPG by Thursday 26 November 2026."
    )
    assert minutes.next_on is None and "next meeting" not in minutes.closing_note


def test_only_the_group_closes_or_defers_a_case(session):
    one = called(session)
    with session.work.reading() as records:
        (turn,) = records.find(CaseTurn, meeting_id=one.meeting_id)
    for outcome in (Outcome.DEFER, Outcome.CLOSE):
        with pytest.raises(Refused, match="Only the CPG closes or defers a case"):
            case_walk.choose_outcome(session, turn.id, outcome)
    refused = {row.outcome for row in case_walk.live_case(session, turn.id).outcomes if row.refused}
    assert refused >= {Outcome.DEFER, Outcome.CLOSE} and Outcome.CONTINUE not in refused


def test_its_actions_are_due_at_the_next_cpg_and_move_with_it(session):
    one = called(session)
    held(session, one)
    with session.work.reading() as records:
        (action,) = records.find(Action, meeting_id=one.meeting_id)
        meeting = records.get(Meeting, one.meeting_id)
    assert (action.due, action_label(action, meeting)) == (NOVEMBER, "2026-11-23/01")
    coming = coming_of(session)
    agenda.change_meeting(session, coming.id, replace(PLAN, on=date(2026, 12, 3)))
    with session.work.reading() as records:
        assert records.get(Action, action.id).due == date(2026, 12, 3)


def test_two_on_one_day_share_their_row_of_numbers(session):
    one = called(session)
    held(session, one)
    two = called(session, ground=Ground.DANGER)
    held(session, two)
    with session.work.reading() as records:
        numbers = [records.find(Action, meeting_id=each.meeting_id)[0].number for each in (one, two)]
    assert numbers == [1, 2]


def test_it_stands_on_the_next_cpg_by_itself_and_what_is_noted_there_is_the_report(session):
    one = called(session)
    held(session, one)
    coming = coming_of(session)
    with session.work.reading() as records:
        items = records.find(AgendaItem, meeting_id=coming.id)
    titles = [item.title for item in items]
    title = "Report back: professionals’ meeting of Mon 23 Nov"
    assert titles.index(title) == titles.index("Open Safety Net cases") - 1
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    item = items[titles.index(title)]
    shown = live_item(session, item.id)
    assert [line.title for line in shown.lines][0] == "PS Dan Holt"
    assert "Visit the flat" in [line.title for line in shown.lines]
    held_november(session, coming, item)
    (row,) = called_for(session, one.case_id)
    assert (row.called.report, row.called.reported_by, row.called.reported_on) == (
        "The locks hold, no more threats.",
        "PS Dan Holt",
        NOVEMBER,
    )


def held_november(session, coming, item):
    """The group's meeting begins, and the item of the report is talked through."""
    session.now.at = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
    sign_in.open_sign_in(session, coming.id)
    for row in sign_in.desk_rows(session, coming.id).expected[:3]:
        sign_in.sign(session, coming.id, row.member_id, typed_name=row.name)
    running_meeting.start(session, coming.id)
    running_meeting.go_to_item(session, item.id)
    running_meeting.keep_item_note(session, item.id, "The locks hold, no more threats.")
    running_meeting.finish_item(session, item.id)


def test_the_report_is_asked_for_until_it_was_given(session):
    one = called(session, report_by=date(2026, 11, 25))
    (need,) = [need for need in look_ahead(session).needs if need.kind is NeedKind.PROFESSIONALS]
    assert need.title == f"Hold the professionals’ meeting about {a_case(session).reference}"
    held(session, one)
    (need,) = [need for need in look_ahead(session).needs if need.kind is NeedKind.PROFESSIONALS]
    assert (need.title, need.when) == (f"PS Dan Holt reports back on {a_case(session).reference}", "in 2 days")
    session.now.at = CALLED + timedelta(days=4)
    (need,) = [need for need in look_ahead(session).needs if need.kind is NeedKind.PROFESSIONALS]
    assert (need.tone, need.when) == ("high", "2 days overdue")
    report_back(session, one.id, "She has moved to safe housing.")
    assert not [need for need in look_ahead(session).needs if need.kind is NeedKind.PROFESSIONALS]
    with pytest.raises(Refused, match="recorded already"):
        report_back(session, one.id, "Again.")


def test_nobody_reports_on_a_meeting_that_was_not_held_nor_without_a_word(session):
    one = called(session)
    with pytest.raises(Refused, match="has not been held yet"):
        report_back(session, one.id, "Done.")
    held(session, one)
    with pytest.raises(FieldRefused, match="in a few words"):
        report_back(session, one.id, "  ")


def test_its_minutes_go_to_those_who_were_asked_and_the_next_working_day(session):
    one = called(session)
    held(session, one)
    assert circulation(session, one.meeting_id).on == date(2026, 11, 24)
    found = circulation_list(session, one.meeting_id)
    names = {row.person.name for row in found.rows} | {row.name for row in found.refused}
    assert names == {"PS Dan Holt", "Hannah Price", "Ștefan Ionescu", "Ewa Łukasik"}


def test_while_one_is_in_session_no_other_meeting_starts(session):
    one = called(session)
    sign_in.open_sign_in(session, one.meeting_id)
    for row in sign_in.desk_rows(session, one.meeting_id).expected:
        sign_in.sign(session, one.meeting_id, row.member_id, typed_name=row.name)
    running_meeting.start(session, one.meeting_id)
    coming = coming_of(session)
    sign_in.open_sign_in(session, coming.id)
    with pytest.raises(Refused, match="The meeting of Mon 23 Nov 2026 is in progress"):
        running_meeting.start(session, coming.id)


def test_the_case_tells_of_it_and_its_day_counts_as_a_review(session):
    one = called(session)
    held(session, one)
    page = case_page(session, one.case_id)
    assert [note.on for note in page.notes][0] == date(2026, 11, 23)


def test_without_a_meeting_planned_the_report_waits_for_its_agenda():
    session = prepared_session(CALLED, planned=False)
    one = called(session)
    held(session, one)
    assert called_for(session, one.case_id)[0].called.item_id == ""
    agenda.plan_meeting(session, PLAN)
    with session.work.reading() as records:
        titles = [item.title for item in records.find(AgendaItem, meeting_id=coming_of(session).id)]
    assert "Report back: professionals’ meeting of Mon 23 Nov" in titles
