"""A paper of numbered sections as PDF: marked and numbered pages, bookmarks, own letters; same paper, same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import zip_longest
from threading import Lock
from typing import Any

from reportlab.lib.colors import white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Spacer, TableStyle

from csp_desktop.documents.columns import Measures, at_hyphens, column_widths
from csp_desktop.documents.styles import (
    BOLD,
    BOTTOM,
    HEAD,
    INK,
    LINE,
    MARK,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET,
    REGULAR,
    SIDE,
    TOP,
    WIDTH,
    Styles,
    for_one_paper,
    markup,
    plain,
    styles,
    use_family,
)
from csp_desktop.documents.tagging import Cell, Node, TaggedCanvas, TaggedParagraph, TaggedTable, paragraph, with_tree
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.minutes.layout import Grid, Section, Words
from csp_desktop.domain.minutes.record import JournalHead

_ONE_AT_A_TIME = Lock()
CELL_SIDE = 4
_NUMBER_WIDTH = 110
EDGE_SIZE = 9.5  # points: what stands at the top and bottom of every page
MOST_LINES = 36  # of one row of a table
PAPER = white
LONGEST_BOOKMARK = 200  # characters


@dataclass(frozen=True)
class Paper:
    """What is printed: its sections, and what stands at the top and bottom of every page."""

    title: str
    author: str
    marking: str
    head: str  # top right, beside the author
    edition: str  # bottom left: edition, copy and recipient
    language: str
    opening: tuple[Words, ...]
    sections: tuple[Section, ...]
    journal: JournalHead | None = None
    is_draft: bool = False  # nobody has approved it yet
    created: datetime | None = None  # aware


def print_paper(paper: Paper, progress: Progress | None = None) -> bytes:
    """The paper as a PDF of A4 pages. `progress` hears of each page begun and may raise to stop."""
    with _ONE_AT_A_TIME, for_one_paper():
        use_family()
        file, root = BytesIO(), Node("Document")
        pages = _Pages(file, paper, progress)
        pages.build(list(_story(paper, styles(), root)), canvasmaker=_Sheets)
        return with_tree(file.getvalue(), root, pages.canv, plain(paper.title), paper.language)


class _Heading(TaggedParagraph):
    """A heading that bookmarks the page it is drawn on; one that does not fit its page goes on on the next."""

    section: Section | None = None  # of the first part; what goes on has no bookmark of its own

    def split(self, *given: Any) -> list[Any]:
        """The first part leads to the section."""
        parts: list[Any] = super().split(*given)
        if parts:
            parts[0].section = self.section
        return parts

    def draw(self) -> None:
        if self.section is not None:
            words = shortened(plain(self.section.title), LONGEST_BOOKMARK)
            self.canv.bookmarkHorizontal(self.section.id, 0, self.height + 8)
            self.canv.addOutlineEntry(words, self.section.id, self.section.level - 1, closed=False)
        super().draw()


def shortened(words: str, most: int) -> str:
    """So many characters at most, the last one '…' where something is left out."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _within(words: str, room: float) -> str:
    """As much of the words as one line of a page's edge holds."""
    if stringWidth(words, REGULAR, EDGE_SIZE) <= room:
        return words
    wide = "…"
    for at in range(1, len(words)):
        if stringWidth(words[:at] + "…", REGULAR, EDGE_SIZE) > room:
            break
        wide = words[:at] + "…"
    return wide


def _heading(section: Section, look: Styles, node: Node) -> _Heading:
    made = _Heading(markup(section.title), look.heading if section.level == 1 else look.subheading)
    made.section, made.node = section, node
    return made


