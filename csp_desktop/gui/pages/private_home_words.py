"""The words of the private Home: its bar and the steps of its two countdowns."""

from datetime import datetime

from csp_desktop.domain.days import WEEKDAYS_LONG, clock, days_words, local, long_day, tiny_day
from csp_desktop.domain.meeting import MeetingState
from csp_desktop.domain.private_circulation import MinutesState
from csp_desktop.gui.widgets.meeting_bar import BarState, Figure
from csp_desktop.gui.widgets.step_marks import StepMark, StepState
from csp_desktop.services.private.home import PrivateAhead

TITLE = "Rough sleeping, private"


def private_bar(ahead: PrivateAhead, now: datetime) -> BarState:
    """Grey: no session is on. No count of people, since the bar is what a passer-by reads."""
    today, coming = local(now).date(), ahead.coming
    headline = "No private session planned"
    if coming is not None:
        days = (coming.on - today).days
        headline = f"{days_words(days)} to the private session" if days > 0 else "The private session is today"
        if days < 0:
            headline = "The day of the session has passed"
        if coming.state is not MeetingState.PLANNED:
            headline = "A private session is open"
    return BarState(
        title=TITLE,
        subtitle=long_day(today),
        icon="lock",
        headline=headline,
        figures=(Figure("clock", clock(now), WEEKDAYS_LONG[today.weekday()]),),
    )


def session_steps(ahead: PrivateAhead) -> list[StepMark]:
    """From planning to the first person; the first that is not done is the one to do."""
    coming = ahead.coming
    state = coming.state if coming else None
    open_room = state in (MeetingState.SIGN_IN, MeetingState.IN_SESSION)
    done = (coming is not None, bool(ahead.picked), state is MeetingState.IN_SESSION, False)
    words = ("Plan", "People", "Room", "Session")
    captions = (tiny_day(coming.on) if coming else "", "", clock(coming.starts) if coming else "", "")
    now = 2 if open_room and not done[2] else done.index(False)
    return [
        StepMark(
            "Planned" if done[0] and n == 0 else "Picked" if done[1] and n == 1 else word,
            captions[n],
            StepState.DONE if done[n] else StepState.CURRENT if n == now else StepState.AHEAD,
        )
        for n, word in enumerate(words)
    ]


def minutes_steps(ahead: PrivateAhead) -> list[StepMark]:
    """From the session held to its minutes sent."""
    if ahead.last is None or ahead.circulate_on is None:
        return [StepMark("Hold"), StepMark("Approve"), StepMark("Circulate")]
    approved = ahead.minutes_state is not MinutesState.DRAFT
    sent = ahead.minutes_state is MinutesState.CIRCULATED
    return [
        StepMark("Held", tiny_day(ahead.last.on), StepState.DONE),
        StepMark("Approved" if approved else "Approve", "", StepState.DONE if approved else StepState.CURRENT),
        StepMark(
            "Circulated" if sent else "Circulate",
            f"by {tiny_day(ahead.circulate_on)}",
            StepState.DONE if sent else StepState.CURRENT if approved else StepState.AHEAD,
        ),
    ]
