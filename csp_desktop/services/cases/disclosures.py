"""Disclosure lines: every case opened in a meeting says for what purpose, on what basis and to which agencies."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from csp_desktop.domain.cases.disclosures import Disclosure, also_heard_by, heard_by
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.confidentiality import Attendance, Override
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting, MeetingState
from csp_desktop.services.meeting.table_time import at_table
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class DisclosureRow:
    """One line as a case's page shows it."""

    on: date  # of the meeting
    at: datetime
    agencies: tuple[str, ...]
    purpose: str
    basis: str


def disclose(session: Session, records: Records, turn: CaseTurn) -> None:
    """A case is opened at the table: its line for this meeting is written, or gets the agencies that came since."""
    agencies = _in_the_room(records, turn.meeting_id)
    line = next(iter(records.find(Disclosure, meeting_id=turn.meeting_id, case_id=turn.case_id)), None)
    if line is None:
        settings = settings_in(records)
        purpose, basis = settings.disclosure_purpose, settings.disclosure_basis
        at = at_table(session, records, turn.meeting_id)
        line = Disclosure(new_id(), turn.case_id, turn.meeting_id, at, purpose, basis, agencies)
    records.save(also_heard_by(line, agencies))


def heard_from_now_on(records: Records, meeting_id: str) -> None:
    """Someone came in or was let in: whoever is in the room hears the case in hand."""
    meeting = records.get(Meeting, meeting_id)
    if meeting.state is not MeetingState.IN_SESSION or not meeting.current_turn_id:
        return
    turn = records.get(CaseTurn, meeting.current_turn_id)
    for line in records.find(Disclosure, meeting_id=meeting_id, case_id=turn.case_id):
        records.save(also_heard_by(line, _in_the_room(records, meeting_id)))


def hand_over_disclosures(records: Records, from_case: str, to_case: str) -> None:
    """Two cases became one: the lines of the one are the other's, one for each meeting."""
    theirs = {line.meeting_id: line for line in records.find(Disclosure, case_id=to_case)}
    for line in records.find(Disclosure, case_id=from_case):
        other = theirs.get(line.meeting_id)
        if other is None:
            records.save(replace(line, case_id=to_case))
        else:
            records.save(also_heard_by(other, line.agencies))
            records.remove(line)


def disclosures_of(session: Session, case_id: str) -> tuple[DisclosureRow, ...]:
    """To whom a case was disclosed, the newest first."""
    with session.work.reading() as records:
        lines = records.find(Disclosure, case_id=case_id)
        days = {m.id: m.on for m in records.find(Meeting, id=[line.meeting_id for line in lines])} if lines else {}
    rows = [DisclosureRow(days[d.meeting_id], d.at, d.agencies, d.purpose, d.basis) for d in lines]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _in_the_room(records: Records, meeting_id: str) -> tuple[str, ...]:
    rows = records.find(Attendance, meeting_id=meeting_id)
    return heard_by(rows, records.find(Override, meeting_id=meeting_id))
