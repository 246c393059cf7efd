"""Every key of a window by the page where it acts, as Help lists them: read from the declarations, written nowhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from csp_desktop.gui.cases import case_table
from csp_desktop.gui.widgets import chips, day_field, passphrase_field, pdf_preview
from csp_desktop.gui.window.actions import CHOOSE, OPEN, PRESS, Action, help_rows
from csp_desktop.gui.window.registry import WindowKind

IN_LISTS_AND_FIELDS = (
    *CHOOSE,
    OPEN,
    PRESS,
    case_table.FIRST,
    case_table.LAST,
    *chips.ASIDE,
    *day_field.DAYS,
    *day_field.WEEKS,
    day_field.CALENDAR,
    *pdf_preview.PAGE_KEYS,
    passphrase_field.SHOW.short(""),
    passphrase_field.PASTE.short(""),
)


@dataclass(frozen=True)
class KeyGroup:
    """A place and its keys, each with what it does."""

    title: str
    keys: tuple[tuple[str, str], ...]


def key_groups(kind: WindowKind, window: Iterable[Action]) -> Iterator[KeyGroup]:
    """The keys of the window, then page by page what acts there alone, then what every list and field knows. Each
    page's class is loaded for it.
    """
    yield KeyGroup("Everywhere", tuple(help_rows(window)))
    elsewhere = {action.keys for action in window}
    for page in kind.pages:
        own = (action for action in page.load().ACTIONS if action.keys not in elsewhere)
        rows = help_rows(action for action in own if action.short("") not in IN_LISTS_AND_FIELDS)
        if rows:
            yield KeyGroup(page.title, tuple(rows))
    yield KeyGroup("In lists and fields", tuple(help_rows(IN_LISTS_AND_FIELDS)))
