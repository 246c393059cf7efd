"""The papers before a meeting: what each agency is sent, who they go to, the files, and the set for a failed laptop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.unnamed_bodies import minuted, to_do
from csp_desktop.domain.common.by_mail import mail_words
from csp_desktop.domain.common.days import (
    clock,
    dated_day,
    local,
    paper_day,
    screen_day,
)
from csp_desktop.domain.common.deadlines import papers_deadline
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.actions import Action, ActionState, action_label, owner_words, times_carried
from csp_desktop.domain.meeting.confidentiality import Attendance, ClauseKind
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.papers import (
    AgencyList,
    Agenda,
    BlankSheet,
    CaseSheet,
    Head,
    ListedAction,
    ListedCase,
    PaperSet,
    PapersWritten,
    PlannedItem,
    went_out_words,
)
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.meeting.signing import hears_the_clause
from csp_desktop.domain.minutes.protection import IN_PERSON, Marks, Protection, sent, title_for_all, without_protected
from csp_desktop.domain.minutes.record import case_name
from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member
from csp_desktop.domain.people.bodies import body_name
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.meeting.absences import is_mental_health
from csp_desktop.services.meeting.agenda import Preparation, TurnRow, lay_out, preparation
from csp_desktop.services.meeting.agreed_by_mail import decisions_in, mail_marks
from csp_desktop.services.meeting.due_next import last_held
from csp_desktop.services.meeting.sign_in import current_clause
from csp_desktop.services.meeting.update_requests import OfficerUpdates, Updates, updates
from csp_desktop.services.minutes.paper_rights import PaperRights
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class AgencyRow:
    """One agency: its list, how many of its updates are in, and who of it is expected."""

    agency_id: str
    name: str
    listed: AgencyList
    answered: int
    all: int
    people: tuple[str, ...]
    withheld: tuple[str, ...] = ()  # what is not in its list, and why

    @property
    def updates(self) -> str:
        """'3 of 8'"""
        return f"{self.answered} of {self.all}" if self.all else "none asked"


@dataclass(frozen=True)
class Recipient:
    """One person the papers go to."""

    member_id: str
    name: str
    mail: str
    agency_id: str


@dataclass(frozen=True)
class PapersAhead:
    """Everything the page of the papers shows."""

    meeting: Meeting
    agenda: Agenda
    agencies: tuple[AgencyRow, ...]
    recipients: tuple[Recipient, ...]
    out_by: date
    written: PapersWritten | None  # the last time
    answered: int
    all: int
    barred: frozenset[str] = frozenset()  # the ids of members who may not have their agency's paper

    @property
    def agenda_only(self) -> tuple[str, ...]:
        """Who is sent the agenda without their agency's paper."""
        return tuple(one.name for one in self.recipients if one.member_id in self.barred)

    @property
    def without_mail(self) -> tuple[str, ...]:
        """Whom no draft can be written for."""
        return tuple(one.name for one in self.recipients if not one.mail)


def papers_ahead(session: Session, meeting_id: str) -> PapersAhead:
    """The papers of a meeting to come as they stand."""
    lay_out(session, meeting_id)
    prepared, found = preparation(session, meeting_id), updates(session)
    with session.work.reading() as records:
        drawing = Drawing(session, records, prepared, found)
        settings = settings_in(records)
        written = last_written(records, meeting_id)
        recipients, agencies = recipients_in(records, meeting_id), drawing.agencies()
    return PapersAhead(
        prepared.meeting,
        drawing.agenda,
        agencies,
        recipients,
        papers_deadline(prepared.meeting.on, settings, session.holidays),
        written,
        found.answered,
        found.all,
        drawing.rights.barred(),
    )


def last_written(records: Records, meeting_id: str) -> PapersWritten | None:
    """When the papers of a meeting were last written, if they were."""
    return max(records.find(PapersWritten, meeting_id=meeting_id), key=lambda one: one.at, default=None)


