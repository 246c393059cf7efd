"""Which fields a function of the program can refuse: read from its source and from what it calls."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import csp_desktop
from csp_desktop.domain.common.errors import FieldRefused
from csp_desktop.domain.common.names import entered

ROOT = Path(csp_desktop.__file__).parent
FIELD_AT = {FieldRefused: 0, entered: 2}  # which argument names the field

Function = Callable[..., object]


def fields_raised(*functions: Function) -> set[str]:
    """The names of all fields these refuse, themselves or by what they call."""
    return {field for function in reached(*functions) for field in _own_fields(function)}


def reached(*functions: Function) -> set[Function]:
    """These, and every function of the program they call by its name."""
    found: set[Function] = set()
    waiting = list(functions)
    while waiting:
        function = waiting.pop()
        if function not in found:
            found.add(function)
            waiting += [called for called, _ in _calls(function) if isinstance(called, FunctionType)]
    return found


def refusing(module: ModuleType) -> set[Function]:
    """Every function of a module that itself refuses a field."""
    own = [one for one in vars(module).values() if inspect.isfunction(one) and one.__module__ == module.__name__]
    return {function for function in own if _own_fields(function)}


@cache
def _own_fields(function: Function) -> frozenset[str]:
    found: set[str] = set()
    for called, call in _calls(function):
        at = FIELD_AT.get(called, len(call.args))
        for argument in call.args[at : at + 1]:
            found |= _values(argument, function)
    return frozenset(found)


def _values(argument: ast.expr, function: Function) -> set[str]:
    """A name of an enum, or one written out; of a name a loop gives, all of what it goes through."""
    if isinstance(argument, ast.Constant):
        return {str(argument.value)}
    known = _resolved(argument, function)
    if isinstance(known, str):
        return {str(known)}
    assert isinstance(argument, ast.Name), ast.unparse(argument)
    if function in FIELD_AT:
        return set()  # it is given by the caller
    loops = (one for one in ast.walk(_tree(function)) if isinstance(one, ast.For | ast.comprehension))
    over = [one.iter for one in loops if argument.id in {n.id for n in ast.walk(one.target) if isinstance(n, ast.Name)}]
    assert over, f"{function.__qualname__} refuses a field nobody can read off: {argument.id}"
    return {str(name) for one in over for name in _resolved(one.func.value, function)}  # type: ignore[attr-defined]


def _calls(function: Function) -> Iterator[tuple[Any, ast.Call]]:
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Call):
            called = _resolved(node.func, function)
            if str(getattr(called, "__module__", "")).startswith("csp_desktop."):
                yield called, node


def _resolved(node: ast.expr, function: Function) -> Any:
    """What a dotted name of the function's module stands for; None for anything else."""
    parts = ast.unparse(node).split(".")
    if not all(part.isidentifier() for part in parts):
        return None
    found: Any = function.__globals__.get(parts[0])
    for part in parts[1:]:
        found = getattr(found, part, None)
    return found


@cache
def _tree(function: Function) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))
