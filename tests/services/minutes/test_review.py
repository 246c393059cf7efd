"""Whoever approves sees what changed since the draft they read, and sends it back; those who were present remark."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Capacity
from csp_desktop.domain.minutes.record import AttendeeLine
from csp_desktop.domain.minutes.review import ReadMark, Remark
from csp_desktop.domain.minutes.versions import MinutesState
from csp_desktop.domain.people.agencies import IspStatus
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes import corrections, remarks, review, versions
from csp_desktop.services.minutes.corrections import correct, correctable, take_back
from csp_desktop.services.minutes.redaction import Redaction, redact
from tests.support.held_meeting import NOVEMBER, partnership

EWA, FIRE = "Ewa Łukasik", "Tom Ellis"


@pytest.fixture
def session() -> Any:
    made = partnership(8)
    close_meeting(made, NOVEMBER, next_on=date(2026, 12, 24), reason="time")
    made.now.advance(days=1)
    return made


def missed(name: str) -> AttendeeLine:
    return AttendeeLine(name, "", Capacity.MEMBER, None, None, None, "", IspStatus.NONE, "", 0, "", None)


def place(session: Any, field: str, *, accepted: bool = False) -> Any:
    """The first fact of this name under a case."""
    found = correctable(session, NOVEMBER)
    return next(one for one in found if one.fact.field == field and one.case_id and (one.is_accepted or not accepted))


def changes(session: Any) -> list[tuple[str, str, str, bool]]:
    return [(one.what, one.before, one.after, one.decision) for one in review.reading_of(session, NOVEMBER).changes]


def test_a_draft_nobody_read_has_no_earlier_one_to_differ_from(session: Any) -> None:
    correct(session, NOVEMBER, place(session, "note").part_id, "note", "Otherwise")
    assert review.reading_of(session, NOVEMBER) == review.Reading(None, ())


def test_every_change_since_the_draft_they_read_is_listed_with_decisions_marked(session: Any) -> None:
    note, decision = place(session, "note"), place(session, "reason", accepted=True)
    correct(session, NOVEMBER, note.part_id, "note", "Before the reading")
    mark = review.mark_read(session, NOVEMBER)
    assert mark is not None and (mark.by, mark.corrected_to) == ("Hana Price", 1)
    correct(session, NOVEMBER, decision.part_id, "reason", "Otherwise", reason="misheard")
    correct(session, NOVEMBER, note.part_id, "note", "After the reading")
    corrections.add_attendee(session, NOVEMBER, missed("Kim Lee"))
    found = changes(session)
    assert [one[0] for one in found] == ["Kim Lee was present", note.what, decision.what]  # in the paper's order
    assert found[1] == (note.what, '"Before the reading"', '"After the reading"', False)
    assert found[2][3] is True
    assert review.reading_of(session, NOVEMBER).decisions == 1


def test_a_line_that_was_read_is_neither_written_over_nor_taken_away(session: Any) -> None:
    note = place(session, "note")
    first = correct(session, NOVEMBER, note.part_id, "note", "Read")
    review.mark_read(session, NOVEMBER)
    second = correct(session, NOVEMBER, note.part_id, "note", "Not read")
    assert first is not None and second is not None and second.number == first.number + 1
    take_back(session, second.id)
    assert changes(session) == []
    take_back(session, first.id)
    assert [one[1:3] for one in changes(session)] == [('"Read"', first.before)]
    assert len(corrections.corrections(session, NOVEMBER)) == 2


def test_taking_back_an_addition_that_was_read_is_a_removal_that_is_shown(session: Any) -> None:
    made = corrections.add_attendee(session, NOVEMBER, missed("Kim Lee"))
    review.mark_read(session, NOVEMBER)
    take_back(session, made.id)
    assert "Kim Lee" not in remarks.present_names(session, NOVEMBER)
    assert [one[0] for one in changes(session)] == ["Kim Lee was present"]


def test_the_same_draft_is_marked_as_read_once_and_only_for_those_who_may_approve(session: Any) -> None:
    assert review.mark_read(session, NOVEMBER) == review.mark_read(session, NOVEMBER)
    taker = replace(session, roles=frozenset({Role.MINUTE_TAKER}), user_name="Ruth Coyle")
    assert review.mark_read(taker, NOVEMBER) is None
    with session.work.reading() as records:
        assert len(records.find(ReadMark)) == 1


def test_what_somebody_approves_they_have_read(session: Any) -> None:
    versions.check(session, NOVEMBER)
    versions.approve(session, NOVEMBER)
    correct(session, NOVEMBER, place(session, "note").part_id, "note", "Otherwise")
    assert [one[0] for one in changes(session)] == [place(session, "note").what]


def test_a_draft_sent_back_with_a_note_is_a_draft_until_it_is_checked_again_and_home_says_so(session: Any) -> None:
    versions.check(session, NOVEMBER)
    session.now.advance(minutes=5)
    review.send_back(session, NOVEMBER, "The patrol is weekly.")
    now = versions.standing(session, NOVEMBER)
    assert (
        now.state is MinutesState.DRAFT and now.sent_back is not None and now.sent_back.note == "The patrol is weekly."
    )
    with pytest.raises(Refused, match="Check them first"):
        versions.approve(session, NOVEMBER)
    need = next(one for one in look_ahead(session).needs if one.kind is NeedKind.SENT_BACK)
    assert need.detail == "Sent back by Hana Price: The patrol is weekly."
    session.now.advance(minutes=5)
    versions.check(session, NOVEMBER)
    now = versions.standing(session, NOVEMBER)
    assert (now.state, now.sent_back) == (MinutesState.CHECKED, None)


def test_sending_back_needs_a_note_a_checked_draft_and_somebody_who_approves(session: Any) -> None:
    with pytest.raises(Refused, match="Only checked minutes"):
        review.send_back(session, NOVEMBER, "why")
    versions.check(session, NOVEMBER)
    with pytest.raises(FieldRefused, match="what to correct"):
        review.send_back(session, NOVEMBER, " ")
    with pytest.raises(NotAllowed):
        review.send_back(replace(session, roles=frozenset({Role.MINUTE_TAKER})), NOVEMBER, "why")


def test_only_somebody_whose_attendance_is_recorded_can_remark_or_be_asked(session: Any) -> None:
    assert EWA in remarks.present_names(session, NOVEMBER) and FIRE not in remarks.present_names(session, NOVEMBER)
    with pytest.raises(FieldRefused, match="Only people recorded as present"):
        remarks.note_remark(session, NOVEMBER, "other-6", FIRE, "I said it")
    with pytest.raises(FieldRefused, match="Only people recorded as present"):
        remarks.send_for_checking(session, NOVEMBER, [EWA, FIRE], session.today)
    corrections.add_attendee(session, NOVEMBER, missed(FIRE))
    assert remarks.note_remark(session, NOVEMBER, "other-6", FIRE, "I  said it").words == "I said it"


def test_a_remark_is_accepted_or_declined_with_a_reason_once(session: Any) -> None:
    first = remarks.note_remark(session, NOVEMBER, "case-SN-2026-0401", EWA, "weekly, not daily")
    second = remarks.note_remark(session, NOVEMBER, "case-SN-2026-0401", EWA, "minute his words")
    assert (first.number, second.number) == (1, 2)
    need = next(one for one in look_ahead(session).needs if one.kind is NeedKind.REMARKS)
    assert need.title == "2 comments on the minutes of Thu 26 Nov"
    assert remarks.accept(session, first.id).accepted is True
    with pytest.raises(FieldRefused, match="reason for not changing it"):
        remarks.decline(session, second.id, "")
    declined = remarks.decline(session, second.id, "Not said at the table")
    assert (declined.accepted, declined.reason, declined.answered_by) == (False, "Not said at the table", "Hana Price")
    for again in (lambda: remarks.accept(session, second.id), lambda: remarks.decline(session, first.id, "x")):
        with pytest.raises(Refused, match="already been answered"):
            again()
    assert not any(one.kind is NeedKind.REMARKS for one in look_ahead(session).needs)


def test_a_remark_changes_nothing_of_the_record_by_itself(session: Any) -> None:
    before = versions.standing(session, NOVEMBER).facts_sha256
    made = remarks.note_remark(session, NOVEMBER, "other-6", EWA, "weekly")
    remarks.accept(session, made.id)
    assert versions.standing(session, NOVEMBER).facts_sha256 == before


def test_a_draft_is_sent_for_checking_by_a_day_and_not_once_it_is_approved(session: Any) -> None:
    sent = remarks.send_for_checking(session, NOVEMBER, [EWA], session.today + timedelta(days=3))
    assert remarks.sent_for_checking(session, NOVEMBER) == (sent,)
    with pytest.raises(FieldRefused, match="is in the past"):
        remarks.send_for_checking(session, NOVEMBER, [EWA], session.today - timedelta(days=1))
    with pytest.raises(FieldRefused, match="Choose who"):
        remarks.send_for_checking(session, NOVEMBER, [], session.today)
    versions.check(session, NOVEMBER)
    versions.approve(session, NOVEMBER)
    with pytest.raises(Refused, match="no draft"):
        remarks.send_for_checking(session, NOVEMBER, [EWA], session.today)


def test_an_erased_case_takes_its_remarks_along_and_what_was_read_stays_read(session: Any) -> None:
    case = place(session, "note")
    remarks.note_remark(session, NOVEMBER, "case-SN-2026-0401", EWA, "weekly", case_id=case.case_id)
    review.mark_read(session, NOVEMBER)
    assert [type(one) for one in session.subject.belonging(_Reading(session), _Case(case.case_id))].count(Remark) == 1
    with session.work.step("erasing", undoable=False, of_held=True) as records:
        redact(session, records, Redaction(case.case_id, case.called.split(",")[0], "asked for"))
        for one in records.find(Remark, case_id=case.case_id):
            records.erase(one)
    reading = review.reading_of(session, NOVEMBER)
    assert reading.mark is not None and reading.changes == ()
    assert reading.mark.facts_sha256 == versions.standing(session, NOVEMBER).facts_sha256


class _Reading:
    """Reads records outside a step, for one question."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def find(self, kind: Any, **equals: Any) -> Any:
        with self._session.work.reading() as records:
            return records.find(kind, **equals)


class _Case:
    def __init__(self, case_id: str) -> None:
        self.id = case_id
