"""The last minutes go with the agenda: each recipient's own copy, by the same rights as circulation, and locked."""

import email
import email.policy
import io
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pikepdf
import pytest

from csp_desktop.documents.meeting_paper import print_meeting_paper
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.minutes.circulation import CopyRecord
from csp_desktop.domain.people.agencies import Member
from csp_desktop.exchange.calendar_file import calendar_file
from csp_desktop.services.meeting import papers_out
from csp_desktop.services.meeting.agenda import MeetingPlan, expect, plan_meeting
from csp_desktop.services.minutes.circulation import circulation_list
from tests.support.copies import approved_meeting
from tests.support.fakes import FixedClock
from tests.support.held_meeting import NOVEMBER

DECEMBER = MeetingPlan(date(2026, 12, 17), time(14), time(16), "Town Hall", "hana", "ruth")


def december(session: Any) -> tuple[Any, str]:
    """A meeting planned after one whose minutes stand as they are given."""
    now = FixedClock(datetime.fromisoformat("2026-12-08T10:00:00+00:00"))
    papers = replace(session.papers, print_meeting_paper=print_meeting_paper, calendar_file=calendar_file)
    later = replace(session, now=now, papers=papers)
    meeting = plan_meeting(later, DECEMBER)
    with later.work.reading() as records:
        people = [m.id for m in records.find(Member)]
    for member_id in people:
        expect(later, meeting.id, member_id, True)
    return later, meeting.id


@pytest.fixture
def planned() -> tuple[Any, str]:
    return december(approved_meeting())


def test_each_mail_has_the_own_locked_copy_and_nobody_elses_and_each_is_noted(planned: Any, tmp_path: Any) -> None:
    session, meeting_id = planned
    due = {row.member_id: row.copy_number for row in circulation_list(session, NOVEMBER).to_write}
    made = papers_out.write_papers(session, papers_out.papers_to_write(session, meeting_id), tmp_path, unheard)
    assert made.with_minutes == len(due) > 3 and made.failed == ()
    with session.work.reading() as records:
        assert {one.member_id for one in records.find(CopyRecord)} == set(due)
        mails = {m.mail: m.id for m in records.find(Member) if m.mail}
    drafts = [email.message_from_bytes(f.read_bytes(), policy=email.policy.SMTP) for f in tmp_path.glob("agenda-*.eml")]
    assert drafts
    for draft in drafts:
        member_id = next(member for mail, member in mails.items() if mail in draft["To"])
        parts = {part.get_filename(): part.get_content() for part in draft.iter_attachments()}
        copies = [name for name in parts if str(name).startswith("papers-")]
        assert copies == [f"papers-2026-11-26-copy-{due[member_id]:02}.pdf"]
        body = draft.get_body(("plain",))
        assert body is not None
        if "locked with your own passphrase" in " ".join(body.get_content().split()):
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(io.BytesIO(parts[copies[0]]))
    assert not list(tmp_path.glob("papers-*.eml"))  # one mail brings all


def test_who_has_their_copy_already_is_sent_none_again(planned: Any, tmp_path: Any) -> None:
    session, meeting_id = planned
    papers_out.write_papers(session, papers_out.papers_to_write(session, meeting_id), tmp_path, unheard)
    again = papers_out.papers_to_write(session, meeting_id)
    assert again.copies_for == frozenset()
    assert papers_out.write_papers(session, again, tmp_path, unheard).with_minutes == 0


def test_without_an_approved_table_the_papers_go_without_the_minutes_and_say_so(tmp_path: Any) -> None:
    session, meeting_id = december(approved_meeting(table=""))
    made = papers_out.write_papers(session, papers_out.papers_to_write(session, meeting_id), tmp_path, unheard)
    assert made.with_minutes == 0 and len(made.failed) == 1 and "table of rights" in made.failed[0]
    assert (tmp_path / "agenda-2026-12-17.pdf").exists()
