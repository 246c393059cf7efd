"""Taking over a list of people: what would change is shown first; the rows in order go in together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.likeness import Of, why_alike
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people import likely_names, member_fields
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing, likely_kind
from csp_desktop.domain.people.likely_names import Known
from csp_desktop.domain.people.list_decisions import ListAnswer, MemberDecision
from csp_desktop.domain.people.member_fields import MemberField
from csp_desktop.services.common.import_answers import NO_ANSWERS, Answers, Choice, Question, QuestionLine
from csp_desktop.services.common.import_rows import MemberFile, MemberLine, Refusal
from csp_desktop.services.people.not_in_list import PART_LIST, STAYS, NotInList, gone_question
from csp_desktop.services.people.people import short_form
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

ALL_ALIKE = "alike"  # the answer for whatever looks like something known
KINDS = tuple(Choice(kind.value, kind.value.capitalize()) for kind in AgencyKind)
SAME_AGENCY = (Choice("same", "The same"), Choice("new", "A new agency"))
OTHER_PERSON = (Choice("new", "Someone else"), Choice("out", "Leave out"))
HAS_LEFT = ListAnswer.HAS_LEFT.value
GONE_PEOPLE = (Choice(HAS_LEFT, "Has left"), STAYS, PART_LIST)
SAME_PERSON = (Choice("same", "The same person"), Choice("new", "Someone else"))


@dataclass(frozen=True)
class MemberChange:
    """One person who is new or changes, and what, in words."""

    name: str
    agency: str
    words: str


@dataclass(frozen=True)
class AskedRow:
    """A new name that is likely somebody's on the list, or nobody's: left out until a person says it `goes_in`."""

    line: int
    name: str
    agency: str
    question: str
    goes_in: bool


@dataclass(frozen=True)
class NameAlike:
    """A name in a list that looks like one that is known; nobody is merged by it."""

    line: int
    name: str
    known: str
    why: str


@dataclass(frozen=True)
class MembersPreview:
    """What importing a list would do, or did. `waiting` are rows that go in once a question is answered, each with its
    reason; `vanished` those who are known and not in the list, `decided` how many answers about them are new."""

    new: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]
    new_agencies: tuple[str, ...]
    details: tuple[MemberChange, ...]
    asked: tuple[AskedRow, ...] = ()
    waiting: tuple[Refusal, ...] = ()
    questions: tuple[Question, ...] = ()
    looks_like: tuple[NameAlike, ...] = ()
    vanished: tuple[str, ...] = ()
    decided: int = 0

    @property
    def taken(self) -> int:
        """Rows that are in order, whether they change anything or not."""
        return self.new + self.changed + self.unchanged


def preview_members(session: Session, parsed: MemberFile, answers: Answers = NO_ANSWERS) -> MembersPreview:
    """What the list would change, without changing it."""
    with session.work.reading() as records:
        return _Sorting(session, records, parsed, answers).sort().preview()


def import_members(session: Session, parsed: MemberFile, answers: Answers = NO_ANSWERS) -> MembersPreview:
    """Take the list over in one step. What a cell leaves empty stays as it is known; nobody is removed, but
    who has left, as a person said, is a former member."""
    session.require_keeper()
    with session.work.step(f"people of {parsed.name}") as records:
        sorting = _Sorting(session, records, parsed, answers).sort()
        for over in sorting.over:
            records.remove(over)
        for record in (*sorting.agencies_to_save, *sorting.members_to_save, *sorting.decided):
            records.save(record)
    return sorting.preview()


def kind_key(agency: str) -> str:
    """Of the question what kind of agency this is."""
    return f"kind/{agency.casefold()}"


def agency_key(agency: str) -> str:
    """Of the question whether an agency is a known one."""
    return f"agency/{agency.casefold()}"


def person_key(name: str, agency: str = "") -> str:
    """Of the question whether a person is a known one."""
    return f"person/{name.casefold()}/{agency.casefold()}"


def is_same(answers: Answers, key: str) -> str:
    """'same' or 'new', as a person said, of one line or of all; empty where nothing was said."""
    return answers.get(key) or answers.get(ALL_ALIKE, "")


class _Sorting:
    """Each row beside what is known: new, changed, the same, refused, or waiting for an answer."""

    def __init__(self, session: Session, records: Records, parsed: MemberFile, answers: Answers) -> None:
        self._session, self._parsed, self._answers = session, parsed, answers
        self._likeness = session.papers.likeness
        self._agencies: dict[str, Agency] = {}
        for agency in records.find(Agency):
            self._agencies.setdefault(agency.short_name.casefold(), agency)
        for agency in records.find(Agency):
            self._agencies[agency.name.casefold()] = agency
        self._known_agencies = tuple(records.find(Agency))
        self._members = {(m.agency_id, m.name.casefold()): m for m in _former_first(records.find(Member))}
        self._known_members = tuple(m for m in self._members.values() if m.active)
        self._homes = {agency.id: agency.name for agency in self._known_agencies}
        self._known = [Known(one.name, self._homes[one.agency_id]) for one in self._known_members]
        self._gone: list[Member] = []
        self._unlisted = NotInList(records, MemberDecision, lambda one: one.member_id, parsed.mapping, answers)
        self.decided: list[MemberDecision] = []
        self.over: list[MemberDecision] = []
        self._asked_rows: list[AskedRow] = []
        self.agencies_to_save: list[Agency] = []
        self.members_to_save: list[Member] = []
        self._refused: list[Refusal] = []
        self._waiting: list[Refusal] = []
        self._details: list[MemberChange] = []
        self._new_agencies: list[str] = []
        self._counts = {"new": 0, "changed": 0, "unchanged": 0}
        self._asked: dict[str, list[QuestionLine]] = {"kind": [], "agency": [], "person": [], "other": []}
        self._alike: list[NameAlike] = []
        self._seen: set[str] = set()  # ids of known members that are in the list
        self._kinds: dict[str, AgencyKind] = {}
        self._named: set[tuple[str, str]] = set()

    def sort(self) -> "_Sorting":
        """Every row in its place."""
        parsed = self._parsed
        self._refused.extend(parsed.refused)
        for row in parsed.rows:
            self._named.add((row.agency.casefold(), row.name.casefold()))
            if row.agency_kind:
                self._kinds.setdefault(row.agency.casefold(), row.agency_kind)
        for row in parsed.rows:
            wrong = self._wrong(row)
            if wrong:
                self._refused.append(wrong)
            elif (found := self._agency(row)) is not None:
                self._take(row, *found, is_other=row.line in parsed.others)
        self._refused.sort(key=lambda r: r.line)
        self._sort_unlisted()
        return self

    def _sort_unlisted(self) -> None:
        """Standing members whom no row names, be it refused; who has left, as a person said, is a former member."""
        there = self._parsed.named | {folded(row.name) for row in self._parsed.rows}
        absent = [m for m in self._known_members if m.id not in self._seen and folded(m.name) not in there]
        self._gone = sorted((m for m in absent if m.standing is Standing.STANDING), key=lambda m: m.name)
        asked = self._asked_about()
        for member in asked:
            if self._unlisted.said(member.id) == HAS_LEFT:
                self.members_to_save.append(replace(member, active=False))
                self._counts["changed"] += 1
                self._details.append(MemberChange(member.name, self._homes[member.agency_id], HAS_LEFT))
        self.decided = self._unlisted.to_keep((one.id for one in asked), self._decision)
        self.over = self._unlisted.over(self._seen, self.decided)

    def _asked_about(self) -> list[Member]:
        """Whoever can open the private file is on its register by that, not by a list."""
        return [one for one in self._gone if not (self._session.private and one.user_name)]

    def _decision(self, member_id: str, answer: ListAnswer, headings: tuple[str, ...]) -> MemberDecision:
        return MemberDecision(new_id(), answer, headings, self._session.now(), self._session.user_name, member_id)

    def preview(self) -> MembersPreview:
        """The counts and lists."""
        return MembersPreview(
            **self._counts,
            refused=tuple(self._refused),
            new_agencies=tuple(self._new_agencies),
            details=tuple(self._details),
            asked=tuple(self._asked_rows),
            waiting=tuple(self._waiting),
            questions=self._questions(),
            looks_like=tuple(self._alike),
            vanished=tuple(one.name for one in self._gone),
            decided=len(self.decided),
        )

    def _questions(self) -> tuple[Question, ...]:
        found = [
            Question(f"What is {line.title}?", line.detail, (replace(line, detail=""),), KINDS)
            for line in self._asked["kind"]
        ]
        if lines := self._asked["agency"]:
            found.append(Question("Spelt differently?", "agencies", tuple(lines), SAME_AGENCY))
        if lines := self._asked["person"]:
            found.append(Question("The same people?", "similar names", tuple(lines), SAME_PERSON))
        if lines := self._asked["other"]:
            found.append(Question("Someone else?", "", tuple(lines), OTHER_PERSON))
        lines = [self._unlisted.line(one.id, one.name, self._homes[one.agency_id]) for one in self._asked_about()]
        title = count_of(len(lines), "member is", "members are") + " not in this list"
        return (*found, *gone_question(title, "", lines, GONE_PEOPLE))

    def _wrong(self, row: MemberLine) -> Refusal | None:
        signed = row.said.get(MemberField.ISP_SIGNED_ON)
        if signed and signed > self._session.today:
            heading = member_fields.BY_NAME[MemberField.ISP_SIGNED_ON].column.heading
            reason = "This date is in the future. Give the date it was signed."
            return Refusal(row.line, heading, signed.strftime("%d/%m/%Y"), reason)
        return None

    def _ask(self, about: str, line: QuestionLine) -> None:
        if line.key not in [one.key for one in self._asked[about]]:
            self._asked[about].append(line)

    def _wait(self, row: MemberLine, column: str, value: str, reason: str) -> None:
        """Once for each thing that is asked: its answer lets all its rows in."""
        if reason not in [one.reason for one in self._waiting]:
            self._waiting.append(Refusal(row.line, column, value, reason))

    def _agency(self, row: MemberLine) -> tuple[Agency, bool] | None:
        """The agency of a row, and whether the row makes or changes it: then it is kept for saving. None while
        something has to be said of it."""
        known = self._agencies.get(row.agency.casefold())
        if known is not None:
            short, kind = row.agency_short_name or known.short_name, row.agency_kind or known.kind
            after = replace(known, short_name=short, kind=kind)
            if after != known:
                self._keep(after)
            return after, after != known
        alike = self._alike_agency(row)
        said = is_same(self._answers, agency_key(row.agency)) if alike else "new"
        if alike is not None and said == "same":
            return alike, False
        if alike is not None and not said:
            reason = f"{row.agency} looks like {alike.name}. Say whether it is the same agency."
            self._wait(row, "Agency", row.agency, reason)
            return None
        kind_said = self._kind_of(row)
        if kind_said is None:
            words = ", ".join(kind.value for kind in AgencyKind)
            reason = f"{row.agency} is a new agency, so its kind is needed: one of {words}."
            self._wait(row, "Agency kind", "", reason)
            return None
        made = Agency(new_id(), row.agency, row.agency_short_name or short_form(row.agency), kind_said)
        self._new_agencies.append(made.name)
        self._keep(made)
        return made, True

    def _alike_agency(self, row: MemberLine) -> Agency | None:
        """A known one whose name is much like it; it is asked about."""
        alike = next(
            (
                one
                for one in self._known_agencies
                if any(why_alike(Of.AGENCIES, row.agency, name, self._likeness) for name in (one.name, one.short_name))
            ),
            None,
        )
        if alike is None:
            return None
        said = is_same(self._answers, agency_key(row.agency))
        self._ask("agency", QuestionLine(agency_key(row.agency), f"{row.agency} → {alike.name}", "", said))
        self._note_alike(NameAlike(row.line, row.agency, alike.name, "the agency's name is very similar"))
        return alike

    def _note_alike(self, found: NameAlike) -> None:
        if (found.name, found.known) not in [(one.name, one.known) for one in self._alike]:
            self._alike.append(found)

    def _kind_of(self, row: MemberLine) -> AgencyKind | None:
        """As the list says, or a person; else it is asked, once for each agency."""
        told = self._kinds.get(row.agency.casefold())
        if told is not None:
            return told
        said, guess = self._answers.get(kind_key(row.agency), ""), likely_kind(row.agency)
        line = QuestionLine(kind_key(row.agency), row.agency, row.name, said, guess.value if guess else "")
        self._ask("kind", line)
        return AgencyKind(said) if said else None

    def _keep(self, agency: Agency) -> None:
        self._agencies[agency.name.casefold()] = agency
        self.agencies_to_save = [a for a in self.agencies_to_save if a.id != agency.id] + [agency]

    def _take(self, row: MemberLine, agency: Agency, agency_changed: bool, *, is_other: bool) -> None:
        found = self._person(row, agency, is_other=is_other)
        if found is None:
            return
        before, name = found
        known = before or Member(new_id(), row.name, agency.id, "", Standing.STANDING)
        self._seen.add(known.id)
        after = member_fields.with_values(known, {**row.said, MemberField.NAME: name})
        if before == after and not agency_changed:
            self._counts["unchanged"] += 1
            return
        self._counts["changed" if before else "new"] += 1
        if before is None:
            self._known.append(Known(row.name, agency.name))
        if before != after:
            self.members_to_save.append(after)
        self._members[agency.id, name.casefold()] = after
        self._details.append(MemberChange(after.name, agency.name, _words(before, after)))

    def _person(self, row: MemberLine, agency: Agency, *, is_other: bool) -> tuple[Member | None, str] | None:
        """Whom a row is about, none for somebody new, and by which name they go; None while a person has to say it."""
        known = self._members.get((agency.id, row.name.casefold()))
        if known is not None:
            return known, row.name
        alike = self._alike_member(row, agency)
        question = likely_names.doubt_about(row.name, self._known)
        if alike is not None and not question:
            question = f"{alike.name} of {agency.name} is on the list, with almost the same name. Is this someone else?"
        if not question:
            return None, row.name
        key = person_key(row.name, row.agency)
        said = is_same(self._answers, key) or ("new" if is_other else "")
        if said == "same" and alike is None:
            said = ""
        title = f"{row.name} → {alike.name}" if alike else f"{row.name}, {agency.short_name}"
        self._ask("person" if alike else "other", QuestionLine(key, title, question, said))
        self._asked_rows.append(AskedRow(row.line, row.name, row.agency, question, said in ("same", "new")))
        if alike is not None and said == "same":
            return alike, alike.name
        return (None, row.name) if said == "new" else None

    def _alike_member(self, row: MemberLine, agency: Agency) -> Member | None:
        """Somebody of the agency with a name much like it, who is not in the list under their own."""
        names = {name for told, name in self._named if self._agencies.get(told) == agency}
        for one in self._known_members:
            if one.agency_id != agency.id or one.name.casefold() in names:
                continue
            if why_alike(Of.PEOPLE, folded(row.name), folded(one.name), self._likeness):
                self._note_alike(NameAlike(row.line, row.name, one.name, "the name is very similar"))
                self._seen.add(one.id)
                return one
        return None


def _former_first(members: Sequence[Member]) -> list[Member]:
    """So that of two of one name the one still there is found."""
    return sorted(members, key=lambda m: m.active)


def _words(before: Member | None, after: Member) -> str:
    """'new', or what changes: 'job title, mail'."""
    if before is None:
        return f"new, {after.standing.value}"
    rows = [row for row in member_fields.ROWS if row.name != MemberField.NAME]
    changed = [row.word for row in rows if getattr(before, row.name) != getattr(after, row.name)]
    return ", ".join(changed) or "spelling of the name" if before != after else "details of the agency"
