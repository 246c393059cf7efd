"""The record goes from draft to checked to approved; each approved version is kept as it was approved, its facts and
its PDF, and can be printed again byte for byte.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.by_mail import awaits, require_mail_day
from csp_desktop.domain.common.days import dated_day
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.offices import Office, OfficeTaken
from csp_desktop.domain.minutes.agreeing import AgreedMinutes
from csp_desktop.domain.minutes.circulation import Circulated
from csp_desktop.domain.minutes.corrections import Facts, corrected
from csp_desktop.domain.minutes.record import JournalHead
from csp_desktop.domain.minutes.review import ReadMark, SentBack
from csp_desktop.domain.minutes.versions import (
    Approval,
    ApprovedHow,
    CheckedMinutes,
    Correction,
    FrozenFacts,
    MinutesState,
    MinutesVersion,
    SealKey,
)
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.file.users import users
from csp_desktop.services.minutes.facts import decoded, encoded, of_plain
from csp_desktop.services.minutes.record import (
    corrections_of,
    facts_as_corrected,
    frozen_facts,
    journal_head,
    record_in,
)
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.copies import Source
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Standing:
    """How the record of one meeting stands. `version` is the one approved, or the one the draft becomes; `since` what
    was put right since the last approval; `facts_sha256` tells the facts as they are now. `sent_back` stands until the
    draft is checked again; `agreed` is the last agreement, of whichever version; `is_circulated` whether the version
    that was approved went out, which a meeting may agree without."""

    state: MinutesState
    version: int
    approval: Approval | None  # the last, whatever was put right since
    checked: CheckedMinutes | None
    since: tuple[Correction, ...]
    facts_sha256: str
    sent_back: SentBack | None = None
    agreed: AgreedMinutes | None = None
    is_circulated: bool = False

    @property
    def is_approved(self) -> bool:
        """Whether what stands now is what was approved."""
        return self.state not in (MinutesState.DRAFT, MinutesState.CHECKED)

    @property
    def awaits_confirmation(self) -> bool:
        """Approved by e-mail, and not yet confirmed with the person's own passphrase."""
        return self.is_approved and self.approval is not None and awaits(self.approval)


def standing(session: Session, meeting_id: str) -> Standing:
    """How the record of a closed meeting stands. Raises Refused for one that is not closed."""
    with session.work.reading() as records:
        return standing_in(session, records, meeting_id)


def standing_in(session: Session, records: Records, meeting_id: str) -> Standing:
    """The same inside a transaction."""
    session.subject.record.refuse(session, records)
    return standing_of(records, meeting_id)


def standing_of(records: Records, meeting_id: str) -> Standing:
    """The same where it is known already that the minutes may be told of."""
    frozen = _frozen(records, meeting_id)
    corrections = corrections_of(records, meeting_id)
    sha256 = facts_sha256(decoded(records.document(frozen.sha256)), corrections)
    approvals = sorted(records.find(Approval, meeting_id=meeting_id), key=lambda one: one.version)
    checks = records.find(CheckedMinutes, meeting_id=meeting_id, facts_sha256=sha256)
    last = approvals[-1] if approvals else None
    checked = max(checks, key=lambda one: one.at, default=None)
    agreed = max(records.find(AgreedMinutes, of_meeting_id=meeting_id), key=lambda one: one.at, default=None)
    if last is not None and last.facts_sha256 == sha256:
        is_agreed = agreed is not None and agreed.version == last.version
        is_out = bool(records.find(Circulated, meeting_id=meeting_id, version=last.version))
        state = MinutesState.CIRCULATED if is_out else MinutesState.APPROVED
        state = MinutesState.AGREED if is_agreed else state
        return Standing(state, last.version, last, checked, (), sha256, agreed=agreed, is_circulated=is_out)
    since = tuple(one for one in corrections if last is None or one.number > last.corrected_to)
    back = _sent_back(records, meeting_id)
    checked = None if back is not None and checked is not None and checked.at <= back.at else checked
    state = MinutesState.CHECKED if checked else MinutesState.DRAFT
    return Standing(state, last.version + 1 if last else 1, last, checked, since, sha256, back, agreed)


def _sent_back(records: Records, meeting_id: str) -> SentBack | None:
    """The last sending back that no check has answered."""
    back = max(records.find(SentBack, meeting_id=meeting_id), key=lambda one: one.at, default=None)
    if back is None or any(one.at > back.at for one in records.find(CheckedMinutes, meeting_id=meeting_id)):
        return None
    return back


