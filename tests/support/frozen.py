"""Frozen meetings: one frozen anew after something was put into its records by hand, and all that was not frozen made
another."""

from dataclasses import replace
from typing import get_type_hints

from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.versions import FrozenFacts
from csp_desktop.services.minutes.record import freeze
from csp_desktop.services.session import Session


def frozen_again(session: Session, meeting_id: str) -> None:
    """As if the meeting had closed only now."""
    with session.work.step("closed again") as records:
        for facts in records.find(FrozenFacts, meeting_id=meeting_id):
            records.remove(facts)
        freeze(session, records, records.get(Meeting, meeting_id))


def everything_else_changed(session: Session) -> int:
    """Every word of every record but the frozen ones is another, as if years had gone by; how many words there were."""
    changed = 0
    with session.work.step("years later", of_held=True) as records:
        for kind, rows in session.work.everything().items():  # type: ignore[attr-defined]
            if kind.__module__ == FrozenFacts.__module__:
                continue
            hints = get_type_hints(kind)
            words = [name for name, hint in hints.items() if hint is str and name != "id" and not name.endswith("_id")]
            for record in rows.values():
                records.save(replace(record, **{name: f"{getattr(record, name)} otherwise" for name in words}))
                changed += len(words)
    return changed
