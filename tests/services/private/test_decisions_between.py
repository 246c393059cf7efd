"""What was decided by email about a person is told at their turn, stands in the next session's minutes and in no copy
of somebody who may not hear of them.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, Answer
from csp_desktop.domain.private.minutes_layout import as_text, sections
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting import agreed_by_mail
from csp_desktop.services.private.home import look_ahead
from csp_desktop.services.private.minutes import draft_private_minutes
from csp_desktop.services.private.people import page
from csp_desktop.services.private.session import PrivateSitting
from tests.support.fakes import FakeWork, FixedClock
from tests.support.private_minutes import EWA, JOY, KIT, SARA, held
from tests.support.private_session import LEAD, NOW, begun, member_named, private_session

SAID = "The flat at the lock is kept for another week"


@pytest.fixture
def session() -> Any:
    clock = FixedClock(NOW)
    return replace(private_session(FakeWork(clock, LEAD)), now=clock)


def kit(session: Any) -> RoughSleeper:
    with session.work.reading() as records:
        return next(one for one in records.find(RoughSleeper) if one.name == KIT)  # type: ignore[no-any-return]


def decided(session: Any, words: str = SAID) -> None:
    sara = member_named(session, SARA).id
    agreed_by_mail.note_decision(session, kit(session).id, sara, words, session.today - timedelta(days=1))


def test_decisions_noted_by_email_stand_in_the_sessions_minutes_under_their_own_heading(session: Any) -> None:
    decided(session)
    minutes = draft_private_minutes(session, held(session))
    (section,) = [one for one in sections(minutes) if one.heading == "Decisions between meetings"]
    assert SAID in as_text(minutes) and section.level == 1
    assert f"Agreed by: {SARA}, email of" in as_text(minutes)


def test_no_copy_tells_of_it_whose_reader_may_not_hear_of_the_person(session: Any) -> None:
    decided(session)
    meeting_id = held(session)
    copies = {
        name: as_text(draft_private_minutes(session, meeting_id, member_named(session, name).id))
        for name in (JOY, EWA, SARA)
    }
    readable = {name: "RS-001" in text for name, text in copies.items()}
    assert {name: SAID in text for name, text in copies.items()} == readable and set(readable.values()) == {True, False}


def test_a_name_typed_into_it_becomes_initials(session: Any) -> None:
    decided(session, "Kit Barlow may keep the flat")
    told = as_text(draft_private_minutes(session, held(session)))
    assert "K.B. may keep the flat" in told and "Barlow" not in told


def test_the_table_is_told_of_it_at_the_persons_turn(session: Any) -> None:
    decided(session)
    sitting: PrivateSitting = begun(session, LEAD, SARA, JOY)
    shown = sitting.open_person()
    assert [one.words for one in shown.between] == [SAID]


def test_while_a_session_runs_none_is_noted(session: Any) -> None:
    begun(session, LEAD, SARA)
    with pytest.raises(Refused):
        decided(session)


def test_it_stands_with_the_person_and_home_asks_to_confirm_it(session: Any) -> None:
    decided(session)
    assert [one.words for one in page(session, kit(session).id).decisions] == [SAID]
    lead = replace(session, roles=frozenset({Role.NEW_HOPE_LEAD}))
    assert [one.title for one in look_ahead(lead).needs if one.kind is NeedKind.CONFIRM_MAIL] == [
        "Confirm 1 thing agreed by email"
    ]


def test_home_asks_to_confirm_an_update_that_is_about_nobody_too(session: Any) -> None:
    sara = member_named(session, SARA).id
    with session.work.step("an action about nobody") as records:
        action = Action("open", "", 1, "Ask for more beds", sara, None, session.today)
        records.save(action)
        agreed_by_mail.note_update_in(session, records, action, Answer.DONE, session.today - timedelta(days=1))
    lead = replace(session, roles=frozenset({Role.NEW_HOPE_LEAD}))
    (need,) = [one for one in look_ahead(lead).needs if one.kind is NeedKind.CONFIRM_MAIL]
    assert need.title == "Confirm 1 thing agreed by email" and "Ask for more beds" in need.detail
