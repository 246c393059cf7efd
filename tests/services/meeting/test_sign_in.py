"""The sign-in desk's use cases, on a file in memory."""

from dataclasses import replace
from datetime import date, time

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Clause, ClauseKind, Override
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.services.meeting import sign_in
from csp_desktop.services.meeting.sign_in import NewPerson
from csp_desktop.services.session import Session
from tests.support.fakes import FixedClock, fake_session

SIGNATURE = (((0.1, 0.7), (0.15, 0.3), (0.2, 0.7)), ((0.25, 0.6), (0.4, 0.5), (0.6, 0.6)))
SIGNED_UP = date(2026, 3, 3)
M = "meeting"
TEXTS = {
    ClauseKind.MEMBER: "I will keep in confidence everything I see.\n",
    ClauseKind.OCCASIONAL: "What you hear today is confidential.",
    ClauseKind.OBSERVER: "I am here to observe.",
}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def session(clock: FixedClock) -> Session:
    made = fake_session(now=clock)
    with made.work.step("people") as records:
        records.save(Agency("county", "Hertfordshire County Council", "County council", AgencyKind.COUNCIL))
        records.save(Agency("health", "NHS mental health trust", "NHS", AgencyKind.HEALTH))
        records.save(_member("ruth", "Ruth Coyle", "county", SIGNED_UP))
        records.save(_member("owen", "Owen Pryce", "county", None))
        records.save(_member("marcus", "Marcus Bell", "county", SIGNED_UP))
        records.save(replace(_member("priya", "Dr Priya Raman", "health", None), standing=Standing.OCCASIONAL))
        records.save(Meeting(M, MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "Hall", "ruth", "marcus"))
    sign_in.seed_clauses(made, TEXTS)
    return made


@pytest.fixture
def desk(session: Session) -> Session:
    sign_in.open_sign_in(session, M)
    return session


def _member(member_id: str, name: str, agency: str, signed_up: date | None) -> Member:
    version = "1" if signed_up else ""
    return Member(member_id, name, agency, "officer", Standing.STANDING, isp_version=version, isp_signed_on=signed_up)


def _row(session: Session, member_id: str) -> Attendance:
    with session.work.reading() as records:
        return records.find(Attendance, meeting_id=M, member_id=member_id)[0]


def test_opening_the_desk_expects_the_standing_members(desk: Session) -> None:
    rows = sign_in.desk_rows(desk, M)
    assert [person.name for person in rows.expected] == ["Marcus Bell", "Owen Pryce", "Ruth Coyle"]
    assert (rows.state, rows.signed_count, rows.total) == (MeetingState.SIGN_IN, 0, 3)
    assert not rows.in_session
    step = desk.work.last_step()
    assert step is not None and step.words == "opening of the sign-in"


def test_the_desk_knows_whether_whoever_signs_now_comes_late(desk: Session) -> None:
    with desk.work.step("start") as records:
        records.save(replace(records.get(Meeting, M), state=MeetingState.IN_SESSION))
    assert sign_in.desk_rows(desk, M).in_session


def test_beside_a_name_stand_who_chairs_and_in_what_capacity_others_come(desk: Session) -> None:
    sign_in.choose_capacity(desk, M, "priya", Capacity.OCCASIONAL)
    sign_in.arrive(desk, M, "priya")
    assert {person.name: person.remark for person in sign_in.desk_rows(desk, M).expected} == {
        "Ruth Coyle": "chair, County council",
        "Marcus Bell": "minute-taker, County council",
        "Owen Pryce": "County council",
        "Dr Priya Raman": "occasional, NHS",
    }


def test_opening_the_desk_keeps_the_people_chosen_in_prepare_and_looks_again_at_their_protocol(
    session: Session,
) -> None:
    sign_in.record_apology(session, M, "owen", True, date(2026, 11, 24))
    with session.work.step("protocol") as records:
        records.save(_member("owen", "Owen Pryce-Jones", "county", SIGNED_UP))
    sign_in.open_sign_in(session, M)
    rows = sign_in.desk_rows(session, M)
    assert rows.expected == ()
    assert [(a.name, a.information_sent) for a in rows.apologies] == [("Owen Pryce-Jones", True)]
    assert not sign_in.signer(session, M, "owen").hears


