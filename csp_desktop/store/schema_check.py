"""Whether a file's tables, indexes and triggers are those its migrations make: whoever has the key could take the
journal's guards away, and every entry would still fit."""

import functools
import re
from collections.abc import Mapping

from sqlalchemy import Connection, StaticPool, create_engine, text
from sqlcipher3 import dbapi2

from csp_desktop.store.migrations import migrate

Made = Mapping[tuple[str, str], str]  # kind and name: the statement that makes it

WORDS = {"table": "table", "index": "index", "trigger": "guard", "view": "view"}
GUARD = "so journal entries could have been changed or removed without the program noticing"
WHAT_TO_DO = "Another program changed it. Ask IT who had the file, and restore an earlier backup."


def verify_schema(connection: Connection, branch: str) -> list[str]:
    """A sentence for each that is missing, was changed, or does not belong there."""
    wanted, found = _as_migrated(branch), _made_in(connection)
    told = []
    for what in sorted(wanted.keys() | found.keys()):
        if wanted.get(what) != found.get(what):
            told.append(_sentence(what, is_wanted=what in wanted, is_there=what in found))
    return told


def _sentence(what: tuple[str, str], *, is_wanted: bool, is_there: bool) -> str:
    kind, name = what
    wrong = "should not be there" if not is_wanted else "was changed" if is_there else "is missing"
    effect = f", {GUARD}" if kind == "trigger" and is_wanted else ""
    return f"The {WORDS.get(kind, kind)} {name} {wrong}{effect}. {WHAT_TO_DO}"


@functools.cache
def _as_migrated(branch: str) -> Made:
    """What the migrations make, in an empty file in memory."""
    engine = create_engine(
        "sqlite+pysqlite://", module=dbapi2, creator=lambda: dbapi2.connect(":memory:"), poolclass=StaticPool
    )
    try:
        migrate(engine, f"{branch}@head")
        with engine.connect() as connection:
            return _made_in(connection)
    finally:
        engine.dispose()


def _made_in(connection: Connection) -> Made:
    """But for what SQLite makes for itself; of the search's own tables the statements are SQLite's affair."""
    rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master"))
    made = {(kind, name): _folded(sql) for kind, name, sql in rows if not name.startswith("sqlite_")}
    return {what: "" if what[1].startswith("search_words_") else sql for what, sql in made.items()}


def _folded(statement: str | None) -> str:
    """Without the spaces and quotes that differ between versions of the libraries, not of the tables."""
    return re.sub(r"\s+", " ", re.sub(r"\s*([(),=])\s*", r"\1", (statement or "").replace('"', ""))).strip()
