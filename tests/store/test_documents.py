"""Documents lie in the file beside the journal, and a check of the file sees one that was changed."""

from sqlalchemy import Engine, text

from csp_desktop.store.checks import verify
from csp_desktop.store.unit_of_work import SqlWork
from tests.support.vaults import JOURNAL_KEY


def test_a_document_changed_outside_the_program_is_a_finding(engine: Engine, work: SqlWork) -> None:
    with work.step("frozen") as records:
        sha256 = records.keep_document(b"the facts")
    assert verify(engine, JOURNAL_KEY) == []
    with engine.begin() as connection:
        connection.execute(text("UPDATE documents SET content = x'00' WHERE sha256 = :of"), {"of": sha256})
    assert verify(engine, JOURNAL_KEY) == ["Documents changed outside the program: 1."]
