"""The open file as a whole: checked, gone on with though older, rescued, and its earlier copies deleted."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.common.errors import NotAllowed, NotWritable, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind, SafekeepingRules
from csp_desktop.domain.file.rollback_guard import OlderCopy, OlderCopyAccepted, Seen
from csp_desktop.services.file import file_checks, file_standing, left_copies, unsent_text
from csp_desktop.services.ports.backups import BackupFile, EarlierCopy
from csp_desktop.services.ports.file import CheckReport
from csp_desktop.services.session import Session
from tests.support.fakes import NOON, FakeStanding, FixedClock, fake_session

SEEN = Seen(4, 812, "f" * 16, datetime(2026, 11, 20, 9, 5, tzinfo=UTC))
REPORT = CheckReport((), 812, "f" * 16, 4, 1, SEEN)
COPIES = (
    EarlierCopy(Path("p/before a restore 2026-11-02"), "before a restore", date(2026, 11, 2), 4096),
    EarlierCopy(Path("p/before an update 2026-03-29"), "before an update", date(2026, 3, 29), 2048),
)


@dataclass
class FakeChecks:
    """Finds what it is told to."""

    report: CheckReport = REPORT

    def check(self, progress: Any) -> CheckReport:
        progress(1, 1, "checked")
        return self.report

    def keep_seen(self) -> bool:
        return True


@dataclass
class FakeRescue:
    """Writes a copy wherever it is not told to refuse."""

    full: tuple[Path, ...] = ()
    gone: tuple[Path, ...] = ()
    written: list[Path] = field(default_factory=list)

    def rescue(self, folder: Path, progress: Any) -> BackupFile:
        if folder in self.full:
            raise Refused("The drive is full.")
        if folder in self.gone:
            raise OSError("no such drive")
        self.written.append(folder)
        return BackupFile(folder / "rescue.cspbackup", NOON, 10)


@dataclass
class FakeLeft:
    """Two earlier copies, and a hand-over's file in a folder of downloads."""

    copies: list[EarlierCopy] = field(default_factory=lambda: list(COPIES))
    sentence: str = "It lies in Downloads."

    def earlier(self) -> list[EarlierCopy]:
        return self.copies

    def remove(self, copy: EarlierCopy) -> None:
        self.copies.remove(copy)

    def hand_over(self) -> str:
        return self.sentence

    def forget_hand_over(self) -> None:
        self.sentence = ""


def session_with(*roles: Role, **more: Any) -> Session:
    return replace(fake_session(now=FixedClock(), roles=frozenset(roles or (Role.CHAIR,))), **more)


def kept(session: Session, kind: type[Any]) -> list[Any]:
    with session.work.reading() as records:
        return list(records.find(kind))


def test_a_check_tells_what_was_checked_and_what_was_found() -> None:
    told: list[tuple[int, int, str]] = []
    report = file_checks.check_file(session_with(checks=FakeChecks()), lambda *step: told.append(step))
    assert report.ok and told == [(1, 1, "checked")]
    assert report.sentences == (
        "The header matches the key and the database.",
        "The journal has 812 entries, ending in ffffffffffffffff.",
        "This computer last saw entry 812 (Fri 20 Nov 2026, 09:05).",
        "The database and journal have no errors.",
    )
    with pytest.raises(RuntimeError):
        file_checks.check_file(session_with(), print)


def test_a_finding_stands_in_place_of_all_is_well() -> None:
    report = replace(REPORT, findings=("Entry 7 was changed.",), seen=None)
    assert not report.ok and report.sentences[-1] == "Entry 7 was changed."
    assert len(report.sentences) == 4 and report.sentences[2] == (
        "This computer has no rollback check for the file: only printed minutes could show that it is an older copy."
    )


