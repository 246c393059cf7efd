"""Prints a paper about a meeting to come: the agenda, an agency's own list, the set for a meeting held on paper."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.meeting.papers import MeetingPaper


def print_meeting_paper(told: MeetingPaper, progress: Progress | None = None, *, is_large: bool = False) -> bytes:
    """The paper as a PDF of A4 pages; `is_large`: in large print. `progress` hears of each page and may raise to
    stop."""
    return print_paper(
        Paper(
            title=told.title,
            author=told.partnership,
            marking=told.marking,
            head=f"{told.body[:1].upper()}{told.body[1:]}, {paper_day(told.on)}",
            edition=told.edition,
            language=told.language,
            opening=told.opening,
            sections=told.sections,
            created=told.created,
        ),
        progress,
        is_large=is_large,
    )
