"""Emerging issues: a list that never forgets, and four ways on by one key each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from csp_desktop._built.ui_issues import Ui_Issues
from csp_desktop.domain.cases.cases import SubjectType
from csp_desktop.domain.common.days import dated_day, screen_day
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.meeting.issues import IssueField, IssueState, place_words, times_words
from csp_desktop.gui.meeting.issue_form import IssueForm, day_or_none
from csp_desktop.gui.meeting.issue_list import area_words
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.containers import reveal
from csp_desktop.gui.widgets.entry import Entry, EntryMark
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.meeting_figures import until_figure
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, FIND_HERE, HELP, OPEN, PRESS, UNDO, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.writing import WRITING
from csp_desktop.services.cases.incoming_referrals import incoming_of_issue
from csp_desktop.services.meeting import issues as service
from csp_desktop.services.meeting.issues import IssueRow, Issues

NEW = Action("new issue", ("N",), "_new", strip="new")
EDIT = OPEN.called("change the issue", "change")
ON_AGENDA = Action(
    "put it on the next agenda, or leave it out once",
    PRESS.keys,
    "_toggle_agenda",
    on="issues_view",
    when="_is_open",
    strip="agenda",
)
LEAVE_OUT = Action("leave it out of the next meeting, once", ("O",), "_leave_out", when="_is_on_agenda")
CASE = Action("create a case", ("C",), "_ask_case", when="_is_open", strip="case")
ACTION = Action("create an action", ("A",), "_ask_action", when="_is_open", strip="action")
NOTE = Action("add a note between meetings", ("W",), "_ask_note", when="_is_open")
CLOSE = Action("close it with a reason, or reopen it", ("X",), "_ask_close", when="_has_issue", strip="close")
NOTHING = Issues((), (), (), None, None, ())


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to."""

    key: str
    words: str
    fits: Callable[[IssueRow], bool]
    tone: Tone = Tone.NEUTRAL


FILTERS = (
    Filter("open", "Open", lambda row: True),
    Filter("new", "New since the last meeting", lambda row: row.fresh),
    Filter("late", "Next step overdue", lambda row: bool(row.step and row.step.late), Tone.HIGH),
    Filter("often", "Discussed three times or more", lambda row: row.often, Tone.MEDIUM),
    Filter("unowned", "No owner", lambda row: row.owner is None, Tone.MEDIUM),
)
CLOSED, AREA = "closed", "area:"


