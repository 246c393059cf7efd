"""Referrals that partners send in: acknowledged, triaged to a case or an emerging issue or declined, the referrer told.

Of the person only initials and a place are kept, and what is asked in a few words. What the referrer is told says what
became of the referral and nothing about anybody: not even the words in which it was declined.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, StrEnum

from csp_desktop.domain.common.days import dated_day, paper_day
from csp_desktop.domain.common.deadlines import add_months, working_days_after
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import composed, entered

MOST_INITIALS = 5  # letters: more is a name, and a name is more than needed


class CameBy(Enum):
    """How a referral came, or how the referrer was told; each is also the word shown."""

    MAIL = "email"
    TELEPHONE = "telephone"
    IN_PERSON = "in person"
    LETTER = "letter"
    MEETING = "at a meeting"


class ChildrenAtHome(Enum):
    """Whether children live where it happens."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"


class PersonTold(Enum):
    """Whether the person knows of the referral."""

    CONSENTS = "told, and consents"
    TOLD = "told, does not consent"
    NOT_TOLD = "not told"
    NOT_KNOWN = "not known"


class Triage(Enum):
    """What became of it."""

    CASE = "case"
    ISSUE = "emerging issue"
    DECLINED = "declined"


class DeclineReason(Enum):
    """Why it was declined, in words the referrer may read: they tell nothing about anybody."""

    NOT_OURS = "it is for another service"
    LOW_RISK = "the risk is below what this group takes on"
    MORE_NEEDED = "more information is needed"
    OTHER = "please telephone us about the reason"


class IncomingState(Enum):
    """How far it is; each is also the word shown."""

    RECEIVED = "to acknowledge"
    ACKNOWLEDGED = "to decide"
    TRIAGED = "referrer to inform"
    TOLD = "done"


class IncomingField(StrEnum):
    """What a form asks of a referral that came in."""

    BODY = "body"
    NAME = "name"
    MAIL = "mail"
    RECEIVED_ON = "received_on"
    INITIALS = "initials"
    PLACE = "place"
    ASKED = "asked"
    ACKNOWLEDGED_ON = "acknowledged_on"
    TRIAGE = "triage"
    TARGET = "target"
    REASON = "reason"
    TOLD_ON = "told_on"
    TOLD_BY = "told_how"


@dataclass(frozen=True)
class Referrer:
    """From whom it came: a member or an agency of the partnership, or another body with a name and an address."""

    member_id: str = ""
    agency_id: str = ""
    body: str = ""
    name: str = ""
    mail: str = ""


@dataclass(frozen=True)
class About:
    """What the form says, never more than needed."""

    received_on: date
    came_by: CameBy
    asked: str
    initials: str = ""
    place: str = ""
    risk: str = ""
    children: ChildrenAtHome = ChildrenAtHome.NOT_KNOWN
    person_told: PersonTold = PersonTold.NOT_KNOWN


