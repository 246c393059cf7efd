"""Folders are named after people: nobody reads on this computer later which of them the file dialog was led to."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDir, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.window import application
from csp_desktop.gui.window.file_dialogs import CSV, Ask
from tests.scenarios.test_nothing_readable import ROOT, home, readable

PERSON = "Quillfeather"
OTHERS = (
    "[FileDialog]\nhistory=file:///srv/plans\nlastVisited=file:///srv/plans\nqtVersion=5.15.2\n\n[Other]\nwidth=3\n"
)
NATIVE = QSettings.Format.NativeFormat, QSettings.Scope.UserScope


@pytest.mark.parametrize("others", ["", OTHERS])
def test_no_folder_the_file_dialog_was_in_is_kept_and_what_other_programs_keep_is_left(
    sample: Path, tmp_path: Path, others: str
) -> None:
    base, folder = tmp_path / "computer", tmp_path / f"{PERSON} papers"
    folder.mkdir()
    environment = home(base)
    kept = Path(environment["XDG_CONFIG_HOME"]) / "QtProject.conf"
    if others:
        kept.write_text(others, encoding="utf-8")
    target = folder / "members.xlsx"
    words = [sys.executable, "-m", "tests.scenarios.dialog_user", str(sample), str(base / "shown"), str(target)]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert target.exists() and readable(tmp_path, [PERSON]) == {PERSON: [folder.name, target.name]}
    assert (kept.read_text(encoding="utf-8") if kept.exists() else "") == others


def _led_to(folder: Path, accept: bool) -> None:
    """The dialog shown, led to a folder, and closed."""
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
    dialog.setDirectory(str(folder))
    if accept:
        dialog.selectFile("new.csv")
    (dialog.accept if accept else dialog.reject)()


@pytest.mark.parametrize("accept", [True, False])
def test_where_qt_will_write_all_the_same_it_writes_no_folder_and_the_others_settings_come_back(
    qtbot: QtBot, tmp_path: Path, accept: bool
) -> None:
    folder, settings = tmp_path / f"{PERSON} papers", tmp_path / "settings"
    folder.mkdir()
    settings.mkdir()
    kept = settings / "QtProject.conf"
    kept.write_text(OTHERS, encoding="utf-8")
    parent = QWidget()
    qtbot.addWidget(parent)
    QSettings.setPath(*NATIVE, str(settings))
    try:
        QTimer.singleShot(0, parent, lambda: _led_to(folder, accept))
        answer = Ask().save_file(parent, "Save", [CSV], tmp_path / "proposed.csv")
        written: list[str] = []
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog))
        written += [*dialog.history(), *(url.toString() for url in dialog.sidebarUrls()), dialog.directory().path()]
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    finally:
        application.keep_no_folders()
    assert answer == (folder / "new.csv" if accept else None)
    assert set(written) <= {QDir.rootPath()}
    before, after = (QSettings(str(path), QSettings.Format.IniFormat) for path in (settings / "before", kept))
    (settings / "before").write_text(OTHERS, encoding="utf-8")
    before.sync()
    assert {key: after.value(key) for key in after.allKeys()} == {key: before.value(key) for key in before.allKeys()}
    assert readable(settings, [PERSON]) == {}
