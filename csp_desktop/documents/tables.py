"""Tables of a PDF, of words and of signatures; apart, since the story that has them is long enough without."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import zip_longest
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Spacer, TableStyle

from csp_desktop.documents import large_print
from csp_desktop.documents.columns import Measures, at_hyphens, column_widths
from csp_desktop.documents.drawing import Node
from csp_desktop.documents.fonts import BOLD
from csp_desktop.documents.letters import plain
from csp_desktop.documents.shaping import Inks, has_ink
from csp_desktop.documents.styles import INK, PAPER, WIDTH, Styles
from csp_desktop.documents.tagging import BREAK, Cell, TaggedParagraph, TaggedTable, paragraph
from csp_desktop.domain.common.days import clock
from csp_desktop.domain.meeting.confidentiality import Stroke
from csp_desktop.domain.meeting.sign_in_sheet import SignedLine
from csp_desktop.domain.minutes.layout import Grid

TALLEST_ROW, TALLEST_SHAPED = 0.75, 0.4  # of a page; of shaped words, whose lines are not as full
LONGEST_HEADER = 40  # characters: headers are words of ours, and one taller than a page could not be printed
AFTER = 7  # points below a table
WHOLE_UP_TO = 0.3  # of a page: a paragraph not taller is never cut
_HEADERS = ("Name", "Agency", "Signed", "Signature")
_SHARES = (30, 29, 11, 30)
_HIGH, _LINE = 34, 1.1  # points: of a signature and of its line


def table_of(grid: Grid, look: Styles, inks: Inks, root: Node) -> Iterator[TaggedTable | TaggedParagraph | Spacer]:
    """The table and the gap under it."""
    if look.scale > 1 and large_print.is_too_wide(grid):
        yield from _lines(grid, look, inks, root)
    else:
        yield TableSetter(look, inks).table(grid, root)
    yield Spacer(0, AFTER * look.scale)


def _lines(grid: Grid, look: Styles, inks: Inks, root: Node) -> Iterator[TaggedParagraph]:
    """Each row as a paragraph of lines led by the headers of their columns."""
    for row in large_print.row_lines(grid):
        pieces: list[tuple[str, str]] = []
        for line in row:
            pieces += [(BREAK, "")] if pieces else []
            pieces.append((fitting(line.label, WIDTH, look.body, inks, BOLD), BOLD))
            pieces.append((" " + fitting(line.text, WIDTH, look.body, inks), ""))
        made: TaggedParagraph = paragraph(pieces, look.body, root.add("P"))
        made.whole_up_to = WHOLE_UP_TO * look.room
        yield made


def fitting(words: str, room: float, style: ParagraphStyle, inks: Inks, font: str = "") -> str:
    """Typed words as a paragraph takes them: one blank between two, a shaped word never wider than the room."""
    return inks.fitted(" ".join(inks.shown(words).split()), room, font or style.fontName, style.fontSize)


class TableSetter:
    """Sets words into cells."""

    def __init__(self, look: Styles, inks: Inks) -> None:
        self.look = look
        self._inks = inks

    def table(self, grid: Grid, root: Node) -> TaggedTable:
        """All rows, the header first."""
        assert max(map(len, grid.headers)) <= LONGEST_HEADER
        look, node = self.look, root.add("Table")
        node.summary = plain(grid.name)
        widths = _widths(grid, look, self._inks)
        rows = [self.row(grid.headers, widths, look.head, _cells(node, grid.headers, "TH"))]
        goes_on: list[int] = []
        for row in grid.rows:
            nodes = _cells(node, row, "TD")
            for part in self._in_parts(row, widths):
                rows.append(self.row(part, widths, look.cell, nodes))
                goes_on.append(len(rows) - 1)
            goes_on.pop()
        table = TaggedTable(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
        table.page_room = look.room
        unlined = [("LINEBELOW", (0, number), (-1, number), 0.5, PAPER) for number in goes_on]
        table.setStyle(TableStyle(unlined, parent=look.table) if unlined else look.table)
        return table

    def row(
        self, row: tuple[str, ...], widths: list[float], style: ParagraphStyle, nodes: list[Node]
    ) -> list[Cell | TaggedParagraph]:
        """Words beside one another."""
        return [self._cell(words, width, style, node) for words, width, node in zip(row, widths, nodes, strict=True)]

    def _cell(self, words: str, width: float, style: ParagraphStyle, node: Node) -> Cell | TaggedParagraph:
        """A paragraph only where the words need a second line: plain text is drawn ten times as fast."""
        room = width - 2 * self.look.cell_side
        shown = fitting(words, room, style, self._inks)
        if stringWidth(shown, style.fontName, style.fontSize) <= room:
            return Cell(shown, node)
        made: TaggedParagraph = paragraph(_pieces_of(shown, room, style), style, node)
        return made

    def _in_parts(self, row: tuple[str, ...], widths: list[float]) -> list[tuple[str, ...]]:
        """A row of which one cell would fill a page goes on in rows of its own: cutting it page by page would lay the
        rest out anew each time, and takes minutes where somebody pasted a book."""
        side, style = 2 * self.look.cell_side, self.look.cell
        shaped = any(has_ink(self._inks.shown(cell)) for cell in row)
        lines = int((TALLEST_SHAPED if shaped else TALLEST_ROW) * self.look.room / style.leading)
        parts = [
            _parts(plain(cell), lines, (width - side) / style.fontSize) for cell, width in zip(row, widths, strict=True)
        ]
        return list(zip_longest(*parts, fillvalue=""))


def _cells(table: Node, row: tuple[str, ...], kind: str) -> list[Node]:
    node = table.add("TR")
    return [node.add(kind) for _ in row]


def _parts(words: str, lines: int, letters: float) -> list[str]:
    """So many characters as stand on the lines of one row, parted between words; `letters` on a line, each as wide as
    high: none is wider."""
    most = max(lines, int(lines * letters))
    found = []
    while len(words) > most:
        at = words.rfind(" ", 0, most) + 1 or most
        found.append(words[:at])
        words = words[at:]
    return [*found, words]


def _pieces_of(words: str, room: float, style: ParagraphStyle) -> Iterator[tuple[str, str]]:
    """A word too long for its line goes on below after a hyphen of its own."""
    whole: list[str] = []
    for word in words.split(" "):
        if "-" not in word or stringWidth(word, style.fontName, style.fontSize) <= room:
            whole.append(word)
            continue
        *before, last = _at_its_hyphens(word, room, style)
        for line in before:
            yield " ".join([*whole, line]), ""
            yield BREAK, ""
            whole = []
        whole.append(last)
    yield " ".join(whole), ""


def _at_its_hyphens(word: str, room: float, style: ParagraphStyle) -> list[str]:
    lines = [""]
    for part in at_hyphens(word):
        if lines[-1] and stringWidth(lines[-1] + part, style.fontName, style.fontSize) > room:
            lines.append("")
        lines[-1] += part
    return lines


def _widths(grid: Grid, look: Styles, inks: Inks) -> list[float]:
    """Points, as the PDF's own letters need them."""

    def wide(style: ParagraphStyle, word: str) -> float:
        return float(stringWidth(word, style.fontName, style.fontSize)) + 2 * look.cell_side + 0.1

    return column_widths(grid, WIDTH, Measures(inks.shown, partial(wide, look.head), partial(wide, look.cell)))


