"""Help: the shipped text, set for reading, and all keys beside it."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

from csp_desktop.gui.help.help import HelpPage, help_text, key_groups
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, current
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from tests.support.fakes import fake_session
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls


@pytest.fixture
def shown(qtbot):
    return make(qtbot)


def make(qtbot, size="1366x768"):
    window = MainWindow()
    qtbot.addWidget(window)
    page = HelpPage(PageContext(fake_session(), Changes(), Tasks()))
    window.add_page("help", page)
    page.navigate.disconnect()
    window.resize(SIZES[size])
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.show_page("help")
    return window, page


def test_every_heading_of_the_text_stands_in_the_contents(shown):
    _, page = shown
    headings = re.findall(r"^#+ (.+)$", help_text(), re.MULTILINE)
    assert [entry.title for entry in page._ui.contents_view.entries()] == headings
    assert "Ctrl+Enter again accepts" in page._ui.text_view.toPlainText()


def test_a_heading_chosen_comes_to_the_top(qtbot, shown):
    _, page = shown
    bar = page._ui.text_view.verticalScrollBar()
    assert bar.value() == 0
    for _ in range(3):
        qtbot.keyClick(page._ui.contents_view, Qt.Key.Key_Down)
    assert bar.value() > 0


def test_a_line_is_no_longer_than_reads_well(shown):
    _, page = shown
    view = page._ui.text_view
    text = "Overdue cases are discussed first, the most overdue first, then by risk level"
    longest = QFontMetricsF(current().font(15)).horizontalAdvance(text)
    assert view.maximumWidth() <= longest * 1.25


def test_every_key_of_the_window_stands_on_the_page(qtbot, shown):
    _, page = shown
    rows = {f"{key}: {words}" for group in key_groups(page.kind, page.window_keys) for key, words in group.keys}

    def spoken():
        return {label.accessibleName() for label in page.findChildren(type(page._ui.keys_title))}

    qtbot.waitUntil(lambda: rows <= spoken())


def test_escape_and_the_back_button_lead_back(qtbot, shown):
    _, page = shown
    went = []
    page.navigate.connect(lambda stem, argument: went.append((stem, argument)))
    qtbot.keyClick(page._ui.contents_view, Qt.Key.Key_Escape)
    qtbot.keyClick(page._ui.text_view, Qt.Key.Key_Escape)
    page._ui.back_button.click()
    assert went == [("back", None)] * 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_nothing_is_cut_and_all_is_named_at_every_size(qtbot, qapp, size, tokens):
    style.apply(qapp, Theme(tokens))
    window, _ = make(qtbot, size)
    settle(window, SIZES[size])
    assert (clipped_texts(window), unnamed_controls(window)) == ([], [])
    style.apply(qapp, Theme())


@pytest.mark.parametrize("name", ["help.md", "private.md"])
def test_both_helps_say_the_way_about_and_the_words_used_in_their_order(name):
    text = help_text(name)
    assert "# Finding your way" in text
    terms = re.findall(r"^\*\*(.+?)\*\*: ", text.partition("# Words used here")[2], re.MULTILINE)
    assert len(terms) > 25 and terms == sorted(terms, key=str.casefold)
    assert {"CPG", "ISP", "CMHT", "Safety Net", "Read-back"} <= set(terms)
