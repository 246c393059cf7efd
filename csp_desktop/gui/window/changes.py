"""What changed, told to every page that shows it. Apart from what a page is given: it is there before any page."""

from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

Kind = Literal["cases", "actions", "meeting", "attendance", "people", "settings", "users", "safekeeping", "figures"]


class Changes(QObject):
    """What kinds of things changed, told to every page that shows them, so that no page needs to know another: one for
    the program.
    """

    changed = Signal(set)

    def tell(self, *what: Kind) -> None:
        """Say that these kinds of things are no longer as they were."""
        if what:
            self.changed.emit(set(what))

    def tell_all(self) -> None:
        """Say that anything may be another now."""
        self.changed.emit(set(get_args(Kind)))
