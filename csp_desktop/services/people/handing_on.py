"""What a person owns, and handing it on in one step: every kind of thing that carries a person is declared in `OWNED`.

Due dates stay as they are: what was overdue stays overdue with its new owner.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csp_desktop.domain.cases.case_plan import PlanStep, PlanStepState, StepStands, last_day
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.referrals import Referral
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.absences import StandIn
from csp_desktop.domain.meeting.actions import Action, ActionState, of_owners
from csp_desktop.domain.meeting.agenda import Presentation
from csp_desktop.domain.meeting.issues import EmergingIssue, IssueState
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.professionals import ProfessionalsMeeting
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.minutes.protection import shown
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.people.handing_on import (
    HandedOn,
    OwnedKind,
    handed_words,
    is_called,
    require_some,
    require_successor,
)
from csp_desktop.services.cases.cases import OPEN
from csp_desktop.services.cases.referrals import open_referrals_in
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

NO_DATE = "No date set"


@dataclass(frozen=True)
class Thing:
    """One thing a person owns. `key` names it among all of them."""

    kind: OwnedKind
    record: Any
    title: str
    about: str = ""  # the case's reference, the place
    due: date | None = None

    @property
    def key(self) -> str:
        """'actions:' and the record's id."""
        return f"{self.kind.value}:{self.record.id}"

    @property
    def case_id(self) -> str:
        """The case it is about; empty for none."""
        return self.record.id if isinstance(self.record, Case) else getattr(self.record, "case_id", "")

    def late(self, today: date) -> int:
        """Days since it was due."""
        return days_overdue(self.due, today)

    def due_words(self, today: date) -> str:
        """'12 days overdue', 'Due Thu 10 Dec'; nothing where it never has a date."""
        if self.due is None:
            return NO_DATE if self.kind in (OwnedKind.ACTIONS, OwnedKind.ACTIONS_WITH) else ""
        late = self.late(today)
        return overdue_words(late) if late else f"Due {screen_day(self.due, today)}"


@dataclass(frozen=True)
class Owned:
    """One kind of thing a person can own: the record's class and field that say so, how it is counted, which of them
    are open, and the record with its new owner (None where only the handing on is kept)."""

    kind: OwnedKind
    record: type[Any]
    field: str
    words: tuple[str, str]  # 'open action', 'open actions'
    found: Callable[[Records, Member, date], Iterable[Thing]]
    given: Callable[[Any, Member, Member], Any | None]


def _references(records: Records, actions: Sequence[Action]) -> dict[str, str]:
    ids = tuple({one.case_id for one in actions if one.case_id})
    return {case.id: reference_of(case) for case in records.find(Case, id=ids)} if ids else {}


def _action_things(records: Records, kind: OwnedKind, actions: Sequence[Action]) -> Iterable[Thing]:
    names = _references(records, actions)
    return [Thing(kind, one, shown(one.what), names.get(one.case_id, ""), one.due) for one in actions]


def _led(records: Records, owner: Member, today: date) -> Iterable[Thing]:
    found = records.find(Action, officer_id=owner.id, state=ActionState.OPEN)
    return _action_things(records, OwnedKind.ACTIONS, found)


def _beside(records: Records, owner: Member, today: date) -> Iterable[Thing]:
    found = [one for one in records.find(Action, state=ActionState.OPEN) if owner.id in one.with_ids]
    return _action_things(records, OwnedKind.ACTIONS_WITH, found)


def _in_place(action: Action, owner: Member, to: Member) -> Action:
    return of_owners(action, with_ids=tuple(to.id if one == owner.id else one for one in action.with_ids))


def _issues(records: Records, owner: Member, today: date) -> Iterable[Thing]:
    found = records.find(EmergingIssue, owner_id=owner.id, state=IssueState.OPEN)
    return [Thing(OwnedKind.ISSUES, one, one.title, one.place, one.next_by) for one in found]


def _handed(records: Records, kind: OwnedKind) -> dict[str, HandedOn]:
    """The last time each of them was handed on, by the record's id."""
    return {one.record_id: one for one in sorted(records.find(HandedOn, kind=kind), key=lambda one: one.at)}


