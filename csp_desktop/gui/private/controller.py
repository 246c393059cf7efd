"""What is done from the private session's page: each a use case, told without a word of a person; refusals say why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.action_line import ParsedAction
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import ItemKind, MeetingState, Place, TurnState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import OfferAnswer
from csp_desktop.gui.meeting.controller import MeetingController
from csp_desktop.gui.private.session_rows import read_back
from csp_desktop.gui.window.changes import Kind
from csp_desktop.services.meeting import actions, running_meeting
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.meeting.closing import date_actions
from csp_desktop.services.ports.work import Step
from csp_desktop.services.private import next_date, room_changes, session_items
from csp_desktop.services.private import session as private_session
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.private.session_rows import GateRow, LivePerson, PrivateState
from csp_desktop.services.session import Session


class SessionController(MeetingController):
    """Knows the session and what is in hand: the gate, the person, or an item."""

    def __init__(self, session: Session, flush: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(session, flush, parent)
        self.sitting: PrivateSitting | None = None
        self.state: PrivateState | None = None
        self.gate: GateRow | None = None
        self.person: LivePerson | None = None
        self._named = False  # whether a step may be named: who it is about was shown when it was undone

    def load(self) -> None:
        """Read the session again. The person is read only if everyone in the room may hear them now."""
        self.gate = self.person = self.item = None
        sitting = self.sitting
        if sitting is None:
            return
        self.state = sitting.state()
        meeting = self.state.meeting
        if meeting.current_turn_id:
            if self.state.visible:
                self.person = sitting.person()
            else:
                self.gate = sitting.gate()
        elif meeting.current_item_id:
            self.item = session_items.item_row(self._session, meeting.current_item_id)

    @property
    def agreed(self) -> Sequence[ActionRow]:
        """The actions agreed now for what is in hand."""
        row = self.person or self.item
        return row.agreed if row is not None else ()

    @property
    def running(self) -> bool:
        """Whether the session is open."""
        return self.state is not None and self.state.meeting.state is MeetingState.IN_SESSION

    def _at_table(self, verb: Callable[[PrivateSitting], object], words: str, *changed: Kind) -> bool:
        sitting = self.sitting
        return sitting is not None and self._do(lambda: verb(sitting), words, *changed)

    def _refuse(self, sentence: str) -> None:
        self.load()
        self.reloaded.emit()  # what is refused may have been covered meanwhile: the screen first
        super()._refuse(sentence)

    def go(self, key: str) -> bool:
        """To a person's gate or an item, by its key in the rail; the people's item leads to the next person."""
        kind, _, stop_id = key.partition(":")
        if kind == "turn":
            return self._at_table(lambda sitting: sitting.go_to(stop_id), "", "meeting")
        if self.state is not None and any(i.id == stop_id and i.kind is ItemKind.PEOPLE for i in self.state.items):
            left = [row.turn_id for row in self.state.rail if row.state is not TurnState.DONE]
            every = left or [row.turn_id for row in self.state.rail]
            return bool(every) and self._at_table(lambda sitting: sitting.go_to(every[0]), "", "meeting")

        def turn(sitting: PrivateSitting) -> None:
            sitting.turn_away()
            session_items.turn_to(self._session, sitting.meeting_id, stop_id)

        return self._at_table(turn, "", "meeting")

    def stops(self) -> list[str]:
        """Every person and item in order, as the rail's keys."""
        if self.state is None:
            return []
        keys: list[str] = []
        for item in self.state.items:
            people = item.kind is ItemKind.PEOPLE
            keys += [f"turn:{row.turn_id}" for row in self.state.rail] if people else [f"item:{item.id}"]
        return keys

    @property
    def here(self) -> str:
        """The person's turn, covered or not, or the item."""
        meeting = self.state.meeting if self.state is not None else None
        if meeting is None:
            return ""
        return f"turn:{meeting.current_turn_id}" if meeting.current_turn_id else f"item:{meeting.current_item_id}"

    def take_another(self) -> bool:
        """Somebody else first: the next person not done, after the last one the first again."""
        rows = list(self.state.rail) if self.state else []
        here = next((n for n, row in enumerate(rows) if row.current), -1)
        others = [row for row in (*rows[here + 1 :], *rows[: max(here, 0)]) if row.state is not TurnState.DONE]
        return bool(others) and self.go(f"turn:{others[0].turn_id}")

    def open_person(self) -> bool:
        """From the gate to the person."""
        return self._at_table(lambda sitting: sitting.open_person(), "", "meeting")

    def cover(self) -> bool:
        """Back to the gate."""
        return self._at_table(lambda sitting: sitting.cover(), "", "meeting")

    def leave_person(self) -> bool:
        """To the end of the session."""
        return self._at_table(lambda sitting: sitting.turn_away(), "", "meeting")

    def admit(self, row_id: str, reason: str) -> bool:
        """New Hope's lead lets someone hear, with the reason."""
        return self._at_table(
            lambda sitting: sitting.admit([row_id], reason), "Allowed to stay; the reason is minuted", "meeting"
        )

    def admit_remote(self, row_id: str) -> bool:
        """New Hope's lead admits somebody on Teams or telephone."""
        return self._at_table(lambda sitting: sitting.admit_remote(row_id), "Admitted; it is minuted", "meeting")

    def choose(self, outcome: PersonOutcome) -> bool:
        """What was decided."""
        return self._at_table(lambda sitting: sitting.choose(outcome), "Outcome chosen", "meeting")

    def say(self, reason: str | None = None, see_again: date | None = None) -> bool:
        """Why, or when."""
        return self._at_table(lambda sitting: sitting.say(reason=reason, see_again=see_again), "", "meeting")

    @property
    def is_done(self) -> bool:
        """The person or the item."""
        stop = self.person.turn if self.person is not None else self.item.item if self.item is not None else None
        return stop is not None and stop.state is TurnState.DONE

    @property
    def note(self) -> str:
        """Of the person, or of the item."""
        return self.person.note if self.person is not None else self.item.item.note if self.item is not None else ""

    def read_back(self) -> ReadBack | None:
        """Of a person by their initials only."""
        return read_back(self.person) if self.person is not None else super().read_back()

    def accept(self) -> bool:
        """The read-back was accepted, or the item is done: on to the next gate."""
        if self.item is not None:
            return self._at_table(
                lambda sitting: session_items.finish(self._session, sitting.meeting_id), "Item done", "meeting"
            )
        return self._at_table(lambda sitting: sitting.accept(), "Read back and accepted", "meeting", "people")

    def take_up_again(self) -> bool:
        """There is more to say."""
        if self.item is not None:
            return super().take_up_again()
        return self._at_table(lambda sitting: sitting.take_up_again(), "Reopened", "meeting")

    def agree(self, said: ParsedAction) -> bool:
        """An action for the person or item in hand."""
        if self.item is not None:
            item_id = self.item.item.id
            return self._at_table(
                lambda sitting: actions.agree_action(self._session, sitting.meeting_id, said, item_id=item_id),
                "Action agreed",
                "actions",
            )
        return self._at_table(lambda sitting: sitting.agree_read(said), "Action agreed", "actions")

    def kept_line(self) -> str:
        """The action line as it stood for what is in hand; of a person only while they are shown."""
        if self.item is not None:
            return session_items.kept_line(self._session, self.item.item.id)
        return self.sitting.kept_line() if self.sitting is not None and self.person is not None else ""

    def drop_line(self) -> None:
        """It was agreed, or emptied."""
        if self.item is not None:
            session_items.drop_line(self._session, self.item.item.id)
        elif self.sitting is not None and self.person is not None:
            self.sitting.drop_line()

    def remove(self, action_id: str) -> bool:
        """An action agreed by mistake."""
        return self._at_table(lambda sitting: sitting.remove_action(action_id), "Action removed", "actions")

    def answer(self, action_id: str, answer: Answer, reason: str, due: date | None) -> bool:
        """D, N, C or X."""
        return self._at_table(
            lambda sitting: sitting.answer(action_id, answer, reason=reason, due=due),
            f"Action {answer.value}",
            "actions",
        )

    def add_person(self, person_id: str, place: Place) -> bool:
        """Somebody on the list is talked about too; taken now, one turns to their gate."""

        def add(sitting: PrivateSitting) -> None:
            turn = room_changes.add_person(self._session, sitting.meeting_id, person_id, place)
            if place is Place.NOW:
                sitting.go_to(turn.id)

        return self._at_table(add, f"A person was added: {place.value}", "meeting")

    def add_new_person(self, name: str, place: Place, *, although_alike: bool = False) -> None:
        """Somebody nobody knew, as `add_person`. Raises FieldRefused where they may be somebody on the list."""
        sitting = self.sitting
        if sitting is None:
            return
        self._flush()
        turn = room_changes.add_new_person(
            self._session, sitting.meeting_id, name, place, although_alike=although_alike
        )
        if place is Place.NOW:
            sitting.go_to(turn.id)
        changed: tuple[Kind, ...] = ("meeting", "people")
        self._load_after(changed)
        self.done.emit(f"A new person was added: {place.value}", changed)

    def offer(self, what: str) -> bool:
        """Something was offered to the person in hand."""
        return self._at_table(
            lambda sitting: private_session.make(self._session, sitting, what), "Offer recorded", "people"
        )

    def answer_offer(self, offer_id: str, answer: OfferAnswer, why: str) -> bool:
        """What the person said to it."""
        return self._at_table(
            lambda sitting: private_session.answer(self._session, sitting, offer_id, answer, why),
            f"Offer: {answer.value}",
            "people",
        )

    def fix_date(self, day: date) -> bool:
        """The next session's day."""
        return self._at_table(
            lambda sitting: next_date.fix_next_date(self._session, sitting.meeting_id, day),
            "Next date agreed",
            "meeting",
            "actions",
        )

    def date_actions(self) -> bool:
        """Every action without a date is due at the next session."""
        return self._at_table(
            lambda sitting: date_actions(self._session, sitting.meeting_id), "Every action has a date", "actions"
        )

    def _end_note(self) -> None:
        if self.person is not None and self.sitting is not None:
            self.sitting.end_note()
        else:
            super()._end_note()

    def take_back(self) -> Step | None:
        """Of a person without its words unless they are shown, for they might name somebody."""
        step = super().take_back()
        return step if step is None or self._named and self.person is not None else replace(step, words="")

    def _to_take_back(self) -> Step | None:
        self._named = self.person is not None
        return self._session.work.last_step() if self.sitting is not None else None

    def _undo(self, step: Step) -> None:
        """First only back to where it was done: nothing of a person is undone before one stands at their gate."""
        if running_meeting.go_back(self._session):
            return
        try:
            super()._undo(step)
        except Refused as why:
            words = why.sentence if self._named else why.sentence.replace(f"“{step.words}”", "The last step")
            raise Refused(words) from why

    def _what_goes(self, step: Step) -> str:
        return "what was typed"
