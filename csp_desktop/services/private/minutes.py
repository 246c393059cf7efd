"""Draws up the private minutes: the facts as the session left them in the file, and of those what one reader may hear
of."""

from dataclasses import replace
from datetime import date, datetime

from csp_desktop.domain.cases.risk_matrix import Assessment, RiskMatrixFile
from csp_desktop.domain.common.by_mail import AgreedByMail
from csp_desktop.domain.common.days import paper_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, Answer, action_label, after_read_back
from csp_desktop.domain.meeting.confidentiality import Attendance, ClauseKind
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.offices import Office, OfficeTaken, of_office, taken_words
from csp_desktop.domain.meeting.signatures import DRAWN, TYPED, folded
from csp_desktop.domain.meeting.walk import change_after_read_back
from csp_desktop.domain.minutes.personal_text import Known
from csp_desktop.domain.minutes.record import (
    NOT_REACHED,
    ActionLine,
    AnswerLine,
    AttendeeLine,
    DecisionLine,
    ItemPart,
    OverrideLine,
    OwnerLine,
)
from csp_desktop.domain.minutes.versions import Approval
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.domain.private.admission import AdmissionOverride, InRoom, clearance
from csp_desktop.domain.private.circulation import MinutesApproval
from csp_desktop.domain.private.hearings import Hearing
from csp_desktop.domain.private.meeting import Crossing, PersonTurn, RoomEntry
from csp_desktop.domain.private.minutes import (
    OfferLine,
    PersonPart,
    PresentLine,
    PrivateFacts,
    PrivateMinutes,
    RiskLine,
    UnreachedLine,
    person_name,
)
from csp_desktop.domain.private.minutes_copy import copy_of
from csp_desktop.domain.private.people import WAITING, Involvement, Offer, RoughSleeper, involved_with
from csp_desktop.services.meeting.actions import beside_of, officer_of, officers
from csp_desktop.services.meeting.agreed_by_mail import decisions_between
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.minutes.agreeing import minuted_in
from csp_desktop.services.minutes.minutes import clauses_of
from csp_desktop.services.minutes.record import record_in
from csp_desktop.services.minutes.versions import as_edition
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private.agenda import turns_of
from csp_desktop.services.private.people import private_settings_in
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.private.register import leading_ids
from csp_desktop.services.session import Session


def held_sessions(session: Session) -> tuple[Meeting, ...]:
    """The private sessions there are minutes of, the newest first."""
    with session.work.reading() as records:
        require_preparing(session, records)
        held = records.find(Meeting, state=MeetingState.CLOSED)
    return tuple(sorted(held, key=lambda m: (m.on, m.starts), reverse=True))


def draft_private_minutes(session: Session, meeting_id: str, member_id: str = "") -> PrivateMinutes:
    """The minutes of a closed session as they stand: the record, or what a member of the register may read of it."""
    with session.work.reading() as records:
        require_preparing(session, records)
        return draft_in(session, records, meeting_id, member_id)


def draft_in(session: Session, records: Records, meeting_id: str, member_id: str = "") -> PrivateMinutes:
    """The same inside a transaction: drawn from what was frozen as the session closed, and what was put right since.
    Raises Refused for a session that is not closed."""
    meeting = records.get(Meeting, meeting_id)
    if meeting.state is not MeetingState.CLOSED:
        day = paper_day(meeting.on)
        raise Refused(f"The private session of {day} is not closed, so it has no minutes yet.")
    facts: PrivateFacts = record_in(session, records, meeting)
    copy = copy_of(facts, readable_by(records, member_id, session.today), member_id)
    edition: PrivateMinutes = as_edition(session, records, copy)
    return edition if edition.whole else replace(edition, changes=())  # they may tell of others


def draw_facts(session: Session, records: Records, meeting: Meeting) -> PrivateFacts:
    """The facts of a session that closes, from the records as they are."""
    return _Drafting(session, records, meeting).facts()


def approvals_of_earlier(records: Records, meeting_id: str, facts_sha256: str) -> list[Approval]:
    """What New Hope's lead approved before versions were kept: the last of it is what is frozen now. Its record stays
    as it is."""
    found = sorted(records.find(MinutesApproval, meeting_id=meeting_id), key=lambda one: one.version)
    return [Approval(new_id(), meeting_id, one.version, one.at, one.by, facts_sha256, 0) for one in found[-1:]]


