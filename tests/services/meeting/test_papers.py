"""The papers before a meeting: agenda, each agency's own list, mail drafts, calendar file; and the set on paper."""

import email
import email.policy
import stat
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from icalendar import Calendar

from csp_desktop.documents.letters import missing_letters
from csp_desktop.documents.meeting_paper import print_meeting_paper
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.days import LONDON, column_day
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.actions import Action, Answer
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting, MeetingState, TurnState
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.meeting.papers import PapersWritten
from csp_desktop.domain.minutes.paper_parts import Grid, text_of
from csp_desktop.domain.minutes.protection import IN_PERSON
from csp_desktop.domain.minutes.rights import Rights, RightsRow
from csp_desktop.domain.people.agencies import Member
from csp_desktop.exchange.calendar_file import calendar_file
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.saving import NotSaved
from csp_desktop.services.meeting import agenda, agenda_items, papers, papers_out, update_requests, walk_order
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.meeting.agenda import expect
from csp_desktop.services.meeting.agenda_items import OwnItem
from csp_desktop.services.minutes.rights import approve_rights, propose_rights
from tests.documents.judges import failures, pages_of
from tests.documents.judges import text_of as words_of
from tests.support.fakes import NO_PAPERS
from tests.support.prepared_meeting import prepared_session

PAPERS = replace(
    NO_PAPERS,
    mail_draft=mail_draft,
    calendar_file=calendar_file,
    print_meeting_paper=print_meeting_paper,
    missing_letters=missing_letters,
)


@pytest.fixture
def session():
    made = replace(prepared_session(), papers=PAPERS)
    with made.work.step("addresses", undoable=False) as records:
        for member in records.find(Member):
            records.save(replace(member, mail=f"{member.id}@example.org"))
    return made


@pytest.fixture
def meeting(session):
    return agenda.next_meeting(session)


def said(paper):
    return text_of(paper.marking, paper.title, paper.opening, paper.sections)


def of(session, meeting, agency_id):
    return next(row for row in papers.papers_ahead(session, meeting.id).agencies if row.agency_id == agency_id)


def written(session, meeting, folder):
    return papers_out.write_papers(session, papers_out.papers_to_write(session, meeting.id), folder, unheard).files


def test_the_agenda_gives_each_item_the_time_that_follows_from_the_minutes_before_it(session, meeting):
    prepared = agenda.preparation(session, meeting.id)
    walk_order.set_item_minutes(session, prepared.items[0].item.id, 8)
    told = papers.papers_ahead(session, meeting.id).agenda
    assert [(item.begins, item.minutes) for item in told.items[:3]] == [
        (time(14), 8),
        (time(14, 8), 2),
        (time(14, 10), 1),
    ]
    (grid,) = told.paper().sections[0].blocks
    assert isinstance(grid, Grid)
    assert grid.rows[1] == ("14:08", "2. Apologies", "", "2 min")


def test_the_minutes_of_the_agenda_add_up_to_what_it_says(session, meeting):
    walk_order.apply_plan(session, meeting.id)
    told = papers.papers_ahead(session, meeting.id).agenda
    assert sum(item.minutes for item in told.items) == told.planned
    assert f"{told.planned} of 120 minutes planned; the last item ends at 16:00." in said(told.paper())


def test_the_agenda_names_no_case(session, meeting):
    words = said(papers.papers_ahead(session, meeting.id).agenda.paper())
    with session.work.reading() as records:
        cases = records.find(Case)
    assert not any(case.reference in words or case.title in words for case in cases if case.reference)


def test_an_agencys_list_has_its_own_cases_by_reference_and_initials_and_nobody_elses(session, meeting):
    row = of(session, meeting, "hdas")
    words = said(row.listed.paper())
    with session.work.reading() as records:
        cases = records.find(Case, id=[t.case_id for t in records.find(CaseTurn, meeting_id=meeting.id)])
    mine = [c for c in cases if c.lead_agency in ("HDAS", "Herts Domestic Abuse Service")]
    assert len(mine) == len(row.listed.cases) > 0
    for case in cases:
        assert (case.reference in words) is (case in mine)
        assert case.summary not in words and case.location not in words
    assert any(c.initials and f"Case: {c.reference}, {c.initials};" in words for c in mine)


