"""The totals of a case on real time, with what was done meanwhile; one point is no chart."""

from datetime import date

from csp_desktop.domain.cases.case_assessment import CaseAssessment
from csp_desktop.domain.cases.cases import Band, RiskPoint
from csp_desktop.domain.cases.trend import Decision, Lane, Sense, TrendPoint, trend_of, trend_words
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.outcomes import Outcome

OCTOBER, NOVEMBER = date(2026, 10, 29), date(2026, 11, 26)


def known(on, total):
    return RiskPoint(f"{on}", "oak", on, total, Band.MEDIUM, on, on)


def made(on, total, ceiling):
    return CaseAssessment(f"{on}", "oak", on, "Ruth", "m1", "1", (), total, ceiling, Band.HIGH)


def ended(number, state):
    return Action(f"a{number}", "m", number, "Visit", "dan", None, OCTOBER, "oak", state=state, closed_on=NOVEMBER)


def test_one_point_is_no_chart():
    assert not trend_of([known(OCTOBER, 21)], [], [], []).is_drawn
    assert not trend_of([known(OCTOBER, 21)], [made(NOVEMBER, 30, 30)], [], []).is_drawn, "one of each source"
    assert trend_of([known(OCTOBER, 21), known(NOVEMBER, 25)], [], [], []).is_drawn


def test_an_incomplete_total_is_a_range_and_an_assessment_made_here_is_marked():
    trend = trend_of([known(NOVEMBER, 21)], [made(OCTOBER, 30, 36)], [], [])
    assert trend.points == (
        TrendPoint(OCTOBER, 30, Band.HIGH, 36, here=True),
        TrendPoint(NOVEMBER, 21, Band.MEDIUM),
    )
    assert trend_words(trend) == "30 to 36 on 29 Oct, 21 on 26 Nov"


def test_what_meetings_decided_whom_it_was_referred_to_and_what_ended_stand_in_lanes():
    decisions = [
        Decision(OCTOBER, Outcome.DEFER),
        Decision(NOVEMBER, Outcome.INTENSIFY, "CMHT"),
        Decision(OCTOBER, None),
    ]
    actions = [ended(1, ActionState.DONE), ended(2, ActionState.DONE), ended(3, ActionState.NOT_DONE)]
    events = trend_of([], [], decisions, actions).events
    assert [(one.lane, one.on, one.words, one.sense) for one in events] == [
        (Lane.MEETINGS, OCTOBER, "Deferred", Sense.WAITS),
        (Lane.MEETINGS, NOVEMBER, Outcome.INTENSIFY.rule.word.capitalize(), Sense.PLAIN),
        (Lane.REFERRALS, NOVEMBER, "CMHT", Sense.PLAIN),
        (Lane.ACTIONS, NOVEMBER, "2 done, 1 not done", Sense.BAD),
    ]
