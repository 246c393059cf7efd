"""Home: the next step is the one primary button, what needs someone leads there, the cases stand by broken promise."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from csp_desktop.gui.home.home import HomePage, meeting_steps
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.context import PageContext
from csp_desktop.gui.window.main_window import MainWindow
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.meeting import agenda, walk_order
from csp_desktop.services.meeting.closing import close_meeting
from tests.support.fakes import FixedClock, fake_session
from tests.support.held_meeting import NOVEMBER as HELD
from tests.support.held_meeting import partnership
from tests.support.prepared_meeting import MORNING, prepared_session
from tests.support.screens import SIZES, clipped_texts, settle, unnamed_controls


class Shown:
    """The page in its window, and where it asked to go."""

    def __init__(self, qtbot, session, size="1366x768"):
        self.page = HomePage(PageContext(session, Changes(), Tasks()))
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.window.add_page("home", self.page)
        self.page.navigate.disconnect()
        self.went: list[tuple[str, object]] = []
        self.page.navigate.connect(lambda stem, argument: self.went.append((stem, argument)))
        self.window.show_page("home")
        settle(self.window, SIZES[size])
        self.ui = self.page._ui
        self.work = self.ui.work.ui


@pytest.fixture(scope="module")
def full():
    return prepared_session()


@pytest.fixture
def home(qtbot, full):
    return Shown(qtbot, full)


def empty_session():
    return fake_session(now=FixedClock(MORNING), user_name="Hannah Price")


def test_there_is_one_primary_button_and_it_is_the_next_step(home):
    shown = [b for b in home.window.findChildren(PrimaryButton) if b.isVisible()]
    assert shown == [home.work.next_button]
    assert home.work.next_title.text() == "Prepare the meeting of Thu 26 Nov"
    home.work.next_button.click()
    assert home.went[0][0] == "prepare"


def test_enter_takes_the_next_step(home, qtbot):
    qtbot.keyClick(home.page, Qt.Key.Key_Return)
    assert home.went[0][0] == "prepare"


def test_arrows_and_enter_lead_to_what_needs_someone(home, qtbot):
    qtbot.keyClick(home.work.next_button, Qt.Key.Key_Down)
    qtbot.keyClick(home.work.needs_view, Qt.Key.Key_Return)
    assert home.went == [("actions", None)]
    qtbot.keyClick(home.work.needs_view, Qt.Key.Key_Down)
    qtbot.keyClick(home.work.needs_view, Qt.Key.Key_Return)
    assert home.went[-1] == ("cases", "broken")


def test_late_actions_show_their_officers(home):
    first = home.work.needs_view.entries()[0]
    assert first.people == (("PS Dan Holt", 2), ("Ștefan Ionescu", 1), ("Ewa Łukasik", 1))
    assert "PS Dan Holt 2" in first.spoken()


def test_open_cases_stand_by_broken_promise_then_late_actions_by_officer(home):
    headings = [e.title for e in home.ui.cases_view.entries() if e.heading]
    assert headings == ["Review overdue", "Risk not reduced", "Due before the meeting", "Overdue actions"]
    assert home.ui.ticks.accessibleName() == "11 overdue, 1 due by Thu 26 Nov, 34 on track"
    case = next(e for e in home.ui.cases_view.entries() if e.key.startswith("case:"))
    home.ui.cases_view.chosen.emit(case.key)
    home.ui.cases_view.chosen.emit("officer:dan")
    assert home.went == [("case", case.key.removeprefix("case:")), ("actions", None)]


def test_the_bar_counts_the_days_between_two_meetings(home):
    state = home.page.bar_state()
    assert state.headline == "Day 26 of 28"
    assert [note.text for note in state.notes] == ["Thu 19 Nov circulate", "Thu 26 Nov CPG"]
    assert [figure.big for figure in state.figures] == ["46", "5", "10:20"]


def agreed_session():
    """November is closed with a day agreed, and nothing is planned yet."""
    session = partnership(8)
    close_meeting(session, HELD, next_on=date(2026, 12, 17), reason="time")
    return session


def test_a_day_agreed_and_not_planned_is_counted_down_to_in_bar_and_card(qtbot):
    home = Shown(qtbot, agreed_session())
    assert (home.work.second_card.ui.by_label.text(), home.work.second_card.ui.pill.text()) == (
        "Thu 17 Dec",
        "Agreed, not yet planned",
    )
    state = home.page.bar_state()
    assert (state.headline, [note.text for note in state.notes]) == (
        "Day 0 of 21",
        ["Thu 10 Dec circulate", "Thu 17 Dec CPG"],
    )
    ahead = home.page._ahead
    assert ahead is not None and meeting_steps(ahead)[0].caption == "for Thu 17 Dec"


def test_the_next_step_after_a_meeting_leads_to_its_minutes(qtbot):
    home = Shown(qtbot, agreed_session())
    assert home.work.next_title.text() == "Check the minutes of Thu 26 Nov"
    home.work.next_button.click()
    assert home.went == [("minutes", HELD)]


@pytest.mark.parametrize("size", ["1366x768", "640x360"])
@pytest.mark.parametrize("theme", [Theme(LIGHT), Theme(LIGHT, 2.0)], ids=str)
def test_nothing_is_cut_while_a_day_is_agreed_only(qtbot, qapp, theme, size):
    style.apply(qapp, theme)
    try:
        home = Shown(qtbot, agreed_session(), size)
        home.window.grab()
        assert clipped_texts(home.window) == []
    finally:
        style.apply(qapp, Theme())


def test_an_empty_partnership_says_what_to_do_first_and_pretends_nothing(qtbot):
    home = Shown(qtbot, empty_session())
    assert home.work.next_title.text() == "Add the people of your group"
    assert [e.title for e in home.work.needs_view.entries()][-1] == "Plan the first meeting"
    assert home.ui.alone_label.isVisible()
    assert "every role" in home.ui.alone_label.text()
    assert not home.ui.ticks.isVisible()
    assert home.page.bar_state().segments == ()


def test_a_change_elsewhere_is_shown_here(qtbot):
    session = prepared_session()
    home = Shown(qtbot, session)
    meeting = agenda.next_meeting(session)
    assert meeting is not None
    walk_order.confirm_all_room_titles(session, meeting.id)
    home.page._context.changes.tell("meeting")
    assert home.work.next_title.text() == "Check the agenda of Thu 26 Nov"


@pytest.mark.parametrize("size", ["1366x768", "1600x900", "640x360"])
@pytest.mark.parametrize("theme", [Theme(LIGHT), Theme(DARK), Theme(LIGHT, 1.5), Theme(LIGHT, 2.0)], ids=str)
@pytest.mark.parametrize("made", ["full", "empty"])
def test_nothing_is_cut_and_everything_has_a_name(qtbot, qapp, full, made, theme, size):
    style.apply(qapp, theme)
    try:
        home = Shown(qtbot, full if made == "full" else empty_session(), size)
        home.window.grab()
        assert clipped_texts(home.window) == []
        assert unnamed_controls(home.window) == []
    finally:
        style.apply(qapp, Theme())


def test_on_a_low_window_the_notes_of_the_countdowns_give_way(qtbot, full):
    home, low = Shown(qtbot, full, "1600x900"), Shown(qtbot, full, "640x360")
    for name in ("first_card", "second_card"):
        card, small = getattr(home.work, name).ui, getattr(low.work, name).ui
        assert (card.note_label.isVisible(), small.note_label.isVisible()) == (True, False)
        assert small.number.height() < card.number.height()
    assert low.work.next_button.height() < home.work.next_button.height()
