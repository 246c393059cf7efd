"""Documents of the file: frozen facts and printed papers, each under the SHA-256 of its bytes."""

import functools
import hashlib

from sqlalchemy import Connection, Select, bindparam, delete, insert, select

from csp_desktop.domain.common.errors import NotFound
from csp_desktop.store.tables import Schema

GONE = "This document is no longer in the file. Restore an earlier backup, or ask IT."


def keep(connection: Connection, schema: Schema, content: bytes) -> str:
    """Its SHA-256 in 64 hexadecimal digits; the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if connection.execute(_one(schema), {"wanted": sha256}).first() is None:
        connection.execute(insert(schema.documents), {"sha256": sha256, "content": content})
    return sha256


def one(connection: Connection, schema: Schema, sha256: str) -> bytes:
    """The bytes kept under it. Raises NotFound."""
    row = connection.execute(_one(schema), {"wanted": sha256}).first()
    if row is None:
        raise NotFound(GONE)
    return bytes(row.content)


def drop_unnamed(connection: Connection, schema: Schema) -> None:
    """Take out every document that no record names any more, by the fields its class says name some."""
    named: set[str] = set()
    for kind, table in schema.register.items():
        for field in getattr(kind, "names_documents", ()):
            named.update(connection.execute(select(table.c[field])).scalars())
    kept = connection.execute(select(schema.documents.c.sha256)).scalars().all()
    for sha256 in set(kept) - named:
        connection.execute(delete(schema.documents).where(schema.documents.c.sha256 == sha256))


def verify(connection: Connection, schema: Schema) -> list[str]:
    """A sentence where a document's bytes are not those its SHA-256 was made of."""
    kept = connection.execute(select(schema.documents))
    changed = sum(hashlib.sha256(row.content).hexdigest() != row.sha256 for row in kept)
    return [f"Documents changed outside the program: {changed}."] if changed else []


@functools.cache
def _one(schema: Schema) -> Select[tuple[str, bytes]]:
    documents = schema.documents
    return select(documents.c.sha256, documents.c.content).where(documents.c.sha256 == bindparam("wanted"))
