"""How the window opens."""

import pytest
from PySide6.QtCore import QSize

from csp_desktop.gui.starting import size_on


@pytest.mark.parametrize(
    ("screen", "opens"),
    [((1366, 768), (1366, 768)), ((1920, 1080), (1600, 900)), ((640, 360), (640, 360))],
)
def test_the_window_never_opens_larger_than_the_screen(screen: tuple[int, int], opens: tuple[int, int]) -> None:
    assert size_on(QSize(*screen)) == QSize(*opens)
