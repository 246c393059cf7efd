"""One leads an action and others are with them: every list, paper and table knows both."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from csp_desktop.domain.common.errors import NotFound
from csp_desktop.domain.meeting.actions import Action, ActionState, Answer
from csp_desktop.domain.minutes.action_list import minutes_actions
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.record import ActionLine, Minutes
from csp_desktop.domain.minutes.rights import Attended, Part, Recipient, Rights
from csp_desktop.domain.minutes.shares import copy_for, own_actions, share_of
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.exchange.action_list import action_list_workbook
from csp_desktop.services.cases.search import find
from csp_desktop.services.home.home_needs import late_officers
from csp_desktop.services.meeting import action_review, actions, update_requests
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import after_meeting, versions
from csp_desktop.services.minutes.facts import of_plain, plain
from csp_desktop.services.minutes.record import frozen_facts
from tests.support.held_meeting import NOVEMBER, partnership


def agreed(session: Any, line: str, **more: Any) -> Action:
    return actions.agree_action(session, NOVEMBER, actions.read_line(session, NOVEMBER, line), **more)


@pytest.fixture
def session() -> Any:
    return partnership(4)


def closed(session: Any) -> Minutes:
    close_meeting(session, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    minutes: Minutes = versions.copy_of_version(session, NOVEMBER, 0)
    return minutes


def test_who_leads_and_who_is_with_them_are_kept_and_can_be_changed(session: Any) -> None:
    action = agreed(session, "dan & ewa & tom ellis board the window", case_id="case-1")
    assert (action.officer_id, action.with_ids) == ("dan", ("ewa", "tom"))
    after = actions.change_action(session, action.id, officer_id="ewa")
    assert (after.officer_id, after.with_ids) == ("ewa", ("tom",)), "nobody stands on it twice"
    assert actions.change_action(session, action.id, with_ids=()).owner_ids == ("ewa",)
    with pytest.raises(NotFound):
        actions.change_action(session, action.id, with_ids=("nobody",))


def test_the_room_counts_an_action_for_everybody_whose_it_is(session: Any) -> None:
    before = {row.officer.id: row.open for row in actions.open_counts(session, NOVEMBER)}
    agreed(session, "dan & ewa board the window", case_id="case-1")
    rows = actions.open_counts(session, NOVEMBER)
    after = {row.officer.id: row.open for row in rows}
    assert {key: after[key] - before[key] for key in after if after[key] != before[key]} == {"dan": 1, "ewa": 1}
    assert actions.counted_again(session, rows, {"dan", "ewa"}) == rows


def test_the_case_page_home_matters_arising_requests_and_absences_know_both(session: Any) -> None:
    action = agreed(session, "dan & ewa board the window by 27/11/2026", case_id="case-1")
    row = next(row for row in actions.actions_of_case(session, "case-1") if row.action.id == action.id)
    assert (row.who, row.line) == ("PS Dan Holt, with Ewa Łukasik", "PS Dan Holt, with Ewa Łukasik, Fri 27 Nov")
    table = action_review.round_table(session)
    mine = {key: [r.action.id for r in table.of(key)] for key in ("dan", "ewa")}
    assert action.id in mine["dan"] and action.id in mine["ewa"]
    assert next(r.who for r in table.rows if r.action.id == action.id) == "PS Dan Holt, with Ewa Łukasik"
    assert sum(r.action.id == action.id for r in table.rows) == 1, "it is counted once"
    assert {row.officer.id: row.total for row in table.officers}["ewa"] == len(mine["ewa"])
    homes = [row.officer.agency_id for row in table.officers]
    assert homes == sorted(homes, key=homes.index), "the agencies stay together"
    asked = update_requests.updates(session)
    assert all(action.id in [r.action.id for r in row.rows] for row in asked.officers if row.officer.id in mine)
    words = update_requests.request(session, "ewa") if asked.meeting else "board the window (PS Dan Holt, with Ewa"
    assert "PS Dan Holt, with Ewa" in words
    with session.work.reading() as records:
        late = {one.name: one.late for one in late_officers(records, [action], date(2026, 11, 30))}
    assert late == {"PS Dan Holt": 1, "Ewa Łukasik": 1}


def test_an_answer_by_one_is_the_answer_for_all(session: Any) -> None:
    action = agreed(session, "dan & ewa board the window", case_id="case-1")
    actions.answer_action(session, action.id, Answer.DONE)
    with session.work.reading() as records:
        assert records.get(Action, action.id).state is ActionState.DONE
    table = action_review.round_table(session)
    assert all(r.answer for r in (*table.of("dan"), *table.of("ewa")) if r.action.id == action.id)


def test_the_minutes_and_each_officer_s_and_agency_s_list_name_both(session: Any) -> None:
    action = agreed(session, "dan & ewa board the window by 4/12/2026", case_id="case-1")
    minutes = closed(session)
    listed = minutes_actions(minutes)
    for officer, agency in (("PS Dan Holt", "Hertfordshire Constabulary"), ("Ewa Łukasik", "Change Grow Live")):
        for mine in (listed.of(officer, agency), listed.of("", agency)):
            assert action.id in [line.id for line in mine.actions]
    assert action.id not in [line.id for line in listed.of("Ravi Nair", "New Hope").actions]
    words = " ".join(as_text(minutes).split())
    assert words.count("PS Dan Holt, with Ewa Łukasik") >= 1
    assert "Hertfordshire Constabulary, with Ewa Łukasik" in words or words.count("with Ewa Łukasik") >= 2


def test_the_workbook_has_a_column_for_who_is_with_where_anybody_is(session: Any) -> None:
    plain_cells = _cells(action_list_workbook(minutes_actions(closed(partnership(4)))))
    assert "With" not in plain_cells
    agreed(session, "dan & ewa board the window", case_id="case-1")
    cells = _cells(action_list_workbook(minutes_actions(closed(session))))
    assert {"With", "Ewa Łukasik, Change Grow Live"} <= cells


def _cells(content: bytes) -> set[str]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {str(cell.value) for line in book.active.iter_rows() for cell in line}


def _recipient(member_id: str, name: str, agency: str) -> Recipient:
    home = {"New Hope": "newhope", "Change Grow Live": "cgl"}[agency]
    return Recipient(
        "r", NOVEMBER, 1, member_id, name, home, agency, "", AgencyKind.SUPPORT, "", Attended.PRESENT, Part.MEMBER
    )


def test_in_a_recipient_s_copy_what_they_are_with_is_theirs_too(session: Any) -> None:
    action = agreed(session, "dan & ewa board the window", case_id="case-4")
    minutes = closed(session)
    ewa = _recipient("ewa", "Ewa Łukasik", "Change Grow Live")
    share = share_of(minutes, ewa, Rights.OWN_AGENCY, {"ewa"})
    copy = copy_for(minutes, share)
    assert action.id in [line.id for line in own_actions(copy, ewa)]
    ravi = _recipient("ravi", "Ravi Nair", "New Hope")
    copy = copy_for(minutes, share_of(minutes, ravi, Rights.OWN_AGENCY, {"ravi"}))
    assert action.id not in [line.id for line in copy.actions]


def test_somebody_who_was_absent_is_told_by_their_list(session: Any) -> None:
    agreed(session, "dan & tom ellis board the window", case_id="case-1")
    closed(session)
    rows = after_meeting.action_lists(session, NOVEMBER).rows
    assert {row.officer for row in rows if row.absent} == {"Seán Ó Briain", "Tom Ellis"}


def test_a_search_for_a_name_finds_their_open_actions_and_says_whose_each_is(session: Any) -> None:
    action = agreed(session, "dan & ewa board the window", case_id="case-1")
    found = {hit.record_id: hit for hit in find(session, "ewa luk", limit=50)}
    assert action.id in found and found[action.id].where.startswith("PS Dan Holt, with Ewa Łukasik, ")


def test_facts_frozen_before_there_were_several_owners_are_read_and_their_bytes_stay(session: Any) -> None:
    minutes = closed(session)
    with session.work.reading() as records:
        frozen = frozen_facts(records, NOVEMBER)
        assert frozen is not None
        content = records.document(frozen.sha256)
    old = plain(minutes)
    for line in (*old["actions"], *old["answers"]):
        del line["beside"]
    read = of_plain(Minutes, old)
    assert all(line.beside == () for line in read.actions) and read.actions == minutes.actions
    with session.work.reading() as records:
        assert records.document(frozen.sha256) == content
    assert ActionLine("1", "x", "Dan", "Police", None, minutes.actions[0].kind, "", "").who == "Dan"
