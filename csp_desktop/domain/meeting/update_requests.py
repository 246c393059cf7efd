"""Requests for updates: before the meeting each officer with open actions is asked how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from csp_desktop.domain.common.days import long_day, month_day
from csp_desktop.domain.common.text import count_of


@dataclass(frozen=True)
class UpdateRequest:
    """One officer was asked for updates before a meeting. `times`: how often."""

    id: str
    meeting_id: str
    officer_id: str
    at: datetime
    by: str
    times: int = 1


@dataclass(frozen=True)
class Asked:
    """One open action in a request: reference only, never a name or a title."""

    label: str
    what: str
    reference: str
    due: date | None
    times: str = ""


def request_subject(on: date) -> str:
    """Neutral: a subject line can be read by anybody."""
    return f"Updates for the meeting of {month_day(on)}"


def request_text(first_name: str, asked: Sequence[Asked], on: date, answer_by: date, sender: str) -> str:
    """The words of a request, one action a paragraph with the four answers under it."""
    count = count_of(len(asked), "action stands", "actions stand")
    lines = [
        f"Dear {first_name},",
        "",
        f"before the meeting of {long_day(on)} please say how your {count}. Answer by {long_day(answer_by)}.",
        "Write under each: done; carry on, with the new date; not done, and why; or no longer possible, and what"
        " changed.",
    ]
    for one in asked:
        due = f"due {month_day(one.due)}" if one.due else "no date set"
        lines += ["", f"{one.label}  {one.what}", "    " + ", ".join(filter(None, (one.reference, due, one.times)))]
        lines += ["    Answer:"]
    return "\n".join([*lines, "", "Thank you.", sender, ""])
