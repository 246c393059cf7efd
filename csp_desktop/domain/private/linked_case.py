"""A case of the group about the same person, looked at from the private side: what is shown of it, and who looked."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class CaseLook:
    """Somebody looked at the linked case. Kept in the private file alone: the group's learns of no look at it."""

    id: str
    person_id: str
    reference: str
    at: datetime
    by: str
