"""The operating system says that the person left: on a private bus with a stand-in for logind, and where no bus is."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from csp_desktop.gui.lock.session_guard import POWER_BROADCAST, SESSION_CHANGE, means_away
from tests.scenarios.in_session import start_november

ROOT = Path(__file__).resolve().parents[2]
ASKED_FIRST = ["asked Get", "asked Get", "asked Get", "asked GetSession", "asked Inhibit"]
PYTHON = [sys.executable, "-u", "-m"]


def child(module: str, bus: str, *words: str) -> subprocess.Popen[str]:
    """A program of ours that hears this bus as both its buses."""
    buses = {"DBUS_SYSTEM_BUS_ADDRESS": bus, "DBUS_SESSION_BUS_ADDRESS": bus}
    environment = {**os.environ, **buses, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*PYTHON, module, *words], text=True, env=environment, cwd=ROOT, **pipes)  # type: ignore[call-overload,no-any-return]


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


if sys.platform == "linux":

    @pytest.fixture
    def bus() -> Iterator[str]:
        """A bus of this test's own."""
        words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        daemon = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        yield line(daemon)
        end(daemon)

    def test_lock_sleep_screen_saver_and_user_switch_are_heard_and_another_login_is_not(bus: str) -> None:
        logind = child("tests.support.stand_in_logind", bus)
        assert line(logind) == "ready"
        program = child("tests.support.away_listener", bus)
        try:
            assert line(program) == "listening"
            assert sorted(line(logind) for _ in range(5)) == ASKED_FIRST

            def command(word: str, *answers: str) -> None:
                assert logind.stdin is not None
                logind.stdin.write(f"{word}\n")
                logind.stdin.flush()
                for answer in answers:
                    assert line(logind) == answer

            command("other")
            command("saver_off")
            command("lock")
            assert line(program) == "away"
            command("sleep", "let go")
            assert line(program) == "away"
            command("wake", "asked Inhibit")
            command("saver")
            assert line(program) == "away"
            command("background", "asked Get", "asked Get")
            assert line(program) == "away"
            command("front", "asked Get", "asked Get")
            command("hint", "asked Get", "asked Get")
            assert line(program) == "away"
            program.kill()
            assert program.stdout is not None
            assert program.stdout.read() == "", "nothing else was taken for leaving"
        finally:
            end(program)
            end(logind)

    def test_when_the_computer_goes_to_sleep_the_open_meeting_is_locked_first(
        bus: str, tmp_path: Path, sample: Path
    ) -> None:
        start_november(sample)
        logind = child("tests.support.stand_in_logind", bus)
        assert line(logind) == "ready"
        program = child("tests.scenarios.sleeper", bus, str(sample), str(tmp_path))
        try:
            assert line(program) == "unlocked"
            assert sorted(line(logind) for _ in range(5)) == ASKED_FIRST
            assert logind.stdin is not None
            logind.stdin.write("sleep\n")
            logind.stdin.flush()
            assert line(logind) == "let go", "the computer may sleep"
            assert line(program) == "locked, covered, saved"
        finally:
            end(program)
            end(logind)

    def test_without_logind_on_the_bus_it_goes_on(bus: str) -> None:
        program = child("tests.support.away_listener", bus)
        assert line(program) == "listening"
        end(program)

    def test_where_no_bus_is_nothing_waits(tmp_path: Path) -> None:
        program = child("tests.support.away_listener", f"unix:path={tmp_path}/none")
        assert line(program) == "listening"
        end(program)


def test_windows_messages_of_sleep_and_of_leaving_the_session_mean_away() -> None:
    away = [(POWER_BROADCAST, 4), (SESSION_CHANGE, 7), (SESSION_CHANGE, 2), (SESSION_CHANGE, 4), (SESSION_CHANGE, 6)]
    assert all(means_away(message, word) for message, word in away)
    assert not any(
        means_away(*each) for each in ((POWER_BROADCAST, 7), (SESSION_CHANGE, 8), (SESSION_CHANGE, 1), (1, 7))
    )
