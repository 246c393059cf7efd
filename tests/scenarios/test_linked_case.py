"""New Hope's lead looks at the group's case about the same person: by their own way in, and leaves no trace."""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from csp_desktop.bootstrap.partnership import Partnership
from csp_desktop.domain.cases.cases import Case
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.private.linked_case import CaseLook
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.services.private import linked_case, people
from csp_desktop.store.looking import OtherVersion, looking
from csp_desktop.vault import unlock
from csp_desktop.vault.errors import WrongPassphrase
from tests.scenarios.in_session import opened, start_november
from tests.scenarios.test_private_sample import LEAD, opened_privately

REFERENCE = "SN-2026-048537"
ELSEWHERE = """
import sys
from pathlib import Path
from csp_desktop.bootstrap.partnership import GroupsCases
print(GroupsCases(Path(sys.argv[1]), None).look(*sys.argv[2:]).title, end="")
"""


def contents(folder: Path) -> dict[str, str]:
    """Every file by what is in it."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def person_of(private: Partnership) -> RoughSleeper:
    (person,) = (line.person for line in people.people(private.session) if line.person.safety_net)
    assert person.safety_net == REFERENCE
    return person


def test_the_lead_sees_title_rating_and_open_actions_and_the_groups_folder_stays_byte_for_byte(sample: Path):
    before = contents(sample / "cpg")
    with opened_privately(sample) as private:
        assert linked_case.may_look(private.session)
        found = linked_case.look(private.session, person_of(private).id, LEAD["passphrase"])
        assert (found.reference, found.rating, found.status) == (REFERENCE, "Standard 9", "Open")
        assert "Whippendell Road" in found.title
        assert found.actions and all(action.officer for action in found.actions)
    assert contents(sample / "cpg") == before


def test_it_works_beside_the_groups_running_meeting_which_does_not_notice(sample: Path):
    start_november(sample)
    group, _ = opened(sample)
    with group:
        with group.session.work.step("another summary") as records:
            (case,) = records.find(Case, reference=REFERENCE)
            records.save(replace(case, summary="Written a moment ago"))
        head, before = group.work.head(), contents(sample / "cpg")
        assert any(name.endswith("-wal") for name in before)
        words = [sys.executable, "-c", ELSEWHERE, str(sample), REFERENCE, LEAD["name"], LEAD["passphrase"]]
        said = subprocess.run(words, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout  # as the window does
        assert said == "Written a moment ago"
        assert contents(sample / "cpg") == before
        assert group.work.head() == head
        assert group.verify()["ok"]


def test_nothing_can_be_written_through_a_look(sample: Path):
    vault = unlock.open_to_look(sample / "cpg", LEAD["name"], LEAD["passphrase"])
    with looking(vault.database_path, vault.database_key(), "cpg") as engine, engine.connect() as connection:
        with pytest.raises(Refused):
            connection.execute(text("DELETE FROM cases"))
        driver = connection.connection.driver_connection
        assert driver is not None
        with pytest.raises(dbapi2.OperationalError, match="readonly|read-only|attempt to write"):
            driver.execute("DELETE FROM cases")
    vault.close()


def test_a_file_of_another_version_is_left_alone(sample: Path):
    group, _ = opened(sample)
    with group, group.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'cpg_0000'"))
    with opened_privately(sample) as private, pytest.raises(OtherVersion):
        linked_case.look(private.session, person_of(private).id, LEAD["passphrase"])


def test_the_look_is_written_down_in_the_private_file_alone_and_stays_when_undone(sample: Path):
    with opened_privately(sample) as private:
        session = private.session
        linked_case.look(session, person_of(private).id, LEAD["passphrase"])
        session.work.undo()
        with session.work.reading() as records:
            assert [(one.reference, one.by) for one in records.find(CaseLook)] == [(REFERENCE, LEAD["name"])]


def test_who_has_no_way_into_the_groups_file_sees_the_reference_and_why(sample: Path):
    with opened_privately(sample) as private:
        session, person = private.session, person_of(private)
        with pytest.raises(WrongPassphrase):
            linked_case.look(session, person.id, "something else")
        with pytest.raises(Refused, match="Type your passphrase"):
            linked_case.look(session, person.id, "")
        with pytest.raises(WrongPassphrase):
            linked_case.look(replace(session, user_name="Mina Halloran"), person.id, LEAD["passphrase"])
        with pytest.raises(NotAllowed):
            linked_case.look(replace(session, roles=frozenset({Role.MINUTE_TAKER})), person.id, LEAD["passphrase"])
        other = next(line.person for line in people.people(session) if not line.person.safety_net)
        with pytest.raises(Refused, match="No case is linked"):
            linked_case.look(session, other.id, LEAD["passphrase"])
        people.save(session, replace(person, safety_net="SN-2026-000001"))
        with pytest.raises(Refused, match="no case SN-2026-000001"):
            linked_case.look(session, person.id, LEAD["passphrase"])
        with session.work.reading() as records:
            assert records.find(CaseLook) == []


def test_on_a_laptop_with_the_private_file_alone_only_the_reference_shows(sample: Path):
    shutil.rmtree(sample / "cpg")
    with opened_privately(sample) as private:
        assert not linked_case.may_look(private.session)
        with pytest.raises(Refused, match="not in this folder"):
            linked_case.look(private.session, person_of(private).id, LEAD["passphrase"])
