"""Every screen there is, in every size of window and of letters: no word is cut, nothing scrolls sideways or within
what scrolls, the next step is whole, every control has a name and a letter of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QSize
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui.style import style
from csp_desktop.gui.style.theme import DARK, LIGHT, Theme
from csp_desktop.gui.widgets.buttons import PrimaryButton
from csp_desktop.gui.widgets.labels import TitleLabel
from csp_desktop.gui.widgets.outcome_bar import OutcomeBar
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.gui.widgets.three_columns import Column, ThreeColumns
from csp_desktop.gui.window.application import make_application
from csp_desktop.gui.window.registry import GROUP
from csp_desktop.rehearsal.pictures.pictures import kept_sittings
from csp_desktop.rehearsal.pictures.screens import EMPTY, SECTIONS, Screen, Sitting, Size, seen, sittings
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

WINDOWS = ((1280, 720), (1366, 768), (1600, 900), (640, 360))
AS_DRAWN = (1366, 768)
SMALL = (640, 360)  # at twice the scale
USUAL, LARGEST, BETWEEN = 100, 200, (125, 150, 175)  # per cent of the usual letters
TOO_LARGE = {  # in the small window: its 180 lines at 200 % are less than two buttons of the desk are high
    ("sign_in-on-paper", 200),
    ("sign_in-idle", 200),
    ("sign_in-found", 200),
    ("sign_in-visitor", 200),
    ("sign_in-newcomer", 200),
    ("sign_in-apologies", 200),
    ("sign_in-apologies", 175),
    ("bug-notice", 200),
    ("private_room-sign", 175),
    ("private_live-cleared", 200),
    ("private_live-person", 200),
    ("private_live-offers", 200),
    ("private_live-read-back", 200),
    ("private_live-agenda", 200),
    ("private_live-end", 200),
}
BEFORE, AFTER = (0, 3), (3, None)  # of the sittings
ASKED: dict[str, tuple[type[QWidget], ...]] = {
    "sign_in-idle": (SearchBox, PrimaryButton),
    "live-read-back": (TitleLabel, PrimaryButton),
    "private_live": (PrimaryButton,),
    "private_live-read-back": (TitleLabel, PrimaryButton),
}
LASTING = 400  # ms
WHOLE = ("live-case-walk", "live-refer", "live-last-time", "private_live-person", "private_live-offers")


@pytest.fixture
def look_again() -> Iterator[None]:
    """The usual look for the tests that follow."""
    make_application(["test"])
    yield
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app, Theme())


@pytest.mark.parametrize("part", (BEFORE, AFTER), ids=("before the meeting", "of the meeting and after it"))
def test_every_screen_of_the_group_is_whole_at_every_size(
    sample: Path, part: tuple[int, int | None], qapp: object, look_again: None
) -> None:
    with require_sample(sample) as partnership:
        every = chain(sittings(partnership, sample.parent), kept_sittings(partnership, sample.parent))
        names, found = _walked(islice(every, *part))
    assert not found, "\n".join(found)
    least = {BEFORE: sum(page.pictured for page in GROUP.pages) + len(SECTIONS) + len(EMPTY), AFTER: 30}
    assert len(names) >= least[part]


def test_every_screen_of_the_private_meeting_is_whole_at_every_size(
    sample: Path, qapp: object, look_again: None
) -> None:
    with require_private_sample(sample) as partnership:
        names, found = _walked(private_sittings(partnership, sample.parent))
    assert not found, "\n".join(found)
    assert names >= {*PREPARING, *(f"private_settings-{name}" for name in PRIVATE_SECTIONS)}


def _walked(every: Iterable[Sitting]) -> tuple[set[str], list[str]]:
    """What was seen, and what is wrong with it: each screen is come to with the usual letters, with the largest and
    with one size between them, the next screen with the next, and the window changes its size around it. Only with the
    usual letters it is painted too."""
    names, found = set[str](), list[str]()
    for sitting in every:
        for text, screens in _by_text(sitting):
            for name, widget in seen(
                replace(sitting, screens=screens), AS_DRAWN, LIGHT if text == USUAL else DARK, text
            ):
                names.add(name)
                found += [f"{name}, {each}" for each in _in_all_windows(name, widget, text)]
                widget.window().setUpdatesEnabled(text == USUAL)
    return names, found


def _by_text(sitting: Sitting) -> Iterator[tuple[int, list[Screen]]]:
    for text in (USUAL, LARGEST):
        yield text, sitting.screens
    for at, text in enumerate(BETWEEN):
        if screens := sitting.screens[at :: len(BETWEEN)]:
            yield text, screens


def _in_all_windows(name: str, widget: QWidget, text: int) -> Iterator[str]:
    if text == LARGEST:
        yield from _below_the_fold(name, widget)  # as it is come to, before a column is scrolled
    for size in WINDOWS:
        if size == SMALL and (name, text) in TOO_LARGE:
            continue
        _resize(widget.window(), size)
        yield from (f"{size[0]}×{size[1]}, {text} %: {each}" for each in _at_a_size(name, widget, text))
        if (name, size, text) == ("live-case-walk", AS_DRAWN, USUAL):
            yield from too_little_to_write_in(widget)
    _resize(widget.window(), AS_DRAWN)


def _below_the_fold(name: str, widget: QWidget) -> list[str]:
    """With the largest letters the outcomes stand in sight, and what one is asked at the desk, the gate and the
    read-back."""
    found = _lasting(_outcomes_out_of_sight, widget) if name in WHOLE else []
    for kind in ASKED.get(name, ()):
        found += [f"below the fold: {each}" for each in _lasting(partial(_not_in_sight, kind), widget)]
    return found


def _not_in_sight(kind: type[QWidget], widget: QWidget) -> list[str]:
    shown = [each for each in widget.findChildren(kind) if each.isVisible()]
    assert shown
    return [kind.__name__ for each in shown if not whole_in(each, widget)]


def _resize(window: QWidget, size: Size) -> None:
    """The window stays the active one: its keys act on the next screen."""
    window.resize(*size)
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def _at_a_size(name: str, widget: QWidget, text: int) -> list[str]:
    """Outcomes, names and letters are looked at where the letters are of the usual size: they do not grow."""
    usual = text == USUAL
    found = _outcomes_out_of_sight(widget) if name in WHOLE and usual else []  # before another column is seen
    found += [f"not whole: {each}" for each in _lasting(not_whole, widget)]
    found += [finding for _ in _columns(widget) for finding in _lasting(_wrong, widget)]
    if usual:
        found += [f"under the keys: {hidden} px" for hidden in (_hidden_below(widget) if name in WHOLE else [])]
        found += [f"no name: {control}" for control in unnamed_controls(widget)]
        found += [f"the same letter: {letter}" for letter in shared_mnemonics(widget)]
    return found


def _outcomes_out_of_sight(widget: QWidget) -> list[str]:
    """How a turn ends is above the fold at every size."""
    bars = [bar for bar in widget.findChildren(OutcomeBar) if bar.isVisibleTo(widget)]
    buttons = [button for bar in bars for button in (*bar.buttons.values(), bar.next_button)]
    assert buttons
    return [f"out of sight: {button.text()}" for button in buttons if not whole_in(button, widget)]


def _lasting(wrong: Callable[[QWidget], list[str]], widget: QWidget) -> list[str]:
    """What is wrong and stays so once all is painted: a clock that ticks in the middle of a layout has it made once
    more, and a list may lay its rows a tenth of a second after its size has changed."""
    if not (found := wrong(widget)):
        return []
    window, patience = widget.window(), QDeadlineTimer(LASTING)
    painted = window.updatesEnabled()
    window.setUpdatesEnabled(True)
    while found and not patience.hasExpired():
        QApplication.processEvents()
        found = wrong(widget)
    window.setUpdatesEnabled(painted)
    return found


def _wrong(widget: QWidget) -> list[str]:
    cut = [f"cut: {text}" for text in clipped_texts(widget)]
    return cut + sideways(widget) + scrolls_twice(widget)


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
