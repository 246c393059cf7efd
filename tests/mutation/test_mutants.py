"""The faults are real ones, spread over every module, and the same for the same seed."""

from pathlib import Path

import pytest

from tests.mutation.__main__ import shares
from tests.mutation.mutants import Mutant, chosen, equivalents
from tests.mutation.trials import ROOT, Reach

MODULE = '''"""What is owed."""

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from elsewhere import Thing

GRACE = 5


class Says(Protocol):
    """Only for the type checker."""

    def say(self, loud: bool = False) -> None: ...


class Book:
    """Keeps what is owed."""

    def late(self, days: int) -> bool:
        """Whether it is."""
        if days < 0:
            raise ValueError("Days are counted from nought.")
        return days > GRACE
'''


def mutants(root: Path, text: str = MODULE, count: int = 500, seed: int = 1) -> list[Mutant]:
    (root / "book.py").write_text(text, "utf-8")
    return chosen(root, "book.py", count, seed)


def changes(found: list[Mutant]) -> set[tuple[str, str]]:
    return {(" ".join(mutant.was).strip(), " ".join(mutant.becomes).strip()) for mutant in found}


def test_a_check_can_be_switched_off_and_a_refusal_left_out(tmp_path: Path) -> None:
    raising = 'raise ValueError("Days are counted from nought.")'
    expected = {
        ("if days < 0:", "if (days < 0) and False:"),
        ("if days < 0:", "if days <= 0:"),
        (raising, "pass"),
        ("return days > GRACE", "return days >= GRACE"),
        ("GRACE = 5", "GRACE = 6"),
    }
    assert expected <= changes(mutants(tmp_path))


def test_what_only_the_type_checker_reads_is_left_alone(tmp_path: Path) -> None:
    found = mutants(tmp_path)
    assert {mutant.function for mutant in found} == {"", "Book.late"}
    assert all("elsewhere" not in line for mutant in found for line in mutant.was)


def test_a_mutant_names_the_lines_of_its_statement(tmp_path: Path) -> None:
    text = MODULE.replace("return days > GRACE", "return (\n            days\n            > GRACE\n        )")
    found = next(one for one in mutants(tmp_path, text) if one.becomes == ("            days >= GRACE",))
    first = text.splitlines().index("        return (") + 1
    assert (found.line, found.lines) == (first + 1, (first, first + 3))
    whole = next(one for one in mutants(tmp_path) if one.becomes == ("        if days <= 0:",))
    assert whole.lines == (whole.line, whole.line)


def test_the_same_seed_finds_the_same_and_fewer_are_the_first_of_more(tmp_path: Path) -> None:
    assert mutants(tmp_path, count=3) == mutants(tmp_path, count=6)[:3]
    assert mutants(tmp_path, count=6) != mutants(tmp_path, count=6, seed=2)


def test_a_mutant_is_the_same_one_in_a_module_that_grew_and_moved(tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    grown = mutants(moved, MODULE.replace("GRACE = 5", "OTHER = 'x'\nGRACE = 5"))
    assert {one.key for one in mutants(tmp_path)} <= {one.key for one in grown}


def test_every_module_has_its_share_and_a_longer_one_a_greater() -> None:
    share = shares(ROOT, 400)
    assert min(share.values()) == 1 and sum(share.values()) >= 400
    assert share["csp_desktop/services/file/users.py"] > share["csp_desktop/domain/common/errors.py"]


def test_each_reviewed_equivalent_still_stands_in_the_code_with_its_reason() -> None:
    text = " ".join(
        " ".join(file.read_text("utf-8").split())
        for part in ("domain", "services")
        for file in (ROOT / "csp_desktop" / part).rglob("*.py")
    )
    assert [was for (_, was, _), because in equivalents().items() if was not in text or not because] == []


@pytest.mark.parametrize(
    ("lines", "groups"),
    [
        ((4, 4), [[1], [0]]),  # a line two tests run: the nearer one first, then the other
        (
            (1, 1),
            [[1], [0], [2]],
        ),  # run at the import alone: those of the module in the same order, then its importers'
        ((5, 6), [[0], [1], [2]]),  # run at the import, with a function in it that one test runs
        ((9, 9), []),  # run by none
    ],
)
def test_the_tests_that_reach_a_line_run_the_nearest_first(lines: tuple[int, int], groups: list[list[int]]) -> None:
    tests = [
        "tests/services/home/a.py::a",
        "tests/services/cases/b.py::b",
        "tests/domain/c.py::c",
        "tests/domain/d.py::d",
    ]
    path, importer = "csp_desktop/services/cases/cases.py", "csp_desktop/services/home/home.py"
    run = {path: {"4": [0, 1], "6": [0]}, importer: {"7": [0, 2]}}
    reach = Reach(tests, [2.0, 1.0, 3.0, 4.0], run, {path: [1, 5]}, {path: [importer]})
    assert reach.of(Mutant(path, "", lines, "", 1, (), ())) == groups
