"""Everything a departing person owns is named and handed on in one step."""

import dataclasses
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.issues import EmergingIssue
from csp_desktop.domain.people.agencies import Member
from csp_desktop.domain.people.handing_on import HandedOn, OwnedKind
from csp_desktop.services.cases import referrals
from csp_desktop.services.people import handing_on as service
from csp_desktop.services.people.people import retire
from csp_desktop.services.session import Session
from csp_desktop.store.tables import REGISTER
from tests.support.held_meeting import partnership

# what ids name that are not people; a new record class that names a person by another field is found below
THINGS = {
    *("about", "action", "agency", "case", "clause", "current_item", "current_turn", "became_case", "ends_with"),
    *("asked_at", "issue", "item", "left_out_of", "matrix", "meeting", "next_of", "of_meeting", "other", "part"),
    *("attendance", "record", "section"),
}
PERSON = re.compile(r"(officer|owner|chaser|keeper|worker)")


def person_fields() -> set[tuple[str, str]]:
    """Every field of a record that names a person who could have to do something."""
    found = set()
    for kind in REGISTER:
        for field in dataclasses.fields(kind):
            stem = re.sub(r"_ids?$", "", field.name)
            if (stem != field.name and stem not in THINGS) or PERSON.search(field.name):
                found.add((kind.__name__, field.name))
    return found


@pytest.fixture
def session() -> Session:
    made: Session = partnership()
    return made


def owning_three_kinds(session: Session, leaver: str = "dan") -> None:
    """Besides the actions Dan leads: one he is named with, an issue, a referral and a case."""
    with session.work.step("things") as records:
        dan = records.get(Member, leaver)
        mine = min(records.find(Action, officer_id="aisha"), key=lambda one: one.id)
        records.save(replace(mine, with_ids=(leaver, "ravi")))
        case = min(records.find(Case), key=lambda one: one.reference)
        records.save(replace(case, lead_officer=dan.name.removeprefix("PS ")))
        records.save(
            EmergingIssue(
                "mopeds", "Mopeds", case.area, "", "Park", "", "", session.today, leaver, "Ask", session.today
            )
        )
    referrals.refer(replace(session, user_name=dan.name), case.id, "marac", "Threats")


def test_every_record_kind_that_names_a_person_is_declared() -> None:
    declared = {(one.record.__name__, one.field) for one in service.OWNED} | set(service.NOT_OWNED)
    assert person_fields() <= declared, "say in OWNED how it is handed on, or in NOT_OWNED why it is not"
    known = {(kind.__name__, field.name) for kind in REGISTER for field in dataclasses.fields(kind)}
    assert declared <= known
    assert {one.kind for one in service.OWNED} == set(OwnedKind)


def test_everything_a_departing_person_owns_is_named_with_counts(session: Session) -> None:
    owning_three_kinds(session)
    found = service.owned(session, "dan")
    counts = dict(found.counts)
    assert counts[OwnedKind.ACTIONS] == 6 and counts[OwnedKind.ACTIONS_WITH] == 1
    assert counts[OwnedKind.ISSUES] == counts[OwnedKind.REFERRALS] == 1 and counts[OwnedKind.CASES] == 6
    assert "6 open actions" in found.words and "6 cases as reporting officer" in found.words


def test_it_is_handed_on_in_one_step_and_undo_takes_it_back(session: Session) -> None:
    owning_three_kinds(session)
    before = service.owned(session, "dan")
    assert service.hand_on(session, "dan", "hana") == len(before.things)
    assert service.owned(session, "dan").things == ()
    assert len(service.owned(session, "hana").things) >= len(before.things)
    session.work.undo()
    assert service.owned(session, "dan") == before
    with session.work.reading() as records:
        assert records.find(HandedOn) == []


def test_line_by_line_it_goes_to_several(session: Session) -> None:
    owning_three_kinds(session)
    things = service.owned(session, "dan").things
    service.hand_on(session, "dan", "hana", [things[0].key])
    service.hand_on(session, "dan", "aisha", [one.key for one in things[1:]])
    with session.work.reading() as records:
        assert records.get(Action, things[0].record.id).officer_id == "hana"
        assert len(records.find(HandedOn, to_id="aisha")) == len(things) - 1


def test_nothing_overdue_gets_a_new_due_date(session: Session) -> None:
    def due(session: Session) -> dict[str, Any]:
        with session.work.reading() as records:
            return {one.id: (one.due, one.carried, one.state) for one in records.find(Action)}

    before = due(session)
    service.hand_on(session, "dan", "hana")
    assert due(session) == before


def test_each_record_says_who_handed_it_on_to_whom_and_when(session: Session) -> None:
    owning_three_kinds(session)
    things = service.owned(session, "dan").things
    service.hand_on(session, "dan", "hana")
    with session.work.reading() as records:
        for thing in things:
            (words,) = service.handed_on_words(records, thing.record.id, session.today)
            assert words.startswith(f"Handed on from PS Dan Holt to Hana Price by {session.user_name}, Thu 26 Nov")


def test_whoever_stood_on_an_action_already_stands_on_it_once(session: Session) -> None:
    with session.work.step("beside") as records:
        mine = records.find(Action, officer_id="dan", state=ActionState.OPEN)[0]
        records.save(replace(mine, with_ids=("hana",)))
    service.hand_on(session, "dan", "hana")
    with session.work.reading() as records:
        assert records.get(Action, mine.id).owner_ids == ("hana",)


def test_a_referral_is_chased_by_whoever_took_it_on_and_still_says_who_made_it(session: Session) -> None:
    owning_three_kinds(session)
    service.hand_on(session, "dan", "hana")
    (row,) = referrals.referrals(session)
    assert row.referral.by == "PS Dan Holt"
    assert dict(service.owned(session, "hana").counts)[OwnedKind.REFERRALS] == 1
    later = replace(session, now=lambda: session.now() + timedelta(hours=1))
    service.hand_on(later, "hana", "aisha", [f"referrals:{row.referral.id}"])
    assert OwnedKind.REFERRALS not in dict(service.owned(session, "hana").counts)


def test_a_person_who_left_and_still_owns_something_is_named_until_it_is_handed_on(session: Session) -> None:
    def named() -> list[str]:
        with session.work.reading() as records:
            return [one.owner.name for one in service.left_owning(records, session.today)]

    assert named() == []
    retire(session, "dan")
    assert named() == ["PS Dan Holt"]
    service.hand_on(session, "dan", "hana")
    assert named() == []


def test_it_goes_to_somebody_else_who_is_there(session: Session) -> None:
    for to in ("", "dan", "nobody"):
        with pytest.raises(FieldRefused):
            service.hand_on(session, "dan", to)
    retire(session, "tom")
    with pytest.raises(FieldRefused, match="Tom Ellis has left the group"):
        service.hand_on(session, "dan", "tom")
    service.hand_on(session, "dan", "hana")
    with pytest.raises(Refused, match="Nothing is left"):
        service.hand_on(session, "dan", "hana")


def test_who_can_take_it_on_begins_with_their_own_agency(session: Session) -> None:
    names = [name for _, name in service.successors(session, "dan")]
    assert names[0] == "PC Aisha Rahman" and "PS Dan Holt" not in names


def test_what_was_overdue_says_so_with_its_new_owner(session: Session) -> None:
    later = replace(session, now=lambda: session.now() + timedelta(days=90))
    service.hand_on(later, "dan", "hana")
    late = [one for one in service.owned(later, "hana").things if one.late(later.today)]
    assert late and late[0].due_words(later.today).endswith("overdue")
