"""Every screen on the real encrypted sample at both sizes: nothing is cut off, everything one acts on has a name."""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from csp_desktop.gui.application import make_application
from csp_desktop.gui.program import Program
from csp_desktop.rehearsal import pictures
from csp_desktop.sample import make_sample, require_sample
from csp_desktop.services.session import Session
from tests.support.screens import clipped_texts, settle, unnamed_controls


def test_no_screen_cuts_a_text_or_leaves_a_control_without_a_name(qtbot: QtBot, tmp_path: Path) -> None:
    make_application(["test"])
    make_sample(tmp_path / "partnership")
    findings: dict[str, list[str]] = {}
    seen = []

    def look(shown: tuple[Session, list[pictures.Screen]], size: tuple[int, int]) -> None:
        session, screens = shown
        program = Program(session.now, lambda: None, lambda dark, scale: None)
        program.window.resize(*size)
        program.window.show()
        program.begin(session)
        for name, show in screens:
            widget = show(program)
            pictures._settle(program)
            seen.append(name)
            if wrong := [*clipped_texts(widget), *unnamed_controls(widget)]:
                findings[f"{name} at {size}"] = wrong
        program.window.close()
        program.window.deleteLater()

    with require_sample(tmp_path / "partnership") as partnership:
        for make in (pictures._before, pictures._in_session):
            shown = make(partnership)
            for size in pictures.SIZES:
                look(shown, size)
    assert findings == {}
    assert len(seen) == 2 * (1 + len(pictures.BEFORE) + len(pictures.SECTIONS) + 6)


def test_a_label_too_narrow_for_its_words_is_found(qtbot: QtBot) -> None:
    label = QLabel("Nimmi Raghunathan-Pillai")
    qtbot.addWidget(label)
    settle(label, QSize(40, 30))
    assert clipped_texts(label) == ["Nimmi Raghunathan-Pillai"]
