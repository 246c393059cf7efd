"""All dates of a year in one go: proposed, set, changed, removed; the deadlines and what is due at the next follow."""

from dataclasses import replace
from datetime import date, time

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, Meeting, MeetingKind, MeetingState
from csp_desktop.domain.meeting.year_dates import ProposedDate, propose_year
from csp_desktop.domain.people.settings import Settings
from csp_desktop.services.meeting import agenda, sign_in
from csp_desktop.services.meeting.running_meeting import fix_next_date
from csp_desktop.services.meeting.year_dates import add_date, move_date, remove_date, set_year, year_dates
from tests.support.prepared_meeting import NOVEMBER, people_session, prepared_session

TODAY = date(2026, 11, 24)
BOXING = date(2026, 12, 28)
EVERY_FOURTH = [date(2026, 12, 24), date(2027, 1, 21), date(2027, 2, 18), date(2027, 3, 18)]


@pytest.fixture
def session():
    return prepared_session()


def days(session):
    return [m.on for m in agenda.meetings(session) if m.state is not MeetingState.CLOSED]


def meeting_on(session, day):
    return next(m for m in agenda.meetings(session) if m.on == day)


def count(session, kind, day):
    with session.work.reading() as records:
        return len(records.find(kind, meeting_id=meeting_on(session, day).id))


def test_a_year_is_proposed_in_the_group_s_rhythm():
    proposed = propose_year(NOVEMBER, Settings(), frozenset(), TODAY)
    assert [one.on for one in proposed[:4]] == EVERY_FOURTH
    assert (len(proposed), proposed[-1].on) == (12, date(2027, 10, 28))


def test_a_bank_holiday_moves_its_own_date_and_not_the_rhythm():
    holidays = frozenset({date(2026, 12, 24), date(2026, 12, 31)})
    proposed = propose_year(NOVEMBER, Settings(), holidays, TODAY)
    assert proposed[0] == ProposedDate(date(2027, 1, 7), date(2026, 12, 24))
    assert proposed[1] == ProposedDate(date(2027, 1, 21))


def test_a_weekend_moves_to_the_monday_after():
    assert propose_year(date(2026, 11, 28), Settings(), frozenset(), TODAY)[0].on == BOXING


def test_nothing_is_proposed_in_the_past_beyond_a_year_or_where_a_meeting_stands():
    proposed = [one.on for one in propose_year(date(2026, 9, 3), Settings(), frozenset(), TODAY, {EVERY_FOURTH[0]})]
    assert proposed[0] == NOVEMBER and EVERY_FOURTH[0] not in proposed
    assert all(TODAY <= day <= date(2027, 11, 24) for day in proposed)


def test_the_year_is_shown_with_when_the_minutes_before_go_out(session):
    shown = year_dates(session)
    first, second = shown.rows[:2]
    assert (first.on, first.first, first.meeting is not None) == (NOVEMBER, True, True)
    assert (second.on, second.meeting, second.first) == (EVERY_FOURTH[0], None, False)
    assert first.minutes_by is not None and first.minutes_by.on == date(2026, 11, 19)
    assert second.minutes_by is not None and second.minutes_by.on == date(2026, 12, 17)


def test_one_step_plans_them_all_and_one_undo_takes_them_back(session):
    assert set_year(session) == len(year_dates(session).rows) - 1
    assert days(session)[:3] == [NOVEMBER, *EVERY_FOURTH[:2]]
    assert year_dates(session).proposed == ()
    with pytest.raises(Refused, match="All dates up to a year from now are set"):
        set_year(session)
    session.work.undo()
    assert days(session) == [NOVEMBER]


def test_a_date_gets_its_agenda_only_when_it_is_the_next_to_come(session):
    set_year(session)
    december = EVERY_FOURTH[0]
    assert (count(session, AgendaItem, december), count(session, CaseTurn, december)) == (0, 0)
    assert agenda.bring_walk_up_to_date(session) == 0
    with session.work.step("closed", undoable=False) as records:
        records.save(replace(meeting_on(session, NOVEMBER), state=MeetingState.CLOSED))
    agenda.bring_walk_up_to_date(session)
    assert count(session, AgendaItem, december) == 13 and count(session, CaseTurn, december) == 46
    assert count(session, AgendaItem, EVERY_FOURTH[1]) == 0