def test_going_on_with_an_older_copy_asks_for_a_reason_and_records_it() -> None:
    session = session_with(older=OlderCopy(SEEN, 700))
    for reason in ("", " ok ", "a  b"):
        with pytest.raises(Refused, match="Give the reason"):
            file_checks.go_on_with_older_copy(session, reason)
    assert kept(session, OlderCopyAccepted) == []
    going_on = file_checks.go_on_with_older_copy(session, "  the stick   is gone ")
    (said,) = kept(session, OlderCopyAccepted)
    assert (said.reason, said.by, said.at) == ("the stick is gone", "Ruth Coyle", NOON)
    assert (said.seen_at, said.seen_number, said.number) == (SEEN.at, 812, 700)
    assert going_on == replace(session, older=None) and session.work.last_step() is None


def test_four_letters_are_a_reason_and_without_an_older_copy_none_is_asked() -> None:
    file_checks.go_on_with_older_copy(session_with(older=OlderCopy(SEEN, 700)), "lost")
    session = session_with()
    assert file_checks.go_on_with_older_copy(session, "") is session


def test_a_file_that_is_not_where_it_was_says_why() -> None:
    assert file_standing.trouble(session_with()) == ""
    assert file_standing.trouble(session_with(standing=FakeStanding(lost="The stick is gone."))) == "The stick is gone."


def test_who_says_that_the_clock_is_right_is_written_into_the_records() -> None:
    standing = FakeStanding(clock_doubt="The clock is behind.")
    session = session_with(standing=standing)
    file_standing.accept_clock(session)
    (said,) = kept(session, SafeCopy)
    assert (said.kind, said.note, standing.clock_doubt) == (SafeCopyKind.CLOCK, "The clock is behind.", "")
    file_standing.accept_clock(session)
    file_standing.accept_clock(session_with())
    assert kept(session, SafeCopy) == [said]


def test_a_rescue_copy_goes_where_it_is_sent() -> None:
    session = session_with(backups=FakeRescue())
    assert file_standing.rescue(session, Path("drive"), print).path == Path("drive/rescue.cspbackup")
    with pytest.raises(Refused, match="cannot be saved from here"):
        file_standing.rescue(session_with(), Path("drive"), print)


def with_backup_folder(session: Session, folder: str) -> Session:
    with session.work.step("rules") as records:
        records.save(SafekeepingRules(folder=folder))
    return session


def test_where_nobody_was_asked_the_rescue_copy_goes_to_the_backups_else_beside_the_file() -> None:
    papers, stick = Path("papers"), Path("stick")
    for rescue, expected in (
        (FakeRescue(), stick),
        (FakeRescue(full=(stick,)), papers),
        (FakeRescue(gone=(stick,)), papers),
    ):
        session = with_backup_folder(session_with(standing=FakeStanding(), backups=rescue), "stick")
        assert file_standing.rescue_somewhere(session) == expected / "rescue.cspbackup"
        assert rescue.written == [expected]
    without = with_backup_folder(session_with(standing=FakeStanding(), backups=FakeRescue()), "")
    assert file_standing.rescue_somewhere(without) == papers / "rescue.cspbackup"


def test_where_no_place_takes_a_rescue_copy_there_is_none() -> None:
    rescue = FakeRescue(full=(Path("papers"),))
    assert file_standing.rescue_somewhere(session_with(standing=FakeStanding(), backups=rescue)) is None
    assert file_standing.rescue_somewhere(session_with(backups=FakeRescue())) is None


def test_nothing_is_written_to_a_file_that_is_read_only_doubted_or_gone() -> None:
    assert session_with().is_writable() and session_with(standing=FakeStanding()).is_writable()
    session_with(standing=FakeStanding()).require_writable()
    for standing, words in (
        (FakeStanding(reading_only="It is open for reading."), "[Rr]ead"),
        (FakeStanding(clock_doubt="The clock is behind."), "clock"),
        (FakeStanding(lost="The stick is gone."), "stick"),
    ):
        session = session_with(standing=standing)
        assert not session.is_writable()
        with pytest.raises(NotWritable, match=words):
            session.require_writable()
    session_with(standing=FakeStanding(reading_only="It is open for reading.")).require_in_place()


