"""Items of the agenda are added, renamed, removed and kept as a template; nothing of the standard items is lost."""

from dataclasses import replace

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.agenda import ItemField, Presentation
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.services.meeting import agenda, agenda_items
from csp_desktop.services.meeting.agenda import CheckKind, preparation
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.people.settings import settings
from tests.support.prepared_meeting import prepared_session

FIRES = OwnItem("Presentation: cooking fires", 10, "Dawn Whitlock", visitor=True, host_id="dan")


@pytest.fixture
def session():
    return prepared_session()


@pytest.fixture
def meeting(session):
    found = agenda.next_meeting(session)
    assert found is not None
    return found


def rows(session, meeting):
    return preparation(session, meeting.id).items


def row_of(session, meeting, kind):
    return next(row for row in rows(session, meeting) if row.item.kind is kind)


def close(session, meeting):
    with session.work.step("closing", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))


def test_an_own_item_stands_under_the_one_in_hand_and_its_time_counts(session, meeting):
    before = preparation(session, meeting.id)
    emerging = row_of(session, meeting, ItemKind.EMERGING)
    made = agenda_items.add_item(session, meeting.id, FIRES, emerging.item.id)
    after = preparation(session, meeting.id)
    assert [row.item.position for row in after.items] == list(range(1, 15))
    place = [row.item.id for row in after.items].index(made.id)
    assert after.items[place - 1].item.id == emerging.item.id
    assert after.planned_minutes == before.planned_minutes + 10
    assert after.items[place].detail == "Dawn Whitlock, visitor, with PS Dan Holt"


def test_without_one_in_hand_it_stands_before_other_business(session, meeting):
    agenda_items.add_item(session, meeting.id, OwnItem("Word from the chair"))
    kinds = [row.item.kind for row in rows(session, meeting)]
    assert kinds[kinds.index(ItemKind.OTHER) - 1] is ItemKind.OWN


def test_a_visitor_needs_a_name(session, meeting):
    made = agenda_items.add_item(session, meeting.id, OwnItem("Fires"))
    with pytest.raises(FieldRefused, match="the clause is read out to them") as refusal:
        agenda_items.change_item(session, made.id, OwnItem("Fires", visitor=True))
    assert refusal.value.field == ItemField.WHO


def test_who_presents_is_changed_and_taken_away_again(session, meeting):
    made = agenda_items.add_item(session, meeting.id, FIRES)
    agenda_items.change_item(session, made.id, replace(FIRES, who="Sam Porter", visitor=False, host_id="", minutes=15))
    row = row_of(session, meeting, ItemKind.OWN)
    assert (row.detail, row.minutes) == ("Sam Porter", 15)
    agenda_items.change_item(session, made.id, OwnItem("Fires"))
    assert row_of(session, meeting, ItemKind.OWN).presented is None


def test_a_standard_item_has_nobody_who_presents_it(session, meeting):
    with pytest.raises(Refused, match="Only an added item"):
        agenda_items.change_item(session, row_of(session, meeting, ItemKind.OTHER).item.id, FIRES)


def test_any_item_takes_another_title_and_stays_what_it_is(session, meeting):
    item = row_of(session, meeting, ItemKind.BOARDS).item
    agenda_items.rename_item(session, item.id, "From One Watford")
    assert row_of(session, meeting, ItemKind.BOARDS).item.title == "From One Watford"
    with pytest.raises(FieldRefused, match="needs a title"):
        agenda_items.rename_item(session, item.id, " ")


def test_an_own_item_goes_with_its_presenter_and_comes_back_by_undo(session, meeting):
    made = agenda_items.add_item(session, meeting.id, FIRES)
    agenda_items.remove_item(session, made.id)
    assert [row.item.position for row in rows(session, meeting)] == list(range(1, 14))
    with session.work.reading() as records:
        assert records.find(Presentation) == []
    session.work.undo()
    assert row_of(session, meeting, ItemKind.OWN).detail.startswith("Dawn Whitlock")


def test_a_standard_item_cannot_be_removed(session, meeting):
    with pytest.raises(Refused, match="standard item"):
        agenda_items.remove_item(session, row_of(session, meeting, ItemKind.INTERESTS).item.id)