def signature_table(lines: Iterable[SignedLine], look: Styles, inks: Inks, root: Node) -> TaggedTable:
    """Each person's name is the header of their row."""
    node = root.add("Table")
    node.summary = "Everybody's name, agency, time of signing and signature"
    widths = [WIDTH * share / sum(_SHARES) for share in _SHARES]
    setter = TableSetter(look, inks)
    head = node.add("TR")
    rows: list[list[Any]] = [setter.row(_HEADERS, widths, look.head, [head.add("TH") for _ in _HEADERS])]
    for line in lines:
        row = node.add("TR")
        name, *nodes = row.add("TH"), row.add("TD"), row.add("TD")
        name.scope = "Row"
        said = (line.name, line.agency, clock(line.signed_at) if line.signed_at else "")
        cells = setter.row(said, widths[:3], look.cell, [name, *nodes])
        rows.append([*cells, _signature(line, setter, widths[3], row.add("TD"))])
    table = TaggedTable(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
    table.page_room = look.room
    table.setStyle(look.table)
    return table


def _signature(line: SignedLine, setter: TableSetter, width: float, node: Node) -> Any:
    """Drawn, typed, or the room to sign by hand."""
    look = setter.look
    if line.typed:
        return setter.row((f"{line.typed} (typed)",), [width], look.cell, [node])[0]
    if not line.strokes:
        return _Signature((), node, width - 2 * look.cell_side, _HIGH * look.scale)
    figure = node.add("Figure")
    at = f", drawn at {clock(line.signed_at)}" if line.signed_at else ", drawn"
    figure.alt = plain(f"Signature of {line.name}{at}")
    return _Signature(line.strokes, figure, width - 2 * look.cell_side, _HIGH * look.scale)


class _Signature(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Strokes in a field three times as wide as high."""

    def __init__(self, strokes: tuple[Stroke, ...], node: Node, width: float, height: float) -> None:
        super().__init__()
        self._strokes, self._node = strokes, node
        self.width, self.height = min(width, 3 * height), height

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """Always as large."""
        return self.width, self.height

    def draw(self) -> None:
        """The lines, as the figure of its element."""
        if not self._strokes:
            return
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self._node.box = (left, bottom, left + self.width, bottom + self.height)
        with canvas.piece(self._node):
            canvas.saveState()
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(_LINE)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            for stroke in self._strokes:
                self._draw_stroke(stroke)
            canvas.restoreState()

    def _draw_stroke(self, stroke: Stroke) -> None:
        path = self.canv.beginPath()
        for number, (right, down) in enumerate(stroke):
            move = path.lineTo if number else path.moveTo
            move(right * self.width, (1 - down) * self.height)
        self.canv.drawPath(path, stroke=1, fill=0)
