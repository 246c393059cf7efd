"""What every page is given: the session, and the window's own services. Pages build nothing themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from PySide6.QtCore import QObject, Signal

from csp_desktop.gui.window.registry import GROUP, WindowKind
from csp_desktop.gui.window.tasks import Tasks

if TYPE_CHECKING:  # the first paint needs none of it
    from csp_desktop.gui.window.private_handover import Crossing
    from csp_desktop.services.session import Session

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


@dataclass(frozen=True)
class Desk:
    """A page's surroundings."""

    session: "Session"
    changes: Changes
    tasks: Tasks
    crossing: "Crossing | None" = None  # the way to the private meeting; only in the group's window
    kind: WindowKind = GROUP
