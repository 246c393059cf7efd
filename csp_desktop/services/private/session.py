"""The private session, person by person: the only way to a person's rows while it runs.

`PrivateSitting` keeps in memory who is shown; whether anything may be shown it asks the rule (domain's
`admission`) anew every time. Made again after a lock or a power cut it stands at the gate, not at the person.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from csp_desktop.domain.common.days import instant
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.meeting import walk
from csp_desktop.domain.meeting.action_line import ParsedAction
from csp_desktop.domain.meeting.actions import Action, ActionKind, ActionState, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, Meeting, MeetingState, TurnState
from csp_desktop.domain.private.admission import clearance
from csp_desktop.domain.private.meeting import Crossing, PersonTurn, missing, person_after
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import Offer, OfferAnswer, RoughSleeper
from csp_desktop.services.meeting import actions as meeting_actions
from csp_desktop.services.meeting.actions import action_rows, overdue_first
from csp_desktop.services.meeting.due_next import next_meeting_day
from csp_desktop.services.meeting.running_meeting import end_typing, fold_drafts
from csp_desktop.services.minutes.record import freeze
from csp_desktop.services.ports.work import Records
from csp_desktop.services.private import room, scoring, session_items
from csp_desktop.services.private.agenda import add_last_minutes, last_meeting, turns_of
from csp_desktop.services.private.gate import (
    NOTE,
    AtGate,
    decided_since_last_time,
    matrix_of,
    note_hearing,
    note_of_last_time,
    stepped_out,
)
from csp_desktop.services.private.next_date import set_next_date
from csp_desktop.services.private.people import page_in
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.private.session_rows import LivePerson, PrivateState, RailRow, without_person
from csp_desktop.services.session import Session

LINE, OFFER = "line", "offer"  # the drafts of the lines in which actions and offers for a person are typed


class PrivateSitting(AtGate):
    """One private session at the table. Not kept anywhere: the file knows whose turn it is, never that they show."""

    # the session as a whole

    def begin(self) -> None:
        """The room is cleared and signed: the session opens, led by whoever unlocked. Raises Refused while the room
        check waits for something, and for a session opened already."""
        self._session.require(*LEADING)
        waits = room.check(self._session, self.meeting_id).waits_for
        if waits:
            raise Refused(waits)
        with self._session.work.step("opening of the private session", undoable=False) as records:
            meeting = records.get(Meeting, self.meeting_id)
            if meeting.state is not MeetingState.SIGN_IN:
                raise Refused("The private session is already open, or closed.")
            now = self._session.now()
            crossing = records.find(Crossing, meeting_id=self.meeting_id)[0]
            records.save(replace(crossing, opened_at=now, led_by=self._session.member_id))
            first = walk.following(turns_of(records, self.meeting_id), "")
            order = tuple(turn.id for turn in turns_of(records, self.meeting_id))
            records.save(replace(meeting, state=MeetingState.IN_SESSION, started_at=now, agenda_order=order))
            add_last_minutes(records, self.meeting_id)
        if first is not None:
            self.go_to(first.id)

    def state(self) -> PrivateState:
        """Bar and rail."""
        self.refresh()
        with self._session.work.reading() as records:
            meeting = records.get(Meeting, self.meeting_id)
            turns = turns_of(records, self.meeting_id)
            rail = tuple(self._rail_row(records, meeting, turn, number) for number, turn in enumerate(turns, 1))
            items = tuple(sorted(records.find(AgendaItem, meeting_id=self.meeting_id), key=lambda i: i.position))
        clear = self._now.clearance()
        number = next((n for n, turn in enumerate(turns, 1) if turn.id == meeting.current_turn_id), 0)
        left = instant(meeting.on, meeting.ends) - self._session.now()
        done = sum(turn.state is TurnState.DONE for turn in turns)
        present = len(self._now.room)
        return PrivateState(
            meeting,
            number,
            len(turns),
            done,
            present,
            len(clear.may_hear),
            left,
            rail,
            items,
            self.visible,
            tuple(map(without_person, turns)),
        )

    def _rail_row(self, records: Records, meeting: Meeting, turn: PersonTurn, number: int) -> RailRow:
        involved = self._now.involved.get(turn.person_id, frozenset())
        clear = clearance(turn.person_id, self._now.room, involved, self._now.leads, self._now.overrides)
        current = turn.id == meeting.current_turn_id
        if self._now.locked or not clear.cleared:
            return RailRow(turn.id, f"Person {number}", "", turn.state, current, clear.cleared, "", "")
        person = page_in(records, turn.person_id, self._session.today)
        latest = person.assessments[-1] if person.assessments else None
        return RailRow(
            turn.id,
            person.person.initials,
            person.person.reference,
            turn.state,
            current,
            True,
            latest.total_words if latest else "",
            latest.shown_band.value if latest else "",
        )

    def close(self, *, next_on: date | None = None, note: str = "") -> Meeting:
        """The private session ends; what was not reached is deferred by itself to the next one. Raises Refused where it
        is not running, and for a next day that is not later."""
        self._session.require(*LEADING)
        self._lay_down()
        with self._session.work.step("end of the private session", undoable=False) as records:
            meeting = records.get(Meeting, self.meeting_id)
            if meeting.state is not MeetingState.IN_SESSION:
                raise Refused("The private session is not in progress.")
            if next_on is not None and next_on <= meeting.on:
                raise Refused("The next meeting must be after this one. Give a later date.")
            for row in records.find(Attendance, meeting_id=self.meeting_id):
                if row.present:
                    records.save(replace(row, left_at=self._session.now()))
            dated = set_next_date(self._session, records, meeting, next_on)
            closed = replace(
                dated,
                state=MeetingState.CLOSED,
                closed_at=self._session.now(),
                current_turn_id="",
                current_item_id="",
                closing_note=" ".join(note.split()),
            )
            records.save(closed)
            freeze(self._session, records, closed)
        self._now = self._now.turned_to("")
        return closed

    # the person

    def open_person(self) -> LivePerson:
        """Show the person: refused while someone is in the room who may not hear."""
        self.open_gate()
        return self.person()

    def _note_who_hears(self) -> None:
        """Someone may have come in who may hear."""
        if self._now.room != self._noted:
            with self._session.work.step("who is present for a person", undoable=False) as records:
                note_hearing(self._session, records, self.meeting_id, self._now)
            self._noted = self._now.room

    def person(self) -> LivePerson:
        """Everything the screen shows of the person in hand. Raises Refused while that is not `visible`."""
        if not self.visible:
            raise Refused("This person is hidden. Complete the access check first.")
        self._note_who_hears()
        with self._session.work.reading() as records:
            turn = self._current(records)
            folded = fold_drafts(self._session, turn)
            page = page_in(records, turn.person_id, self._session.today)
            meeting = records.get(Meeting, self.meeting_id)
            actions = records.find(Action, case_id=turn.person_id)
            agreed = sorted((a for a in actions if a.meeting_id == self.meeting_id), key=lambda a: a.number)
            workers, last = self._workers(records, turn.person_id), last_meeting(records)
            rows = action_rows(records, self._earlier(records, actions, meeting.on), meeting.on, self.meeting_id)
            agreed_rows = action_rows(records, agreed, meeting.on, self.meeting_id, read_back_at=turn.read_back_at)
            out = stepped_out(records, self._now, self.meeting_id)
            following = next_meeting_day(self._session, records, meeting)
            again = {o: o.look_again_on(meeting.on, following) for o in PersonOutcome}
            note_before, between = note_of_last_time(records, turn), decided_since_last_time(records, turn)
            lead = next((w for w in page.workers if w.member.id == page.person.lead_id), None)
        marks = page.assessments
        before = [m for m in marks[:-1] if last is None or m.on <= last.on] or list(marks[:-1])
        moved = scoring.moved(self._session, before[-1], marks[-1]) if before else ()
        draft = self._session.work.draft(PersonTurn, turn.id, "note")
        return LivePerson(
            folded,
            page,
            self._now.clearance(),
            workers,
            rows,
            agreed_rows,
            moved,
            missing(folded),
            folded.note,
            meeting.on,
            out,
            {o: (o.leads_to(day, meeting.on), o.brief(day, meeting.on)) for o, day in again.items()},
            note_before,
            between,
            lead,
            draft.at if draft else None,
            before[-1].on if before else None,
            matrix_of(self._session, marks),
            tuple(who.member_id for who in self._now.room if who.member_id),
        )

    def _earlier(self, records: Records, actions: Sequence[Action], on: date) -> list[Action]:
        found = [a for a in actions if a.meeting_id != self.meeting_id and self._asked(records, a)]
        return overdue_first(records, found, on, self.meeting_id)

    def _asked(self, records: Records, action: Action) -> bool:
        """Open ones are asked about, and those answered at this session stay in sight."""
        if action.state is ActionState.OPEN:
            return True
        return bool(meeting_actions.answers_here(records, self.meeting_id, action.id))

    def keep_typing(self, text: str, field: str = "note", turn_id: str = "") -> datetime:
        """Commit what is being typed about a person, the one in hand unless told; returns the instant that may be shown
        as saved."""
        if not turn_id:
            with self._session.work.reading() as records:
                turn_id = self._current(records).id
        return self._session.work.keep_draft(PersonTurn, turn_id, field, text)

    def kept_line(self, field: str = LINE) -> str:
        """A line as it stood for the person in hand; they must be shown for it to be."""
        self._require_visible()
        with self._session.work.reading() as records:
            turn = self._current(records)
        draft = self._session.work.draft(PersonTurn, turn.id, field)
        return draft.text if draft else ""

    def drop_line(self, field: str = LINE) -> None:
        """The line was agreed, or the offer made."""
        with self._session.work.reading() as records:
            turn = self._current(records)
        if self._session.work.draft(PersonTurn, turn.id, field) is not None:
            self._session.work.drop_draft(PersonTurn, turn.id, field)

    def end_note(self) -> None:
        """The field was left: what was typed becomes part of the record."""
        with self._session.work.reading() as records:
            turn_id = self._current(records).id
        end_typing(self._session, PersonTurn, turn_id, NOTE)

    def choose(self, outcome: PersonOutcome, *, see_again: date | None = None, reason: str | None = None) -> PersonTurn:
        """What was decided; the day to look again is proposed from it. Raises Refused for a person who is done."""
        self._require_visible()
        self.end_note()
        with self._session.work.step(f"outcome: {outcome.rule.word}") as records:
            turn = self._current(records)
            if turn.state is TurnState.DONE:
                raise Refused("This person is finished. Reopen them to change the decision.")
            meeting = records.get(Meeting, self.meeting_id)
            proposed = outcome.look_again_on(meeting.on, next_meeting_day(self._session, records, meeting))
            said = turn.reason if reason is None else " ".join(reason.split())
            after = replace(
                turn,
                outcome=outcome,
                reason=said,
                see_again_on=see_again or proposed,
                state=TurnState.OUTCOME_CHOSEN,
            )
            records.save(after)
        return after

    def say(self, *, reason: str | None = None, see_again: date | None = None) -> PersonTurn:
        """Why, or another day to look again, for the outcome chosen. Raises Refused for a day that is not after the
        meeting's."""
        self._require_visible()
        self.end_note()
        with self._session.work.step("what an outcome says") as records:
            turn = self._current(records)
            if see_again is not None and see_again <= records.get(Meeting, self.meeting_id).on:
                raise Refused("Give a date after this meeting.")
            said = turn.reason if reason is None else " ".join(reason.split())
            after = replace(turn, reason=said, see_again_on=see_again or turn.see_again_on)
            after = walk.touched(after, turn, self._session.now())
            records.save(after)
        return after

    def agree(self, typed: str, chosen: Sequence[str] = (), kind: ActionKind | None = None) -> Action:
        """An action for the person in hand, in one line."""
        return self.agree_read(self.read_line(typed, chosen, kind))

    def agree_read(self, said: ParsedAction) -> Action:
        """The same, from a line read already."""
        self._require_visible()
        return meeting_actions.agree_action(self._session, self.meeting_id, said, case_id=self._now.person_id)

    def remove_action(self, action_id: str) -> None:
        """An action agreed by mistake is taken away; what was read back with it was changed."""
        with self._session.work.step("removal of an action") as records:
            action = records.get(Action, action_id)
            meeting_actions.remove_action(self._session, action_id)
            for turn in records.find(PersonTurn, meeting_id=self.meeting_id, person_id=action.case_id):
                if turn.read_back_at is not None:
                    records.save(replace(turn, changed_at=self._session.now()))

    def read_line(self, typed: str, chosen: Sequence[str] = (), kind: ActionKind | None = None) -> ParsedAction:
        """What a line says, as its chips show it."""
        return meeting_actions.read_line(self._session, self.meeting_id, typed, chosen, kind)

    def answer(self, action_id: str, answer: Answer, *, reason: str = "", due: date | None = None) -> Action:
        """What became of an earlier action; private actions are reviewed here and nowhere else."""
        self._require_visible()
        return meeting_actions.answer_action(
            self._session, action_id, answer, reason=reason, due=due, meeting_id=self.meeting_id
        )

    def accept(self) -> None:
        """The read-back is accepted, its time is minuted, and the session turns to the next person: at the gate. Raises
        Refused while something is missing."""
        self._require_visible()
        self._lay_down()
        with self._session.work.step("read-back of a person") as records:
            turn = self._current(records)
            wants = missing(turn)
            if wants:
                raise Refused(wants)
            now = self._session.now()
            person = records.get(RoughSleeper, turn.person_id)
            marks = page_in(records, person.id, self._session.today).assessments
            total = marks[-1].total if marks else None
            taken_at = turn.taken_at or now
            done = replace(turn, state=TurnState.DONE, read_back_at=now, taken_at=taken_at, risk_total=total)
            records.save(done)
            after = person_after(person, done, records.get(Meeting, self.meeting_id).on)
            if after != person:
                records.save(after)
            following = walk.following(turns_of(records, self.meeting_id), turn.id)
            meeting = records.get(Meeting, self.meeting_id)
            item = None if following else session_items.first_to_do(records, self.meeting_id)
            if item is not None:
                records.save(walk.take_in_hand(item, now))
            records.save(
                replace(
                    meeting, current_turn_id=following.id if following else "", current_item_id=item.id if item else ""
                )
            )
        self._now = self._now.turned_to(following.person_id if following else "")
        self.refresh()

    def take_up_again(self) -> None:
        """There is more to say about someone whose turn is done."""
        self._require_visible()
        with self._session.work.step("reopening a person") as records:
            turn = self._current(records)
            records.save(replace(turn, state=TurnState.OUTCOME_CHOSEN, read_back_at=None, changed_at=None))


def make(session: Session, sitting: PrivateSitting, what: str) -> Offer:
    """Something is offered to the person in hand, who must be shown for it. Raises Refused without words."""
    person = sitting.person().page.person
    words = " ".join(what.split())
    if not words:
        raise Refused("Say what was offered.")
    with session.work.step("an offer") as records:
        made = Offer(new_id(), person.id, session.today, words, session.user_name)
        records.save(made)
    sitting.drop_line(OFFER)
    return made


def answer(session: Session, sitting: PrivateSitting, offer_id: str, said: OfferAnswer, why: str = "") -> Offer:
    """What the person in hand said to an offer. Raises Refused for one that was not made to them."""
    made = next((one for one in sitting.person().page.offers if one.id == offer_id), None)
    if made is None:
        raise Refused("This offer was not made to the current person.")
    on = None if said is OfferAnswer.NO_ANSWER else session.today
    with session.work.step("the answer to an offer") as records:
        kept = replace(made, answer=said, answered_on=on, why=" ".join(why.split()) or made.why)
        records.save(kept)
    return kept
