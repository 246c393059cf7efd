"""The left column of a meeting: find box, and the list that is walked."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from csp_desktop.gui.style.layouts import hbox, vbox
from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.search_box import SearchBox


class Rail(QFrame):
    """`chosen` gives the entry's key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rail")
        self.search, self.entries = SearchBox(self), EntryList(self)
        self.entries.setAccessibleName("Pages")
        self.entries.setMinimumHeight(1)  # it scrolls, and a message under the page stands whole
        self.setLayout(
            vbox(hbox(self.search, margins=(14, 0, 14, 0)), (self.entries, 1), spacing=4, margins=(0, 7, 0, 0))
        )
        self.entries.chosen.connect(self.chosen)

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """The rows in order; group headings are entries with `heading=True`."""
        self.entries.set_entries(entries)

    def set_current(self, key: str) -> None:
        """Mark where we are."""
        self.entries.set_current(key)

    def current(self) -> str:
        """The key of the marked entry."""
        return self.entries.current_key()
