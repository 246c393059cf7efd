"""What is past its period is listed by kind and meeting; nothing goes by itself, and what a person deletes is gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.cases.record_periods import RecordDecision, RecordKept
from csp_desktop.domain.cases.retention import certificate_words
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity
from csp_desktop.domain.meeting.signatures import NO_LONGER_HELD
from csp_desktop.domain.minutes.circulation import Circulated, CopyRecord, How
from csp_desktop.domain.minutes.paper_parts import NOT_KEPT
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.minutes.rights import Rights
from csp_desktop.domain.minutes.versions import FrozenFacts
from csp_desktop.domain.people.agencies import IspStatus
from csp_desktop.services.cases import retention
from csp_desktop.services.cases.record_periods import delete_records, due_records, keep_records
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.corrections import remove_part
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.people.settings import change_settings
from csp_desktop.services.session import Session
from csp_desktop.store.checks import verify
from tests.services.cases.test_retention import filled
from tests.support.copies import approved_meeting
from tests.support.decrypted import plain_pages
from tests.support.fakes import FakeWork, FixedClock, fake_session
from tests.support.held_meeting import NOVEMBER, OPENED
from tests.support.vaults import JOURNAL_KEY, KEY, new_engine, work_on

LATER = datetime(2033, 3, 1, 10, 0, tzinfo=UTC)
CANARY = "the bandstand was meant"
HELD = datetime(2026, 10, 29, 14, 0, tzinfo=UTC)


def with_records(work: Any) -> Any:
    """The closed October meeting with one of everything, and two comments: one is about a case."""
    filled(work)
    with work.step("records of October", undoable=False, of_held=True) as records:
        facts = records.keep_document(b"{}")
        for record in (
            FrozenFacts("f", "october", facts, HELD, "Ruth"),
            Attendance(
                "a-oct",
                "october",
                "dan",
                "PS Dan Holt",
                "police",
                "Police",
                "Officer",
                Capacity.MEMBER,
                IspStatus.CURRENT,
                signed_at=HELD,
                strokes=(((0.1, 0.1), (0.9, 0.9)),),
            ),
            Remark("r1", "october", 1, "s", "Dan", CANARY, HELD, "Ruth"),
            Remark("r2", "october", 2, "s", "Dan", "not quiet", HELD, "Ruth", case_id="old"),
            Remark("r3", "october", 3, "s", "", "asked for", HELD, "Ruth", asked_at_id="november"),
            CopyRecord(
                "c", "october", 1, "dan", "PS Dan Holt", "Police", 2, Rights.WHOLE, "member", 7, (), (), How.HAND
            ),
            Circulated("done", "october", 1, HELD),
        ):
            records.save(record)
    return work


@pytest.fixture
def session() -> Session:
    clock = FixedClock(LATER)
    return fake_session(with_records(FakeWork(clock)), now=clock)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[Session, Any, Path]]:
    clock, path = FixedClock(LATER), tmp_path / "records.db"
    engine = new_engine(path)
    yield fake_session(with_records(work_on(engine, clock)), now=clock), engine, path
    engine.dispose()


def kinds(found: Any) -> list[tuple[RecordKept, int]]:
    return [(one.period.kind, one.count) for one in found]


def test_what_is_past_its_period_is_listed_by_kind_with_the_meetings_day_and_since_when(session: Session) -> None:
    found = due_records(session)
    assert kinds(found.due) == [
        (RecordKept.COMMENTS, 2),  # what a meeting asked for is no comment
        (RecordKept.MINUTES, 1),
        (RecordKept.SIGNATURES, 1),
        (RecordKept.REGISTER, 1),
    ]
    assert {one.on for one in found.due} == {date(2026, 10, 29)}
    assert [one.due_on.year for one in found.due] == [2027, 2032, 2032, 2032]


def test_the_years_are_settings_and_another_number_counts_at_once(session: Session) -> None:
    change_settings(session, comments_years=7, minutes_years=7)
    assert kinds(due_records(session).due) == [(RecordKept.SIGNATURES, 1), (RecordKept.REGISTER, 1)]
    with pytest.raises(Refused, match="Comments are kept from 1 to 30 years"):
        change_settings(session, comments_years=0)


def test_what_a_person_keeps_longer_waits_until_that_day_and_can_be_undone(session: Session) -> None:
    keep_records(session, RecordKept.MINUTES, "october", "an inquest", date(2033, 3, 20))
    found = due_records(session)
    assert kinds(found.kept) == [(RecordKept.MINUTES, 1)] and len(found.due) == 3
    session.work.undo()
    assert len(due_records(session).due) == 4
    keep_records(session, RecordKept.MINUTES, "october", "an inquest", date(2033, 3, 20))
    session.now.advance(days=20)  # type: ignore[attr-defined]
    assert len(due_records(session).due) == 4


def test_deleted_comments_are_in_no_page_of_the_file_and_the_decision_stays(real: tuple[Session, Any, Path]) -> None:
    session, engine, path = real
    session.work.sweep()
    assert CANARY.encode() in plain_pages(path, KEY)  # the control
    made = delete_records(session, RecordKept.COMMENTS, "october", "their year is over")
    with session.work.reading() as records:
        assert [one.id for one in records.find(Remark)] == ["r3"]
        assert records.find(RecordDecision) == [made]
    assert (made.count, made.by, made.reason) == (2, "Ruth Coyle", "their year is over")
    assert CANARY.encode() not in plain_pages(path, KEY)
    assert verify(engine, JOURNAL_KEY) == []
    assert session.work.undo() is None
    found = due_records(session)
    assert RecordKept.COMMENTS not in dict(kinds(found.due)) and [one.decision for one in found.deleted] == [made]


def test_a_deleted_register_leaves_that_the_minutes_were_circulated(real: tuple[Session, Any, Path]) -> None:
    session, _, _ = real
    delete_records(session, RecordKept.REGISTER, "october", "six years are over")
    with session.work.reading() as records:
        assert records.find(CopyRecord) == [] and len(records.find(Circulated)) == 1


def test_a_legal_hold_on_a_case_keeps_what_is_about_it(session: Session) -> None:
    made = retention.keep_longer(session, "old", "appeal to the ombudsman", None)
    with pytest.raises(Refused, match="about a case on legal hold"):
        delete_records(session, RecordKept.COMMENTS, "october", "their year is over")
    retention.lift_hold(session, made.id)
    delete_records(session, RecordKept.COMMENTS, "october", "their year is over")


def test_what_is_not_due_is_neither_kept_nor_deleted_and_only_those_who_decide_may(session: Session) -> None:
    taker = replace(session, roles=frozenset({Role.MINUTE_TAKER}))
    with pytest.raises(NotAllowed):
        delete_records(taker, RecordKept.COMMENTS, "october", "their year is over")
    with pytest.raises(NotAllowed):
        keep_records(taker, RecordKept.COMMENTS, "october", "an inquest", date(2034, 3, 1))
    change_settings(session, comments_years=30)
    with pytest.raises(Refused, match="no longer due for a decision"):
        delete_records(session, RecordKept.COMMENTS, "october", "their year is over")
    with pytest.raises(Refused, match="Minutes are not deleted here"):
        delete_records(session, RecordKept.MINUTES, "october", "six years are over")


NUMBERS = (b"0.123456", b"0.654321")


def signed_and_approved(work: Any, clock: FixedClock) -> Session:
    """November held with drawn signatures, put right, approved, and past all its periods."""
    session: Session = approved_meeting(work=work, now=clock)
    remove_part(session, NOVEMBER, "attendees", "row-dan", "PS Dan Holt was not there")
    clock.advance(days=6 * 366 + 30)
    return session


def test_signatures_that_were_drawn_go_when_a_person_says_so_and_that_it_was_signed_stays(tmp_path: Path) -> None:
    clock, path = FixedClock(OPENED), tmp_path / "records.db"
    clock.advance(minutes=100)
    engine = new_engine(path)
    session = signed_and_approved(work_on(engine, clock, "Hana Price"), clock)
    before = versions.versions(session, NOVEMBER)[0]
    was = versions.standing(session, NOVEMBER)
    session.work.sweep()
    assert all(number in plain_pages(path, KEY) for number in NUMBERS)  # the control
    due = next(one for one in due_records(session).due if one.period.kind is RecordKept.SIGNATURES)
    made = delete_records(session, RecordKept.SIGNATURES, NOVEMBER, "their years are over")
    assert made.count == due.count > 1
    left = plain_pages(path, KEY)
    assert not any(number in left for number in NUMBERS)
    assert verify(engine, JOURNAL_KEY) == [] and session.work.undo() is None
    assert_signed_still(session, was)
    assert_said(session, made, before)
    engine.dispose()


def assert_signed_still(session: Session, was: Any) -> None:
    """Who signed, when, how and which text; and the minutes stand as they stood."""
    with session.work.reading() as records:
        rows = [one for one in records.find(Attendance, meeting_id=NOVEMBER) if one.signed]
    assert rows and not any(one.strokes for one in rows)
    minutes = draft_minutes(session, NOVEMBER)
    signed = [one for one in minutes.attendees if one.signed_at]
    assert {one.signature for one in signed} == {NO_LONGER_HELD} and not any(one.strokes for one in signed)
    assert all(one.clause_version and one.signed_at for one in signed)
    now = versions.standing(session, NOVEMBER)
    assert (now.state, now.version, len(now.since)) == (was.state, was.version, len(was.since))


def assert_said(session: Session, made: RecordDecision, before: Any) -> None:
    """Journal, certificate and the edition that took the place of the version."""
    (version,) = versions.versions(session, NOVEMBER)
    assert version.replaced == ((before.pdf_sha256, session.today.isoformat(), "their years are over"),)
    with pdfium.PdfDocument(versions.printed_version(session, NOVEMBER, 1)) as document:
        text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert "The signatures were deleted from this version on" in text and NOT_KEPT in text
    (gone,) = due_records(session).deleted
    assert gone.certificate is not None and gone.certificate.id == made.id
    told = " ".join(certificate_words(gone.certificate, retention.wording(session, gone.certificate)))
    assert "The records “Signatures, Thu 26 Nov 2026” were deleted on" in told
    assert f"signatures {made.count}, versions of minutes 2" in told and "Who signed which text" in told
    assert retention.retention(session).certificates == ()
    assert RecordKept.SIGNATURES not in dict(kinds(due_records(session).due))


def test_a_legal_hold_on_a_case_that_was_heard_keeps_the_signatures_of_whoever_heard_it(session: Session) -> None:
    with session.work.step("heard", undoable=False, of_held=True) as records:
        records.save(Disclosure("d", "old", "october", HELD, "safety", "law", ("Police",)))
    made = retention.keep_longer(session, "old", "appeal to the ombudsman", None)
    with pytest.raises(Refused, match="about a case on legal hold"):
        delete_records(session, RecordKept.SIGNATURES, "october", "six years are over")
    retention.lift_hold(session, made.id)
