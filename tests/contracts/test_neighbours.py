"""A module that one neighbour alone imports says in its first line why it stands apart; and there are few of them."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "csp_desktop"
MOST = 23


def sources() -> dict[str, str]:
    """Every module of the program by its dotted name, what is compiled from forms left out."""
    found = [path for path in PACKAGE.rglob("*.py") if "_built" not in path.parts]
    return {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path.read_text(encoding="utf-8")
        for path in found
    }


def imported(source: str) -> Iterator[str]:
    """Every module and every name of a module that a source imports, wherever it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lonely(modules: Mapping[str, str]) -> dict[str, str]:
    """The modules that exactly one other imports, which lies beside them, and that one."""
    importers: dict[str, set[str]] = defaultdict(set)
    for name, source in modules.items():
        if not name.endswith("__init__"):
            for other in imported(source):
                if other in modules and other != name:
                    importers[other].add(name)
    folder = {name: name.rpartition(".")[0] for name in modules}
    return {
        name: one
        for name, (one, *more) in ((n, sorted(i)) for n, i in importers.items())
        if not more
        if folder[one] == folder[name]
    }


def test_few_modules_are_imported_by_one_neighbour_alone() -> None:
    assert len(lonely(sources())) <= MOST


def test_each_of_them_says_in_its_first_line_why_it_stands_apart() -> None:
    modules = sources()
    silent = [name for name in lonely(modules) if "apart" not in modules[name].partition("\n")[0]]
    assert silent == []


def test_a_lonely_module_is_seen() -> None:
    modules = {"p.a": "from p.b import x\nfrom q import c", "p.b": "", "p.c": "import p.b", "q.c": "", "q.d": ""}
    assert lonely({**modules, "p.c": ""}) == {"p.b": "p.a"}
    assert lonely(modules) == {}