def test_what_is_marked_is_in_no_paper_of_whoever_may_not_read_it(session, meeting):
    with session.work.step("marks") as records:
        for action in records.find(Action):
            records.save(replace(action, what=f"[protect source] {action.what}, said Quill"))
        for item in records.find(AgendaItem, meeting_id=meeting.id):
            if item.kind is ItemKind.OTHER:
                records.save(replace(item, title="[police only] Operation Quill"))
    ahead = papers.papers_ahead(session, meeting.id)
    assert "Quill" not in said(ahead.agenda.paper()) and "Further item" in said(ahead.agenda.paper())
    assert not any("Quill" in said(row.listed.paper()) for row in ahead.agencies)
    assert "2026-10/01; Action: Told in person" in said(of(session, meeting, "police").listed.paper())
    assert of(session, meeting, "police").withheld[-1].endswith("told in person: marked in the minutes.")
    assert "Quill" not in update_requests.request(session, "dan")
    with session.work.step("a case of the meeting") as records:
        on_list = records.find(CaseTurn, meeting_id=meeting.id)[0].case_id
        for action in records.find(Action, officer_id="dan"):
            records.save(replace(action, case_id=on_list))
    sheets = said(papers.paper_set(session, meeting.id).paper())
    assert "Further item" in sheets and "Told in person" in sheets
    assert "Quill" not in sheets


def test_a_case_somebody_of_an_agency_declared_an_interest_in_is_not_in_its_paper(session, meeting):
    papers.papers_ahead(session, meeting.id)
    with session.work.step("a case of the meeting", of_held=True) as records:
        case = records.get(Case, records.find(CaseTurn, meeting_id=meeting.id)[0].case_id)
        for one in records.find(Action, officer_id="dan"):
            records.save(replace(one, case_id=case.id))
    before = of(session, meeting, "police")
    action = next(one for one in before.listed.actions if one.about == case.reference)
    assert action.about in said(before.listed.paper())
    with session.work.step("an interest", of_held=True) as records:
        one = replace(records.find(Attendance)[0], id="an-old-row", member_id="dan", interests=(action.about,))
        records.save(replace(one, meeting_id=records.find(Meeting, state=MeetingState.CLOSED)[0].id))
    row = of(session, meeting, "police")
    words = said(row.listed.paper())
    assert action.about not in words and action.what not in words
    assert len(row.listed.actions) == len(before.listed.actions) and "Told in person" in words
    assert len(row.listed.cases) == len(before.listed.cases) - 1
    assert row.withheld == row.listed.withheld
    mine = sum(one.what == IN_PERSON for one in row.listed.actions)
    assert row.withheld == (
        "1 case is not in this paper, because of a declared interest: told in person.",
        f"{mine} actions are told in person: declared interest.",
    )
    request = update_requests.request(session, "dan")
    assert action.about not in request and action.what not in request and "Told in person" in request
    others = [one for one in papers.papers_ahead(session, meeting.id).agencies if one.agency_id != "police"]
    assert not any(one.withheld for one in others)


def test_an_agency_without_rights_gets_the_agenda_only_and_one_with_rights_to_actions_no_case(session, meeting):
    rows = [RightsRow(Rights.NOTHING, agency_id="police"), RightsRow(Rights.ACTIONS_ONLY, agency_id="hdas")]
    table = propose_rights(session, [*rows, RightsRow(Rights.WHOLE)])
    approve_rights(replace(session, roles=frozenset({Role.CHAIR})), table.id)
    police, hdas = of(session, meeting, "police"), of(session, meeting, "hdas")
    assert (police.listed.cases, police.listed.actions, police.listed.asked) == ((), (), ())
    assert police.withheld == ("By the table of rights your agency is sent the agenda only.",)
    assert hdas.listed.cases == () and hdas.withheld == (
        "By the table of rights your agency is sent its actions only.",
    )
    assert police.withheld[0] in said(police.listed.paper())
    ahead, job = papers.papers_ahead(session, meeting.id), papers_out.papers_to_write(session, meeting.id)
    assert set(ahead.agenda_only) == {one.name for one in job.recipients if one.agency_id == "police"} != set()
    barred = {one.member_id for one in job.recipients if one.agency_id == "police"}
    assert barred <= job.without_list and not job.without_list & {one.member_id for one in job.recipients} - barred


