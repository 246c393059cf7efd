"""What becomes of the private minutes: approved by New Hope's lead, then a numbered copy to each of their own list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class MinutesState(Enum):
    """How far the minutes of a private session are."""

    DRAFT = "draft"
    APPROVED = "approved"
    CIRCULATED = "circulated"


@dataclass(frozen=True)
class MinutesApproval:
    """New Hope's lead approved one version. Its text's fingerprint tells when the records have changed since; the flag
    and the count are kept with it, since both go on changing after the session.
    """

    id: str
    meeting_id: str
    version: int
    at: datetime
    by: str
    sha256: str
    winter_protocol: bool
    on_list: int


@dataclass(frozen=True)
class PrivateCirculation:
    """One recipient was given a copy: which version, under which number, with which people in it, and when."""

    id: str
    meeting_id: str
    member_id: str
    name: str
    copy_number: int
    version: int
    at: datetime
    by: str
    person_ids: tuple[str, ...]
    actions_only: bool = False  # their list of what is to be done, not the minutes


FIRST_COPY = 2  # 1 is the record


def copy_numbers(recipients: Iterable[str], given: Iterable[PrivateCirculation]) -> dict[str, int]:
    """A number for each recipient: whoever was given one keeps it, the others take the free ones in order."""
    numbers = {one.member_id: one.copy_number for one in given}
    taken, free = set(numbers.values()), FIRST_COPY
    for member_id in recipients:
        if member_id not in numbers:
            while free in taken:
                free += 1
            numbers[member_id] = free
            taken.add(free)
    return numbers
