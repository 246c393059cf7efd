"""The records of closed meetings that are past their period, listed for a person to decide: keep longer, or delete."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.cases.record_periods import (
    PERIODS,
    Period,
    RecordDecision,
    RecordKept,
    deletion,
    keep,
    period_of,
    standing_keep,
)
from csp_desktop.domain.cases.retention import STILL_IN, Disposal, LegalHold, due_on, standing_hold
from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.circulation import CopyRecord
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.rights import Recipient
from csp_desktop.domain.minutes.versions import FrozenFacts
from csp_desktop.services.cases.retention import refuse_looking
from csp_desktop.services.file.left_copies import earlier_copies
from csp_desktop.services.minutes.redaction import redact_signatures
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class DueRecord:
    """One kind of record of one meeting, past its period; `kept` is the decision that keeps it longer."""

    period: Period
    meeting_id: str
    on: date  # the meeting's day
    due_on: date
    count: int
    kept: RecordDecision | None = None

    @property
    def key(self) -> str:
        """Kind and meeting."""
        return f"{self.period.kind.value} {self.meeting_id}"


@dataclass(frozen=True)
class Deleted:
    """A deletion, the day of the meeting it was about, and its certificate, which bears the same id; one made by an
    earlier version of the program has none."""

    decision: RecordDecision
    period: Period
    on: date
    certificate: Disposal | None = None


@dataclass(frozen=True)
class RecordsDue:
    """Everything the page shows of them, the longest due first and the newest deletion first."""

    due: tuple[DueRecord, ...] = ()
    kept: tuple[DueRecord, ...] = ()
    deleted: tuple[Deleted, ...] = ()


def due_records(session: Session) -> RecordsDue:
    """What is past its period, by kind and meeting. Raises Refused while people may be shown at the table only, and
    NotAllowed."""
    with session.work.reading() as records:
        refuse_looking(session, records)
        found = _past(session, records)
        days = {meeting.id: meeting.on for meeting in records.find(Meeting)}
        gone = [one for one in records.find(RecordDecision) if one.until is None]
        certificates = {one.id: one for one in records.find(Disposal)}
    deleted = [Deleted(one, period_of(one.kind), days[one.meeting_id], certificates.get(one.id)) for one in gone]
    return RecordsDue(
        tuple(one for one in found if one.kept is None),
        tuple(one for one in found if one.kept is not None),
        tuple(sorted(deleted, key=lambda one: (one.decision.on, one.on), reverse=True)),
    )


def _past(session: Session, records: Records) -> list[DueRecord]:
    settings, today = settings_in(records), session.today
    closed = records.find(Meeting, state=MeetingState.CLOSED)
    decisions = records.find(RecordDecision)
    found = []
    for period in PERIODS:
        due = {one.id: due_on(one.on, getattr(settings, period.setting)) for one in closed}
        past = [one for one in closed if due[one.id] <= today]
        counts = Counter(one.meeting_id for one in _of(session, records, period.kind, [one.id for one in past]))
        for meeting in past:
            if counts[meeting.id]:
                about = [one for one in decisions if (one.meeting_id, one.kind) == (meeting.id, period.kind)]
                kept = standing_keep(about, today)
                found.append(
                    DueRecord(period, meeting.id, meeting.on, due[meeting.id], counts[meeting.id], kept),
                )
    return sorted(found, key=lambda one: one.due_on)  # within one day in the order of the periods


def _of(session: Session, records: Records, kind: RecordKept, meeting_ids: Iterable[str]) -> list[Any]:
    """What a kind is made of, as it is counted. A correction that a meeting asked for is no comment."""
    asked = tuple(meeting_ids)
    if not asked:
        return []
    if kind is RecordKept.MINUTES:
        return records.find(FrozenFacts, meeting_id=asked)
    if kind is RecordKept.SIGNATURES:
        return [one for one in records.find(Attendance, meeting_id=asked) if one.strokes]
    if kind is RecordKept.COMMENTS:
        return [one for one in records.find(Remark, meeting_id=asked) if not one.asked_at_id]
    return [found for noted in _registers(session) for found in records.find(noted, meeting_id=asked)]


def _registers(session: Session) -> tuple[type[Any], ...]:
    """As what it is noted who was given what."""
    return (CopyRecord, *session.subject.record.copies.noted_as)


def _one(session: Session, records: Records, kind: RecordKept, meeting_id: str) -> DueRecord:
    refuse_looking(session, records)
    for one in _past(session, records):
        if (one.period.kind, one.meeting_id) == (kind, meeting_id):
            return one
    raise Refused("These records are no longer due for a decision. Check the list again.")


def keep_records(session: Session, kind: RecordKept, meeting_id: str, reason: str, until: date) -> RecordDecision:
    """Keep them until a day, whatever the years say. Raises NotAllowed, Refused for what is not due, and FieldRefused
    without a reason or for a day that has passed."""
    session.require(*session.subject.deciding)
    with session.work.step("keeping records longer") as records:
        one = _one(session, records, kind, meeting_id)
        made = keep(meeting_id, kind, reason, until, session.user_name, session.today, one.count)
        records.save(made)
    return made


def delete_records(
    session: Session, kind: RecordKept, meeting_id: str, reason: str, progress: Progress = unheard
) -> RecordDecision:
    """Delete them for good, with every value ever kept of them; the decision, its reason and a certificate stay. Raises
    NotAllowed, Refused for what is not due, is kept longer, stays or is about a case under a legal hold, and
    FieldRefused without a reason."""
    session.require(*session.subject.deciding)
    progress(1, 2, "Deleting them")
    number, _ = session.work.head()
    with session.work.step(f"deletion of {_WHAT[kind]} past their period", undoable=False) as records:
        one = _one(session, records, kind, meeting_id)
        made = deletion(meeting_id, kind, reason, session.user_name, session.today, one.count, one.kept)
        going = _of(session, records, kind, [meeting_id])
        _refuse_held(session, records, kind, going)
        gone = [(_WHAT[kind], one.count)]
        if kind is RecordKept.SIGNATURES:
            gone += _delete_signatures(session, records, meeting_id, going, made.reason)
        else:
            going += records.find(Recipient, meeting_id=meeting_id) if kind is RecordKept.REGISTER else []
            for record in going:
                records.erase(record)
        records.save(made)
        records.save(_certificate(session, records, one, made, gone, number))
    session.work.sweep()
    return made


_WHAT = {
    RecordKept.MINUTES: "minutes",
    RecordKept.SIGNATURES: "signatures",
    RecordKept.COMMENTS: "comments",
    RecordKept.REGISTER: "entries of the circulation register",
}


def _delete_signatures(
    session: Session, records: Records, meeting_id: str, signed: Iterable[Attendance], reason: str
) -> list[tuple[str, int]]:
    """What was drawn goes; that it was signed, when and which text stays. The editions of minutes that were replaced,
    for the certificate."""
    for row in signed:
        records.rewrite(replace(row, strokes=()))
    editions = redact_signatures(session, records, meeting_id, reason)
    return [("versions of minutes", editions)] if editions else []


def _certificate(
    session: Session,
    records: Records,
    one: DueRecord,
    made: RecordDecision,
    gone: Sequence[tuple[str, int]],
    journal_number: int,
) -> Disposal:
    return Disposal(
        made.id,
        f"{one.period.name}, {screen_day(one.on, session.today)}",
        one.on,
        one.due_on,
        getattr(settings_in(records), one.period.setting),
        session.now(),
        session.user_name,
        made.reason,
        (*gone, *((f"{STILL_IN}{copy.name}", 1) for copy in earlier_copies(session))),
        journal_number,
    )


def _refuse_held(session: Session, records: Records, kind: RecordKept, going: Iterable[Any]) -> None:
    """A legal hold wins here too: who signed is evidence of who heard of a case."""
    about: set[str] = set()
    if kind is RecordKept.SIGNATURES:
        meetings = tuple({row.meeting_id for row in going})
        about.update(line.case_id for line in records.find(Disclosure, meeting_id=meetings))
    for record in going:
        about.update((record.case_id,) if isinstance(record, Remark) else getattr(record, "held", ()))
    holds = records.find(LegalHold, case_id=tuple(about - {""})) if about - {""} else []
    if standing_hold(holds, session.today) is not None:
        word = session.subject.word
        raise Refused(f"Some of them are about a {word} on legal hold. Lift the hold first, if that is right.")
