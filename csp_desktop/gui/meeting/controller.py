"""What is done at the table of either meeting: each a use case, told with words that undo can name.

What is refused says why, at the place where it was asked for.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from PySide6.QtCore import QObject, Signal

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.action_line import ActionChange, ParsedAction
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.gui.window.actions import UNDO
from csp_desktop.gui.window.changes import Kind
from csp_desktop.services.meeting import actions, running_meeting
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.meeting.earlier_minutes import earlier_kept, printed_earlier
from csp_desktop.services.meeting.walk import LiveItemRow, read_back_of
from csp_desktop.services.minutes import agreeing, versions
from csp_desktop.services.ports.work import Step, StepKind
from csp_desktop.services.session import Session

Refuse = Callable[[str], None]


class MeetingController(QObject):
    """Knows what is in hand and does one thing at a time.

    `done` gives what to say in the bar and the kinds of things that changed; `refused` a sentence; `reloaded` says that
    the screen must follow although nothing was done.
    """

    done = Signal(str, tuple)
    refused = Signal(str)
    reloaded = Signal()

    def __init__(self, session: Session, flush: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._flush = session, flush
        self._asked = ""  # the step whose words would go with it
        self._refuse_at: Refuse | None = None
        self.item: LiveItemRow | None = None

    @abstractmethod
    def load(self) -> None:
        """Read the meeting and what is in hand again."""

    def _load_after(self, changed: tuple[Kind, ...]) -> None:
        """What a step that changed these kinds of things may have changed."""
        self.load()

    def _load_agreed(self) -> None:
        """An action was agreed, changed or taken away."""
        self.load()

    @property
    @abstractmethod
    def agreed(self) -> Sequence[ActionRow]:
        """The actions agreed now for what is in hand."""

    @contextmanager
    def refusing_at(self, refuse: Refuse) -> Iterator[None]:
        """What is refused meanwhile is said there."""
        self._refuse_at = refuse
        try:
            yield
        finally:
            self._refuse_at = None

    def _refuse(self, sentence: str) -> None:
        (self._refuse_at or self.refused.emit)(sentence)

    def _do(
        self, verb: Callable[[], object], words: str, *changed: Kind, load: Callable[[], None] | None = None
    ) -> bool:
        self._flush()
        try:
            verb()
        except Refused as why:
            self._refuse(why.sentence)
            return False
        load() if load is not None else self._load_after(changed)
        self.done.emit(words, changed)
        return True

    # going through the agenda

    @abstractmethod
    def stops(self) -> list[str]:
        """Everything the meeting stops at, in order, as the rail's keys."""

    @property
    @abstractmethod
    def here(self) -> str:
        """The key of what is in hand; empty for nothing."""

    @abstractmethod
    def go(self, key: str) -> bool:
        """To a stop by its key in the rail."""

    def step_by(self, step: int) -> bool:
        """To the next or the previous stop."""
        keys = self.stops()
        place = keys.index(self.here) + step if self.here in keys else 0
        return 0 <= place < len(keys) and self.go(keys[place])

    # what is in hand

    @property
    @abstractmethod
    def is_done(self) -> bool:
        """Whether what is in hand is done."""

    @property
    @abstractmethod
    def note(self) -> str:
        """Its note, with what is being typed."""

    def read_back(self) -> ReadBack | None:
        """What is read out of the item in hand before it is done; None where nothing was said at it."""
        return read_back_of(self.item) if self.item is not None else None

    @abstractmethod
    def accept(self) -> bool:
        """The read-back was accepted, or there was nothing to read: the meeting goes on."""

    def take_up_again(self) -> bool:
        """There is more to say of the item in hand."""
        if self.item is None:
            return False
        item_id = self.item.item.id
        return self._do(lambda: running_meeting.reopen_item(self._session, item_id), "Reopened", "meeting")

    @abstractmethod
    def agree(self, said: ParsedAction) -> bool:
        """Put the action of the line on record."""

    def change(self, action_id: str, change: ActionChange) -> bool:
        """Put an action right that was agreed now."""
        return self._do(
            lambda: actions.apply_change(self._session, action_id, change),
            "Action changed",
            "actions",
            load=self._load_agreed,
        )

    @abstractmethod
    def remove(self, action_id: str) -> bool:
        """An action agreed by mistake."""

    @abstractmethod
    def answer(self, action_id: str, answer: Answer, reason: str, due: date | None) -> bool:
        """D, N, C or X."""

    @abstractmethod
    def kept_line(self) -> str:
        """The action line as it stood before a crash or a lock."""

    @abstractmethod
    def drop_line(self) -> None:
        """It was agreed, or emptied."""

    @abstractmethod
    def fix_date(self, day: date) -> bool:
        """The day of the next meeting."""

    def end_typing(self) -> None:
        """A field was left: what was typed in it becomes part of the record."""
        if not self._flush():
            return
        try:
            self._end_note()
        except Refused as why:
            self._refuse(why.sentence)

    def _end_note(self) -> None:
        if self.item is not None:
            running_meeting.end_item_note(self._session, self.item.item.id)

    # the minutes of the last meeting

    def version_pages(self, of_meeting_id: str, version: int) -> bytes | None:
        """The version that was sent, or the text kept of a meeting before this program; nothing of the private ones is
        shown to a room."""
        if self._session.private:
            return None
        try:
            if of_meeting_id in [one.id for one in earlier_kept(self._session)]:
                return printed_earlier(self._session, of_meeting_id)
            return versions.printed_version(self._session, of_meeting_id, version)
        except Refused:
            return None

    def agree_minutes(self, of_meeting_id: str, agreed: bool) -> bool:
        """The minutes of an earlier meeting are agreed as a correct record, or not after all."""
        if self.item is None:
            return False
        verb, meeting_id = agreeing.agree if agreed else agreeing.not_agreed, self.item.item.meeting_id
        words = "Agreed as a correct record" if agreed else "Not agreed"
        return self._do(lambda: verb(self._session, meeting_id, of_meeting_id), words, "meeting")

    def ask_correction(self, of_meeting_id: str, words: str) -> bool:
        """The meeting asks for something to be put right in them."""
        if self.item is None:
            return False
        meeting_id = self.item.item.meeting_id
        return self._do(
            lambda: agreeing.ask_correction(self._session, meeting_id, of_meeting_id, words),
            "Correction noted",
            "meeting",
        )

    def drop_correction(self, remark_id: str) -> bool:
        """It did not ask for it after all."""
        return self._do(lambda: agreeing.drop_correction(self._session, remark_id), "Correction removed", "meeting")

    # undo

    def take_back(self) -> Step | None:
        """Undo the last thing done, where it was done, and return it. What was written is asked for twice: first it is
        shown. Raises Refused when it cannot be undone, or not yet.
        """
        self.end_typing()
        asked = False
        try:
            step = self._to_take_back()
            asked = step is not None and step.kind is StepKind.NOTE and step.id != self._asked
            if step is not None and not asked:
                self._undo(step)
        finally:
            self._load_undone()
            self.reloaded.emit()  # what is undone or refused may have been covered meanwhile: the screen first
        self._asked = step.id if step is not None and asked else ""
        if step is not None and asked:
            raise Refused(f"Press {UNDO.keys[0]} again to undo {self._what_goes(step)}.")
        return step

    def _undo(self, step: Step) -> None:
        self._session.work.undo()

    def _load_undone(self) -> None:
        self.load()

    @abstractmethod
    def _to_take_back(self) -> Step | None:
        """What Ctrl+Z takes back now."""

    @abstractmethod
    def _what_goes(self, step: Step) -> str:
        """The note written in this step, in words that may stand on the screen."""
