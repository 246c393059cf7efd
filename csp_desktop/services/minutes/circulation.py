"""The approved minutes go out, of both meetings alike: who gets what and why is listed before anything is written,
and what became of each copy is noted until all are given. Copies are made from the facts kept with their version.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from math import inf
from typing import Any

from csp_desktop.domain.common.days import dated_day, days_words, local
from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.circulation import (
    Circulated,
    CopyRecord,
    CopyState,
    How,
    ToldHow,
    copy_numbers,
    too_common,
)
from csp_desktop.domain.minutes.rights import Recipient, Rights
from csp_desktop.domain.minutes.versions import Approval, MinutesState
from csp_desktop.domain.people.agencies import Agency, Member, PaperForm
from csp_desktop.domain.people.likely_names import doubled, is_placeholder
from csp_desktop.services.minutes.copy_passphrases import passphrases_in
from csp_desktop.services.minutes.facts import decoded, of_plain
from csp_desktop.services.minutes.record import corrections_of, facts_as_corrected, frozen_facts
from csp_desktop.services.minutes.versions import approved_edition, as_edition, standing_in, version_in
from csp_desktop.services.ports.copies import CopyModel, Source
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

REASON = "reason"  # the field of a form
NOT_APPROVED = "These minutes are not approved yet, so no copy can be given. {approver} approves them first."
LEFT = "has left the group since the approval"
NOT_LOCKED = "Needs a {form}. It cannot be locked, and {why}: the {pdf} is used."
GONE = "This person is no longer on the list. Choose another copy."


@dataclass(frozen=True)
class CopyRow:
    """One copy: whose, what is in it, what is not and why, how it goes, how far it is. `problem` says what
    keeps it from being written, `record` what was written of it; `is_earlier`: what they have is an earlier version."""

    person: Recipient
    copy_number: int
    rights: Rights
    gets: str
    why: str
    sections: tuple[str, ...]
    of_sections: int
    withheld: tuple[str, ...]
    own_actions: int
    how: How
    state: CopyState
    told_at: datetime | None
    told_how: ToldHow | None
    warnings: tuple[str, ...] = ()
    problem: str = ""
    record: CopyRecord | None = None
    is_earlier: bool = False
    needs: PaperForm = PaperForm.PDF  # what they can read
    form: PaperForm = PaperForm.PDF  # what goes: no Word file where mail is not safe

    @property
    def member_id(self) -> str:
        """Whose copy it is."""
        return self.person.member_id


@dataclass(frozen=True)
class RefusedRow:
    """Somebody who gets no copy, and why."""

    member_id: str
    name: str
    agency: str
    why: str


@dataclass(frozen=True)
class CirculationList:
    """Who gets what and why, of the version approved last; of a draft as it would be. `refusal` says why nothing may go
    out; `late` counts the days after `due`, while copies are out or since."""

    meeting_id: str
    version: int
    state: MinutesState
    approval: Approval | None
    rows: tuple[CopyRow, ...]
    refused: tuple[RefusedRow, ...]
    refusal: str
    due: date
    late: int
    circulated_at: datetime | None = None

    @property
    def given(self) -> int:
        """How many have theirs."""
        return sum(row.state is CopyState.GIVEN for row in self.rows)

    @property
    def to_write(self) -> tuple[CopyRow, ...]:
        """Those nothing stands against, and that are not settled yet."""
        return tuple(r for r in self.rows if not r.problem and r.state in (CopyState.TELL_FIRST, CopyState.READY))

    @property
    def to_confirm(self) -> tuple[CopyRow, ...]:
        """Those written and not yet confirmed as given."""
        return tuple(row for row in self.rows if row.state is CopyState.WRITTEN)


@dataclass(frozen=True)
class Listed:
    """A row with the value its copy is made of."""

    row: CopyRow
    model: CopyModel


def circulation_list(session: Session, meeting_id: str) -> CirculationList:
    """Who gets what of the minutes of a meeting, and why. Raises Refused for a meeting that is not closed."""
    with session.work.reading() as records:
        return listed_in(session, records, meeting_id)[0]


def listed_in(session: Session, records: Records, meeting_id: str) -> tuple[CirculationList, list[Listed]]:
    """The same inside a transaction, with the values."""
    now = standing_in(session, records, meeting_id)
    kind, source, approval = session.subject.record.copies, source_in(session, records, meeting_id), None
    refusal = kind.refusal(session, records)
    if version_in(records, meeting_id, source.version) is None:
        who = " or the ".join(role.value for role in session.subject.record.approvers)
        refusal = NOT_APPROVED.format(approver=f"The {who}".replace("new-hope-lead", "lead of New Hope"))
    else:
        (approval,) = records.find(Approval, meeting_id=meeting_id, version=source.version)
    people = recipients_in(session, records, source)
    models = kind.models(session, records, source, people)
    found = _Rows(session, records, source, [one for one, m in zip(people, models, strict=True) if not m.refused])
    listed = [found.row(one, model) for one, model in zip(people, models, strict=True) if not model.refused]
    refused = [
        RefusedRow(one.member_id, one.name, one.agency, model.refused)
        for one, model in zip(people, models, strict=True)
        if model.refused
    ]
    rows = tuple(one.row for one in listed)
    done = next(iter(records.find(Circulated, meeting_id=meeting_id, version=source.version)), None)
    done_at = done.at if done else None if refusal else _all_settled_at(rows)
    due = kind.due(session, records, meeting_id)
    on = local(done_at).date() if done_at else session.today
    state = MinutesState.CIRCULATED if done and now.state is MinutesState.APPROVED else now.state
    made = CirculationList(
        meeting_id,
        source.version,
        state,
        approval,
        rows,
        tuple(refused),
        refusal,
        due,
        days_overdue(due, on),
        done.at if done else None,
    )
    return made, listed


def source_in(session: Session, records: Records, meeting_id: str) -> Source:
    """The version approved last, from the facts kept with it; of minutes nobody approved the record as it stands."""
    kind = session.subject.record
    approvals = sorted(records.find(Approval, meeting_id=meeting_id), key=lambda one: one.version)
    kept = version_in(records, meeting_id, approvals[-1].version) if approvals else None
    if kept is None:
        frozen = frozen_facts(records, meeting_id)
        assert frozen is not None, "anyone who asks about progress is refused without"
        facts = facts_as_corrected(records, frozen, corrections_of(records, meeting_id))
        version = standing_in(session, records, meeting_id).version

        def of_draft(copy: Any) -> Any:
            return as_edition(session, records, copy)

        return Source(meeting_id, version, of_plain(kind.facts, facts), of_draft, ())
    approval = approvals[-1]

    def of_version(copy: Any) -> Any:
        return approved_edition(session, records, approval, copy)

    facts = of_plain(kind.facts, decoded(records.document(kept.facts_sha256)))
    people = tuple(records.find(Recipient, meeting_id=meeting_id, version=kept.number))
    return Source(meeting_id, kept.number, facts, of_version, people)


def recipients_in(session: Session, records: Records, source: Source) -> tuple[Recipient, ...]:
    """Whoever may come into question, each as they stood when the version was approved."""
    kept = {one.member_id: one for one in source.kept}
    now = session.subject.record.copies.people(session, records, source)
    return tuple(kept.get(one.member_id, one) for one in now)


class _Rows:
    """What is looked up for every row is read once."""

    def __init__(self, session: Session, records: Records, source: Source, people: Sequence[Recipient]) -> None:
        self._session, self._records, self._source = session, records, source
        self._members = {one.id: one for one in records.find(Member)}
        self._homes = {one.id: one for one in records.find(Agency)}
        self._told = passphrases_in(records)
        self._copies = latest(session, records, source.meeting_id)
        self._twice = doubled(one.name for one in people)
        had = {one.member_id: one.copy_number for one in self._copies.values() if one.copy_number}
        self._numbers = copy_numbers([one.member_id for one in people], had)

    def row(self, person: Recipient, model: CopyModel) -> Listed:
        """One row with its value."""
        member, record = self._members.get(person.member_id), self._copies.get(person.member_id)
        is_earlier = record is not None and record.version != self._source.version
        told, how = self._told.get(person.member_id), self.how(member)
        needs = member.needs if member is not None else PaperForm.PDF
        form = needs if how is How.SECURE_MAIL else needs.as_pdf
        state = CopyState.READY if record is None or is_earlier or _is_outdone(record, form) else record.state
        if state is CopyState.READY and how is not How.SECURE_MAIL and (told is None or told.told_at is None):
            state = CopyState.TELL_FIRST
        row = CopyRow(
            person,
            self._numbers[person.member_id],
            model.rights,
            model.gets,
            model.why,
            model.sections,
            model.of_sections,
            (*model.withheld, *too_common(model.unsearched)),
            len(model.own.actions) if model.own else 0,
            how,
            state,
            told.told_at if told else None,
            told.told_how if told else None,
            (*model.warnings, *self._odd_name(person), *self._moved(person, member), *_not_locked(needs, form, how)),
            "" if member is not None and member.active else LEFT,
            record,
            is_earlier,
            needs,
            form,
        )
        return Listed(row, model)

    def how(self, member: Member | None) -> How:
        """By mail where there is an address; without a passphrase only where the agency's mail is safe."""
        if member is None or not member.mail:
            return How.HAND
        home = self._homes.get(member.agency_id)
        return How.SECURE_MAIL if home is not None and home.secure_mail else How.MAIL

    def _odd_name(self, person: Recipient) -> tuple[str, ...]:
        """A copy in a name that is nobody's, or two people's, may go to somebody else."""
        if folded(person.name) in self._twice:
            return (f"Two people on this list are called {person.name}: check which of them this copy is for.",)
        if is_placeholder(person.name):
            return (f"“{person.name}” does not look like a person’s name: check who gets this copy.",)
        return ()

    def _moved(self, person: Recipient, member: Member | None) -> tuple[str, ...]:
        if member is None or member.agency_id == person.agency_id:
            return ()
        home = self._homes[member.agency_id].name
        return (f"Now belongs to {home}; the copy is what {person.agency} may have.",)


