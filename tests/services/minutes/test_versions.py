"""Draft, checked, approved; what was approved is kept as it was, whatever becomes of the records."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.record import AttendeeLine
from csp_desktop.domain.minutes.versions import Approval, MinutesState, MinutesVersion
from csp_desktop.domain.people.agencies import IspStatus
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import remarks, versions
from csp_desktop.services.minutes.corrections import add_attendee, correct, correctable, take_back
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.minutes.redaction import Redaction, call_otherwise, redact
from csp_desktop.services.private import circulation
from csp_desktop.services.private.minutes import draft_private_minutes
from tests.support.frozen import everything_else_changed
from tests.support.held_meeting import NOVEMBER, partnership
from tests.support.private_minutes import EWA, held
from tests.support.private_session import member_named, private_session


@pytest.fixture
def session() -> Any:
    return closed()


def closed() -> Any:
    made = partnership(8)
    close_meeting(made, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    made.now.advance(days=1)
    return made


def approved(session: Any) -> MinutesVersion:
    versions.check(session, NOVEMBER)
    made = versions.approve(session, NOVEMBER)
    session.now.advance(hours=1)
    return made


def note_of(session: Any) -> str:
    return next(one.part_id for one in correctable(session, NOVEMBER) if one.fact.field == "note" and one.case_id)


def state(session: Any) -> tuple[MinutesState, int]:
    now = versions.standing(session, NOVEMBER)
    return now.state, now.version


def test_a_draft_is_checked_then_approved(session: Any) -> None:
    assert state(session) == (MinutesState.DRAFT, 1)
    versions.check(session, NOVEMBER)
    assert state(session) == (MinutesState.CHECKED, 1)
    versions.approve(session, NOVEMBER)
    assert state(session) == (MinutesState.APPROVED, 1)
    assert draft_minutes(session, NOVEMBER).edition == "Approved, version 1"


def test_only_chair_or_minute_taker_check_a_draft(session: Any) -> None:
    with pytest.raises(NotAllowed, match="chair or the minute-taker"):
        versions.check(replace(session, roles=frozenset({Role.ADMINISTRATOR})), NOVEMBER)
    assert state(session) == (MinutesState.DRAFT, 1)


def test_nothing_is_approved_that_nobody_checked_as_it_stands(session: Any) -> None:
    with pytest.raises(Refused, match="Check them first"):
        versions.approve(session, NOVEMBER)
    versions.check(session, NOVEMBER)
    correct(session, NOVEMBER, note_of(session), "note", "Otherwise")
    assert state(session) == (MinutesState.DRAFT, 1)
    with pytest.raises(Refused, match="Check them first"):
        versions.approve(session, NOVEMBER)


def test_what_is_approved_is_not_approved_again_nor_checked(session: Any) -> None:
    approved(session)
    for again in (versions.approve, versions.check):
        with pytest.raises(Refused, match="have not changed since"):
            again(session, NOVEMBER)


def test_only_the_chair_approves(session: Any) -> None:
    versions.check(session, NOVEMBER)
    with pytest.raises(NotAllowed, match="chair"):
        versions.approve(replace(session, roles=frozenset({Role.MINUTE_TAKER})), NOVEMBER)


def test_a_correction_after_the_approval_makes_the_next_version_and_the_first_stays(session: Any) -> None:
    first = approved(session)
    pdf = versions.printed_version(session, NOVEMBER, 1)
    correct(session, NOVEMBER, note_of(session), "note", "Otherwise")
    assert state(session) == (MinutesState.DRAFT, 2)
    session.now.advance(hours=1)
    second = approved(session)
    assert (second.number, second.changes) == (2, ("SN-2026-0401, JK: discussion.",))
    assert versions.printed_version(session, NOVEMBER, 1) == pdf != versions.printed_version(session, NOVEMBER, 2)
    assert versions.versions(session, NOVEMBER) == (first, second)


def test_what_changed_names_whose_accepted_comment_was_put_right_until_the_next_check(session: Any) -> None:
    case = "case-SN-2026-0401"
    approved(session)
    for who, words in (("Ewa Łukasik", "weekly, not daily"), ("Ewa Łukasik", "no such patrol")):
        remarks.note_remark(session, NOVEMBER, case, who, words)
    first, other = remarks.remarks(session, NOVEMBER)
    remarks.accept(session, first.id)
    remarks.decline(session, other.id, "not said at the table")
    note = note_of(session)
    correct(session, NOVEMBER, note, "note", "The patrol is weekly", section_id=case)
    correct(session, NOVEMBER, note, "note", "The patrol is weekly.", section_id=case)
    line = AttendeeLine("Ines Moor", "CGL", Capacity.MEMBER, None, None, None, "", IspStatus.NONE, "", 0, "", None)
    add_attendee(session, NOVEMBER, line, "present")
    second = approved(session)
    asked = "SN-2026-0401, JK: discussion. Asked for by Ewa Łukasik."
    assert second.changes == (asked, "Ines Moor was present.")
    assert asked in as_text(draft_minutes(session, NOVEMBER))
    correct(session, NOVEMBER, note, "note", "The patrol is on Mondays", section_id=case)
    assert approved(session).changes == ("SN-2026-0401, JK: discussion.",), "the comment was dealt with before"


def test_a_decision_recorded_wrongly_keeps_its_reason_beside_whose_comment_it_was(session: Any) -> None:
    place = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "reason" and one.is_accepted)
    remarks.note_remark(session, NOVEMBER, "any", "Ewa Łukasik", "we said otherwise")
    remarks.accept(session, remarks.remarks(session, NOVEMBER)[0].id)
    made = correct(session, NOVEMBER, place.part_id, "reason", "Otherwise", reason="Misheard.", section_id="any")
    assert made is not None and made.reason == "Misheard, asked for by Ewa Łukasik"


def test_the_next_version_says_at_its_end_what_changed_and_why(session: Any) -> None:
    approved(session)
    assert "What changed and why" not in as_text(draft_minutes(session, NOVEMBER))
    decision = next(one for one in correctable(session, NOVEMBER) if one.fact.field == "reason" and one.is_accepted)
    correct(session, NOVEMBER, decision.part_id, "reason", "Otherwise", reason="misheard.")
    for _ in ("draft", "approved"):
        words = as_text(draft_minutes(session, NOVEMBER))
        assert f"Corrected. {decision.what}. Recorded wrongly: misheard." in words.split("What changed and why")[1]
        if versions.standing(session, NOVEMBER).state is MinutesState.DRAFT:
            approved(session)


def test_a_reader_who_may_not_hear_of_everyone_is_not_told_what_changed_about_others() -> None:
    session = private_session()
    meeting_id = held(session)
    circulation.approve(session, meeting_id)
    note = next(
        one for one in correctable(session, meeting_id) if one.fact.field == "note" and one.called.startswith("RS-001")
    )
    correct(session, meeting_id, note.part_id, "note", "Otherwise")
    ewa = member_named(session, EWA).id
    assert draft_private_minutes(session, meeting_id).changes == ("RS-001, K.B.: discussion.",)
    assert draft_private_minutes(session, meeting_id, ewa).changes == ()


def test_a_correction_taken_back_leaves_what_was_approved(session: Any) -> None:
    approved(session)
    made = correct(session, NOVEMBER, note_of(session), "note", "Otherwise")
    assert made is not None
    take_back(session, made.id)
    assert state(session) == (MinutesState.APPROVED, 1)


def test_a_correction_in_an_approved_version_is_not_taken_back(session: Any) -> None:
    made = correct(session, NOVEMBER, note_of(session), "note", "Otherwise")
    assert made is not None
    session.now.advance(hours=1)
    approved(session)
    with pytest.raises(Refused, match="part of an approved version"):
        take_back(session, made.id)
    assert session.work.last_step() is None


def test_the_journal_head_on_the_approved_paper_is_that_of_the_approval(session: Any) -> None:
    kept = approved(session)
    minutes = draft_minutes(session, NOVEMBER)
    assert minutes.journal is not None
    assert (kept.journal_number, kept.journal_digits) == (minutes.journal.number, minutes.journal.digits)
    with session.work.reading() as records:
        (approval,) = records.find(Approval)
    head = session.work.head_after(Approval, approval.id)
    assert head == (kept.journal_number, kept.journal_digits, minutes.journal.at)
    assert minutes.written_at == minutes.journal.at is not None


DOINGS = st.lists(st.sampled_from(["rename", "answer", "correct", "check", "approve", "take back"]), max_size=8)


@given(DOINGS)
def test_whatever_comes_after_approved_versions_stay_byte_for_byte(doings: list[str]) -> None:
    session = closed()
    approved(session)
    kept = {1: versions.printed_version(session, NOVEMBER, 1)}
    facts = {1: versions.copy_of_version(session, NOVEMBER, 1)}
    for number, doing in enumerate(doings):
        session.now.advance(hours=1)
        try:
            _do(session, doing, number)
        except Refused:
            continue
        for version in versions.versions(session, NOVEMBER):
            kept.setdefault(version.number, versions.printed_version(session, NOVEMBER, version.number))
            facts.setdefault(version.number, versions.copy_of_version(session, NOVEMBER, version.number))
    for number in kept:
        assert versions.printed_version(session, NOVEMBER, number) == kept[number]
        assert versions.copy_of_version(session, NOVEMBER, number) == facts[number]


def _do(session: Any, doing: str, number: int) -> None:
    match doing:
        case "rename":
            everything_else_changed(session)
        case "answer":
            answer_action(session, "old-7", Answer.CARRY_ON, due=date(2027, 1 + number, 1))
        case "correct":
            correct(session, NOVEMBER, note_of(session), "note", f"Otherwise {number}")
        case "check":
            versions.check(session, NOVEMBER)
        case "approve":
            versions.approve(session, NOVEMBER)
        case "take back":
            since = versions.standing(session, NOVEMBER).since
            take_back(session, since[-1].id if since else "none")


def test_an_approval_cut_short_before_its_version_was_kept_is_finished_at_the_next_opening(session: Any) -> None:
    versions.check(session, NOVEMBER)
    versions._enter_approval(session, NOVEMBER, session.user_name)
    correct(session, NOVEMBER, note_of(session), "note", "Put right before anybody noticed")
    session.now.advance(hours=1)
    assert (versions.keep_versions(session), versions.keep_versions(session)) == (1, 0)
    kept = versions.copy_of_version(session, NOVEMBER, 1)
    assert "Put right before anybody noticed" not in repr(kept)


@pytest.fixture
def hana_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those who can open the file, Hana Price may approve."""
    row = SimpleNamespace(name="Hana Price", roles=(Role.CHAIR,))
    monkeypatch.setattr(versions, "users", lambda session: [row])


