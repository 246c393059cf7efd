"""Which key was pressed: one answer for the main keys and the number pad, and shortcuts that hold for both.

Qt tells a number pad by a modifier of its own, and its Enter by another key: whoever compares by hand forgets one.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputEvent, QKeyEvent, QKeySequence, QShortcut
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
) -> QShortcut:
    """The keys act anywhere in the owner; a chord with Return is one with the number pad's Enter too."""
    made = QShortcut(owner)
    made.setKeys([QKeySequence(chord) for chord in dict.fromkeys((keys, keys.replace("Return", "Enter")))])
    made.setContext(context)
    made.activated.connect(do)
    return made