def test_opening_it_again_changes_nothing_and_a_closed_meeting_is_not_opened(desk: Session) -> None:
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    sign_in.open_sign_in(desk, M)
    assert sign_in.desk_rows(desk, M).signed_count == 1
    with desk.work.step("close") as records:
        records.save(replace(records.get(Meeting, M), state=MeetingState.CLOSED))
    with pytest.raises(Refused, match="is closed"):
        sign_in.open_sign_in(desk, M)
    with pytest.raises(Refused, match="is closed"):
        sign_in.sign(desk, M, "owen", strokes=SIGNATURE)


def test_nobody_signs_before_the_desk_is_open(session: Session) -> None:
    with pytest.raises(Refused, match=r"^The sign-in is not open yet\.$"):
        sign_in.sign(session, M, "ruth", strokes=SIGNATURE)


def test_a_signed_person_moves_from_the_expected_to_the_signed_list(desk: Session) -> None:
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE, interests=["SN-1"])
    rows = sign_in.desk_rows(desk, M)
    assert [person.name for person in rows.signed] == ["Ruth Coyle"]
    assert (rows.signed_count, rows.total) == (1, 3)
    assert _row(desk, "ruth").interests == ("SN-1",)
    assert rows.signed[0].remark == "chair, County council"


def test_the_text_signed_is_the_newest_version_and_its_fingerprint_is_kept(desk: Session) -> None:
    with desk.work.step("wording") as records:
        records.save(Clause("newer", ClauseKind.MEMBER, 2, "I will keep it all in confidence.", date(2026, 11, 26)))
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    with desk.work.reading() as records:
        assert _row(desk, "ruth").clause_sha256 == records.get(Clause, "newer").sha256
    assert _row(desk, "ruth").clause_version == 2


def test_a_new_partnership_is_given_illustrative_texts_once(session: Session) -> None:
    sign_in.seed_clauses(session, {ClauseKind.MEMBER: "Another text"})
    with session.work.reading() as records:
        clause = sign_in.current_clause(records, ClauseKind.MEMBER)
    assert (clause.version, clause.text, clause.illustrative) == (1, TEXTS[ClauseKind.MEMBER].strip(), True)


def test_a_sign_in_is_undone_in_one_step(desk: Session) -> None:
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    step = desk.work.undo()
    assert step is not None and step.words == "sign-in of Ruth Coyle"
    assert sign_in.desk_rows(desk, M).signed_count == 0


def test_two_letters_find_expected_people_first_then_the_register_and_signed_ones_last(desk: Session) -> None:
    with desk.work.step("people") as records:
        records.save(replace(_member("rupa", "Rupa Desai", "county", None), standing=Standing.OCCASIONAL))
        records.save(_member("rurik", "Rurik Aas", "county", None))
    assert sign_in.find_people(desk, M, "r") == []
    assert [c.name for c in sign_in.find_people(desk, M, "ru")] == ["Ruth Coyle", "Rupa Desai", "Rurik Aas"]
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    found = sign_in.find_people(desk, M, "ru")
    assert [(c.name, c.remark) for c in found] == [
        ("Rupa Desai", "County council, not expected"),
        ("Rurik Aas", "County council, not expected"),
        ("Ruth Coyle", "County council, signed 14:00"),
    ]


def test_the_signer_sees_where_they_stand_with_the_protocol(desk: Session) -> None:
    ruth = sign_in.signer(desk, M, "ruth")
    assert (ruth.isp_words, ruth.isp_short) == (
        "Signed Tue 3 Mar 2026, valid to March 2028",
        "Signed, valid to March 2028",
    )
    assert sign_in.signer(desk, M, "owen").isp_short == "Not signed up"
    owen = sign_in.signer(desk, M, "owen")
    assert (owen.isp_words, owen.isp_current, owen.hears) == ("Not signed up", False, True)


