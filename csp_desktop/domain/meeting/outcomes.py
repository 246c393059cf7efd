"""The ways a case can leave the table: a row each, and whatever differs between them stands in the row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.cases.life import IS_CLOSED, refuse_impossible
from csp_desktop.domain.common.days import dated_day, paper_day, screen_day
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.people.settings import Settings


@dataclass(frozen=True)
class AtTable:
    """A case in hand, as the words of an outcome need it."""

    case: Case
    on: date  # of the meeting
    following: date  # the next meeting: agreed, planned or proposed
    settings: Settings


@dataclass(frozen=True)
class Decided:
    """What was decided, as it is read back and minuted."""

    monitor_until: date | None
    next_on: date | None  # the next meeting, where its day was agreed
    early: str = ""  # why a case is closed sooner than was promised
    since_unknown: bool = False  # it is closed, and nobody knows since when it was monitored


AheadWords = Callable[[AtTable], str]
DecidedWords = Callable[[Decided], str]


def _nothing(_: object) -> str:
    return ""


@dataclass(frozen=True)
class OutcomeRule:
    """One way to leave the table.

    `word` is stored and minuted, `label` stands on the button, `leads_to` below it, or `brief` where room is short.
    `why` gives the sentence that asks for a reason, or nothing; None where no reason is asked for. `read_back` and
    `minuted` give the words that go with the decision; where `minuted` gives none, the word itself is minuted.
    """

    word: str
    label: str
    leads_to: AheadWords
    brief: AheadWords  # the same in a word or two
    status: CaseStatus | None = None  # the case's afterwards; None leaves it
    monitors: bool = False  # a month of monitoring begins
    puts_off: bool = False  # nothing is decided: no review, and the case comes back
    names_someone: bool = False  # a specialist or agency is named, and whether an intervention is planned
    refers: bool = False  # the outcome itself is to whom: 'Refer to', not 'Referred to'
    why: AheadWords | None = None
    read_back: DecidedWords = _nothing
    minuted: DecidedWords = _nothing

    @property
    def closes(self) -> bool:
        """Whether the case ends with it."""
        return self.status is CaseStatus.CLOSED


def monitored_until(case: Case, settings: Settings) -> date | None:
    """The day its further month of monitoring ends; None where the start is not known."""
    return add_months(case.monitoring_since, settings.monitoring_months) if case.monitoring_since else None


def early_close(case: Case, on: date, settings: Settings) -> str:
    """Why closing it on this day is not yet what was promised, in words; empty when its month is known to be over."""
    if case.status is not CaseStatus.MONITORING:
        return ""
    until = monitored_until(case, settings)
    if until is None:
        return "It is not known when monitoring of this case began"
    return f"Its month of monitoring ends on {screen_day(until, on)}" if on < until else ""


def _monitor_to(at: AtTable) -> str:
    return screen_day(add_months(at.on, at.settings.monitoring_months), at.on)


def _close_leads_to(at: AtTable) -> str:
    """Softly: it can be closed early, and then why is minuted."""
    if not early_close(at.case, at.on, at.settings):
        return "monitoring is over"
    until = monitored_until(at.case, at.settings)
    return f"before {screen_day(until, at.on)}, say why" if until else "start unknown, say why"


def _close_why(at: AtTable) -> str:
    early = early_close(at.case, at.on, at.settings)
    return f"{early}. Say why the case is closed now; the reason is minuted." if early else ""


def _close_minuted(what: Decided) -> str:
    if what.monitor_until:
        return f"Close, before its month of monitoring ends on {paper_day(what.monitor_until)}"
    return "Close, although it is not known when monitoring began" if what.since_unknown else ""


def _monitor_minuted(what: Decided) -> str:
    until = what.monitor_until
    return f"De-escalate and monitor until {paper_day(until)}, then close" if until else ""


class Outcome(Enum):
    """The ways a case can leave the table, in the order of their keys. The value is the word that is stored."""

    DE_ESCALATE = OutcomeRule(
        "de-escalate and monitor",
        "De-escalate",
        lambda at: f"monitor to {_monitor_to(at)}",
        _monitor_to,
        status=CaseStatus.MONITORING,
        monitors=True,
        read_back=lambda what: f"Monitor until {dated_day(what.monitor_until)}" if what.monitor_until else "",
        minuted=_monitor_minuted,
    )
    CONTINUE = OutcomeRule(
        "continue",
        "Continue",
        lambda at: f"back on {screen_day(at.following, at.on)}",
        lambda at: screen_day(at.following, at.on),
    )
    INTENSIFY = OutcomeRule(
        "intensify",
        "Intensify",
        lambda _: "to a specialist",
        lambda _: "who?",
        status=CaseStatus.INTENSIVE,
        names_someone=True,
    )
    CLOSE = OutcomeRule(
        "close",
        "Close",
        _close_leads_to,
        lambda at: "why?" if early_close(at.case, at.on, at.settings) else "",
        status=CaseStatus.CLOSED,
        why=_close_why,
        read_back=lambda what: what.early,
        minuted=_close_minuted,
    )
    REFER = OutcomeRule(
        "refer", "Refer", lambda _: "to another agency", lambda _: "who?", names_someone=True, refers=True
    )
    DEFER = OutcomeRule(
        "defer",
        "Defer",
        lambda at: f"to {screen_day(at.following, at.on)}, say why",
        lambda _: "why?",
        puts_off=True,
        why=lambda _: "Say why the case is deferred; the reason is minuted.",
        read_back=lambda what: f"To the next meeting{f', {dated_day(what.next_on)}' if what.next_on else ''}",
        minuted=lambda what: f"Defer to the next meeting{f', {paper_day(what.next_on)}' if what.next_on else ''}",
    )

    rule: OutcomeRule
    _value_: str

    def __new__(cls, rule: OutcomeRule) -> "Outcome":
        """The word identifies it, in the file too."""
        made = object.__new__(cls)
        made._value_, made.rule = rule.word, rule
        return made

    @property
    def number(self) -> int:
        """Its place among the keys, from 1."""
        return list(type(self)).index(self) + 1

    def to(self, refer_to: str) -> str:
        """'To CGL', 'Referred to CGL': the part that names someone, as it is read back."""
        return f"{'To' if self.rule.refers else 'Referred to'} {refer_to}"

    def minuted(self, what: Decided, refer_to: str) -> str:
        """The decision as it is minuted, without its full stop."""
        word = self.rule.word.capitalize()
        if self.rule.refers and refer_to:
            return f"{word} to {refer_to}"
        return self.rule.minuted(what) or word


DECIDING = tuple(outcome for outcome in Outcome if not outcome.rule.puts_off)  # a review of the case
MONITORING = tuple(outcome for outcome in Outcome if outcome.rule.monitors)


def status_after(status: CaseStatus, outcome: Outcome) -> CaseStatus:
    """Where an outcome leads in the life of a case. Raises Refused for a closed case, which is reopened first, and for
    a move that cannot be."""
    if status is CaseStatus.CLOSED:
        raise Refused(IS_CLOSED)
    after = outcome.rule.status or status
    refuse_impossible(status, after)
    return after
