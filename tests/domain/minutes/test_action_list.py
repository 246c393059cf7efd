"""The action list: of everybody, of one agency or of one officer, and nothing of anybody else's."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.minutes.action_list import ActionList, action_list, minutes_actions
from csp_desktop.domain.minutes.paper_parts import Grid, Words, line_overdue, officers, unlabelled
from tests.documents.minutes_models import OFFICERS, action, minutes

RAVI, NEW_HOPE = OFFICERS[3]
ALL = minutes_actions(minutes(6))


def cells(listed: ActionList) -> list[tuple[str, ...]]:
    return [row for s in action_list(listed) for block in s.blocks if isinstance(block, Grid) for row in block.rows]


def said(listed: ActionList) -> str:
    return repr((listed.title, listed.opening, action_list(listed)))


def test_everybodys_list_is_the_action_table_of_the_minutes() -> None:
    assert action_list(ALL) == (officers("1", minutes(6).actions, "Case or item", minutes(6).on),)
    assert ALL.title == "Actions of the Community Protection Group, Thursday 26 November 2026"
    assert [words.label for words in ALL.opening] == ["Edition:", "Handling:"]


def test_an_officers_own_list_is_one_section_with_theirs_alone() -> None:
    mine = ALL.of(RAVI, NEW_HOPE)
    (section,) = action_list(mine)
    assert (section.title, section.level) == ("1 Actions of Ravi Nair, New Hope", 1)
    assert mine.opening[0] == Words("Ravi Nair, New Hope", "For:")
    assert [unlabelled(row[0])[0] for row in cells(mine)] == [
        line.label for line in minutes(6).actions if line.officer == RAVI
    ]
    assert section.blocks[0] == Words("3 actions are open after this meeting. None are overdue.")


def test_an_agencys_list_has_its_officers_alone() -> None:
    police = ALL.of(agency="Hertfordshire Constabulary")
    assert [s.heading for s in action_list(police)] == ["Actions by officer"]
    assert [row[0] for row in cells(police)][:2] == [
        "PC Aisha Rahman, Hertfordshire Constabulary",
        "PC Aisha Rahman",
    ]


@given(st.sampled_from(OFFICERS))
def test_no_list_holds_a_word_of_another_officers(officer: tuple[str, str]) -> None:
    mine = ALL.of(*officer)
    for other in ALL.actions:
        theirs = (other.officer, other.agency) != officer
        assert (other.label in said(mine)) is not theirs
        assert (other.officer in said(mine)) is not theirs


def test_two_officers_of_one_name_have_a_list_each() -> None:
    twin = replace(action(4, "SN-2026-0401"), officer=RAVI, agency="Probation Service", label="2026-11/99")
    both = replace(ALL, actions=(*ALL.actions, twin))
    assert [unlabelled(row[0])[0] for row in cells(both.of(RAVI, "Probation Service"))] == ["2026-11/99"]
    named = [row[0] for row in cells(both) if row[0].startswith(RAVI)]
    assert set(named) == {f"{RAVI}, {NEW_HOPE}", f"{RAVI}, Probation Service"} and len(named) == 4
    assert "2026-11/99" not in said(both.of(RAVI, NEW_HOPE))


def test_every_action_with_an_officer_is_on_one_officers_list_and_one_agencys() -> None:
    nobodys = replace(action(5, "SN-2026-0401"), officer="", agency="", label="2026-11/98")
    listed = replace(ALL, actions=(*ALL.actions, nobodys))
    by_officer = [line for owner in listed.owners() for line in listed.of(*owner).actions]
    by_agency = [line for agency in listed.agencies() for line in listed.of(agency=agency).actions]
    for found in (by_officer, by_agency):
        assert sorted(line.label for line in found) == sorted(line.label for line in ALL.actions)
    assert ("", "") not in listed.owners() and "" not in listed.agencies()


def test_an_officer_without_actions_has_a_list_that_says_so() -> None:
    (section,) = action_list(ALL.of("Tom Ellis", "Hertfordshire Fire and Rescue"))
    assert section.blocks == (Words("No actions are open after this meeting."),)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 22), "4 days overdue"),
        (date(2026, 11, 25), "1 day overdue"),
        (date(2026, 11, 26), ""),
        (date(2026, 11, 27), ""),
        (None, ""),
    ],
)
def test_an_action_is_overdue_from_the_day_after_its_date(due: date | None, words: str) -> None:
    assert line_overdue(replace(action(1, ""), due=due), date(2026, 11, 26)) == words
