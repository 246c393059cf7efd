"""The private minutes are agreed at the next session as the group's are; nobody of the list is named while it runs."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.private.minutes_layout import as_text
from csp_desktop.services.minutes import agreeing, versions
from csp_desktop.services.minutes.corrections import correct, correctable
from csp_desktop.services.private import agenda, circulation, session_items
from csp_desktop.services.private.minutes import draft_private_minutes
from csp_desktop.services.private.session import PrivateSitting
from tests.support.fakes import FakeWork, FixedClock
from tests.support.private_minutes import EWA, NAMES, NEXT, held
from tests.support.private_session import LEAD, NOW, member_named, private_session


@pytest.fixture
def session() -> Any:
    clock = FixedClock(NOW)
    return replace(private_session(FakeWork(clock, LEAD)), now=clock)


def second(session: Any) -> str:
    """The session of December, open at the minutes of the last one."""
    session.now.advance(days=21)
    planned = agenda.plan(session, NEXT, time(15, 45), time(16, 30))
    with session.work.step("open", undoable=False) as records:
        records.save(replace(planned, state=MeetingState.IN_SESSION, started_at=session.now()))
    session_items.turn_to(session, planned.id, item_of(session, planned.id).id)
    return planned.id


def item_of(session: Any, meeting_id: str) -> AgendaItem:
    with session.work.reading() as records:
        found: list[AgendaItem] = records.find(AgendaItem, meeting_id=meeting_id)
    return next(item for item in found if item.kind is ItemKind.LAST_MINUTES)


def paper(session: Any, meeting_id: str, member_id: str = "") -> str:
    with session.work.step("walked", undoable=False) as records:
        item = next(i for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is ItemKind.LAST_MINUTES)
        records.save(replace(item, state=TurnState.DONE))
    if session.work is not None:
        PrivateSitting(session, meeting_id).close(next_on=NEXT + timedelta(days=28))
    return as_text(draft_private_minutes(session, meeting_id, member_id))


def test_the_first_session_has_no_minutes_to_agree_and_the_next_one_has(session: Any) -> None:
    first = held(session)
    with session.work.reading() as records:
        kinds = [i.kind for i in records.find(AgendaItem, meeting_id=first)]
    assert ItemKind.LAST_MINUTES not in kinds
    assert item_of(session, second(session)).title == "Minutes of the last meeting"


def test_a_sub_agenda_of_an_earlier_version_gets_them_as_its_session_opens(session: Any) -> None:
    held(session)
    meeting_id = second(session)
    with session.work.step("as before", undoable=False) as records:
        records.remove(item_of(session, meeting_id))
        agenda.add_last_minutes(records, meeting_id)
        agenda.add_last_minutes(records, meeting_id)
        items = sorted(records.find(AgendaItem, meeting_id=meeting_id), key=lambda i: i.position)
    assert [i.kind for i in items][:3] == [ItemKind.PEOPLE, ItemKind.LAST_MINUTES, ItemKind.WINTER]
    assert [i.position for i in items] == list(range(len(items)))


def test_they_are_agreed_minuted_and_their_state_follows(session: Any) -> None:
    first = held(session)
    circulation.approve(session, first)
    meeting_id = second(session)
    agreeing.agree(session, meeting_id, first)
    words = "The minutes of Thursday 26 November 2026 (version 1) were agreed as a correct record."
    assert words in paper(session, meeting_id)
    assert versions.standing(session, first).state is MinutesState.AGREED


def test_late_circulation_is_counted_in_days_from_the_private_deadline(session: Any) -> None:
    first = held(session)
    circulation.approve(session, first)
    session.now.advance(days=12)
    for row in circulation.circulation_of(session, first).rows:
        copy = circulation.copy_for(session, first, row.member_id)
        circulation.note_given(session, copy, row.member_id)
    due = circulation.circulation_of(session, first).due
    with session.work.reading() as records:
        sent = circulation.sent_out(session, records, records.get(Meeting, first), 1)
    assert sent is not None and sent.at.date() > due
    assert sent.days_late == (sent.at.date() - due).days


def test_nobody_of_the_list_is_named_at_the_item_while_the_session_runs(session: Any) -> None:
    first = held(session)
    decision = next(one for one in correctable(session, first) if one.is_accepted and one.fact.field == "reason")
    correct(session, first, decision.part_id, "reason", "Otherwise", reason="misheard")
    circulation.approve(session, first)
    meeting_id = second(session)
    row = session_items.item_row(session, item_of(session, meeting_id).id)
    assert len(row.brought) == 1 and not any(name in repr(row) for name in (*NAMES, "RS-0"))
    agreeing.agree(session, meeting_id, first)
    assert "corrected in them: RS-" in paper(session, meeting_id)


def test_a_reader_who_may_not_hear_of_everyone_reads_nothing_of_it(session: Any) -> None:
    first = held(session)
    circulation.approve(session, first)
    meeting_id = second(session)
    agreeing.ask_correction(session, meeting_id, first, "Dana moved on the Friday")
    agreeing.agree(session, meeting_id, first)
    assert "D.W. moved on the Friday" in paper(session, meeting_id)
    ewa = as_text(draft_private_minutes(session, meeting_id, member_named(session, EWA).id))
    assert "correct record" not in ewa and "Friday" not in ewa
