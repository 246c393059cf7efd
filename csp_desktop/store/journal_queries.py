"""The journal as its page reads it: one line for each step, found by person, case, day or kind, in SQL."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, distinct, func, select

from csp_desktop.services.ports.journal import JournalChange, JournalQuery, JournalStep
from csp_desktop.store.columns import plain
from csp_desktop.store.journal import Key, Keys, by_hash, record_of
from csp_desktop.store.tables import Schema


class SqlJournal:
    """services.file.journal.JournalQueries on the open file."""

    def __init__(
        self, connected: Callable[[], AbstractContextManager[Connection]], schema: Schema, key: Callable[[], Key]
    ) -> None:
        self._connected, self._schema, self._key = connected, schema, key

    def page(self, query: JournalQuery, offset: int, limit: int) -> Sequence[JournalStep]:
        """One page of steps, the newest first."""
        journal = self._schema.journal
        with self._connected() as connection:
            last = func.max(journal.c.number).label("last")
            wanted = self._filtered(connection, select(journal.c.step, last), query)
            wanted = wanted.group_by(journal.c.step).order_by(last.desc()).offset(offset).limit(limit)
            steps = [step for step, _ in connection.execute(wanted)]
            return self._steps(connection, steps, query.kind) if steps else ()

    def newest(self) -> datetime | None:
        """When the last entry was written, by the clock of that day; None before the first."""
        journal = self._schema.journal
        with self._connected() as connection:
            at = connection.execute(select(journal.c.at).order_by(journal.c.number.desc()).limit(1)).scalar()
        return None if at is None else datetime.fromisoformat(at)

    def count(self, query: JournalQuery) -> int:
        """How many steps match."""
        journal = self._schema.journal
        with self._connected() as connection:
            counted = self._filtered(connection, select(func.count(distinct(journal.c.step))), query)
            return int(connection.execute(counted).scalar_one())

    def changes(self, step: str, limit: int) -> tuple[Sequence[JournalChange], int]:
        """What a step did, record by record."""
        journal, revisions = self._schema.journal, self._schema.revisions
        asked = (
            select(
                journal.c.kind,
                journal.c.record_id,
                journal.c.verb,
                journal.c.fields,
                journal.c.undoes,
                revisions.c.before,
                revisions.c.after,
            )
            .outerjoin_from(journal, revisions, revisions.c.number == journal.c.number)
            .where(journal.c.step == step)
            .order_by(journal.c.number)
            .limit(limit)
        )
        with self._connected() as connection:
            rows = connection.execute(asked).all()
            total = connection.execute(select(func.count()).where(journal.c.step == step)).scalar_one()
        return [self._change(row) for row in rows], int(total)

    def people(self) -> Sequence[tuple[str, str]]:
        """Everyone who ever wrote, by name; the key is the name, which the journal itself has only hashed."""
        journal, revisions = self._schema.journal, self._schema.revisions
        with self._connected() as connection:
            first = select(func.min(journal.c.number)).group_by(journal.c.by)
            names = connection.execute(select(revisions.c.by).where(revisions.c.number.in_(first)).distinct())
            found = sorted({name for (name,) in names if name}, key=str.casefold)
        return [(name, name) for name in found]

    def _filtered(self, connection: Connection, asked: Select[Any], query: JournalQuery) -> Select[Any]:
        journal = self._schema.journal
        if query.by:
            keys = Keys(connection, self._schema, self._key()).every()
            asked = asked.where(journal.c.by.in_([by_hash(key, query.by) for key in keys]))
        if query.case_id:
            asked = asked.where(journal.c.about == query.case_id)
        if query.kind is not None:
            asked = asked.where(journal.c.kind == query.kind.__name__)
        if query.since is not None:
            asked = asked.where(journal.c.at >= plain(query.since))
        if query.before is not None:
            asked = asked.where(journal.c.at < plain(query.before))
        return asked

    def _steps(self, connection: Connection, steps: Sequence[str], kind: type[Any] | None) -> list[JournalStep]:
        journal, revisions = self._schema.journal, self._schema.revisions
        asked = (
            select(
                journal.c.step,
                func.min(journal.c.number).label("first"),
                func.max(journal.c.number).label("last"),
                func.min(journal.c.at).label("at"),
                func.max(journal.c.undoes).label("undoes"),
                func.max(revisions.c.words).label("words"),
                func.max(revisions.c.by).label("by"),
            )
            .outerjoin_from(journal, revisions, revisions.c.number == journal.c.number)
            .where(journal.c.step.in_(steps))
            .group_by(journal.c.step)
        )
        rows = {row.step: row for row in connection.execute(asked)}
        undone = set(connection.execute(select(journal.c.undoes).where(journal.c.undoes.in_(steps))).scalars())
        about: dict[str, list[str]] = {}
        named = select(journal.c.step, journal.c.about).where(journal.c.step.in_(steps), journal.c.about != "")
        if kind is not None:
            named = named.where(journal.c.kind == kind.__name__)
        for step, case_id in connection.execute(named.distinct()):
            about.setdefault(step, []).append(case_id)
        return [self._step(rows[step], step in undone, tuple(about.get(step, ()))) for step in steps]

    def _step(self, row: Any, undone: bool, about: tuple[str, ...]) -> JournalStep:
        at = datetime.fromisoformat(row.at)
        return JournalStep(
            row.step, row.first, row.last, at, row.by or "", row.words or "", bool(row.undoes), undone, about
        )

    def _change(self, row: Any) -> JournalChange:
        kind = self._schema.kind_named(row.kind)
        before, after = record_of(kind, row.before), record_of(kind, row.after)
        erased = (row.verb != "added" and before is None) or (row.verb != "removed" and after is None)
        fields = tuple(row.fields.split())
        return JournalChange(kind, row.record_id, row.verb, fields, before, after, erased)