class IssuesPage(Page):
    """Entered with the id of an issue, or nothing."""

    ACTIONS = (
        *called(CHOOSE, "choose an issue", "issue"),
        EDIT,
        NEW,
        ON_AGENDA,
        LEAVE_OUT,
        *WRITING,
        CASE,
        ACTION,
        NOTE,
        CLOSE,
        FIND_HERE.called("find an issue", "find", "_find"),
        UNDO,
        BACK,
        HELP,
    )

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._all, self._show, self._asked, self._editing = NOTHING, "open", "", False
        self._ui = Ui_Issues()
        self._ui.setupUi(self)
        self._form = IssueForm(self._ui, context.session, self)
        self._set_up()
        self._connect()

    def _set_up(self) -> None:
        ui = self._ui
        ui.columns.set_columns(ui.rail_frame, ui.work_frame, ui.side_frame)
        ui.columns.set_names(rail="what to show", work="the issues", side="one issue")
        ui.columns.set_widths(Column.RAIL, 246, 210)
        ui.columns.set_widths(Column.SIDE, 392, 364)
        ui.show_view.set_flush(True)
        ui.head.follow(ui.issues_view)
        ui.find_edit.set_hint("Find an issue", FIND_HERE.shown)
        ui.new_button.set_icon("plus")
        ui.issues_view.setMinimumHeight(current().px(170))
        ui.said_view.set_flush(True)
        ui.said_view.set_wrapping(True)
        ui.said_view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        ui.words_edit.setFixedHeight(current().px(64))
        set_role(ui.words_edit, "")  # a field among fields, not the minute of a meeting
        for combo in (ui.area_combo, ui.owner_combo, ui.ask_combo):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        for field in (ui.seen_field, ui.by_field, ui.ask_day):
            field.setMinimumWidth(current().px(60))
        ui.agenda_button.set_height(42)
        ui.agenda_button.set_icon("calendar-days")
        for button, action in (
            (ui.new_button, NEW),
            (ui.case_button, CASE),
            (ui.action_button, ACTION),
            (ui.note_button, NOTE),
            (ui.close_button, CLOSE),
            (ui.agenda_button, ON_AGENDA),
        ):
            button.set_key(action.shown)
        for button in (ui.case_button, ui.action_button, ui.note_button, ui.close_button):
            button.set_height(30)
        ui.edited_button.set_key(BACK.shown)
        ui.ask_cancel_button.setAccessibleDescription(f"Key {BACK.shown}")
        ui.ask_day.set_today(lambda: self._context.session.today)
        ui.nobody_empty.set_content(
            "No issue chosen", "Choose one in the list, or enter a new one.", icon="trending-up"
        )
        ui.ask_frame.hide()

    def _connect(self) -> None:
        ui = self._ui
        ui.show_view.current_moved.connect(self._narrow)
        ui.show_view.chosen.connect(self._narrow)
        ui.find_edit.textChanged.connect(lambda _: self._show_list())
        ui.find_edit.returnPressed.connect(lambda: ui.issues_view.setFocus(Qt.FocusReason.OtherFocusReason))
        ui.issues_view.current_moved.connect(lambda _: self._moved())
        ui.issues_view.chosen.connect(lambda _: self._edit())
        ui.new_button.clicked.connect(self._new)
        ui.case_button.clicked.connect(self._ask_case)
        ui.action_button.clicked.connect(self._ask_action)
        ui.note_button.clicked.connect(self._ask_note)
        ui.close_button.clicked.connect(self._ask_close)
        ui.agenda_button.clicked.connect(self._toggle_agenda)
        ui.edited_button.clicked.connect(self._end_edit)
        ui.remove_button.clicked.connect(self._remove)
        ui.ask_button.clicked.connect(self._do_asked)
        ui.ask_edit.returnPressed.connect(self._do_asked)
        ui.ask_day.returnPressed.connect(self._do_asked)
        ui.ask_cancel_button.clicked.connect(self._end_ask)
        ui.done_bar.undo_asked.connect(self.undo)
        self._form.changed.connect(lambda: self._context.changes.tell("meeting"))
        self.follow("meeting", "actions", "cases", "people", "settings")

    # what the window asks

    def entered(self, argument: object = None) -> None:
        """The list in hand; with an id, that issue."""
        ui = self._ui
        ui.done_bar.dismiss()
        self._end_ask()
        self._editing = False
        self.refresh()
        if isinstance(argument, str) and argument:
            ui.issues_view.set_current(argument)
            self._show_one()
        (ui.issues_view if ui.issues_view.rows() else ui.new_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def left(self) -> None:
        """What is typed is saved."""
        self._form.finish()

    def go_back(self) -> None:
        """Escape: out of the question, then out of the fields, then back."""
        if not self._ui.ask_frame.isHidden():
            self._end_ask()
        elif self._editing:
            self._end_edit()
        else:
            super().go_back()

    def refresh(self) -> None:
        """Read them anew."""
        self._all = service.issues(self._context.session)
        self._show_filters()
        self._show_list()
        self.bar_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where one column is shown at a time the find field makes room."""
        super().resizeEvent(event)
        self._ui.find_edit.setVisible(not self._ui.columns.is_single())

    def bar_state(self) -> BarState:
        """How many are open, and how often they were at the table."""
        found, meeting = self._all.open, self._all.meeting
        often = sum(row.often for row in found)
        words = f"{len(found)} open" + (f", {often} discussed three times or more" if often else "")
        ticks = [Segment(SegmentState.GOAL if row.often else SegmentState.DONE, 1) for row in found]
        figures = [Figure("circle-alert", str(sum(row.fresh for row in found)), "new")]
        if meeting is not None:
            today = self._context.session.today
            figures.append(until_figure(meeting.on, today, f"the CPG, {screen_day(meeting.on, today)}"))
        return BarState(
            "Emerging issues",
            "Areas of work, between the meetings",
            icon="trending-up",
            headline=words if found else "No open issues",
            segments=tuple(ticks),
            figures=tuple(figures),
        )

    def strip_text(self) -> str:
        """What the list promises."""
        return "An issue is closed only with a reason."

    def strip_actions(self) -> Iterable[Action]:
        """What acts on the issue in hand."""
        return filter(self.acts, self.ACTIONS)

    # showing

    def _show_filters(self) -> None:
        rows = self._all.open
        entries = []
        since = (
            f"New since {screen_day(self._all.last_on, self._context.session.today)}" if self._all.last_on else "New"
        )
        for one in FILTERS:
            count = sum(map(one.fits, rows))
            tone = one.tone if count else Tone.NEUTRAL
            entries.append(Entry(one.key, since if one.key == "new" else one.words, caption=str(count), tone=tone))
        entries.append(Entry(CLOSED, "Closed this year", caption=str(len(self._all.closed))))
        entries.append(Entry("", "Area of work", heading=True))
        for area in self._all.areas:
            count = sum(row.issue.area == area for row in rows)
            entries.append(Entry(f"{AREA}{area}", area_words(area), caption=str(count), dim=not count))
        self._ui.show_view.set_entries(entries)
        self._ui.show_view.set_current(self._show)

    def _narrow(self, key: str) -> None:
        if key:
            self._show = key
            self._show_list()

    def _shown(self) -> tuple[IssueRow, ...]:
        rows = self._all.closed if self._show == CLOSED else self._all.open
        if self._show.startswith(AREA):
            rows = tuple(row for row in rows if row.issue.area == self._show.removeprefix(AREA))
        fits = next((one.fits for one in FILTERS if one.key == self._show), None)
        rows = tuple(filter(fits, rows)) if fits else rows
        wanted = self._ui.find_edit.text().casefold().split()
        return tuple(row for row in rows if all(word in _searched(row) for word in wanted))

    def _show_list(self) -> None:
        ui, rows = self._ui, self._shown()
        ui.issues_view.set_rows(rows)
        ui.head.update()
        ui.count_label.setText(f"{len(rows)} {'closed' if self._show == CLOSED else 'open'}")
        ui.list_frame.setVisible(bool(rows))
        ui.empty_state.setVisible(not rows)
        if not self._all.open and not self._all.closed:
            words = (
                "Problems the group expects that are not yet a case. An issue is on every agenda until "
                "someone closes it."
            )
            ui.empty_state.set_content(
                "No issue yet", f"{words} Press {NEW.shown} to add the first.", icon="trending-up"
            )
        else:
            ui.empty_state.set_content("Nothing here", "Choose another list on the left.", icon="trending-up")
        self._show_one()

    def _row(self) -> IssueRow | None:
        key = self._ui.issues_view.current_key()
        return next((row for row in self._ui.issues_view.rows() if row.issue.id == key), None)

    def _moved(self) -> None:
        self._end_ask()
        self._show_one()

    def _show_one(self) -> None:
        """The issue in hand, to be read, or its fields."""
        ui, row = self._ui, self._row()
        ui.next_frame.setVisible(row is not None and not self._editing and not self._asked)
        if row is None:
            self._editing = False
            ui.side_stack.setCurrentWidget(ui.nobody_page)
        elif self._editing:
            self._form.show(row, self._all)
            ui.side_stack.setCurrentWidget(ui.edit_page)
        else:
            self._show_reading(row)
            ui.side_stack.setCurrentWidget(ui.issue_page)
        self.bar_changed.emit()

    def _show_reading(self, row: IssueRow) -> None:
        ui, issue = self._ui, row.issue
        ui.area_label.setText(area_words(issue.area))
        ui.place_label.setText(place_words(issue))
        ui.issue_label.setText(issue.title)
        seen = f"{screen_day(issue.first_seen, self._context.session.today)}"
        ui.raised_label.setText(f"First seen {seen}" + (f", raised by {issue.raised_by}" if issue.raised_by else ""))
        ui.words_label.setText(issue.words)
        ui.words_label.setVisible(bool(issue.words))
        ui.times_label.setText(f"{times_words(row.times)} at the CPG" if row.times else "Not yet discussed at the CPG")
        set_role(ui.times_label, "medium" if row.often else "caption")
        entries = [
            Entry(
                str(n),
                said.note or "Discussed.",
                said.meeting or "Between meetings",
                mark=EntryMark.STEP_DONE,
                caption=screen_day(said.on, self._context.session.today),
            )
            for n, said in enumerate(row.said)
        ]
        ui.said_view.set_entries(entries)
        ui.step_label.setText(_step_words(row, self._context.session.today))
        set_role(ui.step_label, "high" if row.step and row.step.late else "strong")
        belongs = f"Owner: {row.case_words}." if row.case_words else ""
        closed = (
            f"Closed {dated_day(issue.closed_on)} by {issue.closed_by}: {issue.closed_reason}"
            if issue.closed_on
            else ""
        )
        came_in = "\n".join(f"{one.came_words}." for one in incoming_of_issue(self._context.session, issue.id))
        told = "\n".join(filter(None, (came_in, closed or belongs)))
        ui.belongs_label.setText(told)
        ui.belongs_label.setVisible(bool(told))
        self._show_next(row)

    def _show_next(self, row: IssueRow) -> None:
        """What may follow: of a closed one only that it is opened again."""
        ui, is_open = self._ui, row.issue.state is IssueState.OPEN
        for button in (ui.case_button, ui.action_button, ui.note_button, ui.agenda_button):
            button.setVisible(is_open)
        ui.case_button.setEnabled(not row.case_words)
        ui.close_button.setText("Close it" if is_open else "Reopen")
        meeting = self._all.meeting
        ui.agenda_button.setEnabled(meeting is not None)
        if meeting is None:
            ui.agenda_button.setText("No meeting is planned")
        elif row.on_agenda:
            ui.agenda_button.setText(f"Leave out of {screen_day(meeting.on, self._context.session.today)}")
        else:
            ui.agenda_button.setText(f"Put on {screen_day(meeting.on, self._context.session.today)}")

    # what acts now

    def _has_issue(self) -> bool:
        return self._row() is not None and not self._editing

    def _is_open(self) -> bool:
        row = self._row()
        return row is not None and row.issue.state is IssueState.OPEN and not self._editing

    def _is_on_agenda(self) -> bool:
        row = self._row()
        return self._is_open() and row is not None and row.on_agenda

    # doing

    def _try(self, work: Callable[[], object], words: str, more: str = "") -> bool:
        """One step, told; what it refuses is said in the bar."""
        try:
            work()
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.MEDIUM, undo="")
            return False
        self._context.changes.tell("meeting", "actions", "cases")
        if words:
            self._ui.done_bar.say(words, more)
        return True

    def _new(self) -> None:
        made: list[str] = []
        self._ui.find_edit.clear()
        self._show = "open"
        if self._try(lambda: made.append(service.new_issue(self._context.session).id), ""):
            self._ui.issues_view.set_current(made[0])
            self._edit()

    def _edit(self) -> None:
        row = self._row()
        if row is not None:
            self._end_ask()
            self._editing = True
            self._ui.columns.bring(Column.SIDE)
            self._show_one()
            self._form.begin()

    def _end_edit(self) -> None:
        self._form.finish()
        self._editing = False
        self.refresh()
        self._to_list()

    def _to_list(self) -> None:
        ui = self._ui
        if ui.columns.is_single():
            ui.columns.show_work()
        ui.issues_view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        row = self._row()
        if row is not None:
            self._form.finish()
            self._editing = False
            if not self._try(lambda: service.remove_issue(self._context.session, row.issue.id), "Issue removed"):
                self._show_one()
            self._to_list()

    def _leave_out(self) -> None:
        if self._is_on_agenda():
            self._toggle_agenda()

    def _toggle_agenda(self) -> None:
        row, meeting = self._row(), self._all.meeting
        if row is None:
            return
        day = screen_day(meeting.on, self._context.session.today) if meeting else ""
        words = f"Left out of {day}, once" if row.on_agenda else f"On the agenda of {day}"
        more = "It is back on the agenda after that." if row.on_agenda else ""
        self._try(lambda: service.leave_out(self._context.session, row.issue.id), words, more)
        self._to_list()

    def _find(self) -> None:
        self._ui.find_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # asking

    def _ask(self, what: str, label: str, button: str, *, combo: list[tuple[str, object]] | None, day: bool) -> None:
        ui = self._ui
        self._asked = what
        ui.ask_error.clear(ui.ask_edit)
        ui.ask_label.setText(label)
        ui.ask_edit.clear()
        ui.ask_edit.setAccessibleName(label)
        ui.ask_combo.clear()
        for words, value in combo or ():
            ui.ask_combo.addItem(words, value)
        ui.ask_combo.setVisible(combo is not None)
        ui.ask_day.clear()
        ui.ask_day.setPlaceholderText("Next meeting")
        ui.ask_day.setVisible(day)
        ui.ask_button.setText(button)
        ui.ask_frame.show()
        ui.next_frame.hide()
        ui.columns.bring(Column.SIDE)
        ui.ask_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self, lambda: reveal(ui.ask_frame))  # once it has its place

    def _ask_case(self) -> None:
        row = self._row()
        if row is not None and not row.case_words:
            kinds: list[tuple[str, object]] = [(one.value, one) for one in (SubjectType.LOCATION, SubjectType.VICTIM)]
            kinds.append((SubjectType.PERPETRATOR.value, SubjectType.PERPETRATOR))
            self._ui.ask_combo.setAccessibleName("Type of case")
            self._ask("case", "Initials of the person (none for a place)", "Create the case", combo=kinds, day=False)

    def _ask_action(self) -> None:
        row = self._row()
        if row is None:
            return
        people: list[tuple[str, object]] = [("Choose the officer", "")]
        people += [(f"{one.name}, {one.agency}" if one.agency else one.name, one.id) for one in self._all.people]
        self._ui.ask_combo.setAccessibleName("Officer")
        self._ask("action", "What will be done?", "Agree the action", combo=people, day=True)
        self._ui.ask_combo.setCurrentIndex(max(0, self._ui.ask_combo.findData(row.issue.owner_id)))

    def _ask_note(self) -> None:
        self._ask("note", "What was seen or said?", "Add the note", combo=None, day=False)

    def _ask_close(self) -> None:
        row = self._row()
        if row is not None and row.issue.state is IssueState.CLOSED:
            self._show = "open"
            self._try(lambda: service.reopen_issue(self._context.session, row.issue.id), "Reopen")
            self._ui.issues_view.set_current(row.issue.id)
            self._to_list()
        else:
            self._ask("close", "Why is it closed?", "Close the issue", combo=None, day=False)

    def _end_ask(self) -> None:
        """The question is left; the list has the keys again."""
        if not self._ui.ask_frame.isHidden():
            self._ui.ask_frame.hide()
            self._asked = ""
            self._show_one()
            self._to_list()

    def _do_asked(self) -> None:
        ui, row = self._ui, self._row()
        if row is None or not self._asked:
            return
        try:
            words, more = self._answer(row)
        except Refused as refusal:
            at_day = (
                isinstance(refusal, FieldRefused) and refusal.field == IssueField.NEXT_BY and ui.ask_day.isVisible()
            )
            ui.ask_error.set_error(refusal.sentence, ui.ask_day if at_day else ui.ask_edit)
            return
        self._context.changes.tell("meeting", "actions", "cases")
        self._end_ask()
        ui.done_bar.say(words, more)

    def _answer(self, row: IssueRow) -> tuple[str, str]:
        """Do what was asked for, and say what was done."""
        ui, session, key = self._ui, self._context.session, row.issue.id
        text, chosen = ui.ask_edit.text(), ui.ask_combo.currentData()
        if self._asked == "case":
            service.make_case(session, key, text, chosen)
            return "Case created", f"It is awaiting its Safety Net reference. {CLOSE.shown} closes the issue."
        if self._asked == "action":
            made = service.make_action(
                session, key, text, chosen or "", day_or_none(ui.ask_day.text(), ui.ask_day.day())
            )
            return "Action agreed", f"Due {screen_day(made.due, session.today)}." if made.due else ""
        if self._asked == "note":
            service.note_between(session, key, text)
            return "Note added", ""
        service.close_issue(session, key, text)
        return f"Closed: {row.issue.title}", "It is listed under Closed this year."


def _searched(row: IssueRow) -> str:
    issue = row.issue
    owner = row.owner.name if row.owner else ""
    return " ".join((issue.title, issue.words, issue.place, issue.ward, issue.area, owner)).casefold()


def _step_words(row: IssueRow, today: date) -> str:
    """'Next: Gate at the north path, by Mon 14 Dec (action)'"""
    if row.step is None:
        return "No owner yet." if row.owner is None else "No next step recorded."
    late = f", {overdue_words(row.step.late)}" if row.step.late else ""
    by = f", by {screen_day(row.step.by, today)}{late}" if row.step.by else ""
    kind = " (action)" if row.step.action else ""
    return f"Next: {row.step.words}{by}{kind}"
