"""What is typed, pasted or dropped into a field stays whole, in one line where it is one, or is refused with words."""

import re
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import csp_desktop.gui
from csp_desktop.gui.private.person_offers import OfferList
from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import LIGHT, Theme
from csp_desktop.gui.widgets.action_entry import ActionEntry
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.day_field import DayField
from csp_desktop.gui.widgets.field_told import FieldTold
from csp_desktop.gui.widgets.fields import TEXT_LIMIT as NOTE_LIMIT
from csp_desktop.gui.widgets.fields import EditableCombo, TextEdit
from csp_desktop.gui.widgets.line_edit import LINE_LIMIT, LineEdit
from csp_desktop.gui.widgets.note_editor import NoteEditor
from csp_desktop.gui.widgets.passphrase_field import PassphraseField
from csp_desktop.gui.widgets.reason_field import ReasonField
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.gui.window.application import make_application

GUI = Path(csp_desktop.gui.__file__).parent
FORMS = GUI.parents[1] / "ui"
LINES = [LineEdit, SearchBox, PassphraseField, DayField, ReasonField]

HUGE = "x" * 512_000
W = TypeVar("W", bound=QWidget)


def shown(qtbot: QtBot, widget: W) -> W:
    make_application(["test"])
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.setFocus()
    return widget


def paste(field: QWidget, text: str) -> None:
    QApplication.clipboard().setText(text)
    QTest.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def told(field: QWidget) -> str:
    label = field.window().findChild(FieldTold)
    return label.text() if label is not None and label.isVisible() else ""


@pytest.mark.parametrize("form", sorted(FORMS.glob("*.ui")), ids=lambda path: path.stem)
def test_no_form_has_a_field_that_takes_whatever_it_is_given(form: Path) -> None:
    text = form.read_text(encoding="utf-8")
    assert re.findall(r'class="(?:QLineEdit|QPlainTextEdit|QTextEdit)"', text) == []
    assert len(re.findall(r'name="editable"', text)) == text.count('class="EditableCombo"')


MADE = re.compile(
    r"(?<!findChildren\()(?<!isinstance\()\b(?:QLineEdit|QPlainTextEdit|QTextEdit)\(|\((?:QLineEdit|QPlainTextEdit)\):"
)


@pytest.mark.parametrize("module", sorted(GUI.rglob("*.py")), ids=lambda path: str(path.relative_to(GUI)))
def test_no_module_makes_such_a_field(module: Path) -> None:
    own = {"line_edit.py": ["(QLineEdit):"], "fields.py": ["(QPlainTextEdit):"]}
    assert MADE.findall(module.read_text(encoding="utf-8")) == own.get(module.name, [])


@pytest.mark.parametrize("kind", LINES)
def test_lines_pasted_into_one_line_never_make_two_words_one(qtbot: QtBot, kind: type[QLineEdit]) -> None:
    field = shown(qtbot, kind())
    paste(field, "serve notice\r\n\r\nvisit\tfriday\n")
    assert field.text() == "serve notice visit friday"
    assert field.cursorPosition() == len(field.text())


@pytest.mark.parametrize("kind", LINES)
def test_half_a_character_pasted_is_left_out(qtbot: QtBot, kind: type[QLineEdit]) -> None:
    field = shown(qtbot, kind())
    paste(field, "Se\ud800an \U0001f600\udc00")
    assert field.text() == "Sean \U0001f600"
    assert field.cursorPosition() == len("Sean ") + 2  # Qt counts in UTF-16; nothing is left between
    field.text().encode()


def test_a_line_that_is_too_long_is_refused_whole_and_says_so(qtbot: QtBot) -> None:
    field = shown(qtbot, LineEdit())
    QTest.keyClicks(field, "before")
    paste(field, HUGE)
    assert field.text() == "before"
    assert told(field) == ("There is room for 1,000 characters here; this would be 512,006. Nothing was added.")


def test_a_longer_line_that_stands_there_can_be_shortened(qtbot: QtBot) -> None:
    field = shown(qtbot, LineEdit())
    field.setText("y" * (LINE_LIMIT + 50))
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "zz")
    assert field.text() == "y" * (LINE_LIMIT + 49)


def test_a_shorter_limit_cuts_nothing(qtbot: QtBot) -> None:
    field = shown(qtbot, LineEdit())
    field.setMaxLength(6)
    paste(field, "1234567")
    assert field.text() == ""
    paste(field, "123456")
    assert field.text() == "123456"


def test_what_is_pasted_is_taken_back_by_ctrl_z(qtbot: QtBot) -> None:
    field = shown(qtbot, LineEdit())
    QTest.keyClicks(field, "before ")
    paste(field, "after")
    field.undo()
    assert field.text() == "before "


def test_text_dropped_on_a_field_is_one_line_too(qtbot: QtBot) -> None:
    field, content = shown(qtbot, LineEdit()), QMimeData()
    content.setText("one\ntwo")
    drop = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    field.dropEvent(drop)
    assert field.text() == "one two"


def test_a_choice_that_can_be_typed_is_such_a_field(qtbot: QtBot) -> None:
    combo = shown(qtbot, EditableCombo())
    edit = combo.lineEdit()
    assert edit is not None
    paste(edit, "Hightown\nHousing")
    assert combo.currentText() == "Hightown Housing"


