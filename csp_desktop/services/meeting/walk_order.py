"""The cases of the next meeting: their order, their minutes, which to put off, and what the room may read of each."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from enum import Enum

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.clocks import PromiseState
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.meeting.agenda import item_minutes
from csp_desktop.domain.meeting.deferrals import Deferrals
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, TurnState
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.meeting.walk import WalkCase, WalkPlan, least_minutes, plan_walk
from csp_desktop.domain.people.agencies import Agency
from csp_desktop.services.cases.cases import WalkCandidate, deferrals_in, walk_candidates
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

REASON_TO_DEFER = "reason_to_defer"


class OrderBy(Enum):
    """What the walk can be ordered by; the first is the order the group works by."""

    PROMISE = "overdue first"
    RATING = "rating"
    REFERENCE = "reference"
    EARLY = "agency, early leavers first"


Early = AbstractSet[str]  # the names of the agencies that may leave early, folded


def ordered_by(candidates: Sequence[WalkCandidate], by: OrderBy, early: Early = frozenset()) -> list[str]:
    """The cases' ids in this order; `candidates` stand in the order of the walk."""
    return [c.case.id for c in _ordered(candidates, by, early)]


def _ordered(candidates: Sequence[WalkCandidate], by: OrderBy, early: Early) -> list[WalkCandidate]:
    if by is OrderBy.RATING:
        return sorted(candidates, key=lambda c: -(c.case.total or 0))
    if by is OrderBy.REFERENCE:
        return sorted(candidates, key=lambda c: (not c.case.reference, c.case.reference))
    if by is OrderBy.EARLY:
        return sorted(candidates, key=lambda c: not leaves_early(c.case, early))
    return list(candidates)


def early_in(records: Records) -> Early:
    """The agencies that may leave early, by the settings, by every name a case may give them."""
    named = {folded(name) for name in settings_in(records).leave_early}
    rows = [{folded(a.name), folded(a.short_name)} for a in records.find(Agency)] if named else []
    return frozenset(name for names in rows if names & named for name in names if name)


def leaves_early(case: Case, early: Early) -> bool:
    """Whether the agency that leads a case may leave early."""
    return folded(case.lead_agency) in early


def usual_order(records: Records) -> OrderBy:
    """What the walk stands in until somebody orders it: the clocks' order, or by the settings agencies first."""
    return OrderBy.EARLY if settings_in(records).early_first and early_in(records) else OrderBy.PROMISE


def why_there(candidate: WalkCandidate, by: OrderBy | None, early: Early) -> str:
    """Why a case stands where it stands: 'HDAS may leave early. First review 3 days late'."""
    if by is OrderBy.EARLY and leaves_early(candidate.case, early):
        return f"{candidate.case.lead_agency} may leave early. {candidate.why}"
    return candidate.why


def order_cases(session: Session, meeting_id: str, by: OrderBy) -> None:
    """Put the walk in another order. Only the usual order brings itself up to date after an import; any other is the
    chair's own, and new cases follow at its end. Raises Refused for agencies first where none is named."""
    session.require_recorder()
    with session.work.step(f"order of cases: {by.value}") as records:
        candidates, early = walk_candidates(session, records, records.get(Meeting, meeting_id).on), early_in(records)
        if by is OrderBy.EARLY and not early:
            raise Refused("No agency is named that may leave early. Name them in Settings, Meeting.")
        rank = {case_id: n for n, case_id in enumerate(ordered_by(candidates, by, early))}
        why, usual = {c.case.id: why_there(c, by, early) for c in candidates}, usual_order(records)
        turns = records.find(CaseTurn, meeting_id=meeting_id)
        turns.sort(key=lambda t: (rank.get(t.case_id, len(rank)), t.position))
        for position, turn in enumerate(turns, 1):
            said = why.get(turn.case_id, turn.why)
            records.save(replace(turn, position=position, placed_by_hand=by is not usual, why=said))


def fill_walk(session: Session, records: Records, meeting: Meeting) -> int:
    """Bring the walk up to date: closed cases leave it, new ones enter, all stand in the order of the walk; a case put
    at its place by hand stays there. Returns how many left or entered."""
    by, early = usual_order(records), early_in(records)
    candidates = _ordered(walk_candidates(session, records, meeting.on), by, early)
    known = {t.case_id: t for t in records.find(CaseTurn, meeting_id=meeting.id)}
    open_now = {c.case.id for c in candidates}
    gone = [t for t in known.values() if t.case_id not in open_now and t.state is TurnState.TO_DO]
    for turn in gone:
        records.remove(turn)
    planned = dict(walk_plan(records, meeting, candidates).minutes)
    turns = []
    for candidate in candidates:
        case, old = candidate.case, known.get(candidate.case.id)
        if old is None:
            minutes = planned.get(case.id, least_minutes(case.band))
            title = case.title.split(",")[0]
            why = why_there(candidate, by, early)
            turns.append(CaseTurn(new_id(), meeting.id, case.id, 0, minutes, why, room_title=title))
        else:
            why = old.why if old.placed_by_hand else why_there(candidate, by, early)
            turns.append(replace(old, why=why))
    stayed = [t for t in known.values() if t.case_id not in open_now and t not in gone]
    for position, turn in enumerate(_with_places(turns + stayed), 1):
        records.save(replace(turn, position=position))
    return len(gone) + sum(c.case.id not in known for c in candidates)


def _with_places(turns: Sequence[CaseTurn]) -> list[CaseTurn]:
    """The turns in the order given, those placed by hand where they were."""
    arranged = [t for t in turns if not t.placed_by_hand]
    for turn in sorted((t for t in turns if t.placed_by_hand), key=lambda t: t.position):
        arranged.insert(turn.position - 1, turn)
    return arranged


