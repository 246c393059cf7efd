"""What is found by its words: a case, a note, an item or an action, each with where it stands and what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Case, CaseStatus, SubjectType
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingKind
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.services.cases.search import Hit, find, find_people, reference_of
from csp_desktop.services.session import Session
from tests.support.fakes import NoQueries, fake_session

DAY = date(2026, 11, 26)
CASE = Case(
    "case",
    "SN-2026-000421",
    DAY,
    "",
    SubjectType.VICTIM,
    "MT",
    "",
    "",
    "",
    "",
    20,
    None,
    None,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: cuckooing",
)
ABOUT = "SN-2026-000421 · Oak Way: cuckooing"
WHERE = "CPG of Thu 26 Nov 2026"


@dataclass(frozen=True)
class Found:
    """A row as the store's search gives it."""

    kind: str
    record_id: str
    snippet: str = "… changed the «locks» …"


class Index(NoQueries):
    """Finds the rows it was made with."""

    def __init__(self, *rows: Found) -> None:
        self.rows, self.asked = rows, list[tuple[str, int]]()

    def search(self, text: str, limit: int) -> Sequence[Any]:
        self.asked.append((text, limit))
        return self.rows


def session_finding(*rows: Found) -> Session:
    session = fake_session(queries=Index(*rows))
    with session.work.step("all", undoable=False, of_held=True) as records:
        for record in (
            CASE,
            Meeting("m", MeetingKind.CPG, DAY, time(14), time(16), "Town Hall", "", ""),
            CaseTurn("turn", "m", "case", 1, 5, ""),
            AgendaItem("item", "m", 1, ItemKind.OTHER, "Other business", 5),
            Action("action", "m", 1, "Change the locks", "dan", DAY, DAY, case_id="case"),
            Action("free", "m", 2, "Book the hall", "dan", DAY, DAY),
        ):
            records.save(record)
    return session


@pytest.mark.parametrize(
    ("row", "hit"),
    [
        (Found("Case", "case"), Hit("case", "case", "Oak Way: cuckooing", "", "SN-2026-000421", "case")),
        (Found("CaseTurn", "turn"), Hit("note", "turn", ABOUT, "", WHERE, "case", "m")),
        (Found("AgendaItem", "item"), Hit("item", "item", "Other business", "", WHERE, "", "m")),
        (Found("Action", "free"), Hit("action", "free", "Book the hall", "", WHERE, "", "m")),
    ],
)
def test_a_hit_says_what_it_is_where_it_stands_and_where_it_leads(row: Found, hit: Hit) -> None:
    assert find(session_finding(row), "locks") == [replace(hit, snippet=row.snippet)]


def test_an_action_of_a_case_says_which_case() -> None:
    (hit,) = find(session_finding(Found("Action", "action")), "locks")
    assert hit == Hit("action", "action", "Change the locks", ABOUT, WHERE, "case", "m")


def test_hits_keep_the_order_they_were_found_in_and_what_is_gone_is_left_out() -> None:
    rows = (Found("AgendaItem", "item"), Found("Case", "erased"), Found("Case", "case"), Found("Action", "action"))
    assert [hit.record_id for hit in find(session_finding(*rows), "x")] == ["item", "case", "action"]
    assert find(session_finding(), "x") == []


def test_a_note_whose_case_and_meeting_are_gone_still_shows_its_words() -> None:
    session = session_finding(Found("CaseTurn", "turn"))
    with session.work.step("gone") as records:
        records.remove(CASE)
        records.remove(records.get(Meeting, "m"))
    (hit,) = find(session, "locks")
    assert (hit.title, hit.where, hit.snippet) == ("", "", Found("", "").snippet)


def test_the_store_is_asked_for_the_words_and_so_many() -> None:
    session = session_finding()
    find(session, "oak way")
    find(session, "oak", 5)
    assert isinstance(session.queries, Index)
    assert session.queries.asked == [("oak way", 20), ("oak", 5)]


def test_a_case_without_a_reference_says_that_it_awaits_one() -> None:
    assert reference_of(CASE) == "SN-2026-000421"
    assert reference_of(replace(CASE, reference="")) == "awaiting reference"


@pytest.mark.parametrize("row", [Found("CaseTurn", "turn"), Found("AgendaItem", "item"), Found("Action", "action")])
def test_of_what_is_marked_for_some_alone_a_hit_says_only_where_it_stands(row: Found) -> None:
    session, secret = session_finding(row), "[police only] The blue van, Quill"
    with session.work.step("marks", of_held=True) as records:
        records.save(replace(records.get(CaseTurn, "turn"), note=f"Seen.\n{secret}"))
        records.save(replace(records.get(AgendaItem, "item"), title=secret))
        records.save(replace(records.get(Action, "action"), what=secret))
    (hit,) = find(session, "van")
    assert row.snippet not in str(hit) and "Quill" not in str(hit) and hit.where == WHERE
    assert {hit.snippet, hit.title} & {"Marked text, not shown here", "Further item"}


def test_people_are_found_by_the_beginnings_of_their_name_or_initials_but_not_by_one_letter() -> None:
    session = fake_session()
    with session.work.step("people", undoable=False, of_held=True) as records:
        records.save(Agency("police", "Police", "Police", AgencyKind.POLICE))
        for member_id, name, active in (
            ("dan", "PS Dan Holt", True),
            ("dana", "Dana Reid", True),
            ("dh", "Di Ho", False),
        ):
            records.save(Member(member_id, name, "police", "Officer", Standing.STANDING, active=active))
    assert find_people(session, "hol") == [Hit("person", "dan", "PS Dan Holt", "Officer", "Police")]
    assert [hit.record_id for hit in find_people(session, "dan")] == ["dana", "dan"]
    assert [hit.record_id for hit in find_people(session, "dh")] == ["dan"]
    assert find_people(session, "d") == find_people(session, "Oak Way") == []
