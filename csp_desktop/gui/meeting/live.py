"""The live case walk: where a meeting is run. Everything on it is on disk as soon as it is shown as saved."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from csp_desktop._built.ui_live import Ui_Live
from csp_desktop.domain.common.day_grammar import Days
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.walk import Field
from csp_desktop.gui.meeting.action_column import AGREED, AgreedActions
from csp_desktop.gui.meeting.agreeing import AGREEING
from csp_desktop.gui.meeting.autosave import NOTE, WalkTexts
from csp_desktop.gui.meeting.issue_talk import TALKS
from csp_desktop.gui.meeting.live_bar import bar_of
from csp_desktop.gui.meeting.live_rows import CLOSING, rail_entries
from csp_desktop.gui.meeting.meeting_keys import (
    ADD_CASE,
    ADD_ITEM,
    ARRIVAL,
    BACKWARD,
    FORWARD,
    IN_THE_ROOM,
    LAST_TIME,
    LAST_TIMES,
    LEAVING,
    NEW_ACTION,
    PALETTE,
    READ_BACK,
    READING_BACK,
    TO_LIST,
    TO_NOTE,
    outcome_key,
)
from csp_desktop.gui.meeting.meeting_page import MeetingPage, StopView
from csp_desktop.gui.meeting.message_bar import Floating
from csp_desktop.gui.meeting.paper_time import PaperTime
from csp_desktop.gui.meeting.read_back import SCROLL, SHOW_MARKED
from csp_desktop.gui.meeting.room_screen import RoomScreen
from csp_desktop.gui.meeting.sign_in_people import LeaverPicker
from csp_desktop.gui.meeting.walk_controller import Read, WalkController
from csp_desktop.gui.widgets.action_line import ActionLine
from csp_desktop.gui.widgets.containers import reveal, reveal_top
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.palette import Palette, Show
from csp_desktop.gui.widgets.room_view import RoomView
from csp_desktop.gui.window.actions import BACK, HELP, HIDE, UNDO, Action, commands
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.finder import not_found
from csp_desktop.gui.window.page import MARKS, Page
from csp_desktop.gui.window.tasks import LatestAnswer
from csp_desktop.gui.window.writing import WRITING
from csp_desktop.services.cases.search import Hit, find
from csp_desktop.services.meeting import case_walk, running_meeting
from csp_desktop.services.meeting.case_walk import ReadBack
from csp_desktop.services.ports.work import Step

OUTCOMES = tuple(outcome_key(outcome.number, outcome.rule.label, outcome) for outcome in Outcome)
ROOM_SCREEN = Action("room screen", ("F5", "Ctrl+R"), "_toggle_room", strip="room screen")
ASSESS = Action("assess the risk of this case", ("Ctrl+Shift+R",), "_assess", when="_is_case")
CLOSE = Action("close the meeting: end, finish", (), "_leave_for", CLOSING)
TO_CLOSING = BACK.called("back to closing, if you came from there", do="_to_closing")._replace(when="_is_from_closing")
ELSEWHERE = (
    Action("actions by officer", (), "_leave_for", "actions"),
    Action("begin the private meeting", (), "_leave_for", "private_part"),
)
STRIP = (
    *(BACKWARD, FORWARD, ARRIVAL, TO_LIST, TO_NOTE, NEW_ACTION),
    *(*OUTCOMES, READ_BACK, UNDO, ROOM_SCREEN, HIDE, HELP),
)
SAID_IN_FIELDS = (Field.REASON, Field.REFER_TO)  # a choice leads to these; the other questions have buttons
_ICONS = {"case": "layers", "note": "file-text", "item": "list-checks", "action": "check"}


class LivePage(MeetingPage):
    """Fills the form from rows and passes on what people do; the controller does it."""

    ACTIONS = (
        TO_NOTE,
        *WRITING,
        *MARKS,
        NEW_ACTION,
        TO_LIST,
        CLOSE,
        *OUTCOMES,
        READ_BACK,
        SHOW_MARKED,
        *SCROLL,
        FORWARD,
        BACKWARD,
        LAST_TIME,
        Action("move this case up in the order", ("Alt+Up",), "_move", -1),
        Action("move this case down in the order", ("Alt+Down",), "_move", 1),
        ROOM_SCREEN,
        Action("blank the room screen", ("Shift+F5",), "_blank_room"),
        ARRIVAL,
        LEAVING,
        IN_THE_ROOM,
        ADD_CASE,
        ADD_ITEM,
        ASSESS,
        UNDO,
        PALETTE,
        *ELSEWHERE,
        *LAST_TIMES,
        *TALKS,
        *AGREEING,
        *AGREED,
        TO_CLOSING,
    )

    _controller: WalkController

    def __init__(self, context: PageContext) -> None:
        self._ui = Ui_Live()
        super().__init__(context, self._ui)
        self._from_closing = False
        self._ui.rail.entries.set_wrapping(True)
        self._line: ActionLine = self._ui.side.line
        mirror = RoomView(self._ui.side)
        mirror.setFixedHeight(176)
        self._ui.side.below.addWidget(mirror)
        self.room = RoomScreen(self._session, self, mirror)
        self.leavers = LeaverPicker(self._session, self._ui.work_frame)
        Floating(self.leavers, self._ui.work_frame)
        self.finder = Finder(context, self._controller, self._ui.rail.search, self)
        self.command_palette = self.finder.palette
        self.paper_time = PaperTime(self._session, self)
        self._connect()

    def _make_controller(self) -> None:
        self._controller = WalkController(self._session, self._autosave.flush, self)
        self._typed = WalkTexts(self._session, self._controller, self._autosave)

    def _connect(self) -> None:
        ui, controller = self._ui, self._controller
        self._connect_stop(ui.case_view)
        self._connect_side(ui.side)
        outcomes = ui.case_view.outcomes
        outcomes.chosen.connect(self._choose_outcome)
        outcomes.typed.connect(self._typed.field)
        outcomes.left.connect(controller.say)
        outcomes.said.connect(controller.say)
        outcomes.read_back_asked.connect(self._go_on)
        outcomes.again_asked.connect(controller.take_up_again)
        talks = ui.item_view.issues
        talks.typed.connect(self._issue_typed)
        talks.ended.connect(controller.end_issue)
        talks.discussed.connect(self._issue_discussed)
        talks.closed.connect(self._close_issue)
        ui.read_back_view.accepted.connect(self._accept)
        ui.read_back_view.went_back.connect(self._back)
        ui.gate_view.pressed.connect(lambda: self.navigate.emit("sign_in", controller.meeting_id))
        self.room.moved.connect(self._tell_of_room)
        self.leavers.picked.connect(self._left_the_room)
        self.leavers.closed.connect(self._to_note)
        self.paper_time.changed.connect(self._paper_time_said)
        self.finder.stop_found.connect(self._choose)
        self.finder.case_found.connect(lambda case_id: self.navigate.emit("case", case_id))

    # what the window asks

    def bar_state(self) -> BarState:
        """Where the meeting stands now."""
        live = self._controller.live
        self._bar = bar_of(live, live.at(self._session.now())) if live else BarState()
        return self._bar

    def strip_actions(self) -> Iterable[Action]:
        """The keys that act here."""
        if self._reading_back():
            return READING_BACK
        return (TO_CLOSING.short("back to closing"), *STRIP) if self._from_closing else STRIP

    def entered(self, argument: object = None) -> None:
        """Begin or come back to the meeting, at the place where it was; from the closing with what is missing there."""
        self._from_closing = isinstance(argument, tuple)
        if isinstance(argument, tuple):
            argument = argument[0]
        if isinstance(argument, str) and argument:
            self._controller.meeting_id = argument
        if not self._controller.meeting_id:
            running = running_meeting.running(self._session)
            self._controller.meeting_id = running.id if running else ""
        refusal = self._controller.start() if self._controller.meeting_id else "No meeting is in progress."
        if refusal:
            button = "Go to sign-in" if self._controller.meeting_id else ""
            self._ui.gate_view.set_content("The meeting has not started", refusal, button, "users")
            self._ui.stack.setCurrentWidget(self._ui.gate_view)
            return
        self._controller.load()
        self._controller.load_people()
        self._show()
        self._line.restore(self._controller.kept_line(), self._controller.agreed)
        self._to_note()
        if self._from_closing:
            self._ask_to_complete()

    def _ask_to_complete(self) -> None:
        case = self._controller.case
        still = [*case.missing, *case.to_complete] if case is not None else []
        if still:
            self._ui.case_view.outcomes.ask_for(still[0].field.value, still[0].sentence)

    def _is_from_closing(self) -> bool:
        return self._from_closing and not self._reading_back()

    def _to_closing(self) -> None:
        self._leave_for(CLOSING)

    def _paper_time_said(self) -> None:
        self._context.changes.tell("meeting")
        self.refresh()

    def left(self) -> None:
        """What is typed becomes part of the record, and the room sees nothing."""
        self._controller.end_typing()
        self.room.hide_all()

    def refresh(self) -> None:
        """Something else changed the meeting."""
        if self._controller.live is not None:
            self._controller.load()
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: the room follows."""
        super().showEvent(event)
        self.room.show_all(self._controller.live, self._controller.in_hand)

    def hideEvent(self, event: QHideEvent) -> None:
        """Covered, locked or left: the room is blank at once."""
        self.room.hide_all()
        if not self.window().isVisible():
            self.room.window.hide()  # the program is closed or minimised
        super().hideEvent(event)

    # showing

    def _show(self) -> None:
        """Fill the form in place with the meeting and what is in hand."""
        ui, controller = self._ui, self._controller
        live = controller.live
        self.paper_time.show_for(controller.meeting_id)
        if live is None:
            return
        ui.rail.set_entries(rail_entries(live))
        ui.rail.set_current(controller.here)
        self._show_stop()
        self.bar_changed.emit()

    def _show_stop(self) -> None:
        """The case or item in hand, its actions, and whom one can be given."""
        ui, controller, live = self._ui, self._controller, self._controller.live
        if controller.case is not None:
            here = [one.officer.id for one in controller.room]
            asks = case_walk.ask_now(controller.case, here)
            ui.case_view.show_case(controller.case, self._typed.waiting(NOTE, controller.case.turn.id), asks)
            self._turn_to(ui.case_view)
        elif controller.item is not None and live is not None:
            number, waiting = controller.number_of_item(), self._typed.waiting(NOTE, controller.item.item.id)
            ui.item_view.show_item(controller.item, number, len(live.items), waiting)
            self._turn_to(ui.item_view)
        row = controller.in_hand
        if row is not None:
            self._line.set_people(controller.people, Days(row.on, row.following, self._session.holidays))
        self._show_agreed()

    def _show_agreed(self) -> None:
        """The actions agreed now, and how many each officer has."""
        ui, controller = self._ui, self._controller
        if controller.case is not None:
            ui.case_view.show_agreed(controller.case)
        elif controller.item is not None:
            ui.item_view.show_agreed(controller.item)
        ui.side.show_agreed(controller.agreed)
        ui.side.room.show_people(controller.room)
        self.room.follow(controller.live, controller.in_hand)

    def _turn_to(self, view: QWidget) -> None:
        if self._ui.stack.currentWidget() is not view:
            self._ui.stack.setCurrentWidget(view)

    def _show_done(self) -> None:
        match self._controller.read:
            case Read.EVERYTHING:
                self._show()
            case Read.STOP:
                self._show_stop()
            case Read.AGREED:
                self._show_agreed()

    def _on_time(self) -> None:
        self.room.follow(self._controller.live, self._controller.in_hand)

    # what is in hand

    def _stop_view(self) -> StopView:
        view: StopView = self._ui.case_view if self._controller.case is not None else self._ui.item_view
        return view

    def _side(self) -> AgreedActions:
        side: AgreedActions = self._ui.side
        return side

    def _has_state(self) -> bool:
        return self._controller.live is not None

    # doing

    def _choose(self, key: str) -> None:
        if key == CLOSING:
            self._leave_for(CLOSING)
        elif self._controller.go(key):
            self._to_note()

    def _choose_outcome(self, outcome: Outcome) -> None:
        if self._controller.case is None or self._reading_back():
            return
        self._ui.columns.show_work()
        if not self._controller.choose(outcome):
            self._ui.case_view.outcomes.show_case(self._controller.case)
            return
        case = self._controller.case
        said_here = [one for one in (*case.missing, *case.to_complete) if one.field in SAID_IN_FIELDS]
        if said_here:
            self._ui.case_view.outcomes.ask_for(said_here[0].field.value, "")

    def _go_on(self) -> None:
        """Ctrl+Enter: the read-back, and from the read-back on to the next."""
        if self._reading_back():
            self._accept()
        elif self._controller.stop is not None:
            self._read_back()

    def _go_beyond(self) -> None:
        if self._controller.finished:
            self._leave_for(CLOSING)
        else:
            super()._go_beyond()

    def _ask_for_missing(self) -> bool:
        case = self._controller.case
        if case is None or not case.missing:
            return False
        self._ui.case_view.outcomes.ask_for(case.missing[0].field.value, case.missing[0].sentence)
        return True

    def _show_read_back(self, read: ReadBack) -> None:
        self._turn_to(self._ui.read_back_view)
        self._ui.read_back_view.show_read_back(read)
        QTimer.singleShot(0, self, lambda: reveal_top(self._ui.read_back_view))

    def show_marked(self) -> None:
        """The marked lines of the read-back, or no longer."""
        self._ui.read_back_view.toggle_marked()

    def _reading_back(self) -> bool:
        return self._ui.stack.currentWidget() is self._ui.read_back_view

    def _accept(self) -> None:
        if self._controller.accept():
            self._to_note()

    def _move(self, step: int) -> None:
        key = self._ui.rail.entries.current_key() if self._ui.rail.entries.hasFocus() else ""
        turn_id = key.removeprefix("turn:") if key.startswith("turn:") else ""
        if not turn_id and self._controller.case is not None:
            turn_id = self._controller.case.turn.id
        self._controller.move_case(turn_id, step)

    # emerging issues

    def _issue_typed(self, issue_id: str, text: str) -> None:
        keep = self._controller.keep_issue
        self._autosave.typed(f"issue {issue_id}", lambda words: keep(issue_id, words), text)

    def _issue_discussed(self, issue_id: str, discussed: bool) -> None:
        self._controller.discuss_issue(issue_id, discussed)

    def _close_issue(self, issue_id: str, reason: str) -> None:
        with self._controller.refusing_at(self._ui.item_view.issues.refuse):
            self._controller.close_issue(issue_id, reason)

    def _to_last(self) -> None:
        """At the emerging issues these are what was agreed to come back."""
        talks = self._ui.item_view.issues
        if self._controller.item is not None and self._controller.item.issues:
            self._ui.columns.show_work()
            talks.rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
            reveal(talks)
        else:
            super()._to_last()

    def after_undo(self, step: Step) -> None:
        """The notes as they were before."""
        super().after_undo(step)
        self._ui.item_view.issues.reset()

    # going elsewhere

    def _arrive(self) -> None:
        self._leave_for("sign_in")

    def _leave(self) -> None:
        self.leavers.open_picker(self._controller.meeting_id)
        reveal(self.leavers)

    def _left_the_room(self, name: str) -> None:
        self._controller.load()
        self._controller.load_people()
        self._on_done(f"{name} has left", ("attendance", "actions"))

    def _change_room(self, what: str) -> None:
        self.navigate.emit("room_changes", what)

    def _leave_for(self, stem: str) -> None:
        self.navigate.emit(stem, self._controller.meeting_id)

    def _is_case(self) -> bool:
        return self._controller.case is not None

    def _assess(self) -> None:
        case = self._controller.case
        if case is not None:
            self.navigate.emit("risk_assessment", case.case.id)

    def _toggle_room(self) -> None:
        self._tell_of_room(self.room.toggle())

    def _tell_of_room(self, words: str) -> None:
        """Where the room screen is now, and why it shows nothing if it does not."""
        self.room.follow(self._controller.live, self._controller.in_hand)
        blank = self.room.why_blank()
        self.messages.show_done(f"{words}, blank: {blank}" if blank else words, undo=False)

    def _blank_room(self) -> None:
        words = self.room.blank()
        self.room.follow(self._controller.live, self._controller.in_hand)
        self.messages.show_done(words, undo=False)


