"""Days that are proposed: never one on which nobody works."""

from datetime import date

import pytest

from csp_desktop.domain.common.deadlines import is_working_day, propose_next_meeting
from csp_desktop.domain.people.settings import Settings

HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("last", "proposed"),
    [
        (date(2026, 11, 26), date(2026, 12, 24)),  # a Thursday, four weeks on
        (date(2026, 11, 22), date(2026, 12, 21)),  # held on a Sunday: the Monday after
        (date(2026, 11, 21), date(2026, 12, 21)),  # held on a Saturday
        (date(2026, 11, 27), date(2027, 1, 8)),  # two Fridays in a row are bank holidays
        (date(2026, 11, 29), date(2027, 1, 4)),  # a Sunday whose Monday is a bank holiday
    ],
)
def test_the_next_meeting_is_proposed_on_a_working_day(last: date, proposed: date) -> None:
    day = propose_next_meeting(last, Settings(), HOLIDAYS)
    assert day == proposed and is_working_day(day, HOLIDAYS)
