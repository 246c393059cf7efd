"""A paper's whole text with its structure, beside the text it had when somebody last looked it through.

What is printed differently on purpose is written anew with CSP_KEEP_PAPERS=1, and its difference read first.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from csp_desktop.domain.minutes.paper_parts import Section, Words, as_line

KEPT = Path(__file__).resolve().parents[1] / "data" / "papers"


def outline(title: str, opening: Iterable[Words], sections: Iterable[Section]) -> str:
    """Every word, and the ids, levels, names and widths that tagging and printing go by."""
    lines = [title, *map(as_line, opening)]
    for section in sections:
        about = f" of {section.case_id}" if section.case_id else ""
        lines += ["", f"[{section.id}, level {section.level}{about}] {section.title}"]
        for block in section.blocks:
            if isinstance(block, Words):
                lines.append(as_line(block))
                continue
            widths = ":".join(map(str, block.shares))
            lines += [f"table “{block.name}” {widths}", " | ".join(block.headers)]
            lines += [" | ".join(row) for row in block.rows]
    return "\n".join([*lines, ""])


def kept(name: str, text: str) -> str:
    """The text as it was last looked through; this one, when it is to be kept from now on."""
    path = KEPT / f"{name}.txt"
    if os.environ.get("CSP_KEEP_PAPERS"):
        path.write_text(text, "utf-8", newline="\n")
    return path.read_text("utf-8")
