"""What is done from the page of the case walk."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from enum import Enum

from PySide6.QtCore import QObject

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.action_line import ParsedAction
from csp_desktop.domain.meeting.action_owners import Person
from csp_desktop.domain.meeting.actions import Answer, owner_words
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.gui.meeting.controller import MeetingController
from csp_desktop.gui.window.changes import Kind
from csp_desktop.services.meeting import actions, case_walk, issue_talks, issues, running_meeting, walk_order
from csp_desktop.services.meeting.actions import ActionRow, InTheRoom
from csp_desktop.services.meeting.case_walk import LiveCaseRow, ReadBack
from csp_desktop.services.meeting.running_meeting import LiveMeeting
from csp_desktop.services.meeting.walk import LiveItemRow, live_item, with_agreed
from csp_desktop.services.ports.work import Step
from csp_desktop.services.session import Session


class Read(Enum):
    """How much was read again after a step."""

    AGREED = 1  # the actions agreed now, and how many each officer has
    STOP = 2  # all of the case or item in hand
    EVERYTHING = 3


class WalkController(MeetingController):
    """Knows the meeting, and the case or item in hand."""

    def __init__(self, session: Session, flush: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(session, flush, parent)
        self.meeting_id = ""
        self.live: LiveMeeting | None = None
        self.case: LiveCaseRow | None = None
        self.people: tuple[Person, ...] = ()  # who may be named in the action line
        self.room: tuple[InTheRoom, ...] = ()
        self.read = Read.EVERYTHING

    def load(self, only_turned: bool = False) -> None:
        """Read the meeting and what is in hand again; `only_turned` when no case can have changed."""
        self.read = Read.EVERYTHING
        known = self.live.walk if only_turned and self.live else ()
        with self._session.work.reading():  # one moment of the file for all of it
            self.live = running_meeting.meeting_state(self._session, self.meeting_id, known)
            row, item = self.live.row, self.live.item
            self._load_stop(row.turn.id if row else "", item.id if item else "")

    def _load_after(self, changed: tuple[Kind, ...]) -> None:
        self.load(only_turned="cases" not in changed)

    def _load_undone(self) -> None:
        self.load()
        self.load_people()

    def _load_stop(self, turn_id: str, item_id: str) -> None:
        self.case = case_walk.live_case(self._session, turn_id) if turn_id else None
        self.item = live_item(self._session, item_id) if item_id and not turn_id else None

    def load_people(self) -> None:
        """Read again who is in the room and whom an action can belong to."""
        self.people = actions.people_for_actions(self._session, self.meeting_id)
        self.room = actions.open_counts(self._session, self.meeting_id)

    def _load_answered(self) -> None:
        """An action was answered: the meeting stands as it stood."""
        self.read = Read.STOP
        before = self.answers
        with self._session.work.reading():
            self._load_stop(self.case.turn.id if self.case else "", self.item.item.id if self.item else "")
            self._count_again(before, self.answers)

    def _load_agreed(self) -> None:
        """An action was agreed, changed or taken away: the meeting, and the rest of what is in hand, stand as they
        stood."""
        self.read = Read.AGREED
        before = self.agreed
        with self._session.work.reading():
            if self.case is not None:
                self.case = case_walk.with_agreed(self._session, self.case)
            elif self.item is not None:
                self.item = with_agreed(self._session, self.item)
            self._count_again(before, self.agreed)

    def _count_again(self, before: Sequence[ActionRow], after: Sequence[ActionRow]) -> None:
        """Only of the officers whose actions are others now."""
        changed = {row.action for row in before} ^ {row.action for row in after}
        owners = {one for action in changed for one in action.owner_ids}
        self.room = actions.counted_again(self._session, self.room, owners)

    def start(self) -> str:
        """Begin, or come back to, the meeting; the reason when it may not begin yet."""
        try:
            state = running_meeting.meeting_state(self._session, self.meeting_id).meeting.state
            if state is MeetingState.SIGN_IN:
                running_meeting.start(self._session, self.meeting_id)
            elif state is not MeetingState.IN_SESSION:
                return "This meeting is not in progress."
        except Refused as why:
            return why.sentence
        return ""

    def go(self, key: str) -> bool:
        """To an item or a case by its key in the rail."""
        kind, _, stop_id = key.partition(":")
        if kind == "turn":
            return self._do(lambda: case_walk.open_turn(self._session, stop_id), "", "meeting")
        return self._do(lambda: running_meeting.go_to_item(self._session, stop_id), "", "meeting")

    def stops(self) -> list[str]:
        """Every item of the agenda, the cases in the place of theirs."""
        keys: list[str] = []
        for item in self.live.items if self.live else ():
            cases = self.live.walk if self.live and item.kind is ItemKind.CASES else ()
            keys += [f"turn:{row.turn.id}" for row in cases] or [f"item:{item.id}"]
        return keys

    @property
    def here(self) -> str:
        """The case's turn or the item."""
        return f"turn:{self.case.turn.id}" if self.case else f"item:{self.item.item.id}" if self.item else ""

    def move_case(self, turn_id: str, step: int) -> bool:
        """One place up or down in the walk."""
        turns = [r.turn.id for r in self.live.walk] if self.live else []
        if turn_id not in turns or not 0 <= turns.index(turn_id) + step < len(turns):
            return False
        to = turns.index(turn_id) + step + 1
        return self._do(lambda: walk_order.move_turn(self._session, turn_id, to), "Order changed", "meeting")

    def choose(self, outcome: Outcome) -> bool:
        """What people agreed on."""
        if self.case is None:
            return False
        turn = self.case.turn
        words = f"{outcome.rule.label} chosen for {self.case.case.title.split(',')[0]}"
        return self._do(lambda: case_walk.choose_outcome(self._session, turn.id, outcome), words, "meeting")

    def say(self, name: str, value: str | bool) -> bool:
        """A reason, a referral, a dissent, or the answer to a question."""
        if self.case is None:
            return False
        turn_id = self.case.turn.id
        verb: Callable[..., object] = case_walk.say
        return self._do(lambda: verb(self._session, turn_id, **{name: value}), "", "meeting")

    def read_back(self) -> ReadBack | None:
        """The decision about a case, or what was said at an item."""
        return case_walk.read_back(self.case) if self.case is not None else super().read_back()

    def accept(self) -> bool:
        """The read-back was accepted: the case or item is done, and the meeting goes on."""
        if self.case is not None:
            turn, title = self.case.turn, self.case.case.title.split(",")[0]
            outcome = turn.outcome.rule.label if turn.outcome else ""
            words = f"{outcome} accepted for {title}"
            return self._do(lambda: case_walk.accept(self._session, turn.id), words, "cases", "meeting")
        if self.item is not None:
            item = self.item.item
            return self._do(
                lambda: running_meeting.finish_item(self._session, item.id), f"Done: {item.title}", "meeting"
            )
        return False

    def take_up_again(self) -> bool:
        """There is more to say."""
        if self.case is None:
            return super().take_up_again()
        turn_id = self.case.turn.id
        return self._do(lambda: case_walk.take_up_again(self._session, turn_id), "Reopened", "cases", "meeting")

    def agree(self, said: ParsedAction) -> bool:
        """Put the action of the line on record."""
        case_id = self.case.case.id if self.case else ""
        item_id = self.item.item.id if self.item else ""
        name = owner_words(said.owners[0].name, [one.name for one in said.beside]) if said.owners else ""
        return self._do(
            lambda: actions.agree_action(self._session, self.meeting_id, said, case_id=case_id, item_id=item_id),
            f"Action agreed for {name}",
            "actions",
            load=self._load_agreed,
        )

    def remove(self, action_id: str) -> bool:
        """An action agreed by mistake."""
        return self._do(
            lambda: actions.remove_action(self._session, action_id),
            "Action removed",
            "actions",
            load=self._load_agreed,
        )

    def answer(self, action_id: str, answer: Answer, reason: str, due: date | None) -> bool:
        """D, N, C or X."""
        return self._do(
            lambda: actions.answer_action(
                self._session, action_id, answer, reason=reason, due=due, meeting_id=self.meeting_id
            ),
            f"Action {answer.value}",
            "actions",
            load=self._load_answered,
        )

    def keep_issue(self, issue_id: str, text: str) -> datetime:
        """What is being written of an issue, on disk."""
        return issue_talks.keep_talk(self._session, self.meeting_id, issue_id, text)

    def end_issue(self, issue_id: str) -> None:
        """Its note was left."""
        if not self._flush():
            return
        try:
            written = issue_talks.end_talk(self._session, self.meeting_id, issue_id)
        except Refused as why:
            self._refuse(why.sentence)
            return
        if written:
            self._load_answered()
            self.done.emit("", ("meeting",))

    def discuss_issue(self, issue_id: str, discussed: bool) -> bool:
        """It was talked about here, or not."""
        verb = issue_talks.discuss if discussed else issue_talks.not_discussed
        words = "Discussed" if discussed else "Not discussed"
        return self._do(
            lambda: verb(self._session, self.meeting_id, issue_id), words, "meeting", load=self._load_answered
        )

    def close_issue(self, issue_id: str, reason: str) -> bool:
        """It is closed here, with its reason."""
        return self._do(
            lambda: issues.close_at_meeting(self._session, self.meeting_id, issue_id, reason),
            "Issue closed",
            "meeting",
            load=self._load_answered,
        )

    def fix_date(self, day: date) -> bool:
        """The next meeting."""
        return self._do(
            lambda: running_meeting.fix_next_date(self._session, self.meeting_id, day), "Next date agreed", "meeting"
        )

    def kept_line(self) -> str:
        """One line for the whole meeting."""
        return actions.kept_line(self._session, self.meeting_id)

    def drop_line(self) -> None:
        """The same line."""
        actions.drop_line(self._session, self.meeting_id)

    def _end_note(self) -> None:
        if self.case is not None:
            case_walk.end_note(self._session, self.case.turn.id)
        else:
            super()._end_note()

    def _to_take_back(self) -> Step | None:
        return running_meeting.to_be_taken_back(self._session)

    def _what_goes(self, step: Step) -> str:
        return f"what was typed here: the {step.words}"

    @property
    def stop(self) -> CaseTurn | AgendaItem | None:
        """The case's turn or the item in hand."""
        return self.case.turn if self.case else self.item.item if self.item else None

    @property
    def is_done(self) -> bool:
        """The case or the item."""
        return self.stop is not None and self.stop.state is TurnState.DONE

    @property
    def note(self) -> str:
        """The minute of the case, or the note of the item."""
        return self.stop.note if self.stop is not None else ""

    def number_of_item(self) -> int:
        """The place of the item in hand on the agenda, from 1."""
        return self.live.items.index(self.live.item) + 1 if self.live and self.live.item else 1

    @property
    def in_hand(self) -> LiveCaseRow | LiveItemRow | None:
        """The case or item, with everything its screen shows."""
        return self.case or self.item

    @property
    def agreed(self) -> Sequence[ActionRow]:
        """The actions agreed now for what is in hand."""
        return self.in_hand.agreed if self.in_hand else ()

    @property
    def answers(self) -> Sequence[ActionRow]:
        """The earlier actions to be answered at what is in hand."""
        return self.case.last if self.case else self.item.answers if self.item else ()

    @property
    def finished(self) -> bool:
        """Whether everything on the agenda is done."""
        return self.live is not None and all(i.state is TurnState.DONE for i in self.live.items)
