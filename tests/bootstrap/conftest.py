"""Small partnerships on real files, quick to open."""

from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import Partnership, create_partnership
from csp_desktop.vault.derivation import Cost
from tests.support.fakes import FixedClock
from tests.support.partnerships import CHAIR, MINUTE_TAKER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The partnership folder."""
    return tmp_path / "partnership"


@pytest.fixture
def clock() -> FixedClock:
    """Stands still until it is moved on."""
    return FixedClock()


@pytest.fixture
def partnership(folder: Path, clock: FixedClock) -> Partnership:
    """Of a chair, who has it open, and a minute-taker; the test closes it."""
    made, _ = create_partnership(folder, [CHAIR, MINUTE_TAKER], Cost.quick(), clock, with_recovery=True)
    return made
