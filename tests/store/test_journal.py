"""The journal says what happened, never about whom, and shows every change made to it."""

import dataclasses
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint, SubjectType
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.store.chain import verify_chain
from csp_desktop.store.checks import check_pages, verify
from csp_desktop.store.columns import canonical
from csp_desktop.store.engine import open_engine
from csp_desktop.store.tables import CPG
from csp_desktop.store.unit_of_work import SqlWork
from tests.support.vaults import JOURNAL_KEY, KEY, work_on

AGENCY = Agency("a1", "Canary House", "CH", AgencyKind.HOUSING)
GUARDS = ("journal_is_never_changed", "journal_is_never_deleted", "journal_goes_on_by_one")


@pytest.fixture
def written(work: SqlWork) -> SqlWork:
    for name in ("Canary House", "Canary Homes", "Canary Housing"):
        with work.step("sign-in of Canary Person") as records:
            records.save(dataclasses.replace(AGENCY, name=name))
    return work


def meddle(engine: Engine, *statements: str) -> None:
    """Change the file as someone with its key could, past the guards."""
    with engine.begin() as connection:
        for guard in GUARDS:
            connection.execute(text(f"DROP TRIGGER IF EXISTS {guard}"))
        for statement in statements:
            connection.execute(text(statement))


def test_each_change_is_an_entry_with_who_and_when_and_no_personal_text(written: SqlWork, engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM journal ORDER BY number")).mappings().all()
        revisions = connection.execute(text("SELECT * FROM revisions ORDER BY number")).mappings().all()
    assert [row["verb"] for row in rows] == ["added", "changed", "changed"]
    assert [row["fields"] for row in rows][1:] == ["name", "name"]
    assert rows[1]["before"] == rows[0]["after"] != rows[1]["after"]
    everything = canonical([[str(value) for value in row.values()] for row in rows])
    assert "Canary" not in everything and "Ruth" not in everything
    assert revisions[2]["words"] == "sign-in of Canary Person"
    assert revisions[2]["by"] == "Ruth Coyle"
    assert "Canary Housing" in revisions[2]["after"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET verb = 'removed' WHERE number = 2",
        "DELETE FROM journal WHERE number = 3",
        "INSERT OR REPLACE INTO journal SELECT 2, step, 'removed', undoes, undoable, at, by, kind, record_id, about,"
        " fields, before, after, chain, step_kind FROM journal WHERE number = 1",
        "INSERT INTO journal SELECT 9, step, verb, undoes, undoable, at, by, kind, record_id, about, fields,"
        " before, after, chain, step_kind FROM journal WHERE number = 1",
    ],
)
def test_the_journal_is_append_only(written: SqlWork, engine: Engine, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    assert verify(engine, JOURNAL_KEY) == []


@pytest.mark.parametrize(
    ("statements", "says"),
    [
        (["UPDATE journal SET verb = 'removed' WHERE number = 2"], "Entry 2 of the journal was changed or moved"),
        (["DELETE FROM journal WHERE number = 2"], "missing from the journal before entry 3"),
        (["DELETE FROM journal WHERE number = 1"], "missing from the journal before entry 2"),
        (
            [
                "UPDATE journal SET number = 9 WHERE number = 2",
                "UPDATE journal SET number = 2 WHERE number = 3",
                "UPDATE journal SET number = 3 WHERE number = 9",
            ],
            "Entry 2 of the journal was changed or moved",
        ),
        (
            [
                "INSERT INTO journal SELECT 4, step, verb, undoes, undoable, at, by, kind, record_id, about,"
                " fields, before, after, chain, step_kind FROM journal WHERE number = 3"
            ],
            "Entry 4 of the journal was changed or moved",
        ),
        (["UPDATE journal SET undoable = 0 WHERE number = 1"], "Entry 1 of the journal"),
    ],
)
def test_an_edited_deleted_moved_or_inserted_entry_shows(
    written: SqlWork, engine: Engine, statements: list[str], says: str
) -> None:
    meddle(engine, *statements)
    assert any(says in sentence for sentence in verify(engine, JOURNAL_KEY))


def test_another_key_vouches_for_nothing(written: SqlWork, engine: Engine) -> None:
    with engine.connect() as connection:
        assert len(verify_chain(connection, b"another key", CPG)) == 3


def test_a_journal_cut_short_shows_against_its_witness(written: SqlWork, engine: Engine) -> None:
    witness = written.head()
    assert verify(engine, JOURNAL_KEY, witness) == []
    meddle(engine, "DELETE FROM journal WHERE number = 3", "UPDATE agencies SET name = 'Canary Homes'")
    assert verify(engine, JOURNAL_KEY) == []
    assert "older copy" in verify(engine, JOURNAL_KEY, witness)[0]
    assert "not the one" in verify(engine, JOURNAL_KEY, (2, "0" * 16))[0]


def test_a_record_changed_past_the_program_shows(written: SqlWork, engine: Engine) -> None:
    meddle(engine, "UPDATE agencies SET name = 'Elsewhere'")
    assert verify(engine, JOURNAL_KEY) == ["Records changed outside the program: 1 (agency)."]
    meddle(engine, "DELETE FROM agencies")
    assert verify(engine, JOURNAL_KEY) == ["Records changed outside the program: 1 (agency)."]


def test_erased_revisions_leave_the_chain_whole_and_end_undo(written: SqlWork, engine: Engine) -> None:
    with written.step("erasing") as records:
        records.erase(records.get(Agency, "a1"))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT before, after FROM revisions")).all()
    assert {tuple(row) for row in kept} == {(None, None)}
    assert verify(engine, JOURNAL_KEY) == []
    assert written.last_step() is None
    assert written.undo() is None


def test_a_record_written_anew_stays_and_nothing_of_what_it_was_does(written: SqlWork, engine: Engine) -> None:
    with written.step("no longer held") as records:
        records.rewrite(replace(records.get(Agency, "a1"), name="Anew"))
    with written.step("renamed") as records:
        records.save(replace(records.get(Agency, "a1"), name="And again"))
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT before, after FROM revisions ORDER BY number")).all()
        assert connection.execute(text("SELECT verb FROM journal ORDER BY number")).scalars().all()[-2:] == [
            "rewritten",
            "changed",
        ]
    assert {tuple(row) for row in kept[:-2]} == {(None, None)}
    assert kept[-2].before is None and "Anew" in kept[-2].after and "Anew" in kept[-1].before
    assert verify(engine, JOURNAL_KEY) == []
    assert written.undo() is not None and written.undo() is None
    assert verify(engine, JOURNAL_KEY) == []


def test_values_taken_away_from_a_record_that_was_once_written_anew_are_found(written: SqlWork, engine: Engine) -> None:
    with written.step("no longer held") as records:
        records.rewrite(replace(records.get(Agency, "a1"), name="Anew"))
    meddle(engine, "UPDATE revisions SET after = NULL WHERE number = (SELECT max(number) FROM revisions)")
    assert verify(engine, JOURNAL_KEY) != []


def test_undo_goes_on_after_the_program_was_started_again(written: SqlWork, engine: Engine, path: Path) -> None:
    written.undo()
    engine.dispose()
    reopened = open_engine(path, bytearray(KEY))
    again = work_on(reopened, user_name="Dan Holt")
    assert again.undo() is not None
    with again.reading() as records:
        assert records.find(Agency) == [AGENCY]
    assert again.undo() is not None
    assert again.last_step() is None
    assert verify(reopened, JOURNAL_KEY) == []
    reopened.dispose()


def test_a_row_that_points_to_nothing_is_found_and_refused(work: SqlWork, engine: Engine) -> None:
    point = RiskPoint("r1", "no such case", date(2026, 11, 1), 12, None, None, date(2026, 11, 1))
    with pytest.raises(IntegrityError), work.step("risk") as records:
        records.save(point)
    case = Case(
        "no such case",
        "SN-1",
        date(2026, 11, 1),
        "",
        SubjectType.VICTIM,
        "",
        "",
        "",
        "",
        "",
        None,
        None,
        None,
        False,
        False,
        CaseStatus.OPEN,
        "",
    )
    with work.step("children before parents") as records:
        records.save(point)
        records.save(case)
    with engine.connect() as connection:
        assert check_pages(connection) == []


def test_a_flipped_byte_is_found(written: SqlWork, engine: Engine, path: Path) -> None:
    assert verify(engine, JOURNAL_KEY) == []
    with path.open("r+b") as file:
        file.seek(4096 * 9 + 100)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    assert any("damaged" in sentence for sentence in verify(engine, JOURNAL_KEY))
