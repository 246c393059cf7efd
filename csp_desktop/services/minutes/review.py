"""Whoever approves reads a draft: what changed since the one they read, and how it goes back with a note."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.minutes.correctable import places
from csp_desktop.domain.minutes.review import ReadMark, SentBack
from csp_desktop.domain.minutes.versions import Correction, CorrectionKind, MinutesState
from csp_desktop.services.minutes.record import corrections_of, facts_as_corrected, frozen_facts
from csp_desktop.services.minutes.remarks import RemarkField
from csp_desktop.services.minutes.versions import may_approve, require_approver, standing_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class ChangeSince:
    """One fact that reads otherwise than in the draft somebody read: `before` and `after` as a correction keeps them.
    `decision`: of what was decided, read back and accepted."""

    kind: CorrectionKind
    part_id: str
    field: str
    what: str
    before: str
    after: str
    at: datetime
    by: str
    reason: str
    decision: bool
    wrongly_recorded: bool


@dataclass(frozen=True)
class Reading:
    """What a person has read of a record: the mark of it, None where they never read it, and what changed since, in the
    order of the paper."""

    mark: ReadMark | None
    changes: tuple[ChangeSince, ...]

    @property
    def decisions(self) -> int:
        """How many of the changes are of decisions."""
        return sum(one.decision for one in self.changes)


def reading_of(session: Session, meeting_id: str) -> Reading:
    """What changed since the person who is signed in read the record of a meeting last."""
    with session.work.reading() as records:
        standing_in(session, records, meeting_id)
        mark = _mark(session, records, meeting_id)
        return Reading(mark, _changes(session, records, meeting_id, mark) if mark is not None else ())


def _mark(session: Session, records: Records, meeting_id: str) -> ReadMark | None:
    mine = records.find(ReadMark, meeting_id=meeting_id, by=session.user_name)
    return max(mine, key=lambda one: one.at, default=None)


def _changes(session: Session, records: Records, meeting_id: str, mark: ReadMark) -> tuple[ChangeSince, ...]:
    later = [one for one in corrections_of(records, meeting_id) if one.number > mark.corrected_to]
    if not later:
        return ()
    frozen = frozen_facts(records, meeting_id)
    assert frozen is not None
    facts = facts_as_corrected(records, frozen, corrections_of(records, meeting_id))
    found = list(places(facts, meeting_id, session.subject.record.parts))
    order = {(one.part_id, one.fact.field): number for number, one in enumerate(found)}
    decided = {(one.part_id, one.fact.field) for one in found if one.fact.decision}
    by_place: dict[tuple[str, str], list[Correction]] = {}
    for one in later:
        by_place.setdefault((one.part_id, one.field), []).append(one)
    made = [_change(ones, place in decided) for place, ones in by_place.items()]
    made = [one for one in made if one.before != one.after]
    return tuple(sorted(made, key=lambda one: order.get((one.part_id, one.field), -1)))


def _change(ones: Sequence[Correction], decision: bool) -> ChangeSince:
    first, last = ones[0], ones[-1]
    return ChangeSince(
        last.kind,
        last.part_id,
        last.field,
        last.what,
        first.before,
        last.after,
        last.at,
        last.by,
        last.reason,
        decision or last.wrongly_recorded,
        last.wrongly_recorded,
    )


def mark_read(session: Session, meeting_id: str) -> ReadMark | None:
    """The person who is signed in has read the record as it stands: what changes from now on is shown to them. Nothing
    is kept where they read the same before, nor of anybody who may not approve."""
    if not may_approve(session, meeting_id) or not session.is_writable():
        return None
    with session.work.reading() as records:
        now, mark = standing_in(session, records, meeting_id), _mark(session, records, meeting_id)
    if mark is not None and mark.facts_sha256 == now.facts_sha256:
        return mark
    with session.work.step("reading of the minutes", undoable=False) as records:
        to = max((one.number for one in corrections_of(records, meeting_id)), default=0)
        made = ReadMark(new_id(), meeting_id, session.now(), session.user_name, now.facts_sha256, to)
        records.save(made)
    return made


def send_back(session: Session, meeting_id: str, note: str) -> SentBack:
    """The draft goes back to the minute-taker with a note: it is a draft until it is checked again. Raises FieldRefused
    without a note, NotAllowed for somebody who may not approve, Refused for what nobody checked."""
    require_approver(session, meeting_id)
    said = note.strip()
    if not said:
        raise FieldRefused(RemarkField.REASON, "Say what to correct, so that the minute-taker knows.")
    with session.work.step("sending back of the minutes") as records:
        now = standing_in(session, records, meeting_id)
        if now.state is not MinutesState.CHECKED:
            raise Refused("Only checked minutes that are waiting for your approval can be sent back.")
        to = max((one.number for one in corrections_of(records, meeting_id)), default=0)
        made = SentBack(new_id(), meeting_id, session.now(), session.user_name, now.facts_sha256, to, said)
        records.save(made)
    return made
