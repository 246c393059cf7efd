"""Taking over a list of people sleeping rough: shown first, then all rows in order or none. Nobody is merged silently.

A row whose name is the name or an alias of exactly one person kept is that person; one that is only alike, or shares
no more than an alias, waits until the lead says; what a cell leaves empty stays as it is known.
"""

from dataclasses import replace

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.list_decisions import ListAnswer
from csp_desktop.domain.private.list_decisions import PersonDecision
from csp_desktop.domain.private.people import RoughSleeper, Sighting, checked
from csp_desktop.services.common.import_answers import NO_ANSWERS, Answers, Question, QuestionLine
from csp_desktop.services.common.import_rows import Refusal
from csp_desktop.services.people.member_import import (
    SAME_PERSON,
    MemberChange,
    MembersPreview,
    NameAlike,
    is_same,
    person_key,
)
from csp_desktop.services.people.not_in_list import PART_LIST, STAYS, NotInList, gone_question
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.import_rows import RoughSleeperFile, RoughSleeperLine
from csp_desktop.services.private.people import last_number, why_alike
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.session import Session

FIELDS = {
    "name": "name",
    "aliases": "aliases",
    "initials": "initials",
    "headline": "what it is about",
    "contact": "contact",
    "needs": "needs",
    "accommodation": "accommodation",
    "accommodation_since": "there since",
    "consent": "agreement",
    "consent_on": "asked on",
    "consent_limits": "limits",
    "begging": "begging",
    "safety_net": "Safety Net reference",
}