def _frozen(records: Records, meeting_id: str) -> FrozenFacts:
    meeting = records.get(Meeting, meeting_id)
    if meeting.state is not MeetingState.CLOSED:
        raise Refused(f"The meeting of {dated_day(meeting.on)} is not closed, so it has no minutes yet.")
    found = frozen_facts(records, meeting_id)
    if found is None:
        raise Refused("These minutes are not saved yet. Open the file where it can be changed, then try again.")
    return found


def facts_sha256(frozen: Facts, corrections: Sequence[Correction]) -> str:
    """What tells frozen facts with these corrections: the same for the same facts in every version of the program."""
    return hashlib.sha256(encoded(corrected(frozen, corrections))).hexdigest()


def record_copy(session: Session, records: Records, meeting_id: str) -> Any:
    """The record's own copy as it stands."""
    meeting = records.get(Meeting, meeting_id)
    return as_edition(session, records, session.subject.record.copy(record_in(session, records, meeting)))


def as_edition(session: Session, records: Records, minutes: Any) -> Any:
    """The minutes with their edition: which version, who approved it and where the journal stood then; of a draft where
    it stood when the record was last changed."""
    meeting_id = minutes.meeting_id
    if frozen_facts(records, meeting_id) is None:
        return replace(minutes, journal=journal_head(session, records, meeting_id))
    now = standing_in(session, records, meeting_id)
    if not now.is_approved or now.approval is None:
        since = tuple(map(told, now.since)) if now.approval is not None else ()
        return replace(minutes, version=now.version, journal=journal_head(session, records, meeting_id), changes=since)
    return _approved(session, minutes, now.approval, _changes_of(records, now.approval))


def _changes_of(records: Records, approval: Approval) -> tuple[str, ...]:
    """What an approval approved that the one before did not; nothing for the first."""
    every = records.find(Approval, meeting_id=approval.meeting_id)
    earlier = max((one.corrected_to for one in every if one.version < approval.version), default=None)
    if earlier is None:
        return ()
    found = corrections_of(records, approval.meeting_id)
    return tuple(told(one) for one in found if earlier < one.number <= approval.corrected_to)


def _approved(session: Session, minutes: Any, approval: Approval, changes: tuple[str, ...]) -> Any:
    return replace(
        minutes,
        version=approval.version,
        approved_by=f"{approval.by}, by email" if awaits(approval) else approval.by,
        approved_at=approval.at,
        journal=JournalHead(*session.work.head_after(Approval, approval.id)),
        changes=changes,
    )


def check(session: Session, meeting_id: str) -> CheckedMinutes:
    """The draft was looked through and may go to whoever approves. The caller has looked at what its checks say. Raises
    Refused for minutes that are approved as they stand."""
    session.require_recorder()
    with session.work.step("check of the minutes") as records:
        now = standing_in(session, records, meeting_id)
        if now.is_approved:
            raise Refused("These minutes are already approved and have not changed since.")
        made = CheckedMinutes(
            new_id(), meeting_id, session.now(), session.user_name, now.facts_sha256, _corrected_to(records, meeting_id)
        )
        records.save(made)
    return made


def _corrected_to(records: Records, meeting_id: str) -> int:
    return max((one.number for one in corrections_of(records, meeting_id)), default=0)


def may_approve(session: Session, meeting_id: str) -> bool:
    """Whether the person who is signed in may approve the minutes of a meeting: by their role, or because the chair was
    handed over to them at it."""
    if session.holds(*session.subject.record.approvers):
        return True
    with session.work.reading() as records:
        return session.member_id in _took_the_chair(session, records, meeting_id)


def require_approver(session: Session, meeting_id: str) -> None:
    """Raise NotAllowed for somebody who may not."""
    if not may_approve(session, meeting_id):
        session.require(*session.subject.record.approvers)


def approvers(session: Session, meeting_id: str) -> list[str]:
    """Everybody with a way into the file who may, by the name they open it with."""
    with session.work.reading() as records:
        chaired = _took_the_chair(session, records, meeting_id)
    may = set(session.subject.record.approvers)
    return [row.name for row in users(session) if may & set(row.roles) or row.member.id in chaired]


def _took_the_chair(session: Session, records: Records, meeting_id: str) -> set[str]:
    """To whom the chair was handed over, and the deputy chair who chairs it. The private meeting is led by whoever may
    approve."""
    if session.private:
        return set()
    taken = {one.to_id for one in records.find(OfficeTaken, meeting_id=meeting_id, office=Office.CHAIR)}
    chairs = [one.chair_id for one in records.find(Meeting, id=meeting_id)]
    deputies = [one for one in records.find(Member, id=chairs) if Role.DEPUTY_CHAIR.value in one.roles]
    return taken | {one.id for one in deputies}


