"""Written, given, left out, recalled, a new version, another table of rights, somebody gone, days later: in any order,
on a real encrypted file. The register tells what happened, nobody is given what they may not have, no version changes.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from csp_desktop.domain.common.days import local
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.circulation import Circulated, CopyRecord, CopyState
from csp_desktop.domain.minutes.rights import READY, Rights, RightsRow
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import Member
from csp_desktop.services.minutes import circulation, copies, rights, versions
from csp_desktop.services.minutes.circulation import CirculationList, circulation_list
from csp_desktop.services.minutes.corrections import correct, correctable
from csp_desktop.services.people.people import save_member
from csp_desktop.store.checks import verify
from tests.support.copies import approved_meeting
from tests.support.fakes import FixedClock
from tests.support.held_meeting import NOVEMBER, OPENED
from tests.support.vaults import JOURNAL_KEY, copy_engine, new_engine, work_on

PEOPLE = ("hana", "dan", "aisha", "tom")
POLICE_ALONE = (RightsRow(Rights.WHOLE, agency_id="police"),)
Register = dict[str, tuple[CopyState, int]]  # by the person: state and version of their newest copy


class Life:
    """November's approved minutes in a file of its own, what anybody may do with them, and what must come of it."""

    def __init__(self, made: Path, folder: Path, at: Any) -> None:
        self.engine = copy_engine(made, folder / "records.db")
        self.clock = FixedClock(at)
        self.session: Any = replace(SESSIONS[made], work=work_on(self.engine, self.clock), now=self.clock)
        self.folder = folder / "copies"
        self.kept: dict[int, str] = {}
        self.expected: Register = {}
        self.numbers: dict[str, int] = {}
        self.is_around = False  # what was done last was done to the register of people or to the rights

    def list(self) -> CirculationList:
        return circulation_list(self.session, NOVEMBER)

    def write_all(self, _who: str) -> None:
        self._write(None)

    def write_one(self, who: str) -> None:
        self._write({who})

    def _write(self, members: set[str] | None) -> None:
        before = {row.member_id for row in self.list().rows if not row.problem}
        made = copies.write_copies(self.session, NOVEMBER, self.folder, members=members)
        assert made.failed == ()
        for one in made.written:
            assert one.record.member_id in before, "no rights, no copy"
            assert one.record.rights is not Rights.NOTHING
            assert hashlib.sha256(one.files[0].read_bytes()).hexdigest() == one.record.file_sha256
            self.expected[one.record.member_id] = (CopyState.WRITTEN, one.record.version)

    def give(self, who: str) -> None:
        circulation.note_given(self.session, NOVEMBER, who)
        self.is_now(who, CopyState.GIVEN)

    def give_all(self, _who: str) -> None:
        shown = {row.member_id for row in self.list().to_confirm}
        assert circulation.note_all_given(self.session, NOVEMBER) == len(shown)
        for who in shown:
            self.is_now(who, CopyState.GIVEN)

    def leave_out(self, who: str) -> None:
        circulation.leave_out(self.session, NOVEMBER, who, "on leave until January")
        self.expected[who] = (CopyState.LEFT_OUT, self.list().version)

    def after_all(self, who: str) -> None:
        circulation.take_back_leaving_out(self.session, NOVEMBER, who)
        del self.expected[who]
        with self.session.work.reading() as records:
            found = circulation.latest(self.session, records, NOVEMBER).get(who)
        if found is not None:  # the copy before it counts again
            self.expected[who] = (found.state, found.version)

    def recall(self, who: str) -> None:
        circulation.recall(self.session, NOVEMBER, who, "sent to an old address")
        self.is_now(who, CopyState.RECALLED)

    def is_now(self, who: str, state: CopyState) -> None:
        self.expected[who] = (state, self.expected[who][1])

    def next_version(self, who: str) -> None:
        place = next(p for p in correctable(self.session, NOVEMBER) if p.fact.field == "note" and p.case_id)
        correct(self.session, NOVEMBER, place.part_id, "note", f"{place.value} {who} heard it too.")
        versions.check(self.session, NOVEMBER)
        versions.approve(self.session, NOVEMBER)

    def police_alone(self, _who: str) -> None:
        rights.approve_rights(self.session, rights.propose_rights(self.session, POLICE_ALONE).id)

    def everybody(self, _who: str) -> None:
        rights.approve_rights(self.session, rights.propose_ready_set(self.session, READY[0].name).id)

    def goes(self, who: str) -> None:
        self._active(who, is_active=False)

    def comes_back(self, who: str) -> None:
        self._active(who, is_active=True)

    def _active(self, who: str, *, is_active: bool) -> None:
        with self.session.work.reading() as records:
            member = records.get(Member, who)
        save_member(self.session, replace(member, active=is_active))

    def weeks_later(self, _who: str) -> None:
        self.clock.advance(days=8)

    def holds(self) -> None:
        """What is true whatever was done."""
        now, register = self.list(), circulation.register(self.session, NOVEMBER)
        self._the_register_is_consistent(register)
        self._the_list_agrees(now)
        self._circulated_and_late(now)
        for one in versions.versions(self.session, NOVEMBER):
            pdf = versions.printed_version(self.session, NOVEMBER, one.number)
            assert hashlib.sha256(pdf).hexdigest() == self.kept.setdefault(one.number, one.pdf_sha256)

    def _the_register_is_consistent(self, register: tuple[CopyRecord, ...]) -> None:
        for one in register:
            assert bool(one.given_at) <= bool(one.written_at) and bool(one.recalled_at) <= bool(one.written_at)
            assert not (one.left_out_at and one.written_at)
            in_order = [at for at in (one.written_at, one.given_at, one.recalled_at) if at]
            assert in_order == sorted(in_order)
            assert (one.left_out_reason != "") == (one.left_out_at is not None)
            assert (one.recall_reason != "") == (one.recalled_at is not None)
            assert self.numbers.setdefault(one.member_id, one.copy_number) == one.copy_number > 1
        assert len(set(self.numbers.values())) == len(self.numbers), "a number is one person's"
        newest: Register = {}
        for one in sorted(register, key=lambda one: (one.version, one.written_at or one.left_out_at)):
            newest[one.member_id] = (one.state, one.version)
        assert newest == self.expected

    def _the_list_agrees(self, now: CirculationList) -> None:
        unwritten = (CopyState.READY, CopyState.TELL_FIRST)
        for row in now.rows:
            state, version = self.expected.get(row.member_id, (CopyState.READY, now.version))
            assert row.state in (unwritten if state is CopyState.READY or version != now.version else (state,))
        shown = {row.member_id for row in now.rows}
        assert not shown & {one.member_id for one in now.refused}

    def _circulated_and_late(self, now: CirculationList) -> None:
        settled = (CopyState.GIVEN, CopyState.RECALLED, CopyState.LEFT_OUT)
        due = [row for row in now.rows if not row.problem]
        with self.session.work.reading() as records:
            done = records.find(Circulated, meeting_id=NOVEMBER, version=now.version)
        assert len(done) <= 1
        if done:
            assert now.state is MinutesState.CIRCULATED and now.circulated_at == done[0].at
        elif due and all(row.state in settled for row in due):
            assert self.is_around, "all is settled, so they are circulated"
            circulation.settle_left(self.session)  # as when the file is opened
            assert self.list().state is MinutesState.CIRCULATED
            self._circulated_and_late(self.list())
        else:
            assert now.state is MinutesState.APPROVED
        if done:
            assert done[0].at in {one.settled_at for one in circulation.register(self.session, NOVEMBER)}
        on = local(done[0].at).date() if done else self.session.today
        assert now.late == max(0, (on - now.due).days)


