"""Referrals coming in from partners: a short form, acknowledged, triaged to case, issue or declined with a reason, the
referrer told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Case, CaseStatus, SubjectType
from csp_desktop.domain.cases.incoming_referrals import (
    About,
    CameBy,
    ChildrenAtHome,
    DeclineReason,
    IncomingReferral,
    IncomingState,
)
from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.meeting.issues import EmergingIssue
from csp_desktop.domain.people.agencies import Member
from csp_desktop.exchange.mail_draft import mail_draft
from csp_desktop.services.cases import case_entry, retention
from csp_desktop.services.cases import incoming_referrals as service
from csp_desktop.services.cases.cases import case_page
from csp_desktop.services.cases.incoming_referrals import IncomingRow
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting import issues, triage
from csp_desktop.services.people.settings import change_settings
from csp_desktop.services.session import Session
from tests.support.held_meeting import partnership


@pytest.fixture
def session() -> Session:
    made: Any = partnership()
    session: Session = replace(made, papers=replace(made.papers, mail_draft=mail_draft))
    return session


def came(
    session: Session, asked: str = "Look at the nights on the stairs", key: str = "agency:cgl"
) -> IncomingReferral:
    about = About(session.today, CameBy.MAIL, asked, "JP", "Oak Way", "A knife", ChildrenAtHome.YES)
    return service.enter(session, service.referrer_of(key, "Larkfield School", "Una Marsh", "una@l.example"), about)


def ready(session: Session, key: str = "agency:cgl") -> IncomingReferral:
    return service.acknowledge(session, came(session, key=key).id)


def row(session: Session, one: IncomingReferral) -> IncomingRow:
    return next(found for found in service.incoming(session) if found.referral.id == one.id)


def area(session: Session) -> str:
    return triage.targets(session, service.incoming(session)[0].referral.id).areas[0]


def test_from_whom_is_a_member_an_agency_or_another_body_with_name_and_address(session: Session) -> None:
    with session.work.reading() as records:
        member = records.find(Member, active=True)[0]
    assert (f"member:{member.id}") in dict(service.referrers(session))
    assert row(session, came(session, key=f"member:{member.id}")).source.startswith(member.name)
    assert row(session, came(session)).source == "Una Marsh, Change Grow Live"
    other = row(session, came(session, key=""))
    assert (other.source, other.mail) == ("Una Marsh, Larkfield School", "una@l.example")


def test_it_is_to_acknowledge_then_to_decide_then_the_referrer_is_told(session: Session) -> None:
    one = came(session)
    assert row(session, one).standing.startswith("Acknowledge by")
    later = replace(session, now=lambda: session.now() + timedelta(days=30))
    assert "overdue" in row(later, one).standing and row(later, one).late
    with pytest.raises(Refused):
        triage.decline(session, one.id, DeclineReason.NOT_OURS, "For housing")
    service.acknowledge(session, one.id)
    assert row(session, one).standing.startswith("Decide by")
    triage.decline(session, one.id, DeclineReason.NOT_OURS, "For housing")
    assert row(session, one).standing.startswith("Inform the referrer by")
    with pytest.raises(FieldRefused):
        service.tell_referrer(session, one.id, None)
    service.tell_referrer(session, one.id, CameBy.TELEPHONE)
    assert row(session, one).standing.startswith("Declined, referrer informed")
    with session.work.reading() as records:
        assert service.open_incoming_in(session, records) == ()


def test_the_days_to_acknowledge_are_a_setting(session: Session) -> None:
    one = came(session)
    before = row(session, one).due
    change_settings(session, acknowledge_days=10)
    after = row(session, one).due
    assert before and after and after > before


def test_it_becomes_a_new_case_linked_both_ways_and_undone_in_one_step(session: Session) -> None:
    one = ready(session)
    case = triage.make_new_case(session, one.id, "Oak Way: stairs", area(session), SubjectType.VICTIM)
    assert (case.initials, case.location, case.reference) == ("JP", "Oak Way", "")
    assert row(session, one).became == "Case awaiting reference, JP"
    with session.work.reading() as records:
        (from_case,) = service.incoming_of_case(session, records, case.id)
    assert from_case.came_words.startswith("Came in from Una Marsh, Change Grow Live, on")
    session.work.undo()
    assert row(session, one).referral.state is IncomingState.ACKNOWLEDGED
    with session.work.reading() as records, pytest.raises(NotFound):
        records.get(Case, case.id)


def test_a_case_without_an_area_of_work_is_refused_and_nothing_is_made(session: Session) -> None:
    one = ready(session)
    with pytest.raises(FieldRefused):
        triage.make_new_case(session, one.id, "Oak Way: stairs", "", SubjectType.VICTIM)
    assert row(session, one).referral.state is IncomingState.ACKNOWLEDGED


def test_it_joins_a_case_that_looks_like_it_and_goes_with_the_case_given_its_reference(session: Session) -> None:
    by_hand = triage.make_new_case(session, ready(session).id, "Stairs", area(session), SubjectType.VICTIM)
    one = ready(session)
    assert triage.targets(session, one.id).cases[0][0] == by_hand.id
    with pytest.raises(FieldRefused):
        triage.join_case(session, one.id, "")
    triage.join_case(session, one.id, by_hand.id)
    with session.work.reading() as records:
        known = next(case for case in records.find(Case) if case.reference)
    case_entry.set_reference(session, by_hand.id, known.reference)
    with session.work.reading() as records:
        assert len(service.of_case(records, known.id)) == 2


def test_it_becomes_an_issue_and_follows_it_into_a_case(session: Session) -> None:
    one = ready(session)
    issue = triage.make_new_issue(session, one.id, "Nights on the stairs", area(session))
    assert row(session, one).became == "Emerging issue: Nights on the stairs"
    assert [found.referral.id for found in service.incoming_of_issue(session, issue.id)] == [one.id]
    case = issues.make_case(session, issue.id, "JP", SubjectType.VICTIM)
    with session.work.reading() as records:
        assert [found.id for found in service.of_case(records, case.id)] == [one.id]
    two = ready(session)
    triage.join_issue(session, two.id, issue.id)
    assert len(service.incoming_of_issue(session, issue.id)) == 2
    triage.take_back(session, two.id)
    assert row(session, two).referral.state is IncomingState.ACKNOWLEDGED
    with session.work.reading() as records:
        assert records.get(EmergingIssue, issue.id)


def test_the_draft_to_the_referrer_holds_nothing_about_third_parties(session: Session) -> None:
    one = ready(session)
    triage.decline(session, one.id, DeclineReason.LOW_RISK, "Mr Quillfeather says it stopped")
    name, draft = service.referrer_mail(session, one.id)
    text = draft.decode()
    assert name.startswith("referral-") and "una@l.example" in text and DeclineReason.LOW_RISK.value in text
    for private in ("JP", "Oak Way", "knife", "stairs", "Quillfeather"):
        assert private not in text
    silent = came(session, key="")
    with session.work.step("without an address") as records:
        records.save(replace(silent, mail=""))
    with pytest.raises(Refused, match="No email address"):
        service.referrer_mail(session, silent.id)


def test_it_is_erased_with_its_case(session: Session) -> None:
    one = ready(session)
    case = triage.make_new_case(session, one.id, "Stairs", area(session), SubjectType.VICTIM)
    with session.work.step("closed long ago") as records:
        records.save(replace(case, reference="SN-2015-000001", status=CaseStatus.CLOSED, as_of=None))
    later = replace(session, now=lambda: session.now() + timedelta(days=366 * 7))
    assert one.id in {found.referral.id for found in service.incoming(session)}
    retention.erase(later, case.id, "Past its years")
    assert one.id not in {found.referral.id for found in service.incoming(session)}


def test_one_that_became_no_case_is_deleted_for_good_after_its_year(session: Session) -> None:
    one = ready(session)
    triage.decline(session, one.id, DeclineReason.NOT_OURS, "For housing")
    service.tell_referrer(session, one.id, CameBy.LETTER)
    with pytest.raises(Refused, match="is kept until"):
        service.delete_old(session, one.id)
    later = replace(session, now=lambda: session.now() + timedelta(days=366))
    with session.work.reading() as records:
        assert [old.id for old in service.may_be_deleted(later, records)] == [one.id]
    service.delete_old(later, one.id)
    assert service.incoming(session) == ()


def test_the_command_line_tells_the_state_and_nothing_of_what_was_said(session: Session) -> None:
    came(session)
    (fact,) = service.incoming_facts(service.incoming(session), [])
    assert (fact["direction"], fact["state"], fact["case"]) == ("in", "to acknowledge", None)
    assert not {"stairs", "knife", "JP"} & set(str(fact).replace("'", " ").split())


def test_ctrl_k_finds_one_by_whom_it_came_from_and_by_whom_it_is_about(session: Session) -> None:
    one = came(session, key="")
    for words in ("larkf", "JP oak", "una marsh", "stairs"):
        assert [hit.record_id for hit in service.find_incoming(session, words)] == [one.id]
    assert service.find_incoming(session, "oa") == [] == service.find_incoming(session, "oak knife")


def test_home_asks_until_it_is_acknowledged_decided_and_the_referrer_is_told(session: Session) -> None:
    one = came(session)

    def asked() -> list[str]:
        return [need.title for need in look_ahead(session).needs if need.kind is NeedKind.CAME_IN]

    assert asked() == ["1 referral from partners to acknowledge"] and service.open_incoming(session) == 1
    service.acknowledge(session, one.id)
    assert asked() == ["1 referral from partners to decide"]
    triage.decline(session, one.id, DeclineReason.NOT_OURS, "For housing")
    assert asked() == ["1 referral from partners whose referrer is to be informed"]
    service.tell_referrer(session, one.id, CameBy.MAIL)
    assert asked() == [] and service.open_incoming(session) == 0


def test_the_page_of_its_case_says_from_whom_it_came_in(session: Session) -> None:
    one = ready(session)
    case = triage.make_new_case(session, one.id, "Stairs", area(session), SubjectType.VICTIM)
    assert [found.referral.id for found in case_page(session, case.id).came_in] == [one.id]
