"""The group's window while the private meeting is prepared and runs: it says so, and shows nothing else."""

from PySide6.QtCore import Qt

from csp_desktop._built.ui_private_part import Ui_PrivatePart
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarState
from csp_desktop.gui.window.actions import HELP, HIDE, LOCK
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.private_handover import Crossing, PrivateState
from csp_desktop.services.meeting.private_handover import meeting_to_cross_from, room_list

RUNS = (
    "It runs in its own window on its own file. Nothing of the group's meeting is on any "
    "screen, and this window only learns who left before it began."
)
ASKS = (
    "The group's meeting is hidden on every screen, and a second window opens. There New "
    "Hope's lead unlocks, decides who stays, and leads. Anyone who leaves now is recorded in "
    "the group's attendance list with the time."
)
BROKE = (
    "The private window closed unexpectedly. Everything in it is saved in its own file. Open "
    "it again: it starts at the access check, not at a person."
)


class PrivatePartPage(Page):
    """Entered from the end of the meeting, from Home or by Ctrl+K."""

    ACTIONS = (LOCK, HIDE.short("hide everything"), HELP)

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._ui = Ui_PrivatePart()
        self._ui.setupUi(self)
        ui = self._ui
        ui.begin_button.clicked.connect(self._begin)
        ui.back_button.clicked.connect(lambda: self.navigate.emit("back", None))
        self._crossing: Crossing | None = context.crossing
        if self._crossing is not None:
            self._crossing.changed.connect(self.refresh)

    def entered(self, argument: object = None) -> None:
        """How it stands, and the one thing to do."""
        self._ui.begin_error.clear()
        self.refresh()
        ended = self._crossing is not None and self._crossing.state is PrivateState.ENDED
        button = self._ui.back_button if ended else self._ui.begin_button
        (button if button.isVisible() else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Before, while it runs, after."""
        ui, crossing = self._ui, self._crossing
        state = crossing.state if crossing is not None else PrivateState.NOT_BEGUN
        meeting = self._meeting()
        titles = {
            PrivateState.NOT_BEGUN: "The private rough-sleeping meeting",
            PrivateState.RUNNING: "The private meeting is in progress",
            PrivateState.ENDED: "The private meeting has ended",
            PrivateState.BROKEN: "The private window closed unexpectedly",
        }
        texts = {PrivateState.RUNNING: RUNS, PrivateState.ENDED: "", PrivateState.BROKEN: BROKE}
        ui.part_title.setText(titles[state])
        ui.part_text.setText(texts.get(state, ASKS))
        ui.part_text.setVisible(bool(ui.part_text.text()))
        ui.room_text.setText(self._room_words(meeting, state))
        running = state is PrivateState.RUNNING
        ui.begin_button.setVisible(not running and meeting is not None)
        ui.begin_button.setText(
            "&Open it again" if state is not PrivateState.NOT_BEGUN else "&Begin the private meeting"
        )
        ui.begin_button.set_next(state is not PrivateState.ENDED)
        ui.back_button.set_next(state is PrivateState.ENDED)  # what is over is not begun again as a matter of course
        ui.back_button.setVisible(not running)
        after = state in (PrivateState.ENDED, PrivateState.BROKEN)
        ui.back_button.setText("Back to the &group's meeting" if after else "&Stay with the group's meeting")
        self.bar_changed.emit()

    def _meeting(self) -> Meeting | None:
        return meeting_to_cross_from(self._context.session)

    def _room_words(self, meeting: Meeting | None, state: PrivateState) -> str:
        crossing = self._crossing
        if crossing is not None and crossing.departed is not None:
            one = "1 person left" if crossing.departed == 1 else f"{crossing.departed} people left"
            return f"{one} before the private meeting; the times are in the attendance list."
        if meeting is None:
            return "It follows the group's meeting, but none is in progress or was closed today."
        if state is PrivateState.RUNNING:
            return ""
        people = room_list(self._context.session, meeting.id).people
        count, remote = len(people), sum(one.remote is not None for one in people)
        closed = (
            "The group's meeting is closed."
            if meeting.state is MeetingState.CLOSED
            else ("The group's meeting is paused: you can continue it afterwards.")
        )
        here = "1 person is here" if count == 1 else f"{count} people are here"
        return f"{here}{f', {remote} on Teams or telephone' if remote else ''}. {closed}"

    def _begin(self) -> None:
        meeting, crossing = self._meeting(), self._crossing
        if meeting is None or crossing is None:
            return
        try:
            crossing.begin(meeting.id)
        except Refused as refusal:
            self._ui.begin_error.set_error(refusal.sentence)

    def bar_state(self) -> BarState:
        """Plum while the private part runs; no figure of it."""
        running = self._crossing is not None and self._crossing.is_running()
        kind = BarKind.PLUM if running else BarKind.GREY
        headline = "Private meeting in its own window" if running else ""
        return BarState(title="Private rough-sleeping meeting", kind=kind, icon="lock", headline=headline)

    def strip_text(self) -> str:
        """Where things are."""
        return "The private meeting has its own file, key and program."
