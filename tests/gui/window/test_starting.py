"""How the window opens."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.app import AppEnvironment
from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.window import starting
from csp_desktop.gui.window.starting import LocalMemory, Starting, open_on, size_on

LATER = (
    "csp_desktop.cli.command_line",
    "sqlalchemy",
    "sqlcipher3",
    "csp_desktop.gui.window.page",
    "csp_desktop.gui.lock.hide_keys",
)
ALLOWED = {  # our own modules loaded before the first paint: each new one delays every start
    "_built.csp_rc",
    "_built.ui_unlock",
    "app",
    "domain.common.aliases",
    "domain.common.errors",
    "domain.common.text",
    "domain.common.users",  # who works with a page, for the rail
    "gui.lock.known_user",
    "gui.lock.unlock",
    "gui.style.access_letters",
    "gui.style.fonts",
    "gui.style.icons",
    "gui.style.painting",
    "gui.style.style",
    "gui.style.theme",
    "gui.widgets.avatar",
    "gui.widgets.buttons",
    "gui.widgets.key_strip",
    "gui.widgets.line_edit",
    "gui.widgets.lock_panel",
    "gui.widgets.passphrase_field",
    "gui.window.actions",
    "gui.window.application",
    "gui.window.changes",
    "gui.window.keys",
    "gui.window.main_window",
    "gui.window.program",
    "gui.window.qt_loading",
    "gui.window.registry",
    "gui.window.starting",
    "gui.window.tasks",
    "saving",
    "vault.vault_presence",
}
DEAR = {  # classes of Qt that PySide takes long to make, each with the first thing that asks for it
    "QChildEvent",  # and fifty more: a method that is told of a plain QEvent
    "QGradient",  # QPainter.fillRect
    "QIcon",
    "QKeyCombination",
    "QKeySequence",
    "QDialog",
    "QShortcut",
    "QToolButton",
}
LOOK = f"""
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit
from csp_desktop.gui.window import starting
from csp_desktop.__main__ import main

made = starting.make_application

def watched(*given):
    app = made(*given)
    timer = QTimer(app)

    def look():
        for window in app.topLevelWidgets():
            if window.windowHandle() is not None and window.windowHandle().isExposed():
                field = app.focusWidget()
                print(type(field).__name__, field.isVisible(), [name for name in {LATER} if name in sys.modules])
                ours = [name for name in sys.modules if name.startswith("csp_desktop.")]
                print(*(name for name in ours if not hasattr(sys.modules[name], "__path__")))
                modules = [vars(sys.modules[f"PySide6.{{name}}"]) for name in ("QtCore", "QtGui", "QtWidgets")]
                print(*(name for made in modules for name in made if isinstance(made[name], type)))
                sys.stdout.flush()
                os._exit(0)

    timer.timeout.connect(look)
    timer.start(0)
    return app

starting.make_application = watched
sys.argv = ["csp-desktop"]
main()
"""


@pytest.mark.parametrize(
    ("screen", "opens"),
    [((1366, 768), (1366, 768)), ((1920, 1080), (1600, 900)), ((640, 360), (640, 360))],
)
def test_the_window_never_opens_larger_than_the_screen(screen: tuple[int, int], opens: tuple[int, int]) -> None:
    assert size_on(QSize(*screen)) == QSize(*opens)


@pytest.mark.parametrize(("screen", "maximised"), [((1366, 768), True), ((1600, 900), True), ((1920, 1080), False)])
def test_on_a_small_screen_the_title_bar_pushes_no_key_over_the_edge(
    qtbot: QtBot, screen: tuple[int, int], maximised: bool
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    open_on(window, QSize(*screen))
    assert window.isVisible() and window.isMaximized() is maximised


def first_paint(tmp_path: Path) -> list[str]:
    """What a start on a file known says at its first paint: a line on what is seen, one of our modules, one of the
    classes PySide has made."""
    partnership = tmp_path / "partnership"
    (partnership / "cpg").mkdir(parents=True)
    (partnership / "cpg" / "vault.json").write_text("{}", encoding="utf-8")
    settings = QSettings(str(tmp_path / "csp-desktop" / "csp-desktop.ini"), QSettings.Format.IniFormat)
    LocalMemory(settings).remember(partnership, "Ruth Coyle")
    settings.sync()
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run([sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=True)
    return said.stdout.splitlines()


def test_the_first_thing_painted_is_the_passphrase_field_and_what_comes_later_is_not_loaded_yet(tmp_path: Path) -> None:
    assert first_paint(tmp_path)[0] == "PassphraseField True []"


def test_nothing_of_ours_is_loaded_before_the_first_paint_but_what_it_needs(tmp_path: Path) -> None:
    loaded = {name.removeprefix("csp_desktop.") for name in first_paint(tmp_path)[1].split()}
    assert loaded - {"__main__"} <= ALLOWED
    assert loaded >= ALLOWED, "no longer loaded: take it off the list"


def test_no_class_of_qt_that_is_dear_is_made_before_the_first_paint(tmp_path: Path) -> None:
    made = set(first_paint(tmp_path)[2].split())
    assert {"QWidget", "QPaintEvent", "QPainter"} <= made, "what is surely made is told"
    assert made & DEAR == set()


class CopiedElsewhere:
    """Vaults that refuse Documents, as where a council's OneDrive copies them."""

    def refuse_unsuitable(self, folder: Path) -> None:
        if "Documents" in folder.parts:
            raise Refused("The folder lies inside OneDrive. Choose another.")

    def close(self) -> None:
        """Nothing was open."""


class CopyingEnvironment(AppEnvironment):
    """A computer where nothing was opened yet."""

    def vaults(self, now: object) -> Any:
        return CopiedElsewhere()


def test_the_first_folder_proposed_is_not_one_that_is_refused(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(starting, "default_folder", lambda: tmp_path / "Documents" / starting.NAME)
    memory = LocalMemory(QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat))
    begun = Starting(CopyingEnvironment(), memory, None)
    qtbot.addWidget(begun.program.window)
    assert begun._proposed() == tmp_path / starting.NAME
    chosen = Starting(CopyingEnvironment(), memory, tmp_path / "Documents" / "Ours")
    qtbot.addWidget(chosen.program.window)
    assert chosen._proposed() == tmp_path / "Documents" / "Ours", "what a person named is theirs to be told about"
