"""The folder goes away under an open meeting: the window says so on every page, keeps what was typed, and offers a
rescue copy and nothing else.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from csp_desktop.bootstrap.bundle_import import FolderBundleImport
from csp_desktop.bootstrap.partnership import create_partnership, open_partnership
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.widgets.labels import SavedLabel
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.services.file.unsent_text import take_back
from csp_desktop.vault.derivation import Cost
from csp_desktop.vault.header import VaultKind
from tests.scenarios.in_session import TAKER, opened
from tests.scenarios.private_windows import private_sitting
from tests.scenarios.test_private_file import LEADER, NOW
from tests.scenarios.test_private_live import folder, page_of
from tests.scenarios.windows import Sitting, sitting
from tests.support.partnerships import quiet
from tests.support.private_session import LEAD

__all__ = ["folder"]
LOST = "Not saved: the file is no longer in its folder"
SAID, ON = "Gate is welded and holds.", " Riders come by the canal."
OFFER = "Save a rescue copy…"


@pytest.fixture
def evening(sample: Path, november: str, tmp_path: Path) -> Iterator[Sitting]:
    """The group's meeting in session, its first words saved."""
    partnership, clock = opened(sample)
    partnership.close()
    with sitting(sample, tmp_path, clock()) as begun:
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.hands.wait(lambda: begun.hands.on_page("live"), "the meeting that runs")
        begun.hands.key("F2")
        begun.hands.write(SAID)
        begun.hands.wait(lambda: labels(begun.hands) == ["Saved"], "the first words saved")
        yield begun


@pytest.fixture
def quiet_folder(tmp_path: Path) -> Path:
    """The private file, and no session running in it."""
    place = tmp_path / "partnership"
    kind = VaultKind.ROUGH_SLEEPING
    create_partnership(place, [LEADER], Cost.quick(), lambda: NOW, with_recovery=True, kind=kind)[0].close()
    return place


def labels(hands: Hands) -> list[str]:
    """What stands beside the notes, without the time."""
    shown = [w.text() for w in hands.visible(SavedLabel) if isinstance(w, SavedLabel) and w.text()]
    return ["Not saved" if text.startswith("Not saved") else text.split(" ")[0] for text in shown]


def says_lost(begun: Sitting) -> bool:
    return begun.program.window.lost_notice.text().startswith(LOST)


def look(begun: Sitting) -> None:
    """The few seconds until the window looks by itself."""
    assert begun.program.file_watch is not None
    begun.program.file_watch.look()


def test_words_typed_after_the_folder_was_renamed_are_not_called_saved(evening: Sitting, sample: Path) -> None:
    hands = evening.hands
    sample.rename(sample.with_name("renamed"))
    hands.write(ON)
    hands.wait(lambda: says_lost(evening) and labels(hands) == ["Not saved"], "the bar and the label")
    assert hands.typed_text() == SAID + ON, "what was typed stays"
    assert f"({sample})" in evening.program.window.lost_notice.text()
    assert hands.look(OFFER) is not None


def test_nothing_typed_and_still_it_is_said_on_every_page(evening: Sitting, sample: Path) -> None:
    hands = evening.hands
    shutil.rmtree(sample)
    look(evening)
    assert says_lost(evening) and labels(hands) == ["Not saved"], "what was saved before is no longer there"
    for page in ("home", "prepare", "cases", "people", "settings", "safekeeping", "journal", "live"):
        evening.program.window.show_page(page)
        hands.settle()
        assert evening.program.window.lost_notice.isVisible(), page
        assert set(labels(hands)) <= {"Not saved"}, page
    buttons = [words for words in hands.texts() if "rescue" in words.lower() or "continue" in words.lower()]
    assert not [words for words in buttons if "although" in words.lower()]


def test_everything_goes_into_the_rescue_copy_the_last_words_too(
    evening: Sitting, sample: Path, tmp_path: Path
) -> None:
    hands, stick = evening.hands, tmp_path / "stick"
    stick.mkdir()
    shutil.rmtree(sample)
    hands.write(ON)
    hands.wait(lambda: says_lost(evening), "the bar")
    hands.answer_file_dialog(stick)
    hands.click(OFFER)
    hands.wait(lambda: "in a checked rescue copy" in evening.program.window.lost_notice.text(), "the rescue copy")
    page = evening.program.window.page()
    assert isinstance(page, LivePage) and page._stop_view().note.text() == SAID + ON and labels(hands) == ["Not saved"]
    (made,) = stick.iterdir()
    hands.picture("rescued")
    new = tmp_path / "new"
    FolderBundleImport(lambda: NOW, None).restore(new, made, TAKER["name"], TAKER["passphrase"], quiet)
    with open_partnership(new, TAKER["name"], TAKER["passphrase"], lambda: NOW) as again:
        drafts = [draft.text for draft in again.work.drafts()]
        assert any(SAID + ON in text for text in drafts)
        assert SAID + ON in take_back(again.session, "live").values() or SAID + ON in drafts
        assert again.verify()["findings"] == []


def test_locked_without_a_file_it_is_copied_where_it_can_be_and_the_unlock_screen_says_so(
    evening: Sitting, sample: Path
) -> None:
    hands = evening.hands
    shutil.rmtree(sample)
    hands.write(ON)
    hands.wait(lambda: says_lost(evening), "the bar")
    hands.key("F12")
    assert evening.program.is_locked()
    hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen, not the first start")
    (made,) = sample.parent.glob("cspd-rescue-*.cspbackup")
    said = " ".join(hands.texts())
    assert LOST in said and made.name in said and "Everything saved" not in said


def test_the_private_window_stays_at_a_lock_to_say_where_the_rescue_copy_is(quiet_folder: Path, tmp_path: Path) -> None:
    with private_sitting(quiet_folder, tmp_path, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        hands = begun.hands
        shutil.rmtree(quiet_folder)
        begun.program.lock()
        hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
        (made,) = tmp_path.glob("cspd-rescue-*.cspbackup")
        assert made.name in " ".join(hands.texts())


def test_the_private_window_says_the_same(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    stick = tmp_path / "stick"
    stick.mkdir()
    with private_sitting(folder, tmp_path, NOW) as begun:
        begun.unlock(LEAD, LEADER.passphrase)
        page_of(begun)
        hands = begun.hands
        hands.key("Return")
        hands.write(SAID)
        hands.wait(lambda: "Saved" in labels(hands), "the note on disk")
        folder.rename(folder.with_name("renamed"))
        hands.write(ON)
        hands.wait(lambda: says_lost(begun) and labels(hands) == ["Not saved"], "the bar and the label")
        assert hands.typed_text() == SAID + ON
        hands.answer_file_dialog(stick)
        hands.click(OFFER)
        hands.wait(lambda: "in a checked rescue copy" in begun.program.window.lost_notice.text(), "the rescue copy")
    (made,) = stick.iterdir()
    new = tmp_path / "new"
    bundle_import = FolderBundleImport(lambda: NOW, None, kinds=(VaultKind.ROUGH_SLEEPING,))
    bundle_import.restore(new, made, LEAD, LEADER.passphrase, quiet)
    with open_partnership(new, LEAD, LEADER.passphrase, lambda: NOW, kind=VaultKind.ROUGH_SLEEPING) as again:
        assert any(SAID + ON in draft.text for draft in again.work.drafts())
