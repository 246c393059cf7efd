"""Roles are rules of the services: who may record, who keeps the registers, and that reading is everybody's."""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from types import ModuleType
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import CASE_WORKERS, DUTIES, ROLE_WORDS, Duty, Role, who_may
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.minutes.versions import Approval
from csp_desktop.services.cases import assessing, case_entry, case_import
from csp_desktop.services.meeting import (
    actions,
    agenda,
    case_walk,
    closing,
    issues,
    running_meeting,
    sign_in,
    walk_order,
)
from csp_desktop.services.people import member_import, people, settings
from csp_desktop.services.private.subject import PEOPLE
from csp_desktop.services.session import Session
from tests.support.fakes import fake_session

RECORDING: dict[ModuleType, tuple[str, ...]] = {
    walk_order: (
        "order_cases",
        "move_turn",
        "move_item",
        "set_item_minutes",
        "set_turn_minutes",
        "propose_to_defer",
        "apply_plan",
        "confirm_room_title",
        "confirm_all_room_titles",
    ),
    closing: ("close_meeting",),
    agenda: ("plan_meeting", "change_meeting", "expect", "refresh_walk"),
    case_walk: ("open_turn", "keep_typing", "choose_outcome", "say", "accept", "take_up_again"),
    running_meeting: ("start", "go_to_item", "finish_item", "reopen_item", "keep_item_note", "fix_next_date"),
    sign_in: (
        "open_sign_in",
        "choose_capacity",
        "sign",
        "read_out",
        "take_back_reading",
        "add_person",
        "record_apology",
        "withdraw_apology",
        "arrive",
        "leave",
        "take_back_signature",
        "correct_times",
        "override",
    ),
}
WORKING: dict[ModuleType, tuple[str, ...]] = {
    actions: ("agree_action", "change_action", "remove_action", "answer_action"),
    case_entry: ("enter_case", "set_reference", "mark_cmht_told", "mark_repeat_victim"),
    assessing: ("assess", "override_band"),
    issues: ("new_issue", "close_issue", "make_case"),
}
KEEPING: dict[ModuleType, tuple[str, ...]] = {
    case_import: ("import_cases",),
    member_import: ("import_members",),
    people: ("save_agency", "save_member", "set_isp", "set_standing", "set_secure_mail", "retire"),
}
SETTING: dict[ModuleType, tuple[str, ...]] = {settings: ("change_settings", "new_clause_version")}
CHAIRING: dict[ModuleType, tuple[str, ...]] = {settings: ("confirm_clause",)}


def each(table: dict[ModuleType, tuple[str, ...]]) -> list[Any]:
    return [pytest.param(getattr(module, name), id=name) for module, names in table.items() for name in names]


def call(act: Callable[..., object], *roles: Role) -> None:
    """Call it with a session of these roles and whatever else it wants: what is asked first is who asks."""
    session = replace(fake_session(), roles=frozenset(roles))
    wanted = list(inspect.signature(act).parameters.values())[1:]
    given = {p.name: None for p in wanted if p.default is inspect.Parameter.empty}
    act(session, **given)


def refused_for_the_role(act: Callable[..., object], role: Role) -> bool:
    try:
        call(act, role)
    except NotAllowed:
        return True
    except (Refused, TypeError, AttributeError, LookupError, StopIteration):  # asked further, with nothing to go on
        return False
    return False


def who_is_not_refused(act: Callable[..., object]) -> set[Role]:
    return {role for role in Role if not refused_for_the_role(act, role)}


@pytest.mark.parametrize("act", each(RECORDING))
def test_only_chair_and_minute_taker_record(act: Callable[..., object]) -> None:
    assert who_is_not_refused(act) == {Role.CHAIR, Role.MINUTE_TAKER}


@pytest.mark.parametrize("act", each(WORKING))
def test_deputy_manager_and_coordinator_work_on_cases_as_those_who_record_do(act: Callable[..., object]) -> None:
    others = {Role.DEPUTY_CHAIR, Role.COMMUNITY_SAFETY_MANAGER, Role.ASB_COORDINATOR}
    assert who_is_not_refused(act) == {Role.CHAIR, Role.MINUTE_TAKER} | others


@pytest.mark.parametrize("act", each(KEEPING))
def test_people_are_kept_by_those_who_work_on_cases_and_the_administrator(act: Callable[..., object]) -> None:
    assert who_is_not_refused(act) == {*CASE_WORKERS, Role.ADMINISTRATOR}


