"""Prints the private minutes, or the actions alone, as PDF or as a Word file: the copy of one reader."""

from csp_desktop.documents.paper import Paper, print_paper
from csp_desktop.documents.word import print_word
from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import month_day
from csp_desktop.domain.minutes.layout import Section, Words
from csp_desktop.domain.private.minutes import BODY, PrivateMinutes
from csp_desktop.domain.private.minutes_layout import (
    action_list,
    action_list_title,
    edition_line,
    opening,
    sections,
    title,
)


def print_private_minutes(minutes: PrivateMinutes, progress: Progress | None = None) -> bytes:
    """The whole copy. `progress` hears of each page begun and may raise to stop."""
    return print_paper(private_minutes_paper(minutes), progress)


def print_private_minutes_word(minutes: PrivateMinutes, *, is_large: bool = False) -> bytes:
    """The whole copy as DOCX; `is_large`: in large print."""
    return print_word(private_minutes_paper(minutes), is_large=is_large)


def private_minutes_paper(minutes: PrivateMinutes) -> Paper:
    """The whole copy, whatever it is printed as."""
    return _paper(minutes, title(minutes), opening(minutes), sections(minutes))


def print_private_actions(minutes: PrivateMinutes, progress: Progress | None = None) -> bytes:
    """Only what is to be done, officer by officer."""
    words = (edition_line(minutes), Words("Private. Do not copy or pass on. People are named by initials only."))
    return print_paper(_paper(minutes, action_list_title(minutes), words, action_list(minutes)), progress)


def _paper(minutes: PrivateMinutes, title: str, opening: tuple[Words, ...], sections: tuple[Section, ...]) -> Paper:
    body = f"{BODY[0].upper()}{BODY[1:]}"
    return Paper(
        title=title,
        author=minutes.partnership,
        marking=minutes.marking,
        head=f"{body}, {month_day(minutes.on)} {minutes.on.year}",
        edition=f"{minutes.edition}, copy {minutes.copy_number} for {minutes.recipient}",
        language=minutes.language,
        opening=opening,
        sections=sections,
        journal=minutes.journal,
        is_draft=minutes.approved_at is None,
        created=minutes.approved_at or minutes.closed_at,
    )
