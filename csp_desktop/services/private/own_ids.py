"""Version 0.1.0 kept with everyone who crossed over the id of their row in the group's file: whoever had both files
could lay them side by side. Each is replaced by one of this file's own, and nothing of the old ones stays.
"""

from contextlib import suppress
from dataclasses import fields

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.private.meeting import RoomEntry, RoomPlace
from csp_desktop.services.session import Session


def take_own_ids(session: Session) -> int:
    """Once, when a file of that version is first opened; returns how many there were."""
    with session.work.reading() as records:
        if not records.find(RoomPlace):
            return 0
    with session.work.step("ids of this file's own", undoable=False, of_held=True) as records:
        places = records.find(RoomPlace)
        for place in places:
            kept = {field.name: getattr(place, field.name) for field in fields(RoomEntry)}
            kept["origin"] = new_id() if place.origin else ""
            records.save(RoomEntry(**kept))
            records.erase(place)
    with suppress(Refused):  # no room to write the file anew: what was erased is zeros already
        session.work.sweep()
    return len(places)
