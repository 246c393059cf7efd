"""Letters beyond the family, shaped word by word. A shaped word becomes one character of our own, an ink, whose width
the family's fonts know: reportlab measures it, breaks lines around it and splits paragraphs at it as at any letter. The
text object draws its glyphs in its place. Inks are of one document: the next begins with none, so the same paper has
the same bytes.

Which letters of a text run from the right say the levels of the Unicode bidirectional algorithm (UAX 9, rules W1 to W7,
N1, N2, I1, I2) in a paragraph from the left. Explicit controls never get here; pairs of brackets are no rule of ours.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

import uharfbuzz

from csp_desktop.documents.fonts import (
    BOLD,
    FIRST_PRIVATE,
    OWN,
    WEIGHTS,
    PaperFont,
    Script,
    family_font,
    glyph_font,
    script_of,
    shaper,
)
from csp_desktop.documents.letters import JOINERS, NO_PICTURE, is_mark, plain, runs

JOINED = "\u200d"  # keeps an Arabic letter joined where a word is cut
MOST_INKS = 0x10FFFD - FIRST_PRIVATE
_VIRAMA = 9  # the combining class of what joins two consonants
_FEATURES = {"kern": True, "liga": True}
T = TypeVar("T")
_NEUTRAL = ("ON", "WS", "S", "B")
_LEVEL = {"L": 0, "R": 1, "EN": 2, "AN": 2}


@dataclass(frozen=True)
class Glyph:
    """One glyph of a font; widths and offsets of an em of 1000."""

    font: PaperFont
    letter: str  # the font's own code point of it
    width: float  # as the font says
    right: float
    up: float
    advance: float  # to where the next begins


@dataclass(frozen=True)
class Shape:
    """A word in one weight, its glyphs in the order of sight."""

    width: float
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True)
class Ink:
    """A shaped word: its text in the order of reading."""

    text: str
    from_right: bool
    shapes: dict[str, Shape]


def has_ink(text: str) -> bool:
    """Whether any character of it is one of ours."""
    return bool(text) and ord(max(text)) >= FIRST_PRIVATE


class Inks:
    """The inks of one document."""

    def __init__(self) -> None:
        self._inks: list[Ink] = []
        self._known: dict[tuple[str, tuple[int, ...]], str] = {}
        self._glyphs: dict[tuple[PaperFont, int, str], Glyph] = {}
        self._drawn: dict[str, str] = {}

    def __getitem__(self, letter: str) -> Ink:
        return self._inks[ord(letter) - FIRST_PRIVATE]

    def forget(self) -> None:
        """Take out of the fonts what was added to them."""
        for weight in WEIGHTS:
            widths = family_font(weight).face.charWidths
            for number in range(len(self._inks)):
                del widths[FIRST_PRIVATE + number]
            family_font(weight).forget_widths()
        for font in {font for font, _, _ in self._glyphs}:
            font.forget_glyphs()

    def shown(self, text: str) -> str:
        """Any text as a paragraph or cell takes it: plain letters and inks."""
        text = plain(text)
        if text.isascii():
            return text
        made = self._drawn.get(text)
        if made is None:
            made = self._drawn[text] = self._in_inks(text)
        return made

    def said(self, text: str) -> str:
        """The letters that inks stand for."""
        return "".join(self[letter].text if letter >= chr(FIRST_PRIVATE) else letter for letter in text)

    def fitted(self, text: str, room: float, font: str, size: float) -> str:
        """A word wider than its room is cut between letters, so that lines can be broken there. In points."""
        if not has_ink(text):
            return text
        weight = "Bold" if font == BOLD else "Regular"
        units = room / size * 1000
        return "".join(self._cut(c, units, weight) if ord(c) >= FIRST_PRIVATE else c for c in text)

    def _in_inks(self, text: str) -> str:
        if all(script_of(letter) is OWN and not unicodedata.combining(letter) for letter in set(text)):
            return text
        levels, words, at = levels_of(text), [], 0
        for word in text.split(" "):
            words.append("".join(self._parts(word, levels[at : at + len(word)])))
            at += len(word) + 1
        return " ".join(words)

    def _parts(self, word: str, levels: list[int]) -> Iterator[str]:
        """What is read from the right is one ink; of the rest each run of a script."""
        at = 0
        for from_right, group in groupby(levels, lambda level: level > 0):
            end = at + len(list(group))
            part = word[at:end]
            if from_right:
                yield self._ink(part, tuple(levels[at:end]))
            else:
                for script, words in runs(part):
                    yield from self._of_run(script, words)
            at = end

    def _of_run(self, script: Script, words: str) -> Iterator[str]:
        if script is OWN and not any(map(unicodedata.combining, words)):
            yield words
        elif script.word_by_word:
            yield self._ink(words, (0,) * len(words))
        else:
            yield from (self._ink(letter, (0,)) for letter in words)

    def _ink(self, text: str, levels: tuple[int, ...], before: str = "", after: str = "") -> str:
        key = (before + text + after, levels)
        if key not in self._known:
            if len(self._inks) >= MOST_INKS:
                return NO_PICTURE
            code = FIRST_PRIVATE + len(self._inks)
            wider = (*levels[:1] * len(before), *levels, *levels[-1:] * len(after))
            shapes = {weight: self._shape(before + text + after, wider, weight) for weight in WEIGHTS}
            self._inks.append(Ink(text, levels[0] > 0, shapes))
            for weight, shape in shapes.items():
                family_font(weight).face.charWidths[code] = shape.width
            self._known[key] = chr(code)
        return self._known[key]

    def _shape(self, text: str, levels: tuple[int, ...], weight: str) -> Shape:
        parts: list[tuple[Script, str, int]] = []
        at = 0
        for level, group in groupby(levels):
            end = at + len(list(group))
            parts += [(script, words, level) for script, words in runs(text[at:end])]
            at = end
        glyphs = [
            glyph
            for script, words, level in in_order_of_sight(parts, [level for _, _, level in parts])
            for glyph in self._laid_out(script, words, weight, from_right=level % 2 == 1)
        ]
        return Shape(sum(glyph.advance for glyph in glyphs), tuple(glyphs))

    def _laid_out(self, script: Script, text: str, weight: str, *, from_right: bool) -> Iterator[Glyph]:
        """The first glyph of each cluster says its letters, the others a blank of no width. What is read from the right
        is said letter by letter: readers turn it round themselves."""
        font, laid_by = glyph_font(script, script.weight(weight)), shaper(script, script.weight(weight))
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if from_right else "ltr"
        if from_right:
            buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        uharfbuzz.shape(laid_by, buffer, _FEATURES)
        placed = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
        starts = sorted({info.cluster for info, _ in placed})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        scale = 1000 / laid_by.face.upem
        for info, place in placed:
            end = ends.pop(info.cluster, 0)
            says = text[info.cluster : end] if end else "\u200b"
            width = laid_by.get_glyph_h_advance(info.codepoint) * scale
            known = self._glyph(font, info.codepoint, says, width)
            right, up, advance = place.x_offset * scale, place.y_offset * scale, place.x_advance * scale
            yield Glyph(font, known.letter, width, right, up, advance)

    def _glyph(self, font: PaperFont, number: int, says: str, width: float) -> Glyph:
        key = (font, number, says)
        if key not in self._glyphs:
            self._glyphs[key] = Glyph(font, font.add_glyph(number, says, width), width, 0, 0, width)
        return self._glyphs[key]

    def _cut(self, letter: str, room: float, weight: str) -> str:
        ink = self[letter]
        clusters = _clusters(ink.text)
        if ink.shapes[weight].width <= room or len(clusters) < 2:
            return letter
        each = max(1, int(len(clusters) * room / ink.shapes[weight].width * 0.8))
        parts = ["".join(clusters[at : at + each]) for at in range(0, len(clusters), each)]
        return "".join(self._cut_part(ink, parts, n) for n in range(len(parts)))

    def _cut_part(self, ink: Ink, parts: list[str], number: int) -> str:
        script = script_of(parts[number][0])
        joins = ink.from_right and script is not None and script.name == "Arabic"
        before = JOINED if joins and number else ""
        after = JOINED if joins and number < len(parts) - 1 else ""
        return self._ink(parts[number], (int(ink.from_right),) * len(parts[number]), before, after)


def _clusters(text: Iterable[str]) -> list[str]:
    """What must not be parted: a letter with its marks and what is joined to it."""
    found: list[str] = []
    for letter in text:
        last = found[-1][-1] if found else ""
        if last and (letter in JOINERS or is_mark(letter) or last == JOINED or unicodedata.combining(last) == _VIRAMA):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def levels_of(text: str) -> list[int]:
    """Of each character: 0 from the left, 1 from the right, 2 a number among letters from the right."""
    kinds = [unicodedata.bidirectional(letter) or "L" for letter in text]
    if not any(kind in ("R", "AL", "AN") for kind in kinds):
        return [0] * len(text)
    at = [n for n, kind in enumerate(kinds) if kind != "BN"]
    found = [kinds[n] for n in at]
    _resolve_weak(found)
    _resolve_neutral(found)
    levels = [0] * len(text)
    for n, kind in zip(at, found, strict=True):
        levels[n] = _LEVEL[kind]
    for n, kind in enumerate(kinds):  # a joiner goes with the letter before it
        if kind == "BN" and n:
            levels[n] = levels[n - 1]
    return levels


def _resolve_weak(kinds: list[str]) -> None:
    """Marks, numbers and what parts or ends them."""
    before = strong = "L"
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kind = kinds[n] = before
        before = kind
    for n, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[n] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for n in range(1, len(kinds) - 1):
        both = kinds[n - 1] if kinds[n - 1] == kinds[n + 1] else ""
        if (kinds[n] in ("ES", "CS") and both == "EN") or (kinds[n] == "CS" and both == "AN"):
            kinds[n] = both
    _resolve_terminators(kinds)
    strong = "L"
    for n, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"


def _resolve_terminators(kinds: list[str]) -> None:
    for start, end in _stretches(kinds, ("ET",)):
        if "EN" in (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else ""):
            kinds[start:end] = ["EN"] * (end - start)
    kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]


def _resolve_neutral(kinds: list[str]) -> None:
    """What has no direction takes that of both its neighbours, or the paragraph's."""
    for start, end in _stretches(kinds, _NEUTRAL):
        before = "L" if not start or kinds[start - 1] == "L" else "R"
        after = "L" if end == len(kinds) or kinds[end] == "L" else "R"
        kinds[start:end] = [before if before == after else "L"] * (end - start)


def _stretches(kinds: list[str], wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """From where to where the wanted kinds stand next to one another."""
    found: list[tuple[int, int]] = []
    for n, kind in enumerate(kinds):
        if kind not in wanted:
            continue
        if found and found[-1][1] == n:
            found[-1] = (found[-1][0], n + 1)
        else:
            found.append((n, n + 1))
    return found


def in_order_of_sight(items: list[T], levels: list[int]) -> list[T]:
    """The items as they stand from the left (rule L2)."""
    order = list(range(len(items)))
    for level in range(max(levels, default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end + 1
    return [items[n] for n in order]
