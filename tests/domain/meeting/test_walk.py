"""The rules of the case walk, by the sentences of the brief."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting import walk
from csp_desktop.domain.meeting.meeting import CaseTurn, TurnState
from csp_desktop.domain.meeting.outcomes import AtTable, Outcome
from csp_desktop.domain.people.settings import Settings

DAY = date(2026, 11, 26)
SETTINGS = Settings()
NOW = datetime(2026, 11, 26, 14, 52, tzinfo=UTC)
TURN = CaseTurn("t", "m", "c", 1, 3, "oldest")
CASE = Case(
    "c",
    "SN-2026-000001",
    date(2026, 10, 1),
    "Community wellbeing",
    SubjectType.LOCATION,
    "",
    "1 Oak Way",
    "Park",
    "New Hope",
    "Ravi Nair",
    20,
    Band.MEDIUM,
    date(2026, 10, 3),
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: noise",
)


def chosen(outcome, **more):
    return replace(TURN, outcome=outcome, state=TurnState.OUTCOME_CHOSEN, **more)


def at(case, settings=SETTINGS):
    return AtTable(case, DAY, DAY + timedelta(weeks=4), settings)


def fields(turn, case=CASE):
    return [m.field for m in walk.missing(turn, at(case))]


def later(turn, change=None, case=CASE):
    return [m.field for m in walk.to_complete(turn, case, change)]


def test_a_deferral_needs_a_reason():
    assert fields(chosen(Outcome.DEFER)) == [walk.Field.REASON]
    assert fields(chosen(Outcome.DEFER, reason="nobody can speak to it")) == []


@pytest.mark.parametrize("outcome", [Outcome.INTENSIFY, Outcome.REFER])
def test_intensifying_or_referring_names_the_specialist_and_asks_about_an_intervention(outcome):
    assert later(chosen(outcome)) == [walk.Field.REFER_TO, walk.Field.INTERVENTION]
    assert later(chosen(outcome, refer_to="CMHT", intervention_planned=False)) == []


@pytest.mark.parametrize("outcome", [o for o in Outcome if o.rule.why is None])
def test_before_the_read_back_only_the_outcome_and_its_reason_are_required(outcome):
    case = replace(CASE, mental_health=True, repeat_victim=True)
    assert fields(chosen(outcome), case=case) == []
    assert walk.accept(chosen(outcome), at(case), NOW).state is TurnState.DONE
    assert later(chosen(outcome), case=case)[-2:] == [walk.Field.CMHT, walk.Field.REPEAT_VICTIM]


def test_a_risk_that_goes_up_names_the_specialist_whatever_the_outcome():
    assert later(chosen(Outcome.CONTINUE), change=3) == [walk.Field.REFER_TO, walk.Field.INTERVENTION]
    assert later(chosen(Outcome.CONTINUE), change=0) == []
    assert later(chosen(Outcome.CONTINUE), change=-3) == []


def test_no_case_is_done_before_its_outcome_and_its_reasons():
    with pytest.raises(Refused):
        walk.accept(TURN, at(CASE), NOW)
    with pytest.raises(Refused):
        walk.accept(chosen(Outcome.DEFER), at(CASE), NOW)


def test_the_time_of_acceptance_is_minuted():
    done = walk.accept(chosen(Outcome.CONTINUE, started_at=NOW - timedelta(minutes=3)), at(CASE), NOW)
    assert (done.state, done.read_back_at, done.seconds, done.risk_total) == (TurnState.DONE, NOW, 180, 20)


def test_after_de_escalation_a_case_is_monitored_one_further_month():
    turn = walk.choose(TURN, CASE, Outcome.DE_ESCALATE, DAY, Settings())
    after = walk.case_after(CASE, turn, DAY, "Chair").case
    assert turn.monitor_until == date(2026, 12, 26)
    assert (after.status, after.monitoring_since, after.last_reviewed_on) == (CaseStatus.MONITORING, DAY, DAY)


def test_a_case_is_closed_only_from_monitoring():
    with pytest.raises(Refused, match="month of monitoring"):
        walk.choose(TURN, CASE, Outcome.CLOSE, DAY, Settings())
    monitored = replace(CASE, status=CaseStatus.MONITORING, monitoring_since=date(2026, 10, 20))
    turn = walk.choose(TURN, monitored, Outcome.CLOSE, DAY, Settings())
    assert walk.case_after(monitored, turn, DAY, "Chair").case.status is CaseStatus.CLOSED


def test_a_case_in_intensive_support_is_monitored_before_it_is_closed():
    with pytest.raises(Refused, match="intensive support must be monitored before"):
        walk.choose(TURN, replace(CASE, status=CaseStatus.INTENSIVE), Outcome.CLOSE, DAY, Settings())


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_is_decided_about_a_case_closed_already(outcome):
    with pytest.raises(Refused, match="already closed"):
        walk.choose(TURN, replace(CASE, status=CaseStatus.CLOSED), outcome, DAY, Settings())


def monitored(since):
    return replace(CASE, status=CaseStatus.MONITORING, monitoring_since=since)


def test_closing_before_the_month_of_monitoring_is_over_says_so_and_asks_why():
    early = monitored(date(2026, 10, 29))
    turn = walk.choose(TURN, early, Outcome.CLOSE, DAY, Settings())
    assert turn.monitor_until == date(2026, 11, 29)
    (asked,) = walk.missing(turn, at(early))
    assert asked == walk.Missing(
        walk.Field.REASON,
        "Its month of monitoring ends on Sun 29 Nov. Say why the case is closed now; the reason is minuted.",
    )
    with pytest.raises(Refused, match="Sun 29 Nov"):
        walk.accept(turn, at(early), NOW)
    told = replace(turn, reason="the family moved away")
    assert walk.accept(told, at(early), NOW).state is TurnState.DONE
    assert walk.reason_words(told, DAY) == (
        "CPG of Thu 26 Nov 2026: close before its monitoring ends on Sun 29 Nov 2026. the family moved away"
    )


def test_closing_on_the_day_the_month_ends_needs_no_reason():
    over = monitored(date(2026, 10, 26))
    turn = walk.choose(TURN, over, Outcome.CLOSE, DAY, Settings())
    assert (turn.monitor_until, fields(turn, case=over)) == (None, [])
    longer = Settings(monitoring_months=2)
    (asked,) = walk.missing(turn, at(over, longer))
    assert "Sat 26 Dec" in asked.sentence


def test_where_the_start_of_monitoring_is_not_known_closing_asks_why():
    unknown = monitored(None)
    turn = walk.choose(TURN, unknown, Outcome.CLOSE, DAY, Settings())
    assert fields(turn, case=unknown) == [walk.Field.REASON]
    assert fields(replace(turn, reason="quiet since September"), case=unknown) == []


def test_another_outcome_of_a_monitored_case_asks_nothing_about_its_month():
    assert fields(chosen(Outcome.CONTINUE), case=monitored(date(2026, 11, 20))) == []


def test_re_escalation_returns_a_monitored_case():
    monitored = replace(CASE, status=CaseStatus.MONITORING, monitoring_since=date(2026, 10, 20))
    assert walk.case_after(monitored, chosen(Outcome.INTENSIFY), DAY, "Chair").case.status is CaseStatus.INTENSIVE


def test_a_deferral_is_no_review():
    assert walk.case_after(CASE, chosen(Outcome.DEFER, reason="x"), DAY, "Chair").case == CASE


def test_telling_the_cmht_is_kept_with_the_case():
    assert walk.case_after(CASE, chosen(Outcome.CONTINUE, cmht_told=True), DAY, "Chair").case.cmht_told_on == DAY


def test_skipped_ones_return_at_the_end():
    a, b, c = (replace(TURN, id=i) for i in "abc")
    done_a, done_b, done_c = (replace(turn, state=TurnState.DONE) for turn in (a, b, c))
    assert walk.following((a, b, c), "a") == b
    assert walk.following((a, done_b, done_c), "c") == a
    assert walk.following((done_a, done_b, done_c), "c") is None


def test_a_change_of_risk_needs_two_known_totals():
    def point(total):
        return RiskPoint("", "c", DAY, total, None, None, DAY)

    assert walk.change_of_risk([]) is None
    assert walk.change_of_risk([point(5)]) is None
    assert walk.change_of_risk([point(5), point(9)]) == 4


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 600)), max_size=20))
def test_the_time_of_a_case_is_the_sum_of_its_stays(moves):
    """However often people come back to a case, only the time at it counts."""
    turn, at, total, here = TURN, NOW, 0, False
    for taking, seconds in moves:
        turn = walk.take_in_hand(turn, at) if taking else walk.lay_down(turn, at)
        here = taking
        at += timedelta(seconds=seconds)
        total += seconds if here else 0
        assert walk.spent(turn, at) == timedelta(seconds=total)


def test_a_read_back_says_when_and_whether_anything_was_changed_since():
    later = NOW + timedelta(minutes=1)
    read = replace(TURN, read_back_at=NOW)
    assert walk.read_back_words(TURN, later=True) == ""
    assert walk.read_back_words(read, later=False) == "Read back 14:52"
    assert walk.read_back_words(read, later=True) == "Changed since the read-back 14:52"
    changed = replace(read, changed_at=later)
    assert walk.read_back_words(changed, later=False) == "Changed since the read-back 14:52"
    assert walk.change_after_read_back(changed) == later
    assert walk.change_after_read_back(replace(read, changed_at=NOW)) is None


def test_how_the_risk_moved_is_said_in_words():
    assert [walk.change_words(change) for change in (None, 0, 3, -6)] == ["", "no change", "up 3", "down 6"]
