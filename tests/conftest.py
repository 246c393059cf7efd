"""For every test: no stale form, and quiet. A warning logged or a thread left behind fails the test that did it.

What a test showed is gone before the next one, and so is its look.
"""

import gc
import itertools
import logging
import runpy
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.nodeid import NodeId
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
_numbers = itertools.count()
LONGEST = (
    "test_the_evening_is_played_twice",
    "test_no_word_is_cut_and_every_control",
    "test_killed_at",
    "test_an_editable_install",
    "test_the_benchmark",
    "test_every_refusal_has_the_documented_exit_code",
    "test_without_zone_data_home_locale_and_fonts",
)
BUILD_FORMS = Path(__file__).resolve().parents[1] / "packaging" / "build_forms.py"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the program was attacked with."""
    for report in terminalreporter.getreports("passed"):
        for name, line in report.user_properties:
            if name == "attack":
                terminalreporter.write_line(f"attacked with {line}")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles what changed, once, before the first import; the workers of xdist find it done. Run in the background of
    a script, Ctrl+C is ignored, and so it would be by every program the tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(config, "workerinput"):
        runpy.run_path(str(BUILD_FORMS))["build"]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest tests come first, while their worker is new: at the end the other one would wait for them. What
    shares something made once goes to one worker: xdist says so in a field that pytest reads no more since 9.2."""
    items.sort(key=lambda item: not item.name.startswith(LONGEST))
    for item in items if getattr(config.option, "loadgroup", False) else ():
        group = next((f"@{mark.args[0]}" for mark in item.iter_markers("xdist_group")), "")
        if not item.nodeid.endswith(group):
            item._id = NodeId.parse(f"{item.nodeid}{group}")


def pytest_collection_finish() -> None:
    """What was collected stays to the end: half a million objects, which the window's collector would look through
    about once in each test, a third of a second long."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> Any:
    """As pytest-qt's, but no computer is too slow for it."""
    from tests.support.patient_bot import PatientBot

    return PatientBot(request)


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """What any engine of the tests has compiled need not be compiled anew by the next: else a fifth of opening a file.
    The program itself shares nothing, since what was compiled remembers values."""
    from sqlalchemy.util import LRUCache

    from csp_desktop.store import engine as store

    make, shared = store.engine_on, list[Any]()

    def made(connect: Callable[[], Any]) -> Any:
        engine = make(connect)
        shared.extend([] if shared else [engine.dialect, LRUCache(2000)])
        engine.dialect, engine._compiled_cache = shared
        return engine

    store.engine_on = made
    yield
    store.engine_on = make


@pytest.fixture(scope="session", autouse=True)
def migrated_once() -> Iterator[None]:
    """The migrations run once for each kind of file in each worker; `tests/store` proves the files to be the same."""
    from csp_desktop.store import migrations
    from tests.support.migrated import MigratedOnce

    migrate = migrations.migrate
    migrations.migrate = MigratedOnce(migrate)
    yield
    migrations.migrate = migrate


@pytest.fixture(scope="session", autouse=True)
def made_once() -> Iterator[Any]:
    """No paper is printed twice in one worker, none searched twice for the same words, no table read twice."""
    from tests.support.made_once import MadeOnce

    once = MadeOnce()
    once.begin()
    yield once
    once.rest()


@pytest.fixture(scope="module")
def made_anew(made_once: Any) -> Iterator[None]:
    """For a module that proves the printing, the search or the reading itself, or measures it."""
    made_once.rest()
    yield
    made_once.begin()


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The sample partnership's folder, made once and never written to by a test, and what making it answered."""
    from csp_desktop.sample.partnership import make_sample

    folder = tmp_path_factory.mktemp("sample") / "partnership"
    return folder, make_sample(folder)


@pytest.fixture
def sample(sample_made: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy of the sample for this test."""
    copy = tmp_path / "partnership"
    shutil.copytree(sample_made[0], copy)
    return copy


@pytest.fixture(autouse=True)
def own_state(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nobody's wrong passphrases are counted against another test, nor kept on this computer."""
    state = tmp_path_factory.getbasetemp() / f"state-{next(_numbers)}"  # made by whoever writes there
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(state))


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that provokes a warning on purpose reads it and calls caplog.clear()."""
    before = set(threading.enumerate())
    yield
    logged = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    left = [thread.name for thread in threading.enumerate() if thread not in before and not thread.daemon]
    assert (logged, left) == ([], [])


@pytest.fixture(autouse=True)
def windows_go() -> Iterator[None]:
    """pytest-qt closes and asks for deletion; only this carries it out. What stayed would be dressed anew with each
    look, so the usual look comes back afterwards."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    from csp_desktop.gui.style import style, theme

    if theme.current() != theme.Theme():
        style.apply(app, theme.Theme())
