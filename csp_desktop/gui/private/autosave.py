"""What is typed of a person, or under an item of the private agenda, on its way to disk."""

from csp_desktop.gui.meeting.autosave import LINE, Autosave, Keep, TypedTexts
from csp_desktop.gui.private.controller import SessionController
from csp_desktop.gui.private.person_outcomes import DAY
from csp_desktop.services.meeting.running_meeting import keep_item_note
from csp_desktop.services.private import session_items
from csp_desktop.services.private.session import OFFER
from csp_desktop.services.session import Session


class PersonTexts(TypedTexts):
    """The texts of the person or item in hand; an action is typed for one of them alone."""

    def __init__(self, session: Session, controller: SessionController, autosave: Autosave) -> None:
        super().__init__(autosave)
        self._session, self._controller = session, controller

    def offer(self, text: str) -> None:
        """A letter of a new offer."""
        self.field(OFFER, text)

    def _keeps(self, field: str) -> tuple[str, Keep] | None:
        session, controller = self._session, self._controller
        sitting, item, row = controller.sitting, controller.item, controller.person
        if item is not None:
            item_id = item.item.id
            if field == LINE:
                return item_id, lambda words: session_items.keep_line(session, item_id, words)
            return item_id, lambda words: keep_item_note(session, item_id, words)
        if sitting is None or row is None or field == DAY:  # a day is kept once it can be read
            return None
        turn_id = row.turn.id
        return turn_id, lambda words: sitting.keep_typing(words, field, turn_id)
