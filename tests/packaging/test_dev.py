"""The one command of a clone: what Debian lacks is installed where that is allowed, else the exact line is shown."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from tests.support.attack import EVERY_RUN, count
from tests.support.fresh_clone import ROOT

LINE = "apt-get install -y --no-install-recommends libegl1 libgl1"


@pytest.fixture
def debian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian that has glib under Ubuntu's new name and nothing else; the file apt-get's wishes are written to."""
    wishes = tmp_path / "wishes"
    scripts = {
        "dpkg-query": "echo 'installed|libglib2.0-0t64,libglib2.0-0 (= 2.80)'; echo 'config-files|libgl1,'",
        "apt-get": f'echo "apt-get $*" >> {wishes}',
        "env": 'shift; exec "$@"',
    }
    for name, script in scripts.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return wishes


@pytest.fixture
def dev() -> dict[str, Any]:
    """The script's own names."""
    return runpy.run_path(str(ROOT / "packaging" / "dev.py"))


def test_what_debian_lacks_is_installed_by_an_administrator(
    dev: dict[str, Any], debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    dev["install_debian_packages"](("libgl1", "libegl1", "libglib2.0-0"))
    assert debian.read_text("utf-8").splitlines() == ["apt-get update -q", LINE]


def test_who_may_not_install_is_shown_the_line_that_does(
    dev: dict[str, Any], debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match=f"sudo {LINE}$"):
        dev["install_debian_packages"](("libgl1", "libegl1", "libglib2.0-0"))
    assert not debian.exists()


def test_nothing_is_asked_where_nothing_is_missing(dev: dict[str, Any], debian: Path) -> None:
    dev["install_debian_packages"](("libglib2.0-0",))
    assert not debian.exists()


def test_an_attack_asks_for_more_than_every_run_and_a_smaller_one_can_be_asked_for(
    dev: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {f"CSP_ATTACK_{name.upper()}": few for name, few in EVERY_RUN.items()}
    assert dev["ATTACK"].keys() == asked.keys() and all(dev["ATTACK"][name] > few for name, few in asked.items())
    for name in asked:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CSP_ATTACK_KILLS", "7")
    monkeypatch.setitem(dev["attack"].__globals__, "python", lambda *words: words)
    assert dev["attack"](["-x"])[-3:] == ("-m", "attack", "-x")
    assert (count("kills"), count("workbooks")) == (7, 1200)
    for name in asked:
        monkeypatch.delenv(name)
