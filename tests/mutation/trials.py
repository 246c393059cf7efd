"""Runs the tests that reach a mutant, in a process forked for it, on a copy of the clone."""

import ast
import hashlib
import importlib
import importlib.abc
import importlib.machinery
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Self

import coverage
import pytest
from hypothesis import Phase, settings

from tests.mutation.mutants import Mutant

ROOT = Path(__file__).resolve().parents[2]
TESTS = ("tests/domain", "tests/services")
READ = ("csp_desktop", "resources", "tests/data", "tests/support", *TESTS)
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")
WARM = (
    "PySide6.QtWidgets",
    "alembic.command",
    "cryptography.hazmat.primitives.ciphers.aead",
    "hypothesis.strategies",
    "pytestqt.plugin",
    "reportlab.platypus",
    "sqlalchemy.orm",
    "sqlcipher3",
    "zxcvbn",
)
WARMED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # the plugins are imported before the fork
MEMORY = 6 << 30
BESIDE_START, TIMES_USUAL, WAITING = 30, 10, 10  # seconds of CPU; times the tests' usual time; real time to CPU
KEPT = ROOT / ".venv" / "mutation-reach.json"


@dataclass
class Reach:
    """Which tests run which lines: `lines` path -> line -> numbers of tests, `seconds` test -> its usual time.

    A line that runs when its module is imported is reached by the tests that run another line of the module, or a line
    of a module that imports it (`importers`), or stand in a file that does; first by those that run a function in it.
    """

    tests: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    lines: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    imported: dict[str, list[int]] = field(default_factory=dict)
    importers: dict[str, list[str]] = field(default_factory=dict)

    def of(self, mutant: Mutant) -> list[list[int]]:
        """The tests to run, in groups; a group is run only if the ones before it saw nothing."""
        first, last = mutant.lines
        lines = self.lines.get(mutant.path, {})
        direct = {test for line in range(first, last + 1) for test in lines.get(str(line), ())}
        if not any(line in self.imported.get(mutant.path, ()) for line in range(first, last + 1)):
            return self._in_order([direct], mutant.path)
        own, importers = self._of_module(mutant.path), set(self.importers.get(mutant.path, ()))
        own |= {test for test, name in enumerate(self.tests) if name.partition("::")[0] in importers}
        others = {test for importer in importers for test in self._of_module(importer)}
        return self._in_order([direct, own - direct, others - own - direct], mutant.path)

    def _of_module(self, path: str) -> set[int]:
        return {test for tests in self.lines.get(path, {}).values() for test in tests}

    def _in_order(self, groups: list[set[int]], path: str) -> list[list[int]]:
        """Of each group the tests of the same layer and feature first, and the quicker before the slower."""
        near = {test for test, name in enumerate(self.tests) if name.split("/")[1:3] == path.split("/")[1:3]}
        parts = [part for group in groups for part in (group & near, group - near)]
        return [sorted(part, key=lambda test: (self.seconds[test], test)) for part in parts if part]


class Trials:
    """A copy of the clone in `folder`, and processes forked from this one that run tests in it."""

    def __init__(self, folder: Path) -> None:
        self.copy, self.folder = folder / "copy", folder
        shutil.copytree(ROOT, self.copy, ignore=NOT_COPIED)
        for name in WARM:
            importlib.import_module(name)
        self._running: dict[int, Path] = {}
        self._slots = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        """Ends what still runs."""
        for pid in self._running:
            _stop_group(pid)

    def reach(self) -> Reach:
        """Runs every test once; taken from the last run where neither program nor tests have changed since.

        Raises SystemExit with pytest's output if a test fails without any fault.
        """
        digest = self._digest()
        if KEPT.exists() and (kept := json.loads(KEPT.read_text("utf-8")))["digest"] == digest:
            return Reach(**kept["reach"])
        found = self.folder / "reach.json"
        self.start(lambda: _reach(self.copy, found))
        _, log, code = self.finished()
        if code:
            raise SystemExit(log.read_text("utf-8", "replace") + "\nThe tests must pass before a fault is tried.")
        reach = json.loads(found.read_text("utf-8"))
        KEPT.write_text(json.dumps({"digest": digest, "reach": reach}), "utf-8")
        return Reach(**reach)

    def _digest(self) -> str:
        """One hash over all that the tests read."""
        files = [file for folder in READ for file in sorted((self.copy / folder).rglob("*")) if file.is_file()]
        whole = hashlib.sha256()
        for file in files:
            whole.update(file.read_bytes() if "__pycache__" not in file.parts else b"")
        return whole.hexdigest()

    def run(self, mutant: Mutant, reach: Reach, tests: list[int]) -> int:
        """Starts these tests on the mutant; the process's number."""
        usual = sum(reach.seconds[test] for test in tests)
        order = [reach.tests[test] for test in tests]

        def trial() -> int:
            _limit(int(BESIDE_START + TIMES_USUAL * usual))
            sys.meta_path.insert(0, _Mutated(mutant))
            return _pytest(
                self.copy, [*dict.fromkeys(test.partition("::")[0] for test in order)], _Only(order, reach.tests), "-x"
            )

        return self.start(trial)

    def start(self, work: Callable[[], int]) -> int:
        """Forks a process that runs `work` in the copy and ends with its exit code."""
        self._slots += 1
        log = self.folder / f"{self._slots}.log"
        sys.stdout.flush()
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # what is raised within a fork is lost
        pid = os.fork()
        if pid:
            with suppress(PermissionError, ProcessLookupError):  # the child does the same; whoever comes first
                os.setpgid(pid, pid)
            self._running[pid] = log
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
            return pid
        code = 3
        try:
            _enter(self.copy, log)
            code = int(work())
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def finished(self) -> tuple[int, Path, int]:
        """Waits for one of the processes: its number, what it printed, its exit code (below zero: the signal)."""
        pid, status = os.wait()
        _stop_group(pid)
        return pid, self._running.pop(pid), os.waitstatus_to_exitcode(status)


