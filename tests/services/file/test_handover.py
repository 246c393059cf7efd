"""The file goes to another laptop and comes back: named, written down before it goes, not listed if it did not."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from csp_desktop.domain.common.errors import FieldRefused, NotAllowed, Refused
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.domain.file.rollback_guard import OlderCopy, Seen
from csp_desktop.domain.file.user_fields import UnlockField
from csp_desktop.services.file import handover
from csp_desktop.services.file.handover import HandOverField
from csp_desktop.services.ports.handover import Brought, Passing
from csp_desktop.services.session import Session
from tests.support.fakes import NOON, FixedClock, fake_session

BROUGHT = Brought(NOON, "Jo's laptop", "cpg")


@dataclass
class FakeHandover:
    """The one writable home; `fails` is raised where the file should be given away."""

    fails: BaseException | None = None
    this_laptop: str = "lap-07"
    passed: list[tuple[Path, Passing]] = field(default_factory=list)
    noted_before: list[str] = field(default_factory=list)
    session: Any = None

    def refuse_code(self, typed: str) -> None:
        if typed.strip() != "AB12":
            raise Refused("This is no receiving code.")

    def hand_over(self, folder: Path, passing: Passing, progress: Any) -> Path:
        self.noted_before = [copy.place for copy in copies(self.session)]
        if self.fails:
            raise self.fails
        self.passed.append((folder, passing))
        return folder / "file.csphandover"


@dataclass
class FakeBundleImport:
    """A laptop where nothing is open."""

    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def restore(self, *asked: Any) -> Brought:
        self.asked.append(("restore", *asked[:-1]))
        return BROUGHT

    def take_over(self, *asked: Any) -> Brought:
        self.asked.append(("take over", *asked[:-1]))
        return BROUGHT

    def receiving_code(self, folder: Path, *, wanted: bool) -> str:
        return "AB12" if wanted else ""

    def take_back(self, *asked: Any) -> None:
        self.asked.append(("take back", *asked))


def session_with(*roles: Role, **more: Any) -> Session:
    session = fake_session(now=FixedClock(), roles=frozenset(roles or (Role.CHAIR,)))
    handover = FakeHandover(session=session)
    return replace(session, handover=more.pop("handover", handover), **more)


def handover_of(session: Session) -> FakeHandover:
    assert isinstance(session.handover, FakeHandover)
    return session.handover


def copies(session: Session) -> list[SafeCopy]:
    with session.work.reading() as records:
        return records.find(SafeCopy)


def noted(session: Session, number: int, kind: SafeCopyKind, note: str = "") -> None:
    with session.work.step("copy") as records:
        records.save(SafeCopy(f"{number}", kind, FixedClock().advance(minutes=number), "Ruth Coyle", note=note))


def test_it_is_written_down_before_it_goes_and_goes_with_who_gave_it_to_whom() -> None:
    session = session_with()
    target = handover.hand_over(session, Path("stick"), "  Jo's   laptop ", print, " AB12 ")
    assert target == Path("stick/file.csphandover")
    assert handover_of(session).passed == [(Path("stick"), Passing("lap-07", "Jo's laptop", "Ruth Coyle", "AB12"))]
    assert handover_of(session).noted_before == ["Jo's laptop"]
    assert [(copy.kind, copy.place) for copy in copies(session)] == [(SafeCopyKind.HANDED_OVER, "Jo's laptop")]


@pytest.mark.parametrize("fails", [Refused("The stick is full."), OSError("gone"), KeyboardInterrupt()])
def test_a_hand_over_that_did_not_happen_is_not_listed(fails: BaseException) -> None:
    session = session_with()
    handover_of(session).fails = fails
    with pytest.raises(type(fails)):
        handover.hand_over(session, Path("stick"), "Jo's laptop", print)
    assert copies(session) == [] and handover_of(session).noted_before == ["Jo's laptop"]


@pytest.mark.parametrize(
    ("to", "words"), [("  ", "Name the laptop that will receive the file"), ("x" * 61, "at most 60")]
)
def test_the_laptop_it_goes_to_is_named_in_few_letters(to: str, words: str) -> None:
    session = session_with()
    with pytest.raises(FieldRefused, match=words) as refused:
        handover.hand_over(session, Path("stick"), to, print)
    assert refused.value.field == HandOverField.TO and copies(session) == []
    handover.hand_over(session, Path("stick"), "x" * 60, print)


def test_only_the_keeper_gives_it_away_and_only_where_it_can_be() -> None:
    with pytest.raises(NotAllowed):
        handover.hand_over(session_with(Role.MINUTE_TAKER), Path("stick"), "Jo's laptop", print)
    with pytest.raises(Refused, match="cannot be handed over from here"):
        handover.hand_over(session_with(handover=None), Path("stick"), "Jo's laptop", print)


def test_a_receiving_code_that_was_mistyped_is_refused_before_anything_is_written() -> None:
    session = session_with()
    with pytest.raises(Refused, match="no receiving code"):
        handover.hand_over(session, Path("stick"), "Jo's laptop", print, "AB21")
    assert copies(session) == [] and handover_of(session).passed == []
    handover.check_code(session, "  ")
    handover.check_code(session, "AB12")
    handover.check_code(session_with(handover=None), "anything")


def test_a_laptop_is_called_as_people_called_it_when_the_file_came() -> None:
    session = session_with()
    assert handover.laptop_name(session, handover_of(session)) == "lap-07"
    noted(session, 1, SafeCopyKind.TAKEN_OVER, "Jo's laptop")
    noted(session, 2, SafeCopyKind.BACKUP, "a backup")
    assert handover.laptop_name(session, handover_of(session)) == "Jo's laptop"
    noted(session, 3, SafeCopyKind.TAKEN_OVER)
    assert handover.laptop_name(session, handover_of(session)) == "lap-07"


@pytest.mark.parametrize("ended", [SafeCopyKind.TAKEN_OVER, SafeCopyKind.RECLAIMED])
def test_a_hand_over_cut_off_while_the_file_stayed_is_taken_off_the_list(ended: SafeCopyKind) -> None:
    session = session_with()
    noted(session, 1, SafeCopyKind.HANDED_OVER)
    noted(session, 2, ended)
    handover.forget_cut_off(session)
    assert len(copies(session)) == 2
    noted(session, 3, SafeCopyKind.HANDED_OVER)
    noted(session, 4, SafeCopyKind.BACKUP)
    handover.forget_cut_off(session)
    assert [copy.id for copy in copies(session)] == ["1", "2", "4"] and session.work.last_step() is None


def test_in_an_older_copy_the_list_is_left_as_it_is() -> None:
    session = session_with(older=OlderCopy(Seen(1, 9, "f" * 16, NOON), 7))
    noted(session, 1, SafeCopyKind.HANDED_OVER)
    handover.forget_cut_off(session)
    assert len(copies(session)) == 1


def test_what_is_brought_is_a_backup_or_a_hand_over_by_its_ending() -> None:
    bundle_import = FakeBundleImport()
    for file in ("a.cspbackup", "a.csphandover"):
        assert handover.bring_in(bundle_import, Path("here"), Path(file), "Ruth", "secret", print) is BROUGHT
    assert bundle_import.asked == [
        ("restore", Path("here"), Path("a.cspbackup"), "Ruth", "secret"),
        ("take over", Path("here"), Path("a.csphandover"), "Ruth", "secret"),
    ]
    with pytest.raises(Refused, match="ending in"):
        handover.bring_in(bundle_import, Path("here"), Path("a.zip"), "Ruth", "secret", print)
    assert BROUGHT.left_behind == ""  # unless it says so, nothing is


@pytest.mark.parametrize(
    ("name", "secret", "at"), [(" ", "secret", UnlockField.NAME), ("Ruth", " ", UnlockField.SECRET)]
)
def test_nothing_is_brought_in_without_a_name_and_a_secret(name: str, secret: str, at: str) -> None:
    bundle_import = FakeBundleImport()
    with pytest.raises(FieldRefused) as refused:
        handover.bring_in(bundle_import, Path("here"), Path("a.cspbackup"), name, secret, print)
    assert refused.value.field == at and bundle_import.asked == []


def test_a_receiving_code_is_made_only_where_one_is_wanted() -> None:
    assert handover.receiving_code(FakeBundleImport(), Path("here"), wanted=True) == "AB12"
    assert handover.receiving_code(FakeBundleImport(), Path("here"), wanted=False) == ""


@pytest.mark.parametrize(
    ("name", "passphrase", "reason", "at"),
    [
        (" ", "secret", "the stick is lost", UnlockField.NAME),
        ("Ruth", "", "the stick is lost", UnlockField.SECRET),
        ("Ruth", "secret", " ", UnlockField.REASON),
    ],
)
def test_a_file_that_is_away_is_taken_back_by_name_and_for_a_reason(
    name: str, passphrase: str, reason: str, at: str
) -> None:
    bundle_import = FakeBundleImport()
    with pytest.raises(FieldRefused) as refused:
        handover.take_back(bundle_import, Path("here"), name, passphrase, reason)
    assert refused.value.field == at and bundle_import.asked == []
    handover.take_back(bundle_import, Path("here"), "Ruth", "secret", " the  stick is lost ")
    assert bundle_import.asked == [("take back", Path("here"), "Ruth", "secret", "the stick is lost")]
