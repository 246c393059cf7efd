"""The private window before New Hope's lead has unlocked: everyone who came over, by what may be known of them so far.

Nobody's involvement shows here. Police and council may stay; about everyone else the lead decides after unlocking.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_private_door import Ui_PrivateDoor
from csp_desktop.domain.common.aliases import Clock
from csp_desktop.domain.common.days import clock, clock_seconds, screen_day
from csp_desktop.domain.meeting.private_handover import Handed
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarNote, BarState, Figure
from csp_desktop.gui.widgets.narrow import one_column
from csp_desktop.gui.window.actions import NEXT, OPEN, Action, strip_of, which

STAYING = {AgencyKind.POLICE: "Police", AgencyKind.COUNCIL: "Council"}
NARROW = 900
NUMBERED = 9  # people who can leave by one key
LEFT = tuple(
    Action("this person has left; again to undo", (str(number),), strip="left, again to undo")
    for number in range(1, NUMBERED + 1)
)


class PrivateDoorPage(QWidget):
    """`unlock_asked` leads to the passphrase."""

    unlock_asked = Signal()

    def __init__(self, table: PrivateTable, now: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._table, self._now = table, now
        self._ui = Ui_PrivateDoor()
        self._ui.setupUi(self)
        ui = self._ui
        for view in (ui.staying_view, ui.others_view):
            view.set_flush(True)
            view.set_wrapping(True)
        ui.others_view.chosen.connect(self._goes)
        ui.staying_view.chosen.connect(lambda _: self.unlock_asked.emit())  # nobody goes from there: Enter unlocks
        ui.unlock_button.clicked.connect(self.unlock_asked.emit)
        ui.unlock_button.set_height(48)
        ui.unlock_button.set_key(OPEN.shown)
        ui.strip.set_text("Only the names and times of people leaving go to the group's list.")
        ui.strip.set_keys(strip_of((*LEFT, NEXT.short("next list"), OPEN.short("unlock"))))
        table.changed.connect(self.refresh)
        one_column(ui.room_frame)
        self.setFocusProxy(ui.unlock_button)
        self.refresh()

    def refresh(self) -> None:
        """The list as it came over, and who has gone since."""
        room = self._table.room
        if room is None:
            return
        ui = self._ui
        ui.staying_view.set_entries(self._staying(room.people))
        others = self._others()
        ui.others_view.set_entries([self._other(number, one) for number, one in enumerate(others, 1)])
        ui.others_card.setVisible(bool(others))
        here = len(self._table.here())
        ui.door_bar.set_state(
            BarState(
                title="Private rough-sleeping meeting",
                subtitle=screen_day(room.on, room.on),
                kind=BarKind.PLUM,
                icon="lock",
                headline="Clear the room",
                notes=(BarNote("Not open yet", amber=True),),
                figures=(
                    Figure("users", str(here), "present"),
                    Figure("clock", clock(self._now()), f"group's time until {clock(room.ends)}"),
                ),
                closed=("Community Protection Group", "hidden on every screen"),
            )
        )

    def _staying(self, people: tuple[Handed, ...]) -> list[Entry]:
        rows: list[Entry] = []
        for kind, heading in STAYING.items():
            mine = [one for one in people if one.kind is kind]
            rows += [Entry("", heading, heading=True)] if mine else []
            rows += [
                Entry(one.origin, one.name, one.agency, person=one.name, pill="May stay", pill_tone=Tone.LOW)
                for one in mine
            ]
        return rows

    def _others(self) -> list[Handed]:
        return [one for one in self._table.room.people if one.kind not in STAYING] if self._table.room else []

    def _other(self, number: int, one: Handed) -> Entry:
        gone = self._table.left.get(one.origin)
        return Entry(
            one.origin,
            one.name,
            one.agency,
            number=str(number) if number <= NUMBERED else "",
            person="" if number <= NUMBERED else one.name,
            pill=f"Left {clock_seconds(gone)}" if gone else "Waiting for New Hope",
            pill_tone=Tone.LOW if gone else Tone.NEUTRAL,
            dim=gone is not None,
        )

    def _goes(self, origin: str) -> None:
        self._table.goes(origin, self._now())

    def showEvent(self, event: QShowEvent) -> None:
        """Enter unlocks, as the strip says, until somebody goes to a list."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._to_unlock)

    def _to_unlock(self) -> None:
        if self.isVisible():
            self._ui.unlock_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the lists come before what explains them: the strip of keys still does."""
        super().resizeEvent(event)
        self._ui.door_bar.fit(event.size().height())
        for label in (self._ui.others_text, self._ui.unlock_text):
            label.setVisible(event.size().width() >= current().px(NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The numbers act wherever the focus is: nothing is typed here."""
        others = dict(zip(LEFT, self._others(), strict=False))
        gone = which(event, others)
        if gone is not None:
            self._goes(others[gone].origin)
        else:
            super().keyPressEvent(event)
