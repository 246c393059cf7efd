"""Lawful erasure reaches the record: what is frozen and what was approved is replaced by an edition without the erased
case or person. The text is absent; the old edition's SHA-256, the day and the reason stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.days import long_day
from csp_desktop.domain.minutes.corrections import as_json
from csp_desktop.domain.minutes.review import ReadMark, Remark, SentBack
from csp_desktop.domain.minutes.versions import Approval, CheckedMinutes, Correction, FrozenFacts, MinutesVersion
from csp_desktop.services.minutes.facts import decoded, encoded, of_plain, plain
from csp_desktop.services.minutes.record import corrections_of
from csp_desktop.services.minutes.versions import approved_copy, facts_sha256, sealed_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Redaction:
    """Who or what is erased, by id and reference, and why."""

    subject_id: str
    reference: str
    reason: str


def redact(session: Session, records: Records, what: Redaction, progress: Progress = unheard) -> int:
    """Within the step that erases: replace every record of a meeting that says something of it, and forget the old
    ones for good. Returns how many editions were replaced. The subject's own corrections are erased with it."""
    replaced, every = 0, records.find(FrozenFacts)
    for number, frozen in enumerate(every):
        progress(number, len(every), "Taking it out of the minutes")
        replaced += _redact_meeting(session, records, frozen, what)
    records.drop_unnamed_documents()
    return replaced


def _redact_meeting(session: Session, records: Records, frozen: FrozenFacts, what: Redaction) -> int:
    after, is_changed = _without(session, records, frozen.sha256, what)
    if is_changed:
        _let_corrections_follow(session, records, frozen, after, what)
        records.save(replace(frozen, sha256=records.keep_document(encoded(after))))
    replaced = int(is_changed)
    for version in records.find(MinutesVersion, meeting_id=frozen.meeting_id):
        facts, differs = _without(session, records, version.facts_sha256, what)
        if differs:
            records.save(_new_edition(session, records, version, facts, what))
            replaced += 1
    return replaced


def _without(session: Session, records: Records, sha256: str, what: Redaction) -> tuple[Any, bool]:
    """Facts without the subject, as plain values, and whether they are others than before."""
    kind = session.subject.record
    before = of_plain(kind.facts, decoded(records.document(sha256)))
    words = f"Something was erased from this edition on {long_day(session.today)}. Reason: {what.reason}"
    after = kind.without(before, what.subject_id, what.reference, words)
    return plain(after), after != before


def _let_corrections_follow(
    session: Session, records: Records, frozen: FrozenFacts, after: Any, what: Redaction
) -> None:
    """What was put right about others no longer names the subject; what was checked or approved stays so, since the
    erasing is no correction."""
    kind = session.subject.record
    before = decoded(records.document(frozen.sha256))
    said = kind.said_without(of_plain(kind.facts, before), what.subject_id)
    left = [
        replace(one, before=said(one.before), after=said(one.after), reason=said(one.reason))
        for one in corrections_of(records, frozen.meeting_id)
        if one.case_id != what.subject_id
    ]
    _stand_as_before(records, frozen.meeting_id, before, after, left)
    for remark in records.find(Remark, meeting_id=frozen.meeting_id):
        if remark.case_id != what.subject_id:
            records.save(replace(remark, words=said(remark.words), reason=said(remark.reason)))
    for back in records.find(SentBack, meeting_id=frozen.meeting_id):
        records.save(replace(back, note=said(back.note)))


def _stand_as_before(
    records: Records, meeting_id: str, before: Any, after: Any, corrections: Sequence[Correction]
) -> None:
    """Save corrections that read otherwise, and let what was checked or approved stand for the facts after."""
    were = corrections_of(records, meeting_id)
    kinds: tuple[type[Approval | CheckedMinutes | ReadMark | SentBack], ...] = (
        Approval,
        CheckedMinutes,
        ReadMark,
        SentBack,
    )
    marks = [one for kind in kinds for one in records.find(kind, meeting_id=meeting_id)]
    for one in marks:
        if one.facts_sha256 == facts_sha256(before, [c for c in were if c.number <= one.corrected_to]):
            sha256 = facts_sha256(after, [c for c in corrections if c.number <= one.corrected_to])
            records.save(replace(one, facts_sha256=sha256))
    for correction in corrections:
        records.save(correction)


def call_otherwise(records: Records, subject_id: str, other_id: str) -> None:
    """Two cases have become one: facts that name the one by its id, which no paper shows, name the other from now on,
    so that its erasing reaches them. Nothing that is printed changes."""
    for frozen in records.find(FrozenFacts):
        before, after = _with_other_id(records, frozen.sha256, subject_id, other_id)
        if after == before:
            continue
        corrections = [
            replace(one, case_id=other_id) if one.case_id == subject_id else one
            for one in corrections_of(records, frozen.meeting_id)
        ]
        _stand_as_before(records, frozen.meeting_id, decoded(before), decoded(after), corrections)
        for remark in records.find(Remark, meeting_id=frozen.meeting_id, case_id=subject_id):
            records.save(replace(remark, case_id=other_id))
        records.save(replace(frozen, sha256=records.keep_document(after)))
        for version in records.find(MinutesVersion, meeting_id=frozen.meeting_id):
            _, facts = _with_other_id(records, version.facts_sha256, subject_id, other_id)
            records.save(replace(version, facts_sha256=records.keep_document(facts)))


def _with_other_id(records: Records, sha256: str, subject_id: str, other_id: str) -> tuple[bytes, bytes]:
    before = records.document(sha256)
    return before, before.replace(as_json(subject_id).encode(), as_json(other_id).encode())


def _new_edition(
    session: Session, records: Records, version: MinutesVersion, facts: Any, what: Redaction
) -> MinutesVersion:
    approval = next(one for one in records.find(Approval, meeting_id=version.meeting_id, version=version.number))
    minutes = approved_copy(session, records, approval, facts)
    pdf = session.subject.record.printer(session.papers)(minutes)
    return replace(
        version,
        facts_sha256=records.keep_document(encoded(facts)),
        pdf_sha256=records.keep_document(pdf),
        sealed_sha256=sealed_in(session, records, pdf, approval) if version.sealed_sha256 else "",
        replaced=(*version.replaced, (version.pdf_sha256, session.today.isoformat(), what.reason)),
    )
