"""Fields and lists worked by key: a day moved by arrows, a usual reason taken, a person marked, a candidate chosen."""

from datetime import date
from typing import Protocol, TypeVar

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.style.theme import Tone, current
from csp_desktop.gui.widgets.buttons import LinkButton, SecondaryButton
from csp_desktop.gui.widgets.candidate_strip import Candidate, CandidateCard, CandidateStrip
from csp_desktop.gui.widgets.check_list import CheckLine, CheckList
from csp_desktop.gui.widgets.day_field import HOW, DayField
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.fix_row import FixRow, PassedBlock
from csp_desktop.gui.widgets.lock_panel import LockCover, LockFigure, LockPanel, LockPanelState
from csp_desktop.gui.widgets.lock_warning import LockWarning
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.widgets.people_lists import PeopleList, PersonEntry
from csp_desktop.gui.widgets.reason_field import ReasonField
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.gui.window.application import make_application

W = TypeVar("W", bound=QWidget)
TODAY = date(2026, 11, 26)
ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Show(Protocol):
    """Shows a widget in a window of its own, beside something else that can have the focus."""

    def __call__(self, widget: W, size: QSize | None = None) -> W: ...


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    make_application(["test"])
    windows: list[QWidget] = []

    def shown(widget: W, size: QSize | None = None) -> W:
        window = QWidget()
        windows.append(window)  # what nobody holds is gone
        column = QVBoxLayout(window)
        column.addWidget(widget)
        column.addWidget(QPushButton("elsewhere", window))
        qtbot.addWidget(window)
        if size is not None:
            window.resize(size)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        widget.setFocus()
        return widget

    return shown


def leave(widget: QWidget) -> None:
    (button,) = [b for b in widget.window().findChildren(QPushButton) if b.text() == "elsewhere"]
    button.setFocus()


@pytest.fixture
def day(show: Show) -> DayField:
    field = show(DayField())
    field.set_today(lambda: TODAY)
    field.set_day(TODAY)
    field.setFocus()
    return field


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Up, date(2026, 11, 27)),
        (Qt.Key.Key_Down, date(2026, 11, 25)),
        (Qt.Key.Key_PageUp, date(2026, 12, 3)),
        (Qt.Key.Key_PageDown, date(2026, 11, 19)),
    ],
)
def test_arrows_move_a_day_and_page_keys_a_week(qtbot: QtBot, day: DayField, key: Qt.Key, expected: date) -> None:
    with qtbot.waitSignal(day.given) as given:
        QTest.keyClick(day, key)
        assert day.day() == expected
    assert given.args == [expected]


def test_several_arrows_give_one_day_when_the_field_is_left(qtbot: QtBot, day: DayField) -> None:
    given: list[object] = []
    day.given.connect(given.append)
    for _ in range(3):
        QTest.keyClick(day, Qt.Key.Key_Up)
    leave(day)
    qtbot.waitUntil(lambda: given == [date(2026, 11, 29)])


def test_a_day_as_people_write_it_is_given_on_enter_and_shown_in_full(qtbot: QtBot, day: DayField) -> None:
    day.selectAll()
    QTest.keyClicks(day, "fri week")
    with qtbot.waitSignal(day.given) as given:
        QTest.keyClick(day, Qt.Key.Key_Return)
    assert given.args == [date(2026, 12, 4)] and day.text() == "Fri 4 Dec 2026"


def test_what_is_no_day_stays_and_is_told(qtbot: QtBot, day: DayField) -> None:
    given: list[object] = []
    day.given.connect(given.append)
    day.selectAll()
    QTest.keyClicks(day, "soon")
    with qtbot.waitSignal(day.unread) as unread:
        QTest.keyClick(day, Qt.Key.Key_Return)
    assert unread.args == [HOW] and (day.text(), day.day(), given) == ("soon", None, [])


def test_a_day_left_as_it_is_is_not_given_again(qtbot: QtBot, day: DayField) -> None:
    given: list[object] = []
    day.given.connect(given.append)
    QTest.keyClick(day, Qt.Key.Key_Return)
    leave(day)
    QApplication.processEvents()
    assert given == [] and day.day() == TODAY


