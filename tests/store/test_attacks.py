"""Whoever can write in the folder, even with the file's key, changes nothing without it showing."""

import dataclasses
import random
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlcipher3 import dbapi2

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.store.checks import checkpoint, verify
from csp_desktop.store.engine import open_engine
from csp_desktop.store.unit_of_work import SqlWork
from tests.store.test_journal import meddle
from tests.support.vaults import JOURNAL_KEY, KEY, work_on
from tests.support.walk_meeting import fill

PAGE = 4096
AGENCY = Agency("a1", "Change Grow Live", "CGL", AgencyKind.HEALTH)
CHANGED = "Entry {} of the journal was changed or moved."


@pytest.fixture
def written(work: SqlWork) -> SqlWork:
    for name in ("Change Grow Live", "Change", "Change Grow", "CGL"):
        with work.step("agency") as records:
            records.save(dataclasses.replace(AGENCY, name=name))
    return work


COPY = (
    "step, verb, undoes, undoable, at, by, kind, record_id, about, fields, before, after, chain, step_kind "
    "FROM journal WHERE"
)
ATTACKS = {
    "history": (["UPDATE journal SET verb = 'removed' WHERE number = 2"], CHANGED.format(2)),
    "what kind of thing": (["UPDATE journal SET step_kind = 'closing' WHERE number = 2"], CHANGED.format(2)),
    "its kind taken away": (["UPDATE journal SET step_kind = NULL WHERE number = 2"], CHANGED.format(2)),
    "when it was done": (["UPDATE journal SET at = '2026-01-01T00:00:00.000000Z' WHERE number = 3"], CHANGED.format(3)),
    "who did it": (["UPDATE journal SET by = 'somebody else' WHERE number = 1"], CHANGED.format(1)),
    "about which case": (["UPDATE journal SET about = 'c2' WHERE number = 1"], CHANGED.format(1)),
    "the hash of a value": (["UPDATE journal SET after = before WHERE number = 4"], CHANGED.format(4)),
    "one taken out": (["DELETE FROM journal WHERE number = 2"], "Entries are missing from the journal before entry 3."),
    "the first taken out": (["DELETE FROM journal WHERE number = 1"], "missing from the journal before entry 2."),
    "one taken out, the rest moved up": (
        [
            "DELETE FROM journal WHERE number = 2",
            "UPDATE journal SET number = 2 WHERE number = 3",
            "UPDATE journal SET number = 3 WHERE number = 4",
        ],
        CHANGED.format(2),
    ),
    "one put in": ([f"INSERT INTO journal SELECT 5, {COPY} number = 4"], CHANGED.format(5)),
    "two that changed places": (
        [
            "UPDATE journal SET number = 9 WHERE number = 2",
            "UPDATE journal SET number = 2 WHERE number = 3",
            "UPDATE journal SET number = 3 WHERE number = 9",
        ],
        CHANGED.format(2),
    ),
    "the end cut off": (["DELETE FROM journal WHERE number > 2"], "The journal ends at entry 2, but entry 4 was seen"),
    "all of it cut off": (["DELETE FROM journal"], "The journal ends at entry 0, but entry 4 was seen"),
    "a record changed behind it": (
        ["UPDATE agencies SET name = 'Elsewhere'"],
        "Records changed outside the program: 1 (agency).",
    ),
    "an earlier value rewritten": (
        ["UPDATE revisions SET before = replace(before, 'Change', 'Chance') WHERE number = 3"],
        "Earlier values kept by the journal were changed outside the program: 1 entries.",
    ),
    "earlier values taken away": (
        ["UPDATE revisions SET before = NULL, after = NULL WHERE number = 3"],
        "Earlier values kept by the journal were changed outside the program: 1 entries.",
    ),
    "earlier values taken away with their salt": (
        ["UPDATE revisions SET before = NULL, after = NULL", "DELETE FROM salts"],
        "Records changed outside the program: 1 (agency).",
    ),
    "a row of them deleted": (
        ["DELETE FROM revisions WHERE number = 3"],
        "Earlier values kept by the journal were changed outside the program: 1 entries.",
    ),
    "another name put to it": (
        ["UPDATE revisions SET by = 'Dan Holt' WHERE number = 3"],
        "Earlier values kept by the journal were changed outside the program: 1 entries.",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_on_the_journal_is_found_and_named(written: SqlWork, engine: Engine, attack: str) -> None:
    seen = written.head()
    assert verify(engine, JOURNAL_KEY, seen) == []
    statements, says = ATTACKS[attack]
    meddle(engine, *statements)
    found = verify(engine, JOURNAL_KEY, seen)
    assert any(says in sentence for sentence in found), found


def test_a_journal_cut_short_shows_without_a_witness_too_by_the_records(written: SqlWork, engine: Engine) -> None:
    meddle(engine, "DELETE FROM journal WHERE number > 2", "DELETE FROM revisions WHERE number > 2")
    assert verify(engine, JOURNAL_KEY) == ["Records changed outside the program: 1 (agency)."]


def test_a_journal_written_anew_under_another_key_shows(written: SqlWork, engine: Engine) -> None:
    assert CHANGED.format(1) in verify(engine, b"a key somebody made up")


def filled(engine: Engine) -> SqlWork:
    work = work_on(engine)
    fill(work)
    return work


def trouble(path: Path, seen: tuple[int, str]) -> list[str]:
    """What opening or checking a file says is wrong with it."""
    try:
        opened = open_engine(path, bytearray(KEY))
    except Refused as refusal:
        return [refusal.sentence]
    try:
        return verify(opened, JOURNAL_KEY, seen)
    except Refused as refusal:
        return [refusal.sentence]
    finally:
        opened.dispose()


def test_a_byte_flipped_in_any_page_is_found(engine: Engine, path: Path) -> None:
    seen = filled(engine).head()
    checkpoint(engine)
    engine.dispose()
    whole, chance = path.read_bytes(), random.Random(20261126)
    unnoticed = []
    for page in range(len(whole) // PAGE):
        at = page * PAGE + chance.randrange(PAGE)
        broken = bytearray(whole)
        broken[at] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        if not trouble(path, seen):
            unnoticed.append(at)
    assert len(whole) // PAGE > 60 and unnoticed == []
    path.write_bytes(whole)
    assert trouble(path, seen) == []


def test_an_old_page_put_back_is_found(engine: Engine, path: Path, tmp_path: Path) -> None:
    work = filled(engine)
    checkpoint(engine)
    old = tmp_path / "old.db"
    shutil.copy(path, old)
    with work.step("agency") as records:
        for agency in records.find(Agency):
            records.save(dataclasses.replace(agency, name=f"{agency.name}, since renamed", active=False))
    seen = work.head()
    checkpoint(engine)
    engine.dispose()
    before, after = old.read_bytes(), path.read_bytes()
    numbers = [n for n in range(min(len(before), len(after)) // PAGE) if page_of(before, n) != page_of(after, n)]
    unnoticed = []
    for number in numbers:
        mixed = bytearray(after)
        mixed[number * PAGE : (number + 1) * PAGE] = page_of(before, number)
        path.write_bytes(mixed)
        if not trouble(path, seen):
            unnoticed.append(number)
    assert len(numbers) > 5 and unnoticed == []


def page_of(content: bytes, number: int) -> bytes:
    return content[number * PAGE : (number + 1) * PAGE]


def test_the_whole_old_file_put_back_is_found_by_its_witness(engine: Engine, path: Path, tmp_path: Path) -> None:
    work = filled(engine)
    checkpoint(engine)
    shutil.copy(path, tmp_path / "old.db")
    with work.step("agency") as records:
        records.save(AGENCY)
    seen = work.head()
    engine.dispose()
    shutil.copy(tmp_path / "old.db", path)
    for beside in path.parent.glob("records.db-*"):
        beside.unlink()
    (found,) = trouble(path, seen)
    assert "this is an older copy" in found


def test_a_file_of_plain_pages_is_refused(tmp_path: Path) -> None:
    plain = dbapi2.connect(str(tmp_path / "plain.db"))
    plain.execute("CREATE TABLE journal (number INTEGER PRIMARY KEY)")
    plain.commit()
    plain.close()
    with pytest.raises(Refused):
        open_engine(tmp_path / "plain.db", bytearray(KEY))


def test_the_guards_are_there_to_be_dropped(engine: Engine) -> None:
    with engine.connect() as connection:
        triggers = connection.execute(text("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).scalar()
    assert triggers == 3
