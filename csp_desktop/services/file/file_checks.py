"""Whether the open file is whole and as the program wrote it; and going on with a copy older than was seen."""

from dataclasses import replace

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.file.rollback_guard import OlderCopyAccepted
from csp_desktop.services.ports.file import CheckReport
from csp_desktop.services.session import Session

LEAST_REASON = 4


def check_file(session: Session, progress: Progress) -> CheckReport:
    """Look the whole file through. Raises RuntimeError in a session without checks."""
    if session.checks is None:
        raise RuntimeError("a session without checks")
    return session.checks.check(progress)


def go_on_with_older_copy(session: Session, reason: str) -> Session:
    """The person knows that entries are missing and says why it is right: recorded, and then the work goes on. Raises
    Refused for a reason shorter than a word."""
    older = session.older
    if older is None:
        return session
    words = " ".join(reason.split())
    if len(words) < LEAST_REASON:
        raise Refused("Give the reason for continuing with this copy. It is recorded in the journal.")
    with session.work.step("continuing with an older copy of the file", undoable=False) as records:
        records.save(
            OlderCopyAccepted(
                new_id(), session.now(), session.user_name, words, older.seen.at, older.seen.number, older.number
            )
        )
    return replace(session, older=None)
