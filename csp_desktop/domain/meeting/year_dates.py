"""The dates of a year: proposed from how often the group meets, without weekends and bank holidays."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from csp_desktop.domain.common.deadlines import add_months, meeting_day
from csp_desktop.domain.people.settings import Settings

MONTHS_AHEAD = 12


@dataclass(frozen=True)
class ProposedDate:
    """One day for a meeting. `moved_from` is the day the frequency gave, where that is no working day."""

    on: date
    moved_from: date | None = None


def propose_year(
    last: date, settings: Settings, holidays: AbstractSet[date], today: date, taken: AbstractSet[date] = frozenset()
) -> tuple[ProposedDate, ...]:
    """The days after `last` that the frequency gives, up to a year from today. One that falls on a weekend or a bank
    holiday moves and the rhythm stays; none is proposed in the past, or where a meeting stands already.
    """
    until = add_months(today, MONTHS_AHEAD)
    step, due, found = timedelta(weeks=settings.meeting_every_weeks), last, list[ProposedDate]()
    used = set(taken)
    while (due := due + step) <= until:
        on = meeting_day(due, holidays)
        if on >= today and on not in used and on <= until:
            used.add(on)
            found.append(ProposedDate(on, due if on != due else None))
    return tuple(found)
