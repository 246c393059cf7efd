"""Pickers of the private session, shown in place: who steps out, who declares an interest."""

from collections.abc import Sequence

from csp_desktop.gui.pages.sign_in_pickers import PersonPicker
from csp_desktop.services.private import room
from csp_desktop.services.private.sitting import PrivateSitting
from csp_desktop.services.session import Session
from csp_desktop.services.sign_in_rows import PersonRow


def _present(session: Session, meeting_id: str) -> list[PersonRow]:
    check = room.check(session, meeting_id)
    rows = sorted((row for row in (*check.staying, *check.leaving) if row.present), key=lambda row: row.name)
    return [
        PersonRow(row.id, row.id, row.name, row.agency, row.agency, None, row.signed_at, None, True, 0, "", ())
        for row in rows
    ]


class StepOutPicker(PersonPicker):
    """Shift+F6: who leaves the room; the time is kept."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Who steps out?")

    def people(self) -> Sequence[PersonRow]:
        """Everyone in the room."""
        return _present(self._session, self.meeting_id)

    def act(self, person: PersonRow) -> None:
        """They leave now."""
        room.leave(self._session, person.attendance_id)


class InterestPicker(PersonPicker):
    """Ctrl+I: who declares an interest in the person in hand; they step out for them."""

    sitting: PrivateSitting | None = None

    def __init__(self, session: Session) -> None:
        super().__init__(session, "Who declares an interest?")

    def people(self) -> Sequence[PersonRow]:
        """Everyone in the room."""
        return _present(self._session, self.meeting_id)

    def act(self, person: PersonRow) -> None:
        """It is written down with the person in hand."""
        assert self.sitting is not None
        self.sitting.declare_interest(person.attendance_id)
