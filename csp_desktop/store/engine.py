"""The encrypted database as a SQLAlchemy engine: the one place that opens it, sets its key and proves that it is
encrypted.

Transactions are real, DDL included: the driver's own BEGIN is off, ours is `BEGIN IMMEDIATE`, so a transaction that
will write never fails half-way for want of the lock; `reading(engine)` gives one that does not hold up writers.
"""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.engine import ExceptionContext
from sqlcipher3 import dbapi2

from csp_desktop.domain.common.errors import Refused
from csp_desktop.store.errors import IN_USE, SENTENCES, Damaged, InUse, StoreRefused

KEY_BYTES = 32
PAGE_BYTES = 4096
SAFE_SQLITE = (3, 53, 3)  # earlier ones may lose acknowledged commits when the write-ahead log is reset
BUSY_MILLISECONDS = 5000
CONNECTIONS = 2
STATEMENTS_KEPT = 512  # compiled; anew costs ten times a look-up, since all its memory is locked and wiped

_CIPHER = ("cipher_log = off", "cipher_memory_security = on")
SETTINGS = (
    f"busy_timeout = {BUSY_MILLISECONDS}",
    "journal_mode = wal",
    "synchronous = full",
    "foreign_keys = on",
    "temp_store = memory",
    "secure_delete = on",
    "trusted_schema = off",
    "cell_size_check = on",
    "cache_size = -65536",
)
_READING = ("SELECT", "PRAGMA", "EXPLAIN")  # how a statement begins that writes no record
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


class DamagedDatabase(Damaged):
    """The file is there, but the key does not open it or its pages are broken."""

    def __init__(self) -> None:
        super().__init__(
            "The partnership's records are damaged and cannot be read. Restore the newest backup of "
            "the whole folder, or ask IT."
        )


class MissingDatabase(Damaged):
    """There is no file."""

    def __init__(self) -> None:
        super().__init__(
            "The partnership's records are missing from this folder. Restore the newest backup of the "
            "whole folder, or ask IT."
        )


class OlderCopy(StoreRefused):
    """Header and database do not belong to the same moment."""

    def __init__(self) -> None:
        super().__init__(
            "The files in this folder do not belong together: one is an older copy. Restore the newest "
            "backup of the whole folder, never single files."
        )


class FileMoved(StoreRefused):
    """At its path there is no longer the file that was opened: moved, deleted, or another one put in its place."""

    def __init__(self) -> None:
        super().__init__("The partnership's file is no longer where it was opened, so it is not read any more.")


class CipherMissing(StoreRefused):
    """The installed driver cannot encrypt or is too old to be safe."""

    def __init__(self) -> None:
        super().__init__(
            "The program is not fully installed: its encryption is missing or too old. Install it again, or ask IT."
        )


Identity = tuple[int, int]  # device and inode: what a file is, whatever it is called


@dataclass
class _Spot:
    """The file that was opened and its write-ahead log, as they lay there; the log once there is one."""

    path: Path
    file: Identity | None = None
    log: Identity | None = None
    has_pages: bool = False  # seen with its first page at least once

    def stands(self) -> bool:
        """Whether both are still what lies at their paths, and the file not emptied where it lies. The log lives as
        long as a connection does."""
        if self.file is not None and identity_of(self.path) != self.file:
            return False
        if self._is_emptied():
            return False
        log = identity_of(log_of(self.path))
        if self.log is None:
            self.log = log
        return log == self.log

    def _is_emptied(self) -> bool:
        """Less than a page is left of a file that had one: another program wrote over it."""
        try:
            has_a_page = self.path.stat().st_size >= PAGE_BYTES
        except OSError:
            return False  # its identity tells
        self.has_pages = self.has_pages or has_a_page
        return self.has_pages and not has_a_page


