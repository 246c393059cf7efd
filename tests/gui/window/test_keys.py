"""The number pad's Enter and digits do what the main keys do, wherever a key acts."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import csp_desktop.gui
from csp_desktop.gui.widgets.agenda_list import AgendaList
from csp_desktop.gui.widgets.agenda_row import AgendaRow, RowKind
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.keys import alt_digit, is_enter, is_plain, letter, shortcut

GUI = Path(csp_desktop.gui.__file__).parent
PAD, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
BARE = Qt.KeyboardModifier.NoModifier
BY_HAND = re.compile(r"\.modifiers\(\)|Key_Return|Key_Enter|QShortcut|QKeySequence\(|KeypadModifier|Ctrl\+Enter\"")


@pytest.mark.parametrize("module", sorted(GUI.rglob("*.py")), ids=lambda path: str(path.relative_to(GUI)))
def test_no_module_compares_modifiers_or_enter_by_itself(module: Path) -> None:
    if module != GUI / "window" / "keys.py":
        assert BY_HAND.findall(module.read_text(encoding="utf-8")) == []


def pressed(key: Qt.Key, held: Qt.KeyboardModifier = BARE, text: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, text)


def test_a_key_of_the_number_pad_is_a_plain_key() -> None:
    assert is_plain(pressed(Qt.Key.Key_3, PAD, "3"))
    assert letter(pressed(Qt.Key.Key_3, PAD, "3")) == "3"
    assert is_enter(pressed(Qt.Key.Key_Enter, PAD)) and is_enter(pressed(Qt.Key.Key_Return, SHIFT))
    assert not is_enter(pressed(Qt.Key.Key_Enter, PAD | CTRL))
    assert not is_plain(pressed(Qt.Key.Key_3, PAD | CTRL, "3"))


def test_alt_on_the_number_pad_writes_letters_and_takes_no_reason() -> None:
    assert alt_digit(pressed(Qt.Key.Key_2, ALT, "2")) == 2
    assert alt_digit(pressed(Qt.Key.Key_2, ALT | PAD, "2")) == 0
    assert alt_digit(pressed(Qt.Key.Key_2, ALT | CTRL, "²")) == 0
    assert alt_digit(pressed(Qt.Key.Key_2, BARE, "2")) == 0


@pytest.mark.parametrize(("key", "held"), [(Qt.Key.Key_Return, CTRL), (Qt.Key.Key_Enter, CTRL | PAD)])
def test_a_chord_with_return_is_one_with_the_number_pads_enter(
    qtbot: QtBot, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    make_application(["test"])
    window, acted = QWidget(), []
    qtbot.addWidget(window)
    line = QLineEdit(window)
    shortcut(window, "Ctrl+Return", lambda: acted.append("signed"))
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    line.setFocus()
    QTest.keyClick(line, key, held)
    assert acted == ["signed"]


def test_the_number_pad_acts_in_every_kind_of_list(qtbot: QtBot) -> None:
    make_application(["test"])
    entries, agenda = EntryList(), AgendaList()
    said: list[object] = []
    for view in (entries, agenda):
        qtbot.addWidget(view)
    entries.set_entries([Entry("one", "One"), Entry("two", "Two")])
    entries.chosen.connect(said.append)
    entries.set_current("one")
    QTest.keyClick(entries, Qt.Key.Key_Down, PAD)
    QTest.keyClick(entries, Qt.Key.Key_Enter, PAD)
    agenda.set_rows([AgendaRow(RowKind.CASE, "case", "A case", 5)])
    agenda.chosen.connect(said.append)
    agenda.set_current("case")
    QTest.keyClick(agenda, Qt.Key.Key_Enter, PAD)
    assert said == ["two", "case"]
