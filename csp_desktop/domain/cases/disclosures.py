"""Each case opened in a meeting leaves one line: for what purpose, on what basis, and which agencies heard it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from csp_desktop.domain.meeting.confidentiality import Attendance, Override
from csp_desktop.domain.meeting.signatures import folded


@dataclass(frozen=True)
class Disclosure:
    """What was disclosed, once for each case and meeting. The words are the settings' of that day; an agency that comes
    in while the case is open is added. What was heard cannot be unheard: undo leaves the line."""

    stays_when_undone: ClassVar[bool] = True

    id: str
    case_id: str
    meeting_id: str
    at: datetime  # first opened
    purpose: str
    basis: str
    agencies: tuple[str, ...]


def heard_by(present: Iterable[Attendance], overrides: Iterable[Override]) -> tuple[str, ...]:
    """The agencies in the room: of everyone who signed and is there, and of those an override let in unsigned."""
    covered = {attendance_id for override in overrides for attendance_id in override.attendance_ids}
    names = {row.agency_name for row in present if row.present and (row.signed or row.id in covered)}
    return tuple(sorted(names, key=folded))


def also_heard_by(line: Disclosure, agencies: Iterable[str]) -> Disclosure:
    """The line with the agencies that have come since; none is ever taken off it."""
    every = {*line.agencies, *agencies}
    return replace(line, agencies=tuple(sorted(every, key=folded)))
