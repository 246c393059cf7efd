"""The private minutes, the copy of one reader, as a paper, printed as PDF or as a Word file."""

from csp_desktop.documents.approval import approval
from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.documents.word import print_word
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import month_day
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
    return Paper(
        title=title(minutes),
        author=minutes.partnership,
        marking=minutes.marking,
        head=f"{BODY[0].upper()}{BODY[1:]}, {month_day(minutes.on)} {minutes.on.year}",
        edition=f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}",
        language=minutes.language,
        opening=opening(minutes),
        sections=sections(minutes),
        journal=minutes.journal,
        is_draft=minutes.approved_at is None,
        created=minutes.approved_at or minutes.closed_at or minutes.opened_at,
        sign_off=approval(minutes.approved_by, minutes.approved_at),
    )