def test_an_earlier_copy_is_deleted_by_the_keeper_and_that_is_written_down() -> None:
    left = FakeLeft()
    session = session_with(left_copies=left)
    assert left_copies.earlier_copies(session) == list(COPIES)
    left_copies.delete_earlier(session, COPIES[0])
    (said,) = kept(session, SafeCopy)
    assert (said.kind, said.file) == (SafeCopyKind.DELETED, "before a restore 2026-11-02")
    assert left.copies == [COPIES[1]]


def test_no_copy_is_deleted_by_others_or_while_nothing_may_be_written() -> None:
    left = FakeLeft()
    with pytest.raises(NotAllowed):
        left_copies.delete_earlier(session_with(Role.MINUTE_TAKER, left_copies=left), COPIES[0])
    with pytest.raises(NotWritable):
        left_copies.delete_earlier(
            session_with(left_copies=left, standing=FakeStanding(reading_only="Reading.")), COPIES[0]
        )
    with pytest.raises(Refused, match="from here"):
        left_copies.delete_earlier(session_with(), COPIES[0])
    assert left.copies == list(COPIES) and left_copies.earlier_copies(session_with()) == ()


def test_an_earlier_copy_can_be_gone_back_to_like_a_backup_of_its_day() -> None:
    newest, _ = left_copies.to_go_back_to(session_with(left_copies=FakeLeft()))
    assert (newest.path, newest.size, newest.why) == (COPIES[0].path, 4096, "before a restore")
    assert newest.made_at == datetime(2026, 11, 2, 12, tzinfo=UTC)


def test_a_hand_over_that_lies_about_is_forgotten_once_the_keeper_says_it_is_gone() -> None:
    left = FakeLeft()
    session = session_with(left_copies=left)
    assert left_copies.hand_over_left(session) == "It lies in Downloads."
    with pytest.raises(NotAllowed):
        left_copies.hand_over_is_gone(session_with(Role.MINUTE_TAKER, left_copies=left))
    left_copies.hand_over_is_gone(session)
    assert left_copies.hand_over_left(session) == ""
    left_copies.hand_over_is_gone(session_with())
    assert left_copies.hand_over_left(session_with()) == ""


def test_who_is_taken_out_may_still_open_the_earlier_copies() -> None:
    assert left_copies.still_open((), "Tom") == ""
    assert left_copies.still_open(COPIES[:1], "Tom") == (
        "1 earlier copy of the file in this folder (Mon 2 Nov 2026) may still open with the current passphrase of Tom. "
        "Delete it on the Backups page."
    )
    both = left_copies.still_open(COPIES, "Tom")
    assert (
        both.startswith("2 earlier copies of the file in this folder (Mon 2 Nov 2026, Sun 29 Mar 2026)")
        and "Delete them" in both
    )


def test_what_stood_half_typed_comes_back_once_and_only_on_its_own_page() -> None:
    session = session_with()
    unsent_text.keep(session, "cases", {"search": "Łukasik"})
    unsent_text.keep(session, "people", {"name": "Ewa", "post": ""})
    assert unsent_text.take_back(session, "cases") == {}
    unsent_text.keep(session, "people", {"name": "Ewa"})
    assert unsent_text.take_back(session, "people") == {"name": "Ewa"}
    assert unsent_text.take_back(session, "people") == {}


def test_nothing_half_typed_is_kept_where_nothing_was_typed_and_other_drafts_stay() -> None:
    session = session_with()
    session.work.keep_draft(SafeCopy, "one", "note", "a draft of its own")
    unsent_text.keep(session, "people", {"name": "Łucja"})
    (kept_text,) = [draft.text for draft in session.work.drafts() if draft.kind != "SafeCopy"]
    assert kept_text == '{"name": "Łucja"}'
    unsent_text.keep(session, "people", {})
    assert [draft.kind for draft in session.work.drafts()] == ["SafeCopy"]
