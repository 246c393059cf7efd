"""The pages of a paper: what stands at the top and bottom of each, drawn once and shown on all; their numbers, and
those of the contents list, which the end writes once all are known."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from csp_desktop.documents.drawing import TaggedCanvas
from csp_desktop.documents.fonts import BOLD, REGULAR
from csp_desktop.documents.shaping import Inks
from csp_desktop.documents.styles import HEAD, LINE, MARK, PAGE_HEIGHT, PAGE_WIDTH, QUIET, SIDE, WIDTH, Styles
from csp_desktop.domain.common.aliases import Progress

DRAFT = "DRAFT"
DRAFT_SIZE, DRAFT_ANGLE = 130, 52
EDGES, EDITION = "edges", "edition"  # the forms that pages show
_NUMBER_WIDTH, _ENTRY_WIDTH = 110, 60
_DEEP = 6  # points of a form below its line of text


@dataclass(frozen=True)
class Edges:
    """The words around the text of every page."""

    marking: str
    author: str  # top left
    head: str  # top right
    edition: str  # bottom left: edition, copy and recipient
    journal: str
    draft: bool
    page_word: str  # before its number


class Pages(BaseDocTemplate):  # type: ignore[misc]  # reportlab is untyped
    """Pages of A4. `progress` hears of each page begun and may raise to stop."""

    def __init__(self, file: BytesIO, edges: Edges, look: Styles, inks: Inks, progress: Progress | None) -> None:
        self._edges, self._look, self._inks, self._progress = edges, look, inks, progress
        super().__init__(
            file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            displayDocTitle=True,
            pageMode="UseOutlines",
            invariant=1,
            pageCompression=1,
            initialFontName=REGULAR,
        )
        no_padding = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
        frame = Frame(SIDE, look.bottom, WIDTH, look.room, **no_padding)
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self._draw_edges)])

    def canvas(self, *given: Any, **more: Any) -> "Sheets":
        """The canvas that all is drawn on."""
        return Sheets(self._edges, self._look, self._inks, *given, **more)

    def _draw_edges(self, canvas: "Sheets", _document: BaseDocTemplate) -> None:
        if self._progress:
            page = canvas.getPageNumber()
            self._progress(page, 0, f"page {page}")
        canvas.show_edges()


class Sheets(TaggedCanvas):
    """A canvas that writes what its pages repeat, and their numbers when the last one is done."""

    def __init__(self, edges: Edges, look: Styles, inks: Inks, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._edges, self._look, self.inks = edges, look, inks
        self.first_pages: dict[str, int] = {}  # of each section

    def show_edges(self) -> None:
        """The words around the text of this page."""
        with self.beside_text(edge=True):
            for form in (EDGES, EDITION, _number_form(self.getPageNumber())):
                self.doForm(form)

    def show_entry(self, section_id: str, right: float, base: float) -> None:
        """The number of the section's page, in the contents list."""
        self.saveState()
        self.translate(right - _ENTRY_WIDTH * self._look.scale, base)
        self.doForm(_entry_form(section_id))
        self.restoreState()

    def save(self) -> None:
        """Write the forms, then the file."""
        total, look = self.getPageNumber() - 1, self._look
        self._write_edges()
        for page in range(1, total + 1):
            self.beginForm(_number_form(page), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
            self.setFillColor(QUIET)
            self.setFont(BOLD, look.edge)
            self.drawRightString(PAGE_WIDTH - SIDE, _edition_base(look), f"{self._edges.page_word} {page} of {total}")
            self.endForm()
        for section_id, page in self.first_pages.items():
            wide = _ENTRY_WIDTH * look.scale
            self.beginForm(_entry_form(section_id), 0, -_DEEP, wide, look.cell.leading + _DEEP)
            self.setFillColor(QUIET)
            self.setFont(REGULAR, look.cell.fontSize)
            self.drawRightString(wide, 0, str(page))
            self.endForm()
        super().save()

    def _write_edges(self) -> None:
        edges, look = self._edges, self._look
        self.beginForm(EDGES, 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        if edges.draft:
            self._draw_draft()
        self.setFillColor(MARK)
        self.setFont(BOLD, 12 * look.scale)
        marking = _within(self.inks.shown(edges.marking), WIDTH, 12 * look.scale, BOLD)
        for height in (PAGE_HEIGHT - (38 if look.scale == 1 else 42), 26):
            self.drawCentredString(PAGE_WIDTH / 2, height, marking)
        top, foot = PAGE_HEIGHT - look.top + 16, look.bottom - 13
        self.setStrokeColor(LINE)
        self.setLineWidth(0.6)
        self.line(SIDE, top, PAGE_WIDTH - SIDE, top)
        self.line(SIDE, foot, PAGE_WIDTH - SIDE, foot)
        self.setFillColor(QUIET)
        self.setFont(REGULAR, look.edge)
        self._draw_names(top + 7)
        self.drawString(SIDE, _edition_base(look) - 13 * look.scale, _within(edges.journal, WIDTH, look.edge))
        self.endForm()
        draw_edition(self, edges.edition, look)

    def _draw_names(self, base: float) -> None:
        """Whose paper it is and of which meeting: side by side, or in large print one below the other."""
        look, author, head = self._look, self.inks.shown(self._edges.author), self.inks.shown(self._edges.head)
        if look.scale > 1:
            self.drawString(SIDE, base + 13 * look.scale, _within(author, WIDTH, look.edge))
            self.drawString(SIDE, base, _within(head, WIDTH, look.edge))
            return
        beside = WIDTH - stringWidth(author, REGULAR, look.edge) - 2 * look.edge
        head = _within(head, max(WIDTH / 2, beside), look.edge)
        room = WIDTH - stringWidth(head, REGULAR, look.edge) - look.edge
        self.drawString(SIDE, base, _within(author, room, look.edge))
        self.drawRightString(PAGE_WIDTH - SIDE, base, head)

    def _draw_draft(self) -> None:
        """Behind the text, so light that the text is read as well as without."""
        self.saveState()
        self.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
        self.rotate(DRAFT_ANGLE)
        self.setFillColor(HEAD)
        self.setFont(BOLD, DRAFT_SIZE)
        self.drawCentredString(0, -DRAFT_SIZE / 3, DRAFT)
        self.restoreState()


def draw_edition(canvas: TaggedCanvas, edition: str, look: Styles) -> None:
    """The form that names edition, copy and recipient: the one thing in which recipients' copies differ."""
    canvas.beginForm(EDITION, 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
    canvas.setFillColor(QUIET)
    canvas.setFont(REGULAR, look.edge)
    words = _within(canvas.inks.shown(edition), WIDTH - _NUMBER_WIDTH * look.scale, look.edge)
    canvas.drawString(SIDE, _edition_base(look), words)
    canvas.endForm()


def _edition_base(look: Styles) -> float:
    return float(look.bottom - 13 - 13 * look.scale)


def _number_form(page: int) -> str:
    return f"number-of-page-{page}"


def _entry_form(section_id: str) -> str:
    return f"page-of-{section_id.encode().hex()}"


def _within(words: str, room: float, size: float, font: str = REGULAR) -> str:
    """As much of the words as one line holds."""
    if stringWidth(words, font, size) <= room:
        return words
    wide = "…"
    for at in range(1, len(words)):
        if stringWidth(words[:at] + "…", font, size) > room:
            break
        wide = words[:at] + "…"
    return wide
