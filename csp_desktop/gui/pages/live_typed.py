"""What is typed at the table and where it is kept: note and fields of the stop in hand, the line of an action."""

from csp_desktop.gui.pages.live_doing import Doing
from csp_desktop.gui.pages.live_typing import Typing
from csp_desktop.services import agreeing_actions, reviewing_cases, running_meeting
from csp_desktop.services.session import Session


class Typed:
    """Hands each text to `typing` with the use case that keeps it."""

    def __init__(self, session: Session, doing: Doing, typing: Typing) -> None:
        self._session, self._doing, self._typing = session, doing, typing

    def note(self, text: str) -> None:
        """The minute of a case, or the note of an item."""
        stop = self._doing.stop
        if stop is None:
            return
        keep = reviewing_cases.keep_typing if self._doing.case else running_meeting.keep_item_note
        self._typing.typed("note", lambda words: keep(self._session, stop.id, words), text)

    def field(self, name: str, text: str) -> None:
        """What belongs to an outcome."""
        stop = self._doing.stop
        if stop is not None:
            self._typing.typed(
                name, lambda words: reviewing_cases.keep_typing(self._session, stop.id, words, name), text
            )

    def line(self, text: str) -> None:
        """An action in one line, until it is agreed."""
        meeting_id = self._doing.meeting_id
        self._typing.typed("line", lambda words: agreeing_actions.keep_line(self._session, meeting_id, words), text)