def test_a_field_one_comes_to_by_tab_is_ready_to_be_typed_over(day: DayField) -> None:
    leave(day)
    day.setFocus(Qt.FocusReason.TabFocusReason)
    assert day.selectedText() == day.text()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_calendar_opens_on_the_day_and_gives_the_one_chosen(qtbot: QtBot, day: DayField) -> None:
    QTest.keyClick(day, Qt.Key.Key_Down, ALT)
    (calendar,) = day.findChildren(QCalendarWidget)
    assert calendar.selectedDate().toPython() == TODAY
    chosen = calendar.selectedDate().addDays(4)
    with qtbot.waitSignal(day.given) as given:
        calendar.clicked.emit(chosen)
    assert given.args == [date(2026, 11, 30)]


@pytest.fixture
def reason(show: Show) -> ReasonField:
    field = show(ReasonField())
    field.set_hint("Why it was not done")
    field.set_usual(("Could not reach", "On leave"))
    return field


def test_a_usual_reason_is_marked_by_arrows_taken_by_enter_and_left_by_escape(reason: ReasonField) -> None:
    marked: list[int] = []
    reason.marked.connect(marked.append)
    for _ in range(3):
        QTest.keyClick(reason, Qt.Key.Key_Down)
    assert marked == [0, 1] and reason.placeholderText() == "On leave"
    assert "On leave" in reason.accessibleDescription()
    QTest.keyClick(reason, Qt.Key.Key_Escape)
    assert (marked[-1], reason.placeholderText(), reason.text()) == (-1, "Why it was not done", "")
    QTest.keyClick(reason, Qt.Key.Key_Down)
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert (reason.text(), reason.words(), reason.chosen()) == ("Could not reach: ", "Could not reach", 0)


def test_a_reason_taken_by_its_number_goes_before_what_was_typed_and_another_takes_its_place(
    reason: ReasonField,
) -> None:
    QTest.keyClicks(reason, "2 visits failed")
    QTest.keyClick(reason, Qt.Key.Key_1, ALT)
    assert reason.words() == "Could not reach: 2 visits failed"
    QTest.keyClick(reason, Qt.Key.Key_2, ALT)
    assert (reason.words(), reason.chosen()) == ("On leave: 2 visits failed", 1)
    QTest.keyClick(reason, Qt.Key.Key_3, ALT)
    assert reason.words() == "On leave: 2 visits failed"
    QTest.keyClick(reason, Qt.Key.Key_Z, CTRL)
    assert reason.words() == "Could not reach: 2 visits failed"


def test_typing_takes_the_mark_away_and_without_usual_reasons_there_is_none(reason: ReasonField) -> None:
    QTest.keyClick(reason, Qt.Key.Key_Down)
    QTest.keyClicks(reason, "x")
    assert reason.placeholderText() == "Why it was not done" and reason.chosen() == -1
    reason.set_usual(())
    QTest.keyClick(reason, Qt.Key.Key_Down)
    QTest.keyClick(reason, Qt.Key.Key_1, ALT)
    assert reason.text() == "x"


PEOPLE = (
    Candidate("ewa", "Ewa Łukasik", "Change Grow Live"),
    Candidate("dan", "PS Dan Holt", "Police", signed=True),
    Candidate("ravi", "Ravi Nair", "New Hope"),
    Candidate("stefan", "Ștefan Ionescu", "Council"),
)


@pytest.fixture
def strip(show: Show) -> CandidateStrip:
    return show(CandidateStrip(), QSize(900, 120))


def cards(strip: CandidateStrip) -> list[CandidateCard]:
    found = [card for card in strip.findChildren(CandidateCard) if card.isVisible()]
    return sorted(found, key=lambda card: card.x())


def test_before_anything_is_typed_there_is_no_card_and_then_not_listed_is_the_last(strip: CandidateStrip) -> None:
    strip.set_candidates(PEOPLE[:2], asked=False)
    assert cards(strip) == []
    strip.set_candidates(PEOPLE[:2], asked=True)
    assert [card.text() for card in cards(strip)] == ["Ewa Łukasik", "PS Dan Holt", "Not listed"]
    assert cards(strip)[0].accessibleName() == "Ewa Łukasik, Change Grow Live"
    strip.set_candidates((), asked=True)
    assert [card.text() for card in cards(strip)] == ["Not listed"] and strip.marked() == ""


def test_the_marked_one_is_always_among_the_cards_and_goes_round(strip: CandidateStrip) -> None:
    strip.set_candidates(PEOPLE, asked=True)
    seen = []
    for _ in range(6):
        (marked,) = [card for card in cards(strip) if card.marked]
        assert marked.accessibleDescription() == "chosen"
        seen.append(strip.marked())
        strip.step(1)
    assert seen == ["ewa", "dan", "ravi", "stefan", "", "ewa"]
    strip.step(-2)
    assert strip.marked() == ""
    strip.mark("ravi")
    strip.mark("nobody")
    assert strip.marked() == "ravi"


