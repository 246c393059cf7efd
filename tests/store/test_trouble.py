"""What can happen to a file while one works: each has its sentence, and nothing half-done is kept."""

import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from csp_desktop.domain.meeting.meeting import AgendaItem
from csp_desktop.domain.people.agencies import Agency, AgencyKind
from csp_desktop.store.checks import verify
from csp_desktop.store.columns import column_type, plain
from csp_desktop.store.engine import open_engine
from csp_desktop.store.errors import StoreRefused
from csp_desktop.store.unit_of_work import SqlWork
from tests.support.vaults import JOURNAL_KEY, KEY, work_on

AGENCY = Agency("a1", "New Hope", "NH", AgencyKind.SUPPORT)


def pragma(engine: Engine, words: str) -> int:
    raw = engine.raw_connection()
    try:
        (value,) = raw.driver_connection.execute(f"PRAGMA {words}").fetchone()  # type: ignore[union-attr]
        return int(value)
    finally:
        raw.close()


def test_a_full_disk_is_said_and_nothing_is_half_kept(work: SqlWork, engine: Engine) -> None:
    pages = pragma(engine, "page_count")
    pragma(engine, f"max_page_count = {pages}")
    with pytest.raises(StoreRefused, match="disk is full"), work.step("long note") as records:
        records.save(AGENCY)
        records.save(Agency("a2", "x" * 100_000, "", AgencyKind.OTHER))
    with pytest.raises(StoreRefused, match="disk is full"):
        work.keep_draft(AgendaItem, "i1", "note", "y" * 100_000)
    pragma(engine, "max_page_count = 1000000")
    with work.reading() as records:
        assert records.find(Agency) == []
    assert work.drafts() == []
    with work.step("room again") as records:
        records.save(AGENCY)
    assert verify(engine, JOURNAL_KEY) == []


def test_a_file_held_by_another_program_is_said(work: SqlWork, engine: Engine, path: Path) -> None:
    other = open_engine(path, bytearray(KEY))
    pragma(engine, "busy_timeout = 1")
    with other.begin(), pytest.raises(StoreRefused, match="using the file"), work.step("note") as records:
        records.save(AGENCY)
    other.dispose()
    with work.step("note") as records:
        records.save(AGENCY)


def test_a_reader_on_another_thread_sees_only_what_is_kept(work: SqlWork) -> None:
    seen: list[int] = []

    def read() -> None:
        with work.reading() as records:
            seen.append(len(records.find(Agency)))

    def read_elsewhere() -> None:
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()

    with work.step("agency") as records:
        records.save(AGENCY)
        read_elsewhere()
    read_elsewhere()
    assert seen == [0, 1]


def test_a_draft_outlives_the_program(work: SqlWork, engine: Engine, path: Path) -> None:
    work.keep_draft(AgendaItem, "i1", "note", "half a sen")
    engine.dispose()
    again = open_engine(path, bytearray(KEY))
    assert [draft.text for draft in work_on(again).drafts()] == ["half a sen"]
    again.dispose()


def test_an_instant_without_a_zone_and_an_unknown_type_are_mistakes() -> None:
    with pytest.raises(ValueError, match="time zone"):
        plain(datetime(2026, 11, 26, 14))
    with pytest.raises(TypeError):
        plain({"a": 1})
    with pytest.raises(TypeError):
        column_type(dict[str, int])
