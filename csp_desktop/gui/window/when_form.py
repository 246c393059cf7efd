"""Day, times and place of a meeting to come, of either kind: each saved as it is left, or refused at its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLineEdit

from csp_desktop.domain.common.days import clock
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.meeting import Meeting, MeetingField
from csp_desktop.gui.widgets.day_field import HOW, DayField
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.line_edit import FieldError, LineEdit
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.slot_time import read_time
from csp_desktop.services.session import Session

BEHIND = 250  # ms after a letter, at most, what is typed is on disk


class WhenFields(Protocol):
    """What the forms of both pages have."""

    date_field: DayField
    date_error: FieldError
    starts_field: LineEdit
    ends_field: LineEdit
    ends_error: FieldError
    venue_field: LineEdit
    venue_error: FieldError
    said_bar: InlineBar


@dataclass(frozen=True)
class When:
    """Day, times and place as the fields have them."""

    on: date
    starts: time
    ends: time
    venue: str


class WhenForm(QObject):
    """Without a meeting it holds the plan to come; with one every change is a step that can be undone.

    `save` writes the change down and raises Refused where it cannot be; `changed` is called after it.
    """

    def __init__(
        self, ui: WhenFields, session: Session, save: Callable[[When], object], changed: Callable[[], None]
    ) -> None:
        super().__init__()
        self._fields, self._session, self._write, self._changed = ui, session, save, changed
        self._meeting: Meeting | None = None
        self._known: When | None = None
        self.errors = FieldErrors(
            {
                MeetingField.DAY: (ui.date_error, ui.date_field),
                MeetingField.STARTS: (ui.ends_error, ui.starts_field),
                MeetingField.ENDS: (ui.ends_error, ui.ends_field),
                MeetingField.VENUE: (ui.venue_error, ui.venue_field),
            },
            ui.said_bar,
        )
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(BEHIND)
        self._typing.timeout.connect(self._keep_draft)
        ui.date_field.set_today(lambda: session.today)
        ui.date_field.given.connect(lambda _: self._day_given())
        ui.date_field.unread.connect(lambda how: ui.date_error.set_error(how, ui.date_field))
        for field in (ui.starts_field, ui.ends_field):
            field.editingFinished.connect(lambda field=field: self._time_left(field))
        ui.venue_field.textEdited.connect(lambda: self._typing.start())
        ui.venue_field.editingFinished.connect(self.finish)

    def when(self) -> When:
        """What the fields say. Raises FieldRefused when a day or a time is none."""
        ui, day = self._fields, self._fields.date_field.day()
        if day is None:
            raise FieldRefused(MeetingField.DAY, HOW)
        starts = read_time(ui.starts_field.text(), MeetingField.STARTS)
        ends = read_time(ui.ends_field.text(), MeetingField.ENDS)
        return When(day, starts, ends, " ".join(ui.venue_field.text().split()))

    def show_when(self, when: When, meeting: Meeting | None) -> None:
        """Fill the fields; one that is being typed in, or was refused, stays as it is."""
        ui, self._meeting, self._known = self._fields, meeting, when
        if not ui.date_error.text() and not _is_typed_in(ui.date_field):
            ui.date_field.set_day(when.on)
        draft = self._session.work.draft(Meeting, meeting.id, "venue") if meeting else None
        for field, error, text in (
            (ui.starts_field, ui.ends_error, clock(when.starts)),
            (ui.ends_field, ui.ends_error, clock(when.ends)),
            (ui.venue_field, ui.venue_error, draft.text if draft else when.venue),
        ):
            if not error.text() and not _is_typed_in(field):
                field.setText(text)
        if draft is not None:
            ui.venue_field.setModified(True)

    def finish(self) -> None:
        """The place's editing ended: one step instead of its draft."""
        self._typing.stop()
        field = self._fields.venue_field
        if field.isModified() and self.save_changes() and self._meeting is not None:
            field.setModified(False)
            self._session.work.drop_draft(Meeting, self._meeting.id, "venue")

    def save_changes(self, *, besides: bool = False) -> bool:
        """Save what differs, with `besides` also where it is not in these fields; False where it was refused, or
        nothing is planned yet.
        """
        if self._meeting is None:
            return False
        try:
            when = self.when()
            same = when == self._known and not besides
            if not same:
                self._write(when)
        except Refused as refusal:
            self.errors.show(refusal, focus=False)
            return False
        self.errors.clear()
        if not same:
            self._changed()
        return True

    def plan(self, make: Callable[[When], object]) -> bool:
        """Make the meeting that is planned here, or say at the field why not."""
        try:
            make(self.when())
        except Refused as refusal:
            self.errors.show(refusal)
            return False
        self._typing.stop()
        self.errors.clear()
        return True

    def _day_given(self) -> None:
        """A day there is; whether it can be is said when it is saved, or planned."""
        self._fields.date_error.clear(self._fields.date_field)
        self.save_changes()

    def _time_left(self, field: QLineEdit) -> None:
        if field.isModified():
            field.setModified(False)
            self.save_changes()

    def _keep_draft(self) -> None:
        if self._meeting is not None:
            self._session.work.keep_draft(Meeting, self._meeting.id, "venue", self._fields.venue_field.text())


def _is_typed_in(field: QLineEdit) -> bool:
    return field.hasFocus() and field.isModified()
