"""Vault files as a released version writes them, kept so that later versions must open them.

python -m tests.support.stored_vaults VERSION makes them for this version; what an earlier one made is never made again.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from csp_desktop.bootstrap.partnership import create_partnership
from csp_desktop.services.file import backups
from csp_desktop.vault.derivation import Cost
from tests.support.partnerships import CHAIR, MINUTE_TAKER, Ticking, add_agency, quiet

STORED = Path(__file__).resolve().parents[1] / "data" / "vaults"
PAPER = "recovery-key.txt"
BACKUP = "backup.cspbackup"
KNOWN = "An agency of the first version"


def make(version: str) -> Path:
    """A vault of two people, its paper, and a backup of it."""
    place = STORED / version
    place.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        folder, stick = Path(work) / "partnership", Path(work) / "stick"
        stick.mkdir()
        founders = [CHAIR, MINUTE_TAKER]
        made, created = create_partnership(folder, founders, Cost.quick(), Ticking(), with_recovery=True)
        assert created.recovery_key is not None
        with made:
            add_agency(made.session, KNOWN)
            copy = backups.back_up(made.session, quiet, stick)
        (place / PAPER).write_text(" ".join(created.recovery_key.groups) + "\n", encoding="ascii")
        shutil.copytree(folder / "cpg", place / "cpg", ignore=shutil.ignore_patterns("*.lock", "*-wal", "*-shm"))
        shutil.copy(stick / copy.file, place / BACKUP)
    return place


if __name__ == "__main__":
    print(make(sys.argv[1]))
