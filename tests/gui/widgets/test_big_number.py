"""A figure in large digits, or the word in its place."""

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from csp_desktop.gui.widgets.badges import BigNumber


def _rows_of_ink(number: BigNumber) -> list[int]:
    picture = number.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ground = picture.pixel(picture.width() - 1, 0)
    rows = range(picture.height())
    return [y for y in rows if any(picture.pixel(x, y) != ground for x in range(picture.width()))]


@pytest.mark.parametrize("word", ["7", "Today", "Done"])
def test_no_foot_of_a_letter_is_cut(qtbot: QtBot, word: str) -> None:
    number = BigNumber()
    qtbot.addWidget(number)
    number.set_number(word)
    number.resize(number.sizeHint())
    ink = _rows_of_ink(number)
    assert ink[0] > 0 and ink[-1] < number.grab().toImage().height() - 1
