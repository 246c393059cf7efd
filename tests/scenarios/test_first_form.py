"""A partnership of 0.1.0 goes over to the header that tells nothing, one owner after the other."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.bootstrap.partnership import open_by_recovery, open_partnership
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.errors import Refused
from csp_desktop.services.file import users as file_users
from csp_desktop.vault import errors, header, slots
from csp_desktop.vault.header import VaultKind
from csp_desktop.vault.unlock import open_vault
from tests.support.partnerships import CHAIR, MINUTE_TAKER
from tests.support.stored_vaults import PAPER, STORED
from tests.vault.test_header import altered, change, leaves, put

FIRST = STORED / "0.1.0"
OWN = "seven quiet harbours mend gently"


def later() -> datetime:
    """The day after the stored files were made."""
    return datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two people and a key on paper, as 0.1.0 left them."""
    shutil.copytree(FIRST / "cpg", tmp_path / "partnership" / "cpg")
    return tmp_path / "partnership"


@pytest.fixture
def evening(tmp_path: Path) -> Path:
    """Both files of the rehearsed evening of 0.1.0."""
    shutil.copytree(FIRST / "evening", tmp_path / "evening")
    return tmp_path / "evening"


def header_of(folder: Path, kind: str = "cpg") -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / kind / "vault.json").read_bytes())
    return loaded


def old_ways(folder: Path) -> list[str]:
    return [slot["kind"] for slot in header_of(folder)["old"]]


def test_each_slot_is_replaced_when_its_owner_next_opens_the_file(folder: Path) -> None:
    assert header_of(folder)["version"] == 1
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, later) as partnership:
        assert header_of(folder)["version"] == 2
        assert old_ways(folder) == ["passphrase", "recovery"]
        left = file_users.old_ways(partnership.session)
        assert (len(left.users), left.paper) == (1, True)
        assert partnership.verify()["ok"], partnership.verify()
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, later):
        assert old_ways(folder) == ["passphrase", "recovery"], "nobody else's"
    with open_partnership(folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase, later) as partnership:
        assert old_ways(folder) == ["recovery"]
        assert partnership.session.users is not None
        partnership.session.users.prove_paper((FIRST / PAPER).read_text(encoding="ascii"))
        assert old_ways(folder) == []
        left = file_users.old_ways(partnership.session)
        assert (len(left.users), left.paper) == (0, False)
        assert partnership.verify()["ok"]
    for name, words in ((CHAIR.name, CHAIR.passphrase), (MINUTE_TAKER.name, MINUTE_TAKER.passphrase)):
        with open_partnership(folder, name, words, later) as partnership:
            assert partnership.verify()["ok"]
            assert len(file_users.users(partnership.session)) == 2


def test_the_key_on_paper_is_replaced_when_it_opens_the_file(folder: Path) -> None:
    paper = (FIRST / PAPER).read_text(encoding="ascii")
    with open_by_recovery(folder, paper, CHAIR.name, OWN, later) as partnership:
        assert old_ways(folder) == ["passphrase"]
        assert partnership.verify()["ok"]
    with open_by_recovery(folder, paper, CHAIR.name, OWN, later) as partnership:
        assert partnership.verify()["ok"]
    open_partnership(folder, CHAIR.name, OWN, later).close()
    with pytest.raises(errors.WrongPassphrase):
        open_partnership(folder, CHAIR.name, CHAIR.passphrase, later)


def test_the_names_of_the_records_files_no_longer_count_keys_nor_name_the_meeting(evening: Path) -> None:
    users = {user["name"]: user for user in json.loads((evening / "users.json").read_text(encoding="utf-8"))}
    for kind, name in ((VaultKind.CPG, "Hannah Price"), (VaultKind.ROUGH_SLEEPING, "Ravi Nair")):
        place = evening / kind.value
        with open_partnership(evening, name, users[name]["passphrase"], later, kind=kind) as partnership:
            assert partnership.verify()["ok"], partnership.verify()
        files = sorted(file.name for file in place.iterdir() if file.suffix == ".db")
        assert len(files) == 1 and files[0] == header_of(evening, kind.value)["database"]
        assert files[0].startswith("records-")
        assert (place / files[0]).stat().st_nlink == 1
        assert not (place / "vault.moving").exists()
    assert header_of(evening, "rough-sleeping")["old"] == [], "its one user has opened it"
    assert len(header_of(evening, "cpg")["old"]) == 2


def test_a_removal_takes_an_old_slot_along_and_the_others_still_open(folder: Path) -> None:
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, later) as partnership:
        session = partnership.session
        other = next(row for row in file_users.users(session) if not row.is_me)
        file_users.remove_user(session, other.user.id, unheard)
        assert old_ways(folder) == ["recovery"] and partnership.vault.epoch == 2
    with pytest.raises(errors.WrongPassphrase):
        open_vault(folder / "cpg", MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, later).close()
    paper = (FIRST / PAPER).read_text(encoding="ascii")
    open_by_recovery(folder, paper, CHAIR.name, OWN, later).close()


@pytest.mark.parametrize("half_way", [False, True], ids=["as 0.1.0 left it", "half gone over"])
def test_every_field_of_an_old_header_altered_one_by_one_is_refused(folder: Path, half_way: bool) -> None:
    name, words = MINUTE_TAKER.name, MINUTE_TAKER.passphrase
    if half_way:
        open_partnership(folder, CHAIR.name, CHAIR.passphrase, later).close()
    original = header_of(folder)
    place = folder / "cpg"
    for at, value in leaves(original):
        for other in altered(value):
            if other == value and type(other) is type(value):
                continue
            put(place, change(original, at, other), with_checksum=at != ("checksum",))
            with pytest.raises(Refused):
                open_vault(place, name, words).close()
    put(place, original)
    open_vault(place, name, words).close()


def test_an_old_slot_in_a_new_header_is_bound_to_its_place(folder: Path) -> None:
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, later).close()
    sealed = header.read(folder / "cpg")
    people = [slot for slot in sealed.old if slot.user != slots.NOBODY]
    assert len(people) == 1 and sealed.epoch is None
    vault = open_vault(folder / "cpg", MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    assert vault.user_id == people[0].user
    vault.close()


def test_interrupted_between_two_names_the_records_have_one_again(folder: Path) -> None:
    """The program ended after the second name was made, before the header counted."""
    place = folder / "cpg"
    old = header_of(folder)["database"]
    (place / "records-0123abcd.db").hardlink_to(place / old)
    (place / "vault.moving").write_text(json.dumps([old, "records-0123abcd.db"]))
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, later) as partnership:
        assert partnership.verify()["ok"]
    files = sorted(file.name for file in place.iterdir() if file.suffix == ".db")
    assert files == [header_of(folder)["database"]] and files[0] != "records-0123abcd.db"


def test_an_older_program_reads_the_number_of_the_form_before_anything_else(folder: Path) -> None:
    """0.1.0 refuses a number above 1 with its sentence before it looks at any other field."""
    open_partnership(folder, CHAIR.name, CHAIR.passphrase, later).close()
    content = header_of(folder)
    assert (content["format"], content["version"]) == ("csp-desktop vault", 2)
