"""Sizes, colours and the one type family of the papers: body 12 points, tables 11, nothing told by colour alone.

The fonts are read from the package and embedded in every file; a letter the family lacks would silently become an empty
box, so it is looked for before printing. What people typed becomes text and nothing else: `escaped` is the one way into
a paragraph, whose language is markup.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.fonts import addMapping
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

FAMILY = "NotoSans"
STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"


@cache
def _file(style: str) -> bytes:
    return files("csp_desktop._built").joinpath("data", "fonts", f"{FAMILY}-{style}.ttf").read_bytes()


@cache
def _covered() -> frozenset[int]:
    """The code points the regular cut has a picture for."""
    face: Any = TTFontFace(BytesIO(_file("Regular")))
    return frozenset(code for code, glyph in face.charToGlyph.items() if glyph)


def use_family() -> None:
    """Make the family known to the next document: fresh fonts, since one must not serve two documents at once."""
    for style in STYLES:
        pdfmetrics.registerFont(TTFont(f"{FAMILY}-{style}", BytesIO(_file(style))))
    for style in STYLES:
        addMapping(FAMILY, int("Bold" in style), int("Italic" in style), f"{FAMILY}-{style}")


def missing_letters(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters no font of the family has, each once, in the order of their code."""
    found = {letter for text in texts for letter in text}
    return tuple(sorted(c for c in found if ord(c) not in _covered() and not _is_control(c)))


def _is_control(letter: str) -> bool:
    return ord(letter) < 32 or 127 <= ord(letter) < 160 or letter in "\ufeff\u200b\u200c\u200d\u2060\ufe0e\ufe0f"


NO_PICTURE = "\ufffd"  # the sign for a letter the family has no picture of
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\ufe0e\ufe0f"))
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@contextmanager
def for_one_paper() -> Iterator[None]:
    """What a paper says is remembered while it is made, since it says much of it more than once, and not a moment
    longer."""
    try:
        yield
    finally:
        plain.cache_clear()


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text composed and without control characters; breaks become spaces, what cannot be printed the sign for a missing
    letter."""
    text = unicodedata.normalize("NFC", text)
    kept = "".join(" " if c in "\t\n\r\x0b\x0c\u2028\u2029" else c for c in text)
    kept = "".join(c for c in kept if c == " " or not (ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000))
    kept = kept.translate(INVISIBLE)
    return kept.translate({ord(c): NO_PICTURE for c in missing_letters((kept,))})


def markup(text: str) -> str:
    """Plain text written so that a paragraph shows it letter for letter."""
    return plain(text).translate(MARKUP)


INK: Color = HexColor("#131A26")
QUIET: Color = HexColor("#414B5C")
LINE: Color = HexColor("#7E899C")
HEAD: Color = HexColor("#EEF1F6")
MARK: Color = HexColor("#A3170B")
PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE, TOP, BOTTOM = 17 * mm, 30 * mm, 29 * mm
WIDTH = PAGE_WIDTH - 2 * SIDE


@dataclass(frozen=True)
class Styles:
    """The paragraph styles of one paper."""

    title: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    body: ParagraphStyle
    cell: ParagraphStyle
    head: ParagraphStyle


def styles() -> Styles:
    """Fresh styles: a style object keeps what a document adds to it."""
    body = _style("body", 12, 16.5, after=5)
    return Styles(
        title=_style("title", 20, 25, BOLD, after=8),
        heading=_style("heading", 16, 21, BOLD, before=14, after=5, keep=True),
        subheading=_style("subheading", 13, 18, BOLD, before=10, after=3, keep=True),
        body=body,
        cell=_style("cell", 11, 14),
        head=_style("head", 11, 14, BOLD),
    )


def _style(
    name: str,
    size: float,
    leading: float,
    font: str = REGULAR,
    *,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=INK,
        alignment=TA_LEFT,
        spaceBefore=before,
        spaceAfter=after,
        keepWithNext=keep,
        bulletFontName=font,
        splitLongWords=True,
        allowWidows=False,
        allowOrphans=False,
    )
