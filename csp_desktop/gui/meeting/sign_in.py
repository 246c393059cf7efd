"""The sign-in desk, turned to the people who come in: one after another, only names, no case.

Nobody at the desk: how many have signed, the start of the meeting, and the override with its reason.
"""

from collections.abc import Iterable
from datetime import datetime
from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QWidget

from csp_desktop._built.ui_sign_in import Ui_SignIn
from csp_desktop.domain.common.days import clock, instant, screen_day
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.gui.meeting.paper_time import PaperTime, SheetSignatures, signed_words
from csp_desktop.gui.meeting.sign_in_people import Apologies, Attendee, CopySecret, Newcomer, names, standing_words
from csp_desktop.gui.meeting.sign_in_signer import SIGN, Signer
from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.candidate_strip import Candidate
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarNote, BarState, Figure, progress
from csp_desktop.gui.widgets.name_finder import NameFinder
from csp_desktop.gui.widgets.steps import StepState
from csp_desktop.gui.widgets.three_columns import Column
from csp_desktop.gui.window.actions import BACK, CHOOSE, HELP, LARGER, OPEN, SMALLER, UNDO, Action, called, cap
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.keys import is_escape, mnemonic
from csp_desktop.gui.window.page import Page
from csp_desktop.gui.window.registry import LEAVE_DESK
from csp_desktop.services.meeting import running_meeting, sign_in
from csp_desktop.services.meeting.sign_in_rows import PersonRow, SignInDesk
from csp_desktop.services.ports.work import Step
from csp_desktop.services.session import Session