def _stop_group(pid: int) -> None:
    """A test may have started programs of its own."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _enter(copy: Path, log: Path) -> None:
    """From here on `csp_desktop` and `tests` are those of the copy, and Ctrl+C is the parent's business."""
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.chdir(copy)
    sys.dont_write_bytecode = False  # whatever the environment says: the next trial need not compile it all again
    for name in [name for name in sys.modules if name.split(".")[0] in ("csp_desktop", "tests")]:
        del sys.modules[name]
    sys.path[:] = [str(copy), *(place for place in sys.path if Path(place or ".").resolve() not in (ROOT, copy))]
    importlib.invalidate_caches()


def _limit(seconds: int) -> None:
    """A mutant that never ends, or wants ever more memory, is noticed by its test too."""
    import resource  # Windows has none

    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(seconds * WAITING)


def _pytest(copy: Path, files: Sequence[str], plugin: object, *options: str) -> int:
    base = copy.parent / f"tmp-{os.getpid()}"
    fixed = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-seed=0", f"--basetemp={base}", *WARMED)
    try:
        return int(pytest.main([*fixed, *options, *files], plugins=[plugin, _Quick()]))
    finally:
        shutil.rmtree(base, ignore_errors=True)


class _Quick:
    """A failing example is enough; no simpler one is looked for, and none is kept."""

    def pytest_sessionstart(self) -> None:
        quick = settings(database=None, phases=(Phase.explicit, Phase.generate))
        settings.register_profile("mutation", quick)
        settings.load_profile("mutation")


class _Only:
    """Leaves these tests, in this order; a parametrised one that the mutant gives other parameters is still run."""

    def __init__(self, order: Sequence[str], known: Sequence[str]) -> None:
        self._place = {test: place for place, test in enumerate(order)}
        self._place |= {name: place for test, place in self._place.items() if (name := _function(test)) != test}
        self._known = frozenset(known)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        wanted = {item: item.nodeid if item.nodeid in self._known else _function(item.nodeid) for item in items}
        items[:] = [item for item in items if wanted[item] in self._place]
        items.sort(key=lambda item: self._place[wanted[item]])


def _function(test: str) -> str:
    """A parametrised test's id without its parameters."""
    return test.partition("[")[0]


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports one module from the mutant's text."""

    def __init__(self, mutant: Mutant) -> None:
        self._name, self._source = mutant.path.removesuffix(".py").replace("/", "."), mutant.source

    def find_spec(
        self, name: str, path: object, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Only the mutated module's."""
        return importlib.machinery.ModuleSpec(name, self) if name == self._name else None

    def get_source(self, fullname: str) -> str:
        """The mutant's text."""
        return self._source


class _Reached:
    """Tells coverage whose lines run now, and remembers how long each test takes."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self._measuring, self.seconds = measuring, dict[str, float]()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._measuring.switch_context(item.nodeid)
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration


def _reach(copy: Path, found: Path) -> int:
    packages = [f"{copy}/csp_desktop/domain/*", f"{copy}/csp_desktop/services/*"]
    measuring = coverage.Coverage(data_file=None, config_file=False, include=packages)
    reached = _Reached(measuring)
    measuring.start()
    code = _pytest(copy, TESTS, reached)
    measuring.stop()
    data, number = measuring.get_data(), {test: at for at, test in enumerate(reached.seconds)}
    reach = Reach(list(number), list(reached.seconds.values()))
    for path in data.measured_files():
        named, own = data.contexts_by_lineno(path), Path(path).relative_to(copy).as_posix()
        tests = {line: sorted(number[name] for name in names if name) for line, names in named.items()}
        reach.lines[own] = {str(line): of_line for line, of_line in tests.items() if of_line}
        reach.imported[own] = sorted(line for line, names in named.items() if "" in names)
    reach.importers = _importers(copy)
    found.write_text(json.dumps(vars(reach)), "utf-8")
    return code


def _importers(copy: Path) -> dict[str, list[str]]:
    """Every module of the program, and the files of program and tests that import it."""
    found: dict[str, list[str]] = {}
    for file in sorted([*(copy / "csp_desktop").rglob("*.py"), *(copy / "tests").rglob("*.py")]):
        for node in ast.walk(ast.parse(file.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                for path in (name.replace(".", "/") + ".py" for name in names):
                    found.setdefault(path, []).append(file.relative_to(copy).as_posix())
    return {path: files for path, files in found.items() if (copy / path).exists()}
