"""What changed, told to every page that shows it, so that no page needs to know another."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """One for the program, handed to each page. The words are the nouns of the partnership: "cases", "actions",
    "meeting", "attendance", "notes", "people", "settings"."""

    changed = Signal(set)

    def tell(self, *what: str) -> None:
        """Say that these kinds of things are no longer as they were."""
        if what:
            self.changed.emit(set(what))
