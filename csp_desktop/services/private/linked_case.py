"""The group's case about the same person, looked at by New Hope's lead through their own way into the group's file.

It is read and forgotten; the look is journalled in the private file, and the group's learns nothing of it.
"""

from csp_desktop.domain.cases.linked_case import LinkedCase
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.private.linked_case import CaseLook
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.session import Session

NOT_HERE = "The group's file is not in this folder, so only the reference is shown."


def may_look(session: Session) -> bool:
    """Whether a look can be offered."""
    return bool(session.roles & set(LEADING)) and session.linked_cases is not None and session.linked_cases.is_here()


def look(session: Session, person_id: str, passphrase: str) -> LinkedCase:
    """The linked case; the look itself is written down first. Raises Refused."""
    session.require(*LEADING)
    if session.linked_cases is None or not session.linked_cases.is_here():
        raise Refused(NOT_HERE)
    if not passphrase:
        raise Refused("Type your passphrase for the group's file.")
    with session.work.reading() as records:
        person = records.get(RoughSleeper, person_id)
    if not person.safety_net:
        raise Refused(f"No case is linked to {person.reference}.")
    found = session.linked_cases.look(person.safety_net, session.user_name, passphrase)
    with session.work.step(f"viewing of {person.safety_net}", undoable=False) as records:
        records.save(CaseLook(new_id(), person.id, person.safety_net, session.now(), session.user_name))
    return found
