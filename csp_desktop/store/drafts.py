"""What is being typed: kept at most a moment behind, outside the journal, until its editing ends."""

import functools
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Delete, Select, bindparam, delete, select
from sqlalchemy.dialects.sqlite import Insert, insert

from csp_desktop.services.ports.work import Draft
from csp_desktop.store.columns import plain
from csp_desktop.store.tables import Schema


def keep(connection: Connection, schema: Schema, draft: Draft) -> None:
    """Insert or replace one draft."""
    row = {"kind": draft.kind, "record_id": draft.record_id, "field": draft.field, "text": draft.text}
    connection.execute(_keeping(schema.drafts), {**row, "at": plain(draft.at)})


def one(connection: Connection, schema: Schema, kind: str, record_id: str, field: str) -> Draft | None:
    """The draft of one field, or None."""
    row = connection.execute(_asking(schema.drafts), _which(kind, record_id, field)).first()
    return None if row is None else _draft(row)


def every(connection: Connection, schema: Schema) -> list[Draft]:
    """All drafts, the oldest first."""
    rows = connection.execute(_all(schema.drafts)).all()
    return sorted(map(_draft, rows), key=lambda draft: (draft.at, draft.kind, draft.record_id, draft.field))


def drop(connection: Connection, schema: Schema, kind: str, record_id: str, field: str) -> None:
    """Forget the draft of one field."""
    connection.execute(_dropping(schema.drafts), _which(kind, record_id, field))


def _draft(row: Any) -> Draft:
    return Draft(row.kind, row.record_id, row.field, row.text, datetime.fromisoformat(row.at))


def _which(kind: str, record_id: str, field: str) -> dict[str, str]:
    return {"of_kind": kind, "of_id": record_id, "of_field": field}


def _there(table: Any) -> tuple[Any, ...]:
    return (
        table.c.kind == bindparam("of_kind"),
        table.c.record_id == bindparam("of_id"),
        table.c.field == bindparam("of_field"),
    )


@functools.cache
def _all(table: Any) -> Select[Any]:
    return select(table)


@functools.cache
def _asking(table: Any) -> Select[Any]:
    return select(table).where(*_there(table))


@functools.cache
def _dropping(table: Any) -> Delete:
    return delete(table).where(*_there(table))


@functools.cache
def _keeping(table: Any) -> Insert:
    fresh = insert(table)
    return fresh.on_conflict_do_update(
        index_elements=[table.c.kind, table.c.record_id, table.c.field],
        set_={"text": fresh.excluded.text, "at": fresh.excluded.at},
    )
