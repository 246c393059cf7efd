"""A bug with a person's name in its message, its values and its folders: none of them is written, shown or copied."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from csp_desktop.gui.window import bug_log
from csp_desktop.gui.window.bug_notice import BugNotice
from csp_desktop.gui.window.bug_report import _module, versions, where_it_broke

CANARY = "Wilhelmina Quartermaine"
ROOT = Path(__file__).resolve().parents[3]
CHILD = f"""
import sys, threading
from csp_desktop.gui.window.bug_log import write
from csp_desktop.gui.window.bug_report import install_excepthook
told = []
install_excepthook(lambda report: (told.append(report), print(report)), write)

def break_down(name):
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no such case: {{name}}") from error

class Gone:
    def __del__(self):
        break_down("{CANARY}")

thread = threading.Thread(target=break_down, args=("{CANARY}",))
thread.start()
thread.join()
Gone()
break_down("{CANARY}")
"""


def broken() -> BaseException:
    name = CANARY
    try:
        raise ValueError(f"no such person: {name}")
    except ValueError as error:
        return error


def test_a_report_has_the_kind_and_the_lines_and_nothing_else() -> None:
    report = where_it_broke(broken())
    first, second = report.splitlines()
    assert first == "ValueError in"
    assert second.strip().startswith("test_bug_report.py:") and second.endswith(" broken")


@pytest.mark.parametrize(
    ("filename", "told"),
    [
        ("/home/wquartermaine/csp/csp_desktop/gui/window/program.py", "csp_desktop/gui/window/program.py"),
        ("/home/wquartermaine/.venv/lib/site-packages/sqlalchemy/engine/base.py", "sqlalchemy/engine/base.py"),
        ("/home/wquartermaine/.venv/lib/python3.11/site-packages/csp_desktop/app.py", "csp_desktop/app.py"),
        ("/home/wquartermaine/csp_desktop/csp_desktop/app.py", "csp_desktop/app.py"),
        ("/home/wquartermaine/evening.py", "evening.py"),
        ("<string>", "<string>"),
    ],
)
def test_a_file_is_named_by_its_place_in_the_program(filename: str, told: str) -> None:
    assert _module(filename) == told


def test_neither_log_nor_screen_has_a_word_of_what_was_raised(tmp_path: Path) -> None:
    home = tmp_path / "wquartermaine"
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(home), "LOCALAPPDATA": str(home), "PATH": os.environ["PATH"]}
    ended = subprocess.run([sys.executable, "-c", CHILD], env=environment, capture_output=True, text=True)
    logs = [file for file in home.rglob("*") if file.is_file()]
    assert [log.name for log in logs] == [bug_log.FILE]
    written = logs[0].read_text()
    assert written.count("ValueError in") == 3 and written.count("from KeyError in") == 3
    assert "ValueError in" in ended.stdout
    for text in (written, ended.stdout, ended.stderr):
        assert not any(part in text.lower() for part in (CANARY.lower(), "quartermaine", str(tmp_path)))
    if sys.platform != "win32":
        assert stat.S_IMODE(logs[0].stat().st_mode) == 0o600


def test_the_log_rolls_over_and_stays_small(tmp_path: Path) -> None:
    for _ in range(12):
        bug_log.write("x" * 200_000, tmp_path)
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == 1 + bug_log.KEPT
    assert all(file.stat().st_size <= bug_log.MOST_BYTES for file in kept)


def test_where_no_log_can_be_written_the_program_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    bug_log.write("ValueError in", tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b""


def test_the_notice_stands_beside_the_window_and_copies_only_the_report(qtbot: QtBot) -> None:
    report = f"{versions()}\n{where_it_broke(broken())}"
    notice = BugNotice(report)
    qtbot.addWidget(notice)
    notice.add(report)
    notice.add("KeyError in")
    notice.show()
    assert not notice.isModal()
    shown = " ".join(label.text() for label in notice.findChildren(QLabel))
    assert CANARY not in shown
    copy = next(button for button in notice.findChildren(QPushButton) if "Copy" in button.text())
    copy.click()
    assert QApplication.clipboard().text() == f"{report}\n\nKeyError in"
    assert str(Path.home()) not in report