def test_enter_and_a_click_choose_a_person_or_nobody_listed(qtbot: QtBot, strip: CandidateStrip) -> None:
    chosen: list[str] = []
    strip.chosen.connect(chosen.append)
    strip.take()
    strip.set_candidates(PEOPLE, asked=True)
    strip.step(1)
    strip.take()
    qtbot.mouseClick(cards(strip)[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(cards(strip)[-1], Qt.MouseButton.LeftButton)
    assert chosen == ["dan", "ewa", ""]


def test_cards_lie_side_by_side_inside_the_strip(strip: CandidateStrip) -> None:
    strip.set_candidates(PEOPLE, asked=True)
    row = cards(strip)
    assert all(a.geometry().right() < b.x() for a, b in zip(row, row[1:], strict=False))
    assert row[-1].geometry().right() <= strip.width()
    strip.window().resize(420, 120)
    QApplication.processEvents()
    assert [card.text() for card in cards(strip)] == ["Ewa Łukasik", "Not listed"]


LINES = (
    CheckLine("clause", "The texts are confirmed", True),
    CheckLine("papers", "The papers went out", False, "Send them"),
    CheckLine("room", "A room is booked", False),
)


def test_what_fails_stands_first_with_its_fix_and_is_spoken(qtbot: QtBot, show: Show) -> None:
    checks = show(CheckList())
    checks.set_lines(LINES)
    words = [label.text() for label in checks.findChildren(QLabel) if label.text()]
    assert words == ["The papers went out", "A room is booked", "The texts are confirmed"]
    assert checks.accessibleDescription() == "The papers went out, A room is booked"
    (button,) = checks.findChildren(LinkButton)
    assert button.accessibleName() == "Send them: The papers went out"
    with qtbot.waitSignal(checks.fixed) as fixed:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert fixed.args == ["papers"]
    checks.set_lines(LINES)
    assert checks.findChildren(LinkButton) == [button], "nothing is built anew for the same lines"
    checks.set_lines(LINES[:1])
    assert checks.accessibleDescription() == "Nothing outstanding" and checks.lines() == LINES[:1]


def test_a_failing_check_is_fixed_by_a_person_a_day_or_kept_as_it_is(qtbot: QtBot, show: Show) -> None:
    row = show(FixRow(None, "officer", "No officer", "Visit the flat", Tone.HIGH))
    fixed: list[tuple[str, str]] = []
    row.fixed.connect(lambda key, value: fixed.append((key, value)))
    row.offer_people((("dan", "PS Dan Holt"), ("ewa", "Ewa Łukasik")), "Reset")
    (button,) = row.findChildren(SecondaryButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    row._people.setCurrentIndex(2)  # type: ignore[union-attr]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert fixed == [("officer", ""), ("officer", "ewa")]
    assert row.accessibleName() == "No officer, Visit the flat"
    row.refuse("Choose the officer.")
    assert "Choose the officer." in [label.text() for label in row.findChildren(QLabel) if label.isVisible()]


def test_a_day_typed_in_a_failing_check_is_given_by_enter(qtbot: QtBot, show: Show) -> None:
    row = show(FixRow(None, "due", "No date", "", Tone.MEDIUM))
    row.offer_day("by when", "Set it")
    (edit,) = row.findChildren(QLineEdit, "day_due")
    QTest.keyClicks(edit, "fri")
    with qtbot.waitSignal(row.fixed) as fixed:
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert fixed.args == ["due", "fri"]
    keep = row.offer_keep()
    with qtbot.waitSignal(row.kept) as kept:
        qtbot.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert kept.args == ["due"] and keep.accessibleName() == "Keep No date"


def test_what_is_in_order_is_spoken_as_one(show: Show) -> None:
    block = show(PassedBlock(None, ("Everyone signed", "No name is in it")))
    assert block.accessibleName() == "In order: Everyone signed, No name is in it"


def people_rows() -> list[Entry]:
    return [
        PersonEntry("", "Police", heading=True),
        PersonEntry("dan", "PS Dan Holt", "Sergeant", mail="dan@police.example", standing="standing", marked=True),
        PersonEntry("ewa", "Ewa Łukasik"),
    ]


def test_a_person_is_marked_by_space_by_ctrl_and_on_the_box_and_chosen_elsewhere(qtbot: QtBot, show: Show) -> None:
    people = show(PeopleList(), QSize(500, 300))
    people.set_entries(people_rows())
    asked: list[str] = []
    chosen: list[str] = []
    people.mark_asked.connect(asked.append)
    people.chosen.connect(chosen.append)
    people.set_current("ewa")
    qtbot.keyClick(people, Qt.Key.Key_Space)
    middle = people.visualRect(people.currentIndex()).center()
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, CTRL, middle)
    on_box = QPoint(current().px(24), middle.y())
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=on_box)
    assert (asked, chosen) == (["ewa", "ewa", "ewa"], [])
    qtbot.mouseClick(people.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (len(asked), chosen) == (3, ["ewa"])


def test_a_person_is_spoken_whole_the_mark_first() -> None:
    heading, dan, ewa = people_rows()
    assert dan.spoken() == "marked, PS Dan Holt, Sergeant, standing, dan@police.example"
    assert ewa.spoken() == "Ewa Łukasik" and heading.spoken().startswith("Police")


def test_a_passphrase_is_shown_only_while_it_is_held(show: Show) -> None:
    field = show(PassphraseField())
    dots, clear = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal
    QTest.keyPress(field, Qt.Key.Key_F8)
    assert field.echoMode() is clear
    QTest.keyRelease(field, Qt.Key.Key_F8)
    assert field.echoMode() is dots
    QTest.keyPress(field, Qt.Key.Key_F8)
    leave(field)
    assert field.echoMode() is dots


def test_caps_lock_is_known_from_what_comes_of_a_letter(show: Show) -> None:
    field = show(PassphraseField())
    heard: list[bool] = []
    field.caps_lock_changed.connect(heard.append)
    QTest.keyClicks(field, "a1")
    QTest.keyClicks(field, "A", SHIFT)
    assert (field.caps_lock(), heard) == (False, [])
    QTest.keyClicks(field, "B")
    assert (field.caps_lock(), heard) == (True, [True])
    QTest.keyClick(field, Qt.Key.Key_CapsLock)
    assert heard == [True, False]


def test_escape_empties_the_search_first_and_then_goes_on(show: Show) -> None:
    box = show(SearchBox(hint="Find a case", key="F3"))
    assert (box.accessibleName(), box.accessibleDescription()) == ("Find a case", "Key F3")
    QTest.keyClicks(box, "oak")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    box.set_hint("Find a person")
    assert (box.placeholderText(), box.accessibleDescription()) == ("Find a person", "")


def test_the_warning_before_the_lock_counts_down_at_the_foot_of_its_window(show: Show) -> None:
    window = show(QWidget(), QSize(700, 400)).window()
    warning = LockWarning(window)
    assert warning.isHidden()
    warning.count(12)
    assert warning.text() == "Locks in 12 seconds" and not warning.isHidden()
    warning.count(1)
    assert warning.text() == "Locks in 1 second" and "press Shift" in warning.accessibleName()
    before = warning.y()
    window.resize(700, 600)
    QApplication.processEvents()
    assert warning.y() == before + 200 and 0 <= warning.x() < warning.geometry().right() <= window.width()


def test_what_is_drawn_over_a_locked_program_is_spoken_and_fits_every_size(show: Show) -> None:
    cover = show(LockCover(), QSize(300, 200))
    assert cover.accessibleName() == "Hidden. Everything typed is kept."
    cover.set_text("The private meeting is hidden.")
    assert cover.accessibleName() == "The private meeting is hidden."
    panel = show(LockPanel(), QSize(700, 700))
    figures = (LockFigure("users", "21", "present, all signed"), LockFigure("check", "12", "actions agreed"))
    panel.set_state(
        LockPanelState(
            "Safety Partnership",
            "Testford",
            "In progress",
            True,
            "14:02",
            "CPG",
            "Town Hall",
            "9 of 46",
            "4 min behind",
            9,
            46,
            figures,
            "Nothing of a case is shown here",
        )
    )
    assert panel.accessibleName() == "Safety Partnership Testford"
    assert panel.accessibleDescription().startswith("In progress, 14:02, CPG, Town Hall, 9 of 46, 4 min behind")
    assert "21 present, all signed" in panel.accessibleDescription()
    for size in (QSize(700, 700), QSize(340, 220), QSize(1200, 900)):
        panel.window().resize(size)
        assert not panel.grab().isNull()
