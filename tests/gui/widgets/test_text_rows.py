"""A list one writes oneself: what arrives from elsewhere moves nothing under the hands of whoever types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from csp_desktop.gui.widgets.text_rows import TextRows

BODIES = (("One Watford", "quarterly", "one"), ("Daily briefing", "daily", "daily"))


class Page(QWidget):
    """A list, and something else to go to."""

    def __init__(self):
        super().__init__()
        self.rows, self.other = TextRows(self), QPushButton("Elsewhere", self)
        self.told: list[tuple[tuple[str, ...], ...]] = []
        self.rows.set_columns(("Board", "When"), "Add a board")
        self.rows.edited.connect(lambda: self.told.append(self.rows.rows()))
        self.rows.set_rows(BODIES)
        layout = QVBoxLayout(self)
        layout.addWidget(self.rows)
        layout.addWidget(self.other)


@pytest.fixture
def page(qtbot):
    page = Page()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def test_what_a_row_has_unseen_goes_along_with_it_under_another_name(qtbot, page):
    page.rows.fields()[0].setFocus()
    page.rows.fields()[0].end(False)
    qtbot.keyClicks(page.rows.fields()[0], "!")
    page.other.setFocus()
    assert page.told == [(("One Watford!", "quarterly", "one"), BODIES[1])]


def test_a_line_half_typed_stays_when_other_rows_arrive(qtbot, page):
    page.rows.fields()[0].setFocus()
    page.rows.fields()[0].end(False)
    qtbot.keyClicks(page.rows.fields()[0], " and all")
    page.rows.set_rows(BODIES[:1])
    assert [edit.text() for edit in page.rows.fields()] == [
        "One Watford and all",
        "quarterly",
        "Daily briefing",
        "daily",
    ]


def test_other_rows_arrive_under_the_caret_and_nothing_is_told_of_it(page):
    line = page.rows.fields()[0]
    line.setFocus()
    page.rows.set_rows((("Two Watfords", "quarterly", "one"), *BODIES))
    assert page.rows.rows() == (("Two Watfords", "quarterly", "one"), *BODIES)
    page.rows.set_rows(BODIES[1:])
    page.other.setFocus()
    assert (page.rows.rows(), page.told) == (BODIES[1:], [])
    assert page.rows.fields()[0] is line


def test_a_row_that_goes_while_the_caret_is_in_it_tells_nothing(page):
    page.rows.fields()[-1].setFocus()
    page.rows.set_rows(BODIES[:1])
    assert (page.rows.rows(), page.told) == (BODIES[:1], [])


def test_a_line_emptied_and_left_is_gone_and_the_others_are_numbered_anew(qtbot, page):
    for edit in page.rows.fields()[:2]:
        edit.setFocus()
        edit.selectAll()
        qtbot.keyClick(edit, Qt.Key.Key_Delete)
    page.other.setFocus()
    assert page.told[-1] == BODIES[1:]
    page.rows.set_rows(BODIES[1:])
    assert [edit.accessibleName() for edit in page.rows.fields()] == ["Board 1", "When 1"]
