"""The encrypted database: really encrypted, keyed without derivation, transactions real, and every failure of the file
in words.
"""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlcipher3 import dbapi2

from csp_desktop.store import engine as engines
from csp_desktop.store.engine import check_meta, open_engine, reading, write_meta
from csp_desktop.store.errors import StoreRefused

KEY = bytes(range(32))
CANARY = "Quillfeather Canary"
WRITE_TOO_MUCH = """
import resource, signal, sys
from pathlib import Path
from sqlalchemy import text
from csp_desktop.domain.common.errors import Refused
from csp_desktop.store.engine import open_engine
engine = open_engine(Path(sys.argv[1]), bytearray.fromhex(sys.argv[2]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note (words) VALUES (:words)"), {"words": "x" * 200_000})
except Refused as refused:
    print(refused.sentence)
"""


def key() -> bytearray:
    return bytearray(KEY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder # with ? marks" / "cpg.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    """A database with one table and a canary in it."""
    path.parent.mkdir()
    made = open_engine(path, key(), create=True)
    with made.begin() as connection:
        connection.execute(text("CREATE TABLE meta (vault_id TEXT, epoch INTEGER, generation INTEGER)"))
        connection.execute(text("CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT UNIQUE)"))
        connection.execute(text("INSERT INTO note (words) VALUES (:words)"), {"words": CANARY})
    yield made
    made.dispose()


def words_in(engine: Engine) -> list[str]:
    with reading(engine).connect() as connection:
        return list(connection.execute(text("SELECT words FROM note ORDER BY id")).scalars())


def test_what_lies_on_the_disk_tells_nothing_and_is_for_its_owner_alone(path: Path, engine: Engine) -> None:
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["cpg.db", "cpg.db-shm", "cpg.db-wal"]
    for file in files:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    engine.dispose()
    content = path.read_bytes()
    assert len(content) >= 4096 and b"SQLite format 3" not in content and CANARY.encode() not in content
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        sqlite3.connect(path).execute("SELECT * FROM note")


def test_the_canary_would_be_found_in_a_plain_file(tmp_path: Path) -> None:
    plain = tmp_path / "plain.db"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE note (words TEXT)")
    connection.execute("INSERT INTO note VALUES (?)", (CANARY,))
    connection.commit()
    connection.close()
    assert b"SQLite format 3" in plain.read_bytes() and CANARY.encode() in plain.read_bytes()


def test_the_key_is_taken_raw_without_derivation(path: Path, engine: Engine) -> None:
    """The driver takes any other form for a passphrase: 150 ms a connection, and a file no other tool opens by this
    key. Where nothing is derived, it does not matter how many rounds a derivation is told to take.
    """
    engine.dispose()
    for rounds in (1000, 256_000, 512_000):
        raw = dbapi2.connect(str(path))
        raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        raw.execute(f"PRAGMA kdf_iter = {rounds}")
        assert raw.execute("SELECT words FROM note").fetchall() == [(CANARY,)]
        raw.close()
    passphrase = dbapi2.connect(str(path))
    passphrase.set_key(bytearray(KEY))
    with pytest.raises(dbapi2.DatabaseError, match="not a database"):
        passphrase.execute("SELECT words FROM note")
    passphrase.close()


def test_every_connection_of_the_pool_is_set_up_alike(engine: Engine) -> None:
    wanted = {
        "cipher_status": "1",
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "temp_store": 2,
        "secure_delete": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cache_size": -65536,
        "busy_timeout": 5000,
        "cipher_memory_security": "1",
    }
    with reading(engine).connect() as one, reading(engine).connect() as two:
        for connection in (one, two):
            seen = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert seen == wanted


def test_the_driver_is_past_the_log_reset_fault() -> None:
    assert dbapi2.sqlite_version_info >= (3, 53, 3)


def test_a_wrong_key_is_told_as_damage(path: Path, engine: Engine) -> None:
    engine.dispose()
    with pytest.raises(engines.DamagedDatabase) as refused:
        open_engine(path, bytearray(32))
    assert "damaged" in refused.value.sentence and "backup" in refused.value.sentence


def test_a_plain_file_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.db"
    connection = sqlite3.connect(plain)
    connection.execute("CREATE TABLE note (words TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(engines.DamagedDatabase):
        open_engine(plain, key())


def test_a_missing_file_is_not_made_and_an_empty_one_not_taken_for_new(tmp_path: Path) -> None:
    with pytest.raises(engines.MissingDatabase):
        open_engine(tmp_path / "none.db", key())
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.db").touch()
    with pytest.raises(engines.DamagedDatabase):
        open_engine(tmp_path / "empty.db", key())


def test_creating_never_overwrites(path: Path, engine: Engine) -> None:
    with pytest.raises(FileExistsError):
        open_engine(path, key(), create=True)
    assert words_in(engine) == [CANARY]


def test_a_flipped_byte_is_told_as_damage(path: Path, engine: Engine) -> None:
    with engine.begin() as connection:
        for number in range(400):
            connection.execute(text("INSERT INTO note (words) VALUES (:words)"), {"words": f"{number} " + "x" * 100})
    engine.dispose()
    whole = path.read_bytes()
    pages = len(whole) // 4096
    assert pages > 8
    for page in range(1, pages):
        broken = bytearray(whole)
        broken[page * 4096 + 100] ^= 1
        path.write_bytes(broken)
        damaged = open_engine(path, key())
        with pytest.raises(engines.DamagedDatabase), reading(damaged).connect() as connection:
            connection.execute(text("SELECT * FROM note")).all()
            connection.execute(text("SELECT words FROM note ORDER BY words")).all()
            connection.execute(text("SELECT * FROM meta")).all()
        damaged.dispose()


def test_definitions_of_tables_are_part_of_the_transaction(engine: Engine) -> None:
    with pytest.raises(RuntimeError), engine.begin() as connection:
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        connection.execute(text("INSERT INTO note (words) VALUES ('half')"))
        raise RuntimeError
    with reading(engine).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'half'")).scalar() == 0
    assert words_in(engine) == [CANARY]


def test_a_reader_sees_one_moment_and_holds_up_no_writer(engine: Engine) -> None:
    with reading(engine).connect() as reader:
        assert reader.execute(text("SELECT count(*) FROM note")).scalar() == 1
        with engine.begin() as writer:
            writer.execute(text("INSERT INTO note (words) VALUES ('later')"))
        assert reader.execute(text("SELECT count(*) FROM note")).scalar() == 1
    assert words_in(engine) == [CANARY, "later"]


def test_a_reader_cannot_write_and_leaves_the_connection_fit_for_writing(engine: Engine) -> None:
    with pytest.raises(StoreRefused), reading(engine).begin() as connection:
        connection.execute(text("INSERT INTO note (words) VALUES ('no')"))
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note (words) VALUES ('yes')"))
    assert words_in(engine) == [CANARY, "yes"]


def test_a_program_mistake_stays_one_and_tells_no_names(engine: Engine) -> None:
    with pytest.raises(IntegrityError) as wrong, engine.begin() as connection:
        connection.execute(text("INSERT INTO note (words) VALUES (:words)"), {"words": CANARY})
    assert isinstance(wrong.value, DBAPIError) and CANARY not in str(wrong.value)


def test_a_file_in_use_by_another_program_is_told_in_words(path: Path, engine: Engine) -> None:
    other = open_engine(path, key())
    with engine.begin() as writer, other.connect() as waiting:
        writer.execute(text("INSERT INTO note (words) VALUES ('first')"))
        raw = waiting.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA busy_timeout = 10")
        with pytest.raises(StoreRefused, match="using the file"):
            waiting.execute(text("INSERT INTO note (words) VALUES ('second')"))
    other.dispose()
    assert words_in(engine) == [CANARY, "first"]


def test_a_full_disk_is_told_in_words_and_nothing_half_done_stays(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 5")
        with pytest.raises(StoreRefused, match="disk is full"):
            connection.execute(text("INSERT INTO note (words) VALUES (:words)"), {"words": "x" * 100_000})
        connection.rollback()
    assert words_in(engine) == [CANARY]


def test_a_disk_that_takes_no_more_is_told_in_words(path: Path, engine: Engine) -> None:
    done = subprocess.run([sys.executable, "-c", WRITE_TOO_MUCH, str(path), KEY.hex()], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "disk" in done.stdout and "is still here" in done.stdout
    assert words_in(engine) == [CANARY]


def test_disposing_wipes_the_engines_key_and_not_the_callers(path: Path, engine: Engine) -> None:
    mine = key()
    own = open_engine(path, mine)
    assert mine == KEY
    own.dispose()
    assert mine == KEY
    with pytest.raises(ValueError, match="wiped"):
        own.connect()


def test_a_key_of_another_length_is_a_mistake(path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_engine(path, bytearray(31))


def test_header_and_database_must_belong_to_the_same_moment(engine: Engine) -> None:
    with pytest.raises(engines.DamagedDatabase):
        check_meta(engine, "a" * 32, 1, 1)
    write_meta(engine, "a" * 32, 1, 3)
    check_meta(engine, "a" * 32, 1, 3)
    for vault_id, epoch, generation in (("b" * 32, 1, 3), ("a" * 32, 2, 3), ("a" * 32, 1, 2), ("a" * 32, 1, 5)):
        with pytest.raises(engines.OlderCopy):
            check_meta(engine, vault_id, epoch, generation)
    check_meta(engine, "a" * 32, 1, 4)  # a crash between header and database
    with pytest.raises(engines.OlderCopy):
        check_meta(engine, "a" * 32, 1, 3)
