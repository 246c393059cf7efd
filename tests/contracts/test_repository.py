"""What holds for the repository as a whole: its shape, its size, and that a clone needs nothing but itself."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {"pyproject.toml", "csp_desktop", "ui", "resources", "tests", "packaging", "README.md", "LICENSE"}
TEXT = {".py", ".ui", ".md", ".toml", ".qrc", ".json", ".csv", ".txt", ".html", ".lock", ""}
# Written in pieces, so that this file does not find itself.
PLACES_OF_ONE_MACHINE = ("../" + "shared", "/work" + "/", "/tmp" + "/team")
UNFINISHED = re.compile(
    r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b|Not" r"ImplementedError|not imple" r"mented|[Cc]oming so" r"on|[Ll]orem"
)
STAND_INS = re.compile(
    r"Magic" r"Mock|unittest\.mo" r"ck|time\.sl" r"eep|qtbot\.wa" r"it\(|pytest\.sk" r"ip|mark\.(sk" r"ip|xf" r"ail)"
)
CATCHERS_OF_BUGS = ("csp_desktop/gui/window/tasks.py", "csp_desktop/gui/window/bug_report.py")
KNOWN_PHRASES = "csp_desktop/vault/passphrase.py"  # a list of what people type
GUARD_OF_STRANGERS_FILES = "csp_desktop/exchange/reading/child.py"  # around the reading library: raises Refused
LONGEST_MODULE, LONGEST_FUNCTION = 700, 45


def tracked(*under: str) -> list[Path]:
    """The files of the project: what git keeps or would keep."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *under]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file()]


def texts(*under: str) -> Iterator[tuple[Path, str]]:
    """Each text file with its content."""
    for path in tracked(*under):
        if path.suffix in TEXT:
            yield path, path.read_text("utf-8", errors="replace")


def lines_matching(pattern: re.Pattern[str], *under: str) -> list[str]:
    """Where a pattern stands, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path, text in texts(*under)
        if path.name != Path(__file__).name
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a module, methods included."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function takes, from its def to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_the_top_level_holds_what_the_customer_fixed_and_nothing_else() -> None:
    present = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in present if not name.startswith(".")} <= TOP_LEVEL


def test_a_clone_needs_nothing_outside_itself() -> None:
    assert lines_matching(re.compile("|".join(map(re.escape, PLACES_OF_ONE_MACHINE)))) == []


def test_nothing_is_left_unfinished() -> None:
    found = lines_matching(UNFINISHED, "csp_desktop", "ui", "packaging/*.py", "resources/help", "README.md")
    assert [line for line in found if not line.startswith(KNOWN_PHRASES)] == []


def test_the_formatter_is_not_fought() -> None:
    assert lines_matching(re.compile(r"# fmt: (sk" r"ip|of" r"f)"), "*.py") == []


def test_tests_use_fakes_and_all_of_them_run() -> None:
    assert lines_matching(STAND_INS, "tests/*.py") == []


def test_broad_excepts_stand_only_where_a_bug_or_a_damaged_file_is_caught() -> None:
    found = lines_matching(re.compile(r"except( Exception| BaseException)?( as \w+)?:"), "csp_desktop")
    allowed = (*CATCHERS_OF_BUGS, GUARD_OF_STRANGERS_FILES)
    assert [line for line in found if not line.startswith(allowed)] == []
    assert sum(line.startswith(GUARD_OF_STRANGERS_FILES) for line in found) == 1


def test_no_module_is_longer_than_a_person_reads_at_once() -> None:
    lengths = {str(path.relative_to(ROOT)): len(text.splitlines()) for path, text in texts("csp_desktop")}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{function.name}": length(function)
        for path, text in texts("csp_desktop")
        if path.suffix == ".py"
        for function in functions(ast.parse(text))
        if length(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path, text in texts("csp_desktop", "packaging", "tests")
        if path.suffix == ".py" and text.strip() and not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []


def test_packaging_is_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists(), "it would shadow PyPI's packaging"


@pytest.mark.parametrize(("lock", "group"), [("requirements.lock", "build"), ("requirements-dev.lock", "dev")])
def test_the_lock_names_each_dependency_with_hashes_and_wheels_only(lock: str, group: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"][group]]
    names = {re.split(r"[=<>~!;\[ ]", one)[0].lower() for one in wanted if isinstance(one, str)}
    text = (ROOT / "packaging" / lock).read_text("utf-8")
    blocks = {block.split("==")[0].lower(): block for block in re.split(r"\n(?=[A-Za-z0-9])", text) if "==" in block}
    assert names <= blocks.keys()
    assert [name for name, block in blocks.items() if "--hash=sha256:" not in block] == []
    assert "--only-binary :all:" in text