def test_an_agencys_list_has_its_open_actions_with_their_dates_and_days_overdue(session, meeting):
    row = of(session, meeting, "police")
    words = said(row.listed.paper())
    line = "2026-10/01; Action: Serve the tenancy warning; Officer: PS Dan Holt"
    assert f"{line}; By: 4 Nov 2026; Status: 20 days overdue" in words
    assert "2026-10/03" in words and "Change the locks" not in words
    assert row.listed.counts.endswith("2 open actions, 2 overdue")
    assert row.listed.paper().title == "Papers for Hertfordshire Constabulary, meeting of Thursday 26 November 2026"


def test_what_is_asked_of_an_agency_stands_in_its_list(session, meeting):
    asked = of(session, meeting, "police").listed.asked
    assert "Tell us by Wednesday 25 November 2026 how 2 open actions are progressing: PS Dan Holt (2)." in asked
    answer_action(session, "x1", Answer.DONE)
    asked = of(session, meeting, "police").listed.asked
    assert "Tell us by Wednesday 25 November 2026 how 1 open action is progressing: PS Dan Holt (1)." in asked
    assert of(session, meeting, "police").updates == "1 of 2"


@pytest.mark.parametrize(
    ("outcome", "sentence"),
    [
        (Outcome.REFER, "{} was referred to you on Thursday 29 October 2026: tell us the result."),
        (Outcome.DEFER, "{} was deferred on Thursday 29 October 2026: bring someone who can speak about it."),
    ],
)
def test_a_case_referred_to_an_agency_or_deferred_is_asked_about(session, meeting, outcome, sentence):
    with session.work.step("October's walk", undoable=False, of_held=True) as records:
        turn = next(t for t in records.find(CaseTurn, meeting_id=meeting.id))
        case = replace(records.get(Case, turn.case_id), lead_agency="HDAS")
        records.save(case)
        to = "New Hope" if outcome is Outcome.REFER else ""
        held = CaseTurn("old", "october", case.id, 1, 3, "", state=TurnState.DONE, outcome=outcome, refer_to=to)
        records.save(held)
    row = of(session, meeting, "newhope" if outcome is Outcome.REFER else "hdas")
    name = f"{case.reference}, {case.initials}" if case.initials else case.reference
    assert sentence.format(name) in row.listed.asked
    assert any(listed.name == name for listed in row.listed.cases)


def test_who_brings_a_visitor_is_told_so(session, meeting):
    agenda_items.add_item(session, meeting.id, OwnItem("Cooking fires", 10, "Dawn Whitlock", True, "dan"))
    asked = of(session, meeting, "police").listed.asked
    assert next(line for line in asked if line.startswith("Cooking fires, ")).endswith(
        ": Dawn Whitlock, visitor, with PS Dan Holt."
    )


def test_papers_go_to_everybody_expected_and_to_nobody_who_sent_apologies(session, meeting, tmp_path):
    expect(session, meeting.id, "ravi", False)
    files = written(session, meeting, tmp_path)
    assert (
        len([f for f in files if f.suffix == ".eml"]) == len(papers.papers_ahead(session, meeting.id).recipients) == 7
    )
    assert not any(b"ravi@example.org" in f.read_bytes() for f in files)