@pytest.mark.usefixtures("hana_may")
def test_an_approval_by_e_mail_is_noted_marked_and_confirmed_by_the_person(session: Any) -> None:
    taker = replace(session, user_name="Ruth Coyle", roles=frozenset({Role.MINUTE_TAKER}))
    versions.check(taker, NOVEMBER)
    versions.note_mail_approval(taker, NOVEMBER, "Hana Price", session.today)
    assert versions.standing(taker, NOVEMBER).awaits_confirmation
    assert draft_minutes(taker, NOVEMBER).approved_by == "Hana Price, by email"
    with pytest.raises(NotAllowed, match="Only Hana Price can confirm this"):
        versions.confirm_approval(taker, NOVEMBER)
    versions.confirm_approval(session, NOVEMBER)
    assert not versions.standing(session, NOVEMBER).awaits_confirmation
    assert draft_minutes(session, NOVEMBER).approved_by == "Hana Price"
    assert b"Hana Price, by email" in versions.printed_version(session, NOVEMBER, 1)
    with pytest.raises(Refused, match="waiting for confirmation"):
        versions.confirm_approval(session, NOVEMBER)


@pytest.mark.usefixtures("hana_may")
def test_an_e_mail_of_a_day_to_come_or_one_s_own_is_no_approval(session: Any) -> None:
    versions.check(session, NOVEMBER)
    with pytest.raises(Refused, match="in the future"):
        versions.note_mail_approval(
            replace(session, user_name="Ruth Coyle"), NOVEMBER, "Hana Price", session.today + timedelta(days=1)
        )
    with pytest.raises(Refused, match="your own passphrase instead"):
        versions.note_mail_approval(session, NOVEMBER, "Hana Price", session.today)


