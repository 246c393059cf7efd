"""The journal is read as steps, newest first, by person, case, day and kind, page by page."""

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.services.file.journal import details, on_day, page_of_journal
from csp_desktop.services.ports.journal import JournalQuery
from csp_desktop.store.checks import verify
from csp_desktop.store.journal import retire_key
from csp_desktop.store.tables import CPG
from csp_desktop.store.unit_of_work import SqlWork, open_work
from tests.support.fakes import FixedClock, fake_session
from tests.support.vaults import JOURNAL_KEY, work_on

AGENCY = Agency("a1", "Change Grow Live", "CGL", AgencyKind.HEALTH)
CASE = Case(
    "c1",
    "SN-2026-047400",
    date(2026, 11, 1),
    "",
    SubjectType.VICTIM,
    "MT",
    "1 Oak Way",
    "Park",
    "",
    "",
    20,
    None,
    None,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: noise",
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 26, 14, 0, tzinfo=UTC))


@pytest.fixture
def ruth(engine: Engine, clock: FixedClock) -> SqlWork:
    return work_on(engine, clock, "Ruth Coyle")


def save(work: SqlWork, words: str, *things: object) -> None:
    with work.step(words) as records:
        for thing in things:
            records.save(thing)


def whats(work: SqlWork, query: JournalQuery | None = None) -> list[str]:
    session = dataclasses.replace(fake_session(work), journal=work.journal)
    return [row.what for row in page_of_journal(session, query or JournalQuery(), 0, 50)]


def test_a_step_is_one_line_however_many_records_it_touched(ruth: SqlWork) -> None:
    save(ruth, "import of november.csv", AGENCY, CASE)
    save(ruth, "repeat victim", dataclasses.replace(CASE, repeat_victim=True))
    assert whats(ruth) == ["Repeat victim", "Import of november.csv"]
    assert ruth.journal.count(JournalQuery()) == 2


def test_lines_come_page_by_page(ruth: SqlWork) -> None:
    for number in range(7):
        save(ruth, f"change {number}", dataclasses.replace(AGENCY, name=str(number)))
    pages = [[step.words for step in ruth.journal.page(JournalQuery(), offset, 3)] for offset in (0, 3, 6)]
    assert pages == [["change 6", "change 5", "change 4"], ["change 3", "change 2", "change 1"], ["change 0"]]


def test_by_person(engine: Engine, ruth: SqlWork, clock: FixedClock) -> None:
    save(ruth, "agency", AGENCY)
    save(work_on(engine, clock, "Dan Holt"), "case", CASE)
    assert [name for _, name in ruth.journal.people()] == ["Dan Holt", "Ruth Coyle"]
    assert whats(ruth, JournalQuery(by="Dan Holt")) == ["Case"]
    assert whats(ruth, JournalQuery(by="Nobody")) == []


def test_by_case_also_what_was_done_to_what_belongs_to_it(ruth: SqlWork) -> None:
    save(ruth, "agency", AGENCY)
    save(ruth, "case", CASE)
    save(ruth, "risk", RiskPoint("p1", "c1", date(2026, 11, 2), 20, None, None, date(2026, 11, 2)))
    assert whats(ruth, JournalQuery(case_id="c1")) == ["Risk", "Case"]


def test_by_day_at_the_table(ruth: SqlWork, clock: FixedClock) -> None:
    clock.at = datetime(2026, 6, 10, 23, 30, tzinfo=UTC)  # 00:30 of the 11th in London
    save(ruth, "in the night", AGENCY)
    clock.at = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)
    save(ruth, "in the evening", CASE)
    for day, wanted in ((date(2026, 6, 10), ["In the evening"]), (date(2026, 6, 11), ["In the night"])):
        since, before = on_day(day)
        assert whats(ruth, JournalQuery(since=since, before=before)) == wanted


def test_what_was_taken_back_says_so(ruth: SqlWork) -> None:
    save(ruth, "agency", AGENCY)
    ruth.undo()
    first, second = ruth.journal.page(JournalQuery(), 0, 5)
    assert (first.undoes, first.words, second.undone) == (True, "agency", True)


def test_a_change_tells_before_and_after_in_words(ruth: SqlWork) -> None:
    save(ruth, "case", CASE)
    save(ruth, "marks", dataclasses.replace(CASE, repeat_victim=True, cmht_told_on=date(2026, 11, 26), summary=""))
    session = dataclasses.replace(fake_session(ruth), journal=ruth.journal)
    row = page_of_journal(session, JournalQuery(), 0, 1)[0]
    (change,), total = details(session, row, 10)
    assert (change.title, change.verb, total) == ("Case: SN-2026-047400", "changed", 1)
    assert {(field.name, field.before, field.after) for field in change.fields} == {
        ("repeat victim", "no", "yes"),
        ("CMHT informed on", "nothing", "Thu 26 Nov 2026"),
        ("summary", "Oak Way: noise", "nothing"),
    }


def test_erased_values_are_said_to_be_erased(ruth: SqlWork, engine: Engine) -> None:
    save(ruth, "case", CASE)
    with engine.begin() as connection:
        connection.execute(text("UPDATE revisions SET words = '', before = NULL, after = NULL"))
    session = dataclasses.replace(fake_session(ruth), journal=ruth.journal)
    row = page_of_journal(session, JournalQuery(), 0, 1)[0]
    assert row.what == "Details deleted" and row.who == "Ruth Coyle"
    (change,), _ = details(session, row, 10)
    assert change.erased and change.fields == ()


def test_typing_is_one_entry_for_a_field_and_edit_however_often_it_was_kept(ruth: SqlWork, engine: Engine) -> None:
    save(ruth, "case", CASE)
    for typed in ("Oak", "Oak Way", "Oak Way: noise at", "Oak Way: noise at night"):
        ruth.keep_draft(Case, "c1", "summary", typed)
    with ruth.step("summary of a case") as records:
        records.save(dataclasses.replace(CASE, summary="Oak Way: noise at night"))
        ruth.drop_draft(Case, "c1", "summary")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT verb, fields FROM journal WHERE number > 1")).all()
    assert [tuple(row) for row in rows] == [("changed", "summary")]


def test_under_a_new_vault_key_the_old_entries_stay_checkable_and_findable(
    engine: Engine, ruth: SqlWork, clock: FixedClock, path: Path
) -> None:
    save(ruth, "agency", AGENCY)
    with engine.begin() as connection:
        retire_key(connection, CPG, JOURNAL_KEY)
        retire_key(connection, CPG, JOURNAL_KEY)
    later = open_work(engine, b"the journal key of the next epoch", clock, "Ruth Coyle")
    save(later, "case", CASE)
    assert verify(engine, b"the journal key of the next epoch") == []
    assert whats(later, JournalQuery(by="Ruth Coyle")) == ["Case", "Agency"]
    assert verify(engine, b"yet another key") != []
