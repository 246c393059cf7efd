"""A find field over a short list of people, one of whom is picked."""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.signatures import closeness
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.people_lists import AttendeeList
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.gui.window.actions import BACK
from csp_desktop.gui.window.keys import is_enter, is_escape, step_of
from csp_desktop.services.meeting.sign_in_rows import PersonRow
from csp_desktop.services.session import Session

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
        self._shown: list[PersonRow] = []
        set_role(self, "chosen")
        self.find_edit, self.people_view = SearchBox(self, hint=title, key=""), AttendeeList(self)
        self.people_view.setAccessibleName(title)
        self._error = FieldError(self)
        self.title_label, close = QLabel(title, self), SecondaryButton(self, text="Close", key=BACK.shown, height=28)
        set_role(self.title_label, "label")
        close.clicked.connect(self.close_picker)
        head, px = QHBoxLayout(), current().px
        head.addWidget(self.title_label, 1)
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

    def beside(self, text: str) -> Sequence[PersonRow]:
        """What is offered after those found, whatever was typed."""
        return ()

    def fit(self, text: str, person: PersonRow) -> int | None:
        """How near to somebody what was typed is, the nearest lowest; None for another person."""
        return closeness(text, person.name)

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
        near = [(self.fit(text, person) if text.strip() else 0, person) for person in self._people]
        fits = [person for fit, person in sorted(near, key=lambda pair: pair[0] or 0) if fit is not None]
        fits += self.beside(text)
        self._shown = fits
        entries = [
            Entry(person.member_id, person.name, person.remark, person=person.name, group=person.agency)
            for person in fits
        ]
        self.people_view.set_entries(entries)
        self.people_view.set_current(entries[0].key if entries else "")

    def _pick(self, member_id: str) -> None:
        person = next((one for one in self._shown if one.member_id == member_id), None)
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
            if step_of(event):
                self.people_view.keyPressEvent(event)
                return True
            if is_enter(event):
                self._pick(self.people_view.current_key())
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if is_escape(event):
            self.close_picker()
            return
        super().keyPressEvent(event)
