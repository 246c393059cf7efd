"""The sub-agenda: everyone as proposed, with the reason in words; who is picked, in order; the minutes and the slot."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from PySide6.QtCore import Qt

from csp_desktop._built.ui_private_agenda import Ui_PrivateAgenda
from csp_desktop.domain.cases.risk_matrix import Assessment
from csp_desktop.domain.common.days import clock, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import ItemKind, MeetingState
from csp_desktop.domain.private.agenda import Proposed
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.agenda_list import MINUTES, MOVE
from csp_desktop.gui.widgets.agenda_row import AgendaRow, RowKind
from csp_desktop.gui.widgets.badges import BAND_TONES, Trend
from csp_desktop.gui.widgets.charts import Bar
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState, Segment, SegmentState
from csp_desktop.gui.widgets.meeting_figures import until_figure
from csp_desktop.gui.widgets.slot_time import slot_words, spare_words
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, FIND, HELP, OPEN, PRESS, TO_RAIL, TO_SIDE, UNDO, Action, called
from csp_desktop.gui.window.agenda_base import NEXT_STEP, AgendaBase
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.when_form import When, WhenForm
from csp_desktop.services.private import agenda
from csp_desktop.services.private.agenda import SubAgenda

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

PICK = Action("select, or remove", PRESS.keys, "_pick", on="ranked_view", strip="select, remove")
TAKE_OFF = PICK._replace(do="_take_off", on="agenda_view")
Row = TypeVar("Row", Entry, AgendaRow)


class PrivateAgendaPage(AgendaBase):
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
        NEXT_STEP,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._stands: SubAgenda | None = None
        self._ui = Ui_PrivateAgenda()
        self._ui.setupUi(self)
        ui = self._ui
        ui.columns.set_columns(ui.people_frame, ui.agenda_frame, ui.time_frame)
        ui.columns.set_names(rail="proposal", work="sub-agenda", side="when")
        ui.columns.set_widths(Column.RAIL, 384, 332)
        self._form = WhenForm(ui, context.session, self._plan, self._meeting_changed)
        self._build(ui, self._form)
        ui.ranked_view.set_flush(True)
        for button, key in ((ui.off_button, TAKE_OFF), (ui.person_button, OPEN)):
            button.set_height(34)
            button.set_key(key.shown)
        self._connect()

    def _connect(self) -> None:
        ui = self._ui
        ui.ranked_view.chosen.connect(self._open_person)
        ui.ranked_view.current_moved.connect(lambda _: self._show_why())
        ui.agenda_view.chosen.connect(lambda key: self._open_person(self._person_of(key)))
        ui.off_button.clicked.connect(self._take_off)
        ui.person_button.clicked.connect(lambda: self._open_person(self._person_of(ui.agenda_view.row().key)))
        ui.proposal_button.clicked.connect(self._pick_as_proposed)
        ui.ranked_empty.pressed.connect(lambda: self.navigate.emit("private_people", None))

    def entered(self, argument: object = None) -> None:
        """The proposal in hand; without a session its day."""
        super().entered(argument)
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

    def _plan(self, when: When) -> None:
        agenda.plan(self._context.session, when.on, when.starts, when.ends, when.venue)

    def refresh(self) -> None:
        """Read it all anew; while a session runs nothing is shown."""
        session, ui = self._context.session, self._ui
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
        when = (meeting.on, meeting.starts, meeting.ends) if meeting else agenda.proposed_plan(session)
        self._form.show_when(When(*when, meeting.venue if meeting else ""), meeting)
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
            empty.set_content("Not shown now", sentence, icon="eye-off")
        ui.time_frame.setEnabled(False)
        self.bar_changed.emit()

    def _show_no_session(self) -> None:
        ui = self._ui
        ui.agenda_caption.setText("Next session")
        ui.agenda_title.setText("Plan the next private session")
        words = (
            "Check date, time and place on the right. Planning selects the people at highest risk; you can change this."
        )
        ui.agenda_empty.set_content("No session is planned", words, icon="calendar-days")
        ui.ranked_empty.set_content("Proposed with the session", "Everyone on the list is shown here.", icon="users")
        ui.next_button.setText("P&lan this session")
        ui.next_button.set_icon("calendar-days")

    def _show_agenda(self, stands: SubAgenda) -> None:
        ui = self._ui
        count = len(stands.picked)
        ui.agenda_caption.setText("1 person selected" if count == 1 else f"{count} people selected")
        ui.agenda_title.setText(f"Sub-agenda for {screen_day(stands.meeting.on, self._context.session.today)}")
        ui.ranked_view.set_entries(ranked_entries(stands))
        ui.ranked_view.setVisible(bool(stands.ranked))
        if not stands.ranked:
            ui.ranked_empty.set_content("Nobody on the list yet", "Add people first.", "Add p&eople", icon="users")
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
        self._show_slot(meeting, spare, ends_at(stands), time_bars(stands), fit_words(stands))
        begun = meeting.state is not MeetingState.PLANNED
        ui.next_button.setText("To the room chec&k" if begun else "Done: &back to Home")
        ui.next_button.set_icon("arrow-right" if begun else "check")

    def _pick(self) -> None:
        self._toggle(self._ui.ranked_view.current_key())

    def _take_off(self) -> None:
        self._toggle(self._person_of(self._ui.agenda_view.row().key))

    def _toggle(self, person_id: str) -> None:
        if self._stands is None or not person_id:
            return
        session, stands = self._context.session, self._stands
        initials = next(one.person.initials for one in stands.ranked if one.person.id == person_id)
        on = not any(person.id == person_id for _, person in stands.picked)
        said = f"{initials} was added, last in order" if on else f"{initials} was removed from the sub-agenda"
        self._do(lambda: agenda.toggle(session, stands.meeting.id, person_id), said)

    def _person_of(self, turn_id: str) -> str:
        picked = self._stands.picked if self._stands else ()
        return next((person.id for turn, person in picked if turn.id == turn_id), "")

    def _open_person(self, person_id: str) -> None:
        if person_id:
            self.navigate.emit("private_person", person_id)

    def _move(self, turn_id: str, to: int) -> None:
        self._do(lambda: agenda.move(self._context.session, turn_id, to))

    def _set_minutes(self, key: str, minutes: int) -> None:
        self._do(lambda: agenda.set_minutes(self._context.session, key, minutes))

    def _pick_as_proposed(self) -> None:
        stands, session = self._stands, self._context.session
        if stands is not None:
            said, more = "Selected as proposed", "Highest risk first."
            self._do(lambda: agenda.pick_as_proposed(session, stands.meeting.id), said, more)

    def _go_on(self) -> None:
        """Plan it, or back to where it goes on."""
        stands = self._stands
        if stands is None:
            if self._form.plan(self._plan):
                self._meeting_changed()
                self.entered()
        elif stands.meeting.state is MeetingState.PLANNED:
            self.navigate.emit("private_home", None)
        else:
            self.navigate.emit("private_room", stands.meeting.id)

    def bar_state(self) -> BarState:
        """The minutes against the slot."""
        today = self._context.session.today
        return agenda_bar(self._stands, today) if self._stands is not None else nothing_planned(today)

    def strip_actions(self) -> Iterable[Action]:
        """What acts on the list, or before there is one."""
        before = (TO_SIDE.short("when"), FIND.short("any command"), NEXT_STEP, BACK, HELP)
        return before if self._stands is None else (action for action in self.ACTIONS if action is not BACK)

    def strip_text(self) -> str:
        """Initials only."""
        return "People are shown by initials only."


def ranked_entries(stands: SubAgenda) -> list[Entry]:
    """Everyone on the list as proposed, each with the reason; who is picked has a tick."""
    picked = {person.id for _, person in stands.picked}
    return [_rated(_ranked(one, one.person.id in picked), one.latest, one.rise) for one in stands.ranked]


def _ranked(one: Proposed, picked: bool) -> Entry:
    mark = EntryMark.DONE if picked else EntryMark.AHEAD
    return Entry(one.person.id, f"{one.person.initials} {one.person.reference}", one.why, mark=mark)


def _rated(row: Row, latest: Assessment | None, rise: int | None) -> Row:
    if latest is None:
        return row
    return replace(
        row,
        rating=latest.total_words,
        rating_word=latest.shown_band.value,
        rating_tone=BAND_TONES[latest.shown_band],
        trend=trend_of(rise),
    )


def trend_of(rise: int | None) -> Trend:
    """How the total moved since last time."""
    if rise is None:
        return Trend.NONE
    return Trend.FLAT if not rise else Trend.UP if rise > 0 else Trend.DOWN


def agenda_rows(stands: SubAgenda) -> list[AgendaRow]:
    """The people in their order, then the other items, each with the time it begins."""
    at = datetime.combine(stands.meeting.on, stands.meeting.starts)
    ranked = {one.person.id: one for one in stands.ranked}
    rows, people = [], [item for item in stands.items if item.kind is ItemKind.PEOPLE]
    rows.append(_heading(people[0].title if people else "People", stands.people_minutes, len(stands.picked)))
    for number, (turn, person) in enumerate(stands.picked, 1):
        one = ranked.get(person.id)
        row = AgendaRow(
            RowKind.PERSON,
            turn.id,
            f"{person.title}  {person.reference}",
            turn.planned_minutes,
            begins=clock(at.time()),
            number=str(number),
            detail=one.why if one else turn.why,
            movable=True,
            adjustable=True,
        )
        rows.append(_rated(row, one.latest, one.rise) if one else row)
        at += timedelta(minutes=turn.planned_minutes)
    for number, item in enumerate((i for i in stands.items if i.kind is not ItemKind.PEOPLE), len(stands.picked) + 1):
        rows.append(
            AgendaRow(
                RowKind.ITEM,
                item.id,
                item.title,
                item.planned_minutes,
                begins=clock(at.time()),
                number=str(number),
                adjustable=True,
            )
        )
        at += timedelta(minutes=item.planned_minutes)
    return rows


def _heading(title: str, minutes: int, count: int) -> AgendaRow:
    return AgendaRow(RowKind.GROUP, "", title, minutes, detail="1 person" if count == 1 else f"{count} people")


def time_bars(stands: SubAgenda) -> list[Bar]:
    """Where the minutes go."""
    whole = max(1, stands.minutes, stands.slot)
    rest = stands.minutes - stands.people_minutes
    return [
        Bar("People", f"{stands.people_minutes} min", stands.people_minutes / whole, Tone.LOW),
        Bar("Other items", f"{rest} min", rest / whole, Tone.NEUTRAL),
    ]


def ends_at(stands: SubAgenda) -> str:
    """When the last item ends: '16:42'."""
    at = datetime.combine(stands.meeting.on, stands.meeting.starts) + timedelta(minutes=stands.minutes)
    return clock(at.time())


def fit_words(stands: SubAgenda) -> str:
    """What to do about it."""
    over = stands.minutes - stands.slot
    if not stands.picked:
        return f"Nobody is selected yet: {PRESS.shown} adds the current person, or accept the whole proposal."
    if over <= 0:
        return "Everything fits the time available."
    most = max(turn.planned_minutes for turn, _ in stands.picked)
    few = -(-over // most)
    return f"{over} min too many: give some people less time, or remove {'one' if few == 1 else few}."


def agenda_bar(stands: SubAgenda, today: date) -> BarState:
    """The minutes planned against the slot."""
    spare, meeting = stands.slot - stands.minutes, stands.meeting
    segments = [Segment(SegmentState.GOAL, turn.planned_minutes) for turn, _ in stands.picked]
    segments += [Segment(SegmentState.DONE, item.planned_minutes) for item in stands.items if item.planned_minutes]
    if spare > 0:
        segments.append(Segment(SegmentState.AHEAD, spare))
    return BarState(
        title="Sub-agenda, private",
        subtitle=slot_words(meeting, today),
        icon="lock",
        headline=f"{stands.minutes} of {stands.slot} min planned",
        segments=tuple(segments),
        notes=(BarNote(spare_words(spare), amber=spare < 0),),
        figures=(until_figure(meeting.on, today, "the session"),),
    )


def nothing_planned(today: date) -> BarState:
    """Before a day is set."""
    return BarState(
        "Sub-agenda, private", screen_day(today, today), icon="lock", headline="Plan the next private session"
    )
