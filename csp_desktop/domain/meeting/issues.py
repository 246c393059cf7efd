"""Emerging issues: what the group sees coming before it is a case. They come back every month until a person closes
them with a reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import ClassVar

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.names import entered

OFTEN = 3  # so many times at the table, and a person should ask what is to become of it


class IssueState(Enum):
    """An issue is closed by a person, never by time."""

    OPEN = "open"
    CLOSED = "closed"


class IssueField(StrEnum):
    """What a form asks of an issue; the value is the attribute of `EmergingIssue`."""

    TITLE = "title"
    AREA = "area"
    WORDS = "words"
    PLACE = "place"
    WARD = "ward"
    RAISED_BY = "raised_by"
    FIRST_SEEN = "first_seen"
    OWNER = "owner_id"
    NEXT_STEP = "next_step"
    NEXT_BY = "next_by"
    REASON = "closed_reason"


@dataclass(frozen=True)
class EmergingIssue:
    """One issue. `left_out_of_id` names the meeting it is left out of, once."""

    id: str
    title: str
    area: str
    words: str
    place: str
    ward: str
    raised_by: str
    first_seen: date
    owner_id: str = ""
    next_step: str = ""
    next_by: date | None = None
    state: IssueState = IssueState.OPEN
    left_out_of_id: str = ""
    became_case_id: str = ""
    became_case_on: date | None = None
    action_ids: tuple[str, ...] = ()
    closed_on: date | None = None
    closed_by: str = ""
    closed_reason: str = ""


@dataclass(frozen=True)
class IssueNote:
    """What was said of an issue: at a meeting, or between meetings (`meeting_id` empty), on a day."""

    held_with_meeting: ClassVar[bool] = True

    id: str
    issue_id: str
    meeting_id: str
    on: date
    note: str
    by: str
    at: datetime | None = None  # when it was said or last changed


def checked(issue: EmergingIssue, areas: Sequence[str], today: date) -> EmergingIssue:
    """The issue with its texts as they are kept. Raises FieldRefused at what cannot be."""
    issue = replace(
        issue,
        title=entered(issue.title, "The title", IssueField.TITLE),
        words=issue.words.strip(),
        place=entered(issue.place, "The place", IssueField.PLACE),
        ward=entered(issue.ward, "The ward", IssueField.WARD),
        raised_by=entered(issue.raised_by, "The name", IssueField.RAISED_BY),
        next_step=entered(issue.next_step, "The next step", IssueField.NEXT_STEP),
    )
    if not issue.title:
        raise FieldRefused(IssueField.TITLE, "Say in a few words what the issue is, for example “Mopeds in the park”.")
    if issue.area not in areas:
        raise FieldRefused(IssueField.AREA, "Choose the area of work the issue belongs to.")
    if issue.first_seen > today:
        raise FieldRefused(IssueField.FIRST_SEEN, "The date first seen cannot be in the future.")
    return issue


def close(issue: EmergingIssue, reason: str, by: str, on: date) -> EmergingIssue:
    """The issue closed, with the reason a person gave. Raises FieldRefused without one, Refused for an issue closed
    already."""
    reason = " ".join(reason.split())
    if issue.state is IssueState.CLOSED:
        raise Refused("This issue is already closed.")
    if not reason:
        raise FieldRefused(
            IssueField.REASON, "Say why it is closed: the reason is recorded in the minutes and with the issue."
        )
    return replace(issue, state=IssueState.CLOSED, closed_on=on, closed_by=by, closed_reason=reason, left_out_of_id="")


def reopen(issue: EmergingIssue) -> EmergingIssue:
    """The issue open again: it comes back onto the next agenda."""
    return replace(issue, state=IssueState.OPEN, closed_on=None, closed_by="", closed_reason="")


def comes_to(issues: Iterable[EmergingIssue], meeting_id: str) -> list[EmergingIssue]:
    """The open ones that come onto the agenda of this meeting: all that nobody left out of it."""
    return [issue for issue in issues if issue.state is IssueState.OPEN and issue.left_out_of_id != meeting_id]


def times_words(times: int) -> str:
    """'Not yet', 'Once', 'Twice', '3 times'"""
    return {0: "Not yet", 1: "Once", 2: "Twice"}.get(times, f"{times} times")


def place_words(issue: EmergingIssue) -> str:
    """'Radlett Road park, Central'"""
    return ", ".join(filter(None, (issue.place, issue.ward)))