@pytest.mark.parametrize(
    ("signed_on", "version", "words"),
    [
        (date(2024, 2, 29), "1", "Ran out in February 2026"),
        (SIGNED_UP, "0", "Signed version 0, now version 1"),
    ],
)
def test_an_old_protocol_is_said_in_words(desk: Session, signed_on: date, version: str, words: str) -> None:
    with desk.work.step("people") as records:
        late = replace(_member("ann", "Ann Lee", "county", signed_on), isp_version=version)
        records.save(late)
    assert sign_in.signer(desk, M, "ann").isp_words == words


def test_one_reading_covers_several_picked_in_one_list(desk: Session) -> None:
    sign_in.choose_capacity(desk, M, "priya", Capacity.OCCASIONAL)
    assert [person.name for person in sign_in.listeners(desk, M, "priya")] == ["Owen Pryce"]
    sign_in.read_out(desk, M, ["priya", "owen"], "Ruth Coyle, chair")
    assert {_row(desk, who).read_by for who in ("priya", "owen")} == {"Ruth Coyle, chair"}
    assert sign_in.signer(desk, M, "owen").may_sign
    assert sign_in.listeners(desk, M, "priya") == []
    sign_in.sign(desk, M, "priya", typed_name="Priya Raman")
    assert [person.name for person in sign_in.desk_rows(desk, M).gate.unsigned] == ["Owen Pryce"]


def test_a_text_read_out_before_it_was_changed_is_not_the_one_to_sign(desk: Session) -> None:
    sign_in.read_out(desk, M, ["owen"], "Ruth Coyle, chair")
    read = sign_in.signer(desk, M, "owen")
    assert (read.read_by, read.read_at, read.may_sign) == ("Ruth Coyle, chair", desk.now(), True)
    with desk.work.step("wording") as records:
        records.save(Clause("newer", ClauseKind.OCCASIONAL, 2, "What you hear stays here.", date(2026, 11, 26)))
    owen = sign_in.signer(desk, M, "owen")
    assert (owen.read_by, owen.read_at, owen.may_sign) == ("", None, False)


def test_a_reading_is_all_or_none(desk: Session) -> None:
    with pytest.raises(Refused, match="who read"):
        sign_in.read_out(desk, M, ["owen"], "")
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    with pytest.raises(Refused, match="Ruth Coyle has already signed"):
        sign_in.read_out(desk, M, ["owen", "ruth"], "Ruth Coyle, chair")
    assert _row(desk, "owen").read_at is None


def test_a_reading_is_taken_back(desk: Session) -> None:
    sign_in.read_out(desk, M, ["owen"], "Ruth Coyle, chair")
    sign_in.take_back_reading(desk, M, "owen")
    assert not sign_in.signer(desk, M, "owen").may_sign


def test_the_chair_reads_unless_there_is_an_apology_and_others_in_the_room_may(desk: Session) -> None:
    assert sign_in.desk_rows(desk, M).readers == ("Ruth Coyle, chair",)
    sign_in.sign(desk, M, "marcus", strokes=SIGNATURE)
    assert sign_in.desk_rows(desk, M).readers == ("Ruth Coyle, chair", "Marcus Bell")
    sign_in.record_apology(desk, M, "ruth", False, None)
    assert sign_in.desk_rows(desk, M).readers == ("Marcus Bell",)


def test_someone_not_listed_joins_the_register_as_occasional(desk: Session) -> None:
    who = sign_in.add_person(desk, M, NewPerson(" Sam  Ode ", "NHS", "Nurse"))
    with desk.work.reading() as records:
        member = records.get(Member, who)
    assert (member.name, member.agency_id, member.standing) == ("Sam Ode", "health", Standing.OCCASIONAL)
    assert sign_in.signer(desk, M, who).hears
    with pytest.raises(Refused, match="already on the list"):
        sign_in.add_person(desk, M, NewPerson("sam ode", "NHS mental health trust"))


def test_someone_not_listed_may_come_from_a_new_agency_and_as_an_observer(desk: Session) -> None:
    who = sign_in.add_person(desk, M, NewPerson("Sam Ode", "Town Pastors", "", Capacity.OBSERVER))
    assert "Town Pastors" in sign_in.agency_names(desk)
    person = sign_in.signer(desk, M, who)
    assert (person.capacity, person.clause.kind) == (Capacity.OBSERVER, ClauseKind.OBSERVER)


