"""The next step of a Home, the same for both meetings: what the record of the last meeting waits for."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.overdue import days_overdue, overdue_words
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.services.minutes.versions import Standing


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: title, the button's words, and of which meeting. `is_late`: its day is past, which the
    first of the chips says."""

    title: str
    button: str
    kind: Enum  # Step, or the private meeting's own
    meeting_id: str = ""
    chips: tuple[str, ...] = ()
    is_late: bool = False


@dataclass(frozen=True)
class RecordSteps:
    """What the two meetings call these steps. `in_one`: who is signed in approves what nobody checked yet."""

    minutes: Enum
    circulate: Enum
    in_one: bool = False


def record_step(last: Meeting, due: date, today: date, now: Standing, steps: RecordSteps) -> NextStep | None:
    """The check, what was sent back, the approval, its confirmation, the circulation; None once everybody has the
    minutes. `due` is the day by which they go out."""
    late = overdue_words(days_overdue(due, today))
    by = late or f"Circulate by {screen_day(due, today)}"
    found = _step(last, today, now, steps)
    return replace(found, chips=(by, *found.chips), is_late=bool(late)) if found is not None else None


def _step(last: Meeting, today: date, now: Standing, steps: RecordSteps) -> NextStep | None:
    def of(verb: str, chip: str = "", button: str = "Open minutes", kind: Enum = steps.minutes) -> NextStep:
        title = f"{verb} the minutes of {screen_day(last.on, today)}"
        return NextStep(title, button, kind, last.id, (chip,) if chip else ())

    if now.awaits_confirmation:
        return of("Confirm", f"Approved by email of {now.approval.by}" if now.approval else "")
    if now.is_approved:
        waits = now.state is MinutesState.APPROVED
        return of("Circulate", "", "Open circulation", steps.circulate) if waits else None
    if now.state is MinutesState.CHECKED:
        return of("Approve", f"Checked by {now.checked.by}" if now.checked else "")
    if now.sent_back is not None:
        return of("Correct", f"Sent back by {now.sent_back.by}")
    return of("Approve" if steps.in_one else "Check")
