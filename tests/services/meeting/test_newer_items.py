"""What the newer agenda items show while they are walked: interests, own performance, boards, and who presents."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import ItemKind
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.meeting import agenda_items
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.meeting.running_meeting import meeting_state
from csp_desktop.services.meeting.walk import live_item
from tests.support.fakes import fake_session
from tests.support.walk_meeting import LAST, fill


@pytest.fixture
def session():
    made = fake_session()
    fill(made.work)
    return made


def show(session, kind):
    item = next(i for i in meeting_state(session, "november").items if i.kind is kind)
    return live_item(session, item.id)


def lines(row):
    return [(line.title, line.detail, line.status, line.tone) for line in row.lines]


def test_interests_are_shown_as_they_were_declared_at_the_sign_in(session):
    row = show(session, ItemKind.INTERESTS)
    assert (row.caption, row.lines) == ("none", ()) and "Ask again" in row.nothing
    with session.work.step("interest", of_held=True) as records:
        records.save(replace(records.get(Attendance, "a-dan"), interests=("SN-2026-000001",)))
    row = show(session, ItemKind.INTERESTS)
    assert row.caption == "1"
    assert lines(row) == [("PS Dan Holt", "Hertfordshire Constabulary", "SN-2026-000001", "medium")]


def test_own_performance_counts_how_actions_were_kept_since_the_last_meeting(session):
    with session.work.step("actions", of_held=True) as records:
        records.save(replace(records.get(Action, "x1"), state=ActionState.DONE, closed_on=date(2026, 11, 20)))
        records.save(replace(records.get(Action, "x2"), state=ActionState.NOT_DONE, closed_on=date(2026, 11, 21)))
        records.save(replace(records.get(Action, "x3"), carried=2))
        old = Action("old", "october", 9, "Long ago", "dan", LAST, date(2026, 9, 24))
        records.save(replace(old, state=ActionState.DONE, closed_on=LAST))
    row = show(session, ItemKind.PERFORMANCE)
    assert [(line.title, line.status, line.tone) for line in row.lines] == [
        ("Actions due since the last meeting", "3", "neutral"),
        ("Actions done since then", "1", "low"),
        ("Closed without being done", "1", "high"),
        ("Open and overdue", "1", "high"),
        ("Carried forward twice or more", "1", "medium"),
    ]
    assert row.caption == "since Thu 29 Oct"


def test_without_earlier_actions_own_performance_says_so(session):
    with session.work.step("none", of_held=True) as records:
        for action in records.find(Action):
            records.remove(action)
    assert show(session, ItemKind.PERFORMANCE).nothing == "No actions were agreed at an earlier meeting."


def test_the_boards_stand_with_how_often_they_meet(session):
    assert lines(show(session, ItemKind.BOARDS)) == [
        ("One Watford", "", "quarterly", "neutral"),
        ("Responsible Authorities Group", "", "annual plan, monthly report", "neutral"),
    ]
    with session.work.step("settings", of_held=True) as records:
        records.save(
            Settings(bodies=(("Community Protection Group", "monthly", "CPG"), ("Weekly review", "weekly", "w")))
        )
    assert "No board is set" in show(session, ItemKind.BOARDS).nothing


def test_a_visitor_s_clause_is_to_be_read_out_until_they_have_signed(session):
    agenda_items.add_item(session, "november", OwnItem("Fires", 10, "Dawn Whitlock", visitor=True, host_id="ravi"))
    row = show(session, ItemKind.OWN)
    assert lines(row) == [("Dawn Whitlock", "visitor, with Ravi Nair", "Clause to be read out", "high")]
    with session.work.step("signed", of_held=True) as records:
        signed = replace(records.get(Attendance, "a-dan"), id="a-dawn", member_id="dawn", name="Dawn Whitlock")
        records.save(signed)
    assert lines(show(session, ItemKind.OWN))[0][2:] == ("Clause read out, signed", "low")


def test_who_presents_without_being_a_visitor_needs_no_clause(session):
    made = agenda_items.add_item(session, "november", OwnItem("Fires", 10, "Ewa Łukasik", host_id="ravi"))
    assert lines(show(session, ItemKind.OWN)) == [("Ewa Łukasik", "with Ravi Nair", "Presented by", "neutral")]
    agenda_items.change_item(session, made.id, OwnItem("Fires"))
    assert show(session, ItemKind.OWN).nothing.startswith("No presenter is named")
