"""The gate before every person: who is shown is kept in memory only, and the rule is asked anew every time."""

from collections.abc import Sequence
from dataclasses import replace

from csp_desktop.domain import walk
from csp_desktop.domain.admission import AdmissionOverride, InRoom, Sitting, override
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.meeting import Meeting, MeetingState
from csp_desktop.domain.private_meeting import PersonTurn
from csp_desktop.domain.rough_sleeping import Involvement, involved_with
from csp_desktop.services.ports import Records
from csp_desktop.services.private import room, sitting_items
from csp_desktop.services.private.agenda import turns_of
from csp_desktop.services.private.hearing import note_hearing
from csp_desktop.services.private.register import LEADING, leading_ids
from csp_desktop.services.private.sitting_person import workers_here
from csp_desktop.services.private.sitting_rows import GateRow, WorkerHere
from csp_desktop.services.running_meeting import end_typing
from csp_desktop.services.session import Session

NOTE = "private note"


class AtGate:
    """The part of a sitting that decides whether a person may be on the screen."""

    def __init__(self, session: Session, meeting_id: str) -> None:
        self._session = session
        self.meeting_id = meeting_id
        self._now = Sitting()
        self._noted: tuple[InRoom, ...] = ()  # the room as it was when who hears was last written down
        self.refresh()

    @property
    def visible(self) -> bool:
        """Whether anything of the person in hand may be on the screen now: the file is asked every time."""
        self.refresh()
        return self._now.visible

    def refresh(self) -> None:
        """Read the room, the histories and the lead's decisions again: after every change, whoever made it."""
        with self._session.work.reading() as records:
            self._refresh_in(records)

    def _refresh_in(self, records: Records) -> None:
        meeting = records.get(Meeting, self.meeting_id)
        turn = self._turn(records, meeting)
        person_id = turn.person_id if turn else ""
        if person_id != self._now.person_id:  # undo, or another window's step: the gate first
            self._now = self._now.turned_to(person_id)
        involvements = records.find(Involvement)
        people = {turn.person_id for turn in turns_of(records, self.meeting_id)}
        involved = {person: involved_with(involvements, person, meeting.on) for person in people}
        decided = records.find(AdmissionOverride, meeting_id=self.meeting_id)
        seen = self._now.with_room(room.in_room(records, self.meeting_id))
        self._now = seen.with_rules(involved, decided, leading_ids(records))

    def _turn(self, records: Records, meeting: Meeting) -> PersonTurn | None:
        return records.get(PersonTurn, meeting.current_turn_id) if meeting.current_turn_id else None

    def go_to(self, turn_id: str) -> None:
        """Turn to a person: the gate first, always. What was typed about the one before is kept."""
        self._lay_down()
        with self._session.work.step("going to another person") as records:
            meeting = records.get(Meeting, self.meeting_id)
            if meeting.state is not MeetingState.IN_SESSION:
                raise Refused("The private session is not open.")
            turn = records.get(PersonTurn, turn_id)
            records.save(replace(meeting, current_turn_id=turn.id, current_item_id=""))
        self._now = self._now.turned_to(turn.person_id)
        self.refresh()

    def gate(self) -> GateRow:
        """What the gate shows."""
        self.refresh()
        with self._session.work.reading() as records:
            turn = self._current(records)
            turns = turns_of(records, self.meeting_id)
            here = self._workers(records, turn.person_id)
        clear = self._now.clearance()
        number = next(n for n, one in enumerate(turns, 1) if one.id == turn.id)
        refused = ""
        try:
            self._now.opened()
        except Refused as why:
            refused = why.sentence
        away = tuple(worker for worker in here if not worker.here)
        return GateRow(turn.id, f"Person {number} of {len(turns)}", clear, away, refused)

    def open_gate(self) -> None:
        """Show the person: refused while someone is in the room who may not hear."""
        self.refresh()
        self._now = self._now.opened()
        with self._session.work.step("turning to a person", undoable=False) as records:
            turn = self._current(records)
            shown = turn.first_shown_at or self._session.now()
            records.save(walk.take_in_hand(replace(turn, first_shown_at=shown), self._session.now()))
            note_hearing(self._session, records, self.meeting_id, self._now)
            self._noted = self._now.room

    def cover(self) -> None:
        """Back to the gate, by hand; covered first, then what was typed is kept."""
        self._now = self._now.turned_to(self._now.person_id)
        self._lay_down()

    def lock(self) -> None:
        """Locked or hidden: on return the gate asks again, whatever the disk says."""
        self._now = self._now.locked_now()
        self._lay_down()

    def unlock(self) -> None:
        """Back, at the gate."""
        self._now = self._now.unlocked()
        self.refresh()

    def admit(self, entry_ids: Sequence[str], reason: str) -> AdmissionOverride:
        """New Hope's lead lets someone hear this person, and says why: minuted."""
        self.refresh()
        leads = bool(self._session.roles & set(LEADING))
        with self._session.work.step("the lead's decision on who may hear", undoable=False) as records:
            made = override(
                self._now.clearance(), self.meeting_id, entry_ids, self._session.user_name, leads, reason,
                self._session.now(),
            )  # fmt: skip
            records.save(made)
        self.refresh()
        return made

    def declare_interest(self, attendance_id: str) -> None:
        """Someone declares an interest in the person in hand, and steps out for them."""
        if not self._now.person_id:
            raise Refused("An interest is declared in a person. Turn to one first.")
        room.declare_interest(self._session, attendance_id, self._now.person_id)
        self.refresh()

    def turn_away(self) -> None:
        """To no person at all: an item of the agenda, or the end."""
        self._lay_down()
        with self._session.work.step("turning away from a person") as records:
            meeting = records.get(Meeting, self.meeting_id)
            records.save(replace(meeting, current_turn_id="", current_item_id=""))
        self._now = self._now.turned_to("")

    def _require_visible(self) -> None:
        if not self.visible:
            raise Refused("This person is covered. Open the gate first.")

    def _current(self, records: Records) -> PersonTurn:
        turn = self._turn(records, records.get(Meeting, self.meeting_id))
        if turn is None:
            raise Refused("Everyone on the sub-agenda has had their turn.")
        return turn

    def _workers(self, records: Records, person_id: str) -> tuple[WorkerHere, ...]:
        return workers_here(records, self._now, person_id)

    def _lay_down(self) -> None:
        """Whatever was typed becomes part of the record, and the clock of the person or item stops."""
        with self._session.work.reading() as records:
            meeting = records.get(Meeting, self.meeting_id)
            turn = self._turn(records, meeting)
        sitting_items.lay_down(self._session, meeting)
        if turn is None:
            return
        end_typing(self._session, PersonTurn, turn.id, NOTE)
        with self._session.work.step("leaving a person") as records:
            records.save(walk.lay_down(records.get(PersonTurn, turn.id), self._session.now()))