class _Pages(BaseDocTemplate):  # type: ignore[misc]
    """The pages: what stands at the top and bottom of each."""

    def __init__(self, file: BytesIO, paper: Paper, progress: Progress | None) -> None:
        self._paper = paper
        self._progress = progress
        super().__init__(
            file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=plain(paper.title),
            author=plain(paper.author),
            subject=paper.marking,
            creator="CSP Desktop",
            producer="CSP Desktop",
            lang=paper.language,
            displayDocTitle=True,
            pageMode="UseOutlines",
            invariant=1,
            pageCompression=1,
            initialFontName=REGULAR,
        )
        frame = Frame(
            SIDE,
            BOTTOM,
            WIDTH,
            PAGE_HEIGHT - TOP - BOTTOM,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._edges)])

    def _edges(self, canvas: TaggedCanvas, _document: BaseDocTemplate) -> None:
        """Marking, names and numbers around the text of a page."""
        if self._progress:
            page = canvas.getPageNumber()
            self._progress(page, 0, f"page {page}")
        with canvas.beside_text(edge=True):
            self._draw_edges(canvas)

    def _draw_edges(self, canvas: TaggedCanvas) -> None:
        paper = self._paper
        canvas.saveState()
        canvas.setFillColor(MARK)
        canvas.setFont(BOLD, 12)
        for height in (PAGE_HEIGHT - 38, 26):
            canvas.drawCentredString(PAGE_WIDTH / 2, height, paper.marking)
        canvas.setFillColor(QUIET)
        canvas.setFont(REGULAR, EDGE_SIZE)
        head = _within(plain(paper.head), WIDTH / 2)
        room = WIDTH - stringWidth(head, REGULAR, EDGE_SIZE) - EDGE_SIZE
        canvas.drawString(SIDE, PAGE_HEIGHT - 62, _within(plain(paper.author), room))
        canvas.drawRightString(PAGE_WIDTH - SIDE, PAGE_HEIGHT - 62, head)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(SIDE, PAGE_HEIGHT - 69, PAGE_WIDTH - SIDE, PAGE_HEIGHT - 69)
        canvas.line(SIDE, 69, PAGE_WIDTH - SIDE, 69)
        canvas.drawString(SIDE, 56, _within(plain(paper.edition), WIDTH - _NUMBER_WIDTH))
        if paper.journal:
            canvas.drawString(SIDE, 43, f"Journal entry {paper.journal.number}, {paper.journal.digits}")
        self._number(canvas)
        canvas.restoreState()

    def _number(self, canvas: TaggedCanvas) -> None:
        """'Page 3 of 14' is a form each page shows and the end defines, once the total is known."""
        canvas.translate(PAGE_WIDTH - SIDE - _NUMBER_WIDTH, 56)
        canvas.doForm(_form(canvas.getPageNumber()))


class _Sheets(TaggedCanvas):
    """A canvas that writes the number of every page when the last one is done."""

    def save(self) -> None:
        """Write the numbers, then the file."""
        total = self.getPageNumber() - 1
        for page in range(1, total + 1):
            self.beginForm(_form(page), 0, -4, _NUMBER_WIDTH, 14)
            self.setFillColor(QUIET)
            self.setFont(BOLD, 9.5)
            self.drawRightString(_NUMBER_WIDTH, 0, f"Page {page} of {total}")
            self.endForm()
        super().save()


def _form(page: int) -> str:
    return f"number-of-page-{page}"


def _story(paper: Paper, look: Styles, root: Node) -> Iterator[Flowable]:
    yield paragraph(markup(paper.title), look.title, root.add("H1"))
    for words in paper.opening:
        yield _paragraph(words, look, root.add("P"))
    for section in paper.sections:
        yield _heading(section, look, root.add(f"H{section.level + 1}"))
        for block in section.blocks:
            yield _paragraph(block, look, root.add("P")) if isinstance(block, Words) else _table(block, look, root)
            if isinstance(block, Grid):
                yield Spacer(0, 7)


def _paragraph(words: Words, look: Styles, node: Node) -> TaggedParagraph:
    label = f'<font name="{BOLD}">{markup(words.label)}</font> ' if words.label else ""
    return paragraph(label + markup(words.text), look.body, node)


