"""When and where the private session is: each field saved at once, or refused at its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from csp_desktop._built.ui_private_agenda import Ui_PrivateAgenda
from csp_desktop.domain.days import clock
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.meeting import Meeting
from csp_desktop.gui.pages.prepare_form import read_time
from csp_desktop.gui.widgets.day_field import HOW
from csp_desktop.gui.widgets.field_error import FieldError
from csp_desktop.services.private import agenda
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class When:
    """Day, times and place as the fields have them."""

    on: date
    starts: time
    ends: time
    venue: str


class WhenForm(QObject):
    """Without a session it holds the plan to come; with one every change is a step that can be undone."""

    def __init__(self, ui: Ui_PrivateAgenda, session: Session, changed: Callable[[], None]) -> None:
        super().__init__()
        self._ui, self._session, self._changed = ui, session, changed
        self._meeting: Meeting | None = None
        self._known: When | None = None
        ui.date_field.set_today(lambda: session.today)
        ui.date_field.given.connect(lambda _: self._take(ui.date_error, ui.date_field))
        ui.date_field.unread.connect(lambda how: ui.date_error.set_error(how, ui.date_field))
        for field in (ui.starts_field, ui.ends_field):
            field.editingFinished.connect(lambda field=field: self._take(ui.ends_error, field))
        ui.venue_field.editingFinished.connect(lambda: self._take(ui.venue_error, ui.venue_field))

    def show_when(self, meeting: Meeting | None) -> None:
        """The session's, or what is proposed; a field that was refused stays as it was typed."""
        ui, self._meeting = self._ui, meeting
        if meeting is None:
            self._known = When(*agenda.proposed_plan(self._session), venue="")
        else:
            self._known = When(meeting.on, meeting.starts, meeting.ends, meeting.venue)
        if not ui.date_error.text():
            ui.date_field.set_day(self._known.on)
        texts = (clock(self._known.starts), clock(self._known.ends), self._known.venue)
        for field, text in zip((ui.starts_field, ui.ends_field, ui.venue_field), texts, strict=True):
            if not ui.ends_error.text() and not _is_typed_in(field):
                field.setText(text)

    def when(self) -> When:
        """What the fields say; Refused when a day or a time is none."""
        ui, day = self._ui, self._ui.date_field.day()
        if day is None:
            raise Refused(HOW)
        venue = " ".join(ui.venue_field.text().split())
        return When(day, read_time(ui.starts_field.text()), read_time(ui.ends_field.text()), venue)

    def plan(self) -> Meeting | None:
        """Plan it, or say at the field why not."""
        try:
            when = self.when()
            meeting = agenda.plan(self._session, when.on, when.starts, when.ends, when.venue)
        except Refused as refusal:
            self._refuse(refusal)
            return None
        self.clear_errors()
        return meeting

    def _refuse(self, refusal: Refused) -> None:
        ui = self._ui
        about_day = "day" in refusal.sentence
        error, field = (ui.date_error, ui.date_field) if about_day else (ui.ends_error, ui.ends_field)
        error.set_error(refusal.sentence, field)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        ui = self._ui
        ui.date_error.clear(ui.date_field)
        ui.ends_error.clear(ui.starts_field)
        ui.ends_error.clear(ui.ends_field)
        ui.venue_error.clear(ui.venue_field)

    def finish(self) -> None:
        """What is typed is saved, if it can be."""
        self._take(self._ui.ends_error, self._ui.ends_field)

    def _take(self, error: FieldError, field: QWidget) -> None:
        if self._meeting is None:
            return
        try:
            when = self.when()
            if when == self._known:
                self.clear_errors()
                return
            agenda.plan(self._session, when.on, when.starts, when.ends, when.venue)
        except Refused as refusal:
            error.set_error(refusal.sentence, field)
            return
        self.clear_errors()
        self._changed()


def _is_typed_in(field: QLineEdit) -> bool:
    return field.hasFocus() and field.isModified()
