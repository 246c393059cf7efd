"""A partnership is prepared, proved and begun, or nothing of it stays; and what was opened is closed."""

from dataclasses import fields
from datetime import timedelta
from pathlib import Path

import pytest

from csp_desktop.bootstrap.attempts import Attempts
from csp_desktop.bootstrap.partnership import Partnership, holds_partnership, is_for_trying, is_sample, open_partnership
from csp_desktop.bootstrap.partnerships import FirstStartRollback, Partnerships
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import EVERY_ROLE, Role
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member
from csp_desktop.services.file import users
from csp_desktop.services.file.unlock import FirstPerson
from csp_desktop.services.people.settings import settings
from csp_desktop.services.ports.users import Paper
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import AlreadyAVault, OpenElsewhere, WrongPassphrase
from csp_desktop.vault.header import VaultKind
from tests.support.fakes import FixedClock
from tests.support.partnerships import CHAIR

HANNAH = FirstPerson(" Hannah Price ", " Borough Council ", " Manager ", " Testford ", " Safety Partnership ")
WORDS = "lantern orbit meadow copper violin seven"
NEW = "pebble thicket anvil quartz harbour nine"


@pytest.fixture
def vaults(clock: FixedClock) -> Partnerships:
    return Partnerships(clock, Cost.quick())


def test_the_first_person_holds_every_role_and_the_partnership_its_name(vaults: Partnerships, folder: Path) -> None:
    prepared = vaults.create(folder, HANNAH, WORDS)
    session = prepared.begin()
    assert session.roles == frozenset(EVERY_ROLE) and session.user_name == "Hannah Price"
    assert (settings(session).town, settings(session).partnership) == ("Testford", "Safety Partnership")
    with session.work.reading() as records:
        (agency,), (member,) = records.find(Agency), records.find(Member)
    assert (agency.name, agency.kind, member.job_title) == ("Borough Council", AgencyKind.COUNCIL, "Manager")
    vaults.close()
    assert vaults.opened is None and holds_partnership(folder)


def test_a_private_file_begins_with_new_hopes_lead(folder: Path, clock: FixedClock) -> None:
    vaults = Partnerships(clock, Cost.quick(), VaultKind.ROUGH_SLEEPING)
    session = vaults.create(folder, HANNAH, WORDS).begin()
    with session.work.reading() as records:
        (agency,), (member,) = records.find(Agency), records.find(Member)
    assert (agency.kind, member.roles) == (AgencyKind.SUPPORT, (Role.NEW_HOPE_LEAD.value,)) and session.private
    vaults.close()
    assert vaults.holds_partnership(folder) and not holds_partnership(folder)


@pytest.mark.parametrize("kind", list(VaultKind))
def test_a_file_is_handed_every_reader_and_writer_of_papers_that_is_its_own(
    folder: Path, clock: FixedClock, kind: VaultKind
) -> None:
    vaults = Partnerships(clock, Cost.quick(), kind)
    papers = vaults.create(folder, HANNAH, WORDS).begin().papers
    lacking = {one.name for one in fields(papers) if getattr(papers, one.name) is None}
    of_people = {"read_people", "people_template"}
    private = {"print_private_minutes", "print_private_minutes_word", *of_people}
    assert lacking == (private if kind is VaultKind.CPG else set())
    vaults.close()


def test_two_groups_typed_back_prove_the_recovery_key_and_the_header_knows(vaults: Partnerships, folder: Path) -> None:
    prepared = vaults.create(folder, HANNAH, WORDS)
    first, second = prepared.groups_to_prove
    groups = prepared.recovery_groups
    typed = {first: groups[first - 1], second: groups[second - 1]}
    assert len(groups) == 8 and first != second
    assert not prepared.prove({first: groups[first - 1]}) and not prepared.prove({**typed, second: "AAAA"})
    session = vaults.opened.session if vaults.opened is not None else None
    assert session is not None and session.users is not None and session.users.paper() is Paper.UNPROVED
    assert prepared.prove(typed) and prepared.prove(typed)
    assert session.users.paper() is Paper.PROVED
    prepared.begin()
    vaults.close()
    again = Partnerships(FixedClock(), Cost.quick())
    assert again.open(folder, "Hannah Price", WORDS).user_name == "Hannah Price"
    again.close()


