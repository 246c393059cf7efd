"""The minutes drawn up from what a meeting left in the file."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint
from csp_desktop.domain.common.deadlines import Deadline
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action, ActionState, Answer
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.layout import as_text, capacity_words, sections
from csp_desktop.domain.minutes.paper_parts import Words, as_line
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.meeting.case_walk import choose_outcome, live_case, read_back, say
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.minutes import circulation, draft_minutes, draw_minutes, held_meetings, meeting_on
from tests.support.held_meeting import NOVEMBER, OCTOBER, SUMMARIES, partnership


def _closed(cases: int = 8) -> Any:
    session = partnership(cases)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="the hall closed")
    return session


def test_a_meeting_still_running_is_refused_with_the_reason() -> None:
    with pytest.raises(Refused, match="still in progress. Close it first"):
        draft_minutes(partnership(), NOVEMBER)


def test_a_meeting_not_yet_held_is_refused_with_the_reason() -> None:
    session = partnership()
    with session.work.step("planned again") as records:
        records.save(replace(records.get(Meeting, NOVEMBER), state=MeetingState.PLANNED))
    with pytest.raises(Refused, match="Thursday 26 November 2026 has not been held yet"):
        draft_minutes(session, NOVEMBER)


def test_each_attendee_is_one_line_and_the_absent_are_none() -> None:
    names = [row.name for row in draft_minutes(_closed(), NOVEMBER).attendees]
    assert len(names) == len(set(names)) == 7
    assert "Seán Ó Briain" not in names and "Tom Ellis" not in names


def test_apologies_say_whether_information_was_sent() -> None:
    (apology,) = draft_minutes(_closed(), NOVEMBER).apologies
    assert (apology.name, apology.information_sent, apology.received_on) == ("Tom Ellis", True, date(2026, 11, 24))


def test_each_override_is_one_line() -> None:
    (override,) = draft_minutes(_closed(), NOVEMBER).overrides
    assert (override.by, override.reason, override.names) == ("Hana Price", "the pad failed", ("PC Aisha Rahman",))


def test_each_walked_case_has_one_part_and_no_uncalled_case_has_one() -> None:
    minutes = draft_minutes(_closed(), NOVEMBER)
    assert [case.reference for case in minutes.cases] == ["SN-2026-0401", "SN-2026-0402", "SN-2026-0403"]
    assert [(row.reference, row.why) for row in minutes.uncalled][:2] == [
        ("SN-2026-0404", "deferred: the officer is away"),
        ("SN-2026-0405", "opened, not decided"),
    ]
    assert minutes.uncalled[2].why == "not reached"
    ids = {section.id for section in sections(minutes)}
    assert not any(f"case-{row.reference}" in ids for row in minutes.uncalled)


def test_no_title_place_or_summary_of_a_case_reaches_the_minutes() -> None:
    text = as_text(draft_minutes(_closed(), NOVEMBER))
    for summary in SUMMARIES:
        assert summary not in text and summary.split(":")[0] not in text


def test_each_action_stands_once_under_its_item_and_once_with_its_officer() -> None:
    session = _closed()
    text = as_text(draft_minutes(session, NOVEMBER))
    items, officers = text.split("Actions by officer")
    with session.work.reading() as records:
        labels = [f"2026-11/{action.number:02}" for action in records.find(Action, meeting_id=NOVEMBER)]
    assert len(labels) == 4
    for label in labels:
        assert (items.count(label), officers.count(label)) == (1, 1)


def test_an_action_of_no_item_stands_under_other_business() -> None:
    session = partnership()
    with session.work.step("a stray action") as records:
        records.save(Action("stray", NOVEMBER, 9, "Ask the hall", "ruth", None, date(2026, 11, 26)))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    (other,) = [item for item in draft_minutes(session, NOVEMBER).items if item.kind is ItemKind.OTHER]
    assert [line.label for line in other.actions] == ["2026-11/04", "2026-11/09"]


def test_matters_arising_are_the_last_answers_given_at_this_meeting() -> None:
    session = partnership()
    answer_action(session, "old-1", Answer.NOT_DONE, reason="No time", meeting_id=NOVEMBER)
    session.now.advance(seconds=30)
    answer_action(session, "old-1", Answer.DONE, meeting_id=NOVEMBER)
    session.now.advance(seconds=30)
    answer_action(session, "old-7", Answer.CARRY_ON, due=date(2026, 12, 17), meeting_id=NOVEMBER)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    minutes = draft_minutes(session, NOVEMBER)
    given = [(a.label, a.answer) for a in minutes.answers]
    assert given == [("2026-10/01", Answer.DONE), ("2026-10/07", Answer.CARRY_ON)]
    assert minutes.answers[1].carried == 3
    assert minutes.still_open == 10
    labels = [line.label for line in minutes.actions]
    assert "2026-10/01" not in labels and labels.count("2026-10/07") == 1  # done; carried on: still to do
    assert next(line.due for line in minutes.actions if line.label == "2026-10/07") == date(2026, 12, 17)


def test_an_officer_s_part_holds_everything_there_is_to_do_each_action_once_the_earlier_ones_marked() -> None:
    session = partnership()
    answer_action(session, "old-2", Answer.DONE, meeting_id=NOVEMBER)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    with session.work.reading() as records:
        open_now = records.find(Action, state=ActionState.OPEN)
    minutes = draft_minutes(session, NOVEMBER)
    assert len({line.label for line in minutes.actions}) == len(minutes.actions) == len(open_now) == 15
    words = as_text(minutes)
    assert "15 actions are open after this meeting: 4 agreed at it and 11 at earlier meetings" in words
    row = next(line for line in words.splitlines() if "Detox place, visit with the landlord; Case or item:" in line)
    assert "; Case or item: SN-2026-0404; By: " in row and "; Agreed on: 29 Oct 2026" in row
    assert words.count("Agreed on: 26 Nov 2026") == 4


def test_what_becomes_of_earlier_actions_later_does_not_change_the_minutes() -> None:
    session = partnership()
    answer_action(session, "old-7", Answer.CARRY_ON, due=date(2026, 12, 17), meeting_id=NOVEMBER)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    before = draft_minutes(session, NOVEMBER)
    session.now.advance(days=3)
    answer_action(session, "old-7", Answer.CARRY_ON, due=date(2027, 1, 21))
    answer_action(session, "old-3", Answer.DONE)
    after = draft_minutes(session, NOVEMBER)
    assert (after.actions, after.answers, after.still_open) == (before.actions, before.answers, before.still_open)


def test_the_chair_is_named_as_such() -> None:
    paper = draft_minutes(_closed(), NOVEMBER)
    assert [(a.name, capacity_words(a)) for a in paper.attendees if a.chairs] == [("Hana Price", "chair")]


def test_chair_minute_taker_and_officers_are_named_and_nobody_s_action_bears_no_name() -> None:
    session = partnership()
    with session.work.step("nobody's") as records:
        records.save(Action("stray", NOVEMBER, 9, "Ask the hall", "", None, date(2026, 11, 26)))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    paper = draft_minutes(session, NOVEMBER)
    assert (paper.chair, paper.minute_taker) == ("Hana Price", "Ruth Coyle")
    named = {line.label: (line.officer, line.agency) for line in paper.actions}
    assert named["2026-10/09"] == ("Ewa Łukasik", "Change Grow Live") and named["2026-11/09"] == ("", "")


def test_what_every_paper_must_have_stands_in_it_though_the_agenda_left_it_out() -> None:
    session = partnership()
    with session.work.step("an agenda of one item") as records:
        for item in records.find(AgendaItem, meeting_id=NOVEMBER):
            if item.kind is not ItemKind.EMERGING:
                records.remove(item)
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    assert [(part.title, part.note) for part in draft_minutes(session, NOVEMBER).items] == [
        ("Present and confidentiality", ""),
        ("Apologies", ""),
        ("Matters arising", ""),
        ("Emerging issues by area of work", ""),
        ("Open Safety Net cases", ""),
        ("Other business", ""),
        ("Next meeting", ""),
    ]


def test_who_neither_came_nor_sent_apologies_is_absent() -> None:
    session = _closed()
    with session.work.reading() as records:
        facts = draw_minutes(session, records, records.get(Meeting, NOVEMBER))
    paper = draft_minutes(session, NOVEMBER)
    assert paper.absent == facts.absent == (("Seán Ó Briain", "Probation Service"),)
    assert "Absent without apologies: Seán Ó Briain (Probation Service)." in as_text(paper)


def test_the_note_on_closing_says_what_was_left_open() -> None:
    session = partnership(8)
    close_meeting(session, NOVEMBER, reason="the hall closed", not_reached_confirmed=True)
    words = as_text(draft_minutes(session, NOVEMBER))
    assert "Note on closing. the hall closed\nOutstanding at closing: 1 case without a decision" in words
    assert "3 cases not discussed and 1 case opened without a decision, deferred to the next meeting" in words
    assert "1 agenda item not discussed (Emerging issues by area of work); 1 person absent" in words
    assert "Not signed: PC Aisha Rahman." in words and "although PC Aisha Rahman had not signed. Reason:" in words
    assert "5 cases were deferred to the next meeting." in words
    assert words.count("\nOpened, not decided: SN-2026-") == 1


def test_the_minutes_of_a_meeting_do_not_change_when_its_actions_are_carried_on_later() -> None:
    session = _closed()
    before = draft_minutes(session, NOVEMBER)
    answer_action(session, "new-1", Answer.CARRY_ON, due=date(2027, 1, 21))
    assert draft_minutes(session, NOVEMBER).actions == before.actions


def test_the_first_meeting_has_no_matters_arising() -> None:
    assert draft_minutes(_closed(), OCTOBER).earlier_meeting is None


def test_a_case_without_reference_is_named_as_awaiting_one() -> None:
    session = partnership()
    with session.work.step("by hand") as records:
        records.save(replace(records.get(Case, "case-1"), reference="", entered_by_hand=True))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    assert draft_minutes(session, NOVEMBER).cases[0].name == "Awaiting Safety Net reference, JK"


def test_the_minutes_say_what_the_read_back_said_and_what_it_said_was_not_asked() -> None:
    session = partnership()
    with session.work.step("the risk went up") as records:
        case = replace(records.get(Case, "case-3"), mental_health=True, repeat_victim=True)
        records.save(case)
        days = (date(2026, 9, 1), date(2026, 10, 1))
        points = [RiskPoint(f"p{day}", case.id, day, day.month, None, day, day) for day in days]
        for point in points:
            records.save(point)
    choose_outcome(session, "turn-3", Outcome.CONTINUE)
    say(session, "turn-3", refer_to="MARAC", intervention_planned=True, dissent="Probation would wait.")
    read = read_back(live_case(session, "turn-3"))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    (part,) = [s for s in sections(draft_minutes(session, NOVEMBER)) if s.case_id == "case-3"]
    said = [as_line(block) for block in part.blocks if isinstance(block, Words)]
    assert "Decision. Continue. Referred to MARAC." in said and "Referred to MARAC" in read.details
    assert "Intervention planned: yes." in said and "An intervention is planned" in read.details
    assert "Dissent. Probation would wait." in said and "Dissent: Probation would wait." in read.details
    assert read.open_questions == ("CMHT has not been informed", "The repeat victim was not discussed")
    assert "The CMHT has not been informed." in said and "Repeat victim: not discussed." in said


def test_a_case_closed_without_a_known_month_of_monitoring_is_minuted_as_such() -> None:
    session = partnership()
    with session.work.step("monitored, nobody knows since when") as records:
        records.save(replace(records.get(Case, "case-3"), status=CaseStatus.MONITORING))
    choose_outcome(session, "turn-3", Outcome.CLOSE)
    say(session, "turn-3", reason="quiet")
    assert "It is not known when monitoring of this case began" in read_back(live_case(session, "turn-3")).details
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    words = as_text(draft_minutes(session, NOVEMBER))
    assert "Close, although it is not known when monitoring began. Reason: quiet." in words


def test_held_meetings_come_newest_first() -> None:
    assert [m.id for m in held_meetings(_closed())] == [NOVEMBER, OCTOBER]


def test_a_meeting_is_found_by_its_day() -> None:
    session = partnership()
    assert meeting_on(session, date(2026, 11, 26)) == NOVEMBER
    with pytest.raises(Refused, match="no meeting on Fri 27 Nov"):
        meeting_on(session, date(2026, 11, 27))


def test_minutes_are_circulated_at_the_latest_seven_days_before_the_next_meeting() -> None:
    assert circulation(_closed(), NOVEMBER).on == date(2026, 12, 17)


def test_without_a_day_agreed_circulation_counts_to_the_proposed_or_planned_one_and_the_paper_names_none() -> None:
    session = partnership()
    close_meeting(session, NOVEMBER, reason="time")
    assert draft_minutes(session, NOVEMBER).next_on is None
    assert circulation(session, NOVEMBER) == Deadline(date(2026, 12, 17), proposed=True)
    with session.work.step("planned") as records:
        held = records.get(Meeting, NOVEMBER)
        records.save(replace(held, id="january", on=date(2027, 1, 14), state=MeetingState.PLANNED))
    assert draft_minutes(session, NOVEMBER).next_on is None
    assert circulation(session, NOVEMBER) == Deadline(date(2027, 1, 7))


def test_the_band_is_that_of_the_total_shown_at_the_meeting() -> None:
    session = partnership()
    on = date(2026, 10, 1)
    with session.work.step("a later total") as records:
        case = records.get(Case, "case-1")
        records.save(RiskPoint("point", "case-1", on, 31, Band.STANDARD, on, on))
        records.save(replace(case, total=60, band=Band.HIGH))
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    first = draft_minutes(session, NOVEMBER).cases[0]
    assert (first.total, first.band) == (31, Band.STANDARD)
