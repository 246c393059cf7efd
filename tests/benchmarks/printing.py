"""Minutes as PDF, beside the same words as plain paragraphs in plain reportlab with its built-in font."""

from html import escape
from io import BytesIO

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from csp_desktop.documents.minutes import print_minutes
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.record import Minutes
from tests.benchmarks.pairs import Figures, in_pairs, taken
from tests.documents.minutes_models import minutes

CASES, ATTENDEES = 60, 40


def measure(pairs: int, times: tuple[int, ...]) -> list[Figures]:
    """A row for each size."""
    return [_measure(max(1, pairs // size), size) for size in times]


def _measure(pairs: int, size: int) -> Figures:
    whole = minutes(CASES * size, ATTENDEES * size)
    pages = len(pypdfium2.PdfDocument(print_minutes(whole)))
    leading = 12.0
    while _pages(_plain(whole, leading)) < pages:
        leading += 0.5
    words = f"minutes, {CASES * size} cases and {ATTENDEES * size} people, {pages} pages"
    ours, floor = taken(lambda: print_minutes(whole)), taken(lambda: _plain(whole, leading))
    return in_pairs(words, ours, floor, pairs, warm_up=1)


def _plain(whole: Minutes, leading: float) -> bytes:
    style = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=leading)
    paper = BytesIO()
    story = [Paragraph(escape(line), style) for line in as_text(whole).splitlines()]
    SimpleDocTemplate(paper, pagesize=A4).build(story)
    return paper.getvalue()


def _pages(paper: bytes) -> int:
    return len(pypdfium2.PdfDocument(paper))
