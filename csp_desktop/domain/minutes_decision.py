"""What was decided about a case, in the words of the minutes: they say all that the read-back said."""

from datetime import date

from csp_desktop.domain.days import long_day
from csp_desktop.domain.meeting import Outcome
from csp_desktop.domain.minutes import CasePart


def decision(case: CasePart, next_on: date | None = None) -> str:
    """The outcome, to whom the case is referred whatever the outcome, and the reason, each as a sentence. A case is
    deferred to the next meeting, on its day where one was agreed."""
    sentences = [_outcome(case, f", {long_day(next_on)}" if next_on else "")]
    referred = case.refer_to.strip().removesuffix(".")
    if referred and case.outcome is not Outcome.REFER:
        sentences.append(f"Referred to {referred}")
    reason = case.reason.strip().removesuffix(".")
    if reason:
        sentences.append(f"Reason: {reason}")
    return " ".join(f"{sentence}." for sentence in sentences)


def _outcome(case: CasePart, next_day: str) -> str:
    outcome, until = case.outcome, long_day(case.monitor_until) if case.monitor_until else ""
    if outcome is None:
        return "None recorded"
    if outcome is Outcome.DE_ESCALATE and until:
        return f"De-escalate and monitor until {until}, then close"
    if outcome is Outcome.CLOSE and until:
        return f"Close, before its month of monitoring ends on {until}"
    if outcome is Outcome.CLOSE and case.since_unknown:
        return "Close, though it is not known since when it was monitored"
    if outcome is Outcome.REFER and case.refer_to.strip():
        return f"Refer to {case.refer_to.strip().removesuffix('.')}"
    return f"Defer to the next meeting{next_day}" if outcome is Outcome.DEFER else outcome.value.capitalize()
