"""What was decided by email between two meetings is told at the case's turn, and stands in the minutes of the next
meeting under a heading of its own, frozen with them.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.domain.minutes.correctable import section_places
from csp_desktop.domain.minutes.layout import as_text, sections
from csp_desktop.domain.minutes.paper_parts import BETWEEN
from csp_desktop.domain.minutes.protection import ALL
from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.minutes.shares import Share, copy_for
from csp_desktop.domain.minutes.withheld import may_read, said_in
from csp_desktop.services.meeting import agreed_by_mail
from csp_desktop.services.meeting.case_walk import live_case
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import corrections
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.support.held_meeting import NOVEMBER, partnership

MAILED = date(2026, 11, 23)
SAID = "The patrols move to Mondays"


@pytest.fixture
def session() -> Any:
    return partnership(4)


def turn_of(session: Any, reference: str) -> CaseTurn:
    with session.work.reading() as records:
        (case,) = records.find(Case, reference=reference)
        (turn,) = records.find(CaseTurn, meeting_id=NOVEMBER, case_id=case.id)
    return turn  # type: ignore[no-any-return]


def decided(session: Any, reference: str = "SN-2026-0401", words: str = SAID) -> str:
    case_id = turn_of(session, reference).case_id
    agreed_by_mail.note_decision(session, case_id, "dan", words, MAILED)
    return case_id


def closed(session: Any) -> Any:
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    return draft_minutes(session, NOVEMBER)


def test_decisions_noted_by_email_appear_in_the_next_meetings_minutes_under_their_own_heading(session: Any) -> None:
    decided(session)
    minutes = closed(session)
    (section,) = [one for one in sections(minutes) if one.id == BETWEEN]
    assert section.heading == "Decisions between meetings" and section.level == 2
    told = as_text(minutes)
    assert f"Case: SN-2026-0401, JK; Decision: {SAID}; Agreed by: PS Dan Holt, email of 23 Nov 2026" in told


def test_a_decision_noted_after_the_meeting_waits_for_the_next_one_and_one_told_before_does_not_come_again(
    session: Any,
) -> None:
    decided(session)
    assert len(closed(session).between) == 1
    session.now.advance(days=1)
    case_id = decided(session, words="Noted later")
    assert [one.words for one in draft_minutes(session, NOVEMBER).between] == [SAID]
    with session.work.reading() as records:
        held = records.get(Meeting, NOVEMBER)
        following = replace(held, id="december", on=date(2026, 12, 24), state=MeetingState.PLANNED, closed_at=None)
        found = agreed_by_mail.decisions_between(records, following)
    assert [(one.case_id, one.words) for one in found] == [(case_id, "Noted later")]


def test_it_stands_as_frozen_whatever_becomes_of_the_note(session: Any) -> None:
    decided(session)
    before = as_text(closed(session))
    (one,) = draft_minutes(session, NOVEMBER).between
    with session.work.step("forgotten", undoable=False, of_held=True) as records:
        records.save(replace(records.get(AgreedByMail, one.id), words="otherwise"))
        records.save(replace(records.get(Case, one.case_id), initials="X.Y."))
    assert as_text(draft_minutes(session, NOVEMBER)) == before


def test_the_case_is_told_of_it_at_its_turn(session: Any) -> None:
    decided(session)
    assert [one.words for one in live_case(session, turn_of(session, "SN-2026-0401").id).between] == [SAID]
    assert live_case(session, turn_of(session, "SN-2026-0402").id).between == ()


def test_a_decision_is_attached_to_the_person_chosen(session: Any) -> None:
    case_id = turn_of(session, "SN-2026-0401").case_id
    with pytest.raises(FieldRefused, match="Choose who agreed to it by email"):
        agreed_by_mail.note_decision(session, case_id, "", SAID, MAILED)


def test_a_copy_without_the_case_has_no_word_of_it(session: Any) -> None:
    case_id = decided(session)
    minutes = closed(session)
    other = Share(Rights.OWN_AGENCY, frozenset({"another"}), ALL)
    assert SAID not in as_text(copy_for(minutes, other))
    withheld = [line.words for line in said_in(minutes) if not may_read(line, other)]
    assert SAID in withheld
    own = Share(Rights.OWN_AGENCY, frozenset({case_id}), ALL)
    assert SAID in as_text(copy_for(minutes, own))
    assert SAID not in as_text(copy_for(minutes, Share(Rights.ACTIONS_ONLY, frozenset(), ALL)))
    marked = replace(minutes, between=tuple(replace(one, words=f"[police only] {SAID}") for one in minutes.between))
    assert SAID not in as_text(copy_for(marked, Share(Rights.WHOLE, None, frozenset())))


def test_its_wording_is_put_right_like_any_other(session: Any) -> None:
    decided(session)
    (section,) = [one for one in sections(closed(session)) if one.id == BETWEEN]
    (place,) = section_places(section, corrections.correctable(session, NOVEMBER))
    assert place.value == SAID and place.what == "Decision by email about SN-2026-0401, JK: wording"
    corrections.correct(session, NOVEMBER, place.part_id, "words", "The patrols move to Tuesdays")
    assert "The patrols move to Tuesdays" in as_text(draft_minutes(session, NOVEMBER))


def test_erased_with_its_case(session: Any) -> None:
    case_id = decided(session)
    minutes = closed(session)
    assert minutes.without_case(case_id, "SN-2026-0401", "erased").between == ()
