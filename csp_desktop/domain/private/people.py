"""A person sleeping rough as the private meeting knows them. Nothing of this ever stands in the group's own file.

The terms of reference: "only members of the police and council, and support workers directly involved in the
individual's case history, are present." Begging is not rough sleeping: each has its own facts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, StrEnum
from itertools import pairwise

from csp_desktop.domain.common.days import dated_day, days_words
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.names import entered
from csp_desktop.domain.private.settings import PrivateSettings


class PersonField(StrEnum):
    """What is asked of somebody new; the value is the attribute of `RoughSleeper`."""

    NAME = "name"
    ALIASES = "aliases"


class SightingField(StrEnum):
    """What is asked of a sighting; the value is the attribute of `Sighting`."""

    DAY = "on"
    HOUR = "hour"
    WHERE = "where"


class InvolvementField(StrEnum):
    """What is asked of a worker's involvement; the value is the attribute of `Involvement`."""

    MEMBER = "member_id"
    SINCE = "since"
    WHAT = "what"


class Accommodation(Enum):
    """Where the path from the street has led so far."""

    STREET = "on the street"
    EMERGENCY = "emergency or winter bed"
    HOSTEL = "hostel or supported housing"
    TENANCY = "own tenancy"
    RECONNECTED = "reconnected elsewhere"
    HOSPITAL = "hospital or treatment"
    CUSTODY = "in custody"
    UNKNOWN = "not known"


class Consent(Enum):
    """What the person said to sharing their history."""

    NOT_ASKED = "not asked"
    GIVEN = "agreed to sharing"
    LIMITED = "agreed with limits"
    REFUSED = "refused"
    WITHDRAWN = "withdrew agreement"


class OfferAnswer(Enum):
    """What the person said to an offer."""

    TAKEN_UP = "taken up"
    THINKING = "thinking"
    DECLINED = "declined"
    NO_ANSWER = "no answer"


WAITING = (OfferAnswer.THINKING, OfferAnswer.NO_ANSWER)


class Label(Enum):
    """How long someone has been out; what each means is a setting."""

    NEW = "new"
    RETURNING = "returning"
    LONG_TERM = "long-term"
    KNOWN = "known"


@dataclass(frozen=True)
class RoughSleeper:
    """One person. `number` makes the reference RS-014; `initials` are all that minutes and the room ever show."""

    id: str
    number: int
    name: str
    initials: str
    entered_on: date
    aliases: tuple[str, ...] = ()
    headline: str = ""  # what it is about, in a few words: "ill, and without cover"
    contact: str = ""
    lead_id: str = ""  # the register's member who leads on this person
    needs: tuple[str, ...] = ()
    accommodation: Accommodation = Accommodation.STREET
    accommodation_since: date | None = None
    consent: Consent = Consent.NOT_ASKED
    consent_on: date | None = None
    consent_limits: str = ""
    why_not: str = ""  # the person's own words on why offers were not taken up
    begging: str = ""  # a separate fact: where and when seen begging, if at all
    begging_on: date | None = None
    safety_net: str = ""  # reference of a Safety Net case about the same person: kept here only
    on_list: bool = True
    off_list_on: date | None = None
    off_list_why: str = ""

    @property
    def reference(self) -> str:
        """'RS-014'"""
        return f"RS-{self.number:03d}"

    @property
    def title(self) -> str:
        """'K.B.: ill, and without cover'"""
        return f"{self.initials}: {self.headline}" if self.headline else self.initials


@dataclass(frozen=True)
class Sighting:
    """The person was seen. `hour` is empty where only the day is known."""

    id: str
    person_id: str
    on: date
    where: str
    by: str
    bedded_down: bool
    unwell: bool = False
    hour: str = ""  # '23:40'
    note: str = ""


@dataclass(frozen=True)
class Involvement:
    """A named worker directly involved in the person's history: since when, in what; over once `until` is set."""

    id: str
    person_id: str
    member_id: str
    since: date
    what: str
    until: date | None = None


@dataclass(frozen=True)
class Offer:
    """Something offered and what the person said to it."""

    id: str
    person_id: str
    on: date
    what: str
    by: str
    answer: OfferAnswer = OfferAnswer.NO_ANSWER
    answered_on: date | None = None
    why: str = ""


def initials_for_table(name: str) -> str:
    """'Kit Barlow' → 'K.B.': what stands for a person at the table and in the minutes."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    return "".join(f"{word[0].upper()}." for word in words[:3])


def number_of(reference: str) -> int:
    """'RS-014' → 14"""
    return int(reference.removeprefix("RS-"))


def last_seen(sightings: Iterable[Sighting]) -> Sighting | None:
    """The latest sighting."""
    return max(sightings, key=lambda seen: (seen.on, seen.hour), default=None)


def seen_words(seen: Sighting | None, today: date) -> str:
    """'4 days ago', 'today', 'not seen yet'"""
    if seen is None:
        return "not seen yet"
    days = (today - seen.on).days
    return "today" if days <= 0 else f"{days_words(days)} ago"


def label(sightings: Sequence[Sighting], today: date, settings: PrivateSettings) -> Label:
    """New, returning or long-term by the settings, from the nights someone was seen bedded down."""
    nights = sorted({seen.on for seen in sightings if seen.bedded_down})
    if not nights:
        return Label.KNOWN
    year_ago = add_months(today, -12)
    months = {(night.year, night.month) for night in nights if night > year_ago}
    if len(months) >= settings.long_term_months:
        return Label.LONG_TERM
    back = [later for earlier, later in pairwise(nights) if (later - earlier).days >= settings.returning_after_days]
    recent = today - timedelta(days=settings.new_within_days)
    if back and back[-1] >= recent:
        return Label.RETURNING
    return Label.NEW if nights[0] >= recent else Label.KNOWN


def nights_seen(sightings: Iterable[Sighting], today: date, days: int = 28) -> int:
    """How many of the last nights the person was seen bedded down."""
    first = today - timedelta(days=days)
    return len({seen.on for seen in sightings if seen.bedded_down and first < seen.on <= today})


def involved_with(involvements: Iterable[Involvement], person_id: str, on: date) -> frozenset[str]:
    """The register's members directly involved with a person on a day."""
    return frozenset(
        one.member_id
        for one in involvements
        if one.person_id == person_id and one.since <= on and (one.until is None or one.until >= on)
    )


def consent_words(person: RoughSleeper) -> str:
    """'Agreed to sharing Tue 3 Nov 2026'; its limits follow where there are any."""
    words = person.consent.value[:1].upper() + person.consent.value[1:]
    if person.consent_on:
        words += f" {dated_day(person.consent_on)}"
    return f"{words}: {person.consent_limits}" if person.consent_limits else words


def checked(person: RoughSleeper) -> RoughSleeper:
    """The person as it may be kept. Raises FieldRefused without a name, Refused where the limits of a limited consent
    are not said."""
    name, initials = entered(person.name, "The name", PersonField.NAME), entered(person.initials, "The initials")
    headline, contact = entered(person.headline, "The summary"), entered(person.contact, "The contact")
    if not name:
        raise FieldRefused(PersonField.NAME, "Give the name the person is known by, for example “unknown man, bridge”.")
    if person.consent is Consent.LIMITED and not person.consent_limits.strip():
        raise Refused("Give the limits of the agreement.")
    initials = initials or initials_for_table(name) or name[:1].upper()
    others = (entered(alias, "The other name", PersonField.ALIASES) for alias in person.aliases)
    aliases = tuple(dict.fromkeys(alias for alias in others if alias and alias != name))
    return replace(person, name=name, initials=initials, aliases=aliases, headline=headline, contact=contact)
