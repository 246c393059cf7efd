"""The words of Home: its bar, its steps and its lists, made from what the service answers."""

from collections.abc import Sequence
from datetime import date, datetime

from csp_desktop.domain.cases import Band
from csp_desktop.domain.clocks import PromiseKind
from csp_desktop.domain.days import WEEKDAYS_LONG, clock, days_words, local, long_day, short_day, tiny_day
from csp_desktop.domain.meeting import MeetingState
from csp_desktop.gui.theme import Tone
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.meeting_bar import BarNote, BarState, Figure, Segment, SegmentState
from csp_desktop.gui.widgets.step_marks import StepMark, StepState
from csp_desktop.services.keeping_cases import CasePromise
from csp_desktop.services.looking_ahead import Ahead, Countdown
from csp_desktop.services.noticing_needs import Need

BAND_TONES = {Band.HIGH: Tone.HIGH, Band.MEDIUM: Tone.MEDIUM, Band.STANDARD: Tone.LOW, None: Tone.NEUTRAL}
_MOST_OF_A_KIND = 4  # the rest of a group is one line that leads to the cases


def home_bar(ahead: Ahead, partnership: str, now: datetime) -> BarState:
    """The days from the last meeting to the next, with the day the minutes go out; open cases and actions, the time."""
    today = local(now).date()
    running = ahead.coming_meeting is not None and ahead.coming_meeting.state is not MeetingState.PLANNED
    headline, segments, notes = _days(ahead, today)
    return BarState(
        title=partnership,
        subtitle=f"{long_day(today)}, {'a meeting is running' if running else 'no meeting running'}",
        headline=headline,
        segments=segments,
        notes=notes,
        figures=(
            Figure("layers", str(ahead.open_cases), "open cases"),
            Figure("list-checks", str(ahead.open_actions), "open actions"),
            Figure("clock", clock(now), WEEKDAYS_LONG[today.weekday()]),
        ),
    )


def _days(ahead: Ahead, today: date) -> tuple[str, tuple[Segment, ...], tuple[BarNote, ...]]:
    last, following = ahead.last_meeting, ahead.next_on
    if following is None:
        return "No meeting planned", (), ()
    goal = BarNote(f"{tiny_day(following)} CPG", marker=SegmentState.GOAL)
    if last is None or not last.on <= today <= following:
        left = (following - today).days
        words = "The next CPG is today" if left == 0 else f"{days_words(left)} to the next CPG"
        return words if left >= 0 else "The day of the meeting has passed", (), (goal,)
    whole, day = (following - last.on).days, (today - last.on).days
    marked = (ahead.circulate_on - last.on).days if ahead.circulate_on else 0
    segments = tuple(Segment(_state(number, day, marked, whole)) for number in range(1, whole + 1))
    notes = [goal]
    if ahead.circulate_on and marked < whole:
        notes.insert(0, BarNote(f"{tiny_day(ahead.circulate_on)} circulate", marker=SegmentState.MARKED))
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
    sending = StepState.CURRENT if ahead.draft_saved_at else StepState.AHEAD
    return [
        StepMark("Held", tiny_day(ahead.last_meeting.on), StepState.DONE),
        StepMark("Draft", *_draft(ahead)),
        StepMark("Circulate", f"by {tiny_day(ahead.circulate_on)}", sending),
    ]


def _draft(ahead: Ahead) -> tuple[str, StepState]:
    saved_at = ahead.draft_saved_at
    return (
        (f"saved {tiny_day(local(saved_at).date())}", StepState.DONE) if saved_at else ("in Minutes", StepState.CURRENT)
    )


def meeting_steps(ahead: Ahead) -> list[StepMark]:
    """From planning to the meeting; the first that is not done is the one to do."""
    coming = ahead.coming_meeting
    signing = coming is not None and coming.state is MeetingState.SIGN_IN
    running = coming is not None and coming.state is MeetingState.IN_SESSION
    done = (coming is not None, ahead.prepared or signing or running, running, False)
    words = ("Plan", "Prepare", "Sign-in", "Meeting")
    agreed = f"for {tiny_day(ahead.agreed_on)}" if ahead.agreed_on else ""
    captions = (tiny_day(coming.on) if coming else agreed, "", clock(coming.starts) if coming else "", "")
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


def need_entries(needs: Sequence[Need]) -> list[Entry]:
    """One row each; the key is its place."""
    return [
        Entry(
            str(at),
            need.title,
            need.detail,
            icon=need.icon,
            tile=Tone(need.tone),
            pill=need.when,
            pill_tone=Tone(need.tone) if need.tone != "accent" else Tone.NEUTRAL,
            people=need.officers,
            totals=tuple((str(total), BAND_TONES[Band(band) if band else None]) for total, band in need.totals),
        )
        for at, need in enumerate(needs)
    ]


def side_entries(ahead: Ahead) -> list[Entry]:
    """The cases by broken promise, what falls due before the meeting, and the late actions by officer."""
    entries: list[Entry] = []
    for kind in PromiseKind:
        rows = [row for row in ahead.broken if row.promise.kind is kind]
        entries += _group(kind.value, rows, "broken")
    due = sorted(ahead.due, key=lambda row: row.promise.due_on or date.max)
    entries += _group("Due before the meeting", due, "due")
    if ahead.late_officers:
        entries.append(Entry("", "Late actions", caption=str(ahead.late_actions), heading=True))
    for officer in ahead.late_officers:
        oldest = f"oldest {days_words(officer.oldest_days)} late"
        subtitle = f"{officer.agency}, {oldest}" if officer.agency else oldest
        key = f"officer:{officer.member_id}"
        late = str(officer.late)
        entries.append(Entry(key, officer.name, subtitle, person=officer.name, caption=late, tone=Tone.HIGH))
    return entries


def _group(title: str, rows: Sequence[CasePromise], which: str) -> list[Entry]:
    if not rows:
        return []
    shown = rows if len(rows) <= _MOST_OF_A_KIND + 1 else rows[:_MOST_OF_A_KIND]
    entries = [Entry("", title, caption=str(len(rows)), heading=True), *(_case_entry(row) for row in shown)]
    if len(rows) > len(shown):
        entries.append(Entry(f"{which}:{title}", f"and {len(rows) - len(shown)} more", icon="chevron-right"))
    return entries


def _case_entry(row: CasePromise) -> Entry:
    place, _, what = row.case.title.partition(": ")
    return Entry(
        f"case:{row.case.id}",
        place,
        ", ".join(part for part in (_when(row), what) if part),
        rating="–" if row.case.total is None else str(row.case.total),
        rating_word=row.case.band.value if row.case.band else "not rated",
        rating_tone=BAND_TONES[row.case.band],
    )


def _when(row: CasePromise) -> str:
    promise = row.promise
    if promise.kind is PromiseKind.MONITORING and promise.due_on and promise.days_late:
        return f"since {tiny_day(promise.due_on)}"
    if promise.days_late:
        return f"{days_words(promise.days_late)} {'late' if promise.kind is PromiseKind.REVIEW else 'over'}"
    return short_day(promise.due_on) if promise.due_on else ""


def big_number(countdown: Countdown) -> tuple[str, str, Tone | None]:
    """The number of a countdown, its unit and its colour."""
    if countdown.days is None:
        return "None", "", None
    days = abs(countdown.days)
    unit = ("day" if days == 1 else "days") + (" ago" if countdown.days < 0 else "")
    return str(days), unit, Tone.MEDIUM if countdown.tone == "medium" else None
