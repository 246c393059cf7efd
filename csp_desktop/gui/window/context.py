"""What every page is given: the session, and the window's own services. Pages build nothing themselves."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csp_desktop.gui.window.changes import Changes
from csp_desktop.gui.window.registry import GROUP, WindowKind
from csp_desktop.gui.window.tasks import Tasks

if TYPE_CHECKING:
    from csp_desktop.gui.window.private_handover import Crossing
    from csp_desktop.services.session import Session


@dataclass(frozen=True)
class PageContext:
    """A page's surroundings."""

    session: "Session"
    changes: Changes
    tasks: Tasks
    crossing: "Crossing | None" = None  # the way to the private meeting; only in the group's window
    kind: WindowKind = GROUP
