"""Home of the private window: the next step, what needs the lead, and silence while a session runs."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.private.circulation import MinutesApproval, PrivateCirculation
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.people import Offer, OfferAnswer, RoughSleeper, Sighting
from csp_desktop.services.cases import matrices
from csp_desktop.services.private import agenda, circulation, people, register, scoring
from csp_desktop.services.private.home import PrivateStep, look_ahead
from csp_desktop.services.private.settings import send_to
from tests.support.private_minutes import held
from tests.support.private_session import DAY, LEAD, NOW, begun, member_named, private_session

SLOT = (time(15, 45), time(16, 30))


def titles(session):
    return [need.title for need in look_ahead(session).needs]


def at(session, day):
    """The same file on another day."""
    return replace(session, now=lambda: NOW + (day - DAY))


def test_an_empty_list_asks_for_people_first():
    session = private_session()
    with session.work.step("nobody is left") as records:
        for person in records.find(RoughSleeper):
            records.save(replace(person, on_list=False))
    assert look_ahead(session).next_step.kind is PrivateStep.PEOPLE


def test_with_people_and_no_day_it_asks_for_a_session():
    step = look_ahead(private_session()).next_step
    assert (step.title, step.kind) == ("Plan the next private session", PrivateStep.AGENDA)


def test_on_another_day_it_leads_to_the_sub_agenda_and_on_the_day_to_the_room():
    session = private_session()
    meeting = agenda.plan(session, DAY + timedelta(days=4), *SLOT)
    assert look_ahead(session).next_step.kind is PrivateStep.AGENDA
    assert look_ahead(session).next_step.chips == ("3 people selected", "in 4 days")
    assert look_ahead(at(session, meeting.on)).next_step.kind is PrivateStep.BEGIN


def test_a_day_that_passed_without_a_session_is_said():
    session = private_session()
    meeting = agenda.plan(session, DAY, *SLOT)
    ahead = look_ahead(at(session, meeting.on + timedelta(days=3)))
    assert "has passed" in ahead.next_step.title
    assert ahead.session.status == "Date has passed"


def test_the_minutes_of_the_last_session_come_before_the_next_plan():
    session = private_session()
    closed = Meeting("m", MeetingKind.ROUGH_SLEEPING, date(2026, 10, 29), *SLOT, "", "", "", MeetingState.CLOSED)
    with session.work.step("held") as records:
        records.save(closed)
    ahead = look_ahead(session)
    assert (ahead.next_step.kind, ahead.circulate_on) == (PrivateStep.MINUTES, date(2026, 11, 5))
    assert ahead.minutes.status == "Overdue"


def test_the_next_step_is_what_the_minutes_of_the_session_wait_for_and_never_to_begin_again():
    session = private_session()
    meeting_id = held(session)
    step = look_ahead(session).next_step
    assert (step.title, step.kind) == ("Approve the minutes of Thu 26 Nov", PrivateStep.MINUTES)
    deputy = look_ahead(replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY}))).next_step
    assert deputy.title == "Check the minutes of Thu 26 Nov"
    again = Meeting("again", MeetingKind.ROUGH_SLEEPING, session.today, *SLOT, "", "", "")
    with session.work.step("planned twice", undoable=False) as records:
        records.save(again)
        for turn in records.find(PersonTurn, meeting_id=meeting_id):
            records.save(replace(turn, id=f"again-{turn.id}", meeting_id="again"))
    assert look_ahead(session).next_step.title == "Approve the minutes of Thu 26 Nov"
    circulation.approve(session, meeting_id)
    step = look_ahead(session).next_step
    assert (step.title, step.kind) == ("Circulate the minutes of Thu 26 Nov", PrivateStep.CIRCULATE)


def test_the_minutes_are_out_once_everyone_on_the_list_has_the_approved_version():
    session = private_session()
    lyle, lead = (member_named(session, name).id for name in ("PC Sara Lyle", LEAD))
    for one in (lyle, lead):
        send_to(session, one, receives=True)
    closed = Meeting("m", MeetingKind.ROUGH_SLEEPING, DAY, *SLOT, "", "", "", MeetingState.CLOSED)
    with session.work.step("approved") as records:
        records.save(closed)
        records.save(MinutesApproval("v", "m", 1, NOW, LEAD, "sha", False, 3))
        records.save(PrivateCirculation("c", "m", lyle, "PC Sara Lyle", 2, 1, NOW, LEAD, ()))
        records.save(PrivateCirculation("d", "m", lead, LEAD, 3, 1, NOW, LEAD, (), actions_only=True))
    assert look_ahead(session).minutes_state is MinutesState.APPROVED
    with session.work.step("given") as records:
        records.save(PrivateCirculation("e", "m", lead, LEAD, 3, 1, NOW, LEAD, ()))
    assert look_ahead(session).minutes_state is MinutesState.CIRCULATED
    assert look_ahead(session).next_step.kind is PrivateStep.AGENDA


def test_while_a_session_runs_home_says_nothing_of_anyone():
    session = private_session()
    begun(session, LEAD)
    ahead = look_ahead(session)
    assert ahead.next_step.kind is PrivateStep.SESSION
    assert (ahead.needs, ahead.people) == ((), None)


def test_somebody_who_does_not_lead_learns_nothing():
    session = replace(private_session(), roles=frozenset({Role.ADMINISTRATOR}))
    ahead = look_ahead(session)
    assert (ahead.needs, ahead.people, ahead.next_step.kind) == ((), None, PrivateStep.HELP)


def test_what_needs_the_lead_is_named_by_initials_only():
    session = private_session()
    kit, dana, sol = (line.person for line in people.people(session))
    for one in (kit, dana):
        scoring.assess(session, one.id, _first_answer(session))
    people.note_sighting(session, Sighting("", kit.id, DAY, "church porch", "Hana Lowe", True))
    people.offer(session, Offer("", dana.id, DAY, "bed", "Hana Lowe", OfferAnswer.THINKING))
    with session.work.step("an action") as records:
        due = DAY - timedelta(days=3)
        records.save(Action("a", "m", 1, "see the vet", "", due, DAY - timedelta(days=28), case_id=sol.id))
    needs = {need.title: need for need in look_ahead(session).needs}
    assert needs["1 action overdue"].when == "3 days overdue"
    assert needs["No risk score yet: 1 person"].record_id == sol.id
    assert needs["Not seen for 14 days: 2 people"].record_id == ""
    offered = needs["An offer is open: 1 person"]
    assert (offered.detail, offered.when) == (f"{dana.initials} {dana.reference}", "answer wanted")
    shown = " ".join(f"{need.title} {need.detail}" for need in needs.values())
    assert not [name for name in (kit.name, dana.name, sol.name) if name in shown]


def test_of_many_people_four_are_named_and_the_rest_counted():
    session = private_session()
    for number in range(3):
        people.add(session, f"Nobody {number}", although_alike=True)
    need = next(need for need in look_ahead(session).needs if need.title == "Not seen for 14 days: 6 people")
    assert need.detail.count("RS-00") == 4 and need.detail.endswith("RS-004 and 2 more")


def _first_answer(session):
    factor = matrices.in_force(session).matrix.factors[0]
    return {factor.key: factor.options[0].key}


def test_a_score_is_out_of_date_after_its_bands_days():
    session = private_session()
    kit = people.people(session)[0].person
    kept = scoring.assess(session, kit.id, _first_answer(session))
    holds = matrices.in_force(session).matrix.band_of(kept.total).review_days
    on_time, late = (at(session, DAY + timedelta(days=holds + more)) for more in (0, 1))
    assert "Risk score out of date: 1 person" not in titles(on_time)
    assert "Risk score out of date: 1 person" in titles(late)


def test_a_deputy_must_be_named_and_let_in():
    session = private_session()
    assert "Name a deputy" in titles(session)
    register.name_deputy(session, member_named(session, "Hana Lowe").id, deputy=True)
    assert "Hana Lowe is deputy, but cannot open this file" in titles(session)


def test_the_circulation_list_is_asked_for_until_somebody_is_on_it():
    session = private_session()
    assert "Choose who gets the private minutes" in titles(session)
    send_to(session, member_named(session, LEAD).id, receives=True)
    assert "Choose who gets the private minutes" not in titles(session)


def test_beginning_without_the_group_opens_the_room_check_on_the_day_only():
    session = private_session()
    meeting = agenda.plan(session, DAY + timedelta(days=1), *SLOT)
    with pytest.raises(Refused, match="planned for"):
        agenda.begin_alone(session, meeting.id)
    agenda.plan(session, DAY, *SLOT)
    agenda.begin_alone(session, meeting.id)
    begun = agenda.next_meeting(session)
    assert begun is not None and begun.state is MeetingState.SIGN_IN
