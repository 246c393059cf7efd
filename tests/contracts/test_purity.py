"""Domain and services say what is so; icons, colours, pages and keys are the windows' own tables."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from csp_desktop.gui.private.registry import PRIVATE
from csp_desktop.gui.window.registry import GROUP

ROOT = Path(__file__).resolve().parents[2]
ICONS = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
STEMS = {page.stem for window in (GROUP, PRIVATE) for page in window.pages}
# Words of the partnership's own that a page or an icon is called by too.
WORDS = {
    *("actions", "case", "cases", "closing", "home", "minutes", "people", "retention", "safekeeping", "settings"),
    *("check", "history", "house", "send"),
}
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}\b")
KEY = re.compile(
    r"\b(?:Ctrl|Alt|Shift)\b|\bF(?:[1-9]|1[0-2])\b|\b(?:Esc|Escape|Backspace|Return|PgUp|PgDn|Tab|Space bar)\b"
    r"|\bEnter\b(?! (?:the|it|them|people|somebody)\b)"
)
DRAWN = {"icon", "stem", "colour", "color", "shortcut", "keys_shown"}


def of_the_windows(text: str) -> str:
    """What a text would be in a window: an icon, a page, a colour or a key; empty for words."""
    if text in (ICONS | STEMS) - WORDS:
        return "icon" if text in ICONS else "page"
    return "colour" if COLOUR.search(text) else "key" if KEY.search(text) else ""


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every text of a module but its docstrings."""
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every field, parameter and keyword with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.lineno, node.target.id
        elif isinstance(node, ast.arg | ast.keyword):
            yield node.lineno, node.arg or ""


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Those of both layers."""
    for layer in ("domain", "services"):
        for path in sorted((ROOT / "csp_desktop" / layer).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text("utf-8"))


def test_domain_and_services_name_no_icon_page_colour_or_key() -> None:
    found = [
        f"{path}:{node.lineno}: {node.value!r} is a {what}"
        for path, tree in modules()
        for node in texts(tree)
        if (what := of_the_windows(str(node.value)))
    ]
    assert found == []


def test_domain_and_services_have_no_field_for_how_something_is_drawn() -> None:
    assert [f"{path}:{line}: {name}" for path, tree in modules() for line, name in names(tree) if name in DRAWN] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("calendar-clock", "icon"),
        ("users", "icon"),
        ("import_cases", "page"),
        ("private_room", "page"),
        ("#b42318", "colour"),
        ("Press Ctrl+Z again.", "key"),
        ("Press Enter to go on.", "key"),
        ("F2 leads there.", "key"),
        ("Add the people your outreach team knows", ""),
        ("Escalate", ""),
        ("minutes", ""),
    ],
)
def test_what_belongs_to_the_windows_is_told_from_words(text: str, what: str) -> None:
    assert of_the_windows(text) == what
