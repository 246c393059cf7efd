"""An officer's update or a decision that came by email is marked so until its person confirms it with a passphrase."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.by_mail import AgreedByMail, MailAbout, awaits, mail_words
from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.meeting.actions import Answer
from csp_desktop.domain.meeting.meeting import CaseTurn
from csp_desktop.services.cases.cases import case_page
from csp_desktop.services.cases.subject import CASES
from csp_desktop.services.home.home import look_ahead
from csp_desktop.services.home.home_needs import NeedKind
from csp_desktop.services.meeting import agenda, agreed_by_mail, papers
from csp_desktop.services.meeting.actions import answer_action
from csp_desktop.services.meeting.update_requests import take_over, updates
from tests.support.prepared_meeting import prepared_session

MAILED = date(2026, 11, 23)
MARK = "agreed by email of Mon 23 Nov 2026, not yet confirmed"
PRINTED = "agreed by email of Monday 23 November 2026, not yet confirmed"


@pytest.fixture
def session() -> Any:
    return prepared_session()


def as_(session: Any, member_id: str, *roles: Role) -> Any:
    return replace(session, member_id=member_id, user_name=member_id, roles=frozenset(roles))


def given(session: Any) -> AgreedByMail:
    with session.work.reading() as records:
        found: list[AgreedByMail] = records.find(AgreedByMail)
    return found[0]


def needs(session: Any) -> list[str]:
    return [need.title for need in look_ahead(session).needs if need.kind is NeedKind.CONFIRM_MAIL]


def shown(session: Any, action_id: str) -> str:
    rows = [row for officer in updates(session).officers for row in officer.rows]
    return next(row.mailed for row in rows if row.action.id == action_id)


def test_an_update_by_e_mail_is_marked_beside_the_entry_until_its_officer_confirms_it(session: Any) -> None:
    answer_action(session, "x1", Answer.CARRY_ON, due=date(2026, 12, 4), mailed_on=MAILED)
    assert shown(session, "x1") == MARK and shown(session, "x3") == ""
    noted = given(session)
    assert (noted.about, noted.member_id, noted.noted_by) == (MailAbout.UPDATE, "dan", session.user_name)
    own = as_(session, "dan")
    assert needs(own) == ["Confirm 1 thing agreed by email"]
    assert agreed_by_mail.confirm(own, [noted.id]) == 1
    assert shown(session, "x1") == "" and needs(own) == []
    assert (
        mail_words(given(session)) == "agreed by email of Mon 23 Nov 2026, confirmed"
        and given(session).confirmed_by == "dan"
    )
    with pytest.raises(Refused, match="confirmed already"):
        agreed_by_mail.confirm(own, [noted.id])


def test_only_the_person_or_who_may_approve_confirms_and_home_asks_the_chair_for_those_without_a_way_in(
    session: Any,
) -> None:
    answer_action(session, "x1", Answer.DONE, mailed_on=MAILED)
    other, chair = as_(session, "ewa", Role.MINUTE_TAKER), as_(session, "chair", Role.CHAIR)
    with pytest.raises(NotAllowed, match=r"Only PS Dan Holt, or the person who approves the minutes"):
        agreed_by_mail.confirm(other, [given(session).id])
    assert awaits(given(session)) and needs(other) == [] and len(needs(chair)) == 1
    with session.work.step("a way in") as records:
        records.save(User("u-dan", "dan", date(2026, 1, 1), date(2026, 1, 1)))
    assert needs(chair) == [] and len(needs(as_(session, "dan"))) == 1
    assert agreed_by_mail.confirm(chair, [given(session).id]) == 1


def test_a_pasted_reply_is_noted_as_of_its_day_and_undone_with_it(session: Any) -> None:
    label = next(row for row in updates(session).officers if row.officer.id == "dan").labels[0]
    take_over(session, "dan", f"{label} x\nAnswer: done", MAILED)
    assert given(session).words.startswith("Done: ")
    session.work.undo()
    with session.work.reading() as records:
        assert records.find(AgreedByMail) == []


def test_answered_anew_nothing_waits_any_more(session: Any) -> None:
    answer_action(session, "x1", Answer.CARRY_ON, due=date(2026, 12, 4), mailed_on=MAILED)
    answer_action(session, "x1", Answer.DONE)
    with session.work.reading() as records:
        assert records.find(AgreedByMail) == []


def test_no_e_mail_of_a_day_to_come_and_none_of_whoever_is_signed_in(session: Any) -> None:
    with pytest.raises(Refused, match="in the future"):
        answer_action(session, "x1", Answer.DONE, mailed_on=date(2027, 1, 1))
    own = replace(session, member_id="dan")
    with pytest.raises(Refused, match="signed in as this person"):
        answer_action(own, "x1", Answer.DONE, mailed_on=MAILED)
    with session.work.reading() as records:
        assert records.find(AgreedByMail) == []


def test_the_papers_say_so_until_it_is_confirmed(session: Any) -> None:
    with session.work.reading() as records:
        case_id = records.find(CaseTurn)[0].case_id
    answer_action(session, "x1", Answer.CARRY_ON, due=date(2026, 12, 4), mailed_on=MAILED)
    agreed_by_mail.note_decision(session, case_id, "dan", "The visit is on Monday.", MAILED)

    def printed() -> str:
        meeting = agenda.next_meeting(session)
        assert meeting is not None
        lists = [row.listed.paper() for row in papers.papers_ahead(session, meeting.id).agencies]
        return f"{lists} {papers.paper_set(session, meeting.id).paper()}"

    assert f"({PRINTED})" in printed()
    assert f"Decided between meetings: The visit is on Monday (PS Dan Holt, {PRINTED})" in printed()
    agreed_by_mail.confirm(as_(session, "dan"), [one.id for one in agreed_by_mail.to_confirm(as_(session, "dan"))])
    assert "not yet confirmed" not in printed() and "agreed by email of Monday 23 November 2026, confirmed" in printed()


def test_a_decision_between_meetings_stands_with_its_case_and_goes_with_it(session: Any) -> None:
    with session.work.reading() as records:
        case_id = records.find(Case)[0].id
    with pytest.raises(FieldRefused, match="Say what was decided"):
        agreed_by_mail.note_decision(session, case_id, "dan", "  ", MAILED)
    made = agreed_by_mail.note_decision(session, case_id, "dan", "Move  the review to Monday", MAILED)
    assert case_page(session, case_id).decisions == (made,) and made.words == "Move the review to Monday"
    with session.work.reading() as records:
        assert made in CASES.belonging(records, records.get(Case, case_id))
