"""A body has a key: what is added beside it renames nothing, and its new name reaches bar, desk and minutes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.layout import title
from csp_desktop.domain.people.bodies import GROUP, bodies_of, body_name, keyed
from csp_desktop.domain.people.settings import BODIES, Settings
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.meeting.running_meeting import meeting_state
from csp_desktop.services.meeting.sign_in import desk_rows
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.people.settings import change_settings, settings
from tests.support.held_meeting import NOVEMBER, partnership

OTHER = ("Child Protection Board", "quarterly")


def names(session: Any) -> set[str]:
    """What the live meeting, the sign-in desk and the minutes call the group."""
    found = {meeting_state(session, NOVEMBER).body, desk_rows(session, NOVEMBER).body}
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    minutes = draft_minutes(session, NOVEMBER)
    session.work.undo()
    assert minutes.body in title(minutes)
    return found | {minutes.body}


def test_a_body_added_above_the_group_does_not_rename_its_meetings() -> None:
    session = partnership()
    change_settings(session, bodies=(OTHER, *keyed(settings(session).bodies)))
    assert names(session) == {"Community Protection Group"}
    assert bodies_of(settings(session))[0].name == "Child Protection Board"


def test_renaming_the_group_reaches_bar_desk_and_minutes() -> None:
    session = partnership()
    rows = [(f"Safer {name}", *more) if more[-1] == GROUP else (name, *more) for name, *more in keyed(BODIES)]
    change_settings(session, bodies=tuple(rows))
    assert names(session) == {"Safer Community Protection Group"}
    change_settings(session, bodies=(OTHER, *reversed(settings(session).bodies)))
    assert names(session) == {"Safer Community Protection Group"}


def test_a_file_of_the_first_version_keeps_the_group_it_had() -> None:
    session = partnership()
    with session.work.step("an older file") as records:
        records.save(replace(Settings(), bodies=(("Watford Protection Panel", "weekly"), *BODIES[:2])))
    assert names(session) == {"Watford Protection Panel"}
    assert body_name(Settings(bodies=(("One", "a"), ("Two", "b")))) == "Community Protection Group"
    assert [len(row) for row in Settings().bodies] == [2] * 5  # what stands in its journal keeps its hash


def test_a_key_stays_and_no_two_bodies_share_one() -> None:
    session = partnership()
    change_settings(session, bodies=(*BODIES, OTHER))
    first = {body.name: body.key for body in bodies_of(settings(session))}
    names_alone = tuple(row[:2] for row in settings(session).bodies)
    change_settings(session, bodies=(("Daily call", "daily"), *names_alone))
    again = {body.name: body.key for body in bodies_of(settings(session))}
    assert first.items() <= again.items() and len(set(again.values())) == len(again)


@pytest.mark.parametrize("rows", [(), (OTHER,), (*keyed(BODIES)[:2],), (*keyed(BODIES), ("one  watford", "daily"))])
def test_the_group_s_row_stays_and_no_name_stands_twice(rows: tuple[tuple[str, ...], ...]) -> None:
    session = partnership()
    with pytest.raises(Refused, match=r"its row cannot be removed|is listed twice"):
        change_settings(session, bodies=rows)
    assert names(session) == {"Community Protection Group"}
