"""Every distinct sentence a person may see, on screen, on paper, in the help and on the command line, with the first
place it stands at: `python packaging/words.py`, or through `dev.py words`. For somebody who reads the whole list.

What only a program reads is left out: docstrings, statements for the database, names of files, patterns, style sheets.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = ("_built", "migrations", "rehearsal")
FOR_PROGRAMS = re.compile(
    r"^(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|ALTER|DROP|ATTACH|BEGIN|WITH|FROM|WHERE)\b|^[QA-Z]\w*[\[{]"
    r"|</?\w+[ >/]|[{};]\s*$|^%|^\s*[-\w]+:\s*[-\w]+;|^[a-z_]+ [a-z_]+(, [a-z_]+)+$|\\[dwsb]|\w \| (None|\w)"
)
WORD = re.compile(r"[A-Za-z]{2,}")


def main() -> int:
    """Prints the list, and how many there are."""
    found: dict[str, str] = {}
    for words, place in sorted(_all(), key=lambda pair: pair[1]):
        found.setdefault(words, place)
    for words, place in sorted(found.items(), key=lambda pair: pair[0].casefold()):
        print(f"{words}\t{place}")
    print(f"{len(found)} distinct sentences", file=sys.stderr)
    return 0


def _all() -> Iterator[tuple[str, str]]:
    for form in sorted((ROOT / "ui").glob("*.ui")):
        yield from _of_form(form)
    for text in sorted((ROOT / "resources").rglob("*.md")):
        yield from _of_text(text)
    for module in sorted((ROOT / "csp_desktop").rglob("*.py")):
        if not set(LEFT_OUT) & set(module.parts):
            yield from _of_module(module)


def _of_form(form: Path) -> Iterator[tuple[str, str]]:
    for string in ElementTree.parse(form).iter("string"):
        words = (string.text or "").replace("&", "").strip()
        if string.get("notr") != "true" and WORD.search(words):
            yield words, form.relative_to(ROOT).as_posix()


def _of_text(text: Path) -> Iterator[tuple[str, str]]:
    for paragraph in re.split(r"\n\s*\n", text.read_text("utf-8")):
        words = " ".join(paragraph.split())
        if WORD.search(words):
            yield words, text.relative_to(ROOT).as_posix()


def _of_module(module: Path) -> Iterator[tuple[str, str]]:
    tree = ast.parse(module.read_text("utf-8"))
    quiet = {id(part) for node in ast.walk(tree) for part in _unseen(node)}
    for node in ast.walk(tree):
        if id(node) in quiet:
            continue
        words = _words(node)
        if words and WORD.search(words) and not FOR_PROGRAMS.search(words) and _is_said(words):
            yield " ".join(words.split()).replace("&", ""), f"{module.relative_to(ROOT).as_posix()}:{node.lineno}"  # type: ignore[attr-defined]


def _unseen(node: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, the parts of a sentence that is put together, and what stands where a type stands."""
    if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
        first = node.body[0]
        if isinstance(first, ast.Expr):
            yield first.value
    if isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.Constant))
    for field in ("annotation", "returns"):
        if getattr(node, field, None) is not None:
            yield from ast.walk(getattr(node, field))


def _words(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.strip()
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values).strip()
    return ""


def _is_said(words: str) -> bool:
    """More than one word, or one that begins like a label."""
    return " " in words or bool(re.fullmatch(r"&?[A-Z][a-z&]+[.?…]?", words))


if __name__ == "__main__":
    raise SystemExit(main())
