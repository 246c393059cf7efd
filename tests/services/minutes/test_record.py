"""What was held stays as it was: facts are frozen as a meeting closes, and its paper is drawn from them alone."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.record import JournalHead, Minutes
from csp_desktop.domain.minutes.versions import FrozenFacts
from csp_desktop.domain.private.minutes import PrivateFacts
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.facts import decoded, encoded, of_plain, plain
from csp_desktop.services.minutes.minutes import draft_minutes, draw_minutes
from csp_desktop.services.minutes.record import freeze_held, not_frozen
from csp_desktop.services.private.minutes import draft_private_minutes, draw_facts
from tests.documents.minutes_models import minutes
from tests.support.fakes import FakeStanding
from tests.support.frozen import everything_else_changed
from tests.support.held_meeting import NOVEMBER, OCTOBER, partnership
from tests.support.private_minutes import EWA, JOY, held
from tests.support.private_session import member_named, private_session


def _closed() -> Any:
    session = partnership(8)
    answer_action(session, "old-7", Answer.CARRY_ON, due=date(2026, 12, 17), meeting_id=NOVEMBER)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    return session


def test_no_word_changed_after_the_closing_changes_the_minutes() -> None:
    session = _closed()
    before = draft_minutes(session, NOVEMBER)
    assert everything_else_changed(session) > 300
    assert draft_minutes(session, NOVEMBER) == before


def test_no_word_changed_after_the_closing_changes_a_reader_s_private_copy() -> None:
    session = private_session()
    meeting_id = held(session)
    readers = ["", *(member_named(session, name).id for name in (JOY, EWA))]
    before = [draft_private_minutes(session, meeting_id, reader) for reader in readers]
    assert everything_else_changed(session) > 100
    assert [draft_private_minutes(session, meeting_id, reader) for reader in readers] == before


@given(st.lists(st.sampled_from(["old-1", "old-7", "new-1"]), max_size=6), st.integers(1, 90))
def test_whatever_becomes_of_actions_after_the_closing_the_minutes_stay(actions: list[str], days: int) -> None:
    session = _closed()
    before = draft_minutes(session, NOVEMBER)
    session.now.advance(days=days)
    for number, action in enumerate(actions):
        try:
            answer_action(session, action, list(Answer)[number % 4], reason="moved on", due=date(2027, 6, 1))
        except Refused:
            continue  # an action that is closed has no more answers
    assert draft_minutes(session, NOVEMBER) == before


def test_the_journal_head_on_the_paper_is_that_of_the_closing() -> None:
    session = _closed()
    number, digits = session.work.head()
    head = JournalHead(number, digits, session.now())
    assert draft_minutes(session, NOVEMBER).journal == head
    session.now.advance(days=1)
    answer_action(session, "old-3", Answer.DONE)
    assert session.work.head() != (number, digits)
    assert draft_minutes(session, NOVEMBER).journal == head
    assert draft_minutes(session, NOVEMBER).written_at == head.at


def test_taking_back_the_closing_takes_back_what_was_frozen() -> None:
    session = _closed()
    session.work.undo()
    with session.work.reading() as records:
        assert records.find(FrozenFacts, meeting_id=NOVEMBER) == []


def test_a_meeting_closed_by_an_earlier_version_is_frozen_from_the_records_of_that_day() -> None:
    session = _closed()
    with session.work.reading() as records:
        assert [meeting.id for meeting in not_frozen(records)] == [OCTOBER]
    before = draft_minutes(session, OCTOBER)
    assert (freeze_held(session), freeze_held(session)) == (1, 0)
    with session.work.reading() as records:
        (facts,) = records.find(FrozenFacts, meeting_id=OCTOBER)
    assert (facts.later, facts.at) == (True, session.now())
    everything_else_changed(session)
    assert replace(draft_minutes(session, OCTOBER), journal=None) == replace(before, journal=None)


def test_nothing_is_frozen_where_nothing_may_be_written() -> None:
    session = replace(_closed(), standing=FakeStanding(reading_only="Read only."))
    assert freeze_held(session) == 0


def test_facts_come_back_as_they_were_kept() -> None:
    session = _closed()
    with session.work.reading() as records:
        drawn = draw_minutes(session, records, records.get(Meeting, NOVEMBER))
    for facts in (drawn, minutes()):
        assert of_plain(Minutes, decoded(encoded(plain(facts)))) == facts
    private = private_session()
    meeting_id = held(private)
    with private.work.reading() as records:
        own = draw_facts(private, records, records.get(Meeting, meeting_id))
    assert of_plain(PrivateFacts, decoded(encoded(plain(own)))) == own


def test_a_fact_that_only_a_later_version_knows_has_its_default_in_old_facts() -> None:
    old = plain(minutes())
    del old["clauses"]
    assert of_plain(Minutes, old).clauses == ()
