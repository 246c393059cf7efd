"""One place where transactions begin and end: writers take the file's write lock at once, readers see one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import TimeoutError as AllInUse

from csp_desktop.store.errors import InUse


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction (the engine decides which kind): committed at the end, else rolled back. Raises
    InUse where every connection is taken."""
    try:
        connection = engine.connect()
    except AllInUse:
        raise InUse from None
    with connection, connection.begin():
        yield connection
