"""Which key was pressed: one answer for the main keys and the number pad, and shortcuts that hold for both.

Qt tells a number pad by a modifier of its own, and its Enter by another key: whoever compares by hand forgets one.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from PySide6 import QtGui  # what is asked for below only when a key is pressed PySide takes long to make
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOTHING, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_PAD = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier


def held(event: QInputEvent) -> Qt.KeyboardModifier:
    """Shift, Ctrl, Alt or Meta held meanwhile; where the key lies does not count."""
    return event.modifiers() & ~_PAD


def is_plain(event: QKeyEvent) -> bool:
    """Whether nothing is held."""
    return held(event) == _NOTHING


def is_enter(event: QKeyEvent) -> bool:
    """Return, or the number pad's Enter; Shift may still be held from a capital."""
    return event.key() in ENTERS and held(event) & ~_SHIFT == _NOTHING


def letter(event: QKeyEvent) -> str:
    """The character a key alone types, capital or not, or empty."""
    text = event.text()
    return text if text and text.isprintable() and held(event) & ~_SHIFT == _NOTHING else ""


def is_escape(event: QKeyEvent) -> bool:
    """Escape, whatever is held."""
    return is_key(event, "Esc")


def is_key(event: QKeyEvent, key: str) -> bool:
    """Whether it is this one key, whatever is held."""
    return event.key() == _combined(key)


@cache
def _combined(keys: str) -> int:
    """Key and what is held as the one number Qt writes them as: asked at each press, of every key that would act."""
    chords: Any = QtGui.QKeySequence(keys)  # whose first one its types do not give
    return int(chords[0].toCombined())


def step_of(event: QKeyEvent) -> int:
    """-1 for the arrow up, 1 for the arrow down, nothing held; else 0."""
    return {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0) if is_plain(event) else 0


def asks(event: QKeyEvent, keys: str) -> bool:
    """Whether these keys are pressed, written as Qt does: 'R', 'Alt+Up', 'Ctrl+Return'. A letter counts capital or not;
    Alt and a number not on the number pad, where Windows writes letters with it (Alt+0233).
    """
    if len(keys) == 1 and (typed := letter(event)):
        return typed.upper() == keys or (keys == "+" and typed == "=")
    if keys[:-1] == "Alt+" and keys[-1].isdigit():
        return alt_digit(event) == int(keys[-1])
    pressed, down = event.key(), held(event)
    if pressed in ENTERS:
        pressed, down = Qt.Key.Key_Return.value, down & ~_SHIFT
    return pressed | down.value == _combined(keys)


def mnemonic(words: str) -> str:
    """The chord of a button's underlined letter, as Qt writes it; empty without one."""
    return QtGui.QKeySequence.mnemonic(words).toString()


def is_chord(keys: str) -> bool:
    """Whether they act wherever the focus is; a single key is whatever has the focus may want first."""
    return bool(re.search(r"Ctrl\+|Alt\+|\bF\d", keys))


def type_into(field: QLineEdit, text: str) -> None:
    """A key pressed elsewhere while an answer is being given in this field: it belongs here, at the end."""
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    field.end(False)
    field.insert(text)


def alt_digit(event: QKeyEvent) -> int:
    """1 to 9 with Alt alone, else 0. Not on the number pad: there Windows writes letters with it (Alt+0233)."""
    on_pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
    digit = event.key() - Qt.Key.Key_0
    return digit if 1 <= digit <= 9 and not on_pad and held(event) == Qt.KeyboardModifier.AltModifier else 0


def shortcut(
    owner: QWidget,
    keys: str,
    do: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> "QtGui.QShortcut":
    """The keys act anywhere in the owner; a chord with Return is one with the number pad's Enter too, and one with +
    needs no Shift.
    """
    made = QtGui.QShortcut(owner)
    same = (keys, keys.replace("Return", "Enter"), re.sub(r"\+\+$", "+=", keys))
    made.setKeys([QtGui.QKeySequence(chord) for chord in dict.fromkeys(same)])
    made.setContext(context)
    made.activated.connect(do)
    return made
