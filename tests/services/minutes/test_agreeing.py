"""The minutes of the last meeting come before the next one, are agreed there or put right, and both papers say so."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.minutes.agreeing import NO_EARLIER, AgreedMinutes, Brought, minuted, standing_words
from csp_desktop.domain.minutes.circulation import Circulated
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.meeting.agenda import plan_meeting, propose_plan
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.meeting.walk import live_item, read_back_of
from csp_desktop.services.minutes import agreeing, versions
from csp_desktop.services.minutes.circulation import circulation_list
from csp_desktop.services.minutes.corrections import correct, correctable
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.ports.minutes import Sent
from tests.support.held_meeting import NOVEMBER, partnership

THURSDAY = 3
AGREED = "The minutes of Thursday 26 November 2026 (version 1) were agreed as a correct record"


@pytest.fixture
def session() -> Any:
    """November closed and approved, December in session."""
    made = partnership(8)
    close_meeting(made, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    made.now.advance(days=1)
    approve(made)
    return made


def approve(session: Any) -> None:
    versions.check(session, NOVEMBER)
    versions.approve(session, NOVEMBER)
    session.now.advance(hours=1)


def december(session: Any) -> str:
    """The next meeting, running."""
    planned = plan_meeting(session, propose_plan(session))
    with session.work.step("in session", undoable=False) as records:
        records.save(replace(planned, state=MeetingState.IN_SESSION, started_at=session.now()))
    return planned.id


def item_of(session: Any, meeting_id: str) -> AgendaItem:
    with session.work.reading() as records:
        found: list[AgendaItem] = records.find(AgendaItem, meeting_id=meeting_id)
    return next(item for item in found if item.kind is ItemKind.LAST_MINUTES)


def brought(session: Any, meeting_id: str) -> tuple[agreeing.ToAgree, ...]:
    return live_item(session, item_of(session, meeting_id).id).brought


def paper_of(session: Any, meeting_id: str) -> str:
    """What the new meeting's minutes say under the item, once it is closed."""
    with session.work.step("walked", undoable=False) as records:
        item = next(i for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is ItemKind.LAST_MINUTES)
        records.save(replace(item, state=TurnState.DONE, read_back_at=session.now()))
    close_meeting(session, meeting_id, next_on=date(2027, 1, 28), reason="time")
    return as_text(draft_minutes(session, meeting_id)).split("Minutes of the last meeting")[1].split("Matters")[0]


def state(session: Any) -> MinutesState:
    return versions.standing(session, NOVEMBER).state


def test_the_next_meeting_s_agenda_has_an_item_for_them_with_the_version_that_was_approved(session: Any) -> None:
    (row,) = brought(session, december(session))
    assert (row.of_meeting_id, row.brought.version, row.approved_by, row.agreed) == (NOVEMBER, 1, "Hana Price", None)


def test_agreed_is_minuted_sets_the_state_and_is_read_back(session: Any) -> None:
    meeting_id = december(session)
    made = agreeing.agree(session, meeting_id, NOVEMBER)
    assert agreeing.agree(session, meeting_id, NOVEMBER) == made  # once
    assert state(session) is MinutesState.AGREED
    read = read_back_of(live_item(session, item_of(session, meeting_id).id))
    assert read is not None and read.details[0] == f"{AGREED}."
    assert f"{AGREED}." in paper_of(session, meeting_id)


def test_an_agreement_is_undone_by_the_same_key_and_by_undo(session: Any) -> None:
    meeting_id = december(session)
    agreeing.agree(session, meeting_id, NOVEMBER)
    agreeing.not_agreed(session, meeting_id, NOVEMBER)
    assert state(session) is MinutesState.APPROVED
    agreeing.agree(session, meeting_id, NOVEMBER)
    session.work.undo()
    assert state(session) is MinutesState.APPROVED


