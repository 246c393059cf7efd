"""In the room things change: remote people, deputies, the chair handed over, people who leave and come back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting import signing
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Clause, ClauseKind, Remote
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.meeting.offices import (
    Office,
    after_hand_over,
    first_holder,
    hand_over,
    held_by,
    of_office,
    spans_words,
    taken_words,
)
from csp_desktop.domain.minutes.paper_parts import present_words, remote_words_of, signed_words
from csp_desktop.domain.minutes.record import AttendeeLine
from csp_desktop.domain.people.agencies import IspStatus

AT = datetime(2026, 11, 26, 14, 0, tzinfo=UTC)
TEXT = Clause("c", ClauseKind.MEMBER, 2, "Keep it here.", date(2026, 1, 1))
TOM = Attendance(
    "a-tom", "m", "tom", "Tom Ellis", "fire", "Fire", "", Capacity.MEMBER, IspStatus.CURRENT, arrived_at=AT
)
RAVI = replace(TOM, id="a-ravi", member_id="ravi", name="Ravi Nair", arrived_at=None)
STROKES = (((0.1, 0.7), (0.15, 0.3), (0.2, 0.7)), ((0.25, 0.6), (0.4, 0.5), (0.6, 0.6)))
MEETING = Meeting(
    "m", MeetingKind.CPG, date(2026, 11, 26), time(14), time(16), "Hall", "dan", "ewa", MeetingState.IN_SESSION
)


def heard(row: Attendance, *, shown: bool = False) -> Attendance:
    return signing.read_out(row, TEXT, "Dan Holt, chair", AT, shown=shown)


def test_who_is_on_teams_signs_the_members_text_but_hears_it_first() -> None:
    row = signing.remotely(TOM, Remote.TEAMS)
    assert signing.clause_kind(row) is ClauseKind.MEMBER
    assert signing.hears_the_clause(row) and not signing.may_sign(row, TEXT)
    assert signing.may_sign(heard(row), TEXT)


def test_the_clause_is_shown_on_teams_and_read_on_the_telephone() -> None:
    assert heard(signing.remotely(TOM, Remote.TEAMS), shown=True).shown
    with pytest.raises(Refused, match="only be shown on Teams"):
        heard(signing.remotely(TOM, Remote.TELEPHONE), shown=True)


def test_alone_in_the_room_is_asked_before_somebody_remote_signs() -> None:
    row = heard(signing.remotely(TOM, Remote.TELEPHONE))
    with pytest.raises(Refused, match="alone in the room"):
        signing.sign(row, TEXT, AT, typed_name="Tom Ellis")
    with pytest.raises(Refused, match="is not alone"):
        signing.sign(signing.answered_alone(row, False), TEXT, AT, typed_name="Tom Ellis")
    signed = signing.sign(signing.answered_alone(row, True), TEXT, AT, typed_name="Tom Ellis")
    assert signed.signed and signed.typed_name == "Tom Ellis" and signed.alone


def test_somebody_remote_signs_by_their_typed_name() -> None:
    row = signing.answered_alone(heard(signing.remotely(TOM, Remote.TEAMS)), True)
    with pytest.raises(Refused, match="type their full name"):
        signing.sign(row, TEXT, AT, STROKES)


def test_whether_one_is_alone_is_not_asked_in_the_room() -> None:
    with pytest.raises(Refused, match="does not apply"):
        signing.answered_alone(TOM, True)


def test_who_signed_in_the_room_leaves_first_to_come_back_on_teams() -> None:
    signed = signing.sign(TOM, TEXT, AT, STROKES)
    with pytest.raises(Refused, match="signed in the room"):
        signing.remotely(signed, Remote.TEAMS)
    back = signing.come_back(signing.leave(signed, AT + timedelta(minutes=5)), AT + timedelta(minutes=9), Remote.TEAMS)
    assert (back.remote, back.alone, len(back.away), back.signed) == (Remote.TEAMS, None, 1, True)
    here = signing.come_back(signing.leave(back, AT + timedelta(hours=1)), AT + timedelta(hours=2), None)
    assert here.remote is None and len(here.away) == 2


def test_a_deputy_is_here_for_somebody_who_is_not() -> None:
    assert signing.stand_for(TOM, RAVI).here_for == "Ravi Nair"
    assert signing.stand_for_nobody(signing.stand_for(TOM, RAVI)) == TOM
    with pytest.raises(Refused, match="Ravi Nair is here"):
        signing.stand_for(TOM, replace(RAVI, arrived_at=AT))
    with pytest.raises(Refused, match="for themselves"):
        signing.stand_for(TOM, TOM)


def test_the_chair_is_handed_over_to_somebody_who_is_here_and_signed() -> None:
    signed = replace(TOM, signed_at=AT)
    first = hand_over(MEETING, Office.CHAIR, signed, "Dan Holt", AT)
    then = after_hand_over(MEETING, first)
    assert (then.chair_id, then.minute_taker_id) == ("tom", "ewa")
    second = hand_over(
        then, Office.CHAIR, replace(signed, member_id="dan", name="Dan Holt"), "Tom Ellis", AT + timedelta(hours=1)
    )
    last = after_hand_over(then, second)
    every = [second, first]
    assert spans_words("Dan Holt", of_office(every, Office.CHAIR)) == (
        "Dan Holt to 14:00; Tom Ellis from 14:00 to 15:00; Dan Holt from 15:00"
    )
    assert taken_words(first) == "At 14:00 Tom Ellis took the chair from Dan Holt"
    assert held_by(last, Office.CHAIR, every) == {"dan", "tom"}
    assert first_holder(last, Office.CHAIR, every) == "dan"
    assert first_holder(last, Office.MINUTES, every) == "ewa"
    assert spans_words("Ewa", of_office(every, Office.MINUTES)) == "Ewa"
    for row, sentence in (
        (replace(signed, left_at=AT), "is not here"),
        (TOM, "has not signed"),
        (replace(signed, member_id="dan"), "chairs this meeting already"),
    ):
        with pytest.raises(Refused, match=sentence):
            hand_over(MEETING, Office.CHAIR, row, "", AT)


@settings(max_examples=60)
@given(st.lists(st.integers(1, 20), max_size=8))
def test_however_often_somebody_steps_out_the_times_follow_one_another(minutes: list[int]) -> None:
    row, at = TOM, AT
    for step in minutes:
        at += timedelta(minutes=step)
        row = signing.leave(row, at) if row.present else signing.come_back(row, at, None)
    assert row.present == (len(minutes) % 2 == 0)
    instants = [
        row.arrived_at,
        *(moment for span in row.away for moment in span),
        *([row.left_at] if row.left_at else []),
    ]
    assert instants == sorted(instants, key=lambda moment: moment or AT) and len(instants) == len(minutes) + 1


def test_a_time_put_right_stays_beside_those_of_stepping_out() -> None:
    out = signing.leave(TOM, AT + timedelta(minutes=10))
    back = signing.come_back(out, AT + timedelta(minutes=20), None)
    with pytest.raises(Refused, match="left the room at 14:10"):
        signing.correct_times(back, AT + timedelta(minutes=15), None)
    with pytest.raises(Refused, match="came back at 14:20"):
        signing.correct_times(back, AT, AT + timedelta(minutes=15))


def test_the_paper_tells_those_remote_apart() -> None:
    line = AttendeeLine(
        "Tom Ellis",
        "Fire",
        Capacity.MEMBER,
        AT,
        None,
        AT,
        "typed",
        IspStatus.CURRENT,
        "1",
        2,
        "",
        None,
        away=((AT + timedelta(minutes=10), AT + timedelta(minutes=20)),),
        remote=Remote.TEAMS,
        alone=True,
    )
    assert signed_words(line) == "14:00, typed (Teams)"
    assert [words.text for words in remote_words_of([line])] == ["Tom Ellis (Teams, alone where they were)."]
    assert remote_words_of([replace(line, remote=None)]) == ()
    assert present_words(line, AT + timedelta(hours=2)) == "14:00 to 16:00, away 14:10 to 14:20"
