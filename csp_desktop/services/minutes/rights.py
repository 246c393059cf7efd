"""The table of rights: who may have what of the minutes. Whoever keeps them proposes one, a chair approves it, and
earlier ones stay in the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Duty
from csp_desktop.domain.minutes.rights import READY, RightsRow, RightsTable, in_force
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NO_TABLE = (
    "No table of rights is approved, so nobody may have a copy. Choose a ready-made set or "
    "write one under Circulate, and ask the chair to approve it."
)


@dataclass(frozen=True)
class RightsNow:
    """The table that counts today, the newest that waits for the chair, and every one there ever was, newest first."""

    current: RightsTable | None
    proposed: RightsTable | None
    every: tuple[RightsTable, ...]


def rights_table(session: Session) -> RightsNow:
    """How the tables of rights stand."""
    with session.work.reading() as records:
        every = sorted(records.find(RightsTable), key=lambda one: one.number, reverse=True)
        current = in_force(every, session.today)
    newest = every[0] if every and every[0].approved_at is None else None
    return RightsNow(current, newest, tuple(every))


def table_in_force(session: Session, records: Records) -> RightsTable | None:
    """The table that counts today."""
    return in_force(records.find(RightsTable), session.today)


def propose_rights(
    session: Session, rows: Sequence[RightsRow], valid_from: date | None = None, name: str = ""
) -> RightsTable:
    """Propose a table, in force from a day (today) once a chair approves it; it takes the place of one that still
    waits. Raises Refused for one without rows, NotAllowed for anybody but chair and minute-taker."""
    session.require_recorder()
    if not rows:
        raise Refused("A table of rights needs at least one row. Add one, or start with a ready-made set.")
    with session.work.step("a table of rights") as records:
        every = records.find(RightsTable)
        waiting = next((one for one in every if one.approved_at is None), None)
        made = RightsTable(
            waiting.id if waiting else new_id(),
            waiting.number if waiting else max((one.number for one in every), default=0) + 1,
            valid_from or session.today,
            tuple(row.plain() for row in rows),
            name,
            session.now(),
            session.user_name,
        )
        records.save(made)
    return made


def propose_ready_set(session: Session, name: str, valid_from: date | None = None) -> RightsTable:
    """Propose one of the ready sets. Raises Refused for a name that is none."""
    for ready in READY:
        if ready.name == name:
            return propose_rights(session, ready.rows, valid_from, name)
    raise Refused(f"There is no ready-made set with this name. Available: {'; '.join(one.name for one in READY)}.")


def approve_rights(session: Session, table_id: str) -> RightsTable:
    """A chair approves a table. Raises NotAllowed for anybody else, Refused for one that is approved already."""
    session.require_duty(Duty.CHAIR)
    with session.work.step("approval of a table of rights", undoable=False) as records:
        table = records.get(RightsTable, table_id)
        if table.approved_at is not None:
            raise Refused(f"This table has already been approved by {table.approved_by}.")
        approved = replace(table, approved_at=session.now(), approved_by=session.user_name)
        records.save(approved)
    return approved


def take_back_proposal(session: Session, table_id: str) -> None:
    """A table that waits for the chair is not wanted after all. Raises Refused for one that is approved."""
    session.require_recorder()
    with session.work.step("withdrawal of a table of rights") as records:
        table = records.get(RightsTable, table_id)
        if table.approved_at is not None:
            raise Refused("An approved table cannot be changed. Propose another one instead.")
        records.remove(table)
