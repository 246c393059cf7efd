"""What is drawn on a page, and to which element it belongs: the canvas and its text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from csp_desktop.documents.fonts import BOLD, FIRST_PRIVATE
from csp_desktop.documents.shaping import Ink, Inks, has_ink

_FIRST = chr(FIRST_PRIVATE)
_ESCAPED = {code: f"\\{code:03o}" for code in range(256) if not 32 <= code < 127 or chr(code) in "()\\"}


class Node:
    """One element. `kids` are elements, or (page, number) of a piece drawn; a page's pieces are numbered as drawn."""

    __slots__ = ("actual", "alt", "box", "kids", "kind", "scope", "summary")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.kids: list[Node | tuple[int, int]] = []
        self.actual = ""  # the letters a stretch of shaped words stands for
        self.alt, self.box = "", (0.0, 0.0, 0.0, 0.0)  # of a figure: in words, and where it stands
        self.scope = "Column"  # of a header
        self.summary = ""  # of a table

    def add(self, kind: str) -> "Node":
        """A new element, last in this one."""
        self.kids.append(made := Node(kind))
        return made

    @property
    def repeated(self) -> bool:
        """Whether a table's header has been drawn before: on the next page it is no text again."""
        return self.kind == "TH" and self.scope == "Column" and bool(self.kids)


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab is untyped
    """Keeps, for each page, which element each piece belongs to."""

    inks: Inks

    def __init__(self, *given: Any, **more: Any) -> None:
        self.node: Node | None = None  # to which the text drawn now belongs
        self.pieces: dict[int, list[Node]] = {}
        self.links: dict[int, list[tuple[Node, str]]] = {}
        self.fonts: dict[tuple[str, int, float, float], str] = {}  # operators that set one
        super().__init__(*given, **more)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> "TaggedText":
        """A text of the element drawn now."""
        return TaggedText(self, x, y, direction=direction)

    def mark(self, node: Node, more: str = "") -> str:
        """The operator that opens the next piece of this page for the element."""
        page = self.getPageNumber()
        mine = self.pieces.setdefault(page, [])
        node.kids.append((page, len(mine)))
        mine.append(node)
        return f"/{node.kind} <</MCID {len(mine) - 1}{more}>> BDC"

    @contextmanager
    def text_of(self, node: Node) -> Iterator[None]:
        """Text drawn inside belongs to the element."""
        if node.repeated:
            with self.beside_text():
                yield
            return
        self.node = node
        yield
        self.node = None

    @contextmanager
    def piece(self, node: Node) -> Iterator[None]:
        """What is drawn inside, text or not, is one piece of the element."""
        self._code.append(self.mark(node))
        yield
        self._code.append("EMC")

    @contextmanager
    def beside_text(self, *, edge: bool = False) -> Iterator[None]:
        """What is drawn inside is no text: lines, grounds, and at a page's edge what every page repeats."""
        self._code.append("/Artifact <</Type /Pagination>> BDC" if edge else "/Artifact BMC")
        yield
        self._code.append("EMC")


