"""Actions: agreed in one line, answered round the table, counted by officer."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.cases.factor_tasks import FactorThen, for_factor
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.meeting.action_line import ActionChange, DayAnswer, ParsedAction, parse
from csp_desktop.domain.meeting.action_owners import Person
from csp_desktop.domain.meeting.actions import (
    Action,
    ActionAnswer,
    ActionKind,
    ActionState,
    Answer,
    after_read_back,
    answered,
    days_late,
    factor_words,
    of_kind,
    of_owners,
    owner_words,
    times_carried,
)
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting, MeetingState
from csp_desktop.domain.meeting.signatures import folded
from csp_desktop.domain.people.agencies import Agency, Member, initials
from csp_desktop.services.meeting.agreed_by_mail import forget_update_in, mail_marks, note_update_in
from csp_desktop.services.meeting.due_next import due_after, last_held, next_meeting_day
from csp_desktop.services.meeting.table_time import at_table
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

LINE = "action_line"  # the draft of the line in which actions are typed
ANSWER_WORDS = {
    ActionState.DONE: "Done",
    ActionState.NOT_DONE: "Not done",
    ActionState.NO_LONGER_POSSIBLE: "No longer possible",
}


@dataclass(frozen=True)
class Officer:
    """Whom an action belongs to, as screens name them."""

    id: str
    name: str
    initials: str
    agency: str  # short name
    agency_id: str = ""


@dataclass(frozen=True)
class ActionRow:
    """One action as a list shows it. `tone` of the status is high, medium, low or neutral."""

    action: Action
    officer: Officer
    due_words: str  # 'Tue 1 Dec'
    status: str  # 'Done', '2 days late', 'Carried to 24 Dec'
    tone: str
    answer: Answer | None  # given at the meeting asked about
    later: str = ""  # 'agreed after the read-back, 14:04'
    beside: tuple[Officer, ...] = ()  # who does it with the officer, who leads
    mailed: str = ""  # 'agreed by email of 3 Dec, not yet confirmed'

    @property
    def owners(self) -> tuple[Officer, ...]:
        """Whose action it is, who leads first."""
        return (self.officer, *self.beside)

    @property
    def who(self) -> str:
        """'PS Dan Holt, with Liam Reed'"""
        return owner_words(self.officer.name, [one.name for one in self.beside])

    @property
    def line(self) -> str:
        """'PS Dan Holt, with Liam Reed, Tue 1 Dec'"""
        return ", ".join(filter(None, (self.who, self.due_words, self.mailed)))

    @property
    def whole_line(self) -> str:
        """The same with the risk factor it is to reduce: never where the words of the action may not be seen."""
        return ", ".join(filter(None, (self.line, factor_words(self.action))))


@dataclass(frozen=True)
class InTheRoom:
    """One person in the room and how many open actions are theirs."""

    officer: Officer
    open: int
    late: int
    signed: bool


def officers(records: Records) -> dict[str, Officer]:
    """Everyone an action can belong to, by id."""
    agencies = {a.id: a for a in records.find(Agency)}
    found = {}
    for member in records.find(Member):
        agency = agencies.get(member.agency_id)
        short = agency.short_name if agency else ""
        found[member.id] = Officer(member.id, member.name, initials(member.name), short, member.agency_id)
    return found


def officer_of(known: Mapping[str, Officer], officer_id: str) -> Officer:
    """The officer; one no longer in the register still has a row."""
    return known.get(officer_id) or Officer(officer_id, "No officer", "?", "")


def beside_of(known: Mapping[str, Officer], action: Action) -> tuple[Officer, ...]:
    """Who does an action with the officer who leads."""
    return tuple(officer_of(known, one) for one in action.with_ids)


def people_for_actions(session: Session, meeting_id: str) -> tuple[Person, ...]:
    """Who may be named in the action line: everyone in the room, then the register."""
    with session.work.reading() as records:
        here = {a.member_id for a in records.find(Attendance, meeting_id=meeting_id) if a.present}
        members, meeting = records.find(Member), records.get(Meeting, meeting_id)
        agencies = {a.id: a for a in records.find(Agency)}
    found = [
        replace(
            _person(
                member, agencies.get(member.agency_id), here=member.id in here, chairs=member.id == meeting.chair_id
            ),
            takes_minutes=member.id == meeting.minute_taker_id,
        )
        for member in members
        if member.active or member.id in here
    ]
    return tuple(sorted(found, key=lambda person: (not person.here, folded(person.name))))


def register_people(records: Records) -> tuple[Person, ...]:
    """Who may be named where there is no room: everyone on the list."""
    agencies = {a.id: a for a in records.find(Agency)}
    members = [member for member in records.find(Member) if member.active]
    members.sort(key=lambda member: folded(member.name))
    return tuple(_person(member, agencies.get(member.agency_id), here=True, chairs=False) for member in members)


_LEAD = frozenset(["lead", "leader", "head", "manager", "director"])  # in a job title


def _person(member: Member, agency: Agency | None, *, here: bool, chairs: bool) -> Person:
    leads = not _LEAD.isdisjoint(folded(member.job_title).replace(",", " ").split())
    if agency is None:
        return Person(member.id, member.name, here=here, chairs=chairs, leads=leads)
    short, name = agency.short_name, agency.name
    return Person(member.id, member.name, short, name, agency.kind, here=here, chairs=chairs, leads=leads)


def read_line(
    session: Session,
    meeting_id: str,
    text: str,
    chosen: Sequence[str] = (),
    kind: ActionKind | None = None,
    answer: DayAnswer | None = None,
) -> ParsedAction:
    """What a line says, for screens that have not the people at hand."""
    with session.work.reading() as records:
        meeting = records.get(Meeting, meeting_id)
        following = next_meeting_day(session, records, meeting)
    people = people_for_actions(session, meeting_id)
    return parse(
        text,
        people,
        meeting.on,
        following,
        chosen,
        kind,
        answer=answer,
        holidays=session.holidays,
    )


def agree_action(
    session: Session,
    meeting_id: str,
    said: ParsedAction,
    *,
    case_id: str = "",
    item_id: str = "",
    power: str = "",
    then: FactorThen | None = None,
) -> Action:
    """Put an action on record with the meeting's next number; `then` is the risk factor it is meant to reduce. At a
    meeting still planned it is agreed today, and due there unless a day was said. Raises Refused for one that is not
    complete yet."""
    session.require_case_worker()
    if said.wait or said.officer is None:
        raise Refused(f"{said.wait or 'Choose the officer'}.")
    who = owner_words(said.officer.name, [one.name for one in said.beside])
    with session.work.step(f"action for {who}") as records:
        meeting = records.get(Meeting, meeting_id)
        ahead = meeting.state is MeetingState.PLANNED
        numbers = [a.number for a in records.find(Action, meeting_id=_numbered_with(records, meeting))]
        action = Action(
            id=new_id(),
            meeting_id=meeting_id,
            number=max(numbers, default=0) + 1,
            what=said.what,
            officer_id=said.officer.id,
            with_ids=tuple(one.id for one in said.beside),
            due=said.due if said.due_typed or ahead else next_meeting_day(session, records, meeting),
            agreed_on=session.today if ahead else meeting.on,
            case_id=case_id,
            item_id=item_id,
            kind=said.kind,
            power=power or said.power,
            next_of_id="" if said.due_typed or ahead else due_after(records, meeting),
            agreed_at=session.now() if ahead else at_table(session, records, meeting_id),
        )
        if then is not None:
            action = for_factor(action, then)
        records.save(action)
    return action


def _numbered_with(records: Records, meeting: Meeting) -> tuple[str, ...]:
    """The meetings whose actions share one row of numbers: those called for cases on one day, else each its own."""
    if meeting.is_regular:
        return (meeting.id,)
    return tuple(one.id for one in records.find(Meeting, on=meeting.on) if not one.is_regular)


def change_action(
    session: Session,
    action_id: str,
    *,
    what: str | None = None,
    officer_id: str | None = None,
    with_ids: tuple[str, ...] | None = None,
    due: date | None = None,
    no_day: bool = False,
    kind: ActionKind | None = None,
    power: str | None = None,
) -> Action:
    """Put an action right; what is not given stays. `no_day`: it is due at the next meeting again. Raises Refused for
    empty words."""
    session.require_case_worker()
    with session.work.step("change to an action") as records:
        action = records.get(Action, action_id)
        words = " ".join((action.what if what is None else what).split())
        if not words:
            raise Refused("Say what will be done.")
        after = replace(
            action,
            what=words,
            due=due or action.due,
            next_of_id=action.next_of_id if due is None else "",
        )
        if no_day:
            agreed_at = records.get(Meeting, action.meeting_id)
            due = next_meeting_day(session, records, agreed_at)
            after = replace(after, due=due, next_of_id=due_after(records, agreed_at))
        for member_id in (*((officer_id,) if officer_id is not None else ()), *(with_ids or ())):
            records.get(Member, member_id)
        after = of_kind(of_owners(after, officer_id, with_ids), kind, power)
        if after != action:
            after = replace(after, changed_at=_changed_at(session, records, action.meeting_id))
        records.save(after)
    return after


def apply_change(session: Session, action_id: str, change: ActionChange) -> Action:
    """Change of an action what was changed in its line; a line without a day means the next meeting."""
    if change == ActionChange():
        with session.work.reading() as records:
            return records.get(Action, action_id)
    return change_action(
        session,
        action_id,
        what=change.what,
        officer_id=change.officer_id,
        with_ids=change.with_ids,
        due=change.due,
        no_day=change.no_day,
        kind=change.kind,
        power=change.power,
    )


def remove_action(session: Session, action_id: str) -> None:
    """Take an action off the record that was agreed by mistake at a meeting still running. Raises Refused once that is
    closed."""
    session.require_case_worker()
    with session.work.step("removal of an action") as records:
        action = records.get(Action, action_id)
        if records.get(Meeting, action.meeting_id).state is MeetingState.CLOSED:
            raise Refused(
                "This action was agreed at a meeting that is now closed. Review it instead: X, no longer possible."
            )
        for answer in records.find(ActionAnswer, action_id=action_id):
            records.remove(answer)
        records.remove(action)
        _mark_changed(session, records, action)


def _changed_at(session: Session, records: Records, meeting_id: str) -> datetime:
    """While a meeting held on paper is entered, by its sheets; once it is closed, by the clock."""
    meeting = next(iter(records.find(Meeting, id=meeting_id)), None)
    if meeting is None or meeting.state is MeetingState.CLOSED:
        return session.now()
    return at_table(session, records, meeting_id)


def _mark_changed(session: Session, records: Records, action: Action) -> None:
    """What it was agreed under was perhaps read back with it."""
    stops: Sequence[AgendaItem | CaseTurn] = ()
    if action.item_id:
        stops = records.find(AgendaItem, id=action.item_id)
    elif action.case_id and not session.private:
        stops = records.find(CaseTurn, meeting_id=action.meeting_id, case_id=action.case_id)
    for stop in stops:
        if stop.read_back_at is not None:
            records.save(replace(stop, changed_at=_changed_at(session, records, action.meeting_id)))


def answer_action(
    session: Session,
    action_id: str,
    answer: Answer,
    *,
    reason: str = "",
    due: date | None = None,
    meeting_id: str = "",
    mailed_on: date | None = None,
) -> Action:
    """What the officer says: done, not done (reason), carried on (new date), no longer possible (what changed).
    `meeting_id` is empty for an update between meetings, which its officer may have given by email of a day."""
    session.require_case_worker()
    with session.work.step(f"outcome of an action: {answer.value}") as records:
        action = records.get(Action, action_id)
        on = records.get(Meeting, meeting_id).on if meeting_id else session.today
        before = answers_here(records, meeting_id, action_id)
        again = answer is Answer.CARRY_ON and any(a.answer is Answer.CARRY_ON for a in before)
        after = answered(action, answer, reason, due, on, again=again)
        if answer is Answer.CARRY_ON:
            after = replace(after, next_of_id=_next_of(session, records, meeting_id, after.due))
        records.save(after)
        at = at_table(session, records, meeting_id)
        records.save(
            ActionAnswer(
                new_id(), action_id, meeting_id, at, session.user_name, answer, after.reason, action.due, after.due
            )
        )
        forget_update_in(records, action_id)
        if mailed_on is not None:
            note_update_in(session, records, after, answer, mailed_on)
    return after


def _next_of(session: Session, records: Records, meeting_id: str, due: date | None) -> str:
    """The meeting after which an action is due that was carried on to this day; empty when to a day of its own."""
    meeting = records.get(Meeting, meeting_id) if meeting_id else last_held(records)
    return meeting.id if meeting is not None and next_meeting_day(session, records, meeting) == due else ""


def answers_here(records: Records, meeting_id: str, action_id: str) -> list[ActionAnswer]:
    """What was answered to an action at one meeting."""
    if not meeting_id:
        return []
    return records.find(ActionAnswer, meeting_id=meeting_id, action_id=action_id)


def action_rows(
    records: Records,
    actions: Iterable[Action],
    on: date,
    meeting_id: str = "",
    known: Mapping[str, Officer] | None = None,
    read_back_at: datetime | None = None,
) -> tuple[ActionRow, ...]:
    """Rows of actions as they stand on a day, with the answer given at a meeting. `read_back_at`: what was agreed or
    changed since is marked."""
    chosen = list(actions)
    known = known if known is not None else officers(records)
    given: dict[str, ActionAnswer] = {}
    if meeting_id and chosen:
        found = records.find(ActionAnswer, meeting_id=meeting_id, action_id=[a.id for a in chosen])
        given = {a.action_id: a for a in sorted(found, key=lambda a: a.at)}
    rows, mailed = [], mail_marks(records, [action.id for action in chosen])
    for action in chosen:
        answer = given[action.id].answer if action.id in given else None
        status, tone = status_of(action, on, answer)
        due = screen_day(action.due, on) if action.due else "no date"
        later = after_read_back(action, read_back_at)
        officer, beside = officer_of(known, action.officer_id), beside_of(known, action)
        mark = mailed.get(action.id, "")
        rows.append(ActionRow(action, officer, due, status, tone, answer, later, beside, mark))
    return tuple(rows)


def overdue_first(records: Records, actions: Iterable[Action], on: date, meeting_id: str = "") -> list[Action]:
    """The most overdue first, the others in the order given. An answer at this meeting moves no row: the date before it
    counts."""
    chosen = list(actions)
    found = records.find(ActionAnswer, meeting_id=meeting_id, action_id=[a.id for a in chosen]) if meeting_id else []
    before = {answer.action_id: answer.due_before for answer in sorted(found, key=lambda a: a.at, reverse=True)}
    late = {a.id: days_overdue(before[a.id], on) if a.id in before else days_late(a, on) for a in chosen}
    return sorted(chosen, key=lambda action: -late[action.id])


def status_of(action: Action, on: date, answer: Answer | None = None) -> tuple[str, str]:
    """The status in words and its tone: ('2 days late', 'high')."""
    if action.state is not ActionState.OPEN:
        tones = {ActionState.DONE: "low", ActionState.NOT_DONE: "high"}
        return ANSWER_WORDS[action.state], tones.get(action.state, "neutral")
    if answer is Answer.CARRY_ON and action.due:
        return f"Carried forward to {screen_day(action.due, on)}", "medium"
    late = days_late(action, on)
    if late:
        return overdue_words(late), "high"
    words = times_carried(action)
    return (words, "medium") if words else ("Open", "neutral")


def actions_of_case(session: Session, case_id: str) -> tuple[ActionRow, ...]:
    """Every action of a case: the most overdue first, then the newest."""
    with session.work.reading() as records:
        records.get(Case, case_id)
        found = sorted(records.find(Action, case_id=case_id), key=lambda a: (a.agreed_on, a.number), reverse=True)
        return action_rows(records, overdue_first(records, found, session.today), session.today)


def actions_of_item(
    records: Records, item: AgendaItem, on: date, known: Mapping[str, Officer] | None = None
) -> tuple[ActionRow, ...]:
    """The actions agreed under an agenda item."""
    found = records.find(Action, item_id=item.id)
    return action_rows(records, found, on, item.meeting_id, known, item.read_back_at)


def open_counts(session: Session, meeting_id: str) -> tuple[InTheRoom, ...]:
    """Who is in the room, with their open actions, the most first."""
    with session.work.reading() as records:
        return room_in(records, meeting_id, session.today)


def room_in(records: Records, meeting_id: str, on: date) -> tuple[InTheRoom, ...]:
    """The same inside a transaction."""
    known = officers(records)
    here = [a for a in records.find(Attendance, meeting_id=meeting_id) if a.present]
    open_ones = records.find(Action, state=ActionState.OPEN)
    rows = []
    for row in here:
        mine = [a for a in open_ones if row.member_id in a.owner_ids]
        plain_row = Officer(row.member_id, row.name, initials(row.name), row.agency_name, row.agency_id)
        rows.append(_in_the_room(known.get(row.member_id, plain_row), mine, on, row.signed))
    return _most_first(rows)


def counted_again(session: Session, rows: Sequence[InTheRoom], officer_ids: Collection[str]) -> tuple[InTheRoom, ...]:
    """The same rows after actions of these officers were agreed, changed or answered: only theirs are counted."""
    with session.work.reading() as records:
        found = records.find(Action, state=ActionState.OPEN) if officer_ids else []
    fresh = []
    for row in rows:
        if row.officer.id in officer_ids:
            mine = [a for a in found if row.officer.id in a.owner_ids]
            row = _in_the_room(row.officer, mine, session.today, row.signed)
        fresh.append(row)
    return _most_first(fresh)


def _in_the_room(officer: Officer, mine: Sequence[Action], on: date, signed: bool) -> InTheRoom:
    return InTheRoom(officer, len(mine), sum(days_late(a, on) > 0 for a in mine), signed)


def _most_first(rows: Iterable[InTheRoom]) -> tuple[InTheRoom, ...]:
    return tuple(sorted(rows, key=lambda r: (-r.open, folded(r.officer.name))))


def keep_line(session: Session, meeting_id: str, text: str) -> datetime:
    """Commit the action line while it is typed; returns when."""
    return session.work.keep_draft(Meeting, meeting_id, LINE, text)


def kept_line(session: Session, meeting_id: str) -> str:
    """The action line as it stood, after a crash."""
    draft = session.work.draft(Meeting, meeting_id, LINE)
    return draft.text if draft else ""


def drop_line(session: Session, meeting_id: str) -> None:
    """The line was agreed or emptied."""
    if session.work.draft(Meeting, meeting_id, LINE) is not None:
        session.work.drop_draft(Meeting, meeting_id, LINE)
