"""What the widgets promise to pages and to people."""

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from csp_desktop.gui.style import style
from csp_desktop.gui.style.painting import Ink, width_of
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, Tokens, Tone, private
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.badges import RatingBadge, Trend
from csp_desktop.gui.widgets.case_clock import CaseClock, ClockMark
from csp_desktop.gui.widgets.chips import Chip, Chips
from csp_desktop.gui.widgets.containers import Flow
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList, EntryModel
from csp_desktop.gui.widgets.fields import NumberField
from csp_desktop.gui.widgets.key_strip import KeyStrip
from csp_desktop.gui.widgets.labels import ElidedLabel, SavedLabel
from csp_desktop.gui.widgets.line_edit import FieldError
from csp_desktop.gui.widgets.meeting_bar import BarKind, BarNote, BarState, Figure, MeetingBar, SegmentState, progress
from csp_desktop.gui.widgets.message_bar import InlineBar
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.rail import Rail
from csp_desktop.gui.widgets.signature_pad import SignaturePad
from csp_desktop.gui.widgets.steps import StepMark, StepState
from csp_desktop.gui.widgets.three_columns import Column, ThreeColumns
from tests.support.screens import settle


def _rows() -> list[Entry]:
    return [
        Entry("", "Cases", heading=True),
        Entry("a", "First"),
        Entry("", "More", heading=True),
        Entry("b", "Second"),
    ]


def test_a_row_is_chosen_by_the_keyboard_and_headings_are_passed_over(qtbot) -> None:
    rows = EntryList()
    qtbot.addWidget(rows)
    rows.set_entries(_rows())
    settle(rows, QSize(300, 300))
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.chosen) as chosen:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert chosen.args == ["b"]
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    assert rows.current_key() == "a"


class Pressed(QWidget):
    """Keeps what comes to it."""

    def __init__(self) -> None:
        super().__init__()
        self.typed: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.typed.append(event.text())


def test_a_single_letter_in_a_list_is_for_the_page(qtbot) -> None:
    page = Pressed()
    qtbot.addWidget(page)
    rows = EntryList(page)
    rows.set_entries(_rows())
    rows.set_current("a")
    qtbot.keyClick(rows, Qt.Key.Key_D)
    assert (page.typed, rows.current_key()) == (["d"], "a")


def test_the_list_keeps_its_place_when_its_rows_are_told_again(qtbot) -> None:
    rows = EntryList()
    qtbot.addWidget(rows)
    rows.set_entries(_rows())
    rows.set_current("b")
    rows.set_entries([Entry("b", "Second"), Entry("c", "Third")])
    assert rows.current_key() == "b"


def test_a_list_asks_for_the_same_height_whether_its_bar_stands_there_or_not(qtbot) -> None:
    rows = EntryList()
    qtbot.addWidget(rows)
    rows.set_wrapping(True)
    rows.set_entries([Entry(str(n), "A row that goes " + "on and " * n + "on") for n in range(12)])
    for wide in range(200, 420, 7):
        settle(rows, QSize(wide, 60))
        assert rows.verticalScrollBar().isVisible()
        high = rows.content_height()
        settle(rows, QSize(wide, high))
        assert not rows.verticalScrollBar().isVisible() and rows.verticalScrollBar().maximum() == 0
        assert rows.content_height() == high


def test_the_rows_pass_qts_own_check_of_a_model(qtmodeltester) -> None:
    rows = EntryModel()
    rows.replace(tuple(_rows()))
    qtmodeltester.check(rows, force_py=True)
    rows.replace((Entry("b", "Second"),))
    assert rows.rowCount() == 1


def test_a_screen_reader_hears_the_whole_row() -> None:
    entry = Entry("x", "Queens Road", "SN-2026-0412", rating="38", rating_word="High", trend=Trend.DOWN)
    assert entry.spoken() == "Queens Road, SN-2026-0412, rating 38 High, down"


