"""The sample's own afternoon never falls behind what was done in its file, however often the program starts again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from csp_desktop.app import AppEnvironment, PrivateEnvironment
from csp_desktop.bootstrap.partnership import open_partnership
from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.people.agencies import Member
from csp_desktop.sample.clock import ScriptedClock, private_clock, sample_clock
from csp_desktop.sample.partnership import sample_users
from csp_desktop.services.meeting.agenda import next_meeting
from csp_desktop.services.ports.journal import JournalQuery
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.in_session import TAKER, start_november

LEAD = next(u for u in sample_users() if u["role"] == "new-hope-lead")
A_WHILE = timedelta(minutes=2)  # more than a start takes


class Environment(AppEnvironment):
    """As they are, but memory is not guarded in a process that goes on with other tests."""

    def vaults(self, now: Clock) -> Partnerships:
        return Partnerships(now, Cost.quick(), told=self._opened)


class OtherEnvironment(PrivateEnvironment):
    """The same on the private file."""

    def vaults(self, now: Clock) -> Partnerships:
        return Partnerships(now, Cost.quick(), VaultKind.ROUGH_SLEEPING, told=self._opened)


def opened(environment: AppEnvironment, folder: Path, user: dict[str, str]) -> tuple[Session, Partnerships]:
    clock = environment.clock(folder)
    vaults = environment.vaults(clock)
    return vaults.open(folder, user["name"], user["passphrase"]), vaults


def test_a_fresh_sample_is_opened_on_its_own_afternoon(sample: Path) -> None:
    for environment, user, begins in (
        (Environment(), TAKER, sample_clock()),
        (OtherEnvironment(), LEAD, private_clock()),
    ):
        session, vaults = opened(environment, sample, user)
        try:
            assert begins <= session.now() < begins + A_WHILE
        finally:
            vaults.close()


def test_started_again_it_goes_on_from_the_latest_thing_done(sample: Path) -> None:
    start_november(sample)
    session, vaults = opened(Environment(), sample, TAKER)
    try:
        meeting = next_meeting(session)
        assert meeting is not None and meeting.started_at is not None and session.journal is not None
        assert session.now() >= meeting.started_at > sample_clock() + A_WHILE
        assert session.now() >= session.journal.page(JournalQuery(), 0, 1)[0].at
    finally:
        vaults.close()


def test_the_private_file_does_too(sample: Path) -> None:
    late = ScriptedClock(private_clock() + timedelta(hours=1))
    kind = VaultKind.ROUGH_SLEEPING
    with (
        open_partnership(sample, LEAD["name"], LEAD["passphrase"], late, kind=kind) as partnership,
        partnership.work.step("Something was done") as records,
    ):
        member = records.find(Member)[0]
        records.save(replace(member, job_title=f"{member.job_title}, acting"))
    session, vaults = opened(OtherEnvironment(), sample, LEAD)
    try:
        assert session.now() >= late()
    finally:
        vaults.close()


def test_the_private_afternoon_goes_on_from_the_end_of_the_group_s_meeting(sample: Path) -> None:
    ended = sample_clock() + timedelta(minutes=30)
    environment = OtherEnvironment()
    environment.follow(ended)
    clock = environment.clock(sample)
    assert ended <= clock() < ended + A_WHILE, "who came at 13:42 is not there until 15:42"
    environment.follow(ended + timedelta(minutes=5))
    assert clock() >= ended + timedelta(minutes=5), "also where the clock was asked for before"


def test_a_real_folder_keeps_the_computer_s_clock(tmp_path: Path) -> None:
    environment = OtherEnvironment()
    environment.follow(sample_clock())
    assert abs(environment.clock(tmp_path)() - environment.computer_clock()) < A_WHILE
