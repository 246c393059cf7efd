"""Paragraphs and tables that know which element of the paper they are: apart, for ReportLab calls them as its own."""

from collections.abc import Iterable
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from csp_desktop.documents.drawing import Node, TaggedText

BREAK = "\n"  # as a piece of a paragraph: what follows begins a line
_SAME_WIDTH = 1e-6


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # reportlab is untyped
    """A paragraph of one element, on however many pages."""

    node: Node
    whole_up_to = 0.0  # points: one not taller than this is never cut by a page's end
    _room = -1.0
    _size = (0.0, 0.0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Its size; the lines are broken once for each width."""
        if abs(availWidth - self._room) > _SAME_WIDTH or not hasattr(self, "blPara"):
            self._size = super().wrap(availWidth, availHeight)
            self._room = availWidth
        return self._size

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """Each part belongs to the same element."""
        if self.wrap(availWidth, availHeight)[1] <= self.whole_up_to:
            return []
        parts: list[Any] = super().split(availWidth, availHeight)
        if len(parts) < 2:
            return []
        for part in parts:
            part.node, part.whole_up_to = self.node, self.whole_up_to
        return parts

    def beginText(self, x: float, y: float) -> TaggedText:
        """Text in wrapped lines."""
        made: TaggedText = super().beginText(x, y)
        made.wrapped = True
        return made

    def draw(self) -> None:
        """Text of its element."""
        with self.canv.text_of(self.node):
            super().draw()


def paragraph(
    pieces: Iterable[tuple[str, str]],
    style: ParagraphStyle,
    node: Node,
    kind: type[TaggedParagraph] = TaggedParagraph,
) -> Any:
    """A paragraph of (text, font) pieces, '' being the style's own font. The text is shown letter for letter: it never
    passes a parser of markup."""
    seed = style.__dict__.get("seed")
    if seed is None:
        seed = style.seed = Paragraph("x", style).frags[0]
    made = kind(
        "",
        style,
        frags=[
            seed.clone(text="", lineBreak=True)
            if text == BREAK
            else seed.clone(text=text, fontName=font or style.fontName)
            for text, font in pieces
            if text
        ],
    )
    made.node = node
    return made


class Cell(str):
    """Plain text of a table's cell that knows its element."""

    node: Node

    def __new__(cls, text: str, node: Node) -> "Cell":
        """The text itself."""
        made = super().__new__(cls, text)
        made.node = node
        return made


class TaggedTable(Table):  # type: ignore[misc]
    """A table of `Cell` and `TaggedParagraph`: each cell is drawn as its element, grounds and lines beside the text.
    It goes to the next page between rows; only a row taller than a page is cut, from the top of a page."""

    page_room = 0.0  # what a page holds of text, in points
    _measured = False
    _curcellstyle: Any

    def _calc(self, availWidth: float, availHeight: float) -> None:
        if not self._measured:  # every column has its width, so no height ever changes
            super()._calc(availWidth, availHeight)
            self._measured = True

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        """The rows that fit and the rest; nothing where not even one fits."""
        self._calc(availWidth, availHeight)
        tall = sum(self._rowHeights[: self.repeatRows + 1]) > self.page_room
        self.splitInRow = int(tall and availHeight > 0.8 * self.page_room)
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.page_room = self.page_room
        return parts

    def _drawBkgrnd(self) -> None:
        with self.canv.beside_text():
            super()._drawBkgrnd()

    def _drawLines(self) -> None:
        with self.canv.beside_text():
            super()._drawLines()

    def _drawCell(self, value: Any, style: Any, place: tuple[float, float], size: tuple[float, float]) -> None:
        if not isinstance(value, Cell):
            super()._drawCell(value, style, place, size)
            return
        if not value:
            return
        canvas, current = self.canv, self._curcellstyle
        if current is not style:
            if current is None or style.color != current.color:
                canvas.setFillColor(style.color)
            if current is None or _font(style) != _font(current):
                canvas.setFont(*_font(style))
            self._curcellstyle = style
        left, top = place[0] + style.leftPadding, place[1] + size[1] - style.topPadding - style.fontsize
        with canvas.text_of(value.node):
            text = canvas.beginText(left, top)
            text.show(value)
            canvas.drawText(text)

    def _splitCell(self, value: Any, *given: Any) -> Any:
        parts = super()._splitCell(value, *given)
        if parts and isinstance(value, Cell):
            return [Cell(part, value.node) if isinstance(part, str) else part for part in parts]
        return parts


def _font(style: Any) -> tuple[str, float, float]:
    return style.fontname, style.fontsize, style.leading
