"""Who can open a file: what the register knows of a user beside the person's own entry."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class User:
    """A person with a way into the file. Name and roles stand with the member; `id` is what the file's header knows."""

    id: str
    member_id: str
    since: date
    renewed_on: date  # the passphrase was set or changed
    must_renew: bool = False  # somebody else chose it: it is to be replaced at the next unlock