@dataclass
class _Place:
    """Which file an engine is on, its key, and how many connections are open on it."""

    spot: _Spot
    key: bytearray
    opened: int = 0

    def connected(self) -> Any:
        """One connection more, on the same file as those before it or on none. Raises FileMoved where that is gone or
        another."""
        spot = self.spot
        if not self.opened:
            spot.log = None  # taken away with the last connection
        if not spot.stands():
            raise FileMoved
        connection = connect(spot.path, self.key)
        self.opened += 1
        spot.file = spot.file or identity_of(spot.path)
        if not spot.stands():
            connection.close()
            self.closed()
            raise FileMoved
        return connection

    def closed(self) -> None:
        """One fewer."""
        self.opened -= 1


_PLACES: WeakKeyDictionary[Engine, _Place] = WeakKeyDictionary()


def open_engine(path: Path, key: bytearray, *, create: bool = False) -> Engine:
    """An engine on the encrypted file, its key proved by a first query. `engine.dispose()` closes it and wipes its copy
    of the key for good.

    `key` is 32 raw bytes and stays the caller's to wipe. With `create` the file must not exist yet; it gets mode 0600,
    as do its -wal and -shm. Raises MissingDatabase, DamagedDatabase, CipherMissing, and ValueError for a key of another
    length; what happens to the file later (disk full, in use, broken page) is raised as DamagedDatabase or StoreRefused
    with its sentence.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    if dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise CipherMissing
    if create:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    else:
        refuse_cut_short(path)
    place = _Place(_Spot(path), bytearray(key))
    engine = engine_on(place.connected)
    _PLACES[engine] = place
    event.listen(engine, "close", lambda *_: place.closed())
    event.listen(engine, "engine_disposed", lambda _: _forget(place.key))
    try:
        with reading(engine).connect() as connection:
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
    except Refused:
        engine.dispose()
        raise
    return engine


def refuse_cut_short(path: Path) -> None:
    """No file, or one without so much as its first page: such a one would open empty under any key. Raises
    MissingDatabase, DamagedDatabase."""
    if not path.is_file():
        raise MissingDatabase
    if path.stat().st_size < PAGE_BYTES:
        raise DamagedDatabase


def move_engine(engine: Engine, path: Path, key: bytearray) -> None:
    """Let an engine of `open_engine` go on with another file: whoever holds it works there from the next connection.
    Writers must be held up meanwhile (`SqlWork.held`): what is under way ends in the file it began in.
    """
    place, old = _PLACES[engine], engine.pool
    former = place.key
    place.spot, place.key = _Spot(path, identity_of(path)), bytearray(key)
    engine.pool = old.recreate()
    old.dispose()
    _forget(former)


def is_in_place(engine: Engine) -> bool:
    """Whether the file an engine of `open_engine` writes to, and its log, are still the ones at their paths."""
    return _PLACES[engine].spot.stands()


def only_read(engine: Engine) -> None:
    """From here on every connection refuses to write, whoever asks it; the log may still be brought into the file."""
    event.listen(engine, "checkout", lambda driver, *_: driver.execute("PRAGMA query_only = on"))


def open_every_connection(engine: Engine) -> None:
    """All the engine may ever have: from here on it reads on even when its file is no longer at its path."""
    for connection in [engine.raw_connection() for _ in range(CONNECTIONS)]:
        connection.close()


def identity_of(path: Path) -> Identity | None:
    """What lies at the path now; None for nothing, or what cannot be asked."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def log_of(path: Path) -> Path:
    """The write-ahead log beside a database."""
    return path.with_name(f"{path.name}-wal")


