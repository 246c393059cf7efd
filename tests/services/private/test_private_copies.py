"""The private minutes go out through the same core: to their own list, each with whom they may hear of."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from csp_desktop.documents.absence import Search
from csp_desktop.domain.minutes.circulation import CopyPassphrase, CopyState
from csp_desktop.domain.minutes.protection import IN_PERSON
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.private.circulation import PrivateCirculation
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.services.minutes import after_meeting, copies, copy_passphrases, versions
from csp_desktop.services.minutes import circulation as core
from csp_desktop.services.private import circulation
from tests.support.copies import PRIVATE_PAPERS
from tests.support.frozen import frozen_again
from tests.support.private_minutes import AMIRA, EWA, JOY, SARA, held
from tests.support.private_session import LEAD, member_named, private_session

MARKED = "A dealer calls on Tuesdays after dusk"


@pytest.fixture
def meeting() -> tuple[Any, str]:
    session = replace(private_session(), papers=PRIVATE_PAPERS)
    meeting_id = held(session)
    with session.work.step("marked", of_held=True) as records:
        for turn in records.find(PersonTurn, meeting_id=meeting_id):
            records.save(replace(turn, note=f"{turn.note}\n[police only] {MARKED}."))
    frozen_again(session, meeting_id)
    circulation.approve(session, meeting_id)
    return session, meeting_id


def test_each_gets_whom_they_may_hear_of_and_nothing_that_is_withheld(meeting: tuple[Any, str], tmp_path: Path) -> None:
    session, meeting_id = meeting
    now = core.circulation_list(session, meeting_id)
    assert {row.person.name: row.gets for row in now.rows} == {
        SARA: "Whole minutes",
        AMIRA: "Whole minutes",
        LEAD: "Whole minutes",
        JOY: "1 person",
        EWA: "1 person",
    }
    made = copies.write_copies(session, meeting_id, tmp_path)
    assert made.failed == () and len(made.written) == 5
    search = Search((MARKED,))
    search.prove(versions.printed_version(session, meeting_id, 1))
    for one in made.written:
        with session.work.reading() as records:
            kept = records.find(CopyPassphrase, member_id=one.record.member_id)[0]
            words = copy_passphrases.words_of(records, kept)
        found = search.found_in(one.files[0].read_bytes(), passphrase=words)
        assert bool(found) == (one.record.name in (SARA, LEAD)), one.record.name
        with pdfium.PdfDocument(one.files[0], password=words) as document:
            assert f"copy {one.record.copy_number} for {one.record.name}" in document[0].get_textpage().get_text_range()


def test_saved_one_by_one_or_written_together_is_one_history(meeting: tuple[Any, str], tmp_path: Path) -> None:
    session, meeting_id = meeting
    joy = member_named(session, JOY).id
    circulation.note_given(session, circulation.copy_for(session, meeting_id, joy), joy)
    row = next(row for row in core.circulation_list(session, meeting_id).rows if row.member_id == joy)
    assert row.state is CopyState.GIVEN
    numbers = {one.member_id: one.copy_number for one in circulation.circulation_of(session, meeting_id).rows}
    made = copies.write_copies(session, meeting_id, tmp_path)
    assert {one.record.member_id for one in made.written} == set(numbers) - {joy}
    assert all(numbers[one.record.member_id] == one.record.copy_number for one in made.written)
    assert core.note_all_given(session, meeting_id) == 4
    assert circulation.circulation_of(session, meeting_id).state is MinutesState.CIRCULATED
    assert core.circulation_list(session, meeting_id).state is MinutesState.CIRCULATED
    assert len(circulation.given_copies(session, meeting_id)) == 5


def test_given_one_by_one_in_time_they_are_not_late_afterwards(meeting: tuple[Any, str]) -> None:
    session, meeting_id = meeting
    for row in circulation.circulation_of(session, meeting_id).rows:
        circulation.note_given(session, circulation.copy_for(session, meeting_id, row.member_id), row.member_id)
    a_month_later = replace(session, now=lambda: session.now() + timedelta(days=31))
    assert core.circulation_list(a_month_later, meeting_id).late == 0
    with session.work.step("one of them again") as records:
        records.remove(records.find(PrivateCirculation, meeting_id=meeting_id)[0])
    assert core.circulation_list(a_month_later, meeting_id).late > 0


def test_a_list_of_actions_says_of_somebody_they_may_not_hear_of_only_that_there_is_something() -> None:
    session = private_session()
    meeting_id = held(session)
    lists = {row.whose: (row, listed) for row, listed in after_meeting.lists_of(session, meeting_id)}
    (home,) = {row.agency for row, _ in lists.values() if row.officer == EWA}
    for whose in (f"{EWA}, {home}", home):
        row, listed = lists[whose]
        said = [(line.what, line.about) for line in listed.actions]
        assert (IN_PERSON, "") in said and any(what != IN_PERSON for what, _ in said)
        assert not any("shelter" in what for what, _ in said)
        assert row.withheld == ("1 action told in person: about someone they may not be told about",)
    assert not any(row.withheld for row, _ in lists.values() if row.officer == SARA)
