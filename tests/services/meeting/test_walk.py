"""The agenda items beside the cases show what they need."""

from dataclasses import replace
from datetime import date

import pytest

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.meeting.actions import Action, ActionState, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, ItemKind, Meeting, MeetingState
from csp_desktop.services.meeting import actions, running_meeting, sign_in
from csp_desktop.services.meeting.running_meeting import meeting_state
from csp_desktop.services.meeting.walk import live_item, read_back_of, with_agreed
from tests.support.fakes import NOON, fake_session
from tests.support.walk_meeting import fill


@pytest.fixture
def session():
    made = fake_session()
    fill(made.work)
    return made


def show(session, kind):
    item = next(i for i in meeting_state(session, "november").items if i.kind is kind)
    return live_item(session, item.id)


def change(session, attendance_id, **more):
    with session.work.step("change", of_held=True) as records:
        records.save(replace(records.get(Attendance, attendance_id), **more))


def test_confidentiality_shows_who_signed_when_and_every_override(session):
    change(session, "a-ravi", signed_at=None)
    sign_in.override(session, "november", "His hand is in plaster")
    row = show(session, ItemKind.CONFIDENTIALITY)
    assert row.caption == "3 of 4 signed"
    assert row.lines[0].status == "Override 14:00"
    assert {line.title: line.status for line in row.lines}["Ravi Nair"] == "Not signed"


def test_apologies_say_whether_information_was_sent(session):
    change(
        session,
        "a-ravi",
        arrived_at=None,
        signed_at=None,
        apology=True,
        information_sent=True,
        information_received_on=date(2026, 11, 20),
    )
    change(session, "a-ewa", arrived_at=None, signed_at=None)
    row = show(session, ItemKind.APOLOGIES)
    assert [line.title for line in row.lines] == ["Ravi Nair", "Absent without apologies: 1", "Ewa Łukasik"]
    assert row.lines[0].status == "Information Fri 20 Nov 2026"


def test_matters_arising_lists_what_is_late_and_keeps_it_once_answered(session):
    row = show(session, ItemKind.MATTERS_ARISING)
    assert [a.action.id for a in row.answers] == ["x2", "x1", "x3"]
    actions.answer_action(session, "x1", Answer.DONE, meeting_id="november")
    after = show(session, ItemKind.MATTERS_ARISING)
    assert [a.status for a in after.answers] == ["8 days overdue", "Done", "2 days overdue"]


def test_with_no_earlier_meeting_matters_arising_says_so(session):
    with session.work.step("first evening", of_held=True) as records:
        records.remove(records.get(Meeting, "october"))
        for action in actions.action_rows(records, records.find(Action), date(2026, 11, 26)):
            records.remove(action.action)
    row = show(session, ItemKind.MATTERS_ARISING)
    assert row.answers == ()
    assert row.nothing == "There was no earlier meeting, so there are no matters arising."


def test_emerging_issues_stand_by_area_of_work_with_what_is_new(session):
    row = show(session, ItemKind.EMERGING)
    headings = [line.title for line in row.lines if line.heading]
    assert len(headings) == 6
    assert [line.title for line in row.lines if not line.heading] == ["Oak Way: cuckooing, threats to neighbour"]


def test_other_business_goes_round_the_agencies_in_the_room(session):
    row = show(session, ItemKind.OTHER)
    assert row.caption == "4 agencies"
    assert ("New Hope", "Ravi Nair") in [(line.title, line.detail) for line in row.lines]


def test_the_next_date_is_proposed_until_it_is_agreed(session):
    assert (show(session, ItemKind.NEXT_DATE).following, show(session, ItemKind.NEXT_DATE).fixed) == (
        date(2026, 12, 24),
        None,
    )
    running_meeting.fix_next_date(session, "november", date(2026, 12, 17))
    row = show(session, ItemKind.NEXT_DATE)
    assert (row.following, row.fixed) == (date(2026, 12, 17), date(2026, 12, 17))


def lines_of(row):
    return [(line.title, line.detail, line.status, line.tone) for line in row.lines]


def test_confidentiality_says_who_is_here_by_name_and_not_who_left(session):
    change(session, "a-ravi", left_at=NOON)
    change(session, "a-ewa", signed_at=None)
    row = show(session, ItemKind.CONFIDENTIALITY)
    assert (row.heading, row.caption, row.nothing) == ("Present", "2 of 3 signed", "Nobody is here.")
    assert lines_of(row) == [
        ("Ewa Łukasik", "Change Grow Live", "Not signed", "high"),
        ("PS Dan Holt", "Hertfordshire Constabulary", "Signed 13:50", "low"),
        ("Ștefan Ionescu", "Watford Borough Council", "Signed 13:50", "low"),
    ]
    assert (row.lines[0].person, row.lines[0].group) == ("Ewa Łukasik", "Change Grow Live")


