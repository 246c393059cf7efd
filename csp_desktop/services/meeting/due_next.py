"""Actions for which no day was said are due at the next meeting, and move with it: when its day is agreed, taken back,
or planned otherwise.
"""

from dataclasses import replace
from datetime import date

from csp_desktop.domain.common.deadlines import propose_next_meeting
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, ActionState, Answer
from csp_desktop.domain.meeting.meeting import Meeting
from csp_desktop.services.meeting.regular import regular_held, regular_to_come
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


def next_meeting_day(session: Session, records: Records, meeting: Meeting) -> date:
    """The day of the next meeting: fixed, already planned, or proposed from the frequency. After one called for a case
    it is the group's."""
    if not meeting.is_regular:
        return next_cpg_day(session, records, meeting.on)
    if meeting.next_on:
        return meeting.next_on
    planned = [m.on for m in regular_to_come(records) if m.on > meeting.on]
    return min(planned, default=propose_next_meeting(meeting.on, settings_in(records), session.holidays))


def next_cpg_day(session: Session, records: Records, on: date) -> date:
    """The day of the group's next meeting, seen from a day on which it does not meet: planned, agreed, or proposed from
    the last one held."""
    planned = [m.on for m in regular_to_come(records) if m.on >= on]
    if planned:
        return min(planned)
    held = last_held(records)
    if held is not None and held.next_on is not None and held.next_on >= on:
        return held.next_on
    proposed = propose_next_meeting(held.on if held else on, settings_in(records), session.holidays)
    while proposed < on:
        proposed = propose_next_meeting(proposed, settings_in(records), session.holidays)
    return proposed


def due_after(records: Records, meeting: Meeting) -> str:
    """After which of the group's meetings something is due that is due at the next one: after this, or, agreed at one
    called for a case, after the last one held. Empty where none was."""
    if meeting.is_regular:
        return meeting.id
    held = last_held(records)
    return held.id if held is not None else ""


def last_held(records: Records, before: date | None = None) -> Meeting | None:
    """The last closed meeting, or the last one before a day."""
    held = regular_held(records)
    return max((m for m in held if before is None or m.on < before), key=lambda m: m.on, default=None)


def move_due(records: Records, meeting_id: str, before: date, after: date) -> None:
    """The meeting after this one is on another day than it was to be: what is due there moves with it, and so does what
    was carried on to it. An action of an older file, which does not say so, counts as due there when it stood on that
    very day."""
    answers = sorted(records.find(ActionAnswer, meeting_id=meeting_id), key=lambda answer: answer.at)
    last = {answer.action_id: answer for answer in answers}
    carried = {one: answer for one, answer in last.items() if answer.answer is Answer.CARRY_ON}
    for action in records.find(Action, state=ActionState.OPEN):
        old = action.next_of_id is None and (action.meeting_id == meeting_id or action.id in carried)
        if action.next_of_id != meeting_id and not (old and action.due == before):
            continue
        if action.due == after:
            continue
        records.save(replace(action, due=after))
        answer = carried.get(action.id)
        if answer is not None and answer.due_after == action.due:
            records.save(replace(answer, due_after=after))


def move_due_to_plan(session: Session, records: Records, was: date | None, planned: date) -> None:
    """A meeting is planned, or planned for another day: what the last one left due at the next is due then. `was`: the
    day it was planned for before; none where it is new."""
    held = last_held(records, planned)
    if held is not None:
        with session.work.step("date of the next meeting", of_held=True) as of_held:  # what was carried on lives on
            move_due(of_held, held.id, was or next_meeting_day(session, records, held), planned)
