"""What becomes of the private minutes: approved by New Hope's lead, then a numbered copy to each of their own list."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MinutesApproval:
    """New Hope's lead approved one version, in a file of a program that kept no versions: read only, when its session
    is frozen."""

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

    @property
    def held(self) -> tuple[str, ...]:
        """The people in it, as any copy names them."""
        return self.person_ids