def test_the_key_strip_drops_whole_keys_from_the_left_and_cuts_none(qtbot) -> None:
    strip = KeyStrip()
    qtbot.addWidget(strip)
    keys = [("F2", "minute"), ("Ctrl Enter", "next case"), ("F1", "all keys")]
    strip.set_keys(keys)
    shown = []
    for width in range(60, 700, 20):
        strip.resize(width, 32)
        shown.append(strip.shown_keys())
    assert all(found == keys[len(keys) - len(found) :] for found in shown)
    assert shown[0] == []
    assert shown[-1] == keys


def test_the_bar_says_all_it_shows_and_its_ticks_share_the_way(qtbot) -> None:
    bar = MeetingBar()
    qtbot.addWidget(bar)
    figures = (Figure("clock", "14:52", "ends 16:00"),)
    bar.set_state(
        BarState("CPG", "Thu 26 Nov", headline="Case 8 of 23", notes=(BarNote("4 min behind"),), figures=figures)
    )
    spoken = QAccessible.queryAccessibleInterface(bar)
    assert spoken.text(QAccessible.Text.Name) == "CPG"
    assert spoken.text(QAccessible.Text.Description) == "Thu 26 Nov, Case 8 of 23, 4 min behind, 14:52 ends 16:00"
    assert [tick.state for tick in progress(1, 3)] == [SegmentState.DONE, SegmentState.CURRENT, SegmentState.AHEAD]
    assert [tick.state for tick in progress(2, 2)] == [SegmentState.DONE, SegmentState.DONE]


@pytest.mark.parametrize("width", [640, 1000, 1280, 1366, 1600])
def test_the_bar_is_readable_at_every_width(qtbot, width: int) -> None:
    bar = MeetingBar()
    qtbot.addWidget(bar)
    figures = (
        Figure("hourglass", "48 min", "left"),
        Figure("user-check", "21", "present"),
        Figure("clock", "14:52", ""),
    )
    bar.set_state(BarState("Community Protection Group", "Thu 26 November", headline="Case 8 of 23", figures=figures))
    settle(bar, QSize(width, 76))
    bar.grab()
    assert bar.elided_texts() == []


@pytest.mark.parametrize("tokens", [LIGHT, DARK, private(LIGHT), private(DARK)], ids=lambda tokens: tokens.name)
def test_the_step_one_is_in_takes_the_accent_of_the_theme_in_force(qtbot, qapp, tokens: Tokens) -> None:
    style.apply(qapp, Theme(tokens))
    try:
        bar = MeetingBar()
        qtbot.addWidget(bar)
        steps = (StepMark("Draft", state=StepState.DONE), StepMark("Checked", state=StepState.CURRENT))
        bar.set_state(BarState("Private minutes", kind=BarKind.PLUM, steps=steps))
        settle(bar, QSize(1366, 76))
        image = bar.grab().toImage()
        seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(16, 40)}
        accents = {each.accent.lower() for each in (LIGHT, DARK, private(LIGHT), private(DARK))}
        assert seen & accents == {tokens.accent.lower()}
    finally:
        style.apply(qapp, Theme())


def test_a_rating_is_number_word_and_arrow(qtbot) -> None:
    badge = RatingBadge()
    qtbot.addWidget(badge)
    badge.set_rating(38, "High", Tone.HIGH, Trend.UP)
    assert badge.accessibleName() == "38 High, up"
    badge.set_rating(None, "", Tone.NEUTRAL)
    assert badge.accessibleName() == "not rated"


