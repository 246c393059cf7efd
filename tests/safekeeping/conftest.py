"""A small partnership of three users, real files, quick to open: made once, and a copy of it for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from csp_desktop.bootstrap.partnership import Partnership, create_partnership, open_partnership
from csp_desktop.vault.derivation import Cost
from tests.support.partnerships import CHAIR, MINUTE_TAKER, SECOND, Founded, Ticking


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """pytest-qt closes and asks for deletion; only this carries it out."""
    yield
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """Made as a person makes it, with the key to print."""
    folder, clock = tmp_path_factory.mktemp("founded") / "partnership", Ticking()
    made, created = create_partnership(folder, [CHAIR, MINUTE_TAKER, SECOND], Cost.quick(), clock, with_recovery=True)
    made.close()
    assert created.recovery_key is not None
    return Founded(folder, " ".join(created.recovery_key.groups), clock.at)


@pytest.fixture
def clock(founded: Founded) -> Ticking:
    """Moves on by itself, so that no two files are made in the same minute; later than anything in the partnership."""
    return Ticking(founded.at)


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
def partnership(founded: Founded, folder: Path, clock: Ticking) -> Partnership:
    """A copy opened as the chair; the test closes it."""
    shutil.copytree(founded.folder, folder)
    return open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock)


@pytest.fixture
def paper(founded: Founded, partnership: Partnership) -> str:
    """The recovery key as one types it from paper."""
    return founded.paper
