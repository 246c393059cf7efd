"""Every screen there is, at every size and in both looks: no word is cut, nothing scrolls sideways, the next step
is whole, every control has a name and a letter of its own."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme, Tokens
from csp_desktop.gui.widgets.outcome_bar import OutcomeBar
from csp_desktop.gui.widgets.three_columns import Column, ThreeColumns
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.registry import GROUP
from csp_desktop.rehearsal.pictures.pictures import kept_sittings
from csp_desktop.rehearsal.pictures.screens import EMPTY, SECTIONS, Size, seen, sittings
from csp_desktop.rehearsal.private.screens import PREPARING, PRIVATE_SECTIONS, private_sittings
from csp_desktop.sample.partnership import require_private_sample, require_sample
from tests.support.screens import (
    clipped_texts,
    not_whole,
    scrolls_twice,
    settle,
    shared_mnemonics,
    sideways,
    too_little_to_write_in,
    unnamed_controls,
    whole_in,
)

Sight = tuple[Tokens, Size, int]
SIGHTS: dict[str, tuple[Sight, ...]] = {
    "as drawn": ((LIGHT, (1366, 768), 100), (DARK, (1600, 900), 100)),
    "small, under a title bar, with large letters": (
        (LIGHT, (640, 360), 100),
        (DARK, (1366, 730), 100),
        (LIGHT, (1366, 768), 150),
    ),
}
WINDOWS = ((1280, 720), (1366, 768), (1600, 900), (640, 360))  # where the next step is whole
AS_DRAWN = (1366, 768)
TEXTS, SMALL_TO = ((100, 150), (175, 200)), 150  # per cent of the usual letters, and up to which in the smallest window
WHOLE = ("live-case-walk", "live-refer", "live-last-time", "private_live-person", "private_live-offers")


@pytest.fixture
def look_again() -> Iterator[None]:
    """The usual look for the tests that follow."""
    make_application(["test"])
    yield
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme())


@pytest.mark.parametrize("sights", SIGHTS)
def test_no_word_is_cut_and_every_control_has_a_name_and_its_own_letter(
    sample: Path, sights: str, qapp: object, look_again: None
) -> None:
    found, names = [], set()
    with require_sample(sample) as partnership:
        for sitting in chain(sittings(partnership, sample.parent), kept_sittings(partnership, sample.parent)):
            for tokens, size, text_size in SIGHTS[sights]:
                for name, widget in seen(sitting, size, tokens, text_size):
                    names.add(name)
                    found += _said(name, (tokens, size, text_size), widget)
                    if name == "live-case-walk" and (size, text_size) == ((1366, 768), 100):
                        found += too_little_to_write_in(widget)
    assert not found, "\n".join(found)
    assert len(names) >= sum(page.pictured for page in GROUP.pages) + len(SECTIONS) + len(EMPTY) + 20


@pytest.mark.parametrize("texts", TEXTS, ids=str)
def test_every_screen_of_the_private_meeting_is_whole_at_every_size(
    sample: Path, texts: tuple[int, ...], qapp: object, look_again: None
) -> None:
    names, found = set[str](), list[str]()
    with require_private_sample(sample) as partnership:
        for sitting in private_sittings(partnership, sample.parent):
            for text in texts:
                for name, widget in seen(sitting, AS_DRAWN, LIGHT if text == 100 else DARK, text):
                    names.add(name)
                    for size in WINDOWS if text <= SMALL_TO else WINDOWS[:-1]:
                        settle(widget.window(), QSize(*size))
                        where = f"{name}, {size[0]}×{size[1]}, {text} %"
                        found += [f"{where}: {each}" for each in _at_a_size(name, widget, text)]
                    settle(widget.window(), QSize(*AS_DRAWN))
    assert not found, "\n".join(found)
    assert names >= {*PREPARING, *(f"private_settings-{name}" for name in PRIVATE_SECTIONS)}


def _at_a_size(name: str, widget: QWidget, text: int) -> list[str]:
    """Outcomes, names and letters are looked at where the letters are of the usual size: they do not grow."""
    if text == 100:
        found = _findings(name, widget)
    else:
        found = [finding for _ in _columns(widget) for finding in _at_a_glance(widget)]
    once = [f"not whole: {each}" for each in _lasting(not_whole, widget)]
    return found + once + _lasting(scrolls_twice, widget)


def _said(name: str, sight: Sight, widget: QWidget) -> list[str]:
    tokens, size, text_size = sight
    found = _findings(name, widget)
    if sight == (LIGHT, (1366, 768), 100):  # once
        found += _in_other_windows(widget)
    return [f"{name}, {tokens.name}, {size}, {text_size} %: {finding}" for finding in found]


def _findings(name: str, widget: QWidget) -> list[str]:
    sight = _outcomes_out_of_sight(widget) if name in WHOLE else []  # before one column gives way to another
    found = sight + [finding for _ in _columns(widget) for finding in _at_a_glance(widget)]
    below = [f"under the keys: {hidden} px" for hidden in _hidden_below(widget)] if name in WHOLE else []
    found += [f"no name: {control}" for control in unnamed_controls(widget)]
    return found + below


def _in_other_windows(widget: QWidget) -> Iterator[str]:
    """What is not whole in a window of another size; the look and what is shown are the same, so it costs little."""
    window, before = widget.window(), widget.window().size()
    if widget is not window:
        return
    for size in WINDOWS:
        settle(window, QSize(*size))
        yield from (f"at {size[0]}×{size[1]}: {each}" for each in not_whole(widget))
    settle(window, before)


def _outcomes_out_of_sight(widget: QWidget) -> list[str]:
    """How a turn ends is above the fold at every size."""
    bars = [bar for bar in widget.findChildren(OutcomeBar) if bar.isVisibleTo(widget)]
    buttons = [button for bar in bars for button in (*bar.buttons.values(), bar.next_button)]
    assert buttons
    return [f"out of sight: {button.text()}" for button in buttons if not whole_in(button, widget)]


def _at_a_glance(widget: QWidget) -> list[str]:
    return _lasting(_wrong, widget)


def _lasting(wrong: Callable[[QWidget], list[str]], widget: QWidget) -> list[str]:
    """What is wrong and stays so: a clock that ticks in the middle of a layout has it made once more."""
    if not wrong(widget):
        return []
    for _ in range(6):
        QApplication.processEvents()
    return wrong(widget)


def _wrong(widget: QWidget) -> list[str]:
    cut = [f"cut: {text}" for text in clipped_texts(widget)]
    return cut + sideways(widget) + [f"the same letter: {letter}" for letter in shared_mnemonics(widget)]


def _columns(widget: QWidget) -> Iterator[Column]:
    """What is seen, and where there is room for one column only, the others after it."""
    yield Column.WORK
    for columns in widget.findChildren(ThreeColumns):
        if not columns.isVisibleTo(widget) or not columns.is_single():
            continue
        for column in (Column.RAIL, Column.SIDE):
            columns.go(column)
            for _ in range(3):
                QApplication.processEvents()
            yield column
        if columns.shown() is not Column.WORK:
            columns.go(Column.WORK)


def _hidden_below(widget: QWidget) -> list[int]:
    """How far the middle of three columns has to be scrolled to see its buttons."""
    hidden = []
    for columns in widget.findChildren(ThreeColumns):
        if not columns.isVisibleTo(widget) or columns.is_single():
            continue
        for area in columns.findChildren(QScrollArea):
            inside = area.widget()
            if inside is not None and inside.objectName() == "work_frame":
                hidden.append(area.verticalScrollBar().maximum())
    return [beyond for beyond in hidden if beyond]


def test_before_anyone_has_unlocked_the_caret_is_where_one_types(sample: Path, qapp: object, look_again: None) -> None:
    with require_sample(sample) as partnership:
        nobody = next(sittings(partnership, sample.parent))
        at = {name: QApplication.focusWidget() for name, _ in seen(nobody, (1366, 768), LIGHT)}
    assert [name for name, widget in at.items() if not isinstance(widget, QLineEdit)] == []


def test_a_label_too_narrow_for_its_words_is_found(qtbot: QtBot) -> None:
    label = QLabel("Nimmi Raghunathan-Pillai")
    qtbot.addWidget(label)
    settle(label, QSize(40, 30))
    assert clipped_texts(label) == ["Nimmi Raghunathan-Pillai"]


def test_a_column_that_scrolls_sideways_is_found(qtbot: QtBot) -> None:
    holder, inside = QWidget(), QWidget()
    area = QScrollArea(holder)
    area.resize(300, 200)
    inside.setMinimumSize(400, 100)
    QPushButton("Begin the session", inside).setGeometry(200, 0, 200, 30)
    area.setWidget(inside)
    qtbot.addWidget(holder)
    settle(holder, QSize(300, 200))
    assert sideways(holder)[-1] == "QPushButton lies beyond the edge of its column"
    assert any("scrolls sideways" in finding for finding in sideways(holder))


def test_a_button_of_an_icon_alone_is_found(qtbot: QtBot) -> None:
    button = QPushButton()
    button.setObjectName("lock_button")
    qtbot.addWidget(button)
    settle(button, QSize(40, 30))
    assert unnamed_controls(button) == ["QPushButton lock_button"]


def test_two_controls_of_one_letter_are_found(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    for words in ("&Save", "&Sign"):
        QPushButton(words, holder)
    settle(holder, QSize(40, 30))
    assert shared_mnemonics(holder) == ["Alt+S: Save, Sign"]