@pytest.mark.usefixtures("hana_may")
def test_nobody_s_e_mail_counts_who_may_not_approve(session: Any) -> None:
    versions.check(session, NOVEMBER)
    with pytest.raises(NotAllowed, match="not an approval"):
        versions.note_mail_approval(session, NOVEMBER, "Tom Ellis", session.today)


def test_lawful_erasure_replaces_every_edition_and_forgets_the_old_text(session: Any) -> None:
    approved(session)
    part = draft_minutes(session, NOVEMBER).cases[0]
    old = versions.versions(session, NOVEMBER)[0]
    with session.work.step("erasing", undoable=False, of_held=True) as records:
        count = redact(session, records, Redaction(part.case_id, part.reference, "kept long enough"))
    (new,) = versions.versions(session, NOVEMBER)
    assert count == 2
    assert new.replaced == ((old.pdf_sha256, session.today.isoformat(), "kept long enough"),)
    assert part.reference.encode() not in versions.printed_version(session, NOVEMBER, 1)
    assert state(session) == (MinutesState.APPROVED, 1)
    with session.work.reading() as records, pytest.raises(Refused):
        records.document(old.pdf_sha256)


def test_two_cases_that_became_one_are_erased_as_one_and_nothing_printed_changes(session: Any) -> None:
    approved(session)
    part, pdf = draft_minutes(session, NOVEMBER).cases[0], versions.printed_version(session, NOVEMBER, 1)
    with session.work.step("joined", of_held=True) as records:
        call_otherwise(records, part.case_id, "the-other-case")
    assert state(session) == (MinutesState.APPROVED, 1)
    assert versions.printed_version(session, NOVEMBER, 1) == pdf
    with session.work.step("erasing", undoable=False) as records:
        assert redact(session, records, Redaction("the-other-case", "SN-2026-9", "kept long enough")) == 2
    assert part.reference not in repr(draft_minutes(session, NOVEMBER).cases)


