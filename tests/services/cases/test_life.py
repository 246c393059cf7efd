"""Whole lives of a case on a real encrypted file: imported, decided about at meetings, reopened by hand, taken back."""

import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from csp_desktop.domain.cases.cases import Case, CaseStatus, StatusChange
from csp_desktop.domain.cases.life import MOVES, REASON, is_decided_here
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingKind, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.exchange.safety_net import read_cases
from csp_desktop.services.cases.case_entry import reopen
from csp_desktop.services.cases.case_import import import_cases
from csp_desktop.services.meeting import case_walk
from csp_desktop.services.session import Session
from tests.support.case_files import make_file, opened
from tests.support.fakes import FixedClock

HEAD = (
    "SN Reference,Date Created,Theme,Subject Type,Subject Initials,Location,Ward,Lead Agency,Lead Officer,Risk Score,"
    "Risk Level,Last Risk Assessment,Mental Health,Repeat Victim,Status,Summary"
)
ROW = (
    "SN-2026-047400,13/10/2026,Exploitation and extremism,Perpetrator,WB,10 Hagden Lane,Leggatts,Change Grow Live,"
    "Ewa Lukasik,9,Standard,14/10/2026,N,N,{},Hagden Lane: new phone"
)
SHOWN = ("Open", "Open - monitoring", "Closed")
START = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)


def shows(session: Session, status: str, on: date) -> None:
    import_cases(session, read_cases(f"{HEAD}\n{ROW.format(status)}\n".encode(), "export.csv"), on)


def meet(session: Session, on: date, outcome: Outcome) -> None:
    """A meeting that discusses the one case and closes."""
    meeting = Meeting(f"m-{on}", MeetingKind.CPG, on, time(14), time(16), "", "", "", MeetingState.IN_SESSION)
    turn = CaseTurn(f"t-{on}", meeting.id, the_case(session).id, 1, 5, "", state=TurnState.IN_HAND)
    with session.work.step("a meeting", of_held=True) as records:
        records.save(meeting)
        records.save(turn)
    try:
        case_walk.choose_outcome(session, turn.id, outcome)
        case_walk.say(session, turn.id, reason="It was agreed", refer_to="CGL", intervention_planned=False)
        case_walk.accept(session, turn.id)
    finally:
        with session.work.step("the end of a meeting", of_held=True) as records:
            records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))


def the_case(session: Session) -> Case:
    with session.work.reading() as records:
        return records.find(Case, reference="SN-2026-047400")[0]


def the_history(session: Session) -> list[StatusChange]:
    with session.work.reading() as records:
        return records.find(StatusChange, case_id=the_case(session).id)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))


@pytest.fixture
def session(tmp_path: Path, clock: FixedClock) -> Any:
    source = make_file(tmp_path / "source.db")
    with opened(source, tmp_path / "records.db", clock) as made:
        shows(made, "Closed", date(2026, 11, 20))
        yield made


def test_a_case_closed_in_safety_net_is_reopened_by_hand_and_the_next_export_does_not_close_it(
    session: Session, clock: FixedClock
) -> None:
    with pytest.raises(FieldRefused) as refused:
        reopen(session, the_case(session).id, " ")
    assert refused.value.field == REASON
    reopen(session, the_case(session).id, "The phone calls began again")
    with session.work.reading() as records:
        assert [turn.case_id for turn in records.find(CaseTurn, meeting_id="november")] == [the_case(session).id]
    clock.advance(days=1)
    shows(session, "Closed", date(2026, 11, 24))
    assert the_case(session).status is CaseStatus.OPEN
    clock.advance(days=60)
    shows(session, "Closed", date(2027, 1, 15))
    assert the_case(session).status is CaseStatus.CLOSED


def test_reopening_is_undone_like_every_step(session: Session) -> None:
    reopen(session, the_case(session).id, "The phone calls began again")
    session.work.undo()
    assert the_case(session).status is CaseStatus.CLOSED
    assert len(the_history(session)) == 1


class AnyLife(RuleBasedStateMachine):
    """Any life of a case: its history tells how it came to stand where it stands, and no impossible move is in it."""

    @initialize(first=st.sampled_from(SHOWN))
    def begin(self, first: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name)
        self.clock = FixedClock(START)
        self.opening = opened(make_file(path / "source.db"), path / "records.db", self.clock)
        self.session = self.opening.__enter__()
        shows(self.session, first, self.today)

    @property
    def today(self) -> date:
        return self.clock().date()

    def attempt(self, verb: Any, *args: Any) -> None:
        self.clock.advance(days=9)
        try:
            verb(self.session, *args)
        except Refused as why:
            assert why.sentence.endswith(".")

    @rule(status=st.sampled_from(SHOWN))
    def safety_net_shows(self, status: str) -> None:
        self.clock.advance(days=9)
        shows(self.session, status, self.today)

    @rule(outcome=st.sampled_from(Outcome))
    def a_meeting_decides(self, outcome: Outcome) -> None:
        self.attempt(meet, self.today + timedelta(days=9), outcome)

    @rule(reason=st.sampled_from(["", "It began again"]))
    def it_is_reopened(self, reason: str) -> None:
        self.attempt(reopen, the_case(self.session).id, reason)

    @rule()
    def taken_back(self) -> None:
        if len(the_history(self.session)) > 1:
            self.session.work.undo()

    @invariant()
    def the_history_leads_to_where_it_stands(self) -> None:
        if not hasattr(self, "session"):
            return
        case, left = the_case(self.session), the_history(self.session)
        status = next(one.after for one in left if one.before is None)
        left = sorted((one for one in left if one.before is not None), key=lambda one: one.on)
        for change in left:
            assert change.before is status
            assert change.by
            assert change.reason
            if is_decided_here(change):
                assert change.after in MOVES[status]
            status = change.after
        assert case.status is status
        if case.status in (CaseStatus.OPEN, CaseStatus.INTENSIVE):
            assert case.monitoring_since is None

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.opening.__exit__(None, None, None)
            self.folder.cleanup()


TestAnyLife = AnyLife.TestCase
TestAnyLife.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
