"""The private minutes, the copy of one reader, as a paper, printed as PDF or as a Word file."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.documents.record_paper import Told, record_paper
from csp_desktop.documents.word import print_word
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.private.minutes import BODY, PrivateMinutes
from csp_desktop.domain.private.minutes_layout import opening, sections, title


def print_private_minutes(
    minutes: PrivateMinutes, progress: Progress | None = None, *, is_large: bool = False
) -> bytes:
    """The whole copy as a PDF; `is_large`: in large print. `progress` hears of each page and may raise to stop."""
    return print_paper(private_minutes_paper(minutes), progress, is_large=is_large)


def print_private_minutes_word(minutes: PrivateMinutes, *, is_large: bool = False) -> bytes:
    """The whole copy as DOCX; `is_large`: in large print."""
    return print_word(private_minutes_paper(minutes), is_large=is_large)


def private_minutes_paper(minutes: PrivateMinutes) -> Paper:
    """The whole copy, whatever it is printed as."""
    told = Told(
        title=title(minutes),
        partnership=minutes.partnership,
        body=f"{BODY[0].upper()}{BODY[1:]}",
        on=minutes.on,
        ended_at=minutes.closed_at or minutes.opened_at,
        opening=opening(minutes),
        sections=sections(minutes),
        approver="New Hope’s lead",
        signer="New Hope’s lead",
    )
    return record_paper(minutes, told)
