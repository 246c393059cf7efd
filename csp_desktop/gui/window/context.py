"""What every page is given: the session, and the window's own services. Pages build nothing themselves."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from csp_desktop.gui.private.private_table import PrivateTable
from csp_desktop.gui.window.private_handover import Crossing
from csp_desktop.gui.window.registry import GROUP, WindowKind
from csp_desktop.gui.window.tasks import Tasks
from csp_desktop.services.session import Session


class Changes(QObject):
    """What changed, told to every page that shows it, so that no page needs to know another: one for the program. The
    words are the nouns of the partnership: "cases", "actions", "meeting", "attendance", "notes", "people", "settings".
    """

    changed = Signal(set)

    def tell(self, *what: str) -> None:
        """Say that these kinds of things are no longer as they were."""
        if what:
            self.changed.emit(set(what))


@dataclass(frozen=True)
class Desk:
    """A page's surroundings."""

    session: Session
    changes: Changes
    tasks: Tasks
    crossing: Crossing | None = None  # the way to the private meeting; only in the group's window
    table: PrivateTable | None = None  # only in the private window
    kind: WindowKind = GROUP