def test_each_mail_brings_the_agenda_the_own_agencys_list_and_the_calendar_file_and_no_other_list(
    session, meeting, tmp_path
):
    files = {f.name: f for f in written(session, meeting, tmp_path)}
    lists = {name: file.read_bytes() for name, file in files.items() if name.startswith("agency-")}
    of_police = next(
        name for name, content in lists.items() if "For Hertfordshire Constabulary only" in words_of(content)
    )
    drafts = [
        email.message_from_bytes(f.read_bytes(), policy=email.policy.SMTP)
        for n, f in files.items()
        if n.endswith(".eml")
    ]
    dan = next(draft for draft in drafts if "dan@example.org" in draft["To"])
    parts = {part.get_filename(): part.get_content() for part in dan.iter_attachments()}
    assert set(parts) == {"agenda-2026-11-26.pdf", of_police, "meeting-2026-11-26.ics"}
    assert parts[of_police] == lists[of_police]
    assert dan["X-Unsent"] == "1" and dan["Subject"] == "Agenda, Thursday 26 November 2026"


def test_nothing_of_a_case_stands_in_a_mails_text_subject_or_the_names_of_its_files(session, meeting, tmp_path):
    files = written(session, meeting, tmp_path)
    with session.work.reading() as records:
        cases, people = records.find(Case), records.find(Member)
    told = [word for c in cases for word in (c.reference, c.location, c.summary) if word]
    for file in files:
        assert not any(word in file.name for word in [*told, *(p.name for p in people)])
        if file.suffix == ".eml":
            draft = email.message_from_bytes(file.read_bytes(), policy=email.policy.SMTP)
            body = draft.get_body(("plain",))
            assert body is not None
            text = f"{draft['Subject']}{body.get_content()}{[p.get_filename() for p in draft.iter_attachments()]}"
            assert not any(word in text for word in told) and "SN-" not in text


def test_the_calendar_file_has_the_meeting_and_the_deadline_and_is_read_back_by_its_library(session, meeting, tmp_path):
    (file,) = [f for f in written(session, meeting, tmp_path) if f.suffix == ".ics"]
    held, deadline = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert held.decoded("dtstart") == datetime(2026, 11, 26, 14, tzinfo=LONDON)
    assert held.decoded("dtend") == datetime(2026, 11, 26, 16, tzinfo=LONDON)
    assert deadline.decoded("dtstart") == date(2026, 12, 17)  # a week before Christmas Eve, the day proposed next
    assert "SN-" not in file.read_text()


def test_every_paper_meets_both_standards(session, meeting, tmp_path):
    walk_order.apply_plan(session, meeting.id)
    for file in written(session, meeting, tmp_path):
        if file.suffix == ".pdf":
            assert failures(file.read_bytes()) == [], file.name
    told = papers.paper_set(session, meeting.id)
    assert failures(print_meeting_paper(replace(told, cases=told.cases[:6]).paper())) == []


def test_each_file_is_for_this_user_alone(session, meeting, tmp_path):
    assert {stat.S_IMODE(f.stat().st_mode) for f in written(session, meeting, tmp_path)} == {0o600}


def test_whoever_has_no_address_has_no_draft_and_is_named(session, meeting, tmp_path):
    with session.work.step("no address", undoable=False) as records:
        records.save(replace(records.get(Member, "ewa"), mail=""))
    assert papers.papers_ahead(session, meeting.id).without_mail == ("Ewa Łukasik",)
    assert len([f for f in written(session, meeting, tmp_path) if f.suffix == ".eml"]) == 7


def test_cancelled_while_printing_nothing_is_written(session, meeting, tmp_path):
    def stop(done, total, words):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        papers_out.write_papers(session, papers_out.papers_to_write(session, meeting.id), tmp_path, stop)
    assert list(tmp_path.iterdir()) == []