def _is_outdone(record: CopyRecord, form: PaperForm) -> bool:
    """Whether a copy nobody was given yet was written in a form that its reader cannot read, or that may not go."""
    return record.state is CopyState.WRITTEN and record.form is not form


def _not_locked(needs: PaperForm, form: PaperForm, how: How) -> tuple[str, ...]:
    if form is needs:
        return ()
    why = "they have no email address" if how is How.HAND else "their agency has no secure email"
    return (NOT_LOCKED.format(form=needs.value, why=why, pdf=form.value),)


def latest(session: Session, records: Records, meeting_id: str) -> dict[str, CopyRecord]:
    """The newest copy of each person, by whom it is for."""
    return {one.member_id: one for one in _in_order(session, records, meeting_id)}


def _in_order(session: Session, records: Records, meeting_id: str) -> list[CopyRecord]:
    """Every copy there ever was, the oldest first: by version and instant, those of one instant as the journal has
    them."""
    earlier = session.subject.record.copies.earlier(records, meeting_id)
    found = sorted([*earlier, *records.find(CopyRecord, meeting_id=meeting_id)], key=_at)
    ordered: list[CopyRecord] = []
    for _, together in groupby(found, key=_at):
        tied = list(together)
        ordered += sorted(tied, key=lambda one: _entry(session, one, earlier)) if len(tied) > 1 else tied
    return ordered


