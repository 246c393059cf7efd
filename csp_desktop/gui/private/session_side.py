"""The column at the right: actions agreed for the person or item in hand, and the workers involved, here or not."""

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.private.admission import Clearance
from csp_desktop.gui.meeting.action_column import AgreedActions, beside
from csp_desktop.gui.private.session_rows import hearing_entries, worker_entries
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.entry_list import EntryList
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


class ActionsSide(AgreedActions):
    """Under the actions a list of people: who works with the person in hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._caption, self.people = QLabel(self), QLabel(self), EntryList(self)
        set_role(self._title, "strong")
        set_role(self._caption, "caption")
        self.people.set_flush(True)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addLayout(beside(self._title, self._caption))
        self.column.addWidget(self.people, 3)

    def after_cards(self) -> QWidget | None:
        """The people."""
        return self.people

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
        column.addLayout(beside(self._title, self._caption))
        column.addWidget(self.people, 1)

    def show_room(self, clear: Clearance | None) -> None:
        """Fill it."""
        rows = hearing_entries(clear) if clear else []
        self.people.set_entries(rows)
        self._caption.setText(f"{len(clear.may_hear)} of {len(rows)} may hear" if clear else "")
        self.setVisible(clear is not None)


def destroy(widget: QWidget) -> None:
    """Out of the window at once; its memory goes with the next event."""
    widget.blockSignals(True)
    for child in widget.findChildren(QWidget):
        child.blockSignals(True)
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
