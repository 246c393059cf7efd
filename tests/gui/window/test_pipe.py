"""The pipe between the two programs carries names whole and never falls silent, whatever the system's code page."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from csp_desktop.app import AppEnvironment, PrivateEnvironment
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.meeting.private_handover import (
    Departed,
    Departures,
    Ended,
    Handed,
    Hide,
    RoomList,
    line_of,
    message_of,
)
from csp_desktop.domain.people.agencies import AgencyKind
from csp_desktop.gui.window.pipe import own_pipe
from csp_desktop.gui.window.tasks import LineReader

ROOT = Path(__file__).resolve().parents[3]
QUIET = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}  # Qt has a remark on other locales
NAMES = ("Seán Ó Briain", "Ștefan Łukasik", "Nia O’Neill", "Θεοδώρα", "李小龍", "नीलम", "Zoë 🦊")
LEFT_AT = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)
NOW = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)
ROOM = RoomList(date(2026, 11, 26), time(16, 30), tuple(Handed(n, n, "Police", AgencyKind.POLICE) for n in NAMES), NOW)
GARBLED = (b"\x81\x8d\x9d\xff\xfe\n", b'{"hide": "\x81"}\n', b"\x00\xd8\n", b"[" * 100_000 + b"\n")
CHILD = """
import json, sys
from datetime import UTC, datetime
from PySide6.QtCore import QCoreApplication
from csp_desktop.domain.meeting.private_handover import Departed, Departures
from csp_desktop.gui.window.pipe import own_pipe

app = QCoreApplication([])
pipe = own_pipe()

def came(room):
    at = datetime(2026, 11, 26, 15, 40, tzinfo=UTC)
    pipe.give_back(Departures(tuple(Departed(one.name, at) for one in room.people)))

pipe.room_came.connect(came)
pipe.hide_asked.connect(pipe.hide)
pipe.gone.connect(app.quit)
pipe.start()
app.exec()
pipe.end()
"""


@pytest.mark.parametrize("code_page", ["cp1252", "cp850", "cp932", "ascii", "utf-16", "utf-8"])
def test_a_name_crosses_both_ways_as_it_was_typed_under_any_code_page(code_page: str) -> None:
    environment = {**os.environ, **QUIET, "PYTHONUTF8": "0", "PYTHONIOENCODING": f"{code_page}:strict"}
    said = line_of(ROOM).encode() + b"\n" + b"".join(GARBLED) + line_of(Hide()).encode() + b"\n"
    done = subprocess.run([sys.executable, "-c", CHILD], input=said, capture_output=True, env=environment, timeout=120)
    assert (done.returncode, done.stderr) == (0, b"")
    back = [message_of(line) for line in done.stdout.splitlines()]
    assert back[:2] == [Departures(tuple(Departed(name, LEFT_AT) for name in NAMES)), Hide()]


def test_a_program_that_ends_before_the_other_ends_quietly() -> None:
    leaves = CHILD.replace("pipe.hide_asked.connect(pipe.hide)", "pipe.hide_asked.connect(app.quit)")
    environment, pipe = {**os.environ, **QUIET}, subprocess.PIPE
    command = [sys.executable, "-c", leaves]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment) as it:
        assert it.stdin is not None and it.stdout is not None and it.stderr is not None
        it.stdin.write(line_of(Hide()).encode() + b"\n")
        it.stdin.flush()
        assert message_of(it.stdout.read()) == Ended()
        assert (it.wait(), it.stderr.read()) == (0, b"")


class _Breaks(BytesIO):
    """Gives a line, then fails as no pipe should."""

    def __next__(self) -> bytes:
        line = super().__next__()
        if line.startswith(b"break"):
            raise UnicodeDecodeError("cp1252", line, 0, 1, "undefined")
        return line


def test_a_pipe_that_breaks_is_never_silent(qtbot: QtBot) -> None:
    reader, heard = LineReader(_Breaks(b"one\nbreak\ntwo\n")), list[bytes]()
    reader.line.connect(heard.append)
    with qtbot.waitSignal(reader.ended, timeout=30_000):
        reader.start()
    assert heard == [b"one\n"]


def test_a_window_started_without_streams_of_its_own_says_so(qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(Refused, match="opened it"):
        own_pipe()


@pytest.mark.parametrize("environment", [AppEnvironment(), PrivateEnvironment()])
def test_the_second_program_starts_from_a_frozen_build_too(
    environment: AppEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = list(environment.private_command())
    assert plain[:3] == [sys.executable, "-m", "csp_desktop"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert list(environment.private_command()) == [sys.executable, *plain[3:]]
