"""A small partnership of three users, real files, quick to open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from csp_desktop.bootstrap.partnership import Partnership, create_partnership
from csp_desktop.vault.creation import CreatedVault
from csp_desktop.vault.derivation import Cost
from tests.support.partnerships import CHAIR, MINUTE_TAKER, SECOND, Ticking


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """pytest-qt closes and asks for deletion; only this carries it out."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


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
def founded(folder: Path, clock: Ticking) -> tuple[Partnership, CreatedVault]:
    """Opened as the chair, with the key to print; the test closes it."""
    return create_partnership(folder, [CHAIR, MINUTE_TAKER, SECOND], Cost.quick(), clock, with_recovery=True)


@pytest.fixture
def partnership(founded: tuple[Partnership, CreatedVault]) -> Partnership:
    """Opened as the chair; the test closes it."""
    return founded[0]


@pytest.fixture
def paper(founded: tuple[Partnership, CreatedVault]) -> str:
    """The recovery key as one types it from paper."""
    key = founded[1].recovery_key
    assert key is not None
    return " ".join(key.groups)
