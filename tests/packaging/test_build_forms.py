"""The forms are compiled again exactly when their content changed, so that a test never runs on a stale form."""

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORM = """<ui version="4.0"><class>Greeting</class><widget class="QLabel" name="Greeting">
<property name="text"><string>{words}</string></property></widget></ui>"""

Build = Callable[[Path], list[str]]


@pytest.fixture
def build() -> Build:
    """The script's own function, as the build hook calls it."""
    found: Build = runpy.run_path(str(ROOT / "packaging" / "build_forms.py"))["build"]
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one form and one text."""
    for name, text in (("ui/greeting.ui", FORM.format(words="Good afternoon")), ("resources/help/start.md", "Start")):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def compiled(project: Path) -> str:
    """The compiled form's source."""
    return (project / "csp_desktop" / "_built" / "ui_greeting.py").read_text("utf-8")


def test_a_form_is_compiled_once_and_again_when_its_words_change(build: Build, project: Path) -> None:
    assert build(project) == ["__init__.py", "data/help/start.md", "ui_greeting.py"]
    assert build(project) == []
    (project / "ui" / "greeting.ui").write_text(FORM.format(words="Good evening"), "utf-8")
    assert build(project) == ["ui_greeting.py"]
    assert "Good evening" in compiled(project)


def test_what_was_taken_away_goes_from_the_built_package_too(build: Build, project: Path) -> None:
    build(project)
    (project / "ui" / "greeting.ui").unlink()
    (project / "resources" / "help" / "start.md").unlink()
    assert build(project) == ["data/help/start.md", "ui_greeting.py"]


def test_a_form_that_cannot_be_compiled_is_named(build: Build, project: Path) -> None:
    (project / "ui" / "greeting.ui").write_text("<ui", "utf-8")
    with pytest.raises(SystemExit, match="greeting.ui could not be compiled"):
        build(project)


def test_the_projects_own_forms_all_compile(build: Build) -> None:
    build(ROOT)
    built = {path.stem for path in (ROOT / "csp_desktop" / "_built").glob("ui_*.py")}
    assert built == {f"ui_{form.stem}" for form in (ROOT / "ui").glob("*.ui")}
