"""What the group's terms of reference say of its minutes, its actions and who attends, a test for each sentence: a
whole meeting on the real encrypted file of the sample, its paper, and the sign-in of the next one.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from csp_desktop.domain.cases.cases import Case, CaseStatus
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.confidentiality import Attendance
from csp_desktop.domain.meeting.meeting import AgendaItem, CaseTurn, ItemKind, Meeting
from csp_desktop.domain.meeting.outcomes import Outcome
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.minutes.record import CasePart, Minutes
from csp_desktop.domain.people.agencies import Agency, AgencyKind, IspStatus
from csp_desktop.domain.private.admission import AdmissionOverride
from csp_desktop.domain.private.people import Involvement
from csp_desktop.sample.clock import ScriptedClock
from csp_desktop.sample.partnership import require_private_sample
from csp_desktop.services.meeting import actions, case_walk, running_meeting, sign_in
from csp_desktop.services.meeting.action_review import round_table
from csp_desktop.services.meeting.agenda import meetings, plan_meeting, propose_plan
from csp_desktop.services.meeting.case_walk import LiveCaseRow
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.minutes import circulation, draft_minutes
from csp_desktop.services.people.people import people
from csp_desktop.services.private.minutes import draft_private_minutes
from csp_desktop.services.session import Session
from tests.scenarios.in_session import LATE, UNSIGNED, opened

pytestmark = pytest.mark.xdist_group("the terms of reference")  # its file is made once
SPECIALIST, READER = "Dr Priya Raman", "Hannah Price, chair"
NEXT = date(2026, 12, 17)
TEAM = "Community Mental Health Team"


@dataclass
class Evening:
    """November as it was held: its file, which case went which way, and what was refused on the way."""

    session: Session
    clock: ScriptedClock
    meeting: Meeting
    ways: dict[str, str]  # the id of a case for each way
    refused: dict[str, str]

    @property
    def minutes(self) -> Minutes:
        return draft_minutes(self.session, self.meeting.id)

    def part(self, way: str) -> CasePart:
        return next(part for part in self.minutes.cases if part.case_id == self.ways[way])

    def paper_of(self, way: str) -> str:
        """What the paper says under a case."""
        part, text = self.part(way), as_text(self.minutes)
        return text.split(f" {part.name}\n")[1].split("\n\n")[0]


@pytest.fixture(scope="module")
def evening(november_made: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """November, from its first case to its end, by the services."""
    folder = tmp_path_factory.mktemp("terms") / "partnership"
    shutil.copytree(november_made[0], folder)
    partnership, clock = opened(folder)
    with partnership:
        session = partnership.session
        held = Evening(session, clock, _meeting(session, november_made[1]), {}, {})
        clock.on(date(2026, 11, 26), time(14, 10))
        _specialist(held)
        _walk(held)
        held.meeting = close_meeting(session, held.meeting.id, next_on=NEXT, reason="The officers were called away")
        yield held


def _meeting(session: Session, meeting_id: str) -> Meeting:
    return next(meeting for meeting in meetings(session) if meeting.id == meeting_id)


def _specialist(held: Evening) -> None:
    session, meeting_id = held.session, held.meeting.id
    member_id = next(row.member.id for row in people(session) if row.member.name == SPECIALIST)
    with pytest.raises(Refused) as unread:
        sign_in.sign(session, meeting_id, member_id, typed_name=SPECIALIST)
    held.refused["clause not read out"] = str(unread.value)
    sign_in.read_out(session, meeting_id, [member_id], READER)
    held.clock.pass_seconds(90)
    sign_in.sign(session, meeting_id, member_id, typed_name=SPECIALIST)
    (unsigned,) = (row for row in _attendance(held) if row.name == UNSIGNED)
    sign_in.sign(session, meeting_id, unsigned.member_id, typed_name=UNSIGNED)


def _attendance(held: Evening) -> list[Attendance]:
    with held.session.work.reading() as records:
        return list(records.find(Attendance, meeting_id=held.meeting.id))


def _walk(held: Evening) -> None:
    """One case for each way the terms know."""
    session = held.session
    with session.work.reading() as records:
        turns = records.find(CaseTurn, meeting_id=held.meeting.id)
    rows = [case_walk.live_case(session, turn.id) for turn in turns]
    _de_escalate(held, _take(held, rows, "de-escalated", lambda row: not row.went_up and _is_open(row)))
    _intensify(held, _take(held, rows, "intensified", lambda row: not row.went_up and _is_open(row)))
    _escalate(held, _take(held, rows, "escalated", lambda row: row.went_up and not row.case.mental_health))
    _advise_team(held, _take(held, rows, "mental health", _untold))
    with session.work.reading() as records:
        items = records.find(AgendaItem, meeting_id=held.meeting.id)
    for item in items:
        if item.kind not in (ItemKind.CONFIDENTIALITY, ItemKind.CASES):
            running_meeting.go_to_item(session, item.id)
            running_meeting.finish_item(session, item.id)


def _untold(row: LiveCaseRow) -> bool:
    return row.case.mental_health and row.case.cmht_told_on is None and not row.went_up


def _is_open(row: LiveCaseRow) -> bool:
    return row.case.status is CaseStatus.OPEN and not row.case.mental_health


def _take(held: Evening, rows: list[LiveCaseRow], way: str, fits: Any) -> LiveCaseRow:
    row = next(row for row in rows if fits(row) and row.case.id not in held.ways.values())
    held.ways[way] = row.case.id
    case_walk.open_turn(held.session, row.turn.id)
    held.clock.pass_seconds(120)
    return row


def _agree(held: Evening, row: LiveCaseRow, line: str) -> None:
    said = actions.read_line(held.session, held.meeting.id, line)
    actions.agree_action(held.session, held.meeting.id, said, case_id=row.case.id)


def _open_questions(held: Evening, row: LiveCaseRow) -> str:
    """What is read back as still open: it can be completed later, and the checks of the minutes ask for it."""
    return " ".join(case_walk.read_back(case_walk.live_case(held.session, row.turn.id)).open_questions)


def _de_escalate(held: Evening, row: LiveCaseRow) -> None:
    _agree(held, row, "ar check with both households")
    case_walk.choose_outcome(held.session, row.turn.id, Outcome.DE_ESCALATE)
    case_walk.accept(held.session, row.turn.id)


def _intensify(held: Evening, row: LiveCaseRow) -> None:
    _agree(held, row, "lr serve the warning 4 dec")
    _agree(held, row, "bs support worker twice a week 2 dec")
    case_walk.choose_outcome(held.session, row.turn.id, Outcome.INTENSIFY)
    held.refused["intensified without more"] = _open_questions(held, row)
    case_walk.say(held.session, row.turn.id, refer_to="Adult safeguarding")
    held.refused["intervention not said"] = _open_questions(held, row)
    case_walk.say(held.session, row.turn.id, intervention_planned=True)
    case_walk.accept(held.session, row.turn.id)


def _escalate(held: Evening, row: LiveCaseRow) -> None:
    case_walk.choose_outcome(held.session, row.turn.id, Outcome.CONTINUE)
    held.refused["escalated to nobody"] = _open_questions(held, row)
    case_walk.say(held.session, row.turn.id, refer_to="Hertfordshire Constabulary", intervention_planned=True)
    case_walk.accept(held.session, row.turn.id)


def _advise_team(held: Evening, row: LiveCaseRow) -> None:
    case_walk.choose_outcome(held.session, row.turn.id, Outcome.REFER)
    case_walk.say(held.session, row.turn.id, refer_to=TEAM, intervention_planned=False, reason="They lead from here")
    held.refused["team not advised"] = _open_questions(held, row)
    case_walk.say(held.session, row.turn.id, cmht_told=True)
    case_walk.accept(held.session, row.turn.id)


# who attends


def test_all_members_are_signed_up_to_the_information_sharing_protocol_and_the_list_says_who_is_not(
    evening: Evening,
) -> None:
    standing = {line.name: line.isp for line in evening.minutes.attendees if line.name != SPECIALIST}
    assert {name for name, isp in standing.items() if isp is not IspStatus.CURRENT} == {"Claire Dunn"}
    (lapsed,) = (line for line in evening.minutes.attendees if line.name == "Claire Dunn")
    assert lapsed.read_by and lapsed.read_at is not None  # as to somebody who comes occasionally


def test_to_those_occasionally_attending_in_a_specialist_capacity_a_confidentiality_clause_is_read_out(
    evening: Evening,
) -> None:
    assert "read" in evening.refused["clause not read out"]
    (line,) = (line for line in evening.minutes.attendees if line.name == SPECIALIST)
    assert line.read_at is not None and line.signed_at is not None
    assert line.read_by == READER and line.read_at < line.signed_at
    assert "read out 14:10 by Hannah Price, chair" in as_text(evening.minutes)


def test_all_attendees_whether_signed_up_or_not_sign_this_document_at_the_beginning_of_every_meeting(
    evening: Evening,
) -> None:
    assert all(line.signed_at and line.clause_version for line in evening.minutes.attendees)
    session, clock = evening.session, evening.clock
    clock.on(NEXT, time(13, 45))
    december = plan_meeting(session, propose_plan(session))
    assert december.on == NEXT
    sign_in.open_sign_in(session, december.id)
    with session.work.reading() as records:
        rows = records.find(Attendance, meeting_id=december.id)
    assert len(rows) > 20 and not any(row.signed for row in rows)
    sign_in.arrive(session, december.id, rows[0].member_id)
    with pytest.raises(Refused, match="Everyone signs first"):
        running_meeting.start(session, december.id)


def test_this_also_provides_the_attendees_list_for_the_formal_minutes(evening: Evening) -> None:
    signed = {(row.name, row.agency_name, row.signed_at) for row in _attendance(evening) if row.signed}
    listed = [(line.name, line.agency, line.signed_at) for line in evening.minutes.attendees]
    assert set(listed) == signed and len(listed) == len(signed) == 24
    assert LATE not in {name for name, *_ in listed}
    assert LATE in {name for name, _agency in evening.minutes.absent}


# the minutes


def test_formal_minutes_are_produced_of_every_meeting(evening: Evening) -> None:
    pdf = evening.session.papers.print_minutes(evening.minutes)
    with pypdfium2.PdfDocument(pdf) as document:
        words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    for part in evening.minutes.cases:
        assert part.name in words
    assert "Thursday 26 November 2026" in words


def test_the_minutes_are_circulated_one_week_before_each_meeting(evening: Evening) -> None:
    due = circulation(evening.session, evening.meeting.id)
    assert (due.on, due.proposed) == (NEXT - timedelta(days=7), False)


def test_the_group_undertakes_a_monthly_performance_review_of_all_open_cases(evening: Evening) -> None:
    """Each is in the minutes: called, with its decision, or not called, with the reason."""
    with evening.session.work.reading() as records:
        turns = records.find(CaseTurn, meeting_id=evening.meeting.id)
    told = [part.case_id for part in evening.minutes.cases] + [line.case_id for line in evening.minutes.uncalled]
    assert sorted(told) == sorted(turn.case_id for turn in turns)
    assert all(line.why for line in evening.minutes.uncalled)


# outcomes and actions


def test_the_group_agrees_how_cases_are_managed_with_a_monthly_timeline_and_actions_put_in_place(
    evening: Evening,
) -> None:
    (dated,) = (line for line in evening.part("de-escalated").actions)
    assert dated.due == NEXT  # no day was said: by the next month's meeting
    asked = {row.action.what for row in round_table(evening.session).rows}
    assert {line.what for line in evening.minutes.actions if line.earlier is None} <= asked


def test_high_risks_are_broken_down_into_specific_tasks_for_the_relevant_officers_in_the_group(
    evening: Evening,
) -> None:
    tasks = evening.part("intensified").actions
    assert [(task.what, task.officer, task.due) for task in tasks] == [
        ("Serve the warning", "Liam Reed", date(2026, 12, 4)),
        ("Support worker twice a week", "Becky Shore", date(2026, 12, 2)),
    ]
    for task in tasks:
        (own,) = (line for line in evening.minutes.actions if line.label == task.label)
        assert (own.officer, own.agency, own.what) == (task.officer, task.agency, task.what)


def test_outcomes_are_clearly_arrived_at_with_de_escalation_followed_by_monitoring_for_a_further_month(
    evening: Evening,
) -> None:
    part = evening.part("de-escalated")
    assert (part.outcome, part.monitor_until) == (Outcome.DE_ESCALATE, add_months(evening.meeting.on, 1))
    assert "26 December" in evening.paper_of("de-escalated") and part.read_back_at is not None


def test_or_with_more_intensive_support_or_intervention_until_de_escalation_has_occurred(evening: Evening) -> None:
    assert evening.refused["intensified without more"]
    paper = evening.paper_of("intensified")
    assert "Adult safeguarding" in paper and "Intervention planned: yes." in paper


def test_where_there_is_an_increasing_risk_of_escalating_intervention_becomes_the_main_focus(
    evening: Evening,
) -> None:
    assert "intervention" in evening.refused["intervention not said"].casefold()
    assert "Intervention planned: yes." in evening.paper_of("escalated")


def test_a_risk_that_is_escalated_is_referred_to_the_correct_specialist_within_the_group(evening: Evening) -> None:
    assert "specialist" in evening.refused["escalated to nobody"]
    assert "Referred to Hertfordshire Constabulary." in evening.paper_of("escalated")


def test_where_mental_health_is_a_factor_the_mental_health_team_is_advised_as_soon_as_possible(
    evening: Evening,
) -> None:
    assert evening.refused["team not advised"]
    assert "The CMHT has been informed." in evening.paper_of("mental health")
    with evening.session.work.reading() as records:
        assert records.get(Case, evening.ways["mental health"]).cmht_told_on == evening.meeting.on


# people sleeping rough


def test_the_meeting_about_people_sleeping_rough_is_held_in_private_with_police_council_and_workers_involved(
    sample: Path,
) -> None:
    """Nobody else signed October's, and New Hope led it."""
    with require_private_sample(sample) as private:
        session = private.session
        october = meetings(session)[0]
        minutes = draft_private_minutes(session, october.id)
        with session.work.reading() as records:
            rows = [row for row in records.find(Attendance, meeting_id=october.id) if row.signed]
            kinds = {agency.id: agency.kind for agency in records.find(Agency)}
            involved = {one.member_id for one in records.find(Involvement)}
            let_in = {name for one in records.find(AdmissionOverride, meeting_id=october.id) for name in one.names}
        always = (AgencyKind.POLICE, AgencyKind.COUNCIL)
        others = [row for row in rows if kinds[row.agency_id] not in always]
        assert {one.line.name for one in minutes.present} == {row.name for row in rows}
        assert minutes.led_by == "Ravi Nair" and AgencyKind.POLICE in {kinds[row.agency_id] for row in rows}
        uninvolved = {row.name for row in others if row.member_id not in involved}
        assert uninvolved <= {minutes.led_by, *let_in}  # let in by the lead alone, with a reason that is minuted


def test_nothing_of_the_private_part_stands_in_the_minutes_of_the_group(evening: Evening, sample: Path) -> None:
    text = as_text(evening.minutes)
    with require_private_sample(sample) as private:
        names = {
            part.reference for part in draft_private_minutes(private.session, meetings(private.session)[0].id).people
        }
    assert names and not any(name in text for name in names)
