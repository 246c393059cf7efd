"""For the scenarios: the sample partnership on disk, made once, and a copy of it for each test."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.sample.clock import sample_clock
from csp_desktop.sample.partnership import make_sample
from tests.scenarios.in_session import TAKER
from tests.scenarios.windows import Sitting, sitting


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The folder, never written to by a test, and what making it answered."""
    folder = tmp_path_factory.mktemp("sample") / "partnership"
    return folder, make_sample(folder)


@pytest.fixture
def sample(sample_made: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy of the sample for this test."""
    copy = tmp_path / "partnership"
    shutil.copytree(sample_made[0], copy)
    return copy


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
