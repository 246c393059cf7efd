"""Whom Prepare asks about: who comes instead of an agency that sends nobody, and officers to be asked for updates."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.meeting.absences import Gap
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.check_list import CheckLine
from csp_desktop.gui.widgets.person_picker import PersonPicker
from csp_desktop.services.meeting.absences import Absences, candidates, choose_stand_in
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.session import Session

_NOT_THERE = (None, None, None, False, 0, "", ())  # whoever is picked is in no room yet
UPDATES = "updates"
GAP = "gap-"  # before the agency's id, in the key of its line


class StandInPicker(PersonPicker):
    """The agency's own people first, then everybody who is coming."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Who comes instead?", parent)
        self._agency_id = ""
        self.people_view.setMaximumHeight(current().px(128))  # the step on stays in sight below it

    def ask(self, meeting_id: str, gap: Gap) -> None:
        """Open it for this agency."""
        self._agency_id = gap.agency_id
        self.title_label.setText(f"Who comes for {gap.name}?")
        self.find_edit.setAccessibleName(f"Who comes for {gap.name}?")
        self.open_picker(meeting_id)

    def people(self) -> Sequence[PersonRow]:
        """Everybody who sent no apologies."""
        return [
            PersonRow("", one.member.id, one.member.name, one.member.agency_id, one.remark, *_NOT_THERE)
            for one in candidates(self._session, self.meeting_id, self._agency_id)
        ]

    def act(self, person: PersonRow) -> None:
        """They are expected, and speak for the agency."""
        choose_stand_in(self._session, self.meeting_id, self._agency_id, person.member_id)


def gap_lines(missing: Absences) -> list[CheckLine]:
    """A line for each agency missing, with its fix, and one for each that somebody comes for."""
    lines = [CheckLine(f"{GAP}{gap.agency_id}", gap.words, False, "Who comes?") for gap in missing.gaps]
    return lines + [CheckLine(f"{GAP}{key}", words, True) for key, words in missing.stand_ins]


def update_lines(count: int) -> list[CheckLine]:
    """Officers still to be asked how their actions stand."""
    words = f"{count_of(count, 'officer', 'officers')} to ask for updates"
    return [CheckLine(UPDATES, words, False, "Ask")] if count else []
