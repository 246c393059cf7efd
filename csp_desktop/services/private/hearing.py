"""Each person shown in a session leaves a disclosure line and who heard: written before anything shows."""

from csp_desktop.domain.admission import Clearance, InRoom, Sitting, clearance
from csp_desktop.domain.agencies import Agency
from csp_desktop.domain.confidentiality import Attendance
from csp_desktop.domain.disclosures import Disclosure, also_heard_by
from csp_desktop.domain.hearings import Hearing, also_heard
from csp_desktop.domain.ids import new_id
from csp_desktop.domain.private_meeting import RoomEntry
from csp_desktop.services.keeping_settings import settings_in
from csp_desktop.services.ports import Records
from csp_desktop.services.session import Session


def note_hearing(session: Session, records: Records, meeting_id: str, sitting: Sitting) -> None:
    """The person in hand is shown to everyone in the room: agencies and people are noted, those of before kept."""
    person_id, clear = sitting.person_id, sitting.clearance()
    agencies = {one.who.agency for one in clear.may_hear}
    line = next(iter(records.find(Disclosure, meeting_id=meeting_id, case_id=person_id)), None)
    if line is None:
        now = settings_in(records)
        purpose, basis = now.disclosure_purpose, now.disclosure_basis
        line = Disclosure(new_id(), person_id, meeting_id, session.now(), purpose, basis, ())
    records.save(also_heard_by(line, agencies))
    known = next(iter(records.find(Hearing, meeting_id=meeting_id, person_id=person_id)), None)
    hearing = known or Hearing(new_id(), meeting_id, person_id, session.now(), (), ())
    records.save(also_heard(hearing, clear, _outside(records, meeting_id, sitting)))


def _outside(records: Records, meeting_id: str, sitting: Sitting) -> Clearance:
    """How those who signed for this session and are out of the room now stand towards the person in hand."""
    at_crossing = {p.id for p in records.find(RoomEntry, meeting_id=meeting_id) if p.left_at_crossing is not None}
    kinds = {agency.id: agency.kind for agency in records.find(Agency)}
    out = [
        InRoom(
            row.id, row.name, row.agency_name, row.member_id, kinds.get(row.agency_id) if row.member_id else None,
            row.signed, frozenset(row.interests),
        )
        for row in records.find(Attendance, meeting_id=meeting_id)
        if row.signed and not row.present and row.id not in at_crossing
    ]  # fmt: skip
    involved = sitting.involved.get(sitting.person_id, frozenset())
    return clearance(sitting.person_id, out, involved, sitting.leads, sitting.overrides)
