"""The agenda and what fits the slot."""

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.meeting.agenda import default_agenda, fitting, propose_deferrals
from csp_desktop.domain.meeting.meeting import ItemKind, Meeting, MeetingKind
from csp_desktop.domain.people.settings import Settings

MEETING = Meeting("m", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "Town Hall", "", "")


def test_the_usual_agenda_in_its_order_fills_two_hours():
    items = default_agenda(MEETING, Settings())
    private = {ItemKind.PEOPLE, ItemKind.WINTER, ItemKind.COUNT}
    assert [i.kind for i in items] == [kind for kind in ItemKind if kind not in private]
    assert [i.position for i in items] == list(range(1, 9))
    assert sum(i.planned_minutes for i in items) == 120


def test_the_partnership_s_own_minutes_win():
    items = default_agenda(MEETING, Settings(agenda_minutes=(("other business", 20),)))
    assert next(i.planned_minutes for i in items if i.kind is ItemKind.OTHER) == 20


def test_what_does_not_fit_is_put_off_from_the_end_of_the_walk():
    assert propose_deferrals([5, 4, 3], 9) == {2}
    assert propose_deferrals([5, 4, 3], 8) == {1, 2}
    assert fitting([5, 4, 3], 8) == 1


def test_nothing_is_put_off_when_all_fit():
    assert propose_deferrals([5, 4, 3], 12) == frozenset()


@given(st.lists(st.integers(1, 15), max_size=60), st.integers(0, 200))
def test_what_stays_fits_and_one_more_would_not(minutes, room):
    stay = fitting(minutes, room)
    assert sum(minutes[:stay]) <= room
    assert stay == len(minutes) or sum(minutes[: stay + 1]) > room
