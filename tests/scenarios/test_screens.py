"""Every screen of the sample, at every size and in both looks: no word is cut, every control has a name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csp_desktop.gui import style
from csp_desktop.gui.program import Program
from csp_desktop.gui.theme import Theme
from csp_desktop.rehearsal.pictures import Screen, _before, _in_session, _settle
from csp_desktop.sample import require_sample
from csp_desktop.services.keeping_settings import change_settings
from csp_desktop.services.session import Session
from tests.support.screens import clipped_texts, unnamed_controls

KINDS = {"before the meeting": _before, "in the meeting": _in_session}
SIGHTS = (("light", (1366, 768), 100), ("dark", (1600, 900), 100), ("light", (640, 360), 100))


@pytest.fixture
def look_again() -> Iterator[None]:
    """The usual look for the tests that follow."""
    yield
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme())


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_is_cut_and_every_control_has_a_name(sample: Path, kind: str, qapp: object, look_again: None) -> None:
    with require_sample(sample) as partnership:
        shown = KINDS[kind](partnership)
        found = [finding for sight in SIGHTS for finding in _findings(shown, *sight)]
    assert "\n".join(found) == ""


def _findings(shown: tuple[Session, list[Screen]], theme: str, size: tuple[int, int], text_size: int) -> list[str]:
    session, screens = shown
    change_settings(session, theme=theme, text_size=text_size)
    program = Program(session.now, lambda: None, lambda dark, scale: None)
    program.window.resize(*size)
    program.window.show()
    program.begin(session)
    found = []
    for name, show in screens:
        widget = show(program)
        _settle(program)
        at = f"{name}, {theme}, {size[0]}×{size[1]}, {text_size} %"
        found += [f"{at}: cut: {text}" for text in clipped_texts(widget)]
        found += [f"{at}: no name: {control}" for control in unnamed_controls(widget)]
    program.window.forget_pages()
    program.window.hide()
    program.window.deleteLater()
    return found
