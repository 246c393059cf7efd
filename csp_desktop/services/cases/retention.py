"""Retention: what ended long enough ago is due, what holds it longer, and erasing it for good when a person says so.

In the group's file these are its closed cases and everything that belongs to one, in the private file the people off
its list. What is left is a certificate. Backups made before still hold the rest until they are rotated out.
"""

from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.record_periods import RecordDecision, deleted_wording, period_of
from csp_desktop.domain.cases.retention import (
    STILL_IN,
    Disposal,
    LegalHold,
    Wording,
    due_on,
    given,
    hold,
    lift,
    refuse_too_early,
    standing_hold,
)
from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.file.left_copies import earlier_copies
from csp_desktop.services.minutes.redaction import Redaction, redact
from csp_desktop.services.people.settings import change_settings, settings_in
from csp_desktop.services.ports.subject import Ended, Subject
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

LOOKED_AHEAD = 6  # months
MENTIONS = 20


@dataclass(frozen=True)
class Kept:
    """A closed case, or a person off the list, with the day they are due and what holds them."""

    subject: Ended
    due_on: date
    hold: LegalHold | None

    @property
    def id(self) -> str:
        """The record's."""
        return self.subject.id

    @property
    def name(self) -> str:
        """The reference, or what people call it."""
        return self.subject.name


@dataclass(frozen=True)
class Retention:
    """Everything the page shows."""

    years: int
    confirmed: bool  # else the years are illustrative
    due: tuple[Kept, ...]  # the longest due first
    held: tuple[Kept, ...]
    coming: tuple[Kept, ...]  # due within half a year
    certificates: tuple[Disposal, ...]  # of cases or people, the newest first


def wording(session: Session, made: Disposal | None = None) -> Wording:
    """How it is called here; `made` may be the certificate of records that were past their period."""
    with session.work.reading() as records:
        about = records.find(RecordDecision, id=made.id) if made else []
    return deleted_wording(period_of(about[0].kind).left) if about else session.subject.wording


def retention(session: Session) -> Retention:
    """What is due, what is held, what was erased. Refused while people may be shown at the table only."""
    subject = session.subject
    with session.work.reading() as records:
        refuse_looking(session, records)
        settings = settings_in(records)
        kept = _kept(subject, records, settings.retention_years, session.today)
        decided = {one.id for one in records.find(RecordDecision)}
        certificates = sorted(records.find(Disposal), key=lambda made: made.at, reverse=True)
    soon = add_months(session.today, LOOKED_AHEAD)
    free = [one for one in kept if one.hold is None]
    return Retention(
        settings.retention_years,
        settings.retention_confirmed,
        tuple(one for one in free if one.due_on <= session.today),
        tuple(one for one in kept if one.hold is not None),
        tuple(one for one in free if session.today < one.due_on <= soon),
        tuple(made for made in certificates if made.id not in decided),
    )


def refuse_looking(session: Session, records: Records) -> None:
    """Who may look through all of them, and when. Raises NotAllowed, and Refused while it may not be."""
    subject = session.subject
    if subject.readers:
        session.require(*subject.readers)
    if subject.while_running and records.find(Meeting, state=MeetingState.IN_SESSION):
        raise Refused(subject.while_running)


def _kept(subject: Subject, records: Records, years: int, today: date) -> list[Kept]:
    ended = subject.ended(records)
    holds = records.find(LegalHold, case_id=tuple(one.id for one in ended)) if ended else []
    kept = [
        Kept(one, due_on(one.on, years), standing_hold([h for h in holds if h.case_id == one.id], today))
        for one in ended
    ]
    return sorted(kept, key=lambda one: (one.due_on, one.name))


def confirm_years(session: Session, years: int) -> None:
    """The years are the partnership's own decision from now on, no longer illustrative."""
    session.require(*session.subject.deciding)
    change_settings(session, retention_years=years, retention_confirmed=True)


def keep_longer(session: Session, subject_id: str, reason: str, until: date | None) -> LegalHold:
    """Keep it whatever the years say: for a court, a complaint, an inspection."""
    subject = session.subject
    session.require(*subject.deciding)
    with session.work.step("legal hold") as records:
        refuse_looking(session, records)
        records.get(subject.kind, subject_id)
        made = hold(subject_id, reason, until, session.user_name, session.today, subject.wording)
        records.save(made)
    return made


def lift_hold(session: Session, hold_id: str) -> None:
    """The hold is over; the years count again."""
    session.require(*session.subject.deciding)
    with session.work.step("lifting of a legal hold") as records:
        records.save(lift(records.get(LegalHold, hold_id), session.user_name, session.today))


def named_elsewhere(session: Session, subject_id: str) -> int:
    """How many records that stay name it by its reference: a person looks at them first."""
    subject = session.subject
    with session.work.reading() as records:
        record = records.get(subject.kind, subject_id)
        own = {other.id for other in subject.belonging(records, record)}
    if not record.reference:
        return 0
    return sum(found.record_id not in own for found in session.queries.search(record.reference, MENTIONS))


def erase(session: Session, subject_id: str, reason: str, progress: Progress = unheard) -> Disposal:
    """Erase what is due, for good: its records, every value ever kept of it, its words in the search, and what free
    pages of the file still hold. Leaves the certificate. Raises Refused for what has not ended, is not yet due or is
    held."""
    subject = session.subject
    session.require(*subject.deciding)
    words = given(reason, "Say why it is deleted now. The reason is printed on the certificate.")
    progress(0, 2, "Finding all its records")
    with session.work.reading() as records:
        refuse_looking(session, records)
        record = records.get(subject.kind, subject_id)
        if not any(one.id == subject_id for one in subject.ended(records)):
            raise Refused(subject.not_ended)
    progress(1, 2, "Deleting")
    number, _ = session.work.head()
    with session.work.step(f"deletion of {subject.wording.ended_one}", undoable=False) as records:
        years = settings_in(records).retention_years
        one = next(kept for kept in _kept(subject, records, years, session.today) if kept.id == subject_id)
        refuse_too_early(one.due_on, [one.hold] if one.hold else [], session.today, subject.wording)
        subject.before_erasing(records, record)
        redacted = redact(session, records, Redaction(subject_id, record.reference, words))
        belonging = subject.belonging(records, record)
        for part in belonging:
            records.erase(part)
        still = tuple((f"{STILL_IN}{copy.name}", 1) for copy in earlier_copies(session))
        made = Disposal(
            new_id(),
            one.subject.reference or "without a reference",
            one.subject.on,
            one.due_on,
            years,
            session.now(),
            session.user_name,
            words,
            (*subject.counted(belonging), *((("versions of minutes", redacted),) if redacted else ()), *still),
            number,
        )
        records.save(made)
    session.work.sweep()
    return made


def certificate(session: Session, disposal_id: str) -> bytes:
    """A certificate as a PDF. Raises RuntimeError in a session without a printer of certificates."""
    if session.papers.print_certificate is None:
        raise RuntimeError("a session without a printer of certificates")
    with session.work.reading() as records:
        made, named = records.get(Disposal, disposal_id), settings_in(records)
    return session.papers.print_certificate(made, paper_name(named.town, named.partnership), wording(session, made))
