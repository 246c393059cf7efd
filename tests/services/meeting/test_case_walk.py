"""The case walk: note, outcome, read-back, and on to the next."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from csp_desktop.domain.cases.cases import Case, CaseStatus, StatusChange
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.meeting import CaseTurn, ItemKind, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.walk import Field
from csp_desktop.services.meeting import case_walk as reviewing
from csp_desktop.services.meeting.running_meeting import fix_next_date, go_to_item, meeting_state, start
from tests.support.fakes import FakeWork, FixedClock, fake_session
from tests.support.walk_meeting import DAY, LAST, fill


@pytest.fixture
def clock():
    return FixedClock()


def at_the_cases(clock):
    session = fake_session(now=clock)
    fill(session.work)
    start(session, "november")
    cases = next(i for i in meeting_state(session, "november").items if i.kind is ItemKind.CASES)
    go_to_item(session, cases.id)
    return session


@pytest.fixture
def session(clock):
    return at_the_cases(clock)


def get(session, kind, record_id):
    with session.work.reading() as records:
        return records.get(kind, record_id)


def current(session):
    return meeting_state(session, "november").meeting.current_turn_id


def read_back(session, turn_id):
    return reviewing.read_back(reviewing.live_case(session, turn_id))


def test_the_case_in_hand_shows_what_was_agreed_and_minuted_last_time(session):
    row = reviewing.live_case(session, "t-oak")
    assert [r.officer.initials for r in row.last] == ["ȘI", "EŁ", "DH"]
    assert [r.status for r in row.last] == ["8 days overdue", "6 days overdue", "2 days overdue"]
    assert row.last_minute is not None
    assert (row.last_minute.on, row.last_minute.note[:9]) == (LAST, "Neighbour")
    assert [p.total for p in row.points] == [44, 41, 38]
    assert row.lead.id == "dan"


@pytest.mark.parametrize(
    ("agreed_on", "closed_on", "told"),
    [
        (LAST, LAST, True),  # agreed when the case was last at the table
        (date(2026, 9, 24), date(2026, 10, 30), True),  # answered since
        (date(2026, 9, 24), LAST, False),  # answered then
        (date(2026, 9, 24), None, True),  # not answered yet
    ],
)
def test_of_earlier_actions_the_open_ones_and_what_is_new_since_last_time_are_told(session, agreed_on, closed_on, told):
    state = ActionState.DONE if closed_on else ActionState.OPEN
    with session.work.step("reviewed") as records:
        one = records.get(Action, "x1")
        records.save(replace(one, agreed_on=agreed_on, state=state, closed_on=closed_on))
    assert ("x1" in [row.action.id for row in reviewing.live_case(session, "t-oak").last]) is told


def test_a_case_never_at_the_table_has_no_last_minute(session):
    assert reviewing.live_case(session, "t-yew").last_minute is None


def test_the_outcomes_say_what_they_lead_to(session):
    words = {o.outcome: o.leads_to for o in reviewing.live_case(session, "t-oak").outcomes}
    assert words[Outcome.DE_ESCALATE] == "monitor to Sat 26 Dec"
    assert words[Outcome.CONTINUE] == "back on Thu 24 Dec"


def test_an_open_case_cannot_be_closed_and_says_why(session):
    close = next(o for o in reviewing.live_case(session, "t-oak").outcomes if o.outcome is Outcome.CLOSE)
    assert "month of monitoring" in close.refused
    with pytest.raises(Refused):
        reviewing.choose_outcome(session, "t-oak", Outcome.CLOSE)


def monitored_since(session, day):
    """The case of Ash Grove, which is monitored, since a day."""
    with session.work.step("monitored") as records:
        records.save(replace(records.get(Case, "ash"), monitoring_since=day))


def test_closing_before_the_month_of_monitoring_is_over_is_said_asked_about_and_minuted(session):
    monitored_since(session, LAST)
    close = next(o for o in reviewing.live_case(session, "t-ash").outcomes if o.outcome is Outcome.CLOSE)
    assert (close.refused, close.leads_to) == ("", "before Sun 29 Nov, say why")
    reviewing.choose_outcome(session, "t-ash", Outcome.CLOSE)
    with pytest.raises(Refused, match="ends on Sun 29 Nov"):
        read_back(session, "t-ash")
    reviewing.say(session, "t-ash", reason="No report since September")
    assert read_back(session, "t-ash").details == (
        "Its month of monitoring ends on Sun 29 Nov",
        "Reason: No report since September",
    )
    reviewing.open_turn(session, "t-ash")
    reviewing.accept(session, "t-ash")
    assert get(session, Case, "ash").status is CaseStatus.CLOSED
    with session.work.reading() as records:
        (step,) = records.find(StatusChange, case_id="ash")
    assert step.reason == (
        "CPG of Thu 26 Nov 2026: close before its monitoring ends on Sun 29 Nov 2026. No report since September"
    )


def test_until_when_a_case_is_monitored_is_read_back(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.DE_ESCALATE)
    assert "Monitor until Sat 26 Dec 2026" in read_back(session, "t-oak").details


def test_closing_after_the_month_of_monitoring_asks_nothing(session):
    monitored_since(session, date(2026, 10, 20))
    close = next(o for o in reviewing.live_case(session, "t-ash").outcomes if o.outcome is Outcome.CLOSE)
    assert close.leads_to == "monitoring is over"
    reviewing.choose_outcome(session, "t-ash", Outcome.CLOSE)
    assert read_back(session, "t-ash").details == ()


def test_a_further_month_taken_back_leaves_the_month_that_ran(session):
    with session.work.step("monitored since October") as records:
        records.save(StatusChange("s", "ash", CaseStatus.OPEN, CaseStatus.MONITORING, LAST, "Ewa Łukasik", "Quiet"))
    monitored_since(session, LAST)
    reviewing.open_turn(session, "t-ash")
    reviewing.choose_outcome(session, "t-ash", Outcome.DE_ESCALATE)
    reviewing.accept(session, "t-ash")
    assert get(session, Case, "ash").monitoring_since == DAY
    reviewing.take_up_again(session, "t-ash")
    assert get(session, Case, "ash").monitoring_since == LAST


def test_monitoring_taken_back_is_as_if_it_had_never_begun(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.DE_ESCALATE)
    reviewing.accept(session, "t-oak")
    reviewing.take_up_again(session, "t-oak")
    oak = get(session, Case, "oak")
    assert (oak.status, oak.monitoring_since) == (CaseStatus.OPEN, None)


def test_a_rating_that_may_no_longer_hold_says_why(session):
    with session.work.step("assessed long ago") as records:
        records.save(replace(records.get(Case, "oak"), assessed_on=date(2026, 9, 1)))
    row = reviewing.live_case(session, "t-oak")
    assert "Assessment out of date (86 days; limit 28)" in [sign.words for sign in row.stale]


def test_the_read_back_is_accepted_and_its_time_minuted_before_a_case_is_done(session, clock):
    reviewing.choose_outcome(session, "t-oak", Outcome.CONTINUE)
    shown = read_back(session, "t-oak")
    assert shown.decision == "Continue"
    assert get(session, CaseTurn, "t-oak").state is TurnState.OUTCOME_CHOSEN
    reviewing.accept(session, "t-oak")
    turn = get(session, CaseTurn, "t-oak")
    assert (turn.state, turn.read_back_at, turn.risk_total) == (TurnState.DONE, clock(), 38)
    assert current(session) == "t-elm"


def test_no_case_is_read_back_without_an_outcome(session):
    with pytest.raises(Refused, match="Choose an outcome"):
        read_back(session, "t-oak")


def test_a_deferral_is_minuted_with_its_reason(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.DEFER)
    with pytest.raises(Refused, match="why the case is deferred"):
        read_back(session, "t-oak")
    reviewing.say(session, "t-oak", reason="nobody can speak to it")
    assert "Reason: nobody can speak to it" in read_back(session, "t-oak").details
    reviewing.accept(session, "t-oak")
    assert get(session, Case, "oak").last_reviewed_on is None


def test_a_risk_that_goes_up_must_name_the_specialist_or_agency(session):
    reviewing.choose_outcome(session, "t-elm", Outcome.CONTINUE)
    row = reviewing.live_case(session, "t-elm")
    assert (row.missing, [m.field for m in row.to_complete][:2]) == ((), [Field.REFER_TO, Field.INTERVENTION])
    assert reviewing.read_back(row).open_questions[0] == "No specialist or agency was named"
    reviewing.say(session, "t-elm", refer_to="Youth justice", intervention_planned=True)
    details = read_back(session, "t-elm").details
    assert details == ("Referred to Youth justice", "An intervention is planned")


def test_what_is_typed_in_a_reason_counts_before_the_field_is_left(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.DEFER)
    reviewing.keep_typing(session, "t-oak", "police away", "reason")
    reviewing.accept(session, "t-oak")
    assert get(session, CaseTurn, "t-oak").reason == "police away"


def test_a_mental_health_factor_shows_whether_cmht_has_been_told(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.CONTINUE)
    assert read_back(session, "t-oak").open_questions == ("CMHT has not been informed",)
    reviewing.say(session, "t-oak", cmht_told=True)
    assert read_back(session, "t-oak").open_questions == ()
    reviewing.accept(session, "t-oak")
    assert get(session, Case, "oak").cmht_told_on is not None


def test_a_repeat_victim_is_asked_about(session):
    reviewing.choose_outcome(session, "t-elm", Outcome.DEFER)
    reviewing.say(session, "t-elm", reason="x")
    assert read_back(session, "t-elm").open_questions == ("The repeat victim was not discussed",)
    reviewing.say(session, "t-elm", repeat_victim_asked=True)
    assert read_back(session, "t-elm").open_questions == ()


def test_every_transition_has_a_meeting_a_person_and_a_reason(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.DE_ESCALATE)
    reviewing.accept(session, "t-oak")
    with session.work.reading() as records:
        [change] = records.find(StatusChange, case_id="oak")
    assert (change.before, change.after) == (CaseStatus.OPEN, CaseStatus.MONITORING)
    assert (change.meeting_id, change.by) == ("november", "Ruth Coyle")
    assert change.reason == "CPG of Thu 26 Nov 2026: de-escalate and monitor"


def test_skipped_cases_return_at_the_end_and_then_the_meeting_goes_on(session):
    reviewing.open_turn(session, "t-elm")  # oak is skipped
    for turn_id in ("t-elm", "t-ash", "t-yew"):
        reviewing.choose_outcome(session, turn_id, Outcome.DEFER)
        reviewing.say(session, turn_id, reason="out of time")
        reviewing.accept(session, turn_id)
    assert current(session) == "t-oak"
    reviewing.choose_outcome(session, "t-oak", Outcome.CONTINUE)
    reviewing.accept(session, "t-oak")
    item = meeting_state(session, "november").item
    assert item is not None
    assert item.kind is ItemKind.EMERGING


def test_a_case_is_accepted_once(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.CONTINUE)
    reviewing.accept(session, "t-oak")
    done = get(session, CaseTurn, "t-oak")
    with pytest.raises(Refused, match=r"^This case is already finished\.$"):
        reviewing.accept(session, "t-oak")
    with pytest.raises(Refused, match=r"^This case is finished\. Undo its read-back, or reopen it first\.$"):
        reviewing.choose_outcome(session, "t-oak", Outcome.REFER)
    assert get(session, CaseTurn, "t-oak") == done


def test_taking_up_a_done_case_again_takes_back_its_change_of_status(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.DE_ESCALATE)
    reviewing.accept(session, "t-oak")
    reviewing.take_up_again(session, "t-oak")
    assert get(session, Case, "oak").status is CaseStatus.OPEN
    assert get(session, CaseTurn, "t-oak").state is TurnState.OUTCOME_CHOSEN
    reviewing.choose_outcome(session, "t-oak", Outcome.CONTINUE)
    reviewing.accept(session, "t-oak")
    with session.work.reading() as records:
        assert records.find(StatusChange, case_id="oak") == []


def test_dissent_is_read_back(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.CONTINUE)
    reviewing.say(session, "t-oak", dissent="Housing would rather intensify")
    assert "Dissent: Housing would rather intensify" in read_back(session, "t-oak").details


class AnyWalk(RuleBasedStateMachine):
    """Any sequence of steps of the walk, all undone, leaves everything as it was."""

    @initialize()
    def begin(self):
        self.clock = FixedClock()
        self.work = FakeWork(self.clock)
        self.session = fake_session(self.work, now=self.clock)
        fill(self.work)
        self.before = self.work.everything()
        start(self.session, "november")
        items = meeting_state(self.session, "november").items
        self.cases = next(i for i in items if i.kind is ItemKind.CASES)
        go_to_item(self.session, self.cases.id)

    turns = st.sampled_from(["t-oak", "t-elm", "t-ash", "t-yew"])

    def attempt(self, verb, *args, **more):
        self.clock.advance(seconds=20)
        try:
            verb(self.session, *args, **more)
        except Refused as why:
            assert why.sentence

    @rule(turn=turns, outcome=st.sampled_from(Outcome))
    def choose(self, turn, outcome):
        self.attempt(reviewing.choose_outcome, turn, outcome)

    @rule(turn=turns, words=st.sampled_from(["", "out of time"]), planned=st.booleans())
    def say(self, turn, words, planned):
        self.attempt(reviewing.say, turn, reason=words, refer_to=words, intervention_planned=planned)

    @rule(turn=turns, words=st.text(max_size=5))
    def type(self, turn, words):
        self.attempt(reviewing.keep_typing, turn, words)

    @rule(turn=turns)
    def open(self, turn):
        self.attempt(reviewing.open_turn, turn)

    @rule(turn=turns)
    def accept(self, turn):
        self.attempt(reviewing.accept, turn)

    @rule(turn=turns)
    def again(self, turn):
        self.attempt(reviewing.take_up_again, turn)

    def teardown(self):
        if hasattr(self, "session"):
            while self.session.work.undo():
                pass
            left = self.work.everything()
            left.pop(Disclosure, None)  # what was heard cannot be unheard
            assert left == self.before


TestAnyWalk = AnyWalk.TestCase
TestAnyWalk.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_a_deferral_is_read_back_to_the_next_meeting_with_its_day_where_one_was_agreed(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.DEFER)
    reviewing.say(session, "t-oak", reason="Nobody knows the case")
    assert "To the next meeting" in read_back(session, "t-oak").details
    fix_next_date(session, "november", date(2026, 12, 17))
    assert "To the next meeting, Thu 17 Dec 2026" in read_back(session, "t-oak").details


def test_a_referral_is_read_back_as_it_is_minuted(session):
    reviewing.choose_outcome(session, "t-oak", Outcome.REFER)
    reviewing.say(session, "t-oak", refer_to="Adult safeguarding", intervention_planned=False)
    read = read_back(session, "t-oak")
    assert (read.decision, read.details) == ("Refer", ("To Adult safeguarding", "No intervention is planned"))
