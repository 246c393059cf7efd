"""A small vault to attack."""

from pathlib import Path

import pytest

from csp_desktop.vault.creation import CreatedVault, NewUser, create_vault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind

CHAIR = NewUser("Ruth Coyle", "marble otter lantern")
MINUTE_TAKER = NewUser("Dilip Anand", "velvet canyon spoon")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the vault goes."""
    return tmp_path / "cpg"


@pytest.fixture
def created(folder: Path) -> CreatedVault:
    """A committed vault of two people with a recovery key, closed again."""
    made = create_vault(folder, VaultKind.CPG, [CHAIR, MINUTE_TAKER], Cost.quick(), recovery=True)
    made.vault.database_path.write_bytes(b"stands for the records")
    made.vault.commit()
    made.vault.close()
    return made
