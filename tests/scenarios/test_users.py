"""Who can open the file, on real folders: let in, renewed, taken out while others work, and everything in step."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from csp_desktop.bootstrap.partnership import (
    Founder,
    Partnership,
    create_partnership,
    open_by_recovery,
    open_partnership,
)
from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role, User
from csp_desktop.domain.file.user_fields import NewPassphraseField, UserField
from csp_desktop.domain.meeting.agenda import default_agenda
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.domain.meeting.signing import attend
from csp_desktop.domain.minutes.layout import as_text
from csp_desktop.domain.people.agencies import Agency, AgencyKind, Member, Standing
from csp_desktop.domain.people.settings import Settings
from csp_desktop.gui.meeting.closing import end_stand_ins
from csp_desktop.gui.meeting.room_changes import RoomChangesPage
from csp_desktop.services.file import users as file_users
from csp_desktop.services.meeting import offices
from csp_desktop.services.meeting.closing import close_meeting
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.ports.journal import JournalQuery
from csp_desktop.services.ports.users import Paper
from csp_desktop.services.session import Session
from csp_desktop.store.errors import StoreRefused
from csp_desktop.vault.creation import CreatedVault
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.errors import RecoveryKeyMistyped, WrongPassphrase, WrongRecoveryKey
from csp_desktop.vault.header import VaultKind
from tests.support.fakes import FixedClock
from tests.support.pages import Shown, desk_of
from tests.support.patience import SECONDS

CHAIR = Founder(
    "Ruth Coyle", "Watford Borough Council", AgencyKind.COUNCIL, "Chair", "marble otter lantern hall", (Role.CHAIR,)
)
TAKER = Founder(
    "Dilip Anand",
    "Watford Borough Council",
    AgencyKind.COUNCIL,
    "Officer",
    "velvet canyon spoon reed",
    (Role.MINUTE_TAKER,),
)
FIRST = "copper thistle barge window"
OWN = "seven quiet harbours mend"


def unheard(done: int, total: int, words: str) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CreatedVault]:
    """A partnership of two, made once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("standing") / "partnership"
    partnership, created = create_partnership(folder, [CHAIR, TAKER], Cost.quick(), FixedClock(), with_recovery=True)
    partnership.close()
    return folder, created


@pytest.fixture
def folder(tmp_path: Path, standing: tuple[Path, CreatedVault]) -> Path:
    shutil.copytree(standing[0], tmp_path / "partnership")
    return tmp_path / "partnership"


@pytest.fixture
def made(standing: tuple[Path, CreatedVault]) -> CreatedVault:
    return standing[1]


def opened(folder: Path, name: str = CHAIR.name, passphrase: str = CHAIR.passphrase) -> Partnership:
    return open_partnership(folder, name, passphrase, FixedClock())


def member_of(session: Session, name: str) -> str:
    with session.work.reading() as records:
        home = records.find(Agency)[0]
    member = Member(new_id(), name, home.id, "Officer", Standing.STANDING)
    with session.work.step("a person") as records:
        records.save(member)
    return member.id


def let_in(session: Session, name: str, *roles: Role) -> User:
    return file_users.add_user(session, member_of(session, name), roles or (Role.MINUTE_TAKER,), FIRST, FIRST)


def id_of(session: Session, name: str) -> str:
    return next(row.user.id for row in file_users.users(session) if row.name == name)


def files_of(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "cpg").iterdir() if not file.name.endswith(("-wal", "-shm")))


