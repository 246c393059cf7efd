"""What of a paper cannot be printed, and where: every text is taken from the very sections the paper is printed from.

Which those are the printer knows: a letter without a font, and one of a script whose rules no font here knows, where
letters change their shape or their place among others.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from csp_desktop.domain.minutes.layout import opening, sections, title
from csp_desktop.domain.minutes.paper_parts import AGREED_BY, CORRECTED, NOT_SIGNED, Block, Section, Words, unlabelled
from csp_desktop.domain.minutes.personal_text import Names, Text
from csp_desktop.domain.minutes.record import ActionLine, AnswerLine, Minutes

Missing = Callable[[Iterable[str]], tuple[str, ...]]  # the characters of some texts that cannot be printed
_CALLED = {
    "CJK": "Chinese, Japanese or Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "NKO": "N’Ko",
}
MOST_SHOWN = 12  # characters named for one place


@dataclass(frozen=True)
class Unprintable:
    """The characters of one text that would print as boxes, or wrongly shaped."""

    text: Text
    characters: tuple[str, ...]

    @property
    def words(self) -> str:
        """'王 小 (Chinese, Japanese or Korean)'"""
        shown = " ".join(self.characters[:MOST_SHOWN])
        more = len(self.characters) - MOST_SHOWN
        scripts = dict.fromkeys(map(script_of, self.characters))
        return f"{shown}{f' and {more} more' if more > 0 else ''} ({', '.join(scripts)})"

    @property
    def place(self) -> str:
        """Where it stands, without a word of a case but its reference: 'section 4.3, SN-2026-0401, Discussion'."""
        heading = self.text.section
        number = f"section {self.text.number}" if self.text.number else heading[:1].lower() + heading[1:]
        reference = self.text.section.split(",")[0] if self.text.case_id else ""
        return ", ".join(part for part in (number, reference, self.text.field) if part)


def unprintable(texts: Iterable[Text], missing: Missing) -> tuple[Unprintable, ...]:
    """Each text with characters that cannot be printed, in the order of the paper."""
    found = []
    for text in texts:
        words = unicodedata.normalize("NFC", text.words)
        lacking = set(missing((words,)))
        wrong = tuple(dict.fromkeys(c for c in words if c in lacking))
        if wrong:
            found.append(Unprintable(text, wrong))
    return tuple(found)


def script_of(character: str) -> str:
    """'Devanagari', 'Arabic', 'emoji or symbol'"""
    if unicodedata.category(character)[0] not in "LMN":
        return "emoji or symbol"
    word = _first_word(character)
    return _CALLED.get(word, word.capitalize() or "unknown script")


def _first_word(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]


HEAD = "head"  # the section id of what stands above the first section
_MEMBERS_COLUMNS = frozenset(
    {"Name", "Officer", "Agency", "Clause", "Action", "Last time's action", "Outcome", "Offered by", AGREED_BY}
)
_MEMBERS_LABELS = frozenset(
    {
        "Chair:",
        "Minutes taken by:",
        "Led for New Hope by:",
        "Edition:",
        "Interest declared by",
        "Override.",
        NOT_SIGNED,
        "Absent without apologies:",
        "People counted before it opened:",
        "Dissent.",
        "Risk:",
        "Note on closing.",
        "Decision.",
        CORRECTED,
    }
)


def texts_of(minutes: Minutes) -> tuple[Text, ...]:
    """All texts of the group's minutes."""
    head = [minutes.partnership, minutes.body, title(minutes)]
    return paper_texts(head, opening(minutes), sections(minutes))


def paper_texts(head: Iterable[str], under: Iterable[Words], found: Iterable[Section]) -> tuple[Text, ...]:
    """The texts of a paper: the lines of its head, what stands under them, its sections."""
    return (*_head(head, under), *_texts(found))


def _head(lines: Iterable[str], words: Iterable[Words]) -> Iterator[Text]:
    for line in lines:
        yield Text(line, "Title", HEAD, "Head of the paper")
    for one in words:
        yield Text(
            one.text,
            one.label.rstrip(":") or "Opening",
            HEAD,
            "Head of the paper",
            members=one.label in _MEMBERS_LABELS,
        )


def _texts(found: Iterable[Section]) -> Iterator[Text]:
    for section in found:
        yield _text(section, section.heading, "Heading", members=False)
        label = ""
        for block in section.blocks:
            label = (block.label or label) if isinstance(block, Words) else ""
            yield from _of_block(section, block, label)


def _of_block(section: Section, block: Block, label: str) -> Iterator[Text]:
    """A paragraph without a label goes on under the one before it."""
    if isinstance(block, Words):
        members = label in _MEMBERS_LABELS
        yield _text(section, block.text, label.rstrip(".:") or "Note", members=members)
        return
    for row in block.rows:
        for header, cell in zip(block.headers, row, strict=True):
            members = header in _MEMBERS_COLUMNS
            number = row[0] if block.headers[0] == "No." else ""
            if header == "Action" and not number:  # the same words as under the item
                number, cell = unlabelled(cell)
            place = f"{header} {number}".rstrip() if header != "No." else header
            yield _text(section, cell, place, members=members)


def _text(section: Section, words: str, field: str, *, members: bool) -> Text:
    return Text(words, field, section.id, section.heading, section.case_id, members, section.number)


def names_in(minutes: Minutes, members: Iterable[str] = (), agencies: Iterable[str] = ()) -> Names:
    """Whom the paper names by design, and the register."""
    at_table = [minutes.chair, minutes.minute_taker, *members]
    at_table += [a.name for a in minutes.attendees] + [a.name for a in minutes.apologies]
    at_table += [name for name, _ in minutes.absent]
    at_table += [name for o in minutes.overrides for name in (o.by, *o.names)]
    at_table += [one.by for one in minutes.between]
    homes = [a.agency for a in minutes.attendees] + [a.agency for a in minutes.apologies]
    homes += [agency for _, agency in minutes.absent]
    lines = action_lines(minutes.actions, minutes.answers)
    homes += [one.agency for line in lines for one in line.owners]
    at_table += [one.name for line in lines for one in line.owners]
    spared = each_once([*homes, *agencies, minutes.partnership, minutes.body])
    return Names((), each_once(at_table), spared, each_once([minutes.venue]))


def action_lines(actions: Iterable[ActionLine], answers: Iterable[AnswerLine]) -> list[ActionLine | AnswerLine]:
    """Both name an officer and an agency."""
    return [*actions, *answers]


def each_once(words: Iterable[str]) -> tuple[str, ...]:
    """Without repeats and gaps, in order."""
    return tuple(dict.fromkeys(word for word in words if word))
