"""Every distinct sentence a person may see, on screen, on paper, in the help, in the README and on the command line,
with the first place it is at: `python packaging/words.py`, or through `dev.py words`. For someone who reads the whole
list. `SAY_INSTEAD` is the glossary: words that are not used, and the one term that is; a test holds all to it.

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
SAY_INSTEAD = {  # what is not said, and what is
    r"\bpromises?\b": "deadline; overdue",
    r"\b(case|live|the) walk\b|\bwalked\b": "case order; discussed",
    r"(?<!tests/)safekeeping": "Backups",
    r"\blet (somebody|someone|them) in\b|\bway in\b": "add a user; remove access",
    r"\bbring (a|the|it|file)\b.*\bin\b": "restore or receive a file",
    r"\bg(o|oes|oing|one) on\b": "continue",
    r"\beras(e|es|ed|ing|ure)\b": "delete",
    r"\bput(s|ting)? (it |them |each )?right\b": "correct",
    r"\btak(e|es|ing|en) (\w+ )?away\b": "remove",
    r"e-mail|\bmail (draft|address)|\bsecure mail\b": "email",
    r"hand-over": "handover",
    r"workbook": "spreadsheet",
    r"\billustrative\b": "example",
    r"\b(?<!private-)gates?\b|\bcrossing\b": "access check; private meeting begins",
    r"\bmay hear\b|\bhears (everyone|whom)\b": "may be present; may stay",
    r"\bstep(s|ped)? out\b": "leave the room",
    r"\bin hand\b": "current",
    r"\broom titles?\b": "titles for the room screen",
    r"\bprove(s|d)? (the|it|a)\b": "check the recovery key",
    r"\bsomebody\b|\banybody\b": "someone, anyone",
    r"antisocial|anti social": "anti-social",
    r"rough sleepers": "people sleeping rough",
    r"\bown items?\b": "added item",
    r"\b(\d+|…) (days?|actions?|h) late\b|\blate actions?\b|\bnone late\b": "overdue",
    r"\bfall due\b|\bno fall\b|\brisk (has )?fall": "reduction due; risk not reduced",
    r"\bcarr(y|ied|ies|ying) on\b": "carry forward",
    r"\bround the table\b|\bat the table\b": "actions by officer; in the meeting",
    r"\bCMHT\b.* told\b": "CMHT informed",
    r"\bday to come\b|\bstill to come\b|\blies? ahead\b": "in the future",
    r"\bevery (level|area|letter)\b": "all",
    r"\bby itself\b|\bby themselves\b": "automatically",
    r"\bmend\b|\banew\b": "fix; again",
    r"\b(is|was|are) no (\w+ )?(date|day|number|address|spreadsheet|list of)\b": "is not a",
    r"\bwill stand here\b|\bstands? (there )?twice\b": "is listed",
    r"\bwitness\b|\btrail\b": "rollback check; history",
    r"picture of the screen": "screenshot",
    r"\beverybody\b": "everyone",
    r"\bbrought in\b": "imported",
    r"\bprivate part\b": "private meeting",
    r"\bday (of the email|signed|sent)\b|\b(agree|change) (this |the )?day\b": "date",
    r"\b(send|sent) out the minutes\b": "circulate the minutes",
    r"\bis no (table|kind|field)\b": "is not a",
    r"\bwait again\b": "be deferred again",
}


def every_sentence() -> dict[str, str]:
    """Each distinct sentence, and the first place it stands at."""
    found: dict[str, str] = {}
    for words, place in sorted(_all(), key=lambda pair: pair[1]):
        found.setdefault(words, place)
    return found


def main() -> int:
    """Prints the list, and how many there are."""
    found = every_sentence()
    for words, place in sorted(found.items(), key=lambda pair: pair[0].casefold()):
        print(f"{words}\t{place}")
    print(f"{len(found)} distinct sentences", file=sys.stderr)
    return 0


def _all() -> Iterator[tuple[str, str]]:
    for form in sorted((ROOT / "ui").glob("*.ui")):
        yield from _of_form(form)
    for text in [*sorted((ROOT / "resources").rglob("*.md")), *sorted((ROOT / "resources" / "clauses").glob("*.txt"))]:
        yield from _of_text(text)
    yield from _of_text(ROOT / "README.md", until="## Changes")
    for module in sorted((ROOT / "csp_desktop").rglob("*.py")):
        if not set(LEFT_OUT) & set(module.parts):
            yield from _of_module(module)


def _of_form(form: Path) -> Iterator[tuple[str, str]]:
    for string in ElementTree.parse(form).iter("string"):
        words = (string.text or "").replace("&", "").strip()
        if string.get("notr") != "true" and WORD.search(words):
            yield words, form.relative_to(ROOT).as_posix()


def _of_text(text: Path, until: str = "\0") -> Iterator[tuple[str, str]]:
    for paragraph in re.split(r"\n\s*\n", text.read_text("utf-8").split(until)[0]):
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
