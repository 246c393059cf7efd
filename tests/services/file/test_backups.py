"""Backups: where they may go, what is remembered of them, and what Home says when one is missing, old or failed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, NotWritable, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind, SafekeepingRules
from csp_desktop.domain.file.user_fields import UnlockField
from csp_desktop.domain.meeting.meeting import Meeting, MeetingKind, MeetingState
from csp_desktop.services.file import backups
from csp_desktop.services.home.home_needs import Need
from csp_desktop.services.ports.backups import BackupFile, TriedBackup
from csp_desktop.services.session import Session
from tests.support.fakes import NOON, FakeStanding, FixedClock, fake_session
from tests.support.private_session import private_session

STICK = Path("stick")
TRIED = TriedBackup(NOON - timedelta(days=3), 812, (("cases", 46),))


@dataclass
class FakeBackups:
    """A stick of backups, the newest first; `refuses` is said instead of writing."""

    files: list[BackupFile] = field(default_factory=list)
    refuses: str = ""
    places: list[Path] = field(default_factory=list)
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def refuse_folder(self, folder: Path) -> None:
        if folder == Path("inside"):
            raise Refused("Backups cannot lie in the partnership's own folder.")

    def warning(self, folder: Path) -> str:
        return ""

    def write(self, folder: Path, progress: Any) -> BackupFile:
        if self.refuses:
            raise Refused(self.refuses)
        self.places.append(folder)
        made = BackupFile(folder / f"{len(self.places)}.cspbackup", NOON, 4096)
        self.files.insert(0, made)
        return made

    def rescue(self, folder: Path, progress: Any) -> BackupFile:
        return self.write(folder, progress)

    def listed(self, folder: Path) -> Sequence[BackupFile]:
        return [file for file in self.files if file.path.parent == folder]

    def remove(self, backup: BackupFile) -> None:
        self.files.remove(backup)

    def try_out(self, file: Path, name: str, secret: str, progress: Any) -> TriedBackup:
        self.asked.append(("try", file, name, secret))
        return TRIED

    def prepare_restore(self, file: Path, name: str, secret: str, progress: Any) -> TriedBackup:
        self.asked.append(("restore", file, name, secret))
        return TRIED


def session_with(*roles: Role, work: Any = None, **more: Any) -> Session:
    session = fake_session(work, now=FixedClock(), roles=frozenset(roles or (Role.CHAIR,)))
    return replace(session, backups=FakeBackups(), **more)


def stick_of(session: Session) -> FakeBackups:
    assert isinstance(session.backups, FakeBackups)
    return session.backups


def noted(session: Session, kind: SafeCopyKind, days_ago: float, **facts: Any) -> None:
    with session.work.step("copy") as records:
        records.save(SafeCopy(f"{kind.name}-{days_ago}", kind, NOON - timedelta(days=days_ago), "Ruth Coyle", **facts))


def met(session: Session, days_ago: int) -> None:
    at = NOON - timedelta(days=days_ago)
    meeting = Meeting("m", MeetingKind.CPG, at.date(), time(14), time(16), "Town Hall", "", "")
    with session.work.step("meeting") as records:
        records.save(replace(meeting, state=MeetingState.CLOSED, closed_at=at))


def needs(session: Session) -> list[Need]:
    with session.work.reading() as records:
        return backups.safekeeping_needs(session, records)


def test_the_file_is_put_back_or_given_away_by_chair_and_administrator_the_private_one_by_its_lead() -> None:
    for role in (Role.CHAIR, Role.ADMINISTRATOR):
        backups.require_keeper_of_file(session_with(role))
    with pytest.raises(NotAllowed):
        backups.require_keeper_of_file(session_with(Role.MINUTE_TAKER))
    backups.require_keeper_of_file(private_session())
    with pytest.raises(NotAllowed):
        backups.require_keeper_of_file(private_session(roles=frozenset({Role.NEW_HOPE_DEPUTY})))


def test_a_backup_is_made_by_the_minute_taker_too_and_in_the_private_file_by_the_deputy() -> None:
    for role in (Role.CHAIR, Role.ADMINISTRATOR, Role.MINUTE_TAKER):
        backups.require_writer(session_with(role))
    with pytest.raises(NotAllowed):
        backups.require_writer(session_with(Role.NEW_HOPE_LEAD))
    backups.require_writer(private_session(roles=frozenset({Role.NEW_HOPE_DEPUTY})))


def test_the_defaults_hold_until_somebody_changes_them() -> None:
    session = session_with(Role.MINUTE_TAKER)
    assert backups.safety(session).rules == SafekeepingRules()
    after = backups.change_rules(session, kept=3, folder="stick", trial_days=30)
    assert after == backups.safety(session).rules == SafekeepingRules(kept=3, folder="stick", trial_days=30)
    with pytest.raises(NotAllowed):
        backups.change_rules(session_with(Role.NEW_HOPE_LEAD), kept=3)


@pytest.mark.parametrize(("name", "least", "most"), [("kept", 2, 99), ("trial_days", 7, 366), ("quiet_days", 1, 366)])
def test_a_rule_beyond_its_limits_is_refused_and_one_at_them_is_kept(name: str, least: int, most: int) -> None:
    session = session_with()
    for value in (least, most):
        assert getattr(backups.change_rules(session, **{name: value}), name) == value
    for value in (least - 1, most + 1):
        with pytest.raises(Refused, match=str(most)):
            backups.change_rules(session, **{name: value})
    assert getattr(backups.safety(session).rules, name) == most


def test_a_folder_backups_must_not_go_to_is_refused() -> None:
    session = session_with()
    with pytest.raises(Refused, match="own folder"):
        backups.change_rules(session, folder="inside")
    assert backups.safety(session).rules.folder == ""


def test_a_backup_goes_to_the_chosen_folder_and_is_remembered() -> None:
    session = session_with()
    with pytest.raises(Refused, match="Choose the folder"):
        backups.back_up(session, print)
    backups.change_rules(session, folder="stick")
    made = backups.back_up(session, print)
    assert (made.kind, made.file, made.place, made.size) == (SafeCopyKind.BACKUP, "1.cspbackup", "stick", 4096)
    assert (made.at, made.by) == (NOON, "Ruth Coyle")
    assert [file.why for file in stick_of(session).files] == [""]  # only a whole copy kept beside the file says why
    assert backups.safety(session).backup == made and backups.safety(session).failure is None


def test_a_backup_may_go_elsewhere_this_once() -> None:
    session = session_with()
    assert backups.back_up(session, print, Path("drive")).place == "drive"
    assert backups.safety(session).rules.folder == ""


def test_the_newest_backups_are_kept_and_the_rest_taken_away() -> None:
    session = session_with()
    backups.change_rules(session, folder="stick", kept=2)
    elsewhere = BackupFile(Path("drive/0.cspbackup"), NOON, 1)
    stick_of(session).files.append(elsewhere)
    for _ in range(4):
        backups.back_up(session, print)
    assert [file.path.name for file in stick_of(session).files] == ["4.cspbackup", "3.cspbackup", "0.cspbackup"]


def test_a_backup_that_failed_is_remembered_with_its_reason_until_one_is_made() -> None:
    clock = FixedClock()
    session = session_with(now=clock)
    backups.change_rules(session, folder="stick")
    stick_of(session).refuses = "The stick is full."
    with pytest.raises(Refused, match="full"):
        backups.back_up(session, print)
    failure = backups.safety(session).failure
    assert failure is not None
    assert (failure.file, failure.place, failure.note) == ("", "stick", "The stick is full.")
    stick_of(session).refuses = ""
    clock.advance(minutes=1)
    backups.back_up(session, print)
    assert backups.safety(session).failure is None


def test_no_backup_is_made_where_the_file_is_not_in_its_place_or_by_somebody_else() -> None:
    gone = session_with(standing=FakeStanding(lost="The folder is no longer there."))
    with pytest.raises(NotWritable, match="no longer there"):
        backups.back_up(gone, print, STICK)
    with pytest.raises(NotWritable):
        backups.try_backup(gone, STICK / "1.cspbackup", "Ruth", "secret", print)
    with pytest.raises(NotAllowed):
        backups.back_up(session_with(Role.NEW_HOPE_LEAD), print, STICK)
    with pytest.raises(Refused, match="Open the partnership's file first"):
        backups.back_up(fake_session(), print, STICK)


def test_where_the_file_is_only_read_a_backup_is_made_but_not_remembered() -> None:
    session = session_with(standing=FakeStanding(reading_only="It is open for reading."))
    made = backups.back_up(session, print, STICK)
    assert (made.kind, made.file) == (SafeCopyKind.BACKUP, "1.cspbackup")
    assert backups.safety(session).history == () and stick_of(session).places == [STICK]


def test_a_tried_backup_is_remembered_with_its_day() -> None:
    session = session_with(Role.MINUTE_TAKER)
    assert backups.try_backup(session, STICK / "1.cspbackup", "Ruth", "secret", print) is TRIED
    tried = backups.safety(session).trial
    assert tried is not None
    assert (tried.file, tried.place, tried.made_at) == ("1.cspbackup", "stick", TRIED.made_at)
    assert stick_of(session).asked == [("try", STICK / "1.cspbackup", "Ruth", "secret")]


def test_going_back_to_a_backup_is_for_the_keeper_and_needs_name_and_secret() -> None:
    session = session_with(Role.ADMINISTRATOR)
    assert backups.prepare_restore(session, STICK / "1.cspbackup", "Ruth", "secret", print) is TRIED
    for name, secret, at in ((" ", "secret", UnlockField.NAME), ("Ruth", " ", UnlockField.SECRET)):
        for act in (backups.prepare_restore, backups.try_backup):
            with pytest.raises(FieldRefused) as refused:
                act(session, STICK / "1.cspbackup", name, secret, print)
            assert refused.value.field == at
    with pytest.raises(NotAllowed):
        backups.prepare_restore(session_with(Role.MINUTE_TAKER), STICK, "Ruth", "secret", print)
    for standing in (FakeStanding(reading_only="Reading."), FakeStanding(clock_doubt="The clock is wrong.")):
        with pytest.raises(NotWritable):
            backups.prepare_restore(replace(session, standing=standing), STICK, "Ruth", "secret", print)
    assert len(stick_of(session).asked) == 1


def test_after_a_meeting_a_backup_follows_where_a_folder_is_chosen_and_nobody_switched_it_off() -> None:
    session = session_with()
    assert not backups.is_due_after_meeting(session)
    backups.change_rules(session, folder="stick")
    assert backups.is_due_after_meeting(session)
    assert not backups.is_due_after_meeting(replace(session, backups=None))
    backups.change_rules(session, after_meetings=False)
    assert not backups.is_due_after_meeting(session)


def test_the_history_is_of_copies_the_newest_first_without_saved_minutes() -> None:
    session = session_with()
    noted(session, SafeCopyKind.BACKUP, 9)
    noted(session, SafeCopyKind.TRIED, 2)
    noted(session, SafeCopyKind.MINUTES, 1)
    history = backups.safety(session).history
    assert [copy.kind for copy in history] == [SafeCopyKind.TRIED, SafeCopyKind.BACKUP]


def test_home_says_nothing_before_there_is_anything_to_lose() -> None:
    session = session_with()
    assert needs(session) == []
    met(session, 0)
    assert needs(replace(session, backups=None)) == []
    assert [need.title for need in needs(session)] == ["No backup yet"]


def test_home_says_when_there_was_never_a_backup_and_where_to_begin() -> None:
    session = session_with()
    met(session, 2)
    (need,) = needs(session)
    assert (need.tone, need.title, need.when) == ("high", "No backup yet", "never")
    assert need.detail == "Choose where backups go, for example a USB stick"
    backups.change_rules(session, folder="stick")
    assert needs(session)[0].detail == "The last meeting is not backed up"


def test_home_says_that_the_last_meeting_is_in_no_backup() -> None:
    session = session_with()
    backups.change_rules(session, folder="stick")
    noted(session, SafeCopyKind.BACKUP, 5)
    noted(session, SafeCopyKind.TRIED, 5)
    met(session, 2)
    (need,) = needs(session)
    assert (need.tone, need.title, need.detail) == (
        "medium",
        "No backup since Sat 21 Nov",
        "The last meeting is not backed up",
    )


def test_home_says_when_the_last_backup_is_older_than_the_rule() -> None:
    session = session_with()
    backups.change_rules(session, folder="stick", quiet_days=31)
    noted(session, SafeCopyKind.TRIED, 31)
    noted(session, SafeCopyKind.BACKUP, 31)
    met(session, 40)
    assert needs(session) == []
    noted(session, SafeCopyKind.BACKUP, 30.9)
    backups.change_rules(session, quiet_days=30)
    (need,) = needs(session)
    assert (need.tone, need.detail) == ("high", "Connect the USB stick and back up now")


def test_home_says_that_the_last_backup_failed_and_why() -> None:
    session = session_with()
    backups.change_rules(session, folder="stick")
    noted(session, SafeCopyKind.BACKUP, 2)
    noted(session, SafeCopyKind.FAILED, 1, note="The stick is full.")
    (need,) = needs(session)
    assert (need.tone, need.title, need.detail, need.when) == (
        "high",
        "No backup since Tue 24 Nov",
        "The stick is full.",
        "failed",
    )


@pytest.mark.parametrize(
    ("first", "tried", "said"),
    [
        (90, None, ""),
        (91, None, "No backup has been checked yet"),
        (300, 90, ""),
        (300, 91, "Last checked on Thu 27 Aug"),
    ],
)
def test_home_asks_for_a_trial_once_the_days_have_passed(first: int, tried: int | None, said: str) -> None:
    session = session_with()
    noted(session, SafeCopyKind.BACKUP, first)
    noted(session, SafeCopyKind.BACKUP, 1)
    if tried is not None:
        noted(session, SafeCopyKind.TRIED, tried)
    found = [(need.title, need.detail) for need in needs(session)]
    assert found == ([("Check that a backup opens", said)] if said else [])


def test_home_names_a_hand_over_that_could_still_be_taken_over() -> None:
    left: Any = type("Left", (), {"hand_over": lambda self: "It lies in Downloads."})()
    (need,) = needs(session_with(left_copies=left))
    assert (need.title, need.detail) == ("An old handover file can still be opened elsewhere", "It lies in Downloads.")
    left = type("Left", (), {"hand_over": lambda self: ""})()
    assert needs(session_with(left_copies=left)) == []


def test_a_day_is_told_as_it_was_at_the_table() -> None:
    session = session_with()
    at = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in London
    with session.work.step("copy") as records:
        records.save(SafeCopy("b", SafeCopyKind.BACKUP, at, "Ruth Coyle"))
        records.save(SafeCopy("t", SafeCopyKind.TRIED, NOON, "Ruth Coyle"))
    assert [need.title for need in needs(session)] == ["No backup since Thu 2 Jul"]
