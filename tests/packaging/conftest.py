"""A copy of the project's sources with nothing built, and a virtual environment of what the lock names alone."""

import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.fresh_clone import ROOT, copy_sources

Run = Callable[..., str]


def _run(*command: str | Path, cwd: Path) -> str:
    """Runs a command away from the clone and returns what it printed; its words are the failure's."""
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    outside |= {"QT_QPA_PLATFORM": "offscreen", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=outside, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs a command and returns what it printed."""
    return _run


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a clone has it, nothing compiled yet."""
    return copy_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="session")
def locked_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder holding what the lock names, and nothing of the clone."""
    folder = tmp_path_factory.mktemp("locked")
    lock = ROOT / "packaging" / "requirements.lock"
    wheels_by_hash = ("--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", lock)
    _run(sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", folder, *wheels_by_hash, cwd=folder)
    return folder


@pytest.fixture
def clean_python(locked_packages: Path, tmp_path: Path) -> Path:
    """The Python of a new virtual environment that sees the locked packages alone."""
    venv.create(tmp_path / "venv", with_pip=False, symlinks=sys.platform != "win32")
    windows = sys.platform == "win32"
    packages = next((tmp_path / "venv").glob("Lib/site-packages" if windows else "lib/python3*/site-packages"))
    (packages / "locked.pth").write_text(f"{locked_packages}\n", "utf-8")
    return tmp_path / "venv" / ("Scripts/python.exe" if windows else "bin/python")