def test_corrections_the_meeting_asks_for_are_minuted_and_wait_for_the_minute_taker(session: Any) -> None:
    meeting_id = december(session)
    agreeing.ask_correction(session, meeting_id, NOVEMBER, "Ewa Łukasik was  there from 14:00.")
    second = agreeing.ask_correction(session, meeting_id, NOVEMBER, "the patrol is weekly")
    wrong = agreeing.ask_correction(session, meeting_id, NOVEMBER, "slip of the hand")
    agreeing.drop_correction(session, wrong.id)
    agreeing.agree(session, meeting_id, NOVEMBER)
    assert second.who == "the meeting of Thursday 24 December 2026" and second.waits
    words = f"{AGREED}, with these corrections: Ewa Łukasik was there from 14:00; the patrol is weekly."
    assert words in paper_of(session, meeting_id)
    with pytest.raises(Refused, match="during a meeting"):
        agreeing.drop_correction(session, second.id)
    with session.work.reading() as records:
        assert [one.words for one in records.find(Remark, meeting_id=NOVEMBER)] == [
            "Ewa Łukasik was there from 14:00.",
            "the patrol is weekly",
        ]


def test_a_correction_without_words_is_refused_at_its_field(session: Any) -> None:
    with pytest.raises(FieldRefused, match="in a few words"):
        agreeing.ask_correction(session, december(session), NOVEMBER, "  ")


def test_nothing_circulated_is_no_obstacle_and_the_item_says_so(session: Any) -> None:
    meeting_id = december(session)
    assert standing_words(brought(session, meeting_id)[0].brought) == "approved, not circulated"
    agreeing.agree(session, meeting_id, NOVEMBER)
    assert "They were approved and had not been circulated." in paper_of(session, meeting_id)


def test_minutes_circulated_late_are_minuted_as_late(session: Any) -> None:
    late = Sent(session.now(), 2)
    record = replace(session.subject.record, sent=lambda *_: late)
    session = replace(session, subject=replace(session.subject, record=record))
    meeting_id = december(session)
    assert standing_words(brought(session, meeting_id)[0].brought) == "circulated Fri 27 Nov 2026, 2 days late"
    agreeing.agree(session, meeting_id, NOVEMBER)
    assert "They were circulated 2 days late." in paper_of(session, meeting_id)


def test_the_days_late_are_those_the_page_of_the_copies_and_home_count(session: Any) -> None:
    """Over a weekend as well: there calendar days and working days differ."""
    due = circulation_list(session, NOVEMBER).due
    assert due.weekday() == THURSDAY
    session.now.advance(days=(due - session.today).days + 4)
    with session.work.step("circulated", undoable=False) as records:
        records.save(Circulated(new_id(), NOVEMBER, 1, session.now()))
    assert circulation_list(session, NOVEMBER).late == 4
    assert look_ahead(session).circulate.status == "Circulated 4 days late"
    meeting_id = december(session)
    assert standing_words(brought(session, meeting_id)[0].brought) == "circulated Mon 21 Dec 2026, 4 days late"
    agreeing.agree(session, meeting_id, NOVEMBER)
    assert "They were circulated 4 days late." in paper_of(session, meeting_id)


def test_where_the_item_was_not_reached_the_paper_still_says_how_they_stand(session: Any) -> None:
    meeting_id = december(session)
    close_meeting(session, meeting_id, next_on=date(2027, 1, 28), reason="time")
    words = as_text(draft_minutes(session, meeting_id)).split("Minutes of the last meeting")[1].split("Matters")[0]
    assert "(version 1) were not agreed at this meeting.\n" in words and "This item was not reached." in words
    assert "had not been circulated." in words


def test_only_what_is_approved_is_agreed() -> None:
    session = partnership(8)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    meeting_id = december(session)
    assert standing_words(brought(session, meeting_id)[0].brought) == "a draft, not approved"
    with pytest.raises(Refused, match="not approved, so they cannot be agreed"):
        agreeing.agree(session, meeting_id, NOVEMBER)
    words = "The minutes of Thursday 26 November 2026 were not agreed: they are a draft, not approved."
    assert words in paper_of(session, meeting_id)


