"""An old copy put back in the place of the file is noticed: by what this computer keeps outside it."""

import shutil
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import Founder, Partnership, create_partnership, open_partnership
from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.services.file.file_checks import go_on_with_older_copy
from csp_desktop.services.people.settings import change_settings
from csp_desktop.store.engine import OlderCopy as FilesOfTwoMoments
from csp_desktop.vault.derivation import Cost
from tests.scenarios.windows import QuickEnvironment, sitting
from tests.support.fakes import NOON, FixedClock
from tests.support.rollback_guards import KeptRollbackGuard

NAME, PASSPHRASE = "Ruth Coyle", "marble otter lantern canyon"


@dataclass
class Computer:
    """A folder, and what the computer saw of it."""

    folder: Path
    clock: FixedClock
    rollback_guard: KeptRollbackGuard

    def open(self) -> Partnership:
        self.clock.advance(minutes=10)
        return open_partnership(self.folder, NAME, PASSPHRASE, self.clock, rollback_guard=self.rollback_guard)

    def work(self, venue: str) -> None:
        with self.open() as partnership:
            change_settings(partnership.session, default_venue=venue)

    def put_back(self, copy: Path) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(copy, self.folder)


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    made = Computer(tmp_path / "partnership", FixedClock(), KeptRollbackGuard())
    founder = Founder(NAME, "Watford Borough Council", AgencyKind.COUNCIL, "Manager", PASSPHRASE, tuple(Role))
    partnership, _ = create_partnership(made.folder, [founder], Cost.quick(), made.clock, with_recovery=False)
    partnership.close()
    made.work("Town Hall")
    shutil.copytree(made.folder, tmp_path / "copy")
    made.work("Library")
    return made


def test_the_file_as_it_was_left_opens_without_a_word(computer: Computer) -> None:
    with computer.open() as partnership:
        assert partnership.session.older is None
        assert partnership.verify()["witness"]["entry"] == partnership.work.head()[0]


def test_an_old_copy_is_told_with_the_day_it_should_be_from(computer: Computer, tmp_path: Path) -> None:
    computer.put_back(tmp_path / "copy")
    with computer.open() as partnership:
        older = partnership.session.older
        assert older is not None and older.missing == 1
        assert older.sentence.startswith("This is an older copy than this computer last saw (Thu 26 Nov 2026")
        found = partnership.verify()
        assert not found["ok"] and any("this is an older copy" in sentence for sentence in found["findings"])


def test_going_on_needs_a_reason_and_is_recorded_and_then_quiet(computer: Computer, tmp_path: Path) -> None:
    computer.put_back(tmp_path / "copy")
    with computer.open() as partnership:
        with pytest.raises(Refused, match="Give the reason"):
            go_on_with_older_copy(partnership.session, " ")
        session = go_on_with_older_copy(partnership.session, "the disk failed, Tuesday's backup")
        assert session.older is None
        with session.work.reading() as records:
            (accepted,) = records.find(OlderCopyAccepted)
        assert (accepted.by, accepted.reason) == (NAME, "the disk failed, Tuesday's backup")
    for _ in range(2):
        with computer.open() as partnership:
            assert partnership.session.older is None


def test_an_old_copy_left_without_going_on_is_told_again(computer: Computer, tmp_path: Path) -> None:
    computer.put_back(tmp_path / "copy")
    for _ in range(2):
        with computer.open() as partnership:
            assert partnership.session.older is not None


def test_a_wanted_restore_accounts_for_itself(computer: Computer, tmp_path: Path) -> None:
    computer.put_back(tmp_path / "copy")
    with open_partnership(computer.folder, NAME, PASSPHRASE, computer.clock) as partnership:
        at = computer.clock.advance(minutes=1)
        with partnership.work.step("restored", undoable=False, of_held=True) as records:
            records.save(SafeCopy("s1", SafeCopyKind.RESTORED, at, NAME))
    with computer.open() as partnership:
        assert partnership.session.older is None


def test_a_copy_that_went_another_way_is_told_though_it_has_as_many_entries(computer: Computer, tmp_path: Path) -> None:
    computer.put_back(tmp_path / "copy")
    with open_partnership(computer.folder, NAME, PASSPHRASE, computer.clock) as partnership:
        for venue in ("Elsewhere", "Somewhere", "Nowhere"):
            change_settings(partnership.session, default_venue=venue)
    with computer.open() as partnership:
        older = partnership.session.older
        assert older is not None and older.another_way and "another copy" in older.sentence


def test_an_old_header_or_an_old_database_alone_is_refused(computer: Computer, tmp_path: Path) -> None:
    with computer.open() as partnership:
        assert partnership.session.users is not None
        partnership.session.users.change_passphrase(PASSPHRASE, PASSPHRASE)
        partnership.session.users.change_passphrase(PASSPHRASE, PASSPHRASE)
    new_header = (computer.folder / "cpg" / "vault.json").read_bytes()
    shutil.copy(tmp_path / "copy" / "cpg" / "vault.json", computer.folder / "cpg" / "vault.json")
    with pytest.raises(FilesOfTwoMoments):
        computer.open()
    computer.put_back(tmp_path / "copy")
    (computer.folder / "cpg" / "vault.json").write_bytes(new_header)
    with pytest.raises(FilesOfTwoMoments):
        computer.open()


@dataclass
class GuardedEnvironment(QuickEnvironment):
    """The real vaults, with a computer that keeps rollback_guard."""

    rollback_guard: KeptRollbackGuard = field(default_factory=KeptRollbackGuard)

    def vaults(self, now: Clock) -> Partnerships:
        """Quick to open."""
        return Partnerships(now, Cost.quick(), rollback_guard=self.rollback_guard)


def test_the_window_asks_before_it_shows_anything(computer: Computer, tmp_path: Path) -> None:
    computer.put_back(tmp_path / "copy")
    later = NOON + timedelta(hours=3)
    environment = partial(GuardedEnvironment, rollback_guard=computer.rollback_guard)
    with sitting(computer.folder, tmp_path, later, make_environment=environment) as now:
        hands = now.hands
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        hands.fill("Name", NAME)
        hands.fill("Passphrase", PASSPHRASE)
        hands.key("Return")
        reason = "Reason for continuing with this copy"
        hands.wait(lambda: hands.look(reason) is not None, "the question")
        assert now.program.is_locked()
        hands.picture("older-copy")
        hands.key("Return")
        hands.wait(lambda: now.program.is_locked(), "the refusal")
        hands.key("Escape")
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen again")
        hands.fill("Name", NAME)
        hands.fill("Passphrase", PASSPHRASE)
        hands.key("Return")
        hands.wait(lambda: hands.look(reason) is not None, "the question again")
        hands.fill(reason, "Tuesday's backup was put back")
        hands.key("Return")
        hands.wait(lambda: not now.program.is_locked(), "the session")
    with replace(computer, clock=FixedClock(later + timedelta(hours=1))).open() as partnership:
        assert partnership.session.older is None
