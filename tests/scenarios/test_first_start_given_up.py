"""The window closed in the middle of a first start: nothing half-made stays, and the folder can be used again."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import holds_partnership
from csp_desktop.bootstrap.partnerships import FirstStartRollback, Partnerships, PreparedPartnership
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.services.file.unlock import FirstPerson
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import OpenElsewhere
from tests.scenarios.windows import sitting

CPG = "cpg"
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
AT_WORK = ("Testford Borough Council", "Community safety manager")
HANNAH = FirstPerson("Hannah Price", *AT_WORK, "Testford", "Community Safety Partnership")
WORDS = "lantern orbit meadow copper violin seven"


def as_far_as_the_passphrase(hands: Hands, folder: Path) -> None:
    hands.fill("Folder of the partnership", str(folder))
    hands.fill("Your name", HANNAH.name)
    hands.fill("Your agency", HANNAH.agency)
    hands.fill("Town or district of the partnership", HANNAH.town)
    hands.fill("Name of the partnership", HANNAH.partnership)
    hands.click("Continue")
    hands.wait(lambda: hands.look("Repeat the passphrase") is not None, "the passphrase")
    words = next(text for text in hands.texts() if re.fullmatch(r"[a-z]+([ -][a-z]+){3,}", text))
    hands.fill("Passphrase", words)
    hands.fill("Repeat the passphrase", words)
    hands.click("Create the file")


def as_far_as_the_recovery_key(hands: Hands, folder: Path) -> None:
    as_far_as_the_passphrase(hands, folder)
    hands.wait(lambda: hands.look("Save as PDF") is not None, "the recovery key")


def made_in(folder: Path) -> tuple[Partnerships, PreparedPartnership]:
    vaults = Partnerships(lambda: NOON, Cost.quick())
    return vaults, vaults.create(folder, HANNAH, WORDS)


def test_closed_before_the_recovery_key_was_proved_nothing_stays_and_the_folder_serves_again(tmp_path: Path) -> None:
    folder = tmp_path / "partnership"
    with sitting(folder, tmp_path, NOON) as first:
        as_far_as_the_recovery_key(first.hands, folder)
        assert holds_partnership(folder)
    assert not folder.exists()
    with sitting(folder, tmp_path, NOON) as again:
        as_far_as_the_recovery_key(again.hands, folder)


def test_closed_while_the_file_is_being_made_nothing_stays_either(tmp_path: Path) -> None:
    folder = tmp_path / "partnership"
    with sitting(folder, tmp_path, NOON) as first:
        as_far_as_the_passphrase(first.hands, folder)
    assert not folder.exists()


def test_what_lay_in_the_folder_before_stays(tmp_path: Path) -> None:
    (tmp_path / CPG).mkdir()
    notes = (tmp_path / "agenda.docx", tmp_path / CPG / "read me.txt")
    for note in notes:
        note.write_text("mine")
    vaults, _ = made_in(tmp_path)
    vaults.close()
    assert sorted(p for p in tmp_path.rglob("*") if p.is_file()) == sorted(notes)


def test_a_partnership_that_began_stays(tmp_path: Path) -> None:
    vaults, prepared = made_in(tmp_path / "partnership")
    prepared.begin()
    vaults.close()
    prepared.abandon()
    assert holds_partnership(tmp_path / "partnership")


def test_a_second_program_refused_takes_nothing_of_the_first_away(tmp_path: Path) -> None:
    vaults, prepared = made_in(tmp_path)
    with pytest.raises(OpenElsewhere):
        made_in(tmp_path)
    assert holds_partnership(tmp_path)
    prepared.begin()
    vaults.close()


def test_taking_back_twice_does_no_harm(tmp_path: Path) -> None:
    rollback = FirstStartRollback(tmp_path / "a", tmp_path / "a" / CPG)
    (tmp_path / "a" / CPG / "deep").mkdir(parents=True)
    (tmp_path / "a" / CPG / "deep" / "file").write_text("x")
    rollback.take_back()
    rollback.take_back()
    assert list(tmp_path.iterdir()) == []
