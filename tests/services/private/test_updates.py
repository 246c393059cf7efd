"""Officers are asked before a private session: by reference and initials, and nothing of whom they may not hear of."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionState, Answer
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.update_requests import UpdateRequest
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting import update_requests as service
from csp_desktop.services.private import agenda
from csp_desktop.services.private.home import look_ahead
from csp_desktop.services.private.minutes import draft_private_minutes
from tests.support.fakes import NO_PAPERS
from tests.support.private_minutes import EWA, NAMES, NEXT, SARA, held
from tests.support.private_session import member_named, private_session


@pytest.fixture
def session() -> Any:
    """The session of November was held; the next one is planned, and is a week ahead."""
    made = replace(private_session(), papers=replace(NO_PAPERS, mail_draft=mail_draft))
    held(made)
    planned = agenda.plan(made, NEXT, *agenda.FIRST)
    assert planned.state is MeetingState.PLANNED
    days = timedelta(days=(NEXT - made.today).days - 6)
    return replace(made, now=lambda: made.now() + days)


def row_of(session: Any, name: str) -> Any:
    return next(row for row in service.updates(session).officers if row.officer.name == name)


def test_officers_with_open_actions_are_listed_and_home_says_whom_to_ask(session: Any) -> None:
    found = service.updates(session)
    assert {SARA, EWA} == {row.officer.name for row in found.officers} and found.meeting is not None
    assert NeedKind.UPDATES in {need.kind for need in look_ahead(session).needs}


def test_a_request_names_nobody(session: Any) -> None:
    words = service.request(session, member_named(session, SARA).id)
    assert "Find K.B. a kennel space" in words and "RS-001" in words
    assert not any(name in words for name in NAMES)


def test_nothing_is_asked_in_writing_about_somebody_the_officer_may_not_be_told_about(session: Any) -> None:
    ewa = row_of(session, EWA)
    assert {row.action.what for row in ewa.rows} == {"Ask the shelter", "Help her move"}
    words = service.request(session, ewa.officer.id)
    assert "Help her move" in words and "Ask the shelter" not in words and "RS-001" not in words


def test_an_officer_who_may_be_told_of_none_of_them_is_asked_in_person(session: Any) -> None:
    ewa = row_of(session, EWA)
    with session.work.step("only the other one is left") as records:
        (move,) = [row.action for row in ewa.rows if row.action.what == "Help her move"]
        records.save(replace(records.get(Action, move.id), state=ActionState.DONE))
    with pytest.raises(Refused, match="Ask them in person"):
        service.request(session, ewa.officer.id)


def test_no_running_number_tells_that_there_are_others(session: Any) -> None:
    row = row_of(session, SARA)
    assert all(label.startswith("Action ") and len(label) == 13 for label in row.labels)
    assert "2026-11/" not in service.request(session, row.officer.id)
    assert row_of(session, SARA).labels == row.labels


def test_a_pasted_reply_is_entered_and_never_alters_the_minutes(session: Any) -> None:
    with session.work.reading() as records:
        (meeting,) = records.find(Meeting, state=MeetingState.CLOSED)
    before = draft_private_minutes(session, meeting.id)
    row = row_of(session, SARA)
    assert service.take_over(session, row.officer.id, f"{row.labels[0]}\nAnswer: done\n") == 1
    with session.work.reading() as records:
        assert records.get(Action, row.rows[0].action.id).state is ActionState.DONE
    assert draft_private_minutes(session, meeting.id) == before
    assert row_of(session, SARA).rows[-1].answer is Answer.DONE


def test_who_was_asked_is_noted_for_the_coming_session(session: Any) -> None:
    officer = row_of(session, SARA).officer.id
    assert service.note_asked(session, [officer]) == 1
    with session.work.reading() as records:
        (asked,) = records.find(UpdateRequest)
    assert asked.officer_id == officer and row_of(session, SARA).times_asked == 1


def test_a_mail_draft_has_a_neutral_subject(session: Any) -> None:
    sara = member_named(session, SARA)
    with session.work.step("an address") as records:
        records.save(replace(sara, mail="sara.lyle@example.org"))
    name, draft = service.request_mail(session, sara.id)
    assert name == f"updates-{NEXT.isoformat()}-SL.eml" or name.startswith("updates-")
    assert not any(word in draft.lower() for word in (b"rough", b"private", b"new hope"))
    assert date.fromisoformat(name.removeprefix("updates-")[:10]) == NEXT


def test_only_those_who_lead_read_and_enter_them_and_nobody_while_a_session_runs(session: Any) -> None:
    other = replace(session, roles=frozenset({Role.CHAIR}))
    officer = row_of(session, SARA).officer.id
    with pytest.raises(NotAllowed):
        service.updates(other)
    with session.work.step("it runs") as records:
        (coming,) = records.find(Meeting, state=MeetingState.PLANNED)
        records.save(replace(coming, state=MeetingState.IN_SESSION))
    for ask in (
        lambda: service.updates(session),
        lambda: service.request(session, officer),
        lambda: service.note_asked(session, [officer]),
        lambda: service.take_over(session, officer, "done"),
    ):
        with pytest.raises(Refused, match="private session is in progress"):
            ask()
