"""What looks like a case that is being entered by hand: the same place, or the same initials at about the same time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.common.days import screen_day
from csp_desktop.domain.common.likeness import Of, why_alike
from csp_desktop.services.cases.search import reference_of
from csp_desktop.services.session import Session

ABOUT = 31  # days between two cases of the same initials that may be one
MOST = 3


@dataclass(frozen=True)
class LikeCase:
    """A known case, and why it may be the one that is being entered."""

    case_id: str
    words: str  # 'SN-2026-047513, Vicarage Road: moped nuisance (open)'
    why: str


def like_cases(
    session: Session, location: str, initials: str, created_on: date | None, but: Collection[str] = ()
) -> tuple[LikeCase, ...]:
    """At most three, open ones before closed ones, the newest first; `but` are the ids of cases left out."""
    with session.work.reading() as records:
        cases = [case for case in records.find(Case) if case.id not in but]
    cases.sort(key=lambda case: (case.status is CaseStatus.CLOSED, -case.created_on.toordinal()))
    found: list[LikeCase] = []
    for case in cases:
        why = _why(session, case, location, initials, created_on)
        if why:
            state = "closed" if case.status is CaseStatus.CLOSED else "open"
            found.append(LikeCase(case.id, f"{reference_of(case)}, {case.title} ({state})", why))
        if len(found) == MOST:
            break
    return tuple(found)


def _why(session: Session, case: Case, location: str, initials: str, created_on: date | None) -> str:
    """Initials alone are shared by many: they count beside the place, or close in time."""
    place = why_alike(Of.PLACES, location, case.location, session.papers.likeness)
    theirs = bool(initials.strip()) and initials.strip().casefold() == case.initials.casefold()
    near = theirs and created_on is not None and abs((created_on - case.created_on).days) <= ABOUT
    if place:
        return f"{place}, the same initials" if theirs else place
    return f"the same initials, created on {screen_day(case.created_on, session.today)}" if near else ""
