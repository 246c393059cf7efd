"""Every screen there is, at every size and in both looks: no word is cut, every control has a name and a letter of its
own."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from csp_desktop.gui import style
from csp_desktop.gui.application import make_application
from csp_desktop.gui.theme import DARK, LIGHT, Theme, Tokens
from csp_desktop.rehearsal.kept_screens import kept_sittings
from csp_desktop.rehearsal.private_screens import PREPARING, PRIVATE_SECTIONS, private_sittings
from csp_desktop.rehearsal.screens import BEFORE, EMPTY, SECTIONS, Size, seen, sittings
from csp_desktop.sample import require_private_sample, require_sample
from tests.support.screens import clipped_texts, settle, shared_mnemonics, unnamed_controls

Sight = tuple[Tokens, Size, int]
SIGHTS: dict[str, tuple[Sight, ...]] = {
    "as drawn": ((LIGHT, (1366, 768), 100), (DARK, (1600, 900), 100)),
    "small": ((LIGHT, (640, 360), 100),),
    "large letters": ((LIGHT, (1366, 768), 150),),
}


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
                    found += [f"{name}, {tokens.name}, {size}: {finding}" for finding in _findings(widget)]
    with require_private_sample(sample) as partnership:
        for sitting in private_sittings(partnership, sample.parent):
            for tokens, size, text_size in SIGHTS[sights]:
                for name, widget in seen(sitting, size, tokens, text_size):
                    names.add(name)
                    found += [f"{name}, {tokens.name}, {size}: {finding}" for finding in _findings(widget)]
    assert not found, "\n".join(found)
    assert names >= {*PREPARING, *(f"private_settings-{name}" for name in PRIVATE_SECTIONS)}
    assert len(names) >= len(BEFORE) + len(SECTIONS) + len(EMPTY) + 20


def _findings(widget: QWidget) -> list[str]:
    cut = [f"cut: {text}" for text in clipped_texts(widget)]
    shared = [f"the same letter: {letter}" for letter in shared_mnemonics(widget)]
    return cut + shared + [f"no name: {control}" for control in unnamed_controls(widget)]


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