def papers_standing(session: Session, meeting_id: str) -> tuple[str, bool]:
    """Whether the papers of a meeting went out, in words: ('Papers to write by Thu 19 Nov', False)."""
    with session.work.reading() as records:
        meeting, written = records.get(Meeting, meeting_id), last_written(records, meeting_id)
        by = papers_deadline(meeting.on, settings_in(records), session.holidays)
    if written is not None:
        return went_out_words(written), True
    if meeting.state is not MeetingState.PLANNED or session.today > meeting.on:
        return "", False
    late = overdue_words(days_overdue(by, session.today))
    day = screen_day(by, session.today)
    return f"Papers were due {day}, {late}" if late else f"Papers to write by {day}", False


def recipients_in(records: Records, meeting_id: str) -> tuple[Recipient, ...]:
    """Everybody expected who sent no apologies, by agency and name."""
    rows = [r for r in records.find(Attendance, meeting_id=meeting_id) if r.expected and not r.apology]
    mails = {m.id: m.mail for m in records.find(Member, id=[r.member_id for r in rows])} if rows else {}
    rows.sort(key=lambda r: (folded(r.agency_name), folded(r.name)))
    return tuple(Recipient(r.member_id, r.name, mails.get(r.member_id, ""), r.agency_id) for r in rows)


