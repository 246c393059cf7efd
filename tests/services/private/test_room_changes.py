"""What changes while a private session runs: the lead handed over, a person added; both minuted with the time."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import AgendaItem, Place
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.minutes_layout import as_text
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.domain.private.people import PersonField, RoughSleeper
from csp_desktop.services.meeting import actions, agenda_items
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.private import agenda, room_changes, session_items
from csp_desktop.services.private.agenda import turns_of
from csp_desktop.services.private.minutes import draft_private_minutes
from csp_desktop.services.private.session import PrivateSitting
from tests.support.private_session import LEAD, begun, member_named, private_session, row_of

SARA, AMIRA, JOY = "PC Sara Lyle", "Amira Shah", "Joy Okafor"


@pytest.fixture
def running() -> tuple[Any, PrivateSitting]:
    """A session with everybody but the last person on its agenda; Amira may lead."""
    session = private_session()
    with session.work.step("a deputy") as records:
        amira = member_named(session, AMIRA)
        records.save(replace(amira, roles=(Role.NEW_HOPE_DEPUTY.value,)))
    sitting = begun(session, LEAD, SARA, AMIRA)
    agenda.pick(session, sitting.meeting_id, order(session, sitting.meeting_id)[:-1])
    return session, sitting


def order(session: Any, meeting_id: str) -> list[str]:
    with session.work.reading() as records:
        return [turn.person_id for turn in turns_of(records, meeting_id)]


def paper(session: Any, sitting: PrivateSitting) -> str:
    sitting.close()
    return " ".join(as_text(draft_private_minutes(session, sitting.meeting_id)).split())


def items(session: Any, sitting: PrivateSitting) -> dict[str, AgendaItem]:
    with session.work.reading() as records:
        return {item.title: item for item in records.find(AgendaItem, meeting_id=sitting.meeting_id)}


def decide(sitting: PrivateSitting) -> None:
    sitting.open_person()
    sitting.choose(PersonOutcome.CONTINUE)
    sitting.accept()


def test_only_those_not_on_the_agenda_are_offered_and_by_reference(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    (one,) = room_changes.offered_people(session, sitting.meeting_id)
    assert one.reference == "RS-003" and one.person_id not in order(session, sitting.meeting_id)


@pytest.mark.parametrize(("place", "at"), [(Place.NOW, 0), (Place.NEXT, 1), (Place.END, -1)])
def test_a_person_is_added_now_next_or_at_the_end(running: tuple[Any, PrivateSitting], place: Place, at: int) -> None:
    session, sitting = running
    before = order(session, sitting.meeting_id)
    (one,) = room_changes.offered_people(session, sitting.meeting_id)
    room_changes.add_person(session, sitting.meeting_id, one.person_id, place)
    after = order(session, sitting.meeting_id)
    assert after[at] == one.person_id and [each for each in after if each != one.person_id] == before
    assert room_changes.offered_people(session, sitting.meeting_id) == ()
    with pytest.raises(Refused, match="already"):
        room_changes.add_person(session, sitting.meeting_id, one.person_id, place)


@pytest.mark.parametrize(("place", "at"), [(Place.NOW, 0), (Place.NEXT, 1), (Place.END, -1)])
def test_somebody_nobody_knew_is_put_on_the_list_and_talked_about_in_one_step(
    running: tuple[Any, PrivateSitting], place: Place, at: int
) -> None:
    session, sitting = running
    before = order(session, sitting.meeting_id)
    turn = room_changes.add_new_person(session, sitting.meeting_id, "Una Frost", place)
    with session.work.reading() as records:
        una = records.get(RoughSleeper, turn.person_id)
    assert (una.name, una.reference, una.on_list) == ("Una Frost", "RS-004", True)
    assert order(session, sitting.meeting_id)[at] == una.id
    sitting.go_to(turn.id)
    assert not sitting.visible and [one.who.name for one in sitting.gate().clearance.may_hear] == [AMIRA, SARA, LEAD]
    decide(sitting)
    text = paper(session, sitting)
    assert "RS-004" in text and "Una" not in text and "Added during the meeting at " in text
    assert set(before) < set(order(session, sitting.meeting_id))


def test_a_new_person_taken_back_was_never_on_the_list(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    turn = room_changes.add_new_person(session, sitting.meeting_id, "Una Frost", Place.END)
    session.work.undo()
    with session.work.reading() as records:
        assert not records.find(RoughSleeper, id=turn.person_id) and not records.find(PersonTurn, id=turn.id)


def test_of_somebody_alike_only_the_reference_is_said(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    with pytest.raises(FieldRefused) as refused:
        room_changes.add_new_person(session, sitting.meeting_id, "Kit Barlowe", Place.NEXT)
    assert refused.value.field == PersonField.NAME
    assert refused.value.sentence == "RS-001 may be this person. Add that reference instead."
    room_changes.add_new_person(session, sitting.meeting_id, "Kit Barlowe", Place.NEXT, although_alike=True)
    assert len(order(session, sitting.meeting_id)) == 3


def test_somebody_added_stands_behind_a_gate_and_in_the_minutes_with_the_time(
    running: tuple[Any, PrivateSitting],
) -> None:
    session, sitting = running
    (one,) = room_changes.offered_people(session, sitting.meeting_id)
    turn = room_changes.add_person(session, sitting.meeting_id, one.person_id, Place.NOW)
    sitting.go_to(turn.id)
    assert not sitting.visible
    decide(sitting)
    text = paper(session, sitting)
    assert "Added during the meeting at " in text and "Taken first" not in text


def test_people_taken_in_another_order_are_minuted(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    with session.work.reading() as records:
        turns = turns_of(records, sitting.meeting_id)
    assert len(turns) == 2
    sitting.go_to(turns[1].id)
    decide(sitting)
    later = PrivateSitting(replace(session, now=lambda: session.now() + timedelta(minutes=5)), sitting.meeting_id)
    later.go_to(turns[0].id)
    decide(later)
    assert "Taken first: RS-00" in paper(session, sitting)


def test_in_the_agendas_order_nothing_is_said_of_it(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    decide(sitting)
    decide(sitting)
    assert "Taken first" not in paper(session, sitting)


def test_the_lead_is_handed_over_and_minuted_with_the_time(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    assert [row.name for row in room_changes.who_may_lead(session, sitting.meeting_id)] == [AMIRA]
    room_changes.hand_over_lead(session, sitting.meeting_id, row_of(session, sitting.meeting_id, AMIRA).id)
    assert [row.name for row in room_changes.who_may_lead(session, sitting.meeting_id)] == [LEAD]
    text = paper(session, sitting)
    assert f"{AMIRA} took the lead from {LEAD}." in text and f"Led for New Hope by: {LEAD}" in text


def test_nobody_leads_but_new_hopes_own(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    meeting_id = sitting.meeting_id
    with pytest.raises(Refused, match="cannot lead"):
        room_changes.hand_over_lead(session, meeting_id, row_of(session, meeting_id, SARA).id)
    with pytest.raises(Refused, match="already leads"):
        room_changes.hand_over_lead(session, meeting_id, row_of(session, meeting_id, LEAD).id)
    with pytest.raises(NotAllowed):
        other = replace(session, roles=frozenset({Role.CHAIR}))
        room_changes.hand_over_lead(other, meeting_id, row_of(session, meeting_id, AMIRA).id)


def test_once_it_is_closed_nothing_of_it_changes(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    (one,) = room_changes.offered_people(session, sitting.meeting_id)
    amira = row_of(session, sitting.meeting_id, AMIRA).id
    sitting.close()
    with pytest.raises(Refused, match="not in progress"):
        room_changes.add_person(session, sitting.meeting_id, one.person_id, Place.END)
    with pytest.raises(Refused, match="not in progress"):
        room_changes.hand_over_lead(session, sitting.meeting_id, amira)


def test_an_item_added_here_too_stands_under_the_one_in_hand_and_is_minuted_with_its_time(
    running: tuple[Any, PrivateSitting],
) -> None:
    session, sitting = running
    count = items(session, sitting)["Count and new arrivals"]
    made = agenda_items.add_item(session, sitting.meeting_id, OwnItem("Bins behind the church"), count.id)
    assert list(items(session, sitting)) == [
        "People, highest risk first",
        "Winter beds and severe weather",
        "Count and new arrivals",
        "Bins behind the church",
        "Other business",
        "Next date",
    ]
    session_items.turn_to(session, sitting.meeting_id, made.id)
    row = session_items.item_row(session, made.id)
    assert (row.heading, row.nothing) == ("Added item", "Minute what was said.")
    following = session_items.finish(session, sitting.meeting_id)
    assert following is not None and following.title == "Other business"
    assert "Bins behind the church Added to the agenda at 15:40. Nothing was raised." in paper(session, sitting)


def test_a_renamed_item_is_minuted_with_what_it_was_called_and_names_become_initials(
    running: tuple[Any, PrivateSitting],
) -> None:
    session, sitting = running
    winter = items(session, sitting)["Winter beds and severe weather"]
    agenda_items.rename_item(session, winter.id, "Winter beds for Kit Barlow")
    assert items(session, sitting)["Winter beds for Kit Barlow"].title_before == winter.title
    text = paper(session, sitting)
    assert "Winter beds for K.B." in text and "Kit Barlow" not in text
    assert "Renamed at 15:40; on the agenda as “Winter beds and severe weather”." in text


def test_whoever_may_not_hear_of_everyone_reads_no_title_that_was_typed(running: tuple[Any, PrivateSitting]) -> None:
    session, sitting = running
    made = agenda_items.add_item(session, sitting.meeting_id, OwnItem("Dana and the bins"))
    agenda_items.rename_item(session, items(session, sitting)["Winter beds and severe weather"].id, "Beds for Dana")
    joy = member_named(session, JOY)
    said = actions.read_line(session, sitting.meeting_id, "Joy Okafor ask about the bins fri")
    actions.agree_action(session, sitting.meeting_id, said, item_id=made.id)
    whole = paper(session, sitting)
    assert "Dana and the bins" in whole or "D.W. and the bins" in whole
    text = as_text(draft_private_minutes(session, sitting.meeting_id, joy.id))
    assert "sk about the bins" in text and "Another item" in text, "her own action is in her copy"
    for word in ("Dana", "D.W.", "Beds for", "Renamed", "Added to the agenda"):
        assert word not in text
    assert "Winter beds and severe weather" in text
