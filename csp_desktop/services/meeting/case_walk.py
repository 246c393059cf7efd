"""Reviewing cases one by one: what is known, what is said, the outcome, the read-back, and on to the next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint, StatusChange
from csp_desktop.domain.cases.clocks import CaseClocks, StaleSign, case_clocks, stale_signs
from csp_desktop.domain.cases.factor_tasks import FactorNow
from csp_desktop.domain.cases.life import taken_back
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting import asking, walk
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.asking import Ask, Promised, Referred, Untold
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import (
    DECIDING,
    MONITORING,
    AtTable,
    Decided,
    Outcome,
    early_close,
    status_after,
)
from csp_desktop.domain.meeting.professionals import refuse_outcome
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.cases.case_links import LinkedCaseRow, links_in
from csp_desktop.services.cases.case_plans import plan_in
from csp_desktop.services.cases.factor_asks import children_asked
from csp_desktop.services.cases.factor_tasks import now_of
from csp_desktop.services.cases.referrals import (
    ReferralRow,
    decide_referral,
    is_unclear,
    named_recipient,
    recipient_names,
    referrals_of_case,
    take_back_referral,
)
from csp_desktop.services.meeting.actions import ActionRow, Officer, action_rows, officers, overdue_first
from csp_desktop.services.meeting.agreed_by_mail import decisions_since
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.meeting.running_meeting import (
    MINUTE,
    done_with,
    drafts_of,
    end_all_typing,
    end_typing,
    fold_drafts,
    in_time,
    leave,
    move,
)
from csp_desktop.services.meeting.table_time import at_table, note_reader
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records, StepKind
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class LastMinute:
    """What was minuted for a case the time before."""

    on: date
    note: str
    outcome: Outcome | None
    refer_to: str = ""
    closed_at: datetime | None = None  # that meeting


@dataclass(frozen=True)
class OutcomeRow:
    """One of the outcomes: what it leads to, or why it cannot be chosen."""

    outcome: Outcome
    leads_to: str
    refused: str = ""
    brief: str = ""  # what it leads to in a word or two


@dataclass(frozen=True)
class LiveCaseRow:
    """One case in hand: everything its screen shows."""

    turn: CaseTurn  # with what is being typed in it
    case: Case
    points: tuple[RiskPoint, ...]
    change: int | None
    lead: Officer
    last: tuple[ActionRow, ...]  # agreed before, open or answered since
    agreed: tuple[ActionRow, ...]  # agreed now
    last_minute: LastMinute | None
    between: tuple[AgreedByMail, ...]  # decided by email since
    outcomes: tuple[OutcomeRow, ...]
    missing: tuple[walk.Missing, ...]  # before the read-back
    to_complete: tuple[walk.Missing, ...]  # then or later
    saved_at: datetime | None  # of what is being typed
    clocks: CaseClocks
    stale: tuple[StaleSign, ...]  # why the rating may no longer tell how things are
    agencies: tuple[str, ...]  # and bodies to refer to
    settings: Settings
    on: date
    following: date  # the next meeting: agreed, planned or proposed
    next_on: date | None  # as agreed at this one
    officers: Mapping[str, Officer]  # everyone an action can belong to
    factor_now: Mapping[str, FactorNow] = field(default_factory=dict)  # by the task's id, where assessed since
    referrals: tuple[ReferralRow, ...] = ()  # the most pressing first
    linked: tuple[LinkedCaseRow, ...] = ()  # the cases that belong with it
    children: str = ""  # what is asked about children at home
    plan: str = ""  # its aim, next step and review, in one line

    @property
    def answered(self) -> int:
        """How many of last time's actions are done."""
        return sum(r.action.state is ActionState.DONE for r in self.last)

    @property
    def went_up(self) -> bool:
        """Whether the risk rose."""
        return self.change is not None and self.change > 0

    @property
    def names_someone(self) -> bool:
        """Whether a specialist or agency must be named."""
        return walk.names_someone(self.turn, self.change)


def ask_now(row: LiveCaseRow, here: Collection[str] = ()) -> Ask | None:
    """What the chair asks first; `here` are the ids of the people present. An action agreed for this meeting before it
    is asked about too."""
    before = (*row.last, *(one for one in row.agreed if one.action.agreed_on < row.on))
    promised = [Promised(one.action, one.officer.name, one.officer.agency, _points_now(row, one)) for one in before]
    to_tell = Untold(row.lead.name or row.lead.agency, row.children) if row.children else None
    return asking.ask_now(promised, _referred(row), row.on, here, untold=to_tell)


