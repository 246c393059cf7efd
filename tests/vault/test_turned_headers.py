"""A header with one bit turned is refused, by a sentence, whichever bit and whoever tries."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.vault import header
from csp_desktop.vault.creation import NewUser, create_vault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from csp_desktop.vault.unlock import open_vault
from tests.support.attack import ATTACK, count
from tests.support.stored_evening import EVENING, PLACES, users_of
from tests.support.stored_vaults import STORED

SEED = 26
NEW = [NewUser("Hannah Price", "orchard lantern pebble"), NewUser("Dilip Anand", "velvet canyon spoon")]


@dataclass(frozen=True)
class Standing:
    """A vault on the disk, and who may open it."""

    folder: Path
    users: list[tuple[str, str]]

    def opens(self, user: tuple[str, str]) -> None:
        open_vault(self.folder, *user).close()


@pytest.fixture
def vaults(tmp_path: Path) -> Iterator[list[Standing]]:
    """Both files of every stored version, and both kinds as they are made today."""
    found = []
    for version in sorted(STORED.iterdir()):
        evening = version / EVENING
        for kind, place in PLACES.items() if evening.is_dir() else ():
            folder = Path(shutil.copytree(evening / place, tmp_path / version.name / place))
            users = [(user["name"], user["passphrase"]) for user in users_of(evening, kind)]
            found.append(Standing(folder, users))
    for kind in VaultKind:
        folder = tmp_path / "today" / kind.value
        made = create_vault(folder, kind, NEW, Cost.quick(), recovery=True).vault
        made.database_path.touch()
        made.commit()
        made.close()
        found.append(Standing(folder, [(user.name, user.passphrase) for user in NEW]))
    yield found


@pytest.mark.attack
def test_no_bit_of_a_header_can_be_turned_unnoticed(
    vaults: list[Standing], record_property: Callable[[str, object], None]
) -> None:
    chance, flips = random.Random(SEED), count("flips")
    whole = [(vault.folder / header.FILE).read_bytes() for vault in vaults]
    accepted = []
    for number in range(flips):
        vault, raw = vaults[number % len(vaults)], whole[number % len(vaults)]
        at, bit = chance.randrange(len(raw)), chance.randrange(8)
        turned = bytearray(raw)
        turned[at] ^= 1 << bit
        (vault.folder / header.FILE).write_bytes(turned)
        try:
            vault.opens(chance.choice(vault.users))
            accepted.append((vault.folder.name, at, bit))
        except Refused as refused:
            assert refused.sentence.endswith("."), refused.sentence
    assert accepted == []
    record_property(ATTACK, f"{flips} bits turned in the headers of {len(vaults)} files, none accepted")
    for vault, raw in zip(vaults, whole, strict=True):
        (vault.folder / header.FILE).write_bytes(raw)
        for user in vault.users:
            vault.opens(user)
