"""Fetches SQLAlchemy's source of the version installed, pinned by hash, and runs its suite. What follows is handed on
to pytest; `-rs` names each test left out, with the reason.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PINNED = HERE / "sqlalchemy-source.lock"


def main() -> int:
    """The exit code of the suite."""
    with tempfile.TemporaryDirectory(prefix="compliance-") as base:
        source = fetched(Path(base))
        work = Path(base, "work")
        work.mkdir()
        environment = {
            **os.environ,
            "COMPLIANCE_SOURCE": str(source),
            "COMPLIANCE_FILE": str(work / "encrypted.db"),
            "PYTHONPATH": str(ROOT),
        }
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            str(HERE / "setup.cfg"),
            "--rootdir",
            str(HERE),
            "--noconftest",
            "-p",
            "tests.compliance.plugin",
            "-q",
            str(HERE / "suite.py"),
            *sys.argv[1:],
        ]
        return subprocess.run(command, cwd=work, env=environment).returncode


def fetched(base: Path) -> Path:
    """The source distribution, unpacked: the wheel has the suite, but not what SQLAlchemy says of each database."""
    name = f"sqlalchemy-{version('sqlalchemy')}"
    if name.replace("-", "==") not in PINNED.read_text("utf-8"):
        raise SystemExit(f"{name} is installed, but {PINNED.name} names another version. Pin the same one there.")
    download = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
        "--no-binary",
        "sqlalchemy",
        "-r",
        str(PINNED),
        "-d",
        str(base),
    ]
    if subprocess.run(download).returncode:
        raise SystemExit("pip could not fetch SQLAlchemy's source; its message stands above.")
    with tarfile.open(base / f"{name}.tar.gz") as packed:
        packed.extractall(base, filter="data")
    return base / name


if __name__ == "__main__":
    raise SystemExit(main())
