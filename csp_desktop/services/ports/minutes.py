"""How the minutes of a file's meetings are drawn up: what differs between the group and the private meeting."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from csp_desktop.domain.common.users import Role
from csp_desktop.domain.minutes.action_list import ActionList
from csp_desktop.domain.minutes.correctable import Parts
from csp_desktop.domain.minutes.personal_text import Text
from csp_desktop.domain.minutes.record import AttendeeLine
from csp_desktop.domain.minutes.versions import Approval
from csp_desktop.services.ports.copies import CopyKind
from csp_desktop.services.ports.papers import Papers
from csp_desktop.services.ports.work import Records


@dataclass(frozen=True)
class Sent:
    """When a version had gone out to everybody it goes to, and by how many days that was late."""

    at: datetime
    days_late: int = 0


@dataclass(frozen=True)
class RecordKind:
    """Handed in with the subject of a file. `facts` is the class of what is frozen; `draw(session, records, meeting)`
    reads it from the records of a meeting that closes; `copy` makes the record's own copy of it, with edition fields of
    the same names for both meetings; `printer` finds what prints one."""

    facts: type[Any]
    draw: Callable[[Any, Records, Any], Any]
    copy: Callable[[Any], Any]
    printer: Callable[[Papers], Callable[..., bytes]]  # PDF
    word_printer: Callable[[Papers], Callable[..., bytes] | None]  # DOCX
    actions: Callable[[Any], ActionList]  # of a copy
    texts: Callable[[Any], tuple[Text, ...]]  # of a copy, where characters may be missing
    approvers: tuple[Role, ...]
    refuse: Callable[[Any, Records], None]  # raises Refused where minutes may not be read now
    parts: Parts  # what of the record can be put right
    attendance: str  # the list of who was in the room
    attended: Callable[[AttendeeLine], Any]  # a line of it
    without: Callable[[Any, str, str, str], Any]  # facts without a case or person, by id and reference, and the words
    said_without: Callable[[Any, str], Callable[[str], str]]  # takes a name of theirs out of words about others
    copies: CopyKind  # who gets what
    sent: Callable[[Any, Records, Any, int], Sent | None]  # (session, records, meeting, version): whether it went out
    of_earlier: Callable[[Records, str, str], list[Approval]]  # approvals of a meeting, and of its facts, from before
