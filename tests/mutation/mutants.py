"""Which faults there are in a module, and which of them a run tries."""

import ast
import difflib
import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_if_exp

NEVER_WITHIN = {"len", "isinstance", "cast", "NewType", "TypeVar", "assert_never"}
STANDS_APART = (
    cst.Module,
    cst.BaseCompoundStatement,
    cst.IndentedBlock,
    cst.Else,
    cst.ExceptHandler,
    cst.Finally,
    cst.MatchCase,
)
EQUIVALENTS = Path(__file__).with_name("equivalents.toml")


def step_left_out(node: cst.CSTNode) -> Iterable[cst.CSTNode]:
    """A call made for what it does, or a refusal, is not made."""
    if isinstance(node, cst.Raise) or (isinstance(node, cst.Expr) and isinstance(node.value, cst.Call)):
        yield cst.Pass()


OPERATORS: Sequence[tuple[type, Callable[..., Iterable[cst.CSTNode]]]] = (
    *mutation_operators,
    (cst.If, operator_if_exp),
    (cst.CompIf, operator_if_exp),
    (cst.Expr, step_left_out),
    (cst.Raise, step_left_out),
)


@dataclass(frozen=True)
class Mutant:
    """One fault in one module.

    `path` is relative to the clone, `function` the dotted name of what holds the fault, `lines` the first and the last
    line of the statement (or of the condition) it is in, `source` the whole module with the fault in it, `was` and
    `becomes` the lines that differ.
    """

    path: str
    function: str
    lines: tuple[int, int]
    source: str
    line: int
    was: tuple[str, ...]
    becomes: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """Stays the same when the module is moved or lines are added above."""
        return self.function, _plain(self.was), _plain(self.becomes)

    @property
    def diff(self) -> list[str]:
        """The lines that differ, as a diff shows them."""
        return [*(f"- {line}" for line in self.was), *(f"+ {line}" for line in self.becomes)]


@dataclass(frozen=True)
class _Place:
    """A node that could be another, and where it stands."""

    operator: str
    function: str
    lines: tuple[int, int]
    old: cst.CSTNode
    new: cst.CSTNode


def chosen(root: Path, path: str, count: int, seed: int) -> list[Mutant]:
    """`count` of the module's mutants, one of each operator in turn; the same for the same seed and text."""
    text = (root / path).read_text("utf-8")
    wrapper = MetadataWrapper(cst.parse_module(text))
    places: dict[str, list[tuple[str, _Place]]] = {}
    for place in _places(wrapper):
        code = [wrapper.module.code_for_node(node) for node in (place.old, place.new)]
        order = hashlib.sha256(repr((seed, place.function, place.operator, *code)).encode()).hexdigest()
        places.setdefault(place.operator, []).append((order, place))
    ordered = [sorted(of_one, key=lambda pair: pair[0]) for _, of_one in sorted(places.items())]
    ordered.sort(key=lambda of_one: of_one[0][0])
    tree, found = ast.dump(ast.parse(text)), dict[str, Mutant]()
    for _, place in (pair for turn in zip_longest(*ordered) for pair in turn if pair):
        if len(found) == count:
            break
        source = wrapper.module.deep_replace(place.old, place.new).code
        if source not in found and _compiles_to_something_else(source, tree):
            found[source] = _mutant(path, place, text, source)
    return list(found.values())


def _compiles_to_something_else(source: str, tree: str) -> bool:
    try:
        return ast.dump(ast.parse(source)) != tree and bool(compile(source, "mutant", "exec"))
    except SyntaxError:
        return False


def _mutant(path: str, place: _Place, text: str, source: str) -> Mutant:
    before, after = text.splitlines(), source.splitlines()
    changes = [change for change in difflib.SequenceMatcher(None, before, after).get_opcodes() if change[0] != "equal"]
    was = tuple(line for _, start, end, _, _ in changes for line in before[start:end])
    becomes = tuple(line for _, _, _, start, end in changes for line in after[start:end])
    return Mutant(path, place.function, place.lines, source, changes[0][1] + 1, was, becomes)


def _places(wrapper: MetadataWrapper) -> Iterator[_Place]:
    positions = wrapper.resolve(PositionProvider)

    def within(node: cst.CSTNode, names: tuple[str, ...], lines: tuple[int, int] | None) -> Iterator[_Place]:
        if _does_nothing(node):
            return
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            names = (*names, node.name.value)
        if isinstance(node, STANDS_APART):
            lines = None
        elif lines is None and node in positions:
            lines = _span(positions[node])
        for kind, operator in OPERATORS:
            if isinstance(node, kind):
                own = lines or _span(positions[_head(node)])
                yield from (_Place(operator.__name__, ".".join(names), own, node, new) for new in operator(node))
        for child in node.children:
            yield from within(child, names, lines)

    return within(wrapper.module, (), None)


def _head(node: cst.CSTNode) -> cst.CSTNode:
    """The condition of an `if` and the subject of a `match`, which run though what they hold may not."""
    return node.test if isinstance(node, cst.If) else node.subject if isinstance(node, cst.Match) else node


def _span(position: CodeRange) -> tuple[int, int]:
    return position.start.line, position.end.line


def _does_nothing(node: cst.CSTNode) -> bool:
    """What only a type checker reads, what runs before there is anything to test, and what mutmut leaves alone."""
    if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom):
        return True
    if isinstance(node, cst.ClassDef):
        return any(isinstance(base.value, cst.Name) and base.value.value == "Protocol" for base in node.bases)
    if isinstance(node, cst.If):
        return isinstance(node.test, cst.Name) and node.test.value == "TYPE_CHECKING"
    return isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value in NEVER_WITHIN


def equivalents(path: Path = EQUIVALENTS) -> dict[tuple[str, str, str], str]:
    """The reviewed mutants that change nothing anybody could see, with the reason for each."""
    listed = tomllib.loads(path.read_text("utf-8"))["equivalent"]
    return {(one["function"], _plain([one["was"]]), _plain([one["becomes"]])): one["because"] for one in listed}


def _plain(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())
