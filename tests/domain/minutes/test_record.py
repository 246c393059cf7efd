"""What the minutes say and must never say."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.checks import check_minutes
from csp_desktop.domain.minutes.layout import as_text, decision, sections
from csp_desktop.domain.minutes.paper_parts import Grid, Section, Words, answer_words, ordinal
from csp_desktop.domain.minutes.record import CasePart, Minutes, UncalledLine, case_name, was_called, why_uncalled
from tests.documents.minutes_models import case, minutes

UNTIL = "De-escalate and monitor until Saturday 26 December 2026, then close."
TURN = CaseTurn("turn", "meeting", "case", 0, 4, "oldest")


def _section(paper: Minutes, section_id: str) -> Section:
    return next(section for section in sections(paper) if section.id == section_id)


def _grid(paper: Minutes, section_id: str) -> Grid:
    return next(block for block in _section(paper, section_id).blocks if isinstance(block, Grid))


def _words(section: Section) -> str:
    return " ".join(f"{b.label} {b.text}".strip() for b in section.blocks if isinstance(b, Words))


def test_a_case_is_named_by_reference_and_initials_only() -> None:
    assert case_name("SN-2026-0401", "JK") == "SN-2026-0401, JK"
    assert case_name("SN-2026-0401", "") == "SN-2026-0401"
    assert case_name("", "JK") == "Awaiting Safety Net reference, JK"


def test_the_minutes_have_no_place_for_a_title_a_place_or_a_summary_of_a_case() -> None:
    names = {field.name for field in fields(CasePart)}
    assert names.isdisjoint({"title", "room_title", "summary", "location", "ward", "subject", "name"})


def test_a_case_passed_over_without_a_word_was_not_called() -> None:
    assert not was_called(TURN)
    assert not was_called(replace(TURN, state=TurnState.IN_HAND))


@pytest.mark.parametrize(
    "turn",
    [
        replace(TURN, state=TurnState.IN_HAND, note="Two reports."),
        replace(TURN, state=TurnState.OUTCOME_CHOSEN, outcome=Outcome.CONTINUE),
        replace(TURN, state=TurnState.DONE, outcome=Outcome.DEFER, reason="officer away"),
    ],
)
def test_a_case_of_which_something_was_said_was_called(turn: CaseTurn) -> None:
    assert was_called(turn)


def test_a_case_with_an_action_agreed_was_called() -> None:
    assert was_called(replace(TURN, state=TurnState.IN_HAND), agreed=True)


def test_an_uncalled_case_is_not_reached_unless_it_was_deferred() -> None:
    assert why_uncalled(TURN) == "not reached"
    assert why_uncalled(replace(TURN, seconds=4)) == "opened, not decided"
    assert why_uncalled(replace(TURN, outcome=Outcome.DEFER, reason="officer away")) == "deferred: officer away"


def test_the_attendance_says_who_read_the_clause_out_and_when() -> None:
    paper = minutes(attendees=7)
    grid = _grid(paper, "annex")
    assert len(grid.rows) == 7
    assert grid.rows[6][2] == "version 3, read out 14:00 by Hana Price"


def test_whoever_read_the_clause_out_did_not_read_it_to_themself() -> None:
    paper = minutes(attendees=1)
    reader = replace(
        paper.attendees[0], read_by=f"{paper.attendees[0].name}, chair", read_at=paper.attendees[0].signed_at
    )
    assert _grid(replace(paper, attendees=(reader,)), "annex").rows[0][2] == "version 3, read it out 14:01"


def test_going_and_coming_back_is_minuted() -> None:
    paper = minutes(attendees=1)
    row = paper.attendees[0]
    assert row.signed_at is not None
    away = replace(paper, attendees=(replace(row, away=((row.signed_at, row.signed_at),)),))
    assert _grid(away, "present").rows[0][3] == "13:55 to 15:58, away 14:01 to 14:01"


def test_who_stayed_has_an_end_time_and_no_time_is_after_the_meeting_ended() -> None:
    paper = minutes(attendees=1)
    row, closed = paper.attendees[0], paper.closed_at
    assert closed is not None
    later = closed + timedelta(minutes=42)
    for stayed in (
        replace(row, left_at=None),
        replace(row, left_at=later),
        replace(row, left_at=later, arrived_at=None),
    ):
        times = _grid(replace(paper, attendees=(stayed,)), "present").rows[0][3]
        assert times.endswith("15:58") and "16:40" not in times
    went = replace(row, away=((closed - timedelta(minutes=8), later), (later, later)))
    assert _grid(replace(paper, attendees=(went,)), "present").rows[0][3] == "13:55 to 15:58, away 15:50 to 15:58"


def test_the_chair_stands_first_and_then_who_takes_the_minutes() -> None:
    paper = minutes(attendees=5)
    rows = [*paper.attendees[:3], replace(paper.attendees[3], capacity=Capacity.MINUTE_TAKER)]
    named = replace(paper, attendees=(*rows, replace(paper.attendees[4], chairs=True)))
    roles = [row[2] for row in _grid(named, "present").rows]
    assert roles == ["chair", "minute-taker", "member", "member", "member"]


def test_a_past_date_says_overdue_and_a_date_of_another_year_its_year() -> None:
    late, far = (
        replace(minutes().actions[0], due=due, earlier=date(2026, 10, 29), carried=1)
        for due in (date(2026, 11, 19), date(2027, 1, 14))
    )
    grid = _grid(replace(minutes(), actions=(late, far)), "actions")
    assert [row[3:] for row in grid.rows] == [
        ("19 Nov 2026", "29 Oct 2026, carried forward once", "7 days overdue"),
        ("14 Jan 2027", "29 Oct 2026, carried forward once", ""),
    ]


def test_actions_carried_forward_name_the_section_they_stand_in() -> None:
    (number,) = [section.number for section in sections(minutes()) if section.id == "actions"]
    assert f"2 actions were carried forward (section {number})." in _words(_section(minutes(), "matters-arising"))


def test_declarations_of_interest_how_to_handle_it_and_abbreviations_are_always_there() -> None:
    nobody = replace(minutes(), attendees=tuple(replace(a, interests=()) for a in minutes().attendees))
    assert _words(_section(nobody, "interests")) == "None declared."
    text = as_text(nobody)
    assert "\nHandling: For the named recipient only." in text
    assert text.count("ISP is information sharing protocol") == 1 and "CMHT is" not in text
    told = replace(nobody, cases=(replace(case(1), cmht_told=True),))
    assert "The CMHT has been informed." in as_text(told) and "CMHT is Community Mental Health Team" in as_text(told)


def test_with_no_earlier_meeting_matters_arising_says_so() -> None:
    first = replace(minutes(), earlier_meeting=None, answers=(), still_open=0)
    assert (
        _words(_section(first, "matters-arising"))
        == "No earlier meeting is recorded, so there were no matters arising."
    )


def test_an_answer_carried_on_says_to_when_and_how_often() -> None:
    done, carried = minutes().answers
    assert answer_words(done) == "Done"
    assert answer_words(carried) == "Carried forward to 17 December 2026, 3rd time (term ends)"
    gone = replace(done, answer=Answer.NO_LONGER_POSSIBLE, reason="moved away")
    assert answer_words(gone) == "No longer possible (moved away)"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.CONTINUE, "Continue."),
        (Outcome.DE_ESCALATE, UNTIL),
        (Outcome.REFER, "Refer."),
        (Outcome.INTENSIFY, "Intensify."),
        (Outcome.CLOSE, "Close."),
        (Outcome.DEFER, "Defer to the next meeting."),
        (None, "None recorded."),
    ],
)
def test_each_of_the_six_outcomes_reads_as_a_sentence(outcome: Outcome | None, words: str) -> None:
    until = case(1).monitor_until if outcome is Outcome.DE_ESCALATE else None
    decided = replace(case(1), outcome=outcome, monitor_until=until, refer_to="")
    assert decision(decided) == f"{words} Reason: the reports fell."


def test_a_case_is_deferred_to_the_day_that_was_agreed() -> None:
    words = decision(replace(case(1), outcome=Outcome.DEFER, refer_to=""), date(2026, 12, 17))
    assert words == "Defer to the next meeting, Thursday 17 December 2026. Reason: the reports fell."


@pytest.mark.parametrize("outcome", [*Outcome, None])
def test_whoever_a_case_is_referred_to_is_named_whatever_the_outcome(outcome: Outcome | None) -> None:
    refers = outcome is not None and outcome.rule.refers
    named = f"{outcome.rule.label if outcome and refers else 'Referred'} to Channel panel."
    assert f"{named} Reason: the reports fell." in decision(replace(case(1), outcome=outcome))


def test_a_case_closed_before_its_month_of_monitoring_is_over_is_minuted_as_such() -> None:
    assert decision(replace(case(1), outcome=Outcome.CLOSE, refer_to="")) == (
        "Close, before its month of monitoring ends on Saturday 26 December 2026. Reason: the reports fell."
    )


def test_read_back_time_of_each_case_is_minuted() -> None:
    assert "Read back and accepted at 14:11." in _words(_section(minutes(), "case-SN-2026-0401"))


def test_the_next_date_is_said_where_one_was_agreed() -> None:
    assert _words(_section(minutes(), "next-date")) == "The next meeting is on Thursday 24 December 2026."
    assert _words(_section(replace(minutes(), next_on=None), "next-date")) == "No date was set."


def test_sections_are_numbered_with_cases_on_the_second_level_and_none_for_who_was_present_and_the_annex() -> None:
    found = sections(minutes(cases=2))
    assert [s.number for s in found if s.level == 1] == ["", *map(str, range(1, 11)), ""]
    assert [s.number for s in found if s.case_id] == ["5.1", "5.2"]
    assert len({s.id for s in found}) == len(found)


def test_the_text_beside_the_page_says_all_the_page_says() -> None:
    text = as_text(minutes())
    for action in minutes().actions:
        assert text.count(action.label) == 2
    assert text.startswith("OFFICIAL-SENSITIVE") and text.rstrip().endswith("OFFICIAL-SENSITIVE")


def test_a_recipients_copy_is_numbered_and_named() -> None:
    copy = minutes().copy_for(3, "Ravi Nair, New Hope")
    assert "Draft 1, copy 3 for Ravi Nair, New Hope" in as_text(copy)


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_sound_minutes_pass_every_check() -> None:
    assert all(check.passed for check in check_minutes(minutes()))


def test_an_override_signs_for_nobody() -> None:
    paper = minutes()
    went_on = replace(paper.overrides[0], names=(paper.attendees[0].name,))
    unsigned = replace(
        paper, overrides=(went_on,), attendees=(replace(paper.attendees[0], signed_at=None), *paper.attendees[1:])
    )
    (failed,) = [check for check in check_minutes(unsigned) if not check.passed]
    assert failed.words == f"{paper.attendees[0].name} did not sign"
    assert failed.detail == "Override at 14:09: the pad failed"


def test_each_thing_wrong_fails_with_its_place() -> None:
    paper = minutes(cases=2)
    first, second = paper.cases
    wrong = replace(
        paper,
        overrides=(),
        attendees=(replace(paper.attendees[0], signed_at=None), *paper.attendees[1:]),
        cases=(replace(first, outcome=None, initials="Jan Kowalski"), replace(second, read_back_at=None)),
        actions=(replace(paper.actions[0], officer="", due=None), *paper.actions[1:]),
        next_on=None,
    )
    failed = {(check.section_id, check.words) for check in check_minutes(wrong) if not check.passed}
    label = paper.actions[0].label
    assert failed == {
        ("confidentiality", "PC Aisha Rahman 01 did not sign"),
        ("case-SN-2026-0401", "SN-2026-0401, Jan Kowalski has no outcome"),
        ("case-SN-2026-0401", "SN-2026-0401 may show a name"),
        ("case-SN-2026-0402", "SN-2026-0402, JK was not read back"),
        ("actions", f"Action {label} has no officer"),
        ("actions", f"Action {label} has no date"),
        ("next-date", "The next date is not agreed"),
    }


@pytest.mark.parametrize(
    ("paper", "words", "section_id"),
    [
        (
            replace(minutes(), uncalled=(UncalledLine("SN-2026-0901", "Jan Kowalski", "not reached"),)),
            "SN-2026-0901 may show a name",
            "uncalled",
        ),
        (
            replace(minutes(), items=tuple(replace(item, read_back_at=None) for item in minutes().items)),
            "Other business was not read back",
            "other-8",
        ),
        (
            replace(minutes(), cases=(replace(case(1), note="Mrs O'Neill (No. 27) called Mr Ó Súilleabháin."),)),
            "“Mrs O'Neill”: a title with a name; “No. 27”: a house number; “Mr Ó Súilleabháin”: a title with a name",
            "case-SN-2026-0401",
        ),
    ],
)
def test_no_check_is_green_over_what_it_did_not_look_at(paper: Minutes, words: str, section_id: str) -> None:
    failed = [(check.words, check.section_id) for check in check_minutes(paper) if not check.passed]
    assert failed == [(words, section_id)]


def test_a_text_is_asked_about_once_with_every_place_it_is_printed_in_until_it_is_kept() -> None:
    line = replace(minutes().cases[0].actions[0], what="Call Mrs Green back")
    paper = replace(minutes(), cases=(replace(case(1), actions=(line,)),), actions=(line,))
    (failed,) = [check for check in check_minutes(paper) if not check.passed]
    assert failed.detail == (f"SN-2026-0401, JK: Action {line.label}; Actions by officer: Action {line.label}")
    assert failed.kept_as and failed.case_id == "case-1"
    assert all(check.passed for check in check_minutes(paper, kept={failed.kept_as}))
    changed = replace(paper, actions=(replace(line, what="Call Mrs Green back soon"),))
    assert not all(check.passed for check in check_minutes(changed, kept={failed.kept_as}))