def test_a_further_person_opens_the_file_and_replaces_the_first_passphrase(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        let_in(partnership.session, "Maeve Quill", Role.ADMINISTRATOR)
        assert [row.name for row in file_users.users(partnership.session)] == [
            "Dilip Anand",
            "Maeve Quill",
            "Ruth Coyle",
        ]
    with opened(folder, "maeve quill", FIRST) as partnership:
        session = partnership.session
        assert (session.user_name, session.roles) == ("Maeve Quill", frozenset({Role.ADMINISTRATOR}))
        assert file_users.must_renew(session)
        with pytest.raises(WrongPassphrase):
            file_users.change_own_passphrase(session, "not this one", OWN, OWN)
        for old, new, again, field in (
            ("", OWN, OWN, UserField.OLD),
            (FIRST, "short", "short", NewPassphraseField.NEW),
            (FIRST, OWN, "", NewPassphraseField.AGAIN),
            (FIRST, FIRST, FIRST, NewPassphraseField.NEW),
        ):
            with pytest.raises(FieldRefused) as refused:
                file_users.change_own_passphrase(session, old, new, again)
            assert refused.value.field == field
        file_users.change_own_passphrase(session, FIRST, OWN, OWN)
        assert not file_users.must_renew(session)
    with pytest.raises(WrongPassphrase):
        opened(folder, "Maeve Quill", FIRST)
    with opened(folder, "Maeve Quill", OWN) as partnership:
        assert partnership.verify()["ok"]


GUESSED = ("Dilip Anand", "watford borough council", "M4eve Quill 2026", "Ruth Coyle Watford Borough Council")


@pytest.mark.parametrize("weak", GUESSED)
def test_no_passphrase_made_of_what_the_register_holds_is_taken_anywhere(
    folder: Path, made: CreatedVault, weak: str
) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        member = member_of(session, "Maeve Quill")
        for chosen in (
            lambda: file_users.add_user(session, member, [Role.CHAIR], weak, weak),
            lambda: file_users.readmit(session, id_of(session, TAKER.name), weak, weak),
            lambda: file_users.change_own_passphrase(session, CHAIR.passphrase, weak, weak),
        ):
            with pytest.raises(FieldRefused, match="names or words that anyone who knows this partnership"):
                chosen()
    before = (folder / "cpg" / "vault.json").read_bytes()
    assert made.recovery_key is not None
    with pytest.raises(Refused, match="names or words that anyone who knows this partnership"):
        open_by_recovery(folder, " ".join(made.recovery_key.groups), CHAIR.name, weak, FixedClock())
    assert (folder / "cpg" / "vault.json").read_bytes() == before, "the passphrase of before still counts"
    opened(folder).close()


def test_whoever_neither_chairs_nor_administers_changes_nobodys_way_in(folder: Path, made: CreatedVault) -> None:
    with opened(folder, TAKER.name, TAKER.passphrase) as partnership:
        session = partnership.session
        member, chair = member_of(session, "Maeve Quill"), id_of(session, CHAIR.name)
        attempts: tuple[Callable[[], object], ...] = (
            lambda: file_users.add_user(session, member, [Role.CHAIR], FIRST, FIRST),
            lambda: file_users.change_roles(session, session.users.me if session.users else "", [Role.CHAIR]),
            lambda: file_users.readmit(session, chair, FIRST, FIRST),
            lambda: file_users.remove_user(session, chair, unheard),
            lambda: file_users.new_paper(session),
        )
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt()
        file_users.change_own_passphrase(session, TAKER.passphrase, OWN, OWN)  # one's own is one's own
    opened(folder, TAKER.name, OWN).close()


def test_somebody_who_can_let_people_in_always_stays(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        me = id_of(session, CHAIR.name)
        with pytest.raises(Refused, match="You cannot remove your own access"):
            file_users.remove_user(session, me, unheard)
        with pytest.raises(Refused, match="Give someone else the role of chair or administrator first"):
            file_users.change_roles(session, me, [Role.MINUTE_TAKER])
        with pytest.raises(FieldRefused):
            file_users.change_roles(session, me, [])
        file_users.change_roles(session, id_of(session, TAKER.name), [Role.ADMINISTRATOR, Role.MINUTE_TAKER])
        file_users.change_roles(session, me, [Role.MINUTE_TAKER])
    with opened(folder) as partnership:
        assert partnership.session.roles == frozenset({Role.MINUTE_TAKER})
    with opened(folder, TAKER.name, TAKER.passphrase) as partnership:
        file_users.remove_user(partnership.session, me, unheard)
        assert [row.name for row in file_users.users(partnership.session)] == [TAKER.name]


def test_a_person_taken_out_is_out_and_the_session_goes_on_in_a_new_file(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session, before = partnership.session, files_of(folder)
        member_of(session, "Before Removal")
        heard: list[str] = []
        file_users.remove_user(session, id_of(session, TAKER.name), lambda done, total, words: heard.append(words))
        assert heard and heard[-1] == "Applying the new key"
        assert partnership.vault.epoch == 2
        after = files_of(folder)
        assert len(after) == len(before) and after != before
        member_of(session, "After Removal")
        with session.work.reading() as records:
            names = {member.name: member for member in records.find(Member)}
        assert {"Before Removal", "After Removal"} < set(names)
        assert (names[TAKER.name].user_name, names[TAKER.name].roles) == ("", ())
        assert partnership.verify()["ok"], partnership.verify()
    with pytest.raises(WrongPassphrase):
        opened(folder, TAKER.name, TAKER.passphrase)
    with opened(folder) as partnership:
        assert partnership.verify()["ok"] and files_of(folder) == after
        assert partnership.session.work.last_step() is not None
    assert made.recovery_key is not None
    with open_by_recovery(folder, " ".join(made.recovery_key.groups), CHAIR.name, OWN, FixedClock()) as partnership:
        assert partnership.verify()["ok"]  # the paper survives a new vault key


def test_while_a_person_is_taken_out_others_read_on_and_no_write_is_lost(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session, user_id = partnership.session, id_of(partnership.session, TAKER.name)
        stop, began, was_refused = threading.Event(), threading.Event(), threading.Event()
        kept: list[str] = []
        refused: list[str] = []
        read: list[int] = []

        def write() -> None:
            while not stop.wait(0.002):  # people pause too: two connections serve everybody
                name = f"Agency {len(kept)} {len(refused)}"
                try:
                    with session.work.step("an agency") as records:
                        records.save(Agency(new_id(), name, "", AgencyKind.OTHER))
                    kept.append(name)
                except StoreRefused as no:
                    refused.append(no.sentence)
                    was_refused.set()
                began.set()

        def look() -> None:
            while not stop.wait(0.002):  # people pause too: two connections serve all
                with session.work.reading() as records:
                    read.append(len(records.find(Agency)))

        def heard(done: int, total: int, words: str) -> None:
            if words == "Copying the file":
                assert was_refused.wait(SECONDS), "whoever writes meanwhile is told"

        threads = [threading.Thread(target=write), threading.Thread(target=look)]
        for thread in threads:
            thread.start()
        try:
            assert began.wait(SECONDS)
            file_users.remove_user(session, user_id, heard)
            until = len(kept) + 3
            while len(kept) < until:
                began.clear()
                assert began.wait(SECONDS)
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert refused and "key is being changed" in refused[0] and read == sorted(read)
        with session.work.reading() as records:
            there = {agency.name for agency in records.find(Agency)}
        assert set(kept) <= there
    with opened(folder) as partnership:
        assert partnership.verify()["ok"]


def test_cancelled_or_failed_before_the_key_is_in_force_nothing_has_changed(folder: Path, made: CreatedVault) -> None:
    class Enough(Exception):
        pass

    steps: list[str] = []
    with opened(folder) as partnership:
        session, user_id = partnership.session, id_of(partnership.session, TAKER.name)
        for last in range(50):
            heard: list[str] = []

            def stop(done: int, total: int, words: str, heard: list[str] = heard, last: int = last) -> None:
                heard.append(words)
                if len(heard) > last:
                    raise Enough

            before = files_of(folder)
            try:
                file_users.remove_user(session, user_id, stop)
            except Enough:
                assert files_of(folder) == before and partnership.vault.epoch == 1
                member_of(session, f"Person {last}")  # one can go on
                assert TAKER.name in [row.name for row in file_users.users(session)]
                steps.append(heard[-1])
                continue
            break
    assert len(steps) >= 3 and steps[-1] == "Applying the new key"
    with pytest.raises(WrongPassphrase):
        opened(folder, TAKER.name, TAKER.passphrase)


def test_a_lost_passphrase_is_mended_by_another_person(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        file_users.readmit(session, id_of(session, TAKER.name), FIRST, FIRST)
        with pytest.raises(Refused, match="This is you"):
            file_users.readmit(session, id_of(session, CHAIR.name), FIRST, FIRST)
    with pytest.raises(WrongPassphrase):
        opened(folder, TAKER.name, TAKER.passphrase)
    with opened(folder, TAKER.name, FIRST) as partnership:
        assert file_users.must_renew(partnership.session)
        assert partnership.session.roles == frozenset({Role.MINUTE_TAKER})


def test_one_can_be_called_otherwise(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        with pytest.raises(FieldRefused):
            file_users.change_own_name(session, CHAIR.passphrase, "dilip ANAND")
        with pytest.raises(WrongPassphrase):
            file_users.change_own_name(session, "wrong", "Ruth Coyle-Bennett")
        file_users.change_own_name(session, CHAIR.passphrase, "Ruth Coyle-Bennett")
    with pytest.raises(WrongPassphrase):
        opened(folder)
    with opened(folder, "ruth coyle-bennett") as partnership:
        assert partnership.session.user_name == "Ruth Coyle-Bennett"
        assert partnership.session.roles == frozenset({Role.CHAIR})


def test_the_name_one_unlocks_with_is_kept_composed_and_holds_nothing_unseen(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        with pytest.raises(FieldRefused, match="zero-width space"):
            file_users.change_own_name(session, CHAIR.passphrase, "José\u200b Coyle")
        file_users.change_own_name(session, CHAIR.passphrase, " Jose\u0301  Coyle ")
        with session.work.reading() as records:
            assert "José Coyle" in {member.user_name for member in records.find(Member)}
    opened(folder, "José Coyle").close()


def test_two_users_of_one_name_are_refused_at_the_field(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        twin = member_of(session, "DILIP  Anand")
        with pytest.raises(FieldRefused) as refused:
            file_users.add_user(session, twin, [Role.MINUTE_TAKER], FIRST, FIRST)
        assert refused.value.field == UserField.NAME
        for member, roles, field in (
            ("", [Role.CHAIR], UserField.PERSON),
            (member_of(session, "Maeve Quill"), [], UserField.ROLES),
        ):
            with pytest.raises(FieldRefused) as refused:
                file_users.add_user(session, member, roles, FIRST, FIRST)
            assert refused.value.field == field
        assert len(file_users.users(session)) == 2


def test_a_header_that_cannot_be_written_leaves_no_half_user(
    folder: Path, made: CreatedVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as partnership:
        session = partnership.session

        def full(*_: object) -> None:
            raise StoreRefused("The disk is full.")

        monkeypatch.setattr(type(partnership.vault), "_change_slots", full)
        with pytest.raises(StoreRefused):
            let_in(session, "Maeve Quill")
        monkeypatch.undo()
        assert len(file_users.users(session)) == 2
        with session.work.reading() as records:
            assert len(records.find(User)) == 2
            assert "Maeve Quill" not in [member.user_name for member in records.find(Member)]


def test_a_crash_between_header_and_register_is_put_right_at_the_next_opening(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:  # let in, but the slot never came
        session = partnership.session
        member_id = member_of(session, "Maeve Quill")
        with session.work.step("a crash", undoable=False, of_held=True) as records:
            records.save(User(new_id(), member_id, session.today, session.today))
    with opened(folder) as partnership:
        session = partnership.session
        with session.work.reading() as records:
            assert len(records.find(User)) == 2
        assert session.users is not None
        session.users.rename(CHAIR.passphrase, "Ruth Bennett")  # the register never heard of it
    with opened(folder, "Ruth Bennett") as partnership:
        assert partnership.session.user_name == "Ruth Bennett"
        assert partnership.session.roles == frozenset({Role.CHAIR})


def test_the_recovery_key_is_proved_later_and_made_anew(folder: Path, made: CreatedVault) -> None:
    assert made.recovery_key is not None
    old = " ".join(made.recovery_key.groups)
    with opened(folder) as partnership:
        session = partnership.session
        users = session.users
        assert users is not None and users.paper() is Paper.UNPROVED
        with pytest.raises(FieldRefused):
            file_users.prove_paper(session, " ")
        with pytest.raises(RecoveryKeyMistyped):
            file_users.prove_paper(session, old[:-1] + ("0" if old[-1] != "0" else "1"))
        file_users.prove_paper(session, old.lower())
        assert users.paper() is Paper.PROVED
        paper = file_users.new_paper(session)
        first, second = paper.groups_to_prove
        with pytest.raises(FieldRefused):
            file_users.put_paper_in_force(session, paper, {first: paper.groups[first - 1], second: "x"}, unheard)
        assert partnership.vault.epoch == 1
        groups = list(paper.groups)
        typed = {number: groups[number - 1] for number in (first, second)}
        file_users.put_paper_in_force(session, paper, typed, unheard)
        assert partnership.vault.epoch == 2 and users.paper() is Paper.PROVED
        assert partnership.verify()["ok"]
        with pytest.raises(WrongRecoveryKey):
            file_users.prove_paper(session, old)
    with pytest.raises(WrongRecoveryKey):
        open_by_recovery(folder, old, CHAIR.name, OWN, FixedClock())
    opened(folder, TAKER.name, TAKER.passphrase).close()
    open_by_recovery(folder, " ".join(groups), CHAIR.name, OWN, FixedClock()).close()


def test_the_private_file_has_users_of_its_own_whom_its_lead_lets_in_and_takes_out(tmp_path: Path) -> None:
    new_hope = ("New Hope", AgencyKind.SUPPORT)
    lead = Founder("Ravi Nair", *new_hope, "Lead", CHAIR.passphrase, (Role.NEW_HOPE_LEAD,))
    deputy = Founder("Joy Okafor", *new_hope, "Worker", TAKER.passphrase, (Role.NEW_HOPE_DEPUTY,))
    kind, folder = VaultKind.ROUGH_SLEEPING, tmp_path / "partnership"
    people = [lead, deputy]
    made, _ = create_partnership(folder, people, Cost.quick(), FixedClock(), with_recovery=False, kind=kind)
    made.close()
    with open_partnership(folder, deputy.name, deputy.passphrase, FixedClock(), kind=kind) as partnership:
        theirs, session = id_of(partnership.session, lead.name), partnership.session
        pytest.raises(NotAllowed, file_users.remove_user, session, theirs, unheard)
    with open_partnership(folder, lead.name, lead.passphrase, FixedClock(), kind=kind) as partnership:
        session = partnership.session
        assert session.users is not None and session.users.roles == (Role.NEW_HOPE_LEAD, Role.NEW_HOPE_DEPUTY)
        file_users.remove_user(session, id_of(session, deputy.name), unheard)
        let_in(session, "Maeve Quill", Role.NEW_HOPE_DEPUTY)
        assert partnership.vault.epoch == 2 and partnership.verify()["ok"]
    with pytest.raises(WrongPassphrase):
        open_partnership(folder, deputy.name, deputy.passphrase, FixedClock(), kind=kind)
    open_partnership(folder, "Maeve Quill", FIRST, FixedClock(), kind=kind).close()


def running_meeting_of(session: Session) -> str:
    """A meeting in session, at which everybody of the register has signed."""
    with session.work.reading() as records:
        people = sorted(records.find(Member), key=lambda one: one.name)[::-1]  # Ruth chairs
        agency = records.find(Agency)[0]
    meeting = Meeting(
        "m",
        MeetingKind.CPG,
        session.today,
        time(14),
        time(16),
        "Hall",
        people[0].id,
        people[-1].id,
        MeetingState.IN_SESSION,
        started_at=session.now(),
    )
    with session.work.step("a meeting", undoable=False) as records:
        records.save(meeting)
        for item in default_agenda(meeting, Settings()):
            records.save(item)
        for one in people:
            row = attend(meeting, one, agency, Settings(), session.today)
            records.save(replace(row, arrived_at=session.now(), signed_at=session.now()))
    return meeting.id


def test_a_stand_in_minute_taker_s_access_ends_with_the_meeting(folder: Path, made: CreatedVault) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        maeve = member_of(session, "Maeve Quill")
        meeting_id = running_meeting_of(session)
        user = offices.let_stand_in(session, meeting_id, maeve, FIRST, FIRST)
        assert user is not None and user.ends_with_id == meeting_id
        assert file_users.end_access(session, unheard) == 0  # while it runs
        assert {row.name: row.until for row in file_users.users(session)}["Maeve Quill"] == session.today
    before = files_of(folder)
    with opened(folder, "Maeve Quill", FIRST) as partnership:
        session = partnership.session
        assert session.roles == frozenset({Role.MINUTE_TAKER})
        close_meeting(session, meeting_id, reason="it was late")
        assert file_users.end_access(session, unheard) == 1  # by their own hand, as it was decided
        assert session.users is not None and user.id not in session.users.ways_in()
        with session.work.reading() as records:
            assert not records.find(User, id=user.id)
        assert "Minutes taken by" in as_text(draft_minutes(session, meeting_id))  # until they lock it
    with pytest.raises(WrongPassphrase):
        opened(folder, "Maeve Quill", FIRST)
    assert files_of(folder) != before  # another key, another file
    with opened(folder) as partnership:
        assert [row.name for row in file_users.users(partnership.session)] == ["Dilip Anand", "Ruth Coyle"]
        assert partnership.verify()["ok"]
        journal = partnership.session.journal
        assert journal is not None
        told = [step.words for step in journal.page(JournalQuery(), 0, 20)]
        assert "a stand-in, whose access ended with the meeting" in told


def test_an_access_that_ended_while_the_program_was_killed_is_taken_away_at_the_next_unlock(
    folder: Path, made: CreatedVault
) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        maeve = member_of(session, "Maeve Quill")
        meeting_id = running_meeting_of(session)
        offices.let_stand_in(session, meeting_id, maeve, FIRST, FIRST)
        close_meeting(session, meeting_id, reason="it was late")
    with pytest.raises(Refused, match="until the end of the meeting"):
        opened(folder, "Maeve Quill", FIRST)
    with opened(folder) as partnership:
        assert "Maeve Quill" not in [row.name for row in file_users.users(partnership.session)]
        assert partnership.verify()["ok"]
    with pytest.raises(WrongPassphrase):
        opened(folder, "Maeve Quill", FIRST)


def test_only_who_may_let_people_in_lets_a_stand_in_in_and_nothing_is_changed_by_a_refusal(
    folder: Path, made: CreatedVault
) -> None:
    with opened(folder, TAKER.name, TAKER.passphrase) as partnership:
        session = partnership.session
        maeve = member_of(session, "Maeve Quill")
        meeting_id = running_meeting_of(session)
        with pytest.raises(NotAllowed):
            offices.let_stand_in(session, meeting_id, maeve, FIRST, FIRST)
        assert offices.offices(session, meeting_id)[1].name != "Maeve Quill"
    with opened(folder) as partnership:
        session = partnership.session
        with pytest.raises(FieldRefused):
            offices.let_stand_in(session, meeting_id, maeve, "short", "short")
        assert len(file_users.users(session)) == 2 and offices.offices(session, meeting_id)[1].name != "Maeve Quill"


def test_a_stand_in_is_let_in_by_key_in_the_room_and_shut_out_as_the_meeting_is_closed(
    folder: Path, made: CreatedVault, qtbot: QtBot
) -> None:
    with opened(folder) as partnership:
        session = partnership.session
        maeve = member_of(session, "Maeve Quill")
        meeting_id = running_meeting_of(session)
        desk = desk_of(session)
        page = RoomChangesPage(desk)
        shown = Shown(qtbot, page, desk, "people", QSize(1366, 768))
        ui = page._ui
        ui.people_view.set_current(maeve)
        QTest.keyClick(ui.people_view, Qt.Key.Key_M)
        assert ui.stack.currentWidget() is ui.stand_in_page and ui.let_in_button.hasFocus()
        ui.first_edit.setText(FIRST)
        QTest.keyClick(ui.let_in_button, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: "Maeve Quill" in [row.name for row in file_users.users(session)])
        qtbot.waitUntil(lambda: "until the meeting is closed" in ui.done_bar.text())
        assert offices.offices(session, meeting_id)[1].name == "Maeve Quill" and not ui.first_edit.text()
        close_meeting(session, meeting_id, reason="it was late")
        end_stand_ins(desk)
        qtbot.waitUntil(lambda: "Maeve Quill" not in [row.name for row in file_users.users(session)])
        shown.page.left()
        desk.tasks.close()
    with pytest.raises(WrongPassphrase):
        opened(folder, "Maeve Quill", FIRST)
