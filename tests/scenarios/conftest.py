"""For the scenarios: the sample partnership in session, made once, and what opens it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.sample.clock import sample_clock
from tests.scenarios.in_session import TAKER, start_november
from tests.scenarios.windows import Sitting, sitting


@pytest.fixture(scope="session")
def november_made(
    sample_made: tuple[Path, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str]:
    """The sample with its November in session, never written to by a test, and the meeting's id."""
    folder = tmp_path_factory.mktemp("november") / "partnership"
    shutil.copytree(sample_made[0], folder)
    return folder, start_november(folder)


@pytest.fixture
def november(sample: Path, november_made: tuple[Path, str]) -> str:
    """This test's copy is in session; the meeting's id."""
    shutil.copytree(november_made[0], sample, dirs_exist_ok=True)
    return november_made[1]


@pytest.fixture
def passphrase_of(sample_made: tuple[Path, dict[str, Any]]) -> Callable[[str], str]:
    """The passphrase of a sample user, by role."""
    users = sample_made[1]["users"]
    return lambda role: str(next(u["passphrase"] for u in users if u["role"] == role))


@pytest.fixture
def opened(sample: Path, tmp_path: Path, passphrase_of: Callable[[str], str]) -> Iterator[Sitting]:
    """The program on the sample, unlocked as the minute-taker, at home."""
    with sitting(sample, tmp_path, sample_clock()) as begun:
        begun.unlock(TAKER["name"], passphrase_of("minute-taker"))
        yield begun
