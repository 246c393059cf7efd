"""Home of the private window: the next step as the one primary button, two countdowns, what needs the lead."""

from datetime import datetime
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_private_home import Ui_PrivateHome
from csp_desktop.domain.common.days import clock, days_words, local, screen_day, weekday
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.private.figures import Counted
from csp_desktop.domain.private.settings import PrivateSettings
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.home_work import FILE_NEEDS, HomeContent, NeedLook, NoNeed, StepLook
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.steps import StepMark, StepState
from csp_desktop.gui.window.actions import CHOOSE, FIND, HELP, LOCK, TO_SIDE, UNDO, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.home_base import NEXT_STEP, HomeBase
from csp_desktop.gui.window.saved_field import SavedField
from csp_desktop.gui.window.writing import SPELLING
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.home.next_step import NextStep
from csp_desktop.services.private import figures
from csp_desktop.services.private.agenda import begin_alone
from csp_desktop.services.private.home import PrivateAhead, PrivateNeed, PrivateStep, look_ahead
from csp_desktop.services.private.register import LEADING
from csp_desktop.services.private.settings import change_private_settings, private_settings, set_winter_protocol

TITLE = "Private rough-sleeping meeting"


def private_bar(ahead: PrivateAhead, now: datetime) -> BarState:
    """Grey: no session is on. No count of people, since the bar is what a passer-by reads."""
    today, coming = local(now).date(), ahead.coming
    headline = "No private session planned"
    if coming is not None:
        days = (coming.on - today).days
        headline = f"{days_words(days)} to the private session" if days > 0 else "The private session is today"
        if days < 0:
            headline = "The date of the session has passed"
        if coming.state is not MeetingState.PLANNED:
            headline = "A private session is open"
    return BarState(
        title=TITLE,
        subtitle=screen_day(today, today),
        icon="lock",
        headline=headline,
        figures=(Figure("clock", clock(now), weekday(today)),),
    )


def session_steps(ahead: PrivateAhead) -> list[StepMark]:
    """From planning to the first person; the first that is not done is the one to do."""
    coming = ahead.coming
    state = coming.state if coming else None
    open_room = state in (MeetingState.SIGN_IN, MeetingState.IN_SESSION)
    done = (coming is not None, bool(ahead.picked), state is MeetingState.IN_SESSION, False)
    words = ("Plan", "People", "Room", "Session")
    captions = (screen_day(coming.on, ahead.today) if coming else "", "", clock(coming.starts) if coming else "", "")
    now = 2 if open_room and not done[2] else done.index(False)
    return [
        StepMark(
            "Planned" if done[0] and n == 0 else "Selected" if done[1] and n == 1 else word,
            captions[n],
            StepState.DONE if done[n] else StepState.CURRENT if n == now else StepState.AHEAD,
        )
        for n, word in enumerate(words)
    ]


def minutes_steps(ahead: PrivateAhead) -> list[StepMark]:
    """From the session held to its minutes sent."""
    if ahead.last is None or ahead.circulate_on is None:
        return [StepMark("Hold"), StepMark("Approve"), StepMark("Circulate")]
    approved = ahead.minutes_state not in (MinutesState.DRAFT, MinutesState.CHECKED)
    sent = ahead.minutes_state in (MinutesState.CIRCULATED, MinutesState.AGREED)
    return [
        StepMark("Held", screen_day(ahead.last.on, ahead.today), StepState.DONE),
        StepMark("Approved" if approved else "Approve", "", StepState.DONE if approved else StepState.CURRENT),
        StepMark(
            "Circulated" if sent else "Circulate",
            f"by {screen_day(ahead.circulate_on, ahead.today)}",
            StepState.DONE if sent else StepState.CURRENT if approved else StepState.AHEAD,
        ),
    ]


TITLES = {
    Counted.SEEN: "Seen, last 28 days",
    Counted.ON_LIST: "On this meeting's list",
    Counted.NEW: "New, last 28 days",
}


