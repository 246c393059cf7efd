"""Closed cases are due by the setting, a legal hold wins, a person decides, and erasing reaches everything."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from csp_desktop.domain.cases.cases import Case, CaseStatus, RiskPoint, StatusChange, SubjectType
from csp_desktop.domain.cases.retention import Disposal
from csp_desktop.domain.common.errors import NotAllowed, NotFound, Refused
from csp_desktop.domain.common.kept_text import KeptText, digest_of
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, Answer
from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.services.cases.retention import (
    certificate,
    confirm_years,
    erase,
    keep_longer,
    lift_hold,
    named_elsewhere,
    retention,
)
from csp_desktop.services.people.settings import change_settings
from csp_desktop.services.session import Session
from csp_desktop.store.checks import verify
from csp_desktop.store.queries import SqlQueries
from tests.support.decrypted import plain_pages
from tests.support.fakes import FakeWork, FixedClock, fake_session
from tests.support.vaults import JOURNAL_KEY, KEY, new_engine, work_on
from tests.support.walk_meeting import fill

CANARY = "Wagtail Mews"
OLD = f"{CANARY} old"  # everything about the case to be erased
LATER = datetime(2033, 3, 1, 10, 0, tzinfo=UTC)


def closed_case(key: str, reference: str, on: date) -> list[Any]:
    case = Case(
        key,
        reference,
        date(2026, 1, 5),
        "",
        SubjectType.VICTIM,
        "WM",
        f"1 {CANARY} {key}",
        "Park",
        "",
        "",
        20,
        None,
        None,
        False,
        False,
        CaseStatus.CLOSED,
        f"{CANARY} {key}: noise",
    )
    quiet = f"{CANARY} {key} quiet"
    return [case, StatusChange(f"s-{key}", key, CaseStatus.MONITORING, CaseStatus.CLOSED, on, "Ruth", quiet)]


def filled(work: Any) -> Any:
    fill(work)
    with work.step("closed cases", undoable=False, of_held=True) as records:
        for record in (
            *closed_case("old", "SN-2026-000900", date(2026, 11, 26)),
            *closed_case("new", "SN-2026-000901", date(2030, 11, 26)),
            CaseTurn("t-old", "october", "old", 9, 5, "", note=f"{OLD} has been quiet"),
            RiskPoint("p-old", "old", date(2026, 2, 1), 20, None, None, date(2026, 2, 1)),
            Action("x-old", "october", 9, f"Letter to {OLD}", "dan", None, date(2026, 10, 29), case_id="old"),
            KeptText("k-old", "october", "old", digest_of("october", OLD), "dan", LATER),
            ActionAnswer("w-old", "x-old", "", LATER, "dan", Answer.DONE, f"went to {OLD}", None, None),
        ):
            records.save(record)
    return work


@pytest.fixture
def session() -> Session:
    clock = FixedClock(LATER)
    return fake_session(filled(FakeWork(clock)), now=clock)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[Session, Any, Path]]:
    clock, path = FixedClock(LATER), tmp_path / "records.db"
    engine = new_engine(path)
    work = filled(work_on(engine, clock))
    yield fake_session(work, now=clock, queries=SqlQueries(work)), engine, path
    engine.dispose()


def test_a_closed_case_is_due_after_the_years_of_the_setting(session: Session) -> None:
    kept = retention(session)
    assert (kept.years, kept.confirmed) == (6, False)
    assert [(one.name, one.due_on) for one in kept.due] == [("SN-2026-000900", date(2032, 11, 26))]
    change_settings(session, retention_years=7)
    assert retention(session).due == ()


def test_an_open_case_is_never_due(session: Session) -> None:
    change_settings(session, retention_years=1)
    assert [one.name for one in retention(session).due] == ["SN-2026-000900", "SN-2026-000901"]
    with pytest.raises(Refused, match="Only a closed case"):
        erase(session, "oak", "it is years ago")


def test_the_years_are_illustrative_until_someone_confirms_them(session: Session) -> None:
    confirm_years(session, 5)
    assert (retention(session).years, retention(session).confirmed) == (5, True)
    with pytest.raises(Refused, match="from 1 to 30 years"):
        confirm_years(session, 0)


def test_a_legal_hold_wins_until_its_day_or_until_it_is_lifted(session: Session) -> None:
    made = keep_longer(session, "old", "appeal to the ombudsman", date(2033, 4, 1))
    assert retention(session).due == () and [one.name for one in retention(session).held] == ["SN-2026-000900"]
    with pytest.raises(Refused, match="A legal hold keeps this case until Fri 1 Apr 2033"):
        erase(session, "old", "it is years ago")
    lift_hold(session, made.id)
    assert len(retention(session).due) == 1
    keep_longer(session, "old", "appeal to the ombudsman", date(2033, 4, 1))
    session.now.advance(days=60)  # type: ignore[attr-defined]
    assert len(retention(session).due) == 1


@pytest.mark.parametrize(("reason", "until"), [("", None), ("  ", None), ("appeal", date(2033, 3, 1))])
def test_a_hold_needs_a_reason_and_a_day_to_come(session: Session, reason: str, until: date | None) -> None:
    with pytest.raises(Refused):
        keep_longer(session, "old", reason, until)


def test_a_case_not_yet_due_stays(session: Session) -> None:
    with pytest.raises(Refused, match="kept until Wed 26 Nov 2036"):
        erase(session, "new", "it is years ago")


def test_erasing_needs_a_reason_and_the_right_role(session: Session) -> None:
    with pytest.raises(Refused, match="Say why"):
        erase(session, "old", " ")
    taker = replace(session, roles=frozenset({Role.MINUTE_TAKER}))
    for refused in (lambda: erase(taker, "old", "years ago"), lambda: keep_longer(taker, "old", "appeal", None)):
        with pytest.raises(NotAllowed):
            refused()
    assert len(retention(session).due) == 1


def test_erasing_leaves_a_certificate_and_nothing_else(session: Session) -> None:
    made = erase(session, "old", "six years are over")
    with session.work.reading() as records:
        with pytest.raises(NotFound):
            records.get(Case, "old")
        for kind in (CaseTurn, RiskPoint, StatusChange, Action, KeptText):
            assert records.find(kind, case_id="old") == []
        assert records.find(ActionAnswer, action_id="x-old") == []
        assert records.find(Disposal) == [made]
    assert (made.reference, made.reason) == ("SN-2026-000900", "six years are over")
    assert (made.by, made.years) == ("Ruth Coyle", 6)
    assert dict(made.erased) == {
        "case": 1,
        "discussions at meetings": 1,
        "actions": 1,
        "outcomes of actions": 1,
        "risk scores": 1,
        "case history entries": 1,
        "texts kept in minutes": 1,
    }
    assert session.work.undo() is None


def test_a_case_that_never_had_a_reference_is_erased_as_one_without(session: Session) -> None:
    with session.work.step("its reference was never known", of_held=True) as records:
        records.save(replace(records.get(Case, "old"), reference=""))
    assert erase(session, "old", "six years are over").reference == "without a reference"


def test_a_certificate_is_never_had_without_a_printer(session: Session) -> None:
    made = erase(session, "old", "six years are over")
    with pytest.raises(RuntimeError, match="without a printer"):
        certificate(session, made.id)


def test_what_stays_and_names_the_case_is_counted(real: tuple[Session, Any, Path]) -> None:
    session, _, _ = real
    assert named_elsewhere(session, "old") == 0
    with session.work.step("a mention", of_held=True) as records:
        records.save(replace(records.get(CaseTurn, "t-oak"), note="See also SN-2026-000900."))
    assert named_elsewhere(session, "old") == 1


def test_erasing_reaches_revisions_drafts_search_and_free_pages(real: tuple[Session, Any, Path]) -> None:
    session, engine, path = real
    work = session.work
    with work.step("removed before", of_held=True) as records:
        records.save(Action("x-gone", "october", 10, f"Call {OLD}", "dan", None, date(2026, 10, 29), case_id="old"))
    with work.step("removal of an action", of_held=True) as records:
        records.remove(records.get(Action, "x-gone"))
    work.keep_draft(CaseTurn, "t-old", "note", f"{OLD} half a sen")
    work.sweep()
    assert plain_pages(path, KEY).count(OLD.encode()) > 9  # the control: the scan finds what is there
    before = verify(engine, JOURNAL_KEY)
    with session.work.reading() as records:
        others = len(records.find(Case))
    erase(session, "old", "six years are over")
    with session.work.reading() as records:
        assert len(records.find(Case)) == others - 1
    left = plain_pages(path, KEY)
    assert path.with_name("records.db-wal").stat().st_size == 0
    assert left.count(b"SN-2026-000900") == 2  # the certificate and its revision
    assert OLD.encode() not in left and OLD.encode("utf-16-le") not in left
    assert b"t-old" in left and f"{CANARY} new".encode() in left  # ids stay in the chain; the other case stays
    assert before == verify(engine, JOURNAL_KEY) == []
    assert session.queries.search("letter", 10) == []
    assert work.drafts() == []


def test_nothing_of_the_only_case_with_a_word_is_left_in_any_page(tmp_path: Path) -> None:
    clock, path = FixedClock(LATER), tmp_path / "records.db"
    engine = new_engine(path)
    work = work_on(engine, clock)
    with work.step("a case", of_held=True) as records:
        for record in closed_case("old", "SN-2026-000900", date(2026, 11, 26)):
            records.save(record)
    session = fake_session(work, now=clock, queries=SqlQueries(work))
    for number in range(30):
        with work.step("its summary", of_held=True) as records:
            records.save(replace(records.get(Case, "old"), summary=f"{CANARY}, version {number} " + "long " * 400))
    erase(session, "old", "six years are over")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA freelist_count")).scalar() == 0  # the file is written anew without it
    engine.dispose()
    pages = plain_pages(path, KEY)
    assert CANARY.encode() not in pages and CANARY.encode("utf-16-le") not in pages
    assert CANARY.lower().split()[0].encode() not in pages  # nor in the index of words