def test_where_one_file_cannot_be_written_those_new_there_go_again(session, meeting, tmp_path):
    (tmp_path / "agency-2026-11-26-02.pdf").mkdir()  # in the way
    with pytest.raises(NotSaved):
        written(session, meeting, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["agency-2026-11-26-02.pdf"]


def test_what_was_written_when_is_kept_and_undone_in_one_step(session, meeting, tmp_path):
    job = papers_out.papers_to_write(session, meeting.id)
    made = papers_out.note_written(session, job, tmp_path)
    assert papers.papers_ahead(session, meeting.id).written == made
    assert (made.people, made.agencies, made.by, made.folder) == (8, 5, "Hannah Price", str(tmp_path))
    session.work.undo()
    with session.work.reading() as records:
        assert records.find(PapersWritten) == []


def test_who_may_not_record_keeps_no_papers(session, meeting, tmp_path):
    other = replace(session, roles=frozenset({Role.NEW_HOPE_LEAD}))
    job = papers_out.papers_to_write(other, meeting.id)
    with pytest.raises(NotAllowed):
        papers_out.note_written(other, job, tmp_path)


def test_with_nobody_expected_there_is_nobody_to_write_to(session, meeting):
    with session.work.step("nobody", undoable=False) as records:
        for row in records.find(Attendance, meeting_id=meeting.id):
            records.remove(row)
    with pytest.raises(Refused, match="Nobody is expected yet"):
        papers_out.papers_to_write(session, meeting.id)


def test_a_meeting_that_was_held_has_no_papers_any_more(session, meeting):
    with session.work.step("held", undoable=False) as records:
        records.save(replace(records.get(Meeting, meeting.id), state=MeetingState.CLOSED))
    for work in (papers_out.papers_to_write, papers.paper_set):
        with pytest.raises(Refused, match="was held: its record is the minutes"):
            work(session, meeting.id)


def test_a_character_no_font_has_is_named_with_its_place_and_nothing_is_made(session, meeting):
    item = agenda.preparation(session, meeting.id).items[-1].item
    agenda_items.rename_item(session, item.id, "Next กา date")
    with pytest.raises(Refused, match="section 1, Item.*ก"):
        papers_out.papers_to_write(session, meeting.id)


def test_the_paper_set_has_the_agenda_a_sheet_to_sign_with_the_clause_and_a_sheet_for_each_case(session, meeting):
    told = papers.paper_set(session, meeting.id)
    words = said(told.paper())
    turns = agenda.preparation(session, meeting.id).turns
    assert len(told.cases) == len(turns) == 46
    assert (
        "The member text. What is said here stays here." in words and "Begins: 14:00; Item: 1. Confidentiality" in words
    )
    assert "The occasional text." in words and "Read out by, and at what time:" in words
    for row in turns:
        assert (row.case.reference or "Awaiting Safety Net reference") in words
        assert row.case.summary not in words and row.case.location not in words
    members, others = told.blanks
    assert "Nimmi Raghunathan-Pillai" in [name for name, _ in others.people]  # without a current protocol
    assert "Nimmi Raghunathan-Pillai" not in [name for name, _ in members.people]


def test_a_date_that_is_past_at_the_meeting_says_overdue_on_the_sheet_of_its_case(session, meeting):
    case_id = agenda.preparation(session, meeting.id).turns[0].case.id
    with session.work.step("about a case", undoable=False) as records:
        for action in records.find(Action):
            records.save(replace(action, case_id=case_id))
    told = papers.paper_set(session, meeting.id)
    listed = [action for sheet in told.cases for action in sheet.actions]
    late = [action.due for action in listed if action.due and action.due < meeting.on]
    assert late and len(late) < len(listed)
    words = said(told.paper())
    for due in late:
        days = (meeting.on - due).days
        assert f"By: {column_day(due)}, {days} day{'s' * (days != 1)} overdue" in words
    assert words.count("overdue; Answer") + words.count("overdue\n") == len(late)


def test_each_sheet_of_the_set_has_a_page_of_its_own_and_no_page_is_empty(session, meeting):
    pages = pages_of(print_meeting_paper(papers.paper_set(session, meeting.id).paper()))
    sheets = [page for page in pages if "Read back by, and at what time:" in page]
    assert len(sheets) == 46
    assert all(len(page.replace("OFFICIAL-SENSITIVE", "")) > 150 for page in pages)
