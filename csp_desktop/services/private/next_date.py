"""The day of the next private session: what is due there moves with it, and so does whom it is to see again."""

from dataclasses import replace
from datetime import date

from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.domain.private.meeting import PersonTurn
from csp_desktop.domain.private.outcomes import MOVING
from csp_desktop.services.meeting import running_meeting
from csp_desktop.services.meeting.due_next import last_held, move_due_to_plan, next_meeting_day
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


def fix_next_date(session: Session, meeting_id: str, day: date | None) -> None:
    """The day of the next session, as agreed; none takes it back."""
    with session.work.step(running_meeting.NEXT_DATE) as records:
        before = next_meeting_day(session, records, records.get(Meeting, meeting_id))
        running_meeting.fix_next_date(session, meeting_id, day)
        after = next_meeting_day(session, records, records.get(Meeting, meeting_id))
        _move_see_again(records, meeting_id, before, after)


def set_next_date(session: Session, records: Records, meeting: Meeting, day: date | None) -> Meeting:
    """The same inside a transaction."""
    before = next_meeting_day(session, records, meeting)
    after = running_meeting.set_next_date(session, records, meeting, day)
    _move_see_again(records, meeting.id, before, next_meeting_day(session, records, after))
    return after


def move_to_plan(session: Session, records: Records, was: date | None, planned: date) -> None:
    """The next session is planned, or planned for another day than it was."""
    held = last_held(records, planned)
    if held is not None:
        with session.work.step(running_meeting.NEXT_DATE, of_held=True) as of_held:  # whom to see again lives on
            _move_see_again(of_held, held.id, was or next_meeting_day(session, records, held), planned)
    move_due_to_plan(session, records, was, planned)


def _move_see_again(records: Records, meeting_id: str, before: date, after: date) -> None:
    for turn in records.find(PersonTurn, meeting_id=meeting_id):
        if turn.outcome in MOVING and turn.see_again_on == before != after:
            records.save(replace(turn, see_again_on=after))
