"""The group's case about the same person: seen by the lead's own way in, written down here, unknown there."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.domain.cases.linked_case import LinkedCase, OpenAction, linked_case
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.private.linked_case import CaseLook
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.private import people
from csp_desktop.services.private.linked_case import look, may_look
from csp_desktop.services.session import Session
from tests.support.private_session import DAY, LEAD, NOW, private_session

SHOWN = LinkedCase("SN-2026-000421", "Oak Way", "High 44", "open", ())
CASE = Case(
    "oak",
    "SN-2026-000421",
    DAY,
    "",
    SubjectType.VICTIM,
    "MT",
    "",
    "",
    "",
    "",
    44,
    Band.HIGH,
    None,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: cuckooing",
)


@dataclass
class FakeCases:
    """The group's file, opened by one passphrase."""

    here: bool = True
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def is_here(self) -> bool:
        return self.here

    def look(self, reference: str, user: str, passphrase: str) -> LinkedCase:
        self.asked.append((reference, user, passphrase))
        if passphrase != "good":
            raise Refused("This passphrase does not open the group's file.")
        return SHOWN


@pytest.fixture
def cases() -> FakeCases:
    return FakeCases()


@pytest.fixture
def session(cases: FakeCases) -> Session:
    return replace(private_session(), linked_cases=cases)


def kit(session: Session, safety_net: str = SHOWN.reference) -> RoughSleeper:
    return people.save(session, replace(people.people(session)[0].person, safety_net=safety_net))


def looks(session: Session) -> list[CaseLook]:
    with session.work.reading() as records:
        return records.find(CaseLook)


def test_a_look_is_by_the_users_own_way_in_and_written_down(session: Session, cases: FakeCases) -> None:
    person = kit(session)
    assert look(session, person.id, "good") is SHOWN
    assert cases.asked == [(SHOWN.reference, LEAD, "good")]
    (one,) = looks(session)
    assert (one.person_id, one.reference, one.at, one.by) == (person.id, SHOWN.reference, NOW, LEAD)
    assert session.work.last_step() is None


def test_a_look_that_failed_is_no_look(session: Session) -> None:
    with pytest.raises(Refused, match="does not open"):
        look(session, kit(session).id, "wrong")
    assert looks(session) == []


def test_what_is_missing_for_a_look_is_said_and_the_groups_file_is_not_touched(
    session: Session, cases: FakeCases
) -> None:
    person = kit(session)
    with pytest.raises(Refused, match="Type your passphrase"):
        look(session, person.id, "")
    kit(session, "")
    with pytest.raises(Refused, match="No case is linked to RS-001"):
        look(session, person.id, "good")
    for without in (replace(session, linked_cases=None), replace(session, linked_cases=FakeCases(here=False))):
        with pytest.raises(Refused, match="not in this folder"):
            look(without, person.id, "good")
    with pytest.raises(NotAllowed):
        look(replace(session, roles=frozenset({Role.CHAIR})), person.id, "good")
    assert cases.asked == [] and looks(session) == []


def test_a_look_is_offered_to_lead_and_deputy_where_the_groups_file_is_here(session: Session) -> None:
    assert may_look(session) and may_look(replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY})))
    assert not may_look(replace(session, roles=frozenset({Role.CHAIR})))
    assert not may_look(replace(session, linked_cases=None))
    assert not may_look(replace(session, linked_cases=FakeCases(here=False)))


def action(number: int, due: date | None) -> Action:
    return Action(f"x{number}", "m", number, f"task {number}", "dan", due, DAY, case_id="oak")


def test_a_linked_case_shows_its_rating_and_its_open_actions_the_earliest_first() -> None:
    tomorrow = DAY + timedelta(days=1)
    shown = linked_case(
        CASE, ((action(1, None), "Dan"), (action(5, DAY), "Ewa"), (action(3, tomorrow), "Dan"), (action(2, DAY), "Dan"))
    )
    assert (shown.reference, shown.title, shown.rating, shown.status) == (
        "SN-2026-000421",
        CASE.title,
        "High 44",
        CaseStatus.OPEN.value,
    )
    assert shown.actions == (
        OpenAction("task 2", "Dan", DAY),
        OpenAction("task 5", "Ewa", DAY),
        OpenAction("task 3", "Dan", tomorrow),
        OpenAction("task 1", "Dan", None),
    )


@pytest.mark.parametrize(("band", "total"), [(None, 44), (Band.HIGH, None), (None, None)])
def test_a_case_without_band_or_total_is_not_rated(band: Band | None, total: int | None) -> None:
    assert linked_case(replace(CASE, band=band, total=total), ()).rating == "not rated"
    assert linked_case(replace(CASE, total=0), ()).rating == "High 0"