def _referred(row: LiveCaseRow) -> Referred | None:
    """The referral that waits longest; for a decision from before referrals were kept, what it said in words."""
    waiting = [one for one in row.referrals if one.referral.is_open and one.referral.on < row.on]
    if waiting:
        return Referred(waiting[0].to, waiting[0].referral.on, waiting[0].late)
    last = row.last_minute
    kept = last is not None and any(one.referral.on == last.on for one in row.referrals)
    return Referred(last.refer_to, last.on) if last is not None and last.refer_to and not kept else None


def _points_now(row: LiveCaseRow, one: ActionRow) -> int | None:
    now = row.factor_now.get(one.action.id)
    return now.points if now is not None else None


@dataclass(frozen=True)
class ReadBack:
    """What is read out before a case is done."""

    title: str
    decision: str
    details: tuple[str, ...]
    actions: tuple[ActionRow, ...]
    open_questions: tuple[str, ...]  # not asked or not told; minuted as such


def live_case(session: Session, turn_id: str) -> LiveCaseRow:
    """Everything about the case in hand, read at once."""
    with session.work.reading() as records:
        stored = records.get(CaseTurn, turn_id)
        turn = fold_drafts(session, stored)
        case, meeting = records.get(Case, turn.case_id), records.get(Meeting, turn.meeting_id)
        known, agencies = officers(records), records.find(Agency)
        points = in_time(records.find(RiskPoint, case_id=case.id))
        change = walk.change_of_risk(points)
        actions, history = records.find(Action, case_id=case.id), records.find(CaseTurn, case_id=case.id)
        held = {m.id: m for m in records.find(Meeting, id=[t.meeting_id for t in history])}
        last_turn = _last_turn(history, held, meeting)
        assessed = now_of(records, case.id, actions)
        earlier = [a for a in actions if a.meeting_id != meeting.id and _still_told(a, last_turn, assessed)]
        earlier = overdue_first(records, earlier, meeting.on, meeting.id)
        here, reviews = [a for a in actions if a.meeting_id == meeting.id], _reviews(history, held)
        at = _at_table(session, records, case, meeting)
        return LiveCaseRow(
            turn=turn,
            case=case,
            points=points,
            change=change,
            lead=_lead(known, case),
            last=action_rows(records, earlier, meeting.on, meeting.id, known),
            agreed=action_rows(records, here, meeting.on, meeting.id, known, turn.read_back_at),
            last_minute=last_turn,
            between=decisions_since(records, case.id, last_turn.closed_at if last_turn else None),
            outcomes=_outcomes(at, meeting),
            missing=walk.missing(turn, at),
            to_complete=walk.to_complete(turn, case, change, unclear=is_unclear(turn.refer_to, agencies)),
            saved_at={d.field: d.at for d in drafts_of(session, stored)}.get("note"),
            clocks=case_clocks(case, points, reviews, meeting.on, at.following, at.settings),
            stale=stale_signs(case, points, reviews, actions, meeting.on, at.settings),
            agencies=recipient_names(agencies),
            referrals=referrals_of_case(records, case.id, meeting.on),
            settings=at.settings,
            on=meeting.on,
            following=at.following,
            next_on=meeting.next_on,
            officers=known,
            factor_now=assessed,
            linked=links_in(records, case.id),
            children=children_asked(records, case),
            plan=plan_in(records, case, meeting.on).words,
        )


def _at_table(session: Session, records: Records, case: Case, meeting: Meeting) -> AtTable:
    return AtTable(case, meeting.on, next_meeting_day(session, records, meeting), settings_in(records))


def with_agreed(session: Session, row: LiveCaseRow) -> LiveCaseRow:
    """The case in hand after an action was agreed, changed or taken away: nothing else of it is read again."""
    with session.work.reading() as records:
        turn = records.get(CaseTurn, row.turn.id)
        here = records.find(Action, case_id=turn.case_id, meeting_id=turn.meeting_id)
        agreed = action_rows(records, here, row.on, turn.meeting_id, row.officers, turn.read_back_at)
    return replace(row, turn=replace(row.turn, changed_at=turn.changed_at), agreed=agreed)


def _reviews(history: Sequence[CaseTurn], held: Mapping[str, Meeting]) -> list[date]:
    """The days on which this group decided something about the case; a deferral is no review."""
    decided = [t for t in history if t.state is TurnState.DONE and t.outcome in DECIDING]
    return sorted(held[t.meeting_id].on for t in decided)


def _lead(known: dict[str, Officer], case: Case) -> Officer:
    for officer in known.values():
        if officer.name == case.lead_officer or officer.name.endswith(f" {case.lead_officer}"):
            return officer
    return Officer("", case.lead_officer, "", case.lead_agency)


