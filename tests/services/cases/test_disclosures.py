"""Each case opened in a meeting leaves one line: purpose, lawful basis, the agencies present, the time."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.services.cases.disclosures import disclosures_of, hand_over_disclosures
from csp_desktop.services.meeting import case_walk, running_meeting, sign_in
from csp_desktop.services.people.settings import change_settings
from tests.support.fakes import FakeWork, FixedClock, fake_session
from tests.support.vaults import new_engine, work_on
from tests.support.walk_meeting import DAY, OPENED, fill

EVERYONE = ("Change Grow Live", "Hertfordshire Constabulary", "New Hope", "Watford Borough Council")


@pytest.fixture(params=["in memory", "encrypted"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    clock = FixedClock(OPENED)
    engine = new_engine(tmp_path / "records.db") if request.param == "encrypted" else None
    work = work_on(engine, clock) if engine else FakeWork(clock)
    fill(work)
    made = fake_session(work, now=clock, user_name="Ewa Łukasik", member_id="ewa")
    running_meeting.start(made, "november")
    yield made
    if engine:
        engine.dispose()


def lines(session: Any, **wanted: str) -> list[Disclosure]:
    with session.work.reading() as records:
        found: list[Disclosure] = records.find(Disclosure, **wanted)
        return found


def gone(session: Any, *people: str) -> None:
    with session.work.step("someone is not here") as records:
        for person in people:
            records.save(replace(records.get(Attendance, f"a-{person}"), arrived_at=None, signed_at=None))


def test_a_case_opened_at_the_table_leaves_its_line(session: Any) -> None:
    session.now.advance(minutes=7)
    case_walk.open_turn(session, "t-oak")
    (row,) = disclosures_of(session, "oak")
    assert (row.on, row.at, row.agencies) == (DAY, session.now(), EVERYONE)
    assert "crime" in row.purpose and "section 115" in row.basis


def test_a_case_not_opened_leaves_none(session: Any) -> None:
    case_walk.open_turn(session, "t-oak")
    assert disclosures_of(session, "yew") == ()


def test_a_case_opened_twice_keeps_its_one_line_and_its_time(session: Any) -> None:
    case_walk.open_turn(session, "t-oak")
    first = session.now()
    session.now.advance(minutes=20)
    case_walk.open_turn(session, "t-elm")
    case_walk.open_turn(session, "t-oak")
    assert [row.at for row in disclosures_of(session, "oak")] == [first]


def test_only_agencies_signed_in_and_in_the_room_stand_on_it(session: Any) -> None:
    gone(session, "ravi")
    sign_in.leave(session, "a-ewa")
    case_walk.open_turn(session, "t-oak")
    assert disclosures_of(session, "oak")[0].agencies == ("Hertfordshire Constabulary", "Watford Borough Council")


def test_someone_who_comes_in_and_signs_while_it_is_open_hears_it_too(session: Any) -> None:
    gone(session, "ravi")
    case_walk.open_turn(session, "t-oak")
    sign_in.arrive(session, "november", "ravi")
    assert "New Hope" not in disclosures_of(session, "oak")[0].agencies
    with session.work.step("signs") as records:
        records.save(replace(records.get(Attendance, "a-ravi"), signed_at=session.now()))
    case_walk.open_turn(session, "t-oak")
    assert disclosures_of(session, "oak")[0].agencies == EVERYONE


def test_an_override_lets_in_someone_who_has_not_signed_and_who_so_hears_it(session: Any) -> None:
    gone(session, "ravi")
    case_walk.open_turn(session, "t-oak")
    sign_in.arrive(session, "november", "ravi")
    sign_in.override(session, "november", "the pad failed")
    assert disclosures_of(session, "oak")[0].agencies == EVERYONE


def test_undo_takes_back_the_step_but_not_what_was_heard(session: Any) -> None:
    case_walk.open_turn(session, "t-oak")
    case_walk.open_turn(session, "t-elm")
    session.work.undo()
    with session.work.reading() as records:
        assert records.get(CaseTurn, "t-elm").started_at is None
    assert len(disclosures_of(session, "elm")) == 1
    session.work.undo()
    assert len(disclosures_of(session, "oak")) == 1


def test_the_wording_is_the_settings_of_that_day(session: Any) -> None:
    case_walk.open_turn(session, "t-oak")
    change_settings(session, disclosure_purpose="Safeguarding", disclosure_basis="Care Act 2014, section 45")
    case_walk.open_turn(session, "t-elm")
    assert disclosures_of(session, "oak")[0].purpose != "Safeguarding"
    assert disclosures_of(session, "elm")[0].basis == "Care Act 2014, section 45"


def test_when_two_cases_become_one_so_do_their_lines(session: Any) -> None:
    case_walk.open_turn(session, "t-oak")
    gone(session, "ravi")
    case_walk.open_turn(session, "t-elm")
    with session.work.step("joined") as records:
        hand_over_disclosures(records, "oak", "elm")
        hand_over_disclosures(records, "elm", "ash")
    assert disclosures_of(session, "oak") == disclosures_of(session, "elm") == ()
    assert [row.agencies for row in disclosures_of(session, "ash")] == [EVERYONE]
