"""The record of a meeting: its facts are frozen as it closes, and every paper is drawn from them and from what was put
right since, never from the records of today.
"""

from collections.abc import Sequence
from typing import Any

from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.corrections import Facts, corrected
from csp_desktop.domain.minutes.record import JournalHead
from csp_desktop.domain.minutes.versions import Correction, FrozenFacts
from csp_desktop.services.minutes.facts import decoded, encoded, of_plain, plain
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


def freeze(session: Session, records: Records, meeting: Meeting, *, later: bool = False) -> FrozenFacts:
    """Keep the facts of a meeting that is closed in this step. `later`: it was closed before facts were kept."""
    facts = session.subject.record.draw(session, records, meeting)
    sha256 = records.keep_document(encoded(plain(facts)))
    made = FrozenFacts(new_id(), meeting.id, sha256, session.now(), session.user_name, later)
    records.save(made)
    for approval in session.subject.record.of_earlier(records, meeting.id, sha256) if later else ():
        records.save(approval)
    return made


def not_frozen(records: Records) -> list[Meeting]:
    """The closed meetings whose facts are not kept yet, the oldest first."""
    frozen = {one.meeting_id for one in records.find(FrozenFacts)}
    held = [meeting for meeting in records.find(Meeting, state=MeetingState.CLOSED) if meeting.id not in frozen]
    return sorted(held, key=lambda meeting: (meeting.on, meeting.starts))


def freeze_held(session: Session) -> int:
    """Freeze every meeting that an earlier version of the program closed, each in a step of its own, so that one cut
    short goes on at the next opening; how many there were. Nothing happens where nothing may be written."""
    with session.work.reading() as records:
        waiting = not_frozen(records)
    if not waiting or not session.is_writable():
        return 0
    for meeting in waiting:
        with session.work.step("keeping the record of an earlier meeting", undoable=False) as records:
            freeze(session, records, meeting, later=True)
    return len(waiting)


def frozen_facts(records: Records, meeting_id: str) -> FrozenFacts | None:
    """The facts kept of a meeting; None while it is not closed, or where nothing could be written since."""
    return next(iter(records.find(FrozenFacts, meeting_id=meeting_id)), None)


def corrections_of(records: Records, meeting_id: str) -> list[Correction]:
    """What was put right, in order."""
    return records.find(Correction, meeting_id=meeting_id)


def facts_as_corrected(records: Records, frozen: FrozenFacts, corrections: Sequence[Correction]) -> Facts:
    """The plain values of what is frozen with these corrections."""
    return corrected(decoded(records.document(frozen.sha256)), corrections)


def record_in(session: Session, records: Records, meeting: Meeting) -> Any:
    """What the paper of a closed meeting says now, of the class the subject names: the frozen facts as corrected. Where
    nothing is frozen, in a file opened for reading only, the records as they are. Raises Refused for a meeting that is
    not closed, with the reason."""
    _refuse_unless_held(meeting)
    frozen = frozen_facts(records, meeting.id)
    kind = session.subject.record
    if frozen is None:
        return kind.draw(session, records, meeting)
    return of_plain(kind.facts, facts_as_corrected(records, frozen, corrections_of(records, meeting.id)))


def journal_head(session: Session, records: Records, meeting_id: str) -> JournalHead | None:
    """Where the journal stood when the record was last changed: it moves with the record alone."""
    frozen = frozen_facts(records, meeting_id)
    if frozen is None:
        return JournalHead(*session.work.head())
    changed = [(FrozenFacts, frozen.id), *((Correction, one.id) for one in corrections_of(records, meeting_id))]
    return JournalHead(*max(session.work.head_after(kind, record_id) for kind, record_id in changed))


def _refuse_unless_held(meeting: Meeting) -> None:
    if meeting.state is MeetingState.CLOSED:
        return
    day = paper_day(meeting.on)
    if meeting.state is MeetingState.PLANNED:
        raise Refused(f"The meeting of {day} has not been held yet, so there are no minutes.")
    raise Refused(f"The meeting of {day} is still in progress. Close it first: its minutes are created then.")
