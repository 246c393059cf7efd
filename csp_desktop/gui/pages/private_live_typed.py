"""What is typed in the private session: each text belongs to the person or item it was typed under, whoever is in hand
when it is written. What the disk has not taken yet is known here, so that it comes back when the gate opens again.
"""

from datetime import datetime

from PySide6.QtCore import QObject

from csp_desktop.domain.meeting import AgendaItem
from csp_desktop.gui.pages.live_typing import Typing
from csp_desktop.gui.pages.private_live_doing import PrivateDoing
from csp_desktop.services.private.sitting import LINE, OFFER
from csp_desktop.services.running_meeting import keep_item_note
from csp_desktop.services.session import Session

NOTE, REASON = "note", "reason"


class Typed(QObject):
    """Keeps note, reason and action line of what is in hand."""

    def __init__(self, session: Session, typing: Typing, doing: PrivateDoing) -> None:
        super().__init__(typing)
        self._session, self._typing, self._doing = session, typing, doing
        self._unwritten: dict[str, str] = {}

    def note_of(self, turn_id: str) -> str | None:
        """A note the disk has not taken yet."""
        return self._unwritten.get(f"{NOTE} {turn_id}")

    def note(self, text: str) -> None:
        """A letter of the note."""
        item = self._doing.item
        if item is None:
            self._person(NOTE, text)
            return
        self._typing.typed(
            f"{NOTE} {item.item.id}", lambda words: keep_item_note(self._session, item.item.id, words), text
        )

    def reason(self, text: str) -> None:
        """A letter of the reason."""
        self._person(REASON, text)

    def offer(self, text: str) -> None:
        """A letter of a new offer."""
        self._person(OFFER, text)

    def line(self, text: str) -> None:
        """A letter of the action line."""
        item, work = self._doing.item, self._session.work
        if item is None:
            self._person(LINE, text)
            return
        self._typing.typed(LINE, lambda words: work.keep_draft(AgendaItem, item.item.id, LINE, words), text)

    def _person(self, field: str, text: str) -> None:
        sitting, row = self._doing.sitting, self._doing.person
        if sitting is None or row is None:
            return
        turn_id, key = row.turn.id, f"{field} {row.turn.id}"
        self._unwritten[key] = text

        def keep(words: str) -> datetime:
            at = sitting.keep_typing(words, field, turn_id)
            self._unwritten.pop(key, None)
            return at

        self._typing.typed(key, keep, text)


def is_note(field: str) -> bool:
    """Whether a field of `Typing` is a note: its saving is shown beside it."""
    return field.startswith(NOTE)
