"""What differs between both meetings where officers are asked for updates; handed in with the subject of a file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.services.ports.work import Records


class Told(NamedTuple):
    """How one action stands in a request: its words, and the reference or item it is about."""

    what: str
    about: str


@dataclass(frozen=True)
class UpdateKind:
    """`told(session, records, officer_id, actions)` gives what a request may say, by the id of the action; one that is
    not in it may not be asked about in writing. `label(action, meeting)` is how request and reply call one that was
    agreed at this meeting."""

    told: Callable[[Any, Records, str, Sequence[Action]], Mapping[str, Told]]
    label: Callable[[Action, Meeting | None], str]