def _made_by(referral: Referral, owner: Member) -> bool:
    return folded(referral.by) in {folded(owner.user_name), folded(owner.name)} - {""}


def _referrals(records: Records, owner: Member, today: date) -> Iterable[Thing]:
    """Those they made, and those they took on, while an answer is awaited."""
    last = _handed(records, OwnedKind.REFERRALS)
    for row in open_referrals_in(records, today):
        taken = last.get(row.referral.id)
        if taken.to_id == owner.id if taken is not None else _made_by(row.referral, owner):
            yield Thing(OwnedKind.REFERRALS, row.referral, row.to, reference_of(row.case), row.referral.answer_by)


def _cases(records: Records, owner: Member, today: date) -> Iterable[Thing]:
    found = [case for case in records.find(Case, status=OPEN) if is_called(owner.name, case.lead_officer)]
    return [Thing(OwnedKind.CASES, case, case.title, reference_of(case)) for case in found]


def _of_cases(
    records: Records, kind: OwnedKind, found: Sequence[Any], title: str, due: Callable[[Any], date]
) -> Iterable[Thing]:
    ids = tuple({one.case_id for one in found})
    cases = {case.id: case for case in records.find(Case, id=ids)} if ids else {}
    for one in found:
        yield Thing(kind, one, shown(getattr(one, title)), reference_of(cases[one.case_id]), due(one))


def _steps(records: Records, owner: Member, today: date) -> Iterable[Thing]:
    """Steps that are planned, those an action does that has ended left out."""
    found = records.find(PlanStep, owner_id=owner.id, state=PlanStepState.PLANNED)
    ids = tuple(one.action_id for one in found if one.action_id)
    acted = {one.id: one for one in records.find(Action, id=ids)} if ids else {}
    still = [one for one in found if StepStands(one, acted.get(one.action_id)).is_open]
    return _of_cases(records, OwnedKind.PLAN_STEPS, still, "what", lambda one: last_day(one.month))


def _reports(records: Records, owner: Member, today: date) -> Iterable[Thing]:
    found = records.find(ProfessionalsMeeting, lead_id=owner.id, reported_on=None)
    return _of_cases(records, OwnedKind.REPORTS, found, "why", lambda one: one.report_by)


def _planned(records: Records, kind: OwnedKind, **owner: str) -> Iterable[Thing]:
    found = records.find(Meeting, state=MeetingState.PLANNED, **owner)
    return [Thing(kind, one, f"Meeting of {screen_day(one.on, one.on)}", one.venue) for one in found]


def _before(records: Records, kind: OwnedKind, found: Iterable[Any], title: Callable[[Any], str]) -> Iterable[Thing]:
    """Those of meetings that have not ended."""
    coming = {one.id: one for one in records.find(Meeting) if one.state is not MeetingState.CLOSED}
    for one in found:
        if one.meeting_id in coming:
            on = coming[one.meeting_id].on
            yield Thing(kind, one, title(one), f"Meeting of {screen_day(on, on)}")


