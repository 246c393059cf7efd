"""Checks the minutes against what the file knows, and remembers the texts a person kept as they are."""

from dataclasses import replace

from csp_desktop.domain.common.aliases import Progress, unheard
from csp_desktop.domain.common.errors import Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.kept_text import KeptText, digest_of
from csp_desktop.domain.minutes.checks import MinutesCheck, check_minutes, part_of
from csp_desktop.domain.minutes.printable import names_in
from csp_desktop.domain.minutes.record import Minutes
from csp_desktop.domain.minutes.versions import CheckedMinutes, MinutesVersion
from csp_desktop.domain.people.agencies import Agency, Member
from csp_desktop.services.minutes import versions
from csp_desktop.services.minutes.minutes import draft_minutes
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

MOST_NAMED = 4  # checks named in one refusal
KEEPING = "keeping a text of the minutes"


def checks_of(session: Session, minutes: Minutes) -> tuple[MinutesCheck, ...]:
    """All checks of the group's minutes, each thing that fails on its own."""
    with session.work.reading() as records:
        names = names_in(minutes, members_in(records), agencies_in(records))
        kept = kept_in(records, minutes.meeting_id)
    found = check_minutes(minutes, names, kept, session.papers.missing_letters)
    return tuple(_as_it_stands(minutes, check, kept) for check in found)


def _as_it_stands(minutes: Minutes, check: MinutesCheck, kept: frozenset[str]) -> MinutesCheck:
    """What happened so at the meeting, somebody left without signing, can be kept as the paper says it; only what
    cannot be printed cannot."""
    if check.passed or check.kept_as or not check.may_stand:
        return check
    digest = digest_of(minutes.meeting_id, f"{check.words}\n{check.detail}")
    if digest in kept:
        return MinutesCheck(True, f"Kept: {check.words}")
    about = {part_of(case): case.case_id for case in minutes.cases}
    return replace(check, stands_as=digest, case_id=about.get(check.section_id, ""))


def mark_checked(session: Session, meeting_id: str) -> CheckedMinutes:
    """The minute-taker has looked through the draft. Raises Refused, with what fails, while a check fails that nobody
    kept."""
    session.require_recorder()
    require_checks(session, meeting_id)
    return versions.check(session, meeting_id)


def require_checks(session: Session, meeting_id: str) -> None:
    """Raise Refused, with what fails, while a check of the draft fails that nobody kept."""
    failing = [check for check in checks_of(session, draft_minutes(session, meeting_id)) if not check.passed]
    if failing:
        words = "; ".join(check.words for check in failing[:MOST_NAMED])
        more = f"; and {len(failing) - MOST_NAMED} more" if len(failing) > MOST_NAMED else ""
        count = "1 check fails" if len(failing) == 1 else f"{len(failing)} checks fail"
        raise Refused(
            f"{count}: {words}{more}. Correct each one, or keep it as it is, then mark the minutes as checked."
        )


def approve(session: Session, meeting_id: str, progress: Progress = unheard) -> MinutesVersion:
    """Whoever may approves the group's minutes as they stand. Raises Refused, with what fails, where a check fell since
    they were checked, NotAllowed for anybody else."""
    versions.require_approver(session, meeting_id)
    require_checks(session, meeting_id)
    return versions.approve(session, meeting_id, progress)


def keep(session: Session, meeting_id: str, check: MinutesCheck) -> None:
    """What a check found is right as it is: it is not asked about again while it stays the same. Raises ValueError for
    what passed or cannot be printed."""
    session.require_recorder()
    digest = check.kept_as or check.stands_as
    if not digest:
        raise ValueError("this cannot be kept")
    with session.work.step(KEEPING) as records:
        if digest not in kept_in(records, meeting_id):
            records.save(KeptText(new_id(), meeting_id, check.case_id, digest, session.user_name, session.now()))


def kept_in(records: Records, meeting_id: str) -> frozenset[str]:
    """What tells the texts kept in the minutes of a meeting."""
    return frozenset(kept.text_sha256 for kept in records.find(KeptText, meeting_id=meeting_id))


def members_in(records: Records) -> list[str]:
    """The names in the register, of those who left it too."""
    return [member.name for member in records.find(Member)]


def agencies_in(records: Records) -> list[str]:
    """Agencies by both their names: no person, though some sound like one."""
    return [name for agency in records.find(Agency) for name in (agency.name, agency.short_name)]