def test_erasing_a_person_leaves_no_name_of_theirs_in_what_was_said_and_put_right_about_others() -> None:
    session = private_session()
    meeting_id = held(session)
    note = next(
        one for one in correctable(session, meeting_id) if one.fact.field == "note" and one.called.startswith("RS-002")
    )
    correct(session, meeting_id, note.part_id, "note", "Dana asked after Kit Barlow.")
    circulation.approve(session, meeting_id)
    kit = next(one for one in circulation.copy_for(session, meeting_id).people if one.reference == "RS-001")
    with session.work.step("erasing", undoable=False, of_held=True) as records:
        redact(session, records, Redaction(kit.person_id, kit.reference, "kept long enough"))
    for words in (
        repr(circulation.copy_for(session, meeting_id)),
        repr(versions.copy_of_version(session, meeting_id, 1)),
        versions.printed_version(session, meeting_id, 1).decode(),
    ):
        assert not any(name in words for name in ("Kit", "Barlow", "RS-001", "K.B."))
    assert circulation.circulation_of(session, meeting_id).state is MinutesState.APPROVED


def test_a_reader_of_no_closed_meeting_gets_a_sentence(session: Any) -> None:
    with pytest.raises(Refused, match="no version 3"):
        versions.printed_version(session, NOVEMBER, 3)
    with pytest.raises(Refused, match="not saved yet"):
        versions.standing(session, "october")
