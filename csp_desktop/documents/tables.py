"""Tables of a paper: columns wide enough for their words, rows that stand on one page, and in large print lines instead
where a table has too many columns."""

from collections.abc import Iterator
from functools import partial
from itertools import zip_longest

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Spacer, TableStyle

from csp_desktop.documents import large_print
from csp_desktop.documents.columns import Measures, at_hyphens, column_widths
from csp_desktop.documents.drawing import Node
from csp_desktop.documents.fonts import BOLD
from csp_desktop.documents.letters import plain
from csp_desktop.documents.shaping import Inks
from csp_desktop.documents.styles import PAPER, WIDTH, Styles
from csp_desktop.documents.tagging import BREAK, Cell, TaggedParagraph, TaggedTable, paragraph
from csp_desktop.domain.minutes.layout import Grid

TALLEST_ROW = 0.75  # of a page
LONGEST_HEADER = 40  # characters: headers are words of ours, and one taller than a page could not be printed
AFTER = 7  # points below a table
WHOLE_UP_TO = 0.3  # of a page: a paragraph not taller is never cut


def table_of(grid: Grid, look: Styles, inks: Inks, root: Node) -> Iterator[TaggedTable | TaggedParagraph | Spacer]:
    """The table and the gap under it."""
    if look.scale > 1 and large_print.is_too_wide(grid):
        yield from _lines(grid, look, inks, root)
    else:
        yield _Setter(look, inks).table(grid, root)
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


class _Setter:
    def __init__(self, look: Styles, inks: Inks) -> None:
        self._look = look
        self._inks = inks

    def table(self, grid: Grid, root: Node) -> TaggedTable:
        """All rows, the header first."""
        assert max(map(len, grid.headers)) <= LONGEST_HEADER
        look, node = self._look, root.add("Table")
        node.summary = plain(grid.name)
        widths = _widths(grid, look, self._inks)
        rows = [self._row(grid.headers, widths, look.head, _cells(node, grid.headers, "TH"))]
        goes_on: list[int] = []
        for row in grid.rows:
            nodes = _cells(node, row, "TD")
            for part in self._in_parts(row, widths):
                rows.append(self._row(part, widths, look.cell, nodes))
                goes_on.append(len(rows) - 1)
            goes_on.pop()
        table = TaggedTable(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
        table.page_room = look.room
        unlined = [("LINEBELOW", (0, number), (-1, number), 0.5, PAPER) for number in goes_on]
        table.setStyle(TableStyle(unlined, parent=look.table) if unlined else look.table)
        return table

    def _row(
        self, row: tuple[str, ...], widths: list[float], style: ParagraphStyle, nodes: list[Node]
    ) -> list[Cell | TaggedParagraph]:
        return [self._cell(words, width, style, node) for words, width, node in zip(row, widths, nodes, strict=True)]

    def _cell(self, words: str, width: float, style: ParagraphStyle, node: Node) -> Cell | TaggedParagraph:
        """A paragraph only where the words need a second line: plain text is drawn ten times as fast."""
        room = width - 2 * self._look.cell_side
        shown = fitting(words, room, style, self._inks)
        if stringWidth(shown, style.fontName, style.fontSize) <= room:
            return Cell(shown, node)
        made: TaggedParagraph = paragraph(_pieces_of(shown, room, style), style, node)
        return made

    def _in_parts(self, row: tuple[str, ...], widths: list[float]) -> list[tuple[str, ...]]:
        """A row of which one cell would fill a page goes on in rows of its own: cutting it page by page would lay the
        rest out anew each time, and takes minutes where somebody pasted a book."""
        side, style = 2 * self._look.cell_side, self._look.cell
        lines = int(TALLEST_ROW * self._look.room / style.leading)
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