def readable_by(records: Records, member_id: str, on: date) -> frozenset[str] | None:
    """The ids of the people a member of the register may read of, by the rule of admission; None for all, which is the
    record's, the police's, the council's and New Hope's lead's."""
    if not member_id:
        return None
    people = [person.id for person in records.find(RoughSleeper)]
    involvements = records.find(Involvement)
    leading = leading_ids(records)
    who = _as_in_room(records, member_id)
    readable = frozenset(
        person
        for person in people
        if clearance(person, (who,), involved_with(involvements, person, on), leading).may_hear
    )
    return None if len(readable) == len(people) and _hears_everyone(who, leading) else readable


def _hears_everyone(who: InRoom, leading: frozenset[str]) -> bool:
    """Whether someone would hear a person nobody has entered yet."""
    return bool(clearance("", (who,), frozenset(), leading).may_hear)


def _as_in_room(records: Records, member_id: str) -> InRoom:
    """A reader stands as someone in the room does who has signed; an interest once declared goes on counting."""
    member = records.get(Member, member_id)
    declared = {one for row in records.find(Attendance, member_id=member_id) for one in row.interests}
    kind = records.get(Agency, member.agency_id).kind if member.active else None
    return InRoom(member.id, member.name, "", member.id, kind, signed=True, interests=frozenset(declared))


