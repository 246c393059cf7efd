"""The backup that follows a meeting by itself, while its minutes are read."""

from csp_desktop.domain.common.errors import Refused
from csp_desktop.gui.window.context import Desk
from csp_desktop.services.file.backups import back_up, is_due_after_meeting


def begin_backup(desk: Desk) -> None:
    """In the background, where the rules say so. That it failed stands on Home and in Safekeeping, where it can be put
    right; nobody is interrupted."""
    if not is_due_after_meeting(desk.session):
        return

    def told(_: object) -> None:
        desk.changes.tell("safekeeping")

    def failed(error: Exception) -> None:
        if not isinstance(error, Refused):
            raise error
        desk.changes.tell("safekeeping")

    desk.tasks.run(lambda progress: back_up(desk.session, progress), told, failed)
