"""The minutes of a meeting before this program as a PDF: their text, line by line."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.meeting.earlier_minutes import EarlierMinutes
from csp_desktop.domain.minutes.paper_parts import Words
from csp_desktop.domain.minutes.record import MARKING


def print_earlier_minutes(kept: EarlierMinutes, partnership: str) -> bytes:
    """A4, our own letters; the same text, the same bytes."""
    return print_paper(
        Paper(
            title=f"Minutes of {paper_day(kept.on)}, {partnership}",
            author=partnership,
            marking=MARKING,
            head=f"Minutes, {paper_day(kept.on)}",
            edition=kept.source or "Text as pasted",
            language="en-GB",
            opening=tuple(Words(line) for line in kept.text.splitlines() if line.strip()),
            sections=(),
            created=kept.at,
        )
    )
