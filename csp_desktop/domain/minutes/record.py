"""The minutes as a value: everything the paper says and nothing it may not say, whatever it is printed as.

A case appears by its reference and initials only. Nothing here holds the title, the place or the summary of a case, so
no way of printing can let one out. A case that was not called has a line in a list and never a part of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Protocol, TypeVar

from csp_desktop.domain.cases.cases import Band
from csp_desktop.domain.meeting.actions import ActionKind, Answer, owner_words
from csp_desktop.domain.meeting.confidentiality import Capacity, ClauseKind, Remote, Stroke
from csp_desktop.domain.meeting.meeting import CaseTurn, ItemKind, Joined, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.people.agencies import IspStatus

MARKING = "OFFICIAL-SENSITIVE"
RECORD_COPY = "the partnership's record"
NOT_REACHED = "not reached"
OPENED = "opened, not decided"
DEFERRED = "deferred"  # before the reason


@dataclass(frozen=True)
class AttendeeLine:
    """One person who was in the room. `signature` says how the signature held on file was given."""

    name: str
    agency: str
    capacity: Capacity
    arrived_at: datetime | None
    left_at: datetime | None
    signed_at: datetime | None
    signature: str  # 'drawn', 'typed', 'on paper', 'drawn, since deleted' or empty
    isp: IspStatus
    isp_version: str
    clause_version: int
    read_by: str  # empty where nobody had to
    read_at: datetime | None
    interests: tuple[str, ...] = ()
    away: tuple[tuple[datetime, datetime], ...] = ()  # left and came back
    chairs: bool = False
    id: str = ""
    clause: ClauseKind | None = None
    strokes: tuple[Stroke, ...] = ()  # as drawn, for the sign-in sheet
    remote: Remote | None = None  # on Teams or telephone
    alone: bool | None = None  # of somebody remote: alone in their room, as they said
    shown: bool = False  # the clause was shown on their screen instead of read out
    here_for: str = ""  # for whom they came, who sent apologies


@dataclass(frozen=True)
class ApologyLine:
    """One person who sent apologies, and whether the information asked for came instead."""

    name: str
    agency: str
    information_sent: bool
    received_on: date | None
    id: str = ""


@dataclass(frozen=True)
class ClauseLine:
    """A confidentiality text that was signed or read out, word for word."""

    kind: ClauseKind
    version: int
    text: str
    sha256: str
    id: str = ""


@dataclass(frozen=True)
class OverrideLine:
    """The meeting went on although someone had not signed."""

    at: datetime
    by: str
    reason: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class OwnerLine:
    """Somebody whose action it is."""

    name: str
    agency: str
    member_id: str = ""


class Owned:
    """Whose an action is: the officer leads, others may be with them."""

    officer: str
    agency: str
    officer_id: str
    beside: tuple[OwnerLine, ...]

    @property
    def owners(self) -> tuple[OwnerLine, ...]:
        """Everybody whose action it is, who leads first; the first is nameless where no officer is known."""
        return (OwnerLine(self.officer, self.agency, self.officer_id), *self.beside)

    @property
    def who(self) -> str:
        """'PS Dan Holt, with Liam Reed'"""
        return owner_words(self.officer, [one.name for one in self.beside])


@dataclass(frozen=True)
class AnswerLine(Owned):
    """What became of one earlier action when it was asked about. `about` is a case reference or an agenda item."""

    label: str
    what: str
    officer: str
    agency: str
    about: str
    answer: Answer
    reason: str
    due_after: date | None
    carried: int
    id: str = ""  # the action's
    officer_id: str = ""
    case_id: str = ""
    beside: tuple[OwnerLine, ...] = ()  # who does it with the officer


@dataclass(frozen=True)
class ActionLine(Owned):
    """One action. It stands once under its item and once with its officer; one of an earlier meeting, `earlier`, with
    its officer alone."""

    label: str
    what: str
    officer: str
    agency: str
    due: date | None
    kind: ActionKind
    power: str
    about: str
    carried: int = 0
    earlier: date | None = None  # the day it was agreed, when that was before this meeting
    late: str = ""  # 'agreed after the read-back, 14:04'
    id: str = ""
    officer_id: str = ""
    case_id: str = ""
    beside: tuple[OwnerLine, ...] = ()  # who does it with the officer


@dataclass(frozen=True)
class CasePart:
    """One case that was called: reference and initials only."""

    case_id: str
    reference: str
    initials: str
    area: str
    total: int | None
    band: Band | None
    note: str
    outcome: Outcome | None
    reason: str
    refer_to: str
    monitor_until: date | None
    intervention_planned: bool | None
    cmht_told: bool | None
    dissent: str
    read_back_at: datetime | None
    actions: tuple[ActionLine, ...]
    repeat_victim_asked: bool | None = None  # None where nobody is a repeat victim
    since_unknown: bool = False  # nobody knows since when it was monitored
    read_back_by: str = ""  # of a meeting held on paper
    changed_at: datetime | None = None  # after the read-back
    id: str = ""  # the turn's
    lead_agency: str = ""
    joined: Joined | None = None  # came to the walk while the meeting ran
    joined_at: datetime | None = None
    place: int = 0  # on the agenda as the meeting began, from 1
    taken_at: datetime | None = None  # when it was first decided

    @property
    def name(self) -> str:
        """'SN-2026-0371, J.K.': what the paper calls the case."""
        return case_name(self.reference, self.initials)


@dataclass(frozen=True)
class UncalledLine:
    """One case on the agenda that was not called, and why."""

    reference: str
    initials: str
    why: str
    id: str = ""  # the turn's
    case_id: str = ""
    lead_agency: str = ""


@dataclass(frozen=True)
class DecisionLine:
    """One decision between two meetings, agreed by email, about a case, in private a person (`case_id`)."""

    reference: str
    initials: str
    words: str
    by: str
    mailed_on: date
    id: str = ""
    case_id: str = ""
    lead_agency: str = ""

    @property
    def name(self) -> str:
        """'SN-2026-0371, J.K.'"""
        return case_name(self.reference, self.initials)


@dataclass(frozen=True)
class IssueLine:
    """One emerging issue that was talked about: what was said of it, and why it was closed where it was."""

    title: str
    area: str
    place: str
    note: str
    closed: str = ""  # the reason, where it was closed by then


@dataclass(frozen=True)
class ItemPart:
    """One agenda item with what was minuted under it. Cases stand in `Minutes.cases`."""

    kind: ItemKind
    title: str
    walked: bool
    note: str
    read_back_at: datetime | None
    actions: tuple[ActionLine, ...]
    changed_at: datetime | None = None  # after the read-back
    presented: str = ""  # 'Dawn Whitlock, visitor, with Tom Ellis': of an item of the group's own
    issues: tuple[IssueLine, ...] = ()  # talked about under the emerging issues
    id: str = ""
    read_back_by: str = ""  # of a meeting held on paper
    kept_back: bool = False  # something was minuted that this copy has not: nothing is said in its place
    record: tuple[str, ...] = ()  # of the minutes brought before the meeting: agreed, put right, how they went out
    added_at: datetime | None = None  # put on the agenda while the meeting ran
    title_before: str = ""  # on the agenda, until it was renamed at `renamed_at`
    renamed_at: datetime | None = None


@dataclass(frozen=True)
class JournalHead:
    """Where the journal stood when the minutes were drawn up: the entry's number, its hash's first 16 hex digits, and
    when it was written, which is the date of every file printed of them."""

    number: int
    digits: str
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """Which version and whose copy minutes are: approval and circulation fill it in."""

    version: int = 1
    copy_number: int = 1
    recipient: str = ""
    marking: str = MARKING
    language: str = "en-GB"
    approved_by: str = ""
    approved_at: datetime | None = None
    journal: JournalHead | None = None
    clauses: tuple[ClauseLine, ...] = ()  # signed or read out
    erased: tuple[str, ...] = ()  # what was lawfully taken out since, in a sentence each
    changes: tuple[str, ...] = ()  # since the version approved before: what, and why

    @property
    def edition(self) -> str:
        """'Draft 1' until somebody who may has approved it."""
        return f"{'Approved, version' if self.approved_at else 'Draft'} {self.version}"

    @property
    def written_at(self) -> datetime | None:
        """The instant of the journal's entry, else of the approval: the same whenever it is printed."""
        return (self.journal.at if self.journal else None) or self.approved_at


