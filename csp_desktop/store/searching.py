"""The words people can search for, kept current inside the step that changes them, and the question itself."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from csp_desktop.domain.actions import Action
from csp_desktop.domain.cases import Case
from csp_desktop.domain.meeting import AgendaItem, CaseTurn
from csp_desktop.store.journal import Change
from csp_desktop.store.tables import Shelves

MOST_RANKED = 300  # only the newest matches are put in order of rank, so that few letters are quick too
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
# The index is read upwards: downwards SQLite takes seconds for the beginning of a word that stands in many notes. So
# first it is counted where the newest matches begin, and only those are ranked.
_SEARCH = text(
    "SELECT s.kind, s.record_id, w.title, w.body FROM ("
    " SELECT rowid AS number, rank AS score FROM search_words WHERE search_words MATCH :words AND rowid >= ("
    "  SELECT rowid FROM search_words WHERE search_words MATCH :words ORDER BY rowid LIMIT 1 OFFSET ("
    "   SELECT max(count(*) - :most, 0) FROM search_words WHERE search_words MATCH :words"
    " )) ORDER BY score, number DESC LIMIT :limit"
    ") AS best JOIN search_rows AS s ON s.number = best.number JOIN search_words AS w ON w.rowid = best.number"
    " ORDER BY best.score, best.number DESC"
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


def search(connection: Connection, typed: str, limit: int) -> list[Found]:
    """The best matches among the newest; nothing for nothing typed."""
    words = as_question(typed)
    if not words:
        return []
    rows = connection.execute(_SEARCH, {"words": words, "limit": limit, "most": MOST_RANKED})
    starts = [_folded(word) for word in re.findall(r"\w+", typed)]
    return [Found(row.kind, row.record_id, _around(_joined(row.title, row.body), starts)) for row in rows]


def _around(whole: str, starts: list[str]) -> str:
    """The part of a text in which a word begins as one of those typed, or its beginning."""
    folded = _folded(whole)
    at = next((word.start() for word in re.finditer(r"\w+", folded) if word.group().startswith(tuple(starts))), 0)
    first = 0 if at <= BEFORE_MATCH else whole.rfind(" ", 0, at - BEFORE_MATCH) + 1
    last = first + SNIPPET if len(whole) > first + SNIPPET else len(whole)
    return ("…" if first else "") + whole[first:last] + ("…" if last < len(whole) else "")


def _folded(words: str) -> str:
    """Small letters without accents, as the index holds them; as long as the text given."""
    if words.isascii():
        return words.lower()
    return "".join(unicodedata.normalize("NFD", letter)[0].lower()[0] for letter in words)
