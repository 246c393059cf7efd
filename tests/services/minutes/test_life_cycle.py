"""Draft, check, send back, correct, approve, agree, in any order anybody may try: what was approved stays as it was,
and only what was approved is agreed.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.minutes.agreeing import AgreedMinutes
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.services.meeting.agenda import plan_meeting, propose_plan
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import agreeing, corrections, review, versions
from tests.support.held_meeting import NOVEMBER, partnership


class Life:
    """One record of a meeting, the meeting after it running, and everything somebody may do."""

    def __init__(self) -> None:
        self.session: Any = partnership(4)
        close_meeting(self.session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
        planned = plan_meeting(self.session, propose_plan(self.session))
        self.december = planned.id
        with self.session.work.step("in session", undoable=False) as records:
            records.save(replace(planned, state=MeetingState.IN_SESSION, started_at=self.session.now()))
        found = corrections.correctable(self.session, NOVEMBER)
        self.note = next(one.part_id for one in found if one.fact.field == "note" and one.case_id)
        self.kept: dict[int, bytes] = {}
        self.read: tuple[int, str] | None = None

    def correct(self, words: str) -> None:
        corrections.correct(self.session, NOVEMBER, self.note, "note", words)

    def take_back(self, _words: str) -> None:
        found = corrections.corrections(self.session, NOVEMBER)
        if found:
            corrections.take_back(self.session, found[0].id)

    def check(self, _words: str) -> None:
        versions.check(self.session, NOVEMBER)

    def send_back(self, words: str) -> None:
        review.send_back(self.session, NOVEMBER, words)
        assert versions.standing(self.session, NOVEMBER).state is MinutesState.DRAFT

    def read_it(self, _words: str) -> None:
        review.mark_read(self.session, NOVEMBER)
        assert review.reading_of(self.session, NOVEMBER).changes == ()

    def approve(self, _words: str) -> None:
        made = versions.approve(self.session, NOVEMBER)
        self.kept[made.number] = versions.printed_version(self.session, NOVEMBER, made.number)

    def agree(self, _words: str) -> None:
        made = agreeing.agree(self.session, self.december, NOVEMBER)
        assert made.version in self.kept

    def not_agreed(self, _words: str) -> None:
        agreeing.not_agreed(self.session, self.december, NOVEMBER)

    def ask(self, words: str) -> None:
        agreeing.ask_correction(self.session, self.december, NOVEMBER, words)

    def holds(self) -> None:
        """What is true whatever was done."""
        now = versions.standing(self.session, NOVEMBER)
        for number, pdf in self.kept.items():
            assert versions.printed_version(self.session, NOVEMBER, number) == pdf
        assert [one.number for one in versions.versions(self.session, NOVEMBER)] == sorted(self.kept)
        assert now.is_approved == (now.approval is not None and now.approval.facts_sha256 == now.facts_sha256)
        with self.session.work.reading() as records:
            agreed = records.find(AgreedMinutes, of_meeting_id=NOVEMBER)
        assert {one.version for one in agreed} <= set(self.kept)
        if now.state is MinutesState.AGREED:
            assert now.agreed is not None and now.agreed.version == now.version
        if now.state is MinutesState.CHECKED:
            assert now.sent_back is None and now.checked is not None and now.checked.facts_sha256 == now.facts_sha256


VERBS = ("correct", "take_back", "check", "send_back", "read_it", "approve", "agree", "not_agreed", "ask")
WORDS = st.sampled_from(("The patrol is weekly.", "She will give a statement.", ""))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(VERBS), WORDS), max_size=14))
def test_what_was_approved_stays_and_only_that_is_agreed(steps: list[tuple[str, str]]) -> None:
    life = Life()
    for verb, words in steps:
        life.session.now.advance(minutes=1)
        with suppress(Refused):
            getattr(life, verb)(words)
        life.holds()


def test_the_whole_way_draft_to_agreed_twice() -> None:
    life = Life()
    for verb in ("check", "send_back", "check", "approve", "agree", "ask", "correct", "check", "approve", "not_agreed"):
        life.session.now.advance(minutes=1)
        getattr(life, verb)("The patrol is weekly.")
        life.holds()
    life.session.now.advance(minutes=1)
    life.agree("")
    assert versions.standing(life.session, NOVEMBER).state is MinutesState.AGREED and sorted(life.kept) == [1, 2]
