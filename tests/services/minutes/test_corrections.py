"""Putting the record right after the meeting, and what becomes of its state by it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.actions import Action, Answer
from csp_desktop.domain.meeting.confidentiality import Capacity, Remote
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.correctable import OFFICER, Place
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.record import ApologyLine, AttendeeLine, OwnerLine
from csp_desktop.domain.people.agencies import IspStatus
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.corrections import (
    CorrectionField,
    add_apology,
    add_attendee,
    correct,
    correctable,
    corrections,
    remove_part,
    take_back,
)
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.private.minutes import draft_private_minutes
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.private_minutes import EWA, held
from tests.support.private_session import member_named, private_session


@pytest.fixture
def session() -> Any:
    made = partnership(8)
    close_meeting(made, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    return made


def place(session: Any, field: str, called: str = "", meeting_id: str = NOVEMBER) -> Place:
    found = (one for one in correctable(session, meeting_id) if one.fact.field == field and called in one.called)
    return next(found)


def text(session: Any) -> str:
    return as_text(draft_minutes(session, NOVEMBER))


def test_a_section_s_words_are_put_right_and_the_paper_says_them(session: Any) -> None:
    note = place(session, "note", "SN-")
    made = correct(session, NOVEMBER, note.part_id, "note", "Both households were visited.")
    assert made is not None
    assert (made.what, made.by) == (f"{note.called}: discussion", session.user_name)
    assert "Both households were visited." in text(session)


def test_typing_on_in_the_same_place_is_one_line_and_typing_it_back_is_none(session: Any) -> None:
    note = place(session, "note", "SN-")
    for words in ("Both", "Both households", "Both households were visited."):
        correct(session, NOVEMBER, note.part_id, "note", words)
    assert [one.after for one in corrections(session, NOVEMBER)] == ['"Both households were visited."']
    assert correct(session, NOVEMBER, note.part_id, "note", note.value) is None
    assert corrections(session, NOVEMBER) == ()


def test_a_decision_that_was_read_back_is_only_changed_as_recorded_wrongly_with_a_reason(session: Any) -> None:
    accepted = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "outcome" and one.is_accepted)
    with pytest.raises(FieldRefused) as refusal:
        correct(session, NOVEMBER, accepted.part_id, "outcome", Outcome.DEFER)
    assert refusal.value.field is CorrectionField.REASON
    made = correct(session, NOVEMBER, accepted.part_id, "outcome", Outcome.DEFER, reason="the chair said defer")
    assert made is not None and made.wrongly_recorded


def test_a_decision_nobody_read_back_needs_no_reason(session: Any) -> None:
    free = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "reason" and not one.is_accepted)
    made = correct(session, NOVEMBER, free.part_id, "reason", "the landlord acts first")
    assert made is not None and not made.wrongly_recorded


def test_an_action_put_right_is_right_under_its_item_with_its_officer_and_for_the_officer(session: Any) -> None:
    what = place(session, "what", "2026-11/")
    correct(session, NOVEMBER, what.part_id, "what", "Call both households")
    correct(session, NOVEMBER, what.part_id, "due", date(2026, 12, 10))
    correct(session, NOVEMBER, what.part_id, OFFICER, ["Tom Ellis", "Hertfordshire Fire and Rescue", "tom"])
    with session.work.reading() as records:
        action = records.get(Action, what.part_id)
    assert (action.what, action.due, action.officer_id) == ("Call both households", date(2026, 12, 10), "tom")
    lines = [line for line in draft_minutes(session, NOVEMBER).actions if line.id == what.part_id]
    assert [(line.what, line.officer) for line in lines] == [("Call both households", "Tom Ellis")]


def test_an_officer_s_own_update_is_left_alone_by_a_correction_of_the_minutes(session: Any) -> None:
    due = place(session, "due", "2026-11/")
    answer_action(session, due.part_id, Answer.CARRY_ON, due=date(2027, 1, 21))
    correct(session, NOVEMBER, due.part_id, "due", date(2026, 12, 10))
    with session.work.reading() as records:
        assert records.get(Action, due.part_id).due == date(2027, 1, 21)


def test_somebody_missed_stands_among_those_present_unsigned_and_no_longer_among_the_absent(session: Any) -> None:
    at = datetime(2026, 11, 26, 14, 5, tzinfo=UTC)
    line = AttendeeLine(
        "Seán Ó Briain", "Probation Service", Capacity.MEMBER, at, None, None, "", IspStatus.NONE, "", 0, "", None
    )
    add_attendee(session, NOVEMBER, line)
    paper = draft_minutes(session, NOVEMBER)
    assert "Seán Ó Briain" in [one.name for one in paper.attendees] and paper.absent == ()


def test_how_somebody_took_part_and_for_whom_they_came_is_put_right(session: Any) -> None:
    dan = place(session, "remote", "PS Dan Holt")
    correct(session, NOVEMBER, dan.part_id, "remote", Remote.TEAMS)
    correct(session, NOVEMBER, dan.part_id, "here_for", "Tom Ellis")
    assert "Role: member, for Tom Ellis, remote (Teams)" in text(session)
    assert "Not in the room: PS Dan Holt (Teams, not asked whether they were alone)." in text(session)


def test_who_does_an_action_with_its_officer_is_put_right_for_them_too(session: Any) -> None:
    beside = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "beside" and one.case_id)
    ewa = OwnerLine("Ewa Łukasik", "Change Grow Live", "ewa")
    correct(session, NOVEMBER, beside.part_id, "beside", (ewa,))
    assert ", with Ewa Łukasik" in text(session)
    with session.work.reading() as records:
        assert records.get(Action, beside.part_id).with_ids == ("ewa",)
    take_back(session, corrections(session, NOVEMBER)[0].id)
    with session.work.reading() as records:
        assert records.get(Action, beside.part_id).with_ids == ()


def test_apologies_not_noted_are_added_and_a_person_who_was_not_there_is_taken_out(session: Any) -> None:
    add_apology(session, NOVEMBER, ApologyLine("Seán Ó Briain", "Probation Service", False, None))
    gone = draft_minutes(session, NOVEMBER).attendees[0]
    remove_part(session, NOVEMBER, "attendees", gone.id, f"{gone.name} was not in the room")
    paper = draft_minutes(session, NOVEMBER)
    assert "Seán Ó Briain" in [one.name for one in paper.apologies]
    assert gone.name not in [one.name for one in paper.attendees]


def test_who_was_there_must_be_named(session: Any) -> None:
    nobody = AttendeeLine(" ", "", Capacity.MEMBER, None, None, None, "", IspStatus.NONE, "", 0, "", None)
    with pytest.raises(FieldRefused) as refusal:
        add_attendee(session, NOVEMBER, nobody)
    assert refusal.value.field is CorrectionField.NAME


def test_a_correction_is_taken_back_with_what_followed_it(session: Any) -> None:
    what = place(session, "what", "2026-11/")
    before = text(session)
    made = correct(session, NOVEMBER, what.part_id, "what", "Call both households")
    assert made is not None
    take_back(session, made.id)
    with session.work.reading() as records:
        assert records.get(Action, what.part_id).what == what.value
    assert text(session) == before


def test_only_the_last_correction_of_a_fact_is_taken_back(session: Any) -> None:
    note, venue = place(session, "note", "SN-"), place(session, "venue")
    first = correct(session, NOVEMBER, note.part_id, "note", "One")
    correct(session, NOVEMBER, venue.part_id, "venue", "Room 2")
    correct(session, NOVEMBER, note.part_id, "note", "Two")
    assert first is not None
    with pytest.raises(Refused, match="Undo that first"):
        take_back(session, first.id)


def test_undo_takes_back_a_correction_like_any_step(session: Any) -> None:
    before = text(session)
    note = place(session, "note", "SN-")
    correct(session, NOVEMBER, note.part_id, "note", "Both households were visited.")
    session.work.undo()
    assert text(session) == before


def test_what_is_gone_cannot_be_put_right(session: Any) -> None:
    with pytest.raises(Refused, match="no longer part"):
        correct(session, NOVEMBER, "nobody", "note", "words")


def test_private_words_are_put_right_as_typed_and_each_reader_gets_them_as_they_may(session: Any) -> None:
    private = private_session()
    meeting_id = held(private)
    note = next(
        one for one in correctable(private, meeting_id) if one.fact.field == "note" and one.called.startswith("RS-002")
    )
    correct(private, meeting_id, note.part_id, "note", "Dana asked after Kit Barlow.")
    ewa = member_named(private, EWA).id
    record, copy = draft_private_minutes(private, meeting_id), draft_private_minutes(private, meeting_id, ewa)
    assert "D.W. asked after K.B." in [one.note for one in record.people]
    assert "D.W. asked after someone else." in [one.note for one in copy.people]