@dataclass(frozen=True)
class Minutes(Edition):
    """The minutes of one meeting."""

    meeting_id: str
    partnership: str
    body: str
    on: date
    starts: time
    ends: time
    opened_at: datetime | None
    closed_at: datetime | None
    venue: str
    chair: str
    minute_taker: str
    attendees: tuple[AttendeeLine, ...]
    apologies: tuple[ApologyLine, ...]
    overrides: tuple[OverrideLine, ...]
    earlier_meeting: date | None
    answers: tuple[AnswerLine, ...]
    still_open: int  # earlier actions that were not asked about
    items: tuple[ItemPart, ...]
    cases: tuple[CasePart, ...]
    uncalled: tuple[UncalledLine, ...]
    actions: tuple[ActionLine, ...]  # all there is to do after the meeting: agreed at it, and still open from before
    next_on: date | None  # as agreed at this meeting; a day nobody agreed is not minuted
    closing_note: str = ""
    absent: tuple[tuple[str, str], ...] = ()  # name and agency of each expected who neither came nor sent apologies
    holds: str = ""  # of a recipient's copy: what it has of the whole, in a sentence
    numbers: tuple[tuple[str, str], ...] = ()  # of a part's sections those of the whole record, by the part's key
    recipient: str = field(default=RECORD_COPY, kw_only=True)
    on_paper: str = ""  # that it was held on paper, entered when and by whom
    signatures_kept: str = ""  # where the signed sheets of such a meeting are
    between: tuple[DecisionLine, ...] = ()  # agreed by email since the meeting before
    called_for: str = ""  # why a meeting was called for one case, and who reports back by when
    handed_over: tuple[str, ...] = ()  # the chair and the minutes, each time in a sentence without its full stop

    def without_those_who_came(self) -> "Minutes":
        """Nobody stands among the absent who was put right as present, or as having sent apologies."""
        known = {(one.name, one.agency) for one in self.attendees} | {(one.name, one.agency) for one in self.apologies}
        return replace(self, absent=tuple(one for one in self.absent if one not in known))

    def without_case(self, case_id: str, reference: str, words: str) -> "Minutes":
        """The minutes without anything about a case that was lawfully erased; `words` say so in its place. They are
        the same where they say nothing about it."""
        after = replace(
            self,
            attendees=tuple(
                replace(one, interests=tuple(i for i in one.interests if i not in (case_id, reference)))
                for one in self.attendees
            ),
            answers=tuple(one for one in self.answers if one.case_id != case_id),
            items=tuple(replace(one, actions=_not_about(one.actions, case_id)) for one in self.items),
            cases=tuple(one for one in self.cases if one.case_id != case_id),
            uncalled=tuple(one for one in self.uncalled if one.case_id != case_id),
            between=tuple(one for one in self.between if one.case_id != case_id),
            actions=_not_about(self.actions, case_id),
            called_for="" if self._is_called_for(case_id) else self.called_for,
        )
        return self if after == self else replace(after, erased=(*self.erased, words))

    def _is_called_for(self, case_id: str) -> bool:
        return any(one.case_id == case_id for one in self.cases) or any(one.case_id == case_id for one in self.uncalled)

    def copy_for(self, number: int, recipient: str) -> "Minutes":
        """The same minutes as one recipient's numbered copy."""
        return replace(self, copy_number=number, recipient=recipient)