class _Drafting:
    """One drawing up of the facts: what is looked up again and again is read once."""

    def __init__(self, session: Session, records: Records, meeting: Meeting) -> None:
        self._session, self._records, self._meeting = session, records, meeting
        self._people = {person.id: person for person in records.find(RoughSleeper)}
        self._officers = officers(records)
        self._agencies = {agency.id: agency.name for agency in records.find(Agency)}
        self._meetings = {one.id: one for one in records.find(Meeting)}
        self._rows = sorted(
            (row for row in records.find(Attendance, meeting_id=meeting.id) if row.signed or row.arrived_at),
            key=lambda row: (folded(row.agency_name), folded(row.name)),
        )
        self._turns = turns_of(records, meeting.id)
        self._actions = {action.id: action for action in sorted(records.find(Action), key=lambda one: one.number)}
        self._answers = _last(records.find(ActionAnswer, meeting_id=meeting.id))

    def facts(self) -> PrivateFacts:
        people = self._people.values()
        known = tuple(Known(p.id, (p.name, *p.aliases), p.initials, p.reference) for p in people)
        names = [officer.name for officer in self._officers.values()] + [row.name for row in self._rows]
        return PrivateFacts(self._minutes(), known, tuple(dict.fromkeys(names)))

    def _minutes(self) -> PrivateMinutes:
        meeting, settings = self._meeting, settings_in(self._records)
        own = private_settings_in(self._records)
        taken = self._records.find(OfficeTaken, meeting_id=meeting.id)
        crossing = next(iter(self._records.find(Crossing, meeting_id=meeting.id)), None)
        return PrivateMinutes(
            meeting_id=meeting.id,
            partnership=paper_name(settings.town, settings.partnership),
            on=meeting.on,
            starts=meeting.starts,
            ends=meeting.ends,
            opened_at=meeting.started_at or meeting.opened_at,
            closed_at=meeting.closed_at,
            venue=meeting.venue,
            led_by=officer_of(self._officers, crossing.led_by).name if crossing and crossing.led_by else "",
            present=self._present(),
            heads=crossing.heads if crossing else None,
            counted_by=crossing.counted_by if crossing else "",
            counted_at=crossing.counted_at if crossing else None,
            people=tuple(self._person(turn) for turn in self._turns if self._called(turn)),
            unreached=tuple(self._unreached(turn) for turn in self._turns if not self._called(turn)),
            answers=tuple(self._answer(a) for a in self._answers if not self._actions[a.action_id].case_id),
            items=self._items(),
            winter_protocol=own.winter_protocol,
            on_list=sum(person.on_list for person in self._people.values()),
            actions=tuple(self._line(action) for action in self._to_do()),
            next_on=next_meeting_day(self._session, self._records, meeting),
            next_proposed=meeting.next_on is None,
            closing_note=meeting.closing_note,
            handed_over=tuple(taken_words(one, "the lead") for one in of_office(taken, Office.CHAIR)),
            between=tuple(map(self._decision, decisions_between(self._records, meeting))),
            marking=own.marking,
            clauses=clauses_of(self._records, self._rows),
        )

    def _decision(self, one: AgreedByMail) -> DecisionLine:
        person = self._people[one.case_id]
        return DecisionLine(person.reference, person.initials, one.words, one.by, one.mailed_on, one.id, person.id)

    def _present(self) -> tuple[PresentLine, ...]:
        """Who left at the crossing stands in the group's minutes."""
        places = {place.id: place for place in self._records.find(RoomEntry, meeting_id=self._meeting.id)}
        here = [(row, places.get(row.id)) for row in self._rows]
        return tuple(
            PresentLine(
                _attendee(row),
                place.clause_repeated if place else (),
                row.id,
                admitted=row.remote is not None and place is not None and bool(place.stays),
            )
            for row, place in here
            if place is None or place.left_at_crossing is None
        )

    def _called(self, turn: PersonTurn) -> bool:
        """Someone was talked about when something was said: a decision, a note, an action."""
        if turn.state is TurnState.TO_DO or _put_off(turn) and not turn.first_shown_at:
            return False
        return bool(turn.outcome or turn.read_back_at or turn.note.strip() or self._agreed(turn.person_id))

    def _agreed(self, person_id: str) -> tuple[ActionLine, ...]:
        found = [a for a in self._actions.values() if a.meeting_id == self._meeting.id and a.case_id == person_id]
        return tuple(self._line(action) for action in found)

    def _person(self, turn: PersonTurn) -> PersonPart:
        person = self._people[turn.person_id]
        hearing = next(iter(self._records.find(Hearing, meeting_id=self._meeting.id, person_id=person.id)), None)
        decided = self._records.find(AdmissionOverride, meeting_id=self._meeting.id, person_id=person.id)
        return PersonPart(
            person_id=person.id,
            reference=person.reference,
            initials=person.initials,
            risk=self._risk(person.id),
            heard=len(hearing.heard) if hearing else None,
            stepped_out=len(hearing.stepped_out) if hearing else 0,
            overrides=tuple(OverrideLine(o.at, o.by, o.reason, o.names) for o in sorted(decided, key=lambda o: o.at)),
            interests=tuple(row.name for row in self._rows if person.id in row.interests),
            answers=tuple(self._answer(a) for a in self._answers if self._actions[a.action_id].case_id == person.id),
            note=turn.note,
            outcome=turn.outcome,
            reason=turn.reason,
            see_again_on=turn.see_again_on,
            read_back_at=turn.read_back_at,
            actions=self._agreed(person.id),
            changed_at=change_after_read_back(turn),
            id=turn.id,
            offers=self._offers(person.id),
            place=order.index(turn.id) + 1 if turn.id in (order := self._meeting.agenda_order) else 0,
            taken_at=turn.taken_at,
            joined_at=turn.joined_at,
        )

    def _offers(self, person_id: str) -> tuple[OfferLine, ...]:
        """What was offered or answered since the session before, and what waits for an answer, the earliest first."""
        held = self._meeting.on
        earlier = [one.on for one in self._meetings.values() if one.on < held and one.state is MeetingState.CLOSED]
        since = max(earlier, default=date.min)
        found = [one for one in self._records.find(Offer, person_id=person_id) if one.on <= held]
        return tuple(
            OfferLine(one.what, one.on, one.by, one.answer, one.answered_on, one.why, one.id)
            for one in sorted(found, key=lambda one: one.on)
            if one.answer in WAITING or max(one.on, one.answered_on or one.on) > since
        )

    def _unreached(self, turn: PersonTurn) -> UnreachedLine:
        person = self._people[turn.person_id]
        why = f"deferred: {turn.reason}" if _put_off(turn) else NOT_REACHED
        return UnreachedLine(person.reference, person.initials, why, turn.id, person.id)

    def _risk(self, person_id: str) -> RiskLine | None:
        """The scoring that was the newest at the session, with the matrix it was made with."""
        marks = [a for a in self._records.find(Assessment, person_id=person_id) if a.on <= self._meeting.on]
        if not marks:
            return None
        mark = max(marks, key=lambda a: a.on)
        matrix = self._records.get(RiskMatrixFile, mark.matrix_id)
        other = f"{mark.override_by}: {mark.override_reason}" if mark.override_band else ""
        version = f"version {mark.matrix_version}"
        return RiskLine(mark.total_words, mark.shown_band.value, version, matrix.illustrative, other)

    def _items(self) -> tuple[ItemPart, ...]:
        """The agenda beside the people."""
        items = [
            i for i in self._records.find(AgendaItem, meeting_id=self._meeting.id) if i.kind is not ItemKind.PEOPLE
        ]
        return tuple(
            ItemPart(
                item.kind,
                item.title,
                item.state is not TurnState.TO_DO,
                item.note,
                item.read_back_at,
                self._of_item(item),
                change_after_read_back(item),
                id=item.id,
                record=self._brought() if item.kind is ItemKind.LAST_MINUTES else (),
                added_at=item.added_at,
                title_before=item.title_before,
                renamed_at=item.renamed_at,
            )
            for item in sorted(items, key=lambda i: i.position)
        )

    def _brought(self) -> tuple[str, ...]:
        return minuted_in(self._session, self._records, self._meeting)

    def _of_item(self, item: AgendaItem) -> tuple[ActionLine, ...]:
        mine = [a for a in self._actions.values() if a.meeting_id == self._meeting.id and not a.case_id]
        return tuple(self._line(action) for action in mine if action.item_id == item.id)

    def _to_do(self) -> list[Action]:
        """What was agreed here, and what was carried on here from earlier."""
        carried = {a.action_id for a in self._answers if a.answer is Answer.CARRY_ON}
        here = self._meeting.id
        found = [a for a in self._actions.values() if a.meeting_id == here or a.id in carried]
        return sorted(found, key=lambda a: (a.meeting_id == here, self._label(a)))

    def _line(self, action: Action) -> ActionLine:
        officer = officer_of(self._officers, action.officer_id)
        known = action.officer_id in self._officers
        return ActionLine(
            label=self._label(action),
            what=action.what,
            officer=officer.name if known else "",
            agency=self._agencies.get(officer.agency_id, ""),
            due=self._due_then(action),
            kind=action.kind,
            power=action.power,
            about=self._about(action),
            carried=action.carried if action.meeting_id != self._meeting.id else 0,
            earlier=action.agreed_on if action.meeting_id != self._meeting.id else None,
            late=after_read_back(action, self._read_back_of(action)),
            id=action.id,
            officer_id=action.officer_id,
            case_id=action.case_id,
            beside=self._beside(action),
        )

    def _beside(self, action: Action) -> tuple[OwnerLine, ...]:
        found = beside_of(self._officers, action)
        return tuple(OwnerLine(one.name, self._agencies.get(one.agency_id, ""), one.id) for one in found)

    def _read_back_of(self, action: Action) -> datetime | None:
        """When what an action of this session was agreed under was read back."""
        if action.meeting_id != self._meeting.id:
            return None
        if action.case_id:
            return next((turn.read_back_at for turn in self._turns if turn.person_id == action.case_id), None)
        items = self._records.find(AgendaItem, id=action.item_id) if action.item_id else []
        return items[0].read_back_at if items else None

    def _due_then(self, action: Action) -> date | None:
        """The day as it stood after this session, however often the action was carried on since."""
        for answer in self._answers:
            if answer.action_id == action.id and answer.answer is Answer.CARRY_ON:
                return answer.due_after
        later = [a for a in self._records.find(ActionAnswer, action_id=action.id) if a.answer is Answer.CARRY_ON]
        return min(later, key=lambda a: a.at).due_before if later else action.due

    def _answer(self, answer: ActionAnswer) -> AnswerLine:
        action = self._actions[answer.action_id]
        officer = officer_of(self._officers, action.officer_id)
        return AnswerLine(
            label=self._label(action),
            what=action.what,
            officer=officer.name,
            agency=self._agencies.get(officer.agency_id, ""),
            about=self._about(action),
            answer=answer.answer,
            reason=answer.reason,
            due_after=answer.due_after,
            carried=action.carried,
            id=action.id,
            officer_id=action.officer_id,
            case_id=action.case_id,
            beside=self._beside(action),
        )

    def _label(self, action: Action) -> str:
        """The session and the running number: '2026-11/07'."""
        agreed_at = self._meetings.get(action.meeting_id)
        return action_label(action, agreed_at)

    def _about(self, action: Action) -> str:
        if action.case_id in self._people:
            person = self._people[action.case_id]
            return person_name(person.reference, person.initials)
        items = self._records.find(AgendaItem, id=action.item_id) if action.item_id else []
        return items[0].title if items else ""


def _put_off(turn: PersonTurn) -> bool:
    return turn.outcome is not None and turn.outcome.rule.puts_off


def _attendee(row: Attendance) -> AttendeeLine:
    return AttendeeLine(
        row.name,
        row.agency_name,
        row.capacity,
        row.arrived_at,
        row.left_at,
        row.signed_at,
        DRAWN if row.strokes else TYPED if row.typed_name else "",
        row.isp,
        row.isp_version,
        row.clause_version,
        row.read_by,
        row.read_at,
        away=row.away,
        id=row.id,
        clause=ClauseKind.PRIVATE if row.clause_version else None,
        strokes=row.strokes,
        remote=row.remote,
        alone=row.alone,
        shown=row.shown,
        here_for=row.here_for,
    )


def _last(answers: list[ActionAnswer]) -> list[ActionAnswer]:
    """The last answer to each action, in the order they were given."""
    last = {answer.action_id: answer for answer in sorted(answers, key=lambda a: a.at)}
    return sorted(last.values(), key=lambda answer: answer.at)
