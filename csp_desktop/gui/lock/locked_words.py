"""What the unlock screen may say of a meeting that runs on behind it: times and counts, never a case."""

from typing import NamedTuple

from csp_desktop.domain.common.days import clock, dated_day
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.pace import SAID_FROM
from csp_desktop.gui.widgets.lock_panel import LockFigure
from csp_desktop.gui.widgets.meeting_figures import left_for_cases, people_present
from csp_desktop.services.meeting.running_meeting import meeting_state, running
from csp_desktop.services.session import Session


class RunningMeeting(NamedTuple):
    """A meeting that was running when the program was locked, in words; never a case."""

    since: str  # '14:00'
    body: str  # 'Community Protection Group'
    day: str  # 'Thursday 26 November 2026, ends 16:00'
    place: str  # 'Case 8'
    headline: str = ""  # 'Case 8 of 23'
    pace: str = ""  # '4 min behind'
    done: int = 0
    total: int = 0
    saved_at: str = ""  # '14:49:31'
    figures: tuple[LockFigure, ...] = ()


def running_in_words(session: Session) -> RunningMeeting | None:
    """The meeting in session, in words; None when none is."""
    if session.private:  # the unlock screen of the private file tells nothing of its meeting
        return None
    meeting = running(session)
    if meeting is None or meeting.state is not MeetingState.IN_SESSION or meeting.started_at is None:
        return None
    live = meeting_state(session, meeting.id)
    total = len(live.walk)
    place = f"Case {live.number}" if live.number else live.item.title if live.item else "the agenda"
    headline = f"Case {live.number} of {total}" if live.number else place
    pace, now = live.pace(session.now()), session.now()
    shown = (left_for_cases(pace), people_present(live))
    figures = (*(LockFigure(f.icon, f.big, f.small) for f in shown), LockFigure("lock", clock(now), "locked"))
    behind = pace.words if pace.behind >= SAID_FROM else ""
    return RunningMeeting(
        clock(meeting.started_at), live.body, _day(meeting), place, headline, behind, live.done, total, figures=figures
    )


def _day(meeting: Meeting) -> str:
    return f"{dated_day(meeting.on)}, ends {clock(meeting.ends)}"