def _table(grid: Grid, look: Styles, root: Node) -> TaggedTable:
    node = root.add("Table")
    widths = table_widths(grid, look)
    rows = [_row(grid.headers, widths, look.head, _cells(node, grid.headers, "TH"))]
    goes_on: list[int] = []
    for row in grid.rows:
        nodes = _cells(node, row, "TD")
        for part in _in_parts(row, widths, look.cell):
            rows.append(_row(part, widths, look.cell, nodes))
            goes_on.append(len(rows) - 1)
        goes_on.pop()
    table = TaggedTable(rows, colWidths=widths, repeatRows=1, hAlign="LEFT")
    table.page_room = PAGE_HEIGHT - TOP - BOTTOM
    unlined = [("LINEBELOW", (0, number), (-1, number), 0.5, PAPER) for number in goes_on]
    table.setStyle(TableStyle(unlined, parent=_TABLE) if unlined else _TABLE)
    return table


def _cells(table: Node, row: tuple[str, ...], kind: str) -> list[Node]:
    node = table.add("TR")
    return [node.add(kind) for _ in row]


def _in_parts(row: tuple[str, ...], widths: list[float], style: ParagraphStyle) -> list[tuple[str, ...]]:
    """A row of which one cell would fill a page goes on in rows of its own: cutting it page by page would lay the rest
    out anew each time, and takes minutes where somebody pasted a book."""
    pieces = [_pieces(plain(cell), width - 2 * CELL_SIDE, style) for cell, width in zip(row, widths, strict=True)]
    return list(zip_longest(*pieces, fillvalue=""))


def _pieces(words: str, room: float, style: ParagraphStyle) -> list[str]:
    """So many characters as stand on the most lines of one row, parted between words."""
    most = max(MOST_LINES, int(MOST_LINES * room / style.fontSize))  # a letter is at most as wide as high
    found = []
    while len(words) > most:
        at = words.rfind(" ", 0, most) + 1 or most
        found.append(words[:at])
        words = words[at:]
    return [*found, words]


def table_widths(grid: Grid, look: Styles) -> list[float]:
    """Points, as the PDF's own letters need them."""
    return column_widths(grid, WIDTH, Measures(plain, partial(_wide, look.head), partial(_wide, look.cell)))


def _wide(style: ParagraphStyle, word: str) -> float:
    return float(stringWidth(word, style.fontName, style.fontSize)) + 2 * CELL_SIDE + 0.1


def _row(
    row: tuple[str, ...], widths: list[float], style: ParagraphStyle, nodes: list[Node]
) -> list[Cell | TaggedParagraph]:
    return [_cell(words, width, style, node) for words, width, node in zip(row, widths, nodes, strict=True)]


def _cell(words: str, width: float, style: ParagraphStyle, node: Node) -> Cell | TaggedParagraph:
    """A paragraph only where the words need a second line: plain text is drawn ten times as fast."""
    words, room = plain(words), width - 2 * CELL_SIDE
    if stringWidth(words, style.fontName, style.fontSize) <= room:
        return Cell(words, node)
    return paragraph(" ".join(_word(word, room, style) for word in words.split(" ")), style, node)


def _word(word: str, room: float, style: ParagraphStyle) -> str:
    """A word too long for its line goes on below after a hyphen of its own."""
    if "-" not in word or stringWidth(word, style.fontName, style.fontSize) <= room:
        return markup(word)
    lines = [""]
    for part in at_hyphens(word):
        if lines[-1] and stringWidth(lines[-1] + part, style.fontName, style.fontSize) > room:
            lines.append("")
        lines[-1] += part
    return "<br/>".join(map(markup, lines))


_TABLE = TableStyle(
    [
        ("FONT", (0, 0), (-1, -1), REGULAR, 11, 14),
        ("FONT", (0, 0), (-1, 0), BOLD, 11, 14),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), HEAD),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), CELL_SIDE),
        ("RIGHTPADDING", (0, 0), (-1, -1), CELL_SIDE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
)
