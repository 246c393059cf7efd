"""Roles are rules of the services: who may record, who keeps the registers, and that reading is everybody's."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.services.cases import case_entry, case_import
from csp_desktop.services.meeting import actions, agenda, case_walk, closing, running_meeting, sign_in, walk_order
from csp_desktop.services.people import member_import, people, settings
from csp_desktop.services.private.subject import PEOPLE
from tests.support.fakes import fake_session

RECORDING: dict[ModuleType, tuple[str, ...]] = {
    actions: ("agree_action", "change_action", "remove_action", "answer_action"),
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
    case_entry: ("enter_case", "set_reference", "mark_cmht_told", "mark_repeat_victim"),
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
KEEPING: dict[ModuleType, tuple[str, ...]] = {
    case_import: ("import_cases",),
    member_import: ("import_members",),
    people: ("save_agency", "save_member", "set_isp", "set_standing", "set_secure_mail", "retire"),
    settings: ("change_settings", "new_clause_version"),
}
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


@pytest.mark.parametrize("act", each(RECORDING))
def test_only_chair_and_minute_taker_record(act: Callable[..., object]) -> None:
    assert refused_for_the_role(act, Role.NEW_HOPE_LEAD) and refused_for_the_role(act, Role.ADMINISTRATOR)
    assert not refused_for_the_role(act, Role.MINUTE_TAKER) and not refused_for_the_role(act, Role.CHAIR)


@pytest.mark.parametrize("act", each(KEEPING))
def test_registers_and_settings_are_kept_by_those_and_the_administrator(act: Callable[..., object]) -> None:
    assert refused_for_the_role(act, Role.NEW_HOPE_LEAD)
    assert not [r for r in (Role.CHAIR, Role.MINUTE_TAKER, Role.ADMINISTRATOR) if refused_for_the_role(act, r)]


@pytest.mark.parametrize("act", each(CHAIRING))
def test_only_the_chair_confirms(act: Callable[..., object]) -> None:
    assert [role for role in Role if not refused_for_the_role(act, role)] == [Role.CHAIR]


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
