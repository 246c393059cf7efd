"""Minutes as PDF, beside the same words as plain paragraphs in plain reportlab with its built-in font."""

import sys
from dataclasses import replace
from html import escape
from importlib.util import find_spec
from io import BytesIO

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate

from csp_desktop.documents.minutes import minutes_paper
from csp_desktop.documents.paper import print_paper
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.record import Minutes
from tests.benchmarks.pairs import Figures, in_pairs, taken
from tests.benchmarks.typesetters import TYPESETTERS, Prints
from tests.documents.minutes_models import minutes
from tests.support.copies import maker

CASES, ATTENDEES, COPIES = 60, 40, 40


def measure(pairs: int, times: tuple[int, ...], copies: int = COPIES) -> list[Figures]:
    """Rows for each size: without what costs room or pages, and as printed; then recipients' copies of the first, and
    the first by each typesetter that is installed."""
    rows = [figures for size in times for figures in _measure(max(2, pairs // size), size)]
    return [*rows, _copies(2, copies), *_by_others(pairs)]


def _measure(pairs: int, size: int) -> list[Figures]:
    whole = minutes(CASES * size, ATTENDEES * size)
    paper = minutes_paper(whole)
    bare = replace(paper, is_draft=False, kept_together=False, contents_from=0)
    goals = (2.5, 2.8) if size == 1 else (None, None)
    people = f"{CASES * size} cases and {ATTENDEES * size} people"
    return [
        _beside_plain(f"minutes, bare: {people}", whole, lambda: print_paper(bare), pairs, goals[0]),
        _beside_plain(f"minutes as printed: {people}", whole, lambda: print_paper(paper), pairs, goals[1]),
    ]


def _copies(pairs: int, copies: int) -> Figures:
    """Each in its recipient's name and locked with a passphrase of their own, by what the service makes them with,
    beside as many printings of the floor."""
    whole, makes = minutes(CASES, ATTENDEES), maker()

    def ours() -> None:
        file = makes.base(whole, unheard)
        for number in range(1, copies + 1):
            edition = f"{whole.edition}, copy {number} for Łukasz {number}, New Hope"
            makes.named(file, edition, b"", f"secret {number}")

    def floor() -> None:
        for _ in range(copies):
            _plain(whole, 12.0)

    return in_pairs(f"{copies} recipient copies, locked", taken(ours), taken(floor), pairs, 0.5, warm_up=0)


def _by_others(pairs: int) -> list[Figures]:
    """One that is not installed has no row; it is told beside the table."""
    whole, rows = minutes(CASES, ATTENDEES), []
    for name, by in TYPESETTERS.items():
        what = f"minutes by {name}: {CASES} cases and {ATTENDEES} people"
        try:
            prints = by(minutes_paper(whole)) if find_spec(name) else None
        except OSError:  # it is there, the libraries it draws with are not
            prints = None
        if prints is None:
            print(f"{what}: left out, {name} or what it draws with is not installed", file=sys.stderr)
        else:
            rows.append(_beside_plain(what, whole, prints, pairs, None))
    return rows


def _beside_plain(what: str, whole: Minutes, prints: Prints, pairs: int, goal: float | None) -> Figures:
    """The floor has as many pages: its lines stand as far apart as that takes."""
    pages = _pages(prints())
    leading = 12.0
    while _pages(_plain(whole, leading)) < pages:
        leading += 0.5
    return in_pairs(
        f"{what}, {pages} pages", taken(prints), taken(lambda: _plain(whole, leading)), pairs, goal, warm_up=1
    )


def _plain(whole: Minutes, leading: float) -> bytes:
    style = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=leading)
    paper = BytesIO()
    story = [Paragraph(escape(line), style) for line in as_text(whole).splitlines()]
    SimpleDocTemplate(paper, pagesize=A4).build(story)
    return paper.getvalue()


def _pages(paper: bytes) -> int:
    return len(pypdfium2.PdfDocument(paper))
