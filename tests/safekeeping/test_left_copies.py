"""Copies of the file that lie about and still open are named wherever it matters, and can be deleted."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.left_copies import BesideFile
from csp_desktop.bootstrap.partnership import Partnership, create_partnership, open_partnership
from csp_desktop.domain.cases.retention import Disposal, certificate_words
from csp_desktop.domain.common.errors import NotAllowed, Refused
from csp_desktop.domain.file.backup_settings import SafeCopyKind
from csp_desktop.gui.file.backups import SafekeepingPage
from csp_desktop.gui.file.users import UsersPage
from csp_desktop.services.cases import retention
from csp_desktop.services.file import backups, handover, left_copies
from csp_desktop.services.home.home import look_ahead
from csp_desktop.vault.derivation import Cost
from tests.safekeeping.test_window import settled, shown
from tests.services.cases.test_retention import closed_case
from tests.support.pages import Shown, desk_of
from tests.support.partnerships import CHAIR, MINUTE_TAKER, SECOND, Ticking, quiet

NOBODY = 65534


@pytest.fixture
def restored(partnership: Partnership, folder: Path, stick: Path, clock: Ticking) -> Iterator[Partnership]:
    """Opened after a restore: the file as it was before lies beside it."""
    copy = backups.back_up(partnership.session, quiet, stick)
    file = stick / copy.file
    backups.prepare_restore(partnership.session, file, CHAIR.name, CHAIR.passphrase, quiet)
    partnership.close()
    with open_partnership(folder, CHAIR.name, CHAIR.passphrase, clock) as opened:
        yield opened


def test_a_copy_from_before_a_restore_is_listed_and_deleted_on_the_backups_page(
    qtbot: QtBot, restored: Partnership, folder: Path, stick: Path
) -> None:
    page = shown(qtbot, restored, stick).page
    assert isinstance(page, SafekeepingPage)
    ui = page._ui
    assert ui.earlier_frame.isVisible() and "removed users" in ui.earlier_text.text()
    assert ui.earlier_combo.count() == 1 and "Thu 26 Nov 2026, before a restore" in ui.earlier_combo.itemText(0)
    ui.earlier_button.click()
    assert "This cannot be undone" in ui.delete_label.text() and not ui.earlier_button.isVisible()
    ui.delete_no_button.click()
    assert len(list(folder.iterdir())) == 2 and ui.earlier_button.isVisible()
    ui.earlier_button.click()
    ui.delete_yes_button.click()
    assert [path.name for path in folder.iterdir()] == ["cpg"] and not ui.earlier_frame.isVisible()
    assert backups.safety(restored.session).history[0].kind is SafeCopyKind.DELETED
    assert ui.history_view.entries()[0].title == "Earlier copy deleted"
    settled(qtbot, page._context.tasks)


def test_only_whoever_keeps_the_file_deletes_a_copy_of_it(restored: Partnership) -> None:
    (copy,) = left_copies.earlier_copies(restored.session)
    helper = replace(restored.session, roles=frozenset({MINUTE_TAKER.roles[0]}))
    with pytest.raises(NotAllowed):
        left_copies.delete_earlier(helper, copy)
    assert copy.path.exists()


def test_a_copy_that_is_open_is_not_deleted(restored: Partnership, clock: Ticking) -> None:
    (copy,) = left_copies.earlier_copies(restored.session)
    elsewhere = copy.path.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "cpg").symlink_to(copy.path)
    with open_partnership(elsewhere, CHAIR.name, CHAIR.passphrase, clock), pytest.raises(Refused, match="already open"):
        left_copies.delete_earlier(restored.session, copy)
    assert copy.path.exists()


def test_taking_somebodys_access_away_names_the_copies_that_still_open(qtbot: QtBot, restored: Partnership) -> None:
    desk = desk_of(restored.session)
    page = UsersPage(desk)
    Shown(qtbot, page, desk, None, page.sizeHint())
    row = next(row for row in page._rows if row.name == SECOND.name)
    page._person.show(row, alone=False)
    question = page._ui.remove_question.text()
    assert "1 earlier copy of the file in this folder (Thu 26 Nov 2026) may still open" in question
    assert "the current passphrase of Ruth Coyle" in question and "Backups" in question


def test_the_certificate_of_an_erasing_names_the_copies_it_did_not_reach(restored: Partnership) -> None:
    session = restored.session
    with session.work.step("a closed case", undoable=False, of_held=True) as records:
        for record in closed_case("old", "SN-2020-000001", date(2020, 1, 6)):
            records.save(record)
    made = retention.erase(session, "old", "the years are over")
    (copy,) = left_copies.earlier_copies(session)
    assert made.still_in == (copy.name,) and all(what != copy.name for what, _ in made.gone)
    words = certificate_words(made)
    assert words[-1] == (
        f"Earlier copies of the file in the same folder still contain it until they are deleted: {copy.name}."
    )
    assert copy.name not in " ".join(words[:-1])
    with session.work.reading() as records:
        assert records.get(Disposal, made.id) == made
    assert retention.certificate(session, made.id).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("cpg-before-restore-2026-11-26-1612", "before a restore"),
        ("cpg-before-restore-2026-11-26-1612-2", "before a restore"),
        ("cpg-before-return", "before it was handed back"),
        ("cpg-before-update-2027-01-07-0900", "before an update"),
        ("cpg-before-restore-2026-99-99-1612", ""),
        ("rough-sleeping-before-restore-2026-11-26-1612", ""),
        ("cpg-before-restore-empty", ""),
    ],
)
def test_every_kind_of_earlier_copy_of_this_file_and_no_other_is_listed(
    folder: Path, partnership: Partnership, name: str, why: str
) -> None:
    partnership.close()
    shutil.copytree(folder / "cpg", folder / name)
    if "empty" in name:
        (folder / name / "vault.json").unlink()
    assert [copy.why for copy in BesideFile(folder / "cpg").earlier()] == ([why] if why else [])


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that another account reaches."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o777)
    yield place
    shutil.rmtree(place)


@contextmanager
def without_rights() -> Iterator[None]:
    """The rights of files apply, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_hand_over_that_cannot_be_removed_from_its_stick_is_said_with_what_a_copy_would_do(
    qtbot: QtBot, open_to_all: Path, clock: Ticking
) -> None:
    office, stick, other = open_to_all / "office", open_to_all / "stick", open_to_all / "other"
    with without_rights():
        stick.mkdir()
        made, _ = create_partnership(office, [CHAIR, SECOND], Cost.quick(), clock, with_recovery=False)
        with made:
            file = handover.hand_over(made.session, stick, "Jo's laptop", quiet)
        stick.chmod(0o555)
        jo = FolderBundleImport(clock, None, "Jo's laptop")
        brought = handover.bring_in(jo, other, file, CHAIR.name, CHAIR.passphrase, quiet)
        assert file.exists() and "could not be removed" in brought.left_behind
        assert "can never be merged" in brought.left_behind and str(stick) in brought.left_behind
        stick.chmod(0o755)
        stick.rename(open_to_all / "pulled out")
    with open_partnership(other, CHAIR.name, CHAIR.passphrase, clock) as there:
        sentence = left_copies.hand_over_left(there.session)
        assert str(stick) in sentence and "can never be merged" in sentence
        needs = look_ahead(there.session).needs
        assert any(need.title == "An old handover file can still be opened elsewhere" for need in needs)
        page = shown(qtbot, there, open_to_all).page
        assert isinstance(page, SafekeepingPage)
        assert page._ui.left_frame.isVisible() and page._ui.left_label.text() == sentence
        (open_to_all / "pulled out").rename(stick)
        page.refresh()
        assert not file.exists() and not page._ui.left_frame.isVisible(), "back in, it is removed"
