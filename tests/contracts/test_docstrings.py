"""A function says what it raises: whoever calls it knows from its docstring what to be ready for.

Asked of every function and method whose name has no leading underscore, for what its own body raises. A function inside
another answers to nobody outside, and what is caught again in the same body never leaves it. What a helper made
(`raise self.refuse(…)`) has the class that helper says it returns. Raising again what was caught or handed in (`raise`,
`raise error`) names no class and asks for none.
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "csp_desktop"
LEFT_OUT = {"_built", "migrations"}  # the build makes the one, and only the engine calls the other
UNTOLD = "a class nobody can tell: its helper does not say what it returns"

Bases = dict[str, set[str]]
Makers = dict[str, set[str]]


def name_of(node: ast.expr) -> str:
    """The last name of a class or function as it is written: Refused of errors.Refused; empty for anything else."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def bases_of(defined: Iterable[ast.AST]) -> Bases:
    """Every class defined, and those of Python itself, with those it is made from."""
    known = {
        name: {base.__name__ for base in one.__mro__[1:]} for name, one in vars(builtins).items() if type(one) is type
    }
    for node in defined:
        if isinstance(node, ast.ClassDef):
            known.setdefault(node.name, set()).update(map(name_of, node.bases))
    return known


def is_a(name: str, wanted: set[str], bases: Bases) -> bool:
    """Whether a class is one of the wanted, or is made from one."""
    return name in wanted or any(is_a(base, wanted, bases) for base in bases.get(name, ()))


def makers_of(defined: Iterable[ast.AST], bases: Bases) -> Makers:
    """Every function that returns an exception, by its name, with the classes it says."""
    made: Makers = {}
    for node in defined:
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            names = re.findall(r"\w+", ast.unparse(node.returns))
            made.setdefault(node.name, set()).update(name for name in names if is_a(name, {"BaseException"}, bases))
    return made


def definitions(node: ast.AST) -> Iterator[ast.AST]:
    """Every function and class, at whatever depth; nothing within an expression is looked at."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            yield child
        if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
            yield from definitions(child)


def functions(node: ast.AST) -> Iterator[ast.FunctionDef]:
    """The public functions and methods, none of them inside another function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            if not child.name.startswith("_"):
                yield child
        elif isinstance(child, ast.stmt):
            yield from functions(child)


def handled(tried: ast.Try) -> set[str]:
    """The classes a try keeps from going further: a handler that raises again keeps none."""
    found: set[str] = set()
    for handler in tried.handlers:
        again = any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
        if handler.type is not None and not again:
            parts = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
            found |= set(map(name_of, parts))
    return found


def raised(nodes: Iterable[ast.AST], caught: frozenset[str] = frozenset()) -> Iterator[tuple[ast.expr, frozenset[str]]]:
    """What a body raises itself, each with the classes that are caught around it."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            continue
        if isinstance(node, ast.Raise) and node.exc is not None:
            yield node.exc, caught
        elif isinstance(node, ast.Try):
            yield from raised(node.body, caught | handled(node))
            yield from raised((*node.handlers, *node.orelse, *node.finalbody), caught)
        else:
            yield from raised(ast.iter_child_nodes(node), caught)


def classes(said: ast.expr, makers: Makers) -> set[str]:
    """The classes of what is raised."""
    if isinstance(said, ast.BoolOp):
        return set[str]().union(*(classes(value, makers) for value in said.values))
    name = name_of(said.func if isinstance(said, ast.Call) else said)
    if name.lstrip("_")[:1].isupper():
        return {name}
    return makers.get(name) or {UNTOLD} if isinstance(said, ast.Call) else set()


def unsaid(function: ast.FunctionDef, bases: Bases, makers: Makers) -> set[str]:
    """The classes a function raises and does not name after the word Raises (or Raise, as those say whose one task it
    is)."""
    found = {
        name
        for said, caught in raised(function.body)
        for name in classes(said, makers)
        if not is_a(name, set(caught), bases)
    }
    _, _, after = re.sub(r"\b[Rr]aises?\b", "\0", ast.get_docstring(function) or "", count=1).partition("\0")
    return {name for name in found if not re.search(rf"\b{name}\b", after)}


def test_every_public_function_says_what_it_raises() -> None:
    trees = {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if not LEFT_OUT & set(path.parts)
    }
    defined = [node for tree in trees.values() for node in definitions(tree)]
    bases = bases_of(defined)
    makers = makers_of(defined, bases)
    assert {
        f"{path}:{function.lineno} {function.name}": missing
        for path, tree in trees.items()
        for function in functions(tree)
        if (missing := unsaid(function, bases, makers))
    } == {}


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("def f():\n    raise Refused('no')", {"Refused"}),
        ("def f():\n    'Open it. Raises Refused where it is not there.'\n    raise Refused('no')", set()),
        ("def f():\n    'Raise Refused.'\n    raise errors.Refused('no')", set()),
        ("def f():\n    'Refused where it is not there.'\n    raise Refused('no')", {"Refused"}),
        ("def f():\n    'Raises FieldRefused.'\n    raise Refused('no')", {"Refused"}),
        ("def f():\n    'Raises Refused.'\n    if x:\n        raise ValueError\n    raise Refused", {"ValueError"}),
        ("class C:\n    def f(self):\n        with x:\n            raise Refused", {"Refused"}),
        ("def f():\n    try:\n        raise FieldRefused\n    except Refused:\n        pass", set()),
        ("def f():\n    try:\n        raise FieldRefused\n    except Refused:\n        raise", {"FieldRefused"}),
        ("def f():\n    try:\n        pass\n    except OSError:\n        raise Refused from None", {"Refused"}),
        ("def f():\n    raise self.refuse('no')", {"FieldRefused"}),
        ("def f():\n    raise refuse('no') or error", {"FieldRefused"}),
        ("def f():\n    raise whoever('knows')", {UNTOLD}),
        ("def f(error):\n    try:\n        x()\n    except OSError:\n        raise\n    raise error", set()),
        ("def f():\n    def inner():\n        raise Refused\n    return inner", set()),
        ("def _f():\n    raise Refused", set()),
    ],
)
def test_the_rule_sees_what_breaks_it(source: str, missing: set[str]) -> None:
    errors = "class Refused(Exception): ...\nclass FieldRefused(Refused): ...\ndef refuse() -> FieldRefused: ..."
    defined = list(definitions(ast.parse(errors)))
    bases = bases_of(defined)
    found = [unsaid(function, bases, makers_of(defined, bases)) for function in functions(ast.parse(source))]
    assert set().union(*found) == missing
