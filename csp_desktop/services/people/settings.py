"""The partnership's settings and its clause texts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING, Any, TypeVar

from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.common.fields import Field, kept
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Duty
from csp_desktop.domain.meeting.confidentiality import Clause, ClauseKind
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.domain.people.bodies import changed_bodies
from csp_desktop.domain.people.settings import FIELDS, Settings
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


@dataclass(frozen=True)
class ClauseRow:
    """One kind of clause with all its versions, the newest first."""

    kind: ClauseKind
    versions: tuple[Clause, ...]

    @property
    def current(self) -> Clause | None:
        """The text in force."""
        return self.versions[0] if self.versions else None


def settings_in(records: Records) -> Settings:
    """The settings inside a transaction; the defaults until someone changed them."""
    try:
        return records.get(Settings, "settings")
    except NotFound:
        return Settings()


def settings(session: Session) -> Settings:
    """The partnership's settings."""
    with session.work.reading() as records:
        return settings_in(records)


def change_settings(session: Session, **changes: Any) -> Settings:
    """Change some of them. Raises FieldRefused where one cannot be kept, or does not go with the others."""
    if changes.get("leave_early"):
        _require_agencies(session, changes["leave_early"])
    return save_changes(session, "settings", settings_in, FIELDS, changes, _agreed)


def _require_agencies(session: Session, names: Iterable[str]) -> None:
    with session.work.reading() as records:
        known = {folded(name) for agency in records.find(Agency) for name in (agency.name, agency.short_name)}
    unknown = next((name for name in names if name.strip() and folded(name) not in known), "")
    if unknown:
        sentence = f"There is no agency “{unknown}”. Type its name as it is under People and agencies."
        raise FieldRefused("leave_early", sentence)


def save_changes(
    session: Session,
    words: str,
    read: Callable[[Records], R],
    fields: Iterable[Field],
    changes: Mapping[str, Any],
    agreed: Callable[[R, R], R],
) -> R:
    """Change a record of settings in a step called `words`: what may be kept by the table of its fields, and then by
    `agreed`, told the record before and after, which may change it further. Raises NotAllowed, and FieldRefused.
    """
    session.require_settings_keeper()
    allowed = kept(fields, changes)
    with session.work.step(words) as records:
        before = read(records)
        after = agreed(before, replace(before, **allowed))
        records.save(after)
    return after


def _agreed(before: Settings, after: Settings) -> Settings:
    """What must hold between fields; and what follows: a body's key, an area's other names."""
    if after.slot_ends <= after.slot_starts and _slot(after) != _slot(before):
        changed = "slot_ends" if after.slot_ends != before.slot_ends else "slot_starts"
        raise FieldRefused(changed, "The slot must end after it starts. Give a later end.")
    if after.bodies != before.bodies:
        after = replace(after, bodies=changed_bodies(before, after.bodies))
    if after.areas != before.areas and after.area_aliases == before.area_aliases:
        after = replace(after, area_aliases=_following(before, after.areas))
    if (after.areas, after.area_aliases) != (before.areas, before.area_aliases):
        _check_aliases(after, "area_aliases" if after.areas == before.areas else "areas")
    return after


def _slot(now: Settings) -> tuple[time, time]:
    return now.slot_starts, now.slot_ends


def _check_aliases(now: Settings, changed: str) -> None:
    for other, area in now.area_aliases:
        if area not in now.areas:
            raise FieldRefused(
                changed, f"“{other}” is counted under “{area}”, which is not an area of work here. Change that first."
            )


def _following(before: Settings, areas: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The other names go along when an area is called something else."""
    if len(areas) != len(before.areas):
        return before.area_aliases
    renamed = dict(zip(before.areas, areas, strict=True))
    return tuple((other, renamed.get(area, area)) for other, area in before.area_aliases)


def clauses(session: Session) -> list[ClauseRow]:
    """The clause texts of every kind, newest version first."""
    with session.work.reading() as records:
        found = records.find(Clause)
    rows = []
    for kind in ClauseKind:
        versions = sorted((c for c in found if c.kind is kind), key=lambda c: -c.version)
        if versions:
            rows.append(ClauseRow(kind, tuple(versions)))
    return rows


def new_clause_version(session: Session, kind: ClauseKind, text: str) -> Clause:
    """Write a new version of a clause; older signatures keep the text they were given for. The chair confirms it.
    Raises Refused for a text that is too short, and for the wording in force."""
    session.require_settings_keeper()
    text = text.strip()
    if len(text) < 40:
        raise Refused("This text is too short for a clause. Give the full wording.")
    with session.work.step(f"new {kind.value} clause") as records:
        versions = records.find(Clause, kind=kind)
        if any(c.text == text and c.version == max(v.version for v in versions) for c in versions):
            raise Refused("This wording is already in force. Change it first.")
        clause = Clause(new_id(), kind, max((c.version for c in versions), default=0) + 1, text, session.today)
        records.save(clause)
    return clause


def confirm_clause(session: Session, clause_id: str) -> Clause:
    """The chair confirms a wording, in the private file New Hope's lead; until then it is marked illustrative."""
    session.require_duty(Duty.CHAIR)
    with session.work.step("confirmation of a clause") as records:
        clause = replace(records.get(Clause, clause_id), confirmed_by=session.user_name, confirmed_at=session.now())
        records.save(clause)
    return clause
