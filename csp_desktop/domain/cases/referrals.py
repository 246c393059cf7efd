"""Referrals of a case to an agency or body: to whom, by whom, why and when, and what came back.

Terms of reference: "If the risk is escalated, it will be identified and referred to the correct specialist." A referral
stays open, and is asked about, until it is answered or withdrawn. To whom is chosen, never a free word.

The police Prevent team (Channel) and Operation Halo, for children who are exploited, have panels of their own. A
hand-over note is written for them; once it is handed over, only "referred, when, by whom, why" stays here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, StrEnum

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency

ANSWER_DAYS = 14  # an answer is expected within two weeks unless another day is agreed; illustrative


@dataclass(frozen=True)
class BodyRule:
    """`word` is stored; `name` is shown and minuted; `known_as` are other words people type for it, without accents or
    capitals."""

    word: str
    name: str
    known_as: tuple[str, ...] = ()
    restricted: bool = False  # details go to its panel alone
    takes_part: bool = False  # it may lead the case or give clinical direction


class ReferralBody(Enum):
    """To whom a case can be referred beside the agencies of the partnership. The value is the word that is stored."""

    CMHT = BodyRule("cmht", "CMHT", ("community mental health team", "mental health", "hpft"), takes_part=True)
    CHANNEL = BodyRule(
        "channel",
        "Police Prevent team (Channel)",
        ("channel", "channel panel", "prevent", "prevent team"),
        restricted=True,
    )
    HALO = BodyRule("halo", "Operation Halo", ("halo", "cse", "child exploitation"), restricted=True)
    ADULTS = BodyRule("adult safeguarding", "Adult safeguarding", ("adult social care", "safeguarding adults"))
    CHILDREN = BodyRule(
        "children's safeguarding", "Children’s safeguarding", ("childrens services", "child safeguarding", "mash")
    )
    MARAC = BodyRule("marac", "MARAC", ())
    MAPPA = BodyRule("mappa", "MAPPA", ())
    HOUSING = BodyRule("housing", "Housing", ("housing options", "housing team"))
    DRUGS = BodyRule("drug and alcohol service", "Drug and alcohol service", ("drug service", "alcohol service"))
    YOUTH = BodyRule("youth justice", "Youth justice", ("yot", "youth offending", "youth offending team"))
    MEDIATION = BodyRule("mediation", "Mediation service", ("restorative justice",))
    VICTIM_CARE = BodyRule("victim care", "Victim care service", ("victim support", "beacon"))
    SPECIALIST = BodyRule("specialist", "Another specialist service", ("specialist",))
    AGENCY = BodyRule("agency", "An agency of the partnership", ())

    rule: BodyRule
    _value_: str

    def __new__(cls, rule: BodyRule) -> "ReferralBody":
        """The word identifies it, in the file too."""
        made = object.__new__(cls)
        made._value_, made.rule = rule.word, rule
        return made


BY_WORD: dict[str, ReferralBody] = {body.value: body for body in ReferralBody}
BODIES = tuple(body for body in ReferralBody if body is not ReferralBody.AGENCY)


class ReferralAnswer(Enum):
    """What came back; each is also the word shown."""

    TAKEN = "taken on"
    NOT_TAKEN = "not taken on"
    NO_FEEDBACK = "no feedback will be given"


class CmhtPart(Enum):
    """What the CMHT does in a case with a mental-health factor: "leads or gives clinical direction"."""

    LEADS = "leads the case"
    DIRECTS = "gives clinical direction"
    NOT_SETTLED = "not agreed yet"


class ReferralField(StrEnum):
    """What a form asks of a referral."""

    TO = "to"
    WHY = "why"
    ANSWER_BY = "answer_by"
    ANSWER = "answer"
    ANSWERED_ON = "answered_on"
    REASON = "reason"
    NOTE = "note"


@dataclass(frozen=True)
class Referral:
    """One referral. `agency_id` is set where the body is an agency, `meeting_id` where a meeting decided it. `note` is
    the hand-over note of a restricted one, until it is handed over."""

    id: str
    case_id: str
    body: ReferralBody
    agency_id: str
    on: date
    by: str
    why: str = ""
    answer_by: date | None = None
    meeting_id: str = ""
    part: CmhtPart | None = None
    answer: ReferralAnswer | None = None
    answered_on: date | None = None
    came_back: str = ""  # in words
    next_step: str = ""
    note: str = ""
    handed_over_on: date | None = None
    withdrawn_on: date | None = None
    withdrawn_why: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an answer is awaited."""
        return self.answer is None and self.withdrawn_on is None

    @property
    def was_not_needed(self) -> bool:
        """Whether it was never made: what is kept is why it is not needed."""
        return self.withdrawn_on is not None and not self.why and not self.meeting_id

    @property
    def is_restricted(self) -> bool:
        """Whether only "referred, when, by whom, why" may stay."""
        return self.body.rule.restricted

    def days_late(self, today: date) -> int:
        """Days since an answer was due; 0 on that day and where none is awaited."""
        return days_overdue(self.answer_by, today) if self.is_open else 0


