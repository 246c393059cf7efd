"""People of the private file: off the list long enough they are due, a hold wins, the lead decides, all of it goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.cases.record_periods import RecordKept
from csp_desktop.domain.cases.retention import Disposal, certificate_words
from csp_desktop.domain.common.errors import NotAllowed, NotFound, Refused
from csp_desktop.domain.common.kept_text import KeptText, digest_of
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.minutes.review import Remark
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.domain.private.circulation import PrivateCirculation
from csp_desktop.domain.private.hearings import Hearing
from csp_desktop.domain.private.linked_case import CaseLook
from csp_desktop.domain.private.meeting import PersonTurn, RoomEntry
from csp_desktop.domain.private.people import Offer, RoughSleeper, Sighting
from csp_desktop.services.cases.record_periods import delete_records, due_records, keep_records
from csp_desktop.services.cases.retention import confirm_years, erase, keep_longer, lift_hold, retention, wording
from csp_desktop.services.private import people
from csp_desktop.services.private.subject import NAMES
from csp_desktop.services.session import Session
from csp_desktop.store.checks import verify
from csp_desktop.store.engine import open_engine
from csp_desktop.store.migrations import upgrade
from csp_desktop.store.private.tables import PRIVATE
from csp_desktop.store.queries import SqlQueries
from csp_desktop.store.unit_of_work import open_work
from csp_desktop.vault.header import VaultKind
from tests.support.decrypted import plain_pages
from tests.support.fakes import FakeWork, FixedClock
from tests.support.private_session import LEAD, crossed_over, private_session
from tests.support.vaults import JOURNAL_KEY, KEY

LATER = datetime(2033, 3, 1, 10, 0, tzinfo=UTC)
OFF = date(2026, 12, 1)
CANARY = "Barlow"


def filled(work: Any, clock: FixedClock) -> tuple[Session, RoughSleeper]:
    """Kit Barlow was removed from the list years ago; another stays on it."""
    session = private_session(work)
    crossed_over(session, LEAD)
    session = replace(session, now=clock)
    with session.work.reading() as records:
        kit = next(person for person in records.find(RoughSleeper) if CANARY in person.name)
        meeting = records.find(Meeting)[0]
    at = datetime(2026, 11, 26, 16, tzinfo=UTC)
    kit = replace(kit, aliases=(f"{CANARY} the younger",), headline=f"{CANARY} is ill", on_list=False, off_list_on=OFF)
    with session.work.step("what is known", undoable=False, of_held=True) as records:
        place = records.find(RoomEntry)[0]
        for record in (
            kit,
            Sighting("s1", kit.id, date(2026, 11, 1), f"{CANARY}'s doorway", "Ewa", True),
            Offer("o1", kit.id, date(2026, 11, 2), f"A bed for {CANARY}", "Ewa"),
            PersonTurn("t1", meeting.id, kit.id, 1, 7, "first", note=f"{CANARY} coughs"),
            AdmissionOverride("v1", meeting.id, kit.id, at, LEAD, f"knows {CANARY}", (), ()),
            Hearing("h1", meeting.id, kit.id, at, (), ()),
            Disclosure("d1", kit.id, meeting.id, at, "care", "consent", ("New Hope",)),
            CaseLook("l1", kit.id, "SN-2026-000900", at, LEAD),
            KeptText("k1", meeting.id, kit.id, digest_of(meeting.id, CANARY), LEAD, at),
            Action("x1", meeting.id, 1, f"Visit {CANARY}", session.member_id, None, OFF, case_id=kit.id),
            ActionAnswer("w1", "x1", "", at, session.member_id, Answer.DONE, f"saw {CANARY}", None, None),
            PrivateCirculation("c1", meeting.id, session.member_id, LEAD, 2, 1, at, LEAD, (kit.id, "other")),
            replace(place, joined_for=kit.id),
        ):
            records.save(record)
    return session, kit


@pytest.fixture
def session() -> Session:
    clock = FixedClock(LATER)
    return filled(FakeWork(clock, LEAD), clock)[0]


@pytest.fixture
def real(tmp_path: Path) -> Iterator[tuple[Session, RoughSleeper, Any, Path]]:
    clock, path = FixedClock(LATER), tmp_path / "records.db"
    engine = open_engine(path, bytearray(KEY), create=True)
    upgrade(engine, file_kind(VaultKind.ROUGH_SLEEPING).branch)
    work = open_work(engine, JOURNAL_KEY, clock, LEAD, PRIVATE)
    session, kit = filled(work, clock)
    yield replace(session, queries=SqlQueries(work)), kit, engine, path
    engine.dispose()


def test_somebody_off_the_list_is_due_after_the_years_by_reference_and_initials_only(session: Session) -> None:
    kept = retention(session)
    (due,) = kept.due
    assert (due.subject.full_title, due.due_on) == ("RS-001, K.B.", date(2032, 12, 1))
    assert (kept.years, kept.confirmed) == (6, False)
    confirm_years(session, 7)
    assert retention(session).due == () and retention(session).confirmed


def test_somebody_on_the_list_is_never_erased(session: Session) -> None:
    with session.work.reading() as records:
        other = next(person for person in records.find(RoughSleeper) if person.on_list)
    with pytest.raises(Refused, match="off the list"):
        erase(session, other.id, "it is years ago")


def test_a_hold_wins_and_only_the_lead_decides(session: Session) -> None:
    (due,) = retention(session).due
    deputy = replace(session, roles=frozenset({Role.NEW_HOPE_DEPUTY}))
    for refused in (
        lambda: erase(deputy, due.id, "years ago"),
        lambda: keep_longer(deputy, due.id, "inquest", None),
        lambda: confirm_years(deputy, 5),
    ):
        with pytest.raises(NotAllowed, match="Only the New Hope lead"):
            refused()
    with pytest.raises(NotAllowed, match="Only the New Hope lead"):
        retention(replace(session, roles=frozenset({Role.MINUTE_TAKER})))
    made = keep_longer(session, due.id, "inquest", None)
    assert [one.name for one in retention(session).held] == ["RS-001"]
    with pytest.raises(Refused, match="A legal hold keeps this person's records until it is lifted"):
        erase(session, due.id, "years ago")
    lift_hold(session, made.id)
    assert len(retention(session).due) == 1


def test_while_a_session_runs_nobody_is_listed_and_nothing_goes(session: Session) -> None:
    (due,) = retention(session).due
    with session.work.step("the session begins") as records:
        meeting = records.find(Meeting)[0]
        records.save(replace(meeting, state=MeetingState.IN_SESSION))
    for refused in (
        lambda: retention(session),
        lambda: erase(session, due.id, "years ago"),
        lambda: keep_longer(session, due.id, "inquest", None),
    ):
        with pytest.raises(Refused, match="A private session is in progress"):
            refused()


def test_the_certificate_holds_the_reference_only_and_the_number_is_never_given_again(session: Session) -> None:
    with session.work.step("the others go") as records:
        for person in records.find(RoughSleeper):
            if CANARY not in person.name:
                records.remove(person)
    (due,) = retention(session).due
    made = erase(session, due.id, "six years are over")
    told = "\n".join(certificate_words(made, wording(session)))
    assert told.startswith("All records of the person RS-001 were deleted") and "was removed from the list" in told
    assert CANARY not in told and "K.B." not in told
    assert people.add(session, "Somebody New").reference == "RS-002"


def test_erasing_reaches_every_record_and_every_page(real: tuple[Session, RoughSleeper, Any, Path]) -> None:
    session, kit, engine, path = real
    session.work.keep_draft(PersonTurn, "t1", "note", f"{CANARY} half a sen")
    session.work.sweep()
    assert plain_pages(path, KEY).count(CANARY.encode()) > 9  # the control: the scan finds what is there
    made = erase(session, kit.id, "six years are over")
    assert made.reference == "RS-001" and dict(made.erased) == {
        "person": 1,
        "sightings": 1,
        "workers involved": 1,
        "offers": 1,
        "discussions at sessions": 2,
        "actions": 1,
        "outcomes of actions": 1,
        "overrides": 1,
        "lists of who was present": 1,
        "disclosure lines": 1,
        "views of a linked case": 1,
        "texts kept in minutes": 1,
    }
    with session.work.reading() as records:
        with pytest.raises(NotFound):
            records.get(RoughSleeper, kit.id)
        for kind in PRIVATE.register:
            if kind is not Disposal:
                assert not [one for one in records.find(kind) if kit.id in repr(one)], kind.__name__
    left = plain_pages(path, KEY)
    assert CANARY.encode() not in left and CANARY.encode("utf-16-le") not in left
    assert CANARY.lower().encode() not in left and b"K.B." not in left
    assert verify(engine, JOURNAL_KEY, None, PRIVATE) == []
    assert session.work.undo() is None and session.work.drafts() == []


def test_every_record_that_can_be_about_a_person_is_erased_with_them() -> None:
    about = {kind for kind, table in PRIVATE.register.items() if {"person_id", "case_id"} & set(table.c.keys())}
    assert about <= set(NAMES)


def test_records_of_a_private_meeting_past_their_period_are_the_leads_to_decide(
    real: tuple[Session, RoughSleeper, Any, Path],
) -> None:
    session, kit, engine, path = real
    with session.work.step("a comment", undoable=False, of_held=True) as records:
        meeting = replace(records.find(Meeting)[0], state=MeetingState.CLOSED)
        records.save(meeting)
        row = records.find(Attendance, meeting_id=meeting.id)[0]
        records.save(replace(row, strokes=(((0.123456, 0.1), (0.9, 0.9)),)))
        records.save(Remark("r1", meeting.id, 1, "s", "Ewa", "the quay was meant", session.now(), LEAD, case_id=kit.id))
    listed = {one.period.kind: one.due_on for one in due_records(session).due}
    assert listed[RecordKept.COMMENTS].year == meeting.on.year + 1 and RecordKept.SIGNATURES in listed
    keep_records(session, RecordKept.SIGNATURES, meeting.id, "an inquest", date(2034, 3, 1))
    delete_records(session, RecordKept.COMMENTS, meeting.id, "their year is over")
    found = due_records(session)
    assert [one.period.kind for one in found.kept] == [RecordKept.SIGNATURES]
    assert [one.decision.count for one in found.deleted] == [1]
    assert b"the quay was meant" not in plain_pages(path, KEY) and verify(engine, JOURNAL_KEY, None, PRIVATE) == []
    assert (RecordKept.REGISTER, 1) in [(one.period.kind, one.count) for one in found.due]  # saved one by one
    delete_records(session, RecordKept.REGISTER, meeting.id, "six years are over")
    session.now.advance(days=366)  # type: ignore[attr-defined]
    assert b"0.123456" in plain_pages(path, KEY)
    delete_records(session, RecordKept.SIGNATURES, meeting.id, "the inquest is over")
    assert b"0.123456" not in plain_pages(path, KEY) and verify(engine, JOURNAL_KEY, None, PRIVATE) == []
    with session.work.reading() as records:
        assert records.find(PrivateCirculation) == []
        assert records.get(Attendance, row.id).signed
    with pytest.raises(NotAllowed):
        due_records(replace(session, roles=frozenset({Role.MINUTE_TAKER})))
