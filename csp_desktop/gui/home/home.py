"""Home: the next step as the one primary button, two countdowns, what needs someone, how the cases stand."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum

from PySide6.QtWidgets import QWidget

from csp_desktop._built.ui_home import Ui_Home
from csp_desktop.domain.cases.clocks import PromiseKind
from csp_desktop.domain.common.days import clock, days_words, local, screen_day, weekday
from csp_desktop.domain.common.overdue import overdue_words
from csp_desktop.domain.common.users import EVERY_ROLE
from csp_desktop.domain.meeting.meeting import MeetingState
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.gui.style.theme import Tone
from csp_desktop.gui.widgets.badges import BAND_TONES
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.home_work import FILE_NEEDS, HomeContent, NeedLook, NoNeed, StepLook
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.steps import StepMark, StepState
from csp_desktop.gui.window.actions import CHOOSE, FIND, HELP, LOCK, Action, called
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.home_base import NEXT_STEP, HomeBase
from csp_desktop.services.cases.cases import CasePromise
from csp_desktop.services.home.home import Ahead, Step, look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.minutes.versions import Standing
from csp_desktop.services.people.settings import settings

_MOST_OF_A_KIND = 4  # the rest of a group is one line that leads to the cases


def home_bar(ahead: Ahead, partnership: str, now: datetime) -> BarState:
    """The days from the last meeting to the next, with the day the minutes go out; open cases and actions, the time."""
    today = local(now).date()
    running = ahead.coming_meeting is not None and ahead.coming_meeting.state is not MeetingState.PLANNED
    headline, segments, notes = _days(ahead, today)
    return BarState(
        title=partnership,
        subtitle=f"{screen_day(today, today)}, {'meeting in progress' if running else 'no meeting in progress'}",
        headline=headline,
        segments=segments,
        notes=notes,
        figures=(
            Figure("layers", str(ahead.open_cases), "open cases"),
            Figure("list-checks", str(ahead.open_actions), "open actions"),
            Figure("clock", clock(now), weekday(today)),
        ),
    )


def _days(ahead: Ahead, today: date) -> tuple[str, tuple[Segment, ...], tuple[BarNote, ...]]:
    last, following = ahead.last_meeting, ahead.next_on
    if following is None:
        return "No meeting planned", (), ()
    goal = BarNote(f"{screen_day(following, today)} CPG", marker=SegmentState.GOAL)
    if last is None or not last.on <= today <= following:
        left = (following - today).days
        words = "The next CPG is today" if left == 0 else f"{days_words(left)} to the next CPG"
        return words if left >= 0 else "The date of the meeting has passed", (), (goal,)
    whole, day = (following - last.on).days, (today - last.on).days
    marked = (ahead.circulate_on - last.on).days if ahead.circulate_on else 0
    segments = tuple(Segment(_state(number, day, marked, whole)) for number in range(1, whole + 1))
    notes = [goal]
    if ahead.circulate_on and marked < whole:
        notes.insert(0, BarNote(f"{screen_day(ahead.circulate_on, today)} circulate", marker=SegmentState.MARKED))
    return f"Day {day} of {whole}", segments, tuple(notes)


def _state(number: int, day: int, marked: int, whole: int) -> SegmentState:
    if number == day:
        return SegmentState.CURRENT
    if number == marked:
        return SegmentState.MARKED
    if number == whole:
        return SegmentState.GOAL
    return SegmentState.DONE if number < day else SegmentState.AHEAD


def circulate_steps(ahead: Ahead) -> list[StepMark]:
    """From the meeting held to its minutes sent: only what the file knows."""
    if ahead.last_meeting is None or ahead.circulate_on is None:
        return [StepMark("Hold"), StepMark("Draft"), StepMark("Circulate")]
    if ahead.record is not None:
        return _record_steps(ahead.last_meeting.on, ahead.circulate_on, ahead.record, ahead.today)
    sending = StepState.CURRENT if ahead.draft_saved_at else StepState.AHEAD
    return [
        StepMark("Held", screen_day(ahead.last_meeting.on, ahead.today), StepState.DONE),
        StepMark("Draft", *_draft(ahead)),
        StepMark("Circulate", f"by {screen_day(ahead.circulate_on, ahead.today)}", sending),
    ]


def _record_steps(held: date, due: date, now: Standing, today: date) -> list[StepMark]:
    """Held, checked, approved, circulated, as far as the record is."""
    is_out = now.state is MinutesState.CIRCULATED
    done = (True, now.is_approved or now.state is MinutesState.CHECKED, now.is_approved, is_out)
    at = (now.checked.at if now.checked else None, now.approval.at if now.approval else None)
    days = [
        screen_day(local(one).date(), today) if one is not None and is_done else ""
        for one, is_done in zip(at, done[1:3], strict=True)
    ]
    captions = (screen_day(held, today), *days, "" if is_out else screen_day(due, today))
    first = done.index(False) if False in done else len(done)
    words = ("Held", "Check", "Approve", "Send by"), ("Held", "Checked", "Approved", "Sent")
    return [
        StepMark(words[is_done][n], captions[n], StepState.DONE if is_done else _ahead_of(n, first))
        for n, is_done in enumerate(done)
    ]


def _ahead_of(at: int, first: int) -> StepState:
    return StepState.CURRENT if at == first else StepState.AHEAD


def _draft(ahead: Ahead) -> tuple[str, StepState]:
    saved_at = ahead.draft_saved_at
    return (
        (f"saved {screen_day(local(saved_at).date(), ahead.today)}", StepState.DONE)
        if saved_at
        else ("in Minutes", StepState.CURRENT)
    )


def meeting_steps(ahead: Ahead) -> list[StepMark]:
    """From planning to the meeting; the first that is not done is the one to do."""
    coming = ahead.coming_meeting
    signing = coming is not None and coming.state is MeetingState.SIGN_IN
    running = coming is not None and coming.state is MeetingState.IN_SESSION
    done = (coming is not None, ahead.prepared or signing or running, running, False)
    words = ("Plan", "Prepare", "Sign-in", "Meeting")
    agreed = f"for {screen_day(ahead.agreed_on, ahead.today)}" if ahead.agreed_on else ""
    captions = (
        screen_day(coming.on, ahead.today) if coming else agreed,
        "",
        clock(coming.starts) if coming else "",
        "",
    )
    past = ("Planned", "Prepared", "Signed in", "Meeting")
    current = done.index(False)
    return [
        StepMark(
            past[n] if done[n] else words[n],
            captions[n] if n or not done[0] else "",
            StepState.DONE if done[n] else StepState.CURRENT if n == current else StepState.AHEAD,
        )
        for n in range(4)
    ]


def side_entries(ahead: Ahead) -> list[Entry]:
    """The cases by broken promise, what falls due before the meeting, and the late actions by officer."""
    entries: list[Entry] = []
    for kind in PromiseKind:
        rows = [row for row in ahead.broken if row.promise.kind is kind]
        entries += _group(kind.value, rows, "broken", ahead.today)
    due = sorted(ahead.due, key=lambda row: row.promise.due_on or date.max)
    entries += _group("Due before the meeting", due, "due", ahead.today)
    if ahead.late_officers:
        entries.append(Entry("", "Overdue actions", caption=str(ahead.late_actions), heading=True))
    for officer in ahead.late_officers:
        oldest = f"oldest {overdue_words(officer.oldest_days)}"
        subtitle = f"{officer.agency}, {oldest}" if officer.agency else oldest
        key = f"officer:{officer.member_id}"
        late = str(officer.late)
        entries.append(Entry(key, officer.name, subtitle, person=officer.name, caption=late, tone=Tone.HIGH))
    return entries


def _group(title: str, rows: Sequence[CasePromise], which: str, today: date) -> list[Entry]:
    if not rows:
        return []
    shown = rows if len(rows) <= _MOST_OF_A_KIND + 1 else rows[:_MOST_OF_A_KIND]
    entries = [Entry("", title, caption=str(len(rows)), heading=True), *(_case_entry(row, today) for row in shown)]
    if len(rows) > len(shown):
        entries.append(Entry(f"{which}:{title}", f"and {len(rows) - len(shown)} more", icon="chevron-right"))
    return entries


def _case_entry(row: CasePromise, today: date) -> Entry:
    place, _, what = row.case.title.partition(": ")
    return Entry(
        f"case:{row.case.id}",
        place,
        ", ".join(part for part in (_when(row, today), what) if part),
        rating="–" if row.case.total is None else str(row.case.total),
        rating_word=row.case.band.value if row.case.band else "not rated",
        rating_tone=BAND_TONES[row.case.band],
    )


def _when(row: CasePromise, today: date) -> str:
    promise = row.promise
    if promise.days_late:
        return overdue_words(promise.days_late)
    return screen_day(promise.due_on, today) if promise.due_on else ""


STEPS: dict[Enum, StepLook] = {
    Step.PEOPLE: StepLook("people", "users"),
    Step.IMPORT: StepLook("import_cases", "upload"),
    Step.PLAN: StepLook("prepare", "calendar-days"),
    Step.PREPARE: StepLook("prepare", "calendar-days"),
    Step.SIGN_IN: StepLook("sign_in", "pencil"),
    Step.MEET: StepLook("live"),
    Step.MINUTES: StepLook("minutes", "file-text"),
    Step.CIRCULATE: StepLook("circulate_minutes", "send"),
    Step.LISTS: StepLook("minutes", "send", "lists"),
    Step.PAPER: StepLook("prepare", "calendar-days"),
}
NEEDS: dict[Enum, NeedLook] = {
    NeedKind.LATE_ACTIONS: NeedLook("clock", "actions"),
    PromiseKind.ASSESSMENT: NeedLook("circle-alert", "cases", "broken"),
    PromiseKind.REVIEW: NeedLook("calendar-clock", "cases", "broken"),
    PromiseKind.FALL: NeedLook("trending-up", "cases", "broken"),
    PromiseKind.MONITORING: NeedLook("eye", "cases", "broken"),
    NeedKind.DUE: NeedLook("calendar-clock", "cases", "due"),
    NeedKind.FIRST_PEOPLE: NeedLook("users", "people"),
    NeedKind.FIRST_CASES: NeedLook("upload", "import_cases"),
    NeedKind.FIRST_ACTIONS: NeedLook("list-checks", "import_actions"),
    NeedKind.FIRST_MEETING: NeedLook("calendar-days", "prepare"),
    NeedKind.REFERENCES: NeedLook("pencil", "cases", "awaiting"),
    NeedKind.REFERRALS: NeedLook("send", "case_referrals"),
    NeedKind.PROFESSIONALS: NeedLook("users", "professionals_calls"),
    NeedKind.CMHT: NeedLook("send", "case_referrals"),
    NeedKind.REVIEW_RIGHT: NeedLook("user-check", "repeat_victims"),
    NeedKind.PLANS: NeedLook("list-checks", "management_plan"),
    NeedKind.HAND_ON: NeedLook("users", "owned_things"),
    NeedKind.CAME_IN: NeedLook("download", "partner_referrals"),
    NeedKind.CAME_IN_OLD: NeedLook("download", "partner_referrals"),
    NeedKind.CLAUSES: NeedLook("scroll-text", "settings", "clauses"),
    NeedKind.PROTOCOL: NeedLook("shield-check", "people", "isp"),
    NeedKind.UPDATES: NeedLook("send", "officer_updates"),
    NeedKind.ACTION_LISTS: NeedLook("send", "minutes", "lists"),
    NeedKind.PAPERS: NeedLook("send", "meeting_papers"),
    NeedKind.SAVE_MINUTES: NeedLook("save", "minutes"),
    NeedKind.SEND_MINUTES: NeedLook("send", "circulate_minutes"),
    NeedKind.CHECK_MINUTES: NeedLook("circle-check", "minutes"),
    NeedKind.APPROVE_MINUTES: NeedLook("circle-check", "minutes"),
    NeedKind.CONFIRM_MINUTES: NeedLook("circle-check", "minutes"),
    NeedKind.CONFIRM_MAIL: NeedLook("circle-check", "officer_updates", "confirm"),
    NeedKind.SENT_BACK: NeedLook("undo-2", "minutes"),
    NeedKind.CORRECT_MINUTES: NeedLook("pencil", "minutes"),
    NeedKind.REMARKS: NeedLook("message-square", "minutes"),
    **FILE_NEEDS,
}
ALL_CASES = Action("all cases", ("Ctrl+O",), "_to_cases", strip="cases")


class HomePage(HomeBase):
    """The cases by broken promise stand at the side."""

    STEM = "home"
    STEPS = STEPS
    NEEDS = NEEDS
    ACTIONS = (
        NEXT_STEP,
        *called(CHOOSE, "choose an item, or a case", "choose"),
        ALL_CASES,
        FIND,
        LOCK,
        HELP,
    )

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._ahead: Ahead | None = None
        self._partnership = ""
        self._ui = ui = Ui_Home()
        ui.setupUi(self)
        ui.alone_label.setText("Until you add other users you have every role: chair, minute-taker and administrator.")
        ui.work.set_notice(ui.alone_label)
        ui.all_button.set_key(ALL_CASES.shown)
        ui.all_button.clicked.connect(self._to_cases)
        ui.cases_view.chosen.connect(self._open_row)
        ui.cases_empty.pressed.connect(lambda: self.navigate.emit("import_cases", None))
        self._build(ui.columns, ui.work, ui.side_frame, "cases, overdue actions")

    def refresh(self) -> None:
        """Read everything anew and show it."""
        session = self._context.session
        ahead = self._ahead = look_ahead(session)
        self._partnership = settings(session).partnership
        self._ui.alone_label.setVisible(session.roles >= frozenset(EVERY_ROLE) and ahead.people < 2)
        self._show_cases(ahead)
        self._show_home(
            HomeContent(
                ahead.next_step,
                (ahead.circulate, circulate_steps(ahead)),
                (ahead.meeting, meeting_steps(ahead)),
                ahead.needs,
                NoNeed("Nothing to do", "Overdue actions, overdue cases and papers to confirm are listed here."),
            )
        )

    def _show_cases(self, ahead: Ahead) -> None:
        ui = self._ui
        any_case = bool(ahead.open_cases)
        ui.cases_count.setText(str(ahead.open_cases) if any_case else "")
        due = f"due by {screen_day(ahead.next_on, self._context.session.today)}" if ahead.next_on else "due today"
        ui.ticks.set_counts(len(ahead.broken), len(ahead.due), ahead.kept, due)
        ui.cases_view.set_entries(side_entries(ahead))
        for part in (ui.ticks, ui.side_line, ui.foot_line, ui.kept_label, ui.all_button):
            part.setVisible(any_case)
        ui.cases_view.setVisible(bool(ui.cases_view.entries()))
        ui.cases_empty.setVisible(not any_case and not ui.cases_view.entries())
        words = "Import the Safety Net export to see cases with their ratings and dates."
        ui.cases_empty.set_content("No cases yet", words, icon="layers")
        ui.kept_label.setText(f"{ahead.kept} on track")

    def _open_row(self, key: str) -> None:
        kind, _, rest = key.partition(":")
        if kind == "case":
            self.navigate.emit("case", rest)
        elif kind == "officer":
            self.navigate.emit("actions", None)
        else:
            self.navigate.emit("cases", kind)

    def _to_cases(self) -> None:
        self.navigate.emit("cases", None)

    def bar_state(self) -> BarState:
        """Where the partnership is between two meetings."""
        if self._ahead is None:
            return BarState()
        return home_bar(self._ahead, self._partnership, self._context.session.now())
