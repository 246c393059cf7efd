"""The disk is full in the middle of the meeting: it is said, typing goes on, nothing shown as saved is lost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from sqlalchemy import Engine

from csp_desktop.domain.meeting.meeting import CaseTurn, Meeting
from csp_desktop.gui.widgets.labels import SavedLabel
from csp_desktop.gui.widgets.prose_edit import WrappedLine
from csp_desktop.services.meeting.running_meeting import fold_drafts
from tests.scenarios.in_session import TAKER, opened
from tests.scenarios.windows import Sitting, sitting

ROOT = Path(__file__).resolve().parents[2]
SAID = "Gate is welded and holds."
ACTION = f"Stefan: change the locks {'and the hinges ' * 400}by 10 dec"
LONG = " Riders come by the canal." * 400


@pytest.fixture
def evening(sample: Path, november: str, tmp_path: Path) -> Iterator[Sitting]:
    """The meeting in session, its first words saved."""
    _, clock = opened_and_closed(sample)
    with sitting(sample, tmp_path, clock) as begun:
        begun.unlock(TAKER["name"], TAKER["passphrase"])
        hands = begun.hands
        hands.wait(lambda: hands.on_page("live"), "the meeting that runs")
        hands.key("F2")
        hands.write(SAID)
        hands.wait(lambda: label(begun).startswith("Saved "), "the first words saved")
        yield begun


def opened_and_closed(sample: Path):
    partnership, clock = opened(sample)
    partnership.close()
    return partnership, clock()


def label(evening: Sitting) -> str:
    return next((w.text() for w in evening.hands.visible(SavedLabel) if isinstance(w, SavedLabel)), "")


def full(engine: Engine, is_full: bool) -> None:
    """No connection of the file may make it longer, or each may again."""
    connections = [engine.raw_connection() for _ in range(2)]
    for connection in connections:
        driver = connection.driver_connection
        assert driver is not None
        (pages,) = driver.execute("PRAGMA page_count").fetchone()
        driver.execute(f"PRAGMA max_page_count = {pages if is_full else 1_000_000}").fetchall()
    for connection in connections:
        connection.close()


def engine_of(evening: Sitting) -> Engine:
    engine: Engine = evening.starting._vaults.opened.engine
    return engine


def type_much() -> None:
    note = QApplication.focusWidget()
    assert isinstance(note, QPlainTextEdit)
    note.insertPlainText(LONG)


def test_it_says_not_saved_and_for_how_long_and_saves_when_there_is_room(evening: Sitting) -> None:
    hands = evening.hands
    full(engine_of(evening), True)
    type_much()
    hands.wait(lambda: label(evening).startswith("Not saved "), "the failure")
    hands.write(" And on.")
    assert hands.typed_text() == SAID + LONG + " And on.", "typing is never blocked"
    assert label(evening).startswith("Not saved ")
    full(engine_of(evening), False)
    hands.wait(lambda: label(evening).startswith("Saved "), "all of it saved")


def test_what_is_decided_while_it_is_full_is_refused_in_words_and_the_form_stays(evening: Sitting) -> None:
    hands = evening.hands
    full(engine_of(evening), True)
    hands.key("F3")
    line = QApplication.focusWidget()
    assert isinstance(line, WrappedLine)
    line.insertPlainText(ACTION)
    hands.key("Return")
    hands.wait(lambda: any("disk is full" in text for text in hands.texts()), "the sentence")
    assert hands.typed_text() == ACTION
    full(engine_of(evening), False)


def test_locked_while_it_is_full_the_words_are_there_again(evening: Sitting, sample: Path) -> None:
    hands = evening.hands
    full(engine_of(evening), True)
    type_much()
    hands.key("F12")
    assert evening.program.is_locked()
    evening.unlock(TAKER["name"], TAKER["passphrase"])
    hands.wait(lambda: hands.typed_text() == SAID + LONG, "all of the minute")
    hands.wait(lambda: label(evening).startswith("Saved "), "all of it saved")
    evening.program.window.close()
    hands.settle()
    assert note_of(sample) == SAID + LONG


def note_of(sample: Path) -> str:
    """The minute of the case in hand, as the file has it."""
    partnership, _ = opened(sample)
    with partnership:
        assert partnership.verify()["findings"] == []
        with partnership.work.reading() as records:
            meeting = next(m for m in records.find(Meeting) if m.current_turn_id)
            stop = records.get(CaseTurn, meeting.current_turn_id)
        return fold_drafts(partnership.session, stop).note


if sys.platform != "win32":

    def test_a_file_that_may_not_grow_any_more_loses_nothing(sample: Path, november: str, tmp_path: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        words = [sys.executable, "-m", "tests.scenarios.full_disk_typist", str(sample), str(tmp_path)]
        ended = subprocess.run(words, env=environment, capture_output=True, text=True)
        full_then, room = map(json.loads, ended.stdout.splitlines())
        assert full_then[1].startswith("Not saved ") and room[1].startswith("Saved ")
        assert full_then[2].endswith(" And on.")
        assert note_of(sample) == room[2] == full_then[2]
