"""Each person shown in a private session leaves a line: for what, on what basis, to which agencies; and who heard."""

from dataclasses import replace

import pytest

from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.people.settings import DISCLOSURE_BASIS, DISCLOSURE_PURPOSE
from csp_desktop.domain.private.hearings import Hearing
from csp_desktop.domain.private.meeting import RoomEntry
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.private import room
from csp_desktop.services.private.session import PrivateSitting
from csp_desktop.services.session import Session
from tests.support.private_session import LEAD, begun, private_session, row_of

SARA, JOY, EWA = "PC Sara Lyle", "Joy Okafor", "Ewa Lukasik"


def lines(session: Session) -> list[Disclosure]:
    with session.work.reading() as records:
        return sorted(records.find(Disclosure), key=lambda line: line.at)


def hearing(session: Session, sitting: PrivateSitting) -> Hearing:
    with session.work.reading() as records:
        (found,) = records.find(Hearing, meeting_id=sitting.meeting_id)
    return found


def test_a_person_shown_leaves_a_line_with_purpose_basis_and_the_agencies_that_heard() -> None:
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    assert lines(session) == []
    person = sitting.open_person().page.person
    (line,) = lines(session)
    assert (line.case_id, line.meeting_id, line.at) == (person.id, sitting.meeting_id, session.now())
    assert (line.purpose, line.basis) == (DISCLOSURE_PURPOSE, DISCLOSURE_BASIS)
    assert line.agencies == ("Hertfordshire Constabulary", "New Hope")


def test_purpose_and_basis_are_those_of_the_private_files_own_settings() -> None:
    session = private_session()
    with session.work.step("own words") as records:
        records.save(replace(settings_in(records), disclosure_purpose="Finding a bed", disclosure_basis="Consent"))
    begun(session, LEAD).open_person()
    assert [(line.purpose, line.basis) for line in lines(session)] == [("Finding a bed", "Consent")]


def test_a_person_at_the_gate_leaves_nothing() -> None:
    session = private_session()
    sitting = begun(session, LEAD, EWA)
    with pytest.raises(Refused, match="working with this person"):
        sitting.open_person()
    assert lines(session) == []


def test_who_stepped_out_is_not_among_the_agencies_and_is_counted() -> None:
    session = private_session()
    sitting = begun(session, LEAD, SARA, EWA)
    ewa = row_of(session, sitting.meeting_id, EWA).id
    room.leave(session, ewa)
    sitting.open_person()
    assert "CGL" not in lines(session)[0].agencies
    assert hearing(session, sitting).stepped_out == (ewa,)
    assert len(hearing(session, sitting).heard) == 2


def test_someone_who_went_but_might_have_heard_did_not_step_out_for_the_person() -> None:
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    room.leave(session, row_of(session, sitting.meeting_id, SARA).id)
    sitting.open_person()
    assert hearing(session, sitting).stepped_out == ()


def test_whoever_left_at_the_crossing_is_not_counted_as_stepping_out() -> None:
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    with session.work.step("left before the session opened") as records:
        gone = records.get(Attendance, row_of(session, sitting.meeting_id, SARA).id)
        records.save(replace(gone, left_at=session.now(), member_id=""))
        records.save(replace(records.get(RoomEntry, gone.id), left_at_crossing=session.now()))
    sitting.open_person()
    assert hearing(session, sitting).stepped_out == ()


def test_whoever_comes_in_while_the_person_shows_is_added_when_the_screen_shows_on() -> None:
    session = private_session()
    sitting = begun(session, LEAD, SARA, JOY)
    joy = row_of(session, sitting.meeting_id, JOY).id
    room.leave(session, joy)
    sitting.open_person()
    assert "Community Mental Health Team" not in lines(session)[0].agencies
    room.come_back(session, joy)
    sitting.person()
    assert "Community Mental Health Team" in lines(session)[0].agencies
    assert joy in hearing(session, sitting).heard


def test_whoever_the_lead_let_in_has_heard() -> None:
    session = private_session()
    sitting = begun(session, LEAD, EWA)
    ewa = row_of(session, sitting.meeting_id, EWA).id
    room.leave(session, ewa)
    sitting.open_person()
    room.come_back(session, ewa)
    sitting.admit([ewa], "ran the shelter")
    sitting.open_person()
    assert (ewa in hearing(session, sitting).heard, hearing(session, sitting).stepped_out) == (True, ())


def test_whoever_the_lead_let_in_and_who_went_all_the_same_did_not_step_out() -> None:
    session = private_session()
    sitting = begun(session, LEAD, EWA)
    ewa = row_of(session, sitting.meeting_id, EWA).id
    sitting.admit([ewa], "ran the shelter")
    room.leave(session, ewa)
    sitting.open_person()
    assert (ewa in hearing(session, sitting).heard, hearing(session, sitting).stepped_out) == (False, ())


def test_showing_a_person_again_at_the_same_session_adds_no_second_line() -> None:
    session = private_session()
    sitting = begun(session, LEAD, SARA)
    for _ in range(3):
        sitting.open_person()
        sitting.cover()
    assert len(lines(session)) == 1
