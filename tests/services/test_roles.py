"""Roles are rules of the services: who may record, who keeps the registers, and that reading is everybody's."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from csp_desktop.domain.errors import NotAllowed, Refused
from csp_desktop.services import (
    agreeing_actions,
    arranging_walk,
    closing_meeting,
    entering_cases,
    importing,
    importing_members,
    keeping_people,
    keeping_settings,
    preparing,
    reviewing_cases,
    running_meeting,
    signing_in,
)
from csp_desktop.services.session import Role
from tests.support.fakes import fake_session

RECORDING: dict[ModuleType, tuple[str, ...]] = {
    agreeing_actions: ("agree_action", "change_action", "remove_action", "answer_action"),
    arranging_walk: (
        "order_cases", "move_turn", "move_item", "set_item_minutes", "set_turn_minutes", "propose_to_defer",
        "apply_plan", "confirm_room_title", "confirm_all_room_titles",
    ),
    closing_meeting: ("close_meeting",),
    entering_cases: ("enter_case", "set_reference", "mark_cmht_told", "mark_repeat_victim"),
    preparing: ("plan_meeting", "change_meeting", "expect", "refresh_walk"),
    reviewing_cases: ("open_turn", "keep_typing", "choose_outcome", "say", "accept", "take_up_again"),
    running_meeting: ("start", "go_to_item", "finish_item", "reopen_item", "keep_item_note", "fix_next_date"),
    signing_in: (
        "open_sign_in", "choose_capacity", "sign", "read_out", "take_back_reading", "add_person", "record_apology",
        "withdraw_apology", "arrive", "leave", "take_back_signature", "correct_times", "override",
    ),
}  # fmt: skip
KEEPING: dict[ModuleType, tuple[str, ...]] = {
    importing: ("import_cases",),
    importing_members: ("import_members",),
    keeping_people: ("save_agency", "save_member", "set_isp", "set_standing", "retire"),
    keeping_settings: ("change_settings", "new_clause_version"),
}
CHAIRING: dict[ModuleType, tuple[str, ...]] = {keeping_settings: ("confirm_clause",)}


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
    session = replace(fake_session(), private=True)
    for role in (Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY):
        replace(session, roles=frozenset({role})).require_recorder()
    with pytest.raises(NotAllowed, match="Only the New Hope lead or the New Hope deputy"):
        replace(session, roles=frozenset({Role.MINUTE_TAKER, Role.CHAIR})).require_recorder()


def test_reading_is_everybodys() -> None:
    session = replace(fake_session(), roles=frozenset({Role.NEW_HOPE_LEAD}))
    assert keeping_people.people(session) == [] and preparing.meetings(session) == []
    assert keeping_settings.settings(session).partnership
    assert [row.kind for row in keeping_settings.clauses(session)] == []
