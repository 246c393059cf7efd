"""Prepare: the meeting and who is expected, its agenda with the walk, and whether all of it fits the time."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_prepare import Ui_Prepare
from csp_desktop.domain.common.days import clock, days_words, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.domain.meeting.meeting import ItemKind, Meeting, MeetingState
from csp_desktop.gui.meeting.case_place import CasePlacePanel
from csp_desktop.gui.meeting.prepare_form import (
    CAME_IN,
    GAP,
    OUT,
    UPDATES,
    MeetingForm,
    OwnItemPanel,
    StandInPicker,
    agenda_rows,
    came_in_lines,
    check_lines,
    expected_entries,
    gap_lines,
    papers_lines,
    prepare_bar,
    time_bars,
    update_lines,
)
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.agenda_list import MINUTES, MOVE
from csp_desktop.gui.widgets.agenda_row import RowKind
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.containers import reveal, wrapping
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.slot_time import slot_words, spare_words
from csp_desktop.gui.widgets.three_columns import WIDE, Column
from csp_desktop.gui.window.actions import DELETE, FIND, HELP, PRESS, TO_RAIL, UNDO, Action, called
from csp_desktop.gui.window.agenda_base import NEXT_STEP, AgendaBase
from csp_desktop.gui.window.context import PageContext
from csp_desktop.services.cases.incoming_referrals import open_incoming
from csp_desktop.services.meeting import agenda_items, held_on_paper, walk_order
from csp_desktop.services.meeting.absences import Absences, absences, note_apology
from csp_desktop.services.meeting.agenda import (
    CheckKind,
    ItemRow,
    Preparation,
    TurnRow,
    bring_walk_up_to_date,
    everyone,
    expect,
    next_meeting,
    plan_meeting,
    preparation,
    propose_plan,
)
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.meeting.papers import papers_standing
from csp_desktop.services.meeting.update_requests import officers_to_ask
from csp_desktop.services.meeting.walk_order import OrderBy

EXPECT = Action("person expected, or not", PRESS.keys, "_toggle_expected", on="expected_view", strip="expect")
APOLOGY = Action("apologies from this person, or none", ("A",), "_note_apology", on="expected_view", strip="apologies")
CONFIRM = Action("confirm the room screen title", ("R",), "_confirm_title", on="agenda_view", strip="confirm title")
TITLE = Action("edit the title", ("F2",), "_write_title", on="agenda_view", strip="title")
OWN = Action("add an item", ("N",), "_add_own", when="_is_planned", strip="own item")
REMOVE = DELETE.called("remove an added item")._replace(do="_remove", on="agenda_view")
TEMPLATE = Action("keep this agenda as the template for later meetings", ("T",), "_keep_template", when="_is_planned")
USUAL = Action("use the usual agenda for later meetings", do="_forget_template", when="_has_template")
PAPERS = Action("papers: agenda, each agency’s list, the paper set", ("P",), "_papers", when="_is_planned")
ASK = Action("ask officers for updates, or enter their updates", ("U",), "_ask_updates", when="_is_planned")
DEFER = Action("defer the case", ("D",), "_defer", on="agenda_view", strip="defer")
WHY = Action("why the case has this place", ("W",), "_explain", on="agenda_view", strip="why here")


NOBODY_MISSING = Absences((), ())
LEADS = {UPDATES: "officer_updates", OUT: "meeting_papers", CAME_IN: "partner_referrals"}
_PLANNED = (  # seen when a meeting is planned
    "agenda_card",
    "promise_button",
    "rating_button",
    "reference_button",
    "papers_button",
    "confirm_button",
    "edit_button",
    "defer_button",
    "remove_button",
    "template_button",
    "own_button",
    "up_button",
    "down_button",
    "spare_number",
    "spare_label",
    "ends_words",
    "time_bars",
    "time_line",
    "checks_title",
    "checks_caption",
    "expected_label",
    "expected_caption",
    "expected_view",
)


class PreparePage(AgendaBase):
    """Shows the meeting that is planned or running; with none it proposes one."""

    ACTIONS = (
        EXPECT,
        APOLOGY,
        *called(MOVE, "move a row", "move"),
        *called(MINUTES, "minutes for this row", "minutes"),
        CONFIRM,
        TITLE,
        DEFER,
        WHY,
        OWN,
        REMOVE,
        TEMPLATE,
        USUAL,
        PAPERS,
        ASK,
        UNDO,
        NEXT_STEP,
        HELP,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._prepared: Preparation | None = None
        self._missing, self._to_ask, self._came_in, self._papers_words = NOBODY_MISSING, 0, 0, ("", False)
        self._early_asked = False
        self._ui = Ui_Prepare()
        self._ui.setupUi(self)
        ui = self._ui
        wrapping(ui.order_layout)
        wrapping(ui.row_layout, fill=False)
        ui.columns.set_columns(ui.meeting_frame, ui.agenda_frame, ui.time_frame)
        ui.columns.set_names(rail="meeting, people", work="agenda", side="time, checks")
        ui.columns.set_widths(Column.RAIL, 284, 236)
        ui.columns.set_widths(Column.SIDE, 360, 294)
        ui.columns.set_widths(Column.RAIL, 340, 290)
        self._form = MeetingForm(ui, context.session, self._meeting_changed)
        self.own_panel = OwnItemPanel(context.session, ui.agenda_frame)
        ui.own_layout.addWidget(self.own_panel)
        self.case_place = CasePlacePanel(context.session, ui.agenda_frame)
        ui.own_layout.addWidget(self.case_place)
        self.stand_in = StandInPicker(context.session, ui.time_frame)
        ui.stand_in_layout.addWidget(self.stand_in)
        self._build(ui, self._form)
        self._prepare_parts()
        self._connect()

    def _prepare_parts(self) -> None:
        ui = self._ui
        ui.expected_view.set_flush(True)
        for _, order in self._orders():
            order.set_height(28)
        ui.papers_button.set_icon("send")
        ui.papers_button.set_height(20)
        for button, key in (
            (ui.confirm_button, CONFIRM),
            (ui.edit_button, TITLE),
            (ui.defer_button, DEFER),
            (ui.remove_button, REMOVE),
            (ui.template_button, TEMPLATE),
            (ui.own_button, OWN),
        ):
            button.set_height(34)
            button.set_key(key.shown)
        ui.template_button.set_height(28)
        ui.own_button.set_height(28)
        ui.own_button.set_icon("plus")
        ui.dates_button.set_height(20)

    def _connect(self) -> None:
        ui = self._ui
        for by, button in self._orders():
            button.clicked.connect(lambda _=False, by=by: self._order(by))
        ui.agenda_view.room_title_given.connect(self._give_title)
        ui.agenda_view.title_given.connect(self._give_item_title)
        ui.agenda_view.chosen.connect(self._open)
        ui.own_button.clicked.connect(self._add_own)
        ui.dates_button.clicked.connect(lambda: self.navigate.emit("year_dates", None))
        ui.papers_button.clicked.connect(self._papers)
        ui.on_paper_button.clicked.connect(self._begin_on_paper)
        ui.remove_button.clicked.connect(self._remove)
        ui.template_button.clicked.connect(self._keep_template)
        self.own_panel.changed.connect(self._meeting_changed)
        self.case_place.given.connect(self._deferred_again)
        self.case_place.left.connect(self._to_list)
        self.case_place.grown.connect(self._keep_in_view)
        ui.confirm_button.clicked.connect(self._confirm_title)
        ui.edit_button.clicked.connect(self._write_title)
        ui.defer_button.clicked.connect(self._defer)
        ui.defer_all_button.clicked.connect(self._fit)
        ui.expected_view.chosen.connect(self._toggle)
        ui.checks.fixed.connect(self._fix)
        self.stand_in.picked.connect(self._stands_in)
        self.stand_in.closed.connect(self._stand_in_closed)

    def _orders(self) -> tuple[tuple[OrderBy, SecondaryButton], ...]:
        ui = self._ui
        return (
            (OrderBy.PROMISE, ui.promise_button),
            (OrderBy.RATING, ui.rating_button),
            (OrderBy.REFERENCE, ui.reference_button),
            (OrderBy.EARLY, ui.early_button),
        )

    def entered(self, argument: object = None) -> None:
        """The walk up to date, the agenda in hand; without a meeting the day of the next."""
        self.stand_in.hide()
        self._early_asked = False
        bring_walk_up_to_date(self._context.session)
        super().entered(argument)
        if self._prepared is None:
            self._ui.date_field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        view = self._ui.agenda_view
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not view.row().key and view.rows():
            view.set_current(next((r.key for r in view.rows() if r.kind is RowKind.CASE), view.rows()[0].key))
            QTimer.singleShot(0, view, self._show_from_the_top)

    def _show_from_the_top(self) -> None:
        """Only now has the list its height; standing on a case, it opens with its first item in view where both fit."""
        view = self._ui.agenda_view
        view.scrollToTop()
        view.scrollTo(view.currentIndex())

    def refresh(self) -> None:
        """Read it all anew."""
        session, ui = self._context.session, self._ui
        meeting = next_meeting(session)
        prepared = self._prepared = preparation(session, meeting.id) if meeting else None
        self._missing = absences(session, meeting.id) if meeting else NOBODY_MISSING
        self._to_ask = officers_to_ask(session)
        self._came_in = open_incoming(session)
        self._papers_words = papers_standing(session, meeting.id) if meeting else ("", False)
        people = prepared.expected if prepared else everyone(session)
        for name in _PLANNED:
            getattr(ui, name).setVisible(prepared is not None)
        ui.checks.setVisible(prepared is not None and self.stand_in.isHidden())
        ui.order_label.setHidden(prepared is None or ui.columns.is_single())
        ui.left_spring.setVisible(prepared is None)
        ui.agenda_empty.setVisible(prepared is None)
        if prepared is None:
            self._form.show_plan(propose_plan(session), people, None)
            self.own_panel.show_item(None, ())
            self._show_plan_words()
        else:
            self._form.show_plan(prepared.as_planned, people, prepared.meeting)
            self._show_agenda(prepared)
            self._show_time(prepared)
        self.bar_changed.emit()

    def _show_plan_words(self) -> None:
        ui = self._ui
        ui.meeting_caption.setText("proposal")
        ui.agenda_caption.setText("Next meeting")
        ui.agenda_title.setText("Plan the next meeting")
        words = (
            "Check date, time, place and people. Planning creates the usual agenda, lists the group's "
            "members as expected, and puts all open cases in order."
        )
        ui.agenda_empty.set_content("No meeting is planned", words, icon="calendar-days")
        ui.time_caption.setText("")
        ui.fit_label.setText("The time is shown here when the meeting is planned.")
        ui.defer_all_button.hide()
        ui.on_paper_button.hide()
        ui.next_button.setText("&Plan this meeting")
        ui.next_button.set_icon("calendar-days")

    def _show_agenda(self, prepared: Preparation) -> None:
        ui = self._ui
        running = prepared.meeting.state is MeetingState.IN_SESSION
        ui.meeting_caption.setText("in session" if running else "")
        ui.agenda_caption.setText(_fit_words(prepared))
        ui.early_button.setVisible(prepared.may_leave_early or prepared.ordered_by is OrderBy.EARLY)
        ui.agenda_title.setText(f"Agenda for {screen_day(prepared.meeting.on, self._context.session.today)}")
        ui.agenda_view.set_rows(agenda_rows(prepared))
        for by, button in self._orders():
            button.setChecked(prepared.ordered_by is by)
            button.setEnabled(bool(prepared.turns))
        coming = sum(row.expected and not row.apology for row in prepared.expected)
        ui.expected_caption.setText(f"{coming} of {len(prepared.expected)}")
        ui.expected_view.set_entries(expected_entries(prepared.expected))
        self._show_row()

    def _show_row(self) -> None:
        """What can be done with the line in hand."""
        ui, row, prepared = self._ui, self._ui.agenda_view.row(), self._prepared
        if prepared is None:
            return
        case, own = row.kind is RowKind.CASE, self._own_row()
        self.case_place.close_for(row.key)
        for button in (ui.confirm_button, ui.defer_button):
            button.setVisible(case)
        ui.confirm_button.setEnabled(case and not row.confirmed)
        ui.defer_button.setText("Keep" if row.deferred else "Defer")
        ui.edit_button.setText("Change it" if case else "Rename")
        ui.edit_button.setEnabled(case or row.renamable)
        ui.remove_button.setVisible(own is not None)
        ui.up_button.setEnabled(row.movable)
        ui.down_button.setEnabled(row.movable)
        appears = own is not None and self.own_panel.isHidden()
        self.own_panel.show_item(own, prepared.expected)
        if appears:  # which leaves the list less room
            view = ui.agenda_view
            QTimer.singleShot(0, view, lambda: view.scrollTo(view.currentIndex()))

    def _own_row(self) -> ItemRow | None:
        """The item of the group's own one stands on."""
        key, items = self._ui.agenda_view.row().key, self._prepared.items if self._prepared else ()
        return next((row for row in items if row.item.id == key and row.item.kind is ItemKind.OWN), None)

    def _show_time(self, prepared: Preparation) -> None:
        ui, spare = self._ui, prepared.spare_minutes
        deferred = set(prepared.plan.deferred)
        now = {row.turn.case_id for row in prepared.turns if row.turn.propose_defer}
        words = prepared.plan.words
        if now:
            words += f" {len(now)} {'is' if len(now) == 1 else 'are'} suggested for deferral; the meeting decides."
        self._show_slot(prepared.meeting, spare, clock(prepared.ends_at), time_bars(prepared), words)
        new = len(deferred - now)
        ui.defer_all_button.setText(f"S&uggest deferring {new}" if new else "Recalculate ti&mes")
        ui.defer_all_button.setVisible(bool(new) or spare < 0)
        lines = [*gap_lines(self._missing), *update_lines(self._to_ask)]
        lines += [*came_in_lines(self._came_in), *check_lines(prepared)]
        lines += papers_lines(*self._papers_words)
        ui.checks.set_lines(lines)
        ui.checks_caption.setText(f"{sum(line.passed for line in lines)} of {len(lines)}")
        running = prepared.meeting.state is MeetingState.IN_SESSION
        ui.on_paper_button.setVisible(not running and self._context.session.today >= prepared.meeting.on)
        ui.next_button.setText("&Back to the meeting" if running else "Open si&gn-in")
        ui.next_button.set_icon("arrow-right" if running else "pencil")

    def _order(self, by: OrderBy) -> None:
        prepared = self._prepared
        if prepared is not None:
            self._do(
                lambda: walk_order.order_cases(self._context.session, prepared.meeting.id, by),
                f"Cases ordered by {by.value}",
            )

    def _move(self, key: str, to: int) -> None:
        session, case = self._context.session, self._is_case(key)
        move = walk_order.move_turn if case else walk_order.move_item
        self._do(lambda: move(session, key, to))

    def _set_minutes(self, key: str, minutes: int) -> None:
        session, case = self._context.session, self._is_case(key)
        give = walk_order.set_turn_minutes if case else walk_order.set_item_minutes
        self._do(lambda: give(session, key, minutes))

    def _is_case(self, key: str) -> bool:
        return any(row.key == key and row.kind is RowKind.CASE for row in self._ui.agenda_view.rows())

    def _confirm_title(self) -> None:
        row = self._ui.agenda_view.row()
        if row.kind is RowKind.CASE:
            self._do(lambda: walk_order.confirm_room_title(self._context.session, row.key, row.room_title))

    def _write_title(self) -> None:
        self._ui.agenda_view.edit_title()

    def _give_item_title(self, key: str, title: str) -> None:
        self._do(lambda: agenda_items.rename_item(self._context.session, key, title))

    def _is_planned(self) -> bool:
        return self._prepared is not None

    def _has_template(self) -> bool:
        return self._prepared is not None and self._prepared.from_template

    def _add_own(self) -> None:
        """Under the item in hand, with its title ready to be typed over."""
        prepared, view = self._prepared, self._ui.agenda_view
        if prepared is None:
            return
        before = {row.item.id for row in prepared.items}
        after = view.row().key if view.row().kind is RowKind.ITEM else ""
        self._do(
            lambda: agenda_items.add_item(self._context.session, prepared.meeting.id, OwnItem("Added item"), after)
        )
        now = self._prepared.items if self._prepared else ()
        made = next((row.item.id for row in now if row.item.id not in before), "")
        if made:
            view.set_current(made)
            self._show_row()
            self.own_panel.begin()

    def _remove(self) -> None:
        row = self._ui.agenda_view.row()
        if row.kind is RowKind.ITEM:
            said = f"“{row.title}” was removed from the agenda"
            self._do(lambda: agenda_items.remove_item(self._context.session, row.key), said)
            self._ui.agenda_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_template(self) -> None:
        prepared = self._prepared
        if prepared is not None:
            more = "Later meetings start with its items and minutes. Presenters are not kept."
            keep = agenda_items.keep_template
            self._do(lambda: keep(self._context.session, prepared.meeting.id), "Saved as your template", more)

    def _forget_template(self) -> None:
        words = "Later meetings start with the usual agenda"
        self._do(lambda: agenda_items.forget_template(self._context.session), words)

    def _papers(self) -> None:
        self.navigate.emit("meeting_papers", None)

    def _ask_updates(self) -> None:
        self.navigate.emit("officer_updates", None)

    def _begin_on_paper(self) -> None:
        """The meeting was held on paper: its sign-in opens with the times of its sheets."""
        prepared = self._prepared
        begun: list[HeldOnPaper] = []
        if prepared is not None:
            self._do(lambda: begun.append(held_on_paper.begin(self._context.session, prepared.meeting.id)))
            if begun:
                self.navigate.emit("sign_in", prepared.meeting.id)

    def _defer(self) -> None:
        """One that waited at the last two meetings needs a reason to wait again, which is asked here."""
        row, turn = self._ui.agenda_view.row(), self._turn_row()
        if turn is None:
            return
        if turn.candidate is not None and turn.candidate.deferrals.often and not row.deferred:
            self.case_place.ask(turn)
            reveal(self.case_place)
            return
        self._do(lambda: walk_order.propose_to_defer(self._context.session, row.key, not row.deferred))

    def _turn_row(self) -> TurnRow | None:
        """The case one stands on."""
        key, turns = self._ui.agenda_view.row().key, self._prepared.turns if self._prepared else ()
        return next((row for row in turns if row.turn.id == key), None)

    def _explain(self) -> None:
        """How the place of this case was worked out; the same key again puts it away."""
        row, turns = self._turn_row(), self._prepared.turns if self._prepared else ()
        if row is None:
            return
        if self.case_place.turn_id == row.turn.id:
            self.case_place.close_panel()
            return
        self.case_place.explain(row, turns.index(row) + 1, len(turns))

    def _keep_in_view(self) -> None:
        view = self._ui.agenda_view
        QTimer.singleShot(0, view, lambda: view.scrollTo(view.currentIndex()))

    def _deferred_again(self) -> None:
        self._ui.said_bar.say("Suggested for deferral", "The reason is shown on the agenda.")
        self._meeting_changed()
        self._to_list()

    def _to_list(self) -> None:
        self._ui.agenda_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_expected(self) -> None:
        self._toggle(self._ui.expected_view.current_key())

    def _give_title(self, key: str, title: str) -> None:
        self._do(lambda: walk_order.confirm_room_title(self._context.session, key, title))

    def _open(self, key: str) -> None:
        turns = self._prepared.turns if self._prepared else ()
        case_id = next((row.case.id for row in turns if row.turn.id == key), "")
        if case_id:
            self.navigate.emit("case", case_id)

    def _confirm_all(self) -> None:
        prepared = self._prepared
        if prepared is not None:
            count = sum(not row.turn.room_title_confirmed for row in prepared.turns)
            words = "1 room screen title confirmed" if count == 1 else f"{count} room screen titles confirmed"
            self._do(
                lambda: walk_order.confirm_all_room_titles(self._context.session, prepared.meeting.id),
                words,
                "They appear on the room screen as shown here.",
            )

    def _fit(self) -> None:
        prepared = self._prepared
        if prepared is not None:
            count = len(prepared.plan.deferred)
            words = f"{count} suggested for deferral" if count else "No cases deferred"
            more = "Their time is shared among the other cases by risk level."
            self._do(lambda: walk_order.apply_plan(self._context.session, prepared.meeting.id), words, more)
            self._ui.agenda_view.setFocus(Qt.FocusReason.OtherFocusReason)  # the button has gone

    def _toggle(self, member_id: str) -> None:
        prepared = self._prepared
        row = next((r for r in prepared.expected if r.member.id == member_id), None) if prepared else None
        if prepared is None or row is None:
            return
        self._ui.expected_error.clear()
        try:
            expect(self._context.session, prepared.meeting.id, member_id, not row.expected)
        except Refused as refusal:
            self._ui.expected_error.set_error(refusal.sentence)
            return
        self._context.changes.tell("attendance")

    def _fix(self, key: str) -> None:
        """Each failing check leads to what mends it."""
        stem = LEADS.get(key)
        if stem is not None:
            self.navigate.emit(stem, None)
            return
        if key.startswith(GAP):
            self._ask_who_comes(key.removeprefix(GAP))
            return
        ui, kind = self._ui, CheckKind[key]
        if kind is CheckKind.TITLES:
            self._confirm_all()
            ui.agenda_view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif kind is CheckKind.ROLES and self._prepared is not None:
            ui.columns.bring(Column.RAIL)
            (ui.taker_field if self._prepared.meeting.chair_id else ui.chair_field).setFocus()
        elif kind is CheckKind.EXPECTED:
            ui.columns.bring(Column.RAIL)
            ui.expected_view.setFocus()
        elif kind is CheckKind.CASES:
            self.navigate.emit("import_cases", None)
        elif kind is CheckKind.ITEMS:
            self._add_missing()
        else:
            self.navigate.emit("settings", "clauses")

    def _ask_who_comes(self, agency_id: str) -> None:
        gap = next((gap for gap in self._missing.gaps if gap.agency_id == agency_id), None)
        if gap is not None and self._prepared is not None:
            self._ui.columns.bring(Column.SIDE)
            self._ui.checks.hide()  # the question stands in their place
            self.stand_in.ask(self._prepared.meeting.id, gap)

    def _stand_in_closed(self) -> None:
        self._ui.checks.setVisible(self._prepared is not None)
        self._ui.agenda_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stands_in(self, name: str) -> None:
        self._context.changes.tell("attendance", "meeting")
        self._ui.said_bar.say(f"{name} comes instead", "Expected at the meeting.")

    def _note_apology(self) -> None:
        prepared, key = self._prepared, self._ui.expected_view.current_key()
        name = next((row.member.name for row in prepared.expected if row.member.id == key), "") if prepared else ""
        if prepared is None or not name:
            return
        given: list[bool] = []
        self._do(lambda: given.append(note_apology(self._context.session, prepared.meeting.id, key)))
        if given:
            self._ui.said_bar.say(f"Apologies of {name}" if given[0] else f"Apologies removed: {name}")

    def _add_missing(self) -> None:
        prepared = self._prepared
        if prepared is not None:
            words = "Standard items added"
            self._do(lambda: agenda_items.add_missing(self._context.session, prepared.meeting.id), words)
            self._ui.agenda_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """What is typed is saved."""
        super().left()
        self.own_panel.finish()

    def _go_on(self) -> None:
        """Plan it, open sign-in, or go back to it."""
        if self._prepared is None:
            if self._form.plan(lambda when: plan_meeting(self._context.session, self._form.plan_of(when))):
                self._meeting_changed()
                self.entered()
            return
        meeting = self._prepared.meeting
        running = meeting.state is MeetingState.IN_SESSION
        if self._is_early(meeting):
            return
        self.navigate.emit("live" if running else "sign_in", self._prepared.meeting.id)

    def _is_early(self, meeting: Meeting) -> bool:
        """The desk shows nothing of the agenda and is left with the passphrase only: on another day it is asked for
        twice."""
        days = (meeting.on - self._context.session.today).days
        if meeting.state is not MeetingState.PLANNED or not days or self._early_asked:
            return False
        self._early_asked = True
        when = f"in {days_words(days)}" if days > 0 else f"{days_words(-days)} ago"
        self._ui.said_bar.say(
            f"Not today: the meeting is on {screen_day(meeting.on, self._context.session.today)}, {when}",
            f"{NEXT_STEP.shown} again opens its sign-in now.",
            undo="",
        )
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where one column is shown at a time, arrows and short words do."""
        super().resizeEvent(event)
        ui, single = self._ui, self._ui.columns.is_single()
        ui.order_label.setVisible(not single and self._prepared is not None)
        narrow = single or self.width() < current().px(WIDE)
        ui.up_button.setText("" if narrow else "Up")
        ui.down_button.setText("" if narrow else "Down")
        ui.confirm_button.setText("Confirm" if single else "Confirm title" if narrow else "Confirm room screen title")
        ui.template_button.setText("Template" if narrow else "Keep as template")

    def bar_state(self) -> BarState:
        """The minutes against the slot."""
        if self._prepared is None:
            return BarState("Prepare agenda", "No meeting is planned", headline="Plan the next meeting")
        return prepare_bar(self._prepared, self._context.session.today)

    def strip_actions(self) -> Iterable[Action]:
        """What acts on the agenda, or before there is one."""
        return self.ACTIONS if self._prepared is not None else (TO_RAIL.short("the meeting"), FIND, NEXT_STEP, HELP)

    def strip_text(self) -> str:
        """No button saves."""
        if self._prepared is None:
            return "Encrypted on this laptop."
        slot = slot_words(self._prepared.meeting, self._context.session.today)
        return f"{slot}: {spare_words(self._prepared.spare_minutes)}."


def _fit_words(prepared: Preparation) -> str:
    """Short enough to stand whole beside the orders; the side says it in a sentence."""
    fit, whole = len(prepared.plan.minutes), len(prepared.turns)
    if not whole:
        return "No open cases"
    if whole == 1:
        return "The case fits" if fit else "The case does not fit"
    return f"All {whole} fit" if fit >= whole else f"{fit} of {whole} fit"
