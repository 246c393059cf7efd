"""Which fields a function of the program can refuse: read from its source and from what it calls."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

from csp_desktop.domain.common.errors import FieldRefused

Function = Callable[..., object]
_looked_at: list[Function] = []


def fields_raised(*functions: Function) -> set[str]:
    """The names of all fields these refuse, themselves or by what they call."""
    return {field for function in reached(*functions) for field in _own_fields(function)}


def reached(*functions: Function) -> set[Function]:
    """These, and every function of the program they name."""
    found: set[Function] = set()
    waiting = list(functions)
    while waiting:
        function = waiting.pop()
        if function not in found:
            found.add(function)
            waiting += _named(function)
    return found


def refusing(module: ModuleType) -> set[Function]:
    """Every function of a module that itself refuses a field."""
    own = [one for one in vars(module).values() if inspect.isfunction(one) and one.__module__ == module.__name__]
    return {function for function in own if _own_fields(function)}


@cache
def _own_fields(function: Function) -> frozenset[str]:
    return frozenset(value for argument in _field_arguments(function) for value in _values(argument, function))


def _field_arguments(function: Function) -> Iterator[ast.expr]:
    """Every expression in it that names the field of a refusal, in its own or in what it calls."""
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Call):
            at = _field_at(_resolved(node.func, function))
            yield from node.args[at : at + 1] if at is not None else ()


@cache
def _field_at(called: Any) -> int | None:
    """Which of its arguments names a field: the one it refuses itself, or hands on to what does."""
    if called is FieldRefused:
        return 0
    if not isinstance(called, FunctionType) or not called.__module__.startswith("csp_desktop."):
        return None
    if called in _looked_at:
        return None  # it calls itself
    _looked_at.append(called)
    given = {argument.id for argument in _field_arguments(called) if isinstance(argument, ast.Name)}
    _looked_at.pop()
    return next((at for at, name in enumerate(_parameters(called)) if name in given), None)


def _values(argument: ast.expr, function: Function) -> set[str]:
    """A name of an enum, or one written out; of a name given before, what it was given."""
    if isinstance(argument, ast.Constant):
        return {str(argument.value)}
    if isinstance(argument, ast.IfExp):
        return _values(argument.body, function) | _values(argument.orelse, function)
    known = _resolved(argument, function)
    if isinstance(known, str):
        return {str(known)}
    assert isinstance(argument, ast.Name), f"{function.__qualname__}: {ast.unparse(argument)}"
    if argument.id in _parameters(function):
        return set()  # whoever calls it names the field
    found = _assigned(argument.id, function) | _looped(argument.id, function)
    assert found, f"{function.__qualname__} refuses a field nobody can read off: {argument.id}"
    return found


def _assigned(name: str, function: Function) -> set[str]:
    """What a name is set to."""
    nodes = [one for one in ast.walk(_tree(function)) if isinstance(one, ast.Assign)]
    given = [one.value for one in nodes for target in one.targets if ast.unparse(target) == name]
    return {value for one in given for value in _values(one, function)}


def _looped(name: str, function: Function) -> set[str]:
    """All keys of the table a loop takes it from."""
    loops = (one for one in ast.walk(_tree(function)) if isinstance(one, ast.For | ast.comprehension))
    over = [one.iter for one in loops if name in {n.id for n in ast.walk(one.target) if isinstance(n, ast.Name)}]
    calls = (one.func for one in over if isinstance(one, ast.Call))  # TABLE.items()
    tables = [_resolved(called.value, function) for called in calls if isinstance(called, ast.Attribute)]
    return {str(key) for table in tables for key in table}


def _named(function: Function) -> Iterator[Function]:
    for node in ast.walk(_tree(function)):
        if isinstance(node, ast.Name | ast.Attribute):
            known = _resolved(node, function)
            if isinstance(known, FunctionType) and known.__module__.startswith("csp_desktop."):
                yield known


def _resolved(node: ast.expr, function: Function) -> Any:
    """What a dotted name of the function's module stands for; None for anything else."""
    parts = ast.unparse(node).split(".")
    if not all(part.isidentifier() for part in parts) or parts[0] in _own_names(function):
        return None
    found: Any = function.__globals__.get(parts[0])
    for part in parts[1:]:
        found = getattr(found, part, None)
    return found


def _parameters(function: Function) -> list[str]:
    return list(inspect.signature(function).parameters)


@cache
def _own_names(function: Function) -> frozenset[str]:
    names = (one for one in ast.walk(_tree(function)) if isinstance(one, ast.Name))
    return frozenset([*_parameters(function), *(one.id for one in names if isinstance(one.ctx, ast.Store))])


@cache
def _tree(function: Function) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))
