"""Lawful erasure reaches the record: what is frozen and what was approved is replaced by an edition without the erased
case or person, or without signatures. It is absent; the old edition's SHA-256, the day and the reason stay.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.minutes.corrections import as_json, parts, without_strokes
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


@dataclass(frozen=True)
class _Cut:
    """How something is taken out of a meeting's record: of facts as plain values, and of what was put right in them,
    given the facts before."""

    without: Callable[[Any], Any]
    left: Callable[[Any, Sequence[Correction]], list[Correction]]
    reason: str


def redact(session: Session, records: Records, what: Redaction, progress: Progress = unheard) -> int:
    """Within the step that erases: replace every record of a meeting that says something of it, and forget the old
    ones for good. Returns how many editions were replaced. The subject's own corrections are erased with it."""
    replaced, every, cut = 0, records.find(FrozenFacts), _cut_of(session, what)
    for number, frozen in enumerate(every):
        progress(number, len(every), "Removing it from the minutes")
        before = decoded(records.document(frozen.sha256))
        if _redact_meeting(session, records, frozen, cut):
            _let_others_follow(session, records, frozen.meeting_id, before, what)
            replaced += 1
        replaced += _redact_versions(session, records, frozen.meeting_id, cut)
    records.drop_unnamed_documents()
    return replaced


def redact_signatures(session: Session, records: Records, meeting_id: str, reason: str) -> int:
    """Within the step that deletes the signatures of a meeting: no edition of its record draws one any more; that they
    were given, how and when stays. Returns how many editions were replaced."""
    replaced, cut = 0, _cut_of_signatures(session, meeting_id, reason)
    for frozen in records.find(FrozenFacts, meeting_id=meeting_id):
        replaced += _redact_meeting(session, records, frozen, cut)
    replaced += _redact_versions(session, records, meeting_id, cut)
    records.drop_unnamed_documents()
    return replaced


def _cut_of(session: Session, what: Redaction) -> _Cut:
    kind = session.subject.record
    words = f"Something was deleted from this version on {paper_day(session.today)}. Reason: {what.reason}"

    def without(values: Any) -> Any:
        before = of_plain(kind.facts, values)
        after = kind.without(before, what.subject_id, what.reference, words)
        return plain(after) if after != before else values

    def left(before: Any, corrections: Sequence[Correction]) -> list[Correction]:
        said = kind.said_without(of_plain(kind.facts, before), what.subject_id)
        return [
            replace(one, before=said(one.before), after=said(one.after), reason=said(one.reason))
            for one in corrections
            if one.case_id != what.subject_id
        ]

    return _Cut(without, left, what.reason)


def _cut_of_signatures(session: Session, meeting_id: str, reason: str) -> _Cut:
    words = f"The signatures were deleted from this version on {paper_day(session.today)}. Reason: {reason}"

    def without(values: Any) -> Any:
        after = without_strokes(values)
        if after != values:
            (whole,) = (part for part in parts(after, meeting_id) if session.subject.record.attendance in part)
            whole["erased"] = [*whole.get("erased", []), words]
        return after

    def left(before: Any, corrections: Sequence[Correction]) -> list[Correction]:
        return [replace(one, before=_unsigned(one.before), after=_unsigned(one.after)) for one in corrections]

    return _Cut(without, left, reason)


def _unsigned(value: str) -> str:
    """A value of a correction without strokes; the same text where it has none."""
    before = json.loads(value) if "strokes" in value else None
    after = without_strokes(before)
    return value if after == before else as_json(after)


def _redact_meeting(session: Session, records: Records, frozen: FrozenFacts, cut: _Cut) -> bool:
    before = decoded(records.document(frozen.sha256))
    after, were = cut.without(before), corrections_of(records, frozen.meeting_id)
    left = cut.left(before, were)
    if after == before and all(one in were for one in left):
        return False
    _stand_as_before(records, frozen.meeting_id, before, after, left, records.rewrite)
    if after != before:
        records.save(replace(frozen, sha256=records.keep_document(encoded(after))))
    return True


def _redact_versions(session: Session, records: Records, meeting_id: str, cut: _Cut) -> int:
    replaced = 0
    for version in records.find(MinutesVersion, meeting_id=meeting_id):
        before = decoded(records.document(version.facts_sha256))
        after = cut.without(before)
        if after != before:
            records.save(_new_edition(session, records, version, after, cut.reason))
            replaced += 1
    return replaced


def _let_others_follow(session: Session, records: Records, meeting_id: str, before: Any, what: Redaction) -> None:
    """What was said of the record about others no longer names the subject."""
    kind = session.subject.record
    said = kind.said_without(of_plain(kind.facts, before), what.subject_id)
    for remark in records.find(Remark, meeting_id=meeting_id):
        if remark.case_id != what.subject_id:
            records.rewrite(replace(remark, words=said(remark.words), reason=said(remark.reason)))
    for back in records.find(SentBack, meeting_id=meeting_id):
        records.rewrite(replace(back, note=said(back.note)))


def _stand_as_before(
    records: Records,
    meeting_id: str,
    before: Any,
    after: Any,
    corrections: Sequence[Correction],
    write: Callable[[Correction], None],
) -> None:
    """Write corrections that read otherwise, and let what was checked or approved stand for the facts after, since the
    erasing is no correction."""
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
        write(correction)


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
        _stand_as_before(records, frozen.meeting_id, decoded(before), decoded(after), corrections, records.save)
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
    session: Session, records: Records, version: MinutesVersion, facts: Any, reason: str
) -> MinutesVersion:
    approval = next(one for one in records.find(Approval, meeting_id=version.meeting_id, version=version.number))
    minutes = approved_copy(session, records, approval, facts)
    pdf = session.subject.record.printer(session.papers)(minutes)
    return replace(
        version,
        facts_sha256=records.keep_document(encoded(facts)),
        pdf_sha256=records.keep_document(pdf),
        sealed_sha256=sealed_in(session, records, pdf, approval) if version.sealed_sha256 else "",
        replaced=(*version.replaced, (version.pdf_sha256, session.today.isoformat(), reason)),
    )
