"""What an IT administrator finds on opening the file: backups, who can open it, and how the file stands; no case."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from csp_desktop.domain.common.days import local, screen_day
from csp_desktop.domain.common.text import count_of
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind
from csp_desktop.services.file.backups import Safety, safekeeping_needs, safety
from csp_desktop.services.file.users import UserRow, users
from csp_desktop.services.home.home import Countdown
from csp_desktop.services.home.home_needs import Need
from csp_desktop.services.home.next_step import NextStep
from csp_desktop.services.ports.users import Paper
from csp_desktop.services.session import Session


class FileStep(Enum):
    """What is done next."""

    BACK_UP = "back up"
    CHECK_BACKUP = "check a backup"
    USERS = "see to the users"


class FileNeed(Enum):
    """What needs somebody, beside the backups."""

    TEMPORARY = "temporary passphrases"
    RECOVERY = "recovery key"


@dataclass(frozen=True)
class FileAhead:
    """Everything the page shows; `facts` are titles with their words."""

    today: date
    users: int
    next_step: NextStep
    backup: Countdown
    check: Countdown
    needs: tuple[Need, ...]
    has_folder: bool  # for backups
    backed_up_on: date | None
    checked_on: date | None
    facts: tuple[tuple[str, str], ...]


def look_at_file(session: Session) -> FileAhead:
    """From the records of backups and users alone."""
    state, people = safety(session), users(session)
    with session.work.reading() as records:
        backups = safekeeping_needs(session, records)
    backup, check = _backup(state, session.today), _check(state, session.today)
    return FileAhead(
        session.today,
        len(people),
        _next_step(state, backup, check),
        backup,
        check,
        (*backups, *_user_needs(people), *_recovery_need(session)),
        bool(state.rules.folder),
        local(state.backup.at).date() if state.backup else None,
        local(state.trial.at).date() if state.trial else None,
        _facts(session, state, people),
    )


def _next_step(state: Safety, backup: Countdown, check: Countdown) -> NextStep:
    if state.failure is not None:
        return NextStep("Back up again: the last backup failed", "Open backups", FileStep.BACK_UP)
    if state.backup is None:
        return NextStep("Make the first backup", "Open backups", FileStep.BACK_UP)
    if backup.days is not None and backup.days <= 0:
        late = backup.days < 0
        chip = f"Due {backup.by}" if not late else f"{count_of(-backup.days, 'day', 'days')} overdue"
        return NextStep("Back up the file", "Open backups", FileStep.BACK_UP, chips=(chip,), is_late=late)
    if check.days is not None and check.days <= 0:
        return NextStep("Check that a backup opens", "Open backups", FileStep.CHECK_BACKUP)
    return NextStep("Backups are up to date", "Open users", FileStep.USERS)


def _backup(state: Safety, today: date) -> Countdown:
    rules, where = state.rules, state.rules.folder or "No folder is chosen yet."
    return _until("Next backup", state.backup, rules.quiet_days, today, where, "No backup yet")


def _check(state: Safety, today: date) -> Countdown:
    first = next((one for one in reversed(state.history) if one.kind is SafeCopyKind.BACKUP), None)
    words = "Opens a backup in another place. Nothing is changed."
    never = "Follows the first backup" if first is None else "Not checked yet"
    return _until("Next check of a backup", state.trial or first, state.rules.trial_days, today, words, never)


def _until(title: str, last: SafeCopy | None, every: int, today: date, note: str, never: str) -> Countdown:
    """How long until it is due again, so many days after it was last done."""
    if last is None:
        return Countdown(title, "no date yet", None, never, "neutral", note)
    due = local(last.at).date() + timedelta(days=every)
    days = (due - today).days
    status, tone = ("Overdue", "high") if days < 0 else ("Due this week", "medium") if days <= 7 else ("On time", "low")
    return Countdown(title, f"by {screen_day(due, today)}", days, status, tone, note)


def _user_needs(people: list[UserRow]) -> list[Need]:
    waiting = [row.name for row in people if row.user.must_renew]
    if not waiting:
        return []
    title = f"{count_of(len(waiting), 'temporary passphrase', 'temporary passphrases')} not replaced yet"
    return [Need(FileNeed.TEMPORARY, "medium", title, ", ".join(waiting), "at the next unlock")]


def _recovery_need(session: Session) -> list[Need]:
    paper = Paper.PROVED if session.users is None else session.users.paper()
    if paper is Paper.PROVED:
        return []
    words = "Nobody has checked the recovery sheet" if paper is Paper.UNPROVED else "There is no recovery key"
    return [Need(FileNeed.RECOVERY, "medium", words, "The chair or an administrator sees to it", "ask the chair")]


def _facts(session: Session, state: Safety, people: list[UserRow]) -> tuple[tuple[str, str], ...]:
    standing, today = session.standing, session.today
    done = [
        ("Last backup", _when(state.backup, today)),
        ("Last check of a backup", _when(state.trial, today)),
        ("Folder for backups", state.rules.folder or "not chosen"),
        ("Users", count_of(len(people), "person", "people")),
    ]
    if standing is None:
        return tuple(done)
    limits = standing.reading_only or standing.clock_doubt or standing.look() or "works as it should"
    return (("Folder of the partnership", str(standing.folder)), ("Saving", limits), *done)


def _when(copy: SafeCopy | None, today: date) -> str:
    return "never" if copy is None else f"{screen_day(local(copy.at).date(), today)}, {copy.by}"