class Gate(QObject):
    """`started` when the meeting runs (or ran already and is gone back to), `changed` after an override, `next_asked`
    with whoever is here and has not signed, or nobody. Until everyone has signed that is the next step."""

    started = Signal()
    changed = Signal()
    next_asked = Signal(str)

    def __init__(self, ui: Ui_SignIn, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._session = ui, session
        self._context: SignInDesk | None = None
        ui.signed_number.set_size(56)
        for button, icon in ((ui.next_person_button, "pencil"), (ui.start_button, "arrow-right")):
            button.set_height(56)
            button.set_icon(icon)
        ui.next_person_button.set_key(SIGN.shown)
        ui.next_person_button.clicked.connect(self.ask_next)
        ui.override_button.set_height(36)
        ui.start_button.clicked.connect(self.start)
        ui.override_button.clicked.connect(self._override)
        ui.reason_edit.returnPressed.connect(self._override)
        ui.reason_edit.textChanged.connect(lambda: ui.override_error.clear(ui.reason_edit))

    def show(self, context: SignInDesk) -> None:
        """How the sign-in stands."""
        ui, gate = self._ui, context.gate
        self._context = context
        tone = Tone.MEDIUM if gate.unsigned else None
        ui.signed_number.set_number(str(context.signed_count), f"of {context.total} signed", tone)
        ui.idle_title.setText(_title(context))
        ui.idle_text.setText(_text(context))
        ui.start_button.setText("&Back to the meeting" if context.in_session else "&Start the meeting")
        ui.start_button.setEnabled(gate.may_start or context.in_session)
        comes = context.paper_at is None and not context.in_session  # of a meeting on paper nobody comes to the desk
        waits = bool(gate.unsigned or (gate.awaited and comes))
        ui.next_person_button.setVisible(waits)
        ui.next_person_button.setText(f"&Next: {gate.unsigned[0].name}" if gate.unsigned else "&Next person")
        ui.start_button.set_next(not waits)
        ui.start_button.set_key(cap(mnemonic(ui.start_button.text())) if waits else SIGN.shown)
        ui.override_frame.setVisible(bool(gate.unsigned))
        ui.override_title.setText(gate.reason)
        ui.start_error.clear()

    def ask_next(self) -> None:
        """Whoever is here and has not signed comes to the desk, else whoever types their name."""
        unsigned = self._context.gate.unsigned if self._context is not None else ()
        self.next_asked.emit(unsigned[0].member_id if unsigned else "")

    def start(self) -> None:
        """The meeting begins, or is gone back to."""
        if self._context is None:
            return
        try:
            if not self._context.in_session:
                running_meeting.start(self._session, self._context.meeting_id)
        except Refused as refused:
            self._ui.start_error.set_error(refused.sentence)
            return
        self.started.emit()

    def _override(self) -> None:
        ui = self._ui
        if self._context is None:
            return
        try:
            sign_in.override(self._session, self._context.meeting_id, ui.reason_edit.text())
        except Refused as refused:
            ui.override_error.set_error(refused.sentence, ui.reason_edit)
            return
        ui.reason_edit.clear()
        self.changed.emit()
        ui.start_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _title(context: SignInDesk) -> str:
    if context.gate.unsigned:
        return "Someone present has not signed"
    if not context.signed:
        return "Everyone must sign before the meeting starts"
    return "Everyone present has signed" if not context.gate.overridden else "The meeting continues with an override"


def _text(context: SignInDesk) -> str:
    awaited = [row.name for row in context.gate.awaited]
    if context.gate.unsigned:
        return "Confidential business has to wait, and the room screen is blank."
    if not awaited or context.in_session:
        return "Type two letters of a name to sign someone in."
    return f"Not here yet: {names(awaited)}. Late arrivals sign when they arrive."


TICK = 10_000


BELOW = Action("go to the signature below", ("PgDown",), strip="go to the signature")
SECRET = Action(
    "set your own passphrase for copies of the minutes",
    ("F2",),
    "_show_secret",
    when="_may_set_secret",
    strip="passphrase for copies",
)
LEAVE = Action("leave the sign-in; your passphrase is asked", ("Ctrl+Shift+L",), "_leave_desk", when="_may_leave")
MOVES = (*called(CHOOSE, "choose a name from the list", "choose name"), OPEN.called("select the name", "confirm"))


class SignInPage(Page):
    """Before the meeting it ends with "Start the meeting"; while one runs it serves late arrivals and goes back."""

    ACTIONS = (*MOVES, BACK, BELOW, SECRET, SIGN, LARGER, SMALLER, LEAVE, UNDO.short(""), HELP.short("help"))

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._session = context.session
        self._meeting_id = ""
        self._rows: SignInDesk | None = None
        self._ui = Ui_SignIn()
        self._ui.setupUi(self)
        self._signer = Signer(self._ui, self._session, self)
        self._gate = Gate(self._ui, self._session, self)
        self._newcomer = Newcomer(self._ui, self._session, self)
        self._apologies = Apologies(self._ui, self._session, self)
        self._attendee = Attendee(self._ui, self._session, self)
        self._secret = CopySecret(self._ui, self._session, self)
        self.paper_time = PaperTime(self._session, self._ui.work_frame)
        self.sheets = SheetSignatures(self._session, self._ui.idle_page, self._ui.idle_text)
        self._set_up()
        self._connect()
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK)
        self._ticks.timeout.connect(self.bar_changed)

    def _set_up(self) -> None:
        ui = self._ui
        ui.columns.set_columns(ui.names_frame, ui.work_frame)
        ui.columns.set_names(rail="names", work="the desk")
        ui.columns.set_widths(Column.RAIL, 340, 330)
        ui.find_edit.set_hint("Name")
        ui.find_edit.setMinimumWidth(current().px(250))  # a name with its title
        ui.find_edit.setAccessibleName("Find your name")
        ui.find_edit.installEventFilter(self)
        ui.apologies_button.set_icon("info")
        ui.secret_button.set_height(24)
        ui.attendee_secret_button.set_key(SECRET.shown)
        ui.secret_button.setToolTip(f"It opens your copies of the minutes ({SECRET.shown})")
        self._show(ui.idle_page)

    def _connect(self) -> None:
        ui = self._ui
        self._names = NameFinder(ui.find_edit, ui.candidates_view, self._found)
        self._names.taken.connect(self._choose)
        ui.attendees_view.chosen.connect(self._choose)
        ui.apologies_button.clicked.connect(lambda: self._show_apologies())
        for changed in (self._signer.changed, self._gate.changed, self._attendee.changed):
            changed.connect(self._written)
        self._apologies.changed.connect(self._apologies_written)
        self._signer.signed.connect(self._signed)
        self._signer.left_unsigned.connect(self._left_unsigned)
        self._signer.apology_asked.connect(self._show_apologies)
        self._gate.started.connect(self._back_to_meeting)
        self._gate.next_asked.connect(self._next_person)
        self._newcomer.added.connect(self._choose)
        for button in (ui.secret_button, ui.attendee_secret_button):
            button.clicked.connect(self._show_secret)
        self._secret.kept.connect(self._secret_kept)
        self._secret.back.connect(self._back_to_person)
        for back in (self._newcomer.back, self._apologies.back, self._attendee.back):
            back.connect(self.start_again)
        ui.done_bar.undo_asked.connect(self.undo)
        self.paper_time.changed.connect(self._written)
        self.sheets.signed.connect(self._sheets_signed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else under one another."""
        super().resizeEvent(event)
        ui, direction = self._ui, QBoxLayout.Direction
        narrow = self.width() < current().px(1000)
        for layout in (ui.person_layout, ui.cards_layout, ui.find_layout, ui.sent_layout):
            layout.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        ui.find_note.setVisible(not narrow)
        ui.desk_stack.set_growing(narrow)
        ui.clause.text_scroll.set_whole(narrow)

    def bar_state(self) -> BarState:
        """How many have signed, and how long to the start."""
        rows = self._rows
        if rows is None:
            return BarState()
        words, amber = standing_words(rows)
        return BarState(
            title=rows.body,
            subtitle=f"{screen_day(rows.on, self._context.session.today)}, starts {clock(rows.starts)}",
            kind=BarKind.NAVY,
            headline=f"{rows.signed_count} of {rows.total} signed",
            segments=progress(rows.signed_count, rows.total, bool(self._signer.member_id())),
            notes=(BarNote(words, amber),),
            figures=(*self._to_start(rows), Figure("clock", clock(self._now(rows)), f"ends {clock(rows.ends)}")),
        )

    def _now(self, rows: SignInDesk) -> datetime:
        return rows.paper_at or self._session.now()

    def _to_start(self, rows: SignInDesk) -> tuple[Figure, ...]:
        if rows.in_session or rows.paper_at:
            return ()
        minutes = ceil((instant(rows.on, rows.starts) - self._session.now()).total_seconds() / 60)
        if minutes > 120:
            return ()
        return (Figure("hourglass", f"{abs(minutes)} min", "to the start" if minutes >= 0 else "late", minutes < 0),)

    def strip_actions(self) -> Iterable[Action]:
        """What the people in the queue need; the way to the signature where it lies below."""
        below = bool(self._signer.member_id()) and self._ui.columns.is_single()
        left_out = {BELOW: not below, SECRET: not self._may_set_secret()}
        return (action for action in self.ACTIONS if not left_out.get(action))

    def strip_word(self, action: Action) -> str:
        """What comes next is what the buttons say."""
        if action is BACK:
            return "back to the meeting" if self._rows is not None and self._rows.in_session else "start again"
        if action is SIGN and self._ui.desk_stack.currentWidget() is self._ui.secret_page:
            return "set the passphrase"
        if action is not SIGN or self._signer.member_id() or not self._ui.next_person_button.isHidden():
            return action.strip
        start = self._ui.start_button
        return start.words()[:1].lower() + start.words()[1:] if start.isEnabled() else ""

    def set_large(self, large: bool) -> None:
        self._signer.set_large(large)

    def strip_text(self) -> str:
        """The desk is turned to strangers."""
        return "Only the sign-in is open. No case can be seen here."

    def entered(self, argument: object = None) -> None:
        """Open the desk of this meeting."""
        if isinstance(argument, str) and argument:
            self._meeting_id = argument
        if not self._meeting_id:
            return
        try:
            sign_in.open_sign_in(self._session, self._meeting_id)
        except Refused as refused:
            self._ui.done_bar.say(refused.sentence, tone=Tone.MEDIUM, undo="", stay=True)
        self.start_again()

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs while someone sees it; a person at the desk is still there when a cover goes."""
        super().showEvent(event)
        self._ticks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """And not otherwise."""
        self._ticks.stop()
        super().hideEvent(event)

    def left(self) -> None:
        """No passphrase that was typed stays."""
        if self._ui.desk_stack.currentWidget() is self._ui.secret_page:
            self._back_to_person()
        super().left()

    def refresh(self) -> None:
        """Names, counts and gate as they are now; whoever is at the desk stays."""
        if not self._meeting_id:
            return
        rows = self._rows = sign_in.desk_rows(self._session, self._meeting_id)
        ui = self._ui
        self.paper_time.show_for(self._meeting_id)
        self._signer.set_paper_at(rows.paper_at)
        ui.attendees_view.set_entries(self._entries(rows))
        ui.attendees_view.set_current(self._signer.member_id() or self._shown_attendee())
        apologies = [row.name for row in rows.apologies]
        ui.apologies_button.setText(f"A&pologies: {names(apologies, 2)}" if apologies else "A&pologies")
        self._gate.show(rows)
        self.sheets.show_for(rows)
        self.bar_changed.emit()

    def _shown_attendee(self) -> str:
        return self._attendee.member_id() if self._ui.desk_stack.currentWidget() is self._ui.attendee_page else ""

    def _entries(self, rows: SignInDesk) -> list[Entry]:
        at_desk = self._signer.member_id()
        expected = [_expected_entry(person, person.member_id == at_desk) for person in rows.expected]
        signed = [_signed_entry(person) for person in rows.signed]
        entries = [Entry("", "Expected", caption=str(len(expected)), heading=True), *expected] if expected else []
        return entries + ([Entry("", "Signed", caption=str(len(signed)), heading=True), *signed] if signed else [])

    def start_again(self) -> None:
        """An empty desk with the caret in the find field."""
        self._signer.clear()
        self._secret.forget()
        self._ui.find_edit.setText("")
        self._ui.candidates_view.set_candidates((), False)
        self._show(self._ui.idle_page)
        self.refresh()
        self._ui.find_edit.setFocus()

    def _show(self, page: QWidget) -> None:
        ui = self._ui
        ui.desk_stack.setCurrentWidget(page)
        if ui.columns.is_single() and ui.columns.shown() is not Column.WORK:
            ui.columns.go(Column.WORK)  # chosen among the names, which fill the window
        done = page in (ui.signer_page, ui.attendee_page, ui.secret_page)
        for button in (ui.secret_button, ui.attendee_secret_button):
            button.setVisible(self._may_set_secret())
        ui.find_mark.set_step(1, StepState.DONE if done else StepState.CURRENT)
        QTimer.singleShot(0, self, self._bring_up)

    def _bring_up(self) -> None:
        """Where there is room for one column only, the person at the desk comes to its top."""
        ui = self._ui
        area = next((a for a in self.findChildren(QScrollArea) if a.widget() is ui.work_frame), None)
        if area is not None:
            idle = ui.desk_stack.currentWidget() is ui.idle_page
            area.verticalScrollBar().setValue(0 if idle else ui.desk_stack.y())

    def _found(self, text: str) -> list[Candidate]:
        found = sign_in.find_people(self._session, self._meeting_id, text) if self._meeting_id else []
        return [Candidate(row.member_id, row.name, row.remark, row.agency, row.signed) for row in found]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the find field goes back."""
        pressed = event.type() == QEvent.Type.KeyPress and watched is self._ui.find_edit
        if pressed and isinstance(event, QKeyEvent) and is_escape(event):
            self.go_back()
            return True
        return super().eventFilter(watched, event)

    def go_back(self) -> None:
        """Back to the meeting from an empty desk, from a passphrase to the person, else to an empty desk."""
        if self._ui.desk_stack.currentWidget() is self._ui.secret_page:
            self._back_to_person()
            return
        idle = self._ui.desk_stack.currentWidget() is self._ui.idle_page and not self._ui.find_edit.text()
        if idle and self._rows is not None and self._rows.in_session:
            self._back_to_meeting()
        else:
            self.start_again()

    def _choose(self, key: str) -> None:
        if not key:
            self._show(self._ui.newcomer_page)
            self._newcomer.show(self._meeting_id, self._ui.find_edit.text())
            return
        rows = self._rows = sign_in.desk_rows(self._session, self._meeting_id)
        signed = next((person for person in rows.signed if person.member_id == key), None)
        try:
            if signed is not None:
                self._show_attendee(signed)
            else:
                self._show(self._ui.signer_page)
                self._signer.show(self._meeting_id, key, rows.readers)
                self._ui.candidates_view.mark(key)
                self._signer.focus()
        except Refused as refused:
            self._ui.done_bar.say(refused.sentence, tone=Tone.MEDIUM, undo="")
        self.refresh()

    def _sign_or_next(self) -> None:
        if self._ui.desk_stack.currentWidget() is self._ui.secret_page:
            self._secret.keep()
        elif self._signer.member_id():
            self._signer.sign()
        elif self._ui.next_person_button.isVisible():
            self._gate.ask_next()
        elif self._ui.start_button.isVisible() and self._ui.start_button.isEnabled():
            self._gate.start()

    def _next_person(self, member_id: str) -> None:
        if member_id:
            self._choose(member_id)
        else:
            self._ui.find_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_attendee(self, person: PersonRow) -> None:
        self._signer.clear()
        self._attendee.show(self._meeting_id, person)
        self._show(self._ui.attendee_page)

    def _may_set_secret(self) -> bool:
        """Whether somebody stands at the desk themselves: not where a meeting held on paper is entered."""
        ui, on_paper = self._ui, self._rows is not None and self._rows.paper_at is not None
        return ui.desk_stack.currentWidget() in (ui.signer_page, ui.attendee_page) and not on_paper

    def _at_desk(self) -> PersonRow | None:
        """Whose desk it is."""
        key = self._signer.member_id() or self._attendee.member_id()
        rows = self._rows
        return next((one for one in (*rows.expected, *rows.signed) if one.member_id == key), None) if rows else None

    def _show_secret(self) -> None:
        """A passphrase of their own for their copies; what they signed until now stays."""
        person = self._at_desk()
        if person is not None:
            self._secret.show(person.member_id, person.name)
            self._show(self._ui.secret_page)
            self._ui.secret_edit.setFocus()

    def _secret_kept(self, words: str) -> None:
        self._back_to_person()
        self._ui.done_bar.say(words, "It opens every copy from now on.", undo="")

    def _back_to_person(self) -> None:
        """To the signature they were at, or to what they signed."""
        self._secret.forget()
        if self._signer.member_id():
            self._show(self._ui.signer_page)
            self._signer.focus()
        else:
            self._show(self._ui.attendee_page)
            self._ui.attendee_back_button.setFocus()

    def _show_apologies(self, member_id: str = "") -> None:
        self._signer.clear()
        self._show(self._ui.apologies_page)
        self.refresh()
        if self._rows is not None:
            self._apologies.show(self._rows, member_id)

    def _written(self) -> None:
        self._context.changes.tell("attendance")
        self.refresh()
        if self._ui.desk_stack.currentWidget() is self._ui.attendee_page and self._rows is not None:
            shown = [person for person in self._rows.signed if person.member_id == self._attendee.member_id()]
            if shown:
                self._attendee.show(self._meeting_id, shown[0])
            else:
                self.start_again()

    def _apologies_written(self) -> None:
        self._written()
        if self._rows is not None:
            self._apologies.show(self._rows)

    def _signed(self, name: str) -> None:
        self._context.changes.tell("attendance")
        self.start_again()
        at = clock(self._now(self._rows)) if self._rows else ""
        self._ui.done_bar.say(f"{name} signed at {at}")
        if self._rows is not None and self._rows.in_session and not self._rows.gate.unsigned:
            self._back_to_meeting()

    def _sheets_signed(self, count: int) -> None:
        self._context.changes.tell("attendance")
        self.start_again()
        self._ui.done_bar.say(signed_words(count, self._rows))

    def _left_unsigned(self, name: str) -> None:
        self.start_again()
        self._ui.done_bar.say(f"{name} is present and has not signed", tone=Tone.MEDIUM)

    def after_undo(self, step: Step) -> None:
        """An empty desk: what was done may have been about whoever stands at it. If that was its opening, it closes."""
        self.start_again()
        if self._rows is not None and self._rows.state is MeetingState.PLANNED:
            self._leave_desk()

    def _may_leave(self) -> bool:
        return self._rows is not None and not self._rows.in_session

    def _leave_desk(self) -> None:
        """Before the meeting, to the other pages: only for whoever can unlock."""
        self.navigate.emit(LEAVE_DESK, None)

    def _back_to_meeting(self) -> None:
        self._context.changes.tell("meeting", "attendance")
        self.navigate.emit("live", self._meeting_id)


def _expected_entry(person: PersonRow, at_desk: bool) -> Entry:
    waiting = "present, not signed" if person.present else ""
    return Entry(
        person.member_id,
        person.name,
        person.remark,
        person=person.name,
        group=person.agency,
        caption="signing" if at_desk else waiting,
        caption_icon="" if at_desk or waiting else "circle-dashed",
        tone=Tone.ACCENT if at_desk else Tone.MEDIUM if waiting else Tone.NEUTRAL,
    )


def _signed_entry(person: PersonRow) -> Entry:
    left = f"left {clock(person.left_at)}" if person.left_at else ""
    signed = clock(person.signed_at) if person.signed_at else ""
    return Entry(
        person.member_id,
        person.name,
        person.remark,
        person=person.name,
        group=person.agency,
        caption=left or signed,
        caption_icon="log-out" if left else "check",
        dim=bool(left),
    )