OWNED: tuple[Owned, ...] = (
    Owned(
        OwnedKind.ACTIONS,
        Action,
        "officer_id",
        ("open action", "open actions"),
        _led,
        lambda one, owner, to: of_owners(one, officer_id=to.id),
    ),
    Owned(
        OwnedKind.ACTIONS_WITH,
        Action,
        "with_ids",
        ("action they are named with", "actions they are named with"),
        _beside,
        _in_place,
    ),
    Owned(
        OwnedKind.ISSUES,
        EmergingIssue,
        "owner_id",
        ("emerging issue", "emerging issues"),
        _issues,
        lambda one, owner, to: replace(one, owner_id=to.id),
    ),
    Owned(
        OwnedKind.REFERRALS,
        Referral,
        "by",
        ("referral without an answer", "referrals without an answer"),
        _referrals,
        lambda one, owner, to: None,
    ),
    Owned(
        OwnedKind.CASES,
        Case,
        "lead_officer",
        ("case as reporting officer", "cases as reporting officer"),
        _cases,
        lambda one, owner, to: replace(one, lead_officer=to.name),
    ),
    Owned(
        OwnedKind.PLAN_STEPS,
        PlanStep,
        "owner_id",
        ("step of a plan", "steps of plans"),
        _steps,
        lambda one, owner, to: replace(one, owner_id=to.id),
    ),
    Owned(
        OwnedKind.REPORTS,
        ProfessionalsMeeting,
        "lead_id",
        ("report of a professionals’ meeting", "reports of professionals’ meetings"),
        _reports,
        lambda one, owner, to: replace(one, lead_id=to.id),
    ),
    Owned(
        OwnedKind.CHAIR,
        Meeting,
        "chair_id",
        ("meeting to chair", "meetings to chair"),
        lambda records, owner, today: _planned(records, OwnedKind.CHAIR, chair_id=owner.id),
        lambda one, owner, to: replace(one, chair_id=to.id),
    ),
    Owned(
        OwnedKind.MINUTES,
        Meeting,
        "minute_taker_id",
        ("meeting to take the minutes of", "meetings to take the minutes of"),
        lambda records, owner, today: _planned(records, OwnedKind.MINUTES, minute_taker_id=owner.id),
        lambda one, owner, to: replace(one, minute_taker_id=to.id),
    ),
    Owned(
        OwnedKind.VISITORS,
        Presentation,
        "host_id",
        ("visitor to host", "visitors to host"),
        lambda records, owner, today: _before(
            records, OwnedKind.VISITORS, records.find(Presentation, host_id=owner.id), lambda one: one.who
        ),
        lambda one, owner, to: replace(one, host_id=to.id),
    ),
    Owned(
        OwnedKind.STAND_INS,
        StandIn,
        "member_id",
        ("meeting as a stand-in", "meetings as a stand-in"),
        lambda records, owner, today: _before(
            records, OwnedKind.STAND_INS, records.find(StandIn, member_id=owner.id), lambda one: "Stand-in"
        ),
        lambda one, owner, to: replace(one, member_id=to.id),
    ),
)
_WAS_THERE = "A record of who was there, or who did something, stays true when they leave."
_ACCESS = "Access to the file is theirs alone: it is removed under Users."
NOT_OWNED: Mapping[tuple[str, str], str] = {
    ("Attendance", "member_id"): _WAS_THERE,
    ("Attendance", "here_for_id"): _WAS_THERE,
    ("Recipient", "member_id"): _WAS_THERE,
    ("Recipient", "attendee_id"): _WAS_THERE,
    ("CopyRecord", "member_id"): _WAS_THERE,
    ("OfficeTaken", "from_id"): _WAS_THERE,
    ("OfficeTaken", "to_id"): _WAS_THERE,
    ("MemberDecision", "member_id"): _WAS_THERE,
    ("UpdateRequest", "officer_id"): "They were asked; their actions are handed on.",
    ("IncomingReferral", "member_id"): "It names who referred, not who decides.",
    ("AgreedByMail", "member_id"): "Only they can confirm what they agreed by email.",
    ("User", "member_id"): _ACCESS,
    ("CopyPassphrase", "member_id"): _ACCESS,
    ("HandedOn", "from_id"): _WAS_THERE,
    ("HandedOn", "to_id"): _WAS_THERE,
}


@dataclass(frozen=True)
class Leaving:
    """Somebody who owns something: what, by kind in the order of `OWNED`."""

    owner: Member
    things: tuple[Thing, ...]

    @property
    def counts(self) -> tuple[tuple[OwnedKind, int], ...]:
        """How many of each kind there is any of."""
        every = [(one.kind, sum(thing.kind is one.kind for thing in self.things)) for one in OWNED]
        return tuple((kind, count) for kind, count in every if count)

    @property
    def words(self) -> str:
        """'3 open actions, 1 emerging issue'"""
        return ", ".join(counted(kind, count) for kind, count in self.counts)


