"""The screens of keeping the file: retention with something in it, backups that were made and tried, an older copy, the
line before a lock and the notice of a bug. Put into their state by the services, after everything else was seen.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from csp_desktop.bootstrap.partnership import Partnership
from csp_desktop.domain.cases.cases import Case, CaseStatus, StatusChange
from csp_desktop.domain.common.deadlines import add_months
from csp_desktop.domain.common.ids import new_id
from csp_desktop.domain.common.users import Role
from csp_desktop.domain.file.rollback_guard import OlderCopy, Seen
from csp_desktop.gui.file.older_copy import OlderCopyPage
from csp_desktop.gui.lock.unlock import UnlockCalls, UnlockPage, UnlockState
from csp_desktop.gui.widgets.lock_panel import LockWarning
from csp_desktop.gui.window.bug_notice import BugNotice
from csp_desktop.gui.window.program import Program
from csp_desktop.rehearsal.pictures.screens import Screen, Sitting, page
from csp_desktop.sample.group import sample_clock, sample_users
from csp_desktop.services.cases import retention
from csp_desktop.services.file import backups
from csp_desktop.services.file.file_checks import go_on_with_older_copy
from csp_desktop.services.file.unlock import wait_after
from csp_desktop.services.session import Session

YEARS_AGO = ((6, 40), (6, 2), (7, 15), (5, 290), (6, 90))  # years and days since the closing
LAUREL, HELD = "Laurel Parade: noise at night", 2
ELSEWHERE = (
    "This partnership file is already open in another window, since 11:02 on Thursday 26 November 2026, by the account "
    "mbell on COUNCIL-LAPTOP-7 (process 4711). Go on working there, or lock or close that window first."
)


def kept_sittings(sample: Partnership, base: Path) -> Iterator[Sitting]:
    """What is seen of them, by somebody who may do it all."""
    session = replace(sample.session, roles=frozenset(Role))
    _close_long_ago(session)
    made = retention.retention(session)
    retention.keep_longer(session, made.due[HELD].id, "Appeal to the ombudsman is under way", None)
    retention.erase(session, made.due[0].id, "Six years are over, nothing is pending")
    _back_up(session, base / "stick")
    screens: list[Screen] = [
        ("retention-filled", page("retention")),
        ("retention-certificate", page("retention", retention.retention(session).certificates[0].id)),
        ("safekeeping-backups", page("safekeeping")),
        ("lock-warning", _lock_warning),
        ("bug-notice", _bug_notice),
        ("older-copy", lambda program: _older_copy(program, session)),
        ("unlock-elsewhere", _open_elsewhere),
    ]
    yield Sitting(screens, base, session)


def _close_long_ago(session: Session) -> None:
    with session.work.step("cases closed years ago", undoable=False) as records:
        pattern = records.find(Case)[0]
        for number, (years, days) in enumerate(YEARS_AGO):
            on = add_months(session.today, -12 * years) - timedelta(days=days)
            case = replace(
                pattern,
                id=new_id(),
                reference=f"SN-{on.year}-00{number}417",
                created_on=on - timedelta(days=200),
                status=CaseStatus.CLOSED,
                summary=f"{number + 3} {LAUREL}",
                location=f"{number + 3} Laurel Parade",
                as_of=on,
                assessed_on=None,
                monitoring_since=None,
            )
            records.save(case)
            step = (CaseStatus.MONITORING, CaseStatus.CLOSED, on, session.user_name, "Quiet for three months")
            records.save(StatusChange(new_id(), case.id, *step))


def _back_up(session: Session, stick: Path) -> None:
    stick.mkdir()
    backups.change_rules(session, folder=str(stick))
    for _ in range(2):
        copy = backups.back_up(session, _unwatched)
    taker = next(user for user in sample_users() if user["name"] == session.user_name)
    backups.try_backup(session, stick / copy.file, taker["name"], taker["passphrase"], _unwatched)


def _unwatched(done: int, total: int, words: str) -> None:
    """Nobody watches the progress."""


def _lock_warning(program: Program) -> QWidget:
    page("home")(program)
    LockWarning(program.window).count(42)
    return program.window


def _bug_notice(program: Program) -> QWidget:
    for told in program.window.findChildren(LockWarning):
        told.hide()
    notice = BugNotice("ValueError in csp_desktop.gui.cases.cases:214", program.window)
    notice.show()
    return notice


def _older_copy(program: Program, session: Session) -> QWidget:
    for told in program.window.findChildren(BugNotice):
        told.close()
    number, head = session.work.head()
    seen = Seen(9, number + 118, head, session.now() - timedelta(days=2))
    program.window.cover(OlderCopyPage(session, OlderCopy(seen, number), go_on_with_older_copy))
    return program.window


def _open_elsewhere(program: Program) -> QWidget:
    now = sample_clock().astimezone()
    calls = UnlockCalls(lambda *typed: None, lambda: now, wait_after, lambda *typed: None, lambda: ELSEWHERE)
    program.window.cover(UnlockPage(UnlockState(), calls, program.tasks))
    return program.window
