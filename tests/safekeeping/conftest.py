"""A small partnership of three users, real files, quick to open."""

from pathlib import Path

import pytest

from csp_desktop.opening.partnership import Partnership, create_partnership
from csp_desktop.vault.derivation import Cost
from tests.support.partnerships import CHAIR, MINUTE_TAKER, SECOND, Ticking


@pytest.fixture
def clock() -> Ticking:
    """Moves on by itself, so that no two files are made in the same minute."""
    return Ticking()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The partnership folder."""
    return tmp_path / "laptop" / "partnership"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where backups and hand-overs go."""
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def partnership(folder: Path, clock: Ticking) -> Partnership:
    """Opened as the chair; the test closes it."""
    made, created = create_partnership(folder, [CHAIR, MINUTE_TAKER, SECOND], Cost.quick(), clock, with_recovery=True)
    made.recovery_groups = created.recovery_key.groups  # type: ignore[attr-defined, union-attr]
    return made
