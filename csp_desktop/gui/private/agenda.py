"""The sub-agenda: everyone as proposed, with the reason in words; who is picked, in order; the minutes and the slot."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit

from csp_desktop._built.ui_private_agenda import Ui_PrivateAgenda
from csp_desktop.domain.common.days import clock, month_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.meeting import Meeting, MeetingField, MeetingState
from csp_desktop.gui.private.agenda_rows import (
    agenda_bar,
    agenda_rows,
    ends_words,
    fit_words,
    nothing_planned,
    ranked_entries,
    time_bars,
)
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.agenda_list import MINUTES, MOVE
from csp_desktop.gui.widgets.agenda_row import RowKind
from csp_desktop.gui.widgets.day_field import HOW
from csp_desktop.gui.widgets.field_errors import FieldErrors
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.slot_time import read_time
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, FIND, HELP, OPEN, PRESS, TO_RAIL, TO_SIDE, UNDO, Action, called
from csp_desktop.gui.window.context import Desk
from csp_desktop.gui.window.page import Page
from csp_desktop.services.private import agenda
from csp_desktop.services.private.agenda import SubAgenda
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
        self.errors = FieldErrors(
            {
                MeetingField.DAY: (ui.date_error, ui.date_field),
                MeetingField.STARTS: (ui.ends_error, ui.starts_field),
                MeetingField.ENDS: (ui.ends_error, ui.ends_field),
                MeetingField.VENUE: (ui.venue_error, ui.venue_field),
            },
            ui.said_bar,
        )
        ui.date_field.set_today(lambda: session.today)
        ui.date_field.given.connect(lambda _: self._take())
        ui.date_field.unread.connect(lambda how: ui.date_error.set_error(how, ui.date_field))
        for field in (ui.starts_field, ui.ends_field):
            field.editingFinished.connect(self._take)
        ui.venue_field.editingFinished.connect(self._take)

    def show_when(self, meeting: Meeting | None) -> None:
        """The session's, or what is proposed; a field that was refused stays as it was typed."""
        ui, self._meeting = self._ui, meeting
        if meeting is None:
            self._known = When(*agenda.proposed_plan(self._session), venue="")
        else:
            self._known = When(meeting.on, meeting.starts, meeting.ends, meeting.venue)
        if not ui.date_error.text():
            ui.date_field.set_day(self._known.on)
        texts = (
            (ui.starts_field, ui.ends_error, clock(self._known.starts)),
            (ui.ends_field, ui.ends_error, clock(self._known.ends)),
            (ui.venue_field, ui.venue_error, self._known.venue),
        )
        for field, error, text in texts:
            if not error.text() and not _is_typed_in(field):
                field.setText(text)

    def when(self) -> When:
        """What the fields say; Refused when a day or a time is none."""
        ui, day = self._ui, self._ui.date_field.day()
        if day is None:
            raise FieldRefused(MeetingField.DAY, HOW)
        venue = " ".join(ui.venue_field.text().split())
        starts = read_time(ui.starts_field.text(), MeetingField.STARTS)
        return When(day, starts, read_time(ui.ends_field.text(), MeetingField.ENDS), venue)

    def plan(self) -> Meeting | None:
        """Plan it, or say at the field why not."""
        try:
            when = self.when()
            meeting = agenda.plan(self._session, when.on, when.starts, when.ends, when.venue)
        except Refused as refusal:
            self.errors.show(refusal)
            return None
        self.errors.clear()
        return meeting

    def finish(self) -> None:
        """What is typed is saved, if it can be."""
        self._take()

    def _take(self) -> None:
        if self._meeting is None:
            return
        try:
            when = self.when()
            if when == self._known:
                self.errors.clear()
                return
            agenda.plan(self._session, when.on, when.starts, when.ends, when.venue)
        except Refused as refusal:
            self.errors.show(refusal, focus=False)
            return
        self.errors.clear()
        self._changed()


def _is_typed_in(field: QLineEdit) -> bool:
    return field.hasFocus() and field.isModified()


_PARTS = (
    "agenda_card",
    "off_button",
    "person_button",
    "up_button",
    "down_button",
    "spare_number",
    "spare_label",
    "ends_words",
    "time_bars",
    "time_line",
    "time_title",
    "time_caption",
    "fit_label",
    "ranked_view",
    "ranked_caption",
    "ranked_why",
    "proposal_button",
)


PICK = Action("pick, or take off", PRESS.keys, "_pick", on="ranked_view", strip="pick, take off")
TAKE_OFF = PICK._replace(do="_take_off", on="agenda_view")


