"""The group's side of the crossing: the list goes over, departures come back, and a line says nothing else."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import PRIVATE_RECORDERS, RECORDERS, Role
from csp_desktop.domain.meeting.confidentiality import Attendance, Capacity, Remote
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.meeting.private_handover import (
    Departed,
    Departures,
    Ended,
    Handed,
    Hide,
    RoomList,
    line_of,
    message_of,
    token_of,
)
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus
from csp_desktop.services.meeting import private_handover
from tests.support.fakes import NOON, FakeWork, fake_session

NOW = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)
DAY = date(2026, 11, 26)


def _session(state: MeetingState = MeetingState.CLOSED):
    session = fake_session(FakeWork(lambda: NOW), now=lambda: NOW)
    with session.work.step("a meeting", of_held=True) as records:
        records.save(Agency("a1", "Hertfordshire Constabulary", "Police", AgencyKind.POLICE))
        records.save(Meeting("m", MeetingKind.CPG, DAY, time(14), time(16), "", "", "", state))
        for number, left in ((1, None), (2, NOW)):
            records.save(
                Attendance(
                    f"row {number}",
                    "m",
                    f"p{number}",
                    f"Person {number}",
                    "a1",
                    "Police",
                    "",
                    Capacity.MEMBER,
                    IspStatus.CURRENT,
                    arrived_at=NOW,
                    signed_at=NOW,
                    left_at=left,
                )
            )
    return session


def test_only_those_in_the_room_go_over_with_the_kind_of_their_agency():
    listed = private_handover.room_list(_session(), "m")
    token = token_of("m", "row 1")
    assert [(one.origin, one.name, one.kind) for one in listed.people] == [(token, "Person 1", AgencyKind.POLICE)]
    assert private_handover.room_list(_session(), "m") == listed, "begun again, everyone is known again"


def test_for_whom_a_deputy_came_goes_over_by_name_and_agency_unless_they_came_after_all():
    session = _session()

    def deputy(**absent: datetime | None) -> tuple[str, str]:
        with session.work.step("a deputy", of_held=True) as records:
            records.save(replace(records.get(Attendance, "row 1"), here_for_id="p2", here_for="Person 2"))
            records.save(replace(records.get(Attendance, "row 2"), apology=True, **absent))
        (one,) = [one for one in private_handover.room_list(session, "m").people if one.name == "Person 1"]
        return one.here_for, one.here_for_agency

    assert deputy(arrived_at=None, signed_at=None, left_at=None) == ("Person 2", "Police")
    assert deputy(arrived_at=NOW, signed_at=NOW) == ("", "")


def test_no_id_of_the_groups_file_goes_over():
    session = _session()
    with session.work.reading() as records:
        ids = {row.id for row in records.find(Attendance)} | {row.member_id for row in records.find(Attendance)}
    line = line_of(private_handover.room_list(session, "m"))
    assert not any(one in line for one in ids)
    assert token_of("m", "row 1") != token_of("another meeting", "row 1")


def test_the_private_meeting_follows_the_groups():
    with pytest.raises(Refused, match="follows"):
        private_handover.room_list(_session(MeetingState.PLANNED), "m")


def test_the_private_meeting_follows_the_latest_of_today_that_runs_or_was_held():
    session = _session()
    with session.work.reading() as records:
        held = records.get(Meeting, "m")

    def follows(*meetings: Meeting) -> str:
        with session.work.step("meetings", of_held=True) as records:
            for meeting in meetings:
                records.save(meeting)
        found = private_handover.meeting_to_cross_from(session)
        return found.id if found else ""

    assert follows(replace(held, id="earlier", starts=time(9))) == "m"
    assert follows(replace(held, id="evening", starts=time(18), state=MeetingState.SIGN_IN)) == "m"
    assert follows(replace(held, id="evening", starts=time(18), state=MeetingState.IN_SESSION)) == "evening"
    yesterday = DAY - timedelta(days=1)
    assert follows(*(replace(held, id=each, on=yesterday) for each in ("m", "earlier", "evening"))) == ""


@pytest.mark.parametrize("role", Role)
def test_who_is_in_the_room_goes_over_with_whoever_runs_either_meeting(role: Role):
    session = replace(_session(), roles=frozenset({role}))
    if role not in (*RECORDERS, *PRIVATE_RECORDERS):
        with pytest.raises(NotAllowed):
            private_handover.room_list(session, "m")
    else:
        assert private_handover.room_list(session, "m").people


def test_who_had_left_before_the_crossing_left_when_they_did():
    session = _session()
    later = Departures((Departed(token_of("m", "row 2"), NOW + timedelta(minutes=9)),))
    assert private_handover.note_departures(session, "m", later) == 0
    with session.work.reading() as records:
        assert records.get(Attendance, "row 2").left_at == NOW


def test_departures_at_the_crossing_stand_in_the_groups_list_once():
    session = _session()
    back = Departures((Departed(token_of("m", "row 1"), NOW), Departed("someone else's row", NOW)))
    assert private_handover.note_departures(session, "m", back) == 1
    assert private_handover.note_departures(session, "m", back) == 0
    with session.work.reading() as records:
        assert records.get(Attendance, "row 1").left_at == NOW


@pytest.mark.parametrize(
    "message",
    [
        RoomList(DAY, time(16, 30), (Handed("row 1", "Ştefan O’Neill", "Police", AgencyKind.POLICE),), NOON),
        RoomList(DAY, time(16, 30), (Handed("row 1", "Ann Lee", "Police", AgencyKind.POLICE, Remote.TEAMS),), NOON),
        RoomList(DAY, time(16), (Handed("row 1", "A. Lee", "X", AgencyKind.FIRE, None, "Bo Ray", "Police"),), NOON),
        Departures((Departed("row 1", NOW),)),
        Hide(),
        Ended(),
    ],
)
def test_each_message_comes_out_as_it_went_in(message):
    assert message_of(line_of(message)) == message


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_goes_over_in_ascii_and_comes_out_as_it_went_in(name):
    room = RoomList(DAY, time(16, 30), (Handed("row 1", name, name, AgencyKind.POLICE),), NOON)
    line = line_of(room)
    assert line.isascii() and "\n" not in line
    assert message_of(line.encode("ascii")) == room


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{}",
        '{"people": ["K.B."]}',
        '{"hide": true, "person": "K.B."}',
        '{"hide": "K.B."}',
        '{"ended": 7}',
        '{"departures": [["row", "2026-11-26T15:40:00", "and a name"]]}',
        '{"departures": [["row", "2026-11-26T15:40:00"]]}',
        '{"room": {"on": "2026-11-26", "ends": "16:30", "people": []}}',
        '{"room": {"on": "2026-11-26", "ends": "16:30", "people": [], "at": "2026-11-26T15:40:00"}}',
        '{"room": {"on": "2026-11-26", "ends": "16:30", "people": [], "at": "2026-11-26T15:40:00+00:00", '
        '"list": ["K.B."]}}',
        '{"room": {"on": "2026-11-26", "ends": "16:30", "people": [["row", "\\ud800", "Police", "police"]], '
        '"at": "2026-11-26T15:40:00+00:00"}}',
        "[" * 100_000,
        b'{"hide": "\x81\x8d\xff"}',
        b"\xff\xfe",
    ],
)
def test_a_line_that_says_anything_more_is_refused_whole(line):
    with pytest.raises(Refused):
        message_of(line)


@given(st.text() | st.binary())
def test_any_text_and_any_bytes_are_a_message_or_a_refusal(line):
    try:
        message_of(line)
    except Refused:
        return


def test_nothing_of_the_groups_side_imports_the_private_side():
    root = Path(private_handover.__file__).parents[2]
    for layer in ("domain", "services", "documents", "exchange"):
        for file in (root / layer).rglob("*.py"):
            if "private" not in file.relative_to(root).parts:
                assert not re.search(r"csp_desktop\.\w+\.private\b", file.read_text(encoding="utf-8")), file.name