def resolve(words: str, agencies: Iterable[Agency]) -> tuple[ReferralBody, str] | None:
    """The body and agency id that words typed at the table mean: an agency by its name or short name, a body by its
    name or what people call it. None for anything else."""
    said = folded(words).strip(" .")
    said = said.removeprefix("the ")
    if not said:
        return None
    meant = body_called(said)
    if meant is not None and (meant.rule.restricted or meant.rule.takes_part):
        return meant, ""  # an agency at the table may bear its name
    for agency in agencies:
        if agency.active and said in {folded(agency.name), folded(agency.short_name)}:
            return ReferralBody.AGENCY, agency.id
    return (meant, "") if meant is not None else None


def body_called(words: str) -> ReferralBody | None:
    """The body of that name, or that people call so."""
    said = folded(words)
    return next(
        (body for body in BODIES if said in {folded(body.rule.name), folded(body.value), *body.rule.known_as}), None
    )


def refer(
    case_id: str,
    body: ReferralBody | None,
    agency_id: str,
    why: str,
    on: date,
    by: str,
    *,
    answer_by: date | None = None,
    known: Sequence[Referral] = (),
    meeting_id: str = "",
) -> Referral:
    """A new referral; `known` are the others of the case. Raises FieldRefused where it says not to whom or why, for an
    answer due before it is asked, and while one to the same body waits."""
    if body is None or (body is ReferralBody.AGENCY and not agency_id):
        raise FieldRefused(ReferralField.TO, "Choose to whom the case is referred.")
    reason = " ".join(why.split())
    if not reason and not meeting_id:
        raise FieldRefused(ReferralField.WHY, "Say in a few words why the case is referred.")
    due = answer_by or on + timedelta(days=ANSWER_DAYS)
    if due < on:
        raise FieldRefused(ReferralField.ANSWER_BY, "The answer would be due before the referral. Give a later date.")
    if any(one.is_open and (one.body, one.agency_id) == (body, agency_id) for one in known):
        raise FieldRefused(
            ReferralField.TO, "A referral to them is waiting for an answer already. Record its answer first."
        )
    return Referral(new_id(), case_id, body, agency_id, on, by, reason, due, meeting_id)


def not_needed(case_id: str, body: ReferralBody | None, agency_id: str, why: str, on: date, by: str) -> Referral:
    """It was thought of, and not done: kept with its reason, so that nobody is asked again. Raises FieldRefused where
    it says not to whom or why."""
    if body is None or (body is ReferralBody.AGENCY and not agency_id):
        raise FieldRefused(ReferralField.TO, "Choose to whom no referral is needed.")
    reason = " ".join(why.split())
    if not reason:
        raise FieldRefused(ReferralField.WHY, "Say why no referral is needed.")
    return Referral(new_id(), case_id, body, agency_id, on, by, withdrawn_on=on, withdrawn_why=reason)


