"""The left column: find box, where one can go, who is at the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from csp_desktop.gui.style.style import set_role
from csp_desktop.gui.style.theme import current
from csp_desktop.gui.widgets.avatar import Avatar
from csp_desktop.gui.widgets.buttons import SecondaryButton
from csp_desktop.gui.widgets.entry import Entry
from csp_desktop.gui.widgets.entry_list import EntryList
from csp_desktop.gui.widgets.labels import ElidedLabel
from csp_desktop.gui.widgets.search_box import SearchBox
from csp_desktop.gui.window.actions import LOCK


class Rail(QFrame):
    """`chosen` gives the entry's key; `find_asked` comes with every letter in the find box, `find_entered` with
    Enter, `lock_asked` from the footer."""

    chosen = Signal(str)
    find_asked = Signal(str)
    find_entered = Signal(str)
    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "rail")
        px = current().px
        self.search, self.entries = SearchBox(self), EntryList(self)
        self.entries.setAccessibleName("Where to go")
        self.footer = self._make_footer()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, px(14), 0, 0)
        layout.setSpacing(px(8))
        find = QVBoxLayout()
        find.setContentsMargins(px(14), 0, px(14), 0)
        find.addWidget(self.search)
        layout.addLayout(find)
        layout.addWidget(self.entries, 1)
        layout.addWidget(self.footer)
        self.footer.hide()
        self.entries.chosen.connect(self.chosen)
        self.search.textEdited.connect(self.find_asked)
        self.search.returnPressed.connect(lambda: self.find_entered.emit(self.search.text()))

    def _make_footer(self) -> QFrame:
        px, footer = current().px, QFrame(self)
        set_role(footer, "footer")
        self._avatar, self._name, self._role = Avatar(footer, size=34), ElidedLabel(footer), ElidedLabel(footer)
        set_role(self._name, "strong")
        set_role(self._role, "caption")
        self._lock = SecondaryButton(footer, text="Lock", height=34)  # a name beside it stands whole
        self._lock.setAccessibleDescription(f"Key {LOCK.shown}")
        self._lock.clicked.connect(self.lock_asked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._role)
        row = QHBoxLayout(footer)
        row.setContentsMargins(px(6), px(9), px(0), px(11))
        row.setSpacing(px(10))
        row.addWidget(self._avatar)
        row.addLayout(words, 1)
        row.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignVCenter)
        return footer

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """The rows in order; group headings are entries with `heading=True`."""
        self.entries.set_entries(entries)

    def set_current(self, key: str) -> None:
        """Mark where we are."""
        self.entries.set_current(key)

    def current(self) -> str:
        """The key of the marked entry."""
        return self.entries.current_key()

    def set_user(self, name: str, role: str, group: str = "") -> None:
        """Who is at the keyboard; an empty name hides the footer."""
        self._avatar.set_person(name, group)
        self._name.setText(name)
        self._role.setText(role)
        self.footer.setVisible(bool(name))

    def set_find_shown(self, shown: bool) -> None:
        """Leave the find box out where there is nothing to find."""
        self.search.setVisible(shown)

    def focus_find(self) -> None:
        """Ctrl+K: go to the find box, its text chosen."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
