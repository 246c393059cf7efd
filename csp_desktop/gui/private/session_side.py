"""The column at the right: actions agreed for the person or item in hand, and the workers involved, here or not."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.private.admission import Clearance
from csp_desktop.gui.meeting.action_column import AgreedCard
from csp_desktop.gui.meeting.action_line import ActionLine
from csp_desktop.gui.private.session_rows import hearing_entries, worker_entries
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.gui.widgets.containers import Scroll
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.services.meeting.actions import ActionRow
from csp_desktop.services.private.session_rows import LivePerson


class SideFrame(QFrame):
    """Holds one column at a time; the one before is destroyed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "side")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 12)
        self.held: QWidget | None = None

    def hold(self, widget: QWidget | None) -> None:
        """Show this one instead."""
        if self.held is not None:
            destroy(self.held)
        self.held = widget
        if widget is not None:
            self._column.addWidget(widget)


class ActionsSide(QWidget):
    """The line actions are agreed in, those agreed now, and under them a list of people."""

    change_asked = Signal(str)
    removal_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = ActionEntry(self)
        self.entry.set_hint("Who, what, when: rn visit fri")
        self.line = ActionLine(self.entry, self)
        heading, self._count = QLabel("Actions agreed now", self), QLabel(self)
        set_role(heading, "subheading")
        set_role(self._count, "count")
        heading.setBuddy(self.entry.line)
        self.cards: list[AgreedCard] = []
        self._scroll = Scroll(self, margins=(0, 0, 0, 0))
        self._scroll.body.setSpacing(8)
        self._scroll.body.addStretch(1)
        self._title, self._caption, self.people = QLabel(self), QLabel(self), EntryList(self)
        set_role(self._title, "strong")
        set_role(self._caption, "caption")
        self.people.set_flush(True)
        rule = QFrame(self)
        set_role(rule, "line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(_beside(heading, self._count))
        column.addWidget(self.entry)
        column.addWidget(self._scroll, 3)
        column.addWidget(rule)
        column.addLayout(_beside(self._title, self._caption))
        column.addWidget(self.people, 3)

    def show_agreed(self, rows: Sequence[ActionRow]) -> None:
        """Agreed now, the newest first."""
        newest = list(reversed(rows))
        self._count.setText(str(len(newest)) if newest else "")
        for card in self.cards:
            destroy(card)
        self.cards = []
        for number, row in enumerate(newest):
            card = AgreedCard(self)
            card.show_action(row)
            card.change_asked.connect(self.change_asked)
            card.removal_asked.connect(self.removal_asked)
            self._scroll.body.insertWidget(number, card)
            self.cards.append(card)
        if self.cards:  # made after the list below them
            QWidget.setTabOrder(self.cards[-1], self.people)

    def show_workers(self, row: LivePerson) -> None:
        """Who works with the person."""
        here = sum(worker.here for worker in row.workers)
        self._title.setText(f"Involved with {row.page.person.initials}")
        self._caption.setText(f"{here} of {len(row.workers)} here" if row.workers else "nobody yet")
        self.people.setAccessibleName(self._title.text())
        self.people.set_entries(worker_entries(row.workers))

    def show_nobody(self) -> None:
        """An item of the agenda: no person, no workers."""
        for widget in (self._title, self._caption, self.people):
            widget.hide()


class RoomSide(QWidget):
    """At the gate: everyone in the room, and on what ground they may hear."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._caption, self.people = QLabel("In the room", self), QLabel(self), EntryList(self)
        set_role(self._title, "subheading")
        set_role(self._caption, "caption")
        self.people.set_flush(True)
        self.people.setAccessibleName("In the room")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current().px(10))
        column.addLayout(_beside(self._title, self._caption))
        column.addWidget(self.people, 1)

    def show_room(self, clear: Clearance | None) -> None:
        """Fill it."""
        rows = hearing_entries(clear) if clear else []
        self.people.set_entries(rows)
        self._caption.setText(f"{len(clear.may_hear)} of {len(rows)} may hear" if clear else "")
        self.setVisible(clear is not None)


def _beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(left)
    row.addStretch(1)
    row.addWidget(right)
    return row


def destroy(widget: QWidget) -> None:
    """Out of the window at once; its memory goes with the next event."""
    widget.blockSignals(True)
    for child in widget.findChildren(QWidget):
        child.blockSignals(True)
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
