"""The program works where it is installed: from a wheel, away from the clone, and editable inside one."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.packaging.conftest import Run

pytestmark = pytest.mark.xdist_group("installed")  # one worker fetches the locked packages, once

OCTOBER = "2026-10-29"
FORMS = "import csp_desktop._built as b, os; print(b.__file__, *os.listdir(os.path.dirname(b.__file__)), sep='\\n')"
PIP = (sys.executable, "-m", "pip")
UNISOLATED = ("-q", "--no-deps", "--no-build-isolation")


@pytest.fixture(scope="session")
def wheel(sources: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from sources in which nothing is compiled yet."""
    out = tmp_path_factory.mktemp("dist")
    run(*PIP, "wheel", *UNISOLATED, "-w", out, sources, cwd=out)
    return next(out.glob("*.whl"))


@pytest.fixture
def installed(wheel: Path, clean_python: Path, run: Run) -> Path:
    """The csp-desktop command of an environment into which the wheel was installed."""
    run(*PIP, "--python", clean_python, "install", "-q", "--no-deps", wheel, cwd=wheel.parent)
    return next(clean_python.parent.glob("csp-desktop*"))


def test_the_wheel_carries_every_form_the_resources_and_the_licences(wheel: Path, sources: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    built = {f"csp_desktop/_built/ui_{form.stem}.py" for form in (sources / "ui").glob("*.ui")}
    folders = (path for path in (sources / "resources").glob("*/**/*") if path.is_file())
    data = {path.relative_to(sources / "resources") for path in folders}
    shipped = (name for name in data if name.parts[0] not in ("icons", "pictures"))
    built |= {f"csp_desktop/_built/data/{name.as_posix()}" for name in shipped}
    assert built | {"csp_desktop/_built/csp_rc.py"} <= names
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} >= {
        "LICENSE",
        "OFL-Inter.txt",
        "OFL-NotoSans.txt",
        "OFL-NotoSansScripts.txt",
        "OFL-NotoEmoji.txt",
        "LICENSE-DroidSansHan.txt",
        "LICENSE-lucide.txt",
    }
    assert [name for name in names if not name.startswith(("csp_desktop/", "csp_desktop-"))] == []
    assert [name for name in names if "__pycache__" in name] == []


def test_two_builds_of_the_same_sources_are_the_same(wheel: Path, sources: Path, run: Run, tmp_path: Path) -> None:
    run(*PIP, "wheel", *UNISOLATED, "-w", tmp_path, sources, cwd=tmp_path)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_an_installed_wheel_shows_its_help(installed: Path, run: Run, tmp_path: Path) -> None:
    assert "minutes" in run(installed, "--help", cwd=tmp_path)


def test_an_installed_wheel_makes_the_sample_and_octobers_minutes(installed: Path, run: Run, tmp_path: Path) -> None:
    sample = json.loads(run(installed, "sample", "--folder", tmp_path / "sample", "--json", cwd=tmp_path))
    chair = next(user for user in sample["users"] if user["role"] == "chair")
    (tmp_path / "passphrase").write_text(chair["passphrase"], "utf-8")
    who = ("--folder", tmp_path / "sample", "--user", chair["name"], "--passphrase-file", tmp_path / "passphrase")
    run(installed, "minutes", *who, "--meeting", OCTOBER, "--out", tmp_path / "minutes.pdf", cwd=tmp_path)
    assert (tmp_path / "minutes.pdf").read_bytes().startswith(b"%PDF-")
    verdict = subprocess.run([installed, "minutes", *who, "--meeting", "2026-11-26", "--out", tmp_path / "no.pdf"])
    assert verdict.returncode == 1
    assert not (tmp_path / "no.pdf").exists()


def test_an_editable_install_finds_the_forms_it_compiled(
    sources: Path, clean_python: Path, run: Run, tmp_path: Path
) -> None:
    run(*PIP, "--python", clean_python, "install", *UNISOLATED, "-e", sources, cwd=tmp_path)
    where, *found = run(clean_python, "-I", "-c", FORMS, cwd=tmp_path).splitlines()
    assert {f"ui_{form.stem}.py" for form in (sources / "ui").glob("*.ui")} | {"csp_rc.py"} <= set(found)
    assert Path(where).is_relative_to(sources)