def _last_turn(history: Sequence[CaseTurn], held: Mapping[str, Meeting], meeting: Meeting) -> LastMinute | None:
    closed = {m.id: m for m in held.values() if m.state is MeetingState.CLOSED and m.on < meeting.on}
    earlier = [t for t in history if t.meeting_id in closed and (t.note or t.outcome)]
    if not earlier:
        return None
    last = max(earlier, key=lambda t: closed[t.meeting_id].on)
    then = closed[last.meeting_id]
    return LastMinute(then.on, last.note, last.outcome, last.refer_to, then.closed_at)


def _still_told(action: Action, last: LastMinute | None, assessed: Mapping[str, FactorNow]) -> bool:
    """Open ones, those answered since the case was last at the table, and those done for a factor that nobody has
    assessed since."""
    if action.state is ActionState.OPEN or last is None:
        return True
    if action.factor and action.state is ActionState.DONE and action.id not in assessed:
        return True
    return action.agreed_on >= last.on or (action.closed_on is not None and action.closed_on > last.on)


def _outcomes(at: AtTable, meeting: Meeting) -> tuple[OutcomeRow, ...]:
    rows = []
    for outcome in Outcome:
        try:
            refuse_outcome(meeting, outcome)
        except Refused as why:
            rows.append(OutcomeRow(outcome, "at the CPG", why.sentence, "CPG"))
            continue
        try:
            status_after(at.case.status, outcome)
        except Refused as why:
            rows.append(OutcomeRow(outcome, "after monitoring", why.sentence, "not yet"))
        else:
            rows.append(OutcomeRow(outcome, outcome.rule.leads_to(at), brief=outcome.rule.brief(at)))
    return tuple(rows)


def open_turn(session: Session, turn_id: str) -> Meeting:
    """Turn to a case of the walk."""
    session.require_recorder()
    end_all_typing(session)
    with session.work.step("going to another case", kind=StepKind.GOING) as records:
        turn = records.get(CaseTurn, turn_id)
        meeting = records.get(Meeting, turn.meeting_id)
        return move(session, records, meeting, _cases_item(records, meeting.id), turn)


def _cases_item(records: Records, meeting_id: str) -> AgendaItem | None:
    return next((i for i in records.find(AgendaItem, meeting_id=meeting_id) if i.kind is ItemKind.CASES), None)


def keep_typing(session: Session, turn_id: str, text: str, field: str = "note") -> datetime:
    """Commit what is being typed in a case's note, reason, referral or dissent; returns when it was saved."""
    session.require_recorder()
    return session.work.keep_draft(CaseTurn, turn_id, field, text)


def end_note(session: Session, turn_id: str) -> None:
    """The field was left: what was typed becomes part of the record."""
    end_typing(session, CaseTurn, turn_id, MINUTE)


def choose_outcome(session: Session, turn_id: str, outcome: Outcome) -> CaseTurn:
    """The outcome people agree on. Raises Refused for a case done already: it is taken up again first."""
    session.require_recorder()
    end_all_typing(session)
    with session.work.step(f"outcome: {outcome.rule.word}") as records:
        turn = records.get(CaseTurn, turn_id)
        if turn.state is TurnState.DONE:
            raise Refused("This case is finished. Undo its read-back, or reopen it first.")
        case = records.get(Case, turn.case_id)
        meeting = records.get(Meeting, turn.meeting_id)
        refuse_outcome(meeting, outcome)
        after = walk.choose(turn, case, outcome, meeting.on, settings_in(records))
        records.save(after)
    return after


def say(
    session: Session,
    turn_id: str,
    *,
    reason: str | None = None,
    refer_to: str | None = None,
    intervention_planned: bool | None = None,
    cmht_told: bool | None = None,
    repeat_victim_asked: bool | None = None,
    dissent: str | None = None,
    review_told: bool | None = None,
) -> CaseTurn:
    """Fill in what belongs to the decision; what is not given stays as it is. `review_told` says of the case whether
    the victim was told of the right to a review."""
    session.require_recorder()
    given: dict[str, Any] = {
        "reason": reason,
        "refer_to": refer_to,
        "intervention_planned": intervention_planned,
        "cmht_told": cmht_told,
        "repeat_victim_asked": repeat_victim_asked,
        "dissent": dissent,
    }
    end_all_typing(session)
    with session.work.step("discussion of a case") as records:
        said = {name: _tidy(value) for name, value in given.items() if value is not None}
        if "refer_to" in said:
            said["refer_to"] = named_recipient(records, said["refer_to"])
        before = records.get(CaseTurn, turn_id)
        at = at_table(session, records, before.meeting_id)
        turn = walk.touched(replace(before, **said), before, at)
        records.save(turn)
        if turn.state is TurnState.DONE and turn.refer_to != before.refer_to:
            decide_referral(records, turn, records.get(Meeting, turn.meeting_id))
        if review_told is not None:
            on, by = (records.get(Meeting, turn.meeting_id).on, session.user_name) if review_told else (None, "")
            records.save(replace(records.get(Case, turn.case_id), review_told_on=on, review_told_by=by))
    return turn


