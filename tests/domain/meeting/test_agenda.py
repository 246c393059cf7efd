"""The agenda: the standard items, those of the group's own, and the template."""

from dataclasses import replace
from datetime import date, time

import pytest

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.agenda import (
    DEFAULT_ITEMS,
    AgendaTemplate,
    ItemField,
    Presentation,
    default_agenda,
    item_minutes,
    item_title,
    missing_items,
    place_of_new,
    presenter_words,
    refuse_removal,
)
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingKind
from csp_desktop.domain.people.settings import Settings

MEETING = Meeting("m", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "Town Hall", "", "")
DAY = date(2026, 11, 26)


def template(*rows):
    return AgendaTemplate(rows, DAY, "Marcus Bell")


def kinds(items):
    return [item.kind for item in items]


def test_the_usual_agenda_in_its_order_fills_two_hours():
    items = default_agenda(MEETING, Settings())
    assert set(kinds(items)) == set(ItemKind) - {ItemKind.PEOPLE, ItemKind.WINTER, ItemKind.COUNT, ItemKind.OWN}
    assert [i.position for i in items] == list(range(1, 14))
    assert sum(i.planned_minutes for i in items) == 120


def test_the_partnership_s_own_minutes_win():
    items = default_agenda(MEETING, Settings(agenda_minutes=(("other business", 20),)))
    assert next(i.planned_minutes for i in items if i.kind is ItemKind.OTHER) == 20


def test_each_item_of_the_usual_agenda_has_its_title_and_its_minutes():
    assert [(item.title, item.planned_minutes) for item in default_agenda(MEETING, Settings())] == [
        ("Confidentiality", 5),
        ("Apologies", 2),
        ("Declarations of interest", 1),
        ("Minutes of the last meeting", 2),
        ("Matters arising", 5),
        ("Open Safety Net cases", 80),
        ("Emerging issues by area of work", 10),
        ("ASB case reviews", 5),
        ("The group’s own performance", 2),
        ("Answers from the boards", 2),
        ("Information for members", 2),
        ("Other business", 2),
        ("Next date", 2),
    ]


def test_a_meeting_begins_with_the_template_s_items_titles_and_order():
    usual = [(kind.value, title, minutes) for kind, title, minutes in DEFAULT_ITEMS]
    rows = (*usual[:2], ("own item", "Word from the chair", 4), *usual[2:-1], ("next date", "When we meet next", 1))
    items = default_agenda(MEETING, Settings(), template(*rows))
    assert [(i.kind.value, i.title, i.planned_minutes) for i in items] == list(rows)
    assert [i.position for i in items] == list(range(1, 15))


def test_of_a_template_s_standard_items_the_minutes_in_the_settings_count():
    rows = [(kind.value, title, minutes) for kind, title, minutes in DEFAULT_ITEMS]
    items = default_agenda(MEETING, Settings(agenda_minutes=(("apologies", 9),)), template(*rows))
    assert next(i.planned_minutes for i in items if i.kind is ItemKind.APOLOGIES) == 9


def test_a_standard_item_the_template_does_not_know_stands_where_the_usual_agenda_has_it():
    kept = [(k.value, t, m) for k, t, m in DEFAULT_ITEMS if k not in (ItemKind.INTERESTS, ItemKind.CONFIDENTIALITY)]
    items = default_agenda(MEETING, Settings(), template(*kept))
    assert kinds(items) == [kind for kind, _, _ in DEFAULT_ITEMS]


def test_what_an_older_agenda_lacks_is_named_in_the_usual_order():
    older = [i for i in default_agenda(MEETING, Settings()) if i.kind not in (ItemKind.BOARDS, ItemKind.INTERESTS)]
    assert [title for _, title, _ in missing_items(older)] == ["Declarations of interest", "Answers from the boards"]
    assert missing_items(default_agenda(MEETING, Settings())) == ()


def test_a_title_is_kept_in_one_line_and_never_empty():
    assert item_title("  Fires  in\tflats ") == "Fires in flats"
    with pytest.raises(FieldRefused, match="needs a title") as refusal:
        item_title("   ")
    assert refusal.value.field == ItemField.TITLE


@pytest.mark.parametrize("minutes", [0, 180])
def test_minutes_from_none_to_three_hours_are_taken(minutes):
    assert item_minutes(minutes) == minutes


@pytest.mark.parametrize("minutes", [-1, 181])
def test_other_minutes_are_refused_with_the_limits(minutes):
    with pytest.raises(Refused, match="from 0 to 180 minutes"):
        item_minutes(minutes)


@pytest.mark.parametrize("kind", [kind for kind, _, _ in DEFAULT_ITEMS], ids=lambda kind: kind.name)
def test_no_standard_item_can_be_lost(kind):
    item = next(i for i in default_agenda(MEETING, Settings()) if i.kind is kind)
    with pytest.raises(Refused, match="is a standard item and cannot be removed. Give it 0 minutes"):
        refuse_removal(replace(item, title="Renamed"))


def test_an_item_of_the_group_s_own_may_go():
    refuse_removal(AgendaItem("i", "m", 3, ItemKind.OWN, "Fires", 10))


def test_a_new_item_comes_under_the_one_in_hand_or_before_other_business():
    items = default_agenda(MEETING, Settings())
    assert place_of_new(items, items[4].id) == 6
    assert items[place_of_new(items) - 1].kind is ItemKind.OTHER
    assert place_of_new(items[:3]) == 4


@pytest.mark.parametrize(
    ("visitor", "host", "words"),
    [
        (True, "Tom Ellis", "Dawn Whitlock, visitor, with Tom Ellis"),
        (True, "", "Dawn Whitlock, visitor"),
        (False, "Tom Ellis", "Dawn Whitlock, with Tom Ellis"),
        (False, "", "Dawn Whitlock"),
    ],
)
def test_who_presents_is_said_in_one_line(visitor, host, words):
    assert presenter_words(Presentation("p", "m", "i", "Dawn Whitlock", visitor, "tom"), host) == words
