"""An action list, of either meeting, printed as PDF or as a Word file."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.documents.word import print_word
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.minutes.action_list import ActionList, action_list


def print_action_list(listed: ActionList, progress: Progress | None = None, *, is_large: bool = False) -> bytes:
    """The list as a PDF of A4 pages; `is_large`: in large print. `progress` hears of each page begun and may raise to
    stop."""
    return print_paper(action_list_paper(listed), progress, is_large=is_large)


def print_action_list_word(listed: ActionList, *, is_large: bool = False) -> bytes:
    """The list as DOCX; `is_large`: in large print."""
    return print_word(action_list_paper(listed), is_large=is_large)


def action_list_paper(listed: ActionList) -> Paper:
    """The list, whatever it is printed as."""
    body = f"{listed.body[:1].upper()}{listed.body[1:]}"
    return Paper(
        title=listed.title,
        author=listed.partnership,
        marking=listed.marking,
        head=f"{body}, {paper_day(listed.on)}",
        edition=listed.copy,
        language=listed.language,
        opening=listed.opening,
        sections=action_list(listed),
        journal=listed.journal,
        is_draft=listed.is_draft,
        created=listed.created,
    )
