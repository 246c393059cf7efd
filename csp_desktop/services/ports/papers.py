"""Readers and writers of papers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from csp_desktop.domain.common.likeness import Likeness, same_words
from csp_desktop.domain.common.mail import Mail
from csp_desktop.domain.meeting.calendar_entry import CalendarEntry
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.services.ports.copies import CopyMaker


def _none_missing(texts: Iterable[str]) -> tuple[str, ...]:
    """Where nothing is printed."""
    return ()


@dataclass(frozen=True)
class Papers:
    """Readers and writers of papers, handed in by the composition root."""

    read_book: Callable[..., Any]  # a file, or what was pasted, as tables
    read_cases: Callable[..., Any]
    read_members: Callable[..., Any]
    members_template: Callable[..., bytes]
    print_minutes: Callable[..., bytes]
    read_people: Callable[..., Any] | None = None  # people sleeping rough: only in the private file
    people_template: Callable[..., bytes] | None = None
    read_actions: Callable[..., Any] | None = None  # open actions kept elsewhere: only in the group's file
    actions_template: Callable[..., bytes] | None = None
    print_certificate: Callable[..., bytes] | None = None
    print_hand_over_note: Callable[..., bytes] | None = None
    print_case_plan: Callable[..., bytes] | None = None
    print_earlier_minutes: Callable[..., bytes] | None = None  # of a meeting before this program
    print_private_minutes: Callable[..., bytes] | None = None
    print_minutes_word: Callable[..., bytes] | None = None
    print_action_list: Callable[..., bytes] | None = None
    print_action_list_word: Callable[..., bytes] | None = None
    print_sign_in_sheet: Callable[..., bytes] | None = None
    print_private_minutes_word: Callable[..., bytes] | None = None
    action_list_workbook: Callable[[ActionList], bytes] | None = None
    mail_draft: Callable[[Mail], bytes] | None = None
    print_meeting_paper: Callable[..., bytes] | None = None
    copies: CopyMaker | None = None  # recipients' copies of the minutes
    calendar_file: Callable[[Iterable[CalendarEntry]], bytes] | None = None
    likeness: Likeness = same_words  # of two names or places
    shipped_matrix: Callable[[], str] | None = None  # the risk matrix a file begins with
    missing_letters: Callable[[Iterable[str]], tuple[str, ...]] = _none_missing  # characters no font of the papers has
