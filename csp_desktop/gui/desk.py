"""What every page is given: the session, and the window's own services. Pages build nothing themselves."""

from dataclasses import dataclass

from csp_desktop.gui.changes import Changes
from csp_desktop.gui.crossing import Crossing
from csp_desktop.gui.private_table import PrivateTable
from csp_desktop.gui.tasks import Tasks
from csp_desktop.services.session import Session


@dataclass(frozen=True)
class Desk:
    """A page's surroundings."""

    session: Session
    changes: Changes
    tasks: Tasks
    crossing: Crossing | None = None  # the way to the private meeting; only in the group's window
    table: PrivateTable | None = None  # only in the private window
