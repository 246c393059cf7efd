"""Referrals: made on a case's page or by what a meeting decides, asked about until they are answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.domain.cases import referrals as rules
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.referrals import (
    BODIES,
    BY_WORD,
    CmhtPart,
    Referral,
    ReferralAnswer,
    ReferralBody,
    most_pressing,
)
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

GROUP = "the CPG"


@dataclass(frozen=True)
class ReferralRow:
    """A referral with the case it is of, to whom in words, and how it stands today."""

    referral: Referral
    case: Case
    to: str
    today: date

    @property
    def late(self) -> int:
        """Days since an answer was due."""
        return self.referral.days_late(self.today)

    @property
    def standing(self) -> str:
        """'3 days overdue', 'Answer by Thu 10 Dec', 'Taken on Tue 1 Dec', 'Withdrawn'."""
        one = self.referral
        if one.withdrawn_on is not None:
            if one.was_not_needed:
                return f"Not needed, {screen_day(one.withdrawn_on, self.today)}"
            return f"Withdrawn {screen_day(one.withdrawn_on, self.today)}"
        if one.answer is not None and one.answered_on is not None:
            return f"{one.answer.value.capitalize()}, {screen_day(one.answered_on, self.today)}"
        if self.late:
            return overdue_words(self.late)
        return f"Answer by {screen_day(one.answer_by, self.today)}" if one.answer_by else "No answer yet"

    @property
    def referred_words(self) -> str:
        """'Referred Thu 26 Nov by the CPG: why'. Of a restricted one that is all there is."""
        one = self.referral
        if one.was_not_needed:
            return f"Noted as not needed {screen_day(one.on, self.today)} by {one.by}"
        why = f": {one.why}" if one.why else ""
        return f"Referred {screen_day(one.on, self.today)} by {one.by}{why}"


def to_words(referral: Referral, agencies: Mapping[str, Agency]) -> str:
    """'CMHT', 'Change Grow Live'."""
    if referral.body is ReferralBody.AGENCY:
        agency = agencies.get(referral.agency_id)
        return agency.name if agency is not None else "An agency that was removed"
    return referral.body.rule.name


def _agencies(records: Records) -> dict[str, Agency]:
    return {agency.id: agency for agency in records.find(Agency)}


def rows_in(records: Records, found: Iterable[Referral], today: date) -> tuple[ReferralRow, ...]:
    """Inside a transaction: these with their cases, the most pressing first."""
    known = list(found)
    ids = tuple({one.case_id for one in known})
    cases = {case.id: case for case in records.find(Case, id=ids)} if ids else {}
    agencies = _agencies(records)
    pressing = most_pressing(sorted(known, key=lambda one: cases[one.case_id].reference), today)
    return tuple(ReferralRow(one, cases[one.case_id], to_words(one, agencies), today) for one in pressing)


def referrals_of_case(records: Records, case_id: str, today: date) -> tuple[ReferralRow, ...]:
    """Inside a transaction: those of one case, the most pressing first."""
    return rows_in(records, records.find(Referral, case_id=case_id), today)


def referrals(session: Session, case_id: str = "") -> tuple[ReferralRow, ...]:
    """All of them, or those of one case, the most pressing first."""
    with session.work.reading() as records:
        found = records.find(Referral, case_id=case_id) if case_id else records.find(Referral)
        return rows_in(records, found, session.today)


def open_referrals_in(records: Records, today: date) -> tuple[ReferralRow, ...]:
    """Inside a transaction: those that wait for an answer."""
    return rows_in(records, records.find(Referral, answer=None, withdrawn_on=None), today)


def recipients(session: Session) -> tuple[tuple[str, str], ...]:
    """To whom a case can be referred: (key, name), the bodies first, then the agencies by name."""
    with session.work.reading() as records:
        agencies = sorted((a for a in records.find(Agency) if a.active), key=lambda a: a.name.casefold())
        agencies = [agency for agency in agencies if rules.body_called(agency.name) is None]
    bodies = tuple((body.value, body.rule.name) for body in BODIES)
    return (*bodies, *((f"{ReferralBody.AGENCY.value}:{agency.id}", agency.name) for agency in agencies))


def recipient_names(agencies: Iterable[Agency]) -> tuple[str, ...]:
    """To whom a case can be referred, by name."""
    named = {agency.name for agency in agencies if agency.active and rules.body_called(agency.name) is None}
    names = named | {body.rule.name for body in BODIES}
    return tuple(sorted(names, key=str.casefold))


def _recipient(key: str) -> tuple[ReferralBody | None, str]:
    body, _, agency_id = key.partition(":")
    return BY_WORD.get(body), agency_id


def refer(session: Session, case_id: str, to: str, why: str, answer_by: date | None = None) -> Referral:
    """Refer a case; `to` is a key of `recipients`. A case referred to the CMHT has it informed. Raises FieldRefused at
    the field that is not in order."""
    session.require_case_worker()
    body, agency_id = _recipient(to)
    with session.work.step("referral of a case") as records:
        case = records.get(Case, case_id)
        known = records.find(Referral, case_id=case_id)
        made = rules.refer(
            case_id, body, agency_id, why, session.today, session.user_name, answer_by=answer_by, known=known
        )
        records.save(made)
        _tell_cmht(records, case, made)
    return made


def note_not_needed(session: Session, case_id: str, to: str, why: str) -> Referral:
    """No referral to this one of `recipients` is needed, and why; it is not asked about again. Raises FieldRefused at
    the field that is not in order."""
    session.require_case_worker()
    body, agency_id = _recipient(to)
    with session.work.step("a referral is not needed") as records:
        records.get(Case, case_id)
        noted = rules.not_needed(case_id, body, agency_id, why, session.today, session.user_name)
        records.save(noted)
    return noted


def _tell_cmht(records: Records, case: Case, made: Referral) -> None:
    if made.body is ReferralBody.CMHT and case.cmht_told_on is None:
        records.save(replace(case, cmht_told_on=made.on))


def _changed(session: Session, referral_id: str, words: str, change: Callable[[Referral], Referral]) -> Referral:
    session.require_case_worker()
    with session.work.step(words) as records:
        after = change(records.get(Referral, referral_id))
        records.save(after)
    return after


def answer(
    session: Session,
    referral_id: str,
    given: ReferralAnswer | None,
    on: date | None = None,
    came_back: str = "",
    next_step: str = "",
) -> Referral:
    """What came back, today unless another day is given. Raises FieldRefused at the field that is not in order."""
    on = on or session.today
    return _changed(
        session,
        referral_id,
        "answer to a referral",
        lambda one: rules.answered(one, given, on, session.today, came_back, next_step),
    )


def remove_answer(session: Session, referral_id: str) -> Referral:
    """The answer was entered by mistake."""
    return _changed(session, referral_id, "answer to a referral removed", rules.reopened)


def withdraw(session: Session, referral_id: str, why: str) -> Referral:
    """It is no longer asked for. Raises FieldRefused without a reason."""
    return _changed(session, referral_id, "referral withdrawn", lambda one: rules.withdrawn(one, why, session.today))


def set_part(session: Session, referral_id: str, part: CmhtPart | None) -> Referral:
    """Whether the CMHT leads the case or gives clinical direction."""
    return _changed(session, referral_id, "part of the CMHT in a case", lambda one: rules.taking_part(one, part))


def write_note(session: Session, referral_id: str, note: str) -> Referral:
    """The hand-over note of a restricted referral, as it is written."""
    return _changed(session, referral_id, "note for a panel", lambda one: rules.noted(one, note))


def hand_over(session: Session, referral_id: str) -> Referral:
    """The panel has the note. It is forgotten for good here, in the journal and drafts too: the step cannot be
    undone."""
    session.require_case_worker()
    with session.work.step("note given to the panel", undoable=False) as records:
        after = rules.handed_over(records.get(Referral, referral_id), session.today)
        records.rewrite(after)
    return after


def named_recipient(records: Records, words: str) -> str:
    """Words typed at the table, as the agency or body they mean is called; else as they are."""
    meant = rules.resolve(words, records.find(Agency))
    if meant is None:
        return words
    body, agency_id = meant
    return records.get(Agency, agency_id).name if agency_id else body.rule.name


def is_unclear(words: str, agencies: Iterable[Agency]) -> bool:
    """Whether words were typed that mean no agency and no body."""
    return bool(words.strip()) and rules.resolve(words, agencies) is None


def is_restricted(key: str) -> bool:
    """Whether the details of a referral to this one of `recipients` go to its panel alone."""
    body, _ = _recipient(key)
    return body is not None and body.rule.restricted


def hand_over_paper(session: Session, referral_id: str) -> bytes:
    """The note for a panel as a PDF. Raises FieldRefused without a note; RuntimeError in a session without a
    printer."""
    if session.papers.print_hand_over_note is None:
        raise RuntimeError("a session without a printer of notes")
    with session.work.reading() as records:
        one, named = records.get(Referral, referral_id), settings_in(records)
        case = records.get(Case, one.case_id)
    rules.require_note(one)
    return session.papers.print_hand_over_note(
        one, reference_of(case), paper_name(named.town, named.partnership), session.now()
    )


def decide_referral(records: Records, turn: CaseTurn, meeting: Meeting) -> None:
    """Inside a transaction: what a meeting decided about a case makes its referral, or changes the one it made while
    nobody has answered it. Words that name no agency and no body make none; the table is asked to choose."""
    made = [one for one in records.find(Referral, case_id=turn.case_id) if one.meeting_id == meeting.id]
    meant = rules.resolve(turn.refer_to, records.find(Agency))
    if any(one.answer is not None or (one.body, one.agency_id) == meant for one in made):
        return
    take_back_referral(records, turn)
    if meant is None:
        return
    known = [one for one in records.find(Referral, case_id=turn.case_id) if one.is_open]
    if any((one.body, one.agency_id) == meant for one in known):
        return  # it waits for an answer already
    case = records.get(Case, turn.case_id)
    referral = rules.refer(turn.case_id, *meant, turn.reason, meeting.on, GROUP, meeting_id=meeting.id)
    records.save(referral)
    _tell_cmht(records, case, referral)


def take_back_referral(records: Records, turn: CaseTurn) -> None:
    """Inside a transaction: the decision is talked about again, so its referral goes, unless it was answered."""
    for one in records.find(Referral, case_id=turn.case_id, meeting_id=turn.meeting_id):
        if not one.is_open:
            continue
        records.remove(one)
        case = records.get(Case, turn.case_id)
        if one.body is ReferralBody.CMHT and case.cmht_told_on == one.on and not turn.cmht_told:
            records.save(replace(case, cmht_told_on=None))


def referral_facts(rows: Sequence[ReferralRow]) -> list[dict[str, Any]]:
    """For the command line: `[{"direction": "out", "case", "to", "by", "on", "why", "answer_by", "days_late", "state",
    "answer", "answered_on", "restricted"}]`; of a restricted one nothing else stands anywhere."""
    return [
        {
            "direction": "out",
            "case": row.case.reference,
            "to": row.to,
            "by": row.referral.by,
            "on": row.referral.on.isoformat(),
            "why": row.referral.why,
            "answer_by": row.referral.answer_by.isoformat() if row.referral.answer_by else None,
            "days_late": row.late,
            "state": _state(row.referral),
            "answer": row.referral.answer.value if row.referral.answer else None,
            "answered_on": row.referral.answered_on.isoformat() if row.referral.answered_on else None,
            "restricted": row.referral.is_restricted,
        }
        for row in rows
    ]


def _state(referral: Referral) -> str:
    if referral.withdrawn_on is not None:
        return "not needed" if referral.was_not_needed else "withdrawn"
    return "open" if referral.is_open else "answered"
