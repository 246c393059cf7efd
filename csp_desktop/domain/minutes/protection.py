"""A paragraph that not everybody may read: marked in its line, so that the mark moves with the words through typing,
freezing and correcting. The record prints it as a label; every other copy lacks the whole line, wherever in it the mark
was typed: whoever types it in the middle means at least what follows. A mark on a line of its own leads each line of
the paragraph that follows, to the next blank line.
"""

import re
from collections.abc import Set
from enum import Enum


class Protection(Enum):
    """Who alone may read a paragraph; the value stands in brackets before it."""

    POLICE = "police only"
    SOURCE = "protect source"

    @property
    def mark(self) -> str:
        """'[police only]'"""
        return f"[{self.value}]"

    @property
    def label(self) -> str:
        """'Police only:'"""
        return f"{self.value.capitalize()}:"


Marks = Set[Protection]
ALL = frozenset(Protection)
IN_PERSON = "Told in person: ask whoever took the minutes"
_GAP = r"(?:[^\w\[\]]|_)*"  # a blank, any dash, a stop
_KIND = rf"(?:police{_GAP}only|protect(?:ed)?{_GAP}(?:the{_GAP})?sources?)(?![^\W_])"
_BESIDE = rf"(?:{_GAP}(?:(?:and|or){_GAP})?{_KIND})*"  # '[police only, protect source]'
NOT_SHOWN = "Marked text, not shown here"
FURTHER = "Further item"  # of an agenda, of which not everybody may read the title
_WORD = re.compile(r"[^\W_]")
_MARK = re.compile(rf"\s*[\[［]{_GAP}({_KIND}{_BESIDE})(?:[^\w\[\]［］]|_)*[\]］]?[\s:]*", re.IGNORECASE)


def parted(line: str) -> tuple[Protection | None, str]:
    """The mark of a line, of several the stricter, and the words without it. Whoever opens a bracket and writes the
    words means the mark, whatever dash, stop or word of their own stands in it, and though it is not closed."""
    found = {Protection.SOURCE if "source" in one.casefold() else Protection.POLICE for one in _MARK.findall(line)}
    if not found:
        return None, line
    strictest = Protection.SOURCE if Protection.SOURCE in found else Protection.POLICE
    return strictest, _MARK.sub(" ", line).lstrip()


def protection_of(line: str) -> Protection | None:
    """The mark of a line, if it has one."""
    return parted(line)[0]


def lines_of(text: str) -> list[str]:
    """The lines of a text so that each can be read by itself: a mark on a line of its own stands before each line of
    the paragraph after it. Only one that nothing follows stays alone."""
    lines: list[str] = []
    ahead: Protection | None = None
    begun = False
    for line in text.splitlines():
        mark, words = parted(line)
        if mark and not _WORD.search(words):
            ahead, begun = Protection.SOURCE if Protection.SOURCE in (mark, ahead) else mark, False
        elif not line.strip():
            ahead = None if begun else ahead
            lines.append(line)
        else:
            lines.append(f"{ahead.mark} {line}" if ahead else line)
            begun = True
    return lines if begun or ahead is None else [*lines, ahead.mark]


def without_protected(text: str, may: Marks = frozenset()) -> str:
    """The text without the lines that somebody who may read only these may not; the room may read none."""
    if "[" not in text and "［" not in text:
        return text
    lines = lines_of(text)
    kept = [line for line in lines if (mark := protection_of(line)) is None or mark in may]
    return text if len(kept) == len(lines) else "\n".join(kept)


def sent(words: str, may: Marks = frozenset()) -> str:
    """What somebody who may read only these is sent of what they are to do: of marked words that there are some."""
    return words if protection_of(words) in (None, *may) else IN_PERSON


def shown(words: str) -> str:
    """Words where others may look on or listen: of marked ones only that there are some."""
    return NOT_SHOWN if protection_of(words) else words


def title_for_all(title: str) -> str:
    """The title of an agenda item as everybody may read it."""
    return without_protected(title) or FURTHER


def told(line: str) -> str:
    """The line as the record tells it where no label can be set apart: 'Police only: the car was seen there.'"""
    mark, words = parted(line)
    return f"{mark.label} {words}" if mark else line


def toggled(line: str, kind: Protection) -> str:
    """The line with the mark before it, or without where it has it; another mark gives way."""
    mark, words = parted(line)
    return words if mark is kind else f"{kind.mark} {words}"
