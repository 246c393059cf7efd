"""The group's minutes as a paper, printed as PDF or as a Word file."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.documents.record_paper import Told, record_paper
from csp_desktop.documents.word import print_word
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.minutes.layout import opening, sections, title
from csp_desktop.domain.minutes.record import Minutes


def print_minutes(minutes: Minutes, progress: Progress | None = None, *, is_large: bool = False) -> bytes:
    """The minutes as a PDF of A4 pages; `is_large`: in large print. `progress` hears of each page and may raise to
    stop."""
    return print_paper(minutes_paper(minutes), progress, is_large=is_large)


def print_minutes_word(minutes: Minutes, *, is_large: bool = False) -> bytes:
    """The minutes as DOCX; `is_large`: in large print."""
    return print_word(minutes_paper(minutes), is_large=is_large)


def minutes_paper(minutes: Minutes) -> Paper:
    """The minutes, whatever they are printed as."""
    told = Told(
        title=title(minutes),
        partnership=minutes.partnership,
        body=minutes.body,
        on=minutes.on,
        ended_at=minutes.closed_at or minutes.opened_at,
        opening=opening(minutes),
        sections=sections(minutes),
        approver="the chair",
        signer="the chair of that meeting",
    )
    return record_paper(minutes, told)
