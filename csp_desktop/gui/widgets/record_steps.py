"""How far the record of a meeting is, as the five steps of the dark bar."""

from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.common.days import local, screen_day
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.gui.widgets.steps import StepMark, StepState
from csp_desktop.services.minutes.versions import Standing

NOT_CIRCULATED = "not circulated"


@dataclass(frozen=True)
class RecordDates:
    """What the steps say besides how the record stands. `passed` and `checks` count what is looked at before minutes
    leave; `approver` is whom the approval waits for; `agreed_at` names the next meeting."""

    held: date
    passed: int
    checks: int
    approver: str
    circulate_by: date
    today: date
    agreed_at: str = ""


def record_steps(now: Standing, dates: RecordDates) -> tuple[StepMark, ...]:
    """Draft, checked, approved, circulated, agreed, each with its day and who. What was agreed and never went out says
    so."""
    order = list(MinutesState)
    reached = order.index(now.state)
    captions = (
        f"meeting of {screen_day(dates.held, dates.today)}",
        _checked(now, dates),
        _approved(now, dates),
        _circulated(now, dates),
        _agreed(now, dates),
    )
    titles = [state.value.capitalize() for state in order]
    return tuple(
        StepMark(title, caption, StepState.AHEAD if _is_missing(now, order[at]) else _state(at, reached))
        for at, (title, caption) in enumerate(zip(titles, captions, strict=True))
    )


def _is_missing(now: Standing, step: MinutesState) -> bool:
    """Whether a step was passed over: a meeting agreed what had not gone out."""
    return step is MinutesState.CIRCULATED and now.state is MinutesState.AGREED and not now.is_circulated


def _state(at: int, reached: int) -> StepState:
    if at <= reached:
        return StepState.DONE
    return StepState.CURRENT if at == reached + 1 else StepState.AHEAD


def _checked(now: Standing, dates: RecordDates) -> str:
    if now.state is MinutesState.DRAFT or now.checked is None:
        return f"{dates.passed} of {dates.checks} pass" if dates.checks else ""
    return _who(now.checked.by, local(now.checked.at).date(), dates.today)


def _approved(now: Standing, dates: RecordDates) -> str:
    if not now.is_approved or now.approval is None:
        again = f"version {now.version}, " if now.version > 1 else ""
        return f"{again}waiting for {dates.approver}" if now.state is MinutesState.CHECKED else f"by {dates.approver}"
    by = "by email" if now.awaits_confirmation else now.approval.by
    return _who(by, local(now.approval.at).date(), dates.today)


def _circulated(now: Standing, dates: RecordDates) -> str:
    if _is_missing(now, MinutesState.CIRCULATED):
        return NOT_CIRCULATED
    words = screen_day(dates.circulate_by, dates.today)
    late = dates.circulate_by < dates.today and now.state not in (MinutesState.CIRCULATED, MinutesState.AGREED)
    return f"was due {words}" if late else f"by {words}"


def _agreed(now: Standing, dates: RecordDates) -> str:
    if now.state is MinutesState.AGREED and now.agreed is not None:
        return f"correct record, {screen_day(local(now.agreed.at).date(), dates.today)}"
    return dates.agreed_at


def _who(name: str, day: date, today: date) -> str:
    return f"{name}, {screen_day(day, today)}"
