"""Checks the minutes against what the file knows, and remembers the texts a person kept as they are."""

from typing import Any

from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.kept_text import KeptText
from csp_desktop.domain.minutes.checks import MinutesCheck, check_minutes
from csp_desktop.domain.minutes.printable import names_in, unprintable
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MOST_PLACES = 10  # named in one refusal
KEEPING = "keeping a text of the minutes"


def checks_of(session: Session, minutes: Minutes) -> tuple[MinutesCheck, ...]:
    """All checks of the group's minutes, each thing that fails on its own."""
    with session.work.reading() as records:
        names = names_in(minutes, members_in(records), agencies_in(records))
        kept = kept_in(records, minutes.meeting_id)
    return check_minutes(minutes, names, kept, session.papers.missing_letters)


def require_printable(session: Session, minutes: Any) -> None:
    """Raise Refused where some characters would print as boxes or wrongly shaped: the place and the characters, and no
    other word of the minutes."""
    found = unprintable(session.subject.record.texts(minutes), session.papers.missing_letters)
    if found:
        shown = "; ".join(f"{one.place}: {one.words}" for one in found[:MOST_PLACES])
        more = f"; and {len(found) - MOST_PLACES} more places" if len(found) > MOST_PLACES else ""
        raise Refused(
            f"The minutes cannot be printed: these characters have no letters here. {shown}{more}. Write them in Latin "
            "letters, or save the paper from the Minutes page, where each place can be seen."
        )


def keep(session: Session, meeting_id: str, check: MinutesCheck) -> None:
    """The text a check found is right as it is: it is not asked about again while it stays the same. Raises ValueError
    for a check of anything but a text."""
    session.require_recorder()
    if not check.kept_as:
        raise ValueError("only a text can be kept")
    with session.work.step(KEEPING) as records:
        if check.kept_as not in kept_in(records, meeting_id):
            records.save(KeptText(new_id(), meeting_id, check.case_id, check.kept_as, session.user_name, session.now()))


def kept_in(records: Records, meeting_id: str) -> frozenset[str]:
    """What tells the texts kept in the minutes of a meeting."""
    return frozenset(kept.text_sha256 for kept in records.find(KeptText, meeting_id=meeting_id))


def members_in(records: Records) -> list[str]:
    """The names in the register, of those who left it too."""
    return [member.name for member in records.find(Member)]


def agencies_in(records: Records) -> list[str]:
    """Agencies by both their names: no person, though some sound like one."""
    return [name for agency in records.find(Agency) for name in (agency.name, agency.short_name)]
