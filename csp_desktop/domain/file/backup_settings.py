"""What happens to a vault's file as a whole: backed up, tried, restored, handed over, taken back; and its rules."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class SafeCopyKind(Enum):
    """What was done with a copy of the file; the value is how it is listed."""

    BACKUP = "backed up"
    FAILED = "backup failed"
    TRIED = "backup tried"
    RESTORED = "restored"
    HANDED_OVER = "handed over"
    TAKEN_OVER = "taken over"
    RECLAIMED = "taken back"
    UPDATED = "brought to this version"  # `file`: the copy made before; `note`: from which tables to which
    CLOCK = "gone on although the clock seemed wrong"  # no copy, but it tells how far the dates are to be trusted
    DELETED = "earlier copy deleted"
    MINUTES = "draft minutes saved"  # a paper from the file, not a copy of it: `note` holds the day of the meeting


@dataclass(frozen=True)
class SafeCopy:
    """One of them, as it stands in the records. Undo goes past it: a stick cannot be unwritten."""

    id: str
    kind: SafeCopyKind
    at: datetime
    by: str
    file: str = ""  # its name, without the folder
    place: str = ""  # the folder, or the other laptop
    size: int = 0  # bytes
    made_at: datetime | None = None  # of the backup tried or restored
    note: str = ""  # the reason, or why it failed


@dataclass(frozen=True)
class SafekeepingRules:
    """One record: where backups go and how many stay."""

    id: str = "safekeeping"
    folder: str = ""  # empty until someone chose one
    kept: int = 12
    after_meetings: bool = True
    trial_days: int = 90
    quiet_days: int = 31