class PrivateAgendaPage(Page):
    """Shows the session planned; with none it proposes one. Kept back while a session runs."""

    ACTIONS = (
        PICK,
        TAKE_OFF,
        *called(MOVE, "move a person", "move"),
        *called(MINUTES, "minutes for this row", "minutes"),
        OPEN.called("open the person", "open person"),
        TO_RAIL.short("proposal"),
        TO_SIDE.short("when"),
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stands: SubAgenda | None = None
        self._ui = Ui_PrivateAgenda()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.people_frame, ui.agenda_frame, ui.time_frame)
        ui.columns.set_names(rail="proposal", work="sub-agenda", side="when")
        ui.columns.set_widths(Column.RAIL, 384, 352)
        ui.columns.set_widths(Column.SIDE, 320, 280)
        self._form = WhenForm(ui, desk.session, self._changed)
        ui.ranked_view.set_flush(True)
        ui.next_button.set_height(52)
        ui.spare_number.set_size(68)
        ui.home_button.set_icon("house")
        ui.home_button.set_height(28)
        for button, icon in ((ui.up_button, "arrow-up"), (ui.down_button, "arrow-down")):
            button.set_icon(icon)
        ui.off_button.set_key(TAKE_OFF.shown)
        ui.person_button.set_key(OPEN.shown)
        ui.agenda_card.setMinimumHeight(current().px(190))
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.ranked_view.chosen.connect(self._open_person)
        ui.ranked_view.current_moved.connect(lambda _: self._show_why())
        ui.agenda_view.moved.connect(self._move)
        ui.agenda_view.minutes_asked.connect(self._set_minutes)
        ui.agenda_view.chosen.connect(lambda key: self._open_person(self._person_of(key)))
        ui.agenda_view.current_moved.connect(lambda _: self._show_row())
        ui.off_button.clicked.connect(self._take_off)
        ui.person_button.clicked.connect(lambda: self._open_person(self._person_of(ui.agenda_view.row().key)))
        ui.up_button.clicked.connect(lambda: ui.agenda_view.move_by(-1))
        ui.down_button.clicked.connect(lambda: ui.agenda_view.move_by(1))
        ui.proposal_button.clicked.connect(self._pick_as_proposed)
        ui.said_bar.undo_asked.connect(self.undo)
        ui.next_button.clicked.connect(self._go_on)
        ui.home_button.clicked.connect(lambda: self.navigate.emit("private_home", None))
        ui.ranked_empty.pressed.connect(lambda: self.navigate.emit("private_people", None))
        self.follow()

    def entered(self, argument: object = None) -> None:
        """The proposal in hand; without a session its day."""
        self._form.errors.clear()
        self._ui.said_bar.dismiss()
        self.refresh()
        ui = self._ui
        if self._stands is None:
            ui.date_field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        view = ui.agenda_view if self._stands.picked else ui.ranked_view
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stands.picked and not ui.agenda_view.row().key:
            ui.agenda_view.set_current(self._stands.picked[0][0].id)
        if self._stands.ranked and not ui.ranked_view.current_key():
            ui.ranked_view.set_current(self._stands.ranked[0].person.id)
            self._show_why()

    def left(self) -> None:
        """What is typed is saved."""
        self._form.finish()

    def _changed(self) -> None:
        self._desk.changes.tell("meeting")

    def refresh(self) -> None:
        """Read it all anew; while a session runs nothing is shown."""
        session, ui = self._desk.session, self._ui
        meeting = agenda.next_meeting(session)
        try:
            self._stands = agenda.sub_agenda_of(session, meeting.id) if meeting else None
        except Refused as refusal:
            self._keep_back(refusal.sentence)
            return
        for name in _PARTS:
            getattr(ui, name).setVisible(self._stands is not None)
        for part in (ui.time_frame, ui.next_button):
            part.setEnabled(True)
        ui.agenda_empty.setVisible(self._stands is None)
        ui.ranked_empty.setVisible(self._stands is None or not self._stands.ranked)
        self._form.show_when(meeting)
        if self._stands is None:
            self._show_no_session()
        else:
            self._show_agenda(self._stands)
            self._show_time(self._stands)
        self.bar_changed.emit()

    def _keep_back(self, sentence: str) -> None:
        ui, self._stands = self._ui, None
        for name in _PARTS:
            getattr(ui, name).hide()
        ui.ranked_view.set_entries([])
        ui.ranked_why.setText("")
        ui.agenda_view.set_rows([])
        ui.agenda_title.setText("Sub-agenda")
        ui.agenda_caption.setText("")
        for empty in (ui.agenda_empty, ui.ranked_empty):
            empty.show()
            empty.set_content("Kept back", sentence, icon="eye-off")
        ui.time_frame.setEnabled(False)
        self.bar_changed.emit()

    def _show_no_session(self) -> None:
        ui = self._ui
        ui.agenda_caption.setText("Next session")
        ui.agenda_title.setText("Plan the next private session")
        words = "Check day, time and place at the right. Planning it picks the people at highest risk; you change it."
        ui.agenda_empty.set_content("No session is planned", words, icon="calendar-days")
        ui.ranked_empty.set_content("Proposed with the session", "Everyone on the list will stand here.", icon="users")
        ui.next_button.setText("P&lan this session")
        ui.next_button.set_icon("calendar-days")

    def _show_agenda(self, stands: SubAgenda) -> None:
        ui = self._ui
        count = len(stands.picked)
        ui.agenda_caption.setText("1 person picked" if count == 1 else f"{count} people picked")
        ui.agenda_title.setText(f"Sub-agenda for {month_day(stands.meeting.on)}")
        ui.ranked_view.set_entries(ranked_entries(stands))
        ui.ranked_view.setVisible(bool(stands.ranked))
        if not stands.ranked:
            ui.ranked_empty.set_content("Nobody on the list yet", "Enter people first.", "&Enter people", icon="users")
        self._show_why()
        ui.agenda_view.set_rows(agenda_rows(stands))
        self._show_row()

    def _show_why(self) -> None:
        """The whole reason of the one in hand, where the row has no room for it."""
        ranked, key = self._stands.ranked if self._stands else (), self._ui.ranked_view.current_key()
        one = next((one for one in ranked if one.person.id == key), None)
        self._ui.ranked_why.setText(f"{one.person.initials}: {one.why}." if one else "")

    def _show_row(self) -> None:
        """What can be done with the line in hand."""
        ui, row = self._ui, self._ui.agenda_view.row()
        for button in (ui.off_button, ui.person_button, ui.up_button, ui.down_button):
            button.setEnabled(row.kind is RowKind.PERSON)

    def _show_time(self, stands: SubAgenda) -> None:
        ui, meeting, spare = self._ui, stands.meeting, stands.slot - stands.minutes
        ui.time_caption.setText(f"slot {clock(meeting.starts)} to {clock(meeting.ends)}")
        ui.spare_number.set_number(str(abs(spare)), tone=Tone.HIGH if spare < 0 else None)
        ui.spare_label.setText("min over" if spare < 0 else "min to spare")
        ui.ends_words.setText(ends_words(stands))
        ui.time_bars.set_bars(time_bars(stands))
        ui.fit_label.setText(fit_words(stands))
        begun = meeting.state is not MeetingState.PLANNED
        ui.next_button.setText("To the room chec&k" if begun else "Done: &back to Home")
        ui.next_button.set_icon("arrow-right" if begun else "check")

    def _do(self, work: Callable[[], object], said: str = "", more: str = "") -> None:
        """One step; what it refuses is said in place, nothing is asked."""
        try:
            work()
        except Refused as refusal:
            self._ui.said_bar.say(refusal.sentence, tone=Tone.MEDIUM, undo="")
            return
        if said:
            self._ui.said_bar.say(said, more)
        self._changed()

    def _pick(self) -> None:
        self._toggle(self._ui.ranked_view.current_key())

    def _take_off(self) -> None:
        self._toggle(self._person_of(self._ui.agenda_view.row().key))

    def _toggle(self, person_id: str) -> None:
        if self._stands is None or not person_id:
            return
        session, stands = self._desk.session, self._stands
        initials = next(one.person.initials for one in stands.ranked if one.person.id == person_id)
        on = not any(person.id == person_id for _, person in stands.picked)
        said = f"{initials} is picked, last in order" if on else f"{initials} is off the sub-agenda"
        self._do(lambda: agenda.toggle(session, stands.meeting.id, person_id), said)

    def _person_of(self, turn_id: str) -> str:
        picked = self._stands.picked if self._stands else ()
        return next((person.id for turn, person in picked if turn.id == turn_id), "")

    def _open_person(self, person_id: str) -> None:
        if person_id:
            self.navigate.emit("private_person", person_id)

    def _move(self, turn_id: str, to: int) -> None:
        self._do(lambda: agenda.move(self._desk.session, turn_id, to))

    def _set_minutes(self, key: str, minutes: int) -> None:
        self._do(lambda: agenda.set_minutes(self._desk.session, key, minutes))

    def _pick_as_proposed(self) -> None:
        stands, session = self._stands, self._desk.session
        if stands is not None:
            said, more = "Picked as proposed", "Highest risk first."
            self._do(lambda: agenda.pick_as_proposed(session, stands.meeting.id), said, more)

    def _go_on(self) -> None:
        """Plan it, or back to where it goes on."""
        stands = self._stands
        if stands is None:
            if self._form.plan() is not None:
                self._changed()
                self.entered()
        elif stands.meeting.state is MeetingState.PLANNED:
            self.navigate.emit("private_home", None)
        else:
            self.navigate.emit("private_room", stands.meeting.id)

    def bar_state(self) -> BarState:
        """The minutes against the slot."""
        today = self._desk.session.today
        return agenda_bar(self._stands, today) if self._stands is not None else nothing_planned(today)

    def strip_actions(self) -> Iterable[Action]:
        """What acts on the list, or before there is one."""
        before = (TO_SIDE.short("when"), FIND.short("any command"), BACK, HELP)
        return before if self._stands is None else (action for action in self.ACTIONS if action is not BACK)

    def strip_text(self) -> str:
        """Initials only."""
        return "Initials only. You pick and order; the program proposes."
