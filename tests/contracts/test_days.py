"""How a day is written and what is overdue are each said in one module; nothing else turns a day into words or counts
the days past it, and every field shows a day alike."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "csp_desktop"
HOME = PACKAGE / "domain" / "common" / "days.py"
OVERDUE = PACKAGE / "domain" / "common" / "overdue.py"
READS_DAYS = PACKAGE / "domain" / "common" / "day_grammar.py"
NOT_FOR_PEOPLE = {  # a file's own form, which no person chose
    "documents/word.py",  # the instant in the properties of a Word file
    "exchange/mapping/columns.py",  # a day as a cell of an imported file has it
    "services/cases/case_import.py",  # a day as the file that is refused has it
    "services/private/people_import.py",
    "services/people/member_import.py",
    "domain/meeting/action_line.py",  # a day as it is typed
}
FIELDS = {"ddd d MMM yyyy", "HH:mm"}
SAID = ("strftime", "ctime", "toLocaleString")
NAMES = {"MONTHS", "MONTHS_LONG", "WEEKDAYS", "WEEKDAYS_LONG", "short_day"}
ON_SCREEN, ON_PAPER = {"screen_day", "day_and_time"}, {"paper_day", "table_day"}


def modules(*layers: str) -> Iterator[tuple[str, ast.Module]]:
    """Each module of some layers, or of all, by its path in the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if (name.split("/")[0] in layers or not layers) and not name.startswith("_built/"):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def says_a_day(node: ast.AST) -> bool:
    """A call, a format or a joined string that puts a day into words of its own."""
    match node:
        case ast.Attribute(attr=name) if name in SAID:
            return True
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=parts)):
            words = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
            return bool(re.search(r"%[aAbBcx]|%d/%m", words))
        case ast.JoinedStr():
            named = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
            return {"day", "month"} <= named
        case ast.ImportFrom(module="csp_desktop.domain.common.days", names=names):
            return any(one.name in NAMES for one in names)
    return False


def test_only_one_module_turns_a_day_into_words() -> None:
    homes = {path.relative_to(PACKAGE).as_posix() for path in (HOME, READS_DAYS)}
    found = [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name, tree in modules()
        if name not in homes | NOT_FOR_PEOPLE and not name.endswith("/clock.py")
        for node in ast.walk(tree)
        if says_a_day(node)
    ]
    assert not found, found


@pytest.mark.parametrize(
    "line", ["day.strftime('%d')", "f'{day:%d %B}'", "f'{day.day} {NAMES[day.month]}'", "f'{day:%d/%m/%Y}'"]
)
def test_a_day_said_elsewhere_is_found(line: str) -> None:
    assert any(map(says_a_day, ast.walk(ast.parse(line))))
    assert not any(map(says_a_day, ast.walk(ast.parse("f'minutes {day:%Y-%m-%d}.pdf'"))))


def imported(tree: ast.Module) -> set[str]:
    """The forms of a day that a module uses."""
    return {
        one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "csp_desktop.domain.common.days"
        for one in node.names
    }


def test_a_screen_has_one_form_of_a_day_and_a_paper_the_other() -> None:
    found = [name for name, tree in modules("gui", "cli") if imported(tree) & ON_PAPER]
    found += [name for name, tree in modules("documents", "exchange") if imported(tree) & (ON_SCREEN | {"dated_day"})]
    assert not found, found


def counts_days(node: ast.AST) -> bool:
    """A count of the days past a day, or its words, made by hand."""
    match node:
        case ast.Call(func=ast.Name(id="max"), args=[ast.Constant(value=0), ast.Attribute(attr="days")]):
            return True
        case ast.Constant(value=str(words)):
            return bool(re.match(r" ?days? (overdue|late)\b", words))
        case ast.JoinedStr(values=parts):
            pairs = zip(parts, parts[1:], strict=False)
            return any(_is_days(one) and _says_late(two) for one, two in pairs)
    return False


def _is_days(part: ast.expr) -> bool:
    call = part.value if isinstance(part, ast.FormattedValue) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "days_words"


def _says_late(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and str(part.value).startswith((" overdue", " late"))


def test_only_one_module_counts_and_says_what_is_overdue() -> None:
    home = OVERDUE.relative_to(PACKAGE).as_posix()
    found = [
        f"{name}:{getattr(node, 'lineno', 0)}"
        for name, tree in modules()
        if name != home
        for node in ast.walk(tree)
        if counts_days(node)
    ]
    assert not found, found


@pytest.mark.parametrize(
    "line", ["max(0, (today - due).days)", "f'{days_words(n)} overdue'", "f'{n} days late'", "f'{days_words(n)} late'"]
)
def test_days_overdue_counted_elsewhere_are_found(line: str) -> None:
    assert any(map(counts_days, ast.walk(ast.parse(line))))
    assert not any(map(counts_days, ast.walk(ast.parse("f'{late} overdue', overdue_words(n)"))))


def test_every_field_shows_a_day_alike() -> None:
    formats = {
        f"{path.name}: {shown}"
        for path in (ROOT / "ui").glob("*.ui")
        for shown in re.findall(r'"displayFormat"><string>([^<]*)<', path.read_text(encoding="utf-8"))
        if shown not in FIELDS
    }
    assert not formats, formats
