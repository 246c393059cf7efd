"""Signing in, by the sentences of the terms of reference and of the design."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting import signing
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Clause, ClauseKind, Stroke
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus, Member, Standing
from csp_desktop.domain.people.settings import Settings

DAY = date(2026, 11, 26)
TWO = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
MEETING = Meeting("m1", MeetingKind.CPG, DAY, time(14), time(16), "Town Hall", "chair", "Marcus Bell")
COUNTY = Agency("a1", "Hertfordshire County Council", "County council", AgencyKind.COUNCIL)
MEMBER = Clause("c1", ClauseKind.MEMBER, 7, "I will keep in confidence everything I hear.", date(2026, 5, 1))
VISITOR = Clause("c2", ClauseKind.OCCASIONAL, 4, "What you hear today is confidential.", date(2026, 5, 1))
OBSERVER = Clause("c3", ClauseKind.OBSERVER, 1, "I am here to observe.", date(2026, 5, 1))
SIGNATURE = (((0.1, 0.7), (0.15, 0.3), (0.2, 0.7)), ((0.25, 0.6), (0.4, 0.5), (0.6, 0.6)))


def person(
    name: str = "Ruth Coyle",
    signed_on: date | None = date(2026, 3, 3),
    standing: Standing = Standing.STANDING,
    version: str = "1",
) -> Attendance:
    member = Member(name, name, "a1", "ASB officer", standing, isp_version=version, isp_signed_on=signed_on)
    return signing.attend(MEETING, member, COUNTY, Settings(), DAY)


def visitor(name: str = "Priya Raman") -> Attendance:
    return person(f"Dr {name}", None, Standing.OCCASIONAL)


def signed(row: Attendance, at: datetime = TWO) -> Attendance:
    return signing.sign(row, MEMBER, at, SIGNATURE)


def test_everyone_signs_at_the_start_of_every_meeting_whether_signed_up_to_the_isp_or_not() -> None:
    member = signing.arrive(person(), TWO)
    unsigned_up = signing.arrive(person("Owen Pryce", None), TWO)
    assert {row.name for row in signing.gate([member, unsigned_up], []).unsigned} == {"Ruth Coyle", "Owen Pryce"}


def test_a_row_records_name_agency_role_capacity_and_where_the_person_stands_with_the_protocol() -> None:
    row = person()
    assert (row.name, row.agency_name, row.job_title) == ("Ruth Coyle", "Hertfordshire County Council", "ASB officer")
    assert (row.capacity, row.isp, row.isp_version) == (Capacity.MEMBER, IspStatus.CURRENT, "1")


def test_the_minute_taker_is_recorded_as_such() -> None:
    assert person("Marcus Bell").capacity is Capacity.MINUTE_TAKER


def test_a_signature_keeps_the_exact_clause_text_by_version_and_sha_256_and_the_time() -> None:
    row = signed(person())
    assert (row.clause_id, row.clause_version, row.signed_at) == ("c1", 7, TWO)
    assert row.clause_sha256 == MEMBER.sha256
    assert row.clause_sha256 != replace(MEMBER, text=MEMBER.text + " ").sha256


def test_signing_records_when_the_person_arrived() -> None:
    assert signed(person()).arrived_at == TWO
    late = signing.arrive(person(), TWO)
    assert signed(late, TWO + timedelta(minutes=2)).arrived_at == TWO


def test_an_occasional_attendee_hears_the_clause_before_signing() -> None:
    with pytest.raises(Refused, match="read out to Dr Priya Raman before"):
        signing.sign(visitor(), VISITOR, TWO, SIGNATURE)
    heard = signing.read_out(visitor(), VISITOR, "Hannah Price, chair", TWO)
    assert signing.sign(heard, VISITOR, TWO, SIGNATURE).signed


def test_who_read_the_clause_out_and_when_stands_on_the_row() -> None:
    heard = signing.read_out(visitor(), VISITOR, "Hannah Price, chair", TWO)
    assert (heard.read_by, heard.read_at) == ("Hannah Price, chair", TWO)


@pytest.mark.parametrize(
    ("signed_on", "version"),
    [(None, ""), (date(2024, 1, 1), "1"), (date(2026, 3, 3), "0")],
    ids=["none", "expired", "older"],
)
def test_a_standing_member_without_a_current_protocol_is_treated_like_an_occasional_attendee(
    signed_on: date | None, version: str
) -> None:
    row = person(signed_on=signed_on, version=version)
    assert signing.hears_the_clause(row)
    assert signing.clause_kind(row) is ClauseKind.OCCASIONAL


def test_one_reading_may_cover_everyone_in_the_room_who_needs_it() -> None:
    rows = [signing.read_out(row, VISITOR, "Hannah Price, chair", TWO) for row in (visitor(), visitor("Sam Ode"))]
    assert {(row.read_by, row.read_at) for row in rows} == {("Hannah Price, chair", TWO)}
    assert all(signing.may_sign(row, VISITOR) for row in rows)


def test_someone_read_to_is_in_the_room_and_unsigned_until_they_sign() -> None:
    assert signing.read_out(visitor(), VISITOR, "Hannah Price", TWO).present_unsigned


def test_a_reading_names_its_reader() -> None:
    with pytest.raises(Refused, match="who read"):
        signing.read_out(visitor(), VISITOR, "  ", TWO)


def test_a_reading_counts_only_for_the_text_that_was_read() -> None:
    heard = signing.read_out(visitor(), VISITOR, "Hannah Price", TWO)
    observing = signing.in_capacity(heard, Capacity.OBSERVER)
    assert not signing.may_sign(observing, OBSERVER)
    assert not signing.may_sign(heard, replace(VISITOR, id="newer", version=5))
    with pytest.raises(Refused, match="is not the one"):
        signing.read_out(observing, VISITOR, "Hannah Price", TWO)


def test_a_reading_that_did_not_happen_is_taken_back() -> None:
    heard = signing.take_back_reading(signing.read_out(visitor(), VISITOR, "Hannah Price", TWO))
    assert not signing.may_sign(heard, VISITOR)
    assert (heard.read_by, heard.clause_version) == ("", 0)


def test_clauses_are_texts_per_kind_of_attendance() -> None:
    assert signing.clause_kind(person()) is ClauseKind.MEMBER
    assert signing.clause_kind(signing.in_capacity(person(), Capacity.MINUTE_TAKER)) is ClauseKind.MEMBER
    assert signing.clause_kind(signing.in_capacity(person(), Capacity.OCCASIONAL)) is ClauseKind.OCCASIONAL
    assert signing.clause_kind(signing.in_capacity(person(), Capacity.OBSERVER)) is ClauseKind.OBSERVER
    with pytest.raises(Refused, match="members' clause"):
        signing.sign(person(), OBSERVER, TWO, SIGNATURE)


@pytest.mark.parametrize(
    "strokes",
    [
        (),
        (((0.5, 0.5),),),
        (((0.5, 0.5), (0.501, 0.501)), ((0.5, 0.5),)),
        (((0.1, 0.5), (0.9, 0.5)),),
        (((0.1, 0.2), (0.5, 0.4), (0.9, 0.8)),),
    ],
    ids=["nothing", "a dot", "two dots", "a flat line", "a slash"],
)
def test_a_signature_is_at_least_a_few_strokes_of_some_size_and_a_dot_is_asked_for_again(
    strokes: tuple[Stroke, ...],
) -> None:
    with pytest.raises(Refused, match="sign again"):
        signing.sign(person(), MEMBER, TWO, strokes)


def test_a_signature_drawn_without_lifting_the_pen_counts() -> None:
    wave = tuple((x / 20, 0.5 + (0.2 if x % 4 < 2 else -0.2)) for x in range(2, 18))
    assert signing.sign(person(), MEMBER, TWO, (wave,)).strokes == (wave,)


def test_a_typed_name_stands_for_the_signature_when_drawing_is_impossible() -> None:
    row = signing.sign(person("PS Ștefan Łukasik-Ionescu"), MEMBER, TWO, typed_name=" stefan  lukasik ionescu ")
    assert (row.typed_name, row.strokes) == ("stefan lukasik ionescu", ())


@pytest.mark.parametrize("typed", ["Ruth", "RC", "Ruth Doyle", "Mr"])
def test_the_typed_name_is_the_full_name(typed: str) -> None:
    with pytest.raises(Refused, match="Type the full name as shown here: Ruth Coyle"):
        signing.sign(person(), MEMBER, TWO, typed_name=typed)


def test_nobody_signs_twice() -> None:
    with pytest.raises(Refused, match="already signed at 14:00"):
        signed(signed(person()))


def test_interests_in_a_case_are_declared_with_the_signature() -> None:
    row = signing.sign(person(), MEMBER, TWO, SIGNATURE, interests=[" SN-2026-0412 ", "", "my  neighbour"])
    assert row.interests == ("SN-2026-0412", "my neighbour")


def test_a_signature_under_the_wrong_name_is_taken_back() -> None:
    row = signing.take_back_signature(signed(person()))
    assert (row.signed, row.present, row.clause_sha256, row.strokes) == (False, False, "", ())
    with pytest.raises(Refused, match="has not signed"):
        signing.take_back_signature(row)


def test_the_capacity_is_settled_before_signing() -> None:
    with pytest.raises(Refused, match="has signed as member"):
        signing.in_capacity(signed(person()), Capacity.OBSERVER)


def test_an_apology_says_whether_information_was_sent_and_when_it_came() -> None:
    row = signing.apologise(person(), True, date(2026, 11, 24))
    assert (row.apology, row.information_sent, row.information_received_on) == (True, True, date(2026, 11, 24))
    assert signing.apologise(row, False, date(2026, 11, 24)).information_received_on is None
    with pytest.raises(Refused, match="Give the date"):
        signing.apologise(person(), True, None)


def test_nobody_in_the_room_sends_apologies_and_coming_after_all_ends_them() -> None:
    with pytest.raises(Refused, match="is present"):
        signing.apologise(signed(person()), False, None)
    came = signed(signing.apologise(person(), True, DAY))
    assert (came.apology, came.information_sent) == (False, True)
    assert not signing.withdraw_apology(signing.apologise(person(), True, DAY)).information_sent


def test_the_walk_starts_when_everyone_present_has_signed() -> None:
    here = signing.arrive(person("Owen Pryce"), TWO)
    shut = signing.gate([signed(person()), here], [])
    assert (shut.may_start, shut.reason) == (False, "Owen Pryce is present and has not signed.")
    assert signing.gate([signed(person()), signed(here)], []).may_start


def test_nothing_starts_while_nobody_has_signed() -> None:
    assert signing.gate([person()], []).reason == "Nobody has signed yet."
    assert not signing.gate([person()], []).may_start


def test_someone_expected_who_has_not_come_does_not_hold_up_the_meeting() -> None:
    gate = signing.gate([signed(person()), person("Owen Pryce"), signing.apologise(person("Ann Lee"), False, None)], [])
    assert gate.may_start
    assert [row.name for row in gate.awaited] == ["Owen Pryce"]


def test_late_arrivals_sign_before_confidential_business_goes_on() -> None:
    late = signing.arrive(person("Owen Pryce"), TWO + timedelta(minutes=20))
    assert not signing.gate([signed(person()), late], []).may_start
    assert signing.gate([signed(person()), signed(late, TWO + timedelta(minutes=22))], []).may_start


def test_an_override_needs_a_reason_is_minuted_with_names_and_unblanks_the_room_screen() -> None:
    rows = [signed(person()), signing.arrive(person("Owen Pryce"), TWO), signing.arrive(person("Ann Lee"), TWO)]
    with pytest.raises(Refused, match="Say why"):
        signing.override("m1", rows, [], "Hannah Price", " ", TWO)
    made = signing.override("m1", rows, [], "Hannah Price", "pad  broken", TWO)
    assert (made.names, made.reason, made.by, made.at) == (("Owen Pryce", "Ann Lee"), "pad broken", "Hannah Price", TWO)
    assert signing.gate(rows, [made]).may_start
    assert signing.gate(rows, [made]).may_start


def test_an_override_does_not_cover_who_comes_in_later() -> None:
    rows = [signed(person()), signing.arrive(person("Owen Pryce"), TWO)]
    made = signing.override("m1", rows, [], "Hannah Price", "pad broken", TWO)
    later = signing.arrive(person("Ann Lee"), TWO)
    assert [row.name for row in signing.gate([*rows, later], [made]).unsigned] == ["Ann Lee"]


def test_there_is_nothing_to_override_when_everyone_present_has_signed() -> None:
    with pytest.raises(Refused, match="no override is needed"):
        signing.override("m1", [signed(person())], [], "Hannah Price", "why not", TWO)


def test_a_leaver_is_recorded_with_the_time_and_no_longer_holds_up_the_room_screen() -> None:
    here = signing.arrive(person("Owen Pryce"), TWO)
    gone = signing.leave(here, TWO + timedelta(minutes=5))
    assert gone.left_at == TWO + timedelta(minutes=5)
    assert signing.gate([signed(person()), gone], []).may_start
    with pytest.raises(Refused, match="not here"):
        signing.leave(gone, TWO)


def test_someone_who_comes_back_keeps_the_first_arrival_and_the_time_away() -> None:
    left, back = TWO + timedelta(minutes=30), TWO + timedelta(minutes=40)
    row = signing.arrive(signing.leave(signed(person()), left), back)
    assert (row.arrived_at, row.left_at, row.away) == (TWO, None, ((left, back),))
    assert row.signed
    with pytest.raises(Refused, match="already here"):
        signing.arrive(row, back)


def test_times_are_corrected_but_never_into_nonsense() -> None:
    row = signing.correct_times(signed(person()), TWO - timedelta(minutes=5), TWO + timedelta(hours=1))
    assert row.arrived_at == TWO - timedelta(minutes=5)
    with pytest.raises(Refused, match="cannot leave before"):
        signing.correct_times(row, TWO, TWO - timedelta(minutes=1))


def test_the_texts_still_to_be_confirmed_are_named() -> None:
    member, visitor, observer = ClauseKind.MEMBER, ClauseKind.OCCASIONAL, ClauseKind.OBSERVER
    assert signing.texts_words([visitor]) == "The visitors' clause is not confirmed"
    assert signing.texts_words([observer, member]) == "The members' and observers' clauses are not confirmed"
    assert signing.texts_words([member, visitor, observer]) == "Confidentiality clauses not confirmed"
    assert signing.texts_words([]) == "Confidentiality clauses confirmed"
