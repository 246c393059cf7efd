"""What the bar of outcomes promises in either meeting."""

from enum import Enum

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout

from csp_desktop.gui.widgets.outcome_bar import Leads, OutcomeBar
from tests.support.screens import settle


class Way(Enum):
    STAY = "stay"
    GO = "go"


class Bar(OutcomeBar):
    """Two ways, the second asks why."""

    def __init__(self):
        super().__init__(None, [(Way.STAY, "Stay"), (Way.GO, "Go")])
        below = QHBoxLayout()
        below.addWidget(self.add_field("reason", "Why"))
        self.lay_out(below)


@pytest.fixture
def bar(qtbot):
    bar = Bar()
    qtbot.addWidget(bar)
    settle(bar, QSize(700, 120))
    bar.show_choices([Leads("here"), Leads("away", "Nobody goes before the month is over.")], None, done=False)
    return bar


def heard(signal):
    words = []
    signal.connect(lambda *given: words.append(given))
    return words


def test_a_screen_reader_hears_what_a_choice_leads_to_and_its_whole_key(bar):
    assert bar.buttons[Way.STAY].accessibleDescription() == "here, Key Ctrl 1"
    assert bar.next_button.accessibleDescription() == "Key Ctrl Enter"


def test_what_cannot_be_chosen_says_why_and_stays_pressed_if_it_was_chosen_before(bar):
    go = bar.buttons[Way.GO]
    assert not go.isEnabled() and go.toolTip() == "Nobody goes before the month is over."
    bar.show_choices([Leads("here"), Leads("away", "Not now.")], Way.GO, done=False)
    assert go.isEnabled() and go.isChecked()


def test_a_turn_that_is_done_offers_to_be_taken_up_again_and_nothing_to_choose(bar):
    again, read_back = heard(bar.again_asked), heard(bar.read_back_asked)
    bar.show_choices([Leads("here"), Leads("away")], Way.STAY, done=True)
    assert not any(button.isEnabled() for button in bar.buttons.values())
    bar.next_button.click()
    assert (bar.next_button.text(), len(again), len(read_back)) == ("Reopen", 1, 0)


def test_a_field_left_says_its_words_once_and_shows_its_beginning(bar, qtbot):
    left, typed = heard(bar.left), heard(bar.typed)
    line = bar.fields["reason"]
    line.setFocus()
    qtbot.keyClicks(line, "ab")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (left, typed) == ([("reason", "ab")], [("reason", "a"), ("reason", "ab")])
    assert line.cursorPosition() == 0


def test_words_being_typed_are_not_written_over_by_what_is_on_record(bar, qtbot):
    bar.show_text("reason", "as agreed")
    qtbot.keyClicks(bar.fields["reason"], " and more")
    bar.show_text("reason", "as agreed")
    assert bar.fields["reason"].text() == "as agreed and more"
    bar.forget_edits()
    bar.show_text("reason", "of the next one")
    assert bar.fields["reason"].text() == "of the next one"


def test_what_is_missing_is_said_at_its_field_and_goes_with_the_next_choice(bar):
    bar.ask_for("reason", "Say why.")
    line = bar.fields["reason"]
    assert (bar.error.text(), line.accessibleDescription(), bar.focusWidget()) == ("Say why.", "Say why.", line)
    bar.show_choices([Leads("here"), Leads("away")], Way.STAY, done=False)
    assert (bar.error.text(), line.accessibleDescription()) == ("", "")


def test_a_choice_that_is_missing_is_asked_for_by_its_keys(bar):
    bar.ask_for("", "Choose an outcome first.")
    assert bar.error.text() == "Choose an outcome first: Ctrl+1 to Ctrl+2."


def test_escape_leads_from_a_field_to_the_read_back(bar, qtbot):
    bar.fields["reason"].setFocus()
    qtbot.keyClick(bar.fields["reason"], Qt.Key.Key_Escape)
    assert bar.focusWidget() is bar.next_button
