"""Backups: writing them, keeping the newest, trying whether one really opens, and going back to one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from csp_desktop.domain.common.aliases import Progress
from csp_desktop.domain.common.days import local, screen_day
from csp_desktop.domain.common.errors import FieldRefused, NotFound, Refused
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.overdue import ago_words
from csp_desktop.domain.common.text import written
from csp_desktop.domain.common.users import Duty
from csp_desktop.domain.file.backup_settings import SafeCopy, SafeCopyKind, SafekeepingRules
from csp_desktop.domain.file.user_fields import UnlockField
from csp_desktop.domain.meeting.meeting import Meeting, MeetingState
from csp_desktop.services.home.home_needs import Need, NeedKind
from csp_desktop.services.ports.backups import Backups, TriedBackup
from csp_desktop.services.ports.work import Records
from csp_desktop.services.session import Session

LIMITS = {
    "kept": (2, 99, "Keep between 2 and 99 backups, in case one is damaged."),
    "trial_days": (7, 366, "Set the backup check to every 7 to 366 days."),
    "quiet_days": (1, 366, "Set the backup reminder to 1 to 366 days."),
}
NO_FOLDER = "Choose the folder for backups first: a USB stick, or a drive outside this laptop."


def require_keeper_of_file(session: Session) -> None:
    """Whoever may put the whole file back or give it away: the chair and the administrator, in the private file its
    lead alone."""
    session.require_duty(Duty.KEEP_FILE)


def require_writer(session: Session) -> None:
    """Whoever may make a backup: in the group's file its minute-taker too, in the private one the deputy."""
    session.require_duty(Duty.BACK_UP)


@dataclass(frozen=True)
class Safety:
    """How safe the file is against loss."""

    rules: SafekeepingRules
    backup: SafeCopy | None
    failure: SafeCopy | None  # only when newer than the last backup
    trial: SafeCopy | None
    history: tuple[SafeCopy, ...]  # the newest first


def rules_in(records: Records) -> SafekeepingRules:
    """The rules in force; the defaults until someone changed them."""
    try:
        return records.get(SafekeepingRules, SafekeepingRules.id)
    except NotFound:
        return SafekeepingRules()


def safety(session: Session) -> Safety:
    """Read from the records alone: no stick is asked."""
    with session.work.reading() as records:
        return _safety(records)


def _safety(records: Records) -> Safety:
    copies = [copy for copy in records.find(SafeCopy) if copy.kind is not SafeCopyKind.MINUTES]
    history = sorted(copies, key=lambda copy: copy.at, reverse=True)

    def last(*kinds: SafeCopyKind) -> SafeCopy | None:
        return next((copy for copy in history if copy.kind in kinds), None)

    newest = last(SafeCopyKind.BACKUP, SafeCopyKind.FAILED)
    failure = newest if newest is not None and newest.kind is SafeCopyKind.FAILED else None
    return Safety(rules_in(records), last(SafeCopyKind.BACKUP), failure, last(SafeCopyKind.TRIED), tuple(history))


def change_rules(session: Session, **changes: Any) -> SafekeepingRules:
    """Change some rules; the folder must be one backups may go to. Raises Refused where it is not, and for a number
    outside its limits."""
    require_writer(session)
    for name, value in changes.items():
        if name in LIMITS:
            least, most, sentence = LIMITS[name]
            if not least <= value <= most:
                raise Refused(sentence)
    folder = str(changes.get("folder", ""))
    if folder:
        _backups(session).refuse_folder(Path(folder))
    with session.work.step("backup settings") as records:
        after = replace(rules_in(records), **changes)
        records.save(after)
    return after


def back_up(session: Session, progress: Progress, folder: Path | None = None) -> SafeCopy:
    """Write a backup into the chosen folder, or another, and take away what is too many there. A failure is remembered,
    so that Home can say so, and raised. Raises Refused where no folder is chosen, and where the writing fails."""
    require_writer(session)
    session.require_in_place()
    rules = safety(session).rules
    if folder is None and not rules.folder:
        raise Refused(NO_FOLDER)
    backups, place = _backups(session), folder or Path(rules.folder)
    try:
        made = backups.write(place, progress)
    except Refused as refusal:
        _note_where_written(session, SafeCopyKind.FAILED, place=written(place), note=refusal.sentence)
        raise
    copy = _note_where_written(
        session, SafeCopyKind.BACKUP, file=written(made.path.name), place=written(place), size=made.size
    )
    for old in backups.listed(place)[rules.kept :]:
        backups.remove(old)
    return copy


