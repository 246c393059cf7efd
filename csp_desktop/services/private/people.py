"""The people sleeping rough, as New Hope keeps them: nobody is entered twice, and what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.cases.risk_matrix import Assessment, read_matrix
from csp_desktop.domain.common import likeness as likenesses
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.names import composed
from csp_desktop.domain.meeting.actions import Action, ActionState, days_late
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.private.people import (
    Involvement,
    InvolvementField,
    Label,
    Offer,
    OfferAnswer,
    PersonField,
    RoughSleeper,
    Sighting,
    SightingField,
    checked,
    initials_for_table,
    label,
    last_seen,
    nights_seen,
    number_of,
    seen_words,
)
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.services.cases.matrices import days_out_of_date, valid_in
from csp_desktop.services.meeting.agreed_by_mail import decisions_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.session import Session

Fact = TypeVar("Fact", Sighting, Assessment, Involvement)


@dataclass(frozen=True)
class PersonLine:
    """One person in the list the lead prepares from."""

    person: RoughSleeper
    label: Label
    seen: Sighting | None
    seen_words: str
    latest: Assessment | None
    workers: int
    score_overdue: int = 0  # days past the limit of its band
    actions_overdue: int = 0  # how many
    action_overdue: int = 0  # days, of the one most overdue

    @property
    def days_overdue(self) -> int:
        """The most of what is overdue about them."""
        return max(self.score_overdue, self.action_overdue)


@dataclass(frozen=True)
class WorkerRow:
    """One worker directly involved."""

    involvement: Involvement
    member: Member
    agency: Agency


@dataclass(frozen=True)
class PersonPage:
    """Everything known of one person, the newest first."""

    person: RoughSleeper
    label: Label
    sightings: tuple[Sighting, ...]
    nights: int  # seen bedded down in the last 28
    offers: tuple[Offer, ...]
    assessments: tuple[Assessment, ...]  # the oldest first
    workers: tuple[WorkerRow, ...]
    decisions: tuple[AgreedByMail, ...] = ()  # between two sessions, by email


@dataclass(frozen=True)
class Alike:
    """Someone already kept who may be the same person, and why."""

    person: RoughSleeper
    why: str


def private_settings_in(records: Records) -> PrivateSettings:
    """The private meeting's own settings."""
    kept = records.find(PrivateSettings)
    return kept[0] if kept else PrivateSettings()


def people(session: Session, text: str = "", *, with_former: bool = False) -> tuple[PersonLine, ...]:
    """The list: the most overdue first, then by number; `text` matches name, alias, initials or reference."""
    with session.work.reading() as records:
        require_preparing(session, records)
        settings = private_settings_in(records)
        sightings = _by_person(records.find(Sighting))
        scored = _by_person(sorted(records.find(Assessment), key=lambda a: a.on))
        workers = _by_person([i for i in records.find(Involvement) if i.until is None])
        promised: dict[str, list[int]] = {}
        for action in records.find(Action, state=ActionState.OPEN):
            promised.setdefault(action.case_id, []).append(days_late(action, session.today))
        force = valid_in(records, session)
        found = [p for p in records.find(RoughSleeper) if (with_former or p.on_list) and _matches(p, text)]
    lines, matrix = [], read_matrix(force.text) if force else None
    for person in sorted(found, key=lambda p: p.number):
        days = promised.get(person.id, [])
        seen = sightings.get(person.id, [])
        last = last_seen(seen)
        marks = scored.get(person.id, [])
        lines.append(
            PersonLine(
                person,
                label(seen, session.today, settings),
                last,
                seen_words(last, session.today),
                marks[-1] if marks else None,
                len(workers.get(person.id, [])),
                days_out_of_date(marks[-1] if marks else None, session.today, matrix) if person.on_list else 0,
                sum(late > 0 for late in days),
                max(days, default=0),
            )
        )
    return tuple(sorted(lines, key=lambda line: -line.days_overdue))


def _matches(person: RoughSleeper, text: str) -> bool:
    wanted = folded(text.strip())
    words = (person.name, person.initials, person.initials.replace(".", ""), person.reference, *person.aliases)
    return not wanted or any(wanted in folded(word) for word in words)


def page(session: Session, person_id: str) -> PersonPage:
    """One person, for preparing. While a session runs, `sitting` shows people instead, and asks the rule first."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return page_in(records, person_id, session.today)


def page_in(records: Records, person_id: str, today: date) -> PersonPage:
    """The same inside a transaction."""
    person = records.get(RoughSleeper, person_id)
    seen = sorted(records.find(Sighting, person_id=person_id), key=lambda s: (s.on, s.hour), reverse=True)
    offers = sorted(records.find(Offer, person_id=person_id), key=lambda o: o.on, reverse=True)
    marks = sorted(records.find(Assessment, person_id=person_id), key=lambda a: a.on)
    settings = private_settings_in(records)
    return PersonPage(
        person,
        label(seen, today, settings),
        tuple(seen),
        nights_seen(seen, today),
        tuple(offers),
        tuple(marks),
        workers_in(records, person_id),
        decisions_in(records, person_id),
    )


def workers_in(records: Records, person_id: str) -> tuple[WorkerRow, ...]:
    """The workers involved now, those longest in it first."""
    agencies = {a.id: a for a in records.find(Agency)}
    rows = []
    for one in sorted(records.find(Involvement, person_id=person_id), key=lambda i: i.since):
        if one.until is None:
            member = records.get(Member, one.member_id)
            rows.append(WorkerRow(one, member, agencies[member.agency_id]))
    return tuple(rows)


def alike(session: Session, name: str, aliases: Sequence[str] = (), *, but: str = "") -> tuple[Alike, ...]:
    """People already kept who may be this person: asked before anyone new is entered."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return alike_in(records, session, name, aliases, but=but)


