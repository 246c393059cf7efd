"""The ways into an open file and what is asked of it as a whole, header and records kept together."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from csp_desktop.bootstrap.file_kind import place_of
from csp_desktop.bootstrap.file_kinds import file_kind
from csp_desktop.bootstrap.partnership import Founder, GroupsCases, Partnership, create_partnership, open_partnership
from csp_desktop.bootstrap.rollback_checks import LESS_SEEN, shown_key, told, without_this_program
from csp_desktop.domain.cases.cases import Band, Case, CaseStatus, SubjectType
from csp_desktop.domain.common.aliases import unheard
from csp_desktop.domain.common.errors import NotWritable, Refused
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted
from csp_desktop.domain.meeting.actions import Action, ActionState
from csp_desktop.domain.meeting.confidentiality import ClauseKind
from csp_desktop.domain.people.agencies import AgencyKind, Member
from csp_desktop.services.file import file_checks, users
from csp_desktop.services.ports.users import OldWays, Paper, WayIn
from csp_desktop.services.session import Session
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import WrongPassphrase, WrongPlace
from csp_desktop.vault.header import VaultKind
from csp_desktop.vault.recovery import RecoveryKey
from tests.support.fakes import NOON, FixedClock
from tests.support.partnerships import CHAIR, MINUTE_TAKER, PASS, add_agency, agencies
from tests.support.rollback_guards import KeptRollbackGuard

FRESH = "pebble thicket anvil quartz harbour nine"
LEAD = Founder("Ravi Nair", "New Hope", AgencyKind.SUPPORT, "Manager", PASS["second"], (Role.NEW_HOPE_LEAD,))

LETTING_IN = (Role.CHAIR, Role.ADMINISTRATOR, Role.IT_ADMINISTRATOR)


@pytest.fixture
def session(partnership: Partnership) -> Iterator[Session]:
    with partnership:
        yield partnership.session


def opens(folder: Path, name: str, words: str) -> bool:
    try:
        open_partnership(folder, name, words, FixedClock()).close()
    except WrongPassphrase:
        return False
    return True


def user_of(session: Session, name: str) -> str:
    with session.work.reading() as records:
        (member,) = records.find(Member, user_name=name)
        return records.find(User, member_id=member.id)[0].id


def test_the_group_and_the_private_file_differ_in_roles_clauses_and_papers() -> None:
    group, private = file_kind(VaultKind.CPG), file_kind(VaultKind.ROUGH_SLEEPING)
    assert group.managers == LETTING_IN and private.managers == (Role.NEW_HOPE_LEAD,)
    assert Role.NEW_HOPE_DEPUTY not in group.roles and set(private.roles) == {Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY}
    assert ClauseKind.PRIVATE not in group.clauses and private.clauses == (ClauseKind.PRIVATE,)
    assert (group.branch, private.branch) == ("cpg", "rough_sleeping")
    assert private.subject.private and not group.subject.private


def test_each_file_lies_in_its_own_place_and_the_others_is_refused(partnership: Partnership) -> None:
    partnership.close()
    place = place_of(partnership.folder, VaultKind.CPG)
    assert place == partnership.folder / "cpg" == partnership.place
    place.rename(place.with_name("rough-sleeping"))
    with pytest.raises(WrongPlace):
        place_of(partnership.folder, VaultKind.ROUGH_SLEEPING)
    assert place_of(partnership.folder / "elsewhere", VaultKind.CPG).name == "cpg"


def test_everybody_with_a_slot_is_a_way_in_and_decides_by_the_kind_of_file(
    partnership: Partnership, session: Session
) -> None:
    slots = session.users
    assert slots is not None and slots.me == partnership.vault.user_id
    assert set(slots.ways_in().values()) == {WayIn.PASSPHRASE} and len(slots.ways_in()) == 2
    assert (slots.folder, slots.managers) == (partnership.folder, LETTING_IN)
    assert slots.old_ways() == OldWays() and Role.MINUTE_TAKER in slots.roles
    assert [row.name for row in users.users(session)] == [MINUTE_TAKER.name, CHAIR.name]


def test_who_is_let_in_opens_the_file_and_who_got_a_fresh_passphrase_only_with_that(
    partnership: Partnership, session: Session
) -> None:
    with session.work.step("a person") as records:
        (taker,) = records.find(Member, user_name=MINUTE_TAKER.name)
        records.save(Member("maeve", "Maeve Quill", taker.agency_id, "Officer", taker.standing))
    users.add_user(session, "maeve", [Role.MINUTE_TAKER], FRESH, FRESH)
    other = "thimble orchard comet ladder moss seven"
    users.readmit(session, user_of(session, MINUTE_TAKER.name), other, other)
    assert partnership.verify()["ok"]
    partnership.close()
    assert opens(partnership.folder, "Maeve Quill", FRESH) and opens(partnership.folder, MINUTE_TAKER.name, other)
    assert not opens(partnership.folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)


def test_ones_own_passphrase_and_name_are_changed_together_with_the_records(
    partnership: Partnership, session: Session
) -> None:
    users.change_own_name(session, CHAIR.passphrase, "Hannah P")
    users.change_own_passphrase(session, CHAIR.passphrase, FRESH, FRESH)
    with pytest.raises(WrongPassphrase):
        users.change_own_name(session, CHAIR.passphrase, "Suggest another")
    assert partnership.verify()["ok"]
    partnership.close()
    assert opens(partnership.folder, "Hannah P", FRESH)
    assert not opens(partnership.folder, CHAIR.name, FRESH) and not opens(
        partnership.folder, "Hannah P", CHAIR.passphrase
    )


def test_who_is_taken_out_no_longer_opens_it_under_its_new_key_and_everybody_else_does(
    partnership: Partnership, session: Session
) -> None:
    add_agency(session, "Before")
    epoch, told_of = partnership.vault.epoch, list[str]()
    users.remove_user(session, user_of(session, MINUTE_TAKER.name), lambda done, of, words: told_of.append(words))
    assert partnership.vault.epoch == epoch + 1 and told_of[-1] == "Applying the new key"
    add_agency(session, "After")
    assert [row.name for row in users.users(session)] == [CHAIR.name] and partnership.verify()["ok"]
    partnership.close()
    assert not opens(partnership.folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)
    with open_partnership(partnership.folder, CHAIR.name, CHAIR.passphrase, FixedClock()) as again:
        assert {"Before", "After"} <= agencies(again.session) and again.verify()["ok"]


def test_a_removal_given_up_leaves_everything_as_it_was(partnership: Partnership, session: Session) -> None:
    def give_up(done: int, of: int, words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        users.remove_user(session, user_of(session, MINUTE_TAKER.name), give_up)
    add_agency(session, "After")
    files = sorted(path.suffix for path in partnership.place.iterdir() if path.suffix == ".db")
    assert files == [".db"] and partnership.verify()["ok"]
    partnership.close()
    assert opens(partnership.folder, MINUTE_TAKER.name, MINUTE_TAKER.passphrase)


def test_a_new_recovery_key_counts_once_proved_and_the_old_sheet_no_more(
    partnership: Partnership, session: Session
) -> None:
    assert session.users is not None and session.users.paper() is Paper.UNPROVED
    fresh = users.new_paper(session)
    first, second = fresh.groups_to_prove
    typed = {first: fresh.groups[first - 1], second: fresh.groups[second - 1]}
    sheet = " ".join(fresh.groups)
    with pytest.raises(Refused, match="not the two groups"):
        users.put_paper_in_force(session, fresh, {**typed, second: "AAAA"}, unheard)
    users.put_paper_in_force(session, fresh, typed, unheard)
    with pytest.raises(Refused):
        users.prove_paper(session, " ".join(RecoveryKey.new().groups))
    users.prove_paper(session, sheet)
    assert session.users.paper() is Paper.PROVED and partnership.verify()["ok"]


def test_a_check_tells_entries_head_and_the_way_in_without_this_program_but_not_the_key(
    partnership: Partnership, session: Session
) -> None:
    report = file_checks.check_file(session, unheard)
    said = told(report, partnership.vault.database_path)
    number, head = session.work.head()
    assert (said["ok"], said["entries"], said["head"], said["witness"], said["findings"]) == (
        True,
        number,
        head,
        None,
        [],
    )
    assert (said["generation"], said["epoch"]) == (partnership.vault.generation, partnership.vault.epoch)
    key = shown_key(partnership.vault)
    assert len(key) == 64 and key not in str(said)
    opening = without_this_program(partnership.vault.database_path, key)
    assert opening[0].endswith('.db"') and f"x'{key}'" in opening[1]
    assert [f"    {line}" for line in said["opens_with"]] == said["sentences"][-3:]


@pytest.fixture
def rollback_guard() -> KeptRollbackGuard:
    return KeptRollbackGuard()


def seen(folder: Path, clock: FixedClock, rollback_guard: KeptRollbackGuard) -> Partnership:
    return open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock, rollback_guard=rollback_guard)


def test_an_older_copy_is_noticed_until_somebody_says_why(
    partnership: Partnership, clock: FixedClock, rollback_guard: KeptRollbackGuard, tmp_path: Path
) -> None:
    partnership.close()
    shutil.copytree(partnership.folder, tmp_path / "kept")
    with seen(partnership.folder, clock, rollback_guard) as opened:
        assert opened.session.older is None
        add_agency(opened.session, "After")
        number, _ = opened.session.work.head()
    shutil.rmtree(partnership.folder)
    (tmp_path / "kept").rename(partnership.folder)
    clock.at += timedelta(hours=1)
    with seen(partnership.folder, clock, rollback_guard) as older:
        found = older.session.older
        assert found is not None and (found.seen.number, found.seen.at) == (number, NOON)
        assert not older.verify()["ok"]
        file_checks.go_on_with_older_copy(older.session, "the disk failed")
        with older.session.work.reading() as records:
            assert [one.reason for one in records.find(OlderCopyAccepted)] == ["the disk failed"]
    with seen(partnership.folder, clock, rollback_guard) as again:
        assert again.session.older is None


def test_what_this_computer_saw_stands_in_the_report(
    partnership: Partnership, clock: FixedClock, rollback_guard: KeptRollbackGuard
) -> None:
    partnership.close()
    seen(partnership.folder, clock, rollback_guard).close()
    with seen(partnership.folder, clock, rollback_guard) as opened:
        said = opened.verify()
        assert said["witness"]["at"] == NOON.isoformat() and said["witness"]["entry"] == said["entries"]
        assert said["ok"] and LESS_SEEN.partition("{")[0] not in str(said["findings"])


def test_a_clock_far_behind_the_newest_entry_lets_nothing_be_written_until_somebody_says_it_is_right(
    partnership: Partnership, clock: FixedClock
) -> None:
    add_agency(partnership.session, "Before")
    partnership.close()
    behind = FixedClock(clock.at - timedelta(days=2))
    with open_partnership(partnership.folder, CHAIR.name, CHAIR.passphrase, behind) as opened:
        assert opened.session.standing is not None and "behind it" in opened.session.standing.clock_doubt
        with pytest.raises(NotWritable, match="clock"):
            add_agency(opened.session, "Now")


def private_file(folder: Path, clock: FixedClock) -> None:
    made, _ = create_partnership(folder, [LEAD], Cost.quick(), clock, with_recovery=True, kind=VaultKind.ROUGH_SLEEPING)
    made.close()


CASE = Case(
    "oak",
    "SN-2026-000421",
    NOON.date(),
    "",
    SubjectType.VICTIM,
    "MT",
    "",
    "",
    "",
    "",
    44,
    Band.HIGH,
    None,
    False,
    False,
    CaseStatus.OPEN,
    "Oak Way: cuckooing",
)


def test_the_groups_case_is_read_by_ones_own_way_in_and_leaves_no_trace(
    partnership: Partnership, session: Session
) -> None:
    with session.work.step("a case") as records:
        (chair,) = records.find(Member, user_name=CHAIR.name)
        records.save(CASE)
        records.save(Action("x1", "m", 1, "Change the locks", chair.id, None, NOON.date(), case_id="oak"))
        records.save(Action("x2", "m", 2, "Visit", "who left", NOON.date(), NOON.date(), case_id="oak"))
        done = Action("x3", "m", 3, "Done", chair.id, None, NOON.date(), case_id="oak", state=ActionState.DONE)
        records.save(done)
    head = session.work.head()
    cases = GroupsCases(partnership.folder, None)
    shown = cases.look("SN-2026-000421", CHAIR.name, CHAIR.passphrase)
    assert (shown.title, shown.rating) == ("Oak Way: cuckooing", "High 44")
    assert [(action.what, action.officer) for action in shown.actions] == [
        ("Visit", ""),
        ("Change the locks", CHAIR.name),
    ]
    with pytest.raises(Refused, match="has no case SN-2026-000422"):
        cases.look("SN-2026-000422", CHAIR.name, CHAIR.passphrase)
    with pytest.raises(WrongPassphrase):
        cases.look("SN-2026-000421", CHAIR.name, "not this one")
    assert cases.is_here() and session.work.head() == head


def test_without_the_groups_file_there_is_nothing_to_look_at(folder: Path, clock: FixedClock) -> None:
    private_file(folder, clock)
    cases = GroupsCases(folder, None)
    assert not cases.is_here()
    with pytest.raises(Refused):
        cases.look("SN-2026-000421", CHAIR.name, CHAIR.passphrase)
    with open_partnership(folder, LEAD.name, LEAD.passphrase, clock, kind=VaultKind.ROUGH_SLEEPING) as opened:
        assert opened.session.linked_cases is not None and opened.session.roles >= {Role.NEW_HOPE_LEAD}
