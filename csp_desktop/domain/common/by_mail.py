"""What somebody agreed to by email: noted by whoever writes the record, marked so wherever it stands, until the person
confirms it at the laptop with their own passphrase.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Protocol

from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import Refused


class Mailed(Protocol):
    """What came by email: an approval, an officer's update, a decision. Without a day it did not."""

    @property
    def mailed_on(self) -> date | None:
        """The day of the email."""

    @property
    def confirmed_at(self) -> datetime | None:
        """When it was confirmed with a passphrase of one's own."""


class MailAbout(Enum):
    """What was agreed; an approval is a record of its own."""

    UPDATE = "update"
    DECISION = "decision"


@dataclass(frozen=True)
class AgreedByMail:
    """An officer's update, or a decision between two meetings, noted by `noted_by` from an email of `by`
    (`member_id`). `about_id` is the action of an update, of a decision nothing; `case_id` the case it is about, in the
    private file the person, so that it goes with them."""

    id: str
    about: MailAbout
    about_id: str
    case_id: str
    member_id: str
    by: str
    words: str
    mailed_on: date
    noted_by: str
    at: datetime
    confirmed_at: datetime | None = None
    confirmed_by: str = ""


def awaits(one: Mailed) -> bool:
    """Whether it came by email and nobody has confirmed it yet."""
    return one.mailed_on is not None and one.confirmed_at is None


def mail_words(one: Mailed, day_words: Callable[[date], str] = dated_day) -> str:
    """'agreed by email of Thu 3 Dec 2026, not yet confirmed'; once it is confirmed that it was; else nothing. A paper
    hands in how it says a day."""
    if one.mailed_on is None:
        return ""
    return f"agreed by email of {day_words(one.mailed_on)}, {'not yet ' if awaits(one) else ''}confirmed"


def decided_words(one: AgreedByMail) -> str:
    """'Move the review to Monday. PS Dan Holt, agreed by email of Thu 3 Dec 2026, not yet
    confirmed.'"""
    return f"{one.words.rstrip('.')}. {one.by}, {mail_words(one)}."


def require_mail_day(mailed_on: date, today: date) -> None:
    """Raise Refused for a day to come."""
    if mailed_on > today:
        raise Refused("The date of the email cannot be in the future.")


def confirmed(one: AgreedByMail, by: str, at: datetime) -> AgreedByMail:
    """It was confirmed. Raises Refused where it was already."""
    if not awaits(one):
        raise Refused("This is confirmed already.")
    return replace(one, confirmed_at=at, confirmed_by=by)