@pytest.mark.parametrize("act", each(SETTING))
def test_settings_are_kept_by_those_who_record_the_manager_and_the_administrator(act: Callable[..., object]) -> None:
    keepers = {Role.CHAIR, Role.MINUTE_TAKER, Role.COMMUNITY_SAFETY_MANAGER, Role.ADMINISTRATOR}
    assert who_is_not_refused(act) == keepers


@pytest.mark.parametrize("act", each(CHAIRING))
def test_only_the_chair_confirms(act: Callable[..., object]) -> None:
    assert who_is_not_refused(act) == {Role.CHAIR}


CPG = Meeting("m-1", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16, 30), "Town Hall", "member-ruth", "taker")


def deputy_with(*meetings: Meeting, approved: Sequence[str] = ()) -> Session:
    session = replace(fake_session(), roles=frozenset({Role.DEPUTY_CHAIR}))
    with session.work.step("meetings") as records:
        for one in meetings:
            records.save(one)
        for meeting_id in approved:
            records.save(Approval(f"a-{meeting_id}", meeting_id, 1, session.now(), "Ruth Coyle", "0" * 64, 0))
    return session


@pytest.mark.parametrize(
    ("meeting", "approved", "acts"),
    [
        (CPG, (), False),
        (replace(CPG, state=MeetingState.SIGN_IN), (), True),
        (replace(CPG, state=MeetingState.IN_SESSION), (), True),
        (replace(CPG, state=MeetingState.CLOSED), (), True),
        (replace(CPG, state=MeetingState.CLOSED), ("m-1",), False),
        (replace(CPG, state=MeetingState.IN_SESSION, chair_id="member-dilip"), (), False),
        (replace(CPG, state=MeetingState.CLOSED, kind=MeetingKind.PROFESSIONALS), (), False),
    ],
)
def test_a_deputy_does_what_the_chair_does_from_sign_in_to_approval_of_a_meeting_they_chair(
    meeting: Meeting, approved: Sequence[str], acts: bool
) -> None:
    session = deputy_with(meeting, approved=approved)
    assert session.may(Duty.CHAIR) is session.may(Duty.RECORD) is session.may(Duty.KEEP_FILE) is acts
    assert session.may(Duty.WORK_CASES)


def test_a_deputy_no_longer_acts_once_a_later_meeting_has_another_chair() -> None:
    later = replace(CPG, id="m-2", on=date(2026, 12, 10), chair_id="member-dilip", state=MeetingState.SIGN_IN)
    session = deputy_with(replace(CPG, state=MeetingState.CLOSED), later)
    assert not session.may(Duty.CHAIR)
    with pytest.raises(NotAllowed, match="Only the chair can do this"):
        session.require_duty(Duty.CHAIR)


def test_whoever_only_chairs_without_the_role_of_deputy_has_no_more_rights() -> None:
    session = replace(deputy_with(replace(CPG, state=MeetingState.SIGN_IN)), roles=frozenset({Role.NEW_HOPE_LEAD}))
    assert not session.may(Duty.CHAIR)


def test_every_duty_says_who_has_it_in_either_file_and_every_role_has_words() -> None:
    assert set(DUTIES) == set(Duty) and set(ROLE_WORDS) == set(Role)
    assert [role for role in Role if role not in who_may(Duty.READ_CASES, private=False)] == [Role.IT_ADMINISTRATOR]
    assert {duty for duty in Duty if Role.IT_ADMINISTRATOR in who_may(duty, private=False)} == {
        Duty.BACK_UP,
        Duty.MANAGE_USERS,
    }
    assert not any(Role.IT_ADMINISTRATOR in who_may(duty, private=True) for duty in Duty)


def test_in_the_private_file_its_lead_and_deputy_record() -> None:
    session = replace(fake_session(), subject=PEOPLE)
    for role in (Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY):
        replace(session, roles=frozenset({role})).require_recorder()
    with pytest.raises(NotAllowed, match="Only the New Hope lead or the New Hope deputy"):
        replace(session, roles=frozenset({Role.MINUTE_TAKER, Role.CHAIR})).require_recorder()


def test_reading_is_everybodys() -> None:
    session = replace(fake_session(), roles=frozenset({Role.NEW_HOPE_LEAD}))
    assert people.people(session) == [] and agenda.meetings(session) == []
    assert settings.settings(session).partnership
    assert [row.kind for row in settings.clauses(session)] == []
