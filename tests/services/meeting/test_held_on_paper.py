"""A meeting held on paper is entered afterwards: the times of its sheets, signed on paper, marked in its minutes."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.held_on_paper import HeldOnPaper
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.versions import FrozenFacts
from csp_desktop.services.meeting import actions, agenda, case_walk, held_on_paper, running_meeting, sign_in
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.after_meeting import sign_in_sheets
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.support.fakes import FixedClock
from tests.support.prepared_meeting import prepared_session

ENTERED = datetime(2026, 11, 30, 10, 15, tzinfo=UTC)  # the Monday after


def at(hour, minute, day=26):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def session():
    return replace(prepared_session(), now=FixedClock(ENTERED))


@pytest.fixture
def meeting(session):
    return agenda.next_meeting(session)


def say(session, meeting, hour, minute):
    held_on_paper.say_time(session, meeting.id, time(hour, minute))


def rows(session, kind, **equals):
    with session.work.reading() as records:
        return records.find(kind, **equals)


def signed_in(session, meeting):
    held_on_paper.begin(session, meeting.id)
    say(session, meeting, 13, 55)
    for member in ("hannah", "dan", "ewa"):
        sign_in.sign(session, meeting.id, member)
    say(session, meeting, 14, 3)
    running_meeting.start(session, meeting.id)


def closed(session, meeting):
    """Signed, one case decided with an action, then closed."""
    signed_in(session, meeting)
    turn = next(t for t in rows(session, CaseTurn, meeting_id=meeting.id) if t.position == 1)
    say(session, meeting, 14, 20)
    case_walk.open_turn(session, turn.id)
    case_walk.keep_typing(session, turn.id, "Said at the table.")
    case_walk.choose_outcome(session, turn.id, Outcome.CONTINUE)
    said = actions.read_line(session, meeting.id, "DH visit the family, by 4 dec")
    actions.agree_action(session, meeting.id, said, case_id=turn.case_id)
    say(session, meeting, 14, 26)
    held_on_paper.say_reader(session, meeting.id, "PS Dan Holt")
    case_walk.accept(session, turn.id)
    say(session, meeting, 15, 40)
    held_on_paper.say_kept(session, meeting.id, "safe 2, Town Hall")
    close_meeting(session, meeting.id, next_on=date(2026, 12, 17), reason="Entered from the sheets")
    return turn.id


def test_it_begins_from_its_day_on_and_never_before(session, meeting):
    early = replace(session, now=FixedClock(at(10, 0, day=25)))
    with pytest.raises(Refused, match="can be entered from paper from that date"):
        held_on_paper.begin(early, meeting.id)
    made = held_on_paper.begin(session, meeting.id)
    assert (made.at, made.reader, made.by, made.entered_at) == (at(14, 0), "Hannah Price", "Hannah Price", ENTERED)
    (opened,) = rows(session, Meeting, id=meeting.id)
    assert (opened.state, opened.opened_at) == (MeetingState.SIGN_IN, at(14, 0))
    assert held_on_paper.begin(session, meeting.id) == made


def test_a_meeting_that_runs_or_was_held_here_has_the_clocks_times(session, meeting):
    for state in (MeetingState.IN_SESSION, MeetingState.CLOSED):
        with session.work.step("state", undoable=False, of_held=True) as records:
            records.save(replace(records.get(Meeting, meeting.id), state=state))
        with pytest.raises(Refused, match="its times come from the clock"):
            held_on_paper.begin(session, meeting.id)


def test_times_are_those_typed_and_not_the_clocks(session, meeting):
    signed_in(session, meeting)
    came = {
        r.member_id: (r.arrived_at, r.signed_at) for r in rows(session, Attendance, meeting_id=meeting.id) if r.signed
    }
    assert came == dict.fromkeys(("hannah", "dan", "ewa"), (at(13, 55), at(13, 55)))
    say(session, meeting, 14, 50)
    dan = next(r for r in rows(session, Attendance, member_id="dan"))
    assert sign_in.leave(session, dan.id).left_at == at(14, 50)
    (running,) = rows(session, Meeting, id=meeting.id)
    assert running.started_at == at(14, 3)


def test_a_time_still_to_come_is_refused_at_its_field(session, meeting):
    now = replace(session, now=FixedClock(at(14, 30)))
    held_on_paper.begin(now, meeting.id)
    with pytest.raises(FieldRefused, match="15:00 on Thu 26 Nov 2026 is in the future") as refused:
        held_on_paper.say_time(now, meeting.id, time(15, 0))
    assert refused.value.field == "at"


def test_who_signed_did_so_on_paper_and_nothing_is_drawn(session, meeting):
    signed_in(session, meeting)
    row = next(r for r in rows(session, Attendance, member_id="ewa"))
    assert row.signed and not row.strokes and not row.typed_name and row.clause_sha256


def test_without_paper_a_signature_is_still_asked_for(session, meeting):
    sign_in.open_sign_in(session, meeting.id)
    with pytest.raises(Refused, match="signature is too small"):
        sign_in.sign(session, meeting.id, "dan")
    with pytest.raises(Refused, match="was not held on paper"):
        held_on_paper.say_reader(session, meeting.id, "Dan")


def test_whoever_must_hear_the_clause_is_entered_with_reader_and_time(session, meeting):
    held_on_paper.begin(session, meeting.id)
    with pytest.raises(Refused, match="read out"):
        sign_in.sign(session, meeting.id, "nimmi")
    say(session, meeting, 13, 58)
    sign_in.read_out(session, meeting.id, ["nimmi"], "Hannah Price, chair")
    row = sign_in.sign(session, meeting.id, "nimmi")
    assert (row.read_by, row.read_at) == ("Hannah Price, chair", at(13, 58))


def test_all_whose_names_are_on_the_sheet_are_signed_in_one_step(session, meeting):
    held_on_paper.begin(session, meeting.id)
    say(session, meeting, 13, 55)
    everybody = [row.member_id for row in sign_in.desk_rows(session, meeting.id).expected]
    hear = held_on_paper.hearers(session, meeting.id)
    assert hear < set(everybody) and hear
    left_out = next(one for one in everybody if one not in hear)
    held_on_paper.sign_all(session, meeting.id, [m for m in everybody if m != left_out], "Hannah Price, chair")
    signed = {r.member_id: r for r in rows(session, Attendance, meeting_id=meeting.id) if r.signed}
    assert set(signed) == set(everybody) - {left_out}
    assert {(r.signed_at, r.strokes, r.typed_name) for r in signed.values()} == {(at(13, 55), (), "")}
    assert {m for m, r in signed.items() if r.read_by == "Hannah Price, chair"} == hear
    session.work.undo()
    assert not any(r.signed or r.read_at for r in rows(session, Attendance, meeting_id=meeting.id))


def test_of_those_who_had_to_hear_the_clause_the_sheet_says_who_read_it(session, meeting):
    held_on_paper.begin(session, meeting.id)
    with pytest.raises(Refused, match="Say who read the clause out"):
        held_on_paper.sign_all(session, meeting.id, ["hannah", "nimmi"], " ")
    assert not any(r.signed for r in rows(session, Attendance, meeting_id=meeting.id))
    with pytest.raises(Refused, match="Choose whose names are on the sheets"):
        held_on_paper.sign_all(session, meeting.id, [], "Hannah Price")


def test_without_paper_nobody_is_signed_by_a_sheet(session, meeting):
    sign_in.open_sign_in(session, meeting.id)
    with pytest.raises(Refused, match="was not held on paper"):
        held_on_paper.sign_all(session, meeting.id, ["hannah"], "Hannah Price")


def test_a_case_is_read_back_by_whom_and_when_the_sheet_says(session, meeting):
    turn_id = closed(session, meeting)
    (turn,) = rows(session, CaseTurn, id=turn_id)
    (paper,) = rows(session, HeldOnPaper)
    assert (turn.state, turn.read_back_at, turn.started_at) == (TurnState.DONE, at(14, 26), at(14, 20))
    assert paper.reader_of(turn_id) == "PS Dan Holt"


def test_its_minutes_say_that_it_was_held_on_paper_who_entered_it_and_when(session, meeting):
    closed(session, meeting)
    minutes = draft_minutes(session, meeting.id)
    words = as_text(minutes)
    assert "This meeting was held on paper; it was entered on Monday 30 November 2026 by Hannah Price." in words
    assert "The signatures are on the paper sign-in sheets, kept here: safe 2, Town Hall." in words
    assert "encrypted file" not in words
    assert "Read back by PS Dan Holt and accepted at 14:26." in words
    assert "Signed: 13:55, on paper" in words
    assert "Held: Thursday 26 November 2026, 14:03 to 15:40" in words
    assert "agreed after the read-back" not in words and "changed after the read-back" not in words


def test_its_facts_are_frozen_as_of_any_meeting_with_when_they_were_entered(session, meeting):
    closed(session, meeting)
    (frozen,) = rows(session, FrozenFacts, meeting_id=meeting.id)
    (held,) = rows(session, Meeting, id=meeting.id)
    assert frozen.at == ENTERED and held.closed_at == at(15, 40)
    later = replace(session, now=FixedClock(datetime(2026, 12, 9, 9, tzinfo=UTC)))
    assert "entered on Monday 30 November 2026" in draft_minutes(later, meeting.id).on_paper


def test_its_sign_in_sheet_says_signed_on_paper(session, meeting):
    closed(session, meeting)
    (sheet,) = sign_in_sheets(session, meeting.id)
    assert {(line.name, line.instead, line.is_signed) for line in sheet.lines} == {
        (name, "signed on paper", True) for name in ("Hannah Price", "PS Dan Holt", "Ewa Łukasik")
    }


def test_a_meeting_that_ended_at_once_says_in_plain_words_what_was_not_done(session, meeting):
    signed_in(session, meeting)
    say(session, meeting, 14, 10)
    close_meeting(session, meeting.id, reason="Fire alarm; nobody came back")
    words = as_text(draft_minutes(session, meeting.id))
    assert "None of the 46 cases on the agenda were discussed." in words
    assert "5 actions are open after this meeting: none agreed at it and 5 at earlier meetings. 4 are overdue." in words
    headings = re.split(r"\n\n(?=\d+(?:\.\d+)? |Annex|Present)", words)
    assert all(len(part.splitlines()) > 1 for part in headings), "no heading stands alone"
    assert "9 agenda items not discussed (Declarations of interest, Minutes of the last meeting, Matters" in words


def test_items_are_read_back_by_name_too(session, meeting):
    signed_in(session, meeting)
    item = next(i for i in rows(session, AgendaItem, meeting_id=meeting.id) if i.kind is ItemKind.APOLOGIES)
    say(session, meeting, 14, 8)
    running_meeting.finish_item(session, item.id)
    (paper,) = rows(session, HeldOnPaper)
    (done,) = rows(session, AgendaItem, id=item.id)
    assert (done.read_back_at, paper.reader_of(item.id)) == (at(14, 8), "Hannah Price")


def test_beginning_is_one_step_and_undone_in_one(session, meeting):
    held_on_paper.begin(session, meeting.id)
    session.work.undo()
    (planned,) = rows(session, Meeting, id=meeting.id)
    assert planned.state is MeetingState.PLANNED and rows(session, HeldOnPaper) == []


def test_who_may_not_record_enters_none(session, meeting):
    with pytest.raises(NotAllowed):
        held_on_paper.begin(replace(session, roles=frozenset({Role.NEW_HOPE_LEAD})), meeting.id)


@pytest.mark.parametrize("verb", [held_on_paper.say_reader, held_on_paper.say_kept])
def test_nobody_and_nowhere_are_refused_at_their_fields(session, meeting, verb):
    held_on_paper.begin(session, meeting.id)
    with pytest.raises(FieldRefused):
        verb(session, meeting.id, "  ")
