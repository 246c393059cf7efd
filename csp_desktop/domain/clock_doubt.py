"""Whether this computer's clock can be right, by the newest entry of the file: asked when it is opened."""

from datetime import datetime, timedelta

from csp_desktop.domain.days import clock, local, long_day

BEHIND = timedelta(minutes=5)  # two computers' clocks may differ so far
AHEAD = timedelta(days=400)  # no partnership rests for longer


def clock_doubt(now: datetime, newest: datetime | None) -> str:
    """What is wrong, in two sentences; empty where nothing is. Both instants are aware."""
    if newest is None or newest - BEHIND <= now <= newest + AHEAD:
        return ""
    wrong = "behind it" if now < newest else "more than a year after it"
    newest_said = f"The newest entry in the file is of {_moment(newest)}"
    return f"This computer's clock says {_moment(now)}. {newest_said}: the clock is {wrong}."


def _moment(at: datetime) -> str:
    day = local(at).date()
    return f"{long_day(day)}, {clock(at)}"
