"""Officers are asked for updates before the meeting; what they answer is entered, and never alters minutes."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, ActionState, Answer
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.meeting.update_requests import Asked, ReadAnswer, UpdateRequest, read_reply, request_text
from csp_desktop.domain.people.agencies import Member
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting import agenda
from csp_desktop.services.meeting import update_requests as service
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.minutes.minutes import draft_minutes
from tests.support.fakes import NO_PAPERS, FixedClock
from tests.support.prepared_meeting import MORNING, prepared_session

TODAY = date(2026, 11, 24)
FIRST, SECOND = "2026-10/01", "2026-10/03"


@pytest.fixture
def session():
    made = replace(prepared_session(), papers=replace(NO_PAPERS, mail_draft=mail_draft))
    with made.work.step("as it closed", undoable=False, of_held=True) as records:
        october = records.get(Meeting, "october")
        records.save(replace(october, closed_at=datetime(2026, 10, 29, 16, tzinfo=UTC)))
        records.save(replace(records.get(Member, "dan"), mail="holt@example.org"))
    return made


def of(session, officer):
    return next(row for row in service.updates(session).officers if row.officer.id == officer)


def test_every_officer_with_open_actions_stands_there_by_agency_the_most_overdue_first(session):
    found = service.updates(session)
    assert [(row.officer.id, len(row.rows), row.late) for row in found.officers] == [
        ("dan", 2, 2),
        ("ewa", 1, 1),
        ("stefan", 2, 1),
    ]
    assert [row.oldest_days for row in found.officers] == [20, 4, 12]
    assert (found.answered, found.all, len(found.not_asked), found.answer_by) == (0, 5, 3, date(2026, 11, 25))


def test_the_request_names_each_action_by_number_and_asks_for_one_of_four_answers(session):
    words = service.request(session, "dan")
    assert words.startswith("Dear PS Dan Holt,\n\nBefore the meeting of Thursday 26 November 2026")
    assert f"{FIRST}  Serve the tenancy warning\n    due Wednesday 4 November 2026\n    Answer:" in words
    assert "Please reply by Wednesday 25 November 2026." in words and words.rstrip().endswith("Hannah Price")


def test_what_was_answered_is_asked_no_more(session):
    answer_action(session, "x1", Answer.DONE)
    assert FIRST not in service.request(session, "dan")
    assert (of(session, "dan").answered, of(session, "dan").to_answer) == (1, 1)
    answer_action(session, "x3", Answer.NOT_DONE, reason="No time")
    with pytest.raises(Refused, match="PS Dan Holt has replied about everything"):
        service.request(session, "dan")
    assert of(session, "dan").rows[0].status == "Done"


def test_the_request_goes_as_a_mail_draft_with_a_neutral_subject(session):
    name, content = service.request_mail(session, "dan")
    assert name == "updates-2026-11-26-DH.eml"
    head = content.decode().split("\r\n\r\n")[0]
    assert (
        "Subject: Updates, Thursday 26 November 2026" in head and "holt@example.org" in head and "X-Unsent: 1" in head
    )
    with pytest.raises(Refused, match="Ewa Łukasik has no email address"):
        service.request_mail(session, "ewa")


def test_who_was_asked_is_noted_with_how_often_and_undone_in_one_step(session):
    assert service.note_asked(session, ["dan", "ewa"]) == 2
    service.note_asked(session, ["dan"])
    assert (of(session, "dan").times_asked, of(session, "ewa").times_asked) == (2, 1)
    assert [row.officer.id for row in service.updates(session).not_asked] == ["stefan"]
    session.work.undo()
    session.work.undo()
    with session.work.reading() as records:
        assert records.find(UpdateRequest) == []


def test_home_offers_it_in_the_week_before_the_meeting_and_while_somebody_is_not_asked(session):
    def offered(day):
        seen = replace(session, now=FixedClock(datetime(2026, 11, day, 10, tzinfo=UTC)))
        return [need.title for need in look_ahead(seen).needs if need.kind is NeedKind.UPDATES]

    assert offered(18) == [] and offered(26) == []
    assert offered(19) == ["Ask 3 officers for updates on their actions"]
    service.note_asked(session, ["dan", "ewa"])
    assert offered(20) == ["Ask 1 officer for updates on their actions"]
    service.note_asked(session, ["stefan"])
    assert offered(20) == [] and service.officers_to_ask(session) == 0


def test_without_a_meeting_planned_nobody_is_asked(session):
    with session.work.step("gone", undoable=False) as records:
        meeting = agenda.next_meeting(session)
        assert meeting is not None
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    assert service.officers_to_ask(session) == 0
    for work in (lambda: service.request(session, "dan"), lambda: service.note_asked(session, ["dan"])):
        with pytest.raises(Refused, match="Plan the next meeting first"):
            work()


REPLY = f"""Hello,

