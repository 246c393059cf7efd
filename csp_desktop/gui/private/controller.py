"""What is done from the private session's page: each a use case, told without a word of a person; refusals say why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.action_line import ActionChange, ParsedAction
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import ItemKind, MeetingState, TurnState
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import OfferAnswer
from csp_desktop.gui.window.actions import UNDO
from csp_desktop.services.meeting import actions, running_meeting
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.walk import LiveItemRow
from csp_desktop.services.ports.work import Step, StepKind
from csp_desktop.services.private import next_date, session_items
from csp_desktop.services.private import session as offering
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.private.session_rows import GateRow, LivePerson, PrivateState
from csp_desktop.services.session import Session


class PrivateDoing(QObject):
    """Knows the session and what is in hand: the gate, the person, or an item. `did` gives what to say in the bar;
    `refused` a sentence."""

    did = Signal(str)
    refused = Signal(str)

    def __init__(self, session: Session, flush: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._flush = session, flush
        self._asked = ""  # the step whose words would go with it
        self.sitting: PrivateSitting | None = None
        self.state: PrivateState | None = None
        self.gate: GateRow | None = None
        self.person: LivePerson | None = None
        self.item: LiveItemRow | None = None

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

    def _do(self, verb: Callable[[PrivateSitting], object], words: str) -> bool:
        sitting = self.sitting
        if sitting is None:
            return False
        self._flush()
        try:
            verb(sitting)
        except Refused as why:
            self.load()
            self.did.emit("")  # what is refused may have been covered meanwhile: the screen first
            self.refused.emit(why.sentence)
            return False
        self.load()
        self.did.emit(words)
        return True

    def go(self, key: str) -> bool:
        """To a person's gate or an item, by its key in the rail; the people's item leads to the next person."""
        kind, _, stop_id = key.partition(":")
        if kind == "turn":
            return self._do(lambda sitting: sitting.go_to(stop_id), "")
        if self.state is not None and any(i.id == stop_id and i.kind is ItemKind.PEOPLE for i in self.state.items):
            left = [row.turn_id for row in self.state.rail if row.state is not TurnState.DONE]
            every = left or [row.turn_id for row in self.state.rail]
            return bool(every) and self._do(lambda sitting: sitting.go_to(every[0]), "")

        def turn(sitting: PrivateSitting) -> None:
            sitting.turn_away()
            session_items.turn_to(self._session, sitting.meeting_id, stop_id)

        return self._do(turn, "")

    def stops(self) -> list[str]:
        """Every person and item in order, as the rail's keys."""
        if self.state is None:
            return []
        keys: list[str] = []
        for item in self.state.items:
            people = item.kind is ItemKind.PEOPLE
            keys += [f"turn:{row.turn_id}" for row in self.state.rail] if people else [f"item:{item.id}"]
        return keys

    def step_by(self, step: int) -> bool:
        """To the next or the previous stop."""
        if self.state is None:
            return False
        meeting, keys = self.state.meeting, self.stops()
        here = f"turn:{meeting.current_turn_id}" if meeting.current_turn_id else f"item:{meeting.current_item_id}"
        place = keys.index(here) + step if here in keys else 0
        return 0 <= place < len(keys) and self.go(keys[place])

    def take_another(self) -> bool:
        """Somebody else first: the next person not done, after the last one the first again."""
        rows = list(self.state.rail) if self.state else []
        here = next((n for n, row in enumerate(rows) if row.current), -1)
        others = [row for row in (*rows[here + 1 :], *rows[: max(here, 0)]) if row.state is not TurnState.DONE]
        return bool(others) and self.go(f"turn:{others[0].turn_id}")

    def open_person(self) -> bool:
        """From the gate to the person."""
        return self._do(lambda sitting: sitting.open_person(), "")

    def cover(self) -> bool:
        """Back to the gate."""
        return self._do(lambda sitting: sitting.cover(), "")

    def leave_person(self) -> bool:
        """To the end of the session."""
        return self._do(lambda sitting: sitting.turn_away(), "")

    def admit(self, row_id: str, reason: str) -> bool:
        """New Hope's lead lets someone hear, with the reason."""
        return self._do(lambda sitting: sitting.admit([row_id], reason), "They may hear; the reason is minuted")

    def choose(self, outcome: PersonOutcome) -> bool:
        """What was decided."""
        return self._do(lambda sitting: sitting.choose(outcome), "Outcome chosen")

    def say(self, reason: str | None = None, see_again: date | None = None) -> bool:
        """Why, or when."""
        return self._do(lambda sitting: sitting.say(reason=reason, see_again=see_again), "")

    def accept(self) -> bool:
        """The read-back was accepted, or the item is done: on to the next gate."""
        if self.item is not None:
            return self._do(lambda sitting: session_items.finish(self._session, sitting.meeting_id), "Item done")
        return self._do(lambda sitting: sitting.accept(), "Read back and accepted")

    def take_up_again(self) -> bool:
        """There is more to say."""
        if self.item is not None:
            item_id = self.item.item.id
            return self._do(lambda _: running_meeting.reopen_item(self._session, item_id), "Taken up again")
        return self._do(lambda sitting: sitting.take_up_again(), "Taken up again")

    def agree(self, said: ParsedAction) -> bool:
        """An action for the person or item in hand."""
        if self.item is not None:
            item_id = self.item.item.id
            return self._do(
                lambda sitting: actions.agree_action(self._session, sitting.meeting_id, said, item_id=item_id),
                "Action agreed",
            )
        return self._do(lambda sitting: sitting.agree_read(said), "Action agreed")

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

    def change(self, action_id: str, change: ActionChange) -> bool:
        """Put an action right that was agreed now."""
        return self._do(lambda _: actions.apply_change(self._session, action_id, change), "Action changed")

    def remove(self, action_id: str) -> bool:
        """An action agreed by mistake."""
        return self._do(lambda sitting: sitting.remove_action(action_id), "Action taken away")

    def answer(self, action_id: str, answer: Answer, reason: str, due: date | None) -> bool:
        """D, N, C or X."""
        return self._do(
            lambda sitting: sitting.answer(action_id, answer, reason=reason, due=due), f"Action: {answer.value}"
        )

    def offer(self, what: str) -> bool:
        """Something was offered to the person in hand."""
        return self._do(lambda sitting: offering.make(self._session, sitting, what), "Offer written down")

    def answer_offer(self, offer_id: str, answer: OfferAnswer, why: str) -> bool:
        """What the person said to it."""
        return self._do(
            lambda sitting: offering.answer(self._session, sitting, offer_id, answer, why), f"Offer: {answer.value}"
        )

    def fix_date(self, day: date) -> bool:
        """The next session's day."""
        return self._do(
            lambda sitting: next_date.fix_next_date(self._session, sitting.meeting_id, day), "Next date agreed"
        )

    def end_typing(self) -> None:
        """The note was left: what was typed becomes part of the record."""
        self._flush()
        try:
            if self.person is not None and self.sitting is not None:
                self.sitting.end_note()
            elif self.item is not None:
                running_meeting.end_item_note(self._session, self.item.item.id)
        except Refused as why:
            self.refused.emit(why.sentence)

    def take_back(self) -> Step | None:
        """Undo the last step and return it; without its words where nobody is shown, for they might name somebody.
        Raises Refused when it cannot be undone, or not yet.
        """
        self.end_typing()
        step = self._session.work.last_step()
        if step is None or self.sitting is None:
            return None
        if step.kind is StepKind.NOTE and step.id != self._asked:
            self._asked = step.id
            raise Refused(f"Press {UNDO.keys[0]} again to undo what was written.")
        named = self.person is not None
        try:
            self._session.work.undo()
        except Refused as why:
            raise Refused(why.sentence if named else why.sentence.replace(f"“{step.words}”", "The last step")) from why
        finally:
            self.load()
            self.did.emit("")  # what is undone or refused may have been covered meanwhile: the screen first
        return step if named and self.person is not None else replace(step, words="")
