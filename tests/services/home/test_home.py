"""Home: what comes next, the two countdowns, what needs someone, and how the cases stand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from csp_desktop.domain.cases.cases import Snapshot
from csp_desktop.domain.cases.clocks import PromiseKind
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.circulation import Circulated
from csp_desktop.services.file.backups import safety
from csp_desktop.services.home.home import Countdown, Step, look_ahead, waiting
from csp_desktop.services.home.home_needs import NeedKind, people_needs
from csp_desktop.services.meeting import agenda, sign_in, walk_order
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.meeting.year_dates import set_year
from csp_desktop.services.minutes import corrections, review, versions
from csp_desktop.services.minutes.after_meeting import note_lists_sent
from csp_desktop.services.minutes.minutes import note_saved
from tests.support.fakes import FixedClock, fake_session
from tests.support.held_meeting import NOVEMBER as HELD
from tests.support.held_meeting import partnership as held_partnership
from tests.support.prepared_meeting import MORNING, NOVEMBER, OCTOBER, people_session, prepared_session


def at(day: int) -> datetime:
    return datetime(2026, 11, day, 10, 20, tzinfo=UTC)


def test_a_new_partnership_is_told_to_add_its_people_import_its_cases_and_plan():
    ahead = look_ahead(fake_session())
    assert ahead.next_step.kind is Step.PEOPLE
    assert [need.kind for need in ahead.needs] == [
        NeedKind.FIRST_PEOPLE,
        NeedKind.FIRST_CASES,
        NeedKind.FIRST_ACTIONS,
        NeedKind.FIRST_MEETING,
    ]
    assert (ahead.circulate.days, ahead.meeting.days) == (None, None)
    assert ahead.open_cases == ahead.open_actions == 0


def test_with_people_the_cases_come_next():
    ahead = look_ahead(people_session())
    assert ahead.next_step.kind is Step.IMPORT
    assert [(need.title, need.detail, need.when, need.tone) for need in ahead.needs][:3] == [
        ("Import the Safety Net cases", "CSV or XLSX, as exported", "1 of 3", "accent"),
        ("Import the open actions", "From Word or Excel, if you keep a list", "2 of 3", "accent"),
        ("Plan the first meeting", "The agenda and the case order are created for you", "3 of 3", "accent"),
    ]


def test_with_cases_the_meeting_is_planned_next():
    assert look_ahead(prepared_session(planned=False)).next_step.title == "Plan the next meeting"


def test_minutes_are_circulated_one_week_before_each_meeting():
    ahead = look_ahead(prepared_session(at(23)))
    assert ahead.circulate_on == date(2026, 11, 19)
    assert (ahead.circulate.days, ahead.circulate.by) == (-4, "by Thu 19 Nov")


def test_before_the_deadline_the_minutes_to_circulate_need_someone():
    ahead = look_ahead(replace(prepared_session(at(23)), now=FixedClock(at(16))))
    assert (ahead.circulate.days, ahead.circulate.status) == (3, "Due this week")
    need = next(n for n in ahead.needs if n.kind in (NeedKind.SAVE_MINUTES, NeedKind.SEND_MINUTES))
    assert (need.title, need.detail, need.when) == (
        "Save the draft minutes of Thu 29 Oct",
        "As a PDF, and circulate them by Thu 19 Nov",
        "in 3 days",
    )


def test_once_the_draft_was_saved_the_minutes_are_to_be_sent_out():
    session = replace(prepared_session(at(23)), now=FixedClock(at(16)))
    with session.work.reading() as records:
        october = next(m for m in records.find(Meeting) if m.on == OCTOBER)
    note_saved(session, october.id, Path("/stick/CPG minutes.pdf"))
    ahead = look_ahead(session)
    need = next(n for n in ahead.needs if n.kind in (NeedKind.SAVE_MINUTES, NeedKind.SEND_MINUTES))
    assert (need.title, need.detail) == (
        "Circulate the minutes of Thu 29 Oct by Thu 19 Nov",
        "The draft was saved Mon 16 Nov, 10:20",
    )
    assert "Draft saved Mon 16 Nov, 10:20." in ahead.circulate.note
    assert safety(session).history == ()  # a paper is no copy of the file


def closed_session():
    session = replace(held_partnership(8), now=FixedClock(at(26)))
    close_meeting(session, HELD, next_on=date(2026, 12, 17), reason="time")
    return session


def step_now(session):
    step = look_ahead(session).next_step
    return step.title, *step.chips


def circulated(session, version=1):
    with session.work.step("circulated", undoable=False) as records:
        records.save(Circulated("c", HELD, version, session.now()))


def test_after_a_meeting_the_next_step_is_what_its_minutes_wait_for_then_its_lists_then_the_next_meeting():
    session = closed_session()
    by = "Circulate by Thu 10 Dec"
    assert step_now(session) == ("Check the minutes of Thu 26 Nov", by)
    versions.check(session, HELD)
    assert step_now(session) == ("Approve the minutes of Thu 26 Nov", by, "Checked by Hana Price")
    session.now.advance(minutes=5)
    review.send_back(session, HELD, "The patrol is weekly.")
    assert step_now(session) == ("Correct the minutes of Thu 26 Nov", by, "Sent back by Hana Price")
    session.now.advance(minutes=5)
    versions.check(session, HELD)
    versions.approve(session, HELD)
    assert step_now(session) == ("Circulate the minutes of Thu 26 Nov", by)
    assert look_ahead(session).next_step.kind is Step.CIRCULATE
    circulated(session)
    assert step_now(session)[0] == "Send the action lists of Thu 26 Nov"
    note_lists_sent(session, HELD)
    assert step_now(session) == ("Plan the next meeting", "Thu 17 Dec is agreed")


def test_what_is_late_is_red_as_the_next_step_too():
    session = replace(closed_session(), now=FixedClock(datetime(2026, 12, 12, 9, tzinfo=UTC)))
    step = look_ahead(session).next_step
    assert (step.title, step.chips[0], step.is_late) == ("Check the minutes of Thu 26 Nov", "2 days overdue", True)
    assert not look_ahead(closed_session()).next_step.is_late


def test_what_was_put_right_after_the_approval_is_checked_again():
    session = closed_session()
    versions.check(session, HELD)
    versions.approve(session, HELD)
    circulated(session)
    note = next(one for one in corrections.correctable(session, HELD) if one.fact.field == "note")
    corrections.correct(session, HELD, note.part_id, "note", "Otherwise", reason="misheard")
    assert step_now(session)[0] == "Check the minutes of Thu 26 Nov"


def test_a_meeting_whose_day_passed_is_entered_before_anything_else():
    session = replace(prepared_session(), now=FixedClock(datetime(2026, 11, 28, 9, tzinfo=UTC)))
    step = look_ahead(session).next_step
    assert (step.title, step.kind, step.is_late) == ("Enter the meeting of Thu 26 Nov", Step.PAPER, True)
    assert step.chips == ("The date has passed", "Held on paper, or moved")


def minutes_needed(session):
    about = (NeedKind.CHECK_MINUTES, NeedKind.APPROVE_MINUTES, NeedKind.CONFIRM_MINUTES, NeedKind.SEND_MINUTES)
    return [(need.title, need.detail, need.when, need.tone) for need in look_ahead(session).needs if need.kind in about]


def test_what_the_record_of_the_last_meeting_waits_for_stands_on_home():
    session = closed_session()
    checked = ("Check the minutes of Thu 26 Nov", "Due by Thu 10 Dec", "in 14 days", "accent")
    assert minutes_needed(session) == [checked]
    versions.check(session, HELD)
    (approve,) = minutes_needed(session)
    assert approve[:2] == ("Approve the minutes of Thu 26 Nov", "Checked by Hana Price. Due by Thu 10 Dec")
    versions.approve(session, HELD)
    (send,) = minutes_needed(session)
    assert send[:2] == ("Circulate the minutes of Thu 26 Nov by Thu 10 Dec", "Version 1 is approved")


def test_minutes_not_approved_in_time_are_first_and_red_until_they_are():
    session = replace(closed_session(), now=FixedClock(datetime(2026, 12, 12, 9, tzinfo=UTC)))
    versions.check(session, HELD)
    ahead = look_ahead(session)
    first = ahead.needs[0]
    assert (first.title, first.when, first.tone) == ("Approve the minutes of Thu 26 Nov", "2 days overdue", "high")
    assert (ahead.circulate.status, ahead.circulate.tone) == ("Overdue", "high")
    versions.approve(session, HELD)
    (send,) = minutes_needed(session)
    assert send[2:] == ("2 days overdue", "high") and look_ahead(session).needs[0].kind is NeedKind.SEND_MINUTES
    with session.work.step("circulated", undoable=False) as records:
        records.save(Circulated("c", HELD, 1, session.now()))
    assert minutes_needed(session) == []
    circulate = look_ahead(session).circulate
    assert (circulate.status, circulate.tone) == ("Circulated 2 days late", "high")


def test_with_the_dates_of_the_year_set_the_minutes_still_come_first():
    session = closed_session()
    set_year(session)
    assert look_ahead(session).next_step.kind is Step.MINUTES
    versions.check(session, HELD)
    versions.approve(session, HELD)
    circulated(session)
    note_lists_sent(session, HELD)
    assert look_ahead(session).next_step.kind is Step.IMPORT


def test_a_day_agreed_and_not_yet_planned_is_counted_down_to():
    session = closed_session()
    ahead = look_ahead(session)
    assert (ahead.meeting.days, ahead.meeting.by, ahead.meeting.status) == (21, "Thu 17 Dec", "Agreed, not yet planned")
    assert ahead.next_on == waiting(session).next_on == date(2026, 12, 17)
    assert look_ahead(replace(session, now=FixedClock(datetime(2026, 12, 18, 9, tzinfo=UTC)))).meeting.days is None


def test_once_the_deadline_has_passed_nothing_is_claimed_about_minutes_nobody_recorded():
    ahead = look_ahead(prepared_session())
    assert not [n for n in ahead.needs if n.kind in (NeedKind.SAVE_MINUTES, NeedKind.SEND_MINUTES)]
    assert ahead.circulate.status == "Date has passed"


def test_the_next_meeting_is_counted_down_to():
    ahead = look_ahead(prepared_session())
    assert (ahead.meeting.days, ahead.meeting.by) == (2, "Thu 26 Nov, 14:00")
    assert ahead.last_meeting and ahead.last_meeting.on == OCTOBER
    assert ahead.coming_meeting and ahead.coming_meeting.on == NOVEMBER


def test_the_next_step_goes_from_room_titles_to_sign_in_to_the_meeting():
    clock = FixedClock(MORNING)
    session = replace(prepared_session(), now=clock)
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    assert look_ahead(session).next_step.chips == ("46 room titles to confirm",)
    walk_order.confirm_all_room_titles(session, meeting.id)
    ahead = look_ahead(session)
    assert ahead.prepared and ahead.next_step.kind is Step.PREPARE
    clock.at = at(26)
    assert look_ahead(session).next_step.kind is Step.SIGN_IN
    sign_in.open_sign_in(session, meeting.id)
    assert look_ahead(session).next_step.title == "Continue signing in, Thu 26 Nov"
    with session.work.step("start") as records:
        now = records.get(Meeting, meeting.id)
        records.save(replace(now, state=MeetingState.IN_SESSION, started_at=session.now()))
    assert look_ahead(session).next_step.kind is Step.MEET


@pytest.mark.parametrize(
    ("day", "state", "said"),
    [
        (23, MeetingState.PLANNED, (3, "On time", "low")),
        (26, MeetingState.PLANNED, (0, "Today", "medium")),
        (27, MeetingState.PLANNED, (-1, "Date has passed", "high")),
        (26, MeetingState.IN_SESSION, (0, "In progress", "accent")),
    ],
)
def test_the_next_meeting_says_how_it_stands(day: int, state: MeetingState, said: tuple[int, str, str]):
    session = replace(prepared_session(at(23)), now=FixedClock(at(day)))
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    with session.work.step("start") as records:
        records.save(replace(meeting, state=state))
    shown = look_ahead(session).meeting
    assert (shown.title, shown.days, shown.status, shown.tone) == ("Next CPG", *said)
    assert shown.note == "14:00 to 16:00. Town Hall, Committee Room 2."


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (11, (8, "On time", "low")),
        (12, (7, "Due this week", "medium")),
        (19, (0, "Due this week", "medium")),
        (20, (-1, "Date has passed", "neutral")),
    ],
)
def test_the_minutes_say_how_long_they_have(day: int, said: tuple[int, str, str]):
    shown = look_ahead(replace(prepared_session(at(23)), now=FixedClock(at(day)))).circulate
    assert (shown.title, shown.days, shown.status, shown.tone) == ("Circulate minutes", *said)
    assert shown.note == "Minutes of Thu 29 Oct."


def test_without_a_date_the_next_meeting_and_its_minutes_say_so():
    ahead = look_ahead(fake_session())
    assert ahead.meeting == Countdown(
        "Next CPG",
        "no date fixed",
        None,
        "Not planned",
        "medium",
        "Plan it to set the deadline for the minutes.",
    )
    assert (ahead.circulate.by, ahead.circulate.status) == ("no meeting held yet", "Nothing due")


def test_an_export_of_the_day_of_the_last_meeting_was_that_meetings():
    session = prepared_session(at(23))
    with session.work.step("older") as records:
        for snapshot in records.find(Snapshot, as_of=date(2026, 11, 23)):
            records.save(replace(snapshot, as_of=OCTOBER))
    step = look_ahead(session).next_step
    assert (step.kind, step.title, step.chips) == (
        Step.IMPORT,
        "Import the Safety Net cases",
        ("Before Thu 26 Nov",),
    )


def test_of_a_marked_action_home_says_only_that_there_is_one():
    session = prepared_session()
    with session.work.step("marks", of_held=True) as records:
        for action in records.find(Action):
            records.save(replace(action, what=f"[police only] Quill {action.what}"))
    detail = next(need.detail for need in look_ahead(session).needs if need.kind is NeedKind.LATE_ACTIONS)
    assert "Quill" not in detail and detail.startswith("Oldest: Marked text, not shown here, due ")


def test_late_actions_are_counted_by_officer():
    ahead = look_ahead(prepared_session())
    assert (ahead.open_actions, ahead.late_actions) == (5, 4)
    assert [(o.name, o.late, o.oldest_days) for o in ahead.late_officers][0] == ("PS Dan Holt", 2, 20)
    assert ahead.needs[0].title == "4 actions overdue, with 3 officers"


def test_every_open_case_is_either_broken_due_or_on_track():
    ahead = look_ahead(prepared_session())
    assert len(ahead.broken) + len(ahead.due) + ahead.kept == ahead.open_cases == 46
    groups = [n for n in ahead.needs if isinstance(n.kind, PromiseKind)]
    assert groups and all(n.tone == "high" for n in groups)


def test_a_standing_member_without_a_current_protocol_is_listed_until_signed():
    need = next(n for n in look_ahead(prepared_session()).needs if n.kind is NeedKind.PROTOCOL)
    assert (need.title, need.detail, need.when, need.tone) == (
        "1 standing member without a current protocol",
        "Nimmi Raghunathan-Pillai: the clause is read out to them",
        "until signed",
        "medium",
    )


@pytest.mark.parametrize(("names", "who"), [("A B", "A, B"), ("A B C", "A, B, C"), ("A B C D", "A, B, C and 1 more")])
def test_of_many_without_a_protocol_three_are_named_and_all_are_counted(names: str, who: str):
    (need,) = people_needs(names.split())
    assert need.title == f"{len(names.split())} standing members without a current protocol"
    assert need.detail == f"{who}: the clause is read out to them"


@pytest.mark.parametrize("make", [people_session, prepared_session])
def test_the_left_column_s_numbers_are_those_of_home(make):
    session = make(MORNING)
    ahead, rail = look_ahead(session), waiting(session)
    assert (rail.open_cases, rail.late_actions, rail.people) == (ahead.open_cases, ahead.late_actions, ahead.people)
    assert rail.next_on == ahead.next_on