@pytest.mark.parametrize("kind", [TextEdit, NoteEditor])
def test_a_note_keeps_its_lines_and_no_half_characters(qtbot: QtBot, kind: type[QPlainTextEdit]) -> None:
    field = shown(qtbot, kind())
    paste(field, "one\r\ntwo\ud800 \U0001f600")
    assert field.toPlainText() == "one\ntwo \U0001f600"


@pytest.mark.parametrize("kind", [TextEdit, NoteEditor])
def test_a_note_takes_no_more_than_can_be_typed_in_and_loses_nothing(qtbot: QtBot, kind: type[QPlainTextEdit]) -> None:
    field = shown(qtbot, kind())
    QTest.keyClicks(field, "before")
    paste(field, HUGE)
    assert field.toPlainText() == "before"
    assert told(field).startswith("There is room for 20,000 characters here; this would be 512,006.")
    paste(field, "w" * (NOTE_LIMIT - 6))
    assert len(field.toPlainText()) == NOTE_LIMIT
    QTest.keyClicks(field, "z")
    assert len(field.toPlainText()) == NOTE_LIMIT
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "z")
    assert field.toPlainText().endswith("wz")


def test_a_longer_note_that_stands_there_can_be_shortened(qtbot: QtBot) -> None:
    field = shown(qtbot, NoteEditor())
    field.set_text("y" * (NOTE_LIMIT + 10))
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert len(field.toPlainText()) == NOTE_LIMIT + 9
    QTest.keyClicks(field, "z")
    assert len(field.toPlainText()) == NOTE_LIMIT + 9
    field.selectAll()
    QTest.keyClicks(field, "z")
    assert field.toPlainText() == "z"


def test_two_lines_pasted_are_two_actions_one_after_another(qtbot: QtBot) -> None:
    entry = shown(qtbot, ActionEntry())
    told: list[str] = []
    entry.typed.connect(told.append)
    entry.submitted.connect(lambda _: entry.clear())
    paste(entry.line, "• rn visit fri\n\n• dh serve notice\n2. hp letter by 3/12\n")
    assert (entry.text(), told[-1]) == ("rn visit fri", "rn visit fri\ndh serve notice\nhp letter by 3/12")
    QTest.keyClick(entry.line, Qt.Key.Key_Return)
    assert (entry.text(), told[-1]) == ("dh serve notice", "dh serve notice\nhp letter by 3/12")
    QTest.keyClick(entry.line, Qt.Key.Key_Return)
    QTest.keyClick(entry.line, Qt.Key.Key_Return)
    assert (entry.text(), entry.is_empty()) == ("", True)


def test_lines_pasted_come_back_after_a_crash_and_no_line_twice(qtbot: QtBot) -> None:
    entry = shown(qtbot, ActionEntry())
    told: list[str] = []
    entry.typed.connect(told.append)
    for _ in range(2):
        entry.set_text("rn visit fri\ndh serve notice")
    entry.clear()
    assert (entry.text(), told) == ("dh serve notice", ["dh serve notice"])
    entry.clear()
    assert entry.is_empty()


def test_lines_pasted_can_be_left_out(qtbot: QtBot) -> None:
    entry = shown(qtbot, ActionEntry())
    entry.set_text("rn visit fri\ndh serve notice")
    assert not entry._leave_out.isHidden() and "dh serve notice" in entry._then.text()
    entry._leave_out.click()
    assert entry.text() == "rn visit fri"
    entry.clear()
    assert entry.is_empty()


def test_an_action_changed_meanwhile_leaves_what_was_half_typed_waiting(qtbot: QtBot) -> None:
    entry = shown(qtbot, ActionEntry())
    QTest.keyClicks(entry.line, "rn visit")
    entry.put_by()
    entry.set_text("dh serve notice")
    assert (entry.text(), entry.line.waiting) == ("dh serve notice", ["rn visit"])
    entry.clear()
    assert (entry.text(), entry.line.waiting) == ("rn visit", [])


def test_two_lines_pasted_are_two_offers_and_a_reason_stays_one_line(qtbot: QtBot) -> None:
    offers = shown(qtbot, OfferList())
    told: list[str] = []
    made: list[str] = []
    offers.typed.connect(told.append)
    offers.offered.connect(made.append)
    offers._to_line()
    paste(offers.line, "detox place\nbed at the shelter")
    assert (offers.line.text(), told[-1]) == ("detox place", "detox place\nbed at the shelter")
    assert offers.line.accessibleName() == "New offer, then 1 more"
    QTest.keyClick(offers.line, Qt.Key.Key_Return)
    assert (made, offers.line.text(), told[-1]) == (["detox place"], "bed at the shelter", "bed at the shelter")
    offers._turn_line("o1")
    paste(offers.line, "not without\nthe dog")
    assert offers.line.text() == "not without the dog"
    QTest.keyClick(offers.line, Qt.Key.Key_Escape)
    assert offers.line.text() == "bed at the shelter"


def test_a_larger_text_makes_the_eye_and_the_parts_beside_it_larger(qapp: QApplication, qtbot: QtBot) -> None:
    whole = QWidget()
    column = QVBoxLayout(whole)
    field, avatar = PassphraseField(), Avatar(name="Ewa Lukasik", size=32)
    for part in (field, avatar):
        column.addWidget(part)
    shown(qtbot, whole)
    style.apply(qapp, Theme(LIGHT, 1.5))
    try:
        qapp.processEvents()
        assert (field._eye.width(), avatar.width()) == (48, 48)
        assert field._eye.geometry().right() == field.width() - 1 - 9 and field.textMargins().right() == 51
    finally:
        style.apply(qapp, Theme())