class TaggedText(PDFTextObject):  # type: ignore[misc]
    """Text that is a piece of its element, holds inks, and ends each wrapped line with the blank reportlab leaves out,
    without which a reader hears two words as one."""

    wrapped = False  # whether its lines are those of a paragraph
    _curSubset: int

    def __init__(self, canvas: TaggedCanvas, x: float, y: float, direction: str | None = None) -> None:
        super().__init__(canvas, x, y, direction=direction)
        self.node = canvas.node
        if self.node is not None:
            self._code.append(canvas.mark(self.node))

    def getCode(self) -> str:
        """The operators, the piece closed."""
        if self.node is not None:
            self._code.append("EMC")
        return str(super().getCode())

    def setTextOrigin(self, x: float, y: float) -> None:
        """Where the first line begins."""
        self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        self._x0, self._y0 = self._x, self._y = x, y

    def show(self, text: str) -> None:
        """The text alone, wherever the next one is to stand."""
        self._code.append(self._formatText(text))

    def _textOut(self, text: str, TStar: int = 0) -> None:
        if TStar and text and self.wrapped and text[-1] not in " \u00a0-":
            text += " "
        super()._textOut(text, TStar)

    def textLine(self, text: str = "") -> None:
        """One line; the next begins below it."""
        super().textLine(text + " " if text and self.wrapped and text[-1] not in " \u00a0-" else text)

    def _formatText(self, text: str) -> str:
        return " ".join(self._stretches(text)) if has_ink(text) else self._letters(text)

    def _letters(self, text: str) -> str:
        """Letters of the family."""
        font, out = pdfmetrics.getFont(self._fontname), []
        if text.isascii() and text.isprintable():
            parts = [(0, text)]  # as every font here has them
        else:
            parts = [(subset, codes.decode("latin-1")) for subset, codes in font.splitString(text, self._doc)]
        for subset, codes in parts:
            if subset != self._curSubset:
                self._curSubset = subset
                out.append(self._font_set(font, subset))
            out.append(f"({codes.translate(_ESCAPED)}) Tj")
        return " ".join(out)

    def _font_set(self, font: Any, subset: int) -> str:
        known = self._canvas.fonts
        key = (font.fontName, subset, self._fontsize, self._leading)
        if key not in known:
            name = font.getSubsetInternalName(subset, self._doc)
            known[key] = f"{name} {fp_str(self._fontsize)} Tf {fp_str(self._leading)} TL"
        return str(known[key])

    def _stretches(self, text: str) -> Iterator[str]:
        """Letters of the family as reportlab writes them, and stretches of inks."""
        at = 0
        while at < len(text):
            end = at + 1
            if text[at] < _FIRST:
                while end < len(text) and text[end] < _FIRST:
                    end += 1
                yield self._letters(text[at:end])
            else:
                end = self._end_of_stretch(text, at)
                yield from self._stretch(text[at:end])
            at = end

    def _end_of_stretch(self, text: str, at: int) -> int:
        """One ink, or all words on this line that are read from the right."""
        inks = self._canvas.inks

        def from_right(number: int) -> bool:
            return number < len(text) and text[number] >= _FIRST and inks[text[number]].from_right

        end = at + 1
        if from_right(at):
            while from_right(end) or (end < len(text) and text[end] == " " and from_right(end + 1)):
                end += 1
        return end

    def _stretch(self, words: str) -> Iterator[str]:
        """An element of its own, so that every reader finds its letters; those of the text around go on after it. What
        is read from the left says its letters in the page as well: there readers search."""
        inks, canvas = self._canvas.inks, self._canvas
        from_right, said = inks[words[0]].from_right, inks.said(words)
        in_page = "" if from_right else f" /ActualText <FEFF{said.encode('utf-16-be').hex().upper()}>"
        if self.node is not None:
            span = self.node.add("Span")
            span.actual = said
            yield f"EMC {canvas.mark(span, in_page)}"
        elif in_page:
            yield f"/Span <<{in_page}>> BDC"
        for letter in reversed(words) if from_right else words:
            yield self._ink(inks[letter]) if letter >= _FIRST else self._letters(letter)
        if self.node is not None:
            yield f"EMC {canvas.mark(self.node)}"
        elif in_page:
            yield "EMC"

    def _ink(self, ink: Ink) -> str:
        """The glyphs of a word, each where it belongs."""
        out: list[str] = []
        row: list[str] = []
        font_now, rise = "", 0.0

        def draw_row() -> None:
            if row:
                out.append(f"[{' '.join(row)}] TJ")
                row.clear()

        for glyph in ink.shapes["Bold" if self._fontname == BOLD else "Regular"].glyphs:
            ((subset, byte),) = glyph.font.splitString(glyph.letter, self._doc)
            name, up = glyph.font.getSubsetInternalName(subset, self._doc), glyph.up * self._fontsize / 1000
            if name != font_now or abs(up - rise) > 1e-6:
                draw_row()
            if name != font_now:
                out.append(f"{name} {fp_str(self._fontsize)} Tf")
                font_now = name
            if abs(up - rise) > 1e-6:
                out.append(f"{fp_str(up + self._rise)} Ts")
                rise = up
            back = glyph.width - glyph.advance + glyph.right
            row += [fp_str(-glyph.right)] * bool(glyph.right)
            row.append(f"({byte.decode('latin-1').translate(_ESCAPED)})")
            row += [fp_str(back)] * (abs(back) > 1e-6)
        draw_row()
        self._curSubset = -1  # the family's font is set again before its next letter
        return " ".join(out + [f"{fp_str(self._rise)} Ts"] * bool(rise))