class Drawing:
    """One drawing up: what every list needs is read once."""

    def __init__(self, session: Session, records: Records, prepared: Preparation, found: Updates) -> None:
        self._session, self._records, self._prepared, self._updates = session, records, prepared, found
        meeting = prepared.meeting
        self._settings = settings_in(records)
        self._members = {m.id: m for m in records.find(Member)}
        self._meetings = {m.id: m for m in records.find(Meeting)}
        self._titles = {i.id: i.title for i in records.find(AgendaItem)}
        self._open = records.find(Action, state=ActionState.OPEN)
        self._mailed = mail_marks(records, [one.id for one in self._open], paper_day)
        self._open.sort(key=lambda a: (a.due or date.max, a.agreed_on, a.number))
        ids = {a.case_id for a in self._open if a.case_id}
        about = records.find(Case, id=sorted(ids)) if ids else []
        self._references = {c.id: c.reference for c in about}
        self.rights = PaperRights(session, records, meeting, [*about, *(row.case for row in prepared.turns)])
        last = last_held(records, meeting.on)
        self._last_on = last.on if last else None
        self._last = {t.case_id: t for t in records.find(CaseTurn, meeting_id=last.id)} if last else {}
        self.head = Head(
            paper_name(self._settings.town, self._settings.partnership),
            body_name(self._settings),
            meeting.on,
            meeting.starts,
            meeting.ends,
            meeting.venue,
            self._name(meeting.chair_id),
            self._name(meeting.minute_taker_id),
            session.now(),
        )
        self._listed = dict(self._places())

    @property
    def agenda(self) -> Agenda:
        """The items with their times; the one of the cases says how many stay."""
        prepared, words = self._prepared, self._case_words()
        items = tuple(
            PlannedItem(
                title_for_all(row.item.title),
                row.begins,
                row.minutes,
                words if _is_cases(row.item) else without_protected(row.detail),
            )
            for row in prepared.items
        )
        return Agenda(self.head, items, prepared.planned_minutes, prepared.slot_minutes, prepared.ends_at)

    def _case_words(self) -> str:
        whole = len(self._prepared.turns)
        waiting = sum(row.turn.propose_defer for row in self._prepared.turns)
        if not waiting:
            return count_of(whole, "case", "cases")
        return f"{whole - waiting} of {count_of(whole, 'case', 'cases')}, {waiting} suggested for deferral"

    def _places(self) -> Iterator[tuple[str, ListedCase]]:
        """Each case of the walk with its place and about when it begins."""
        cases = next((row for row in self._prepared.items if _is_cases(row.item)), None)
        now = datetime.combine(self.head.on, cases.begins if cases else self.head.starts)
        for place, row in enumerate(self._prepared.turns, 1):
            stays = not row.turn.propose_defer
            begins = now.time() if stays else None
            yield (
                row.case.id,
                ListedCase(place, _named(row.case), _rating(row.case), row.turn.why, row.turn.planned_minutes, begins),
            )
            now += timedelta(minutes=row.turn.planned_minutes if stays else 0)

    def agencies(self) -> tuple[AgencyRow, ...]:
        """Every agency that has a case, an action, or somebody expected."""
        expected: dict[str, list[str]] = {}
        for row in self._prepared.expected:
            if row.expected and not row.apology:
                expected.setdefault(row.member.agency_id, []).append(row.member.name)
        rows = []
        for agency in self._records.find(Agency, active=True):
            listed = self._list(agency)
            people = tuple(expected.get(agency.id, ()))
            if not (listed.cases or listed.actions or people):
                continue
            mine = self._asked_of(agency)
            answered, every = sum(r.answered for r in mine), sum(len(r.rows) for r in mine)
            rows.append(AgencyRow(agency.id, agency.name, listed, answered, every, people, listed.withheld))
        return tuple(sorted(rows, key=lambda row: folded(row.name)))

    def _asked_of(self, agency: Agency) -> list[OfficerUpdates]:
        return [row for row in self._updates.officers if row.officer.agency_id == agency.id]

    def _list(self, agency: Agency) -> AgencyList:
        share = self.rights.of(agency)
        actions = [a for a in self._open if agency.id in map(self._home, a.owner_ids)]
        every = self._cases_of(agency, {a.case_id for a in actions})
        mine = [row for row in every if share.may_list(row.case.id)]
        if share.rights is Rights.NOTHING:
            return AgencyList(self.head, agency.name, (), (), (), share.told(0, 0, 0))
        cases = tuple(self._listed[row.case.id] for row in mine)
        may = frozenset({Protection.POLICE} if agency.kind is AgencyKind.POLICE else ())
        declared = [one.case_id in share.declared for one in actions]
        told = tuple(self._action(one, may, in_person=is_so) for one, is_so in zip(actions, declared, strict=True))
        marked = sum(sent(one.what, may) != one.what for one in actions if one.case_id not in share.declared)
        withheld = share.told(len(every) - len(mine), sum(declared), marked)
        return AgencyList(self.head, agency.name, cases, tuple(self._asked(agency, mine)), told, withheld)

    def _cases_of(self, agency: Agency, acted_on: set[str]) -> list[TurnRow]:
        """Those it leads, those its open actions are about, and for mental health those with such a factor."""
        names = {folded(name) for name in (agency.name, agency.short_name) if name}
        health = is_mental_health(agency)
        return [
            row
            for row in self._prepared.turns
            if folded(row.case.lead_agency) in names
            or row.case.id in acted_on
            or (health and row.case.mental_health)
            or self._referred(row.case.id, names)
        ]

    def _referred(self, case_id: str, names: set[str]) -> bool:
        turn = self._last.get(case_id)
        return turn is not None and folded(turn.refer_to) in names

    def _asked(self, agency: Agency, mine: Sequence[TurnRow]) -> Iterator[str]:
        """In whole sentences; the cases by reference and initials."""
        names = {folded(name) for name in (agency.name, agency.short_name) if name}
        stay = [row for row in mine if not row.turn.propose_defer]
        if stay:
            first = self._listed[stay[0].case.id]
            at = f", the first at about {clock(first.begins)}" if first.begins else ""
            yield (f"Speak to {count_of(len(stay), 'case', 'cases')}{at}. If you cannot attend, send your information.")
        waiting = [(row.officer.name, row.to_answer) for row in self._asked_of(agency) if row.to_answer]
        if waiting:
            by = paper_day(self._updates.answer_by)
            total = count_of(sum(n for _, n in waiting), "open action is progressing", "open actions are progressing")
            yield f"Tell us by {by} how {total}: {', '.join(f'{name} ({n})' for name, n in waiting)}."
        for row in mine:
            yield from self._about(agency, names, row)
        for item in self._prepared.items:
            host = self._members.get(item.presented.host_id) if item.presented else None
            if item.presented and host is not None and host.agency_id == agency.id:
                title, detail = title_for_all(item.item.title), without_protected(item.detail)
                yield f"{title}, {clock(item.begins)}{f': {detail}' if detail else ''}."

    def _about(self, agency: Agency, names: set[str], row: TurnRow) -> Iterator[str]:
        case, turn = row.case, self._last.get(row.case.id)
        name, then = _named(case), paper_day(self._last_on) if self._last_on else ""
        if self._referred(case.id, names):
            yield f"{name} was referred to you on {then}: tell us the result."
        if turn is not None and turn.outcome is Outcome.DEFER:
            yield f"{name} was deferred on {then}: bring someone who can speak about it."
        if is_mental_health(agency) and case.mental_health:
            yield f"{name} has a mental-health factor: say who leads, or give clinical direction."

    def _action(self, action: Action, may: Marks = frozenset(), *, in_person: bool = False) -> ListedAction:
        """As it is told to somebody who may read these marks alone; `in_person`: only that there is one."""
        reference = self._references.get(action.case_id, "")
        about = (reference or "awaiting reference") if action.case_id else self._titles.get(action.item_id, "")
        label = action_label(action, self._meetings.get(action.meeting_id))
        who = owner_words(self._name(action.officer_id), map(self._name, action.with_ids))
        mailed = f" ({self._mailed[action.id]})" if action.id in self._mailed else ""
        what, about = f"{sent(to_do(action.what), may)}{mailed}", without_protected(about, may)
        if in_person:
            what, about = IN_PERSON, ""
        return ListedAction(label, what, about, who, action.due, times_carried(action))

    def sheets(self) -> tuple[CaseSheet, ...]:
        """A sheet for each case of the walk, those proposed to wait too: the meeting decides. They lie on the table,
        so nothing that is marked is in them."""
        return tuple(
            CaseSheet(
                self._listed[row.case.id],
                tuple(self._marks(row.case)),
                tuple(self._action(a) for a in self._open if a.case_id == row.case.id),
            )
            for row in self._prepared.turns
        )

    def _marks(self, case: Case) -> Iterator[str]:
        if case.repeat_victim:
            yield "Repeat victim: to be discussed"
        if case.mental_health:
            yield "Mental-health factor" if case.cmht_told_on else "Mental-health factor, CMHT not informed"
        for one in decisions_in(self._records, case.id):
            if self._last_on is None or local(one.at).date() >= self._last_on:
                words = sent(minuted(one.words)).rstrip(".")
                yield f"Decided between meetings: {words} ({one.by}, {mail_words(one, paper_day)})"

    def blanks(self) -> Iterator[BlankSheet]:
        """A sheet for members, and one for those to whom the clause is read out."""
        rows = [
            r
            for r in self._records.find(Attendance, meeting_id=self._prepared.meeting.id)
            if r.expected and not r.apology
        ]
        rows.sort(key=lambda r: (folded(r.agency_name), folded(r.name)))
        visitors = [
            (row.presented.who, "visitor") for row in self._prepared.items if row.presented and row.presented.visitor
        ]
        for kind, heading, read in (
            (ClauseKind.MEMBER, "Sign-in sheet: members", False),
            (ClauseKind.OCCASIONAL, "Sign-in sheet: those to whom the clause is read out", True),
        ):
            clause = current_clause(self._records, kind)
            people = [(r.name, r.agency_name) for r in rows if hears_the_clause(r) is read]
            people += visitors if read else []
            yield BlankSheet(heading, clause.text, clause.version, clause.sha256, tuple(people), read)

    def _home(self, member_id: str) -> str:
        return self._members[member_id].agency_id if member_id in self._members else ""

    def _name(self, member_id: str) -> str:
        return self._members[member_id].name if member_id in self._members else ""


def _is_cases(item: AgendaItem) -> bool:
    return item.kind is ItemKind.CASES


def _named(case: Case) -> str:
    return case_name(case.reference, case.initials)


def _rating(case: Case) -> str:
    total = "not rated" if case.total is None else str(case.total)
    return f"{total} {case.band.value}" if case.band else total


def paper_set(session: Session, meeting_id: str) -> PaperSet:
    """What the meeting needs where the laptop fails. Raises Refused for a meeting that was held."""
    prepared, found = to_come(session, meeting_id), updates(session)
    with session.work.reading() as records:
        drawing = Drawing(session, records, prepared, found)
        words = tuple(outcome.rule.word for outcome in Outcome)
        return PaperSet(drawing.agenda, tuple(drawing.blanks()), drawing.sheets(), words)


def to_come(session: Session, meeting_id: str) -> Preparation:
    """A meeting that is still to be held. Raises Refused for any other."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
    if meeting.state is MeetingState.CLOSED:
        raise Refused(f"The meeting of {dated_day(meeting.on)} was held: its record is the minutes.")
    lay_out(session, meeting_id)
    return preparation(session, meeting_id)
