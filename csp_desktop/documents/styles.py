"""Sizes and colours of the papers: body 12 points, tables 11, all left aligned, nothing told by colour alone."""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from csp_desktop.documents.fonts import BOLD, REGULAR

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
