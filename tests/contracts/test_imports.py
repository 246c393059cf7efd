"""What imports what: the contracts of pyproject.toml, and no circle, imports for the type checker alone included."""

import re
import shutil
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
WALL = "Nothing knows the private meeting but its own packages and what starts, makes or plays it"
FEATURES = "No feature of the windows knows another; help lists keys, and the first screens are the file's"
DOOR = "The private window is started by the composition root and the rehearsal of its evening alone"


def broken_in(folder: Path) -> tuple[str, ...]:
    """The names of the contracts that the packages in a folder break; `pyproject.toml` lies there too."""
    done = subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True)
    told = " ".join(done.stdout.split())
    _, found, listed = told.partition("Analyzed ")
    assert found, done.stdout + done.stderr
    verdicts = re.findall(
        r"(?:-{9,} )?([A-Z][^:]*?) (KEPT|BROKEN)(?: \(\d+ ignored imports?\))?", listed.split("Contracts:")[0]
    )
    broken = tuple(re.sub(r".*-{9,} ", "", name) for name, verdict in verdicts if verdict == "BROKEN")
    assert bool(broken) == bool(done.returncode), done.stdout
    return broken


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in another place, where something wrong can be written into it."""
    folder = tmp_path_factory.mktemp("copied")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "csp_desktop", folder / "csp_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_contracts_are_kept() -> None:
    assert broken_in(ROOT) == ()


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/people/breach.py", "from csp_desktop.domain.private import people", WALL),
        ("services/file/breach.py", "from csp_desktop.services.private.subject import PEOPLE", WALL),
        ("documents/breach.py", "import csp_desktop.documents.private.minutes", WALL),
        ("gui/private/breach.py", "from csp_desktop.gui.private.starting import run_private", DOOR),
        ("gui/home/breach.py", "import csp_desktop.gui.people.people_model", FEATURES),
    ],
)
def test_one_wrong_import_breaks_the_contract_it_is_against(
    copied: Path, module: str, line: str, contract: str
) -> None:
    breach = copied / "csp_desktop" / module
    breach.write_text(f"def breach() -> None:\n    {line}\n")
    try:
        assert broken_in(copied) == (contract,)
    finally:
        breach.unlink()


def circle_in(package: str) -> list[str]:
    """The modules of one circle of imports, the first of them last again; nothing where there is none."""
    graph = grimp.build_graph(package, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circle_in("csp_desktop") == []


def test_a_circle_through_an_import_for_the_type_checker_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "of_two_minds"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "one.py").write_text("from of_two_minds import two\n")
    (package / "two.py").write_text("import typing\nif typing.TYPE_CHECKING:\n    from of_two_minds import one\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert set(circle_in("of_two_minds")) == {"of_two_minds.one", "of_two_minds.two"}
