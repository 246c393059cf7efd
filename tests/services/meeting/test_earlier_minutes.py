"""The minutes of the last meeting before this program are kept, and the first meeting here agrees them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.earlier_minutes import DAY, TEXT, EarlierMinutes
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.common.import_rows import OpenActionFile, OpenActionLine
from csp_desktop.services.meeting.action_import import import_actions
from csp_desktop.services.meeting.agenda import plan_meeting, propose_plan
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.meeting.earlier_minutes import earlier_kept, keep_earlier
from csp_desktop.services.meeting.walk import live_item
from csp_desktop.services.minutes import agreeing
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.support.held_meeting import partnership
from tests.support.prepared_meeting import people_session

OCTOBER = date(2026, 10, 29)
MINUTES = "CPG\n\nPresent: Dan Holt, Ewa Łukasik\nApologies: Ruth Coyle\nThe flat: visit agreed.\n"


@pytest.fixture
def session() -> Any:
    """People, and no meeting yet."""
    return people_session()


def first(session: Any) -> str:
    """The first meeting here, running."""
    planned = plan_meeting(session, propose_plan(session))
    with session.work.step("in session", undoable=False) as records:
        records.save(replace(planned, state=MeetingState.IN_SESSION, started_at=session.now()))
    return planned.id


def minuted(session: Any, meeting_id: str) -> str:
    with session.work.reading() as records:
        return " ".join(agreeing.minuted_in(session, records, records.get(Meeting, meeting_id)))


def item(session: Any, meeting_id: str, kind: ItemKind) -> Any:
    with session.work.reading() as records:
        found = next(one for one in records.find(AgendaItem, meeting_id=meeting_id) if one.kind is kind)
    return live_item(session, found.id)


def test_their_text_is_kept_with_who_was_there_and_who_sent_apologies(session: Any) -> None:
    kept = keep_earlier(session, MINUTES, OCTOBER, "october.docx")
    assert (kept.present, kept.apologies, kept.source) == ("Dan Holt, Ewa Łukasik", "Ruth Coyle", "october.docx")
    assert kept.words == ("Minutes of Thu 29 Oct 2026, 4 lines; present: Dan Holt, Ewa Łukasik; apologies: Ruth Coyle")
    again = keep_earlier(session, "Corrected.", OCTOBER)
    assert earlier_kept(session) == (again,) and again.id == kept.id
    session.work.undo()
    assert earlier_kept(session) == (kept,)


@pytest.mark.parametrize(
    ("text", "on", "field"),
    [(MINUTES, None, DAY), (MINUTES, date(2030, 1, 1), DAY), (" \n", OCTOBER, TEXT), ("x" * 400_001, OCTOBER, TEXT)],
)
def test_without_a_day_that_was_or_a_text_nothing_is_kept(session: Any, text: str, on: date | None, field: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        keep_earlier(session, text, on)
    assert refused.value.field == field and earlier_kept(session) == ()


def test_minutes_of_a_meeting_held_here_are_no_earlier_ones() -> None:
    held = partnership()
    with pytest.raises(FieldRefused, match="was held with this program"):
        keep_earlier(held, MINUTES, OCTOBER)


def test_who_keeps_no_record_keeps_none_of_these(session: Any) -> None:
    with pytest.raises(NotAllowed):
        keep_earlier(replace(session, roles=frozenset({Role.NEW_HOPE_LEAD})), MINUTES, OCTOBER)


def test_the_first_meeting_agrees_them_and_its_paper_says_so(session: Any) -> None:
    keep_earlier(session, MINUTES, OCTOBER)
    meeting_id = first(session)
    (brought,) = item(session, meeting_id, ItemKind.LAST_MINUTES).brought
    assert brought.brought.may_be_agreed and brought.agreed is None
    agreeing.agree(session, meeting_id, brought.of_meeting_id)
    (brought,) = item(session, meeting_id, ItemKind.LAST_MINUTES).brought
    assert brought.agreed is not None
    assert minuted(session, meeting_id) == "The minutes of Thursday 29 October 2026 were agreed as a correct record."
    agreeing.not_agreed(session, meeting_id, brought.of_meeting_id)
    assert minuted(session, meeting_id) == "The minutes of Thursday 29 October 2026 were not agreed at this meeting."


def test_what_they_need_corrected_goes_into_the_note_of_the_item(session: Any) -> None:
    kept = keep_earlier(session, MINUTES, OCTOBER)
    with pytest.raises(Refused, match="note of this item"):
        agreeing.ask_correction(session, first(session), kept.id, "Ruth was there.")


def test_once_agreed_they_do_not_come_back(session: Any) -> None:
    kept = keep_earlier(session, MINUTES, OCTOBER)
    meeting_id = first(session)
    agreeing.agree(session, meeting_id, kept.id)
    with session.work.reading() as records:
        held = records.get(Meeting, meeting_id)
        later = replace(held, id="later", on=date(2027, 1, 28))
        assert agreeing.to_agree(session, records, later) == ()


def test_matters_arising_of_the_first_meeting_name_the_meeting_before_and_its_actions(session: Any) -> None:
    with session.work.reading() as records:
        member = records.find(Member)[0]
    row = OpenActionLine(2, member.name, "", "Visit the flat", date(2026, 11, 12), "", None)
    parsed = OpenActionFile("october.docx", (row,), (), prose=tuple(MINUTES.splitlines()), named_day=OCTOBER)
    import_actions(session, parsed, keeps_minutes=True)
    assert [one.on for one in earlier_kept(session)] == [OCTOBER]
    meeting_id = first(session)
    shown = item(session, meeting_id, ItemKind.MATTERS_ARISING)
    assert "last meeting" in shown.caption
    close_meeting(session, meeting_id, next_on=date(2027, 1, 28), reason="time")
    words = " ".join(as_text(draft_minutes(session, meeting_id)).split())
    assert "No earlier meeting is recorded" not in words and "1 action was carried forward" in words


def test_one_undo_takes_actions_and_minutes_back_together(session: Any) -> None:
    parsed = OpenActionFile("october.docx", (), (), prose=("Present: all",), named_day=OCTOBER)
    import_actions(session, parsed, keeps_minutes=True)
    assert len(earlier_kept(session)) == 1
    session.work.undo()
    with session.work.reading() as records:
        assert records.find(EarlierMinutes) == []
