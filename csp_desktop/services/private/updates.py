"""What officers are asked before a private session, apart, for the subject of the file hands it in: by reference and
initials only, and nothing about anybody they may not be told about. An action is called by a mark of its own, for a running number would tell that there are others.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import AgendaItem
from csp_desktop.domain.minutes.personal_text import InitialsOnly, Known
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.meeting.actions import officers
from csp_desktop.services.ports.updates import Told, UpdateKind
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.minutes import readable_by
from csp_desktop.services.session import Session

MARK = 6  # letters of a mark


def told(session: Session, records: Records, officer_id: str, actions: Sequence[Action]) -> Mapping[str, Told]:
    """By the action's id: those about people this officer may hear of, and about nobody in particular."""
    people = {one.id: one for one in records.find(RoughSleeper)}
    readable = readable_by(records, officer_id, session.today)
    known = [Known(one.id, (one.name, *one.aliases), one.initials, one.reference) for one in people.values()]
    said = InitialsOnly(known, readable, [officer.name for officer in officers(records).values()])
    titles = {item.id: item.title for item in records.find(AgendaItem)}
    return {
        action.id: Told(
            said(action.what),
            people[action.case_id].reference if action.case_id in people else titles.get(action.item_id, ""),
        )
        for action in actions
        if readable is None or not action.case_id or action.case_id in readable
    }


def label(action: Action, on: date | None) -> str:
    """'Action 3F9A1C', the same each time."""
    return f"Action {hashlib.sha256(action.id.encode()).hexdigest()[:MARK].upper()}"


PRIVATE_UPDATES = UpdateKind(told, label)