def test_a_sign_in_opened_straight_from_home_finds_the_agenda(session):
    made = add_date(session, date(2026, 11, 25))
    sign_in.open_sign_in(session, made.id)
    assert count(session, AgendaItem, made.on) == 13


def test_a_date_moves_and_what_is_due_at_the_next_meeting_moves_only_with_the_first(session):
    with session.work.step("due at the next", undoable=False) as records:
        records.save(replace(records.get(Action, "x1"), next_of_id="october", due=NOVEMBER))
    set_year(session)
    move_date(session, meeting_on(session, EVERY_FOURTH[1]).id, date(2027, 1, 28))
    assert due(session) == NOVEMBER
    move_date(session, meeting_on(session, NOVEMBER).id, date(2026, 12, 3))
    assert due(session) == date(2026, 12, 3)
    move_date(session, meeting_on(session, date(2026, 12, 3)).id, date(2027, 1, 5))
    assert due(session) == EVERY_FOURTH[0]


def due(session):
    with session.work.reading() as records:
        return records.get(Action, "x1").due


def test_a_date_comes_off_with_its_agenda_and_what_was_due_there_goes_to_the_next(session):
    with session.work.step("due at the next", undoable=False) as records:
        records.save(replace(records.get(Action, "x1"), next_of_id="october", due=NOVEMBER))
    set_year(session)
    gone = meeting_on(session, NOVEMBER)
    remove_date(session, gone.id)
    assert days(session)[0] == due(session) == EVERY_FOURTH[0]
    with session.work.reading() as records:
        assert records.find(AgendaItem, meeting_id=gone.id) == []


def test_a_meeting_that_was_begun_or_has_something_noted_stays(session):
    meeting = meeting_on(session, NOVEMBER)
    with session.work.step("action", undoable=False) as records:
        records.save(Action("new", meeting.id, 1, "Ask", "dan", NOVEMBER, TODAY))
    with pytest.raises(Refused, match="Something is already recorded"):
        remove_date(session, meeting.id)
    sign_in.open_sign_in(session, meeting.id)
    with pytest.raises(Refused, match="was opened, so the meeting cannot be removed"):
        remove_date(session, meeting.id)
    with pytest.raises(Refused, match="has started. Choose a date after it"):
        add_date(session, date(2026, 11, 25))


def test_a_day_that_passed_or_has_a_meeting_is_refused_at_the_day(session):
    set_year(session)
    for day, words in ((date(2026, 11, 2), "is in the past"), (EVERY_FOURTH[1], "already a meeting")):
        with pytest.raises(FieldRefused, match=words):
            move_date(session, meeting_on(session, EVERY_FOURTH[0]).id, day)
        with pytest.raises(FieldRefused, match=words):
            add_date(session, day)


def test_the_day_agreed_at_the_last_meeting_comes_first_where_none_is_planned():
    session = people_session()
    with session.work.step("October", undoable=False) as records:
        held = Meeting("october", MeetingKind.CPG, date(2026, 10, 29), time(14), time(16), "Hall", "hannah", "marcus")
        records.save(replace(held, state=MeetingState.CLOSED, next_on=date(2026, 12, 1)))
    proposed = [row.on for row in year_dates(session).rows]
    assert proposed[:2] == [date(2026, 12, 1), date(2026, 12, 29)]
    set_year(session)
    made = meeting_on(session, date(2026, 12, 1))
    assert (made.starts, made.venue, made.chair_id) == (time(14), "Hall", "hannah")


def test_the_planned_date_follows_the_day_agreed_at_the_table(session):
    set_year(session)
    november = meeting_on(session, NOVEMBER)
    fix_next_date(session, november.id, date(2026, 12, 17))
    assert days(session)[:3] == [NOVEMBER, date(2026, 12, 17), EVERY_FOURTH[1]]
    fix_next_date(session, november.id, EVERY_FOURTH[1])
    assert days(session)[:3] == [NOVEMBER, date(2026, 12, 17), EVERY_FOURTH[1]]


def test_only_who_records_the_meetings_sets_their_dates(session):
    reader = replace(session, roles=frozenset({Role.ADMINISTRATOR}))
    meeting = meeting_on(session, NOVEMBER)
    for work in (
        lambda: set_year(reader),
        lambda: add_date(reader, date(2027, 1, 5)),
        lambda: move_date(reader, meeting.id, date(2027, 1, 5)),
        lambda: remove_date(reader, meeting.id),
    ):
        with pytest.raises(NotAllowed):
            work()