def test_an_override_names_whom_it_covers(session):
    change(session, "a-ravi", signed_at=None)
    change(session, "a-ewa", signed_at=None)
    sign_in.override(session, "november", "The pad failed")
    assert lines_of(show(session, ItemKind.CONFIDENTIALITY))[0] == (
        "The pad failed",
        "Ewa Łukasik, Ravi Nair",
        "Override 14:00",
        "medium",
    )


@pytest.mark.parametrize(
    ("information", "status", "tone"),
    [
        ({"information_sent": False}, "No information sent", "medium"),
        ({"information_sent": True}, "Information sent", "low"),
        (
            {"information_sent": True, "information_received_on": date(2026, 11, 20)},
            "Information Fri 20 Nov 2026",
            "low",
        ),
    ],
)
def test_each_apology_says_what_came_with_it(session, information, status, tone):
    change(session, "a-ravi", arrived_at=None, signed_at=None, apology=True, **information)
    row = show(session, ItemKind.APOLOGIES)
    assert (row.heading, row.caption) == ("Apologies received", "1")
    assert lines_of(row) == [("Ravi Nair", "New Hope", status, tone)]


def test_who_is_not_expected_or_was_here_is_not_missed(session):
    change(session, "a-ravi", arrived_at=None, signed_at=None, expected=False)
    change(session, "a-ewa", left_at=NOON)
    row = show(session, ItemKind.APOLOGIES)
    assert (row.caption, row.lines) == ("0", ())
    assert row.nothing == "No apologies, and everyone expected is here."
    change(session, "a-dan", arrived_at=None, signed_at=None)
    heading, missed = show(session, ItemKind.APOLOGIES).lines
    assert heading.heading and (missed.title, missed.status, missed.tone) == ("PS Dan Holt", "Not here", "neutral")


def save(session, *records_):
    with session.work.step("saved", of_held=True) as records:
        for record in records_:
            records.save(record)


def get(session, kind, record_id):
    with session.work.reading() as records:
        return records.get(kind, record_id)


def test_matters_arising_are_of_no_case_of_today_or_late_and_still_open_or_answered_today(session):
    free = replace(get(session, Action, "x1"), case_id="", due=date(2026, 12, 10))
    save(
        session,
        replace(free, id="free", number=9),
        replace(free, id="walked", case_id="oak"),
        replace(free, id="no day", due=None, number=8),
        replace(free, id="answered before", state=ActionState.DONE, closed_on=date(2026, 11, 25)),
        replace(free, id="answered today", state=ActionState.DONE, closed_on=date(2026, 11, 26), number=10),
        replace(free, id="of today", agreed_on=date(2026, 11, 26), meeting_id="november"),
    )
    row = show(session, ItemKind.MATTERS_ARISING)
    assert [a.action.id for a in row.answers] == ["x2", "x1", "x3", "free", "answered today", "no day"]
    assert (row.heading, row.caption) == ("Open from earlier meetings", "last meeting Thu 29 Oct")
    assert row.nothing == "All actions agreed outside a case have been reviewed, and none are overdue."
    assert show(session, ItemKind.OTHER).answers == ()


def test_emerging_issues_count_each_area_and_show_what_is_new_the_highest_first(session):
    ash = get(session, Case, "ash")
    save(
        session,
        replace(ash, created_on=date(2026, 10, 30), total=None, band=None, reference=""),
        replace(get(session, Case, "elm"), created_on=date(2026, 10, 30)),
        replace(get(session, Case, "yew"), area="Community wellbeing"),
    )
    row = show(session, ItemKind.EMERGING)
    assert (row.heading, row.caption) == ("Areas of work", "since Thu 29 Oct")
    headings = {line.title: (line.status, line.tone) for line in row.lines if line.heading}
    assert headings["Adults with complex needs"] == ("3 open, 3 new", "neutral")
    assert headings["Community wellbeing"] == ("1 open, 0 new", "neutral")
    assert headings["Acquisitive crime"] == ("no open case", "neutral")
    assert [fact for fact in lines_of(row) if fact[1]] == [
        ("Oak Way: cuckooing, threats to neighbour", "SN-2026-000001, opened 20 days ago", "38 High", "high"),
        ("Elm Close: mopeds", "SN-2026-000002, opened 27 days ago", "27 Medium", "medium"),
        ("Ash Grove: shop theft", "awaiting its reference, opened 27 days ago", "not rated", "neutral"),
    ]


