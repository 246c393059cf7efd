"""Sizes and colours of the papers: body 12 points, tables 11, or half as large again; nothing told by colour alone."""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import TableStyle

from csp_desktop.documents.fonts import BOLD, REGULAR

INK: Color = HexColor("#131A26")
QUIET: Color = HexColor("#414B5C")
LINE: Color = HexColor("#7E899C")
HEAD: Color = HexColor("#EEF1F6")
MARK: Color = HexColor("#A3170B")
PAPER: Color = white
PAGE_WIDTH, PAGE_HEIGHT = A4
SIDE = 17 * mm
WIDTH = PAGE_WIDTH - 2 * SIDE


@dataclass(frozen=True)
class Styles:
    """The styles of one paper, fresh: a style object keeps what a document adds to it. Sizes in points."""

    scale: float
    title: ParagraphStyle
    heading: ParagraphStyle
    subheading: ParagraphStyle
    body: ParagraphStyle
    cell: ParagraphStyle
    head: ParagraphStyle
    table: TableStyle
    cell_side: float  # between a cell's edge and its text
    edge: float  # the size of what stands at the top and bottom of every page
    top: float
    bottom: float

    @property
    def room(self) -> float:
        """The height of a page's text."""
        return float(PAGE_HEIGHT - self.top - self.bottom)


def styles(scale: float = 1.0) -> Styles:
    """For ordinary print, or for large."""
    cell, head = _style("cell", 11, 14, scale), _style("head", 11, 14, scale, BOLD)
    side = 4 * scale
    return Styles(
        scale=scale,
        title=_style("title", 20, 25, scale, BOLD, after=8),
        heading=_style("heading", 16, 21, scale, BOLD, before=14, after=5, keep=True),
        subheading=_style("subheading", 13, 18, scale, BOLD, before=10, after=3, keep=True),
        body=_style("body", 12, 16.5, scale, after=5),
        cell=cell,
        head=head,
        table=_table(cell, head, side),
        cell_side=side,
        edge=9.5 * scale,
        top=(30 if scale == 1 else 38) * mm,
        bottom=(29 if scale == 1 else 37) * mm,
    )


def _style(
    name: str,
    size: float,
    leading: float,
    scale: float,
    font: str = REGULAR,
    *,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> ParagraphStyle:
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size * scale,
        leading=leading * scale,
        textColor=INK,
        alignment=TA_LEFT,
        spaceBefore=before * scale,
        spaceAfter=after * scale,
        keepWithNext=keep,
        bulletFontName=font,
        splitLongWords=True,
        allowWidows=False,
        allowOrphans=False,
    )


def _table(cell: ParagraphStyle, head: ParagraphStyle, side: float) -> TableStyle:
    return TableStyle(
        [
            ("FONT", (0, 0), (-1, -1), REGULAR, cell.fontSize, cell.leading),
            ("FONT", (0, 0), (-1, 0), BOLD, head.fontSize, head.leading),
            ("TEXTCOLOR", (0, 0), (-1, -1), INK),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("BACKGROUND", (0, 0), (-1, 0), HEAD),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
            ("LEFTPADDING", (0, 0), (-1, -1), side),
            ("RIGHTPADDING", (0, 0), (-1, -1), side),
            ("TOPPADDING", (0, 0), (-1, -1), side * 0.75),
            ("BOTTOMPADDING", (0, 0), (-1, -1), side),
        ]
    )
