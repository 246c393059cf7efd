"""F12 and Ctrl+L over the running meeting: nothing is seen or stays behind, and one comes back to the same place."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QFileDialog, QLineEdit, QMenu, QPlainTextEdit

from csp_desktop.bootstrap.partnerships import Partnerships
from csp_desktop.domain.common.aliases import Clock, Progress
from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting
from csp_desktop.gui.lock.session_guard import is_marked, marked
from csp_desktop.gui.lock.unlock import UnlockPage
from csp_desktop.gui.meeting.live import LivePage
from csp_desktop.gui.widgets.lock_warning import LockWarning
from csp_desktop.gui.window.file_dialogs import CSV, Ask
from csp_desktop.gui.window.tasks import CancellableProgress
from csp_desktop.rehearsal.hands import Hands
from csp_desktop.sample.clock import sample_clock
from csp_desktop.vault.lockfile import held_by
from tests.scenarios.in_session import TAKER, opened
from tests.scenarios.windows import QuickEnvironment, Sitting, sitting
from tests.support.patient_bot import once_shown

SAID = "Gate is welded and holds."
MORE = " Riders come by the canal"
KEYS = ("F12", "Ctrl+L")


@dataclass
class SlowEnvironment(QuickEnvironment):
    """A slow computer: the load in the background is not done when somebody has already typed a passphrase."""

    begun: Event = field(default_factory=Event)
    opened: Event = field(default_factory=Event)

    def vaults(self, now: Clock) -> Partnerships:
        """Only the first load is slow. Whoever waits for it, as all should, holds it up for a moment only."""
        if not self.begun.is_set():
            self.begun.set()
            self.opened.wait(0.5)
        return super().vaults(now)


@pytest.fixture
def evening(sample: Path, november: str, tmp_path: Path) -> Iterator[Sitting]:
    """The meeting in session, at its first case, with the minute being typed."""
    partnership, clock = opened(sample)
    partnership.close()
    with sitting(sample, tmp_path, clock()) as begun:
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        hands = begun.hands
        hands.wait(lambda: hands.on_page("live"), "the meeting that runs")
        hands.key("F2")
        hands.write(SAID)
        yield begun


@pytest.mark.parametrize("key", KEYS)
def test_who_unlocks_while_the_program_still_loads_is_locked_out_again_and_back_in(
    sample: Path, tmp_path: Path, key: str
) -> None:
    partnership, clock = opened(sample)
    partnership.close()
    with sitting(sample, tmp_path, clock(), make_environment=SlowEnvironment) as begun:
        environment = begun.starting._environment
        assert isinstance(environment, SlowEnvironment)
        begun.hands.wait(environment.begun.is_set, "the load in the background")
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        environment.opened.set()
        begun.hands.wait(lambda: not begun.program.tasks.busy(), "the load done")
        begun.hands.key(key)
        assert held_by(sample / "cpg") == ""
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.hands.wait(lambda: begun.hands.on_page("home"), "home")


def note(evening: Sitting) -> QPlainTextEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    return field


def listed(hands: Hands) -> str:
    """The words of every list that can be seen."""
    models = [view.model() for view in hands.visible(QAbstractItemView) if isinstance(view, QAbstractItemView)]
    return "; ".join(str(model.index(row, 0).data()) for model in models for row in range(model.rowCount()))


def on_disk(sample: Path) -> str:
    """What the file itself holds of the case in hand: read while the program is locked, so that its lock is free."""
    partnership, _ = opened(sample)
    with partnership, partnership.work.reading() as records:
        meeting = next(m for m in records.find(Meeting) if m.current_turn_id)
        return records.get(CaseTurn, meeting.current_turn_id).note


def nothing_shows(evening: Sitting) -> None:
    """The unlock screen alone, and not a word of the case in any window."""
    hands = evening.hands
    assert evening.program.is_locked() and evening.program.window.is_covered()
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not hands.window] == []
    assert listed(hands) == ""
    assert not any("Gate" in text or "mopeds" in text or "SN-2026" in text for text in hands.texts())


@pytest.mark.parametrize("chord", KEYS)
def test_back_by_passphrase_to_the_same_item_text_and_caret(evening: Sitting, sample: Path, chord: str) -> None:
    hands = evening.hands
    hands.write(MORE)
    for _ in range(5):
        hands.key("Left")
    headline, caret = hands.window_headline(), note(evening).textCursor().position()
    hands.key(chord)
    nothing_shows(evening)
    assert on_disk(sample) == SAID + MORE
    evening.unlock(TAKER["name"], TAKER["passphrase"])
    hands.wait(lambda: hands.on_page("live"), "the meeting")
    assert hands.window_headline() == headline
    assert note(evening).toPlainText() == SAID + MORE
    assert note(evening).textCursor().position() == caret
    hands.write("x")
    assert note(evening).toPlainText() == SAID + MORE[:-5] + "x" + MORE[-5:]


def test_the_pages_are_destroyed(evening: Sitting) -> None:
    window = evening.program.window
    assert window.findChildren(LivePage)
    evening.hands.key("F12")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert window.findChildren(LivePage) == []
    assert not [w for w in QApplication.allWidgets() if isinstance(w, QPlainTextEdit) and "Gate" in w.toPlainText()]


def test_unlock_screens_do_not_pile_up(evening: Sitting) -> None:
    for _ in range(3):
        evening.hands.key("F12")
        evening.unlock(TAKER["name"], TAKER["passphrase"])
        evening.hands.settle()
        assert evening.program.window.findChildren(UnlockPage) == []


def test_a_wrong_passphrase_shows_nothing(evening: Sitting) -> None:
    hands = evening.hands
    hands.key("F12")
    hands.wait(lambda: hands.look("Passphrase") is not None, "the unlock screen")
    hands.fill("Passphrase", "lantern-copper-meadow-fork")
    hands.key("Return")
    hands.wait(lambda: any("do not match" in text for text in hands.texts()), "the refusal")
    nothing_shows(evening)


@pytest.mark.parametrize("chord", KEYS)
def test_both_keys_act_under_a_dialog(evening: Sitting, sample: Path, chord: str) -> None:
    dialog = QDialog(evening.program.window)
    dialog.setModal(True)
    dialog.setWindowTitle("Gate of the case")
    field = QLineEdit(dialog)
    dialog.show()
    field.setFocus()
    QTest.keySequence(field, QKeySequence(chord))
    evening.hands.settle()
    nothing_shows(evening)
    assert on_disk(sample) == SAID


@pytest.mark.parametrize("chord", KEYS)
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_both_keys_act_under_an_open_menu(evening: Sitting, chord: str) -> None:
    menu = QMenu(evening.program.window)
    menu.addAction("Gate: mopeds")
    menu.popup(evening.program.window.mapToGlobal(evening.program.window.rect().center()))
    QTest.keySequence(menu, QKeySequence(chord))
    evening.hands.settle()
    nothing_shows(evening)


def test_f12_acts_while_results_of_a_search_are_listed(evening: Sitting) -> None:
    hands = evening.hands
    hands.key("Ctrl+K")
    hands.write("moped")
    hands.wait(lambda: "moped nuisance" in listed(hands), "what was found")
    hands.key("F12")
    nothing_shows(evening)
    assert listed(hands) == ""


@pytest.mark.parametrize("chord", KEYS)
def test_both_keys_act_under_a_file_dialog_and_no_file_is_chosen(evening: Sitting, tmp_path: Path, chord: str) -> None:
    answers: list[Path | None] = []
    seen: list[bool] = []

    def press(dialog: QFileDialog) -> None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        seen.append(dialog.isVisible())
        QTest.keySequence(line, QKeySequence(chord))

    once_shown(QFileDialog, press)
    answers.append(Ask().open_file(evening.program.window, "Choose the export", [CSV], tmp_path))
    evening.hands.settle()
    assert (seen, answers) == ([True], [None])
    nothing_shows(evening)


def test_the_room_screen_goes_with_the_lock(evening: Sitting) -> None:
    hands = evening.hands
    hands.key("F5")
    hands.key("F12")
    nothing_shows(evening)


def test_what_the_unlock_screen_began_ends_when_the_window_closes(sample: Path, tmp_path: Path) -> None:
    ended: list[bool] = []

    def work(progress: Progress) -> None:
        assert isinstance(progress, CancellableProgress)
        for _ in range(50_000_000):
            if progress.cancelled:
                ended.append(True)
                return

    with sitting(sample, tmp_path, sample_clock()) as begun:
        begun.program.tasks.run(work, print, print)
        begun.program.window.close()
        assert ended == [True]


def test_nothing_typed_at_the_last_moment_is_lost_when_the_window_closes(
    evening: Sitting, sample: Path, passphrase_of: Callable[[str], str]
) -> None:
    evening.hands.write(MORE)
    evening.program.window.close()
    evening.hands.settle()
    assert on_disk(sample) == SAID + MORE


def test_while_a_meeting_runs_nobody_touching_a_key_locks_after_45_minutes(evening: Sitting, sample: Path) -> None:
    hands, window = evening.hands, evening.program.window
    hands.write(MORE)
    evening.nobody_for(44.5)
    (warning,) = window.findChildren(LockWarning)
    assert not evening.program.is_locked() and warning.isVisible()
    assert warning.text().startswith("Locks in ")
    hands.key("Shift+Right")
    assert not warning.isVisible()
    evening.nobody_for(44)
    assert not evening.program.is_locked()
    evening.nobody_for(1.1)
    nothing_shows(evening)
    assert on_disk(sample) == SAID + MORE
    evening.unlock(TAKER["name"], TAKER["passphrase"])
    assert not window.findChildren(LockWarning)[0].isVisible()
    assert note(evening).toPlainText() == SAID + MORE


def test_without_a_meeting_it_locks_after_the_ten_minutes_of_the_settings(sample: Path, tmp_path: Path) -> None:
    with sitting(sample, tmp_path, sample_clock()) as begun:
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        begun.nobody_for(9.9)
        assert not begun.program.is_locked()
        begun.nobody_for(0.2)
        assert begun.program.is_locked()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_nobody_there_locks_under_a_dialog_too(evening: Sitting) -> None:
    dialog = QDialog(evening.program.window)
    once_shown(QDialog, lambda shown: evening.nobody_for(50))
    dialog.exec()
    evening.hands.settle()
    nothing_shows(evening)


def test_what_was_copied_here_is_marked_and_gone_from_the_clipboard_when_it_locks(evening: Sitting) -> None:
    hands, clipboard = evening.hands, QApplication.clipboard()
    hands.key("Ctrl+A", "Ctrl+C")
    assert clipboard.text() == SAID
    assert is_marked(marked(SAID)) and marked(SAID).text() == SAID
    hands.key("F12")
    assert clipboard.text() == ""


@pytest.mark.parametrize(("stem", "field"), [("closing", "reason_edit"), ("cases", "search_edit"), ("live", "Ctrl+K")])
def test_what_is_half_typed_in_a_field_that_keeps_nothing_is_there_again(
    evening: Sitting, stem: str, field: str
) -> None:
    hands, window = evening.hands, evening.program.window
    window.show_page(stem, window.argument())
    hands.settle()
    if field == "Ctrl+K":
        hands.key(field)
    else:
        edit = window.findChild(QLineEdit, field)
        assert edit is not None
        edit.setFocus()
    hands.write("canal")
    for _ in range(2):
        hands.key("Left")
    hands.key("F12")
    nothing_shows(evening)
    evening.unlock(TAKER["name"], TAKER["passphrase"])
    hands.wait(lambda: hands.on_page(stem), "the page")
    hands.write("x")
    assert hands.typed_text() == "canxal"


def test_half_typed_words_are_kept_only_while_it_is_locked(evening: Sitting, sample: Path) -> None:
    hands = evening.hands
    hands.key("Ctrl+K")
    hands.write("canal")
    hands.key("F12")
    assert half_typed_on_disk(sample) == ["live"]
    evening.unlock(TAKER["name"], TAKER["passphrase"])
    hands.wait(lambda: hands.typed_text() == "canal", "the search")
    vaults = evening.starting._vaults
    assert [draft for draft in vaults.opened.work.drafts() if draft.kind == "HalfTyped"] == []


def half_typed_on_disk(sample: Path) -> list[str]:
    partnership, _ = opened(sample)
    with partnership:
        return [draft.record_id for draft in partnership.work.drafts() if draft.kind == "HalfTyped"]


def test_a_bug_in_the_middle_of_locking_leaves_nothing_open(evening: Sitting, sample: Path) -> None:
    page = evening.program.window.page()
    assert isinstance(page, LivePage)

    def break_down() -> None:
        raise ValueError("a bug")

    page.left = break_down  # type: ignore[method-assign]
    with pytest.raises(ValueError, match="a bug"):
        evening.program.lock()
    evening.hands.settle()
    nothing_shows(evening)
    partnership, _ = opened(sample)
    partnership.close()
