"""The agenda items beside the cases show what they need."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.meeting.actions import Action, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import ItemKind, Meeting
from csp_desktop.services.meeting import actions, running_meeting, sign_in
from csp_desktop.services.meeting.running_meeting import meeting_state
from csp_desktop.services.meeting.walk import live_item
from tests.support.fakes import fake_session
from tests.support.walk_meeting import fill


@pytest.fixture
def session():
    made = fake_session()
    fill(made.work)
    return made


def show(session, kind):
    item = next(i for i in meeting_state(session, "november").items if i.kind is kind)
    return live_item(session, item.id)


def change(session, attendance_id, **more):
    with session.work.step("change") as records:
        records.save(replace(records.get(Attendance, attendance_id), **more))


def test_confidentiality_shows_who_signed_when_and_every_override(session):
    change(session, "a-ravi", signed_at=None)
    sign_in.override(session, "november", "His hand is in plaster")
    row = show(session, ItemKind.CONFIDENTIALITY)
    assert row.caption == "3 of 4 signed"
    assert row.lines[0].status == "Override 14:00"
    assert {line.title: line.status for line in row.lines}["Ravi Nair"] == "Not signed"


def test_apologies_say_whether_information_was_sent(session):
    change(
        session,
        "a-ravi",
        arrived_at=None,
        signed_at=None,
        apology=True,
        information_sent=True,
        information_received_on=date(2026, 11, 20),
    )
    change(session, "a-ewa", arrived_at=None, signed_at=None)
    row = show(session, ItemKind.APOLOGIES)
    assert [line.title for line in row.lines] == ["Ravi Nair", "Not here, no apology: 1", "Ewa Łukasik"]
    assert row.lines[0].status == "Information 20 Nov"


def test_matters_arising_lists_what_is_late_and_keeps_it_once_answered(session):
    row = show(session, ItemKind.MATTERS_ARISING)
    assert [a.action.id for a in row.answers] == ["x2", "x1", "x3"]
    actions.answer_action(session, "x1", Answer.DONE, meeting_id="november")
    after = show(session, ItemKind.MATTERS_ARISING)
    assert [a.status for a in after.answers] == ["8 days late", "Done", "2 days late"]


def test_with_no_earlier_meeting_matters_arising_says_so(session):
    with session.work.step("first evening") as records:
        records.remove(records.get(Meeting, "october"))
        for action in actions.action_rows(records, records.find(Action), date(2026, 11, 26)):
            records.remove(action.action)
    row = show(session, ItemKind.MATTERS_ARISING)
    assert row.answers == ()
    assert row.nothing == "There was no earlier meeting, so nothing arises from its minutes."


def test_emerging_issues_stand_by_area_of_work_with_what_is_new(session):
    row = show(session, ItemKind.EMERGING)
    headings = [line.title for line in row.lines if line.heading]
    assert len(headings) == 6
    assert [line.title for line in row.lines if not line.heading] == ["Oak Way: cuckooing, threats to neighbour"]


def test_other_business_goes_round_the_agencies_in_the_room(session):
    row = show(session, ItemKind.OTHER)
    assert row.caption == "4 agencies"
    assert ("New Hope", "Ravi Nair") in [(line.title, line.detail) for line in row.lines]


def test_the_next_date_is_proposed_until_it_is_agreed(session):
    assert (show(session, ItemKind.NEXT_DATE).following, show(session, ItemKind.NEXT_DATE).fixed) == (
        date(2026, 12, 24),
        None,
    )
    running_meeting.fix_next_date(session, "november", date(2026, 12, 17))
    row = show(session, ItemKind.NEXT_DATE)
    assert (row.following, row.fixed) == (date(2026, 12, 17), date(2026, 12, 17))