@dataclass(frozen=True)
class IncomingReferral:
    """One of them. `case_id` and `issue_id` say what it became; `reason` is why it was declined, for this group
    alone."""

    id: str
    member_id: str
    agency_id: str
    body: str
    name: str
    mail: str
    received_on: date
    came_by: CameBy
    initials: str
    place: str
    asked: str
    risk: str
    children: ChildrenAtHome
    person_told: PersonTold
    entered_by: str
    acknowledged_on: date | None = None
    acknowledged_by: str = ""
    triage: Triage | None = None
    triaged_on: date | None = None
    triaged_by: str = ""
    case_id: str = ""
    issue_id: str = ""
    declined: DeclineReason | None = None
    reason: str = ""
    told_on: date | None = None
    told_by: CameBy | None = None
    told_from: str = ""  # who informed the referrer

    @property
    def state(self) -> IncomingState:
        """How far it is: one of four."""
        if self.acknowledged_on is None:
            return IncomingState.RECEIVED
        if self.triage is None:
            return IncomingState.ACKNOWLEDGED
        return IncomingState.TRIAGED if self.told_on is None else IncomingState.TOLD

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done with it."""
        return self.told_on is None

    def due(self, days: int, holidays: AbstractSet[date], meeting_on: date) -> date | None:
        """When its next step is due: acknowledged within so many working days, decided at the next meeting, the
        referrer informed within as many working days of the decision; None where nothing is left to do."""
        match self.state:
            case IncomingState.RECEIVED:
                return working_days_after(self.received_on, days, holidays)
            case IncomingState.ACKNOWLEDGED:
                return meeting_on
            case IncomingState.TRIAGED:
                return working_days_after(self.triaged_on or meeting_on, days, holidays)
            case IncomingState.TOLD:
                return None


def received(referrer: Referrer, about: About, today: date, by: str) -> IncomingReferral:
    """A referral that came in. Raises FieldRefused where it says not from whom, about whom or what is asked, for a name
    where initials belong, and for a day in the future."""
    found = _of(referrer)
    if about.received_on > today:
        raise FieldRefused(IncomingField.RECEIVED_ON, "This date is in the future. Give the day it came.")
    initials, place = _initials(about.initials), entered(about.place, "The place", IncomingField.PLACE)
    if not (initials or place):
        raise FieldRefused(IncomingField.INITIALS, "Give the person’s initials, or the place it is about.")
    asked = " ".join(about.asked.split())
    if not asked:
        raise FieldRefused(IncomingField.ASKED, "Say in a few words what is asked of the partnership.")
    return IncomingReferral(
        id=new_id(),
        member_id=found.member_id,
        agency_id=found.agency_id,
        body=found.body,
        name=found.name,
        mail=found.mail,
        received_on=about.received_on,
        came_by=about.came_by,
        initials=initials,
        place=place,
        asked=asked,
        risk=" ".join(about.risk.split()),
        children=about.children,
        person_told=about.person_told,
        entered_by=by,
    )


def _of(referrer: Referrer) -> Referrer:
    """As it is kept: a member or an agency is named by the register, another body here."""
    if referrer.member_id:
        return Referrer(referrer.member_id)
    body = "" if referrer.agency_id else entered(referrer.body, "The name", IncomingField.BODY)
    name, mail = entered(referrer.name, "The name", IncomingField.NAME), composed(referrer.mail)
    if not (referrer.agency_id or body):
        raise FieldRefused(IncomingField.BODY, "Choose from whom it came, or give the name of another body.")
    if mail and (mail.count("@") != 1 or " " in mail or mail.startswith("@") or mail.endswith("@")):
        raise FieldRefused(IncomingField.MAIL, "This is not an email address. Correct it, or leave it empty.")
    return Referrer("", referrer.agency_id, body, name, mail)


def _initials(text: str) -> str:
    plain = entered(text, "The initials", IncomingField.INITIALS).replace(".", "").replace(" ", "").upper()
    if len(plain) > MOST_INITIALS:
        raise FieldRefused(IncomingField.INITIALS, "Give initials only, such as “JP”: a name is more than is needed.")
    return plain


def acknowledged(one: IncomingReferral, on: date, today: date, by: str) -> IncomingReferral:
    """The referrer knows that it came. Raises FieldRefused for a day before it came or in the future, Refused for one
    that is acknowledged."""
    if one.acknowledged_on is not None:
        raise Refused("This referral is acknowledged already.")
    _require_between(IncomingField.ACKNOWLEDGED_ON, one.received_on, on, today)
    return replace(one, acknowledged_on=on, acknowledged_by=by)


def _require_between(field: IncomingField, first: date, on: date, today: date) -> None:
    if on < first:
        raise FieldRefused(field, "This is before the step that came first. Give a later date.")
    if on > today:
        raise FieldRefused(field, "This date is in the future. Give today or an earlier date.")


def _require_to_decide(one: IncomingReferral) -> None:
    if one.acknowledged_on is None:
        raise Refused("Acknowledge the referral first, so that the referrer knows it came.")
    if one.triage is not None:
        raise Refused("It is decided already what becomes of this referral.")


def to_case(one: IncomingReferral, case_id: str, on: date, by: str) -> IncomingReferral:
    """It becomes a case or belongs to one. Raises FieldRefused without one, Refused before it is acknowledged and once
    it is decided."""
    _require_to_decide(one)
    if not case_id:
        raise FieldRefused(IncomingField.TARGET, "Choose the case it belongs to.")
    return replace(one, triage=Triage.CASE, triaged_on=on, triaged_by=by, case_id=case_id)


def to_issue(one: IncomingReferral, issue_id: str, on: date, by: str) -> IncomingReferral:
    """It becomes an emerging issue or belongs to one. Raises FieldRefused without one, Refused before it is
    acknowledged and once it is decided."""
    _require_to_decide(one)
    if not issue_id:
        raise FieldRefused(IncomingField.TARGET, "Choose the emerging issue it belongs to.")
    return replace(one, triage=Triage.ISSUE, triaged_on=on, triaged_by=by, issue_id=issue_id)


def declined(one: IncomingReferral, why: DeclineReason | None, reason: str, on: date, by: str) -> IncomingReferral:
    """It is not taken on. Raises FieldRefused without a reason, Refused before it is acknowledged and once it is
    decided."""
    _require_to_decide(one)
    words = " ".join(reason.split())
    if why is None or not words:
        raise FieldRefused(
            IncomingField.REASON, "Choose what the referrer is told, and say why it is declined; that is kept here."
        )
    return replace(
        one, triage=Triage.DECLINED, triaged_on=on, triaged_by=by, declined=why, reason=words, case_id="", issue_id=""
    )


def undecided(one: IncomingReferral) -> IncomingReferral:
    """The decision was entered by mistake; what was made from it stays. Raises Refused where there is none, and once
    the referrer knows it."""
    if one.triage is None:
        raise Refused("Nothing is decided yet about this referral.")
    if one.told_on is not None:
        raise Refused("The referrer has been informed of this decision. Add a new referral instead.")
    return replace(one, triage=None, triaged_on=None, triaged_by="", case_id="", issue_id="", declined=None, reason="")


def referrer_told(one: IncomingReferral, on: date, how: CameBy | None, today: date, by: str) -> IncomingReferral:
    """The referrer knows what became of it. Raises FieldRefused where it is not said how, for a day before the decision
    or in the future; Refused before the decision and once it is said."""
    if one.triage is None or one.triaged_on is None:
        raise Refused("Decide first what becomes of this referral.")
    if one.told_on is not None:
        raise Refused("The referrer has been informed already.")
    if how is None:
        raise FieldRefused(IncomingField.TOLD_BY, "Choose how the referrer was informed.")
    _require_between(IncomingField.TOLD_ON, one.triaged_on, on, today)
    return replace(one, told_on=on, told_by=how, told_from=by)


def old_from(one: IncomingReferral, years: int) -> date | None:
    """From when it may be deleted: so many years after the referrer was informed, where it became no case; one that did
    is deleted with the case. None for any other."""
    return add_months(one.told_on, 12 * years) if one.told_on and not one.case_id else None


def require_old(one: IncomingReferral, years: int, today: date) -> None:
    """Raises Refused for one that may not be deleted yet."""
    old = old_from(one, years)
    if old is None:
        raise Refused("Only a referral that is done and became no case is deleted here.")
    if today < old:
        raise Refused(f"This referral is kept until {dated_day(old)}.")


def letter(one: IncomingReferral, decide_by: date) -> tuple[str, ...]:
    """What the referrer is written at this step, as paragraphs after a first one that names the day it came. Nothing
    about the person, the place, a case or anybody else."""
    match one.triage:
        case None:
            return (
                "We have received it. Thank you.",
                f"We will decide by {paper_day(decide_by)} what becomes of it, and tell you.",
                "If someone is in danger now, ring 999.",
            )
        case Triage.CASE | Triage.ISSUE:
            return (
                "We have accepted it. Thank you.",
                "The partnership decides what is done. We cannot tell you more about other people.",
            )
        case Triage.DECLINED:
            why = (one.declined or DeclineReason.OTHER).value
            return f"We have not accepted it: {why}.", "If things get worse, please refer again."


def next_first(rows: Iterable[tuple[IncomingReferral, date | None]]) -> list[IncomingReferral]:
    """Those with something to do first, what is due soonest at the head; then the others, the newest first."""
    pairs = list(rows)
    waiting = sorted((p for p in pairs if p[0].is_open), key=lambda p: (p[1] or date.max, p[0].received_on, p[0].id))
    ended = sorted((p for p in pairs if not p[0].is_open), key=lambda p: p[0].told_on or date.min, reverse=True)
    return [one for one, _ in (*waiting, *ended)]