def alike_in(
    records: Records, session: Session, name: str, aliases: Sequence[str] = (), *, but: str = ""
) -> tuple[Alike, ...]:
    """The same inside a transaction."""
    kept = [p for p in records.find(RoughSleeper) if p.id != but]
    names, likeness = (name, *aliases), session.papers.likeness
    return tuple(Alike(one, why) for one in kept for why in [why_alike(names, one, likeness)] if why)


def why_alike(names: Sequence[str], person: RoughSleeper, likeness: likenesses.Likeness) -> str:
    """Why these names may be this person's, in words; empty when they are not alike."""
    typed = [folded(composed(name)) for name in names if name.strip()]
    for known, words in ((person.name, "the same name"), *((alias, "an alias") for alias in person.aliases)):
        for name in typed:
            match likenesses.why_alike(likenesses.Of.PEOPLE, name, folded(known), likeness):
                case likenesses.SAME:
                    return words
                case likenesses.NEARLY_SAME:
                    return f"a name like “{known}”"
                case why if why:
                    return why
    return ""


def add(session: Session, name: str, aliases: Sequence[str] = (), *, although_alike: bool = False) -> RoughSleeper:
    """Enter someone new. Raises FieldRefused while someone alike is kept, unless the lead has looked and says it is
    another."""
    session.require(*LEADING)
    same = alike(session, name, aliases)
    if same and not although_alike:
        raise FieldRefused(
            PersonField.NAME,
            f"{same[0].person.reference} has {same[0].why}. Open that person, or say that this is a different person.",
        )
    with session.work.step("person added") as records:
        return enter_person(session, records, name, aliases)


def enter_person(session: Session, records: Records, name: str, aliases: Sequence[str] = ()) -> RoughSleeper:
    """Somebody new on the list, with the next number. Raises FieldRefused without a name."""
    initials = initials_for_table(name)
    made = RoughSleeper(new_id(), last_number(records) + 1, name, initials, session.today, aliases=tuple(aliases))
    person = checked(made)
    records.save(person)
    return person


def last_number(records: Records) -> int:
    """The highest number ever given, people erased since included: a reference is given once."""
    numbers = [person.number for person in records.find(RoughSleeper)]
    return max([*numbers, *(number_of(made.reference) for made in records.find(Disposal))], default=0)


def save(session: Session, person: RoughSleeper) -> RoughSleeper:
    """Keep what was changed about a person."""
    session.require(*LEADING)
    with session.work.step(f"change of {person.reference}") as records:
        records.get(RoughSleeper, person.id)
        kept = checked(person)
        records.save(kept)
    return kept


def note_sighting(session: Session, seen: Sighting) -> Sighting:
    """Someone saw the person. Raises FieldRefused for a day to come, and without a place."""
    if seen.on > session.today:
        raise FieldRefused(
            SightingField.DAY, "The date of a sighting cannot be in the future. Give the night it happened."
        )
    if not seen.where.strip():
        raise FieldRefused(SightingField.WHERE, "Say where the person was seen.")
    with session.work.step("a sighting") as records:
        kept = replace(seen, id=seen.id or new_id(), where=" ".join(seen.where.split()), by=" ".join(seen.by.split()))
        records.save(kept)
    return kept


def offer(session: Session, made: Offer) -> Offer:
    """Something was offered, or an offer was answered. Raises Refused for a day to come, and without words."""
    if not made.what.strip():
        raise Refused("Say what was offered.")
    if made.on > session.today:
        raise Refused("The date of an offer cannot be in the future.")
    with session.work.step("an offer") as records:
        answered = made.answered_on or (session.today if made.answer is not OfferAnswer.NO_ANSWER else None)
        kept = replace(made, id=made.id or new_id(), what=" ".join(made.what.split()), answered_on=answered)
        records.save(kept)
    return kept


def involve(session: Session, person_id: str, member_id: str, since: date, what: str) -> Involvement:
    """A named worker of the register is directly involved with the person. This decides who may hear. Raises
    FieldRefused for a day to come, without words, and for a worker who is involved already."""
    session.require(*LEADING)
    if since > session.today:
        raise FieldRefused(InvolvementField.SINCE, "Involvement cannot start in the future.")
    if not what.strip():
        raise FieldRefused(
            InvolvementField.WHAT, "Describe the involvement; it is the reason for being present for this person."
        )
    with session.work.step("a worker is involved") as records:
        records.get(Member, member_id)
        for other in records.find(Involvement, person_id=person_id, member_id=member_id):
            if other.until is None:
                raise FieldRefused(InvolvementField.MEMBER, "This worker is already recorded as involved.")
        made = Involvement(new_id(), person_id, member_id, since, " ".join(what.split()))
        records.save(made)
    return made


def end_involvement(session: Session, involvement_id: str) -> Involvement:
    """A worker is no longer involved; up to yesterday they were."""
    session.require(*LEADING)
    with session.work.step("a worker is no longer involved") as records:
        one = records.get(Involvement, involvement_id)
        if one.since >= session.today:
            records.remove(one)
            return one
        ended = replace(one, until=date.fromordinal(session.today.toordinal() - 1))
        records.save(ended)
    return ended


def _by_person(rows: Sequence[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found
