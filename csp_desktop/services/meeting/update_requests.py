"""Each officer with open actions is asked for updates before the meeting; their answers are entered on one page. These
are the officers' own updates between meetings: they never alter minutes.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from csp_desktop.domain.common.deadlines import working_day_on_or_before
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.mail import Mail, MailKind, subject
from csp_desktop.domain.meeting.actions import Action, ActionAnswer, ActionState, days_late, times_carried
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.update_requests import (
    Asked,
    ReadAnswer,
    UpdateRequest,
    ask_from,
    read_reply,
    request_text,
)
from csp_desktop.domain.minutes.protection import sent, without_protected
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.domain.people.settings import paper_name
from csp_desktop.services.meeting.actions import ActionRow, Officer, action_rows, answer_action, officers, status_of
from csp_desktop.services.meeting.agenda import lay_out
from csp_desktop.services.meeting.due_next import last_held, next_meeting_day
from csp_desktop.services.meeting.regular import regular_to_come
from csp_desktop.services.people.settings import settings_in
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class OfficerUpdates:
    """One officer: their actions as they stand, and whether they were asked."""

    officer: Officer
    agency: str
    mail: str
    rows: tuple[ActionRow, ...]  # those to be answered, then those answered since the last meeting
    labels: tuple[str, ...]  # of the same, in the same order
    late: int
    oldest_days: int  # overdue, of the action most overdue
    asked_at: datetime | None
    times_asked: int

    @property
    def answered(self) -> int:
        """How many were answered since the last meeting."""
        return sum(row.answer is not None for row in self.rows)

    @property
    def to_answer(self) -> int:
        """How many wait for an answer."""
        return len(self.rows) - self.answered


@dataclass(frozen=True)
class Updates:
    """Everything the page shows."""

    meeting: Meeting | None  # the next to come
    answer_by: date  # the working day before it, else today
    following: date  # proposed for an action carried on
    officers: tuple[OfficerUpdates, ...]

    @property
    def answered(self) -> int:
        """How many updates are in."""
        return sum(row.answered for row in self.officers)

    @property
    def all(self) -> int:
        """How many are asked for."""
        return sum(len(row.rows) for row in self.officers)

    @property
    def not_asked(self) -> tuple[OfficerUpdates, ...]:
        """The officers with something to answer who were not asked yet."""
        return tuple(row for row in self.officers if row.to_answer and row.asked_at is None)


def updates(session: Session) -> Updates:
    """Every officer with open actions, by agency, those with overdue actions first, with what was answered since the
    last meeting. Raises Refused where they may not be read now."""
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        return _updates(session, records)


def _updates(session: Session, records: Records) -> Updates:
    meeting, held = _coming(records), last_held(records)
    since = held.closed_at if held else None
    given: dict[str, ActionAnswer] = {}
    for answer in sorted(records.find(ActionAnswer, meeting_id=""), key=lambda a: a.at):
        if since is None or answer.at >= since:
            given[answer.action_id] = answer
    found = {a.id: a for a in records.find(Action, state=ActionState.OPEN)}
    closed = [key for key in given if key not in found]
    found |= {a.id: a for a in records.find(Action, id=closed)} if closed else {}
    asked = {r.officer_id: r for r in records.find(UpdateRequest, meeting_id=meeting.id)} if meeting else {}
    known, agencies = officers(records), {a.id: a.name for a in records.find(Agency)}
    mails, meetings = {m.id: m.mail for m in records.find(Member)}, {m.id: m for m in records.find(Meeting)}
    rows = []
    for officer_id in {one for a in found.values() for one in a.owner_ids} & known.keys():
        mine = [a for a in found.values() if officer_id in a.owner_ids]
        mine.sort(key=lambda a: (a.id in given, a.due or date.max, a.agreed_on, a.number))
        shown = action_rows(records, mine, session.today, known=known)
        officer, request = known[officer_id], asked.get(officer_id)
        rows.append(
            OfficerUpdates(
                officer,
                agencies.get(officer.agency_id, ""),
                mails.get(officer_id, ""),
                tuple(_as_answered(row, given.get(row.action.id), session.today) for row in shown),
                tuple(session.subject.updates.label(a, meetings.get(a.meeting_id)) for a in mine),
                sum(days_late(a, session.today) > 0 for a in mine),
                max(days_late(a, session.today) for a in mine),
                request.at if request else None,
                request.times if request else 0,
            )
        )
    following = next_meeting_day(session, records, held) if held else session.today
    agency_late = Counter({row.agency: 0 for row in rows})
    agency_late.update({row.agency: row.late for row in rows})
    return Updates(
        meeting,
        _answer_by(session, meeting),
        max(following, session.today),
        tuple(sorted(rows, key=lambda row: (-agency_late[row.agency], row.agency, -row.late, row.officer.name))),
    )


def _answer_by(session: Session, meeting: Meeting | None) -> date:
    """The last working day before the meeting; never a day that has passed."""
    if meeting is None:
        return session.today
    return max(session.today, working_day_on_or_before(meeting.on - timedelta(days=1), session.holidays))


def _as_answered(row: ActionRow, answer: ActionAnswer | None, on: date) -> ActionRow:
    if answer is None:
        return row
    status, tone = status_of(row.action, on, answer.answer)
    return replace(row, answer=answer.answer, status=status, tone=tone)


def _coming(records: Records) -> Meeting | None:
    return next(iter(regular_to_come(records)), None)


def to_ask(session: Session, records: Records) -> int:
    """How many officers are to be asked now: from a week before the meeting on, while it has not begun."""
    meeting = _coming(records)
    if meeting is None or meeting.state is not MeetingState.PLANNED:
        return 0
    if ask_from(meeting.on, session.holidays) > session.today:
        return 0
    if session.today >= meeting.on:
        return 0
    return len(_updates(session, records).not_asked)


def officers_to_ask(session: Session) -> int:
    """The same, read by itself."""
    with session.work.reading() as records:
        return to_ask(session, records)


def request(session: Session, officer_id: str) -> str:
    """The words of the request to one officer: their open actions by mark and reference, and the four answers. Raises
    Refused where there is nothing to ask, nothing that may be asked in writing, or no meeting to ask for.
    """
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        found = _updates(session, records)
        row = _row(found, officer_id)
        meeting = _needed(found.meeting)
        waiting = [(r, label) for r, label in zip(row.rows, row.labels, strict=True) if r.answer is None]
        told = session.subject.updates.told(session, records, officer_id, [r.action for r, _ in waiting])
    if not waiting:
        raise Refused(f"{row.officer.name} has replied about everything.")
    asked = [
        Asked(
            label,
            f"{sent(told[r.action.id].what)} ({r.who})" if r.beside else sent(told[r.action.id].what),
            without_protected(told[r.action.id].about),
            r.action.due,
            times_carried(r.action),
        )
        for r, label in waiting
        if r.action.id in told
    ]
    if not asked:
        raise Refused(f"{row.officer.name} may not be told who this is about. Ask them in person.")
    return request_text(row.officer.name, asked, meeting.on, found.answer_by, session.user_name)


def _row(found: Updates, officer_id: str) -> OfficerUpdates:
    row = next((row for row in found.officers if row.officer.id == officer_id), None)
    if row is None:
        raise Refused("This officer has no open actions.")
    return row


def _needed(meeting: Meeting | None) -> Meeting:
    if meeting is None:
        raise Refused("Plan the next meeting first: updates are requested before a meeting.")
    return meeting


def request_mail(session: Session, officer_id: str) -> tuple[str, bytes]:
    """The request as a mail draft, with the name of its file. Raises Refused, without a mail address too, and
    RuntimeError in a session without a writer of mail drafts."""
    words = request(session, officer_id)
    with session.work.reading() as records:
        found, settings = _updates(session, records), settings_in(records)
    row, meeting = _row(found, officer_id), _needed(found.meeting)
    if not row.mail:
        raise Refused(f"{row.officer.name} has no email address. Add it under People, or copy the text.")
    if session.papers.mail_draft is None:
        raise RuntimeError("a session without a writer of email drafts")
    signed = f"{words.rstrip()}\n{paper_name(settings.town, settings.partnership)}"
    mail = Mail(
        row.officer.name, row.mail, subject(MailKind.UPDATES, meeting.on), tuple(signed.split("\n\n")), session.now()
    )
    return f"{MailKind.UPDATES.value}-{meeting.on.isoformat()}-{row.officer.initials}.eml", session.papers.mail_draft(
        mail
    )


def note_asked(session: Session, officer_ids: Sequence[str]) -> int:
    """These officers were asked today; returns how many."""
    session.require_recorder()
    with session.work.step("requests for updates") as records:
        session.subject.record.refuse(session, records)
        meeting = _needed(_coming(records))
        if not session.private:  # a sub-agenda is laid out as it is planned
            lay_out(session, meeting.id)
        before = {r.officer_id: r for r in records.find(UpdateRequest, meeting_id=meeting.id)}
        for key in officer_ids:
            made = before.get(key) or UpdateRequest(new_id(), meeting.id, key, session.now(), session.user_name, 0)
            records.save(replace(made, at=session.now(), by=session.user_name, times=made.times + 1))
    return len(officer_ids)


def read_answers(session: Session, officer_id: str, text: str) -> tuple[ReadAnswer, ...]:
    """What a pasted reply says of the officer's actions that wait for an answer."""
    with session.work.reading() as records:
        row = _row(_updates(session, records), officer_id)
    labels = [label for r, label in zip(row.rows, row.labels, strict=True) if r.answer is None]
    return read_reply(text, labels, session.today)


def take_over(session: Session, officer_id: str, text: str, mailed_on: date | None = None) -> int:
    """Enter every answer of a pasted reply that was understood, in one step; returns how many. `mailed_on`: the day of
    the email it is. Raises Refused where there is none."""
    session.require_recorder()
    with session.work.reading() as records:
        session.subject.record.refuse(session, records)
        row = _row(_updates(session, records), officer_id)
    actions = {label: r.action.id for r, label in zip(row.rows, row.labels, strict=True)}
    taken = [one for one in read_answers(session, officer_id, text) if one.answer is not None and not one.problem]
    if not taken:
        raise Refused("No reply was recognised. Enter them by hand: D, N, C or X on each action.")
    with session.work.step(f"updates of {row.officer.name}"):
        for one in taken:
            assert one.answer is not None
            answer_action(session, actions[one.label], one.answer, reason=one.reason, due=one.due, mailed_on=mailed_on)
    return len(taken)
