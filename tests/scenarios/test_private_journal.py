"""The private file's own journal, minutes and disclosures on the real encrypted engine; the group's file has none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from csp_desktop.bootstrap.partnership import Founder, Partnership, create_partnership
from csp_desktop.domain.cases.disclosures import Disclosure
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.private.hearings import Hearing
from csp_desktop.gui.file.journal import JournalPage
from csp_desktop.services.cases.search import find
from csp_desktop.services.file.journal import DISCLOSURES, details, page_of_journal
from csp_desktop.services.home.home import waiting
from csp_desktop.services.meeting.action_review import Show, round_table
from csp_desktop.services.ports.journal import JournalQuery
from csp_desktop.services.private import circulation, people, register
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.support.pages import Shown, private_desk_of
from tests.support.private_minutes import JOY, NAMES, held
from tests.support.private_session import DAY, LEAD, MEMBERS, PEOPLE, member_named
from tests.support.screens import SIZES, clipped_texts, settle, shared_mnemonics, unnamed_controls

NOW = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)
LEADER = Founder(LEAD, "New Hope", AgencyKind.SUPPORT, "Outreach lead", "lantern orchard", (Role.NEW_HOPE_LEAD,))
CHAIR = Founder("Hannah Price", "Council", AgencyKind.COUNCIL, "Chair", "copper meadow", tuple(Role))
LATEST = JournalQuery()


def now() -> datetime:
    return NOW


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Partnership]:
    made, _ = create_partnership(
        tmp_path, [LEADER], Cost.quick(), now, with_recovery=False, kind=VaultKind.ROUGH_SLEEPING
    )
    for name, agency, kind in MEMBERS[1:]:
        register.save_member(made.session, "", name, agency, kind)
    for person, worker in PEOPLE:
        kept = people.add(made.session, person)
        people.involve(made.session, kept.id, member_named(made.session, worker).id, DAY, "key worker")
    with made:
        yield made


def test_a_session_leaves_minutes_hearings_and_disclosures_in_the_private_file(private: Partnership) -> None:
    session = private.session
    meeting_id = held(session)
    circulation.approve(session, meeting_id)
    joy = member_named(session, JOY).id
    copy = circulation.copy_for(session, meeting_id, joy)
    assert [person.name for person in copy.people] == ["RS-001, K.B."]
    circulation.note_given(session, copy, joy)
    with session.work.reading() as records:
        assert len(records.find(Disclosure, meeting_id=meeting_id)) == len(records.find(Hearing)) == 2
    assert private.verify()["ok"]


def test_its_journal_calls_people_by_reference_and_tells_who_heard(private: Partnership) -> None:
    session = private.session
    held(session)
    told = page_of_journal(session, DISCLOSURES, 0, 10)
    assert {row.case for row in told} == {"RS-001, K.B.", "RS-002, D.W."}
    assert any("CGL" in row.more and row.what.startswith("Disclosed to") for row in told)
    for row in page_of_journal(session, LATEST, 0, 50):
        changes, _ = details(session, row, 40)
        assert changes or row.what


def test_its_journal_is_closed_to_others_and_while_a_session_runs(private: Partnership) -> None:
    session = private.session
    meeting_id = held(session)
    taker = replace(session, roles=frozenset({Role.MINUTE_TAKER, Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowed):
        page_of_journal(taker, LATEST, 0, 10)
    with session.work.step("it runs again", of_held=True) as records:
        records.save(replace(records.get(Meeting, meeting_id), state=MeetingState.IN_SESSION))
    with pytest.raises(Refused, match="when it is closed"):
        page_of_journal(session, LATEST, 0, 10)


def test_its_page_finds_a_person_by_reference_and_shows_nothing_while_a_session_runs(
    private: Partnership, qtbot: QtBot
) -> None:
    session = private.session
    meeting_id = held(session)
    desk = private_desk_of(session)
    shown = Shown(qtbot, JournalPage(desk), desk, people.people(session)[0].person.id, SIZES["1366x768"])
    ui = shown.page._ui  # type: ignore[attr-defined]
    assert (ui.case_label.text(), ui.case_edit.text()) == ("&Person", "RS-001")
    assert ui.journal_view.model().rowCount() > 0
    settle(shown.window, SIZES["1366x768"])
    assert clipped_texts(shown.page) == unnamed_controls(shown.page) == shared_mnemonics(shown.page) == []
    with session.work.step("it runs again", of_held=True) as records:
        records.save(replace(records.get(Meeting, meeting_id), state=MeetingState.IN_SESSION))
    shown.page.refresh()
    assert ui.journal_view.model().rowCount() == 0
    assert "when it is closed" in ui.empty_state.accessibleDescription()
    assert ui.details_scroll.isHidden()


def test_no_action_disclosure_or_minutes_of_the_private_session_can_be_asked_for_in_the_groups_file(
    private: Partnership, tmp_path: Path
) -> None:
    made, _ = create_partnership(tmp_path, [CHAIR], Cost.quick(), now, with_recovery=False)
    meeting_id = held(private.session)
    with made as group:
        session = group.session
        table = round_table(session, show=Show.ALL)
        assert table.rows == () and waiting(session).late_actions == 0
        for words in ("kennel", "shelter", "move", "barlow", "birdie", "rs-001"):
            assert find(session, words) == []
        with session.work.reading() as records:
            assert records.find(Meeting) == [] and records.find(Disclosure) == []
        with group.engine.connect() as connection:
            tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
            rows = [str(tuple(row)) for name in tables for row in connection.execute(text(f"SELECT * FROM {name}"))]
        words = "\n".join(rows)
        assert "Hannah Price" in words  # what the file does hold is found
        for canary in (*NAMES, meeting_id, "kennel", "K.B.", "RS-00"):
            assert canary not in words