> {FIRST}  Serve the tenancy warning
>     SN-2026-1, due 4 November
>     Answer: carried on to 4 dec
>
> {SECOND}  Take the statement
>     Answer: not done, because the family is away

Regards, Dan
"""


def test_a_reply_is_read_action_by_action_quoted_or_not():
    assert read_reply(REPLY, [FIRST, SECOND], TODAY) == (
        ReadAnswer(FIRST, Answer.CARRY_ON, due=date(2026, 12, 4)),
        ReadAnswer(SECOND, Answer.NOT_DONE, "the family is away"),
    )
    assert read_reply("nothing of it", [FIRST], TODAY) == ()


@pytest.mark.parametrize(
    ("said", "answer", "reason", "problem"),
    [
        ("Done", Answer.DONE, "", ""),
        ("yes, last Tuesday", Answer.DONE, "", ""),
        ("Not yet done: no time", Answer.NOT_DONE, "no time", ""),
        ("not done", Answer.NOT_DONE, "", "No reason was given"),
        ("No longer possible - they moved away", Answer.NO_LONGER_POSSIBLE, "they moved away", ""),
        ("no longer possible", Answer.NO_LONGER_POSSIBLE, "", "No reason was given"),
        ("carry forward", Answer.CARRY_ON, "", "No date was found"),
        ("we are on it", None, "", "Not recognised"),
        ("", None, "", "No reply found"),
    ],
)
def test_each_answer_is_read_or_left_to_a_person(said, answer, reason, problem):
    (read,) = read_reply(f"{FIRST} Serve it\nAnswer: {said}", [FIRST], TODAY)
    assert (read.answer, read.reason) == (answer, reason)
    assert read.problem.startswith(problem) and bool(read.problem) == bool(problem)


def test_what_was_understood_is_taken_over_in_one_step(session):
    assert service.take_over(session, "dan", REPLY) == 2
    with session.work.reading() as records:
        first, second = records.get(Action, "x1"), records.get(Action, "x3")
    assert (first.due, first.carried, first.state) == (date(2026, 12, 4), 1, ActionState.OPEN)
    assert (second.state, second.reason) == (ActionState.NOT_DONE, "the family is away")
    session.work.undo()
    with session.work.reading() as records:
        assert records.get(Action, "x1").carried == 0 and records.get(Action, "x3").state is ActionState.OPEN


def test_a_reply_that_says_nothing_is_refused_with_how_to_go_on(session):
    with pytest.raises(Refused, match="Enter them by hand: D, N, C or X"):
        service.take_over(session, "dan", "Thank you, all fine.")


def test_updates_between_meetings_never_alter_the_minutes(session):
    before = replace(draft_minutes(session, "october"), journal=None)
    service.note_asked(session, ["dan"])
    service.take_over(session, "dan", REPLY)
    answer_action(session, "x4", Answer.NO_LONGER_POSSIBLE, reason="They moved away")
    assert replace(draft_minutes(session, "october"), journal=None) == before


def test_an_answer_of_before_the_last_meeting_is_no_update(session):
    early = replace(session, now=FixedClock(datetime(2026, 10, 28, 10, tzinfo=UTC)))
    answer_action(early, "x5", Answer.CARRY_ON, due=date(2026, 11, 28))
    assert of(session, "stefan").answered == 0


def test_only_recorders_ask_and_enter(session):
    reader = replace(session, roles=frozenset({Role.ADMINISTRATOR}))
    for work in (lambda: service.note_asked(reader, ["dan"]), lambda: service.take_over(reader, "dan", REPLY)):
        with pytest.raises(NotAllowed):
            work()


def test_the_words_say_how_often_an_action_was_carried_on():
    words = request_text("Ewa", [Asked("1", "Detox", "SN-1", None, "3rd time")], TODAY, MORNING.date(), "Hannah")
    assert "    SN-1, no date set, 3rd time\n" in words and "your 1 action is progressing" in words
