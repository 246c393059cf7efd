"""The bar of the pages that belong to a running meeting: who is here, how the time stands."""

from csp_desktop.domain.days import clock, long_day
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarNote, BarState, Figure, Segment
from csp_desktop.services.running_meeting import meeting_state
from csp_desktop.services.session import Session


def meeting_bar(session: Session, meeting_id: str, headline: str, segments: tuple[Segment, ...] = ()) -> BarState:
    """Navy: the Community Protection Group is in session."""
    state, now = meeting_state(session, meeting_id), session.now()
    pace = state.pace(now)
    unsigned = state.present - state.signed
    signed = "present, all signed" if not unsigned else f"present, {unsigned} not signed"
    began = f", started {clock(state.meeting.started_at)}" if state.meeting.started_at else ""
    return BarState(
        title=state.body,
        subtitle=f"{long_day(state.meeting.on)}{began}",
        kind=BarKind.NAVY,
        icon="live",
        headline=headline,
        segments=segments,
        notes=(BarNote(pace.words, amber=pace.amber),),
        figures=(
            Figure("user-check", str(state.present), signed, amber=bool(unsigned)),
            Figure("clock", clock(now), f"ends {clock(state.meeting.ends)}"),
        ),
    )