SESSIONS: dict[Path, Any] = {}
DOINGS = ("write_all", "write_one", "give", "give_all", "leave_out", "after_all", "recall", "next_version")
AROUND = ("police_alone", "everybody", "goes", "comes_back", "weeks_later")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Any]]:
    """The approved meeting in a file that no test writes to, and when it was."""
    path, clock = tmp_path_factory.mktemp("approved") / "made.db", FixedClock(OPENED)
    engine = new_engine(path)
    clock.advance(minutes=100)
    SESSIONS[path] = approved_meeting(now=clock, work=work_on(engine, clock, "Hana Price"))
    engine.dispose()
    yield path, clock()
    del SESSIONS[path]


STEPS = st.lists(st.tuples(st.sampled_from(DOINGS + AROUND), st.sampled_from(PEOPLE)), max_size=9)


@settings(max_examples=8)
@given(STEPS)
@example([("write_all", ""), ("give_all", ""), ("next_version", ""), ("write_all", ""), ("weeks_later", "")])
@example([("write_all", ""), ("police_alone", ""), ("give_all", ""), ("recall", "tom"), ("weeks_later", "")])
@example([("write_all", ""), ("next_version", ""), ("give", "dan"), ("give_all", "")])
@example([("write_all", ""), ("give", "hana"), ("recall", "hana"), ("give", "hana"), ("write_all", "")])
@example([("write_all", ""), ("recall", "hana"), ("give", "hana"), ("give_all", "")])
@example([("police_alone", ""), ("write_one", "dan"), ("give", "dan"), ("weeks_later", ""), ("goes", "aisha")])
def test_whatever_is_done_with_the_copies_the_register_tells_what_happened_and_no_version_changes(
    made: tuple[Path, Any], steps: list[tuple[str, str]]
) -> None:
    folder = Path(tempfile.mkdtemp())
    life = Life(made[0], folder, made[1])
    try:
        for verb, who in steps:
            life.clock.advance(minutes=1)
            life.is_around = verb in AROUND
            with suppress(Refused):
                getattr(life, verb)(who)
            life.holds()
        assert verify(life.engine, JOURNAL_KEY) == []
    finally:
        life.engine.dispose()
        shutil.rmtree(folder)
