"""Emerging issues come back every month until somebody closes them; they become a case or an action in a few keys."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.cases.cases import Case, SubjectType
from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueField, IssueNote, IssueState, times_words
from csp_desktop.domain.meeting.meeting import ItemKind, Meeting, MeetingState
from csp_desktop.services.meeting import agenda, issues
from csp_desktop.services.meeting.issue_talks import discuss, end_talks, keep_talk, not_discussed, talks
from tests.support.prepared_meeting import NOVEMBER, prepared_session

TODAY = date(2026, 11, 24)


@pytest.fixture
def session():
    return prepared_session()


@pytest.fixture
def meeting(session):
    return agenda.next_meeting(session)


@pytest.fixture
def mopeds(session):
    made = issues.new_issue(session, "Mopeds in Radlett Road park")
    return issues.change_issue(session, made.id, place="Radlett Road park", ward="Central", owner_id="aisha")


def row(session, issue):
    found = issues.issues(session)
    return next(r for r in (*found.open, *found.closed) if r.issue.id == issue.id)


def shown(session, meeting):
    with session.work.reading() as records:
        return talks(session, records, records.get(Meeting, meeting.id))


def test_a_new_issue_is_raised_by_whoever_is_signed_in_and_seen_today(session):
    made = issues.new_issue(session)
    assert (made.raised_by, made.first_seen, made.state) == ("Hannah Price", TODAY, IssueState.OPEN)
    assert row(session, made).on_agenda and row(session, made).fresh


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"title": "  "}, IssueField.TITLE, "Say in a few words what the issue is"),
        ({"area": "Parking"}, IssueField.AREA, "Choose the area of work"),
        ({"first_seen": date(2026, 11, 25)}, IssueField.FIRST_SEEN, "date first seen cannot be in the future"),
        ({"place": "Park\u200b"}, IssueField.PLACE, "zero-width"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(session, mopeds, change, field, words):
    with pytest.raises(FieldRefused, match=words) as refusal:
        issues.change_issue(session, mopeds.id, **change)
    assert refusal.value.field == field


def test_an_area_the_settings_lost_stays_with_the_issues_that_have_it(session, mopeds):
    with session.work.step("older", undoable=False) as records:
        records.save(replace(records.get(EmergingIssue, mopeds.id), area="Challenge"))
    assert issues.change_issue(session, mopeds.id, words="Two riders").area == "Challenge"


def test_it_comes_back_every_month_until_a_person_closes_it(session, meeting, mopeds):
    discuss(session, meeting.id, mopeds.id, "Letters to 40 homes.")
    with session.work.step("closed", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    december = agenda.plan_meeting(session, agenda.propose_plan(session))
    assert [talk.issue.id for talk in shown(session, december)] == [mopeds.id]
    issues.close_issue(session, mopeds.id, " Gate is  built ")
    assert shown(session, december) == ()
    closed = row(session, mopeds).issue
    assert (closed.closed_reason, closed.closed_by, closed.closed_on) == ("Gate is built", "Hannah Price", TODAY)
    issues.reopen_issue(session, mopeds.id)
    assert [talk.issue.id for talk in shown(session, december)] == [mopeds.id]


def test_it_is_never_closed_without_a_reason_nor_twice(session, mopeds):
    with pytest.raises(FieldRefused, match="Say why it is closed"):
        issues.close_issue(session, mopeds.id, "  ")
    issues.close_issue(session, mopeds.id, "Quiet")
    with pytest.raises(Refused, match="already closed"):
        issues.close_issue(session, mopeds.id, "Quiet")


def test_it_is_left_out_once_and_on_the_agenda_after_that(session, meeting, mopeds):
    assert issues.leave_out(session, mopeds.id) is True
    assert shown(session, meeting) == () and not row(session, mopeds).on_agenda
    assert issues.leave_out(session, mopeds.id) is False
    assert len(shown(session, meeting)) == 1
    issues.leave_out(session, mopeds.id)
    with session.work.step("closed", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    december = agenda.plan_meeting(session, agenda.propose_plan(session))
    assert len(shown(session, december)) == 1


def test_a_closed_issue_or_one_without_a_meeting_cannot_be_left_out(session, meeting, mopeds):
    issues.close_issue(session, mopeds.id, "Quiet")
    with pytest.raises(Refused, match="Reopen it first"):
        issues.leave_out(session, mopeds.id)
    with session.work.step("held", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    issues.reopen_issue(session, mopeds.id)
    with pytest.raises(Refused, match="No meeting is planned"):
        issues.leave_out(session, mopeds.id)


def test_it_becomes_a_case_with_what_it_says_and_stays_until_it_is_closed(session, mopeds):
    case = issues.make_case(session, mopeds.id, "lc", SubjectType.LOCATION)
    assert (case.summary, case.location, case.ward, case.initials) == (
        "Mopeds in Radlett Road park",
        "Radlett Road park",
        "Central",
        "LC",
    )
    assert row(session, mopeds).case_words == "awaiting its reference, LC"
    assert row(session, mopeds).issue.state is IssueState.OPEN
    with pytest.raises(Refused, match="already become a case"):
        issues.make_case(session, mopeds.id, "LC", SubjectType.LOCATION)
    session.work.undo()
    with session.work.reading() as records:
        assert records.find(Case, id=case.id) == [] and row(session, mopeds).case_words == ""


def test_it_becomes_an_action_of_the_next_meeting_s_emerging_issues(session, meeting, mopeds):
    action = issues.make_action(session, mopeds.id, "Cost the gate", "aisha", None)
    items = {r.item.id: r.item.kind for r in agenda.preparation(session, meeting.id).items}
    assert (action.meeting_id, action.due, action.agreed_on) == (meeting.id, NOVEMBER, TODAY)
    assert items[action.item_id] is ItemKind.EMERGING
    step = row(session, mopeds).step
    assert step is not None and (step.words, step.by, step.action) == ("Cost the gate", NOVEMBER, True)
    with session.work.step("done") as records:
        records.save(replace(records.get(Action, action.id), state=ActionState.DONE))
    assert row(session, mopeds).step is None


@pytest.mark.parametrize(
    ("what", "who", "due", "words"),
    [
        ("", "aisha", None, "Say what will be done"),
        ("Cost the gate", "", None, "Choose the officer"),
        ("Cost the gate", "aisha", date(2026, 11, 23), "That date is in the past"),
    ],
)
def test_an_action_needs_words_an_officer_and_a_day_to_come(session, mopeds, what, who, due, words):
    with pytest.raises(FieldRefused, match=words):
        issues.make_action(session, mopeds.id, what, who, due)


def test_without_a_meeting_planned_there_is_no_action(session, meeting, mopeds):
    with session.work.step("held", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    with pytest.raises(Refused, match="Plan the next meeting first"):
        issues.make_action(session, mopeds.id, "Cost the gate", "aisha", None)


def test_a_next_step_that_was_written_shows_how_late_it_is(session, mopeds):
    issues.change_issue(session, mopeds.id, next_step="Count with the rangers", next_by=date(2026, 11, 20))
    step = row(session, mopeds).step
    assert step is not None and (step.words, step.late, step.action) == ("Count with the rangers", 4, False)


def test_times_are_counted_at_the_table_only(session, meeting, mopeds):
    issues.note_between(session, mopeds.id, "9 calls in 7 days, up from 4.")
    assert row(session, mopeds).times == 0
    for number in range(3):
        with session.work.step("earlier", undoable=False) as records:
            records.save(IssueNote(f"n{number}", mopeds.id, f"m{number}", date(2026, 8 + number, 20), "Heard", "x"))
    found = row(session, mopeds)
    assert (found.times, found.often) == (3, True)
    assert [said.on for said in found.said] == [TODAY, date(2026, 10, 20), date(2026, 9, 20), date(2026, 8, 20)]
    assert [times_words(n) for n in range(4)] == ["Not yet", "Once", "Twice", "3 times"]


def test_an_overdue_next_step_stands_first_however_often_another_was_discussed(session, mopeds):
    late = issues.new_issue(session, "Gate at the north path")
    issues.change_issue(session, late.id, next_step="Mend it", next_by=date(2026, 11, 20))
    issues.note_between(session, mopeds.id, "Seen again")
    assert [(r.issue.id, r.days_overdue) for r in issues.issues(session).open][:1] == [(late.id, 4)]


def test_the_most_discussed_stand_first_then_the_oldest(session, mopeds):
    older = issues.new_issue(session, "Knives sold in a shop")
    issues.change_issue(session, older.id, first_seen=date(2026, 9, 1))
    assert [r.issue.title for r in issues.issues(session).open] == ["Knives sold in a shop", mopeds.title]
    with session.work.step("earlier", undoable=False) as records:
        records.save(IssueNote("n", mopeds.id, "m", date(2026, 10, 20), "Heard", "x"))
    assert [r.issue.title for r in issues.issues(session).open] == [mopeds.title, "Knives sold in a shop"]


def test_only_one_nothing_came_of_can_be_taken_off(session, mopeds):
    issues.note_between(session, mopeds.id, "Seen")
    with pytest.raises(Refused, match="Close it with a reason"):
        issues.remove_issue(session, mopeds.id)
    mistake = issues.new_issue(session)
    issues.remove_issue(session, mistake.id)
    assert [r.issue.id for r in issues.issues(session).open] == [mopeds.id]


def test_what_is_typed_of_an_issue_is_kept_and_becomes_the_record_when_the_meeting_goes_on(session, meeting, mopeds):
    keep_talk(session, meeting.id, mopeds.id, "Gate at the north path.")
    (talk,) = shown(session, meeting)
    assert (talk.note, talk.discussed) == ("Gate at the north path.", False)
    end_talks(session)
    (talk,) = shown(session, meeting)
    assert (talk.note, talk.discussed, session.work.drafts()) == ("Gate at the north path.", True, [])


def test_an_issue_can_be_discussed_without_a_word_and_taken_back(session, meeting, mopeds):
    discuss(session, meeting.id, mopeds.id)
    assert shown(session, meeting)[0].discussed
    not_discussed(session, meeting.id, mopeds.id)
    assert not shown(session, meeting)[0].discussed


def test_an_emptied_note_that_was_only_typed_leaves_nothing(session, meeting, mopeds):
    keep_talk(session, meeting.id, mopeds.id, "  ")
    end_talks(session)
    assert not shown(session, meeting)[0].discussed and session.work.drafts() == []


def test_one_closed_after_it_was_talked_about_still_shows_at_that_meeting(session, meeting, mopeds):
    discuss(session, meeting.id, mopeds.id, "Gate is built.")
    issues.close_issue(session, mopeds.id, "Gate is built")
    assert [talk.note for talk in shown(session, meeting)] == ["Gate is built."]


def test_what_was_said_at_a_meeting_held_stays(session, meeting, mopeds):
    discuss(session, meeting.id, mopeds.id, "Letters.")
    with session.work.step("held", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    for work in (
        lambda: discuss(session, meeting.id, mopeds.id, "Other"),
        lambda: not_discussed(session, meeting.id, mopeds.id),
    ):
        with pytest.raises(Refused, match="This meeting is closed"):
            work()


def test_only_who_records_the_meeting_keeps_issues(session, meeting, mopeds):
    reader = replace(session, roles=frozenset({Role.ADMINISTRATOR}))
    for work in (
        lambda: issues.new_issue(reader),
        lambda: issues.change_issue(reader, mopeds.id, title="x"),
        lambda: issues.close_issue(reader, mopeds.id, "x"),
        lambda: issues.reopen_issue(reader, mopeds.id),
        lambda: issues.leave_out(reader, mopeds.id),
        lambda: issues.make_case(reader, mopeds.id, "LC", SubjectType.LOCATION),
        lambda: issues.make_action(reader, mopeds.id, "x", "aisha", None),
        lambda: issues.note_between(reader, mopeds.id, "x"),
        lambda: issues.remove_issue(reader, mopeds.id),
        lambda: keep_talk(reader, meeting.id, mopeds.id, "x"),
        lambda: discuss(reader, meeting.id, mopeds.id),
        lambda: not_discussed(reader, meeting.id, mopeds.id),
    ):
        with pytest.raises(NotAllowed):
            work()
