"""The certificate of an erasing as a PDF of one page: all that is left of a case, or of a person."""

from io import BytesIO
from typing import Any

from reportlab.platypus import Paragraph, SimpleDocTemplate

from csp_desktop.documents.styles import (
    BOTTOM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
    TOP,
    for_one_paper,
    markup,
    plain,
    styles,
    use_family,
)
from csp_desktop.domain.cases.retention import CASE, Disposal, Wording, certificate_words

TITLE = "Certificate of erasing"


@for_one_paper()
def print_certificate(made: Disposal, partnership: str, words: Wording = CASE) -> bytes:
    """A4, our own letters; the same certificate, the same bytes."""
    use_family()
    paper, look = BytesIO(), styles()
    story: list[Any] = [Paragraph(markup(f"{TITLE}, {partnership}"), look.title)]
    story += [Paragraph(markup(line), look.body) for line in certificate_words(made, words)]
    document = SimpleDocTemplate(
        paper,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        leftMargin=SIDE,
        rightMargin=SIDE,
        topMargin=TOP,
        bottomMargin=BOTTOM,
        title=plain(f"{TITLE} {made.reference}"),
        author=plain(partnership),
        creator="CSP Desktop",
        producer="CSP Desktop",
        initialFontName=look.body.fontName,
        lang="en-GB",
        invariant=1,
    )
    document.build(story)
    return paper.getvalue()