def walk_plan(records: Records, meeting: Meeting, candidates: Sequence[WalkCandidate]) -> WalkPlan:
    """Which of the cases fit the time the other items leave."""
    cases = [
        WalkCase(c.case.id, c.case.band, c.promise.state is PromiseState.BROKEN, c.deferrals.often) for c in candidates
    ]
    items = records.find(AgendaItem, meeting_id=meeting.id)
    others = sum(i.planned_minutes for i in items if i.kind is not ItemKind.CASES)
    return plan_walk(cases, max(0, slot_minutes(meeting) - others), settings_in(records).case_minutes_most)


def slot_minutes(meeting: Meeting) -> int:
    """The meeting's length in minutes."""
    return (meeting.ends.hour - meeting.starts.hour) * 60 + meeting.ends.minute - meeting.starts.minute


def move_turn(session: Session, turn_id: str, to: int) -> None:
    """Put a case at another place of the walk; `to` counts from 1."""
    session.require_recorder()
    with session.work.step("case order") as records:
        turn = replace(records.get(CaseTurn, turn_id), placed_by_hand=True)
        turns = [t for t in records.find(CaseTurn, meeting_id=turn.meeting_id) if t.id != turn_id]
        turns.insert(max(0, min(to - 1, len(turns))), turn)
        for position, each in enumerate(turns, 1):
            records.save(replace(each, position=position))


def move_item(session: Session, item_id: str, to: int) -> None:
    """Put an agenda item at another place. Confidentiality stays first: nothing is said before it. Raises Refused where
    it would not."""
    session.require_recorder()
    with session.work.step("order of the agenda") as records:
        item = records.get(AgendaItem, item_id)
        items = [i for i in records.find(AgendaItem, meeting_id=item.meeting_id) if i.id != item_id]
        items.insert(max(0, min(to - 1, len(items))), item)
        if items[0].kind is not ItemKind.CONFIDENTIALITY:
            raise Refused("Confidentiality stays first: everyone signs before anything is discussed.")
        for position, each in enumerate(items, 1):
            records.save(replace(each, position=position))


def set_item_minutes(session: Session, item_id: str, minutes: int) -> None:
    """Planned minutes of an agenda item, 0 to 180. Raises Refused for others, and for the cases, each of which has its
    own."""
    session.require_recorder()
    item_minutes(minutes)
    with session.work.step("minutes of an item") as records:
        item = records.get(AgendaItem, item_id)
        if item.kind is ItemKind.CASES:
            raise Refused("This item uses the time of its cases. Change their minutes instead.")
        records.save(replace(item, planned_minutes=minutes))


def set_turn_minutes(session: Session, turn_id: str, minutes: int) -> None:
    """Planned minutes of a case, from 1 to the most the settings allow. Raises Refused for others."""
    session.require_recorder()
    with session.work.step("minutes of a case") as records:
        most = settings_in(records).case_minutes_most
        if not 1 <= minutes <= most:
            raise Refused(f"Give between 1 and {most} minutes for a case. The maximum is in Settings, Meeting.")
        records.save(replace(records.get(CaseTurn, turn_id), planned_minutes=minutes))


def propose_to_defer(session: Session, turn_id: str, defer: bool, reason: str = "") -> None:
    """Mark a case as one to defer when time runs out, or take the mark away. The meeting decides. Raises FieldRefused
    without a reason for a case that was put off at the last two meetings."""
    session.require_recorder()
    reason = entered(reason, "The reason")
    with session.work.step("suggested deferral") as records:
        turn = records.get(CaseTurn, turn_id)
        waited = deferrals_in(records, [turn.case_id]).get(turn.case_id, Deferrals())
        if defer and waited.often and not reason:
            raise FieldRefused(REASON_TO_DEFER, f"This case was {waited.words}. Say why it should be deferred again.")
        records.save(replace(turn, propose_defer=defer, reason_to_defer=reason if defer else ""))


def apply_plan(session: Session, meeting_id: str) -> int:
    """Mark the cases that do not fit the slot as proposed to defer, share the time among the others; returns how many
    are proposed. What a person gave a reason for stays as it is."""
    session.require_recorder()
    with session.work.step("suggested deferrals") as records:
        meeting = records.get(Meeting, meeting_id)
        turns = records.find(CaseTurn, meeting_id=meeting_id)
        found = {c.case.id: c for c in walk_candidates(session, records, meeting.on)}
        plan = walk_plan(records, meeting, [found[t.case_id] for t in turns if t.case_id in found])
        minutes = dict(plan.minutes)
        for turn in turns:
            planned = minutes.get(turn.case_id, turn.planned_minutes)
            proposed = turn.case_id in plan.deferred or bool(turn.reason_to_defer)
            records.save(replace(turn, propose_defer=proposed, planned_minutes=planned))
    return len(plan.deferred)


def confirm_room_title(session: Session, turn_id: str, title: str) -> None:
    """A person confirms what the room screen may show of a case; an empty title confirms the reference alone."""
    session.require_recorder()
    with session.work.step("room screen title") as records:
        turn = records.get(CaseTurn, turn_id)
        records.save(replace(turn, room_title=entered(title, "The title"), room_title_confirmed=True))


def confirm_all_room_titles(session: Session, meeting_id: str) -> int:
    """Confirm every room title as it stands, after they were read through; returns how many."""
    session.require_recorder()
    with session.work.step("all room screen titles") as records:
        waiting = [t for t in records.find(CaseTurn, meeting_id=meeting_id) if not t.room_title_confirmed]
        for turn in waiting:
            records.save(replace(turn, room_title_confirmed=True))
    return len(waiting)
