"""How a day is written is said in one module; nothing else turns one into words, and every field shows it alike."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "csp_desktop"
HOME = PACKAGE / "domain" / "common" / "days.py"
NOT_FOR_PEOPLE = {  # a file's own form, which no person chose
    "documents/word.py",  # the instant in the properties of a Word file
    "services/cases/case_import.py",  # a day as the file that is refused has it
    "services/people/member_import.py",
}
FIELDS = {"ddd d MMM yyyy", "HH:mm"}


def test_only_one_module_turns_a_day_into_words() -> None:
    found = []
    for layer in ("domain", "services", "documents", "gui"):
        for path in (PACKAGE / layer).rglob("*.py"):
            name = path.relative_to(PACKAGE).as_posix()
            if path == HOME or name in NOT_FOR_PEOPLE:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in ("strftime", "ctime", "toLocaleString"):
                    found.append(f"{name}:{node.lineno}")
    assert not found, found


def test_every_field_shows_a_day_alike() -> None:
    formats = {
        f"{path.name}: {shown}"
        for path in (ROOT / "ui").glob("*.ui")
        for shown in re.findall(r'"displayFormat"><string>([^<]*)<', path.read_text(encoding="utf-8"))
        if shown not in FIELDS
    }
    assert not formats, formats
