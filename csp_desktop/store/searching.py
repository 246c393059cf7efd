"""The words people can search for, kept current inside the step that changes them, and the question itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.likeness import Near
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn
from csp_desktop.store.journal import Change
from csp_desktop.store.search_question import folded, wide_question
from csp_desktop.store.tables import Schema

CASES_FROM = 1 << 40  # a case's row has a number from here on, so that few letters find cases among very many notes
NEWEST = 2000  # rows that are looked through first; all of them only where these do not fill the list
MOST_CASES = 8  # in front of the notes, where there are enough of both
SNIPPET = 90
BEFORE_MATCH = 30


@dataclass(frozen=True)
class Found:
    """One record whose words match, and the words around the match."""

    kind: str
    record_id: str
    snippet: str


def words_of(record: Any) -> tuple[str, str] | None:
    """The title and text of a record people search for, or None when there is nothing to find."""
    match record:
        case Case():
            return " ".join((record.reference, record.initials)), _joined(
                record.summary, record.location, record.ward, record.lead_agency, record.lead_officer
            )
        case CaseTurn():
            title, body = "", _joined(record.note, record.reason)
        case AgendaItem():
            title, body = record.title, record.note
        case Action():
            title, body = "", _joined(record.what, record.reason, record.waiting_on)
        case _:
            return None
    return (title, body) if body else None


def _joined(*texts: str) -> str:
    return " · ".join(part for part in texts if part)


def keep_current(connection: Connection, schema: Schema, changes: Iterable[Change]) -> None:
    """Bring the index in line with what a step changed."""
    rows = schema.search_rows
    for change in changes:
        before = None if change.before is None else words_of(change.before)
        after = None if change.after is None else words_of(change.after)
        if before == after:
            continue
        number = _number(connection, schema, change)
        if number is not None and after is None:
            connection.execute(_DELETE, {"number": number})
            connection.execute(delete(rows).where(rows.c.number == number))
        elif after is not None:
            if number is None:
                number = _next_number(connection, schema, change.kind)
                row = {"number": number, "kind": change.kind.__name__, "record_id": change.record_id}
                connection.execute(insert(rows), row)
            else:
                connection.execute(_DELETE, {"number": number})
            connection.execute(_INSERT, {"number": number, "title": after[0], "body": after[1]})


_DELETE = text("DELETE FROM search_words WHERE rowid = :number")
_INSERT = text("INSERT INTO search_words (rowid, title, body) VALUES (:number, :title, :body)")
# Read upwards: downwards SQLite takes seconds for the beginning of a word that stands in many notes. Ranking by words
# (bm25) would go through all matches once more for each word, and read the length of every note.
_MATCHING = text("SELECT rowid FROM search_words WHERE search_words MATCH :words AND rowid >= :first")
_LAST = text("SELECT max(number) FROM search_rows WHERE number < :below")
_READ = text(
    "SELECT s.kind, s.record_id, w.title, w.body FROM search_rows AS s JOIN search_words AS w ON w.rowid = s.number"
    " WHERE s.number = :number"
)


def _next_number(connection: Connection, schema: Schema, kind: type[Any]) -> int:
    """The newest has the highest: cases from CASES_FROM on, everything else below."""
    if kind is Case:
        last = connection.execute(select(func.max(schema.search_rows.c.number))).scalar() or 0
        return max(last + 1, CASES_FROM)
    return _last_note(connection) + 1


def _last_note(connection: Connection) -> int:
    return connection.execute(_LAST, {"below": CASES_FROM}).scalar() or 0


def _number(connection: Connection, schema: Schema, change: Change) -> int | None:
    rows = schema.search_rows
    found: int | None = connection.execute(
        select(rows.c.number).where(rows.c.kind == change.kind.__name__, rows.c.record_id == change.record_id)
    ).scalar()
    return found


def search(connection: Connection, typed: str, limit: int, near: Near) -> list[Found]:
    """Cases before all else, the newest of each first; nothing for nothing typed."""
    words, starts = wide_question(connection, typed, near)
    if not words:
        return []
    rows = [connection.execute(_READ, {"number": number}).one() for number in _numbers(connection, words, limit)]
    return [Found(row.kind, row.record_id, _around(_joined(row.title, row.body), starts)) for row in rows]


def _numbers(connection: Connection, words: str, limit: int) -> list[int]:
    """Which rows to show, in their order."""
    for first in (max(_last_note(connection) - NEWEST, 0), 0):
        found = connection.execute(_MATCHING, {"words": words, "first": first}).scalars().all()
        cases = [number for number in reversed(found) if number >= CASES_FROM]
        notes = [number for number in reversed(found) if number < CASES_FROM]
        if len(notes) >= limit or not first:
            break
    return [*cases[: max(MOST_CASES, limit - len(notes))], *notes][:limit]


def _around(whole: str, starts: tuple[str, ...]) -> str:
    """The part of a text in which a word begins as one of those typed, or its beginning."""
    plain = folded(whole)
    at = next((word.start() for word in re.finditer(r"\w+", plain) if word.group().startswith(starts)), 0)
    first = 0 if at <= BEFORE_MATCH else whole.rfind(" ", 0, at - BEFORE_MATCH) + 1
    last = first + SNIPPET if len(whole) > first + SNIPPET else len(whole)
    return ("…" if first else "") + whole[first:last] + ("…" if last < len(whole) else "")