def test_a_decision_recorded_wrongly_is_named_again_when_the_record_is_agreed(session: Any) -> None:
    decision = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "reason" and one.is_accepted)
    correct(session, NOVEMBER, decision.part_id, "reason", "Otherwise", reason="misheard")
    approve(session)
    meeting_id = december(session)
    agreeing.agree(session, meeting_id, NOVEMBER)
    (row,) = brought(session, meeting_id)
    assert row.brought.wrongly == (f"{decision.what}. Recorded wrongly: misheard.",)
    paper = paper_of(session, meeting_id)
    assert "(version 2) were agreed" in paper and f"corrected in them: {decision.what}. Recorded wrongly" in paper


def test_a_correction_after_the_agreement_comes_back_at_the_meeting_after(session: Any) -> None:
    first = december(session)
    agreeing.agree(session, first, NOVEMBER)
    paper_of(session, first)
    note = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "note" and one.case_id)
    correct(session, NOVEMBER, note.part_id, "note", "Otherwise")
    assert state(session) is MinutesState.DRAFT
    approve(session)
    assert state(session) is MinutesState.APPROVED
    second = december(session)
    assert [(row.of_meeting_id, row.brought.version) for row in brought(session, second)] == [(first, 0), (NOVEMBER, 2)]
    agreeing.agree(session, second, NOVEMBER)
    assert state(session) is MinutesState.AGREED


def test_what_was_agreed_is_frozen_with_the_meeting_that_agreed_it(session: Any) -> None:
    meeting_id = december(session)
    agreeing.agree(session, meeting_id, NOVEMBER)
    paper_of(session, meeting_id)
    before = draft_minutes(session, meeting_id)
    for act in (agreeing.agree, agreeing.not_agreed):
        with pytest.raises(Refused, match="during a meeting"):
            act(session, meeting_id, NOVEMBER)
    with session.work.reading() as records:
        (kept,) = records.find(AgreedMinutes)
    with pytest.raises(Refused, match="is closed"), session.work.step("by another way") as records:
        records.remove(kept)
    assert draft_minutes(session, meeting_id) == before


def test_the_first_meeting_of_all_says_that_there_is_nothing_to_agree(session: Any) -> None:
    with session.work.step("alone", undoable=False, of_held=True) as records:
        meeting = records.get(Meeting, NOVEMBER)
        assert agreeing.minuted_in(session, records, replace(meeting, on=date(2020, 1, 1))) == (NO_EARLIER,)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            Brought(date(2026, 11, 26), 1, MinutesState.APPROVED, date(2026, 12, 8), corrections=("a.", "b")),
            (
                "The minutes of Thursday 26 November 2026 (version 1) were not agreed at this meeting.",
                "These corrections were asked for: a; b.",
            ),
        ),
        (
            Brought(date(2026, 11, 26), 2, MinutesState.CIRCULATED, date(2026, 12, 8), 1, agreed=True),
            (
                "The minutes of Thursday 26 November 2026 (version 2) were agreed as a correct record.",
                "They were circulated 1 day late.",
            ),
        ),
        (
            Brought(date(2026, 11, 26), 0, MinutesState.CHECKED),
            ("The minutes of Thursday 26 November 2026 were not agreed: they are checked, not approved.",),
        ),
    ],
)
def test_what_the_new_paper_says_of_them(one: Brought, said: tuple[str, ...]) -> None:
    assert minuted(one) == said


def test_minutes_put_right_since_and_not_approved_again_are_told(session: Any) -> None:
    note = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "note" and one.case_id)
    correct(session, NOVEMBER, note.part_id, "note", "Otherwise")
    (row,) = brought(session, december(session))
    words = "approved, not circulated; corrected since, which is not approved"
    assert (row.brought.version, standing_words(row.brought)) == (1, words)