def counted(kind: OwnedKind, count: int) -> str:
    """'3 open actions'"""
    one, many = next(owned.words for owned in OWNED if owned.kind is kind)
    return count_of(count, one, many)


def owned_in(records: Records, owner: Member, today: date) -> Leaving:
    """Inside a transaction: everything open that somebody owns, the most overdue of each kind first."""
    things: list[Thing] = []
    for kind in OWNED:
        found = kind.found(records, owner, today)
        things += sorted(found, key=lambda one: (one.due or date.max, one.title))
    return Leaving(owner, tuple(things))


def owned(session: Session, member_id: str) -> Leaving:
    """Everything open that somebody owns."""
    with session.work.reading() as records:
        return owned_in(records, records.get(Member, member_id), session.today)


def left_owning(records: Records, today: date) -> tuple[Leaving, ...]:
    """Inside a transaction: everybody who has left and still owns something, who owns most first."""
    found = (owned_in(records, one, today) for one in records.find(Member, active=False))
    return tuple(sorted((one for one in found if one.things), key=lambda one: (-len(one.things), one.owner.name)))


def owners(session: Session) -> tuple[tuple[str, str], ...]:
    """Whose things can be handed on, (id, name): those who have left and still own something first."""
    with session.work.reading() as records:
        left = [(one.owner.id, f"{one.owner.name} (has left)") for one in left_owning(records, session.today)]
        people = sorted(records.find(Member, active=True), key=lambda one: folded(one.name))
    return (*left, *((one.id, one.name) for one in people))


def hand_on(session: Session, member_id: str, to_id: str, keys: Collection[str] | None = None) -> int:
    """Hand on everything somebody owns, or what the keys name, to one other person; returns how many things. Raises
    FieldRefused where nobody fit is chosen to take it on, Refused where nothing is left of it."""
    session.require_keeper()
    with session.work.reading() as records:
        owner = records.get(Member, member_id)
    with session.work.step(f"things handed on from {owner.name}") as records:
        chosen = next(iter(records.find(Member, id=to_id)), None) if to_id else None
        to = require_successor(owner, chosen)
        things = [one for one in owned_in(records, owner, session.today).things if keys is None or one.key in keys]
        require_some(len(things))
        for thing in things:
            _give(session, records, thing, owner, to)
    return len(things)


def _give(session: Session, records: Records, thing: Thing, owner: Member, to: Member) -> None:
    kind = next(one for one in OWNED if one.kind is thing.kind)
    now = records.get(kind.record, thing.record.id)  # another kind may have changed it in the same step
    after = kind.given(now, owner, to)
    if after is not None:
        records.save(after)
    records.save(
        HandedOn(
            new_id(),
            thing.kind,
            thing.record.id,
            thing.case_id,
            owner.id,
            owner.name,
            to.id,
            to.name,
            session.now(),
            session.user_name,
        )
    )


def cases_handed_on(records: Records) -> dict[str, list[HandedOn]]:
    """Inside a transaction: who took each case on from its reporting officer, where somebody did."""
    found: dict[str, list[HandedOn]] = {}
    for one in records.find(HandedOn, kind=OwnedKind.CASES):
        found.setdefault(one.case_id, []).append(one)
    return found


def handed_on_words(records: Records, record_id: str, today: date) -> tuple[str, ...]:
    """Inside a transaction: every time a thing was handed on, in words, the newest first."""
    found = sorted(records.find(HandedOn, record_id=record_id), key=lambda one: one.at, reverse=True)
    return tuple(dict.fromkeys(handed_words(one, today) for one in found))


def successors(session: Session, member_id: str) -> tuple[tuple[str, str], ...]:
    """Who can take it on, (id, name): people of the same agency first, then the others by name."""
    with session.work.reading() as records:
        owner = records.get(Member, member_id)
        people = [one for one in records.find(Member, active=True) if one.id != member_id]
    people.sort(key=lambda one: (one.agency_id != owner.agency_id, folded(one.name)))
    return tuple((one.id, one.name) for one in people)
