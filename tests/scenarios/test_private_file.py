"""The private meeting's file on the real encrypted engine: its own key, its own tables, its own journal."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csp_desktop.bootstrap.partnership import Founder, Partnership, create_partnership, is_sample, open_partnership
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.domain.private.outcomes import PersonOutcome
from csp_desktop.services.private import people, register
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import NotAVault, WrongPassphrase
from csp_desktop.vault.header import VaultKind
from tests.support.private_session import DAY, LEAD, MEMBERS, PEOPLE, begun, member_named, row_of

NOW = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)
PRIVATE = VaultKind.ROUGH_SLEEPING
LEADER = Founder(LEAD, "New Hope", AgencyKind.SUPPORT, "Outreach lead", "lantern orchard", (Role.NEW_HOPE_LEAD,))
CHAIR = Founder("Hannah Price", "Council", AgencyKind.COUNCIL, "Chair", "copper meadow", (Role.CHAIR,))


def now() -> datetime:
    return NOW


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    made, _ = create_partnership(tmp_path, [LEADER], Cost.quick(), now, with_recovery=False, kind=PRIVATE)
    _fill(made)
    return made


def _fill(made: Partnership) -> None:
    for name, agency, kind in MEMBERS[1:]:
        register.save_member(made.session, "", name, agency, kind)
    for person, worker in PEOPLE:
        kept = people.add(made.session, person)
        people.involve(made.session, kept.id, member_named(made.session, worker).id, DAY, "key worker")


def test_the_program_starts_on_a_folder_that_holds_only_the_private_file(partnership: Partnership, tmp_path: Path):
    with partnership:
        assert [path.name for path in tmp_path.iterdir()] == ["rough-sleeping"]
    with open_partnership(tmp_path, LEAD, LEADER.passphrase, now, kind=PRIVATE) as again:
        assert [line.person.name for line in people.people(again.session)] == [name for name, _ in PEOPLE]
        assert again.verify()["ok"]
    with pytest.raises(NotAVault):
        open_partnership(tmp_path, LEAD, LEADER.passphrase, now)


def test_a_slot_of_one_file_does_not_open_the_other(partnership: Partnership, tmp_path: Path):
    partnership.close()
    made, _ = create_partnership(tmp_path, [CHAIR], Cost.quick(), now, with_recovery=False)
    made.close()
    with pytest.raises(WrongPassphrase):
        open_partnership(tmp_path, CHAIR.name, CHAIR.passphrase, now, kind=PRIVATE)
    with pytest.raises(WrongPassphrase):
        open_partnership(tmp_path, LEAD, LEADER.passphrase, now)


def test_a_whole_session_on_the_encrypted_file_is_journalled_there_and_sound(partnership: Partnership, tmp_path: Path):
    with partnership:
        session = partnership.session
        sitting = begun(session, LEAD, "PC Sara Lyle", "Ewa Lukasik")
        with pytest.raises(Refused, match="Ewa Lukasik"):
            sitting.open_person()
        from csp_desktop.services.private import room

        room.leave(session, row_of(session, sitting.meeting_id, "Ewa Lukasik").id)
        assert sitting.open_person().page.person.name == "Kit Barlow"
        sitting.keep_typing("Left A&E early.")
        sitting.agree("sl tell the shifts thu")
        sitting.choose(PersonOutcome.CONTINUE)
        sitting.accept()
        sitting.close()
        assert partnership.verify()["ok"]


def test_the_minute_taker_of_the_group_has_no_rights_over_people_here(partnership: Partnership):
    with partnership:
        taker = replace(partnership.session, roles=frozenset({Role.MINUTE_TAKER}))
        with pytest.raises(Refused, match="Only the New Hope lead"):
            people.people(taker)


def test_a_header_that_cannot_be_read_is_no_sample_and_says_so_only_when_unlocking(
    partnership: Partnership, tmp_path: Path
):
    partnership.close()
    (tmp_path / "rough-sleeping" / "vault.json").write_text("{}")
    assert not is_sample(tmp_path, PRIVATE)
    with pytest.raises(Refused):
        open_partnership(tmp_path, LEAD, LEADER.passphrase, now, kind=PRIVATE)