class Finder(QObject):
    """Ctrl+K on the live page: commands, and whatever the file holds; what is found is gone to.

    `stop_found` gives the key of a case or item of this meeting, `case_found` a case outside its walk.
    """

    stop_found = Signal(str)
    case_found = Signal(str)

    def __init__(self, context: PageContext, controller: WalkController, line: QLineEdit, page: Page) -> None:
        super().__init__(page)
        self._session, self._controller = context.session, controller
        self._latest = LatestAnswer(context.tasks, self)
        self._hits: dict[str, Hit] = {}
        self.palette = Palette(line, page, self._find)
        self.palette.set_commands(commands(page.ACTIONS))
        self.palette.ran.connect(page.run)
        self.palette.found.connect(self._go)

    def _find(self, text: str, show: Show) -> None:
        session = self._session
        found = partial(self._found, show, text)
        self._latest.ask(lambda: find(session, text), found, lambda error: show(not_found(error)))

    def _items(self, text: str) -> list[Entry]:
        """Where the agenda itself can be gone to."""
        items = self._controller.live.items if self._controller.live else ()
        return [
            Entry(f"item:{i.id}", i.title, "on the agenda", icon="list-checks") for i in items if _has(i.title, text)
        ]

    def _found(self, show: Show, text: str, hits: Sequence[Hit]) -> None:
        self._hits = {f"hit:{n}": hit for n, hit in enumerate(hits)}
        show(
            self._items(text)
            + [
                Entry(key, hit.title, hit.snippet or hit.where, icon=_ICONS.get(hit.kind, ""))
                for key, hit in self._hits.items()
            ]
        )

    def _go(self, key: str) -> None:
        if key not in self._hits:
            self.stop_found.emit(key)
            return
        hit, live = self._hits[key], self._controller.live
        turns = [r.turn.id for r in live.walk if r.case.id == hit.case_id] if live else []
        if turns:
            self.stop_found.emit(f"turn:{turns[0]}")
        elif hit.kind == "item" and live and any(i.id == hit.record_id for i in live.items):
            self.stop_found.emit(f"item:{hit.record_id}")
        elif hit.case_id:
            self.case_found.emit(hit.case_id)


def _has(title: str, typed: str) -> bool:
    """Whether every word typed begins a word of a title."""
    words = title.lower().split()
    return bool(typed.split()) and all(any(w.startswith(t) for w in words) for t in typed.lower().split())