def is_settled(referral: Referral) -> bool:
    """Whether it stands, or says that none is needed; one that was withdrawn asks anew."""
    return referral.withdrawn_on is None or referral.was_not_needed


def _require_open(referral: Referral) -> None:
    if referral.withdrawn_on is not None:
        raise Refused("This referral was withdrawn. Refer the case again.")
    if referral.answer is not None:
        raise Refused("This referral has been answered already.")


def answered(
    referral: Referral, answer: ReferralAnswer | None, on: date, today: date, came_back: str = "", next_step: str = ""
) -> Referral:
    """The answer that came back on a day. Of a restricted one no words are kept, and no next step. Raises FieldRefused
    without an answer, for a day before it was referred or after today; Refused for one that is no longer open."""
    _require_open(referral)
    if answer is None:
        raise FieldRefused(ReferralField.ANSWER, "Choose what the answer was.")
    if on < referral.on:
        raise FieldRefused(ReferralField.ANSWERED_ON, "The answer is older than the referral. Give a later date.")
    if on > today:
        raise FieldRefused(ReferralField.ANSWERED_ON, "This date is in the future. Give the day the answer came.")
    if referral.is_restricted:
        came_back = next_step = ""
    return replace(
        referral,
        answer=answer,
        answered_on=on,
        came_back=" ".join(came_back.split()),
        next_step=" ".join(next_step.split()),
    )


def reopened(referral: Referral) -> Referral:
    """The answer was entered by mistake. Raises Refused for one without an answer."""
    if referral.answer is None:
        raise Refused("This referral has no answer to remove.")
    return replace(referral, answer=None, answered_on=None, came_back="", next_step="")


def withdrawn(referral: Referral, why: str, on: date) -> Referral:
    """It is no longer asked for. Raises FieldRefused without a reason; Refused for one that is no longer open."""
    _require_open(referral)
    reason = " ".join(why.split())
    if not reason:
        raise FieldRefused(ReferralField.REASON, "Say why the referral is withdrawn.")
    return replace(referral, withdrawn_on=on, withdrawn_why=reason)


def noted(referral: Referral, note: str) -> Referral:
    """The hand-over note for a panel, as far as it is written. Raises Refused for a body that keeps no details back,
    and once it is handed over."""
    if not referral.is_restricted:
        raise Refused("A note is written for the Prevent team and Operation Halo only.")
    if referral.handed_over_on is not None:
        raise Refused("The note was handed over and is no longer kept here.")
    return replace(referral, note=note.strip())


def require_note(referral: Referral) -> None:
    """Raises FieldRefused without a note for the panel; Refused where there is none to hand over."""
    if not referral.is_restricted or referral.handed_over_on is not None:
        raise Refused("There is no note to hand over.")
    if not referral.note:
        raise FieldRefused(ReferralField.NOTE, "Write the note for the panel first.")


def handed_over(referral: Referral, on: date) -> Referral:
    """The panel has the note: here only "referred, when, by whom, why" stays. Raises FieldRefused without a note;
    Refused where there is none to hand over."""
    require_note(referral)
    return replace(referral, note="", handed_over_on=on)


def taking_part(referral: Referral, part: CmhtPart | None) -> Referral:
    """What the CMHT does in the case. Raises Refused for another body."""
    if not referral.body.rule.takes_part:
        raise Refused("Only the CMHT leads a case or gives clinical direction.")
    return replace(referral, part=part)


def most_pressing(referrals: Iterable[Referral], today: date) -> list[Referral]:
    """Open ones first, the most days late at the head, then those due soonest; then the others, the newest first."""
    rows = list(referrals)
    waiting = sorted((one for one in rows if one.is_open), key=lambda one: (one.answer_by or date.max, one.on))
    ended = sorted((one for one in rows if not one.is_open), key=lambda one: one.answered_on or one.on, reverse=True)
    return [*waiting, *ended]