def preview_people(session: Session, parsed: RoughSleeperFile, answers: Answers = NO_ANSWERS) -> MembersPreview:
    """What the list would change, without changing it."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return _Sorting(records, session, parsed, answers).sort().preview()


def import_people(session: Session, parsed: RoughSleeperFile, answers: Answers = NO_ANSWERS) -> MembersPreview:
    """Take the list over in one step; nobody is removed, and what was said of those not in it is kept. New Hope's lead
    or deputy only."""
    with session.work.step("import of people") as records:
        require_preparing(session, records)
        sorting = _Sorting(records, session, parsed, answers).sort()
        for over in sorting.over:
            records.remove(over)
        for record in (*sorting.to_save, *sorting.decided):
            records.save(record)
    return sorting.preview()


class _Sorting:
    """Each row beside who is kept: new, changed, the same, or refused."""

    def __init__(self, records: Records, session: Session, parsed: RoughSleeperFile, answers: Answers) -> None:
        self._session, self._parsed, self._answers = session, parsed, answers
        self._records, self._likeness = records, session.papers.likeness
        self._kept: list[RoughSleeper] = records.find(RoughSleeper)
        self._number = last_number(records)
        self.to_save: list[RoughSleeper | Sighting] = []
        self._refused: list[Refusal] = []
        self._details: list[MemberChange] = []
        self._counts = {"new": 0, "changed": 0, "unchanged": 0}
        self._listed = tuple(person for person in self._kept if person.on_list)
        self._seen: set[str] = set()
        self._unlisted = NotInList(records, PersonDecision, lambda one: one.person_id, parsed.mapping, answers)
        self._gone: list[RoughSleeper] = []
        self.decided: list[PersonDecision] = []
        self.over: list[PersonDecision] = []
        self._asked: list[QuestionLine] = []
        self._alike: list[NameAlike] = []
        self._waiting: list[Refusal] = []

    def sort(self) -> "_Sorting":
        """Every row in its place."""
        self._refused.extend(self._parsed.refused)
        for row in self._parsed.rows:
            late = self._day_to_come(row)
            if late is not None:
                self._refused.append(late)
                continue
            try:
                self._take(row)
            except Refused as refusal:
                self._refused.append(Refusal(row.line, "Name", row.name, refusal.sentence))
        self._refused.sort(key=lambda one: one.line)
        there = self._parsed.named
        absent = [person for person in self._listed if person.id not in self._seen]
        self._gone = [one for one in absent if there.isdisjoint(map(folded, (one.name, *one.aliases)))]
        self.decided = self._unlisted.to_keep((one.id for one in self._gone), self._decision)
        self.over = self._unlisted.over(self._seen, self.decided)
        return self

    def _decision(self, person_id: str, answer: ListAnswer, headings: tuple[str, ...]) -> PersonDecision:
        return PersonDecision(new_id(), answer, headings, self._session.now(), self._session.user_name, person_id)

    def preview(self) -> MembersPreview:
        """The counts and lists."""
        counts = self._counts
        return MembersPreview(
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
            refused=tuple(self._refused),
            new_agencies=(),
            details=tuple(self._details),
            waiting=tuple(self._waiting),
            questions=self._questions(),
            looks_like=tuple(self._alike),
            vanished=tuple(person.reference for person in self._gone),
            decided=len(self.decided),
        )

    def _questions(self) -> tuple[Question, ...]:
        alike = [Question("The same people?", "similar names", tuple(self._asked), SAME_PERSON)] if self._asked else []
        lines = [self._unlisted.line(one.id, one.reference, one.name) for one in self._gone]
        title = count_of(len(lines), "person is", "people are") + " not in this list"
        return (*alike, *gone_question(title, "nobody is removed", lines, (STAYS, PART_LIST)))

    def _day_to_come(self, row: RoughSleeperLine) -> Refusal | None:
        days = (
            ("Accommodation since", row.accommodation_since),
            ("Asked on", row.consent_on),
            ("Last seen on", row.seen_on),
        )
        for column, day in days:
            if day is not None and day > self._session.today:
                reason = "This date is in the future. Give the actual date."
                return Refusal(row.line, column, f"{day:%d/%m/%Y}", reason)
        return None

    def _take(self, row: RoughSleeperLine) -> None:
        found = self._person(row)
        if found is None:
            return
        before, row = found
        if before is not None:
            self._seen.add(before.id)
        number = before.number if before else self._number + 1
        known = before or RoughSleeper(new_id(), number, row.name, "", self._session.today)
        after = checked(_with(known, row))
        seen = self._sighting(after, row)
        if before == after and seen is None:
            self._counts["unchanged"] += 1
            return
        self._counts["changed" if before else "new"] += 1
        self._number = max(self._number, number)
        self._kept = [person for person in self._kept if person.id != after.id] + [after]
        self.to_save += [record for record in (after if before != after else None, seen) if record is not None]
        self._details.append(MemberChange(after.name, after.reference, _words(before, after, seen)))

    def _person(self, row: RoughSleeperLine) -> tuple[RoughSleeper | None, RoughSleeperLine] | None:
        """Whom a row is about, none for somebody new, and the row; None while a person has to say it."""
        name = folded(" ".join(row.name.split()))
        same = [p for p in self._kept if name in {folded(known) for known in (p.name, *p.aliases)}]
        if len(same) > 1:
            both = " and ".join(person.reference for person in same[:2])
            raise Refused(f"{both} both have this name. Use a name in the list that only one of them has.")
        if same:
            return same[0], row
        for person in self._kept:
            why = why_alike((row.name, *row.aliases), person, self._likeness)
            if not why:
                continue
            self._seen.add(person.id)
            key = person_key(row.name)
            said = is_same(self._answers, key)
            self._asked.append(QuestionLine(key, f"{row.name} → {person.reference}", why, said))
            self._alike.append(NameAlike(row.line, row.name, person.reference, why))
            if said == "same":
                return person, replace(row, aliases=(*row.aliases, row.name))
            if not said:
                reason = f"{person.reference} has {why}. Say whether it is the same person."
                self._waiting.append(Refusal(row.line, "Name", row.name, reason))
                return None
        return None, row

    def _sighting(self, person: RoughSleeper, row: RoughSleeperLine) -> Sighting | None:
        if row.seen_on is None:
            return None
        kept = self._records.find(Sighting, person_id=person.id, on=row.seen_on)
        where = " ".join(row.seen_where.split())
        if any(folded(one.where) == folded(where) for one in kept):
            return None
        return Sighting(
            new_id(), person.id, row.seen_on, where, row.seen_by or self._session.user_name, bedded_down=True
        )


def _with(known: RoughSleeper, row: RoughSleeperLine) -> RoughSleeper:
    """The person with what the row says; a name kept only as an alias stays one."""
    aliases = tuple(dict.fromkeys((*known.aliases, *row.aliases)))
    said = {
        "aliases": aliases,
        "initials": row.initials or known.initials,
        "headline": row.headline or known.headline,
        "contact": row.contact or known.contact,
        "needs": tuple(dict.fromkeys((*known.needs, *row.needs))),
        "accommodation": row.accommodation or known.accommodation,
        "accommodation_since": row.accommodation_since or known.accommodation_since,
        "consent": row.consent or known.consent,
        "consent_on": row.consent_on or known.consent_on,
        "consent_limits": row.consent_limits or known.consent_limits,
        "begging": row.begging or known.begging,
        "safety_net": row.safety_net or known.safety_net,
    }
    return replace(known, **said)  # type: ignore[arg-type]


def _words(before: RoughSleeper | None, after: RoughSleeper, seen: Sighting | None) -> str:
    if before is None:
        return "new"
    changed = [words for field, words in FIELDS.items() if getattr(before, field) != getattr(after, field)]
    return ", ".join([*changed, *(["seen"] if seen else [])])
