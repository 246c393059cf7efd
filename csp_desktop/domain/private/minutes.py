"""The private minutes as a value: each person by reference and initials, and only those its reader may hear of.

Nothing here holds a name, an alias, a headline or a place of a person, and a copy for one reader holds nothing of
anybody else: what is not in the value cannot be on the paper.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from csp_desktop.domain.minutes.personal_text import Known
from csp_desktop.domain.minutes.record import (
    ActionLine,
    AnswerLine,
    AttendeeLine,
    DecisionLine,
    Edition,
    ItemPart,
    OverrideLine,
)
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import OfferAnswer

RECORD_COPY = "New Hope's record"
BODY = "private rough-sleeping meeting"


@dataclass(frozen=True)
class PresentLine:
    """One person who was in the room, and when the clause was repeated to them; `admitted`: on Teams or telephone, by
    New Hope's lead."""

    line: AttendeeLine
    repeated: tuple[datetime, ...] = ()
    id: str = ""
    admitted: bool = False


@dataclass(frozen=True)
class RiskLine:
    """The risk as it was known at the session; the matrix is named because its score means nothing without it."""

    total_words: str  # '41', '35+'
    band: str
    matrix: str  # 'version 1.0'
    illustrative: bool
    override: str = ""  # 'Ravi Nair: seen with a new group'


@dataclass(frozen=True)
class OfferLine:
    """Something offered since the session before, or not answered yet, and what the person said to it."""

    what: str
    on: date
    by: str
    answer: OfferAnswer
    answered_on: date | None = None
    why: str = ""
    id: str = ""


@dataclass(frozen=True)
class PersonPart:
    """One person whose turn it was. `heard` and `stepped_out` count heads, None where it was not noted."""

    person_id: str
    reference: str
    initials: str
    risk: RiskLine | None
    heard: int | None
    stepped_out: int
    overrides: tuple[OverrideLine, ...]
    interests: tuple[str, ...]  # who declared one, and so was not there
    answers: tuple[AnswerLine, ...]
    note: str
    outcome: PersonOutcome | None
    reason: str
    see_again_on: date | None
    read_back_at: datetime | None
    actions: tuple[ActionLine, ...]
    changed_at: datetime | None = None  # after the read-back
    id: str = ""  # the turn's
    offers: tuple[OfferLine, ...] = ()
    place: int = 0  # on the sub-agenda as the session began; 0 for one added since
    taken_at: datetime | None = None  # when it was first decided
    joined_at: datetime | None = None  # added while the session ran

    @property
    def name(self) -> str:
        """'RS-014, K.B.': what the paper calls the person."""
        return person_name(self.reference, self.initials)


@dataclass(frozen=True)
class UnreachedLine:
    """One person of the sub-agenda whose turn did not come, and why."""

    reference: str
    initials: str
    why: str
    id: str = ""  # the turn's
    person_id: str = ""


@dataclass(frozen=True)
class PrivateMinutes(Edition):
    """The minutes of one private session for one reader; `whole` when nothing had to be left out for them."""

    meeting_id: str
    partnership: str
    on: date
    starts: time
    ends: time
    opened_at: datetime | None
    closed_at: datetime | None
    venue: str
    led_by: str
    present: tuple[PresentLine, ...]
    heads: int | None
    counted_by: str
    counted_at: datetime | None
    people: tuple[PersonPart, ...]
    unreached: tuple[UnreachedLine, ...]
    answers: tuple[AnswerLine, ...]  # to earlier actions about nobody in particular
    items: tuple[ItemPart, ...]
    winter_protocol: bool
    on_list: int | None  # people on the list; only the whole minutes tell a number
    actions: tuple[ActionLine, ...]
    next_on: date | None
    next_proposed: bool
    closing_note: str = ""
    handed_over: tuple[str, ...] = ()  # 'At 15:50 Mina Halloran took the lead from Ravi Nair'
    between: tuple[DecisionLine, ...] = ()  # agreed by email since the session before
    whole: bool = True
    recipient: str = field(default=RECORD_COPY, kw_only=True)


@dataclass(frozen=True)
class PrivateFacts:
    """Every fact of a session's paper as the session closed: the words as they were typed, whom they may name, and the
    names at the table that are left as they are. Only New Hope's file holds it; papers hold what one reader gets."""

    minutes: PrivateMinutes
    known: tuple[Known, ...]
    at_table: tuple[str, ...]


def person_name(reference: str, initials: str) -> str:
    """How a person is named on paper."""
    return f"{reference}, {initials}"


def unnumbered(lines: tuple[ActionLine, ...]) -> tuple[ActionLine, ...]:
    """Actions for a reader who may not hear of everyone: a gap in the numbers would tell that there are others."""
    return tuple(replace(line, label="") for line in lines)