def _tidy(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def read_back(row: LiveCaseRow) -> ReadBack:
    """What is read out. Raises Refused while something is missing."""
    if row.missing:
        raise Refused(row.missing[0].sentence)
    turn = row.turn
    assert turn.outcome is not None  # else it is missing
    early = early_close(row.case, row.on, row.settings)
    said = turn.outcome.rule.read_back(Decided(turn.monitor_until, row.next_on, early))
    details = [said] if said else []
    if turn.refer_to:
        details.append(turn.outcome.to(turn.refer_to))
    if turn.intervention_planned is not None:
        details.append("An intervention is planned" if turn.intervention_planned else "No intervention is planned")
    if turn.reason:
        details.append(f"Reason: {turn.reason}")
    if turn.dissent:
        details.append(f"Dissent: {turn.dissent}")
    questions = [one.told for one in row.to_complete]
    decision = turn.outcome.rule.word.capitalize()
    return ReadBack(row.case.title, decision, tuple(details), row.agreed, tuple(questions))


def accept(session: Session, turn_id: str) -> Meeting:
    """The read-back is accepted: its time is minuted, the life of the case goes on, and the meeting with it: to the
    next case, those skipped at the end, then to the next item. Raises Refused for a case that is done, and while
    something is missing."""
    session.require_recorder()
    end_all_typing(session)
    with session.work.step("read-back of a case") as records:
        stored = records.get(CaseTurn, turn_id)
        if stored.state is TurnState.DONE:
            raise Refused("This case is already finished.")
        meeting = records.get(Meeting, stored.meeting_id)
        leave(session, records, meeting, item_too=False)
        turn = records.get(CaseTurn, turn_id)
        case = records.get(Case, turn.case_id)
        at = at_table(session, records, meeting.id)
        turn = walk.accept(turn, _at_table(session, records, case, meeting), at)
        records.save(turn)
        note_reader(session, records, meeting.id, turn.id)
        _live_on(session, records, turn, case, meeting)
        decide_referral(records, turn, meeting)
        return _go_on(session, records, turn, replace(meeting, current_turn_id=""))


def _live_on(session: Session, records: Records, turn: CaseTurn, case: Case, meeting: Meeting) -> None:
    after = walk.case_after(case, turn, meeting.on, session.user_name)
    if after.case != case:
        records.save(after.case)
    if after.change is not None:
        records.save(after.change)


def _go_on(session: Session, records: Records, turn: CaseTurn, meeting: Meeting) -> Meeting:
    item = _cases_item(records, meeting.id)
    following = walk.following(records.find(CaseTurn, meeting_id=meeting.id), turn.id)
    if following is None and item is not None:
        return done_with(session, records, item)
    return move(session, records, meeting, item, following)


def take_up_again(session: Session, turn_id: str) -> None:
    """There is more to say about a case that is done: the case goes back to where it stood before its read-back."""
    session.require_recorder()
    with session.work.step("reopening a case") as records:
        turn = records.get(CaseTurn, turn_id)
        case = records.get(Case, turn.case_id)
        case, gone = taken_back(case, records.find(StatusChange, case_id=case.id, meeting_id=turn.meeting_id))
        for change in gone:
            records.remove(change)
        if gone or (turn.outcome and turn.outcome.rule.monitors):
            case = replace(case, monitoring_since=_monitored_before(records, case, turn.meeting_id))
        records.save(case)
        take_back_referral(records, turn)
        records.save(replace(turn, state=TurnState.OUTCOME_CHOSEN, read_back_at=None, changed_at=None))


def _monitored_before(records: Records, case: Case, meeting_id: str) -> date | None:
    """Since when the case was monitored before this meeting's decision, which is taken back."""
    if case.status is not CaseStatus.MONITORING:
        return None
    turns = records.find(CaseTurn, case_id=case.id, state=TurnState.DONE, outcome=MONITORING)
    others = [t.meeting_id for t in turns if t.meeting_id != meeting_id]
    held = records.find(Meeting, id=others) if others else []
    began = [c.on for c in records.find(StatusChange, case_id=case.id, after=CaseStatus.MONITORING) if c.before]
    return max([*(m.on for m in held), *began], default=None)