@pytest.mark.parametrize("begun", [{"state": TurnState.IN_HAND}, {"note": "She spoke of chip pans."}])
def test_an_own_item_that_was_begun_stays(session, meeting, begun):
    made = agenda_items.add_item(session, meeting.id, FIRES)
    with session.work.step("walk") as records:
        records.save(replace(records.get(AgendaItem, made.id), **begun))
    with pytest.raises(Refused, match="has been started and cannot be removed"):
        agenda_items.remove_item(session, made.id)


def test_the_next_meeting_begins_with_the_agenda_that_was_kept(session, meeting):
    agenda_items.add_item(session, meeting.id, FIRES, row_of(session, meeting, ItemKind.APOLOGIES).item.id)
    agenda_items.rename_item(session, row_of(session, meeting, ItemKind.OTHER).item.id, "Anything else")
    with session.work.step("minutes") as records:
        item = row_of(session, meeting, ItemKind.EMERGING).item
        records.save(replace(item, planned_minutes=21))
    kept = [(row.item.kind, row.item.title, row.item.planned_minutes) for row in rows(session, meeting)]
    agenda_items.keep_template(session, meeting.id)
    assert preparation(session, meeting.id).from_template
    close(session, meeting)
    again = agenda.plan_meeting(session, agenda.propose_plan(session))
    assert [(r.item.kind, r.item.title, r.item.planned_minutes) for r in rows(session, again)] == kept
    assert all(row.presented is None for row in rows(session, again))


def test_the_settings_show_the_minutes_of_the_template(session, meeting):
    with session.work.step("minutes") as records:
        records.save(replace(row_of(session, meeting, ItemKind.EMERGING).item, planned_minutes=21))
    agenda_items.keep_template(session, meeting.id)
    minutes = dict(settings(session).agenda_minutes)
    assert minutes[ItemKind.EMERGING.value] == 21
    assert ItemKind.CASES.value not in minutes and ItemKind.OWN.value not in minutes


def test_the_usual_agenda_comes_back_when_the_template_is_forgotten(session, meeting):
    agenda_items.add_item(session, meeting.id, FIRES)
    agenda_items.keep_template(session, meeting.id)
    agenda_items.forget_template(session)
    close(session, meeting)
    again = agenda.plan_meeting(session, agenda.propose_plan(session))
    assert ItemKind.OWN not in [row.item.kind for row in rows(session, again)]
    with pytest.raises(Refused, match="the usual one"):
        agenda_items.forget_template(session)


def test_an_agenda_of_an_earlier_version_is_completed_only_when_asked(session, meeting):
    with session.work.step("as planned before", undoable=False) as records:
        for row in rows(session, meeting):
            if row.item.kind in (ItemKind.INTERESTS, ItemKind.PERFORMANCE):
                records.remove(row.item)
    check = next(c for c in preparation(session, meeting.id).checks if c.kind is CheckKind.ITEMS)
    assert (check.passed, check.words) == (False, "2 standard items missing from this agenda")
    assert agenda_items.add_missing(session, meeting.id) == 2
    shown = preparation(session, meeting.id)
    assert [row.item.position for row in shown.items] == list(range(1, 14))
    assert shown.items[2].item.kind is ItemKind.INTERESTS
    assert CheckKind.ITEMS not in [c.kind for c in shown.checks]


def test_the_agenda_of_a_meeting_held_stays(session, meeting):
    item = row_of(session, meeting, ItemKind.OTHER).item
    close(session, meeting)
    for work in (
        lambda: agenda_items.add_item(session, meeting.id, FIRES),
        lambda: agenda_items.rename_item(session, item.id, "Other"),
        lambda: agenda_items.remove_item(session, item.id),
        lambda: agenda_items.add_missing(session, meeting.id),
    ):
        with pytest.raises(Refused, match="its agenda cannot be changed"):
            work()


def test_only_who_records_the_meeting_changes_its_agenda(session, meeting):
    reader = replace(session, roles=frozenset({Role.ADMINISTRATOR}))
    item = row_of(session, meeting, ItemKind.OTHER).item
    for work in (
        lambda: agenda_items.add_item(reader, meeting.id, FIRES),
        lambda: agenda_items.change_item(reader, item.id, FIRES),
        lambda: agenda_items.rename_item(reader, item.id, "Other"),
        lambda: agenda_items.remove_item(reader, item.id),
        lambda: agenda_items.add_missing(reader, meeting.id),
        lambda: agenda_items.keep_template(reader, meeting.id),
        lambda: agenda_items.forget_template(reader),
    ):
        with pytest.raises(NotAllowed):
            work()
