"""A file opened only to be looked at: read-only down to the operating system, no lock taken, not a byte of its folder
changed. Whoever has it open beside does not notice.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from csp_desktop.domain.common.errors import Refused
from csp_desktop.store.engine import BUSY_MILLISECONDS, KEY_BYTES, engine_on, reading, refusal_for, refuse_cut_short
from csp_desktop.store.errors import StoreRefused
from csp_desktop.store.migrations import HEADS, version

_SETTINGS = ("cipher_log = off", "cipher_memory_security = on")
_READ_ONLY = (f"busy_timeout = {BUSY_MILLISECONDS}", "query_only = on", "temp_store = memory", "trusted_schema = off")


class OtherVersion(StoreRefused):
    """Its tables are not this program's."""

    def __init__(self) -> None:
        super().__init__("This file was made by another version of the program. Open it in its own window first.")


@contextmanager
def looking(path: Path, key: bytearray, branch: str) -> Iterator[Engine]:
    """The file for one look; `key` stays the caller's. Raises MissingDatabase, DamagedDatabase, OtherVersion, and
    ValueError for a key that has not 32 bytes."""
    if len(key) != KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    refuse_cut_short(path)
    engine = reading(engine_on(lambda: _connect(path, key)))
    try:
        if version(engine) != HEADS[branch]:
            raise OtherVersion
        yield engine
    finally:
        engine.dispose()


def _connect(path: Path, key: bytearray) -> Any:
    """While somebody writes, the log is read beside the file; else the file stands still, and no log is made."""
    at_work = path.with_name(f"{path.name}-wal").exists() and path.with_name(f"{path.name}-shm").exists()
    how = "readonly_shm=1" if at_work else "immutable=1"
    try:
        connection = dbapi2.connect(
            f"file:{quote(os.fsencode(path.as_posix()))}?mode=ro&{how}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
    except dbapi2.Error as error:
        raise refusal_for(error) or error from None
    raw = bytearray(b"x'") + key.hex().encode() + b"'"
    try:
        for pragma in _SETTINGS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.set_key(raw)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        for pragma in _READ_ONLY:
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except (dbapi2.Error, Refused) as error:
        connection.close()
        raise refusal_for(error) or error from None
    finally:
        raw[:] = bytes(len(raw))
    return connection
