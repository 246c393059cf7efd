"""The one type family of the papers, read from the package itself and embedded in every file.

A letter the family lacks would silently become an empty box on paper, so it is looked for before printing.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from reportlab.lib.fonts import addMapping
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