def engine_on(connect: Callable[[], Any]) -> Engine:
    """An engine on the connections `connect` makes, with our transactions and refusals: for `open_engine`, and for the
    plain file of the benchmarks, which is to differ in nothing but the cipher.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_use_lifo=True,  # the connection that wrote last keeps its decrypted pages; any other must read them again
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "before_cursor_execute", _refuse_writing)
    event.listen(engine, "handle_error", _refuse)
    return engine


def reading(engine: Engine) -> Engine:
    """The same engine for consistent reading: a deferred transaction that refuses to write and never makes a writer
    wait.
    """
    return engine.execution_options(reads_only=True)


def check_meta(engine: Engine, vault_id: str, epoch: int, generation: int) -> None:
    """Refuse a header and a database that do not belong together; raises OlderCopy or DamagedDatabase.

    The header is written before `write_meta`. So a header one generation ahead is what a crash between the two leaves,
    and is put right here; anything else is an older copy of one of them.
    """
    with reading(engine).connect() as connection:
        rows = connection.execute(text("SELECT vault_id, epoch, generation FROM meta")).all()
    if len(rows) != 1:
        raise DamagedDatabase
    kept = rows[0]
    if kept.vault_id != vault_id or kept.epoch != epoch or kept.generation not in (generation, generation - 1):
        raise OlderCopy
    if kept.generation != generation:
        write_meta(engine, vault_id, epoch, generation)


def write_meta(engine: Engine, vault_id: str, epoch: int, generation: int) -> None:
    """Record which header the database belongs to: when it is created, and right after every change of the vault's
    slots.
    """
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM meta"))
        connection.execute(
            text("INSERT INTO meta (vault_id, epoch, generation) VALUES (:vault_id, :epoch, :generation)"),
            {"vault_id": vault_id, "epoch": epoch, "generation": generation},
        )


def connect(path: Path, key: bytearray) -> Any:
    """One keyed and checked connection of the driver. Raises ValueError once the key is wiped, and Refused where there
    is a sentence for the driver's error, else that."""
    if len(key) != KEY_BYTES:
        raise ValueError("the engine was disposed of and its key wiped")
    try:
        connection = dbapi2.connect(
            f"file:{quote(os.fsencode(path.as_posix()))}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=STATEMENTS_KEPT,
        )
    except dbapi2.Error as error:
        raise refusal_for(error) or error from None
    try:
        _prepare(connection, key)
    except dbapi2.Error as error:
        connection.close()
        raise refusal_for(error) or error from None
    except Refused:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: bytearray) -> None:
    for pragma in _CIPHER:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    raw = bytearray(b"x'") + key.hex().encode() + b"'"  # any other form would silently be taken as a passphrase
    connection.set_key(raw)
    raw[:] = bytes(len(raw))
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    for pragma in SETTINGS:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    encrypted = connection.execute("PRAGMA cipher_status").fetchone()
    journal = connection.execute("PRAGMA journal_mode").fetchone()
    if encrypted != ("1",) or journal != ("wal",):
        raise CipherMissing


def _forget(key: bytearray) -> None:
    key[:] = bytes(len(key))
    key.clear()


def _begin(connection: Connection) -> None:
    """Straight to the driver: SQLAlchemy's own way of saying BEGIN takes longer than SQLite's."""
    reads_only = connection.get_execution_options().get("reads_only")
    driver = connection.connection.driver_connection
    assert driver is not None
    try:
        driver.execute("BEGIN" if reads_only else "BEGIN IMMEDIATE")
    except dbapi2.Error as error:
        raise refusal_for(error) or error from None


def _refuse_writing(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
    """A reading never writes. `PRAGMA query_only` would say so too, but makes SQLite compile every statement anew."""
    if connection.get_execution_options().get("reads_only") and not statement.lstrip()[:8].upper().startswith(_READING):
        raise StoreRefused(SENTENCES[sqlite3.SQLITE_READONLY])


def _refuse(context: ExceptionContext) -> None:
    refusal = refusal_for(context.original_exception)
    if refusal is not None:
        raise refusal from None


def cipher_versions() -> tuple[str, str]:
    """SQLCipher's and SQLite's, of the library that is really loaded."""
    connection = dbapi2.connect(":memory:")
    try:
        (sqlcipher,) = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return str(sqlcipher), dbapi2.sqlite_version


def refusal_for(error: BaseException) -> Refused | None:
    """The sentence for a failure of the file itself; None for what is a mistake of the program."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    if code & 0xFF in _DAMAGED:
        return DamagedDatabase()
    if code & 0xFF in IN_USE:
        return InUse()
    sentence = SENTENCES.get(code & 0xFF)
    return None if sentence is None else StoreRefused(sentence)
