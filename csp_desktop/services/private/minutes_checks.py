"""Checks the private minutes against what their file knows: the same checks as the group's where they fit. A text is
kept as the group's is.
"""

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.minutes.checks import MinutesCheck
from csp_desktop.domain.minutes.versions import CheckedMinutes
from csp_desktop.domain.private.minutes import PrivateMinutes
from csp_desktop.domain.private.minutes_checks import check_private_minutes
from csp_desktop.domain.private.people import RoughSleeper
from csp_desktop.domain.private.printable import names_in
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.checks import MOST_NAMED, agencies_in, kept_in, members_in
from csp_desktop.services.private import circulation
from csp_desktop.services.private.preparing import require_preparing
from csp_desktop.services.session import Session


def mark_checked(session: Session, meeting_id: str) -> CheckedMinutes:
    """Whoever takes the minutes has looked through the draft, for New Hope's lead to approve. Raises Refused, with what
    fails, while a check fails that nobody kept."""
    session.require_recorder()
    failing = [one.words for one in checks_of(session, circulation.copy_for(session, meeting_id)) if not one.passed]
    if failing:
        raise Refused(f"Some checks fail: {'; '.join(failing[:MOST_NAMED])}. Correct each one, or keep it as it is.")
    return versions.check(session, meeting_id)


def checks_of(session: Session, record: PrivateMinutes) -> tuple[MinutesCheck, ...]:
    """All checks of the record, each thing that fails on its own."""
    cut_off = circulation.cut_off(session, record)
    with session.work.reading() as records:
        require_preparing(session, records)
        people = [name for person in records.find(RoughSleeper) for name in (person.name, *person.aliases)]
        names = names_in(record, people, members_in(records), agencies_in(records))
        kept = kept_in(records, record.meeting_id)
    return check_private_minutes(record, cut_off, names, kept, session.papers.missing_letters)
