"""A page follows what it shows: refreshed while it is seen, and when it is seen again."""

import pytest

from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.page import Page
from tests.support.fakes import fake_session
from tests.support.pages import desk_of


class CountingPage(Page):
    """Counts how often it is brought up to date."""

    refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


@pytest.fixture
def pages(qtbot):
    """Two pages of one window: the first follows people and settings and is shown, the second whatever changes."""
    desk, window = desk_of(fake_session()), MainWindow()
    qtbot.addWidget(window)
    one, every = CountingPage(desk), CountingPage(desk)
    one.follow("people", "settings")
    every.follow()
    window.add_page("one", one)
    window.add_page("every", every)
    window.show_page("one")
    with qtbot.waitExposed(window):
        window.show()
    one.refreshed = 0
    return window, one, every, desk.changes


def test_a_page_is_refreshed_for_the_kinds_it_follows_and_no_others(pages):
    _, one, _, changes = pages
    changes.tell("people", "cases")
    assert one.refreshed == 1
    changes.tell("cases")
    assert one.refreshed == 1


def test_a_page_that_is_not_seen_waits_until_it_is(pages):
    window, one, every, changes = pages
    changes.tell("actions")
    assert every.refreshed == 0
    window.show_page("every")
    assert every.refreshed == 1, "once, by being entered"
    changes.tell("settings")
    assert (one.refreshed, every.refreshed) == (0, 2)


def test_what_a_covered_page_missed_is_there_when_the_cover_goes(pages):
    window, one, _, changes = pages
    window.cover()
    changes.tell("settings", "people")
    changes.tell("people")
    assert one.refreshed == 0
    window.uncover()
    assert one.refreshed == 1


def test_a_page_that_missed_nothing_is_shown_as_it_was(pages):
    window, one, _, changes = pages
    window.cover()
    changes.tell("cases")
    window.uncover()
    assert one.refreshed == 0
