"""Retention: which closed cases are due, what holds one longer, and erasing one for good when a person says so.

What is left of an erased case is its certificate. Backups made before still hold it until they are rotated out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csp_desktop.domain.actions import Action, ActionAnswer
from csp_desktop.domain.cases import Case, CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.deadlines import add_months
from csp_desktop.domain.disclosures import Disclosure
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.ids import new_id
from csp_desktop.domain.meeting import CaseTurn
from csp_desktop.domain.retention import Disposal, LegalHold, due_on, given, hold, lift, refuse_too_early, standing_hold
from csp_desktop.services.keeping_settings import change_settings, settings_in
from csp_desktop.services.ports import Records
from csp_desktop.services.session import Role, Session

DECIDING = (Role.CHAIR, Role.ADMINISTRATOR)
LOOKED_AHEAD = 6  # months
MENTIONS = 20

Tell = Callable[[int, int, str], None]  # so many of so many, in words; raises to end it before anything is erased


@dataclass(frozen=True)
class KeptCase:
    """A closed case with the day it is due and what holds it."""

    case: Case
    closed_on: date
    due_on: date
    hold: LegalHold | None

    @property
    def name(self) -> str:
        """The reference, or what people call it."""
        return self.case.reference or self.case.title


@dataclass(frozen=True)
class Retention:
    """Everything the page shows."""

    years: int
    confirmed: bool  # else the years are illustrative
    due: tuple[KeptCase, ...]  # the longest due first
    held: tuple[KeptCase, ...]
    coming: tuple[KeptCase, ...]  # due within half a year
    certificates: tuple[Disposal, ...]  # the newest first


def retention(session: Session) -> Retention:
    """What is due, what is held, what was erased."""
    with session.work.reading() as records:
        settings = settings_in(records)
        kept = _closed(records, settings.retention_years, session.today)
        certificates = sorted(records.find(Disposal), key=lambda made: made.at, reverse=True)
    soon = add_months(session.today, LOOKED_AHEAD)
    free = [one for one in kept if one.hold is None]
    return Retention(
        settings.retention_years,
        settings.retention_confirmed,
        tuple(one for one in free if one.due_on <= session.today),
        tuple(one for one in kept if one.hold is not None),
        tuple(one for one in free if session.today < one.due_on <= soon),
        tuple(certificates),
    )


def _closed(records: Records, years: int, today: date) -> list[KeptCase]:
    cases = records.find(Case, status=CaseStatus.CLOSED)
    ids = tuple(case.id for case in cases)
    steps = records.find(StatusChange, case_id=ids, after=CaseStatus.CLOSED) if ids else []
    holds = records.find(LegalHold, case_id=ids) if ids else []
    kept = []
    for case in cases:
        closed = max((s.on for s in steps if s.case_id == case.id), default=case.as_of or case.created_on)
        standing = standing_hold([h for h in holds if h.case_id == case.id], today)
        kept.append(KeptCase(case, closed, due_on(closed, years), standing))
    return sorted(kept, key=lambda one: (one.due_on, one.name))


def confirm_years(session: Session, years: int) -> None:
    """The years are the partnership's own decision from now on, no longer illustrative."""
    session.require(*DECIDING)
    change_settings(session, retention_years=years, retention_confirmed=True)


def hold_case(session: Session, case_id: str, reason: str, until: date | None) -> LegalHold:
    """Keep a closed case whatever the years say: for a court, a complaint, an inspection."""
    session.require(*DECIDING)
    with session.work.step("legal hold") as records:
        records.get(Case, case_id)
        made = hold(case_id, reason, until, session.user_name, session.today)
        records.save(made)
    return made


def lift_hold(session: Session, hold_id: str) -> None:
    """The hold is over; the years count again."""
    session.require(*DECIDING)
    with session.work.step("lifting of a legal hold") as records:
        records.save(lift(records.get(LegalHold, hold_id), session.user_name, session.today))


def named_elsewhere(session: Session, case_id: str) -> int:
    """How many records that stay name the case by its reference: a person looks at them first."""
    with session.work.reading() as records:
        case = records.get(Case, case_id)
        own = {record.id for record in _belonging(records, case)}
    if not case.reference:
        return 0
    return sum(found.record_id not in own for found in session.queries.search(case.reference, MENTIONS))


def erase_case(session: Session, case_id: str, reason: str, tell: Tell = lambda done, total, words: None) -> Disposal:
    """Erase a case that is due, for good: its records, every value ever kept of it, its words in the search, and what
    free pages of the file still hold. Leaves the certificate."""
    session.require(*DECIDING)
    words = given(reason, "Say why it is erased now. The reason stands on the certificate.")
    tell(0, 3, "Looking for everything that belongs to it")
    with session.work.reading() as records:
        case = records.get(Case, case_id)
    if case.status is not CaseStatus.CLOSED:
        raise Refused("Only a closed case can be erased. Close it at a meeting first.")
    tell(1, 3, "Erasing it")
    number, _ = session.work.head()
    with session.work.step("erasing of a closed case", undoable=False) as records:
        years = settings_in(records).retention_years
        one = next(kept for kept in _closed(records, years, session.today) if kept.case.id == case_id)
        refuse_too_early(one.due_on, [one.hold] if one.hold else [], session.today)
        belonging = _belonging(records, case)
        for record in belonging:
            records.erase(record)
        made = Disposal(
            new_id(), case.reference or "without a reference", one.closed_on, one.due_on, years, session.now(),
            session.user_name, words, _counted(belonging), number,
        )  # fmt: skip
        records.save(made)
    session.work.sweep()
    tell(3, 3, "Erased")
    return made


def _belonging(records: Records, case: Case) -> list[Any]:
    """The case last, so that everything about it is still known when it goes."""
    actions = records.find(Action, case_id=case.id)
    found: list[Any] = []
    if actions:
        found += records.find(ActionAnswer, action_id=tuple(action.id for action in actions))
    found += actions
    for kind in (CaseTurn, RiskPoint, StatusChange, Disclosure, LegalHold):
        found += records.find(kind, case_id=case.id)
    return [*found, case]


WORDS = {
    Case: "case",
    CaseTurn: "discussions at meetings",
    Action: "actions",
    ActionAnswer: "answers to actions",
    RiskPoint: "risk scores",
    StatusChange: "steps in its life",
    Disclosure: "disclosure lines",
    LegalHold: "past legal holds",
}


def _counted(belonging: Sequence[Any]) -> tuple[tuple[str, int], ...]:
    counts = [(words, sum(type(record) is kind for record in belonging)) for kind, words in WORDS.items()]
    return tuple((words, count) for words, count in counts if count)


def certificate(session: Session, disposal_id: str) -> bytes:
    """A certificate as a PDF."""
    if session.papers.print_certificate is None:
        raise RuntimeError("a session without a printer of certificates")
    with session.work.reading() as records:
        made, partnership = records.get(Disposal, disposal_id), settings_in(records).partnership
    return session.papers.print_certificate(made, partnership)