def _not_about(lines: tuple[ActionLine, ...], case_id: str) -> tuple[ActionLine, ...]:
    return tuple(line for line in lines if line.case_id != case_id)


def case_name(reference: str, initials: str) -> str:
    """How a case is named on paper: its reference, or that it awaits one, and the initials."""
    name = reference or "Awaiting Safety Net reference"
    return f"{name}, {initials}" if initials else name


def was_called(turn: CaseTurn, agreed: bool = False) -> bool:
    """A case was called when something was said of it: a decision, a note, an action (`agreed`). One that was only
    looked at and passed over was not, and has no part of its own in the minutes."""
    if turn.state in (TurnState.DONE, TurnState.OUTCOME_CHOSEN) or turn.read_back_at is not None:
        return True
    return turn.state is TurnState.IN_HAND and bool(agreed or turn.outcome or turn.note.strip())


class Taken(Protocol):
    """What was on an agenda, at which place, and when it was decided."""

    @property
    def place(self) -> int:
        """From 1; 0 for what had none."""

    @property
    def taken_at(self) -> datetime | None:
        """None while it was not decided."""


T = TypeVar("T", bound=Taken)


def taken_out_of_order(cases: Sequence[T]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    """Those decided before cases or people that stood above them on the agenda, and those decided later: what must be
    taken out so that the others stand in the agenda's order. What joined while the meeting ran has no place there."""
    taken = sorted(
        ((case.taken_at, case) for case in cases if case.place and case.taken_at is not None), key=lambda pair: pair[0]
    )
    order = [case for _, case in taken]
    stayed = _longest_in_order([case.place for case in order])
    first, later = list[T](), list[T]()
    for n, case in enumerate(order):
        if n not in stayed:
            passed = any(order[at].place < case.place for at in stayed if at > n)
            (first if passed else later).append(case)
    return tuple(first), tuple(later)


def _longest_in_order(places: Sequence[int]) -> frozenset[int]:
    """The indexes of the most places that stand in rising order."""
    best: list[tuple[int, ...]] = []
    for n, place in enumerate(places):
        before = sorted((best[m] for m in range(n) if places[m] < place), key=len)
        best.append((*(before[-1] if before else ()), n))
    return frozenset(sorted(best, key=len)[-1] if best else ())


def was_opened(turn: CaseTurn) -> bool:
    """Whether the meeting turned to it at all."""
    return turn.started_at is not None or turn.seconds > 0 or turn.state is TurnState.IN_HAND


def reason_given(why: str) -> str:
    """What somebody gave as the reason why a turn did not come; empty where there is only the program's own."""
    reason = why.removeprefix(DEFERRED).removeprefix(": ") if why.startswith(DEFERRED) else why
    return "" if reason in (NOT_REACHED, OPENED) else reason.strip()


def why_uncalled(turn: CaseTurn) -> str:
    """The reason in words why a case on the agenda was not called."""
    if turn.outcome is not None and turn.outcome.rule.puts_off:
        return f"{DEFERRED}: {turn.reason}" if turn.reason else DEFERRED
    return OPENED if was_opened(turn) else NOT_REACHED