def test_what_never_began_is_taken_away_and_what_lay_there_stays(vaults: Partnerships, folder: Path) -> None:
    folder.mkdir()
    (folder / "minutes.docx").write_text("mine", "utf-8")
    prepared = vaults.create(folder, HANNAH, WORDS)
    prepared.abandon()
    prepared.abandon()
    assert [path.name for path in folder.iterdir()] == ["minutes.docx"]
    vaults.create(folder, HANNAH, WORDS)
    vaults.close()
    vaults.close()
    assert [path.name for path in folder.iterdir()] == ["minutes.docx"]


def test_a_folder_with_a_partnership_is_left_as_it_is(vaults: Partnerships, partnership: Partnership) -> None:
    with pytest.raises(OpenElsewhere):
        vaults.create(partnership.folder, HANNAH, WORDS)
    partnership.close()
    with pytest.raises(AlreadyAVault):
        vaults.create(partnership.folder, HANNAH, WORDS)
    assert vaults.opened is None
    open_partnership(partnership.folder, CHAIR.name, CHAIR.passphrase, FixedClock()).close()


def test_only_what_came_since_is_taken_back(tmp_path: Path) -> None:
    vault = tmp_path / "p" / "deep" / "cpg"
    rollback = FirstStartRollback(tmp_path / "p", vault)
    vault.mkdir(parents=True)
    (vault / "sub").mkdir()
    (vault / "sub" / "records.db").write_text("x", "utf-8")
    (vault / "link").symlink_to(tmp_path)
    (tmp_path / "p" / "mine.txt").write_text("mine", "utf-8")
    rollback.take_back()
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["mine.txt"] and tmp_path.exists()
    rollback.take_back()
    again = FirstStartRollback(tmp_path / "p", tmp_path / "p")
    (tmp_path / "p" / "new.txt").write_text("new", "utf-8")
    again.take_back()
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["mine.txt"]


def test_who_opens_a_file_is_heard_of_before_anything_is_done_in_it(partnership: Partnership) -> None:
    partnership.close()
    heard: list[Session] = []
    vaults = Partnerships(FixedClock(), told=heard.append)
    session = vaults.open(partnership.folder, "hannah  price", CHAIR.passphrase)
    assert heard == [session] and session.roles == {Role.CHAIR}
    assert vaults.open_elsewhere(partnership.folder)
    vaults.close()
    assert vaults.open_elsewhere(partnership.folder) == ""


def test_the_recovery_key_opens_and_gives_a_person_a_new_passphrase(
    vaults: Partnerships, folder: Path, clock: FixedClock
) -> None:
    prepared = vaults.create(folder, HANNAH, WORDS)
    key = " ".join(prepared.recovery_groups)
    prepared.begin()
    vaults.close()
    with pytest.raises(Refused, match="too easy to guess"):
        vaults.open_with_recovery(folder, key, "Hannah Price", "hannah price")
    session = vaults.open_with_recovery(folder, key, "Hannah Price", NEW)
    assert [row.name for row in users.users(session)] == ["Hannah Price"]
    vaults.close()
    with pytest.raises(WrongPassphrase):
        vaults.open(folder, "Hannah Price", WORDS)
    vaults.open(folder, "Hannah Price", NEW)
    vaults.close()


def test_where_wrong_passphrases_are_counted_for_good_the_wait_is_the_files(
    partnership: Partnership, tmp_path: Path, clock: FixedClock
) -> None:
    partnership.close()
    assert Partnerships(clock).wait_after(partnership.folder, 4) == timedelta(seconds=4)
    vaults = Partnerships(clock, attempts=Attempts(tmp_path / "state", clock))
    assert vaults.wait_after(partnership.folder, 4) == timedelta(0)
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            vaults.open(partnership.folder, CHAIR.name, "not this one")
    assert vaults.wait_after(partnership.folder, 0) == timedelta(seconds=2)
    assert vaults.wait_after(tmp_path / "nothing here", 9) == timedelta(0)


def test_a_file_for_trying_is_told_from_a_sample_and_a_folder_without_one(
    partnership: Partnership, tmp_path: Path
) -> None:
    partnership.close()
    assert is_for_trying(partnership.folder) and not is_sample(partnership.folder)
    assert not is_sample(tmp_path / "nothing here") and not holds_partnership(tmp_path / "nothing here")
    (partnership.place / "vault.json").write_text("{", "utf-8")
    assert not is_sample(partnership.folder)


def test_an_unsuitable_folder_is_refused_before_anything_is_made(vaults: Partnerships, tmp_path: Path) -> None:
    shared = tmp_path / "OneDrive - Council" / "partnership"
    with pytest.raises(Refused):
        vaults.refuse_unsuitable(shared)
    vaults.refuse_unsuitable(tmp_path / "partnership")
    assert not shared.exists()
