"""The certificate of an erasing as a PDF of one page: all that is left of a case, or of a person."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.cases.retention import CASE, Disposal, Wording, certificate_words
from csp_desktop.domain.common.days import local, paper_day
from csp_desktop.domain.minutes.paper_parts import Words
from csp_desktop.domain.minutes.record import MARKING

TITLE = "Certificate of deletion"


def print_certificate(made: Disposal, partnership: str, words: Wording = CASE) -> bytes:
    """A4, our own letters; the same certificate, the same bytes."""
    day = local(made.at).date()
    return print_paper(
        Paper(
            title=f"{TITLE}, {partnership}",
            author=partnership,
            marking=MARKING,
            head=f"{TITLE}, {paper_day(day)}",
            edition=made.reference,
            language="en-GB",
            opening=tuple(map(Words, certificate_words(made, words))),
            sections=(),
            created=made.at,
        )
    )