class WinterPart(QObject):
    """On or off by hand, with a note that everyone at the keyboard reads."""

    def __init__(self, ui: Ui_PrivateHome, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        session = context.session
        self._line = SavedField(
            ui.winter_note_edit,
            ui.winter_note_error,
            session.work,
            PrivateSettings,
            "winter_protocol_note",
            lambda text: change_private_settings(session, winter_protocol_note=text),
        )
        self._line.saved.connect(lambda: context.changes.tell("settings"))
        ui.winter_button.clicked.connect(self._turn)

    def show(self, now: PrivateSettings, *, may_change: bool) -> None:
        """The flag, large while it is on."""
        ui, on = self._ui, now.winter_protocol
        ui.winter_banner.setVisible(on)
        ui.winter_note.setText(now.winter_protocol_note)
        ui.winter_note.setVisible(bool(now.winter_protocol_note))
        ui.winter_pill.set_text("On" if on else "Off", Tone.MEDIUM if on else Tone.NEUTRAL)
        ui.winter_button.setText("Turn of&f" if on else "Tur&n on")
        for part in (ui.winter_button, ui.winter_note_edit):
            part.setEnabled(may_change)
        self._line.show(now.id, now.winter_protocol_note)
        if not ui.winter_note_edit.hasFocus():
            ui.winter_note_edit.setCursorPosition(0)

    def end(self) -> None:
        """What is typed is saved."""
        self._line.end()

    def _turn(self) -> None:
        self._line.end()
        on = not private_settings(self._context.session).winter_protocol
        set_winter_protocol(self._context.session, on=on)
        self._ui.done_bar.say(f"Severe weather protocol is {'on' if on else 'off'}.")
        self._context.changes.tell("settings")


class FigurePart(QObject):
    """A number of people leaves this file as a sentence, by the lead's own press of a button."""

    def __init__(self, ui: Ui_PrivateHome, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        for counted in Counted:
            ui.counted_combo.addItem(TITLES[counted], counted)
        ui.counted_combo.currentIndexChanged.connect(lambda _: ui.counted_error.clear(ui.counted_combo))
        ui.release_button.clicked.connect(self._release)
        ui.released_view.set_flush(True)
        ui.released_view.set_wrapping(True)
        ui.released_view.chosen.connect(self._copy_again)

    def show(self, *, may_release: bool) -> None:
        """What was let out before; a click copies it again."""
        ui, session = self._ui, self._context.session
        known = figures.released(session) if session.roles & set(LEADING) else ()
        ui.released_view.set_entries(
            [
                Entry(
                    one.id,
                    f"{one.count[:1].upper()}{one.count[1:]} {one.counted.value}",
                    screen_day(one.on, session.today),
                )
                for one in known
            ]
        )
        ui.released_view.setVisible(bool(known))
        ui.released_empty.setVisible(not known)
        ui.counted_combo.setEnabled(may_release)
        ui.release_button.setEnabled(may_release)

    def _release(self) -> None:
        ui = self._ui
        try:
            figure = figures.release(self._context.session, Counted(ui.counted_combo.currentData()))
        except Refused as refusal:
            ui.counted_error.set_error(refusal.sentence, ui.counted_combo)
            return
        ui.counted_error.clear(ui.counted_combo)
        self._copy(figure.sentence)
        self._context.changes.tell("figures")

    def _copy_again(self, key: str) -> None:
        sentence = next(one.sentence for one in figures.released(self._context.session) if one.id == key)
        self._copy(sentence)

    def _copy(self, sentence: str) -> None:
        QGuiApplication.clipboard().setText(sentence)
        self._ui.done_bar.say("Copied:", sentence, undo="")


STEPS: dict[Enum, StepLook] = {
    PrivateStep.HELP: StepLook("private_help"),
    PrivateStep.SESSION: StepLook("private_live"),
    PrivateStep.ROOM: StepLook("private_room"),
    PrivateStep.BEGIN: StepLook("private_room", "users"),
    PrivateStep.MINUTES: StepLook("private_minutes", "file-text"),
    PrivateStep.CIRCULATE: StepLook("private_circulate", "send"),
    PrivateStep.PEOPLE: StepLook("private_people", "users"),
    PrivateStep.AGENDA: StepLook("private_agenda", "list-checks"),
}
LIST = "private_people"
NEEDS: dict[Enum, NeedLook] = {
    PrivateNeed.LATE_MINUTES: NeedLook("send", "private_minutes"),
    NeedKind.CORRECT_MINUTES: NeedLook("pencil", "private_minutes"),
    NeedKind.UPDATES: NeedLook("send", "private_updates"),
    NeedKind.REMARKS: NeedLook("message-square", "private_minutes"),
    NeedKind.CONFIRM_MAIL: NeedLook("circle-check", "private_updates", "confirm"),
    PrivateNeed.LATE_ACTIONS: NeedLook("clock", "private_minutes"),
    PrivateNeed.NEVER_SCORED: NeedLook("circle-dashed", "private_risk", several=LIST),
    PrivateNeed.SCORE_OVER: NeedLook("hourglass", "private_risk", several=LIST),
    PrivateNeed.NO_MATRIX: NeedLook("triangle-alert", "private_settings", "matrix"),
    PrivateNeed.UNSEEN: NeedLook("eye-off", "private_person", several=LIST),
    PrivateNeed.OFFER_OPEN: NeedLook("message-square", "private_person", several=LIST),
    PrivateNeed.NOT_ASKED: NeedLook("file-check", "private_person", several=LIST),
    PrivateNeed.UNKNOWN_IN_ROOM: NeedLook("user-check", "private_room"),
    PrivateNeed.NO_DEPUTY: NeedLook("user-plus", "private_register"),
    PrivateNeed.DEPUTY_SHUT_OUT: NeedLook("key-round", "users"),
    PrivateNeed.CLAUSE: NeedLook("scroll-text", "private_settings", "clauses"),
    PrivateNeed.CIRCULATION: NeedLook("send", "private_settings", "minutes"),
    PrivateNeed.RECOVERY: NeedLook("key-round", "users"),
    **FILE_NEEDS,
}
NO_NEED = NoNeed(
    "Nothing to do", "Scores out of date, people not seen, open offers and overdue actions are listed here."
)
KEPT_BACK = NoNeed(
    "Not shown now",
    "During a session, and for anyone except New Hope's lead, nothing about people is shown here.",
    icon="eye-off",
)


class PrivateHomePage(HomeBase):
    """The severe weather flag and the figures that leave this file stand at the side."""

    STEM = "private_home"
    STEPS = STEPS
    NEEDS = NEEDS
    ACTIONS = (
        NEXT_STEP,
        *called(CHOOSE, "choose an item", "choose"),
        TO_SIDE.short("weather, figures"),
        FIND.short("any command"),
        SPELLING,
        UNDO,
        LOCK,
        HELP,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ahead: PrivateAhead | None = None
        self._ui = ui = Ui_PrivateHome()
        ui.setupUi(self)
        ui.work.set_notice(ui.winter_banner)
        self._winter = WinterPart(ui, context, self)
        self._figures = FigurePart(ui, context, self)
        ui.done_bar.undo_asked.connect(self.undo)
        self._build(ui.columns, ui.work, ui.side_frame, "weather, figures")

    def entered(self, argument: object = None) -> None:
        """What was said before has been read."""
        self._ui.done_bar.dismiss()
        super().entered(argument)

    def left(self) -> None:
        """The note is on disk."""
        super().left()
        self._winter.end()

    def refresh(self) -> None:
        """Read everything anew and show it."""
        ahead = self._ahead = look_ahead(self._context.session)
        may = ahead.people is not None
        self._winter.show(ahead.settings, may_change=may)
        self._figures.show(may_release=may)
        self._show_home(
            HomeContent(
                ahead.next_step,
                (ahead.session, session_steps(ahead)),
                (ahead.minutes, minutes_steps(ahead)),
                ahead.needs,
                NO_NEED if may else KEPT_BACK,
            )
        )

    def take(self, step: NextStep) -> None:
        """The room check without a meeting of the group opens here; everything else is a page."""
        if step.kind is not PrivateStep.BEGIN:
            super().take(step)
            return
        try:
            begin_alone(self._context.session, step.meeting_id)
        except Refused as refusal:
            self._ui.done_bar.say(refusal.sentence, tone=Tone.HIGH, undo="")
            return
        self._context.changes.tell("meeting")
        self.navigate.emit("private_room", step.meeting_id)

    def bar_state(self) -> BarState:
        """Where New Hope is between two sessions."""
        return private_bar(self._ahead, self._context.session.now()) if self._ahead is not None else BarState()

    def strip_text(self) -> str:
        """Where it is kept."""
        return "Kept in the private file only, encrypted on this laptop."
