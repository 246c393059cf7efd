"""What the main window expects of every page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csp_desktop.gui.widgets.key_strip import Key
from csp_desktop.gui.widgets.meeting_bar import BarState
from csp_desktop.gui.widgets.three_columns import ThreeColumns


class Page(QWidget):
    """A screen between bar and key strip.

    `navigate` asks for another page by name, with something it needs to know (a case's number, or None).
    `bar_changed` says that `bar_state`, `keys` or `strip_text` would now answer differently.
    """

    navigate = Signal(str, object)
    bar_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    def bar_state(self) -> BarState:
        """What the bar says while this page is shown."""
        return BarState()

    def keys(self) -> list[Key]:
        """The keys that act here, the most needed last."""
        return []

    def strip_keys(self) -> list[Key]:
        """`keys`, and where one column is shown at a time the ways to the others."""
        columns = self.folding()
        return columns.keys_with(self.keys()) if columns is not None else self.keys()

    def folding(self) -> ThreeColumns | None:
        """Its columns, by the name every form gives them."""
        columns = self.findChild(QWidget, "columns")
        return columns if isinstance(columns, ThreeColumns) else None

    def strip_text(self) -> str:
        """What is true of the file, at the left of the key strip."""
        return "Encrypted on this laptop."

    def entered(self, argument: object = None) -> None:
        """The page is now shown: bring it up to date and put the focus where work begins."""
        self.refresh()

    def returned(self, argument: object = None) -> None:
        """Escape led back here from a page one went on to; `argument` is what this one was last entered with."""
        self.entered(argument)

    def left(self) -> None:
        """Another page takes its place, or a cover: end edits, what is typed must be on disk."""

    def refresh(self) -> None:
        """Show what is true now; called when something it shows has changed."""
