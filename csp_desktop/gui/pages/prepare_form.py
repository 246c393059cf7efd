"""The left column of Prepare: when, where, who leads, who writes; each field saved at once, or refused at its place."""

import re
from collections.abc import Callable, Sequence
from datetime import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from csp_desktop._built.ui_prepare import Ui_Prepare
from csp_desktop.domain.days import clock
from csp_desktop.domain.errors import Refused
from csp_desktop.domain.meeting import Meeting
from csp_desktop.gui.widgets.day_field import HOW
from csp_desktop.gui.widgets.field_error import FieldError
from csp_desktop.services.preparing import ExpectedRow, MeetingPlan, change_meeting, roles_left
from csp_desktop.services.session import Session

BEHIND = 250  # ms after a letter, at most, what is typed is on disk


class MeetingForm(QObject):
    """Without a meeting it holds the plan to come; with one every change is a step that can be undone."""

    def __init__(self, ui: Ui_Prepare, session: Session, changed: Callable[[], None]) -> None:
        super().__init__()
        self._ui, self._session, self._changed = ui, session, changed
        self._meeting: Meeting | None = None
        self._showing = False
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(BEHIND)
        self._typing.timeout.connect(self._keep_draft)
        ui.date_field.set_today(lambda: session.today)
        ui.date_field.given.connect(lambda _: self._date_given())
        ui.date_field.unread.connect(lambda how: ui.date_error.set_error(how, ui.date_field))
        ui.starts_field.editingFinished.connect(lambda: self._save_time(ui.starts_field))
        ui.ends_field.editingFinished.connect(lambda: self._save_time(ui.ends_field))
        ui.venue_field.textEdited.connect(lambda: self._typing.start())
        ui.venue_field.editingFinished.connect(self.finish)
        for combo, error in ((ui.chair_field, ui.chair_error), (ui.taker_field, ui.taker_error)):
            combo.activated.connect(lambda _, combo=combo, error=error: self._choose(combo, error))

    def plan(self) -> MeetingPlan:
        """What the fields say; Refused when a day or a time is none."""
        ui, day = self._ui, self._ui.date_field.day()
        if day is None:
            raise Refused(HOW)
        return MeetingPlan(
            day,
            read_time(ui.starts_field.text()),
            read_time(ui.ends_field.text()),
            ui.venue_field.text(),
            ui.chair_field.currentData() or "",
            ui.taker_field.currentData() or "",
        )

    def show_plan(self, plan: MeetingPlan, people: Sequence[ExpectedRow], meeting: Meeting | None) -> None:
        """Fill the fields; one that is being typed in, or refused, stays as it is."""
        ui, self._meeting, self._showing = self._ui, meeting, True
        for combo, chosen in ((ui.chair_field, plan.chair_id), (ui.taker_field, plan.minute_taker_id)):
            _fill(combo, people, chosen)
        if not ui.date_error.text() and not (ui.date_field.hasFocus() and ui.date_field.isModified()):
            ui.date_field.set_day(plan.on)
        if not ui.ends_error.text():
            for field, at in ((ui.starts_field, plan.starts), (ui.ends_field, plan.ends)):
                if not (field.hasFocus() and field.isModified()):
                    field.setText(clock(at))
        if not (ui.venue_field.hasFocus() and ui.venue_field.isModified()):
            draft = self._session.work.draft(Meeting, meeting.id, "venue") if meeting else None
            ui.venue_field.setText(draft.text if draft else plan.venue)
            ui.venue_field.setModified(draft is not None)
        ui.roles_sign.set_words("" if meeting else roles_left(plan))
        self._showing = False

    def _choose(self, combo: QComboBox, error: FieldError) -> None:
        """One of the two was chosen by hand."""
        ui = self._ui
        if self._meeting is None:
            fields = (("chair", ui.chair_field), ("minute-taker", ui.taker_field))
            left = " and ".join(role for role, field in fields if not field.currentData())
            ui.roles_sign.set_words(f"Still to be chosen: {left}." if left else "")
        self._save(combo, error)

    def _date_given(self) -> None:
        """A day there is; whether it can be is said when it is saved, or planned."""
        self._ui.date_error.clear(self._ui.date_field)
        self._save(self._ui.date_field, self._ui.date_error)

    def refused(self, refusal: Refused) -> None:
        """A plan that could not be taken: the sentence stands where it is about."""
        ui = self._ui
        about_time = "time" in refusal.sentence or "end" in refusal.sentence
        error, field = (ui.ends_error, ui.ends_field) if about_time else (ui.date_error, ui.date_field)
        error.set_error(refusal.sentence, field)

    def clear_errors(self) -> None:
        """A new page, a new start."""
        ui = self._ui
        ui.date_error.clear(ui.date_field)
        ui.ends_error.clear(ui.starts_field)
        ui.ends_error.clear(ui.ends_field)
        for error in (ui.venue_error, ui.chair_error, ui.taker_error):
            error.clear()

    def finish(self) -> None:
        """The venue's editing ended: one step instead of its draft."""
        self._typing.stop()
        ui = self._ui
        if not ui.venue_field.isModified():
            return
        ui.venue_field.setModified(False)
        if self._save(ui.venue_field, ui.venue_error) and self._meeting is not None:
            self._session.work.drop_draft(Meeting, self._meeting.id, "venue")

    def _save_time(self, field: QLineEdit) -> None:
        if field.isModified():
            field.setModified(False)
            self._save(field, self._ui.ends_error)

    def _keep_draft(self) -> None:
        if self._meeting is not None:
            self._session.work.keep_draft(Meeting, self._meeting.id, "venue", self._ui.venue_field.text())

    def _save(self, field: QWidget, error: FieldError) -> bool:
        if self._showing or self._meeting is None:
            return False
        try:
            change_meeting(self._session, self._meeting.id, self.plan())
        except Refused as refusal:
            error.set_error(refusal.sentence, field)
            return False
        self.clear_errors()
        self._changed()
        return True


def read_time(text: str) -> time:
    """A time as people write it: 14:00, 14.30, 1400, 9."""
    found = re.fullmatch(r"(\d{1,2})(?:[:. ]?([0-5]\d))?", text.strip())
    if found is None or int(found[1]) > 23:
        raise Refused("Write the time as 14:00, between 00:00 and 23:59.")
    return time(int(found[1]), int(found[2] or 0))


def _fill(combo: QComboBox, people: Sequence[ExpectedRow], chosen: str) -> None:
    """Everyone by agency, with nobody first; the agency stands with a name only where two people share it."""
    names = [row.member.name for row in people]
    wanted = [("Nobody yet", "")]
    for row in people:
        shared = names.count(row.member.name) > 1
        wanted.append((f"{row.member.name}, {row.agency_name}" if shared else row.member.name, row.member.id))
    if [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())] != wanted:
        combo.clear()
        for words, member_id in wanted:
            combo.addItem(words, member_id)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