def test_among_new_cases_one_that_is_not_rated_comes_after_one_rated_at_nothing(session):
    ash = replace(get(session, Case, "ash"), created_on=date(2026, 10, 30), total=None, band=None)
    save(session, ash, *(replace(ash, id=key, total=total) for key, total in (("elm", 0), ("yew", 1))))
    shown = [line.status for line in show(session, ItemKind.EMERGING).lines if line.detail]
    assert shown == ["38 High", "1", "0", "not rated"]


def test_before_the_first_meeting_every_case_is_new(session):
    with session.work.step("first evening", of_held=True) as records:
        records.remove(records.get(Meeting, "october"))
    row = show(session, ItemKind.EMERGING)
    assert row.caption == "" and "4 open, 4 new" in [line.status for line in row.lines]
    assert show(session, ItemKind.MATTERS_ARISING).heading == "Matters arising"


def test_the_last_meeting_is_the_latest_closed_one_before_this(session):
    october = get(session, Meeting, "october")
    save(
        session,
        replace(october, id="september", on=date(2026, 9, 24)),
        replace(october, id="later", on=date(2026, 12, 3)),
        replace(october, id="open", on=date(2026, 11, 12), state=MeetingState.PLANNED),
    )
    assert show(session, ItemKind.MATTERS_ARISING).caption == "last meeting Thu 29 Oct"


def test_case_reviews_say_what_is_to_be_minuted(session):
    row = show(session, ItemKind.CASE_REVIEWS)
    assert (row.heading, row.caption, row.lines) == ("Applications", "", ())
    assert row.nothing.startswith("Any member of the public may ask for a review")
    assert show(session, ItemKind.CASES).nothing == "No cases left to discuss."
    assert show(session, ItemKind.NEXT_DATE).heading == "Next meeting"


def test_round_the_table_each_agency_stands_once_with_its_people_by_name(session):
    save(session, replace(get(session, Attendance, "a-dan"), id="a-amy", member_id="amy", name="PC Amy Bell"))
    change(session, "a-ewa", left_at=NOON)
    row = show(session, ItemKind.OTHER)
    assert (row.heading, row.caption, row.nothing) == ("Actions by officer", "3 agencies", "Nobody is here.")
    assert [(line.title, line.detail, line.group) for line in row.lines] == [
        ("Hertfordshire Constabulary", "PC Amy Bell, PS Dan Holt", "police"),
        ("New Hope", "Ravi Nair", "newhope"),
        ("Watford Borough Council", "Ștefan Ionescu", "council"),
    ]
    assert row.lines[0].person == "Hertfordshire Constabulary"


def test_what_is_typed_and_agreed_under_an_item_shows(session):
    item = next(i for i in meeting_state(session, "november").items if i.kind is ItemKind.OTHER)
    saved = running_meeting.keep_item_note(session, item.id, "The hall is cold")
    said = actions.read_line(session, "november", "rn book the hall fri")
    made = actions.agree_action(session, "november", said, item_id=item.id)
    row = live_item(session, item.id)
    assert (row.item.note, row.saved_at, row.on) == ("The hall is cold", saved, date(2026, 11, 26))
    assert [a.action for a in row.agreed] == [made] and row.officers["ravi"].name == "Ravi Nair"
    other = actions.agree_action(session, "november", said, item_id=item.id)
    save(session, replace(get(session, AgendaItem, item.id), changed_at=NOON))
    again = with_agreed(session, row)
    assert [a.action for a in again.agreed] == [made, other] and again.item.changed_at == NOON
    assert again == replace(row, agreed=again.agreed, item=again.item)


def test_before_an_item_is_done_its_note_its_actions_and_the_next_day_are_read_back(session):
    assert read_back_of(show(session, ItemKind.OTHER)) is None
    asked = read_back_of(show(session, ItemKind.NEXT_DATE))
    assert asked is not None and (asked.details, asked.open_questions) == ((), ("No date agreed",))
    running_meeting.fix_next_date(session, "november", date(2026, 12, 17))
    item = next(i for i in meeting_state(session, "november").items if i.kind is ItemKind.NEXT_DATE)
    running_meeting.keep_item_note(session, item.id, "In the small room")
    said = read_back_of(live_item(session, item.id))
    assert said is not None and (said.title, said.decision, said.open_questions) == ("", "Next date", ())
    assert said.details == ("In the small room", "Next meeting on Thu 17 Dec")
