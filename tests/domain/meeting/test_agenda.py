"""The agenda and what fits the slot."""

from datetime import date, time

from csp_desktop.domain.meeting.agenda import default_agenda
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


def test_each_item_of_the_usual_agenda_has_its_title_and_its_minutes():
    assert [(item.title, item.planned_minutes) for item in default_agenda(MEETING, Settings())] == [
        ("Confidentiality", 5),
        ("Apologies", 2),
        ("Minutes, matters arising", 8),
        ("Open Safety Net cases", 80),
        ("Emerging issues by area of work", 12),
        ("ASB case reviews", 6),
        ("Other business", 5),
        ("Next date", 2),
    ]
