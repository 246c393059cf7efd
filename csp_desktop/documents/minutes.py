"""The group's minutes as a paper, printed as PDF or as a Word file."""

from csp_desktop.documents.approval import approval
from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.documents.word import print_word
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import month_day
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
    return Paper(
        title=title(minutes),
        author=minutes.partnership,
        marking=minutes.marking,
        head=f"{minutes.body}, {month_day(minutes.on)} {minutes.on.year}",
        edition=f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}",
        language=minutes.language,
        opening=opening(minutes),
        sections=sections(minutes),
        journal=minutes.journal,
        is_draft=minutes.approved_at is None,
        created=minutes.approved_at or minutes.closed_at or minutes.opened_at,
        sign_off=approval(minutes.approved_by, minutes.approved_at),
    )
