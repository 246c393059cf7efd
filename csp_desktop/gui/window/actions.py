"""A key is declared once, as an `Action`: from it come the shortcut, the strip of keys, Help's list and Ctrl+K."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QKeyEvent

from csp_desktop.gui.window.keys import asks, is_chord

if TYPE_CHECKING:
    from csp_desktop.gui.widgets.key_strip import Key

SIGNS = {"Return": "Enter", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "-": "−", "PgDown": "PgDn"}


class Action(NamedTuple):
    """Something that keys do. `keys` stand as Qt writes them, the first is shown.

    `do` names the page's method, which is told `given` unless that is None; without it, the list, field or window that
    takes the keys does it. A single key acts where nothing that has the focus wanted it, with `on` only while the
    widget of that name has the focus. `when` names the page's method that says whether it acts now.
    """

    label: str  # in Help; a command of Ctrl+K by the same words
    keys: tuple[str, ...] = ()
    do: str = ""
    given: object = None
    on: str = ""
    when: str = ""
    strip: str = ""  # a short word at the bottom of the window; without one it does not stand there

    @property
    def shown(self) -> str:
        """Its first key as it stands on a button: 'Ctrl Enter'."""
        return cap(self.keys[0]) if self.keys else ""

    def pressed(self, event: QKeyEvent) -> bool:
        """Whether one of its keys is pressed."""
        return any(asks(event, keys) for keys in self.keys)

    def called(self, label: str, strip: str = "", do: str = "") -> "Action":
        """The same keys under the words of one page, done by this method of it if one is named."""
        return self._replace(label=label, strip=strip, do=do or self.do)

    def short(self, strip: str) -> "Action":
        """The same with another word in the strip."""
        return self._replace(strip=strip)


def which(event: QKeyEvent, actions: Iterable[Action]) -> Action | None:
    """The one of these that is asked for."""
    return next((action for action in actions if action.pressed(event)), None)


def called(actions: Iterable[Action], label: str, strip: str = "") -> tuple[Action, ...]:
    """A row of keys under the words of one page."""
    return tuple(action.called(label, strip) for action in actions)


def cap(keys: str) -> str:
    """As it stands on the keyboard: 'Ctrl Enter', 'Alt ↑'."""
    return " ".join(SIGNS.get(part, part) for part in _parts(keys))


def _parts(keys: str) -> list[str]:
    *held, key = keys[:-1].split("+")  # the last letter may be a plus itself
    return [*held, key + keys[-1]]


def caps(row: Sequence[Action], to: str = "–") -> str:
    """The first keys of a row of actions together: 'Alt ↑ ↓', and with ' to ' between the first and last digit
    '1 to 9'."""
    held, last = (
        {" ".join(_parts(each.keys[0])[:-1]) for each in row},
        list(dict.fromkeys(each.shown.split(" ")[-1] for each in row)),
    )
    if len(held) > 1:
        return " or ".join(each.shown for each in row)
    digits = len(last) > 2 and all(each.isdigit() for each in last)
    return " ".join([*held, f"{last[0]}{to}{last[-1]}" if digits else " ".join(last)]).strip()


def strip_of(actions: Iterable[Action], word: Callable[[Action], str] = attrgetter("strip")) -> "list[Key]":
    """The strip of keys: those that have a word, neighbours with the same word as one."""
    rows = groupby(((action, word(action)) for action in actions), key=lambda pair: pair[1])
    return [(caps([action for action, _ in row]), words) for words, row in rows if words]


def help_rows(actions: Iterable[Action]) -> list[tuple[str, str]]:
    """Every key with what it does, neighbours that do the same as one."""
    rows = []
    for label, run in groupby((action for action in actions if action.keys), key=lambda action: action.label):
        row = list(run)
        keys = caps(row, " to ") if len(row) > 1 else " or ".join(cap(each) for each in row[0].keys)
        rows.append((keys, label))
    return rows


HELP = Action("this help", ("F1",), strip="all keys")
HIDE = Action("hide everything at once", ("F12",), strip="hide")
LOCK = Action("lock", ("Ctrl+L",), strip="lock")
FIND = Action("find anything, or any command", ("Ctrl+K",), strip="find anything")
UNDO = Action("undo", ("Ctrl+Z",), "undo", strip="undo")
UNDO_ANYWHERE = UNDO.called("undo: typing in a field, otherwise the last step")
NEXT = Action("next field or button", ("Tab",), strip="next")
BACK = Action("back to the meeting, or to where you came from", ("Esc",), "go_back", strip="back")
TO_RAIL = Action("the left column", ("F4",))
TO_PAGES = Action("the list of pages", ("Shift+F4",))
TO_SIDE = Action("the right column", ("F3",))
CHOOSE = (Action("choose a row", ("Up",)), Action("choose a row", ("Down",)))
OPEN = Action("open the row", ("Return",))
GO_ON = Action("continue", ("Ctrl+Return",), strip="continue")
LARGER = Action("larger text", ("Ctrl++",), "set_large", given=True)
SMALLER = Action("smaller text", ("Ctrl+-",), "set_large", given=False)
ADD = Action("add", ("Ctrl+N",), "_add", strip="add")
FIND_HERE = Action("find", ("Ctrl+F",), "_find", strip="find")
IMPORT = Action("import", ("Ctrl+I",), "_import", strip="import")
DELETE = Action("remove", ("Del", "Backspace"))
PRESS = Action("press the button, tick the box", ("Space",))
EVERYWHERE = (HELP, HIDE, LOCK, FIND, UNDO_ANYWHERE, NEXT, BACK, TO_PAGES, TO_RAIL, TO_SIDE)


class Command(NamedTuple):
    """Something that can be done from here; `words` are what people type to find it."""

    key: str
    words: str
    shortcut: str = ""
    icon: str = "chevron-right"


def commands(actions: Iterable[Action]) -> list[Command]:
    """Those that act wherever the focus is, and those without a key; `key` is their place among all of them."""
    anywhere = ((n, each) for n, each in enumerate(actions) if each.do and (not each.keys or is_chord(each.keys[0])))
    return [Command(str(n), each.label[:1].upper() + each.label[1:], each.shown) for n, each in anywhere]