def _at(one: CopyRecord) -> tuple[int, str]:
    at = one.written_at or one.left_out_at
    return one.version, at.isoformat() if at else ""


def _entry(session: Session, one: CopyRecord, earlier: Collection[CopyRecord]) -> float:
    """The number of the journal's entry that wrote it; what this very step writes comes last."""
    if one in earlier:
        return 0
    try:
        return session.work.head_after(CopyRecord, one.id)[0]
    except NotFound:
        return inf


def register(session: Session, meeting_id: str) -> tuple[CopyRecord, ...]:
    """Every copy there ever was of a meeting's minutes, the newest first: who, when, which version and number, how, by
    whom."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        return tuple(reversed(_in_order(session, records, meeting_id)))


def note_given(session: Session, meeting_id: str, member_id: str) -> CopyRecord:
    """A person confirms that somebody was given their copy. Raises Refused where none was written, where it was
    recalled or is of an earlier version, and for somebody who may have none any more."""
    session.require_recorder()
    with session.work.step("a copy of the minutes given") as records:
        one = _copy(session, records, meeting_id, member_id)
        now, listed = listed_in(session, records, meeting_id)
        _row(listed, member_id)
        if one.recalled_at is not None:
            raise Refused("Their copy was recalled. Save a new one, then confirm that it was given.")
        if one.version != now.version:
            raise Refused(
                f"Their copy is of version {one.version}, and version {now.version} is approved. Save it again, then "
                "confirm that it was given."
            )
        given = _give(session, records, one)
        _settle(session, records, meeting_id)
    return given


def note_all_given(session: Session, meeting_id: str) -> int:
    """The same of every copy of the list that is written and not confirmed yet; how many there were."""
    session.require_recorder()
    with session.work.step("copies of the minutes given") as records:
        written = [row.record for row in listed_in(session, records, meeting_id)[0].to_confirm]
        for one in filter(None, written):
            _give(session, records, one)
        _settle(session, records, meeting_id)
    return len(written)


def _copy(session: Session, records: Records, meeting_id: str, member_id: str) -> CopyRecord:
    found = latest(session, records, meeting_id).get(member_id)
    if found is None or found.written_at is None:
        raise Refused("No copy has been saved for this person yet. Save it first, then confirm that it was given.")
    return found


def _give(session: Session, records: Records, one: CopyRecord) -> CopyRecord:
    if one.given_at is not None:
        return one
    given = replace(one, given_at=session.now(), given_by=session.user_name)
    records.save(given)
    return given


def leave_out(session: Session, meeting_id: str, member_id: str, reason: str) -> CopyRecord:
    """Somebody gets no copy of this version, for a reason. Raises FieldRefused without one, Refused for somebody who
    has theirs or is not on the list."""
    session.require_recorder()
    why = _reason(reason, "Say why this person gets no copy.")
    with session.work.step("a copy of the minutes left out") as records:
        now, listed = listed_in(session, records, meeting_id)
        row = _row(listed, member_id).row
        if row.state is CopyState.GIVEN:
            raise Refused("This person already has their copy. Recall it instead.")
        made = replace(
            copy_record(session, now, row, ()),
            left_out_at=session.now(),
            left_out_by=session.user_name,
            left_out_reason=why,
        )
        records.save(made)
        _settle(session, records, meeting_id)
    return made


def _reason(typed: str, asked: str) -> str:
    why = " ".join(typed.split())
    if not why:
        raise FieldRefused(REASON, asked)
    return why


def take_back_leaving_out(session: Session, meeting_id: str, member_id: str) -> None:
    """Somebody gets a copy after all. Raises Refused where nobody left them out."""
    session.require_recorder()
    with session.work.step("a copy of the minutes after all") as records:
        found = latest(session, records, meeting_id).get(member_id)
        if found is None or found.left_out_at is None:
            raise Refused("This person has not been left out.")
        records.remove(found)
        _settle(session, records, meeting_id)


def recall(session: Session, meeting_id: str, member_id: str, reason: str) -> CopyRecord:
    """A copy that was given or written is asked back, for a reason. Raises FieldRefused without one, Refused where
    there is none to recall."""
    session.require_recorder()
    why = _reason(reason, "Say why the copy is recalled.")
    with session.work.step("a copy of the minutes recalled") as records:
        one = _copy(session, records, meeting_id, member_id)
        if one.recalled_at is not None:
            raise Refused("This copy has already been recalled.")
        made = replace(one, recalled_at=session.now(), recalled_by=session.user_name, recall_reason=why)
        records.save(made)
        _settle(session, records, meeting_id)
    return made


def copy_record(session: Session, now: CirculationList, row: CopyRow, held: tuple[str, ...]) -> CopyRecord:
    """What is noted of one copy of the list."""
    return CopyRecord(
        new_id(),
        now.meeting_id,
        now.version,
        row.member_id,
        row.person.name,
        row.person.agency,
        row.copy_number,
        row.rights,
        row.why,
        len(row.sections),
        row.withheld,
        held,
        row.how,
        form=row.form,
    )


def _row(listed: Sequence[Listed], member_id: str) -> Listed:
    for one in listed:
        if one.row.member_id == member_id:
            return one
    raise Refused(GONE)


def settle_left(session: Session) -> int:
    """Minutes whose last open copy is due no more, since that person left the group or may have none, are circulated:
    from when the last of the others was settled. How many there were; to be called where nobody waits."""
    settled = 0
    with session.work.reading() as records:
        newest = {one.meeting_id: one.version for one in sorted(records.find(Approval), key=lambda one: one.version)}
        done = {(one.meeting_id, one.version) for one in records.find(Circulated)}
        begun = {(one.meeting_id, one.version) for one in records.find(CopyRecord) if one.is_settled}
    for meeting_id, version in newest.items():
        if (meeting_id, version) in begun - done:
            with suppress(Refused), session.work.step("circulation of the minutes", undoable=False) as records:
                _settle(session, records, meeting_id)
                settled += len(records.find(Circulated, meeting_id=meeting_id, version=version))
    return settled


def _settle(session: Session, records: Records, meeting_id: str) -> None:
    """The minutes are circulated once every copy due is given, recalled or left out, from when the last was; and no
    longer when one comes back."""
    now, _ = listed_in(session, records, meeting_id)
    done = next(iter(records.find(Circulated, meeting_id=meeting_id, version=now.version)), None)
    at = None if now.refusal else _all_settled_at(now.rows)
    if at is not None and done is None:
        records.save(Circulated(new_id(), meeting_id, now.version, at))
    elif done is not None and at is None:
        records.remove(done)


def _all_settled_at(rows: Sequence[CopyRow]) -> datetime | None:
    """When the last copy due was given, recalled or left out; None while one is open, or where none is due. Those given
    one by one, before copies were written together, have this day and no other."""
    settled = [row.record for row in rows if row.record and not row.is_earlier and row.record.is_settled]
    due = {row.member_id for row in rows if not row.problem}
    if not due or not due <= {one.member_id for one in settled}:
        return None
    return max(filter(None, (one.settled_at for one in settled)))


def late_words(now: CirculationList) -> str:
    """'Late: 3 days after Thu 10 Dec 2026'; empty where it is not."""
    if not now.late:
        return ""
    return f"Late: {days_words(now.late)} after {dated_day(now.due)}"
