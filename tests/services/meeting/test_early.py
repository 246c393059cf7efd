"""The cases of agencies that may leave early come first where the partnership says so; else the clocks' order."""

import pytest

from csp_desktop.domain.common.errors import FieldRefused, Refused
from csp_desktop.services.meeting import agenda, walk_order
from csp_desktop.services.meeting.agenda import preparation
from csp_desktop.services.meeting.papers import papers_ahead
from csp_desktop.services.meeting.walk_order import OrderBy
from csp_desktop.services.people.settings import change_settings
from tests.support.prepared_meeting import prepared_session

HDAS = "Herts Domestic Abuse Service"


@pytest.fixture
def session():
    return prepared_session()


@pytest.fixture
def meeting(session):
    return agenda.next_meeting(session)


def leads(session, meeting):
    return [row.case.lead_agency for row in preparation(session, meeting.id).turns]


def test_the_clocks_order_is_the_default(session, meeting):
    change_settings(session, leave_early=("HDAS",))
    agenda.bring_walk_up_to_date(session)
    assert preparation(session, meeting.id).ordered_by is OrderBy.PROMISE


def test_one_key_puts_the_cases_of_agencies_that_may_leave_early_first_each_part_in_the_clocks_order(session, meeting):
    before = [row.case.id for row in preparation(session, meeting.id).turns]
    change_settings(session, leave_early=("HDAS",))
    walk_order.order_cases(session, meeting.id, OrderBy.EARLY)
    shown = preparation(session, meeting.id)
    early = [row.case.id for row in shown.turns if row.early]
    after = [row.case.id for row in shown.turns]
    assert after[: len(early)] == early and len(early) == leads(session, meeting).count(HDAS) > 0
    assert early == [c for c in before if c in early] and after[len(early) :] == [c for c in before if c not in early]
    assert shown.ordered_by is OrderBy.EARLY


def test_the_proposal_says_why_a_case_stands_where_it_does(session, meeting):
    change_settings(session, leave_early=("HDAS",))
    walk_order.order_cases(session, meeting.id, OrderBy.EARLY)
    first, *_, last = preparation(session, meeting.id).turns
    assert first.candidate is not None and last.candidate is not None
    assert first.turn.why == f"{HDAS} may leave early. {first.candidate.why}"
    assert last.turn.why == last.candidate.why
    row = next(r for r in papers_ahead(session, meeting.id).agencies if r.name == HDAS)
    assert row.listed.cases[0].place == 1 and row.listed.cases[0].why.startswith(f"{HDAS} may leave early.")
    walk_order.order_cases(session, meeting.id, OrderBy.PROMISE)
    assert all(r.candidate and r.turn.why == r.candidate.why for r in preparation(session, meeting.id).turns)


def test_by_the_setting_it_is_what_is_proposed_and_brings_itself_up_to_date(session, meeting):
    change_settings(session, leave_early=(HDAS,), early_first=True)
    agenda.bring_walk_up_to_date(session)
    shown = preparation(session, meeting.id)
    assert shown.ordered_by is OrderBy.EARLY and not any(row.turn.placed_by_hand for row in shown.turns)
    change_settings(session, early_first=False)
    agenda.bring_walk_up_to_date(session)
    assert preparation(session, meeting.id).ordered_by is OrderBy.PROMISE


def test_without_an_agency_named_it_is_refused_and_the_setting_does_nothing(session, meeting):
    with pytest.raises(Refused, match="No agency is named that may leave early"):
        walk_order.order_cases(session, meeting.id, OrderBy.EARLY)
    change_settings(session, early_first=True)
    agenda.bring_walk_up_to_date(session)
    assert preparation(session, meeting.id).ordered_by is OrderBy.PROMISE


def test_an_agency_nobody_knows_is_refused_at_its_field(session):
    with pytest.raises(FieldRefused, match="There is no agency “Nobody Ltd”") as refused:
        change_settings(session, leave_early=("HDAS", "Nobody Ltd"))
    assert refused.value.field == "leave_early"
