"""The widgets together, at every size and look: nothing cut, everything named."""

import pytest
from PySide6.QtGui import QImage

from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from tests.gui.widgets import gallery
from tests.support.screens import SIZES, clipped_texts, picture_at_scale_two, settle, unnamed_controls

SCREENS = {"live": gallery.live, "home": gallery.home}


@pytest.mark.parametrize("size", ["1366x768", "1600x900"])
@pytest.mark.parametrize("theme", [Theme(LIGHT), Theme(DARK), Theme(LIGHT, 1.5), Theme(LIGHT, 2.0)], ids=str)
@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_and_everything_has_a_name(qtbot, qapp, screen: str, theme: Theme, size: str) -> None:
    style.apply(qapp, theme)
    try:
        window = SCREENS[screen]()
        qtbot.addWidget(window)
        settle(window, SIZES[size])
        window.grab()
        assert clipped_texts(window) == []
        assert unnamed_controls(window) == []
    finally:
        style.apply(qapp, Theme())


def test_a_small_screen_at_scale_two_is_drawn_at_twice_the_pixels(tmp_path) -> None:
    path = picture_at_scale_two("tests.gui.widgets.gallery", "live", tmp_path / "live.png")
    image = QImage(str(path))
    assert (image.width(), image.height()) == (1280, 720)
