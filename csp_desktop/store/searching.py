"""The words people can search for, kept current inside the step that changes them, and the question itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from csp_desktop.domain.actions import Action
from csp_desktop.domain.cases import Case
from csp_desktop.domain.meeting import AgendaItem, CaseTurn
from csp_desktop.store.journal import Change
from csp_desktop.store.tables import Shelves

MOST_RANKED = 2000  # newest matches that are put in order of rank: as-you-type stays quick when a word is everywhere


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


def keep_current(connection: Connection, shelves: Shelves, changes: Iterable[Change]) -> None:
    """Bring the index in line with what a step changed."""
    rows = shelves.search_rows
    for change in changes:
        before = None if change.before is None else words_of(change.before)
        after = None if change.after is None else words_of(change.after)
        if before == after:
            continue
        number = _number(connection, shelves, change)
        if number is not None and after is None:
            connection.execute(_DELETE, {"number": number})
            connection.execute(delete(rows).where(rows.c.number == number))
        elif after is not None:
            if number is None:
                row = {"kind": change.kind.__name__, "record_id": change.record_id}
                number = connection.execute(insert(rows).returning(rows.c.number), row).scalar()
            else:
                connection.execute(_DELETE, {"number": number})
            connection.execute(_INSERT, {"number": number, "title": after[0], "body": after[1]})


_DELETE = text("DELETE FROM search_words WHERE rowid = :number")
_INSERT = text("INSERT INTO search_words (rowid, title, body) VALUES (:number, :title, :body)")
_SEARCH = text(
    "SELECT s.kind, s.record_id, snippet(search_words, -1, '', '', '…', 16) AS snippet"
    " FROM (SELECT rowid AS number FROM search_words WHERE search_words MATCH :words"
    "       ORDER BY rowid DESC LIMIT :most) AS newest"
    " JOIN search_words ON search_words.rowid = newest.number"
    " JOIN search_rows AS s ON s.number = newest.number"
    " WHERE search_words MATCH :words ORDER BY search_words.rank LIMIT :limit"
)


def _number(connection: Connection, shelves: Shelves, change: Change) -> int | None:
    rows = shelves.search_rows
    found: int | None = connection.execute(
        select(rows.c.number).where(rows.c.kind == change.kind.__name__, rows.c.record_id == change.record_id)
    ).scalar()
    return found


def as_question(typed: str) -> str:
    """What a person typed as a full-text question: every word must begin some word; nothing typed is an operator."""
    words = [word.replace('"', '""') for word in typed.replace("\0", " ").split() if re.search(r"\w", word)]
    return " ".join(f'"{word}"*' for word in words)


def numbers_matching(words: str) -> Any:
    """A subquery of the numbers in the index that match a question."""
    return text("SELECT rowid AS number FROM search_words WHERE search_words MATCH :words").bindparams(words=words)


def search(connection: Connection, typed: str, limit: int) -> list[Found]:
    """The best matches among the newest; nothing for nothing typed."""
    words = as_question(typed)
    if not words:
        return []
    rows = connection.execute(_SEARCH, {"words": words, "limit": limit, "most": MOST_RANKED})
    return [Found(*row) for row in rows]
