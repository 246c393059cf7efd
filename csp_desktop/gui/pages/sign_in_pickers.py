"""Pickers the live page shows in place: who has come in late, who leaves. A few letters and Enter."""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.errors import Refused
from csp_desktop.domain.signatures import closeness
from csp_desktop.gui.keys import is_enter
from csp_desktop.gui.style import set_role
from csp_desktop.gui.theme import current
from csp_desktop.gui.widgets.attendee_list import AttendeeList
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.field_error import FieldError
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.services import signing_in
from csp_desktop.services.session import Session
from csp_desktop.services.sign_in_rows import PersonRow

MOST = 6


class PersonPicker(QFrame):
    """A find field over a short list. Arrows and Enter act from the field; Escape closes. `picked` with the name, after
    it was written; `closed` in any case."""

    picked = Signal(str)
    closed = Signal()

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._meeting_id = session, ""
        self._people: list[PersonRow] = []
        set_role(self, "chosen")
        self.find_edit, self.people_view = SearchBox(self, hint=title, key=""), AttendeeList(self)
        self.people_view.setAccessibleName(title)
        self._error = FieldError(self)
        label, close = QLabel(title, self), SecondaryButton(self, text="Close", key="Esc", height=28)
        set_role(label, "label")
        close.clicked.connect(self.close_picker)
        head, px = QHBoxLayout(), current().px
        head.addWidget(label, 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(8))
        column.addLayout(head)
        for widget in (self.find_edit, self.people_view, self._error):
            column.addWidget(widget)
        self.people_view.setMaximumHeight(px(30 * MOST + 4))
        self.find_edit.installEventFilter(self)
        self.find_edit.textChanged.connect(self._show)
        self.people_view.chosen.connect(self._pick)
        self.hide()

    @abstractmethod
    def people(self) -> Sequence[PersonRow]:
        """Whom it offers; each picker knows."""

    @abstractmethod
    def act(self, person: PersonRow) -> None:
        """What picking does; raises Refused with the reason."""

    @property
    def meeting_id(self) -> str:
        """The meeting it works on."""
        return self._meeting_id

    def open_picker(self, meeting_id: str) -> None:
        """Show it for this meeting, the caret in its field."""
        self._meeting_id = meeting_id
        self.find_edit.clear()
        self._error.clear()
        self._people = list(self.people())
        self._show("")
        self.show()
        self.find_edit.setFocus()

    def close_picker(self) -> None:
        """Away, without doing anything."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def _show(self, text: str) -> None:
        near = [(closeness(text, person.name) if text.strip() else 0, person) for person in self._people]
        fits = [person for fit, person in sorted(near, key=lambda pair: pair[0] or 0) if fit is not None]
        entries = [
            Entry(person.member_id, person.name, person.remark, person=person.name, group=person.agency)
            for person in fits
        ]
        self.people_view.set_entries(entries)
        self.people_view.set_current(entries[0].key if entries else "")

    def _pick(self, member_id: str) -> None:
        person = next((one for one in self._people if one.member_id == member_id), None)
        if person is None:
            return
        try:
            self.act(person)
        except Refused as refused:
            self._error.set_error(refused.sentence, self.find_edit)
            return
        self.hide()
        self.picked.emit(person.name)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list and Enter takes, while the caret stays in the field."""
        if watched is self.find_edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.people_view.keyPressEvent(event)
                return True
            if is_enter(event):
                self._pick(self.people_view.current_key())
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_picker()
            return
        super().keyPressEvent(event)


class LeaverPicker(PersonPicker):
    """Shift+F6: who leaves before the end. Their time is recorded at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Who leaves?", parent)

    def people(self) -> Sequence[PersonRow]:
        """Everyone in the room."""
        return signing_in.present_people(self._session, self.meeting_id)

    def act(self, person: PersonRow) -> None:
        """They leave now."""
        signing_in.leave(self._session, person.attendance_id)


class ArrivalPicker(PersonPicker):
    """Who has come in late, when the desk cannot be turned to them at once: present and unsigned from now on, so the
    room screen is blank until they sign at the desk (F6)."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, "Who has come in?", parent)

    def people(self) -> Sequence[PersonRow]:
        """Everyone on this meeting's list who is not in the room."""
        desk = signing_in.desk_rows(self._session, self.meeting_id)
        return [person for person in (*desk.expected, *desk.signed) if not person.present]

    def act(self, person: PersonRow) -> None:
        """They are here now."""
        signing_in.arrive(self._session, self.meeting_id, person.member_id)