def approve(session: Session, meeting_id: str, progress: Progress = unheard) -> MinutesVersion:
    """Whoever may approves what stands now; it is kept as it is from then on, which cannot be taken back: a correction
    makes the next version. The caller has asked for the person's own passphrase."""
    require_approver(session, meeting_id)
    _enter_approval(session, meeting_id, session.user_name)
    return keep_version(session, meeting_id, progress)


def note_mail_approval(
    session: Session, meeting_id: str, by: str, mailed_on: date, progress: Progress = unheard
) -> MinutesVersion:
    """Somebody who may approve has agreed by email: the minute-taker notes it, and the paper says so until the person
    confirms it at the laptop with their own passphrase. Raises Refused for oneself and for a day to come, NotAllowed
    for somebody who may not approve."""
    session.require_recorder()
    if by == session.user_name:
        raise Refused("You are signed in as this person: approve the minutes with your own passphrase instead.")
    if by not in approvers(session, meeting_id):
        raise NotAllowed(f"{by} may not approve minutes, so their email is not an approval.")
    require_mail_day(mailed_on, session.today)
    _enter_approval(session, meeting_id, by, mailed_on)
    return keep_version(session, meeting_id, progress)


def _enter_approval(session: Session, meeting_id: str, by: str, mailed_on: date | None = None) -> None:
    with session.work.step("approval of the minutes", undoable=False) as records:
        now = standing_in(session, records, meeting_id)
        if now.is_approved:
            raise Refused("These minutes are already approved and have not changed since.")
        if now.state is not MinutesState.CHECKED:
            raise Refused("The current minutes have not been checked. Check them first, then approve them.")
        how = ApprovedHow.OWN if mailed_on is None else ApprovedHow.MAIL
        noted = "" if mailed_on is None else session.user_name
        at, to = session.now(), _corrected_to(records, meeting_id)
        made = Approval(new_id(), meeting_id, now.version, at, by, now.facts_sha256, to, how, noted, mailed_on)
        records.save(made)
        if how is ApprovedHow.OWN:  # what somebody approves with their own hand they have read
            records.save(ReadMark(new_id(), meeting_id, at, by, now.facts_sha256, to))


def confirm_approval(session: Session, meeting_id: str) -> Approval:
    """Whoever approved by e-mail confirms it; the caller has asked for their own passphrase. Raises Refused where none
    waits for it, NotAllowed for anybody else."""
    with session.work.step("confirmation of an approval", undoable=False) as records:
        now = standing_in(session, records, meeting_id)
        if now.approval is None or not now.awaits_confirmation:
            raise Refused("No approval by email is waiting for confirmation here.")
        if now.approval.by != session.user_name:
            raise NotAllowed(f"Only {now.approval.by} can confirm this. You are signed in as {session.user_name}.")
        confirmed = replace(now.approval, confirmed_at=session.now())
        records.save(confirmed)
    return confirmed


def keep_version(session: Session, meeting_id: str, progress: Progress = unheard) -> MinutesVersion:
    """Print the version that was approved last and keep it, if that is not done: cut short, it goes on at the next
    opening. Raises Refused for minutes that are not approved."""
    with session.work.reading() as records:
        approval = standing_of(records, meeting_id).approval
        if approval is None:
            raise Refused("These minutes are not approved, so there is no version to keep.")
        kept = version_in(records, meeting_id, approval.version)
        if kept is not None:
            return kept
        frozen, corrections = _frozen(records, meeting_id), corrections_of(records, meeting_id)
        facts = facts_as_corrected(records, frozen, [one for one in corrections if one.number <= approval.corrected_to])
        minutes = approved_copy(session, records, approval, facts)
    pdf = session.subject.record.printer(session.papers)(minutes, progress)
    with session.work.step("a version of the minutes", undoable=False) as records:
        head = minutes.journal
        made = MinutesVersion(
            new_id(),
            meeting_id,
            approval.version,
            approval.at,
            records.keep_document(encoded(facts)),
            records.keep_document(pdf),
            head.number,
            head.digits,
            minutes.changes,
            sealed_sha256=sealed_in(session, records, pdf, approval),
        )
        records.save(made)
        source = Source(meeting_id, made.number, of_plain(session.subject.record.facts, facts), replace, ())
        for one in session.subject.record.copies.people(session, records, source):
            records.save(one)  # as they stand now: whatever the register says later, their copies stay the same
    return made


