"""The private agenda goes out to New Hope's own list; it names nobody and tells nobody how many there are."""

import email
from dataclasses import replace
from datetime import time
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.documents.meeting_paper import print_meeting_paper
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import Member
from csp_desktop.exchange.calendar_file import calendar_file
from csp_desktop.services.meeting.papers_out import write_papers
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.circulation import register
from csp_desktop.services.private import agenda, agenda_paper
from csp_desktop.services.private.circulation import approve
from csp_desktop.services.private.settings import send_to
from tests.support.copies import PRIVATE_PAPERS
from tests.support.private_minutes import DANA, EWA, KIT, NAMES, NEXT, ON_LIST, SARA, SOL, held
from tests.support.private_session import DAY, member_named, private_session

SLOT = (time(15, 45), time(16, 30))


@pytest.fixture
def session() -> Any:
    made = private_session()
    papers = replace(PRIVATE_PAPERS, print_meeting_paper=print_meeting_paper, calendar_file=calendar_file)
    with made.work.step("who has mail") as records:
        for member in records.find(Member):
            if member.name != EWA:
                records.save(replace(member, mail=f"{member.name.split()[-1].lower()}@example.org"))
    return replace(made, papers=papers)


def listed(session: Any, *names: str) -> None:
    for name in names:
        send_to(session, member_named(session, name).id, receives=True)


def test_it_goes_to_their_own_list_with_a_calendar_file_and_a_draft_for_each(session: Any, tmp_path: Path) -> None:
    meeting = agenda.plan(session, DAY, *SLOT)
    with pytest.raises(Refused, match="The circulation list is empty"):
        agenda_paper.papers_to_write(session, meeting.id)
    listed(session, SARA, EWA)
    made = write_papers(session, agenda_paper.papers_to_write(session, meeting.id), tmp_path, unheard)
    day = DAY.isoformat()
    assert sorted(path.name for path in made.files) == [
        f"agenda-{day}-01.eml",
        f"agenda-{day}.pdf",
        f"meeting-{day}.ics",
    ]
    draft = email.message_from_bytes((tmp_path / f"agenda-{day}-01.eml").read_bytes(), policy=default)
    assert "lyle@example.org" in draft["To"] and draft["Subject"] == "Agenda, Thursday 26 November 2026"
    for words in ("rough", "homeless", *NAMES):
        assert words not in (tmp_path / f"meeting-{day}.ics").read_text().casefold()
        assert words.casefold() not in str(draft.get_body()).casefold()


def test_it_names_nobody_and_is_the_same_however_many_are_talked_about(session: Any) -> None:
    meeting = agenda.plan(session, DAY, *SLOT)
    listed(session, SARA)
    paper = agenda_paper.papers_to_write(session, meeting.id).agenda
    agenda.pick(session, meeting.id, [agenda.sub_agenda_of(session, meeting.id).picked[0][1].id])
    assert agenda_paper.papers_to_write(session, meeting.id).agenda == paper
    said = repr(paper)
    assert not [name for name in (KIT, DANA, SOL, "K.B.", "RS-001") if name in said]
    assert paper.title.startswith("Agenda of the") and "Led for New Hope by:" in said


def test_each_gets_their_own_copy_of_the_last_minutes_with_it(session: Any, tmp_path: Path) -> None:
    meeting_id = held(session)
    following = agenda.plan(session, NEXT, *SLOT)
    assert "approve" in agenda_paper.papers_to_write(session, following.id).no_minutes
    versions.check(session, meeting_id)
    approve(session, meeting_id)
    made = write_papers(session, agenda_paper.papers_to_write(session, following.id), tmp_path, unheard)
    assert made.failed == () and made.with_minutes == len(ON_LIST)
    assert {one.name for one in register(session, meeting_id)} == set(ON_LIST)


def test_only_the_lead_and_the_deputy_write_it_and_not_of_a_session_that_was_held(session: Any) -> None:
    meeting_id = held(session)
    with pytest.raises(Refused, match="was held"):
        agenda_paper.papers_to_write(session, meeting_id)
    other = replace(session, roles=frozenset({Role.MINUTE_TAKER}))
    with pytest.raises(NotAllowed):
        agenda_paper.papers_to_write(other, meeting_id)