def test_elided_text_is_whole_in_the_accessible_name(qtbot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("SN-2026-0412, Adult with complex needs")
    settle(label, QSize(60, 20))
    assert label.is_elided()
    assert label.accessibleName() == "SN-2026-0412, Adult with complex needs"


def test_saved_is_said_only_when_told_and_a_failure_can_be_tried_again(qtbot) -> None:
    label = SavedLabel()
    qtbot.addWidget(label)
    assert label.text() == ""
    label.set_saved("14:52:07")
    assert label.text() == "Saved 14:52:07"
    label.set_not_saved(12)
    assert label.text() == "Not saved 12 s"
    with qtbot.waitSignal(label.retry_asked):
        qtbot.keyClick(label, Qt.Key.Key_Space)


def test_filling_a_note_is_not_an_edit_and_typing_is(qtbot) -> None:
    note = NoteEditor()
    qtbot.addWidget(note)
    told: list[str] = []
    note.edited.connect(told.append)
    note.set_text("Locks changed.", 5)
    assert told == []
    assert note.caret() == 5
    qtbot.keyClicks(note, "!")
    assert told == ["Locks! changed."]


def test_tab_leaves_a_note(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    note, after = NoteEditor(page), QLineEdit(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    note.setFocus()
    with qtbot.waitSignal(note.edit_ended):
        qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert note.toPlainText() == ""
    assert page.focusWidget() is after


def test_an_action_is_said_as_typed_and_given_with_enter(qtbot) -> None:
    entry = ActionEntry()
    qtbot.addWidget(entry)
    typed: list[str] = []
    entry.typed.connect(typed.append)
    qtbot.keyClicks(entry.line, "dh go")
    assert typed[-1] == "dh go"
    entry.set_chips([Chip("PS Dan Holt", person="PS Dan Holt"), Chip("Fri 4 Dec", icon="calendar")])
    assert entry.chips.accessibleName() == "PS Dan Holt, Fri 4 Dec"
    with qtbot.waitSignal(entry.submitted) as given:
        qtbot.keyClick(entry.line, Qt.Key.Key_Return)
    assert given.args == ["dh go"]


def test_ctrl_enter_in_the_action_line_is_not_an_action(qtbot) -> None:
    entry = ActionEntry()
    qtbot.addWidget(entry)
    with qtbot.assertNotEmitted(entry.submitted):
        qtbot.keyClick(entry.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_words_of_the_case_clock_are_whole_at_its_smallest_width(qtbot) -> None:
    clock = CaseClock()
    qtbot.addWidget(clock)
    for first, late in ((0.0, 4.8), (0.02, 4.8), (0.5, 0.4), (0.98, 1.0)):
        ends = ClockMark("Opened", "3 Jul", 0.0), ClockMark("Reduction due", "3 Aug", 1.0)
        marks = (ends[0], ClockMark("1st review", "8 Jul", first), ends[1])
        clock.set_clock(marks, "Day 146", late)
        clock.resize(clock.minimumSizeHint())
        places = clock.words_places()
        assert places[0].left() >= 0 and places[-1].right() <= clock.width() + 0.5
        assert all(one.right() <= other.left() + 0.5 for one, other in zip(places, places[1:], strict=False))


def test_one_of_two_people_is_chosen_by_keyboard(qtbot) -> None:
    chips = Chips()
    qtbot.addWidget(chips)
    chips.set_chips((Chip("Dan Holt", key="1"), Chip("Dee Hall", key="2")))
    qtbot.keyClick(chips, Qt.Key.Key_Right)
    with qtbot.waitSignal(chips.pressed) as pressed:
        qtbot.keyClick(chips, Qt.Key.Key_Space)
    assert pressed.args == ["2"]


def _sign(qtbot, pad: SignaturePad) -> None:
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for step in range(1, 12):
        qtbot.mouseMove(pad, QPoint(40 + 12 * step, 60 + (step % 3) * 10))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(180, 60))


def test_a_dot_is_not_a_signature_and_a_hand_is(qtbot) -> None:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    settle(pad, QSize(400, 200))
    qtbot.mouseClick(pad, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert not pad.is_enough()
    with qtbot.waitSignal(pad.signed):
        _sign(qtbot, pad)
    assert pad.is_enough()
    assert all(0 <= x <= 1 and 0 <= y <= 1 and seconds >= 0 for stroke in pad.strokes() for x, y, seconds in stroke)
    pad.clear()
    assert pad.strokes() == []


def test_an_inline_bar_offers_undo_and_goes_by_itself(qtbot) -> None:
    bar = InlineBar()
    qtbot.addWidget(bar)
    bar.say("De-escalate recorded")
    assert not bar.isHidden()
    assert bar._timer.interval() == 10_000
    with qtbot.waitSignal(bar.undo_asked):
        qtbot.mouseClick(bar._button, Qt.MouseButton.LeftButton)
    bar._timer.setInterval(1)
    qtbot.waitUntil(bar.isHidden)


def test_an_error_stands_at_its_field_and_is_said_there(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    field, error = QLineEdit(page), FieldError(page)
    error.set_error("There is no 31 November.", field)
    assert field.accessibleDescription() == "There is no 31 November."
    assert field.property("state") == "error"
    error.clear(field)
    assert error.isHidden()
    assert field.accessibleDescription() == ""


def _columns(qtbot) -> tuple[ThreeColumns, Rail, QLineEdit, QLineEdit]:
    columns, rail, work, side = ThreeColumns(), Rail(), QLineEdit(), QLineEdit()
    qtbot.addWidget(columns)
    columns.set_columns(rail, work, side)
    return columns, rail, work, side


@pytest.mark.parametrize(("width", "rail_width"), [(1600, 284), (1366, 262)])
def test_three_columns_at_the_widths_of_the_design(qtbot, width: int, rail_width: int) -> None:
    columns, rail, work, side = _columns(qtbot)
    settle(columns, QSize(width, 700))
    assert rail.width() == rail_width
    assert all(column.isVisible() for column in (rail, work, side))


def test_one_column_at_a_time_on_a_small_screen_and_nothing_lost(qtbot) -> None:
    columns, rail, work, side = _columns(qtbot)
    settle(columns, QSize(640, 252))
    work.setFocus()
    assert (rail.isVisible(), work.isVisible(), side.isVisible()) == (False, True, False)
    columns.go(Column.RAIL)
    assert (rail.isVisible(), work.isVisible(), side.isVisible()) == (True, False, False)
    columns.go(Column.SIDE)
    assert (rail.isVisible(), work.isVisible(), side.isVisible()) == (False, False, True)
    columns.go(Column.SIDE)
    assert work.isVisible()


def test_what_is_asked_from_within_a_column_leaves_it_shown(qtbot) -> None:
    columns, _, work, side = _columns(qtbot)
    settle(columns, QSize(640, 252))
    for _ in range(2):
        columns.bring(Column.SIDE)
        assert (work.isVisible(), side.isVisible()) == (False, True)


def test_a_row_of_buttons_becomes_two_when_narrow(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = Flow(page, fill=True)
    labels = [QLabel(word) for word in ("Continue", "Intensify", "De-escalate")]
    for label in labels:
        row.addWidget(label)
    settle(page, QSize(600, 100))
    assert len({label.y() for label in labels}) == 1
    settle(page, QSize(max(label.minimumSizeHint().width() for label in labels) + 4, 100))
    assert len({label.y() for label in labels}) == 3


def test_a_title_has_a_line_to_itself_where_not_all_buttons_have_room_beside_it(qtbot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = Flow(page, heads=True)
    title, *buttons = [QLabel(word) for word in ("People and agencies", "Import", "Paste", "Add")]
    for part in (title, *buttons):
        row.addWidget(part)
    settle(page, QSize(600, 100))
    assert {part.y() for part in buttons} == {title.y()}
    settle(page, QSize(row.sizeHint().width() - 4, 100))
    (below,) = {part.y() for part in buttons}
    assert below > title.y()


@pytest.mark.parametrize("more", ["", "at 14:05"])
def test_what_was_done_is_said_beside_its_icon(qtbot, more: str) -> None:
    page, bar = QWidget(), InlineBar()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(bar)
    bar.say("Outcome chosen", more)
    settle(page, QSize(900, 80))
    (words,) = (label for label in bar.findChildren(QLabel) if label.text() == "Outcome chosen")
    assert words.x() < 60


def test_a_number_stands_clear_of_its_border(qtbot) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    assert field.lineEdit().textMargins().left() == 9


def test_the_room_a_text_needs_is_never_too_little(qtbot) -> None:
    narrow, wide = (width_of(Theme(), text, Ink(13, "#000000")) for text in ("38", "Whippendell Road"))
    assert 0 < narrow < wide


def test_one_person_has_one_colour_whatever_is_known_of_their_agency(qtbot):
    seen = []
    for group in ("", "Change Grow Live", "3fa1"):
        disc = Avatar(name="Ewa Łukasik", group=group)
        qtbot.addWidget(disc)
        settle(disc, QSize(32, 32))
        seen.append(disc.grab().toImage())
    assert seen[0] == seen[1] == seen[2]