@pytest.mark.parametrize(("name", "agency"), [("Sam", "NHS"), ("", "NHS"), ("Sam Ode", " ")])
def test_someone_not_listed_gives_full_name_and_agency(desk: Session, name: str, agency: str) -> None:
    with pytest.raises(Refused):
        sign_in.add_person(desk, M, NewPerson(name, agency))


def test_apologies_are_recorded_with_information_sent_and_the_date_and_taken_back(desk: Session) -> None:
    sign_in.record_apology(desk, M, "owen", True, date(2026, 11, 24))
    rows = sign_in.desk_rows(desk, M)
    assert [(a.name, a.received_on) for a in rows.apologies] == [("Owen Pryce", date(2026, 11, 24))]
    assert "Owen Pryce" not in [person.name for person in rows.expected]
    sign_in.withdraw_apology(desk, rows.apologies[0].attendance_id)
    assert sign_in.desk_rows(desk, M).apologies == ()


def test_a_late_arrival_is_present_and_unsigned_until_signed(desk: Session, clock: FixedClock) -> None:
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    clock.advance(minutes=20)
    sign_in.arrive(desk, M, "marcus")
    rows = sign_in.desk_rows(desk, M)
    assert rows.expected[0].name == "Marcus Bell" and rows.expected[0].present
    assert rows.gate.reason == "Marcus Bell is present and has not signed."
    clock.advance(minutes=1)
    sign_in.sign(desk, M, "marcus", strokes=SIGNATURE)
    assert sign_in.desk_rows(desk, M).gate.may_start
    assert (_row(desk, "marcus").signed_at or clock()) > (_row(desk, "marcus").arrived_at or clock())


def test_a_leaver_is_picked_from_those_present_and_may_come_back(desk: Session, clock: FixedClock) -> None:
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    here = sign_in.present_people(desk, M)
    assert [person.name for person in here] == ["Ruth Coyle"]
    left = clock.advance(minutes=30)
    sign_in.leave(desk, here[0].attendance_id)
    assert sign_in.present_people(desk, M) == []
    assert sign_in.signer(desk, M, "ruth").away
    back = clock.advance(minutes=5)
    sign_in.arrive(desk, M, "ruth")
    assert _row(desk, "ruth").away == ((left, back),)


def test_a_signature_under_the_wrong_name_and_a_wrong_time_are_put_right(desk: Session, clock: FixedClock) -> None:
    row = sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    earlier = clock().replace(hour=13)
    assert sign_in.correct_times(desk, row.id, earlier, None).arrived_at == earlier
    assert not sign_in.take_back_signature(desk, row.id).signed
    assert sign_in.desk_rows(desk, M).signed_count == 0


def test_an_override_with_its_reason_opens_the_gate_and_is_kept_for_the_minutes(desk: Session) -> None:
    sign_in.sign(desk, M, "ruth", strokes=SIGNATURE)
    sign_in.arrive(desk, M, "owen")
    sign_in.override(desk, M, "Called away at once")
    with desk.work.reading() as records:
        kept = records.find(Override, meeting_id=M)
    assert [(o.names, o.reason, o.by) for o in kept] == [(("Owen Pryce",), "Called away at once", "Ruth Coyle")]
    assert sign_in.desk_rows(desk, M).gate.may_start


def test_only_the_chair_or_the_minute_taker_goes_on_without_a_signature(desk: Session) -> None:
    sign_in.arrive(desk, M, "owen")
    with pytest.raises(NotAllowed, match="chair or the minute-taker"):
        sign_in.override(replace(desk, roles=frozenset({Role.NEW_HOPE_LEAD})), M, "Reason")


def test_without_a_clause_text_the_desk_says_where_to_write_one(clock: FixedClock) -> None:
    empty = fake_session(now=clock)
    with empty.work.reading() as records, pytest.raises(Refused, match="Settings"):
        sign_in.current_clause(records, ClauseKind.MEMBER)
