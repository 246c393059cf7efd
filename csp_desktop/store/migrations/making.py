"""How a step of the migrations makes tables: shorthand that names columns as words. It never changes once released."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

GUARDS = (
    "CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "CREATE TRIGGER journal_goes_on_by_one BEFORE INSERT ON journal "
    "WHEN NEW.number <> coalesce((SELECT number FROM journal ORDER BY number DESC LIMIT 1), 0) + 1 "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
)
WORDS = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "title, body, tokenize=\"unicode61 remove_diacritics 2\", prefix='1 2 3')",
    "INSERT INTO search_words (search_words, rank) VALUES ('secure-delete', 1)",
)
STEMMED_WORDS = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "title, body, tokenize=\"porter unicode61 remove_diacritics 2\", prefix='1 2 3')",
    WORDS[1],
)
TERMS = "CREATE VIRTUAL TABLE search_words_terms USING fts5vocab(search_words, row)"
TYPES = {"text": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean, "blob": sa.LargeBinary}


def table(name: str, words: str, *parents: tuple[str, str], key: str = "id") -> None:
    """Make a table from 'name name:type name:type?' (text when no type is said, nullable with a question mark) with
    deferred foreign keys (column, table) and its primary key."""
    pointing = (
        sa.ForeignKeyConstraint([column], [f"{parent}.id"], deferrable=True, initially="DEFERRED")
        for column, parent in parents
    )
    op.create_table(name, *_columns(words), sa.PrimaryKeyConstraint(*key.split()), *pointing)


def index(of: str, columns: str, *, unique: bool = False, called: str = "") -> None:
    """Make the index of these columns, named after them unless it is called otherwise."""
    names = columns.split()
    op.create_index(called or f"ix_{of}_{'_'.join(names)}", of, names, unique=unique)


def _columns(words: str) -> list[sa.Column[object]]:
    columns = []
    for word in words.split():
        name, _, kind = word.rstrip("?").partition(":")
        columns.append(sa.Column(name, TYPES[kind or "text"](), nullable=word.endswith("?")))
    return columns


def guard_journal() -> None:
    """From now on the journal only grows, by one entry at a time."""
    for statement in GUARDS:
        op.execute(statement)


def index_words() -> None:
    """The full-text index, which forgets what is taken out of it."""
    for statement in WORDS:
        op.execute(statement)


def index_stems() -> None:
    """The same words by their stems, cuckooing with cuckooed; and the list of all of them, to know one mistyped."""
    _index_anew(STEMMED_WORDS)
    op.execute(TERMS)


def index_words_again() -> None:
    """Back to each word as it is written."""
    op.execute("DROP TABLE search_words_terms")
    _index_anew(WORDS)


def _index_anew(statements: Sequence[str]) -> None:
    """The texts pass through a table in memory: an index keeps its own name for good."""
    for statement in (
        "CREATE TEMP TABLE passed AS SELECT rowid AS number, title, body FROM search_words",
        "DROP TABLE search_words",
        *statements,
        "INSERT INTO search_words (rowid, title, body) SELECT number, title, body FROM passed",
        "DROP TABLE passed",
    ):
        op.execute(statement)