def is_due_after_meeting(session: Session) -> bool:
    """Whether closing a meeting is followed by a backup by itself."""
    rules = safety(session).rules
    return session.backups is not None and rules.after_meetings and bool(rules.folder)


def try_backup(session: Session, file: Path, name: str, secret: str, progress: Progress) -> TriedBackup:
    """Whether a backup opens and is whole; remembered with its day."""
    _refuse_empty(name, secret)
    session.require_in_place()
    tried = _backups(session).try_out(file, name, secret, progress)
    _note_where_written(
        session, SafeCopyKind.TRIED, file=written(file.name), place=written(file.parent), made_at=tried.made_at
    )
    return tried


def prepare_restore(session: Session, file: Path, name: str, secret: str, progress: Progress) -> TriedBackup:
    """Make a backup ready to take the place of the open file; it does when the program locks."""
    require_keeper_of_file(session)
    session.require_writable()
    _refuse_empty(name, secret)
    return _backups(session).prepare_restore(file, name, secret, progress)


def note(session: Session, kind: SafeCopyKind, **facts: Any) -> SafeCopy:
    """Remember what was done with a copy of the file."""
    copy = SafeCopy(new_id(), kind, session.now(), session.user_name, **facts)
    with session.work.step(kind.value) as records:
        records.save(copy)
    return copy


def _note_where_written(session: Session, kind: SafeCopyKind, **facts: Any) -> SafeCopy:
    """The same; where the file is only read, a backup is made and tried all the same, and nothing remembers it."""
    if session.is_writable():
        return note(session, kind, **facts)
    return SafeCopy(new_id(), kind, session.now(), session.user_name, **facts)


def safekeeping_needs(session: Session, records: Records) -> list[Need]:
    """What Home says: a backup that failed, is missing or old, and a trial that is due."""
    if session.backups is None:
        return []
    now, state, left = session.now(), _safety(records), _left_need(session)
    met = [m for m in records.find(Meeting) if m.state is MeetingState.CLOSED]
    if not met and state.backup is None:
        return left  # nothing yet that could be lost
    return [*left, *_backup_need(state, met, now), *_trial_need(state, now)]


def _left_need(session: Session) -> list[Need]:
    sentence = "" if session.left_copies is None else session.left_copies.hand_over()
    title = "An old handover file can still be opened elsewhere"
    return [Need(NeedKind.HAND_OVER_LEFT, "high", title, sentence, "delete it")] if sentence else []


def _backup_need(state: Safety, met: Sequence[Meeting], now: datetime) -> list[Need]:
    last = state.backup
    closed = max((m.closed_at for m in met if m.closed_at), default=None)
    quiet = last is None or now - last.at > timedelta(days=state.rules.quiet_days)
    behind = last is None or (closed is not None and closed > last.at)
    if not (quiet or behind or state.failure):
        return []
    title = f"No backup since {screen_day(local(last.at).date(), local(now).date())}" if last else "No backup yet"
    when = ago_words(local(last.at).date(), local(now).date()) if last else "never"
    if state.failure:
        return [Need(NeedKind.BACKUP_FAILED, "high", title, state.failure.note, "failed")]
    detail = "The last meeting is not backed up" if met and behind else "Connect the USB stick and back up now"
    detail = detail if state.rules.folder else "Choose where backups go, for example a USB stick"
    return [Need(NeedKind.BACKUP, "high" if quiet and met else "medium", title, detail, when)]


def _trial_need(state: Safety, now: datetime) -> list[Need]:
    first = next((c for c in reversed(state.history) if c.kind is SafeCopyKind.BACKUP), None)
    since = state.trial or first
    if since is None or now - since.at <= timedelta(days=state.rules.trial_days):
        return []
    title = "Check that a backup opens"
    detail = (
        f"Last checked on {screen_day(local(since.at).date(), local(now).date())}"
        if state.trial
        else "No backup has been checked yet"
    )
    return [Need(NeedKind.BACKUP_TRIAL, "medium", title, detail, ago_words(local(since.at).date(), local(now).date()))]


def _refuse_empty(name: str, secret: str) -> None:
    if not name.strip():
        raise FieldRefused(UnlockField.NAME, "Type the name of a user at the time of the backup.")
    if not secret.strip():
        raise FieldRefused(UnlockField.SECRET, "Type the passphrase from that day, or the recovery key.")


def _backups(session: Session) -> Backups:
    if session.backups is None:
        raise Refused("Backups cannot be made from here. Open the partnership's file first.")
    return session.backups