def sealed_in(session: Session, records: Records, pdf: bytes, approval: Approval) -> str:
    """Put this file's own seal upon the record copy of a version and keep it beside the PDF; its SHA-256. The evidence
    is the PDF's SHA-256 in the journal and the approver's own passphrase: the seal shows any later change besides."""
    maker = session.papers.copies
    if maker is None:
        return ""
    kept = next(iter(records.find(SealKey)), None)
    if kept is None:
        settings = settings_in(records)
        made = maker.new_seal_key(paper_name(settings.town, settings.partnership), session.now())
        kept = SealKey(new_id(), records.keep_document(made), session.now())
        records.save(kept)
    reason, key = f"Approved minutes, version {approval.version}", records.document(kept.sha256)
    return records.keep_document(maker.sealed(pdf, approval.by, reason, session.now(), key))


def sealed_version(session: Session, meeting_id: str, number: int) -> bytes:
    """The sealed PDF of a version, byte for byte. Raises Refused where there is none: a version kept before there were
    seals has none."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        sha256 = _version(records, meeting_id, number).sealed_sha256
        if not sha256:
            raise Refused(f"Version {number} of these minutes has no digital seal.")
        return records.document(sha256)


def approved_copy(session: Session, records: Records, approval: Approval, facts: Facts) -> Any:
    """The record's own copy of an approved version, of its facts as plain values."""
    kind = session.subject.record
    return _approved(session, kind.copy(of_plain(kind.facts, facts)), approval, _changes_of(records, approval))


def approved_edition(session: Session, records: Records, approval: Approval, copy: Any) -> Any:
    """Any copy of an approved version with what its edition says."""
    return _approved(session, copy, approval, _changes_of(records, approval))


def word_file(session: Session, minutes: Any, _progress: Progress = unheard, *, is_large: bool = False) -> bytes:
    """Minutes as a Word file, which can be edited and which nothing locks."""
    prints = session.subject.record.word_printer(session.papers)
    assert prints is not None, "both files are given every printer"
    return prints(minutes, is_large=is_large)


def told(correction: Correction) -> str:
    """'SN-2026-0371, J.K.: discussion. Recorded wrongly: the date was misheard.'"""
    reason = correction.reason.strip().rstrip(".")
    said = f"{reason[:1].upper()}{reason[1:]}"
    why = f" Recorded wrongly: {reason}." if correction.wrongly_recorded else f" {said}." if reason else ""
    return f"{correction.what}.{why}"


def keep_versions(session: Session) -> int:
    """Finish what was cut short between an approval and the keeping of its version; how many there were."""
    if not session.is_writable():
        return 0
    with session.work.reading() as records:
        kept = {(one.meeting_id, one.number) for one in records.find(MinutesVersion)}
        waiting = [one for one in records.find(Approval) if (one.meeting_id, one.version) not in kept]
    for approval in waiting:
        keep_version(session, approval.meeting_id)
    return len(waiting)


def version_in(records: Records, meeting_id: str, number: int) -> MinutesVersion | None:
    """One version as it is kept."""
    return next(iter(records.find(MinutesVersion, meeting_id=meeting_id, number=number)), None)


def versions(session: Session, meeting_id: str) -> tuple[MinutesVersion, ...]:
    """Every version kept of a meeting's minutes, the first first."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        return tuple(records.find(MinutesVersion, meeting_id=meeting_id))


def printed_version(session: Session, meeting_id: str, number: int) -> bytes:
    """The PDF of a version as it was approved, byte for byte. Raises Refused where there is no such version."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        return records.document(_version(records, meeting_id, number).pdf_sha256)


def approved_versions(session: Session, meeting_id: str) -> tuple[tuple[MinutesVersion, Approval], ...]:
    """Every version kept with its approval, the first first."""
    kept = versions(session, meeting_id)
    with session.work.reading() as records:
        approvals = {one.version: one for one in records.find(Approval, meeting_id=meeting_id)}
    return tuple((one, approvals[one.number]) for one in kept)


def copy_of_version(session: Session, meeting_id: str, number: int = 0) -> Any:
    """The record's own copy of one approved version, made anew from the facts kept with it; 0: as it stands now. Raises
    Refused where there is no such version."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        if not number:
            return record_copy(session, records, meeting_id)
        facts = decoded(records.document(_version(records, meeting_id, number).facts_sha256))
        (approval,) = records.find(Approval, meeting_id=meeting_id, version=number)
        return approved_copy(session, records, approval, facts)


def _version(records: Records, meeting_id: str, number: int) -> MinutesVersion:
    found = version_in(records, meeting_id, number)
    if found is None:
        raise Refused(f"These minutes have no version {number}.")
    return found
