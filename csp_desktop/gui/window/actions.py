"""The keys of the live page, and the same things as commands for Ctrl+K."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.palette import Command
from csp_desktop.gui.window.keys import shortcut

STRIP: list[Key] = [
    ("Alt ←→", "next, previous"),
    ("F6", "late arrival"),
    ("F4", "cases"),
    ("F2", "minute"),
    ("F3", "action"),
    ("Ctrl 1–6", "outcome"),
    ("Ctrl Enter", "read back"),
    ("Ctrl Z", "undo"),
    ("F5", "room screen"),
    ("F12", "hide"),
    ("F1", "all keys"),
]
WHILE_READ_BACK: list[Key] = [("Esc", "back"), ("Ctrl Enter", "accept and go on"), ("F12", "hide"), ("F1", "all keys")]


@dataclass(frozen=True)
class Act:
    """One thing that can be done: its words, its keys (the first is shown), what does it."""

    words: str
    keys: tuple[str, ...]
    do: Callable[[], object]
    in_columns: bool = False  # the columns have this key already


def bind(page: QWidget, acts: Sequence[Act]) -> None:
    """Make the keys act anywhere on the page."""
    for act in acts:
        for key in act.keys[1:] if act.in_columns else act.keys:
            shortcut(page, key, act.do)


def commands(acts: Sequence[Act]) -> list[Command]:
    """The same as commands."""
    return [Command(str(n), act.words, act.keys[0].replace("+", " ") if act.keys else "") for n, act in enumerate(acts)]
